"""Mends systematic mistakes of the small model's parses, in a snapshot of the tokens.

Each repair is local and changes a tree only where the parse as it stands is impossible English (a preposition without an
object right before a noun phrase that hangs elsewhere, for instance). The ``Doc`` itself is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = ["attach", "repair"]


def repair(tokens: Tokens) -> Tokens:
    """Mend the parse of ``tokens`` in place; returns the same object."""
    _orphaned_objects(tokens)
    return tokens


def attach(t: Tokens, child: int, head: int, dep: str) -> None:
    """Hang ``child`` on ``head`` under the label ``dep``, keeping the lists of children in step."""
    old = t.head[child]
    if old != child:
        siblings = t.left[old] if child < old else t.right[old]
        if child in siblings:
            siblings.remove(child)
    t.head[child] = head
    t.dep[child] = dep
    if head != child:
        siblings = t.left[head] if child < head else t.right[head]
        siblings.append(child)
        siblings.sort()
    t.forget_edges()


def _orphaned_objects(t: Tokens) -> None:
    """A preposition without an object takes the noun phrase right after it that hangs as a mere ``dep``."""
    for i in range(t.size - 1):
        if t.pos[i] != "ADP" or t.dep[i] not in ("prep", "agent", "dative") or t.right[i]:
            continue
        follower = i + 1
        node = follower
        for _ in range(8):
            if t.dep[node] in ("dep", "npadvmod", "appos", "dobj", "ROOT") or t.head[node] <= i:
                break
            node = t.head[node]
        if node <= i or t.pos[node] not in ("NOUN", "PROPN", "PRON", "NUM") or t.left_edge(node) != follower:
            continue
        if t.dep[node] in ("dep", "npadvmod", "appos") and t.sent[node] == t.sent[i]:
            attach(t, node, i, "pobj")
