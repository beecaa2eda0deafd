"""``--llm`` on the commands that read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from played_model import Reply, fact, playing

import spacegraph
from spacegraph.cli import main
from spacegraph.graph import KnowledgeGraph

pytest.importorskip("openai", reason="the client of language models is not installed")

#: What no reader but the played one takes for membership.
TEXT = "Mira Oban and Vela Orbital have a past. Dara Quill met Tomas Reve in Norwick."


def answer(question: str, _: int) -> Reply:
    return Reply([fact(question, "memberOf", "Mira Oban", "Vela Orbital")])


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    path = tmp_path / "met.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*args: object) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(a) for a in args])
    return int(end.value.code or 0)


def test_build_says_what_goes_where_and_what_came_of_it(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "g.ttl"
    with playing(answer) as model:
        assert (
            run(
                "build",
                article,
                "-o",
                graph,
                "--with",
                "rules,llm",
                "--llm",
                model.url,
                "--llm-model",
                "played",
            )
            == 0
        )
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.splitlines()[0].startswith(
            f"The articles' text goes to played at {model.url}; its answers are kept in "
        )
        assert "1 facts, of which 1 are grounded and allowed" in said.err
    assert any(f.rule == "llm:played/1→memberOf" for f in KnowledgeGraph.load(graph).facts)
    # The same graph from the answers alone.
    again = tmp_path / "again.ttl"
    assert run("build", article, "-o", again, "--with", "rules,llm", "--llm-model", "played") == 0
    assert "nothing is sent" in capsys.readouterr().err
    assert again.read_bytes() == graph.read_bytes()


def test_without_the_option_nothing_is_sent(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with playing(answer) as model:
        assert run("facts", article, "--with", "rules", "--json") == 0
        assert not model.asked
    assert capsys.readouterr().err == ""


def test_facts_and_add_read_by_it_too(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with playing(answer) as model:
        options = ("--with", "llm", "--llm", model.url, "--llm-model", "played")
        assert run("facts", article, "--json", *options) == 0
        (line,) = capsys.readouterr().out.splitlines()
        assert json.loads(line)["relation"] == "memberOf"
        assert run("add", tmp_path / "store", article, *options) == 0
        assert len(model.asked) == 1
    assert [f.relation for f in KnowledgeGraph.load(tmp_path / "store").facts] == ["memberOf"]


def test_an_article_that_got_no_answer_is_read_by_the_others_and_the_exit_code_is_1(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "g.ttl"
    with playing(lambda *_: Reply(status=400)) as model:
        assert (
            run(
                "build",
                article,
                "-o",
                graph,
                "--with",
                "rules,llm",
                "--llm",
                model.url,
                "--llm-model",
                "played",
            )
            == 1
        )
    said = capsys.readouterr().err
    assert "HTTP 400" in said
    assert "Traceback" not in said
    assert any(f.relation == "met" for f in KnowledgeGraph.load(graph).facts)


def test_a_refusal_writes_nothing(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = tmp_path / "g.ttl"
    with playing(lambda *_: Reply(status=401)) as model:
        assert (
            run(
                "build",
                article,
                "-o",
                graph,
                "--with",
                "rules,llm",
                "--llm",
                model.url,
                "--llm-model",
                "played",
            )
            == 1
        )
    assert "SPACEGRAPH_LLM_KEY" in capsys.readouterr().err
    assert not graph.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--llm", "http://127.0.0.1:9/v1"), "--llm-model"),
        (("--llm-cache", "x"), "--llm URL"),
        (("--with", "llm"), "--llm URL"),
        (("--with", "rules", "--llm-model", "played"), "put llm into --with"),
        (("--llm", "ftp://x", "--llm-model", "played"), "http or https URL"),
    ],
)
def test_options_that_do_not_fit_are_errors_in_a_sentence(
    article: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    assert run("facts", article, *options) == 1
    err = capsys.readouterr().err
    assert said in err
    assert len(err.splitlines()) <= 2


def test_without_its_package_there_is_one_sentence(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    assert (
        run(
            "facts", article, "--with", "rules,llm", "--llm", "http://127.0.0.1:9/v1", "--llm-model", "played"
        )
        == 1
    )
    assert "pip install 'spacegraph[llm]'" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_does_not_wait_for_a_slow_model_and_writes_nothing(article: Path, tmp_path: Path) -> None:
    graph = tmp_path / "g.ttl"
    asked, over = threading.Event(), threading.Event()

    def slow(*_: object) -> Reply:
        asked.set()
        over.wait(120)
        return Reply([])

    environment = {**os.environ, "PYTHONPATH": str(Path(spacegraph.__file__).parent.parent)}
    command = [
        sys.executable,
        "-m",
        "spacegraph",
        "build",
        str(article),
        "-o",
        str(graph),
        "--with",
        "rules,llm",
    ]
    with playing(slow) as model:
        command += ["--llm", model.url, "--llm-model", "played"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert asked.wait(120)
                process.send_signal(signal.SIGINT)
                _, said = process.communicate(timeout=60)
                assert not over.is_set()
            finally:
                over.set()
                process.kill()
    assert process.returncode == 130
    assert "Stopped." in said
    assert "Traceback" not in said
    assert not graph.exists()


def test_a_corpus_is_read_by_it_in_all_workers(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow")
    dataset = tmp_path / "dataset"
    with playing(answer) as model:
        options = ("--with", "llm", "--llm", model.url, "--llm-model", "played", "--workers", 1)
        assert run("corpus", "read", article, "-o", dataset, *options) == 0
        assert len(model.asked) == 1
    assert f"goes to played at {model.url}" in capsys.readouterr().err
    assert run("build", dataset, "-o", tmp_path / "g.ttl") == 0
    assert [f.rule for f in KnowledgeGraph.load(tmp_path / "g.ttl").facts] == ["llm:played/1→memberOf"]


def test_a_document_of_a_corpus_that_got_no_answer_is_named_in_its_errors(
    article: Path, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    dataset = tmp_path / "dataset"
    with playing(lambda *_: Reply(status=400)) as model:
        options = ("--with", "rules,llm", "--llm", model.url, "--llm-model", "played", "--workers", 1)
        assert run("corpus", "read", article, "-o", dataset, *options) == 3
    (errors,) = [parquet.read_table(f).to_pylist() for f in (dataset / "errors").glob("*.parquet")]
    assert "HTTP 400" in errors[0]["message"]
