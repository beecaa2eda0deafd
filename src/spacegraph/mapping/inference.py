"""What follows from set membership, within one article.

"Four NASA astronauts are aboard the station" and "Ann Lee is the only NASA astronaut who …" together
say that Ann Lee is aboard the station: she is one of the set that the first is about, since the
second picks her out of that set by the same description. The inference is drawn only where

* the set has a description (head noun and modifiers) and is counted or quantified by "all";
* the member is picked out with "the only", "one of the" or "the first" among a phrase of the same head and
  the same modifiers;
* a verb says the fact of the set, or of the whole that the set is listed as part of ("six travellers are
  aboard: four NASA astronauts, …"; "people" and other words that tell nothing apart make no set of their own), and
  the article asserts it. What a noun phrase says of a set (whose astronauts, of which nation) is no such fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.words import ONLY
from spacegraph.mapping.matching import by_role
from spacegraph.model import Entity, Fact, Factuality, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Evidence, Mention, Proposition

__all__ = ["RULE", "infer_memberships", "picked_out"]

#: How the rule is named in the facts that it makes.
RULE = "set-membership"
#: A fact about a set holds of a member with less certainty than it was read with.
DISCOUNT = 0.8
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
    sets = list(_sets(doc, referents, propositions))
    if not sets:
        return
    for member, described, premise in picked_out(doc, referents, propositions):
        for whole, subject, span in sets:
            if not _same_description(doc, whole, described):
                continue
            for fact in facts:
                said = (fact.subject.iri, fact.evidence[0].start, fact.evidence[0].end)
                if said != (subject, *span) or fact.factuality is not Factuality.ASSERTED:
                    continue
                if not isinstance(fact.object, Entity) or fact.object == member:
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


def _sets(
    doc: Doc, referents: Referents, propositions: list[Proposition]
) -> Iterator[tuple[Mention, str, tuple[int, int]]]:
    """Counted sets of which a verb says something: the set, the IRI of the verb's subject, the verb's evidence."""
    parts: dict[int, list[int]] = {}
    for proposition in propositions:
        if proposition.kind is PropositionKind.NOUN:
            listed = [a.mention for a in proposition.arguments if a.role == "appos" and a.mention >= 0]
            for argument in proposition.arguments:
                if argument.role == "ref" and argument.mention >= 0 and argument.head == proposition.head:
                    parts.setdefault(argument.mention, []).extend(listed)
    for proposition in propositions:
        if proposition.kind is not PropositionKind.VERB:
            continue
        words = referents.evidence(proposition)
        for argument in proposition.arguments:
            if argument.role != "subj" or argument.mention < 0:
                continue
            cluster = referents.cluster_of.get(argument.mention, -1)
            entity = referents.entity(cluster) if cluster >= 0 else None
            if entity is None:
                continue
            for index in (argument.mention, *parts.get(argument.mention, ())):
                mention = referents.mentions[index]
                if mention.number == "plur" and _is_whole(doc, mention):
                    yield mention, entity[0].iri, (words.start, words.end)


def _is_whole(doc: Doc, mention: Mention) -> bool:
    """Whether a plural phrase counts its set ("four astronauts") or takes all of it."""
    return any(
        doc[i].pos_ == "NUM" or doc[i].lower_ in _UNIVERSAL for i in range(mention.start, mention.head)
    )


def picked_out(
    doc: Doc, referents: Referents, propositions: Sequence[Proposition]
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
                if not any(doc[i].lower_ in ONLY for i in range(described.start, described.head)):
                    continue
                for filler in referents.fillers(subject):
                    if filler.named and isinstance(filler.value, Entity):
                        yield filler.value, described, referents.evidence(proposition)


def _same_description(doc: Doc, whole: Mention, described: Mention) -> bool:
    """Whether the member's description has the set's head and modifiers, and no others."""
    if doc[whole.head].lemma_.lower() != doc[described.head].lemma_.lower():
        return False
    return _modifiers(doc, whole) == _modifiers(doc, described)


def _modifiers(doc: Doc, mention: Mention) -> frozenset[str]:
    return frozenset(
        doc[i].lower_
        for i in range(mention.start, mention.head)
        if doc[i].pos_ in ("ADJ", "NOUN", "PROPN") and doc[i].lower_ not in ONLY | _UNIVERSAL
    )
