"""Lines of transcripts are the words of whom their label names, up to the next label."""

from __future__ import annotations

import pytest
from fact_reading import facts

from spacegraph.language.tuning.line_labels import find_labels
from spacegraph.model import Factuality


def _said(text: str) -> set[tuple[str, str, str, str]]:
    return {
        (f.subject.label, f.object.label, str(f.factuality), f.attributed_to.label if f.attributed_to else "")
        for f in facts(text)
        if f.relation in ("acquired", "attacked")
    }


def test_each_line_is_said_by_its_label() -> None:
    text = "Una Hale: Orsa Labs attacked Norwick.\nIvo Marsh: No. Vela Works bought Orsa Labs."
    assert _said(text) == {
        ("Orsa Labs", "Norwick", "reported", "Una Hale"),
        ("Vela Works", "Orsa Labs", "reported", "Ivo Marsh"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Q: Who attacked Norwick?\n\nA: Orsa Labs attacked Norwick.\n\nIt was dark. Vela Works bought Orsa Labs.",
        "@unahale: Orsa Labs attacked Norwick. Vela Works bought Orsa Labs.",
    ],
)
def test_answers_and_accounts_assert_nothing(text: str) -> None:
    assert _said(text) == {
        ("Orsa Labs", "Norwick", "reported", ""),
        ("Vela Works", "Orsa Labs", "reported", ""),
    }


def test_a_lone_line_ends_with_its_paragraph() -> None:
    text = "Una Hale: Orsa Labs attacked Norwick.\n\nVela Works bought Orsa Labs."
    assert _said(text) == {
        ("Orsa Labs", "Norwick", "reported", "Una Hale"),
        ("Vela Works", "Orsa Labs", "asserted", ""),
    }


def test_lists_and_places_are_no_speech() -> None:
    for text in ("Una Hale: commander\nIvo Marsh: pilot", "NORWICK: Vela Works bought Orsa Labs."):
        assert all(f.factuality is Factuality.ASSERTED for f in facts(text))
        assert not [f for f in facts(text) if f.relation == "said"]


def test_labels_stand_at_the_beginning_of_a_line() -> None:
    words = [
        "Una",
        "Hale",
        "(",
        "Orsa",
        ")",
        ":",
        "Yes",
        "\n",
        "it",
        "is",
        ":",
        "Q",
        ":",
        "no",
        "\n\n",
        "A",
        ":",
        "so",
    ]
    assert [(x.start, x.end, x.speech) for x in find_labels(words)] == [(0, 2, 6), (15, 16, 17)]
