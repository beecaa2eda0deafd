# %% [markdown]
# # Looking at a graph
#
# You will see the interactive page, the picture for print, and how to ask networkx for what is central, what belongs together
# and how two things are connected.
# It takes about fifteen seconds; nothing is fetched from the web.

# %%
import spacegraph

kg = spacegraph.build("../examples/sample_article.txt")

# %% [markdown]
# ## The interactive page
#
# Click a thing for what is said of it, an arrow for the words behind it, an entry of the legend to hide a kind; type `/` to
# search. Solid arrows are asserted, the others reported, planned, hypothetical or negated.
# `kg.view("graph.html")` writes the same page as one file that works offline.
# Where this notebook is shown without scripts, you see a picture instead.

# %%
kg.view()

# %% [markdown]
# ## The picture for print
#
# `kg.plot("graph.svg")` writes it; PNG and PDF go as well. It can be of a part: here of what is not asserted.

# %%
kg.plot(factuality=["reported", "planned", "hypothetical", "negated"], title="Not asserted")

# %% [markdown]
# It draws into axes of matplotlib, too, beside whatever else is there.

# %%
import matplotlib.pyplot as plt

figure, (left, right) = plt.subplots(1, 2, figsize=(13, 5))
kg.plot(ax=left, max_nodes=12, legend=False)
left.set_title("the twelve most important things")
counts = {}
for fact in kg.facts:
    counts[fact.factuality.value] = counts.get(fact.factuality.value, 0) + 1
right.bar(counts.keys(), counts.values(), color="#2f6db5")
right.set_title("facts by factuality")
plt.show()

# %% [markdown]
# ## networkx
#
# `to_networkx` gives a `MultiDiGraph`: things are nodes, facts are edges with all that is known of them.
# Here without values (dates, numbers, texts) and only with what is asserted.

# %%
import networkx as nx

graph = kg.to_networkx(literals=False, factuality=["asserted"])
names = nx.get_node_attributes(graph, "label")
print(graph)

# %% [markdown]
# ### What is central?

# %%
centrality = nx.betweenness_centrality(nx.Graph(graph))
for node in sorted(centrality, key=lambda node: (-centrality[node], node))[:6]:
    print(f"{centrality[node]:.2f}  {names[node]}")

# %% [markdown]
# ### What belongs together?

# %%
for community in nx.community.louvain_communities(nx.Graph(graph), seed=1)[:4]:
    print("·", ", ".join(sorted(names[node] for node in community)))

# %% [markdown]
# ### How are two things connected?
#
# The shortest path, with the words behind each step.

# %%
together = nx.Graph(graph)
largest = max(nx.connected_components(together), key=len)
start, *_, end = sorted(largest, key=lambda node: (centrality[node], node))
path = nx.shortest_path(together, start, end)
for here, there in zip(path, path[1:]):
    edges = graph.get_edge_data(here, there) or graph.get_edge_data(there, here)
    edge = next(iter(edges.values()))
    print(f"{names[here]} — {edge['relation']} — {names[there]}: “{edge['evidence'][0]['text']}”")

# %% [markdown]
# More of this, over several articles, is in [docs/networkx.md](../docs/networkx.md).
