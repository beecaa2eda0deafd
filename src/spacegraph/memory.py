"""How much memory a process may take."""

from __future__ import annotations

import contextlib
from pathlib import Path

__all__ = ["bound_memory"]


def bound_memory(most: int) -> None:
    """End this process, before what a query piles up ends the machine.

    Where the system cannot bound a process, nothing is bound.

    Args:
        most: Bytes that it may take beside those that it has now; 0 bounds nothing.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        if most:
            now = (
                int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
            )
            resource.setrlimit(resource.RLIMIT_AS, (now + most, resource.getrlimit(resource.RLIMIT_AS)[1]))
