"""What adjectives say of the things that they stand before or are said of."""

from __future__ import annotations

import pytest
from fact_reading import facts, reader, triples

from spacegraph.language import annotations as annotation
from spacegraph.language.factuality.component import guarded
from spacegraph.language.pipeline import read
from spacegraph.mapping.modifiers import attributive_propositions
from spacegraph.model import Article, Factuality


def crews(text: str) -> set[tuple[str, str, Factuality]]:
    return {
        (f.subject.label, f.object.label, f.factuality) for f in facts(text) if f.relation == "hasCrewMember"
    }


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The uncrewed Selk-7 capsule landed on Mars.", "Selk-7"),
        ("NASA plans an unmanned test flight of the Selk-7 capsule.", "unmanned test flight of the Selk-7 capsule"),
    ],
)  # fmt: skip
def test_what_is_uncrewed_has_no_crew(text: str, subject: str) -> None:
    assert crews(text) == {(subject, "crew", Factuality.NEGATED)}


def test_one_of_several_without_a_crew_says_nothing_of_the_others() -> None:
    assert crews("An uncrewed Dragon is due to dock in June.") == set()


@pytest.mark.parametrize(
    "text", ["No uncrewed capsule landed on Mars.", "The crewed Selk-7 capsule landed on Mars."]
)
def test_no_crew_is_denied_of_nothing(text: str) -> None:
    assert crews(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "“Vela Works did an outstanding job,” Ines Kovar said.",
        "“Vela Works can do amazing things,” Ines Kovar said.",
        "Ines Kovar said Vela Works had done an excellent job.",
        "“Vela Works is fantastic,” Ines Kovar said.",
    ],
)
def test_calling_somebodys_work_superb_is_praise(text: str) -> None:
    (fact,) = (f for f in facts(text) if f.relation == "praised")
    assert (fact.subject.label, fact.object.label) == ("Ines Kovar", "Vela Works")
    assert fact.factuality is Factuality.ASSERTED
    assert fact.attributed_to is None


@pytest.mark.parametrize(
    "text",
    [
        "“Vela Works did not do a great job,” Ines Kovar said.",
        "“If Vela Works did a great job, we would know,” Ines Kovar said.",
        "“Did Vela Works do a great job?” Ines Kovar asked.",
        "“We did a great job,” said Ines Kovar of Vela Works.",
        "“Vela Works did a job,” Ines Kovar said.",
        "“Vela Works made a great mistake,” Ines Kovar said.",
        "Vela Works did a great job.",
    ],
)
def test_other_words_are_no_praise(text: str) -> None:
    assert not [t for t in triples(text) if t[1] == "praised"]


def test_only_wanted_adjectives_make_propositions() -> None:
    article = Article(
        id="a", text="“The fragile red kite,” said Ines Kovar, “met a red bird.” No red moon rose."
    )
    (doc,) = read(reader().nlp, [article])
    mentions, propositions = annotation.mentions(doc), annotation.propositions(doc)
    found = attributive_propositions(doc, mentions, propositions, {"red"})
    assert [doc[p.head].text for p in found] == ["red", "red"]
    assert {p.factuality for p in guarded(doc, found)} == {Factuality.REPORTED}
    assert attributive_propositions(doc, mentions, propositions, ()) == []
    assert attributive_propositions(doc, mentions, propositions, {"green"}) == []
