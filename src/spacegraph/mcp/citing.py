"""Which facts the rows of an answer rest on, and where their words stand."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from spacegraph.graph.query.results import without_controls
from spacegraph.graph.rdf.vocabulary import compact
from spacegraph.model import Entity, Factuality

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacegraph.graph.rdf.contents import Contents
    from spacegraph.model import Article, Fact

__all__ = ["FactIndex", "article_line", "one_line", "place_of"]

_TERM = re.compile(r"\bsg:(\w+)")
_TEXT = re.compile(r"\"([^\"\\\n]+)\"|'([^'\\\n]+)'")
_SEAM = re.compile(r"([a-z])([A-Z])")
_NOT = re.compile(r"!=\s*sg:\w+")
_HOW = {how.value.casefold() for how in Factuality}


class FactIndex:
    """The facts of a graph, by what they speak of.

    Args:
        contents: Facts, things and articles of the graph.
    """

    def __init__(self, contents: Contents) -> None:
        self.facts = contents.facts
        self.articles = contents.articles
        self._by_subject: dict[str, list[Fact]] = defaultdict(list)
        self._by_sentence: dict[str, list[Fact]] = defaultdict(list)
        self._about: dict[str, list[Fact]] = defaultdict(list)
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._called: dict[str, set[str]] = defaultdict(set)
        for fact in self.facts:
            self._by_subject[fact.subject.label].append(fact)
            self._by_sentence[f"{fact.subject.label} {_words(fact)} {fact.object.label}"].append(fact)
            for iri in {
                thing.iri
                for thing in (fact.subject, fact.object, fact.attributed_to)
                if isinstance(thing, Entity)
            }:
                self._about[iri].append(fact)
        for entity in contents.entities.values():
            self._labels[compact(entity.iri)].add(entity.label)
            self._called[entity.iri].add(entity.iri)
            for name in (entity.label, *entity.aliases):
                self._labels[name].add(entity.label)
                self._called[name.casefold()].add(entity.iri)

    def things(self, name: str) -> set[str]:
        """The IRIs of the things of that label, alias (in capitals or not) or IRI."""
        return self._called.get(name, set()) | self._called.get(name.casefold(), set())

    def about(self, iris: Iterable[str]) -> list[Fact]:
        """The facts that have one of these things as subject, as object or as who says them, in the order of the text."""
        wanted = {id(fact) for iri in iris for fact in self._about.get(iri, ())}
        return [fact for fact in self.facts if id(fact) in wanted] if wanted else []

    def behind(self, row: Mapping[str, str], query: str, given: Iterable[str] = ()) -> list[Fact]:
        """The facts that a row of an answer tells of; none where that cannot be told.

        A fact is told of where subject and object stand in the row or in the question, and so does the relation, and the row
        does not put it otherwise (factuality, time, whether it has ended).

        Args:
            row: The cells by the names of their columns; IRIs with their prefixes.
            query: The SPARQL that was asked.
            given: The values of its parameters.
        """
        texts = {a or b for a, b in _TEXT.findall(query)} | set(given)
        known = {label for text in (*row.values(), *texts) for label in (*self._labels.get(text, ()), text)}
        terms = {*_TERM.findall(query), *(text.removeprefix("sg:") for text in row.values())}
        put = (
            set()
            if row.get("factuality")
            else {t.casefold() for t in _TERM.findall(_NOT.sub("", query))} & _HOW
        )
        found = [fact for text in row.values() for fact in self._by_sentence.get(text, ())]
        for label in known:
            for fact in self._by_subject.get(label, ()):
                whole = fact.object.label in known and fact.relation in terms
                if whole or f"{_words(fact)} {fact.object.label}" in known:
                    found.append(fact)
        return [
            fact
            for fact in {id(fact): fact for fact in found}.values()
            if (not put or fact.factuality.value.casefold() in put) and _is_put_so(fact, row)
        ]


def _is_put_so(fact: Fact, row: Mapping[str, str]) -> bool:
    """Whether nothing in a row contradicts that it tells of a fact."""
    how, time = row.get("factuality", ""), row.get("time", "")
    said_by = fact.attributed_to.label if fact.attributed_to else ""
    return (
        (not how or how.rpartition(":")[2].casefold() == fact.factuality.value.casefold())
        and (not time or time == fact.time)
        and ("ended" not in row or (row["ended"] == "true") == fact.ended)
        and (not row.get("attributed_to") or row["attributed_to"] == said_by)
    )


def _words(fact: Fact) -> str:
    # As the named questions write a relation in words.
    return _SEAM.sub(r"\1 \2", fact.relation).lower()


def one_line(text: str) -> str:
    """Text on one line that commands nothing."""
    return without_controls(" ".join(text.split()))


def place_of(fact: Fact) -> str:
    """Where a fact stands: article, offsets and words; of an inferred one the rule."""
    places = "; ".join(f"{e.start}–{e.end} “{e.text}”" for e in fact.evidence)
    why = f"inferred by {fact.rule}" if fact.inferred else "no words are recorded"
    return one_line(f"{fact.doc_id} {places or why}")


def article_line(article: Article) -> str:
    """An article as a source: identifier, title, day and address, as far as they are known."""
    known = (
        f"“{article.title}”" if article.title else "",
        article.published.isoformat() if article.published else "",
        article.url or "",
    )
    return one_line(f"{article.id}: {', '.join(filter(None, known))}") if any(known) else ""
