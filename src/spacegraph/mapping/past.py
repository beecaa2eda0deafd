"""What was and is no more said to be: verbs in the past and the nouns under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.model import Factuality, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from spacegraph.model import Proposition

__all__ = ["Past"]

#: Verbs that, with "as", say what somebody is.
_HOLDING_OFFICE = frozenset(("act", "serve", "work"))
_NO_MORE = frozenset(("longer", "anymore"))
_LASTING = frozenset(("has", "have", "'ve", "’ve"))


class Past:
    """Tells which propositions of one article speak of the past.

    Args:
        doc: The article as read.
        propositions: Its propositions.
    """

    def __init__(self, doc: Doc, propositions: Sequence[Proposition]) -> None:
        self.doc = doc
        #: Nouns that say what somebody was, by a copula in the past or as what they served.
        self._nouns = frozenset(
            argument.head
            for proposition in propositions
            if proposition.kind is PropositionKind.VERB and self._is_over(proposition)
            for argument in proposition.arguments
            if (argument.role == "attr" and proposition.lemma == "be")
            or (argument.role == "pp:as" and proposition.lemma in _HOLDING_OFFICE)
        )

    def __contains__(self, proposition: Proposition) -> bool:
        """Whether a verb tells of the past, or a noun is what somebody was or served as then."""
        if proposition.kind is PropositionKind.VERB:
            return self._is_over(proposition)
        return proposition.head in self._nouns

    def end_of(self, proposition: Proposition) -> Factuality | None:
        """How a clause puts it that something ends: "no longer leads" asserts it, "will no longer lead" plans it.

        None where the clause says nothing of that itself.
        """
        head = self.doc[proposition.head]
        clause = head.head if head.dep_ == "attr" else head
        around = (*clause.children, *head.children)
        if not any(token.lower_ in _NO_MORE for token in around):
            return None
        return Factuality.PLANNED if any(token.tag_ == "MD" for token in around) else Factuality.ASSERTED

    def _is_over(self, proposition: Proposition) -> bool:
        """Whether a verb is in the past: "led", "had led", but not "has led" and "the team, led by her", which may go on."""
        head = self.doc[proposition.head]
        if head.tag_ == "VBN" and head.dep_ in ("acl", "advcl", "amod"):
            return False
        return proposition.tense == "past" and _LASTING.isdisjoint(
            token.lower_ for token in self.doc[proposition.head].lefts
        )
