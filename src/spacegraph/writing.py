"""Files and folders that are there wholly or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from spacegraph.errors import ExportError

__all__ = ["require_folder", "write_atomically", "write_folder"]


def require_folder(path: Path) -> None:
    """Refuse to write into a folder that is not there.

    Raises:
        ExportError: It is not there.
    """
    if not path.absolute().parent.is_dir():
        message = f"There is no folder {path.parent} to write {path.name} into. Make it, or name another."
        raise ExportError(message)


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
