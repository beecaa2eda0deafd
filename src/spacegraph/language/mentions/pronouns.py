"""Pronouns that refer, with number and gender; expletive ones are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = ["Pronoun", "find_pronouns", "is_expletive"]


class Pronoun(NamedTuple):
    """Token ``at``, a pronoun, with "sing"/"plur"/"" and "masc"/"fem"/"neut"/""."""

    at: int
    number: str
    gender: str


def _table(rows: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {word: value for words, value in rows.items() for word in words.split()}


_PERSONAL = _table({
    "i me my mine myself": ("sing", ""), "we us our ours ourselves 's ’s": ("plur", ""),
    "you your yours": ("", ""), "yourself": ("sing", ""), "yourselves": ("plur", ""),
    "he him his himself": ("sing", "masc"), "she her hers herself": ("sing", "fem"),
    "it its itself": ("sing", "neut"), "they them their theirs themselves 'em": ("plur", ""), "themself": ("sing", ""),
})  # fmt: skip
_RELATIVE = frozenset(("who", "whom", "which", "whose", "that"))
_DEMONSTRATIVE = {"this": "sing", "that": "sing", "these": "plur", "those": "plur"}
_WEATHER = frozenset(("rain", "snow", "hail", "thunder", "drizzle"))
_RAISING = frozenset(("seem", "appear", "happen", "turn", "emerge", "transpire", "follow", "look", "sound"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
#: What "it is ..." with a clause after it says nothing about.
_CLAUSE_DEPS = frozenset(("ccomp", "csubj", "xcomp", "advcl", "acl", "relcl"))


def find_pronouns(tokens: Tokens) -> list[Pronoun]:
    """Find personal, possessive, reflexive, relative and demonstrative pronouns that refer."""
    found: list[Pronoun] = []
    t = tokens
    for i, tag in enumerate(t.tag):
        if tag in ("PRP", "PRP$"):
            word = t.lower[i]
            value = _PERSONAL.get(word)
            if value is None or t.dep[i] == "expl":
                continue
            if word == "it" and is_expletive(t, i):
                continue
            if word == "us" and t.text[i] == "US":
                continue
            found.append(Pronoun(i, *value))
        elif tag in ("WP", "WDT", "WP$") or (
            tag == "IN" and t.lower[i] == "that" and _relative_subject(t, i)
        ):
            if t.lower[i] in _RELATIVE and _is_relative(t, i):
                found.append(Pronoun(i, "", ""))
        elif (
            tag == "DT"
            and t.lower[i] in _DEMONSTRATIVE
            and t.dep[i] in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "dative")
        ):
            if _in_relative_clause(t, i):
                found.append(Pronoun(i, "", ""))
            elif not (t.lower[i] == "those" and t.right[i]):
                found.append(
                    Pronoun(i, _DEMONSTRATIVE[t.lower[i]], "neut" if t.lower[i] in ("this", "that") else "")
                )
    return found


def _is_relative(t: Tokens, i: int) -> bool:
    """Whether a wh-word opens a relative clause and not a question."""
    node = i
    for _ in range(6):
        parent = t.head[node]
        if parent == node:
            return False
        node = parent
        if t.dep[node] in ("relcl", "acl"):
            return True
        if t.dep[node] in ("ccomp", "ROOT", "pcomp", "csubj"):
            break
    # A parser that attaches a relative clause wrongly still leaves it after a noun and a comma.
    before = i - 1
    if before >= 0 and t.text[before] == ",":
        before -= 1
    return (
        t.lower[i] in ("who", "which", "whose")
        and 0 <= before < i - 1
        and t.pos[before] in ("NOUN", "PROPN")
        and t.dep[i] in ("nsubj", "nsubjpass", "poss")
    ) or (t.lower[i] == "who" and before >= 0 and t.pos[before] in ("NOUN", "PROPN") and t.dep[i] == "nsubj")


def _in_relative_clause(t: Tokens, i: int) -> bool:
    verb = t.head[i]
    return t.lower[i] == "that" and t.dep[verb] == "relcl" and i > t.head[verb]


def _relative_subject(t: Tokens, i: int) -> bool:
    return t.dep[i] in ("nsubj", "nsubjpass", "dobj", "pobj") and t.dep[t.head[i]] in ("relcl", "acl")


def is_expletive(tokens: Tokens, i: int) -> bool:
    """Whether the "it" at token ``i`` refers to nothing: "it seems that", "it is clear that", "it rained".

    After the patterns of Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution".
    """
    t = tokens
    verb = t.head[i]
    if t.dep[i] == "expl":
        return True
    if t.dep[i] == "dobj" or (t.dep[i] == "nsubj" and t.dep[verb] == "ccomp" and t.pos[verb] == "ADJ"):
        # "make it clear that", "find it hard to"
        governor = t.head[verb] if t.pos[verb] == "ADJ" else verb
        adjective = verb if t.pos[verb] == "ADJ" else t.child(verb, "oprd", "acomp")
        return (
            adjective > i
            and t.lemma[governor] in ("make", "find", "consider", "think", "deem", "believe")
            and _has_clause(t, adjective, governor)
        )
    if t.dep[i] not in _SUBJECTS:
        return False
    lemma = t.lemma[verb]
    if lemma in _WEATHER:
        return True
    if lemma in _RAISING:
        clause = t.child(verb, "ccomp", "advcl")
        return clause > verb and any(
            t.lower[k] in ("that", "like", "as")
            for k in (*t.left[clause], clause - 1, verb + 1)
            if k < t.size
        )
    if lemma == "take" and any(
        t.dep[k] == "dobj"
        and t.lemma[k] in ("year", "month", "day", "hour", "week", "time", "decade", "minute")
        for k in t.right[verb]
    ):
        return any(t.dep[k] in ("xcomp", "advcl", "ccomp", "relcl") for k in t.right[verb]) or any(
            t.dep[g] in ("acl", "relcl") for k in t.right[verb] if t.dep[k] == "dobj" for g in t.right[k]
        )
    if lemma == "be":
        for k in t.right[verb]:
            if t.dep[k] in ("acomp", "attr"):
                if t.tag[k] in ("JJ", "JJR", "JJS", "VBN", "NN", "RB") and _has_clause(t, k, verb):
                    return True
                if t.dep[k] == "attr" and _cleft(t, k):
                    return True
                if t.lemma[k] in ("time", "late", "early", "dark", "cold", "hot", "sunny", "cloudy"):
                    return t.lemma[k] in ("time", "dark", "cloudy", "sunny") and not any(
                        t.dep[g] in ("det", "poss") for g in t.left[k]
                    )
        return False
    if t.dep[i] == "nsubjpass" and t.tag[verb] == "VBN":
        # "it was reported that"
        clause = t.child(verb, "ccomp")
        return clause > verb and any(t.lower[k] == "that" for k in t.left[clause])
    return False


def _has_clause(t: Tokens, head: int, verb: int) -> bool:
    """Whether a "that" or infinitive clause after the adjective is what "it" stands for."""
    for governor in (head, verb):
        for k in t.right[governor]:
            if k <= head or t.dep[k] not in _CLAUSE_DEPS:
                continue
            openers = [t.lower[g] for g in t.left[k]]
            if "that" in openers and t.dep[k] in ("ccomp", "csubj"):
                return True
            if "to" in openers and t.dep[k] in ("xcomp", "csubj", "advcl"):
                # "it is ready to fly" speaks of a thing; "it is important to fly" does not.
                return t.lemma[head] not in ("ready", "able", "unable", "likely", "unlikely", "set", "due", "eager", "willing", "free", "slow",
                                             "quick", "bound", "sure", "certain", "about", "available", "prepared", "scheduled", "first")  # fmt: skip
            if (
                t.dep[k] in ("ccomp", "csubj")
                and t.left[k]
                and t.dep[t.left[k][0]] in _SUBJECTS
                and t.tag[head].startswith("JJ")
            ):
                return True
            if (
                t.dep[k] in ("ccomp", "advcl", "csubj")
                and any(
                    opener in ("how", "whether", "why", "if", "what", "when", "where") for opener in openers
                )
                and t.lemma[head]
                in ("clear", "unclear", "unknown", "known", "uncertain", "possible", "unlikely")
            ):
                return True
    return False


def _cleft(t: Tokens, attribute: int) -> bool:
    """Whether a name is put in focus, as in "it was Okafor who led"."""
    return t.pos[attribute] == "PROPN" and any(t.dep[k] == "relcl" for k in t.right[attribute])
