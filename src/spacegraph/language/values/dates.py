"""Dates, times and durations in a text, resolved against the day on which it was published.

The values are lexical forms of XML Schema with the precision of the words: ``xsd:date``
(``2022-03-30``), ``xsd:gYearMonth`` (``2022-01``), ``xsd:gYear`` (``2020``), and durations of ISO 8601
(``P3M``). Where the precision of the words has no such form, the next coarser one that is true stands:

- a week or weekend: the month that holds its Thursday (its Saturday), as ISO 8601 counts weeks to years;
- a season, a quarter, "early 2023": the year; "early June": the month;
- decades and centuries: nothing (``""``).

A year-less date takes the year that the tense of its clause and the day of publication leave; without either, an
explicit date close before it lends its year, unless that is told in passing. What stays open has the value ``""``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.durations import PLURALS, UNITS, composed, duration
from spacegraph.language.english.numerals import NUMBER_WORDS, SCALES, number_of
from spacegraph.language.values.calendar_dates import (
    DAYPARTS,
    MERIDIEM,
    PARTS_OF,
    SPOKEN_ORDINALS,
    YEAR,
    ZONES,
    CalendarReader,
    TimeSpan,
)

if TYPE_CHECKING:
    import datetime as dt

    from spacegraph.language.tokens import Tokens

__all__ = ["TimeSpan", "find_times"]

_DECADE = re.compile(r"^['\u2019]?(?:1[0-9]|20)?[0-9]0['\u2019]?s$")
_CLOCK = re.compile(r"^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::[0-5][0-9])?$")
_CLOCK_GLUED = re.compile(r"^([01]?[0-9])(?::([0-5][0-9]))?(am|pm|a\.m\.|p\.m\.)$")

_RELATIVE_UNITS = frozenset(
    ("day", "week", "month", "year", "decade", "century", "weekend", "quarter", "fortnight", "night")
)
_SEASONS = frozenset(("spring", "summer", "autumn", "fall", "winter"))
_LAST = frozenset(("last", "past", "previous"))
_NEXT = frozenset(("next", "coming", "upcoming", "following"))
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_QUARTERS = frozenset(("q1", "q2", "q3", "q4"))

_VAGUE_QUANTITIES = frozenset(
    (
        "several",
        "many",
        "few",
        "some",
        "numerous",
        "couple",
        "recent",
        "countless",
        "multiple",
        "these",
        "those",
    )
)
_APPROXIMATORS = frozenset(
    ("about", "around", "almost", "nearly", "approximately", "roughly", "over", "just", "only", "exactly")
)


def find_times(tokens: Tokens, published: dt.date | None) -> list[TimeSpan]:
    """Find and resolve the dates, times of day and durations of a text.

    Args:
        tokens: The text, tagged and parsed.
        published: The day of publication, None where it is not known.

    Returns:
        Spans that do not overlap, in order.
    """
    return _Reader(tokens, published).run()


class _Reader(CalendarReader):
    """Reads all expressions of time in one text."""

    def run(self) -> list[TimeSpan]:
        """Read the text from left to right."""
        t = self.t
        numeric = self._numeric()
        spans: list[TimeSpan] = []
        i = 0
        lower = t.lower
        while i < self.size:
            found = numeric.get(i)
            if found is None:
                word = lower[i]
                first = word[0]
                if first.isdigit() or word in _TRIGGERS or "-" in word or first in "'\u2019":
                    found = self._at(i)
            if found is None:
                i += 1
                continue
            spans.append(found)
            if (
                found.type == "DATE"
                and len(found.norm) >= 4
                and self._explicit(found)
                and not self._is_in_passing(i)
            ):
                self.year_before = int(found.norm[:4]), t.sent[i]
            i = max(found.end, i + 1)
        return spans

    def _is_in_passing(self, i: int) -> bool:
        """Whether a date stands in a participle or relative clause, which tells of another time: "Vela, founded in 2015, …"."""
        if self.t.dep[i] != "pobj":
            # "During the 2024 eclipse" names what the text is about.
            return False
        node = i
        for _ in range(4):
            node = self.t.head[node]
            if self.t.pos[node] == "VERB":
                return self.t.dep[node] in ("acl", "relcl")
        return False

    # -- what starts at a token ----------------------------------------------------------------

    def _at(self, i: int) -> TimeSpan | None:
        """The longest expression that starts at token ``i``."""
        low = self._low(i)
        if low in PARTS_OF:
            inner = self._part_of(i)
            if inner is not None:
                return inner
        if low in words.WEEKDAYS and self.t.text[i][0].isupper():
            return self._weekday(i, 0)
        if self._is_month(i):
            return self._month(i)
        if low in _DAYS:
            end = i + 1
            if self._low(end) in DAYPARTS:
                end += 1
            return TimeSpan(i, end, "DATE", self._days(_DAYS[low]))
        clock = self._clock(i)
        if clock is not None:
            return clock
        if low in (
            "last",
            "next",
            "this",
            "past",
            "previous",
            "coming",
            "the",
            "following",
            "upcoming",
            "that",
            "every",
            "each",
        ):
            return self._relative(i)
        if low in ("a", "an", "one", "several", "many", "few", "some", "numerous", "couple", "about", "around", "almost",
                   "nearly", "approximately", "roughly", "over", "more", "less", "at", "up", "just", "only", "half", "multiple",
                   "recent", "no", "exactly", "fewer") or low in NUMBER_WORDS or low[0].isdigit() or (
                       "-" in low and low.partition("-")[0] in NUMBER_WORDS):  # fmt: skip
            found = self._day_month(i) or self._duration(i)
            if found is not None:
                return found
        if low in _SEASONS:
            return self._season(i, i)
        if low in _QUARTERS or (
            low in ("first", "second", "third", "fourth") and self._low(i + 1) == "quarter"
        ):
            end = i + (1 if low in _QUARTERS else 2)
            if self._low(end) == "of":
                end += 1
            if YEAR.match(self._low(end)):
                return TimeSpan(i, end + 1, "DATE", self._low(end))
            return None
        if YEAR.match(low) and self._is_year(i):
            return TimeSpan(i, i + 1, "DATE", low)
        if _DECADE.match(low):
            return TimeSpan(i, i + 1, "DATE", "")
        if (low[0].isdigit() or low in SPOKEN_ORDINALS) and self._low(i + 1) == "century":
            return TimeSpan(i, i + 2, "DATE", "")
        if low in SPOKEN_ORDINALS and self._low(i + 1) == "of" and self._is_month(i + 2):
            return self._month_day(i, i + 3, words.MONTHS[self._low(i + 2)], SPOKEN_ORDINALS[low])
        if low in PLURALS or low in UNITS:
            return self._bare_unit(i)
        if low in DAYPARTS:
            return self._daypart(i)
        if "-" in low or low in ("mid", "post"):
            return self._hyphenated(i)
        return None

    # -- relative expressions ------------------------------------------------------------------

    def _relative(self, i: int) -> TimeSpan | None:
        """From a determiner: "last week", "this past Saturday", "next year", "the summer of 2019", "the last three years"."""
        start = i
        low = self._low(i)
        j = i
        if low in ("the", "this", "that"):
            j += 1
            if self._low(j) in ("early", "late", "mid"):
                j += 1
        word = self._low(j)
        if word == "last" and self.t.tag[j] == "VB":
            # "The flight will last six months."
            return None
        direction = 0
        if word in _LAST:
            direction, j = -1, j + 1
        elif word in _NEXT:
            direction, j = 1, j + 1
        elif low in ("last", "past", "previous"):
            direction = -1
        if direction == 0 and low not in ("this", "the", "that", "every", "each"):
            return None
        if low in ("every", "each"):
            j = i + 1
            if self._unit(j) or self._low(j) in words.WEEKDAYS or self._low(j) in _SEASONS | DAYPARTS:
                return TimeSpan(start, j + 1, "DATE", "")
            return None
        word = self._low(j)
        # "the last three years"
        count = number_of(word) if word else None
        if count is not None and direction and self._unit(j + 1):
            return TimeSpan(start, j + 2, "DURATION", duration(count, self._unit(j + 1)))
        if word in ("few", "several", "couple") and direction:
            k = j + 1
            if self._low(k) == "of":
                k += 1
            if self._unit(k):
                return TimeSpan(start, k + 1, "DURATION", "")
        if word in words.WEEKDAYS and self.t.text[j][0].isupper() and low != "the":
            return self._weekday(j, direction, start)
        if self._is_month(j) and low != "the":
            inner = self._month(j)
            if inner.end == j + 1 and self.published is not None and direction:
                here = self.published.year * 12 + self.published.month - 1
                month = words.MONTHS[word] - 1
                value = self.published.year * 12 + month
                if direction < 0 and value >= here:
                    value -= 12
                elif direction > 0 and value <= here:
                    value += 12
                return TimeSpan(start, inner.end, "DATE", f"{value // 12:04d}-{value % 12 + 1:02d}")
            return TimeSpan(start, inner.end, "DATE", inner.norm)
        if word in _SEASONS:
            return self._season(start, j, direction)
        if word in UNITS and word in _RELATIVE_UNITS and (low != "the" or direction):
            if low == "the" and word not in ("week", "month", "year", "decade", "century"):
                return None
            if low == "that":
                return TimeSpan(start, j + 1, "DATE", "")
            if low == "the" and direction > 0 and self._low(j - 1) in ("following", "upcoming"):
                return TimeSpan(start, j + 1, "DATE", "")
            if low in ("the", "this") and direction < 0 and self._low(j - 1) == "past":
                # "the past year" lasts; "this past week" is the last one.
                if low == "the":
                    return TimeSpan(start, j + 1, "DURATION", duration(1, word))
                return TimeSpan(start, j + 1, "DATE", self._unit_shift(word, -1))
            return TimeSpan(start, j + 1, "DATE", self._unit_shift(word, direction))
        if word in DAYPARTS and low in ("this", "last", "that"):
            days = -1 if low == "last" else 0
            return TimeSpan(start, j + 1, "DATE", self._days(days) if low != "that" else "")
        if low == "the":
            day = self._day_month(j) if word[:1].isdigit() else None
            if day is not None:
                return TimeSpan(start, day.end, "DATE", day.norm)
            if word == "day" and self._low(j + 1) == "after" and self._low(j + 2) == "tomorrow":
                return TimeSpan(start, j + 3, "DATE", self._days(2))
            if word == "day" and self._low(j + 1) == "before" and self._low(j + 2) == "yesterday":
                return TimeSpan(start, j + 3, "DATE", self._days(-2))
            if word in words.MONTHS or word in ("early", "mid", "late"):
                return None
            if _DECADE.match(word) and self._low(j)[0].isdigit():
                return TimeSpan(start, j + 1, "DATE", "")
            if word in ("end", "beginning", "start", "middle") and self._low(j + 1) == "of":
                inner2 = self._at(j + 2)
                if inner2 is not None and inner2.type == "DATE":
                    return TimeSpan(start, inner2.end, "DATE", inner2.norm[:7])
        return None

    def _unit(self, i: int) -> str:
        """The unit of time, singular, that token ``i`` names, or ""."""
        low = self._low(i)
        return PLURALS.get(low) or (low if low in UNITS else "")

    def _season(self, start: int, i: int, direction: int = 0) -> TimeSpan | None:
        after = i + 1
        if self._low(after) == "of":
            after += 1
        if YEAR.match(self._low(after)):
            return TimeSpan(start, after + 1, "DATE", self._low(after))
        if start == i and (self._low(i) in ("fall", "spring", "winter") and self.t.ent[i] != "DATE"):
            return None
        if self._low(start) == "the":
            return TimeSpan(start, i + 1, "DATE", "")
        if start == i and self.t.ent[i] != "DATE":
            return None
        return TimeSpan(start, i + 1, "DATE", self._unit_shift("year", direction) if start < i else "")

    def _part_of(self, i: int) -> TimeSpan | None:
        """Read "early 2023", "late Monday", "mid-March", "earlier this year", "late last week"."""
        j = i + 1
        if self._low(j) in ("-", "\u2013"):
            j += 1
        if self._low(j) in ("on", "in") and self._low(i) in ("early", "late", "earlier", "later"):
            j += 1
        low = self._low(j)
        if not low or not (low in _TRIGGERS or low[0].isdigit()):
            return None
        if (
            low in words.WEEKDAYS
            or self._is_month(j)
            or low in _DAYS
            or low in ("this", "last", "next", "the", "that")
            or (YEAR.match(low) or _DECADE.match(low) or low in _SEASONS)
        ):
            if YEAR.match(low):
                return TimeSpan(i, j + 1, "DATE", low)
            inner = self._at(j)
            if inner is not None and inner.type == "DATE":
                norm = inner.norm
                if (
                    self._low(i) in ("earlier", "later")
                    and low not in ("this", "today", "last", "next")
                    and len(norm) == 10
                ):
                    return None
                return TimeSpan(i, inner.end, "DATE", norm)
        return None

    # -- durations and counted units -----------------------------------------------------------

    def _duration(self, i: int) -> TimeSpan | None:
        """From a count: "three weeks ago", "more than two decades", "a year and a half", "six-month"."""
        start = i
        j = i
        if self._low(j) in ("at", "up", "no"):
            if self._low(j + 1) not in ("least", "most", "to", "more", "less", "fewer"):
                return None
            j += 2
            if self._low(j) == "than":
                j += 1
        elif self._low(j) in ("more", "less", "fewer"):
            if self._low(j + 1) != "than":
                return None
            j += 2
        elif self._low(j) in _APPROXIMATORS:
            j += 1
        if self._low(j) in ("a", "an") and self._low(j + 1) in (
            "few",
            "couple",
            "further",
            "full",
            "whole",
            "total",
            "half",
            "single",
        ):
            j += 1
            vague = self._low(j) in ("few", "couple")
            if self._low(j) == "half":
                k = j + 1 + (self._low(j + 1) == "-")
                unit = self._unit(k)
                return (
                    self._with_ago(start, k + 1, unit, 0.5)
                    if unit in ("hour", "year", "decade", "day", "century")
                    else None
                )
            j += 1
            if self._low(j) == "of":
                j += 1
            unit = self._unit(j)
            if not unit:
                return None
            return self._with_ago(start, j + 1, unit, None if vague else 1.0)
        low = self._low(j)
        if low in ("a", "an", "one"):
            count: float | None = 1.0
        elif low in _VAGUE_QUANTITIES:
            count = None
        else:
            count = number_of(low)
            if count is None:
                if "-" in low:
                    return self._hyphenated(j)
                return None
            if (
                self._low(j + 1) in ("and", "or", "to")
                and number_of(self._low(j + 2)) is not None
                and self._unit(j + 3)
            ):
                # "two or three weeks": the value stays open.
                return self._with_ago(start, j + 4, self._unit(j + 3), None)
            if self._low(j + 1) in ("hundred", "thousand", "million", "billion") and self._unit(j + 2):
                count *= SCALES[self._low(j + 1)]
                j += 1
        k = j + 1
        if self._low(k) in ("-", "\u2013", "\u2011") and self._unit(k + 1):
            unit = self._unit(k + 1)
            end = k + 2
            if self._low(end) == "-" and self._low(end + 1) in ("old", "long"):
                if self._low(end + 1) == "old":
                    return None
                end += 2
            return (
                TimeSpan(start, end, "DURATION", duration(count, unit))
                if count is not None and unit not in ("night", "season", "quarter", "semester")
                else None
            )
        if self._low(k) in (
            "more",
            "additional",
            "full",
            "consecutive",
            "straight",
            "long",
            "calendar",
            "further",
            "short",
            "other",
            "whole",
        ):
            k += 1
        unit = self._unit(k)
        if not unit or unit in ("season", "quarter", "semester"):
            return None
        if low in ("a", "an", "one") and self._low(k) not in UNITS:
            return None
        if unit == "second" and self._low(k) == "second":
            return None
        if (
            low == "one"
            and self._low(k) == "day"
            and self._low(k + 1) != "ago"
            and self.t.dep[k] == "npadvmod"
        ):
            return TimeSpan(start, k + 1, "DATE", "")
        end = k + 1
        if (
            self._low(end) == "and"
            and self._low(end + 1) == "a"
            and self._low(end + 2) == "half"
            and count is not None
        ):
            count += 0.5
            end += 3
        if self._low(end) == "old" or (self._low(end) == "of" and self._low(end + 1) == "age"):
            return None
        # "2 hours 4 minutes"
        norm_parts = [(count, unit)]
        while (nxt := number_of(self._low(end)) if self._low(end) else None) is not None and self._unit(
            end + 1
        ):
            norm_parts.append((nxt, self._unit(end + 1)))
            end += 2
        if len(norm_parts) > 1:
            return TimeSpan(start, end, "DURATION", composed(norm_parts))
        return self._with_ago(start, end, unit, count)

    def _with_ago(self, start: int, end: int, unit: str, count: float | None) -> TimeSpan:
        """A counted unit as a duration, or as a date with "ago", "earlier" or a future "in" around it."""
        after = self._low(end)
        if after == "ago":
            norm = "" if count is None or count != int(count) else self._unit_shift(unit, -int(count))
            return TimeSpan(start, end + 1, "DATE", norm)
        if after in ("earlier", "later", "before", "after") and after in ("earlier", "later"):
            return TimeSpan(start, end + 1, "DATE", "")
        if after == "from" and self._low(end + 1) == "now":
            norm = "" if count is None or count != int(count) else self._unit_shift(unit, int(count))
            return TimeSpan(start, end + 2, "DATE", norm)
        if unit in ("night", "weekend"):
            return TimeSpan(start, end, "DURATION", "")
        norm = "" if count is None else duration(count, unit)
        return TimeSpan(start, end, "DURATION", norm)

    def _bare_unit(self, i: int) -> TimeSpan | None:
        """A unit without a count: "years behind schedule"; a singular one is left to noun phrases."""
        low = self._low(i)
        if low not in PLURALS or low in ("seconds", "quarters", "seasons", "semesters"):
            return None
        if self._low(i + 1) == "ago":
            return TimeSpan(i, i + 2, "DATE", "")
        # "years" with a modifier of its own is left to the recogniser: "the early years".
        if self.t.left[i] and self._low(i - 1) not in ("of", "for", "in"):
            return None
        return TimeSpan(i, i + 1, "DURATION", "")

    def _hyphenated(self, i: int) -> TimeSpan | None:
        """One token such as "six-month", "30-day", "mid-March", "nine-day-long"."""
        parts = self._low(i).split("-")
        if len(parts) < 2:
            return None
        if parts[0] == "mid" and parts[1] in words.MONTHS and len(parts) == 2:
            month = words.MONTHS[parts[1]]
            year = self._low(i + 1)
            norm = f"{year}-{month:02d}" if YEAR.match(year) else self._year_of_month(i, month)
            return TimeSpan(i, i + 1 + bool(YEAR.match(year)), "DATE", norm)
        if parts[0] == "mid" and YEAR.match(parts[1]):
            return TimeSpan(i, i + 1, "DATE", parts[1])
        if parts[-1] == "old":
            return None
        count = number_of(parts[0])
        unit = PLURALS.get(parts[1], parts[1])
        if (
            count is not None
            and unit in UNITS
            and unit not in ("night", "season", "quarter", "second")
            and len(parts) <= 3
        ):
            return TimeSpan(i, i + 1, "DURATION", duration(count, unit))
        return None

    # -- the clock -----------------------------------------------------------------------------

    def _clock(self, i: int) -> TimeSpan | None:
        """Read "9:30 a.m. EDT", "10 p.m.", "1430 UTC", "noon"."""
        low = self._low(i)
        if not low[0].isdigit():
            return None
        hour, minute = -1, 0
        end = i + 1
        glued = _CLOCK_GLUED.match(low)
        clock = _CLOCK.match(low)
        meridiem = ""
        if glued:
            hour, minute, meridiem = int(glued.group(1)), int(glued.group(2) or 0), glued.group(3)
        elif clock and (":" in low or self._low(end) in MERIDIEM):
            hour, minute = int(clock.group(1)), int(clock.group(2))
        elif low.isdigit() and self._low(end) in MERIDIEM and int(low) <= 12:
            hour = int(low)
        elif (
            low.isdigit()
            and len(low) == 4
            and self._low(end) in ZONES
            and int(low[:2]) < 24
            and int(low[2:]) < 60
        ):
            hour, minute = int(low[:2]), int(low[2:])
        if hour < 0:
            return None
        if self._low(end) in MERIDIEM:
            meridiem = self._low(end)
            end += 1
        if meridiem.startswith("p") and hour < 12:
            hour += 12
        elif meridiem.startswith("a") and hour == 12:
            hour = 0
        if self._low(end) in ZONES:
            end += 1
        elif self._low(end) == "local" and self._low(end + 1) == "time":
            end += 2
        elif not meridiem and not (
            self.t.ent[i] == "TIME" or self._low(i - 1) in ("at", "by", "around", "until", "from")
        ):
            return None
        return TimeSpan(i, end, "TIME", f"{hour:02d}:{minute:02d}:00")

    def _daypart(self, i: int) -> TimeSpan | None:
        low = self._low(i)
        if low in ("noon", "midnight", "midday"):
            end = i + 1 + (self._low(i + 1) in ZONES)
            return TimeSpan(i, end, "TIME", "00:00:00" if low == "midnight" else "12:00:00")
        return None


_TRIGGERS = (
    frozenset(words.WEEKDAYS) | frozenset(words.MONTHS) | frozenset(_DAYS) | frozenset(UNITS) | frozenset(PLURALS) | _SEASONS
    | DAYPARTS | PARTS_OF | _LAST | _NEXT | frozenset(NUMBER_WORDS) | _VAGUE_QUANTITIES | _APPROXIMATORS | _QUARTERS
    | frozenset(SPOKEN_ORDINALS)
    | frozenset(("this", "that", "the", "every", "each", "a", "an", "more", "less", "at", "up", "half", "no", "few", "fewer", "post"))
)  # fmt: skip
