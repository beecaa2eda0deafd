"""The lexicon: how English words and constructions express the ontology's properties.

``lexicon.ttl`` is written in OntoLex-Lemon (W3C Ontology-Lexicon Community Group, 2016), with the
``synsem`` module for how a word's syntactic arguments fill the subject and the object of a property.
This module turns such files into :class:`Sense` values and an index over them; what they match is
:mod:`spacegraph.mapping`'s business.

An entry is a word or phrase (``ontolex:canonicalForm``) with a part of speech and one or more
senses, or a *construction* without a word of its own (possessive, compound, apposition), which
restricts the class of what its noun denotes instead.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from pyoxigraph import Literal as RdfLiteral

from spacegraph.errors import OntologyError, OntologySyntaxError
from spacegraph.model import PropositionKind
from spacegraph.ontology import default_path
from spacegraph.vocab import ARG, CONFIDENCE, LEX, LEXINFO, ONTOLEX, RDF, SKOS, SYNSEM

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LEARNT_TYPES", "Lexicon", "Nodes", "Sense", "change_time", "load_lexicon", "read_nodes"]

#: A lexicon file's resources -> predicate -> objects.
Nodes: TypeAlias = "dict[Any, dict[str, list[Any]]]"
#: Types of what a lexicon file may hold beside entries.
LEARNT_TYPES = frozenset((LEX + "Clues", LEX + "KnownLabel", LEX + "LiteralForm", LEX + "NameForm"))

_SKOS_EXAMPLE = SKOS + "example"
_RDF_TYPE = RDF + "type"

#: Syntactic arguments by their local name -> role of a proposition's argument.
ROLES = {
    "subject": "subj",
    "object": "obj",
    "indirectObject": "iobj",
    "attribute": "attr",
    "quality": "quality",
    "clause": "comp",
    "time": "time",
    "duration": "duration",
    "referent": "ref",
    "possessor": "poss",
    "modifier": "compound",
    "nationality": "adj",
    "title": "title",
    "apposition": "appos",
    "place": "appos-place",
    "alias": "alias",
    "predicate": "predicate",
    "state": "state",
    "modified": "modified",
    "doer": "doer",
    "source": "source",
    "speech": "speech",
    "addressee": "addressee",
    "amount": "amount",
    "count": "count",
    "phrase": "phrase",
    "affiliation": "affiliation",
    "kind": "kind",
    "objectModifier": "obj:compound",
}
#: Roles that only adjectives before a noun have.
_ATTRIBUTIVE = frozenset(("modified", "doer"))
#: A prepositional argument is ``arg:pp_on``; several words are joined by "_": ``arg:pp_in_front_of``.
_PREPOSITION = "pp_"

_KINDS = {
    LEXINFO + "verb": PropositionKind.VERB,
    LEXINFO + "noun": PropositionKind.NOUN,
    LEXINFO + "adjective": PropositionKind.ADJECTIVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One way in which one entry expresses one property.

    ``subject_roles`` and ``object_roles`` are alternatives: whichever the proposition has. ``forms`` are the
    words of the entry's lemma and variants; empty for a construction. Class restrictions narrow what
    the property's own domain and range admit. ``unless`` are words that, modifying the entry's own, make it
    mean something else ("deputy" director). ``deed_to_doer``: where the object is
    somebody's deed, the property also holds of the doer. ``when_ended`` is the property to use
    instead where the text says that it no longer holds, ``when_planned`` where it says that it is yet to be.
    ``denies``: the words say that it is not so (to be silent on a question is not to respond to it).
    ``implied``: the property only follows from what the words say (what carries somebody to a place goes there), so
    that denying the words does not deny it. ``when_denied_twice`` is the property to deny where the text denies that the
    words do not hold ("no sign that they are not committed" denies ``notCommittedTo``). ``object_value`` are words that
    stand as the object in place of those of the text ("uncrewed" says that there is no "crew"). ``by_speaking``: whoever
    says so does it by saying it (to call somebody's work superb is to praise him); what is only supposed or denied does not.
    ``confidence`` lies in 0 to 1.
    """

    entry: str
    kind: PropositionKind
    forms: tuple[str, ...]
    property_iri: str
    subject_roles: tuple[str, ...]
    object_roles: tuple[str, ...]
    subject_class: tuple[str, ...] = ()
    object_class: tuple[str, ...] = ()
    predicate_class: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    deed_to_doer: bool = False
    when_ended: str = ""
    when_planned: str = ""
    when_denied_twice: str = ""
    object_value: str = ""
    by_speaking: bool = False
    denies: bool = False
    implied: bool = False
    confidence: float = 0.8
    example: str = ""
    origin: str = "written"

    @property
    def relation(self) -> str:
        """Local name of the property."""
        return self.property_iri.rpartition("#")[2].rpartition("/")[2]

    @property
    def rule(self) -> str:
        """How facts name it: ``criticize-verb→criticized``."""
        return f"{self.entry}→{self.relation}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Senses, with an index by word class and lemma.

    ``index`` maps (kind, head lemma) to the senses whose form begins with that lemma, in a
    fixed order; ``constructions`` maps a kind to the senses that have no word of their own.
    """

    senses: tuple[Sense, ...] = ()
    index: dict[tuple[PropositionKind, str], tuple[tuple[Sense, tuple[str, ...]], ...]] = field(
        default_factory=dict
    )
    constructions: dict[PropositionKind, tuple[Sense, ...]] = field(default_factory=dict)
    #: Lexicon files that also hold clues (:mod:`spacegraph.learning`).
    clues: tuple[str, ...] = ()
    #: Adjectives that say something of the noun that they stand before.
    attributive_forms: frozenset[str] = frozenset()
    #: Whether the labels of the ontology read what no entry and no clue speaks of.
    label_cues: bool = False

    @classmethod
    def from_senses(
        cls, senses: Iterable[Sense], clues: Iterable[str] = (), *, label_cues: bool = False
    ) -> Lexicon:
        """Index ``senses``; of two equal ones the first is kept."""
        unique = tuple(dict.fromkeys(senses))
        index: dict[tuple[PropositionKind, str], list[tuple[Sense, tuple[str, ...]]]] = defaultdict(list)
        constructions: dict[PropositionKind, list[Sense]] = defaultdict(list)
        for sense in unique:
            if not sense.forms:
                constructions[sense.kind].append(sense)
            for form in sense.forms:
                words = tuple(form.lower().split())
                # The head of an English noun phrase stands last, that of a verb phrase first.
                head = words[-1] if sense.kind is PropositionKind.NOUN else words[0]
                index[sense.kind, head].append((sense, words))
        return cls(
            unique,
            {key: tuple(values) for key, values in index.items()},
            {key: tuple(values) for key, values in constructions.items()},
            tuple(dict.fromkeys(clues)),
            frozenset(
                form.lower()
                for sense in unique
                if sense.kind is PropositionKind.ADJECTIVE
                and not _ATTRIBUTIVE.isdisjoint((*sense.subject_roles, *sense.object_roles))
                for form in sense.forms
            ),
            label_cues,
        )

    def merged(self, other: Lexicon) -> Lexicon:
        """Both lexicons' senses; this one's come first."""
        return Lexicon.from_senses(
            (*self.senses, *other.senses),
            (*self.clues, *other.clues),
            label_cues=self.label_cues or other.label_cues,
        )


def load_lexicon(*paths: str | Path) -> Lexicon:
    """Read lexicon files; without a path, the built-in one.

    Raises:
        OntologySyntaxError: A file is not valid Turtle.
        OntologyError: A file is missing, or an entry lacks what it needs; the message names it.
    """
    files = [Path(path) for path in paths] or [default_path("lexicon.ttl")]
    return _load(tuple((str(file), change_time(file)) for file in files))


def change_time(path: str | Path) -> int:
    """When a file was last changed, in nanoseconds: what is kept of a file is kept until it changes; 0 without one."""
    path = Path(path)
    return path.stat().st_mtime_ns if path.is_file() else 0


def read_nodes(path: Path) -> Nodes:
    """The resources of a lexicon file with what is said of each.

    Raises:
        OntologySyntaxError: The file is not valid Turtle.
        OntologyError: There is no such file.
    """
    if not path.is_file():
        msg = f"There is no lexicon file {path}. Name a Turtle file with ontolex:LexicalEntry resources."
        raise OntologyError(msg)
    nodes: Nodes = defaultdict(lambda: defaultdict(list))
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            nodes[quad.subject][quad.predicate.value].append(quad.object)
    except SyntaxError as error:
        msg = f"{path} is not valid Turtle at line {error.lineno}: {error.msg}. Mend that line and try again."
        raise OntologySyntaxError(
            msg, file=str(path), line=error.lineno or 0, column=error.offset or 0
        ) from error
    except (OSError, UnicodeError) as error:
        msg = f"The lexicon {path} cannot be read: {error}. Name a Turtle file in UTF-8."
        raise OntologyError(msg) from error
    return nodes


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[str, int], ...]) -> Lexicon:
    senses: list[Sense] = []
    clues: list[str] = []
    label_cues = False
    for file, _ in files:
        path = Path(file)
        nodes = read_nodes(path)
        found = [s for node in list(nodes) if _is_entry(node, nodes) for s in _senses(path, node, nodes)]
        found.sort(key=lambda s: (s.entry, s.property_iri, s.subject_roles, s.object_roles))
        senses.extend(found)
        types = {
            kind.value for node in nodes.values() for kind in node[_RDF_TYPE] if isinstance(kind, NamedNode)
        }
        if not types.isdisjoint(LEARNT_TYPES):
            clues.append(file)
        label_cues = label_cues or any(
            o.value == "true" for node in nodes.values() for o in node[LEX + "labelCues"]
        )
    return Lexicon.from_senses(senses, clues, label_cues=label_cues)


def _is_entry(node: Any, nodes: Nodes) -> bool:
    return isinstance(node, NamedNode) and bool(nodes[node].get(ONTOLEX + "sense"))


def _senses(path: Path, subject: NamedNode, nodes: Nodes) -> Iterable[Sense]:
    entry = nodes[subject]
    name = subject.value.rpartition("#")[2].rpartition("/")[2]
    kinds = [_KINDS[o.value] for o in entry[LEXINFO + "partOfSpeech"] if o.value in _KINDS]
    if len(kinds) != 1:
        msg = (
            f"{path}: the entry {name} needs one lexinfo:partOfSpeech: lexinfo:verb, lexinfo:noun or "
            "lexinfo:adjective."
        )
        raise OntologyError(msg)
    forms = [
        form.value
        for kind in ("canonicalForm", "otherForm")
        for node in entry[ONTOLEX + kind]
        for form in nodes[node][ONTOLEX + "writtenRep"]
    ]
    for node in entry[ONTOLEX + "sense"]:
        sense = nodes[node]
        references = sense[ONTOLEX + "reference"]
        if len(references) != 1 or not isinstance(references[0], NamedNode):
            msg = f"{path}: a sense of the entry {name} needs one ontolex:reference, the property's IRI."
            raise OntologyError(msg)
        if (
            not forms
            and not sense[LEX + "predicateClass"]
            and LEX + "Construction" not in _iris(entry[_RDF_TYPE])
        ):
            msg = (
                f"{path}: the entry {name} has no ontolex:canonicalForm with an ontolex:writtenRep. Give it "
                "one, or make it a lex:Construction."
            )
            raise OntologyError(msg)
        yield Sense(
            entry=name,
            kind=kinds[0],
            forms=tuple(sorted(forms)),
            property_iri=references[0].value,
            subject_roles=_roles(path, name, "subjOfProp", sense[SYNSEM + "subjOfProp"]),
            object_roles=_roles(path, name, "objOfProp", sense[SYNSEM + "objOfProp"]),
            object_value=next((o.value for o in sense[LEX + "objectValue"]), ""),
            subject_class=_names(sense[LEX + "subjectClass"]),
            object_class=_names(sense[LEX + "objectClass"]),
            predicate_class=_names(sense[LEX + "predicateClass"]),
            requires=_roles(path, name, "", sense[LEX + "requires"]),
            excludes=_roles(path, name, "", sense[LEX + "excludes"]),
            unless=tuple(sorted(o.value for o in sense[LEX + "unlessModifiedBy"])),
            deed_to_doer=any(o.value == "true" for o in sense[LEX + "deedToDoer"]),
            when_ended=next((o.value for o in sense[LEX + "whenEnded"]), ""),
            when_planned=next((o.value for o in sense[LEX + "whenPlanned"]), ""),
            when_denied_twice=next((o.value for o in sense[LEX + "whenDeniedTwice"]), ""),
            denies=any(o.value == "true" for o in sense[LEX + "denies"]),
            by_speaking=any(o.value == "true" for o in sense[LEX + "bySpeaking"]),
            implied=any(o.value == "true" for o in sense[LEX + "implied"]),
            confidence=float(next((o.value for o in sense[CONFIDENCE]), "0.8")),
            example=next((o.value for o in sense[_SKOS_EXAMPLE]), ""),
            origin=next((o.value for o in (*sense[LEX + "origin"], *entry[LEX + "origin"])), "written"),
        )


def _roles(path: Path, name: str, what: str, values: list[Any]) -> tuple[str, ...]:
    if what and not values:
        msg = f"{path}: a sense of the entry {name} has no synsem:{what}; name the argument that fills it."
        raise OntologyError(msg)
    roles = []
    for value in values:
        local = value.value.removeprefix(ARG)
        if local.startswith(_PREPOSITION):
            roles.append("pp:" + local.removeprefix(_PREPOSITION).replace("_", " "))
        elif local in ROLES:
            roles.append(ROLES[local])
        else:
            msg = (
                f"{path}: the entry {name} names the argument {local!r}, which is not one of "
                f"{', '.join(sorted(ROLES))}, or pp_ with a preposition."
            )
            raise OntologyError(msg)
    return tuple(sorted(roles))


def _iris(values: list[Any]) -> set[str]:
    return {value.value for value in values if isinstance(value, NamedNode)}


def _names(values: list[Any]) -> tuple[str, ...]:
    return tuple(
        sorted(
            value.value.rpartition("#")[2].rpartition("/")[2]
            for value in values
            if not isinstance(value, (BlankNode, RdfLiteral))
        )
    )
