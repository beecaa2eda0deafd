from __future__ import annotations

import pytest
from mention_reading import read

from spacegraph.language.english.demonyms import countries_of
from spacegraph.model import MentionKind


@pytest.mark.parametrize(
    ("adjective", "country"),
    [
        ("Ruritanian", "Ruritania"), ("Ruritanians", "Ruritania"), ("Valdese", "Valda"), ("Freelandic", "Freeland"),
        ("Kobeni", "Kobena"), ("Marlish", "Marland"), ("Osterlander", ""), ("Bordean", "Bordea"),
    ],
)  # fmt: skip
def test_adjectives_belong_to_the_country_that_they_derive_from(adjective: str, country: str) -> None:
    names = ["Ruritania", "Valda", "Freeland", "Kobena", "Marland", "Bordea", "Osterlund"]
    assert countries_of([adjective], names).get(adjective, "") == country


@pytest.mark.parametrize("word", ["Falconer", "Marian", "Dean", "Republican", "Titanic"])
def test_words_that_only_look_derived_are_left_alone(word: str) -> None:
    assert countries_of([word], ["Falcon", "Mary", "Republic", "Titan", "Ann"]) == {}


def test_a_word_is_not_its_own_country() -> None:
    assert countries_of(["Sylvan"], ["Sylvan"]) == {}


def test_mentions_link_an_unlisted_adjective_with_its_country() -> None:
    text = "The Ostrovian minister left for the capital. Ostrovia has a new government. An Ostrovian rocket exploded."
    _, found = read(text)
    demonyms = [m for m in found if m.kind is MentionKind.DEMONYM]
    assert [(m.norm, m.cls) for m in demonyms] == [("Ostrovia", "Country")] * 2
    assert [(m.type, m.cls) for m in found if m.kind is MentionKind.NAME] == [("GPE", "Country")]
