"""The endpoint over HTTP: SPARQL 1.1 Protocol, and its manners."""

from __future__ import annotations

import email.message
import io
import urllib.request
import urllib.response
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from asgi_client import TestClient
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from spacegraph.errors import ConfigError
from spacegraph.graph import KnowledgeGraph, named_queries
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Entity, Fact
from spacegraph.server import Settings, make_app
from spacegraph.server.negotiation import choose
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLE = [
    Entity(iri=mint_entity_iri(name), label=name, type="Person", type_iri=SG + "Person")
    for name in ("Mira Oban", "Dara Quill", "Jon Pell")
]
FACTS = [
    Fact(doc_id="a", subject=a, property_iri=SG + "met", object=b) for a in PEOPLE for b in PEOPLE if a != b
]
LABELS = "SELECT ?n { ?x rdfs:label ?n } ORDER BY ?n"
#: Takes some seconds, since nothing can end it once it runs in this process.
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?j) }"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_app(KnowledgeGraph.from_facts(FACTS))) as client:
        yield client


@pytest.mark.parametrize("way", ["get", "form", "post"])
def test_a_query_may_come_in_three_ways(client: TestClient, way: str) -> None:
    if way == "get":
        response = client.get("/sparql", params={"query": LABELS})
    elif way == "form":
        response = client.post("/sparql", data={"query": LABELS})
    else:
        response = client.post(
            "/sparql", content=LABELS, headers={"Content-Type": "application/sparql-query"}
        )
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/sparql-results+json"
    names = [row["n"]["value"] for row in response.json()["results"]["bindings"]]
    assert names == ["Dara Quill", "Jon Pell", "Mira Oban"]


@pytest.mark.parametrize(
    ("accept", "query", "media_type"),
    [
        ("", LABELS, "application/sparql-results+json"),
        ("*/*", LABELS, "application/sparql-results+json"),
        ("text/csv", LABELS, "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", LABELS, "application/sparql-results+xml"),
        ("image/png, text/*;q=0.1", LABELS, "text/csv"),
        ("text/tab-separated-values", LABELS, "text/tab-separated-values"),
        ("application/sparql-results+xml", "ASK { ?s ?p ?o }", "application/sparql-results+xml"),
        ("text/turtle", "DESCRIBE ?x { ?x rdfs:label 'Jon Pell' }", "text/turtle"),
        ("application/n-triples, */*;q=0.1", "CONSTRUCT WHERE { ?x sg:met ?y }", "application/n-triples"),
        ("application/json", "CONSTRUCT WHERE { ?x sg:met ?y }", "application/ld+json"),
        ("application/json", "DESCRIBE ?x { ?x rdfs:label 'Jon Pell' }", "application/ld+json"),
        ("application/sparql-results+json", "CONSTRUCT WHERE { ?x sg:met ?y }", "application/ld+json"),
        ("text/html", "CONSTRUCT WHERE { ?x sg:met ?y }", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", LABELS, "text/html"),
        ("text/html", "ASK { ?s ?p ?o }", "text/html"),
        ("*/*", "CONSTRUCT WHERE { ?x sg:met ?y }", "text/turtle"),
    ],
)
def test_the_form_is_what_the_client_takes(
    client: TestClient, accept: str, query: str, media_type: str
) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["vary"]
    assert response.content


@pytest.mark.parametrize("form", ["xml", "json"])
def test_rdflib_s_store_gets_graphs_in_whatever_form_it_asks_for(
    client: TestClient, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(request: urllib.request.Request) -> Any:
        response = client.get(request.full_url, headers=dict(request.headers))
        assert response.status_code == 200
        message = email.message.Message()
        message["Content-Type"] = response.headers["content-type"]
        return urllib.response.addinfourl(io.BytesIO(response.content), message, request.full_url, 200)

    monkeypatch.setattr("rdflib.plugins.stores.sparqlconnector.urlopen", opened)
    store = SPARQLStore("http://localhost/sparql", returnFormat=form)
    assert len(list(store.query(f"SELECT ?x {{ ?x <{SG}met> ?y }}"))) == len(FACTS)
    built = store.query(f"CONSTRUCT {{ ?x <{SG}met> ?y }} WHERE {{ ?x <{SG}met> ?y }}").graph
    assert built is not None
    assert len(built) == len(FACTS)


def test_a_page_of_an_answer_shows_text_as_text(client: TestClient) -> None:
    query = "SELECT ?x { VALUES ?x { '<script>alert(1)</script>\\u001b[2J' } }"
    page = client.get("/sparql", params={"query": query}, headers={"Accept": "text/html"}).text
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\x1b[2J" in page


def test_what_a_client_does_not_take_is_said(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": LABELS}, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/csv" in response.text


def test_choosing_prefers_the_closest_range() -> None:
    assert choose("text/*;q=0.9, text/csv;q=0", ("text/csv", "text/html")) == "text/html"
    assert choose("a/b;q=oops", ("a/b",)) is None


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        ({"params": {"query": "SELECT ?x {"}}, 400, "line 1, column 12"),
        ({"params": {"query": "CLEAR ALL"}}, 400, "only reads"),
        ({"params": {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}}, 400, "SERVICE"),
        ({"params": {"update": "CLEAR ALL"}}, 403, "only reads"),
        ({"params": [("query", LABELS), ("query", LABELS)]}, 400, "one query"),
        ({"params": {"other": "x"}}, 400, "one query"),
        ({"params": {"query": LABELS, "default-graph-uri": "no IRI"}}, 400, "no IRI"),
    ],
)
def test_what_is_refused_says_why(
    client: TestClient, request_: dict[str, Any], status: int, said: str
) -> None:
    response = client.get("/sparql", **request_)
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (
        status,
        "text/plain",
    )
    assert said in response.text


def test_posts_that_are_refused_say_why(client: TestClient) -> None:
    update = client.post(
        "/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}
    )
    assert update.status_code == 403
    other = client.post("/sparql", content="x", headers={"Content-Type": "text/plain"})
    assert other.status_code == 415
    wrong = client.post("/sparql", content=b"\xff", headers={"Content-Type": "application/sparql-query"})
    assert wrong.status_code == 400
    assert client.put("/sparql", content="x").status_code == 405


@pytest.mark.parametrize("way", ["get", "form", "post"])
@pytest.mark.parametrize(
    ("graphs", "where", "count"),
    [
        ([], "?x sg:met ?y", 3),
        ([("default-graph-uri", "a:1")], "?x sg:met ?y", 2),
        ([("default-graph-uri", "a:1"), ("default-graph-uri", "a:2")], "?x sg:met ?y", 3),
        ([("default-graph-uri", "a:3")], "?x sg:met ?y", 0),
        ([("default-graph-uri", "a:1")], "GRAPH ?g { ?x sg:met ?y }", 0),
        ([("named-graph-uri", "a:2")], "GRAPH ?g { ?x sg:met ?y }", 1),
        ([("named-graph-uri", "a:2")], "?x sg:met ?y", 0),
    ],
)
def test_a_request_may_name_its_graphs(
    tmp_path: Path, way: str, graphs: list[tuple[str, str]], where: str, count: int
) -> None:
    lines = [f"<a:s> <{SG}met> <a:{n}> <a:{1 + n // 2}> .\n" for n in range(3)]
    (tmp_path / "graph.nq").write_text("".join(lines), "utf-8")
    # What the request says goes before what the query says.
    said = "FROM <a:2>" if graphs else ""
    query = f"SELECT (COUNT(?x) AS ?n) {said} {{ {where} }}"
    with TestClient(make_app(KnowledgeGraph.load(tmp_path / "graph.nq"))) as client:
        for _ in range(2):
            if way == "get":
                response = client.get("/sparql", params=[("query", query), *graphs])
            elif way == "form":
                response = client.post("/sparql", content=urlencode([("query", query), *graphs]), headers={"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
            else:
                response = client.post(f"/sparql?{urlencode(graphs)}", content=query, headers={"Content-Type": "application/sparql-query"})  # fmt: skip
            assert response.json()["results"]["bindings"][0]["n"]["value"] == str(count)


@pytest.mark.parametrize("path", ["/", "/sparql", "/query", "/health", "/questions", "/explorer"])
@pytest.mark.parametrize("query", [{}, {"query": LABELS}])
def test_head_has_the_headers_of_get(client: TestClient, path: str, query: dict[str, str]) -> None:
    headers = {"Accept": "text/csv, text/turtle, text/html;q=0.1, */*;q=0.1"}
    got = client.get(path, params=query, headers=headers)
    head = client.head(path, params=query, headers=headers)
    assert head.status_code == got.status_code == 200
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/sparql?named-graph-uri=no%20IRI", "no IRI"),
        (f"/sparql?query={LABELS}", "this one has 2"),
        ("/sparql?update=CLEAR%20ALL", "only reads"),
    ],
)
def test_a_form_s_address_is_not_passed_over(client: TestClient, address: str, said: str) -> None:
    response = client.post(address, data={"query": LABELS})
    assert response.status_code in (400, 403)
    assert said in response.text


def test_wrong_addresses_and_methods_are_sentences(client: TestClient) -> None:
    nowhere = client.get("/nowhere")
    assert (nowhere.status_code, "nothing at /nowhere" in nowhere.text) == (404, True)
    put = client.put("/sparql", content="x")
    assert (put.status_code, put.headers["allow"]) == (405, "GET, HEAD, POST")
    assert put.text == "/sparql takes GET, HEAD, POST, not PUT. This server only reads.\n"


def test_a_graph_that_its_form_cannot_hold_is_said() -> None:
    odd = Entity(iri=PEOPLE[0].iri, label="\x01", type="Person", type_iri=SG + "Person")
    kg = KnowledgeGraph.from_facts([Fact(doc_id="a", subject=odd, property_iri=SG + "met", object=odd)])
    with TestClient(make_app(kg)) as client:
        response = client.get(
            "/sparql",
            params={"query": "DESCRIBE ?x { ?x a sg:Person }"},
            headers={"Accept": "application/rdf+xml"},
        )
    assert (response.status_code, "control characters" in response.text) == (406, True)


@pytest.mark.parametrize(
    ("accept", "form"),
    [("application/rdf+xml", ox.RdfFormat.RDF_XML), ("application/ld+json", ox.RdfFormat.JSON_LD)],
)
def test_a_graph_may_be_had_in_older_and_newer_forms(
    client: TestClient, accept: str, form: ox.RdfFormat
) -> None:
    query = {"query": "CONSTRUCT { ?x sg:met ?y } WHERE { ?x sg:met ?y }"}
    response = client.get("/sparql", params=query, headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == accept
    plain = client.get("/sparql", params=query, headers={"Accept": "application/n-triples"})
    found = {quad.triple for quad in ox.parse(response.content, format=form)}
    assert found == {quad.triple for quad in ox.parse(plain.content, format=ox.RdfFormat.N_TRIPLES)}
    assert len(found) == len(FACTS)


@pytest.mark.parametrize("limit", ["timeout", "max_rows", "max_bytes", "max_body", "max_running"])
@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_limits_without_sense_are_refused(limit: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"{limit} is {value}; it must be more than 0"):
        Settings(**{limit: value})  # type: ignore[arg-type]
    with pytest.raises(ConfigError):
        Settings(cache_bytes=-1)
    with pytest.raises(ConfigError):
        Settings(max_memory=-1)


def test_limits_are_said_when_they_strike() -> None:
    settings = Settings(timeout=0.3, max_rows=2, max_body=1000)
    clogged: list[bool] = []
    app = make_app(KnowledgeGraph.from_facts(FACTS), settings, on_clogged=lambda: clogged.append(True))
    with TestClient(app) as client:
        cut = client.get("/sparql", params={"query": LABELS})
        assert cut.headers["spacegraph-truncated"] == "rows=2"
        assert len(cut.json()["results"]["bindings"]) == 2
        long = client.post(
            "/sparql", content="#" * 2000, headers={"Content-Type": "application/sparql-query"}
        )
        assert long.status_code == 413
        slow = client.get("/sparql", params={"query": SLOW})
        assert (slow.status_code, "longer than 0.3 seconds" in slow.text) == (503, True)
        assert client.get("/sparql", params={"query": "ASK { }"}).json()["boolean"] is True
        assert client.get("/health").json()["given_up"] == 1


def test_an_answer_of_many_bytes_is_cut_short() -> None:
    with TestClient(make_app(KnowledgeGraph.from_facts(FACTS), Settings(max_bytes=1000))) as client:
        for size, rows in ((10, 3), (400, 2), (2000, 0)):
            text = f"SELECT (REPLACE(STR(?n), '^.*$', '{'x' * size}') AS ?t) {{ ?x rdfs:label ?n }}"
            answer = client.get("/sparql", params={"query": text})
            assert len(answer.json()["results"]["bindings"]) == rows
            assert answer.headers.get("spacegraph-truncated") == (f"rows={rows}" if rows < 3 else None)
        graph = client.get("/sparql", params={"query": "CONSTRUCT WHERE { ?x ?y ?z }"})
        assert graph.headers["spacegraph-truncated"]


def test_a_clogged_server_asks_to_be_started_anew() -> None:
    clogged: list[bool] = []
    # Long enough for a busy machine to begin with the query: one that has not begun holds no thread.
    settings = Settings(timeout=1, max_running=2)
    app = make_app(KnowledgeGraph.from_facts(FACTS), settings, on_clogged=lambda: clogged.append(True))
    with TestClient(app) as client:
        assert client.get("/sparql", params={"query": SLOW}).status_code == 503
    assert clogged


def test_other_sites_may_ask_only_where_that_is_allowed(client: TestClient) -> None:
    asked: Any = {"params": {"query": LABELS}, "headers": {"Origin": "https://other.example"}}
    assert "access-control-allow-origin" not in client.get("/sparql", **asked).headers
    with TestClient(
        make_app(KnowledgeGraph.from_facts(FACTS), Settings(cors_origins=("https://other.example",)))
    ) as open_:
        headers = open_.get("/sparql", **asked).headers
        assert headers["access-control-allow-origin"] == "https://other.example"
        assert headers["access-control-expose-headers"] == "Spacegraph-Truncated"


def test_a_server_answers_only_to_its_names() -> None:
    with TestClient(make_app(KnowledgeGraph.from_facts(FACTS), Settings(hosts=("localhost",)))) as client:
        for name in ("localhost:7878", "LocalHost"):
            assert client.get("/health", headers={"Host": name}).status_code == 200
        for path in ("/health", "/sparql?query=ASK{}"):
            refused = client.get(path, headers={"Host": "evil.example:7878"})
            assert (refused.status_code, refused.text) == (
                400,
                "This server answers only to localhost, and was called 'evil.example'.\n",
            )
    hosts = Settings(hosts=("[::1]", "*.example"))
    with TestClient(make_app(KnowledgeGraph.from_facts(FACTS), hosts)) as client:
        for name, status in (("[::1]:7878", 200), ("a.example", 200), ("[::2]:7878", 400), ("example", 400)):
            assert client.get("/health", headers={"Host": name}).status_code == status


def test_the_service_describes_itself(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    triples = list(ox.parse(response.content, format=ox.RdfFormat.TURTLE))
    assert any(
        t.object == ox.NamedNode("http://www.w3.org/ns/sparql-service-description#Service") for t in triples
    )
    browser = client.get("/sparql", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (browser.status_code, browser.headers["location"]) == (303, "/")


def test_the_page_needs_nothing_from_elsewhere(client: TestClient) -> None:
    response = client.get("/")
    assert response.headers["content-type"].startswith("text/html")
    assert "http://" not in response.text
    assert "https://" not in response.text
    assert "default-src 'self'" in response.headers["content-security-policy"]


def test_named_questions_are_ready_to_ask(client: TestClient) -> None:
    listed = client.get("/questions").json()
    assert [q["name"] for q in listed["questions"]] == list(named_queries())
    answer = client.get("/questions/neighbours", params={"name": "Jon Pell"}).json()
    assert len(answer["results"]["bindings"]) == 2
    assert client.get("/questions/nothing").status_code == 404
    missing = client.get("/questions/neighbours")
    assert (missing.status_code, "needs name. It takes" in missing.text) == (400, True)


def test_the_explorer_is_served(client: TestClient) -> None:
    assert "Mira Oban" in client.get("/explorer").text


def test_health_is_told(client: TestClient) -> None:
    body = client.get("/health").json()
    assert body["status"] == "ok"
