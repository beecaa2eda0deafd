"""Reads articles from files, folders, pages, JSON Lines, standard input and strings.

Offsets point into :attr:`Article.text`: the decoded text without a byte order mark, its line ends as they
were; for a page the text that was extracted from it.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from spacegraph.errors import SourceError, TooLargeError
from spacegraph.model import Article, Block, BlockKind
from spacegraph.read_text import ReadText
from spacegraph.sources.cleaning import Cleaned, clean, clean_title
from spacegraph.sources.decoding import charset_of_page, decode, warn_of_mojibake
from spacegraph.sources.english import require_english
from spacegraph.sources.feeds import feed_entries, looks_like_feed
from spacegraph.sources.layout import find_blocks
from spacegraph.sources.limits import DEFAULT_MAX_CHARS
from spacegraph.sources.pages import extract_page
from spacegraph.sources.publication import find_published
from spacegraph.sources.records import Record, not_an_article, parse_record, record_from
from spacegraph.sources.warc import warc_pages

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["DEFAULT_MAX_CHARS", "STDIN", "SUFFIXES", "article_from_text", "files_in", "read_articles"]

#: The name of standard input among inputs.
STDIN = "-"
#: What each suffix holds; each may be followed by one of PACKED.
SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".rss": "feed", ".atom": "feed", ".xml": "xml", ".warc": "warc",
}  # fmt: skip
PACKED = (".gz", ".zst")
#: In a folder, JSON and XML are as likely data of another kind; they have to be named.
FOLDER_SUFFIXES = frozenset(SUFFIXES) - {".json", ".xml"}
#: UTF-8 takes up to four bytes a character, JSON up to six ("\\u2019"), pages have much more markup than text.
_BYTES_PER_CHAR = {"text": 4, "markdown": 4, "html": 40, "jsonl": 12, "json": 12, "feed": 40, "xml": 40}
#: Room for the other fields of a record.
_SLACK = 65536
_READ_ERRORS = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class _Options:
    encoding: str | None
    published: dt.date | None
    max_chars: int
    any_language: bool


class _Name(NamedTuple):
    """What an input is called: its article's id, and in messages."""

    stem: str
    label: str


def read_articles(
    inputs: Iterable[str | Path | Article] | str | Path | Article,
    *,
    encoding: str | None = None,
    published: dt.date | None = None,
    max_chars: int = DEFAULT_MAX_CHARS,
    any_language: bool = False,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[Article]:
    """Read articles one at a time, in the order of the inputs.

    Args:
        inputs: Paths of text (``.txt``, ``.md``), HTML (``.html``, ``.htm``), JSON Lines (``.jsonl``,
            ``.ndjson``), JSON, RSS, Atom and WARC files, each also with ``.gz`` or (but for WARC) ``.zst``; folders, of which all
            such files but ``.json`` and ``.xml`` are read, sorted, hidden ones left out; ``-`` for standard input; articles, which are completed with blocks and date.
            What another file or standard input holds is found out. Of files with one name in a sequence of
            inputs, the path is the id: as the folder has it, or from where their paths part.
        encoding: The encoding of text and HTML; None finds it out.
        published: The day of publication for articles that do not tell theirs.
        max_chars: Longest article to read, in characters.
        any_language: Read texts that do not look English, too.
        on_error: Called with each error in place of raising it; then the next article is read.

    Yields:
        Articles with blocks; with a date where one was given or found.

    Raises:
        SourceError: An input does not exist, cannot be read, is empty, is no text, or has the id of another one.
        NotEnglishError: The text is not English, and ``any_language`` is not set.
        TooLargeError: The text is longer than ``max_chars``.
    """
    options = _Options(encoding, published, max_chars, any_language)
    seen: dict[str, str] = {}

    def report(error: SourceError) -> None:
        if on_error is None:
            raise error
        on_error(error)

    given = [inputs] if isinstance(inputs, (str, Path, Article)) else inputs
    # Names that collide are told apart where all inputs are known; an iterator is read one input at a time.
    batches = [given] if isinstance(given, Sequence) else ([item] for item in given)
    for batch in batches:
        for article, label in _read_all([_Input.of(item) for item in batch], options, report):
            if article.id in seen:
                report(
                    SourceError(
                        f"{label} has the id {article.id!r}, which {seen[article.id]} has already. Ids tell articles "
                        "apart in the graph: rename the file, or give the article another id."
                    )
                )
                continue
            seen[article.id] = label
            yield article


def article_from_text(
    text: str,
    *,
    id: str = "text",  # noqa: A002  (the field's name)
    title: str = "",
    published: dt.date | None = None,
    url: str = "",
    source: str = "",
    max_chars: int = DEFAULT_MAX_CHARS,
    any_language: bool = False,
) -> Article:
    """Make an article of a string; offsets point into that string.

    Raises:
        SourceError: The text is empty, holds control characters, is too long or not English.
    """
    article = Article(id=id, text=text, title=title, published=published, url=url, source=source)
    return _complete(article, "The text", _Options(None, None, max_chars, any_language))


@dataclass(frozen=True, slots=True)
class _Input:
    """One of the inputs: an article, standard input, or files with the folder that they were found in; or what is wrong."""

    article: Article | None = None
    files: tuple[Path, ...] = ()
    folder: Path | None = None
    error: SourceError | None = None

    @classmethod
    def of(cls, item: str | Path | Article) -> _Input:
        if isinstance(item, Article):
            return cls(article=item)
        if str(item) == STDIN:
            return cls()
        path = Path(item)
        try:
            if path.is_dir():
                return cls(files=tuple(files_in(path)), folder=path)
            if path.exists():
                return cls(files=(path,))
        except SourceError as error:
            return cls(error=error)
        except (OSError, ValueError) as error:
            message = f"{str(item)[:80]!r} is not a path that can be read: {_reason(error)}."
            return cls(error=SourceError(message))
        return cls(error=SourceError(f"There is no file {path}. Check the path{_hint(str(item))}."))


def _read_all(
    inputs: list[_Input], options: _Options, report: Callable[[SourceError], None]
) -> Iterator[tuple[Article, str]]:
    names = _names([(file, found.folder) for found in inputs for file in found.files])
    for found in inputs:
        if found.error is not None:
            report(found.error)
        elif found.article is not None:
            label = f"the article {found.article.id!r}"
            try:
                article = _complete(found.article, label[0].upper() + label[1:], options)
            except SourceError as error:
                report(error)
            else:
                yield article, label
        elif found.files:
            for file in found.files:
                yield from _read_file(file, names[file], options, report)
        else:
            # Where there is no binary stream (in a notebook, in tests) there is a text one.
            stream = getattr(sys.stdin, "buffer", None) or io.BytesIO(sys.stdin.read().encode())
            yield from _read_stream(stream, _Name("stdin", "standard input"), None, options, report)


def _names(files: list[tuple[Path, Path | None]]) -> dict[Path, str]:
    """The name that each file gives its article: its own, or its path where several files have that."""
    by_stem: dict[str, dict[Path, Path | None]] = {}
    for file, folder in files:
        by_stem.setdefault(stem_of(file), {})[file] = folder
    names: dict[Path, str] = {}
    for stem, same in by_stem.items():
        if len(same) == 1:
            names.update(dict.fromkeys(same, stem))
            continue
        paths = {file: file.relative_to(folder) if folder else None for file, folder in same.items()}
        if None in paths.values() or len(set(paths.values())) < len(paths):
            whole = [file.absolute() for file in same]
            common = os.path.commonpath([path.parent for path in whole])
            paths = {file: path.relative_to(common) for file, path in zip(same, whole, strict=True)}
        names.update({file: _sound_name(path.as_posix()) for file, path in paths.items() if path})
    return names


def files_in(folder: Path) -> list[Path]:
    """The files of a folder, and of those in it, that may hold articles; hidden ones are left out.

    Raises:
        SourceError: There is none.
    """
    files = sorted(
        path
        for path in folder.rglob("*")
        if suffix_of(path) in FOLDER_SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )
    if not files:
        raise SourceError(
            f"The folder {folder} holds no articles. Articles are files that end in {', '.join(sorted(FOLDER_SUFFIXES))}."
        )
    return files


def _read_file(
    path: Path, name: str, options: _Options, report: Callable[[SourceError], None]
) -> Iterator[tuple[Article, str]]:
    label, form = str(path), SUFFIXES.get(suffix_of(path))
    try:
        if form == "warc":
            yield from _read_pages(path, label, options, report)
            return
        with path.open("rb") as raw:
            yield from _read_stream(unpacked(path, raw), _Name(name, label), form, options, report)
    except SourceError as error:
        report(error)
    except _READ_ERRORS as error:
        report(SourceError(f"{label} cannot be read: {_reason(error)}."))


def _read_stream(
    stream: IO[bytes], name: _Name, form: str | None, options: _Options, report: Callable[[SourceError], None]
) -> Iterator[tuple[Article, str]]:
    stem, label = name
    head = b""
    if form is None:
        head = stream.readline(_SLACK)
        form = _sniff(head)
    if form == "jsonl":
        yield from _read_lines(stream, head, name, options, report)
        return
    try:
        limit = options.max_chars * _BYTES_PER_CHAR[form] + _SLACK
        data = head + stream.read(limit)
        if len(data) >= limit:
            raise _too_large(label, options)
        if form == "feed" or (form == "xml" and looks_like_feed(data)):
            yield from _read_entries(data, name, options, report)
            return
        if form == "json":
            records = _json_records(data, stem, label)
            made = [(_from_record(record, what, options), what) for record, what in records]
        else:
            made = [(_from_bytes(data, "html" if form == "xml" else form, stem, label, options), label)]
    except SourceError as error:
        report(error)
        return
    yield from made


def _read_pages(
    path: Path, label: str, options: _Options, report: Callable[[SourceError], None]
) -> Iterator[tuple[Article, str]]:
    for page in warc_pages(path):
        what = f"{label}, {page.url}"
        try:
            if page.error is not None:
                raise page.error
            given = article_from_page(
                page.html,
                id=page.url,
                label=what,
                url=page.url,
                published=page.fetched,
                encoding=options.encoding,
            )
            article = _complete(given, what, options)
        except SourceError as error:
            report(error)
            continue
        yield article, what


def _read_entries(
    data: bytes, name: _Name, options: _Options, report: Callable[[SourceError], None]
) -> Iterator[tuple[Article, str]]:
    for entry in feed_entries(data, label=name.label, stem=name.stem):
        if isinstance(entry, SourceError):
            report(entry)
            continue
        what = f"{name.label}, entry {entry.id}"
        try:
            article = _complete(entry, what, options)
        except SourceError as error:
            report(error)
            continue
        yield article, what


def article_from_page(
    data: bytes,
    *,
    id: str,  # noqa: A002  (the field's name)
    label: str,
    url: str = "",
    published: dt.date | None = None,
    encoding: str | None = None,
) -> Article:
    """The article of an HTML page that was got from an address, not completed yet.

    Args:
        data: The page.
        id: The article's identifier.
        label: What the page is called in messages.
        url: Where it was got; without it, what the page says.
        published: The day for a page that tells none.
        encoding: Its encoding; None finds it out.

    Raises:
        SourceError: It cannot be decoded, or holds no text.
    """
    html = decode(data, label=label, encoding=encoding, declared=charset_of_page(data))
    page = extract_page(html, label=label)
    return Article(
        id=id, text=page.text, title=page.title, published=page.published or published, url=url or page.url,
        source=page.source,
    )  # fmt: skip


def _sniff(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<?xml", b"<rss", b"<feed")) and b"<html" not in start:
        return "xml"
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in start:
        return "html"
    if start.startswith(b"{") and b'"' in start:
        return "jsonl"
    return "text"


def _read_lines(
    stream: IO[bytes], head: bytes, name: _Name, options: _Options, report: Callable[[SourceError], None]
) -> Iterator[tuple[Article, str]]:
    stem, label = name
    limit = options.max_chars * _BYTES_PER_CHAR["jsonl"] + _SLACK
    number = articles = 0
    while line := head + (b"" if head.endswith(b"\n") else stream.readline(limit)):
        head = b""
        number += 1
        if not line.strip():
            continue
        articles += 1
        what = f"{label}, line {number}"
        try:
            if len(line) >= limit:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(limit)
                raise _too_large(what, options)
            record = parse_record(line, label=what, fallback_id=f"{stem}-{number}")
            article = _from_record(record, what, options)
        except SourceError as error:
            report(error)
            continue
        yield article, what
    if not articles:
        report(SourceError(f"{label} is empty: it holds no article."))


def _json_records(data: bytes, stem: str, label: str) -> list[tuple[Record, str]]:
    try:
        value = json.loads(decode(data, label=label))
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{label} is not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(not_an_article(label, error)) from error
    if not isinstance(value, list):
        return [(record_from(value, label=label, fallback_id=stem), label)]
    return [
        (record_from(entry, label=f"{label}, entry {i}", fallback_id=f"{stem}-{i}"), f"{label}, entry {i}")
        for i, entry in enumerate(value, start=1)
    ]


def _from_record(record: Record, label: str, options: _Options) -> Article:
    article = Article(
        id=record.id, text=record.text, title=clean_title(record.title), published=record.published, url=record.url,
        source=record.source,
    )  # fmt: skip
    return _complete(article, label, options)


def _from_bytes(data: bytes, form: str, stem: str, label: str, options: _Options) -> Article:
    if form != "html":
        text = decode(data, label=label, encoding=options.encoding)
        return _complete(Article(id=stem, text=text), label, options, markdown=form == "markdown")
    html = decode(data, label=label, encoding=options.encoding, declared=charset_of_page(data))
    if not html.strip():
        raise SourceError(f"{label} is empty: there is nothing to read.")
    page = extract_page(html, label=label)
    article = Article(
        id=stem, text=page.text, title=page.title, published=page.published, url=page.url, source=page.source
    )
    return _complete(article, label, options, address=False)


def _complete(
    article: Article, label: str, options: _Options, *, markdown: bool = False, address: bool = True
) -> Article:
    """Check an article's text, find out what of it is read, its blocks and its date (``address``: also from its address)."""
    text = article.text
    if len(text) > options.max_chars:
        raise _too_large(label, options, len(text))
    if not text.strip():
        raise SourceError(f"{label} is empty: there is nothing to read.")
    if "\x00" in text:
        raise SourceError(
            f"{label} is not a text: it holds the character NUL (first at {text.index(chr(0))}). "
            "Remove such characters, or give the text that they came from."
        )
    if article.blocks or article.edits:
        # Somebody has looked at it already.
        read = Cleaned(ReadText(text, article.edits).text, article.edits, frozenset())
    else:
        read = clean(text, markdown=markdown)
    if not read.text.strip():
        raise SourceError(
            f"{label} holds nothing to read: all of it is markup, code, references or characters that cannot be seen."
        )
    if not options.any_language:
        require_english(read.text, label=label)
    warn_of_mojibake(text, label)
    offsets = ReadText(text, read.edits)
    title = article.title
    if article.blocks:
        blocks = tuple(_moved(article.blocks, offsets.read))
    else:
        headings = {offsets.read(start, start + 1)[0] for start in read.headings}
        blocks = find_blocks(read.text, title=title, headings=headings)
        if not title and len(blocks) > 1:
            first = next((b for b in blocks if b.kind is not BlockKind.FURNITURE), blocks[0])
            if first.kind is BlockKind.HEADING:
                title = read.text[first.start : first.end].lstrip("# ")
    # What has been looked at already may be a page, whose address is no declaration.
    url = article.url if address and not article.blocks else ""
    published = article.published or find_published(read.text, blocks, url=url) or options.published
    return replace(
        article,
        title=title,
        published=published,
        blocks=article.blocks or tuple(_moved(blocks, offsets.given)),
        edits=read.edits,
    )


def _moved(blocks: tuple[Block, ...], to: Callable[[int, int], tuple[int, int]]) -> Iterator[Block]:
    last = 0
    for block in blocks:
        start, end = to(block.start, block.end)
        # Two blocks may have been made of characters that stand for one stretch of the text as given.
        start = max(start, last)
        if start < end:
            yield Block(start=start, end=end, kind=block.kind)
            last = end


def _too_large(label: str, options: _Options, length: int = 0) -> TooLargeError:
    has = f"has {length:,} characters" if length else "is too long"
    return TooLargeError(
        f"{label} {has}; at most {options.max_chars:,} characters of one article are read, since reading takes about "
        "1 GB of memory for each million. To read it, raise max_chars (--max-chars), or divide the text into articles."
    )


def unpacked(path: Path, raw: IO[bytes]) -> IO[bytes]:
    """The content of a file, which its suffix says to be packed or not.

    Raises:
        SourceError: What unpacks it is not installed.
    """
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast(IO[bytes], gzip.GzipFile(fileobj=raw))
    if suffix == ".zst":
        try:
            import pyarrow as pa
        except ImportError as error:
            message = f"{path} needs PyArrow, which is not installed: pip install 'spacegraph[corpus]', or unpack it."
            raise SourceError(message) from error
        # Unlike others, it says where the end of a file is missing.
        return io.BufferedReader(pa.CompressedInputStream(raw, "zstd"))
    return raw


def suffix_of(path: Path) -> str:
    """The suffix that says what a file holds, in small letters: not that of its packing."""
    name = path.name.lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    return Path(name).suffix


def stem_of(path: Path) -> str:
    """A file's name without the suffixes that are known."""
    name = path.name
    if name.lower().endswith(PACKED):
        name = name[: name.rindex(".")]
    return _sound_name(Path(name).stem if suffix_of(path) in SUFFIXES else name)


def _sound_name(name: str) -> str:
    """A name in another encoding than the system's has bytes in it that no identifier can have."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _hint(given: str) -> str:
    """A text where a path is expected is a common slip."""
    return (
        "; a text itself goes to article_from_text, or through standard input as -"
        if " " in given.strip()
        else ""
    )


def _reason(error: BaseException) -> str:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(reason).rstrip(".")
