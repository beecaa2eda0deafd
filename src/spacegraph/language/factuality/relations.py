"""What the words between two mentions make of a relation that the trained reader sees there.

A model has no promise to keep, so the rules look at what it found: of its factuality and that of the words the less assertive holds,
quotation marks hold what stands between them, and a source that the words name is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph.language.english.word_sets import word_set
from spacegraph.language.factuality.readings import NEGATED, PLAIN, Reading
from spacegraph.model import Factuality, Relation

if TYPE_CHECKING:
    from spacegraph.language.factuality.reader import FactualityReader
    from spacegraph.language.tokens import Tokens

__all__ = ["RelationGuard", "is_set_against", "less_assertive"]

#: From the most assertive to the least.
_ORDER = (
    Factuality.ASSERTED, Factuality.REPORTED, Factuality.PLANNED, Factuality.HYPOTHETICAL, Factuality.NEGATED,
)  # fmt: skip
_PREDICATES = frozenset(("VERB", "AUX", "ADJ"))
#: What may stand between "not" and what it sets against another: "in Selby, not at the Norwick yard".
_BETWEEN = frozenset(("IN", "DT", "TO", "PRP$"))
#: Whoever does this to an event does not take part in it.
_STAYING_AWAY = word_set("avoid boycott miss shun skip")


def less_assertive(a: Factuality, b: Factuality) -> Factuality:
    """The one of two that claims less; who denies claims least of what is denied."""
    return max(a, b, key=_ORDER.index)


def is_set_against(t: Tokens, start: int) -> bool:
    """Whether "not" or "rather than" stands before the mention that begins at a token: "landed at Selby, not at Norwick"."""
    i = start - 1
    while i > 0 and t.sent[i] == t.sent[start] and t.tag[i] in _BETWEEN and t.lower[i] != "than":
        i -= 1
    if i < 0 or t.sent[i] != t.sent[start]:
        return False
    return (t.lower[i] == "not" and t.pos[t.head[i]] not in ("VERB", "AUX")) or (
        i > 0 and (t.lower[i - 1], t.lower[i]) in (("rather", "than"), ("instead", "of"))
    )


class RelationGuard:
    """Reads the factuality of relations from the words of one text.

    Args:
        reader: The reader of the text's factuality.
        tokens: The text's tokens.
    """

    def __init__(self, reader: FactualityReader, tokens: Tokens) -> None:
        self._reader = reader
        self._t = tokens
        self._heads: dict[tuple[int, int], int] = {}

    def guarded(self, relation: Relation) -> Relation:
        """The relation with the factuality, the sources and the time that its words have."""
        predicates = self._predicates(relation.subject, relation.object)
        readings = [self._reader.reading(i) for i in predicates]
        if not readings:
            readings = [self._held(relation)]
        if any(is_set_against(self._t, start) for start, _ in (relation.subject, relation.object)) or any(
            self._t.lemma[i] in _STAYING_AWAY for i in predicates[:1]
        ):
            readings.append(readings[0]._replace(status=NEGATED))
        weakest = max(readings, key=lambda r: _ORDER.index(r.factuality))
        told = relation.factuality
        if told is Factuality.PLANNED and predicates and self._reader.goes_on(predicates[0]):
            # Who will remain aboard is aboard.
            told = Factuality.ASSERTED
        factuality = less_assertive(told, weakest.factuality)
        sources = next((r.sources for r in (weakest, *readings) if r.sources), ())
        head = predicates[0] if predicates else -1
        return replace(
            relation,
            factuality=factuality,
            guarded=True,
            head=head,
            sources=sources,
            certainty=round(min(r.certainty for r in readings), 3),
            ended=any(r.ended for r in readings),
            time=self._reader.time(head) if head >= 0 else "",
        )

    def _held(self, relation: Relation) -> Reading:
        """Two things side by side in a phrase are taken for granted, but for quotation marks around them."""
        for span in (relation.subject, relation.object):
            reading = self._reader.presupposed(self._head(span))
            if reading != PLAIN:
                return reading
        return PLAIN

    def _head(self, span: tuple[int, int]) -> int:
        found = self._heads.get(span)
        if found is None:
            found = self._heads[span] = self._t.span_head(*span)
        return found

    def _predicates(self, subject: tuple[int, int], object_: tuple[int, int]) -> list[int]:
        """The predicates on the way from one to the other through the tree, the object's own governor first."""
        t = self._t
        up = self._path(self._head(object_))
        down = self._path(self._head(subject))
        common = next((i for i in up if i in set(down)), -1)
        if common < 0:
            return []
        way = [*up[: up.index(common)], common, *reversed(down[: down.index(common)])]
        return [
            i
            for i in way
            if t.pos[i] in _PREDICATES
            and not subject[0] <= i < subject[1]
            and not object_[0] <= i < object_[1]
            and t.dep[i] not in ("amod", "aux", "auxpass")
        ]

    def _path(self, i: int) -> list[int]:
        """A token and what governs it, up to the root."""
        head = self._t.head
        path = [i]
        while head[i] != i:
            i = head[i]
            path.append(i)
        return path
