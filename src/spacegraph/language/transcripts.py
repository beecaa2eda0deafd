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

from typing import TYPE_CHECKING, NamedTuple

from spacegraph.language.quote_marks import MARKS
from spacegraph.model import MentionKind, Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Mention

__all__ = ["Label", "find_labels", "find_transcript"]

_ROLES = frozenset(("q", "a", "question", "answer", "interviewer", "moderator", "host", "reporter"))
#: Most words of a name in a label, and of what stands in brackets after it.
_LONGEST_NAME = 4
_LONGEST_BRACKET = 8
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


class Label(NamedTuple):
    """A label: tokens ``[start, end)`` say who, and the speech begins at ``speech``."""

    start: int
    end: int
    speech: int
    named: bool


def find_labels(words: Sequence[str]) -> list[Label]:
    """What may be labels by its words alone, in the order of the text."""
    found = []
    for start, word in enumerate(words):
        if start and "\n" not in words[start - 1]:
            continue
        if word.lower() in _ROLES or (word.startswith("@") and len(word) > 1):
            end = start + 1
            named = False
        else:
            end = start
            while end < min(len(words), start + _LONGEST_NAME) and _is_name_word(words[end]):
                end += 1
            named = True
        colon = end
        if words[end : end + 1] == ["("] and ")" in words[end : end + _LONGEST_BRACKET]:
            colon = words.index(")", end) + 1
        if end > start and words[colon : colon + 1] == [":"] and colon + 1 < len(words):
            found.append(Label(start, end, colon + 1, named))
    return found


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


def _is_name_word(word: str) -> bool:
    return (
        word[:1].isupper()
        and word.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha()
    )


def _has_verb(t: Tokens, label: Label) -> bool:
    """Whether the line that a label begins has a verb, or asks something."""
    for i in range(label.speech, t.size):
        if "\n" in t.text[i]:
            return False
        if t.tag[i] in _FINITE or t.text[i] == "?":
            return True
    return False
