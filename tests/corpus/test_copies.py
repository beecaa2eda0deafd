"""Copies of one text are found, and only those."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from data_sets import data_set

from spacegraph.corpus.copies import find_copies, group_signatures, superseded
from spacegraph.corpus.tables import signature
from spacegraph.model import Article

if TYPE_CHECKING:
    from pathlib import Path

WORDS = [
    f"{a}{b}" for a in "bcdfghklmnprstvz" for b in ("anta", "elor", "imus", "orta", "ulex", "arin", "edor")
]


def text(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def edited(original: str, seed: int, share: float) -> str:
    """The text with a share of its words changed."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) if chance.random() < share else w for w in original.split())


def article(  # noqa: PLR0917
    doc_id: str, words: str, day: int | None = None, url: str = "", source: str = "", title: str = ""
) -> Article:
    published = dt.date(2021, 5, day) if day else None
    return Article(id=doc_id, text=words, published=published, url=url, source=source, title=title)


def test_copies_are_one_group_and_others_none(tmp_path: Path) -> None:
    agency, other = text(1), text(2)
    articles = [
        article("paper", "The Paper. " + agency, 3),
        article("alone", text(3), 1),
        article("agency", agency, 2),
        article("cut", " ".join(agency.split()[:140]), 4),
        article("twin", edited(other, 5, 0.02)),
        article("other", other, 1),
    ]
    found = find_copies(data_set(tmp_path / "d", [(a, [], []) for a in articles]))
    assert [[v.doc_id for v in g.copies] for g in found] == [["agency", "paper", "cut"], ["other", "twin"]]


def test_a_later_state_of_a_page_supersedes_the_earlier_and_nothing_else_does(tmp_path: Path) -> None:
    words = text(7)
    articles = [
        article("one", words, 1, "https://www.post.example/a?utm=1"),
        article("two", edited(words, 1, 0.03), 2, "http://post.example/a/"),
        article("elsewhere", words, 3, "https://paper.example/a"),
        article("wire", words, 1, source="Wire", title="Launch"),
        article("wire again", words + " Updated.", 1, source="Wire", title="Launch"),
        article("other page", text(8), 5, "https://www.post.example/b"),
    ]
    groups = find_copies(data_set(tmp_path / "d", [(a, [], []) for a in articles]))
    assert superseded(groups) == {"one", "wire"}


@pytest.mark.parametrize(("share", "expected"), [(0.03, 1.0), (0.5, 0.0)])
def test_pairs_are_found_by_what_they_have_in_common(share: float, expected: float) -> None:
    originals = [text(n) for n in range(60)]
    signatures = np.array(
        [signature(t) for o in originals for t in (o, edited(o, 1, share))], dtype=np.uint32
    )
    found = group_signatures(signatures)
    assert len(found) / len(originals) == expected
    assert all(group == [2 * (group[0] // 2), 2 * (group[0] // 2) + 1] for group in found)


def test_signatures_are_the_same_on_every_machine() -> None:
    assert signature("Ines Kovar criticized the engineer Bob Ray on Friday.")[:3] == FIRST


FIRST = [3259890734, 3233965097, 3350768497]


def test_short_and_empty_texts_have_signatures() -> None:
    assert len(signature("")) == len(signature("One word")) == 128


def test_an_empty_data_set_has_no_copies(tmp_path: Path) -> None:
    assert find_copies(data_set(tmp_path / "d", [])) == []
