"""What a query found, and the forms in which people and programs take it."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
import pyoxigraph as ox

from spacegraph.display import html_of
from spacegraph.errors import ExportError, QueryError
from spacegraph.graph.rdf.serialising import jsonld_of, rdfxml_of
from spacegraph.graph.rdf.turtle import to_turtle
from spacegraph.graph.rdf.vocabulary import compact
from spacegraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

__all__ = ["FORMATS", "QueryResult", "Value", "python_value", "without_controls"]

#: A value of a row: an IRI or text as ``str``, a number, a truth value, or None where nothing is bound.
Value = str | int | float | bool | None
#: A term as the engine gives it.
Term = Any

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_FLOATS = frozenset(XSD + name for name in ("decimal", "double", "float"))


#: What commands a terminal (C0 but for tab and line feed, DEL, C1), changes the direction of writing, or cannot be encoded.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
#: What Markdown takes for more than text within a cell; an underscore within a word is none of it.
_MARKDOWN = re.compile(r"[\\|`*\[\]~]|(?<!\w)_|_(?!\w)")
#: Beginnings that a spreadsheet takes for a formula.
_FORMULA = re.compile(r"[=+\-@\t\r](?!\d*\.?\d+\Z)")


def without_controls(text: str) -> str:
    """Text that is safe to show: control characters are written out, and do nothing."""
    return _CONTROLS.sub(lambda found: ascii(found[0])[1:-1], text)


def python_value(term: Term) -> Value:
    """An IRI, literal or unbound value as a plain Python value."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        try:
            if datatype in _INTEGERS:
                return int(term.value)
            if datatype in _FLOATS:
                return float(term.value)
        except ValueError:
            return str(term.value)
        if datatype == XSD + "boolean":
            return term.value in ("true", "1")
        return str(term.value)
    if isinstance(term, ox.NamedNode):
        return str(term.value)
    return str(term)


@dataclass(
    slots=True
)  # Not frozen: to make a frozen one of six fields takes a twentieth of the time of a lookup.
class QueryResult:
    """The answer to a query.

    ``kind`` is "select", "ask" or "graph" (CONSTRUCT and DESCRIBE). ``variables`` are the columns of a table
    without "?". ``solutions`` are the rows and ``triples`` the graph as the engine gives them; ``answer`` is that of
    ASK. ``truncated`` says whether a row limit cut the answer short. ``why`` finds out why there are no rows, where that
    can be told.
    """

    kind: str
    variables: tuple[str, ...] = ()
    solutions: Sequence[Any] = field(default=(), repr=False)
    triples: Sequence[ox.Triple] = field(default=(), repr=False)
    answer: bool = False
    truncated: bool = False
    why: Callable[[], str] | None = field(default=None, repr=False, compare=False)

    @property
    def hint(self) -> str:
        """Of an answer without rows, what may be wrong with the question, as a sentence; else ""."""
        return self.why() if self.why is not None and not len(self) else ""

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """The rows of a table as plain Python values; of a graph its triples, of ASK one row with the answer."""
        if self.kind == "ask":
            return [(self.answer,)]
        if self.kind == "graph":
            return [
                (python_value(t.subject), t.predicate.value, python_value(t.object)) for t in self.triples
            ]
        return [tuple(python_value(term) for term in solution) for solution in self.solutions]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of :attr:`rows`."""
        return {"ask": ("answer",), "graph": ("subject", "predicate", "object")}.get(
            self.kind, self.variables
        )

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return 1 if self.kind == "ask" else len(self.triples if self.kind == "graph" else self.solutions)

    def __bool__(self) -> bool:
        return self.answer if self.kind == "ask" else len(self) > 0

    def dicts(self) -> list[dict[str, Value]]:
        """The rows with the names of their columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Value]:
        """One column.

        Raises:
            QueryError: There is no such column.
        """
        if name.lstrip("?") not in self.columns:
            message = f"The result has no column {name!r}; it has {', '.join(self.columns) or 'none'}."
            raise QueryError(message)
        index = self.columns.index(name.lstrip("?"))
        return [row[index] for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas data frame.

        Raises:
            ExportError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            message = "A data frame needs pandas, which is not installed: pip install pandas"
            raise ExportError(message) from error
        return pd.DataFrame(self.rows, columns=list(self.columns))

    def to_csv(self) -> str:
        """SPARQL 1.1 Query Results CSV: plain values, CRLF line ends.

        Text that a spreadsheet would take for a formula ("=…") has an apostrophe before it; JSON, XML and TSV have it as it is.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self._terms():
            writer.writerow("" if term is None else _csv_cell(term) for term in row)
        return out.getvalue()

    def to_tsv(self) -> str:
        """SPARQL 1.1 Query Results TSV: terms as Turtle writes them."""
        lines = ["\t".join(f"?{name}" for name in self.columns)]
        lines += ["\t".join("" if t is None else _turtle_term(t) for t in row) for row in self._terms()]
        return "\n".join(lines) + "\n"

    def to_json(self, *, indent: bool = True) -> str:
        """SPARQL 1.1 Query Results JSON; the triples of a graph as rows with subject, predicate and object."""
        if self.kind == "ask":
            return orjson.dumps({"head": {}, "boolean": self.answer}).decode()
        names = self.columns
        bindings = [
            {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None}
            for row in self._terms()
        ]
        document = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 if indent else 0).decode()

    def to_xml(self) -> str:
        """SPARQL Query Results XML."""
        out = ['<?xml version="1.0"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
        if self.kind == "ask":
            return "\n".join(
                (*out, "<head/>", f"<boolean>{str(self.answer).lower()}</boolean>", "</sparql>", "")
            )
        out.append("<head>" + "".join(f'<variable name="{name}"/>' for name in self.columns) + "</head>")
        out.append("<results>")
        for row in self._terms():
            cells = (
                f'<binding name="{name}">{_xml_term(term)}</binding>'
                for name, term in zip(self.columns, row, strict=True)
                if term is not None
            )
            out.append("<result>" + "".join(cells) + "</result>")
        return "\n".join((*out, "</results>", "</sparql>", ""))

    def to_markdown(self) -> str:
        """A Markdown table with short IRIs."""

        def cell(text: str) -> str:
            # What a label says is text: neither HTML nor a link, an image or a heading.
            kept = without_controls(" ".join(text.split()))
            return _MARKDOWN.sub(r"\\\g<0>", html.escape(kept, quote=False))

        lines = ["| " + " | ".join(self.columns) + " |", "|" + " --- |" * len(self.columns)]
        lines += ["| " + " | ".join(cell(text) for text in row) + " |" for row in self.texts()]
        return "\n".join(lines) + "\n"

    def to_text(self) -> str:
        """A table in plain text with short IRIs, for a terminal without colours."""
        table = [
            self.columns,
            *(tuple(without_controls(" ".join(t.split())) for t in row) for row in self.texts()),
        ]
        widths = [max(len(row[i]) for row in table) for i in range(len(self.columns))]
        lines = [
            "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
            for row in table
        ]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join(lines) + "\n"

    def to_turtle(self) -> str:
        """The graph of CONSTRUCT or DESCRIBE as deterministic Turtle.

        Raises:
            ExportError: The query was a SELECT or ASK.
        """
        return to_turtle(self._ntriples().encode()).decode()

    def to_ntriples(self) -> str:
        """The graph of CONSTRUCT or DESCRIBE as sorted N-Triples.

        Raises:
            ExportError: The query was a SELECT or ASK.
        """
        return self._ntriples()

    def to_rdfxml(self) -> str:
        """The graph of CONSTRUCT or DESCRIBE as RDF/XML.

        Raises:
            ExportError: The query was a SELECT or ASK, or a literal has a character that XML cannot hold.
        """
        return rdfxml_of(self._ntriples().encode().splitlines()).decode()

    def to_jsonld(self) -> str:
        """The graph of CONSTRUCT or DESCRIBE as JSON-LD 1.1.

        Raises:
            ExportError: The query was a SELECT or ASK.
        """
        return jsonld_of(self._ntriples().encode().splitlines()).decode()

    def format(self, name: str) -> str:
        """The answer in a format of :data:`FORMATS`.

        Raises:
            ExportError: There is no such format, or it cannot hold this kind of answer.
        """
        if name not in FORMATS:
            message = f"There is no result format {name!r}; there are {', '.join(sorted(FORMATS))}."
            raise ExportError(message)
        return FORMATS[name](self)

    def texts(self) -> list[tuple[str, ...]]:
        """The rows as short text: IRIs with their prefixes, numbers and literals as they are written."""
        return [
            tuple(
                "" if t is None else compact(t.value) if isinstance(t, ox.NamedNode) else _plain(t)
                for t in row
            )
            for row in self._terms()
        ]

    def _repr_html_(self) -> str:
        return html_of(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(self.to_text().rstrip())

    def _terms(self) -> Iterator[tuple[Term, ...]]:
        if self.kind == "ask":
            yield (ox.Literal(self.answer),)
        elif self.kind == "graph":
            for triple in self.triples:
                yield (triple.subject, triple.predicate, triple.object)
        else:
            for solution in self.solutions:
                yield tuple(solution)

    def _ntriples(self) -> str:
        if self.kind != "graph":
            message = "Only a CONSTRUCT or DESCRIBE query gives a graph. Ask for a table format, such as csv or json."
            raise ExportError(message)
        return "".join(sorted({f"{triple} .\n" for triple in self.triples}))


def _plain(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def _csv_cell(term: Term) -> str:
    text = _plain(term)
    return f"'{text}" if isinstance(term, ox.Literal) and _FORMULA.match(text) else text


def _turtle_term(term: Term) -> str:
    return str(term).replace("\t", "\\t")


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    out: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        out["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        out["datatype"] = term.datatype.value
    return out


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return (
            "<triple>" + "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts) + "</triple>"
        )
    attribute = ""
    if term.language:
        attribute = f' xml:lang="{html.escape(term.language)}"'
    elif term.datatype.value != XSD + "string":
        attribute = f' datatype="{html.escape(term.datatype.value)}"'
    return f"<literal{attribute}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    # XML 1.0 has no way to write most control characters; U+FFFD stands for them.
    kept = "".join(
        c if c in "\t\n\r" or (ord(c) >= 0x20 and c not in "\ufffe\uffff") else "\ufffd" for c in text
    )
    # A parser would read a bare carriage return as a line feed.
    return html.escape(kept, quote=False).replace("\r", "&#13;")


#: Formats of an answer, by name.
FORMATS: dict[str, Callable[[QueryResult], str]] = {
    "csv": QueryResult.to_csv,
    "json": QueryResult.to_json,
    "jsonld": QueryResult.to_jsonld,
    "markdown": QueryResult.to_markdown,
    "nt": QueryResult.to_ntriples,
    "rdfxml": QueryResult.to_rdfxml,
    "table": QueryResult.to_text,
    "tsv": QueryResult.to_tsv,
    "turtle": QueryResult.to_turtle,
    "xml": QueryResult.to_xml,
}
