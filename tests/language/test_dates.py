"""Dates, times and durations; published on Wednesday, 9 March 2022 unless said otherwise."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mention_reading import read, times

from spacegraph.language.english.durations import duration
from spacegraph.language.english.numerals import number_of
from spacegraph.model import MentionKind


@pytest.mark.parametrize(
    ("text", "words", "norm"),
    [
        ("The probe was launched on November 23, 2008.", "November 23, 2008", "2008-11-23"),
        ("The probe was launched on 23 November 2008.", "23 November 2008", "2008-11-23"),
        ("The log entry is dated 2021-07-04 and signed.", "2021-07-04", "2021-07-04"),
        ("The crew landed in June 2019 in the steppe.", "June 2019", "2019-06"),
        ("The crew has been in training since 2020.", "2020", "2020"),
        ("Engineers finished the tank in early 2021.", "early 2021", "2021"),
        ("Engineers finished the tank in the summer of 2019.", "the summer of 2019", "2019"),
        ("The ship docked on the 3rd of May 2018.", "the 3rd of May 2018", "2018-05-03"),
        ("Controllers lost the signal in the first quarter of 2017.", "first quarter of 2017", "2017"),
    ],
)
def test_dates_explicit_ones_need_no_publication_date(text: str, words: str, norm: str) -> None:
    assert times(text, published=None)[words] == norm
    assert times(text)[words] == norm


@pytest.mark.parametrize(
    ("text", "words", "norm"),
    [
        ("The crew will return to Earth on March 30.", "March 30", "2022-03-30"),
        ("The pilot was supposed to return on April 7.", "April 7", "2022-04-07"),
        ("The agency fired its director on December 3.", "December 3", "2021-12-03"),
        ("The last report was published in January.", "January", "2022-01"),
        ("The company said it was looking at a May launch.", "May", "2022-05"),
        ("The company tested the engine in May.", "May", "2021-05"),
        ("The company will test the engine in February.", "February", "2023-02"),
    ],
)
def test_dates_tense_gives_the_missing_year(text: str, words: str, norm: str) -> None:
    assert times(text)[words] == norm


@pytest.mark.parametrize(
    ("text", "words", "norm"),
    [
        ("The minister resigned late Monday.", "late Monday", "2022-03-07"),
        ("The minister resigned on Thursday.", "Thursday", "2022-03-03"),
        ("The minister will speak on Thursday.", "Thursday", "2022-03-10"),
        ("The minister resigned last Friday.", "last Friday", "2022-03-04"),
        ("The minister will speak next Tuesday.", "next Tuesday", "2022-03-15"),
        ("The rocket exploded yesterday.", "yesterday", "2022-03-08"),
        ("The crew will dock tomorrow.", "tomorrow", "2022-03-10"),
        ("The rocket exploded last night.", "last night", "2022-03-08"),
        ("The firm signed the contract three weeks ago.", "three weeks ago", "2022-02"),
        ("The firm signed the contract two days ago.", "two days ago", "2022-03-07"),
        ("The firm signed the contract four months ago.", "four months ago", "2021-11"),
        ("The firm signed the contract six years ago.", "six years ago", "2016"),
        ("The firm signed the contract last week.", "last week", "2022-03"),
        ("The firm signed the contract last month.", "last month", "2022-02"),
        ("The firm will sign the contract next year.", "next year", "2023"),
    ],
)
def test_dates_relative_ones_count_from_publication(text: str, words: str, norm: str) -> None:
    assert times(text)[words] == norm


def test_dates_weekday_chooses_the_year_of_a_day() -> None:
    # 5 March was a Friday in 2021, a Saturday in 2022.
    assert (
        times("The tribunal met on Friday, March 5, behind closed doors.")["Friday, March 5"] == "2021-03-05"
    )


def test_dates_without_publication_stay_open() -> None:
    found = times(
        "The minister resigned on Thursday and left on April 7 after last year's vote.", published=None
    )
    assert set(found.values()) == {""}


def test_dates_explicit_year_is_lent_to_the_days_after_it() -> None:
    text = "On April 12, 1963, the pilot circled the planet. On April 14, he was received in the capital."
    assert times(text)["April 14"] == "1963-04-14"


def test_dates_range_is_two_mentions() -> None:
    found = times("She ran the laboratory from 2000 to 2008.")
    assert found == {"2000": "2000", "2008": "2008"}


@pytest.mark.parametrize(
    ("text", "words", "norm"),
    [
        ("The crew stayed aboard for six months.", "six months", "P6M"),
        ("They spent a year in the desert.", "a year", "P1Y"),
        ("It flew for more than two decades.", "more than two decades", "P20Y"),
        ("The spacewalk lasted six hours and 45 minutes.", "six hours", "PT6H"),
        ("The 30-day mission ended well.", "30-day", "P30D"),
        ("The flight took a year and a half.", "a year and a half", "P18M"),
        ("They trained for several years.", "several years", ""),
    ],
)
def test_dates_durations_are_iso_8601(text: str, words: str, norm: str) -> None:
    _, mentions = read(text)
    assert times(text)[words] == norm
    assert "DURATION" in {m.type for m in mentions if m.kind is MentionKind.TIME}


def test_dates_time_of_day_with_zone() -> None:
    assert times("Coverage begins at 9:30 a.m. EDT on the agency's channel.")["9:30 a.m. EDT"] == "09:30:00"


@pytest.mark.parametrize(
    "text",
    [
        "The crew may leave the lander.",
        "Soldiers march through the capital.",
        "The second engine failed.",
        "The company sold 2019 engines.",
        "She has the right answer.",
    ],
)
def test_dates_ordinary_words_are_no_dates(text: str) -> None:
    assert times(text) == {}


def test_dates_impossible_day_has_no_value() -> None:
    assert "2021-02-30" not in times("The form says February 30, 2021.").values()


_LEXICAL = re.compile(r"^(?:\d{4}(?:-\d\d(?:-\d\d)?)?|\d\d:\d\d:00|P[\dYMWDTHS.]+|)$")


@settings(max_examples=40, deadline=None)
@given(
    st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2090, 12, 31)),
    st.sampled_from(["said on {} that", "will fly on {} if", "left, {}, when"]),
    st.sampled_from(["Monday", "Feb. 29", "last week", "next month", "late Sunday", "31 June", "two years ago", "May", "mid-March"]),
)  # fmt: skip
def test_dates_values_are_always_lexical_forms(published: dt.date, frame: str, words: str) -> None:
    found = times("The agency " + frame.format(words) + " it rained.", published=published)
    assert all(_LEXICAL.match(norm) for norm in found.values())


@settings(max_examples=40, deadline=None)
@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2090, 12, 31)))
def test_dates_a_past_weekday_lies_in_the_week_up_to_publication(published: dt.date) -> None:
    norm = times("The minister resigned on Tuesday.", published=published)["Tuesday"]
    date = dt.date.fromisoformat(norm)
    assert date.weekday() == 1
    assert 0 <= (published - date).days < 7


@pytest.mark.parametrize(
    ("word", "value"), [("twelve", 12), ("1,200", 1200), ("twenty-one", 21), ("3.5", 3.5), ("station", None)]
)
def test_numerals(word: str, value: float | None) -> None:
    assert number_of(word) == value


@pytest.mark.parametrize(
    ("count", "unit", "text"),
    [
        (3, "month", "P3M"),
        (1.5, "year", "P18M"),
        (2, "decade", "P20Y"),
        (90, "minute", "PT90M"),
        (1, "night", ""),
    ],
)
def test_durations(count: float, unit: str, text: str) -> None:
    assert duration(count, unit) == text
