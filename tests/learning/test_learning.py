"""From an ontology and a few examples to a lexicon and to facts by it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spacegraph.errors import OntologyError, UnknownTermError
from spacegraph.learning import Example, Learnt, learn, read_sentences, write_lexicon
from spacegraph.learning.candidates import bare, candidates, unit_name
from spacegraph.learning.derive import derive_senses, label_words, with_value_ranges
from spacegraph.learning.labels import Labels, align, label_variants, likeness
from spacegraph.learning.model import Reading, best_by_expected_f1
from spacegraph.learning.testing import describe_sense, find_senses
from spacegraph.learning.testing import test_senses as run_examples
from spacegraph.model import Article, Fact, Factuality, PropositionKind
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from spacegraph.ontology import Ontology
    from spacegraph.reading import Reader

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "own_ontology"


def facts(reader: Reader, text: str) -> dict[tuple[str, str, str], Fact]:
    article = Article(id="t", text=text)
    found: dict[tuple[str, str, str], Fact] = {}
    for doc in reader.docs([article]):
        for fact in reader.facts(doc, article):
            found[fact.subject.label, fact.relation, fact.object.label] = fact
    return found


# Candidates and labels


def test_names_in_pieces_numbers_and_dates_are_candidates() -> None:
    (doc,) = read_sentences(
        ["(29075) 1950 DB has a mass of 7.5kgs, was seen on 26.11.2005 and spans 1,450 km."]
    )
    found = {(c.text, c.kind): c for c in candidates(doc)}
    assert ("(29075) 1950 DB", "name") in found
    assert found["26.11.2005", "date"].norm == "2005-11-26"
    assert {(c.norm, c.unit) for c in found.values() if c.kind == "number"} >= {
        ("7.5", "kilogram"),
        ("1450", "kilometre"),
    }


def test_units_are_named_in_full() -> None:
    assert unit_name("kms") == unit_name("kilometers") == "kilometre"
    assert unit_name("km per sec") == "kilometre per second"
    assert unit_name("wugs") == "wugs"


def test_labels_align_with_the_words_that_stand_for_them() -> None:
    (doc,) = read_sentences(["Anna Petrovna Lind, born on 3 May 1931 in Oslo, flew 1.5 million km."])
    found = candidates(doc)
    assert {c.text for c in align("1931-05-03", found)} == {"3 May 1931"}
    assert {c.text for c in align("Anna Lind", found)} == {"Anna Petrovna Lind"}
    assert {c.norm for c in align("1500000.0 (kilometres)", found)} == {"1500000"}
    assert align("Atlantis", found) == []
    assert likeness("Harbour Tower (lighthouse)", "Harbour Tower") > 0.9
    assert label_variants("Harbour Tower (lighthouse)") == ["harbourtower"]


def test_literals_take_the_form_that_the_examples_give_them() -> None:
    texts = [
        "The Ada is 12 m long and sailed on 3 May 1931.",
        "The Bea is 30 metres long and sailed on 9 June 1952.",
        "The Cox is 8 metres long and sailed on 1 July 1960.",
    ]
    triples = [
        [("Ada", "length", "12.0 (metres)"), ("Ada", "sailed", "03 May 1931")],
        [("Bea", "length", "30.0 (metres)"), ("Bea", "sailed", "09 June 1952")],
    ]
    docs = list(read_sentences(texts))
    labels = Labels.learn([(candidates(d), t) for d, t in zip(docs, triples, strict=False)])
    values = {c.text: c for c in candidates(docs[2])}
    assert labels.value(values["8"], "obj", "length") == "8.0 (metres)"
    assert labels.value(values["1 July 1960"], "obj", "sailed") == "01 July 1960"


def test_no_example_is_taught_by_another_about_its_subject() -> None:
    texts = ["Ada Oll was born in Mora.", "Ada Oll left Mora.", "Bo Quist was born in Mora."]
    triples = [
        [("Ada Oll", "birthPlace", "Mora")],
        [("Ada Oll", "left", "Mora")],
        [("Bo Quist", "birthPlace", "Mora")],
    ]
    docs = list(read_sentences(texts))
    labels = Labels.learn([(candidates(d), t) for d, t in zip(docs, triples, strict=True)])
    ada = next(c for c in candidates(docs[0]) if c.text == "Ada Oll")
    mora = next(c for c in candidates(docs[0]) if c.text == "Mora")
    assert "known" not in labels.features(ada, 0)
    assert labels.uses(mora.key, 0) == {("obj", "birthPlace", "Mora"): 1}
    assert "known=object of left" in labels.features(mora, 2)
    assert "known" in labels.features(ada)


# Entries from labels


def test_labels_come_apart() -> None:
    assert label_words("launchedFrom") == ["launched", "from"]
    assert label_words("has_birth-date") == ["has", "birth-date"]
    assert label_words("") == []


def test_labels_become_verbs_passives_and_nouns(bridges: Ontology) -> None:
    senses = {(s.relation, s.kind, *s.forms): s for s in derive_senses(bridges)}
    crosses = senses["crosses", PropositionKind.VERB, "cross"]
    assert (crosses.subject_roles, crosses.object_roles) == (("subj",), ("obj",))
    designed = senses["designedBy", PropositionKind.VERB, "design"]
    assert (designed.subject_roles, designed.object_roles) == (("obj",), ("subj",))
    designer = senses["designedBy", PropositionKind.NOUN, "designer"]
    assert designer.object_roles == ("ref",)
    opening = senses["openingDate", PropositionKind.VERB, "open"]
    assert opening.object_roles == ("time",)
    assert all(s.origin == "derived" for s in senses.values())


def test_identifiers_say_nothing_and_unique_classes_join(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(
        """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :Q1 a owl:Class ; rdfs:label "orchard" . :Q2 a owl:Class ; rdfs:label "valley" .
        :P7 a owl:ObjectProperty ; rdfs:label "valley it lies in" ; rdfs:domain :Q1 ; rdfs:range :Q2 .""",
        encoding="utf-8",
    )
    senses = derive_senses(load_ontology(path))
    assert not any("p7" in form for s in senses for form in s.forms)
    phrase = next(s for s in senses if not s.forms)
    assert (phrase.subject_class, phrase.object_class) == (("Q1",), ("Q2",))
    assert "pp:in" in phrase.object_roles


def test_an_ontology_alone_reads() -> None:
    from spacegraph.reading import load_reader

    reader = load_reader(ontology=FOLDER / "bridges.ttl")
    found = facts(reader, "The Alder Bridge crosses the River Imber. It was designed by Greta Holm.")
    assert ("Alder Bridge", "crosses", "River Imber") in found
    assert ("Alder Bridge", "designedBy", "Greta Holm") in found
    measured = facts(reader, "The Alder Bridge has a length of 95 metres.")
    assert measured["Alder Bridge", "length", "95"].object.type == "integer"


def test_classes_of_values_are_datatypes(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(
        """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :Ship a owl:Class . :Date a owl:Class . :Port a owl:Class .
        :launched a owl:ObjectProperty ; rdfs:domain :Ship ; rdfs:range :Date .
        :calledAt a owl:ObjectProperty ; rdfs:domain :Ship ; rdfs:range :Port .""",
        encoding="utf-8",
    )
    read = with_value_ranges(load_ontology(path)).properties
    assert (read["launched"].is_datatype, read["calledAt"].is_datatype) == (True, False)
    assert read["launched"].ranges == ("http://www.w3.org/2001/XMLSchema#date",)


# Learning


def test_learnt_entries_say_where_they_come_from(learnt: Learnt) -> None:
    built = [s for s in learnt.lexicon.senses if s.entry == "build-verb-learnt" and s.relation == "builtBy"]
    assert built
    assert built[0].subject_roles == ("obj",)
    assert built[0].object_roles == ("subj",)
    assert built[0].origin.startswith("learnt: ")
    assert built[0].example
    assert 0.5 <= built[0].confidence < 1


def test_a_word_that_mostly_says_something_else_is_not_learnt(bridges: Ontology) -> None:
    rows = [
        Example(str(n), f"The {name} Bridge pleased the River {water}.", ())
        for n, (name, water) in enumerate([("Ash", "Po"), ("Bay", "Ouse"), ("Cove", "Tay"), ("Dell", "Wye")])
    ]
    rows.append(
        Example("x", "The Elm Bridge pleased the River Exe.", (("Elm Bridge", "crosses", "River Exe"),))
    )
    forms = {f for s in learn(bridges, rows).lexicon.senses for f in s.forms}
    assert "please" not in forms
    assert "cross" in forms


def test_names_are_no_words(bridges: Ontology) -> None:
    rows = [
        Example(str(n), f"{town} of Mora has the {name} Bridge.", ((f"{name} Bridge", "locatedIn", "Mora"),))
        for n, (town, name) in enumerate([("Grenton", "Ash"), ("Grenton", "Bay"), ("Grenton", "Cove")])
    ]
    forms = {f for s in learn(bridges, rows).lexicon.senses for f in s.forms}
    assert not forms & {"grenton", "mora", "ash", "bay", "cove"}


def test_the_lexicon_reads_fresh_sentences(reader: Reader) -> None:
    found = facts(
        reader,
        "The Quill Bridge, which is 95 metres long, was built by Morrow Steel. "
        "Engineer Tess Aldane designed the Rook Viaduct, which carries trains over the River Sorn.",
    )
    assert ("Quill Bridge", "builtBy", "Morrow Steel") in found
    assert ("Rook Viaduct", "designedBy", "Tess Aldane") in found
    assert ("Rook Viaduct", "crosses", "River Sorn") in found
    length = found["Quill Bridge", "length", "95"]
    assert length.object.type in ("integer", "decimal")


def test_facts_keep_the_contract(reader: Reader, bridges: Ontology) -> None:
    text = (
        "The council denies that the Yarrow Bridge was built by Pike Iron. The Lune Bridge is 77 metres long."
    )
    found = facts(reader, text)
    assert found["Yarrow Bridge", "builtBy", "Pike Iron"].factuality is Factuality.NEGATED
    for fact in found.values():
        assert bridges.find_property(fact.property_iri) is not None
        assert 0 < fact.confidence <= 1
        assert fact.rule
        assert fact.evidence
        assert all(text[e.start : e.end] == e.text for e in fact.evidence)


def test_relations_that_the_ontology_lacks_never_come_out(reader: Reader) -> None:
    found = facts(
        reader, "Ann Lee criticised the agency. The Tay Bridge carries cyclists over the River Orme."
    )
    assert {relation for _, relation, _ in found} <= {
        "crosses", "designedBy", "builtBy", "locatedIn", "openingDate", "length",
    }  # fmt: skip
    assert not any(s == "Ann Lee" for s, _, _ in found)


def test_same_examples_same_bytes(
    learnt: Learnt, bridges: Ontology, examples: list[Example], lexicon_file: Path, tmp_path: Path
) -> None:
    again = learn(bridges, examples)
    assert again.lexicon.senses == learnt.lexicon.senses
    written = write_lexicon(again, tmp_path / "lexicon.ttl", bridges)
    assert written.read_bytes() == lexicon_file.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["lexicon.ttl"]


def test_the_model_ranks_and_settles(learnt: Learnt) -> None:
    assert learnt.model is not None
    (doc,) = read_sentences(["Corran Steel built the Heron Bridge in Wexcombe."])
    scored = learnt.model.score(Reading(doc, learnt.model.labels))
    best = best_by_expected_f1(scored)
    assert ("Heron Bridge", "builtBy", "Corran Steel") in [s.triple for s in best]
    assert all(a.probability >= b.probability for a, b in pairwise(best))
    assert len({(bare(s.subject_label), s.relation, bare(s.object_label)) for s in scored}) == len(scored)
    assert best_by_expected_f1([]) == []


# Ontologies with flaws


def test_two_properties_of_one_label_are_said(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(
        """@prefix : <https://example.org/o#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :A .
        :p a owl:ObjectProperty ; rdfs:label "paints" . :q a owl:ObjectProperty ; rdfs:label "paints" .""",
        encoding="utf-8",
    )
    ontology = load_ontology(path)
    problems = learn(ontology).problems
    assert any("p, q" in p and "paints" in p for p in problems)
    assert any("domain" in p for p in problems)
    with pytest.raises(OntologyError, match="paints"):
        learn(ontology, strict=True)


# Looking at entries


def test_entries_are_explained_in_words(learnt: Learnt) -> None:
    senses = find_senses(learnt.lexicon, "build")
    text = describe_sense(senses[0])
    assert 'the verb "build" says builtBy of its object (subject) and its subject (object)' in text
    with pytest.raises(UnknownTermError, match="Did you mean"):
        find_senses(learnt.lexicon, "biuld")


def test_examples_of_entries_are_run(learnt: Learnt, bridges: Ontology) -> None:
    tested = list(run_examples(bridges, learnt.lexicon))
    assert tested
    built = [t for t in tested if t.sense.entry == "build-verb-learnt" and t.sense.relation == "builtBy"]
    assert all(t.fired for t in built)
