"""Whether the article says that a thing is so, reports it, denies it, supposes it or tells of a plan.

``spacegraph_factuality`` sets factuality, sources, certainty, ``ended`` and a missing time of each proposition.

The method follows FactBank's idea of factuality (Saurí and Pustejovsky 2009) and the algorithm of De Facto (Saurí and
Pustejovsky, "Are you sure that this happened?", Computational Linguistics 38, 2012): it walks down the
dependency tree from the root of each sentence. What governs a clause or a noun decides on the *environment*
that it is said in (:meth:`FactualityReader.environment`); its own negation, modals and hedges then make its
*reading* (:meth:`FactualityReader.reading`). Relative clauses, appositions, possessives and definite deeds are
presupposed (Kiparsky and Kiparsky 1970): they escape the negation, condition or report around them, and only the
quotation marks of direct speech hold them.

In doubt the less assertive reading is taken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from spacegraph.language import annotations as stored
from spacegraph.language.factuality.reader import FactualityReader
from spacegraph.language.factuality.relations import RelationGuard, is_set_against
from spacegraph.language.parse.repair import repaired
from spacegraph.model import Factuality, Proposition, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from spacegraph.language.tokens import Tokens

__all__ = ["FactualityComponent", "FactualityReader", "guarded", "make_factuality", "parted"]


class FactualityComponent:
    """Sets factuality, sources, certainty, ``ended`` and missing times of a ``Doc``'s propositions and relations."""

    def __call__(self, doc: Doc) -> Doc:
        """Rewrite ``doc._.propositions`` and ``doc._.relations``; their order and number stay."""
        found = stored.propositions(doc)
        relations = stored.relations(doc)
        if not found and not relations:
            return doc
        reader = _reader(doc)
        stored.set_propositions(doc, [_put(reader, p) for p in found])
        if relations:
            guard = RelationGuard(reader, repaired(doc))
            stored.set_relations(doc, [guard.guarded(r) for r in relations])
        return doc


def guarded(doc: Doc, propositions: Sequence[Proposition]) -> list[Proposition]:
    """Propositions in their order, those that factuality has not looked at with what the words make of them.

    Args:
        doc: The text that they are of, with mentions and quotations.
        propositions: Some of the text's own, some made of its words since.
    """
    if all(p.guarded for p in propositions):
        return list(propositions)
    reader = _reader(doc)
    return [p if p.guarded else _put(reader, p) for p in propositions]


def parted(t: Tokens, proposition: Proposition) -> list[Proposition]:
    """A proposition without the arguments that "not" sets apart, and what it denies of those.

    "Landed at Selby, not at Norwick" says two things: landed at Selby, and did not land at Norwick. What is not asserted, planned
    or reported is left as it is.
    """
    if proposition.factuality in (Factuality.NEGATED, Factuality.HYPOTHETICAL):
        return [proposition]
    apart = [a for a in proposition.arguments if is_set_against(t, a.start)]
    roles = {a.role for a in apart}
    if not roles & {a.role for a in proposition.arguments if a not in apart}:
        # "Not NASA but Vela ..." alone is the business of the words that govern it.
        return [proposition]
    return [
        replace(proposition, arguments=tuple(a for a in proposition.arguments if a not in apart)),
        replace(
            proposition,
            arguments=tuple(a for a in proposition.arguments if a in apart or a.role not in roles),
            factuality=Factuality.NEGATED,
        ),
    ]


def _reader(doc: Doc) -> FactualityReader:
    return FactualityReader(
        # It mends lemmas of its own.
        repaired(doc).copy(),
        stored.mentions(doc),
        stored.quotations(doc),
        stored.published(doc),
    )


def _put(reader: FactualityReader, proposition: Proposition) -> Proposition:
    reading = reader.reading(proposition.head)
    time = proposition.time
    if not time and proposition.kind is not PropositionKind.ADJECTIVE:
        time = reader.time(proposition.head)
    # ``dataclasses.replace`` takes three times as long, and there are thousands.
    return Proposition(
        head=proposition.head,
        lemma=proposition.lemma,
        kind=proposition.kind,
        start=proposition.start,
        end=proposition.end,
        arguments=proposition.arguments,
        tense=proposition.tense,
        passive=proposition.passive,
        quoted=proposition.quoted,
        factuality=reading.factuality,
        guarded=True,
        sources=reading.sources,
        certainty=round(reading.certainty, 3),
        ended=reading.ended,
        denied_twice=reading.denied_twice and reading.status is Factuality.HYPOTHETICAL,
        time=time,
    )


@Language.factory(
    "spacegraph_factuality",
    assigns=["doc._.propositions"],
    requires=["doc._.propositions", "token.dep", "token.tag", "token.lemma"],
)
def make_factuality(nlp: Language, name: str) -> FactualityComponent:  # noqa: ARG001
    """Make the component. It takes no settings."""
    stored.register()
    return FactualityComponent()
