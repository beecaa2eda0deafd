"""Bring your own ontology, and learn from examples how English expresses it.

:func:`derive_senses` makes lexicon entries from an ontology alone, :func:`learn_senses` from example sentences with
their triples; :class:`LinearModel` weighs the clues that decide what the entries leave open; :func:`learn` does all of it and
:func:`write_lexicon` writes it down as a lexicon (Turtle) that people can read and change.
"""

from __future__ import annotations

from spacegraph.learning.derive import derive_senses
from spacegraph.learning.examples import Example, PropertyNames, read_examples
from spacegraph.learning.learner import Learnt, learn
from spacegraph.learning.model import Clue, LinearModel, best_by_expected_f1
from spacegraph.learning.patterns import learn_senses
from spacegraph.learning.sentences import read_sentences
from spacegraph.learning.training import train_model
from spacegraph.learning.turtle import write_lexicon

__all__ = [
    "Clue",
    "Example",
    "Learnt",
    "LinearModel",
    "PropertyNames",
    "best_by_expected_f1",
    "derive_senses",
    "learn",
    "learn_senses",
    "read_examples",
    "read_sentences",
    "train_model",
    "write_lexicon",
]
