"""Names of one thing: the same words, parts of them, acronyms, and known entities.

The passes follow Lee et al. (2013), "Deterministic coreference resolution based on entity-centric, precision-ranked
rules" (exact match, then relaxed ones), with the conventions of news: the full name first, a part of it later.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from spacegraph.language.coreference.entities import meanings_agree
from spacegraph.language.english import words
from spacegraph.language.english.listed_names import is_short_for

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from spacegraph.language.coreference.entities import Entities
    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.tokens import Tokens

__all__ = ["acronyms_of", "merge_names", "normal_form"]

_SMALL_WORDS = frozenset(
    ["of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "del", "et", "&", "a", "an", "to", "at"]
)
_ROMAN = frozenset(
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi"]
)
#: Last words that companies drop in later mentions of their names.
_COMPANY_TAILS = words.CORPORATE | frozenset(["technologies", "technology", "systems", "system", "industries", "industry", "aerospace", "aeronautics", "aviation", "group", "holdings", "motors", "solutions", "ventures", "enterprises", "international", "laboratories", "labs", "lab", "communications", "airlines", "airways", "partners", "dynamics", "works", "studios", "company", "university", "space", "aircraft", "electric"])  # fmt: skip
#: What follows the name proper in names of centres, and how these end.
_CENTRES = frozenset(("center", "centre", "facility", "laboratory"))
_OF_CENTRES = _CENTRES | frozenset(
    ("space", "flight", "research", "test", "technology", "launch", "propulsion", "science")
)
_INSTRUMENTS = frozenset(("telescope", "observatory"))
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "m.d."))


def normal_form(name: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name in lower case, without article, dots and corporate suffix."""
    lower = [word.lower().replace(".", "").replace("’", "'") for word in name]
    lower = [word for word in lower if word and word not in (",", "'s", '"')]
    while len(lower) > 1 and lower[-1] in ("inc", "corp", "ltd", "llc", "plc", "gmbh", "limited", "co"):
        lower.pop()
    if len(lower) > 1 and lower[0] == "the":
        del lower[0]
    return tuple(part for word in lower for part in word.split("-") if part)


def acronyms_of(name: tuple[str, ...]) -> frozenset[str]:
    """The acronyms that a name of several words may have: "National Ice Office" gives "nio".

    With the small words left out, and with them as letters.
    """
    parts = [
        part for word in name for part in word.replace("’", "'").split("-") if part and part[0].isalnum()
    ]
    great = [part for part in parts if part.lower() not in _SMALL_WORDS]
    if len(great) < 2:
        return frozenset()
    return frozenset((
        "".join(part[0] for part in great).lower(),
        "".join(part[0] for part in parts).lower(),
    ))  # fmt: skip


def merge_names(tokens: Tokens, entities: Entities) -> None:
    """Merge the names of one thing, and demonyms with the names of their countries."""
    expressions = entities.expressions
    names = [e for e in expressions if e.kind == "name"]
    form = {e.at: _in_order(normal_form(e.words)) for e in names}
    shared = _shared_parts(names, form)
    _merge_same(entities, [e for e in names if e.known or form[e.at] not in shared], form)
    _merge_parentheses(tokens, entities, names)
    _merge_acronyms(entities, names, form)
    _merge_short_forms(entities, names, form)
    _merge_parts(tokens, entities, names, form)
    _merge_demonyms(entities, names, form)


def _in_order(form: tuple[str, ...]) -> tuple[str, ...]:
    """The words with "Department of Fisheries" in the order of "Fisheries Department"."""
    if len(form) == 3 and form[0] in ("department", "ministry") and form[1] == "of":
        return form[2], form[0]
    return form


def _shared_parts(names: list[Expression], form: dict[int, tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """Single words that are parts of the full names of several people: surnames of families, common given names."""
    wholes: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for e in names:
        if e.meaning == "person" and len(form[e.at]) > 1:
            for word in (form[e.at][0], form[e.at][-1]):
                wholes[word].add((form[e.at][0], form[e.at][-1]))
    return frozenset((word,) for word, people in wholes.items() if len(people) > 1)


def _merge_same(entities: Entities, names: list[Expression], form: dict[int, tuple[str, ...]]) -> None:
    by_form: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_known: dict[str, int] = {}
    for e in names:
        if e.known:
            entities.merge(by_known.setdefault(e.known, e.at), e.at)
        for other in by_form[form[e.at]]:
            # The typing of one name is put to the vote, so that two types are two things only as persons.
            if entities.agree(other, e.at) and _types_agree(entities, other, e.at):
                entities.merge(other, e.at)
                break
        else:
            by_form[form[e.at]].append(e.at)


def _types_agree(entities: Entities, a: int, b: int) -> bool:
    first, second = entities.of(a).meanings, entities.of(b).meanings
    return not first or not second or bool(first & second) or not ({"person"} & (first | second))


def _merge_parentheses(t: Tokens, entities: Entities, names: list[Expression]) -> None:
    """Merge a name with its short form in brackets, on either side."""
    by_end = {e.end: e for e in names}
    for short in names:
        before = by_end.get(short.start - 1)
        if (
            before is None
            or t.text[short.start - 1] != "("
            or short.end >= t.size
            or t.text[short.end] not in (")", ",", ";")
        ):
            continue
        long, brief = (before, short) if len(before.words) >= len(short.words) else (short, before)
        if (
            len(brief.words) == 1
            and (
                _abbreviates(brief.words[0], long.words)
                or (t.text[short.end] == ")" and _stands_for(entities, brief, long))
            )
            and _alike(entities, long.at, brief.at)
        ):
            entities.merge(long.at, brief.at)


def _alike(entities: Entities, a: int, b: int) -> bool:
    first, second = entities.of(a).known, entities.of(b).known
    return not first or not second or bool(first & second)


def _stands_for(entities: Entities, brief: Expression, long: Expression) -> bool:
    """Whether capitals in brackets are a short form whose letters come from another language: "(CNES)", "(RKA)"."""
    letters = brief.words[0].replace(".", "")
    meanings = entities.of(long.at).meanings
    return (
        brief.start > long.start
        and letters.isalpha()
        and letters.isupper()
        and 2 < len(letters) <= 8
        and len(long.words) > 1
        and not brief.known
        and "person" not in meanings
        and meanings_agree(meanings, entities.of(brief.at).meanings)
    )


def _abbreviates(short: str, long: tuple[str, ...]) -> bool:
    """Whether the letters of a short form come in order in the long one, the first at its beginning."""
    letters = short.lower().replace(".", "")
    if len(letters) < 2 or len(letters) > 8 or not short[0].isupper() or len(long) < 2:
        return False
    if letters in acronyms_of(long):
        return True
    text = "".join(long).lower()
    if text[0] != letters[0] or not short.isupper():
        return False
    at = 0
    for letter in letters:
        at = text.find(letter, at)
        if at < 0:
            return False
        at += 1
    return True


def _merge_acronyms(entities: Entities, names: list[Expression], form: dict[int, tuple[str, ...]]) -> None:
    long: dict[str, list[int]] = defaultdict(list)
    for e in names:
        if len(e.words) > 1 and "person" not in entities.of(e.at).meanings:
            for acronym in sorted(acronyms_of(e.words)):
                if not any(entities.same(other, e.at) for other in long[acronym]):
                    long[acronym].append(e.at)
    for e in names:
        if len(form[e.at]) != 1:
            continue
        word = e.words[0]
        letters = form[e.at][0]
        if not word.replace(".", "").isupper() or len(letters) < 2:
            continue
        found = [at for at in long.get(letters, ()) if _alike(entities, at, e.at)
                 and meanings_agree(entities.of(at).meanings, entities.of(e.at).meanings)]  # fmt: skip
        if len(found) == 1:
            entities.merge(found[0], e.at)


def _merge_short_forms(entities: Entities, names: list[Expression], form: dict[int, tuple[str, ...]]) -> None:
    """Merge full names of one surname where one given name is short for the other: "Tess Orr" and "Theresa Orr"."""
    people = defaultdict(list)
    for e in names:
        core = tuple(word for word in form[e.at] if word not in _SUFFIXES)
        if e.meaning == "person" and len(core) > 1:
            people[core[-1]].append((core, e))
    for family in people.values():
        for core, e in family:
            longer = [other for whole, other in family if is_short_for(core[0], whole[0])]
            # "Kay Orr" is nobody in particular beside both a Katherine and a Kathleen Orr, and who are named together are two.
            if len({form[other.at][0] for other in longer}) != 1 or _named_together(
                entities, longer[0].at, e.at
            ):
                continue
            if entities.agree(longer[0].at, e.at):
                entities.merge(longer[0].at, e.at)


def _named_together(entities: Entities, a: int, b: int) -> bool:
    """Whether one coordination joins two entities: "Bob Orr and Robert Orr"."""
    both = {entities.of(a).at, entities.of(b).at}
    return entities.nested(a, b) or any(
        both <= {entities.of(part).at for part in e.parts} for e in entities.expressions if e.parts
    )


def _merge_parts(
    t: Tokens, entities: Entities, names: list[Expression], form: dict[int, tuple[str, ...]]
) -> None:
    """Merge parts of names with the whole: a surname, a company without its last words."""
    wholes: dict[str, list[Expression]] = defaultdict(list)
    for e in names:
        if len(form[e.at]) > 1:
            for word in set(form[e.at]):
                wholes[word].append(e)
    for e in names:
        short = form[e.at]
        if not short:
            continue
        candidates = [
            whole
            for whole in wholes.get(short[-1], ())
            if len(form[whole.at]) > len(short)
            and not entities.same(whole.at, e.at)
            and (
                _is_part(short, form[whole.at], entities, e, whole)
                or _is_centre(t, e, form[whole.at], entities)
            )
            and _alike(entities, whole.at, e.at)
            and entities.agree(whole.at, e.at)
            # "His brother James" has his surname, and is nobody who comes later.
            and not (len(short) == 1 and form[whole.at][0] == short[0] and _is_relative(t, e))
            and not ("org" in entities.of(whole.at).meanings and _names_product(t, e))
        ]
        distinct = {entities.of(whole.at).at for whole in candidates}
        if not distinct:
            continue
        if len(distinct) > 1:
            gender = _title_gender(t, e)
            if gender:
                candidates = [
                    w for w in candidates if entities.of(w.at).genders in ({gender}, set())
                ] or candidates
                distinct = {entities.of(whole.at).at for whole in candidates}
        if len(distinct) > 1 and e.meaning == "person":
            # "Halden" of a person and of a centre that is named after one.
            candidates = [w for w in candidates if w.meaning == "person"] or candidates
            distinct = {entities.of(whole.at).at for whole in candidates}
        if len(distinct) > 1:
            # Given names are shared; surnames alone refer to who was named last.
            if candidates[0].meaning != "person" or not all(form[w.at][-1] == short[-1] for w in candidates):
                continue
            before = [w for w in candidates if w.start < e.start]
            if not before:
                continue
            # Relatives come in by their full names; the surname stays with whom the text is about.
            relatives = {entities.of(w.at).at for w in before if _is_relative(t, w)}
            before = [w for w in before if entities.of(w.at).at not in relatives] or before
            entities.merge(before[-1].at, e.at)
            continue
        entities.merge(candidates[0].at, e.at)


def _is_relative(t: Tokens, e: Expression) -> bool:
    """Whether a name is brought up as that of somebody's relative: "her daughter, Ann Lee", "his wife Ann Lee"."""
    i = e.start - 1
    if i > 0 and t.text[i] == ",":
        i -= 1
    return i > 0 and t.lower[i] in words.KINSHIP


def _names_product(t: Tokens, e: Expression) -> bool:
    """Whether a name stands before a noun for what is made: "the Kestrel rocket" is no Kestrel Industries."""
    return e.head >= e.end and words.NOUN_TYPES.get(t.lemma[e.head]) == "PRODUCT"


def _is_part(
    short: tuple[str, ...], whole: tuple[str, ...], entities: Entities, e: Expression, longer: Expression
) -> bool:
    """Whether a short name may stand for a longer one."""
    first, second = entities.of(longer.at), entities.of(e.at)
    if not _genders_agree(first.genders - {"neut"}, second.genders - {"neut"}):
        return False
    size = len(short)
    is_person = "person" in first.meanings
    if is_person:
        if second.meanings and not second.meanings & {"person"}:
            return False
        core = tuple(word for word in whole if word not in _SUFFIXES)
        if size == 1:
            return short[0] in (core[-1], core[0])
        if core[-size:] == short:
            return True
        # "Ines M. Kovar" and "Ines Kovar": the given name and the surname.
        return short[0] == core[0] and short[-1] == core[-1] and (len(core) > size)
    if size == 1 and _is_instrument(short[0], whole) and "group" not in second.meanings:
        return True
    said = second.meanings
    if second.unsure and said == {"person"}:
        # The full name tells better what the short one denotes.
        said = first.meanings
    if said == {"person"} or not meanings_agree(first.meanings, said):
        return False
    if whole[:size] == short:
        rest = whole[size:]
        if rest[-1] in ("headquarters", "campus", "office") or any(
            word.isdigit() or word in _ROMAN for word in rest
        ):
            return False
        if "org" in first.meanings:
            if all(word in _COMPANY_TAILS for word in rest):
                return said <= {"org", "thing"}
            return (
                len(whole) == 2
                and said == {"org"}
                and rest[0] not in words.TYPES_OF_TAILS
                and not e.words[-1].isupper()
                and not longer.words[-1].isupper()
            )
        return all(word in words.TYPES_OF_TAILS or word in words.NOUN_TYPES for word in rest)
    if size == 1 and whole[-1] == short[0] and "thing" in first.meanings:
        # "Space Shuttle Kestrel": what it is stands before its name.
        kinds = [word for word in whole[:-1] if word not in ("space", "research", "crew", "cargo")]
        return bool(kinds) and all(word in words.NOUN_TYPES for word in kinds)
    if size >= 2 and whole[-size:] == short:
        # "Space Telescope" alone is no name of one thing, "Webb Space Telescope" is part of one.
        return not all(
            word in words.NOUN_TYPES or word in words.TYPES_OF_TAILS or word in ("space", "national")
            for word in short
        )
    if first.meanings & {"thing", "site"} and size == 1:
        at = whole.index(short[0])
        return (
            all(word in words.NOUN_TYPES or word in ("space", "research") for word in whole[at + 1 :])
            and len(whole) > at + 1
        )
    return False


def _is_instrument(word: str, whole: tuple[str, ...]) -> bool:
    """Whether a word is what a telescope is named after, so that it is called by that alone: "Orsa" of "Ann Orsa Space Telescope"."""
    after = whole[whole.index(word) + 1 :] if word in whole else ()
    return bool(after) and after[-1] in _INSTRUMENTS and all(w in _INSTRUMENTS or w == "space" for w in after)


def _is_centre(t: Tokens, e: Expression, whole: tuple[str, ...], entities: Entities) -> bool:
    """Whether "Halden" is the Halden Flight Center: nobody's name, and not the place ("in Halden")."""
    rest = whole[1:]
    if len(e.words) != 1 or e.known or whole[0] != e.words[0].lower() or not rest or rest[-1] not in _CENTRES:
        return False
    if any(word not in _OF_CENTRES for word in rest) or t.lower[e.start - 1] in ("in", "near"):
        return False
    entity = entities.of(e.at)
    return entity.open or not entity.meanings & {"person", "group"}


def _genders_agree(a: AbstractSet[str], b: AbstractSet[str]) -> bool:
    return not a or not b or bool(a & b)


def _title_gender(t: Tokens, e: Expression) -> str:
    return words.FORMAL_TITLES.get(t.lower[e.start - 1], "") if e.start else ""


def _merge_demonyms(entities: Entities, names: list[Expression], form: dict[int, tuple[str, ...]]) -> None:
    by_form = {form[e.at]: e.at for e in reversed(names) if e.type in ("GPE", "")}
    by_known = {e.known: e.at for e in reversed(names) if e.known}
    adjectives: dict[str, int] = {}
    for e in entities.expressions:
        if e.kind != "demonym":
            continue
        if e.role not in ("mod", "attr", "other") and e.number == "plur":
            key = "people:" + e.words[0].lower()
        else:
            country = by_known.get(e.known) if e.known else None
            if country is None and e.norm:
                country = by_form.get(normal_form(tuple(e.norm.split())))
            if country is not None:
                entities.merge(country, e.at)
                continue
            key = e.known or e.norm or e.words[0].lower()
        if key in adjectives:
            entities.merge(adjectives[key], e.at)
        adjectives[key] = e.at
