"""A pause of Python's cyclic garbage collector while many objects are made that all stay.

Each of its full collections looks at every object that there is; while a graph is built, it finds none to free and takes up to
half of the time. Mercurial's ``util.nogc`` is there for the same reason.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["paused"]


@contextmanager
def paused() -> Iterator[None]:
    """No cycles are collected inside; what was the case before is so again after it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
