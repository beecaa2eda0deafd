"""Where the names of a text are: spans repaired from tags, shapes, titles and known names.

The entity recogniser of a small model cuts names short, runs two together and misses others. The
spans here start from runs of capitalised words and are then cut apart at titles, at demonyms, at
known names and at the borders of recognised entities. What a name denotes is decided in
:mod:`spacegraph.language.mentions.name_types`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.listed_names import ordinary_words
from spacegraph.language.mentions.name_runs import NameRuns
from spacegraph.language.parse.clauses import holder

if TYPE_CHECKING:
    from spacegraph.gazetteer import KnownName
    from spacegraph.language.mentions.known_names import KnownAt, KnownNames
    from spacegraph.language.tokens import Tokens

__all__ = ["NameSpan", "NameSpans", "find_names"]

_PROPER = frozenset(("NNP", "NNPS"))
_ROMAN = re.compile(r"^[IVX]{1,5}$")
_INITIAL = re.compile(r"^(?:[A-Z]\.)+$|^[A-Z]$")
_NUMERAL_STOP = re.compile(r"^[IVX]{1,5}\.$")
_HAS_DIGIT = re.compile(r"\d")
#: Nouns that finish a title with "of": "Secretary of State".
_OF_TITLE = frozenset(("state", "defense", "defence", "commerce", "transportation", "operations", "staff", "engineering",
                       "education", "science", "homeland", "treasury", "energy", "labor", "agriculture"))  # fmt: skip
#: Parts of organisations that people are heads of; alone they name nothing.
_UNITS = frozenset(("center", "centre", "branch", "division", "department", "office", "section", "unit", "campus", "laboratory",
                    "lab", "institute", "agency", "company", "area", "group", "team", "site", "facility", "board", "directorate",
                    "bureau", "mission", "program", "programme", "project", "flight", "vehicle", "launch", "test", "range"))  # fmt: skip
#: What every state has one of.
_OFFICES = frozenset(("department", "ministry", "office", "bureau", "board", "division", "commission"))
#: Words that are names only with others beside them.
_NEVER_ALONE = _UNITS | frozenset(("headquarters", "university", "college", "school", "corporation", "council", "committee",
                                   "commission", "association", "society", "foundation", "station", "complex", "observatory",
                                   "museum", "base", "building", "research", "engineering", "education", "learning", "generation",
                                   "operations", "sciences", "science", "technology", "technologies", "systems", "services", "service",
                                   "management", "logistics", "communications", "credit", "space", "war", "accords", "accord",
                                   "agreement", "treaty", "assembly", "mansion", "falls", "springs", "bay"))  # fmt: skip
_BEFORE_TITLES = words.MODIFYING_TITLES | words.TITLE_WORDS


@dataclass(slots=True)
class NameSpan:
    """Tokens ``[start, end)`` of one name, with what its surroundings say of it."""

    start: int
    end: int
    #: What the words stand for in the gazetteer, the likeliest first.
    known: tuple[KnownName, ...] = ()
    #: The title before the name ("CEO", "Dr."), lower case; "" if there is none.
    title: str = ""
    #: Gender that the title tells.
    gender: str = ""
    #: Whether a title follows, as in "Zorvex CEO": then it names whom the title belongs to.
    employs: bool = False


@dataclass(slots=True)
class NameSpans:
    """The names of a text, and what belongs to none."""

    names: list[NameSpan] = field(default_factory=list)
    #: Tokens that are nationality adjectives or demonyms.
    demonyms: list[int] = field(default_factory=list)
    #: Capitalised title words that turned out to belong to no name ("Administrator" in "NASA Administrator").
    titles: set[int] = field(default_factory=set)
    #: Tokens of titles before names: "Secretary of State" in "Secretary of State Ada Okafor".
    before_names: set[int] = field(default_factory=set)
    #: Adjectives of nationality that no list knows, with the country that the text names too.
    countries: dict[str, str] = field(default_factory=dict)


def find_names(tokens: Tokens, known_names: KnownNames, known: KnownAt, entities: list[tuple[int, int, str]],
               taken: set[int]) -> NameSpans:  # fmt: skip
    """Find the names of a text.

    Args:
        tokens: The text.
        known_names: The names of the domain.
        known: Those found in the text.
        entities: What the entity recogniser found: first token, end, label.
        taken: Tokens that belong to dates and values.

    Returns:
        Names that do not overlap, in order, with demonyms and stray titles.
    """
    finder = _Finder(tokens, known_names, known, entities, taken)
    return finder.run()


class _Finder(NameRuns):
    """Cuts the runs of one text apart."""

    # -- cutting runs apart --------------------------------------------------------------------

    def run(self) -> NameSpans:
        """Find everything."""
        self.out = NameSpans(countries=self.derived)
        runs = list(self.runs())
        alone = {self.t.span_text(start, end) for start, end in runs}
        for start, end in runs:
            self._cut(start, end, alone)
        self._add_missed_entities()
        t = self.t
        inside = {i for name in self.out.names for i in range(name.start, name.end)}
        marked = set(self.out.demonyms)
        for i in range(t.size):
            if (
                i not in inside
                and i not in marked
                and t.text[i][0].isupper()
                and i not in self.taken
                and self.is_demonym(i)
            ):
                self.out.demonyms.append(i)
        self.out.demonyms.sort()
        self.out.names.sort(key=lambda name: name.start)
        return self.out

    def _cut(self, start: int, end: int, alone: set[str]) -> None:
        """Cut one run into names, demonyms and titles."""
        t = self.t
        while start < end and (t.lower[start] in ("the", "a", "an") or t.pos[start] == "PUNCT"):
            start += 1
        while end > start and (t.pos[end - 1] in ("PUNCT", "SPACE") and t.text[end - 1][-1] != "."):
            end -= 1
        if start >= end:
            return
        if start in self.long_titles:
            self._add(NameSpan(start, end))
            return
        if (
            end - start > 1
            and start == t.sentence(start)[0]
            and words.NOUN_TYPES.get(t.lower[start]) == "ORG"
            and start not in self.known
            and t.span_text(start + 1, end) in alone
        ):
            # "Startup Vela raises …": the first word of a sentence is a noun, since the rest is a name elsewhere.
            start += 1
        if start in self.known and self.known[start][0] == end:
            self._known_or_demonym(start, end)
            return
        for of in range(start - 1, end - 2):
            if of > 0 and t.lower[of] == "of" and (person := holder(t, of + 1, end)) > 0:
                if of > start:
                    self.out.titles.update(range(start, of))
                self._cut(of + 1, person, alone)
                self._person(person, end, t.lower[of - 1], "")
                return
        # A demonym in front.
        if self.is_demonym(start) and start not in self._long_known():
            if end - start == 1:
                self.out.demonyms.append(start)
                return
            if not self._one_organisation(start, end):
                self.out.demonyms.append(start)
                following = start + 1
                if t.text[following] in ("-", "\u2011"):
                    following += 1
                self._cut(following, end, alone)
                return
        title = self._title_in(start, end)
        if title is not None:
            first, after, phrase, gender = title
            if after < end and all(t.lower[k] in words.TYPES_OF_TAILS for k in range(after, end)):
                # "Flight Director Office"
                self._add(NameSpan(start, end))
                return
            if first > start:
                self._cut(start, first, alone)
                if self.out.names and self.out.names[-1].end == first:
                    self.out.names[-1].employs = True
            if after < end:
                self._person(after, end, phrase, gender)
                self.out.before_names.update(range(first, after))
            else:
                self.out.titles.update(range(first, after))
            return
        border = self._border(start, end, alone)
        if border:
            self._cut(start, border, alone)
            self._cut(border, end, alone)
            return
        self._add(NameSpan(start, end))

    def _long_known(self) -> set[int]:
        return {start for start, (end, _) in self.known.items() if end > start + 1}

    def _known_or_demonym(self, start: int, end: int) -> None:
        if end - start == 1 and self.is_demonym(start):
            self.out.demonyms.append(start)
            return
        self._add(NameSpan(start, end, known=self.known[start][1]))

    def _person(self, start: int, end: int, title: str, gender: str) -> None:
        """A person's name after a title, cut where another name begins."""
        t = self.t
        if t.lower[start] == "of":
            return
        for i in range(start + 1, end):
            entity = self.entity_at.get(i)
            if i in self.known or (entity is not None and entity[0] == i and entity[2] in ("ORG", "GPE") and
                                   entity[1] >= end and self.entity_at.get(i - 1) is not None):  # fmt: skip
                self._add(NameSpan(start, i, title=title, gender=gender))
                self._cut(i, end, set())
                return
        known = self.known[start][1] if start in self.known and self.known[start][0] == end else ()
        known = tuple(name for name in known if name.type in ("PERSON", ""))
        self._add(NameSpan(start, end, known=known, title=title, gender=gender))

    def _one_organisation(self, start: int, end: int) -> bool:
        """Whether demonym and rest are one name: "Indian Space Research Organisation"."""
        tail = words.TYPES_OF_TAILS.get(self.t.lower[end - 1])
        entity = self.entity_at.get(start)
        covered = entity is not None and entity[0] <= start and entity[1] >= end and entity[2] != "PERSON"
        if any(self.t.lower[i] in words.TITLE_WORDS for i in range(start, end)):
            return False
        if tail is None and end - start == 2 and self._is_model(end):
            return False
        return (
            (tail in ("ORG", "FAC", "LOC", "EVENT"))
            or (covered and tail is not None)
            or (covered and entity is not None and entity[2] in ("ORG", "GPE", "LOC", "EVENT", "WORK_OF_ART"))
        )

    def _is_model(self, end: int) -> bool:
        """Whether the last word of a run names the product after it, whose maker's country is no part of the name.

        "Ruritanian Halden vehicles" are Halden vehicles; "Ruritanian Air planes" are those of Ruritanian Air.
        """
        t = self.t
        return (
            end < t.size
            and t.pos[end] == "NOUN"
            and words.NOUN_TYPES.get(t.lemma[end]) == "PRODUCT"
            and t.lower[end - 1] not in ordinary_words()
        )

    def _title_in(self, start: int, end: int) -> tuple[int, int, str, str] | None:
        """The first title in a run: (first token, end, the words, gender), or None."""
        t = self.t
        for i in range(start, end):
            word = t.lower[i]
            if word not in words.TITLE_WORDS:
                # "Flight Engineers A and B"
                word = word[:-1]
                if not t.lower[i].endswith("s") or word in words.FORMAL_TITLES:
                    continue
            if word not in words.TITLE_WORDS or i in self.known_at:
                continue
            entity = self.entity_at.get(i)
            if word in words.AMBIGUOUS_TITLES and entity is not None and entity[1] - entity[0] > 1:
                # The recogniser took it into a longer name: believe it where it is not in front of a person.
                if entity[2] != "PERSON" and entity[0] <= start:
                    continue
                if i > start and i == end - 1:
                    continue
            if i == start and end - start > 1 and self._is_thing(end):
                continue
            if i > start and "of" in t.lower[start:i] and word not in words.FORMAL_TITLES and i == end - 1:
                continue
            first = i
            while first > start and t.lower[first - 1] in _BEFORE_TITLES:
                first -= 1
            first = self._before_units(start, first)
            after = i + 1
            while after < end and (
                (
                    (
                        t.lower[after] in words.TITLE_WORDS
                        or (t.tag[after] == "NNPS" and t.lower[after][:-1] in words.TITLE_WORDS)
                    )
                    and after not in self.known_at
                )
                or (t.lower[after] == "general" and after == i + 1)
            ):
                after += 1
            if t.lower[i] == "chief":
                # "Chief Financial Officer", "Chief Information Security Officer"
                officer = next((k for k in range(after, min(after + 3, end)) if t.lower[k] == "officer"), -1)
                after = officer + 1 if officer > 0 else after
            if after + 1 < end and t.lower[after] in ("of", "for"):
                # "Secretary of State X", "Director of Operations X"
                after = min(after + 2, end)
                while after < end and t.lower[after] in _OF_TITLE:
                    after += 1
            if after > i + 1 or (after < end and t.text[after] == ","):
                # "Minister of Culture, Sport and Science Ada Okafor": the recogniser knows where the name begins.
                for k in range(after, end):
                    begins = self.entity_at.get(k)
                    if begins is not None and begins[2] == "PERSON" and begins[0] == k:
                        after = k
                        break
            phrase = " ".join(t.lower[first:after])
            gender = next(
                (
                    words.FORMAL_TITLES[t.lower[k]]
                    for k in range(first, after)
                    if words.FORMAL_TITLES.get(t.lower[k])
                ),
                "",
            )
            return first, after, phrase, gender
        return None

    def _before_units(self, start: int, first: int) -> int:
        """Where a title begins that says of what unit: "Center Director", "Acting Branch Chief".

        Only where nothing stands before the unit that could make a name of it ("Merrow Space Center Director").
        """
        t = self.t
        at = first
        while at > start and (t.lower[at - 1] in _UNITS or t.lower[at - 1] in _BEFORE_TITLES):
            at -= 1
        if at == start or self.known_at.get(at - 1) not in (None, self.known_at.get(at)):
            return at
        return first

    def _is_thing(self, end: int) -> bool:
        """Whether a run that begins with a title word names a thing ("General Motors Corporation")."""
        return words.TYPES_OF_TAILS.get(self.t.lower[end - 1]) in ("ORG", "FAC", "EVENT", "PRODUCT", "LAW")

    def _border(self, start: int, end: int, alone: set[str]) -> int:
        """Where a run holds two names side by side: the first token of the second, or 0."""
        t = self.t
        if end - start < 2:
            return 0
        whole = self.entity_at.get(start)
        covered = whole is not None and whole[1] >= end
        tail = words.TYPES_OF_TAILS.get(t.lower[end - 1])
        for i in range(start + 1, end):
            inside_known = self.known_at.get(i)
            if inside_known is not None and inside_known < i:
                continue
            left, right = t.text[i - 1], t.text[i]
            if (
                right in ("-", "&")
                or left in ("-", "&")
                or t.lower[i] in ("of", "for", "and", "the", ",")
                or (t.lower[i - 1] in ("of", "for", "and", "the", ","))
            ):
                continue
            if (
                _is_acronym(right)
                and len(right) > 2
                and not _ROMAN.match(right)
                and (left.isdigit() or _ROMAN.match(left))
            ):
                return i
            if _HAS_DIGIT.search(right) or _ROMAN.match(right) or _INITIAL.match(right):
                continue
            if _NUMERAL_STOP.match(left):
                # "Merrow V. Zorvex": a sentence that ends in a numeral.
                return i
            before = self.known.get(start)
            # Known names side by side, or a known organisation or place before something else.
            if before is not None and before[0] == i:
                if before[1][0].cls == "Region" and t.lower[i] in _OFFICES:
                    # "Ohio Department of Health" is not the one of the country.
                    continue
                if i in self.known:
                    return i
                if (
                    before[1][0].type in ("ORG", "GPE", "NORP")
                    and not (tail in ("ORG", "FAC") and (covered or before[1][0].type == "GPE"))
                    and not (before[1][0].type == "GPE" and self._place_in_name(start, end, tail))
                    and t.lower[end - 1] != "headquarters"
                ):
                    return i
            if i in self.known and self.known[i][0] == end and self.known[i][1][0].type not in ("GPE", "LOC"):
                one_person = covered and whole is not None and whole[2] == "PERSON"
                if not one_person and end - i > 1:
                    return i
            entity_before, entity_after = self.entity_at.get(i - 1), self.entity_at.get(i)
            if entity_before is not None and entity_after is not None and entity_before is not entity_after:
                labels = entity_before[2], entity_after[2]
                prefix = t.span_text(start, i)
                if labels[0] in ("ORG", "GPE", "NORP") and labels[1] in ("PERSON", "PRODUCT", "EVENT", "FAC"):
                    return i
                if prefix in alone and labels[0] != labels[1]:
                    return i
            if (
                i == start + 1
                and not covered
                and _is_acronym(left)
                and not _is_acronym(right)
                and len(left) > 2
            ):
                return i
            if (
                i == start + 1
                and _is_camel(left)
                and tail is None
                and (left in alone or t.text[end - 1].isdigit())
            ):
                return i
        return 0

    def _place_in_name(self, start: int, end: int, tail: str | None) -> bool:
        """Whether a known place only begins a longer name: "the Colorado War", "Ohio Falls"."""
        if tail == "EVENT":
            return True
        entity = self.entity_at.get(start)
        return entity is not None and entity[:2] == (start, end) and entity[2] in ("GPE", "LOC", "FAC")

    def _add(self, name: NameSpan) -> None:
        t = self.t
        start, end = name.start, name.end
        while start < end and (
            t.pos[start] in ("PUNCT", "SPACE")
            or t.lower[start] in ("the", "a", "an", "'s", "\u2019s", "and", "of", ",", "on", "for", "in")
        ):
            start += 1
        while end > start and (
            t.tag[end - 1] in ("POS", "_SP", ",", ":", "``", "''", "-LRB-", "-RRB-", "HYPH")
            or t.lower[end - 1] in ("of", "and", "the", "for")
        ):
            end -= 1
        if start >= end:
            return
        if end - start == 1 and not name.known:
            word = t.lower[start]
            if word in words.NOT_NAMES or len(t.text[start]) == 1 or not any(c.isalpha() for c in word):
                return
            if word in words.TITLE_WORDS and not name.title:
                self.out.titles.add(start)
                return
            if word in _NEVER_ALONE and not t.text[start].isupper() and not name.title:
                self.out.titles.add(start)
                return
            if t.tag[start] in ("NNPS", "NNS") and word.endswith("s") and word[:-1] in words.NOUN_TYPES:
                # "the Shuttles"
                self.out.titles.add(start)
                return
            if (
                t.tag[start] not in _PROPER
                and self.entity_at.get(start) is None
                and t.tag[start].startswith(("V", "R", "J"))
            ):
                return
            if (
                word in words.NOUN_TYPES
                and self.entity_at.get(start) is None
                and (
                    t.dep[start] != "compound"
                    and t.left[start]
                    and t.dep[t.left[start][0]] in ("det", "poss")
                )
            ):
                # "the Station", "our Moon": a common noun with a capital.
                return
        name.start, name.end = start, end
        self.out.names.append(name)

    def _add_missed_entities(self) -> None:
        """Recognised entities that no run touches, or that are longer than the run (titles of works)."""
        t = self.t
        inside: dict[int, NameSpan] = {}
        for name in self.out.names:
            for i in range(name.start, name.end):
                inside[i] = name
        marked = set(self.out.demonyms) | self.out.titles | self.out.before_names
        for start, end, label in self.entities:
            if label in ("NORP", "LANGUAGE") or any(i in self.taken for i in range(start, end)):
                continue
            if t.lower[start] in ("the", "a", "an"):
                start += 1
            if t.tag[end - 1] == "POS":
                end -= 1
            if start >= end or any(i in marked for i in range(start, end)):
                continue
            touched = {id(inside[i]) for i in range(start, end) if i in inside}
            capitals = any(t.text[i][0].isupper() for i in range(start, end))
            if (
                not touched
                and capitals
                and self.line[start] not in self.titled
                and label != "PERSON"
                and end - start > 1
                and t.text[end - 1][0].isalnum()
            ):
                self._add(NameSpan(start, end))
            elif (
                len(touched) > 1
                and any(t.text[i].islower() for i in range(start, end))
                and label in ("WORK_OF_ART", "LAW", "EVENT")
                and end - start <= 10
                and (t.text[start][0].isupper() and t.text[end - 1][0].isupper())
                and not any(i in self.known_at for i in range(start, end))
            ):
                self.out.names = [
                    name for name in self.out.names if not (start <= name.start and name.end <= end)
                ]
                self._add(NameSpan(start, end))


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word.isalpha()


def _is_camel(word: str) -> bool:
    """Whether a word has a capital inside: "SkyForge", but not "McDonald"."""
    return (
        len(word) > 3
        and not word.isupper()
        and any(c.isupper() for c in word[2:])
        and not word.startswith(("Mc", "Mac", "De", "O'", "Fitz"))
    )
