"""The trained reader as a component: in anyone's pipeline, the same every time, and in sentences where something is wrong."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from spacegraph.errors import ConfigError, ReaderModelError
from spacegraph.language import annotations as stored
from spacegraph.language.reader.encoding import shape_of, split_windows
from spacegraph.language.reader.labels import label_text, words_of
from spacegraph.language.reader.session import MODEL, ReaderModel
from spacegraph.reading import load_reader

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

TEXT = (
    "Tamsin Vole, the chief executive of Orrin Aerospace, criticized the Ministry of Transport on Tuesday. "
    "The company's Petrel rocket launched the Lumen satellite from Cape Harrow in May. "
    "Vole was born in Selby and studied at the University of Norwick."
)


@pytest.fixture(scope="module")
def plain() -> Language:
    """A pipeline that knows nothing but sentences."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("spacegraph_reader")
    return nlp


def triples(doc: Doc, least: float = 0.5) -> set[tuple[str, str, str]]:
    return {
        (
            doc[r.subject[0] : r.subject[1]].text,
            r.property_iri.rpartition("#")[2],
            doc[r.object[0] : r.object[1]].text,
        )
        for r in stored.relations(doc)
        if r.probability >= least
    }


def test_reads_relations_in_a_pipeline_of_sentences_alone(plain: Language) -> None:
    found = triples(plain(TEXT))
    assert ("Tamsin Vole", "headOf", "Orrin Aerospace") in found
    assert ("Vole", "bornIn", "Selby") in found


def test_mentions_have_types(plain: Language) -> None:
    doc = plain(TEXT)
    types = {doc[s:e].text: t for s, e, t, p in stored.typed_spans(doc) if p >= 0.5}
    assert types["Tamsin Vole"] == "Person"
    assert types["Orrin Aerospace"] == "Organisation"


def test_what_is_read_survives_serialisation(plain: Language) -> None:
    doc = plain(TEXT)
    again = type(doc)(plain.vocab).from_bytes(doc.to_bytes())
    assert stored.relations(again) == stored.relations(doc) != []
    assert stored.typed_spans(again) == stored.typed_spans(doc)


def test_batches_and_processes_change_nothing(plain: Language) -> None:
    texts = [TEXT, "Nothing happened.", TEXT + " " + TEXT]
    alone = [stored.relations(plain(text)) for text in texts]
    assert [stored.relations(doc) for doc in plain.pipe(texts, batch_size=3)] == alone
    assert [stored.relations(doc) for doc in plain.pipe(texts, n_process=2, batch_size=1)] == alone


def test_unguarded_until_factuality_has_looked(plain: Language) -> None:
    assert not any(r.guarded for r in stored.relations(plain(TEXT)))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\u200b\u200b", "日本語の文章だけです。", "☃☃☃ ☃", "x" * 5000]
)
def test_reads_texts_of_no_words(plain: Language, text: str) -> None:
    assert isinstance(stored.relations(plain(text)), list)


def test_an_endless_sentence_is_read_in_pieces(plain: Language) -> None:
    doc = plain.make_doc("Tamsin Vole and " * 4000)
    for token in doc[1:]:
        token.is_sent_start = False
    plain.get_pipe("spacegraph_reader")(doc)
    spans = stored.typed_spans(doc)
    # A sentence in a window has so many mentions at most, and a window so many words.
    assert 0 < len(spans) < len(doc)


# -- windows and labels -------------------------------------------------------------------------------


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=30), max_size=20), st.integers(9, 60))
def test_windows_hold_every_token_once_and_cut_only_what_is_too_long(
    sentences: list[list[int]], limit: int
) -> None:
    lengths = [n for sentence in sentences for n in sentence]
    ends = [sum(map(len, sentences[: k + 1])) for k in range(len(sentences))]
    sents = list(zip([0, *ends], ends, strict=False))
    windows = list(split_windows(lengths, sents, limit))
    assert [i for first, past in windows for i in range(first, past)] == list(range(len(lengths)))
    assert all(sum(lengths[first:past]) <= limit for first, past in windows)
    too_long = {i for start, end in sents if sum(lengths[start:end]) > limit for i in range(start + 1, end)}
    inside = {i for start, end in sents for i in range(start + 1, end)}
    assert {first for first, _ in windows} & inside <= too_long


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("educatedAt", "educated at"),
        ("was funded by", "was funded by"),
        ("P69 educated at", "educated at"),
        ("launch_site", "launch site"),
        ("hasCEOName", "has ceo name"),
    ],
)
def test_labels_of_all_styles_are_words(label: str, words: str) -> None:
    assert words_of(label) == words


def test_the_text_of_a_label_says_between_what_it_holds() -> None:
    assert label_text("headOf", "Leads.", ("Person",), ()) == "head of (person, thing): Leads."
    assert label_text("knows", "", ("Thing",), ("Thing",)) == "knows"


@given(st.text(min_size=1))
def test_every_word_has_a_shape(word: str) -> None:
    assert 1 <= shape_of(word) <= 7


# -- what the ontology says holds ----------------------------------------------------------------------

ONTOLOGY = """
@prefix ex: <https://example.org/o#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Person a owl:Class ; rdfs:label "person"@en .
ex:Place a owl:Class ; rdfs:label "place"@en .
ex:nativeOf a owl:ObjectProperty ; rdfs:label "native of"@en ; rdfs:domain ex:Person ; rdfs:range ex:Place .
"""


def test_only_properties_of_the_ontology_come_out(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("spacegraph_reader", config={"ontology": str(path)})
    found = triples(nlp(TEXT), 0.1)
    assert {relation for _, relation, _ in found} == {"nativeOf"}
    assert ("Vole", "nativeOf", "Selby") in found


# -- bad input ------------------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return shutil.copytree(MODEL, tmp_path / "model")


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReaderModelError, match=r"is not there: .* --with rules"):
        ReaderModel(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["encoder.onnx", "pairs.onnx", "labels.npz", "tokenizer.json"])
def test_a_model_with_a_file_cut_off(copied: Path, name: str) -> None:
    path = copied / name
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ReaderModelError, match=rf"damaged: .*{name} is not the file that its card names"):
        ReaderModel(copied)


def test_a_model_with_a_file_missing(copied: Path) -> None:
    (copied / "spans.onnx").unlink()
    with pytest.raises(ReaderModelError, match=r"incomplete: .*spans\.onnx cannot be read"):
        ReaderModel(copied)


def test_a_model_of_another_form(copied: Path) -> None:
    card = json.loads((copied / "card.json").read_text("utf-8"))
    (copied / "card.json").write_text(json.dumps({**card, "format": 99}), "utf-8")
    with pytest.raises(ReaderModelError, match="has another form"):
        ReaderModel(copied)


def test_a_card_that_is_no_json(copied: Path) -> None:
    (copied / "card.json").write_text("{", "utf-8")
    with pytest.raises(ReaderModelError, match="is no JSON"):
        ReaderModel(copied)


def test_readers_that_do_not_exist() -> None:
    with pytest.raises(ConfigError, match="There is no reader 'oracle'; there are: rules, reader"):
        load_reader(readers=("oracle",))
    with pytest.raises(ConfigError, match="Nobody would read"):
        load_reader(readers=())
