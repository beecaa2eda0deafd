"""The graph in the formats that other tools read.

Other packages may add formats: an entry point in the group ``spacegraph_exporters`` names a function that takes a
:class:`~spacegraph.graph.KnowledgeGraph` and whether only what is asserted is wanted, and returns bytes, or the files of a
folder as a dictionary of names and bytes.
"""

from __future__ import annotations

import gzip
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.errors import ExportError
from spacegraph.rdf_files import rdf_suffix
from spacegraph.writing import require_folder, write_atomically, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacegraph.graph.graph import Graph

__all__ = [
    "EXPORTERS",
    "OF_FACTS",
    "SUFFIXES",
    "export",
    "export_format",
    "format_names",
]

#: Formats that hold facts, and nothing of a graph that has no statements.
OF_FACTS = ("jsonl", "neo4j", "parquet")
#: Entry-point group in which other packages name exporters.
GROUP = "spacegraph_exporters"

#: Format -> module and function that write it; imported when it is asked for.
EXPORTERS = {
    "gexf": "networks:gexf",
    "graphml": "networks:graphml",
    "jsonl": "tables:jsonl",
    "jsonld": "rdf:jsonld",
    "neo4j": "tables:neo4j",
    "nquads": "rdf:nquads",
    "ntriples": "rdf:ntriples",
    "parquet": "tables:parquet",
    "rdfxml": "rdf:rdfxml",
    "trig": "rdf:trig",
    "turtle": "rdf:turtle",
    "turtle12": "rdf:turtle12",
}
#: Suffix -> format.
SUFFIXES = {
    "gexf": "gexf",
    "graphml": "graphml",
    "jsonl": "jsonl",
    "jsonld": "jsonld",
    "nq": "nquads",
    "nt": "ntriples",
    "owl": "rdfxml",
    "parquet": "parquet",
    "rdf": "rdfxml",
    "trig": "trig",
    "ttl": "turtle",
    "xml": "rdfxml",
}


def format_names() -> list[str]:
    """The names of all formats, those of other packages among them."""
    return sorted({*EXPORTERS, *(point.name for point in entry_points(group=GROUP))})


def export_format(path: Path | None, name: str | None) -> str:
    """The name of the format for a file.

    Raises:
        ExportError: There is no such format, or the suffix does not tell one.
    """
    if name is None:
        suffix = rdf_suffix(path) if path else "ttl"
        if suffix in SUFFIXES:
            return SUFFIXES[suffix]
        message = f"The suffix of {path} does not tell a format. Use one of {', '.join('.' + s for s in sorted(SUFFIXES))}, also with .gz, or name the format: {', '.join(format_names())}."
        raise ExportError(message)
    wanted = SUFFIXES.get(name.lower().removeprefix("."), name.lower())
    if wanted not in format_names():
        message = f"There is no export format {name!r}; there are {', '.join(format_names())}."
        raise ExportError(message)
    return wanted


def export(
    kg: Graph, path: str | Path | None, name: str | None, *, only_facts: bool = False
) -> str | bytes | None:
    """Write a graph to a file or return it; see :meth:`KnowledgeGraph.export`."""
    target = Path(path) if path is not None else None
    chosen = export_format(target, name)
    if target is not None:
        require_folder(target)
    data = _exporter(chosen)(kg, only_facts)
    if isinstance(data, dict):
        if target is None:
            message = f"The format {chosen} is a folder of files: {', '.join(data)}. Say where to write it."
            raise ExportError(message)
        write_folder(target, data)
        return None
    if target is not None:
        if target.name.lower().endswith(".gz"):
            # Without the time, so that the same graph gives the same bytes.
            data = gzip.compress(data, mtime=0)
        write_atomically(target, data)
        return None
    return data if chosen == "parquet" else data.decode()


def _exporter(name: str) -> Callable[[Graph, bool], bytes | dict[str, bytes]]:
    if name in EXPORTERS:
        module, _, function = EXPORTERS[name].partition(":")
        found = getattr(import_module(f"spacegraph.graph.formats.{module}"), function)
    else:
        (point,) = entry_points(group=GROUP, name=name)
        found = point.load()
    exporter: Callable[[Graph, bool], bytes | dict[str, bytes]] = found
    return exporter
