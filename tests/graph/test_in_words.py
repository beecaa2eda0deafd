"""Facts are said as people would say them."""

from __future__ import annotations

import pytest

from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.operations.in_words import sentence_of
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Entity, Evidence, Fact, Factuality, Literal
from spacegraph.vocab import SG


def thing(label: str) -> Entity:
    return Entity(iri=mint_entity_iri(label), label=label, type="Country", type_iri=SG + "Country")


def put(factuality: Factuality = Factuality.ASSERTED, by: str = "", *, ended: bool = False) -> Fact:
    return Fact(
        doc_id="a",
        subject=thing("Ruritania"),
        property_iri=SG + "withdrewFrom",
        object=thing("Merrow"),
        factuality=factuality,
        attributed_to=thing(by) if by else None,
        ended=ended,
        evidence=(Evidence(start=0, end=9, text="Ruritania", doc_id="a"),),
    )


@pytest.mark.parametrize(
    ("fact", "lead"),
    [
        (put(), ""),
        (put(Factuality.REPORTED, "Orison"), "Orison says: "),
        (put(Factuality.REPORTED), "Reported: "),
        (put(Factuality.NEGATED, "Orison"), "Orison denies: "),
        (put(Factuality.NEGATED), "Not so: "),
        (put(Factuality.HYPOTHETICAL, "Orison"), "Orison says that it may be: "),
        (put(Factuality.HYPOTHETICAL), "It may be: "),
        (put(Factuality.PLANNED, "Orison"), "Orison says that it is planned: "),
        (put(Factuality.PLANNED), "Planned: "),
        (put(ended=True), "No longer: "),
        (put(Factuality.REPORTED, "Orison", ended=True), "Orison says, no longer: "),
    ],
)
def test_a_fact_is_said_in_words(fact: Fact, lead: str) -> None:
    assert sentence_of(fact) == f"{lead}Ruritania withdrew from Merrow"
    explained = KnowledgeGraph.from_facts([fact]).explain("Ruritania").to_text()
    assert explained.startswith(f"{lead}Ruritania – withdrewFrom – Merrow\n")
    assert (", ended" in explained) is fact.ended


def test_words_are_quoted() -> None:
    said = Fact(
        doc_id="a", subject=thing("Orison"), property_iri=SG + "said", object=Literal(value="we stay")
    )
    assert sentence_of(said) == "Orison said “we stay”"
