"""How values are shown where HTML is shown, as in a notebook.

A value asks here, and what draws it registers here: values need not know of the views.
"""

from __future__ import annotations

from functools import singledispatch
from importlib import import_module

__all__ = ["drawing", "html_of"]

#: The module that registers the drawings; it is loaded when something is to be shown, since most programs show nothing.
DRAWINGS = "spacegraph.views.notebook"


def html_of(thing: object) -> str:
    """A value in HTML, by what is registered for its class."""
    import_module(DRAWINGS)
    return drawing(thing)


@singledispatch
def drawing(thing: object) -> str:
    """What draws a value; ``@drawing.register`` adds a class."""
    msg = f"Nothing draws {type(thing).__name__}."
    raise TypeError(msg)
