"""Ontologies of all sorts, from file to facts: large, imported, with inverses and labels in several languages, flawed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spacegraph.errors import OntologyError, OntologySyntaxError
from spacegraph.learning import derive_senses, learn
from spacegraph.learning.cues import CueReader
from spacegraph.learning.model import Reading
from spacegraph.learning.patterns import reading_pipeline
from spacegraph.learning.sentences import read_sentences
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from spacegraph.ontology import Ontology

PREFIXES = """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def by_labels(ontology: Ontology, text: str) -> set[tuple[str, str, str]]:
    reader = CueReader(ontology)
    (doc,) = read_sentences([text])
    return {s.triple for s in reader.score(Reading(doc, reader.labels))}


def test_ten_thousand_classes(tmp_path: Path) -> None:
    rows = [":K0 a owl:Class ."]
    rows += [
        f':K{n} a owl:Class ; rdfs:label "kind {n}"@en ; rdfs:subClassOf :K{n // 3} .'
        for n in range(1, 10_000)
    ]
    rows += [
        f":relation{n}To a owl:ObjectProperty ; rdfs:domain :K{n} ; rdfs:range :K{n + 1} ."
        for n in range(300)
    ]
    rows.append(":moorsAt a owl:ObjectProperty ; rdfs:domain :K1 ; rdfs:range :K2 .")
    ontology = load_ontology(write(tmp_path / "large.ttl", "\n".join(rows)))
    assert len(ontology.classes) == 10_000
    assert ontology.is_a("K9999", "K0")
    learnt = learn(ontology)
    assert any(s.relation == "moorsAt" and s.forms == ("moor",) for s in learnt.lexicon.senses)
    assert learnt.problems == ()
    assert by_labels(ontology, "Gull moors at Leith.") == {("Gull", "moorsAt", "Leith")}


def test_imported_files_are_read(tmp_path: Path) -> None:
    write(
        tmp_path / "parts" / "ports.ttl",
        "<ports> a owl:Ontology ; owl:imports <../main.ttl> . :Port a owl:Class .",
    )
    main = write(
        tmp_path / "main.ttl",
        """<> a owl:Ontology ; owl:imports <parts/ports.ttl> , <https://example.org/elsewhere> .
        :Ship a owl:Class . :moorsAt a owl:ObjectProperty ; rdfs:domain :Ship ; rdfs:range :Port .""",
    )
    ontology = load_ontology(main)
    assert set(ontology.classes) == {"Ship", "Port"}
    assert [Path(f).name for f in ontology.sources] == ["main.ttl", "ports.ttl"]
    assert ontology.roots == (str(main),)
    assert any("https://example.org/elsewhere" in p and "Download" in p for p in learn(ontology).problems)
    with pytest.raises(OntologyError, match="elsewhere"):
        learn(ontology, strict=True)
    assert "moors" in reading_pipeline(ontology)("Gull moors at Leith.").text


def test_an_import_under_a_name_that_a_named_file_has_is_no_problem(tmp_path: Path) -> None:
    ports = write(tmp_path / "ports.ttl", "<https://example.org/ports> a owl:Ontology . :Port a owl:Class .")
    main = write(
        tmp_path / "main.ttl",
        """<> a owl:Ontology ; owl:imports <https://example.org/ports> . :Ship a owl:Class .
        :moorsAt a owl:ObjectProperty ; rdfs:domain :Ship ; rdfs:range :Port .""",
    )
    assert load_ontology(main, ports).unread_imports == ()


def test_a_missing_import_is_said(tmp_path: Path) -> None:
    main = write(tmp_path / "main.ttl", "<> a owl:Ontology ; owl:imports <gone.ttl> . :Ship a owl:Class .")
    with pytest.raises(
        OntologyError, match=r"main\.ttl imports .*gone\.ttl, which is not there\. Put the file there"
    ):
        load_ontology(main)


def test_a_syntax_error_in_an_import_names_file_and_line(tmp_path: Path) -> None:
    write(tmp_path / "bad.ttl", ":Port a owl:Class\n:Quay a owl:Class .")
    main = write(tmp_path / "main.ttl", "<> a owl:Ontology ; owl:imports <bad.ttl> . :Ship a owl:Class .")
    with pytest.raises(OntologySyntaxError, match=r"bad\.ttl is not valid Turtle at line \d") as caught:
        load_ontology(main)
    assert caught.value.line > 1


def test_a_changed_import_is_read_again(tmp_path: Path) -> None:
    import os

    part = write(tmp_path / "part.ttl", ":Port a owl:Class .")
    main = write(tmp_path / "main.ttl", "<> a owl:Ontology ; owl:imports <part.ttl> . :Ship a owl:Class .")
    assert set(load_ontology(main).classes) == {"Ship", "Port"}
    write(part, ":Port a owl:Class . :Quay a owl:Class .")
    os.utime(part, ns=(1, 1))
    assert set(load_ontology(main).classes) == {"Ship", "Port", "Quay"}


def test_labels_in_several_languages_and_alternative_ones(tmp_path: Path) -> None:
    ontology = load_ontology(
        write(
            tmp_path / "o.ttl",
            """:Ship a owl:Class ; skos:prefLabel "Schiff"@de, "ship"@en ; skos:altLabel "vessel"@en, "navire"@fr .
            :Yard a owl:Class .
            :p1 a owl:ObjectProperty ; skos:prefLabel "gebaut von"@de, "built by"@en-GB ; skos:altLabel "shipwright"@en ;
              rdfs:domain :Ship ; rdfs:range :Yard .""",
        )
    )
    assert ontology.classes["Ship"].nouns == ("ship", "vessel")
    forms = {form for s in derive_senses(ontology) for form in s.forms}
    assert {"build", "shipwright"} <= forms
    assert not {f for f in forms if "gebaut" in f or "von" in f}
    assert ("Gull", "p1", "Penhale Yard") in by_labels(ontology, "The Gull was built by Penhale Yard.")


def test_inverse_symmetric_and_subproperties(tmp_path: Path) -> None:
    ontology = load_ontology(
        write(
            tmp_path / "o.ttl",
            """:Ship a owl:Class . :Person a owl:Class .
            :commandedBy a owl:ObjectProperty ; rdfs:domain :Ship ; rdfs:range :Person .
            :refittedBy a owl:ObjectProperty ; rdfs:subPropertyOf :commandedBy .
            :commands a owl:ObjectProperty ; owl:inverseOf :commandedBy .
            :escorts a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:domain :Ship .""",
        )
    )
    commands, escorts = ontology.properties["commands"], ontology.properties["escorts"]
    assert (commands.domains, commands.ranges, commands.inverse) == (("Person",), ("Ship",), "commandedBy")
    assert ontology.properties["commandedBy"].inverse == "commands"
    assert (escorts.symmetric, escorts.ranges) == (True, ("Ship",))
    refitted = ontology.properties["refittedBy"]
    assert (refitted.domains, refitted.ranges) == (("Ship",), ("Person",))


def test_properties_without_domain_and_range_read_and_are_said(tmp_path: Path) -> None:
    ontology = load_ontology(write(tmp_path / "o.ttl", ":moorsAt a owl:ObjectProperty ."))
    problems = learn(ontology).problems
    assert len(problems) == 1
    assert "moorsAt" in problems[0]
    assert "rdfs:domain" in problems[0]
    assert by_labels(ontology, "Gull moors at Leith.") == {("Gull", "moorsAt", "Leith")}


def test_an_ontology_without_properties_is_refused(tmp_path: Path) -> None:
    ontology = load_ontology(write(tmp_path / "o.ttl", ":Ship a owl:Class ."))
    with pytest.raises(OntologyError, match="no property"):
        learn(ontology)
