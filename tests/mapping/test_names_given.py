"""What things are called, who holds an office that stands before the name, and what short titles are not."""

from __future__ import annotations

import pytest
from fact_reading import facts, triples

from spacegraph.model import Factuality


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Oban capsule was named Petrel.", ("Oban", "alsoKnownAs", "Petrel")),
        ("The Oban rocket, nicknamed Petrel, exploded.", ("Oban", "alsoKnownAs", "Petrel")),
        ("Engineers nicknamed the Oban rocket Petrel.", ("Oban", "alsoKnownAs", "Petrel")),
        ("Oban Station was renamed Lark Station in 2019.", ("Oban Station", "alsoKnownAs", "Lark Station")),
        # What had no name yet has the one that is told.
        ("The rover was called Petrel. It landed on Mars.", ("Petrel", "landedIn", "Mars")),
        ("The spacecraft was designated Lark 7. It flew to the Moon.", ("Lark 7", "travelledTo", "Moon")),
    ],
)
def test_a_name_that_is_given_is_one(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Oban rocket was called a disaster.",
        "Mira Solberg was named Director of Oban Works.",
        # It has no other name.
        "The rover was called Petrel.",
    ],
)
def test_not_all_that_something_is_called_is_another_name(text: str) -> None:
    assert "alsoKnownAs" not in {relation for _, relation, _ in triples(text)}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Mira Solberg (CFO) met Tom Dent.", ("Mira Solberg", "hasRole", "CFO")),
        ("Mira Solberg (CEO, Oban Works) met Tom Dent.", ("Mira Solberg", "hasRole", "CEO")),
    ],
)
def test_a_title_in_brackets_is_a_role(text: str, relation: tuple[str, str, str]) -> None:
    assert relation in triples(text)
    assert "alsoKnownAs" not in {relation for _, relation, _ in triples(text)}


@pytest.mark.parametrize("text", ["Mira Solberg (ESA) met Tom Dent.", "Mira Solberg (COO) met Tom Dent."])
def test_capitals_after_a_person_are_no_name_of_hers(text: str) -> None:
    assert "alsoKnownAs" not in {relation for _, relation, _ in triples(text)}


@pytest.mark.parametrize(
    ("text", "person", "role", "of"),
    [
        ("Mayor of Oban Laura Solberg met Tom Dent.", "Laura Solberg", "Mayor of Oban", "Oban"),
        (
            "Head of Lark Works Peter Solberg met Tom Dent.",
            "Peter Solberg",
            "Head of Lark Works",
            "Lark Works",
        ),
        ("The Governor of Oban Laura Solberg met Tom Dent.", "Laura Solberg", "Governor of Oban", "Oban"),
    ],
)
def test_who_holds_an_office_is_not_part_of_what_it_is_of(text: str, person: str, role: str, of: str) -> None:
    assert {(person, "hasRole", role), (person, "headOf", of), (person, "met", "Tom Dent")} <= triples(text)


def test_a_foundation_named_after_somebody_stays_whole() -> None:
    found = triples("The head of Laura Solberg Foundation met Tom Dent.")
    assert not {subject for subject, _, _ in found} & {"Laura", "Solberg", "Solberg Foundation"}


def test_who_tells_of_a_death_has_not_died() -> None:
    found = triples("NASA announced the departure of Mira Solberg. NASA announced the death of Tom Dent.")
    assert not {(s, r) for s, r, _ in found if s == "NASA"} & {
        ("NASA", "hasStatus"),
        ("NASA", "departedFrom"),
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("NASA’s contract with Oban Aerospace was extended.", ("Oban Aerospace", "contractedBy", "NASA")),
        ("Oban Aerospace’s contract with NASA was extended.", ("Oban Aerospace", "contractedBy", "NASA")),
    ],
)
def test_the_agency_gives_the_contract(text: str, wanted: tuple[str, str, str]) -> None:
    assert {t for t in triples(text) if t[1] in ("contractedBy", "agreedWith")} == {wanted}


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("According to the timetable, Oban Works would be relocated to Houston.", Factuality.PLANNED),
        ("Under the deal, Oban Works would be relocated to Houston.", Factuality.PLANNED),
        ("The plan says that Oban Works would be relocated to Houston.", Factuality.PLANNED),
        ("Oban Works would be relocated to Houston if the vote failed.", Factuality.HYPOTHETICAL),
        ("Under the deal, Oban Works was relocated to Houston.", Factuality.ASSERTED),
    ],
)
def test_what_a_plan_says_is_planned(text: str, factuality: Factuality) -> None:
    assert {f.factuality for f in facts(text) if f.relation == "relocatedTo"} == {factuality}
