"""Lists of people, a line each: contacts at the end of a release, with where they work and where that lies."""

from __future__ import annotations

import pytest
from proposition_reading import NOUN, all_of, read

from spacegraph.language import annotations as layers

NAMES = "The Vela Space Center builds rockets in Ames. The Orsted Flight Center paid for the fuel."


def _told(text: str, lemma: str) -> list[tuple[str, str]]:
    doc = read(text)
    found = []
    for p in all_of(text, lemma, NOUN):
        words = {a.role: doc[a.start : a.end].text for a in p.arguments}
        if where := words.get("affiliation") or words.get("pp:in"):
            found.append((words["ref"], where))
    return found


@pytest.mark.parametrize(
    "mark", ["News Media Contact\n\n{}", "Contacts:\n\n{}", "{}\n\n555-544-0134", "{}\n\nada@vela.example"]
)
def test_contact_works_where_the_next_line_says(mark: str) -> None:
    text = f"{NAMES}\n\n{mark.format('Ada Okafor' + chr(10) * 2 + 'Vela Space Center')}"
    assert _told(text, "contact") == [("Ada Okafor", "Vela Space Center")]


def test_several_contacts_and_their_seats() -> None:
    text = (
        f"{NAMES}\n\nMedia Contacts\n\nAda Okafor\n\nVela Space Center\n\nHouston, Texas\n\n555-544-0134\n\n"
        "Bo Lind\n\nOrsted Flight Center, Ames, Iowa\n\nbo.lind@vela.example"
    )
    assert _told(text, "contact") == [
        ("Ada Okafor", "Vela Space Center"),
        ("Bo Lind", "Orsted Flight Center"),
    ]
    assert _told(text, "seat") == [("Vela Space Center", "Houston")]


@pytest.mark.parametrize(
    "end",
    [
        # Nothing says that these are contacts.
        "The winners are:\n\nAda Okafor\n\nVela Space Center",
        "Ada Okafor visited the Vela Space Center.\n\n555-544-0134",
        "Contact\n\nAda Okafor\n\nThe engineers of the agency tested the engine at the Vela Space Center in Ames for a whole week.",
        "Contact\n\nVela Space Center\n\n555-544-0134",
    ],
)
def test_other_lines_name_no_contacts(end: str) -> None:
    found = layers.propositions(read(f"{NAMES}\n\n{end}"))
    assert not [p for p in found if p.lemma == "seat" or any(a.role == "affiliation" for a in p.arguments)]


def test_who_takes_part_in_what_will_take_place_stands_where_that_is_said() -> None:
    text = (
        "The agency will hold a conference on Friday.\n\nDuring the conference, the crew will discuss it.\n\n"
        "Participants include:\n\nAda Okafor, pilot\n\nBo Lind, engineer"
    )
    heads = {p.head for p in all_of(text, "participant", NOUN)}
    assert heads == {next(t.i for t in read(text) if t.text == "conference")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They met in the high bay of Vela Headquarters in Houston.", ("Vela Headquarters", "Houston")),
        ("A truck left the Ada Bridge in Boston.", ("Ada Bridge", "Boston")),
    ],
)
def test_place_right_after_the_name_of_a_site_is_where_it_lies(text: str, wanted: tuple[str, str]) -> None:
    doc = read(text)
    pairs = {
        (doc[r.start : r.end].text.removeprefix("the "), doc[a.start : a.end].text)
        for p in layers.propositions(doc)
        if p.kind is NOUN
        for r in p.arguments
        if r.role == "ref"
        for a in p.arguments
        if a.role == "pp:in"
    }
    assert wanted in pairs


def test_country_does_not_lie_where_it_loses() -> None:
    doc = read("They beat France in Boston.")
    assert not [p for p in layers.propositions(doc) if p.kind is NOUN and p.lemma == "france"]
