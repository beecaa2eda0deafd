"""From inputs to documents, and from documents to shards: what is to be read, before anything is read.

This runs in one process, so it does as little as it can: lines are parsed for their identifiers, pages are left to the
workers. The same inputs give the same shards, whoever reads them.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from spacegraph.errors import SourceError, TooLargeError
from spacegraph.model import Article
from spacegraph.sources import DEFAULT_MAX_CHARS, STDIN, SUFFIXES, read_articles
from spacegraph.sources.articles import article_from_page, files_in, stem_of, suffix_of, unpacked
from spacegraph.sources.decoding import decode
from spacegraph.sources.feeds import feed_entries, looks_like_feed
from spacegraph.sources.records import Record, parse_record, record_from
from spacegraph.sources.warc import warc_pages

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Document", "Refusal", "Shard", "SourceOptions", "article_of", "input_bytes", "shards_of"]

#: About the most characters or bytes of the documents of one shard. What a crash of the whole run costs at most is a shard
#: for each worker.
SHARD_BYTES = 4_000_000
#: UTF-8 takes up to four bytes a character, and JSON more; room for the other fields.
_BYTES_PER_CHAR, _SLACK = 12, 65536
_READ_ERRORS = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How sources are read; the fields are those of :func:`spacegraph.sources.read_articles`."""

    encoding: str | None = None
    published: dt.date | None = None
    max_chars: int = DEFAULT_MAX_CHARS
    any_language: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is not read: see :meth:`spacegraph.corpus.tables.Rows.add_error`."""

    kind: str
    error: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something to read: an article as it was given, the path of a file that is one, a page, or a refusal.

    ``digest`` tells its content; ``weight`` is how many bytes of the input it took.
    """

    id: str
    label: str
    digest: bytes = b""
    article: Article | None = None
    path: str = ""
    page: bytes = b""
    url: str = ""
    published: dt.date | None = None
    weight: int = 0
    refusal: Refusal | None = None

    @property
    def size(self) -> int:
        """About how much there is to read, in characters or bytes."""
        return (
            len(self.article.text) if self.article else max(len(self.page), self.weight if self.path else 0)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Documents that are read together. ``digest`` tells whether an input has changed since they were."""

    name: str
    documents: tuple[Document, ...]
    digest: str

    @property
    def weight(self) -> int:
        """Bytes of the inputs that it took."""
        return sum(document.weight for document in self.documents)


def article_of(document: Document, options: SourceOptions) -> Article:
    """The article of a document, with its blocks and date.

    Raises:
        SourceError: It is no article that can be read.
    """
    given: str | Path | Article
    if document.article is not None:
        given = document.article
    elif document.path:
        given = Path(document.path)
    else:
        given = article_from_page(
            document.page,
            id=document.id,
            label=document.label,
            url=document.url,
            published=document.published,
            encoding=options.encoding,
        )
    found = list(
        read_articles(
            [given],
            encoding=options.encoding,
            published=options.published,
            max_chars=options.max_chars,
            any_language=options.any_language,
        )
    )
    return replace(found[0], id=document.id)


def shards_of(inputs: Sequence[str | Path], options: SourceOptions, most: int = 64) -> Iterator[Shard]:
    """What there is to read, shard by shard; none reaches over the end of an input, so that inputs can be added at the end.

    A document whose identifier another one has already is refused.

    Args:
        inputs: Files, folders, and ``-`` for standard input.
        options: How they are read.
        most: Documents of one shard.
    """
    seen: dict[bytes, bytes] = {}
    for number, item in enumerate(inputs):
        batch: list[Document] = []
        size = count = 0
        for document in _documents(item, options):
            batch.append(_unless_seen(document, seen))
            size += document.size
            if len(batch) == most or size >= SHARD_BYTES:
                yield _shard(number, count, batch)
                batch, size, count = [], 0, count + 1
        if batch:
            yield _shard(number, count, batch)


def input_bytes(inputs: Iterable[str | Path]) -> int:
    """The bytes of all inputs, 0 where standard input is one of them: how much that is nobody knows before it ends."""
    total = 0
    for item in inputs:
        if str(item) == STDIN:
            return 0
        path = Path(item)
        try:
            total += sum(f.stat().st_size for f in _files(path))
        except (OSError, SourceError):
            continue
    return total


def _shard(number: int, count: int, batch: list[Document]) -> Shard:
    digest = hashlib.blake2b(digest_size=16)
    for document in batch:
        refusal = document.refusal
        told = (document.id, document.digest.hex(), refusal.kind if refusal else "")
        digest.update(json.dumps(told).encode())
    return Shard(name=f"{number:05d}-{count:06d}", documents=tuple(batch), digest=digest.hexdigest())


def _unless_seen(document: Document, seen: dict[bytes, bytes]) -> Document:
    """The document, or its refusal where another one has its identifier."""
    if document.refusal is not None:
        return document
    # Digests, since the identifiers of a million pages are their addresses.
    key = hashlib.blake2b(document.id.encode("utf-8", "replace"), digest_size=12).digest()
    content = document.digest[:8]
    first = seen.get(key)
    if first is None:
        seen[key] = content
        return document
    if first == content:
        refusal = Refusal(
            "repeated",
            "repeated",
            f"{document.label} is the same as an article before it, which is read once.",
        )
    else:
        refusal = Refusal(
            "refused",
            "SourceError",
            f"{document.label} has the id {document.id!r}, which an article before it has with another text. Ids tell "
            "articles apart in the graph: give it another id.",
        )
    return replace(document, article=None, path="", page=b"", refusal=refusal)


def _documents(item: str | Path, options: SourceOptions) -> Iterator[Document]:
    """The documents of one input; what cannot be read comes as a refusal."""
    label = "standard input" if str(item) == STDIN else str(item)
    try:
        if str(item) == STDIN:
            stream = getattr(sys.stdin, "buffer", None) or io.BytesIO(sys.stdin.read().encode())
            yield from _from_bytes_of_unknown_kind(stream.read(), "stdin", label, options)
            return
        for path in _files(Path(item)):
            yield from _from_file(path, options)
    except SourceError as error:
        yield _refused(error, label)
    except (OSError, ValueError) as error:
        yield _refused(SourceError(f"{label} cannot be read: {_reason(error)}."), label)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return files_in(path)
    if not path.exists():
        message = f"There is no file {path}. Check the path."
        raise SourceError(message)
    return [path]


def _from_file(path: Path, options: SourceOptions) -> Iterator[Document]:
    label, stem = str(path), stem_of(path)
    kind = SUFFIXES.get(suffix_of(path), "")
    try:
        if kind == "warc":
            yield from _from_warc(path, label)
            return
        if kind == "jsonl":
            with path.open("rb") as raw:
                yield from _lines(unpacked(path, raw), raw, stem, label, options)
            return
        if kind in ("text", "markdown", "html") and path.suffix.lower() != ".zst":
            yield _file_document(path, stem, label)
            return
        with path.open("rb") as raw:
            data = unpacked(path, raw).read()
        weight = path.stat().st_size
        if kind == "json":
            found = list(_records(data, stem, label, options))
        elif kind == "feed" or (kind == "xml" and looks_like_feed(data)):
            found = list(_entries(data, stem, label))
        elif kind == "html":
            found = [_page(data, stem, label)]
        elif kind in ("text", "markdown"):
            found = [_text(data, stem, label, options)]
        else:
            found = list(_from_bytes_of_unknown_kind(data, stem, label, options))
        yield from (replace(document, weight=weight if i == 0 else 0) for i, document in enumerate(found))
    except SourceError as error:
        yield _refused(error, label)
    except _READ_ERRORS as error:
        yield _refused(SourceError(f"{label} cannot be read to its end: {_reason(error)}."), label)


def _from_bytes_of_unknown_kind(
    data: bytes, stem: str, label: str, options: SourceOptions
) -> Iterator[Document]:
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:400].lower()
    if looks_like_feed(data):
        yield from _entries(data, stem, label)
    elif head.startswith(b"{") and b'"' in head:
        stream = io.BytesIO(data)
        yield from _lines(stream, stream, stem, label, options)
    elif head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in head:
        yield _page(data, stem, label)
    else:
        yield _text(data, stem, label, options)


def _lines(
    stream: IO[bytes], raw: IO[bytes], stem: str, label: str, options: SourceOptions
) -> Iterator[Document]:
    """JSON Lines, a document a line."""
    limit = options.max_chars * _BYTES_PER_CHAR + _SLACK
    number = articles = place = 0
    while line := stream.readline(limit):
        number += 1
        weight, place = raw.tell() - place, raw.tell()
        if not line.strip():
            continue
        articles += 1
        what = f"{label}, line {number}"
        try:
            if len(line) >= limit and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = stream.readline(limit)
                message = f"{what} is too long; at most {options.max_chars:,} characters of one article are read. Raise --max-chars, or divide the text into articles."
                raise TooLargeError(message)
            record = parse_record(line, label=what, fallback_id=f"{stem}-{number}")
        except SourceError as error:
            yield replace(_refused(error, what), weight=weight)
            continue
        yield replace(_of_record(record, what), weight=weight)
    if not articles:
        message = f"{label} is empty: it holds no article."
        raise SourceError(message)


def _records(data: bytes, stem: str, label: str, options: SourceOptions) -> Iterator[Document]:
    """The articles of one JSON file: an object, or a list of them."""
    try:
        value = json.loads(decode(data, label=label, encoding=options.encoding))
    except (json.JSONDecodeError, RecursionError) as error:
        message = f"{label} is not valid JSON: {str(error).rstrip('.')}."
        raise SourceError(message) from error
    entries = value if isinstance(value, list) else [value]
    for i, entry in enumerate(entries, start=1):
        what = f"{label}, entry {i}" if isinstance(value, list) else label
        fallback = f"{stem}-{i}" if isinstance(value, list) else stem
        try:
            yield _of_record(record_from(entry, label=what, fallback_id=fallback), what)
        except SourceError as error:
            yield _refused(error, what)


def _of_record(record: Record, label: str) -> Document:
    return _of_article(
        Article(
            id=record.id, text=record.text, title=record.title, published=record.published, url=record.url,
            source=record.source,
        ),
        label,
    )  # fmt: skip


def _entries(data: bytes, stem: str, label: str) -> Iterator[Document]:
    """The entries of a feed that carry a text."""
    for entry in feed_entries(data, label=label, stem=stem):
        if isinstance(entry, SourceError):
            yield _refused(entry, label)
        else:
            yield _of_article(entry, f"{label}, entry {entry.id}")


def _from_warc(path: Path, label: str) -> Iterator[Document]:
    place = 0
    for page in warc_pages(path):
        weight, place = page.position - place, page.position
        if page.error is not None:
            yield replace(_refused(page.error, label), weight=max(0, weight))
        else:
            yield Document(
                id=page.url, label=f"{label}, {page.url}", page=page.html, url=page.url, published=page.fetched,
                digest=_digest(page.html), weight=max(0, weight),
            )  # fmt: skip


def _of_article(article: Article, label: str) -> Document:
    told = (article.text, article.title, str(article.published), article.url, article.source)
    return Document(
        id=article.id, label=label, article=article, digest=_digest("\x1f".join(told).encode("utf-8", "replace"))
    )  # fmt: skip


def _file_document(path: Path, stem: str, label: str) -> Document:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).digest()
    return Document(id=stem, label=label, path=str(path), digest=digest, weight=path.stat().st_size)


def _page(data: bytes, stem: str, label: str) -> Document:
    return Document(id=stem, label=label, page=data, digest=_digest(data))


def _text(data: bytes, stem: str, label: str, options: SourceOptions) -> Document:
    return _of_article(Article(id=stem, text=decode(data, label=label, encoding=options.encoding)), label)


def _refused(error: SourceError, label: str, doc_id: str = "") -> Document:
    message = str(error)
    return Document(
        id=doc_id,
        label=label,
        refusal=Refusal("refused", type(error).__name__, message),
        digest=_digest(message.encode("utf-8", "replace")),
    )


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _reason(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__).rstrip(".")
