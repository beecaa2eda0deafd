"""From sentences to facts, phenomenon by phenomenon, with the built-in ontology and lexicon."""

from __future__ import annotations

import pytest
from fact_reading import PUBLISHED, facts, reader, triples

from spacegraph.model import Article, Literal


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        # Titles and trades
        ("NASA astronaut Ada Okafor flew home in May.", ("Ada Okafor", "worksFor", "NASA")),
        ("NASA astronaut Ada Okafor flew home in May.", ("Ada Okafor", "hasOccupation", "astronaut")),
        ("Boeing CEO Ada Okafor resigned on Friday.", ("Ada Okafor", "headOf", "Boeing")),
        ("Ada Okafor, president of Boeing, spoke on Friday.", ("Ada Okafor", "headOf", "Boeing")),
        # What two titles are both of
        ("Ada Okafor, president and founder of Boeing, spoke on Friday.", ("Ada Okafor", "headOf", "Boeing")),
        # A title keeps what it is of or for
        (
            "Ada Okafor served as deputy chief of the Training Office.",
            ("Ada Okafor", "hasRole", "deputy chief of the Training Office"),
        ),
        # Possession between classes
        ("Boeing showed its Osprey capsule to reporters.", ("Boeing", "operates", "Osprey")),
        ("NASA's Johnson Space Center grew.", ("Johnson Space Center", "partOf", "NASA")),
        # A name is what its own noun calls it
        ("NASA's Osprey mission launched in May.", ("Osprey", "missionOf", "NASA")),
        # What is done to somebody's deed is done to its doer
        ("Ada Okafor criticized Ben Sato's threats.", ("Ada Okafor", "criticized", "Ben Sato")),
        # A phrase that the parser may put elsewhere
        (
            "Ada Okafor holds a degree in physics from Stanford University.",
            ("Ada Okafor", "educatedAt", "Stanford University"),
        ),
        # Passive and active say the same
        ("Boeing was praised by NASA.", ("NASA", "praised", "Boeing")),
        ("NASA praised Boeing.", ("NASA", "praised", "Boeing")),
        # Other names
        ("NOAA (National Oceanic and Atmospheric Administration) grew.",
         ("National Oceanic and Atmospheric Administration", "alsoKnownAs", "NOAA")),
        # Places and dates
        ("Ada Okafor was born in Houston.", ("Ada Okafor", "bornIn", "Houston")),
        ("Ada Okafor was born on May 3, 1970.", ("Ada Okafor", "bornOn", "1970-05-03")),
        ("The Osprey capsule will dock to the International Space Station on Friday.",
         ("Osprey", "dockedTo", "International Space Station")),
        # What a thing is said to be
        ("The International Space Station is a research laboratory in orbit.",
         ("International Space Station", "hasRole", "research laboratory")),
        ("Ben Sato is an outspoken critic of Norwegian president Ada Okafor.",
         ("Ben Sato", "hasRole", "outspoken critic of Norwegian president Ada Okafor")),
        ("Ada Okafor, director of NASA's Johnson Space Center, spoke.",
         ("Ada Okafor", "hasRole", "director of NASA's Johnson Space Center")),
        ("The police identified the attacker as Ada Okafor.", ("Ada Okafor", "hasRole", "attacker")),
        # The noun at a name says what it is
        ("The Osprey lunar lander landed on the Moon.", ("Osprey", "hasRole", "lunar lander")),
        ("The motorcycle club Iron Hawks grew.", ("Iron Hawks", "hasRole", "motorcycle club")),
        # Of which kind an occupation is
        ("Police spoke to fashion designer Ada Okafor.", ("Ada Okafor", "hasOccupation", "fashion designer")),
        ("Iron Hawks drummer Ada Okafor slept.", ("Ada Okafor", "hasOccupation", "drummer")),
        # Crews, homes, seats
        ("Okafor County in Florida grew.", ("Okafor County", "locatedIn", "Florida")),
        ("Expedition 12 Flight Engineer Ada Okafor slept.", ("Ada Okafor", "memberOf", "Expedition 12")),
        ("Ada Okafor of Houston slept well.", ("Ada Okafor", "comesFrom", "Houston")),
        # Whoever does it, partners and programmes are told by their prepositions
        ("NASA built the Osprey probe in partnership with Boeing.", ("NASA", "cooperatesWith", "Boeing")),
        ("NASA, on behalf of France, chose Boeing.", ("NASA", "represents", "France")),
        ("The Osprey probe will fly as part of the Apollo program.", ("Osprey", "partOf", "Apollo program")),
        # One of several people of a title has it in the singular; who led in the past did so
        ("Senators Ada Okafor of Ohio and Ben Sato spoke.", ("Ada Okafor", "hasRole", "senator")),
        ("Ada Okafor led Boeing during the war.", ("Ada Okafor", "formerHeadOf", "Boeing")),
        ("Ada Okafor has led Boeing for years.", ("Ada Okafor", "headOf", "Boeing")),
        ("Ada Okafor was an engineer at Boeing.", ("Ada Okafor", "formerlyWorkedFor", "Boeing")),
        ("Ada Okafor served as president of Boeing.", ("Ada Okafor", "formerHeadOf", "Boeing")),
        # What holds of several holds of each that is named after them
        ("NASA selected two companies, Orsa Labs and Boeing, to build it.", ("NASA", "appointed", "Orsa Labs")),
        ("Three astronauts, Ada Okafor, Ben Sato and Ivan Petrov, landed in Kazakhstan.",
         ("Ben Sato", "landedIn", "Kazakhstan")),
        ("The crew includes NASA astronaut Ada Okafor and Roscosmos cosmonaut Ivan Petrov.",
         ("Ivan Petrov", "hasOccupation", "cosmonaut")),
        # "Of" with a name tells which place, and a day which event
        ("The Osprey capsule splashed down off the coast of Florida.",
         ("Osprey", "landedIn", "coast of Florida")),
        ("Ada Okafor completed a six-hour spacewalk on Monday.", ("Ada Okafor", "performed", "spacewalk")),
        # Several words tell who said it, and what so many died of
        ("Local officials said the dam had failed.", ("Local officials", "said", "dam had failed")),
        ("A road accident near Oslo killed five children.", ("road accident", "killed", "five children")),
    ],
)  # fmt: skip
def test_fact_is_read(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in triples(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        # A deputy heads nothing, and a flight director no agency
        ("NASA deputy administrator Ada Okafor spoke.", "headOf"),
        ("Ada Okafor was a NASA flight director.", "headOf"),
        # People without a name are somebody or other
        ("Several astronauts met the engineers.", "met"),
        ("The engineers are astronauts.", "hasOccupation"),
        ("Two French pilots slept.", "hasNationality"),
        # One word says too little of a thing, and a birthday is not praised
        ("Ada Okafor announced the measure.", "announced"),
        ("Ada Okafor celebrated Ben Sato's birthday.", "praised"),
        # Where somebody is to be found says nothing of who that is
        ("Contact: Ada Okafor, Headquarters, Washington, ada.okafor@example.org", "hasRole"),
        # A description tells what its own words tell
        ("Human missions to Mars are being planned.", "targets"),
        # Of several people called something, none is called so
        ("The victims were identified as Ada Okafor and Ben Sato.", "hasRole"),
        # What a thing of one kind stands beside is no description of it
        ("In Houston, a truck hit a wall.", "hasRole"),
        # What is in parentheses need be no name
        ("NASA+ (https://example.org/) is new.", "alsoKnownAs"),
        # The lexicon's class restrictions: a company is not born
        ("Boeing was born in Houston.", "bornIn"),
    ],
)
def test_fact_is_not_read(text: str, relation: str) -> None:
    assert relation not in {r for _, r, _ in triples(text)}


def test_past_office_is_no_present_one() -> None:
    found = triples("Former Boeing president Ada Okafor spoke on Friday.")
    assert ("Ada Okafor", "formerHeadOf", "Boeing") in found
    assert ("Ada Okafor", "hasRole", "former Boeing president") in found
    assert ("Ada Okafor", "headOf", "Boeing") not in found


def test_what_holds_of_a_set_holds_of_its_member() -> None:
    text = (
        "Three NASA astronauts are living aboard the International Space Station. "
        "Ada Okafor is the only NASA astronaut who appears in the video."
    )
    (fact,) = (f for f in facts(text) if f.subject.label == "Ada Okafor" and f.relation == "aboard")
    assert fact.inferred
    assert fact.object.label == "International Space Station"
    assert fact.premises
    assert len(fact.evidence) == 2


def test_what_holds_of_a_set_holds_of_a_member_of_a_part_of_it() -> None:
    text = (
        "Six travellers are aboard the International Space Station: four NASA astronauts and two Russian cosmonauts. "
        "Ada Okafor is the only {} who appears in the video."
    )
    assert ("Ada Okafor", "aboard", "International Space Station") in triples(text.format("NASA astronaut"))
    assert "aboard" not in {r for _, r, _ in triples(text.format("ESA astronaut"))}


def test_people_of_one_list_keep_their_own_employers() -> None:
    found = triples(
        "The crew includes NASA astronauts Ada Okafor and Ben Sato, JAXA astronaut Taro Mori and Roscosmos "
        "cosmonaut Ivan Petrov."
    )
    assert ("Ben Sato", "worksFor", "NASA") in found
    assert ("Taro Mori", "worksFor", "NASA") not in found
    assert ("Ivan Petrov", "worksFor", "NASA") not in found
    assert ("Ivan Petrov", "worksFor", "Roscosmos") in found


def test_two_people_of_one_surname_stay_apart() -> None:
    found = triples("NASA astronaut Ada Okafor flew home. Boeing engineer Ben Okafor stayed.")
    assert ("Ada Okafor", "worksFor", "NASA") in found
    assert ("Ben Okafor", "worksFor", "Boeing") in found
    assert ("Ada Okafor", "worksFor", "Boeing") not in found


def test_where_a_thing_is_has_no_day() -> None:
    found = facts("Ada Okafor visited Boeing's Osprey Space Center in Houston on Monday.")
    assert {f.time for f in found if f.relation == "locatedIn"} == {""}


def test_literals_are_typed() -> None:
    (born,) = (f for f in facts("Ada Okafor was born on May 3, 1970.") if f.relation == "bornOn")
    assert born.object == Literal(value="1970-05-03", datatype="http://www.w3.org/2001/XMLSchema#date")


def test_facts_obey_the_ontology() -> None:
    ontology = reader().ontology
    text = (
        "NASA astronaut Ada Okafor, who trained in Houston, flew to the International Space Station in May. "
        "Boeing praised her, and France signed an agreement with Italy."
    )
    assert facts(text)
    for fact in facts(text):
        prop = ontology.find_property(fact.property_iri)
        assert prop is not None
        if fact.subject.type != "Thing":
            assert any(ontology.is_a(fact.subject.type, d) for d in prop.domains), fact


def test_known_things_have_their_canonical_label_and_links() -> None:
    (fact,) = (f for f in facts("ESA praised Boeing.") if f.relation == "praised")
    assert fact.subject.label == "European Space Agency"
    assert "http://www.wikidata.org/entity/Q42262" in fact.subject.same_as


def test_same_text_gives_the_same_facts() -> None:
    text = "NASA astronaut Ada Okafor criticized Boeing. Ben Sato, president of Boeing, replied."
    article = Article(id="test", text=text, published=PUBLISHED)
    assert [f for _, f, _ in reader().read([article])] == [f for _, f, _ in reader().read([article])]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        # A name directly before a title belongs to its words, an owner does not.
        ("Orsa Deputy Administrator Ada Okafor spoke.", "Orsa Deputy Administrator"),
        ("Swiss Federal Councillor Ada Okafor spoke.", "Swiss Federal Councillor"),
        ("Acting Center Director Ada Okafor spoke.", "Acting Center Director"),
        ("Ada Okafor is the co-founder and president of Vela Space.", "co-founder"),
        # What a title is of, where that is a list or a part between commas.
        (
            "Ada Okafor, Minister for Economic Affairs, Education & Research, signed.",
            "Minister for Economic Affairs, Education & Research",
        ),
        (
            "Ada Okafor, associate administrator, Science Mission Directorate, NASA Headquarters, will attend.",
            "associate administrator, Science Mission Directorate",
        ),
        # Until when somebody held an office does not change what it was called.
        ("Ada Okafor served as director of the Launch Office until 2016.", "director of the Launch Office"),
    ],
)
def test_titles_are_given_in_full(text: str, fact: str) -> None:
    roles = {f.object.label: f.factuality for f in facts(text) if f.relation == "hasRole"}
    assert roles.get(fact) == "asserted"
    assert "co" not in roles


def test_commas_join_name_title_unit_and_employer() -> None:
    found = triples(
        "The panel includes:\n\nBen Sato, NASA astronaut\n\nAda Okafor, director, NASA's Launch Sciences Division\n"
    )
    assert ("Ben Sato", "hasOccupation", "astronaut") in found
    assert ("Ben Sato", "worksFor", "NASA") in found
    assert ("Ada Okafor", "headOf", "Launch Sciences Division") in found
    assert ("Ada Okafor", "worksFor", "NASA") in found


def test_title_before_the_next_name_is_not_that_of_the_name_before() -> None:
    found = triples("Boeing named Ada Okafor, NASA astronaut Ben Sato said.")
    assert not {o for s, _, o in found if s == "Ada Okafor"} & {"NASA", "astronaut"}


def test_people_at_headquarters_work_for_the_organisation() -> None:
    found = triples("Ada Okafor, a scientist at NASA Headquarters, spoke.")
    assert ("Ada Okafor", "worksFor", "NASA") in found


def test_deputies_head_nothing() -> None:
    assert "headOf" not in {r for _, r, _ in triples("NASA Deputy Administrator Ada Okafor spoke on Friday.")}


def test_sets_of_another_description_say_nothing_of_the_member() -> None:
    found = triples(
        "Four NASA astronauts and two Russian cosmonauts are aboard the International Space Station. "
        "Ada Okafor is the only NASA astronaut who appears in the video."
    )
    assert ("Ada Okafor", "hasNationality", "Russia") not in found
    assert ("Ada Okafor", "hasOccupation", "cosmonaut") not in found


@pytest.mark.parametrize(
    "text",
    [
        "NASA astronauts Ada Okafor, Ben Sato, and Eva Lind will fly in May.",
        "NASA astronauts Ada Okafor, commander; Ben Sato, pilot; and Eva Lind, mission specialist, will fly in May.",
    ],
)
def test_plural_title_holds_of_everybody_in_the_list(text: str) -> None:
    found = triples(text)
    for person in ("Ada Okafor", "Ben Sato", "Eva Lind"):
        assert (person, "hasOccupation", "astronaut") in found
        assert (person, "worksFor", "NASA") in found


def test_both_of_two_titles_hold_of_the_name_after_them() -> None:
    found = triples("NASA astronaut and flight engineer Ada Okafor spoke on Friday.")
    assert ("Ada Okafor", "hasOccupation", "astronaut") in found
    assert ("Ada Okafor", "hasOccupation", "flight engineer") in found


def test_list_ends_where_somebody_has_a_title_of_their_own() -> None:
    found = triples("NASA astronauts Ada Okafor and Ben Sato and cosmonaut Ivan Orlov will fly in May.")
    assert ("Ivan Orlov", "worksFor", "NASA") not in found


def test_what_a_group_is_said_to_include_is_a_member_of_it() -> None:
    found = triples("Members of the Polar Research Board include Boeing, the European Space Agency and NASA.")
    assert {s for s, r, o in found if r == "memberOf" and o == "Polar Research Board"} == {
        "Boeing",
        "European Space Agency",
        "NASA",
    }


def test_offices_of_a_country_represent_it() -> None:
    assert ("Ada Okafor", "represents", "Switzerland") in triples(
        "Swiss ambassador Ada Okafor spoke on Friday."
    )
    assert "represents" not in {r for _, r, _ in triples("Swiss engineer Ada Okafor spoke on Friday.")}


def test_capital_nouns_before_a_title_are_no_organisation() -> None:
    assert "headOf" not in {r for _, r, _ in triples("Center Director Ada Okafor spoke on Friday.")}


def test_title_keeps_a_name_whose_short_form_stands_between() -> None:
    found = triples("Vela Space Agency (VSA) President Ada Okafor spoke on Friday.")
    assert ("Ada Okafor", "hasRole", "Vela Space Agency President") in found


def test_the_first_of_a_kind_says_what_it_was_the_first_of() -> None:
    roles = {
        o for _, r, o in triples("Boeing is the first company that built a lunar ferry.") if r == "hasRole"
    }
    assert roles == {"first company that built a lunar ferry"}
    assert "hasRole" not in {r for _, r, _ in triples("Boeing was the first company.")}


def test_what_a_role_was_until_some_year_is_asserted() -> None:
    by_relation = {f.relation: f.factuality for f in facts("Ada Okafor served as mayor of Paris until 2016.")}
    assert by_relation["hasRole"] == "asserted"


def test_bare_nouns_are_no_objects() -> None:
    assert not any(
        f.object.label == "rockets" for f in facts("Zorvex Technologies builds rockets in Halverton.")
    )
    assert ("Zorvex Technologies", "manufactures", "reusable rockets") in triples(
        "Zorvex Technologies builds reusable rockets in Halverton."
    )


def test_owner_of_the_next_thing_is_no_part_of_a_description() -> None:
    found = triples("Ada Okafor criticized the invasion of Italy and Ben Sato's repeated threats.")
    assert ("Ada Okafor", "criticized", "invasion of Italy") in found
