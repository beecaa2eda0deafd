"""Entities as clusters: their names, aliases and types."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spacegraph.language.coreference.names import normal_form
from spacegraph.model import Cluster

if TYPE_CHECKING:
    from spacegraph.gazetteer import Gazetteer
    from spacegraph.language.coreference.entities import Entity
    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.coreference.resolution import Resolution
    from spacegraph.language.tokens import Tokens

__all__ = ["make_clusters"]

_LEADING = frozenset(("DT", "PDT", "PRP$", "POS", "WP$", "WDT"))
_PUNCTUATION = " \t\n\"'“”‘’,;:()[]"


def make_clusters(resolution: Resolution, gazetteer: Gazetteer) -> list[Cluster]:
    """The clusters of a resolved text, in the order of their first mentions; ``clusters[i].id == i``.

    Coordinations have a cluster only where something takes them up ("Ann and Bo ... they").
    """
    t = resolution.tokens
    entities = resolution.entities
    expressions = entities.expressions
    listed: list[Entity] = [
        entity
        for entity in entities.all()
        if any(expressions[place].mention >= 0 for place in entity.expressions)
    ]
    listed.sort(
        key=lambda entity: min(
            expressions[p].mention for p in entity.expressions if expressions[p].mention >= 0
        )
    )
    number = {entity.at: i for i, entity in enumerate(listed)}
    clusters: list[Cluster] = []
    for i, entity in enumerate(listed):
        members = sorted({
            number[entities.of(member).at]
            for member in entity.members
            if entities.of(member).at in number and entities.of(member) is not entity
        })  # fmt: skip
        if len(members) < 2:
            members = []
        clusters.append(
            _cluster(t, gazetteer, i, [expressions[p] for p in entity.expressions], tuple(members))
        )
    # A set is called by its members, where nothing names it.
    return [
        _named(cluster, " and ".join(clusters[m].name for m in cluster.members if clusters[m].name))
        if not cluster.name and cluster.members
        else cluster
        for cluster in clusters
    ]


def _named(cluster: Cluster, name: str) -> Cluster:
    return Cluster(
        id=cluster.id, mentions=cluster.mentions, name=name, type=cluster.type, cls=cluster.cls, known=cluster.known,
        aliases=cluster.aliases, number=cluster.number, gender=cluster.gender, members=cluster.members,
    )  # fmt: skip


def _cluster(
    t: Tokens, gazetteer: Gazetteer, at: int, expressions: list[Expression], members: tuple[int, ...]
) -> Cluster:
    if len(expressions) == 1 and not members:
        return _single(t, at, expressions[0])
    named = [e for e in expressions if e.kind == "name"]
    surfaces = list(dict.fromkeys(t.span_text(e.start, e.end).strip(_PUNCTUATION) for e in named))
    surfaces = [" ".join(surface.split()) for surface in surfaces if surface]
    name = _longest(surfaces)
    if not name:
        name = next((e.norm for e in expressions if e.kind == "demonym" and e.norm), "")
    if not name:
        name = next((t.span_text(e.start, e.end) for e in expressions if e.kind == "demonym"), "")
    if not name:
        name = _description(t, expressions)
    aliases = tuple(dict.fromkeys(s for s in surfaces if s != name))
    known = _first(Counter(e.known for e in expressions if e.known))
    type_ = _type(expressions, named)
    cls = _class(gazetteer, expressions, known, type_)
    return Cluster(
        id=at,
        mentions=tuple(e.mention for e in expressions if e.mention >= 0),
        name=name,
        type=type_,
        cls=cls,
        known=known,
        aliases=aliases,
        number=_number(expressions),
        gender=_first(Counter(e.gender for e in expressions if e.gender)),
        members=members,
    )


def _single(t: Tokens, at: int, e: Expression) -> Cluster:
    """The cluster of one expression: most are, and need no counting."""
    name = ""
    type_ = e.type
    if e.kind == "name":
        name = _longest([" ".join(t.span_text(e.start, e.end).strip(_PUNCTUATION).split())])
    elif e.kind == "demonym":
        name = e.norm or t.span_text(e.start, e.end)
        type_ = "GPE" if e.norm or e.known else "NORP"
    elif e.kind == "nominal":
        name = _description(t, [e])
    elif e.pronoun in ("he", "she", "i"):
        type_ = "PERSON"
    return Cluster(
        id=at,
        mentions=(e.mention,),
        name=name,
        type=type_,
        cls=e.cls,
        known=e.known,
        number=e.number,
        gender=e.gender,
    )


def _longest(surfaces: list[str]) -> str:
    """The fullest of the names; mixed case before capitals, the first of equals."""
    best, rank = "", (-1, -1, -1)
    for surface in surfaces:
        size = (len(normal_form(tuple(surface.split()))), int(not surface.isupper()), len(surface))
        if size > rank:
            best, rank = surface, size
    if best.lower().startswith("the "):
        best = best[4:]
    if best.endswith(".") and set(best.rsplit(" ", 1)[-1][:-1]) <= set("IVX"):
        # "Merrow V." at the end of a sentence
        best = best[:-1]
    return best


def _description(t: Tokens, expressions: list[Expression]) -> str:
    """The fullest noun phrase, without article and possessor; "" where there are only pronouns."""
    best = ""
    for e in expressions:
        if e.kind != "nominal":
            continue
        start = e.start
        for k in range(e.start, e.end):
            if t.tag[k] in _LEADING and (t.tag[k] not in ("PRP$", "POS") or k < e.head):
                start = k + 1
        if t.lower[start] == "own":
            start += 1
        start = min(start, e.end - 1)
        text = " ".join(t.span_text(start, e.end).split()).strip(_PUNCTUATION)
        if len(text) > len(best):
            best = text
    return best


def _first(counts: Counter[str]) -> str:
    """The commonest, the first of equals."""
    return counts.most_common(1)[0][0] if counts else ""


def _type(expressions: list[Expression], named: list[Expression]) -> str:
    counts: Counter[str] = Counter()
    for e in named or expressions:
        if e.type and e.kind != "demonym":
            counts[e.type] += len(e.words) or 1
    if not counts:
        for e in expressions:
            if e.kind == "demonym":
                return "GPE" if e.norm or e.known else "NORP"
            if e.type:
                counts[e.type] += 1
    if not counts and any(e.pronoun in ("he", "she", "i") for e in expressions):
        return "PERSON"
    return _first(counts)


def _class(gazetteer: Gazetteer, expressions: list[Expression], known: str, type_: str) -> str:
    """The class of the known entity, or the most special one that the words tell."""
    classes: Counter[str] = Counter()
    for e in expressions:
        if not e.cls:
            continue
        if known and e.known == known:
            return e.cls
        if not e.type or e.type == type_:
            classes[e.cls] += 1
    best = ""
    for cls, _ in classes.most_common():
        if not best or gazetteer.is_a(cls, best):
            best = cls
    return best


def _number(expressions: list[Expression]) -> str:
    for kinds in (("name", "nominal", "set"), ("pronoun",)):
        counts = Counter(e.number for e in expressions if e.kind in kinds and e.number)
        if counts:
            return _first(counts)
    return ""
