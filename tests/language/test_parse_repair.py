"""Repairs of a parse, on trees built by hand: one that is wrong in a way that the small model is, one that is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from spacegraph.language.parse.edits import attach
from spacegraph.language.parse.repair import repair
from spacegraph.language.tokens import Tokens

if TYPE_CHECKING:
    from spacy.vocab import Vocab

VOCAB: Vocab = spacy.blank("en").vocab


def tree(
    *rows: tuple[str, str, str, int], lemmas: list[str] | None = None, people: tuple[int, ...] = ()
) -> Tokens:
    """Tokens from rows of word, tag, dependency and head; ``people`` are the tokens of persons' names."""
    words, tags, deps, heads = (list(column) for column in zip(*rows, strict=True))
    coarse = {
        "N": "NOUN",
        "V": "VERB",
        "I": "ADP",
        "P": "PART",
        "D": "DET",
        "C": "CCONJ",
        ",": "PUNCT",
        "J": "ADJ",
        "T": "PART",
    }
    pos = ["PROPN" if tag in ("NNP", "NNPS") else coarse[tag[0]] for tag in tags]
    ents = ["B-PERSON" if i in people else "O" for i in range(len(words))]
    doc = Doc(
        VOCAB, words=words, tags=tags, pos=pos, deps=deps, heads=heads, lemmas=lemmas or words, ents=ents
    )
    return repair(Tokens(doc))


def test_possessor_goes_to_its_noun() -> None:
    # "Ruritania and Kovar's threats": the possessor hangs on the country.
    t = tree(("Ruritania", "NNP", "ROOT", 0), ("and", "CC", "cc", 0), ("Kovar", "NNP", "conj", 0),
             ("'s", "POS", "case", 2), ("threats", "NNS", "dep", 0))  # fmt: skip
    assert (t.head[2], t.dep[2]) == (4, "poss")


def test_second_of_two_is_no_apposition() -> None:
    t = tree(("Kovar", "NNP", "nsubj", 4), ("and", "CC", "cc", 0), ("the", "DT", "det", 3),
             ("director", "NN", "appos", 0), ("left", "VBD", "ROOT", 4))  # fmt: skip
    assert t.dep[3] == "conj"


def test_apposition_after_a_comma_stays_one() -> None:
    t = tree(("Kovar", "NNP", "nsubj", 4), (",", ",", "punct", 0), ("the", "DT", "det", 3),
             ("director", "NN", "appos", 0), ("left", "VBD", "ROOT", 4))  # fmt: skip
    assert t.dep[3] == "appos"


def test_lemmas_regain_their_final_e() -> None:
    lemmas = ["hop", "wag", "slat", "hop", "plan"]
    t = tree(("hopes", "VBZ", "ROOT", 0), ("waging", "VBG", "dep", 0), ("slated", "VBN", "dep", 0),
             ("hopping", "VBG", "dep", 0), ("plans", "VBZ", "dep", 0), lemmas=lemmas)  # fmt: skip
    assert t.lemma == ["hope", "wage", "slate", "hop", "plan"]


@given(st.data())
def test_attaching_never_makes_a_ring(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 8))
    heads = [0, *(data.draw(st.integers(0, i - 1)) for i in range(1, size))]
    doc = Doc(
        VOCAB, words=["w"] * size, deps=["dep"] * size, heads=heads, tags=["NN"] * size, pos=["NOUN"] * size
    )
    t = Tokens(doc)
    for _ in range(4):
        child, head = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
        attach(t, child, head, "obj")
        for i in range(size):
            node, steps = i, 0
            while t.head[node] != node:
                node, steps = t.head[node], steps + 1
                assert steps <= size
            if t.head[i] != i:
                assert i in t.left[t.head[i]] + t.right[t.head[i]]
        assert sum(map(len, t.left)) + sum(map(len, t.right)) == sum(t.head[i] != i for i in range(size))


def test_what_someone_is_chosen_to_do_completes_the_verb() -> None:
    rows = [("They", "NN", "nsubj", 1), ("selected", "VBD", "ROOT", 1), ("Vela", "NNP", "dobj", 1),
            ("to", "TO", "aux", 4), ("build", "VB", "advcl", 1), ("it", "NN", "dobj", 4)]  # fmt: skip
    assert tree(*rows, lemmas=["they", "select", "Vela", "to", "build", "it"]).dep[4] == "xcomp"
    assert tree(*rows, lemmas=["they", "sell", "Vela", "to", "build", "it"]).dep[4] == "advcl"
