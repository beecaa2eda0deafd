"""Nouns: titles, possessives, genitives, compounds, appositions, nominalised deeds, aliases, places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mention_reading import model
from proposition_reading import NOUN, all_of, read, roles

from spacegraph.errors import MissingAnnotationError
from spacegraph.language import annotations as layers
from spacegraph.language.propositions.component import PropositionFinder


@pytest.mark.parametrize(
    ("text", "lemma", "wanted"),
    [
        ("Zorvex CEO Ines Kovar resigned.", "ceo", {"ref": ["Ines Kovar"], "compound": ["Zorvex"]}),
        ("Zorvex astronaut Ines Kovar slept.", "astronaut", {"ref": ["Ines Kovar"], "compound": ["Zorvex"]}),
        (
            "Ruritanian president Ines Kovar slept.",
            "president",
            {"ref": ["Ines Kovar"], "adj": ["Ruritanian"]},
        ),
        ("Zorvex pilots Ines Kovar and Bo Lind slept.", "pilot", {"ref": ["Ines Kovar", "Bo Lind"]}),
        ("Ines Kovar, chief of Zorvex, slept.", "chief", {"ref": ["Ines Kovar"], "pp:of": ["Zorvex"]}),
        ("Zorvex's chief, Ines Kovar, slept.", "chief", {"ref": ["Ines Kovar"], "poss": ["Zorvex"]}),
        ("Ines Kovar is the director of Zorvex.", "director", {"ref": ["Ines Kovar"], "pp:of": ["Zorvex"]}),
        (
            "Ines Kovar served as director of Zorvex.",
            "director",
            {"ref": ["Ines Kovar"], "pp:of": ["Zorvex"]},
        ),
        (
            "They elected Ines Kovar as director of Zorvex.",
            "director",
            {"ref": ["Ines Kovar"], "pp:of": ["Zorvex"]},
        ),
        ("A native of Ames, Kovar holds a degree.", "native", {"ref": ["Kovar"], "pp:of": ["Ames"]}),
        ("The company unveiled its Halcyon capsule.", "capsule", {"poss": ["its"], "ref": ["Halcyon"]}),
        (
            "The Ruritanian invasion of Sylvania failed.",
            "invasion",
            {"adj": ["Ruritanian"], "pp:of": ["Sylvania"]},
        ),
        ("Kovar's threats to leave were empty.", "threat", {"poss": ["Kovar"], "comp": ["to leave"]}),
        ("The launch of the probe by Zorvex went well.", "launch", {"pp:of": ["probe"], "pp:by": ["Zorvex"]}),
        (
            "Zorvex made a decision to cancel the flight.",
            "decision",
            {"poss": ["Zorvex"], "comp": ["to cancel the flight"]},
        ),
        ("The talks took place in Ames on Monday.", "talk", {"pp:in": ["Ames"], "time": ["Monday"]}),
        ("She accepted a position as director of Zorvex.", "director", {"ref": ["She"], "pp:of": ["Zorvex"]}),
        ("Ines Kovar, 42, slept.", "kovar", {"ref": ["Ines Kovar"], "appos": ["42"]}),
        ("Ines Kovar retired at the age of 60.", "age", {"subj": ["Ines Kovar"], "pp:of": ["60"]}),
        ("The 42-year-old pilot slept.", "pilot", {"appos": ["42-year-old"]}),
        ("They met the crew aboard the ship.", "crew", {"pp:aboard": ["ship"]}),
        ("The March 30 landing went well.", "landing", {"time": ["March 30"]}),
        ("The Sylvanian-Ruritanian alliance broke.", "alliance", {"adj": ["Sylvanian", "Ruritanian"]}),
        ("The pact between Zorvex and Halcyon failed.", "pact", {"pp:between": ["Zorvex", "Halcyon"]}),
    ],
)
def test_nouns_relate_their_modifiers(text: str, lemma: str, wanted: dict[str, list[str]]) -> None:
    found = roles(text, lemma, NOUN)
    assert {role: found.get(role) for role in wanted} == wanted


def test_title_is_kept_as_words() -> None:
    assert roles("Ines Kovar, associate director of Zorvex, slept.", "director", NOUN)["title"] == [
        "associate director"
    ]


def test_singular_title_belongs_to_one_name() -> None:
    assert roles("President Kovar and Minister Lind met.", "president", NOUN)["ref"] == ["Kovar"]


def test_member_of_a_list_is_no_apposition() -> None:
    for found in all_of("There are two Ruritanian pilots and one cook aboard the ship.", "cook", NOUN):
        assert all(a.role != "ref" or a.head == found.head for a in found.arguments)


def test_place_in_a_place() -> None:
    assert roles("She lives in Houston, Texas.", "houston", NOUN)["appos-place"] == ["Texas"]


@pytest.mark.parametrize(
    "text", ["She visited France, Italy and Spain.", "She left Paris, Rome, and London in May."]
)
def test_list_of_places_is_no_place_in_a_place(text: str) -> None:
    assert not [a for p in layers.propositions(read(text)) for a in p.arguments if a.role == "appos-place"]


def test_alias_in_brackets() -> None:
    assert roles("The Vela Space Agency (VSA) hired her.", "agency", NOUN)["alias"] == ["VSA"]


def test_short_name_before_its_long_form_is_an_alias_too() -> None:
    found = [a for p in layers.propositions(read("VSA (Vela Space Agency) hired her.")) for a in p.arguments]
    assert [a.role for a in found].count("alias") == 1


@pytest.mark.parametrize("text", ["Ines Kovar (Zorvex) won the race.", "The pilot (Kovar) slept."])
def test_bracket_that_renames_nothing_is_no_alias(text: str) -> None:
    assert not [a for p in layers.propositions(read(text)) for a in p.arguments if a.role == "alias"]


def test_noun_without_arguments_says_nothing() -> None:
    assert not all_of("The station fell.", "station", NOUN)


def test_mentions_are_needed() -> None:
    layers.register()
    with pytest.raises(MissingAnnotationError, match="spacegraph_mentions"):
        PropositionFinder()(model()("It rained."))


WORDS = st.sampled_from(
    [
        "the",
        "a",
        "pilot",
        "pilots",
        "Kovar",
        "Zorvex",
        "who",
        "that",
        ",",
        "and",
        "of",
        "to",
        "by",
        "in",
        "was",
        "has",
        "launched",
        "built",
        "launching",
        "'s",
        "(",
        ")",
        "is",
        "plan",
        "it",
        "Ames",
        "Texas",
        "2019",
        "Monday",
        "Ruritanian",
        "not",
        "said",
        "will",
        "as",
        "with",
        "director",
        "capsule",
        "which",
        "there",
        "are",
        ".",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=25))
def test_arguments_lie_within_any_text(words: list[str]) -> None:
    doc = read(" ".join(words))
    mentions = layers.mentions(doc)
    propositions = layers.propositions(doc)
    assert [p.head for p in propositions] == sorted(p.head for p in propositions)
    for p in propositions:
        assert 0 <= p.start <= p.head < p.end <= len(doc)
        assert p.arguments
        for a in p.arguments:
            assert 0 <= a.start < a.end <= len(doc)
            assert -1 <= a.mention < len(mentions)
            assert -1 <= a.proposition < len(propositions)
            if a.mention >= 0:
                assert (a.start, a.end) == (mentions[a.mention].start, mentions[a.mention].end)
                assert p.start <= a.start
                assert a.end <= p.end
