"""RDF files as the parser may have them: unpacked, by the file's own URL, and nothing in them that would bring it down.

The engine's parsers call themselves for each level of JSON-LD, RDF/XML and triple terms, and overrun their stack at some
thousands, which ends the process; and they expand the entities of RDF/XML without a limit. Files come from elsewhere, so what
is nested too deeply or grows too much is refused before.
"""

from __future__ import annotations

import codecs
import contextlib
import gzip
import re
import zlib
from typing import TYPE_CHECKING, TypedDict
from xml.parsers import expat

from pyoxigraph import RdfFormat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import NotRequired

__all__ = ["MAX_DEPTH", "RDF_SUFFIXES", "RdfInput", "rdf_input", "rdf_suffix", "refuse_dangers"]

#: Suffix -> format.
RDF_SUFFIXES: dict[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "rdf": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "n3": RdfFormat.N3,
}
#: Levels of JSON-LD, RDF/XML and triple terms.
MAX_DEPTH = 256
#: Bytes that a packed file may hold for each of its own, and that it may hold in any case.
MAX_PACKING, MIN_UNPACKED = 200, 100_000_000

_XML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|!--|rdf:RDF|\w+:RDF|RDF)\b|(?:\xef\xbb\xbf)?\s*<!--"
)
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_TRIPLE_TERMS = re.compile(rb'"(?:[^"\\]|\\.)*"|<<|<[^<>"\s]*>|>>', re.DOTALL)
_CHUNK = 1 << 20


class RdfInput(TypedDict):
    """What the engine is told of a file: where it is or what is in it, its format, and the base of its relative IRIs."""

    path: NotRequired[str]
    input: NotRequired[bytes]
    format: RdfFormat
    base_iri: str


def rdf_suffix(path: Path) -> str:
    """What the name of a file says of its format: "ttl" of ``graph.ttl`` and of ``graph.ttl.gz``."""
    name = path.name.lower().removesuffix(".gz")
    return name.rpartition(".")[2] if "." in name else ""


def rdf_input(path: Path, form: RdfFormat) -> RdfInput:
    """What to give to the engine to read a file.

    Args:
        path: The file; one whose name ends in ``.gz`` is unpacked.
        form: Its format; a ``.owl`` file is RDF/XML or, where it does not look so, Turtle.

    Raises:
        OSError: It cannot be read.
        SyntaxError: It is nested too deeply, or holds far more than it seems to. The message says which.
    """
    packed = path.name.lower().endswith(".gz")
    base = path.resolve().as_uri()
    if rdf_suffix(path) == "owl" and not _XML_START.match(_head(path, packed=packed)):
        form = RdfFormat.TURTLE
    if (
        not packed
        and path.is_file()
        and form not in (RdfFormat.RDF_XML, RdfFormat.JSON_LD)
        and _is_flat(path)
    ):
        # By its path the engine reads a large file in parts.
        return {"path": str(path), "format": form, "base_iri": base}
    data = _unpacked(path) if packed else path.read_bytes()
    if form != RdfFormat.RDF_XML:
        # The engine takes a mark of the byte order, which some editors write, for text.
        data = data.removeprefix(codecs.BOM_UTF8)
    refuse_dangers(data, form)
    return {"input": data, "format": form, "base_iri": base}


def _head(path: Path, *, packed: bool) -> bytes:
    opened = gzip.open if packed else open
    with _damage_said(), opened(path, "rb") as file:
        return file.read(1024)


def _is_flat(path: Path) -> bool:
    """Whether a file of Turtle or the like has no mark of the byte order, and hardly a triple term."""
    marks, before = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not before and chunk.startswith(codecs.BOM_UTF8):
                return False
            marks += (before + chunk).count(b"<<")
            before = chunk[-1:]
    return marks <= MAX_DEPTH


def refuse_dangers(data: bytes, form: RdfFormat) -> None:
    """Refuse what would bring the engine's parser down.

    Raises:
        SyntaxError: It is nested too deeply, or (RDF/XML) not well-formed, or its entities grow without end.
    """
    if form == RdfFormat.RDF_XML:
        _refuse_xml(data)
    elif form == RdfFormat.JSON_LD:
        _refuse_depth(data, _BRACKETS, (b"{", b"["))
    elif data.count(b"<<") > MAX_DEPTH:
        _refuse_depth(data, _TRIPLE_TERMS, (b"<<",))


def _refuse_depth(data: bytes, tokens: re.Pattern[bytes], opening: tuple[bytes, ...]) -> None:
    depth = 0
    closing = {b"{": b"}", b"[": b"]", b"<<": b">>"}
    closers = tuple(closing[token] for token in opening)
    for match in tokens.finditer(data):
        token = match[0]
        if token in opening:
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep(data.count(b"\n", 0, match.start()) + 1)
        elif token in closers:
            depth = max(0, depth - 1)


def _too_deep(line: int) -> SyntaxError:
    return SyntaxError(f"it is nested more than {MAX_DEPTH} deep", (None, line, 0, None))


def _refuse_xml(data: bytes) -> None:
    """Read XML with expat, which knows how much entities may grow."""
    parser = expat.ParserCreate()
    depth = 0

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _too_deep(parser.CurrentLineNumber)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        for at in range(0, len(data), _CHUNK):
            parser.Parse(data[at : at + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        raise SyntaxError(said, (None, error.lineno, error.offset + 1, None)) from error


def _unpacked(path: Path) -> bytes:
    """What a gzip file holds.

    Raises:
        OSError: It is damaged.
        SyntaxError: It holds far more than it seems to.
    """
    size = path.stat().st_size
    limit = max(MIN_UNPACKED, MAX_PACKING * size)
    with _damage_said(), gzip.open(path, "rb") as file:
        found = file.read(limit + 1)
    if len(found) > limit:
        message = f"its {size:,} bytes hold more than {limit:,}, which no graph packs into so few"
        raise SyntaxError(message)
    return found


@contextlib.contextmanager
def _damage_said() -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"it is no gzip file, or a damaged one ({str(error).rstrip('.')})"
        raise OSError(message) from error
