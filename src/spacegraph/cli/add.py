"""``spacegraph add`` and ``spacegraph replace``: articles into a store."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spacegraph.cli.language_model import Told, language_model_options
from spacegraph.cli.options import (
    Refusals,
    article_arguments,
    counted,
    input_paths,
    parse_date,
    reading_options,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacegraph.graph.library.articles import Reading
    from spacegraph.llm import LanguageModel

__all__ = ["add_command", "replace_command"]


def _store_options(function: Callable[..., Any]) -> Callable[..., Any]:
    function = click.option("--keep-text", is_flag=True, help="Keep the articles' texts in the store too.")(
        function
    )
    function = language_model_options(reading_options(article_arguments(function)))
    return click.argument("store")(function)


@click.command(
    epilog="""\b
Examples:
  spacegraph add store/ article.txt
  spacegraph add store/ news/ --date 2022-03-09
  spacegraph add http://localhost:7878/query articles.jsonl
"""
)
@_store_options
def add_command(store: str, **options: Any) -> None:
    """Add articles to a store.

    STORE is a folder, which is made where there is none, or an endpoint's URL. Adding an article twice changes
    nothing; where its facts have changed, use replace. What cannot be read is told of at the end, and the exit code is 1.
    """
    _put(store, replace=False, **options)


@click.command(
    epilog="""\b
Examples:
  spacegraph replace store/ article.txt
"""
)
@_store_options
def replace_command(store: str, **options: Any) -> None:
    """Put articles in the place of those with the same identifiers.

    Articles that the store does not have are added.
    """
    _put(store, replace=True, **options)


def _put(
    store: str,
    *,
    replace: bool,
    inputs: tuple[str, ...],
    date: str | None,
    keep_text: bool,
    model: str | None,
    ontology: str | None,
    lexicon: str | None,
    strict: bool,
    readers: tuple[str, ...] | None,
    llm: LanguageModel | None,
    **reading: Any,
) -> None:
    from spacegraph.api import to_articles
    from spacegraph.graph.library.articles import ArticleStore
    from spacegraph.graph.rdf.run import current_run
    from spacegraph.reading import load_reader

    refusals = Refusals(strict=strict)
    articles = to_articles(input_paths(inputs), published=parse_date(date), on_error=refusals.add, **reading)
    # Where nothing can be read, that is said before there is a store for it.
    first = list(islice(articles, 1))
    if not first:
        refusals.tell()
    told = Told(llm)
    reader = load_reader(
        model=model, ontology=ontology, lexicon=lexicon, readers=readers, llm=llm, on_llm=told
    )
    there = 0

    def read() -> Iterator[Reading]:
        nonlocal there
        for found in reader.read(chain(first, articles)):
            there += 1
            yield found

    try:
        with ArticleStore.open(
            store if "://" in store else Path(store), create=True, ontology=reader.ontology
        ) as opened:
            changed = opened.add_many(
                read(),
                run=current_run(reader.model, reader.ontology),
                keep_text=keep_text,
                replace=replace,
            )
    finally:
        told.finish()
    there -= len(changed)
    said = f"{counted(len(changed), 'article')} {'put into' if replace else 'added to'} {store}"
    if there:
        said += f"; {counted(there, 'article')} there already, as {'it is' if there == 1 else 'they are'}"
    click.echo(said, err=True)
    told.tell()
    refusals.tell()
