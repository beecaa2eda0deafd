"""Questions to an endpoint that speaks the OpenAI chat protocol, by the ``openai`` package."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any

from spacegraph.errors import LanguageModelError
from spacegraph.llm.prompt import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacegraph.llm.settings import LanguageModel

__all__ = ["SETTINGS", "Client", "NoAnswerError", "require_client"]

#: Asked of every model, and part of the key of every answer.
SETTINGS = {"temperature": 0, "seed": 0}
#: Bytes of an answer, after which it is left.
LONGEST = 4 << 20
_FORMAT = {"type": "json_schema", "json_schema": {"name": "facts", "strict": True, "schema": SCHEMA}}
#: What is asked of a server, the most first; the next where it refuses that.
_FORMS: tuple[dict[str, Any], ...] = (
    {"response_format": _FORMAT, **SETTINGS},
    {"response_format": {"type": "json_object"}, **SETTINGS},
    SETTINGS,
    {},
)


class NoAnswerError(Exception):
    """One question got no answer that can be used; the others may. ``nobody`` is whether there was no connection at all."""

    def __init__(self, message: str, *, nobody: bool = False) -> None:
        super().__init__(message)
        self.nobody = nobody


def require_client() -> Any:
    """The ``openai`` package.

    Raises:
        LanguageModelError: It is not installed.
    """
    try:
        import openai
    except ImportError as error:
        msg = (
            "A language model needs the openai package, which is not installed: pip install 'spacegraph[llm]'"
        )
        raise LanguageModelError(msg) from error
    return openai


class Client:
    """An endpoint. Threads may share it.

    Args:
        model: Where it is and how patient we are.

    Raises:
        LanguageModelError: The ``openai`` package is not installed.
    """

    def __init__(self, model: LanguageModel) -> None:
        openai = require_client()
        self._openai = openai
        self._model = model
        self._form = 0
        key = os.environ.get("SPACEGRAPH_LLM_KEY") or os.environ.get("OPENAI_API_KEY") or "none"
        self._client = openai.OpenAI(
            base_url=model.url,
            api_key=key,
            timeout=model.timeout,
            max_retries=model.retries,
            # What was named is where the text goes, and nowhere else.
            http_client=openai.DefaultHttpxClient(follow_redirects=False),
        )

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def ask(self, messages: Sequence[Mapping[str, str]]) -> tuple[str, int]:
        """The answer and the tokens that it cost, 0 where the server does not say.

        Raises:
            NoAnswerError: This question got no answer, after retries.
            LanguageModelError: The endpoint refuses any.
        """
        openai = self._openai
        for attempt in range(self._model.retries + 1):
            try:
                return self._read(self._answered(messages))
            except openai.APITimeoutError as error:
                msg = f"{self._named} took more than {self._model.timeout:g} seconds for an answer; --llm-timeout grants more."
                raise NoAnswerError(msg) from error
            except openai.APIConnectionError as error:
                # The package has tried again already, unless the line broke in the middle of an answer.
                msg = f"{self._named} cannot be reached or hung up: {_cause(error)}."
                raise NoAnswerError(msg, nobody=True) from error
            except openai.APIStatusError as error:
                raise self._refused(error) from error
            except NoAnswerError:
                raise
            except _broken(openai) as error:
                if attempt == self._model.retries:
                    msg = f"{self._named} hung up in the middle of its answer: {_cause(error)}."
                    raise NoAnswerError(msg) from error
                time.sleep(min(0.5 * 2**attempt, 8.0))
        raise AssertionError

    @property
    def _named(self) -> str:
        return f"The language model at {self._model.url}"

    def _answered(self, messages: Sequence[Mapping[str, str]]) -> bytes:
        """The body of an answer, asked for in the most exact form that the server takes."""
        while True:
            form = self._form
            try:
                return self._body(messages, _FORMS[form])
            except (self._openai.BadRequestError, self._openai.UnprocessableEntityError):
                if form + 1 >= len(_FORMS):
                    raise
                self._form = max(self._form, form + 1)

    def _body(self, messages: Sequence[Mapping[str, str]], form: Mapping[str, Any]) -> bytes:
        until = time.monotonic() + self._model.timeout * (self._model.retries + 1)
        create: Any = self._client.chat.completions.with_streaming_response.create
        parts: list[bytes] = []
        size = 0
        with create(model=self._model.name, messages=list(messages), **form) as response:
            for part in response.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > LONGEST:
                    msg = f"{self._named} gave an answer of more than {LONGEST >> 20} MB, which was left."
                    raise NoAnswerError(msg)
                if time.monotonic() > until:
                    msg = f"{self._named} took more than {self._model.timeout:g} seconds for an answer; --llm-timeout grants more."
                    raise NoAnswerError(msg)
        return b"".join(parts)

    def _read(self, body: bytes) -> tuple[str, int]:
        try:
            found = json.loads(body)
            content = found["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            msg = f"{self._named} gave an answer that is none of the OpenAI chat protocol. The URL usually ends in /v1."
            raise NoAnswerError(msg) from error
        usage = found.get("usage")
        tokens = usage.get("total_tokens") if isinstance(usage, dict) else 0
        return (content if isinstance(content, str) else ""), tokens if isinstance(tokens, int) else 0

    def _refused(self, error: Any) -> Exception:
        status = error.status_code
        said = " ".join(str(getattr(error, "message", "")).split())[:200]
        if status in (401, 403):
            msg = f"{self._named} wants a key that it knows (HTTP {status}): put it into the environment as SPACEGRAPH_LLM_KEY."
            return LanguageModelError(msg)
        if status == 404:
            msg = f"There is no model {self._model.name!r}, or no OpenAI chat protocol, at {self._model.url} (HTTP 404): {said}. The URL usually ends in /v1."
            return LanguageModelError(msg)
        if 300 <= status < 400:
            msg = f"{self._named} sends us elsewhere (HTTP {status}), where nobody allowed the text to go: name the endpoint itself."
            return LanguageModelError(msg)
        return NoAnswerError(f"{self._named} refused or failed (HTTP {status}): {said}.")


def _broken(openai: Any) -> tuple[type[Exception], ...]:
    """What the package's transport raises where a line breaks in the middle of an answer."""
    import importlib

    transport = importlib.import_module(openai.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0])
    found: list[type[Exception]] = [OSError]
    for name in ("TransportError", "StreamError", "DecodingError"):
        kind = getattr(transport, name, None)
        if isinstance(kind, type) and issubclass(kind, Exception):
            found.append(kind)
    return tuple(found)


def _cause(error: BaseException) -> str:
    cause = error.__cause__ or error
    return " ".join(str(cause or type(cause).__name__).split()).rstrip(".")[:200] or type(cause).__name__
