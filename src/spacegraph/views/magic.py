"""The ``%%sparql`` cell magic: a cell of SPARQL, asked of a graph in the notebook.

::

    %load_ext spacegraph

    %%sparql kg
    SELECT ?who ?whom WHERE { ?who sg:criticized ?whom }

The line names the variable that holds the graph; without a name it is the one graph that the notebook has. ``-o NAME``
keeps the answer in a variable, ``-n ROWS`` cuts it short, ``-t SECONDS`` gives up.
"""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING, Any, NoReturn

from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, magics_class

from spacegraph.errors import SpacegraphError
from spacegraph.graph.graph import Graph

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from spacegraph.graph.query.results import QueryResult

__all__ = ["SparqlMagics", "load"]


@magics_class
class SparqlMagics(Magics):
    """Magics that ask graphs."""

    @cell_magic
    def sparql(self, line: str, cell: str) -> QueryResult | None:
        """Ask a graph: a cell of SPARQL, or the name of a question. ``%%sparql -h`` lists the options."""
        try:
            arguments = _PARSER.parse_args(shlex.split(line))
        except _Usage as usage:
            print(usage)  # noqa: T201  (help goes where the cell's output goes)
            return None
        graph = self._graph(arguments.graph)
        try:
            result = graph.query(cell.strip(), limit=arguments.limit, timeout=arguments.timeout)
        except SpacegraphError as error:
            # One sentence instead of a traceback through the engine.
            raise UsageError(str(error)) from None
        if arguments.output:
            self._variables()[arguments.output] = result
        return result

    def _variables(self) -> dict[str, Any]:
        assert self.shell is not None  # the shell that the magics were registered with
        variables: dict[str, Any] = self.shell.user_ns
        return variables

    def _graph(self, name: str) -> Graph:
        variables = self._variables()
        if name:
            found = variables.get(name)
            if not isinstance(found, Graph):
                what = (
                    "There is no variable" if name not in variables else "There is no graph in the variable"
                )
                msg = f"{what} {name!r}. Make one first: {name} = spacegraph.build(…)"
                raise UsageError(msg)
            return found
        graphs = {
            id(value): (key, value)
            for key, value in sorted(variables.items())
            if isinstance(value, Graph) and not key.startswith("_")
        }
        if len(graphs) != 1:
            names = ", ".join(key for key, _ in graphs.values())
            msg = (
                f"There are several graphs ({names}); say which: %%sparql {next(iter(graphs.values()))[0]}"
                if graphs
                else "There is no graph yet. Make one first: kg = spacegraph.build(…)"
            )
            raise UsageError(msg)
        return next(iter(graphs.values()))[1]


class _Usage(Exception):  # noqa: N818  (help was asked for: nothing went wrong)
    """The help text."""


class _Parser(argparse.ArgumentParser):
    """A parser that does not end the process, which here is the notebook's kernel."""

    def error(self, message: str) -> NoReturn:
        text = f"{message}. {self.format_usage().strip()}"
        raise UsageError(text)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:  # noqa: ARG002  (argparse's signature)
        raise _Usage(self.format_help())

    def print_help(self, file: Any = None) -> None:
        """Nothing here: :meth:`exit`, which follows, has the text."""


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="%%sparql", description="Ask a graph: a cell of SPARQL, or the name of a question.")
    parser.add_argument(
        "graph",
        nargs="?",
        default="",
        help="variable that holds the graph; may be left out where there is one",
    )
    parser.add_argument("-o", "--output", metavar="NAME", default="", help="variable to keep the answer in")
    parser.add_argument(
        "-n", "--limit", metavar="ROWS", type=int, help="rows after which the answer is cut short"
    )
    parser.add_argument(
        "-t", "--timeout", metavar="SECONDS", type=float, help="seconds after which it is given up"
    )
    return parser


_PARSER = _parser()


def load(shell: InteractiveShell) -> None:
    """Register the magics; ``%load_ext spacegraph`` calls this."""
    shell.register_magics(SparqlMagics)
