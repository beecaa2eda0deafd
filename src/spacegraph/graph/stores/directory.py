"""A store in a directory: Oxigraph on disk, one process that writes, any number that read."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from spacegraph.errors import StoreError
from spacegraph.graph.rdf.engine_errors import disk_is_full, is_damaged, said_by_engine
from spacegraph.graph.stores.oxigraph import OxigraphStore

if TYPE_CHECKING:
    from collections.abc import Collection
    from io import TextIOWrapper

__all__ = ["MARKER", "DirectoryStore", "is_store"]

#: The file that tells a store from any other directory.
MARKER = "spacegraph-store.json"
#: The form of the store; a later one says how to come from this.
LAYOUT = 2
#: Bytes of changes (N-Quads) after which the engine puts into files what it has in memory, which is some ten times as much;
#: left alone it keeps up to three gigabytes.
FLUSH_AFTER = 24_000_000
_DATA = "data"
#: Without this file the engine has no database.
_CURRENT = "CURRENT"
_LOCK = "writer.lock"


def is_store(path: Path) -> bool:
    """Whether a directory is a store."""
    return (path / MARKER).is_file()


class DirectoryStore(OxigraphStore):
    """An Oxigraph store in a directory; make one with :meth:`open` or :meth:`create`."""

    def __init__(self, store: ox.Store, path: Path, lock: TextIOWrapper | None) -> None:
        super().__init__(store, str(path))
        self.path = path
        self.writable = lock is not None
        self._lock = lock
        self._pending = 0

    @classmethod
    def create(cls, path: str | Path, *, nquads: bytes | Path | None = None) -> None:
        """Make a store, wholly or not at all.

        Args:
            path: The directory; it must not exist, or be empty.
            nquads: What is in it from the start, as N-Quads in the form of :mod:`spacegraph.graph.library.articles`
                (what ``dump`` gives), as bytes or a file; loaded in bulk.

        Raises:
            StoreError: There is something there already, or the disk does not take it.
        """
        path = Path(path)
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            message = f"{path} exists already and is not empty. Choose another place for the store."
            raise StoreError(message)
        temporary = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent)
            store = ox.Store(str(Path(temporary) / _DATA))
            if isinstance(nquads, Path):
                store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
            elif nquads:
                store.bulk_load(nquads, format=ox.RdfFormat.N_QUADS)
            store.flush()
            del store
            (Path(temporary) / MARKER).write_text(json.dumps({"layout": LAYOUT}) + "\n", encoding="utf-8")
            Path(temporary).replace(path)
        except SyntaxError as error:
            shutil.rmtree(temporary, ignore_errors=True)
            message = f"The dump is not valid N-Quads: {error.msg}."
            raise StoreError(message) from error
        except OSError as error:
            shutil.rmtree(temporary, ignore_errors=True)
            message = f"The store {path} cannot be made: {error.strerror or error}. Choose another place, or make room."
            raise StoreError(message) from error

    @classmethod
    def open(cls, path: str | Path, *, writable: bool = False, create: bool = False) -> Self:
        """Open a store.

        Args:
            path: The directory.
            writable: Whether to change it; one process at a time may.
            create: Whether to make it where there is none.

        Raises:
            StoreError: It is no store, is damaged, or another process is writing in it.
        """
        path = Path(path)
        if create and writable and (not path.exists() or (path.is_dir() and not any(path.iterdir()))):
            try:
                cls.create(path)
            except StoreError:
                # Another process may have made it just now.
                if not is_store(path):
                    raise
        _require_store(path)
        if not (path / _DATA / _CURRENT).is_file():
            # The engine would begin a new database there, over what may be left of the old one.
            message = f"The store {path} is damaged: {_DATA}/{_CURRENT} is missing. Restore it from a dump, or build it again."
            raise StoreError(message)
        lock = _lock(path) if writable else None
        try:
            engine = ox.Store(str(path / _DATA)) if writable else _read_only(path / _DATA)
        except (OSError, RuntimeError, ValueError) as error:
            if lock:
                lock.close()
            message = f"The store {path} cannot be opened: {said_by_engine(error)}"
            if not (disk_is_full(error) or is_damaged(error)):
                message += " If it is damaged, restore it from a dump, or build it again."
            raise StoreError(message) from error
        return cls(engine, path, lock)

    def apply(self, delete: bytes, insert: bytes, *, drop: Collection[str] = ()) -> None:
        """Drop graphs, delete and insert in one transaction."""
        super().apply(delete, insert, drop=drop)
        self._pending += len(delete) + len(insert)
        if self._pending > FLUSH_AFTER:
            self._pending = 0
            # The change is in the engine's log whether or not there is room for this; the next one will say so.
            with suppress(OSError, RuntimeError):
                self.engine.flush()

    def close(self) -> None:
        """Write out what is pending and let other processes write."""
        try:
            if self._lock is not None:
                self.engine.flush()
        except (OSError, RuntimeError) as error:
            # What was changed is in the engine's log, from which it comes back.
            message = f"The store {self.path} could not be tidied up: {said_by_engine(error)}"
            raise StoreError(message) from error
        finally:
            # Oxigraph closes its files when nothing refers to the store any more.
            self.engine = ox.Store()
            if self._lock is not None:
                self._lock.close()
                self._lock = None
            self.writable = False


def _read_only(path: Path) -> ox.Store:
    """The engine's store for reading. Whoever writes in it may put files together just while they are being opened."""
    for wait in (0.02, 0.1, 0.5):
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            if os.strerror(errno.ENOENT) not in str(error):
                raise
            time.sleep(wait)
    return ox.Store.read_only(str(path))


def _require_store(path: Path) -> None:
    if not path.exists():
        message = f"There is no store {path}. Make one with `spacegraph add {path} ARTICLE…`."
        raise StoreError(message)
    if not path.is_dir():
        message = f"{path} is a file, not a store. A store is a directory that `spacegraph add` makes."
        raise StoreError(message)
    if not is_store(path):
        message = f"{path} is a directory, but no store of spacegraph: it has no {MARKER}. Name a store, a file, or an empty directory to make one in."
        raise StoreError(message)
    try:
        layout = json.loads((path / MARKER).read_text(encoding="utf-8")).get("layout")
    except (OSError, ValueError, AttributeError) as error:
        message = f"The store {path} is damaged: its {MARKER} cannot be read. Restore it from a dump, or build it again."
        raise StoreError(message) from error
    if layout != LAYOUT:
        message = f"The store {path} has layout {layout}, and this version of spacegraph reads layout {LAYOUT}. Dump it with the version that made it, and load the dump."
        raise StoreError(message)


def _lock(path: Path) -> TextIOWrapper:
    """The writer's lock, with who holds it in the file; the system lets go of it when the process ends."""
    name = path / _LOCK
    try:
        file = name.open("a+", encoding="utf-8")
    except OSError as error:
        message = f"The store {path} cannot be written: {error.strerror or error}."
        raise StoreError(message) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        holder = file.read().strip() or "another process"
        file.close()
        message = f"The store {path} is being written by {holder}. Wait until it has finished, or end it; reading is possible meanwhile."
        raise StoreError(message) from error
    file.seek(0)
    file.truncate()
    file.write(f"process {os.getpid()}\n")
    file.flush()
    return file
