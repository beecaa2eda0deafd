"""How a clause itself puts what it says: modals, tense, questions, commands, conditions, hedges.

Epistemic and deontic modals both leave open whether a thing is so (FactBank's PS and PR values, Saurí and Pustejovsky
2009); the future with "will" is a plan; hedging adverbs are read as de Marneffe, Manning and
Potts found that readers take them ("Did it happen? The pragmatic complexity of veridicality
assessment", Computational Linguistics 38, 2012): less sure, not denied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spacegraph.language.english.tags import SUBJECTS
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.factuality.negation import happens_later, is_no_longer, negates_clause
from spacegraph.model import Factuality

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = [
    "CONDITIONAL_MARKS",
    "Local",
    "auxiliaries",
    "clause_modality",
    "is_conditional",
    "is_past",
    "subject",
]

_WILL = word_set("will 'll ’ll shall wo")
_WOULD = word_set("would 'd ’d")
_OPEN = word_set("may might should must ought need could can ca dare")
_ABILITY = word_set("can ca could")
CONDITIONAL_MARKS = word_set("if unless provided providing lest whether assuming supposing should")
_INVERTED = word_set("had were should")
#: Adverbs that open a clause to doubt, with how sure they leave it.
_MAYBE = {"perhaps": 0.5, "maybe": 0.5, "possibly": 0.4, "potentially": 0.4, "conceivably": 0.3, "theoretically": 0.3,
          "hypothetically": 0.3, "probably": 0.7, "presumably": 0.7, "likely": 0.7, "ideally": 0.4, "hopefully": 0.5,
          "unlikely": 0.2}  # fmt: skip
#: Adverbs that say that somebody says so.
_HEARSAY = {"reportedly": 0.6, "allegedly": 0.5, "supposedly": 0.4, "purportedly": 0.4, "ostensibly": 0.4,
            "rumoredly": 0.3, "seemingly": 0.5, "apparently": 0.6, "evidently": 0.8}  # fmt: skip
#: Verbs of states: they end, where deeds are over anyway.
_STATES = word_set(
    "be serve lead head chair run manage own operate work live reside belong employ support oppose hold remain stay control "
    "govern rule host sponsor fund finance back contain include have cooperate represent command direct teach study last"
)
_PLANNING = {"tentatively": 0.7}


class Local(NamedTuple):
    """What a clause's own words make of it, before what governs it is looked at."""

    status: Factuality = Factuality.ASSERTED
    certainty: float = 1.0
    ended: bool = False
    hearsay: bool = False


def clause_modality(t: Tokens, i: int, *, future_in_past: bool = False, ahead: bool = False) -> Local:
    """How the clause headed by token ``i`` puts itself.

    Args:
        t: The tokens.
        i: The head of the clause.
        future_in_past: Whether it depends on a report, so that "would" is a "will" told later.
        ahead: Whether a date after the publication date stands in the clause.
    """
    words = [t.lower[k] for k in auxiliaries(t, i)]
    past = is_past(t, i)
    later = happens_later(t, i, past=past)
    negated = negates_clause(t, i) and not later
    ended = is_no_longer(t, i)
    negated = negated or ended
    status, certainty = Factuality.ASSERTED, 1.0
    if later and not past:
        status = Factuality.PLANNED
    hearsay = False
    for word in words:
        if word in _WILL:
            status = Factuality.PLANNED
        elif word in _WOULD and not _is_had(t, i, word):
            if "have" in words and not future_in_past:
                status, certainty = Factuality.HYPOTHETICAL, 0.1
            elif future_in_past or ahead or _has_so(t, i):
                status = Factuality.PLANNED
            else:
                status, certainty = Factuality.HYPOTHETICAL, 0.5
        elif word in _ABILITY and negated:
            status = Factuality.ASSERTED
        elif word in _ABILITY and _has_so(t, i):
            status = Factuality.PLANNED
        elif word in _OPEN:
            status, certainty = Factuality.HYPOTHETICAL, 0.5
    if status is Factuality.ASSERTED and not negated and _is_subjunctive(t, i, words):
        status, certainty = Factuality.HYPOTHETICAL, 0.5
    if (
        status is Factuality.ASSERTED
        and ahead
        and not _is_told_past(t, i)
        and (t.tag[i] in ("VBZ", "VBP", "VBG") or any(t.tag[k] in ("VBZ", "VBP") for k in auxiliaries(t, i)))
    ):
        status = Factuality.PLANNED
    for k in (*t.left[i], *t.right[i]):
        if t.dep[k] not in ("advmod", "intj", "npadvmod", "dep"):
            continue
        word = t.lower[k]
        if word in _MAYBE:
            certainty = min(certainty, _MAYBE[word])
            if status is not Factuality.PLANNED:
                status = Factuality.HYPOTHETICAL
        elif word in _HEARSAY:
            certainty = min(certainty, _HEARSAY[word])
            hearsay = True
        elif word in _PLANNING:
            certainty = min(certainty, _PLANNING[word])
            status = Factuality.PLANNED
        elif word == "soon" and t.lower[k - 1] == "how":
            status = Factuality.HYPOTHETICAL
    if negated and (status is not Factuality.HYPOTHETICAL or any(w in _WOULD or w == "must" for w in words)):
        status = Factuality.NEGATED
    if _is_conditioned(t, i):
        status, certainty = Factuality.HYPOTHETICAL, min(certainty, 0.5)
    if not ended and not negated and t.tag[i] in ("VBD", "VBN") and t.lemma[i] in _STATES:
        ended = _has_end(t, i)
    return Local(status, certainty, ended, hearsay)


def auxiliaries(t: Tokens, i: int) -> list[int]:
    """The auxiliaries of a clause; a copula or auxiliary that heads it counts as none."""
    return [k for k in (*t.left[i], *t.right[i]) if t.dep[k] in ("aux", "auxpass")]


def subject(t: Tokens, i: int) -> int:
    """The subject of a clause, or -1."""
    for k in (*t.left[i], *t.right[i]):
        if t.dep[k] in SUBJECTS:
            return k
    return -1


def is_past(t: Tokens, i: int) -> bool:
    """Whether the clause headed by token ``i`` is finite and told in the past or the perfect."""
    if t.tag[i] == "VBD":
        return True
    for k in auxiliaries(t, i):
        if t.lower[k] in ("had", "was", "were", "did", "has", "have", "'ve", "’ve") and not (
            t.tag[i] == "VB" and t.lower[k] in ("has", "have")
        ):
            return t.lower[auxiliaries(t, i)[0]] not in _WILL | _WOULD | _OPEN
    return False


def _is_told_past(t: Tokens, i: int) -> bool:
    """Whether a clause is past, a participle where the verb over it is: "worked there before *joining* Acme in 1978"."""
    for _ in range(4):
        if is_past(t, i):
            return True
        if t.tag[i] != "VBG" or auxiliaries(t, i) or t.head[i] == i:
            return False
        i = t.head[i]
        while t.pos[i] == "ADP" and t.head[i] != i:
            i = t.head[i]
    return False


def is_conditional(t: Tokens, i: int) -> bool:
    """Whether the adverbial clause headed by token ``i`` is a condition ("if", "unless", "had it failed")."""
    mark = -1
    for k in t.left[i]:
        if t.dep[k] in ("mark", "advmod") and t.lower[k] in CONDITIONAL_MARKS:
            mark = k
    if mark >= 0:
        return True
    if t.lower[i] in ("provided", "assuming", "supposing", "providing") and t.dep[i] in (
        "advcl",
        "prep",
        "acl",
    ):
        return t.lower[i] != "provided" or any(t.dep[k] == "ccomp" for k in t.right[i])
    sub = subject(t, i)
    if sub < 0 or t.dep[i] != "advcl":
        return False
    first = min([k for k in (*t.left[i], i) if t.dep[k] != "punct"], default=i)
    return t.lower[first] in _INVERTED and first < sub and t.dep[first] in ("aux", "auxpass", "advcl", "ROOT")


def _is_conditioned(t: Tokens, i: int) -> bool:
    """Whether the clause holds only on a condition that hangs on it."""
    if is_past(t, i):
        return False
    if _has_short_condition(t, i):
        return True
    for k in (*t.left[i], *t.right[i]):
        if t.dep[k] == "advcl" and is_conditional(t, k):
            marks = [m for m in t.left[k] if t.lower[m] in CONDITIONAL_MARKS]
            # "even if it rains" and "whether or not it rains" set no condition.
            if marks and (t.lower[marks[0] - 1] in ("even", "as") or t.lower[marks[0]] == "whether"):
                continue
            return True
    return False


def _has_short_condition(t: Tokens, i: int) -> bool:
    """Whether the sentence of a main clause opens with "if not", "if so", "if approved"."""
    if t.dep[i] not in ("ROOT", "ccomp"):
        return False
    start, end = t.sentence(i)
    while start < end and t.pos[start] in ("PUNCT", "SPACE", "CCONJ"):
        start += 1
    return start < end and t.lower[start] == "if" and "," in t.text[start + 1 : start + 4] and start < i


def _has_so(t: Tokens, i: int) -> bool:
    """Whether "so" or "so that" makes the clause a purpose: "so he could leave"."""
    return any(t.lower[k] == "so" and t.dep[k] in ("advmod", "mark", "cc") for k in t.left[i])


def _is_subjunctive(t: Tokens, i: int, words: list[str]) -> bool:
    """Whether a finite clause has a bare verb: "asked that he be freed", "that she resign"."""
    if subject(t, i) < 0:
        return False
    if (t.lower[i] == "be" and not words) or (words and words[0] == "be"):
        return True
    if t.dep[i] not in ("ccomp", "acl", "relcl"):
        return False
    return (
        t.tag[i] == "VB" and not words and any(t.lower[k] == "that" and t.dep[k] == "mark" for k in t.left[i])
    )


def _is_had(t: Tokens, i: int, word: str) -> bool:
    """Whether "'d" is "had"."""
    return word in ("'d", "’d") and t.tag[i] in ("VBN", "VBD")


def _has_end(t: Tokens, i: int) -> bool:
    """Whether a past clause names its end: "led the firm until 2020", "once owned it"."""
    if any(t.lower[k] in ("previously", "formerly") and t.dep[k] == "advmod" for k in t.left[i]):
        return True
    if i > 0 and t.lower[i - 1] == "once" and t.head[i - 1] == i:
        # Not the conjunction, which has its subject between: "once it owned the firm".
        return True
    return any(t.lower[k] in ("until", "till") and t.dep[k] in ("prep", "mark") for k in t.right[i])
