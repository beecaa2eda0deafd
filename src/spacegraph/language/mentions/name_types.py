"""What names denote: the entity recogniser's opinion weighed against what the article shows.

Every mention of a name gives evidence: its label from the recogniser, its title, its last word, the noun
or apposition beside it, the verb it is subject of, its shape. The votes of all mentions of
one name are added up, so that one clear place decides for the unclear ones, and
parts of names follow the whole ("Okafor" after "Ada Okafor"). The idea of collecting evidence
over the document is that of one sense per discourse (Gale, Church and Yarowsky 1992).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.listed_names import given_names

if TYPE_CHECKING:
    from spacegraph.gazetteer import Gazetteer, KnownName
    from spacegraph.language.english.nouns import NounLexicon
    from spacegraph.language.mentions.names import NameSpan
    from spacegraph.language.tokens import Tokens

__all__ = ["TypedName", "type_names"]

#: How much the evidence weighs against one vote of the entity recogniser.
_RECOGNISER = 1.0
_RECOGNISER_IN_ALL = 2.0
_TITLE = 6.0
_TAIL = 4.0
_CLASS_NOUN = 2.5
_APPOSITION = 3.0
_COPULA = 2.0
_WHO = 3.0
_AGE = 4.0
_SUBJECT_OF_SPEECH = 0.8
_SHAPE = 1.5
_GIVEN_NAME = 1.5
_WHOLE = 4.0
_EMPLOYS = 1.5
_NATIONALITY = 4.0
_TERRITORY = 2.0
_PLACE_IN_PLACE = 1.5
_BASED = 3.0
_DATELINE = 3.0
_LEFT = 2.0
_BOUGHT = 2.0
_HEADED = 1.5
_RULED = 2.0
_OWNS_VEHICLE = 1.0
_ITS_OWN = 1.5
_HIS_OWN = 0.8

#: What is ruled, counted in, or part of a country: "the mayor of Halverton", "the city of Halverton".
_OF_PLACES = frozenset(("mayor", "governor", "capital", "king", "queen", "emperor", "city", "town", "village", "province",
                        "citizen", "resident", "outskirts", "streets", "coast"))  # fmt: skip
_PREPOSITIONS = frozenset(("of", "for", "on", "between", "concerning", "governing", "to"))
#: Centres that are places to go to and do not act.
_OPEN_CENTRES = frozenset(("visitor", "visitors", "convention", "conference", "shopping", "community", "civic", "event", "sports",
                           "recreation", "trade", "welcome", "detention"))  # fmt: skip
#: Surnames that can hardly be anything else: "O'Neary", "McArdle".
_PATRONYMIC = re.compile("^(?:O['\u2019]|Mc|Fitz)[A-Z]")
#: Surnames of so few letters show nothing.
_SHORT_SURNAME = 4
_ROMAN = re.compile(r"^[IVX]+$")
_NUMBERED = re.compile(r"^(?=.*[A-Za-z])[A-Za-z]+[-\u2011]?\d+[A-Za-z]?$")
_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE")
#: Kinds of type that a noun after the name may name: "the Kestrel capsule".
_THINGS = frozenset(("PRODUCT", "FAC", "EVENT", "LOC", "WORK_OF_ART", "LAW", "GPE", "ORG"))


@dataclass(slots=True)
class TypedName:
    """A name with what it denotes."""

    span: NameSpan
    head: int
    type: str = ""
    cls: str = ""
    gender: str = ""
    known: KnownName | None = None


@dataclass(slots=True)
class _Evidence:
    votes: dict[str, float] = field(default_factory=dict)
    #: The recogniser's labels, kept apart: its errors repeat, so that they count for little more together than once.
    labels: dict[str, float] = field(default_factory=dict)
    classes: dict[str, float] = field(default_factory=dict)
    genders: dict[str, float] = field(default_factory=dict)

    def add(self, type_: str, weight: float, cls: str = "") -> None:
        if type_:
            self.votes[type_] = self.votes.get(type_, 0.0) + weight
        if cls:
            self.classes[cls] = self.classes.get(cls, 0.0) + weight

    def settle(self) -> None:
        """Turn the recogniser's labels into votes; call once, after all mentions have been seen."""
        total = sum(self.labels.values())
        for label, weight in self.labels.items():
            self.add(label, weight * min(1.0, _RECOGNISER_IN_ALL / total))
        self.labels = {}

    def best(self) -> str:
        """The type with most votes, "" where none has any; ties go to the earlier one in OntoNotes' order."""
        best, weight = "", 0.0
        for type_ in _TYPES:
            vote = self.votes.get(type_, 0.0)
            if vote > weight:
                best, weight = type_, vote
        return best


def type_names(
    tokens: Tokens,
    names: list[NameSpan],
    gazetteer: Gazetteer,
    nouns: NounLexicon,
    entity_labels: list[tuple[int, int, str]],
    *,
    countries: frozenset[str] = frozenset(),
    datelines: frozenset[int] = frozenset(),
) -> list[TypedName]:
    """Decide what each name denotes.

    Args:
        tokens: The text.
        names: Its names, in order.
        gazetteer: What the domain knows of classes.
        nouns: What common nouns denote.
        entity_labels: What the entity recogniser found: first token, end, label.
        countries: Names that the text has an adjective of nationality of.
        datelines: Tokens of the places where the text says that it was written.

    Returns:
        One typed name for each name, in the same order.
    """
    entities = {i: (start, end, label) for start, end, label in entity_labels for i in range(start, end)}
    texts = [tokens.span_text(name.start, name.end) for name in names]
    evidence: dict[str, _Evidence] = {}
    heads: list[int] = []
    titled: set[int] = set()
    class_nouns: list[tuple[int, str, str]] = []
    for name, text in zip(names, texts, strict=True):
        votes = evidence.get(text)
        if votes is None:
            votes = evidence[text] = _Evidence()
            _by_shape(tokens, name, votes, nouns)
            _by_series(tokens, name, votes, gazetteer)
            if text in countries:
                votes.add("GPE", _NATIONALITY, "Country")
        if name.start in datelines:
            votes.add("GPE", _DATELINE)
        head = tokens.span_head(name.start, name.end)
        heads.append(head)
        if tokens.dep[head] == "conj" and tokens.head[head] in titled:
            # "Captains Ada Okafor and Lin Bo"
            votes.add("PERSON", _TITLE / 2)
        if name.title:
            titled.add(head)
        class_nouns.append(_by_context(tokens, name, head, votes, nouns, entities=entities))
    for votes in evidence.values():
        votes.settle()
    _by_agreement(tokens, names, texts, evidence)
    typed: list[TypedName] = []
    for name, text, head, (noun, noun_type, noun_cls) in zip(names, texts, heads, class_nouns, strict=True):
        votes = evidence[text]
        best = votes.best()
        known = _choose_known(name, best, noun_type, second=_follows_place(tokens, name.start))
        if known is not None and known.type:
            best = known.type
        cls = known.cls if known is not None and known.cls else _class_of(votes, best, gazetteer)
        if noun >= 0 and _agree(best, noun_type):
            head = noun
            if known is None and noun_cls:
                cls = noun_cls
        gender = name.gender or (known.gender if known is not None else "")
        if not gender and best == "PERSON":
            gender = _gender(tokens, name, votes)
        typed.append(TypedName(name, head, best, cls, gender if best == "PERSON" else "", known))
    _spread_gender(tokens, typed)
    return typed


def _agree(type_: str, noun_type: str) -> bool:
    """Whether a name of ``type_`` can be the name of what a noun of ``noun_type`` denotes."""
    return type_ == noun_type or {type_, noun_type} == {"PRODUCT", "EVENT"}


def _choose_known(name: NameSpan, best: str, noun_type: str, *, second: bool) -> KnownName | None:
    """What of several known things a name means; ``second``: after another place, it means the larger one."""
    if not name.known:
        return None
    # "Washington" alone is the city, in "Kent, Washington" the state.
    several = sorted(name.known, key=lambda known: (known.cls == "Region") != second)
    for wanted in (noun_type, best):
        for known in several:
            if wanted and known.type == wanted:
                return known
    first = several[0]
    if name.title and first.type not in ("", "PERSON"):
        return None
    return first


def _class_of(votes: _Evidence, type_: str, gazetteer: Gazetteer) -> str:
    """The class with most evidence among those of the type."""
    best, weight = "", 0.0
    for cls in sorted(votes.classes):
        expected = gazetteer.type_of_class.get(cls, type_)
        if votes.classes[cls] > weight and expected in (type_, ""):
            best, weight = cls, votes.classes[cls]
    return best


def _by_shape(tokens: Tokens, name: NameSpan, votes: _Evidence, nouns: NounLexicon) -> None:
    """Evidence from the name's own words; counted once for each name."""
    start, end = name.start, name.end
    last = tokens.lower[end - 1]
    first = tokens.text[start]
    if end - start > 1:
        lower = tokens.lower[start:end]
        # The head word of "Ministry of Culture" stands before the first preposition.
        cut = next((k for k, word in enumerate(lower) if k and word in _PREPOSITIONS), 0)
        tail = words.TYPES_OF_TAILS.get(lower[cut - 1])
        if tail is None and cut:
            cut = 0
            tail = words.TYPES_OF_TAILS.get(last)
        if tail == "FAC" and lower[cut - 1] in ("center", "centre") and not set(lower) & _OPEN_CENTRES:
            # "Brightwater Research Center" acts and employs; a visitor center is only a building.
            tail = "ORG"
        if tail is None and tokens.tag[end - 1] == "NNPS":
            tail = words.TYPES_OF_TAILS.get(last[:-1])
        cls_type, cls = nouns.of_name_tail(lower[:cut] if cut else lower)
        if tail == "FAC" and cls_type == "ORG" and lower[-1] == "facility":
            # So does a "Flight Facility", where the domain knows such.
            tail = "ORG"
        if tail is None and not cls:
            cls_type, cls = nouns.of_name_front(lower)
        if tail is not None:
            votes.add(tail, _TAIL + bool(cut))
        if cls:
            votes.add(cls_type if tail is None else "", _CLASS_NOUN)
            votes.classes[cls] = votes.classes.get(cls, 0.0) + _TAIL
        if last.isdigit() or _ROMAN.match(tokens.text[end - 1]) or _NUMBERED.match(tokens.text[end - 1]):
            # "Expedition 9", "Building 12"; else most likely a vehicle.
            numbered = words.TYPES_OF_TAILS.get(tokens.lower[start])
            votes.add(numbered or "PRODUCT", _TAIL if numbered else _SHAPE)
            votes.add("PERSON", -3.0)
        if "-" in tokens.text[start + 1 : end] and first.isupper() and len(last) < 3:
            # "LUMEN-B"
            votes.add("PRODUCT", 0.8)
        if last in words.CORPORATE:
            votes.add("ORG", _TAIL)
        if first in given_names() and (tail is None) and tokens.lower[start + 1] not in ("of", "for"):
            votes.add("PERSON", _GIVEN_NAME)
        if _PATRONYMIC.match(tokens.text[end - 1]) and tail is None:
            votes.add("PERSON", 2 * _GIVEN_NAME)
        if any(tokens.lower[i] in ("&", "and") for i in range(start, end)):
            votes.add("PERSON", -3.0)
            if "&" in tokens.text[start:end]:
                votes.add("ORG", _TAIL)
    elif _NUMBERED.match(first):
        # "Selk-7" is hardly anything but a craft; "COVID-19" and "G20" may be.
        craft = first[1:4].islower() and "-" in first
        votes.add("PRODUCT", 2 * _SHAPE if craft else _SHAPE)
        votes.add("PERSON", -3.0)
        votes.add("ORG", -0.5)
    elif first.isupper() and len(first) > 2 and "." not in first:
        votes.add("PERSON", -3.0)
        votes.add("ORG", 1.0 if len(first) < 6 else 0.5)
    elif _is_camel(first):
        votes.add("PERSON", -3.0)
        votes.add("ORG", _SHAPE)
        votes.add("GPE", -1.0)


def _by_series(tokens: Tokens, name: NameSpan, votes: _Evidence, gazetteer: Gazetteer) -> None:
    """A numbered name is of the kind of the known name without the number: "Merrow MS-4" as "Merrow"."""
    last = tokens.text[name.end - 1]
    if name.known or name.end - name.start < 2 or not (_ROMAN.match(last) or any(c.isdigit() for c in last)):
        return
    for known in gazetteer.names.get(tokens.span_text(name.start, name.end - 1), ())[:1]:
        votes.add(known.type, _CLASS_NOUN, known.cls)


def _is_camel(word: str) -> bool:
    return (
        len(word) > 3 and not word.isupper() and any(c.isupper() for c in word[2:])
        and not word.startswith(("Mc", "Mac", "De", "Di", "La", "Le", "Van", "O'", "O\u2019", "Fitz")) and "-" not in word
        and "." not in word
    )  # fmt: skip


def _by_context(
    tokens: Tokens,
    name: NameSpan,
    head: int,
    votes: _Evidence,
    nouns: NounLexicon,
    *,
    entities: dict[int, tuple[int, int, str]],
) -> tuple[int, str, str]:
    """Evidence from one mention's surroundings; returns the class noun after it, if there is one."""
    t = tokens
    start, end = name.start, name.end
    entity = entities.get(end - 1)
    if entity is not None and entity[2] in _TYPES:
        # A recogniser that got the borders right is likelier to be right about the type.
        same = entity[0] >= start - 1 and entity[1] in (end, end + 1)
        votes.labels[entity[2]] = votes.labels.get(entity[2], 0.0) + (_RECOGNISER if same else 0.4)
    if end - start == 1:
        if start and t.lower[start - 1] == "the":
            # "the Moon": a person's name has no article.
            votes.add("PERSON", -_SHAPE)
        votes.add(words.NOUN_TYPES.get(t.lower[start], ""), 1.0)
    if name.title:
        votes.add("PERSON", _TITLE)
    if name.employs:
        votes.add("ORG", _EMPLOYS)
        votes.add("GPE", _EMPLOYS / 2)
        for type_ in ("PERSON", "PRODUCT", "LOC", "WORK_OF_ART"):
            votes.add(type_, -2.5)
    noun, noun_type, noun_cls = -1, "", ""
    dep = t.dep[head]
    parent = t.head[head]
    # "the Kestrel capsule": the noun that the name stands before, in one phrase without a break.
    if (
        dep in ("compound", "nmod", "amod", "poss", "nummod")
        and parent >= end
        and t.tag[parent] in ("NN", "NNS", "NNP", "NNPS")
    ):
        between = range(end, parent)
        plain = all(
            t.dep[i] in ("compound", "amod", "nmod") and t.tag[i] not in ("POS", "HYPH", "VBN")
            for i in between
        )
        hyphen = end < t.size and t.text[end] in ("-", "\u2011")
        if plain and not hyphen and t.lower[end] not in ("'s", "\u2019s", "'", "\u2019"):
            found = nouns.of(t.lemma[parent], t.lemma[parent - 1] if parent - 1 >= end else "")
            own_tail = end - start > 1 and words.TYPES_OF_TAILS.get(t.lower[end - 1])
            names_it = (
                t.lemma[parent] in words.NAMING_NOUNS
                or bool(
                    found is not None
                    and found.cls
                    and found.type == "PRODUCT"
                    and t.lemma[parent] not in words.NOUN_TYPES
                )
            ) and (not own_tail or (found is not None and found.type == own_tail))
            if (
                found is not None
                and names_it
                and found.type in _THINGS
                and t.lower[parent] not in words.TITLE_WORDS
            ):
                weight = _CLASS_NOUN if found.type in ("PRODUCT", "FAC") else 0.7
                if found.type in ("ORG", "GPE", "LAW", "WORK_OF_ART"):
                    weight = 0.3
                # A phrase with a possessor names its head: "its Kestrel capsule".
                possessed = any(t.dep[i] == "poss" for i in t.left[parent])
                votes.add(
                    found.type,
                    weight + (1.5 if possessed else 0.0),
                    found.cls if found.type in ("PRODUCT", "FAC", "EVENT") else "",
                )
                noun, noun_type, noun_cls = parent, found.type, found.cls
            elif found is not None and found.role and t.lower[parent] in words.KINSHIP:
                votes.add("PERSON", 1.0)
            elif found is not None and found.role:
                # "Zorvex engineer": the organisation or country that somebody works for.
                votes.add("PERSON", -1.5)
                votes.add("ORG", 1.5)
            if found is None or not found.role:
                # A person's name hardly ever stands before a noun without a possessive.
                votes.add("PERSON", -0.7)
    # "astronaut Ada Okafor": a trade directly before the name.
    before = start - 1
    if before >= 0 and t.tag[before] in ("NN", "NNS") and t.lower[before] not in words.TIME_NOUNS:
        found = nouns.of(t.lemma[before], t.lemma[before - 1] if before else "")
        if (found is not None and t.head[before] in range(start, end)) or (
            found is not None and t.dep[head] == "appos" and parent == before
        ):
            assert found is not None
            if found.role or (found.type == "PERSON" and t.tag[before] == "NN"):
                votes.add("PERSON", _TITLE - 1)
                _gender_of_noun(t.lemma[before], votes)
            elif found.type in _THINGS:
                votes.add(found.type, _APPOSITION, found.cls)
    # "Ada Okafor, an engineer"; "the engineer, Ada Okafor"
    for child in t.right[head]:
        if t.dep[child] == "appos" and t.tag[child] in ("NN", "NNS") and not _belongs(t, child, "poss"):
            _by_noun(t, child, votes, nouns, _APPOSITION)
            if any(_is_based(t, k) for k in t.right[child]):
                votes.add("ORG", _BASED)
                votes.add("PERSON", -_BASED)
        elif _is_based(t, child):
            votes.add("ORG", _BASED)
            votes.add("PERSON", -_BASED)
        elif (
            t.dep[child] == "appos"
            and t.tag[child] == "CD"
            and t.text[child].isdigit()
            and 15 <= int(t.text[child]) < 100
            and t.text[child - 1] == ","
        ):
            votes.add("PERSON", _AGE)
        elif t.dep[child] in ("relcl", "acl") and child > end:
            for grand in t.left[child]:
                if t.lower[grand] in ("who", "whom", "whose") and t.tag[grand].startswith("W"):
                    votes.add("PERSON", _WHO)
    if end + 1 < t.size and t.text[end] == "," and t.lower[end + 1] in ("who", "whose"):
        votes.add("PERSON", _WHO)
    if (
        end + 2 < t.size
        and t.text[end] == ","
        and t.text[end + 1].isdigit()
        and t.text[end + 2] in (",", ".")
        and 15 <= int(t.text[end + 1]) < 100
    ):
        votes.add("PERSON", _AGE)
    if dep == "appos" and t.tag[parent] in ("NN", "NNS") and parent < start:
        _by_noun(t, parent, votes, nouns, _APPOSITION)
    if t.lemma[parent] in words.NAMING_VERBS and start == parent + 1:
        # "The rover was called Tarn": what it is called is what it is.
        named = t.child(parent, "nsubjpass")
        if named >= 0 and t.tag[named] == "NN":
            _by_noun(t, named, votes, nouns, _APPOSITION)
    if dep in ("nsubj", "nsubjpass"):
        lemma = t.lemma[parent]
        if lemma in words.MIND_VERBS and t.pos[parent] == "VERB":
            votes.add("PERSON", _SUBJECT_OF_SPEECH)
            votes.add("ORG", _SUBJECT_OF_SPEECH)
            votes.add("PRODUCT", -1.0)
            votes.add("LOC", -1.0)
            votes.add("WORK_OF_ART", -1.0)
            votes.add("EVENT", -1.0)
        elif lemma == "be" and dep == "nsubj":
            attribute = t.child(parent, "attr")
            if attribute >= 0 and t.tag[attribute] == "NN" and t.child(parent, "neg") < 0:
                _by_noun(t, attribute, votes, nouns, _COPULA)
        if dep == "nsubj":
            _by_own(t, parent, votes)
        if lemma in ("marry", "bear", "die") and dep == "nsubj" and t.pos[parent] == "VERB":
            votes.add("PERSON", 1.0)
    elif end + 1 < t.size and t.text[end] == "-" and t.lower[end + 1] in ("based", "headquartered"):
        # "the Halverton-based firm"
        votes.add("GPE", _BASED)
        votes.add("PERSON", -_BASED)
        votes.add("ORG", -_BASED)
    elif end + 1 < t.size and t.text[end] == "-" and t.tag[end + 1] == "VBN":
        # "a Zorvex-built engine": somebody who does things.
        votes.add("ORG", 1.0)
        votes.add("PRODUCT", -1.0)
    elif dep == "pobj":
        preposition = t.lower[parent]
        if preposition in ("aboard", "onboard"):
            votes.add("PERSON", -2.0)
            votes.add("ORG", -1.0)
            votes.add("PRODUCT", 1.5)
        elif preposition in ("in", "at", "near", "into", "across"):
            votes.add("PERSON", -1.2)
            if preposition != "at" and end - start < 3 and not tokens.text[start].isupper():
                votes.add("GPE", 0.6)
        elif preposition == "on":
            votes.add("PERSON", -0.5)
        elif preposition == "from" and t.lemma[t.head[parent]] in words.LEAVING_VERBS:
            # "lifted off from Halverton"
            votes.add("GPE", _LEFT)
            votes.add("PERSON", -_LEFT)
            votes.add("ORG", -_LEFT / 2)
        elif preposition == "of" and t.lemma[t.head[parent]] in words.DONE_TO_COUNTRIES:
            votes.add("GPE", _TERRITORY)
        elif preposition == "of" and t.lemma[t.head[parent]] in _OF_PLACES and t.head[parent] < parent:
            votes.add("GPE", _RULED)
            votes.add("PERSON", -_RULED)
    elif dep == "dobj" and t.lemma[parent] in words.DONE_TO_COUNTRIES:
        votes.add("GPE", _TERRITORY)
    elif dep == "dobj" and t.lemma[parent] in words.DONE_TO_ORGANISATIONS:
        votes.add("PERSON", -_HEADED)
        votes.add("ORG", _HEADED)
    elif dep == "dobj" and t.lemma[parent] == "acquire":
        # People are not bought.
        votes.add("PERSON", -_BOUGHT)
        votes.add("ORG", _BOUGHT / 2)
    elif dep == "poss" and t.lower[parent] in words.KINSHIP:
        votes.add("PERSON", _WHO)
    elif dep == "poss":
        owned = nouns.of(t.lemma[parent])
        if owned is not None and owned.type == "PRODUCT" and owned.cls:
            # "Zorvex's capsule": what builds and flies such things is an organisation.
            votes.add("ORG", _OWNS_VEHICLE)
            votes.add("PERSON", -_OWNS_VEHICLE)
    if _is_place_in_place(t, start, end, entities):
        # "in Izmir, Turkey"
        votes.add("GPE", _PLACE_IN_PLACE)
        votes.add("PERSON", -_PLACE_IN_PLACE)
    if end < t.size and t.text[end] == "(" and end + 1 < t.size and t.lower[end + 1] == "born":
        votes.add("PERSON", _WHO)
    return noun, noun_type, noun_cls


def _by_own(t: Tokens, verb: int, votes: _Evidence) -> None:
    """Whose the object of the verb is: "Zorvex tested its engine", "Kovar praised her crew"."""
    for child in t.right[verb]:
        if t.dep[child] != "dobj":
            continue
        for owner in t.left[child]:
            if t.dep[owner] == "poss" and t.lower[owner] == "its":
                votes.add("PERSON", -_ITS_OWN)
            elif t.dep[owner] == "poss" and t.lower[owner] in ("his", "her"):
                votes.add("PERSON", _HIS_OWN)


def _is_based(t: Tokens, i: int) -> bool:
    """Whether a participle says where a firm has its seat: "Vela, an American rival *based* in San Mateo"."""
    return t.dep[i] == "acl" and t.lower[i] in ("based", "headquartered") and t.child(i, "prep") >= 0


def _follows_place(t: Tokens, start: int) -> bool:
    """Whether a name stands right after another and a comma, as the state does after the town."""
    return (
        start > 1
        and t.text[start - 1] == ","
        and t.tag[start - 2] == "NNP"
        and t.ent[start - 2] in ("GPE", "LOC", "")
    )


def _is_place_in_place(t: Tokens, start: int, end: int, entities: dict[int, tuple[int, int, str]]) -> bool:
    """Whether a name is the smaller or the larger place of "in Izmir, Turkey"."""
    if end - start > 2 or start == 0:
        return False
    if t.text[start - 1] == ",":
        # The larger one: the smaller stands between it and the preposition.
        first = start - 1
        while first > max(0, start - 4) and t.tag[first - 1] in ("NNP", "NNPS"):
            first -= 1
        closed = end == t.size or t.text[end] in (",", ".", ")", ";")
        # "In Izmir, Halcyon …" begins a sentence, and the second name is its subject.
        return first < start - 1 and first > 0 and t.text[first - 1] in ("in", "near") and closed
    if end + 1 >= t.size or t.text[end] != ",":
        return False
    before = t.lower[start - 1]
    after = entities.get(end + 1)
    if after is not None and after[2] == "GPE" and after[0] == end + 1:
        return before in ("in", "at", "near", "from", "to", "of")
    # Only "in" and "near" say by themselves that a place follows, and only a list of two is one in the other.
    last = end + 1
    while last < min(t.size, end + 3) and t.tag[last] in ("NNP", "NNPS"):
        last += 1
    closed = last == t.size or t.text[last] in (",", ".", ")", ";")
    return t.text[start - 1] in ("in", "near") and last > end + 1 and closed


def _belongs(t: Tokens, i: int, dep: str) -> bool:
    """Whether token ``i`` has a possessor that is not a pronoun: its own phrase names another thing."""
    return any(t.dep[k] == dep and t.tag[k] == "PRP$" for k in t.left[i])


def _by_noun(t: Tokens, noun: int, votes: _Evidence, nouns: NounLexicon, weight: float) -> None:
    found = nouns.of(t.lemma[noun], t.lemma[noun - 1] if noun and t.dep[noun - 1] == "compound" else "")
    if found is None:
        return
    votes.add(found.type, weight, found.cls if not found.role else "")
    if found.type == "PERSON":
        _gender_of_noun(t.lemma[noun], votes)


def _gender_of_noun(lemma: str, votes: _Evidence) -> None:
    if lemma in words.MALE_NOUNS:
        votes.genders["masc"] = votes.genders.get("masc", 0.0) + 2
    elif lemma in words.FEMALE_NOUNS:
        votes.genders["fem"] = votes.genders.get("fem", 0.0) + 2


def _by_agreement(
    tokens: Tokens, names: list[NameSpan], texts: list[str], evidence: dict[str, _Evidence]
) -> None:
    """Let parts of names, and acronyms, learn from the whole."""
    wholes = {
        text: (name.start, name.end)
        for name, text in zip(names, texts, strict=True)
        if name.end - name.start > 1 and not name.known
    }
    for text, (start, end) in wholes.items():
        best = evidence[text].best()
        parts = [tokens.text[i] for i in range(start, end)]
        if best == "PERSON":
            for size in range(1, len(parts)):
                part = " ".join(parts[size:])
                if part in evidence:
                    evidence[part].add("PERSON", _WHOLE)
                    evidence[text].add(
                        "PERSON", max(0.0, min(evidence[part].votes.get("PERSON", 0.0) - _WHOLE, 3.0))
                    )
            if parts[0] in evidence:
                evidence[parts[0]].add("PERSON", _GIVEN_NAME)
        else:
            first = parts[0]
            if first in evidence and best == "PRODUCT" and len(parts) == 2:
                evidence[first].add(best, 0.5)
        # A person whose surname alone is known to speak is a person with the given name too.
        if (
            best != "PERSON"
            and len(parts) == 2
            and parts[1] in evidence
            and evidence[parts[1]].best() == "PERSON"
        ):
            person = evidence[parts[1]].votes["PERSON"]
            if person >= 2.0 and not any(part.isupper() for part in parts) and best != "ORG":
                evidence[text].add("PERSON", person)
    # "International Space Station (ISS)"
    for place, name in enumerate(names[:-1]):
        after = names[place + 1]
        if (
            after.start == name.end + 1
            and tokens.text[name.end] == "("
            and (after.end < tokens.size and tokens.text[after.end] == ")")
            and tokens.text[after.start].isupper()
            and name.end - name.start > 1
        ):
            whole, short = evidence[texts[place]], evidence[texts[place + 1]]
            best = whole.best()
            short.add(best, _WHOLE + 2)
            for cls, weight in whole.classes.items():
                short.classes[cls] = short.classes.get(cls, 0.0) + weight


def _gender(tokens: Tokens, name: NameSpan, votes: _Evidence) -> str:
    if votes.genders:
        return max(sorted(votes.genders), key=lambda gender: votes.genders[gender])
    if name.end - name.start > 1:
        gender = given_names().get(tokens.text[name.start], "")
        if not gender:
            return _gender_of_surname(tokens.lower[name.end - 1])
        return "" if gender == "both" else gender
    return ""


def _gender_of_surname(surname: str) -> str:
    """The gender that Slavic surnames show: "Orlov" and "Orlova", "Belskiy" and "Belskaya"."""
    if len(surname) > _SHORT_SURNAME:
        if surname.endswith(("ova", "eva", "skaya", "skaia")):
            return "fem"
        if surname.endswith(("ov", "ev", "skiy", "skij")):
            return "masc"
    return ""


def _spread_gender(tokens: Tokens, typed: list[TypedName]) -> None:
    """A surname alone has the gender of the one full name that ends in it."""
    genders: dict[str, set[str]] = {}
    for name in typed:
        if name.type == "PERSON" and name.gender:
            for i in range(name.span.start, name.span.end):
                part = tokens.span_text(i, name.span.end)
                genders.setdefault(part, set()).add(name.gender)
    for name in typed:
        if name.type == "PERSON" and not name.gender:
            found = genders.get(tokens.span_text(name.span.start, name.span.end), set())
            if len(found) == 1:
                name.gender = next(iter(found))
