# %% [markdown]
# # SPARQL in ten questions
#
# SPARQL is the language in which one asks an RDF graph.
# You need not know it: each question below adds one idea to those before, and answers something that a reader of the article
# would like to know.
# It takes about ten seconds; nothing is fetched from the web.

# %%
import spacegraph

kg = spacegraph.build("../examples/sample_article.txt")
# %load_ext spacegraph

# %% [markdown]
# ## 1. Who criticized whom?
#
# A graph is a set of triples: subject, property, object.
# A query is a triple with holes: names that begin with `?` are the holes, and the answer is every way of filling them.
# Properties of spacegraph begin with `sg:`.

# %%
# %%sparql kg
SELECT ?who ?whom
WHERE { ?who sg:criticized ?whom }

# %% [markdown]
# ## 2. What are they called?
#
# The answer above names things by their identifiers. Each has a label, which is one more triple: triples that share a hole
# must agree on it. A dot stands between them.

# %%
# %%sparql kg
SELECT ?critic ?target
WHERE {
  ?who  sg:criticized ?whom .
  ?who  rdfs:label ?critic .
  ?whom rdfs:label ?target
}

# %% [markdown]
# ## 3. Where do the astronauts work?
#
# `a` means “is a member of the class”. A semicolon goes on about the same subject.

# %%
# %%sparql kg
SELECT ?person ?employer
WHERE {
  ?who a sg:Person ;
       rdfs:label ?person ;
       sg:worksFor ?organisation .
  ?organisation rdfs:label ?employer
}
ORDER BY ?person

# %% [markdown]
# ## 4. Who is in the article, and who do they work for, if it says so?
#
# `OPTIONAL` keeps a row when its part is not there.

# %%
# %%sparql kg
SELECT ?person ?employer
WHERE {
  ?who a sg:Person ; rdfs:label ?person .
  OPTIONAL { ?who sg:worksFor|sg:formerlyWorkedFor ?organisation . ?organisation rdfs:label ?employer }
}
ORDER BY ?person

# %% [markdown]
# ## 5. How much is said of what?
#
# `GROUP BY` puts rows together and `COUNT` counts them.
# The hole for the property shows that any part of a triple can be one.

# %%
# %%sparql kg
SELECT ?name (COUNT(*) AS ?facts)
WHERE {
  { ?thing ?property ?other } UNION { ?other ?property ?thing }
  ?thing rdfs:label ?name .
  FILTER(STRSTARTS(STR(?property), STR(sg:)))
  FILTER(isIRI(?other) && EXISTS { ?other rdfs:label ?label })
}
GROUP BY ?name
ORDER BY DESC(?facts) ?name
LIMIT 8

# %% [markdown]
# ## 6. What does the article *not* assert?
#
# So far every answer was a plain triple, and only what is asserted is one.
# All facts, asserted or not, are also *statements*: nodes of their own that say how the article puts them.

# %%
# %%sparql kg
SELECT ?subject ?property ?object ?factuality
WHERE {
  ?statement rdf:subject ?s ; rdf:predicate ?property ; rdf:object ?o ; sg:factuality ?factuality .
  FILTER(?factuality != sg:Asserted)
  ?s rdfs:label ?subject .
  OPTIONAL { ?o rdfs:label ?label }
  BIND(COALESCE(?label, STR(?o)) AS ?object)
}
ORDER BY ?factuality ?subject ?property

# %% [markdown]
# ## 7. Did anybody withdraw from the space station?
#
# `ASK` gives yes or no. There is no such triple, because the article asserts no such thing …

# %%
# %%sparql kg
ASK { ?who sg:withdrewFrom ?what }

# %% [markdown]
# … but it speaks of it, and the statements say in which way.

# %%
# %%sparql kg
SELECT ?who ?factuality ?words
WHERE {
  ?statement rdf:predicate sg:withdrewFrom ; rdf:subject/rdfs:label ?who ; sg:factuality ?factuality ;
             prov:wasDerivedFrom/oa:hasSelector/oa:exact ?words
}
ORDER BY ?factuality ?who

# %% [markdown]
# The slashes in `rdf:subject/rdfs:label` follow one property after another.

# %% [markdown]
# ## 8. Who says what?
#
# Speech is a fact as well: `sg:said` with the words.

# %%
# %%sparql kg
SELECT ?speaker ?words
WHERE { ?who sg:said ?words ; rdfs:label ?speaker }
ORDER BY ?speaker ?words

# %% [markdown]
# ## 9. What happened when?
#
# Statements have a time where the text gives one; “last Friday” has become a date.

# %%
# %%sparql kg
SELECT ?time ?subject ?property ?object ?factuality
WHERE {
  ?statement sg:statedTime ?time ; rdf:subject/rdfs:label ?subject ; rdf:predicate ?property ; rdf:object ?o ;
             sg:factuality ?factuality .
  OPTIONAL { ?o rdfs:label ?label }
  BIND(COALESCE(?label, STR(?o)) AS ?object)
}
ORDER BY STR(?time) ?subject

# %% [markdown]
# ## 10. Whose quarrels lead to which country, over however many steps?
#
# `+` follows a property again and again, `|` takes either of two: whoever criticized, attacked or invaded somebody who did, and so on.

# %%
# %%sparql kg
SELECT DISTINCT ?name ?country
WHERE {
  ?thing (sg:criticized|sg:attacked|sg:invaded)+ ?place .
  ?place a sg:Country ; rdfs:label ?country .
  ?thing rdfs:label ?name
}
ORDER BY ?country ?name

# %% [markdown]
# ## From Python, and questions that have a name
#
# `kg.query` takes the same text and gives rows, a data frame, CSV and more.
# Frequent questions have names; some take a value.

# %%
kg.query("planned").to_pandas()

# %%
kg.query("about", name="Scott Kelly")

# %%
from spacegraph.graph import named_queries

for name, query in named_queries().items():
    print(f"{name:16}{query.question}")
