"""The texts behind a graph's facts: whole where the graph or somebody has them, else the passages that the graph quotes.

A graph keeps, with the words of each fact, where they stand and some characters before and after them (a quotation of the
Web Annotation Data Model). Neighbouring quotations overlap, so that they can be put together into passages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacegraph.errors import ConfigError
from spacegraph.graph.rdf.vocabulary import evidence_iri
from spacegraph.views.marks import sentence_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacegraph.model import Article, Evidence, Fact
    from spacegraph.views.content import Content, GraphLike

__all__ = ["Texts", "find_texts"]

#: A passage ends whole where these close it.
_CLOSED = re.compile(r"[.!?…][”’\"')\]]*$|\n$")
_FIRST_WORD = re.compile(r"\S*\s+")
_LAST_WORD = re.compile(r"\s+\S*$")

#: What stands between two passages.
_BETWEEN = "\n\n"

#: Start and end of the words of a fact in the article -> the same in the passages.
_Moves = dict[tuple[int, int], tuple[int, int]]


@dataclass(slots=True, kw_only=True)
class _Run:
    """A stretch of an article that quotations cover without a gap."""

    start: int
    text: str
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What a graph shows, with texts for as many of its articles as can be.

    ``passages`` are the articles whose text is not the whole one; the evidence of their facts points into the passages.
    """

    content: Content
    passages: frozenset[str]


def find_texts(kg: GraphLike, content: Content, given: Iterable[Article] = ()) -> Texts:
    """Give the articles of a graph texts that its facts point into.

    Args:
        kg: The graph, which is asked for quotations where it does not hold a text.
        content: What is shown of it.
        given: Articles whose text the graph does not hold.

    Raises:
        ConfigError: An article that is given is not one of the graph's, or not in the version that was read.
    """
    by_article: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in content.facts:
        by_article[fact.doc_id].append(fact)
    whole = _whole(content, by_article, given)
    lacking = [article for article in content.articles if not whole.get(article.id, article.text)]
    around = _surroundings(kg) if lacking and content.facts else {}
    texts: dict[str, str] = {}
    moved: dict[str, _Moves] = {}
    for article in lacking:
        text, moves = _passages(by_article[article.id], around)
        if text:
            texts[article.id], moved[article.id] = text, moves
    texts |= whole
    if not texts:
        return Texts(content=content, passages=frozenset())
    articles = tuple(
        replace(article, text=texts.get(article.id, article.text)) for article in content.articles
    )
    facts = tuple(
        replace(fact, evidence=tuple(_move(evidence, moved[fact.doc_id]) for evidence in fact.evidence))
        if fact.doc_id in moved
        else fact
        for fact in content.facts
    )
    return Texts(content=replace(content, articles=articles, facts=facts), passages=frozenset(moved))


def _whole(
    content: Content, by_article: Mapping[str, Sequence[Fact]], given: Iterable[Article]
) -> dict[str, str]:
    """The texts that are given, by the identifiers that the graph knows them by."""
    known = [article.id for article in content.articles]
    found = {}
    for article in given:
        if article.id in known:
            fits = [article.id]
        else:
            # A file may have got another name since it was read; what it says has not changed.
            fits = [
                name for name in known if by_article[name] and not _misplaced(article.text, by_article[name])
            ]
        if not fits:
            names = ", ".join(known[:5]) + (", …" if len(known) > 5 else "")
            msg = f"{article.id!r} is no article of the graph, which is about {names or 'none'}. Give the file that the graph was made from."
            raise ConfigError(msg)
        for name in fits:
            wrong = _misplaced(article.text, by_article[name])
            if wrong:
                msg = (
                    f"{wrong} quotations of the graph do not stand in {name!r} where the graph says: the text is another "
                    "version of the article than the one that was read. Give that one, or read this one again."
                )
                raise ConfigError(msg)
            found[name] = article.text
    return found


def _misplaced(text: str, facts: Iterable[Fact]) -> int:
    """How many quotations do not stand in a text where they should."""
    return sum(
        text[evidence.start : evidence.end] != evidence.text for fact in facts for evidence in fact.evidence
    )


def _surroundings(kg: GraphLike) -> dict[str, tuple[str, str]]:
    """What stands before and after the words of evidence, by the IRI of their quotation in the graph."""
    query = getattr(kg, "query", None)
    if query is None:
        return {}
    rows = query(
        "SELECT ?quote ?before ?after { ?quote oa:exact ?words "
        "OPTIONAL { ?quote oa:prefix ?before } OPTIONAL { ?quote oa:suffix ?after } }"
    ).rows
    return {str(quote): (str(before or ""), str(after or "")) for quote, before, after in rows}


def _passages(facts: Iterable[Fact], around: Mapping[str, tuple[str, str]]) -> tuple[str, _Moves]:
    """What the quotations of facts from one article give of its text, and where their words stand in that."""
    runs: list[_Run] = []
    for evidence in sorted({evidence for fact in facts for evidence in fact.evidence}):
        iri = f"{evidence_iri(evidence.doc_id, evidence.start, evidence.end)}_quote"
        before, after = around.get(iri, ("", ""))
        if len(evidence.text) != evidence.end - evidence.start or len(before) > evidence.start:
            continue
        start = evidence.start - len(before)
        words = before + evidence.text + after
        if not runs or start > runs[-1].start + len(runs[-1].text):
            runs.append(_Run(start=start, text=words, evidence=[evidence]))
        elif joined := _join(runs[-1].text, words, start - runs[-1].start):
            runs[-1].text = joined
            runs[-1].evidence.append(evidence)
    pieces: list[str] = []
    moves: _Moves = {}
    length = 0
    for run in runs:
        first, last, head, tail = _trim(run)
        pieces.append(head + run.text[first:last] + tail)
        offset = length + len(head) - first - run.start
        moves |= {(one.start, one.end): (one.start + offset, one.end + offset) for one in run.evidence}
        length += len(pieces[-1]) + len(_BETWEEN)
    return _BETWEEN.join(pieces), moves


def _join(text: str, words: str, at: int) -> str:
    """A text and words that begin in it at a place; empty where they contradict each other."""
    overlap = text[at:]
    if words.startswith(overlap):
        return text[:at] + words
    return text if overlap.startswith(words) else ""


def _trim(run: _Run) -> tuple[int, int, str, str]:
    """Which characters of a run to show, from sentence to sentence where it holds their ends, and what marks a cut."""
    text = run.text
    words = min(one.start for one in run.evidence) - run.start
    first, head = sentence_around(text, words, words + 1)[0], ""
    if first == 0 and run.start > 0:
        partial = _FIRST_WORD.match(text, 0, words)
        first, head = partial.end() if partial else 0, "… "
    words = max(one.end for one in run.evidence) - run.start
    last, tail = sentence_around(text, words - 1, words)[1], ""
    if last == len(text) and not _CLOSED.search(text):
        partial = _LAST_WORD.search(text, words)
        last, tail = partial.start() if partial else last, " …"
    return first, last, head, tail


def _move(evidence: Evidence, moves: _Moves) -> Evidence:
    start, end = moves.get((evidence.start, evidence.end), (-1, -1))
    return replace(evidence, start=start, end=end) if start >= 0 else evidence
