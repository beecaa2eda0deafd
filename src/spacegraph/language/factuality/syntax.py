"""What the rules of factuality ask of a dependency tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.cues import cue, cue_words
from spacegraph.language.english.deed_nouns import is_definite
from spacegraph.language.factuality.modality import auxiliaries, subject

__all__ = [
    "CLAUSES",
    "COMPLEMENTS",
    "NOUNS",
    "clause_frames",
    "denies_rank",
    "find_questions",
    "first_word",
    "follows_but",
    "has_negation",
    "has_object",
    "identifying_names",
    "is_command",
    "is_comment",
    "is_content_clause",
    "is_fronted",
    "is_predicative_object",
    "is_ranked",
    "is_told_in_story",
    "mend_lemmas",
    "predicative",
    "verb_lemma",
]
from spacegraph.language.english.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacegraph.language.tokens import Tokens

CLAUSES = word_set("VERB AUX")
NOUNS = word_set("NOUN PROPN PRON NUM DET SYM X")
#: Dependencies of what a copula or a verb of becoming ascribes.
COMPLEMENTS = word_set("acomp attr oprd")
_TELLING = word_set("show depict portray imagine describe tell")
#: What is told in them did not happen.
_STORIES = word_set("novel film movie story tale fable fiction play comic game scenario simulation dream")
_WH = word_set("WDT WP WP$ WRB")
_ORDINALS = word_set(
    "first second third fourth fifth sixth seventh eighth ninth tenth last only sole lone latest youngest oldest"
)


def clause_frames(t: Tokens, i: int, g: int) -> tuple[str, ...]:
    """The frame of a clause that completes ``g``: "that", "wh", "to", "oto", "ing"."""
    aux = auxiliaries(t, i)
    if any(t.lower[k] == "to" for k in aux):
        return ("oto", "to") if has_object(t, g, i) or subject(t, i) >= 0 else ("to",)
    finite = any(t.tag[k] in ("VBZ", "VBP", "VBD", "MD") for k in aux)
    if not finite and (t.tag[i] == "VBG" or any(t.tag[k] == "VBG" for k in aux)):
        return ("ing",)
    first = first_word(t, i)
    if first < g < i:
        # "which his wife said was true"
        return ("that",)
    if t.lower[first] in ("whether", "if") or (t.tag[first] in _WH and t.lower[first] != "that"):
        return ("wh", "that") if t.lower[first] not in ("whether", "if") else ("wh",)
    if t.tag[i] == "VB" and not aux and subject(t, i) >= 0 and not any(t.dep[k] == "mark" for k in t.left[i]):
        return (
            ("oto",) if t.lemma[g] in ("help", "let", "make", "have", "see", "watch", "hear") else ("that",)
        )
    if t.tag[i] == "VB" and not aux and subject(t, i) < 0:
        return ("to",)
    return ("that",)


def has_object(t: Tokens, g: int, i: int) -> bool:
    """Whether verb ``g`` has an object of its own, whose deed an infinitive is then."""
    passive = any(t.dep[k] in ("nsubjpass", "auxpass") for k in t.left[g])
    if passive:
        return True
    return any(t.dep[k] in ("dobj", "dative") and k < i for k in t.right[g]) and t.dep[i] != "conj"


def first_word(t: Tokens, i: int) -> int:
    """The first word of the clause headed by token ``i``."""
    node = i
    while t.left[node]:
        node = t.left[node][0]
    return node


def verb_lemma(t: Tokens, g: int) -> str:
    """A verb's lemma with its particle."""
    for k in t.right[g]:
        if t.dep[k] == "prt":
            return f"{t.lemma[g]} {t.lower[k]}"
    return t.lemma[g]


def predicative(t: Tokens, g: int) -> int:
    """The adjective or noun that a copula ascribes, or the adjective itself, or -1."""
    if t.pos[g] == "ADJ":
        return g
    if t.pos[g] in CLAUSES:
        for k in (*t.right[g], *t.left[g]):
            if t.dep[k] in COMPLEMENTS and t.pos[k] in ("ADJ", "VERB", "NOUN", "ADV"):
                return k
    return -1


def is_predicative_object(t: Tokens, i: int) -> bool:
    """Whether a noun is what somebody is or becomes: "serve as director", "was named director"."""
    g = t.head[i]
    if t.dep[i] == "pobj" and t.lower[g] == "as" and t.pos[t.head[g]] in CLAUSES:
        # "As the director, she will visit it": she is the director whether or not she visits it.
        return not (is_fronted(t, g) and is_definite(t, i))
    return t.dep[i] == "xcomp" or bool(identifying_names(t, i))


def identifying_names(t: Tokens, i: int) -> list[int]:
    """The heads of the names that a copula gives to the noun that is its subject: "the pilot is Ann Lee"."""
    verb = t.head[i]
    if (
        t.dep[i] != "nsubj"
        or t.lemma[verb] not in ("be", "become", "remain")
        or t.pos[i] == "PROPN"
        or verb < i
    ):
        return []
    return [k for k in t.right[verb] if t.dep[k] == "attr" and t.pos[k] == "PROPN"]


def is_told_in_story(t: Tokens, i: int) -> bool:
    """Whether what a clause tells happens in a story: "In the novel, she marries him", "the film shows her marrying him"."""
    teller = t.head[i]
    if t.dep[i] in ("ccomp", "xcomp") and t.lemma[teller] in _TELLING:
        narrator = t.child(teller, "nsubj")
        return narrator >= 0 and t.lemma[narrator] in _STORIES
    return any(
        t.lower[k] == "in"
        and is_fronted(t, k)
        and (noun := t.child(k, "pobj")) >= 0
        and t.lemma[noun] in _STORIES
        for k in t.left[i]
        if t.dep[k] == "prep"
    )


def is_fronted(t: Tokens, preposition: int) -> bool:
    """Whether a prepositional phrase opens its clause, set off by a comma: "As director, she signed it"."""
    verb = t.head[preposition]
    before = preposition - 1
    return (
        preposition < verb
        and t.pos[verb] in CLAUSES
        and any(t.dep[k] in ("nsubj", "nsubjpass") and k > preposition for k in t.left[verb])
        and any(t.text[k] == "," and k > preposition for k in t.left[verb])
        and (before < t.sent_starts[t.sent[preposition]] or t.pos[before] in ("PUNCT", "SPACE", "CCONJ"))
    )


def is_ranked(t: Tokens, noun: int) -> bool:
    """Whether a noun is singled out by its rank: "the fifth country", "the only pilot", "the largest ship"."""
    return any(
        t.lower[k] in _ORDINALS
        or t.tag[k] == "JJS"
        or (t.lower[k][0].isdigit() and t.lower[k].endswith(("st", "nd", "rd", "th")))
        for k in t.left[noun]
    )


def denies_rank(t: Tokens, noun: int) -> bool:
    """Whether a "not" before what somebody is denies the rank alone: "is not the only pilot", "was not the first ship"."""
    verb = t.head[noun]
    return (
        t.dep[noun] == "attr"
        and t.lemma[verb] == "be"
        and has_negation(t, verb)
        and is_ranked(t, noun)
        and any(t.lower[k] == "the" for k in t.left[noun])
    )


def is_command(t: Tokens, i: int) -> bool:
    """Whether a clause is an order to the reader or hearer."""
    if t.tag[i] != "VB" or subject(t, i) >= 0:
        return False
    if t.dep[i] == "conj":
        return False
    if t.dep[i] not in ("ROOT", "ccomp"):
        return False
    aux = auxiliaries(t, i)
    return all(t.lower[k] in ("do", "please", "let") for k in aux)


def is_content_clause(t: Tokens, i: int, noun: int) -> bool:
    """Whether a "that" clause says what the noun is about, though the parser takes it for a relative clause."""
    if cue(t.lemma[noun], "N", "that") is None:
        return False
    first = first_word(t, i)
    if t.lower[first] != "that" or subject(t, i) in (first, -1):
        return False
    # A second object leaves "that" no place in its clause: "the story that Vela bought Orsa".
    return t.dep[first] == "mark" or (t.dep[first] == "dobj" and any(t.dep[k] == "dobj" for k in t.right[i]))


def is_comment(t: Tokens, i: int, g: int) -> bool:
    """Whether ``i`` is a comment like "as the agency said" rather than a clause of its own."""
    return i > g and cue(t.lemma[i], "V", "that") is not None


def mend_lemmas(t: Tokens) -> None:
    """Put right the lemmas of verbs in -e, which rule-based lemmatizers clip ("slated" to "slat", "hopes" to "hop").

    Nouns that have a "that" clause at the beginning of a sentence become nouns again.
    """
    known = cue_words("V")
    for i, word in enumerate(t.lower):
        if t.dep[i] == "nsubj" and t.pos[i] != "NOUN" and t.text[i + 1 : i + 2] == ["that"]:
            # "Rumours that ...", taken for a name or a verb where it begins a sentence
            singular = word.removesuffix("s")
            if cue(singular, "N", "that") is not None:
                t.lemma[i], t.pos[i] = singular, "NOUN"
            continue
        if t.pos[i] != "VERB" or t.lemma[i] in known:
            continue
        for stem in (word[:-1], word[:-3] + "e"):
            if stem in known and word.endswith(("es", "ed", "ing")) and stem.endswith("e"):
                t.lemma[i] = stem
                break


def find_questions(t: Tokens, quotation: Callable[[int], int]) -> frozenset[int]:
    """The heads of clauses that ask, with what is coordinated with them."""
    found: set[int] = set()
    for mark, word in enumerate(t.lower):
        if word != "?" or mark == 0:
            continue
        start, _ = t.sentence(mark)
        number = quotation(mark - 1)
        node = mark - 1
        while node > start and t.pos[node] in ("PUNCT", "SPACE"):
            node -= 1
        while t.head[node] != node and t.head[node] >= start:
            parent = t.head[node]
            if quotation(parent) != number:
                break
            # "Who won?, she asked": the asking stands behind the question mark.
            if parent > mark:
                break
            node = parent
        found.add(node)
        found.update(k for k in t.right[node] if t.dep[k] == "conj" and k < mark)
    return frozenset(found)


def follows_but(t: Tokens, i: int) -> bool:
    """Whether a conjunct is set against the one before it by "but"."""
    return any(t.dep[k] == "cc" and t.lower[k] == "but" for k in (*t.right[t.head[i]], *t.left[i]) if k < i)


def has_negation(t: Tokens, i: int) -> bool:
    """Whether a "not" or "never" hangs on token ``i``."""
    return any(t.dep[k] == "neg" for k in (*t.left[i], *t.right[i]))
