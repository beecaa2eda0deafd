"""A read-only SPARQL endpoint over a graph, with a query page that works offline."""

from __future__ import annotations

from spacegraph.server.app import Settings, make_app
from spacegraph.server.running import serve

__all__ = ["Settings", "make_app", "serve"]
