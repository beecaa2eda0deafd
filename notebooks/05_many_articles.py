# %% [markdown]
# # Many articles: who is where, what changed, who contradicts whom
#
# `spacegraph corpus read` reads articles by the thousand into a data set of Parquet files, and `spacegraph corpus load` makes one
# graph of it. The data set is asked with SQL (DuckDB here; pandas, Polars and Spark read it as well), the graph with SPARQL.
#
# Twelve articles of four months are read here, with invented people, firms and places. Name a folder, a feed, a WARC file or JSON
# Lines of your own in `SPACEGRAPH_NEWS` and run it again: nothing below is about these twelve.
# (In a checkout that has the development corpus beside it, its hundreds of articles are read: some minutes.)
# It takes about half a minute, and needs `pip install 'spacegraph[corpus]' pandas`.

# %%
import os
import tempfile
from pathlib import Path

import duckdb
import pandas as pd

from spacegraph import KnowledgeGraph
from spacegraph.corpus import load_corpus, read_corpus

SHARED = Path("../../shared/data/corpus")
NEWS = os.environ.get("SPACEGRAPH_NEWS") or (SHARED if SHARED.is_dir() else "../examples/news.jsonl")
FOLDER = tempfile.TemporaryDirectory()
DATASET, STORE = Path(FOLDER.name) / "dataset", Path(FOLDER.name) / "store"
pd.set_option("display.max_rows", 30, "display.max_colwidth", 60)
# %load_ext spacegraph

# %% [markdown]
# ## Reading and loading
#
# Killed at any moment and begun again, reading goes on where it was; what cannot be read is a row of `errors`.
# Loading decides across the whole corpus who is who, and which articles are copies of one text.

# %%
summary = read_corpus(NEWS, DATASET, said=lambda line: None)
loaded = load_corpus(DATASET, STORE)
print(f"{summary.articles:,} articles, {summary.facts:,} facts, {summary.not_read:,} documents not read")
print(f"{loaded.copies:,} articles are copies of others, in {loaded.groups:,} groups")

# %%
kg = KnowledgeGraph.load(STORE)
for table in ("facts", "entities", "mentions", "articles", "errors"):
    duckdb.sql(f"CREATE OR REPLACE VIEW {table} AS FROM '{DATASET}/{table}/*.parquet'")
duckdb.sql("""
    SELECT source, count(*) AS articles, min(published) AS first, max(published) AS last
    FROM articles GROUP BY ALL ORDER BY articles DESC, source LIMIT 10
""").df()

# %% [markdown]
# ## Who is where in the news
#
# First SPARQL: only what is asserted, with the day of the first article that says so.

# %%
# %%sparql kg
SELECT ?who ?relation ?where (MIN(?day) AS ?told)
WHERE {
  VALUES ?p { sg:aboard sg:locatedIn sg:travelledTo sg:returnedTo sg:landedIn sg:dockedTo }
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; sg:factuality sg:Asserted ;
             prov:hadPrimarySource ?article .
  ?article schema:datePublished ?day .
  ?s rdfs:label ?who . ?o rdfs:label ?where .
  BIND(REPLACE(STR(?p), "^.*#", "") AS ?relation)
}
GROUP BY ?who ?relation ?where ORDER BY DESC(?told) ?who ?where LIMIT 30

# %% [markdown]
# Then SQL, which has more to say about time: where everybody was last told to be.
# Named questions answer the same for one thing: `kg.query("places", name="Orla Venn")`.

# %%
duckdb.sql("""
    SELECT f.subject AS who, arg_max(f.relation, a.published) AS relation,
           arg_max(f.object, a.published) AS "where", max(a.published) AS told
    FROM facts f JOIN articles a USING (doc_id)
    WHERE f.relation IN ('aboard', 'locatedIn', 'travelledTo', 'returnedTo', 'landedIn', 'dockedTo')
      AND f.factuality = 'asserted' AND NOT f.ended AND f.subject_type = 'Person'
    GROUP BY f.subject_iri, f.subject ORDER BY told DESC, who LIMIT 20
""").df()

# %% [markdown]
# ## What changed from month to month
#
# What the news was about: facts of each kind, by month.

# %%
duckdb.sql("""
    CREATE OR REPLACE VIEW told AS
    SELECT f.*, strftime(a.published, '%Y-%m') AS month, a.published, a.source
    FROM facts f JOIN articles a USING (doc_id) WHERE a.published IS NOT NULL
""")
months = duckdb.sql("""
    SELECT month, relation, count(*) AS facts FROM told WHERE factuality = 'asserted' GROUP BY ALL
""").df()
table = months.pivot_table(index="relation", columns="month", values="facts", fill_value=0).astype(int)
table.iloc[:, -6:].loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index[:12]]

# %% [markdown]
# Who is new in the news: people and firms of whom nothing was told before.

# %%
duckdb.sql("""
    SELECT first AS month, count(*) AS new, string_agg(subject, ', ' ORDER BY facts DESC, subject) [:80] AS "for example"
    FROM (SELECT subject_iri, any_value(subject) AS subject, min(month) AS first, count(*) AS facts
          FROM told WHERE subject_type IN ('Person', 'Company', 'SpaceAgency') GROUP BY subject_iri)
    GROUP BY first ORDER BY first DESC LIMIT 12
""").df()

# %% [markdown]
# And what is told otherwise than the last time: who heads what, as each month's news has it, beside the month before in which it
# was told of.

# %%
duckdb.sql("""
    WITH heads AS (
        SELECT object AS what, month, list_sort(list(DISTINCT subject)) AS who FROM told
        WHERE relation = 'headOf' AND factuality = 'asserted' AND NOT ended GROUP BY ALL
    )
    SELECT what, month, lag(who) OVER (PARTITION BY what ORDER BY month) AS before, who AS now
    FROM heads QUALIFY before <> now ORDER BY month DESC, what LIMIT 15
""").df()

# %%
kg.query("planned").to_pandas().head(10)

# %% [markdown]
# ## Who contradicts whom
#
# What one article or speaker puts as so and another as not so. Both stand in the graph as what they are: a denial is no triple.

# %%
kg.query("disputed").to_pandas().head(10)

# %% [markdown]
# Dates and figures that differ have a question of their own.

# %%
kg.query("differing").to_pandas().head(10)

# %% [markdown]
# The same in SQL, with the words: `evidence` is the passage, and where it stands.

# %%
disputes = duckdb.sql("""
    SELECT DISTINCT y.subject, y.relation, y.object, y.doc_id AS says, y.evidence[1].text AS words,
           n.doc_id AS denies, n.attributed_to AS denier, n.evidence[1].text AS "denier's words"
    FROM facts y JOIN facts n USING (subject_iri, property_iri, object)
    WHERE y.factuality IN ('asserted', 'reported') AND n.factuality = 'negated' AND y.doc_id <> n.doc_id
    ORDER BY ALL LIMIT 10
""").df()
disputes

# %% [markdown]
# What several independent voices assert: copies of one agency's text count once.

# %%
kg.query("corroborated").to_pandas().head(8)

# %% [markdown]
# ## On from here
#
# `spacegraph corpus things DATASET` lists what was taken for one thing and why, `--unsure` what is left to you; `corpus copies`
# the groups of copies, `corpus errors` what could not be read. `docs/corpus.md` tells the rest, `docs/scale.md` how far it goes.

# %%
FOLDER.cleanup()
