"""The graph for programs that draw and measure networks: GraphML and GEXF (Gephi, Cytoscape, yEd)."""

from __future__ import annotations

import io
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import networkx as nx

from spacegraph.graph.formats.to_networkx import to_networkx
from spacegraph.model import Factuality

if TYPE_CHECKING:
    from spacegraph.graph.graph import Graph

__all__ = ["gexf", "graphml"]

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What networkx writes beyond the schema (a name of the graph), or differently each day.
_NOT_OURS = re.compile(rb' lastmodifieddate="[^"]*"|(?<=mode="static") name=""(?=>\n)')


def graphml(kg: Graph, only_facts: bool) -> bytes:
    """GraphML; lists are joined by line feeds, characters that XML cannot hold become U+FFFD."""
    out = io.BytesIO()
    nx.write_graphml_xml(_plain(kg, only_facts), out, named_key_ids=True)
    # A bare carriage return, which Python writes, is a line feed to parsers.
    return out.getvalue().replace(b"\r", b"&#13;") + b"\n"


def gexf(kg: Graph, only_facts: bool) -> bytes:
    """GEXF 1.2; lists are joined by line feeds, characters that XML cannot hold become U+FFFD."""
    out = io.BytesIO()
    nx.write_gexf(_plain(kg, only_facts), out, version="1.2draft")
    return _NOT_OURS.sub(b"", out.getvalue()) + b"\n"


def _plain(kg: Graph, only_facts: bool) -> nx.MultiDiGraph[str]:
    """The graph with attributes that are single values; of facts alone, one edge for each triple."""
    graph = to_networkx(kg, factuality=(Factuality.ASSERTED,) if only_facts else None)
    if only_facts:
        for source, target, key, data in list(graph.edges(keys=True, data=True)):
            if data["ended"]:
                graph.remove_edge(source, target, key)
        graph.remove_nodes_from(list(nx.isolates(graph)))
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        plain.add_node(_clean(node), **{key: _single(value) for key, value in data.items()})
    for source, target, key, data in graph.edges(keys=True, data=True):
        if only_facts:
            # The readers of GraphML want each edge's identifier to be its own.
            key = sha256(f"{source}\x1f{data['property']}\x1f{target}".encode()).hexdigest()[:16]
            data = {name: data[name] for name in ("relation", "label", "property")}
        plain.add_edge(_clean(source), _clean(target), key=key, **{k: _single(v) for k, v in data.items()})
    return plain


def _single(value: Any) -> str | int | float | bool:
    if isinstance(value, list):
        return "\n".join(_clean(item["text"] if isinstance(item, dict) else str(item)) for item in value)
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
