"""Attribute rules that are looked up match just what spaCy's matcher matches."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from spacegraph.language.pipeline import PACKAGED_MODEL, load_pipeline
from spacegraph.language.tuning.attribute_rules import RuleIndex, index_rules

if TYPE_CHECKING:
    from spacy.language import Language

WORDS = (
    "",
    "but",
    "But",
    "that",
    "is",
    "'s",
    "it",
    "you",
    "gon",
    "na",
    "let",
    "rain",
    "n't",
    "ai",
    "Nothin'",
    "do",
    " ",
    "\n",
)
TAGS = ("", "CC", "IN", "DT", "WDT", "VBZ", "VBP", "VB", "PRP", "NN", "MD", "TO", "_SP")
LABELS = ("", "advmod", "nsubj", "dobj", "aux", "ROOT", "mark", "expl", "det", "dep")


@cache
def plain() -> Language:
    return spacy.load(PACKAGED_MODEL)


def ruler_of(*rules: dict[str, Any]) -> AttributeRuler:
    ruler = AttributeRuler(plain().vocab)
    ruler.add_patterns(rules)
    return ruler


def parsed(ruler: AttributeRuler, tokens: list[tuple[str, str, str]]) -> Doc:
    words, tags, labels = ([token[at] or "x" * (at == 0) for token in tokens] for at in range(3))
    return Doc(ruler.vocab, words=words, tags=tags, deps=labels, heads=list(range(len(tokens))))


@given(st.lists(st.tuples(*map(st.sampled_from, (WORDS, TAGS, LABELS))), min_size=1, max_size=8))
def test_matches_are_those_of_the_matcher(tokens: list[tuple[str, str, str]]) -> None:
    ruler = plain().get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    doc = parsed(ruler, tokens)
    assert RuleIndex(ruler)(doc) == ruler.match(doc)


def test_the_model_is_read_as_ever() -> None:
    text = "“We're gonna see it rain,” Ada Okafor said that day, but nobody wouldn't; she'd do what she has done.\n\nHers is fine."
    attributes: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]
    ours = load_pipeline()
    assert isinstance(vars(ours.get_pipe("attribute_ruler"))["match"], RuleIndex)
    assert (ours(text).to_array(attributes) == plain()(text).to_array(attributes)).all()


def test_rules_of_several_tokens_at_the_end_of_a_text() -> None:
    ruler = ruler_of(
        {
            "patterns": [[{"LOWER": "big"}, {"TAG": {"IN": ["NN", "NNS"]}}, {}]],
            "attrs": {"LEMMA": "end"},
            "index": -1,
        },
        {"patterns": [[{"TEXT": {"REGEX": "^[bd]"}, "DEP": {"NOT_IN": ["det"]}}]], "attrs": {"POS": "ADJ"}},
    )
    doc = parsed(
        ruler,
        [
            ("Big", "JJ", ""),
            ("dog", "NN", ""),
            ("barks", "VBZ", ""),
            ("big", "JJ", "det"),
            ("dogs", "NNS", ""),
        ],
    )
    assert index_rules(ruler)
    assert [(number, start, end) for number, _, start, end in ruler.match(doc)] == [
        (0, 0, 3),
        (1, 1, 2),
        (1, 2, 3),
        (1, 4, 5),
    ]
    assert [(token.lemma_, token.pos_) for token in ruler(doc)] == [
        ("", ""),
        ("", "ADJ"),
        ("end", "ADJ"),
        ("", ""),
        ("", "ADJ"),
    ]


def test_rules_that_come_later_are_followed() -> None:
    ruler = ruler_of({"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN"}})
    assert index_rules(ruler)
    ruler.add([[{"LOWER": "ada"}]], {"POS": "PROPN"})
    assert ruler(parsed(ruler, [("Ada", "NN", "")]))[0].pos_ == "PROPN"
    ruler.add([[{"LOWER": "ada"}, {"OP": "+"}]], {"POS": "X"})
    assert ruler(parsed(ruler, [("Ada", "NN", ""), ("ran", "VBD", "")]))[0].pos_ == "X"


@pytest.mark.parametrize(
    "token",
    [
        {"OP": "+"},
        {"_": {"ours": True}},
        {"LENGTH": {">": 3}},
        {"LOWER": {"FUZZY": "ada"}},
        {"TAG": {"IN": ["NN"], "NOT_IN": ["X"]}},
        {"POS": "NOUN"},
    ],
)
def test_other_rules_leave_the_ruler_as_it_is(token: dict[str, Any]) -> None:
    Doc.set_extension("ours", default=False, force=True)
    ruler = ruler_of({"patterns": [[token]], "attrs": {"POS": "X"}})
    plain_match = ruler.match
    assert not index_rules(ruler)
    assert ruler.match == plain_match


def test_no_rules_and_no_tokens() -> None:
    ruler = ruler_of()
    assert index_rules(ruler)
    assert ruler.match(parsed(ruler, [("Ada", "NN", "")])) == []
    full = ruler_of({"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN"}})
    assert index_rules(full)
    assert full.match(Doc(full.vocab)) == []
