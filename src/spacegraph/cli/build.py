"""``spacegraph build``: articles to a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spacegraph.cli.language_model import Told, language_model_options
from spacegraph.cli.options import (
    Refusals,
    article_arguments,
    counted,
    format_option,
    input_paths,
    parse_date,
    reading_options,
    show,
)

if TYPE_CHECKING:
    from spacegraph.llm import LanguageModel

__all__ = ["command"]


@click.command(
    epilog="""\b
Examples:
  spacegraph build article.txt -o graph.ttl
  spacegraph build news/ page.html feed.jsonl -o graph.jsonld
  spacegraph build article.txt --only-facts > facts.ttl
  spacegraph build article.txt -o graph.ttl --llm http://localhost:11434/v1 --llm-model qwen3:8b
  cat article.txt | spacegraph build - --date 2022-03-09 > graph.ttl
"""
)
@article_arguments
@reading_options
@language_model_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to write; standard output if left out."
)
@format_option
@click.option(
    "--only-facts", is_flag=True, help="Only what is asserted, and names: no provenance. For reading."
)
def command(
    inputs: tuple[str, ...],
    date: str | None,
    output: Path | None,
    format_: str | None,
    only_facts: bool,
    strict: bool,
    llm: LanguageModel | None,
    **options: Any,
) -> None:
    """Read articles into a graph.

    INPUT is a text, Markdown, HTML or JSON Lines file (also .gz or .zst), a feed, a WARC file, a folder of them, or - for standard input; or the data
    set of `spacegraph corpus read`, alone. What cannot be read is told of at the end, and the exit code is 1; the graph
    holds the rest.
    """
    from spacegraph.api import build
    from spacegraph.graph.formats.export import export_format
    from spacegraph.writing import require_folder

    # What is wrong with the output should be said before the reading, not after.
    format_ = export_format(output, format_)
    if output is not None:
        require_folder(output)
    if len(inputs) == 1 and (Path(inputs[0]) / "spacegraph-dataset.json").is_file():
        _build_from_dataset(inputs[0], output, format_, only_facts=only_facts)
        return
    refusals = Refusals(strict=strict)
    told = Told(llm)
    try:
        kg = build(
            input_paths(inputs),
            published=parse_date(date),
            on_error=refusals.add,
            llm=llm,
            on_llm=told,
            **options,
        )
    finally:
        told.finish()
    if not kg.articles:
        refusals.tell()
    if output is None:
        show(kg.export(None, format_, only_facts=only_facts), nl=False)
    else:
        kg.export(output, format_, only_facts=only_facts)
        click.echo(
            f"{counted(len(kg.facts), 'fact')} from {counted(len(kg.articles), 'article')} in {output}",
            err=True,
        )
    told.tell()
    refusals.tell()


def _build_from_dataset(dataset: str, output: Path | None, format_: str, *, only_facts: bool) -> None:
    """The graph of a data set: as N-Quads straight to the file, in other formats through a graph in memory."""
    from tempfile import TemporaryDirectory

    from spacegraph.corpus import write_nquads
    from spacegraph.graph import KnowledgeGraph

    if output is not None and format_ == "nquads" and not only_facts:
        found = write_nquads(dataset, output)
    else:
        with TemporaryDirectory() as folder:
            found = write_nquads(dataset, Path(folder) / "graph.nq")
            kg = KnowledgeGraph.load(Path(folder) / "graph.nq")
        if output is None:
            show(kg.export(None, format_, only_facts=only_facts), nl=False)
            return
        kg.export(output, format_, only_facts=only_facts)
    click.echo(f"{counted(found.articles, 'article')} in {output}", err=True)
