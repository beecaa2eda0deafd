"""Facts as JSON objects: the contract of ``spacegraph facts --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from spacegraph.errors import SourceError
from spacegraph.iris import ENTITY_BASE, mint_entity_iri
from spacegraph.model import Entity, Evidence, Fact, Factuality, Literal
from spacegraph.vocab import OWL, SG, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["KEYS", "fact_from_json", "fact_to_json", "facts_from_jsonl", "facts_to_jsonl"]

#: The keys of an object, in their order.
KEYS = (
    "doc_id", "subject", "subject_type", "relation", "object", "object_type", "factuality", "attributed_to", "time",
    "confidence", "evidence", "rule", "inferred",
)  # fmt: skip

#: Datatypes, whose names tell a literal from a thing.
_DATATYPES = frozenset(
    (
        "string",
        "boolean",
        "decimal",
        "integer",
        "double",
        "float",
        "date",
        "dateTime",
        "time",
        "gYear",
        "gYearMonth",
        "gMonth",
        "gDay",
        "gMonthDay",
        "duration",
        "anyURI",
        "nonNegativeInteger",
        "positiveInteger",
        "int",
        "long",
    )
)


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """The fact as a dictionary with exactly the keys of :data:`KEYS`.

    Subjects and objects are labels, literals their lexical form; ``evidence`` is a list of
    ``{"start", "end", "text"}`` with offsets into the article's text.
    """
    return {
        "doc_id": fact.doc_id,
        "subject": fact.subject.label,
        "subject_type": fact.subject.type,
        "relation": fact.relation,
        "object": fact.object.label,
        "object_type": fact.object.type,
        "factuality": fact.factuality.value,
        "attributed_to": fact.attributed_to.label if fact.attributed_to else None,
        "time": fact.time or None,
        "confidence": fact.confidence,
        "evidence": [{"start": e.start, "end": e.end, "text": e.text} for e in fact.evidence],
        "rule": fact.rule,
        "inferred": fact.inferred,
    }


def fact_from_json(item: dict[str, Any], *, base: str = ENTITY_BASE) -> Fact:
    """The fact of a dictionary, with IRIs minted from labels and the classes of our ontology.

    What the contract does not carry (IRIs, aliases, premises) is not there.

    Args:
        item: A dictionary with the keys of :data:`KEYS`.
        base: Where the entities' IRIs begin.

    Raises:
        SourceError: A key is missing or a value is not what it should be.
    """
    try:
        object_type = item["object_type"]
        obj: Entity | Literal
        if object_type in _DATATYPES:
            obj = Literal(value=item["object"], datatype=XSD + object_type)
        else:
            obj = _entity(item["object"], object_type, base)
        speaker = item["attributed_to"]
        return Fact(
            doc_id=item["doc_id"],
            subject=_entity(item["subject"], item["subject_type"], base),
            property_iri=SG + item["relation"],
            object=obj,
            factuality=Factuality(item["factuality"]),
            attributed_to=_entity(speaker, "Thing", base) if speaker else None,
            time=item["time"] or "",
            confidence=float(item["confidence"]),
            evidence=tuple(
                Evidence(start=e["start"], end=e["end"], text=e["text"], doc_id=item["doc_id"])
                for e in item["evidence"]
            ),
            rule=item["rule"],
            inferred=bool(item["inferred"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"This is not a fact as `spacegraph facts --json` writes it: {type(error).__name__} {error}. It needs the keys {', '.join(KEYS)}."
        raise SourceError(message) from error


def facts_to_jsonl(facts: Iterable[Fact]) -> Iterator[bytes]:
    """The facts as JSON Lines: one object and a line feed each."""
    for fact in facts:
        yield orjson.dumps(fact_to_json(fact), option=orjson.OPT_APPEND_NEWLINE)


def facts_from_jsonl(lines: Iterable[str | bytes]) -> Iterator[Fact]:
    """The facts of JSON Lines; empty lines are skipped.

    Raises:
        SourceError: A line is not JSON, or not a fact; the message has its number.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            message = f"Line {number} is not JSON: {error}."
            raise SourceError(message) from error
        try:
            yield fact_from_json(item)
        except SourceError as error:
            message = f"Line {number}: {error}"
            raise SourceError(message) from error


def _entity(label: str, cls: str, base: str) -> Entity:
    type_iri = OWL + "Thing" if cls == "Thing" else SG + cls
    return Entity(iri=mint_entity_iri(label, base=base), label=label, type=cls, type_iri=type_iri)
