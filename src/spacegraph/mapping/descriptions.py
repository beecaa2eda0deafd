"""What things without a name are called: their noun phrase in full, so that it stands alone.

"The development of the cargo ship", "students at the school", "Ines Kovar's plan to leave": a mention of a nominal ends
at its head, while what tells which one is meant often follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.model import MentionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc, Token

    from spacegraph.model import Argument, Mention

__all__ = ["FEW", "clause_end", "description", "is_of_few", "joined_arguments", "phrase_end", "points"]

#: How many words may follow the head of a description.
LONGEST_TAIL = 10
#: What ends a description wherever it stands.
_STOPS = frozenset((",", ";", ":", "(", ")", "“", "”", '"', "—", "–", "…", ".", "?", "!", "[", "]"))
#: Prepositions that speak of the event rather than of the thing before them.
_OUTSIDE = frozenset(
    (
        "after", "before", "since", "until", "till", "because", "despite", "without", "upon", "according", "via", "per",
        "throughout", "as", "amid", "following", "like", "due", "by", "while", "including", "than", "during",
    )
)  # fmt: skip
#: Prepositions of place: where a thing is does not always tell which one it is.
_WHERE = frozenset(
    (
        "in", "on", "at", "from", "near", "aboard", "inside", "outside", "across", "around", "over", "under", "through",
        "within", "off", "along", "onboard", "above", "below", "beyond",
    )
)  # fmt: skip
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those"))
#: Words that tell one of a kind from the rest, superlatives apart.
FEW = frozenset(("first", "last", "lone", "only", "second", "sole", "third"))
_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
#: Articles that point to something in the text.
_POINTING = frozenset(("this", "that", "these", "those"))
#: Words that may begin a clause which tells one thing from others.
_RELATIVE = frozenset(("that", "who", "which", "whose", "where"))


def description(
    doc: Doc,
    mention: Mention,
    mentions: Sequence[Mention],
    owner_name: Callable[[int], str],
    *,
    kind: str = "",
    last: int = -1,
) -> str:
    """A noun phrase on one line, without its article, with the name of its owner and what tells it from others.

    Args:
        doc: The article as read.
        mention: A nominal mention.
        mentions: All mentions of the article.
        owner_name: The name of a mention by its index, "" where it has none.
        kind: "person", "object" (a place or thing that can be touched), "event" (what happens, a work, an agreement),
            or "" for what is none of these. Places that follow belong to the description of people ("students at
            the school") and, where no article marks it as known, of what is none of these ("life on Mars"); to that of
            events and of what is none of these, where they have names and nothing else tells which it is. Owners of
            objects are left out: the facts say whose they are.
        last: The head of the last of several phrases that belong together; -1 for one phrase.

    Returns:
        The words; owners that have no name are left out. "" where a pronoun in them stands for nothing with a name.
    """
    start, owner = _owner(doc, mention, mentions, owner_name)
    first = start
    while start < mention.head and (
        doc[start].lower_ in _ARTICLES or doc[start].lower_ == "own" or doc[start].is_punct
    ):
        start += 1
    if kind == "event":
        start = _after_time(doc, start, mention, mentions)
    definite = (
        doc[first].lower_ in ("the", "this", "that", "these", "those") or start > first == mention.start
    )
    placed = kind == "person" or (kind == "" and not definite)
    bare = start == mention.head and first == mention.start and last < 0
    # Where something was done may hang on the object of its verb.
    settled = doc[mention.head].dep_ != "dobj" and not owner
    if (kind == "event" and bare) or (kind == "" and definite and settled):
        # "Explosion" and "the ongoing operation" say too little; where it is tells which one, if that has a name.
        placed = _place_has_name(doc, mention, mentions) and not _holds_name(mention, mentions)
    end = phrase_end(doc, max(last, mention.head), mentions, places=placed, clauses=bare)
    words = _without_pronouns(doc, (start, end), mention, mentions, owner_name)
    if not words and bare:
        # "A pilot on board whom they knew": without the clause, whoever is meant by its pronouns.
        end = phrase_end(doc, mention.head, mentions, places=placed, clauses=False)
        words = _without_pronouns(doc, (start, end), mention, mentions, owner_name) if end > start + 1 else ""
    if not owner or kind == "object":
        return words
    return f"{possessive(owner)} {words}"


def possessive(name: str) -> str:
    """A name as an owner's: "Vela’s", "Wings’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def phrase_end(
    doc: Doc, head: int, mentions: Sequence[Mention], *, places: bool = True, clauses: bool = True
) -> int:
    """Where the noun phrase with this head ends, together with what restricts it after the head.

    Args:
        doc: The article as read.
        head: The phrase's head.
        mentions: All mentions; when something is belongs to no description.
        places: Whether phrases of place belong to it.
        clauses: Whether relative clauses without a comma do; infinitives ("plans to leave") always do.
    """
    end = head + 1
    for child in doc[head].rights:
        if child.left_edge.i != end or not _belongs(child, mentions, places=places, clauses=clauses):
            break
        stop = _end_of(doc, child, head)
        if stop <= end:
            break
        end = stop
    if end == head + 1 and end + 1 < len(doc) and doc[end].tag_ == "TO" and is_of_few(doc, mentions, head):
        # Whatever the parser joins it to, "the first to land" tells what it was the first to do.
        end = max(end, _end_of(doc, doc[end].head, head))
    if end < len(doc) and doc[end].lower_ == "of" and doc[end].dep_ == "prep":
        # Whatever the parser joins it to, "of" belongs to the noun before it.
        end = max(end, _end_of(doc, doc[end], head))
    return end


def clause_end(doc: Doc, end: int) -> int:
    """Where a relative clause ends that begins at a token, whatever noun the parser hangs it on; else that token.

    Of "the only member of the crew who can swim", the clause tells what she is the only one to do.
    """
    if end >= len(doc) or doc[end].tag_ not in ("WP", "WDT"):
        return end
    verb = next((t for t in doc[end : end + 6] if t.dep_ == "relcl" and t.left_edge.i == end), None)
    return end if verb is None else min(verb.right_edge.i + 1, end + LONGEST_TAIL)


def is_of_few(doc: Doc, mentions: Sequence[Mention], head: int) -> bool:
    """Whether a superlative or the like picks one thing out: "the first", "the only", "the largest", "the 37th"."""
    start = next((m.start for m in mentions if m.head == head), head)
    return any(
        t.lower_ in FEW
        or t.tag_ in ("JJS", "RBS")
        or (t.text[:1].isdigit() and t.lower_[-2:] in _ORDINAL_ENDS)
        for t in doc[start:head]
    )


def joined_arguments(
    doc: Doc, mentions: Sequence[Mention], arguments: Sequence[Argument]
) -> list[list[Argument]]:
    """The arguments in groups of phrases that share what stands around them: "the goals and priorities for the year".

    Phrases with an article or possessor of their own, and names, stand for themselves.
    """
    groups: list[list[Argument]] = []
    for argument in arguments:
        if groups and _continues(doc, mentions, groups[-1][-1], argument):
            groups[-1].append(argument)
        else:
            groups.append([argument])
    return groups


def _continues(doc: Doc, mentions: Sequence[Mention], before: Argument, after: Argument) -> bool:
    if before.mention < 0 or after.mention < 0:
        return False
    first, second = mentions[before.mention], mentions[after.mention]
    if (
        first.kind is not MentionKind.NOMINAL
        or second.kind is not MentionKind.NOMINAL
        or second.head <= first.head
    ):
        return False
    between = doc[first.head + 1 : second.start]
    own = doc[second.start].tag_ in ("DT", "PRP$", "CD") or any(
        t.tag_ == "POS" for t in doc[second.start : second.head]
    )
    return len(between) > 0 and not own and all(t.tag_ in ("CC", ",") for t in between)


def points(doc: Doc, start: int, end: int) -> bool:
    """Whether words point to something else in the text: "the adoption *of this alloy*"."""
    return any(
        t.tag_ == "DT" and t.lower_ in _POINTING and t.head.pos_ in ("NOUN", "PROPN") for t in doc[start:end]
    )


def _owner(
    doc: Doc, mention: Mention, mentions: Sequence[Mention], owner_name: Callable[[int], str]
) -> tuple[int, str]:
    """The first token after the possessor and the name of the possessor; "" without one."""
    for i in range(mention.head - 1, mention.start - 1, -1):
        # Taggers take "her" for an object at times.
        her = doc[i].tag_ == "PRP" and doc[i].dep_ == "poss"
        if doc[i].tag_ not in ("PRP$", "WP$", "POS") and not her:
            continue
        owned = i - 1 if doc[i].tag_ == "POS" else i
        inside = [
            k
            for k, m in enumerate(mentions)
            if m is not mention and m.start <= owned < m.end and m.head < mention.head
        ]
        return i + 1, owner_name(inside[-1]) if inside else ""
    return mention.start, ""


def _end_of(doc: Doc, child: Token, head: int) -> int:
    """The end of a restricting phrase: before a mark, before what belongs to the next noun, or where it grows too long."""
    first, last = child.left_edge.i, child.right_edge.i + 1
    for i in range(first, last):
        if doc[i].text in _STOPS or "\n" in doc[i].text:
            last = i
            break
    last = min(last, _before_owned(doc, first, last))
    if last < len(doc) and doc[last].tag_ == "POS":
        last = next((i for i in range(last - 1, first, -1) if doc[i].tag_ == "CC"), first)
    if last - head > LONGEST_TAIL + 1:
        # Cut between phrases, never inside one.
        cuts = [
            i
            for i in range(first + 2, min(last, head + LONGEST_TAIL + 2))
            if doc[i].tag_ in ("IN", "CC", "WDT", "WP")
        ]
        last = cuts[-1] if cuts else first
    cut = last <= child.right_edge.i
    while last > first and (
        doc[last - 1].pos_ in ("CCONJ", "ADP", "DET", "SPACE", "PART", "SCONJ")
        or (cut and doc[last - 1].tag_ in ("VBN", "VBG", "JJ"))
    ):
        last -= 1
    return last


def _before_owned(doc: Doc, first: int, last: int) -> int:
    """Where a phrase ends before "and" with something that has an owner of its own: "… of Italy *and Ann's threats*"."""
    for i in range(first + 1, last - 1):
        if doc[i].tag_ == "CC":
            after = i + 1
            while after < last and doc[after].pos_ == "PROPN":
                after += 1
            if after > i + 1 and after < len(doc) and doc[after].tag_ == "POS":
                return i
    return last


def _belongs(child: Token, mentions: Sequence[Mention], *, places: bool, clauses: bool) -> bool:
    if child.dep_ == "prep":
        if child.lower_ in _OUTSIDE or (child.lower_ in _WHERE and not places):
            return False
        objects = [t.i for t in child.children if t.dep_ in ("pobj", "pcomp")]
        return bool(objects) and not any(m.head in objects for m in mentions if m.kind is MentionKind.TIME)
    if child.dep_ in ("acl", "relcl"):
        first = child.left_edge
        return (child.tag_ == "VB" and first.lower_ == "to") or (
            clauses
            and (first.lower_ in _RELATIVE or child.tag_ in ("VBG", "VBN"))
            # Who built or runs a thing is a fact of its own.
            and not (child.tag_ == "VBN" and any(t.dep_ == "agent" for t in child.children))
        )
    return False


def _without_pronouns(
    doc: Doc,
    span: tuple[int, int],
    mention: Mention,
    mentions: Sequence[Mention],
    owner_name: Callable[[int], str],
) -> str:
    """The words of a phrase with names for the pronouns after its head; "" where one of them stands for nothing with a name.

    "" also where they point to something else in the text ("the adoption of *this* alloy").
    """
    if points(doc, mention.head + 1, span[1]):
        return ""
    words: list[str] = []
    for i in range(*span):
        text = doc[i].text_with_ws
        if doc[i].tag_ in ("PRP", "PRP$") and i > mention.head:
            at = next((k for k, m in enumerate(mentions) if m.start == i and m.end == i + 1), -1)
            name = owner_name(at) if at >= 0 else ""
            if doc[i].tag_ == "PRP":
                if not name:
                    return ""
                text = name + doc[i].whitespace_
            elif i + 1 < span[1] and doc[i + 1].lower_ == "own":
                # "A capsule of its own" says no more than "a capsule".
                if doc[i - 1].pos_ == "ADP":
                    words.pop()
                break
            elif name and name not in "".join(words):
                text = f"{possessive(name)} "
            elif not name and not _is_in_clause(doc[i], mention.head):
                text = ""
        words.append(text)
    return " ".join("".join(words).split())


def _is_in_clause(token: Token, head: int) -> bool:
    """Whether a word stands in a clause after the noun, which tells mostly whose it is: "people who lost their homes"."""
    return any(t.dep_ in ("relcl", "acl") and t.i > head for t in token.ancestors)


def _holds_name(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the words of a phrase hold a name: "the *Merrow* operation"."""
    return any(
        m.kind in (MentionKind.NAME, MentionKind.DEMONYM)
        and mention.start <= m.start
        and m.end <= mention.end
        for m in mentions
    )


def _place_has_name(doc: Doc, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether what follows a noun at once is a place with a name: "explosion *at the Halden Launch Centre*"."""
    places = (
        place.i
        for child in doc[mention.head].rights
        if child.lower_ in _WHERE and child.left_edge.i == mention.head + 1
        for place in child.children
        if place.dep_ == "pobj"
    )
    place = next(places, -1)
    return any(m.kind is MentionKind.NAME and m.start <= place < m.end for m in mentions)


def _after_time(doc: Doc, start: int, mention: Mention, mentions: Sequence[Mention]) -> int:
    """Where a description begins after how long the event lasts or its day: "22-day mission", "April 2 workshop"."""
    for m in mentions:
        if m.kind is not MentionKind.TIME or not m.start <= start < m.end <= mention.head:
            continue
        if m.type == "DURATION" or (m.end - m.start > 1 and m.norm.count("-") > 1):
            start = m.end
            while start < mention.head and doc[start].is_punct:
                start += 1
    return start
