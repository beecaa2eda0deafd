"""The parts of coreference by themselves: acronyms, forms of names, and the partition of expressions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacegraph.language.coreference.entities import Entities
from spacegraph.language.coreference.expressions import Expression
from spacegraph.language.coreference.names import acronyms_of, normal_form
from spacegraph.language.coreference.ranker import load_network


def _expressions(count: int) -> list[Expression]:
    made = []
    for at in range(count):
        e = Expression()
        e.at = at
        e.kind = "name"
        e.words = (f"Name{at}",)
        made.append(e)
    return made


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Northern Polar Institute", "npi"),
        ("Office of Ice and Snow", "ois"),
        ("Office of Ice and Snow", "ooias"),
        ("Ice-Core Survey", "ics"),
    ],
)
def test_acronyms(name: str, acronym: str) -> None:
    assert acronym in acronyms_of(tuple(name.split()))


def test_one_word_has_no_acronym() -> None:
    assert acronyms_of(("Zorvex",)) == frozenset()


@pytest.mark.parametrize("name", ["Zorvex", "Zorvex Inc.", "ZORVEX", "The Zorvex Corp"])
def test_forms_of_one_name(name: str) -> None:
    assert normal_form(tuple(name.split())) == ("zorvex",)


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_merging_keeps_a_partition(pairs: list[tuple[int, int]]) -> None:
    entities = Entities(_expressions(12))
    for a, b in pairs:
        entities.merge(a, b)
        assert entities.same(a, b)
    places = [place for entity in entities.all() for place in entity.expressions]
    assert sorted(places) == list(range(12))
    for entity in entities.all():
        assert entity.at == min(entity.expressions)
        assert all(entities.of(place) is entity for place in entity.expressions)
        assert {word for name in entity.names for word in name} == {f"Name{p}" for p in entity.expressions}


@pytest.mark.parametrize("kind", ["pronouns", "nominals"])
def test_values_never_seen_score_like_each_other(kind: str) -> None:
    network = load_network(kind)
    width = len(network.vocabularies)
    scores = network.scores([], [["never"] * width, ["seen"] * width])
    assert scores[1] == pytest.approx(scores[2], abs=1e-4)
