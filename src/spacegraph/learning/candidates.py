"""Which stretches of a sentence can be the subject or the object of a fact.

The mentions that the language side finds are only a part: names of an unfamiliar domain come in pieces
("(29) 1930 AB"), and values are words ("diesel", "liberalism") that no recogniser types. So every
mention, noun phrase, run of capitalised words, noun with its modifiers, number and date is a candidate, as is
every stretch that spells a label known from examples. Which of them a relation takes is learnt.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from spacegraph.language import annotations as annotation
from spacegraph.language.values.amounts import UNITS
from spacegraph.model import Mention, MentionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Doc, Token

__all__ = ["VALUES", "Candidate", "bare", "candidates", "strip_span"]

#: Kinds of candidates that are values and no things.
VALUES = ("number", "date", "value")
#: Longest stretch that is looked up among the known labels, in tokens.
LONGEST_LABEL = 12
#: Longest noun phrase that is a candidate, in tokens.
LONGEST_PHRASE = 12
#: Most modifiers before a noun that are taken off one by one.
MOST_MODIFIERS = 4

_TIMES = {"sec": "second", "s": "second", "min": "minute", "hr": "hour", "h": "hour", "yr": "year"}
_NUMBER = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?")
_NUMERIC_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})")
_JOINERS = frozenset(
    (
        "of",
        "the",
        "de",
        "du",
        "la",
        "von",
        "van",
        "der",
        "da",
        "di",
        "del",
        "and",
        "&",
        "'s",
        "’s",
        "-",
        "–",
        "/",
        "for",
        "in",
        "at",
        "'",
        "’",
        ".",
        "to",
        "on",
        "los",
        "las",
        "el",
        "le",
        "les",
        "des",
        "den",
        "dos",
        "do",
        "y",
        "e",
        "und",
        "et",
    )
)
_MODIFIERS = frozenset(
    ("compound", "amod", "nmod", "nummod", "poss", "quantmod", "advmod", "punct", "npadvmod", "case")
)
_EDGE = frozenset(("a", "an", "the", "its", "his", "her", "their", "this", "that", "these", "those"))


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Letters and digits only, lower case, without accents: what two spellings are compared by.

    >>> bare("São Paulo, Brazil") == bare("Sao_Paulo Brazil")
    True
    """
    if text.isascii():
        return "".join(ch for ch in text.lower() if ch.isalnum())
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(ch for ch in plain if ch.isalnum())


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``[start, end)`` of a ``Doc`` that can fill an argument.

    ``kind`` is ``name``, ``noun``, ``number``, ``date``, ``value`` (a measure without figures) or ``label`` (known
    only from examples); ``type`` an OntoNotes label or ``""``; ``norm`` an ISO 8601 date, a number's value or a
    demonym's country; ``unit`` what a number counts, in full and singular where it is known; ``sources`` say what
    found it.
    """

    start: int
    end: int
    head: int
    text: str
    kind: str
    type: str = ""
    norm: str = ""
    unit: str = ""
    sources: tuple[str, ...] = ()
    #: Whether a parenthesis follows: "(born 1950)".
    bracketed: bool = False

    @property
    def key(self) -> str:
        """The text's letters and digits: see :func:`bare`."""
        return bare(self.text)

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end


def candidates(doc: Doc, is_label: Callable[[str], bool] | None = None) -> list[Candidate]:
    """The candidates of a ``Doc``, by start, the longest first.

    Args:
        doc: Tagged, parsed, and with mentions where it has them.
        is_label: Whether letters and digits (:func:`bare`) spell a known label.
    """
    spans: dict[tuple[int, int], set[str]] = {}
    about: dict[tuple[int, int], Mention] = {}

    def add(start: int, end: int, source: str) -> None:
        start, end = strip_span(doc, start, end)
        if 0 < start < end and doc[start - 1].text == "(":
            inside = [t.text for t in doc[start:end]]
            if ")" in inside and "(" not in inside:
                start -= 1  # "(29) 1930 AB" without its first parenthesis
        if start < end and end - start <= LONGEST_PHRASE:
            spans.setdefault((start, end), set()).add(source)

    for mention in annotation.mentions(doc):
        if mention.kind is MentionKind.PRONOUN:
            continue
        add(mention.start, mention.end, "mention")
        about.setdefault(strip_span(doc, mention.start, mention.end), mention)
    for ent in doc.ents:
        add(ent.start, ent.end, "entity")
    for start, end in _runs(doc):
        add(start, end, "run")
    for token in doc:
        if token.pos_ in ("NOUN", "PROPN"):
            for start, end, source in _phrases(token):
                add(start, end, source)
        elif token.pos_ == "ADJ" and token.is_alpha:
            add(token.i, token.i + 1, "adjective")
    numbers = _numbers(doc)
    # "5.75 days", "173 kelvins": the figure stands for the measure.
    for start, end in list(spans):
        measure = about.get((start, end))
        if (
            measure is None
            or measure.kind not in (MentionKind.TIME, MentionKind.VALUE)
            or measure.type == "DATE"
        ):
            continue
        if any(start <= a and b <= end for a, b in numbers):
            del spans[start, end]
    for start, end in list(spans):
        stop = next((b for a, b in numbers if a == start and b < end), end)
        if stop < end and numbers[start, stop][1] and all(t.is_lower and t.is_alpha for t in doc[stop:end]):
            del spans[start, end]
    whole = [(start, end) for (start, end), m in about.items() if m.type == "DATE" and m.norm.count("-") == 2]
    for start, end in numbers:
        if end - start == 1 and len(doc[start].text) < 3 and any(a <= start < b for a, b in whole):
            continue  # the day of a date
        spans.setdefault((start, end), set()).add("number")
    dates = _numeric_dates(doc)
    for start, end in dates:
        spans.setdefault((start, end), set()).add("date")
    if is_label:
        for start, end in _labels(doc, is_label):
            spans.setdefault((start, end), set()).add("label")
    found = []
    for (start, end), sources in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
        candidate = _candidate(doc, (start, end), sources, about.get((start, end)), numbers.get((start, end)))
        if (date := dates.get((start, end))) is not None:
            candidate = replace(candidate, kind="date", norm=date, type="DATE")
        if candidate.text and any(ch.isalnum() for ch in candidate.text):
            found.append(candidate)
    return found


def strip_span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Without determiners and pronouns in front, and punctuation at the edges that opens nothing."""
    while start < end:
        token = doc[start]
        if (
            token.is_space
            or token.lower_ in _EDGE
            or (token.is_punct and token.text not in "([")
            or (token.text in "([" and not any(t.text in ")]" for t in doc[start:end]))
        ):
            start += 1
        else:
            break
    while end > start:
        token = doc[end - 1]
        if (
            token.is_space
            or token.text[0] == "/"
            or token.lower_ in ("'s", "’s")
            or (token.is_punct and token.text not in ")]")
            or (token.text in ")]" and not any(t.text in "([" for t in doc[start:end]))
        ):
            end -= 1
        else:
            break
    return start, end


def _candidate(
    doc: Doc,
    bounds: tuple[int, int],
    sources: set[str],
    mention: Mention | None,
    number: tuple[str, str] | None,
) -> Candidate:
    start, end = bounds
    span = doc[start:end]
    text = " ".join(span.text.split())
    if text.endswith(".") and any(ch.isdigit() for ch in span[-1].text):
        text = text.rstrip(".")  # "2013-029A." at the end of a sentence
    head = span.root.i
    type_ = mention.type if mention else span[0].ent_type_ if span[0].ent_type_ == span[-1].ent_type_ else ""
    kind, norm, unit = "noun", "", ""
    if number is not None:
        kind, (norm, unit) = "number", number
    elif (
        mention is not None
        and mention.kind is MentionKind.TIME
        and mention.type == "DATE"
        and mention.norm[:1].isdigit()
    ):
        kind, norm = "date", mention.norm
    elif mention is not None and mention.kind in (MentionKind.TIME, MentionKind.VALUE):
        kind, norm, unit = "value", mention.norm, mention.unit
    elif mention is not None and mention.kind is MentionKind.DEMONYM:
        kind, norm = "name", mention.norm
    elif (mention is not None and mention.kind is MentionKind.NAME) or any(ch.isupper() for ch in text):
        kind = "name"
    elif sources == {"label"}:
        kind = "label"
    return Candidate(
        start,
        end,
        head,
        text,
        kind,
        type_,
        norm,
        unit,
        tuple(sorted(sources)),
        end < len(doc) and doc[end].text == "(",
    )


def _is_namelike(token: Token) -> bool:
    if token.text[0] in "/[":
        return False
    return (
        token.text[:1].isupper()
        or token.text[:1].isdigit()
        or (token.pos_ == "PROPN")
        or any(ch.isdigit() for ch in token.text)
    )


def _runs(doc: Doc) -> Iterable[tuple[int, int]]:
    """Runs of capitalised or numbered tokens, with what joins them, whole and in parts."""
    n = len(doc)
    i = 0
    while i < n:
        start = i
        if doc[i].text == "(" and i + 2 < n and doc[i + 2].text == ")" and doc[i + 1].like_num:
            i += 3
            if i < n and not _is_namelike(doc[i]):
                continue
        if (
            i < n
            and _is_namelike(doc[i])
            and (
                doc[i].pos_ not in ("PRON", "DET", "ADP", "SCONJ", "VERB", "AUX") or not doc[i].is_sent_start
            )
        ):
            end = i + 1
            pieces = [end]
            while end < n:
                if _is_namelike(doc[end]):
                    end += 1
                    pieces[-1] = end
                elif doc[end].lower_ in _JOINERS or doc[end].text == ",":
                    ahead = end + 1
                    while ahead < n and doc[ahead].lower_ in _JOINERS:
                        ahead += 1
                    if (
                        ahead >= n
                        or not _is_namelike(doc[ahead])
                        or ahead - end > 2
                        or doc[ahead].is_sent_start
                    ):
                        break
                    pieces.append(ahead + 1)
                    end = ahead + 1
                elif (
                    doc[end].text == "("
                    and end + 2 < n
                    and doc[end + 2].text == ")"
                    and _is_namelike(doc[end + 1])
                ):
                    pieces.append(end + 3)
                    end += 3
                else:
                    break
            # Every beginning at a joint with every end at a joint.
            starts = [start, *(_piece_start(doc, stop) for stop in pieces[:-1])]
            for a_index, a in enumerate(starts):
                for b in pieces[a_index : a_index + 4]:
                    yield a, b
            i = end
        else:
            i = max(i + 1, start + 1)


def _piece_start(doc: Doc, stop: int) -> int:
    while stop < len(doc) and (doc[stop].lower_ in _JOINERS or doc[stop].text in ",("):
        stop += 1
    return stop


def _phrases(token: Token) -> Iterable[tuple[int, int, str]]:
    """A noun alone, with more and more of its modifiers, and with what hangs on it by "of"."""
    doc = token.doc
    start = token.i
    starts = [start]
    while start > 0 and len(starts) <= MOST_MODIFIERS and not doc[start].is_sent_start:
        before = doc[start - 1]
        if before.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and (
            before.head.i <= token.i and before.head.i >= before.i
        ):
            start -= 1
            starts.append(start)
        elif before.text in "-–/" and start > 1 and doc[start - 2].pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
            start -= 2
            starts.append(start)
        else:
            break
    for s in starts:
        yield s, token.i + 1, "noun"
    after = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("of", "for")), None)
    if after is not None:
        end = after.i + 1
        for child in after.subtree:
            if child.i == end:
                if child.text in ",;(" or child.pos_ in ("VERB", "AUX", "SCONJ", "PRON"):
                    break
                end = child.i + 1
        if end > after.i + 1:
            for s in starts:
                yield s, end, "of"
            stop = _first_noun_end(doc, after.i + 1, end)
            if stop != end:
                for s in starts:
                    yield s, stop, "of"


def _first_noun_end(doc: Doc, start: int, end: int) -> int:
    """Where the first noun group of a stretch ends."""
    seen = False
    for i in range(start, end):
        if doc[i].pos_ in ("NOUN", "PROPN"):
            seen = True
        elif seen:
            return i
    return end


def _numbers(doc: Doc) -> dict[tuple[int, int], tuple[str, str]]:
    """Numbers in figures -> their value and the unit after or before them."""
    found = {}
    for token in doc:
        text = token.text
        glued = re.fullmatch(r"([+\-−]?\d[\d,]*(?:\.\d+)?)([A-Za-z]+)", text)
        if not (_NUMBER.fullmatch(text) or glued):
            continue
        figure = glued.group(1) if glued else text
        value = figure.replace(",", "").replace("−", "-").lstrip("+")
        end = token.i + 1
        unit = glued.group(2) if glued else ""
        if not glued and end < len(doc) and doc[end].lower_ in ("million", "billion", "trillion", "thousand"):
            factor = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}[doc[end].lower_]
            value = _plain(float(value) * 10**factor)
            end += 1
        stop = end
        if (
            not unit
            and end < len(doc)
            and doc[end].pos_ in ("NOUN", "PROPN", "ADJ", "X")
            and doc[end].is_alpha
            and not doc[end].is_sent_start
        ):
            stop = end + 1
            if doc[end].lower_ in ("square", "cubic", "tax") and stop < len(doc) and doc[stop].is_alpha:
                stop += 1
            while stop + 1 < len(doc) and doc[stop].lower_ in ("per", "/") and doc[stop + 1].is_alpha:
                stop += 2
            unit = doc[end:stop].text.lower()
        if not unit and end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
            unit = doc[end + 1].lower_ if doc[end + 1].is_alpha else ""
        start = token.i
        if start > 0 and doc[start - 1].text in "$£€":
            unit = doc[start - 1].text
        found[start, end] = (value, unit_name(unit))
    return found


def unit_name(unit: str) -> str:
    """A unit in full, singular, where it has several names: "kms" and "kilometers" are kilometres."""
    if " per " in unit:
        return " per ".join(unit_name(part) for part in unit.split(" per "))
    for form in (unit, unit.removesuffix("s")):
        if form in UNITS or form in _TIMES:
            return UNITS.get(form) or _TIMES[form]
    return unit


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _numeric_dates(doc: Doc) -> dict[tuple[int, int], str]:
    """Dates in figures only ("26.11.2005", "2001/1/31"); the order of day and month is guessed where it is free."""
    found = {}
    text = doc.text
    for match in _NUMERIC_DATE.finditer(text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None:
            continue
        parts = [int(p) for p in re.split(r"[-/.]", match.group())]
        year, month, day = parts if parts[0] > 31 else (parts[2], parts[1], parts[0])
        if month > 12:
            month, day = day, month
        if 1 <= month <= 12 and 1 <= day <= 31:
            found[span.start, span.end] = f"{year:04d}-{month:02d}-{day:02d}"
    return found


def _labels(doc: Doc, is_label: Callable[[str], bool]) -> Iterable[tuple[int, int]]:
    keys = [bare(t.text) for t in doc]
    for start in range(len(doc)):
        if not keys[start] and doc[start].text not in "([":
            continue
        key = ""
        for end in range(start + 1, min(len(doc), start + LONGEST_LABEL) + 1):
            key += keys[end - 1]
            if keys[end - 1] and is_label(key):
                stop = (
                    end + 1
                    if end < len(doc)
                    and doc[end].text in ")]"
                    and any(t.text in "([" for t in doc[start:end])
                    else end
                )
                yield start, stop
