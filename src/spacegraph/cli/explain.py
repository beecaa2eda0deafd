"""``spacegraph explain``: the words behind a fact."""

from __future__ import annotations

import click

from spacegraph.cli.options import load_graph, plain

__all__ = ["command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph explain graph.ttl "Ann Lee" criticized "Bob Ray"
  spacegraph explain graph.ttl NASA
"""
)
@click.argument("graph")
@click.argument("subject")
@click.argument("relation", required=False)
@click.argument("object_", metavar="[OBJECT]", required=False)
def command(graph: str, subject: str, relation: str | None, object_: str | None) -> None:
    """Show the sentences behind facts, with the words marked.

    Also who says so, how the article puts it, the rule that read it, and for an inferred fact what it follows from.
    SUBJECT and OBJECT are names, aliases or IRIs, RELATION is a property's name. Without OBJECT or RELATION all facts
    that fit are explained.
    """
    click.echo(plain(load_graph(graph).explain(subject, relation, object_).to_text()), nl=False)
