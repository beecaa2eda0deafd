"""Many articles in one store: add, replace, remove, list, merge and split, each in one transaction."""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from spacegraph import vocab
from spacegraph.errors import ConfigError, SpacegraphError, StoreError
from spacegraph.graph.library.identity import Identity, kinds_differ, partition
from spacegraph.graph.library.lookup_choice import lookups_in
from spacegraph.graph.library.lookups import fresh_profiles
from spacegraph.graph.library.plain_names import plain_names
from spacegraph.graph.library.stored_article import (
    ABOUT,
    Description,
    StoredArticle,
    TripleText,
    canonical_lines,
    text_of,
)
from spacegraph.graph.rdf.run import current_run
from spacegraph.graph.rdf.terms import iri_text, literal_text
from spacegraph.graph.rdf.vocabulary import MERGES_GRAPH, article_iri
from spacegraph.knowledge_graph import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from spacegraph.graph.query.protocol import GraphStore
    from spacegraph.graph.rdf.run import Run
    from spacegraph.model import Article, Entity, Fact
    from spacegraph.ontology import Ontology

__all__ = ["ArticleStore", "Merge", "Reading", "StoredEntry", "Suggestion"]

#: An article with its facts and its named things, as :meth:`spacegraph.reading.Reader.read` yields them.
Reading = tuple["Article", "Iterable[Fact]", "Iterable[Entity]"]
_COPY_OF = f" <{vocab.COPY_OF}> "
#: Articles that go into a store in one transaction when many are added.
BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An article in a store: a line of ``spacegraph list``."""

    doc_id: str
    title: str
    published: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A merge that a person has made: ``old`` counts as ``new``; the labels are those that they had then."""

    old: str
    new: str
    reason: str
    old_label: str = ""
    new_label: str = ""

    @property
    def lines(self) -> str:
        """The merge as the store has it, in N-Quads."""
        said = {
            vocab.DCTERMS + "isReplacedBy": iri_text(self.new),
            vocab.RDFS + "comment": literal_text(self.reason),
            vocab.SCHEMA + "alternateName": literal_text(self.old_label) if self.old_label else "",
            vocab.SCHEMA + "name": literal_text(self.new_label) if self.new_label else "",
        }
        old, graph = iri_text(self.old), iri_text(MERGES_GRAPH)
        return "".join(f"{old} <{p}> {value} {graph} .\n" for p, value in said.items() if value)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Suggestion:
    """Two things that may be one; nothing is done about it until a person merges them."""

    one: str
    other: str
    one_label: str
    other_label: str
    reason: str


class ArticleStore:
    """Articles in a graph store.

    Args:
        store: Where they are: a directory, an endpoint, or memory.
        identity: What is known for telling things apart; None goes by the built-in ontology.
    """

    def __init__(self, store: GraphStore, identity: Identity | None = None) -> None:
        self.store = store
        if identity is None:
            from spacegraph.rdf_ontology import load_ontology

            identity = Identity.of(load_ontology())
        self.identity = identity
        self.lookups = lookups_in(store)
        merges = self.merges()
        self.identity.merges = {merge.old: merge.new for merge in merges}
        self.identity.names = {merge.old: merge.new_label for merge in merges}

    @classmethod
    def open(
        cls,
        place: str | Path,
        *,
        create: bool = False,
        writable: bool = True,
        ontology: Ontology | None = None,
    ) -> Self:
        """A store's directory, or the URL of an endpoint.

        Args:
            place: Where it is.
            create: Whether to make a directory where there is none.
            writable: Whether to change it.
            ontology: Known entities and kinds of things; None is the built-in one.

        Raises:
            StoreError: It is not there, is no store, is damaged, or another process is writing in it.
        """
        from spacegraph.graph.stores.directory import DirectoryStore
        from spacegraph.graph.stores.opening import is_url
        from spacegraph.graph.stores.remote import RemoteStore

        store: GraphStore
        if is_url(place):
            store = RemoteStore(str(place))
        else:
            store = DirectoryStore.open(place, writable=writable, create=create)
        try:
            return cls(store, Identity.of(ontology) if ontology else None)
        except BaseException:
            # Nobody else would let go of it, and its lock.
            with suppress(StoreError):
                store.close()
            raise

    def graph(self) -> KnowledgeGraph:
        """The store as a knowledge graph, to query, export and explain."""
        return KnowledgeGraph(self.store)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # What went wrong first is what matters, not that closing goes wrong for the same reason.
        with suppress(StoreError) if kind is not None else nullcontext():
            self.close()

    def __contains__(self, doc_id: str) -> bool:
        return bool(self.lookups.existing([doc_id]))

    def entries(self) -> list[StoredEntry]:
        """The articles, sorted by identifier."""
        rows = self.lookups.select(
            "SELECT ?id ?title ?date (COUNT(?s) AS ?n) { GRAPH ?g { ?a a schema:NewsArticle ; dcterms:identifier ?id . "
            "OPTIONAL { ?a schema:headline ?title } OPTIONAL { ?a schema:datePublished ?date } "
            "OPTIONAL { ?s prov:hadPrimarySource ?a } } } GROUP BY ?id ?title ?date"
        )
        entries = [
            StoredEntry(
                doc_id=text_of(row[0]),
                title=text_of(row[1]),
                published=text_of(row[2]),
                statements=int(text_of(row[3])),
            )
            for row in rows
        ]
        return sorted(entries, key=lambda e: e.doc_id)

    def add(
        self,
        article: Article,
        facts: Iterable[Fact],
        entities: Iterable[Entity] = (),
        *,
        run: Run | None = None,
        keep_text: bool = False,
    ) -> bool:
        """Add an article.

        Args:
            article: The article.
            facts: Its facts; those of other articles are left out.
            entities: Its named things whether or not a fact speaks of them.
            run: What produced the facts; None is this version of spacegraph.
            keep_text: Whether its text goes into the store.

        Returns:
            Whether the store has changed: False where the same article with the same facts was there.

        Raises:
            StoreError: An article of that identifier is there with other facts, or the store cannot be written.
        """
        return bool(self.add_many([(article, facts, entities)], run=run, keep_text=keep_text))

    def add_many(
        self,
        readings: Iterable[Reading],
        *,
        run: Run | None = None,
        keep_text: bool = False,
        replace: bool = False,
    ) -> list[str]:
        """Add many articles, some at a time in one transaction each.

        Args:
            readings: Articles with their facts and named things.
            run: What produced the facts; None is this version of spacegraph.
            keep_text: Whether texts go into the store.
            replace: Whether an article that is there already is replaced.

        Returns:
            The identifiers of the articles by which the store has changed.

        Raises:
            StoreError: An article is there already with other facts and is not to be replaced, or two have one identifier;
                what was added before stays.
        """
        changed: list[str] = []
        batch: dict[str, StoredArticle] = {}
        seen: set[str] = set()
        for article, facts, entities in readings:
            if article.id in seen:
                message = f"Two articles have the identifier {article.id!r}. Give each its own."
                raise StoreError(message)
            seen.add(article.id)
            batch[article.id] = StoredArticle.of(
                article, facts, entities, run or current_run(), text=keep_text
            )
            if len(batch) >= BATCH:
                changed += self._add(batch, replace=replace)
                batch = {}
        return changed + self._add(batch, replace=replace)

    def replace(
        self,
        article: Article,
        facts: Iterable[Fact],
        entities: Iterable[Entity] = (),
        *,
        run: Run | None = None,
        keep_text: bool = False,
    ) -> bool:
        """Put an article in the place of the one with its identifier, or add it where there is none.

        Returns:
            Whether the store has changed.

        Raises:
            StoreError: The store cannot be written.
        """
        return bool(self.add_many([(article, facts, entities)], run=run, keep_text=keep_text, replace=True))

    def remove(self, *doc_ids: str) -> None:
        """Remove articles with all that only they say, all of them or none.

        Raises:
            StoreError: One of them is not in the store; then nothing is removed.
        """
        missing = sorted(set(doc_ids) - set(self.lookups.existing(doc_ids)))
        if missing:
            message = f"The store has no article {', '.join(map(repr, missing))}. `spacegraph list` shows those that it has."
            raise StoreError(message)
        self._change(dict.fromkeys(doc_ids))

    def merge(self, old: str, new: str, reason: str) -> None:
        """Take one thing for another from now on, in all articles.

        Args:
            old: IRI, label or alias of the thing that is no longer one of its own; its names become aliases.
            new: IRI, label or alias of what it is.
            reason: Why, for those who come after.

        Raises:
            StoreError: There is no such thing, a label names several, or they are the same already.
            ConfigError: There is no reason.
        """
        if not reason.strip():
            message = "A merge needs a reason: those who come after will want to know why two things were taken for one."
            raise ConfigError(message)
        old_iri, new_iri = self.find(old), self.find(new)
        if old_iri == new_iri:
            message = f"{old} and {new} are the same thing already: {old_iri}."
            raise StoreError(message)
        merge = Merge(
            old=old_iri,
            new=new_iri,
            reason=reason,
            old_label=self._label(old_iri),
            new_label=self._label(new_iri),
        )
        docs = self.lookups.docs_about(old_iri)
        self.identity.merges[old_iri], self.identity.names[old_iri] = new_iri, merge.new_label
        try:
            self._change(self.lookups.stored(docs), insert=merge.lines)
        except SpacegraphError:
            del self.identity.merges[old_iri], self.identity.names[old_iri]
            raise

    def split(self, old: str) -> None:
        """Undo a merge.

        Args:
            old: IRI of the thing that was merged into another, its last part, or the label that it had.

        Raises:
            StoreError: It has not been merged, or several things of that label have.
        """
        merges = {merge.old: merge for merge in self.merges()}
        found = [iri for iri in merges if old in (iri, iri.rpartition("/")[2])]
        found = found or [iri for iri, merge in merges.items() if merge.old_label == old]
        if len(found) > 1:
            message = f"{old!r} names {len(found)} things that were merged: {', '.join(found)}. Give the IRI of the one that you mean."
            raise StoreError(message)
        if not found:
            message = f"No merge of {old!r} is recorded. Recorded are: {', '.join(merges) or 'none'}."
            raise StoreError(message)
        merge = merges[found[0]]
        docs = self.lookups.docs_about(self.identity.merged(merge.old))
        name = self.identity.names.pop(merge.old)
        del self.identity.merges[merge.old]
        try:
            if len(merges) == 1:
                self._change(self.lookups.stored(docs), drop=[MERGES_GRAPH])
            else:
                self._change(self.lookups.stored(docs), delete=merge.lines)
        except SpacegraphError:
            self.identity.merges[merge.old], self.identity.names[merge.old] = merge.new, name
            raise

    def merges(self) -> list[Merge]:
        """The merges that have been made, sorted by the IRI that was merged."""
        rows = self.lookups.select(
            f"SELECT ?old ?new ?why ?before ?after {{ GRAPH <{MERGES_GRAPH}> {{ ?old dcterms:isReplacedBy ?new ; rdfs:comment ?why "
            "OPTIONAL { ?old schema:alternateName ?before } OPTIONAL { ?old schema:name ?after } } }"
        )
        found = []
        for old, new, reason, old_label, new_label in ([text_of(cell) for cell in row] for row in rows):
            found.append(Merge(old=old, new=new, reason=reason, old_label=old_label, new_label=new_label))
        return sorted(found, key=lambda m: m.old)

    def suggestions(self) -> list[Suggestion]:
        """Things that may be the same, for a person to decide: one name kept apart, or a surname and a full name."""
        rows = self.lookups.select(
            f"SELECT DISTINCT ?thing ?label ?class ?alias {{ ?d <{ABOUT}> ?thing . ?thing rdfs:label ?label ; a ?class . "
            "OPTIONAL { ?thing skos:altLabel ?alias } }"
        )
        labels: dict[str, str] = {}
        kinds: dict[str, set[str]] = defaultdict(set)
        names: dict[str, set[str]] = defaultdict(set)
        for thing, label, cls, alias in ([text_of(cell) for cell in row] for row in rows):
            labels[thing] = min(label, labels.get(thing, label))
            kinds[thing].add(self.identity.kind_of(cls))
            names[label.casefold()].add(thing)
            if alias:
                names[alias.casefold()].add(thing)
            if self.identity.kind_of(cls) == "PERSON" and len(label.split()) > 1:
                names[label.split()[-1].casefold()].add(thing)
        found: dict[tuple[str, str], Suggestion] = {}
        for name, things in sorted(names.items()):
            ordered = sorted(things)
            for i, one in enumerate(ordered):
                for other in ordered[i + 1 :]:
                    if not _may_be_one(kinds[one], kinds[other]) or (one, other) in found:
                        continue
                    # Two people of one surname but different first names are two people.
                    if labels[one].casefold() != name and labels[other].casefold() != name:
                        continue
                    reason = (
                        f"both are called {name!r}"
                        if labels[one] == labels[other]
                        else f"one is called {name!r}, the other may be"
                    )
                    found[one, other] = Suggestion(
                        one=one, other=other, one_label=labels[one], other_label=labels[other], reason=reason
                    )
        return sorted(found.values())

    def _label(self, iri: str) -> str:
        rows = self.lookups.select(f"SELECT ?label {{ {iri_text(iri)} rdfs:label ?label }}")
        return min((text_of(row[0]) for row in rows), default="")

    def find(self, name: str) -> str:
        """The IRI of the thing of that IRI or label, or of that alias where nothing has the label.

        Raises:
            StoreError: There is none, or several; the message has them.
        """
        rows = self.lookups.select(
            f"SELECT DISTINCT ?thing {{ ?d <{ABOUT}> ?thing . ?thing rdfs:label {literal_text(name)} }}"
        )
        found = sorted(text_of(row[0]) for row in rows)
        if not found:
            rows = self.lookups.select(
                f"SELECT DISTINCT ?thing {{ ?d <{ABOUT}> ?thing . ?thing skos:altLabel {literal_text(name)} }}"
            )
            found = sorted(text_of(row[0]) for row in rows)
        if not found and ":" in name:
            rows = self.lookups.select(f"SELECT ?d {{ ?d <{ABOUT}> {iri_text(name)} }} LIMIT 1")
            found = [name for _ in rows]
        if len(found) == 1:
            return found[0]
        if found:
            message = f"{name!r} names {len(found)} things: {', '.join(found)}. Give the IRI of the one that you mean."
        else:
            message = f"The store has nothing that is called {name!r}."
        raise StoreError(message)

    def dump(self) -> bytes:
        """The whole store as sorted N-Quads: the same bytes for the same content."""
        lines: list[bytes] = []
        for name in (None, *self.store.graphs()):
            graph = f" <{name}>".encode() if name else b""
            dumped = canonical_lines(self.store.dump_graph(name))
            lines.extend(line.encode()[:-2] + graph + b" .\n" for line in dumped)
        return b"".join(sorted(lines))

    # How a change is made

    def _add(self, batch: dict[str, StoredArticle], *, replace: bool) -> list[str]:
        if not batch:
            return []
        there = self.lookups.stored(self.lookups.existing(list(batch)))
        new = {}
        for doc_id, stored in batch.items():
            before = there.get(doc_id)
            if before is not None:
                # That it is a copy of another article was found out in a corpus; it does not say so itself.
                own = {line for line in before.resolved(lambda iri: iri).lines if _COPY_OF not in line}
                if own == stored.lines:
                    continue
                if not replace:
                    message = f"The store has an article {doc_id!r} already, with other facts or another text. Use `spacegraph replace` (for a data set `corpus load --replace`), or give it another identifier."
                    raise StoreError(message)
            new[doc_id] = stored
        if new:
            self._change(new)
        return list(new)

    def _change(
        self,
        new: Mapping[str, StoredArticle | None],
        *,
        insert: str = "",
        delete: str = "",
        drop: Iterable[str] = (),
    ) -> None:
        """Bring the store into the state in which these articles are so, and all others as they are."""
        old = self.lookups.stored(list(new))
        who = self._who_is_who(new, old)
        changed: dict[str, StoredArticle | None] = dict(new)
        for doc_id in who:
            if doc_id not in changed:
                old.update(self.lookups.stored([doc_id]))
                changed[doc_id] = old[doc_id]
        after: dict[str, StoredArticle] = {}
        for doc_id, stored in changed.items():
            if stored is not None:
                names = who.get(doc_id, {})
                # What is not looked into stays as it is, with the name that it has from a merge.
                kept = {} if doc_id in new else stored.names_kept(names)
                after[doc_id] = stored.resolved(self._resolver(names), self._namer(names, kept))
        deletions, insertions = [delete], [insert]
        gone: set[TripleText] = set()
        come: set[TripleText] = set()
        for doc_id in sorted(changed):
            before_lines = old[doc_id].lines if doc_id in old else set()
            after_lines = after[doc_id].lines if doc_id in after else set()
            graph = iri_text(article_iri(doc_id))
            if doc_id in after:
                deletions += [f"{line[:-2]} {graph} .\n" for line in sorted(before_lines - after_lines)]
            insertions += [f"{line[:-2]} {graph} .\n" for line in sorted(after_lines - before_lines)]
            if doc_id in old:
                gone |= old[doc_id].derived()
            if doc_id in after:
                come |= after[doc_id].derived()
        lost = gone - come
        lost -= self.lookups.supported(lost, [article_iri(doc_id) for doc_id in changed])
        deletions += [f"{s} {p} {o} .\n" for s, p, o in sorted(lost)]
        insertions += [f"{s} {p} {o} .\n" for s, p, o in sorted(come - gone)]
        dropped = [*drop, *(article_iri(doc_id) for doc_id in changed if doc_id not in after)]
        self.store.apply("".join(deletions).encode(), "".join(insertions).encode(), drop=dropped)

    def _resolver(self, names: Mapping[str, str]) -> Callable[[str], str]:
        def resolve(iri: str) -> str:
            return self.identity.merged(names.get(iri, iri))

        return resolve

    def _namer(self, names: Mapping[str, str], kept: Mapping[str, str]) -> Callable[[str], str]:
        def called(iri: str) -> str:
            return self.identity.called(names.get(iri, iri)) or kept.get(iri, "")

        return called

    def _who_is_who(
        self, new: Mapping[str, StoredArticle | None], old: dict[str, StoredArticle]
    ) -> dict[str, dict[str, str]]:
        """Article -> original IRI -> IRI before merges, for all articles in which that changes, and all new ones."""
        who: dict[str, dict[str, str]] = defaultdict(dict)
        # Things of which the other articles that name them have a say in what they are.
        open_names: dict[str, list[Description]] = {}
        for description in (d for stored in new.values() if stored for d in stored.descriptions()):
            settled = self.identity.settled(description)
            if settled is None:
                open_names.setdefault(description.original, []).append(description)
            else:
                who[description.doc_id][description.original] = settled
        for stored in old.values():
            for description in stored.descriptions():
                if self.identity.settled(description) is None:
                    open_names.setdefault(description.original, [])
        fresh = fresh_profiles(new, self.identity)
        before = fresh_profiles(old, self.identity)
        plain = plain_names(open_names, fresh, before, self.identity, self.lookups)
        for original in plain:
            for description in open_names[original]:
                who[description.doc_id][original] = original
        doubtful = sorted(set(open_names) - plain)
        others = self.lookups.descriptions(doubtful, exclude=set(new)) if doubtful else {}
        for original in doubtful:
            known = others.get(original, [])
            profiles = self.lookups.profiles(original, known, self.identity.profiled)
            profiles |= {doc_id: found[original] for doc_id, found in fresh.items() if original in found}
            descriptions = open_names[original] + known
            found = partition(descriptions, profiles, self.identity)
            for description in descriptions:
                iri = found[description.doc_id]
                if description.doc_id in new or self.identity.merged(iri) != description.about:
                    who[description.doc_id][original] = iri
        # An article that is changed for one thing keeps what the others are.
        for doc_id in [d for d in who if d not in new]:
            for description in self.lookups.stored([doc_id])[doc_id].descriptions():
                who[doc_id].setdefault(description.original, description.about)
        return who


def _may_be_one(kinds: set[str], others: set[str]) -> bool:
    return not any(kinds_differ(one, other) for one in kinds for other in others)
