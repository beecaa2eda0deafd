"""Who depends on what where a noun takes up what the text has told: "X was the only way. *That dependence* ended".

What is somebody's only means is what he relies on. A noun of relying that points back ("that dependency") without saying on
what is about the last thing called so. Whose it is tells the one who is said beside it to have regained an ability: who has
regained it had been without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.words import ENDING_VERBS, ONLY
from spacegraph.mapping.matching import by_role
from spacegraph.model import Entity, Fact, Factuality, MentionKind, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from spacegraph.lexicon import Lexicon
    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Mention, Proposition

__all__ = ["RULE", "read_dependence"]

#: How the rule is named in the facts that it makes.
RULE = "only-means"
CONFIDENCE = 0.55
#: Nouns of relying, which the lexicon maps like any other where they say on what.
_RELIANCE = frozenset(("dependence", "dependency", "reliance"))
_POINTING = frozenset(("this", "that"))
_MEANS = frozenset(
    ("method", "mean", "means", "option", "provider", "ride", "route", "source", "supplier", "vehicle", "way")
)
_REGAINING = frozenset(("gain", "recover", "regain", "restore", "win"))
_ABILITIES = frozenset(("ability", "access", "autonomy", "capability", "capacity", "independence"))
#: How many sentences the noun may come after what it takes up.
_REACH = 3


def read_dependence(
    doc: Doc, referents: Referents, propositions: Sequence[Proposition], lexicon: Lexicon
) -> Iterator[Fact]:
    """Facts of relying that nouns take up.

    Args:
        doc: The article as read.
        referents: Its entities.
        propositions: Its propositions.
        lexicon: Gives the property that the noun expresses.

    Yields:
        Facts with both sentences as evidence; negated where the relying is said to have ended.
    """
    for mention in referents.mentions:
        if (
            mention.kind is not MentionKind.NOMINAL
            or doc[mention.head].lemma_.lower() not in _RELIANCE
            or doc[mention.start].lower_ not in _POINTING
            or mention.head != mention.start + 1
        ):
            continue
        property_iri = _property(doc, mention, lexicon)
        told = _only_means(doc, referents, propositions, mention)
        if not property_iri or told is None:
            continue
        thing, before = told
        verb = next(
            (
                p
                for p in propositions
                if p.kind is PropositionKind.VERB
                and any(a.role in ("subj", "obj") and a.head == mention.head for a in p.arguments)
            ),
            None,
        )
        ended = verb is not None and _ends(verb, mention)
        for beside in propositions:
            if not _tells_who(doc, beside, mention):
                continue
            for argument in by_role(beside).get("subj", ()):
                for filler in referents.fillers(argument):
                    if not filler.named or not isinstance(filler.value, Entity) or filler.value == thing:
                        continue
                    spans = (before, *((verb,) if verb is not None else ()), beside)
                    yield Fact(
                        doc_id=referents.article.id,
                        subject=filler.value,
                        property_iri=property_iri,
                        object=thing,
                        factuality=Factuality.ASSERTED,
                        ended=ended,
                        confidence=CONFIDENCE,
                        evidence=tuple(sorted({referents.evidence(p) for p in spans})),
                        rule=RULE,
                    )


def _property(doc: Doc, mention: Mention, lexicon: Lexicon) -> str:
    """The property that the noun expresses where it says on what."""
    found = lexicon.index.get((PropositionKind.NOUN, doc[mention.head].lemma_.lower()), ())
    return next((sense.property_iri for sense, _ in found if "pp:on" in sense.object_roles), "")


def _only_means(
    doc: Doc, referents: Referents, propositions: Sequence[Proposition], mention: Mention
) -> tuple[Entity, Proposition] | None:
    """The last thing before the noun that is said to be the only means, and where it is said."""
    sentences = {s.start: n for n, s in enumerate(doc.sents)}
    here = sentences[doc[mention.start].sent.start]
    for proposition in reversed(propositions):
        if (
            proposition.kind is not PropositionKind.VERB
            or proposition.lemma != "be"
            or proposition.head >= mention.start
            or proposition.factuality is not Factuality.ASSERTED
        ):
            continue
        if here - sentences[doc[proposition.head].sent.start] > _REACH:
            return None
        roles = by_role(proposition)
        sole = any(
            doc[a.head].lemma_.lower() in _MEANS and any(t.lower_ in ONLY for t in doc[a.head].lefts)
            for a in roles.get("attr", ())
        )
        if not sole:
            continue
        for argument in roles.get("subj", ()):
            for filler in referents.fillers(argument):
                if filler.named and isinstance(filler.value, Entity):
                    return filler.value, proposition
    return None


def _ends(verb: Proposition, mention: Mention) -> bool:
    """Whether the clause says that what the mention stands for is over: it "ended", or somebody "ended" it."""
    heads = {a.role: a.head for a in verb.arguments}
    return (
        verb.lemma in ENDING_VERBS
        and verb.factuality is Factuality.ASSERTED
        and heads.get("obj", mention.head) == mention.head
    )


def _tells_who(doc: Doc, proposition: Proposition, mention: Mention) -> bool:
    """Whether a clause of the noun's sentence says that somebody regained an ability."""
    return (
        proposition.kind is PropositionKind.VERB
        and proposition.lemma in _REGAINING
        and proposition.factuality is Factuality.ASSERTED
        and doc[proposition.head].sent == doc[mention.start].sent
        and any(a.role == "obj" and doc[a.head].lemma_.lower() in _ABILITIES for a in proposition.arguments)
    )
