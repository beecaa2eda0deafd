"""What escapes the clause around it, what shares its lot, and offices."""

from __future__ import annotations

import pytest
from factuality_reading import factuality


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (
            "The agency did not say that the capsule, which docked on Friday, was leaking.",
            "docked",
            "asserted",
        ),
        ("If the crew leaves the station, which opened in 1998, it will fall.", "opened", "asserted"),
        ("The minister denied that the pilot, who lives in Merrow, stole the plans.", "lives", "asserted"),
        ("The firm did not sell the tanker that it built in Merrow.", "built", "asserted"),
        ("The minister did not condemn Ruritania's invasion of Merrow.", "invasion", "asserted"),
        ("No invasion took place.", "invasion", "negated"),
        ("The firm may sell the plant, built in 1998, to Zorvex.", "built", "asserted"),
        ("The firm may sell its plant, which employs ten workers.", "employs", "asserted"),
        ("No one thanked the pilot who saved the crew.", "saved", "asserted"),
        ("Zorvex, which built the tanker, did not comment.", "built", "asserted"),
        ("The ministry will honor the pilot who landed the tanker.", "landed", "asserted"),
        ("The agency will not launch a probe that leaks.", "leaks", "hypothetical"),
        ("The firm plans to build a tanker that carries ten crews.", "carries", "planned"),
    ],
)
def test_clauses_presuppositions_escape_denial_and_doubt(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The pilot resigned after the firm sold the tanker.", "sold", "asserted"),
        ("The crew evacuated before the tank could explode.", "explode", "negated"),
        ("The crew will leave before the storm reaches the coast.", "reaches", "planned"),
        ("Before joining the agency, the pilot worked for Zorvex.", "joining", "asserted"),
        ("Because the valve failed, the firm will replace it.", "failed", "asserted"),
        ("The crew slept while the probe landed.", "landed", "asserted"),
        ("When the valve fails, the crew will close the hatch.", "fails", "planned"),
        ("The pilot left before the tank exploded.", "exploded", "asserted"),
        ("The firm did not pay until the court fined it.", "fined", "asserted"),
        ("Although the valve failed, the crew landed.", "failed", "asserted"),
        ("The crew landed so that engineers could inspect the tank.", "inspect", "planned"),
        ("The firm paid the pilot to fly the tanker.", "fly", "planned"),
        ("Since the pilot left, the firm has hired two others.", "left", "asserted"),
    ],
)
def test_clauses_adverbial_clauses(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The firm plans to build and launch a tanker.", "launch", "planned"),
        ("Ruritania threatened to leave the pact and sell the station.", "sell", "hypothetical"),
        ("The probe will orbit Ceres and map its surface.", "map", "planned"),
        ("The minister said the firm bought the tanker and sold the plant.", "sold", "reported"),
        ("The firm failed to build or deliver the engines.", "deliver", "negated"),
    ],
)
def test_clauses_coordination_shares_what_governs(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Anna Berg is not the director of Zorvex.", "director", "negated"),
        ("Anna Berg will serve as director of Zorvex.", "director", "planned"),
        ("Anna Berg is the director of Zorvex.", "director", "asserted"),
        ("Zorvex director Anna Berg did not resign.", "director", "asserted"),
        ("Anna Berg, the former director of Zorvex, resigned.", "director", "asserted"),
        ("Anna Berg is the only pilot to fly the tanker.", "fly", "asserted"),
        ("Ruritania became the fifth country to sign the pact.", "sign", "asserted"),
        ("Anna Berg wants to become director of Zorvex.", "director", "planned"),
        ("Anna Berg, who is not a pilot, flew the tanker.", "pilot", "negated"),
        ("Carl Dane may be the next director.", "director", "hypothetical"),
        ("The board named Anna Berg director.", "named", "asserted"),
    ],
)
def test_clauses_offices_and_ranks(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kovar said that she quit after Brandt sold the barge.", "asserted"),
        ("Kovar told reporters that she felt obliged to speak up when Brandt sold the barge.", "asserted"),
        ("Kovar claimed that she quit after Brandt sold the barge.", "reported"),
        ("Kovar said that she would quit after Brandt sold the barge.", "reported"),
        ("Kovar said that Brandt sold the barge.", "reported"),
        ("Kovar said that she quit because Brandt sold the barge.", "reported"),
    ],
)
def test_clauses_what_a_report_takes_for_granted(text: str, expected: str) -> None:
    assert factuality(text, "sold") == expected
