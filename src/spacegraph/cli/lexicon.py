"""``spacegraph lexicon``: list, explain and test the entries of a lexicon."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from spacegraph.cli.options import print_table

if TYPE_CHECKING:
    from spacegraph.lexicon import Lexicon

__all__ = ["command"]

COLUMNS = ("entry", "property", "subject", "object", "confidence", "origin")


@click.group(
    name="lexicon",
    epilog="""\b
Examples:
  spacegraph lexicon list lexicon.ttl
  spacegraph lexicon explain launch
  spacegraph lexicon test lexicon.ttl --ontology bridges.ttl
""",
)
def command() -> None:
    """Look at how words express the properties of an ontology."""


@command.command(name="list")
@click.argument("file", required=False)
@click.option("--property", "only", metavar="NAME", help="Only entries for this property.")
def list_entries(file: str | None, only: str | None) -> None:
    """List the entries of FILE, by default those of the built-in lexicon."""
    from spacegraph.learning.testing import find_senses

    lexicon = _load(file)
    senses = lexicon.senses if only is None else find_senses(lexicon, only)
    rows = [
        (
            s.entry,
            s.relation,
            ", ".join(s.subject_roles),
            ", ".join(s.object_roles),
            f"{s.confidence:g}",
            s.origin,
        )
        for s in senses
    ]
    print_table(COLUMNS, rows)


@command.command()
@click.argument("term")
@click.option("--lexicon", "file", metavar="FILE", help="Lexicon to look in; the built-in one by default.")
def explain(term: str, file: str | None) -> None:
    """Say in words what the entries for TERM (an entry, a word or a property) mean."""
    from spacegraph.learning.testing import describe_sense, find_senses

    for sense in find_senses(_load(file), term):
        click.echo(f"{sense.rule}: {describe_sense(sense)}")
        if sense.example:
            click.echo(f"    {sense.example}")


@command.command(name="test")
@click.argument("file", required=False)
@click.option("--ontology", metavar="PATH", help="Ontology of the properties; the built-in one by default.")
def test_entries(file: str | None, ontology: str | None) -> None:
    """Read every entry's example sentence and report the entries that do not fire. Exit code 1 if there are any."""
    from spacegraph.learning.testing import test_senses
    from spacegraph.ontology import load_ontology

    tested = list(test_senses(load_ontology(ontology), _load(file)))
    silent = [t for t in tested if not t.fired]
    for t in silent:
        heard = ", ".join(t.instead) or "nothing"
        click.echo(f"{t.sense.rule} does not fire on its example: {t.sense.example}\n    what fired: {heard}")
    click.echo(f"{len(tested) - len(silent)} of {len(tested)} entries with an example fire.", err=True)
    if silent:
        sys.exit(1)


def _load(file: str | None) -> Lexicon:
    from spacegraph.lexicon import load_lexicon

    return load_lexicon(file) if file else load_lexicon()
