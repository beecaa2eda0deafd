"""Direct, mixed and indirect speech with its speakers, in sentences of our own."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from speech_reading import annotate, model, quotations, who_said

from spacegraph.errors import MissingAnnotationError
from spacegraph.language import annotations as annotation
from spacegraph.language.quotations.component import QuotationFinder
from spacegraph.language.quotations.index import SpeechIndex
from spacegraph.model import Quotation

# -- direct: marks and cues ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"), ("‘", "’"), ("``", "''")]
)
def test_every_style_of_mark(opening: str, closing: str) -> None:
    (said,) = quotations(f"{opening}The pump has failed again,{closing} said Ines Kovar.")
    assert (said.kind, said.speaker, said.cue) == ("direct", "Ines Kovar", "said")
    assert said.content == "The pump has failed again"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The pump has failed,” Kovar said on Monday.", "Kovar"),
        ("“The pump has failed,” said flight director Tomasz Brandt, who joined in May.", "Tomasz Brandt"),
        ("“The pump has failed,” the engineer said.", "the engineer"),
        ("“The pump has failed,” she added.", "she"),
        ("“Has the pump failed?” Brandt asked.", "Brandt"),
        ("“What a pump!” laughed Brandt.", "Brandt"),
        ("“The pump has failed,” according to Ines Kovar.", "Ines Kovar"),
        ("Kovar said: “The pump has failed.”", "Kovar"),
        ("On Monday, Kovar wrote in a letter, “The pump has failed and nobody told me.”", "Kovar"),
        ("According to the engineer Ines Kovar, “the pump has failed twice since May.”", "Ines Kovar"),
        ("Kovar was blunt: “The pump has failed.”", "Kovar"),
        ("Kovar: “The pump has failed.”", "Kovar"),
        ("As Kovar put it, “the pump has failed.”", "Kovar"),
        ("“The pump has failed,” said the company’s director, Ines Kovar.", "Ines Kovar"),
        ("The newspaper quoted Ines Kovar as saying “the pump has failed again and again.”", "Ines Kovar"),
        ("“The pump has failed,” a spokesman for Halcyon said.", "a spokesman"),
    ],
)
def test_the_speaker_of_direct_speech(text: str, speaker: str) -> None:
    direct = [said for said in quotations(text) if said.kind == "direct"]
    assert [said.speaker for said in direct] == [speaker]
    assert "pump" in direct[0].content


def test_speech_interrupted_by_its_reporting_verb() -> None:
    assert who_said("“The pump,” Kovar said, “has failed again and nobody knows why.”") == [
        ("Kovar", "The pump"),
        ("Kovar", "has failed again"),
    ]


def test_speech_interrupted_before_a_fragment() -> None:
    assert who_said("“It is,” Kovar said, pausing, “a good pump.”") == [
        ("Kovar", "It is"),
        ("Kovar", "a good pump."),
    ]


def test_speech_that_goes_on_after_the_reporting_clause() -> None:
    text = "“The pump has failed,” Kovar said. “We will mend it on Friday. It is not hard.”"
    assert who_said(text) == [("Kovar", "The pump has"), ("Kovar", "We will mend")]


def test_speech_over_several_paragraphs_with_repeated_marks() -> None:
    text = (
        "“The pump has failed,” Kovar said. “It is the third one this year.\n\n"
        "“Nobody knows why they break.\n\n"
        "“We will find out.”\n\nThe pump is made in Lisbon."
    )
    assert who_said(text) == [
        ("Kovar", "The pump has"), ("Kovar", "It is the"), ("Kovar", "Nobody knows why"), ("Kovar", "We will find"),
    ]  # fmt: skip


def test_a_statement_announced_by_the_paragraph_before() -> None:
    text = (
        "Ines Kovar, director of the harbour, released the following statement on Monday:\n\n"
        "“The pump has failed. We regret it.\n\n“We will mend it.”"
    )
    assert {speaker for speaker, _ in who_said(text)} == {"Ines Kovar"}


def test_two_speakers_take_turns() -> None:
    text = (
        "“The pump has failed,” Kovar said.\n\n“Then we cannot leave,” Brandt replied.\n\n"
        "“We can leave on Friday.”\n\n“That is too late for us.”"
    )
    assert [speaker for speaker, _ in who_said(text)] == ["Kovar", "Brandt", "Kovar", "Brandt"]


def test_a_signed_block_of_speech() -> None:
    text = "The pump broke on Monday.\n\n“Nobody could have known that it would fail.”\n\n— Ines Kovar, engineer\n\nIt was late."
    assert ("Ines Kovar", "Nobody could have") in who_said(text)


def test_a_missing_opening_mark_and_a_missing_closing_one() -> None:
    (said,) = quotations(
        "It was late.\n\nThe pump has failed for the third time,” said Ines Kovar.\n\nIt rained."
    )
    assert (said.speaker, said.content) == ("Ines Kovar", "The pump has failed for the third time")
    found = quotations("Kovar said: “The pump has failed for the third time.\n\nIt rained all day.")
    assert [(s.speaker, s.content) for s in found] == [("Kovar", "The pump has failed for the third time.")]


def test_speech_inside_speech() -> None:
    text = "“Brandt told me, ‘I will never go back there,’ and he meant it,” Kovar said."
    found = {(s.speaker, s.content.split()[0]) for s in quotations(text) if s.kind == "direct"}
    assert found == {("Kovar", "Brandt"), ("Brandt", "I")}


def test_apostrophes_open_no_speech() -> None:
    assert quotations("The astronauts’ suits and the ’90s pumps weren’t Kovar’s.") == []


# -- what is no speech ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “moon pump” was built in Lisbon.",
        "Kovar starred in “The Long Way Home” last year.",
        "The crew sang the song “We will never go home” on Monday.",
        "He bought a “vintage” rocket and painted it.",
        "A probe named “Merrow” left on Monday.",
    ],
)
def test_names_slogans_and_scare_quotes(text: str) -> None:
    assert quotations(text) == []


# -- mixed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "speaker", "content", "cue"),
    [
        ("Kovar called the pump “a disaster for us”.", "Kovar", "a disaster for us", "called"),
        (
            "Brandt described it as “the best pump I ever had.”",
            "Brandt",
            "the best pump I ever had",
            "described",
        ),
        (
            "Halcyon criticised the plan as “reckless and costly”.",
            "Halcyon",
            "reckless and costly",
            "criticised",
        ),
    ],
)
def test_fragments_inside_the_reporters_clause(text: str, speaker: str, content: str, cue: str) -> None:
    (said,) = [s for s in quotations(text) if s.kind != "indirect"]
    assert (said.kind, said.speaker, said.content, said.cue) == ("mixed", speaker, content, cue)


def test_a_fragment_inside_an_indirect_clause() -> None:
    found = quotations("Kovar said the pump was “nowhere near good enough” for the crew.")
    assert [(s.kind, s.speaker) for s in found] == [("indirect", "Kovar"), ("mixed", "Kovar")]
    assert found[1].content == "nowhere near good enough"


# -- indirect --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "speaker", "begins", "cue"),
    [
        ("Kovar said that the pump had failed.", "Kovar", "the pump had", "said"),
        ("Kovar said the pump had failed.", "Kovar", "the pump had", "said"),
        ("The pump has failed, officials said.", "officials", "The pump has", "said"),
        ("According to Halcyon, the pump has failed.", "Halcyon", "the pump has", "According"),
        ("The pump has failed, according to the agency.", "the agency", "The pump has", "according"),
        (
            "Halcyon made the announcement that the pump had failed.",
            "Halcyon",
            "the pump had",
            "announcement",
        ),
        ("Brandt rejected Kovar’s claim that the pump had failed.", "Kovar", "the pump had", "claim"),
        ("Kovar, who warned that the pump would fail, left in May.", "Kovar", "the pump would", "warned"),
        ("Kovar wrote a letter, adding that the pump had failed.", "Kovar", "the pump had", "adding"),
        (
            "It rained, and the crew later confirmed that the pump had failed.",
            "the crew",
            "the pump had",
            "confirmed",
        ),
    ],
)
def test_indirect_speech(text: str, speaker: str, begins: str, cue: str) -> None:
    (said,) = quotations(text)
    assert (said.kind, said.speaker, said.cue) == ("indirect", speaker, cue)
    assert said.content.startswith(begins)
    assert not said.content.endswith((".", ","))


@pytest.mark.parametrize(
    "text",
    [
        "Kovar did not say that the pump had failed.",
        "Kovar declined to say whether the pump had failed.",
        "Kovar never claimed that the pump had failed.",
        "Nobody said that the pump had failed.",
        "Kovar will announce that the pump has failed.",
        "The work went on according to plan.",
        "Kovar believes that the pump has failed.",
        "Kovar said nothing.",
        "Kovar continued the repair.",
    ],
)
def test_what_was_not_said_is_no_quotation(text: str) -> None:
    assert quotations(text) == []


# -- addressees ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Kovar told reporters that the pump had failed.", "reporters"),
        ("“The pump has failed,” Kovar told Tomasz Brandt.", "Tomasz Brandt"),
        ("Kovar said to Brandt that the pump had failed.", "Brandt"),
        ("In an interview with Halcyon News, Kovar said that the pump had failed.", "Halcyon News"),
        ("Kovar said that the pump had failed.", ""),
    ],
)
def test_the_addressee(text: str, addressee: str) -> None:
    (said,) = quotations(text)
    assert (said.speaker, said.addressee) == ("Kovar", addressee)


def test_who_is_asked_is_not_who_asks() -> None:
    found = quotations("Asked whether the pump had failed, Kovar said it had.")
    assert [said.speaker for said in found if said.cue == "Asked"] in ([], [""])
    assert [said.speaker for said in found if said.cue == "said"] == ["Kovar"]


def test_a_reply_is_to_the_one_who_spoke_before() -> None:
    found = quotations("“The pump has failed,” Kovar said. “Then mend it,” Brandt replied.")
    assert (found[1].speaker, found[1].addressee) == ("Brandt", "Kovar")


# -- the component and the index -------------------------------------------------------------------------


def test_names_do_not_matter() -> None:
    text = "“The pump has failed,” said {0}. {1} told reporters that {2} would mend it. “Soon,” {1} added."
    one = quotations(text.format("Ines Kovar", "Brandt", "Halcyon"))
    two = quotations(text.format("Maria Santos", "Miller", "Zorvex"))
    assert [(s.kind, s.cue, s.addressee) for s in one] == [(s.kind, s.cue, s.addressee) for s in two]


def test_quotations_survive_serialisation_and_a_missing_component_is_named() -> None:
    doc = annotate("“The pump has failed,” said Ines Kovar.")
    again = spacy.tokens.Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert annotation.quotations(again) == annotation.quotations(doc)
    with pytest.raises(MissingAnnotationError, match="spacegraph_mentions"):
        QuotationFinder()(model()("Kovar said that it rained."))


def test_the_index_knows_whose_words_a_token_is_among() -> None:
    doc = annotate("Kovar said that it rained. “I am wet,” she told Brandt.")
    found = annotation.quotations(doc)
    index = SpeechIndex(found, len(doc))
    mentions = annotation.mentions(doc)
    first_person = next(token.i for token in doc if token.text == "I")
    rained = next(token.i for token in doc if token.text == "rained")
    assert index.is_direct(first_person)
    assert annotation.mention_text(doc, mentions[index.speaker(first_person)]) == "she"
    assert annotation.mention_text(doc, mentions[index.addressee(first_person)]) == "Brandt"
    assert not index.is_direct(rained)
    assert index.speaker(rained) == -1
    indirect = index.innermost(rained)
    assert indirect is not None
    assert indirect.kind == "indirect"
    assert index.innermost(0) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["direct", "mixed", "indirect"])),
        max_size=6,
    )
)
@settings(deadline=None)
def test_the_index_gives_the_shortest_quotation_around_a_token(spans: list[tuple[int, int, str]]) -> None:
    found = [Quotation(start=min(a, b), end=max(a, b), kind=kind) for a, b, kind in spans]
    index = SpeechIndex(found, 20)
    for i in range(20):
        around = [q for q in found if q.start <= i < q.end]
        inner = index.innermost(i)
        assert (inner is None) == (not around)
        if inner is not None:
            assert inner.end - inner.start == min(q.end - q.start for q in around)
        assert index.is_direct(i) == any(q.kind != "indirect" for q in around)


@given(
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "'", "’", "‘", "«", "»", "Kovar", "said", "it", "rained", ",", ".", "\n\n"]
        ),
        max_size=18,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_sequence_of_marks_breaks_it(words: list[str]) -> None:
    doc = annotate(" ".join(words))
    for quotation in annotation.quotations(doc):
        assert 0 <= quotation.start < quotation.end <= len(doc)
        assert -1 <= quotation.speaker < len(annotation.mentions(doc))
        assert not doc[quotation.end - 1].is_space
