"""Which lookups are the fastest for a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.graph.library.quad_lookups import QuadLookups
from spacegraph.graph.library.sparql_lookups import SparqlLookups
from spacegraph.graph.stores.oxigraph import OxigraphStore

if TYPE_CHECKING:
    from spacegraph.graph.library.lookups import Lookups
    from spacegraph.graph.query.protocol import GraphStore

__all__ = ["lookups_in"]


def lookups_in(store: GraphStore) -> Lookups:
    """The fastest lookups for a kind of store."""
    return QuadLookups(store) if isinstance(store, OxigraphStore) else SparqlLookups(store)
