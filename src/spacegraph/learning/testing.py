"""Looks at lexicons: what an entry says in words, and whether its own example sentence makes it fire."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.errors import UnknownTermError
from spacegraph.learning.candidates import bare
from spacegraph.learning.derive import with_value_ranges
from spacegraph.learning.examples import PropertyNames
from spacegraph.learning.extraction import load_model
from spacegraph.learning.model import Reading
from spacegraph.learning.patterns import reading_pipeline
from spacegraph.learning.sentences import read_sentences
from spacegraph.lexicon import Lexicon
from spacegraph.mapping import Mapper
from spacegraph.model import Article, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from spacegraph.learning.model import Clue, LinearModel
    from spacegraph.lexicon import Sense
    from spacegraph.ontology import Ontology

__all__ = [
    "Reason",
    "SenseTest",
    "describe_clue",
    "describe_sense",
    "find_clues",
    "find_labels",
    "find_senses",
    "test_senses",
    "unknown_properties",
    "why",
]

_ROLE_WORDS = {
    "subj": "its subject", "obj": "its object", "iobj": "its indirect object", "attr": "what it is said to be",
    "ref": "what the noun stands for", "poss": "its possessor", "compound": "a name or noun before it",
    "adj": "a nationality before it", "time": "its time", "duration": "how long", "comp": "its clause",
    "appos": "what stands beside it", "title": "the title", "predicate": "the noun itself",
    "amount": "a count or measure",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SenseTest:
    """Whether a sense fired on its example; ``instead`` are the rules that did.

    ``has_word``: one of the sense's forms stands in the example, inflected or not (a construction has none to miss).
    """

    sense: Sense
    fired: bool
    instead: tuple[str, ...] = ()
    has_word: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """A triple that clues read in a sentence, how likely it is (0 to 1), and the clues, the weightiest first."""

    triple: tuple[str, str, str]
    probability: float
    base: float
    clues: tuple[Clue, ...]


def describe_clue(relation: str, clue: Clue) -> str:
    """A clue as one line: what it is about, what it sees, what it weighs and what it rests on."""
    rests = (
        f"in {clue.support} examples, precision {clue.precision:g}"
        if clue.support or clue.precision
        else "written"
    )
    return f"{relation} {clue.weight:+g}: {clue.side} {clue.sees} ({rests})"


def find_clues(model: LinearModel, term: str) -> list[tuple[str, Clue]]:
    """The clues of a property, or those that look for a word, in the order of the file, with their relations."""
    wanted = term.lower()
    return [
        (part.relation, clue)
        for part in model.parts
        for clue in part.clues
        if part.relation.lower() == wanted or wanted in re.split(r"[^\w'’-]+", clue.sees.lower())
    ]


def find_labels(model: LinearModel, term: str) -> list[tuple[str, str]]:
    """Wordings with the labels that they stand for, where one of the two is the term."""
    key = bare(term)
    return sorted(
        {
            (model.labels.texts.get(words, words), label)
            for words, uses in model.labels.counts.items()
            for _role, _relation, label in uses
            if key in (words, bare(label))
        }
    )


def why(model: LinearModel, sentence: str, least: float = 0.2) -> list[Reason]:
    """What clues read in a sentence, likely or not so likely, and why.

    Args:
        model: The clues of a lexicon file (:func:`spacegraph.learning.extraction.load_model`).
        sentence: One sentence, or a few.
        least: Probability from which triples are shown; facts are made from 0.5.
    """
    (doc,) = read_sentences([sentence])
    reading = Reading(doc, model.labels)
    base = {part.relation: part.base for part in model.parts}
    return [
        Reason(s.triple, s.probability, base[s.relation], tuple(model.reasons(reading, s)))
        for s in model.score(reading)
        if s.probability >= least
    ]


def unknown_properties(ontology: Ontology, lexicon: Lexicon) -> list[str]:
    """A sentence for each property that a lexicon's entries or clues name and the ontology lacks."""
    named: dict[str, str] = {}
    for sense in lexicon.senses:
        if ontology.find_property(sense.property_iri) is None:
            named.setdefault(sense.property_iri, f"the entry {sense.entry}")
    known = PropertyNames(ontology)
    for path in lexicon.clues:
        for part in load_model(path).parts:
            if known.find(part.relation) is None:
                named.setdefault(part.relation, "lex:Clues")
    return [
        f"The ontology has no property {name}, which {where} names. Mend the reference or delete it."
        for name, where in sorted(named.items())
    ]


def describe_sense(sense: Sense) -> str:
    """A sense as an English sentence."""
    if sense.forms:
        word = f'the {sense.kind} "{sense.forms[0]}"'
    else:
        word = "a construction around a noun" if sense.kind is PropositionKind.NOUN else f"any {sense.kind}"
    text = (
        f"{word} says {sense.relation} of {_roles(sense.subject_roles)} (subject) and "
        f"{_roles(sense.object_roles)} (object)"
    )
    for what, names in (("the subject is a", sense.subject_class), ("the object is a", sense.object_class)):
        if names:
            text += f", where {what} {' or '.join(names)}"
    if sense.unless:
        text += f", unless modified by {' or '.join(sense.unless)}"
    return f"{text}; confidence {sense.confidence:g}; {sense.origin}"


def _roles(roles: Sequence[str]) -> str:
    return " or ".join(
        f'what follows "{role.removeprefix("pp:")}"'
        if role.startswith("pp:")
        else _ROLE_WORDS.get(role, role)
        for role in roles
    )


def find_senses(lexicon: Lexicon, term: str) -> tuple[Sense, ...]:
    """The senses of an entry, a word or a property.

    Raises:
        UnknownTermError: The lexicon has none by that name; the message names the closest.
    """
    wanted = term.lower()
    found = tuple(
        s
        for s in lexicon.senses
        if wanted in (s.entry.lower(), s.relation.lower(), s.property_iri.lower(), s.rule.lower())
        or wanted in (form.lower() for form in s.forms)
    )
    if found:
        return found
    from difflib import get_close_matches

    names = sorted({n for s in lexicon.senses for n in (s.entry, s.relation, *s.forms)})
    close = tuple(get_close_matches(term, names, n=3))
    hint = f" Did you mean {' or '.join(close)}?" if close else " spacegraph lexicon list shows them all."
    msg = f"The lexicon has no entry, word or property {term!r}.{hint}"
    raise UnknownTermError(msg, term=term, matches=close)


def test_senses(ontology: Ontology, lexicon: Lexicon) -> Iterator[SenseTest]:
    """Read every sense's example sentence by the whole lexicon; senses without one are passed over.

    Each sentence is read once. A sense whose fact a likelier sense of the same property also makes counts as fired
    where it fires when read by alone; so does one of several senses of an entry for the same property, which the
    facts do not tell apart.
    """
    shared = Counter(sense.rule for sense in lexicon.senses)
    by_sentence: dict[str, list[Sense]] = defaultdict(list)
    for sense in lexicon.senses:
        if sense.example:
            by_sentence[sense.example].append(sense)
    ontology = with_value_ranges(ontology)
    whole = Mapper(ontology, Lexicon.from_senses(lexicon.senses))
    sentences = list(by_sentence)
    for sentence, doc in zip(sentences, reading_pipeline(ontology).pipe(sentences), strict=True):
        article = Article(id="example", text=sentence)
        rules = tuple(dict.fromkeys(f.rule for f in whole.facts(doc, article)))
        for sense in by_sentence[sentence]:
            fired = sense.rule in rules
            if not fired or shared[sense.rule] > 1:
                alone = Mapper(ontology, Lexicon.from_senses([sense]))
                fired = any(f.rule == sense.rule for f in alone.facts(doc, article))
            yield SenseTest(sense, fired, rules, _has_word(sense, doc))


def _has_word(sense: Sense, doc: Doc) -> bool:
    """Whether every word of one of the forms is a lemma of the text or stands in it as it is."""
    text = doc.text.lower()
    lemmas = {token.lemma_.lower() for token in doc}
    return not sense.forms or any(
        all(word in lemmas or word in text for word in form.lower().split()) for form in sense.forms
    )


# pytest takes names that begin with "test" for tests.
test_senses.__test__ = False  # type: ignore[attr-defined]
