"""What the engine says went wrong, for people."""

from __future__ import annotations

import errno
import os

__all__ = ["disk_is_full", "is_damaged", "said_by_engine"]


def said_by_engine(error: BaseException) -> str:
    """What the engine says went wrong, in short, with what can be done about it where that is known."""
    said = " ".join(str(error).split())[:200].rstrip(".")
    if disk_is_full(error):
        return f"the disk is full ({said}). Make room, then do it again."
    if is_damaged(error):
        return f"the store is damaged ({said}). Restore it from a dump, or build it again."
    return f"{said}."


def is_damaged(error: BaseException) -> bool:
    """Whether the engine failed for what its files hold."""
    return str(error).startswith("Corruption")


def disk_is_full(error: BaseException) -> bool:
    """Whether the engine failed for want of room."""
    return any(os.strerror(number) in str(error) for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
