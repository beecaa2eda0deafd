"""The learnt lexicon file: it carries the whole extraction, reads back as it was, and what people change in it counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spacegraph.errors import OntologyError, OntologySyntaxError
from spacegraph.learning import Learnt, LinearModel, best_by_expected_f1, learn, read_sentences, write_lexicon
from spacegraph.learning.examples import Example
from spacegraph.learning.extraction import load_model
from spacegraph.learning.model import Reading
from spacegraph.lexicon import load_lexicon
from spacegraph.model import Article
from spacegraph.rdf_ontology import load_ontology
from spacegraph.reading import load_reader

if TYPE_CHECKING:
    from spacegraph.ontology import Ontology

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "own_ontology"


def edited(lexicon_file: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    text = lexicon_file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "edited.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def triples(model: LinearModel, text: str) -> set[tuple[str, str, str]]:
    (doc,) = read_sentences([text])
    return {s.triple for s in best_by_expected_f1(model.score(Reading(doc, model.labels)))}


def read_facts(lexicon: Path, text: str) -> set[tuple[str, str, str]]:
    reader = load_reader(ontology=FOLDER / "bridges.ttl", lexicon=lexicon)
    article = Article(id="t", text=text)
    return {
        (f.subject.label, f.relation, f.object.label)
        for doc in reader.docs([article])
        for f in reader.facts(doc, article)
    }


def test_what_is_written_reads_back(learnt: Learnt, lexicon_file: Path) -> None:
    lexicon = load_lexicon(lexicon_file)
    assert set(lexicon.senses) == set(learnt.lexicon.senses)
    assert lexicon.clues == (str(lexicon_file),)
    assert lexicon.label_cues
    model = load_model(lexicon_file)
    assert learnt.model is not None
    assert model.parts == learnt.model.parts
    assert model.labels.templates == learnt.model.labels.templates
    assert model.labels.variants == learnt.model.labels.variants
    text = "Corran Steel built the Heron Bridge, which is 90 metres long, in Wexcombe."
    assert triples(model, text) == triples(learnt.model, text) != set()


def test_clues_say_what_they_rest_on(learnt: Learnt) -> None:
    assert learnt.model is not None
    clues = [c for part in learnt.model.parts for c in part.clues]
    assert clues
    assert len(clues) < 100 * len(learnt.model.parts)
    for clue in clues:
        assert clue.weight
        assert clue.support >= 0
        assert 0 <= clue.precision < 1


def test_reasons_are_clues_that_the_sentence_shows(learnt: Learnt) -> None:
    assert learnt.model is not None
    (doc,) = read_sentences(["Corran Steel built the Heron Bridge in Wexcombe."])
    reading = Reading(doc, learnt.model.labels)
    best = next(s for s in learnt.model.score(reading) if s.relation == "builtBy")
    reasons = learnt.model.reasons(reading, best)
    assert reasons
    assert [abs(c.weight) for c in reasons] == sorted((abs(c.weight) for c in reasons), reverse=True)
    assert all(c.sees for c in reasons)


def test_a_changed_entry_counts_when_it_is_called_ones_own(lexicon_file: Path, tmp_path: Path) -> None:
    text = lexicon_file.read_text(encoding="utf-8")
    entry = text[text.index("lex:build-verb-learnt") :].split("\n\n")[0]
    lines = [x for x in entry.split("\n") if "lex:origin" not in x]
    mine = "\n".join(lines).replace(":builtBy", ":designedBy")
    path = edited(lexicon_file, tmp_path, (entry, mine))
    found = read_facts(path, "Morrow Steel built the Quill Bridge.")
    assert ("Quill Bridge", "designedBy", "Morrow Steel") in found


def test_a_changed_label_counts(lexicon_file: Path, tmp_path: Path) -> None:
    rows = """
        lex:label-mine a lex:KnownLabel ; skos:prefLabel "Tess Aldane of Wexcombe" ;
          lex:knownAs [ lex:words "T. Aldane" ; lex:objectOf <https://example.org/bridges#designedBy> ] ."""
    path = tmp_path / "mine.ttl"
    path.write_text(lexicon_file.read_text(encoding="utf-8") + rows, encoding="utf-8")
    found = triples(load_model(path), "T. Aldane designed the Rook Viaduct.")
    assert ("Rook Viaduct", "designedBy", "Tess Aldane of Wexcombe") in found


def test_a_changed_form_counts(bridges: Ontology, examples: list[Example], tmp_path: Path) -> None:
    path = write_lexicon(learn(bridges, examples), tmp_path / "l.ttl", bridges)
    text = path.read_text(encoding="utf-8")
    sentence = "The Heron Bridge is 90 metres long."
    assert ("Heron Bridge", "length", "90") in triples(load_model(path), sentence)
    assert 'lex:form "{' in text
    path.write_text(
        text.replace('lex:form "{int}"', 'lex:form "{float} m"').replace(
            'lex:form "{raw}"', 'lex:form "{float} m"'
        ),
        encoding="utf-8",
    )
    assert ("Heron Bridge", "length", "90.0 m") in triples(load_model(path), sentence)


def test_clues_written_by_hand_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        """@prefix lex: <https://w3id.org/spacegraph/lexicon#> .
        @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
        lex:mine a lex:Clues ; ontolex:reference <https://example.org/bridges#crosses> ;
          lex:pairClue [ lex:sees "path=nsubj>vault<dobj" ; lex:weight 8 ] .""",
        encoding="utf-8",
    )
    found = triples(load_model(path), "The Heron Bridge vaults the River Orme.")
    assert ("Heron Bridge", "crosses", "River Orme") in found


def test_without_clues_the_entries_still_read(learnt: Learnt, bridges: Ontology, tmp_path: Path) -> None:
    path = write_lexicon(Learnt(learnt.lexicon, None), tmp_path / "entries.ttl", bridges)
    assert load_lexicon(path).clues == ()
    found = read_facts(path, "Morrow Steel built the Quill Bridge.")
    assert ("Quill Bridge", "builtBy", "Morrow Steel") in found


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("lex:a a lex:Clues ; lex:base 1 .", "needs one ontolex:reference"),
        ("lex:a a lex:Clues ; ontolex:reference lex:p ; lex:pairClue [ lex:weight 1 ] .", "no lex:sees"),
        ('lex:a a lex:Clues ; ontolex:reference lex:p ; lex:base "much" .', "no number"),
        ('lex:a a lex:Clues ; ontolex:reference lex:p ; lex:pairClue "path" .', "square brackets"),
        ('lex:a a lex:Clues ; ontolex:reference lex:p ; lex:objectKind "thing" .', "not one of name"),
        ("lex:a a lex:Clues ; ontolex:reference lex:p . lex:b a lex:Clues ; ontolex:reference lex:p .", "two lex:Clues"),
        ('lex:a a lex:KnownLabel ; lex:knownAs [ lex:words "A" ] .', "no skos:prefLabel"),
        ('lex:a a lex:LiteralForm ; ontolex:reference lex:p ; lex:valueKind "age" ; lex:form "x" .', "not one of number"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path: Path, rows: str, says: str) -> None:
    path = tmp_path / "l.ttl"
    path.write_text(
        "@prefix lex: <https://w3id.org/spacegraph/lexicon#> . @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> ."
        + rows,
        encoding="utf-8",
    )
    with pytest.raises(OntologyError, match=says):
        load_model(path)


def test_a_syntax_error_names_its_line(lexicon_file: Path, tmp_path: Path) -> None:
    path = edited(lexicon_file, tmp_path, ("a lex:Clues ;", "a lex:Clues"))
    with pytest.raises(OntologySyntaxError, match=r"not valid Turtle at line \d+"):
        load_lexicon(path)
    with pytest.raises(OntologyError, match="no lexicon file"):
        load_model(tmp_path / "none.ttl")


def test_a_file_that_changes_is_read_again(lexicon_file: Path, tmp_path: Path) -> None:
    import os

    path = tmp_path / "l.ttl"
    path.write_bytes(lexicon_file.read_bytes())
    before = load_lexicon(path)
    path.write_text(
        "@prefix lex: <https://w3id.org/spacegraph/lexicon#> .\nlex:x lex:y lex:z .", encoding="utf-8"
    )
    os.utime(path, ns=(1, 1))
    assert before.senses
    assert load_lexicon(path).senses == ()
    assert load_model(path).parts == ()


def test_properties_that_share_a_local_name_keep_apart(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(
        """@prefix a: <https://example.org/a#> . @prefix b: <https://example.org/b#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        a:Ship a owl:Class . a:Port a owl:Class .
        a:home a owl:ObjectProperty ; rdfs:label "home port" ; rdfs:domain a:Ship ; rdfs:range a:Port .
        b:home a owl:ObjectProperty ; rdfs:label "birthplace" ; rdfs:domain a:Ship ; rdfs:range a:Port .""",
        encoding="utf-8",
    )
    ontology = load_ontology(path)
    assert sorted(ontology.properties) == ["home", "home_2"]
    rows = [
        Example(str(n), f"The {ship} is based in {port}.", ((ship, "home_2", port),))
        for n, (ship, port) in enumerate(
            [("Ada", "Oslo"), ("Bea", "Leith"), ("Cox", "Cork"), ("Dot", "Brest"), ("Eve", "Bergen")]
        )
    ]
    written = write_lexicon(learn(ontology, rows), tmp_path / "l.ttl", ontology)
    assert load_model(written).relations == ["home_2"]
