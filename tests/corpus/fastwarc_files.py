"""A small WARC file, as a crawl would write it."""

from __future__ import annotations

import gzip

RESPONSE = "Ines Kovar, the chief executive of Orbital Dynamics, criticized the engineer Bob Ray on Friday."
_BODY = (
    f"<html><head><title>Words</title></head><body><article><h1>Words</h1><p>{RESPONSE}</p>"
    + "<p>The agency said that there was no sign that Ruritania was withdrawing from the station, and that the capsule was ready.</p>"
    * 2
    + "</article></body></html>"
)


def _record(kind: str, url: str, content: bytes, content_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-05-10T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(hash(url + kind)) % 10**12:012d}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def _http(body: str, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    data = body.encode()
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


def warc(*, packed: bool = True) -> bytes:
    """Two pages among what is none."""
    answer = "application/http; msgtype=response"
    records = [
        _record("warcinfo", "", b"software: made up\r\n", "application/warc-fields"),
        _record(
            "request",
            "https://post.example/a",
            b"GET /a HTTP/1.1\r\n\r\n",
            "application/http; msgtype=request",
        ),
        _record("response", "https://post.example/a", _http(_BODY), answer),
        _record("response", "https://post.example/gone", _http("gone", status="404 Not Found"), answer),
        _record("response", "https://post.example/i.png", _http("png", "image/png"), answer),
        _record("response", "https://post.example/b", _http(_BODY.replace("Friday", "Monday")), answer),
    ]
    # A member for each record, as crawls write them.
    return b"".join(gzip.compress(r) for r in records) if packed else b"".join(records)
