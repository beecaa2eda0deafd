"""The graph in the formats that other tools read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.errors import ExportError
from spacegraph.graph.vocabulary import (
    ARTICLE_BASE,
    DESCRIPTION_BASE,
    EVIDENCE_BASE,
    RUN_BASE,
    STATEMENT_BASE,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacegraph.graph.knowledge_graph import KnowledgeGraph

__all__ = ["EXPORTERS", "SUFFIXES", "export", "export_format", "without_provenance", "write_atomically"]

_PROVENANCE = tuple(
    b"<" + base.encode() for base in (STATEMENT_BASE, EVIDENCE_BASE, ARTICLE_BASE, RUN_BASE, DESCRIPTION_BASE)
)

#: Suffix -> format.
SUFFIXES = {"ttl": "turtle", "nt": "ntriples"}


def without_provenance(ntriples: bytes) -> bytes:
    """Only what is asserted, and names: no statements, evidence, articles and runs."""
    return b"".join(line for line in ntriples.splitlines(keepends=True) if not line.startswith(_PROVENANCE))


def export_format(path: Path | None, name: str | None) -> str:
    """The name of the format for a file.

    Raises:
        ExportError: There is no such format, or the suffix does not tell one.
    """
    if name is None:
        suffix = path.suffix.removeprefix(".").lower() if path else "ttl"
        if suffix in SUFFIXES:
            return SUFFIXES[suffix]
        message = f"The suffix of {path} does not tell a format. Use one of {', '.join('.' + s for s in sorted(SUFFIXES))}, or name the format: {', '.join(sorted(EXPORTERS))}."
        raise ExportError(message)
    wanted = SUFFIXES.get(name.lower().removeprefix("."), name.lower())
    if wanted not in EXPORTERS:
        message = f"There is no export format {name!r}; there are {', '.join(sorted(EXPORTERS))}."
        raise ExportError(message)
    return wanted


def export(
    kg: KnowledgeGraph, path: str | Path | None, name: str | None, *, only_facts: bool = False
) -> str | bytes | None:
    """Write a graph to a file or return it; see :meth:`KnowledgeGraph.export`."""
    target = Path(path) if path is not None else None
    data = EXPORTERS[export_format(target, name)](kg, only_facts)
    if target is None:
        try:
            return data.decode()
        except UnicodeDecodeError:
            return data
    write_atomically(target, data)
    return None


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is there wholly or not at all.

    Raises:
        ExportError: It cannot be written; what was there before is as it was.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        message = f"{path} cannot be written: {error.strerror or error}. Choose another place, or make room."
        raise ExportError(message) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _turtle(kg: KnowledgeGraph, only_facts: bool) -> bytes:
    from spacegraph.graph.knowledge_graph import canonical_ntriples
    from spacegraph.graph.turtle import to_turtle

    return to_turtle(canonical_ntriples(kg.ntriples(only_facts=only_facts)))


def _ntriples(kg: KnowledgeGraph, only_facts: bool) -> bytes:
    from spacegraph.graph.knowledge_graph import canonical_ntriples
    from spacegraph.graph.turtle import sorted_lines

    return b"".join(
        line + b"\n" for line in sorted_lines(canonical_ntriples(kg.ntriples(only_facts=only_facts)))
    )


#: Format -> what writes it.
EXPORTERS: dict[str, Callable[[KnowledgeGraph, bool], bytes]] = {"ntriples": _ntriples, "turtle": _turtle}
