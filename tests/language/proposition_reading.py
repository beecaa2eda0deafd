"""Reads a sentence with the default model and finds its propositions, for the tests of this folder."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mention_reading import DOMAIN, model

from spacegraph.language import annotations as layers
from spacegraph.language.mentions.component import MentionFinder
from spacegraph.language.propositions.component import PropositionFinder
from spacegraph.model import Proposition, PropositionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

VERB, NOUN, ADJECTIVE = PropositionKind.VERB, PropositionKind.NOUN, PropositionKind.ADJECTIVE


@lru_cache(maxsize=256)
def read(text: str) -> Doc:
    """The ``Doc`` of a text, with mentions and propositions."""
    layers.register()
    doc = model()(text)
    MentionFinder(DOMAIN)(doc)
    return PropositionFinder()(doc)


def all_of(text: str, lemma: str, kind: PropositionKind = VERB) -> list[Proposition]:
    """The propositions of one predicate."""
    return [p for p in layers.propositions(read(text)) if p.lemma == lemma and p.kind is kind]


def the(text: str, lemma: str, kind: PropositionKind = VERB) -> Proposition:
    """The only proposition of a predicate."""
    found = all_of(text, lemma, kind)
    assert len(found) == 1, [p.lemma for p in layers.propositions(read(text))]
    return found[0]


def roles(text: str, lemma: str, kind: PropositionKind = VERB) -> dict[str, list[str]]:
    """The words of the arguments of a predicate by role; articles are left out."""
    doc = read(text)
    found: dict[str, list[str]] = {}
    for a in the(text, lemma, kind).arguments:
        words = doc[a.start : a.end].text
        for article in ("the ", "The ", "a ", "A ", "an ", "An "):
            words = words.removeprefix(article)
        found.setdefault(a.role, []).append(words)
    return found
