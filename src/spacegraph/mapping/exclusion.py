"""What follows of the others where somebody is the only one: "Ann Lee is the only pilot to appear in the film".

The others of that description do not appear in it. The fact about them is inferred: denied, with the fact about the only one as
its premise. It is drawn only from what the article asserts of the one in the very clause that says what it is the only one to do, and
only of a description that holds a name ("Vela pilots"): "the only person to do so" is told from everybody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.iris import mint_entity_iri
from spacegraph.language.english.words import ONLY
from spacegraph.mapping.inference import picked_out
from spacegraph.model import Entity, Fact, Factuality, MentionKind, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Mention, Proposition

__all__ = ["RULE", "infer_exclusions"]

#: How the rule is named in the facts that it makes.
RULE = "only-one"
#: That the others did not do it holds with less certainty than that the one did.
DISCOUNT = 0.8
_IRREGULAR = {"man": "men", "woman": "women", "person": "people", "child": "children"}
#: Ends of nouns that have no other plural.
_INVARIABLE = ("craft", "series", "species")


def infer_exclusions(
    doc: Doc, referents: Referents, propositions: Sequence[Proposition], facts: Sequence[Fact]
) -> Iterator[Fact]:
    """Facts that deny of the others what somebody is the only one to do.

    Args:
        doc: The article as read.
        referents: Its entities.
        propositions: Its propositions.
        facts: What has been read so far.

    Yields:
        Negated facts with ``inferred`` set, the sentence as evidence and the fact about the only one as premise.
    """
    for member, described, evidence in picked_out(doc, referents, propositions):
        others = _others(doc, referents, described)
        if others is None:
            continue
        clauses = {
            (words.start, words.end)
            for p in propositions
            if p.kind is PropositionKind.VERB and _is_done_by(referents, p, described)
            for words in (referents.evidence(p),)
        }
        for fact in facts:
            if (
                fact.subject == member
                and fact.factuality is Factuality.ASSERTED
                and (fact.evidence[0].start, fact.evidence[0].end) in clauses
            ):
                yield Fact(
                    doc_id=fact.doc_id,
                    subject=others,
                    property_iri=fact.property_iri,
                    object=fact.object,
                    factuality=Factuality.NEGATED,
                    time=fact.time,
                    confidence=round(fact.confidence * DISCOUNT, 3),
                    evidence=tuple(sorted({*fact.evidence, evidence})),
                    rule=RULE,
                    inferred=True,
                    premises=(fact.id,),
                )


def _is_done_by(referents: Referents, proposition: Proposition, described: Mention) -> bool:
    return any(
        a.role == "subj" and a.mention >= 0 and referents.mentions[a.mention] == described
        for a in proposition.arguments
    )


def _others(doc: Doc, referents: Referents, described: Mention) -> Entity | None:
    """The others of a description: "other Vela pilots" for "the only Vela pilot"; None where it tells too little of them."""
    words = doc[described.start : described.head]
    if doc[described.head].tag_ != "NN" or doc[described.start].lower_ != "the":
        return None
    named = any(
        m.kind in (MentionKind.NAME, MentionKind.DEMONYM) and words.start <= m.start and m.end <= words.end
        for m in referents.mentions
    )
    if not named:
        return None
    kept = [w.text for w in words if w.lower_ not in ONLY and w.lower_ != "the"]
    label = " ".join(["other", *kept, _plural(doc[described.head].lemma_)])
    cls = described.cls if described.cls in referents.ontology.classes else "Thing"
    return Entity(
        iri=mint_entity_iri(f"{referents.article.id}/{label}"),
        label=label,
        type=cls,
        type_iri=referents.ontology.class_iri(cls),
    )


def _plural(noun: str) -> str:
    """The plural of an English noun."""
    for singular, plural in _IRREGULAR.items():
        if noun.endswith(singular) and noun not in ("human", "german"):
            return noun.removesuffix(singular) + plural
    if noun.endswith(_INVARIABLE):
        return noun
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in ("a", "e", "i", "o", "u"):
        return noun[:-1] + "ies"
    return noun + "s"
