"""Countries and their adjectives, told from the words themselves: "Ruritanian" is of "Ruritania".

A list of countries knows those that exist; a text may speak of others, of regions and cities, or spell them in its own way. Where
a text has both forms, the endings by which English derives one from the other tell that they belong together (Quirk et al.
1985, *A Comprehensive Grammar of the English Language*, appendix I.38).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["countries_of"]

#: What the adjective adds to the stem, and what the name of the country adds to the same stem.
_DERIVED = {
    "ian": ("ia", "", "y", "e", "a", "o", "is"),
    "ean": ("ea", "", "e"),
    "an": ("a", "ia", "o", "e", "y"),
    "ese": ("", "a", "o", "e", "y"),
    "ish": ("", "land", "and", "e", "ey"),
    "ic": ("ia", "land", "a", "y", "and"),
    "landic": ("land",),
    "i": ("", "a", "e"),
    "er": ("land",),
    "ene": ("ia", "a"),
}
#: Shorter stems meet by chance: "Marian" and "Mary".
_SHORTEST_STEM = 4


def countries_of(words: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """Which of ``names`` each of ``words`` is the adjective of; words of none are left out.

    >>> countries_of(["Sylvarian", "Bordurians", "Republican"], ["Sylvaria", "Borduria", "Ann"])
    {'Sylvarian': 'Sylvaria', 'Bordurians': 'Borduria'}
    """
    known = {name for name in names if len(name) >= _SHORTEST_STEM and name.isalpha()}
    found: dict[str, str] = {}
    for word in words:
        singular = word[:-1] if word.endswith(("ans", "is", "ers")) else word
        for ending in sorted(_DERIVED, key=lambda e: (-len(e), e)):
            stem = singular.removesuffix(ending)
            if stem == singular or len(stem) < _SHORTEST_STEM:
                continue
            country = next(
                (stem + tail for tail in _DERIVED[ending] if stem + tail in known and stem + tail != word), ""
            )
            if country:
                found[word] = country
                break
    return found
