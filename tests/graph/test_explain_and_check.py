from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import rdflib

from spacegraph.errors import OntologyError, OntologySyntaxError, QueryError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal
from spacegraph.vocab import OA, PROV, SG, XSD

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "The pilot spoke on Monday. Mira Oban praised Vela Works, and she met Dara Quill. Others denied it all."
)
ARTICLE = Article(id="a", text=TEXT)
MIRA = Entity(
    iri=mint_entity_iri("Mira Oban"),
    label="Mira Oban",
    type="Person",
    type_iri=SG + "Person",
    aliases=("Oban",),
)
DARA = Entity(iri=mint_entity_iri("Dara Quill"), label="Dara Quill", type="Person", type_iri=SG + "Person")
VELA = Entity(iri=mint_entity_iri("Vela Works"), label="Vela Works", type="Company", type_iri=SG + "Company")


def words(text: str) -> tuple[Evidence, ...]:
    start = TEXT.index(text)
    return (Evidence(start=start, end=start + len(text), text=text),)


PRAISE = Fact(
    doc_id="a", subject=MIRA, property_iri=SG + "praised", object=VELA, evidence=words("Mira Oban praised Vela Works"),
    rule="praise-verb→praised", confidence=0.9,
)  # fmt: skip
DENIED = replace(
    PRAISE, factuality=Factuality.NEGATED, attributed_to=DARA, evidence=words("Others denied it all")
)
MET = replace(
    PRAISE, property_iri=SG + "met", object=DARA, evidence=words("she met Dara Quill"), rule="meet-verb→met"
)


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return KnowledgeGraph.from_facts([PRAISE, DENIED, MET], articles=[ARTICLE])


def test_an_explanation_has_all_supports_with_their_words(kg: KnowledgeGraph) -> None:
    explanation = kg.explain("mira oban", "praised", "Vela Works")
    assert [f.factuality for f in explanation.facts] == [Factuality.ASSERTED, Factuality.NEGATED]
    (support, denial) = explanation.supports
    (found,) = support.words
    assert found.before.endswith("Monday. ")
    assert TEXT[found.start : found.end] == found.text
    assert "Monday. [Mira Oban praised Vela Works], and" in str(explanation)
    assert "said by Dara Quill" in "\n".join(denial.lines())
    assert "read by praise-verb→praised" in str(explanation)


@pytest.mark.parametrize(
    ("subject", "relation", "obj", "count"),
    [
        ("Oban", None, None, 3),
        (MIRA.iri, "sg:praised", None, 2),
        ("Mira Oban", SG + "met", None, 1),
        ("Mira Oban", None, "dara quill", 1),
    ],
)
def test_things_may_be_named_in_several_ways(
    kg: KnowledgeGraph, subject: str, relation: str | None, obj: str | None, count: int
) -> None:
    assert len(kg.explain(subject, relation, obj)) == count


def test_a_loaded_graph_explains_without_the_article(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.export(tmp_path / "graph.ttl")
    back = KnowledgeGraph.load(tmp_path / "graph.ttl")
    assert back.articles[0].text == ""
    assert str(back.explain("Mira Oban", "met")) == str(kg.explain("Mira Oban", "met"))


def test_what_is_not_there_is_said_with_what_is(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="Did you mean Mira Oban"):
        kg.explain("Mira Obann")
    with pytest.raises(QueryError, match="praised Vela Works"):
        kg.explain("Mira Oban", "headOf")


def test_a_graph_of_somebody_else_has_no_provenance(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text(
        "@prefix ex: <http://ex.example/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "ex:a a ex:Cat ; rdfs:label 'Tom' ; ex:chases ex:b . ex:b a ex:Mouse ; rdfs:label 'Jerry' .",
        encoding="utf-8",
    )
    explanation = KnowledgeGraph.load(path).explain("Tom", "chases", "Jerry")
    assert len(explanation) == 0
    assert "no provenance" in str(explanation)


FOREIGN = """
@prefix ex: <http://ex.example/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:a foaf:knows ex:b ; foaf:name "Tom" . ex:c rdfs:label "Jerry" ; foaf:knows [ foaf:name "Ann" ] .
ex:d rdfs:label "Kept" ; rdf:reifies <<( ex:a foaf:knows ex:b )>> .
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("http://ex.example/a",), "http://ex.example/a – knows – http://ex.example/b"),
        (("tom", "knows"), "http://ex.example/a – knows – http://ex.example/b"),
        (("Tom", "foaf:name", "Tom"), "http://ex.example/a – name – Tom"),
        (("Jerry",), "Jerry – knows – something without a name"),
    ],
)
def test_a_thing_of_somebody_else_needs_neither_class_nor_label(
    tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    (tmp_path / "other.ttl").write_text(FOREIGN, encoding="utf-8")
    explained = str(KnowledgeGraph.load(tmp_path / "other.ttl").explain(*asked))
    assert said in explained
    assert "no provenance" in explained


def test_a_graph_of_somebody_else_has_nothing_to_check(tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text(FOREIGN, encoding="utf-8")
    kg = KnowledgeGraph.load(tmp_path / "other.ttl")
    assert kg.check().conforms
    assert "nothing to check" in kg.check().to_text()
    with pytest.raises(QueryError, match="Nothing in the graph is called 'a b:c'"):
        kg.explain("a b:c")


def test_a_text_with_a_language_is_a_text() -> None:
    aged = replace(PRAISE, property_iri=SG + "hasAge", object=Literal(value="alt"))
    lines = KnowledgeGraph.from_facts([aged], articles=[ARTICLE]).ntriples().replace(b'"alt"', b'"alt"@de')
    store = MemoryStore()
    store.load_ntriples(lines)
    foreign = KnowledgeGraph(store)
    assert [f.object.label for f in foreign.infer().facts] == ["alt"]
    assert "plain" not in {v.check for v in foreign.check().violations}


def test_a_graph_that_is_a_blank_node_is_read(tmp_path: Path) -> None:
    (tmp_path / "other.trig").write_text(
        "_:g { <http://ex.example/a> <http://ex.example/p> <http://ex.example/b> . }", encoding="utf-8"
    )
    kg = KnowledgeGraph.load(tmp_path / "other.trig")
    assert "no provenance" in str(kg.explain("http://ex.example/a"))
    assert kg.check().conforms
    for name in ("again.trig", "again.nq"):
        kg.export(tmp_path / name)
        assert "a – p – http://ex.example/b" in str(
            KnowledgeGraph.load(tmp_path / name).explain("http://ex.example/a")
        )


@pytest.mark.parametrize("name", ["other.ttl", "other.nt", "other.trig", "other.nq"])
def test_a_mark_of_the_byte_order_is_no_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<http://ex.example/a> <http://ex.example/p> 'x' .".replace("'", '"'), "utf-8-sig")
    assert len(KnowledgeGraph.load(path).query("SELECT * { ?s ?p ?o }")) == 1
    path.write_text("\n<http://ex.example/a> no", "utf-8-sig")
    with pytest.raises(StoreError, match="line 2"):
        KnowledgeGraph.load(path)


def test_rdflib_does_not_parse_what_is_checked(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its parser of N-Triples takes the square of the time for a long text.
    def parse(*_: object, **__: object) -> None:
        pytest.fail("rdflib parses the graph")

    monkeypatch.setattr("rdflib.plugins.parsers.ntriples.W3CNTriplesParser.parse", parse)
    assert kg.check().conforms
    path = tmp_path / "long.nt"
    path.write_text(f'<http://ex.example/a> <http://ex.example/p> "{"x" * 4_000_000}" .', encoding="utf-8")
    assert KnowledgeGraph.load(path).check().conforms


def test_many_plain_triples_are_not_all_shown(tmp_path: Path) -> None:
    lines = "".join(
        f"<http://ex.example/a> <http://ex.example/p> <http://ex.example/{i}> .\n" for i in range(30)
    )
    (tmp_path / "other.nt").write_text(lines, encoding="utf-8")
    explained = str(KnowledgeGraph.load(tmp_path / "other.nt").explain("http://ex.example/a"))
    assert explained.count(" – p – ") == 20
    assert "and 10 more" in explained


def test_facts_alone_have_no_provenance(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.export(tmp_path / "facts.ttl", only_facts=True)
    explained = str(KnowledgeGraph.load(tmp_path / "facts.ttl").explain("Mira Oban"))
    assert "Mira Oban – praised – Vela Works" in explained
    assert "label" not in explained
    assert "no provenance" in explained


def test_of_what_is_never_the_subject_it_is_said_where_it_comes(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="It has: Mira Oban praised Vela Works"):
        kg.explain("Vela Works")


def test_a_graph_in_rdf_1_2_is_checked(kg: KnowledgeGraph, tmp_path: Path) -> None:
    kg.export(tmp_path / "graph.ttl", "turtle12")
    back = KnowledgeGraph.load(tmp_path / "graph.ttl")
    assert back.check().conforms, back.check().to_text()
    assert back.check().facts == 3


@pytest.mark.parametrize("offset", ['"NaN"', '"1e999"', '"x"', '"\u0663"', "<http://ex.example/>"])
def test_offsets_that_are_no_numbers_are_found(kg: KnowledgeGraph, offset: str) -> None:
    first = next(line for line in kg.ntriples().decode().splitlines() if f"<{OA}start>" in line)
    lines = kg.ntriples().decode().replace(first, f"{first.split()[0]} <{OA}start> {offset} .")
    store = MemoryStore()
    store.load_ntriples(lines.encode())
    assert {v.check for v in KnowledgeGraph(store).check().violations} == {"shape", "words"}


@pytest.mark.parametrize("selector", ["TextPositionSelector", "TextQuoteSelector"])
def test_evidence_without_words_or_offsets_is_found(kg: KnowledgeGraph, selector: str) -> None:
    node = next(
        line.split()[0]
        for line in kg.ntriples().decode().splitlines()
        if line.endswith(f"<{OA}{selector}> .")
    )
    kept = [line for line in kg.ntriples().decode().splitlines() if node not in line]
    store = MemoryStore()
    store.load_ntriples("\n".join(kept).encode())
    found = [v.message for v in KnowledgeGraph(store).check().violations if v.check == "shape"]
    assert any(selector in message for message in found)


def test_evidence_that_is_none_is_found(kg: KnowledgeGraph) -> None:
    statement = next(
        line.split()[0] for line in kg.ntriples().decode().splitlines() if "wasDerivedFrom" in line
    )
    lines = f"{statement} <{PROV}wasDerivedFrom> <http://ex.example/hearsay> .\n"
    assert "needs evidence" in broken(kg, lines).check().to_text()


def test_words_of_another_article_are_found() -> None:
    other = replace(PRAISE, evidence=(Evidence(start=0, end=2, text="So", doc_id="b"),))
    report = KnowledgeGraph.from_facts([other], articles=[ARTICLE, Article(id="b", text="So it is.")]).check()
    assert [v.check for v in report.violations] == ["words"]
    assert "of article 'b'" in report.to_text()


def test_an_inference_without_premises_is_found() -> None:
    for odd in (replace(PRAISE, inferred=True), replace(PRAISE, premises=(MET.id,))):
        report = KnowledgeGraph.from_facts([odd, MET], articles=[ARTICLE]).check()
        assert [v.check for v in report.violations] == ["premise"]


def test_an_asserted_fact_without_its_plain_triple_is_found(kg: KnowledgeGraph) -> None:
    plain = f"<{MIRA.iri}> <{SG}met> <{DARA.iri}> ."
    kept = [line for line in kg.ntriples().decode().splitlines() if line != plain]
    store = MemoryStore()
    store.load_ntriples("\n".join(kept).encode())
    report = KnowledgeGraph(store).check()
    assert [v.check for v in report.violations] == ["plain"]
    assert "no plain triple" in report.to_text()


def test_a_plain_triple_of_a_thing_without_a_name_is_found(kg: KnowledgeGraph) -> None:
    report = broken(kg, f"<http://ex.example/x> <{SG}headOf> <{VELA.iri}> .\n").check()
    assert [v.check for v in report.violations] == ["plain"]


def test_a_plain_triple_with_another_datatype_is_found() -> None:
    aged = replace(PRAISE, property_iri=SG + "hasAge", object=Literal(value="41", datatype=XSD + "integer"))
    graph = KnowledgeGraph.from_facts([aged], articles=[ARTICLE])
    assert "plain" not in {v.check for v in graph.check().violations}
    report = broken(graph, f'<{MIRA.iri}> <{SG}hasAge> "41" .\n').check()
    assert "plain" in {v.check for v in report.violations}


def test_a_graph_of_ours_has_nothing_to_mend(kg: KnowledgeGraph, tmp_path: Path) -> None:
    report = kg.check()
    assert report.conforms, report.to_text()
    assert report.to_text() == "Nothing to mend in 3 facts.\n"
    kg.export(tmp_path / "graph.trig")
    assert KnowledgeGraph.load(tmp_path / "graph.trig").check()
    assert kg.infer().check().conforms


def broken(kg: KnowledgeGraph, lines: str) -> KnowledgeGraph:
    store = MemoryStore()
    store.load_ntriples(kg.ntriples() + lines.encode())
    return KnowledgeGraph(store)


def test_a_plain_triple_without_a_statement_is_found(kg: KnowledgeGraph) -> None:
    report = broken(kg, f"<{DARA.iri}> <{SG}headOf> <{VELA.iri}> .\n").check()
    assert [v.check for v in report.violations] == ["plain"]
    assert "no asserted statement stands behind" in report.to_text()
    assert report.to_text().endswith("1 thing to mend in 3 facts.\n")


def test_words_that_are_not_in_the_article_are_found() -> None:
    wrong = replace(PRAISE, evidence=(Evidence(start=0, end=9, text="Mira Oban"),))
    report = KnowledgeGraph.from_facts([wrong], articles=[ARTICLE]).check()
    assert [v.check for v in report.violations] == ["words"]
    longer = replace(PRAISE, evidence=(Evidence(start=0, end=5, text="Mira Oban"),))
    assert "quotes 9 characters" in KnowledgeGraph.from_facts([longer]).check().to_text()


def test_a_subject_outside_the_domain_is_found() -> None:
    report = KnowledgeGraph.from_facts(
        [replace(PRAISE, subject=VELA, property_iri=SG + "bornIn", object=DARA)]
    ).check()
    assert {v.check for v in report.violations} >= {"domain", "range"}
    assert "must be Person" in report.to_text()
    literal = KnowledgeGraph.from_facts(
        [replace(PRAISE, property_iri=SG + "hasAge", object=Literal(value="old"))]
    ).check()
    assert all(v.check == "range" for v in literal.violations)


def test_a_statement_without_factuality_breaks_its_shape(kg: KnowledgeGraph) -> None:
    node = "<https://w3id.org/spacegraph/statement/odd>"
    report = broken(
        kg, f"{node} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SG}Statement> .\n"
    ).check()
    assert any("factuality" in v.message for v in report.violations)
    assert "ValidationReport" in report.shacl


def test_shapes_that_cannot_be_read_are_said(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read"):
        kg.check(shapes=tmp_path / "none.ttl")
    (tmp_path / "bad.ttl").write_text("<a", encoding="utf-8")
    with pytest.raises(OntologySyntaxError, match="not valid Turtle"):
        kg.check(shapes=tmp_path / "bad.ttl")


def test_two_values_of_a_property_that_has_one_are_found(tmp_path: Path) -> None:
    ontology = tmp_path / "one.ttl"
    ontology.write_text(
        f"@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix sg: <{SG}> . "
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        "sg:Company a owl:Class . "
        "sg:foundedOn a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain sg:Company ; rdfs:range xsd:gYear .",
        encoding="utf-8",
    )
    firm = Entity(iri=mint_entity_iri("Vela"), label="Vela", type="Company", type_iri=SG + "Company")

    def founded(year: str, doc_id: str) -> Fact:
        text = f"Vela was founded in {year}."
        start = int(year)
        evidence = Evidence(start=start, end=start + len(text), text=text, doc_id=doc_id)
        year_of = Literal(value=year, datatype=XSD + "gYear")
        return Fact(
            doc_id=doc_id, subject=firm, property_iri=SG + "foundedOn", object=year_of, confidence=0.9,
            evidence=(evidence,), rule="found-verb",
        )  # fmt: skip

    def found(*facts: Fact) -> list[str]:
        report = KnowledgeGraph.from_facts(facts).check(ontology=ontology)
        return [v.message for v in report.violations if v.check == "cardinality"]

    assert found(founded("2011", "a"), founded("2012", "b")) == []
    assert found(founded("2011", "a"), founded("2012", "a")) == [
        "foundedOn has one value, and 'a' asserts two: 2011 and 2012."
    ]


# Shapes of one's own

SHAPES = """
@prefix : <http://example.org/shapes#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sg: <https://w3id.org/spacegraph/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ASKING = ':S a sh:NodeShape ; sh:targetClass sg:Person ; sh:sparql [ sh:message "m" ; sh:select "%s" ] .'


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        (ASKING % "SELECT $this { SERVICE <http://localhost:1/> { $this ?p ?o } }", "SERVICE"),
        (ASKING % "SELECT $this FROM <file:///etc/hostname> { $this ?p ?o }", "FROM"),
        (ASKING % "SELCT $this { $this ?p ?o }", "cannot be used"),
        (':S a sh:NodeShape ; sh:targetClass sg:Person ; sh:property [ sh:path rdfs:label ; sh:pattern "(" ] .', "cannot be used"),
        (":S a sh:NodeShape ; sh:targetClass sg:Person ; sh:and :nothing .", "cannot be used"),
        (":S a sg:Person .", "no sh:NodeShape"),
        ("", "no sh:NodeShape"),
        (":S a sh:NodeShape ; sh:property [ sh:path rdfs:label ; sh:minCount 3 ] .", "target"),
    ],
)  # fmt: skip
def test_shapes_that_check_nothing_or_cannot_be_used_are_said(
    kg: KnowledgeGraph, tmp_path: Path, shapes: str, said: str
) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES + shapes, "utf-8")
    with pytest.raises(OntologyError, match=said) as caught:
        kg.check(shapes=path)
    assert "shapes.ttl" in str(caught.value)


def test_what_shapes_recommend_is_advice_in_english(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    wanted = '[ sh:path rdfs:seeAlso ; sh:minCount 1 ; sh:severity %s ; sh:message "Zu wenig."@de , "Too little."@en-GB , "Trop peu."@fr ]'
    path.write_text(
        f"{SHAPES}:S a sh:NodeShape ; sh:targetClass sg:Person ; sh:property {wanted % 'sh:Info'} .", "utf-8"
    )
    report = kg.check(shapes=path)
    assert report.conforms
    assert {advised.message for advised in report.advice} == {"Too little."}
    assert "Advice: " in report.to_text()
    path.write_text(
        f"{SHAPES}:S a sh:NodeShape ; sh:targetClass sg:Person ; sh:property {wanted % 'sh:Violation'} .",
        "utf-8",
    )
    report = kg.check(shapes=path)
    assert not report.conforms
    assert {violation.message for violation in report.violations} == {"Too little."}


def test_a_graph_that_conforms_has_a_report(kg: KnowledgeGraph) -> None:
    report = rdflib.Graph().parse(data=kg.check().shacl, format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert [str(found) for found in report.objects(None, sh.conforms)] == ["true"]


def test_an_ontology_of_somebody_else_gets_advice(tmp_path: Path) -> None:
    path = tmp_path / "sea.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . <#Ship> a owl:Class . <#tows> a owl:ObjectProperty .",
        "utf-8",
    )
    report = KnowledgeGraph.load(path).check()
    assert report.conforms
    assert any("skos:definition" in advised.message for advised in report.advice)


def test_a_graph_of_somebody_else_conforms_to_shapes(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<#a> a <#C> ; <#p> 1 .", "utf-8")
    (tmp_path / "shapes.ttl").write_text(
        f"{SHAPES}:S a sh:NodeShape ; sh:targetSubjectsOf <a.ttl#p> ; sh:nodeKind sh:IRI .", "utf-8"
    )
    report = KnowledgeGraph.load(tmp_path / "a.ttl").check(shapes=tmp_path / "shapes.ttl")
    assert "conforms to the shapes" in report.to_text()
    assert report.conforms
