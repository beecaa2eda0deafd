"""What a view shows: the things of a graph by importance, its facts and its articles."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import networkx as nx

from spacegraph.errors import QueryError
from spacegraph.graph.operations.in_words import words_of
from spacegraph.graph.operations.no_answer import meant
from spacegraph.graph.query.foreign import facts_of_triples
from spacegraph.model import Entity
from spacegraph.vocab import SAYINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacegraph.model import Article, Fact

__all__ = ["WORDS", "Content", "GraphLike", "Thing", "end_of", "read_content", "words_of"]

#: The class of words that somebody said, which are drawn as things are.
WORDS = "Words"
#: Where their identifiers begin: they live on a page only.
WORDS_BASE = "urn:spacegraph:words:"

#: Importance is rounded to this many places before it sorts, so that noise in the last bits of a sum cannot reorder.
_PLACES = 10

#: Things of at least this share of the highest importance are drawn with bold names.
_PROMINENT = 0.35


class GraphLike(Protocol):
    """What the views need of a graph."""

    @property
    def facts(self) -> Sequence[Fact]:
        """All facts, asserted or not."""

    @property
    def entities(self) -> Iterable[Entity]:
        """All things, whether or not a fact speaks of them."""

    @property
    def articles(self) -> Iterable[Article]:
        """The articles that the facts are from; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An entity as a view shows it.

    ``importance`` is its PageRank as a share of the highest one, 0 to 1. ``degree`` counts the facts that relate it to
    another thing.
    """

    entity: Entity
    importance: float
    degree: int

    @property
    def is_prominent(self) -> bool:
        """Whether its name is drawn bold."""
        return self.importance > _PROMINENT


@dataclass(frozen=True)
class Content:
    """The things of a graph, the most important first, with the facts about them and the articles.

    ``left_out`` is how many things the graph has beyond the limit that was asked for; facts about them are left out too,
    and counted in ``facts_left_out``.
    """

    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    articles: tuple[Article, ...]
    left_out: int = 0
    facts_left_out: int = 0

    @cached_property
    def index(self) -> dict[str, int]:
        """IRI of a thing -> its place in ``things``."""
        return {thing.entity.iri: number for number, thing in enumerate(self.things)}

    @cached_property
    def relations(self) -> tuple[Fact, ...]:
        """The facts that relate two things, or somebody to what they said: a graph draws them as arrows."""
        return tuple(fact for fact in self.facts if end_of(fact) is not None)

    def named(self, name: str) -> Thing:
        """The thing of a name (label, alias or IRI, in any capitals), the most important one of several.

        Raises:
            QueryError: There is none; the message has the closest.
        """
        wanted = name.casefold()
        known = [n for thing in self.things for n in (thing.entity.label, *thing.entity.aliases)]
        labelled = (t for t in self.things if wanted in (t.entity.label.casefold(), t.entity.iri.casefold()))
        called = (t for t in self.things if wanted in map(str.casefold, t.entity.aliases))
        if (found := next(labelled, None) or next(called, None)) is not None:
            return found
        msg = f"Nothing in the graph is called {name!r}.{meant(name, known)}"
        raise QueryError(msg)

    def network(self) -> nx.Graph[str]:
        """Who is related to whom: undirected, weighted by the number of facts; nodes are IRIs, by importance."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(thing.entity.iri for thing in self.things)
        _relate(graph, self.relations)
        return graph


def read_content(kg: GraphLike, *, limit: int | None = None) -> Content:
    """Read a graph for showing it.

    Importance is PageRank (Page et al. 1999) over the undirected graph of related things, weighted by the number of
    facts: a thing is important when many facts relate it to important things. Of a graph without statements of spacegraph's,
    the triples are shown as facts.

    Args:
        kg: The graph.
        limit: The most things to take, the most important ones; None takes all.
    """
    given = kg.facts or (() if tuple(kg.entities) else facts_of_triples(kg))
    facts = tuple(sorted(given, key=_fact_key))
    entities: dict[str, Entity] = {}
    for fact in facts:
        for entity in (fact.subject, end_of(fact), fact.attributed_to):
            if entity is not None:
                entities.setdefault(entity.iri, entity)
    entities.update((entity.iri, entity) for entity in sorted(kg.entities))
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(entities))
    _relate(graph, facts)
    ranks = nx.pagerank(graph) if graph.number_of_edges() else dict.fromkeys(graph, 1.0)
    highest = max(ranks.values(), default=1.0)
    degrees = dict(graph.degree(weight="weight"))
    things = sorted(
        (
            Thing(entity=entity, importance=round(ranks[iri] / highest, _PLACES), degree=int(degrees[iri]))
            for iri, entity in entities.items()
        ),
        key=lambda thing: (thing.degree == 0, -thing.importance, thing.entity.label, thing.entity.iri),
    )
    kept = things if limit is None else things[:limit]
    content = Content(
        things=tuple(kept),
        facts=facts,
        articles=tuple(sorted(kg.articles, key=lambda article: article.id)),
    )
    if len(kept) == len(things):
        return content
    known = content.index
    shown = tuple(fact for fact in facts if all(entity.iri in known for entity in _ends(fact)))
    return Content(
        things=content.things,
        facts=shown,
        articles=content.articles,
        left_out=len(things) - len(kept),
        facts_left_out=len(facts) - len(shown),
    )


def end_of(fact: Fact) -> Entity | None:
    """What an arrow of a fact ends at: its object, or words that somebody said or threatened with; None for other values."""
    if isinstance(fact.object, Entity):
        return fact.object
    if fact.property_iri not in SAYINGS:
        return None
    return _words_as_thing(fact.object.value)


@lru_cache(maxsize=10_000)
def _words_as_thing(words: str) -> Entity:
    digest = hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()[:16]
    return Entity(iri=f"{WORDS_BASE}{digest}", label=f"“{words}”", type=WORDS, type_iri="")


def _relate(graph: nx.Graph[str], facts: Iterable[Fact]) -> None:
    weights: dict[tuple[str, str], int] = {}
    for fact in facts:
        end = end_of(fact)
        if end is not None and fact.subject.iri != end.iri:
            first, second = sorted((fact.subject.iri, end.iri))
            weights[first, second] = weights.get((first, second), 0) + 1
    graph.add_weighted_edges_from((first, second, weight) for (first, second), weight in weights.items())


def _ends(fact: Fact) -> list[Entity]:
    end = end_of(fact)
    return [fact.subject] if end is None else [fact.subject, end]


def _fact_key(fact: Fact) -> tuple[Any, ...]:
    object_ = fact.object.iri if isinstance(fact.object, Entity) else fact.object.value
    start = min((evidence.start for evidence in fact.evidence), default=-1)
    return (fact.doc_id, start, fact.subject.iri, fact.property_iri, object_, fact.factuality, fact.id)
