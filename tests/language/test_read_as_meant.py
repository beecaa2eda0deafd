"""Verbs with prefixes, coordinate verbs, offices, contents of speech, dates after times: read as they are meant."""

from __future__ import annotations

import pytest
from proposition_reading import NOUN, all_of, roles


@pytest.mark.parametrize(
    ("text", "lemma", "wanted"),
    [
        ("Kovar co-founded the Halcyon Institute.", "found", {"subj": ["Kovar"], "obj": ["Halcyon Institute"]}),
        ("Kovar re-entered the capsule.", "enter", {"subj": ["Kovar"], "obj": ["capsule"]}),
        ("Zorvex funds and manages the program.", "fund", {"subj": ["Zorvex"], "obj": ["program"]}),
        ("Zorvex funds and manages the program.", "manage", {"subj": ["Zorvex"], "obj": ["program"]}),
        ("The board elected Ines Kovar chair in May.", "elect", {"subj": ["board"], "obj": ["Ines Kovar"], "time": ["May"]}),
        ("He met Bo Lind, and a crew of pilots.", "meet", {"subj": ["He"], "obj": ["Bo Lind", "crew"]}),
        ("Kovar won the Star in 2003 and 2007, the Cross in 2014 and the Medal in 2019.", "win", {"obj": ["Star", "Cross", "Medal"]}),
        ("Kovar toured Zorvex in 2003, the firm in its first year.", "tour", {"obj": ["Zorvex"]}),
        ("The court found Kovar's record left him a danger.", "leave", {"subj": ["Kovar's record"]}),
        ("The Ames Centre reported Storm Bo in the south had strengthened.", "strengthen", {"subj": ["Storm Bo"]}),
        ("The call will begin at 3 p.m. EDT, Wednesday, May 15.", "begin",
         {"subj": ["call"], "time": ["3 p.m. EDT", "Wednesday, May 15"]}),
        ("Press must register by 4 p.m. PST, Monday, Feb. 26.", "register", {"pp:by": ["4 p.m. PST", "Monday, Feb. 26"]}),
    ],
)  # fmt: skip
def test_arguments_of_a_verb(text: str, lemma: str, wanted: dict[str, list[str]]) -> None:
    found = roles(text, lemma)
    assert {role: found.get(role) for role in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "lemma", "role"),
    [
        # A plural between a name and another noun is no verb.
        ("Zorvex funds and its bonds rose.", "fund", "subj"),
        # Who is told something does not do it.
        ("She told the pilots left on the ship to wait.", "leave", "subj"),
        ("They made the Zorvex director leave.", "make", "attr"),
        # A date of its own stands in no role of the time before it.
        ("The call ended at 3 p.m. EDT. May 15 is a holiday.", "end", "attr"),
    ],
)
def test_nothing_is_made_up(text: str, lemma: str, role: str) -> None:
    assert all(a.role != role for p in all_of(text, lemma) for a in p.arguments)


def test_office_is_no_second_name() -> None:
    assert roles("The board elected Ines Kovar chair in May.", "chair", NOUN)["ref"] == ["Ines Kovar"]
    assert "attr" not in roles("Ines Kovar was named director of Halcyon.", "name")
    assert roles("They named the ship Tern.", "name")["attr"] == ["Tern"]


@pytest.mark.parametrize(
    ("text", "lemma", "wanted"),
    [
        ("The probe is scheduled to launch no earlier than May 3.", "launch", {"time": ["May 3"]}),
        ("The mission will last six months.", "last", {"duration": ["six months"]}),
        ("The flight took the last six months.", "take", {"duration": ["last six months"]}),
        ("Vela awarded Halcyon Systems a contract to build the lander.", "build", {"subj": ["Halcyon Systems"]}),
        ("The agency awarded a contract to Halcyon Systems to build the lander.", "build", {"subj": ["Halcyon Systems"]}),
        ("Halcyon Systems won a contract to build the lander.", "build", {"subj": ["Halcyon Systems"]}),
        ("Mission specialists Ada Okafor and Raj Patel will fly.", "fly", {"subj": ["Ada Okafor", "Raj Patel"]}),
    ],
)  # fmt: skip
def test_more_arguments_of_a_verb(text: str, lemma: str, wanted: dict[str, list[str]]) -> None:
    found = roles(text, lemma)
    assert {role: found.get(role) for role in wanted} == wanted


def test_date_that_is_only_compared_with_is_no_time() -> None:
    assert "time" not in roles("The probe launched earlier than May 3.", "launch")


def test_gerund_with_a_complement_is_a_deed() -> None:
    assert roles("Zorvex completed testing of the engine.", "testing", NOUN)["poss"] == ["Zorvex"]
    assert "poss" not in roles("Zorvex completed the building of bricks.", "building", NOUN)


def test_plural_title_that_opens_a_sentence_is_said_of_all() -> None:
    found = roles("Astronauts Ines Kovar of Zorvex and Bo Lind of Vela slept.", "astronaut", NOUN)
    assert found["ref"] == ["Ines Kovar", "Bo Lind"]


def test_name_with_its_long_form_belongs_to_the_title_after_it() -> None:
    text = "Pilot Ada Okafor, VSA (Vela Space Agency) astronaut Ines Kovar, and Bo Lind slept."
    assert roles(text, "astronaut", NOUN)["compound"] == ["VSA"]


def test_a_subject_on_the_auxiliary_is_the_participles() -> None:
    found = roles("There is no sign that Zorvex Works is not committed to the mission.", "commit")
    assert (found["obj"], found["pp:to"]) == (["Zorvex Works"], ["mission"])
