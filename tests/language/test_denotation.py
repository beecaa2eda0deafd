"""What a noun phrase is said of: by a copula the other way round, after a fronted "as", by "called"."""

from __future__ import annotations

import pytest
from factuality_reading import factuality
from proposition_reading import NOUN, all_of, roles


@pytest.mark.parametrize(
    ("text", "lemma", "referents"),
    [
        ("The new pilots are Ines Kovar, Bo Lind and Ada Okafor.", "pilot", ["Ines Kovar", "Bo Lind", "Ada Okafor"]),
        ("The commander of the flight is Ines Kovar.", "commander", ["Ines Kovar"]),
        ("Its pilot is Ines Kovar and its engineer is Bo Lind.", "engineer", ["Bo Lind"]),
        ("The owner of the telescope is the Vela Institute.", "owner", ["Vela Institute"]),
        ("As director of Zorvex, Ines Kovar signed the contract.", "director", ["Ines Kovar"]),
        ("As the main customer of the project, Zorvex pays for the fuel.", "customer", ["Zorvex"]),
        ("A student named Ines Kovar left.", "student", ["Ines Kovar"]),
        ("A probe called Tern landed on Friday.", "probe", ["Tern"]),
    ],
)  # fmt: skip
def test_noun_is_said_of_what_is_named(text: str, lemma: str, referents: list[str]) -> None:
    assert roles(text, lemma, NOUN)["ref"] == referents


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        # One person is not said to be two.
        ("The winner is Ines Kovar or Bo Lind.", "winner"),
        ("The pilot is tired.", "pilot"),
        ("As a precaution, Zorvex closed the plant.", "precaution"),
        ("As a result, Zorvex closed the plant.", "result"),
        ("A probe called home.", "probe"),
    ],
)
def test_noun_is_said_of_nothing_else(text: str, lemma: str) -> None:
    assert all(a.role != "ref" or a.head == p.head for p in all_of(text, lemma, NOUN) for a in p.arguments)


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("The commander is Ines Kovar.", "commander", "asserted"),
        ("The commander was not Ines Kovar.", "commander", "negated"),
        ("The commander will be Ines Kovar.", "commander", "planned"),
        ("The commander could be Ines Kovar.", "commander", "hypothetical"),
        ("If the commander were Ines Kovar, they would leave.", "commander", "hypothetical"),
        ("As the head of Zorvex, Ines Kovar will visit Ames.", "head", "asserted"),
        ("As the head of Zorvex, Ines Kovar did not visit Ames.", "head", "asserted"),
        ("As president, Ines Kovar would cut taxes.", "president", "hypothetical"),
    ],
)
def test_what_is_said_shares_the_lot_of_the_copula(text: str, word: str, wanted: str) -> None:
    assert factuality(text, word) == wanted
