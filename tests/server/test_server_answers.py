"""The short way to an answer: what is cheap, what is remembered, and that nothing else changes by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, quote_plus

import pytest
from asgi_client import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.responses import Response

from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.library.articles import ArticleStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Fact
from spacegraph.server import Settings, make_app
from spacegraph.server.answers import AnswerCache, only_query
from spacegraph.server.single_lookup import LOOKUP_ROWS, is_single_lookup
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from pathlib import Path

HUB = Entity(iri=mint_entity_iri("Tessa Varn"), label="Tessa Varn", type="Person", type_iri=SG + "Person")
MANY = [
    Entity(iri=mint_entity_iri(f"Guest {i}"), label=f"Guest {i}", type="Person", type_iri=SG + "Person")
    for i in range(LOOKUP_ROWS + 20)
]
KG = KnowledgeGraph.from_facts(
    [Fact(doc_id="a", subject=HUB, property_iri=SG + "met", object=guest) for guest in MANY]
)
LOOKUP = f"SELECT ?who {{ ?who rdfs:label '{MANY[0].label}' }}"


@pytest.mark.parametrize(
    "text",
    [
        LOOKUP,
        "SELECT * WHERE { <http://a.example/x> ?p ?o . } LIMIT 5",
        "PREFIX e: <http://e.example/> ASK { e:one e:knows e:two }",
        "select ?s {?s a sg:Person}",
        'SELECT ?s { ?s rdfs:label "Sterne"@de }',
    ],
)
def test_a_lookup_is_one(text: str) -> None:
    assert is_single_lookup(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { }",
        "SELECT ?s { ?s sg:met ?o }",
        "SELECT ?s { ?s sg:met ?s }",
        "SELECT ?x { <http://a.example/x> ?x ?x }",
        "SELECT ?o { <http://a.example/x> sg:locatedIn+ ?o }",
        "SELECT ?o { <http://a.example/x> sg:locatedIn/sg:partOf ?o }",
        "SELECT ?s { ?s a sg:Person ; sg:met <http://a.example/x> }",
        "SELECT ?s { ?s a sg:Person } ORDER BY ?s",
        "SELECT ?s { ?s a sg:Person } LIMIT 1 OFFSET 100000",
        "SELECT DISTINCT ?p { ?s ?p sg:Person }",
        "SELECT (COUNT(*) AS ?n) { ?s a sg:Person }",
        "SELECT ?s { ?s a sg:Person FILTER(REGEX(STR(?s), 'x')) }",
        "SELECT ?s FROM <http://a.example/g> { ?s a sg:Person }",
        "CONSTRUCT WHERE { ?s a sg:Person }",
    ],
)
def test_whatever_may_take_long_is_no_single_lookup(text: str) -> None:
    assert not is_single_lookup(text)


def test_a_long_answer_to_a_single_lookup_is_whole() -> None:
    with TestClient(make_app(KG)) as client:
        answer = client.get("/sparql", params={"query": f"SELECT ?o {{ <{HUB.iri}> sg:met ?o }}"})
    assert "spacegraph-truncated" not in answer.headers
    assert len(answer.json()["results"]["bindings"]) == len(MANY)


def test_the_row_limit_holds_on_the_short_way() -> None:
    with TestClient(make_app(KG, Settings(max_rows=3))) as client:
        answers = [
            client.get("/sparql", params={"query": f"SELECT ?o {{ <{HUB.iri}> sg:met ?o }}"})
            for _ in range(2)
        ]
    assert [a.headers["spacegraph-truncated"] for a in answers] == ["rows=3", "rows=3"]


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+xml", "*/*"])
def test_the_second_answer_is_the_first(accept: str) -> None:
    asked: Any = {"params": {"query": LOOKUP}, "headers": {"Accept": accept}}
    with TestClient(make_app(KG)) as client, TestClient(make_app(KG, Settings(cache_bytes=0))) as other:
        first, second, forgetful = (c.get("/sparql", **asked) for c in (client, client, other))
        posted = client.post("/sparql", data={"query": LOOKUP}, headers={"Accept": accept})
        assert client.get("/health").json()["queries"] == 2
    assert first.content == second.content == forgetful.content == posted.content
    assert dict(first.headers) == dict(second.headers) == dict(forgetful.headers)


def test_what_changes_by_itself_is_not_remembered() -> None:
    with TestClient(make_app(KG)) as client:
        found = {
            client.get("/sparql", params={"query": "SELECT (STRUUID() AS ?x) { }"}).text for _ in range(2)
        }
    assert len(found) == 2


def test_answers_from_a_store_that_may_change_are_not_remembered(tmp_path: Path) -> None:
    guests = "SELECT ?who { ?who sg:met ?whom }"
    with (
        ArticleStore.open(tmp_path / "store", create=True) as store,
        TestClient(make_app(store.graph())) as client,
    ):
        before = client.get("/sparql", params={"query": guests}).json()
        store.add(
            Article(id="a", text="Words."),
            [Fact(doc_id="a", subject=HUB, property_iri=SG + "met", object=MANY[0])],
        )
        after = client.get("/sparql", params={"query": guests}).json()
    assert (len(before["results"]["bindings"]), len(after["results"]["bindings"])) == (0, 1)


def test_hosts_and_origins_are_looked_at_for_remembered_answers_too() -> None:
    asked: Any = {"params": {"query": LOOKUP}}
    open_ = Settings(hosts=("localhost",), cors_origins=("https://other.example",))
    with TestClient(make_app(KG, open_)) as client:
        for _ in range(2):
            assert client.get("/sparql", **asked, headers={"Host": "localhost:7878"}).status_code == 200
            assert client.get("/sparql", **asked, headers={"Host": "evil.example"}).status_code == 400
            allowed = client.get(
                "/sparql", **asked, headers={"Host": "localhost", "Origin": "https://other.example"}
            )
            assert allowed.headers["access-control-allow-origin"] == "https://other.example"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9000)), max_size=40))
def test_the_cache_keeps_to_its_bound(steps: list[tuple[int, int]]) -> None:
    cache = AnswerCache(40_000)
    for name, length in steps:
        response = Response(b"x" * length)
        cache.keep(f"query {name}", "", response)
        assert cache.size <= cache.limit
        kept = cache.get(f"query {name}", "")
        # A large answer takes no room, and leaves the one before it.
        assert kept is response or length > 2000
    assert (cache.size == 0) == (len(cache) == 0)


@given(
    st.text(max_size=40), st.sampled_from(["&", "&default-graph-uri=", "", "%", "%4", "%zz", "+", ";", "="])
)
def test_a_query_is_taken_out_of_a_query_string_as_the_standard_library_does(query: str, rest: str) -> None:
    plain = f"query={quote(query)}{quote_plus(query)}%e9{rest}"
    parameters = parse_qsl(plain, keep_blank_values=True)
    taken = only_query(plain.encode())
    assert taken == (parameters[0][1] if "&" not in rest else None)
    assert only_query("query=é".encode()) is None
