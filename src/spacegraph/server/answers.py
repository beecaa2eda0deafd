"""Answers that a worker remembers, and the shortest way to them.

A graph in memory does not change while it is served, so the answer to a query in a form is what it was, unless the query
asks for the time or for chance.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["AnswerCache", "DirectGet", "only_query"]

#: Functions that give something else each time.
_FICKLE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b", re.IGNORECASE)
#: Bytes as a query string writes them.
_ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
#: What an entry takes beside its text: objects, headers, its place.
_OVERHEAD = 2000


class AnswerCache:
    """The responses given last, up to a number of bytes; the one that was not asked for longest goes first.

    Args:
        limit: Bytes of all together; no answer may take more than an eighth of them. 0 remembers nothing.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._answers: OrderedDict[tuple[str | bytes, str], tuple[Response, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, question: str | bytes, accept: str) -> Response | None:
        """The answer to a question (a query, or what came over the wire) for an ``Accept`` header, or None."""
        found = self._answers.get((question, accept))
        if found is None:
            return None
        self._answers.move_to_end((question, accept))
        return found[0]

    def keep(self, question: str | bytes, accept: str, response: Response) -> None:
        """Remember an answer, unless it is large or would be another next time."""
        text = question if isinstance(question, str) else ""
        size = 4 * len(question) + len(accept) + len(response.body) + _OVERHEAD
        if size > self.limit // 8 or _FICKLE.search(text):
            return
        key = (question, accept)
        known = self._answers.pop(key, None)
        self.size += size - (known[1] if known else 0)
        self._answers[key] = (response, size)
        while self.size > self.limit:
            _, (_, gone) = self._answers.popitem(last=False)
            self.size -= gone


class DirectGet:
    """Answers a plain ``GET`` of a query itself, and leaves everything else to an application.

    Routing, middleware and request objects take as long as a lookup does. What is not the plainest case (other parameters than
    one query, a page of another site that asks, a host that is not expected) goes the long way, where it is refused or served.

    Args:
        app: The application.
        paths: Where queries are answered.
        hosts: Names by which the server may be called; empty takes any.
        answers: What is remembered.
        answer: Answers a query for an ``Accept`` header, with parameters.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        paths: Iterable[str],
        hosts: Iterable[str],
        answers: AnswerCache,
        answer: Callable[[str, str, dict[str, str]], Awaitable[Response]],
    ) -> None:
        self.app = app
        self.paths = frozenset(paths)
        self.hosts = frozenset(host.encode() for host in hosts)
        self.answers = answers
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in self.paths:
            await self.app(scope, receive, send)
            return
        accept, host = "", b""
        for name, value in scope["headers"]:
            if name == b"accept":
                accept = f"{accept}, {value.decode('latin-1')}" if accept else value.decode("latin-1")
            elif name == b"host":
                host = value
            elif name == b"origin":
                await self.app(scope, receive, send)
                return
        if self.hosts and host.partition(b":")[0] not in self.hosts:
            await self.app(scope, receive, send)
            return
        asked = scope["query_string"]
        response = self.answers.get(asked, accept)
        if response is None:
            query = only_query(asked)
            if query is None:
                await self.app(scope, receive, send)
                return
            response = await self.answer(query, accept, {})
            # What the text may not be remembered for, the words of the wire may not either.
            if self.answers.get(query, accept) is response:
                self.answers.keep(asked, accept, response)
        await response(scope, receive, send)


def only_query(asked: bytes) -> str | None:
    """The query of a query string that has nothing else, None of any other."""
    if not asked.startswith(b"query=") or b"&" in asked or not asked.isascii():
        return None
    # ``parse_qsl`` takes each escape by itself, which for a query full of them takes as long as a lookup.
    text = _ESCAPES.sub(_unescaped, asked.removeprefix(b"query=").replace(b"+", b" "))
    return text.decode(errors="replace")


def _unescaped(escapes: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escapes[0].replace(b"%", b"").decode())
