"""``spacegraph facts``: the facts of articles as a table or as JSON Lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from spacegraph.cli.language_model import Told, language_model_options
from spacegraph.cli.options import (
    Refusals,
    article_arguments,
    input_paths,
    parse_date,
    print_table,
    reading_options,
    show,
)

if TYPE_CHECKING:
    from spacegraph.llm import LanguageModel
    from spacegraph.model import Fact

__all__ = ["command", "fact_row"]

COLUMNS = ("subject", "relation", "object", "factuality", "according to", "time")


@click.command(
    epilog="""\b
Examples:
  spacegraph facts article.txt
  spacegraph facts article.txt --asserted
  spacegraph facts articles.jsonl --json | jq .relation
"""
)
@article_arguments
@reading_options
@language_model_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with the evidence.")
@click.option("--asserted", is_flag=True, help="Only what the articles assert themselves.")
def command(
    inputs: tuple[str, ...],
    date: str | None,
    as_json: bool,
    asserted: bool,
    strict: bool,
    llm: LanguageModel | None,
    **options: Any,
) -> None:
    """List the facts that articles hold.

    INPUT is a text, Markdown, HTML or JSON Lines file (also .gz or .zst), a feed, a WARC file, a folder of them, or - for standard input. What
    cannot be read is told of at the end, and the exit code is 1.
    """
    from spacegraph.api import read_facts
    from spacegraph.graph import facts_to_jsonl
    from spacegraph.model import Factuality

    rows: list[tuple[str, ...]] = []
    refusals = Refusals(strict=strict)
    told = Told(llm)
    try:
        read = read_facts(
            input_paths(inputs),
            published=parse_date(date),
            on_error=refusals.add,
            llm=llm,
            on_llm=told,
            **options,
        )
        for _, facts in read:
            shown = [f for f in facts if not asserted or f.factuality is Factuality.ASSERTED]
            if as_json:
                for line in facts_to_jsonl(shown):
                    show(line, nl=False)
            else:
                rows.extend(map(fact_row, shown))
    finally:
        told.finish()
    if not as_json and (rows or not refusals):
        print_table(COLUMNS, rows)
    told.tell()
    refusals.tell()


def fact_row(fact: Fact) -> tuple[str, ...]:
    """A fact as a row of the table."""
    return (
        fact.subject.label,
        fact.relation,
        fact.object.label,
        f"{fact.factuality}, ended" if fact.ended else fact.factuality,
        fact.attributed_to.label if fact.attributed_to else "",
        fact.time,
    )
