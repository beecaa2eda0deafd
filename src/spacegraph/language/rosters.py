"""Lists of who takes part in an event, a line each, as announcements have them.

    Participants include:

    Ada Okafor, director, Earth Division
    Ben Sato, project manager

Each name becomes a proposition of the noun "participant" with the event in the role ``pp:in``. Where the line above
does not say in what they take part, the event named last before it is meant. The proposition stands at the event's
noun, so that who is to attend an event that is only planned is planned, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.arguments import Draft
from spacegraph.model import MentionKind, PropositionKind

if TYPE_CHECKING:
    from spacegraph.language.arguments import Phrases
    from spacegraph.language.tokens import Tokens

__all__ = ["listed_participants"]

#: Who takes part in an event, by what they do there.
_PARTICIPANTS = frozenset(("participant", "speaker", "panelist", "panellist", "attendee", "presenter"))
_VERBS = frozenset(("include", "be"))
#: How many tokens may stand between the noun and the colon: "Other participants in the signing ceremony included:".
_LONGEST_HEADING = 14
#: How many tokens may stand before a name in its line: a bullet, "Dr.", "Sen.".
_LONGEST_TITLE = 3
#: How far back the event may have been named, in tokens.
_FARTHEST_EVENT = 250


def listed_participants(t: Tokens, phrases: Phrases) -> list[Draft]:
    """The propositions of all such lists of a text, in its order.

    Args:
        t: The text.
        phrases: Its phrases.
    """
    drafts: list[Draft] = []
    for i, lemma in enumerate(t.lemma):
        if lemma not in _PARTICIPANTS:
            continue
        colon = _colon_after(t, i)
        names = _names_after(t, phrases, colon) if colon else []
        event = _event(t, phrases, i, colon) if names else -1
        if event < 0:
            continue
        for name in names:
            draft = Draft(event, "participant", PropositionKind.NOUN)
            draft.add("ref", [name])
            draft.add("pp:in", [event])
            drafts.append(draft)
    return drafts


def _colon_after(t: Tokens, i: int) -> int:
    """The colon that ends the line, with "include" or "are" before it, or 0."""
    seen = False
    for k in range(i + 1, min(i + _LONGEST_HEADING, t.size - 1)):
        if "\n" in t.text[k]:
            return 0
        seen = seen or t.lemma[k] in _VERBS
        if t.text[k] == ":":
            return k if seen and "\n" in t.text[k + 1] else 0
    return 0


def _names_after(t: Tokens, phrases: Phrases, colon: int) -> list[int]:
    """The heads of the people whose names begin the lines after a colon."""
    heads: list[int] = []
    line = colon + 1
    while line < t.size:
        while line < t.size and t.pos[line] == "SPACE":
            line += 1
        found = -1
        for k in range(line, min(line + _LONGEST_TITLE + 1, t.size)):
            index = phrases.cover[k]
            if index >= 0:
                m = phrases.mentions[index]
                found = m.head if m.kind is MentionKind.NAME and m.type == "PERSON" else -1
                break
        if found < 0:
            return heads
        heads.append(found)
        while line < t.size and "\n" not in t.text[line]:
            line += 1
    return heads


def _event(t: Tokens, phrases: Phrases, i: int, colon: int) -> int:
    """The head of the event that a list of participants belongs to, or -1."""
    near: list[int] = [*range(i + 1, colon), *range(i - 1, max(i - _FARTHEST_EVENT, -1), -1)]
    for k in near:
        index: int = phrases.at_head.get(k, -1)
        if index < 0 or phrases.mentions[index].type != "EVENT":
            continue
        if t.lemma[k] not in ("launch", "mission", "flight"):
            # People take part in what is held; what flies has a crew.
            return k
    return -1
