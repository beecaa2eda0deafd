"""Mends systematic mistakes of the small model's parses, in a snapshot of the tokens.

Each repair looks for a pattern that is no English as it stands (a preposition without an object right before a noun phrase
that hangs elsewhere, a possessive without a noun, a finite verb whose subject has been swallowed by the phrase in front of
it), and changes nothing else. The ``Doc`` itself is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.deed_nouns import is_deed
from spacegraph.language.english.tags import FINITE_VERBS as _FINITE
from spacegraph.language.english.tags import SUBJECTS as _SUBJECTS
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.english.words import MIND_VERBS, NOUN_TYPES, ROLE_NOUNS
from spacegraph.language.parse.clauses import (
    repair_bracket,
    repair_gloss,
    repair_holder,
    repair_noun,
    repair_participle,
    repair_prefix,
    repair_verb,
)
from spacegraph.language.parse.edits import attach
from spacegraph.language.parse.predicates import repair_predicate
from spacegraph.language.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.language.tokens import Tokens

__all__ = ["repair", "repaired"]

_VOWELS = frozenset("aeiou")
_PLACES = frozenset(("GPE", "LOC"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_CLITICS = {"'s": "be", "’s": "be", "'re": "be", "’re": "be", "'m": "be", "’m": "be", "'ve": "have", "’ve": "have", "'d": "have", "’d": "have"}  # fmt: skip
#: Adverbs and prepositions that are part of the verb where nothing follows them: "fell through".
PARTICLES = frozenset(("up", "down", "off", "out", "back", "away", "together", "apart", "over", "behind", "through", "aside", "along", "forward", "around"))  # fmt: skip
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
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow")


def repair(tokens: Tokens) -> Tokens:
    """Mend the parse of ``tokens`` in place; returns the same object."""
    t = tokens
    for i in range(t.size):
        if t.tag[i] == "VBZ":
            _title_taken_for_verb(t, i)
        elif t.dep[i] == "ROOT" and t.pos[i] in _NOUNS:
            _verb_taken_for_participle(t, i)
            _verb_under_participle(t, i)
            repair_noun(t, i)
        elif t.text[i] == "-" and i:
            repair_prefix(t, i - 1)
        elif t.text[i] == "(" and i:
            repair_bracket(t, i)
        elif t.text[i] == "[" and i:
            repair_gloss(t, i)
        pos = t.pos[i]
        if pos in ("VERB", "AUX"):
            if t.lower[i] in _CLITICS and t.lemma[i] not in ("be", "have", "will", "would"):
                t.lemma[i] = _CLITICS[t.lower[i]]
            elif pos == "VERB":
                _lemma(t, i)
            if t.dep[i] == "appos" and t.tag[i] == "VBN" and t.head[i] < i:
                # "Ann Lee (born 1970)"
                t.dep[i] = "acl"
            if t.dep[i] == "amod" and t.tag[i] == "VBN" and i:
                repair_participle(t, i)
            repair_predicate(t, i)
            _verb(t, i)
            repair_verb(t, i)
        elif pos == "ADP":
            repair_holder(t, i)
            _orphaned_object(t, i)
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
        elif t.dep[i] == "appos" and t.ent[i] in ("PERSON", "ORG"):
            _list_of_names(t, i)
            _name_of_official(t, i)
        elif t.dep[i] == "npadvmod" and t.ent[i] in _PLACES:
            _second_part_of_place(t, i)
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
        if not any(t.dep[k] in _SUBJECTS for k in t.left[i]):
            _inverted_subject(t, i)
    else:
        for k in t.left[i]:
            # "An engineer by training, she …": a noun that modifies the clause is said of its subject.
            if t.dep[k] in ("advcl", "npadvmod", "dep") and t.pos[k] == "NOUN" and k < subjects[0]:
                _fronted_predicate(t, i, k, subjects[0])
    _object_taken_for_time(t, i)
    if t.dep[i] == "xcomp":
        _infinitive_of_noun(t, i)
    elif t.dep[i] == "advcl":
        _stacked_participle(t, i)
        _infinitive_of_object(t, i)
    for k in list(t.right[i]):
        if t.dep[k] in ("advmod", "prep") and t.lower[k] in PARTICLES and not t.left[k] and not t.right[k]:
            _particle(t, i, k)
        elif t.dep[k] == "dobj":
            _gerund_after_time(t, i, k)


def _second_part_of_place(t: Tokens, i: int) -> None:
    """For "based in Ames, Iowa": the second part of a place says nothing of the time."""
    first = t.head[i]
    if first < i and t.ent[first] in _PLACES and _comma_before(t, i):
        t.dep[i] = "appos"


def _title_taken_for_verb(t: Tokens, i: int) -> None:
    """For "Acme astronauts Ann Lee and Bo Sim flew": a plural title before a person's name is no verb, if another is."""
    if (
        i + 1 >= t.size
        or i == 0
        or t.pos[i - 1] != "PROPN"
        or t.ent[i + 1] != "PERSON"
        or not t.lower[i].endswith("s")
        or NOUN_TYPES.get(t.lower[i][:-1]) != "PERSON"
    ):
        return
    before, name = i - 1, i + 1
    while t.dep[name] == "compound" and t.head[name] > name and t.ent[t.head[name]] == "PERSON":
        name = t.head[name]
    top = i if t.head[name] == i else name
    verb = t.head[top]
    if (
        t.dep[top] not in ("nsubj", "nsubjpass", "csubj", "csubjpass")
        or verb < top
        or t.pos[verb] not in ("VERB", "AUX")
    ):
        return
    t.pos[i], t.tag[i], t.lemma[i] = "NOUN", "NNS", t.lower[i][:-1]
    dep = (
        t.dep[top]
        if t.dep[top].startswith("nsubj")
        else "nsubjpass"
        if t.dep[top] == "csubjpass"
        else "nsubj"
    )
    if top == i:
        t.dep[i] = dep
        t.dep[name] = "appos"
    else:
        attach(t, i, verb, dep)
        attach(t, name, i, "appos")
    for k in [k for k in (*t.left[i], *t.left[name]) if k < i]:
        attach(t, k, i, "compound" if k == before else t.dep[k])


def _verb_taken_for_participle(t: Tokens, noun: int) -> None:
    """For "A Tern 4 rocket carried Vela into orbit.": a participle with an object of its own is the sentence's verb."""
    verbs = [k for k in t.right[noun] if t.dep[k] == "acl" and t.tag[k] in ("VBD", "VBN")]
    if len(verbs) != 1 or any(t.dep[k] in ("cop", "nsubj") for k in t.left[noun]):
        return
    verb = verbs[0]
    if t.tag[verb] != "VBD" and t.lower[verb].endswith("en"):
        return
    found = [t.dep[k] for k in t.right[verb]]
    # "the medal given them" has an object, too, but its verbs take two.
    if "dobj" not in found or "agent" in found or "dative" in found or t.text[verb - 1] == ",":
        return
    t.tag[verb] = "VBD"
    _make_root(t, verb, noun)


def _verb_under_participle(t: Tokens, noun: int) -> None:
    """For "A rocket carrying four pilots lifted off.": a past tense inside a participle's object is the sentence's verb."""
    participle = next((k for k in t.right[noun] if t.dep[k] == "acl" and t.tag[k] == "VBG"), -1)
    if participle < 0 or any(t.dep[k] in ("cop", "nsubj") for k in t.left[noun]):
        return
    verbs = [
        k
        for k in range(participle + 1, t.sentence(noun)[1])
        if t.tag[k] == "VBD" and t.dep[k] in ("acl", "relcl", "ccomp", "advcl", "conj") and not t.left[k]
    ]
    if len(verbs) != 1 or t.text[verbs[0] - 1] == ",":
        return
    verb = verbs[0]
    node = verb
    while t.head[node] not in (node, noun):
        node = t.head[node]
    if node != participle:
        return
    _make_root(t, verb, noun)


def _make_root(t: Tokens, verb: int, noun: int) -> None:
    """Make a verb the root of the sentence whose root was a noun before it: the noun is its subject, what follows its own."""
    t.right[t.head[verb]].remove(verb)
    t.head[verb], t.dep[verb] = verb, "ROOT"
    t.forget_edges()
    rest = [k for k in t.right[noun] if k > verb]
    attach(t, noun, verb, "nsubj")
    for k in rest:
        attach(t, k, verb, t.dep[k])


def _list_of_names(t: Tokens, i: int) -> None:
    """For "Ann Lee, Bo Sim and Kovar boarded it": the second of three names is no apposition to the first."""
    first = t.head[i]
    if first > i or t.pos[first] != "PROPN" or not _comma_before(t, i) or t.text[_left_edge(t, i) - 2] == ")":
        return
    last = i
    for _ in range(20):
        following = [k for k in t.right[last] if t.dep[k] == "conj" and t.pos[k] == "PROPN"]
        if not following:
            break
        last = following[0]
    if last == i or not any(t.dep[k] == "cc" for k in t.right[t.head[last]]):
        return
    edge = last
    while t.right[edge]:
        edge = t.right[edge][-1]
    # "the crew of Vela, Ann Lee and Bo Sim, returned" names the crew.
    if edge + 1 < t.size and t.text[edge + 1] == ",":
        return
    t.dep[i] = "conj"


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


def _name_of_official(t: Tokens, name: int) -> None:
    """For "the head of Acme, Ann Lee, said": a person's name goes with the office, not with what the office is of."""
    body = t.head[name]
    of = t.head[body]
    if t.ent[name] != "PERSON" or t.dep[name] != "appos" or t.dep[body] != "pobj" or t.ent[body] == "PERSON":
        return
    office = t.head[of]
    if (
        t.lower[of] in ("of", "for", "at")
        and t.lemma[office] in ROLE_NOUNS
        and t.tag[office] == "NN"
        and office < of
    ):
        attach(t, name, office, "appos")


def _object_taken_for_time(t: Tokens, verb: int) -> None:
    """For "criticized Bo Sim on Friday": a name right after a verb without an object is its object."""
    found = [k for k in t.right[verb] if t.dep[k] != "punct"]
    if not found or t.pos[verb] != "VERB":
        return
    name = found[0]
    if (
        t.dep[name] not in ("npadvmod", "dative", "dep")
        or t.pos[name] != "PROPN"
        or t.ent[name] in _TIMES
        or t.lower[name] in _DAYS
        or _left_edge(t, name) != verb + 1
        or t.lemma[verb] in MIND_VERBS
    ):
        return
    if any(t.dep[k] in ("auxpass", "dobj", "attr", "nsubjpass") for k in (*t.left[verb], *t.right[verb])):
        return
    t.dep[name] = "dobj"


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


def _left_edge(t: Tokens, i: int) -> int:
    """The first token of the subtree of ``i``; cheaper than measuring all subtrees while trees change."""
    while t.left[i]:
        i = t.left[i][0]
    return i


def _fronted_predicate(t: Tokens, i: int, noun: int, subject: int) -> None:
    """Hang a fronted noun on the subject that it is said of."""
    clause = any(t.dep[g] in ("mark", "nsubj", "aux") for g in t.left[noun])
    if not clause and not t.ent[noun] and _left_edge(t, noun) == _start(t, i) and _comma_before(t, subject):
        attach(t, noun, subject, "appos")


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


def _inverted_subject(t: Tokens, i: int) -> None:
    """“… ," asked pilot Ann Lee: what follows a verb of speech after its speech is its subject."""
    if t.lemma[i] not in MIND_VERBS or t.tag[i] not in _FINITE:
        return
    if not any(t.dep[k] == "ccomp" and k < i for k in t.left[i]):
        return
    for k in t.right[i]:
        if t.dep[k] == "dobj" and t.pos[k] in ("PROPN", "NOUN", "PRON") and _left_edge(t, k) == i + 1:
            t.dep[k] = "nsubj"
            return


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


def _stacked_participle(t: Tokens, i: int) -> None:
    """For "a video of men floating about saying goodbye": the second participle goes with the first."""
    edge = _left_edge(t, i)
    if t.tag[i] != "VBG" or edge != i or i == 0 or t.pos[i - 1] not in ("NOUN", "PROPN", "ADV"):
        return
    node = i - 1
    for _ in range(6):
        if t.dep[node] == "acl" and t.tag[node] == "VBG":
            attach(t, i, node, "conj")
            return
        if t.head[node] == node or t.head[node] == t.head[i]:
            return
        node = t.head[node]


def _particle(t: Tokens, verb: int, k: int) -> None:
    """A lone "behind" or "through" after a verb or its object is part of the verb."""
    if t.lemma[verb] in ("be", "have", "do", "say") or t.tag[verb] == "MD":
        return
    if (
        k + 1 < t.size
        and t.lower[k + 1] in ("here", "there", "to", "from", "in", "at", "of")
        and t.dep[k] == "advmod"
        and t.tag[k] != "RP"
        and t.lower[k] != "behind"
    ):
        return
    # A preposition may be stranded in a relative clause: "the ladder that they came down".
    if t.dep[verb] == "relcl" and t.dep[k] == "prep":
        return
    t.dep[k] = "prt"


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


def _orphaned_object(t: Tokens, i: int) -> None:
    """A preposition without an object takes the noun phrase right after it that hangs as a mere ``dep``."""
    if (
        t.lower[i] == "on"
        and i + 2 < t.size
        and t.lower[i + 1] == "board"
        and t.head[i + 1] == i
        and not t.right[i + 1]
    ):
        _on_board(t, i + 1)
        return
    if t.dep[i] not in ("prep", "agent", "dative") or t.right[i] or i + 1 >= t.size:
        return
    node = i + 1
    for _ in range(8):
        if t.dep[node] in ("dep", "npadvmod", "appos") or t.head[node] <= i or t.head[node] == node:
            break
        node = t.head[node]
    if (
        t.dep[node] in ("dep", "npadvmod", "appos")
        and t.pos[node] in ("NOUN", "PROPN", "PRON", "NUM")
        and t.sent[node] == t.sent[i]
        and _left_edge(t, node) == i + 1
    ):
        attach(t, node, i, "pobj")


def _on_board(t: Tokens, board: int) -> None:
    """For "on board the ship": the noun phrase after it is what one is on board of."""
    t.dep[board] = "pobj"
    node = board + 1
    for _ in range(6):
        if (
            t.head[node] <= board
            or t.dep[node] in ("attr", "dobj", "dep", "nsubj", "appos")
            or t.head[node] == node
        ):
            break
        node = t.head[node]
    if t.pos[node] in ("NOUN", "PROPN", "PRON") and _left_edge(t, node) == board + 1 and t.head[node] != node:
        attach(t, node, board, "pobj")


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
