"""Reads short texts by the built-in lexicon alone, for the tests of this folder: what its entries say, whatever a model sees."""

from __future__ import annotations

import datetime as dt
from functools import cache

from spacegraph.model import Article, Fact
from spacegraph.reading import Reader, load_reader

#: A Wednesday.
PUBLISHED = dt.date(2022, 3, 9)


@cache
def reader() -> Reader:
    """The built-in reader, loaded once."""
    return load_reader(readers=("rules",))


@cache
def facts(text: str, published: dt.date | None = PUBLISHED) -> tuple[Fact, ...]:
    """The facts of a short text, whose evidence is checked to be the text's own words."""
    article = Article(id="test", text=text, published=published)
    (found,) = (f for _, f, _ in reader().read([article]))
    for fact in found:
        for evidence in fact.evidence:
            assert text[evidence.start : evidence.end] == evidence.text
    return found


def triples(text: str) -> set[tuple[str, str, str]]:
    """Subjects, relations and objects, whatever their factuality."""
    return {(f.subject.label, f.relation, f.object.label) for f in facts(text)}
