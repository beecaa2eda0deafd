"""Nouns of relying that take up what the text has told."""

from __future__ import annotations

import pytest
from fact_reading import facts

from spacegraph.model import Factuality

ONLY = "For years the Tern rocket had been the only way for crews to reach orbit. "


def relied(text: str) -> set[tuple[str, str, Factuality]]:
    return {(f.subject.label, f.object.label, f.factuality) for f in facts(text) if f.relation == "reliedOn"}


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        (ONLY + "But that dependence ended after Lunara launched the Selk-7 capsule, and Ruritania regained the ability to fly crews.", True),
        (ONLY + "That dependence ended the talks, but Ruritania has regained its ability to build engines.", False),
        (ONLY + "That reliance may end if Lunara launches the Selk-7 capsule, but Ruritania has regained its ability to build engines.", False),
    ],
)  # fmt: skip
def test_what_was_the_only_means_was_relied_on(text: str, ended: bool) -> None:
    assert relied(text) == {("Ruritania", "Tern", Factuality.ASSERTED)}
    (fact,) = (f for f in facts(text) if f.relation == "reliedOn")
    assert fact.ended is ended
    assert len(fact.evidence) == 3


@pytest.mark.parametrize(
    "text",
    [
        ONLY + "That dependence ended after Lunara launched the Selk-7 capsule.",
        "The Tern rocket had been a way for crews to reach orbit. That dependence ended, and Ruritania regained the ability to fly crews.",
        ONLY + "That problem ended, and Ruritania regained the ability to fly crews.",
        ONLY + "It rained. It snowed. It rained. It snowed. That dependence ended, and Ruritania regained the ability to fly crews.",
    ],
)  # fmt: skip
def test_nobody_relies_where_something_is_missing(text: str) -> None:
    assert relied(text) == set()


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Ruritania's reliance on the Tern rocket ended in 2020.", True),
        ("Ruritania ended its dependency on the Tern rocket.", True),
        ("Ruritania's dependence on the Tern rocket is over.", True),
        ("Ruritania's reliance on the Tern rocket did not end.", False),
        ("Ruritania's reliance on the Tern rocket will end in 2030.", False),
        ("Ruritania's reliance on the Tern rocket ended the talks.", False),
    ],
)
def test_a_relation_that_has_ended_holds_no_more_and_is_not_denied(text: str, ended: bool) -> None:
    assert relied(text) == {("Ruritania", "Tern", Factuality.ASSERTED)}
    assert [f.ended for f in facts(text) if f.relation == "reliedOn"] == [ended]
