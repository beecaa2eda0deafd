from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import spacegraph
from spacegraph.cli import COMMANDS, cli, main
from spacegraph.graph.rdf.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TEXT = (
    "Published: 2021-05-10\n\n"
    "HALVERTON — Ines Kovar, the chief executive of Orbital Dynamics, criticized the engineer Bob Ray on Friday.\n\n"
    "“The capsule is ready,” Kovar said. The agency said there was no sign that Ruritania was withdrawing from the International Space Station."
)
KEYS = [
    "doc_id", "subject", "subject_type", "relation", "object", "object_type", "factuality", "attributed_to",
    "time", "confidence", "evidence", "rule", "inferred",
]  # fmt: skip


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(args), input=stdin)


def run_main(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error, with errors turned into sentences."""
    with pytest.raises(SystemExit) as stopped:
        main(list(args))
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), out, err


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "halverton.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def graph(article: Path, tmp_path: Path) -> Path:
    path = tmp_path / "halverton.ttl"
    assert run("build", str(article), "-o", str(path)).exit_code == 0
    return path


def test_help_of_every_command_has_an_example() -> None:
    for name in COMMANDS:
        result = run(name, "--help")
        assert result.exit_code == 0, name
        assert f"spacegraph {name}" in result.output.split("Examples:")[1], name


def test_version_is_the_package_s() -> None:
    assert run("--version").output.strip() == f"spacegraph, version {spacegraph.__version__}"


def test_module_runs_as_the_command_does() -> None:
    out = subprocess.run(
        [sys.executable, "-m", "spacegraph", "--version"], capture_output=True, text=True, check=True
    )
    assert spacegraph.__version__ in out.stdout


def test_starting_up_loads_neither_spacy_nor_rdflib() -> None:
    code = "import sys, spacegraph.cli; sys.exit(any(m in sys.modules for m in ('spacy', 'rdflib', 'matplotlib', 'sklearn')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help_is_shown_without_loading_what_reads() -> None:
    code = (
        "import sys; from spacegraph.cli import cli; cli(['--help'], standalone_mode=False); "
        "sys.exit(any(m in sys.modules for m in ('spacy', 'pyoxigraph', 'spacegraph.sources.articles', 'spacegraph.model')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode == 0


def test_unknown_command_names_the_closest() -> None:
    result = run("bild")
    assert result.exit_code == 2
    assert "Did you mean build?" in result.output


def test_facts_json_has_exactly_the_keys_of_the_contract(article: Path) -> None:
    result = run("facts", str(article), "--json")
    facts = [json.loads(line) for line in result.stdout.splitlines()]
    assert facts
    for fact in facts:
        assert list(fact) == KEYS
        assert fact["doc_id"] == "halverton"
        assert 0 <= fact["confidence"] <= 1
        for evidence in fact["evidence"]:
            assert TEXT[evidence["start"] : evidence["end"]] == evidence["text"]
    assert ("Ines Kovar", "criticized", "Bob Ray", "asserted") in {
        (f["subject"], f["relation"], f["object"], f["factuality"]) for f in facts
    }


def test_facts_table_shows_factuality_and_asserted_hides_the_rest(article: Path) -> None:
    everything = run("facts", str(article)).stdout
    assert "negated" in everything
    assert "negated" not in run("facts", str(article), "--asserted").stdout


def test_facts_from_standard_input() -> None:
    result = run("facts", "-", "--json", stdin=TEXT)
    assert '"doc_id":"stdin"' in result.stdout


def test_build_writes_to_standard_output_without_output_option(article: Path, graph: Path) -> None:
    assert run("build", str(article)).stdout == graph.read_text("utf-8")


def test_build_twice_is_byte_identical(article: Path, graph: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.ttl"
    run("build", str(article), "-o", str(again))
    assert again.read_bytes() == graph.read_bytes()


def test_build_failing_leaves_an_existing_output_alone(
    tmp_path: Path, graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = graph.read_bytes()
    code, _, err = run_main(capsys, "build", str(tmp_path / "missing.txt"), "-o", str(graph))
    assert code == 1
    assert "There is no file" in err
    assert graph.read_bytes() == before


def test_build_into_a_missing_folder_is_a_sentence(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run_main(capsys, "build", str(article), "-o", str(tmp_path / "none" / "graph.ttl"))
    assert code == 1
    assert str(tmp_path / "none") in err
    assert "Traceback" not in err


def test_unknown_output_format_names_the_formats(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run_main(capsys, "build", str(article), "-o", str(tmp_path / "graph.xyz"))
    assert code == 1
    assert "ttl" in err


def test_query_answers_sparql(graph: Path) -> None:
    sparql = (
        'SELECT ?name WHERE { ?who sg:criticized ?whom . ?whom rdfs:label "Bob Ray" . ?who rdfs:label ?name }'
    )
    assert run("query", str(graph), sparql, "--format", "csv").stdout.split() == ["name", "Ines", "Kovar"]


def test_query_from_a_file_and_from_standard_input_agree(graph: Path, tmp_path: Path) -> None:
    sparql = "SELECT (COUNT(*) AS ?n) WHERE { ?s a sg:Statement }"
    file = tmp_path / "count.rq"
    file.write_text(sparql, "utf-8")
    assert run("query", str(graph), str(file)).stdout == run("query", str(graph), "-", stdin=sparql).stdout


def test_query_malformed_has_line_and_column(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run_main(capsys, "query", str(graph), "SELECT ?x WHERE {\n ?x ?y }")
    assert code == 1
    assert "line 2" in err


def test_query_parameter_without_value_is_a_sentence(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run_main(capsys, "query", str(graph), "ASK {}", "-p", "who")
    assert code == 1
    assert "NAME=VALUE" in err


def test_query_list_describes_every_named_question() -> None:
    from spacegraph.graph.query.sparql import named_queries

    out = run("query", "--list").stdout
    for name in named_queries():
        assert name in out


def test_explain_shows_the_words_behind_a_fact(graph: Path) -> None:
    out = run("explain", str(graph), "Ines Kovar", "criticized", "Bob Ray").stdout
    assert "Orbital Dynamics, criticized the engineer Bob Ray on Friday" in out


def test_explain_of_what_is_not_there_is_a_sentence(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run_main(capsys, "explain", str(graph), "Ines Kovar", "married", "Bob Ray")
    assert code == 1
    assert "Ines Kovar" in err


def test_check_passes_on_what_build_wrote(graph: Path) -> None:
    assert run("check", str(graph)).exit_code == 0


def test_check_goes_by_shapes_and_ontology_of_one_s_own(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shapes, ontology = tmp_path / "shapes.ttl", tmp_path / "ontology.ttl"
    prefixes = "".join(
        f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items() if name in ("sg", "rdfs", "owl")
    )
    shapes.write_text(
        f"{prefixes}@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "[] a sh:NodeShape ; sh:targetClass sg:Person ; sh:property [ sh:path sg:shoeSize ; sh:minCount 1 ; sh:message 'Measure the feet.' ] .",
        "utf-8",
    )
    code, out, _ = run_main(capsys, "check", str(graph), "--shapes", str(shapes))
    assert code == 1
    assert "Measure the feet." in out
    ontology.write_text(
        f"{prefixes}sg:Person a owl:Class ; rdfs:label 'person' . sg:Cat a owl:Class ; rdfs:label 'cat' .\n"
        "sg:criticized a owl:ObjectProperty ; rdfs:label 'criticized' ; rdfs:domain sg:Cat ; rdfs:range sg:Person .",
        "utf-8",
    )
    code, out, _ = run_main(capsys, "check", str(graph), "--ontology", str(ontology))
    assert code == 1
    assert "The subject of criticized must be Cat" in out


def test_check_of_a_graph_without_statements_does_not_call_it_good(graph: Path, tmp_path: Path) -> None:
    run("export", str(graph), "-o", str(tmp_path / "facts.nt"), "--only-facts")
    result = run("check", str(tmp_path / "facts.nt"))
    assert result.exit_code == 0
    assert "nothing to check" in result.stdout


def test_infer_adds_what_follows_by_rules(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "boss.rq").write_text(
        "# Heads support what they head.\n"
        "CONSTRUCT { [] rdf:subject ?s ; rdf:predicate sg:supports ; rdf:object ?o ; sg:premise ?p }\n"
        "WHERE { ?p rdf:predicate sg:headOf ; rdf:subject ?s ; rdf:object ?o }",
        "utf-8",
    )
    more = tmp_path / "more.ttl"
    own = ("--rules", str(tmp_path / "boss.rq"))
    for options, expected in (
        ((), {"worksFor"}),
        (own, {"worksFor", "supports"}),
        ((*own, "--no-built-in"), {"supports"}),
    ):
        code, out, err = run_main(capsys, "infer", str(graph), "-o", str(more), *options)
        assert (code, out) == (0, "")
        assert "inferred from" in err
        rows = json.loads(run("query", str(more), "inferred", "--format", "json").stdout)["results"][
            "bindings"
        ]
        assert {row["relation"]["value"] for row in rows} == expected
        assert run("check", str(more)).exit_code == 0
    explained = run("explain", str(more), "Ines Kovar", "supports", "Orbital Dynamics").stdout
    assert "inferred by boss" in explained
    assert "[Ines Kovar, the chief executive of Orbital Dynamics]" in explained
    code, _, err = run_main(capsys, "infer", str(graph), "--no-built-in")
    assert code == 2
    code, _, err = run_main(capsys, "infer", str(graph), "--rules", str(tmp_path / "none.rq"))
    assert code == 1
    assert "none.rq cannot be read: No such file or directory." in err


@pytest.mark.parametrize("suffix", [".html", ".png", ".svg"])
def test_view_writes_a_page_or_a_picture(graph: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"graph{suffix}"
    assert run("view", str(graph), "-o", str(out)).exit_code == 0
    assert out.stat().st_size > 1000


def test_missing_graph_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (("query", "ASK {}"), ("check",), ("view", "-o", str(tmp_path / "x.html"))):
        code, _, err = run_main(capsys, command[0], str(tmp_path / "none.ttl"), *command[1:])
        assert code == 1, command
        assert "none.ttl" in err
        assert "Traceback" not in err


def test_unknown_model_tells_the_command_that_installs_it(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run_main(capsys, "facts", str(article), "--model", "en_core_web_none")
    assert code == 1
    assert "python -m spacy download en_core_web_none" in err


def test_malformed_ontology_has_file_and_line(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix : <http://example.org/> .\n:a :b ;;; [\n", "utf-8")
    code, _, err = run_main(capsys, "facts", str(article), "--ontology", str(bad))
    assert code == 1
    assert "bad.ttl" in err
    assert "line" in err


def test_bad_date_is_a_sentence(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run_main(capsys, "facts", str(article), "--date", "yesterday")
    assert code == 1
    assert "YYYY-MM-DD" in err


def test_text_that_is_not_english_is_refused_unless_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "deutsch.txt"
    path.write_text(
        "Die Rakete ist gestern vom Startplatz gestartet, und die Ingenieure haben sich sehr darüber gefreut. "
        "Der Flug dauerte nicht lange, aber er war für alle Beteiligten ein großer Erfolg.",
        "utf-8",
    )
    code, _, err = run_main(capsys, "facts", str(path))
    assert code == 1
    assert "English" in err
    assert run_main(capsys, "facts", str(path), "--any-language")[0] == 0


@pytest.mark.parametrize("command", ["build", "facts", "add"])
def test_encoding_that_is_not_found_out_can_be_named(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.txt"
    # The first letter of the second name is no letter in Windows-1252, as which such a file is read otherwise.
    path.write_bytes(
        "Zofia Ťapek, the head of Orbital Dynamics, criticized Bob Ray on Friday.".encode("cp1250")
    )
    before = [command, str(tmp_path / "store")] if command == "add" else [command]
    code, _, err = run_main(capsys, *before, str(path))
    assert code
    assert "--encoding" in err
    read = run(*before, str(path), "--encoding", "cp1250")
    assert read.exit_code == 0, read.output
    if command == "add":
        read = run("query", str(tmp_path / "store"), "SELECT ?n { ?x rdfs:label ?n }")
    assert "Zofia Ťapek" in read.output
    code, _, err = run_main(capsys, *before, str(path), "--encoding", "nonsense")
    assert code
    assert "'nonsense'" in err


def test_closed_pipe_ends_quietly(article: Path) -> None:
    shell = f"{sys.executable} -m spacegraph facts {article} --json | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_debug_shows_where_an_error_comes_from(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "spacegraph", "--debug", "facts", str(tmp_path / "none.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" in done.stderr
    assert "SourceError" in done.stderr


def test_store_commands_add_list_replace_and_remove(article: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    assert run("add", store, str(article)).exit_code == 0
    assert "halverton" in run("list", store).stdout
    assert "Ines Kovar" in run("query", store, "SELECT ?n { ?s rdfs:label ?n }").stdout
    assert "0 articles" in run("add", store, str(article)).stderr
    assert "0 articles" in run("replace", store, str(article)).stderr
    assert run("remove", store, "halverton").exit_code == 0
    assert "halverton" not in run("list", store).stdout


def test_store_commands_merge_and_split(article: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    other = tmp_path / "other.txt"
    other.write_text("Robert Ray praised the engineers of Orbital Dynamics on Monday.", "utf-8")
    run("add", store, str(article), str(other))
    assert run("merge", store, "Bob Ray", "Robert Ray", "--reason", "one man, two names").exit_code == 0
    assert "one man, two names" in run("merge", store, "--list").stdout
    assert run("split", store, "Bob Ray").exit_code == 0
    assert "one man" not in run("merge", store, "--list").stdout


def test_remove_of_what_is_not_there_is_a_sentence(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    run("add", store, str(article))
    code, _, err = run_main(capsys, "remove", store, "nothing")
    assert code == 1
    assert "no article 'nothing'" in err


def test_serve_refuses_a_missing_graph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run_main(capsys, "serve", str(tmp_path / "none.ttl"))
    assert code == 1
    assert "none.ttl" in err


def test_add_says_what_was_there_and_makes_no_store_for_what_cannot_be_read(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    code, _, err = run_main(capsys, "add", str(store), str(tmp_path / "missing.txt"))
    assert code == 1
    assert "missing.txt" in err
    assert not store.exists()
    assert "1 article added" in run("add", str(store), str(article)).output
    assert "0 articles added" in (again := run("add", str(store), str(article)).output)
    assert again.rstrip().endswith("1 article there already, as it is")


def test_export_without_output_goes_to_standard_output(graph: Path, tmp_path: Path) -> None:
    result = run("export", str(graph), "--format", "nt", "--only-facts")
    assert result.exit_code == 0
    path = tmp_path / "facts.nt"
    assert run("export", str(graph), "-o", str(path), "--only-facts").exit_code == 0
    assert result.stdout == path.read_text("utf-8")


def test_an_export_of_facts_that_are_not_there_is_said(graph: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.ttl"
    assert run("export", str(graph), "-o", str(plain), "--only-facts").exit_code == 0
    assert "the graph has no statements" in run("export", str(plain), "-o", str(tmp_path / "x.jsonl")).stderr
    assert "no statements" not in run("export", str(graph), "-o", str(tmp_path / "y.graphml")).stderr
    assert "no statements" not in run("export", str(plain), "-o", str(tmp_path / "x.nt")).stderr


def test_an_export_into_a_missing_folder_names_it(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run_main(capsys, "export", str(graph), "-o", str(tmp_path / "none" / "graph.nt"))
    assert code == 1
    assert f"There is no folder {tmp_path / 'none'}" in err


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (["SELECT ?x { ?x sg:owns ?y }"], ""),
        (["said", "-p", "speaker=Bob Ray"], ""),
        (["heads", "-p", "organisation=Xyzzy"], " Nothing in the graph is called 'Xyzzy'."),
        (
            ["heads", "Orbital Dynamic"],
            " Nothing in the graph is called 'Orbital Dynamic'. Did you mean Orbital Dynamics?",
        ),
    ],
)
def test_a_question_without_an_answer_says_why(graph: Path, question: list[str], why: str) -> None:
    result = run("query", str(graph), *question)
    assert result.exit_code == 0
    assert result.stderr == f"The graph has no answer to that.{why}\n"


def test_a_graph_without_statements_is_told_from_one_without_answers(graph: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.ttl"
    assert run("export", str(graph), "-o", str(plain), "--only-facts").exit_code == 0
    assert (
        "The graph has no statements, which the question 'denied' asks for"
        in run("query", str(plain), "denied").stderr
    )


@pytest.mark.parametrize("name", ["question.rq", "question.txt", "question"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_query_is_read_from_any_file(graph: Path, tmp_path: Path, name: str, mark: bytes) -> None:
    (tmp_path / name).write_bytes(mark + b"ASK { ?x rdfs:label 'Bob Ray' }")
    assert run("query", str(graph), str(tmp_path / name), "--format", "csv").stdout.split() == [
        "answer",
        "true",
    ]


def test_a_query_that_is_no_text_is_a_sentence(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bytes.rq").write_bytes(b"ASK \xff")
    code, out, err = run_main(capsys, "query", str(graph), str(tmp_path / "bytes.rq"))
    assert (code, out, "is not UTF-8 text (byte 4)" in err) == (1, "", True)
    process = subprocess.run(
        [sys.executable, "-m", "spacegraph", "query", str(graph), "-"],
        input=b"ASK \xff", capture_output=True, check=False,
    )  # fmt: skip
    assert process.returncode == 1
    assert (
        process.stderr
        == b"spacegraph: The query from standard input is not UTF-8 text (byte 4). Save it as UTF-8.\n"
    )


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e300"])
def test_a_time_out_may_be_odd(graph: Path, seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run_main(
        capsys, "query", str(graph), "ASK { }", "--timeout", seconds, "--format", "json"
    )
    if seconds == "nan":
        assert (code, out, "it must be more than 0" in err) == (1, "", True)
    else:
        assert (code, out, err) == (0, '{"head":{},"boolean":true}\n', "")


def test_a_row_limit_is_said_when_it_strikes(graph: Path) -> None:
    one = run("query", str(graph), "SELECT ?x { ?x a sg:Statement }", "--limit", "1", "--format", "csv")
    assert (len(one.stdout.split()), one.stderr) == (
        2,
        "Only the first row is shown; raise --limit to see more.\n",
    )
    two = run("query", str(graph), "SELECT ?x { ?x a sg:Statement }", "--limit", "2")
    assert "Only the first 2 rows are shown" in two.stderr


@pytest.mark.parametrize("form", ["turtle", "nt", "rdfxml", "jsonld"])
def test_a_graph_that_was_asked_for_is_a_file(graph: Path, tmp_path: Path, form: str) -> None:
    asked = ("query", str(graph), "DESCRIBE ?x { ?x rdfs:label 'Ines Kovar' }", "--format")
    suffix = {"turtle": "ttl", "nt": "nt", "rdfxml": "rdf", "jsonld": "jsonld"}[form]
    path = tmp_path / f"kovar.{suffix}"
    path.write_text(run(*asked, form).stdout, "utf-8", newline="")
    assert (
        run("query", str(path), "DESCRIBE ?x { ?x rdfs:label ?y }", "--format", "nt").stdout
        == run(*asked, "nt").stdout
    )


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("ftp://example.org/query", "is not the URL of an endpoint"),
        ("http://127.0.0.1:1/query", "Connection refused. Check the address"),
        ("halverton.txt", "If it is an article, make a graph of it first: `spacegraph build"),
        ("folder", "no store of spacegraph"),
        ("bytes.ttl", "not valid Turtle, line 1, column 1: Invalid UTF-8"),
    ],
)
def test_what_is_no_graph_is_a_sentence(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, sentence: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").write_text("x", "utf-8")
    (tmp_path / "bytes.ttl").write_bytes(bytes(range(128, 256)))
    code, out, err = run_main(
        capsys, "query", place if "://" in place else str(article.parent / place), "relations"
    )
    assert (code, out) == (1, "")
    assert sentence in err
