"""A model's answer as claims, however well it kept to the form."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

__all__ = ["Claim", "read_answer"]

#: More facts than this in one answer are the work of a model that runs wild.
MOST = 2000
#: Longest name or words of a claim, in characters.
LONGEST = 1000
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_START = re.compile(r'"facts"\s*:\s*\[|\[\s*(?=\{)|(?=\{\s*"(?:sentence|relation|subject)")')


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as the model put it; sentences are numbers of lines, and ``factuality`` any text."""

    sentence: int
    relation: str
    subject: str
    subject_words: str
    object: str
    object_words: str
    object_sentence: int
    factuality: str = ""
    source: str = ""


def read_answer(text: str) -> tuple[list[Claim], int, bool]:
    """The claims of an answer, the number of facts without the parts of one, and whether the answer was whole.

    What was cut off, stands in a fence of Markdown or behind thoughts is read as far as it goes.
    """
    text = _THOUGHTS.sub("", text).strip()
    facts, whole = _facts(text)
    claims, broken = [], 0
    for fact in facts[:MOST]:
        claim = _claim(fact)
        if claim is None:
            broken += 1
        else:
            claims.append(claim)
    return claims, broken + len(facts[MOST:]), whole


def _facts(text: str) -> tuple[list[Any], bool]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        pass
    else:
        facts = found.get("facts") if isinstance(found, dict) else found
        return (facts, True) if isinstance(facts, list) else ([], False)
    start = _START.search(text)
    if start is None:
        return [], False
    decoder = json.JSONDecoder()
    facts, at = [], start.end()
    while True:
        while at < len(text) and (text[at].isspace() or text[at] == ","):
            at += 1
        if at >= len(text):
            return facts, False
        if text[at] == "]":
            return facts, True
        try:
            fact, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return facts, False
        facts.append(fact)


def _claim(fact: Any) -> Claim | None:
    if not isinstance(fact, dict):
        return None
    sentence = _number(fact.get("sentence"))
    texts = {
        key: _text(fact.get(key))
        for key in ("relation", "subject", "subject_words", "object", "object_words")
    }
    if sentence is None or not texts["relation"] or not texts["subject_words"] or not texts["object_words"]:
        return None
    other = _number(fact.get("object_sentence"))
    return Claim(
        sentence=sentence,
        object_sentence=sentence if other is None else other,
        factuality=_text(fact.get("factuality")).lower(),
        source=_text(fact.get("source")),
        **texts,
    )


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,9}\s*", value):
        return int(value)
    return None


def _text(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST else ""
