"""A data set: a folder of Parquet shards, which is its own checkpoint."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacegraph.corpus.tables import LAYOUT, TABLES, schemas
from spacegraph.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

__all__ = ["MANIFEST", "Dataset", "require_packages"]

#: The file that tells a data set from any other folder.
MANIFEST = "spacegraph-dataset.json"
_LOCK = ".lock"
_SCRATCH = ".tmp"


def require_packages() -> None:
    """Say in one sentence what is not installed.

    Raises:
        DatasetError: A package of the extra ``corpus`` is missing.
    """
    from importlib.util import find_spec

    missing = [name for name in ("duckdb", "psutil", "pyarrow", "rensa") if find_spec(name) is None]
    if missing:
        message = f"A corpus needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed: pip install 'spacegraph[corpus]'"
        raise DatasetError(message)


class Dataset:
    """A data set in a folder; make one with :meth:`open` or :meth:`create`.

    Args:
        path: The folder.
        manifest: What its :data:`MANIFEST` says.
    """

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self.path = path
        self.manifest = manifest

    @classmethod
    def open(cls, path: str | Path, *, complete: bool = True) -> Dataset:
        """A data set that is there.

        Args:
            path: The folder.
            complete: Whether its reading must have come to its end, and all of its files be there.

        Raises:
            DatasetError: There is none, it is of another version, or it is not whole.
        """
        require_packages()
        path = Path(path)
        if not (path / MANIFEST).is_file():
            what = "is no data set" if path.exists() else "is not there"
            message = f"{path} {what}: it has no {MANIFEST}. Make one with `spacegraph corpus read INPUTS… -o {path}`."
            raise DatasetError(message)
        try:
            manifest = json.loads((path / MANIFEST).read_text("utf-8"))
            layout = manifest["layout"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"The data set {path} is damaged: its {MANIFEST} cannot be read. Read the articles again into a new one."
            raise DatasetError(message) from error
        if layout != LAYOUT:
            message = f"The data set {path} has layout {layout}, and this version of spacegraph reads layout {LAYOUT}. Read the articles again into a new one."
            raise DatasetError(message)
        found = cls(path, manifest)
        if complete:
            found._require_whole()
        return found

    @classmethod
    def create(cls, path: str | Path, settings: dict[str, Any]) -> Dataset:
        """Make a data set, or open the one that is there to go on with it.

        Args:
            path: The folder, which is made where there is none.
            settings: By what is read; another reading with other settings cannot go on.

        Raises:
            DatasetError: There is something else there, or a data set of other settings.
        """
        require_packages()
        path = Path(path)
        if (path / MANIFEST).exists():
            found = cls.open(path, complete=False)
            before = found.manifest.get("settings", {})
            differing = sorted(k for k in {*before, *settings} if before.get(k) != settings.get(k))
            if differing:
                what = ", ".join(f"{k} was {before.get(k)!r} and is {settings.get(k)!r}" for k in differing)
                message = f"The data set {path} was begun with other settings: {what}. Go on with the same ones, or choose another folder."
                raise DatasetError(message)
            found.make_folders()
            return found
        if path.exists() and (
            not path.is_dir() or any(p.name not in (_LOCK, *TABLES) for p in path.iterdir())
        ):
            message = f"{path} exists already and is no data set. Choose a new folder."
            raise DatasetError(message)
        found = cls(path, {"layout": LAYOUT, "settings": settings, "complete": False, "shards": 0})
        found.make_folders()
        found.write_manifest()
        return found

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the data set for writing; gives a folder for files that are not finished.

        Raises:
            DatasetError: Another process is writing in it.
        """
        try:
            lock = (self.path / _LOCK).open("a+", encoding="utf-8")
        except OSError as error:
            raise self.not_written(error) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                message = f"The data set {self.path} is being written by another process. Wait until that has finished, or end it."
                raise DatasetError(message) from error
            scratch = self.path / _SCRATCH
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir()
            try:
                yield scratch
            finally:
                shutil.rmtree(scratch, ignore_errors=True)

    def write_manifest(self, **changes: Any) -> None:
        """Write :data:`MANIFEST` anew.

        Raises:
            DatasetError: The disk does not take it.
        """
        self.manifest |= changes
        data = json.dumps(self.manifest, indent=2, sort_keys=True) + "\n"
        temporary = self.path / f".{MANIFEST}"
        try:
            with temporary.open("w", encoding="utf-8") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path / MANIFEST)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            raise self.not_written(error) from error

    def commit(self, scratch: Path, name: str) -> None:
        """Take a shard from the folder of unfinished files into the data set.

        Raises:
            DatasetError: The disk does not take it.
        """
        try:
            for table in TABLES:
                (scratch / f"{name}.{table}").replace(self.file(table, name))
            handle = os.open(self.path / TABLES[-1], os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise self.not_written(error) from error

    def file(self, table: str, name: str) -> Path:
        """The file of a shard of a table."""
        return self.path / table / f"{name}.parquet"

    def files(self, table: str) -> list[Path]:
        """The files of a table, in the order of the inputs."""
        return sorted((self.path / table).glob("*.parquet"))

    def shards(self) -> list[str]:
        """The names of the shards that are there, in the order of the inputs."""
        return [file.stem for file in self.files(TABLES[-1])]

    def digest(self, name: str) -> str | None:
        """What a shard was read from; None where it is not there, or not whole."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        digests = set()
        for table in TABLES:
            try:
                metadata = pq.read_metadata(self.file(table, name)).metadata or {}
            except (OSError, pa.ArrowInvalid):
                return None
            digests.add(metadata.get(b"spacegraph.shard", b"").decode())
        return digests.pop() if len(digests) == 1 else None

    def remove(self, name: str) -> None:
        """Remove a shard, its mark first."""
        for table in reversed(TABLES):
            self.file(table, name).unlink(missing_ok=True)

    def read(self, table: str, name: str, columns: list[str] | None = None) -> pa.Table:
        """One shard of a table.

        Raises:
            DatasetError: It is missing, cut off, or not of this table.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.file(table, name)
        try:
            found = pq.ParquetFile(path).read(columns)
        except FileNotFoundError as error:
            message = f"The data set {self.path} lacks {path.relative_to(self.path)}. Give the command that made it again: it reads what is missing."
            raise DatasetError(message) from error
        except (OSError, pa.ArrowException) as error:
            message = f"{path} is damaged or cut off. Delete it, and give the command that made the data set again: it reads what is missing."
            raise DatasetError(message) from error
        wanted = schemas()[table]
        names = columns or wanted.names
        if found.schema.names != names or any(
            found.schema.field(n).type != wanted.field(n).type for n in names
        ):
            message = (
                f"{path} does not have the columns of {table}. Read the articles again into a new data set."
            )
            raise DatasetError(message)
        return found

    def glob(self, table: str) -> str:
        """A pattern for the files of a table, as DuckDB, Polars and Spark take it."""
        return str(self.path / table / "*.parquet")

    def not_written(self, error: OSError) -> DatasetError:
        """What to raise where the disk does not take something."""
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "the disk is full" if full else str(error.strerror or error)
        return DatasetError(
            f"The data set {self.path} cannot be written: {reason}. "
            "Make room or choose another place, and give the same command again: it goes on where it stopped."
        )

    def make_folders(self) -> None:
        """Make the folders of the tables that are not there.

        Raises:
            DatasetError: The disk does not take them.
        """
        try:
            for table in TABLES:
                (self.path / table).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self.not_written(error) from error

    def _require_whole(self) -> None:
        if not self.manifest.get("complete"):
            message = f"The reading of the data set {self.path} has not come to its end. Give the command that began it again: it goes on where it stopped."
            raise DatasetError(message)
        names = {table: {file.stem for file in self.files(table)} for table in TABLES}
        wanted = self.manifest.get("shards")
        for table in TABLES:
            if len(names[table]) != wanted or names[table] != names[TABLES[-1]]:
                message = f"The data set {self.path} is not whole: {table}/ has {len(names[table]):,} of {wanted:,} shards. Give the command that made it again: it reads what is missing."
                raise DatasetError(message)
