"""Whether a clause looks back or ahead, which decides between the dates that an expression may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = ["side"]

#: Words that put what they govern into the future.
_PLANS = frozenset(["will", "shall", "'ll", "’ll", "plan", "schedule", "expect", "slate", "set", "target", "aim", "intend", "suppose", "due", "hope", "anticipate", "forecast", "tentatively", "await", "prepare", "ready", "upcoming", "next", "future", "eye", "project", "propose"])  # fmt: skip
#: How many heads up a clause's verb is looked for.
_STEPS = 12


def side(t: Tokens, i: int) -> str:
    """Whether the clause of token ``i`` looks back ("past"), ahead ("future") or neither ("")."""
    if _low(t, i - 1) == "next" or (
        _low(t, i - 2) in ("earlier", "than") and _low(t, i - 3) in ("no", "earlier")
    ):
        return "future"
    node = i
    for _ in range(_STEPS):
        parent = t.head[node]
        if parent == node:
            break
        node = parent
        if t.pos[node] in ("VERB", "AUX"):
            side = _side_of_verb(t, node)
            if side:
                return side
            if t.dep[node] not in ("xcomp", "ccomp", "conj", "acl", "pcomp", "advcl"):
                return ""
        elif t.lemma[node] in ("plan", "schedule") and t.pos[node] == "NOUN":
            return "future"
    if t.pos[node] in ("VERB", "AUX"):
        return _side_of_verb(t, node)
    return ""


def _side_of_verb(t: Tokens, node: int) -> str:
    lemma = t.lemma[node]
    if (
        lemma in _PLANS
        and t.pos[node] == "VERB"
        and (t.tag[node] != "VBD" or lemma not in ("set", "project", "propose", "prepare"))
    ):
        return "future"
    auxiliaries = [k for k in t.left[node] if t.dep[k] in ("aux", "auxpass")]
    if any(t.lower[k] in ("will", "'ll", "\u2019ll", "shall") for k in auxiliaries):
        return "future"
    if any(t.lower[k] == "to" for k in auxiliaries):
        # An infinitive looks ahead of what governs it; what governs it may be told in the past.
        parent = t.head[node]
        if parent != node and t.lemma[parent] in _PLANS | {
            "go",
            "want",
            "decide",
            "agree",
            "promise",
            "vow",
            "threaten",
            "due",
            "likely",
        }:
            return "future"
        return ""
    if any(t.lemma[k] in _PLANS for k in t.right[node] if t.dep[k] in ("acomp", "xcomp", "prep")):
        return "future"
    if t.tag[node] == "VBD" or any(
        t.tag[k] == "VBD" or t.lower[k] in ("had", "has", "have", "'ve", "\u2019ve") for k in auxiliaries
    ):
        return "past"
    if t.tag[node] == "VBN" and not auxiliaries:
        return "past"
    if any(t.lower[k] in ("may", "might", "could", "can", "should", "would") for k in auxiliaries):
        return "future" if not any(t.lower[k] == "have" for k in auxiliaries) else "past"
    if t.tag[node] == "VBG" and any(
        t.lower[k] in ("is", "are", "'s", "'re", "\u2019s", "\u2019re", "am") for k in auxiliaries
    ):
        return "future"
    return ""


def _low(t: Tokens, i: int) -> str:
    return t.lower[i] if 0 <= i < t.size else ""
