"""What carries people goes where they go; who leaves, keeps, helps or is bound to what, and what denying it denies."""

from __future__ import annotations

import pytest
from fact_reading import facts

from spacegraph.model import Factuality

A, H, N, P = Factuality.ASSERTED, Factuality.HYPOTHETICAL, Factuality.NEGATED, Factuality.PLANNED


def found(text: str, relation: str) -> set[tuple[str, str, Factuality]]:
    return {(f.subject.label, f.object.label, f.factuality) for f in facts(text) if f.relation == relation}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "For six years, Oberon capsules were the only means of getting pilots to and from the Merrow Space Station.",
            ("Oberon", "Merrow Space Station", A),
        ),
        ("The Oberon capsule ferried four pilots to Mars in May.", ("Oberon", "Mars", A)),
        ("The Oberon spacecraft can carry four pilots to the Moon.", ("Oberon", "Moon", H)),
        ("The Oberon capsule is able to fly seven people to the Moon.", ("Oberon", "Moon", H)),
        ("Vela Works showed the Oberon capsule, which could be capable of taking pilots to Mars.", ("Oberon", "Mars", H)),
        ("The Oberon spacecraft will transport eight pilots to the Moon.", ("Oberon", "Moon", P)),
    ],
)  # fmt: skip
def test_what_carries_people_goes_there(text: str, fact: tuple[str, str, Factuality]) -> None:
    assert fact in found(text, "travelledTo")


@pytest.mark.parametrize(
    "text",
    [
        # It may have gone there empty.
        "The Oberon capsule never carried pilots to the Moon.",
        # The rocket stays behind.
        "The Corvid rocket carried four pilots to the Moon.",
        # Who looks for a means is none.
        "Ines Kovar is looking for a means of getting pilots to the Moon.",
        "The Oberon spacecraft took the plans of Vela Works to a new level.",
    ],
)
def test_what_does_not_go_there(text: str) -> None:
    assert found(text, "travelledTo") == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Vela Works left Oro Lund up there.", ("Vela Works", "Oro Lund", A)),
        ("Vela Works could leave Oro Lund there.", ("Vela Works", "Oro Lund", H)),
        ("Vela Works left Oro Lund behind in the mountains.", ("Vela Works", "Oro Lund", A)),
        ("Vela Works did not leave Oro Lund there.", ("Vela Works", "Oro Lund", N)),
        (
            "“If they (Vela Works) want to leave me up here, I will walk,” Ines Kovar said.",
            ("Vela Works", "Ines Kovar", H),
        ),
        (
            "“If they [Vela Works] leave Oro Lund behind, I will resign,” Ines Kovar said.",
            ("Vela Works", "Oro Lund", H),
        ),
    ],
)
def test_who_is_left(text: str, fact: tuple[str, str, Factuality]) -> None:
    assert fact in found(text, "leftBehind")


@pytest.mark.parametrize("paragraphs", ["", "\n\n"])
def test_who_speaks_in_the_place_of_another_is_not_left(paragraphs: str) -> None:
    text = (
        f"Oro Lund is in the mountains. “If I were Lund, I would stay calm,” Ines Kovar said.{paragraphs} "
        "“And if they (Vela Works) leave me up here, I will walk.”"
    )
    whom = "Ines Kovar" if paragraphs else "Oro Lund"
    assert found(text, "leftBehind") <= {("Vela Works", whom, H)}
    assert paragraphs or found(text, "leftBehind")


@pytest.mark.parametrize("text", ["Oro Lund left there in May.", "Oro Lund left Vela Works there."])
def test_leaving_a_place_or_a_firm_strands_nobody(text: str) -> None:
    assert found(text, "leftBehind") == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("NASA held the Kestrel Alliance together.", ("NASA", "Kestrel Alliance", A)),
        ("NASA could hold the Kestrel Alliance together.", ("NASA", "Kestrel Alliance", H)),
        ("NASA will keep the Osprey mission going.", ("NASA", "Osprey mission", P)),
        ("NASA did not keep the Kestrel Alliance alive.", ("NASA", "Kestrel Alliance", N)),
    ],
)
def test_what_is_kept_going_continues(text: str, fact: tuple[str, str, Factuality]) -> None:
    assert fact in found(text, "continues")


@pytest.mark.parametrize(
    "text",
    ["Doctors at NASA kept Oro Lund alive.", "NASA kept Oro Lund waiting.", "NASA held the Kestrel Alliance back."],
)  # fmt: skip
def test_people_and_delays_do_not_continue(text: str) -> None:
    assert found(text, "continues") == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("NASA is committed to the Osprey mission.", ("NASA", "Osprey mission", A)),
        ("NASA remains committed to the Osprey mission.", ("NASA", "Osprey mission", A)),
        ("NASA is not committed to the Osprey mission.", ("NASA", "Osprey mission", N)),
        ("It is unclear whether NASA is committed to the Osprey mission.", ("NASA", "Osprey mission", H)),
    ],
)
def test_commitments(text: str, fact: tuple[str, str, Factuality]) -> None:
    assert fact in {(s, o if "mission" in o else f"{o} mission", f) for s, o, f in found(text, "committedTo")}


@pytest.mark.parametrize(
    "text",
    [
        "Ines Kovar said there was no sign that NASA was not committed to the Osprey mission.",
        "“We see no evidence that NASA is not committed to the Osprey mission,” said Ines Kovar.",
        "“We are not getting any sign at the working level that NASA is not committed to the Osprey mission,” said Bo Sim.",
    ],
)
def test_a_commitment_of_which_the_lack_is_denied_is_not_asserted(text: str) -> None:
    assert found(text, "committedTo") == set()
    assert {(s, f) for s, _, f in found(text, "notCommittedTo")} == {("NASA", N)}


def test_whose_counterparts_are_meant_is_told() -> None:
    text = (
        "“We are not seeing any evidence at the local level that our counterparts are not committed to the Osprey station,” "
        "said Ines Kovar of NASA."
    )
    assert ("NASA’s counterparts", N) in {(s, f) for s, _, f in found(text, "notCommittedTo")}


@pytest.mark.parametrize(
    "text", ["NASA committed $5 million to the Osprey mission.", "Oro Lund committed a crime."]
)
def test_what_is_committed_is_not_bound(text: str) -> None:
    assert found(text, "committedTo") == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Ines Kovar helped Vela Works build the Oberon capsule.", ("Ines Kovar", "Vela Works", A)),
        ("Ines Kovar could help Vela Works to build the Oberon capsule.", ("Ines Kovar", "Vela Works", H)),
        (
            "Ines Kovar helped the Ruritanian people to see the truth.",
            ("Ines Kovar", "Ruritanian people", A),
        ),
        (
            "“If I have a chance to speak up and help Vela Works to see the truth, I will,” Ines Kovar said.",
            ("Ines Kovar", "Vela Works", H),
        ),
    ],
)
def test_who_is_helped_to_do_something(text: str, fact: tuple[str, str, Factuality]) -> None:
    assert fact in found(text, "helps")


def test_what_may_have_to_be_rearranged() -> None:
    text = "If the talks fail, it is unclear whether Vela Works will have to rearrange its launch schedule."
    assert found(text, "reconfigures") == {("Vela Works", "launch schedule", H)}


def test_the_country_of_a_model_is_no_part_of_its_name() -> None:
    (name,) = {
        subject
        for subject, _, _ in found(
            "For years, Russian Oberon vehicles took pilots to the Moon.", "travelledTo"
        )
    }
    assert name == "Oberon"


@pytest.mark.parametrize("text", ["Ines Kovar helped people to see.", "Ines Kovar helped the people to see."])
def test_people_of_no_country_are_anybody(text: str) -> None:
    assert found(text, "helps") == set()


@pytest.mark.parametrize("whom", ["the French pilots", "the French people", "NASA's chief"])
def test_what_is_done_to_people_is_not_done_to_their_country_or_employer(whom: str) -> None:
    assert len(found(f"Ines Kovar criticized {whom}.", "criticized")) == 1
