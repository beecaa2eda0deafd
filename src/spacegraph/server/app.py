"""The endpoint as an ASGI application: SPARQL 1.1 Protocol (query operation), service description, query page.

It only ever reads. Queries run in threads, each within a time; Oxigraph's Python API cannot stop a query that it has begun, so
one that is given up keeps its thread until it ends, and when too many are like that the application asks to be started anew
(:mod:`spacegraph.server.running` does that). A lookup takes less time than the hand-over to a thread does: it is answered at
once (:mod:`spacegraph.server.single_lookup`), and answers from a graph in memory, which does not change, are remembered.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Route

from spacegraph.errors import ConfigError, ExportError, QueryError, SpacegraphError, StoreError
from spacegraph.graph.query.engine import run_query
from spacegraph.graph.query.protocol import Dataset
from spacegraph.graph.query.sparql import named_queries, prepare
from spacegraph.graph.rdf.terms import iri_text
from spacegraph.graph.rdf.vocabulary import PREFIXES
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.graph.stores.remote import TRUNCATED
from spacegraph.server.answers import AnswerCache, DirectGet
from spacegraph.server.negotiation import GRAPHS, TABLES, choose, written
from spacegraph.server.single_lookup import LOOKUP_ROWS, is_single_lookup
from spacegraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from spacegraph.graph import KnowledgeGraph, QueryResult

__all__ = ["Settings", "make_app"]

#: Where the endpoint is.
ENDPOINT = "/sparql"
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
}
_QUERY_TYPE = "application/sparql-query"
_FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and manners of an endpoint.

    ``timeout`` is in seconds, ``max_rows`` counts rows or triples of an answer, ``max_bytes`` the bytes of their terms,
    ``max_body`` bytes of a request, ``max_memory`` the bytes that a worker may take beside the graph (0: any), ``max_running``
    queries at a time. ``cache_bytes`` is how much each worker remembers of answers from a graph in
    memory; 0 remembers none, and those from a store or endpoint are never remembered. ``cors_origins`` are the pages of
    other hosts that may ask ("*": all); by default none may. ``hosts`` are the names by which the server may be called,
    in capitals or small letters; empty takes any.
    """

    timeout: float = 30.0
    max_rows: int = 100_000
    max_bytes: int = 50_000_000
    max_body: int = 1_000_000
    max_memory: int = 4_000_000_000
    max_running: int = 8
    cache_bytes: int = 32_000_000
    cors_origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    title: str = "spacegraph"

    def __post_init__(self) -> None:
        """Refuse limits that nothing fits.

        Raises:
            ConfigError: A limit is not more than 0, or ``cache_bytes`` or ``max_memory`` is less.
        """
        for name in ("timeout", "max_rows", "max_bytes", "max_body", "max_running"):
            if not getattr(self, name) > 0:  # That is so of NaN, too.
                message = f"The setting {name} is {getattr(self, name)}; it must be more than 0."
                raise ConfigError(message)
        for name in ("cache_bytes", "max_memory"):
            if getattr(self, name) < 0:
                message = f"The setting {name} is {getattr(self, name)}; it must be 0 or more."
                raise ConfigError(message)


@dataclass(slots=True)
class _State:
    """What the application holds while it runs."""

    kg: KnowledgeGraph
    settings: Settings
    pool: ThreadPoolExecutor
    answers: AnswerCache
    in_memory: bool
    running: int = 0
    given_up: int = 0
    queries: int = 0
    page: bytes = b""
    explorer: bytes = b""
    #: Called when queries that were given up hold half of the threads.
    on_clogged: Callable[[], None] | None = field(default=None)


def make_app(
    kg: KnowledgeGraph, settings: Settings | None = None, *, on_clogged: Callable[[], None] | None = None
) -> ASGIApp:
    """The application for any ASGI server.

    Args:
        kg: The graph; it is only read.
        settings: Limits and manners.
        on_clogged: Called when half of the threads are held by queries that were given up.
    """
    settings = settings or Settings()
    pool = ThreadPoolExecutor(settings.max_running, thread_name_prefix="sparql")
    in_memory = isinstance(kg.store, MemoryStore)
    answers = AnswerCache(settings.cache_bytes if in_memory else 0)
    state = _State(
        kg=kg, settings=settings, pool=pool, answers=answers, in_memory=in_memory, on_clogged=on_clogged
    )
    middleware = []
    if settings.hosts:
        middleware.append(Middleware(_OnlyHosts, hosts=settings.hosts))
    if settings.cors_origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(settings.cors_origins),
                allow_methods=["GET", "POST"],
                expose_headers=[TRUNCATED],
            )
        )
    routes = [
        Route("/", partial(_page, state), methods=["GET"]),
        Route("/explorer", partial(_explorer, state), methods=["GET"]),
        Route(ENDPOINT, partial(_sparql, state), methods=["GET", "POST"]),
        Route("/query", partial(_sparql, state), methods=["GET", "POST"]),
        Route("/questions", partial(_questions, state), methods=["GET"]),
        Route("/questions/{name}", partial(_question, state), methods=["GET"]),
        Route("/health", partial(_health, state), methods=["GET"]),
    ]
    return DirectGet(
        Starlette(
            routes=routes,
            middleware=middleware,
            exception_handlers={404: _nothing_there, 405: _no_such_method},
        ),
        paths=(ENDPOINT, "/query"),
        hosts=settings.hosts,
        answers=answers,
        answer=partial(_answer, state),
    )


def _reply(
    body: bytes, media_type: str, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    return Response(
        body, status, headers={**_SECURITY, "Vary": "Accept", **(headers or {})}, media_type=media_type
    )


class _OnlyHosts:
    """Answers requests that call the server by one of its names; ``*`` is any, ``*.example`` any that ends so.

    Starlette's TrustedHostMiddleware does the same, but refuses with "Invalid host header", which does not say what
    would be a valid one.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = tuple(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "").lower()
        name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        if any(name == known or (known[:1] == "*" and name.endswith(known[1:])) for known in self.hosts):
            await self.app(scope, receive, send)
            return
        message = (
            f"This server answers only to {', '.join(self.hosts)}, and was called {name or 'by no name'!r}."
        )
        await _refuse(HTTPStatus.BAD_REQUEST, message)(scope, receive, send)


async def _nothing_there(request: Request, error: Exception) -> Response:  # noqa: ARG001  (Starlette's signature)
    message = f"There is nothing at {request.url.path}. Queries go to {ENDPOINT}; the query page is at /."
    return _refuse(HTTPStatus.NOT_FOUND, message)


async def _no_such_method(request: Request, error: Exception) -> Response:
    # Starlette names them in no fixed order.
    allowed = ", ".join(sorted((getattr(error, "headers", None) or {}).get("Allow", "").split(", ")))
    message = f"{request.url.path} takes {allowed}, not {request.method}. This server only reads."
    return _refuse(HTTPStatus.METHOD_NOT_ALLOWED, message, {"Allow": allowed})


def _refuse(status: HTTPStatus, message: str, headers: dict[str, str] | None = None) -> Response:
    return _reply(f"{message}\n".encode(), "text/plain", status, headers)


async def _page(state: _State, request: Request) -> Response:  # noqa: ARG001  (Starlette's signature)
    if not state.page:
        state.page = (files("spacegraph.server") / "page.html").read_bytes()
    return _reply(state.page, "text/html")


async def _explorer(state: _State, request: Request) -> Response:  # noqa: ARG001  (Starlette's signature)
    if not state.explorer:
        from spacegraph.views.page import render_page

        loop = asyncio.get_running_loop()
        page = await loop.run_in_executor(state.pool, render_page, state.kg)
        state.explorer = page.encode()
    return _reply(state.explorer, "text/html")


async def _health(state: _State, request: Request) -> Response:  # noqa: ARG001  (Starlette's signature)
    try:
        alive = await asyncio.wait_for(_ask(state, "ASK { }"), 5)
    except (TimeoutError, SpacegraphError):
        alive = None
    body = {
        "status": "ok" if alive else "busy",
        "version": __version__,
        "queries": state.queries,
        "running": state.running,
        "given_up": state.given_up,
    }
    return _reply(orjson.dumps(body), "application/json", 200 if alive else HTTPStatus.SERVICE_UNAVAILABLE)


async def _questions(state: _State, request: Request) -> Response:  # noqa: ARG001  (Starlette's signature)
    found = [
        {
            "name": query.name,
            "question": query.question,
            "sparql": query.text,
            "parameters": [
                {"name": p.name, "meaning": p.meaning, "example": p.example} for p in query.parameters
            ],
        }
        for query in named_queries().values()
    ]
    return _reply(orjson.dumps({"questions": found, "prefixes": PREFIXES}), "application/json")


async def _question(state: _State, request: Request) -> Response:
    name = request.path_params["name"]
    if name not in named_queries():
        return _refuse(
            HTTPStatus.NOT_FOUND, f"There is no question {name!r}; /questions lists those that there are."
        )
    return await _answer(state, name, _accepted(request), dict(request.query_params))


async def _sparql(state: _State, request: Request) -> Response:
    if request.method in ("GET", "HEAD"):
        parameters = list(request.query_params.multi_items())
        if not parameters:
            return _description(request)
    else:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request, state.settings.max_body)
        if body is None:
            message = (
                f"The request is longer than {state.settings.max_body:,} bytes, the limit of this server."
            )
            return _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return _refuse(HTTPStatus.BAD_REQUEST, "The request is not in UTF-8.")
        if kind == "application/sparql-update":
            return _refuse(HTTPStatus.FORBIDDEN, "This endpoint only reads; updates are refused.")
        if kind == _QUERY_TYPE:
            parameters = [("query", text), *request.query_params.multi_items()]
        elif kind == _FORM_TYPE:
            # A form has all parameters in the body; what stands in the address all the same is not passed over in silence.
            parameters = [*parse_qsl(text, keep_blank_values=True), *request.query_params.multi_items()]
        else:
            message = f"A query is posted as {_QUERY_TYPE} or {_FORM_TYPE}, not as {kind or 'nothing in particular'}."
            return _refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    names = [name for name, _ in parameters]
    if "update" in names:
        return _refuse(HTTPStatus.FORBIDDEN, "This endpoint only reads; updates are refused.")
    default, named = (
        tuple(value for name, value in parameters if name == wanted)
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    dataset = Dataset(default, named) if default or named else None
    for iri in (*default, *named):
        try:
            iri_text(iri)
        except StoreError:
            message = f"default-graph-uri and named-graph-uri take absolute IRIs, and {iri!r} is none."
            return _refuse(HTTPStatus.BAD_REQUEST, message)
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        return _refuse(HTTPStatus.BAD_REQUEST, f"A request has one query, and this one has {len(queries)}.")
    return await _answer(state, queries[0], _accepted(request), {}, dataset)


def _accepted(request: Request) -> str:
    return ", ".join(request.headers.getlist("accept"))


async def _body(request: Request, limit: int) -> bytes | None:
    """The body of a request, or None where it is longer than the limit; no more than that is ever held."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        return None
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > limit:
            return None
    return bytes(chunks)


async def _answer(
    state: _State, query: str, accept: str, parameters: dict[str, str], dataset: Dataset | None = None
) -> Response:
    try:
        text = prepare(query, parameters)
        known = state.answers.get(text, accept) if dataset is None else None
        if known is not None:
            return known
        result = _at_once(state, text) if dataset is None else None
        if result is None:
            result = await asyncio.wait_for(_ask(state, text, dataset), state.settings.timeout)
    except QueryError as error:
        return _refuse(HTTPStatus.BAD_REQUEST, str(error))
    except TimeoutError:
        state.given_up += 1
        message = f"The query took longer than {state.settings.timeout:g} seconds, the limit of this server, and was given up. Ask for less."
        return _refuse(HTTPStatus.SERVICE_UNAVAILABLE, message, {"Retry-After": "30"})
    except _BusyError:
        message = f"The server is busy with {state.settings.max_running} queries. Try again in a moment."
        return _refuse(HTTPStatus.SERVICE_UNAVAILABLE, message, {"Retry-After": "5"})
    except SpacegraphError as error:
        return _refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
    try:
        form = written(result, accept)
    except ExportError as error:
        return _refuse(HTTPStatus.NOT_ACCEPTABLE, str(error))
    if form is None:
        offered = ", ".join(GRAPHS if result.kind == "graph" else TABLES)
        return _refuse(
            HTTPStatus.NOT_ACCEPTABLE, f"This answer can be had as {offered}, and none of them is accepted."
        )
    media_type, body = form
    headers = {TRUNCATED: f"rows={len(result)}"} if result.truncated else {}
    response = _reply(body, media_type, headers=headers)
    if dataset is None:
        state.answers.keep(text, accept, response)
    return response


class _BusyError(Exception):
    """All threads have a query to run, and as many wait."""


def _at_once(state: _State, text: str) -> QueryResult | None:
    """The answer to a lookup that has few rows, without a thread and without a clock; None for all other queries."""
    if not state.in_memory or not is_single_lookup(text):
        return None
    rows = min(LOOKUP_ROWS, state.settings.max_rows)
    result = run_query(state.kg.store, text, limit=rows, max_bytes=state.settings.max_bytes)
    if result.truncated and len(result) == rows < state.settings.max_rows:
        return None
    state.queries += 1
    return result


async def _ask(state: _State, text: str, dataset: Dataset | None = None) -> QueryResult:
    if state.running >= 4 * state.settings.max_running:
        raise _BusyError
    state.queries += 1
    state.running += 1
    loop = asyncio.get_running_loop()
    deadline = time.monotonic() + state.settings.timeout
    future = loop.run_in_executor(state.pool, _run, state, text, deadline, dataset)
    future.add_done_callback(lambda _: _finished(state))
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        # Nobody waits for it any more, but its thread is held until it ends.
        future.add_done_callback(_look_at)
        if state.on_clogged and state.running >= max(1, state.settings.max_running // 2):
            state.on_clogged()
        raise


def _run(state: _State, text: str, deadline: float, dataset: Dataset | None) -> QueryResult:
    if time.monotonic() > deadline:
        # It waited for a thread for so long that nobody waits for it any more.
        message = "The query waited too long for its turn."
        raise QueryError(message)
    limits = state.settings
    return run_query(state.kg.store, text, limit=limits.max_rows, max_bytes=limits.max_bytes, dataset=dataset)


def _finished(state: _State) -> None:
    state.running -= 1


def _look_at(future: Any) -> None:
    # An exception that nobody looks at would be reported as lost.
    if not future.cancelled():
        future.exception()


def _description(request: Request) -> Response:
    """The service description (SPARQL 1.1 Service Description), or the query page for a browser."""
    wanted = choose(_accepted(request), ("text/turtle", "text/html"))
    if wanted == "text/html":
        return Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": "/", **_SECURITY})
    formats = " , ".join(
        f"<http://www.w3.org/ns/formats/{name}>"
        for name in (
            "SPARQL_Results_JSON",
            "SPARQL_Results_XML",
            "SPARQL_Results_CSV",
            "SPARQL_Results_TSV",
            "Turtle",
            "N-Triples",
            "RDF_XML",
            "JSON-LD",
        )
    )
    url = str(request.url.replace(query=""))
    text = (
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n"
        f"<{url}> a sd:Service ;\n"
        f"    sd:endpoint <{url}> ;\n"
        "    sd:supportedLanguage sd:SPARQL11Query ;\n"
        "    sd:feature sd:UnionDefaultGraph ;\n"
        f"    sd:resultFormat {formats} .\n"
    )
    return _reply(text.encode(), "text/turtle")
