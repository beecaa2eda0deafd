"""Oxigraph in this process: in memory, or in a directory."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph.errors import QueryError, StoreError
from spacegraph.graph.query.sparql import names_dataset, syntax_message
from spacegraph.graph.rdf.engine_errors import is_damaged, said_by_engine
from spacegraph.graph.rdf.terms import iri_text
from spacegraph.graph.rdf.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from spacegraph.graph.query.protocol import Dataset
    from spacegraph.rdf_files import RdfInput

__all__ = ["MemoryStore", "OxigraphStore"]


class OxigraphStore:
    """An open Oxigraph store.

    Args:
        store: The engine's store.
        location: Where it is, for messages.
    """

    def __init__(self, store: ox.Store, location: str) -> None:
        self.engine = store
        self.location = location
        self.writable = True

    def query(
        self, text: str, *, dataset: Dataset | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run a query over the union of all graphs, or over those that it names with ``FROM``."""
        try:
            # The engine would take the union for the dataset, whatever the query says.
            union = self._has_named_graphs() and not names_dataset(text)
            if dataset is None:
                answer = self.engine.query(
                    text, prefixes=used_prefixes(text), use_default_graph_as_union=union
                )
            else:
                answer = self.engine.query(
                    text,
                    prefixes=used_prefixes(text),
                    default_graph=[ox.NamedNode(iri) for iri in dataset.default],
                    named_graphs=[ox.NamedNode(iri) for iri in dataset.named],
                )
        except SyntaxError as error:
            raise syntax_message(error, text) from error
        except (OSError, RuntimeError, ValueError) as error:
            if is_damaged(error):
                raise self.unreadable(error) from error
            message = f"The query failed: {said_by_engine(error)}"
            raise QueryError(message) from error
        return answer

    def _has_named_graphs(self) -> bool:
        return next(self.engine.named_graphs(), None) is not None

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted; a foreign graph that is a blank node has its label, ``_:g``."""
        try:
            return sorted(
                graph.value if isinstance(graph, ox.NamedNode) else str(graph)
                for graph in self.engine.named_graphs()
            )
        except (OSError, RuntimeError) as error:
            raise self.unreadable(error) from error

    def dump_graph(self, name: str | None) -> bytes:
        """One graph as N-Triples."""
        graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph
        if name is None:
            graph = ox.DefaultGraph()
        else:
            graph = ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)
        try:
            dumped: bytes | None = self.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        except (OSError, RuntimeError) as error:
            raise self.unreadable(error) from error
        return dumped or b""

    def apply(self, delete: bytes, insert: bytes, *, drop: Collection[str] = ()) -> None:
        """Drop graphs, delete and insert in one transaction."""
        if not self.writable:
            message = f"{self.location} is open for reading only. Open it for writing first."
            raise StoreError(message)
        try:
            if delete or drop:
                self.engine.update(update_text(delete, insert, drop))
            elif insert:
                # One transaction as well; the text of an update would take a third as long to make as this.
                self.engine.load(insert, format=ox.RdfFormat.N_QUADS)
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            message = f"{self.location} could not be changed, and is as it was: {said_by_engine(error)}"
            raise StoreError(message) from error

    def quads(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None = None,
        predicate: ox.NamedNode | None = None,
        obj: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None = None,
        graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads of a pattern, over all graphs unless one is named.

        Raises:
            StoreError: The store cannot be read, which may turn out at any quad.
        """
        try:
            yield from self.engine.quads_for_pattern(subject, predicate, obj, graph)
        except (OSError, RuntimeError) as error:
            raise self.unreadable(error) from error

    def has(self, quad: ox.Quad) -> bool:
        """Whether a quad is in the store.

        Raises:
            StoreError: The store cannot be read.
        """
        try:
            return quad in self.engine
        except (OSError, RuntimeError) as error:
            raise self.unreadable(error) from error

    def unreadable(self, error: BaseException) -> StoreError:
        """What to raise where the engine fails in reading, which it may do at any row."""
        return StoreError(f"{self.location} cannot be read: {said_by_engine(error)}")

    def close(self) -> None:
        """Write out what is pending."""


class MemoryStore(OxigraphStore):
    """A store in memory, empty at first."""

    def __init__(self, location: str = "The graph in memory") -> None:
        super().__init__(ox.Store(), location)
        self._named: bool | None = None

    def load_ntriples(self, ntriples: bytes) -> None:
        """Add triples to the default graph, in bulk."""
        self.engine.bulk_load(ntriples, format=ox.RdfFormat.N_TRIPLES)

    def load(self, found: RdfInput) -> None:
        """Add what a file of any RDF format holds, in bulk."""
        self._named = None
        self.engine.bulk_load(**found)

    def apply(self, delete: bytes, insert: bytes, *, drop: Collection[str] = ()) -> None:
        """Drop graphs, delete and insert in one transaction."""
        self._named = None
        super().apply(delete, insert, drop=drop)

    def _has_named_graphs(self) -> bool:
        # Nobody else writes in it, so it need not be looked at for each query.
        if self._named is None:
            self._named = super()._has_named_graphs()
        return self._named


@lru_cache(maxsize=256)
def used_prefixes(text: str) -> dict[str, str]:
    """The known prefixes that a query may use; the engine parses each that it is told, which takes as long as a lookup.

    A name in a string or comment counts too, which does no harm.
    """
    return {prefix: iri for prefix, iri in PREFIXES.items() if f"{prefix}:" in text}


#: A backslash and a "u": some read code points (SPARQL 1.1, 19.2) there before they read escapes.
_BEFORE_U = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


def update_text(delete: bytes, insert: bytes, drop: Collection[str] = ()) -> str:
    """``DROP GRAPH``, and ``DELETE DATA`` and ``INSERT DATA`` for N-Quads, as one SPARQL update; "" where there is nothing to do."""
    # An endpoint that keeps no empty graphs may not know a graph that had nothing in it.
    parts = [f"DROP SILENT GRAPH {iri_text(graph)}" for graph in sorted(drop)]
    if delete.strip():
        parts.append(f"DELETE DATA {{\n{_data(delete)}}}")
    if insert.strip():
        parts.append(f"INSERT DATA {{\n{_data(insert)}}}")
    return " ;\n".join(parts)


def _data(nquads: bytes) -> str:
    """Quads in the form of SPARQL's data blocks, grouped by graph."""
    by_graph: dict[str, list[str]] = {}
    for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS):
        graph = str(quad.graph_name) if isinstance(quad.graph_name, ox.NamedNode) else ""
        by_graph.setdefault(graph, []).append(f"{quad.triple} .\n")
    text = "".join(
        "".join(lines) if not graph else f"GRAPH {graph} {{\n{''.join(lines)}}}\n"
        for graph, lines in sorted(by_graph.items())
    )
    return _BEFORE_U.sub(lambda found: f"{found[1]}\\U{ord(found[2]):08X}", text)
