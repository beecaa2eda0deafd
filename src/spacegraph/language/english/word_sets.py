"""Word lists as sets."""

from __future__ import annotations

__all__ = ["word_set"]


def word_set(text: str) -> frozenset[str]:
    """The words of a text, divided by white space."""
    return frozenset(text.split())
