"""``--llm`` and what belongs to it: which language model reads, what goes where, and what came of it."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

import click

from spacegraph.errors import ConfigError, LanguageModelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacegraph.llm import LanguageModel, Report

__all__ = ["Told", "language_model_options"]

_OPTIONS = (
    click.option(
        "--llm",
        "llm_url",
        metavar="URL",
        help="A language model reads, too: an endpoint of the OpenAI chat protocol. The articles' text is sent there.",
    ),
    click.option("--llm-model", metavar="NAME", help="Its name, as the endpoint calls it."),
    click.option(
        "--llm-cache",
        metavar="DIR",
        help="Where its answers are kept. With --llm-model alone, they are read from there and nothing is sent.",
    ),
    click.option(
        "--llm-budget",
        type=click.IntRange(min=1),
        metavar="TOKENS",
        help="Most tokens to spend; what was read until then stays.",
    ),
    click.option(
        "--llm-concurrency",
        type=click.IntRange(min=1),
        default=4,
        show_default=True,
        help="Questions at one time.",
    ),
    click.option(
        "--llm-timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=120.0,
        show_default=True,
        metavar="SECONDS",
        help="For one answer.",
    ),
)


def language_model_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a language model; it gets ``llm``, a :class:`~spacegraph.llm.LanguageModel` or None."""

    @functools.wraps(function)
    def command(
        *args: Any,
        llm_url: str | None,
        llm_model: str | None,
        llm_cache: str | None,
        llm_budget: int | None,
        llm_concurrency: int,
        llm_timeout: float,
        **options: Any,
    ) -> Any:
        llm: LanguageModel | None = None
        if llm_url or llm_model:
            from spacegraph.llm import LanguageModel

            if not llm_model:
                msg = "--llm needs the model's name as the endpoint calls it: --llm-model NAME."
                raise ConfigError(msg)
            llm = LanguageModel(
                llm_model,
                llm_url or "",
                cache=llm_cache or "",
                budget=llm_budget,
                concurrency=llm_concurrency,
                timeout=llm_timeout,
            )
        elif llm_cache or llm_budget:
            msg = (
                "--llm-cache and --llm-budget are of a language model: name it by --llm URL --llm-model NAME."
            )
            raise ConfigError(msg)
        return function(*args, llm=llm, **options)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class Told:
    """Says on standard error what goes to a language model, how far it is, and at the end what came of it.

    Args:
        llm: The model, or None: then nothing is said.
    """

    def __init__(self, llm: LanguageModel | None) -> None:
        self._report: Report | None = None
        self._bar: Any = None
        self._task: Any = None
        if llm is None:
            return
        click.echo(llm.where, err=True)
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("language model", total=None)
            self._bar.start()

    def __call__(self, report: Report) -> None:
        """Take the report as it is now."""
        self._report = report
        if self._bar is not None:
            self._bar.update(self._task, completed=report.answered, total=report.windows)

    def finish(self) -> None:
        """Take the bar away; for when something went wrong, too."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def tell(self) -> None:
        """Say what came of it.

        Raises:
            LanguageModelError: Some of the text got no answer, though it was asked about.
        """
        self.finish()
        if self._report is None:
            return
        for line in self._report.lines():
            click.echo(line, err=True)
        if problems := self._report.problems():
            raise LanguageModelError(
                "The rest is as it was read without the language model: " + " ".join(problems)
            )
