"""The trained model at work: words of one window to spans with types, and pairs of spans to relations.

The network and how it was trained are in ``training/``; the files here are its export (ONNX, int8 weights), run by onnxruntime on
one thread. Each window is run by itself, so that what is read never depends on what is read beside it.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from spacegraph.errors import ReaderModelError
from spacegraph.language.reader.encoding import Pieces, shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

__all__ = ["MODEL", "ReaderModel", "load_model"]

#: Where the package keeps the model.
MODEL = Path(__file__).resolve().parent / "model"
#: The form of the files that this code reads.
_FORMAT = 1
#: Word pieces of a label that are read.
_LABEL = 28
_PARTS = ("encoder", "spans", "pairs")


@lru_cache(maxsize=2)
def load_model(folder: str = "") -> ReaderModel:
    """The model of a folder, loaded once a process; "" is the one of the package.

    Raises:
        ReaderModelError: A file is missing, cut off or of another form, or this processor cannot run it.
    """
    return ReaderModel(Path(folder) if folder else MODEL)


class ReaderModel:
    """A loaded model.

    Args:
        folder: Its files: ``encoder.onnx``, ``spans.onnx``, ``pairs.onnx``, ``labels.npz``, ``tokenizer.json``, ``card.json``.

    Raises:
        ReaderModelError: See :func:`load_model`.
    """

    def __init__(self, folder: Path) -> None:
        self.card = _card(folder)
        #: Types of mentions by number; "" is no mention.
        self.types: tuple[str, ...] = tuple(self.card["types"])
        self.factualities: tuple[str, ...] = tuple(self.card["factualities"])
        #: Relations that have weights of their own.
        self.relations: tuple[str, ...] = tuple(self.card["relations"])
        self.window: int = self.card["window"]
        try:
            self.pieces = Pieces(folder / "tokenizer.json")
            with np.load(folder / "labels.npz") as arrays:
                self._labels = {name: arrays[name] for name in arrays.files}
            self._sessions = {part: _session(folder / f"{part}.onnx") for part in _PARTS}
        except Exception as error:
            # onnxruntime, tokenizers and numpy each raise errors of their own, some of them bare exceptions.
            msg = (
                f"The reader's model in {folder} cannot be loaded: {str(error).splitlines()[0] if str(error) else type(error).__name__}. "
                "Install spacegraph again, or read without it: --with rules."
            )
            raise ReaderModelError(msg) from error

        self._folder = folder

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        # Sessions cannot be sent to another process; it loads its own.
        return load_model, (str(self._folder),)

    def encode(self, words: Sequence[str]) -> tuple[Floats, Floats]:
        """Words of one window to the vectors of their first and last pieces, ``[words, size]`` each."""
        ids, shapes, first, last = [self.pieces.start], [0], [], []
        for word in words:
            of = self.pieces.of(word)
            first.append(len(ids))
            ids.extend(of)
            shapes.extend([shape_of(word)] * len(of))
            last.append(len(ids) - 1)
        ids.append(self.pieces.end)
        shapes.append(0)
        vectors = self._run("encoder", ids=[ids], shapes=[shapes])[0]
        return vectors[first], vectors[last]

    def span_types(self, firsts: Floats, lasts: Floats, start: Ints, end: Ints) -> Floats:
        """Probabilities of types for the spans ``[start, end)``: ``[spans, types]``."""
        return softmax(self._run("spans", firsts=firsts, lasts=lasts, start=start, end=end)[0])

    def pair_vectors(  # noqa: PLR0917  (the inputs of the network, in its order)
        self,
        firsts: Floats,
        lasts: Floats,
        types: Floats,
        spans: Ints,
        pairs: Ints,
        distance: Ints,
        bounds: Ints,
    ) -> tuple[Floats, Floats, Floats]:
        """What the network says of pairs of spans.

        Args:
            firsts: Vectors of the window's words; so ``lasts``.
            lasts: See ``firsts``.
            types: ``[spans, types]`` probabilities.
            spans: ``[spans, 2]``: first and last word.
            pairs: ``[pairs, 2]``: subject and object as places in ``spans``.
            distance: ``[pairs]``: buckets (:func:`spacegraph.language.reader.decoding.distances`).
            bounds: ``[pairs, 2]``: words ``[start, end)`` of the sentence.

        Returns:
            Vectors ``[pairs, size]``, logits of the relations with weights of their own, and probabilities of factuality.
        """
        vectors, own, factuality = self._run(
            "pairs",
            firsts=firsts,
            lasts=lasts,
            types=types,
            spans=spans,
            pairs=pairs,
            distance=distance,
            bounds=bounds,
        )
        return vectors, own, softmax(factuality)

    def label_vectors(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Texts of labels (:func:`~spacegraph.language.reader.labels.label_text`) as directions and offsets of pairs' vectors.

        A pair fits a label by ``vector @ direction + offset``, a logit.
        """
        import re

        rows = []
        for text in texts:
            ids = [i for word in re.findall(r"\w+|[^\w\s]", text) for i in self.pieces.of(word)][: _LABEL - 2]
            ids = [self.pieces.start, *ids, self.pieces.end]
            mean = self._run("encoder", ids=[ids], shapes=[[0] * len(ids)])[0].mean(0)
            rows.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
        return self._directions(np.array(rows, dtype=np.float32).reshape(len(rows), -1))

    def own_labels(self) -> tuple[Floats, Floats]:
        """Directions and offsets of :attr:`relations`, in their order; see :meth:`label_vectors`."""
        return self._directions(self._labels["vectors"])

    def _directions(self, vectors: Floats) -> tuple[Floats, Floats]:
        if not len(vectors):
            size = self._labels["project"].shape[0]
            return np.zeros((0, size), dtype=np.float32), np.zeros(0, dtype=np.float32)
        offsets = vectors @ self._labels["bias_weight"][0] + self._labels["bias"][0]
        return vectors @ self._labels["project"].T, offsets

    def _run(self, part: str, **inputs: Any) -> list[Any]:
        session = self._sessions[part]
        given = {
            name: np.ascontiguousarray(
                value, dtype=np.float32 if getattr(value, "dtype", None) == np.float32 else np.int64
            )
            for name, value in inputs.items()
        }
        return list(session.run(None, given))


def softmax(logits: Floats) -> Floats:
    """Rows of logits as probabilities."""
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), dtype=np.float32)


def _session(path: Path) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    # Arenas keep the largest window's memory for ever.
    options.enable_cpu_mem_arena = False
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _card(folder: Path) -> dict[str, Any]:
    """The model's card, its files looked at."""
    again = "Install spacegraph again, or read without the model: --with rules."
    path = folder / "card.json"
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"The reader's model is not there: {path} cannot be read. {again}"
        raise ReaderModelError(msg) from error
    except ValueError as error:
        msg = f"The card of the reader's model, {path}, is no JSON: it may be cut off. {again}"
        raise ReaderModelError(msg) from error
    if not isinstance(card, dict) or card.get("format") != _FORMAT:
        msg = f"The reader's model in {folder} has another form than this version of spacegraph reads (wanted: {_FORMAT}). {again}"
        raise ReaderModelError(msg)
    for name, wanted in card["files"].items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            msg = f"The reader's model is incomplete: {folder / name} cannot be read. {again}"
            raise ReaderModelError(msg) from error
        if found != wanted:
            msg = f"The reader's model is damaged: {folder / name} is not the file that its card names (cut off, or of another version). {again}"
            raise ReaderModelError(msg)
    return card
