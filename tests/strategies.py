"""Hypothesis strategies for the values of :mod:`spacegraph.model`.

Facts come with the article whose words they rest on, so that evidence is always what the text has there.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal
from spacegraph.vocab import OWL, SG, XSD

__all__ = ["articles", "entities", "evidences", "facts", "labels", "literals", "readings", "texts", "times"]

_CLASSES = ("Person", "Organisation", "Country", "Spacecraft", "Event", "Thing")
_RELATIONS = ("criticized", "praised", "operates", "aboard", "locatedIn", "hasRole")

#: Any text that a file in UTF-8 can hold: control characters, quotation marks, emoji, right-to-left script.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
#: Names; small letters often, so that entities repeat.
labels = st.one_of(
    st.sampled_from(["Ann Lee", "Orbital", "the café – “Nord”", 'a"b\\c\n']), texts.filter(bool)
)


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    """A thing whose IRI is minted from its label."""
    label = draw(labels)
    cls = draw(st.sampled_from(_CLASSES))
    return Entity(
        iri=mint_entity_iri(label),
        label=label,
        type=cls,
        type_iri=OWL + "Thing" if cls == "Thing" else SG + cls,
        aliases=tuple(draw(st.lists(texts, max_size=2, unique=True))),
        same_as=tuple(
            draw(
                st.lists(
                    st.sampled_from(["http://www.wikidata.org/entity/Q1", "https://a.example/b"]), max_size=1
                )
            )
        ),
    )


literals = st.one_of(
    st.builds(Literal, value=texts),
    st.builds(Literal, value=st.integers().map(str), datatype=st.just(XSD + "integer")),
    st.builds(Literal, value=st.dates().map(dt.date.isoformat), datatype=st.just(XSD + "date")),
    st.builds(
        Literal, value=texts, datatype=st.sampled_from([XSD + "decimal", XSD + "boolean", XSD + "anyURI"])
    ),
)

times = st.one_of(
    st.just(""),
    st.dates().map(dt.date.isoformat),
    st.dates().map(lambda d: d.isoformat()[:7]),
    st.dates().map(lambda d: d.isoformat()[:4]),
    st.sampled_from(["P3M", "P12M", "2022-03-30T10:00:00Z", "2022-01/2022-03", "soon"]),
)


@st.composite
def articles(draw: st.DrawFn, *, doc_id: str | None = None) -> Article:
    """An article with at least one character of text."""
    return Article(
        id=draw(texts) if doc_id is None else doc_id,
        text=draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)),
        title=draw(texts),
        published=draw(st.none() | st.dates()),
        url=draw(st.sampled_from(["", "https://news.example/1", "not an address"])),
        source=draw(texts),
    )


@st.composite
def evidences(draw: st.DrawFn, article: Article) -> Evidence:
    """Words of an article."""
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    return Evidence(
        start=start, end=end, text=article.text[start:end], doc_id=draw(st.sampled_from(["", article.id]))
    )


@st.composite
def facts(draw: st.DrawFn, article: Article) -> Fact:
    """A fact that rests on words of an article."""
    inferred = draw(st.booleans())
    return Fact(
        doc_id=article.id,
        subject=draw(entities()),
        property_iri=SG + draw(st.sampled_from(_RELATIONS)),
        object=draw(st.one_of(entities(), literals)),
        factuality=draw(st.sampled_from(list(Factuality))),
        attributed_to=draw(st.none() | entities()),
        time=draw(times),
        confidence=draw(st.integers(0, 1000)) / 1000,
        evidence=tuple(draw(st.lists(evidences(article), max_size=2))),
        rule=draw(st.sampled_from(["", "praise-verb→praised", 'odd "rule"\n'])),
        inferred=inferred,
        ended=draw(st.booleans()),
        links=tuple(
            draw(
                st.lists(st.tuples(st.sampled_from([SG + "about", SG + "addressee"]), entities()), max_size=2)
            )
        ),
    )


@st.composite
def readings(draw: st.DrawFn, *, doc_id: str | None = None) -> tuple[Article, list[Fact]]:
    """An article with facts about it; some facts follow from others."""
    from dataclasses import replace

    article = draw(articles(doc_id=doc_id))
    found = draw(st.lists(facts(article), max_size=5))
    for i, fact in enumerate(found):
        if fact.inferred and i:
            found[i] = replace(fact, premises=(found[i - 1].id,))
    if len(found) > 1 and draw(st.booleans()):
        found[0] = replace(found[0], content=tuple(fact.id for fact in found[1:]))
    return article, found
