"""Words that deny of themselves, without a "not"."""

from __future__ import annotations

import pytest
from fact_reading import facts

from spacegraph.model import Factuality


def answers(text: str) -> list[tuple[str, str, Factuality]]:
    return [
        (f.subject.label, f.object.label, f.factuality) for f in facts(text) if f.relation == "respondedTo"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Vela Works has been silent on Oro Lund's threats to leave the project.",
        "Vela Works stayed silent about Oro Lund's threats to leave the project.",
    ],
)
def test_silence_is_no_response(text: str) -> None:
    found = answers(text)
    assert ("Vela Works", "Oro Lund", Factuality.NEGATED) in found
    assert {factuality for _, _, factuality in found} == {Factuality.NEGATED}


def test_whoever_is_not_silent_need_not_have_answered() -> None:
    assert answers("Vela Works was not silent on Oro Lund's threats to leave the project.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Ines Kovar has been blocked on Twitter by the minister Oro Lund.",
        "The minister Oro Lund blocked Ines Kovar on Twitter.",
    ],
)
def test_where_somebody_is_blocked_is_said_of_them(text: str) -> None:
    found = {(f.subject.label, f.relation, f.object.label) for f in facts(text)}
    assert ("Oro Lund", "blocked", "Ines Kovar") in found
    assert ("Ines Kovar", "blockedOn", "Twitter") in found


def test_a_day_is_no_platform() -> None:
    assert not [
        f for f in facts("The minister Oro Lund blocked Ines Kovar on Monday.") if f.relation == "blockedOn"
    ]


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("Ines Kovar no longer heads Orbitrex Corporation.", Factuality.ASSERTED),
        ("Ines Kovar is no longer the director of Orbitrex Corporation.", Factuality.ASSERTED),
        ("Ines Kovar will no longer head Orbitrex Corporation.", Factuality.PLANNED),
        ("Ines Kovar denied that she was formerly director of Orbitrex Corporation.", Factuality.NEGATED),
    ],
)
def test_who_no_longer_heads_something_did(text: str, factuality: Factuality) -> None:
    assert {f.factuality for f in facts(text) if f.relation == "formerHeadOf"} == {factuality}
    assert not [f for f in facts(text) if f.relation == "headOf" and f.factuality is not Factuality.NEGATED]
