"""The commands: ``learn`` and ``lexicon``."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from spacegraph.cli import cli

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "own_ontology"


def test_learn_from_labels_alone(tmp_path: Path) -> None:
    out = tmp_path / "lexicon.ttl"
    result = CliRunner().invoke(cli, ["learn", "--ontology", str(FOLDER / "bridges.ttl"), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "derived from labels" in result.stderr
    assert result.stdout == ""
    assert out.is_file()
    assert [p.name for p in tmp_path.iterdir()] == ["lexicon.ttl"]


def test_lexicon_list_explain_and_test(lexicon_file: Path) -> None:
    run = CliRunner().invoke
    listed = run(cli, ["lexicon", "list", str(lexicon_file), "--property", "builtBy"])
    assert listed.exit_code == 0, listed.output
    assert "build-verb-learnt" in listed.stdout
    assert "cross-verb" not in listed.stdout
    explained = run(cli, ["lexicon", "explain", "design", "--lexicon", str(lexicon_file)])
    assert explained.exit_code == 0, explained.output
    assert "designedBy" in explained.stdout
    tested = run(cli, ["lexicon", "test", str(lexicon_file), "--ontology", str(FOLDER / "bridges.ttl")])
    assert tested.exit_code in (0, 1)
    assert "entries with an example fire" in tested.stderr


def test_learn_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    out = tmp_path / "none" / "lexicon.ttl"
    result = CliRunner().invoke(cli, ["learn", "--ontology", str(FOLDER / "bridges.ttl"), "-o", str(out)])
    assert result.exit_code != 0
    assert not out.exists()
