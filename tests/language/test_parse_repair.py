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


def test_object_of_a_preposition_is_taken_back() -> None:
    # "They spoke to pilot Kovar": the name hangs on the verb.
    t = tree(("They", "NN", "nsubj", 1), ("spoke", "VBD", "ROOT", 1), ("to", "IN", "prep", 1),
             ("pilot", "NN", "compound", 4), ("Kovar", "NNP", "dep", 1))  # fmt: skip
    assert (t.head[4], t.dep[4]) == (2, "pobj")
    assert t.right[1] == [2]


def test_preposition_with_an_object_keeps_it() -> None:
    t = tree(("They", "NN", "nsubj", 1), ("spoke", "VBD", "ROOT", 1), ("to", "IN", "prep", 1),
             ("Kovar", "NNP", "pobj", 2), ("Monday", "NNP", "npadvmod", 1))  # fmt: skip
    assert (t.head[4], t.dep[4]) == (1, "npadvmod")


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


def test_plural_title_before_a_name_is_no_verb() -> None:
    # "Vela astronauts Ann Lee and Kovar flew": the title is taken for a verb, the names for its objects.
    t = tree(("Vela", "NNP", "nsubj", 1), ("astronauts", "VBZ", "nsubj", 6), ("Ann", "NNP", "compound", 3),
             ("Lee", "NNP", "dobj", 1), ("and", "CC", "cc", 3), ("Kovar", "NNP", "conj", 3),
             ("flew", "VBD", "ROOT", 6), people=(2, 3, 5))  # fmt: skip
    assert (t.tag[1], t.lemma[1], t.dep[1], t.head[1]) == ("NNS", "astronaut", "nsubj", 6)
    assert (t.dep[0], t.dep[3], t.head[3]) == ("compound", "appos", 1)


def test_verb_before_a_name_stays_one() -> None:
    t = tree(
        ("Vela", "NNP", "nsubj", 1), ("pilots", "VBZ", "ROOT", 1), ("Kovar", "NNP", "dobj", 1), people=(2,)
    )
    assert (t.tag[1], t.dep[1], t.dep[0]) == ("VBZ", "ROOT", "nsubj")


def test_verb_of_a_sentence_is_no_participle() -> None:
    # "A Tern rocket carried Vela into orbit."
    t = tree(("A", "DT", "det", 2), ("Tern", "NNP", "compound", 2), ("rocket", "NN", "ROOT", 2),
             ("carried", "VBD", "acl", 2), ("Vela", "NNP", "dobj", 3), ("into", "IN", "prep", 3),
             ("orbit", "NN", "pobj", 5), (".", ",", "punct", 2))  # fmt: skip
    assert (t.dep[3], t.head[3], t.dep[2], t.head[2], t.head[7]) == ("ROOT", 3, "nsubj", 3, 3)


def test_participle_of_a_title_stays_one() -> None:
    t = tree(("A", "DT", "det", 1), ("rocket", "NN", "ROOT", 1), ("built", "VBN", "acl", 1),
             ("by", "IN", "agent", 2), ("Vela", "NNP", "pobj", 3))  # fmt: skip
    assert (t.dep[2], t.head[2], t.dep[1]) == ("acl", 1, "ROOT")


def test_list_of_names_is_no_apposition() -> None:
    # "Ann, Lee and Kovar boarded Tern"; where the names stand between commas, they may explain the first.
    t = tree(("Ann", "NNP", "nsubj", 5), (",", ",", "punct", 0), ("Lee", "NNP", "appos", 0), ("and", "CC", "cc", 2),
             ("Kovar", "NNP", "conj", 2), ("boarded", "VBD", "ROOT", 5), people=(0, 2, 4))  # fmt: skip
    assert t.dep[2] == "conj"
    t = tree(("Vela", "NNP", "nsubj", 6), (",", ",", "punct", 0), ("Lee", "NNP", "appos", 0), ("and", "CC", "cc", 2),
             ("Kovar", "NNP", "conj", 2), (",", ",", "punct", 0), ("left", "VBD", "ROOT", 6),
             people=(2, 4))  # fmt: skip
    assert t.dep[2] == "appos"


def test_name_after_a_verb_is_its_object() -> None:
    t = tree(("They", "NN", "nsubj", 1), ("criticized", "VBD", "ROOT", 1), ("Kovar", "NNP", "npadvmod", 1),
             ("on", "IN", "prep", 1), ("Friday", "NNP", "pobj", 3), people=(2,))  # fmt: skip
    assert t.dep[2] == "dobj"


def test_day_after_a_verb_stays_a_time() -> None:
    t = tree(("They", "NN", "nsubj", 1), ("left", "VBD", "ROOT", 1), ("Friday", "NNP", "npadvmod", 1))
    assert t.dep[2] == "npadvmod"


def test_what_someone_is_chosen_to_do_completes_the_verb() -> None:
    rows = [("They", "NN", "nsubj", 1), ("selected", "VBD", "ROOT", 1), ("Vela", "NNP", "dobj", 1),
            ("to", "TO", "aux", 4), ("build", "VB", "advcl", 1), ("it", "NN", "dobj", 4)]  # fmt: skip
    assert tree(*rows, lemmas=["they", "select", "Vela", "to", "build", "it"]).dep[4] == "xcomp"
    assert tree(*rows, lemmas=["they", "sell", "Vela", "to", "build", "it"]).dep[4] == "advcl"
