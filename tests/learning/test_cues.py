"""What an ontology's labels alone read, where no entry fits and no example was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spacegraph.learning import read_sentences
from spacegraph.learning.cues import CueReader, derive_cues
from spacegraph.learning.model import Reading
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from pathlib import Path

_ONTOLOGY = """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Person a owl:Class . :Place a owl:Class . :Ferry a owl:Class . :Company a owl:Class .
:birthPlace a owl:ObjectProperty ; rdfs:domain :Person ; rdfs:range :Place .
:birthDate a owl:DatatypeProperty ; rdfs:domain :Person ; rdfs:range xsd:date .
:builder a owl:ObjectProperty ; rdfs:domain :Ferry ; rdfs:range :Company .
:numberOfEmployees a owl:DatatypeProperty ; rdfs:domain :Company ; rdfs:range xsd:integer .
:mooredAt a owl:ObjectProperty ; rdfs:domain :Ferry ; rdfs:range :Quay . :Quay a owl:Class ; rdfs:label "quay" .
:occupation a owl:ObjectProperty ; rdfs:domain :Person . :isPartOf a owl:ObjectProperty .
:crewMember a owl:ObjectProperty ; rdfs:domain :Ferry ; rdfs:range :Person .
:wasSalvagedBy a owl:ObjectProperty ; rdfs:domain :Ferry ; rdfs:range :Person .
:hasBeenInsuredBy a owl:ObjectProperty ; rdfs:label "has been insured by" ; rdfs:domain :Ferry ; rdfs:range :Person .
:hadPurser a owl:ObjectProperty ; rdfs:label "had purser" ; rdfs:domain :Ferry ; rdfs:range :Person .
:draughtDepth a owl:DatatypeProperty ; rdfs:domain :Ferry ; rdfs:range xsd:decimal .
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> CueReader:
    path: Path = tmp_path_factory.mktemp("cues") / "o.ttl"
    path.write_text(_ONTOLOGY, encoding="utf-8")
    return CueReader(load_ontology(path))


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Greta Holm was born in Oslo, Norway.", ("Greta Holm", "birthPlace", "Oslo, Norway")),
        ("Greta Holm was born on 3 May 1931.", ("Greta Holm", "birthDate", "1931-05-03")),
        (
            "The Northern Wren was built by Penhale Ironworks.",
            ("Northern Wren", "builder", "Penhale Ironworks"),
        ),
        ("Penhale Ironworks has 8,500 employees.", ("Penhale Ironworks", "numberOfEmployees", "8500")),
        ("Penhale Ironworks employs 8,500 people.", ("Penhale Ironworks", "numberOfEmployees", "8500")),
    ],
)
def test_labels_read_ordinary_sentences(reader: CueReader, text: str, triple: tuple[str, str, str]) -> None:
    (doc,) = read_sentences([text])
    assert triple in [s.triple for s in reader.score(Reading(doc, reader.labels))]


def read(reader: CueReader, text: str) -> set[tuple[str, str, str]]:
    (doc,) = read_sentences([text])
    return {s.triple for s in reader.score(Reading(doc, reader.labels))}


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Greta Holm was a harbour pilot.", ("Greta Holm", "occupation", "harbour pilot")),
        ("Oslo is part of Norway.", ("Oslo", "isPartOf", "Norway")),
        # Far from its verb, but the name says that it is a quay.
        (
            "The Northern Wren was moored on 3 May 1971 by the skipper Ole Dahl and two deckhands at Penhale Quay.",
            ("Northern Wren", "mooredAt", "Penhale Quay"),
        ),
        # The figure belongs to the name.
        ("The 107 Oriel was built by Penhale Ironworks.", ("107 Oriel", "builder", "Penhale Ironworks")),
    ],
)
def test_labels_read_what_the_parse_makes_hard(
    reader: CueReader, text: str, triple: tuple[str, str, str]
) -> None:
    assert triple in read(reader, text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Oslo is part of Norway.", "occupation"),
        ("Greta Holm is from Norway.", "occupation"),
    ],
)
def test_relational_nouns_are_no_values(reader: CueReader, text: str, relation: str) -> None:
    assert relation not in {r for _, r, _ in read(reader, text)}


def test_a_noun_that_only_says_the_property_is_no_value(reader: CueReader) -> None:
    found = read(reader, "Greta Holm was a crew member on the Northern Wren.")
    assert {t for t in found if t[1] == "crewMember"} == {("Northern Wren", "crewMember", "Greta Holm")}


def test_subjects_suit_the_domain(reader: CueReader) -> None:
    found = read(
        reader, "In Oslo the painter Greta Holm, founder of Penhale Ironworks, was born on 3 May 1931."
    )
    assert {s for s, r, _ in found if r == "birthDate"} == {"Greta Holm"}


def test_values_obey_the_range(reader: CueReader) -> None:
    (doc,) = read_sentences(["Greta Holm was born in Oslo."])
    found = [s.relation for s in reader.score(Reading(doc, reader.labels))]
    assert "birthDate" not in found


def test_nothing_is_said_without_a_cue(reader: CueReader) -> None:
    (doc,) = read_sentences(["Greta Holm met Penhale Ironworks in Oslo."])
    assert reader.score(Reading(doc, reader.labels)) == []


def test_cues_name_their_role(reader: CueReader) -> None:
    cues = {p.name: {(c.word, c.role) for c in derive_cues(p, reader.ontology)} for p in reader.properties}
    assert ("bear", "place") in cues["birthPlace"]
    assert ("bear", "time") in cues["birthDate"]
    assert ("build", "doer") in cues["builder"]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("The Northern Wren was painted by Ole Dahl.", set()),
        ("The Northern Wren has been visited by Ole Dahl.", set()),
        ("The Northern Wren had a quarrel with Ole Dahl.", set()),
        ("The Northern Wren was salvaged by Ole Dahl.", {"wasSalvagedBy"}),
        ("The Northern Wren has been insured by Ole Dahl.", {"hasBeenInsuredBy"}),
    ],
)
def test_auxiliaries_of_a_label_are_no_cue(reader: CueReader, text: str, relations: set[str]) -> None:
    passive = {"wasSalvagedBy", "hasBeenInsuredBy", "hadPurser"}
    assert {r for _, r, _ in read(reader, text)} & passive == relations
