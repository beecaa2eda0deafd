"""What every store does, whichever it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_articles import ARTICLES, about_one_name, entity, fact, reading

import strategies
from spacegraph.errors import ConfigError, QueryError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.graph.library.stored_article import StoredArticle
from spacegraph.graph.query.engine import run_query
from spacegraph.graph.query.protocol import Dataset
from spacegraph.graph.rdf.run import current_run
from spacegraph.graph.rdf.vocabulary import MERGES_GRAPH, article_iri
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Factuality
from spacegraph.vocab import OWL

if TYPE_CHECKING:
    from random import Random

    from spacegraph.graph.query.protocol import GraphStore
    from spacegraph.model import Entity, Fact


@pytest.fixture
def articles(store: GraphStore) -> ArticleStore:
    return ArticleStore(store)


def asked(articles: ArticleStore, text: str) -> list[tuple[object, ...]]:
    return sorted(map(tuple, articles.graph().query(text).rows), key=str)


WHO = "SELECT ?who ?whom { ?a sg:praised ?b . ?a rdfs:label ?who . ?b rdfs:label ?whom }"


def test_what_is_added_can_be_asked(articles: ArticleStore) -> None:
    assert articles.add(*ARTICLES["a"])
    assert asked(articles, WHO) == [("Mira Oban", "Vela Works")]
    assert len(asked(articles, "SELECT ?s { ?s a sg:Statement }")) == 2
    (entry,) = articles.entries()
    assert (entry.doc_id, entry.title, entry.statements) == ("a", "Praise", 2)


def test_a_query_may_name_its_graphs(articles: ArticleStore) -> None:
    for doc_id in "ab":
        articles.add(*ARTICLES[doc_id])
    statements = "SELECT (COUNT(?s) AS ?n) {} {{ ?s rdf:predicate ?p }}"
    of_a, of_b = (len(ARTICLES[doc_id][1]) for doc_id in "ab")
    for said, count in (
        ("", of_a + of_b),
        ("FROM article:a", of_a),
        ("from article:a FROM article:b", of_a + of_b),
        ("FROM <https://nowhere.example/>", 0),
        ("FROM NAMED article:a", 0),
        ("# FROM <a:b>\n", of_a + of_b),
    ):
        assert asked(articles, statements.format(said)) == [(count,)], said
    named = "SELECT (COUNT(?s) AS ?n) FROM NAMED article:b { GRAPH ?g { ?s rdf:predicate ?p } }"
    assert asked(articles, named) == [(of_b,)]
    for dataset, text, count in (
        (Dataset(default=(article_iri("a"),)), statements.format("FROM article:b"), of_a),
        (Dataset(named=(article_iri("b"),)), statements.format(""), 0),
        (Dataset(named=(article_iri("b"),)), named.replace("article:b", "article:a"), of_b),
    ):
        assert run_query(articles.store, text, dataset=dataset).rows == [(count,)]


def test_the_same_article_twice_changes_nothing(articles: ArticleStore) -> None:
    articles.add(*ARTICLES["a"])
    before = articles.dump()
    assert not articles.add(*ARTICLES["a"])
    assert articles.dump() == before


def test_an_article_with_other_facts_is_not_added_under_the_same_identifier(articles: ArticleStore) -> None:
    articles.add(*ARTICLES["a"])
    before = articles.dump()
    article, facts, entities = ARTICLES["a"]
    with pytest.raises(StoreError, match="replace"):
        articles.add(article, facts[:1], entities)
    assert articles.dump() == before
    assert articles.replace(article, facts[:1], entities)
    assert articles.entries()[0].statements == 1


@pytest.mark.parametrize("gone", ["a", "b", "c"])
def test_a_removed_article_leaves_no_trace(articles: ArticleStore, gone: str) -> None:
    kept = [doc_id for doc_id in "abc" if doc_id != gone]
    for doc_id in kept:
        articles.add(*ARTICLES[doc_id])
    without = articles.dump()
    articles.add(*ARTICLES[gone])
    assert articles.dump() != without
    articles.remove(gone)
    assert articles.dump() == without


def test_no_graph_stays_of_a_removed_article_or_an_undone_merge(articles: ArticleStore) -> None:
    for doc_id in "ab":
        articles.add(*ARTICLES[doc_id])
    assert articles.store.graphs() == [article_iri("a"), article_iri("b")]
    articles.remove("b")
    assert articles.store.graphs() == [article_iri("a")]
    before = articles.dump()
    articles.add(*reading("one", [fact("one", "Oban", "praised", "Vela Works")]))
    articles.merge("Oban", "Mira Oban", "the caption of the photograph says so")
    articles.merge("Vela Works", "Mira Oban", "a slip")
    articles.split("Vela_Works")
    assert articles.store.graphs() == [article_iri("a"), article_iri("one"), MERGES_GRAPH]
    assert len(articles.merges()) == 1
    articles.split(articles.merges()[0].old)
    articles.remove("one")
    assert articles.store.graphs() == [article_iri("a")]
    assert articles.dump() == before
    articles.remove("a")
    assert articles.store.graphs() == []


def test_dropping_a_graph_that_is_not_there_changes_nothing(store: GraphStore) -> None:
    store.apply(b"", b'<http://x.org/a> <http://x.org/b> "c" <http://x.org/g> .\n')
    store.apply(b"", b"", drop=["http://x.org/none"])
    assert store.graphs() == ["http://x.org/g"]
    store.apply(b"", b'<http://x.org/a> <http://x.org/b> "d" .\n', drop=["http://x.org/g"])
    assert store.graphs() == []
    assert store.dump_graph(None) == b'<http://x.org/a> <http://x.org/b> "d" .\n'


def test_order_does_not_matter(articles: ArticleStore) -> None:
    for doc_id in "cba":
        articles.add(*ARTICLES[doc_id])
    other = ArticleStore(MemoryStore())
    assert other.add_many([ARTICLES["a"], ARTICLES["b"], ARTICLES["c"]]) == ["a", "b", "c"]
    assert articles.dump() == other.dump()


def test_a_triple_stands_while_some_article_asserts_it(articles: ArticleStore) -> None:
    articles.add(*ARTICLES["a"])
    articles.add(*ARTICLES["b"])
    assert asked(articles, WHO) == [("Mira Oban", "Vela Works")]
    assert len(asked(articles, "SELECT ?s { ?s rdf:predicate sg:praised }")) == 2
    articles.remove("a")
    assert asked(articles, WHO) == [("Mira Oban", "Vela Works")]
    articles.remove("b")
    assert asked(articles, WHO) == []


def test_what_an_article_says_has_ended_is_no_triple_and_supports_none(articles: ArticleStore) -> None:
    over = fact("over", "Mira Oban", "praised", "Vela Works", ended=True)
    articles.add(*reading("over", [over]))
    assert asked(articles, WHO) == []
    articles.add(*ARTICLES["a"])
    assert asked(articles, WHO) == [("Mira Oban", "Vela Works")]
    articles.remove("a")
    assert asked(articles, WHO) == []
    assert [f.ended for f in articles.graph().facts] == [True]


def test_what_has_ended_tells_nobody_apart(articles: ArticleStore) -> None:
    def about(
        doc_id: str, country: str, work: str, *, ended: bool
    ) -> tuple[Article, list[Fact], list[Entity]]:
        return reading(
            doc_id,
            [
                fact(doc_id, "Jon Pell", "hasNationality", country, kinds=("Person", "Country"), ended=ended),
                fact(doc_id, "Jon Pell", "hasOccupation", work, kinds=("Person", "Occupation"), ended=ended),
            ],
        )

    articles.add(*about("m1", "Avonia", "pilot", ended=False))
    articles.add(*about("m2", "Borland", "cook", ended=True))
    articles.add(*about("m3", "Borland", "cook", ended=False))
    people = asked(articles, "SELECT ?who { ?who a sg:Person ; rdfs:label 'Jon Pell' } ORDER BY ?who")
    assert [str(who).rpartition("~")[2] for (who,) in people] == [mint_entity_iri("Jon Pell"), "m3"]


def test_removing_what_is_not_there_removes_nothing(articles: ArticleStore) -> None:
    articles.add(*ARTICLES["a"])
    before = articles.dump()
    with pytest.raises(StoreError, match="no article 'x'"):
        articles.remove("a", "x")
    assert articles.dump() == before


def test_the_graph_of_a_store_has_the_facts_of_its_articles(articles: ArticleStore) -> None:
    for doc_id in "abc":
        articles.add(*ARTICLES[doc_id])
    facts = articles.graph().facts
    assert [f.doc_id for f in facts] == sorted(f.doc_id for f in facts)
    assert {f.relation for f in facts if f.doc_id == "a"} == {"praised", "headOf"}
    assert all(f.evidence for f in facts)


def test_contradictions_stand_side_by_side(articles: ArticleStore) -> None:
    articles.add(*ARTICLES["a"])
    articles.add(
        *reading("d", [fact("d", "Mira Oban", "praised", "Vela Works", factuality=Factuality.NEGATED)])
    )
    rows = asked(articles, "SELECT ?f { ?s rdf:predicate sg:praised ; sg:factuality ?f }")
    assert [str(f).rpartition("#")[2] for (f,) in rows] == ["Asserted", "Negated"]
    assert articles.graph().query("disputed").rows


def test_a_surname_never_joins_two_people(articles: ArticleStore) -> None:
    articles.add(*reading("one", [fact("one", "Oban", "praised", "Vela Works")]))
    articles.add(*reading("two", [fact("two", "Oban", "praised", "Vela Works")]))
    articles.add(*reading("six", [fact("six", "Mira Oban", "praised", "Vela Works")]))
    people = {f.subject.iri for f in articles.graph().facts}
    assert len(people) == 3
    suggested = {(s.one_label, s.other_label) for s in articles.suggestions()}
    assert ("Mira Oban", "Oban") in suggested


def test_a_surname_of_somebody_not_known_to_be_a_person_joins_nobody(articles: ArticleStore) -> None:
    for doc_id in ("one", "two"):
        claim = fact(doc_id, "Oban", "praised", "Vela Works")
        nobody = replace(claim.subject, type="Thing", type_iri=OWL + "Thing")
        articles.add(*reading(doc_id, [replace(claim, subject=nobody)]))
    articles.add(*reading("six", [fact("six", "Mira Oban", "praised", "Vela Works")]))
    assert len({f.subject.iri for f in articles.graph().facts}) == 3
    assert len(articles.suggestions()) == 3


def test_questions_count_things_and_not_names(articles: ArticleStore) -> None:
    for doc_id in ("one", "two"):
        said = replace(
            fact(
                doc_id,
                "Oban",
                "met",
                "Dara Quill",
                kinds=("Person", "Person"),
                factuality=Factuality.REPORTED,
            ),
            attributed_to=entity("Oban", "Person"),
        )
        articles.add(
            *reading(doc_id, [fact(doc_id, "Oban", "praised", "Vela Works"), replace(said, evidence=())])
        )
    graph = articles.graph()
    assert graph.query("corroborated").rows == []
    assert [row[:2] for row in graph.query("things").rows].count(("Oban", "Person")) == 2
    assert graph.query("speakers").rows == [("Oban", 1), ("Oban", 1)]
    assert [row[:2] for row in graph.query("neighbours", name="Vela Works").rows] == [("Oban", 1)] * 2


def test_things_of_one_name_and_different_kinds_stay_apart(articles: ArticleStore) -> None:
    articles.add(*reading("p", [fact("p", "Mercury", "praised", "Vela Works", kinds=("Person", "Company"))]))
    articles.add(
        *reading("q", [fact("q", "Dara Quill", "travelledTo", "Mercury", kinds=("Person", "Place"))])
    )
    articles.add(*reading("r", [fact("r", "Dara Quill", "praised", "Mercury", kinds=("Person", "Place"))]))
    rows = asked(articles, "SELECT DISTINCT ?x ?t { ?x rdfs:label 'Mercury' ; a ?t }")
    assert len({x for x, _ in rows}) == 2
    places = {f.object.iri for f in articles.graph().facts if f.subject.label == "Dara Quill"}  # type: ignore[union-attr]
    assert len(places) == 1


def test_homonyms_are_told_apart_by_what_they_are(articles: ArticleStore) -> None:
    def about(doc_id: str, country: str, work: str) -> tuple[Article, list[Fact], list[Entity]]:
        return reading(
            doc_id,
            [
                fact(doc_id, "Jon Pell", "hasNationality", country, kinds=("Person", "Country")),
                fact(doc_id, "Jon Pell", "hasOccupation", work, kinds=("Person", "Occupation")),
            ],
        )

    articles.add(*about("1", "Avonia", "pilot"))
    articles.add(*about("2", "Brellia", "senator"))
    articles.add(*about("3", "Avonia", "engineer"))
    who = {f.doc_id: f.subject.iri for f in articles.graph().facts}
    assert who["1"] == who["3"] != who["2"]


def test_a_merge_is_recorded_and_can_be_undone(articles: ArticleStore) -> None:
    articles.add(*reading("one", [fact("one", "Oban", "praised", "Vela Works")]))
    articles.add(*reading("six", [fact("six", "Mira Oban", "praised", "Vela Works")]))
    before = articles.dump()
    articles.merge("Oban", "Mira Oban", "the caption of the photograph says so")
    assert len({f.subject.iri for f in articles.graph().facts}) == 1
    (merge,) = articles.merges()
    assert merge.reason == "the caption of the photograph says so"
    assert not articles.suggestions()
    late = ArticleStore(articles.store)
    assert not late.add(*reading("one", [fact("one", "Oban", "praised", "Vela Works")]))
    late.split(merge.old)
    assert late.dump() == before


def test_what_was_merged_is_called_what_it_is_now(articles: ArticleStore) -> None:
    articles.add(*reading("one", [fact("one", "Captain Oban", "praised", "Vela Works")]))
    articles.add(*reading("six", [fact("six", "Mira Oban", "praised", "Vela Works")]))
    articles.merge("Captain Oban", "Mira Oban", "the caption of the photograph says so")
    assert asked(articles, WHO) == [("Mira Oban", "Vela Works")]
    assert {f.subject.label for f in articles.graph().facts} == {"Mira Oban"}
    assert asked(articles, "SELECT ?n { ?x skos:altLabel ?n }") == [("Captain Oban",)]
    assert len(articles.graph().explain("captain oban", "praised")) == 2
    with pytest.raises(StoreError, match="same thing already"):
        articles.merge("Captain Oban", "Mira Oban", "again")
    # The name stays when nobody else has it any more, and comes to articles that are added later.
    articles.remove("six")
    assert asked(articles, WHO) == [("Mira Oban", "Vela Works")]
    articles.add(*reading("two", [fact("two", "Captain Oban", "praised", "Vela Works")]))
    assert {f.subject.label for f in articles.graph().facts} == {"Mira Oban"}
    assert articles.graph().check()


def test_names_follow_merges_of_merges(articles: ArticleStore) -> None:
    for doc_id in "abc":
        articles.add(*reading(doc_id, [fact(doc_id, f"Mira {doc_id.upper()}", "praised", "Vela Works")]))
    before = articles.dump()
    articles.merge("Mira A", "Mira B", "a reason")
    once = articles.dump()
    articles.merge("Mira B", "Mira C", "a reason")
    assert asked(articles, WHO) == [("Mira C", "Vela Works")]
    assert len(asked(articles, "SELECT ?n { ?x skos:altLabel ?n }")) == 2
    articles.split("Mira B")
    assert articles.dump() == once
    articles.split("Mira A")
    assert articles.dump() == before


def test_a_merge_is_undone_by_the_name_that_it_took(articles: ArticleStore) -> None:
    for doc_id in ("one", "two"):
        articles.add(*reading(doc_id, [fact(doc_id, "O'Ban", "praised", "Vela Works")]))
    articles.add(*reading("six", [fact("six", "Mira O'Ban", "praised", "Vela Works")]))
    before = articles.dump()
    first, second = sorted({f.subject.iri for f in articles.graph().facts if f.subject.label == "O'Ban"})
    articles.merge(first, "Mira O'Ban", "a reason")
    articles.split("O'Ban")
    assert articles.dump() == before
    articles.merge(first, "Mira O'Ban", "a reason")
    articles.merge(second, "Mira O'Ban", "a reason")
    with pytest.raises(StoreError, match="names 2 things that were merged"):
        articles.split("O'Ban")


def test_an_article_that_is_looked_at_for_another_name_keeps_its_merges(articles: ArticleStore) -> None:
    def about(doc_id: str, country: str, work: str) -> tuple[Article, list[Fact], list[Entity]]:
        own = [
            replace(
                fact(doc_id, "Jon Pell", "hasNationality", country, kinds=("Person", "Country")), evidence=()
            ),
            replace(
                fact(doc_id, "Jon Pell", "hasOccupation", work, kinds=("Person", "Occupation")), evidence=()
            ),
            replace(fact(doc_id, "Captain Oban", "praised", "Vela Works"), evidence=()),
        ]
        return Article(id=doc_id, text="Nothing."), own, []

    articles.add(*about("m", "Avonia", "pilot"))
    articles.add(*reading("six", [fact("six", "Mira Oban", "praised", "Vela Works")]))
    articles.merge("Captain Oban", "Mira Oban", "the caption of the photograph says so")
    before = articles.dump()
    # Another man of the name, in an article whose identifier comes first, so that the first man is the second now.
    article, facts, entities = about("a", "Brellia", "senator")
    articles.add(article, facts[:2], entities)
    assert b"Jon_Pell~m" in articles.dump()
    assert asked(articles, WHO) == [("Mira Oban", "Vela Works")]
    articles.remove("a")
    assert articles.dump() == before


def test_two_articles_of_one_identifier_are_refused_however_far_apart(articles: ArticleStore) -> None:
    many = [Article(id=f"{number % 101}", text="Nothing.") for number in range(102)]
    with pytest.raises(StoreError, match="Two articles have the identifier '0'"):
        articles.add_many([(article, [], []) for article in many], replace=True)


def test_merges_that_make_no_sense_are_refused(articles: ArticleStore) -> None:
    articles.add(*ARTICLES["a"])
    with pytest.raises(ConfigError, match="reason"):
        articles.merge("Mira Oban", "Vela Works", " ")
    with pytest.raises(StoreError, match="nothing that is called"):
        articles.merge("Nobody", "Vela Works", "why")
    with pytest.raises(StoreError, match="same thing already"):
        articles.merge("Mira Oban", "Mira Oban", "why")
    with pytest.raises(StoreError, match="No merge"):
        articles.split("Mira Oban")


def test_a_malformed_query_has_line_and_column(store: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        KnowledgeGraph(store).query("SELECT ?x\nWHERE { ?x }")
    assert (caught.value.line, caught.value.column) == (2, 13)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(one=strategies.readings(doc_id="one"), other=strategies.readings(doc_id="o/t h\ter"))
def test_whatever_is_in_an_article_comes_and_goes(
    articles: ArticleStore, one: tuple[Article, list[Fact]], other: tuple[Article, list[Fact]]
) -> None:
    for entry in articles.entries():
        articles.remove(entry.doc_id)
    articles.add(*one)
    first = articles.dump()
    articles.add(*other)
    alone = KnowledgeGraph.from_facts(other[1], articles=[other[0]])
    assert sum(e.statements for e in articles.entries() if e.doc_id != "one") == len(alone.facts)
    articles.remove("o/t h\ter")
    assert articles.dump() == first
    articles.remove("one")
    assert articles.dump() == b""


def test_entities_without_facts_are_there(articles: ArticleStore) -> None:
    articles.add(*reading("e", [], [entity("Dara Quill", "Person")]))
    assert asked(articles, "SELECT ?x { ?x rdfs:label 'Dara Quill' ; a sg:Person }")


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(readings=about_one_name(), random=st.randoms(use_true_random=False))
def test_who_is_who_depends_on_what_is_in_the_store_only(
    articles: ArticleStore, readings: dict[str, tuple[Article, list[Fact], list[Entity]]], random: Random
) -> None:
    for entry in articles.entries():
        articles.remove(entry.doc_id)
    order = sorted(readings)
    random.shuffle(order)
    gone, instead = order[0], order[-1]
    for doc_id in order:
        articles.add(*readings[doc_id])
    articles.remove(gone)
    # Another reading in the place of an article.
    article, facts, entities = readings[instead]
    readings[instead] = (article, facts[1:], entities)
    if instead != gone:
        articles.replace(*readings[instead])
    at_once = ArticleStore(MemoryStore())
    at_once._change(
        {
            doc_id: StoredArticle.of(*readings[doc_id], current_run(), text=False)
            for doc_id in readings
            if doc_id != gone
        }
    )
    assert articles.dump() == at_once.dump()
