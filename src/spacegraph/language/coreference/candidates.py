"""Which earlier expressions an anaphor may take up, and what a ranker gets to see of each pair.

Filters come first: agreement, binding (principle B of the binding theory), no phrase inside another one. What is left
is described by *values*, one per column, each a small hashable; columns are the same for every pair of a kind.
The choice of columns follows Durrett and Klein (2013), "Easy victories and uphill battles in coreference
resolution", and Clark and Manning (2015), "Entity-centric coreference resolution with model stacking".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from spacegraph.language.coreference.entities import is_nested
from spacegraph.language.coreference.syntax import agrees_with
from spacegraph.language.english.deed_nouns import is_deed
from spacegraph.language.english.words import MIND_VERBS

if TYPE_CHECKING:
    from collections.abc import Hashable
    from collections.abc import Set as AbstractSet

    from spacegraph.gazetteer import Gazetteer
    from spacegraph.language.coreference.entities import Entities, Entity
    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.tokens import Tokens

__all__ = ["Candidates", "Values", "is_anaphoric_nominal", "is_anaphoric_pronoun"]

#: Verbs for the course of what their subject does.
_ASPECTUAL = frozenset(
    (
        "abandon", "begin", "cease", "complete", "continue", "cut", "end", "extend", "finish", "halt", "increase", "maintain",
        "pause", "reduce", "renew", "resume", "start", "step", "stop", "suspend", "withdraw",
    )
)  # fmt: skip
#: How many sentences back a pronoun looks, and at how many candidates at most.
_WINDOW = 3
_FAR_WINDOW = 8
_MOST = 16
#: How many entities a noun phrase is compared with, by what brings them up.
_SAME_HEADS = 4
_NAMES = 5
_NEAR = 4
_NAME_WINDOW = 12
_BUCKETS = (0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8)
_DISTANCES = (0, 1, 2, 3, 3, 4, 4, 4, 4, 4, 5)

_THIRD = frozenset(("he", "she", "it", "they", "this", "these"))

#: Heads of phrases that take nothing up by themselves.
_NO_ANAPHORS = frozenset(
    [
        "one",
        "other",
        "others",
        "another",
        "some",
        "most",
        "many",
        "several",
        "few",
        "all",
        "both",
        "two",
        "three",
        "each",
        "everyone",
        "someone",
    ]
)

#: What firms and other organisations have, and countries, people and things have not.
_OF_FIRMS = frozenset(
    (
        "cfo", "ceo", "co-founder", "cofounder", "customer", "executive", "investor", "revenue", "share", "shareholder", "spokesman",
        "spokesperson", "spokeswoman", "stock", "subsidiary",
    )
)  # fmt: skip

#: What a ranker gets to see: the columns of the anaphor, and those of each of its candidates.
Values = tuple[list["Hashable"], list[list["Hashable"]]]


def is_anaphoric_pronoun(e: Expression) -> bool:
    """Whether the ranker is asked about a pronoun: third person, not reflexive."""
    return e.pronoun in _THIRD and not e.reflexive


def is_anaphoric_nominal(e: Expression) -> bool:
    """Whether the ranker is asked about a noun phrase."""
    return e.kind == "nominal" and e.det != "a" and e.lemma not in _NO_ANAPHORS


def _bucket(number: int) -> int:
    return _BUCKETS[number] if number < len(_BUCKETS) else 9


class Candidates:
    """Candidates and values for the anaphors of one text.

    Args:
        tokens: The text.
        entities: The present state of its entities.
        gazetteer: Says which class is a kind of which.
    """

    def __init__(self, tokens: Tokens, entities: Entities, gazetteer: Gazetteer) -> None:
        self.tokens = tokens
        self.entities = entities
        self.gazetteer = gazetteer
        self.expressions = entities.expressions
        self.first_of_sentence: dict[int, int] = {}
        self.by_lemma: dict[str, list[int]] = defaultdict(list)
        self.names: list[int] = []
        for e in self.expressions:
            if e.kind != "set" and e.role != "mod" and e.pronoun != "rel":
                self.first_of_sentence.setdefault(e.sent, e.at)
            if e.kind == "nominal":
                self.by_lemma[e.lemma].append(e.at)
            elif e.kind == "name":
                self.names.append(e.at)
                self.by_lemma[e.lemma].append(e.at)

    # Pronouns

    def of_pronoun(self, a: Expression) -> list[Expression]:
        """The expressions that a pronoun may stand for, the nearest first."""
        found: list[Expression] = []
        per_entity: dict[int, int] = defaultdict(int)
        window = _FAR_WINDOW if a.pronoun in ("he", "she") else _WINDOW
        if a.pronoun in ("this", "these"):
            window = 1
        for at in range(a.at - 1, -1, -1):
            e = self.expressions[at]
            distance = a.sent - e.sent
            if distance > window or len(found) >= _MOST:
                break
            if distance > _WINDOW and found and e.meaning != "person":
                continue
            if self._may_be(a, e, per_entity):
                found.append(e)
        return self._cataphors(a, per_entity) + found

    def _may_be(self, a: Expression, e: Expression, per_entity: dict[int, int]) -> bool:
        if e.pronoun in ("i", "we", "you", "rel") or (e.kind == "demonym" and e.role == "mod"):
            return False
        if e.kind == "set" and a.pronoun not in ("they", "these"):
            return False
        entity = self.entities.of(e.at)
        if per_entity[entity.at] >= 2 or not agrees_with(self.entities, a, e):
            return False
        if not self._unbound(a, entity) or not self._may_own(a, entity) or self._speaks(a, entity):
            return False
        per_entity[entity.at] += 1
        return True

    def _speaks(self, a: Expression, entity: Entity) -> bool:
        """Whether an entity is the speaker of the words around "he" or "she", who says "I" there of himself."""
        return (
            a.quote >= 0
            and a.pronoun in ("he", "she")
            and any(
                e.pronoun == "i" and e.quote == a.quote
                for e in (self.expressions[place] for place in entity.expressions)
            )
        )

    def _may_own(self, a: Expression, entity: Entity) -> bool:
        """Whether an entity may have what a possessive pronoun says is its own: only firms have shareholders."""
        t = self.tokens
        if a.role != "poss" or t.lemma[t.head[a.head]] not in _OF_FIRMS:
            return True
        return not entity.meanings or "org" in entity.meanings

    def _unbound(self, a: Expression, entity: Entity) -> bool:
        """Whether no expression of the entity holds the pronoun or is an argument of the same verb."""
        for place in entity.expressions:
            e = self.expressions[place]
            if e.sent != a.sent or e is a:
                continue
            if is_nested(a, e) and not self._in_relative(a, e):
                return False
            if e.verb == a.verb and e.verb >= 0 and e.role in ("subj", "obj") and a.role in ("subj", "obj"):
                return False
        return True

    def _in_relative(self, a: Expression, e: Expression) -> bool:
        """Whether a pronoun stands in the relative clause of a phrase: "Kovar, who lost her hat"."""
        t = self.tokens
        node = a.head
        while t.head[node] not in (node, e.head):
            node = t.head[node]
        # "The plan to change it": what an infinitive says is done to something else.
        return t.head[node] == e.head != node and t.dep[node] in ("relcl", "acl") and t.tag[node] != "VB"

    def _cataphors(self, a: Expression, per_entity: dict[int, int]) -> list[Expression]:
        """The subject of the main clause, for a pronoun in a clause or phrase before it."""
        if a.pronoun not in ("he", "she", "it", "they") or a.verb < 0:
            return []
        t = self.tokens
        verbs: set[int] = set()
        node = a.head
        while t.head[node] != node:
            node = t.head[node]
            # Only a main verb after the pronoun makes what stands between them a clause or phrase before it.
            if (
                node > a.head
                and t.pos[node] in ("VERB", "AUX")
                and not (node == a.verb and a.role in ("subj", "obj"))
            ):
                verbs.add(node)
        found: list[Expression] = []
        for at in range(a.at + 1, min(a.at + 10, len(self.expressions))):
            e = self.expressions[at]
            if e.sent != a.sent:
                break
            if (
                e.role == "subj"
                and e.verb in verbs
                and e.kind != "pronoun"
                and self._may_be(a, e, per_entity)
            ):
                found.append(e)
        return found

    def pronoun_values(self, a: Expression, candidates: list[Expression]) -> Values:
        """The values of a pronoun, and a row of values for each of its candidates."""
        t = self.tokens
        row = a.pronoun
        start: list[Hashable] = [
            (row, a.role), min(a.depth, 5), (row, a.quote >= 0), min(a.sent, 3), (row, t.dep[t.head[a.head]] if a.role == "poss" else t.tag[a.verb] if a.verb >= 0 else ""),
            (row, min(len(candidates), 4)), (row, self._entities_among(candidates)),
        ]  # fmt: skip
        rows: list[list[Hashable]] = []
        seen: set[int] = set()
        befores = [self._before(a, e) for e in candidates]
        most = max(befores, default=0)
        subject = next((e.at for e in candidates if e.role == "subj" and e.at < a.at), -1)
        for rank, e in enumerate(candidates):
            entity = self.entities.of(e.at)
            gap = a.sent - e.sent
            close = min(gap, 3)
            forward = e.at > a.at
            meaning = (
                ("unsure", entity.unsure and _one(entity.types)) if entity.unsure else _one(entity.meanings)
            )
            number = _one(entity.numbers)
            gender = _one(entity.genders)
            kind = e.pronoun or (e.kind + e.det)
            again = entity.at in seen
            seen.add(entity.at)
            order = min(len(seen) - 1, 4)
            before = befores[rank]
            size = _bucket(before)
            fits = self._gender_fits(row, entity)
            top = before == most
            person = "person" in entity.meanings
            is_first = self.first_of_sentence.get(e.sent) == e.at
            relation = self._relation(a, e)
            quote = (a.quote == e.quote, a.quote >= 0, e.quote >= 0)
            recent = sum(
                a.sent - self.expressions[place].sent <= 2
                for place in entity.expressions[max(0, before - 4) : before]
            )
            rows.append([
                (row, kind), (row, meaning), (row, number, gender), (row, e.role, close), (a.role, e.role, close == 0, relation),
                (row, close, forward), _bucket(rank), (row, min(3, rank), e.role), min(e.depth, 5), relation,
                (is_first, close, e.role), (row, size), (row, row in entity.paradigms, bool(entity.paradigms)), quote, (row, recent, close),
                _bucket((a.head - e.head) // 4) if not forward else "forward", (again, forward), (row, t.dep[e.head]),
                (row, bool(entity.names), meaning, size > 1),
                (e.verb >= 0 and a.verb >= 0 and t.lemma[e.verb] == t.lemma[a.verb], a.role == e.role),
                (row, fits, kind), (row, fits, order), (row, top, close, fits), (row, e.at == subject, close, a.role),
                (row, top, e.at == subject, e.role), (row, person, fits, min(entity_words(entity), 2)),
                (a.role, e.role, e.depth <= 1, close), (order, top, e.at == subject),
            ])  # fmt: skip
        return start, rows

    def _before(self, a: Expression, e: Expression) -> int:
        """How many expressions of a candidate's entity stand before an anaphor."""
        return bisect_left(self.entities.of(e.at).expressions, a.at)

    def _entities_among(self, candidates: list[Expression]) -> int:
        """How many entities the candidates are of, up to 5."""
        return min(len({self.entities.of(e.at).at for e in candidates}), 5)

    @staticmethod
    def _gender_fits(row: str, entity: Entity) -> str:
        """How sure it is that a person may be "he" or "she": by title or full name, by a single name, or not at all."""
        gender = {"he": "masc", "she": "fem"}.get(row, "")
        if not gender:
            return ""
        if gender in entity.genders:
            return "sure"
        if not entity.guesses:
            return "open"
        return "likely" if entity.guesses & {gender, "both"} else "unlikely"

    def _relation(self, a: Expression, e: Expression) -> str:
        """How the clauses of two expressions lie to each other in one sentence."""
        if a.sent != e.sent:
            return ""
        if a.verb == e.verb:
            return "same"
        t = self.tokens
        node = a.verb
        for _ in range(6):
            if node < 0 or t.head[node] == node:
                break
            dep = t.dep[node]
            node = t.head[node]
            if node == e.verb:
                return "under:" + dep
        return "apart"

    def reporter(self, a: Expression, found: list[Expression]) -> int:
        """Which candidate tells of itself: the ministry in "the ministry said it had left"; -1 where none does.

        For "it" alone: people tell of others as often as of themselves.
        """
        t = self.tokens
        if a.pronoun != "it" or a.role != "subj" or t.dep[a.verb] != "ccomp":
            return -1
        teller = t.head[a.verb]
        if t.lemma[teller] not in MIND_VERBS:
            return -1
        return next(
            (
                n
                for n, e in enumerate(found)
                if e.verb == teller
                and e.role == "subj"
                and self.entities.of(e.at).meanings & {"org", "place"}
            ),
            -1,
        )

    def doer(self, a: Expression, found: list[Expression]) -> int:
        """Which candidate does the deed that is called its own: Ruritania in "Ruritania was ending its support"; -1 for none.

        Whoever begins, keeps up or ends a deed is whose deed it is (the control of aspectual verbs: Pustejovsky, "The
        Generative Lexicon", 1995).
        """
        t = self.tokens
        if a.role != "poss" or a.pronoun not in ("it", "they"):
            return -1
        deed = t.head[a.head]
        verb = t.head[deed]
        if t.dep[deed] != "dobj" or t.lemma[verb] not in _ASPECTUAL or not is_deed(t, deed):
            return -1
        return next((n for n, e in enumerate(found) if e.verb == verb and e.role == "subj"), -1)

    # Noun phrases

    def of_nominal(self, a: Expression) -> list[Expression]:
        """The expressions that a noun phrase may take up: same heads, names that it may describe, near ones."""
        found: list[Expression] = []
        seen: set[int] = {self.entities.of(a.at).at}
        places = self.by_lemma.get(a.lemma, ())
        taken = 0
        for at in reversed(places):
            if at >= a.at:
                continue
            if taken >= _SAME_HEADS:
                break
            if self._add(a, at, seen, found):
                taken += 1
        if a.det in ("a", "many", "count") or (a.det == "" and a.number == "plur"):
            return found
        taken = 0
        for at in reversed(self.names):
            e = self.expressions[at]
            if at >= a.at or e.role == "mod":
                continue
            if a.sent - e.sent > _NAME_WINDOW or taken >= _NAMES:
                break
            if a.meaning and e.meaning and self._describes(a, e) and self._add(a, at, seen, found):
                taken += 1
        if a.det in ("the", "this", "poss"):
            taken = 0
            for at in range(a.at - 1, -1, -1):
                e = self.expressions[at]
                if a.sent - e.sent > 2 or taken >= _NEAR:
                    break
                if (
                    e.kind == "nominal"
                    and e.lemma != a.lemma
                    and e.role != "mod"
                    and (e.number == a.number)
                    and self._add(a, at, seen, found)
                ):
                    taken += 1
        return found

    def only_namesake(self, a: Expression, found: list[Expression]) -> int:
        """For "this partnership": the place of the only thing before it that a phrase of that noun is about; else -1.

        Names that the noun may describe and that come later are in doubt with it.
        """
        if a.det != "this" or a.modifiers or a.tailed:
            return -1
        same = [place for place, e in enumerate(found) if e.kind == "nominal" and e.lemma == a.lemma]
        if len(same) != 1:
            return -1
        first = found[same[0]]
        others = (e for e in found if e.kind == "name" and e.at > first.at)
        return -1 if first.number != a.number or any(others) else same[0]

    def _describes(self, a: Expression, e: Expression) -> bool:
        entity = self.entities.of(e.at)
        return a.meaning in entity.meanings or (a.meaning == "site" and "thing" in entity.meanings)

    def _add(self, a: Expression, at: int, seen: set[int], found: list[Expression]) -> bool:
        entity = self.entities.of(at)
        if entity.at in seen:
            return False
        seen.add(entity.at)
        if not self.entities.agree(a.at, at) or self.entities.nested(a.at, at):
            return False
        for place in entity.expressions:
            e = self.expressions[place]
            if (
                e.sent == a.sent
                and e.verb == a.verb >= 0
                and e.role in ("subj", "obj")
                and a.role in ("subj", "obj")
                and e.role != a.role
            ):
                return False
        found.append(self.expressions[at])
        return True

    def nominal_values(self, a: Expression, candidates: list[Expression]) -> Values:
        """The values of a noun phrase, and a row of values for each of its candidates."""
        t = self.tokens
        long = a.tailed
        start: list[Hashable] = [
            (a.det, a.number), (a.det, a.meaning), (a.det, min(len(a.modifiers), 3)), (a.det, long), (a.role, a.det), (a.det, min(a.sent, 4)),
            (a.det, self._same_before(a)), a.quote >= 0,
        ]  # fmt: skip
        rows: list[list[Hashable]] = []
        heads = 0
        for rank, e in enumerate(candidates):
            entity = self.entities.of(e.at)
            gap = a.sent - e.sent
            far = _DISTANCES[gap] if gap < len(_DISTANCES) else 6
            match = self.head_match(a, e, entity)
            if match == "same":
                heads += 1
            modifiers = self.modifier_match(a, e)
            meaning = (
                ""
                if not a.meaning
                else "none"
                if not entity.meanings
                else "same"
                if a.meaning in entity.meanings
                else "other"
            )
            kind = e.kind + e.det
            size = _bucket(len(entity.expressions))
            owner = self._owners(a, e)
            e_long = e.tailed and e.kind == "nominal"
            rows.append([
                (match, modifiers), (match, a.det, kind), (match, modifiers, a.det), (match, meaning, a.meaning), (match, far),
                (match, a.det, far), (match, size), (a.number, _one(entity.numbers), match), (owner, match), (match, min(3, heads)),
                (match, long, e_long), (a.quote == e.quote, match), (match, e.role, a.role), (self._class_relation(a, entity), match),
                (match, a.meaning, kind), _bucket(rank), (match, bool(entity.names), bool(entity.lemmas & {a.lemma})),
                (a.det, a.meaning, match, t.sent[a.head] == t.sent[e.head]),
            ])  # fmt: skip
        return start, rows

    def head_match(self, a: Expression, e: Expression, entity: Entity) -> str:
        """How the head nouns of two phrases go together: "same", "name" (in the name), "entity" or ""."""
        if a.lemma == e.lemma:
            return "same"
        if e.kind == "name" and any(a.lemma == word.lower() for word in e.words):
            return "name"
        return "entity" if a.lemma in entity.lemmas else ""

    def modifier_match(self, a: Expression, e: Expression) -> str:
        """How the modifiers of two phrases go together."""
        if a.modifiers == e.modifiers:
            return "equal" if a.modifiers else "bare"
        if (a.lemma, a.modifiers) in self.entities.of(e.at).modifiers:
            return "again" if a.modifiers else "dropped"
        if a.modifiers <= e.modifiers:
            return "fewer" if a.modifiers else "dropped"
        if a.modifiers >= e.modifiers:
            return "more"
        return "some" if a.modifiers & e.modifiers else "differ"

    def _owners(self, a: Expression, e: Expression) -> str:
        if a.owner >= 0 and e.owner >= 0:
            return "same" if self.entities.same(a.owner, e.owner) else "differ"
        return "lost" if e.owner >= 0 else "new" if a.owner >= 0 else ""

    def _class_relation(self, a: Expression, entity: Entity) -> str:
        if not a.cls or not entity.classes:
            return ""
        if any(self.gazetteer.is_a(cls, a.cls) for cls in entity.classes):
            return "kind"
        return "wider" if any(self.gazetteer.is_a(a.cls, cls) for cls in entity.classes) else "other"

    def _same_before(self, a: Expression) -> int:
        """How many of the earlier phrases have the same head, up to 3."""
        count = 0
        for at in self.by_lemma.get(a.lemma, ()):
            if at >= a.at or count >= 3:
                break
            count += 1
        return count


def entity_words(entity: Entity) -> int:
    """How many words the fullest name of an entity has."""
    return max((len(name) for name in entity.names), default=0)


def _one(values: AbstractSet[str]) -> str:
    """The only value of a set; "" for none, "mixed" for several."""
    if not values:
        return ""
    return next(iter(values)) if len(values) == 1 else "mixed"
