"""Lists of people with titles at the start of a sentence, which small parsers take apart.

"Acme astronauts Ann Lee and Bo Sim, VSA (Vela Space Agency) astronaut Ada Roy, and pilot Raj Rao will fly": who they are is
plain from the names, the titles and what parts them, while the parser may find two subjects, or a verb in "astronauts".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.tags import FINITE
from spacegraph.language.english.words import ROLE_NOUNS
from spacegraph.model import Mention, MentionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.tokens import Tokens

__all__ = ["lists_of_people"]

#: Parts of speech of the words of a title.
_TITLE_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "HYPH", "POS", "DT", "VBN"))
_PARTING = frozenset((",", "and", "&"))
_BRACKETS = frozenset(("(", ")"))
_WITHIN = frozenset(("of", "for", "at", "the", "from"))
#: Most tokens between two members of a list.
_LONGEST_GAP = 16


def lists_of_people(t: Tokens, mentions: Sequence[Mention]) -> dict[int, tuple[int, ...]]:
    """For each person in such a list the heads of all its members, in their order; by the index of the mention.

    Args:
        t: The text, its parse repaired.
        mentions: Its mentions.
    """
    named = [
        (k, m)
        for k, m in enumerate(mentions)
        if m.kind is MentionKind.NAME and m.type == "PERSON" and m.end - m.start > 1
    ]
    lists: dict[int, tuple[int, ...]] = {}
    covered = bytearray(t.size)
    for m in mentions:
        if m.kind in (MentionKind.NAME, MentionKind.DEMONYM):
            covered[m.start : m.end] = b"\x01" * (m.end - m.start)
    at = 0
    while at < len(named):
        run = [named[at]]
        titled = _title_before(t, covered, run[0][1].start) if _opens(t, run[0][1]) else None
        while titled is not None and at + len(run) < len(named):
            follower = named[at + len(run)]
            gap = range(run[-1][1].end, follower[1].start)
            if t.sent[follower[1].start] != t.sent[run[-1][1].start] or not _parts(t, covered, gap):
                break
            titled = titled or any(_is_role(t, k) for k in gap)
            run.append(follower)
        if titled and len(run) > 1 and _ends_with_and(t, run[-2][1].end, run[-1][1].start):
            heads = tuple(m.head for _, m in run)
            lists.update((k, heads) for k, _ in run)
        at += len(run)
    return lists


def _is_role(t: Tokens, k: int) -> bool:
    return t.lower[k] in ROLE_NOUNS or t.lower[k].removesuffix("s") in ROLE_NOUNS


def _opens(t: Tokens, m: Mention) -> bool:
    """Whether a name stands before the first finite verb of its sentence, a title taken for a verb apart."""
    start = t.sent_starts[t.sent[m.start]]
    return not any(t.tag[k] in FINITE and not _is_role(t, k) for k in range(start, m.start))


def _title_before(t: Tokens, covered: bytearray, start: int) -> bool | None:
    """Whether a title stands before the first name; None where something else does ("the crew of")."""
    k = start - 1
    first = t.sent_starts[t.sent[start]]
    titled = False
    while k >= first and (covered[k] or _is_role(t, k) or t.tag[k] in _TITLE_TAGS or t.text[k] in _BRACKETS):
        titled = titled or _is_role(t, k)
        k -= 1
    return titled if k < first or t.pos[k] in ("SPACE", "PUNCT") else None


def _parts(t: Tokens, covered: bytearray, gap: range) -> bool:
    """Whether between two names there is nothing but what parts the members of a list, and their titles."""
    return (
        0 < len(gap) <= _LONGEST_GAP
        and any(t.lower[k] in _PARTING for k in gap)
        and all(
            covered[k]
            or t.lower[k] in _PARTING
            or t.lower[k] in _WITHIN
            or t.text[k] in _BRACKETS
            or _is_role(t, k)
            or (t.tag[k] in _TITLE_TAGS and t.lower[k] not in ("both", "neither", "no"))
            for k in gap
        )
    )


def _ends_with_and(t: Tokens, start: int, end: int) -> bool:
    return any(t.lower[k] in ("and", "&") for k in range(start, end))
