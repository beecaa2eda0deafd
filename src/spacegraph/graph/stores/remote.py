"""A store behind a SPARQL 1.1 endpoint.

Queries go to the endpoint's query address, changes as one update to its update address. Credentials come from the
environment (``SPACEGRAPH_ENDPOINT_USER``, ``SPACEGRAPH_ENDPOINT_PASSWORD`` or ``SPACEGRAPH_ENDPOINT_TOKEN``) or from netrc,
and never appear in messages.

Plain queries are to see all graphs; endpoints differ in whether they do so by themselves. Those that do not are told the
graphs, as ``default-graph-uri`` and ``union-default-graph`` in the request.
"""

from __future__ import annotations

import base64
import http.client
import netrc
import os
import re
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from spacegraph.errors import QueryError, StoreError
from spacegraph.graph.query.sparql import names_dataset, query_kind, syntax_message, with_prefixes
from spacegraph.graph.rdf.vocabulary import PREFIXES
from spacegraph.graph.stores.oxigraph import update_text

if TYPE_CHECKING:
    from collections.abc import Collection
    from http.client import HTTPResponse

    from spacegraph.graph.query.protocol import Dataset

__all__ = ["RemoteStore"]

#: Seconds to wait for an endpoint unless told otherwise.
TIMEOUT = 60.0
#: Bytes that an answer must bring in that time; fewer are a trickle, which would hold whoever asked for ever.
LEAST = 16_384
#: Longest answer that is taken in, in bytes; memory holds it several times over.
MOST = 2_000_000_000
_TABLE = "application/sparql-results+json"
_GRAPH = "application/n-triples"
_UPDATE = "application/sparql-update"
#: The header by which `spacegraph serve` says that a limit has cut an answer short.
TRUNCATED = "Spacegraph-Truncated"


class RemoteStore:
    """A SPARQL 1.1 endpoint.

    Args:
        url: The query address (``http://host/query``). Credentials in it are refused.
        update_url: The address of updates; None takes the query address with "query" or "sparql" at its end replaced
            by "update", or the same address.
        timeout: Seconds to wait for an answer to begin, and for it to go on.

    Raises:
        StoreError: The URL is not valid or has credentials in it, or the credentials cannot be sent.
    """

    def __init__(self, url: str, *, update_url: str | None = None, timeout: float = TIMEOUT) -> None:
        self.url = _checked(url)
        self.update_url = _checked(update_url) if update_url else _update_address(self.url)
        self.timeout = timeout
        self.location = f"The endpoint {self.url}"
        self._parser = ox.Store()
        # What netrc has for one host is not for another.
        self._authorizations = {
            address: _authorization(urlsplit(address).hostname or "")
            for address in (self.url, self.update_url)
        }

    def query(
        self, text: str, *, dataset: Dataset | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run a query over the union of all graphs, or over those that it names with ``FROM``."""
        try:
            # Positions in an endpoint's own complaint would count the prefixes that are sent before the query.
            self._parser.query(text, prefixes=PREFIXES)
        except SyntaxError as error:
            raise syntax_message(error, text) from error
        kind = query_kind(text)
        accept = _GRAPH if kind == "graph" else _TABLE
        form = [("query", with_prefixes(text))]
        if dataset is not None:
            form += [("default-graph-uri", iri) for iri in dataset.default]
            form += [("named-graph-uri", iri) for iri in dataset.named]
        elif not names_dataset(text):
            form.append(("union-default-graph", ""))
        body = urlencode(form).encode()
        data = self._post(self.url, body, "application/x-www-form-urlencoded", accept)
        try:
            if kind == "graph":
                # QueryTriples has no constructor; a CONSTRUCT over a store with just these triples gives one.
                store = ox.Store()
                store.bulk_load(data, format=ox.RdfFormat.N_TRIPLES)
                return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
            return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            message = f"{self.location} did not answer with SPARQL results: {error}. Is it the address of a SPARQL query service?"
            raise StoreError(message) from error

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        answer = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        if not isinstance(answer, ox.QuerySolutions):  # pragma: no cover  (a SELECT has rows)
            return []
        return sorted(row["g"].value for row in answer if isinstance(row["g"], ox.NamedNode))

    def dump_graph(self, name: str | None) -> bytes:
        """One graph as N-Triples."""
        if name:
            body = f"GRAPH <{name}> {{ ?s ?p ?o }}"
        else:
            # The default graph of most endpoints shows the named graphs too.
            body = "?s ?p ?o"
            if self.graphs():
                body += " FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }"
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {body} }}"
        form = urlencode({"query": text}).encode()
        return self._post(self.url, form, "application/x-www-form-urlencoded", _GRAPH)

    def apply(self, delete: bytes, insert: bytes, *, drop: Collection[str] = ()) -> None:
        """Drop graphs, delete and insert in one update; endpoints carry an update out wholly or not at all."""
        update = update_text(delete, insert, drop)
        if update:
            self._post(self.update_url, update.encode(), _UPDATE, "*/*")

    def close(self) -> None:
        """Nothing is held."""

    def _post(self, url: str, body: bytes, content_type: str, accept: str) -> bytes:
        headers = {"Content-Type": content_type, "Accept": accept, "User-Agent": "spacegraph"}
        if authorization := self._authorizations[url]:
            headers["Authorization"] = authorization
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310  (http only: _checked)
        try:
            response: HTTPResponse
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=self.timeout) as response:
                data, cut = _body(response, self.timeout), response.headers.get(TRUNCATED)
        except urllib.error.HTTPError as error:
            raise self._refusal(error, changing=content_type == _UPDATE) from error
        except TimeoutError as error:
            message = f"{self.location} did not answer within {self.timeout:g} seconds. Ask for less, or try again later."
            raise StoreError(message) from error
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                message = f"{self.location} did not answer within {self.timeout:g} seconds. Ask for less, or try again later."
            else:
                message = f"{self.location} cannot be reached: {getattr(reason, 'strerror', None) or reason}. Check the address, and whether the server is running."
            raise StoreError(message) from error
        if cut:
            message = f"{self.location} cut its answer short at its limit ({cut}). Ask for less with LIMIT, or have the limit raised (spacegraph serve --max-rows)."
            raise StoreError(message)
        return data

    def _refusal(self, error: urllib.error.HTTPError, *, changing: bool) -> StoreError | QueryError:
        try:
            said = " ".join(error.read(2000).decode("utf-8", "replace").split())[:300].rstrip(".")
        except (OSError, http.client.HTTPException):
            said = ""
        if error.code == http.HTTPStatus.BAD_REQUEST and not changing:
            return QueryError(f"{self.location} calls the query malformed: {said or 'no reason given'}.")
        if error.code in (http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN):
            return StoreError(
                f"{self.location} refuses access ({error.code}). Set SPACEGRAPH_ENDPOINT_USER and SPACEGRAPH_ENDPOINT_PASSWORD, "
                "or SPACEGRAPH_ENDPOINT_TOKEN, or put the host into ~/.netrc."
            )
        return StoreError(
            f"{self.location} answered {error.code} {error.reason}: {said or 'no reason given'}."
        )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Credentials are for the address that was given, not for where it may send us."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Refuse."""
        return


def _body(response: HTTPResponse, timeout: float) -> bytes:
    """The whole answer, as long as it goes on coming.

    Raises:
        StoreError: It is longer than ``MOST``.
        TimeoutError: It trickles.
    """
    parts: list[bytes] = []
    due, got, whole = time.monotonic() + timeout, 0, 0
    while part := response.read1(1_000_000):
        parts.append(part)
        got += len(part)
        whole += len(part)
        if whole > MOST:
            message = (
                f"The answer has more than {MOST:,} bytes, and no end is in sight. Ask for less with LIMIT."
            )
            raise StoreError(message)
        if time.monotonic() > due:
            if got < LEAST:
                raise TimeoutError
            due, got = time.monotonic() + timeout, 0
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)


def _checked(url: str) -> str:
    """The URL in ASCII.

    Raises:
        StoreError: It is no URL of an endpoint, or has credentials in it.
    """
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").encode("idna"), parts.port
    except ValueError:  # also of brackets that are no IPv6 address, and of a port that is no number
        parts, host = urlsplit(""), b""
    if parts.scheme not in ("http", "https") or not host:
        shown = re.sub(r"//[^/]*@", "//", url)
        message = (
            f"{shown!r} is not the URL of an endpoint. It begins with http:// or https:// and has a host."
        )
        raise StoreError(message)
    if parts.username or parts.password:
        shown = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        message = f"Leave the password out of the URL ({shown}): set SPACEGRAPH_ENDPOINT_USER and SPACEGRAPH_ENDPOINT_PASSWORD, or use ~/.netrc."
        raise StoreError(message)
    netloc = parts.netloc
    if not netloc.isascii():
        netloc = host.decode() + (f":{parts.port}" if parts.port else "")
    # What is escaped already stays so.
    path, query = (quote(part, safe="%/:=&?~+!$,;'@()*") for part in (parts.path, parts.query))
    return urlunsplit(parts._replace(netloc=netloc, path=path, query=query, fragment=""))


def _update_address(url: str) -> str:
    explicit = os.environ.get("SPACEGRAPH_ENDPOINT_UPDATE")
    if explicit:
        return _checked(explicit)
    parts = urlsplit(url)
    head, slash, last = parts.path.rpartition("/")
    if last in ("query", "sparql"):
        return urlunsplit(parts._replace(path=f"{head}{slash}update", query=""))
    return url


def _authorization(host: str) -> str:
    # A file that a token is read from often ends in a line break.
    token = os.environ.get("SPACEGRAPH_ENDPOINT_TOKEN", "").strip()
    if token:
        if not (token.isascii() and token.isprintable()):
            message = "SPACEGRAPH_ENDPOINT_TOKEN has a character in it that cannot be sent: a line break, or one beyond ASCII. Set it to the token alone."
            raise StoreError(message)
        return f"Bearer {token}"
    user, password = (
        os.environ.get("SPACEGRAPH_ENDPOINT_USER"),
        os.environ.get("SPACEGRAPH_ENDPOINT_PASSWORD", ""),
    )
    if not user:
        try:
            entry = netrc.netrc().authenticators(host)
        except (OSError, netrc.NetrcParseError):
            entry = None
        if not entry:
            return ""
        user, _, password = entry[0], entry[1], entry[2] or ""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
