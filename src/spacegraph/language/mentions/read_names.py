"""What the trained reader tells of names: where they begin and end, and what kind of thing they denote.

Long names ("Centre for Ocean Studies in Selby") and names of things that no list knows are where the small entity recogniser fails
most. The reader's spans are taken where they are sure and do not cut through what the domain knows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph.language.mentions.names import NameSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacegraph.gazetteer import Gazetteer
    from spacegraph.language.mentions.name_types import TypedName
    from spacegraph.language.tokens import Tokens

    ReadSpan = tuple[int, int, str, float]

__all__ = ["CLASS_OF_TYPE", "with_read_names", "with_read_types"]

#: The classes of the built-in ontology that the reader's types of named things stand for.
CLASS_OF_TYPE = {
    "Person": "Person", "Organisation": "Organisation", "Group": "Group", "Country": "Country", "Place": "Place", "Vehicle": "Vehicle",
    "Station": "SpaceStation", "Mission": "Mission", "Programme": "Programme", "Product": "Artefact", "Body": "CelestialBody",
    "Event": "Event", "Work": "Work", "Award": "Award", "Language": "Language",
}  # fmt: skip
#: How sure the reader must be of a span that lies around other names, of one that cuts one shorter or crosses it, of a new one.
_AROUND, _ACROSS, _NEW = 0.5, 0.7, 0.6
_OWNING = frozenset(("'s", "’s"))
#: How sure it must be of a name that it gives a type, where the rules have none for it and where they have another.
_TYPE, _OTHER_TYPE = 0.6, 0.95
_OUTSIDE = frozenset(
    ("the", "a", "an", '"', "“", "”", "'", "‘", "’", "(", "[", ",", ".", ":", ";", "’s", "'s")
)
#: What stands in lower case inside names, possessive and all.
_LITTLE = frozenset(
    (
        "of", "the", "and", "for", "in", "on", "at", "to", "a", "an", "with", "by", "from", "&", "de", "la", "le", "du", "des", "da", "do",
        "dos", "del", "di", "von", "van", "der", "den", "al", "el", "bin", "ibn", "y", "e", "'s", "’s",
    )
)  # fmt: skip
_PLACES = frozenset(("GPE", "LOC", "FAC"))


def with_read_names(
    names: Sequence[NameSpan], read: Iterable[ReadSpan], tokens: Tokens, taken: set[int]
) -> list[NameSpan]:
    """The names of a text with those that the reader sees.

    Args:
        names: What the rules found, without overlaps.
        read: The reader's mentions: tokens ``[start, end)``, type, probability.
        tokens: The text.
        taken: Tokens of dates and values, and adjectives of nationality.

    Returns:
        Names without overlaps, in order.
    """
    spans = _named(read, tokens, taken)
    seen = {(s, e) for s, e, _ in spans}
    kept = {(n.start, n.end): n for n in names}
    at: dict[int, tuple[int, int]] = {i: (n.start, n.end) for n in names for i in range(n.start, n.end)}
    for start, end, sure in spans:
        over = sorted({at[i] for i in range(start, end) if i in at})
        if (start, end) in over:
            continue
        inside = [o for o in over if start <= o[0] and o[1] <= end]
        if over and len(inside) == len(over):
            last = kept[over[-1]]
            if sure < _AROUND or any(kept[o].title for o in over):
                # A title before a name is told apart by the rules.
                continue
            new = NameSpan(start, end, employs=last.employs and last.end == end)
        elif over:
            if sure < _ACROSS or any(kept[o].known or o in seen for o in over):
                continue
            first = kept[over[0]]
            new = (
                replace(first, start=start, end=end)
                if first.start == start or first.end == end
                else NameSpan(start, end)
            )
        elif sure < _NEW:
            continue
        else:
            new = NameSpan(start, end)
        for o in over:
            del kept[o]
            for i in range(*o):
                at.pop(i, None)
        kept[start, end] = new
        at.update((i, (start, end)) for i in range(start, end))
    return [kept[key] for key in sorted(kept)]


def _named(read: Iterable[ReadSpan], tokens: Tokens, taken: set[int]) -> list[tuple[int, int, float]]:
    """The reader's spans that are names, without what surrounds a name; the longest and surest first, none inside another."""
    found: dict[tuple[int, int], float] = {}
    for start, end, type_, sure in read:
        if type_ not in CLASS_OF_TYPE:
            continue
        while start < end and tokens.lower[start] in _OUTSIDE:
            start += 1
        while end > start and tokens.lower[end - 1] in _OUTSIDE and tokens.text[end - 1] != ".":
            end -= 1
        if start >= end or any(i in taken for i in range(start, end)) or not _is_name(tokens, start, end):
            continue
        found[start, end] = max(found.get((start, end), 0.0), sure)
    owners = {(s, e) for s, e in found if tokens.lower[min(e, tokens.size - 1)] in _OWNING}
    for start, end in list(found):
        # "Selby's Bay" is one name, "Vela's Selby Centre" two.
        if any(start == s and e < end for s, e in owners):
            del found[start, end]
    spans = sorted(((s, e, p) for (s, e), p in found.items()), key=lambda x: (-(x[1] - x[0]), -x[2], x[0]))
    chosen: list[tuple[int, int, float]] = []
    for start, end, sure in spans:
        if sure >= _AROUND and not any(a < end and start < b for a, b, _ in chosen):
            chosen.append((start, end, sure))
    return chosen


def _is_name(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a span is written as a name: capitals at both ends, no verb or possessive inside, no list."""
    words = tokens.text[start:end]
    if not (words[0][:1].isupper() or words[0][:1].isdigit()) or not any(w[:1].isupper() for w in words):
        return False
    last = words[-1]
    if not (last[:1].isupper() or last[:1].isdigit() or last in ')”"' or any(ch.isupper() for ch in last)):
        return False
    if tokens.tag[start] in ("PRP", "PRP$", "WP", "DT", "IN") or tokens.text[start].isdigit():
        return False
    # "Russia's invasion of Ukraine" has capitals at both ends and is a description: names have little words alone in lower case.
    return all(
        word[:1].isupper() or word[:1].isdigit() or word.lower() in _LITTLE or not word[:1].isalpha()
        for word in tokens.text[start + 1 : end - 1]
    ) and not any(word in ",;:" for word in words)


def with_read_types(
    typed: Sequence[TypedName], read: Iterable[ReadSpan], tokens: Tokens, gazetteer: Gazetteer
) -> list[TypedName]:
    """Typed names with the reader's types where it is sure and the domain does not know the name."""
    votes: dict[str, dict[str, float]] = {}
    most: dict[str, float] = {}
    for start, end, type_, sure in read:
        while start < end and tokens.lower[start] in _OUTSIDE:
            start += 1
        if type_ in CLASS_OF_TYPE and start < end:
            text = tokens.span_text(start, end)
            of = votes.setdefault(text, {})
            of[type_] = of.get(type_, 0.0) + sure
            most[text] = max(most.get(text, 0.0), sure)
    # "Vole" is somebody where the text has "Tamsin Vole", whatever the reader takes it for in one sentence.
    persons = {
        word
        for name in typed
        if name.type == "PERSON" and name.span.end - name.span.start > 1
        for word in tokens.text[name.span.start : name.span.end]
    }
    result = []
    for name in typed:
        text = tokens.span_text(name.span.start, name.span.end)
        seen = votes.get(text, {})
        sure = _OTHER_TYPE if name.type else _TYPE
        if not seen or name.known is not None or most[text] < sure or text in persons:
            result.append(name)
            continue
        cls = CLASS_OF_TYPE[max(sorted(seen), key=lambda k: seen[k])]
        type_ = gazetteer.type_of_class.get(cls, "")
        if (
            not type_
            or (type_ == name.type and name.cls)
            or (cls == "Place" and name.type in _PLACES)
            or (cls == "Organisation" and name.type == "GPE")
        ):
            result.append(name)
        else:
            result.append(
                replace(
                    name,
                    type=type_,
                    cls=cls if cls not in ("Person", "Place", "Organisation", "Artefact") else "",
                    gender=name.gender if type_ == "PERSON" else "",
                )
            )
    return result
