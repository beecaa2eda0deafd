"""What agents are answered: found, cited, short, and in sentences where it is refused."""

from __future__ import annotations

import datetime as dt
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacegraph.errors import ConfigError, QueryError
from spacegraph.graph import KnowledgeGraph
from spacegraph.iris import mint_entity_iri
from spacegraph.mcp import Answers, Limits
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality
from spacegraph.vocab import SG


def thing(label: str, kind: str, *aliases: str) -> Entity:
    return Entity(iri=mint_entity_iri(label), label=label, type=kind, type_iri=SG + kind, aliases=aliases)


MIRA = thing("Mira Oban", "Person", "Oban")
DARA = thing("Dara Quill", "Person")
VELA = thing("Vela Works", "Company")
TERN = thing("Tern One", "Spacecraft")
TEXT = "Mira Oban leads Vela Works. She criticized Dara Quill. Quill denied that Vela Works owned Tern One.\u202e"
ARTICLE = Article(
    id="tern", text=TEXT, title="A quarrel", published=dt.date(2031, 4, 2), url="https://news.example/tern"
)


def fact(subject: Entity, relation: str, obj: Entity, words: str, **more: object) -> Fact:
    start = TEXT.index(words)
    evidence = (Evidence(start=start, end=start + len(words), text=words, doc_id="tern"),)
    return Fact(
        doc_id="tern",
        subject=subject,
        property_iri=SG + relation,
        object=obj,
        evidence=evidence,
        **more,  # type: ignore[arg-type]
    )


FACTS = (
    fact(MIRA, "headOf", VELA, "Mira Oban leads Vela Works"),
    fact(MIRA, "criticized", DARA, "She criticized Dara Quill", confidence=0.5),
    fact(VELA, "owns", TERN, "Vela Works owned Tern One", factuality=Factuality.NEGATED, attributed_to=DARA),
)


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers(KnowledgeGraph.from_facts(FACTS, articles=[ARTICLE]))


def limited(**limits: float) -> Answers:
    return Answers(KnowledgeGraph.from_facts(FACTS, articles=[ARTICLE]), Limits(**limits))  # type: ignore[arg-type]


def test_a_thing_is_found_by_some_words_of_its_name_or_alias(answers: Answers) -> None:
    found = answers.find("oban")
    assert found == f"Mira Oban (Person), also Oban; 2 facts; {MIRA.iri}"
    assert answers.find("WORKS vela").startswith("Vela Works (Company); 2 facts")


def test_whoever_is_called_just_so_comes_first() -> None:
    other = thing("Oban Mira Institute", "Organization")
    both = Answers(KnowledgeGraph.from_facts(FACTS, entities=[other]))
    assert [line.split(" (")[0] for line in both.find("oban").splitlines()] == [
        "Mira Oban",
        "Oban Mira Institute",
    ]


def test_what_is_found_can_be_asked_for_by_its_iri(answers: Answers) -> None:
    iri = answers.find("tern").rpartition("; ")[2]
    assert "Tern One" in answers.facts(iri)
    assert answers.find("TERN ONE").endswith(TERN.iri)


def test_a_misspelt_name_is_met_with_the_closest(answers: Answers) -> None:
    with pytest.raises(
        QueryError, match=r"Nothing in the graph is called 'Miro Oban'\. Did you mean Mira Oban\?"
    ):
        answers.find("Miro Oban")
    with pytest.raises(QueryError, match="at least one letter"):
        answers.find("  ")
    with pytest.raises(QueryError, match="Did you mean Mira Oban"):
        answers.facts("Miro Oban")


def test_facts_say_how_they_are_put_and_where_they_stand(answers: Answers) -> None:
    lines = answers.facts("vela works").splitlines()
    assert (
        lines[0]
        == "1. Mira Oban head of Vela Works (asserted, confidence 1) – tern 0–26 “Mira Oban leads Vela Works”"
    )
    start = TEXT.index("Vela Works owned")
    assert lines[1] == (
        "2. Dara Quill denies: Vela Works owns Tern One (negated, confidence 1) "
        f"– tern {start}–{start + 25} “Vela Works owned Tern One”"
    )
    assert lines[2:] == ["Articles:", "tern: “A quarrel”, 2031-04-02, https://news.example/tern"]


def test_who_says_something_has_that_fact_too(answers: Answers) -> None:
    assert "Vela Works owns Tern One" in answers.facts("Dara Quill")


@pytest.mark.parametrize("relation", ["criticized", "CRITICIZED", "sg:criticized", SG + "criticized"])
def test_facts_of_one_relation(answers: Answers, relation: str) -> None:
    found = answers.facts("Mira Oban", relation)
    assert "criticized Dara Quill" in found
    assert "head of" not in found


def test_a_relation_that_a_thing_has_not_is_met_with_those_that_it_has(answers: Answers) -> None:
    with pytest.raises(QueryError, match="it has criticized, headOf"):
        answers.facts("Mira Oban", "praised")


def test_facts_go_on_from_an_offset() -> None:
    one = limited(max_rows=1)
    assert "These are not all facts; there are 1 more." in one.facts("Mira Oban")
    rest = one.facts("Mira Oban", offset=1)
    assert rest.startswith("2. Mira Oban criticized Dara Quill")
    assert "not all" not in rest
    with pytest.raises(QueryError, match="2 such facts"):
        one.facts("Mira Oban", offset=2)


def test_the_rows_of_a_question_are_cited(answers: Answers) -> None:
    assert answers.ask("heads", {"organisation": "vela works"}).splitlines() == [
        "head\tcited",
        "Mira Oban\t[1]",
        "[1] tern 0–26 “Mira Oban leads Vela Works”",
        "Articles:",
        "tern: “A quarrel”, 2031-04-02, https://news.example/tern",
    ]
    denied = answers.ask("denied")
    assert "Vela Works\towns\tTern One\tDara Quill\t[1]" in denied
    assert "[1] Dara Quill denies: tern" in denied


def test_facts_in_words_are_cited(answers: Answers) -> None:
    lines = answers.ask("who", {"name": "Oban"}).splitlines()
    assert "role\thead of Vela Works\tAsserted\t[1]" in lines
    assert "is\tperson\t" in lines


def test_a_row_is_not_cited_by_a_fact_that_is_put_otherwise() -> None:
    denied = fact(MIRA, "headOf", VELA, "Mira Oban leads Vela Works", factuality=Factuality.NEGATED)
    both = Answers(KnowledgeGraph.from_facts([*FACTS, denied]))
    assert "Not so" not in both.ask("heads", {"organisation": "Vela Works"})
    rows = [
        line.split("\t") for line in both.ask("facts").splitlines() if line.startswith("Mira Oban\theadOf")
    ]
    assert sorted(row[3] for row in rows) == ["Asserted", "Negated"]
    assert len({row[-1] for row in rows}) == 2


def test_sparql_with_names_or_iris_is_cited(answers: Answers) -> None:
    named = answers.sparql(
        "SELECT ?who { ?a sg:criticized ?b . ?a rdfs:label ?who . ?b rdfs:label 'Dara Quill' }"
    )
    assert named.startswith("who\tcited\nMira Oban\t[1]\n[1] tern")
    triples = answers.sparql("CONSTRUCT { ?a sg:headOf ?b } WHERE { ?a sg:headOf ?b }")
    assert "sg:headOf\tsge:Vela_Works\t[1]" in triples
    assert answers.sparql("SELECT (COUNT(*) AS ?n) { ?a sg:headOf ?b }") == "n\n1"
    assert answers.sparql("ASK { ?a sg:headOf ?b }") == "answer\ntrue"


def test_no_answer_says_what_may_be_wrong(answers: Answers) -> None:
    assert answers.sparql("SELECT ?x { ?x sg:headOff ?y }").startswith(
        "The graph has no answer to that. Neither"
    )
    with pytest.raises(QueryError, match="Did you mean Vela Works"):
        answers.ask("heads", {"organisation": "Vela Work"})
    assert answers.ask("planned") == "The graph has no answer to that."


@pytest.mark.parametrize(
    ("question", "parameters", "message"),
    [
        ("whom", {}, "no named question 'whom'"),
        ("heads", {}, "needs organisation"),
        ("heads", {"organisation": "Vela Works", "limit": "1"}, "no parameter limit"),
        ("SELECT * { ?s ?p ?o }", {}, "no named question"),
    ],
)
def test_questions_that_are_none_are_refused(
    answers: Answers, question: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        answers.ask(question, parameters)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DROP ALL",
        "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
        "SELECT",
    ],
)
def test_only_queries_that_read_are_answered(answers: Answers, query: str) -> None:
    before = answers.kg.ntriples()
    with pytest.raises(QueryError):
        answers.sparql(query)
    assert answers.kg.ntriples() == before


def test_answers_are_cut_and_say_so() -> None:
    few = limited(max_rows=2)
    found = few.sparql("SELECT ?n { ?x rdfs:label ?n } ORDER BY ?n")
    assert found.splitlines()[:3] == ["n", "Dara Quill", "Mira Oban"]
    assert "These are not all rows; there are more." in found


def test_footnotes_of_rows_that_are_not_shown_are_not_shown() -> None:
    found = limited(max_chars=150).ask("facts")
    marks = set(re.findall(r"\t(\[\d+\])$", found, re.MULTILINE))
    assert marks == set(re.findall(r"^(\[\d+\]) ", found, re.MULTILINE)) != set()
    assert "more. Narrow the question" in found


@given(st.integers(1, 3000))
def test_no_answer_is_much_longer_than_it_may_be(answers: Answers, most: int) -> None:
    short = Answers(answers.kg, Limits(max_chars=most))
    for text in (short.facts("Mira Oban"), short.ask("facts"), short.explain("Mira Oban")):
        # Beside lines of the graph there are a head, a sentence and at least the sources of one line.
        assert len(text) <= most + 500


def test_a_query_without_end_is_given_up() -> None:
    hasty = limited(timeout=0.2)
    with pytest.raises(QueryError, match=r"longer than 0\.2 s"):
        hasty.sparql("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    with pytest.raises(QueryError, match="queries are running"):
        Answers(hasty.kg, Limits(max_running=1)).sparql("ASK { }")


def test_explanations_show_the_words_in_their_sentence(answers: Answers) -> None:
    found = answers.explain("mira oban", "criticized", "dara quill")
    assert "[She criticized Dara Quill]" in found
    assert found.endswith("https://news.example/tern")
    with pytest.raises(QueryError, match="has no fact"):
        answers.explain("Mira Oban", "praised")


def test_what_an_article_holds_commands_nothing() -> None:
    words = "criticized\u202e\x1b[2J\nDara"
    speaker = thing("Quill\x1b[1m", "Person")
    odd = Fact(
        doc_id="tern",
        subject=MIRA,
        property_iri=SG + "criticized",
        object=DARA,
        factuality=Factuality.REPORTED,
        attributed_to=speaker,
        evidence=(Evidence(start=0, end=len(words), text=words, doc_id="tern"),),
    )
    mine = Answers(KnowledgeGraph.from_facts([odd]))
    for text in (mine.facts("Mira Oban"), mine.ask("facts"), mine.explain("Mira Oban")):
        assert "\\u202e" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_a_graph_of_somebody_else_is_answered_from_its_triples(tmp_path: object) -> None:
    path = f"{tmp_path}/other.ttl"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123  (one line for a test)
        file.write(
            '<http://a.example/x> <http://a.example/likes> <http://a.example/y> ; <http://www.w3.org/2000/01/rdf-schema#label> "Zan" .'
        )
    other = Answers(KnowledgeGraph.load(path))
    assert other.find("zan") == "Zan (Thing); 0 facts; http://a.example/x"
    assert "likes" in other.facts("Zan")
    assert "no provenance" in other.explain("Zan")


def test_all_questions_are_listed_with_what_they_take(answers: Answers) -> None:
    listed = answers.questions()
    assert "heads: Who heads" in listed
    assert "\n  organisation: its name, for example " in listed


@pytest.mark.parametrize("value", [0, -1, math.nan])
def test_limits_without_sense_are_refused(value: float) -> None:
    with pytest.raises(ConfigError, match="must be more than 0"):
        Limits(timeout=value)
