"""Lemmas that are remembered are those that the lemmatizer gives."""

from __future__ import annotations

import spacy
from spacy.lang.en.lemmatizer import EnglishLemmatizer

from spacegraph.language.pipeline import PACKAGED_MODEL, load_pipeline
from spacegraph.language.tuning.lemma_memory import LemmaMemory, remember_lemmas

TEXT = (
    "Ada Okafor leaves after the leaves fell. She left the meeting that left-wingers met in, and saw a saw. "
    "The rockets rocket up; she rockets to fame. Better boats were found than those they found or founded."
)


def test_lemmas_are_those_of_the_lemmatizer_whatever_was_read_before() -> None:
    ours, plain = load_pipeline(), spacy.load(PACKAGED_MODEL)
    assert isinstance(vars(ours.get_pipe("lemmatizer"))["lemmatize"], LemmaMemory)
    lemmas = [token.lemma_ for token in plain(TEXT)]
    assert {"leave", "leaf"} <= set(lemmas)
    for _ in range(2):
        assert [token.lemma_ for token in ours(TEXT)] == lemmas


def test_a_lemmatizer_by_lookup_is_left_as_it_is() -> None:
    lemmatizer = EnglishLemmatizer(spacy.blank("en").vocab, None, mode="lookup")
    plain = lemmatizer.lemmatize
    assert not remember_lemmas(lemmatizer)
    assert lemmatizer.lemmatize == plain
