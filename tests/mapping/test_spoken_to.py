"""What words between marks do to the one they are spoken to."""

from __future__ import annotations

import pytest
from fact_reading import triples

EXCHANGE = (
    "“Pay what you owe,” Ines Kovar said in a message. “If not, the loss of the Merrow will be on your conscience.”\n\n"
    "“Inka, why do you write to me at night?” Tomasz Brandt replied."
)


def test_a_threat_is_one_to_whoever_answers_it() -> None:
    assert ("Ines Kovar", "threatened", "Tomasz Brandt") in triples(EXCHANGE)


def test_the_name_that_somebody_is_called_by_is_theirs() -> None:
    assert ("Ines Kovar", "alsoKnownAs", "Inka") in triples(EXCHANGE)


@pytest.mark.parametrize(
    "words",
    [
        "Unless you pay, we will seize the barge",
        "Stop the tests, or you will regret it",
        "Otherwise I will sue",
        "If you talk, your firm will be crushed",
    ],
)
def test_what_will_come_of_not_complying_is_a_threat(words: str) -> None:
    found = triples(f"“{words},” Ines Kovar told Tomasz Brandt.")
    assert ("Ines Kovar", "threatened", "Tomasz Brandt") in found


@pytest.mark.parametrize(
    "words",
    [
        "If you pay, we will thank you",
        "If you come, we will leave for Oslo together",
        "You will regret it",
        "If not, the pump will run tomorrow",
        "The court will seize the barge",
    ],
)
def test_what_is_no_threat(words: str) -> None:
    found = triples(f"“{words},” Ines Kovar told Tomasz Brandt.")
    assert all(relation != "threatened" for _, relation, _ in found)


def test_a_name_that_is_spoken_of_is_no_name_of_the_one_spoken_to() -> None:
    found = triples("“Selma, you know, is late,” Ines Kovar told Tomasz Brandt.")
    assert all(relation != "alsoKnownAs" for _, relation, _ in found)
