"""Many inputs, some of which cannot be read: the rest is read, all refusals are told of at the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from spacegraph.cli import main

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "Ines Kovar, the head of Orbital Dynamics, criticized Bob Ray on Friday."
GERMAN = "Die Rakete ist gestern gestartet, und die Ingenieure haben sich sehr darüber gefreut, dass der Flug nicht lange dauerte."


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main([str(arg) for arg in args])
    out, err = capsys.readouterr()
    return int(stopped.value.code or 0), out, err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(GERMAN, "utf-8")
    (news / "b.txt").write_text(GOOD, "utf-8")
    (news / "c.txt").write_text("", "utf-8")
    (news / "d.jsonl").write_text(json.dumps({"id": "d", "text": GOOD}) + "\n{broken\n", "utf-8")
    return news


REFUSED = ("a.txt does not seem to be English", "c.txt is empty", "d.jsonl, line 2 is not valid JSON")


def test_a_graph_is_built_of_what_can_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = folder.parent / "graph.ttl"
    code, out, err = run(capsys, "build", folder, "-o", graph)
    assert (code, out) == (1, "")
    assert err.index("2 articles") < err.index("3 inputs could not be read:")
    assert all(words in err for words in REFUSED)
    assert "Ines Kovar" in graph.read_text("utf-8")


def test_strict_stops_at_the_first_with_nothing_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = folder.parent / "graph.ttl"
    code, out, err = run(capsys, "build", folder, "-o", graph, "--strict")
    assert (code, out) == (1, "")
    assert [words in err for words in REFUSED] == [True, False, False]
    assert not graph.exists()


def test_facts_are_listed_and_refusals_after_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "facts", folder, "--json")
    assert code == 1
    assert {json.loads(line)["doc_id"] for line in out.splitlines()} == {"b", "d"}
    assert all(words in err for words in REFUSED)
    code, out, err = run(capsys, "facts", folder / "b.txt", folder / "none.txt")
    assert code == 1
    assert "criticized" in out
    assert err.startswith("spacegraph: There is no file")


def test_a_store_gets_what_can_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = folder.parent / "store"
    code, _, err = run(capsys, "add", store, folder)
    assert code == 1
    assert "2 articles added" in err
    assert all(words in err for words in REFUSED)
    assert run(capsys, "list", store)[1].count("\n") >= 2


@pytest.mark.parametrize("command", ["build", "facts", "add"])
def test_where_nothing_can_be_read_nothing_is_written(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = folder.parent / "store"
    output = {"build": ["-o", store], "add": [], "facts": []}[command]
    before = [store] if command == "add" else []
    code, out, err = run(
        capsys,
        command,
        *before,
        folder / "a.txt",
        folder / "c.txt",
        *output,
        *(["--format", "turtle"] if output else []),
    )
    assert (code, out) == (1, "")
    assert "2 inputs could not be read" in err
    assert not store.exists()


def test_pages_of_one_name_have_their_paths_as_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / "site" / name).mkdir(parents=True)
        (tmp_path / "site" / name / "index.html").write_text(
            f"<html><body><article><p>{GOOD}</p></article></body></html>"
        )
    code, out, _ = run(capsys, "facts", tmp_path / "site", "--json")
    assert code == 0
    assert {json.loads(line)["doc_id"] for line in out.splitlines()} == {"a/index.html", "b/index.html"}
    store = tmp_path / "store"
    assert run(capsys, "add", store, tmp_path / "site")[0] == 0
    assert run(capsys, "remove", store, "a/index.html")[0] == 0
    listed = run(capsys, "list", store)[1]
    assert "b/index.html" in listed
    assert "a/index.html" not in listed
