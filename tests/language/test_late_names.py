"""Names behind what they name: glosses in brackets, and products that are described first and named later."""

from __future__ import annotations

import pytest
from mention_reading import read
from test_coreference import Reading

from spacegraph.language import annotations as annotation
from spacegraph.language.coreference.component import CoreferenceResolver, make_ranker
from spacegraph.rdf_ontology import load_ontology


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("“If they (Zorvex) leave, we lose a friend,” Ines Kovar said.", "they", "Zorvex"),
        ("Ines Kovar met Tomas Brenner. “I told him [Bo Lindqvist] to go,” Kovar said.", "him", "Bo Lindqvist"),
        ("“It [the engine] failed because they (Zorvex) broke it,” Ines Kovar said.", "they", "Zorvex"),
    ],
)  # fmt: skip
def test_a_gloss_says_who_is_meant(text: str, pronoun: str, name: str) -> None:
    assert Reading(text, domain=True).same(pronoun, name)


def test_what_somebody_said_in_brackets_is_no_gloss() -> None:
    reading = Reading("Bo Lindqvist left because he (Tomas Brenner said) was ill.")
    assert not reading.same("he", "Tomas Brenner")


def names_of(text: str, words: str) -> set[str]:
    """What else the things are called that are described by ``words``, with the classes of the built-in ontology."""
    gazetteer = load_ontology().gazetteer()
    doc, mentions = read(text, gazetteer=gazetteer)
    CoreferenceResolver(gazetteer, make_ranker("trained"))(doc)
    said = [annotation.mention_text(doc, m) for m in mentions]
    assert words in said
    return {said[m] for c in annotation.clusters(doc) if words in {said[k] for k in c.mentions} for m in c.mentions} - {
        words, "that", "It", "it"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Zorvex is also working on its own capsule. It is late. In May, Zorvex spoke of a test of Zorvex's Halden spacecraft.",
        "Zorvex is also working on its own capsule. Oberon Labs's Kestrel capsule flew. Zorvex's Halden spacecraft did not.",
    ],
)
def test_a_product_is_named_after_its_description(text: str) -> None:
    assert names_of(text, "its own capsule") == {"Halden"}


@pytest.mark.parametrize(
    "text",
    [
        # Another class, another maker, two names, a name that came before, too far away
        "Zorvex is also working on its own capsule. In May, Zorvex's Halden rocket flew.",
        "Zorvex is also working on its own capsule. In May, Oberon Labs's Halden capsule flew.",
        "Zorvex is also working on its own capsule. Zorvex's Halden capsule and Zorvex's Kestrel capsule flew.",
        "Zorvex's Halden capsule flew. Zorvex is also working on its own capsule. Zorvex's Halden capsule is old.",
        "Zorvex is working on its own capsule. It rained. It snowed. It rained. It snowed. It rained. Zorvex's Halden capsule flew.",
    ],
)
def test_other_products_keep_their_names(text: str) -> None:
    assert names_of(text, "its own capsule") == set()


def test_one_of_several_is_told_apart() -> None:
    assert (
        names_of("Zorvex lost its first capsule. In May, Zorvex's Halden capsule flew.", "its first capsule")
        == set()
    )


def test_who_imagines_to_be_somebody_speaks_for_them() -> None:
    reading = Reading(
        "Tomas Brenner is ill. “If I were Brenner, I would go. And I would take my dog. I am well,” Ines Kovar said."
    )
    assert reading.same("Tomas Brenner", "Brenner", ("I", 1), ("I", 2), "my")
    assert reading.same("Ines Kovar", ("I", 0), ("I", 3))


@pytest.mark.parametrize(
    "text",
    [
        "Tomas Brenner is ill. “If I met Brenner, I would go,” Ines Kovar said.",
        "Tomas Brenner is ill. “If I were ill, I would go,” Ines Kovar said.",
    ],
)
def test_other_conditions_leave_the_speaker(text: str) -> None:
    assert Reading(text).same("Ines Kovar", ("I", 0), ("I", 1))
