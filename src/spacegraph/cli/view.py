"""``spacegraph view``: a graph as an interactive page or a picture."""

from __future__ import annotations

from pathlib import Path

import click

from spacegraph.cli.options import load_graph
from spacegraph.errors import ExportError

__all__ = ["command"]

PICTURES = (".png", ".svg", ".pdf")


@click.command(
    epilog="""\b
Examples:
  spacegraph view graph.ttl -o graph.html
  spacegraph view graph.ttl --text article.txt -o graph.html
  spacegraph view graph.ttl --around "Dmitry Rogozin" -o rogozin.html
  spacegraph view graph.ttl -o graph.png
"""
)
@click.argument("graph")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="A page (.html) or a picture (.png, .svg, .pdf).",
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="ARTICLE",
    help="A file or folder that GRAPH was made from: the page shows the whole text with its marks. May be given several times.",
)
@click.option(
    "--around",
    default="",
    metavar="NAME",
    help="A thing by its name: the page opens on it and what is related to it; a picture shows nothing else.",
)
@click.option("--title", default=None, help="Shown above the graph; the name of GRAPH if left out.")
def command(graph: str, output: Path, texts: tuple[Path, ...], around: str, title: str | None) -> None:
    """Draw a graph.

    The page is one file that works offline: click a node or an edge to see the facts and the words behind them.
    GRAPH quotes the passages behind its facts, and the page shows these; with --text it shows whole articles.
    """
    suffix = output.suffix.lower()
    if suffix not in (".html", ".htm", *PICTURES):
        msg = f"The suffix of {output} tells neither a page (.html) nor a picture ({', '.join(PICTURES)})."
        raise ExportError(msg)
    kg = load_graph(graph)
    title = title or Path(graph).stem
    if suffix in PICTURES:
        if texts:
            msg = f"A picture shows no text: leave --text out, or write a page (.html) instead of {output}."
            raise ExportError(msg)
        kg.plot(output, title=title, around=around)
    else:
        from spacegraph.sources import read_articles

        kg.view(output, title=title, texts=read_articles(texts, any_language=True), around=around)
    click.echo(f"{output}", err=True)
