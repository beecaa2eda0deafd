"""``spacegraph_reader``: what the trained model reads, as plain values on the ``Doc``.

It needs nothing but tokens and sentences, so that it can be used in anyone's pipeline; it sets ``doc._.typed_spans`` and ``doc._.relations``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from spacegraph.language import annotations as stored
from spacegraph.language.reader.decoding import read_pairs
from spacegraph.language.reader.labels import label_text
from spacegraph.language.reader.session import load_model
from spacegraph.model import Factuality, Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.language.reader.decoding import FoundPairs
    from spacegraph.language.reader.session import Floats, Ints, ReaderModel
    from spacegraph.ontology import Ontology, OntologyProperty

__all__ = ["LEAST", "ReaderComponent", "make_reader"]

#: Relations less likely than this are not kept; what becomes a fact is decided later, by thresholds of each relation.
LEAST = 0.3
#: From which probability of denial and doubt together a relation is not claimed.
DOUBT = 0.12


class ReaderComponent:
    """Reads mentions with types and the relations between them.

    Args:
        model: The trained model.
        ontology: Its properties are what relations are scored for, by their labels and definitions.
    """

    def __init__(self, model: ReaderModel, ontology: Ontology) -> None:
        self.model = model
        self._properties = sorted(ontology.properties.values(), key=lambda p: p.iri)
        self._directions, self._offsets, self._own = _targets(model, self._properties)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.typed_spans`` and ``doc._.relations``."""
        words = [token.text for token in doc]
        kinds = stored.name_words(doc)
        sents = [(s.start, s.end) for s in doc.sents] if len(doc) else []
        spans, relations = [], []
        for found in read_pairs(self.model, words, sents, kinds):
            spans += [(s.start, s.end, s.type, s.probability) for s in found.spans]
            relations += self._relations(found)
        stored.set_typed_spans(doc, spans)
        stored.set_relations(doc, relations)
        return doc

    def _relations(self, found: FoundPairs) -> list[Relation]:
        if not len(found.pairs) or not self._properties:
            return []
        logits = found.vectors @ self._directions.T + self._offsets
        logits[:, self._own >= 0] += found.own[:, self._own[self._own >= 0]]
        probabilities = np.round(1 / (1 + np.exp(-logits)), 3)
        # What is known by its label alone must not outshout what the reader was trained on.
        trained = probabilities[:, self._own >= 0].max(1, initial=0.0)
        probabilities[:, self._own < 0] *= probabilities[:, self._own < 0] > trained[:, None]
        factualities = self._factualities(found.factuality)
        made = []
        for pair, number in np.argwhere(probabilities >= LEAST):
            subject, object_ = (found.spans[n] for n in found.pairs[pair])
            made.append(
                Relation(
                    subject=(subject.start, subject.end),
                    object=(object_.start, object_.end),
                    subject_type=subject.type,
                    object_type=object_.type,
                    property_iri=self._properties[number].iri,
                    probability=round(float(probabilities[pair, number]), 3),
                    factuality=Factuality(self.model.factualities[factualities[pair]]),
                )
            )
        return made

    def _factualities(self, probabilities: Floats) -> Ints:
        """The likeliest value of each pair; one that claims only where denial and doubt are unlikely."""
        names = self.model.factualities
        unclaimed = [names.index("negated"), names.index("hypothetical")]
        found = probabilities.argmax(-1)
        doubtful = np.round(probabilities[:, unclaimed].sum(-1).astype(np.float64), 3) >= DOUBT
        likelier = np.asarray(unclaimed)[probabilities[:, unclaimed].argmax(-1)]
        return np.asarray(np.where(doubtful, likelier, found), dtype=np.int64)


def _targets(model: ReaderModel, properties: list[OntologyProperty]) -> tuple[Floats, Floats, Ints]:
    """Directions and offsets of the properties' labels, and the place of each among the model's own relations (-1: none).

    A property of the training has weights of its own; another one is known by its label and definition alone.
    """
    texts = [label_text(p.label, p.definition, p.domains, p.ranges) for p in properties]
    own = {name: n for n, name in enumerate(model.relations)}
    known = model.card["label_texts"]
    places = np.array(
        [
            own.get(p.name, -1) if known.get(p.name) == _digest(t) else -1
            for p, t in zip(properties, texts, strict=True)
        ],
        dtype=np.int64,
    )
    own_directions, own_offsets = model.own_labels()
    rest = np.nonzero(places < 0)[0]
    directions = np.zeros((len(properties), own_directions.shape[1]), dtype=np.float32)
    offsets = np.zeros(len(properties), dtype=np.float32)
    directions[places >= 0], offsets[places >= 0] = (
        own_directions[places[places >= 0]],
        own_offsets[places[places >= 0]],
    )
    if len(rest):
        directions[rest], offsets[rest] = model.label_vectors([texts[n] for n in rest])
    return directions, offsets, places


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:12]


@Language.factory(
    "spacegraph_reader",
    default_config={"ontology": None, "model": ""},
    assigns=["doc._.typed_spans", "doc._.relations"],
    requires=["doc.sents"],
)
def make_reader(nlp: Language, name: str, ontology: str | None, model: str) -> ReaderComponent:  # noqa: ARG001
    """Make the component. ``ontology`` is a folder or Turtle file, None the built-in one; ``model`` a folder, "" the package's."""
    from spacegraph.rdf_ontology import load_ontology

    stored.register()
    return ReaderComponent(load_model(model), load_ontology(ontology))
