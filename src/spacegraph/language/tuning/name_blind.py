"""Lets a small model read every name alike, so that what it reads does not depend on which names a text has.

A small model knows a name by its letters: it has seen some names, guesses at others from their endings, and parses the same
sentence differently for each. Here the embedding of every name word (:mod:`~spacegraph.language.tuning.name_words`) is replaced by the
mean of what the model makes of such words, told apart only by their place in the name and whether they are in capitals. After
that the context alone tells a tag, a head or a label. This is delexicalisation (Zeman and Resnik 2008), for names only.

The means (``benchmarks/train_name_blind.py``) fit one model, which is told by its own weights; any other is left as it is.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language

from spacegraph.language.annotations import name_words, register, set_name_words
from spacegraph.language.tuning.name_words import BEFORE_KIND, NameWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from thinc.api import Model

    Floats = NDArray[np.float32]

__all__ = [
    "MEANS",
    "READERS",
    "Blinder",
    "NameBlind",
    "encoder_of",
    "fingerprint",
    "fits",
    "make_name_blind",
]

MEANS = "name_blind.npz"
#: The components that read with embeddings: the one that tagger and parser share, and the entity recogniser.
READERS = ("tok2vec", "ner")
#: Rows of the shared embeddings: what the word is, and whether white space follows.
SHAPE = (BEFORE_KIND, 2)


def encoder_of(nlp: Language, reader: str) -> Model[Any, Any] | None:
    """The embedding and encoding layers of a component, None where it has none of the expected form."""
    if reader not in nlp.pipe_names:
        return None
    model: Model[Any, Any] = nlp.get_pipe(reader).model  # type: ignore[attr-defined]
    found: Model[Any, Any] = model.get_ref("tok2vec") if model.has_ref("tok2vec") else model
    if reader == "ner" and found.layers:
        found = found.layers[0]
    embedding = found.layers[0] if len(found.layers) == 2 else None
    return found if embedding is not None and embedding.name.startswith("extract_features") else None


def fingerprint(encoder: Model[Any, Any]) -> str:
    """What tells the embeddings of an encoder from others."""
    digest = hashlib.sha256()
    for node in encoder.layers[0].walk():
        for name in sorted(node.param_names):
            if node.has_param(name):
                digest.update(np.ascontiguousarray(node.get_param(name), dtype=np.float32).tobytes())
    return digest.hexdigest()


class Blinder:
    """Replaces the embeddings of name words in one encoder.

    Args:
        encoder: As :func:`encoder_of` gives it.
        vectors: Embeddings by kind of word (less one), white space after it (0 or 1), and dimension.
    """

    def __init__(self, encoder: Model[Any, Any], vectors: Floats) -> None:
        self.vectors = vectors
        embedding = encoder.layers[0]
        self._embed = embedding._func  # noqa: SLF001  (thinc has no way to wrap a layer in place)
        embedding._func = self._forward  # noqa: SLF001

    def _forward(
        self, model: Model[Any, Any], docs: list[Doc], is_train: bool
    ) -> tuple[list[Floats], Callable[..., Any]]:
        embedded, backprop = self._embed(model, docs, is_train)
        out = []
        for doc, rows in zip(docs, embedded, strict=True):
            at, kinds, spaces = _places(doc)
            if len(at):
                rows = rows.copy()
                rows[at] = self.vectors[kinds, spaces]
            out.append(rows)
        return out, backprop


def _places(doc: Doc) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Name words of a text: their places, kinds less one, and whether white space follows."""
    kinds = np.frombuffer(name_words(doc), dtype=np.uint8)
    at = np.flatnonzero(kinds)
    spaces = doc.to_array("SPACY")[at].astype(np.intp) if len(at) else at
    return at, kinds[at].astype(np.intp) - 1, spaces


class NameBlind:
    """Marks the name words of a text, and sees to it that the pipeline's model reads all of them alike.

    Runs before the model. The model is changed when the first text comes, since a pipeline that is read from disk is made
    before its weights are there.

    Args:
        nlp: The pipeline whose model is changed.
        finder: Finds the name words.
    """

    def __init__(self, nlp: Language, finder: NameWords) -> None:
        self.nlp = nlp
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.name_words`` of a tokenised ``Doc``; returns the same ``Doc``."""
        blind(self.nlp)
        set_name_words(doc, bytes(self.finder.find(doc)))
        return doc


def fits(nlp: Language) -> bool:
    """Whether the means are those of the model of a pipeline."""
    return any(_is_known(nlp, reader) for reader in READERS)


def blind(nlp: Language) -> None:
    """Have a pipeline's model read names alike, where the means are of it and it does not do so yet."""
    for reader in READERS:
        encoder = encoder_of(nlp, reader)
        done = encoder is None or isinstance(getattr(encoder.layers[0]._func, "__self__", None), Blinder)  # noqa: SLF001
        if encoder is not None and not done and _is_known(nlp, reader):
            Blinder(encoder, _means()[f"{reader}.names"])


def _is_known(nlp: Language, reader: str) -> bool:
    encoder = encoder_of(nlp, reader)
    return encoder is not None and fingerprint(encoder) == _means()[f"{reader}.of"]


@cache
def _means() -> dict[str, Any]:
    """The arrays of the file, with the fingerprint of each reader as a string."""
    with (
        resources.files("spacegraph.language.tuning").joinpath(MEANS).open("rb") as file,
        np.load(file) as arrays,
    ):
        return {
            key: str(arrays[key]) if arrays[key].dtype.kind == "U" else arrays[key] for key in arrays.files
        }


@Language.factory("spacegraph_name_blind", default_config={"ontology": None}, assigns=["doc._.name_words"])
def make_name_blind(nlp: Language, name: str, ontology: str | None) -> NameBlind:  # noqa: ARG001  (spaCy passes both)
    """Make the component. ``ontology`` is a folder or Turtle file; None is the built-in one."""
    register()
    from spacegraph.rdf_ontology import load_ontology

    return NameBlind(nlp, NameWords(load_ontology(ontology).gazetteer()))
