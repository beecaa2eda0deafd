"""Reading a corpus into a data set, with all of a machine's cores."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Self

from spacegraph.corpus.dataset import Dataset
from spacegraph.corpus.documents import Shard, input_bytes, shards_of
from spacegraph.corpus.guard import Guard
from spacegraph.corpus.progress import Progress
from spacegraph.corpus.worker import Job, ReadingOptions
from spacegraph.errors import ConfigError, DatasetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Summary", "cores", "read_corpus", "settings_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What came of reading a corpus: articles read (``there``: before this run), documents not read, facts, shards."""

    articles: int
    there: int
    not_read: int
    facts: int
    shards: int


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def settings_of(options: ReadingOptions) -> dict[str, Any]:
    """What a data set depends on beside its inputs.

    Raises:
        OntologyError: The ontology or the lexicon is not there.
    """
    from spacegraph.llm import PROMPT_VERSION
    from spacegraph.version import __version__

    sources = options.sources
    return {
        "spacegraph": __version__,
        "model": options.model,
        "ontology": str(Path(options.ontology).resolve()) if options.ontology else None,
        "ontology content": _content(options.ontology),
        "lexicon": str(Path(options.lexicon).resolve()) if options.lexicon else None,
        "lexicon content": _content(options.lexicon),
        "readers": sorted(options.readers) if options.readers is not None else None,
        **({"llm": f"{options.llm.name}/{PROMPT_VERSION}"} if options.llm is not None else {}),
        "encoding": sources.encoding,
        "published": sources.published.isoformat() if sources.published else None,
        "max_chars": sources.max_chars,
        "any_language": sources.any_language,
        "shard": options.shard,
    }


def _content(path: str | None) -> str | None:
    """What tells whether the files of an ontology have changed."""
    if path is None:
        return None
    from spacegraph.rdf_ontology import ontology_files, with_imports

    digest = hashlib.blake2b(digest_size=16)
    for file in with_imports(tuple(str(file) for file in ontology_files(Path(path)))):
        digest.update(Path(file).read_bytes())
    return digest.hexdigest()


def read_corpus(
    inputs: Sequence[str | Path] | str | Path,
    dataset: str | Path,
    *,
    workers: int | None = None,
    options: ReadingOptions | None = None,
    changed: bool = False,
    said: Callable[[str], None] | None = None,
) -> Summary:
    """Read articles into a data set; a run that was stopped, however, goes on where it was.

    Args:
        inputs: Text, HTML, JSON, JSON Lines, RSS, Atom and WARC files, each also with ``.gz`` or (but for WARC)
            ``.zst``; folders of them; ``-`` for standard input.
        dataset: The folder, which is made where there is none.
        workers: Processes that read; None is one for each core.
        options: By what is read, and within which limits.
        changed: Read again what has changed in the inputs since a run before, instead of refusing.
        said: Takes a line about how it stands now and then; None writes to standard error.

    Raises:
        ConfigError: The number of workers has no sense, or the reader cannot be loaded.
        DatasetError: The data set cannot be written or gone on with, or an input has changed.
    """
    options = options or ReadingOptions()
    given = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    count = cores() if workers is None else workers
    if count < 1:
        message = f"The number of workers is {count}; it must be 1 or more."
        raise ConfigError(message)
    found = Dataset.create(dataset, settings_of(options))
    with found.writing() as scratch, Progress(input_bytes(given), said) as progress:
        plan = Plan(found, shards_of(given, options.sources, options.shard), progress, changed=changed)
        with _Pool(found, scratch, options, count) as pool:
            pool.read(plan)
        return plan.finish()


class Plan:
    """The shards that are still to be read, and what has been read.

    Args:
        dataset: Where they go.
        shards: All shards of the inputs.
        progress: Is told of what is there already.
        changed: Whether what has changed in the inputs is read again.
    """

    def __init__(
        self, dataset: Dataset, shards: Iterable[Shard], progress: Progress, *, changed: bool
    ) -> None:
        self.dataset = dataset
        self.progress = progress
        self._shards = iter(shards)
        self._changed = changed
        self._names: set[str] = set()
        self._before = set(dataset.shards())
        self._not_read = self._facts = 0

    def __iter__(self) -> Iterator[Shard]:
        for shard in self._shards:
            self._names.add(shard.name)
            digest = self.dataset.digest(shard.name) if shard.name in self._before else None
            if digest == shard.digest:
                self._count(shard, there=True)
                continue
            if digest is not None and not self._changed:
                raise self._has_changed(shard)
            if self.dataset.manifest.get("complete"):
                self.dataset.write_manifest(complete=False)
            yield shard

    def done(self, shard: Shard) -> None:
        """Count a shard that has been read."""
        self._count(shard, there=False)

    def finish(self) -> Summary:
        """Mark the data set as complete.

        Raises:
            DatasetError: It has shards that the inputs do not have any more.
        """
        surplus = self._before - self._names
        if surplus and not self._changed:
            message = f"The data set {self.dataset.path} has {len(surplus):,} shards more than these inputs give: an input is missing, or has become shorter. Give all inputs in their order, or --changed to take out what is not in them any more."
            raise DatasetError(message)
        for name in surplus:
            self.dataset.write_manifest(complete=False)
            self.dataset.remove(name)
        if not self.dataset.manifest.get("complete"):
            self.dataset.write_manifest(complete=True, shards=len(self._names))
        progress = self.progress
        return Summary(
            articles=progress.articles,
            there=progress.there,
            not_read=self._not_read,
            facts=self._facts,
            shards=len(self._names),
        )

    def _count(self, shard: Shard, *, there: bool) -> None:
        import pyarrow.parquet as pq

        rows = {
            table: pq.read_metadata(self.dataset.file(table, shard.name)).num_rows
            for table in ("articles", "errors", "facts")
        }
        self._not_read += rows["errors"]
        self._facts += rows["facts"]
        self.progress.add(articles=rows["articles"], refused=rows["errors"], weight=shard.weight, there=there)

    def _has_changed(self, shard: Shard) -> DatasetError:
        labels = {d.label.partition(", ")[0] for d in shard.documents}
        named = min(labels) + (f" to {max(labels)}" if len(labels) > 1 else "")
        return DatasetError(
            f"What is in {named} has changed since the data set {self.dataset.path} was begun (shard {shard.name}). "
            "Give --changed to read again what has changed, or choose another folder."
        )


class _Pool:
    """Workers in processes of their own, each looked after by a thread."""

    def __init__(self, dataset: Dataset, scratch: Path, options: ReadingOptions, count: int) -> None:
        self.dataset = dataset
        self.scratch = scratch
        self.count = count
        self._guards = [Guard(options) for _ in range(count)]
        self._free: SimpleQueue[Guard] = SimpleQueue()
        for guard in self._guards:
            self._free.put(guard)
        self._threads = ThreadPoolExecutor(count, "corpus")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for guard in self._guards:
                guard.stop()
        self._threads.shutdown(cancel_futures=True)
        for guard in self._guards:
            guard.close()

    def read(self, plan: Plan) -> None:
        """Read all shards of a plan; they are not made long before they are needed."""
        pending: dict[Future[None], Shard] = {}
        for shard in plan:
            pending[self._threads.submit(self._read, shard)] = shard
            # One more than there are workers, so that none waits.
            while len(pending) > self.count:
                self._take(plan, pending)
        while pending:
            self._take(plan, pending)

    def _take(self, plan: Plan, pending: dict[Future[None], Shard]) -> None:
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            future.result()
            plan.done(pending.pop(future))

    def _read(self, shard: Shard) -> None:
        guard = self._free.get()
        try:
            guard.read(
                Job(documents=shard.documents, folder=str(self.scratch), name=shard.name, digest=shard.digest)
            )
            self.dataset.commit(self.scratch, shard.name)
        finally:
            self._free.put(guard)
