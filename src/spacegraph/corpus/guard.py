"""A guarded worker: documents that crash, hang or eat memory are found out and left out, and the rest goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Pipe
from typing import TYPE_CHECKING, Any, Self

from spacegraph.corpus.documents import Document, Refusal
from spacegraph.corpus.worker import HANDFUL, Job, ReadingOptions, Result
from spacegraph.errors import ConfigError, DatasetError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["Guard"]

#: Seconds between looks at how a worker does.
TICK = 0.25
#: Seconds that a worker may take to load the reader.
STARTING = 300.0
#: Not ``-m``: what the worker says is of the module's own classes, not of those of ``__main__``.
_PROGRAM = "from spacegraph.corpus.worker import main; main()"
#: Times that a worker may die without having said that it is ready.
STARTS = 3


class _EndedError(Exception):
    """A worker is gone: why, and whether that tells something of the document that it was at."""

    def __init__(self, error: str, message: str, *, sure: bool) -> None:
        super().__init__(message)
        self.error = error
        self.message = message
        self.sure = sure


class Guard:
    """One worker process, begun when it is first needed and again when it is lost.

    Args:
        options: By what it reads, and within which limits.
    """

    def __init__(self, options: ReadingOptions) -> None:
        self.options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[Any, Any] | None = None
        self._said: Any = None
        self._place = -1
        self._closed = False

    def read(self, job: Job) -> Result:
        """Read documents; those that end the worker become errors.

        A worker that dies for no reason that is known may have been killed by anybody: the same is tried once more, then
        its last documents one by one.

        Raises:
            ConfigError: The reader cannot be loaded.
            DatasetError: The worker cannot write, or does not start.
        """
        tried: dict[int, int] = {}
        while True:
            try:
                return self._run(job)
            except _EndedError as ended:
                self.close()
                place = self._place
                if place < 0 or place >= len(job.documents):
                    tried[place] = tried.get(place, 0) + 1
                    if tried[place] >= STARTS:
                        message = f"A worker ended {STARTS} times with nothing to read: {ended.message} Check that spacegraph[corpus] is installed for {sys.executable}, and that there is enough memory."
                        raise DatasetError(message) from ended
                    continue
                if place in job.singly:
                    if ended.sure or tried.get(-2 - place):
                        job = _without(job, place, ended)
                    tried[-2 - place] = 1
                    continue
                if ended.sure or tried.get(place):
                    job = replace(
                        job, singly=job.singly | set(range(place, min(place + HANDFUL, len(job.documents))))
                    )
                tried[place] = 1

    def stop(self) -> None:
        """End the worker for good, from another thread than the one that reads with it, which sees it gone."""
        self._closed = True
        process = self._process
        if process is not None:
            with suppress(OSError):
                process.kill()

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            with suppress(OSError):
                self._process.kill()
            self._process.wait()
        if self._connection is not None:
            self._connection.close()
        if self._said is not None:
            self._said.close()
        self._process = self._connection = self._said = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, job: Job) -> Result:
        self._place = -1
        if self._closed:
            message = "Reading was stopped."
            raise DatasetError(message)
        if self._process is None:
            self._start()
        self._place = 0 if job.documents else -1
        connection = self._connection
        assert connection is not None
        try:
            connection.send(job)
        except OSError:
            raise self._lost() from None
        began = time.monotonic()
        while True:
            kind, value = self._next(began, self.options.timeout)
            if kind == "at":
                self._place, began = value, time.monotonic()
            elif kind == "done":
                found: Result = value
                return found
            else:
                message = f"The data set cannot be written: {value}. Make room, and give the same command again: it goes on where it stopped."
                raise DatasetError(message)

    def _start(self) -> None:
        ours, theirs = Pipe()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the worker)
        with theirs:
            environment = {
                **os.environ,
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
                "MKL_NUM_THREADS": "1",
            }
            self._process = subprocess.Popen(  # noqa: S603  (this interpreter, with a program of its own)
                [sys.executable, "-c", _PROGRAM, str(theirs.fileno()), str(os.getpid())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                env=environment,
            )
        self._connection = ours
        try:
            ours.send(self.options)
        except OSError:
            raise self._lost() from None
        kind, message = self._next(time.monotonic(), STARTING)
        if kind == "broken":
            self.close()
            raise ConfigError(message)

    def _next(self, began: float, limit: float) -> tuple[str, Any]:
        """The next thing that the worker says."""
        import psutil

        connection, process = self._connection, self._process
        assert connection is not None
        assert process is not None
        try:
            while not connection.poll(TICK):
                if process.poll() is not None:
                    raise self._lost()
                if time.monotonic() - began > limit:
                    raise _EndedError(
                        "timeout",
                        f"it took longer than {limit:g} seconds. Raise --timeout, or divide it.",
                        sure=True,
                    )
                with suppress(psutil.Error):
                    if psutil.Process(process.pid).memory_info().rss > self.options.memory:
                        raise _EndedError(
                            "memory",
                            f"it took more than {self.options.memory >> 20:,} MB of memory. Raise --memory, or divide it.",
                            sure=True,
                        )
            found: tuple[str, Any] = connection.recv()
        except (EOFError, OSError):
            raise self._lost() from None
        return found

    def _lost(self) -> _EndedError:
        process = self._process
        assert process is not None
        code = process.wait()
        self._said.seek(0)
        last = self._said.read().decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        message = f"the worker ended with {how}{f' ({last})' if last else ''}."
        return _EndedError("crash", message, sure=False)


def _without(job: Job, place: int, ended: _EndedError) -> Job:
    """The job with a document turned into an error."""
    document: Document = job.documents[place]
    refusal = Refusal("failed", ended.error, f"{document.label} could not be read: {ended.message}")
    left = replace(document, article=None, path="", page=b"", refusal=refusal)
    return replace(job, documents=(*job.documents[:place], left, *job.documents[place + 1 :]))
