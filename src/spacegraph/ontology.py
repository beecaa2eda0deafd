"""The ontology: classes, properties and known entities, read from RDF files.

Nothing here knows which ontology it is: the built-in one and any other in OWL or RDFS, of whatever
namespace, become the same plain values. What an ontology leaves out is filled in from what it has: a missing
label from the term's name, a missing domain from a super-property, a missing kind of property from its range.

The reader's own annotations (``sg:nerLabel``, ``sg:allowsClause``, ``sg:demonym``, ``sg:ambiguousLabel``)
make an ontology work better and are never needed.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph import vocab
from spacegraph.errors import OntologyError, UnknownTermError
from spacegraph.gazetteer import Gazetteer, KnownName, KnownNoun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacegraph.model import Entity

__all__ = [
    "EntityDetails",
    "Ontology",
    "OntologyClass",
    "OntologyProperty",
    "closure",
    "default_path",
    "words_of_name",
]

#: The built-in files that make up an ontology, in the order in which they are read.
BUILT_IN = ("spacegraph.ttl", "entities.ttl")

_THING = "Thing"
_STRING = vocab.XSD + "string"
_SCHEMA_HTTP = "http://schema.org/"
#: Classes whose members are occupations and offices: common nouns name them, and of people.
_ROLES = frozenset(
    (vocab.SCHEMA + "Occupation", vocab.SCHEMA + "Role", _SCHEMA_HTTP + "Occupation", _SCHEMA_HTTP + "Role")
)
#: Datatypes of any text.
_TEXTS = frozenset(
    (
        _STRING, vocab.RDF + "langString", vocab.RDFS + "Literal", vocab.XSD + "normalizedString", vocab.XSD + "token",
        vocab.XSD + "anySimpleType", vocab.XSD + "anyAtomicType",
        vocab.SCHEMA + "Text", _SCHEMA_HTTP + "Text",
    )
)  # fmt: skip
#: What else a datatype admits: a date may be known to the month or the year only.
_ADMITS = {
    vocab.XSD + "date": ("gYearMonth", "gYear", "dateTime"),
    vocab.XSD + "dateTime": ("date", "gYearMonth", "gYear"),
    vocab.XSD + "decimal": ("integer", "double"),
    vocab.XSD + "double": ("integer", "decimal"),
    vocab.XSD + "float": ("integer", "decimal", "double"),
    vocab.XSD + "nonNegativeInteger": ("integer",),
    vocab.XSD + "positiveInteger": ("integer",),
    vocab.XSD + "int": ("integer",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OntologyClass:
    """A class. ``name`` is its local name, unique in its ontology; ``superclasses`` are names, direct ones only.

    ``nouns`` are the English nouns that denote a member, in lower case, the label first. ``ner_label`` is
    the OntoNotes label of members that the ontology itself gives, else "".
    """

    iri: str
    name: str
    label: str
    nouns: tuple[str, ...] = ()
    definition: str = ""
    superclasses: tuple[str, ...] = ()
    #: IRIs of superclasses and equivalent classes in other vocabularies (``schema:Person``).
    alignments: tuple[str, ...] = ()
    #: Names of classes of the same ontology that have the same members.
    equivalents: tuple[str, ...] = ()
    ner_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OntologyProperty:
    """A property. ``name`` is its local name, unique in its ontology.

    ``domains`` are names of classes, of which the subject is one or another ("Thing" admits
    everything); empty where nothing is said. ``ranges`` likewise, but IRIs of datatypes for a
    datatype property. ``superproperties`` and ``inverse`` are names of properties; ``inverse`` is "" where there is none.
    ``allows_clause``: whether words may stand as the object where no entity does.
    """

    iri: str
    name: str
    label: str
    alt_labels: tuple[str, ...] = ()
    definition: str = ""
    example: str = ""
    note: str = ""
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    is_datatype: bool = False
    allows_clause: bool = False
    superproperties: tuple[str, ...] = ()
    inverse: str = ""
    symmetric: bool = False
    transitive: bool = False
    functional: bool = False

    @property
    def takes_text(self) -> bool:
        """Whether any words may be a value."""
        return self.is_datatype and (not self.ranges or not _TEXTS.isdisjoint(self.ranges))


@dataclass(frozen=True, slots=True)
class EntityDetails:
    """What an ontology says of an entity beyond :class:`~spacegraph.model.Entity`."""

    demonyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    gender: str = ""


@dataclass(frozen=True)
class Ontology:
    """Classes and properties by name, known entities by IRI, each in the order of the files.

    Where two terms share a local name, the first keeps it and the others have a number added
    ("name_2"); :meth:`find_property` and :meth:`find_class` take IRIs as well as names.
    """

    classes: dict[str, OntologyClass] = field(default_factory=dict)
    properties: dict[str, OntologyProperty] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    details: dict[str, EntityDetails] = field(default_factory=dict, repr=False)
    #: The files that it was read from, imported ones after those that were named.
    sources: tuple[str, ...] = ()
    #: The files that were named.
    roots: tuple[str, ...] = ()
    #: IRIs of imported ontologies that are on the web, which is not asked, and in none of the files.
    unread_imports: tuple[str, ...] = ()

    def find_class(self, term: str) -> OntologyClass | None:
        """The class of an IRI or name."""
        return self.classes.get(term) or self._classes_by_iri.get(term)

    def find_property(self, term: str) -> OntologyProperty | None:
        """The property of an IRI or name."""
        return self.properties.get(term) or self._properties_by_iri.get(term)

    def get_property(self, term: str) -> OntologyProperty:
        """The property of an IRI, name or label.

        Raises:
            UnknownTermError: There is none; the message names the closest ones.
        """
        found = self.find_property(term)
        if found is None:
            lowered = term.lower()
            found = next(
                (p for p in self.properties.values() if lowered in (p.name.lower(), p.label.lower())), None
            )
        if found is None:
            matches = tuple(difflib.get_close_matches(term, self.properties, n=3))
            hint = f" Did you mean {', '.join(matches)}?" if matches else ""
            msg = f"The ontology has no property {term!r}.{hint}"
            raise UnknownTermError(msg, term=term, matches=matches)
        return found

    def class_iri(self, name: str) -> str:
        """IRI of a class; ``owl:Thing`` for "Thing" and for what the ontology does not know."""
        found = self.classes.get(name)
        return found.iri if found else vocab.OWL + _THING

    def is_a(self, cls: str, other: str) -> bool:
        """Whether class ``cls`` is ``other`` or one of its subclasses; every class is a "Thing"."""
        return other in (cls, _THING) or other in self._superclasses.get(cls, ())

    def superclasses(self, cls: str) -> tuple[str, ...]:
        """Names of all superclasses, the nearest first, without "Thing"."""
        return self._superclasses.get(cls, ())

    def admits_datatype(self, ranges: tuple[str, ...], datatype: str) -> bool:
        """Whether a literal of ``datatype`` may stand where ``ranges`` (datatype IRIs) are wanted.

        Text admits only text: a date is no title. Where nothing is wanted, everything may stand.
        """
        if not ranges or datatype in ranges:
            return True
        if datatype in _TEXTS:
            return not _TEXTS.isdisjoint(ranges)
        return any(datatype == vocab.XSD + other for wanted in ranges for other in _ADMITS.get(wanted, ()))

    def named(self, name: str, cls: str = _THING) -> Entity | None:
        """The known entity of that label or alias, whatever the case, in a class or its subclasses."""
        for entity in self._by_label.get(name.lower(), ()):
            if self.is_a(entity.type, cls):
                return entity
        return None

    def role(self, noun: str) -> Entity | None:
        """The occupation or office that a common noun names ("astronaut", "prime minister")."""
        return self._roles.get(noun.lower())

    def gazetteer(self) -> Gazetteer:
        """What the language components want to know: names, nouns, demonyms, classes."""
        return self._gazetteer

    @cached_property
    def _classes_by_iri(self) -> dict[str, OntologyClass]:
        return {c.iri: c for c in self.classes.values()}

    @cached_property
    def _properties_by_iri(self) -> dict[str, OntologyProperty]:
        return {p.iri: p for p in self.properties.values()}

    @cached_property
    def _superclasses(self) -> dict[str, tuple[str, ...]]:
        above = {name: (*cls.superclasses, *cls.equivalents) for name, cls in self.classes.items()}
        return {name: closure(name, above.__getitem__) for name in self.classes}

    @cached_property
    def _by_label(self) -> dict[str, list[Entity]]:
        index: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            for label in dict.fromkeys(n.lower() for n in (entity.label, *entity.aliases)):
                index[label].append(entity)
        return dict(index)

    @cached_property
    def _role_classes(self) -> frozenset[str]:
        return self._aligned_to(_ROLES)

    def _aligned_to(self, iris: frozenset[str]) -> frozenset[str]:
        """Classes that are, or are below, classes of other vocabularies."""
        direct = {c.name for c in self.classes.values() if c.iri in iris or not iris.isdisjoint(c.alignments)}
        return frozenset(
            n for n in self.classes if n in direct or not direct.isdisjoint(self._superclasses[n])
        )

    @cached_property
    def _roles(self) -> dict[str, Entity]:
        roles: dict[str, Entity] = {}
        members = [e for e in self.entities.values() if e.type in self._role_classes]
        for entity in members:
            roles.setdefault(entity.label.lower(), entity)
        for entity in members:
            for alias in entity.aliases:
                roles.setdefault(alias.lower(), entity)
        return roles

    @cached_property
    def _ner_labels(self) -> dict[str, str]:
        """OntoNotes label of each class, its own or the nearest superclass's."""
        found = {}
        for name, cls in self.classes.items():
            chain = (cls, *(self.classes[n] for n in self._superclasses[name]))
            label = next((label for c in chain if (label := c.ner_label or _generic_label(c))), "")
            if label:
                found[name] = label
        return found

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        labels = self._ner_labels
        person = next((n for n, label in labels.items() if label == "PERSON"), "")
        names: dict[str, list[KnownName]] = defaultdict(list)
        demonyms: dict[str, KnownName] = {}
        nouns: dict[str, KnownNoun] = {}
        for role in self._roles:
            # A role's noun denotes people; what it names is the role: see Ontology.role.
            nouns[role] = KnownNoun(type="PERSON", cls=person, role=True)
        for position in ("label", "other"):
            for cls in self.classes.values():
                if cls.name in self._role_classes:
                    continue
                for noun in cls.nouns[:1] if position == "label" else cls.nouns[1:]:
                    nouns.setdefault(noun, KnownNoun(type=labels.get(cls.name, ""), cls=cls.name))
        concepts = self._aligned_to(frozenset((vocab.SKOS + "Concept",))) | self._role_classes
        for entity in self.entities.values():
            if entity.type in concepts:
                continue
            details = self.details.get(entity.iri, EntityDetails())
            for form in dict.fromkeys((entity.label, *entity.aliases)):
                known = KnownName(
                    iri=entity.iri, label=entity.label, type=labels.get(entity.type, ""), cls=entity.type,
                    gender=details.gender, ambiguous=form in details.ambiguous,
                )  # fmt: skip
                names[form].append(known)
            for form in details.demonyms:
                demonyms.setdefault(
                    form,
                    KnownName(
                        iri=entity.iri, label=entity.label, type=labels.get(entity.type, ""), cls=entity.type
                    ),
                )
        # The class that bears the label itself is meant, not one of its subclasses that happens to stand first in the file;
        # of several, the ontology's own word counts more, then the one at the top.
        bearers = [
            (not cls.ner_label, len(self._superclasses[name]), name)
            for name, cls in self.classes.items()
            if cls.ner_label or _generic_label(cls)
        ]
        class_of_type: dict[str, str] = {}
        for _, _, name in sorted(bearers, key=lambda bearer: bearer[:2]):
            class_of_type.setdefault(labels[name], name)
        return Gazetteer(
            names={form: tuple(known) for form, known in names.items()},
            nouns=nouns,
            demonyms=demonyms,
            superclasses=dict(self._superclasses),
            type_of_class=labels,
            class_of_type=class_of_type,
        )


#: Classes of well-known vocabularies, with the OntoNotes label of their members.
_GENERIC_LABELS = {
    base + name: label
    for base, names in {
        vocab.SCHEMA: {
            "Person": "PERSON", "Organization": "ORG", "Place": "LOC", "Country": "GPE", "City": "GPE",
            "AdministrativeArea": "GPE", "Product": "PRODUCT", "Event": "EVENT", "CreativeWork": "WORK_OF_ART",
            "Legislation": "LAW", "Language": "LANGUAGE",
        },
        vocab.FOAF: {"Person": "PERSON", "Organization": "ORG"},
        "http://dbpedia.org/ontology/": {
            "Person": "PERSON", "Organisation": "ORG", "Place": "LOC", "PopulatedPlace": "GPE", "Country": "GPE",
            "City": "GPE", "MeanOfTransportation": "PRODUCT", "Event": "EVENT", "Work": "WORK_OF_ART",
            "Language": "LANGUAGE",
        },
    }.items()
    for name, label in names.items()
}  # fmt: skip
_GENERIC_LABELS |= {
    _SCHEMA_HTTP + iri.removeprefix(vocab.SCHEMA): label
    for iri, label in _GENERIC_LABELS.items()
    if iri.startswith(vocab.SCHEMA)
}


def default_path(name: str) -> Path:
    """Where a built-in file ("lexicon.ttl") is: in the installed package, else in the checkout.

    Raises:
        OntologyError: It is in neither place.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "ontology_data", here.parent.parent / "ontology"):
        if (folder / name).is_file():
            return folder / name
    msg = f"The built-in file {name} is missing from this installation of spacegraph. Install it again."
    raise OntologyError(msg)


def words_of_name(name: str) -> str:
    """The words of a local name: "launchSite", "launch_site" and "LaunchSite" give "launch site"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", re.sub(r"[_\-.]+", " ", name))
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in spaced.split())


def closure(start: str, parents: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """What is above ``start``, breadth first, the nearest first; cycles do no harm."""
    seen: dict[str, None] = {}
    queue = list(parents(start))
    while queue:
        name = queue.pop(0)
        if name == start or name in seen:
            continue
        seen[name] = None
        queue.extend(parents(name))
    return tuple(seen)


def _generic_label(cls: OntologyClass) -> str:
    return next((_GENERIC_LABELS[iri] for iri in (cls.iri, *cls.alignments) if iri in _GENERIC_LABELS), "")
