"""Mapping: from propositions to facts, through the lexicon and the ontology.

:class:`Mapper` is the whole stage. :mod:`.entities` turns clusters into typed entities,
:mod:`.matching` finds the senses of a proposition and pairs its arguments, :mod:`.speech`
turns quotations into propositions of saying, :mod:`.inference` draws what follows from set membership.
"""

from __future__ import annotations

from spacegraph.mapping.mapper import Mapper

__all__ = ["Mapper"]
