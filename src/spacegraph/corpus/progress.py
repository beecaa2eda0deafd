"""What is said while a corpus is read: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Progress"]

#: Seconds between lines where there is no terminal.
EVERY = 10.0


class Progress:
    """Articles, per cent, articles a second, time left and refusals.

    Args:
        total: Bytes of all inputs, 0 where that is not known.
        said: Takes each line; None writes to standard error, as a bar where that is a terminal.
    """

    def __init__(self, total: int, said: Callable[[str], None] | None = None) -> None:
        self.total = total
        self.articles = self.refused = self.there = self.bytes = 0
        self._bytes_there = 0
        self._began = self._last = time.monotonic()
        self._said = said
        self._bar: Any = None
        self._task: Any = None
        if said is None and sys.stderr.isatty():
            self._make_bar()

    def add(self, *, articles: int, refused: int, weight: int, there: bool = False) -> None:
        """Count a shard.

        Args:
            articles: Articles that were read.
            refused: Documents that were not.
            weight: Bytes of the inputs that they took.
            there: Whether it was there already.
        """
        self.articles += articles
        self.refused += refused
        self.bytes += weight
        if there:
            self.there += articles
            self._bytes_there += weight
        if self._bar is not None:
            self._bar.update(self._task, completed=self.bytes, text=self.line())
        elif time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            self._say(self.line())

    def line(self) -> str:
        """How it stands, in one line."""
        took = time.monotonic() - self._began
        parts = [f"{self.articles:,} articles"]
        if self.total:
            parts.append(f"{min(100, 100 * self.bytes // self.total)} %")
        read = self.articles - self.there
        if read and took > 0:
            parts.append(f"{read / took:.1f} articles/s")
            done = self.bytes - self._bytes_there
            if self.total > self.bytes and done:
                parts.append(f"{_duration(took * (self.total - self.bytes) / done)} left")
        if self.refused:
            parts.append(f"{self.refused:,} not read")
        return ", ".join(parts)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _make_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(BarColumn(), TextColumn("{task.fields[text]}"), console=Console(stderr=True))
        self._task = self._bar.add_task("", total=self.total or None, text="starting")

    def _say(self, line: str) -> None:
        if self._said is not None:
            self._said(line)
        else:
            print(line, file=sys.stderr, flush=True)  # noqa: T201  (what a terminal would show as a bar)


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
