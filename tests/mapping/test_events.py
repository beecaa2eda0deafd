"""Events with their times, places, participants and measures, in fresh sentences."""

from __future__ import annotations

import datetime as dt

import fact_reading
import pytest

from spacegraph.model import Fact, Factuality

PUBLISHED = dt.date(2031, 3, 9)


def facts(text: str) -> tuple[Fact, ...]:
    """The facts of a text of that day."""
    return fact_reading.facts(text, PUBLISHED)


def triples(text: str) -> set[tuple[str, str, str]]:
    """Subjects, relations and objects, whatever their factuality."""
    return {(f.subject.label, f.relation, f.object.label) for f in facts(text)}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("An Ariane 5 rocket lofted the Osprey probe on Monday.", ("Osprey", "launchVehicle", "Ariane 5")),
        ("Hurricane Milo made landfall in Florida.", ("Hurricane Milo", "occurredIn", "Florida")),
        ("Boeing was awarded a $4 billion contract by NASA.", ("Boeing", "contractedBy", "NASA")),
        ("The crew, Ada Okafor and Ben Sato, landed in Kazakhstan.", ("Ben Sato", "landedIn", "Kazakhstan")),
        (
            "A gas explosion near Oslo killed at least 12 people.",
            ("gas explosion", "killed", "at least 12 people"),
        ),
        (
            "Canada will contribute a robotic arm to the Apollo program.",
            ("Canada", "participatedIn", "Apollo program"),
        ),
        ("The Osprey rocket's nine engines burned kerosene.", ("Osprey", "hasQuantity", "nine engines")),
        ("NASA employs nearly 18,000 people.", ("NASA", "hasQuantity", "nearly 18,000 people")),
        (
            "The Osprey rocket carried more than 60 satellites.",
            ("Osprey", "hasQuantity", "more than 60 satellites"),
        ),
        ("The Osprey rocket weighs 540 tonnes.", ("Osprey", "hasQuantity", "540 tonnes")),
    ],
)
def test_counts_and_measures(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "NASA attended the 2030 exhibition.",
        "NASA has a first idea of the rocket.",
        "The Osprey rocket carried satellites for 61 customers.",
    ],
)
def test_years_and_ranks_count_nothing(text: str) -> None:
    assert "hasQuantity" not in {f.relation for f in facts(text)}


def test_what_is_yet_to_occur_has_a_planned_date() -> None:
    (fact,) = [
        f
        for f in facts("The Osprey test flight will take place on May 3, 2031.")
        if f.object.label == "2031-05-03"
    ]
    assert (fact.relation, fact.factuality) == ("plannedDate", Factuality.PLANNED)
    (fact,) = [
        f for f in facts("The Osprey test flight took place on May 3, 2030.") if f.relation == "occurredOn"
    ]
    assert fact.factuality is Factuality.ASSERTED


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Ada Okafor will speak at the Lund Space Symposium on April 9.",
            ("Ada Okafor", "participatedIn", "Lund Space Symposium"),
        ),
        (
            "During the Lund Space Symposium, Ada Okafor praised the crew.",
            ("Ada Okafor", "participatedIn", "Lund Space Symposium"),
        ),
        (
            "The Osprey capsule underwent thermal testing in May.",
            ("Osprey", "participatedIn", "thermal testing"),
        ),
        (
            "NASA will host a media teleconference on May 14.",
            ("media teleconference", "plannedDate", "2031-05-14"),
        ),
        (
            "The docking system tests were held in Houston in 2030.",
            ("docking system tests", "occurredIn", "Houston"),
        ),
    ],
)
def test_who_takes_part_and_when_and_where(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in triples(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("NASA's Osprey 7 mission lasted ten days.", ("Osprey 7", "hasDuration", "ten days")),
        (
            "Ada Okafor spent a year aboard the International Space Station.",
            ("Ada Okafor", "hasDuration", "a year"),
        ),
        (
            "The docking system tests were conducted in Houston over 10 days.",
            ("docking system tests", "hasDuration", "10 days"),
        ),
    ],
)
def test_durations_in_words(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in triples(text)


def test_groups_aboard_a_vehicle_are_counted() -> None:
    found = triples(
        "Three NASA astronauts and two Russian cosmonauts are aboard the International Space Station."
    )
    assert ("International Space Station", "hasQuantity", "Three NASA astronauts") in found
    assert ("International Space Station", "hasQuantity", "two Russian cosmonauts") in found


def test_a_flight_during_which_something_failed_took_place() -> None:
    found = facts("The Osprey capsule failed to reach the station during a test flight in December 2030.")
    (fact,) = [f for f in found if f.relation == "occurredOn"]
    assert (fact.factuality, fact.object.label) == (Factuality.ASSERTED, "2030-12")


def test_an_event_is_not_named_by_its_length_or_day() -> None:
    found = triples(
        "NASA will host the 30-minute media teleconference. The April 2 ring-tossing workshop took place in Houston."
    )
    assert ("media teleconference", "hasDuration", "30 minutes") in found
    assert ("ring-tossing workshop", "occurredIn", "Houston") in found


ROSTER = """NASA will host a signing ceremony on May 14 in Houston.

Other participants {}include:

Dr. Ada Okafor, director, Earth Division
Ben Sato, project manager

The ceremony will end at noon. Ines Kovar is a lawyer.
"""


@pytest.mark.parametrize("heading", ["", "in the ceremony "])
def test_people_listed_below_a_heading_take_part(heading: str) -> None:
    found = [f for f in facts(ROSTER.format(heading)) if f.relation == "participatedIn"]
    assert {f.subject.label for f in found} == {"Ada Okafor", "Ben Sato"}
    assert {f.object.label for f in found} == {"signing ceremony"}
    assert {f.factuality for f in found} <= {Factuality.PLANNED, Factuality.ASSERTED}


def test_what_was_won_when_is_said_item_by_item() -> None:
    text = "Ada Okafor won the Service Medal in 2003 and 2007, the Leadership Medal in 2014, and the Merit Award in 2019."
    assert {f.object.label: f.time for f in facts(text) if f.relation == "awarded"} == {
        "Service Medal": "2003", "Leadership Medal": "2014", "Merit Award": "2019",
    }  # fmt: skip


def test_one_date_at_the_end_is_of_the_whole_list() -> None:
    text = "Ada Okafor received the Service Medal and the Merit Award in 2019."
    assert {f.time for f in facts(text) if f.relation == "awarded"} == {"2019"}


@pytest.mark.parametrize(
    ("text", "head", "nobody"),
    [
        ("Ada Okafor replaced Ben Sato as director of Orbitrex Corporation.", "Ada Okafor", "Ben Sato"),
        (
            "Ada Okafor was succeeded by Ben Sato as director of Orbitrex Corporation.",
            "Ben Sato",
            "Ada Okafor",
        ),
    ],
)
def test_who_follows_somebody_in_a_post_has_it(text: str, head: str, nobody: str) -> None:
    assert (head, "headOf", "Orbitrex Corporation") in triples(text)
    assert (nobody, "headOf", "Orbitrex Corporation") not in triples(text)


def test_who_was_replaced_no_longer_has_the_post() -> None:
    assert not [
        f
        for f in facts("Ada Okafor was replaced as director of Orbitrex Corporation.")
        if f.relation == "headOf"
    ]


@pytest.mark.parametrize("words", ["serves", "is serving"])
def test_what_has_been_so_since_a_day_is_no_plan(words: str) -> None:
    text = f"Ada Okafor {words} as director of Orbitrex Corporation since 2019."
    (fact,) = (f for f in fact_reading.facts(text) if f.relation == "headOf")
    assert fact.factuality is Factuality.ASSERTED
