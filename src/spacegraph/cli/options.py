"""Options and steps that several commands share."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from spacegraph.errors import ConfigError, SourceError
from spacegraph.sources import DEFAULT_MAX_CHARS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacegraph.graph import KnowledgeGraph
    from spacegraph.graph.library.articles import ArticleStore

__all__ = [
    "Refusals",
    "article_arguments",
    "counted",
    "format_option",
    "input_paths",
    "load_graph",
    "open_articles",
    "parse_date",
    "plain",
    "print_table",
    "reading_options",
    "show",
    "timeout_option",
]

#: Characters of a cell of a table, after which it goes on in the next line: one long clause does not push everything else
#: out of sight.
_CELL = 80
#: Characters between cells, and of the widest table in a pipe or file.
_GAP, _WIDEST = 2, 400

#: The form of what is written.
format_option = click.option(
    "--format",
    "format_",
    metavar="NAME",
    help="Instead of what the suffix of OUTPUT says; Turtle by default.",
)
#: How long one query may take.
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="For one query.",
)


class Refusals:
    """The inputs that could not be read, to be told of when the others have been.

    Args:
        strict: Whether the first of them ends it all.
    """

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._errors: list[SourceError] = []

    def __len__(self) -> int:
        return len(self._errors)

    def add(self, error: SourceError) -> None:
        """Keep an error for the end; raise it if it is to end all."""
        if self._strict:
            raise error
        self._errors.append(error)

    def tell(self) -> None:
        """Raise a :class:`~spacegraph.errors.SourceError` that lists all inputs which could not be read, if there are any."""
        if len(self._errors) == 1:
            raise self._errors[0]
        if self._errors:
            lines = "".join(f"\n  {error}" for error in self._errors)
            message = f"{counted(len(self._errors), 'input')} could not be read:{lines}"
            raise SourceError(message)


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
            "--encoding",
            metavar="NAME",
            help="Encoding of text and HTML, such as cp1251, where it is not found out.",
        ),
        click.option(
            "--any-language", is_flag=True, help="Read texts that do not look English all the same."
        ),
        click.option(
            "--max-chars",
            type=click.IntRange(min=1),
            default=DEFAULT_MAX_CHARS,
            show_default=True,
            help="Longest article, in characters, that is read.",
        ),
        click.option(
            "--strict",
            is_flag=True,
            help="Stop at the first input that cannot be read, with nothing written.",
        ),
        click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    ):
        function = decorate(function)
    return function


def _readers(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    return None if value is None else tuple(name.strip() for name in value.split(",") if name.strip())


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
        click.option(
            "--with",
            "readers",
            default=None,
            metavar="READERS",
            callback=_readers,
            help="Who reads: rules (the lexicon), reader (the trained model), llm (a language model). Default: all there are.",
        ),
    ):
        function = decorate(function)
    return function


def parse_date(date: str | None) -> dt.date | None:
    """The day that ``--date`` names.

    Raises:
        ConfigError: It is not a day.
    """
    if not date:
        return None
    try:
        return dt.date.fromisoformat(date)
    except ValueError as error:
        msg = f"--date takes a day as YYYY-MM-DD, such as 2022-03-09; {date!r} is not one."
        raise ConfigError(msg) from error


def counted(count: int, noun: str) -> str:
    """A number with its noun: "1 article", "2 articles"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def plain(text: str) -> str:
    """Text for a terminal: what would command it (escape sequences, changes of direction) is shown and does nothing."""
    from spacegraph.graph.query.results import without_controls

    return without_controls(text)


def show(data: str | bytes | None, *, nl: bool = True) -> None:
    """Write data to standard output: as they are, but on a terminal, which they must not command."""
    if isinstance(data, str) and sys.stdout.isatty():
        data = plain(data)
    click.echo(data, nl=nl)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on standard output, as wide as the terminal; in a pipe or file as wide as it needs.

    Cells are divided between words only: where not even the longest words have room beside each other, the table is wider
    than the terminal.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    cells = [[name, *(row[i] for row in rows)] for i, name in enumerate(columns)]
    # A "word" longer than a cell is an address or the like, and may be divided.
    widths = [min(max(len(w) for cell in column for w in (cell.split() or [""])), _CELL) for column in cells]
    wanted = [min(max(map(len, column)), _CELL) for column in cells]
    room = (console.width if console.is_terminal else _WIDEST) - _GAP * len(widths) - sum(widths)
    # What room there is goes to the narrowest columns first, since it takes least to make those whole.
    for i in sorted(range(len(widths)), key=lambda i: (wanted[i], i)):
        more = max(0, min(wanted[i] - widths[i], room))
        widths[i] += more
        room -= more
    console = Console(highlight=False, width=sum(widths) + _GAP * len(widths) + _GAP)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, width in zip(columns, widths, strict=True):
        table.add_column(name, overflow="fold", width=width)
    for row in rows:
        # What an article says is never taken for markup.
        table.add_row(*(Text(plain(cell)) for cell in row))
    console.print(table)


def input_paths(inputs: tuple[str, ...]) -> list[str | Path]:
    """The INPUT arguments: always paths, whatever they look like, or - for standard input."""
    return [name if name == "-" else Path(name) for name in inputs]


def open_articles(store: str, *, writable: bool = False) -> ArticleStore:
    """The articles of a store that is there already.

    Raises:
        StoreError: It is not there, is no store, or another process is writing in it.
    """
    from spacegraph.graph.library.articles import ArticleStore

    return ArticleStore.open(store if "://" in store else Path(store), writable=writable)


def load_graph(graph: str) -> KnowledgeGraph:
    """The graph in a file of any RDF format, a store's directory or behind an endpoint's URL.

    Raises:
        StoreError: It cannot be opened or read.
    """
    from spacegraph.graph import KnowledgeGraph

    return KnowledgeGraph.load(graph if "://" in graph else Path(graph))
