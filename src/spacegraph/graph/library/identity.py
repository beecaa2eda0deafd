"""Which things of several articles are the same.

Articles give a thing an IRI by its name. Across articles that is not enough: a name may belong to two things, and a
surname to many people. So:

* a known entity is itself;
* a person called by one word only is the article's own (``…/Holmes~bakery-1``), and so is what nothing is known of, which may
  be one: a surname never joins people;
* otherwise things of one name are one thing, unless their kinds exclude each other (a person and a place), a property
  that has one value has two, or they differ in two respects and agree in none;
* what a person has merged is merged, and can be split again.

The division depends only on what is in the store, not on the order in which it came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from spacegraph import vocab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacegraph.graph.library.stored_article import Description
    from spacegraph.ontology import Ontology

__all__ = ["Identity", "Profile", "kinds_differ", "partition", "scoped_iri"]

#: What an article asserts of a thing: property IRI -> values in N-Triples.
Profile = Mapping[str, frozenset[str]]
#: Two things of one name that differ in so many respects, and agree in none, are two.
DIFFERENCES = 2


def scoped_iri(original: str, doc_id: str) -> str:
    """The IRI of a thing that is not the first of its name: that of the name, and the article where it first comes."""
    return f"{original}~{quote(doc_id, safe='')}"


@dataclass(slots=True)
class Identity:
    """What is known for telling things apart.

    Args:
        known: Known entities, which are always themselves: IRI -> kind.
        kind_of: Gives the kind of a class IRI (``PERSON``, ``ORG``, ``LOC``, …), "" where nothing is known.
        functional: IRIs of properties that have one value.
        telling: IRIs of properties by which things of one name are told apart (``sg:tellsApart`` in the ontology):
            standing traits, of which one thing seldom has two. What somebody did tells nothing.
    """

    known: dict[str, str] = field(default_factory=dict)
    kind_of: Callable[[str], str] = lambda _: ""
    functional: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    #: Merges that a person has made: IRI -> IRI.
    merges: dict[str, str] = field(default_factory=dict)
    #: What a merged thing is called after its merge: IRI -> name.
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, ontology: Ontology) -> Identity:
        """By the built-in or another ontology."""
        labels = ontology.gazetteer().type_of_class
        kinds = {ontology.classes[name].iri: _KIND.get(label, label) for name, label in labels.items()}
        return cls(
            known={e.iri: kinds.get(e.type_iri, "") for e in ontology.entities.values()},
            kind_of=lambda iri: kinds.get(iri, ""),
            functional=frozenset(p.iri for p in ontology.properties.values() if p.functional),
            telling=_telling(ontology.sources),
        )

    @property
    def profiled(self) -> frozenset[str]:
        """The properties that a profile has."""
        return self.functional | self.telling

    def is_known(self, description: Description) -> bool:
        """Whether a thing is a known entity, and not another thing of its name."""
        kind = self.known.get(description.original)
        return kind is not None and not kinds_differ(kind, self.kind_of(description.cls))

    def is_own(self, description: Description) -> bool:
        """Whether a thing is the article's own: called by one word, and a person, or for all that is known one."""
        return (
            not self.is_known(description)
            and (description.cls == _THING or self.kind_of(description.cls) == "PERSON")
            and len(description.label.split()) == 1
        )

    def settled(self, description: Description) -> str | None:
        """The IRI of a thing that no other article has a say in: a known one, or the article's own; None for any other."""
        if self.is_known(description):
            return description.original
        if self.is_own(description):
            return scoped_iri(description.original, description.doc_id)
        return None

    def never_conflict(self, profiles: Iterable[Profile]) -> bool:
        """Whether these profiles are of one thing in whatever order they are looked at.

        So it is where no property that has one value has two, and too few of the others have several: then no two of
        them can differ enough to be kept apart.
        """
        values: dict[str, set[str]] = defaultdict(set)
        for profile in profiles:
            _add(values, profile)
        several = [name for name, some in values.items() if len(some) > 1]
        return len(several) < DIFFERENCES and not self.functional.intersection(several)

    def merged(self, iri: str) -> str:
        """The IRI after all merges."""
        return self._end(iri)[0]

    def called(self, iri: str) -> str:
        """What a thing is called after all merges, "" where it has not been merged."""
        return self._end(iri)[1]

    def _end(self, iri: str) -> tuple[str, str]:
        seen, name = set(), ""
        while iri in self.merges and iri not in seen:
            seen.add(iri)
            name = self.names.get(iri, "")
            iri = self.merges[iri]
        return iri, name


#: The class of what nothing is known of.
_THING = vocab.OWL + "Thing"
#: Kinds between which reading wavers are one.
_KIND = {"GPE": "LOC", "FAC": "LOC", "NORP": "ORG"}


def _telling(files: tuple[str, ...]) -> frozenset[str]:
    """The properties that the files of an ontology mark with ``sg:tellsApart``."""
    marked = set()
    for file in files:
        if file.endswith(".ttl"):
            for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
                if quad.predicate.value == vocab.TELLS_APART and isinstance(quad.subject, ox.NamedNode):
                    marked.add(quad.subject.value)
    return frozenset(marked)


def kinds_differ(one: str, other: str) -> bool:
    """Whether two kinds exclude each other; of an unknown one nothing is known."""
    return bool(one and other and one != other)


def partition(
    descriptions: Iterable[Description], profiles: Mapping[str, Profile], identity: Identity
) -> dict[str, str]:
    """Who is who among the things of one original IRI: article -> IRI, before merges.

    Args:
        descriptions: All descriptions with that original, one an article.
        profiles: Of each article, what it asserts of the thing.
        identity: What is known for telling things apart.
    """
    groups: list[tuple[list[Description], str, dict[str, set[str]]]] = []
    found: dict[str, str] = {}
    for description in sorted(descriptions, key=lambda d: d.doc_id):
        if (settled := identity.settled(description)) is not None:
            found[description.doc_id] = settled
            continue
        kind = identity.kind_of(description.cls)
        profile = profiles.get(description.doc_id, {})
        for index, (members, group_kind, group_profile) in enumerate(groups):
            if not kinds_differ(kind, group_kind) and not _conflict(
                profile, group_profile, identity.functional
            ):
                members.append(description)
                _add(group_profile, profile)
                groups[index] = (members, group_kind or kind, group_profile)
                break
        else:
            group: dict[str, set[str]] = defaultdict(set)
            _add(group, profile)
            groups.append(([description], kind, group))
    for index, (members, _, _) in enumerate(groups):
        first = members[0]
        free = index == 0 and first.original not in identity.known
        iri = first.original if free else scoped_iri(first.original, first.doc_id)
        found.update((member.doc_id, iri) for member in members)
    return found


def _add(group: dict[str, set[str]], profile: Profile) -> None:
    for name, values in profile.items():
        group[name] |= values


def _conflict(profile: Profile, group: Mapping[str, set[str]], functional: frozenset[str]) -> bool:
    """Whether what two articles say of a name cannot well be said of one thing."""
    differences = agreements = 0
    for name, values in profile.items():
        others = group.get(name)
        if not others:
            continue
        if values & others:
            agreements += 1
        elif name in functional:
            return True
        else:
            differences += 1
    return differences >= DIFFERENCES and not agreements
