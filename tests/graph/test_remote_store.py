"""Endpoints that refuse, dawdle or are something else."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from spacegraph.cli import cli
from spacegraph.errors import QueryError, SpacegraphError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.stores.remote import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the path: /401, /500, /html, /slow, /moved, /bad, /short, /drip, /stuck."""

    seen: dict[str, str]
    asked_for: str
    #: How many bytes of a dripping answer have been sent or are about to be.
    dripped: int

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        type(self).seen = dict(self.headers)
        type(self).asked_for = self.path
        kind = self.path.strip("/")
        if kind == "slow":
            time.sleep(1)
        code = {"401": 401, "500": 500, "bad": 400, "moved": 302, "stuck": 500}.get(kind, 200)
        body = b"<html>Welcome</html>" if kind == "html" else b"no luck today"
        self.send_response(code)
        if kind == "moved":
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", str(len(body) + (100 if kind in ("short", "stuck") else 0)))
        self.end_headers()
        if kind == "drip":
            with contextlib.suppress(OSError):
                for number in range(len(body)):
                    type(self).dripped = number + 1
                    self.wfile.write(body[number : number + 1])
                    time.sleep(0.2)
            return
        if kind == "stuck":
            time.sleep(1)
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("401", StoreError, "SPACEGRAPH_ENDPOINT_USER"),
        ("500", StoreError, "answered 500"),
        ("bad", QueryError, "no luck today"),
        ("html", StoreError, "did not answer with SPARQL results"),
        ("moved", StoreError, "answered 302"),
        ("short", StoreError, "cannot be reached|did not answer"),
    ],
)
def test_what_an_endpoint_does_is_said(
    address: str, path: str, error: type[SpacegraphError], said: str
) -> None:
    with pytest.raises(error, match=said):
        KnowledgeGraph(RemoteStore(f"{address}/{path}")).query("SELECT * { ?s ?p ?o }")


def test_an_endpoint_that_dawdles_is_given_up(address: str) -> None:
    with pytest.raises(StoreError, match=r"within 0\.1 seconds"):
        KnowledgeGraph(RemoteStore(f"{address}/slow", timeout=0.1)).query("ASK { ?s ?p ?o }")


def test_the_command_waits_as_long_as_it_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = {**(RemoteStore.__init__.__kwdefaults__ or {}), "timeout": 0.1}
    monkeypatch.setattr(RemoteStore.__init__, "__kwdefaults__", defaults)
    result = CliRunner().invoke(cli, ["query", f"{address}/slow", "ASK { ?s ?p ?o }", "--timeout", "20"])
    assert "did not answer with SPARQL results" in str(result.exception)
    result = CliRunner().invoke(cli, ["query", f"{address}/slow", "ASK { ?s ?p ?o }", "--timeout", "0.3"])
    assert "0.3 s" in str(result.exception)


def test_an_endpoint_whose_answer_trickles_is_given_up(address: str) -> None:
    with pytest.raises(StoreError, match=r"within 0\.3 seconds"):
        KnowledgeGraph(RemoteStore(f"{address}/drip", timeout=0.3)).query("ASK { ?s ?p ?o }")
    assert Handler.dripped < len("no luck today")


def test_an_answer_without_end_is_given_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spacegraph.graph.stores.remote.MOST", 3)
    with pytest.raises(StoreError, match="no end is in sight"):
        KnowledgeGraph(RemoteStore(f"{address}/drip", timeout=5)).query("ASK { ?s ?p ?o }")


def test_an_endpoint_that_does_not_say_what_went_wrong_is_given_up(address: str) -> None:
    with pytest.raises(StoreError, match=r"answered 500 .*no reason given"):
        KnowledgeGraph(RemoteStore(f"{address}/stuck", timeout=0.3)).query("ASK { ?s ?p ?o }")


def test_a_change_that_is_refused_is_no_mistake_in_a_query(address: str) -> None:
    with pytest.raises(StoreError, match="answered 400"):
        RemoteStore(f"{address}/bad").apply(b"", b'<http://x.org/a> <http://x.org/b> "c" .\n')


def test_an_address_beyond_ascii_is_sent_in_ascii(address: str) -> None:
    with pytest.raises(StoreError, match="did not answer with SPARQL results"):
        KnowledgeGraph(RemoteStore(f"{address}/fr\u00e5ga mig?i=%2F\u00e5")).query("ASK { ?s ?p ?o }")
    assert Handler.asked_for == "/fr%C3%A5ga%20mig?i=%2F%C3%A5"
    assert RemoteStore("http://r\u00e5.example:80/query").url == "http://xn--r-2fa.example:80/query"


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1/query",
        "http://mira:secret@[::1/query",
        "http://h.example:port/query",
        "ftp://mira:secret@h.example/query",
        "http:///query",
    ],
)
def test_what_is_no_address_is_said_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match="is not the URL of an endpoint") as caught:
        RemoteStore(url)
    assert "secret" not in str(caught.value)


def test_credentials_come_from_the_environment_and_are_never_shown(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_USER", "mira")
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_PASSWORD", "secret")
    with pytest.raises(StoreError) as caught:
        KnowledgeGraph(RemoteStore(f"{address}/401")).query("ASK { }")
    assert Handler.seen["Authorization"] == "Basic bWlyYTpzZWNyZXQ="
    assert "secret" not in str(caught.value)
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_TOKEN", "t0ken")
    with pytest.raises(StoreError):
        KnowledgeGraph(RemoteStore(f"{address}/401")).query("ASK { }")
    assert Handler.seen["Authorization"] == "Bearer t0ken"


def test_a_token_is_sent_without_the_line_break_of_its_file(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_TOKEN", "t0ken\n")
    with pytest.raises(StoreError):
        KnowledgeGraph(RemoteStore(f"{address}/401")).query("ASK { }")
    assert Handler.seen["Authorization"] == "Bearer t0ken"


@pytest.mark.parametrize("token", ["t0k\nen", "t0k\u20acn", "t0k\u00e9n"])
def test_a_token_that_cannot_be_sent_is_said_and_not_shown(
    address: str, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_TOKEN", token)
    with pytest.raises(StoreError, match="SPACEGRAPH_ENDPOINT_TOKEN has a character") as caught:
        KnowledgeGraph(RemoteStore(f"{address}/401")).query("ASK { }")
    assert "t0k" not in str(caught.value)


def test_what_netrc_has_for_one_host_is_not_sent_to_another(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine h.example login mira password secret\n", encoding="utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    store = RemoteStore("http://h.example/query", update_url=f"{address}/401")
    with pytest.raises(StoreError):
        store.apply(b"", b'<http://x.org/a> <http://x.org/b> "c" .\n')
    assert "Authorization" not in Handler.seen
    here = address.rpartition(":")[0].removeprefix("http://")
    (tmp_path / ".netrc").write_text(f"machine {here} login mira password secret\n", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        RemoteStore(f"{address}/401").query("ASK { }")
    assert Handler.seen["Authorization"] == "Basic bWlyYTpzZWNyZXQ="
    assert "secret" not in str(caught.value)


def test_the_address_of_updates_is_beside_that_of_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    assert RemoteStore("http://h.example/ds/query").update_url == "http://h.example/ds/update"
    assert RemoteStore("http://h.example/ds/sparql?x=1").update_url == "http://h.example/ds/update"
    assert (
        RemoteStore("http://h.example/repositories/news").update_url == "http://h.example/repositories/news"
    )
    monkeypatch.setenv("SPACEGRAPH_ENDPOINT_UPDATE", "http://h.example/statements")
    assert RemoteStore("http://h.example/repositories/news").update_url == "http://h.example/statements"
