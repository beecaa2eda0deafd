"""Transcripts and interviews: lines that a label begins, which are the words of whom it names.

    Ines Kovar: The pump failed.
    Q: And the valve?
    A: It held.
    @inesk: More on Monday.

What follows a label is direct speech up to the next one. A label is the name of a person, an account, or a letter or
word for who asks and who answers, at the beginning of a line and before a colon. Names of other kinds are labels where
there are several, and no line without a verb is speech: "Commander: Ines Kovar", "Ines Kovar: commander".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.tags import FINITE
from spacegraph.language.quotations.marks import MARKS
from spacegraph.language.tuning.line_labels import find_labels
from spacegraph.model import MentionKind, Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.tokens import Tokens
    from spacegraph.language.tuning.line_labels import Label
    from spacegraph.model import Mention

__all__ = ["find_transcript"]


def find_transcript(t: Tokens, mentions: Sequence[Mention]) -> list[Quotation]:
    """The speech behind the labels of a text, with the mention that a label is as the speaker.

    Speech of who only asks or answers, and of accounts, has no speaker. A lone label's speech ends with its paragraph.

    Args:
        t: The tokens.
        mentions: The text's mentions.
    """
    names = {(m.start, m.end): k for k, m in enumerate(mentions) if m.kind is MentionKind.NAME}
    candidates = [label for label in find_labels(t.text) if _has_verb(t, label)]
    labels = [
        label
        for label in candidates
        if not label.named
        or (
            (k := names.get((label.start, label.end), -1)) >= 0
            and (mentions[k].type == "PERSON" or len(candidates) > 1)
        )
    ]
    found = []
    for number, label in enumerate(labels):
        if t.text[label.speech] in MARKS:
            # Its marks say how far the speech goes.
            continue
        if len(labels) == 1:
            end = next((i for i in range(label.speech, t.size) if "\n\n" in t.text[i]), t.size)
        else:
            end = labels[number + 1].start if number + 1 < len(labels) else t.size
        while end > label.speech and t.pos[end - 1] == "SPACE":
            end -= 1
        found.append(
            Quotation(
                start=label.speech,
                end=end,
                kind="direct",
                speaker=names.get((label.start, label.end), -1) if label.named else -1,
            )
        )
    return found


def _has_verb(t: Tokens, label: Label) -> bool:
    """Whether the line that a label begins has a verb, or asks something."""
    for i in range(label.speech, t.size):
        if "\n" in t.text[i]:
            return False
        if t.tag[i] in FINITE or t.text[i] == "?":
            return True
    return False
