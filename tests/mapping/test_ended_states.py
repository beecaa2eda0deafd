"""What has ended is asserted with its end, and not denied."""

from __future__ import annotations

import pytest
from fact_reading import facts

Row = tuple[str, str, str, str, bool]


def read(text: str, relation: str) -> list[Row]:
    return sorted(
        (f.subject.label, f.object.label, f.factuality.value, f.time, f.ended)
        for f in facts(text)
        if f.relation == relation
    )


@pytest.mark.parametrize(
    ("text", "relation", "subject", "obj"),
    [
        ("Ruritania no longer sells rocket engines to Lunara.", "sells", "Ruritania", "rocket engines"),
        ("Ruritania has stopped selling rocket engines to Lunara.", "sells", "Ruritania", "rocket engines"),
        ("Vela Works once owned Lunara.", "owns", "Vela Works", "Lunara"),
        ("Vela Works, the former owner of Lunara, praised Bob Ray.", "owns", "Vela Works", "Lunara"),
        ("Ann Lee spent a year aboard the Merrow space station.", "aboard", "Ann Lee", "Merrow"),
        ("Ann Lee lived aboard the Merrow space station for six months.", "aboard", "Ann Lee", "Merrow"),
        ("Ann Lee is no longer aboard the Merrow space station.", "aboard", "Ann Lee", "Merrow"),
        ("Lunara suspended its cooperation with Vela Works.", "cooperatesWith", "Lunara", "Vela Works"),
        ("Ann Lee was a test pilot with the Ruritanian Air Force until 2017.", "hasRole", "Ann Lee", "test pilot"),
    ],
)  # fmt: skip
def test_what_is_over_was_so(text: str, relation: str, subject: str, obj: str) -> None:
    assert [(s, o, how, ended) for s, o, how, _, ended in read(text, relation)] == [
        (subject, obj, "asserted", True)
    ]


def test_it_keeps_its_time() -> None:
    assert read("Ruritania stopped selling rocket engines to Lunara in 2021.", "sells") == [
        ("Ruritania", "rocket engines", "asserted", "2021", True)
    ]


def test_whoever_says_that_it_is_over_reports_it() -> None:
    text = "Ann Lee said that Lunara no longer owned Vela Works."
    (fact,) = (f for f in facts(text) if f.relation == "owns")
    assert (fact.factuality, fact.ended) == ("reported", True)
    assert fact.attributed_to is not None
    assert fact.attributed_to.label == "Ann Lee"


@pytest.mark.parametrize(
    ("text", "relation", "factuality"),
    [
        # What is denied, prevented or going to end has not ended.
        ("Ruritania has never sold rocket engines to Lunara.", "sells", "negated"),
        ("Ruritania denied selling rocket engines to Lunara.", "sells", "negated"),
        ("Ruritania stopped Lunara from buying Vela Works.", "acquired", "negated"),
        ("Ruritania will no longer sell rocket engines to Lunara.", "sells", "negated"),
        ("Ruritania plans to stop selling rocket engines to Lunara.", "sells", "negated"),
        ("Ruritania did not stop selling rocket engines to Lunara.", "sells", "asserted"),
        ("Ann Lee was never a test pilot of Vela Works.", "hasRole", "negated"),
        # What goes on, and what holds of somebody who has left.
        ("Ann Lee has spent a year aboard the Merrow space station.", "aboard", "asserted"),
        ("The former Ruritanian minister Ann Lee praised Bob Ray.", "hasRole", "asserted"),
    ],
)
def test_what_is_not_over_has_not_ended(text: str, relation: str, factuality: str) -> None:
    found = read(text, relation)
    assert found
    assert {(how, ended) for _, _, how, _, ended in found} == {(factuality, False)}


def test_the_length_of_a_stay_is_no_stay() -> None:
    assert [
        ended for *_, ended in read("Ann Lee spent a year aboard the Merrow space station.", "hasDuration")
    ] == [False]
