"""Reads how the predicates of a sentence are put, for the tests of this folder."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mention_reading import PUBLISHED, read

from spacegraph.language import annotations as annotation
from spacegraph.language.factuality.component import FactualityReader
from spacegraph.language.parse.repair import repair
from spacegraph.language.tokens import Tokens
from spacegraph.model import Quotation

if TYPE_CHECKING:
    import datetime as dt

    from spacegraph.language.factuality.readings import Reading


@cache
def _reader(
    text: str, published: dt.date | None, quoted: str, speaker: str
) -> tuple[Tokens, FactualityReader, list[str]]:
    doc, mentions = read(text, published=published)
    t = repair(Tokens(doc))
    words = [annotation.mention_text(doc, m) for m in mentions]
    quotations = []
    if quoted:
        start = text.index(quoted)
        inside = [i for i in range(t.size) if start <= t.idx[i] < start + len(quoted)]
        by = words.index(speaker) if speaker else -1
        quotations = [Quotation(start=inside[0], end=inside[-1] + 1, kind="direct", speaker=by)]
    return t, FactualityReader(t, mentions, quotations, published), words


def reading(
    text: str, word: str, *, published: dt.date | None = PUBLISHED, quoted: str = "", speaker: str = ""
) -> Reading:
    """How the first token ``word`` of the text is put; ``quoted`` is direct speech by the mention ``speaker``."""
    t, reader, _ = _reader(text, published, quoted, speaker)
    return reader.reading(t.text.index(word))


def factuality(text: str, word: str, *, published: dt.date | None = PUBLISHED) -> str:
    """The factuality of the first token ``word`` of the text."""
    return str(reading(text, word, published=published).factuality)


def sources(text: str, word: str, *, quoted: str = "", speaker: str = "") -> list[str]:
    """The words of the sources, the innermost first; "?" is one that is not named."""
    _, _, words = _reader(text, PUBLISHED, quoted, speaker)
    found = reading(text, word, quoted=quoted, speaker=speaker).sources
    return ["?" if index < 0 else words[index] for index in found]


def time_of(text: str, word: str) -> str:
    """The date that scopes over the first token ``word`` of the text."""
    t, reader, _ = _reader(text, PUBLISHED, "", "")
    return reader.time(t.text.index(word))
