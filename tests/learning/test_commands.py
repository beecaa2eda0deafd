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


def test_clues_are_listed_explained_and_shown_at_work(lexicon_file: Path) -> None:
    run = CliRunner().invoke
    listed = run(cli, ["lexicon", "list", str(lexicon_file), "--clues", "--property", "builtBy"])
    assert listed.exit_code == 0, listed.output
    assert "govword=build" in listed.stdout
    assert "crosses" not in listed.stdout.replace("of crosses", "")
    explained = run(cli, ["lexicon", "explain", "build", "--lexicon", str(lexicon_file)])
    assert "build-verb-learnt" in explained.stdout
    assert "clue: builtBy" in explained.stdout
    label = run(cli, ["lexicon", "explain", "Corran Steel", "--lexicon", str(lexicon_file)])
    assert "label: 'Corran Steel' stands for 'Corran Steel'" in label.stdout
    why = run(cli, ["lexicon", "why", str(lexicon_file), "Corran Steel built the Heron Bridge."])
    assert why.exit_code == 0, why.output
    assert "Heron Bridge | builtBy | Corran Steel" in why.stdout
    assert " base" in why.stdout
    none = run(cli, ["lexicon", "explain", "biuld", "--lexicon", str(lexicon_file)])
    assert none.exit_code != 0
    assert "Did you mean" in str(none.exception)


def test_what_names_an_unknown_property_is_reported(lexicon_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "l.ttl"
    path.write_text(
        lexicon_file.read_text(encoding="utf-8").replace(":builtBy", ":builtBye"), encoding="utf-8"
    )
    result = CliRunner().invoke(
        cli, ["lexicon", "test", str(path), "--ontology", str(FOLDER / "bridges.ttl")]
    )
    assert result.exit_code == 1
    assert "no property https://example.org/bridges#builtBye" in result.stdout


def test_entries_only(tmp_path: Path) -> None:
    out = tmp_path / "lexicon.ttl"
    arguments = [str(FOLDER / "examples.jsonl"), "--ontology", str(FOLDER / "bridges.ttl"), "-o", str(out)]
    result = CliRunner().invoke(cli, ["learn", *arguments, "--entries-only"])
    assert result.exit_code == 0, result.output
    assert "lex:Clues" not in out.read_text(encoding="utf-8")
