"""Which dates scope over a predicate, and whether they lie ahead of the publication date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacegraph.language.english.words import MONTHS, WEEKDAYS
from spacegraph.language.factuality.modality import subject
from spacegraph.language.factuality.syntax import CLAUSES
from spacegraph.model import MentionKind

__all__ = ["Dates"]
from spacegraph.language.english.word_sets import word_set

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Mention

_POINT_IN_TIME = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.Z+-]+)?)?)?")
_DATE_PREPOSITIONS = word_set(
    "on in at by for during around until till from of about than before after late early since through to"
)
_DATE_DEPENDENCIES = word_set("npadvmod compound nmod amod poss advmod nummod dobj attr dep appos conj")


class Dates:
    """The dates beside the predicates of one text.

    Args:
        t: The tokens.
        mentions: The text's mentions; those of kind TIME count.
        published: The publication date; what lies after it lies ahead. None where unknown.
    """

    def __init__(self, t: Tokens, mentions: Sequence[Mention], published: dt.date | None) -> None:
        self._t = t
        self._dates = self._attach(mentions)
        self._published = published.isoformat() if published else ""

    def has(self, i: int) -> bool:
        """Whether a date stands beside token ``i`` itself."""
        return i in self._dates

    def time(self, i: int) -> str:
        """The date (ISO 8601) that scopes over the predicate at token ``i``, or ``""``."""
        t = self._t
        first = i
        joined = False
        for _ in range(6):
            # "Was born in 1940 and moved": what stands between two verbs is the first one's.
            dates = [
                d
                for d in self._dates.get(i, ())
                if not (joined and i < d[0] < first) and not self._only_ends(i, d[0])
            ]
            if dates and dates[0][1]:
                return dates[0][1]
            joined = joined or t.dep[i] == "conj"
            parent = t.head[i]
            if parent == i or t.dep[i] not in ("xcomp", "conj", "dobj", "attr", "acomp"):
                return ""
            if t.dep[i] == "conj" and subject(t, i) >= 0:
                return ""
            i = parent
        return ""

    def _only_ends(self, i: int, date: int) -> bool:
        """Whether a date says till when a thing lasts or is put off; "not until May" says when it happens."""
        t = self._t
        return t.lower[t.head[date]] in ("until", "till") and t.child(i, "neg") < 0

    def is_ahead(self, i: int) -> bool:
        """Whether a date on token ``i`` lies after the publication date."""
        for head, norm in self._dates.get(i, ()):
            if self._t.lower[self._t.head[head]] == "since":
                # What has been so since a day is so, whenever that was written.
                continue
            if not norm:
                # "The contract begins June 1": what is past is put otherwise. A noun's date tells nothing.
                if self._t.pos[i] in CLAUSES:
                    return True
                continue
            if not self._published:
                if self._t.pos[i] in CLAUSES:
                    return True
                continue
            day = norm[:10]
            if day > self._published[: len(day)]:
                return True
        return False

    def _attach(self, mentions: Sequence[Mention]) -> dict[int, list[tuple[int, str]]]:
        """The dates that modify each verb and noun: the date's head and its value ("" where the year is unknown)."""
        t = self._t
        dates: dict[int, list[tuple[int, str]]] = {}
        times = [m for m in mentions if m.kind is MentionKind.TIME and m.type in ("DATE", "TIME")]
        in_time = {i for m in times for i in range(m.start, m.end)}
        for mention in times:
            norm = mention.norm if _POINT_IN_TIME.fullmatch(mention.norm) else ""
            if not norm and ((mention.norm and mention.norm[:2] != "--") or not self._names_day(mention)):
                continue
            node = mention.head
            for _ in range(6):
                parent = t.head[node]
                if parent == node or not (
                    mention.start <= parent < mention.end
                    or (parent in in_time and t.dep[node] not in ("prep", "pobj"))
                ):
                    break
                node = parent
            parent = t.head[node]
            if parent == node:
                continue
            if t.dep[node] == "pobj" and t.dep[parent] in ("prep", "pcomp", "advmod"):
                if t.lower[parent] not in _DATE_PREPOSITIONS:
                    continue
                parent = t.head[parent]
                if parent in in_time:
                    parent = t.head[parent]
                if t.pos[parent] == "ADP":
                    parent = t.head[parent]
            elif t.dep[node] not in _DATE_DEPENDENCIES:
                continue
            dates.setdefault(parent, []).append((mention.head, norm))
        return dates

    def _names_day(self, mention: Mention) -> bool:
        """Whether a date without a known year names a day or month of the calendar."""
        return any(w in MONTHS or w in WEEKDAYS for w in self._t.lower[mention.start : mention.end])
