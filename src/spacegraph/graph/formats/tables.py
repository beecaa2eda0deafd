"""Facts as tables: JSON Lines, Parquet, and the CSV files that Neo4j's importer takes."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import orjson

from spacegraph.errors import ExportError
from spacegraph.graph.formats.facts_json import fact_to_json, facts_to_jsonl
from spacegraph.model import Entity

if TYPE_CHECKING:
    import pyarrow as pa

    from spacegraph.graph.graph import Graph
    from spacegraph.model import Fact

__all__ = ["fact_columns", "facts_schema", "jsonl", "neo4j", "parquet"]

_BREAKS = re.compile(r"[\r\n]+")


def _facts(kg: Graph, only_facts: bool) -> list[tuple[Fact, str]]:
    pairs = zip(kg.contents.facts, kg.contents.ids, strict=True)
    return [(fact, i) for fact, i in pairs if not only_facts or fact.is_plain]


def jsonl(kg: Graph, only_facts: bool) -> bytes:
    """JSON Lines, by the contract of ``spacegraph facts --json``; of facts alone, the rows of those that are asserted."""
    return b"".join(facts_to_jsonl(fact for fact, _ in _facts(kg, only_facts)))


def parquet(kg: Graph, only_facts: bool) -> bytes:
    """Parquet (zstd): the columns of the JSON contract, and beside them identifiers, IRIs, premises and ``ended``.

    Of facts alone, the rows of those that are asserted.

    Raises:
        ExportError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        message = "Parquet needs pyarrow, which is not installed: pip install 'spacegraph[corpus]'"
        raise ExportError(message) from error
    rows = [fact_columns(fact, identifier) for fact, identifier in _facts(kg, only_facts)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=facts_schema()), out, compression="zstd")
    return out.getvalue()


def facts_schema() -> pa.Schema:
    """The columns of facts in Parquet."""
    import pyarrow as pa

    text = pa.string()
    span = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", text)])
    link = pa.struct([("property_iri", text), ("iri", text)])
    return pa.schema(
        [
            ("doc_id", text), ("subject", text), ("subject_type", text), ("relation", text), ("object", text),
            ("object_type", text), ("factuality", text), ("attributed_to", text), ("time", text),
            ("confidence", pa.float64()), ("evidence", pa.list_(span)), ("rule", text), ("inferred", pa.bool_()),
            ("id", text), ("subject_iri", text), ("property_iri", text), ("object_iri", text),
            ("object_datatype", text), ("attributed_to_iri", text), ("premises", pa.list_(text)),
            ("ended", pa.bool_()), ("links", pa.list_(link)), ("content", pa.list_(text)),
        ]
    )  # fmt: skip


def fact_columns(fact: Fact, identifier: str) -> dict[str, Any]:
    """A fact as a row of :func:`facts_schema`."""
    return {
        **fact_to_json(fact),
        "id": identifier,
        "subject_iri": fact.subject.iri,
        "property_iri": fact.property_iri,
        "object_iri": fact.object.iri if isinstance(fact.object, Entity) else None,
        "object_datatype": None if isinstance(fact.object, Entity) else fact.object.datatype,
        "attributed_to_iri": fact.attributed_to.iri if fact.attributed_to else None,
        "premises": list(fact.premises),
        "ended": fact.ended,
        "links": [{"property_iri": role, "iri": thing.iri} for role, thing in fact.links],
        "content": list(fact.content),
    }


def neo4j(kg: Graph, only_facts: bool) -> dict[str, bytes]:
    """``nodes.csv`` and ``relationships.csv`` for ``neo4j-admin database import full``.

    A fact is a relationship whose type is the property's name; literals are nodes with the label ``Literal``. Evidence is JSON
    in one column, since Neo4j's arrays hold only single values. Line breaks in names and values become spaces: the importer
    takes them only if it is told so. Of facts alone, there is one relationship for each triple.
    """
    nodes, relationships = io.StringIO(), io.StringIO()
    node_rows = csv.writer(nodes, lineterminator="\n")
    node_rows.writerow(
        ("iri:ID", "label", "aliases:string[]", "sameAs:string[]", "value", "datatype", ":LABEL")
    )
    edge_rows = csv.writer(relationships, lineterminator="\n")
    columns: tuple[str, ...] = (":START_ID", ":END_ID", ":TYPE", "property")
    if not only_facts:
        columns += (
            "id", "factuality", "confidence:double", "attributedTo", "time", "rule", "inferred:boolean", "article", "evidence",
            "ended:boolean",
        )  # fmt: skip
    edge_rows.writerow(columns)
    facts = _facts(kg, only_facts)
    things = {t for fact, _ in facts for t in (fact.subject, fact.object) if isinstance(t, Entity)}
    things.update(kg.entities)
    for thing in sorted(things):
        # ";" divides the values of an array, and there is no way to escape it.
        aliases = ";".join(_line(a).replace(";", ",") for a in thing.aliases)
        node_rows.writerow(
            (
                thing.iri,
                _line(thing.label),
                aliases,
                ";".join(iri.replace(";", "%3B") for iri in thing.same_as),
                "",
                "",
                f"Thing;{thing.type.replace(';', ',')}",
            )
        )
    literals: dict[str, tuple[str, str]] = {}
    written: set[tuple[str, ...]] = set()
    for fact, identifier in facts:
        if isinstance(fact.object, Entity):
            target = fact.object.iri
        else:
            # Two values that differ in their line breaks are two nodes.
            value = fact.object.value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
            target = f'"{value}"^^{fact.object.datatype}'
            literals[target] = (fact.object.value, fact.object.datatype)
        ends = (fact.subject.iri, target, fact.relation, fact.property_iri)
        if only_facts:
            if ends not in written:
                written.add(ends)
                edge_rows.writerow(ends)
            continue
        evidence = orjson.dumps(
            [{"start": e.start, "end": e.end, "text": e.text} for e in fact.evidence]
        ).decode()
        edge_rows.writerow(
            (
                *ends, identifier, fact.factuality.value, fact.confidence,
                _line(fact.attributed_to.label) if fact.attributed_to else "", _line(fact.time), _line(fact.rule),
                str(fact.inferred).lower(), _line(fact.doc_id), evidence, str(fact.ended).lower(),
            )
        )  # fmt: skip
    for target, (value, datatype) in sorted(literals.items()):
        node_rows.writerow((target, _line(value), "", "", _line(value), datatype, "Literal"))
    return {"nodes.csv": nodes.getvalue().encode(), "relationships.csv": relationships.getvalue().encode()}


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text)
