"""Reading RDF files into an :class:`~spacegraph.ontology.Ontology`.

What counts as a class or property: what OWL, RDFS or schema.org declare as one, what is used as one in
a subclass, domain or range statement, and nothing else. Annotation properties are no relations between things.
Several ``rdfs:domain`` statements are taken as alternatives, which is how most vocabularies mean them.

A concept of a SKOS thesaurus is what its label is: a name ("Port Vela") an entity to link to, a common noun ("tugs") a class,
whose nouns are the labels and whose superclasses the broader concepts. Where a thesaurus writes all its labels with capitals,
they are both, and the capitals of the text decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from pyoxigraph import Literal as RdfLiteral

from spacegraph import vocab
from spacegraph.errors import OntologyError, OntologySyntaxError
from spacegraph.model import Entity
from spacegraph.ontology import (
    BUILT_IN,
    EntityDetails,
    Ontology,
    OntologyClass,
    OntologyProperty,
    closure,
    default_path,
    words_of_name,
)
from spacegraph.rdf_files import RDF_SUFFIXES, rdf_input, rdf_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["load_ontology", "merge_ontologies", "ontology_files", "read_ontology", "with_imports"]

_IMPORTS = vocab.OWL + "imports"
_STRING = vocab.XSD + "string"
_THING = "Thing"
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
#: Schema.org's datatypes and the XSD ones for them.
_DATATYPES = {
    base + name: vocab.XSD + xsd
    for base in (vocab.SCHEMA, _SCHEMA_HTTP)
    for name, xsd in (
        ("Text", "string"), ("Date", "date"), ("DateTime", "dateTime"), ("Number", "decimal"), ("Integer", "integer"),
        ("Float", "double"), ("Boolean", "boolean"), ("URL", "anyURI"),
    )
}  # fmt: skip

#: Head nouns of properties whose values are literals, with the datatype.
_VALUE_NOUNS = {
    "date": "date", "day": "date", "year": "gYear", "time": "dateTime",
    "number": "decimal", "count": "decimal", "percentage": "decimal",
    "name": "string", "title": "string", "identifier": "string", "code": "string",
}  # fmt: skip
_DATES = frozenset(("date", "gYear"))
#: What follows the head of a noun phrase: "date of birth".
_AFTER_HEAD = re.compile(r"\b(?:of|in|on|at|for|by|from|to)\b")

_CONCEPT = vocab.SKOS + "Concept"
#: What is only said of concepts of a thesaurus.
_IN_SCHEME = (vocab.SKOS + "inScheme", vocab.SKOS + "topConceptOf")
_MATCHES = tuple(vocab.SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch"))

_Nodes: TypeAlias = "dict[Any, dict[str, list[Any]]]"


def load_ontology(*paths: str | Path | None) -> Ontology:
    """Read an ontology, once a process for the same files.

    What the files import (``owl:imports``) is read too where it is a file in the folder of one that was named, or below it:
    ``<parts/ports.ttl>`` is looked for beside the file that imports it. Nothing is fetched from the web.

    Args:
        paths: RDF files (.ttl, .rdf, .owl, .nt, .jsonld, .trig, .nq, .n3) or folders with such files.
            None, or no path, is the built-in ontology. Each may be packed (.gz); relative IRIs are relative to the file's own URL.

    Raises:
        OntologySyntaxError: A file is not valid RDF: the error has file, line and column.
        OntologyError: A path or an imported file does not exist or holds no RDF file, a file defines nothing, or one imports
            a file that is elsewhere.
    """
    files: list[str] = []
    for path in paths or (None,):
        if path is None:
            files.extend(str(default_path(name)) for name in BUILT_IN)
        else:
            files.extend(str(file) for file in ontology_files(Path(path)))
    roots = tuple(dict.fromkeys(files))
    every = with_imports(roots)
    return read_ontology(every, tuple(Path(file).stat().st_mtime_ns for file in every), roots)


def merge_ontologies(first: Ontology, second: Ontology) -> Ontology:
    """Both ontologies as one; the first one's terms keep their names.

    Raises:
        OntologyError: One of them was not read from files.
    """
    if not first.sources or not second.sources:
        msg = "Only ontologies that were read from files can be merged."
        raise OntologyError(msg)
    return load_ontology(*dict.fromkeys((*first.roots, *second.roots)))


def ontology_files(path: Path) -> list[Path]:
    """A file itself, or the RDF files of a folder in the order of their names.

    Raises:
        OntologyError: There is nothing at ``path``, or a folder has no RDF file.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        msg = f"There is no ontology at {path}. Name an RDF file (Turtle, RDF/XML, JSON-LD) or a folder with such files."
        raise OntologyError(msg)
    found = sorted(p for p in path.iterdir() if p.is_file() and _format(p) is not None)
    if not found:
        msg = f"The folder {path} has no RDF file (.ttl, .rdf, .owl, .nt, .jsonld; also packed as .gz)."
        raise OntologyError(msg)
    return found


def _format(path: Path) -> RdfFormat | None:
    return RDF_SUFFIXES.get(rdf_suffix(path))


def with_imports(roots: Iterable[str]) -> tuple[str, ...]:
    """Files with the files that they import, and those that these import; cycles do no harm.

    Raises:
        OntologyError: An imported file does not exist, or is neither in the folder of the file that was named nor below it;
            the message names it and the file that wants it.
        OntologySyntaxError: A file is not valid RDF.
    """
    found = dict.fromkeys(roots)
    resolved = {Path(file).resolve() for file in found}
    # An ontology from elsewhere has no business with files elsewhere.
    folders = {path.parent for path in resolved}
    queue = list(found)
    while queue:
        file = queue.pop(0)
        for iri in _imports(file, Path(file).stat().st_mtime_ns, quiet=file not in roots):
            path = _local_file(iri)
            if path is None or path.resolve() in resolved:
                continue
            if not any(path.resolve().is_relative_to(folder) for folder in folders):
                msg = f"{file} imports {path}, which is not in its folder. Put the file there, or name it beside the ontology."
                raise OntologyError(msg)
            if not _is_file(path):
                msg = f"{file} imports {path}, which is not there. Put the file there, or delete the owl:imports statement."
                raise OntologyError(msg)
            resolved.add(path.resolve())
            found[str(path)] = None
            queue.append(str(path))
    return tuple(found)


@lru_cache(maxsize=64)
def _is_file(path: Path) -> bool:
    """Whether a file of the name is there; one that is too long for the system is not."""
    try:
        return path.is_file()
    except OSError:
        return False


def _imports(file: str, stamp: int, *, quiet: bool) -> tuple[str, ...]:  # noqa: ARG001  (a changed file is another one)
    """IRIs of the ontologies that a file imports."""
    try:
        if not file.endswith(".gz") and b"imports" not in Path(file).read_bytes():
            return ()
    except OSError as error:
        msg = f"{file} cannot be read: {error.strerror}."
        raise OntologyError(msg) from error
    return tuple(
        sorted(
            {
                o.value
                for _, p, o in _triples(Path(file), quiet=quiet)
                if p == _IMPORTS and isinstance(o, NamedNode)
            }
        )
    )


def _local_file(iri: str) -> Path | None:
    """The path of a file: IRI, None for any other."""
    parts = urlsplit(iri)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


@lru_cache(maxsize=8)
def read_ontology(
    files: tuple[str, ...],
    stamps: tuple[int, ...],  # noqa: ARG001  (a changed file is another one)
    roots: tuple[str, ...],
) -> Ontology:
    """The ontology of files; ``stamps`` are their times of change, so that a changed file is read again.

    ``roots`` are the files that were named; the others are imported.

    Raises:
        OntologySyntaxError: A file is not valid RDF.
        OntologyError: A file cannot be read, or the files define nothing.
    """
    nodes: _Nodes = defaultdict(lambda: defaultdict(list))
    for number, file in enumerate(files):
        for subject, predicate, object_ in _triples(Path(file), quiet=file not in roots):
            # Blank nodes of two files are two nodes, whatever they are called.
            values = nodes[_apart(subject, number)][predicate]
            value = _apart(object_, number)
            if value not in values:
                values.append(value)
    imported = {
        o.value for values in list(nodes.values()) for o in values[_IMPORTS] if isinstance(o, NamedNode)
    }
    there = {n.value for n in nodes if isinstance(n, NamedNode) and nodes[n][vocab.RDF + "type"]}
    unread = tuple(sorted(iri for iri in imported - there if _local_file(iri) is None))
    ontology = replace(_Builder(nodes).build(files), roots=roots, unread_imports=unread)
    if not ontology.classes and not ontology.properties and not ontology.entities:
        msg = f"{', '.join(files)} defines no class, property or entity in OWL, RDFS or SKOS."
        raise OntologyError(msg)
    return ontology


def _apart(term: Any, number: int) -> Any:
    return BlankNode(f"f{number}x{term.value}") if isinstance(term, BlankNode) else term


def _triples(path: Path, *, quiet: bool) -> Iterator[tuple[Any, str, Any]]:
    """What a file says; ``quiet``: its words are in no message, since nobody has named it."""
    format_ = _format(path) or RdfFormat.TURTLE
    try:
        found = rdf_input(path, format_)
        format_ = found["format"]
        for quad in parse(**found):
            yield quad.subject, quad.predicate.value, quad.object
    except SyntaxError as error:
        line, column = error.lineno or 0, error.offset or 0
        where = f" at line {line}" + (f", column {column}" if column else "") if line else ""
        said = "" if quiet else f": {error.msg}"
        msg = f"{path} is not valid {format_.name}{where}{said}. Mend it there and try again."
        raise OntologySyntaxError(msg, file=str(path), line=line, column=column) from error
    except (OSError, UnicodeError) as error:
        said = getattr(error, "strerror", None) or ("it is not in UTF-8" if quiet else str(error))
        msg = f"{path} cannot be read: {said}."
        raise OntologyError(msg) from error


class _Builder:
    """Turns triples into classes, properties and entities."""

    def __init__(self, nodes: _Nodes) -> None:
        self.nodes = nodes
        self.datatypes = self._find_datatypes()
        self.equivalents = self._find_equivalents(vocab.OWL + "equivalentClass")
        self.equivalent_properties = self._find_equivalents(vocab.OWL + "equivalentProperty")
        classes = self._find_classes()
        self.broader = self._find_broader()
        #: Concepts of thesauri that are things to link to, and those that are classes.
        self.named_concepts, self.common_concepts = self._find_concepts(classes)
        self.class_names = _unique_names(dict.fromkeys((*classes, *self.common_concepts)))
        self.property_names = _unique_names(self._find_properties())
        self.inverses = {
            other: name
            for iri, name in self.property_names.items()
            for other in self._get(NamedNode(iri), vocab.OWL + "inverseOf")
        }

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

    def _find_equivalents(self, predicate: str) -> dict[str, list[str]]:
        """What is said to be the same class or property, read both ways."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in list(self.nodes):
            for other in self._get(node, predicate):
                if isinstance(node, NamedNode) and isinstance(other, NamedNode) and node != other:
                    found[node.value].append(other.value)
                    found[other.value].append(node.value)
        return dict(found)

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

    def _find_broader(self) -> dict[str, list[str]]:
        """The concepts right above each concept, whichever of the two says so."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in list(self.nodes):
            above = [(node, other) for other in self._get(node, vocab.SKOS + "broader")]
            below = [(other, node) for other in self._get(node, vocab.SKOS + "narrower")]
            for one, other in (*above, *below):
                if isinstance(one, NamedNode) and isinstance(other, NamedNode):
                    found[one.value].append(other.value)
        return dict(found)

    def _find_concepts(self, classes: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Labels of the concepts whose labels are names, and those whose labels are common nouns; some are both."""
        # Of what is a member of a class, the class says what it is.
        own = set(classes) - {_CONCEPT}
        own -= {
            c
            for c in own
            if _CONCEPT in (v.value for v in self._get(NamedNode(c), vocab.RDFS + "subClassOf"))
        }
        linked = {*self.broader, *(iri for above in self.broader.values() for iri in above)}
        labels = {}
        for node in list(self.nodes):
            if not isinstance(node, NamedNode) or node.value in own:
                continue
            types = self._types(node)
            is_concept = (
                _CONCEPT in types or node.value in linked or any(self._get(node, p) for p in _IN_SCHEME)
            )
            if is_concept and not types & (own | _PROPERTY_TYPES) and (label := self._text(node, _LABELS)):
                labels[node.value] = label
        capitals = _Capitals(labels.values())
        return (
            {iri: label for iri, label in labels.items() if capitals.may_be_name(label)},
            {iri: label for iri, label in labels.items() if capitals.may_be_common(label)},
        )

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
        parents += self.broader.get(iri, [])
        matches = (v.value for p in _MATCHES for v in self._get(node, p) if isinstance(v, NamedNode))
        same = [*self.equivalents.get(iri, ()), *matches]
        nouns = [noun.lower() for noun in (label, *others)]
        if iri in self.common_concepts:
            # A class is called by the singular, a concept by either.
            nouns = [form for noun in nouns for form in (noun, *_singulars(noun))]
        return OntologyClass(
            iri=iri,
            name=name,
            label=label,
            nouns=tuple(dict.fromkeys(nouns)),
            definition=self._text(node, _DEFINITIONS),
            superclasses=tuple(
                dict.fromkeys(self.class_names[p] for p in parents if p in self.class_names and p != iri)
            ),
            alignments=tuple(sorted({p for p in (*parents, *same) if p not in self.class_names} - _TOPS)),
            equivalents=tuple(dict.fromkeys(self.class_names[c] for c in same if c in self.class_names)),
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
        return self.inverses.get(node, "")

    def _completed(
        self, property_: OntologyProperty, properties: Mapping[str, OntologyProperty]
    ) -> OntologyProperty:
        """A property with what others say, where its own domain, range or kind is missing.

        Those are its equivalents, its super-properties and its inverse; after them, the noun at the end of its name or of
        an equivalent's: a "formation date" takes dates.
        """
        same = self.equivalent_properties.get(property_.iri, [])
        known = [self.property_names[iri] for iri in same if iri in self.property_names]
        for name in (*known, *closure(property_.name, lambda n: properties[n].superproperties)):
            parent = properties[name]
            if not property_.domains and parent.domains:
                property_ = replace(property_, domains=parent.domains)
            if not property_.ranges and parent.ranges and not property_.is_datatype:
                property_ = replace(property_, ranges=parent.ranges, is_datatype=parent.is_datatype)
        if not property_.ranges or property_.ranges == (vocab.RDFS + "Literal",):
            names = (property_.name, property_.label, *(_local_name(iri) for iri in same))
            kind = next((found for name in names if (found := _kind_of_value(name))), "")
            # What is declared to lead to things may do so by any name but that of a date.
            if kind and (kind in _DATES or not self._is_object_property(property_.iri)):
                property_ = replace(property_, ranges=(vocab.XSD + kind,), is_datatype=True)
        other = properties.get(property_.name if property_.symmetric else property_.inverse)
        if other is not None and not other.is_datatype and not property_.is_datatype:
            # What the other end may be is this end.
            domains, ranges = property_.domains or other.ranges, property_.ranges or other.domains
            property_ = replace(property_, domains=domains, ranges=ranges)
        return property_

    def _is_object_property(self, iri: str) -> bool:
        return vocab.OWL + "ObjectProperty" in self._types(NamedNode(iri))

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
    ) -> tuple[dict[str, Entity], dict[str, EntityDetails]]:
        entities: dict[str, Entity] = {}
        details: dict[str, EntityDetails] = {}
        for node in self.nodes:
            if not isinstance(node, NamedNode) or node.value in self.property_names:
                continue
            if node.value in self.class_names and node.value not in self.named_concepts:
                continue
            if not (cls := self._class_of(node, classes)) or not self._texts(node, _LABELS):
                continue
            label = self._label(node, node.value)
            ambiguous = tuple(self._texts(node, (vocab.AMBIGUOUS_LABEL,)))
            if node.value in self.class_names:
                ambiguous = (*self._texts(node, _LABELS), *self._texts(node, _ALT_LABELS), *ambiguous)
            others = (*self._texts(node, _LABELS), *self._texts(node, _ALT_LABELS), *ambiguous)
            same = (v.value for v in self._get(node, vocab.OWL + "sameAs") if isinstance(v, NamedNode))
            entities[node.value] = Entity(
                iri=node.value,
                label=label,
                type=cls,
                type_iri=classes[cls].iri if cls in classes else vocab.OWL + _THING,
                aliases=tuple(n for n in dict.fromkeys(others) if n != label),
                same_as=tuple(sorted(same)),
            )
            gender = self._text(
                node, (vocab.SCHEMA + "gender", _SCHEMA_HTTP + "gender", vocab.FOAF + "gender")
            ).lower()
            details[node.value] = EntityDetails(
                demonyms=tuple(self._texts(node, (vocab.DEMONYM,))),
                ambiguous=ambiguous,
                gender="fem" if gender == "female" else "masc" if gender == "male" else "",
            )
        return entities, details

    def _class_of(self, node: NamedNode, classes: Mapping[str, OntologyClass]) -> str:
        """The name of an entity's class, "Thing" of a concept under no class, "" of what is no entity."""
        if node.value in self.named_concepts:
            above = (node.value, *closure(node.value, lambda iri: self.broader.get(iri, [])))[1:]
            return next((self.class_names[iri] for iri in above if iri in self.class_names), _THING)
        types = [t.value for t in self._get(node, vocab.RDF + "type") if isinstance(t, NamedNode)]
        names = [self.class_names[t] for t in types if t in self.class_names]
        # The narrowest of several classes; of unrelated ones the first.
        higher = {n: set(closure(n, lambda c: classes[c].superclasses)) for n in names}
        return next(
            (n for n in names if not any(n in higher[m] for m in names if m != n and m not in higher[n])), ""
        )

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


class _Capitals:
    """Which labels of a thesaurus are names: those with a capital where its other labels have none.

    Args:
        labels: The preferred labels of all its concepts.
    """

    def __init__(self, labels: Iterable[str]) -> None:
        given = list(labels)
        first = [flags[0] for label in given if (flags := _capitals(label))]
        later = [flag for label in given for flag in _capitals(label)[1:]]
        #: Whether a capital tells at the first and at the later words.
        self.tells = tuple(2 * sum(flags) <= len(flags) for flags in (first, later))

    def may_be_name(self, label: str) -> bool:
        """Whether a label can be a name."""
        return any(_capitals(label))

    def may_be_common(self, label: str) -> bool:
        """Whether a label can be a common noun."""
        return not any(flag and self.tells[i > 0] for i, flag in enumerate(_capitals(label)))


def _capitals(label: str) -> list[bool]:
    """Of each word, whether its capital could be that of a name; an acronym's among other words is not."""
    return [
        word[:1].isupper() and word[1:2] != "-" and (label.isupper() or not word.isupper())
        for word in label.split()
    ]


def _singulars(noun: str) -> tuple[str, ...]:
    """What the singular of an English noun phrase may be; one that is no word does no harm."""
    if noun.endswith("ies"):
        return (noun[:-3] + "y",)
    if noun.endswith(("ses", "xes", "zes", "ches", "shes")):
        return (noun[:-2], noun[:-1])
    return (noun[:-1],) if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else ()


def _unique_names(iris: Iterable[str]) -> dict[str, str]:
    """Local names by IRI; the second of two equal ones gets a number."""
    taken: set[str] = set()
    names = {}
    for iri in iris:
        local = _local_name(iri)
        name, number = local, 1
        while name in taken or name == _THING:
            number += 1
            name = f"{local}_{number}"
        taken.add(name)
        names[iri] = name
    return names


def _local_name(iri: str) -> str:
    return re.split(r"[#/:]", iri.rstrip("#/"))[-1] or iri


def _kind_of_value(name: str) -> str:
    """The XSD datatype that the head noun of a property's name tells ("formationDate", "number of crew"), or ""."""
    words = _AFTER_HEAD.split(words_of_name(name).lower(), maxsplit=1)[0].split()
    return _VALUE_NOUNS.get(words[-1], "") if words else ""


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
