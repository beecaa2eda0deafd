"""Whether a token stands in somebody's speech, and in whose: what other components ask quotations for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.model import Quotation

__all__ = ["DIRECT_KINDS", "SpeechIndex"]

#: Kinds of quotation whose words are the speaker's own, so that "I" is the speaker.
DIRECT_KINDS = ("direct", "mixed")


class SpeechIndex:
    """The innermost quotation of each token.

    Args:
        quotations: The quotations of a ``Doc``, as :func:`~spacegraph.language.annotations.quotations` gives them.
        size: The number of its tokens.

    >>> from spacegraph.model import Quotation
    >>> index = SpeechIndex([Quotation(start=1, end=4, kind="direct", speaker=7)], 6)
    >>> index.is_direct(1), index.is_direct(4), index.speaker(2)
    (True, False, 7)
    """

    __slots__ = ("_direct", "_inner", "quotations")

    def __init__(self, quotations: Sequence[Quotation], size: int) -> None:
        self.quotations = tuple(quotations)
        self._inner = [-1] * size
        self._direct = [-1] * size
        # The longer first, so that what is inside overwrites what is around it.
        for number in sorted(range(len(quotations)), key=lambda n: quotations[n].start - quotations[n].end):
            quotation = quotations[number]
            span = range(max(0, quotation.start), min(size, quotation.end))
            for i in span:
                self._inner[i] = number
            if quotation.kind in DIRECT_KINDS:
                for i in span:
                    self._direct[i] = number

    def innermost(self, token: int) -> Quotation | None:
        """The shortest quotation, direct or indirect, that holds a token; None outside speech."""
        number = self._inner[token]
        return self.quotations[number] if number >= 0 else None

    def direct(self, token: int) -> Quotation | None:
        """The shortest quotation in the speaker's own words that holds a token; None outside."""
        number = self._direct[token]
        return self.quotations[number] if number >= 0 else None

    def is_direct(self, token: int) -> bool:
        """Whether a token stands between quotation marks that enclose speech."""
        return self._direct[token] >= 0

    def speaker(self, token: int) -> int:
        """The mention of the one whose own words hold a token; -1 outside or where unknown."""
        quotation = self.direct(token)
        return quotation.speaker if quotation is not None else -1

    def addressee(self, token: int) -> int:
        """The mention of the one to whom the words that hold a token are spoken; -1 where unknown."""
        quotation = self.direct(token)
        return quotation.addressee if quotation is not None else -1
