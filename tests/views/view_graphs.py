"""Small graphs made by hand, and large ones made by rule, for the tests and benchmarks of the views."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

ENTITY = "https://w3id.org/spacegraph/entity/"
SG = "https://w3id.org/spacegraph/ontology#"
DATE = "http://www.w3.org/2001/XMLSchema#date"

TEXT = (
    "Tessaly Aerospace names a crew 🚀\n\n"
    "PORT HALDEN — Mira Okonjo, who leads Tessaly Aerospace, criticized Senator Paul Vance on Monday. "
    "“Tessaly will launch the Heron capsule in May 2031,” she said.\n\n"
    "There is no sign that the Orison Agency is leaving the Halden Station. "
    "If the Heron fails, the agency would fly its own Lark capsule.\n"
)


@dataclass(frozen=True)
class Graph:
    """What the views need of a knowledge graph."""

    facts: tuple[Fact, ...] = ()
    entities: tuple[Entity, ...] = ()
    articles: tuple[Article, ...] = ()
    ontology: object = field(default=None, compare=False)


def entity(
    label: str, cls: str = "Thing", *, aliases: tuple[str, ...] = (), same_as: tuple[str, ...] = ()
) -> Entity:
    name = "_".join(label.split())
    iri = SG + cls if cls != "Thing" else "http://www.w3.org/2002/07/owl#Thing"
    return Entity(iri=ENTITY + name, label=label, type=cls, type_iri=iri, aliases=aliases, same_as=same_as)


def evidence(words: str, *, text: str = TEXT, doc_id: str = "halden") -> tuple[Evidence, ...]:
    start = text.index(words)
    return (Evidence(start=start, end=start + len(words), text=words, doc_id=doc_id),)


def fact(subject: Entity, relation: str, object_: Entity | Literal, words: str = "", **more: Any) -> Fact:
    return Fact(
        doc_id="halden",
        subject=subject,
        property_iri=SG + relation,
        object=object_,
        evidence=evidence(words) if words else (),
        **more,
    )


def halden() -> Graph:
    """One article with a fact of each factuality."""
    mira = entity("Mira Okonjo", "Person", aliases=("Okonjo",))
    paul = entity("Paul Vance", "Person", aliases=("Senator Paul Vance",))
    tessaly = entity(
        "Tessaly Aerospace", "Company", aliases=("Tessaly",), same_as=("https://www.wikidata.org/entity/Q1",)
    )
    heron = entity("Heron", "Capsule", aliases=("Heron capsule",))
    agency = entity("Orison Agency", "SpaceAgency")
    station = entity("Halden Station", "SpaceStation")
    lark = entity("Lark", "Capsule")
    port = entity("Port Halden", "City")
    facts = (
        fact(mira, "leads", tessaly, "Mira Okonjo, who leads Tessaly Aerospace", rule="lexicon:lead", confidence=0.95),
        fact(mira, "criticized", paul, "Mira Okonjo, who leads Tessaly Aerospace, criticized Senator Paul Vance on Monday", time="2031-02-03"),
        fact(tessaly, "launches", heron, "Tessaly will launch the Heron capsule in May 2031", factuality=Factuality.PLANNED, attributed_to=mira, time="2031-05"),
        fact(heron, "hasLaunchDate", Literal(value="2031-05", datatype="http://www.w3.org/2001/XMLSchema#gYearMonth"), "the Heron capsule in May 2031", factuality=Factuality.PLANNED),
        fact(agency, "leaves", station, "There is no sign that the Orison Agency is leaving the Halden Station.", factuality=Factuality.NEGATED),
        fact(agency, "operates", lark, "its own Lark capsule"),
        fact(agency, "launches", lark, "If the Heron fails, the agency would fly its own Lark capsule", factuality=Factuality.HYPOTHETICAL),
        fact(tessaly, "isLocatedIn", port, inferred=True, rule="rule:place", confidence=0.6, factuality=Factuality.REPORTED, attributed_to=mira),
    )  # fmt: skip
    article = Article(
        id="halden",
        text=TEXT,
        title="Tessaly Aerospace names a crew 🚀",
        published=dt.date(2031, 2, 4),
        url="https://example.org/halden",
    )
    entities = (mira, paul, tessaly, heron, agency, station, lark, port)
    return Graph(facts=facts, entities=entities, articles=(article,))


_FIRST = [
    "Ana",
    "Ben",
    "Chi",
    "Dov",
    "Eve",
    "Finn",
    "Gus",
    "Hana",
    "Ivo",
    "Jun",
    "Kai",
    "Lea",
    "Max",
    "Nia",
    "Oto",
    "Pia",
    "Quin",
    "Ravi",
    "Sol",
    "Tess",
    "Uma",
    "Vik",
    "Wes",
    "Xia",
    "Yara",
    "Zed",
]
_LAST = [
    "Abara",
    "Brandt",
    "Castell",
    "Dunmore",
    "Eastwick",
    "Farrow",
    "Galt",
    "Hollis",
    "Imber",
    "Jarrow",
    "Kessel",
    "Lindqvist",
    "Moreau",
    "Nakata",
    "Ostrow",
    "Pell",
]
_PLACES = [
    "Halden",
    "Orison",
    "Tarn",
    "Vellum",
    "Skerry",
    "Marlow",
    "Quay",
    "Ashby",
    "Corran",
    "Drift",
    "Ember",
    "Fallow",
]
_KINDS: tuple[tuple[str, Callable[[random.Random, int], str]], ...] = (
    ("Person", lambda r, _: f"{r.choice(_FIRST)} {r.choice(_LAST)}"),
    (
        "Company",
        lambda r, _: (
            f"{r.choice(_PLACES)} {r.choice(('Aerospace', 'Dynamics', 'Launch Systems', 'Orbital'))}"
        ),
    ),
    ("SpaceAgency", lambda r, _: f"{r.choice(_PLACES)} Space Agency"),
    ("Capsule", lambda r, n: f"{r.choice(_LAST)} {n % 9 + 1}"),
    ("City", lambda r, _: f"{r.choice(('Port', 'New', 'Fort'))} {r.choice(_PLACES)}"),
    ("Mission", lambda r, n: f"{r.choice(_PLACES)} Mission {n % 40}"),
)
_RELATIONS = [
    "criticized",
    "leads",
    "launches",
    "operates",
    "worksFor",
    "travelsTo",
    "praised",
    "supplies",
    "isLocatedIn",
]


def large(things: int, *, seed: int = 7) -> Graph:
    """A graph of so many things whose degrees follow a power law, as those of news do, some in small components."""
    r = random.Random(seed)
    entities = []
    for number in range(things):
        cls, name = _KINDS[min(int(r.expovariate(0.7)), len(_KINDS) - 1)]
        entities.append(
            Entity(iri=f"{ENTITY}thing_{number}", label=name(r, number), type=cls, type_iri=SG + cls)
        )
    facts = []
    texts: dict[int, list[str]] = {}
    lengths: dict[int, int] = {}
    hubs: list[int] = [0]
    for number in range(1, things):
        apart = number % 12 == 0
        for _ in range(1 + (r.random() < 0.7) + (r.random() < 0.3)):
            other = number - 1 if apart else r.choice(hubs)
            if not apart:
                hubs += (number, other, other)
            doc = number // 12
            relation = r.choice(_RELATIONS)
            sentence = f"{entities[number].label} {relation} {entities[other].label}."
            start = lengths.get(doc, 0)
            texts.setdefault(doc, []).append(sentence)
            lengths[doc] = start + len(sentence) + 1
            facts.append(
                Fact(
                    doc_id=f"doc{doc}", subject=entities[number], property_iri=SG + relation, object=entities[other],
                    factuality=r.choices(list(Factuality), (6, 2, 1, 1, 1))[0], time=f"20{10 + doc % 20}-0{1 + doc % 9}",
                    evidence=(Evidence(start=start, end=start + len(sentence), text=sentence, doc_id=f"doc{doc}"),),
                )
            )  # fmt: skip
    articles = tuple(
        Article(
            id=f"doc{doc}",
            text=" ".join(sentences),
            title=f"Report {doc}",
            published=dt.date(2031, 1, 1) + dt.timedelta(days=doc % 300),
        )
        for doc, sentences in texts.items()
    )
    return Graph(facts=tuple(dict.fromkeys(facts)), entities=tuple(entities), articles=articles)
