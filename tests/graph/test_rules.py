from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

import strategies
from spacegraph.errors import OntologyError, OntologySyntaxError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.graph.operations.rules import Rule, infer, load_rules
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from pathlib import Path


def thing(label: str, cls: str) -> Entity:
    return Entity(iri=mint_entity_iri(label), label=label, type=cls, type_iri=SG + cls)


MIRA, DARA = thing("Mira Oban", "Person"), thing("Dara Quill", "Person")
VELA, CREW = thing("Vela Works", "Company"), thing("Crew Nine", "Group")
TERN, FLIGHT = thing("Tern One", "Spacecraft"), thing("Sorrow Flight", "Mission")
HALL, TOWN, LAND = thing("Vela Hall", "Facility"), thing("Sorrow", "City"), thing("Avonia", "Country")


def claim(subject: Entity, relation: str, obj: Entity, **more: object) -> Fact:
    text = f"{subject.label} {relation} {obj.label}."
    values: dict[str, object] = {
        "doc_id": "a", "subject": subject, "property_iri": SG + relation, "object": obj, "confidence": 0.8,
        "evidence": (Evidence(start=len(text) * 100, end=len(text) * 101, text=text),), "rule": "read",
    }  # fmt: skip
    return Fact(**{**values, **more})  # type: ignore[arg-type]


def inferred(*facts: Fact) -> set[tuple[str, str, str, str]]:
    after = infer(KnowledgeGraph.from_facts(facts))
    return {(f.subject.label, f.relation, f.object.label, f.rule) for f in after.facts if f.inferred}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([claim(MIRA, "headOf", VELA)], ("Mira Oban", "worksFor", "Vela Works", "head-works-for")),
        ([claim(TERN, "hasCrewMember", MIRA)], ("Mira Oban", "aboard", "Tern One", "crew-aboard")),
        ([claim(FLIGHT, "hasCrewMember", MIRA)], ("Mira Oban", "participatedIn", "Sorrow Flight", "crew-takes-part")),
        ([claim(MIRA, "memberOf", CREW), claim(CREW, "aboard", TERN)], ("Mira Oban", "aboard", "Tern One", "member-aboard")),
        ([claim(MIRA, "met", DARA)], ("Dara Quill", "met", "Mira Oban", "symmetric")),
        ([claim(VELA, "headquarteredIn", TOWN)], ("Vela Works", "locatedIn", "Sorrow", "sub-property")),
        ([claim(HALL, "locatedIn", TOWN), claim(TOWN, "locatedIn", LAND)], ("Vela Hall", "locatedIn", "Avonia", "transitive")),
    ],
)  # fmt: skip
def test_what_follows_is_inferred(facts: list[Fact], expected: tuple[str, str, str, str]) -> None:
    assert expected in inferred(*facts)


def test_rules_build_on_each_other_until_nothing_new_follows() -> None:
    found = inferred(
        claim(VELA, "headquarteredIn", HALL), claim(HALL, "locatedIn", TOWN), claim(TOWN, "locatedIn", LAND)
    )
    assert {(s, o) for s, r, o, _ in found if r == "locatedIn"} == {
        ("Vela Works", "Vela Hall"), ("Vela Works", "Sorrow"), ("Vela Works", "Avonia"), ("Vela Hall", "Avonia"),
    }  # fmt: skip


def test_an_inferred_fact_names_rule_premises_and_words() -> None:
    kg = KnowledgeGraph.from_facts(
        [claim(MIRA, "headOf", VELA, time="2031")], articles=[Article(id="a", text="")]
    )
    after = infer(kg)
    fact = next(f for f in after.facts if f.inferred)
    premise = kg.facts[0]
    assert (fact.rule, fact.premises, fact.evidence) == ("head-works-for", (premise.id,), premise.evidence)
    assert fact.confidence < premise.confidence
    assert fact.time == "2031"
    explained = str(after.explain("Mira Oban", "worksFor"))
    assert "inferred by head-works-for" in explained
    assert explained.index("because") < explained.index("Mira Oban – headOf")
    assert after.query("ASK { ?a sg:worksFor ?b }").answer
    assert not kg.query("ASK { ?a sg:worksFor ?b }").answer


@pytest.mark.parametrize("factuality", [f for f in Factuality if f is not Factuality.ASSERTED])
def test_nothing_follows_from_what_is_not_asserted(factuality: Factuality) -> None:
    assert not inferred(claim(MIRA, "headOf", VELA, factuality=factuality))


def test_what_stands_already_is_not_inferred() -> None:
    assert not inferred(claim(MIRA, "headOf", VELA), claim(MIRA, "worksFor", VELA))


@settings(max_examples=15, deadline=None)
@given(strategies.readings())
def test_a_second_time_nothing_new_follows(reading: tuple[Article, list[Fact]]) -> None:
    article, facts = reading
    once = infer(KnowledgeGraph.from_facts(facts, articles=[article]))
    assert infer(once).export() == once.export()


def test_rules_of_one_s_own(tmp_path: Path) -> None:
    (tmp_path / "boss.rq").write_text(
        "# The boss of all.\nCONSTRUCT { [] rdf:subject ?s ; rdf:predicate sg:met ; rdf:object ?o ; sg:premise ?p }"
        " WHERE { ?p rdf:predicate sg:headOf ; rdf:subject ?s ; rdf:object ?o }",
        encoding="utf-8",
    )
    (rule,) = load_rules(tmp_path)
    assert (rule.name, rule.meaning) == ("boss", "The boss of all.")
    after = infer(KnowledgeGraph.from_facts([claim(MIRA, "headOf", VELA)]), tmp_path)
    assert [f.relation for f in after.facts if f.inferred] == ["met"]


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("SELECT * { ?s ?p ?o }", OntologyError, "not a CONSTRUCT"),
        ("CONSTRUCT { ?s ?p }", OntologySyntaxError, "line 1"),
        ("", OntologyError, "not a CONSTRUCT"),
    ],
)
def test_a_rule_that_is_none_is_said(tmp_path: Path, text: str, error: type[Exception], said: str) -> None:
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(error, match=said):
        load_rules(tmp_path)


def test_a_folder_without_rules_is_said(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="holds no rule"):
        load_rules(tmp_path)
    with pytest.raises(OntologyError, match="cannot be read"):
        load_rules(tmp_path / "none.rq")


def test_a_rule_that_builds_no_statement_is_said() -> None:
    rule = Rule(name="odd", meaning="", text="CONSTRUCT { ?s rdf:subject ?s } WHERE { ?s sg:factuality ?f }")
    with pytest.raises(OntologyError, match="must build statements"):
        infer(KnowledgeGraph.from_facts([claim(MIRA, "headOf", VELA)]), [rule])


HEADS = "?p rdf:predicate sg:headOf ; rdf:subject ?s ; rdf:object ?o"


@pytest.mark.parametrize(
    ("built", "where", "said"),
    [
        ("rdf:subject ?s ; rdf:predicate sg:met ; rdf:object sge:Nobody ; sg:premise ?p", HEADS, "whose object .*Nobody.* not a thing"),
        ("rdf:subject ?n ; rdf:predicate sg:met ; rdf:object ?o ; sg:premise ?p", f"{HEADS} BIND('x' AS ?n)", "whose subject .* not a thing"),
        ("rdf:subject ?s ; rdf:predicate rdf:type ; rdf:object sg:Company ; sg:premise ?p", HEADS, "whose object .*Company.* not a thing"),
        ("rdf:subject ?s ; rdf:predicate sg:met ; rdf:object ?o ; sg:premise ?s", HEADS, "which is no asserted statement"),
        ("rdf:subject ?s ; rdf:predicate sg:met ; rdf:object ?o ; sg:premise ?p, ?s", HEADS, "which is no asserted statement"),
        ("rdf:subject ?s ; rdf:predicate sg:met ; rdf:object ?o ; sg:premise ?p ; sg:factuality sg:Planned", HEADS, "only, not .*factuality"),
        ("rdf:subject ?s ; rdf:predicate ?n ; rdf:object ?o ; sg:premise ?p", f"{HEADS} BIND('x' AS ?n)", "is not the IRI of a property"),
        ("rdf:subject ?s ; rdf:predicate sg:met ; rdf:object ?n ; sg:premise ?p", f"{HEADS} BIND('x'@en AS ?n)", "a text with a language"),
    ],
)  # fmt: skip
def test_what_a_rule_builds_is_used_or_said_to_be_wrong(built: str, where: str, said: str) -> None:
    rule = Rule(name="odd", meaning="", text=f"CONSTRUCT {{ [] {built} }} WHERE {{ {where} }}")
    with pytest.raises(OntologyError, match=f"The rule odd .*{said}"):
        infer(KnowledgeGraph.from_facts([claim(MIRA, "headOf", VELA)]), [rule])


def test_a_rule_that_calls_other_machines_is_named(tmp_path: Path) -> None:
    (tmp_path / "far.rq").write_text(
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://h.example/> { ?s ?p ?o } }", "utf-8"
    )
    with pytest.raises(OntologyError, match=r"far\.rq cannot be used: SERVICE is not allowed"):
        load_rules(tmp_path)


def in_store(*facts: Fact) -> ArticleStore:
    store = ArticleStore(MemoryStore())
    for doc_id in sorted({f.doc_id for f in facts}):
        store.add(Article(id=doc_id, text="x" * 20_000), [f for f in facts if f.doc_id == doc_id])
    return store


def test_premises_in_a_store_are_its_statements(tmp_path: Path) -> None:
    # A person called by one word is the article's own there, so that the claim is of another thing than its reading said.
    store = in_store(claim(thing("Oban", "Person"), "met", DARA), claim(MIRA, "met", DARA, doc_id="b"))
    for merged in (False, True):
        if merged:
            store.merge("Oban", "Mira Oban", "the photograph says so")
        after = infer(store.graph())
        assert after.check().conforms, after.check().to_text()
        path = tmp_path / "after.trig"
        after.export(path)
        back = KnowledgeGraph.load(path)
        for kg in (after, back):
            for fact in kg.facts:
                assert all(kg.fact(premise) for premise in fact.premises)
            assert "because" in str(kg.explain("Dara Quill"))
        for (statement,) in after.query("SELECT ?s { ?s a sg:Statement }"):
            assert after.fact(str(statement)) == after.fact(str(statement).rpartition("/")[2])
            assert after.fact(str(statement)) is not None
        assert not after.query("ASK { ?s sg:premise ?p FILTER NOT EXISTS { ?p a sg:Statement } }").answer


def test_two_claims_that_a_merge_makes_one_keep_the_words_of_both() -> None:
    one = claim(MIRA, "met", DARA, evidence=(Evidence(start=0, end=5, text="x" * 5),), confidence=0.5)
    other = claim(thing("Oban", "Person"), "met", DARA, evidence=(Evidence(start=7, end=9, text="xx"),))
    store = in_store(one, other)
    assert len(store.graph().facts) == 2
    store.merge("Oban", "Mira Oban", "the photograph says so")
    (fact,) = store.graph().facts
    assert [e.start for e in fact.evidence] == [0, 7]
    assert fact.confidence == 0.8
    assert str(store.graph().explain("Mira Oban")).count("[x") == 2


def test_rules_without_an_end_are_said() -> None:
    rule = Rule(
        name="more",
        meaning="",
        text="CONSTRUCT { [] rdf:subject ?s ; rdf:predicate sg:hasAge ; rdf:object ?n ; sg:premise ?p } "
        "WHERE { ?p rdf:subject ?s ; rdf:object ?o BIND(CONCAT(STR(?o), 'x') AS ?n) }",
    )
    with pytest.raises(OntologyError, match="After 100 rounds the rules more still infer"):
        infer(KnowledgeGraph.from_facts([claim(MIRA, "headOf", VELA)]), [rule])


def test_every_built_in_rule_says_what_it_does() -> None:
    rules = load_rules()
    assert len(rules) >= 8
    assert all(rule.meaning.endswith(".") for rule in rules)
