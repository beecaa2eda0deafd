"""Quotations as propositions of saying, so that the lexicon decides what they mean like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language import annotations as annotation
from spacegraph.model import Argument, Factuality, Proposition, PropositionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.model import Mention, Quotation

__all__ = ["speech_propositions"]

#: The lemma of a quotation without a reporting verb of its own ("according to", paragraph flow).
PLAIN = "say"


def speech_propositions(doc: Doc, propositions: list[Proposition]) -> list[Proposition]:
    """One proposition for each quotation with a speaker: cue verb, ``subj``, ``speech``, ``addressee``.

    The act of speaking has the factuality of the reporting verb's own proposition, where there is one,
    since "did not say" and "will say" are no acts of speech; else it is asserted.
    """
    mentions = annotation.mentions(doc)
    verbs = {p.head: p for p in propositions if p.kind is PropositionKind.VERB}
    made = []
    for quotation in annotation.quotations(doc):
        if quotation.speaker < 0 or quotation.end <= quotation.start:
            continue
        made.append(_speech(doc, quotation, mentions, verbs))
    return made


def _speech(
    doc: Doc, quotation: Quotation, mentions: list[Mention], verbs: dict[int, Proposition]
) -> Proposition:
    speaker = mentions[quotation.speaker]
    arguments = [
        Argument(
            role="subj", start=speaker.start, end=speaker.end, head=speaker.head, mention=quotation.speaker
        ),
        Argument(role="speech", start=quotation.start, end=quotation.end, head=quotation.start),
    ]
    if quotation.addressee >= 0:
        to = mentions[quotation.addressee]
        arguments.append(
            Argument(role="addressee", start=to.start, end=to.end, head=to.head, mention=quotation.addressee)
        )
    verb = verbs.get(quotation.cue)
    lemma = PLAIN
    if quotation.cue >= 0 and doc[quotation.cue].pos_ in ("VERB", "AUX"):
        lemma = doc[quotation.cue].lemma_.lower()
    start, end = quotation.start, quotation.end
    for lo, hi in ((speaker.start, speaker.end), (quotation.cue, quotation.cue + 1)):
        # Words around the speech belong to the evidence where they stand beside it.
        if lo >= 0 and doc[lo].sent.start in (
            doc[quotation.start].sent.start,
            doc[quotation.end - 1].sent.start,
        ):
            start, end = min(start, lo), max(end, hi)
    return Proposition(
        head=quotation.cue if quotation.cue >= 0 else quotation.start,
        lemma=lemma,
        kind=PropositionKind.VERB,
        start=start,
        end=end,
        arguments=tuple(arguments),
        factuality=verb.factuality if verb else Factuality.ASSERTED,
        sources=verb.sources if verb else (),
        certainty=verb.certainty if verb else 1.0,
        time=verb.time if verb else "",
        tense=verb.tense if verb else "",
    )
