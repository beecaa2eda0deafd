"""Opening what people call a graph: a file, a directory, or a URL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.graph.stores.files import load_file

if TYPE_CHECKING:
    from spacegraph.graph.query.protocol import GraphStore

__all__ = ["is_url", "open_store"]


def is_url(source: str | Path) -> bool:
    """Whether a source is the address of an endpoint."""
    return isinstance(source, str) and "://" in source


def open_store(source: str | Path, *, format: str | None = None, writable: bool = False) -> GraphStore:  # noqa: A002
    """A store for reading, or for writing too.

    Raises:
        StoreError: It is not there, cannot be opened, or is not valid.
    """
    if is_url(source):
        from spacegraph.graph.stores.remote import RemoteStore

        return RemoteStore(str(source))
    path = Path(source)
    if path.is_dir():
        from spacegraph.graph.stores.directory import DirectoryStore

        return DirectoryStore.open(path, writable=writable)
    return load_file(path, format)
