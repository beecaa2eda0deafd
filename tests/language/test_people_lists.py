"""Lists of people with titles at the start of a sentence: all of them do what the verb says, each has the own title."""

from __future__ import annotations

import pytest
from proposition_reading import NOUN, all_of, read, roles

CREW = (
    "NASA astronauts Ada Okafor and Mia Chen, VSA (Vela Space Agency) astronaut Ines Kovar, and Zorvex pilot Bo Lind "
    "are scheduled to return to Earth on Friday."
)


@pytest.mark.parametrize(
    ("text", "lemma", "wanted"),
    [
        (CREW, "return", ["Ada Okafor", "Mia Chen", "Ines Kovar", "Bo Lind"]),
        ("Pilot Ada Okafor, commander Ines Kovar, and doctor Bo Lind slept.", "sleep",
         ["Ada Okafor", "Ines Kovar", "Bo Lind"]),
        ("On Friday, pilot Ada Okafor and doctor Bo Lind slept.", "sleep", ["Ada Okafor", "Bo Lind"]),
        # Others do not:
        ("They flew with Ada Okafor, and pilot Bo Lind slept.", "sleep", ["Bo Lind"]),
        ("The crew of pilots Ada Okafor and Bo Lind slept.", "sleep", ["crew"]),
        ("President Ada Okafor, a friend of pilot Bo Lind, slept.", "sleep", ["Ada Okafor"]),
        ("Pilot Ada Okafor left and doctor Bo Lind slept.", "sleep", ["Bo Lind"]),
    ],
)  # fmt: skip
def test_who_does_it(text: str, lemma: str, wanted: list[str]) -> None:
    assert roles(text, lemma)["subj"] == wanted


@pytest.mark.parametrize(
    ("text", "lemma", "wanted"),
    [
        ("Pilots Ada Okafor and Mia Chen and doctor Bo Lind slept.", "doctor", {"Bo Lind"}),
        ("Pilots Ada Okafor and Mia Chen, and doctor Bo Lind slept.", "pilot", {"Ada Okafor", "Mia Chen"}),
        (CREW, "pilot", {"Bo Lind"}),
    ],
)
def test_each_has_the_own_title(text: str, lemma: str, wanted: set[str]) -> None:
    doc = read(text)
    found = {
        doc[a.start : a.end].text for p in all_of(text, lemma, NOUN) for a in p.arguments if a.role == "ref"
    }
    assert found == wanted
