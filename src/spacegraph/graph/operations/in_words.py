"""Facts in words, as somebody would say them: "NASA denies: Ruritania withdrew from the station"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.model import Factuality, Literal
from spacegraph.vocab import XSD

if TYPE_CHECKING:
    from spacegraph.model import Fact

__all__ = ["lead_of", "sentence_of", "words_of"]

#: What stands before a fact that is not simply so: where somebody says it (with their name before), and where nobody is named.
_LEADS = {
    Factuality.REPORTED: ("says: ", "Reported: "),
    Factuality.NEGATED: ("denies: ", "Not so: "),
    Factuality.HYPOTHETICAL: ("says that it may be: ", "It may be: "),
    Factuality.PLANNED: ("says that it is planned: ", "Planned: "),
}


def lead_of(fact: Fact) -> str:
    """How a fact is put and by whom, as words before it: "NASA denies: "; "" where an article asserts that it is so.

    What has ended is "No longer: ", said by somebody "NASA says, no longer: ".
    """
    speaker = fact.attributed_to.label if fact.attributed_to else ""
    if fact.ended and fact.factuality in (Factuality.ASSERTED, Factuality.REPORTED):
        return f"{speaker} says, no longer: " if speaker else "No longer: "
    if fact.factuality is Factuality.ASSERTED:
        return ""
    named, nameless = _LEADS[fact.factuality]
    return f"{speaker} {named}" if speaker else nameless


def sentence_of(fact: Fact) -> str:
    """A fact as a sentence, with how it is put before it: "NASA denies: Ruritania withdrew from the Merrow"."""
    obj = fact.object.label
    if isinstance(fact.object, Literal) and fact.object.datatype == XSD + "string":
        obj = f"“{obj}”"
    return f"{lead_of(fact)}{fact.subject.label} {words_of(fact.relation)} {obj}"


def words_of(name: str) -> str:
    """The words of a local name: ``isMemberOf`` is "is member of", ``SpaceAgency`` "space agency", ``UFO`` "UFO"."""
    words: list[str] = []
    start = 0
    for here in range(1, len(name) + 1):
        if here == len(name) or _is_seam(name, here):
            word = name[start:here].strip("_- ")
            if word:
                words.append(word if word.isupper() and len(word) > 1 else word.lower())
            start = here
    return " ".join(words)


def _is_seam(name: str, here: int) -> bool:
    before, after = name[here - 1], name[here]
    if before in "_- ":
        return True
    if after.isupper():
        return not before.isupper() or (here + 1 < len(name) and name[here + 1].islower())
    return False
