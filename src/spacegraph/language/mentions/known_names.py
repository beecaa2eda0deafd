"""Finds the names of things that the domain knows, the longest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from spacegraph.gazetteer import Gazetteer, KnownName
    from spacegraph.language.tokens import Tokens

__all__ = ["KnownAt", "KnownNames"]

#: Known names by their first token: the token after the last, and what they may stand for.
KnownAt: TypeAlias = "dict[int, tuple[int, tuple[KnownName, ...]]]"

_WORD = re.compile(r"\w+")
_PROPER = frozenset(("NNP", "NNPS"))
#: Labels of what the entity recogniser does not take for a name.
_NO_NAMES = frozenset(("", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"))
#: Characters that news sites vary, one for one, so that offsets stay.
_APOSTROPHES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\n": " ", "\t": " ", "\u00a0": " ", "\u2011": "-", "\u2010": "-"}
)


class KnownNames:
    """Finds the gazetteer's names in a text, the longest first.

    Args:
        gazetteer: Names and demonyms of a domain.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._forms: dict[str, list[tuple[str, bool, tuple[KnownName, ...]]]] = {}
        for form, names in gazetteer.names.items():
            first = _WORD.search(form)
            if not first or first.start() > 0 or not names:
                continue
            plain = form.translate(_APOSTROPHES)
            ambiguous = all(name.ambiguous for name in names)
            self._forms.setdefault(first.group().lower(), []).append((plain, ambiguous, names))
        for forms in self._forms.values():
            forms.sort(key=lambda entry: (-len(entry[0]), entry[0]))
        self._demonyms = dict(gazetteer.demonyms)

    def demonym(self, word: str) -> KnownName | None:
        """The country that a demonym or adjective of nationality stands for."""
        return self._demonyms.get(word)

    def find(self, tokens: Tokens) -> KnownAt:
        """Known names by their first token: (end, what they may stand for). They do not overlap."""
        found: KnownAt = {}
        if not self._forms:
            return found
        plain = tokens.doc_text.translate(_APOSTROPHES)
        ends = {tokens.idx[i] + len(text): i + 1 for i, text in enumerate(tokens.text)}
        next_free = 0
        for i, text in enumerate(tokens.text):
            if i < next_free:
                continue
            first = text[0]
            if not (first.isupper() or first.isdigit() or not text.islower()):
                continue
            word = _WORD.match(text)
            if not word:
                continue
            for form, ambiguous, names in self._forms.get(word.group().lower(), ()):
                start = tokens.idx[i]
                stretch = plain[start : start + len(form)]
                if stretch != form and (ambiguous or " " not in form or stretch.lower() != form.lower()):
                    continue
                end = ends.get(start + len(form))
                if end is None:
                    continue
                if ambiguous and end == i + 1 and not _may_be_name(tokens, i):
                    continue
                found[i] = (end, names)
                next_free = end
                break
        return found


def _may_be_name(tokens: Tokens, i: int) -> bool:
    """Whether a capitalised word that is also an ordinary one is used as a name."""
    text = tokens.text[i]
    if tokens.tag[i] in _PROPER or tokens.ent[i] not in _NO_NAMES:
        return True
    return text.isupper() and tokens.tag[i] not in ("PRP", "IN")
