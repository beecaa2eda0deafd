"""Names and terms as people write them, and why a question has no answer: a name that nothing has, a term that is none."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from spacegraph.errors import QueryError
from spacegraph.graph.query.class_tree import PLACE_OF_CLASS, class_tree
from spacegraph.graph.query.sparql import named_queries, named_query, tokens
from spacegraph.ontology import default_path
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacegraph.graph.graph import Graph

__all__ = ["given", "meant", "why_no_answer", "with_known_names"]

#: Where a question looks a thing up by what it is called.
_NAMED = re.compile(r"rdfs:label\|skos:altLabel \$(\w+)")
#: The same in anybody's query: a parameter, or a text, which may have a language.
_CALLED = re.compile(
    r"""(?:rdfs:label|skos:altLabel)\s+(?:\$(?P<parameter>\w+)|"(?P<text>[^"\\\n]+)"(?P<language>@[\w-]+)?|'(?P<other>[^'\\\n]+)'(?P<tongue>@[\w-]+)?)"""
)
_TERM = re.compile(r"(?<![\w:])sg:(\w+)")
#: Names that are compared; in a graph of more, only these are suggested.
_MOST_NAMES = 100_000
#: Names that are suggested at most.
_SUGGESTED = 3


def given(question: str, values: Sequence[Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a named question, of values in the order of its parameters and of such with their names.

    Raises:
        QueryError: There is no such question, it has fewer parameters, or one is given twice.
    """
    names = [parameter.name for parameter in named_query(question).parameters]
    if len(values) > len(names):
        message = f"The question {question!r} takes {', '.join(names) or 'nothing'}; {len(values)} values are more than that. Put a name of several words in quotation marks."
        raise QueryError(message)
    twice = [name for name in names[: len(values)] if name in parameters]
    if twice:
        message = f"{twice[0]} is given twice for the question {question!r}."
        raise QueryError(message)
    return {**dict(zip(names, values, strict=False)), **parameters}


def with_known_names(
    kg: Graph, question: str, parameters: Mapping[str, Any], *, timeout: float | None = None
) -> dict[str, Any]:
    """The parameters of a named question with names as the graph has them, where they differ in capitals and apostrophes only.

    Args:
        kg: The graph.
        question: The name of the question; of SPARQL the parameters stay as they are.
        parameters: What it is given.
        timeout: Seconds for each look at the graph's names.
    """
    found = dict(parameters)
    asked = named_queries().get(question)
    for name in _NAMED.findall(asked.text) if asked else ():
        value = found.get(name)
        if isinstance(value, str) and not _is_known(kg, value, timeout):
            same = {other for other in _names(kg, timeout) if _folded(other) == _folded(value)}
            if len(same) == 1:
                found[name] = same.pop()
    return found


def why_no_answer(
    kg: Graph, query: str, parameters: Mapping[str, Any], *, timeout: float | None = None
) -> str:
    """What may be wrong where a question found nothing, as a sentence.

    Args:
        kg: The graph that was asked.
        query: The name of the question, or SPARQL.
        parameters: What it was given.
        timeout: Seconds for each of the few queries that are needed to tell.

    Returns:
        The sentence, or "" where nothing is known to be wrong.

    Raises:
        QueryError: It takes longer than the time-out.
    """
    question = named_queries().get(query.strip())
    if question is None:
        return _unknown_term(kg, query, timeout) or _unknown_name(kg, query, parameters, timeout)
    for name in _NAMED.findall(question.text):
        value = str(parameters.get(name, ""))
        if not _is_known(kg, value, timeout):
            return f"Nothing in the graph is called {value!r}.{meant(value, _names(kg, timeout))}"
    for name in PLACE_OF_CLASS.findall(question.text):
        value = str(parameters.get(name, ""))
        classes = _classes(kg, timeout)
        if value.replace(" ", "").casefold() not in map(str.casefold, classes):
            return f"There is no class {value!r}.{meant(value.replace(' ', ''), classes)}"
    if "rdf:predicate" in question.text and not kg.query("ASK { ?x a sg:Statement }", timeout=timeout):
        return f"The graph has no statements, which the question {question.name!r} asks for: it was not made by spacegraph, or exported with --only-facts."
    return ""


def _unknown_term(kg: Graph, query: str, timeout: float | None) -> str:
    """A term of our ontology's namespace that neither the ontology nor the graph has."""
    for kind, token in tokens(query):
        # A path is one token: "sg:headOf/sg:owns".
        for term in _TERM.findall(token) if kind == "name" else ():
            if term in _terms():
                continue
            used = "ASK { { ?s $term ?o } UNION { ?s ?p $term } UNION { $term ?p ?o } }"
            if not kg.query(used, term=ox.NamedNode(SG + term), timeout=timeout):
                meant = [f"sg:{close}" for close in _close(term, _terms())]
                hint = f" Did you mean {', '.join(meant)}?" if meant else ""
                return f"Neither the ontology nor the graph has sg:{term}.{hint}"
    return ""


def _unknown_name(kg: Graph, query: str, parameters: Mapping[str, Any], timeout: float | None) -> str:
    """A name in a query that nothing has, or that has a language where the graph's names have none."""
    for match in _CALLED.finditer(query):
        name = match["text"] or match["other"]
        if match["parameter"]:
            name = parameters.get(match["parameter"])
        if not isinstance(name, str):
            continue
        if not _is_known(kg, name, timeout):
            return f"Nothing in the graph is called {name!r}.{meant(name, _names(kg, timeout))}"
        language = match["language"] or match["tongue"]
        if language:
            return f"Names in the graph have no language: leave out {language} after {name!r}."
    return ""


def _is_known(kg: Graph, name: str, timeout: float | None) -> bool:
    asked = "ASK { ?thing rdfs:label|skos:altLabel $name }"
    return bool(kg.query(asked, name=name, timeout=timeout))


def _names(kg: Graph, timeout: float | None) -> list[str]:
    asked = "SELECT DISTINCT ?name { ?thing rdfs:label|skos:altLabel ?name } ORDER BY ?name"
    return [str(name) for name in kg.query(asked, limit=_MOST_NAMES, timeout=timeout).column("name")]


def _classes(kg: Graph, timeout: float | None) -> list[str]:
    """Local names of the classes of the ontology and of the graph's things."""
    asked = "SELECT DISTINCT ?class { ?thing a ?class ; rdfs:label ?name }"
    used = (str(iri) for iri in kg.query(asked, timeout=timeout).column("class"))
    return sorted(
        {name for pair in class_tree() for name in pair}
        | {iri.rpartition("#")[2].rpartition("/")[2] for iri in used}
    )


@cache
def _terms() -> frozenset[str]:
    """Local names of all terms of the built-in ontology."""
    parsed = ox.parse(path=default_path("spacegraph.ttl"), format=ox.RdfFormat.TURTLE)
    subjects = {quad.subject.value for quad in parsed if isinstance(quad.subject, ox.NamedNode)}
    return frozenset(iri.removeprefix(SG) for iri in subjects if iri.startswith(SG))


def meant(value: str, names: Sequence[str]) -> str:
    """A sentence with the names that may have been meant, with a space before it; "" where none is close."""
    close = _close(value, names)
    return f" Did you mean {', '.join(close)}?" if close else ""


def _close(value: str, names: Sequence[str] | frozenset[str]) -> list[str]:
    """The closest names: those that have all its words, the shortest first, then those that are spelt much like it."""
    wanted = set(_folded(value).split())
    whole = sorted(
        (n for n in names if wanted and wanted <= set(_folded(n).split())), key=lambda n: (len(n), n)
    )
    by_folded = {_folded(name): name for name in sorted(names, reverse=True)}
    spelt = [by_folded[match] for match in get_close_matches(_folded(value), by_folded, n=_SUGGESTED)]
    return list(dict.fromkeys((*spelt, *whole)))[:_SUGGESTED]


def _folded(name: str) -> str:
    return name.casefold().replace("’", "'")
