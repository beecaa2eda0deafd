"""What the trained reader reads, as facts: its mentions become the article's things, its relations the ontology's properties."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from spacegraph.iris import mint_entity_iri
from spacegraph.language import annotations as annotation
from spacegraph.language.english.words import MONTHS
from spacegraph.language.mentions.read_names import CLASS_OF_TYPE
from spacegraph.mapping.entities import EMPTY_HEADS, Filler, date_literal, phrase_text
from spacegraph.model import Argument, Entity, Evidence, Fact, Factuality, Literal, MentionKind
from spacegraph.vocab import ALSO_KNOWN_AS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from spacegraph.mapping.entities import Referents
    from spacegraph.model import Mention, Relation
    from spacegraph.ontology import OntologyProperty

__all__ = ["RULE", "Calibration", "RelationReading", "Signs", "logit", "relation_facts"]

#: How facts name the reader, before the property.
RULE = "reader"
#: What is read by the label of a property alone is right less often.
_UNTRAINED = -1.0
_STRING = XSD + "string"
#: Types of what is a value or a clause, never a thing, and of what has no name of its own and is told in words.
_NO_THINGS = frozenset(("Date", "Duration", "Quantity", "Money", "Clause"))
_WORDS = frozenset(("Role", "Occupation"))
#: What points to something that only the text around it tells.
_POINTING = frozenset(("this", "that", "these", "those", "it"))
_PRONOUNS = frozenset(("PRP", "PRP$", "WP", "WDT", "WP$", "EX"))


class Signs(NamedTuple):
    """What tells how often a fact of the reader is right.

    ``probability`` is the network's of the relation, ``subject_sure`` and ``object_sure`` those of the two mentions (0 to 1);
    ``subject`` and ``object`` say how each end is called (name, pronoun, description, ...); ``distance`` counts the tokens between them.
    """

    probability: float
    subject_sure: float
    object_sure: float
    subject: str
    object: str
    distance: int
    factuality: str

    def features(self) -> dict[str, float]:
        """The signs as numbers by name; what is absent is 0."""
        return {
            "probability": logit(self.probability),
            "subject sure": logit(self.subject_sure),
            "object sure": logit(self.object_sure),
            f"subject {self.subject}": 1.0,
            f"object {self.object}": 1.0,
            "distance": min(self.distance, 30) / 10,
            self.factuality: 1.0,
        }


class Calibration:
    """How often facts are right, by who read them and how surely; fitted on the validation texts (``training/calibrate.py``).

    Each of the three is logistic: the reader alone (with an offset of each relation), the lexicon alone, and both.

    Args:
        card: The model's card; its ``calibration`` holds the coefficients.
    """

    def __init__(self, card: dict[str, Any]) -> None:
        found: dict[str, Any] = card.get("calibration") or {}
        self._reader: dict[str, float] = found.get("reader", {"": 0.0, "probability": 1.0})
        self._lexicon: list[float] = found.get("lexicon", [0.0, 1.0])
        self._both: list[float] = found.get("both", [0.0, 0.7, 0.7])
        self._relations: dict[str, float] = found.get("relations", {})
        self._entries: dict[str, float] = found.get("entries", {})
        #: Facts that only the reader reads, with less confidence, are not told; what somebody wrote in a lexicon always is.
        self.least: float = found.get("least", 0.5)
        self.trained: frozenset[str] = frozenset(card.get("relations", ()))

    def of_reader(self, relation: str, signs: Signs) -> float:
        """The confidence of what only the reader reads, 0 to 1."""
        offset = self._relations.get(relation, 0.0 if relation in self.trained else _UNTRAINED)
        weighed = sum(self._reader.get(name, 0.0) * value for name, value in signs.features().items())
        return _logistic(self._reader.get("", 0.0) + offset + weighed)

    def of_lexicon(self, rule: str, confidence: float) -> float:
        """The confidence of what only the lexicon reads, by the entry and how sure it says to be."""
        return _logistic(
            self._lexicon[0] + self._lexicon[1] * logit(confidence) + self._entries.get(rule, 0.0)
        )

    def of_both(self, confidence: float, read: float) -> float:
        """The confidence of what the lexicon reads with one confidence and the reader with another."""
        return _logistic(self._both[0] + self._both[1] * logit(confidence) + self._both[2] * logit(read))


def logit(p: float) -> float:
    """The logit of a probability, kept away from certainty."""
    p = min(max(p, 0.002), 0.998)
    return math.log(p / (1 - p))


def _logistic(x: float) -> float:
    return round(1 / (1 + math.exp(-x)), 3)


def relation_facts(referents: Referents, calibration: Calibration) -> Iterator[Fact]:
    """The facts that the reader's relations are, in the order of the text, with the confidence of what only the reader reads."""
    yield from RelationReading(referents, calibration).facts()


class RelationReading:
    """One article's relations on their way to facts."""

    #: How its facts name who read them.
    rule = RULE

    def __init__(self, referents: Referents, calibration: Calibration) -> None:
        self.referents = referents
        self.calibration = calibration
        self.doc = referents.doc
        self._sure = {(start, end): sure for start, end, _, sure in annotation.typed_spans(self.doc)}
        self.ontology = referents.ontology
        self._by_token: dict[int, list[int]] = defaultdict(list)
        for n, mention in enumerate(referents.mentions):
            for i in range(mention.start, mention.end):
                self._by_token[i].append(n)
        self._heads: dict[tuple[int, int], int] = {}
        self._mentions: dict[tuple[int, int], int] = {}
        self._fillers: dict[tuple[int, int, str], list[Filler]] = {}

    def facts(self) -> Iterator[Fact]:
        """The facts, in the order of the text."""
        found: list[tuple[float, Relation, list[Fact]]] = []
        for relation in annotation.relations(self.doc):
            assert relation.guarded, "factuality has not looked at a relation"
            property_ = self.ontology.find_property(relation.property_iri)
            if property_ is not None and (facts := list(self._facts_of(relation, property_))):
                found.append((max(f.confidence for f in facts), relation, facts))
        for facts in _without_copies(found):
            yield from facts

    def _facts_of(self, relation: Relation, property_: OntologyProperty) -> Iterator[Fact]:
        subjects = [
            f
            for f in self._things(relation.subject, relation.subject_type)
            if self._fits(f, property_.domains)
        ]
        if not subjects:
            return
        objects = self._objects(relation, property_, subjects)
        said_by = self._said_by(relation)
        for subject in subjects:
            for object_ in objects:
                if subject.value.label == object_.value.label or 0 <= subject.cluster == object_.cluster:
                    continue
                if not self._stands_alone(subject, object_):
                    continue
                if relation.object_type in _WORDS and not subject.named and _is_told_by(subject, object_):
                    continue
                assert isinstance(subject.value, Entity)
                factuality, source = relation.factuality, said_by
                ended = relation.ended and factuality is Factuality.NEGATED
                if ended:
                    # What is over was so: it is no denial.
                    factuality = Factuality.REPORTED if said_by is not None else Factuality.ASSERTED
                if source == subject.value and property_.name in ("said", "announced"):
                    source = None
                    factuality = Factuality.ASSERTED if factuality is Factuality.REPORTED else factuality
                yield Fact(
                    doc_id=self.referents.article.id,
                    subject=subject.value,
                    property_iri=property_.iri,
                    object=object_.value,
                    factuality=factuality,
                    attributed_to=source if factuality is not Factuality.ASSERTED else None,
                    time=relation.time if isinstance(object_.value, Entity) else "",
                    confidence=self.calibration.of_reader(
                        property_.name, self._signs(relation, subject, object_)
                    ),
                    evidence=(self._evidence(relation),),
                    rule=f"{self.rule}→{property_.name}",
                    ended=ended,
                )

    def _confidence(
        self, relation: Relation, property_: OntologyProperty, subject: Filler, object_: Filler
    ) -> float:
        return self.calibration.of_reader(property_.name, self._signs(relation, subject, object_))

    def _signs(self, relation: Relation, subject: Filler, object_: Filler) -> Signs:
        first, second = sorted((relation.subject, relation.object))
        return Signs(
            probability=relation.probability,
            subject_sure=self._sure.get(relation.subject, 0.0),
            object_sure=self._sure.get(relation.object, 0.0),
            subject=self._called_by(relation.subject, relation.subject_type, subject),
            object=self._called_by(relation.object, relation.object_type, object_),
            distance=max(second[0] - first[1], 0),
            factuality=str(relation.factuality),
        )

    def _called_by(self, span: tuple[int, int], type_: str, filler: Filler) -> str:
        """How a span calls what it stands for: what its mention is, or its own words."""
        if isinstance(filler.value, Literal):
            return type_.lower() if type_ in _NO_THINGS else "words"
        if not any(ch.isupper() for ch in filler.value.label):
            return "without a name"
        n = self._mention(span)
        if n >= 0 and filler.cluster >= 0:
            return self.referents.mentions[n].kind.value
        return "new name" if filler.named else "new description"

    def _said_by(self, relation: Relation) -> Entity | None:
        """The first of a relation's sources that has a name."""
        return next((s for m in relation.sources if m >= 0 and (s := self.referents.source(m))), None)

    def _evidence(self, relation: Relation) -> Evidence:
        """The words from the first to the last of subject, predicate and object."""
        heads = [relation.head] if relation.head >= 0 else []
        start = min(relation.subject[0], relation.object[0], *heads)
        end = max(relation.subject[1], relation.object[1], *(h + 1 for h in heads))
        return self.referents.evidence_of(self.doc[start:end])

    def _head(self, span: tuple[int, int]) -> int:
        found = self._heads.get(span)
        if found is None:
            found = self._heads[span] = self.doc[span[0] : span[1]].root.i
        return found

    def _mention(self, span: tuple[int, int]) -> int:
        """The pipeline's mention that a span of the reader is: the one that covers it best and shares its head; -1 for none."""
        found = self._mentions.get(span)
        if found is None:
            found = self._mentions[span] = self._find_mention(span)
        return found

    def _find_mention(self, span: tuple[int, int]) -> int:
        start, end = span
        best, score = -1, 0.0
        for n in sorted({n for i in range(start, end) for n in self._by_token.get(i, ())}):
            mention = self.referents.mentions[n]
            shared = min(end, mention.end) - max(start, mention.start)
            likeness = shared / (max(end, mention.end) - min(start, mention.start))
            if start <= mention.head < end and mention.head == self._head(span):
                likeness += 0.5
            elif (
                mention.kind is MentionKind.NAME
                and mention.start <= start
                and end <= mention.end
                and likeness < 0.7
            ):
                # A part of a longer name is another thing.
                continue
            if likeness > score:
                best, score = n, likeness
        return best if score >= 0.55 else -1

    def _things(self, span: tuple[int, int], type_: str) -> list[Filler]:
        """What a span stands for, where that is a thing.

        The reader's borders hold: a thing is called as its cluster only where the pipeline's mention has the same words, or where it is
        a pronoun or a description of something with a name.
        """
        key = (*span, type_)
        found = self._fillers.get(key)
        if found is None:
            found = self._fillers[key] = self._find_things(span, type_)
        return found

    def _find_things(self, span: tuple[int, int], type_: str) -> list[Filler]:
        if type_ in _NO_THINGS:
            return []
        n = self._mention(span)
        if n >= 0:
            mention = self.referents.mentions[n]
            if mention.kind in (MentionKind.TIME, MentionKind.VALUE):
                return []
            found = self._of_mention(n, type_)
            if mention.kind in (MentionKind.PRONOUN, MentionKind.DEMONYM) or (
                any(f.named for f in found) and self._is_called(span, mention)
            ):
                return found
        return self._by_words(span, type_)

    def _of_mention(self, n: int, type_: str) -> list[Filler]:
        mention = self.referents.mentions[n]
        if self.referents.cluster_of.get(n, -1) < 0:
            return []
        found = self.referents.fillers(
            Argument(role="obj", start=mention.start, end=mention.end, head=mention.head, mention=n)
        )
        return [
            f if f.cls != "Thing" else self._typed(f, type_) for f in found if isinstance(f.value, Entity)
        ]

    def _is_called(self, span: tuple[int, int], mention: Mention) -> bool:
        """Whether a mention has the words of a span, but for what says of which kind it is ("the Kestrel capsule")."""
        if mention.kind is not MentionKind.NAME:
            return True
        own = phrase_text(self.doc, *span)
        words = phrase_text(self.doc, mention.start, mention.end)
        if own == words:
            return True
        rest = own.removeprefix(words).removesuffix(words).strip()
        return rest != own and rest.islower() and " " not in rest and self.doc[self._head(span)].tag_ != "NNS"

    def _by_words(self, span: tuple[int, int], type_: str) -> list[Filler]:
        """A thing by the words of its span: what bears that name already, a new name, or a description that tells which one."""
        start, end = span
        head = self._head(span)
        text = phrase_text(self.doc, start, end)
        if not text or type_ in _WORDS or self.doc[head].tag_ in _PRONOUNS:
            return []
        cls = self._class(type_)
        first = self.doc[start].lower_
        if self.doc[head].pos_ == "PROPN" or (
            any(ch.isupper() for ch in text) and self.doc[end - 1].text[:1].isupper()
        ):
            called = self.referents.called(text, head)
            if called:
                return called
            entity = Entity(
                iri=mint_entity_iri(text), label=text, type=cls, type_iri=self.ontology.class_iri(cls)
            )
            return [Filler(entity, cls, named=True, head=head)]
        if first in _POINTING or self.doc[head].pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return []
        text = self._described(start, end)
        if " " not in text:
            # One word says what it is, not which: the fullest of the phrases by which the article calls it may.
            n = self._mention(span)
            return self._of_mention(n, type_) if n >= 0 else []
        entity = Entity(
            iri=mint_entity_iri(f"{self.referents.article.id}/{text}"),
            label=text,
            type=cls,
            type_iri=self.ontology.class_iri(cls),
        )
        return [Filler(entity, cls, named=False, head=head)]

    def _described(self, start: int, end: int) -> str:
        """The words of a description on one line, with names for its pronouns, without its article; "" where a pronoun stands for nothing."""
        text = self.referents.clause_text(start, end, ())
        if any(self.doc[i].tag_ in _PRONOUNS and self.doc[i].text in text.split() for i in range(start, end)):
            return ""
        first, _, rest = text.partition(" ")
        return rest if first.lower() in ("the", "a", "an") else text

    def _class(self, type_: str) -> str:
        cls = CLASS_OF_TYPE.get(type_, "")
        return cls if cls in self.ontology.classes else "Thing"

    def _typed(self, filler: Filler, type_: str) -> Filler:
        """A thing of no known class with the class that the reader sees."""
        return Filler(
            filler.value, self._class(type_), named=filler.named, head=filler.head, cluster=filler.cluster
        )

    def _occupation(self, span: tuple[int, int]) -> Filler:
        """An occupation as a thing: "astronauts" are each an astronaut."""
        head = self.doc[self._head(span)]
        words = phrase_text(self.doc, *span).split()
        label = " ".join(
            head.lemma_.lower() if word == head.text and head.tag_ == "NNS" else word for word in words
        )
        label = label if any(ch.isupper() for ch in label[1:]) else label.lower()
        known = self.ontology.role(label)
        entity = known or Entity(
            iri=mint_entity_iri(label),
            label=label,
            type="Occupation",
            type_iri=self.ontology.class_iri("Occupation"),
        )
        return Filler(entity, entity.type, named=True, head=head.i)

    def _objects(
        self, relation: Relation, property_: OntologyProperty, subjects: list[Filler]
    ) -> list[Filler]:
        span, head = relation.object, self._head(relation.object)
        if property_.is_datatype:
            literal = self._literal(relation, property_, subjects)
            return [Filler(literal, "", named=True, head=head)] if literal else []
        if "Occupation" in property_.ranges and relation.object_type in ("Occupation", "Role"):
            return [self._occupation(span)]
        things = [f for f in self._things(span, relation.object_type) if self._fits(f, property_.ranges)]
        if things:
            return things
        open_ = (
            property_.allows_clause
            or not property_.ranges
            or "Thing" in property_.ranges
            or any(
                self.ontology.is_a(name, "Event")
                or self.ontology.is_a(name, "Activity")
                or self.ontology.is_a(name, "Work")
                for name in property_.ranges
            )
        )
        if not open_ or self._things(span, relation.object_type):
            return []
        words = self._words(relation, subjects)
        return [Filler(Literal(value=words), "", named=False, head=head)] if words else []

    def _literal(
        self, relation: Relation, property_: OntologyProperty, subjects: list[Filler]
    ) -> Literal | None:
        n = self._mention(relation.object)
        mention = self.referents.mentions[n] if n >= 0 else None
        if _STRING in property_.ranges or not property_.ranges:
            if property_.iri == ALSO_KNOWN_AS:
                return self._other_name(relation, subjects)
            words = self._words(relation, subjects)
            return Literal(value=words) if words else None
        literal = self._value(mention, relation.object)
        if literal is None or not self.ontology.admits_datatype(property_.ranges, literal.datatype):
            return None
        return literal

    def _other_name(self, relation: Relation, subjects: list[Filler]) -> Literal | None:
        """The one of two names that the thing is not called by."""
        labels = {f.value.label.lower() for f in subjects}
        for span in (relation.object, relation.subject):
            words = phrase_text(self.doc, *span).strip("()[] ")
            before, bracket, inside = words.partition("(")
            for name in (words,) if not bracket else (inside.strip(" )"), before.strip()):
                if any(ch.isupper() for ch in name) and name.lower() not in labels:
                    return Literal(value=name)
        return None

    def _value(self, mention: Mention | None, span: tuple[int, int]) -> Literal | None:
        """The date, duration or number of a span."""
        if mention is not None and mention.kind is MentionKind.TIME and mention.norm:
            return date_literal(mention)
        if mention is not None and mention.kind is MentionKind.VALUE and mention.norm:
            kind = "decimal" if "." in mention.norm else "integer"
            return Literal(value=mention.norm, datatype=XSD + kind)
        for k in sorted({k for i in range(*span) for k in self._by_token.get(i, ())}):
            other = self.referents.mentions[k]
            if other.kind is MentionKind.TIME and (literal := date_literal(other)):
                return literal
        words = self.doc[span[0] : span[1]].text
        if day := _day_of_month(words):
            return day
        digits = re.search(r"\d+", words)
        return Literal(value=str(int(digits[0])), datatype=XSD + "integer") if digits else None

    def _words(self, relation: Relation, subjects: list[Filler]) -> str:
        """The words of an object that has no name, with names for its pronouns; "" where they do not tell what is meant."""
        start, end = relation.object
        while (
            start < end
            and (self.doc[start].is_punct or self.doc[start].is_space)
            and self.doc[start].text not in "“\"'‘$"
        ):
            start += 1
        while end > start and (self.doc[end - 1].is_space or self.doc[end - 1].text in ",.;:"):
            end -= 1
        if start >= end:
            return ""
        if self.doc[start].tag_ in _PRONOUNS | {"DT"} and (
            end - start == 1 or self.doc[start].lower_ in _POINTING
        ):
            return ""
        owners = {f.cluster for f in subjects if f.cluster >= 0}
        text = self.referents.clause_text(start, end, owners)
        first = text.split(" ", 1)
        if len(first) > 1 and first[0].lower() in ("the", "a", "an") and relation.object_type != "Clause":
            text = first[1]
        if relation.object_type not in ("Clause", "Quantity", "Money", "Duration"):
            head = self.doc[self._head((start, end))]
            if head.lemma_.lower() in EMPTY_HEADS and end - start < 3:
                return ""
        return text

    def _fits(self, filler: Filler, wanted: tuple[str, ...]) -> bool:
        """Whether a thing may stand where one of these classes is wanted; of an unknown class, anything may."""
        if not isinstance(filler.value, Entity):
            return False
        if not wanted or "Thing" in wanted or filler.cls == "Thing":
            return True
        return any(self.ontology.is_a(filler.cls, c) or self.ontology.is_a(c, filler.cls) for c in wanted)

    @staticmethod
    def _stands_alone(subject: Filler, object_: Filler) -> bool:
        """Whether a fact can be understood without the text around it; see :class:`~spacegraph.mapping.self_contained.SelfContained`."""
        literal = isinstance(object_.value, Literal)
        if subject.named:
            return object_.named or literal or " " in object_.value.label
        if " " not in subject.value.label:
            return False
        # Of two descriptions one must hold a name that tells which thing is meant.
        return (
            object_.named
            or literal
            or any(ch.isupper() for ch in subject.value.label + object_.value.label[1:])
        )


def _without_copies(found: list[tuple[float, Relation, list[Fact]]]) -> list[list[Fact]]:
    """The facts of relations without those that a surer one tells of longer or shorter spans of the same words."""
    kept: dict[str, list[tuple[Relation, list[Fact]]]] = defaultdict(list)
    for _, relation, facts in sorted(found, key=lambda f: (-f[0], f[1].subject, f[1].object)):
        of = kept[relation.property_iri]
        if not any(
            _overlap(relation.subject, k.subject) and _overlap(relation.object, k.object) for k, _ in of
        ):
            of.append((relation, facts))
    ordered = sorted(
        (k for of in kept.values() for k in of), key=lambda k: (k[0].subject, k[0].object, k[0].property_iri)
    )
    return [facts for _, facts in ordered]


def _is_told_by(subject: Filler, object_: Filler) -> bool:
    """Whether a description already says what it is: "two astronauts" are astronauts."""
    words = object_.value.value if isinstance(object_.value, Literal) else object_.value.label
    own = {w.removesuffix("s") for w in subject.value.label.lower().split()}
    return own >= {w.removesuffix("s") for w in words.lower().split()}


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


_MONTHS = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_OF_MONTH = re.compile(
    rf"\b(?:(?P<m>{_MONTHS})\.?\s+(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTHS}))\b", re.IGNORECASE
)


def _day_of_month(words: str) -> Literal | None:
    """A day of a year that nothing tells, as ``xsd:gMonthDay``: ``--05-22``."""
    found = _DAY_OF_MONTH.search(words)
    if found is None:
        return None
    month, day = MONTHS[(found["m"] or found["m2"]).lower()], int(found["d"] or found["d2"])
    return Literal(value=f"--{month:02d}-{day:02d}", datatype=XSD + "gMonthDay") if 1 <= day <= 31 else None
