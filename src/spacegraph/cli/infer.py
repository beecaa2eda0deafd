"""``spacegraph infer``: what follows from a graph."""

from __future__ import annotations

from pathlib import Path

import click

from spacegraph.cli.options import counted, format_option, load_graph, show

__all__ = ["command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph infer graph.ttl -o more.ttl
  spacegraph infer store/ -o more.trig --rules my-rules/
  spacegraph infer graph.ttl --no-built-in --rules boss.rq | less
"""
)
@click.argument("graph")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write; standard output if left out.",
)
@format_option
@click.option(
    "--rules",
    multiple=True,
    metavar="PATH",
    help="A rule (.rq) or a folder of rules, beside the built-in ones; may be repeated.",
)
@click.option("--no-built-in", is_flag=True, help="Only the rules of --rules.")
@click.option(
    "--ontology",
    metavar="PATH",
    help="Turtle file or folder that rules look at, instead of the built-in ontology.",
)
def command(
    graph: str,
    output: Path | None,
    format_: str | None,
    rules: tuple[str, ...],
    no_built_in: bool,
    ontology: str | None,
) -> None:
    """Add what follows by rules to a graph, in a new one.

    What is inferred is marked so, with its rule and premises; spacegraph explain shows the words behind them.
    """
    from spacegraph.graph.formats.export import export_format
    from spacegraph.graph.operations.rules import load_rules
    from spacegraph.writing import require_folder

    if no_built_in and not rules:
        msg = "Without the built-in rules there are none; name some with --rules."
        raise click.UsageError(msg)
    format_ = export_format(output, format_)
    if output is not None:
        require_folder(output)
    chosen = [rule for place in (*([] if no_built_in else [None]), *rules) for rule in load_rules(place)]
    before = load_graph(graph)
    after = before.infer(chosen, ontology=ontology)
    written = after.export(output, format_)
    if output is None:
        show(written, nl=False)
    else:
        more = len(after.facts) - len(before.facts)
        click.echo(
            f"{counted(more, 'fact')} inferred from {counted(len(before.facts), 'fact')}, in {output}",
            err=True,
        )
