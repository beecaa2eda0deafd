"""Mends parses of predicates whose parts hang on the wrong one of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.cues import cue
from spacegraph.language.parse.edits import attach

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = ["repair_predicate"]

_SUBJECTS = {"nsubj": "nsubjpass", "nsubjpass": "nsubjpass", "expl": "expl"}


def repair_predicate(t: Tokens, i: int) -> None:
    """Mend the verb at token ``i`` in place."""
    if t.dep[i] == "advcl":
        _clause_of_adjective(t, i)
    elif t.dep[i] == "relcl":
        _clause_without_gap(t, i)
    elif t.dep[i] == "ccomp":
        _clause_of_object(t, i)
    if t.tag[i] == "VBN":
        for k in list(t.left[i]):
            if t.dep[k] == "auxpass":
                _subject_of_auxiliary(t, i, k)


def _clause_of_adjective(t: Tokens, i: int) -> None:
    """For "thought it impossible that they would land": the clause is what the adjective is said of, no adverbial."""
    adjective = t.head[i]
    if t.pos[adjective] != "ADJ" or adjective > i or all(t.lower[k] != "it" for k in t.left[adjective]):
        return
    if any(t.dep[k] == "mark" and t.lower[k] == "that" for k in t.left[i]):
        t.dep[i] = "ccomp"


def _clause_of_object(t: Tokens, i: int) -> None:
    """For "has seen no sign on board that they are late": the clause is the noun's, also of verbs that take one themselves."""
    verb = t.head[i]
    if (
        t.pos[verb] != "VERB"
        or verb > i
        or not any(t.dep[k] == "mark" and t.lower[k] == "that" for k in t.left[i])
    ):
        return
    for noun in t.right[verb]:
        if t.dep[noun] == "dobj" and noun < i and cue(t.lemma[noun], "N", "that") is not None:
            attach(t, i, noun, "acl")
            return


def _clause_without_gap(t: Tokens, i: int) -> None:
    """For "no evidence at the site that Acme hit it": where a clause lacks nothing, "that" stands for nothing in it.

    It completes the nearest noun above that takes such clauses.
    """
    subject = any(t.dep[k] in _SUBJECTS and t.lower[k] != "that" for k in t.left[i])
    that = next((k for k in t.left[i] if t.lower[k] == "that" and t.dep[k] in ("dobj", "mark")), -1)
    if that < 0 or not subject:
        return
    if t.dep[that] == "dobj" and not any(t.dep[k] == "dobj" for k in t.right[i]):
        return
    node = t.head[i]
    for _ in range(4):
        nouns = (
            [node] if t.pos[node] == "NOUN" else [k for k in t.right[node] if t.dep[k] == "dobj" and k < i]
        )
        for noun in nouns:
            if cue(t.lemma[noun], "N", "that") is not None:
                attach(t, i, noun, "acl")
                t.dep[that], t.tag[that], t.pos[that] = "mark", "IN", "SCONJ"
                return
        if t.head[node] == node or t.dep[node] not in ("pobj", "prep"):
            return
        node = t.head[node]


def _subject_of_auxiliary(t: Tokens, verb: int, auxiliary: int) -> None:
    """For "no sign that Acme is not ready": a subject and a "not" that hang on "is" belong to its participle."""
    for k in list(t.left[auxiliary] + t.right[auxiliary]):
        if t.dep[k] in _SUBJECTS:
            if any(t.dep[n] in _SUBJECTS for n in t.left[verb]):
                return
            attach(t, k, verb, _SUBJECTS[t.dep[k]])
        elif t.dep[k] in ("neg", "advmod") and k < verb:
            attach(t, k, verb, t.dep[k])
