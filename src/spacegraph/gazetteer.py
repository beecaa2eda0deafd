"""What a domain tells the language components: names, nouns and demonyms, as plain values.

The ontology makes one (``Ontology.gazetteer()``); an empty one is a good one too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Gazetteer", "KnownName", "KnownNoun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """A thing that a name may stand for. ``type`` is an OntoNotes label, ``cls`` a class name."""

    iri: str
    label: str
    type: str = ""
    cls: str = ""
    gender: str = ""
    #: A short name that is also an ordinary word ("Dragon", "US"): only with matching capitals.
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNoun:
    """What a common noun denotes: "capsule" is a PRODUCT of class Spacecraft."""

    type: str = ""
    cls: str = ""
    #: Whether it names a role of a person or organisation ("astronaut", "administrator").
    role: bool = False
    gender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Names, nouns and demonyms of a domain.

    ``names`` maps a surface form, as written, to the things that it may stand for, the likeliest
    first. ``nouns`` maps a lower-case lemma, possibly of several words ("space station"), to what
    it denotes. ``demonyms`` maps a form as written ("Russian", "Russians") to the country.
    ``superclasses`` maps each class name to all its superclasses, the nearest first.
    """

    names: dict[str, tuple[KnownName, ...]] = field(default_factory=dict)
    nouns: dict[str, KnownNoun] = field(default_factory=dict)
    demonyms: dict[str, KnownName] = field(default_factory=dict)
    superclasses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Default OntoNotes label of a class ("Spacecraft" -> "PRODUCT"), and the other way round.
    type_of_class: dict[str, str] = field(default_factory=dict)
    class_of_type: dict[str, str] = field(default_factory=dict)

    def is_a(self, cls: str, other: str) -> bool:
        """Whether class ``cls`` is ``other`` or one of its subclasses."""
        return cls == other or other in self.superclasses.get(cls, ())
