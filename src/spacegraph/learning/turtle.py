"""Writes a lexicon as OntoLex-Lemon Turtle: the form in which lexicons are also written by hand."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.errors import ConfigError
from spacegraph.learning.model_turtle import iri_term, model_turtle, namespace, quoted
from spacegraph.lexicon import ROLES
from spacegraph.vocab import ARG, LEX, LEXINFO, ONTOLEX, SG, SKOS, SYNSEM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacegraph.learning.learner import Learnt
    from spacegraph.lexicon import Sense
    from spacegraph.ontology import Ontology

__all__ = ["lexicon_turtle", "write_lexicon"]

_ARGUMENT_OF = {role: local for local, role in ROLES.items()}
_PREFIXES = {
    "arg": ARG,
    "lex": LEX,
    "lexinfo": LEXINFO,
    "ontolex": ONTOLEX,
    "sg": SG,
    "skos": SKOS,
    "synsem": SYNSEM,
}


def write_lexicon(learnt: Learnt, path: str | Path, ontology: Ontology) -> Path:
    """Write what was learnt as a lexicon file.

    The file is complete or not there at all: it is written under another name first.

    Returns:
        The file written.

    Raises:
        ConfigError: The folder cannot be written to.
    """
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(lexicon_turtle(learnt, ontology), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        msg = f"{path} cannot be written: {error.strerror}. Choose another place with -o."
        raise ConfigError(msg) from error
    return path


def lexicon_turtle(learnt: Learnt, ontology: Ontology) -> str:
    """A lexicon file's text: entries grouped by word, then clues, labels and forms, all in a fixed order."""
    entries: dict[tuple[str, str, tuple[str, ...]], list[Sense]] = defaultdict(list)
    for sense in learnt.lexicon.senses:
        entries[sense.entry, str(sense.kind), sense.forms].append(sense)
    lines = [
        "# How English expresses the properties of an ontology, as learnt by spacegraph.",
        "# Change, delete and add as you like: docs/learning.md says how each part reads.",
        "",
        *(
            f"@prefix {prefix}: <{iri}> ."
            for prefix, iri in sorted({"": namespace(ontology), **_PREFIXES}.items())
        ),
        "",
    ]
    if learnt.lexicon.label_cues:
        lines += [
            "# Of properties that no clue below speaks of, the labels read. Delete this line and they do not.",
            "lex:settings lex:labelCues true .",
            "",
        ]
    lines += ["# Entries: words and constructions, with the arguments that they join.", ""]
    for (name, kind, forms), group in sorted(entries.items()):
        construction = ", lex:Construction" if not forms else ""
        lines.append(f"lex:{name} a ontolex:LexicalEntry{construction} ;")
        lines.append(f"    lexinfo:partOfSpeech lexinfo:{kind} ;")
        for n, form in enumerate(forms):
            which = "canonicalForm" if n == 0 else "otherForm"
            lines.append(f"    ontolex:{which} [ ontolex:writtenRep {quoted(form)}@en ] ;")
        group.sort(key=lambda s: (-s.confidence, s.property_iri, s.subject_roles, s.object_roles))
        senses_text = " ,\n      ".join(_sense(sense, ontology) for sense in group)
        lines += [f"    ontolex:sense {senses_text} .", ""]
    if learnt.model is not None:
        lines += model_turtle(learnt.model, ontology)
    return "\n".join(lines)


def _sense(sense: Sense, ontology: Ontology) -> str:
    parts = [
        f"ontolex:reference {iri_term(sense.property_iri, ontology)}",
        f"synsem:subjOfProp {_arguments(sense.subject_roles)}",
        f"synsem:objOfProp {_arguments(sense.object_roles)}",
    ]
    for term, names in (
        ("subjectClass", sense.subject_class),
        ("objectClass", sense.object_class),
        ("predicateClass", sense.predicate_class),
    ):
        if names:
            parts.append(f"lex:{term} " + ", ".join(iri_term(ontology.class_iri(n), ontology) for n in names))
    if sense.requires:
        parts.append(f"lex:requires {_arguments(sense.requires)}")
    if sense.excludes:
        parts.append(f"lex:excludes {_arguments(sense.excludes)}")
    parts += [f"lex:unlessModifiedBy {quoted(word)}" for word in sense.unless]
    if sense.deed_to_doer:
        parts.append("lex:deedToDoer true")
    if sense.denies:
        parts.append("lex:denies true")
    if sense.implied:
        parts.append("lex:implied true")
    if sense.by_speaking:
        parts.append("lex:bySpeaking true")
    if sense.object_value:
        parts.append(f"lex:objectValue {quoted(sense.object_value)}@en")
    if sense.when_denied_twice:
        parts.append(f"lex:whenDeniedTwice <{sense.when_denied_twice}>")
    if sense.when_ended:
        parts.append(f"lex:whenEnded <{sense.when_ended}>")
    if sense.when_planned:
        parts.append(f"lex:whenPlanned <{sense.when_planned}>")
    parts.append(f"sg:confidence {sense.confidence}")
    if sense.origin != "written":
        parts.append(f"lex:origin {quoted(sense.origin)}")
    if sense.example:
        parts.append(f"skos:example {quoted(sense.example)}@en")
    return "[ a synsem:OntoMap ;\n        " + " ;\n        ".join(parts) + " ]"


def _arguments(roles: Iterable[str]) -> str:
    return ", ".join(
        f"arg:pp_{role.removeprefix('pp:').replace(' ', '_')}"
        if role.startswith("pp:")
        else f"arg:{_ARGUMENT_OF[role]}"
        for role in roles
    )
