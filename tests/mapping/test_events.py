"""Events with their times, places, participants and measures, in fresh sentences."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from spacegraph.model import Article, Fact, Factuality
from spacegraph.reading import Reader, load_reader

PUBLISHED = dt.date(2031, 3, 9)


@cache
def reader() -> Reader:
    """The built-in reader, loaded once."""
    return load_reader()


@cache
def facts(text: str) -> tuple[Fact, ...]:
    """The facts of a short text."""
    article = Article(id="test", text=text, published=PUBLISHED)
    (found,) = (f for _, f, _ in reader().read([article]))
    return found


def triples(text: str) -> set[tuple[str, str, str]]:
    """Subjects, relations and objects, whatever their factuality."""
    return {(f.subject.label, f.relation, f.object.label) for f in facts(text)}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
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
