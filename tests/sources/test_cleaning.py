"""What of a text is read: markup, invisible characters and references are not, and offsets stay those of the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacegraph.errors import SourceError
from spacegraph.model import BlockKind
from spacegraph.read_text import ReadText
from spacegraph.sources import article_from_text
from spacegraph.sources.cleaning import clean, clean_title
from spacegraph.sources.draft import Draft
from spacegraph.sources.layout import find_blocks

WHITE = "\n\n"


def read(text: str, *, markdown: bool = False) -> str:
    """The text as it is read, with its paragraphs by single bars."""
    return "|".join(
        " ".join(part.split()) for part in clean(text, markdown=markdown).text.split("\n\n") if part.strip()
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Orla\u00a0Works flew.", "Orla Works flew."),
        ("Orla\u2009\u00a0Works flew.", "Orla Works flew."),
        ("Or\u200bla W\u2060orks\ufeff flew.", "Orla Works flew."),
        ("The satel\u00adlite flew.", "The satellite flew."),
        ("The satel\u00ad\n  lite flew.", "The satellite flew."),
        ("The co\u2011pilot flew.", "The co-pilot flew."),
        ("Jose\u0301 Ode flew.", "José Ode flew."),
        ("The ﬁrst oﬃce flew.", "The first office flew."),
        ("\u202eOrla\u202c \u2067Works\u2069 flew.", "Orla Works flew."),
        ("𝗢𝗿𝗹𝗮 flew.", "Orla flew."),
        ("Orla\x02 flew.", "Orla flew."),
        ("The flag 🏳\ufe0f\u200d flew.", "The flag 🏳 flew."),
        ("Two  spaces stay.", "Two  spaces stay."),
    ],
)  # fmt: skip
def test_characters_are_read_as_what_they_look_like(text: str, seen: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == seen
    assert ReadText(text, cleaned.edits).text == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<p>Orla Works flew.</p><p>It was late.</p>", "Orla Works flew.|It was late."),
        ("Orla <a href='x.html' title=\"a > b\">Works</a> flew.", "Orla Works flew."),
        ("Orla&nbsp;Works &amp; sons&#39; ship.", "Orla Works & sons' ship."),
        ("It flew.<br/>It fell.", "It flew. It fell."),
        ("Seen.<script>var x = '<p>Orla fell.</p>';</script><style>p {}</style><!-- no --> Gone.", "Seen. Gone."),
        ("<div>Seen.</div><div style='display: none'>Orla <div>fell</div>.</div><p>Gone.</p>", "Seen.|Gone."),
        ("<p>Seen.<p hidden>Orla fell.<p>Gone.", "Seen.|Gone."),
        ("<span class='sr-only'>Orla fell.</span>Seen.", "Seen."),
        ("<div class='overflow-hidden'>Seen.</div>", "Seen."),
        ("<pre>Orla attacked Dent.</pre>Seen.", "Seen."),
        ("It is 3 km<sup>2</sup> large, he said.<sup><a href='#r3'>3</a></sup>", "It is 3 km2 large, he said."),
        ("If a < b and c > d, the <Orla> probe flies.", "If a < b and c > d, the <Orla> probe flies."),
        ("The tag <title> is short.", "The tag is short."),
        ("R&D; at AT&T; &bogus; ones.", "R&D; at AT&T; &bogus; ones."),
        ("<ul><li>Orla</li><li>Dent</li></ul>", "Orla|Dent"),
    ],
)  # fmt: skip
def test_of_html_in_a_text_the_words_are_read(text: str, seen: str) -> None:
    assert read(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("See [Orla Works](https://orla.example/a_b) now.", "See Orla Works now."),
        ("See ![Dent attacked Orla](x.png) now.", "See now."),
        ("**Orla** *Works* flew.", "Orla Works flew."),
        ("One.\n\n```python\nprint('Orla attacked Dent.')\n```\n\nTwo.", "One.|Two."),
        ("# Orla\n\n> It flew,\n> she said.", "Orla|It flew, she said."),
        ("- One.\n- Two.", "- One. - Two."),
        ("It flew.[^1]\n\n[^1]: Dent attacked Orla.", "It flew."),
        ("| who | what |\n|---|---|\n| Orla | pilot |", "who|what|Orla|pilot"),
        ("---\ntitle: Orla\n---\n\nIt flew.", "It flew."),
        ("It has `code` in it.", "It has code in it."),
        ("It has `code\n\tand ` in it.", "It has code and in it."),
        ("A <b>bold</b> &amp; brave \\*star\\*.", "A bold & brave *star*."),
        ("One.\n\n    Dent attacked Orla.\n\nTwo.", "One.|Two."),
        ("Zürich é [Orla](https://o.example) flew.", "Zürich é Orla flew."),
    ],
)  # fmt: skip
def test_of_markdown_what_its_reader_sees_is_read(text: str, seen: str) -> None:
    assert read(text, markdown=True) == seen


def test_markdown_in_other_texts_is_told_by_its_signs_and_their_indented_lines_are_no_code() -> None:
    assert (
        read("    It flew to [Orla](https://o.example).\n\n    It was late.")
        == "It flew to Orla.|It was late."
    )
    plain = "    A * star * fell. It_was_late [sic].\n# 5 of them\n"
    assert clean(plain).edits == ()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Orla Works[13] flew in 2030.[12] It fell[14][15].", "Orla Works flew in 2030. It fell."),
        ("It flew in 2030.[12]Orla fell.[note 2]", "It flew in 2030. Orla fell."),
        ("It flew [12]. It fell.[a]", "It flew. It fell."),
        ("It flew,[13]:45 she said.[citation needed]", "It flew, she said."),
        ("It flew.¹² Orla¹ flew over 3 km² and 5 m³.", "It flew. Orla flew over 3 km² and 5 m³."),
        ("“[W]e fly,” she said of M[a]rk.", "“[W]e fly,” she said of M[a]rk."),
        ("Read the plan (PDF) and the list (PDF, 2.1 MB).", "Read the plan and the list."),
        ('It flew.\n\nReferences\n\nOde, Keith (4 May 2031). "Orla" (PDF).\n\nThe Halden Times, 5 May', "It flew."),
        ("It flew.\n\n1. ^ Ode, K. Orla and the moon. Retrieved 5 May 2031.\n\nIt fell.", "It flew.|It fell."),
        ("It flew.\n\nNotes\n\nThe chief of Orla told a hall full of people that nothing had been found.",
         "It flew.|Notes|The chief of Orla told a hall full of people that nothing had been found."),
        ("Sources said that it flew.\n\nOde, Norway (2031 census) is a town.", "Sources said that it flew.|Ode, Norway (2031 census) is a town."),
    ],
)  # fmt: skip
def test_marks_of_references_and_their_lists_are_not_read(text: str, seen: str) -> None:
    assert read(text) == seen


def test_a_title_is_read_like_a_text() -> None:
    assert clean_title("<b>Orla</b>&nbsp;Works\u00ad  **flies**") == "Orla Works flies"


def test_headings_are_headings_by_their_markup() -> None:
    for text in ("## Is it over?\n\nIt flew. It fell.", "<h2>Is it over?</h2><p>It flew. It fell.</p>"):
        article = article_from_text(f"{text} [x](https://o.example)")
        first = article.blocks[0]
        assert (first.kind, article.text[first.start : first.end]) == (BlockKind.HEADING, "Is it over?")


def test_a_text_of_nothing_but_markup_is_a_sentence() -> None:
    for text in ("<p></p>", "\u200b\u2060", "```\ncode\n```"):
        with pytest.raises(SourceError, match="holds nothing to read"):
            article_from_text(text)


PIECES = st.sampled_from(
    ["Orla", " ", "\n", "\n\n", "<p>", "</p>", "<b", ">", "&amp;", "&#8203;", "\u00ad", "\u200b", "\u00a0", "é", "e\u0301", "[1]", "[x](https://a)",
     "**", "`", "```\n", "> ", "- ", "# ", "|", "<script>", "</script>", "<!--", "-->", "ﬁ", "¹", ".", "References", "![", "](/x)", "😀", "<p hidden>", "    "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=24).map("".join), st.booleans())
@settings(max_examples=400)
def test_offsets_lead_from_what_is_read_to_what_was_given(text: str, markdown: bool) -> None:
    cleaned = clean(text, markdown=markdown)
    both = ReadText(text, cleaned.edits)
    assert both.text == cleaned.text
    assert list(cleaned.edits) == sorted(cleaned.edits)
    assert all(start <= end for start, end, _ in cleaned.edits)
    assert all(a[1] <= b[0] for a, b in zip(cleaned.edits, cleaned.edits[1:], strict=False))
    for at, char in enumerate(cleaned.text):
        start, end = both.given(at, at + 1)
        assert 0 <= start <= end <= len(text)
        if end - start == 1 and text[start] == char:
            assert both.read(start, end) == (at, at + 1)
    try:
        article = article_from_text(text, any_language=True)
    except SourceError:
        return
    last = 0
    for block in article.blocks:
        assert article.text[block.start : block.end].strip()
        assert last <= block.start
        last = block.end


@given(
    st.text("abc", max_size=8),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.text("xy", max_size=2)), max_size=4),
)
def test_edits_of_edits_are_edits(text: str, steps: list[tuple[int, int, str]]) -> None:
    draft = Draft(text)
    expected = text
    for a, b, words in steps:
        start, end = sorted((min(a, len(expected)), min(b, len(expected))))
        draft.edit([(start, end, words)])
        expected = expected[:start] + words + expected[end:]
    assert draft.text == expected
    assert ReadText(text, draft.edits()).text == expected


def test_paragraphs_of_any_length_are_read_in_parts_of_bounded_length() -> None:
    for piece in ("“She said that Orla flew. ", "Orla flew and ", "x" * 50, '"'):
        text = (piece * 40_000)[:200_000]
        blocks = find_blocks(text)
        assert max(block.end - block.start for block in blocks) <= 8000
        assert sum(block.end - block.start for block in blocks) > 0.9 * len(text)
    text = "It flew to the moon. " * 1000
    assert {text[block.end - 1] for block in find_blocks(text)} == {"."}


def test_characters_side_by_side_that_are_read_otherwise_keep_their_own_places() -> None:
    text = "<p>&amp;<p>&lt;&gt;</p>"
    both = ReadText(text, clean(text).edits)
    assert [text[slice(*both.given(at, at + 1))] for at, char in enumerate(both.text) if char != "\n"] == [
        "&amp;",
        "&lt;",
        "&gt;",
    ]
