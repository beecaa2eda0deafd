"""Ways in which news puts simple things: datelines, sets and their members, contracts, "not until", "the first to"."""

from __future__ import annotations

import pytest
from fact_reading import facts, triples

from spacegraph.model import Factuality


def factualities(text: str, relation: str) -> set[Factuality]:
    """How the facts of one relation are put."""
    return {f.factuality for f in facts(text) if f.relation == relation}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Lunara, a start-up based in Geneva, hired Ada Okafor. The company launched the Tern rocket in 2031.",
            ("Lunara", "launched", "Tern"),
        ),
        (
            "Lunara is a start-up. The company launched the Tern rocket in 2031.",
            ("Lunara", "launched", "Tern"),
        ),
        (
            "Lunara is a start-up. The company launched Italy's Tern rocket. Its chief executive, Bo Sim, resigned.",
            ("Bo Sim", "headOf", "Lunara"),
        ),
        ("Selk-7 crashed in 2031.", ("Selk-7", "lostOn", "2031")),
        (
            "Lunara showed Selk-7 to reporters. The probe landed on Mars in 2031.",
            ("Selk-7", "landedIn", "Mars"),
        ),
    ],
)
def test_what_an_unfamiliar_name_is_called_tells_what_it_is(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "OSLO (NTB) — Lunara Corporation launched the Tern rocket on Monday.",
        "MERROW ISLAND, Norway (May 14, 2031) — Lunara Corporation launched the Tern rocket on Monday.",
    ],
)
def test_a_dateline_tells_no_other_name(text: str) -> None:
    found = triples(text)
    assert ("Lunara Corporation", "launched", "Tern") in found
    assert all(relation != "alsoKnownAs" for _, relation, _ in found)
    assert all(not subject.isupper() for subject, _, _ in found)


def test_a_dateline_tells_where_a_place_lies() -> None:
    assert ("Merrow Island", "locatedIn", "Norway") in triples(
        "MERROW ISLAND, Norway — Lunara hired Ada Okafor."
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "An explosion at the Kourou spaceport in Geneva killed 12 people.",
            None,
        ),
        (
            "An explosion at the Lunara Launch Center killed 12 people in 2031.",
            ("explosion at the Lunara Launch Center", "killed", "12 people"),
        ),
    ],
)
def test_an_event_is_told_apart_by_its_place(text: str, wanted: tuple[str, str, str] | None) -> None:
    found = triples(text)
    assert all(subject.lower() != "explosion" for subject, _, _ in found)
    assert wanted is None or wanted in found


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Lunara postponed the launch of its Tern rocket.", "launch of Lunara’s Tern rocket"),
        ("Lunara is building the Selk probe, whose first flight is planned for 2033.", "Selk’s first flight"),
        ("Lunara Corporation is developing a reusable capsule of its own.", "reusable capsule"),
    ],
)
def test_pronouns_in_descriptions_become_names(text: str, label: str) -> None:
    labels = {f.subject.label for f in facts(text)} | {f.object.label for f in facts(text)}
    assert label in labels
    assert not any(word in label.split() for label in labels for word in ("its", "whose"))


def test_a_description_that_hangs_on_a_nameless_pronoun_is_dropped() -> None:
    found = triples("There is a plan. Ada Okafor opposes every attempt to change it.")
    assert all("attempt" not in object_ for _, _, object_ in found)


@pytest.mark.parametrize(
    ("text", "relation", "factuality"),
    [
        ("Lunara is not expected to launch the Tern rocket before August.", "launched", Factuality.PLANNED),
        ("Lunara will not launch the Tern rocket until 2033.", "launched", Factuality.PLANNED),
        ("The Selk probe did not reach Mars until June 2031.", "travelledTo", Factuality.ASSERTED),
        ("Lunara did not launch the Tern rocket before Monday.", "launched", Factuality.NEGATED),
        ("Lunara did not launch the Tern rocket on Monday.", "launched", Factuality.NEGATED),
        ("Lunara has not launched the Tern rocket since 2031.", "launched", Factuality.NEGATED),
    ],
)
def test_not_before_says_when(text: str, relation: str, factuality: Factuality) -> None:
    assert factualities(text, relation) == {factuality}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lunara won a $79 million NASA contract in 2031.", ("Lunara", "contractedBy", "NASA")),
        (
            "Lunara Aerospace was awarded a NASA contract in 2031.",
            ("Lunara Aerospace", "contractedBy", "NASA"),
        ),
        (
            "Lunara Aerospace won a NASA contract to build the Selk probe.",
            ("Lunara Aerospace", "manufactures", "Selk"),
        ),
        (
            "NASA chose Lunara Corporation in 2031 to develop the Selk probe.",
            ("Lunara Corporation", "developed", "Selk"),
        ),
    ],
)
def test_who_gets_a_contract_does_the_work(text: str, wanted: tuple[str, str, str]) -> None:
    found = triples(text)
    assert wanted in found
    assert not any(s == "NASA" and r in ("manufactures", "developed") for s, r, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        "Lunara Aerospace criticized a NASA contract in 2031.",
        "Ada Okafor opposes the plan to build the Selk probe.",
        "The senate approved a plan to build the Selk probe.",
    ],
)
def test_who_judges_a_plan_does_not_carry_it_out(text: str) -> None:
    assert all(relation not in ("contractedBy", "manufactures") for _, relation, _ in triples(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Four people are aboard the Selk capsule. They include commander Ada Okafor, Lin Bo and Ines Kovar.",
            {(name, "aboard", "Selk") for name in ("Ada Okafor", "Lin Bo", "Ines Kovar")},
        ),
        (
            "The crew of the Selk capsule includes Ada Okafor and Lin Bo.",
            {("Selk", "hasCrewMember", name) for name in ("Ada Okafor", "Lin Bo")},
        ),
        (
            "Twelve companies, including Lunara Corporation and Merrow Works, signed the Halden Accords.",
            {(name, "signed", "Halden Accords") for name in ("Lunara Corporation", "Merrow Works")},
        ),
        (
            "Ada Okafor and Lin Bo went to Geneva. Both worked for Lunara Corporation.",
            {(name, "formerlyWorkedFor", "Lunara Corporation") for name in ("Ada Okafor", "Lin Bo")},
        ),
    ],
)
def test_what_holds_of_a_set_holds_of_its_members(text: str, wanted: set[tuple[str, str, str]]) -> None:
    assert wanted <= triples(text)


def test_the_words_behind_a_members_fact_name_the_member() -> None:
    text = "Four people are aboard the Selk capsule. They include Ada Okafor, Lin Bo and Ines Kovar."
    for fact in facts(text):
        if fact.relation == "aboard":
            assert fact.subject.label in fact.evidence[0].text


@pytest.mark.parametrize(
    "text",
    [
        "Four people may be aboard the Selk capsule. They include Ada Okafor and Lin Bo.",
        "Four people are not aboard the Selk capsule. They include Ada Okafor and Lin Bo.",
    ],
)
def test_members_share_whether_it_is_so(text: str) -> None:
    assert Factuality.ASSERTED not in factualities(text, "aboard")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "A Tern rocket carrying the Selk probe lifted off from Kourou in 2031.",
            ("Tern", "launchedFrom", "Kourou"),
        ),
        ("Lunara's Tern rocket lifted off from Halverton.", ("Tern", "launchedFrom", "Halverton")),
        ("The Selk probe will ride on a Tern rocket.", ("Selk", "launchVehicle", "Tern")),
        ("Norway's Halden Launch Complex opened in 2031.", ("Halden Launch Complex", "locatedIn", "Norway")),
        (
            "Lunara Corporation became the first private company to reach orbit.",
            ("Lunara Corporation", "hasRole", "first private company to reach orbit"),
        ),
        (
            "Norway became the 37th country to sign the Halden Accords.",
            ("Norway", "hasRole", "37th country to sign the Halden Accords"),
        ),
    ],
)
def test_launches_places_and_firsts(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in triples(text)


def test_where_a_facility_lies_is_what_the_text_says() -> None:
    found = triples("Norway's Halden Launch Complex in Iceland opened in 2031.")
    assert ("Halden Launch Complex", "locatedIn", "Norway") not in found


def test_government_bodies_at_the_start_of_a_sentence_hold_their_countrys_name() -> None:
    assert any(
        relation == "approved" and "cabinet" in subject
        for subject, relation, _ in triples("Norway's cabinet approved the Selk mission.")
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The head of the Merrow Space Agency, Ada Okafor, thanked the crew.",
            ("Ada Okafor", "headOf", "Merrow Space Agency"),
        ),
        ("Credival owns 14% of Lunara Corporation.", ("Credival", "owns", "Lunara Corporation")),
        ("Ada Okafor was married to the engineer Bo Sim.", ("Ada Okafor", "marriedTo", "Bo Sim")),
        (
            "Ada Okafor was born in Geneva in 1941 and studied physics at Lund University.",
            ("Ada Okafor", "educatedAt", "Lund University"),
        ),
        ("Ada Okafor spent 115 days on the Mir space station.", ("Ada Okafor", "aboard", "Mir")),
        ("Ada Okafor teaches at Lund University.", ("Ada Okafor", "worksFor", "Lund University")),
        ("Norway blacklisted the Russian firm Lunara.", ("Norway", "sanctioned", "Lunara")),
        (
            "NASA built the Ines Orsa Space Telescope. Orsa was launched in 2031.",
            ("Ines Orsa Space Telescope", "launchedOn", "2031"),
        ),
    ],
)
def test_lives_shares_and_instruments(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in triples(text)


def test_the_surname_stays_with_whom_the_text_is_about() -> None:
    text = (
        "Ada Okafor died on Monday, her daughter, Ines Okafor, said. During a spacewalk in 1991, Okafor repaired the "
        "Mir station. Okafor was born in Geneva."
    )
    found = triples(text)
    assert ("Ada Okafor", "bornIn", "Geneva") in found
    assert ("Ines Okafor", "bornIn", "Geneva") not in found


def test_slavic_surnames_tell_who_she_is() -> None:
    text = "Cosmonaut Zhenek Orlov met Ada Okafor in 1991. Later she joined NASA."
    assert ("Zhenek Orlov", "joined", "NASA") not in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bo Sim called her \u201can inspiration to generations\u201d.",
        "Ada Okafor was there. Bo Sim later described her as the calmest person he ever met.",
    ],
)
def test_what_somebody_calls_somebody_is_no_name_and_no_role(text: str) -> None:
    assert all(relation not in ("alsoKnownAs", "hasRole") for _, relation, _ in triples(text))


def times(text: str, relation: str) -> set[str]:
    """The times of the facts of one relation."""
    return {f.time for f in facts(text) if f.relation == relation}


@pytest.mark.parametrize(
    ("text", "relation", "time"),
    [
        ("The Selk probe was launched in 2031 and landed on Mars.", "landedIn", ""),
        ("The Selk probe was launched in 2031 and landed on Mars in 2032.", "landedIn", "2032"),
        ("In 2031 the Selk probe was launched and landed on Mars.", "landedIn", "2031"),
        ("Ada Okafor was born in 1940 and moved to Oslo.", "relocatedTo", ""),
    ],
)
def test_a_date_between_two_verbs_is_the_firsts(text: str, relation: str, time: str) -> None:
    assert times(text, relation) == {time}


@pytest.mark.parametrize(
    "text",
    [
        "Ada Okafor worked at NASA before joining the European Space Agency in 1978.",
        "After leaving NASA in 1996, Ada Okafor joined the European Space Agency.",
    ],
)
def test_participles_beside_a_past_verb_are_past(text: str) -> None:
    (article,) = [f for f in facts(text, None) if f.relation == "joined"]
    assert article.factuality is Factuality.ASSERTED


@pytest.mark.parametrize(
    "text",
    [
        "The Selk capsule carried an American and two Russians to the Mir station.",
        "Three Russians, Bo Sim, Lin Bo and Ines Kovar, returned to Earth.",
    ],
)
def test_people_of_a_country_are_not_the_country(text: str) -> None:
    assert not {subject for subject, _, _ in triples(text)} & {"Russia", "United States"}


def test_a_noun_before_a_name_at_the_start_is_no_part_of_it() -> None:
    text = "Startup Lunara buys Merrow Works.\n\nThe investors praised Lunara."
    assert ("Lunara", "acquired", "Merrow Works") in triples(text)


def test_party_adjectives_are_no_employers() -> None:
    found = triples("Democratic congressman Bo Sim criticized Lunara Corporation.")
    assert ("Bo Sim", "criticized", "Lunara Corporation") in found
    assert all(object_ != "Democratic" for _, _, object_ in found)


def test_who_is_told_of_before_is_no_speaker_of_two_words() -> None:
    text = "Local officials said the bridge was safe. The former senator said the bridge was old."
    assert {s for s, r, _ in triples(text) if r == "said"} == {"Local officials"}


def test_not_doing_a_thing_during_an_event_denies_no_part_in_it() -> None:
    assert all(
        r != "participatedIn"
        for _, r, _ in triples("Ada Okafor did not praise Bo Sim during the Halden Summit.")
    )
    assert ("Ada Okafor", "participatedIn", "Halden Summit") in triples(
        "Ada Okafor praised Bo Sim during the Halden Summit."
    )


def test_who_signs_a_contract_with_an_agency() -> None:
    found = triples("The Merrow Space Agency signed a contract with Lunara Corporation.")
    assert ("Lunara Corporation", "contractedBy", "Merrow Space Agency") in found


def test_names_with_an_ampersand_are_firms() -> None:
    found = triples(
        "Okafor said she had been mistaken. His publisher, Adam & Ray, promised to correct future editions."
    )
    assert "said" in {relation for _, relation, _ in found}
    assert "hasOccupation" not in {relation for _, relation, _ in found}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Lunara Corporation launched a batch of 60 Selk satellites.",
            ("Lunara Corporation", "launched", "Selk"),
        ),
        ("The senate confirmed Ada Okafor as NASA administrator.", ("Ada Okafor", "headOf", "NASA")),
        (
            "Lunara Corporation acquired Sinclair Halden in 2031.",
            ("Lunara Corporation", "acquired", "Sinclair Halden"),
        ),
        ("Yakima lies in Yakima, Washington, near the river.", ("Yakima", "locatedIn", "Washington State")),
        ("Ada Okafor lives in Washington.", ("Ada Okafor", "livesIn", "Washington, D.C.")),
        (
            "The Merrow Space Agency ordered four satellites from Lunara Corporation.",
            ("Lunara Corporation", "contractedBy", "Merrow Space Agency"),
        ),
        (
            "The Tern rocket is powered by two Selk engines made by Lunara Corporation.",
            ("Lunara Corporation", "manufactures", "Selk"),
        ),
        (
            "NASA named Ada Okafor as commander of the Selk mission.",
            ("Ada Okafor", "hasRole", "commander of the Selk mission"),
        ),
    ],
)
def test_batches_purchases_states_and_orders(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in triples(text)


def test_chief_officers_have_whole_titles() -> None:
    found = triples("Chief Technology Officer Ada Okafor and Chief Executive Bo Sim left Lunara Corporation.")
    assert ("Ada Okafor", "hasRole", "Chief Technology Officer") in found
    assert ("Bo Sim", "hasRole", "Chief Executive") in found


def test_members_of_parties_are_no_people_called_so() -> None:
    found = triples(
        "The bill was sponsored by Senators Bo Sim, a Virginia Democrat, and Ada Okafor, a Tennessee Republican."
    )
    assert {s for s, r, _ in found if r == "hasRole"} == {"Bo Sim", "Ada Okafor"}


def test_who_is_based_somewhere_is_a_firm() -> None:
    assert ("Halden", "headquarteredIn", "Oslo") in triples("Halden, based in Oslo, hired Ada Okafor.")
    rival = facts("Skandio, an American rival based in Oslo, criticized Lunara Corporation.")
    assert {f.subject.type for f in rival if f.relation == "criticized"} == {"Organisation"}


def test_a_quotation_inside_what_is_said_keeps_both_marks() -> None:
    text = 'Ada Okafor said the country wanted the firm to "keep trying".'
    assert {o for _, r, o in triples(text) if r == "said"} == {'country wanted the firm to "keep trying"'}


@pytest.mark.parametrize(
    ("text", "relation", "factuality"),
    [
        ("Far from criticizing her, Bo Sim praised Ada Okafor.", "praised", Factuality.ASSERTED),
        ("The film shows Norway attacking Denmark.", "attacked", Factuality.HYPOTHETICAL),
        ("The novel depicts how Norway attacked Denmark.", "attacked", Factuality.HYPOTHETICAL),
        ("The video shows Norway attacking Denmark.", "attacked", Factuality.ASSERTED),
    ],
)
def test_what_is_denied_imagined_or_set_apart(text: str, relation: str, factuality: Factuality) -> None:
    assert factualities(text, relation) == {factuality}


def test_reports_are_not_stopped_by_who_dismisses_them() -> None:
    found = triples("Bo Sim dismissed reports that Norway had attacked Denmark.")
    assert all(relation != "stopped" for _, relation, _ in found)


def test_a_relative_called_by_a_given_name_is_nobody_who_comes_later() -> None:
    text = "Ada Okafor founded Lunara Corporation with her brother Bo in 2031. Senator Bo Halden criticized the firm."
    assert all(s != "Bo Halden" for s, r, _ in triples(text) if r == "relativeOf")


def test_who_is_based_on_a_coast_has_a_seat() -> None:
    found = triples("Lunara Corporation is based on the Gold Coast in Australia.")
    assert ("Lunara Corporation", "headquarteredIn", "Gold Coast") in found
    assert all(relation != "basedOn" for _, relation, _ in found)


def test_people_arrive_on_what_carries_them() -> None:
    found = triples("Ada Okafor arrived on the Selk capsule in 2031.")
    assert ("Ada Okafor", "aboard", "Selk") in found
    assert all(relation != "travelledTo" for _, relation, _ in found)


@pytest.mark.parametrize(
    ("text", "relation", "time"),
    [
        ("Lunara Corporation delayed the launch of the Tern rocket until May.", "stopped", ""),
        (
            "She flew in 2007. Bo Sim left Oslo. Ada Okafor arrived on the Selk capsule in June.",
            "aboard",
            "2021-06",
        ),
    ],
)
def test_times_that_belong_elsewhere_are_not_lent(text: str, relation: str, time: str) -> None:
    assert times(text, relation) == {time}


def test_what_is_said_ends_where_the_speaker_goes_on_to_act() -> None:
    text = 'Ada Okafor said the ministry "never took space seriously" and demanded an inquiry.'
    assert {o for _, r, o in triples(text) if r == "said"} == {'ministry "never took space seriously"'}


def test_who_tells_of_a_quotation_did_not_say_that_somebody_said_it() -> None:
    text = '"It is good to be here," Ada Okafor said, according to NASA commentator Bo Sim.'
    assert all(s != "Bo Sim" for s, r, _ in triples(text) if r == "said")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Ada Okafor heads Lunara Space.", ("Ada Okafor", "headOf", "Lunara Space")),
        ("Bo Sim, who heads Lunara Space, sold the Tern rocket.", ("Bo Sim", "headOf", "Lunara Space")),
        ("Bo Sim runs Lunara Works.", ("Bo Sim", "headOf", "Lunara Works")),
    ],
)
def test_who_heads_a_firm(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in triples(text)
    assert not [t for t in triples(text) if t[1] == "hasRole"]


def test_what_somebody_is_the_only_one_to_do_belongs_to_the_role() -> None:
    text = "Ada Okafor, a former pilot, is the only member of the crew who has trained to repair the hull."
    roles = {o for _, r, o in triples(text) if r == "hasRole"}
    assert "only member of the crew who has trained to repair the hull" in roles
    assert "only member of the crew" not in roles


def test_headings_with_an_infinitive_tell_of_what_is_to_come() -> None:
    text = "Ada Okafor to lead Lunara Works\n\nLunara Works sold the Tern rocket in May."
    assert factualities(text, "headOf") == {Factuality.PLANNED}


def test_a_contract_is_for_whom_it_is_given_to() -> None:
    text = "NASA awarded Lunara Works a contract in 2030 to build the Selk-7 capsule, and the agency said so on Friday."
    assert ("Lunara Works", "manufactures", "Selk-7") in triples(text)
    assert ("NASA", "manufactures", "Selk-7") not in triples(text)


def test_a_firm_is_no_nation_whatever_its_name_ends_in() -> None:
    text = "Calderian Holdings bought the Tern rocket. NASA awarded Calderian a contract in 2030."
    assert ("Calderian Holdings", "contractedBy", "NASA") in triples(text)


def test_a_year_told_in_passing_is_not_that_of_the_clause() -> None:
    text = "Lunara Works, founded by Ada Okafor in 2015, launched the Tern rocket in October."
    found = {f.object.label for f in facts(text, None) if f.relation == "launchedOn"}
    assert not any("2015" in date for date in found)
    lent = facts("Lunara Works bought a plant in March 2015 and launched the Tern rocket in October.", None)
    assert {f.object.label for f in lent if f.relation == "launchedOn"} == {"2015-10"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Ada Okafor conceded that mistakes were made but rejected claims that the hull was damaged.",
            "mistakes were made",
        ),
        (
            "Ada Okafor said that Lunara Works tested the engine and praised the crew.",
            "Lunara Works tested the engine and praised the crew",
        ),
    ],
)
def test_the_next_act_of_speech_is_not_what_was_said(text: str, said: str) -> None:
    assert said in {o for _, r, o in triples(text) if r == "said"}


def test_who_joins_a_firm_as_something_is_it() -> None:
    found = triples("Ada Okafor joined Lunara Works as an adviser.")
    assert ("Ada Okafor", "hasRole", "adviser") in found
    assert ("Lunara Works", "hasRole", "adviser") not in found


def test_a_party_does_not_employ_its_senators() -> None:
    found = triples("Republican Senator Boyd Hansen of Utah praised NASA.")
    assert ("Boyd Hansen", "hasRole", "Republican Senator") in found
    assert not [t for t in found if t[1] == "worksFor"]


def test_one_person_after_two_names_is_the_last() -> None:
    text = (
        "The crew included Swiss physicist Lukas Brunner, Saudi engineer Huda Alnasser and Pedro Prado, "
        "a Chilean businessman who paid for his seat."
    )
    found = triples(text)
    assert ("Pedro Prado", "hasRole", "Chilean businessman") in found
    assert not [t for t in found if t[0] != "Pedro Prado" and t[2] in ("Chilean businessman", "Chile")]
    assert not [t for t in found if t[0] == "Chilean businessman"]
