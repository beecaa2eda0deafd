"""Whose words "I" speaks where somebody imagines to be somebody else: "If I were her, I would go".

The "I" of what follows the condition is the one whose place the speaker takes (Lakoff, "Sorry, I'm not myself today: the
metaphor system for conceptualizing the self", 1996), to the end of the sentence and of sentences of the same utterance that
go on with "and", "then" or "so".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.coreference.entities import Entities
    from spacegraph.language.coreference.speech import Turn
    from spacegraph.language.tokens import Tokens

__all__ = ["imagined_speakers"]

_GOING_ON = frozenset(("and", "then", "so"))
#: Most tokens between the parts of one utterance: ,” Ann Lee said. “
_LONGEST_TAG = 8


def imagined_speakers(t: Tokens, entities: Entities, turns: Sequence[Turn]) -> dict[int, int]:
    """Which expressions in the first person stand for somebody else's.

    Args:
        t: The text.
        entities: Its expressions.
        turns: Speech.

    Returns:
        The places of the expressions in the first person, with the expression that says whose place the speaker takes.
    """
    found: dict[int, int] = {}
    ordered = sorted(turns, key=lambda turn: turn.start)
    for number, turn in enumerate(ordered):
        for i in range(turn.start + 1, turn.end - 2):
            if t.lower[i] != "i" or t.lower[i - 1] != "if" or t.lower[i + 1] not in ("were", "was"):
                continue
            other = next(
                (e for e in entities.expressions if e.start == i + 2 and e.kind in ("pronoun", "name")), None
            )
            if other is None or other.pronoun in ("i", "we", "this", "these", "rel"):
                continue
            for start, end in _stretches(t, ordered, number, other.end):
                found.update(
                    (e.at, other.at)
                    for e in entities.expressions
                    if e.pronoun == "i" and start <= e.start < end
                )
    return found


def _stretches(t: Tokens, turns: Sequence[Turn], number: int, start: int) -> list[tuple[int, int]]:
    """From ``start`` on, the rest of the sentence in the turn, and the sentences of the utterance that go on with it."""
    turn = turns[number]
    found: list[tuple[int, int]] = []
    sentence = t.sent[start - 1]
    while start < turn.end:
        end = start
        while end < turn.end and t.sent[end] == sentence:
            end += 1
        found.append((start, end))
        start = _first_word(t, end)
        if start >= turn.end:
            following = turns[number + 1] if number + 1 < len(turns) else None
            if following is None or not _is_one_utterance(t, turn, following):
                return found
            number, turn, start = number + 1, following, _first_word(t, following.start)
        if t.lower[start] not in _GOING_ON:
            return found
        sentence = t.sent[start]
    return found


def _first_word(t: Tokens, i: int) -> int:
    while i < t.size and t.pos[i] in ("PUNCT", "SPACE"):
        i += 1
    return min(i, t.size - 1)


def _is_one_utterance(t: Tokens, turn: Turn, following: Turn) -> bool:
    between = range(turn.end, following.start)
    return (
        (turn.speaker, turn.key) == (following.speaker, following.key)
        and len(between) <= _LONGEST_TAG
        and not any("\n" in t.text[i] for i in between)
    )
