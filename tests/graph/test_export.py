from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import strategies
from spacegraph.errors import ExportError
from spacegraph.graph import KnowledgeGraph, fact_to_json, facts_from_jsonl, format_names
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.graph.query.sparql import prepare
from spacegraph.graph.rdf.serialising import context
from spacegraph.graph.stores.oxigraph import update_text
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal
from spacegraph.vocab import OWL, RDF, SG, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Mira Oban praised Vela Works. It did not leave the Tern League, she said."
MIRA = Entity(
    iri="https://w3id.org/spacegraph/entity/Mira_Oban",
    label="Mira Oban",
    type="Person",
    type_iri=SG + "Person",
    aliases=("Oban; the pilot",),
)
VELA = Entity(
    iri="https://w3id.org/spacegraph/entity/Vela_Works",
    label="Vela Works",
    type="Company",
    type_iri=SG + "Company",
    same_as=("http://www.wikidata.org/entity/Q1",),
)
FACTS = [
    Fact(
        doc_id="v/1",
        subject=MIRA,
        property_iri=SG + "praised",
        object=VELA,
        evidence=(Evidence(start=0, end=28, text=TEXT[:28]),),
        confidence=0.9,
        rule="r",
    ),
    Fact(
        doc_id="v/1",
        subject=VELA,
        property_iri=SG + "withdrewFrom",
        object=Literal(value="Tern League"),
        factuality=Factuality.NEGATED,
        attributed_to=MIRA,
        evidence=(Evidence(start=30, end=73, text=TEXT[30:73]),),
        time="2031-05",
    ),
    Fact(
        doc_id="w",
        subject=VELA,
        property_iri=SG + "foundedOn",
        object=Literal(value="2001-02-03", datatype=XSD + "date"),
    ),
]
#: Format -> suffix of a file that holds it.
RDF_FORMATS = {
    "turtle": "ttl",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nq",
    "jsonld": "jsonld",
    "rdfxml": "rdf",
    "turtle12": "ttl",
}


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return KnowledgeGraph.from_facts(FACTS, articles=[Article(id="v/1", text=TEXT, title="A – “title”")])


def text_of(kg: KnowledgeGraph, name: str, **options: Any) -> str:
    data = kg.export(None, name, **options)
    assert isinstance(data, str)
    return data


@pytest.mark.parametrize("name", sorted(RDF_FORMATS))
def test_an_rdf_format_gives_back_equal_facts(kg: KnowledgeGraph, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{RDF_FORMATS[name]}"
    kg.export(path, name)
    back = KnowledgeGraph.load(path)
    assert back.facts == kg.facts
    assert back.articles[0].title == "A – “title”"
    assert back.entities == kg.entities


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_rdflib_reads_the_same_graph(kg: KnowledgeGraph, name: str) -> None:
    formats = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    graph = rdflib.Graph().parse(data=text_of(kg, name), format=formats[name])
    plain = rdflib.Graph().parse(data=text_of(kg, "ntriples"), format="nt")
    assert set(graph) == set(plain)


#: Names as they end in news, and what else an IRI may end in.
_ENDINGS = st.sampled_from(
    ("Ltd.", "Tarn Jr.", "Selby, D.C.", "v1..", ".", "a\\.", 'x". ', "50%.", "~.", "(Inc.)", "é.")
)
_BY_RDFLIB = {
    "turtle": "turtle",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nquads",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_ENDINGS, _ENDINGS, _ENDINGS, strategies.texts)
@example("Ltd.", "Jr.", "Inc.", "\\U0000 \\u0041 \\\\U00000041")
def test_rdflib_reads_names_that_end_in_anything(one: str, other: str, relation: str, words: str) -> None:
    def thing(name: str) -> Entity:
        return Entity(iri=mint_entity_iri(name), label=name, type="Thing", type_iri=OWL + "Thing")

    facts = [
        Fact(
            doc_id=f"news {one}",
            subject=thing(f"Vela {one}"),
            property_iri=f"{SG}{mint_entity_iri(relation, base='p')}".replace("%", "_").replace("~", "_"),
            object=thing(f"Orbit {other}"),
            attributed_to=thing(other),
        ),
        Fact(
            doc_id="b.",
            subject=thing(one),
            property_iri=SG + "called",
            object=Literal(value=f"{words}sge:Ltd\\. "),
        ),
    ]
    kg = KnowledgeGraph.from_facts(facts)
    wanted = set(_triples(text_of(kg, "ntriples"), ox.RdfFormat.N_TRIPLES))
    for name, parser in _BY_RDFLIB.items():
        try:
            text = text_of(kg, name)
        except ExportError:
            assert name == "rdfxml"
            continue
        dataset = rdflib.Dataset(default_union=True).parse(data=text, format=parser)
        read = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o, _ in dataset.quads())
        assert set(_triples(read, ox.RdfFormat.TURTLE)) == wanted, name
    answer = kg.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").to_turtle()
    assert len(rdflib.Graph().parse(data=answer, format="turtle")) == len(wanted)
    # What a store behind an endpoint is sent.
    graph = rdflib.Graph()
    graph.update(update_text(b"", text_of(kg, "ntriples").encode()))
    assert len(graph) == len(wanted)
    asked = prepare("ASK { $thing rdfs:label ?name }", {"thing": facts[0].subject})
    assert bool(graph.query(asked, initNs={"rdfs": rdflib.RDFS}))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.readings())
def test_odd_characters_survive_every_rdf_format(reading: tuple[Article, list[Fact]]) -> None:
    article, facts = reading
    kg = KnowledgeGraph.from_facts(facts, articles=[article])
    triples = set(_triples(text_of(kg, "ntriples"), ox.RdfFormat.N_TRIPLES))
    formats = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
    for name, parser in formats.items():
        assert set(_triples(text_of(kg, name), parser)) == triples, name
    try:
        xml = text_of(kg, "rdfxml")
    except ExportError as error:
        assert "control characters" in str(error)  # noqa: PT017  (either outcome is right)
    else:
        assert set(_triples(xml, ox.RdfFormat.RDF_XML)) == triples
        plain = rdflib.Graph().parse(data=text_of(kg, "ntriples"), format="nt")
        assert set(rdflib.Graph().parse(data=xml, format="xml")) == set(plain)
    reified = set(_triples(text_of(kg, "turtle12"), ox.RdfFormat.TURTLE))
    assert _unreified(reified) == triples


def _unreified(reified: set[ox.Triple]) -> set[ox.Triple]:
    """Turtle of RDF 1.2 as we wrote it, with its reified triples as three plain ones again."""
    out = set()
    for triple in reified:
        said = triple.object
        if isinstance(said, ox.Triple):
            for part in ("subject", "predicate", "object"):
                out.add(ox.Triple(triple.subject, ox.NamedNode(RDF + part), getattr(said, part)))
        else:
            out.add(triple)
    return out


#: What CSV and XML read as something else where it is not escaped.
ODD = [
    "a\rb", "c\r\nd", "a\nb", "a\tb", "q\"u'o", "back\\slash", "<&>]]>", "semi;colon, comma", "  ends  ", "\u2028", "\x85", "\ufeffx",
    "é\u0301😀", "=1+1",
]  # fmt: skip


@pytest.fixture(scope="module")
def odd() -> KnowledgeGraph:
    things = [
        Entity(
            iri=f"{MIRA.iri}~{i}", label=text, type="Person", type_iri=SG + "Person", aliases=(f"{text};",)
        )
        for i, text in enumerate(ODD)
    ]
    return KnowledgeGraph.from_facts(
        [
            Fact(doc_id="x", subject=a, property_iri=SG + "said", object=Literal(value=a.label), rule=a.label)
            for a in things
        ]
    )


def test_other_parsers_of_xml_read_odd_characters_as_they_are(odd: KnowledgeGraph, tmp_path: Path) -> None:
    plain = rdflib.Graph().parse(data=text_of(odd, "ntriples"), format="nt")
    assert set(rdflib.Graph().parse(data=text_of(odd, "rdfxml"), format="xml")) == set(plain)
    for name in ("graphml", "gexf"):
        odd.export(tmp_path / f"odd.{name}")
        read = nx.read_graphml if name == "graphml" else nx.read_gexf
        graph = read(tmp_path / f"odd.{name}")
        assert sorted(data["label"] for _, data in graph.nodes(data=True)) == sorted(ODD * 2)
        assert sorted(data["rule"] for _, _, data in graph.edges(data=True)) == sorted(ODD)


def test_a_line_of_a_neo4j_file_is_a_record(odd: KnowledgeGraph, tmp_path: Path) -> None:
    # The importer takes line breaks in values only if it is told so.
    odd.export(tmp_path / "neo", "neo4j")
    read = {}
    for name in ("nodes", "relationships"):
        text = (tmp_path / "neo" / f"{name}.csv").read_bytes().decode()
        assert "\r" not in text
        head, *lines = text.removesuffix("\n").split("\n")
        read[name] = [next(csv.DictReader([head, line])) for line in lines]
    ids = {node["iri:ID"] for node in read["nodes"]}
    assert len(ids) == len(read["nodes"]) == 2 * len(ODD)
    assert {edge[end] for edge in read["relationships"] for end in (":START_ID", ":END_ID")} == ids
    wanted = {re.sub(r"[\r\n]+", " ", text) for text in ODD}
    assert {node["label"] for node in read["nodes"]} == wanted
    assert {node["value"] for node in read["nodes"] if node[":LABEL"] == "Literal"} == wanted


def _triples(text: str, kind: ox.RdfFormat) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(text.encode(), format=kind))


@pytest.mark.parametrize("name", [n for n in format_names() if n != "neo4j"])
def test_the_same_graph_gives_the_same_bytes(kg: KnowledgeGraph, name: str) -> None:
    other = KnowledgeGraph.from_facts(
        reversed(FACTS), articles=[Article(id="v/1", text=TEXT, title="A – “title”")]
    )
    assert kg.export(None, name) == other.export(None, name)


@pytest.mark.parametrize("name", sorted(RDF_FORMATS))
def test_only_facts_leaves_out_provenance(kg: KnowledgeGraph, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{RDF_FORMATS[name]}"
    kg.export(path, name, only_facts=True)
    left = KnowledgeGraph.load(path)
    assert left.facts == ()
    assert left.query("SELECT ?p { ?s ?p 'Tern League' }").rows == []
    assert left.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == [(8,)]


def test_each_article_is_a_graph_of_trig(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    kg.export(path)
    quads = list(ox.parse(path=path))
    graphs = {str(q.graph_name) for q in quads}
    assert graphs == {
        "DEFAULT",
        "<https://w3id.org/spacegraph/article/v%2F1>",
        "<https://w3id.org/spacegraph/article/w>",
    }
    assert len({q.triple for q in quads}) == len(quads)


def test_a_store_in_trig_is_read_as_the_same_facts(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "store", create=True) as store:
        store.add(Article(id="v/1", text=TEXT), FACTS)
        store.add(Article(id="w", text="Words."), FACTS)
        kg = store.graph()
        for name in ("graph.trig", "graph.nq", "graph.ttl"):
            kg.export(tmp_path / name)
            assert KnowledgeGraph.load(tmp_path / name).facts == kg.facts


def test_turtle_of_rdf_1_2_answers_questions_and_can_be_checked(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.export(tmp_path / "graph.ttl", "turtle12")
    back = KnowledgeGraph.load(tmp_path / "graph.ttl")
    assert back.query("denied").rows == kg.query("denied").rows != []
    assert [str(v) for v in back.check().violations] == [str(v) for v in kg.check().violations]
    for name in ("turtle", "turtle12", "jsonld"):
        assert back.export(None, name) == kg.export(None, name)


FOREIGN = """
@prefix ex: <http://ex.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
_:g { ex:a ex:b "x"@ar--rtl , 1 , [ ex:c ex:d ] . }
ex:g { ex:a rdfs:label "A" . ex:r rdfs:label "text <<( that" . }
"""


@pytest.mark.parametrize("name", [n for n in format_names() if n not in ("neo4j", "parquet")])
def test_graphs_and_texts_that_only_others_have_are_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "foreign.trig").write_text(FOREIGN, "utf-8")
    kg = KnowledgeGraph.load(tmp_path / "foreign.trig")
    if name in RDF_FORMATS:
        kg.export(tmp_path / f"again.{RDF_FORMATS[name]}", name)
        back = KnowledgeGraph.load(tmp_path / f"again.{RDF_FORMATS[name]}")
        assert back.to_turtle() == kg.to_turtle()
        assert len(back.store.graphs()) == (2 if name in ("trig", "nquads") else 0)
    else:
        kg.export(tmp_path / f"again.{name}", name)
    assert kg.check() is not None


def test_triple_terms_of_others_are_kept_or_refused(tmp_path: Path) -> None:
    (tmp_path / "foreign.ttl").write_text(
        "PREFIX ex: <http://ex.example/> "
        "ex:r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( ex:a ex:b ex:c )>> .",
        "utf-8",
    )
    kg = KnowledgeGraph.load(tmp_path / "foreign.ttl")
    kg.export(tmp_path / "again.ttl")
    assert KnowledgeGraph.load(tmp_path / "again.ttl").to_turtle() == kg.to_turtle()
    assert "reifies" in kg.to_turtle()
    with pytest.raises(ExportError, match="JSON-LD cannot hold the triple term"):
        kg.export(None, "jsonld")
    assert kg.check() is not None


def test_json_lines_follow_the_contract(kg: KnowledgeGraph) -> None:
    lines = text_of(kg, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [fact_to_json(f) for f in kg.facts]
    assert list(json.loads(lines[0])) == [
        "doc_id", "subject", "subject_type", "relation", "object", "object_type", "factuality", "attributed_to", "time",
        "confidence", "evidence", "rule", "inferred",
    ]  # fmt: skip
    back = list(facts_from_jsonl(lines))
    assert [fact_to_json(f) for f in back] == [fact_to_json(f) for f in kg.facts]


def test_parquet_has_the_facts(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "facts.parquet"
    kg.export(path)
    rows = pq.read_table(path).to_pylist()
    assert [row["id"] for row in rows] == list(kg.contents.ids)
    assert {k: rows[0][k] for k in fact_to_json(kg.facts[0])} == fact_to_json(kg.facts[0])


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networks_are_read_back(kg: KnowledgeGraph, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{name}"
    kg.export(path)
    if name == "graphml":
        graph = nx.read_graphml(path, force_multigraph=True)
    else:
        graph = nx.read_gexf(path)
    assert graph.number_of_edges() == 3
    assert graph.nodes[VELA.iri]["label"] == "Vela Works"
    factualities = sorted(data["factuality"] for _, _, data in graph.edges(data=True))
    assert factualities == ["asserted", "asserted", "negated"]


def test_neo4j_takes_nodes_and_relationships(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.export(tmp_path / "neo", "neo4j")
    kg.export(tmp_path / "neo", "neo4j")
    with (tmp_path / "neo" / "nodes.csv").open(newline="") as file:
        nodes = list(csv.DictReader(file))
    with (tmp_path / "neo" / "relationships.csv").open(newline="") as file:
        edges = list(csv.DictReader(file))
    ids = {node["iri:ID"] for node in nodes}
    assert len(ids) == len(nodes)
    assert {e[":START_ID"] for e in edges} | {e[":END_ID"] for e in edges} <= ids
    assert [e[":TYPE"] for e in edges] == [f.relation for f in kg.facts]
    assert {n[":LABEL"] for n in nodes} == {"Thing;Person", "Thing;Company", "Literal"}


def test_networks_of_facts_alone_have_one_edge_a_triple(tmp_path: Path) -> None:
    twice = [*FACTS, replace(FACTS[0], doc_id="w")]
    kg = KnowledgeGraph.from_facts(twice)
    for name, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        kg.export(tmp_path / f"facts.{name}", only_facts=True)
        edges = list(read(tmp_path / f"facts.{name}").edges(data=True))
        assert sorted(data["relation"] for _, _, data in edges) == ["foundedOn", "praised"]
        assert {key for _, _, data in edges for key in data} - {"id"} == {"relation", "label", "property"}
    kg.export(tmp_path / "neo", "neo4j", only_facts=True)
    head, *rows = (tmp_path / "neo" / "relationships.csv").read_text("utf-8").splitlines()
    assert (head, len(rows)) == (":START_ID,:END_ID,:TYPE,property", 2)
    for name in ("jsonl", "parquet"):
        kg.export(tmp_path / f"facts.{name}", only_facts=True)
    assert pq.read_table(tmp_path / "facts.parquet").num_rows == 3
    assert len((tmp_path / "facts.jsonl").read_text("utf-8").splitlines()) == 3


def test_networkx_has_labels_types_and_evidence(kg: KnowledgeGraph) -> None:
    graph = kg.to_networkx()
    assert graph.nodes[MIRA.iri] == {"label": "Mira Oban", "type": "Person", "kind": "entity", "aliases": ["Oban; the pilot"], "same_as": []}  # fmt: skip
    (data,) = graph.get_edge_data(MIRA.iri, VELA.iri).values()
    assert (data["relation"], data["factuality"], data["confidence"]) == ("praised", "asserted", 0.9)
    assert data["evidence"] == [{"doc_id": "v/1", "start": 0, "end": 28, "text": TEXT[:28]}]
    assert kg.to_networkx(factuality=["negated"]).number_of_edges() == 1
    assert kg.to_networkx(literals=False).number_of_edges() == 1


def test_the_published_context_is_the_one_in_files() -> None:
    published = Path(__file__).parents[2] / "ontology" / "context.jsonld"
    assert json.loads(published.read_text(encoding="utf-8")) == context()


@pytest.mark.parametrize(
    ("path", "name", "said"),
    [
        (None, "pdf", "no export format 'pdf'"),
        ("graph.docx", None, "does not tell a format"),
        (None, "neo4j", "folder of files"),
        ("no/such/folder/graph.ttl", None, "There is no folder"),
    ],
)
def test_what_cannot_be_exported_is_said(
    kg: KnowledgeGraph, tmp_path: Path, path: str | None, name: str | None, said: str
) -> None:
    with pytest.raises(ExportError, match=said):
        kg.export(tmp_path / path if path else None, name)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_what_was_there(kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "graph.rdf").write_text("old", encoding="utf-8")
    odd = KnowledgeGraph.from_facts(
        [Fact(doc_id="x", subject=MIRA, property_iri=SG + "met", object=Literal(value="\x01"))]
    )
    with pytest.raises(ExportError, match="control characters"):
        odd.export(tmp_path / "graph.rdf")
    assert (tmp_path / "graph.rdf").read_text(encoding="utf-8") == "old"
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(ExportError, match="holds other files"):
        kg.export(tmp_path / "folder", "neo4j")
    with pytest.raises(ExportError, match="cannot be written"):
        kg.export(tmp_path / "folder", "turtle")
