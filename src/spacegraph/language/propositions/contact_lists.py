"""Lists of people, a line each, as announcements have them: who takes part in an event, whom to ask.

    Participants include:

    Ada Okafor, director, Earth Division
    Ben Sato, project manager

Each name becomes a proposition of the noun "participant" with the event in the role ``pp:in``. Where the line above
does not say in what they take part, the event named last before it is meant. The proposition stands at the event's
noun, so that who is to attend an event that is only planned is planned, too.

    Media Contact

    Ada Okafor
    Vela Space Center, Ames, Borea
    555-0199

Each name above an organisation, in lines that a heading or a number or address to write to marks as a contact, becomes a
proposition of the noun "contact" with the organisation in the role ``affiliation``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.propositions.phrases import Draft
from spacegraph.model import MentionKind, PropositionKind

if TYPE_CHECKING:
    from spacegraph.language.propositions.phrases import Phrases
    from spacegraph.language.tokens import Tokens

__all__ = ["listed_contacts", "listed_participants"]

#: Who takes part in an event, by what they do there.
_PARTICIPANTS = frozenset(("participant", "speaker", "panelist", "panellist", "attendee", "presenter"))
_VERBS = frozenset(("include", "be"))
_HEADINGS = frozenset(("contact", "contacts"))
#: Most tokens of a line in a list of contacts, most lines of an entry, fewest digits of a telephone number.
_LONGEST_LINE = 14
_LONGEST_ENTRY = 4
_FEWEST_DIGITS = 7
#: Fewest words of the name of a place where people work: an acronym may have many.
_SHORTEST_SITE = 2
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
        event = _announced(t, event)
        for name in names:
            draft = Draft(event, "participant", PropositionKind.NOUN)
            draft.add("ref", [name])
            draft.add("pp:in", [event])
            drafts.append(draft)
    return drafts


def _announced(t: Tokens, event: int) -> int:
    """Where the text says that an event will take place, if it does; else where it is named."""
    for k, lemma in enumerate(t.lemma):
        if lemma == t.lemma[event] and t.dep[k] in ("nsubj", "nsubjpass", "dobj"):
            verb = t.head[k]
            if any(t.lower[g] == "will" and t.dep[g] == "aux" for g in t.left[verb]):
                return k
    return event


def listed_contacts(t: Tokens, phrases: Phrases) -> list[Draft]:
    """The propositions of the people that a text names as contacts, in its order.

    Args:
        t: The text.
        phrases: Its phrases.
    """
    drafts: list[Draft] = []
    lines = _lines(t)
    for number, (start, end) in enumerate(lines):
        person = _sole_name(phrases, start, end, "PERSON")
        if person < 0 or number + 1 >= len(lines) or not _is_contact(t, lines, number):
            continue
        below, below_end = lines[number + 1]
        # "NASA's Vela Center": the owner stands in the line, too.
        for k in range(below, below_end):
            index = phrases.cover[k]
            if (
                index < 0
                or phrases.mentions[index].type not in ("ORG", "FAC")
                or phrases.mentions[index].head != k
            ):
                continue
            if t.tag[phrases.mentions[index].end : phrases.mentions[index].end + 1] == ["POS"]:
                continue
            draft = Draft(person, "contact", PropositionKind.NOUN)
            draft.add("ref", [person])
            draft.add("affiliation", [k])
            drafts.append(draft)
            drafts += _seat(phrases, k, lines, number + 1)
            break
    return drafts


def _seat(phrases: Phrases, site: int, lines: list[tuple[int, int]], number: int) -> list[Draft]:
    """Where a contact's organisation lies, if its line ends with it or the next one begins with a place."""
    m = phrases.mentions[phrases.cover[site]]
    if m.end < lines[number][1] or number + 1 >= len(lines):
        return []
    index = phrases.cover[lines[number + 1][0]]
    if index < 0 or phrases.mentions[index].type != "GPE" or m.end - m.start < _SHORTEST_SITE:
        return []
    draft = Draft(site, "seat", PropositionKind.NOUN)
    draft.add("ref", [site])
    draft.add("pp:in", [phrases.mentions[index].head])
    return [draft]


def _lines(t: Tokens) -> list[tuple[int, int]]:
    """The lines ``[start, end)`` of the text's last part that are short enough for a list."""
    lines: list[tuple[int, int]] = []
    end = t.size
    k = end
    while k > 0:
        k -= 1
        if "\n" in t.text[k] or k == 0:
            start = k + 1 if "\n" in t.text[k] else 0
            if end > start:
                if end - start > _LONGEST_LINE:
                    break
                lines.append((start, end))
            end = k
    return lines[::-1]


def _sole_name(phrases: Phrases, start: int, end: int, type_: str) -> int:
    """The head of the name that a line consists of, or -1."""
    index = phrases.cover[start]
    if index < 0:
        return -1
    m = phrases.mentions[index]
    whole = m.kind is MentionKind.NAME and m.type == type_ and m.start == start and m.end == end
    return m.head if whole and m.end - m.start > 1 else -1


def _is_contact(t: Tokens, lines: list[tuple[int, int]], number: int) -> bool:
    """Whether a heading before a line, or a number or address soon after it, marks it as a contact."""
    if any(
        t.lower[k] in _HEADINGS
        for start, end in lines[max(0, number - 1) : number]
        for k in range(start, end)
    ):
        return True
    for start, end in lines[number + 1 : number + 1 + _LONGEST_ENTRY]:
        if any("@" in t.text[k] for k in range(start, end)):
            return True
        if sum(ch.isdigit() for k in range(start, end) for ch in t.text[k]) >= _FEWEST_DIGITS:
            return True
    return False


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
