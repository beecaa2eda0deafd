"""Reads by an ontology's labels where there are no examples and no entry fits: a cue, what stands by it, and whose it is.

A property's label gives cue words ("launch site": *site*, *launch* with a place; "operator": *operator*, *operate*
with a doer), its range says what can be its object (a date, a number, a person, a place). For every cue in a
sentence the object is the candidate that hangs on it or stands nearest, the subject what possesses it, does it or
undergoes it, else what the sentence is about. This is coarser than lexicon entries, which are preferred where they
read the same pair of things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.learning.candidates import VALUES, Candidate, bare
from spacegraph.learning.derivations import (
    ADJECTIVES,
    COPULAR,
    EMPTY_NOUNS,
    INVERSE,
    RELATED,
    WHEN_NOUNS,
    WHERE_NOUNS,
)
from spacegraph.learning.derive import agent_verb, label_words, noun_lemma, verb_lemma, with_value_ranges
from spacegraph.learning.features import Words, governor
from spacegraph.learning.labels import Labels
from spacegraph.learning.model import Reading, Scored, coordinated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacegraph.ontology import Ontology, OntologyProperty

__all__ = ["Cue", "CueReader", "derive_cues"]

#: Costs above which a reading is let go, and what one step of cost takes off the probability.
MOST_COST, STEP = 6.0, 0.06
#: How far from its cue an object can stand, in tokens, where the parse does not join the two.
FARTHEST = 7
_PLACE_PREPOSITIONS = frozenset(("in", "at", "from", "near", "on", "within"))
_OBJECT_PREPOSITIONS = frozenset(("to", "as", "for", "with", "from", "in", "at", "of", "on"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_CLASS_TYPES = {
    "person": frozenset(("PERSON",)), "human": frozenset(("PERSON",)), "people": frozenset(("PERSON",)), "place": _PLACES, "location": _PLACES, "city": _PLACES, "region": _PLACES,
    "settlement": _PLACES, "state": _PLACES, "site": _PLACES, "town": _PLACES, "observatory": frozenset(("FAC", "ORG")),
    "country": frozenset(("GPE", "NORP")), "organisation": frozenset(("ORG",)), "nationality": frozenset(("GPE", "NORP")),
    "organization": frozenset(("ORG",)), "company": frozenset(("ORG",)), "school": frozenset(("ORG",)),
    "university": frozenset(("ORG",)), "party": frozenset(("ORG", "NORP")), "agency": frozenset(("ORG",)),
}  # fmt: skip
_GROUP = {"PERSON": "person", "ORG": "organisation", **dict.fromkeys((*_PLACES, "NORP"), "place")}
#: What it costs that a subject is of another sort than the domain's.
OTHER_SORT = 2.5
_FIXED_TYPES = frozenset(("PERSON", "GPE", "NORP", "LOC", "FAC", "ORG"))


#: Words of a label that carry none of its meaning: "was funded by" is told by a funding, not by any passive.
_GRAMMATICAL = frozenset(
    ("a", "an", "are", "be", "been", "by", "had", "has", "have", "is", "the", "was", "were")
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that may say a property.

    ``word`` is a lemma; ``beside`` are lemmas of the label that stand near it when it is said in full. ``role`` says
    how the object stands to it: ``noun`` (the thing that the noun names), ``of`` (whose noun it is: "part of"),
    ``doer``, ``place``, ``time`` or ``object`` of a verb, ``name`` (what something is called), ``being`` (what
    something is said to be).
    """

    word: str
    role: str
    beside: tuple[str, ...] = ()
    cost: float = 0.0
    inverse: bool = False


def derive_cues(property_: OntologyProperty, ontology: Ontology) -> tuple[Cue, ...]:
    """The cues of a property, from its label, local name and alternative labels, in a fixed order."""
    found: dict[tuple[str, str, bool], Cue] = {}
    for label in (property_.label, property_.name, *property_.alt_labels):
        for cue in _cues(property_, label_words(label), bool(_wants(property_.ranges, ontology) & _PLACES)):
            key = (cue.word, cue.role, cue.inverse)
            if key not in found or cue.cost < found[key].cost:
                found[key] = cue
    return tuple(found.values())


def _cues(p: OntologyProperty, words: list[str], at_places: bool) -> Iterator[Cue]:
    kind = _value_kind(p)
    words = [w for w in words if w not in _GRAMMATICAL]
    by = "by" in label_words(p.label) or "by" in label_words(p.name)
    if not words:
        return
    if "of" in words[1:-1]:
        at = words.index("of")
        head, rest = words[at - 1], [*words[: at - 1], *words[at + 1 :]]
    else:
        content = [w for w in words if w not in _OBJECT_PREPOSITIONS] or words
        head, rest = content[-1], content[:-1]
    verb = verb_lemma(words[0])
    if len(words) == 2 and words[1] in _OBJECT_PREPOSITIONS - {"of"} and verb and verb != words[0]:
        # "moors at", "launched from": a verb with what follows its preposition.
        yield Cue(verb, "place" if words[1] in _PLACE_PREPOSITIONS else "object")
        return
    head, others = _base(head), tuple(_base(w) for w in rest if w not in _OBJECT_PREPOSITIONS)
    if words[-1] == "of" and noun_lemma(head) and not by:
        yield Cue(head, "of", others)
        return
    if (head in COPULAR and not others) or (others and others[0] in COPULAR and _is_participle(words[-1])):
        yield Cue("be", "being", cost=1.0)
        yield Cue("serve", "being")
        yield Cue("work", "being")
    if head == "name":
        for other in others:
            beside = (*ADJECTIVES.get(other, ()), other)
            for word in ("know", "call", "name", "dub", "designate"):
                yield Cue(word, "name", beside, cost=0.5)
        yield Cue("name", "noun", others)
        return
    if head in EMPTY_NOUNS and others:
        head, others = others[-1], others[:-1]
    verbs_of = _verbs(head)
    if (head in WHEN_NOUNS or head in WHERE_NOUNS) and others:
        role = "time" if head in WHEN_NOUNS or kind == "date" else "place"
        for other in others:
            for verb in _verbs(other):
                yield Cue(verb, role, tuple(o for o in others if o != other))
        if len(others) == 1 and not _verbs(others[0]):
            yield Cue(others[0], "noun", cost=0.5)
        yield Cue(head, "noun", others, cost=0.0 if len(others) else 1.0)
    elif kind == "date":
        for n, verb in enumerate(verbs_of):
            yield Cue(verb, "time", others, cost=0.1 * n)
        yield Cue(head, "noun", others)
    elif by:
        for n, verb in enumerate((verb_lemma(words[0]), *RELATED.get(agent_noun(words[0]), ()))):
            if verb:
                yield Cue(verb, "doer", cost=0.1 * n)
    elif others and _is_participle(words[-1]) and (verb := verb_lemma(words[-1])):
        yield Cue(verb, "object")
    else:
        yield Cue(head, "noun", others)
        doer = agent_verb(head)
        role = "doer" if doer or head.endswith("ist") else "place" if at_places else "object"
        if role == "object" and not kind and _is_event(head):
            return
        for n, word in enumerate(dict.fromkeys((doer, *RELATED.get(head, ())))):
            if word and word != head:
                yield Cue(
                    word, role if verb_lemma(word) == word else "noun", cost=0.3 + 0.1 * n if n else 0.0
                )
        if role == "object" and not doer and (verb := verb_lemma(words[0])) and not noun_lemma(words[0]):
            yield Cue(verb, "object", cost=0.6 if _is_participle(words[0]) else 0.0)
    if head in WHERE_NOUNS and (not others or head == "origin"):
        for n, word in enumerate(RELATED.get(head, RELATED["location"])):
            yield Cue(word, "place", cost=0.1 * n + (0.0 if head in RELATED else 0.3))
    for other in others:
        if other in INVERSE:
            yield Cue(INVERSE[other], "noun", inverse=True, cost=0.5)
    if head in INVERSE:
        yield Cue(INVERSE[head], "noun", inverse=True, cost=0.5)


def _is_participle(word: str) -> bool:
    return word.endswith(("ed", "en", "ld", "wn")) and bool(verb_lemma(word)) and verb_lemma(word) != word


def _is_event(noun: str) -> bool:
    return noun.endswith(("ing", "tion", "th", "al")) or noun in (
        "flight",
        "launch",
        "start",
        "end",
        "build",
        "design",
    )


def agent_noun(participle: str) -> str:
    """Who does it: "founded" -> "founder"."""
    return participle.removesuffix("d") + "r" if participle.endswith("ed") else participle


def _base(word: str) -> str:
    return noun_lemma(word) or verb_lemma(word) or word


def _verbs(noun: str) -> tuple[str, ...]:
    own = verb_lemma(noun)
    return tuple(dict.fromkeys(v for v in (*RELATED.get(noun, ()), own, agent_verb(noun)) if v))


def _value_kind(p: OntologyProperty) -> str:
    """``date``, ``number``, ``text`` or, for things, ``""``."""
    names = " ".join(r.rpartition("#")[2].lower() for r in p.ranges)
    if not p.is_datatype:
        return ""
    if "date" in names or "year" in names:
        return "date"
    return "text" if "string" in names or not names else "number"


def _wants(classes: Iterable[str], ontology: Ontology) -> frozenset[str]:
    """Types of names that classes ask for; empty where they say nothing of them."""
    out: set[str] = set()
    for name in classes:
        found = ontology.classes.get(name)
        for word in label_words(found.label if found is not None else name.rpartition("#")[2]):
            out |= _CLASS_TYPES.get(word, frozenset())
            if word not in _CLASS_TYPES and (agent_verb(word) or word.endswith(("naut", "ist"))):
                out.add("PERSON")
    return frozenset(out)


def _nouns(p: OntologyProperty, ontology: Ontology) -> frozenset[str]:
    """The last words of nouns for what can be the object: a name that ends in one says what it is."""
    found = (ontology.classes.get(name) for name in p.ranges)
    nouns = {noun.split()[-1] for c in found if c is not None for noun in c.nouns if noun}
    return frozenset((*nouns, *(f"{noun}s" for noun in nouns)))


def _groups(types: Iterable[str]) -> frozenset[str]:
    """People, organisations and places: what a recogniser rarely takes for one another."""
    return frozenset(_GROUP[t] for t in types if t in _GROUP)


class CueReader:
    """Reads sentences by the cues of an ontology; scores as :class:`spacegraph.learning.LinearModel` does."""

    def __init__(self, ontology: Ontology) -> None:
        ontology = with_value_ranges(ontology)
        self.ontology = ontology
        self.labels = Labels()
        self.properties = tuple(sorted(ontology.properties.values(), key=lambda p: p.iri))
        self.relations = [p.name for p in self.properties]
        self._cues: dict[str, list[tuple[OntologyProperty, Cue]]] = {}
        for p in self.properties:
            for cue in derive_cues(p, ontology):
                self._cues.setdefault(cue.word, []).append((p, cue))
        self._kind = {p.iri: _value_kind(p) for p in self.properties}
        self._wanted = {p.iri: _wants(p.ranges, ontology) for p in self.properties}
        self._nouns = {p.iri: _nouns(p, ontology) for p in self.properties}
        self._owner = {p.iri: _groups(_wants(p.domains, ontology)) for p in self.properties}
        self._demonym = [
            p
            for p in self.properties
            if "NORP" in self._wanted[p.iri]
            and {"nationality", "country", "origin"} & set(label_words(p.label))
        ]

    def score(self, reading: Reading) -> list[Scored]:
        """What a sentence may say, the likeliest first; a value is said of one thing only."""
        words = reading.words
        topic = _topic(reading)
        raw: list[tuple[float, int, OntologyProperty, int, int]] = []
        dates = [c for c in reading.found if c.kind == "date" and c.end - c.start > 1]
        whole = [c for c in reading.found if _is_name(words, c) and "run" in c.sources and _is_solid(c)]
        unfit = {
            j
            for j, c in enumerate(reading.found)
            if (c.kind != "date" and any(c.overlaps(d) for d in dates))
            or (c.kind in VALUES and any(n.start <= c.start and c.end <= n.end for n in whole))
        }
        for k, lemma in enumerate(words.lemma):
            for p, cue in self._cues.get(lemma, ()):
                raw.extend(r for r in self._by_cue(reading, p, cue, k, topic) if not {r[3], r[4]} & unfit)
        for p in self._demonym:
            raw.extend(
                (2.0, -1 - j, p, topic, j)
                for j, c in enumerate(reading.found)
                if c.type == "NORP"
                and c.norm
                and topic >= 0
                and not c.overlaps(reading.found[topic])
                and not any(
                    o is not c and o.type in _PLACES and o.start <= c.start and c.end <= o.end
                    for o in reading.found
                )
            )
        raw.sort(key=lambda x: (x[0], x[1], x[2].iri, x[3], x[4]))
        used: list[Candidate] = []
        heads: set[tuple[str, int]] = set()
        cues: set[tuple[str, int]] = set()
        out: dict[tuple[int, str, int], Scored] = {}
        lists = coordinated(reading)
        for cost, k, p, i, j in raw:
            s, o = reading.found[i], reading.found[j]
            if cost > MOST_COST or (p.iri, k) in cues or (p.iri, o.head) in heads or s.overlaps(o):
                continue
            if k >= 0 and any(o.overlaps(other) for other in used):
                continue
            cues.add((p.iri, k))
            heads.add((p.iri, o.head))
            if k >= 0:
                used.append(o)
            for member in next((g for g in lists if j in g), [j]):
                if member != i and not reading.found[member].overlaps(s):
                    out.setdefault((i, p.iri, member), self._scored(reading, p, i, member, cost))
        return sorted(out.values(), key=lambda x: -x.probability)

    def _scored(self, reading: Reading, p: OntologyProperty, i: int, j: int, cost: float) -> Scored:
        s, o = reading.found[i], reading.found[j]
        label = o.norm if o.norm and (o.kind in ("date", "number") or o.type == "NORP") else o.text
        if o.kind == "number" and "." in o.text:
            label = o.text.replace(",", "")
        return Scored(s, p.name, o, s.text, label, max(0.5, 0.9 - STEP * cost))

    def _by_cue(
        self, reading: Reading, p: OntologyProperty, cue: Cue, k: int, topic: int
    ) -> Iterator[tuple[float, int, OntologyProperty, int, int]]:
        words = reading.words
        verbal = words.pos[k] in ("VERB", "AUX")
        plain = verbal or words.pos[k] == "ADJ" or (cue.role == "place" and words.pos[k] == "NOUN")
        if cue.role in ("doer", "place", "time", "object", "name") and not plain:
            return
        near = set(words.lemma[max(0, k - 4) : k + 4])
        missing = sum(w not in near for w in cue.beside)
        if cue.role in ("noun", "of") and missing and len(cue.beside) == missing:
            return
        if cue.role == "name" and not set(cue.beside) & near:
            return
        base = cue.cost + 0.7 * missing - 0.5 * (len(cue.beside) - missing)
        for j, o in enumerate(reading.found):
            cost = self._object_cost(words, p, cue, k, o)
            if cost is None:
                continue
            wanted = frozenset[str]() if cue.inverse else self._owner[p.iri]
            i = _subject(reading, cue, k, o, topic, wanted)
            if i >= 0 and not reading.found[i].overlaps(o):
                pair = (j, i) if cue.inverse else (i, j)
                if cue.inverse and reading.found[j].kind in VALUES:
                    continue
                if not self._suits(p, reading.found[pair[0]]):
                    cost += OTHER_SORT
                yield base + cost, k, p, *pair

    def _suits(self, p: OntologyProperty, c: Candidate) -> bool:
        """Whether a subject is of a sort that the domain admits, as far as the two are known."""
        group, wanted = _GROUP.get(c.type), self._owner[p.iri]
        return not group or not wanted or group in wanted

    def _is_relational(self, words: Words, o: Candidate, p: OntologyProperty) -> bool:
        """Whether a noun says what one thing is to another ("part of", "leader of"), and another property speaks of it."""
        others = any(q.iri != p.iri for q, _ in self._cues.get(words.lemma[o.head], ()))
        after = words.lower[o.end] if o.end < len(words.lower) else ""
        return words.lower[o.head] in ("part", "one", "member") or (
            others and after in ("of", "on", "for", "to", "in")
        )

    def _object_cost(self, words: Words, p: OntologyProperty, cue: Cue, k: int, o: Candidate) -> float | None:
        """How far an object is from a cue: by parse and by place; None where it cannot be its object."""
        kind = self._kind[p.iri]
        cost = 0.0
        if kind == "date":
            if o.kind != "date" and not (
                o.kind == "number" and len(o.norm) == 4 and o.norm.isdigit() and not o.unit
            ):
                return None
        elif kind == "number":
            if o.kind != "number":
                return None
        elif kind == "text":
            if o.kind not in VALUES:
                cost += 0.3
        elif o.kind in VALUES:
            # A class that has the property's own name ("altitude" of an "Altitude") may hold values.
            own = all(bare(r) == bare(p.name) for r in p.ranges)
            if o.kind == "value" or cue.role != "noun" or not own:
                return None
            cost += 0.6
        wanted = self._wanted[p.iri]
        if wanted and o.type not in wanted:
            cost += 2.0 if o.type in _FIXED_TYPES or o.kind != "name" else 0.7
        if not kind and o.kind == "noun" and "mention" not in o.sources:
            cost += 0.3
        if words.pos[o.head] == "ADJ" and o.kind != "name":
            return None
        if o.start <= k < o.end:
            # "V8 engine" is an engine: the name says what it is.
            whole = cue.role == "noun" and not cue.inverse and o.start < k == o.head == o.end - 1 and not kind
            said = set(words.lemma[o.start : o.end]) <= {cue.word, *cue.beside}
            return (
                0.3 + cost + _span_cost(words, o) if whole and not said and not o.text[0].isdigit() else None
            )
        if words.sentence[o.head] != words.sentence[k]:
            return None
        if not cue.inverse and set(words.lemma[o.start : o.end]) <= {cue.word, *cue.beside}:
            return None  # "a crew member" names no crew member
        relation, up = governor(words, o.head)
        before = words.lower[o.start - 1] if o.start else ""
        if before in ("the", "a", "an", "its") and o.start > 1:
            before = words.lower[o.start - 2]
        gap = o.start - k - 1 if o.start > k else k - o.end
        if gap > 3 * FARTHEST:
            return None
        cost += 0.15 * gap + _span_cost(words, o)
        hangs = up == k or (up == words.head[k] and words.dep[k] in ("conj", "xcomp", "acl"))
        if cue.role == "of":
            return cost if up == k and relation == "prep:of" else None
        if cue.role == "doer":
            if hangs and relation.startswith("agent"):
                return cost
            if before == "by" and 0 <= o.start - k <= FARTHEST:
                return cost + 0.5
            return cost + 0.5 if up == k and relation == "nsubj" else None
        if cue.role == "place":
            told = o.kind == "name" and words.lower[o.end - 1] in self._nouns[p.iri]
            if before in _PLACE_PREPOSITIONS and o.start > k and (hangs or told or gap <= FARTHEST):
                return cost + (0 if hangs else 0.7) - (1.0 if told else 0.0)
            return None
        if cue.role == "time":
            return cost + (0 if hangs else 1.0) if hangs or gap <= FARTHEST else None
        if cue.role in ("name", "being"):
            if o.start <= k or gap > FARTHEST:
                return None
            if cue.role == "being" and "of" in o.sources:
                cost += -1.2 if o.text[0].isupper() else 0.5
            if cue.role == "being" and words.doc[o.start].ent_type_ == "NORP":
                cost += 1.0  # what an American pilot is, is a pilot
            named = o.kind == "name" and o.type in _FIXED_TYPES
            if cue.role == "being" and (named or self._is_relational(words, o, p)):
                return None
            if cue.role == "being" and words.doc[o.start].ent_type_ == "ORDINAL":
                cost += 1.0  # the sixth president is president
            if cue.role == "being" and not (
                up == k and (relation in ("attr", "acomp") or relation.startswith("prep:as"))
            ):
                return None
            return cost
        if cue.role == "object":
            if hangs and (relation in ("dobj", "attr", "pobj", "oprd") or relation.startswith("prep")):
                return cost
            return cost + 1.0 if o.start > k and gap <= 3 and before != "by" else None
        return _by_noun(words, k, o, kind, relation, up, gap, cost)


def _by_noun(  # noqa: PLR0917
    words: Words, k: int, o: Candidate, kind: str, relation: str, up: int, gap: int, cost: float
) -> float | None:
    """Where "the R of X is Y", "an R of Y", "R Y", "Y R", "Y, the R of X" has its object."""
    if kind in ("number", "date") or o.kind in ("number", "date"):
        # "8,500 employees" and "a mass of 4 kg".
        return cost if o.start > k else (cost + 0.2 if gap <= 2 else None)
    verb = words.head[k]
    copula = words.lemma[verb] == "be"
    if copula and words.dep[k] in ("nsubj", "attr") and up == verb and relation in ("nsubj", "attr"):
        return cost * 0.5
    if up == k and relation == "appos":
        return cost
    if words.dep[k] == "appos" and words.head[k] == o.head:
        return cost
    if gap == 0 and o.start > k:
        return cost + 0.3
    if o.start > k and words.lower[k + 1 : k + 3] in (["such", "as"], [",", "such"], [",", "including"]):
        return cost + 0.2
    if o.start > k and gap <= 2 and words.lower[k + 1] in (":", "is", "was", ",", "being", "named", "called"):
        return cost + 0.8
    if o.end == k and o.kind == "name" and "mention" in o.sources and o.end - o.start > 1:
        return cost + 0.1  # "the Kestrel 2 mission"
    if up == k and relation in ("compound", "amod", "nmod", "poss") and o.kind == "name":
        return cost + 0.3 if o.end - o.start > 1 else cost + 1.2
    return cost + 2.0 if kind and o.start > k and gap <= 4 else None


def _span_cost(words: Words, o: Candidate) -> float:
    """Of candidates with one head the one that a reader would underline costs least."""
    if o.kind in ("number", "date"):
        return 0.0
    cost = 0.0
    text = words.lower[o.start : o.end]
    if o.kind == "name":
        if "mention" not in o.sources:
            cost += 0.5
        if o.type in _PLACES and "," in text:
            cost -= 0.6  # "Redcar, England": a place with what it lies in is its full name
        elif {"and", "in", "at", "on", "for", "to", ","} & set(text):
            cost += 1.5
    elif "of" in o.sources:
        cost += 0.5
    if o.kind == "name" and o.start and (words.pos[o.start - 1] == "NUM" or words.lower[o.start - 1] == ")"):
        cost += 0.8
    # A word less than the whole noun group.
    if (
        o.start > 0
        and words.dep[o.start - 1] in ("compound", "amod", "nummod")
        and words.head[o.start - 1] == o.head
    ):
        cost += 0.4
    return cost


def _topic(reading: Reading) -> int:
    """What a sentence is about: the named subject of its first main clause, else its first name; -1 without one."""
    found, words = reading.found, reading.words
    names = [
        i for i in reading.subjects if _is_name(words, found[i]) and found[i].type not in ("NORP", "DATE")
    ]
    dates = [c for c in found if c.kind == "date" and c.end - c.start > 1]
    names = [i for i in names if not any(found[i].overlaps(d) for d in dates)]
    best: list[tuple[float, int, int]] = []
    for i in names:
        c = found[i]
        # "107 Oriel": the parse may take the figure for the head.
        subject = any(words.dep[k] in ("nsubj", "nsubjpass") for k in (c.head, c.end - 1))
        cost = words.sentence[c.head] * 3.0 + 0.1 * c.start - 2.0 * subject
        cost += _span_cost_of_subject(words, c)
        best.append((cost, -(c.end - c.start), i))
    return min(best)[2] if best else -1


def _span_cost_of_subject(words: Words, c: Candidate) -> float:
    inside = set(words.lower[c.start : c.end])
    cost = 1.5 * bool({"and", ",", "in", "at", "to", "on", "for", "the"} & inside)
    if c.start and (words.pos[c.start - 1] in ("NUM", "PROPN") or words.lower[c.start - 1] == ")"):
        cost += 0.8
    if "mention" not in c.sources:
        cost += 0.2
    after = words.lower[c.end] if c.end < len(words.lower) else ""
    return cost + (0.5 if after in ("'s", "’s") else 0.0)


def _is_name(words: Words, c: Candidate) -> bool:
    """Whether a candidate is a name from its first word to its last."""
    first, last = words.doc[c.start].text, words.doc[c.end - 1].text
    return (
        c.kind == "name"
        and not first[0].islower()
        and (last[0].isupper() or last[0].isdigit() or last[0] == ")")
    )


def _is_solid(c: Candidate) -> bool:
    """Whether no small word joins the parts of a name, so that its figures belong to it."""
    return not any(word[0].islower() or word.endswith(",") for word in c.text.split())


def _named(reading: Reading, token: int) -> int:
    """The best name with a token for its head, -1 without one."""
    found, words = reading.found, reading.words
    hits = [
        (_span_cost_of_subject(words, found[i]), -(found[i].end - found[i].start), i)
        for i in reading.subjects
        if token in (found[i].head, found[i].end - 1) and _is_name(words, found[i])
    ]
    return min(hits)[2] if hits else -1


def _subject(  # noqa: PLR0917
    reading: Reading, cue: Cue, k: int, o: Candidate, topic: int, wanted: frozenset[str]
) -> int:
    """Whose cue it is: see the module's docstring. Of those that it may be the first that suits the domain, else the first."""
    possible = [i for i in _possible_subjects(reading, cue, k, o, topic) if not reading.found[i].overlaps(o)]
    suits = (i for i in possible if not wanted or _GROUP.get(reading.found[i].type, "") in {"", *wanted})
    return next(suits, possible[0] if possible else -1)


def _possible_subjects(reading: Reading, cue: Cue, k: int, o: Candidate, topic: int) -> Iterator[int]:
    words = reading.words
    for token in _owners(words, cue, k, o):
        if token == o.head:
            continue
        if words.pos[token] == "PRON":
            break
        i = _named(reading, token)
        if i >= 0:
            yield i
    if topic >= 0:
        yield topic
    yield from (i for i in reading.subjects if _is_name(words, reading.found[i]))


def _owners(words: Words, cue: Cue, k: int, o: Candidate) -> Iterable[int]:
    """Tokens that may be the subject, the likeliest first."""
    size = len(words.lower)
    children = [i for i in range(size) if words.head[i] == k and i != k]
    if words.pos[k] in ("VERB", "AUX", "ADJ"):
        if cue.role == "doer" and o.start < k:
            yield from (i for i in children if words.dep[i] in ("dobj", "attr"))
        yield from (i for i in children if words.dep[i] in ("nsubjpass", "nsubj"))
        if words.dep[k] in ("acl", "relcl"):
            yield words.head[k]
        if words.dep[k] in ("conj", "advcl", "xcomp", "ccomp"):
            yield from (
                i for i in range(size) if words.head[i] == words.head[k] and words.dep[i].startswith("nsubj")
            )
        return
    yield from (i for i in children if words.dep[i] == "poss")
    for i in children:
        if words.dep[i] == "prep" and words.lower[i] in ("of", "for"):
            yield from (j for j in range(size) if words.head[j] == i and words.dep[j] == "pobj")
    above, steps = k, 0
    while words.head[above] != above and steps < 5:
        above, steps = words.head[above], steps + 1
        if words.pos[above] in ("NOUN", "PROPN") and words.dep[k] == "appos":
            yield above
        if words.pos[above] in ("VERB", "AUX"):
            subject = words.subject.get(above, -1)
            if subject >= 0 and subject != k:
                yield subject
            if words.dep[above] in ("relcl", "acl"):
                yield words.head[above]
            break
