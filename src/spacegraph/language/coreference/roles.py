"""People by what they are: "the NASA astronaut", "the agency's director", "the American".

News brings a person up by name and goes on with a role that the reader may not have heard of yet. A role goes to the
person named last who can have it: who was introduced with it, or of whom nothing speaks against it. The head of an
organisation is whoever the text says runs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.coreference.entities import is_nested
from spacegraph.language.english import words

if TYPE_CHECKING:
    from spacegraph.language.coreference.entities import Entities, Entity
    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.tokens import Tokens

__all__ = ["merge_roles"]

#: Trades that writers call somebody by whom they have just named.
_TRADES = frozenset(
    [
        "astronaut",
        "cosmonaut",
        "taikonaut",
        "engineer",
        "scientist",
        "physicist",
        "astronomer",
        "astrophysicist",
        "geologist",
        "biologist",
        "chemist",
        "pilot",
        "politician",
        "entrepreneur",
        "billionaire",
        "actor",
        "actress",
        "singer",
        "musician",
        "author",
        "writer",
        "novelist",
        "poet",
        "athlete",
        "runner",
        "cyclist",
        "swimmer",
        "artist",
        "painter",
        "economist",
        "historian",
        "professor",
        "mathematician",
        "philosopher",
        "lawmaker",
        "congressman",
        "congresswoman",
        "senator",
        "explorer",
        "inventor",
        "veteran",
        "composer",
        "filmmaker",
        "playwright",
        "architect",
    ]
)
_HEADS = frozenset(
    [
        "director",
        "administrator",
        "head",
        "chief",
        "ceo",
        "executive",
        "president",
        "chair",
        "chairman",
        "chairwoman",
        "chairperson",
        "boss",
        "leader",
        "minister",
        "commander",
        "premier",
        "general",
        "chancellor",
    ]
)
_LEADING_VERBS = frozenset(("run", "head", "lead", "direct", "chair"))
_UNDER = frozenset(("deputy", "vice", "assistant", "associate"))
#: How many sentences back a person of whom nothing is known may be named, and one introduced with the role.
_NEAR = 1
_FAR = 6
#: How many sentences back "the American" looks for the one person whom it can mean.
_BEARERS = 3


class _Role:
    """A role: nouns, whether it is the top one, and the organisations and countries in its phrase."""

    __slots__ = ("nouns", "owners", "under")

    def __init__(self, nouns: frozenset[str], owners: frozenset[int]) -> None:
        self.nouns = nouns & words.ROLE_NOUNS - _UNDER
        self.under = nouns & _UNDER
        self.owners = owners

    @property
    def is_head(self) -> bool:
        return bool(self.nouns & _HEADS) and not self.under


def merge_roles(t: Tokens, entities: Entities) -> None:
    """Merge definite descriptions of a person by role or nationality with the name that they mean.

    Args:
        t: The text.
        entities: Names, appositions, predicates, speech and relatives are merged already.
    """
    roles = _Roles(t, entities)
    for a in entities.expressions:
        if (
            a.kind == "nominal"
            and a.meaning == "person"
            and a.number != "plur"
            and a.det in ("the", "poss")
            and (len(entities.of(a.at).expressions) == 1 or a.nationality)
            and not any(entities.expressions[p].kind == "name" for p in entities.of(a.at).expressions)
        ):
            chosen = roles.bearer(a) if a.nationality else roles.holder(a)
            if chosen is not None:
                entities.merge(chosen.at, a.at)


class _Roles:
    def __init__(self, t: Tokens, entities: Entities) -> None:
        self.t = t
        self.entities = entities
        #: Expressions that may own a role, by head token.
        self.owners: dict[int, int] = {}
        for e in entities.expressions:
            if (
                e.kind == "name" and e.meaning in ("org", "place", "site", "thing", "event")
            ) or e.kind == "demonym":
                self.owners[e.head] = e.at
                self.owners.setdefault(e.end - 1, e.at)
            elif e.kind == "nominal" and e.meaning == "org":
                self.owners.setdefault(e.head, e.at)
        self.leaders = self._leaders()

    def _leaders(self) -> list[tuple[int, int]]:
        """Places of people and of the organisations that they run, from verbs: "Kovar heads the agency"."""
        t = self.t
        heads = {e.head: e for e in self.entities.expressions if e.kind != "set"}
        found: list[tuple[int, int]] = []
        for head, e in heads.items():
            verb = t.head[head]
            if (
                e.role != "subj"
                or verb == head
                or t.lemma[verb] not in _LEADING_VERBS
                or t.child(verb, "neg") >= 0
            ):
                continue
            target = self.owners.get(t.child(verb, "dobj"), -1)
            if target >= 0 and "person" in self.entities.of(e.at).meanings:
                found.append((e.at, target))
        return found

    def holder(self, a: Expression) -> Entity | None:
        """The person whom a role such as "the NASA astronaut" means."""
        role = self._role(a.first, a.last + 1, a)
        if not role.nouns:
            return None
        if role.owners and role.is_head:
            leaders = {
                self.entities.of(person).at
                for person, place in self.leaders
                if person < a.at and self.entities.of(place).at in role.owners
            }
            leaders |= {
                entity.at
                for entity in self._people(a)
                for own in self._roles_of(entity, a)
                if own.is_head and own.owners & role.owners
            }
            if len(leaders) == 1:
                entity = self.entities.of(leaders.pop())
                return entity if self._possible(a, entity) else None
        best: Entity | None = None
        latest = -1
        for entity in self._people(a):
            last = max(place for place in entity.expressions if place < a.at)
            if last > latest and self._can_have(a, role, entity) and self._possible(a, entity):
                best, latest = entity, last
        return best

    def bearer(self, a: Expression) -> Entity | None:
        """The one person near enough whom "the American" can mean."""
        found: list[Entity] = []
        for entity in self._people(a):
            last = self.entities.expressions[max(place for place in entity.expressions if place < a.at)]
            if a.sent - last.sent <= _BEARERS and self._possible(a, entity):
                found.append(entity)
        told = [entity for entity in found if any(self._is_of(own, a) for own in self._roles_of(entity, a))]
        found = told or found
        return found[0] if len(found) == 1 else None

    def _is_of(self, own: _Role, a: Expression) -> bool:
        return any(
            self.entities.expressions[place].norm == a.nationality
            for owner in own.owners
            for place in self.entities.of(owner).expressions
        )

    def _people(self, a: Expression) -> list[Entity]:
        """The people named before an expression."""
        seen: dict[int, Entity] = {}
        for e in self.entities.expressions[: a.at]:
            entity = self.entities.of(e.at)
            if e.kind == "name" and "person" in entity.meanings and "plur" not in entity.numbers:
                seen[entity.at] = entity
        return list(seen.values())

    def _can_have(self, a: Expression, role: _Role, entity: Entity) -> bool:
        own = self._roles_of(entity, a)
        last = self.entities.expressions[max(place for place in entity.expressions if place < a.at)]
        distance = a.sent - last.sent
        if any(
            one.nouns & role.nouns and one.under == role.under and self._may_share(role, one) for one in own
        ):
            return distance <= _FAR
        if not role.nouns & _TRADES or role.under or distance > _NEAR or last.quote != a.quote:
            return False
        if any(not self._may_share(role, one) for one in own):
            return False
        # Of whom another trade or office is told, this one would be news.
        return not any(one.nouns for one in own)

    @staticmethod
    def _may_share(one: _Role, other: _Role) -> bool:
        return not one.owners or not other.owners or bool(one.owners & other.owners)

    def _possible(self, a: Expression, entity: Entity) -> bool:
        if not self.entities.agree(entity.at, a.at):
            return False
        for place in entity.expressions:
            e = self.entities.expressions[place]
            if e.sent != a.sent:
                continue
            if is_nested(a, e) or (
                e.verb == a.verb >= 0
                and e.role in ("subj", "obj")
                and a.role in ("subj", "obj")
                and e.role != a.role
            ):
                return False
        return True

    def _roles_of(self, entity: Entity, a: Expression) -> list[_Role]:
        """What the text has said before an expression about somebody's roles: titles, appositions, predicates."""
        found: list[_Role] = []
        for place in entity.expressions:
            if place >= a.at:
                break
            e = self.entities.expressions[place]
            if e.kind == "name":
                first = self._begin_of_title(e)
                if first < e.start:
                    found.append(self._role(first, e.start, e))
            elif e.kind == "nominal" and not e.nationality:
                found.append(self._role(e.first, min(e.last + 1, e.end + 6), e))
        return [role for role in found if role.nouns or role.owners]

    def _begin_of_title(self, e: Expression) -> int:
        """The first token of what stands right before a name: "Zorvex engineer Ines Kovar"."""
        t = self.t
        first = e.start
        while (
            first > 0
            and t.tag[first - 1] in ("NN", "NNP", "JJ", "NNPS", "HYPH")
            and t.sent[first - 1] == e.sent
        ):
            first -= 1
        return first

    def _role(self, start: int, end: int, e: Expression) -> _Role:
        t = self.t
        # What is in a clause after the noun is no part of the role.
        end = next(
            (k for k in range(max(start, e.end), end) if t.dep[k] in ("relcl", "acl") or t.text[k] == ","),
            end,
        )
        nouns = frozenset(
            t.lemma[k] if t.tag[k] not in ("NNP", "NNPS") else t.lower[k]
            for k in range(start, min(end, max(e.end, start)))
            if k == e.head
            or k + 1 == e.end
            or t.lower[k] in _UNDER
            or t.lower[k] in _HEADS
            or e.kind == "name"
        )
        owners = frozenset(
            self.entities.of(self.owners[k]).at
            for k in range(start, end)
            if k in self.owners and self.owners[k] != e.at
        )
        if e.owner >= 0:
            owners |= {self.entities.of(e.owner).at}
        return _Role(nouns, owners)
