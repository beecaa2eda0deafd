"""``spacegraph serve``: a read-only SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from spacegraph.cli.options import timeout_option

__all__ = ["command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph serve graph.ttl
  spacegraph serve store/ --port 8080 --timeout 10
"""
)
@click.argument("graph")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; the default is this machine only.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes a free one."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=None,
    show_default="one for each processor",
    help="Processes that answer.",
)
@timeout_option
@click.option(
    "--max-rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="Of one answer."
)
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=50_000_000,
    show_default=True,
    help="Of the terms of one answer.",
)
@click.option(
    "--cors",
    "cors",
    multiple=True,
    metavar="ORIGIN",
    help="A page of another host that may ask; may be repeated.",
)
def command(
    graph: str,
    host: str,
    port: int,
    workers: int | None,
    timeout: float,
    max_rows: int,
    max_bytes: int,
    cors: tuple[str, ...],
) -> None:
    """Serve a graph: SPARQL 1.1 Protocol, a query page and the interactive graph.

    The endpoint only reads. It stops with Ctrl-C, after what it is answering is answered.
    """
    from spacegraph.server import Settings, serve

    serve(
        graph if "://" in graph else Path(graph),
        host=host,
        port=port,
        workers=workers,
        settings=Settings(timeout=timeout, max_rows=max_rows, max_bytes=max_bytes, cors_origins=cors),
    )
