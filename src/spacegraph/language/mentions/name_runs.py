"""Runs of capitalised words that may be names, and the small words that hold names together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.demonyms import countries_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacegraph.language.mentions.known_names import KnownAt, KnownNames
    from spacegraph.language.tokens import Tokens

__all__ = ["NameRuns"]

_NAME_LABELS = frozenset(
    ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "NORP")
)
#: Tags of words that are never part of a name unless the entity recogniser says so.
_CLOSED_TAGS = frozenset(
    (
        "PRP",
        "PRP$",
        "DT",
        "IN",
        "CC",
        "MD",
        "WDT",
        "WP",
        "WP$",
        "WRB",
        "EX",
        "TO",
        "PDT",
        "RP",
        "UH",
        "_SP",
        "POS",
    )
)
_PROPER = frozenset(("NNP", "NNPS"))
_INITIAL = re.compile(r"^(?:[A-Z]\.)+$|^[A-Z]$")
_PARTICLE_GLUED = re.compile("^(?:d|l|al|el|de)['\u2019-][A-Z]\\w+")
_HAS_DIGIT = re.compile(r"\d")
#: First words of "X and Y" names of organisations.
_WIDE = frozenset(("national", "international", "federal", "royal", "central", "united", "world", "global", "european",
                   "american", "european", "us", "u.s.", "state", "canadian", "indian", "australian"))  # fmt: skip
_SMALL_IN_TITLES = frozenset(
    ("the", "of", "and", "in", "for", "on", "to", "with", "a", "between", ",", "its", "by", "against")
)
_TITLE_PREPOSITIONS = ("on", "concerning", "governing", "between", "for", "relating", "regarding", "to")
#: Longer titles of treaties and laws are cut, in tokens.
_LONGEST_TITLE = 50
_MINISTERIAL = frozenset(("ministry", "department", "minister", "secretary", "office", "institute", "bureau"))
#: Nouns that finish a title with "of": "Secretary of State".
_OF_TITLE = frozenset(("state", "defense", "defence", "commerce", "transportation", "operations", "staff", "engineering",
                       "education", "science", "homeland", "treasury", "energy", "labor", "agriculture"))  # fmt: skip
#: Adjectives of the members of parties.
_PARTY_ADJECTIVES = frozenset(
    ("Conservative", "Democratic", "Democrat", "Communist", "Labour", "Liberal", "Republican", "Socialist")
)
#: What members of parties are, also with a capital before their names.
_PARTY_OFFICES = frozenset(
    (
        "assemblyman", "assemblywoman", "candidate", "congressman", "congresswoman", "gov.", "governor", "leader", "mayor",
        "president", "rep.", "representative", "sen.", "senator", "senators", "representatives", "whip",
    )
)  # fmt: skip
#: How English adjectives of nationality end: a guard against slips of the entity recogniser.
_DEMONYM_ENDINGS = (
    "an",
    "ans",
    "ese",
    "ish",
    "ch",
    "ss",
    "eek",
    "crat",
    "crats",
    "i",
    "is",
    "ic",
    "ot",
    "ots",
    "ak",
    "ek",
    "ab",
    "abs",
    "U.S.",
    "US",
    "UK",
    "U.K.",
)


class NameRuns:
    """Finds the runs of one text.

    Args:
        tokens: The text.
        known_names: The names of the domain.
        known: Those found in the text.
        entities: What the entity recogniser found: first token, end, label.
        taken: Tokens that belong to dates and values.
    """

    def __init__(
        self,
        tokens: Tokens,
        known_names: KnownNames,
        known: KnownAt,
        entities: list[tuple[int, int, str]],
        taken: set[int],
    ) -> None:
        self.t = tokens
        self.known_names = known_names
        self.taken = taken
        self.known = known
        self.known_at: dict[int, int] = {
            i: start for start, (end, _) in self.known.items() for i in range(start, end)
        }
        self.entities = [e for e in entities if e[2] in _NAME_LABELS]
        self.entity_at: dict[int, tuple[int, int, str]] = {
            i: entity for entity in self.entities for i in range(entity[0], entity[1])
        }
        #: Adjectives of nationality that no list knows, with the country that the text names too.
        self.derived = self._derived()
        self.demonym_words = self._demonym_words()
        self.line = self._lines()
        self.titled: set[int] = set()
        self.long_titles: set[int] = set()
        #: Names that their letters in brackets delimit, by their first token: "Scout for Deep Ice (SDI)".
        self.spelled_out = spelled_out(tokens)
        self.namey = self._namey()

    # -- which words are part of names ---------------------------------------------------------

    def _derived(self) -> dict[str, str]:
        t = self.t
        words = {
            text for i, text in enumerate(t.text)
            if text[0].isupper() and not text.isupper() and t.tag[i] in ("NNP", "NNPS", "JJ", "NN", "NNS")
        }  # fmt: skip
        unknown = sorted(word for word in words if self.known_names.demonym(word) is None)
        modifiers = {
            t.text[i]
            for i in range(t.size)
            if t.dep[i] in ("amod", "compound", "nmod") and t.text[i] in words
        }
        return countries_of([word for word in unknown if word in modifiers], words)

    def _demonym_words(self) -> set[str]:
        """Words that the recogniser calls a nationality, unless it mostly calls them something else."""
        votes: dict[str, int] = {}
        for start, end, label in self.entities:
            if end - start == 1:
                word = self.t.text[start]
                votes[word] = votes.get(word, 0) + (1 if label in ("NORP", "LANGUAGE") else -1)
        return {word for word, vote in votes.items() if vote > 0} | set(self.derived)

    def is_demonym(self, i: int) -> bool:
        """Whether token ``i`` is an adjective of nationality or a demonym."""
        word = self.t.text[i]
        if word in _PARTY_ADJECTIVES:
            # "A Democratic congressman", "a Virginia Democrat": not the party, and of no country.
            following = self.t.text[i + 1 : i + 2]
            first = self.t.left_edge(i)
            member = self.t.dep[i] in ("appos", "attr", "conj") and self.t.lower[first] in ("a", "an")
            modifies = self.t.dep[i] in ("amod", "compound", "nmod")
            titled = bool(following) and following[0].lower() in _PARTY_OFFICES
            return member or (modifies and bool(following) and (following[0].islower() or titled))
        if self.known_names.demonym(word) is not None:
            if i in self.known_at and self.known[self.known_at[i]][0] > self.known_at[i] + 1:
                return False
            # "US" as a noun of its own is the country, as a modifier the adjective.
            return not (
                word in ("US", "U.S.", "UK", "U.K.")
                and self.t.dep[i] not in ("amod", "npadvmod", "nmod", "compound")
            )
        if word in self.derived and self.t.dep[i] in ("amod", "compound", "nmod") and i not in self.known:
            return True
        if word not in self.demonym_words or not (
            word.endswith(_DEMONYM_ENDINGS) or self.t.tag[i] in ("JJ", "NNPS")
        ):
            return False
        if self.t.dep[i] not in ("amod", "compound", "nmod") and self._begins_name(word):
            # "Merrian Holdings said … Merrian" is the firm.
            return False
        if i in self.known or (word.endswith("is") and self.t.tag[i] not in ("NNS", "NNPS")):
            # The domain knows better; "Israelis" are several, "Thetis" is one.
            return False
        entity = self.entity_at.get(i)
        return entity is None or entity[2] in ("NORP", "LANGUAGE") or (entity[0] == i and entity[1] > i + 1)

    def _begins_name(self, word: str) -> bool:
        """Whether a longer name of the text that is no place begins with a word."""
        return any(
            end - start > 1 and label in ("ORG", "PERSON", "PRODUCT") and self.t.text[start] == word
            for start, end, label in self.entities
        )

    def _lines(self) -> list[int]:
        """The number of the sentence or line that each token stands in: a heading ends where its line does."""
        t = self.t
        number = 0
        lines = []
        for i in range(t.size):
            if i and (t.sent[i] != t.sent[i - 1] or "\n" in t.text[i - 1]):
                number += 1
            lines.append(number)
        return lines

    def _title_case_lines(self) -> set[int]:
        """Lines most of whose words are capitalised without being a sentence, so that a capital says nothing."""
        counts: dict[int, list[int]] = {}
        sentences: set[int] = set()
        for i, text in enumerate(self.t.text):
            if text in (".", "!"):
                sentences.add(self.line[i])
            elif len(text) > 3 and text.isalpha():
                count = counts.setdefault(self.line[i], [0, 0])
                count[0] += 1
                count[1] += text[0].isupper()
        return {
            number
            for number, (total, capital) in counts.items()
            if total >= 3 and capital / total >= 0.7 and number not in sentences
        }

    def _in_heading(self, i: int) -> bool:
        """Whether the recogniser can be believed about token ``i`` of a heading: no verb or small word in it."""
        entity = self.entity_at.get(i)
        return (
            entity is not None
            and all(
                self.t.tag[k] in _PROPER
                or self.t.tag[k] in ("CD", "HYPH", "POS")
                or self.t.lower[k] in ("of", "the", "and")
                for k in range(entity[0], entity[1])
            )
            and entity[1] - entity[0] < 6
        )

    def _namey(self) -> list[bool]:
        t = self.t
        titled = self.titled = self._title_case_lines()
        size = t.size
        namey = [False] * size
        doubtful: list[int] = []
        seen: set[str] = set()
        common: set[str] = set()
        starts = set(t.sent_starts)
        for i in range(size):
            text = t.text[i]
            first = text[0]
            if not first.isupper():
                if first.islower():
                    if text.islower():
                        if t.tag[i] in ("NN", "NNS", "JJ", "VB", "RB"):
                            common.add(text)
                        continue
                    # "iPhone", "eBay"
                    particle = _PARTICLE_GLUED.match(text) is not None and i > 0 and namey[i - 1]
                    namey[i] = particle or (
                        text.isalnum() and t.pos[i] in ("PROPN", "NOUN") and i not in self.taken
                    )
                elif first.isdigit() and i in self.known_at:
                    namey[i] = True
                continue
            if i in self.known_at:
                namey[i] = True
                continue
            if i > 0 and namey[i - 1] and _INITIAL.match(text) and t.tag[i] in _PROPER:
                namey[i] = True
                continue
            if (
                t.lower[i] == "st."
                and i + 1 < size
                and t.text[i + 1][0].isupper()
                and t.tag[i + 1] in _PROPER
                and t.sent[i] == t.sent[i + 1]
            ):
                namey[i] = True
                continue
            if i in self.taken or t.lower[i] in words.NOT_NAMES:
                continue
            tag = t.tag[i]
            entity = self.entity_at.get(i)
            if tag in _CLOSED_TAGS and (entity is None or entity[1] - entity[0] == 1):
                continue
            initial = i in starts or (i > 0 and t.text[i - 1] in ("\u201c", '"', ":", "\u2018", "*", "-", "\u2022", "\u2014") and not
                                      (t.text[i - 1] == "-" and i > 1 and not t.space[i - 2])) or (i > 0 and t.tag[i - 1] == "_SP")  # fmt: skip
            if initial and _said_first(t.lower[i]) and i + 1 < size and t.text[i + 1][0].isupper():
                # "Remarked Ines Kovar, …"
                continue
            if (
                entity is not None
                and entity[2] != "NORP"
                and (self.line[i] not in titled or self._in_heading(i))
            ):
                namey[i] = True
                if not initial and self.line[i] not in titled:
                    seen.add(text)
                continue
            if self.line[i] in titled:
                doubtful.append(i)
            elif initial:
                if tag in _PROPER or entity is not None:
                    doubtful.append(i)
            else:
                namey[i] = True
                seen.add(text)
        for i in doubtful:
            word = t.text[i]
            if word in seen:
                namey[i] = True
            elif self.line[i] in titled:
                namey[i] = self._in_heading(i) or (word.isupper() and len(word) > 1 and word.lower() not in common
                                                                  and not self._shouted(i))  # fmt: skip
            else:
                namey[i] = t.lower[i] not in common
        return namey

    def _shouted(self, i: int) -> bool:
        """Whether the neighbours of token ``i`` are in capitals too, as in a heading."""
        neighbours = [self.t.text[j] for j in (i - 1, i + 1) if 0 <= j < self.t.size]
        return any(len(word) > 3 and word.isupper() for word in neighbours)

    # -- runs ----------------------------------------------------------------------------------

    def _long_title(self, start: int, end: int) -> int:
        """The end of a long title that begins with the run: "Treaty on the Use of the Deep Sea, Including Its Floor"."""
        t = self.t
        if end > start + 1 and t.lower[end - 1] in _TITLE_PREPOSITIONS:
            # The recogniser took "Between" into the name.
            end -= 1
        if words.TYPES_OF_TAILS.get(t.lower[end - 1]) != "LAW" or end + 1 >= t.size:
            return end
        capital = t.text[end][0].isupper() and t.tag[end] in ("IN", "VBG", "NNP", "TO")
        if not capital and not (t.lower[end] in _TITLE_PREPOSITIONS[:3] and self.namey[end + 1]):
            return end
        last = end
        for i in range(end, min(t.size, end + _LONGEST_TITLE)):
            text = t.text[i]
            if i in self.taken or t.sent[i] != t.sent[start]:
                break
            if text[0].isupper():
                last = i + 1
            elif t.lower[i] not in _SMALL_IN_TITLES:
                break
        return last

    def runs(self) -> Iterator[tuple[int, int]]:
        """Maximal runs of name words, with the small words that hold a name together."""
        size = self.t.size
        i = 0
        while i < size:
            whole = self.spelled_out.get(i)
            if whole is not None:
                if i not in self.known or self.known[i][0] < whole:
                    self.long_titles.add(i)
                yield i, whole
                i = whole
                continue
            if not self.namey[i]:
                i += 1
                continue
            end = i + 1
            while end < size:
                ahead = self._joined(i, end)
                if ahead <= end:
                    break
                end = ahead
            long = self._long_title(i, end)
            if long > end:
                self.long_titles.add(i)
                end = long
            yield i, end
            i = end

    def _joined(self, start: int, end: int) -> int:
        """The end of the run ``[start, end)`` with the next piece, or ``end`` where it stops."""
        t = self.t
        if end in self.spelled_out:
            return end
        known = self.known_at.get(end)
        if known is not None and known < end:
            return self.known[known][0]
        if self.namey[end]:
            if t.tag[end - 1] == "_SP":
                return end
            return end + 1
        text = t.text[end]
        last = t.text[end - 1]
        following = end + 1 < t.size and self.namey[end + 1]
        if (
            text in ("-", "\u2010", "\u2011", "/")
            and not t.space[end - 1]
            and not t.space[end]
            and end + 1 < t.size
        ):
            if text == "/":
                return end
            after = t.text[end + 1]
            if (
                following
                and not _HAS_DIGIT.search(last)
                and (self.is_demonym(end + 1) or (self._is_country(end - 1) and self._is_country(end + 1)))
            ):
                return end
            if following or (after[0].isdigit() and not last.islower()):
                return end + 2
            if len(last) == 1 and end + 2 < t.size and t.space[end + 1] and self.namey[end + 2]:
                # "the Vela X-ray Telescope"
                return end + 3
            return end
        if text[0].isdigit() or _HAS_DIGIT.search(text):
            return end + 1 if self._numbers_name(end) else end
        if following and text == "&":
            return end + 2
        if (
            following
            and text.lower() in words.PARTICLES
            and text.islower()
            and len(text) < 4
            and text != "al"
        ):
            return end + 2
        if (
            text.lower() in words.PARTICLES
            and text.islower()
            and end + 2 < t.size
            and self.namey[end + 2]
            and (t.text[end + 1].lower() in words.PARTICLES)
        ):
            return end + 3
        entity = self.entity_at.get(end)
        covered = (
            entity is not None
            and entity[0] <= start
            and entity[1] > end + 1
            and entity[2] not in ("PERSON", "GPE")
        )
        lower = t.lower[end]
        if lower in ("of", "for", "on"):
            skip = end + 1
            if skip < t.size and t.lower[skip] == "the":
                skip += 1
            if skip >= t.size or not self.namey[skip]:
                return end
            head = t.lower[end - 1]
            if (lower == "of" and head in words.OF_HEADS) or (
                lower == "for" and words.TYPES_OF_TAILS.get(head) in ("ORG", "FAC")
            ):
                return skip + 1
            if lower == "of" and t.lower[skip] in _OF_TITLE and head in words.TITLE_WORDS:
                return skip + 1
            return skip + 1 if covered else end
        if text == "\u2013" and following and not t.space[end - 1] and not t.space[end]:
            # "the A–B War", but not "A–B talks"
            return (
                end + 2
                if end + 2 < t.size and words.TYPES_OF_TAILS.get(t.lower[end + 2]) in ("EVENT", "LAW")
                else end
            )
        if lower in ("and", ",") and following:
            return self._coordinated(start, end, covered=covered)
        if (
            lower == ","
            and end + 1 < t.size
            and t.lower[end + 1] in ("jr.", "sr.", "inc.", "inc", "llc", "ltd.", "jr", "sr")
        ):
            return end + 2
        if (
            text in ("\u201c", '"')
            and end + 3 < t.size
            and t.text[end + 2] in ("\u201d", '"')
            and self.namey[end + 1]
            and (self.namey[end + 3])
        ):
            return end + 4
        if lower in ("jr.", "sr.", "inc.", "inc", "ltd.", "llc", "corp.", "jr", "sr"):
            return end + 1
        return end

    def _is_country(self, i: int) -> bool:
        """Whether token ``i`` alone looks like a country: known, recognised, or "U.S."."""
        entity = self.entity_at.get(i)
        text = self.t.text[i]
        return (
            (entity is not None and entity[2] == "GPE")
            or ("." in text and text.isupper())
            or (i in self.known and self.known[i][1][0].type == "GPE")
        )

    def _numbers_name(self, i: int) -> bool:
        """Whether the number at ``i`` belongs to the name before it: "Zephyr 9", not "Zephyr 9 times"."""
        t = self.t
        text = t.text[i]
        if i in self.taken or len(text) > 7 or "," in text or "%" in text or ":" in text:
            return False
        if not text.isdigit():
            return (text[0].isdigit() and any(c.isupper() for c in text)) or (
                _HAS_DIGIT.search(text) is not None and text[0].isalpha()
            )
        entity = self.entity_at.get(i)
        covered = entity is not None and entity[0] < i and entity[2] not in ("PERSON", "GPE")
        if len(text) > 3 and not (covered or (len(text) == 4 and t.lower[i - 1] in words.NUMBERED_THINGS)):
            return False
        if t.tag[i - 1] not in _PROPER and self.entity_at.get(i - 1) is None and t.pos[i - 1] != "PROPN":
            return False
        if i + 1 < t.size and t.tag[i + 1] == "NNS" and t.dep[i] == "nummod" and t.head[i] == i + 1:
            return False
        return not (
            i + 1 < t.size and t.lower[i + 1] in ("percent", "million", "billion", "%", "to", "years", "year")
        )

    def _coordinated(self, start: int, i: int, *, covered: bool) -> int:
        """Whether "and" or a comma at ``i`` stands inside a name: "Ministry of Culture and Sport"."""
        t = self.t
        if t.text[i] == ",":
            ahead = [t.lower[j] for j in range(start, i)]
            if "of" not in ahead or not any(word in _MINISTERIAL for word in ahead):
                return i
            # A list inside the name closes with "and".
            j = i + 1
            while j + 1 < t.size and self.namey[j] and t.text[j + 1] == ",":
                j += 2
            closes = j + 2 < t.size and self.namey[j] and t.lower[j + 1] == "and" and self.namey[j + 2]
            plain = all(
                not t.text[k].isupper() and k not in self.known_at for k in range(i + 1, j + 3) if k < t.size
            )
            return j + 3 if closes and plain else i
        if covered and not self._complete(start, i):
            return i + 2
        left = t.lower[start:i]
        if i + 1 in self.known_at or t.text[i + 1].isupper():
            return i
        if any(word in _MINISTERIAL for word in left) and "of" in left:
            entity = self.entity_at.get(i + 1)
            return i + 2 if entity is None or entity[2] not in ("PERSON", "GPE") else i
        if left[0] in _WIDE and not self._complete(start, i):
            end = i + 1
            while end < t.size and self.namey[end]:
                end += 1
            if words.TYPES_OF_TAILS.get(t.lower[end - 1]) == "ORG":
                return end
        return i

    def _complete(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` is a whole name already: known, or ending in a word like "Agency"."""
        return (start in self.known and self.known[start][0] == end) or (
            words.TYPES_OF_TAILS.get(self.t.lower[end - 1]) == "ORG" and "of" not in self.t.lower[start:end]
        )


def _said_first(lower: str) -> bool:
    """Whether a word is the past of a verb of speech, which may stand before its subject."""
    return lower in ("said", "wrote") or (
        lower.endswith("ed") and (lower[:-2] in words.MIND_VERBS or lower[:-1] in words.MIND_VERBS)
    )


def spelled_out(t: Tokens) -> dict[int, int]:
    """Names whose initials follow in brackets, or that follow their initials in brackets: their end by first token.

    "Scout for Icy Moons (SIM)", "SIM (Scout for Icy Moons)". After Schwartz and Hearst (2003), "A simple algorithm
    for identifying abbreviation definitions in biomedical text", but each letter must begin a word.
    """
    found: dict[int, int] = {}
    for i in range(1, t.size - 2):
        if t.text[i] != "(":
            continue
        short = t.text[i + 1]
        if _is_short_form(short) and t.text[i + 2] in (")", ",", ";"):
            start = _begin_of_long_form(t, short, i)
            if start >= 0:
                found[start] = i
        elif _is_short_form(t.text[i - 1]) and ")" in t.text[i + 2 : i + 12]:
            end = t.text.index(")", i + 2)
            if _begin_of_long_form(t, t.text[i - 1], end) == i + 1:
                found[i + 1] = end
    return found


def _is_short_form(word: str) -> bool:
    return 3 <= len(word) <= 8 and word.isalpha() and word.isupper()


def _begin_of_long_form(t: Tokens, short: str, end: int) -> int:
    """The first token of the words before ``end`` whose initials a short form is made of; -1 where there are none.

    All words with a capital must give a letter; small words and the second parts of compounds may.
    """
    # States: place in the text, letters left to match; a small word may be read both ways.
    states = [(end, len(short))]
    while states:
        at, left = states.pop()
        if left == 0:
            first = t.text[at]
            if first[0].isupper() and sum(t.text[k][0].isupper() for k in range(at, end)) > 1:
                return at
            continue
        k = at - 1
        if k < 0 or end - k > 2 * len(short) + 3 or t.sent[k] != t.sent[end]:
            continue
        word = t.text[k]
        capitals = [letter for letter in word if letter.isupper()]
        if 1 < len(capitals) <= left and "".join(capitals) == short[left - len(capitals) : left]:
            # "InfraRed"
            states.append((k, left - len(capitals)))
        matches = word[0].lower() == short[left - 1].lower()
        if not (word[0].isalpha() or word in {"-", "&"}):
            continue
        if not word[0].isupper():
            states.append((k, left))
        if matches:
            states.append((k, left - 1))
    return -1
