"""Sentence borders at headings, datelines, furniture and paragraphs."""

from __future__ import annotations

from itertools import pairwise

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from speech_reading import model

from spacegraph.language.annotations import blocks, set_blocks
from spacegraph.language.pipeline import PACKAGED_MODEL, prepare
from spacegraph.language.tuning.segments import Segmenter
from spacegraph.model import BlockKind
from spacegraph.sources import article_from_text

TEXT = (
    "Probe leaves harbour\n\n"
    "PORT MERROW, Fla. (AP) — The probe left on Monday. It was glad to go\n\n"
    "A long way\n\n"
    "“It will come back,” Kovar said. “I hope so.”\n\n"
    "Read more: Ten probes"
)
NLP = English()


def sentences(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in model()(text).sents]


def test_headings_and_datelines_are_sentences_of_their_own() -> None:
    found = sentences(TEXT)
    assert found[:5] == [
        "Probe leaves harbour", "PORT MERROW, Fla. (AP) —", "The probe left on Monday.", "It was glad to go", "A long way",
    ]  # fmt: skip
    assert found[-1] == "Read more: Ten probes"


def test_the_parser_still_finds_the_borders_inside_a_paragraph() -> None:
    assert sentences("Kovar left on Monday. She came back on Friday. Nobody saw her.") == [
        "Kovar left on Monday.", "She came back on Friday.", "Nobody saw her.",
    ]  # fmt: skip


def test_a_sentence_may_go_on_in_the_next_paragraph() -> None:
    text = "The probe left on Monday for the far side of the\n\nmoon, where it will stay for nine years in the dark.\n\nIt was late."
    doc = model()(text)
    moon = next(token for token in doc if token.text == "moon")
    assert not moon.is_sent_start


def test_a_closing_mark_stays_with_its_speech() -> None:
    doc = model()('Kovar said: "It will come back. It always does."\n\nThe probe left on Monday.')
    closing = [token for token in doc if token.text == '"'][-1]
    assert not closing.is_sent_start
    assert next(token for token in doc if token.text == "The").is_sent_start


def test_given_blocks_are_kept_and_missing_ones_are_found() -> None:
    article = article_from_text(TEXT)
    nlp = model()
    assert blocks(Segmenter()(prepare(nlp, article))) == article.blocks
    doc = Segmenter()(nlp.make_doc(TEXT))
    assert blocks(doc) == article.blocks
    assert BlockKind.DATELINE in {block.kind for block in blocks(doc)}


def test_a_parsed_doc_gets_blocks_and_keeps_its_parse() -> None:
    doc = spacy.load(PACKAGED_MODEL)(TEXT)
    before = [token.is_sent_start for token in doc]
    assert [token.is_sent_start for token in Segmenter()(doc)] == before
    assert blocks(doc)


def test_empty_texts() -> None:
    for text in ("", " ", "\n\n"):
        assert Segmenter()(NLP.make_doc(text)).text == text


@given(
    st.lists(
        st.sampled_from(["Kovar left", "it", ".", "\n", "\n\n", " ", "”", "“", "A way", "1:24", "\t"]),
        max_size=14,
    )
)
@settings(max_examples=100, deadline=None)
def test_every_block_but_the_first_and_continuing_ones_starts_a_sentence(parts: list[str]) -> None:
    text = "".join(parts)
    doc = Segmenter()(NLP.make_doc(text))
    starts = {token.idx for token in doc if token.is_sent_start}
    for previous, block in zip(blocks(doc), blocks(doc)[1:], strict=False):
        token_starts = {token.idx for token in doc}
        if text[block.start].islower() or block.start not in token_starts or previous.kind != block.kind:
            continue
        assert block.start in starts


def test_blocks_may_be_set_by_hand() -> None:
    doc = NLP.make_doc("Probe leaves It was late")
    article = article_from_text("Probe leaves\n\nIt was late.")
    set_blocks(doc, article.blocks[:1])
    assert [token.i for token in Segmenter()(doc) if token.is_sent_start and token.i] == []


def test_a_sentence_without_end_is_divided_at_its_commas() -> None:
    text = ", ".join(["the probe left for the far side of the moon"] * 200)
    doc = Segmenter()(NLP.make_doc(text))
    starts = [0, *(token.i for token in doc if token.is_sent_start and token.i), len(doc)]
    lengths = [end - start for start, end in pairwise(starts)]
    assert len(lengths) > 2
    assert max(lengths) <= 250
    assert all(doc[start - 1].text == "," for start in starts[1:-1])


def test_a_sentence_without_anything_to_divide_it_at_is_divided_all_the_same() -> None:
    doc = Segmenter()(NLP.make_doc("moon " * 1000))
    assert sum(bool(token.is_sent_start) for token in doc) >= 3


def test_long_sentences_with_an_end_stay_whole() -> None:
    doc = Segmenter()(NLP.make_doc(" ".join(["moon"] * 240) + ". " + " ".join(["probe"] * 240) + "."))
    assert not any(token.is_sent_start for token in doc if token.i)
