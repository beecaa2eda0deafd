"""Many articles: read with all cores into a data set of Parquet, and from there into one graph.

>>> from spacegraph.corpus import load_corpus, read_corpus
>>> read_corpus(["news/"], "dataset/")  # doctest: +SKIP
>>> load_corpus("dataset/", "store/")  # doctest: +SKIP

Needs ``pip install 'spacegraph[corpus]'``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacegraph.corpus.dataset import Dataset
    from spacegraph.corpus.loading import Loaded, load_corpus, write_nquads
    from spacegraph.corpus.reading import Summary, read_corpus
    from spacegraph.corpus.worker import ReadingOptions

__all__ = [
    "Dataset",
    "Loaded",
    "ReadingOptions",
    "Summary",
    "load_corpus",
    "read_corpus",
    "write_nquads",
]

_HOMES = {
    "Dataset": "dataset",
    "Loaded": "loading",
    "ReadingOptions": "worker",
    "Summary": "reading",
    "load_corpus": "loading",
    "read_corpus": "reading",
    "write_nquads": "loading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module 'spacegraph.corpus' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(f"spacegraph.corpus.{_HOMES[name]}"), name)
