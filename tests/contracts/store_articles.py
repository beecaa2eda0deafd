"""Articles of our own invention for tests of stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Sequence


def entity(label: str, cls: str) -> Entity:
    return Entity(iri=mint_entity_iri(label), label=label, type=cls, type_iri=SG + cls)


def fact(
    doc_id: str,
    subject: str,
    relation: str,
    obj: str,
    *,
    kinds: tuple[str, str] = ("Person", "Company"),
    factuality: Factuality = Factuality.ASSERTED,
    ended: bool = False,
) -> Fact:
    text = f"{subject} {relation} {obj}."
    return Fact(
        doc_id=doc_id,
        subject=entity(subject, kinds[0]),
        property_iri=SG + relation,
        object=entity(obj, kinds[1]),
        factuality=factuality,
        ended=ended,
        evidence=(Evidence(start=0, end=len(text), text=text),),
        rule=f"{relation}-verb",
    )


def reading(
    doc_id: str, facts: list[Fact], entities: Sequence[Entity] = (), title: str = ""
) -> tuple[Article, list[Fact], list[Entity]]:
    text = facts[0].evidence[0].text if facts else "Nothing."
    return Article(id=doc_id, text=text, title=title), facts, list(entities)


ARTICLES = {
    "a": reading(
        "a",
        [
            fact("a", "Mira Oban", "praised", "Vela Works"),
            fact("a", "Mira Oban", "headOf", "Orbit Office", kinds=("Person", "SpaceAgency")),
        ],
        title="Praise",
    ),
    "b": reading(
        "b",
        [
            fact("b", "Mira Oban", "praised", "Vela Works"),
            fact("b", "Dara Quill", "criticized", "Vela Works"),
        ],
    ),
    "c": reading(
        "c", [fact("c", "Dara Quill", "criticized", "Orbit Office", factuality=Factuality.REPORTED)]
    ),
}
