"""Looks at lexicons: what an entry says in words, and whether its own example sentence makes it fire."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.errors import UnknownTermError
from spacegraph.learning.derive import with_value_ranges
from spacegraph.learning.patterns import reading_pipeline
from spacegraph.lexicon import Lexicon
from spacegraph.mapping import Mapper
from spacegraph.model import Article, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacegraph.lexicon import Sense
    from spacegraph.ontology import Ontology

__all__ = ["SenseTest", "describe_sense", "find_senses", "test_senses"]

_ROLE_WORDS = {
    "subj": "its subject", "obj": "its object", "iobj": "its indirect object", "attr": "what it is said to be",
    "ref": "what the noun stands for", "poss": "its possessor", "compound": "a name or noun before it",
    "adj": "a nationality before it", "time": "its time", "duration": "how long", "comp": "its clause",
    "appos": "what stands beside it", "title": "the title", "predicate": "the noun itself",
    "amount": "a count or measure",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SenseTest:
    """Whether a sense fired on its example; ``instead`` are the rules that did."""

    sense: Sense
    fired: bool
    instead: tuple[str, ...] = ()


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
    where it fires when read by alone.
    """
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
            if not fired:
                alone = Mapper(ontology, Lexicon.from_senses([sense]))
                fired = any(f.rule == sense.rule for f in alone.facts(doc, article))
            yield SenseTest(sense, fired, rules)


# pytest takes names that begin with "test" for tests.
test_senses.__test__ = False  # type: ignore[attr-defined]
