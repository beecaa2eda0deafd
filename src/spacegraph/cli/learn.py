"""``spacegraph learn``: an ontology, and examples where there are any, to a lexicon."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph learn --ontology bridges.ttl examples.jsonl -o lexicon.ttl
  spacegraph learn --ontology bridges.ttl -o lexicon.ttl
  spacegraph facts --ontology bridges.ttl --lexicon lexicon.ttl article.txt
"""
)
@click.argument("examples", nargs=-1, metavar="[EXAMPLES...]")
@click.option(
    "--ontology", required=True, metavar="PATH", help="RDF file or folder with classes and properties."
)
@click.option("-o", "--output", required=True, metavar="FILE", help="Lexicon (Turtle) to write.")
@click.option(
    "--strict", is_flag=True, help="Refuse flawed examples and ontologies instead of leaving flaws out."
)
@click.option(
    "--entries-only", is_flag=True, help="Entries only, without clues, known labels and forms of values."
)
def command(examples: tuple[str, ...], ontology: str, output: str, strict: bool, entries_only: bool) -> None:
    """Learn how English expresses an ontology.

    EXAMPLES are JSON Lines files: {"id", "sent", "triples": [{"sub", "rel", "obj"}]} a line. Without any, the
    lexicon says what the ontology's labels say.
    """
    from spacegraph.learning import Learnt, learn, read_examples, write_lexicon
    from spacegraph.rdf_ontology import load_ontology

    loaded = load_ontology(ontology)
    found = []
    for path in examples:
        rows, problems = read_examples(path, loaded, strict=strict)
        for problem in problems:
            click.echo(problem, err=True)
        found += rows
    learnt = learn(loaded, found, strict=strict)
    for problem in learnt.problems:
        click.echo(problem, err=True)
    if entries_only:
        learnt = Learnt(learnt.lexicon, None, learnt.problems)
    written = write_lexicon(learnt, Path(output), loaded)
    kinds = {"learnt": 0, "derived": 0}
    for sense in learnt.lexicon.senses:
        kinds[sense.origin.partition(":")[0]] += 1
    parts = [
        f"{kinds['learnt']} entries learnt from {len(found)} examples",
        f"{kinds['derived']} derived from labels",
    ]
    if learnt.model is not None:
        clues = sum(len(part.clues) for part in learnt.model.parts)
        parts.append(f"{clues} clues for {len(learnt.model.parts)} properties")
    click.echo(f"{', '.join(parts)}: {written}", err=True)
