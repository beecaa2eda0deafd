"""Articles from files, pages, JSON Lines, streams and strings; what cannot be read says so in a sentence."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacegraph.errors import NotEnglishError, SourceError, TooLargeError
from spacegraph.model import Article, BlockKind
from spacegraph.sources import article_from_text, read_articles
from spacegraph.sources.layout import find_blocks
from spacegraph.sources.publication import find_published, parse_date

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The Merrow probe left for Mars on Monday. Its builders were glad that the wait was over.\n"
GERMAN = (
    "Die Sonde ist am Montag zum Mars gestartet, und die Ingenieure waren sehr froh darüber, dass das lange "
    "Warten nun endlich ein Ende hatte und alles gut ging."
)


def read_one(path: Path, **options: object) -> Article:
    (article,) = read_articles([path], **options)  # type: ignore[arg-type]
    return article


def kinds(text: str, **options: object) -> list[tuple[str, str]]:
    return [(str(b.kind), text[b.start : b.end]) for b in find_blocks(text, **options)]  # type: ignore[arg-type]


# -- forms of input ------------------------------------------------------------------------------------


def test_a_text_file_is_its_name_without_suffix_and_its_text_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "merrow.v2.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    article = read_one(path)
    assert article.id == "merrow.v2"
    assert article.text == TEXT.replace("\n", "\r\n")


def test_a_compressed_file_reads_like_the_file(tmp_path: Path) -> None:
    path = tmp_path / "merrow.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert (read_one(path).id, read_one(path).text) == ("merrow", TEXT)


def test_json_lines_hold_one_article_a_line_with_their_fields(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    rows = [
        {
            "id": "a",
            "text": TEXT,
            "title": "Off",
            "published": "2021-05-04T10:00:00Z",
            "url": "x:y",
            "source": "Z",
        },
        {"id": 7, "text": TEXT, "published": None, "licence": "free"},
        {"text": TEXT},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows[:2]) + "\n\n" + json.dumps(rows[2]), "utf-8")
    first, second, third = read_articles([path])
    assert (first.id, first.title, first.published) == ("a", "Off", dt.date(2021, 5, 4))
    assert (first.url, first.source) == ("x:y", "Z")
    assert (second.id, second.published, third.id) == ("7", None, "news-4")


def test_a_page_gives_its_main_text_title_and_date(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Probe sails home | Example News</title>
        <meta property="og:title" content="Probe sails home">
        <meta property="article:published_time" content="2021-05-04T10:00:00Z"></head><body>
        <nav><a href="/">Home</a><a href="/b">Subscribe</a></nav><article><h1>Probe sails home</h1>
        <p>The probe Merrow came home on Monday after nine years in space, its operators said.</p>
        <h2>A long way</h2><p>It had travelled further than any other, the agency said, and it brought dust.</p>
        </article><footer>Cookies</footer></body></html>""",
        "utf-8",
    )
    article = read_one(path)
    assert article.title.startswith("Probe sails home")
    assert article.published == dt.date(2021, 5, 4)
    assert "came home on Monday" in article.text
    assert "Cookies" not in article.text
    assert (str(BlockKind.HEADING), "A long way") in [
        (str(b.kind), article.text[b.start : b.end]) for b in article.blocks
    ]


def test_a_page_without_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><script>go()</script></body></html>")
    with pytest.raises(SourceError, match="No article text"):
        read_one(path)


def test_a_folder_gives_its_articles_sorted_without_hidden_and_other_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "sub/a.md", ".git/c.txt", "d.csv", "e.json"):
        (tmp_path / name).write_text(TEXT)
    assert [a.id for a in read_articles([tmp_path])] == ["b", "a"]


def test_standard_input_is_told_by_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, ids in ((TEXT.encode(), ["stdin"]), (json.dumps({"id": "q", "text": TEXT}).encode(), ["q"])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [a.id for a in read_articles(["-"])] == ids


def test_a_json_file_holds_one_article_or_a_list(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"text": TEXT}))
    (tmp_path / "two.json").write_text(json.dumps([{"id": "x", "text": TEXT}, {"text": TEXT}]))
    assert [a.id for a in read_articles([tmp_path / "one.json", tmp_path / "two.json"])] == [
        "one",
        "x",
        "two-2",
    ]


def test_an_article_passes_through_with_blocks_and_keeps_what_it_has() -> None:
    given_ = Article(id="x", text=TEXT, published=dt.date(2020, 1, 2))
    (article,) = read_articles(given_)
    assert article.blocks
    assert (article.text, article.published) == (TEXT, dt.date(2020, 1, 2))


def test_json_that_nobody_can_read_is_a_sentence(tmp_path: Path) -> None:
    for data, message in (
        ("[" * 100_000, "nested too deeply"),
        ("1" * 5000, "too many digits"),
        ("{", "not valid JSON"),
    ):
        (tmp_path / "a.json").write_text(data)
        with pytest.raises(SourceError, match=message):
            read_one(tmp_path / "a.json")


# -- encodings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    text = "“The probe is well,” said the engineer at the café. It was the news that they had hoped for."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read_one(tmp_path / "a.txt").text == text


def test_an_encoding_can_be_named_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("The probe’s café was open when they came to it.".encode("mac-roman"))
    assert "café" in read_one(path, encoding="mac-roman").text
    with pytest.raises(SourceError, match="not in the encoding ascii"):
        read_one(path, encoding="ascii")
    with pytest.raises(SourceError, match="no encoding called"):
        read_one(path, encoding="klingon")


# -- what cannot be read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\t \r\n", "is empty"),
        (b"%PDF-1.7 abc", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (bytes(range(256)) * 40, "not a text file"),
        (b"The probe left\x00 for Mars and the crew was glad of it, they said.", "not a text file"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(SourceError, match=message):
        read_one(tmp_path / "a.txt")


def test_missing_files_and_empty_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"There is no file .*nothere"):
        list(read_articles([tmp_path / "nothere.txt"]))
    with pytest.raises(SourceError, match="holds no articles"):
        list(read_articles([tmp_path]))
    with pytest.raises(SourceError):
        list(read_articles(["The probe left. " * 400]))


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode() * 50)[:-12])
    with pytest.raises(SourceError, match="cannot be read"):
        read_one(tmp_path / "a.txt.gz")


def test_a_file_name_in_another_encoding_gives_an_identifier(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    assert [a.id for a in read_articles([path])] == ["caf\ufffd"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{broken", "line 2 is not valid JSON"),
        ("[1]", "line 2 is no JSON object"),
        ('{"id": "x"}', 'line 2 has no "text"'),
        ('{"text": 3}', "no string"),
        ('{"text": "Glad.", "published": "soon"}', "no date"),
        ('{"text": "Glad.", "id": [1]}', 'an "id"'),
        ("[" * 100_000, "line 2 is nested too deeply"),
        ('{"text": "Glad.", "id": ' + "1" * 5000 + "}", "too many digits"),
        ('{"text": "   "}', "line 2 is empty"),
        ('{"text": "a\\u0000b"}', "NUL"),
        ('{"text": "a\\ud800b"}', "surrogate"),
        ('{"text": "Glad.", "id": "a\\ud800"}', 'surrogate pair at character 1 of its "id"'),
        ('{"text": "Glad.", "title": "a\\ud800"}', 'surrogate pair at character 1 of its "title"'),
    ],
)
def test_a_bad_line_is_named_and_others_are_read_where_asked(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "news.jsonl"
    good = json.dumps({"id": "a", "text": TEXT}), json.dumps({"id": "b", "text": TEXT})
    path.write_text(f"{good[0]}\n{line}\n{good[1]}\n", "utf-8")
    with pytest.raises(SourceError, match=message):
        list(read_articles([path]))
    errors: list[SourceError] = []
    assert [a.id for a in read_articles([path], on_error=errors.append)] == ["a", "b"]
    assert len(errors) == 1


def test_two_articles_of_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{json.dumps({'id': 'x', 'text': TEXT})}\n" * 2)
    with pytest.raises(SourceError, match="line 2 has the id 'x'"):
        list(read_articles(tmp_path / "a.jsonl"))


def test_the_limit_says_how_to_raise_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 3)
    with pytest.raises(TooLargeError, match="--max-chars"):
        read_one(path, max_chars=100)
    assert read_one(path, max_chars=1000).text == TEXT * 3
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": TEXT * 3}))
    with pytest.raises(TooLargeError, match="line 1"):
        read_one(tmp_path / "b.jsonl", max_chars=100)


@pytest.mark.parametrize(
    "text", [GERMAN, "Зонд улетел к Марсу в понедельник, и инженеры были рады.", "1234 5678"]
)
def test_other_languages_are_refused_unless_forced(text: str) -> None:
    with pytest.raises(NotEnglishError):
        article_from_text(text)
    assert article_from_text(text, any_language=True).text == text


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Halcyon launches.",
        "Kovar: “No.”",
        "Crew: Ines Kovar, Tomasz Brandt, Li Wen, Ana Souza; pilot Jo Reed",
    ],
)
def test_english_is_read_however_short(text: str) -> None:
    assert article_from_text(text).text == text


def test_the_message_names_the_language() -> None:
    with pytest.raises(NotEnglishError, match=r"German.*--any-language"):
        article_from_text(GERMAN)


# -- blocks --------------------------------------------------------------------------------------------


def test_headings_datelines_and_furniture_are_told_from_sentences() -> None:
    text = (
        "date 2021-05-04 Probe leaves the harbour of Mars 2:07\n\n"
        "By Ines Kovar and Tomasz Brandt\n\n"
        "Published: May 4, 2021\n\n"
        "PORT MERROW, Fla. (AP) — The probe left on Monday.\n\n"
        "A long way home\n\n"
        "It will come back in nine years, she said.\n\n"
        "Read more: Ten probes that never left\n\n"
        "Image credit: Halcyon/Reed\n\n"
        "Share on Facebook\n"
    )
    assert kinds(text) == [
        ("furniture", "date 2021-05-04"),
        ("heading", "Probe leaves the harbour of Mars"),
        ("furniture", "2:07"),
        ("furniture", "By Ines Kovar and Tomasz Brandt"),
        ("furniture", "Published: May 4, 2021"),
        ("dateline", "PORT MERROW, Fla. (AP) —"),
        ("body", "The probe left on Monday."),
        ("heading", "A long way home"),
        ("body", "It will come back in nine years, she said."),
        ("furniture", "Read more: Ten probes that never left"),
        ("furniture", "Image credit: Halcyon/Reed"),
        ("furniture", "Share on Facebook"),
    ]


@pytest.mark.parametrize(
    "dateline",
    ["(CNN) —", "WASHINGTON, March 3 -", "MOSCOW (AP) –", "KOUROU, French Guiana —", "Houston, Texas, May 4, 2021 --",
     "TOKYO, Japan (Reuters) -", "GENEVA —"],
)  # fmt: skip
def test_datelines(dateline: str) -> None:
    found = kinds(f"{dateline} The probe left on Monday.\n\nIt was late.")
    assert found[:2] == [("dateline", dateline), ("body", "The probe left on Monday.")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The probe — the third of its kind — left on Monday.",
        "Halcyon – a maker of engines – has failed.",
        "For nine years — and more — it flew.",
        "He left at 10:30.",
        "Share prices fell on Monday.",
        "By Monday the probe was gone.",
        "Image analysts found nothing.",
        "Published in May, the report was wrong.",
        "Read by millions, the book sold well.",
    ],
)
def test_sentences_that_only_look_like_datelines_or_furniture(sentence: str) -> None:
    assert kinds(f"{sentence}\n\nIt was late.")[0] == ("body", sentence)


def test_lines_broken_by_width_are_one_paragraph_and_others_are_not() -> None:
    wrapped = (
        "The probe left on Monday for a journey of nine years, and\n"
        "its builders were glad to see it go after all the many\n"
        "months of waiting for the wind to turn at last.\n"
    )
    assert len(kinds(wrapped + "\nIt was late.")) == 2
    lines = "First line of news here.\nSecond line of news here.\nThird line."
    assert len(kinds(lines)) == 3


def test_a_text_of_one_line_is_body_whatever_it_looks_like() -> None:
    assert kinds("Probe leaves harbour") == [("body", "Probe leaves harbour")]


@given(st.text(alphabet=st.sampled_from("ab A.\n\r\t—:“”1 \u2028\x0c"), max_size=120))
@settings(max_examples=200, deadline=None)
def test_blocks_hold_every_character_but_white_space_once_and_in_order(text: str) -> None:
    blocks = find_blocks(text)
    covered: set[int] = set()
    last = 0
    for block in blocks:
        assert last <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        covered.update(range(block.start, block.end))
        last = block.end
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


# -- dates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("date 2021-05-04 Probe leaves harbour 2:07", dt.date(2021, 5, 4)),
        ("Published: May 4, 2021", dt.date(2021, 5, 4)),
        ("Tuesday, May 4, 2021", dt.date(2021, 5, 4)),
        ("4 May 2021", dt.date(2021, 5, 4)),
        ("Updated 2021-05-06", dt.date(2021, 5, 6)),
        ("The deal of May 4, 2021 is off.", None),
        ("Harbour news", None),
        ("Published: February 30, 2021", None),
    ],
)
def test_the_date_at_the_head_of_a_text(head: str, date: dt.date | None) -> None:
    assert article_from_text(f"{head}\n\nThe probe left on Monday, she said.").published == date


def test_the_day_of_publication_counts_before_that_of_a_change() -> None:
    text = "Updated May 6, 2021\n\nPublished May 4, 2021\n\nThe probe left on Monday, she said."
    assert article_from_text(text).published == dt.date(2021, 5, 4)


def test_dates_in_datelines_addresses_and_options() -> None:
    text = "PORT MERROW, May 4, 2021 — The probe left on Monday.\n\nIt was late."
    assert article_from_text(text).published == dt.date(2021, 5, 4)
    assert article_from_text(TEXT, url="https://example.org/2021/05/04/probe").published == dt.date(
        2021, 5, 4
    )
    assert find_published(TEXT, (), url="https://example.org/99/05/04/") is None
    assert next(
        read_articles(Article(id="x", text=TEXT), published=dt.date(2020, 1, 1))
    ).published == dt.date(2020, 1, 1)
    assert parse_date("no date at all") is None
