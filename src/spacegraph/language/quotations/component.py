"""Quotations: direct, indirect and mixed speech, with speaker, addressee and reporting word.

A parsed ``Doc`` with mentions goes in; a list of :class:`~spacegraph.model.Quotation` comes out, on which
coreference ("I" is the speaker), factuality (what is said is reported) and the mapping build.

- *direct*: between quotation marks; the span holds every sentence of the stretch. What a paragraph continues
  is a quotation of its own with the same speaker. What a label of a transcript begins ("Kovar: ...", "Q:") is direct, too.
- *indirect*: a clause under a reporting verb or noun, or beside "according to"; words between
  marks in it are quotations of their own.
- *mixed*: a fragment between marks inside the reporter's own clause ("calls it 'a beacon'").

Names of works, slogans and scare quotes are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from spacegraph.errors import MissingAnnotationError
from spacegraph.language.annotations import blocks as blocks_of
from spacegraph.language.annotations import has, register, set_quotations
from spacegraph.language.annotations import mentions as mentions_of
from spacegraph.language.parse.repair import repaired
from spacegraph.language.quotations.direct import DirectSpeech
from spacegraph.language.quotations.indirect import find_indirect
from spacegraph.language.quotations.marks import find_quoted
from spacegraph.language.quotations.speakers import SpeakerFinder
from spacegraph.language.quotations.transcripts import find_transcript
from spacegraph.model import BlockKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Block, Quotation

__all__ = ["QuotationFinder", "make_quotations"]


class QuotationFinder:
    """Finds the quotations of a ``Doc``."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.quotations`` of a parsed ``Doc`` with mentions; returns the same ``Doc``.

        Raises:
            MissingAnnotationError: No component has found mentions.
        """
        if not has(doc, "mentions"):
            msg = (
                "spacegraph_quotations needs mentions: add spacegraph_mentions to the pipeline before it, or use "
                "the component spacegraph, which holds both."
            )
            raise MissingAnnotationError(msg)
        set_quotations(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[Quotation]:
        """The quotations of a ``Doc``, sorted by start, the longer first."""
        if not len(doc):
            return []
        tokens = repaired(doc)
        finder = SpeakerFinder(tokens, mentions_of(doc))
        paragraphs = _paragraphs(tokens, blocks_of(doc))
        quoted = find_quoted(tokens, paragraphs)
        found = DirectSpeech(tokens, finder, paragraphs).find(quoted) if quoted else []
        found += find_transcript(tokens, mentions_of(doc))
        direct = [(q.start, q.end) for q in found if q.kind == "direct"]
        taken = [(q.start, q.end, q.cue) for q in found]
        found += [
            q
            for q in find_indirect(tokens, finder, direct)
            # A clause that stands between marks as a whole is found already, its full stop apart.
            if not any(s == q.start and abs(e - q.end) <= 1 and c == q.cue for s, e, c in taken)
        ]
        return sorted(found, key=lambda q: (q.start, -q.end, q.kind, q.cue))


def _paragraphs(tokens: Tokens, blocks: tuple[Block, ...]) -> list[tuple[int, int]]:
    """The token ranges of the blocks; without blocks, of what stands between blank lines."""
    if not blocks:
        ranges, start = [], 0
        for i in range(tokens.size):
            if tokens.pos[i] == "SPACE" and tokens.text[i].count("\n") > 1:
                if i > start:
                    ranges.append((start, i))
                start = i + 1
        if start < tokens.size:
            ranges.append((start, tokens.size))
        return ranges
    ranges = []
    at = 0
    for block in blocks:
        while at < tokens.size and tokens.idx[at] + len(tokens.text[at]) <= block.start:
            at += 1
        start = at
        while at < tokens.size and tokens.idx[at] < block.end:
            at += 1
        if at > start and block.kind is not BlockKind.DATELINE:
            ranges.append((start, at))
    return ranges


@Language.factory(
    "spacegraph_quotations",
    assigns=["doc._.quotations"],
    requires=["doc._.mentions", "token.dep", "token.tag", "token.pos", "token.lemma"],
)
def make_quotations(nlp: Language, name: str) -> QuotationFinder:  # noqa: ARG001  (spaCy passes both)
    """Make the quotation finder."""
    register()
    return QuotationFinder()
