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
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from pyoxigraph import Literal as RdfLiteral

from spacegraph import vocab
from spacegraph.errors import OntologyError, OntologySyntaxError, UnknownTermError
from spacegraph.language.gazetteer import Gazetteer, KnownName, KnownNoun
from spacegraph.model import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["Ontology", "OntologyClass", "OntologyProperty", "default_path", "load_ontology", "words_of_name"]

#: The built-in files that make up an ontology, in the order in which they are read.
BUILT_IN = ("spacegraph.ttl", "entities.ttl")

_THING = "Thing"
_STRING = vocab.XSD + "string"
_SCHEMA_HTTP = "http://schema.org/"
#: Roots of every hierarchy: classes that say nothing about their members.
_TOPS = frozenset(
    (vocab.OWL + "Thing", vocab.RDFS + "Resource", vocab.SCHEMA + "Thing", _SCHEMA_HTTP + "Thing")
)
_CLASS_TYPES = frozenset((vocab.OWL + "Class", vocab.RDFS + "Class"))
_DATATYPE_PROPERTY = vocab.OWL + "DatatypeProperty"
_PROPERTY_TYPES = frozenset((vocab.OWL + "ObjectProperty", _DATATYPE_PROPERTY, vocab.RDF + "Property"))
#: Annotations about terms are no relations between things.
_NO_RELATIONS = frozenset((vocab.OWL + "AnnotationProperty", vocab.OWL + "OntologyProperty"))
_SYMMETRIC = vocab.OWL + "SymmetricProperty"
_TRANSITIVE = vocab.OWL + "TransitiveProperty"
_FUNCTIONAL = vocab.OWL + "FunctionalProperty"
_DOMAINS = (vocab.RDFS + "domain", vocab.SCHEMA + "domainIncludes", _SCHEMA_HTTP + "domainIncludes")
_RANGES = (vocab.RDFS + "range", vocab.SCHEMA + "rangeIncludes", _SCHEMA_HTTP + "rangeIncludes")
#: Labels, the preferred first, and other names.
_LABELS = (
    vocab.SKOS + "prefLabel",
    vocab.RDFS + "label",
    vocab.SCHEMA + "name",
    _SCHEMA_HTTP + "name",
    vocab.FOAF + "name",
)
_ALT_LABELS = (
    vocab.SKOS + "altLabel", vocab.SKOS + "hiddenLabel", vocab.SCHEMA + "alternateName", _SCHEMA_HTTP + "alternateName",
)  # fmt: skip
_DEFINITIONS = (
    vocab.SKOS + "definition", vocab.RDFS + "comment", vocab.DCTERMS + "description", vocab.SCHEMA + "description",
    _SCHEMA_HTTP + "description", "http://purl.obolibrary.org/obo/IAO_0000115",
)  # fmt: skip
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
#: Schema.org's datatypes and the XSD ones for them.
_DATATYPES = {
    base + name: vocab.XSD + xsd
    for base in (vocab.SCHEMA, _SCHEMA_HTTP)
    for name, xsd in (
        ("Text", "string"), ("Date", "date"), ("DateTime", "dateTime"), ("Number", "decimal"), ("Integer", "integer"),
        ("Float", "double"), ("Boolean", "boolean"), ("URL", "anyURI"),
    )
}  # fmt: skip

_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".n3": RdfFormat.N3,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
_XML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|!--|rdf:RDF|\w+:RDF|RDF)\b|(?:\xef\xbb\xbf)?\s*<!--"
)

_Nodes: TypeAlias = "dict[Any, dict[str, list[Any]]]"


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
    #: IRIs of superclasses in other vocabularies (``schema:Person``).
    alignments: tuple[str, ...] = ()
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
class _KnownEntity:
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
    details: dict[str, _KnownEntity] = field(default_factory=dict, repr=False)
    sources: tuple[str, ...] = ()

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

    def merged(self, other: Ontology) -> Ontology:
        """Both ontologies as one; this one's terms keep their names."""
        if not other.sources or not self.sources:
            msg = "Only ontologies that were read from files can be merged."
            raise OntologyError(msg)
        return load_ontology(*dict.fromkeys((*self.sources, *other.sources)))

    @cached_property
    def _classes_by_iri(self) -> dict[str, OntologyClass]:
        return {c.iri: c for c in self.classes.values()}

    @cached_property
    def _properties_by_iri(self) -> dict[str, OntologyProperty]:
        return {p.iri: p for p in self.properties.values()}

    @cached_property
    def _superclasses(self) -> dict[str, tuple[str, ...]]:
        return {name: _closure(name, lambda n: self.classes[n].superclasses) for name in self.classes}

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
            details = self.details.get(entity.iri, _KnownEntity())
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
        class_of_type: dict[str, str] = {}
        for name in sorted(self.classes, key=lambda n: len(self._superclasses[n])):
            if self.classes[name].ner_label:
                class_of_type.setdefault(self.classes[name].ner_label, name)
        for name, label in labels.items():
            class_of_type.setdefault(label, name)
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


def load_ontology(*paths: str | Path | None) -> Ontology:
    """Read an ontology, once a process for the same files.

    Args:
        paths: RDF files (.ttl, .rdf, .owl, .nt, .jsonld, .trig, .nq, .n3) or folders with such files.
            None, or no path, is the built-in ontology.

    Raises:
        OntologySyntaxError: A file is not valid RDF: the error has file, line and column.
        OntologyError: A path does not exist or holds no RDF file, or a file defines nothing.
    """
    files: list[str] = []
    for path in paths or (None,):
        if path is None:
            files.extend(str(default_path(name)) for name in BUILT_IN)
        else:
            files.extend(str(file) for file in _files(Path(path)))
    unique = tuple(dict.fromkeys(files))
    return _load(unique, tuple(Path(file).stat().st_mtime_ns for file in unique))


def words_of_name(name: str) -> str:
    """The words of a local name: "launchSite", "launch_site" and "LaunchSite" give "launch site"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", re.sub(r"[_\-.]+", " ", name))
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in spaced.split())


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        msg = f"There is no ontology at {path}. Name an RDF file (Turtle, RDF/XML, JSON-LD) or a folder with such files."
        raise OntologyError(msg)
    found = sorted(p for p in path.iterdir() if p.is_file() and _format(p) is not None)
    if not found:
        msg = f"The folder {path} has no RDF file (.ttl, .rdf, .owl, .nt, .jsonld)."
        raise OntologyError(msg)
    return found


def _format(path: Path) -> RdfFormat | None:
    return _FORMATS.get(path.suffix.lower())


@lru_cache(maxsize=8)
def _load(files: tuple[str, ...], stamps: tuple[int, ...]) -> Ontology:  # noqa: ARG001  (a changed file is another one)
    nodes: _Nodes = defaultdict(lambda: defaultdict(list))
    for number, file in enumerate(files):
        for subject, predicate, object_ in _triples(Path(file)):
            # Blank nodes of two files are two nodes, whatever they are called.
            values = nodes[_apart(subject, number)][predicate]
            value = _apart(object_, number)
            if value not in values:
                values.append(value)
    ontology = _Builder(nodes).build(files)
    if not ontology.classes and not ontology.properties and not ontology.entities:
        msg = f"{', '.join(files)} defines no class, property or entity in OWL or RDFS."
        raise OntologyError(msg)
    return ontology


def _apart(term: Any, number: int) -> Any:
    return BlankNode(f"f{number}x{term.value}") if isinstance(term, BlankNode) else term


def _triples(path: Path) -> Iterator[tuple[Any, str, Any]]:
    format_ = _format(path) or RdfFormat.TURTLE
    try:
        # OWL files are RDF/XML as a rule, and Turtle often enough.
        if path.suffix.lower() == ".owl" and not _XML_START.match(path.read_bytes()):
            format_ = RdfFormat.TURTLE
        for quad in parse(path=str(path), format=format_, base_iri=path.resolve().as_uri()):
            yield quad.subject, quad.predicate.value, quad.object
    except SyntaxError as error:
        line, column = error.lineno or 0, error.offset or 0
        where = f" at line {line}" + (f", column {column}" if column else "") if line else ""
        msg = f"{path} is not valid {format_.name}{where}: {error.msg}. Mend it there and try again."
        raise OntologySyntaxError(msg, file=str(path), line=line, column=column) from error
    except (OSError, UnicodeError) as error:
        msg = f"{path} cannot be read: {error}."
        raise OntologyError(msg) from error


class _Builder:
    """Turns triples into classes, properties and entities."""

    def __init__(self, nodes: _Nodes) -> None:
        self.nodes = nodes
        self.datatypes = self._find_datatypes()
        self.class_names = _unique_names(self._find_classes())
        self.property_names = _unique_names(self._find_properties())

    def build(self, files: tuple[str, ...]) -> Ontology:
        """Put the ontology together."""
        classes = {name: self._class(iri, name) for iri, name in self.class_names.items()}
        properties = {name: self._property(iri, name) for iri, name in self.property_names.items()}
        properties = {name: self._completed(p, properties) for name, p in properties.items()}
        entities, details = self._entities(classes)
        return Ontology(classes, properties, entities, details, files)

    def _types(self, node: Any) -> set[str]:
        return {t.value for t in self._get(node, vocab.RDF + "type") if isinstance(t, NamedNode)}

    def _get(self, node: Any, predicate: str) -> list[Any]:
        found = self.nodes.get(node)
        return found.get(predicate, []) if found else []

    def _find_datatypes(self) -> dict[str, tuple[str, ...]]:
        """Datatypes that the files define, with the built-in ones that they stand for."""
        found = {}
        for node in list(self.nodes):
            if isinstance(node, NamedNode) and vocab.RDFS + "Datatype" in self._types(node):
                members = [m.value for m in self._members(node) if isinstance(m, NamedNode)]
                found[node.value] = tuple(members) or (_STRING,)
        return found

    def _is_datatype(self, iri: str) -> bool:
        return (
            iri.startswith(vocab.XSD)
            or iri in self.datatypes
            or iri in _DATATYPES
            or iri in (vocab.RDFS + "Literal", vocab.RDF + "langString")
        )

    def _find_classes(self) -> list[str]:
        found: dict[str, None] = {}
        sub = vocab.RDFS + "subClassOf"
        for node, predicates in self.nodes.items():
            if isinstance(node, NamedNode) and (self._types(node) & _CLASS_TYPES or predicates.get(sub)):
                found[node.value] = None
        # What is only mentioned comes after what is defined; a superclass in another vocabulary is an alignment.
        own = {_namespace(iri) for iri in found}
        for node in list(self.nodes):
            for predicate in (sub, *_DOMAINS, *_RANGES):
                for value in self._get(node, predicate):
                    for member in self._members(value):
                        if not isinstance(member, NamedNode) or self._is_datatype(member.value):
                            continue
                        if predicate != sub or _namespace(member.value) in own:
                            found.setdefault(member.value)
        return [iri for iri in found if iri not in _TOPS and not self._is_datatype(iri)]

    def _find_properties(self) -> list[str]:
        found = []
        marks = (*_DOMAINS, *_RANGES, vocab.RDFS + "subPropertyOf")
        for node, predicates in self.nodes.items():
            if not isinstance(node, NamedNode):
                continue
            types = self._types(node)
            if types & _NO_RELATIONS:
                continue
            if types & _PROPERTY_TYPES or any(predicates.get(mark) for mark in marks):
                found.append(node.value)
        return found

    def _members(self, node: Any, seen: frozenset[Any] = frozenset()) -> list[Any]:
        """The named classes of a class expression: itself, or the members of a union."""
        if node in seen:
            return []
        union = self._get(node, vocab.OWL + "unionOf")
        if not union:
            return [node]
        return [m for item in self._list(union[0]) for m in self._members(item, seen | {node})]

    def _list(self, node: Any) -> list[Any]:
        items, seen = [], set()
        while node not in seen and (first := self._get(node, vocab.RDF + "first")):
            seen.add(node)
            items.append(first[0])
            rest = self._get(node, vocab.RDF + "rest")
            if not rest:
                break
            node = rest[0]
        return items

    def _class(self, iri: str, name: str) -> OntologyClass:
        node = NamedNode(iri)
        label = self._label(node, name)
        others = self._texts(node, _ALT_LABELS)
        parents = [p.value for p in self._get(node, vocab.RDFS + "subClassOf") if isinstance(p, NamedNode)]
        return OntologyClass(
            iri=iri,
            name=name,
            label=label,
            nouns=tuple(dict.fromkeys(noun.lower() for noun in (label, *others))),
            definition=self._text(node, _DEFINITIONS),
            superclasses=tuple(self.class_names[p] for p in parents if p in self.class_names and p != iri),
            alignments=tuple(sorted(p for p in parents if p not in self.class_names and p not in _TOPS)),
            ner_label=self._text(node, (vocab.NER_LABEL,)),
        )

    def _property(self, iri: str, name: str) -> OntologyProperty:
        node = NamedNode(iri)
        types = self._types(node)
        range_iris = self._named_members(node, _RANGES)
        datatypes = [
            d
            for i in range_iris
            if self._is_datatype(i)
            for d in self.datatypes.get(i, (_DATATYPES.get(i, i),))
        ]
        is_datatype = _DATATYPE_PROPERTY in types or bool(range_iris and len(datatypes) >= len(range_iris))
        ranges = datatypes if is_datatype else self._class_refs(range_iris)
        parents = [p.value for p in self._get(node, vocab.RDFS + "subPropertyOf") if isinstance(p, NamedNode)]
        return OntologyProperty(
            iri=iri,
            name=name,
            label=self._label(node, name),
            alt_labels=tuple(self._texts(node, _ALT_LABELS)),
            definition=self._text(node, _DEFINITIONS),
            example=self._text(node, (vocab.SKOS + "example",)),
            note=self._text(node, (vocab.SKOS + "scopeNote",)),
            domains=tuple(dict.fromkeys(self._class_refs(self._named_members(node, _DOMAINS)))),
            ranges=tuple(dict.fromkeys(ranges)),
            is_datatype=is_datatype,
            allows_clause=any(
                isinstance(v, RdfLiteral) and v.value in ("true", "1")
                for v in self._get(node, vocab.ALLOWS_CLAUSE)
            ),
            superproperties=tuple(
                self.property_names[p] for p in parents if p in self.property_names and p != iri
            ),
            inverse=self._inverse(node),
            symmetric=_SYMMETRIC in types,
            transitive=_TRANSITIVE in types,
            functional=_FUNCTIONAL in types,
        )

    def _inverse(self, node: NamedNode) -> str:
        for other in self._get(node, vocab.OWL + "inverseOf"):
            if isinstance(other, NamedNode) and other.value in self.property_names:
                return self.property_names[other.value]
        for iri, name in self.property_names.items():
            if node in self._get(NamedNode(iri), vocab.OWL + "inverseOf"):
                return name
        return ""

    def _completed(
        self, property_: OntologyProperty, properties: Mapping[str, OntologyProperty]
    ) -> OntologyProperty:
        """A property with the domain, range and kind that its super-properties have, where its own are missing."""
        for name in _closure(property_.name, lambda n: properties[n].superproperties):
            parent = properties[name]
            if not property_.domains and parent.domains:
                property_ = replace(property_, domains=parent.domains)
            if not property_.ranges and parent.ranges and not property_.is_datatype:
                property_ = replace(property_, ranges=parent.ranges, is_datatype=parent.is_datatype)
        return property_

    def _named_members(self, node: NamedNode, predicates: Iterable[str]) -> list[str]:
        return [
            m.value
            for predicate in predicates
            for value in self._get(node, predicate)
            for m in self._members(value)
            if isinstance(m, NamedNode)
        ]

    def _class_refs(self, iris: Iterable[str]) -> list[str]:
        return [
            _THING if iri in _TOPS else self.class_names[iri]
            for iri in iris
            if iri in _TOPS or iri in self.class_names
        ]

    def _entities(
        self, classes: Mapping[str, OntologyClass]
    ) -> tuple[dict[str, Entity], dict[str, _KnownEntity]]:
        entities: dict[str, Entity] = {}
        details: dict[str, _KnownEntity] = {}
        for node in self.nodes:
            if (
                not isinstance(node, NamedNode)
                or node.value in self.class_names
                or node.value in self.property_names
            ):
                continue
            types = [t.value for t in self._get(node, vocab.RDF + "type") if isinstance(t, NamedNode)]
            names = [self.class_names[t] for t in types if t in self.class_names]
            if not names or not self._texts(node, _LABELS):
                continue
            # The narrowest of several classes; of unrelated ones the first.
            above = {n: set(_closure(n, lambda c: classes[c].superclasses)) for n in names}
            cls = next(
                n for n in names if not any(n in above[m] for m in names if m != n and m not in above[n])
            )
            label = self._label(node, node.value)
            ambiguous = tuple(self._texts(node, (vocab.AMBIGUOUS_LABEL,)))
            others = (*self._texts(node, _LABELS), *self._texts(node, _ALT_LABELS), *ambiguous)
            same = (v.value for v in self._get(node, vocab.OWL + "sameAs") if isinstance(v, NamedNode))
            entities[node.value] = Entity(
                iri=node.value,
                label=label,
                type=cls,
                type_iri=classes[cls].iri,
                aliases=tuple(n for n in dict.fromkeys(others) if n != label),
                same_as=tuple(sorted(same)),
            )
            gender = self._text(
                node, (vocab.SCHEMA + "gender", _SCHEMA_HTTP + "gender", vocab.FOAF + "gender")
            ).lower()
            details[node.value] = _KnownEntity(
                demonyms=tuple(self._texts(node, (vocab.DEMONYM,))),
                ambiguous=ambiguous,
                gender="fem" if gender == "female" else "masc" if gender == "male" else "",
            )
        return entities, details

    def _label(self, node: Any, name: str) -> str:
        return self._text(node, _LABELS) or words_of_name(name)

    def _text(self, node: Any, predicates: Iterable[str]) -> str:
        return next(iter(self._texts(node, predicates)), "")

    def _texts(self, node: Any, predicates: Iterable[str]) -> list[str]:
        """English and untagged texts, those of the first predicate first."""
        texts: dict[str, None] = {}
        for predicate in predicates:
            values = [v for v in self._get(node, predicate) if isinstance(v, RdfLiteral)]
            for value in sorted(values, key=lambda v: not (v.language or "").lower().startswith("en")):
                language = (value.language or "").lower()
                if not language or language.split("-")[0] == "en":
                    texts.setdefault(" ".join(value.value.split()))
        texts.pop("", None)
        return list(texts)


def _unique_names(iris: Iterable[str]) -> dict[str, str]:
    """Local names by IRI; the second of two equal ones gets a number."""
    taken: set[str] = set()
    names = {}
    for iri in iris:
        local = re.split(r"[#/:]", iri.rstrip("#/"))[-1] or iri
        name, number = local, 1
        while name in taken or name == _THING:
            number += 1
            name = f"{local}_{number}"
        taken.add(name)
        names[iri] = name
    return names


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _generic_label(cls: OntologyClass) -> str:
    return next((_GENERIC_LABELS[iri] for iri in (cls.iri, *cls.alignments) if iri in _GENERIC_LABELS), "")


def _closure(start: str, parents: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
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
