"""From claims of a model to relations between words of the text: what the words do not hold is dropped, and counted."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from spacegraph.language import annotations as stored
from spacegraph.language.factuality.component import FactualityReader
from spacegraph.language.factuality.relations import RelationGuard, less_assertive
from spacegraph.language.parse.repair import repaired
from spacegraph.llm.windows import sentences
from spacegraph.mapping.by_claims import Claimed
from spacegraph.model import Factuality, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

    from spacegraph.llm.answers import Claim
    from spacegraph.llm.settings import Report
    from spacegraph.ontology import Ontology

__all__ = ["ground"]

#: What a claim is worth before its wording is looked at, as a probability: a model that reads well is right about so often.
TRUST = 0.8
_LIKE = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "‑": "-"}
)


def ground(doc: Doc, claims: Iterable[Claim], ontology: Ontology, report: Report) -> list[Claimed]:
    """The claims whose words stand in their sentences and whose relation the ontology has, guarded by the words' own factuality.

    Args:
        doc: The article as the pipeline read it.
        claims: What the model claims of it.
        ontology: The relations that there are.
        report: Counts what is dropped.
    """
    finder = _Finder(doc)
    guard: RelationGuard | None = None
    found: dict[tuple[tuple[int, int], tuple[int, int], str], Claimed] = {}
    for claim in claims:
        property_ = ontology.find_property(claim.relation)
        if property_ is None:
            report.drop("by a relation that the ontology does not have")
            continue
        if not finder.has(claim.sentence) or not finder.has(claim.object_sentence):
            report.drop("of a sentence that is not there")
            continue
        pair = finder.pair(claim)
        if pair is None:
            report.drop("with words that the sentence does not hold")
            continue
        subject, object_ = pair
        try:
            factuality = Factuality(claim.factuality)
        except ValueError:
            # What nobody vouches for is not asserted.
            factuality = Factuality.HYPOTHETICAL
        if guard is None:
            guard = RelationGuard(
                FactualityReader(
                    repaired(doc).copy(), stored.mentions(doc), stored.quotations(doc), stored.published(doc)
                ),
                repaired(doc),
            )
        relation = guard.guarded(
            Relation(
                subject=subject,
                object=object_,
                subject_type="",
                object_type="Occupation" if "Occupation" in property_.ranges else "",
                property_iri=property_.iri,
                probability=TRUST,
                factuality=factuality,
            )
        )
        key = subject, object_, property_.iri
        if key in found:
            report.drop("told twice")
            told = found[key].relation.factuality
            if less_assertive(told, relation.factuality) is told:
                continue
        found[key] = Claimed(relation, claim.subject, claim.object, claim.source)
    return [found[key] for key in sorted(found)]


class _Finder:
    """Finds words in the sentences of a text."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._sentences = sentences(doc)
        self._lines: dict[int, tuple[str, list[int]]] = {}

    def has(self, sentence: int) -> bool:
        return 1 <= sentence <= len(self._sentences)

    def pair(self, claim: Claim) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """The tokens of subject and object: of several places, the two that are nearest to each other and apart."""
        subjects = list(self._spans(claim.sentence, claim.subject_words))
        objects = list(self._spans(claim.object_sentence, claim.object_words))
        pairs = [(s, o) for s in subjects for o in objects if s != o]
        return min(pairs, key=_distance, default=None)

    def _spans(self, sentence: int, words: str) -> Iterator[tuple[int, int]]:
        line, tokens = self._line(sentence)
        wanted = " ".join(_plain(words).split()).strip("\"' .,;:")
        at = line.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            # "US" is no part of "Russia".
            if not (at and line[at - 1].isalnum() and wanted[0].isalnum()) and not (
                end < len(line) and line[end].isalnum() and wanted[-1].isalnum()
            ):
                yield tokens[at], tokens[end - 1] + 1
            at = line.find(wanted, at + 1)

    def _line(self, sentence: int) -> tuple[str, list[int]]:
        """A sentence in plain letters with single spaces, and the token of each of its characters."""
        found = self._lines.get(sentence)
        if found is None:
            letters: list[str] = []
            tokens: list[int] = []
            for token in self._doc[slice(*self._sentences[sentence - 1])]:
                for letter in _plain(token.text_with_ws):
                    if letter.isspace():
                        if not letters or letters[-1] == " ":
                            continue
                        letter = " "
                    letters.append(letter)
                    tokens.append(token.i)
            found = self._lines[sentence] = "".join(letters), tokens
        return found


def _plain(text: str) -> str:
    """Text with one kind of quotation mark and dash, in small letters."""
    return unicodedata.normalize("NFKC", text).translate(_LIKE).lower()


def _distance(
    pair: tuple[tuple[int, int], tuple[int, int]],
) -> tuple[bool, int, tuple[int, int], tuple[int, int]]:
    (a, b), (c, d) = pair
    return a < d and c < b, max(a, c) - min(b, d), (a, b), (c, d)
