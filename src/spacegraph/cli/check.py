"""``spacegraph check``: does a graph keep what it promises?"""

from __future__ import annotations

import sys

import click

from spacegraph.cli.options import counted, load_graph

__all__ = ["command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph check graph.ttl
  spacegraph check graph.ttl --shacl > report.ttl
  spacegraph check graph.ttl --ontology my-ontology.ttl
"""
)
@click.argument("graph")
@click.option(
    "--shacl", is_flag=True, help="Print the SHACL validation report (Turtle) instead of sentences."
)
@click.option("--shapes", metavar="FILE", help="SHACL shapes (Turtle) instead of the built-in ones.")
@click.option(
    "--ontology",
    metavar="PATH",
    help="Turtle file or folder with the domains and ranges, for a graph that was read by it.",
)
def command(graph: str, shacl: bool, shapes: str | None, ontology: str | None) -> None:
    """Validate a graph: shapes, domains and ranges, and the words behind each fact.

    The exit code is 0 where all is well and 1 where something has to be mended.
    """
    from spacegraph.graph.check import NOTHING_TO_CHECK

    report = load_graph(graph).check(shapes=shapes, ontology=ontology)
    if shacl:
        click.echo(report.shacl, nl=False)
    else:
        for violation in report.violations:
            click.echo(str(violation))
        wrong = len(report.violations)
        if wrong or report.facts:
            said = (
                f"{counted(report.facts, 'fact')} checked: {f'{wrong} to mend' if wrong else 'all is well'}."
            )
        else:
            said = NOTHING_TO_CHECK
        click.echo(said, err=bool(wrong))
    if report.violations:
        sys.exit(1)
