"""Nouns with a clause that a predicate calls false, denials of truth, and disbelief, which denies nothing."""

from __future__ import annotations

import pytest
from factuality_reading import factuality


@pytest.mark.parametrize(
    "text",
    [
        "Rumours that Orsa Labs attacked Norwick are false.",
        "Hale spoke. Rumours that Orsa Labs attacked Norwick are false.",
        "The claim that Orsa Labs attacked Norwick is not true.",
        "Claims that Orsa Labs attacked Norwick are unfounded.",
        "The story that Orsa Labs attacked Norwick was a hoax.",
        "It is not true that Orsa Labs attacked Norwick.",
        "It isn't the case that Orsa Labs attacked Norwick.",
        "It is a myth that Orsa Labs attacked Norwick.",
    ],
)
def test_what_is_called_false_is_denied(text: str) -> None:
    assert factuality(text, "attacked") == "negated"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is true that Orsa Labs attacked Norwick.", "asserted"),
        ("The claim that Orsa Labs attacked Norwick is true.", "reported"),
        ("The claim that Orsa Labs attacked Norwick is not false.", "hypothetical"),
    ],
)
def test_what_is_called_true_is_not_denied(text: str, expected: str) -> None:
    assert factuality(text, "attacked") == expected


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Hale found it unthinkable that Selbia would attack Norwick.", "attack"),
        ("It was inconceivable that Selbia would attack Norwick.", "attack"),
        ("Hale did not expect Selbia to attack Norwick.", "attack"),
        ("Hale could not believe that Selbia attacked Norwick.", "attacked"),
    ],
)
def test_past_disbelief_is_no_denial(text: str, verb: str) -> None:
    assert factuality(text, verb) == "hypothetical"
