from __future__ import annotations

import csv
import io
import json
import re
import time
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from spacegraph.errors import ConfigError, ExportError, QueryError
from spacegraph.graph import KnowledgeGraph, named_queries
from spacegraph.graph.query.class_tree import class_tree
from spacegraph.graph.query.sparql import MAX_QUERY_CHARS
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal
from spacegraph.rdf_ontology import load_ontology
from spacegraph.vocab import SG, XSD

if TYPE_CHECKING:
    from pathlib import Path

    from spacegraph.graph import QueryResult


def thing(label: str, cls: str) -> Entity:
    return Entity(iri=mint_entity_iri(label), label=label, type=cls, type_iri=SG + cls)


MIRA = Entity(
    iri=mint_entity_iri("Mira Oban"),
    label="Mira Oban",
    type="Person",
    type_iri=SG + "Person",
    aliases=("Oban",),
)
DARA = thing("Dara Quill", "Person")
VELA = thing("Vela Works", "Company")
OFFICE = thing("Orbit Office", "SpaceAgency")
TERN = thing("Tern One", "Spacecraft")
PORT = thing("Cape Sorrow", "Place")


def claim(subject: Entity, relation: str, obj: Entity | Literal, doc_id: str = "a", **more: object) -> Fact:
    text = f"{subject.label} {relation} {obj.label}."
    start = zlib.crc32(f"{text}{more.get('factuality')}".encode()) % 10_000
    values: dict[str, object] = {
        "doc_id": doc_id, "subject": subject, "property_iri": SG + relation, "object": obj, "confidence": 0.9,
        "evidence": (Evidence(start=start, end=start + len(text), text=text),), "rule": f"{relation}-verb",
    }  # fmt: skip
    return Fact(**{**values, **more})  # type: ignore[arg-type]


STOPPED = "Dara Quill stopped the Cape after Mira Oban had laughed"
MEMBER = claim(DARA, "memberOf", OFFICE)
FACTS = [
    claim(MIRA, "headOf", OFFICE),
    claim(MIRA, "criticized", VELA, time="2031-05-02"),
    claim(MIRA, "criticized", VELA, doc_id="b"),
    claim(MIRA, "criticized", VELA, doc_id="c", factuality=Factuality.NEGATED, attributed_to=DARA),
    MEMBER,
    claim(VELA, "operates", TERN),
    claim(DARA, "aboard", TERN, factuality=Factuality.PLANNED, time="2031-06"),
    claim(VELA, "headquarteredIn", PORT, confidence=0.4),
    claim(VELA, "withdrewFrom", OFFICE, factuality=Factuality.HYPOTHETICAL, attributed_to=MIRA),
    claim(
        TERN, "launchedOn", Literal(value="2031-06-01", datatype=XSD + "date"), factuality=Factuality.PLANNED
    ),
    claim(
        VELA,
        "hasQuantity",
        Literal(value="forty engineers"),
        factuality=Factuality.REPORTED,
        attributed_to=DARA,
    ),
    claim(VELA, "foundedOn", Literal(value="2011", datatype=XSD + "gYear"), doc_id="b"),
    claim(VELA, "foundedOn", Literal(value="2012", datatype=XSD + "gYear"), doc_id="c"),
    claim(DARA, "worksFor", OFFICE, inferred=True, rule="membership", premises=(MEMBER.id,)),
    claim(MIRA, "worksFor", VELA, doc_id="b", ended=True, time="2030"),
    claim(DARA, "stopped", PORT, doc_id="b", evidence=(Evidence(start=0, end=len(STOPPED), text=STOPPED),)),
]


#: A threat, told to somebody, about a thing: what would be done is a claim of its own.
LEAVING = claim(DARA, "withdrewFrom", TERN, factuality=Factuality.HYPOTHETICAL)
THREAT = claim(
    DARA,
    "threatened",
    Literal(value="to leave it to rust"),
    links=((SG + "about", TERN), (SG + "addressee", VELA)),
    content=(LEAVING.id,),
)


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return KnowledgeGraph.from_facts(FACTS, articles=[Article(id="a", text="", title="Dispute")])


ANSWERS = {
    "heads": ({"organisation": "Orbit Office"}, [("Mira Oban", None)]),
    "aboard": ({"vehicle": "Tern One"}, [("Dara Quill", "Planned", None, "2031-06", None)]),
    "ended": ({}, [("Mira Oban", "worksFor", "Vela Works", "Asserted", None, "2030")]),
    "why": (
        {"name": "Dara Quill"},
        [("Dara Quill", "stopped", "Cape Sorrow", "after Mira Oban had laughed", None)],
    ),
    "who": (
        {"name": "Tern One"},
        [
            ("is", "spacecraft", None, None, None, None),
            ("is called", "Tern One", None, None, None, None),
            ("planned", "launched on 2031-06-01", "Planned", None, None, None),
            ("of others", "Dara Quill aboard Tern One", "Planned", None, None, "2031-06"),
            ("of others", "Vela Works operates Tern One", "Asserted", None, None, None),
        ],
    ),
    "disputed": ({}, [("Mira Oban", "criticized", "Vela Works", "Asserted", asserted, "Dara Quill in c") for asserted in "ab"]),
    "differing": ({}, [("Vela Works", "foundedOn", "2011", "b", "2012", "c")]),
    "corroborated": ({}, [("Mira Oban", "criticized", "Vela Works", 2)]),
    "denied": ({}, [("Mira Oban", "criticized", "Vela Works", "Dara Quill", None)]),
    "said": (
        {"speaker": "Dara Quill"},
        [("Mira Oban", "criticized", "Vela Works", "Negated", None, None), ("Vela Works", "hasQuantity", "forty engineers", "Reported", None, None)],
    ),
    "hypothetical": ({}, [("Vela Works", "withdrewFrom", "Orbit Office", "Mira Oban", None)]),
    "timeline": (
        {"name": "Tern One"},
        [("2031-06", "Dara Quill", "aboard", "Tern One", "Planned", None), ("2031-06-01", "Tern One", "launchedOn", "2031-06-01", "Planned", None)],
    ),
    "inferred": ({}, [("Dara Quill", "worksFor", "Orbit Office", "membership", "Dara Quill – memberOf – Orbit Office")]),
    "unsure": ({"below": 0.5}, [(0.4, "Vela Works", "headquarteredIn", "Cape Sorrow", "Vela Works headquarteredIn Cape Sorrow.")]),
    "speakers": ({}, [("Dara Quill", 2), ("Mira Oban", 1)]),
    "things-of-class": ({"class": "Person"}, [("Dara Quill", "Person", None), ("Mira Oban", "Person", None)]),
    "places": ({"name": "Vela Works"}, [("headquarteredIn", "Cape Sorrow", "Asserted", None, None)]),
    "quantities": ({}, [("Vela Works", "hasQuantity", "forty engineers", "Reported", "Dara Quill")]),
    "operators": ({}, [("Vela Works", "operates", "Tern One", "Asserted", None)]),
    "articles": ({}, [("a", "Dispute", None, None, 10), ("b", None, None, None, 4), ("c", None, None, None, 2)]),
    "reported": ({}, [("Vela Works", "hasQuantity", "forty engineers", "Dara Quill", None)]),
    "roles": ({"person": "Oban"}, [("headOf", "Orbit Office", "Asserted", None, None), ("worksFor", "Vela Works", "Asserted", True, "2030")]),
    "opinions": (
        {},
        [("Mira Oban", "criticized", "Vela Works", "Asserted", None), ("Mira Oban", "criticized", "Vela Works", "Negated", "Dara Quill")],
    ),
    "neighbours": ({"name": "Tern One"}, [("Vela Works", 1, "operates")]),
    "planned": (
        {},
        [("Dara Quill", "aboard", "Tern One", None, "2031-06"), ("Tern One", "launchedOn", "2031-06-01", None, None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_named_questions_have_right_answers(kg: KnowledgeGraph, name: str) -> None:
    parameters, rows = ANSWERS[name]
    assert kg.query(name, **parameters).rows == rows  # type: ignore[arg-type]


def test_there_are_at_least_twenty_questions_and_each_says_what_it_answers() -> None:
    queries = named_queries()
    assert len(queries) >= 20
    for query in queries.values():
        assert query.question[0].isupper()
        assert query.question[-1] in "?."
        assert all(p.meaning and p.example for p in query.parameters)


def test_a_threat_is_found_by_what_it_names_and_whom_it_is_told() -> None:
    kg = KnowledgeGraph.from_facts([LEAVING, THREAT])
    assert kg.query("spoken-of", name="Tern One").rows == [
        (
            "Dara Quill",
            "threatened",
            "to leave it to rust",
            "Vela Works",
            "Dara Quill – withdrewFrom – Tern One",
            "Hypothetical",
        )
    ]
    said = ("Dara Quill", "threatened", "to leave it to rust", "Asserted")
    assert kg.query("said", speaker="Dara Quill").rows == [(*said, None, "Vela Works")]
    found = kg.query("said-about", speaker="Dara Quill", topic="Tern One").rows
    assert found == [(*said, "Dara Quill threatened to leave it to rust.")]
    one_pattern = kg.query(
        'SELECT ?who { ?t rdf:predicate sg:threatened ; rdf:subject/rdfs:label ?who ; sg:about/rdfs:label "Tern One" }'
    )
    assert one_pattern.column("who") == ["Dara Quill"]


@pytest.mark.parametrize("name", sorted(named_queries().keys() - {"spoken-of"}))
def test_every_named_question_answers_something(kg: KnowledgeGraph, name: str) -> None:
    query = named_queries()[name]
    values: Any = {
        "name": "Vela Works",
        "one": "Mira Oban",
        "other": "Dara Quill",
        "speaker": "Mira Oban",
        "topic": "Vela Works",
    }
    values = ANSWERS[name][0] if name in ANSWERS else {p.name: values[p.name] for p in query.parameters}
    result = kg.query(name, **values)
    assert len(result) > 0
    assert result.columns
    assert kg.query(name, **values).rows == result.rows


def test_an_alias_names_a_thing_too(kg: KnowledgeGraph) -> None:
    assert kg.query("about", name="Oban").rows == kg.query("about", name="Mira Oban").rows


def test_a_connection_may_lead_over_others(kg: KnowledgeGraph) -> None:
    paths = kg.query("connections", one="Mira Oban", other="Dara Quill").column("path")
    assert "Mira Oban – headOf → Orbit Office ← memberOf – Dara Quill" in paths


def test_a_connection_says_who_did_it_to_whom(kg: KnowledgeGraph) -> None:
    ahead, back = (
        kg.query("connections", one=one, other=other).column("path")
        for one, other in (("Vela Works", "Tern One"), ("Tern One", "Vela Works"))
    )
    assert ahead == ["Vela Works – operates → Tern One"]
    assert back == ["Tern One ← operates – Vela Works"]
    longer = KnowledgeGraph.from_facts(
        [claim(MIRA, "praised", VELA), claim(TERN, "owns", VELA), claim(TERN, "dockedTo", PORT)]
    )
    assert longer.query("connections", one="Mira Oban", other="Cape Sorrow").rows == [
        (3, "Mira Oban – praised → Vela Works ← owns – Tern One – dockedTo → Cape Sorrow")
    ]
    assert longer.query("connections", one="Cape Sorrow", other="Mira Oban").rows == [
        (3, "Cape Sorrow ← dockedTo – Tern One – owns → Vela Works ← praised – Mira Oban")
    ]


def test_two_things_of_one_name_are_counted_apart() -> None:
    namesake = replace(MIRA, iri=MIRA.iri + "~b", aliases=())
    kg = KnowledgeGraph.from_facts(
        [
            claim(MIRA, "praised", VELA, attributed_to=MIRA),
            claim(namesake, "praised", VELA, doc_id="b", attributed_to=namesake),
        ]
    )
    assert kg.query("corroborated").rows == []
    assert kg.query("speakers").rows == [("Mira Oban", 1)] * 2
    assert kg.query("neighbours", name="Vela Works").rows == [("Mira Oban", 1, "praised")] * 2
    assert kg.query("things").rows == [("Vela Works", "Company", 2), *[("Mira Oban", "Person", 1)] * 2]


def test_what_was_not_so_at_another_time_is_no_dispute() -> None:
    def asked(yes: str, no: str) -> int:
        denial = claim(TERN, "dockedTo", OFFICE, doc_id="b", factuality=Factuality.NEGATED, time=no)
        return len(
            KnowledgeGraph.from_facts([claim(TERN, "dockedTo", OFFICE, time=yes), denial]).query("disputed")
        )

    assert [asked("2031-05", "2030"), asked("2031-05", "2031-06")] == [0, 0]
    assert [asked("2031-05", "2031"), asked("2031", "2031-05-02"), asked("", "2031"), asked("", "")] == [
        1
    ] * 4


def test_words_that_are_no_fact_of_their_own_are_said_too() -> None:
    kg = KnowledgeGraph.from_facts(
        [
            claim(DARA, "said", Literal(value="we and Vela Works’s Oban were late")),
            claim(DARA, "said", Literal(value="nobody was"), factuality=Factuality.NEGATED),
            claim(DARA, "praised", VELA),
            claim(MIRA, "praised", VELA),
        ]
    )
    assert kg.query("speakers").rows == [("Dara Quill", 1)]
    relations = {
        topic: kg.query("said-about", speaker="Dara Quill", topic=topic).column("relation")
        for topic in ("Vela Works", "Mira Oban")
    }
    assert relations == {"Vela Works": ["praised", "said"], "Mira Oban": ["said"]}
    shorter = KnowledgeGraph.from_facts(
        [claim(DARA, "said", Literal(value="the Obans were late")), claim(MIRA, "praised", VELA)]
    )
    assert shorter.query("said-about", speaker="Dara Quill", topic="Oban").rows == []


def test_a_graph_without_statements_has_neighbourhoods_and_connections(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    kg.export(tmp_path / "plain.nt", only_facts=True)
    plain = KnowledgeGraph.load(tmp_path / "plain.nt")
    assert (
        plain.query("graph-of", name="Vela Works").to_turtle()
        == kg.query("graph-of", name="Vela Works").to_turtle()
    )
    assert "sg:operates sge:Tern_One" in plain.query("graph-of", name="Vela Works").to_turtle()
    assert len(plain.query("connections", one="Vela Works", other="Tern One")) == 1


@pytest.mark.parametrize(
    "value", ['a "quoted" name', "back\\slash", "new\nline", "$name", "} DROP ALL #", "<x>", "'''", "é\u202e"]
)
def test_parameters_cannot_break_out(value: str) -> None:
    odd = Entity(
        iri="https://w3id.org/spacegraph/entity/odd", label=value, type="Person", type_iri=SG + "Person"
    )
    kg = KnowledgeGraph.from_facts([claim(odd, "praised", VELA)])
    assert kg.query("about", name=value).column("subject") == [value]


def test_parameters_keep_their_kind(kg: KnowledgeGraph) -> None:
    text = "SELECT ($x AS ?y) { }"
    assert kg.query(text, x=3).rows == [(3,)]
    assert kg.query(text, x=True).rows == [(True,)]
    assert kg.query(text, x=VELA).rows == [(VELA.iri,)]
    assert kg.query(text, x=Literal(value="2031", datatype=XSD + "gYear")).rows == [("2031",)]
    assert kg.query("# $x\nSELECT ($x AS ?y) ('$x' AS ?z) { }", x="v").rows == [("v", "$x")]


@pytest.mark.parametrize(
    ("query", "parameters", "said"),
    [
        ("SELECT ?x {", {}, "not valid SPARQL in line 1, column 12"),
        ("SELECT ?x { ?x nope:a ?y }", {}, "not valid SPARQL"),
        ("INSERT DATA { <a:a> <b:b> <c:c> }", {}, "only reads"),
        ("# SELECT\nPREFIX ex: <http://select.example/> DELETE WHERE { ?s ?p ?o }", {}, "only reads"),
        ("clear all", {}, "only reads"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", {}, "SERVICE is not allowed"),
        ("heads", {}, "needs organisation. It takes organisation, its name, for example"),
        ("heads", {"organisation": "x", "extra": 1}, "no parameter extra"),
        ("head", {}, "Did you mean heads"),
        ("SELECT * { ?s ?p ?o }", {"name": "x"}, "no parameter name"),
        ("SELECT * { FILTER" + "(" * 9999 + "1" + ")" * 9999 + " }", {}, "nests brackets"),
        ("SELECT * { ?s ?p ?o } #" + "x" * MAX_QUERY_CHARS, {}, "characters long"),
        ("", {}, "not valid SPARQL"),
        # In time that grows with their length: with its square, these would not end.
        ("ASK { ?s ?p " + "9" * 900_000, {}, "not valid SPARQL"),
        ("ASK { ?s ?p " + "9.-" * 300_000, {}, "signs; the limit"),
    ],
)
def test_what_cannot_be_asked_is_said(
    kg: KnowledgeGraph, query: str, parameters: dict[str, Any], said: str
) -> None:
    with pytest.raises(QueryError, match=said):
        kg.query(query, **parameters)


def test_words_in_strings_and_names_are_no_commands(kg: KnowledgeGraph) -> None:
    assert kg.query("SELECT ?service { BIND('DELETE SERVICE' AS ?service) } # INSERT").rows == [
        ("DELETE SERVICE",)
    ]
    assert kg.query("ASK { ?s sg:SERVICE ?insert }").answer is False


#: Takes about a second, since nothing can end it once it runs in this process.
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i) }"


def test_a_query_that_takes_too_long_is_given_up(kg: KnowledgeGraph) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.02 s"):
        kg.query(SLOW, timeout=0.02)
    assert time.monotonic() - begun < 30


def test_a_query_that_fills_the_memory_is_given_up(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spacegraph.graph.query.engine.MAX_MEMORY", 50_000_000)
    grown = '"' + "a" * 30 + '"'
    for _ in range(5):
        grown = f'REPLACE({grown}, "a", "{"a" * 30}")'
    with pytest.raises(QueryError, match="bytes of memory"):
        kg.query(f"SELECT (STRLEN({grown}) AS ?n) {{}}", timeout=60)


@pytest.mark.parametrize(
    "part",
    ["!", "1 + ", "true && ", "?s ?p ?o . ", "OPTIONAL { ?s ?p ?o } ", "UNION { } ", "<urn:p> / ", "<< ?s ?p ", "; ?p ?o ", "(1 2) . "],
)  # fmt: skip
def test_long_chains_do_not_reach_the_parser(kg: KnowledgeGraph, part: str) -> None:
    with pytest.raises(QueryError, match="the limit is"):
        kg.query(f"ASK {{ FILTER({part * 20_000}true) }}")
    with pytest.raises(QueryError, match="the limit is"):
        kg.query(f"ASK {{ {part * 20_000} }}")


def test_long_lists_of_values_are_no_chains(kg: KnowledgeGraph) -> None:
    rows = "(1 2.5) " * 5000
    assert kg.query(f"ASK {{ VALUES (?x ?y) {{ {rows} }} FILTER(?x IN ({'1, ' * 5000}1)) }}").answer


def test_a_limit_is_said_when_it_strikes(kg: KnowledgeGraph) -> None:
    cut = kg.query("SELECT * { ?s ?p ?o }", limit=3)
    assert (len(cut), cut.truncated) == (3, True)
    whole = kg.query("SELECT * { ?s a sg:Person } LIMIT 2", limit=2, timeout=30)
    assert (len(whole), whole.truncated) == (2, False)
    graph = kg.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", limit=3)
    assert (len(graph), graph.truncated) == (3, True)
    with pytest.raises(ConfigError):
        kg.query("ASK { }", limit=-1)
    for seconds in (0, -1, float("nan")):
        with pytest.raises(ConfigError):
            kg.query("ASK { }", timeout=seconds)
    assert kg.query("ASK { }", timeout=float("inf"))


def result(kg: KnowledgeGraph) -> QueryResult:
    return kg.query(
        "SELECT ?who ?how { ?s rdf:subject/rdfs:label ?who ; rdf:predicate sg:criticized ; sg:factuality ?how } ORDER BY ?how LIMIT 1"
    )


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_results_are_read_by_the_engine_s_own_parser(kg: KnowledgeGraph, name: str) -> None:
    formats = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    text = "SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) { ('x\\t\"<é>\\r\\n.' 1 UNDEF <http://a.example/>) ('y'@en 1.5 true UNDEF) } }"
    found = kg.query(text)
    back = ox.parse_query_results(found.format(name), format=formats[name])
    assert isinstance(back, ox.QuerySolutions)
    assert [tuple(row) for row in back] == [tuple(row) for row in found.solutions]
    asked = (
        ox.parse_query_results(kg.query("ASK { }").format(name), format=formats[name])
        if name != "tsv"
        else True
    )
    assert bool(asked) is True
    if name == "xml":
        texts = [e.text for e in ET.fromstring(found.to_xml()).iter() if e.tag.endswith("}literal")]
        assert 'x\t"<é>\r\n.' in texts


def test_results_in_the_forms_that_people_read(kg: KnowledgeGraph) -> None:
    found = result(kg)
    assert found.to_csv() == f"who,how\r\nMira Oban,{SG}Asserted\r\n"
    assert found.to_markdown() == "| who | how |\n| --- | --- |\n| Mira Oban | sg:Asserted |\n"
    assert found.to_text().splitlines()[-1] == "Mira Oban  sg:Asserted"
    assert json.loads(found.to_json())["head"] == {"vars": ["who", "how"]}
    assert found.dicts() == [{"who": "Mira Oban", "how": SG + "Asserted"}]
    assert ">Mira Oban</td>" in found._repr_html_()


def test_labels_command_no_terminal_page_or_spreadsheet() -> None:
    label = "\x1b[2J\x1b]0;Vela\x07 <img src=x onerror=alert(1)> ![a](http://x.example/b) **Works** \u202eevil\x9b31m |"
    nasty = thing(label, "Company")
    kg = KnowledgeGraph.from_facts([claim(MIRA, "praised", nasty)])
    found = kg.query("SELECT ?n { ?x a sg:Company ; rdfs:label ?n }")
    for text in (found.to_text(), found.to_markdown()):
        assert not [c for c in text if c != "\n" and not c.isprintable()]
        assert "\\x1b" in text
    cell = found.to_markdown().splitlines()[2]
    assert "<" not in cell
    assert "\\*\\*Works\\*\\*" in cell
    assert "!\\[a\\](" in cell
    assert len(re.findall(r"(?<!\\)\|", cell)) == 2
    assert found.rows == [(label,)]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('"=HYPERLINK(1)"', "'=HYPERLINK(1)"),
        ('"+1-2"', "'+1-2"),
        ('"-cmd"@en', "'-cmd"),
        ('"@SUM(A1)"', "'@SUM(A1)"),
        ('"\\t=1"', "'\t=1"),
        ("-5", "-5"),
        ("-2.5", "-2.5"),
        ('"+49"', "+49"),
        ('"a=b"', "a=b"),
    ],
)
def test_a_cell_is_no_formula(kg: KnowledgeGraph, value: str, cell: str) -> None:
    found = kg.query(f"SELECT ?v {{ VALUES ?v {{ {value} }} }}")
    assert list(csv.reader(io.StringIO(found.to_csv(), newline="")))[1:] == [[cell]]
    assert json.loads(found.to_json())["results"]["bindings"][0]["v"]["value"] == cell.removeprefix("'")


def test_a_data_frame_has_the_rows(kg: KnowledgeGraph) -> None:
    frame = kg.query("speakers").to_pandas()
    assert list(frame.columns) == ["speaker", "claims"]
    assert frame["claims"].tolist() == [2, 1]


def test_a_graph_comes_as_turtle(kg: KnowledgeGraph) -> None:
    found = kg.query("graph-of", name="Vela Works")
    assert "sge:Vela_Works rdfs:label" in found.to_turtle()
    assert found.to_ntriples() == found.format("nt")
    described = kg.query("DESCRIBE ?x { ?x rdfs:label 'Vela Works' }")
    assert described.kind == "graph"
    assert "sg:operates" in described.to_turtle()
    with pytest.raises(ExportError, match="Only a CONSTRUCT"):
        result(kg).to_turtle()
    with pytest.raises(ExportError, match="no result format"):
        result(kg).format("pdf")
    with pytest.raises(QueryError, match="no column"):
        result(kg).column("nobody")


def test_dates_that_differ_between_sources_are_listed() -> None:
    def founded(value: str, kind: str, doc_id: str, **more: object) -> Fact:
        return claim(VELA, "foundedOn", Literal(value=value, datatype=XSD + kind), doc_id=doc_id, **more)

    kg = KnowledgeGraph.from_facts(
        [
            founded("2011", "gYear", "a"),
            founded("2011-05", "gYearMonth", "b"),
            founded("2012", "gYear", "c", factuality=Factuality.ASSERTED),
            founded("2012", "gYear", "a", factuality=Factuality.NEGATED),
        ]
    )
    assert kg.query("differing").rows == [
        ("Vela Works", "foundedOn", "2011", "a", "2012", "c"),
        ("Vela Works", "foundedOn", "2011-05", "b", "2012", "c"),
    ]


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(QueryError, match="below has to be a number, and 'much' is none"):
        KnowledgeGraph.from_facts(FACTS).query("unsure", below="much")


def test_a_profile_has_what_somebody_says_and_denies() -> None:
    kg = KnowledgeGraph.from_facts(
        [
            claim(MIRA, "headOf", OFFICE),
            claim(MIRA, "aboard", TERN, ended=True, time="2030"),
            claim(MIRA, "said", Literal(value="we were late")),
            claim(MIRA, "withdrewFrom", OFFICE, factuality=Factuality.HYPOTHETICAL),
            claim(VELA, "withdrewFrom", OFFICE, factuality=Factuality.NEGATED, attributed_to=MIRA),
            claim(DARA, "criticized", MIRA),
        ]
    )
    rows = kg.ask("who", "Mira Oban").rows
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("is", "person", None, None),
        ("is called", "Mira Oban", None, None),
        ("is called", "Oban", None, None),
        ("role", "head of Orbit Office", None, None),
        ("where", "aboard Tern One", True, "2030"),
        ("denies", "Vela Works withdrew from Orbit Office", None, None),
        ("says", "we were late", None, None),
        ("may be", "withdrew from Orbit Office", None, None),
        ("of others", "Dara Quill criticized Mira Oban", None, None),
    ]


def cause(text: str, *others: Fact) -> list[tuple[object, ...]]:
    """What ``why`` tells of Dara Quill, of whom the first three words of a text tell that she stopped the Cape."""
    words = " ".join(text.split()[:4])
    article = Article(id="a", text=text)
    first = claim(
        DARA, "stopped", PORT, evidence=(Evidence(start=0, end=len(words), text=words, doc_id="a"),)
    )
    return KnowledgeGraph.from_facts([first, *others], articles=[article]).ask("why", "Dara Quill").rows  # type: ignore[return-value]


def test_a_cause_is_told_in_its_words_and_by_the_claim_that_they_make() -> None:
    text = "Dara Quill stopped flights because Oban criticized Vela Works, and left. Oban laughed."
    start = text.index("Oban")
    reason = claim(
        MIRA,
        "criticized",
        VELA,
        evidence=(Evidence(start=start, end=start + 26, text=text[start : start + 26], doc_id="a"),),
    )
    assert cause(text, reason) == [
        (
            "Dara Quill",
            "stopped",
            "Cape Sorrow",
            "because Oban criticized Vela Works",
            "Mira Oban – criticized – Vela Works",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        # Nothing is a cause that stands in another sentence, or only looks like the word.
        "Dara Quill stopped flights. Because Oban laughed, Vela Works left.",
        "Dara Quill stopped flights in the afternoon with Oban.",
    ],
)
def test_no_cause_is_told_where_none_is_given(text: str) -> None:
    assert cause(text) == []


def test_a_vehicle_s_timeline_has_its_flights_and_what_is_planned_without_a_date() -> None:
    flight = thing("second test flight of Tern One", "TestEvent")
    other = thing("flight of Tern Onerous", "TestEvent")
    mission = thing("Sorrow Nine", "Mission")
    day = Literal(value="2031-06-01", datatype=XSD + "date")
    kg = KnowledgeGraph.from_facts(
        [
            claim(flight, "plannedDate", day, factuality=Factuality.PLANNED),
            claim(other, "plannedDate", day, factuality=Factuality.PLANNED),
            claim(mission, "launchVehicle", TERN),
            claim(mission, "occurredOn", Literal(value="2030", datatype=XSD + "gYear")),
            claim(DARA, "aboard", TERN, factuality=Factuality.PLANNED),
            claim(MIRA, "aboard", TERN, ended=True),
            claim(VELA, "operates", TERN),
        ]
    )
    assert [row[0:4] for row in kg.ask("timeline", name="Tern One").rows] == [
        ("2030", "Sorrow Nine", "occurredOn", "2030"),
        ("2031-06-01", "second test flight of Tern One", "plannedDate", "2031-06-01"),
        (None, "Mira Oban", "aboard", "Tern One"),
        (None, "Dara Quill", "aboard", "Tern One"),
    ]


def test_who_threatens_and_who_says_no_are_a_dispute() -> None:
    threat = claim(MIRA, "withdrewFrom", TERN, factuality=Factuality.HYPOTHETICAL)
    denial = claim(OFFICE, "withdrewFrom", TERN, factuality=Factuality.NEGATED, attributed_to=DARA)
    threatens = claim(MIRA, "threatened", Literal(value="to withdraw"))
    head = claim(MIRA, "headOf", OFFICE)
    assert KnowledgeGraph.from_facts([threat, denial, threatens, head]).query("disputed").rows == [
        ("Mira Oban", "withdrewFrom", "Tern One", "Hypothetical", "Mira Oban in a", "Dara Quill in a")
    ]
    # Who speaks for nobody concerned, and who only weighs what may be.
    assert not KnowledgeGraph.from_facts([threat, denial, threatens]).query("disputed")
    assert not KnowledgeGraph.from_facts([threat, denial, head]).query("disputed")


def test_a_supposition_of_the_one_who_denies_is_no_dispute() -> None:
    def put(factuality: Factuality, by: Entity) -> Fact:
        return claim(VELA, "withdrewFrom", TERN, factuality=factuality, attributed_to=by)

    may, no = put(Factuality.HYPOTHETICAL, DARA), put(Factuality.NEGATED, DARA)
    assert not KnowledgeGraph.from_facts([may, no]).query("disputed")
    assert len(KnowledgeGraph.from_facts([may, put(Factuality.NEGATED, MIRA)]).query("disputed")) == 1


def test_a_class_has_the_things_of_narrower_ones(kg: KnowledgeGraph) -> None:
    assert kg.ask("things-of-class", "vehicle").rows == [("Tern One", "Spacecraft", None)]
    found = kg.ask("things-of-class", "Agent").column("thing")
    assert found == ["Dara Quill", "Mira Oban", "Orbit Office", "Vela Works"]
    assert kg.ask("things-of-class", "space agency").column("thing") == ["Orbit Office"]
    with pytest.raises(QueryError, match=r"There is no class 'Vehicel'. Did you mean Vehicle"):
        kg.ask("things-of-class", "Vehicel")


def test_the_class_tree_of_the_question_is_that_of_the_ontology() -> None:
    ontology = load_ontology()
    expected = {
        (name, wider)
        for name in ontology.classes
        for wider in ontology.superclasses(name)
        if wider in ontology.classes
    }
    assert set(class_tree()) == expected


def test_words_are_found_whichever_way_a_claim_goes(kg: KnowledgeGraph) -> None:
    rows = kg.ask("words", "Tern One").dicts()
    assert {(row["subject"], row["relation"]) for row in rows} == {
        ("Dara Quill", "aboard"), ("Tern One", "launchedOn"), ("Vela Works", "operates"),
    }  # fmt: skip


def test_questions_are_asked_by_name_and_place_and_in_any_capitals(kg: KnowledgeGraph) -> None:
    by_name = kg.ask("heads", organisation="Orbit Office").rows
    assert kg.ask("heads", "orbit office").rows == by_name == [("Mira Oban", None)]
    assert kg.ask("said-about", "dara quill", topic="Vela Works").rows
    assert kg.ask("denied", limit=1).rows


@pytest.mark.parametrize(
    ("question", "values", "parameters", "said"),
    [
        ("whom", ("Mira Oban",), {}, "There is no named question 'whom'. Did you mean who"),
        ("who", (), {}, "needs name"),
        ("who", ("Mira Oban", "Dara"), {}, "takes name; 2 values are more than that"),
        ("who", ("Mira Oban",), {"name": "Dara Quill"}, "given twice"),
        ("who", ("Mira Obam",), {}, "Nothing in the graph is called 'Mira Obam'. Did you mean Mira Oban"),
        ("who", (), {"name": "Quill"}, "Did you mean Dara Quill"),
        ("SELECT ?x { ?x ?p ?o }", (), {}, "no named question"),
    ],
)
def test_what_cannot_be_asked_by_name_is_said(
    kg: KnowledgeGraph, question: str, values: tuple[str, ...], parameters: dict[str, Any], said: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(said)):
        kg.ask(question, *values, **parameters)


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("SELECT ?x { ?x sg:criticised ?y }", "Neither the ontology nor the graph has sg:criticised. Did you mean sg:criticized"),
        ("SELECT ?x { ?x a sg:Spaceship }", "Neither the ontology nor the graph has sg:Spaceship. Did you mean sg:"),
        ("SELECT ?x { ?x sg:headOf/sg:critcized ?y }", "has sg:critcized"),
        ("SELECT ?x { ?x sg:xyzzyqq ?y }", "Neither the ontology nor the graph has sg:xyzzyqq."),
        ("SELECT ?x { ?x rdfs:label 'Mira Obam' }", "Nothing in the graph is called 'Mira Obam'. Did you mean Mira Oban?"),
        ('SELECT ?x { ?x rdfs:label "Mira Oban"@en }', "leave out @en"),
        ("SELECT ?x { ?x rdfs:label $name }", "Nothing in the graph is called 'Nobody Here'."),
        # Terms that are known, of others, or in strings and comments say nothing.
        ("SELECT ?x { ?x sg:bornIn ?y }", ""),
        ("PREFIX my: <http://a.example/> SELECT ?x { ?x my:own ?y } # sg:nope", ""),
        ("SELECT ?x { ?x rdfs:label 'Mira Oban' ; sg:bornIn 'sg:nope' }", ""),
    ],
)  # fmt: skip
def test_an_answer_without_rows_says_what_may_be_wrong(kg: KnowledgeGraph, query: str, hint: str) -> None:
    parameters: dict[str, Any] = {"name": "Nobody Here"} if "$name" in query else {}
    found = kg.query(query, **parameters)
    assert not found
    assert found.hint.startswith(hint) if hint.endswith(".") or not hint else hint in found.hint
    assert bool(found.hint) == bool(hint)
    assert kg.query("SELECT ?x { ?x a sg:Person }").hint == ""
