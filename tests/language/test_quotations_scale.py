"""Quotations in texts that are long or made of marks: the time grows no faster than the text."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from spacegraph.language.annotations import quotations, register, set_mentions
from spacegraph.language.quotations.component import QuotationFinder
from spacegraph.language.quotations.marks import find_quoted
from spacegraph.language.tokens import Tokens


def marks(count: int) -> Doc:
    register()
    words = ["“", "so", "”", '"', "‘", "it"] * count
    return Doc(spacy.blank("en").vocab, words=words, pos=["PUNCT", "X"] * (len(words) // 2))


def test_a_paragraph_of_thousands_of_marks_is_paired_off() -> None:
    doc = marks(4000)
    found = find_quoted(Tokens(doc), [(0, len(doc))])
    assert len(found) >= 4000
    assert all(0 <= q.start < q.end <= len(doc) for q in found)


def test_a_text_of_marks_without_a_parse_ends() -> None:
    doc = marks(300)
    set_mentions(doc, [])
    QuotationFinder()(doc)
    assert all(q.speaker == -1 for q in quotations(doc))
