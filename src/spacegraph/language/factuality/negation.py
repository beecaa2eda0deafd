"""Whether the words around a predicate negate it: "not", "no longer", "no astronaut", "without".

Only what belongs to the clause or phrase itself counts here; what a governing word does ("failed to") is
the business of :mod:`spacegraph.language.factuality.complements`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.word_sets import word_set

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = [
    "NEGATIVE_PREPOSITIONS",
    "happens_later",
    "has_negative_determiner",
    "is_negative_preposition",
    "is_no_longer",
    "negates_clause",
    "own_negation",
]

_NOT = word_set("not n't n’t never nor neither nowhere")
#: Adverbs that deny what they modify ("hardly noticed"), and those that deny what a verb completes ("nearly hit").
_NEGATIVE_ADVERBS = word_set("never hardly scarcely nowhere neither nor almost nearly seldom rarely")
_NEGATIVE_PRONOUNS = word_set("nobody none nothing noone neither")
_NEGATIVE_QUANTIFIERS = word_set("no neither")
#: "few" and "little" deny, "a few" and "a little" do not.
_SCARCE = word_set("few little")
_ARGUMENTS = word_set("nsubj nsubjpass dobj attr dative oprd")
NEGATIVE_PREPOSITIONS = word_set("without minus barring sans")
#: "by no means", "under no circumstances".
_NEGATIVE_PHRASES = word_set("means circumstances circumstance account way time case point")


def own_negation(t: Tokens, i: int) -> int:
    """The token of a "not", "never" or "n't" that belongs to token ``i``, or -1."""
    for k in (*t.left[i], *t.right[i]):
        if t.dep[k] == "neg" or (
            t.lower[k] in _NOT
            and t.dep[k] in ("advmod", "preconj", "cc", "det", "intj")
            and t.lower[k] != "nor"
        ):
            if t.lower[k] == "no" and t.dep[k] == "det":
                continue
            if not _is_not_only(t, k):
                return k
    return -1


def happens_later(t: Tokens, i: int, *, past: bool) -> bool:
    """Whether a "not" only says that a thing happens no sooner: "did not land until June", "will not fly before 2030".

    Args:
        t: The tokens.
        i: The head of the clause.
        past: Whether it is told in the past, where "before" leaves open whether the thing happened at all.
    """
    if own_negation(t, i) < 0:
        return False
    limits = ("until", "till") if past else ("until", "till", "before")
    verb = i
    for _ in range(3):
        for k in t.right[verb]:
            if t.lower[k] in limits and t.dep[k] == "prep" and any(_is_time(t, n) for n in t.right[k]):
                return True
        # "Is not expected to fly before June": the limit hangs on what the verb governs.
        verb = next((k for k in t.right[verb] if t.dep[k] in ("xcomp", "acomp")), -1)
        if verb < 0:
            break
    return False


def _is_time(t: Tokens, i: int) -> bool:
    """Whether the object of a preposition is a date, a day or a time of year."""
    return t.dep[i] == "pobj" and (t.ent[i] in ("DATE", "TIME") or t.lower[i].isdigit())


def negates_clause(t: Tokens, i: int) -> bool:
    """Whether the clause headed by token ``i`` is negated by a word of its own."""
    if own_negation(t, i) >= 0:
        return True
    for k in (*t.left[i], *t.right[i]):
        dep = t.dep[k]
        word = t.lower[k]
        if dep == "advmod" and word in _NEGATIVE_ADVERBS and t.pos[i] in ("VERB", "AUX"):
            return True
        if dep in ("advmod", "npadvmod") and word in ("longer", "more") and _has_word(t, k, "no"):
            return True
        if dep == "cc" and word == "nor" and k < i:
            return True
        if dep == "preconj" and word == "neither":
            return True
        if dep in _ARGUMENTS:
            if word in _NEGATIVE_PRONOUNS or (word == "one" and _has_word(t, k, "no")):
                return True
            if has_negative_determiner(t, k):
                return True
        if dep in ("prep", "agent"):
            for obj in t.right[k]:
                if t.dep[obj] == "pobj" and t.lower[obj] in _NEGATIVE_PHRASES and _has_word(t, obj, "no"):
                    return True
        if (
            dep in ("acomp", "oprd", "advmod")
            and word == "far"
            and t.lower[k + 1 : k + 2] == ["from"]
            and k > i
        ):
            # "Far from leaving, she stayed": what it denies is not the main clause.
            return True
    # "Nor did the agency comment": the parser hangs "nor" on the sentence before.
    start = t.left[i][0] if t.left[i] else i
    return (
        start > 0 and t.lower[start - 1] == "nor" and t.dep[start - 1] in ("cc", "advmod", "ROOT", "preconj")
    )


def has_negative_determiner(t: Tokens, i: int) -> bool:
    """Whether a noun phrase denies that there is such a thing: "no plan", "neither side", "few signs"."""
    for k in t.left[i]:
        word = t.lower[k]
        if t.dep[k] in ("det", "neg", "preconj", "cc", "advmod", "nummod") and word in _NEGATIVE_QUANTIFIERS:
            # "No. 1" and "no fewer than ten" count things.
            if t.text[k + 1 : k + 2] == ["."] or t.lower[k + 1 : k + 2] in (["fewer"], ["less"], ["more"]):
                continue
            return True
        if word in _SCARCE and t.dep[k] in ("amod", "nummod", "det") and not _after_article(t, k):
            return True
        if word == "not" and t.lower[k + 1 : k + 2] in (["a"], ["any"], ["one"], ["all"], ["every"]):
            return True
    if t.lower[i] in _SCARCE and t.pos[i] in ("ADJ", "NOUN", "PRON", "DET") and not _after_article(t, i):
        return t.dep[i] in _ARGUMENTS
    # "none of the crew", "neither of the two".
    return t.lower[i] in _NEGATIVE_PRONOUNS


def is_no_longer(t: Tokens, i: int) -> bool:
    """Whether the clause of token ``i`` holds no more: "no longer", "not any more"."""
    for k in (*t.left[i], *t.right[i]):
        if t.lower[k] in ("longer", "anymore", "more") and t.dep[k] in ("advmod", "npadvmod", "neg"):
            if t.lower[k] == "anymore" or _has_word(t, k, "no") or _has_word(t, k, "any"):
                return True
            if t.lower[k - 1] in ("no", "any"):
                return True
    return False


def is_negative_preposition(t: Tokens, i: int) -> bool:
    """Whether what follows the preposition (or "rather than") does not come about."""
    word = t.lower[i]
    if word in NEGATIVE_PREPOSITIONS:
        return t.lower[max(0, i - 2) : i] != ["with", "or"]
    if word == "of" and i > 0:
        return t.lower[i - 1] in ("instead", "lieu", "short", "devoid", "absent")
    if word == "than" and i > 0:
        return t.lower[i - 1] == "rather"
    if word == "from" and i > 0:
        return t.lower[i - 1] == "far"
    return word in ("instead", "far") and t.lower[i + 1 : i + 2] in (["of"], ["from"])


def _is_not_only(t: Tokens, k: int) -> bool:
    """Whether a negation only leads to more: "not only ... but also", "not just"."""
    return t.lower[k + 1 : k + 2] in (["only"], ["just"], ["merely"], ["simply"])


def _after_article(t: Tokens, i: int) -> bool:
    return i > 0 and t.lower[i - 1] in ("a", "the", "quite", "these", "those", "its", "his", "her", "their", "very", "last", "next", "past", "first")  # fmt: skip


def _has_word(t: Tokens, i: int, word: str) -> bool:
    return any(t.lower[k] == word for k in t.left[i])
