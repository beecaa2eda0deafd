"""Acts of speech as propositions: one for each speaker, with all that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spacegraph.language import annotations as annotation
from spacegraph.mapping.speech import speech_propositions, spoken
from spacegraph.reading import load_reader
from spacegraph.sources import article_from_text

if TYPE_CHECKING:
    from spacegraph.model import Proposition


def acts(text: str) -> list[tuple[str, str, str]]:
    """Speaker, verb and words of each act of speech."""
    (doc,) = load_reader().docs([article_from_text(text)])
    mentions = annotation.mentions(doc)
    said = spoken(doc)

    def words(proposition: Proposition, role: str) -> str:
        argument = next(a for a in proposition.arguments if a.role == role)
        if argument.mention >= 0:
            return annotation.mention_text(doc, mentions[argument.mention])
        return said.get((argument.start, argument.end)) or doc[argument.start : argument.end].text

    return [
        (words(p, "subj"), p.lemma, words(p, "speech"))
        for p in speech_propositions(doc, annotation.propositions(doc))
    ]


def test_speech_around_its_reporting_clause_is_one_act() -> None:
    text = "“The pump has failed,” Kovar said. “We will mend it on Friday.”"
    assert acts(text) == [("Kovar", "say", "The pump has failed. We will mend it on Friday")]


def test_a_sentence_goes_on_after_its_reporting_clause() -> None:
    assert acts("“The pump,” Kovar said, “has failed. It was old.”") == [
        ("Kovar", "say", "The pump has failed. It was old")
    ]


def test_every_sentence_of_a_quotation_is_said() -> None:
    text = (
        "“Get out of my harbour!” Kovar said on Monday. “If not, the loss of the barge will be on your head.”"
    )
    ((_, _, said),) = acts(text)
    assert said == "Get out of my harbour! If not, the loss of the barge will be on your head"


def test_a_new_paragraph_goes_on_with_what_was_said() -> None:
    text = (
        "“The pump has failed,” Kovar said.\n\n“The crew is looking for another one.”\n\nIt rained in Lisbon."
    )
    ((who, _, said),) = acts(text)
    assert (who, said) == ("Kovar", "The pump has failed. The crew is looking for another one")


def test_words_of_the_reporter_end_an_act_of_speech() -> None:
    text = "“The pump has failed,” Kovar said. It was built in 1990. “We are looking for another pump,” Kovar added."
    assert [said for _, _, said in acts(text)] == ["The pump has failed", "We are looking for another pump"]


def test_of_a_long_speech_the_first_sentences_stand_in_a_fact() -> None:
    text = f"“{'The pump in the harbour of Lisbon has failed again. ' * 30}It is old,” Kovar said."
    ((_, _, said),) = acts(text)
    assert said.startswith("The pump in the harbour of Lisbon has failed again. The pump")
    assert said.endswith("has failed again")
    assert len(said.split()) <= 120


def test_a_joining_word_goes() -> None:
    ((_, _, said),) = acts("“And the harbour has bought two pumps from Lisbon,” Kovar said.")
    assert said == "the harbour has bought two pumps from Lisbon"


def test_speech_in_another_paragraph_is_another_act() -> None:
    text = "“The pump has failed,” Kovar said.\n\n“The crew will mend it on Friday,” Kovar said."
    assert [said for _, _, said in acts(text)] == ["The pump has failed", "The crew will mend it on Friday"]


def test_speakers_joined_by_and_both_speak() -> None:
    found = acts("Halcyon and Zorvex announced that the pump had failed.")
    assert [(who, verb) for who, verb, _ in found] == [("Halcyon", "announce"), ("Zorvex", "announce")]
    assert {said for _, _, said in found} == {"the pump had failed"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kovar said the pump was “nowhere near good enough” for the crew.", 1),
        ("“I said that the pump was old,” Kovar told reporters.", 1),
        ("Nobody said that the pump had failed.", 0),
        ("The so-called “moon pump” was built in Lisbon.", 0),
    ],
)
def test_what_is_no_statement_of_its_own(text: str, count: int) -> None:
    assert len(acts(text)) == count


def test_evidence_holds_speaker_verb_and_words_where_they_stand_together() -> None:
    text = "It was late. “The pump has failed,” Kovar said on Monday. It rained."
    (doc,) = load_reader().docs([article_from_text(text)])
    (act,) = speech_propositions(doc, annotation.propositions(doc))
    assert doc[act.start : act.end].text == "The pump has failed,” Kovar said"


def test_according_to_is_an_act_of_speech_whatever_the_tagger_calls_it() -> None:
    assert acts("According to Kovar, the pump has failed.") == [("Kovar", "say", "the pump has failed")]


def test_indirect_speech_ends_before_a_last_aside() -> None:
    text = "Kovar said that the pump had failed on the old barge, which was built in Lisbon."
    assert acts(text) == [("Kovar", "say", "the pump had failed on the old barge")]


@pytest.mark.parametrize(
    "text", ["Kovar asked whether the pump had failed.", "Kovar ruled out that the pump had failed."]
)
def test_what_is_asked_or_ruled_out_is_not_said(text: str) -> None:
    assert acts(text) == []


def test_what_a_court_ruled_is_said() -> None:
    assert acts("The court ruled that the pump had failed.")
