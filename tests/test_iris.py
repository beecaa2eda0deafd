from __future__ import annotations

import unicodedata

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st

from spacegraph.iris import ENTITY_BASE, mint_entity_iri


def test_iri_is_readable() -> None:
    assert mint_entity_iri("Mara Vell Ott") == ENTITY_BASE + "Mara_Vell_Ott"


def test_iri_keeps_letters_of_every_script() -> None:
    assert mint_entity_iri("Żółć 航天") == ENTITY_BASE + "Żółć_航天"


def test_iri_encodes_what_rdf_syntaxes_do_not_take() -> None:
    assert mint_entity_iri('a<b>"c') == ENTITY_BASE + "a%3Cb%3E%22c"


def test_iri_base_is_a_setting() -> None:
    assert mint_entity_iri("Vela", base="https://example.org/") == "https://example.org/Vela"


names = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda s: s.strip() != "")


@given(names)
def test_iri_is_always_valid(name: str) -> None:
    pyoxigraph.NamedNode(mint_entity_iri(name))


@given(names, names)
def test_different_names_have_different_iris(one: str, other: str) -> None:
    def key(name: str) -> str:
        return "_".join(unicodedata.normalize("NFC", name).split())

    assert (mint_entity_iri(one) == mint_entity_iri(other)) == (key(one) == key(other))


@given(st.text(st.characters(max_codepoint=127), min_size=1))
def test_ascii_names_are_written_as_names_of_other_scripts_are(name: str) -> None:
    assert mint_entity_iri(name + "ż") == mint_entity_iri(name + "x")[:-1] + "ż"
