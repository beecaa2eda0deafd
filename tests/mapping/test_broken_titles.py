"""Titles that a full stop cuts off from the employer, which then makes a sentence of its own."""

from __future__ import annotations

import pytest
from fact_reading import triples

from spacegraph.language.parse.fragments import fragment_length

SAID = "“The flight went well,” said Ada Okafor, associate director for launch operations. "


@pytest.mark.parametrize(
    "fragment", ["Lunara Space Agency.", "The Lunara Space Agency for crewed flight.", "Lunara Space Agency"]
)
def test_a_name_alone_after_a_title_is_the_employer(fragment: str) -> None:
    assert ("Ada Okafor", "worksFor", "Lunara Space Agency") in triples(SAID + fragment)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lunara Space Agency bought the Tern rocket.",
        "Lunara Space Agency, however, was silent.",
        "Lunara Space Agency of all firms.",
        "Bo Sim for crewed flight.",
    ],
)
def test_another_sentence_names_no_employer(sentence: str) -> None:
    assert not [t for t in triples(SAID + sentence) if t[1] == "worksFor"]


def test_we_of_somebody_with_such_a_title_is_the_employer() -> None:
    text = (
        "“We launched the Tern rocket on Monday,” said Ada Okafor, deputy director for the Selk capsule. "
        "Lunara Space Agency for crewed flight. The rocket carried a satellite."
    )
    assert ("Lunara Space Agency", "launched", "Tern") in triples(text)


def test_length_of_a_fragment() -> None:
    words, parts = ["Lunara", "in", "Oslo", ".", "It"], ["PROPN", "ADP", "PROPN", "PUNCT", "PRON"]
    assert fragment_length(words, parts, 1) == 3
    assert fragment_length(words[:3], parts[:3], 1) == 3
    assert fragment_length(["Lunara", "flew", "."], ["PROPN", "VERB", "PUNCT"], 1) == 0
    assert fragment_length(["Lunara", "\n\n", "It"], ["PROPN", "SPACE", "PRON"], 1) == 1
    assert fragment_length(["Lunara"] * 12, ["PROPN"] * 12, 12) == 0
