"""Datelines: where a text was written and by whom, which is no part of what it tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph.language import annotations as annotation
from spacegraph.model import BlockKind, PropositionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.model import Proposition

__all__ = ["outside_datelines"]

#: What a dateline does tell: "HALVERTON, Norway" says where Halverton lies.
_KEPT = frozenset(("ref", "appos-place"))


def outside_datelines(doc: Doc) -> list[Proposition]:
    """The propositions of a text; of those in datelines only in which country or state the place lies.

    "OSLO (NTB)" would else say that the city is called by the name of the agency.
    """
    propositions = annotation.propositions(doc)
    spans = [(b.start, b.end) for b in annotation.blocks(doc) if b.kind is BlockKind.DATELINE]
    if not spans:
        return propositions
    return [
        replace(p, arguments=tuple(a for a in p.arguments if a.role in _KEPT))
        if p.kind is PropositionKind.NOUN and any(start <= doc[p.head].idx < end for start, end in spans)
        else p
        for p in propositions
    ]
