"""Reads a text with the default model and finds its quotations, for the tests of this folder."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import spacy

from spacegraph.gazetteer import Gazetteer
from spacegraph.language import annotations as annotation
from spacegraph.language.mentions.component import MentionFinder
from spacegraph.language.pipeline import PACKAGED_MODEL
from spacegraph.language.quotations.component import QuotationFinder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Said(NamedTuple):
    """A quotation in words."""

    kind: str
    speaker: str
    content: str
    cue: str
    addressee: str


@cache
def model() -> Language:
    """The default model, loaded once, with sentence borders at blocks."""
    annotation.register()
    nlp = spacy.load(PACKAGED_MODEL)
    nlp.add_pipe("spacegraph_segments", first=True)
    return nlp


def annotate(text: str) -> Doc:
    """The ``Doc`` with mentions and quotations."""
    return QuotationFinder()(MentionFinder(Gazetteer())(model()(text)))


def quotations(text: str) -> list[Said]:
    """The quotations of a text, in words."""
    doc = annotate(text)
    mentions = annotation.mentions(doc)

    def words(number: int) -> str:
        return annotation.mention_text(doc, mentions[number]) if number >= 0 else ""

    return [
        Said(
            q.kind, words(q.speaker), doc[q.start : q.end].text, doc[q.cue].text if q.cue >= 0 else "",
            words(q.addressee),
        )
        for q in annotation.quotations(doc)
    ]  # fmt: skip


def who_said(text: str) -> list[tuple[str, str]]:
    """Speaker and first three words of each quotation."""
    return [(said.speaker, " ".join(said.content.split()[:3])) for said in quotations(text)]
