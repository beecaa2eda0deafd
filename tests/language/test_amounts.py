"""Quantities, money, percentages, ages and bare numbers."""

from __future__ import annotations

import pytest
from mention_reading import by_text

from spacegraph.model import MentionKind


@pytest.mark.parametrize(
    ("text", "words", "type_", "norm", "unit"),
    [
        ("The contract is worth $4.2 billion.", "$4.2 billion", "MONEY", "4200000000", "USD"),
        ("The fund paid €30,000 for it.", "€30,000", "MONEY", "30000", "EUR"),
        ("The repair cost 12 million dollars.", "12 million dollars", "MONEY", "12000000", "USD"),
        (
            "Orla won a contract worth US$4.2 billion on Friday.",
            "US$4.2 billion",
            "MONEY",
            "4200000000",
            "USD",
        ),
        ("Orla paid A$ 30 million for it.", "A$ 30 million", "MONEY", "30000000", "AUD"),
        ("Orla paid HK$20 million for it.", "HK$20 million", "MONEY", "20000000", "HKD"),
        ("Turnout fell by 45 percent.", "45 percent", "PERCENT", "45", "percent"),
        ("Turnout fell by 4.5%.", "4.5%", "PERCENT", "4.5", "percent"),
        ("The orbit is 420 kilometers high.", "420 kilometers", "QUANTITY", "420", "kilometre"),
        ("It flew at 17,500 miles per hour.", "17,500 miles per hour", "QUANTITY", "17500", "mile per hour"),
        ("The capsule weighs 9 tonnes.", "9 tonnes", "QUANTITY", "9", "tonne"),
        ("Ines Kovar, 45, is the commander.", "45", "AGE", "45", "year"),
        ("A 62-year-old pilot was aboard.", "62-year-old", "AGE", "62", "year"),
        ("The pilot, aged 62, was aboard.", "aged 62", "AGE", "62", "year"),
        ("The answer was 61.", "61", "CARDINAL", "61", ""),
    ],
)
def test_values_have_number_and_unit(text: str, words: str, type_: str, norm: str, unit: str) -> None:
    value = by_text(text, MentionKind.VALUE)[words]
    assert (value.type, value.norm, value.unit) == (type_, norm, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Four astronauts are aboard.",
        "The 300 employees left.",
        "The Kestrel 9 rocket flew.",
        "It landed in 2019.",
    ],
)
def test_values_counts_of_nouns_names_and_years_are_none(text: str) -> None:
    assert by_text(text, MentionKind.VALUE) == {}
