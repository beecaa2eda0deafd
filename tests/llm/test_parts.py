"""The parts of the language model's reader that need neither a server nor a text: what holds whatever comes."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from spacegraph.llm.answers import read_answer
from spacegraph.llm.cache import key_of
from spacegraph.llm.prompt import MOST, SCHEMA, messages, relations_for
from spacegraph.llm.windows import windows
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from spacy.language import Language

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FACT = {
    "sentence": 1, "relation": "met", "subject": "Ann", "subject_words": "Ann",
    "object": "Bob", "object_words": "Bob", "factuality": "asserted", "source": None,
}  # fmt: skip


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    claims, broken, _ = read_answer(text)
    assert not claims
    assert broken >= 0


@given(st.lists(JSON, max_size=5), st.integers(0, 5))
def test_a_whole_fact_is_found_among_any_others_and_those_are_counted(others: list[Any], at: int) -> None:
    facts = [*others[:at], FACT, *others[at:]]
    claims, broken, whole = read_answer(json.dumps({"facts": facts}))
    assert whole
    assert [c.subject for c in claims] == ["Ann"]
    assert len(claims) + broken == len(facts)


@given(st.integers(0, 400))
def test_an_answer_cut_anywhere_never_gives_what_the_whole_does_not(end: int) -> None:
    text = json.dumps({"facts": [FACT, {**FACT, "subject": "Cy"}]})
    assert set(read_answer(text[:end])[0]) <= set(read_answer(text)[0])


@pytest.mark.parametrize("key", [k for k in FACT if k not in ("subject", "object", "factuality", "source")])
def test_a_fact_without_a_part_that_it_needs_is_none(key: str) -> None:
    assert read_answer(json.dumps({"facts": [{k: v for k, v in FACT.items() if k != key}]}))[:2] == ([], 1)


@cache
def _divided() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@given(st.lists(st.integers(8, 30), max_size=30), st.integers(20, 200))
def test_windows_hold_every_sentence_once_and_are_not_longer_than_asked(
    lengths: list[int], most: int
) -> None:
    texts = ["z" * n + "." for n in lengths]
    found = windows(_divided()(" ".join(texts)), most)
    own = [(n, text) for w in found for n, text, before in w.lines if not before]
    assert own == list(enumerate(texts, start=1))
    for window in found:
        mine = [text for _, text, before in window.lines if not before]
        assert len(mine) == 1 or sum(len(t) + 1 for t in mine) <= most + 1


def test_of_a_large_ontology_those_relations_are_asked_about_that_the_text_or_the_reader_speaks_of() -> None:
    small = load_ontology()
    met = small.properties["met"]
    many = {
        f"odd{n}": replace(
            met, iri=f"https://example.org/odd{n}", name=f"odd{n}", label=f"zzyx{n} qqov", example=""
        )
        for n in range(400)
    }
    large = replace(
        small, properties={**many, **{k: small.properties[k] for k in ("met", "headOf", "bornIn")}}
    )
    chosen = relations_for(large, "Ann Lee met Bob Ray.", [many["odd399"].iri])
    assert len(chosen) == MOST
    assert {"met", "odd399"} <= {p.name for p in chosen}
    assert len(relations_for(small, "", [])) == len(small.properties)


def test_the_key_of_an_answer_changes_with_model_text_and_settings_only() -> None:
    ontology = load_ontology()
    asked = messages([(1, "Ann met Bob.", False)], ontology.properties.values())
    other = messages([(1, "Ann met Cy.", False)], ontology.properties.values())
    keys = [
        key_of("a", asked, {}),
        key_of("b", asked, {}),
        key_of("a", other, {}),
        key_of("a", asked, {"seed": 1}),
    ]
    assert len(set(keys)) == 4
    again = messages([(1, "Ann  met\nBob.", False)], ontology.properties.values())
    assert key_of("a", again, {}) == keys[0]


def test_the_schema_asks_for_all_that_a_fact_needs() -> None:
    item = SCHEMA["properties"]["facts"]["items"]
    assert set(item["required"]) == set(item["properties"])
