"""Negation, its scope, and words that deny."""

from __future__ import annotations

import pytest
from factuality_reading import factuality


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The tanker did not dock.", "dock", "negated"),
        ("The Zorvex capsule never reached orbit.", "reached", "negated"),
        ("No pilots boarded the tanker.", "boarded", "negated"),
        ("Nobody at the base heard the blast.", "heard", "negated"),
        ("Neither probe has landed on Ceres.", "landed", "negated"),
        ("The crew left without repairing the antenna.", "repairing", "negated"),
        ("The crew left without repairing the antenna.", "left", "asserted"),
        ("The agency is no longer testing the valve.", "testing", "negated"),
        ("Few engineers welcomed the merger.", "welcomed", "negated"),
        ("A few engineers welcomed the merger.", "welcomed", "asserted"),
        ("Only the second probe reached the moon.", "reached", "asserted"),
        ("Not only did the booster land, it landed upright.", "land", "asserted"),
        ("The minister has not signed or published the treaty.", "published", "negated"),
        ("The tanker was not launched but scrapped.", "scrapped", "asserted"),
        ("The company neither built nor tested the valve.", "tested", "negated"),
        ("The probe hardly moved.", "moved", "negated"),
        ("The booster is far from being finished.", "finished", "negated"),
        ("Instead of landing, the probe entered orbit.", "landing", "negated"),
        ("Instead of landing, the probe entered orbit.", "entered", "asserted"),
        ("The crew did not land because a storm hit the coast.", "hit", "asserted"),
        ("The crew did not land because a storm hit the coast.", "land", "negated"),
        ("The firm did not answer a question about the leak.", "answer", "negated"),
        ("The probe landed and did not tip over.", "landed", "asserted"),
        ("The probe landed and did not tip over.", "tip", "negated"),
        ("Nearly ten crews trained in Merrow.", "trained", "asserted"),
        ("The pilot cannot leave the valley.", "leave", "negated"),
        ("The firm has yet to deliver the engines.", "deliver", "negated"),
        ("Officials ruled out a second launch.", "launch", "negated"),
        ("Far from leaving the pact, Ruritania renewed it.", "leaving", "negated"),
        ("Rather than sell the plant, the firm closed it.", "sell", "negated"),
        ("Under no circumstances will the crew open the hatch.", "open", "negated"),
        ("At no time did the pilot leave the cabin.", "leave", "negated"),
        ("None of the engineers inspected the valve.", "inspected", "negated"),
        ("The agency did not comment, nor did it publish the report.", "publish", "negated"),
        ("The pilot did not survive.", "survive", "negated"),
        ("The tank is too weak to hold the fuel.", "hold", "negated"),
        ("The company has not yet begun to build the plant.", "build", "negated"),
        ("The agency won't fund the project.", "fund", "negated"),
        ("The two firms could not reach an agreement.", "reach", "negated"),
        ("The crew used no tools.", "used", "negated"),
        ("Little rain fell.", "fell", "negated"),
        ("The minister lacked support.", "support", "negated"),
        ("The probe lost contact and never returned.", "lost", "asserted"),
        ("The probe lost contact and never returned.", "returned", "negated"),
        ("No fewer than ten crews trained in Merrow.", "trained", "asserted"),
        ("Building No. 4 houses the museum.", "houses", "asserted"),
        ("The pilot no longer works for Zorvex.", "works", "negated"),
        ("The crew doesn't just fly the tanker, it repairs it.", "fly", "asserted"),
        ("There is nothing that the crew repaired.", "repaired", "hypothetical"),
        ("The storm kept the probe from landing.", "landing", "negated"),
        ("Anna Berg never served as director.", "served", "negated"),
        ("Anna Berg never served as director.", "director", "negated"),
    ],
)
def test_negation_negation_and_its_scope(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (
            "The agency said there was no indication that Ruritania was withdrawing from the pact.",
            "withdrawing",
            "negated",
        ),
        ("There is no evidence that the pilot sold the plans.", "sold", "negated"),
        ("Officials said no one had sabotaged the tank.", "sabotaged", "negated"),
        ("There is no doubt that Ruritania attacked the port.", "attacked", "asserted"),
        ("The ministry found no sign that the crew abandoned the ship.", "abandoned", "negated"),
        ("Ruritania has no plans to leave the pact.", "leave", "negated"),
        ("Zorvex said it had not sold any engines to Ruritania.", "sold", "negated"),
        ("The ministry denied reports that the pilot had died.", "died", "negated"),
        ("The agency said there was no plan to close the base.", "close", "negated"),
        ("Officials said that the ministry claimed that the pilot lied.", "lied", "reported"),
        ("The board rejected a proposal to sell the plant.", "sell", "negated"),
        ("The minister said she might resign.", "resign", "hypothetical"),
        ("The minister dismissed claims that she took bribes.", "took", "negated"),
        ("The spokesman could not confirm that the pilot died.", "died", "hypothetical"),
        ("The firm refused to confirm that it bought the tanker.", "bought", "hypothetical"),
    ],
)
def test_negation_under_reports_and_missing_evidence(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Anna Berg does not think that the probe landed.", "landed", "negated"),
        ("The company does not expect to sell the tanker.", "sell", "negated"),
        ("Officials did not believe the pilot lied.", "lied", "negated"),
        ("The minister does not want to visit Merrow.", "visit", "negated"),
        ("The firm doesn't plan to build a second plant.", "build", "negated"),
    ],
)
def test_negation_of_opinions_and_wishes_denies_what_they_are_about(
    text: str, word: str, expected: str
) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The minister did not deny that Ruritania bought the tanker.", "bought", "hypothetical"),
        ("The crew did not fail to dock.", "dock", "asserted"),
        ("The pilot never forgot to file a report.", "file", "asserted"),
        ("Ruritania did not stop selling engines.", "selling", "asserted"),
        ("There is no evidence that the probe did not land.", "land", "hypothetical"),
    ],
)
def test_negation_twice(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Ruritania denied that it shot down the probe.", "shot", "negated"),
        ("The company denied selling the tanker.", "selling", "negated"),
        ("The pilot refused to fly the tanker.", "fly", "negated"),
        ("Zorvex declined to name the buyer.", "name", "negated"),
        ("The firm failed to deliver the engines.", "deliver", "negated"),
        ("The crew was unable to open the hatch.", "open", "negated"),
        ("Ruritania stopped selling engines to the company.", "selling", "negated"),
        ("Ruritania stopped selling engines to the company.", "stopped", "asserted"),
        ("The board ruled out buying the tanker.", "buying", "negated"),
        ("The agency cancelled the launch.", "launch", "negated"),
        ("The agency cancelled the launch.", "cancelled", "asserted"),
        ("The launch was called off on Monday.", "launch", "negated"),
        ("The storm prevented the crew from landing.", "landing", "negated"),
        ("The pilot avoided hitting the tower.", "hitting", "negated"),
        ("The ministry denied any attack on the port.", "attack", "negated"),
    ],
)
def test_negation_by_verbs_that_deny_refuse_or_stop(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The minister did not believe that Ruritania would attack Merrow.", "attack", "hypothetical"),
        ("Anna Berg does not think the probe will land.", "land", "hypothetical"),
        ("Whether Vorlan will carry crews this year is not clear.", "carry", "hypothetical"),
        ("Whether the firm sold the tanker is not known.", "sold", "hypothetical"),
        ("It is not clear whether Vorlan carried a crew.", "carried", "hypothetical"),
        ("It is unclear whether Vorlan will carry crews.", "carry", "hypothetical"),
        ("How the tanker exploded is not known.", "exploded", "asserted"),
    ],
)
def test_negation_of_knowledge_leaves_open_what_is_not_known(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The capsule failed to reach the depot during a test flight in May.", "flight"),
        ("The firm refused to sell the tanker at a meeting in Merrow.", "meeting"),
        ("The pilot never returned to Merrow after the crash in 2019.", "crash"),
    ],
)
def test_negation_spares_the_occasion_of_what_did_not_come_about(text: str, word: str) -> None:
    assert factuality(text, word) == "asserted"
