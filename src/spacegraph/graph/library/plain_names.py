"""Which names are one thing whatever else the articles say of them, decided without reading the articles.

The division of the things of a name (:func:`spacegraph.graph.library.identity.partition`) goes through all articles that have
the name, and reading them would make adding slower the more there are. Most names need no look:

* An article that asserts nothing by which things are told apart joins, and changes nothing for others.
* Where a property has one value in all articles, nobody differs by it. An article more that says so can only make others
  agree.
* Where fewer than two properties have several values, nobody differs enough from others.
* An article joins that differs by one property at most. If an earlier one says something of that property, whichever value,
  those that come later were compared by it already, and a value more makes them differ less, not more.
* So it is where nobody has said anything of that property before, if no article that does differs by another one besides.
* What an earlier article says already changes nothing for those after it.

Taking an article away may take away what others agreed by, so that only the third and the last hold for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from spacegraph import vocab
from spacegraph.graph.library.identity import DIFFERENCES
from spacegraph.graph.rdf.terms import iri_text
from spacegraph.graph.rdf.vocabulary import article_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from spacegraph.graph.library.identity import Identity, Profile
    from spacegraph.graph.library.lookups import Lookups
    from spacegraph.graph.library.stored_article import Description

__all__ = ["plain_names"]

_T = TypeVar("_T")
_TYPE = vocab.RDF + "type"
#: Values of a property that tell that it has several.
_SEVERAL = 2


def plain_names(
    named: Mapping[str, Collection[Description]],
    new: Mapping[str, Mapping[str, Profile]],
    old: Mapping[str, Mapping[str, Profile]],
    identity: Identity,
    lookups: Lookups,
) -> set[str]:
    """Those of some names that are one thing before and after a change.

    Args:
        named: The names, which are IRIs, and how the changed articles describe them afterwards.
        new: Changed article -> name -> what it asserts afterwards.
        old: Changed article -> name -> what it asserted before.
        identity: What is known for telling things apart.
        lookups: The store as it was before.
    """
    in_merges = {*identity.merges, *identity.merges.values()}
    names = set(named) - identity.known.keys() - in_merges
    names -= lookups.taken_for_others(names)
    names = _of_one_kind(names, named, identity, lookups)
    asserted = {name: _of(name, new) for name in names}
    taken_back = {name: _of(name, old) for name in names}
    traits = {name for name in names if asserted[name] or taken_back[name]}
    plain = names - traits
    if in_merges:
        # By values that were merged, the readings of articles may differ where what is derived of them does not.
        merged = {iri_text(iri) for iri in in_merges}
        said = lookups.derived_values(dict.fromkeys(traits, identity.profiled))
        profiles = {name: [said[name], *asserted[name].values()] for name in traits}
        traits = {n for n in traits if all(merged.isdisjoint(v) for p in profiles[n] for v in p.values())}

    touched = {name: _properties(asserted[name], taken_back[name]) for name in traits}
    said = lookups.derived_values(touched, most=_SEVERAL)
    disputed = {name: _disputed([said[name], *asserted[name].values()]) for name in traits}
    undisputed = {name for name in traits if not disputed[name] and not taken_back[name]}
    plain |= undisputed
    traits -= undisputed

    others = lookups.derived_values({n: identity.profiled - touched[n] for n in traits}, most=_SEVERAL)
    tame = {
        name
        for name in traits
        if identity.never_conflict([said[name], others[name], *asserted[name].values()])
    }
    plain |= tame
    traits -= tame
    wholly = {name: _disputed([said[name], others[name], *asserted[name].values()]) for name in traits}
    return plain | _preceded(
        {name: disputed[name] for name in traits},
        wholly,
        asserted,
        taken_back,
        changed={*new, *old},
        identity=identity,
        lookups=lookups,
    )


def _of_one_kind(
    names: set[str], named: Mapping[str, Collection[Description]], identity: Identity, lookups: Lookups
) -> set[str]:
    """Those names of which all articles say one kind of thing."""
    classes = {name: {description.cls for description in named[name]} for name in names}
    # What the store has taken for one thing is of one kind, and so is what is described with a class that it has already.
    known = lookups.has_types({(name, cls) for name in names for cls in classes[name] if cls})
    unsure = {name for name in names if any((name, cls) not in known for cls in classes[name])}
    types = lookups.derived_values(dict.fromkeys(unsure, (_TYPE,)))
    for name in unsure:
        classes[name] |= {value[1:-1] for value in types[name].get(_TYPE, ())}
    return {name for name in names if len({identity.kind_of(cls) for cls in classes[name]} - {""}) <= 1}


def _preceded(
    disputed: Mapping[str, set[str]],
    wholly: Mapping[str, set[str]],
    asserted: Mapping[str, Mapping[str, Profile]],
    taken_back: Mapping[str, Mapping[str, Profile]],
    *,
    changed: Collection[str],
    identity: Identity,
    lookups: Lookups,
) -> set[str]:
    """Those names of which the others say so much, or so little together, that the changed articles part nobody.

    Args:
        disputed: Name -> the properties that the changed articles assert or asserted, and that have several values.
        wholly: Name -> all its properties that have several values.
        asserted: Name -> changed article -> what it asserts afterwards.
        taken_back: The same of what it asserted before.
        changed: The changed articles.
        identity: What is known for telling things apart.
        lookups: The store as it was before.
    """
    graphs = [article_iri(doc_id) for doc_id in changed]
    spoken_of: dict[str, set[tuple[str, str, str]]] = {}
    for name, properties in disputed.items():
        differing = [properties & profile.keys() for profile in asserted[name].values()]
        if not taken_back[name] and all(
            len(some) < DIFFERENCES and identity.functional.isdisjoint(some) for some in differing
        ):
            spoken_of[name] = {
                (name, each, doc_id)
                for doc_id, profile in asserted[name].items()
                for each in properties & profile.keys()
            }
    before = lookups.spoken_of_before(_all(spoken_of.values()), graphs)
    first = {name: {claim[1] for claim in claims - before} for name, claims in spoken_of.items()}
    together = lookups.asserted_together(
        {(name, each): wholly[name] - {each} for name, some in first.items() for each in some}, graphs
    )
    plain = {name for name, some in first.items() if together.isdisjoint((name, each) for each in some)}
    said = {
        name: {
            ((iri_text(name), iri_text(each), value), doc_id)
            for side in (asserted, taken_back)
            for doc_id, profile in side[name].items()
            for each, values in profile.items()
            for value in values
        }
        for name in disputed.keys() - plain
    }
    repeated = lookups.said_before(_all(said.values()), graphs)
    return plain | {name for name, claims in said.items() if claims <= repeated}


def _of(name: str, side: Mapping[str, Mapping[str, Profile]]) -> dict[str, Profile]:
    """Article -> what it asserts of one name, where it asserts something."""
    return {doc_id: found[name] for doc_id, found in side.items() if found.get(name)}


def _properties(*sides: Mapping[str, Profile]) -> set[str]:
    return {each for side in sides for profile in side.values() for each in profile}


def _disputed(profiles: Iterable[Mapping[str, Collection[str]]]) -> set[str]:
    """The properties that have several values."""
    values: dict[str, set[str]] = {}
    for profile in profiles:
        for name, some in profile.items():
            values.setdefault(name, set()).update(some)
    return {name for name, some in values.items() if len(some) > 1}


def _all(sets: Iterable[set[_T]]) -> set[_T]:
    return set().union(*sets)
