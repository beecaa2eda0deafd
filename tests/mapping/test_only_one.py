"""What "the only one" says of the others, and what "not the only one" says of the one."""

from __future__ import annotations

import pytest
from fact_reading import facts

from spacegraph.model import Factuality

A, H, N = Factuality.ASSERTED, Factuality.HYPOTHETICAL, Factuality.NEGATED


def statements(text: str) -> set[tuple[str, str, str, Factuality]]:
    return {(f.subject.label, f.relation, f.object.label, f.factuality) for f in facts(text)}


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (
            "Mia Kovar is the only Vela pilot to appear in the Orbitrex film.",
            ("other Vela pilots", "appearsIn", "Orbitrex film"),
        ),
        (
            "Mia Kovar was the only Ruritanian woman who criticized Orbitrex Corporation.",
            ("other Ruritanian women", "criticized", "Orbitrex Corporation"),
        ),
        (
            "Mia Kovar is the sole Vela secretary to visit Oslo.",
            ("other Vela secretaries", "travelledTo", "Oslo"),
        ),
    ],
)
def test_the_others_are_excluded(text: str, denied: tuple[str, str, str]) -> None:
    (found,) = [f for f in facts(text) if f.rule == "only-one"]
    assert (found.subject.label, found.relation, found.object.label) == denied
    assert (found.factuality, found.inferred) == (N, True)
    premise = next(f for f in facts(text) if f.id in found.premises)
    assert (premise.subject.label, premise.relation, premise.factuality) == ("Mia Kovar", found.relation, A)


@pytest.mark.parametrize(
    "text",
    [
        # A plan, a guess, a denial, nothing that tells of whom, another clause, no clause
        "Mia Kovar is the only Vela pilot who will visit the Moon.",
        "Mia Kovar may be the only Vela pilot to visit the Moon.",
        "Mia Kovar is not the only Vela pilot to visit the Moon.",
        "Mia Kovar is the only person to visit the Moon.",
        "Mia Kovar is the only Vela pilot and lives in Oslo.",
        "Mia Kovar, the first Vela pilot to visit the Moon, is well.",
    ],
)
def test_what_excludes_nobody(text: str) -> None:
    assert not [f for f in facts(text) if f.rule == "only-one"]


def test_not_the_only_one_is_one() -> None:
    found = statements("Mia Kovar is not the only Vela pilot to visit the Moon.")
    assert {
        ("Mia Kovar", "hasOccupation", "pilot", A),
        ("Mia Kovar", "travelledTo", "Moon", A),
    } <= found
    assert not [s for s in found if s[3] is N]


def test_whether_not_the_first_is_one_stays_open() -> None:
    found = statements("Mia Kovar is not the first Vela pilot to visit the Moon.")
    assert ("Mia Kovar", "travelledTo", "Moon", H) in found
    assert not [s for s in found if s[3] in (A, N)]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Mia Kovar is not a Vela pilot.", ("Mia Kovar", "hasOccupation", "pilot", N)),
        (
            "Mia Kovar is not the director of Orbitrex Corporation.",
            ("Mia Kovar", "headOf", "Orbitrex Corporation", N),
        ),
    ],
)
def test_without_a_rank_all_is_denied(text: str, denied: tuple[str, str, str, Factuality]) -> None:
    assert denied in statements(text)


def test_under_a_condition_nothing_is_so() -> None:
    found = statements(
        "If Mia Kovar is not the only Vela pilot to visit the Moon, Orbitrex Corporation will sue."
    )
    assert {s[3] for s in found if s[0] == "Mia Kovar"} == {H}
