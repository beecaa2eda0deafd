"""Example sentences with their triples, as people write them: one JSON object a line.

    {"id": "1", "sent": "Kestrel 2 lifted off from Bluff Point.", "triples": [{"sub": "Kestrel 2", "rel": "launchSite",
     "obj": "Bluff Point"}]}

What cannot be used is said in a sentence that names the line and what to do, and the rest is used; ``strict``
refuses instead.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacegraph.errors import ConfigError, UnknownTermError
from spacegraph.learning.candidates import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacegraph.ontology import Ontology, OntologyProperty

__all__ = ["Example", "PropertyNames", "read_examples"]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence (or a few) and the triples that it expresses: subject, name of the property, object."""

    id: str
    sent: str
    triples: tuple[tuple[str, str, str], ...] = ()


class PropertyNames:
    """Finds an ontology's properties by IRI, local name or label, whatever the spaces and capitals."""

    def __init__(self, ontology: Ontology) -> None:
        self._found: dict[str, OntologyProperty] = {}
        properties = list(ontology.properties.values())
        for name in ("label", "name", "iri"):
            for p in properties:
                self._found.setdefault(bare(getattr(p, name)), p)
        for p in properties:
            for label in p.alt_labels:
                self._found.setdefault(bare(label), p)

    def find(self, term: str) -> OntologyProperty | None:
        """The property that a term names, None where there is none."""
        return self._found.get(bare(term))

    def closest(self, term: str) -> tuple[str, ...]:
        """Local names of properties with a name much like a term."""
        from difflib import get_close_matches

        return tuple(self._found[k].name for k in get_close_matches(bare(term), sorted(self._found), n=2))


def read_examples(
    path: str | Path, ontology: Ontology | None = None, *, strict: bool = False
) -> tuple[list[Example], list[str]]:
    """Read a file of examples.

    Args:
        path: A JSON Lines file in UTF-8.
        ontology: Where given, triples with other relations than its own are left out, and those kept name the
            property by its local name.
        strict: Raise at the first thing that cannot be used.

    Returns:
        The examples, and a sentence for each thing that was left out.

    Raises:
        ConfigError: There is no such file, nothing in it can be used, or ``strict`` and a line is malformed.
        UnknownTermError: ``strict`` and a relation is not in the ontology.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        msg = f"The examples {path} cannot be read: {error.strerror}. Name a JSON Lines file."
        raise ConfigError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path} is not UTF-8 text (byte {error.start}). Save it as UTF-8 and try again."
        raise ConfigError(msg) from error
    checker = _Checker(ontology) if ontology is not None else None
    found: list[Example] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(text.rstrip().split("\n"), 1):
        where = f"{path}, line {number}"
        example, wrong = _parse(line, where, checker, number)
        if example is not None and example.id in seen:
            wrong.append(
                f"{where}: the id {example.id!r} was used before; the sentence is used all the same. Give it an id of its own."
            )
        if wrong and strict:
            if "the ontology has no property" in wrong[0]:
                raise UnknownTermError(wrong[0])
            raise ConfigError(wrong[0])
        problems += wrong
        if example is not None:
            seen.add(example.id)
            found.append(example)
    if not found:
        first = f" The first problem: {problems[0]}" if problems else ""
        msg = f'{path} holds no example that can be used. Give one object a line with "sent" and "triples".{first}'
        raise ConfigError(msg)
    return found, problems


def _parse(line: str, where: str, checker: _Checker | None, number: int) -> tuple[Example | None, list[str]]:
    if not line.strip():
        return None, [f"{where} is empty. Delete it."]
    try:
        row = json.loads(line)
    except ValueError as error:
        return None, [f"{where} is not JSON ({error}). Mend or delete the line."]
    if not isinstance(row, dict) or not isinstance(row.get("sent"), str) or not row["sent"].strip():
        return None, [f'{where} has no sentence. Give the text of the example under "sent".']
    raw = row.get("triples", [])
    if not isinstance(raw, list):
        return None, [f'{where}: "triples" is no list. Write [{{"sub": …, "rel": …, "obj": …}}].']
    triples: list[tuple[str, str, str]] = []
    wrong: list[str] = []
    for item in raw:
        triple = _triple(item)
        if triple is None:
            wrong.append(
                f'{where}: {json.dumps(item, ensure_ascii=False)} is no triple. Give "sub", "rel" and "obj" as text.'
            )
            continue
        if checker is not None:
            triple, problem = checker.check(triple, triples)
            if problem:
                wrong.append(f"{where}: {problem}")
        if triple is not None and triple not in triples:
            triples.append(triple)
    if raw and not triples:
        return None, wrong
    return Example(str(row.get("id", number)), row["sent"].strip(), tuple(triples)), wrong


class _Checker:
    """Holds triples against an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.names = PropertyNames(ontology)

    def check(
        self, triple: tuple[str, str, str], before: list[tuple[str, str, str]]
    ) -> tuple[tuple[str, str, str] | None, str]:
        """The triple with its property's local name, None where it cannot be used, and what is wrong with it, else "".

        Args:
            triple: Subject, relation and object.
            before: The triples of the same example so far.
        """
        sub, rel, obj = triple
        found = self.names.find(rel)
        if found is None:
            close = self.names.closest(rel)
            hint = (
                f" Did you mean {' or '.join(close)}?"
                if close
                else " Add it to the ontology or delete the triple."
            )
            return None, f"the ontology has no property {rel!r}.{hint}"
        for label, wanted, side in ((sub, found.domains, "domain"), (obj, found.ranges, "range")):
            if side == "range" and found.is_datatype:
                continue
            known = self.ontology.named(label)
            if known is not None and wanted and not any(self.ontology.is_a(known.type, w) for w in wanted):
                return None, (
                    f"{label!r} is a {known.type} in the ontology, and the {side} of {found.name} is "
                    f"{' or '.join(wanted)}. Mend the triple or the ontology."
                )
        if found.is_datatype and not found.takes_text and not any(ch.isdigit() for ch in obj):
            datatypes = " or ".join(r.rpartition("#")[2] for r in found.ranges)
            if datatypes not in ("boolean", "anyURI"):
                return (
                    None,
                    f"{obj!r} is no {datatypes}, as {found.name} wants it. Mend the triple or the ontology.",
                )
        if found.functional:
            other = next((o for s, r, o in before if s == sub and r == found.name and o != obj), None)
            if other is not None:
                return None, (
                    f"{found.name} has one value only, and {sub!r} has {other!r} already. Delete one of the triples, "
                    "or do not declare the property as owl:FunctionalProperty."
                )
        return (sub, found.name, obj), ""


def _triple(item: Any) -> tuple[str, str, str] | None:
    parts: Iterable[Any]
    if isinstance(item, dict):
        parts = (item.get("sub"), item.get("rel"), item.get("obj"))
    elif isinstance(item, list):
        parts = item
    else:
        return None
    values = tuple(parts)
    if len(values) != 3 or not all(isinstance(v, str) and v.strip() for v in values):
        return None
    return values[0].strip(), values[1].strip(), values[2].strip()
