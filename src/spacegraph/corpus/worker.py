"""A process that reads documents for another one, which begins it with the number of a connection and its own process number.

It loads the reader once, and is told documents through a connection. What it says back:

* ``("ready", "")`` or ``("broken", message)`` once;
* ``("at", n)`` before each handful of documents, so that whoever waits knows where it is when it dies or hangs;
* ``("done", result)`` or ``("failed", message)`` at the end of a job.

It ends with the process that began it, even where that was killed.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.corpus.documents import Document, Refusal, SourceOptions, article_of
from spacegraph.errors import SourceError, SpacegraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacegraph.corpus.tables import Rows
    from spacegraph.llm import LanguageModel
    from spacegraph.model import Article
    from spacegraph.reading import Reader

__all__ = ["Job", "ReadingOptions", "Result", "read_documents", "write_shard"]

#: Documents, and about the most of their characters, that are read at once: several are faster than one by one.
HANDFUL, HANDFUL_CHARS = 16, 200_000


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """By what a worker reads, and within which limits.

    ``memory`` is in bytes, for one worker; ``timeout`` in seconds, for one document; ``shard`` in documents.
    """

    model: str | None = None
    ontology: str | None = None
    lexicon: str | None = None
    readers: tuple[str, ...] | None = None
    #: A language model that reads, too; its budget is that of one worker.
    llm: LanguageModel | None = None
    sources: SourceOptions = field(default_factory=SourceOptions)
    memory: int = 4 << 30
    timeout: float = 300.0
    shard: int = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Documents to read. ``singly`` are the places of those to be read one by one.

    The tables go into files ``folder/NAME.TABLE``; with no folder they come back.
    """

    documents: tuple[Document, ...]
    singly: frozenset[int] = frozenset()
    folder: str = ""
    name: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a job: how many rows each table has and, where they were not written, the tables in Arrow's IPC form."""

    counts: dict[str, int]
    tables: dict[str, bytes] = field(default_factory=dict)


def read_documents(
    reader: Reader,
    documents: tuple[Document, ...],
    options: SourceOptions,
    *,
    singly: frozenset[int] = frozenset(),
    at: Callable[[int], None] = lambda _: None,
) -> Rows:
    """Read documents into rows; what goes wrong with one of them becomes a row of ``errors``.

    Args:
        reader: The reader.
        documents: What to read.
        options: How sources are read.
        singly: The places of documents to be read one by one.
        at: Called with the place of the first document of each handful, before it is read.
    """
    from spacegraph.corpus.tables import Rows

    rows = Rows()
    for handful in _handfuls(documents, singly):
        at(handful[0])
        articles: list[tuple[Document, Article | Refusal]] = []
        for place in handful:
            document = documents[place]
            articles.append((document, _article(document, options)))
        found = [article for _, article in articles if not isinstance(article, Refusal)]
        read: dict[str, Rows | Refusal] = {}
        try:
            for article, doc, facts, entities in list(reader.read_docs(found)):
                one = read[article.id] = Rows()
                one.add_article(article, facts, entities, doc, reader.ontology)
        except Exception:  # noqa: BLE001  (whatever it was, each is tried alone)
            read = {article.id: _read_alone(reader, article) for article in found}
        for document, given in articles:
            outcome = given if isinstance(given, Refusal) else read[given.id]
            if isinstance(outcome, Refusal):
                rows.add_error(document.id, document.label, outcome.kind, outcome.error, outcome.message)
            else:
                for row in outcome.tables["articles"]:
                    row["input"] = document.label
                for name, some in outcome.tables.items():
                    rows.tables[name] += some
    return rows


def _article(document: Document, options: SourceOptions) -> Article | Refusal:
    if document.refusal is not None:
        return document.refusal
    try:
        return article_of(document, options)
    except SourceError as error:
        return Refusal("refused", type(error).__name__, str(error))
    except Exception as error:  # noqa: BLE001  (one document never ends the run)
        return _failure(document.label, error)


def _read_alone(reader: Reader, article: Article) -> Rows | Refusal:
    from spacegraph.corpus.tables import Rows

    try:
        ((_, doc, facts, entities),) = reader.read_docs([article])
        rows = Rows()
        rows.add_article(article, facts, entities, doc, reader.ontology)
    except Exception as error:  # noqa: BLE001  (one document never ends the run)
        return _failure(f"The article {article.id!r}", error)
    return rows


def _failure(label: str, error: Exception) -> Refusal:
    if isinstance(error, MemoryError):
        message = f"{label} needs more memory than a worker may take. Raise --memory, or divide it."
        return Refusal("failed", "memory", message)
    said = " ".join(str(error).split())[:300]
    return Refusal(
        "failed",
        type(error).__name__,
        f"{label} could not be read: {type(error).__name__} {said}".rstrip() + ".",
    )


def _handfuls(documents: tuple[Document, ...], singly: frozenset[int]) -> Iterator[list[int]]:
    """Places of documents, some at a time; the same for the same documents."""
    handful: list[int] = []
    size = 0
    for place, document in enumerate(documents):
        if place in singly:
            if handful:
                yield handful
                handful, size = [], 0
            yield [place]
            continue
        handful.append(place)
        size += document.size
        if len(handful) == HANDFUL or size >= HANDFUL_CHARS:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful


def write_shard(rows: Rows, folder: Path, name: str, digest: str) -> None:
    """Write the tables of a shard as ``folder/NAME.TABLE``, and have the disk take them.

    Raises:
        OSError: The disk does not take them.
    """
    import pyarrow.parquet as pq

    for table, data in rows.arrow().items():
        path = folder / f"{name}.{table}"
        marked = data.replace_schema_metadata({"spacegraph.shard": digest})
        with path.open("wb") as file:
            pq.write_table(marked, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())


def main() -> None:
    """Serve whoever began this process until that goes away."""
    from multiprocessing.connection import Connection

    connection = Connection(int(sys.argv[1]))
    options: ReadingOptions = connection.recv()
    _end_with_parent(int(sys.argv[2]))
    _limit_memory(options.memory)
    try:
        from spacegraph.reading import load_reader

        reader = load_reader(
            model=options.model,
            ontology=options.ontology,
            lexicon=options.lexicon,
            readers=options.readers,
            llm=options.llm,
            # What it leaves unread is an error of that document, which errors/ names.
            strict_llm=True,
        )
    except SpacegraphError as error:
        connection.send(("broken", str(error)))
        return
    except ImportError as error:
        connection.send(
            ("broken", f"A worker lacks a package: {error}. Install spacegraph[corpus] where it runs.")
        )
        return
    connection.send(("ready", ""))
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            job: Job = connection.recv()
            connection.send(_answer(reader, job, options, lambda place: connection.send(("at", place))))


def _answer(
    reader: Reader, job: Job, options: ReadingOptions, at: Callable[[int], None]
) -> tuple[str, Result | str]:
    rows = read_documents(reader, job.documents, options.sources, singly=job.singly, at=at)
    at(len(job.documents))
    counts = {name: len(some) for name, some in rows.tables.items()}
    if not job.folder:
        return "done", Result(counts=counts, tables=_packed(rows))
    try:
        write_shard(rows, Path(job.folder), job.name, job.digest)
    except OSError as error:
        return "failed", str(error.strerror or error)
    return "done", Result(counts=counts)


def _packed(rows: Rows) -> dict[str, bytes]:
    import pyarrow as pa

    packed = {}
    for name, table in rows.arrow().items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        packed[name] = sink.getvalue().to_pybytes()
    return packed


def _end_with_parent(parent: int) -> None:
    """Have the system end this process when the one that began it goes; elsewhere it ends at the next thing that it says."""
    if sys.platform == "linux":
        import ctypes
        import signal

        death = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(death, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _limit_memory(limit: int) -> None:
    """What a document asks beyond the limit is refused, and is an error of that document."""
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.getrlimit(resource.RLIMIT_DATA)[1]))
