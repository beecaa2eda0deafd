"""RDF files into a store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph.errors import StoreError
from spacegraph.graph.rdf.vocabulary import STATEMENT_BASE
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.rdf_files import RDF_SUFFIXES, rdf_input, rdf_suffix
from spacegraph.vocab import RDF

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["RDF_SUFFIXES", "load_file", "rdf_format"]


def rdf_format(path: Path, name: str | None = None) -> ox.RdfFormat:
    """The RDF format of a file, by name or suffix.

    Raises:
        StoreError: Neither tells a format that can be read.
    """
    key = name.lower() if name else rdf_suffix(path)
    if key in RDF_SUFFIXES:
        return RDF_SUFFIXES[key]
    message = f"{path} has no suffix of an RDF file that can be read: {', '.join('.' + s for s in RDF_SUFFIXES)}, or one of them and .gz."
    if name is None and path.is_file():
        message += (
            f" If it is an article, make a graph of it first: `spacegraph build {path} -o {path.stem}.ttl`."
        )
    raise StoreError(message)


def load_file(path: Path, name: str | None = None) -> MemoryStore:
    """An RDF file in a store in memory, graphs and all; relative IRIs in it are relative to the file's own URL.

    Raises:
        StoreError: The file is missing, unreadable, not valid in its format (the message has line and column), or nested or
            packed beyond all measure.
    """
    if not path.exists():
        built = path.name if path.suffix else f"{path.name}.ttl"
        message = f"There is no file {path}. Build a graph with `spacegraph build … -o {built}`."
        raise StoreError(message)
    store = MemoryStore(str(path))
    kind = rdf_format(path, name)
    try:
        found = rdf_input(path, kind)
        kind = found["format"]
        store.load(found)
    except SyntaxError as error:
        where = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
        detail = re.sub(r"^Parser error at .*?columns? \d+(?: and \d+)?: ", "", str(error.msg)).rstrip(".")
        message = f"{path} is not valid {kind.name}{where}: {detail}."
        raise StoreError(message) from error
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}."
        raise StoreError(message) from error
    _unreify(store)
    return store


def _unreify(store: MemoryStore) -> None:
    """Our statements in the form of RDF 1.2 get the properties that questions, rules and shapes look for."""
    reifies = ox.NamedNode(RDF + "reifies")
    engine = store.engine
    for quad in list(engine.quads_for_pattern(None, reifies, None)):
        said = quad.object
        if not isinstance(said, ox.Triple) or not str(quad.subject).startswith(f"<{STATEMENT_BASE}"):
            continue
        engine.remove(quad)
        for role, term in (("subject", said.subject), ("predicate", said.predicate), ("object", said.object)):
            engine.add(ox.Quad(quad.subject, ox.NamedNode(RDF + role), term, quad.graph_name))
