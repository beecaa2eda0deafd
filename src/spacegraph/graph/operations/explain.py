"""From a fact back to the words that it rests on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph.errors import QueryError
from spacegraph.graph.operations.in_words import lead_of
from spacegraph.graph.rdf.statements import CONTEXT
from spacegraph.graph.rdf.vocabulary import DESCRIBING, OWN_NODES, PREFIXES, evidence_iri
from spacegraph.model import Entity

if TYPE_CHECKING:
    from spacegraph.graph.graph import Graph
    from spacegraph.model import Evidence, Fact, Literal

__all__ = ["Explanation", "Support", "Words", "context", "explain"]

#: Plain triples without a statement that are shown.
_SHOWN = 20
#: How graphs of others call things.
_NAMING = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "foaf:name", "schema:name", "dcterms:title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Evidence with the text around it: ``before + text + after`` reads on."""

    doc_id: str
    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""

    def marked(self, opening: str = "[", closing: str = "]") -> str:
        """The passage on one line with the words between marks."""
        before = ("…" if self.start > len(self.before) else "") + self.before
        after = self.after + ("…" if len(self.after) >= CONTEXT else "")
        return " ".join(f"{before}{opening}{self.text}{closing}{after}".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One fact of one article with its words; for an inferred one, also what it follows from."""

    fact: Fact
    words: tuple[Words, ...] = ()
    premises: tuple[Support, ...] = ()

    def lines(self, indent: str = "") -> list[str]:
        """The support in plain text, premises indented."""
        fact = self.fact
        out = [f"{indent}{lead_of(fact)}{fact.subject.label} – {fact.relation} – {fact.object.label}"]
        facts = [fact.factuality.value + (", ended" if fact.ended else "")]
        if fact.attributed_to:
            facts.append(f"said by {fact.attributed_to.label}")
        if fact.time:
            facts.append(f"time {fact.time}")
        facts.append(f"confidence {fact.confidence:g}")
        out.append(f"{indent}  {', '.join(facts)}; article {fact.doc_id}")
        if fact.rule:
            out.append(f"{indent}  {'inferred by' if fact.inferred else 'read by'} {fact.rule}")
        out += [f"{indent}  {words.start}–{words.end}: {words.marked()}" for words in self.words]
        if not self.words and not self.premises:
            out.append(f"{indent}  no words are recorded for it")
        if self.premises:
            out.append(f"{indent}  because")
            for premise in self.premises:
                out += premise.lines(indent + "    ")
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All supports of the facts asked for, in the order of the text; ``note`` says what is missing."""

    supports: tuple[Support, ...]
    note: str = ""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that are explained."""
        return tuple(support.fact for support in self.supports)

    def to_text(self) -> str:
        """The explanation in plain text."""
        blocks = ["\n".join(support.lines()) for support in self.supports]
        if self.note:
            blocks.append(self.note)
        return "\n\n".join(blocks) + "\n"

    def __str__(self) -> str:
        return self.to_text()

    def __len__(self) -> int:
        return len(self.supports)


def explain(kg: Graph, subject: str, relation: str | None = None, obj: str | None = None) -> Explanation:
    """The supports of all facts that fit; see :meth:`KnowledgeGraph.explain`."""
    subjects = _things(kg, subject, "subject")
    wanted = _relation_name(relation) if relation else None
    found = [
        fact
        for fact in kg.facts
        if fact.subject.iri in subjects
        and (wanted is None or wanted in (fact.relation.lower(), fact.property_iri.lower()))
        and (obj is None or _is_called(fact.object, obj))
    ]
    if found:
        return Explanation(supports=tuple(_support(kg, fact, frozenset()) for fact in found))
    plain = _plain_triples(kg, subjects, wanted, obj)
    if plain:
        if len(plain) > _SHOWN:
            plain = [*plain[:_SHOWN], f"and {len(plain) - _SHOWN} more"]
        note = f"The graph has {'; '.join(plain)}, but no statement about it, so there is no provenance: it was not made by spacegraph, or exported without."
        return Explanation(supports=(), note=note)
    about = sorted({f"{f.relation} {f.object.label}" for f in kg.facts if f.subject.iri in subjects})
    close = get_close_matches(f"{relation or ''} {obj or ''}".strip(), about, n=5, cutoff=0.0)
    hint = f" Of {subject} it has: {'; '.join(close)}." if close else ""
    if not close:
        said = sorted(
            {f"{f.subject.label} {f.relation} {subject}" for f in kg.facts if _iri(f.object) in subjects}
        )
        hint = f" It has: {'; '.join(said[:5])}." if said else ""
    message = f"The graph has no fact {subject} – {relation or 'any relation'} – {obj or 'anything'}.{hint}"
    raise QueryError(message)


def context(kg: Graph, evidence: Evidence) -> tuple[str, str]:
    """The text on both sides; from the article where its text is at hand, else from the graph."""
    article = kg.contents.articles.get(evidence.doc_id)
    if article and article.text[evidence.start : evidence.end] == evidence.text:
        return (
            article.text[max(0, evidence.start - CONTEXT) : evidence.start],
            article.text[evidence.end : evidence.end + CONTEXT],
        )
    node = f"<{evidence_iri(evidence.doc_id, evidence.start, evidence.end)}_quote>"
    result = kg.query(
        f"SELECT ?before ?after {{ {node} oa:exact ?text OPTIONAL {{ {node} oa:prefix ?before }} "
        f"OPTIONAL {{ {node} oa:suffix ?after }} }}"
    )
    for before, after in result:
        return str(before or ""), str(after or "")
    return "", ""


def _support(kg: Graph, fact: Fact, above: frozenset[str]) -> Support:
    words = []
    for evidence in fact.evidence:
        before, after = context(kg, evidence)
        words.append(
            Words(
                doc_id=evidence.doc_id, start=evidence.start, end=evidence.end, text=evidence.text,
                before=before, after=after,
            )
        )  # fmt: skip
    # A rule may lead back to where it came from (an inverse of an inverse); the chain is shown once.
    path = above | {fact.id}
    premises = [kg.fact(premise) for premise in fact.premises if premise not in path]
    return Support(
        fact=fact, words=tuple(words), premises=tuple(_support(kg, p, path) for p in premises if p)
    )


def _things(kg: Graph, name: str, what: str) -> set[str]:
    found = {entity.iri for entity in kg.entities if _is_called(entity, name)} or _foreign_things(kg, name)
    if found:
        return found
    labels = {e.label.lower(): e.label for e in kg.entities}
    close = [labels[m] for m in get_close_matches(name.lower(), labels, n=3)]
    hint = f" Did you mean {', '.join(close)}?" if close else ""
    message = f"Nothing in the graph is called {name!r} (the {what}).{hint}"
    raise QueryError(message)


def _foreign_things(kg: Graph, name: str) -> set[str]:
    """What somebody else's graph has under that IRI, or calls so in one of the usual ways; it may have no class."""
    names = ", ".join(_NAMING)
    rows = kg.query(
        f"SELECT DISTINCT ?thing {{ ?thing ?p ?name FILTER(?p IN ({names}) && isIRI(?thing) && LCASE(STR(?name)) = LCASE($wanted)) }}",
        wanted=name,
    )
    found = {str(thing) for (thing,) in rows if not str(thing).startswith(OWN_NODES)}
    if not found and ":" in name:
        prefix, _, local = name.partition(":")
        iri = PREFIXES[prefix] + local if prefix in PREFIXES else name
        # What is no IRI names nothing.
        with suppress(ValueError, QueryError):
            found = {iri} if kg.query("ASK { $thing ?p ?o }", thing=ox.NamedNode(iri)).answer else set()
    return found


def _is_called(thing: Entity | Literal, name: str) -> bool:
    if isinstance(thing, Entity):
        wanted = name.casefold()
        return thing.iri == name or any(n.casefold() == wanted for n in (thing.label, *thing.aliases))
    return thing.value.casefold() == name.casefold()


def _iri(thing: Entity | Literal) -> str:
    return thing.iri if isinstance(thing, Entity) else ""


def _relation_name(relation: str) -> str:
    prefix, colon, local = relation.partition(":")
    return (local if colon and prefix in PREFIXES else relation).lower()


def _plain_triples(kg: Graph, subjects: set[str], relation: str | None, obj: str | None) -> list[str]:
    out = []
    for iri in sorted(subjects):
        rows = kg.query(
            "SELECT ?label ?p ?o ?name { $thing ?p ?o OPTIONAL { $thing rdfs:label ?label } OPTIONAL { ?o rdfs:label ?name } }",
            thing=ox.NamedNode(iri),
        )
        for label, predicate, value, name in rows:
            if relation is None and str(predicate) in DESCRIBING:
                continue
            local = str(predicate).rpartition("#")[2].rpartition("/")[2]
            names = {str(value).casefold(), str(name or value).casefold()}
            if relation in (None, local.lower(), str(predicate).lower()) and (
                obj is None or obj.casefold() in names
            ):
                shown = name or ("something without a name" if str(value).startswith("_:") else value)
                out.append(f"{label or iri} – {local} – {shown}")
    return sorted(set(out))
