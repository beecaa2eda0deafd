"""Sentences that are a mere name and go on with the one before.

"... said Ann Lee, director for launches. Vela Space Agency."
Captions, signatures and edited text break a title off before the employer's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LONGEST_FRAGMENT", "fragment_length"]

#: Most tokens of such a sentence, its full stop included.
LONGEST_FRAGMENT = 10
#: What ends a sentence that is no mere naming of somebody.
_OTHER_MARKS = frozenset((",", ";", ":", "?", "!", "“", "”", '"', "(", ")", "—", "–"))
#: What may follow the name: where or for what somebody works there.
_LEADING = frozenset(("for", "in", "at"))


def fragment_length(text: Sequence[str], pos: Sequence[str], name: int) -> int:
    """How long a sentence is that is nothing but a name and, after it, where or for what one works there.

    Args:
        text: The tokens from the one after a full stop on; ``LONGEST_FRAGMENT`` of them are enough.
        pos: Their parts of speech (Universal Dependencies).
        name: How many of them the name has, its article included.

    Returns:
        The number of tokens before the full stop or the line's end; 0 where another sentence stands there.
    """
    for i, word in enumerate(text[:LONGEST_FRAGMENT]):
        if word == "." or "\n" in word:
            return i if i >= name else 0
        if pos[i] in ("VERB", "AUX") or word in _OTHER_MARKS:
            return 0
        if i == name and word.lower() not in _LEADING:
            return 0
    return len(text) if name <= len(text) < LONGEST_FRAGMENT else 0
