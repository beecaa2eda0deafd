"""What common nouns denote: the domain's nouns first, those of general English after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.gazetteer import KnownNoun
from spacegraph.language.english import words

if TYPE_CHECKING:
    from spacegraph.gazetteer import Gazetteer

__all__ = ["NounLexicon"]

#: Nouns that a domain takes for a longer one; as the last word of a name they are it only beside one of these words.
_SHORTENED = {"agency": frozenset(("space", "aerospace", "aeronautics", "spaceflight", "cosmic"))}


class NounLexicon:
    """Looks nouns up, with the noun before them ("space station") or alone ("station").

    Args:
        gazetteer: The nouns of a domain; they take precedence over general English.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._domain = gazetteer.nouns
        self._type_of_class = gazetteer.type_of_class
        self._general = {
            lemma: KnownNoun(
                type=type_,
                role=lemma in words.ROLE_NOUNS,
                gender="masc" if lemma in words.MALE_NOUNS else "fem" if lemma in words.FEMALE_NOUNS else "",
            )
            for lemma, type_ in words.NOUN_TYPES.items()
        }

    def of(self, lemma: str, before: str = "") -> KnownNoun | None:
        """What a noun denotes, or None where nothing is known.

        Args:
            lemma: The noun's lemma in lower case.
            before: The lemma of the word before it, which may belong to the noun.
        """
        if before:
            found = self._domain.get(f"{before} {lemma}")
            if found is not None:
                return self._complete(lemma, found)
        found = self._domain.get(lemma)
        if found is not None:
            return self._complete(lemma, found)
        found = self._general.get(lemma)
        if found is None and "-" in lemma:
            return self.of(lemma.rpartition("-")[2])
        return found

    def of_two(self, first: str, lemma: str) -> KnownNoun | None:
        """What two words denote that the domain knows together, or None."""
        found = self._domain.get(f"{first} {lemma}")
        return self._complete(lemma, found) if found is not None else None

    def of_name_front(self, lower: list[str]) -> tuple[str, str]:
        """Type and class that the first two words of a longer name tell: "Space Shuttle ..."."""
        found = self.of_two(*lower[:2]) if len(lower) > 2 else None
        return (found.type, found.cls) if found is not None and not found.role else ("", "")

    def of_name_tail(self, lower: list[str]) -> tuple[str, str]:
        """Type and class that the last words of a name tell: "... Space Agency"."""
        for size in (4, 3, 2, 1):
            if len(lower) >= size:
                # "X-ray" is three tokens.
                found = self._domain.get(" ".join(lower[-size:]).replace(" - ", "-"))
                if found is not None and not found.role:
                    if size == 1 and lower[-1] in _SHORTENED and not set(lower) & _SHORTENED[lower[-1]]:
                        # "Harbour Health Agency": the word alone stands for "space agency" in running text only.
                        return "", ""
                    found = self._complete(lower[-1], found)
                    return found.type, found.cls
        return "", ""

    def _complete(self, lemma: str, found: KnownNoun) -> KnownNoun:
        """A domain's noun with the type that its class or general English gives it."""
        if found.type:
            return found
        general = self._general.get(lemma)
        type_ = self._type_of_class.get(found.cls, "") or (general.type if general is not None else "")
        return KnownNoun(type=type_, cls=found.cls, role=found.role, gender=found.gender)
