"""Days of the calendar: months, days and weekdays, with the year that they leave open."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.durations import CLOCK_UNITS, PLURALS
from spacegraph.language.values.tense import side

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = [
    "DAYPARTS", "MERIDIEM", "PARTS_OF", "SPOKEN_ORDINALS", "YEAR", "ZONES", "CalendarReader", "TimeSpan",
]  # fmt: skip

_ISO_DATE = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\b")
_US_DATE = re.compile(r"\b(1[0-2]|0?[1-9])/(3[01]|[12][0-9]|0?[1-9])/(1[0-9]{3}|20[0-9]{2})\b")
YEAR = re.compile(r"^(1[0-9]{3}|20[0-9]{2})$")
_DAY = re.compile(r"^(3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?$")

DAYPARTS = frozenset(("morning", "afternoon", "evening", "night", "noon", "midnight", "midday"))
PARTS_OF = frozenset(("early", "mid", "late", "mid-", "earlier", "later", "mid-to-late"))
ZONES = frozenset(
    (
        "edt",
        "est",
        "cdt",
        "cst",
        "mdt",
        "mst",
        "pdt",
        "pst",
        "utc",
        "gmt",
        "bst",
        "cet",
        "cest",
        "et",
        "pt",
        "ct",
        "jst",
        "ist",
    )
)
MERIDIEM = frozenset(("am", "pm", "a.m.", "p.m.", "a.m", "p.m"))
SPOKEN_ORDINALS = {
    word: value
    for value, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], start=1,
    )
}  # fmt: skip
#: Months that are also given names or ordinary words.
_MONTH_WORDS = frozenset(("march", "may", "august", "april", "june"))
#: How many sentences a year reaches in a text without a day of publication.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Tokens ``[start, end)`` of one date (DATE), time of day (TIME) or duration (DURATION) with its value."""

    start: int
    end: int
    type: str
    norm: str


class CalendarReader:
    """Reads dates of the calendar in one text.

    Args:
        tokens: The text.
        published: The day of publication, None where it is not known.
    """

    def __init__(self, tokens: Tokens, published: dt.date | None) -> None:
        self.t = tokens
        self.published = published
        self.size = tokens.size
        #: The last explicit year before, with the number of its sentence.
        self.year_before: tuple[int, int] | None = None

    def _explicit(self, span: TimeSpan) -> bool:
        year = span.norm[:4]
        return any(self.t.text[i].startswith(year) for i in range(span.start, span.end))

    def _numeric(self) -> dict[int, TimeSpan]:
        """ISO and American numeric dates, which the tokenizer splits."""
        t = self.t
        text = t.doc_text
        found: dict[int, TimeSpan] = {}
        matches = [(m, m.group(1), m.group(2), m.group(3)) for m in _ISO_DATE.finditer(text)]
        matches += [(m, m.group(3), m.group(1), m.group(2)) for m in _US_DATE.finditer(text)]
        if not matches:
            return found
        starts = {offset: i for i, offset in enumerate(t.idx)}
        ends = {offset + len(word): i + 1 for i, (offset, word) in enumerate(zip(t.idx, t.text, strict=True))}
        for match, year, month, day in matches:
            start, end = starts.get(match.start()), ends.get(match.end())
            if start is not None and end is not None:
                found[start] = TimeSpan(start, end, "DATE", _date(int(year), int(month), int(day)))
        return found

    def _low(self, i: int) -> str:
        return self.t.lower[i] if 0 <= i < self.size else ""

    def _is_month(self, i: int) -> bool:
        if not 0 <= i < self.size:
            return False
        low = self.t.lower[i]
        if low not in words.MONTHS or not self.t.text[i][0].isupper():
            return False
        if (
            i
            and low in _MONTH_WORDS
            and self.t.tag[i - 1] in ("NNP", "NNPS")
            and self.t.ent[i - 1] != "DATE"
            and (
                self.t.sent[i] == self.t.sent[i - 1]
                and self._low(i - 1) not in words.WEEKDAYS
                and self._low(i - 1) not in PARTS_OF
                and self._low(i - 1).isalpha()
                and self._low(i - 1) not in MERIDIEM | ZONES
            )
        ):
            # "the Long March 5 rocket", "Theresa May"
            return False
        if low in ("may", "march"):
            near = self._low(i + 1)
            return (
                self.t.tag[i] in ("NNP", "NN") and (self.t.ent[i] in ("DATE", "") or near[:1].isdigit())
            ) or (near[:1].isdigit() and bool(_DAY.match(near) or YEAR.match(near)))
        given_name = low in ("june", "april", "august", "jan", "dec", "mar", "sep", "jun", "jul", "jan.")
        return not (given_name and self.t.ent[i] == "PERSON")

    def _is_year(self, i: int) -> bool:
        """Whether a four-digit number is a year and not a count or part of a name."""
        t = self.t
        if t.ent[i] == "DATE":
            return not (t.dep[i] == "nummod" and t.tag[min(i + 1, self.size - 1)] == "NNS" and self._low(i + 1) not in PLURALS
                        and self._low(i - 1) not in ("the", "in", "since"))  # fmt: skip
        before = self._low(i - 1)
        if before in ("through", "to", "and", "or", "-", "\u2013", ",") and YEAR.match(self._low(i - 2)):
            return True
        if before in (
            "in",
            "since",
            "until",
            "till",
            "by",
            "from",
            "before",
            "after",
            "during",
            "of",
            "circa",
            "around",
            "for",
            "(",
        ):
            following = self._low(i + 1)
            return t.tag[min(i + 1, self.size - 1)] not in ("NN", "NNS", "CD", "JJ") or following in PLURALS
        return False

    def _month(self, i: int) -> TimeSpan:
        """From a month: "March 30, 2022", "March 2022", "March 30-April 2", "January"."""
        month = words.MONTHS[self._low(i)]
        day = _DAY.match(self._low(i + 1))
        if day and not (self.t.ent[i] == "" and self._low(i + 2) in ("%", "percent")):
            return self._month_day(i, i + 2, month, int(day.group(1)))
        if self._low(i + 1) == "the" and self._low(i + 2) in SPOKEN_ORDINALS:
            return self._month_day(i, i + 3, month, SPOKEN_ORDINALS[self._low(i + 2)])
        end = i + 1
        if self._low(end) in (",", "of") and YEAR.match(self._low(end + 1)):
            end += 1
        if YEAR.match(self._low(end)):
            return TimeSpan(i, end + 1, "DATE", f"{self._low(end)}-{month:02d}")
        return TimeSpan(i, i + 1, "DATE", self._year_of_month(i, month))

    def _day_month(self, i: int) -> TimeSpan | None:
        """From a day: "30 March 2022", "the 30th of March"."""
        day = _DAY.match(self._low(i))
        if day is None:
            return None
        after = i + 1
        if self._low(after) == "of":
            after += 1
        if not self._is_month(after):
            return None
        return self._month_day(i, after + 1, words.MONTHS[self._low(after)], int(day.group(1)))

    def _month_day(self, start: int, end: int, month: int, day: int) -> TimeSpan:
        """A day of a month, with the year that follows or that the context gives."""
        after = end
        if (self._low(after) == "," and YEAR.match(self._low(after + 1))) or (
            self._low(after) == "of" and YEAR.match(self._low(after + 1))
        ):
            after += 1
        if YEAR.match(self._low(after)) and not (
            after > end and self.t.tag[min(after + 1, self.size - 1)] == "NNS"
        ):
            return TimeSpan(start, after + 1, "DATE", _date(int(self._low(after)), month, day))
        # "March 3-5, 2021": the year stands after the second day.
        if (
            self._low(end) in ("-", "\u2013", "to", "and")
            and _DAY.match(self._low(end + 1))
            and (self._low(end + 2) == "," and YEAR.match(self._low(end + 3)))
        ):
            return TimeSpan(start, end, "DATE", _date(int(self._low(end + 3)), month, day))
        return TimeSpan(start, end, "DATE", self._year_of_day(start, month, day))

    def _year_of_day(self, i: int, month: int, day: int) -> str:
        """The day of the month nearest to publication on the side that the tense tells."""
        lent = self._lent_year(i)
        if lent:
            return _date(lent, month, day)
        if self.published is None:
            return ""
        candidates = []
        for year in (self.published.year - 1, self.published.year, self.published.year + 1):
            text = _date(year, month, day)
            if text:
                candidates.append(dt.date.fromisoformat(text))
        if not candidates:
            return ""
        direction = side(self.t, i)
        past = [date for date in candidates if date <= self.published]
        ahead = [date for date in candidates if date >= self.published]
        if direction == "past" and past:
            return past[-1].isoformat()
        if direction == "future" and ahead:
            return ahead[0].isoformat()
        published = self.published
        return min(candidates, key=lambda date: (abs((date - published).days), date)).isoformat()

    def _year_of_month(self, i: int, month: int) -> str:
        lent = self._lent_year(i)
        if lent:
            return f"{lent:04d}-{month:02d}"
        if self.published is None:
            return ""
        before = self._low(i - 1)
        if before in ("early", "late", "mid", "-"):
            before = self._low(i - 2)
        direction = "future" if before == "next" else "past" if before == "last" else side(self.t, i)
        if self.t.dep[i] in ("compound", "nmod", "amod") and direction == "past":
            # The tense is that of the report and not of "a May launch".
            direction = ""
        here = self.published.year * 12 + self.published.month - 1
        candidates = [
            year * 12 + month - 1
            for year in (self.published.year - 1, self.published.year, self.published.year + 1)
        ]
        if before == "this":
            return f"{self.published.year:04d}-{month:02d}"
        if direction == "future":
            chosen = next(value for value in candidates if value >= here)
        elif direction == "past":
            chosen = [value for value in candidates if value <= here][-1]
        else:
            chosen = min(candidates, key=lambda value: (abs(value - here), value))
        return f"{chosen // 12:04d}-{chosen % 12 + 1:02d}"

    def _lent_year(self, i: int) -> int:
        """The year of an explicit date in the same or the previous sentence, where the story is told of old times.

        Without a day of publication any such year serves.
        """
        if self.year_before is None:
            return 0
        year, sentence = self.year_before
        if self.published is None:
            return year if self.t.sent[i] - sentence <= _NEAR else 0
        if self.t.sent[i] - sentence > 1:
            return 0
        return year if year < self.published.year - 1 and side(self.t, i) == "past" else 0

    def _weekday(self, i: int, shift: int, start: int = -1) -> TimeSpan:
        """From a weekday: "Monday", "Monday, March 7", "Monday morning"; ``shift``: weeks from "next"."""
        begin = start if start >= 0 else i
        after = i + 1
        if self._low(after) in DAYPARTS:
            after += 1
        comma = after + 1 if self._low(after) == "," else after
        if self._is_month(comma) and _DAY.match(self._low(comma + 1)):
            inner = self._month(comma)
            return TimeSpan(begin, inner.end, "DATE", self._on_weekday(i, inner))
        if _DAY.match(self._low(comma)) and self._is_month(comma + 1):
            day = self._day_month(comma)
            if day is not None:
                return TimeSpan(begin, day.end, "DATE", self._on_weekday(i, day))
        if self.published is None:
            return TimeSpan(begin, after, "DATE", "")
        wanted = words.WEEKDAYS[self._low(i)]
        back = (self.published.weekday() - wanted) % 7
        ahead = (wanted - self.published.weekday()) % 7
        if self._low(i).endswith("days"):
            return TimeSpan(begin, after, "DATE", "")
        if shift > 0:
            days = ahead or 7
        elif shift < 0:
            days = -(back or 7)
        elif side(self.t, i) == "future":
            days = ahead
        else:
            days = -back
        return TimeSpan(begin, after, "DATE", self._days(days))

    def _on_weekday(self, i: int, day: TimeSpan) -> str:
        """The value of a day of a month, in the year in which it is the weekday at ``i``."""
        if len(day.norm) != 10 or self._explicit(day):
            return day.norm
        wanted = words.WEEKDAYS[self._low(i)]
        date = dt.date.fromisoformat(day.norm)
        for year in (date.year, date.year - 1, date.year + 1):
            text = _date(year, date.month, date.day)
            if text and dt.date.fromisoformat(text).weekday() == wanted:
                return text
        return day.norm

    def _days(self, days: int) -> str:
        if self.published is None:
            return ""
        return (self.published + dt.timedelta(days=days)).isoformat()

    def _month_shift(self, months: int) -> str:
        if self.published is None:
            return ""
        value = self.published.year * 12 + self.published.month - 1 + months
        return f"{value // 12:04d}-{value % 12 + 1:02d}"

    def _unit_shift(self, unit: str, count: int) -> str:
        """The date that lies ``count`` units from publication, with the unit's precision."""
        if self.published is None:
            return ""
        if unit in CLOCK_UNITS or unit == "night":
            return self._days(-1 if unit == "night" and count < 0 else 0)
        if unit == "day":
            return self._days(count)
        if unit in ("week", "weekend", "fortnight"):
            day = self.published + dt.timedelta(weeks=count * (2 if unit == "fortnight" else 1))
            # ISO 8601 counts a week to the month of its Thursday; a weekend goes by its Saturday.
            return (day + dt.timedelta(days=(5 if unit == "weekend" else 3) - day.weekday())).isoformat()[:7]
        if unit == "month":
            return self._month_shift(count)
        if unit == "year":
            return f"{self.published.year + count:04d}"
        if unit == "decade" and abs(count) < 20:
            return f"{self.published.year + 10 * count:04d}"
        return ""


def _date(year: int, month: int, day: int) -> str:
    """``YYYY-MM-DD``, or ``""`` where there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"
