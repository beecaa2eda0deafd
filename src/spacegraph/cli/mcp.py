"""``spacegraph mcp``: the graph as a tool for agents."""

from __future__ import annotations

import signal
import sys

import click

from spacegraph.cli.options import load_graph, timeout_option
from spacegraph.errors import ConfigError

__all__ = ["command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph mcp graph.ttl
  claude mcp add news -- spacegraph mcp /home/ann/graph.ttl
"""
)
@click.argument("graph")
@timeout_option
@click.option(
    "--max-rows",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Rows, facts or things of one answer.",
)
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    default=20_000,
    show_default=True,
    help="Characters of one answer, about.",
)
@click.option(
    "--ontology",
    default=None,
    metavar="FILE",
    help="Turtle file that the graph was read by, for clients to see.",
)
def command(graph: str, timeout: float, max_rows: int, max_chars: int, ontology: str | None) -> None:
    """Answer agents about a graph, by the Model Context Protocol on standard input and output.

    Clients (Claude, VS Code, Cursor …) start it themselves: docs/mcp.md has what to write where. It only reads, and needs
    the protocol's SDK: pip install 'spacegraph[mcp]'.
    """
    try:
        from spacegraph.mcp.server import make_server
    except ImportError as error:
        msg = "spacegraph mcp needs the SDK of the Model Context Protocol, version 2, which is not installed: pip install 'spacegraph[mcp]'"
        raise ConfigError(msg) from error
    from spacegraph.graph.query.engine import MAX_MEMORY
    from spacegraph.graph.stores.opening import is_url
    from spacegraph.mcp import Limits
    from spacegraph.memory import bound_memory

    kg = load_graph(graph)
    if is_url(graph):
        # Nobody is helped by a server all of whose answers are that its own endpoint is not there.
        kg.query("ASK { }")
    # A query that was given up for its memory goes on taking it; the client starts this process again.
    bound_memory(MAX_MEMORY + MAX_MEMORY // 4)
    limits = Limits(timeout=timeout, max_rows=max_rows, max_chars=max_chars)
    server = make_server(kg, limits, ontology=ontology)
    if sys.stdin.isatty():
        click.echo("Clients start this command themselves (docs/mcp.md). Stop it with Ctrl-C.", err=True)
    # The SDK's reader would hold the process until the next line; there is nothing to save.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    server.run()
