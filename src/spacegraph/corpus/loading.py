"""From a data set into a graph: a store, in bulk or article by article, or a file of N-Quads."""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from dataclasses import replace as changed
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacegraph import vocab
from spacegraph.corpus.copies import CopyGroup, find_copies, superseded
from spacegraph.corpus.dataset import Dataset
from spacegraph.corpus.identity import Decisions, decide
from spacegraph.errors import ExportError, SpacegraphError, StoreError
from spacegraph.graph.library.identity import Identity
from spacegraph.graph.library.stored_article import ABOUT, ORIGINALS, Description, description_lines
from spacegraph.graph.rdf.run import Run
from spacegraph.graph.rdf.statements import article_lines, entity_lines, fact_lines, plain_line, run_lines
from spacegraph.graph.rdf.terms import iri_text
from spacegraph.graph.rdf.vocabulary import article_iri, description_iri, statement_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacegraph.ontology import Ontology

__all__ = ["ArticleRows", "Loaded", "articles_in", "load_corpus", "ontology_of", "run_of", "write_nquads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRows:
    """An article with its facts, their identifiers, and its things by IRI."""

    article: Article
    facts: tuple[Fact, ...]
    ids: tuple[str, ...]
    things: Mapping[str, Entity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of loading.

    ``articles`` have changed the store, ``there`` were in it already, ``superseded`` were left out for a later state of them.
    """

    articles: int
    there: int = 0
    superseded: int = 0
    groups: int = 0
    copies: int = 0
    merged: int = 0
    unsure: int = 0


def ontology_of(dataset: Dataset) -> Ontology:
    """The ontology that a data set was read by."""
    from spacegraph.rdf_ontology import load_ontology

    return load_ontology(dataset.manifest["settings"].get("ontology"))


def run_of(dataset: Dataset, ontology: Ontology) -> Run:
    """What produced the facts of a data set."""
    from spacegraph.language.pipeline import DEFAULT_MODEL

    settings = dataset.manifest["settings"]
    return Run(
        version=settings["spacegraph"],
        model=settings.get("model") or DEFAULT_MODEL,
        ontology=getattr(ontology, "version_iri", "") or "",
    )


def articles_in(dataset: Dataset, *, without: Iterable[str] = ()) -> Iterator[ArticleRows]:
    """The articles of a data set with what was read from them, in the order of the inputs.

    Raises:
        DatasetError: A shard cannot be read.
    """
    left_out = set(without)
    for name in dataset.shards():
        tables = {table: _by_article(dataset, table, name) for table in ("facts", "entities")}
        columns = ["doc_id", "title", "published", "url", "source", "text"]
        for row in dataset.read("articles", name, columns).to_pylist():
            doc_id = row["doc_id"]
            if doc_id in left_out:
                continue
            yield article_rows(row, tables["entities"].get(doc_id, []), tables["facts"].get(doc_id, []))


def article_rows(
    row: Mapping[str, Any], entities: Sequence[dict[str, Any]], facts: Sequence[dict[str, Any]]
) -> ArticleRows:
    """An article of its row, and of its rows of the other tables."""
    things = {r["iri"]: _thing(r) for r in entities}
    return ArticleRows(
        article=Article(
            id=row["doc_id"], text=row["text"], title=row["title"], published=row["published"], url=row["url"],
            source=row["source"],
        ),
        facts=tuple(_fact(r, things) for r in facts),
        ids=tuple(r["id"] for r in facts),
        things=things,
    )  # fmt: skip


def load_corpus(
    dataset: str | Path | Dataset,
    store: str | Path,
    *,
    latest: bool = False,
    replace: bool = False,
    keep_text: bool = False,
) -> Loaded:
    """Load a data set into a store.

    A new store is loaded in bulk; into one that is there, or behind an endpoint, articles are added, and those that are in it
    already with the same facts change nothing.

    Args:
        dataset: The data set.
        store: A folder, which is made where there is none, or the URL of an endpoint.
        latest: Leave out earlier states of articles that were updated.
        replace: Replace articles that are there with other facts, instead of refusing.
        keep_text: Whether the articles' texts go into the store.

    Raises:
        DatasetError: The data set is not whole or cannot be read.
        StoreError: The store cannot be written, or has an article with other facts.
    """
    from spacegraph.graph.library.articles import ArticleStore
    from spacegraph.graph.stores.directory import DirectoryStore
    from spacegraph.graph.stores.opening import is_url

    found = dataset if isinstance(dataset, Dataset) else Dataset.open(dataset)
    ontology = ontology_of(found)
    groups = find_copies(found)
    old = superseded(groups) if latest else set()
    if not is_url(store) and _is_new(Path(store)):
        path = Path(store)
        decisions = decide(found, Identity.of(ontology), without=old)
        try:
            with _scratch(path) as scratch:
                file = scratch / "graph.nq"
                count = _write(
                    found, file, ontology, groups=groups, decisions=decisions, old=old, keep_text=keep_text
                )
                DirectoryStore.create(path, nquads=file)
        except OSError as error:
            if isinstance(error, SpacegraphError):
                raise
            message = f"The store {path} cannot be made: {error.strerror or error}. Choose another place, or make room for it and as much again for its N-Quads."
            raise StoreError(message) from error
        return _loaded(count, groups, old, decisions)
    run = run_of(found, ontology)
    with ArticleStore.open(store if is_url(store) else Path(store), create=True, ontology=ontology) as opened:
        readings = articles_in(found, without=old)
        there = 0

        def counted() -> Iterator[tuple[Article, Sequence[Fact], Sequence[Entity]]]:
            nonlocal there
            for rows in readings:
                there += 1
                yield rows.article, rows.facts, tuple(rows.things.values())

        come = opened.add_many(counted(), run=run, keep_text=keep_text, replace=replace)
        lines = "".join(
            f"{line[:-1]}{iri_text(article_iri(voice.doc_id))} .\n"
            for group in groups
            for voice in group.copies[1:]
            if voice.doc_id not in old
            for line in copy_lines(voice.doc_id, _first(group, old))
        )
        if lines:
            opened.store.apply(b"", lines.encode())
    return _loaded(len(come), groups, old, None, there=there - len(come))


def write_nquads(
    dataset: str | Path | Dataset, path: str | Path, *, latest: bool = False, keep_text: bool = False
) -> Loaded:
    """Write the graph of a data set as N-Quads, in the form of a store: a graph for each article.

    Args:
        dataset: The data set.
        path: The file; it is there wholly or not at all.
        latest: Leave out earlier states of articles that were updated.
        keep_text: Whether the articles' texts go into the graph.

    Raises:
        DatasetError: The data set is not whole or cannot be read.
        ExportError: The file cannot be written.
    """
    found = dataset if isinstance(dataset, Dataset) else Dataset.open(dataset)
    ontology = ontology_of(found)
    groups = find_copies(found)
    old = superseded(groups) if latest else set()
    decisions = decide(found, Identity.of(ontology), without=old)
    path = Path(path).absolute()
    try:
        with _scratch(path) as scratch:
            file = scratch / path.name
            count = _write(
                found, file, ontology, groups=groups, decisions=decisions, old=old, keep_text=keep_text
            )
            file.replace(path)
    except OSError as error:
        if isinstance(error, SpacegraphError):
            raise
        message = f"{path} cannot be written: {error.strerror or error}. Choose another place, or make room."
        raise ExportError(message) from error
    return _loaded(count, groups, old, decisions)


def _write(
    dataset: Dataset,
    file: Path,
    ontology: Ontology,
    *,
    groups: Sequence[CopyGroup],
    decisions: Decisions,
    old: set[str],
    keep_text: bool,
) -> int:
    identity = Identity.of(ontology)
    run = run_of(dataset, ontology)
    copy_of = {voice.doc_id: _first(group, old) for group in groups for voice in group.copies[1:]}
    named: set[int] = set()
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for rows in articles_in(dataset, without=old):
            who = resolved_things(rows, identity, decisions.others.get(rows.article.id, {}))
            out.write(article_quads(rows, run, who, copy_of.get(rows.article.id, ""), named, text=keep_text))
            count += 1
        out.flush()
        os.fsync(out.fileno())
    return count


def article_quads(
    rows: ArticleRows, run: Run, who: Mapping[str, str], copy_of: str, named: set[int], *, text: bool = False
) -> str:
    """What an article brings to a graph, as N-Quads: its own graph, and what follows for the default one.

    Args:
        rows: The article.
        run: What produced its facts.
        who: IRI of its own reading -> IRI, for the things that are taken for others.
        copy_of: The article that it is a copy of, "".
        named: What has been said of things by articles before, which is not said again; it is added to.
        text: Whether its text goes into the graph.
    """
    article, doc_id = rows.article, rows.article.id
    articles = {doc_id: article}
    lines = list(article_lines(article, text=text))
    if copy_of and copy_of != doc_id:
        lines += copy_lines(doc_id, copy_of)
    lines += run_lines(run, doc_id)
    plain: list[str] = []
    for fact, identifier in zip(rows.facts, rows.ids, strict=True):
        taken = _taken(fact, who) if who else fact
        lines += fact_lines(taken, identifier, run, articles)
        if taken is not fact:
            lines += _original_lines(fact, taken, statement_iri(identifier))
        if fact.is_plain:
            plain.append(plain_line(taken))
    for entity in rows.things.values():
        lines += description_lines(doc_id, entity)
        other = who.get(entity.iri)
        if other:
            node = iri_text(description_iri(doc_id, entity.iri))
            own = iri_text(entity.iri)
            lines.remove(f"{node} <{ABOUT}> {own} .")
            lines += [f"{node} <{ABOUT}> {iri_text(other)} .", f"{node} <{ORIGINALS[ABOUT]}> {own} ."]
        for line in entity_lines(changed(entity, iri=other) if other else entity):
            key = hash(line)
            if key not in named:
                named.add(key)
                plain.append(line)
    graph = iri_text(article_iri(doc_id))
    end = f" {graph} .\n"
    return "".join([line[:-2] + end for line in dict.fromkeys(lines)]) + "".join(
        [line + "\n" for line in dict.fromkeys(plain)]
    )


def copy_lines(doc_id: str, first: str) -> list[str]:
    """That an article is a copy of another one."""
    if doc_id == first:
        return []
    return [f"{iri_text(article_iri(doc_id))} <{vocab.COPY_OF}> {iri_text(article_iri(first))} ."]


def _first(group: CopyGroup, old: set[str]) -> str:
    """The oldest copy that has not been left out."""
    return next((v.doc_id for v in group.copies if v.doc_id not in old), group.first.doc_id)


def resolved_things(rows: ArticleRows, identity: Identity, others: Mapping[str, str]) -> dict[str, str]:
    """IRI of an article's own reading -> IRI, for the things that are taken for others."""
    who: dict[str, str] = {}
    for thing in rows.things.values():
        described = Description(
            doc_id=rows.article.id, original=thing.iri, label=thing.label, cls=thing.type_iri
        )
        iri = identity.settled(described) or others.get(thing.iri, thing.iri)
        if iri != thing.iri:
            who[thing.iri] = iri
    return who


def _taken(fact: Fact, who: Mapping[str, str]) -> Fact:
    """A fact with its things taken for what they are."""
    subject, obj, speaker = fact.subject, fact.object, fact.attributed_to
    if not (
        subject.iri in who
        or (isinstance(obj, Entity) and obj.iri in who)
        or (speaker is not None and speaker.iri in who)
        or any(thing.iri in who for _, thing in fact.links)
    ):
        return fact
    return changed(
        fact,
        subject=_as(subject, who),
        object=_as(obj, who) if isinstance(obj, Entity) else obj,
        attributed_to=_as(speaker, who) if speaker else None,
        links=tuple((role, _as(thing, who)) for role, thing in fact.links),
    )


def _as(entity: Entity, who: Mapping[str, str]) -> Entity:
    other = who.get(entity.iri)
    return changed(entity, iri=other) if other else entity


def _original_lines(fact: Fact, taken: Fact, statement: str) -> Iterator[str]:
    """What a statement had before its things were taken for others."""
    node = iri_text(statement)
    pairs = (
        (vocab.RDF + "subject", fact.subject, taken.subject),
        (vocab.RDF + "object", fact.object, taken.object),
        (vocab.STATED_BY, fact.attributed_to, taken.attributed_to),
    )
    for role, before, after in pairs:
        if isinstance(before, Entity) and isinstance(after, Entity) and before.iri != after.iri:
            yield f"{node} <{ORIGINALS[role]}> {iri_text(before.iri)} ."
    # Of several things in one role all are named, since it does not tell which of them is which.
    changed_roles = {how for (how, b), (_, a) in zip(fact.links, taken.links, strict=True) if b.iri != a.iri}
    for how, thing in fact.links:
        if how in changed_roles:
            yield f"{node} <{ORIGINALS[how]}> {iri_text(thing.iri)} ."


def _by_article(dataset: Dataset, table: str, name: str) -> dict[str, list[dict[str, Any]]]:
    # An article's rows stand together.
    rows = dataset.read(table, name).to_pylist()
    return {doc_id: list(some) for doc_id, some in groupby(rows, key=itemgetter("doc_id"))}


def _thing(row: dict[str, Any]) -> Entity:
    return Entity(
        iri=row["iri"], label=row["label"], type=row["type"], type_iri=row["type_iri"],
        aliases=tuple(row["aliases"]), same_as=tuple(row["same_as"]),
    )  # fmt: skip


def _fact(row: dict[str, Any], things: Mapping[str, Entity]) -> Fact:
    doc_id, speaker = row["doc_id"], row["attributed_to_iri"]
    return Fact(
        doc_id=doc_id,
        subject=things[row["subject_iri"]],
        property_iri=row["property_iri"],
        object=things[row["object_iri"]]
        if row["object_iri"] is not None
        else Literal(value=row["object"], datatype=row["object_datatype"]),
        factuality=Factuality(row["factuality"]),
        attributed_to=things[speaker] if speaker else None,
        time=row["time"] or "",
        confidence=row["confidence"],
        evidence=tuple(
            Evidence(start=e["start"], end=e["end"], text=e["text"], doc_id=doc_id) for e in row["evidence"]
        ),
        rule=row["rule"],
        inferred=row["inferred"],
        premises=tuple(row["premises"]),
        ended=row["ended"],
        links=tuple((link["property_iri"], things[link["iri"]]) for link in row["links"]),
        content=tuple(row["content"]),
    )


def _is_new(path: Path) -> bool:
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))


@contextmanager
def _scratch(path: Path) -> Iterator[Path]:
    """A folder beside a path, for what is not finished; what a run that was killed has left there is removed."""
    parent, prefix = path.absolute().parent, f".{path.name}.unfinished-"
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.glob(f"{glob.escape(prefix)}*"):
        with suppress(OSError), _held(left):
            shutil.rmtree(left)
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        with _held(made):
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder, which nobody else can do meanwhile."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _loaded(
    count: int, groups: Sequence[CopyGroup], old: set[str], decisions: Decisions | None, *, there: int = 0
) -> Loaded:
    return Loaded(
        articles=count,
        there=there,
        superseded=len(old),
        groups=len(groups),
        copies=sum(len(g.copies) - 1 for g in groups),
        merged=len(decisions.merged) if decisions else 0,
        unsure=len(decisions.unsure) if decisions else 0,
    )
