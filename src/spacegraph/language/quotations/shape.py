"""Whether what stands between quotation marks reads as speech, or as a name, a slogan or a scare quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.tags import FINITE

if TYPE_CHECKING:
    from spacegraph.language.quotations.marks import Quoted
    from spacegraph.language.tokens import Tokens

__all__ = ["SHORT", "content", "is_name", "is_sentence", "is_title"]

#: Words before a quoted name or slogan.
_NAMED = (
    "slogan term word phrase title titled entitled named dubbed nicknamed motto song film book article paper "
    "hashtag name nickname label labelled labeled acronym headline poem hymn chapter episode album novel documentary "
    "sign banner poster hoodie so-called"
)
_NAMING = frozenset(_NAMED.split())
#: A fragment of so many tokens or fewer without a reporting verb is a scare quote.
SHORT = 2
_STOPS = frozenset((".", "!", "?", "…", "..."))


def content(tokens: Tokens, q: Quoted) -> tuple[int, int]:
    """The tokens of a stretch without a comma and white space at its ends."""
    start, end = q.start, q.end
    while end > start and (tokens.pos[end - 1] == "SPACE" or tokens.text[end - 1] == ","):
        end -= 1
    while start < end and tokens.pos[start] == "SPACE":
        start += 1
    return start, end


def is_sentence(tokens: Tokens, q: Quoted) -> bool:
    """Whether a stretch reads as something said: it has a finite verb, or stops like a sentence."""
    start, end = content(tokens, q)
    if end - start <= SHORT:
        return q.closed >= 0 and q.end > q.start and tokens.text[q.end - 1] in ("!", "?") and end > start
    if is_title(tokens, q):
        return False
    if any(tokens.tag[i] in FINITE for i in range(start, end)):
        return True
    return q.closed >= 0 and tokens.text[q.end - 1] in (*_STOPS, ",") and tokens.text[start][:1].isupper()


def is_title(tokens: Tokens, q: Quoted) -> bool:
    """Whether a stretch is written like the name of a work: long words capitalised, no stop."""
    words = [w for w in tokens.text[q.start : q.end] if w.isalpha() and len(w) > 3]
    if not words or tokens.text[q.end - 1] in ("!", "?", "."):
        return False
    return all(word[0].isupper() for word in words) and (len(words) > 1 or tokens.text[q.end - 1] != ",")


def is_name(tokens: Tokens, q: Quoted, low: int) -> bool:
    """Whether the word before a stretch, if it stands at ``low`` or later, says that it is a name."""
    before = q.opened - 1 if q.opened >= 0 else q.start - 1
    if before < low:
        return False
    word = tokens.lower[before]
    if word in _NAMING:
        return True
    return word in ("called", "known", "as") and tokens.tag[before] == "VBN" and not is_sentence(tokens, q)
