"""What a view shows: the things of a graph by importance, its facts and its articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import networkx as nx

from spacegraph.model import Entity
from spacegraph.views.foreign import facts_of_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacegraph.model import Article, Fact

__all__ = ["Content", "GraphLike", "Thing", "read_content", "words_of"]

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
        """The facts that relate two things, which a graph draws as arrows."""
        return tuple(fact for fact in self.facts if isinstance(fact.object, Entity))

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
        for entity in (fact.subject, fact.object, fact.attributed_to):
            if isinstance(entity, Entity):
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


def words_of(name: str) -> str:
    """The words of a local name: ``isMemberOf`` is "is member of", ``SpaceAgency`` "space agency", ``UFO`` "UFO"."""
    words: list[str] = []
    start = 0
    for here in range(1, len(name) + 1):
        if here == len(name) or _is_seam(name, here):
            word = name[start:here].strip("_- ")
            if word:
                words.append(word if word.isupper() and len(word) > 1 else word.lower())
            start = here
    return " ".join(words)


def _is_seam(name: str, here: int) -> bool:
    before, after = name[here - 1], name[here]
    if before in "_- ":
        return True
    if after.isupper():
        return not before.isupper() or (here + 1 < len(name) and name[here + 1].islower())
    return False


def _relate(graph: nx.Graph[str], facts: Iterable[Fact]) -> None:
    weights: dict[tuple[str, str], int] = {}
    for fact in facts:
        if isinstance(fact.object, Entity) and fact.subject.iri != fact.object.iri:
            first, second = sorted((fact.subject.iri, fact.object.iri))
            weights[first, second] = weights.get((first, second), 0) + 1
    graph.add_weighted_edges_from((first, second, weight) for (first, second), weight in weights.items())


def _ends(fact: Fact) -> list[Entity]:
    ends = [fact.subject]
    if isinstance(fact.object, Entity):
        ends.append(fact.object)
    return ends


def _fact_key(fact: Fact) -> tuple[Any, ...]:
    object_ = fact.object.iri if isinstance(fact.object, Entity) else fact.object.value
    start = min((evidence.start for evidence in fact.evidence), default=-1)
    return (fact.doc_id, start, fact.subject.iri, fact.property_iri, object_, fact.factuality, fact.id)
