"""What coreference found in one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.coreference.entities import Entities
    from spacegraph.language.coreference.speech import Turn
    from spacegraph.language.tokens import Tokens

__all__ = ["Resolution"]


class Resolution:
    """What coreference found in one text: the tokens, the entities, and the pairs that syntax says are one."""

    __slots__ = ("entities", "predicative", "tokens", "turns")

    def __init__(
        self,
        tokens: Tokens,
        entities: Entities,
        turns: Sequence[Turn],
        predicative: Sequence[tuple[int, int]],
    ) -> None:
        self.tokens = tokens
        self.entities = entities
        self.turns = turns
        #: Pairs of expressions that an apposition or a copula joins.
        self.predicative = predicative
