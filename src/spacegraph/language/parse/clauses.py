"""Mends what the small model makes of verbs with prefixes, of coordinate verbs, and of what completes a verb.

Parts of :mod:`~spacegraph.language.parse.repair`; each changes nothing but a pattern that is no English as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.listed_names import given_names
from spacegraph.language.english.tags import FINITE_VERBS as _FINITE
from spacegraph.language.english.tags import SUBJECTS as _SUBJECTS
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.english.words import (
    MIND_VERBS,
    NAMING_VERBS,
    ROLE_NOUNS,
    TITLE_WORDS,
    TYPES_OF_TAILS,
)
from spacegraph.language.parse.edits import attach, put_in_place_of

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = [
    "holder",
    "repair_bracket",
    "repair_gloss",
    "repair_holder",
    "repair_noun",
    "repair_participle",
    "repair_prefix",
    "repair_verb",
]

_PREFIXES = frozenset(("co", "re", "pre", "mis", "over", "under", "out", "un"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_OF_NOUN_PHRASES = frozenset(("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$"))
#: Most tokens from an opening bracket to the one that closes it.
_LONGEST_BRACKET = 9
_NOMINATIVE = frozenset(("he", "she", "it", "they", "we", "i", "you"))
#: Verbs whose content may follow without "that" and without an addressee.
_CONTENT_VERBS = (
    MIND_VERBS | word_set("allege believe conclude determine fear find indicate learn maintain show think")
) - word_set("ask tell thank blame urge vow speak talk accuse congratulate describe apologise apologize")
#: Verbs that give somebody an office: "named Ann Lee director".
_NAMING = word_set("name appoint elect make declare crown designate")


def repair_prefix(t: Tokens, i: int) -> None:
    """For "Ann Lee co-founded it": a prefix that stands as a word of its own gives its place to the verb."""
    verb = i + 2
    if t.lower[i] not in _PREFIXES or verb >= t.size or t.text[i + 1] != "-" or t.space[i] or t.space[i + 1]:
        return
    if t.pos[verb] != "VERB" or t.tag[verb] not in ("VBD", "VBZ", "VBP", "VBN"):
        return
    if t.head[verb] == i:
        put_in_place_of(t, verb, i)
    elif t.head[i] != verb or t.dep[i] not in _SUBJECTS:
        return
    else:
        for k in t.left[i]:
            attach(t, k, verb, t.dep[k])
    t.dep[i] = "dep"
    if any(t.dep[k] in _SUBJECTS for k in t.left[verb]):
        return
    for k in reversed(t.left[verb]):
        if k < i and t.dep[k] in ("compound", "nmod", "amod") and t.pos[k] in _NOUNS:
            t.dep[k] = "nsubj"
            return


def repair_participle(t: Tokens, i: int) -> None:
    """For "was born in Ames and studied physics": a participle right after "and" before a bare noun is a verb."""
    noun = t.head[i]
    if (
        noun != i + 1
        or t.dep[i] != "amod"
        or t.dep[noun] != "conj"
        or t.lower[i - 1] != "and"
        or t.tag[noun] != "NN"
        or t.left[noun] != [i]
    ):
        return
    first = t.head[noun]
    while t.pos[first] not in ("VERB", "AUX") and t.head[first] != first:
        first = t.head[first]
    if t.pos[first] != "VERB" or t.tag[first] not in ("VBD", "VBN") or first > i:
        return
    t.tag[i], t.pos[i] = "VBD", "VERB"
    attach(t, i, first, "conj")
    rest = [k for k in t.right[noun] if t.dep[k] in ("prep", "advcl", "npadvmod")]
    attach(t, noun, i, "dobj")
    for k in rest:
        attach(t, k, i, t.dep[k])


def repair_noun(t: Tokens, i: int) -> None:
    """For "Acme funds and runs it": a plural right after a name, with a verb beside it, is the first of two verbs."""
    if t.tag[i] != "NNS" or i == 0 or t.head[i - 1] != i or t.left[i][0] != i - 1:
        return
    name = i - 1
    if not t.text[name][0].isupper() or t.pos[name] not in (*_NOUNS, "ADJ"):
        return
    verbs = [k for k in t.right[i] if t.dep[k] == "conj" and t.tag[k] == "VBZ" and k - i <= 3]
    if not verbs or any(t.dep[k] in _SUBJECTS for k in t.left[verbs[0]]):
        return
    t.pos[i], t.tag[i], t.lemma[i] = "VERB", "VBZ", _infinitive(t.lower[i])
    t.dep[name] = "nsubj"


def _infinitive(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zzes")) else word[:-1]


def repair_bracket(t: Tokens, i: int) -> None:
    """For "VSA (Vela Space Agency) pilot Ann Lee": what a name in brackets parts from a title belongs to the title."""
    name = i - 1
    if t.pos[name] != "PROPN" or t.head[name] > i:
        return
    title = next((k + 1 for k in range(i + 1, min(i + _LONGEST_BRACKET, t.size - 1)) if t.text[k] == ")"), 0)
    if title and t.lower[title].removesuffix("s") in ROLE_NOUNS and t.pos[title] in _NOUNS:
        attach(t, name, title, "compound")


def repair_gloss(t: Tokens, i: int) -> None:
    """For "if he [Tom Reed] leaves": what an editor's brackets explain keeps its place; the model takes "[" for a verb.

    The pronoun gets the place in the clause, its explanation becomes an apposition, and whatever hung on the bracket goes to the
    verb.
    """
    pronoun = i - 1
    close = next((k for k in range(i + 1, min(i + _LONGEST_BRACKET, t.size)) if t.text[k] == "]"), -1)
    if (
        t.tag[pronoun] != "PRP"
        or close < i + 2
        or any(t.pos[k] in ("VERB", "AUX") for k in range(i + 1, close))
        or t.sent[close] != t.sent[i]
    ):
        return
    name = t.span_head(i + 1, close)
    inside = range(pronoun, close + 1)
    node = next((k for k in (pronoun, i, name) if t.head[k] not in inside), -1)
    if node < 0:
        return
    top, dep = t.head[node], t.dep[pronoun]
    if t.lower[pronoun] in _NOMINATIVE and top > close:
        dep = "nsubj"
    elif node != pronoun:
        dep = t.dep[node] if node == name else "dobj"
    orphans = [(k, t.dep[k]) for k in (*t.left[i], *t.right[i]) if k not in inside]
    attach(t, pronoun, top, dep)
    attach(t, name, pronoun, "appos")
    for mark in (i, close):
        attach(t, mark, name, "punct")
    for k, label in orphans:
        attach(t, k, top, label)


def repair_holder(t: Tokens, of: int) -> None:
    """For "Governor of Selby Ann Lee met him": who holds the office stands beside it, not beside what it is of."""
    office = t.head[of]
    if t.lower[of] != "of" or office != of - 1 or t.lower[office] not in TITLE_WORDS or t.right[of] == []:
        return
    person = t.right[of][-1]
    begin = holder(t, of + 1, person + 1)
    if t.dep[person] != "pobj" or begin < 0:
        return
    place = begin - 1
    for k in list(t.left[person]):
        if k < place:
            attach(t, k, place, t.dep[k])
    attach(t, place, of, "pobj")
    attach(t, person, office, "appos")
    for k in [k for k in t.right[person] if t.dep[k] in ("conj", "cc")]:
        attach(t, k, office, t.dep[k])


def holder(t: Tokens, start: int, end: int) -> int:
    """Where a person's name begins right after the name of what the person's title is of, which begins at ``start``: "Governor of Selby *Ann Lee*".

    Returns -1 without one, as in "head of Vela Works" and "head of the Ann Lee Foundation".
    """
    if start < 2 or t.lower[start - 1] != "of" or t.lower[start - 2] not in TITLE_WORDS:
        return -1
    if t.text[start] in given_names() or t.lower[end - 1] in TYPES_OF_TAILS:
        return -1
    if any(t.pos[i] != "PROPN" for i in range(start, end)):
        return -1
    return next((i for i in range(max(start + 1, end - 3), end - 1) if t.text[i] in given_names()), -1)


def repair_verb(t: Tokens, i: int) -> None:
    """Mend the content of a verb of speech, what a verb of naming gives, and what goes with its object."""
    if t.dep[i] in ("ccomp", "advcl"):
        _object_taken_from_content(t, i)
    if t.dep[i] in ("ccomp", "conj", "advcl", "ROOT"):
        _subject_taken_for_conjunct(t, i)
    if t.lemma[i] in _NAMING:
        _office(t, i)
    if t.lemma[i] in NAMING_VERBS:
        _name_given(t, i)
    if t.lemma[i] == "be":
        _asked_participle(t, i)
    _dated_list(t, i)
    for k in list(t.right[i]):
        if t.dep[k] == "conj" and t.tag[k] in ("NN", "NNS", "NNP", "NNPS"):
            _noun_beside_verb(t, i, k)


def _object_taken_from_content(t: Tokens, i: int) -> None:
    """For "the court found Lee's record made him a danger": what precedes a finite verb of the content is its subject."""
    verb = t.head[i]
    if verb > i or t.lemma[verb] not in _CONTENT_VERBS or not _is_finite(t, i):
        return
    if any(t.dep[k] in (*_SUBJECTS, "mark") or t.tag[k] in ("TO", "WP", "WDT", "WRB") for k in t.left[i]):
        return
    between = [k for k in t.right[verb] if k < i and t.dep[k] != "punct"]
    if (
        not between
        or t.dep[between[0]] != "dobj"
        or any(t.dep[k] not in ("npadvmod", "prep") for k in between[1:])
    ):
        return
    subject = between[0]
    if any(t.text[k] == "," for k in range(subject, i)):
        return
    for k in between[1:]:
        attach(t, k, subject, t.dep[k])
    t.dep[i] = "ccomp"
    attach(t, subject, i, "nsubjpass" if any(t.dep[k] == "auxpass" for k in t.left[i]) else "nsubj")


def _subject_taken_for_conjunct(t: Tokens, i: int) -> None:
    """For "the pilot is Ann and the cook is Bo": the noun right before a finite verb without a subject is its subject."""
    if not _is_finite(t, i):
        return
    if any(t.dep[k] in (*_SUBJECTS, "mark") for k in (*t.left[i], *t.right[i])):
        return
    noun = i - 1
    while noun > 0 and t.head[noun] == i and t.dep[noun] in ("aux", "auxpass", "neg", "advmod"):
        noun -= 1
    if t.dep[noun] != "conj" or t.pos[noun] not in _NOUNS or t.pos[t.head[noun]] not in _NOUNS:
        return
    edge = noun
    while t.left[edge]:
        edge = t.left[edge][0]
    if t.lower[edge - 1] in ("and", "but", "while"):
        attach(t, noun, i, "nsubjpass" if any(t.dep[k] == "auxpass" for k in t.left[i]) else "nsubj")


def _is_finite(t: Tokens, i: int) -> bool:
    first = next((k for k in t.left[i] if t.dep[k] in ("aux", "auxpass")), i)
    return t.tag[first] in _FINITE or t.tag[first] == "MD"


def _office(t: Tokens, verb: int) -> None:
    """For "named Ann Lee director": a person and the office are two complements, not one noun phrase."""
    if any(t.dep[k] in ("auxpass", "nsubjpass") for k in t.left[verb]):
        return
    for office in t.right[verb]:
        if t.dep[office] not in ("dobj", "oprd", "attr") or t.tag[office] != "NN":
            continue
        names = [k for k in t.left[office] if t.dep[k] in ("compound", "nmod") and t.pos[k] == "PROPN"]
        if (
            not names
            or len(names) != len(t.left[office])
            or t.lemma[office] not in ROLE_NOUNS
            or names[-1] != office - 1
            or t.ent[names[-1]] in ("GPE", "NORP")
            or t.lower[names[-1]] in TYPES_OF_TAILS
        ):
            return
        for k in names[:-1]:
            attach(t, k, names[-1], "compound")
        attach(t, names[-1], verb, "dobj")
        t.dep[office] = "oprd"
        return


def _name_given(t: Tokens, verb: int) -> None:
    """The name is what the verb tells: "was designated Tarn 4", no adverb; "nicknamed the new rocket Tarn", no phrase with the rocket."""
    if any(t.dep[k] == "auxpass" for k in t.left[verb]) or t.dep[verb] == "acl":
        after = t.right[verb][:1]
        if after and after[0] - len(t.left[after[0]]) == verb + 1 and t.pos[after[0]] == "PROPN":
            t.dep[after[0]] = "oprd"
        return
    if t.lemma[verb] in ("call", "designate", "entitle", "name", "title"):
        # Who names the pilot Ann Lee gives her no name.
        return
    for name in t.right[verb]:
        kinds = [k for k in t.left[name] if t.dep[k] == "compound" and t.tag[k] == "NN"]
        if (
            t.dep[name] != "dobj"
            or t.pos[name] != "PROPN"
            or not kinds
            or t.tag[t.left[name][0]] not in ("DT", "PRP$")
        ):
            continue
        kind = kinds[-1]
        for k in [k for k in t.left[name] if k < kind]:
            attach(t, k, kind, t.dep[k])
        attach(t, kind, verb, "dobj")
        t.dep[name] = "oprd"
        return


def _asked_participle(t: Tokens, be: int) -> None:
    """For "Was the probe built by Acme?": the participle is what is asked, no description of the probe."""
    beside = [k for k in t.right[be] if t.dep[k] != "punct"]
    if (
        len(beside) != 1
        or t.dep[beside[0]] not in ("nsubj", "attr")
        or any(t.dep[k] in _SUBJECTS for k in t.left[be])
    ):
        return
    subject = beside[0]
    verb = next((k for k in t.right[subject] if t.dep[k] == "acl" and t.tag[k] in ("VBN", "VBG")), -1)
    if verb < 0 or "?" not in t.text[verb : t.sentence(be)[1]]:
        return
    put_in_place_of(t, verb, be)
    passive = t.tag[verb] == "VBN"
    t.dep[be] = "auxpass" if passive else "aux"
    t.dep[subject] = "nsubjpass" if passive else "nsubj"


def _dated_list(t: Tokens, verb: int) -> None:
    """For "won the Star in 2003, the Cross in 2007 and the Medal in 2011": what follows a year is the next object."""
    for first in [k for k in t.right[verb] if t.dep[k] == "dobj"]:
        i, item = first + 1, -1
        while (end := _after_years(t, i)) > 0:
            if item >= 0:
                attach(t, item, first, "conj")
                attach(t, i, item, "prep")
            i = end
            while i < t.size and t.lower[i] in (",", ";", "and"):
                i += 1
            if i == end:
                break
            while i < t.size and t.tag[i] in _OF_NOUN_PHRASES:
                i += 1
            item = i - 1
            if t.pos[item] not in _NOUNS:
                break


def _after_years(t: Tokens, i: int) -> int:
    """Where "in 2003, 2007 and 2011" ends that begins at ``i``; -1 where none does."""
    if i + 1 >= t.size or t.lower[i] != "in" or not _is_year(t, i + 1):
        return -1
    i += 2
    while i < t.size:
        k = i
        while k < t.size and t.lower[k] in (",", "and"):
            k += 1
        if k == i or k >= t.size or not _is_year(t, k):
            break
        i = k + 1
    return i


def _is_year(t: Tokens, i: int) -> bool:
    return len(t.text[i]) == 4 and t.text[i].isdigit()


def _noun_beside_verb(t: Tokens, verb: int, noun: int) -> None:
    """For "on its channel, its app, and the site": a noun is no second verb, but goes with the noun before it."""
    if any(t.dep[k] in _SUBJECTS for k in (*t.left[noun], *t.right[noun])):
        return
    before = [k for k in t.right[verb] if k < noun and t.dep[k] not in ("punct", "cc")]
    if not before:
        return
    node = before[-1]
    while t.pos[node] not in _NOUNS:
        inner = [k for k in t.right[node] if t.dep[k] in ("pobj", "prep")]
        if t.dep[node] != "prep" or not inner:
            return
        node = inner[-1]
    if t.dep[node] in ("dobj", "pobj", "attr", "conj"):
        for k in [k for k in t.right[verb] if t.dep[k] == "cc" and node < k < noun]:
            attach(t, k, node, "cc")
        attach(t, noun, node, "conj")
