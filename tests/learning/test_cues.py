"""What an ontology's labels alone read, where no entry fits and no example was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spacegraph.learning import read_sentences
from spacegraph.learning.cues import CueReader, derive_cues
from spacegraph.learning.model import Reading
from spacegraph.ontology import load_ontology

if TYPE_CHECKING:
    from pathlib import Path

_ONTOLOGY = """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Person a owl:Class . :Place a owl:Class . :Ferry a owl:Class . :Company a owl:Class .
:birthPlace a owl:ObjectProperty ; rdfs:domain :Person ; rdfs:range :Place .
:birthDate a owl:DatatypeProperty ; rdfs:domain :Person ; rdfs:range xsd:date .
:builder a owl:ObjectProperty ; rdfs:domain :Ferry ; rdfs:range :Company .
:numberOfEmployees a owl:DatatypeProperty ; rdfs:domain :Company ; rdfs:range xsd:integer .
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


def test_values_obey_the_range(reader: CueReader) -> None:
    (doc,) = read_sentences(["Greta Holm was born in Oslo."])
    found = [s.relation for s in reader.score(Reading(doc, reader.labels))]
    assert "birthDate" not in found


def test_nothing_is_said_without_a_cue(reader: CueReader) -> None:
    (doc,) = read_sentences(["Greta Holm met Penhale Ironworks in Oslo."])
    assert reader.score(Reading(doc, reader.labels)) == []


def test_cues_name_their_role(reader: CueReader) -> None:
    cues = {p.name: {(c.word, c.role) for c in derive_cues(p)} for p in reader.properties}
    assert ("bear", "place") in cues["birthPlace"]
    assert ("bear", "time") in cues["birthDate"]
    assert ("build", "doer") in cues["builder"]
