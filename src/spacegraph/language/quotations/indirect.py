"""Indirect speech: the clauses under reporting verbs and nouns, and around "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.speech_words import (
    NOT_SPEAKING,
    SILENT_VERBS,
    SPEECH_NOUNS,
    SPEECH_VERBS,
)
from spacegraph.language.english.tags import FINITE
from spacegraph.language.english.words import NOUN_TYPES
from spacegraph.language.quotations.marks import MARKS
from spacegraph.model import Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.quotations.speakers import SpeakerFinder
    from spacegraph.language.tokens import Tokens

__all__ = ["find_indirect", "is_silent", "trim"]

REPORTING = SPEECH_VERBS - NOT_SPEAKING
#: Auxiliaries under which the speech has not taken place.
_UNREAL = frozenset(("will", "shall", "may", "might", "could", "wo", "'ll", "’ll"))
#: What "according to" can name that says nothing.
_MEASURES = frozenset(
    (
        "plan", "schedule", "rule", "law", "type", "size", "height", "age", "need", "custom", "tradition", "script",
        "procedure", "standard", "order",
    )
)  # fmt: skip
#: Verbs that make their subject the speaker of the noun which is their object: "made the claim that".
_LIGHT = frozenset(
    ("make", "issue", "give", "release", "repeat", "publish", "send", "deliver", "post", "offer", "have")
)
#: Verbs for what one does in reply, beside those of speech.
_REACTING = frozenset(
    (
        "accuse", "apologize", "apologise", "blame", "criticize", "criticise", "decline", "defend", "deny", "dismiss",
        "praise", "promise", "refuse", "reject", "thank", "urge", "vow",
    )
)  # fmt: skip
_EDGE_TAGS = frozenset((",", ".", ":", "``", "''", "_SP", "-LRB-", "-RRB-", "HYPH", '""'))


def find_indirect(
    tokens: Tokens, finder: SpeakerFinder, quoted: Sequence[tuple[int, int]]
) -> list[Quotation]:
    """The indirect quotations of a text, in the order of their starts.

    Args:
        tokens: The tokens.
        finder: Its mentions as speakers.
        quoted: Token ranges of direct speech; clauses that are such speech as a whole are left out.
    """
    inside = bytearray(tokens.size)
    for start, end in quoted:
        inside[start:end] = b"\x01" * (end - start)
    found: list[Quotation] = []
    for i in range(tokens.size):
        lemma = tokens.lemma[i]
        if tokens.pos[i] == "VERB" and lemma in REPORTING:
            quotation = _under_verb(tokens, finder, i, inside)
        elif lemma in SPEECH_NOUNS and tokens.pos[i] == "NOUN":
            quotation = _under_noun(tokens, finder, i)
        elif tokens.lower[i] == "according":
            quotation = _according_to(tokens, finder, i, inside)
        else:
            continue
        if quotation is not None and quotation.end - quotation.start > 1:
            found.append(quotation)
    found.sort(key=lambda q: (q.start, -q.end))
    return found


def is_silent(tokens: Tokens, verb: int) -> bool:
    """Whether the wording says that the speech of a verb has not taken place (yet)."""
    for child in tokens.left[verb]:
        dep = tokens.dep[child]
        if dep == "neg" or (dep == "aux" and tokens.lower[child] in _UNREAL):
            return True
        if tokens.lower[child] == "never":
            return True
    subject = tokens.child(verb, "nsubj")
    if subject >= 0 and (tokens.lower[subject] in ("nobody", "none") or _has_no(tokens, subject)):
        return True
    parent = tokens.head[verb]
    return (
        tokens.dep[verb] in ("xcomp", "pcomp") and parent != verb and tokens.lemma[parent] in SILENT_VERBS
    ) or (tokens.dep[verb] == "pcomp" and tokens.lower[parent] == "without")


def trim(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Take marks, stops and a leading "that" off the ends of a clause."""
    while start < end and (
        tokens.tag[start] in _EDGE_TAGS
        or tokens.pos[start] in ("SPACE", "PUNCT")
        or (tokens.lower[start] == "that" and tokens.dep[start] == "mark")
    ):
        start += 1
    while end > start and (
        tokens.pos[end - 1] == "SPACE"
        or tokens.tag[end - 1] in (",", ".", ":", "``", "''", "_SP", "HYPH")
        or tokens.text[end - 1] in MARKS
    ):
        end -= 1
    return start, end


def _under_verb(tokens: Tokens, finder: SpeakerFinder, verb: int, inside: bytearray) -> Quotation | None:
    if is_silent(tokens, verb):
        return None
    clause = -1
    for child in (*tokens.right[verb], *tokens.left[verb]):
        if tokens.dep[child] == "ccomp":
            clause = child
            break
    if clause < 0:
        clause = _loose_clause(tokens, verb)
    if tokens.dep[verb] == "csubj":
        return None
    if clause >= 0:
        span = _clause(tokens, verb, clause)
    elif tokens.dep[verb] == "parataxis" and tokens.pos[tokens.head[verb]] in ("VERB", "AUX"):
        clause = tokens.head[verb]
        span = _around(tokens, clause, tokens.left_edge(verb), tokens.right_edge(verb) + 1)
    else:
        return None
    if inside[clause] and not inside[verb]:
        return None
    start, end = trim(tokens, *span)
    if end <= start or not _is_clause(tokens, clause):
        return None
    if start <= verb < end:
        return None
    speaker = finder.subject_of(verb)
    if speaker >= 0 and start <= finder.mentions[speaker].head < end:
        speaker = -1
    return Quotation(
        start=start, end=end, kind="indirect", speaker=speaker,
        addressee=finder.addressee_of(verb, speaker), cue=verb,
    )  # fmt: skip


def _clause(tokens: Tokens, verb: int, clause: int) -> tuple[int, int]:
    if clause > verb:
        start = max(verb + 1, tokens.left_edge(clause))
        return start, min(tokens.right_edge(clause) + 1, _next_act(tokens, clause))
    # "The launch has slipped, officials said": the clause ends where the reporting one begins.
    start = tokens.left_edge(clause)
    end = min(
        [tokens.right_edge(clause) + 1, verb]
        + [
            tokens.left_edge(c)
            for c in tokens.left[verb]
            if tokens.dep[c] in ("nsubj", "nsubjpass") and c > clause
        ]
    )
    return start, end


def _next_act(tokens: Tokens, clause: int) -> int:
    """Where the speaker's next act of speech begins, which no subject of the clause can have performed; else the text's end.

    "She conceded that mistakes were made *but rejected the claims*": parsers join the second verb to what was said.
    """
    subject = tokens.child(clause, "nsubj", "nsubjpass")
    if (
        subject < 0
        or tokens.ent[subject] in ("PERSON", "ORG", "GPE", "NORP")
        or tokens.pos[subject] != "NOUN"
        or NOUN_TYPES.get(tokens.lemma[subject]) in ("PERSON", "ORG")
    ):
        return tokens.size
    for child in tokens.right[clause]:
        if (
            tokens.dep[child] == "conj"
            # What is done to the subject has no object.
            and (
                tokens.tag[child] == "VBD"
                or (tokens.tag[child] == "VBN" and tokens.child(child, "dobj", "ccomp") >= 0)
            )
            and (tokens.lemma[child] in SPEECH_VERBS or tokens.lemma[child] in _REACTING)
            and tokens.child(child, "nsubj", "nsubjpass") < 0
        ):
            return max(
                (k for k in tokens.right[clause] if tokens.dep[k] == "cc" and k < child), default=child
            )
    return tokens.size


def _loose_clause(tokens: Tokens, verb: int) -> int:
    """A clause that the parser took for a coordinated one, although nothing coordinates it; -1 if none."""
    for child in tokens.right[verb]:
        if tokens.dep[child] != "conj" or tokens.child(child, "nsubj", "nsubjpass", "expl") < 0:
            continue
        edge = tokens.left_edge(child)
        if tokens.child(verb, "cc") < 0 and tokens.pos[edge - 1] not in ("PUNCT", "CCONJ"):
            return child
    return -1


def _around(tokens: Tokens, clause: int, cut_start: int, cut_end: int) -> tuple[int, int]:
    """The part of a clause with its verb, on one side of a parenthesis ``[cut_start, cut_end)``."""
    if clause < cut_start:
        return tokens.left_edge(clause), cut_start
    return cut_end, tokens.right_edge(clause) + 1


def _is_clause(tokens: Tokens, clause: int) -> bool:
    if tokens.tag[clause] in FINITE:
        return True
    return any(
        tokens.tag[c] in FINITE or tokens.dep[c] in ("nsubj", "nsubjpass", "expl")
        for c in tokens.left[clause]
    )


def _under_noun(tokens: Tokens, finder: SpeakerFinder, noun: int) -> Quotation | None:
    clause = -1
    for child in tokens.right[noun]:
        if tokens.dep[child] in ("acl", "ccomp", "relcl") and any(
            tokens.lower[c] == "that" and tokens.dep[c] == "mark" for c in tokens.left[child]
        ):
            clause = child
            break
    if clause < 0:
        return None
    start, end = trim(tokens, max(noun + 1, tokens.left_edge(clause)), tokens.right_edge(clause) + 1)
    owner = tokens.child(noun, "poss")
    if owner < 0:
        for child in tokens.right[noun]:
            if tokens.lower[child] in ("by", "from", "of") and child < clause:
                owner = tokens.child(child, "pobj")
                break
    if owner >= 0:
        speaker = finder.mention_of(owner)
    elif tokens.dep[noun] == "dobj" and tokens.lemma[tokens.head[noun]] in _LIGHT:
        speaker = finder.subject_of(tokens.head[noun])
    else:
        speaker = -1
    return Quotation(start=start, end=end, kind="indirect", speaker=speaker, cue=noun)


def _according_to(tokens: Tokens, finder: SpeakerFinder, i: int, inside: bytearray) -> Quotation | None:
    if i + 1 >= tokens.size or tokens.lower[i + 1] != "to":
        return None
    named = tokens.child(i + 1, "pobj")
    if named < 0:
        named = tokens.child(i, "pobj")
    if named < 0 or tokens.lemma[named] in _MEASURES:
        return None
    speaker = finder.resolve(named)
    phrase_start = i
    phrase_end = max(i + 2, tokens.right_edge(i) + 1, tokens.right_edge(named) + 1)
    sentence = tokens.sentence(i)
    phrase_end = min(phrase_end, sentence[1])
    head = tokens.head[i]
    while tokens.head[head] != head and tokens.pos[head] not in ("VERB", "AUX"):
        head = tokens.head[head]
    if tokens.pos[head] in ("VERB", "AUX"):
        low, high = tokens.left_edge(head), tokens.right_edge(head) + 1
    else:
        low, high = sentence
    before = trim(tokens, max(low, sentence[0]), phrase_start)
    after = trim(tokens, phrase_end, min(high, sentence[1]))
    start, end = before if before[1] - before[0] > 2 and _has_verb(tokens, *before) else after
    if end <= start or (inside[start] and inside[end - 1]):
        return None
    return Quotation(start=start, end=end, kind="indirect", speaker=speaker, cue=i)


def _has_no(tokens: Tokens, noun: int) -> bool:
    return any(tokens.lower[c] == "no" and tokens.dep[c] == "det" for c in tokens.left[noun])


def _has_verb(tokens: Tokens, start: int, end: int) -> bool:
    return any(tokens.tag[i] in FINITE for i in range(start, end))
