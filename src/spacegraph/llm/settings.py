"""Which language model reads, within which limits, and what came of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from spacegraph.errors import ConfigError

__all__ = ["LanguageModel", "Report", "default_cache"]


def default_cache() -> str:
    """The folder in which answers are kept where nobody names another one."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return str(Path(base) / "spacegraph" / "llm")


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model behind an endpoint; plain values, so that it can be sent to a worker.

    The key is no part of it: it is read from the environment (``SPACEGRAPH_LLM_KEY``, else ``OPENAI_API_KEY``) when the first
    question is asked.

    Args:
        name: The model's name, as the endpoint calls it.
        url: The endpoint, such as ``http://localhost:11434/v1``; "" asks nobody and reads from the cache alone.
        cache: The folder of the answers; "" is that of the user. It can be shared.
        budget: Most tokens, of questions and answers together, that may be spent; None is no limit.
        concurrency: Questions at one time.
        timeout: Seconds that one answer may take.
        retries: How often a question is asked again after the endpoint was busy, failed or hung up.
        window: About the most characters of an article in one question.

    Raises:
        ConfigError: A value that is not allowed.
    """

    name: str
    url: str = ""
    cache: str = ""
    budget: int | None = None
    concurrency: int = 4
    timeout: float = 120.0
    retries: int = 3
    window: int = 6000

    def __post_init__(self) -> None:
        if not self.name.strip():
            msg = "A language model needs its name as the endpoint calls it: --llm-model NAME."
            raise ConfigError(msg)
        parts = urlsplit(self.url)
        if self.url and (parts.scheme not in ("http", "https") or not parts.netloc):
            msg = f"The endpoint of a language model is an http or https URL, such as http://localhost:11434/v1; {self.url!r} is none."
            raise ConfigError(msg)
        if parts.username is not None or parts.password is not None or parts.query:
            msg = "The endpoint's URL must not hold a user, password or key: set SPACEGRAPH_LLM_KEY in the environment instead."
            raise ConfigError(msg)
        for what, value, least in (
            ("concurrency", self.concurrency, 1),
            ("retries", self.retries, 0),
            ("window", self.window, 200),
            ("budget", self.budget if self.budget is not None else 1, 1),
        ):
            if value < least:
                msg = f"The {what} of a language model is {value}; it must be {least} or more."
                raise ConfigError(msg)
        if not self.timeout > 0:
            msg = f"The timeout of a language model is {self.timeout:g} seconds; it must be more than 0."
            raise ConfigError(msg)

    @property
    def folder(self) -> Path:
        """The folder of the answers."""
        return Path(self.cache or default_cache())

    @property
    def where(self) -> str:
        """One line that says what goes where."""
        if not self.url:
            return f"Answers of {self.name} are read from {self.folder}; nothing is sent."
        return f"The articles' text goes to {self.name} at {self.url}; its answers are kept in {self.folder}."


@dataclass(slots=True)
class Report:
    """What a language model was asked and what became of its facts.

    ``windows`` is how many pieces of articles there were so far, of which ``asked`` were answered by the endpoint, ``cached`` by the
    cache, ``unasked`` by nobody (the budget was spent, or there is no endpoint); ``failures`` holds a sentence for each of the
    others. ``tokens`` were spent, of questions and answers. ``claimed`` facts were in the answers, ``kept`` of them are grounded and
    allowed, ``dropped`` says how many were not, by reason.
    """

    windows: int = 0
    asked: int = 0
    cached: int = 0
    unasked: int = 0
    tokens: int = 0
    claimed: int = 0
    kept: int = 0
    cut: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    #: Why the rest was not asked, "" where all was.
    stopped: str = ""

    @property
    def answered(self) -> int:
        """Pieces with which nothing is to be done any more."""
        return self.asked + self.cached + self.unasked + len(self.failures)

    def drop(self, reason: str, count: int = 1) -> None:
        """Count what is dropped."""
        if count:
            self.dropped[reason] = self.dropped.get(reason, 0) + count

    def lines(self) -> list[str]:
        """The report in sentences."""
        answered = self.asked + self.cached
        told = f"{self.claimed:,} facts, of which {self.kept:,} are grounded and allowed"
        spent = f"{self.cached:,} from the cache, {self.tokens:,} tokens spent"
        out = [
            f"The language model answered {answered:,} of {self.windows:,} pieces of text ({spent}) with {told}."
        ]
        if self.dropped:
            reasons = sorted(self.dropped.items(), key=lambda item: (-item[1], item[0]))
            out.append("Dropped: " + "; ".join(f"{count:,} {reason}" for reason, count in reasons) + ".")
        if self.cut:
            out.append(
                f"{self.cut:,} of the answers were cut off or damaged; what was whole in them was read."
            )
        if self.unasked:
            out.append(f"{self.unasked:,} pieces were not asked: {self.stopped}.")
        return out

    def problems(self) -> list[str]:
        """A sentence for each piece that got no answer though it was asked, equal ones once."""
        return [
            f"{text} ({self.failures.count(text):,} pieces of text)"
            if self.failures.count(text) > 1
            else text
            for text in dict.fromkeys(self.failures)
        ]
