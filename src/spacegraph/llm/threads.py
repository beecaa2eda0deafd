"""A few threads that ask, and that nobody waits for who has had enough."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Askers"]

T = TypeVar("T")


class Askers:
    """Threads that end with the process, unlike those of ``ThreadPoolExecutor``: Ctrl-C must not wait for a slow model.

    Args:
        count: How many there are at most.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._threads: list[threading.Thread] = []
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._closed = False

    def submit(self, ask: Callable[[], T]) -> Future[T]:
        """Have something done in its turn; the future gets what comes of it."""
        future: Future[T] = Future()

        def work() -> None:
            if self._closed or not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(ask())
            except BaseException as error:  # noqa: BLE001  (it is raised where the result is wanted)
                future.set_exception(error)

        self._queue.put(work)
        if len(self._threads) < self._count:
            thread = threading.Thread(target=self._run, name="llm", daemon=True)
            self._threads.append(thread)
            thread.start()
        return future

    def close(self) -> None:
        """Do nothing more of what has not been begun; what has is not waited for."""
        self._closed = True
        try:
            while True:
                self._queue.get_nowait()
        except Empty:
            pass
        for _ in self._threads:
            self._queue.put(None)

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            work()
