"""Running the endpoint: a parent that holds the socket, and workers that answer.

The graph is loaded once, before the workers are forked, so they share its memory. A worker that queries without end have clogged,
or that dies, is replaced; requests meanwhile wait in the socket's queue. SIGTERM and SIGINT stop gracefully: what is being
answered is answered.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.errors import ConfigError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.stores.opening import is_url
from spacegraph.memory import bound_memory
from spacegraph.server.app import Settings, make_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

__all__ = ["DEFAULT_PORT", "serve"]

DEFAULT_PORT = 7878
#: Seconds that a stopping worker has for what it is answering.
GRACE = 10
#: Seconds in which a worker that dies at once is not replaced at once.
PAUSE = 1.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    source: str | Path | KnowledgeGraph,
    *,
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    workers: int | None = None,
    settings: Settings | None = None,
    said: Callable[[str], None] | None = None,
) -> None:
    """Serve a graph until SIGTERM or SIGINT.

    Args:
        source: A graph in memory, an RDF file, a store's directory, or another endpoint.
        host: Where to listen; the default is this machine only.
        port: Which port; 0 takes a free one.
        workers: How many processes answer; None is one for each processor that this one may use.
        settings: Limits and manners.
        said: Takes a line for people, such as the address; None writes to standard error.

    Raises:
        StoreError: The graph cannot be opened, its endpoint does not answer, or the port is taken.
        ConfigError: A setting has no sense.
    """
    say = said or _say
    if workers is None:
        workers = _processors()
    if workers < 1:
        message = f"The number of workers is {workers}; it must be 1 or more."
        raise ConfigError(message)
    settings = settings or Settings()
    if not settings.hosts and host in _LOOPBACK:
        # A page of another site could otherwise reach this endpoint by a name that leads to this machine.
        from dataclasses import replace

        settings = replace(settings, hosts=(*_LOOPBACK, "[::1]"))
    # A store on disk has threads of its own, which a fork would lose; each worker opens it for itself.
    in_memory = isinstance(source, KnowledgeGraph) or not (is_url(source) or Path(source).is_dir())
    opened = _open(source)
    if not isinstance(source, KnowledgeGraph) and is_url(source):
        # Nobody is helped by a server all of whose answers are that its own endpoint is not there.
        opened.query("ASK { }")
    listener = _listen(host, port)
    address = listener.getsockname()
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    if not in_memory:
        opened.close()
    say(f"Serving at http://{shown}:{address[1]}/ (endpoint /sparql; stop with Ctrl-C).")
    _supervise(lambda: opened if in_memory else _open(source), listener, workers, settings)


def _open(source: str | Path | KnowledgeGraph) -> KnowledgeGraph:
    return source if isinstance(source, KnowledgeGraph) else KnowledgeGraph.load(source)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        if getattr(error, "errno", 0) == errno.EADDRINUSE:
            message = f"Port {port} of {host} is taken by another program. Choose another with --port, or 0 for any that is free."
        else:
            message = f"It is not possible to listen at {host}, port {port}: {getattr(error, 'strerror', None) or error}."
        raise StoreError(message) from error
    listener.listen(1024)
    listener.set_inheritable(True)
    return listener


def _supervise(
    open_graph: Callable[[], KnowledgeGraph], listener: socket.socket, workers: int, settings: Settings
) -> None:
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)

    children: dict[int, float] = {}
    # Workers hold the end to read from; it closes when this process ends, however that comes about.
    lifeline = os.pipe()
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        for _ in range(workers):
            children[_start(open_graph, listener, settings, lifeline)] = time.monotonic()
        while children:
            try:
                child, _ = os.waitpid(-1, os.WNOHANG) if stopping.is_set() else os.waitpid(-1, 0)
            except InterruptedError:  # pragma: no cover  (Python retries by itself unless a handler raises)
                continue
            except ChildProcessError:
                break
            if child in children:
                born = children.pop(child)
                if not stopping.is_set():
                    if time.monotonic() - born < PAUSE:
                        time.sleep(PAUSE)
                    children[_start(open_graph, listener, settings, lifeline)] = time.monotonic()
            elif stopping.is_set():
                time.sleep(0.02)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        listener.close()
        for end in lifeline:
            os.close(end)


def _start(
    open_graph: Callable[[], KnowledgeGraph],
    listener: socket.socket,
    settings: Settings,
    lifeline: tuple[int, int],
) -> int:
    """Fork a worker; returns its process in the parent, and never in the worker."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(lifeline[1])
            threading.Thread(target=_end_with, args=lifeline[:1], daemon=True).start()
            _work(open_graph(), listener, settings)
            code = 0
        except BaseException as error:  # noqa: BLE001  (the worker ends here, whatever it was)
            _say(f"spacegraph: a worker stopped: {error}")
        finally:
            # A query that was given up may still hold a thread, for which a normal exit would wait.
            os._exit(code)
    return child


def _end_with(lifeline: int) -> None:
    """Tell this worker to stop when the process that began it is gone, even where that was killed."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _work(kg: KnowledgeGraph, listener: socket.socket, settings: Settings) -> None:
    import uvicorn

    from spacegraph.server.http import BoundedHead

    bound_memory(settings.max_memory)
    server: uvicorn.Server

    def restart() -> None:
        server.should_exit = True

    app = make_app(kg, settings, on_clogged=restart)
    config = uvicorn.Config(
        app,
        http=BoundedHead,
        ws="none",
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=GRACE,
        lifespan="off",
        server_header=False,
        timeout_keep_alive=30,
    )
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
