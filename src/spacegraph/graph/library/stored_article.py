"""The form of an article in a store of many articles.

Each article has a named graph, whose name is the article's IRI. In it are the article, the reading, the statements with their
evidence, and a *description* of each thing: what this article calls it and takes it for. The default graph holds what
follows from all named graphs together: a plain triple for each asserted claim that has not ended, and class, labels and aliases of each
thing. So every triple is in one graph only, plain queries over the union of all graphs see each once, and what an article
brought goes with it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from spacegraph import vocab
from spacegraph.graph.rdf.contents import Contents, normalise
from spacegraph.graph.rdf.statements import article_lines, fact_lines, run_lines
from spacegraph.graph.rdf.terms import iri_text, literal_text, term_of
from spacegraph.graph.rdf.vocabulary import (
    ARTICLE_BASE,
    DESCRIPTION_BASE,
    STATEMENT_BASE,
    article_iri,
    described_iri,
    description_iri,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from spacegraph.graph.rdf.run import Run
    from spacegraph.model import Article, Entity, Fact

__all__ = [
    "ABOUT",
    "BASED_ON",
    "DESCRIBED_BY",
    "ORIGINALS",
    "ORIGINAL_THING",
    "OWN_NAME",
    "Description",
    "StoredArticle",
    "TripleText",
    "article_contents",
    "canonical_lines",
    "description_lines",
    "doc_id_of",
    "not_ended",
    "support_pattern",
    "text_of",
]

_TYPE = vocab.RDF + "type"
#: What a description is about: the thing that the store takes it for.
ABOUT = vocab.SCHEMA + "about"
#: What the article's own reading named, of a description.
BASED_ON = vocab.SCHEMA + "isBasedOn"
#: The same, only where the store takes it for another thing: so a lookup tells whether it ever does.
ORIGINAL_THING = vocab.ORIGINAL_THING
#: What the article's own reading named, where the store has it as something else: role -> property.
ORIGINALS = {
    ABOUT: ORIGINAL_THING,
    vocab.RDF + "subject": vocab.ORIGINAL_SUBJECT,
    vocab.RDF + "object": vocab.ORIGINAL_OBJECT,
    vocab.STATED_BY: vocab.ORIGINAL_SOURCE,
    vocab.ABOUT: vocab.ORIGINAL_ABOUT,
    vocab.ADDRESSEE: vocab.ORIGINAL_ADDRESSEE,
}
_ORIGINAL_OF = {f"<{role}>": f"<{original}>" for role, original in ORIGINALS.items()}
_ROLE_OF = {original: role for role, original in _ORIGINAL_OF.items()}
_DESCRIPTION = f"<{DESCRIPTION_BASE}"
_DERIVED_FROM = (f"<{STATEMENT_BASE}", _DESCRIPTION)
#: Property of a thing -> property of a description of it. They differ, so that descriptions are not mistaken for things.
DESCRIBED_BY = {
    _TYPE: vocab.SCHEMA + "additionalType",
    vocab.RDFS + "label": vocab.SCHEMA + "name",
    vocab.SKOS + "altLabel": vocab.SCHEMA + "alternateName",
    vocab.OWL + "sameAs": vocab.SCHEMA + "sameAs",
}
_DESCRIBES = {described: own for own, described in DESCRIBED_BY.items()}

_NAME, _ALIAS = f"<{vocab.SCHEMA}name>", f"<{vocab.SCHEMA}alternateName>"
#: What the article's own reading called a thing, of a description that goes by the name of what the thing was merged into.
OWN_NAME = vocab.DCTERMS + "title"
_OWN_NAME = f"<{OWN_NAME}>"

#: A triple as texts in N-Triples.
TripleText = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What one article says of one thing.

    ``original`` is the IRI that its own reading gave, and ``label`` the name; ``about`` and ``name`` are the store's.
    """

    doc_id: str
    original: str
    label: str
    cls: str
    about: str = ""
    name: str = ""


@dataclass(slots=True)
class StoredArticle:
    """The named graph of an article as lines of N-Triples, and what is derived from it."""

    doc_id: str
    lines: set[str] = field(default_factory=set)
    _triples: list[TripleText] | None = None

    @classmethod
    def of(
        cls, article: Article, facts: Iterable[Fact], entities: Iterable[Entity], run: Run, *, text: bool
    ) -> StoredArticle:
        """The form of an article, every thing taken for what its own reading says."""
        contents = article_contents(article, facts, entities)
        lines = set(article_lines(contents.articles[article.id], text=text))
        lines.update(run_lines(run, article.id))
        for fact, identifier in zip(contents.facts, contents.ids, strict=True):
            lines.update(fact_lines(fact, identifier, run, contents.articles))
        for entity in contents.entities.values():
            lines.update(description_lines(article.id, entity))
        return cls(article.id, canonical_lines("\n".join(lines).encode()))

    @property
    def graph(self) -> str:
        """The name of the graph."""
        return article_iri(self.doc_id)

    @property
    def triples(self) -> list[TripleText]:
        """The lines taken apart."""
        if self._triples is None:
            self._triples = [_parts(line) for line in self.lines]
        return self._triples

    def descriptions(self) -> list[Description]:
        """The descriptions of things in it, sorted by the IRI of the original."""
        about: dict[str, dict[str, str]] = defaultdict(dict)
        for subject, predicate, obj in self.triples:
            if subject.startswith(f"<{DESCRIPTION_BASE}"):
                about[subject[1:-1]][predicate[1:-1]] = obj
        return sorted(
            (
                Description(
                    doc_id=self.doc_id,
                    original=described_iri(node),
                    label=term_of(found.get(OWN_NAME) or found.get(vocab.SCHEMA + "name", '""')).value,
                    cls=found.get(vocab.SCHEMA + "additionalType", "<>")[1:-1],
                    about=found.get(ABOUT, "<>")[1:-1],
                    name=term_of(found.get(vocab.SCHEMA + "name", '""')).value,
                )
                for node, found in about.items()
            ),
            key=lambda d: d.original,
        )

    def resolved(
        self, resolve: Callable[[str], str], called: Callable[[str], str] = lambda _: ""
    ) -> StoredArticle:
        """The same with each thing taken for what ``resolve`` says of the IRI of its own reading.

        Args:
            resolve: Gives the IRI of a thing for that of the article's own reading.
            called: Gives, for the IRI of the article's own reading, the name of what that was merged into, "" where it
                has not been merged: one thing is called one thing, and its other names are aliases.
        """
        own_names = {s: o for s, p, o in self.triples if p == _OWN_NAME}
        names = {
            s: own_names.get(s, o) for s, p, o in self.triples if p == _NAME and s.startswith(_DESCRIPTION)
        }
        # What the article's own reading named: all of it, where the store has any of it as something else.
        own: dict[tuple[str, str], set[str]] = defaultdict(set)
        for subject, predicate, obj in self.triples:
            if predicate in _ROLE_OF:
                own[subject, _ROLE_OF[predicate]].add(obj)
        out: set[TripleText] = set()
        now: dict[tuple[str, str], set[str]] = defaultdict(set)
        for triple in self.triples:
            subject, predicate, obj = triple
            if predicate in _ROLE_OF or predicate == _OWN_NAME:
                continue
            if subject in names and (predicate == _NAME or (subject in own_names and obj == names[subject])):
                # The name, and the alias that was made of it.
                continue
            if predicate in _ORIGINAL_OF and obj.startswith("<"):
                now[subject, predicate].add(obj)
                continue
            out.add(triple)
        for (subject, predicate), things in now.items():
            originals = own.get((subject, predicate), things)
            taken = {original: iri_text(resolve(original[1:-1])) for original in originals}
            out.update((subject, predicate, thing) for thing in taken.values())
            if any(original != thing for original, thing in taken.items()):
                out.update((subject, _ORIGINAL_OF[predicate], original) for original in originals)
        for node, own_name in names.items():
            name = called(described_iri(node[1:-1]))
            shown = literal_text(name) if name else own_name
            out.add((node, _NAME, shown))
            if shown != own_name:
                out |= {(node, _ALIAS, own_name), (node, _OWN_NAME, own_name)}
        return StoredArticle(self.doc_id, {f"{s} {p} {o} ." for s, p, o in out}, list(out))

    def names_kept(self, about: Mapping[str, str]) -> dict[str, str]:
        """The names from a merge of those things that stay what they are: IRI of the article's own reading -> name.

        Args:
            about: IRI of the article's own reading -> what the thing is taken for.
        """
        return {
            d.original: d.name
            for d in self.descriptions()
            if d.name != d.label and about.get(d.original) == d.about
        }

    def derived(self) -> set[TripleText]:
        """What follows for the default graph: plain triples of asserted claims, and names and classes of things."""
        about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, obj in self.triples:
            if subject.startswith(_DERIVED_FROM):
                about[subject][predicate[1:-1]].append(obj)
        out: set[TripleText] = set()
        asserted = f"<{vocab.ASSERTED}>"
        for found in about.values():
            if asserted in found.get(vocab.FACTUALITY, ()) and vocab.ENDED not in found:
                for s, p, o in zip(
                    found[vocab.RDF + "subject"],
                    found[vocab.RDF + "predicate"],
                    found[vocab.RDF + "object"],
                    strict=True,
                ):
                    out.add((s, p, o))
            for thing in found.get(ABOUT, ()):
                for described, own in _DESCRIBES.items():
                    out.update((thing, f"<{own}>", value) for value in found.get(described, ()))
        return out

    def quads(self) -> str:
        """The named graph as N-Quads."""
        graph = iri_text(self.graph)
        return "".join(f"{line[:-2]} {graph} .\n" for line in sorted(self.lines))


def article_contents(article: Article, facts: Iterable[Fact], entities: Iterable[Entity]) -> Contents:
    """The normal form of one article; facts of other articles are left out."""
    return normalise([f for f in facts if f.doc_id == article.id], articles=[article], entities=entities)


def canonical_lines(ntriples: bytes) -> set[str]:
    """The lines of N-Triples as the engine writes them, so that they compare equal to those of a store."""
    store = ox.Store()
    store.bulk_load(ntriples, format=ox.RdfFormat.N_TRIPLES)
    dumped: bytes | None = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return {line for line in (dumped or b"").decode().split("\n") if line}


def support_pattern(triple: TripleText) -> str:
    """A SPARQL pattern that matches, within one article's graph, what supports a derived triple."""
    subject, predicate, obj = triple
    described = DESCRIBED_BY.get(predicate[1:-1])
    if described:
        return f"?n <{described}> {obj} ; <{ABOUT}> {subject} ."
    return (
        f"?n rdf:subject {subject} ; rdf:object {obj} ; rdf:predicate {predicate} ; "
        f"<{vocab.FACTUALITY}> <{vocab.ASSERTED}> . {not_ended('?n')}"
    )


def not_ended(node: str) -> str:
    """A SPARQL filter: the statement tells of something that still holds."""
    return f"FILTER NOT EXISTS {{ {node} <{vocab.ENDED}> true }}"


def description_lines(doc_id: str, entity: Entity) -> Iterable[str]:
    """What an article says of a thing that its own reading named, taken for what that says."""
    node = iri_text(description_iri(doc_id, entity.iri))
    yield f"{node} <{ABOUT}> {iri_text(entity.iri)} ."
    yield f"{node} <{BASED_ON}> {iri_text(entity.iri)} ."
    yield f"{node} <{DESCRIBED_BY[_TYPE]}> {iri_text(entity.type_iri)} ."
    yield f"{node} <{vocab.SCHEMA}name> {literal_text(entity.label)} ."
    for alias in entity.aliases:
        yield f"{node} <{vocab.SCHEMA}alternateName> {literal_text(alias)} ."
    for other in entity.same_as:
        yield f"{node} <{vocab.SCHEMA}sameAs> {iri_text(other)} ."


def _parts(line: str) -> TripleText:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-2]


def doc_id_of(graph: str) -> str:
    """The article whose graph has that name."""
    return unquote(graph.removeprefix(ARTICLE_BASE))


def text_of(term: object) -> str:
    """The IRI or lexical form of a term, "" where nothing is bound."""
    return str(getattr(term, "value", "")) if term is not None else ""
