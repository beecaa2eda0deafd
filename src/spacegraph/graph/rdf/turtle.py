"""Turtle that is the same for the same graph, that people can read, and that version control shows well.

The triples are sorted, grouped in sections (articles, things, statements, evidence, readings) and written by Oxigraph's
serializer. Adding a fact adds lines and changes hardly any.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.graph.rdf.vocabulary import ARTICLE_BASE, EVIDENCE_BASE, PREFIXES, RUN_BASE, STATEMENT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SECTIONS", "block", "canonical_ntriples", "prefix_header", "sorted_lines", "to_turtle"]

#: Properties that stand first, in this order. U+0001 stands raw in no N-Triples document, and sorts before "<".
_FIRST: dict[bytes, bytes] = {
    f"<{iri}> ".encode(): b"\x01%d " % rank
    for rank, iri in enumerate(
        (
            vocab.RDF + "type",
            vocab.RDFS + "label",
            vocab.SKOS + "altLabel",
            vocab.RDF + "subject",
            vocab.RDF + "predicate",
            vocab.RDF + "object",
        )
    )
}
#: Sections in their order: a heading, and what the subjects in it begin with; the one without a beginning takes the rest.
SECTIONS: tuple[tuple[str, bytes], ...] = (
    ("Articles", b"<" + ARTICLE_BASE.encode()),
    ("Things, and what is asserted of them", b""),
    ("Statements: how each claim is put, by whom, and where", b"<" + STATEMENT_BASE.encode()),
    ("Evidence: the words of the articles", b"<" + EVIDENCE_BASE.encode()),
    ("Readings", b"<" + RUN_BASE.encode()),
)
_NEW_SUBJECT = re.compile(rb"\n(?=[^\t\n])")
#: A string, which may hold anything, or a prefixed name with a full stop at its end.
_FULL_STOP = re.compile(
    rb'"(?:[^"\\]|\\.)*"|(?P<prefix>[A-Za-z][\w-]*):(?P<local>(?:[^\s\\"<>]|\\.)*\\\.)(?=\s)'
)
_ESCAPED = re.compile(rb"\\(.)")


def sorted_lines(ntriples: bytes) -> list[bytes]:
    """The distinct lines of an N-Triples document in our order: by subject, class first, then by property."""
    # The properties that stand first are renamed in the whole text at once, and named back: sorting by a key that
    # Python computes for each line takes five times as long (benchmarks/graph.py).
    for predicate, first in _FIRST.items():
        ntriples = ntriples.replace(b"> " + predicate, b"> " + first)
    lines = sorted(set(ntriples.split(b"\n")))
    text = b"\n".join(lines)
    for predicate, first in _FIRST.items():
        text = text.replace(b"> " + first, b"> " + predicate)
    return [line for line in text.split(b"\n") if line]


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
    for (heading, _), section in zip(SECTIONS, _divided(lines), strict=True):
        if section:
            parts.append((heading, block(section, known)))
    body = b"".join(b"\n# " + heading.encode() + b"\n\n" + block for heading, block in parts)
    return prefix_header(known, body) + body


def _divided(lines: list[bytes]) -> list[list[bytes]]:
    """The lines of each section: those of one beginning stand together, since they are sorted."""
    sections: dict[bytes, list[bytes]] = {}
    rest: list[bytes] = []
    done = 0
    for beginning in sorted(beginning for _, beginning in SECTIONS if beginning):
        start = bisect_left(lines, beginning, done)
        end = bisect_left(lines, beginning + b"\xff", start)
        rest += lines[done:start]
        sections[beginning] = lines[start:end]
        done = end
    sections[b""] = rest + lines[done:]
    return [sections[beginning] for _, beginning in SECTIONS]


def block(lines: list[bytes], prefixes: dict[str, str]) -> bytes:
    """Sorted lines of N-Triples as Turtle without the declarations of prefixes.

    A name that ends in a full stop ("Vela Works Ltd.") is written in angle brackets: with a backslash before the stop it
    would be valid, but rdflib loses the whole file over it.
    """
    parsed = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    written: bytes | None = ox.serialize(parsed, format=ox.RdfFormat.TRIG, prefixes=prefixes)
    text = written or b""
    # Oxigraph declares the prefixes in no fixed order; they stand once, sorted, at the top of the file.
    start = 0
    while text.startswith(b"@prefix ", start):
        start = text.index(b"\n", start) + 1
    text = text[start:]
    if b"\\. " in text or b"\\.\n" in text:
        text = _FULL_STOP.sub(lambda name: _in_full(name, prefixes), text)
    return _NEW_SUBJECT.sub(b"\n\n", text.rstrip(b"\n")).replace(b"\n\t", b"\n    ") + b"\n"


def _in_full(found: re.Match[bytes], prefixes: dict[str, str]) -> bytes:
    if found["prefix"] is None:
        return found[0]
    return b"<" + prefixes[found["prefix"].decode()].encode() + _ESCAPED.sub(rb"\1", found["local"]) + b">"


def canonical_ntriples(ntriples: bytes) -> bytes:
    """The same triples, with blank nodes (which only foreign data have) named by RDFC-1.0."""
    if b"_:" not in ntriples:
        return ntriples
    dataset = ox.Dataset(ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return b"\n".join(sorted_lines("\n".join(f"{q.triple} ." for q in dataset).encode()))
