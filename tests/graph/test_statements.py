from __future__ import annotations

import contextlib
import gc
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from spacegraph.errors import StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.rdf.gc_pause import paused
from spacegraph.graph.rdf.turtle import to_turtle
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal
from spacegraph.vocab import SG, XSD

TEXT = "Mira Oban praised Vela Works on Monday. The firm did not reply."
ARTICLE = Article(id="vela-1", text=TEXT, title="Praise")
MIRA = Entity(
    iri="https://w3id.org/spacegraph/entity/Mira_Oban", label="Mira Oban", type="Person", type_iri=SG + "Person",
    aliases=("Oban",),
)  # fmt: skip
VELA = Entity(
    iri="https://w3id.org/spacegraph/entity/Vela_Works",
    label="Vela Works",
    type="Company",
    type_iri=SG + "Company",
)


def words(start: int, end: int) -> tuple[Evidence, ...]:
    return (Evidence(start=start, end=end, text=TEXT[start:end]),)


def praise(**changes: object) -> Fact:
    values: dict[str, object] = {
        "doc_id": "vela-1", "subject": MIRA, "property_iri": SG + "praised", "object": VELA, "evidence": words(0, 28),
        "confidence": 0.9, "rule": "praise-verb→praised",
    }  # fmt: skip
    return Fact(**{**values, **changes})  # type: ignore[arg-type]


@settings(max_examples=50)
@given(strategies.readings())
def test_facts_survive_turtle(reading: tuple[Article, list[Fact]]) -> None:
    article, facts = reading
    kg = KnowledgeGraph.from_facts(facts, articles=[article])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        kg.export(path)
        back = KnowledgeGraph.load(path)
    assert back.facts == kg.facts
    assert {f.id for f in back.facts} == set(kg.contents.ids)
    assert back.entities == kg.entities
    assert [e.aliases for e in back.entities] == [e.aliases for e in kg.entities]
    assert back.export() == kg.export()


@settings(max_examples=25)
@given(strategies.readings(), st.booleans())
def test_turtle_of_facts_is_that_of_their_triples(
    reading: tuple[Article, list[Fact]], keep_text: bool
) -> None:
    article, facts = reading
    kg = KnowledgeGraph.from_facts(facts, articles=[article], model="some model", keep_text=keep_text)
    at_once = kg.to_turtle()
    assert at_once == to_turtle(kg.ntriples()).decode()
    assert kg.export(format="ttl") == at_once
    # Once it has been asked, the graph is what its store has.
    assert kg.query("ASK { ?s ?p ?o }").answer == bool(at_once.strip())
    assert kg.to_turtle() == at_once


@given(strategies.readings())
def test_facts_in_any_order_give_the_same_bytes(reading: tuple[Article, list[Fact]]) -> None:
    article, facts = reading
    one = KnowledgeGraph.from_facts(facts, articles=[article])
    other = KnowledgeGraph.from_facts([*reversed(facts), *facts], articles=[article])
    assert one.export() == other.export()
    assert one.facts == other.facts


def test_turtle_is_the_same_graph_in_rdflib_and_pyoxigraph() -> None:
    kg = KnowledgeGraph.from_facts([praise(time="2022-03-30", attributed_to=VELA)], articles=[ARTICLE])
    turtle = kg.to_turtle()
    by_rdflib = rdflib.Graph().parse(data=turtle, format="turtle")
    lines = "".join(f"{q.triple} .\n" for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    by_oxigraph = rdflib.Graph().parse(data=lines, format="nt")
    assert rdflib.compare.isomorphic(by_rdflib, by_oxigraph)
    assert not [node for node in by_rdflib.all_nodes() if isinstance(node, rdflib.BNode)]


@pytest.mark.parametrize("factuality", list(Factuality))
def test_only_asserted_facts_are_plain_triples(factuality: Factuality) -> None:
    kg = KnowledgeGraph.from_facts([praise(factuality=factuality)], articles=[ARTICLE])
    plain = kg.query("ASK { ?who sg:praised ?whom . ?whom rdfs:label 'Vela Works' }").answer
    assert plain is (factuality is Factuality.ASSERTED)
    assert len(kg.query("SELECT ?s { ?s a sg:Statement ; rdf:predicate sg:praised }")) == 1


def test_two_places_that_support_a_claim_are_one_statement() -> None:
    kg = KnowledgeGraph.from_facts(
        [praise(), praise(evidence=words(40, 62), confidence=0.5)], articles=[ARTICLE]
    )
    (fact,) = kg.facts
    assert [e.start for e in fact.evidence] == [0, 40]
    assert fact.confidence == 0.9


def test_a_thing_has_one_label_and_its_best_class() -> None:
    vague = Entity(iri=VELA.iri, label="Vela", type="Thing")
    kg = KnowledgeGraph.from_facts(
        [praise(), praise(object=vague, property_iri=SG + "met"), praise(property_iri=SG + "asked")]
    )
    vela = next(e for e in kg.entities if e.iri == VELA.iri)
    assert (vela.label, vela.type, vela.aliases) == ("Vela Works", "Company", ("Vela",))
    assert {f.object for f in kg.facts} == {vela}


def test_literals_are_canonical_and_premises_follow_them() -> None:
    age = praise(property_iri=SG + "hasAge", object=Literal(value="041", datatype=XSD + "integer"))
    follows = praise(inferred=True, rule="r", premises=(age.id,), property_iri=SG + "met")
    kg = KnowledgeGraph.from_facts([age, follows], articles=[ARTICLE])
    read = {f.relation: f for f in kg.facts}
    assert read["hasAge"].object.label == "41"
    assert read["met"].premises == (read["hasAge"].id,)


def test_quotations_keep_the_words_around_them() -> None:
    kg = KnowledgeGraph.from_facts([praise(evidence=words(10, 17))], articles=[ARTICLE])
    rows = kg.query("SELECT ?b ?w ?a { ?q oa:prefix ?b ; oa:exact ?w ; oa:suffix ?a }").rows
    assert [b + w + a for b, w, a in rows] == [TEXT]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"confidence": 1.5}, "must lie in 0 to 1"),
        ({"subject": Entity(iri="no iri", label="x")}, "no absolute IRI"),
        ({"property_iri": "relation"}, "no absolute IRI"),
        ({"object": Literal(value="half \ud800")}, "surrogate"),
        ({"doc_id": "\ud800"}, "surrogate"),
        ({"object": Literal(value="1", datatype="no iri")}, "absolute IRI"),
    ],
)
def test_what_cannot_stand_in_a_graph_is_said(changes: dict[str, object], said: str) -> None:
    with pytest.raises(StoreError, match=said):
        KnowledgeGraph.from_facts([praise(**changes)])


def test_an_added_fact_changes_few_lines() -> None:
    before = KnowledgeGraph.from_facts([praise()], articles=[ARTICLE]).to_turtle().splitlines()
    after = (
        KnowledgeGraph.from_facts([praise(), praise(property_iri=SG + "met")], articles=[ARTICLE])
        .to_turtle()
        .splitlines()
    )
    assert len([line for line in before if line not in after]) <= 1


def test_a_file_of_somebody_else_loads(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text(
        "@prefix ex: <http://ex.example/> . ex:a ex:knows ex:b , [ ex:name 'c' ] .", encoding="utf-8"
    )
    kg = KnowledgeGraph.load(path)
    assert kg.facts == ()
    assert kg.export() == KnowledgeGraph.load(path).export()
    assert len(kg.query("SELECT * { ?s ?p ?o }")) == 3


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.ttl", "<http://a> <http://b> .\n", "line 1, column"),
        ("graph.docx", "", "no suffix of an RDF file"),
        ("bad.jsonld", "{", "not valid"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=said):
        KnowledgeGraph.load(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no file"):
        KnowledgeGraph.load(tmp_path / "none.ttl")


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_as_it_was_after_a_pause(enabled: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with contextlib.suppress(StoreError), paused():
            assert not gc.isenabled()
            raise StoreError("no")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
