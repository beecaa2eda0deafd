"""Who is who across a corpus: by the decision of :mod:`spacegraph.graph.library.identity`, name by name.

The things of one name are a block; blocks are looked at one after the other, sorted by DuckDB, which spills to the disk what does
not fit the memory. Within a block decides :func:`~spacegraph.graph.library.identity.partition`, so that a corpus and a store to
which its articles were added one by one agree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from spacegraph.errors import DatasetError
from spacegraph.graph.library.identity import Identity, Profile, kinds_differ, partition
from spacegraph.graph.library.stored_article import Description
from spacegraph.graph.rdf.terms import iri_text, literal_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from spacegraph.corpus.dataset import Dataset

__all__ = ["Decisions", "Merged", "Unsure", "decide", "decide_block", "profiles_of"]

#: Rows that DuckDB hands over at once.
ROWS = 100_000
#: Articles of a merged thing, and candidates of an unsure name, that are named.
NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Things of several articles that count as one, or one that was kept apart from others of its name.

    ``doc_ids`` are the first :data:`NAMED` of the articles, ``reason`` says why.
    """

    iri: str
    name: str
    articles: int
    doc_ids: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A name that may belong to another thing, for a person to decide."""

    name: str
    articles: int
    candidates: tuple[str, ...]
    reason: str


@dataclass(slots=True)
class Decisions:
    """What has been decided of the things of a corpus.

    ``others`` has only what does not follow from a description alone: article -> IRI of its own reading -> IRI.
    """

    others: dict[str, dict[str, str]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    unsure: list[Unsure] = field(default_factory=list)


def decide(dataset: Dataset, identity: Identity, *, without: Iterable[str] = ()) -> Decisions:
    """Who is who in a data set.

    Args:
        dataset: The data set.
        identity: What is known for telling things apart.
        without: Identifiers of articles that have no say.
    """
    decisions = Decisions()
    blocks = _Blocks(dataset, identity, set(without))
    own: dict[str, int] = {}
    surnames: dict[str, list[str]] = defaultdict(list)
    for original, descriptions, profiles in blocks:
        found, merged = decide_block(descriptions, profiles, identity)
        for doc_id, iri in found.items():
            decisions.others.setdefault(doc_id, {})[original] = iri
        decisions.merged += merged
        name = descriptions[0].label
        if all(map(identity.is_own, descriptions)):
            own[name] = own.get(name, 0) + len(descriptions)
        elif identity.kind_of(descriptions[0].cls) == "PERSON" and len(name.split()) > 1:
            surnames[name.split()[-1]].append(name)
        apart = [m for m in merged if m.reason.startswith("kept apart")]
        if apart:
            decisions.unsure.append(
                Unsure(name=name, articles=len(descriptions), candidates=tuple(m.iri for m in merged)[:NAMED],
                       reason=apart[0].reason)
            )  # fmt: skip
    for name, count in own.items():
        if candidates := sorted(set(surnames.get(name, ()))):
            decisions.unsure.append(
                Unsure(
                    name=name, articles=count, candidates=tuple(candidates[:NAMED]),
                    reason="called by one word only, which is the last one of these names",
                )
            )  # fmt: skip
    decisions.unsure.sort(key=lambda u: (u.name, u.reason))
    return decisions


def decide_block(
    descriptions: list[Description], profiles: Mapping[str, Profile], identity: Identity
) -> tuple[dict[str, str], list[Merged]]:
    """Who is who among the things of one name.

    Args:
        descriptions: All descriptions with one original, one an article.
        profiles: Of each article, what it asserts of the thing.
        identity: What is known for telling things apart.

    Returns:
        Article -> IRI, where that does not follow from the description alone and is another one than that of its own reading;
        and what was merged or kept apart.
    """
    original = descriptions[0].original
    open_ = [d for d in descriptions if identity.settled(d) is None]
    known = [d for d in descriptions if identity.is_known(d)]
    merged = [_merged(original, known, "a known entity")] if len(known) > 1 else []
    if not open_:
        return {}, merged
    kinds = {identity.kind_of(d.cls) for d in open_} - {""}
    if len(kinds) <= 1 and original not in identity.known and identity.never_conflict(profiles.values()):
        if len(open_) > 1:
            merged.append(_merged(original, open_, "one name, one kind of thing, and nothing contradicts"))
        return {}, merged
    found = partition(open_, profiles, identity)
    groups: dict[str, list[Description]] = defaultdict(list)
    for description in open_:
        groups[found[description.doc_id]].append(description)
    first = next(iter(sorted(groups, key=len)))
    for iri, members in sorted(groups.items()):
        if iri == original:
            reason = "one name, and what is said of it agrees"
        elif original in identity.known:
            reason = f"kept apart from the known entity {original}: another kind of thing"
        else:
            reason = f"kept apart from {first}: {_difference(members, groups[first], profiles, identity)}"
        if len(members) > 1 or iri != original:
            merged.append(_merged(iri, members, reason))
    return {doc_id: iri for doc_id, iri in found.items() if iri != original}, merged


class _Blocks:
    """The things of a data set by name: original, descriptions, and what each article asserts of it."""

    def __init__(self, dataset: Dataset, identity: Identity, without: set[str]) -> None:
        self.dataset = dataset
        self.identity = identity
        self.without = without

    def __iter__(self) -> Iterator[tuple[str, list[Description], dict[str, Profile]]]:
        import duckdb

        if not self.dataset.shards():
            return
        with duckdb.connect() as connection, connection.cursor() as second:
            connection.execute("SET preserve_insertion_order = false")
            things = _rows(
                connection,
                "SELECT iri, doc_id, label, type_iri FROM read_parquet($files) ORDER BY iri, doc_id",
                {"files": self.dataset.glob("entities")},
            )
            said = _rows(
                second,
                "SELECT subject_iri AS iri, doc_id, property_iri, object_iri, object, object_datatype "
                "FROM read_parquet($files) WHERE factuality = 'asserted' AND NOT ended "
                "AND property_iri IN (SELECT unnest($profiled)) "
                "ORDER BY subject_iri, doc_id",
                {"files": self.dataset.glob("facts"), "profiled": sorted(self.identity.profiled)},
            )
            profiles = _Ahead(groupby(said, key=itemgetter(0)))
            for original, rows in groupby(things, key=itemgetter(0)):
                descriptions = [
                    Description(doc_id=doc_id, original=original, label=label, cls=cls)
                    for _, doc_id, label, cls in rows
                    if doc_id not in self.without
                ]
                if descriptions:
                    yield original, descriptions, profiles_of(profiles.at(original), self.without)


class _Ahead:
    """Groups in ascending order of their keys, of which some are asked for, in that order."""

    def __init__(self, groups: Iterator[tuple[str, Iterator[tuple[Any, ...]]]]) -> None:
        self._groups = groups
        self._key: str | None = ""
        self._rows: list[tuple[Any, ...]] = []

    def at(self, key: str) -> list[tuple[Any, ...]]:
        while self._key is not None and self._key < key:
            found = next(self._groups, None)
            self._key, self._rows = (found[0], list(found[1])) if found else (None, [])
        return self._rows if self._key == key else []


def profiles_of(rows: Iterable[tuple[Any, ...]], without: Container[str] = ()) -> dict[str, Profile]:
    """Article -> what it asserts of one thing, without some articles.

    Args:
        rows: The thing, article, property, IRI of the object (or None), object and datatype of each of its facts.
        without: Identifiers of articles that have no say.
    """
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for _, doc_id, name, iri, text, datatype in rows:
        if doc_id not in without:
            values[doc_id][name].add(literal_text(text, datatype) if iri is None else iri_text(iri))
    return {doc_id: {p: frozenset(some) for p, some in found.items()} for doc_id, found in values.items()}


def _rows(connection: Any, query: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    import duckdb

    try:
        for batch in connection.sql(query, params=parameters).to_arrow_reader(ROWS):
            # Tuples of columns: dictionaries would take as long to make as everything else here.
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
    except (duckdb.Error, OSError) as error:
        said = " ".join(str(error).split())[:300].rstrip(".")
        message = f"The data set is damaged or cut off: {said}. Give the command that made it again: it reads what is missing."
        raise DatasetError(message) from error


def _merged(iri: str, descriptions: list[Description], reason: str) -> Merged:
    return Merged(
        iri=iri,
        name=descriptions[0].label,
        articles=len(descriptions),
        doc_ids=tuple(d.doc_id for d in descriptions[:NAMED]),
        reason=reason,
    )


def _difference(
    members: list[Description], others: list[Description], profiles: Mapping[str, Profile], identity: Identity
) -> str:
    """Why things of one name are not those others."""
    kinds = {identity.kind_of(d.cls) for d in members} - {""}
    other_kinds = {identity.kind_of(d.cls) for d in others} - {""}
    if any(kinds_differ(a, b) for a in kinds for b in other_kinds):
        return f"{_one(kinds)} is not {_one(other_kinds)}"
    one, other = _sum(members, profiles), _sum(others, profiles)
    names = sorted(p.rpartition("#")[2] for p in one.keys() & other.keys() if not one[p] & other[p])
    return f"they differ in {' and '.join(names)}" if names else "they differ from what came before"


def _sum(descriptions: list[Description], profiles: Mapping[str, Profile]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for description in descriptions:
        for name, values in profiles.get(description.doc_id, {}).items():
            found[name] |= values
    return found


def _one(kinds: Iterable[str]) -> str:
    return " or ".join(sorted(kinds))
