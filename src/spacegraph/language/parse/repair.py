"""Mends systematic mistakes of the small model's parses, in a snapshot of the tokens.

Each repair looks for a pattern that is no English as it stands (a preposition without an object right before a noun phrase
that hangs elsewhere, a possessive without a noun, a finite verb whose subject has been swallowed by the phrase in front of
it), and changes nothing else. The ``Doc`` itself is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.deed_nouns import is_deed
from spacegraph.language.english.listed_names import given_names
from spacegraph.language.english.tags import FINITE_VERBS as _FINITE
from spacegraph.language.english.tags import SUBJECTS as _SUBJECTS
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.english.words import NOUN_TYPES, TITLE_WORDS, TYPES_OF_TAILS
from spacegraph.language.parse.edits import attach, put_in_place_of
from spacegraph.language.parse.predicates import repair_predicate
from spacegraph.language.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.language.tokens import Tokens

__all__ = ["holder", "repair", "repaired"]

_VOWELS = frozenset("aeiou")
_PLACES = frozenset(("GPE", "LOC"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_CLITICS = {"'s": "be", "’s": "be", "'re": "be", "’re": "be", "'m": "be", "’m": "be", "'ve": "have", "’ve": "have", "'d": "have", "’d": "have"}  # fmt: skip
#: Verbs whose object is followed by what the object is to do, rather than by what it is about.
_OBJECT_CONTROL = word_set("""
    ask tell order urge allow enable force persuade invite instruct teach help get cause permit require request encourage
    advise warn train hire select choose appoint name send use direct compel convince expect want need like
    nominate assign elect recruit task pick call
""")  # fmt: skip
#: Verbs that give their object something to do, whatever else an infinitive after them might be for.
_ASSIGNING = word_set("""
    select choose hire appoint assign nominate elect recruit task pick tap ask tell order urge persuade invite instruct
    require request encourage advise direct commission contract authorize authorise allow enable force
""")  # fmt: skip
#: Verbs of giving, and what is given for doing something.
_GIVING = word_set("award give grant hand receive sign win")
_GIVEN = word_set(
    "commission contract deal grant licence license mandate order permission permit subcontract"
)
_TIMES = frozenset(("DATE", "TIME"))
#: Most tokens from an opening bracket to the one that closes it.
_LONGEST_BRACKET = 9
_NOMINATIVE = frozenset(("he", "she", "it", "they", "we", "i", "you"))


def repair(tokens: Tokens) -> Tokens:
    """Mend the parse of ``tokens`` in place; returns the same object."""
    t = tokens
    for i in range(t.size):
        if t.text[i] == "[" and i:
            _gloss(t, i)
        pos = t.pos[i]
        if pos in ("VERB", "AUX"):
            if t.lower[i] in _CLITICS and t.lemma[i] not in ("be", "have", "will", "would"):
                t.lemma[i] = _CLITICS[t.lower[i]]
            elif pos == "VERB":
                _lemma(t, i)
            if t.dep[i] == "appos" and t.tag[i] == "VBN" and t.head[i] < i:
                # "Ann Lee (born 1970)"
                t.dep[i] = "acl"
            repair_predicate(t, i)
            _verb(t, i)
            if t.lemma[i] == "be":
                _asked_participle(t, i)
        elif pos == "ADP":
            _holder_of_office(t, i)
        elif t.tag[i] == "POS":
            _orphaned_possessor(t, i)
            _two_deeds(t, i)
        elif t.tag[i] == "JJ" and t.dep[i] == "compound":
            _adjective_of_name(t, i)
        elif t.dep[i] == "appos" and t.head[i] < i and t.lower[_left_edge(t, i) - 1] in ("and", "or"):
            # "Ann Lee and the director": the parser takes the second of two for an apposition.
            t.dep[i] = "conj"
        elif t.dep[i] == "appos" and t.tag[i] == "NN" and NOUN_TYPES.get(t.lemma[i]) == "PERSON":
            _apposition_of_last(t, i)
    return t


#: The last snapshot that was mended, as it was and as it is.
_last: tuple[Tokens, Tokens] | None = None


def repaired(doc: Doc) -> Tokens:
    """The mended snapshot of a ``Doc`` that components share; change only a :meth:`~Tokens.copy` of it."""
    global _last  # noqa: PLW0603  (one slot a process)
    tokens = tokens_of(doc)
    last = _last
    if last is None or last[0] is not tokens:
        _last = last = (tokens, repair(tokens.copy()))
    return last[1]


def _lemma(t: Tokens, i: int) -> None:
    """Mend lemmas that lack the final "e": "hopes", "waging" and "slated" do not come from "hop", "wag" and "slat"."""
    lemma, word, tag = t.lemma[i], t.lower[i], t.tag[i]
    if tag == "VBZ":
        if (
            word.endswith("es")
            and word[:-2] == lemma
            and not lemma.endswith(("s", "x", "z", "ch", "sh", "o", "i"))
        ):
            t.lemma[i] = word[:-1]
    elif tag in ("VBD", "VBN", "VBG") and word[: len(lemma)] == lemma and word[len(lemma) :] in ("ed", "ing"):
        vowels = sum(letter in _VOWELS for letter in lemma)
        if (
            len(lemma) > 2
            and vowels == 1
            and lemma[-2] in _VOWELS
            and lemma[-1] not in _VOWELS
            and lemma[-1] not in "wxy"
        ):
            t.lemma[i] = lemma + "e"


def _verb(t: Tokens, i: int) -> None:
    subjects = [k for k in t.left[i] if t.dep[k] in _SUBJECTS]
    if len(subjects) > 1:
        _fronted_apposition(t, subjects)
    elif not subjects:
        _swallowed_subject(t, i)
    if t.dep[i] == "xcomp":
        _infinitive_of_noun(t, i)
    elif t.dep[i] == "advcl":
        _infinitive_of_object(t, i)
    for k in list(t.right[i]):
        if t.dep[k] == "dobj":
            _gerund_after_time(t, i, k)


def _left_edge(t: Tokens, i: int) -> int:
    """The first token of the subtree of ``i``; cheaper than measuring all subtrees while trees change."""
    while t.left[i]:
        i = t.left[i][0]
    return i


def _start(t: Tokens, i: int) -> int:
    """The first word of the sentence of token ``i``."""
    start = t.sent_starts[t.sent[i]]
    while start < i and t.pos[start] in ("PUNCT", "SPACE"):
        start += 1
    return start


def _comma_before(t: Tokens, head: int) -> bool:
    edge = _left_edge(t, head)
    return edge > 0 and t.text[edge - 1] == ","


def _fronted_apposition(t: Tokens, subjects: list[int]) -> None:
    """For "A native of Ames, she holds …": the first of two subjects does not share the verb with the second."""
    first, last = subjects[0], subjects[-1]
    participle = last + 1
    if t.dep[participle] == "acl" and t.head[participle] == last and t.tag[participle] in ("VBN", "VBD"):
        agent = any(t.dep[k] == "agent" for k in t.right[participle])
        if not agent and _left_edge(t, last) == first + 1:
            # "The rocket the agency built exploded": a relative clause without a pronoun.
            attach(t, participle, first, "relcl")
            attach(t, last, participle, "nsubj")
            t.tag[participle] = "VBD"
            return
    before = _left_edge(t, last) - 2
    if t.ent[last] in _PLACES and before > first and t.ent[before] in _PLACES and _comma_before(t, last):
        # "A plane in Ames, Iowa crashed": the second part of a place is no subject.
        attach(t, last, before, "appos")
        return
    if (
        t.pos[first] == "NOUN"
        and _comma_before(t, last)
        and _left_edge(t, first) == _start(t, first)
        and t.pos[last] in ("PROPN", "PRON")
        and t.dep[last] != "expl"
    ):
        attach(t, first, last, "appos")


def _swallowed_subject(t: Tokens, i: int) -> None:
    """Give a finite verb the noun phrase right before it that hangs within a fronted phrase.

    "In Ames, Iowa, Acme Corporation tested …": the parser takes the company for a further part of the place.
    """
    auxiliaries = [k for k in t.left[i] if t.dep[k] in ("aux", "auxpass")]
    if t.dep[i] not in ("ROOT", "ccomp", "advcl") or not (
        t.tag[i] in _FINITE or any(t.tag[k] in ("MD", *_FINITE) for k in auxiliaries)
    ):
        return
    if any(t.tag[k] == "TO" for k in auxiliaries):
        return
    node = i - 1
    start = t.sent_starts[t.sent[i]]
    while node > start and (t.head[node] == i and t.dep[node] in ("aux", "auxpass", "neg", "advmod")):
        node -= 1
    if t.text[node] == ")":
        while node > start and t.text[node] != "(":
            node -= 1
        node -= 1
    if node <= start or t.pos[node] not in ("NOUN", "PROPN"):
        return
    head = node
    while t.head[head] < head and t.dep[head] in ("compound", "appos") and t.text[head - 1] != ",":
        head = t.head[head]
    if t.dep[head] not in ("appos", "conj", "npadvmod", "dep") or t.head[head] == i or t.head[head] > i:
        return
    edge = _left_edge(t, head)
    if edge <= start or t.text[edge - 1] != ",":
        return
    # It must leave a fronted prepositional phrase behind it.
    top = t.head[head]
    steps = 0
    while t.head[top] != i and t.head[top] != top and steps < 8:
        top = t.head[top]
        steps += 1
    if t.head[top] == i and t.dep[top] in ("prep", "npadvmod", "advcl") and top < i:
        attach(t, head, i, "nsubjpass" if any(t.dep[k] == "auxpass" for k in auxiliaries) else "nsubj")


def _infinitive_of_noun(t: Tokens, i: int) -> None:
    """For "criticized the threats to leave": an infinitive right after a noun that asks for one belongs to the noun."""
    governor = t.head[i]
    edge = _left_edge(t, i)
    if (
        edge == 0
        or t.lower[edge] != "to"
        or t.pos[governor] != "VERB"
        or t.lemma[governor] in _OBJECT_CONTROL
    ):
        return
    noun = edge - 1
    if noun > governor and t.pos[noun] == "NOUN" and is_deed(t, noun) and t.head[noun] != noun:
        top = noun
        while t.dep[top] in ("conj", "compound") and t.head[top] < top:
            top = t.head[top]
        attach(t, i, noun, "acl")


def _gerund_after_time(t: Tokens, verb: int, noun: int) -> None:
    """For "spent two years training in Ames": a deed in "-ing" that is tagged as a noun after a span of time."""
    if t.lemma[verb] != "spend" or t.tag[noun] != "NN" or not t.lower[noun].endswith("ing"):
        return
    time = noun - 1
    if t.head[time] != noun or t.dep[time] not in ("compound", "nmod") or t.ent[time] not in ("DATE", "TIME"):
        return
    stem = t.lower[noun][:-3]
    t.pos[noun], t.tag[noun] = "VERB", "VBG"
    t.lemma[noun] = stem
    _lemma(t, noun)
    attach(t, time, verb, "dobj")
    for k in list(t.left[noun]):
        if k < time:
            attach(t, k, time, t.dep[k])
    t.dep[noun] = "xcomp"
    for k in list(t.right[verb]):
        if k > noun and t.dep[k] == "prep":
            attach(t, k, noun, "prep")


def _two_deeds(t: Tokens, i: int) -> None:
    """For "the invasion of Ruritania and Ann's threats": two deeds are joined, not two doers of the second."""
    doer = t.head[i]
    first = t.head[doer]
    deed = t.head[first]
    if (
        t.dep[doer] != "conj"
        or not first < doer < deed
        or t.dep[first] not in ("nmod", "compound", "poss")
        or t.dep[deed] != "pobj"
        or t.tag[doer - 1] != "CC"
    ):
        return
    preposition = t.head[deed]
    other = t.head[preposition]
    if t.lower[preposition] != "of" or not (is_deed(t, other) and is_deed(t, deed)):
        return
    attach(t, first, preposition, "pobj")
    attach(t, doer, deed, "poss")
    attach(t, deed, other, "conj")
    attach(t, doer - 1, other, "cc")


def _adjective_of_name(t: Tokens, i: int) -> None:
    """For "a Ruritanian Tern capsule": the adjective goes with the noun, not with the name before it."""
    name = t.head[i]
    noun = t.head[name]
    if t.pos[name] == "PROPN" and t.dep[name] == "compound" and i < name < noun and t.pos[noun] == "NOUN":
        attach(t, i, noun, "amod")


def _orphaned_possessor(t: Tokens, i: int) -> None:
    """For "Ruritania and Ann’s repeated threats": a possessive that hangs elsewhere goes to the noun right after it."""
    owner = t.head[i]
    if owner >= i or t.dep[owner] == "poss" or t.pos[owner] not in _NOUNS:
        return
    node = i + 1
    if node >= t.size or t.sent[node] != t.sent[i]:
        return
    for _ in range(6):
        if t.head[node] <= i or t.dep[node] not in (
            "amod",
            "compound",
            "nummod",
            "advmod",
            "nmod",
            "poss",
            "case",
        ):
            break
        node = t.head[node]
    if (
        t.pos[node] in _NOUNS
        and _left_edge(t, node) == i + 1
        and t.dep[node] not in ("nsubj", "compound")
        and t.head[owner] < owner
    ):
        attach(t, owner, node, "poss")


def _gloss(t: Tokens, i: int) -> None:
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


def _holder_of_office(t: Tokens, of: int) -> None:
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


def _infinitive_of_object(t: Tokens, i: int) -> None:
    """For "selected Acme and Vela to build it": what the object of such a verb is to do completes the verb."""
    verb = t.head[i]
    edge = _left_edge(t, i)
    if t.lemma[verb] in _GIVING and i > verb and t.lower[edge] == "to" and t.head[edge] == i:
        for k in t.right[verb]:
            if t.dep[k] == "dobj" and t.lemma[k] in _GIVEN and k < edge:
                # "gave Acme a contract in 2031 to build it"
                attach(t, i, k, "acl")
                return
    if t.lemma[verb] not in _ASSIGNING or i < verb or t.lower[edge] != "to" or t.head[edge] != i:
        return
    if any(t.dep[k] in ("xcomp", "ccomp") for k in t.right[verb]):
        return
    for k in t.right[verb]:
        last = k
        while t.right[last]:
            last = t.right[last][-1]
        if t.dep[k] == "dobj":
            # "chose Acme in 2031 to build it"
            t.dep[i] = "xcomp" if last + 1 == edge or _is_adjunct(t, verb, last + 1, edge) else t.dep[i]
            return


def _is_adjunct(t: Tokens, verb: int, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` are a phrase that tells when or where a verb's deed was done."""
    return (
        t.head[start] == verb
        and t.dep[start] in ("prep", "npadvmod")
        and all(t.head[k] in range(start, end) for k in range(start + 1, end))
    )


def _apposition_of_last(t: Tokens, noun: int) -> None:
    """For "Ann Lee and Bo Sim, a pilot, left": one person after two names is the last of them."""
    last = t.head[noun]
    if last > noun or t.pos[last] != "PROPN" or not _comma_before(t, noun):
        return
    for _ in range(20):
        following = [k for k in t.right[last] if t.dep[k] == "conj" and t.pos[k] == "PROPN" and k < noun]
        if not following:
            break
        last = following[0]
    if last != t.head[noun] and last == _left_edge(t, noun) - 2:
        attach(t, noun, last, "appos")
