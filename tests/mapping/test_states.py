"""How things are doing, in the words of the text."""

from __future__ import annotations

import pytest
from fact_reading import facts, triples

from spacegraph.model import Factuality


def states(text: str) -> set[tuple[str, str, Factuality]]:
    """Subject, words and factuality of what is said of how things are."""
    return {(f.subject.label, f.object.label, f.factuality) for f in facts(text) if f.relation == "hasStatus"}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The Osprey mission is operating normally.", ("operating normally", Factuality.ASSERTED)),
        ("The Osprey mission was functioning as expected.", ("functioning as expected", Factuality.ASSERTED)),
        ("The Osprey mission is on track.", ("on track", Factuality.ASSERTED)),
        ("The Osprey mission is two years behind schedule.", ("two years behind schedule", Factuality.ASSERTED)),
        ("The Osprey mission is not on schedule.", ("on schedule", Factuality.NEGATED)),
        ("The Osprey mission could collapse.", ("collapse", Factuality.HYPOTHETICAL)),
        ("The Osprey mission will continue.", ("continue", Factuality.PLANNED)),
        ("If they leave, the death of the Osprey mission will be their fault.", ("death", Factuality.HYPOTHETICAL)),
    ],
)  # fmt: skip
def test_how_a_thing_is(text: str, state: tuple[str, Factuality]) -> None:
    assert state in {(words, factuality) for _, words, factuality in states(text)}


def test_a_comparison_with_oneself_names_no_pronoun() -> None:
    text = "“We as a team are operating the same as we were last week,” said Ines Kovar, director of the Selk Agency."
    assert ("Selk Agency", "operating the same as last week", Factuality.REPORTED) in states(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Osprey mission operates remotely.",
        "The Osprey mission is working closely with Vela Works.",
        "Ines Kovar works well.",
        "The Osprey mission continued to Mars.",
        "The project is on track.",
    ],
)
def test_what_says_not_how_a_known_thing_is(text: str) -> None:
    assert states(text) == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Ines Kovar continued to do her job.", ("Ines Kovar", "continues", "to do the job")),
        ("Ines Kovar continued to do Oro Lund's job.", ("Ines Kovar", "continues", "to do Oro Lund's job")),
        ("Vela Works continued the Osprey mission.", ("Vela Works", "continues", "Osprey")),
        ("Vela Works rearranged its schedule.", ("Vela Works", "reconfigures", "Vela Works’ schedule")),
        (
            "Oro Lund feared for the job. Ines Kovar threatened to sack him.",
            ("Ines Kovar", "threatened", "to sack Oro Lund"),
        ),
    ],
)
def test_what_is_somebodys_own_is_said_without_a_pronoun(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ines Kovar returned home in March.",
        "Ines Kovar found another way home.",
        "Ines Kovar flew home on Monday.",
    ],
)
def test_home_is_where_one_returns_to(text: str) -> None:
    assert ("Ines Kovar", "returnedTo", "home") in triples(text)


def test_words_for_places_are_adverbs_only() -> None:
    assert not [t for t in triples("Ines Kovar returned to work in March.") if t[1] == "returnedTo"]


@pytest.mark.parametrize(
    ("text", "treated"),
    [
        ("Vela Works treated Oro Lund like a thief.", True),
        ("Vela Works treats Oro Lund as an equal.", True),
        ("Doctors treated Oro Lund.", False),
    ],
)
def test_treating_somebody_as_something(text: str, treated: bool) -> None:
    assert any(t[1:] == ("treats", "Oro Lund") for t in triples(text)) is treated


def test_who_says_i_is_not_he_in_the_same_words() -> None:
    text = (
        "Oro Lund mocked the pilots in a message. Tomas Brenner answered in Latin on Friday. "
        "“If he’s going to act like a clown, then I’m going to treat him like one,” Brenner said."
    )
    assert ("Tomas Brenner", "treats", "Oro Lund") in triples(text)


def test_any_such_person_may_be_left_behind_in_a_denial() -> None:
    text = "It is unthinkable that the Ruritanian space program would leave behind an injured pilot."
    (fact,) = (f for f in facts(text) if f.relation == "leftBehind")
    assert (fact.object.label, fact.factuality) == ("injured pilot", Factuality.NEGATED)
    assert not [
        t
        for t in triples("The Ruritanian space program left behind an injured pilot.")
        if t[1] == "leftBehind"
    ]
