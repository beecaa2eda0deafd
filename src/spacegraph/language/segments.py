"""Segments: sentence borders where headings, datelines, furniture and paragraphs of a news text meet.

Runs first in a pipeline, on tokens alone. spaCy's parser keeps the sentence starts that it finds set and adds its own,
so no parse runs from a heading without a full stop into the sentence after it.

A full stop in front of a closing quotation mark is where small models like to begin a sentence with
the mark; there a border is forbidden, so that the mark stays with the speech which it closes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from spacegraph.language import annotations
from spacegraph.model import BlockKind
from spacegraph.sources.layout import find_blocks

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.model import Block

__all__ = ["Segmenter", "make_segments"]

_CLOSING = frozenset(("”", "’", "»", "''", ")", "]"))
_STOPS = frozenset((".", "!", "?", "…", "...", "?!", "!!", "!?"))


class Segmenter:
    """Sets sentence starts at the borders of blocks.

    Takes the blocks that :func:`spacegraph.language.pipeline.prepare` has set; for a ``Doc`` without them
    they are found in its text and set, so that later components can rely on them.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentence starts of a tokenised ``Doc``; returns the same ``Doc``."""
        if not len(doc):
            return doc
        blocks = annotations.blocks(doc)
        if not blocks:
            blocks = find_blocks(doc.text)
            annotations.set_blocks(doc, blocks)
        if doc.has_annotation("DEP"):
            # Already parsed: borders cannot be set any more.
            return doc
        starts = _first_tokens(doc, blocks)
        words = [token.text for token in doc]
        for i in starts:
            doc[i].is_sent_start = True
        for i in range(1, len(words)):
            if words[i - 1] not in _STOPS or i in starts:
                continue
            if words[i] in _CLOSING or (words[i] == '"' and not doc[i - 1].whitespace_):
                doc[i].is_sent_start = False
        return doc


def _first_tokens(doc: Doc, blocks: tuple[Block, ...]) -> set[int]:
    """The tokens at which blocks begin, but for a text's first one and a dateline's sentence."""
    starts: set[int] = set()
    borders = [block.start for block in blocks]
    at = 0
    previous: BlockKind | None = None
    for token in doc:
        begin = token.idx
        end = begin + len(token.text)
        while at < len(borders) and borders[at] < end:
            if borders[at] >= begin or previous is not None:
                index = token.i
                if token.is_space and index + 1 < len(doc):
                    index += 1
                if index:
                    starts.add(index)
            previous = blocks[at].kind
            at += 1
    return starts


@Language.factory("spacegraph_segments", assigns=["doc._.blocks", "token.is_sent_start"])
def make_segments(nlp: Language, name: str) -> Segmenter:  # noqa: ARG001  (spaCy passes both)
    """Make the segmenter."""
    annotations.register()
    return Segmenter()
