"""What a text tells of names that nobody has seen: in fresh sentences, with invented names."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from spacegraph.language.annotations import clusters, mentions
from spacegraph.language.parse.repair import repair
from spacegraph.language.tokens import Tokens
from spacegraph.model import Article
from spacegraph.reading import Reader, load_reader
from spacegraph.sources import read_articles


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def read(reader: Reader, text: str) -> tuple[dict[str, str], dict[str, list[str]], set[tuple[str, str, str]]]:
    """Types by name, the words of each cluster by name, and the facts."""
    (article,) = read_articles([Article(id="a", text=text, title="", published=None)])
    doc = next(iter(reader.docs([article])))
    found = mentions(doc)
    words = {c.name: [doc[found[m].start : found[m].end].text for m in c.mentions] for c in clusters(doc)}
    facts = {(f.subject.label, f.relation, f.object.label) for f in reader.facts(doc, article)}
    return {doc[m.start : m.end].text: m.type for m in found}, words, facts


def test_letters_may_be_an_agency(reader: Reader) -> None:
    _, words, _ = read(
        reader, "ZAFT has hired Ada Kettering. She works at the agency's new plant in Brimsdale."
    )
    assert "the agency" in words["ZAFT"]


def test_letters_of_a_council_are_no_agency(reader: Reader) -> None:
    text = "The Deep Ice Council (DIC) has hired Ada Kettering. She works at the agency's new plant in Brimsdale."
    _, words, _ = read(reader, text)
    assert not any("the agency" in names for name, names in words.items() if name != "agency")


def test_what_is_based_somewhere_names_a_place(reader: Reader) -> None:
    types, _, _ = read(reader, "The Kettering-based firm Halveron built two engines.")
    assert types["Kettering"] == "GPE"


def test_what_has_a_mayor_is_a_place(reader: Reader) -> None:
    types, _, _ = read(reader, "Ada Oyelaran, the mayor of Strovix, resigned on Monday.")
    assert types["Strovix"] == "GPE"


def test_tail_of_a_facility_makes_it_a_centre_of_its_agency(reader: Reader) -> None:
    _, _, facts = read(reader, "Engineers visited ZAFT's Pellin Flight Facility in Brimsdale.")
    assert ("Pellin Flight Facility", "partOf", "ZAFT") in facts


def test_two_deeds_are_joined(reader: Reader) -> None:
    words = [
        "Kovar",
        "criticized",
        "the",
        "invasion",
        "of",
        "Sylvaria",
        "and",
        "Oyelaran",
        "'s",
        "repeated",
        "threats",
    ]
    heads = [1, 1, 3, 1, 3, 10, 5, 5, 7, 10, 4]
    deps = ["nsubj", "ROOT", "det", "dobj", "prep", "nmod", "cc", "conj", "case", "amod", "pobj"]
    tags = ["NNP", "VBD", "DT", "NN", "IN", "NNP", "CC", "NNP", "POS", "JJ", "NNS"]
    lemmas = [
        "Kovar",
        "criticize",
        "the",
        "invasion",
        "of",
        "Sylvaria",
        "and",
        "Oyelaran",
        "'s",
        "repeated",
        "threat",
    ]
    pos = ["PROPN", "VERB", "DET", "NOUN", "ADP", "PROPN", "CCONJ", "PROPN", "PART", "ADJ", "NOUN"]
    doc = Doc(reader.nlp.vocab, words=words, heads=heads, deps=deps, tags=tags, lemmas=lemmas, pos=pos)
    mended = repair(Tokens(doc))
    assert (mended.head[5], mended.dep[5]) == (4, "pobj")
    assert (mended.head[7], mended.dep[7]) == (10, "poss")
    assert (mended.head[10], mended.dep[10]) == (3, "conj")


def test_nationality_of_a_named_vehicle(reader: Reader) -> None:
    _, _, facts = read(
        reader,
        "Borduria is proud. ZAFT has relied on Bordurian Quorra spacecraft to transport its astronauts.",
    )
    assert ("Quorra", "hasNationality", "Borduria") in facts
