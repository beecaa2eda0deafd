"""``spacegraph lexicon``: list, explain and test the entries of a lexicon."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from spacegraph.cli.options import print_table

if TYPE_CHECKING:
    from spacegraph.lexicon import Lexicon

__all__ = ["command"]

CLUE_COLUMNS = ("property", "about", "sees", "weight", "examples", "precision")
COLUMNS = ("entry", "property", "subject", "object", "confidence", "origin")


@click.group(
    name="lexicon",
    epilog="""\b
Examples:
  spacegraph lexicon list lexicon.ttl
  spacegraph lexicon explain launch
  spacegraph lexicon test lexicon.ttl --ontology bridges.ttl
  spacegraph lexicon why lexicon.ttl "The Dale Bridge was built by Morrow Steel."
""",
)
def command() -> None:
    """Look at how words express the properties of an ontology."""


@command.command(name="list")
@click.argument("file", required=False)
@click.option("--property", "only", metavar="NAME", help="Only what speaks of this property.")
@click.option("--clues", is_flag=True, help="The learnt clues instead of the entries.")
def list_entries(file: str | None, only: str | None, clues: bool) -> None:
    """List the entries of FILE, by default those of the built-in lexicon."""
    from spacegraph.learning.extraction import load_model
    from spacegraph.learning.testing import find_senses

    lexicon = _load(file)
    if clues:
        parts = [part for path in lexicon.clues for part in load_model(path).parts]
        print_table(
            CLUE_COLUMNS,
            [
                (part.relation, c.side, c.sees, f"{c.weight:+g}", str(c.support), f"{c.precision:g}")
                for part in parts
                for c in part.clues
                if only is None or part.relation == only
            ],
        )
        return
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
    """Say in words what the entries for TERM (an entry, a word or a property) mean, and which clues look for it."""
    from spacegraph.errors import UnknownTermError
    from spacegraph.learning.extraction import load_model
    from spacegraph.learning.testing import (
        describe_clue,
        describe_sense,
        find_clues,
        find_labels,
        find_senses,
    )

    lexicon = _load(file)
    lines = []
    for model in map(load_model, lexicon.clues):
        lines += [f"clue: {describe_clue(relation, clue)}" for relation, clue in find_clues(model, term)]
        lines += [f"label: {words!r} stands for {label!r}" for words, label in find_labels(model, term)]
    try:
        senses = find_senses(lexicon, term)
    except UnknownTermError:
        if not lines:
            raise
        senses = ()
    for sense in senses:
        click.echo(f"{sense.rule}: {describe_sense(sense)}")
        if sense.example:
            click.echo(f"    {sense.example}")
    for line in lines:
        click.echo(line)


@command.command(name="why")
@click.argument("file")
@click.argument("sentence")
@click.option("--all", "everything", is_flag=True, help="Unlikely readings too.")
def explain_sentence(file: str, sentence: str, everything: bool) -> None:
    """Say what the clues of the lexicon FILE read in SENTENCE, and which clues decide it.

    What is likelier than 0.5 becomes a fact, where the ontology admits it.
    """
    from spacegraph.learning.extraction import load_model
    from spacegraph.learning.testing import why

    if not (paths := _load(file).clues):
        click.echo(f"{file} has no clues: its entries read alone.", err=True)
    for path in paths:
        for reason in why(load_model(path), sentence, 0.0 if everything else 0.2):
            click.echo(f"{' | '.join(reason.triple)}: {reason.probability:.2f}")
            click.echo(f"    {reason.base:+g} base")
            for clue in reason.clues:
                click.echo(f"    {clue.weight:+g} {clue.side} {clue.sees}")


@command.command(name="test")
@click.argument("file", required=False)
@click.option("--ontology", metavar="PATH", help="Ontology of the properties; the built-in one by default.")
def test_entries(file: str | None, ontology: str | None) -> None:
    """Read every entry's example sentence and report the entries that do not fire.

    Also reports what names a property that the ontology lacks. Exit code 1 if there is anything to report.
    """
    from spacegraph.learning.testing import test_senses, unknown_properties
    from spacegraph.rdf_ontology import load_ontology

    loaded, lexicon = load_ontology(ontology), _load(file)
    unknown = unknown_properties(loaded, lexicon)
    for problem in unknown:
        click.echo(problem)
    tested = list(test_senses(loaded, lexicon))
    silent = [t for t in tested if not t.fired]
    for t in silent:
        heard = ", ".join(t.instead) or "nothing"
        click.echo(f"{t.sense.rule} does not fire on its example: {t.sense.example}\n    what fired: {heard}")
        if not t.has_word:
            click.echo(f"    the example lacks its word: {' or '.join(t.sense.forms)}")
    click.echo(f"{len(tested) - len(silent)} of {len(tested)} entries with an example fire.", err=True)
    if silent or unknown:
        sys.exit(1)


def _load(file: str | None) -> Lexicon:
    from spacegraph.lexicon import load_lexicon

    return load_lexicon(file) if file else load_lexicon()
