from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spacegraph.errors import OntologyError, OntologySyntaxError
from spacegraph.lexicon import Lexicon, Sense, load_lexicon
from spacegraph.model import PropositionKind
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
@prefix arg: <https://w3id.org/spacegraph/argument#> .
@prefix lex: <https://w3id.org/spacegraph/lexicon#> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix sg: <https://w3id.org/spacegraph/ontology#> .
@prefix synsem: <http://www.w3.org/ns/lemon/synsem#> .
"""
ENTRY = (
    HEAD
    + """
lex:refuel-verb a ontolex:LexicalEntry ;
    lexinfo:partOfSpeech lexinfo:verb ;
    ontolex:canonicalForm [ ontolex:writtenRep "refuel"@en ] ;
    ontolex:otherForm [ ontolex:writtenRep "top up"@en ] ;
    ontolex:sense [ a synsem:OntoMap ;
        ontolex:reference sg:supplies ;
        synsem:subjOfProp arg:subject ;
        synsem:objOfProp arg:object, arg:pp_in_front_of ;
        lex:subjectClass sg:Vehicle ;
        lex:deedToDoer true ;
        sg:confidence 0.7 ] .
"""
)


def write(folder: Path, text: str) -> Path:
    path = folder / "lexicon.ttl"
    path.write_text(text, "utf-8")
    return path


def test_lexicon_reads_an_entry_whole(tmp_path: Path) -> None:
    (sense,) = load_lexicon(write(tmp_path, ENTRY)).senses
    assert sense == Sense(
        entry="refuel-verb",
        kind=PropositionKind.VERB,
        forms=("refuel", "top up"),
        property_iri="https://w3id.org/spacegraph/ontology#supplies",
        subject_roles=("subj",),
        object_roles=("obj", "pp:in front of"),
        subject_class=("Vehicle",),
        deed_to_doer=True,
        confidence=0.7,
    )
    assert sense.rule == "refuel-verb→supplies"


def test_lexicon_index_finds_words_by_their_head(tmp_path: Path) -> None:
    lexicon = load_lexicon(write(tmp_path, ENTRY))
    assert [form for _, form in lexicon.index[PropositionKind.VERB, "top"]] == [("top", "up")]
    noun = Sense(
        entry="n", kind=PropositionKind.NOUN, forms=("flight director",), property_iri="x#y",
        subject_roles=("ref",), object_roles=("pp:of",),
    )  # fmt: skip
    assert (PropositionKind.NOUN, "director") in Lexicon.from_senses([noun]).index


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("lexinfo:verb", "lexinfo:adverb", "partOfSpeech"),
        ("arg:subject", "arg:subjct", "'subjct'"),
        ("synsem:objOfProp arg:object, arg:pp_in_front_of ;", "", "objOfProp"),
        ("ontolex:reference sg:supplies ;", "", "ontolex:reference"),
    ],
)
def test_lexicon_error_names_the_entry_and_what_it_lacks(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(OntologyError, match="refuel-verb") as caught:
        load_lexicon(write(tmp_path, ENTRY.replace(old, new)))
    assert says in str(caught.value)


def test_lexicon_syntax_error_has_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(OntologySyntaxError) as caught:
        load_lexicon(write(tmp_path, ENTRY.replace("lexinfo:verb ;", "lexinfo:verb ; ;;; [")))
    assert caught.value.line > 0
    assert "lexicon.ttl" in caught.value.file


def test_lexicon_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="There is no lexicon file"):
        load_lexicon(tmp_path / "none.ttl")


def test_built_in_lexicon_names_only_what_the_ontology_has() -> None:
    ontology = load_ontology()
    for sense in load_lexicon().senses:
        assert sense.relation in ontology.properties, sense.rule
        for cls in (*sense.subject_class, *sense.object_class, *sense.predicate_class):
            assert cls == "Thing" or cls in ontology.classes, (sense.rule, cls)


def test_built_in_lexicon_senses_can_fit_their_property() -> None:
    """A restriction outside the property's domain or range could never be met."""
    ontology = load_ontology()

    def overlap(one: str, other: str) -> bool:
        return ontology.is_a(one, other) or ontology.is_a(other, one)

    for sense in load_lexicon().senses:
        prop = ontology.properties[sense.relation]
        for wanted, restriction in ((prop.domains, sense.subject_class), (prop.ranges, sense.object_class)):
            for cls in restriction:
                assert not wanted or any(overlap(cls, w) for w in wanted), (sense.rule, cls, wanted)


def test_every_built_in_sense_has_an_example() -> None:
    assert [s.rule for s in load_lexicon().senses if not s.example] == []
