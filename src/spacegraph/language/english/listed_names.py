"""Given names and ordinary words, as the lists beside this module have them."""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["ORDINARY_WORDS", "given_names", "is_short_for", "ordinary_words"]

#: The list that ``benchmarks/train_name_blind.py`` makes.
ORDINARY_WORDS = "ordinary_words.txt"


@cache
def given_names() -> dict[str, str]:
    """Given names with their gender: "masc", "fem" or "both" (US census of 1990, public domain)."""
    rows = (line.split("\t") for line in _lines("given_names.tsv"))
    return dict(row for row in rows if len(row) == 2)


@cache
def _long_forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines("short_names.tsv"):
        name, _, shorts = line.partition("\t")
        for short in shorts.lower().split():
            found.setdefault(short, set()).add(name.lower())
    return {short: frozenset(names) for short, names in found.items()}


def is_short_for(short: str, name: str) -> bool:
    """Whether one given name is a short form of another, in any capitals: "Tom" of "Thomas"."""
    return name.lower() in _long_forms().get(short.lower(), ())


@cache
def ordinary_words() -> frozenset[str]:
    """Words that English writes in lower case (collected from the texts that ``benchmarks/train_name_blind.py`` names)."""
    return frozenset(_lines(ORDINARY_WORDS))


def _lines(name: str) -> list[str]:
    text = resources.files("spacegraph.language.english").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
