"""What has ended is asserted of the past: kept by every form of a graph, and no plain triple of the present."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import pyarrow.parquet as pq
import pytest

from spacegraph.graph import KnowledgeGraph, fact_to_json
from spacegraph.graph.formats.facts_json import KEYS
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Entity, Evidence, Fact, Factuality
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Mira Oban is aboard Tern One. Dara Quill had been aboard until 2031."
MIRA = Entity(iri=mint_entity_iri("Mira Oban"), label="Mira Oban", type="Person", type_iri=SG + "Person")
DARA = Entity(iri=mint_entity_iri("Dara Quill"), label="Dara Quill", type="Person", type_iri=SG + "Person")
TERN = Entity(
    iri=mint_entity_iri("Tern One"), label="Tern One", type="SpaceStation", type_iri=SG + "SpaceStation"
)
NOW = Fact(
    doc_id="v", subject=MIRA, property_iri=SG + "aboard", object=TERN,
    evidence=(Evidence(start=0, end=28, text=TEXT[:28], doc_id="v"),), rule="r",
)  # fmt: skip
THEN = Fact(
    doc_id="v", subject=DARA, property_iri=SG + "aboard", object=TERN, time="2031", ended=True,
    evidence=(Evidence(start=30, end=67, text=TEXT[30:67], doc_id="v"),), rule="r",
)  # fmt: skip
ABOARD = "SELECT ?name { ?who sg:aboard ?what ; rdfs:label ?name } ORDER BY ?name"
FORMS = {
    "turtle": "ttl", "trig": "trig", "ntriples": "nt", "nquads": "nq", "jsonld": "jsonld", "rdfxml": "rdf", "turtle12": "ttl"
}  # fmt: skip


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return KnowledgeGraph.from_facts([NOW, THEN])


def test_only_what_still_holds_is_a_plain_triple(kg: KnowledgeGraph) -> None:
    assert kg.query(ABOARD).rows == [("Mira Oban",)]
    rows = kg.query(
        "SELECT ?name ?time { ?st sg:ended true ; sg:factuality sg:Asserted ; sg:statedTime ?time ; rdf:subject/rdfs:label ?name }"
    ).texts()
    assert [tuple(row) for row in rows] == [("Dara Quill", "2031")]
    assert kg.check().conforms


def test_that_it_was_so_and_that_it_is_so_are_two_claims() -> None:
    was = replace(NOW, ended=True)
    assert was.id != NOW.id
    both = KnowledgeGraph.from_facts([was, NOW])
    assert [f.ended for f in both.facts] == [False, True] or [f.ended for f in both.facts] == [True, False]
    assert both.query(ABOARD).rows == [("Mira Oban",)]


def test_the_identifier_of_what_has_not_ended_is_that_of_earlier_versions() -> None:
    assert NOW.id == "dab175347b5d360c"


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_form_of_rdf_keeps_it(kg: KnowledgeGraph, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{FORMS[name]}"
    kg.export(path, name)
    back = KnowledgeGraph.load(path)
    assert back.facts == kg.facts
    assert [f.ended for f in back.facts] == [False, True]
    assert back.query(ABOARD).rows == [("Mira Oban",)]


def test_it_is_read_from_other_ways_of_writing_true(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    kg = KnowledgeGraph.from_facts([THEN])
    path.write_text(
        kg.to_turtle().replace("sg:ended true", 'sg:ended "1"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        "utf-8",
    )
    assert [f.ended for f in KnowledgeGraph.load(path).facts] == [True]


def test_networks_and_tables_keep_it(kg: KnowledgeGraph, tmp_path: Path) -> None:
    assert sorted(data["ended"] for *_, data in kg.to_networkx().edges(data=True)) == [False, True]
    kg.export(tmp_path / "graph.parquet")
    assert pq.read_table(tmp_path / "graph.parquet").column("ended").to_pylist() == [False, True]
    kg.export(tmp_path / "neo", "neo4j")
    lines = (tmp_path / "neo" / "relationships.csv").read_text("utf-8").splitlines()
    assert lines[0].endswith(",ended:boolean")
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["false", "true"]
    kg.export(tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml")
    assert sorted(data["ended"] for *_, data in read.edges(data=True)) == [False, True]


@pytest.mark.parametrize("suffix", ["ttl", "jsonl", "graphml"])
def test_facts_alone_are_those_that_still_hold(kg: KnowledgeGraph, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"facts.{suffix}"
    kg.export(path, only_facts=True)
    text = path.read_text("utf-8")
    assert "aboard" in text
    # A thing may be named, but nothing is said of it.
    assert not [line for line in text.splitlines() if "Dara" in line and "aboard" in line]


def test_the_contract_of_json_lines_has_no_key_for_it() -> None:
    item = fact_to_json(THEN)
    assert tuple(item) == KEYS
    assert (item["factuality"], item["time"]) == ("asserted", "2031")


def test_nothing_of_the_present_follows_from_it() -> None:
    heads = replace(
        NOW, property_iri=SG + "headOf", object=replace(TERN, type="Company", type_iri=SG + "Company")
    )
    assert [f.relation for f in KnowledgeGraph.from_facts([heads]).infer().facts if f.inferred] == [
        "worksFor"
    ]
    over = KnowledgeGraph.from_facts([replace(heads, ended=True)])
    assert not [f for f in over.infer().facts if f.inferred]


def test_a_denial_that_has_ended_is_no_triple_either() -> None:
    kg = KnowledgeGraph.from_facts([replace(THEN, factuality=Factuality.REPORTED)])
    assert kg.query(ABOARD).rows == []
    assert kg.facts[0].ended
