"""What things without a name are called, in fresh sentences."""

from __future__ import annotations

import pytest
from fact_reading import triples


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        # What a thing is of or for, and what somebody plans to do
        (
            "Ada Okafor criticized the invasion of Norland on Friday.",
            ("Ada Okafor", "criticized", "invasion of Norland"),
        ),
        (
            "On Friday, Boeing announced a plan to hire pilots.",
            ("Boeing", "announced", "plan to hire pilots"),
        ),
        # A clause that tells which ones
        (
            "Ada Okafor criticized laws that protect polluters.",
            ("Ada Okafor", "criticized", "laws that protect polluters"),
        ),
        # Whose it is
        (
            "Ada Okafor criticized Ben Sato's angry letters.",
            ("Ada Okafor", "criticized", "Ben Sato’s angry letters"),
        ),
    ],
)
def test_a_thing_without_a_name_is_called_by_its_phrase_in_full(
    text: str, fact: tuple[str, str, str]
) -> None:
    assert fact in triples(text)


def test_when_it_was_belongs_to_the_fact_and_not_to_the_thing() -> None:
    assert not any("March" in o for _, _, o in triples("Ada Okafor criticized the hasty invasion in March."))


def test_what_belongs_to_the_next_noun_belongs_to_no_description() -> None:
    found = triples("Ada Okafor condemned the invasion of Norland and Sato's angry letters.")
    assert not any(o.endswith("Norland and Sato") for _, _, o in found)


def test_what_the_subject_has_is_not_called_after_it_twice() -> None:
    assert ("Vela Space", "stopped", "long campaign") in triples(
        "On Friday, Vela Space ended its long campaign."
    )


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("The Osprey mission aims to map the ice of Mars.", ("Osprey", "targets", "to map the ice of Mars")),
        (
            "NASA has selected Halcyon Systems Inc. of Reno, Nevada, to build the probe.",
            ("Halcyon Systems Inc.", "contractedBy", "NASA"),
        ),
        ("Halcyon Group filed a lawsuit against Montana on Friday.", ("Halcyon Group", "sued", "Montana")),
        ("Ada Okafor invited the public to the show.", ("Ada Okafor", "asked", "public")),
        ("Norland's commitment to the Osprey Treaty grew.", ("Norland", "supports", "Osprey Treaty")),
        ("Ada Okafor, a critic of Ben Sato, spoke on Friday.", ("Ada Okafor", "criticized", "Ben Sato")),
        ("The Kestrel contract is valued at $3 million.", ("Kestrel contract", "cost", "$3 million")),
        ("Ada Okafor told CNN that the rocket was ready.", ("CNN", "interviewed", "Ada Okafor")),
        (
            "The Kestrel rocket for the Osprey II mission arrived in Florida.",
            ("Kestrel", "usedIn", "Osprey II"),
        ),
        ("A NASA Kestrel 9 rocket launched the Osprey on Friday.", ("NASA", "operates", "Kestrel 9")),
        ("The NASA Kestrel II mission ended on Friday.", ("Kestrel II", "missionOf", "NASA")),
        ("NASA warned of flash floods in Florida.", ("NASA", "warned", "flash floods")),
    ],
)
def test_interactions(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in triples(text)


def test_phrases_that_share_their_article_are_one_thing() -> None:
    found = triples("Vela Space supports the design, construction and sale of rockets.")
    assert ("Vela Space", "supports", "design, construction and sale of rockets") in found
    assert not any(o in ("construction", "design") for _, _, o in found)


def test_phrases_with_an_article_each_are_two_things() -> None:
    found = triples("Ada Okafor praised the brave crew and the old captain.")
    assert not any(" and " in o for _, r, o in found if r == "praised")


def test_what_is_denied_is_not_said() -> None:
    found = triples("Ada Okafor denied that the partners had stopped talking.")
    assert not any(r == "said" for _, r, _ in found)


def test_what_points_elsewhere_describes_nothing() -> None:
    assert not [
        t for t in triples("Ines Kovar praised the early adoption of this alloy.") if t[1] == "praised"
    ]
    assert ("Ines Kovar", "praised", "early adoption of alloys") in triples(
        "Ines Kovar praised the early adoption of alloys."
    )


def test_brackets_in_words_are_closed() -> None:
    text = "Ines Kovar threatened to pull out of the Merrow Space Station (MSS) after the row."
    assert ("Ines Kovar", "threatened", "to pull out of the Merrow Space Station (MSS)") in {
        (s, r, o.partition(" after")[0]) for s, r, o in triples(text)
    }


def test_what_several_have_together_is_not_counted_for_each() -> None:
    text = "Ines Kovar and Oro Lund argued about their two countries."
    assert not [t for t in triples(text) if t[1] == "hasQuantity"]
    assert ("Vela Works", "hasQuantity", "two plants") in triples("Vela Works opened its two plants.")


def test_owners_that_are_pronouns_stand_in_no_words() -> None:
    assert not [t for t in triples("Ines Kovar sold her two houses.") if "her" in t[2].split()]
