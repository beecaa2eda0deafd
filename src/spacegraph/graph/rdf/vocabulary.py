"""IRIs that the graph mints, and the terms of other vocabularies that its statements use.

Every node has an IRI: blank nodes would change their names with each file, and a difference between two
files could not be read.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, unquote

from spacegraph import vocab
from spacegraph.errors import StoreError
from spacegraph.model import Factuality

__all__ = [
    "ARTICLE_BASE",
    "DESCRIBING",
    "DESCRIPTION_BASE",
    "EVIDENCE_BASE",
    "FACTUALITY_IRI",
    "FACTUALITY_OF",
    "MERGES_GRAPH",
    "OWN_NODES",
    "PREFIXES",
    "RUN_BASE",
    "SPACEGRAPH",
    "STATEMENT_BASE",
    "article_iri",
    "compact",
    "described_iri",
    "description_iri",
    "evidence_iri",
    "reading_iri",
    "statement_iri",
]

_ROOT = "https://w3id.org/spacegraph/"
#: Articles; in a store of many articles this is also the name of the article's graph.
ARTICLE_BASE = _ROOT + "article/"
#: Stretches of an article: ``evidence:moon-1.12-50`` is characters 12 to 50 of article ``moon-1``.
EVIDENCE_BASE = _ROOT + "evidence/"
#: Statements, by :attr:`spacegraph.model.Fact.id`.
STATEMENT_BASE = _ROOT + "statement/"
#: Readings of articles by the software.
RUN_BASE = _ROOT + "run/"
#: What one article says about one thing: its names and class (only in stores of many articles).
DESCRIPTION_BASE = _ROOT + "description/"
#: The graph in which a store keeps which things a person has merged.
MERGES_GRAPH = _ROOT + "merges"
SPACEGRAPH = "https://w3id.org/spacegraph"
#: Where nodes are that are the graph's own furniture and no things.
OWN_NODES = (ARTICLE_BASE, DESCRIPTION_BASE, EVIDENCE_BASE, RUN_BASE, STATEMENT_BASE)
#: What may be said of a thing without a statement: how it is called and what it is.
DESCRIBING = frozenset(
    (vocab.RDF + "type", vocab.RDFS + "label", vocab.SKOS + "altLabel", vocab.OWL + "sameAs")
)

#: The prefixes that every query may use and every file declares.
PREFIXES: dict[str, str] = {
    **vocab.PREFIXES,
    "article": ARTICLE_BASE,
    "evidence": EVIDENCE_BASE,
    "run": RUN_BASE,
    "statement": STATEMENT_BASE,
}

FACTUALITY_IRI: dict[Factuality, str] = {
    Factuality.ASSERTED: vocab.ASSERTED,
    Factuality.REPORTED: vocab.REPORTED,
    Factuality.NEGATED: vocab.NEGATED,
    Factuality.HYPOTHETICAL: vocab.HYPOTHETICAL,
    Factuality.PLANNED: vocab.PLANNED,
}
FACTUALITY_OF: dict[str, Factuality] = {iri: factuality for factuality, iri in FACTUALITY_IRI.items()}


def article_iri(doc_id: str) -> str:
    """The IRI of an article; anything but letters, digits, "-", "_", "." and "~" is percent-encoded."""
    return ARTICLE_BASE + _quoted(doc_id)


def evidence_iri(doc_id: str, start: int, end: int) -> str:
    """The IRI of characters ``[start, end)`` of an article."""
    return f"{EVIDENCE_BASE}{_quoted(doc_id)}.{start}-{end}"


def statement_iri(fact_id: str) -> str:
    """The IRI of the statement node of a fact."""
    return STATEMENT_BASE + fact_id


def reading_iri(doc_id: str, digest: str) -> str:
    """The IRI of the reading of an article by software of that digest."""
    return f"{RUN_BASE}{_quoted(doc_id)}.{digest}"


def description_iri(doc_id: str, entity_iri: str) -> str:
    """The IRI of what one article says about one thing."""
    return f"{DESCRIPTION_BASE}{_quoted(doc_id)}/{_quoted(entity_iri)}"


@lru_cache(maxsize=100_000)
def described_iri(description: str) -> str:
    """The IRI of the thing that an article's own reading gave it, from that of the description."""
    return unquote(description.removeprefix(DESCRIPTION_BASE).partition("/")[2])


@lru_cache(maxsize=100_000)
def _quoted(text: str) -> str:
    try:
        return quote(text, safe="")
    except UnicodeEncodeError as error:
        message = f"The identifier {text!r} has half of a surrogate pair in it and cannot be part of an IRI. Give the article another identifier."
        raise StoreError(message) from error


def compact(iri: str, prefixes: dict[str, str] | None = None) -> str:
    """An IRI with the longest known prefix in place of its beginning: ``sg:Person``."""
    best = ""
    name = iri
    for prefix, start in (prefixes or PREFIXES).items():
        if iri.startswith(start) and len(start) > len(best):
            best, name = start, f"{prefix}:{iri[len(start) :]}"
    return name
