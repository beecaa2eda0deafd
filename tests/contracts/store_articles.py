"""Articles of our own invention for tests of stores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

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


@st.composite
def about_one_name(draw: st.DrawFn) -> dict[str, tuple[Article, list[Fact], list[Entity]]]:
    """Articles about one name, which say of it things by which two of one name are told apart."""
    found = {}
    for doc_id in draw(st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=6, unique=True)):
        kind = draw(st.sampled_from(["Person"] * 5 + ["Place"]))
        name = draw(st.sampled_from(["Jon Pell"] * 5 + ["Pell"]))
        claims = draw(
            st.lists(
                st.tuples(
                    st.sampled_from(
                        ["hasNationality", "hasOccupation", "worksFor", "memberOf", "praised", "aboard"]
                    ),
                    st.sampled_from(["Avonia", "Brellia", "Oban"]),
                ),
                max_size=4,
                unique=True,
            )
        )
        facts = [
            replace(fact(doc_id, name, relation, obj, kinds=(kind, "Company")), evidence=())
            for relation, obj in claims
        ]
        found[doc_id] = (Article(id=doc_id, text="Nothing."), facts, [entity(name, kind)])
    return found
