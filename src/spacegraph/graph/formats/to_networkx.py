"""The graph for networkx: things are nodes, facts are edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from spacegraph.graph.rdf.contents import normalise
from spacegraph.model import Entity, Factuality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacegraph.graph.graph import Graph

__all__ = ["to_networkx"]


def to_networkx(
    kg: Graph, *, factuality: Iterable[Factuality | str] | None = None, literals: bool = True
) -> nx.MultiDiGraph[str]:
    """A ``MultiDiGraph`` with a node for each thing that facts speak of and an edge for each fact.

    Of a graph that has no statements of spacegraph's, the triples are the facts, as in a view.

    Args:
        kg: The graph.
        factuality: Keep only facts that are put in one of these ways; None keeps all.
        literals: Whether dates, numbers and texts are nodes too.

    Returns:
        Nodes are IRIs (a literal is ``"value"^^datatype``) with ``label``, ``type`` and ``kind`` ("entity" or "literal"),
        and entities also with ``aliases`` and ``same_as``. Edges are keyed by the fact's identifier and have ``relation``,
        ``label``, ``property``, ``factuality``, ``confidence``, ``attributed_to`` (a label or ""), ``attributed_to_iri``,
        ``time``, ``rule``, ``inferred``, ``ended``, ``doc_id``, ``evidence`` (a list of ``{"doc_id", "start", "end", "text"}``) and
        ``premises``. Nodes and edges come in a fixed order.
    """
    wanted = None if factuality is None else {Factuality(f) for f in factuality}
    contents = kg.contents
    if not contents.facts:
        from spacegraph.graph.query.foreign import facts_of_triples

        contents = normalise(facts_of_triples(kg), entities=kg.entities)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kept = [
        (fact, identifier)
        for fact, identifier in zip(contents.facts, contents.ids, strict=True)
        if (wanted is None or fact.factuality in wanted) and (literals or isinstance(fact.object, Entity))
    ]
    for thing in sorted(
        {t for fact, _ in kept for t in (fact.subject, fact.object) if isinstance(t, Entity)}
    ):
        graph.add_node(
            thing.iri, label=thing.label, type=thing.type, kind="entity", aliases=list(thing.aliases),
            same_as=list(thing.same_as),
        )  # fmt: skip
    for fact, identifier in kept:
        if isinstance(fact.object, Entity):
            target = fact.object.iri
        else:
            target = f'"{fact.object.value}"^^{fact.object.datatype}'
            if target not in graph:
                graph.add_node(target, label=fact.object.value, type=fact.object.type, kind="literal")
        graph.add_edge(
            fact.subject.iri,
            target,
            key=identifier,
            relation=fact.relation,
            label=fact.relation,
            property=fact.property_iri,
            factuality=fact.factuality.value,
            confidence=fact.confidence,
            attributed_to=fact.attributed_to.label if fact.attributed_to else "",
            attributed_to_iri=fact.attributed_to.iri if fact.attributed_to else "",
            time=fact.time,
            rule=fact.rule,
            inferred=fact.inferred,
            ended=fact.ended,
            doc_id=fact.doc_id,
            evidence=[
                {"doc_id": e.doc_id, "start": e.start, "end": e.end, "text": e.text} for e in fact.evidence
            ],
            premises=list(fact.premises),
        )
    return graph
