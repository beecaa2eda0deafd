"""A name and a part of it are one thing where the examples call both the same."""

from __future__ import annotations

from spacegraph.learning import LinearModel, read_sentences
from spacegraph.learning.labels import Labels
from spacegraph.learning.model import Clue, Reading, RelationClues

SENTENCE = "Ida Marwick was born in Dunholm and retired in June 1981."


def read(same: bool) -> set[tuple[str, str, str]]:
    """What a model says whose clues for retiring only see the last name, the others the whole name."""
    labels = Labels()
    labels.counts["idamarwick"]["sub", "birthPlace", "Ida Marwick"] = 2
    labels.counts["marwick"]["sub", "retired", "Ida Marwick" if same else "Tom Marwick"] = 2
    labels.complete()
    part = {"kinds": ("name", "date"), "base": -9.0}
    model = LinearModel(
        labels,
        (
            RelationClues(
                "birthPlace",
                clues=(Clue("subject", "first=ida", 8.0), Clue("object", "before=in", 3.0)),
                **part,  # type: ignore[arg-type]
            ),
            RelationClues(
                "retired",
                clues=(
                    Clue("subject", "single", 4.0),
                    Clue("subject", "last=marwick", 2.0),
                    Clue("object", "kind=date", 4.0),
                ),
                **part,  # type: ignore[arg-type]
            ),
        ),
    )
    (doc,) = read_sentences([SENTENCE])
    return {(s.subject.text, s.relation, s.subject_label) for s in model.score(Reading(doc, labels))}


def test_what_is_said_of_a_part_of_a_name_is_said_of_its_bearer() -> None:
    assert {("Ida Marwick", "birthPlace", "Ida Marwick"), ("Marwick", "retired", "Ida Marwick")} <= read(
        same=True
    )


def test_two_things_never_share_words() -> None:
    assert ("Marwick", "retired", "Tom Marwick") not in read(same=False)
