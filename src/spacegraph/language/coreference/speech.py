"""First and second person: the speaker, the addressee, and the organisation that the speaker says "we" for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.deed_nouns import is_former
from spacegraph.language.parse.fragments import LONGEST_FRAGMENT, fragment_length

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacegraph.language.coreference.entities import Entities
    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Quotation

__all__ = ["Turn", "affiliation", "merge_speech", "place_in_turns", "turns_of"]


class Turn:
    """Speech in tokens ``[start, end)`` of the one whose ``key`` it bears.

    ``speaker`` and ``addressee`` are places of expressions, -1 where unknown; ``to`` is the key of the addressee.
    """

    __slots__ = ("addressee", "end", "key", "speaker", "start", "to")

    def __init__(
        self, start: int, end: int, *, key: str = "", speaker: int = -1, addressee: int = -1, to: str = ""
    ) -> None:
        self.start, self.end = start, end
        self.key, self.speaker, self.addressee, self.to = key, speaker, addressee, to


def merge_speech(
    t: Tokens,
    entities: Entities,
    turns: Sequence[Turn],
    *,
    organisations: bool,
    others: Collection[int] = (),
) -> None:
    """Merge "I" with the speaker, "you" with the addressee, "we" with each other or the speaker's organisation.

    Args:
        t: The text.
        entities: Its entities; names and appositions are merged already.
        turns: Speech; each expression's ``quote`` is the place of its turn in this list, -1 for the narrator.
        organisations: Whether "we" is the organisation that the speaker belongs to, where the text says which.
        others: Places of expressions in the first person that stand for somebody else.
    """
    last: dict[tuple[str, str], int] = {}
    for e in entities.expressions:
        if e.pronoun not in ("i", "we", "you") or e.at in others:
            continue
        turn = turns[e.quote] if e.quote >= 0 else None
        who, at = _referent(entities, e, turn, t, organisations)
        if at >= 0:
            entities.merge(at, e.at)
        if not who:
            continue
        key = (who, "plur" if e.pronoun == "we" else "sing")
        if key in last:
            entities.merge(last[key], e.at)
        last[key] = e.at


def _referent(
    entities: Entities, e: Expression, turn: Turn | None, t: Tokens, organisations: bool
) -> tuple[str, int]:
    """A key that joins pronouns of one referent, and the expression that names it (-1 where none does)."""
    if turn is None:
        return ("reader" if e.pronoun == "you" else "narrator"), -1
    speaker = turn.key or (
        f"entity:{entities.of(turn.speaker).at}" if turn.speaker >= 0 else f"turn:{turn.start}"
    )
    if e.pronoun == "you":
        if turn.addressee >= 0:
            return f"entity:{entities.of(turn.addressee).at}", turn.addressee
        return (turn.to or f"to:{speaker}"), -1
    if turn.speaker < 0:
        return speaker, -1
    is_organisation = entities.of(turn.speaker).meanings & {"org", "place", "group"}
    if e.pronoun == "i":
        return speaker, -1 if is_organisation else turn.speaker
    if is_organisation:
        return speaker, turn.speaker
    return speaker, affiliation(t, entities, turn.speaker) if organisations else -1


def affiliation(t: Tokens, entities: Entities, person: int) -> int:
    """The organisation of a person: "Zorvex engineer Ines Kovar", "Ines Kovar, director of the Ice Agency".

    A sentence that is nothing but an organisation's name, after one that ends with the person's title, counts too.

    Returns:
        The place of the organisation's expression; -1 where the text names none, or several.
    """
    found: list[int] = []
    organisations = {}
    first: dict[int, Expression] = {}
    for e in entities.expressions:
        if e.kind == "name" and e.meaning == "org":
            organisations[e.head] = e.at
            organisations[e.end - 1] = e.at
            first[e.first] = e
    for place in entities.of(person).expressions:
        e = entities.expressions[place]
        if e.kind not in ("name", "nominal"):
            continue
        for k in range(e.first, e.last + 1):
            if k in organisations and _belongs(t, k, e) and organisations[k] not in found:
                found.append(organisations[k])
        named = first.get(e.last + 2) if e.last > e.end and t.text[e.last + 1 : e.last + 2] == ["."] else None
        if named is not None and named.at not in found:
            end = named.first + LONGEST_FRAGMENT
            if fragment_length(t.text[named.first : end], t.pos[named.first : end], named.end - named.first):
                found.append(named.at)
    distinct = {entities.of(at).at for at in found}
    return found[0] if len(distinct) == 1 else -1


def _belongs(t: Tokens, organisation: int, person: Expression) -> bool:
    """Whether an organisation's name depends on a person's title or role, and not on a clause about the person."""
    node = organisation
    for _ in range(6):
        dep, parent = t.dep[node], t.head[node]
        if is_former(t, node):
            # "A former Zorvex engineer" speaks for Zorvex no more.
            return False
        if node == person.head:
            return True
        if dep not in ("compound", "nmod", "poss", "pobj", "prep", "appos", "amod", "conj"):
            return False
        if dep == "prep" and t.lower[node] not in ("of", "at", "for", "with"):
            return False
        if parent == node:
            return False
        node = parent
    return False


#: Opening and closing marks of double quotation marks.
_OPENING = frozenset(("“", "„", "«"))
_CLOSING = frozenset(("”", "»"))


def turns_of(
    t: Tokens, expressions: Sequence[Expression], quotations: Sequence[Quotation] | None
) -> list[Turn]:
    """Who speaks where: from quotations, or from quotation marks and verbs of saying where there are none.

    Args:
        t: The text.
        expressions: Its expressions.
        quotations: The quotations, whose speakers are places in the list of mentions; None where nobody looked.
    """
    if quotations is None:
        return _marked_speech(t, expressions)
    place = {e.mention: e.at for e in expressions if e.mention >= 0}
    return [
        Turn(q.start, q.end, speaker=place.get(q.speaker, -1), addressee=place.get(q.addressee, -1))
        for q in quotations
        if q.kind != "indirect"
    ]


def place_in_turns(expressions: Sequence[Expression], turns: Sequence[Turn]) -> None:
    """Tell each expression in which turn it stands, the shortest one that holds it."""
    for number, turn in sorted(enumerate(turns), key=lambda item: item[1].start - item[1].end):
        for e in expressions:
            if turn.start <= e.start < turn.end:
                e.quote = number


def _marked_speech(t: Tokens, expressions: Sequence[Expression]) -> list[Turn]:
    """Stretches between double quotation marks, said by the subject of a verb of saying beside them."""
    spans: list[tuple[int, int]] = []
    start = -1
    for i, word in enumerate(t.text):
        if word in _OPENING or (word in ('"', "``") and start < 0):
            start = i + 1
        elif word in _CLOSING or word in ('"', "''"):
            if start >= 0 and i > start:
                spans.append((start, i))
            start = -1
        elif t.tag[i] == "_SP" and "\n\n" in word and start >= 0 and start < i:
            spans.append((start, i))
            start = -1
    heads = {e.head: e for e in expressions if e.kind in ("name", "nominal", "pronoun")}
    return [Turn(a, b, speaker=_speaker(t, heads, a, b)) for a, b in spans]


def _speaker(t: Tokens, heads: dict[int, Expression], start: int, end: int) -> int:
    """The subject of the verb of saying beside a quotation; -1 where there is none."""
    first, _ = t.sentence(max(start - 1, 0))
    _, last = t.sentence(min(end, t.size - 1))
    outside = [*range(end, min(last, end + 14)), *range(start - 1, max(first, start - 14) - 1, -1)]
    for i in outside:
        if t.lemma[i] in words.MIND_VERBS and t.pos[i] == "VERB":
            subject = t.child(i, "nsubj")
            if subject >= 0 and not start <= subject < end and subject in heads:
                return heads[subject].at
    return -1
