"""Names that are one thing without a look at the articles: the shortcut gives what the whole division gives."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from spacegraph.graph.library import articles as articles_module
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.graph.library.identity import Identity
from spacegraph.graph.library.quad_lookups import QuadLookups
from spacegraph.graph.library.sparql_lookups import SparqlLookups
from spacegraph.graph.library.stored_article import StoredArticle
from spacegraph.graph.rdf.run import current_run
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Fact
from spacegraph.rdf_ontology import load_ontology
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacegraph.graph.library.lookups import Lookups

TRAITS = ("hasNationality", "hasOccupation", "worksFor", "memberOf")
PLACES = ("Avonia", "Brellia", "Oban")


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity.of(load_ontology())


def entity(label: str, cls: str) -> Entity:
    return Entity(iri=mint_entity_iri(label), label=label, type=cls, type_iri=SG + cls)


def saying(doc_id: str, claims: Collection[tuple[str, str]], kind: str = "Person") -> StoredArticle:
    """An article that says of Jon Pell what the claims say, property and value."""
    subject = entity("Jon Pell", kind)
    facts = [
        Fact(
            doc_id=doc_id,
            subject=subject,
            property_iri=SG + relation,
            object=entity(value, "Company"),
            rule="r",
        )
        for relation, value in claims
    ]
    article = Article(id=doc_id, text="Nothing.")
    return StoredArticle.of(article, facts, [subject], current_run(), text=False)


def random_article(doc_id: str, rng: Random) -> StoredArticle:
    # Mostly a trait or none, as in news; now and then several.
    count = rng.choice((0, 1, 1, 1, 2, 3))
    claims = {(rng.choice(TRAITS), rng.choice(PLACES)) for _ in range(count)}
    return saying(doc_id, sorted(claims), "Place" if rng.random() < 0.04 else "Person")


def store_of(identity: Identity) -> ArticleStore:
    return ArticleStore(MemoryStore(), replace(identity, merges={}))


@pytest.mark.parametrize(
    ("functional", "lookups", "rounds"),
    [((), QuadLookups, 30), (("hasNationality",), QuadLookups, 30), (("hasNationality",), SparqlLookups, 4)],
)
def test_the_shortcut_gives_what_the_whole_division_gives(
    identity: Identity, functional: tuple[str, ...], lookups: type[Lookups], rounds: int
) -> None:
    identity = replace(identity, functional=frozenset(SG + name for name in functional))
    for seed in range(rounds):
        rng = Random(seed)
        short, whole = store_of(identity), store_of(identity)
        short.lookups = lookups(short.store)
        present: set[str] = set()
        for _ in range(14):
            changes: dict[str, StoredArticle | None] = {}
            for doc_id in rng.sample("abcdefghijkl", rng.choice((1, 1, 1, 2, 3))):
                gone = doc_id in present and rng.random() < 0.6
                changes[doc_id] = None if gone else random_article(doc_id, rng)
                (present.discard if gone else present.add)(doc_id)
            short._change(changes)
            with patch.object(articles_module, "plain_names", return_value=set()):
                whole._change(changes)
            assert short.dump() == whole.dump(), (seed, changes)


def looked_through(identity: Identity, before: dict[str, list[tuple[str, str]]], new: StoredArticle) -> bool:
    """Whether one more article makes the store read those that have the name."""
    store = store_of(identity)
    for doc_id, claims in before.items():
        store._change({doc_id: saying(doc_id, claims)})
    with patch.object(store.lookups, "descriptions", wraps=store.lookups.descriptions) as asked:
        store._change({new.doc_id: new})
    return bool(asked.called)


#: Several values of two properties, so that two articles may differ enough to be of two people.
MANY = {
    "b": [("worksFor", "Avonia"), ("memberOf", "Oban")],
    "c": [("worksFor", "Brellia"), ("memberOf", "Oban")],
    "d": [("memberOf", "Avonia")],
}


def test_one_new_trait_needs_no_look_where_an_earlier_article_has_one_of_the_kind(identity: Identity) -> None:
    assert not looked_through(identity, MANY, saying("e", [("worksFor", "Oban")]))


def test_nothing_that_tells_people_apart_needs_no_look(identity: Identity) -> None:
    assert not looked_through(identity, MANY, saying("a", [("praised", "Oban")]))


def test_what_comes_first_may_part_those_after_it(identity: Identity) -> None:
    assert looked_through(identity, MANY, saying("a", [("worksFor", "Oban")]))


def test_what_comes_first_parts_nobody_where_no_article_says_two_things(identity: Identity) -> None:
    singly = {
        doc_id: [claim]
        for doc_id, claim in zip("bcdef", [c for some in MANY.values() for c in some], strict=True)
    }
    assert not looked_through(identity, singly, saying("a", [("worksFor", "Oban")]))


def test_two_new_traits_may_be_of_another_person(identity: Identity) -> None:
    assert looked_through(identity, MANY, saying("e", [("worksFor", "Oban"), ("memberOf", "Brellia")]))


def test_taking_away_what_others_agreed_by_parts_them(identity: Identity) -> None:
    articles = {
        "a": saying("a", [("worksFor", "Avonia")]),
        "b": saying("b", [("hasOccupation", "Oban")]),
        "c": saying("c", [("memberOf", "Avonia")]),
        "d": saying("d", [("worksFor", "Brellia"), ("memberOf", "Oban"), ("hasOccupation", "Oban")]),
    }
    without, store = store_of(identity), store_of(identity)
    without._change({doc_id: article for doc_id, article in articles.items() if doc_id != "b"})
    store._change(articles)
    assert b"~d>" not in store.dump()
    store.remove("b")
    assert b"~d>" in store.dump()
    assert store.dump() == without.dump()
