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

    from spacegraph.model import Mention

__all__ = ["description", "phrase_end"]

#: How many words may follow the head of a description.
LONGEST_TAIL = 14
#: How many words a clause without its own comma may have to belong to a description.
LONGEST_CLAUSE = 10
#: What ends a description wherever it stands.
_STOPS = frozenset((",", ";", ":", "(", ")", "“", "”", '"', "—", "–", "…", ".", "?", "!", "[", "]"))
#: Prepositions that speak of the event rather than of the thing before them.
_OUTSIDE = frozenset(
    (
        "after", "before", "since", "until", "till", "because", "despite", "without", "upon", "according", "via", "per",
        "throughout", "as", "amid", "following", "like", "due",
    )
)  # fmt: skip
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those"))


def description(
    doc: Doc, mention: Mention, mentions: Sequence[Mention], owner_name: Callable[[int], str]
) -> str:
    """A noun phrase on one line, without its article, with the name of its owner and what follows the head.

    Args:
        doc: The article as read.
        mention: A nominal mention.
        mentions: All mentions of the article.
        owner_name: The name of a mention by its index, "" where it has none.

    Returns:
        The words; owners that have no name are left out.
    """
    start = mention.start
    owner = ""
    for i in range(mention.start, mention.head):
        token = doc[i]
        if token.tag_ in ("PRP$", "POS", "WP$"):
            owned = i if token.tag_ != "POS" else i - 1
            at = next(
                (
                    k
                    for k, m in enumerate(mentions)
                    if m.head == owned or (m.start <= owned < m.end and m is not mention)
                ),
                -1,
            )
            owner = owner_name(at) if at >= 0 else ""
            start = i + 1
    while start < mention.head and (
        doc[start].lower_ in _ARTICLES or doc[start].lower_ == "own" or doc[start].is_punct
    ):
        start += 1
    end = phrase_end(doc, mention.head, mentions)
    words = " ".join(doc[start:end].text.split())
    if not owner:
        return words
    return f"{owner}' {words}" if owner.endswith("s") else f"{owner}'s {words}"


def phrase_end(doc: Doc, head: int, mentions: Sequence[Mention]) -> int:
    """Where the noun phrase with this head ends, together with what restricts it after the head."""
    times = {m.head for m in mentions if m.kind is MentionKind.TIME}
    end = head + 1
    for child in doc[head].rights:
        if child.left_edge.i != end or not _belongs(child, times):
            break
        stop = _end_of(doc, child, head)
        if stop <= end:
            break
        end = stop
    return end


def _end_of(doc: Doc, child: Token, head: int) -> int:
    """The end of a restricting phrase up to the first mark that ends it; its start where it is too long."""
    last = child.right_edge.i + 1
    for i in range(child.left_edge.i, last):
        if doc[i].text in _STOPS or "\n" in doc[i].text:
            last = i
            break
    while last > child.left_edge.i and doc[last - 1].pos_ in ("CCONJ", "ADP", "DET", "SPACE", "PART"):
        last -= 1
    return child.left_edge.i if last - head > LONGEST_TAIL + 1 else last


def _belongs(child: Token, times: set[int]) -> bool:
    if child.dep_ == "prep":
        if child.lower_ in _OUTSIDE:
            return False
        objects = [t for t in child.children if t.dep_ in ("pobj", "pcomp")]
        return bool(objects) and not any(t.i in times for t in objects)
    if child.dep_ in ("acl", "relcl"):
        return child.right_edge.i + 1 - child.left_edge.i <= LONGEST_CLAUSE
    return False
