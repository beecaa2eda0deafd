"""Which senses of the lexicon a proposition has, and which of its arguments fill them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from spacegraph.model import Argument, MentionKind, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from spacegraph.lexicon import Lexicon, Sense
    from spacegraph.model import Mention, Proposition

__all__ = ["by_role", "pick_roles", "senses_of"]

#: Where an entry names several arguments, the first of these that fits is meant: what is moved before
#: the mover, the nearest modifier of a noun before its possessor.
PREFERENCE = ("obj", "ref", "pp:of", "compound", "iobj", "comp", "speech", "addressee", "time")
#: Roles whose filler may be a count or a measure; a noun counts itself.
MEASURED = {
    PropositionKind.VERB: frozenset(("obj", "attr", "pp:of", "pp:with")),
    PropositionKind.ADJECTIVE: frozenset(("pp:of", "pp:with")),
    PropositionKind.NOUN: frozenset(("ref",)),
}
#: Values that say how much there is of a thing; a sum of money and an age say something else of it.
_MEASURES = frozenset(("CARDINAL", "PERCENT", "QUANTITY"))
_NO_NAMES = frozenset((MentionKind.TIME, MentionKind.VALUE))
#: What every proposition has: its own words.
_ALWAYS = frozenset(("predicate", "state"))
_LAST = ("poss", "adj", "subj")


def by_role(
    proposition: Proposition, doc: Doc | None = None, mentions: Sequence[Mention] = ()
) -> dict[str, list[Argument]]:
    """A proposition's arguments by role, each in the order of the text.

    With ``doc`` and ``mentions``, what counts or measures ("four astronauts", "$90 million") stands under the
    role ``amount`` too (a subject under ``count``), an adjective that a copula ascribes ("is reusable") under
    ``quality`` instead of ``attr``, who says so of an adjective under ``source``, and the common noun at a name ("the
    Vela *lunar lander*") under ``kind``.
    """
    roles: dict[str, list[Argument]] = defaultdict(list)
    for argument in proposition.arguments:
        if argument.role == "attr" and doc is not None and doc[argument.head].pos_ in ("ADJ", "VERB", "ADV"):
            roles["quality"].append(replace(argument, role="quality"))
            continue
        roles[argument.role].append(argument)
        if (
            argument.role == "appos"
            and doc is not None
            and argument.start
            and doc[argument.start - 1].text == "("
            and not (argument.mention >= 0 and mentions[argument.mention].kind in _NO_NAMES)
        ):
            roles["alias"].append(replace(argument, role="alias"))
        if doc is None or argument.mention < 0:
            continue
        mention = mentions[argument.mention]
        counted = _is_counted(doc, mention)
        if argument.role in MEASURED[proposition.kind] and (
            counted or (mention.kind is MentionKind.VALUE and mention.type in _MEASURES)
        ):
            roles["amount"].append(replace(argument, role="amount"))
        if argument.role == "subj" and counted:
            roles["count"].append(replace(argument, role="count"))
    said_by = proposition.sources[0] if proposition.sources else -1
    if doc is not None and proposition.kind is PropositionKind.ADJECTIVE and said_by >= 0:
        m = mentions[said_by]
        roles["source"].append(
            Argument(role="source", start=m.start, end=m.end, head=m.head, mention=said_by)
        )
    if doc is not None and proposition.kind is PropositionKind.NOUN and "title" not in roles:
        start = _kind_start(doc, proposition, mentions)
        if start < proposition.head:
            roles["kind"].append(
                Argument(role="kind", start=start, end=proposition.head + 1, head=proposition.head)
            )
    return roles


def _kind_start(doc: Doc, proposition: Proposition, mentions: Sequence[Mention]) -> int:
    """Where the words begin that say what a thing is whose name stands beside them; the noun itself if there are none.

    "The Vela *lunar lander*", "the *motorcycle club* Vela". An ordinary noun alone says too little. Of "a Vela lunar
    lander" the name says which one of many it is.
    """
    head = proposition.head
    names = [
        a
        for a in proposition.arguments
        if a.role == "ref" and a.mention >= 0 and mentions[a.mention].kind is MentionKind.NAME
    ]
    start = head
    if not names or doc[head].tag_ != "NN" or not doc[head].is_lower:
        return head
    while start > doc[head].sent.start and doc[start - 1].pos_ in ("NOUN", "ADJ") and doc[start - 1].is_lower:
        start -= 1
    before = next((a for a in names if a.end == start), None)
    if before is not None:
        return (
            start
            if before.start > 0
            and doc[before.start - 1].tag_ in ("DT", "POS", "PRP$")
            and (doc[before.start - 1].lower_ not in ("a", "an"))
            else head
        )
    return start if any(a.start == head + 1 for a in names) else head


def _is_counted(doc: Doc, mention: Mention) -> bool:
    """Whether a phrase without a name counts what it is about: "nine engines", not "the 2031 exhibition"."""
    if mention.kind is not MentionKind.NOMINAL or not mention.norm:
        return False
    times = any(doc[i].lower_ == "times" for i in range(mention.start, mention.head))
    return times or doc[mention.head].tag_ in ("NNS", "NNPS")


def pick_roles(alternatives: tuple[str, ...], roles: dict[str, list[Argument]]) -> list[str]:
    """The alternatives that a proposition has, the preferred first."""
    return [role for role in _by_preference(alternatives) if role in roles or role in _ALWAYS]


@lru_cache(maxsize=4096)
def _by_preference(alternatives: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(alternatives, key=_rank))


def _rank(role: str) -> tuple[int, str]:
    if role in PREFERENCE:
        return PREFERENCE.index(role), role
    if role in _LAST:
        return 100 + _LAST.index(role), role
    return 50, role


def senses_of(
    doc: Doc, proposition: Proposition, roles: dict[str, list[Argument]], lexicon: Lexicon
) -> Iterator[Sense]:
    """The senses of the proposition's own word."""
    words = proposition.lemma.lower().split()
    if words:
        head = words[-1] if proposition.kind is PropositionKind.NOUN else words[0]
        for sense, form in lexicon.index.get((proposition.kind, head), ()):
            if _has_form(doc, proposition, roles, words, form):
                yield sense


def _has_form(
    doc: Doc,
    proposition: Proposition,
    roles: dict[str, list[Argument]],
    words: list[str],
    form: tuple[str, ...],
) -> bool:
    """Whether the words of an entry stand there: as particle or object of a verb, or before a noun."""
    if len(form) == 1:
        # A verb with a particle is another word than the verb: "take off" is not "take".
        return proposition.kind is not PropositionKind.VERB or len(words) == 1
    if proposition.kind is PropositionKind.NOUN:
        if tuple(words[-len(form) :]) == form:
            return True
        start = proposition.head - len(form) + 1
        return start >= 0 and all(
            doc[start + i].lower_ == word or doc[start + i].lemma_.lower() == word
            for i, word in enumerate(form[:-1])
        )
    objects = {doc[a.head].lemma_.lower() for role in ("obj", "attr", "quality") for a in roles.get(role, ())}
    # "Left them there", "keep it going"
    adverbs = {child.lower_ for child in doc[proposition.head].rights if child.dep_ == "advmod"}
    # "Is behind schedule"
    placed = {
        word
        for role, arguments in roles.items()
        if role.startswith("pp:")
        for word in (*role.removeprefix("pp:").split(), *(doc[a.head].lemma_.lower() for a in arguments))
    }
    # "Keep going", "continue to do"
    clauses = {doc[a.head].lower_ for a in roles.get("comp", ()) if doc[a.head].tag_ in ("VBG", "VB")}
    rest = set(words[1:]) | objects | adverbs | clauses | placed
    return all(word in rest for word in form[1:])
