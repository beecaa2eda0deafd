"""Changes to the dependency tree of a snapshot that keep its lists of children in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = ["attach", "put_in_place_of"]


def attach(t: Tokens, child: int, head: int, dep: str) -> None:
    """Hang ``child`` on ``head`` under the label ``dep``, keeping the lists of children in step.

    Nothing is changed where ``head`` stands below ``child``, which would tie the tree into a ring.
    """
    node = head
    while t.head[node] != node:
        if node == child:
            return
        node = t.head[node]
    if node == child:
        return
    old = t.head[child]
    if old != child:
        siblings = t.left[old] if child < old else t.right[old]
        if child in siblings:
            siblings.remove(child)
    t.head[child] = head
    t.dep[child] = dep
    siblings = t.left[head] if child < head else t.right[head]
    siblings.append(child)
    siblings.sort()
    t.forget_edges()


def put_in_place_of(t: Tokens, i: int, other: int) -> None:
    """Hang ``i`` where ``other`` hangs, with all the dependents of ``other``, which then hangs on ``i`` as a mere "dep"."""
    top, dep = t.head[other], t.dep[other]
    siblings = t.left[t.head[i]] if i < t.head[i] else t.right[t.head[i]]
    if i in siblings:
        siblings.remove(i)
    if top == other:
        t.head[i], t.dep[i] = i, "ROOT"
    else:
        t.head[i] = i
        attach(t, i, top, dep)
    for k in (*t.left[other], *t.right[other]):
        attach(t, k, i, t.dep[k])
    attach(t, other, i, "dep")
