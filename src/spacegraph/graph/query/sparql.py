"""SPARQL text: the named questions, their parameters, and what a query may not do.

A query only reads. ``SERVICE`` is refused too, since it would make this machine call another one.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph.errors import QueryError, StoreError
from spacegraph.graph.query.class_tree import with_class_tree
from spacegraph.graph.rdf.terms import iri_text, literal_text
from spacegraph.graph.rdf.vocabulary import PREFIXES
from spacegraph.model import Entity, Literal
from spacegraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "MAX_NESTING",
    "MAX_QUERY_CHARS",
    "MAX_STEPS",
    "NamedQuery",
    "Parameter",
    "check_read_only",
    "fill",
    "named_queries",
    "named_query",
    "names_dataset",
    "prepare",
    "query_kind",
    "syntax_message",
    "with_prefixes",
]

#: What a parameter may be given as.
ParameterValue = str | int | float | bool | Entity | Literal | ox.NamedNode | ox.Literal
#: Longer queries are refused.
MAX_QUERY_CHARS = 1_000_000
#: Brackets inside brackets; the engine's parser calls itself for each, and overruns its stack at some thousands.
MAX_NESTING = 256
#: Words, opening brackets and signs outside ``VALUES``; the parser calls itself for what follows each of them, too.
MAX_STEPS = 1_000

#: Comments, strings and IRIs, which may hold any word; then variables, prefixed names and words; then brackets. A prefix is looked
#: for where it may begin and nowhere within, so that the time grows with the length of the text, not with its square.
_TOKEN = re.compile(
    r"""
      (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\s]*>)
    | (?P<comment>\#[^\n]*)
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:(?<![\w.-])[\w.-]*+)?:[^\s(){}\[\],;"'<>|^]*)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<sign><<|&&|\|\||[.;/|^!+*=<>-])
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
_KINDS = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
#: A class of characters in the messages of the engine's parser.
_CHARACTERS = re.compile(r"\[(?:'[^']*'|[^\]'])*\]")
#: Characters of a query that are shown before a mistake.
_SHOWN = 40
_POSITION = re.compile(r"\bat (\d+):(\d+)")
_PARAM = re.compile(r"#\s*param\s+\$?(\w+)\s*:\s*(.*?)(?:\s+for example\s+(.+))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A blank in a named question: ``$who``; ``example`` is a value that shows what is meant."""

    name: str
    meaning: str
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A question of the library: its name, what it answers, its parameters and its SPARQL."""

    name: str
    question: str
    text: str
    parameters: tuple[Parameter, ...] = ()


@cache
def named_queries() -> dict[str, NamedQuery]:
    """The named questions by name, in alphabetical order."""
    found = {}
    folder = files("spacegraph") / "queries"
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".rq"):
            text = with_class_tree(path.read_text(encoding="utf-8"))
            query = parse_named(path.name.removesuffix(".rq"), text)
            found[query.name] = query
    return found


def parse_named(name: str, text: str) -> NamedQuery:
    """A named question from its file: the comment at its head says what it answers and takes."""
    question: list[str] = []
    parameters = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        match = _PARAM.match(line)
        if match:
            parameters.append(
                Parameter(
                    name=match[1], meaning=match[2].strip().rstrip(","), example=(match[3] or "").strip()
                )
            )
        elif line.strip("# "):
            question.append(line.strip("# "))
    return NamedQuery(name=name, question=" ".join(question), text=text, parameters=tuple(parameters))


def named_query(name: str) -> NamedQuery:
    """The named question of that name.

    Raises:
        QueryError: There is none; the message names the closest.
    """
    queries = named_queries()
    if name in queries:
        return queries[name]
    close = get_close_matches(name, queries, n=3, cutoff=0.4)
    hint = f"Did you mean {', '.join(close)}?" if close else f"There are {', '.join(queries)}."
    message = f"There is no named question {name!r}. {hint}"
    raise QueryError(message)


def prepare(query: str, parameters: Mapping[str, ParameterValue] | None = None) -> str:
    """SPARQL ready to run, from SPARQL or the name of a question.

    Args:
        query: SPARQL text, or the name of a question (one word without white space or brackets).
        parameters: Values for ``$name`` in the text.

    Raises:
        QueryError: No such question, a parameter that is missing or unknown, an update, a ``SERVICE``, or a text
            that is too long or too deeply nested.
    """
    return _prepared(query, parameters) if parameters else _prepared_plain(query)


@lru_cache(maxsize=256)
def _prepared_plain(query: str) -> str:
    # Looking through a query takes as long as a lookup; programs ask the same again and again.
    return _prepared(query, {})


def _prepared(query: str, parameters: Mapping[str, ParameterValue]) -> str:
    text = query
    if re.fullmatch(r"[\w-]+", query.strip()):
        named = named_query(query.strip())
        wanted = {p.name for p in named.parameters}
        missing = sorted(wanted - set(parameters))
        unknown = sorted(set(parameters) - wanted)
        if missing or unknown:
            asked = "; ".join(f"{p.name}, {p.meaning}, for example {p.example}" for p in named.parameters)
            problem = f"has no parameter {', '.join(unknown)}" if unknown else f"needs {', '.join(missing)}"
            message = f"The question {named.name!r} {problem}. It takes {asked or 'none'}."
            raise QueryError(message)
        text = named.text
        for name in parameters:
            _check_number(name, parameters[name], text)
    _check_size(text)
    check_read_only(text)
    return fill(text, parameters) if parameters else text


def _check_number(name: str, value: ParameterValue, text: str) -> None:
    """Refuse words where a question of the library wants a number, which would find nothing and not say why."""
    if f"xsd:decimal(${name})" not in text:
        return
    try:
        found = float(str(value))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        message = f"{name} has to be a number, and {str(value)!r} is none."
        raise QueryError(message)


def fill(text: str, parameters: Mapping[str, ParameterValue]) -> str:
    """The text with each ``$name`` replaced by its value as a term; strings and comments are left alone.

    Raises:
        QueryError: A parameter that the text does not use, or a value that cannot be a term.
    """
    used: set[str] = set()

    def replaced(match: re.Match[str]) -> str:
        token = match[0]
        if match.lastgroup == "variable" and token[0] == "$" and token[1:] in parameters:
            used.add(token[1:])
            return _term_text(token[1:], parameters[token[1:]])
        return token

    filled = _TOKEN.sub(replaced, text)
    unknown = sorted(set(parameters) - used)
    if unknown:
        taken = sorted({t[1:] for kind, t in tokens(text) if kind == "variable" and t[0] == "$"})
        message = f"The query has no parameter {', '.join(unknown)}; it takes {', '.join(taken) or 'none'}."
        raise QueryError(message)
    return filled


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of the tokens that matter here."""
    for match in _TOKEN.finditer(text):
        yield match.lastgroup or "", match[0]


def query_kind(text: str) -> str:
    """``select``, ``ask``, ``graph``, ``update``, or "" where the text is none of them."""
    for kind, token in tokens(text):
        if kind == "word":
            word = token.upper()
            if word in _KINDS:
                return _KINDS[word]
            if word in _UPDATES:
                return "update"
    return ""


@lru_cache(maxsize=256)
def names_dataset(text: str) -> bool:
    """Whether a query says with ``FROM`` which graphs it is about; others are about all."""
    return "from" in text.lower() and any(
        kind == "word" and token.upper() == "FROM" for kind, token in tokens(text)
    )


def check_read_only(text: str) -> None:
    """Refuse updates and calls of other endpoints.

    Raises:
        QueryError: The text is an update or uses ``SERVICE``.
    """
    if query_kind(text) == "update":
        message = "A query only reads; this is an update. Use `spacegraph add`, `replace` or `remove` to change a store."
        raise QueryError(message)
    if any(kind == "word" and token.upper() == "SERVICE" for kind, token in tokens(text)):
        message = "SERVICE is not allowed, since it would call another endpoint from this machine. Query that endpoint by its URL instead."
        raise QueryError(message)


def _check_size(text: str) -> None:
    if len(text) > MAX_QUERY_CHARS:
        message = f"The query is {len(text):,} characters long; the limit is {MAX_QUERY_CHARS:,}. Split it, or load the data that it lists."
        raise QueryError(message)
    depth = deepest = steps = 0
    data = -1
    announced = False
    for kind, found in tokens(text):
        if announced and found == "{":
            data, announced = depth, False
        depth += (kind == "open") - (kind == "close")
        deepest = max(deepest, depth)
        if data >= 0:
            # Data may be as long as they like: nothing follows from one value to the next.
            data = -1 if kind == "close" and depth <= data else data
            continue
        steps += kind in ("word", "open", "sign")
        announced = announced or (kind == "word" and found.upper() == "VALUES")
    if deepest > MAX_NESTING:
        message = f"The query nests brackets {deepest} deep; the limit is {MAX_NESTING}. Write it flatter."
        raise QueryError(message)
    if steps > MAX_STEPS:
        message = f"The query has {steps:,} words, brackets and signs; the limit is {MAX_STEPS:,}. Split it, or list values with VALUES or IN."
        raise QueryError(message)


def with_prefixes(text: str) -> str:
    """The text with the known prefixes declared before it, for engines that cannot be told of them."""
    return "".join(f"PREFIX {p}: <{iri}> " for p, iri in PREFIXES.items()) + text


def syntax_message(error: SyntaxError, query: str) -> QueryError:
    """The engine's complaint about a query as a sentence with line and column."""
    text = str(error)
    match = _POSITION.search(text)
    line, column = (int(match[1]), int(match[2])) if match else (0, 0)
    where = f" in line {line}, column {column}" if line else ""
    lines = query.split("\n")[: line or None]
    before = " ".join("\n".join([*lines[:-1], lines[-1][: max(column - 1, 0)]]).split())[-_SHOWN:]
    detail = re.sub(r"^error at \d+:\d+:\s*", "", text).strip()
    ended = column > len(lines[-1]) and len(lines) == len(query.rstrip().split("\n"))
    message = f"The query is not valid SPARQL{where}: {_plainly(detail, before, ended=ended)}."
    return QueryError(message, line=line, column=column)


def _plainly(detail: str, before: str, *, ended: bool) -> str:
    """What is wrong after some text of a query.

    The engine's parser lists what might stand there instead, mostly classes of characters, and seldom what was meant; only
    what it says in words is kept.
    """
    words = [
        token.strip() for token in _CHARACTERS.sub("", detail).removeprefix("expected one of ").split(",")
    ]
    sentences = [token for token in words if " " in token and not token.startswith(("expected", '"'))]
    if "Prefix not found" in sentences:
        return f"a prefix in {before!r} is not known. Declare it with PREFIX name: <IRI>"
    place = f"it cannot {'end' if ended else 'go on like this'} after {before!r}"
    if not before:
        place = "it cannot begin like this"
    return f"{place} ({sentences[0]})" if sentences else place


def _term_text(name: str, value: ParameterValue) -> str:
    try:
        if isinstance(value, Entity):
            return iri_text(value.iri)
        if isinstance(value, Literal):
            return literal_text(value.value, value.datatype)
        if isinstance(value, ox.NamedNode | ox.Literal):
            return str(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return literal_text(str(value), XSD + "integer")
        if isinstance(value, float):
            return literal_text(repr(value), XSD + "double")
        return literal_text(value)
    except StoreError as error:
        message = f"The value of {name} cannot be part of a query: {error}"
        raise QueryError(message) from error
