"""Options and steps that several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spacegraph.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacegraph.graph import KnowledgeGraph
    from spacegraph.model import Article

__all__ = ["article_arguments", "load_graph", "read_inputs", "reading_options"]


def article_arguments(function: Callable[..., Any]) -> Callable[..., Any]:
    """INPUT… and what is known about the articles in it."""
    for decorate in (
        click.option(
            "--date",
            "date",
            metavar="YYYY-MM-DD",
            help="When the articles were published, where they do not say it.",
        ),
        click.option(
            "--any-language", is_flag=True, help="Read texts that do not look English all the same."
        ),
        click.option(
            "--max-chars",
            type=click.IntRange(min=1),
            default=None,
            help="Longest article, in characters, that is read.",
        ),
        click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    ):
        function = decorate(function)
    return function


def reading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Which model, ontology and lexicon to read by."""
    for decorate in (
        click.option(
            "--model",
            default=None,
            metavar="NAME",
            help="spaCy pipeline: a package or a folder. Default: en_core_web_sm.",
        ),
        click.option(
            "--ontology",
            default=None,
            metavar="PATH",
            help="Turtle file or folder to read by instead of the built-in ontology.",
        ),
        click.option("--lexicon", default=None, metavar="FILE", help="Lexicon (Turtle) to read by."),
    ):
        function = decorate(function)
    return function


def read_inputs(
    inputs: tuple[str, ...], *, date: str | None, any_language: bool, max_chars: int | None
) -> list[Article]:
    """The articles that the arguments name.

    Raises:
        ConfigError: The date is not one.
        SourceError: An input cannot be read.
    """
    from spacegraph.sources import MAX_CHARS, read_articles

    published = None
    if date:
        try:
            published = dt.date.fromisoformat(date)
        except ValueError as error:
            msg = f"--date takes a day as YYYY-MM-DD, such as 2022-03-09; {date!r} is not one."
            raise ConfigError(msg) from error
    return list(
        read_articles(
            inputs, published=published, any_language=any_language, max_chars=max_chars or MAX_CHARS
        )
    )


def load_graph(graph: str) -> KnowledgeGraph:
    """The graph in a file of any RDF format, a store's directory or behind an endpoint's URL.

    Raises:
        StoreError: It cannot be opened or read.
    """
    from spacegraph.graph import KnowledgeGraph

    return KnowledgeGraph.load(graph if "://" in graph else Path(graph))
