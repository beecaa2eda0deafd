"""spaCy's attribute rules, looked up instead of tried one by one.

The ``attribute_ruler`` of an English pipeline holds some 180 rules ("a ``VBZ`` that reads *is* is an ``AUX``"), and spaCy's matcher
tries each of them on each token, which is a sixth of the time that the whole pipeline takes. All that these rules ask for is a word, a
tag or a label. So the values of each attribute are put in classes by the tests that they pass, and which rules a token begins is worked
out once for each combination of classes; there are some hundreds of them.

The matches are those of spaCy's matcher, and what is done with them is left to the ruler.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from operator import or_
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.pipeline import AttributeRuler
    from spacy.strings import StringStore
    from spacy.tokens import Doc

__all__ = ["RuleIndex", "index_rules"]

#: A match as the ruler wants it: number of the rule, its key in the string store, first token, token after the last.
Match = tuple[int, int, int, int]

#: What rules may ask of a token, and what that is called in ``Doc.to_array``.
_ATTRIBUTES = {
    "ORTH": "ORTH",
    "TEXT": "ORTH",
    "LOWER": "LOWER",
    "TAG": "TAG",
    "DEP": "DEP",
    "IS_SPACE": "IS_SPACE",
}


def index_rules(ruler: AttributeRuler) -> bool:
    """Have a ruler look its rules up; its annotations stay the same.

    Returns:
        Whether it does: not if one of its rules has operators or asks for something other than a word, a tag or a label.
    """
    try:
        ruler.match = RuleIndex(ruler)  # type: ignore[method-assign]
    except OtherRuleError:
        return False
    return True


class OtherRuleError(ValueError):
    """A rule of a kind that is not looked up here."""


class RuleIndex:
    """The matches of an attribute ruler's rules; called in place of ``AttributeRuler.match``.

    Args:
        ruler: The ruler; rules that it is given later are followed too.

    Raises:
        OtherRuleError: One of its rules cannot be looked up.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._plain_match: Callable[[Doc], list[Match]] = ruler.match
        self._read_rules()

    def __call__(self, doc: Doc) -> list[Match]:
        """All matches in a ``Doc``, in the order in which their rules apply."""
        if len(self._ruler.attrs) != self._size:
            try:
                self._read_rules()
            except OtherRuleError:
                return self._plain_match(doc)
        if not len(doc) or not self._columns:
            return []
        keys = [0] * len(doc)
        values: Any = doc.to_array(list(self._columns)).reshape(len(doc), -1).T.tolist()
        for column, column_values in zip(self._columns.values(), values, strict=True):
            keys = list(map(or_, keys, column.classes_of(column_values, doc.vocab.strings)))
        matches: list[Match] = []
        for start, key in enumerate(keys):
            rules = self._starting.get(key)
            if rules is None:
                rules = self._starting[key] = [r for r in self._rules if key & r.tests[0] == r.tests[0]]
            for rule in rules:
                end = start + len(rule.tests)
                if end == start + 1 or (
                    end <= len(keys)
                    and all(key & test == test for key, test in zip(keys[start:end], rule.tests, strict=True))
                ):
                    matches.append((rule.number, rule.key, start, end))
        matches.sort()
        return matches

    def _read_rules(self) -> None:
        self._size = len(self._ruler.attrs)
        self._columns: dict[str, _Column] = {}
        self._starting: dict[int, list[_Rule]] = {}
        bits = (1 << place for place in count())
        key_of = self._ruler.vocab.strings.add
        rules: list[dict[str, Any]] = self._ruler.patterns
        self._rules = [
            _Rule(number, key_of(str(number)), tuple(self._tests(token, bits) for token in pattern))
            for number, rule in enumerate(rules)
            for pattern in rule["patterns"]
        ]

    def _tests(self, token: dict[Any, Any], bits: Iterator[int]) -> int:
        """The bits of the tests that a token of a pattern must pass."""
        found = 0
        for attribute, constraint in token.items():
            name = _ATTRIBUTES.get(attribute)
            if name is None:
                raise OtherRuleError
            column = self._columns.setdefault(name, _Column(flag=name.startswith("IS_")))
            bit = next(bits)
            column.add(constraint, bit)
            found |= bit
        return found


@dataclass(frozen=True, slots=True)
class _Rule:
    """One pattern of a rule: its number, what the ruler's matcher calls it, and for each token the bits of the tests to pass."""

    number: int
    key: int
    tests: tuple[int, ...]


@dataclass(slots=True)
class _Column:
    """The tests of one attribute; each has a bit of its own.

    Attributes:
        flag: Whether the values are yes or no, and not words.
        listed: The bits of the tests that name a value.
        searched: The other tests: the bit of each, and what tells whether a value passes.
        known: The bits of all tests that a value passes, by the value's key in the string store.
    """

    flag: bool
    listed: defaultdict[str | bool, int] = field(default_factory=lambda: defaultdict(int))
    searched: list[tuple[int, Callable[[str], bool]]] = field(default_factory=list)
    known: dict[int, int] = field(default_factory=dict)

    def add(self, constraint: Any, bit: int) -> None:
        """Take in a test, as a token pattern writes it."""
        match constraint:
            case str() | bool():
                self.listed[constraint] |= bit
            case {"IN": [*values], **rest} if not rest:
                for value in values:
                    self.listed[value] |= bit
            case {"NOT_IN": [*values], **rest} if not rest:
                barred = frozenset(values)
                self.searched.append((bit, lambda value: value not in barred))
            case {"REGEX": str(expression), **rest} if not rest:
                search = re.compile(expression).search
                self.searched.append((bit, lambda value: search(value) is not None))
            case _:
                raise OtherRuleError

    def classes_of(self, keys: Iterable[int], strings: StringStore) -> list[int]:
        """For each value the bits of the tests that it passes."""
        found = []
        for key in keys:
            bits = self.known.get(key)
            if bits is None:
                bits = self.known[key] = self._class_of(bool(key) if self.flag else strings[key])
            found.append(bits)
        return found

    def _class_of(self, value: Any) -> int:
        bits = self.listed.get(value, 0)
        for bit, passes in self.searched:
            if passes(value):
                bits |= bit
        return bits
