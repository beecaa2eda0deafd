"""spaCy's rule lemmatizer, asked once for each word, part of speech and morphology.

The lemmatizer keeps what its tables gave, but works out anew for every "station" that a singular noun is its own lemma, which is
two thirds of its time. Its answer depends on nothing but the word's form, part of speech and morphology.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.tokens import Token

__all__ = ["LemmaMemory", "remember_lemmas"]


def remember_lemmas(lemmatizer: EnglishLemmatizer) -> bool:
    """Have a lemmatizer remember its answers; its lemmas stay the same.

    Returns:
        Whether it does: only a lemmatizer by rules answers by form, part of speech and morphology alone.
    """
    if lemmatizer.mode != "rule":
        return False
    lemmatizer.lemmatize = LemmaMemory(lemmatizer)
    return True


class LemmaMemory:
    """The possible lemmas of a token; called in place of ``Lemmatizer.lemmatize``.

    Args:
        lemmatizer: What is asked about words that are new.
    """

    def __init__(self, lemmatizer: EnglishLemmatizer) -> None:
        self._lemmatize = lemmatizer.lemmatize
        self._known: dict[tuple[int, int, int], list[str]] = {}

    def __call__(self, token: Token) -> list[str]:
        """The lemmas, the likeliest first."""
        key = (token.orth, token.pos, token.morph.key)  # type: ignore[attr-defined]
        lemmas = self._known.get(key)
        if lemmas is None:
            lemmas = self._known[key] = self._lemmatize(token)
        return lemmas
