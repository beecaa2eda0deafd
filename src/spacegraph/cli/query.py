"""``spacegraph query``: SPARQL over a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spacegraph.cli.options import load_graph, print_table, show
from spacegraph.errors import ConfigError, QueryError

if TYPE_CHECKING:
    from spacegraph.graph import QueryResult

__all__ = ["command"]

FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "turtle", "nt", "rdfxml", "jsonld")


@click.command(
    epilog="""\b
Examples:
  spacegraph query graph.ttl 'SELECT ?who WHERE { ?who sg:criticized ?whom . ?whom rdfs:label "Bob Ray" }'
  spacegraph query graph.ttl who "Ann Lee"
  spacegraph query graph.ttl said-about -p speaker="Ann Lee" -p topic=NASA
  spacegraph query graph.ttl question.rq --format csv
  spacegraph query --list
"""
)
@click.argument("graph", required=False)
@click.argument("query", required=False)
@click.argument("values", nargs=-1, metavar="[VALUE]...")
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a named question; may be repeated.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Form of the answer; the last four are for the graph of a CONSTRUCT or DESCRIBE.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Give up after so long.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=None, metavar="ROWS", help="At most so many rows."
)
@click.option("--list", "list_", is_flag=True, help="List the named questions.")
def command(
    graph: str | None,
    query: str | None,
    values: tuple[str, ...],
    params: tuple[str, ...],
    format_: str,
    timeout: float,
    limit: int | None,
    list_: bool,
) -> None:
    """Ask a graph.

    GRAPH is a file in any RDF format, a store's folder or an endpoint's URL. QUERY is SPARQL, a file that holds it
    (such as question.rq), - for standard input, or the name of a question from --list with what it takes: VALUEs in its
    order, or -p NAME=VALUE. The prefixes sg:, rdfs:, prov: and the like are known.
    """
    if list_:
        _list()
        return
    if not graph or not query:
        msg = "spacegraph query needs a GRAPH and a QUERY; spacegraph query --list shows the named questions."
        raise click.UsageError(msg)
    from spacegraph.graph.operations.no_answer import given, with_known_names
    from spacegraph.graph.query.sparql import named_queries
    from spacegraph.graph.stores.remote import RemoteStore

    parameters = dict(map(_param, params))
    text = _text(query)
    is_named = text in named_queries()
    if is_named or values:
        # Values without names are those of a named question; named_query says what is wrong with another one.
        parameters = given(text, values, parameters)
    kg = load_graph(graph)
    if isinstance(kg.store, RemoteStore):
        kg.store.timeout = timeout
    if is_named:
        parameters = with_known_names(kg, text, parameters, timeout=timeout)
    result = kg.query(text, timeout=timeout, limit=limit, **parameters)
    if format_ == "table" and result.kind != "graph":
        _print(result, whole=not is_named)
    else:
        answer = result.format("turtle" if format_ == "table" else format_)
        show(answer, nl=not answer.endswith("\n"))
    if not len(result) and result.kind != "ask":
        click.echo(" ".join(filter(None, ("The graph has no answer to that.", result.hint))), err=True)
    if result.truncated:
        shown = f"{len(result):,} rows are" if len(result) > 1 else "row is"
        click.echo(f"Only the first {shown} shown; raise --limit to see more.", err=True)


def _print(result: QueryResult, *, whole: bool) -> None:
    """The answer as a table, without the columns of a named question that are empty in each row."""
    rows = result.texts()
    kept = [i for i in range(len(result.columns)) if whole or not rows or any(row[i] for row in rows)]
    print_table([result.columns[i] for i in kept], [[row[i] for i in kept] for row in rows])


def _text(query: str) -> str:
    from spacegraph.graph.query.sparql import named_queries

    if query == "-":
        return _decoded(sys.stdin.buffer.read(), "The query from standard input")
    path = Path(query)
    if path.suffix in (".rq", ".sparql") or (query not in named_queries() and _is_file(path)):
        try:
            return _decoded(path.read_bytes(), f"The query file {query}")
        except OSError as error:
            msg = f"The query file {query} cannot be read: {error.strerror}."
            raise QueryError(msg) from error
    return query


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # SPARQL itself, which may be longer than a path can be.
        return False


def _decoded(data: bytes, what: str) -> str:
    try:
        # Some editors put a byte order mark first.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{what} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        raise QueryError(msg) from error


def _param(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        msg = f"--param takes NAME=VALUE, such as who='Ann Lee'; {text!r} is not of that form."
        raise ConfigError(msg)
    return name, value


def _list() -> None:
    from spacegraph.graph.query.sparql import named_queries

    rows = [
        (
            q.name,
            q.question,
            ", ".join(f"{p.name}={p.example}" if p.example else p.name for p in q.parameters),
        )
        for q in named_queries().values()
    ]
    print_table(("name", "answers", "parameters"), rows)
