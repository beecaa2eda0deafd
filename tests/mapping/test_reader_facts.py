"""Facts of the trained reader: who read them, what guards them, and one claim once whoever reads it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from spacegraph.language import annotations as stored
from spacegraph.language.factuality.component import FactualityComponent
from spacegraph.language.factuality.relations import less_assertive
from spacegraph.mapping.by_relations import Calibration, Signs, relation_facts
from spacegraph.mapping.entities import Referents
from spacegraph.mapping.merging import joined
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal, Relation
from spacegraph.rdf_ontology import load_ontology
from spacegraph.reading import Reader, load_reader

if TYPE_CHECKING:
    from pathlib import Path

SG = "https://w3id.org/spacegraph/ontology#"
NONE = Calibration({})


@cache
def both() -> Reader:
    return load_reader()


def facts(text: str, readers: tuple[str, ...] | None = None) -> tuple[Fact, ...]:
    article = Article(id="test", text=text)
    (found,) = (f for _, f, _ in load_reader(readers=readers).read([article]))
    for fact in found:
        assert 0 <= fact.confidence <= 1
        for evidence in fact.evidence:
            assert text[evidence.start : evidence.end] == evidence.text
    return found


def test_a_fact_says_who_read_it() -> None:
    text = "Tamsin Vole was born in Selby. Orrin Aerospace is headquartered in Norwick."
    rules = {f.rule for f in facts(text, ("reader",))}
    assert rules
    assert all(rule.startswith("reader→") for rule in rules)
    assert not any(f.rule.startswith("reader→") for f in facts(text, ("rules",)))


def test_reading_twice_gives_the_same_facts() -> None:
    text = "Tamsin Vole, head of Orrin Aerospace, met Bram Sorrel in Norwick on Monday."
    assert facts(text) == facts(text)


def relation_between(
    text: str,
    subject: str,
    relation: str,
    object_: str,
    factuality: Factuality = Factuality.ASSERTED,
    *,
    types: tuple[str, str] = ("Organisation", "Organisation"),
) -> tuple[Fact, ...]:
    """The facts of one relation that a reader sees for sure, after the guard."""
    article = Article(id="test", text=text)
    reader = both()
    (doc,) = reader.docs([article])

    def span(words: str) -> tuple[int, int]:
        start = text.index(words)
        found = doc.char_span(start, start + len(words))
        assert found is not None
        return found.start, found.end

    stored.set_relations(
        doc,
        [
            Relation(
                subject=span(subject), object=span(object_), subject_type=types[0], object_type=types[1],
                property_iri=SG + relation, probability=0.99, factuality=factuality,
            )
        ],
    )  # fmt: skip
    doc = FactualityComponent()(doc)
    return tuple(relation_facts(Referents(doc, article, reader.ontology), NONE))


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Orrin Aerospace acquired Vela Works.", Factuality.ASSERTED),
        ("Orrin Aerospace did not acquire Vela Works.", Factuality.NEGATED),
        ("Orrin Aerospace denied that it had acquired Vela Works.", Factuality.NEGATED),
        ("If Orrin Aerospace acquires Vela Works, jobs will go.", Factuality.HYPOTHETICAL),
        ("Orrin Aerospace may acquire Vela Works.", Factuality.HYPOTHETICAL),
        ("Orrin Aerospace plans to acquire Vela Works.", Factuality.PLANNED),
    ],
)
def test_the_words_between_two_mentions_hold_whatever_the_model_says(
    text: str, factuality: Factuality
) -> None:
    (fact,) = relation_between(text, "Orrin Aerospace", "acquired", "Vela Works")
    assert fact.factuality is factuality


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("The Petrel rocket landed at Selby, not at Norwick.", Factuality.NEGATED),
        ("The Petrel rocket landed at Selby rather than at Norwick.", Factuality.NEGATED),
        ("The Petrel rocket landed at Norwick, not at Selby.", Factuality.ASSERTED),
    ],
)
def test_what_is_set_against_another_is_denied(text: str, factuality: Factuality) -> None:
    (one,) = relation_between(text, "Petrel", "landedIn", "Norwick")
    assert one.factuality is factuality


def test_whoever_misses_an_event_takes_no_part() -> None:
    (one,) = relation_between(
        "Orrin Aerospace missed the Selby Summit.", "Orrin Aerospace", "participatedIn", "Selby Summit"
    )
    assert one.factuality is Factuality.NEGATED


def test_what_the_model_doubts_is_not_claimed() -> None:
    (fact,) = relation_between(
        "Orrin Aerospace acquired Vela Works.",
        "Orrin Aerospace",
        "acquired",
        "Vela Works",
        Factuality.NEGATED,
    )
    assert fact.factuality is Factuality.NEGATED


def test_quotation_marks_hold_what_stands_between_them() -> None:
    text = "“Orrin Aerospace acquired Vela Works,” Bram Sorrel said."
    (fact,) = relation_between(text, "Orrin Aerospace", "acquired", "Vela Works")
    assert fact.factuality is Factuality.REPORTED
    assert fact.attributed_to is not None
    assert fact.attributed_to.label == "Bram Sorrel"


def test_what_factuality_has_not_seen_is_no_fact() -> None:
    article = Article(id="test", text="Orrin Aerospace acquired Vela Works.")
    (doc,) = both().docs([article])
    stored.set_relations(
        doc,
        [
            Relation(
                subject=(0, 2), object=(3, 5), subject_type="Organisation", object_type="Organisation", property_iri=SG + "acquired",
                probability=0.9,
            )
        ],
    )  # fmt: skip
    with pytest.raises(AssertionError, match="factuality has not looked"):
        list(relation_facts(Referents(doc, article, both().ontology), NONE))


def test_a_property_keeps_its_domain() -> None:
    # A rocket is married to nobody, whatever a model says.
    assert (
        relation_between("The rocket Petrel flew with Vela Works.", "Petrel", "marriedTo", "Vela Works") == ()
    )


@pytest.mark.parametrize("a", Factuality)
@pytest.mark.parametrize("b", Factuality)
def test_the_less_assertive_of_two_is_the_same_either_way(a: Factuality, b: Factuality) -> None:
    assert less_assertive(a, b) is less_assertive(b, a)
    assert less_assertive(Factuality.ASSERTED, b) is b
    assert less_assertive(Factuality.NEGATED, b) is Factuality.NEGATED


# -- one claim once ------------------------------------------------------------------------------------


def entity(label: str) -> Entity:
    return Entity(iri=f"https://example.org/{label.replace(' ', '_')}", label=label)


def fact(  # noqa: PLR0917
    subject: str,
    relation: str,
    object_: str | Literal,
    rule: str = "verb",
    confidence: float = 0.8,
    factuality: Factuality = Factuality.ASSERTED,
) -> Fact:
    return Fact(
        doc_id="test", subject=entity(subject), property_iri=SG + relation,
        object=object_ if isinstance(object_, Literal) else entity(object_), confidence=confidence, rule=rule, factuality=factuality,
        evidence=(Evidence(start=0, end=10, text="0123456789"),),
    )  # fmt: skip


def test_what_both_read_is_surer_and_put_as_the_words_put_it() -> None:
    (one,) = joined(
        [fact("A", "acquired", "B", factuality=Factuality.PLANNED)],
        [fact("A", "acquired", "B", "reader→acquired", 0.9)],
        load_ontology(),
        NONE,
    )
    assert one.rule == "verb"
    assert one.factuality is Factuality.PLANNED
    assert one.confidence > 0.9


def test_another_place_that_denies_is_a_fact_of_its_own() -> None:
    elsewhere = Evidence(start=20, end=30, text="0123456789")
    denied = replace(
        fact("A", "acquired", "B", "reader→acquired", 0.9, Factuality.NEGATED), evidence=(elsewhere,)
    )
    found = joined([fact("A", "acquired", "B")], [denied], load_ontology(), NONE)
    assert {f.factuality for f in found} == {Factuality.ASSERTED, Factuality.NEGATED}


ONTOLOGY = f"""
@prefix sg: <{SG}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
sg:met a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "met"@en .
sg:paysFor a owl:ObjectProperty ; rdfs:label "pays for"@en .
sg:fundedBy a owl:ObjectProperty ; rdfs:label "funded by"@en ; owl:inverseOf sg:paysFor .
"""


@pytest.mark.parametrize(("one", "other"), [("met", "met"), ("fundedBy", "paysFor"), ("paysFor", "fundedBy")])
def test_a_claim_told_the_other_way_round_is_the_same(tmp_path: Path, one: str, other: str) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    told, turned = fact("A", one, "B"), fact("B", other, "A", "reader", 0.9)
    assert len(joined([told], [turned], load_ontology(path), NONE)) == 1


def test_what_the_same_words_tell_of_the_other_end_is_not_told_again() -> None:
    told, turned = fact("A", "aboard", "B"), fact("B", "hasCrewMember", "A", "reader", 0.9)
    assert joined([told], [turned], load_ontology(), NONE)[0].relation == "aboard"
    assert len(joined([told], [turned], load_ontology(), NONE)) == 1
    elsewhere = replace(turned, evidence=(Evidence(start=20, end=30, text="0123456789"),))
    assert len(joined([told], [elsewhere], load_ontology(), NONE)) == 2


@pytest.mark.parametrize(("confidence", "told"), [(0.55, False), (0.7, True)])
def test_another_property_of_what_the_lexicon_reads_must_be_surer(confidence: float, *, told: bool) -> None:
    found = joined(
        [fact("A", "criticized", "B")],
        [fact("A", "accused", "B", "reader", confidence)],
        load_ontology(),
        NONE,
    )
    assert ("accused" in {f.relation for f in found}) is told


def test_other_words_for_one_object_are_no_second_fact() -> None:
    long, short = Literal(value="that the crew was well and happy"), Literal(value="the crew was well")
    assert (
        len(
            joined(
                [fact("A", "said", long)], [fact("A", "said", short, "reader", 0.9)], load_ontology(), NONE
            )
        )
        == 1
    )


def test_other_things_are_other_facts() -> None:
    assert (
        len(
            joined(
                [fact("A", "acquired", "B")],
                [fact("A", "acquired", "C", "reader", 0.9)],
                load_ontology(),
                NONE,
            )
        )
        == 2
    )


def test_what_is_told_of_sure_mentions_near_each_other_is_surer() -> None:
    weights = {"": -1.0, "probability": 0.5, "subject sure": 0.3, "object sure": 0.3, "distance": -0.2}
    calibration = Calibration({"calibration": {"reader": weights}})
    sure = Signs(0.8, 0.99, 0.99, "name", "name", 1, "asserted")
    least = calibration.of_reader("acquired", sure)
    assert 0 <= least <= 1
    for doubt in ({"subject_sure": 0.4}, {"object_sure": 0.4}, {"distance": 20}, {"probability": 0.4}):
        assert calibration.of_reader("acquired", sure._replace(**doubt)) < least


def test_a_description_is_not_said_to_be_what_it_is() -> None:
    text = "Two Orrin astronauts boarded the Petrel capsule. Tamsin Vole is an astronaut."
    told = relation_between(
        text, "Two Orrin astronauts", "hasOccupation", "astronauts", types=("Group", "Occupation")
    )
    assert not told
    (one,) = relation_between(
        text, "Tamsin Vole", "hasOccupation", "an astronaut", types=("Person", "Occupation")
    )
    assert one.object.label == "astronaut"


def test_where_on_the_page_a_text_begins_and_ends_says_nothing() -> None:
    text = "Tamsin Vole, the head of Orrin Aerospace, criticized the engineer Bram Sorrel."
    plain = [(f.id, f.confidence) for f in facts(text)]
    assert [(f.id, f.confidence) for f in facts(f"\n\n{text}")] == plain
    assert [(f.id, f.confidence) for f in facts(f"{text}\n\n")] == plain


def test_unlikely_relations_are_not_told() -> None:
    assert joined([], [fact("A", "acquired", "B", "reader", 0.2)], load_ontology(), NONE) == []


def test_a_day_of_an_unknown_year_is_a_day_all_the_same() -> None:
    (one,) = relation_between(
        "The Lumen satellite will launch on Wednesday, May 22.",
        "Lumen",
        "launchedOn",
        "Wednesday, May 22",
        Factuality.PLANNED,
    )
    assert (one.object.label, one.object.type) == ("--05-22", "gMonthDay")
