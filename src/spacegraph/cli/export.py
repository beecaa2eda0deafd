"""``spacegraph export``: a graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

from spacegraph.cli.options import format_option, load_graph, show

__all__ = ["command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph export graph.ttl -o graph.jsonld
  spacegraph export graph.ttl -o graph.graphml
  spacegraph export graph.ttl --only-facts -o facts.nt
  spacegraph export store/ --format jsonl | head
"""
)
@click.argument("graph")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file (or folder, for neo4j) to write; standard output if left out.",
)
@format_option
@click.option("--only-facts", is_flag=True, help="Only what is asserted, and names: no provenance.")
def command(graph: str, output: Path | None, format_: str | None, only_facts: bool) -> None:
    """Write a graph in another format."""
    from spacegraph.graph.formats.export import OF_FACTS, export_format

    kg = load_graph(graph)
    written = kg.export(output, format_, only_facts=only_facts)
    if export_format(output, format_) in OF_FACTS and not kg.facts:
        click.echo(
            "No facts were written, since the graph has no statements: it was not made by spacegraph, or exported with "
            "--only-facts. GraphML, GEXF, Turtle and the other RDF formats have its triples.",
            err=True,
        )
    if output is None:
        show(written, nl=False)
    else:
        click.echo(f"Written to {output}", err=True)
