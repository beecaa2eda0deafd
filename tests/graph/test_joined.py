"""Things of one name in several articles of one graph: one where a store has one, two where it has two."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from spacegraph import build
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.graph.library.identity import Identity
from spacegraph.graph.library.joined import joined
from spacegraph.model import Article, Entity, Fact, Factuality
from spacegraph.rdf_ontology import load_ontology
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://w3id.org/spacegraph/entity/"


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity.of(load_ontology())


def thing(label: str, cls: str = "Person") -> Entity:
    return Entity(iri=BASE + label.replace(" ", "_"), label=label, type=cls, type_iri=SG + cls)


def reading(
    doc_id: str, person: Entity, occupation: str, employer: str
) -> tuple[str, tuple[Fact, ...], tuple[Entity, ...]]:
    facts = (
        Fact(
            doc_id=doc_id,
            subject=person,
            property_iri=SG + "hasOccupation",
            object=thing(occupation, "Occupation"),
        ),
        Fact(doc_id=doc_id, subject=person, property_iri=SG + "worksFor", object=thing(employer, "Company")),
    )
    return doc_id, facts, (person,)


def subjects(readings: list[tuple[str, tuple[Fact, ...], tuple[Entity, ...]]]) -> dict[str, str]:
    return {doc_id: facts[0].subject.iri for doc_id, facts, _ in readings}


def test_people_of_one_name_who_differ_are_two(identity: Identity) -> None:
    rena = thing("Rena Holt")
    readings = [
        reading("a", rena, "astronaut", "Orlan Dynamics"),
        reading("b", rena, "lawyer", "Halden Partners"),
        reading("c", rena, "astronaut", "Orlan Dynamics"),
    ]
    found = {tuple(sorted(subjects(joined(order, identity)).items())) for order in permutations(readings)}
    # In whichever order they come.
    assert found == {(("a", rena.iri), ("b", f"{rena.iri}~b"), ("c", rena.iri))}


def test_an_inference_goes_on_naming_its_premise(identity: Identity) -> None:
    rena = thing("Rena Holt")
    doc_id, facts, things = reading("b", rena, "lawyer", "Halden Partners")
    follows = Fact(
        doc_id="b", subject=rena, property_iri=SG + "memberOf", object=thing("Halden Partners", "Company"),
        factuality=Factuality.ASSERTED, inferred=True, premises=(facts[1].id,),
    )  # fmt: skip
    readings = [reading("a", rena, "astronaut", "Orlan Dynamics"), (doc_id, (*facts, follows), things)]
    _, after, entities = joined(readings, identity)[1]
    assert after[2].premises == (after[1].id,)
    assert after[1].id != facts[1].id
    assert {e.iri for e in entities} == {after[0].subject.iri}


def test_one_article_keeps_its_names(identity: Identity) -> None:
    readings = [reading("a", thing("Holt"), "astronaut", "Orlan Dynamics")]
    assert joined(readings, identity) == readings


@pytest.mark.slow
def test_a_graph_of_several_articles_and_a_store_have_the_same_things(tmp_path: Path) -> None:
    articles = [
        Article(id="one", text="Jules Ardent, a Ruritanian astronaut, flew to Harrow Station. Ardent works for the Orlan Space Agency."),
        Article(id="two", text="Jules Ardent, a Freedonian lawyer, criticized the court. Ardent works for Halden Partners. Prell agreed."),
        Article(id="three", text="Prell, a pilot, met Nina Moss of Vela Works. Nina Moss leads Vela Works."),
    ]  # fmt: skip
    kg = build(articles, any_language=True)
    with ArticleStore.open(tmp_path / "store", create=True) as store:
        for article in articles:
            alone = build(article, any_language=True)
            store.add(article, alone.facts, alone.entities)
        assert {e.iri for e in kg.entities} == {e.iri for e in store.graph().entities}
    people = [e.iri for e in kg.entities if e.label == "Jules Ardent"]
    assert len(people) == 2
