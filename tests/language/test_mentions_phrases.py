"""Noun phrases, pronouns and demonyms."""

from __future__ import annotations

import pytest
from mention_reading import DOMAIN, by_text

from spacegraph.model import MentionKind


@pytest.mark.parametrize(
    ("text", "words", "type_", "number"),
    [
        ("The head of the office resigned.", "The head", "PERSON", "sing"),
        ("The agency fired its director.", "The agency", "ORG", "sing"),
        ("They saw two Ruritanian pilots.", "two Ruritanian pilots", "PERSON", "plur"),
        ("The invasion began at dawn.", "The invasion", "EVENT", "sing"),
        ("The minister shared a Zorvex-produced video.", "a Zorvex-produced video", "WORK_OF_ART", "sing"),
        ("Crews left the base in the valley.", "the base", "FAC", "sing"),
    ],
)
def test_nominals_span_determiner_to_head_and_know_their_type(
    text: str, words: str, type_: str, number: str
) -> None:
    nominal = by_text(text, MentionKind.NOMINAL)[words]
    assert (nominal.type, nominal.number) == (type_, number)
    assert nominal.head == nominal.end - 1


def test_nominals_longest_domain_noun_gives_the_class() -> None:
    found = by_text("The crew left the space station.", gazetteer=DOMAIN)
    assert found["the space station"].cls == "SpaceStation"


def test_nominals_count_what_they_count() -> None:
    assert by_text("Four engineers left.")["Four engineers"].norm == "4"


@pytest.mark.parametrize("text", ["For example, it failed.", "The talks took place here.", "He talks a lot."])
def test_nominals_idioms_are_none(text: str) -> None:
    found = by_text(text, MentionKind.NOMINAL)
    assert not {"example", "place", "a lot"} & found.keys()


@pytest.mark.parametrize(
    ("text", "word", "number", "gender"),
    [
        ("She left early.", "She", "sing", "fem"),
        ("They lost their tools.", "their", "plur", ""),
        ("The pilot blamed himself.", "himself", "sing", "masc"),
        ("The pilot who landed slept.", "who", "", ""),
        ("The probe that landed slept.", "that", "", ""),
        ("We left.", "We", "plur", ""),
        ("It landed on a hill.", "It", "sing", "neut"),
    ],
)
def test_pronouns_that_refer(text: str, word: str, number: str, gender: str) -> None:
    pronoun = by_text(text, MentionKind.PRONOUN)[word]
    assert (pronoun.number, pronoun.gender) == (number, gender)


@pytest.mark.parametrize(
    "text",
    [
        "It rained all night.",
        "It is clear that the crew slept.",
        "It seems that the crew slept.",
        "It is important to close the hatch.",
        "There was a crowd.",
        "The agency said that the crew slept.",
        "Who left the hatch open?",
    ],
)
def test_pronouns_that_do_not_refer_are_no_mentions(text: str) -> None:
    assert by_text(text, MentionKind.PRONOUN) == {}


def test_demonyms_name_their_country() -> None:
    found = by_text(
        "A Ruritanian pilot slept. Many Ruritanians cheered.", MentionKind.DEMONYM, gazetteer=DOMAIN
    )
    assert found["Ruritanian"].norm == "Ruritania"
    assert found["Ruritanian"].known == "x:ruritania"
    assert found["Ruritanians"].number == "plur"


def test_demonyms_unknown_country_has_no_norm() -> None:
    demonym = by_text("The French minister spoke.", MentionKind.DEMONYM)["French"]
    assert (demonym.type, demonym.cls, demonym.norm) == ("NORP", "", "")


@pytest.mark.parametrize(
    "text", ["She answered in French.", "He is fluent in French.", "The crew speaks French."]
)
def test_demonyms_as_names_of_languages_are_no_countries(text: str) -> None:
    mention = by_text(text)["French"]
    assert (mention.kind, mention.type, mention.cls) == (MentionKind.NAME, "LANGUAGE", "")
