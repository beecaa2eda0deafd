"""Whether a fact can be understood without the text around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.numerals import number_of
from spacegraph.mapping.descriptions import FEW
from spacegraph.mapping.entities import ONLY_ONE
from spacegraph.model import Factuality, Literal, MentionKind, PropositionKind
from spacegraph.vocab import ALSO_KNOWN_AS

if TYPE_CHECKING:
    from spacegraph.lexicon import Sense
    from spacegraph.mapping.entities import Filler, Referents
    from spacegraph.model import Proposition

__all__ = ["SelfContained"]

#: Words that say how many of a kind are meant, or point to one in the text, and do not say which.
_QUANTIFYING = frozenset(("any", "each", "every", "no", "some", "that", "these", "this", "those"))
#: Roles of phrases that describe what another argument denotes.
_DESCRIBING = frozenset(("appos", "attr", "kind"))
#: Roles of words that say how a thing is.
_STATES = frozenset(("predicate", "state"))
#: Classes of things that are not of two of them, but for what the ontology says.
_EXCLUSIVE = ("Artefact", "Company", "Event", "GeopoliticalEntity", "Mission", "Person", "Work")


class SelfContained:
    """Judges the facts of one article.

    Args:
        referents: What the article's mentions stand for.
    """

    def __init__(self, referents: Referents) -> None:
        self.referents = referents
        self.doc = referents.doc
        self.ontology = referents.ontology

    def stands_alone(self, sense: Sense, subject: Filler, object_: Filler, proposition: Proposition) -> bool:
        """Whether a fact about these two can be understood without the text around it.

        People and organisations without a name ("astronauts", "the firm's partners") are somebody or other, unless
        their description holds a name ("two Russian cosmonauts"). What happens and what is made can be told
        apart by description ("the first crewed mission"), as long as the other side has a name or is a date.
        A noun phrase without a name says nothing of what it denotes but where and when that is.
        Who said something is told by a description of two words or more ("local officials"), and so is what so many
        people died of.
        """
        literal = isinstance(object_.value, Literal)
        if (
            literal
            and sense.property_iri != ALSO_KNOWN_AS
            and not _DESCRIBING.isdisjoint(sense.object_roles)
            and not self._describes(subject, object_)
        ):
            return False
        words = literal and self._stands_for_thing(sense, object_)
        if subject.named:
            if object_.named and not words:
                return True
            # "a signing", "engines": a bare noun says what it is, not which.
            told = _tells(object_.value.label)
            # "A spacewalk" of Monday is told by its day.
            told = told or (bool(proposition.time) and self.ontology.is_a(object_.cls, "Event"))
            return told and (bool(sense.forms) or proposition.kind is not PropositionKind.NOUN)
        if " " not in subject.value.label:
            # "launch" and "agreement" say what it is, not which.
            return False
        if ("speech" in sense.object_roles and not self._points_back(subject)) or self._is_toll(
            proposition, subject, object_
        ):
            return True
        if literal:
            told = object_.value != Literal(value=object_.value.label) or any(
                ch.isdigit() for ch in object_.value.label
            )
            if not _STATES.isdisjoint(sense.object_roles) and (
                self._holds_name(subject, object_) or _names(subject.value.label, object_.value.label)
            ):
                # "The Halden project is behind schedule"
                return True
        else:
            told = object_.named or (
                not self._is_somebody(subject)
                and (
                    self._holds_name(object_, subject)
                    or _names(object_.value.label, subject.value.label)
                    or self._is_anybody(object_, proposition)
                )
            )
        nobody = subject.cls == "Thing" or self.ontology.is_a(subject.cls, "Agent")
        if proposition.kind is PropositionKind.NOUN:
            if object_.named and object_.value.label.lower() in subject.value.label.lower()[1:]:
                # "Future missions to Mars" are to Mars; "Vela's missions" are Vela's, which their name may leave out.
                return False
            placed = literal or self.ontology.is_a(object_.cls, "Place")
            return told and not nobody and (placed or self._holds_name(subject, object_))
        return told and (not nobody or self._holds_name(subject, object_))

    def _is_somebody(self, filler: Filler) -> bool:
        """Whether a description is of one person whom nothing but a nation tells from others: "a French businessman"."""
        if filler.cluster < 0 or not self.ontology.is_a(filler.cls, "Person") or "’" in filler.value.label:
            return False
        return self.referents.clusters[filler.cluster].number != "plur"

    def _is_anybody(self, object_: Filler, proposition: Proposition) -> bool:
        """Whether what is denied or supposed is so of any such thing: "would never leave *a person in space* behind"."""
        if proposition.factuality not in (Factuality.NEGATED, Factuality.HYPOTHETICAL) or object_.cluster < 0:
            return False
        first = self.referents.mentions[self.referents.clusters[object_.cluster].mentions[0]].start
        return self.doc[first].lower_ in ("a", "an", "any") and _tells(object_.value.label)

    def lost_rank(self, object_: Filler, proposition: Proposition) -> bool:
        """Whether a denial is of a rank that the words leave out: who "is not the first Vela pilot" may be a Vela pilot."""
        if proposition.factuality is not Factuality.NEGATED or proposition.lemma != "be":
            return False
        ranks = {t.lower_ for t in self.doc[object_.head].lefts if t.lower_ in FEW or t.tag_ == "JJS"}
        return bool(ranks) and ranks.isdisjoint(object_.value.label.lower().split())

    def _points_back(self, filler: Filler) -> bool:
        """Whether a description is of one person whom the text has told of: "the former senator", "the local spokesman"."""
        if filler.cluster < 0 or not self.ontology.is_a(filler.cls, "Person"):
            return False
        cluster = self.referents.clusters[filler.cluster]
        first = self.doc[self.referents.mentions[cluster.mentions[0]].start]
        return cluster.number != "plur" and first.lower_ in ("the", "this", "that")

    def _stands_for_thing(self, sense: Sense, object_: Filler) -> bool:
        """Whether words stand, for want of a name, where the property wants a certain thing that is no event."""
        property_ = self.ontology.find_property(sense.property_iri)
        if property_ is None or property_.is_datatype:
            return False
        head = self.doc[object_.head]
        noun = self.referents.gazetteer.nouns.get(head.lemma_.lower())
        if noun is not None and self.ontology.is_a(noun.cls, "Event"):
            return False
        # "The measure" is one of many, "corruption" is what it is.
        return any(t.tag_ in ("DT", "PRP$", "POS") or t.dep_ in ("det", "poss") for t in head.lefts)

    def _describes(self, subject: Filler, object_: Filler) -> bool:
        """Whether words say what a thing is: "truck" cannot be said of a city, and "station" says too little."""
        person = self.ontology.is_a(subject.cls, "Person")
        noun = self.referents.gazetteer.nouns.get(self.doc[object_.head].lemma_.lower())
        if noun is not None and noun.role:
            return person or self.ontology.is_a(subject.cls, "Organisation") or subject.cls == "Thing"
        head = self.doc[object_.head]
        if head.like_email or head.like_url or (not person and " " not in object_.value.label):
            return False
        if person and noun is not None and noun.cls and not self.ontology.is_a(noun.cls, "Agent"):
            # "Ann Lee, Headquarters, Oslo" says where she is to be found.
            return False
        kinds = self._kinds(noun.cls) if noun is not None else frozenset()
        own = self._kinds(subject.cls)
        return not kinds or not own or not kinds.isdisjoint(own)

    def _kinds(self, cls: str) -> frozenset[str]:
        """Which of the classes that exclude each other a class belongs to; things such as stations are of two."""
        return frozenset(kind for kind in _EXCLUSIVE if self.ontology.is_a(cls, kind))

    def _is_toll(self, proposition: Proposition, subject: Filler, object_: Filler) -> bool:
        """Whether an event is said to have done something to so many: "a road accident killed *five children*"."""
        if proposition.kind is not PropositionKind.VERB or not self.ontology.is_a(subject.cls, "Event"):
            return False
        # "At least 12 people": what approximates a number may stand before it.
        counted = any(number_of(word) is not None for word in object_.value.label.split()[:3])
        return counted and (isinstance(object_.value, Literal) or self.ontology.is_a(object_.cls, "Agent"))

    def _holds_name(self, filler: Filler, other: Filler) -> bool:
        """Whether a description without a name of its own has one in it that is not the other thing's."""
        if filler.cluster < 0:
            return False
        known = set(other.value.label.lower().split())
        owner, mark, _ = filler.value.label.partition("’")
        if mark and owner[:1].isupper() and known.isdisjoint(owner.lower().split()):
            # "Vela’s counterparts", for "our counterparts".
            return True
        for m in self.referents.clusters[filler.cluster].mentions[:1]:
            mention = self.referents.mentions[m]
            sentence = self.doc[mention.start].sent.start
            # Any word may begin a sentence with a capital.
            starts_with_name = sentence == mention.start and any(
                m.start == sentence and m.kind is MentionKind.NAME and m.end <= mention.head
                for m in self.referents.mentions
            )
            if starts_with_name and self.doc[sentence].lower_ not in known:
                return True
            for token in self.doc[max(mention.start, sentence + 1) : mention.end]:
                if (token.pos_ == "PROPN" or token.text[:1].isupper()) and token.lower_ not in known:
                    return True
        return False


def _names(label: str, other: str) -> bool:
    """Whether a description has a name in it, after its first word, that is not in the other one."""
    known = set(other.lower().split())
    return any(word[:1].isupper() and word.lower() not in known for word in label.split()[1:])


def _tells(label: str) -> bool:
    """Whether words without a name tell what is meant: more than a noun, which a quantifier may stand before."""
    words = label.split()
    return len(words) > 1 + (words[0].lower() in _QUANTIFYING) or label in ONLY_ONE
