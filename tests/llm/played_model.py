"""An HTTP server on loopback that plays a language model of the OpenAI chat protocol."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Reply:
    """What the server answers: ``facts`` as JSON by the schema, or ``content`` as it is, or a refusal, or nothing."""

    facts: list[dict[str, Any]] | None = None
    content: str = ""
    status: int = 200
    tokens: int = 100
    delay: float = 0.0
    reset: bool = False
    reset_in_body: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass
class PlayedModel:
    """The server's URL, and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def lines(self) -> list[str]:
        """The article's sentences of the last question."""
        content: str = self.asked[-1]["messages"][1]["content"]
        return content.splitlines()[1:-1]


@contextmanager
def playing(answer: Callable[[str, int], Reply]) -> Iterator[PlayedModel]:
    """A server for as long as the block runs.

    Args:
        answer: Gets what the user's message says and the number of questions before; gives what to answer.
    """
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                number = len(model.asked)
                model.asked.append(question)
                model.keys.append(self.headers.get("Authorization", ""))
                model.at_once += 1
                model.most_at_once = max(model.most_at_once, model.at_once)
            try:
                self._answer(answer(question["messages"][1]["content"], number))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                with lock:
                    model.at_once -= 1

        def _answer(self, reply: Reply) -> None:
            time.sleep(reply.delay)
            if reply.reset:
                return self._reset()
            content = reply.content if reply.facts is None else json.dumps({"facts": reply.facts})
            body = reply.body
            if body is None:
                body = json.dumps(
                    {
                        "id": "x", "object": "chat.completion", "created": 0, "model": "played",
                        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
                        "usage": {"prompt_tokens": 0, "completion_tokens": reply.tokens, "total_tokens": reply.tokens},
                    }
                ).encode()  # fmt: skip
            if reply.status >= 300 and reply.body is None:
                body = b'{"error": {"message": "no"}}'
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.reset_in_body:
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                return self._reset()
            self.wfile.write(body)
            return None

        def _reset(self) -> None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model = PlayedModel(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


def sentence_of(question: str, words: str) -> int:
    """The number of the line that holds some words."""
    for line in question.splitlines():
        found = re.match(r"(\d+): (.*)", line)
        if found and words in found[2]:
            return int(found[1])
    raise AssertionError(words)


def fact(question: str, relation: str, subject: str, object_: str, **more: Any) -> dict[str, Any]:
    """A fact in the form of the schema, of the first sentence that has the subject's words."""
    words, object_words = more.pop("subject_words", subject), more.pop("object_words", object_)
    number = more.pop("sentence", None)
    return {
        "sentence": sentence_of(question, words) if number is None else number,
        "relation": relation, "subject": subject, "subject_words": words,
        "object": object_, "object_words": object_words, "factuality": "asserted", "source": None, **more,
    }  # fmt: skip
