"""Running a query: its answer, read within a time and a number of rows."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from spacegraph.errors import ConfigError, QueryError
from spacegraph.graph.query.results import QueryResult
from spacegraph.graph.rdf.engine_errors import said_by_engine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacegraph.graph.query.protocol import Dataset, GraphStore

__all__ = ["MAX_MEMORY", "run_query"]

#: Bytes by which a process may grow while a query with a time-out runs: a few nested REPLACE fill any memory in seconds.
MAX_MEMORY = 4_000_000_000
#: What a term takes in an answer beside its text, about.
_OVERHEAD = 20
#: Seconds between two looks at the memory.
_LOOK = 0.05


def run_query(
    store: GraphStore,
    text: str,
    *,
    timeout: float | None = None,
    limit: int | None = None,
    max_bytes: int | None = None,
    dataset: Dataset | None = None,
) -> QueryResult:
    """Run a query that :func:`spacegraph.graph.query.sparql.prepare` has passed.

    Oxigraph's Python API cannot stop a query that it has begun. With a time-out the query therefore runs in a
    thread of its own; when time is up the caller goes on, and the thread ends with its query or with the process.

    Args:
        store: The store to ask.
        text: SPARQL.
        timeout: Seconds until it is given up; None waits.
        limit: Rows, or triples, after which the answer is cut short; None takes all.
        max_bytes: Bytes of the terms of an answer, about, after which it is cut short; None takes all.
        dataset: The graphs that the query is about, whatever it says itself.

    Raises:
        QueryError: The query is malformed, fails, takes longer than the time-out, or (with a time-out) fills the memory.
        ConfigError: Time-out or limit are not positive.
    """
    if timeout is not None and not timeout > 0:  # That is so of NaN, too.
        message = f"The time-out is {timeout} seconds; it must be more than 0."
        raise ConfigError(message)
    if limit is not None and limit < 0:
        message = f"The row limit is {limit}; it must be 0 or more."
        raise ConfigError(message)
    if timeout is None:
        return _answer(store, text, limit, max_bytes=max_bytes, dataset=dataset)
    box: dict[str, Any] = {}
    stop = threading.Event()

    def work() -> None:
        try:
            box["result"] = _answer(store, text, limit, stop, max_bytes=max_bytes, dataset=dataset)
        except BaseException as error:  # noqa: BLE001  (handed to the caller's thread)
            box["error"] = error

    thread = threading.Thread(target=work, name="spacegraph-query", daemon=True)
    due, before = time.monotonic() + timeout, most_memory()
    thread.start()
    while thread.is_alive() and (left := due - time.monotonic()) > 0:
        thread.join(min(left, _LOOK))
        if most_memory() - before > MAX_MEMORY:
            stop.set()
            message = (
                f"The query took more than {MAX_MEMORY:,} bytes of memory and was given up. Ask for less."
            )
            raise QueryError(message)
    if thread.is_alive():
        stop.set()
        message = f"The query took longer than {timeout:g} s and was given up. Ask for less (LIMIT, a named thing instead of a variable), or raise the time-out."
        raise QueryError(message)
    if "error" in box:
        raise box["error"]
    result: QueryResult = box["result"]
    return result


def most_memory() -> int:
    """The most memory, in bytes, that this process has held so far; 0 where the system does not tell."""
    with contextlib.suppress(ImportError):
        import resource
        import sys

        # Linux counts in kibibytes.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return 0


def _answer(
    store: GraphStore,
    text: str,
    limit: int | None,
    stop: threading.Event | None = None,
    *,
    max_bytes: int | None = None,
    dataset: Dataset | None = None,
) -> QueryResult:
    answer = store.query(text) if dataset is None else store.query(text, dataset=dataset)
    if isinstance(answer, ox.QueryBoolean):
        return QueryResult(kind="ask", answer=bool(answer))
    try:
        if max_bytes is not None:
            items, truncated = _read_bytes(answer, limit, max_bytes)
        else:
            items = list(answer) if limit is None and stop is None else _read(answer, limit, stop)
            truncated = limit is not None and len(items) > limit
    except (OSError, RuntimeError) as error:
        message = f"The query failed: {said_by_engine(error)}"
        raise QueryError(message) from error
    if truncated and limit is not None:
        del items[limit:]
    if isinstance(answer, ox.QueryTriples):
        return QueryResult(kind="graph", triples=items, truncated=truncated)
    names = tuple([variable.value for variable in answer.variables])
    return QueryResult(kind="select", variables=names, solutions=items, truncated=truncated)


def _read(answer: Iterable[Any], limit: int | None, stop: threading.Event | None) -> list[Any]:
    rows = answer if limit is None else itertools.islice(answer, limit + 1)
    if stop is None:
        return list(rows)
    out: list[Any] = []
    while not stop.is_set():
        some = list(itertools.islice(rows, 1000))
        out += some
        if len(some) < 1000:
            break
    return out


def _read_bytes(answer: Iterable[Any], limit: int | None, max_bytes: int) -> tuple[list[Any], bool]:
    """The rows until one of the limits is reached, and whether there are more."""
    out: list[Any] = []
    size = 0
    for row in answer:
        if limit is not None and len(out) == limit:
            return out, True
        size += sum(_OVERHEAD + len(getattr(term, "value", None) or "") for term in row)
        if size > max_bytes:
            return out, True
        out.append(row)
    return out, False
