"""Lexicon entries from an ontology alone: what its labels say about how English says it.

``launchedFrom`` is a verb with a preposition, ``foundedBy`` a passive, ``memberOf`` and ``launchSite`` are nouns,
``manufacturer`` is somebody who manufactures, ``birthDate`` says when somebody was born. Each reading becomes an
entry with the origin "derived" (cf. Walter, Unger and Cimiano 2013 on lexicalising ontologies), at a low confidence,
so that what is written or learnt comes first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spacegraph import vocab
from spacegraph.lexicon import Sense
from spacegraph.model import PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacegraph.ontology import Ontology, OntologyProperty

__all__ = ["agent_verb", "derive_senses", "entry_name", "label_words", "with_value_ranges"]

#: How sure a reading of a label is: of a verb or noun as it stands, and of one that was made from another word.
OWN_WORD, OTHER_WORD = 0.6, 0.5

_PREPOSITIONS = frozenset(
    (
        "of",
        "by",
        "in",
        "at",
        "on",
        "from",
        "to",
        "with",
        "for",
        "into",
        "near",
        "under",
        "over",
        "aboard",
        "after",
        "before",
        "since",
        "until",
        "as",
        "about",
        "against",
        "during",
    )
)
_EMPTY_FIRST = frozenset(("has", "have", "is", "was", "are", "been", "being", "be", "the", "a", "an"))
#: Identifiers that say nothing: "P59", "Q2488", "BFO_0000050".
_OPAQUE = re.compile(r"[A-Za-z]{1,6}_?\d+")
#: What classes of values are called -> the datatype that they stand for.
_VALUE_CLASSES = {
    "date": "date", "calendar date": "date", "point in time": "date", "time": "dateTime", "date time": "dateTime",
    "year": "gYear", "number": "decimal", "quantity": "decimal", "decimal": "decimal", "float": "double",
    "double": "double", "integer": "integer", "non negative integer": "nonNegativeInteger", "string": "string",
    "text": "string", "literal": "string",
}  # fmt: skip
_WHEN = frozenset(("date", "year", "time", "day"))
_WHERE = frozenset(("place", "site", "location", "city", "country", "base"))
#: Nouns of events whose verb looks different.
_VERBS_OF = {
    "birth": "bear", "death": "die", "start": "start", "flight": "fly", "production": "produce",
    "foundation": "found", "retirement": "retire", "arrival": "arrive", "departure": "depart",
    "discovery": "discover", "construction": "build", "completion": "complete", "marriage": "marry",
    "burial": "bury", "residence": "reside", "headquarter": "headquarter", "manufacture": "manufacture",
}  # fmt: skip
_PLACED = ("pp:in", "pp:at", "pp:from", "pp:on", "pp:near")
_OWNERS = ("compound", "poss", "pp:of", "pp:for")


def label_words(label: str) -> list[str]:
    """The words of a label, in lower case: camelCase, snake_case and punctuation are taken apart.

    >>> label_words("launchedFrom"), label_words("birth_date"), label_words("hasURL")
    (['launched', 'from'], ['birth', 'date'], ['has', 'url'])
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", label)
    return [w.lower() for w in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", spaced)]


def entry_name(form: str) -> str:
    """The words of an entry as part of its IRI: "launch site" -> "launch_site"."""
    return "_".join("".join(ch for ch in word if ch.isalnum()) for word in form.split()) or "word"


def derive_senses(ontology: Ontology) -> tuple[Sense, ...]:
    """Entries for every property of an ontology, from its labels and local names, in a fixed order."""
    found: dict[tuple[object, ...], Sense] = {}
    for property_ in sorted(ontology.properties.values(), key=lambda p: p.iri):
        readings: dict[tuple[str, ...], None] = {}
        for label in (property_.label, property_.name, *property_.alt_labels):
            words = label_words(label)
            if words and not _OPAQUE.fullmatch(label):
                readings.setdefault(tuple(words), None)
        for reading in readings:
            for sense in _readings(property_, list(reading)):
                key = (sense.kind, sense.forms, sense.property_iri, sense.subject_roles, sense.object_roles)
                if key not in found or sense.confidence > found[key].confidence:
                    found[key] = sense
    return (*found.values(), *_unmistakable(ontology))


def with_value_ranges(ontology: Ontology) -> Ontology:
    """An ontology in which classes of values are datatypes.

    Some ontologies give a property a class named "Date" or "number" as its range and declare no datatype property at
    all; what such a property holds is a literal all the same. Other ontologies come back as they are.
    """
    changed = {}
    for key, p in ontology.properties.items():
        datatypes = {_VALUE_CLASSES.get(_words_of_class(ontology, r), "") for r in p.ranges}
        if not p.is_datatype and p.ranges and "" not in datatypes:
            ranges = tuple(sorted(vocab.XSD + name for name in datatypes))
            changed[key] = replace(p, ranges=ranges, is_datatype=True)
    return replace(ontology, properties={**ontology.properties, **changed}) if changed else ontology


def _words_of_class(ontology: Ontology, name: str) -> str:
    found = ontology.classes.get(name)
    return " ".join(label_words(found.label if found is not None else name))


def _unmistakable(ontology: Ontology) -> Iterator[Sense]:
    """Phrases between two classes that only one property joins: "a galaxy in the constellation Cetus"."""
    joined: dict[tuple[str, str], list[OntologyProperty]] = defaultdict(list)
    for p in ontology.properties.values():
        if len(p.domains) == len(p.ranges) == 1 and not p.is_datatype and p.domains != p.ranges:
            joined[p.domains[0], p.ranges[0]].append(p)
    for (domain, range_), properties in sorted(joined.items()):
        if len(properties) != 1 or not {domain, range_} <= set(ontology.classes):
            continue
        yield Sense(
            entry=f"{entry_name(properties[0].name)}-phrase-derived",
            kind=PropositionKind.NOUN,
            forms=(),
            property_iri=properties[0].iri,
            subject_roles=("ref",),
            object_roles=("pp:at", "pp:in", "pp:of"),
            subject_class=(domain,),
            object_class=(range_,),
            confidence=OTHER_WORD,
            origin="derived",
        )


def _readings(p: OntologyProperty, words: list[str]) -> Iterator[Sense]:
    while len(words) > 1 and words[0] in _EMPTY_FIRST:
        words = words[1:]
    preposition = words[-1] if len(words) > 1 and words[-1] in _PREPOSITIONS else ""
    core = words[:-1] if preposition else words
    verb = verb_lemma(core[0]) if len(core) == 1 else ""
    participle = (
        core[0].endswith(("ed", "en", "wn", "ght", "lt", "nt")) or core[0] in _irregular_participles()
    )
    if verb and participle and p.is_datatype and not p.takes_text:
        # "discovered" with a date: when it was.
        yield _sense(p, PropositionKind.VERB, verb, (("obj", "subj"), ("time",)), OWN_WORD)
        return
    if verb and preposition == "by":
        yield _sense(p, PropositionKind.VERB, verb, (("obj",), ("subj",)), OWN_WORD)
    elif verb and preposition and preposition != "of":
        yield _sense(p, PropositionKind.VERB, verb, (("obj", "subj"), (f"pp:{preposition}",)), OWN_WORD)
    elif (
        verb
        and not preposition
        and (participle or core[0].endswith("s") or (core[0] == verb and not noun_lemma(core[0])))
    ):
        yield _sense(p, PropositionKind.VERB, verb, (("subj",), ("obj",)), OWN_WORD)
    if verb and not noun_lemma(core[0]):
        return
    noun = " ".join([*core[:-1], noun_lemma(core[-1]) or core[-1]])
    if preposition == "of":
        # "member of": the subject is the one that the noun speaks of.
        yield _sense(p, PropositionKind.NOUN, noun, (("ref",), _OWNERS), OWN_WORD)
        return
    if preposition:
        yield _sense(p, PropositionKind.NOUN, noun, (("ref",), (f"pp:{preposition}",)), OTHER_WORD)
        return
    yield _sense(p, PropositionKind.NOUN, noun, (_OWNERS, ("ref",)), OWN_WORD)
    if p.is_datatype:
        # "Kestrel 2 has a launch mass of 12 tonnes", "the launch mass of Kestrel 2 is 12 tonnes".
        yield _sense(p, PropositionKind.VERB, f"have {core[-1]}", (("subj",), ("pp:of", "time")), OTHER_WORD)
        yield _sense(p, PropositionKind.NOUN, noun, (("compound", "poss"), ("pp:of",)), OTHER_WORD)
    elif len(core) == 1:
        # "Kestrel 2 has a methane engine."
        yield _sense(p, PropositionKind.VERB, f"have {noun}", (("subj",), ("obj",)), OTHER_WORD)
        doer = agent_verb(noun)
        if doer:
            yield _sense(p, PropositionKind.VERB, doer, (("obj",), ("subj",)), OTHER_WORD)
    if len(core) == 1:
        return
    event = _VERBS_OF.get(noun_lemma(core[-2]) or core[-2]) or verb_lemma(core[-2])
    if event and core[-1] in _WHEN:
        yield _sense(p, PropositionKind.VERB, event, (("obj", "subj"), ("time",)), OTHER_WORD)
    elif event and core[-1] in _WHERE:
        yield _sense(p, PropositionKind.VERB, event, (("obj", "subj"), _PLACED), OTHER_WORD)


def _sense(
    p: OntologyProperty,
    kind: PropositionKind,
    form: str,
    roles: tuple[tuple[str, ...], tuple[str, ...]],
    confidence: float,
) -> Sense:
    return Sense(
        entry=f"{entry_name(form)}-{kind}-derived",
        kind=kind,
        forms=(form,),
        property_iri=p.iri,
        subject_roles=tuple(sorted(roles[0])),
        object_roles=tuple(sorted(roles[1])),
        confidence=confidence,
        origin="derived",
    )


def agent_verb(noun: str) -> str:
    """The verb of a noun for somebody who does: "manufacturer" -> "manufacture", "owner" -> "own"."""
    for ending in ("er", "or"):
        if noun.endswith(ending) and len(noun) > 4:
            stem = noun[: -len(ending)]
            doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else ""
            for verb in (stem + "e", stem, doubled):
                if verb and verb in _index("verb"):
                    return verb
    return ""


def verb_lemma(word: str) -> str:
    """The base form of a word that can be a verb, else ""."""
    index, exceptions, rules = _index("verb"), _table("lemma_exc", "verb"), _table("lemma_rules", "verb")
    return _lemma(word, index, exceptions, rules)


def noun_lemma(word: str) -> str:
    """The singular of a word that can be a noun, else ""."""
    index, exceptions, rules = _index("noun"), _table("lemma_exc", "noun"), _table("lemma_rules", "noun")
    return _lemma(word, index, exceptions, rules)


def _lemma(word: str, index: frozenset[str], exceptions: dict[str, list[str]], rules: list[list[str]]) -> str:
    irregular = exceptions.get(word)
    if irregular:
        return irregular[0]
    if word in index:
        return word
    for old, new in rules:
        if old and word.endswith(old) and (base := word[: len(word) - len(old)] + new) in index:
            return base
    return ""


@lru_cache(maxsize=1)
def _irregular_participles() -> frozenset[str]:
    return frozenset(_table("lemma_exc", "verb"))


@lru_cache(maxsize=2)
def _index(kind: str) -> frozenset[str]:
    return frozenset(_table("lemma_index", kind))


@lru_cache(maxsize=8)
def _table(name: str, kind: str) -> Any:
    """A table of the English model's lemmatizer: the lexical resource that is installed anyway (after WordNet)."""
    from spacegraph.language.pipeline import PACKAGED_MODEL

    return _lookups(PACKAGED_MODEL).get_table(name).get(kind, {})


@lru_cache(maxsize=1)
def _lookups(model: str) -> Any:
    import spacy

    lemmatizer: Any = spacy.load(model, exclude=["tok2vec", "tagger", "parser", "ner"]).get_pipe("lemmatizer")
    return lemmatizer.lookups
