"""How a thing is doing, in the words of the text: "operating normally", "behind schedule", "collapsed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.model import MentionKind, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from spacegraph.model import Mention, Proposition

__all__ = ["predicate_words", "state_words"]

#: Most words of a state.
LONGEST_STATE = 12
#: Adverbs that say in what condition something works, rather than where, when or with what zeal.
_CONDITIONS = frozenset(
    (
        "abnormally", "badly", "correctly", "erratically", "fine", "flawlessly", "fully", "nominally", "normally",
        "partially", "perfectly", "poorly", "properly", "reliably", "safely", "smoothly", "successfully", "well",
    )
)  # fmt: skip
_BE = frozenset(("be", "do", "have"))


def predicate_words(doc: Doc, proposition: Proposition) -> str:
    """The predicate as the text has it, with its particle: "collapsed", "falls through", "death"."""
    words = proposition.lemma.split()
    particles = words[1:] if proposition.kind is PropositionKind.VERB else []
    return " ".join([doc[proposition.head].lower_, *particles])


def state_words(doc: Doc, proposition: Proposition, mentions: Sequence[Mention]) -> str:
    """What a clause says of how its subject is.

    Args:
        doc: The article as read.
        proposition: A verb or predicative adjective.
        mentions: The article's mentions; when something is so belongs to no state.

    Returns:
        A verb with what says how ("working well", "operating the same as last year"); of "be", what follows it ("years
        behind schedule"). "" where nothing does, or where the words point to something else in the text.
    """
    head = doc[proposition.head]
    copula = proposition.kind is PropositionKind.VERB and head.lemma_ == "be"
    start = end = head.i + 1
    for child in head.rights:
        if copula and child.dep_ == "neg" and child.i == end:
            start = end = end + 1
            continue
        if child.left_edge.i != end or not _says_how(child, copula=copula):
            break
        end = _end_of(doc, child, mentions)
        if end <= child.right_edge.i:
            break
    if proposition.kind is PropositionKind.VERB and (end == start or end - start > LONGEST_STATE):
        return ""
    words = _without_repetition(doc, start if copula else head.i, end)
    if any(doc[i].tag_ in ("PRP", "PRP$", "WP", "WDT") for i in words):
        return ""
    return " ".join("".join(doc[i].text_with_ws for i in words).split())


def _says_how(child: Token, *, copula: bool) -> bool:
    dep = child.dep_
    if dep == "advmod":
        return child.lower_ in _CONDITIONS
    if dep in ("acomp", "oprd"):
        return True
    if dep == "dobj":
        return child.lower_ == "same"
    if dep == "advcl":
        return child.left_edge.lower_ == "as" and child.tag_ in ("VBN", "JJ")
    return dep == "prep" and (copula or child.lower_ in ("at", "as", "without", "like"))


def _end_of(doc: Doc, child: Token, mentions: Sequence[Mention]) -> int:
    """Where what says how ends: before a mark, a further clause or, past "ago", a time."""
    times = {i for m in mentions if m.kind is MentionKind.TIME for i in range(m.start, m.end)}
    for i in range(child.i, child.right_edge.i + 1):
        token = doc[i]
        if token.is_punct or "\n" in token.text or (token.tag_ == "CC" and token.head.i <= child.i):
            return i
        if (
            i > child.i
            and token.dep_ in ("mark", "prep")
            and token.lower_ in ("because", "after", "since", "until", "despite")
        ):
            return i
        if token.dep_ == "prep" and i + 1 in times and i not in times:
            return i
        if token.head.i < child.left_edge.i and i in times:
            return i
    return child.right_edge.i + 1


def _without_repetition(doc: Doc, start: int, end: int) -> list[int]:
    """The tokens, without the repeated subject and verb of a comparison: "the same as [we were] last year"."""
    kept: list[int] = []
    i = start
    while i < end:
        kept.append(i)
        if (
            doc[i].lower_ in ("as", "than")
            and i + 2 < end
            and doc[i + 1].tag_ == "PRP"
            and doc[i + 2].lemma_ in _BE
        ):
            i += 2
        i += 1
    return kept
