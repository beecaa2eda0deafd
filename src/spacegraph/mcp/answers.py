"""What an agent is answered: short texts that say where each claim stands. Nothing here knows of a protocol."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph.errors import ConfigError, QueryError
from spacegraph.graph.operations.in_words import lead_of, sentence_of
from spacegraph.graph.operations.no_answer import given, why_no_answer, with_known_names
from spacegraph.graph.query.engine import run_query
from spacegraph.graph.query.sparql import named_queries, named_query, prepare
from spacegraph.mcp.citing import FactIndex, article_line, one_line, place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from spacegraph.graph import KnowledgeGraph, QueryResult
    from spacegraph.model import Fact

__all__ = ["Answers", "Limits"]

#: Names that are looked through for one that fits.
_MOST_NAMES = 10_000
#: Facts that are cited for one row at most.
_CITED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one answer may take.

    ``timeout`` is in seconds, ``max_rows`` counts rows, facts or things, ``max_chars`` the characters of an answer, about.
    ``max_bytes`` bounds the terms that are read for it, and ``max_running`` the queries that run at a time, those that were
    given up and have not ended among them.
    """

    timeout: float = 30.0
    max_rows: int = 100
    max_chars: int = 20_000
    max_bytes: int = 50_000_000
    max_running: int = 8

    def __post_init__(self) -> None:
        """Refuse limits that nothing fits.

        Raises:
            ConfigError: A limit is not more than 0.
        """
        for name in ("timeout", "max_rows", "max_chars", "max_bytes", "max_running"):
            if not getattr(self, name) > 0:  # That is so of NaN, too.
                message = f"The limit {name} is {getattr(self, name)}; it must be more than 0."
                raise ConfigError(message)


class Answers:
    """Answers from a graph, which is only read; any thread may ask.

    Args:
        kg: The graph.
        limits: How much one answer may take.
    """

    def __init__(self, kg: KnowledgeGraph, limits: Limits | None = None) -> None:
        self.kg = kg
        self.limits = limits or Limits()
        self._index: FactIndex | None = None
        self._lock = threading.Lock()

    @property
    def index(self) -> FactIndex:
        """The facts; read from the graph when they are first asked for."""
        with self._lock:
            if self._index is None:
                self._index = FactIndex(self.kg.contents)
            return self._index

    def find(self, name: str) -> str:
        """The things whose label or alias has all words of ``name``, the closest first, each with class, names and IRI.

        Raises:
            QueryError: Nothing has such a name; the message has the closest.
        """
        words = name.lower().split()  # As SPARQL does, which knows no other folding.
        if not words:
            message = "A name has at least one letter, and this one has none."
            raise QueryError(message)
        filters = " ".join(f"FILTER(CONTAINS(LCASE(STR(?name)), $w{n}))" for n in range(len(words)))
        rows = self._query(
            f"SELECT DISTINCT ?thing ?name {{ ?thing rdfs:label|skos:altLabel ?name FILTER(isIRI(?thing)) {filters} }}",
            {f"w{n}": word for n, word in enumerate(words)},
            rows=_MOST_NAMES,
        )
        best: dict[str, tuple[bool, bool, int, str]] = {}
        for thing, found in rows:
            folded = str(found).lower()
            wanted = " ".join(words)
            rank = (folded != wanted, not folded.startswith(wanted), len(folded), folded)
            best[str(thing)] = min(rank, best.get(str(thing), rank))
        if not best:
            message = f"Nothing in the graph is called {name!r}.{self._meant(name)}"
            raise QueryError(message)
        ordered = sorted(best, key=lambda iri: (best[iri], iri))
        lines = [(self._thing(iri), ()) for iri in ordered[: self.limits.max_rows]]
        return self._cut(
            lines, of=len(ordered), what="things", more="Give more of the name.", unfinished=rows.truncated
        )

    def facts(self, name: str, relation: str = "", offset: int = 0) -> str:
        """What the graph says of a thing: each fact as a sentence, with how it is put, article, place and words.

        Args:
            name: Label, alias (in capitals or not) or IRI.
            relation: Only this one, such as ``worksFor``; "" is any.
            offset: How many facts are passed over.

        Raises:
            QueryError: Nothing has that name, or nothing is said of it.
        """
        index = self.index
        iris = index.things(name)
        wanted = re.split(r"[:#/]", relation)[-1].casefold()
        about = index.about(iris)
        found = [fact for fact in about if wanted in ("", fact.relation.casefold())]
        if not found and about and wanted:
            message = f"The graph says nothing of {name} with the relation {relation!r}; it has {', '.join(sorted({f.relation for f in about}))}."
            raise QueryError(message)
        if not found:
            # A graph of somebody else, without statements; where there is nothing at all, this says so.
            return one_line(self.kg.explain(name, relation or None).note)[: self.limits.max_chars]
        if offset >= len(found):
            message = f"The graph says {len(found)} such facts of {name}, and the offset is {offset}."
            raise QueryError(message)
        lines = []
        for number, fact in enumerate(found[offset : offset + self.limits.max_rows], start=offset + 1):
            details = [fact.factuality.value + (", ended" if fact.ended else "")]
            details += [f"time {fact.time}"] if fact.time else []
            details.append(f"confidence {fact.confidence:g}")
            said = one_line(f"{sentence_of(fact)} ({', '.join(details)})")
            lines.append((f"{number}. {said} – {place_of(fact)}", [fact]))
        several = f"{len(iris)} things are called so: {', '.join(sorted(iris))}." if len(iris) > 1 else ""
        return self._cut(
            lines,
            of=len(found) - offset,
            what="facts",
            more="Name a relation, or give an offset.",
            head=several,
        )

    def questions(self) -> str:
        """The named questions: what each answers and takes."""
        return "\n".join(
            f"{q.name}: {q.question}"
            + "".join(f"\n  {p.name}: {p.meaning}, for example {p.example}" for p in q.parameters)
            for q in named_queries().values()
        )

    def ask(self, question: str, parameters: Mapping[str, str] | None = None) -> str:
        """The answer to a named question as a table, its rows cited where they tell of facts.

        Args:
            question: Its name.
            parameters: What it takes, by name.

        Raises:
            QueryError: There is no such question, something that it takes is missing, or nothing in the graph has that
                name; the message has the closest.
        """
        query, values = named_query(question), dict(parameters or {})
        prepare(question, values)
        known = with_known_names(self.kg, question, given(question, (), values), timeout=self.limits.timeout)
        result = self._query(question, known)
        hint = "" if len(result) else why_no_answer(self.kg, question, known, timeout=self.limits.timeout)
        if hint:
            raise QueryError(hint)
        return self._table(result, query.text, [str(value) for value in known.values()])

    def sparql(self, query: str) -> str:
        """The answer to a SPARQL query as a table; triples of CONSTRUCT and DESCRIBE are rows, too.

        Raises:
            QueryError: The query is malformed or an update, or it took too long or too much memory.
        """
        result = self._query(query, {})
        hint = "" if len(result) else why_no_answer(self.kg, query, {}, timeout=self.limits.timeout)
        return " ".join(filter(None, (self._table(result, query, ()), hint)))

    def explain(self, subject: str, relation: str = "", object: str = "") -> str:  # noqa: A002  (as the library calls it)
        """The sentences behind facts with the words marked, who says so, the rule, and what an inference follows from.

        Args:
            subject: Label, alias or IRI.
            relation: The property's name; "" is any.
            object: Label, alias, IRI or literal; "" is any.

        Raises:
            QueryError: Nothing has that name, or there is no such fact.
        """
        found = self.kg.explain(subject, relation or None, object or None)
        blocks = [
            ("\n".join(map(_kept, support.lines())), [support.fact])
            for support in found.supports[: self.limits.max_rows]
        ]
        return self._cut(
            blocks or [(one_line(found.note), [])],
            of=len(found) or 1,
            what="facts",
            more="Name a relation and an object.",
        )

    def _query(self, query: str, parameters: Mapping[str, object], *, rows: int = 0) -> QueryResult:
        running = sum(thread.name == "spacegraph-query" for thread in threading.enumerate())
        if running >= self.limits.max_running:
            message = f"{running} queries are running, those that were given up among them. Ask again in a moment, and for less."
            raise QueryError(message)
        return run_query(
            self.kg.store,
            prepare(query, parameters),  # type: ignore[arg-type]
            timeout=self.limits.timeout,
            limit=rows or self.limits.max_rows,
            max_bytes=self.limits.max_bytes,
        )

    def _meant(self, name: str) -> str:
        labels = (
            {e.label.casefold(): e.label for e in self.kg.contents.entities.values()} if self.index else {}
        )
        close = [labels[found] for found in get_close_matches(name.casefold(), labels, n=3)]
        return f" Did you mean {', '.join(close)}?" if close else ""

    def _thing(self, iri: str) -> str:
        rows = self._query(
            "SELECT ?p ?o { $thing ?p ?o FILTER(?p IN (rdf:type, rdfs:label, skos:altLabel)) }",
            {"thing": ox.NamedNode(iri)},
        ).rows
        values: dict[str, list[str]] = {"type": [], "label": [], "altLabel": []}
        for predicate, value in rows:
            values[str(predicate).rpartition("#")[2]].append(str(value))
        kinds = sorted({kind.rpartition("#")[2].rpartition("/")[2] for kind in values["type"]})
        label, *names = [*sorted(values["label"]), *sorted(values["altLabel"])]
        also = f", also {'; '.join(names)}" if names else ""
        count = len(self.index.about((iri,)))
        return one_line(f"{label} ({', '.join(kinds) or 'Thing'}){also}; {count} facts; {iri}")

    def _table(self, result: QueryResult, query: str, given_values: Collection[str]) -> str:
        if not len(result):
            if result.truncated:
                return f"The first row has more than {self.limits.max_bytes:,} bytes, the most that is read. Ask for less."
            return "The graph has no answer to that."
        rows = result.texts()
        kept = [n for n in range(len(result.columns)) if any(row[n] for row in rows)]
        lines = []
        for row in rows:
            behind = self.index.behind(dict(zip(result.columns, row, strict=True)), query, given_values)
            lines.append(("\t".join(one_line(row[n]) for n in kept), behind[:_CITED]))
        return self._cut(
            lines,
            of=len(rows),
            what="rows",
            more="Narrow the question (in SPARQL with LIMIT and OFFSET).",
            head="\t".join(result.columns[n] for n in kept),
            noted=True,
            unfinished=result.truncated,
        )

    def _cut(
        self,
        items: Sequence[tuple[str, Sequence[Fact]]],
        *,
        of: int,
        what: str,
        more: str,
        head: str = "",
        noted: bool = False,
        unfinished: bool = False,
    ) -> str:
        """As many lines as an answer may hold, with their sources, and a sentence where that is not all.

        Args:
            items: Lines (or blocks of lines), each with the facts that it tells of.
            of: How many there are altogether.
            what: What they are.
            more: How to see the rest.
            head: The line above them.
            noted: Whether the facts' words are footnotes; else only their articles are named.
            unfinished: Whether there are more than ``of``.
        """
        notes: dict[str, int] = {}
        articles: dict[str, str] = {}
        out: list[str] = []
        footnotes: list[str] = []
        left = self.limits.max_chars
        for text, facts in items:
            fresh = {fact.id: fact for fact in facts if fact.id not in notes} if noted else {}
            added = [
                one_line(f"[{len(notes) + n}] {lead_of(fact)}{place_of(fact)}")
                for n, fact in enumerate(fresh.values(), 1)
            ]
            sources = {
                fact.doc_id: article_line(self.index.articles[fact.doc_id])
                for fact in facts
                if fact.doc_id not in articles and fact.doc_id in self.index.articles
            }
            left -= sum(len(line) + 1 for line in (text, *added, *sources.values()))
            if left < 0 and out:
                break
            notes.update({identifier: len(notes) + n for n, identifier in enumerate(fresh, 1)})
            articles.update(sources)
            footnotes += added
            marks = " ".join(f"[{notes[fact.id]}]" for fact in facts) if noted else ""
            whole = f"{text}\t{marks}" if marks else text
            out.append(whole if len(whole) <= self.limits.max_chars else whole[: self.limits.max_chars] + "…")
        if len(out) < of or unfinished:
            rest = "more" if unfinished else f"{of - len(out)} more"
            footnotes.insert(0, f"These are not all {what}; there are {rest}. {more}")
        if head and notes:
            head += "\tcited"
        named = [line for line in articles.values() if line]
        return "\n".join(
            (*([head] if head else []), *out, *footnotes, *(["Articles:", *named] if named else []))
        )


def _kept(line: str) -> str:
    """A line with its indent and nothing that commands."""
    text = line.lstrip(" ")
    return line[: len(line) - len(text)] + one_line(text)
