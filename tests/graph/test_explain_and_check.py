from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from spacegraph.errors import OntologyError, OntologySyntaxError, QueryError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal
from spacegraph.vocab import SG

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
