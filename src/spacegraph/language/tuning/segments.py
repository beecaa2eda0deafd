"""Segments: sentence borders where headings, datelines, furniture and paragraphs of a news text meet.

Runs first in a pipeline, on tokens alone. spaCy's parser keeps the sentence starts that it finds set and adds its own,
so no parse runs from a heading without a full stop into the sentence after it.

Headings, datelines and furniture stay in one piece. A full stop in front of a closing quotation mark is where small models like to begin a sentence with
the mark; there a border is forbidden, so that the mark stays with the speech which it closes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from spacy.language import Language

from spacegraph.language.annotations import blocks as blocks_of
from spacegraph.language.annotations import has, register, set_blocks, set_published
from spacegraph.language.tuning.line_labels import find_labels
from spacegraph.model import BlockKind
from spacegraph.sources.layout import find_blocks
from spacegraph.sources.publication import find_published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from spacegraph.model import Block

__all__ = ["Segmenter", "make_segments"]

_CLOSING = frozenset(("”", "’", "»", "''", ")", "]"))
_STOPS = frozenset((".", "!", "?", "…", "...", "?!", "!!", "!?"))

#: Most tokens of a sentence; the longest of a hundred thousand words of news has half as many.
_LONGEST = 250
_PAUSES = frozenset((",", ";", ":", "—", "–", "--"))

#: After these a heading may begin a second sentence.
_BREAKS = _STOPS | {":", ";", "|", "—", "–", "-"}


class Segmenter:
    """Sets sentence starts at the borders of blocks.

    Takes the blocks and the date that :func:`spacegraph.language.pipeline.prepare` has set; for a ``Doc`` without them
    they are found in its text and set, so that later components can rely on them.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentence starts of a tokenised ``Doc``; returns the same ``Doc``."""
        if not len(doc):
            return doc
        blocks = blocks_of(doc)
        if not blocks:
            blocks = find_blocks(doc.text)
            set_blocks(doc, blocks)
            if not has(doc, "published"):
                set_published(doc, find_published(doc.text, blocks))
        if doc.has_annotation("DEP"):
            # Already parsed: borders cannot be set any more.
            return doc
        words = [doc.vocab.strings[key] for key in doc.to_array("ORTH").tolist()]
        offsets: list[int] = doc.to_array("IDX").tolist()
        starts = _first_tokens(doc.text, blocks, words, offsets)
        for i in starts:
            doc[i].is_sent_start = True
        for i in range(1, len(words)):
            if i in starts or words[i - 1] not in _STOPS:
                continue
            if words[i] in _CLOSING or (words[i] == '"' and not doc[i - 1].whitespace_):
                doc[i].is_sent_start = False
        for label in find_labels(words):
            # Who speaks in a transcript is no subject of what is said.
            doc[label.speech].is_sent_start = True
            starts.add(label.speech)
        for i in _forced(words, starts):
            doc[i].is_sent_start = True
            starts.add(i)
        for i in _inner_tokens(blocks, offsets):
            if i not in starts and words[i - 1] not in _BREAKS:
                doc[i].is_sent_start = False
        return doc


def _first_tokens(text: str, blocks: tuple[Block, ...], words: list[str], offsets: list[int]) -> set[int]:
    """The tokens at which blocks begin, but for the first of a text.

    A block that begins in lower case after one without a full stop goes on with its sentence.
    """
    starts: set[int] = set()
    ends = [offset + len(word) for offset, word in zip(offsets, words, strict=True)]
    for at, block in enumerate(blocks):
        index = bisect_right(ends, block.start)
        if index < len(words) and words[index].isspace():
            index += 1
        if 0 < index < len(words) and (at == 0 or not _goes_on(text, blocks[at - 1], block)):
            starts.add(index)
    return starts


def _forced(words: list[str], starts: set[int]) -> Iterator[int]:
    """Where a sentence without end is divided: after a comma or the like, where there is one.

    The time for a sentence grows faster than its length, and no parse of so long a one is right.
    """
    start = 0
    for i in range(1, len(words)):
        if i in starts or words[i - 1] in _STOPS:
            start = i
        elif i - start >= _LONGEST:
            cut = next((j for j in range(i, i - _LONGEST // 2, -1) if words[j - 1] in _PAUSES), i)
            yield cut
            start = cut


def _inner_tokens(blocks: tuple[Block, ...], offsets: list[int]) -> Iterator[int]:
    """The tokens of headings, datelines and furniture, but for the first of each."""
    for block in blocks:
        if block.kind is not BlockKind.BODY:
            yield from range(bisect_right(offsets, block.start), bisect_left(offsets, block.end))


def _goes_on(text: str, block: Block, following: Block) -> bool:
    return (
        block.kind is following.kind is BlockKind.BODY
        and text[following.start].islower()
        and (text[block.end - 1].isalnum() or text[block.end - 1] == ",")
    )


@Language.factory("spacegraph_segments", assigns=["doc._.blocks", "token.is_sent_start"])
def make_segments(nlp: Language, name: str) -> Segmenter:  # noqa: ARG001  (spaCy passes both)
    """Make the segmenter."""
    register()
    return Segmenter()
