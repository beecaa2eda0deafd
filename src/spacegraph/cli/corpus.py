"""``spacegraph corpus``: many articles into a data set, and from there into a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spacegraph.cli.language_model import language_model_options
from spacegraph.cli.options import (
    article_arguments,
    counted,
    input_paths,
    parse_date,
    print_table,
    reading_options,
)

if TYPE_CHECKING:
    from spacegraph.corpus import ReadingOptions, Summary
    from spacegraph.llm import LanguageModel

__all__ = ["command"]

#: The exit code where all was read that could be, and something could not.
SOME_NOT_READ = 3


@click.group(
    epilog="""\b
Examples:
  spacegraph corpus read news/ feed.jsonl.gz -o dataset/
  spacegraph corpus load dataset/ store/
"""
)
def command() -> None:
    """Read many articles with all cores, and load them into one graph."""


@command.command(
    "read",
    epilog="""\b
Examples:
  spacegraph corpus read news/ -o dataset/
  spacegraph corpus read crawl.warc.gz feed.xml news.jsonl.zst -o dataset/ --workers 8
""",
)
@article_arguments
@reading_options
@language_model_options
@click.option(
    "-o",
    "--output",
    "dataset",
    required=True,
    type=click.Path(path_type=Path),
    help="The data set: a folder.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes that read; one for each core by default."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    help="Seconds that one document may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=256),
    default=4096,
    show_default=True,
    help="Megabytes that one worker may take.",
)
@click.option(
    "--shard",
    type=click.IntRange(min=1),
    default=64,
    show_default=True,
    help="Articles of one file of the data set; some hundreds for millions of articles.",
)
@click.option("--changed", is_flag=True, help="Read again what has changed in the inputs since a run before.")
@click.option(
    "--engine",
    type=click.Choice(["pool", "spark"]),
    default="pool",
    show_default=True,
    help="What reads: processes of this machine, or Spark.",
)
def read_command(
    inputs: tuple[str, ...],
    dataset: Path,
    date: str | None,
    model: str | None,
    ontology: str | None,
    lexicon: str | None,
    readers: tuple[str, ...] | None,
    llm: LanguageModel | None,
    workers: int | None,
    timeout: float,
    memory: int,
    shard: int,
    changed: bool,
    engine: str,
    **sources: Any,
) -> None:
    """Read articles into a data set of Parquet files.

    INPUT is a text, HTML, JSON, JSON Lines, RSS, Atom or WARC file (also .gz, .zst), a folder of them, or - for
    standard input. Stopped at any moment and begun again, it goes on where it was. What cannot be read is named in
    errors/, and the exit code is then 3.
    """
    from spacegraph.corpus import ReadingOptions
    from spacegraph.corpus.documents import SourceOptions

    options = ReadingOptions(
        model=model,
        ontology=ontology,
        lexicon=lexicon,
        readers=readers,
        llm=llm,
        sources=SourceOptions(published=parse_date(date), **sources),
        memory=memory << 20,
        timeout=timeout,
        shard=shard,
    )
    if llm is not None:
        click.echo(llm.where, err=True)
    summary = _read(engine, inputs, dataset, options, workers=workers, changed=changed)
    said = f"{counted(summary.facts, 'fact')} from {counted(summary.articles, 'article')} in {dataset}"
    if summary.there:
        said += f"; {summary.there:,} of them were there already"
    click.echo(said, err=True)
    if summary.not_read:
        click.echo(
            f"{counted(summary.not_read, 'document')} not read: `spacegraph corpus errors {dataset}` lists them and says why",
            err=True,
        )
        click.get_current_context().exit(SOME_NOT_READ)


# A corpus names in errors/ what it cannot read, and goes on: there is no first error to stop at.
read_command.params = [option for option in read_command.params if option.name != "strict"]


def _read(
    engine: str,
    inputs: tuple[str, ...],
    dataset: Path,
    options: ReadingOptions,
    *,
    workers: int | None,
    changed: bool,
) -> Summary:
    if engine == "spark":
        from spacegraph.corpus.spark import read_corpus_with_spark

        return read_corpus_with_spark(
            input_paths(inputs), dataset, workers=workers, options=options, changed=changed
        )
    from spacegraph.corpus import read_corpus

    return read_corpus(input_paths(inputs), dataset, workers=workers, options=options, changed=changed)


@command.command(
    "load",
    epilog="""\b
Examples:
  spacegraph corpus load dataset/ store/
  spacegraph corpus load dataset/ store/ --latest
""",
)
@click.argument("dataset", type=click.Path(path_type=Path))
@click.argument("store")
@click.option("--latest", is_flag=True, help="Of an article that was updated, load the latest state only.")
@click.option("--replace", is_flag=True, help="Replace articles that the store has with other facts.")
@click.option("--keep-text", is_flag=True, help="Keep the articles' texts in the store too.")
def load_command(dataset: Path, store: str, latest: bool, replace: bool, keep_text: bool) -> None:
    """Load a data set into a store, with who is who decided across all its articles.

    STORE is a folder, which is made where there is none, or an endpoint's URL. Loading twice changes nothing.
    """
    from spacegraph.corpus import load_corpus

    found = load_corpus(dataset, store, latest=latest, replace=replace, keep_text=keep_text)
    said = f"{counted(found.articles, 'article')} loaded into {store}"
    if found.there:
        said += f"; {counted(found.there, 'article')} there already, as {'it is' if found.there == 1 else 'they are'}"
    if found.copies:
        said += f"; {counted(found.copies, 'article')} {'is a copy' if found.copies == 1 else 'are copies'} of others"
    if found.superseded:
        said += f"; {counted(found.superseded, 'earlier state')} left out"
    click.echo(said, err=True)


@command.command(
    "errors",
    epilog="""\b
Examples:
  spacegraph corpus errors dataset/
""",
)
@click.argument("dataset", type=click.Path(path_type=Path))
def errors_command(dataset: Path) -> None:
    """List the documents that were not read, each with the reason; also of a data set whose reading goes on."""
    from spacegraph.corpus import Dataset

    found = Dataset.open(dataset, complete=False)
    columns = ["kind", "error", "doc_id", "message"]
    print_table(
        columns,
        [
            tuple(row.values())
            for name in found.shards()
            for row in found.read("errors", name, columns).to_pylist()
        ],
    )


@command.command(
    "copies",
    epilog="""\b
Examples:
  spacegraph corpus copies dataset/
""",
)
@click.argument("dataset", type=click.Path(path_type=Path))
def copies_command(dataset: Path) -> None:
    """List articles that are copies of one text, or states of one page: each group is one voice."""
    from spacegraph.corpus import Dataset
    from spacegraph.corpus.copies import find_copies, superseded

    groups = find_copies(Dataset.open(dataset))
    old = superseded(groups)
    rows = [
        (
            group.first.doc_id,
            voice.doc_id,
            voice.published.isoformat() if voice.published else "",
            voice.source,
            "superseded" if voice.doc_id in old else "",
        )
        for group in groups
        for voice in group.copies
    ]
    print_table(("first", "article", "published", "source", "state"), rows)


@command.command(
    "things",
    epilog="""\b
Examples:
  spacegraph corpus things dataset/
  spacegraph corpus things dataset/ --unsure
""",
)
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option("--unsure", is_flag=True, help="List names that may belong to other things, for you to decide.")
def things_command(dataset: Path, unsure: bool) -> None:
    """List the things that articles of a data set share, or that were kept apart, each with the reason."""
    from spacegraph.corpus import Dataset
    from spacegraph.corpus.identity import decide
    from spacegraph.corpus.loading import ontology_of
    from spacegraph.graph.library.identity import Identity

    found = Dataset.open(dataset)
    decisions = decide(found, Identity.of(ontology_of(found)))
    if unsure:
        rows = [(u.name, str(u.articles), ", ".join(u.candidates), u.reason) for u in decisions.unsure]
        print_table(("name", "articles", "may be", "reason"), rows)
        return
    print_table(
        ("name", "articles", "thing", "reason"),
        [(m.name, str(m.articles), m.iri, m.reason) for m in decisions.merged],
    )
