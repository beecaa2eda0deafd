"""What a graph asks of the store beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyoxigraph as ox

__all__ = ["Dataset", "GraphStore"]


class Dataset(NamedTuple):
    """The IRIs of the graphs that make up the default graph of a query, and of those that ``GRAPH`` may name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@runtime_checkable
class GraphStore(Protocol):
    """Where the triples are: in memory, in a directory, or behind a SPARQL endpoint.

    Queries see the union of all graphs, or those that they name with ``FROM``. Every failure is a :class:`~spacegraph.errors.StoreError` or a
    :class:`~spacegraph.errors.QueryError`.
    """

    #: Where it is, as a person would say it; never with credentials.
    location: str

    def query(
        self, text: str, *, dataset: Dataset | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run a query that :func:`spacegraph.graph.query.sparql.prepare` has passed.

        Args:
            text: SPARQL.
            dataset: The graphs that it is about, whatever it says itself.

        Raises:
            QueryError: It is malformed or fails.
            StoreError: The store cannot be read.
        """
        ...

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted; a foreign graph that is a blank node is ``_:`` and its label."""
        ...

    def dump_graph(self, name: str | None) -> bytes:
        """One graph (None: the default one) as N-Triples, in any order.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def apply(self, delete: bytes, insert: bytes, *, drop: Collection[str] = ()) -> None:
        """Drop named graphs, delete and then insert quads, in one transaction: wholly or not at all.

        Args:
            delete: N-Quads that go.
            insert: N-Quads that come.
            drop: The IRIs of graphs that go with all that is in them, so that the store does not list them empty.

        Raises:
            StoreError: The store cannot be written, or was opened for reading.
        """
        ...

    def close(self) -> None:
        """Let go of what is held; the store is not used after that."""
        ...
