"""Names are read alike: which words are names', and that other names change no fact."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import spacy

from spacegraph.gazetteer import Gazetteer
from spacegraph.language.tuning.name_blind import READERS, Blinder, encoder_of, fits
from spacegraph.language.tuning.name_words import (
    BEFORE_KIND,
    FIRST,
    FURTHER,
    LETTERS,
    NAME,
    NATIONALITY,
    NameWords,
)
from spacegraph.model import Article
from spacegraph.reading import load_reader
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from spacegraph.reading import Reader

TEXT = """{org} signed a contract with {firm} on Monday. {person}, a pilot, criticized the {adjective} invasion of {land}.
{firm} launched the {ship} capsule from {place}. {last} said the capsule docked with the station on Tuesday.
The agency will send two astronauts to the Moon in 2031. {last} was born in {town}."""
NAMES = (
    {"org": "LEMO", "firm": "Halveron", "person": "Ada Kettering", "last": "Kettering", "adjective": "Ruritanian",
     "land": "Ruritania", "ship": "Lapwing", "place": "Castlemoor", "town": "Brimsdale"},
    {"org": "ZAFT", "firm": "Strovix", "person": "Ida Oyelaran", "last": "Oyelaran", "adjective": "Bordurian",
     "land": "Borduria", "ship": "Quorra", "place": "Pellinport", "town": "Vashti"},
    {"org": "BOSE", "firm": "Umbrion", "person": "Eva Stanhope", "last": "Stanhope", "adjective": "Sylvarian",
     "land": "Sylvaria", "ship": "Dotterel", "place": "Northolm", "town": "Elmsford"},
)  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.fixture(scope="module")
def finder() -> NameWords:
    return NameWords(Gazetteer())


def kinds(finder: NameWords, text: str) -> dict[str, int]:
    doc = spacy.blank("en")(text)
    return {token.text: kind for token, kind in zip(doc, finder.find(doc), strict=True) if kind}


def test_name_words_by_place_in_the_name(finder: NameWords) -> None:
    found = kinds(finder, "On Monday Ada van Oyelaran and Bo Kovar of ZAFT met Strovix at the Quorra Center.")
    assert found == {
        "Ada": NAME, "Oyelaran": NAME, "Bo": FIRST, "Kovar": FURTHER, "ZAFT": LETTERS, "Strovix": NAME, "Quorra": BEFORE_KIND
    }  # fmt: skip


def test_name_words_at_the_beginning_are_told_from_ordinary_ones(finder: NameWords) -> None:
    assert kinds(finder, "Engineers left. Strovix stayed. However, nothing happened.") == {"Strovix": NAME}


def test_name_words_ordinary_one_that_is_a_name_elsewhere(finder: NameWords) -> None:
    assert kinds(finder, "They named the ship Dragon. Dragon left.") == {"Dragon": NAME}
    assert kinds(finder, "Engineering is hard.") == {}


def test_name_words_adjective_of_a_land_that_the_text_names(finder: NameWords) -> None:
    assert kinds(finder, "the Bordurian army left Borduria") == {"Bordurian": NATIONALITY, "Borduria": NAME}


def test_name_words_titles_and_kinds_are_none(finder: NameWords) -> None:
    assert kinds(finder, "the Space Agency and its Administrator in March") == {}


def facts(reader: Reader, names: dict[str, str]) -> set[tuple[str, ...]]:
    text = TEXT.format(**names)
    (article,) = read_articles([Article(id="a", text=text, title="", published=dt.date(2030, 5, 9))])
    backwards = sorted(((v, k) for k, v in names.items()), key=lambda pair: -len(pair[0]))

    def plain(label: str) -> str:
        for name, slot in backwards:
            label = label.replace(name, f"<{slot}>")
        return label

    return {
        (plain(f.subject.label), f.relation, plain(f.object.label), f.factuality.value, f.time)
        for f in reader.facts(next(iter(reader.docs([article]))), article)
    }


@pytest.mark.parametrize("names", NAMES[1:])
def test_facts_stay_the_same_with_other_names(reader: Reader, names: dict[str, str]) -> None:
    first = facts(reader, NAMES[0])
    assert ("<person>", "bornIn", "<town>", "asserted", "") in first
    assert len(first) > 7
    assert facts(reader, names) == first


def test_model_reads_names_alike(reader: Reader) -> None:
    docs = [
        reader.nlp(f"Yesterday {name} launched a probe from Ruritania.")
        for name in ("Strovix", "Bell", "Qgfjk")
    ]
    assert len({tuple((t.tag_, t.dep_, t.head.i) for t in doc) for doc in docs}) == 1
    assert len({tuple((e.start, e.end, e.label_) for e in doc.ents) for doc in docs}) == 1


def test_pipeline_read_from_disk_reads_names_alike(reader: Reader, tmp_path: object) -> None:
    reader.nlp.to_disk(f"{tmp_path}/model")
    again = spacy.load(f"{tmp_path}/model")
    text = "Yesterday Qgfjk launched a probe from Ruritania."
    assert [(t.tag_, t.dep_) for t in again(text)] == [(t.tag_, t.dep_) for t in reader.nlp(text)]
    for name in READERS:
        encoder = encoder_of(again, name)
        assert encoder is not None
        assert isinstance(encoder.layers[0]._func.__self__, Blinder)  # type: ignore[attr-defined]


def test_other_models_are_left_as_they_are() -> None:
    assert not fits(spacy.blank("en"))
