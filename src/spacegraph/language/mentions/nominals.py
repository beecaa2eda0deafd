"""Noun phrases with common nouns as heads: "the station", "two Russian cosmonauts", "its own capsule"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.numerals import number_of
from spacegraph.model import Mention, MentionKind

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from spacegraph.language.english.nouns import NounLexicon
    from spacegraph.language.tokens import Tokens

__all__ = ["find_nominals"]

#: Dependents before a noun that belong to its base phrase.
_INSIDE = frozenset(
    (
        "det",
        "predet",
        "amod",
        "compound",
        "nummod",
        "poss",
        "nmod",
        "quantmod",
        "advmod",
        "npadvmod",
        "case",
        "neg",
        "punct",
        "hmod",
        "prt",
    )
)
#: Roles in which a noun heads no phrase of its own.
_MODIFIES = frozenset(("compound", "npadvmod", "quantmod", "nmod", "amod", "advmod", "case", "intj", "meta"))
_PHRASES = frozenset((
    ("for", "example"), ("for", "instance"), ("in", "order"), ("in", "fact"), ("in", "addition"), ("on", "behalf"), ("of", "course"),
    ("in", "terms"), ("in", "part"), ("at", "least"), ("as", "part"), ("in", "place"), ("in", "response"), ("as", "result"), ("in", "light"),
    ("by", "way"), ("in", "spite"), ("in", "case"), ("on", "track"), ("in", "front"), ("at", "risk"), ("in", "mind"), ("in", "general"),
    ("with", "regard"), ("in", "regard"), ("with", "respect"), ("in", "favor"), ("in", "favour"), ("in", "question"), ("as", "matter"),
))  # fmt: skip
_LIGHT_OBJECTS = frozenset(
    (
        ("take", "place"),
        ("take", "part"),
        ("take", "care"),
        ("make", "sense"),
        ("play", "part"),
        ("give", "way"),
        ("make", "way"),
    )
)
_PLURAL_WORDS = frozenset(
    ("people", "police", "children", "men", "women", "personnel", "media", "data", "crew")
)


def find_nominals(
    tokens: Tokens,
    nouns: NounLexicon,
    *,
    named: AbstractSet[int],
    taken: AbstractSet[int],
    titles: AbstractSet[int],
) -> list[Mention]:
    """Find the noun phrases of a text that have common nouns as heads.

    Args:
        tokens: The text.
        nouns: What nouns denote.
        named: Tokens that are in names or that are the heads of names.
        taken: Tokens of dates and values.
        titles: Capitalised title words outside names ("Administrator").

    Returns:
        A NOMINAL mention for each base noun phrase, from its determiner to its head, without what follows.
    """
    t = tokens
    found: list[Mention] = []
    for i, tag in enumerate(t.tag):
        if i in named or i in taken:
            continue
        noun = (
            tag in ("NN", "NNS")
            or i in titles
            or (tag in ("NNP", "NNPS") and t.pos[i] in ("PROPN", "NOUN") and t.lower[i] in words.NOUN_TYPES)
        )
        if not noun and not _stands_for_people(t, i):
            continue
        if not t.text[i][0].isalpha() or t.pos[i] in ("PUNCT", "SYM", "X"):
            continue
        dep = t.dep[i]
        if dep in _MODIFIES and t.head[i] != i and _modifies(t, i):
            continue
        lower, lemma = t.lower[i], t.lemma[i]
        start = _left_end(t, i)
        if _is_idiom(t, i, start):
            continue
        if lemma in words.TIME_NOUNS and start >= i - 1 and nouns.of(lemma) is None:
            continue
        before = t.lemma[i - 1] if i > start else ""
        # "Orbiting laboratory": a noun's own first word need not be a lemma.
        known = (nouns.of_two(t.lower[i - 1], lemma) if before else None) or nouns.of(lemma, before)
        if known is None and t.lemma[i] != lower:
            known = nouns.of(lower)
        if known is None and tag in ("NNS", "NNPS") and lower.endswith("s"):
            known = nouns.of(lower[:-1], before)
        plural = (
            tag in ("NNS", "NNPS")
            or lower in _PLURAL_WORDS
            or (not noun and lower not in ("one", "another", "each"))
            or (lower in words.NOUN_TYPES and t.tag[i] == "NNS")
        )
        if lower == "crew":
            plural = False
        gender = ""
        type_, cls = "", ""
        if known is not None:
            type_, cls = known.type, known.cls
            gender = known.gender if not plural else ""
        if type_ and type_ != "PERSON":
            gender = "neut" if not plural else ""
        found.append(
            Mention(
                start=start, end=i + 1, head=i, kind=MentionKind.NOMINAL, type=type_, cls=cls,
                norm=_count(t, start, i), number="plur" if plural else "sing", gender=gender,
            )
        )  # fmt: skip
    return found


def _stands_for_people(t: Tokens, i: int) -> bool:
    """An adjective, numeral or quantifier as the head of a phrase: "the two", "others", "many of them"."""
    word = t.lower[i]
    if t.dep[i] not in ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "attr", "appos"):
        return False
    if word in ("someone", "everyone", "anyone", "nobody", "somebody", "everybody", "anybody"):
        return True
    if t.tag[i] == "CD" and not word[0].isdigit():
        return any(t.lower[k] in ("the", "these", "those", "all", "other") for k in t.left[i]) or any(
            t.lower[k] == "of" for k in t.right[i]
        )
    if word == "both" and t.dep[i] in ("nsubj", "nsubjpass") and i == t.sentence(i)[0]:
        return True
    return (
        word in ("many", "several", "most", "some", "both", "few", "all", "others", "another", "each")
        and t.tag[i] in ("JJ", "JJS", "DT", "NNS", "PDT")
        and (word == "others" or any(t.lower[k] == "of" for k in t.right[i]))
    )


def _modifies(t: Tokens, i: int) -> bool:
    """Whether noun ``i`` only modifies the noun after it."""
    head = t.head[i]
    if t.dep[i] == "npadvmod":
        return t.pos[head] in ("ADJ", "ADV", "NOUN", "PROPN") or (
            t.tag[head] in ("VBN", "VBG") and head > i and head - i <= 2
        )
    return head > i


def _left_end(t: Tokens, i: int) -> int:
    """The first token of the base noun phrase with head ``i``."""
    start = i
    for child in reversed(t.left[i]):
        dep = t.dep[child]
        if dep not in _INSIDE:
            if dep in ("conj", "cc") or not (
                t.tag[child] in ("JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNP", "CD", "DT", "PDT", "RB")
                and dep in ("acl", "dep", "nsubj", "appos")
            ):
                break
            break
        edge = t.left_edge(child)
        if t.right_edge(child) >= i:
            break
        if dep == "punct" and t.text[child] in (
            ",",
            "(",
            ")",
            "\u201c",
            "\u201d",
            '"',
            "\u2014",
            ":",
            ";",
            "\u2018",
        ):
            # A comma between adjectives stays inside; one at the edge does not.
            if t.text[child] == "," and any(
                k < child and t.dep[k] in ("det", "amod", "poss", "nummod") for k in t.left[i]
            ):
                start = min(start, child)
                continue
            if t.text[child] in ("\u201c", "\u201d", '"', "\u2018") and any(
                k < child and t.dep[k] in ("det", "poss") for k in t.left[i]
            ):
                continue
            break
        if (
            dep == "advmod"
            and t.lower[child]
            in ("even", "only", "also", "just", "then", "now", "not", "so", "when", "where", "currently")
            and edge == t.left[i][0]
        ):
            break
        if t.tag[child] == "_SP":
            break
        start = min(start, edge)
    while start < i and (
        t.pos[start] in ("PUNCT", "SPACE")
        or (
            t.tag[start] in ("CC", "IN")
            and t.dep[start] != "quantmod"
            and t.lower[start] not in ("about", "over", "under", "at", "around", "nearly")
        )
    ):
        start += 1
    # Never across a line break.
    for k in range(i - 1, start - 1, -1):
        if t.tag[k] == "_SP":
            start = k + 1
            break
    return start


def _is_idiom(t: Tokens, i: int, start: int) -> bool:
    lemma = t.lemma[i]
    lower = t.lower[i]
    parent = t.head[i]
    if lower in ("lot", "lots", "plenty", "couple", "kind", "sort", "kinds", "sorts", "bit"):
        return True
    if lower in ("order", "example", "instance", "course", "sake", "behalf"):
        return t.dep[i] == "pobj" and start == i
    if t.dep[i] == "pobj" and (t.lower[parent], lemma if lower != "terms" else "terms") in _PHRASES:
        return start == i or lemma in ("result", "part", "way", "matter")
    if t.dep[i] == "dobj" and (t.lemma[parent], lemma) in _LIGHT_OBJECTS:
        return start == i
    return lower == "home" and start == i


def _count(t: Tokens, start: int, head: int) -> str:
    """The number of things that the phrase counts, where it is written: "two" -> "2"."""
    for child in t.left[head]:
        if child >= start and t.dep[child] == "nummod" and t.tag[child] == "CD":
            value = number_of(t.text[child])
            if value is not None and value == int(value):
                return str(int(value))
    return ""
