"""When each of several things was, where a list says it item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.model import MentionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.model import Mention, Proposition

__all__ = ["time_of_item"]


def time_of_item(proposition: Proposition, head: int, mentions: Sequence[Mention]) -> str:
    """The time of what a proposition says of one of its arguments.

    "She won the Star in 2003, the Cross in 2007 and the Medal" gives 2003 to the Star, 2007 to the Cross and none to
    the Medal; "She won the Star and the Cross in 2007" gives 2007 to both.

    Args:
        proposition: The proposition.
        head: The token that heads the argument.
        mentions: The mentions of the text.

    Returns:
        An ISO 8601 value, as :attr:`Proposition.time`, or ``""``.
    """
    role = next((a.role for a in proposition.arguments if a.head == head), None)
    items = sorted((a.start, a.end, a.head) for a in proposition.arguments if a.role == role)
    if len(items) < 2:
        return proposition.time
    borders = [start for start, _, _ in items[1:]]
    own = {
        item: _date_in(mentions, end, border) for (_, end, item), border in zip(items, borders, strict=False)
    }
    if not any(own.values()):
        return proposition.time
    *_, (_, end, last) = items
    # A date right after the last one is its own, even where the parser ends the proposition before "in 2007".
    own[last] = _date_in(mentions, end, max(proposition.end, end + 3))
    return own[head]


def _date_in(mentions: Sequence[Mention], start: int, end: int) -> str:
    """The first date among the tokens from ``start`` up to ``end``."""
    return next(
        (
            m.norm
            for m in mentions
            if m.kind is MentionKind.TIME
            and m.type == "DATE"
            and m.norm[:1].isdigit()
            and start <= m.start < end
        ),
        "",
    )
