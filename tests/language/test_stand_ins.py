"""Every name is read alike: what stands in for names depends on where they stand, never on which they are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from spacegraph.language import annotations as stored
from spacegraph.language.reader.stand_ins import with_stand_ins
from spacegraph.language.tuning.name_words import LETTERS, NAME
from spacegraph.reading import load_reader
from spacegraph.sources import article_from_text

if TYPE_CHECKING:
    from spacegraph.reading import Reader

WORDS = st.lists(
    st.tuples(st.sampled_from(["Vole", "Sorrel", "Orrin", "said", "the"]), st.booleans()), max_size=30
)


@given(WORDS, st.permutations(["Kestle", "Brandt", "Umber"]))
def test_other_names_have_the_same_stand_ins(text: list[tuple[str, bool]], others: list[str]) -> None:
    renamed = dict(zip(["Vole", "Sorrel", "Orrin"], others, strict=True))
    words = [word for word, _ in text]
    kinds = bytes(NAME if word in renamed else 0 for word in words)
    twin = [renamed.get(word, word) for word in words]
    assert with_stand_ins(words, kinds) == with_stand_ins(twin, kinds)


@given(WORDS)
def test_one_word_has_one_stand_in_and_two_have_two(text: list[tuple[str, bool]]) -> None:
    words = [word for word, _ in text]
    kinds = bytes(NAME if word[0].isupper() else 0 for word in words)
    pairs = set(zip(words, with_stand_ins(words, kinds), strict=True))
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
    assert all(a == b for a, b in pairs if a.islower())


def test_letters_stay_letters() -> None:
    (made,) = with_stand_ins(["ZAFT"], bytes([LETTERS]))
    assert made.isupper()
    assert made != "ZAFT"


@cache
def reader() -> Reader:
    return load_reader()


def relations(text: str) -> set[tuple[int, int, str, int, int, float]]:
    (doc,) = reader().docs([article_from_text(text)])
    return {(*r.subject, r.property_iri, *r.object, r.probability) for r in stored.relations(doc)}


def test_a_text_and_its_twin_with_other_names_have_the_same_relations() -> None:
    text = "Tamsin Vole leads Orrin Aerospace, which is based in Selby. On Monday Vole met Bram Sorrel at the Norwick plant."
    twin = text
    for name, other in {"Tamsin": "Odile", "Vole": "Quarmby", "Orrin": "Halden", "Selby": "Umberleigh", "Bram": "Bevis", "Sorrel": "Dacre", "Norwick": "Thorsby"}.items():  # fmt: skip
        twin = twin.replace(name, other)
    assert relations(text) == relations(twin) != set()
