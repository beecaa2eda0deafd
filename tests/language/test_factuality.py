"""The component: sources, certainty, what has ended, dates, quotations, and invariants."""

from __future__ import annotations

import datetime as dt

import pytest
from factuality_reading import factuality, reading, sources, time_of
from hypothesis import given, settings
from hypothesis import strategies as st
from mention_reading import PUBLISHED, model, read

from spacegraph.language import annotations as annotation
from spacegraph.language.english.cues import cue, cue_words
from spacegraph.language.factuality.component import FactualityComponent, FactualityReader
from spacegraph.language.tokens import Tokens
from spacegraph.model import Factuality, Proposition, PropositionKind


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The minister said the firm bought the tanker.", "bought", ["The minister"]),
        ("The firm bought the tanker, the minister said.", "bought", ["the minister"]),
        ("According to Zorvex, the pilot left.", "left", ["Zorvex"]),
        ("Zorvex claimed that the ministry said the pilot lied.", "lied", ["the ministry", "Zorvex"]),
        ("The pilot reportedly left.", "left", ["?"]),
        ("It was reported that the pilot left.", "left", ["?"]),
        ("Anna Berg denied that she sold the tanker.", "sold", ["Anna Berg"]),
        (
            "The agency said there was no indication that Ruritania was withdrawing.",
            "withdrawing",
            ["The agency"],
        ),
        ("The ministry's claim that the pilot lied angered the crew.", "lied", ["The ministry"]),
        ("The fuel, officials said, caught fire.", "caught", ["officials"]),
        ("The minister criticized the pilot.", "criticized", []),
        ("The firm plans to build a tanker.", "build", []),
    ],
)
def test_factuality_sources_innermost_first(text: str, word: str, expected: list[str]) -> None:
    assert sources(text, word) == expected


QUOTE = "“The valve failed. We will not repair it,” Anna Berg said. “If it leaks, leave.”"


def test_factuality_direct_speech_is_reported_by_its_speaker() -> None:
    quoted = "The valve failed. We will not repair it,"
    failed = reading(QUOTE, "failed", quoted=quoted, speaker="Anna Berg")
    repair = reading(QUOTE, "repair", quoted=quoted, speaker="Anna Berg")
    assert failed.factuality is Factuality.REPORTED
    assert repair.factuality is Factuality.NEGATED
    for word in ("failed", "repair"):
        assert sources(QUOTE, word, quoted=quoted, speaker="Anna Berg") == ["Anna Berg"]
    assert reading(QUOTE, "said", quoted=quoted, speaker="Anna Berg").factuality is Factuality.ASSERTED


def test_factuality_first_person_attitudes_add_no_source() -> None:
    text = "“I think the pilot left,” Anna Berg said."
    assert sources(text, "left", quoted="I think the pilot left", speaker="Anna Berg") == ["Anna Berg"]


def test_factuality_relative_clauses_in_direct_speech_are_the_speakers() -> None:
    text = "“We thank the crew, who saved the ship,” Anna Berg said."
    quoted = "We thank the crew, who saved the ship"
    assert reading(text, "saved", quoted=quoted, speaker="Anna Berg").factuality is Factuality.REPORTED


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Anna Berg is a former director of Zorvex.", "director", True),
        ("Anna Berg, the former director of Zorvex, resigned.", "director", True),
        ("The pilot no longer works for Zorvex.", "works", True),
        ("The crew used to live in Merrow.", "live", True),
        ("Anna Berg led Zorvex until 2020.", "led", True),
        ("Ruritania stopped selling engines.", "selling", True),
        ("Anna Berg is the director of Zorvex.", "director", False),
        ("Carl Dane had previously opposed the merger.", "opposed", True),
        ("The agency previously launched a probe.", "launched", False),
        ("The crew waited until noon.", "waited", False),
        ("The crew is used to storms.", "used", False),
        ("The firm refused to sell engines.", "sell", False),
        ("The crew waited until noon because it will land.", "land", False),
    ],
)
def test_factuality_ended_states(text: str, word: str, expected: bool) -> None:
    assert reading(text, word).ended is expected


@pytest.mark.parametrize(
    ("surer", "less_sure", "word"),
    [
        ("The pilot left.", "The pilot reportedly left.", "left"),
        ("The pilot left.", "Perhaps the pilot left.", "left"),
        ("The pilot will leave.", "The pilot will probably leave.", "leave"),
        ("The minister said the pilot left.", "The minister suggested that the pilot left.", "left"),
        ("The attack shocked Merrow.", "The alleged attack shocked Merrow.", "attack"),
    ],
)
def test_factuality_hedges_lower_certainty(surer: str, less_sure: str, word: str) -> None:
    assert reading(less_sure, word).certainty < reading(surer, word).certainty == 1.0


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The capsule launches on May 3.", "launches", "planned"),
        ("The capsule is launching in May 2031.", "launching", "planned"),
        ("The capsule launched on March 3.", "launched", "asserted"),
        ("The May launch will carry ten passengers.", "launch", "planned"),
        ("The 2019 launch carried ten passengers.", "launch", "asserted"),
        ("The firm, founded in 1998, builds tankers.", "builds", "asserted"),
    ],
)
def test_factuality_dates_ahead_make_plans(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


def test_factuality_dates_ahead_depend_on_the_publication_date() -> None:
    text = "The June 2022 launch drew a crowd."
    assert factuality(text, "launch", published=dt.date(2022, 3, 9)) == "planned"
    assert factuality(text, "launch", published=dt.date(2023, 3, 9)) == "asserted"


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The capsule landed on March 3.", "landed", "2022-03-03"),
        ("The crew was supposed to return on March 30.", "return", "2022-03-30"),
        ("The crew slept.", "slept", ""),
        ("The crew landed and slept.", "slept", ""),
    ],
)
def test_factuality_time_scopes_over_the_predicate(text: str, word: str, expected: str) -> None:
    assert time_of(text, word) == expected


def test_factuality_component_rewrites_propositions_and_keeps_their_order() -> None:
    doc, _ = read("The agency said on March 3 that the pilot had not left the base.")
    heads = [t.i for t in doc if t.text in ("said", "left")]
    kind = PropositionKind.VERB
    annotation.set_propositions(
        doc, [Proposition(head=i, lemma=doc[i].lemma_, kind=kind, start=i, end=i + 1) for i in heads]
    )
    said, left = annotation.propositions(FactualityComponent()(doc))
    assert (said.head, left.head) == tuple(heads)
    assert (said.factuality, said.time) == (Factuality.ASSERTED, "2022-03-03")
    assert left.factuality is Factuality.NEGATED
    assert [annotation.mention_text(doc, annotation.mentions(doc)[i]) for i in left.sources] == ["The agency"]


def test_factuality_component_keeps_a_time_that_a_proposition_has() -> None:
    doc, _ = read("The pilot left on March 3.")
    p = Proposition(head=2, lemma="leave", kind=PropositionKind.VERB, start=2, end=3, time="2020")
    annotation.set_propositions(doc, [p])
    assert annotation.propositions(FactualityComponent()(doc))[0].time == "2020"


def test_factuality_component_leaves_a_text_without_propositions_alone() -> None:
    doc, _ = read("The pilot left.")
    assert annotation.propositions(FactualityComponent()(doc)) == []


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The agency will build a cargo tanker (CT).", "tanker", "asserted"),
        ("The agency will build a cargo tanker.", "tanker", "planned"),
        ("The agency will sell the cargo tanker.", "tanker", "asserted"),
        ("Zorvex may hire a pilot.", "pilot", "asserted"),
        ("Ruritania has no tanker.", "tanker", "negated"),
    ],
)
def test_factuality_of_things_that_a_plan_brings_in(text: str, word: str, expected: str) -> None:
    assert factuality(text, word) == expected


def test_factuality_is_the_same_whatever_the_names() -> None:
    frame = "{0} denied that {1} had sold engines, but {1} will close its plant, {0} said."
    first = frame.format("Zorvex", "Halden")
    second = frame.format("Brightmoor", "Castellan")
    for word in ("denied", "sold", "close", "said"):
        assert factuality(first, word) == factuality(second, word)


def test_factuality_cue_table_is_sound() -> None:
    for word_class in "VNA":
        for word in cue_words(word_class):
            assert word == word.strip().lower()
            for frame in ("that", "wh", "to", "oto", "ing", "from", "np", "pp"):
                found = cue(word, word_class, frame)
                if found is not None:
                    assert 0 < found.certainty <= 1
                    assert {found.yes.status, found.no.status} <= set("+-?>=")
                    assert {found.yes.source, found.no.source} <= {"", '"', "~"}


WORDS = st.lists(
    st.sampled_from(
        [
            "The",
            "pilot",
            "said",
            "that",
            "if",
            "no",
            "crew",
            "landed",
            ",",
            "Zorvex",
            "may",
            "not",
            "deny",
            "plans",
            "to",
            "sell",
            "the",
            "station",
            ".",
            "Did",
            "it",
            "?",
            "“",
            "Never",
            "”",
            ",",
            "without",
            "leaving",
            "and",
            "or",
            "but",
            "will",
            "been",
            "who",
            "which",
            "until",
            "former",
            "May",
            "3",
        ],
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(WORDS)
def test_factuality_reads_every_token_of_any_text(words: list[str]) -> None:
    doc, mentions = read(" ".join(words))
    reader = FactualityReader(Tokens(doc), mentions, (), PUBLISHED)
    for i in range(len(doc)):
        found = reader.reading(i)
        assert 0 <= found.certainty <= 1
        assert found.status is not Factuality.REPORTED
        assert all(-1 <= s < len(mentions) for s in found.sources)
        assert len(set(found.sources)) == len(found.sources)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(12)))
def test_factuality_does_not_depend_on_the_order_of_asking(order: list[int]) -> None:
    doc = model()("The agency said it would not sell the station if it fails.")
    straight = FactualityReader(Tokens(doc))
    mixed = FactualityReader(Tokens(doc))
    expected = {i: straight.reading(i) for i in range(12)}
    assert {i: mixed.reading(i) for i in order} == expected


def test_factuality_survives_long_lists() -> None:
    text = "The crew met " + ", ".join(f"Pilot {i}" for i in range(400)) + " and left."
    doc = model()(text)
    reader = FactualityReader(Tokens(doc))
    assert all(reader.reading(i).certainty >= 0 for i in range(len(doc)))
