"""Titles and the people who hold them, where commas or a list come between.

Names followed by title and affiliation between commas: "Ann Lee, director, Launch Office, Vela Space Center". Names after one
title in the plural: "Vela astronauts Ann Lee, Bob Ray and Eva Sol". Names that a set is said to include: "members of
the group include Vela and Orsa".

Releases introduce people so, in running text and in lists, and parsers make nothing of it. The commas say how the
parts go together: a person's name, a noun phrase whose head names an office or occupation, then the unit and the
organisation that the person works for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacegraph.language import annotations as annotation
from spacegraph.language.english.tags import FINITE
from spacegraph.language.parse.fragments import LONGEST_FRAGMENT, fragment_length
from spacegraph.model import Argument, Factuality, Mention, MentionKind, Proposition, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc, Token

__all__ = ["with_affiliations"]

#: How many words a title may have before its head, and what it is of after it.
LONGEST_TITLE = 10
LONGEST_COMPLEMENT = 14
#: How many words may stand between two names of a list.
LONGEST_ITEM = 8
_SETS = frozenset((MentionKind.NOMINAL, MentionKind.DEMONYM))
_GROUPS = frozenset(("crew", "team", "group", "trio", "duo", "quartet"))
_INCLUDING = frozenset(("include", "comprise"))
#: Tags of plurals, also where one is taken for a verb.
_PLURAL = frozenset(("NNS", "NNPS", "VBZ"))
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
        ``affiliation`` and, where the title does not say what it is of, the first unit as ``pp:of``. Those that are
        new are not guarded: factuality has yet to look at them.
    """
    propositions = _with_apposed(doc, mentions, propositions)
    propositions = _with_lists(doc, mentions, _with_included(doc, propositions, mentions), is_title)
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


def _with_included(
    doc: Doc, propositions: Sequence[Proposition], mentions: Sequence[Mention]
) -> list[Proposition]:
    """The propositions, those of sets also with the names that a verb says they include."""
    names = {m.start: k for k, m in enumerate(mentions) if m.kind is MentionKind.NAME}
    included: dict[int, list[Argument]] = {}
    for proposition in propositions:
        if (
            proposition.kind is not PropositionKind.VERB
            or proposition.lemma not in _INCLUDING
            or proposition.factuality is not Factuality.ASSERTED
        ):
            continue
        objects = [
            a.mention
            for a in proposition.arguments
            if a.role == "obj" and a.mention >= 0 and mentions[a.mention].kind is MentionKind.NAME
        ]
        if objects:
            objects = sorted({*objects, *_names_after(doc, mentions, names, objects[0])})
        named = [_argument(mentions, "ref", k) for k in objects]
        for argument in proposition.arguments:
            if argument.role == "subj" and argument.mention >= 0:
                whole = mentions[argument.mention]
                several = whole.number == "plur" or doc[whole.head].lower_ in _GROUPS
                if whole.kind is MentionKind.NOMINAL and several:
                    included.setdefault(argument.head, []).extend(named)
    return [
        replace(p, arguments=(*p.arguments, *included[p.head]))
        if p.kind is PropositionKind.NOUN and p.head in included
        else p
        for p in propositions
    ]


def _with_apposed(
    doc: Doc, mentions: Sequence[Mention], propositions: Sequence[Proposition]
) -> list[Proposition]:
    """The propositions, what holds of several things also of each that is named after a comma or colon.

    "NASA chose *three companies*, Vela Space, Orsa Labs and Kestrel Dynamics", "*people*, including Ann Lee".
    """
    names = {m.start: k for k, m in enumerate(mentions) if m.kind is MentionKind.NAME}
    members: dict[int, tuple[int, ...]] = {}
    for index, mention in enumerate(mentions):
        if mention.kind not in _SETS or not (start := _list_start(doc, mention)):
            continue
        found = _members(doc, mentions, names, mention, start)
        if len(found) > 1 or (found and doc[start - 1].lower_ == "including"):
            members[index] = found
    members |= _told_members(doc, mentions, names, propositions, members)
    if not members:
        return list(propositions)
    return [
        replace(
            p,
            arguments=(
                *p.arguments,
                *(
                    _argument(mentions, a.role, k)
                    for a in p.arguments
                    if a.mention in members and p.kind is not PropositionKind.NOUN
                    for k in members[a.mention]
                    if all(b.mention != k for b in p.arguments)
                ),
            ),
            # The words behind what is said of the members are those that name them, too.
            end=max(
                [p.end]
                + [
                    mentions[k].end
                    for a in p.arguments
                    if p.kind is not PropositionKind.NOUN
                    for k in members.get(a.mention, ())
                ]
            ),
        )
        for p in propositions
    ]


def _list_start(doc: Doc, mention: Mention) -> int:
    """Where the names of a set's members would begin after it: past a comma, a colon or "including"; 0 for nowhere."""
    at = mention.end
    if at < len(doc) and doc[at].text in (",", ":", "–", "—"):
        at += 1
    if at < len(doc) and doc[at].lower_ == "including":
        return at + 1
    return at if at > mention.end else 0


def _members(
    doc: Doc, mentions: Sequence[Mention], names: dict[int, int], whole: Mention, start: int
) -> tuple[int, ...]:
    """The names listed from a token on that can be members of a set, with a trade or office before each at most."""
    start = _past_title(doc, names, start)
    if start not in names:
        return ()
    first = mentions[names[start]]
    several = whole.number == "plur" and first.type == whole.type
    crew = (whole.type == "NORP" or doc[whole.head].lower_ == "people") and first.type == "PERSON"
    if not (several or crew):
        return ()
    return (names[start], *_names_after(doc, mentions, names, names[start]))


def _told_members(
    doc: Doc,
    mentions: Sequence[Mention],
    names: dict[int, int],
    propositions: Sequence[Proposition],
    known: dict[int, tuple[int, ...]],
) -> dict[int, tuple[int, ...]]:
    """The members that a sentence of its own tells: "Four people are aboard. *They include Ann Lee and Bob Ray.*"."""
    told: dict[int, tuple[int, ...]] = {}
    for proposition in propositions:
        if (
            proposition.kind is not PropositionKind.VERB
            or proposition.lemma not in _INCLUDING
            or proposition.factuality is not Factuality.ASSERTED
        ):
            continue
        wholes = [a.mention for a in proposition.arguments if a.role == "subj" and a.mention >= 0]
        objects = [a for a in proposition.arguments if a.role == "obj" and a.mention >= 0]
        if len(wholes) != 1 or not objects:
            continue
        for whole in _same_set(doc, mentions, wholes[0]):
            found = known.get(objects[0].mention) or _members(
                doc, mentions, names, mentions[whole], mentions[objects[0].mention].start
            )
            if found:
                told[whole] = (*told.get(whole, ()), *found)
    return told


def _same_set(doc: Doc, mentions: Sequence[Mention], whole: int) -> list[int]:
    """The noun phrases before "they" that stand for the same set."""
    if mentions[whole].kind is not MentionKind.PRONOUN:
        return [whole]
    return [
        m
        for cluster in annotation.clusters(doc)
        if whole in cluster.mentions
        for m in cluster.mentions
        if mentions[m].kind is MentionKind.NOMINAL
    ]


def _past_title(doc: Doc, names: dict[int, int], at: int) -> int:
    """The start of the name before which a trade or office stands: "*commander* Ann Lee"; else where it began."""
    end = at
    while (
        end < min(at + LONGEST_ITEM, len(doc))
        and end not in names
        and doc[end].pos_ in ("NOUN", "ADJ", "DET")
    ):
        end += 1
    return end if end in names and end > at else at


def _names_after(doc: Doc, mentions: Sequence[Mention], names: dict[int, int], first: int) -> list[int]:
    """The names that follow one in a list, with nothing between but commas, "and", articles and owners."""
    found: list[int] = []
    at = mentions[first].end
    while at < len(doc):
        if at in names:
            if not _owns(doc, mentions[names[at]]):
                found.append(names[at])
            at = mentions[names[at]].end
        elif doc[at].text in (",", ";", "&") or doc[at].lower_ in ("and", "the") or doc[at].tag_ == "POS":
            at += 1
        elif (past := _past_title(doc, names, at)) > at and doc[at - 1].text in (",", "and"):
            at = past
        else:
            break
    return found


def _with_lists(
    doc: Doc,
    mentions: Sequence[Mention],
    propositions: Sequence[Proposition],
    is_title: Callable[[str], bool],
) -> list[Proposition]:
    """The propositions, those of titles before a list of names with all of its people."""
    people = {m.start: k for k, m in enumerate(mentions) if m.kind is MentionKind.NAME and m.type == "PERSON"}
    propositions = [_without_titled(doc, mentions, p, is_title) for p in propositions]
    nouns = {p.head for p in propositions if p.kind is PropositionKind.NOUN}
    lists = {
        i: found
        for i in _roles(doc, is_title)
        if (
            found := _listed(doc, mentions, people, i, is_title)
            # A title before one name that parsers made nothing of, late in a list.
            or ([people[i + 1]] if i + 1 in people and i not in nouns and _is_title_word(doc[i]) else [])
        )
    }
    if not lists:
        return list(propositions)
    result: list[Proposition] = []
    done: set[int] = set()
    for proposition in propositions:
        if proposition.head not in lists:
            result.append(proposition)
            continue
        if proposition.kind is not PropositionKind.NOUN:
            # A title that was taken for a verb: "NASA *astronauts* Ann Lee, commander; …".
            continue
        done.add(proposition.head)
        have = {a.mention for a in proposition.arguments if a.role == "ref"}
        new = tuple(_argument(mentions, "ref", k) for k in lists[proposition.head] if k not in have)
        last = mentions[lists[proposition.head][-1]].end
        result.append(
            replace(proposition, arguments=(*proposition.arguments, *new), end=max(proposition.end, last))
            if new
            else proposition
        )
    for head in sorted(lists.keys() - done):
        found = lists[head]
        before = [
            k
            for k, m in enumerate(mentions)
            if m.end == head and m.kind in (MentionKind.NAME, MentionKind.DEMONYM)
        ]
        roles = ["adj" if mentions[k].kind is MentionKind.DEMONYM else "compound" for k in before]
        arguments = [
            Argument(role="title", start=head, end=head + 1, head=head),
            *(_argument(mentions, role, k) for role, k in zip(roles, before, strict=True)),
            *(_argument(mentions, "ref", k) for k in found),
        ]
        start = min([head, *(mentions[k].start for k in before)])
        result.append(
            Proposition(
                head=head,
                lemma=doc[head].lemma_.lower(),
                kind=PropositionKind.NOUN,
                start=start,
                end=mentions[found[-1]].end,
                arguments=tuple(arguments),
            )
        )
    return result


def _is_title_word(token: Token) -> bool:
    """Whether a word stands before a name as titles do, though its tag may be a verb's."""
    return token.pos_ == "NOUN" or token.dep_ == "compound"


def _without_titled(
    doc: Doc, mentions: Sequence[Mention], proposition: Proposition, is_title: Callable[[str], bool]
) -> Proposition:
    """A title's proposition without people who have a title of their own before their names."""
    if proposition.kind is not PropositionKind.NOUN or all(a.role != "title" for a in proposition.arguments):
        return proposition
    own = [
        a
        for a in proposition.arguments
        if a.role == "ref"
        and a.mention >= 0
        and mentions[a.mention].kind is MentionKind.NAME
        and proposition.head < a.start - 1
        and _is_role(doc, a.start - 1, is_title)
    ]
    return (
        replace(proposition, arguments=tuple(a for a in proposition.arguments if a not in own))
        if own
        else proposition
    )


def _listed(
    doc: Doc, mentions: Sequence[Mention], people: dict[int, int], head: int, is_title: Callable[[str], bool]
) -> list[int]:
    """The people named after a title: a list after a plural, one after a title that "and" joins to another."""
    at = head + 1
    if at < len(doc) and doc[at].lower_ == "and":
        # "Vela astronaut and flight engineer Ann Lee"
        at = next(
            (i + 1 for i in range(at + 1, min(at + 8, len(doc) - 1)) if _is_role(doc, i, is_title)), len(doc)
        )
        plural = at < len(doc) and doc[at - 1].tag_ in _PLURAL
    elif doc[head].tag_ not in _PLURAL:
        return []
    else:
        plural = True
    if plural and at < len(doc) and doc[at].text in (",", ":"):
        at += 1
    found: list[int] = []
    while at in people:
        found.append(people[at])
        at = mentions[people[at]].end
        if not plural:
            break
        at = _next_item(doc, at, is_title, people)
    return found


def _next_item(doc: Doc, start: int, is_title: Callable[[str], bool], people: dict[int, int]) -> int:
    """Where the next name of a list begins, past a person's own title between commas; the end if there is none."""
    joined = False
    for i in range(start, min(start + LONGEST_ITEM, len(doc))):
        token = doc[i]
        if i in people:
            own = i > 0 and _is_role(doc, i - 1, is_title)
            return i if joined and not own else len(doc)
        if token.text in (",", ";") or token.lower_ in ("and", "&"):
            joined = True
        elif token.tag_ in FINITE or "\n" in token.text or token.text in _STOPS or token.pos_ == "ADP":
            break
    return len(doc)


def _roles(doc: Doc, is_title: Callable[[str], bool]) -> Iterator[int]:
    """The tokens that name an office or occupation."""
    titles = {key for key in set(doc.to_array("LEMMA").tolist()) if is_title(doc.vocab.strings[key].lower())}
    return (
        token.i
        for token in doc
        if token.lemma in titles and _is_role(doc, token.i, is_title) and not _is_done_by_person(token)
    )


def _is_done_by_person(token: Token) -> bool:
    """Whether a word that may be a title is what a person does: "Ann Lee *heads* Vela", "who *heads* Vela"."""
    return token.tag_ in ("VBZ", "VBP") and any(
        child.dep_ == "nsubj" and (child.ent_type_ == "PERSON" or child.lower_ in ("who", "he", "she"))
        for child in token.lefts
    )


def _is_role(doc: Doc, i: int, is_title: Callable[[str], bool]) -> bool:
    return doc[i].pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and is_title(doc[i].lemma_.lower())


def _argument(mentions: Sequence[Mention], role: str, index: int) -> Argument:
    m = mentions[index]
    return Argument(role=role, start=m.start, end=m.end, head=m.head, mention=index)


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
        if doc[start].lower_ == "and" or any(mentions[i].type == "PERSON" for i in before):
            # "Ann Lee, Bob Ray and pilot Eva Sol": a list, whose last name has a title.
            continue
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
        if not units and complement_end > head + 1:
            end, units = _broken_off(doc, mentions, names, complement_end)
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
        elif token.tag_ in FINITE or (head >= 0 and not (token.pos_ == "NOUN" and token.is_lower)):
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
        if token.text in _STOPS or "\n" in token.text or token.tag_ in FINITE or token.tag_ in ("WP", "WDT"):
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


def _broken_off(
    doc: Doc, mentions: Sequence[Mention], names: dict[int, int], end: int
) -> tuple[int, list[int]]:
    """The organisation that a sentence of its own names after the title: "…, director for launches. *Vela Space Agency.*"."""
    start = end + 1
    if end >= len(doc) or doc[end].text != ".":
        return end, []
    if start < len(doc) and doc[start].lower_ == "the":
        start += 1
    found = names.get(start, -1)
    if found < 0 or mentions[found].type != "ORG":
        return end, []
    words = doc[end + 1 : min(end + 1 + LONGEST_FRAGMENT, len(doc))]
    length = fragment_length([w.text for w in words], [w.pos_ for w in words], mentions[found].end - end - 1)
    return (end + 1 + length, [found]) if length else (end, [])


def _is_body(doc: Doc, mention: Mention) -> bool:
    """Whether a name may be that of an organisation or unit: no place, and no person but for a plural head."""
    if mention.type in ("GPE", "LOC", "NORP", "EVENT", "PRODUCT"):
        return False
    return mention.type != "PERSON" or doc[mention.head].tag_ in ("NNS", "NNPS")


def _owns(doc: Doc, mention: Mention) -> bool:
    return mention.end < len(doc) and doc[mention.end].tag_ == "POS"


def _joined(mentions: Sequence[Mention], proposition: Proposition, chain: _Chain) -> Proposition:
    """A title's proposition with what its chain tells."""
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
        kept.append(_argument(mentions, "ref", chain.person))
    have = {a.mention for a in kept}
    for index in chain.before:
        if index in have:
            continue
        if mentions[index].kind is MentionKind.DEMONYM:
            kept.append(_argument(mentions, "adj", index))
        else:
            kept.append(_argument(mentions, "compound", index))
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
        kept.append(_argument(mentions, "pp:of", chain.unit))
    kept.extend(_argument(mentions, "affiliation", index) for index in chain.affiliations)
    return replace(
        proposition,
        arguments=tuple(kept),
        start=min(proposition.start, mentions[chain.person].start),
        end=max(proposition.end, chain.end if chain.affiliations else chain.head + 1),
    )
