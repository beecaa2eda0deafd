"""The example sentences of entries: whether they make their own entry fire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from spacegraph.cli import cli
from spacegraph.learning.testing import test_senses as read_examples_of
from spacegraph.lexicon import load_lexicon
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from pathlib import Path

#: Share of the built-in lexicon's examples that fire; the others show a reading that is yet to be mended.
FIRING = 0.97

PRAISE = """
@prefix arg: <https://w3id.org/spacegraph/argument#> .
@prefix lex: <https://w3id.org/spacegraph/lexicon#> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix sg: <https://w3id.org/spacegraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix synsem: <http://www.w3.org/ns/lemon/synsem#> .

lex:praise-verb a ontolex:LexicalEntry ;
    lexinfo:partOfSpeech lexinfo:verb ;
    ontolex:canonicalForm [ ontolex:writtenRep "praise"@en ] ;
    ontolex:sense [ a synsem:OntoMap ;
        ontolex:reference sg:praised ;
        synsem:subjOfProp arg:subject ;
        synsem:objOfProp arg:object ;
        skos:example "Ann Lee praised Mia Kovar."@en ] ,
      [ a synsem:OntoMap ;
        ontolex:reference sg:praised ;
        synsem:subjOfProp arg:subject ;
        synsem:objOfProp arg:pp_beneath ;
        skos:example "Ann Lee praised Mia Kovar."@en ] ,
      [ a synsem:OntoMap ;
        ontolex:reference sg:met ;
        synsem:subjOfProp arg:subject ;
        synsem:objOfProp arg:object ;
        skos:example "Ann Lee met Mia Kovar."@en ] .
"""


def test_builtin_examples_fire_and_have_their_word() -> None:
    tested = list(read_examples_of(load_ontology(), load_lexicon()))
    assert len(tested) > 1000
    assert [t.sense.rule for t in tested if not t.has_word] == []
    silent = [t.sense.rule for t in tested if not t.fired]
    assert len(silent) <= (1 - FIRING) * len(tested), silent


def test_each_sense_of_an_entry_answers_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.ttl"
    path.write_text(PRAISE, encoding="utf-8")
    tested = {
        (*t.sense.object_roles, t.sense.relation): t
        for t in read_examples_of(load_ontology(), load_lexicon(path))
    }
    assert tested["obj", "praised"].fired
    assert not tested["pp:beneath", "praised"].fired
    assert tested["obj", "praised"].has_word
    assert not tested["obj", "met"].has_word
    result = CliRunner().invoke(cli, ["lexicon", "test", str(path)])
    assert result.exit_code == 1
    assert "the example lacks its word: praise" in result.stdout
    assert "1 of 3 entries" in result.stderr
