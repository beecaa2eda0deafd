"""Reading examples: what is used, what is left out, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacegraph.errors import ConfigError, UnknownTermError
from spacegraph.learning import PropertyNames, read_examples

if TYPE_CHECKING:
    from pathlib import Path

    from spacegraph.ontology import Ontology

GOOD = '{"id": "a", "sent": "The Dale Bridge crosses the River Orr.", "triples": [{"sub": "Dale Bridge", "rel": "crosses", "obj": "River Orr"}]}'


def write(folder: Path, *lines: str) -> Path:
    path = folder / "examples.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_relations_are_found_by_name_label_or_iri(bridges: Ontology) -> None:
    names = PropertyNames(bridges)
    for term in (
        "designedBy",
        "designed by",
        "designed_by",
        "https://example.org/bridges#designedBy",
        "designer",
    ):
        found = names.find(term)
        assert found is not None
        assert found.name == "designedBy"
    assert names.find("paintedBy") is None


def test_unknown_relation_is_named_with_its_line_and_the_rest_is_used(
    tmp_path: Path, bridges: Ontology
) -> None:
    bad = GOOD.replace('"a"', '"b"').replace('"crosses"', '"crossess"')
    found, problems = read_examples(write(tmp_path, GOOD, "", bad), bridges)
    assert [e.id for e in found] == ["a"]
    assert len(problems) == 2
    assert "line 2 is empty" in problems[0]
    assert "line 3" in problems[1]
    assert "Did you mean crosses?" in problems[1]


def test_empty_lines_at_the_end_are_no_flaw(tmp_path: Path, bridges: Ontology) -> None:
    assert read_examples(write(tmp_path, GOOD, "", ""), bridges, strict=True)[1] == []
    with pytest.raises(ConfigError, match="line 2 is empty"):
        read_examples(write(tmp_path, GOOD, "", GOOD), bridges, strict=True)


SHIPS = """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Ship a owl:Class . :Tug a owl:Class ; rdfs:subClassOf :Ship . :Port a owl:Class .
:homePort a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:domain :Ship ; rdfs:range :Port .
:draught a owl:DatatypeProperty ; rdfs:domain :Ship ; rdfs:range xsd:decimal .
:motto a owl:DatatypeProperty ; rdfs:domain :Ship ; rdfs:range xsd:string .
:gull a :Tug ; rdfs:label "Gull" . :leith a :Port ; rdfs:label "Leith" .
"""


@pytest.mark.parametrize(
    ("triples", "says"),
    [
        ([["Leith", "homePort", "Leith"]], "'Leith' is a Port in the ontology, and the domain of homePort is Ship"),
        ([["Gull", "homePort", "Gull"]], "'Gull' is a Tug in the ontology, and the range of homePort is Port"),
        ([["Gull", "draught", "shallow"]], "'shallow' is no decimal, as draught wants it"),
        ([["Gull", "homePort", "Leith"], ["Gull", "homePort", "Oslo"]], "homePort has one value only"),
    ],
)  # fmt: skip
def test_what_contradicts_the_ontology_is_said_and_left_out(
    tmp_path: Path, triples: list[list[str]], says: str
) -> None:
    import json

    from spacegraph.rdf_ontology import load_ontology

    (tmp_path / "o.ttl").write_text(SHIPS, encoding="utf-8")
    ontology = load_ontology(tmp_path / "o.ttl")
    good = json.dumps(
        {
            "id": "g",
            "sent": "Gull is at Leith.",
            "triples": [["Gull", "homePort", "Leith"], ["Gull", "motto", "Never late"]],
        }
    )
    path = write(tmp_path, good, json.dumps({"id": "b", "sent": "Gull lies at Leith.", "triples": triples}))
    found, problems = read_examples(path, ontology)
    assert found[0].triples == (("Gull", "homePort", "Leith"), ("Gull", "motto", "Never late"))
    assert len([t for e in found[1:] for t in e.triples]) == len(triples) - 1
    assert len(problems) == 1
    assert f"line 2: {says}" in problems[0]
    with pytest.raises(ConfigError, match="line 2"):
        read_examples(path, ontology, strict=True)


def test_strict_refuses(tmp_path: Path, bridges: Ontology) -> None:
    path = write(tmp_path, GOOD, GOOD.replace('"a"', '"b"').replace('"crosses"', '"paints"'))
    with pytest.raises(UnknownTermError, match="line 2"):
        read_examples(path, bridges, strict=True)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[]", "no sentence"),
        ('{"sent": " "}', "no sentence"),
        ('{"sent": "Ann slept.", "triples": 3}', "no list"),
        ('{"sent": "Ann slept.", "triples": [["Ann", "crosses"]]}', "no triple"),
        ('{"sent": "Ann slept.", "triples": [{"sub": "", "rel": "crosses", "obj": "x"}]}', "no triple"),
    ],
)
def test_malformed_lines_are_named(tmp_path: Path, bridges: Ontology, line: str, says: str) -> None:
    found, problems = read_examples(write(tmp_path, GOOD, line), bridges)
    assert len(found) == 1
    assert len(problems) == 1
    assert "line 2" in problems[0]
    assert says in problems[0]
    with pytest.raises(ConfigError, match="line 2"):
        read_examples(tmp_path / "examples.jsonl", bridges, strict=True)


def test_a_file_without_examples_is_refused(tmp_path: Path, bridges: Ontology) -> None:
    with pytest.raises(ConfigError, match="no example"):
        read_examples(write(tmp_path, ""), bridges)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_examples(tmp_path / "none.jsonl", bridges)
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe{}")
    with pytest.raises(ConfigError, match="UTF-8"):
        read_examples(tmp_path / "latin.jsonl", bridges)


def test_a_repeated_id_is_used_and_said(tmp_path: Path, bridges: Ontology) -> None:
    found, problems = read_examples(write(tmp_path, GOOD, GOOD), bridges)
    assert len(found) == 2
    assert "used before" in problems[0]


@given(st.lists(st.text(max_size=40), max_size=5))
def test_whatever_the_lines_say_the_error_is_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "x.jsonl"
    path.write_text("\n".join([GOOD, *lines]).encode("utf-8", "replace").decode(), encoding="utf-8")
    found, problems = read_examples(path)
    assert found
    assert all(p.rstrip().endswith((".", "?")) for p in problems)
