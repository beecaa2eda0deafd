"""What is to be read: documents and shards of inputs, before anything is read."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from data_sets import text_of, write_jsonl
from fastwarc_files import RESPONSE, warc

from spacegraph.corpus.documents import SourceOptions, article_of, input_bytes, shards_of
from spacegraph.errors import NotEnglishError, SourceError
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from pathlib import Path

    from spacegraph.corpus.documents import Document

OPTIONS = SourceOptions()
PARAGRAPH = "Ines Kovar, the chief executive of Orbital Dynamics, criticized the engineer Bob Ray on Friday. "
FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Halverton Post</title>
<item><guid>post-1</guid><title>Harsh words</title><link>https://post.example/1</link><pubDate>Mon, 10 May 2021 08:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{PARAGRAPH * 3}</p><p>The capsule is ready &amp; waiting.</p>]]></content:encoded></item>
<item><guid>post-2</guid><title>A teaser</title><description>Read more.</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Post</title><entry><id>urn:one</id>
<title>Words</title><updated>2022-01-02T00:00:00Z</updated><content type="text">{PARAGRAPH * 3}</content></entry></feed>"""


def documents(*inputs: Path, shard: int = 64) -> list[Document]:
    return [d for s in shards_of(list(inputs), OPTIONS, shard) for d in s.documents]


def refusals(found: list[Document]) -> list[str]:
    return [d.refusal.message for d in found if d.refusal]


def test_lines_are_documents_whatever_they_are_packed_in(tmp_path: Path) -> None:
    plain = write_jsonl(tmp_path / "news.jsonl", range(5))
    packed = tmp_path / "gz.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    zst = tmp_path / "zst.jsonl.zst"
    zst.write_bytes(pa.compress(plain.read_bytes(), codec="zstd", asbytes=True))
    expected = [(f"a{n}", text_of(n)) for n in range(5)]
    for path in (plain, packed, zst):
        found = documents(path)
        assert [(d.id, d.article.text if d.article else "") for d in found] == expected
        assert sum(d.weight for d in found) == path.stat().st_size == input_bytes([path])


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_packed_file_that_is_cut_off_gives_what_it_has_and_says_so(tmp_path: Path, suffix: str) -> None:
    data = write_jsonl(tmp_path / "news.jsonl", range(2000)).read_bytes()
    whole = gzip.compress(data) if suffix == "gz" else pa.compress(data, codec="zstd", asbytes=True)
    path = tmp_path / f"cut.jsonl.{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    (said,) = [m for m in refusals(documents(path)) if "cannot be read to its end" in m]
    assert str(path) in said


def test_shards_are_cut_by_count_and_never_reach_over_an_input(tmp_path: Path) -> None:
    one, two = write_jsonl(tmp_path / "1.jsonl", range(5)), write_jsonl(tmp_path / "2.jsonl", range(5, 8))
    shards = list(shards_of([one, two], OPTIONS, 2))
    assert [(s.name, len(s.documents)) for s in shards] == [
        ("00000-000000", 2), ("00000-000001", 2), ("00000-000002", 1), ("00001-000000", 2), ("00001-000001", 1),
    ]  # fmt: skip
    alone = list(shards_of([one], OPTIONS, 2))
    assert [s.digest for s in alone] == [s.digest for s in shards[:3]]


def test_a_shard_s_digest_tells_that_its_input_has_changed(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "1.jsonl", range(4))
    before = [s.digest for s in shards_of([path], OPTIONS, 2)]
    write_jsonl(path, range(4), {3: text_of(3) + " It flew."})
    after = [s.digest for s in shards_of([path], OPTIONS, 2)]
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_equal_ids_are_told_apart_from_equal_articles(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "1.jsonl", [1, 2])
    again = write_jsonl(tmp_path / "2.jsonl", [1])
    other = write_jsonl(tmp_path / "3.jsonl", [2], {2: "Another text."})
    found = documents(path, again, other)
    assert [d.refusal.kind if d.refusal else "" for d in found] == ["", "", "repeated", "refused"]
    assert "the same as an article before it" in refusals(found)[0]
    assert "'a2'" in refusals(found)[1]
    assert "another text" in refusals(found)[1]


def test_bad_lines_and_missing_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "x", "text": "Fine."}\n{broken\n\n{"id": 1}\n', "utf-8")
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"")
    folder = tmp_path / "nothing"
    folder.mkdir()
    said = refusals(documents(path, tmp_path / "gone.txt", empty, folder))
    assert [
        w in m
        for w, m in zip(("line 2", "line 4", "gone.txt", "empty", "holds no articles"), said, strict=True)
    ]


def test_folders_files_and_json_lists(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "one.txt").write_text(text_of(1), "utf-8")
    (folder / ".hidden.txt").write_text("x", "utf-8")
    (folder / "data.json").write_text("{}", "utf-8")
    write_jsonl(folder / "two.jsonl", [2, 3])
    listed = tmp_path / "list.json"
    listed.write_text(json.dumps([{"id": "l1", "text": "A."}, {"text": "B."}, 3]), "utf-8")
    found = documents(folder, listed)
    assert [d.id for d in found] == ["one", "a2", "a3", "l1", "list-2", ""]
    assert article_of(found[0], OPTIONS).text == text_of(1)


def test_a_feed_gives_the_entries_that_carry_their_text(tmp_path: Path) -> None:
    rss, atom = tmp_path / "feed.rss", tmp_path / "feed.xml"
    rss.write_text(FEED, "utf-8")
    atom.write_text(ATOM, "utf-8")
    one, teaser, other = documents(rss, atom)
    article = article_of(one, OPTIONS)
    assert (article.id, article.title, article.url, article.source) == (
        "post-1", "Harsh words", "https://post.example/1", "The Halverton Post",
    )  # fmt: skip
    assert str(article.published) == "2021-05-10"
    assert "The capsule is ready & waiting." in article.text
    assert "<p>" not in article.text
    assert teaser.refusal
    assert "no full text" in teaser.refusal.message
    assert other.article
    assert other.article.text == (PARAGRAPH * 3).strip()


def test_what_is_no_feed_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_text("<html><body>Not found</body></html>", "utf-8")
    assert "is no feed" in refusals(documents(path))[0]


def test_pages_of_a_warc_file_become_articles(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc())
    found = documents(path)
    assert [d.id for d in found] == ["https://post.example/a", "https://post.example/b"]
    article = article_of(found[0], OPTIONS)
    assert RESPONSE in article.text
    assert article.url == "https://post.example/a"
    assert str(article.published) == "2021-05-10"


def test_a_warc_file_that_is_cut_off_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    whole = warc(packed=False)
    path.write_bytes(whole[: len(whole) - 200])
    found = documents(path)
    assert [d.id for d in found if not d.refusal] == ["https://post.example/a"]
    assert "is cut off" in refusals(found)[0]


def test_a_packed_warc_file_that_is_cut_off_says_so(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    whole = warc()
    path.write_bytes(whole[: len(whole) - 60])
    found = documents(path)
    assert [d.id for d in found if not d.refusal] == ["https://post.example/a"]
    assert "is cut off" in refusals(found)[0]


def test_what_is_no_warc_file_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_text("hello " * 100, "utf-8")
    assert "no WARC file" in refusals(documents(path))[0]


def test_text_that_is_not_english_is_refused_when_it_is_read(tmp_path: Path) -> None:
    words = "Der Direktor der Behörde sagte am Freitag, dass die Kapsel nicht bereit sei und später starten werde. "
    path = write_jsonl(tmp_path / "1.jsonl", [1], {1: words * 5})
    (document,) = documents(path)
    with pytest.raises(NotEnglishError):
        article_of(document, OPTIONS)


@pytest.mark.parametrize(
    "name", ["feed.rss", "feed.xml", "page.xml", "crawl.warc.gz", "news.jsonl.zst", "noname"]
)
def test_articles_one_by_one_are_those_of_a_corpus(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if "warc" in name:
        path.write_bytes(warc())
    elif name.endswith(".zst"):
        data = write_jsonl(tmp_path / "news.jsonl", range(3)).read_bytes()
        path.write_bytes(pa.compress(data, codec="zstd", asbytes=True))
    elif name == "page.xml":
        path.write_text(f"<?xml version='1.0'?><html><body><p>{PARAGRAPH * 3}</p></body></html>", "utf-8")
    else:
        path.write_text(FEED, "utf-8")
    errors: list[SourceError] = []
    found = list(read_articles([path], on_error=errors.append))
    expected = documents(path)
    assert found == [article_of(d, OPTIONS) for d in expected if not d.refusal]
    assert found
    assert [str(e) for e in errors] == refusals(expected)


def test_a_feed_that_is_none_and_an_archive_that_is_cut_off_are_named_one_by_one_too(tmp_path: Path) -> None:
    none, cut = tmp_path / "none.rss", tmp_path / "cut.warc"
    none.write_text("Words.", "utf-8")
    cut.write_bytes(warc(packed=False)[:-200])
    errors: list[str] = []
    found = list(read_articles([none, cut], on_error=lambda e: errors.append(str(e))))
    assert [a.id for a in found] == ["https://post.example/a"]
    assert "is no feed" in errors[0]
    assert "is cut off" in errors[1]
