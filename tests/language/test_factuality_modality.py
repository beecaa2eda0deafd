"""Conditions, modals, questions, commands, hedges and hearsay."""

from __future__ import annotations

import pytest
from factuality_reading import factuality


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("If the tank leaks, the crew will leave the station.", "leaks", "hypothetical"),
        ("If the tank leaks, the crew will leave the station.", "leave", "hypothetical"),
        ("Unless Ruritania pays, the firm will sell the tanker.", "pays", "hypothetical"),
        ("The probe would have landed on Ceres.", "landed", "hypothetical"),
        ("Were the pilot to resign, the minister would replace him.", "replace", "hypothetical"),
        ("Had the valve failed, the crew would have died.", "failed", "hypothetical"),
        ("Had the valve failed, the crew would have died.", "died", "hypothetical"),
        ("The tank would burst if the valve jammed.", "jammed", "hypothetical"),
        ("The crew left when the storm hit the coast.", "hit", "asserted"),
        ("Even if it rains, the parade will start at noon.", "start", "planned"),
        ("The crew will land on Friday, provided the weather is good.", "is", "hypothetical"),
        ("If Ruritania had paid, the firm would have delivered the engines.", "paid", "hypothetical"),
        ("If Ruritania had paid, the firm would have delivered the engines.", "delivered", "hypothetical"),
        ("The minister would resign if parliament asked her.", "resign", "hypothetical"),
        ("In the event of a leak, the crew will close the hatch.", "leak", "hypothetical"),
        ("If not, the firm will sell the plant.", "sell", "hypothetical"),
        ("Assuming the valve works, the crew will fly home.", "works", "hypothetical"),
        ("If I were the pilot, I would leave.", "leave", "hypothetical"),
        ("Whether or not the valve works, the launch is on Friday.", "works", "hypothetical"),
        ("It looks as if the probe crashed.", "crashed", "hypothetical"),
    ],
)
def test_modality_conditions_leave_both_clauses_open(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The probe may have landed on Ceres.", "landed", "hypothetical"),
        ("The storm might reach the coast.", "reach", "hypothetical"),
        ("Ruritania could leave the pact.", "leave", "hypothetical"),
        ("The minister should resign.", "resign", "hypothetical"),
        ("The firm must pay the pilot.", "pay", "hypothetical"),
        ("The drone can carry two passengers.", "carry", "hypothetical"),
        ("The crew had to leave the station.", "leave", "asserted"),
        ("The crew was able to repair the valve.", "repair", "asserted"),
        ("The crew will be able to repair the valve.", "repair", "planned"),
        ("It is possible that the probe crashed.", "crashed", "hypothetical"),
        ("It is unclear whether the probe landed.", "landed", "hypothetical"),
        ("The firm is likely to buy the tanker.", "buy", "hypothetical"),
        ("The storm could have damaged the tank.", "damaged", "hypothetical"),
        ("The pilot must have left.", "left", "hypothetical"),
        ("The crew may not leave the base.", "leave", "hypothetical"),
        ("The tanker would carry ten passengers.", "carry", "hypothetical"),
        ("The firm can't sell the tanker.", "sell", "negated"),
        ("The minister ought to visit Merrow.", "visit", "hypothetical"),
        ("The firm needs to hire pilots.", "hire", "hypothetical"),
        ("The pilot could not see the tower.", "see", "negated"),
    ],
)
def test_modality_modals(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Did Zorvex buy the tanker?", "buy", "hypothetical"),
        ("Who sold the tanker?", "sold", "hypothetical"),
        ("Will Ruritania leave the pact?", "leave", "hypothetical"),
        ("Reporters asked whether the firm bought the tanker.", "bought", "hypothetical"),
        ("Reporters asked whether the firm bought the tanker.", "asked", "asserted"),
        ("Visit the museum in Merrow.", "Visit", "hypothetical"),
        ("Join the crew at the base on Friday.", "Join", "hypothetical"),
        ("Ask the pilot about the valve.", "Ask", "hypothetical"),
        ("Why did the firm close the plant?", "close", "hypothetical"),
        ("Is the pilot the director of Zorvex?", "director", "hypothetical"),
        ("The firm closed the plant. Why?", "closed", "asserted"),
        ("The question is whether the valve failed.", "failed", "hypothetical"),
        ("The board wondered if the minister lied.", "lied", "hypothetical"),
        ("Do not touch the valve.", "touch", "hypothetical"),
        ("Learn more about the probe that orbits Ceres.", "orbits", "asserted"),
        ("Please call the base.", "call", "hypothetical"),
    ],
)
def test_modality_questions_and_commands_claim_nothing(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The firm reportedly bought the tanker.", "bought", "reported"),
        ("The pilot allegedly stole the plans.", "stole", "reported"),
        ("The minister is believed to own a yacht.", "own", "reported"),
        ("The pilot is said to live in Merrow.", "live", "reported"),
        ("The alleged attack shocked the town.", "attack", "reported"),
    ],
)
def test_modality_hearsay_has_a_source_without_a_name(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Perhaps the pilot left.", "left", "hypothetical"),
        ("The firm probably sold the tanker.", "sold", "hypothetical"),
        ("The probe appears to have crashed.", "crashed", "hypothetical"),
        ("The flight will probably start on Friday.", "start", "planned"),
    ],
)
def test_modality_hedges(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The probe was to have landed on Ceres in May.", "landed", "hypothetical"),
        ("The probe was to land on Ceres in May.", "land", "planned"),
        ("The engines were to have been delivered by the firm.", "delivered", "hypothetical"),
        ("The firm had hoped to buy the tanker.", "buy", "hypothetical"),
        ("The firm had intended to hire ten pilots.", "hire", "hypothetical"),
        ("The firm hopes to buy the tanker.", "buy", "planned"),
        ("The firm has planned to buy the tanker.", "buy", "planned"),
        ("The firm invited the pilots to board the tanker.", "board", "hypothetical"),
        ("The pilots were invited to board the tanker.", "board", "hypothetical"),
    ],
)
def test_modality_plans_that_are_over_and_invitations_claim_nothing(
    text: str, word: str, expected: str
) -> None:
    assert factuality(text, word) == expected
