"""What the syntax of a sentence says to be one: appositions, predicate nominals, relatives, reflexives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.coreference.entities import is_nested
from spacegraph.language.english.words import NAMING_VERBS
from spacegraph.language.parse.clauses import holder

if TYPE_CHECKING:
    from spacegraph.language.coreference.entities import Entities
    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.tokens import Tokens

__all__ = ["index_heads", "merge_appositions", "merge_predicates", "merge_relatives", "resolve_reflexives"]

_IDENTIFYING = frozenset(("be", "become", "remain"))
#: How nouns for people end whose meaning no list tells.
_OF_PERSONS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "ant",
    "ent",
    "ee",
    "ar",
    "eer",
    "ess",
    "aut",
    "ive",
    "person",
    "father",
    "mother",
)
_SUBJECTS = ("nsubj", "nsubjpass")


def index_heads(entities: Entities) -> dict[int, Expression]:
    """The expression of each head token: the longest one, and coordinations left out."""
    heads: dict[int, Expression] = {}
    for e in entities.expressions:
        if e.kind == "set":
            continue
        heads.setdefault(e.head, e)
        if e.head >= e.end:
            heads.setdefault(e.end - 1, e)
    return heads


def merge_appositions(t: Tokens, entities: Entities, heads: dict[int, Expression]) -> list[tuple[int, int]]:
    """Merge "Ines Kovar, an engineer" and "the engineer, Ines Kovar"; returns the pairs."""
    pairs: list[tuple[int, int]] = []
    for e in entities.expressions:
        if e.kind == "name" and "person" in e.meaning and (office := heads.get(_office_of(t, e))) is not None:
            # "Governor of Selby Ann Lee"
            entities.merge(office.at, e.at)
            pairs.append((office.at, e.at))
        if e.kind not in ("name", "nominal") or t.dep[e.head] != "appos":
            continue
        other = heads.get(t.head[e.head])
        if other is None or other is e or other.kind not in ("name", "nominal"):
            continue
        if not _may_be_one(t, entities, other, e):
            continue
        entities.merge(other.at, e.at)
        pairs.append((other.at, e.at))
    return pairs


def _office_of(t: Tokens, e: Expression) -> int:
    """The office that stands with what it is of right before a person's name; -1 without one."""
    start = e.start - 1
    while start > 1 and t.pos[start] == "PROPN":
        start -= 1
    return start - 1 if t.lower[start] == "of" and holder(t, start + 1, e.end) == e.start else -1


def _may_be_one(t: Tokens, entities: Entities, a: Expression, b: Expression) -> bool:
    between = t.text[min(a.head, b.head) + 1 : max(a.start, b.start)]
    if ":" in between and "person" not in (a.meaning or b.meaning):
        # "Credit: Zorvex": a label.
        return False
    if a.kind == b.kind == "name":
        # "Oslo, Norway", "ABC (Norway)": two names beside each other are two things.
        return False
    if a.number and b.number and a.number != b.number:
        return False
    if any(t.tag[k] == "_SP" and "\n" in t.text[k] for k in range(min(a.head, b.head), max(a.head, b.head))):
        return False
    if any(t.dep[k] == "conj" for k in t.right[a.head] if k <= b.head) or (
        t.dep[a.head] == "conj" and b.det in ("", "count")
    ):
        return False
    if (
        "," not in between
        and "(" not in between
        and "—" not in between
        and "–" not in between
        and ":" not in between
    ):
        return (
            a.end == b.start
            and {a.kind, b.kind} == {"name", "nominal"}
            and (a.det or b.det) in ("the", "poss")
            and _same_sort(entities, a, b)
        )
    first, second = entities.of(a.at).meanings, entities.of(b.at).meanings
    if "person" in first | second and not (first and second) and "the" in (a.det, b.det):
        # "Bash said the leaflet": a misread object; whom a definite phrase identifies is a person by its noun.
        return False
    if "person" in first | second and _is_thing(t, a if a.kind == "nominal" else b):
        return False
    if first and second and not first & second:
        return not ({"person"} & (first | second)) and entities.agree(a.at, b.at)
    return entities.agree(a.at, b.at)


def _is_thing(t: Tokens, e: Expression) -> bool:
    """Whether a definite noun of which nothing is known looks like no person: "the manifesto", but "the rigger"."""
    return (
        e.kind == "nominal"
        and not e.meaning
        and e.det in ("the", "this", "")
        and t.tag[e.head] == "NN"
        and not e.lemma.endswith(_OF_PERSONS)
    )


def merge_predicates(t: Tokens, entities: Entities, heads: dict[int, Expression]) -> list[tuple[int, int]]:
    """Merge the subject of "is" with a definite predicate: "Kovar is the first director"; returns the pairs.

    What is named so is a predicate, too: "the rover was named Tarn".
    """
    pairs: list[tuple[int, int]] = []
    for e in entities.expressions:
        verb = t.head[e.head]
        named = e.kind == "name" and _is_told_as_name(t, e, verb)
        if e.kind not in ("name", "nominal") or not (named or t.dep[e.head] == "attr"):
            continue
        told_of = t.child(verb, "dobj") if named else -1
        if told_of == e.head:
            told_of = -1
        if named and told_of < 0 and t.dep[verb] == "acl":
            told_of = t.head[verb]
        subject = heads.get(told_of if told_of >= 0 else t.child(verb, *_SUBJECTS))
        if (
            subject is None
            or subject.kind not in ("name", "nominal", "pronoun")
            or not (named or t.lemma[verb] in _IDENTIFYING)
        ):
            continue
        if any(
            t.dep[k] in ("neg", "aux") and t.lower[k] not in ("has", "had", "have", "been")
            for k in (*t.left[verb], *t.right[verb])
        ):
            continue
        if subject.pronoun in ("it", "this", "these", "rel", "i", "we", "you"):
            continue
        definite = e.det in ("the", "poss") and e.number != "plur"
        if e.kind == "name":
            definite = subject.kind == "nominal" and subject.det in ("the", "poss")
        if not definite or is_nested(e, subject):
            continue
        if (
            subject.number == "plur"
            or not entities.agree(subject.at, e.at)
            or not _same_sort(entities, subject, e)
        ):
            continue
        entities.merge(subject.at, e.at)
        pairs.append((subject.at, e.at))
    return pairs


def _is_told_as_name(t: Tokens, e: Expression, verb: int) -> bool:
    """Whether a name is what a verb of naming gives: "was named Tarn", "was designated Tarn 4"."""
    if t.lemma[verb] not in NAMING_VERBS:
        return False
    return t.dep[e.head] == "oprd" or (
        t.dep[e.head] in ("npadvmod", "dobj") and e.start == verb + 1 and t.child(verb, "auxpass") >= 0
    )


def _same_sort(entities: Entities, a: Expression, b: Expression) -> bool:
    first, second = entities.of(a.at).meanings, entities.of(b.at).meanings
    return bool(first & second) or not (first and second)


def merge_relatives(t: Tokens, entities: Entities, heads: dict[int, Expression]) -> None:
    """Merge relative pronouns with what their clause modifies."""
    for e in entities.expressions:
        if e.pronoun != "rel":
            continue
        antecedent = _head_of_relative(t, e, heads)
        if antecedent is not None and (
            t.lower[e.head] not in ("who", "whom") or "thing" not in entities.of(antecedent.at).meanings
        ):
            entities.merge(antecedent.at, e.at)


def _head_of_relative(t: Tokens, e: Expression, heads: dict[int, Expression]) -> Expression | None:
    node = e.head
    for _ in range(8):
        parent = t.head[node]
        if parent == node:
            break
        if t.dep[node] == "relcl" or (t.dep[node] == "acl" and parent < e.head):
            found = heads.get(parent)
            if found is not None and found.start < e.start:
                return found
            break
        node = parent
    # The noun right before it: a parser that attaches the clause elsewhere still leaves it there.
    before = e.head - 1
    while before >= 0 and (t.text[before] in (",", ")", "—", "-") or t.pos[before] == "ADP"):
        before -= 1
    found = heads.get(before)
    return found if found is not None and found.kind in ("name", "nominal") and found.sent == e.sent else None


def resolve_reflexives(t: Tokens, entities: Entities, heads: dict[int, Expression]) -> None:
    """Merge "himself" with the subject of its clause (principle A of the binding theory)."""
    for e in entities.expressions:
        if not e.reflexive:
            continue
        verb = e.verb
        for _ in range(4):
            if verb < 0:
                break
            subject = heads.get(t.child(verb, *_SUBJECTS))
            if (
                subject is not None
                and subject is not e
                and (subject.pronoun or agrees_with(entities, e, subject))
            ):
                entities.merge(subject.at, e.at)
                break
            verb = t.head[verb] if t.head[verb] != verb else -1


def agrees_with(entities: Entities, pronoun: Expression, other: Expression) -> bool:
    """Whether number and gender of an entity allow a pronoun for it."""
    entity = entities.of(other.at)
    row = pronoun.pronoun
    if row in ("he", "she"):
        gender = "masc" if row == "he" else "fem"
        known = entity.genders - {"neut"} if entity.open else entity.genders
        if known and gender not in known:
            return False
        if "plur" in entity.numbers and "sing" not in entity.numbers:
            return False
        return not entity.meanings or "person" in entity.meanings or entity.open
    if row == "it":
        if (entity.meanings == {"person"} and not entity.unsure) or {"masc", "fem"} & entity.genders:
            return False
        return entity.numbers != {"plur"}
    if row == "they":
        if "plur" in entity.numbers:
            return True
        if {"masc", "fem"} & entity.genders and other.kind != "nominal":
            return False
        return (
            not entity.numbers
            or bool(entity.meanings & {"org", "group"})
            or ("place" in entity.meanings and other.role in ("subj", "poss"))
            or (entity.meanings == {"person"} and other.kind == "nominal")
            or other.kind == "set"
        )
    if row == "this":
        return entity.meanings != {"person"} and "plur" not in entity.numbers
    if row == "these":
        return "plur" in entity.numbers
    return True
