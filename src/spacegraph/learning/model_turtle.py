"""A linear model as part of a lexicon file: clues, known labels and forms of literals, to be read and changed.

::

    lex:builtBy-clues a lex:Clues ;
        ontolex:reference :builtBy ;
        lex:base -3.1 ;
        lex:objectKind "name" ;
        lex:pairClue
          [ lex:sees "path=nsubjpass>build<agent" ; lex:weight 2.4 ; lex:support 3 ; lex:precision 0.8 ] .

    lex:label_United_States a lex:KnownLabel ;
        skos:prefLabel "United States" ;
        lex:knownAs [ lex:words "American" ; lex:objectOf :nationality ; lex:support 7 ] .

    lex:length-form-1 a lex:LiteralForm ;
        ontolex:reference :length ;
        lex:valueKind "number" ; lex:unit "metre" ; lex:form "{float} (metres)" ; lex:support 3 .
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from spacegraph.errors import OntologyError
from spacegraph.learning.candidates import bare
from spacegraph.learning.labels import Labels
from spacegraph.learning.model import SIDES, Clue, LinearModel, RelationClues
from spacegraph.lexicon import Nodes, read_nodes
from spacegraph.vocab import LEX, ONTOLEX, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacegraph.ontology import Ontology

__all__ = ["iri_term", "local_name", "model_turtle", "namespace", "quoted", "read_model"]

_ROLES = {"sub": "subjectOf", "obj": "objectOf"}
_KINDS = ("name", "noun", "number", "date", "value", "label")


def model_turtle(model: LinearModel, ontology: Ontology) -> list[str]:
    """The lines of a lexicon file that hold a model, in a fixed order."""
    lines = [
        "# Clues: what speaks for a property (weight above 0) or against it; base is where it starts. They decide where",
        "# entries differ and read what no entry fits. Delete, change and add clues as you like.",
        "",
    ]
    for part in sorted(model.parts, key=lambda p: p.relation):
        lines += _clues(part, ontology)
    lines += ["# What things are called, and the words that stand for them.", ""]
    lines += _labels(model.labels, ontology)
    lines += ["# How values are written.", ""]
    lines += _forms(model.labels, ontology)
    return lines


def local_name(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def quoted(value: str) -> str:
    """A string as Turtle writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _node(*parts: str) -> str:
    """A name for a resource that is read by people: letters, figures, "_" and "-" only."""
    return "lex:" + "-".join(
        "_".join("".join(ch if ch.isalnum() else " " for ch in p).split()) or "x" for p in parts
    )


def namespace(ontology: Ontology) -> str:
    """The namespace of most of an ontology's properties, which a lexicon file abbreviates to ":"."""
    counts = Counter(p.iri.removesuffix(local_name(p.iri)) for p in ontology.properties.values())
    return max(counts.items(), key=lambda x: (x[1], x[0]))[0] if counts else LEX


def iri_term(iri: str, ontology: Ontology) -> str:
    """An IRI as a lexicon file writes it: ":builtBy", or in full where that cannot be."""
    local = local_name(iri)
    short = iri == namespace(ontology) + local and re.fullmatch(r"[A-Za-z_][\w-]*", local, re.ASCII)
    return f":{local}" if short else f"<{iri}>"


def _reference(relation: str, ontology: Ontology) -> str:
    found = ontology.find_property(relation)
    return iri_term(found.iri if found is not None else LEX + relation, ontology)


def _statement(node: str, type_: str, rows: list[tuple[str, str]]) -> list[str]:
    body = [
        f"    {predicate}{'' if value.startswith(chr(10)) else ' '}{value} ;" for predicate, value in rows
    ]
    body[-1] = body[-1][:-1] + "."
    return [f"{node} a lex:{type_} ;", *body, ""]


def _clues(part: RelationClues, ontology: Ontology) -> list[str]:
    rows = [("ontolex:reference", _reference(part.relation, ontology))]
    found = ontology.find_property(part.relation)
    if found is not None and local_name(found.iri) != part.relation:
        # Two properties share a local name, and this one goes by another.
        rows.append(("lex:named", quoted(part.relation)))
    rows.append(("lex:base", f"{part.base:g}"))
    if part.kinds:
        rows.append(("lex:objectKind", ", ".join(quoted(kind) for kind in part.kinds)))
    rows += [("lex:usualObjects", str(part.objects)), ("lex:usualSubjects", str(part.subjects))]
    if part.together:
        rows.append(("lex:togetherWith", ", ".join(_reference(r, ontology) for r in part.together)))
    if part.across:
        rows.append(("lex:acrossSentences", "true"))
    for side in SIDES:
        clues = [
            f"\n      [ lex:sees {quoted(c.sees)} ; lex:weight {c.weight:g} ; lex:support {c.support} ; "
            f"lex:precision {c.precision:g} ]"
            for c in part.clues
            if c.side == side
        ]
        if clues:
            rows.append((f"lex:{side}Clue", " ,".join(clues)))
    return _statement(_node(part.relation, "clues"), "Clues", rows)


def _labels(labels: Labels, ontology: Ontology) -> list[str]:
    known: dict[str, dict[tuple[str, int], dict[str, list[str]]]] = defaultdict(dict)
    for key, uses in labels.counts.items():
        for (role, rel, label), n in sorted(uses.items()):
            wording = known[label].setdefault((labels.texts.get(key, key), n), {})
            if role:
                wording.setdefault(_ROLES[role], []).append(_reference(rel, ontology))
    lines: list[str] = []
    taken: Counter[str] = Counter()
    for label, wordings in sorted(known.items()):
        node = _node("label", label)
        taken[node] += 1
        if taken[node] > 1:
            node += f"-{taken[node]}"
        rows = [("skos:prefLabel", quoted(label))]
        if label in labels.persons:
            rows.append(("lex:person", "true"))
        said = []
        for (words, n), roles in sorted(wordings.items()):
            parts = "".join(f" ; lex:{role} {', '.join(terms)}" for role, terms in sorted(roles.items()))
            said.append(f"\n      [ lex:words {quoted(words)}{parts} ; lex:support {n} ]")
        rows.append(("lex:knownAs", " ,".join(said)))
        lines += _statement(node, "KnownLabel", rows)
    return lines


def _forms(labels: Labels, ontology: Ontology) -> list[str]:
    lines: list[str] = []
    count: Counter[str] = Counter()
    for (role, rel, shape), forms in sorted(labels.templates.items()):
        kind, space, unit = shape.partition(" ")
        if kind == "number" and not space:
            continue  # follows from those with units
        for form, n in sorted(forms.items(), key=lambda x: (-x[1], x[0])):
            count[rel] += 1
            rows = [("ontolex:reference", _reference(rel, ontology)), ("lex:valueKind", quoted(kind))]
            if role == "sub":
                rows.append(("lex:ofSubject", "true"))
            if unit:
                rows.append(("lex:unit", quoted(unit)))
            rows += [("lex:form", quoted(form)), ("lex:support", str(n))]
            lines += _statement(_node(rel, "form", str(count[rel])), "LiteralForm", rows)
    for kind, (hits, total) in sorted(labels.short_names.items()):
        middle, bracket, _ = kind.partition("(")
        rows = [("lex:middleName", quoted(middle)), ("lex:beforeParenthesis", "true" if bracket else "false")]
        rows += [("lex:shortened", str(hits)), ("lex:support", str(total))]
        lines += _statement(_node("names", middle, *(("bracket",) if bracket else ())), "NameForm", rows)
    return lines


def read_model(path: Path) -> LinearModel:
    """Read the model that a lexicon file holds.

    Raises:
        OntologySyntaxError: The file is not valid Turtle.
        OntologyError: There is no such file, or a clue, label or form lacks what it needs; the message names it.
    """
    nodes = read_nodes(path)
    names = {
        reference.value: name.value
        for values in list(nodes.values())
        for reference in values[ONTOLEX + "reference"]
        for name in values[LEX + "named"]
    }
    labels = Labels()
    parts = []
    for node in sorted((n for n in nodes if isinstance(n, NamedNode)), key=lambda n: str(n.value)):
        source = _Source(path, node, nodes, names)
        types = {local_name(t.value) for t in nodes[node][RDF + "type"] if isinstance(t, NamedNode)}
        if "Clues" in types:
            parts.append(source.clues())
        elif "KnownLabel" in types:
            source.label(labels)
        elif "LiteralForm" in types:
            source.form(labels)
        elif "NameForm" in types:
            kind = source.text("lex:middleName") + (
                "(" if source.text("lex:beforeParenthesis") == "true" else ""
            )
            labels.short_names[kind] = [
                int(source.number("lex:shortened")),
                int(source.number("lex:support", 1)),
            ]
    labels.complete()
    merged: dict[str, RelationClues] = {}
    for part in parts:
        if part.relation in merged:
            msg = f"{path} has two lex:Clues for {part.relation}. Put their clues into one."
            raise OntologyError(msg)
        merged[part.relation] = part
    return LinearModel(labels, tuple(merged[r] for r in sorted(merged)))


class _Source:
    """One resource of a lexicon file, with errors that name it."""

    def __init__(self, path: Path, node: Any, nodes: Nodes, names: dict[str, str], name: str = "") -> None:
        self.path, self.node, self.nodes, self.names = path, node, nodes, names
        self.name = name or local_name(node.value)

    def all(self, predicate: str) -> list[Any]:
        prefix, _, local = predicate.partition(":")
        return self.nodes[self.node][{"lex": LEX, "ontolex": ONTOLEX, "skos": SKOS}[prefix] + local]

    def parts(self, predicate: str) -> Iterator[_Source]:
        for value in self.all(predicate):
            if isinstance(value, Literal):
                msg = f"{self.path}: {predicate} of {self.name} is to be given in square brackets."
                raise OntologyError(msg)
            yield _Source(self.path, value, self.nodes, self.names, self.name)

    def text(self, predicate: str, default: str | None = None) -> str:
        values = [v.value for v in self.all(predicate) if isinstance(v, Literal)]
        if not values and default is None:
            msg = f"{self.path}: {self.name} has no {predicate}. Give it one, in quotes."
            raise OntologyError(msg)
        return values[0] if values else str(default)

    def number(self, predicate: str, default: float | None = None) -> float:
        text = self.text(predicate, None if default is None else str(default))
        try:
            return float(text)
        except ValueError as error:
            msg = f"{self.path}: {predicate} of {self.name} is {text!r}, which is no number."
            raise OntologyError(msg) from error

    def relation(self, predicate: str = "ontolex:reference") -> str:
        values = [v for v in self.all(predicate) if isinstance(v, NamedNode)]
        if len(values) != 1:
            msg = f"{self.path}: {self.name} needs one {predicate}, the IRI of a property."
            raise OntologyError(msg)
        return self.property_name(values[0])

    def property_name(self, node: NamedNode) -> str:
        return self.names.get(node.value) or local_name(node.value)

    def clues(self) -> RelationClues:
        clues = [
            Clue(
                side,
                clue.text("lex:sees"),
                clue.number("lex:weight"),
                int(clue.number("lex:support", 0)),
                clue.number("lex:precision", 0),
            )
            for side in SIDES
            for clue in self.parts(f"lex:{side}Clue")
        ]
        clues.sort(key=lambda c: (SIDES.index(c.side), -c.weight, c.sees))
        kinds = tuple(sorted(v.value for v in self.all("lex:objectKind"))) or _KINDS
        unknown = sorted(set(kinds).difference(_KINDS))
        if unknown:
            msg = f"{self.path}: lex:objectKind of {self.name} is {unknown[0]!r}, which is not one of {', '.join(_KINDS)}."
            raise OntologyError(msg)
        return RelationClues(
            self.relation(),
            self.number("lex:base", -4),
            kinds,
            int(self.number("lex:usualObjects", 1)),
            int(self.number("lex:usualSubjects", 1)),
            tuple(sorted(self.property_name(v) for v in self.all("lex:togetherWith"))),
            self.text("lex:acrossSentences", "false") == "true",
            tuple(clues),
        )

    def label(self, labels: Labels) -> None:
        label = self.text("skos:prefLabel")
        if self.text("lex:person", "false") == "true":
            labels.persons.add(label)
        for wording in self.parts("lex:knownAs"):
            words = wording.text("lex:words")
            key = bare(words)
            labels.texts[key] = words
            uses = [
                (role, self.property_name(v))
                for role, predicate in _ROLES.items()
                for v in wording.all(f"lex:{predicate}")
                if isinstance(v, NamedNode)
            ]
            # A wording that is said of no property stands for the label wherever it is found.
            for role, rel in uses or [("", "")]:
                labels.counts[key][role, rel, label] += int(wording.number("lex:support", 1))

    def form(self, labels: Labels) -> None:
        role = "sub" if self.text("lex:ofSubject", "false") == "true" else "obj"
        kind = self.text("lex:valueKind")
        if kind not in ("year", "month", "day", "number"):
            msg = f"{self.path}: lex:valueKind of {self.name} is {kind!r}, which is not one of number, day, month, year."
            raise OntologyError(msg)
        shape = f"number {self.text('lex:unit', '')}" if kind == "number" else kind
        labels.templates[role, self.relation(), shape][self.text("lex:form")] += int(
            self.number("lex:support", 1)
        )
