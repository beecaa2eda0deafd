"""The same news, written with and without what nobody sees, gives the same facts, with words at their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spacegraph.api import read_facts
from spacegraph.sources import article_from_text

if TYPE_CHECKING:
    from spacegraph.model import Article, Fact

PLAIN = "Ines Kovar, the head of Orbital Dynamics, criticized the engineer Bob Ray in 2030. Kovar works for Orbital Dynamics."
WRITTEN = {
    "spaces": PLAIN.replace("Ines Kovar", "Ines\u00a0Kovar").replace("Orbital Dynamics", "Orbital\u2009\u00a0Dynamics"),
    "zero width": PLAIN.replace("Kovar", "Ko\u200bvar", 1).replace("Dynamics", "\u2060Dynamics\ufeff", 1),
    "soft hyphens": PLAIN.replace("criticized", "criti\u00adcized").replace("engineer", "engi\u00adneer"),
    "html": f"<p>{PLAIN}</p>".replace("Ines Kovar", "<a href='https://x.example/Dent'>Ines&nbsp;Kovar</a>"),
    "markdown": PLAIN.replace("Bob Ray", "**Bob Ray**").replace("Ines Kovar", "[Ines Kovar](https://x.example/dent)"),
    "references": PLAIN.replace("2030.", "2030.[12]").replace("Dynamics,", "Dynamics[13],"),
}  # fmt: skip


def facts_of(article: Article) -> set[tuple[str, str, str, str, str]]:
    """What is said, with the evidence checked against the text as it was given."""
    facts: tuple[Fact, ...]
    ((_, facts),) = read_facts(article)
    for fact in facts:
        for evidence in fact.evidence:
            assert article.text[evidence.start : evidence.end] == evidence.text
            assert evidence.text
    return {(f.subject.label, f.relation, f.object.label, str(f.factuality), f.time) for f in facts}


@pytest.mark.parametrize("way", WRITTEN)
def test_facts_do_not_depend_on_what_nobody_sees(way: str) -> None:
    expected = facts_of(article_from_text(PLAIN))
    assert ("Ines Kovar", "criticized", "Bob Ray", "asserted", "2030") in expected
    assert facts_of(article_from_text(WRITTEN[way])) == expected


def test_what_is_not_read_asserts_nothing() -> None:
    hidden = "Bob Ray criticized Ines Kovar."
    for text in (
        f"{PLAIN}\n\n```\n{hidden}\n```\n",
        f"{PLAIN}<pre>{hidden}</pre>",
        f"{PLAIN}<p style='display:none'>{hidden}</p>",
        f"{PLAIN}\n\n![{hidden}](https://x.example/a.png)",
        f"{PLAIN}\n\nIt ended.[^1]\n\n[^1]: {hidden}\n\n**x**",
    ):
        assert {f[:3] for f in facts_of(article_from_text(text))} == {
            f[:3] for f in facts_of(article_from_text(PLAIN))
        }


def test_evidence_spans_the_markup_inside_it() -> None:
    article = article_from_text("Ines <b>Ko</b>var criticized the engineer Bob&nbsp;Ray on Friday.")
    ((_, facts),) = read_facts(article)
    (fact,) = (f for f in facts if f.relation == "criticized")
    assert (fact.subject.label, fact.object.label) == ("Ines Kovar", "Bob Ray")
    assert fact.evidence[0].text.startswith("Ines <b>Ko</b>var criticized the engineer Bob&nbsp;Ray")
