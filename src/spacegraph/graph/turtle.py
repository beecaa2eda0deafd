"""Turtle that is the same for the same graph, that people can read, and that version control shows well.

The triples are sorted, grouped in sections (articles, things, statements, evidence, readings) and written by Oxigraph's
serializer. Adding a fact adds lines and changes hardly any.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.graph.vocabulary import ARTICLE_BASE, EVIDENCE_BASE, PREFIXES, RUN_BASE, STATEMENT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["block", "prefix_header", "sorted_lines", "to_turtle"]

#: Properties that stand first, in this order; "!" sorts before the "<" of any other.
_FIRST: dict[bytes, bytes] = {
    f"<{iri}>".encode(): b"!%d" % rank
    for rank, iri in enumerate(
        (
            vocab.RDF + "type",
            vocab.RDFS + "label",
            vocab.SKOS + "altLabel",
            vocab.RDF + "subject",
            vocab.RDF + "predicate",
            vocab.RDF + "object",
            vocab.FACTUALITY,
            vocab.STATED_BY,
            vocab.STATED_TIME,
        )
    )
}
#: Sections in their order: a heading, and what the subjects in it begin with; the one without a beginning takes the rest.
_SECTIONS: tuple[tuple[str, bytes], ...] = (
    ("Articles", b"<" + ARTICLE_BASE.encode()),
    ("Things, and what is asserted of them", b""),
    ("Statements: how each claim is put, by whom, and where", b"<" + STATEMENT_BASE.encode()),
    ("Evidence: the words of the articles", b"<" + EVIDENCE_BASE.encode()),
    ("Readings", b"<" + RUN_BASE.encode()),
)
_NEW_SUBJECT = re.compile(rb"\n(?=[^\t\n])")


def sorted_lines(ntriples: bytes) -> list[bytes]:
    """The distinct lines of an N-Triples document in our order: by subject, class first, then by property."""
    return sorted({line for line in ntriples.split(b"\n") if line}, key=_order)


def _order(line: bytes) -> bytes:
    subject, predicate, obj = line.split(b" ", 2)
    # Without its ">" a subject comes before those that its IRI begins.
    return b" ".join((subject[:-1], _FIRST.get(predicate, predicate), obj))


def prefix_header(prefixes: dict[str, str], text: bytes) -> bytes:
    """The declarations of those prefixes that the text uses."""
    # A name stands after white space or "^^"; a literal with the same characters only declares one prefix too many.
    used = (
        p
        for p in sorted(prefixes)
        if any(before + p.encode() + b":" in text for before in (b" ", b"\n", b"^^"))
    )
    return b"".join(f"@prefix {p}: <{prefixes[p]}> .\n".encode() for p in used)


def to_turtle(ntriples: bytes | Iterable[str], prefixes: dict[str, str] | None = None) -> bytes:
    """An N-Triples document (or its lines) as deterministic Turtle, in UTF-8.

    Args:
        ntriples: The triples; a blank node is named as in the input, so use canonical names.
        prefixes: Prefixes beside the built-in ones.
    """
    if not isinstance(ntriples, bytes):
        ntriples = "\n".join(ntriples).encode()
    known = {**PREFIXES, **(prefixes or {})}
    lines = sorted_lines(ntriples)
    parts: list[tuple[str, bytes]] = []
    for (heading, _), section in zip(_SECTIONS, _divided(lines), strict=True):
        if section:
            parts.append((heading, block(section, known)))
    body = b"".join(b"\n# " + heading.encode() + b"\n\n" + block for heading, block in parts)
    return prefix_header(known, body) + body


def _divided(lines: list[bytes]) -> list[list[bytes]]:
    beginnings = [beginning for _, beginning in _SECTIONS if beginning]
    rest_at = next(i for i, (_, beginning) in enumerate(_SECTIONS) if not beginning)
    sections: list[list[bytes]] = [[] for _ in _SECTIONS]
    index = {beginning: i for i, (_, beginning) in enumerate(_SECTIONS)}
    for line in lines:
        for beginning in beginnings:
            if line.startswith(beginning):
                sections[index[beginning]].append(line)
                break
        else:
            sections[rest_at].append(line)
    return sections


def block(lines: list[bytes], prefixes: dict[str, str]) -> bytes:
    """Sorted lines of N-Triples as Turtle without the declarations of prefixes."""
    parsed = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    written: bytes | None = ox.serialize(
        (quad.triple for quad in parsed), format=ox.RdfFormat.TURTLE, prefixes=prefixes
    )
    text = written or b""
    # Oxigraph declares the prefixes in no fixed order; they stand once, sorted, at the top of the file.
    start = 0
    while text.startswith(b"@prefix ", start):
        start = text.index(b"\n", start) + 1
    return _NEW_SUBJECT.sub(b"\n\n", text[start:].rstrip(b"\n")).replace(b"\n\t", b"\n    ") + b"\n"
