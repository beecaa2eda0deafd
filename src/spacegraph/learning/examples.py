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
    names = PropertyNames(ontology) if ontology is not None else None
    found: list[Example] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        example, wrong = _parse(line, where, names, number)
        if example is not None and example.id in seen:
            wrong = [
                f"{where}: the id {example.id!r} was used before; the sentence is used all the same. Give it an id of its own."
            ]
        if wrong and strict:
            if "ontology" in wrong[0]:
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


def _parse(
    line: str, where: str, names: PropertyNames | None, number: int
) -> tuple[Example | None, list[str]]:
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
        if names is not None:
            found = names.find(triple[1])
            if found is None:
                close = names.closest(triple[1])
                hint = (
                    f" Did you mean {' or '.join(close)}?"
                    if close
                    else " Add it to the ontology or delete the triple."
                )
                wrong.append(f"{where}: the ontology has no property {triple[1]!r}.{hint}")
                continue
            triple = (triple[0], found.name, triple[2])
        if triple not in triples:
            triples.append(triple)
    if raw and not triples:
        return None, wrong
    return Example(str(row.get("id", number)), row["sent"].strip(), tuple(triples)), wrong


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
