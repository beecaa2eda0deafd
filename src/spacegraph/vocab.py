"""The terms that Python itself goes by: every IRI of a vocabulary that the code names stands here.

What is only *in* the data (classes, relations, words) is not here: a new relation is an edit to Turtle.
``tests/test_ontology.py`` checks that each term of our own namespace is defined in ``spacegraph.ttl``.
"""

from __future__ import annotations

__all__ = [
    "ABOUT",
    "ADDRESSEE",
    "ALLOWS_CLAUSE",
    "AMBIGUOUS_LABEL",
    "ARG",
    "ASSERTED",
    "CONFIDENCE",
    "CONTENT",
    "COPY_OF",
    "DCTERMS",
    "DEMONYM",
    "ENDED",
    "ENTITY",
    "FACTUALITY",
    "FOAF",
    "HYPOTHETICAL",
    "INFERRED",
    "LEX",
    "LEXINFO",
    "MODEL",
    "NEGATED",
    "NER_LABEL",
    "OA",
    "ONTOLEX",
    "ORIGINAL_ABOUT",
    "ORIGINAL_ADDRESSEE",
    "ORIGINAL_OBJECT",
    "ORIGINAL_SOURCE",
    "ORIGINAL_SUBJECT",
    "ORIGINAL_THING",
    "OWL",
    "PLANNED",
    "PREFIXES",
    "PREMISE",
    "PROV",
    "RDF",
    "RDFS",
    "REPORTED",
    "RULE",
    "SAYINGS",
    "SCHEMA",
    "SG",
    "SH",
    "SKOS",
    "STATED_BY",
    "STATED_TIME",
    "STATEMENT",
    "SYNSEM",
    "TELLS_APART",
    "XSD",
]

#: Namespaces.
SG = "https://w3id.org/spacegraph/ontology#"
#: Properties that tell what somebody said, or did with words: where their value is a text, it is what was said.
SAYINGS = frozenset(SG + name for name in ("said", "announced", "threatened", "warned", "asked"))
#: The property whose values are names.
ALSO_KNOWN_AS = SG + "alsoKnownAs"
#: Where entities live unless another base is set.
ENTITY = "https://w3id.org/spacegraph/entity/"
#: Lexicon entries, and the terms that OntoLex lacks.
LEX = "https://w3id.org/spacegraph/lexicon#"
#: Syntactic arguments of lexicon entries.
ARG = "https://w3id.org/spacegraph/argument#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#"
OA = "http://www.w3.org/ns/oa#"
ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SYNSEM = "http://www.w3.org/ns/lemon/synsem#"
XSD = "http://www.w3.org/2001/XMLSchema#"

#: The prefixes that everything written or queried may use.
PREFIXES = {
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sg": SG,
    "sge": ENTITY,
    "skos": SKOS,
    "xsd": XSD,
}

#: Annotations by which an ontology tells the reader about its classes, properties and entities.
NER_LABEL = SG + "nerLabel"
ALLOWS_CLAUSE = SG + "allowsClause"
DEMONYM = SG + "demonym"
AMBIGUOUS_LABEL = SG + "ambiguousLabel"
TELLS_APART = SG + "tellsApart"

#: Statements: a claim of an article, with how the article puts it.
STATEMENT = SG + "Statement"
FACTUALITY = SG + "factuality"
CONFIDENCE = SG + "confidence"
STATED_BY = SG + "statedBy"
STATED_TIME = SG + "statedTime"
RULE = SG + "rule"
INFERRED = SG + "inferred"
ENDED = SG + "ended"
PREMISE = SG + "premise"
#: Beside its triple: what the words of its object name, to whom it is said, and the claims that stand in those words.
ABOUT = SG + "about"
ADDRESSEE = SG + "addressee"
CONTENT = SG + "content"
#: What a statement had before a store of many articles took a thing for another.
ORIGINAL_SUBJECT = SG + "originalSubject"
ORIGINAL_OBJECT = SG + "originalObject"
ORIGINAL_THING = SG + "originalThing"
ORIGINAL_SOURCE = SG + "originalSource"
ORIGINAL_ABOUT = SG + "originalAbout"
ORIGINAL_ADDRESSEE = SG + "originalAddressee"
#: The article that another one is a copy of, as far as its words tell: the two are one voice.
COPY_OF = PROV + "alternateOf"
#: The language model of a run.
MODEL = SG + "model"

#: The values of :data:`FACTUALITY`.
ASSERTED = SG + "Asserted"
REPORTED = SG + "Reported"
NEGATED = SG + "Negated"
HYPOTHETICAL = SG + "Hypothetical"
PLANNED = SG + "Planned"
