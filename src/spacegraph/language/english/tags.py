"""Tags and labels of spaCy's English models by what they have in common."""

from __future__ import annotations

__all__ = ["FINITE", "FINITE_VERBS", "NOUN_TAGS", "SUBJECTS"]

#: Verbs that have a tense of their own.
FINITE_VERBS = frozenset(("VBD", "VBZ", "VBP"))
#: What makes a clause finite: such a verb, or a modal.
FINITE = FINITE_VERBS | {"MD"}
NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
#: Whatever stands in the place of a subject, "there" and "it" too.
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
