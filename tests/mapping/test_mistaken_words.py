"""Words that were read for others: honours, launches towards, ways home, leaders of the day."""

from __future__ import annotations

from fact_reading import facts, triples


def _put(text: str, relation: str) -> set[str]:
    return {str(f.factuality) for f in facts(text) if f.relation == relation}


def test_an_honour_is_no_mourning() -> None:
    text = "Orsa Aerospace honored Una Hale with a ribbon."
    assert ("Orsa Aerospace", "praised", "Una Hale") in triples(text)
    assert not _put(text, "mourned")


def test_what_is_launched_towards_a_place_need_not_arrive() -> None:
    text = "Orsa Aerospace launched the Halcyon probe to Mars."
    assert ("Halcyon", "targets", "Mars") in triples(text)
    assert not _put(text, "travelledTo")


def test_a_plane_home_is_no_return() -> None:
    text = "Una Hale will then board a plane bound for her return to Houston."
    assert "asserted" not in _put(text, "returnedTo")


def test_a_team_led_by_somebody_is_led() -> None:
    assert not _put("The Orsa team, led by Una Hale, met in Norwick.", "formerHeadOf")


def test_whoever_will_remain_aboard_is_aboard() -> None:
    text = "Una Hale will remain aboard the International Space Station until May."
    assert _put(text, "aboard") == {"asserted"}
    later = "Una Hale will remain aboard the International Space Station for a year."
    assert _put(later, "aboard") == {"planned"}


def test_what_is_given_is_so() -> None:
    for text in (
        "Given that Selbia blocked the Orsa project, Vela Works left.",
        "Vela Works withdrew given that Selbia blocked the Orsa project.",
    ):
        assert _put(text, "blocked") == {"asserted"}
