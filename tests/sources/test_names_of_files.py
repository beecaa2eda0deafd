"""The ids of articles in files: the name, and the path where names collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spacegraph.errors import SourceError
from spacegraph.model import Article
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The Merrow probe left for Mars on Monday. Its builders were glad that the wait was over.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in (
        "a/index.txt",
        "b/index.txt",
        "b/deep/index.txt",
        "b/other.txt",
        "c/index.md",
        "c/index.jsonl",
    ):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"text": "It was late."}' if name.endswith("jsonl") else TEXT)
    return tmp_path / "site"


def ids(inputs: object) -> list[str]:
    return [a.id for a in read_articles(inputs)]  # type: ignore[arg-type]


def test_in_a_folder_the_path_in_it_is_the_id(site: Path) -> None:
    assert ids(site) == [
        "a/index.txt",
        "b/deep/index.txt",
        "b/index.txt",
        "other",
        "c/index.jsonl-1",
        "c/index.md",
    ]


def test_files_by_themselves_are_named_from_where_their_paths_part(site: Path) -> None:
    assert ids([site / "a/index.txt", site / "b/index.txt"]) == ["a/index.txt", "b/index.txt"]
    assert ids([site / "a/index.txt", site / "b/other.txt"]) == ["index", "other"]
    assert ids([site / "c/index.md", site / "a/index.txt"]) == ["c/index.md", "a/index.txt"]


def test_two_folders_of_one_content_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.txt").write_text(TEXT)
    assert ids([tmp_path / "one", tmp_path / "two"]) == ["one/index.txt", "two/index.txt"]


def test_one_file_twice_is_one_article_and_an_error(site: Path) -> None:
    errors: list[SourceError] = []
    inputs = [site / "a/index.txt", site / "a/index.txt"]
    assert [a.id for a in read_articles(inputs, on_error=errors.append)] == ["index"]
    assert "has the id 'index'" in str(errors[0])


def test_an_article_of_the_same_id_is_an_error(site: Path) -> None:
    with pytest.raises(SourceError, match="has the id 'index'"):
        ids([site / "a/index.txt", Article(id="index", text=TEXT)])


def test_an_iterator_of_inputs_is_read_as_it_comes(site: Path) -> None:
    paths = iter([site / "a/index.txt", site / "nothing.txt"])
    articles = read_articles(paths)
    assert next(articles).id == "index"
    with pytest.raises(SourceError, match="There is no file"):
        next(articles)
