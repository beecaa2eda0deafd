"""Which words of a text are words of names, told from letters alone, before any model has read it.

A capital within a sentence makes a name's word, unless the word says what kind of thing a name is of ("Center", "Agency",
"Administrator", "Monday"). Where every word would have a capital (at the beginning of a sentence, in a heading), a word is a
name's if it is no ordinary one, or if the text has it as a name elsewhere.

What is found does not depend on which name it is: a text and its twin with other names have their names in the same places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.demonyms import countries_of
from spacegraph.language.english.listed_names import given_names, ordinary_words
from spacegraph.language.english.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from spacegraph.gazetteer import Gazetteer

__all__ = [
    "BEFORE_KIND",
    "FIRST",
    "FURTHER",
    "LETTERS",
    "NAME",
    "NATIONALITIES",
    "NATIONALITY",
    "NameWords",
]

#: What a word is; all others are 0. A name of one word, adjectives of nationality and their plurals, names in capitals, the
#: first and the further words of a longer name, and a word before one that says of what kind the name is ("Merrow Center").
NAME, NATIONALITY, NATIONALITIES, LETTERS, FIRST, FURTHER, BEFORE_KIND = range(1, 8)

# What a word may be by itself.
_PLAIN, _UNUSUAL, _ORDINARY, _GIVEN, _ADJECTIVE, _ADJECTIVES, _STOP, _BREAK, _DEMONYMIC, _GIVEN_KIND = range(
    10
)

#: After these a word begins something, and has its capital from that.
_OPENING = frozenset(
    (
        ".",
        "!",
        "?",
        '"',
        "\u201c",
        ":",
        "\u2018",
        "'",
        "``",
        "*",
        "-",
        "\u2013",
        "\u2022",
        "\u2014",
        ")",
        "...",
        "\u2026",
        ";",
        "|",
    )
)
_ENDS = frozenset((".", "!", "?"))
#: Capitalised words of names that say what kind of thing it is or where, besides those that have a type.
_TELLING = word_set("""
    new north south east west northern southern eastern western central upper lower great greater united national international
    federal royal first second third space air sea solar lunar star earth moon sun mars day week great saint old big
    god internet web public world global human deep high low joint special general advanced commercial
""")
_KINDS: frozenset[str] = frozenset().union(
    words.TYPES_OF_TAILS, words.NOUN_TYPES, words.TITLE_WORDS, words.NOT_NAMES, words.CORPORATE, words.MONTHS,
    words.WEEKDAYS, words.MODIFYING_TITLES, words.OF_HEADS, _TELLING,
)  # fmt: skip
#: Countries whose short forms are also written as adjectives.
_LETTERS_OF_COUNTRIES = frozenset(("us", "u.s.", "uk", "u.k.", "eu", "usa"))
_DEMONYM_ENDINGS = ("ian", "ians", "ean", "eans", "ese", "ish")
_INFLECTIONS = ("s", "es", "d", "ed", "ing", "ly", "er", "est", "'s")
_LEAST_TITLE = 3
_MOST_KNOWN = 50_000


class NameWords:
    """Finds the words of names in tokenised text.

    Args:
        gazetteer: Class nouns and demonyms of the domain; its names are not used.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._kinds = _KINDS | {word for noun in gazetteer.nouns for word in noun.split()}
        self._demonyms = frozenset(gazetteer.demonyms)
        self._known: dict[int, int] = {}

    def find(self, doc: Doc) -> list[int]:
        """What each token is: 0, or one of the module's constants from :data:`NAME` to :data:`BEFORE_KIND`."""
        keys = doc.to_array("ORTH").tolist()
        known = self._known
        strings = doc.vocab.strings
        by_word: list[int] = []
        for key in keys:
            kind = known.get(key)
            if kind is None:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                kind = known[key] = self._kind(strings[key])
            by_word.append(kind)
        return self._in_text(doc, keys, by_word)

    def _in_text(self, doc: Doc, keys: list[int], by_word: Sequence[int]) -> list[int]:
        size = len(by_word)
        found = [0] * size
        titled = _title_case(doc, by_word) if _BREAK in by_word else _title_case_of_one(doc, by_word)
        doubtful: list[int] = []
        seen: set[int] = set()
        demonymic: list[int] = []
        initial = True
        for i, kind in enumerate(by_word):
            if kind in (_PLAIN, _STOP, _BREAK):
                initial = kind != _PLAIN and (kind == _BREAK or _opens(doc, i))
                continue
            if kind in (_ADJECTIVE, _ADJECTIVES):
                found[i] = NATIONALITY if kind == _ADJECTIVE else NATIONALITIES
            elif kind == _DEMONYMIC:
                demonymic.append(i)
            elif initial or i in titled or kind == _GIVEN_KIND:
                doubtful.append(i)
            else:
                found[i] = NAME
                seen.add(keys[i])
            initial = False
        for i in doubtful:
            followed = (
                i + 1 < size and by_word[i + 1] in (_UNUSUAL, _ORDINARY, _GIVEN) and i + 1 not in titled
            )
            if (
                by_word[i] == _UNUSUAL
                or keys[i] in seen
                or (by_word[i] in (_GIVEN, _GIVEN_KIND) and followed)
            ):
                found[i] = NAME
        if demonymic:
            self._nationalities(doc, found, demonymic)
        return _placed(doc, found)

    def _nationalities(self, doc: Doc, found: list[int], demonymic: list[int]) -> None:
        """Words such as "Ruritanian": adjectives, unless they stand in a longer name."""
        names = {doc[i].text for i, kind in enumerate(found) if kind == NAME}
        derived = countries_of({doc[i].text for i in demonymic}, names)
        for i in demonymic:
            text = doc[i].text
            if text in derived:
                found[i] = NATIONALITIES if text.endswith("s") else NATIONALITY
            elif (i > 0 and found[i - 1] == NAME) or text in given_names():
                found[i] = NAME

    def _kind(self, word: str) -> int:
        if word in _OPENING:
            return _STOP
        if word.isspace():
            return _BREAK if "\n" in word else _PLAIN
        lower = word.lower()
        if lower in _LETTERS_OF_COUNTRIES and word[0].isupper():
            return _UNUSUAL
        if word in self._demonyms:
            return _ADJECTIVES if word.endswith("s") and not word.endswith("ss") else _ADJECTIVE
        capital = word[0].isupper() or (word[1:2].isupper() and word[0].isalpha())
        if not capital or len(word) < 2 or not any(c.isalpha() for c in word):
            return _PLAIN
        if lower in self._kinds or (lower.endswith("s") and lower[:-1] in self._kinds):
            # "Bill" is a name before another name, and what a parliament passes elsewhere.
            return _GIVEN_KIND if word in given_names() else _PLAIN
        if lower.endswith(_DEMONYM_ENDINGS) and not word.isupper():
            return _DEMONYMIC
        if word in given_names():
            return _GIVEN if lower in ordinary_words() else _UNUSUAL
        return _ORDINARY if _is_ordinary(lower) else _UNUSUAL


def _placed(doc: Doc, found: list[int]) -> list[int]:
    """Name words told apart by their place in the name."""
    texts = {i: doc[i].text for i, kind in enumerate(found) if kind == NAME}
    letters = {i for i, text in texts.items() if text.isupper() and len(text) > 1}
    words_ = texts.keys() - letters
    for i in texts:
        if i in letters:
            found[i] = LETTERS
        elif i - 1 in words_:
            found[i] = FURTHER
        elif i + 1 in words_:
            found[i] = FIRST
        elif i + 1 < len(found) and doc[i + 1].text[0].isupper():
            found[i] = BEFORE_KIND
    return found


def _is_ordinary(lower: str) -> bool:
    known = ordinary_words()
    if lower in known:
        return True
    for ending in _INFLECTIONS:
        stem = lower.removesuffix(ending)
        if stem != lower and (stem in known or stem + "e" in known):
            return True
    return False


def _opens(doc: Doc, i: int) -> bool:
    """Whether what follows a stop begins something: a hyphen within a word does not."""
    return doc[i].text != "-" or i == 0 or bool(doc[i - 1].whitespace_)


def _title_case(doc: Doc, by_word: Sequence[int]) -> set[int]:
    """Tokens of lines most of whose words have a capital without being a sentence."""
    titled: set[int] = set()
    start = 0
    for i in [*(i for i, kind in enumerate(by_word) if kind == _BREAK), len(by_word)]:
        if _is_title(doc, start, i):
            titled.update(range(start, i))
        start = i + 1
    return titled


def _title_case_of_one(doc: Doc, by_word: Sequence[int]) -> set[int]:
    return set(range(len(by_word))) if _is_title(doc, 0, len(by_word)) else set()


def _is_title(doc: Doc, start: int, end: int) -> bool:
    total = capital = 0
    for i in range(start, min(end, start + 40)):
        text = doc[i].text
        if text in _ENDS:
            return False
        if len(text) > 3 and text.isalpha():
            total += 1
            capital += text[0].isupper()
    return total >= _LEAST_TITLE and capital / total >= 0.7
