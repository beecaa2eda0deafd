# %% [markdown]
# # Your own ontology, learnt from eleven sentences
#
# spacegraph reads by an ontology, and the ontology is a file. Here it is one about bridges: who designs and builds them, what
# they cross, where they are, when they opened, how long they are.
# First it reads by that ontology alone, then it learns from eleven example sentences how English says these things.
# It takes about half a minute; nothing is fetched from the web.

# %%
from pathlib import Path

import spacegraph
from spacegraph.learning import learn, read_examples, write_lexicon
from spacegraph.learning.testing import describe_sense
from spacegraph.ontology import load_ontology

FOLDER = Path("../examples/own_ontology")
ontology = load_ontology(FOLDER / "bridges.ttl")
for property_ in ontology.properties.values():
    print(property_.name, "|", *property_.domains, "->", *property_.ranges)

# %% [markdown]
# ## Nothing but the ontology
#
# The labels of the properties already say something: *designed by* is a passive, *opening date* is when something opened.

# %%
article = (FOLDER / "article.txt").read_text(encoding="utf-8")
print(article)


# %%
def show(kg):
    for fact in kg.facts:
        print(
            f"{fact.subject.label} | {fact.relation} | {fact.object.label} | {fact.factuality} | {fact.rule}"
        )


show(spacegraph.build(article, ontology=FOLDER / "bridges.ttl"))

# %% [markdown]
# It misses how long the bridge is, where it is, and what trams are carried over: no label says "*380 metres long*" or
# "*carries trams over*". What the town denies is denied here too: only asserted facts become plain triples.
#
# ## Examples
#
# One JSON object a line: a sentence and the triples that it expresses, in the wording that the graph should have.
# An example without triples says what is *not* to be read.

# %%
print((FOLDER / "examples.jsonl").read_text(encoding="utf-8"))

# %%
examples, problems = read_examples(FOLDER / "examples.jsonl", ontology)
learnt = learn(ontology, examples)
len(learnt.lexicon.senses), problems

# %% [markdown]
# What was learnt are lexicon entries. Each says which word, with which of its arguments, expresses which property, how far it
# can be trusted, and which example suggested it.

# %%
for sense in learnt.lexicon.senses:
    if sense.origin.startswith("learnt"):
        print(describe_sense(sense))

# %% [markdown]
# They are written as Turtle, in the form in which lexicons are written by hand, so you can change, delete and add entries.
# The weights beside them decide what the entries leave open.

# %%
written = write_lexicon(learnt, "bridges_lexicon.ttl", ontology)
text = Path("bridges_lexicon.ttl").read_text(encoding="utf-8")
print(text[text.index("lex:carry-verb-learnt") :].split("\n\n")[0])

# %% [markdown]
# ## Reading by what was learnt

# %%
kg = spacegraph.build(article, ontology=FOLDER / "bridges.ttl", lexicon="bridges_lexicon.ttl")
show(kg)

# %% [markdown]
# The graph is queried like any other. Which bridges cross what, and who designed them?

# %%
kg.query(
    """
    PREFIX br: <https://example.org/bridges#>
    SELECT ?bridge ?water ?designer
    WHERE {
      ?b br:crosses ?w ; br:designedBy ?d .
      ?b rdfs:label ?bridge . ?w rdfs:label ?water . ?d rdfs:label ?designer
    }
    ORDER BY ?bridge
    """
)

# %%
for path in written:
    path.unlink()
