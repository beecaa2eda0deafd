"""Names: their spans and what they denote, with an empty gazetteer unless said otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mention_reading import DOMAIN, by_text, names, read

from spacegraph.gazetteer import Gazetteer, KnownNoun
from spacegraph.language import annotations as annotation
from spacegraph.model import MentionKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "NASA astronaut Marta Vande Lune waved at the camera.",
            {"Marta Vande Lune": "PERSON", "NASA": "ORG"},
        ),
        ("He was blocked by Zorvex CEO Pavel Orlenko.", {"Zorvex": "ORG", "Pavel Orlenko": "PERSON"}),
        (
            "President Hiro Tanabe met Dr. Lena Okafor in the palace.",
            {"Hiro Tanabe": "PERSON", "Lena Okafor": "PERSON"},
        ),
        ("Gen. Tom Reed left the base.", {"Tom Reed": "PERSON"}),
    ],
)
def test_names_titles_stay_outside_and_tell_a_person(text: str, expected: dict[str, str]) -> None:
    assert expected.items() <= names(text).items()


def test_names_possessive_and_article_stay_outside() -> None:
    found = names("The European Space Agency praised Marta Reed's crew.")
    assert "European Space Agency" in found
    assert "Marta Reed" in found


def test_names_abbreviation_in_brackets_is_a_mention_of_its_own_with_the_same_type() -> None:
    found = names("The Orbital Weather Agency (OWA) hired her, and OWA pays well.")
    assert found["Orbital Weather Agency"] == "ORG"
    assert found["OWA"] == "ORG"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She studied at the University of Texas for years.", "University of Texas"),
        (
            "He left the Ministry of Education, Culture and Sport in anger.",
            "Ministry of Education, Culture and Sport",
        ),
        (
            "The National Oceanic and Atmospheric Administration paid.",
            "National Oceanic and Atmospheric Administration",
        ),
        ("She works at Texas A&M University in the south.", "Texas A&M University"),
    ],
)
def test_names_of_organisations_keep_their_small_words(text: str, name: str) -> None:
    assert names(text)[name] == "ORG"


def test_names_class_noun_after_a_name_is_its_head_and_gives_the_class() -> None:
    found = by_text("The firm showed the Kestrel capsule to reporters.", gazetteer=DOMAIN)
    kestrel = found["Kestrel"]
    assert (kestrel.type, kestrel.cls) == ("PRODUCT", "Spacecraft")
    assert kestrel.head == kestrel.end
    assert "the Kestrel capsule" not in found


def test_names_noun_after_a_maker_is_a_thing_of_its_own() -> None:
    found = by_text("The Zorvex capsule landed.", gazetteer=DOMAIN)
    assert found["Zorvex"].type == "ORG"
    assert found["Zorvex"].head < found["Zorvex"].end
    assert found["The Zorvex capsule"].cls == "Spacecraft"


def test_names_numbers_belong_to_names_of_vehicles_but_not_to_counts() -> None:
    found = names("The Condor 9 rocket and the Talon 12 lander flew. Zorvex flew 3 times.")
    assert {"Condor 9", "Talon 12"} <= found.keys()
    assert not any("3" in name for name in found)


def test_names_surname_follows_the_full_name() -> None:
    found = names("Dr. Ada Brightwater runs the lab. Brightwater was in a hurry.")
    assert found["Brightwater"] == "PERSON"


def test_names_hyphenated_countries_are_two() -> None:
    doc, mentions = read("The Russian envoy praised the French-Russian partnership.")
    words = [doc[m.start : m.end].text for m in mentions if m.kind is MentionKind.DEMONYM]
    assert words == ["Russian", "French", "Russian"]


def test_names_in_a_heading_of_capitals_are_not_invented() -> None:
    found = names("New Crew Will Leave Old Station Behind\n\nThe crew left on Friday, the agency said.")
    assert found == {}


def test_names_known_ones_carry_their_entity_and_ambiguous_words_do_not() -> None:
    found = by_text("Zorvex sent a crew to Merrow Station.", gazetteer=DOMAIN)
    assert found["Zorvex"].known == "x:zorvex"
    assert found["Merrow Station"].cls == "SpaceStation"
    plain = by_text("It was a halcyon summer.", gazetteer=DOMAIN)
    assert not any(m.known for m in plain.values())


def test_names_gender_from_titles_and_given_names() -> None:
    found = by_text("Mrs. Orlenko thanked Robert Vandermeer.", MentionKind.NAME)
    assert found["Orlenko"].gender == "fem"
    assert found["Robert Vandermeer"].gender == "masc"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Zorvex", "the", "capsule", "of", "NASA", "and", ",", "Dr.", "9", "\u201c", "\u201d", "said", "Ada", "'s", "-", "II", "on", "March"]
        ),
        min_size=0,
        max_size=14,
    )
)  # fmt: skip
def test_mentions_invariants_hold_on_any_words(words: list[str]) -> None:
    doc, mentions = read(" ".join(words), gazetteer=DOMAIN)
    keys = [(m.start, -m.end) for m in mentions]
    assert keys == sorted(set(keys))
    for m in mentions:
        assert 0 <= m.start < m.end <= len(doc)
        assert m.start <= m.head < m.end or (m.kind is MentionKind.NAME and m.end <= m.head < len(doc))
    named = [i for m in mentions if m.kind is MentionKind.NAME for i in range(m.start, m.end)]
    assert len(named) == len(set(named))
    assert read(" ".join(words), gazetteer=DOMAIN)[1] == mentions


def test_mentions_of_an_empty_text_are_none() -> None:
    assert read("")[1] == []


def test_names_a_long_title_of_a_treaty_is_one() -> None:
    title = "Framework Treaty Between the Government of Ruritania and the Government of Japan for the Use of the Deep Sea"
    assert names(f"The ministers signed the {title} on Monday.") == {title: "LAW"}


def test_names_the_moon_is_a_place_and_plural_nouns_with_capitals_are_no_names() -> None:
    found = names("The crew flew to the Moon. The Shuttles were retired, and the Moon is far.")
    assert found == {"Moon": "LOC"}


def test_names_numbered_ones_are_of_the_kind_of_the_known_series() -> None:
    found = by_text("Halcyon MS-22 leaked after launch.", gazetteer=DOMAIN)["Halcyon MS-22"]
    assert (found.type, found.cls, found.known) == ("PRODUCT", "Spacecraft", "")


def test_names_irish_and_scottish_surnames_tell_a_person() -> None:
    assert names("The port was opened by Zoral O’Neary last week.")["Zoral O’Neary"] == "PERSON"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They built the Scout for Icy Moons (SIM) in two years.", "Scout for Icy Moons"),
        ("The Survey of Waves around Reefs (SWR) ended on Monday.", "Survey of Waves around Reefs"),
        ("HALDO (Habitation and Landing Depot Outpost) was built in Turin.", "Habitation and Landing Depot Outpost"),
        ("They will use the Vela X-ray Telescope next year.", "Vela X-ray Telescope"),
    ],
)  # fmt: skip
def test_names_that_their_initials_spell_out_are_whole(text: str, name: str) -> None:
    assert name in names(text)


def test_names_words_before_a_bracket_that_do_not_give_its_letters_stay_apart() -> None:
    found = names("Petra Holm joined the Kestrel Guild (NPI) in May.")
    assert "Petra Holm" in found
    assert not any("Petra Holm joined" in name for name in found)


@pytest.mark.parametrize(
    ("text", "person", "wrong"),
    [
        ("Acting Center Director Petra Holm opened the hall.", "Petra Holm", "Acting Center"),
        ("They met Branch Chief Tomas Berg at noon.", "Tomas Berg", "Branch"),
    ],
)
def test_names_units_in_titles_are_no_names(text: str, person: str, wrong: str) -> None:
    found = names(text)
    assert found[person] == "PERSON"
    assert wrong not in found


def test_names_centres_keep_their_name_before_a_title() -> None:
    found = names("Halden Space Center Director Ada Okafor spoke to the crew.")
    assert found["Halden Space Center"] == "ORG"
    assert found["Ada Okafor"] == "PERSON"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Center said that it would open in May.", "Center"),
        ("Visitors to Headquarters need a badge.", "Headquarters"),
        ("He studied the ocean for the Department of Fisheries. The Department paid.", "Department"),
    ],
)
def test_names_general_words_with_a_capital_are_no_names_alone(text: str, word: str) -> None:
    assert word not in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She was born in Bay St. Anne, Mississippi, in 1980.", "Bay St. Anne"),
        ("The plant in St. Corvin employs ninety people.", "St. Corvin"),
    ],
)
def test_names_of_places_keep_their_saints(text: str, name: str) -> None:
    assert name in names(text)


def test_names_people_keep_their_saints() -> None:
    assert names("The director, Karen St. Corvin, spoke to the crew.")["Karen St. Corvin"] == "PERSON"


def test_names_initials_may_stand_inside_a_word() -> None:
    found = names("The mission PRELUDE (Polar Reef Energy in Lower and Upper DeepEnds) began in May.")
    assert "Polar Reef Energy in Lower and Upper DeepEnds" in found


def test_names_a_verb_of_speech_before_its_subject_is_no_part_of_it() -> None:
    found = names("The road was long. Remarked Halden Center scientist Tierra Holm, “It is good.”")
    assert "Halden Center" in found
    assert not any(name.startswith("Remarked") for name in found)


def test_names_an_office_of_a_region_is_not_the_one_of_the_country() -> None:
    found = names("Florida Department of Fisheries officials closed the road.")
    assert "Florida Department of Fisheries" in found


def test_names_an_agency_is_a_space_agency_only_where_its_name_says_so() -> None:
    domain = Gazetteer(nouns={"agency": KnownNoun(type="ORG", cls="SpaceAgency")})
    text = "The Federal Harbour Agency sued the Ruritanian Space Agency."
    found = {annotation.mention_text(doc, m): m for doc, ms in [read(text, gazetteer=domain)] for m in ms}
    assert found["Federal Harbour Agency"].cls == ""
    assert found["Ruritanian Space Agency"].cls == "SpaceAgency"
