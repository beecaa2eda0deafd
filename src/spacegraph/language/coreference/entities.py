"""The state of coreference: which expressions stand for one entity, and what is known of each entity."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from spacegraph.language.english.listed_names import is_short_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from spacegraph.language.coreference.expressions import Expression

__all__ = ["Entities", "Entity"]

#: Coarse meanings that one entity may have at once: parsers and annotators disagree on these.
_SAME = frozenset((
    ("org", "place"), ("org", "site"), ("org", "group"), ("place", "site"), ("place", "group"), ("thing", "site"), ("thing", "event"),
    ("thing", "work"), ("event", "work"), ("org", "work"), ("person", "group"), ("org", "thing"), ("org", "event"), ("site", "event"),
))  # fmt: skip

_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def _one(value: str) -> frozenset[str]:
    """The set of one value, or the empty set for ""; shared, since making sets is what costs most here."""
    return frozenset((value,)) if value else _NONE


class Entity:
    """What its expressions tell of one entity.

    Attributes:
        at: The place of its first expression, by which it is known.
        expressions: Places of its expressions, sorted.
        meanings, types, genders, numbers, known, classes: What they say, without "".
        paradigms: The rows of its pronouns.
        members: Entities that it is the set of, by the place of one of their expressions.
    """

    __slots__ = (
        "at", "classes", "expressions", "genders", "guesses", "known", "lemmas", "meanings", "members", "modifiers", "names", "numbers",
        "open", "paradigms", "types", "unsure",
    )  # fmt: skip

    def __init__(self, e: Expression) -> None:
        self.at = e.at
        self.expressions = [e.at]
        self.meanings = _one(e.meaning)
        self.types = _one(e.type)
        self.genders = _one(e.gender)
        #: What the first words of its names say of its gender as given names.
        self.guesses = _one(e.guess)
        self.numbers = _one(e.number)
        self.known = _one(e.known)
        self.classes = _one(e.cls)
        self.paradigms = _one(e.pronoun)
        #: Whether all that tells its meaning are names that may be a person's all the same.
        self.unsure = e.unsure
        #: Whether one name among them is such: "in Brandt" looks like a place, "Brandt said" does not.
        self.open = e.unsure
        self.members: tuple[int, ...] = e.parts
        #: The lemmas of its heads; its phrases' modifiers, each with its head's lemma; the words of its names.
        self.lemmas = _NONE
        self.modifiers: tuple[tuple[str, frozenset[str]], ...] = ()
        self.names: tuple[tuple[str, ...], ...] = ()
        if e.kind == "nominal":
            self.lemmas = _one(e.lemma)
            self.modifiers = ((e.lemma, e.modifiers),)
        elif e.kind == "name":
            self.lemmas = _one(e.lemma)
            self.names = (e.words,)

    def absorb(self, other: Entity) -> None:
        """Take over all that another entity holds."""
        self.at = min(self.at, other.at)
        self.expressions = sorted(self.expressions + other.expressions)
        self.types |= other.types
        self.genders |= other.genders
        self.guesses |= other.guesses
        self.numbers |= other.numbers
        self.known |= other.known
        self.classes |= other.classes
        self.lemmas |= other.lemmas
        self.paradigms |= other.paradigms
        self.names += other.names
        self.modifiers += other.modifiers
        self.members = self.members or other.members
        self.open = self.open or other.open
        if self.meanings and other.meanings:
            self.unsure = self.unsure and other.unsure
        elif other.meanings:
            self.unsure = other.unsure
        self.meanings |= other.meanings


class Entities:
    """A partition of the expressions, at first each by itself.

    Args:
        expressions: All expressions of the text.
    """

    def __init__(self, expressions: Sequence[Expression]) -> None:
        self.expressions = expressions
        self._of = [Entity(e) for e in expressions]

    def of(self, at: int) -> Entity:
        """The entity of the expression at a place."""
        return self._of[at]

    def all(self) -> list[Entity]:
        """The entities in the order of their first expressions."""
        return [entity for at, entity in enumerate(self._of) if entity.at == at]

    def same(self, a: int, b: int) -> bool:
        """Whether two expressions stand for one entity."""
        return self._of[a] is self._of[b]

    def merge(self, a: int, b: int) -> None:
        """Make one entity of the entities of two expressions."""
        first, second = self._of[a], self._of[b]
        if first is second:
            return
        if len(second.expressions) > len(first.expressions):
            first, second = second, first
        places = second.expressions
        first.absorb(second)
        for place in places:
            self._of[place] = first

    def agree(self, a: int, b: int) -> bool:
        """Whether nothing known of the entities of two expressions speaks against their being one."""
        first, second = self._of[a], self._of[b]
        if first is second:
            return True
        if first.known and second.known and not first.known & second.known:
            return False
        if not genders_agree(first.genders, second.genders):
            return False
        if first.names and second.names and names_conflict(first, second):
            return False
        return first.unsure or second.unsure or meanings_agree(first.meanings, second.meanings)

    def nested(self, a: int, b: int) -> bool:
        """Whether some expression of one entity holds one of the other: "its crew" is not "it" (i-within-i)."""
        expressions = self.expressions
        others = self._of[b].expressions
        for place in self._of[a].expressions:
            e = expressions[place]
            for other in others:
                o = expressions[other]
                if o.sent == e.sent and is_nested(e, o):
                    return True
        return False


def is_nested(a: Expression, b: Expression) -> bool:
    """Whether one of two phrases holds the other's head in it."""
    return (a.first <= b.head <= a.last and a.head != b.head and not _outside(b, a)) or (
        b.first <= a.head <= b.last and a.head != b.head and not _outside(a, b)
    )


def _outside(inner: Expression, outer: Expression) -> bool:
    """Whether the inner phrase is an apposition or relative pronoun of the outer, which may be the same thing."""
    return inner.role == "appos" or outer.role == "appos" or inner.pronoun == "rel"


def names_conflict(a: Entity, b: Entity) -> bool:
    """Whether two entities have full names of different people: "Ines Kovar" and "Tomas Kovar"."""
    if "person" not in a.meanings or "person" not in b.meanings:
        return False
    full_a = [name for name in a.names if len(name) > 1]
    full_b = [name for name in b.names if len(name) > 1]
    if any(not _same_person(one, other) for one in full_a for other in full_b):
        return True
    if full_a and full_b:
        return False
    # One of the two has single words only: each must be in the other's full name, or be the same word.
    words_a = {word.lower() for name in full_a or a.names for word in name}
    words_b = {word.lower() for name in full_b or b.names for word in name}
    return not words_a & words_b


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names may be one person's: the surname the same, the given names or their initials too."""
    first = [
        word.strip(".").lower() for word in one if word.strip(".").lower() not in ("jr", "sr", "ii", "iii")
    ]
    second = [
        word.strip(".").lower() for word in other if word.strip(".").lower() not in ("jr", "sr", "ii", "iii")
    ]
    if not first or not second or first[-1] != second[-1]:
        # "Ines Maria" is still Ines Maria Kovar.
        return set(first) <= set(second) or set(second) <= set(first)
    a, b = first[0], second[0]
    return (
        a == b
        or a[:3] == b[:3]
        or is_short_for(a, b)
        or is_short_for(b, a)
        or (min(len(a), len(b)) == 1 and a[0] == b[0])
        or a in second
        or b in first
    )


def genders_agree(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Whether two sets of genders may belong to one entity."""
    return not a or not b or bool(a & b)


def meanings_agree(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    """Whether two sets of coarse meanings may belong to one entity."""
    if not a or not b or a & b:
        return True
    return any((x, y) in _SAME or (y, x) in _SAME for x in a for y in b)
