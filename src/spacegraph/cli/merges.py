"""``spacegraph merge`` and ``spacegraph split``: which things of a store are one."""

from __future__ import annotations

import click

from spacegraph.cli.options import open_articles, print_table

__all__ = ["merge_command", "split_command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph merge store/ "Mr. Kovar" "Ines Kovar" --reason "same interview"
  spacegraph merge store/ --suggest
  spacegraph merge store/ --list
"""
)
@click.argument("store")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--reason", default="", help="Why they are one; kept in the store.")
@click.option("--suggest", is_flag=True, help="List things that may be one, for you to decide.")
@click.option("--list", "list_", is_flag=True, help="List the merges that have been made.")
def merge_command(
    store: str, old: str | None, new: str | None, reason: str, suggest: bool, list_: bool
) -> None:
    """Take one thing of a store for another, in all its articles.

    OLD and NEW are names or IRIs. A merge keeps its reason, and split undoes it.
    """
    if suggest or list_:
        with open_articles(store) as opened:
            if suggest:
                found = [(s.one_label, s.one, s.other_label, s.other, s.reason) for s in opened.suggestions()]
                print_table(("name", "thing", "other name", "other thing", "reason"), found)
            else:
                print_table(("old", "new", "reason"), [(m.old, m.new, m.reason) for m in opened.merges()])
        return
    if not old or not new:
        msg = "spacegraph merge needs OLD and NEW; --suggest lists things that may be one."
        raise click.UsageError(msg)
    with open_articles(store, writable=True) as opened:
        opened.merge(old, new, reason)
    click.echo(f"{old} counts as {new} now", err=True)


@click.command(
    epilog="""\b
Examples:
  spacegraph split store/ "Mr. Kovar"
"""
)
@click.argument("store")
@click.argument("old")
def split_command(store: str, old: str) -> None:
    """Undo a merge: OLD, the name or IRI of what was merged, is a thing of its own again."""
    with open_articles(store, writable=True) as opened:
        opened.split(old)
    click.echo(f"{old} is a thing of its own again", err=True)
