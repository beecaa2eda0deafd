"""What the words of a saying, a threat or a criticism name: things beside the triple, and claims that stand in them."""

from __future__ import annotations

import pytest
from fact_reading import facts

from spacegraph.model import Entity, Fact
from spacegraph.vocab import ABOUT, ADDRESSEE


def one(text: str, relation: str, object_: str = "") -> Fact:
    (found,) = (f for f in facts(text) if f.relation == relation and object_ in f.object.label)
    return found


def linked(fact: Fact, role: str) -> set[str]:
    return {thing.label for how, thing in fact.links if how == role}


def claims_in(text: str, fact: Fact) -> set[tuple[str, str, str, str]]:
    return {
        (f.subject.label, f.relation, f.object.label, f.factuality)
        for f in facts(text)
        if f.id in fact.content
    }


def test_a_threat_is_linked_to_what_it_names_and_to_what_would_be_done() -> None:
    text = "Mia Kovar, the head of the Orison Agency, threatened to withdraw from the Merrow Station."
    threat = one(text, "threatened")
    assert linked(threat, ABOUT) == {"Merrow Station"}
    assert claims_in(text, threat) == {("Mia Kovar", "withdrewFrom", "Merrow Station", "hypothetical")}


def test_a_threat_between_marks_is_about_what_its_sentence_names() -> None:
    text = "“Pay what you owe. If not, we will close the Merrow Station,” Mia Kovar told Bob Ray."
    threat = one(text, "threatened")
    assert threat.object.label == "Bob Ray"
    assert "Merrow Station" in linked(threat, ABOUT)


def test_the_addressee_stands_with_the_saying() -> None:
    text = "“The Merrow Station is safe,” Mia Kovar told Bob Ray. “Good,” said Ann Lee."
    assert linked(one(text, "said", "Merrow"), ADDRESSEE) == {"Bob Ray"}
    assert not linked(one(text, "said", "Good"), ADDRESSEE)


def test_who_is_named_by_a_pronoun_in_what_is_said_is_named() -> None:
    text = "Bob Ray flew to the Merrow Station. Mia Kovar said that he had praised the Orison Agency."
    saying = one(text, "said")
    assert linked(saying, ABOUT) == {"Bob Ray", "Orison Agency"}
    assert {claim[:3] for claim in claims_in(text, saying)} == {("Bob Ray", "praised", "Orison Agency")}


def test_a_criticised_deed_is_linked_to_doer_and_claim() -> None:
    text = "Ann Lee criticized Mia Kovar’s threat to detach the Heron module."
    criticism = one(text, "criticized", "threat")
    assert "Mia Kovar" in linked(criticism, ABOUT)
    assert ("Mia Kovar", "threatened", "to detach the Heron module", "asserted") in claims_in(text, criticism)


def test_what_the_reporter_breaks_in_with_is_not_said() -> None:
    text = (
        "“The Heron is old,” Mia Kovar, who works for the Orison Agency, said. “It left Port Merrow in 2019.”"
    )
    saying = one(text, "said")
    assert "Orison Agency" not in linked(saying, ABOUT)
    assert "Port Merrow" in linked(saying, ABOUT)


@pytest.mark.parametrize(
    "text",
    [
        "Mia Kovar praised Bob Ray.",
        "The Heron capsule landed at Port Merrow.",
        "Mia Kovar, 40, works for the Orison Agency.",
    ],
)
def test_names_name_nothing_but_themselves(text: str) -> None:
    assert facts(text)
    assert not any(f.links or f.content for f in facts(text))


def test_content_and_things_are_the_article_s_own() -> None:
    text = (
        "Mia Kovar, the head of the Orison Agency, threatened to withdraw from the Merrow Station. “Pay up, or we will sue "
        "Vela Works,” she told Bob Ray. Ray denied that Vela Works owned the Merrow Station, and Ann Lee criticized his words."
    )
    found = facts(text)
    ids = {f.id for f in found}
    for fact in found:
        assert set(fact.content) <= ids - {fact.id}
        for _, thing in fact.links:
            assert isinstance(thing, Entity)
            assert thing not in (fact.subject, fact.object)
