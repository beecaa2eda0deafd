"""The pipeline that load_pipeline makes: what it mends before the model reads."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import spacy

from spacegraph.language.annotations import clusters, mentions, propositions, published, quotations, relations
from spacegraph.language.pipeline import PACKAGED_MODEL, load_pipeline
from spacegraph.model import Article
from spacegraph.reading import load_reader
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLE = Path(__file__).parents[2] / "examples" / "sample_article.txt"
TEXTS = [
    # A heading, a date of its own, a word with a particle, a name that ends in a capital, and names that nobody knows.
    (
        "Firm Sells Probe\n\nNORWICK, May 3, 2024 - The start-up Quendix said on Monday that it had sold its probe to RocketX. "
        "Ines Kovar, its director, denied that the probe had failed.\n\n“We will launch on Friday,” she told reporters."
    ),
    "Two lines without a stop\nand a third\n\nHALDEN - Bo Sim leads Vela Works. He was born in Tarnow on 3 June 1970.",
    "",
]


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


@cache
def own() -> Language:
    """Somebody's own pipeline, with the component added under its name."""
    nlp = spacy.load(PACKAGED_MODEL)
    nlp.add_pipe("spacegraph")
    return nlp


@pytest.mark.parametrize("text", [*TEXTS, SAMPLE.read_text(encoding="utf-8")])
def test_the_component_in_somebody_s_own_pipeline_reads_what_build_reads(text: str) -> None:
    reader = load_reader()
    (article,) = read_articles([Article(id="a", text=text)]) if text else [Article(id="a", text="")]
    (theirs,) = reader.docs([article])
    ours = own()(theirs.text)
    assert [t.text for t in ours] == [t.text for t in theirs]
    assert published(ours) == article.published
    for read in (mentions, clusters, quotations, propositions, relations):
        assert read(ours) == read(theirs), read.__name__
    assert replace(reader, nlp=own()).facts(ours, article) == reader.facts(theirs, article)


def test_the_component_reads_a_pipeline_from_disk_as_before(tmp_path: Path) -> None:
    own().to_disk(tmp_path / "own")
    again = spacy.load(tmp_path / "own")
    assert again.pipe_names == own().pipe_names
    assert propositions(again(TEXTS[0])) == propositions(own()(TEXTS[0]))


def test_the_tokenizer_s_own_rules_stay_beside_those_of_names() -> None:
    nlp = spacy.load(PACKAGED_MODEL)
    rules = [*(nlp.Defaults.suffixes or ()), "zz"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.suffix_search = spacy.util.compile_suffix_regex(rules).search
    nlp.add_pipe("spacegraph")
    assert [t.text for t in nlp.make_doc("a buzz at RocketX. It")] == [
        "a",
        "bu",
        "zz",
        "at",
        "RocketX",
        ".",
        "It",
    ]
