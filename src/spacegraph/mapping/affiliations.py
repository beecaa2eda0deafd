"""Names followed by title and affiliation between commas: "Ann Lee, director, Launch Office, Vela Space Center".

Releases introduce people so, in running text and in lists, and parsers make nothing of it. The commas say how the
parts go together: a person's name, a noun phrase whose head names an office or occupation, then the unit and the
organisation that the person works for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacegraph.model import Argument, Mention, MentionKind, Proposition, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc

__all__ = ["with_affiliations"]

#: How many words a title may have before its head, and what it is of after it.
LONGEST_TITLE = 10
LONGEST_COMPLEMENT = 14
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_STOPS = frozenset((",", ";", ":", ".", "?", "!", "—", "–", "“", "”", '"'))
_MODIFIERS = frozenset(("PROPN", "NOUN", "ADJ", "VERB", "NUM", "CCONJ", "PART", "SYM", "ADV"))


@dataclass(frozen=True, slots=True)
class _Chain:
    """One person's title: tokens ``[start, end)`` around ``head``, what stands before the head, and what follows."""

    person: int
    start: int
    head: int
    title_end: int
    end: int
    before: tuple[int, ...]
    unit: int
    affiliations: tuple[int, ...]


def with_affiliations(
    doc: Doc,
    mentions: Sequence[Mention],
    propositions: Sequence[Proposition],
    is_title: Callable[[str], bool],
) -> list[Proposition]:
    """The propositions, those of titles in such chains with their person and what the chain tells.

    Args:
        doc: The article as read.
        mentions: Its mentions.
        propositions: Its propositions.
        is_title: Whether a lemma names an office or occupation.

    Returns:
        The propositions in their order. Titles in a chain have the person as ``ref``, units and employers as
        ``affiliation`` and, where the title does not say what it is of, the first unit as ``pp:of``.
    """
    chains = {chain.head: chain for chain in _chains(doc, mentions, is_title)}
    if not chains:
        return list(propositions)
    result: list[Proposition] = []
    done: set[int] = set()
    for proposition in propositions:
        chain = chains.get(proposition.head)
        if chain is None:
            result.append(proposition)
        elif proposition.kind is PropositionKind.NOUN:
            done.add(proposition.head)
            result.append(_joined(mentions, proposition, chain))
        elif doc[proposition.head].tag_ == "VBD":
            result.append(proposition)
            done.add(proposition.head)
    for head in sorted(chains.keys() - done):
        chain = chains[head]
        lemma = doc[head].lower_
        bare = Proposition(head=head, lemma=lemma, kind=PropositionKind.NOUN, start=chain.start, end=head + 1)
        result.append(_joined(mentions, bare, chain))
    return result


def _chains(doc: Doc, mentions: Sequence[Mention], is_title: Callable[[str], bool]) -> Iterator[_Chain]:
    names = {m.start: k for k, m in enumerate(mentions) if m.kind is MentionKind.NAME}
    for k, person in enumerate(mentions):
        if person.kind is not MentionKind.NAME or person.type != "PERSON" or person.end >= len(doc):
            continue
        if doc[person.end].text != ",":
            continue
        start = person.end + 1
        head = _title_head(doc, start, is_title)
        if head < 0 or (head + 1 in names and mentions[names[head + 1]].type == "PERSON"):
            # "With Ann Lee, pilot Bob Ray …": the title is the next one's.
            continue
        before = tuple(
            i
            for i, m in enumerate(mentions)
            if m.kind in (MentionKind.NAME, MentionKind.DEMONYM) and start <= m.start and m.end <= head
        )
        complement_end = _segment_end(doc, head + 1)
        if complement_end < 0:
            continue
        units: list[int] = []
        title_end = head + 1
        unit = -1
        end = complement_end
        while end < len(doc) and doc[end].text == ",":
            stop, found = _unit(doc, mentions, names, end + 1)
            if not found:
                break
            if not units and complement_end == head + 1:
                unit = next((i for i in found if not _owns(doc, mentions[i])), found[0])
                title_end = mentions[unit].end
            units.extend(found)
            end = stop
        yield _Chain(k, person.start, head, title_end, end, before, unit, tuple(units))


def _title_head(doc: Doc, start: int, is_title: Callable[[str], bool]) -> int:
    """The last of the words that name an office, at the end of a noun phrase without a mark in it; -1 if none."""
    head = -1
    depth = 0
    for i in range(start, min(start + LONGEST_TITLE, len(doc))):
        token = doc[i]
        if token.text == "(" and head < 0:
            depth += 1
        elif token.text == ")" and depth:
            depth -= 1
        elif depth:
            continue
        elif is_title(token.lemma_.lower()) or is_title(token.lower_):
            if token.tag_ in ("NNS", "NNPS"):
                return -1
            head = i
        elif token.tag_ in _FINITE or (head >= 0 and not (token.pos_ == "NOUN" and token.is_lower)):
            break
        elif i == start and token.lower_ in ("the", "a", "an"):
            continue
        elif token.pos_ not in _MODIFIERS and token.text not in ("-", "&"):
            break
    return head


def _segment_end(doc: Doc, start: int) -> int:
    """Where the phrase after a title's head ends: at a mark, a line's end or a verb; -1 if it runs on too long."""
    for i in range(start, min(start + LONGEST_COMPLEMENT, len(doc))):
        token = doc[i]
        if token.text in _STOPS or "\n" in token.text or token.tag_ in _FINITE or token.tag_ in ("WP", "WDT"):
            return i
    return len(doc) if start + LONGEST_COMPLEMENT >= len(doc) else -1


def _unit(doc: Doc, mentions: Sequence[Mention], names: dict[int, int], start: int) -> tuple[int, list[int]]:
    """The names of one part between commas that begins with a unit's or organisation's name, and where it ends."""
    if start < len(doc) and doc[start].lower_ == "the":
        start += 1
    if start not in names:
        return start, []
    first = mentions[names[start]]
    end = _segment_end(doc, start)
    if end < 0:
        end = first.end
    found = [names[i] for i in range(start, end) if i in names]
    bodies = [i for i in found if _is_body(doc, mentions[i])]
    if bodies and found[0] != bodies[0] and doc[first.end].lower_ in ("at", "of", "for"):
        # Whatever belongs to a body is one, though its name looked like a person's.
        bodies.insert(0, found[0])
    return (end, bodies) if bodies and bodies[0] == found[0] else (start, [])


def _is_body(doc: Doc, mention: Mention) -> bool:
    """Whether a name may be that of an organisation or unit: no place, and no person but for a plural head."""
    if mention.type in ("GPE", "LOC", "NORP", "EVENT", "PRODUCT"):
        return False
    return mention.type != "PERSON" or doc[mention.head].tag_ in ("NNS", "NNPS")


def _owns(doc: Doc, mention: Mention) -> bool:
    return mention.end < len(doc) and doc[mention.end].tag_ == "POS"


def _joined(mentions: Sequence[Mention], proposition: Proposition, chain: _Chain) -> Proposition:
    """A title's proposition with what its chain tells."""

    def argument(role: str, index: int) -> Argument:
        m = mentions[index]
        return Argument(role=role, start=m.start, end=m.end, head=m.head, mention=index)

    chained = set(chain.affiliations)
    kept: list[Argument] = []
    for old in proposition.arguments:
        if old.role in ("ref", "appos") and (old.mention < 0 or old.mention in chained):
            continue
        kept.append(old)
    refs = {a.mention for a in kept if a.role == "ref"}
    if refs - {chain.person}:
        # The title is somebody else's.
        return proposition
    if not refs:
        kept.append(argument("ref", chain.person))
    have = {a.mention for a in kept}
    for index in chain.before:
        if index in have:
            continue
        if mentions[index].kind is MentionKind.DEMONYM:
            kept.append(argument("adj", index))
        else:
            kept.append(argument("compound", index))
    titles = [a for a in kept if a.role == "title"]
    if titles:
        if chain.title_end > chain.head + 1:
            kept = [replace(a, end=chain.title_end) if a.role == "title" else a for a in kept]
    else:
        starts = [m.end for m in (mentions[i] for i in chain.before)]
        first = max([mentions[chain.person].end + 1, *starts])
        kept.append(
            Argument(
                role="title",
                start=min(first, chain.head),
                end=max(chain.title_end, chain.head + 1),
                head=chain.head,
            )
        )
    if chain.unit >= 0 and not any(a.role in ("pp:of", "pp:for") for a in kept):
        kept.append(argument("pp:of", chain.unit))
    kept.extend(argument("affiliation", index) for index in chain.affiliations)
    return replace(
        proposition,
        arguments=tuple(kept),
        start=min(proposition.start, mentions[chain.person].start),
        end=max(proposition.end, chain.end if chain.affiliations else chain.head + 1),
    )
