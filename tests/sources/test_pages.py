"""Pages: what is shown is read, block by block; the day of publication is one that the page declares."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacegraph.errors import SourceError
from spacegraph.sources import read_articles
from spacegraph.sources.pages import extract_page

if TYPE_CHECKING:
    from pathlib import Path

LEAD = "<p>Orla Works launched a probe from Halverton on Monday, and the crew of the harbour was glad to see it go at last.</p>"
BODY = LEAD * 8


def page(body: str = BODY, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Probe sails</title>{head}</head><body>{body}</body></html>"


def published(tmp_path: Path, html: str, **options: object) -> dt.date | None:
    path = tmp_path / "page.html"
    path.write_text(html, "utf-8")
    (article,) = read_articles([path], **options)  # type: ignore[arg-type]
    return article.published


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


DAY = dt.date(2031, 5, 4)


@pytest.mark.parametrize(
    "html",
    [
        page(head="<meta property='article:published_time' content='2031-05-04T10:00:00Z'>"),
        page(head="<meta name=DC.date.issued content='2031-05-04'>"),
        page(head="<meta name=citation_publication_date content='2031/05/04'>"),
        page(head=json_ld({"@type": "NewsArticle", "datePublished": "2031-05-04T00:00:00+00:00"})),
        page(head=json_ld({"@graph": [{"@type": "WebSite"}, {"@type": ["Thing", "ReportageNewsArticle"], "datePublished": "2031-05-04"}]})),
        page(f"<article><header><time datetime='2031-05-04T08:00'>Sunday</time></header>{BODY}</article>"),
        page(f"<article><h1>Probe</h1><span itemprop=datePublished content='2031-05-04'></span>{BODY}</article>"),
        page(f"<main><h1>Probe</h1><div class=published><time>4 May 2031</time></div>{BODY}</main>"),
        page(f"<article>{BODY.replace('<p>', '<p>HALVERTON, Norway, May 4, 2031 — ', 1)}</article>"),
    ],
)  # fmt: skip
def test_a_declared_day_is_found(tmp_path: Path, html: str) -> None:
    assert published(tmp_path, html) == DAY


@pytest.mark.parametrize(
    "html",
    [
        page(f"<article>{BODY}</article><footer>© 2019 Orla Works. Last updated 3 March 2019</footer>"),
        page(f"<article>{BODY}<p>It was built in 2019, on 4 March 2019, by Orla.</p></article>"),
        page(f"<article>{BODY}<a href='/2019/03/04/older'>Older</a></article>"),
        page(head="<link rel=canonical href='https://news.example/2019/03/04/probe'>"),
        page(head="<meta name=date content='2019'><meta name=copyright content='2019-03-04'>"),
        page(f"<article>{BODY}<p>On <time datetime='2019-03-04'>that day</time> it flew.</p></article>"),
        page(f"<article>{BODY}</article><aside><time datetime='2019-03-04'>old</time></aside>"),
        page(f"<article>{BODY}<article class=card><time datetime='2019-03-04'>old</time></article></article>"),
        page(head=json_ld({"@type": "Organization", "datePublished": "2019-03-04"})),
        page(head="<script type='application/ld+json'>{broken</script>" + json_ld([[[]]])),
    ],
)  # fmt: skip
def test_no_day_is_invented(tmp_path: Path, html: str) -> None:
    assert published(tmp_path, html) is None
    assert published(tmp_path, html, published=DAY) == DAY


def test_a_page_that_was_read_keeps_having_no_day(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        page(head="<link rel=canonical href='https://n.example/2019/03/04/x'>"), "utf-8"
    )
    again = list(read_articles(list(read_articles([tmp_path / "page.html"]))))
    assert [(a.published, "2019/03/04" in a.url) for a in again] == [(None, True)]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<h1>Crew</h1><ul><li>Ann Orla is the pilot.<li>Bob Dent is the cook.</ul>", ["Crew", "Ann Orla is the pilot.", "Bob Dent is the cook."]),
        ("<div>Orla flew.</div><div>Dent fell.<br><br>It rained.</div>", ["Orla flew.", "Dent fell.", "It rained."]),
        ("<table><tr><td>Orla flew on Monday.<td>Dent fell.</table>", ["Orla flew on Monday.", "Dent fell."]),
        ("<nav><a href=/>Home</a></nav><main><h1>Crew</h1><p>Orla flew.</p></main><footer>© 2019</footer>", ["Crew", "Orla flew."]),
        ("<p>Orla flew.</p><p hidden>Dent fell.</p><p style='display : none'>Dent fell.</p><div style='visibility:hidden'><p>Dent fell.</div>", ["Orla flew."]),
        ("<p>Orla flew.</p><div class='comments'><p>Dent fell.</p></div><template><p>Dent fell.</p></template>", ["Orla flew."]),
        ("<p>Orla flew.<span class=sr-only>Dent fell.</span> It rained.<sup><a href='#n'>3</a></sup></p>", ["Orla flew. It rained."]),
        ("<dl><dt>Pilot<dd>Orla flies it.</dl><blockquote>It rained.</blockquote>", ["Pilot", "Orla flies it.", "It rained."]),
        ("Orla\nflew &amp;\n fell.", ["Orla flew & fell."]),
    ],
)  # fmt: skip
def test_short_pages_are_read_block_by_block(body: str, blocks: list[str]) -> None:
    assert extract_page(page(body), label="p").text.split("\n\n") == blocks


def test_long_pages_do_not_tell_what_is_hidden_or_code() -> None:
    html = page(
        f"<article>{BODY}<p hidden>Dent fell one day on Orla in the harbour.</p><pre class=code>Dent fell, and how.</pre>{LEAD}</article>"
    )
    text = extract_page(html, label="p").text
    assert text.count("Orla Works launched") == 9
    assert "Dent" not in text


def test_a_page_that_a_script_shows_is_read() -> None:
    assert (
        "Orla"
        in extract_page(
            page(f"<main style='opacity:0'>{BODY}</main>").replace("<body>", "<body style='display:none'>"),
            label="p",
        ).text
    )


def test_a_page_of_hidden_text_has_no_text() -> None:
    with pytest.raises(SourceError, match="No article text"):
        extract_page(page("<div hidden><p>Dent fell.</p></div>"), label="p")


TAGS = [
    "p",
    "div",
    "article",
    "main",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "time",
    "script",
    "style",
    "pre",
    "b",
    "h1",
    "template",
    "svg",
    "header",
    "nav",
]
PARTS = st.one_of(
    st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]),
    st.sampled_from(["Orla flew. ", "&#0;", "&nbsp;", "<!--", "-->", "<p hidden", "<time datetime=2019-13-45>", "<meta name=date content=x>", "\x00", "<![CDATA[", "<?xml?>"]),
)  # fmt: skip


@given(st.lists(PARTS, max_size=20).map("".join))
@settings(max_examples=100)
def test_whatever_a_page_holds_it_is_read_or_refused_in_a_sentence(html: str) -> None:
    with contextlib.suppress(SourceError):
        assert extract_page(html, label="page").text.strip()


def test_where_the_library_fails_the_blocks_of_the_page_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(trafilatura, "extract", fail)
    monkeypatch.setattr(trafilatura, "extract_metadata", fail)
    found = extract_page(page(f"<article><h1>Probe</h1>{LEAD}</article>"), label="p")
    assert found.text.startswith("Probe\n\nOrla Works launched")
    assert found.title == ""
