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
"""
)
@click.argument("graph")
@click.option(
    "--shacl", is_flag=True, help="Print the SHACL validation report (Turtle) instead of sentences."
)
def command(graph: str, shacl: bool) -> None:
    """Validate a graph: shapes, domains and ranges, and the words behind each fact.

    The exit code is 0 where all is well and 1 where something has to be mended.
    """
    from spacegraph.graph.check import NOTHING_TO_CHECK

    report = load_graph(graph).check()
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
