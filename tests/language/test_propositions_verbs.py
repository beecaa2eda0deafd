"""Verbs: voice, complements, adjuncts, and the arguments that English leaves out."""

from __future__ import annotations

import pytest
from proposition_reading import ADJECTIVE, all_of, read, roles, the

from spacegraph.language import annotations as layers
from spacegraph.language.propositions.component import find_propositions
from spacegraph.model import Quotation


def has(found: dict[str, list[str]], **wanted: str | list[str]) -> None:
    """Each role has just these words; "__" stands for ":" and "_" for a space."""
    for role, words in wanted.items():
        name = role.replace("__", ":").replace("_", " ").strip()
        expected = [words] if isinstance(words, str) else words
        assert found.get(name, []) == expected, (name, found)


@pytest.mark.parametrize(
    ("text", "lemma", "wanted"),
    [
        ("Ines Kovar repaired the antenna.", "repair", {"subj": ["Ines Kovar"], "obj": ["antenna"]}),
        ("The antenna was repaired by Ines Kovar.", "repair", {"subj": ["Ines Kovar"], "obj": ["antenna"]}),
        ("The antenna was repaired.", "repair", {"obj": ["antenna"]}),
        ("The antenna will be repaired by Monday.", "repair", {"obj": ["antenna"]}),
        (
            "The agency gave the pilot a medal.",
            "give",
            {"subj": ["agency"], "iobj": ["pilot"], "obj": ["medal"]},
        ),
        ("The pilot was given a medal.", "give", {"iobj": ["pilot"], "obj": ["medal"]}),
        ("The agency gave a medal to the pilot.", "give", {"obj": ["medal"], "pp:to": ["pilot"]}),
        ("Ines Kovar is a pilot.", "be", {"subj": ["Ines Kovar"], "attr": ["pilot"]}),
        ("Ines Kovar became commander in 2019.", "become", {"attr": ["commander"], "time": ["2019"]}),
        ("The company relies on the agency.", "rely", {"subj": ["company"], "pp:on": ["agency"]}),
        ("The crew arrived at the station on Monday.", "arrive", {"pp:at": ["station"], "time": ["Monday"]}),
        ("The probe orbited Mars for two years.", "orbit", {"obj": ["Mars"], "duration": ["two years"]}),
        ("The crew lived aboard the station.", "live", {"pp:aboard": ["station"]}),
        ("The minister spoke in front of the parliament.", "speak", {"pp:in front of": ["parliament"]}),
        ("The crew was on board the ship.", "be", {"pp:on board": ["ship"]}),
        ("The rocket flew in conjunction with the capsule.", "fly", {"pp:in conjunction with": ["capsule"]}),
    ],
)
def test_arguments_by_voice_and_frame(text: str, lemma: str, wanted: dict[str, list[str]]) -> None:
    found = roles(text, lemma)
    assert {role: found.get(role) for role in wanted} == wanted


@pytest.mark.parametrize("text", ["The antenna was repaired.", "The antenna will be repaired by Monday."])
def test_passive_without_agent_has_no_subject(text: str) -> None:
    assert "subj" not in roles(text, "repair")


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The rocket took off from the island.", "take off"),
        ("They left one engineer behind.", "leave behind"),
        ("The deal fell through.", "fall through"),
        ("The engineers shut down two engines.", "shut down"),
        ("The engineers shut the engines down.", "shut down"),
    ],
)
def test_particle_joins_the_lemma(text: str, lemma: str) -> None:
    assert all_of(text, lemma)


def test_preposition_with_an_object_is_no_particle() -> None:
    assert all_of("The deer jumped off the cliff.", "jump")


@pytest.mark.parametrize(
    ("text", "lemma", "subject"),
    [
        ("The agency plans to launch a probe.", "launch", "agency"),
        ("The pilot was supposed to return in May.", "return", "pilot"),
        ("The minister asked the director to leave.", "leave", "director"),
        ("The minister promised the director to leave.", "leave", "minister"),
        ("The company is likely to win the contract.", "win", "company"),
        ("The director wants the crew to leave.", "leave", "crew"),
        ("The crew left after finishing the repair.", "finish", "crew"),
        ("The company denied selling the data.", "sell", "company"),
        ("The agency praised the pilot for saving the capsule.", "save", "pilot"),
        ("The team fixed the gap using tape.", "use", "team"),
        ("Ines Kovar was the first woman to fly the plane.", "fly", "first woman"),
        ("The director has a plan to fly the plane.", "fly", "director"),
        ("Kovar's decision to fly the plane was bold.", "fly", "Kovar"),
    ],
)
def test_controller_is_the_subject(text: str, lemma: str, subject: str) -> None:
    assert roles(text, lemma).get("subj") == [subject]


def test_infinitive_right_after_a_deed_belongs_to_the_deed() -> None:
    text = (
        "The senator condemned the invasion of Ruritania and Kovar’s repeated threats to leave the alliance."
    )
    assert roles(text, "leave")["subj"] == ["Kovar"]


@pytest.mark.parametrize(
    ("text", "lemma", "role", "words"),
    [
        ("The agency, which built the rocket, was pleased.", "build", "subj", "agency"),
        ("The rocket that the agency built exploded.", "build", "obj", "rocket"),
        ("The rocket the agency built exploded.", "build", "obj", "rocket"),
        ("The pilot who was injured recovered.", "injure", "obj", "pilot"),
        ("The company for which she works is small.", "work", "pp:for", "company"),
        ("The company she works for is small.", "work", "pp:for", "company"),
        ("The city where she was born is small.", "bear", "pp:in", "city"),
        ("A video showing the crew appeared.", "show", "subj", "video"),
        ("The capsule, built by Zorvex, landed.", "build", "obj", "capsule"),
        ("The capsule, built by Zorvex, landed.", "build", "subj", "Zorvex"),
        ("It is Ruritania that is waging war.", "wage", "subj", "Ruritania"),
        ("Zorvex unveiled a Halcyon-built antenna.", "build", "obj", "Halcyon-built antenna"),
    ],
)
def test_relative_clauses_and_participles(text: str, lemma: str, role: str, words: str) -> None:
    assert roles(text, lemma).get(role) == [words]


def test_who_speaks_of_a_person() -> None:
    text = "Ines Kovar, director of the Zorvex agency, who resigned in May, lives in Ames."
    assert roles(text, "resign")["subj"] == ["Ines Kovar"]


@pytest.mark.parametrize(
    ("text", "lemma", "role", "words"),
    [
        ("The company built the rocket and sold it.", "sell", "subj", ["company"]),
        ("The rocket was built and tested in Ames.", "test", "obj", ["rocket"]),
        ("The company designed and built the rocket.", "design", "obj", ["rocket"]),
        ("The rocket and the capsule arrived.", "arrive", "subj", ["rocket", "capsule"]),
        ("The agency bought engines, tanks and valves.", "buy", "obj", ["engines", "tanks", "valves"]),
        ("In 2019, the agency closed the site and moved the staff.", "move", "time", ["2019"]),
        (
            "There are two pilots and one cook living aboard the station.",
            "live",
            "subj",
            ["two pilots", "one cook"],
        ),
    ],
)
def test_coordination_shares_arguments(text: str, lemma: str, role: str, words: list[str]) -> None:
    assert roles(text, lemma).get(role) == words


def test_second_subject_is_not_overridden() -> None:
    assert roles("The company built the rocket and the agency sold it.", "sell")["subj"] == ["agency"]


def test_existential_has_the_pivot_as_subject() -> None:
    found = roles("There are four engineers aboard the ship.", "be")
    has(found, subj="four engineers", pp__aboard="ship")


@pytest.mark.parametrize(
    ("text", "lemma", "role", "words"),
    [
        ("Kovar is fluent in French.", "fluent", "pp:in", "French"),
        ("Kovar is fluent in French.", "fluent", "subj", "Kovar"),
        ("Zorvex is responsible for the engine.", "responsible", "pp:for", "engine"),
        ("The contract is worth 5 million dollars.", "worth", "obj", "5 million dollars"),
        ("Unable to land, the crew returned.", "unable", "subj", "crew"),
        ("They bought a boat capable of long trips.", "capable", "subj", "boat"),
        ("They bought a boat capable of long trips.", "capable", "pp:of", "long trips"),
    ],
)
def test_adjectives_with_complements(text: str, lemma: str, role: str, words: str) -> None:
    assert roles(text, lemma, ADJECTIVE).get(role) == [words]


def test_attributive_adjective_makes_no_proposition() -> None:
    assert not all_of("The old station fell.", "old", ADJECTIVE)


@pytest.mark.parametrize(
    ("text", "lemma", "tense", "passive"),
    [
        ("The rocket flew.", "fly", "past", False),
        ("The rocket flies.", "fly", "present", False),
        ("The rocket will fly.", "fly", "future", False),
        ("The rocket has been sold.", "sell", "past", True),
        ("The rocket is being sold.", "sell", "present", True),
        ("They wanted to leave.", "leave", "", False),
    ],
)
def test_tense_and_voice(text: str, lemma: str, tense: str, passive: bool) -> None:
    found = the(text, lemma)
    assert (found.tense, found.passive) == (tense, passive)


def test_time_of_an_adjunct_is_resolved() -> None:
    assert the("The probe landed on 5 May 2019.", "land").time == "2019-05-05"
    assert the("The probe has been silent since 5 May 2019.", "be").time == ""


def test_infinitive_completes_its_verb() -> None:
    text = "The agency plans to launch a probe."
    plan = the(text, "plan")
    clause = next(a for a in plan.arguments if a.role == "comp")
    assert clause.proposition >= 0
    assert clause.head == the(text, "launch").head


def test_swallowed_subject_is_found() -> None:
    found = roles("In Ames, Iowa, Zorvex Launch Corporation tested the engine.", "test")
    assert found["subj"] == ["Zorvex Launch Corporation"]


def test_lemma_keeps_its_final_e() -> None:
    assert all_of("The agency hopes to win.", "hope")
    assert not all_of("The agency hopped along.", "hope")


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("She visited cities such as Paris and Rome.", ["cities", "Paris", "Rome"]),
        ("She visited cities including Paris.", ["cities", "Paris"]),
        ("She visited cities like a tourist.", ["cities"]),
    ],
)
def test_named_members_of_a_set_are_arguments(text: str, members: list[str]) -> None:
    assert roles(text, "visit")["obj"] == members


def test_adjuncts_after_coordinate_verbs_belong_to_all() -> None:
    assert roles("They live and work aboard the ship.", "live")["pp:aboard"] == ["ship"]


def test_adjunct_after_the_object_belongs_to_the_verb() -> None:
    found = roles("Zorvex launched the probe from Ames on Monday.", "launch")
    has(found, pp__from="Ames", time="Monday")


def test_of_never_leaves_its_noun() -> None:
    assert "pp:of" not in roles("Zorvex launched the probe of the agency.", "launch")


def test_inverted_subject_of_speech() -> None:
    assert roles('"Will it fly?" asked pilot Ines Kovar.', "ask")["subj"] == ["Ines Kovar"]


def test_second_part_of_a_place_is_no_subject() -> None:
    assert roles("On Saturday night, a propeller plane in Nevada, United States crashed.", "crash")[
        "subj"
    ] == ["propeller plane"]


def test_comparison_is_no_argument() -> None:
    assert set(roles("The rocket burns less fuel than the tug.", "burn")) == {"subj", "obj"}


def test_words_of_support_leave_out_the_clause_in_front() -> None:
    text = '"It will fly," Kovar said on Monday.'
    doc, found = read(text), the(text, "say")
    assert doc[found.start : found.end].text == "Kovar said on Monday"


def test_direct_speech_is_marked() -> None:
    doc = read('"We will fly," Kovar said.')
    layers.set_quotations(doc, [Quotation(start=1, end=4, kind="direct")])
    marked = {p.lemma: p.quoted for p in find_propositions(doc)}
    assert marked == {"fly": True, "say": False}
