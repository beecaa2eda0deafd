"""The pipeline that load_pipeline makes: what it mends before the model reads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from spacegraph.language.pipeline import load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def nlp() -> Language:
    return load_pipeline()


def test_a_sentence_ends_at_a_name_that_ends_in_a_capital() -> None:
    doc = nlp()("The capsule was built by RocketX. RocketX sold it on Monday.")
    assert [s.text for s in doc.sents] == ["The capsule was built by RocketX.", "RocketX sold it on Monday."]


@pytest.mark.parametrize(
    ("text", "token"), [("He met Ada B. Ray on Monday.", "B."), ("She lives in the U.S. now.", "U.S.")]
)
def test_initials_and_abbreviations_keep_their_full_stop(text: str, token: str) -> None:
    assert token in [t.text for t in nlp().make_doc(text)]
