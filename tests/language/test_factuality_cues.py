"""Plans, threats, attempts, reports, and nouns and modifiers that say how a deed is meant."""

from __future__ import annotations

import pytest
from factuality_reading import factuality, reading, sources


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Ruritania threatened to leave the pact.", "leave", "hypothetical"),
        ("Ruritania threatened to leave the pact.", "threatened", "asserted"),
        ("The minister criticized the threats to abandon the crew.", "abandon", "hypothetical"),
        ("The minister criticized the threats to abandon the crew.", "criticized", "asserted"),
        ("Ruritania promised to repair the station.", "repair", "planned"),
        ("The firm vowed to rebuild the plant.", "rebuild", "planned"),
        ("The minister hopes that the crew survives.", "survives", "hypothetical"),
        ("The pilot wishes he owned a tanker.", "owned", "hypothetical"),
        ("The union demanded that the minister resign.", "resign", "hypothetical"),
        ("The minister urged residents to leave Merrow.", "leave", "hypothetical"),
        ("The firm offered to buy the tanker.", "buy", "hypothetical"),
        ("Ruritania's threat to sell the station angered the partners.", "sell", "hypothetical"),
        ("The minister warned that the storm could sink the ship.", "sink", "hypothetical"),
        ("The minister pledged that the firm would rebuild the plant.", "rebuild", "planned"),
        ("The crew asked the base to send a tug.", "send", "hypothetical"),
        ("The board ordered the firm to close the plant.", "close", "hypothetical"),
        ("The pilot wants to fly the tanker.", "fly", "planned"),
        ("Ruritania wants the firm to leave.", "leave", "hypothetical"),
        ("The pilot dreams of flying the tanker.", "flying", "hypothetical"),
        ("Workers called for an investigation.", "investigation", "hypothetical"),
    ],
)
def test_cues_threats_promises_and_wishes(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The firm plans to build a tanker.", "build", "planned"),
        ("The firm will build a tanker.", "build", "planned"),
        ("The probe is set to land on Ceres.", "land", "planned"),
        ("The probe is scheduled to land on Ceres.", "land", "planned"),
        ("The crew was supposed to return to Merrow.", "return", "planned"),
        ("The flight is scheduled for May.", "flight", "planned"),
        ("The agency is looking at a May launch.", "launch", "planned"),
        ("The agency announced plans for a flight to Ceres.", "flight", "planned"),
        (
            "The partners signed tentative agreements for Ruritanian pilots to fly with Zorvex.",
            "fly",
            "planned",
        ),
        ("The firm intends to sell the tanker.", "sell", "planned"),
        ("The crew is going to repair the valve.", "repair", "planned"),
        ("The probe is expected to reach Ceres in June.", "reach", "planned"),
        ("The capsule launches on May 3.", "launches", "planned"),
        ("The capsule launched on March 3.", "launched", "asserted"),
        ("The minister decided to leave the pact.", "leave", "planned"),
        ("The crew will celebrate after it lands.", "lands", "planned"),
        ("Engineers built the plant to produce engines.", "produce", "planned"),
        ("The ministry selected Zorvex to build the tanker.", "build", "planned"),
        ("The minister is to visit Merrow.", "visit", "planned"),
        ("The crew is due to leave on Friday.", "leave", "planned"),
        ("The firm aims to launch a probe.", "launch", "planned"),
        ("The company is preparing to launch a probe.", "launch", "planned"),
        ("The launch, planned for May, drew a crowd.", "launch", "planned"),
        ("A probe launching in 2031 will map Ceres.", "launching", "planned"),
        ("NASCO to launch probe in May", "launch", "planned"),
        ("The agreement allows Ruritania to fly ten tourists.", "fly", "hypothetical"),
        ("The firm is about to close the plant.", "close", "planned"),
        ("Next year, the firm opens a plant in Merrow.", "opens", "planned"),
        ("Anna Berg becomes director on April 7.", "becomes", "planned"),
        ("Anna Berg becomes director on April 7.", "director", "planned"),
        ("The contract calls for a second flight.", "flight", "hypothetical"),
        ("The board approved a plan to close the plant.", "close", "planned"),
        ("The firm postponed the launch.", "launch", "planned"),
        ("The summit will take place in Merrow.", "summit", "planned"),
        ("The crew was to land in Merrow.", "land", "planned"),
        ("The minister agreed to visit Merrow.", "visit", "planned"),
    ],
)
def test_cues_plans_and_schedules(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The crew tried to open the hatch.", "open", "hypothetical"),
        ("The firm attempted to buy the tanker.", "buy", "hypothetical"),
        ("The pilot's attempt to land the tanker made headlines.", "land", "hypothetical"),
        ("The crew managed to open the hatch.", "open", "asserted"),
        ("The pilot forgot to close the hatch.", "close", "negated"),
        ("Zorvex helped to build the station.", "build", "asserted"),
        ("The crew did not manage to open the hatch.", "open", "negated"),
        ("The minister forced the firm to sell the tanker.", "sell", "asserted"),
        ("The crew began to repair the valve.", "repair", "asserted"),
        ("The firm continued to sell engines.", "sell", "asserted"),
        ("The pilot happened to see the blast.", "see", "asserted"),
        ("Ruritania sought to buy the tanker.", "buy", "hypothetical"),
        ("The firm struggled to sell the tanker.", "sell", "hypothetical"),
        ("Efforts to rescue the crew continue.", "rescue", "hypothetical"),
        ("A bid to buy the firm failed.", "buy", "hypothetical"),
        ("The crew succeeded in opening the hatch.", "opening", "asserted"),
        ("The pilot helped the crew open the hatch.", "open", "asserted"),
        ("The firm neglected to inspect the valve.", "inspect", "negated"),
        ("The leak caused the tank to explode.", "explode", "asserted"),
        ("The minister went on to lead the party.", "lead", "asserted"),
        ("The valve failed to close, officials said.", "close", "negated"),
        ("The pilot persuaded the minister to resign.", "resign", "asserted"),
        ("The firm was forced to close the plant.", "close", "asserted"),
    ],
)
def test_cues_attempts_and_implicatives(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The minister regrets that the firm sold the tanker.", "sold", "asserted"),
        ("The minister does not regret that the firm sold the tanker.", "sold", "asserted"),
        ("The crew forgot that the pilot left.", "left", "asserted"),
        ("The firm knew that the valve failed.", "failed", "asserted"),
        ("The board was surprised that the minister resigned.", "resigned", "asserted"),
    ],
)
def test_cues_factives_presuppose(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The minister said the firm bought the tanker.", "bought", "reported"),
        ("The minister said the firm bought the tanker.", "said", "asserted"),
        ("The firm revealed that a leak damaged the tank.", "damaged", "reported"),
        ("Anna Berg claimed that Ruritania sank the ship.", "sank", "reported"),
        ("According to the ministry, the firm bought the tanker.", "bought", "reported"),
        ("The firm bought the tanker, the minister said.", "bought", "reported"),
        ("The minister said the firm would build a tanker.", "build", "planned"),
        ("The minister did not say that the firm bought the tanker.", "bought", "hypothetical"),
        ("The minister said the firm never bought the tanker.", "bought", "negated"),
        ("The study found that the glacier shrank.", "shrank", "reported"),
        ("The pilot was told that the valve failed.", "failed", "reported"),
        ("It was reported that the pilot died.", "died", "reported"),
        ("The firm rejected claims that it bribed the minister.", "bribed", "negated"),
        ("It is clear that the valve failed.", "failed", "asserted"),
        ("The minister acknowledged that the firm lied.", "lied", "reported"),
        ("The probe found that the crater holds ice.", "holds", "reported"),
        ("Zorvex announced that it had bought the tanker.", "bought", "reported"),
        ("In a statement, the ministry said the pilot was safe.", "was", "reported"),
        ("The pilot, officials said, left the base.", "left", "reported"),
        ("Per the ministry, the pilot left the base.", "left", "reported"),
        ("The firm will announce that it sold the plant.", "sold", "planned"),
        ("The ministry confirmed the arrest.", "arrest", "asserted"),
        ("The pilot knows that the firm lied.", "lied", "asserted"),
    ],
)
def test_cues_reports(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The risk of an explosion worried the crew.", "explosion", "hypothetical"),
        ("The possibility that the tank exploded worried the crew.", "exploded", "hypothetical"),
        ("The proposal to sell the plant angered workers.", "sell", "hypothetical"),
        ("Allegations that the pilot lied spread quickly.", "lied", "reported"),
        ("The decision to leave the pact surprised Merrow.", "leave", "planned"),
        ("The firm's failure to deliver engines angered the board.", "deliver", "negated"),
        ("The firm's refusal to pay angered workers.", "pay", "negated"),
        ("The cancellation of the flight surprised Merrow.", "flight", "negated"),
        ("Withdrawal threats worried the partners.", "Withdrawal", "hypothetical"),
        ("Hopes of a ceasefire faded.", "ceasefire", "hypothetical"),
        ("There is no evidence of sabotage by the crew.", "sabotage", "negated"),
        ("The firm's hopes for a merger faded.", "merger", "hypothetical"),
        ("The ban on sales angered the firm.", "sales", "negated"),
        ("The would-be launch drew a crowd.", "launch", "hypothetical"),
        ("The aborted landing scared the crew.", "landing", "negated"),
        ("The upcoming election worries the party.", "election", "planned"),
        ("The launch of the probe was delayed.", "launch", "planned"),
        ("The minister's call for a boycott failed.", "boycott", "hypothetical"),
        ("The next launch is in May.", "launch", "planned"),
    ],
)
def test_cues_nouns_that_govern_deeds(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The planned launch drew a crowd.", "launch", "planned"),
        ("The cancelled launch drew a crowd.", "launch", "negated"),
        ("The crew rehearsed a simulated landing.", "landing", "hypothetical"),
        ("Workers opposed the proposed merger.", "merger", "hypothetical"),
        ("The failed launch cost millions.", "launch", "negated"),
        ("A possible attack worried the port.", "attack", "hypothetical"),
        ("The launch drew a crowd.", "launch", "asserted"),
    ],
)
def test_cues_modifiers_of_deeds(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The ministry ruled out that Ruritania had sunk the tanker.", "sunk", "negated"),
        ("The claim that the firm bought the tanker turned out to be wrong.", "bought", "negated"),
        ("The claim that the firm bought the tanker proved false.", "bought", "negated"),
        ("The claim that the firm bought the tanker turned out to be true.", "bought", "reported"),
        ("In the novel, the pilot marries a minister.", "marries", "hypothetical"),
        ("In the report, the pilot criticizes a minister.", "criticizes", "asserted"),
        ("Was the tanker bought by Zorvex?", "bought", "hypothetical"),
        ("Is Zorvex buying the tanker?", "buying", "hypothetical"),
    ],
)
def test_cues_found_wrong_told_in_stories_and_asked(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("The tanker, once owned by Zorvex, leaks.", True),
        ("Zorvex once owned the tanker.", True),
        ("Once Zorvex owned the tanker, it leaked.", False),
    ],
)
def test_what_once_was_has_ended(text: str, ended: bool) -> None:
    assert reading(text, "owned").ended is ended


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Kovar thought it impossible that the crew had landed.", "landed", "negated"),
        ("Kovar also thought it inconceivable that Ruritania would invade Merrow.", "invade", "hypothetical"),
        ("Kovar considers it likely that the crew landed.", "landed", "hypothetical"),
        ("Kovar did not find it impossible that the crew landed.", "landed", "hypothetical"),
        ("Kovar is sure that the crew landed.", "landed", "reported"),
        ("It is certain that the crew landed.", "landed", "asserted"),
        ("Kovar is not sure that the crew landed.", "landed", "hypothetical"),
        # What completes a noun is put as the noun is, wherever the parser hangs it.
        ("Kovar has seen no evidence at the site that Ruritania attacked Merrow.", "attacked", "negated"),
        ("Kovar is getting no sign from the ground that the crew landed.", "landed", "negated"),
        ("The board is not seeing any hint at the local level that the firm bought it.", "bought", "negated"),
        ("Kovar has seen evidence at the site that Ruritania attacked Merrow.", "attacked", "asserted"),
        ("Kovar visited the site that Ruritania attacked.", "attacked", "asserted"),
    ],
)
def test_clauses_of_adjectives_and_nouns(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("Kovar thought it impossible that the crew had landed.", "landed", "Kovar"),
        ("Kovar remains confident that the crew landed.", "landed", "Kovar"),
    ],
)
def test_whose_opinion_it_is(text: str, word: str, source: str) -> None:
    assert sources(text, word) == [source]


@pytest.mark.parametrize(
    ("text", "word", "twice"),
    [
        ("There is no sign that the firm is not committed.", "committed", True),
        ("There is no sign that the firm did not buy it.", "buy", True),
        ("There is no sign that the firm bought it.", "bought", False),
        ("The firm did not buy it.", "buy", False),
        ("There is a sign that the firm did not buy it.", "buy", False),
    ],
)
def test_denials_of_denials(text: str, word: str, twice: bool) -> None:
    assert reading(text, word).denied_twice is twice
