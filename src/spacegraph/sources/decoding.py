"""Bytes to text: encodings found out, what is no text refused."""

from __future__ import annotations

import codecs
import logging
import re

from spacegraph.errors import SourceError

__all__ = ["charset_of_page", "decode", "warn_of_mojibake"]

LOG = logging.getLogger("spacegraph.sources")

#: Byte order marks, the longer first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: First bytes of common files that are no text, and what they are.
_MAGIC = (
    (b"%PDF-", "a PDF document; extract its text first"),
    (b"PK\x03\x04", "a ZIP archive or an office document; extract its text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text first"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip file; give it the suffix .gz"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a rich text document; save it as plain text first"),
)

#: Control characters that no news text holds (tab, line ends and form feed are fine).
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
#: More than one control character in so many means that the bytes are no text.
_CHARACTERS_PER_CONTROL = 200
#: Letters and marks of Windows-1252 that European news text holds beside ASCII.
_WESTERN = re.compile(r"[‘’“”„«»–—…•€£¥§©®°·½¼¾²³´\u00a0À-ÖØ-öø-ÿŒœŠšŽžŸ]")
#: What UTF-8 letters look like when somebody has read them as Windows-1252.
_MOJIBAKE = re.compile(r"â€[œ™˜“”¦\u009d\x9d]|Ã[\u00a0-¿]|Â[ \u00a0«»·°]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
#: Where a page's declaration of its encoding stands (HTML Standard, 13.2.3.2: within 1024 bytes).
_HEAD = 4096


def decode(data: bytes, *, label: str, encoding: str | None = None, declared: str | None = None) -> str:
    """Turn the bytes of an input into text, without a byte order mark; line ends stay as they are.

    Args:
        data: The bytes.
        label: What the input is called in messages.
        encoding: The encoding, where the user knows it; None finds it out: a byte order mark, then
            ``declared``, UTF-8, UTF-16 without a mark, Windows-1252.
        declared: What the input itself says of its encoding.

    Raises:
        SourceError: The bytes are no text, or not in the encoding, or the encoding does not exist.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise SourceError(f"{label} is not a text file: it is {what}.")
    if encoding is not None:
        text = _decode_as(data, encoding, label)
    else:
        text = _decode_by_guess(data, declared, label)
    text = text.removeprefix("\ufeff")
    _refuse_controls(text, label)
    return text


def charset_of_page(data: bytes) -> str | None:
    """The encoding that an HTML page declares in its head, where it does and Python knows it."""
    found = _CHARSET.search(data[:_HEAD])
    if not found:
        return None
    name = found.group(1).decode("ascii")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def warn_of_mojibake(text: str, label: str) -> None:
    """Log a warning where a text was read in a wrong encoding before it came here.

    It is not repaired: offsets point into the text as it was given.
    """
    hits = len(_MOJIBAKE.findall(text))
    if hits > 2 and hits * 2000 > len(text):
        LOG.warning(
            "%s looks as if somebody had read UTF-8 as Windows-1252 before ('â€œ' for a quotation mark). "
            "It is read as it is; names and quotations with such characters suffer. Mend the file, with the "
            "ftfy package for instance, to get them.",
            label,
        )


def _decode_as(data: bytes, encoding: str, label: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise SourceError(
            f"There is no encoding called {encoding!r} to read {label} with. "
            "Name one that Python knows, such as utf-8, utf-16, cp1252 or latin-1."
        ) from error
    except UnicodeError as error:
        at = f" (first at byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise SourceError(
            f"{label} is not in the encoding {encoding}{at}. "
            "Leave the encoding out to have it found, or name another one."
        ) from error


def _decode_by_guess(data: bytes, declared: str | None, label: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name, label)
    if declared:
        try:
            return data.decode(declared)
        except UnicodeError:
            pass  # Pages often declare what they are not.
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        failed_at = error.start
    if (wide := _wide_encoding(data)) is not None:
        return _decode_as(data, wide, label)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    beyond = sum(c > "\x7f" for c in text)
    # One letter in four beyond ASCII is more than any Western language has.
    if (
        text
        and not _CONTROLS.search(text)
        and beyond * 4 < len(text)
        and len(_WESTERN.findall(text)) == beyond
    ):
        LOG.warning("%s is not UTF-8; it is read as Windows-1252.", label)
        return text
    if _CONTROLS.search(data[:_HEAD].decode("latin-1")):
        raise SourceError(f"{label} is not a text file: it holds bytes that no text has.")
    raise SourceError(
        f"{label} is not UTF-8 (first at byte {failed_at}), and its encoding cannot be told. "
        "Name it with the option encoding (--encoding), or save the file as UTF-8."
    )


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows in every other byte of Latin text being zero."""
    head = data[:_HEAD]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd * 10 > half * 7 and even * 10 < half:
        return "utf-16-le"
    if even * 10 > half * 7 and odd * 10 < half:
        return "utf-16-be"
    return None


def _refuse_controls(text: str, label: str) -> None:
    found = _CONTROLS.findall(text)
    if "\x00" in found or len(found) * _CHARACTERS_PER_CONTROL > len(text):
        raise SourceError(
            f"{label} is not a text file: it holds {len(found)} control characters such as {found[0]!r}. "
            "Give the article as plain text, HTML or JSON Lines."
        )
