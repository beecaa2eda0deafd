# %% [markdown]
# # From an article to a graph
#
# You will see what spacegraph makes of a news article: facts that stand on their own, each with the words that say so,
# and with how the article puts it: as so, as somebody's claim, as a plan, as a mere possibility, or as denied.
# It takes about ten seconds, most of it for loading the language model; nothing is fetched from the web.

# %%
import spacegraph

kg = spacegraph.build("../examples/sample_article.txt")
kg

# %% [markdown]
# The table begins with the things that matter most in the article.
# Below are all of its facts, in the order of the text.
# A line under the factuality is drawn as the arrows of the pictures are: solid for what is asserted.

# %%
from IPython.display import HTML

from spacegraph.views.notebook import facts_html

HTML(facts_html(kg.facts, most=25))

# %% [markdown]
# ## A fact and its words
#
# Every fact points to the characters of the article that support it.

# %%
fact = next(fact for fact in kg.facts if fact.relation == "criticized")
fact

# %%
article = kg.articles[0]
evidence = fact.evidence[0]
article.text[evidence.start : evidence.end] == evidence.text

# %% [markdown]
# ## What the article does not assert
#
# “They would leave”, “no sign that they are leaving” and “they are leaving” have the same words and mean different things.
# Only what the article asserts becomes a plain triple; the rest is kept with its factuality.

# %%
HTML(facts_html(fact for fact in kg.facts if fact.factuality != "asserted"))

# %% [markdown]
# ## The text with its marks
#
# Names are underlined in the colour of their class; words that support a fact have a background.
# Hold the pointer over them to read which.

# %%
from spacegraph.views.notebook import article_html

HTML(article_html(kg))

# %% [markdown]
# ## The graph as a picture

# %%
kg.plot(title="What the article asserts", factuality=["asserted"])

# %% [markdown]
# ## Taking it along
#
# Turtle is the text form of RDF; the same article gives the same file, byte for byte.

# %%
print(kg.to_turtle()[:1500])

# %% [markdown]
# `kg.export("graph.ttl")` writes it to a file.
# The next notebook, [02_sparql](02_sparql.ipynb), asks the graph questions.
