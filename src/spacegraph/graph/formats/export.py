"""The graph in the formats that other tools read.

Other packages may add formats: an entry point in the group ``spacegraph_exporters`` names a function that takes a
:class:`~spacegraph.graph.KnowledgeGraph` and whether only what is asserted is wanted, and returns bytes, or the files of a
folder as a dictionary of names and bytes.
"""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.errors import ExportError
from spacegraph.graph.rdf.vocabulary import (
    ARTICLE_BASE,
    DESCRIPTION_BASE,
    EVIDENCE_BASE,
    RUN_BASE,
    STATEMENT_BASE,
)
from spacegraph.rdf_files import rdf_suffix

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacegraph.graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "EXPORTERS",
    "OF_FACTS",
    "SUFFIXES",
    "export",
    "export_format",
    "format_names",
    "require_folder",
    "without_provenance",
    "write_atomically",
    "write_folder",
]

_PROVENANCE = tuple(
    b"<" + base.encode() for base in (STATEMENT_BASE, EVIDENCE_BASE, ARTICLE_BASE, RUN_BASE, DESCRIPTION_BASE)
)
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


def without_provenance(ntriples: bytes) -> bytes:
    """Only what is asserted, and names: no statements, evidence, articles and readings."""
    return b"".join(line for line in ntriples.splitlines(keepends=True) if not line.startswith(_PROVENANCE))


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


def require_folder(path: Path) -> None:
    """Refuse to write into a folder that is not there.

    Raises:
        ExportError: It is not there.
    """
    if not path.absolute().parent.is_dir():
        message = f"There is no folder {path.parent} to write {path.name} into. Make it, or name another."
        raise ExportError(message)


def export(
    kg: KnowledgeGraph, path: str | Path | None, name: str | None, *, only_facts: bool = False
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


def _exporter(name: str) -> Callable[[KnowledgeGraph, bool], bytes | dict[str, bytes]]:
    if name in EXPORTERS:
        module, _, function = EXPORTERS[name].partition(":")
        found = getattr(import_module(f"spacegraph.graph.formats.{module}"), function)
    else:
        (point,) = entry_points(group=GROUP, name=name)
        found = point.load()
    exporter: Callable[[KnowledgeGraph, bool], bytes | dict[str, bytes]] = found
    return exporter


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is there wholly or not at all.

    A pipe or device (``/dev/stdout``) is written to directly.

    Raises:
        ExportError: It cannot be written; what was there before is as it was.
    """
    temporary = ""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        # Through a link to the file that it means, which stays a link.
        path = path.resolve()
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}. Choose another place, or make room."
        raise ExportError(message) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def write_folder(path: Path, files: dict[str, bytes]) -> None:
    """Write a folder of files: all of them are there, or none.

    Raises:
        ExportError: There is something else in its place, or it cannot be written.
    """
    if path.exists() and (not path.is_dir() or {p.name for p in path.iterdir()} - set(files)):
        message = f"{path} exists already and holds other files. Choose a new folder."
        raise ExportError(message)
    temporary = ""
    try:
        temporary = tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent)
        made = Path(temporary) / path.name
        made.mkdir()
        for name, data in files.items():
            (made / name).write_bytes(data)
        if path.exists():
            path.rename(Path(temporary) / "before")
        made.rename(path)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}. Choose another place, or make room."
        raise ExportError(message) from error
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
