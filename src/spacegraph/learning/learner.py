"""From an ontology and examples to a lexicon: the whole of learning in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.errors import OntologyError
from spacegraph.learning.derive import derive_senses, with_value_ranges
from spacegraph.learning.patterns import learn_senses
from spacegraph.learning.sentences import read_sentences
from spacegraph.learning.training import train_model
from spacegraph.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.learning.examples import Example
    from spacegraph.learning.model import LinearModel
    from spacegraph.ontology import Ontology

__all__ = ["Learnt", "learn"]

#: Fewer examples with triples than this give no clues: entries alone read better.
LEAST_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt: entries, and clues with known labels where there were examples enough.

    ``problems`` are sentences about what in the ontology or the examples could not be used.
    """

    lexicon: Lexicon
    model: LinearModel | None = None
    problems: tuple[str, ...] = ()


def learn(ontology: Ontology, examples: Sequence[Example] = (), *, strict: bool = False) -> Learnt:
    """Make a lexicon for an ontology.

    Args:
        ontology: The classes and properties to read by.
        examples: Sentences with triples whose relations are local names of its properties; without any, the
            lexicon says what the ontology's labels say.
        strict: Raise where the ontology has something that cannot be read by, such as one label for two properties.

    Raises:
        OntologyError: The ontology has no property, or ``strict`` and it has a flaw.
    """
    if not ontology.properties:
        msg = "The ontology defines no property, so there is nothing to learn. Declare owl:ObjectProperty or owl:DatatypeProperty resources."
        raise OntologyError(msg)
    problems = ontology_problems(ontology)
    ontology = with_value_ranges(ontology)
    if problems and strict:
        raise OntologyError(problems[0])
    with_triples = [e for e in examples if e.triples]
    senses = (*(learn_senses(ontology, examples) if with_triples else ()), *derive_senses(ontology))
    model = None
    if len(with_triples) >= LEAST_EXAMPLES:
        docs = list(read_sentences(e.sent for e in examples))
        model = train_model(docs, [e.triples for e in examples])
    return Learnt(Lexicon.from_senses(senses, label_cues=True), model, tuple(problems))


def ontology_problems(ontology: Ontology) -> list[str]:
    """A sentence for each thing about an ontology that makes reading by it worse than need be."""
    problems = [
        f"The ontology imports <{iri}>, which is not read from the web. Download it and name it beside the ontology, or "
        "import it as a file."
        for iri in ontology.unread_imports
    ]
    by_label: dict[str, list[str]] = {}
    for p in ontology.properties.values():
        by_label.setdefault(p.label.lower(), []).append(p.name)
    for label, names in sorted(by_label.items()):
        if len(names) > 1:
            problems.append(
                f"The properties {', '.join(sorted(names))} all have the label {label!r}, so words cannot tell them apart. "
                "Give them labels or alternative labels (skos:altLabel) of their own."
            )
    unbounded = sorted(p.name for p in ontology.properties.values() if not p.domains or not p.ranges)
    if unbounded:
        shown = ", ".join(unbounded[:5]) + (f" and {len(unbounded) - 5} more" if len(unbounded) > 5 else "")
        problems.append(
            f"Without a domain or a range anything can be a subject or an object of {shown}. Add rdfs:domain and rdfs:range."
        )
    return problems
