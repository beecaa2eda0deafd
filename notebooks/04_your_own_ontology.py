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
from spacegraph.learning.extraction import load_model
from spacegraph.learning.testing import describe_sense, why
from spacegraph.rdf_ontology import load_ontology

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

# %%
written = write_lexicon(learnt, "bridges_lexicon.ttl", ontology)
text = written.read_text(encoding="utf-8")
print(text[text.index("lex:carry-verb-learnt") :].split("\n\n")[0])

# %% [markdown]
# The same file holds clues, which decide what the entries leave open: for each property some dozens of things that speak for it
# or against it, with what they weigh and what they rest on. `docs/learning.md` says what each of them sees.

# %%
print("\n".join(text[text.index("lex:crosses-clues") :].split("\n\n")[0].split("\n")[:14]))

# %% [markdown]
# ## Reading by what was learnt

# %%
kg = spacegraph.build(article, ontology=FOLDER / "bridges.ttl", lexicon="bridges_lexicon.ttl")
show(kg)

# %% [markdown]
# Why was that read? The clues of a sentence say what each of them adds.

# %%
for reason in why(load_model(written), "The Quill Bridge was built by Morrow Steel."):
    print(" | ".join(reason.triple), f"{reason.probability:.2f}")
    for clue in reason.clues[:5]:
        print("   ", f"{clue.weight:+.2f}", clue.side, clue.sees)

# %% [markdown]
# ## Changing what was learnt
#
# Say that *raise* is a word for building, too, and the lexicon reads it. An entry without `lex:origin` is your own and stands.

# %%
mine = """
lex:raise-verb a ontolex:LexicalEntry ;
    lexinfo:partOfSpeech lexinfo:verb ;
    ontolex:canonicalForm [ ontolex:writtenRep "raise"@en ] ;
    ontolex:sense [ a synsem:OntoMap ;
        ontolex:reference :builtBy ;
        synsem:subjOfProp arg:object ;
        synsem:objOfProp arg:subject ] .
"""
written.write_text(text + mine, encoding="utf-8")
show(
    spacegraph.build(
        "Morrow Steel raised the Quill Bridge.", ontology=FOLDER / "bridges.ttl", lexicon=written
    )
)

# %% [markdown]
# ## Questions
#
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
written.unlink()
