"""Reads one sentence or text with the default model and finds its mentions, for the tests of this folder."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import spacy

from spacegraph.gazetteer import Gazetteer, KnownName, KnownNoun
from spacegraph.language import annotations as annotation
from spacegraph.language.mentions.component import MentionFinder
from spacegraph.language.pipeline import PACKAGED_MODEL
from spacegraph.model import Mention, MentionKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: A Wednesday.
PUBLISHED = dt.date(2022, 3, 9)

#: What an invented domain knows.
DOMAIN = Gazetteer(
    names={
        "Halcyon": (KnownName(iri="x:halcyon", label="Halcyon", type="PRODUCT", cls="Spacecraft", ambiguous=True),),
        "Zorvex": (KnownName(iri="x:zorvex", label="Zorvex", type="ORG", cls="Company"),),
        "Merrow Station": (KnownName(iri="x:merrow", label="Merrow Station", type="FAC", cls="SpaceStation"),),
        "Ruritania": (KnownName(iri="x:ruritania", label="Ruritania", type="GPE", cls="Country"),),
    },
    nouns={
        "capsule": KnownNoun(type="PRODUCT", cls="Spacecraft"),
        "rocket": KnownNoun(type="PRODUCT", cls="Rocket"),
        "space station": KnownNoun(type="FAC", cls="SpaceStation"),
        "orbiting laboratory": KnownNoun(type="FAC", cls="SpaceStation"),
        "agency": KnownNoun(type="ORG", cls="Organisation"),
        "astronaut": KnownNoun(type="PERSON", cls="Astronaut", role=True),
    },
    demonyms={
        "Ruritanian": KnownName(iri="x:ruritania", label="Ruritania", type="GPE", cls="Country"),
        "Ruritanians": KnownName(iri="x:ruritania", label="Ruritania", type="GPE", cls="Country"),
    },
    type_of_class={"Spacecraft": "PRODUCT", "Rocket": "PRODUCT", "SpaceStation": "FAC", "Company": "ORG", "Organisation": "ORG"},
)  # fmt: skip


@cache
def model() -> Language:
    """The default model, loaded once."""
    return spacy.load(PACKAGED_MODEL)


def read(
    text: str, *, published: dt.date | None = PUBLISHED, gazetteer: Gazetteer | None = None
) -> tuple[Doc, list[Mention]]:
    """The annotated ``Doc`` and its mentions."""
    annotation.register()
    doc = model()(text)
    annotation.set_published(doc, published)
    MentionFinder(gazetteer or Gazetteer())(doc)
    return doc, annotation.mentions(doc)


def by_text(
    text: str, kind: MentionKind | None = None, *, gazetteer: Gazetteer | None = None
) -> dict[str, Mention]:
    """The first mention of each wording."""
    doc, mentions = read(text, gazetteer=gazetteer)
    found: dict[str, Mention] = {}
    for mention in mentions:
        if kind is None or mention.kind is kind:
            found.setdefault(annotation.mention_text(doc, mention), mention)
    return found


def names(text: str, *, gazetteer: Gazetteer | None = None) -> dict[str, str]:
    """The names with their types."""
    return {words: m.type for words, m in by_text(text, MentionKind.NAME, gazetteer=gazetteer).items()}


def times(text: str, *, published: dt.date | None = PUBLISHED) -> dict[str, str]:
    """The time expressions with their values."""
    doc, mentions = read(text, published=published)
    return {annotation.mention_text(doc, m): m.norm for m in mentions if m.kind is MentionKind.TIME}
