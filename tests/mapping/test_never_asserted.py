"""What is quoted or denied is never asserted, though the mapping makes the proposition itself."""

from __future__ import annotations

import dataclasses

import pytest
from fact_reading import facts, reader

from spacegraph.language.annotations import propositions, set_propositions
from spacegraph.model import Article, Factuality


def _told(text: str, relation: str) -> set[tuple[str, str, str, str]]:
    return {
        (f.subject.label, f.object.label, str(f.factuality), f.attributed_to.label if f.attributed_to else "")
        for f in facts(text)
        if f.relation == relation
    }


def test_title_before_a_list_in_speech_is_the_speakers() -> None:
    text = "“Beside Una Hale of Orsa, pilots Ivo Marsh and Tilda Roe slept,” Quist said."
    assert _told(text, "hasOccupation") == {
        ("Ivo Marsh", "pilot", "reported", "Quist"),
        ("Tilda Roe", "pilot", "reported", "Quist"),
    }


def test_title_between_commas_in_speech_is_the_speakers() -> None:
    text = "“Ivo Marsh, director, Launch Office, Orsa Space Center, slept,” Quist said."
    assert _told(text, "worksFor") == {("Ivo Marsh", "Orsa Space Center", "reported", "Quist")}
    plain = "Ivo Marsh, director, Launch Office, Orsa Space Center, slept."
    assert _told(plain, "worksFor") == {("Ivo Marsh", "Orsa Space Center", "asserted", "")}


def test_title_of_the_last_name_of_a_list_is_no_title_of_the_first() -> None:
    text = "On duty are head Una Hale, Ivo Marsh and head Tilda Roe."
    assert all("and" not in f.object.label for f in facts(text))


def test_propositions_that_nobody_has_read_are_read_before_they_are_mapped() -> None:
    article = Article(id="a", text="Vela Works did not buy Orsa Labs.")
    (doc,) = reader().docs([article])
    set_propositions(
        doc,
        [dataclasses.replace(p, guarded=False, factuality=Factuality.ASSERTED) for p in propositions(doc)],
    )
    found = reader().facts(doc, article)
    assert {(f.relation, f.factuality) for f in found} == {("acquired", Factuality.NEGATED)}


@pytest.mark.parametrize(
    ("text", "relation", "is_so", "is_not"),
    [
        ("Kestrel 4 landed at Selby, not at Norwick.", "landedIn", "Selby", "Norwick"),
        ("Orsa Labs, not Vela Works, built the Kestrel 4 rocket.", "manufactures", "Orsa Labs", "Vela Works"),
        ("Una Hale met Ivo Marsh, not Tilda Roe, in Norwick.", "met", "Ivo Marsh", "Tilda Roe"),
    ],
)
def test_what_not_sets_apart_is_not_so(text: str, relation: str, is_so: str, is_not: str) -> None:
    ends = {
        label: f.factuality
        for f in facts(text)
        if f.relation == relation
        for label in (f.subject.label, f.object.label)
        if label in (is_so, is_not)
    }
    assert ends.pop(is_so) is Factuality.ASSERTED
    assert ends.pop(is_not, Factuality.NEGATED) is Factuality.NEGATED


def test_what_the_two_sides_share_is_not_denied() -> None:
    text = "Vela Works launched Kestrel 4 from Selby and not from Norwick."
    assert {f.factuality for f in facts(text) if f.relation == "launched"} == {Factuality.ASSERTED}


def test_not_only_denies_nothing() -> None:
    text = "Kestrel 4 landed not only at Selby but also at Norwick."
    assert all(f.factuality is Factuality.ASSERTED for f in facts(text))


@pytest.mark.parametrize(
    "doubt",
    [
        "Hale thought it inconceivable that Selbia would attack Norwick.",
        "Hale had not expected Selbia to attack Norwick.",
        "Hale could not believe that Selbia attacked Norwick.",
    ],
)
def test_past_disbelief_is_silent_where_it_is_told_that_it_came_so(doubt: str) -> None:
    told = {
        f.factuality for f in facts(f"{doubt} Selbia attacked Norwick in May.") if f.relation == "attacked"
    }
    assert told == {Factuality.ASSERTED}
