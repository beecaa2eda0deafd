"""``spacegraph check``: does a graph keep what it promises?"""

from __future__ import annotations

import sys

import click

from spacegraph.cli.options import counted, load_graph, plain, show

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
@click.option("--shapes", metavar="FILE", help="SHACL shapes (any RDF format) instead of the built-in ones.")
@click.option(
    "--ontology",
    metavar="PATH",
    help="Turtle file or folder with the domains and ranges, for a graph that was read by it.",
)
def command(graph: str, shacl: bool, shapes: str | None, ontology: str | None) -> None:
    """Validate a graph: shapes, domains and ranges, and the words behind each fact.

    What shapes only recommend (sh:Info, sh:Warning) is shown as advice. The exit code is 0 where all is well and 1 where something has to be mended.
    """
    report = load_graph(graph).check(shapes=shapes, ontology=ontology)
    if shacl:
        show(report.shacl, nl=False)
    else:
        for violation in report.violations:
            click.echo(plain(str(violation)))
        for advised in report.advice:
            click.echo(plain(f"Advice: {advised}"))
        wrong = len(report.violations)
        said = report.summary
        if report.facts:
            said = (
                f"{counted(report.facts, 'fact')} checked: {f'{wrong} to mend' if wrong else 'all is well'}."
            )
        click.echo(said, err=bool(wrong))
    if report.violations:
        sys.exit(1)
