"""WARC files, as news crawls publish them: the pages of their responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spacegraph.errors import SourceError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["WarcPage", "warc_pages"]

_PAGES = ("text/html", "application/xhtml+xml")
#: Bytes of a page that are read; longer ones are no articles.
LONGEST = 40_000_000


class WarcPage(NamedTuple):
    """A page of a WARC file, or what is wrong at that place.

    ``position`` is the place in the file in bytes, ``fetched`` the day on which the page was got.
    """

    url: str
    html: bytes
    fetched: dt.date | None
    position: int
    error: SourceError | None = None


def warc_pages(path: Path) -> Iterator[WarcPage]:
    """The pages that were got with status 200, in their order.

    Args:
        path: A ``.warc`` file, also compressed (``.gz``, ``.lz4``).

    Yields:
        Pages; at the end an error where the file is cut off.

    Raises:
        SourceError: It is no WARC file, cannot be read, or FastWARC is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        message = "WARC files need FastWARC, which is not installed: pip install 'spacegraph[corpus]'"
        raise SourceError(message) from error
    records = pages = 0
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=True):
                records += 1
                if record.record_type != WarcRecordType.response or record.http_headers is None:
                    continue
                kind = str(record.http_content_type or "").lower()
                if kind not in _PAGES or record.http_headers.status_code != 200:
                    continue
                url = str(record.headers.get("WARC-Target-URI", "")).strip("<>")
                wanted = int(record.content_length)
                html = record.reader.read(min(wanted, LONGEST))
                if len(html) < min(wanted, LONGEST):
                    yield _cut_off(path, url, size)
                    return
                day = record.record_date
                pages += 1
                yield WarcPage(url, html, day.date() if day else None, file.tell())
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        if records:
            yield _cut_off(path, f"record {records}", size)
            return
        message = (
            f"{path} is no WARC file that can be read: {str(error).rstrip('.') or type(error).__name__}."
        )
        raise SourceError(message) from error
    if not records:
        message = f"{path} is no WARC file, or an empty one: it holds no record."
        raise SourceError(message)
    if not pages:
        message = f"{path} holds {records:,} records, and no page among them."
        raise SourceError(message)


def _cut_off(path: Path, where: str, size: int) -> WarcPage:
    message = f"{path} is cut off at {where}. What comes before is read; get the file again for the rest."
    return WarcPage("", b"", None, size, SourceError(message))
