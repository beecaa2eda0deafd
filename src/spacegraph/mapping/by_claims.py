"""What a language model claims, as facts: its names hold where the article has them, its words lead to the article's own things."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacegraph.iris import mint_entity_iri
from spacegraph.mapping.by_relations import Calibration, RelationReading
from spacegraph.mapping.entities import Filler
from spacegraph.model import Entity, MentionKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Fact
    from spacegraph.ontology import OntologyProperty

__all__ = ["Claimed", "Claims", "Trust", "claim_facts"]


#: Longest name for what has none, in characters.
LONGEST = 200
#: Words of grammar, which may stand in a name though the text has no such word, and what only the text around it explains.
_GRAMMAR = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "s",
        "that",
        "the",
        "to",
        "with",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
    ]
)
_EMPTY_IT = re.compile(r"it (?:is|was|seems|would be|will be) .*\b(?:that|to)\b", re.IGNORECASE)
_POINTING = frozenset(
    [
        "he",
        "his",
        "him",
        "she",
        "her",
        "it",
        "its",
        "they",
        "them",
        "thei",
        "this",
        "thes",
        "thos",
        "i",
        "we",
        "our",
        "you",
        "your",
        "my",
    ]
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A relation between words of the text, with the names by which a model calls its ends and who it says claims it."""

    relation: Relation
    subject: str
    object: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a model claims of one article. ``rule`` is how its facts name it.

    ``kept`` gets the places, in ``claimed``, of those that became facts.
    """

    claimed: tuple[Claimed, ...]
    rule: str
    kept: set[int] = field(default_factory=set)


class Trust(Calibration):
    """What the word of a language model is worth beside that of the readers that were there before it."""

    def __init__(self) -> None:
        super().__init__({})
        self.least = 0.0

    def of_lexicon(self, rule: str, confidence: float) -> float:  # noqa: ARG002
        """What the model does not say is worth what it was."""
        return confidence

    def of_both(self, confidence: float, read: float) -> float:
        """What both say is wrong only where both are."""
        return round(1 - (1 - confidence) * (1 - read), 3)


def claim_facts(referents: Referents, claims: Claims) -> Iterator[Fact]:
    """The facts that a model's claims are, in the order of the text."""
    yield from _ClaimReading(referents, claims).facts()


class _ClaimReading(RelationReading):
    """One article's claims on their way to facts."""

    def __init__(self, referents: Referents, claims: Claims) -> None:
        super().__init__(referents, Trust())
        self._claims = claims
        self.rule = claims.rule
        self._names: dict[tuple[int, int], str] = {}
        self._source = ""
        self._stems = _stems(self.doc.text)
        #: The mentions of each name in the text, by the name in small letters: the first one.
        self._named: dict[str, int] = {}
        for n, mention in enumerate(referents.mentions):
            of = referents.cluster_of.get(n, -1)
            if of < 0 or referents.clusters[of].members:
                continue
            if mention.kind is MentionKind.NAME:
                self._named.setdefault(_name(self.doc[mention.start : mention.end].text), n)
        for cluster in referents.clusters:
            if cluster.name and not cluster.members and cluster.mentions:
                first = cluster.mentions[0]
                for name in (cluster.name, *cluster.aliases):
                    self._named.setdefault(_name(name), first)

    def facts(self) -> Iterator[Fact]:
        for n, claimed in enumerate(self._claims.claimed):
            relation = claimed.relation
            assert relation.guarded, "factuality has not looked at a claim"
            property_ = self.ontology.find_property(relation.property_iri)
            if property_ is None:
                continue
            self._names = {relation.subject: claimed.subject, relation.object: claimed.object}
            self._source = claimed.source
            for fact in self._facts_of(relation, property_):
                self._claims.kept.add(n)
                yield fact

    def _confidence(
        self,
        relation: Relation,
        property_: OntologyProperty,  # noqa: ARG002
        subject: Filler,  # noqa: ARG002
        object_: Filler,  # noqa: ARG002
    ) -> float:
        """What only the model says is worth what its wording leaves of it."""
        return round(relation.probability * relation.certainty, 3)

    def _things(self, span: tuple[int, int], type_: str) -> list[Filler]:
        """What a span stands for: what the text's own name for it names, else what our reading makes of it or the model calls it.

        The model calls things by the article's words, or its name for them does not count.
        """
        own = super()._things(span, type_)
        n = self._mention(span)
        mention = self.referents.mentions[n] if n >= 0 else None
        if any(f.named for f in own) and mention is not None and mention.kind is MentionKind.NAME:
            # A name is nobody else's.
            return own
        if mention is not None and mention.kind in (MentionKind.TIME, MentionKind.VALUE):
            return own
        name = self._names.get(span, "")
        called = self._called(name, type_)
        if called or any(f.named for f in own):
            return called or own
        label = self._told(name)
        if " " not in label:
            return own
        cls = own[0].cls if own else self._class(type_)
        entity = Entity(
            iri=mint_entity_iri(f"{self.referents.article.id}/{label}"),
            label=label,
            type=cls,
            type_iri=self.ontology.class_iri(cls),
        )
        return [Filler(entity, cls, named=False, head=self._head(span))]

    def _words(self, relation: Relation, subjects: list[Filler]) -> str:
        """The words of an object that has no name: our own, or the model's where ours do not tell what is meant."""
        return super()._words(relation, subjects) or self._told(self._names.get(relation.object, ""))

    def _told(self, name: str) -> str:
        """What the model calls something, without an article before it; "" where a word of it is not the text's."""
        words = name.split()
        if words and words[0].lower() in ("the", "a", "an"):
            words = words[1:]
        if " ".join(words[:1]).lower() == "it" and _EMPTY_IT.match(" ".join(words)):
            # "It is unlikely that …" points to nothing.
            stems = _stems(" ".join(words[1:]))
        else:
            stems = _stems(" ".join(words))
        if not stems or len(name) > LONGEST or not stems <= self._stems or stems & _POINTING:
            return ""
        return " ".join(words)

    def _called(self, name: str, type_: str) -> list[Filler]:
        n = self._named.get(_name(name), -1) if name else -1
        return [f for f in self._of_mention(n, type_) if f.named] if n >= 0 else []

    def _said_by(self, relation: Relation) -> Entity | None:
        said_by = super()._said_by(relation)
        if said_by is None and self._source:
            said_by = next(
                (f.value for f in self._called(self._source, "") if isinstance(f.value, Entity)), None
            )
        return said_by


def _stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, but for those of grammar: "signing" and "signed" are one."""
    return frozenset(w[:4] for w in re.findall(r"\w+", text.lower()) if w not in _GRAMMAR)


def _name(text: str) -> str:
    words = text.lower().replace("’", "'").split()
    return " ".join(words[1:] if words[:1] == ["the"] else words).removesuffix("'s")
