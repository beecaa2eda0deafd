"""``spacegraph remove`` and ``spacegraph list``: the articles of a store."""

from __future__ import annotations

import click

from spacegraph.cli.options import counted, open_articles, print_table

__all__ = ["list_command", "remove_command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph remove store/ article
"""
)
@click.argument("store")
@click.argument("doc_ids", nargs=-1, required=True, metavar="DOC_ID...")
def remove_command(store: str, doc_ids: tuple[str, ...]) -> None:
    """Remove articles from a store, with all that only they say.

    All of them are removed or, where one is not there, none.
    """
    with open_articles(store, writable=True) as opened:
        opened.remove(*doc_ids)
    click.echo(f"{counted(len(set(doc_ids)), 'article')} removed from {store}", err=True)


@click.command(
    epilog="""\b
Examples:
  spacegraph list store/
"""
)
@click.argument("store")
def list_command(store: str) -> None:
    """List the articles of a store."""
    with open_articles(store) as opened:
        rows = [(e.doc_id, e.published, str(e.statements), e.title) for e in opened.entries()]
    print_table(("id", "published", "statements", "title"), rows)
