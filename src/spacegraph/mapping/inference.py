"""What follows from set membership, within one article.

"Four NASA astronauts are aboard the station" and "Ann Lee is the only NASA astronaut who …" together
say that Ann Lee is aboard the station: she is one of the set that the first is about, since the
second picks her out of that set by the same description. The inference is drawn only where

* the set has a description (head noun and modifiers) and is counted or quantified by "all";
* the member is picked out with "the only", "one of the" or "the first" among a phrase of the same head
  and with every modifier of the set's description;
* the set's fact is asserted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.mapping.matching import by_role
from spacegraph.model import Entity, Evidence, Fact, Factuality, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Mention, Proposition

__all__ = ["RULE", "infer_memberships"]

#: How the rule is named in the facts that it makes.
RULE = "set-membership"
#: A fact about a set holds of a member with less certainty than it was read with.
DISCOUNT = 0.8
_SELECTORS = frozenset(("only", "sole", "lone"))
_UNIVERSAL = frozenset(("all", "both", "every", "each"))


def infer_memberships(
    doc: Doc, referents: Referents, propositions: list[Proposition], facts: list[Fact]
) -> Iterator[Fact]:
    """Facts about members that follow from facts about sets.

    Args:
        doc: The article as read.
        referents: Its entities.
        propositions: Its propositions.
        facts: What has been read so far.

    Yields:
        Facts with ``inferred`` set, both sentences as evidence and the set's fact as premise.
    """
    sets: dict[str, list[Mention]] = {}
    for index, mention in enumerate(referents.mentions):
        if mention.number == "plur" and _is_whole(doc, mention):
            cluster = referents.cluster_of.get(index, -1)
            entity = referents.entity(cluster) if cluster >= 0 else None
            if entity:
                sets.setdefault(entity[0].iri, []).append(mention)
    if not sets:
        return
    for member, described, premise in _members(doc, referents, propositions):
        for fact in facts:
            if fact.factuality is not Factuality.ASSERTED or fact.subject.iri not in sets:
                continue
            if not isinstance(fact.object, Entity) or fact.object == member:
                continue
            if not any(_describes(doc, mention, described) for mention in sets[fact.subject.iri]):
                continue
            yield Fact(
                doc_id=fact.doc_id,
                subject=member,
                property_iri=fact.property_iri,
                object=fact.object,
                time=fact.time,
                confidence=round(fact.confidence * DISCOUNT, 3),
                evidence=tuple(sorted({*fact.evidence, premise})),
                rule=RULE,
                inferred=True,
                premises=(fact.id,),
            )


def _is_whole(doc: Doc, mention: Mention) -> bool:
    """Whether a plural phrase counts its set ("four astronauts") or takes all of it."""
    return any(
        doc[i].pos_ == "NUM" or doc[i].lower_ in _UNIVERSAL for i in range(mention.start, mention.head)
    )


def _members(
    doc: Doc, referents: Referents, propositions: list[Proposition]
) -> Iterator[tuple[Entity, Mention, Evidence]]:
    """Who is picked out of which description: "Ann Lee is the only NASA astronaut who …"."""
    for proposition in propositions:
        if proposition.kind is not PropositionKind.VERB or proposition.lemma != "be":
            continue
        if proposition.factuality is not Factuality.ASSERTED:
            continue
        roles = by_role(proposition)
        for subject in roles.get("subj", ()):
            for attribute in roles.get("attr", ()):
                if attribute.mention < 0:
                    continue
                described = referents.mentions[attribute.mention]
                if not any(doc[i].lower_ in _SELECTORS for i in range(described.start, described.head)):
                    continue
                for filler in referents.fillers(subject):
                    if filler.named and isinstance(filler.value, Entity):
                        span = doc[proposition.start : proposition.end]
                        evidence = Evidence(
                            start=span.start_char,
                            end=span.end_char,
                            text=span.text,
                            doc_id=referents.article.id,
                        )
                        yield filler.value, described, evidence


def _describes(doc: Doc, whole: Mention, described: Mention) -> bool:
    """Whether the member's description has the set's head and all its modifiers."""
    if doc[whole.head].lemma_.lower() != doc[described.head].lemma_.lower():
        return False
    return _modifiers(doc, whole) <= _modifiers(doc, described)


def _modifiers(doc: Doc, mention: Mention) -> frozenset[str]:
    return frozenset(
        doc[i].lower_
        for i in range(mention.start, mention.head)
        if doc[i].pos_ in ("ADJ", "NOUN", "PROPN") and doc[i].lower_ not in _SELECTORS | _UNIVERSAL
    )
