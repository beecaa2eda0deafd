from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from view_graphs import TEXT, Graph, entity, fact, halden, large

from spacegraph.graph import KnowledgeGraph
from spacegraph.model import Article, Entity, Fact, Factuality, Literal
from spacegraph.ontology import Ontology, OntologyClass
from spacegraph.views.content import end_of, read_content, words_of
from spacegraph.views.families import FACTUALITIES, OTHER, find_families, way_of
from spacegraph.views.marks import find_names, sentence_around, utf16_offsets

if TYPE_CHECKING:
    from pathlib import Path


def labels(graph: Graph, limit: int | None = None) -> list[str]:
    return [thing.entity.label for thing in read_content(graph, limit=limit).things]


def test_things_that_many_facts_relate_come_first() -> None:
    hub, leaves = entity("Hub"), [entity(f"Leaf {number}") for number in range(5)]
    graph = Graph(facts=tuple(fact(leaf, "knows", hub) for leaf in leaves), entities=(entity("Alone"),))
    assert labels(graph)[0] == "Hub"
    assert labels(graph)[-1] == "Alone"


def test_speakers_are_things_too() -> None:
    graph = Graph(facts=(fact(entity("A"), "knows", entity("B"), attributed_to=entity("Speaker")),))
    assert "Speaker" in labels(graph)


def test_limit_leaves_out_facts_of_what_it_leaves_out() -> None:
    content = read_content(large(50), limit=20)
    assert (len(content.things), content.left_out) == (20, 30)
    assert content.facts_left_out == len(large(50).facts) - len(content.facts)
    assert all(one.subject.iri in content.index for one in content.facts)


def test_order_does_not_depend_on_the_order_given() -> None:
    graph = halden()
    turned = Graph(facts=graph.facts[::-1], entities=graph.entities[::-1], articles=graph.articles)
    assert read_content(turned) == read_content(graph)


@pytest.mark.parametrize(
    ("name", "words"),
    [("isMemberOf", "is member of"), ("SpaceAgency", "space agency"), ("UFO", "UFO"), ("hasURLPath", "has URL path"), ("snake_case", "snake case"), ("", ""), ("a", "a")],
)  # fmt: skip
def test_words_of_a_local_name(name: str, words: str) -> None:
    assert words_of(name) == words


def tree(**parents: str) -> Ontology:
    return Ontology(
        classes={
            name: OntologyClass(
                iri=name, name=name, label=words_of(name), superclasses=(parent,) if parent else ()
            )
            for name, parent in parents.items()
        }
    )


def of_classes(**counts: int) -> Graph:
    return Graph(
        entities=tuple(entity(f"{cls} {n}", cls) for cls, count in counts.items() for n in range(count))
    )


def test_rare_classes_join_their_superclass_until_few_are_left() -> None:
    ontology = tree(Capsule="Spacecraft", Spacecraft="Vehicle", Vehicle="", Person="", City="Place", Place="")
    content = read_content(of_classes(Person=9, Capsule=1, Spacecraft=2, Vehicle=3, City=5))
    families = find_families(content, ontology, most=3)
    assert families["Capsule"] == families["Spacecraft"] == families["Vehicle"]
    assert families["Person"].label == "person"
    assert families["City"] != families["Person"]


def test_what_has_no_superclass_joins_the_others() -> None:
    content = read_content(of_classes(A=5, B=4, C=1))
    families = find_families(content, None, most=2)
    assert families["C"].label == "other"
    assert families["A"].label == "a"


def test_classes_below_each_other_in_a_circle_join_the_others() -> None:
    content = read_content(of_classes(A=1, B=1, C=9, D=8))
    families = find_families(content, tree(A="B", B="A", C="", D=""), most=2)
    assert families["A"] == families["B"]
    assert families["A"].label == "other"


def test_families_differ_in_colour_and_in_shape() -> None:
    content = read_content(of_classes(**{f"Kind{letter}": 1 for letter in "ABCDEFGHI"}))
    families = set(find_families(content, None).values())
    assert len({family.colour for family in families}) == len({family.shape for family in families}) == 9


def test_general_classes_look_the_same_in_every_graph() -> None:
    first = find_families(read_content(of_classes(Person=1, Spell=9)), None)
    second = find_families(read_content(of_classes(Person=9, Company=3)), None)
    assert first["Person"] == second["Person"]


def test_factualities_differ_in_line_and_not_only_in_colour() -> None:
    assert len({(style.dash, style.arrow) for style in FACTUALITIES.values()}) == len(FACTUALITIES) == 6


def test_what_somebody_said_is_drawn_as_a_thing_of_its_own_kind() -> None:
    mira = entity("Mira Okonjo", "Person")
    graph = Graph(
        facts=(
            fact(mira, "threatened", Literal(value="to leave the station")),
            fact(mira, "hasRole", Literal(value="pilot")),
        )
    )
    content = read_content(graph)
    assert [(f.relation, end.label) for f in content.relations if (end := end_of(f)) is not None] == [
        ("threatened", "“to leave the station”")
    ]
    families = find_families(content, None)
    assert {families[t.entity.type].label: families[t.entity.type].shape for t in content.things} == {
        "person": "ellipse",
        "what is said": "tag",
    }


def test_a_station_that_everything_turns_around_is_drawn_as_one() -> None:
    ontology = tree(
        Person="", Station="Craft", Capsule="Craft", Craft="Artefact", Artefact="", Tool="Artefact", Office="", Country="",
        City="Place", Place="", Company="", Award="", Crime="", Work="", Law="Work",
    )  # fmt: skip
    station = entity("Merrow", "Station")
    others = [entity(f"{cls} {n}", cls) for cls in ontology.classes for n in range(3) if cls != "Station"]
    graph = Graph(facts=tuple(fact(other, "near", station) for other in others))
    families = find_families(read_content(graph), ontology)
    assert families["Station"].name == "Station"
    assert len({family for family in families.values() if family.name != OTHER}) <= 9


def test_what_has_ended_is_put_in_a_way_of_its_own() -> None:
    one = fact(entity("A"), "owns", entity("B"), ended=True)
    assert [
        way_of(one),
        way_of(replace(one, ended=False)),
        way_of(replace(one, factuality=Factuality.REPORTED)),
    ] == [
        "ended",
        "asserted",
        "reported",
    ]


def article(text: str) -> Article:
    return Article(id="a", text=text)


def names_in(text: str, *entities: Entity) -> list[tuple[str, str]]:
    facts = [Fact(doc_id="a", subject=one, property_iri="p", object=one) for one in entities]
    return [(text[start:end], iri) for start, end, iri in find_names(article(text), facts)]


def test_longest_name_is_found_and_parts_of_words_are_not() -> None:
    port, new = entity("Port"), entity("Port Halden", aliases=("P.H.",))
    text = "Port Halden, Porto and Port: P.H. it is."
    assert names_in(text, port, new) == [("Port Halden", new.iri), ("Port", port.iri), ("P.H.", new.iri)]


def test_names_of_any_signs_are_found() -> None:
    odd = entity("(x) [y]*")
    assert names_in("See (x) [y]* there.", odd) == [("(x) [y]*", odd.iri)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("criticized", "PORT HALDEN — Mira Okonjo, who leads Tessaly Aerospace, criticized Senator Paul Vance on Monday."),
        ("May 2031", "“Tessaly will launch the Heron capsule in May 2031,” she said."),
        ("names a crew", "Tessaly Aerospace names a crew 🚀"),
    ],
)  # fmt: skip
def test_sentence_around_words(words: str, sentence: str) -> None:
    start = TEXT.index(words)
    first, last = sentence_around(TEXT, start, start + len(words))
    assert TEXT[first:last] == sentence


def test_titles_and_initials_end_no_sentence() -> None:
    text = "It rained. Dr. Ann B. Lee met Gen. Ray. They left."
    start = text.index("met")
    first, last = sentence_around(text, start, start + 3)
    assert text[first:last] == "Dr. Ann B. Lee met Gen. Ray."


def test_words_over_two_sentences_have_both() -> None:
    text = "One came. Two went. Three stayed."
    first, last = sentence_around(text, text.index("came"), text.index("went") + 4)
    assert text[first:last] == "One came. Two went."


def test_offsets_count_as_javascript_does() -> None:
    text = "a🚀b👩‍🚀c"
    found = utf16_offsets(text, range(len(text) + 1))
    units = text.encode("utf-16-le")
    assert [units[: offset * 2].decode("utf-16-le") for offset in found] == [
        text[:n] for n in range(len(text) + 1)
    ]


def test_triples_that_we_have_not_made_are_facts(tmp_path: Path) -> None:
    file = tmp_path / "foreign.ttl"
    file.write_text(
        "@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . "
        'ex:a a foaf:Person ; foaf:name "Ann" ; foaf:knows ex:b%20c . ex:b%20c foaf:age 12 . ex:b%20c foaf:knows _:x .',
        "utf-8",
    )
    content = read_content(KnowledgeGraph.load(file))
    assert {(fact.subject.label, fact.relation) for fact in content.facts} == {
        ("Ann", "knows"),
        ("b c", "knows"),
        ("b c", "age"),
    }
    ann = next(thing.entity for thing in content.things if thing.entity.label == "Ann")
    assert (ann.type, ann.iri) == ("Person", "http://example.org/a")
    (age,) = [fact.object for fact in content.facts if fact.relation == "age"]
    assert (age.label, age.type) == ("12", "integer")
