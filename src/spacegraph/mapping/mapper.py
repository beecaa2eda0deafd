"""The matcher: every sense of every proposition whose arguments fit becomes a fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph.language.factuality.component import guarded, parted
from spacegraph.language.parse.repair import repaired
from spacegraph.mapping.affiliations import with_affiliations
from spacegraph.mapping.by_claims import Trust, claim_facts
from spacegraph.mapping.by_relations import relation_facts
from spacegraph.mapping.datelines import outside_datelines
from spacegraph.mapping.dependence import read_dependence
from spacegraph.mapping.descriptions import joined_arguments
from spacegraph.mapping.entities import Filler, Referents, phrase_text
from spacegraph.mapping.exclusion import infer_exclusions
from spacegraph.mapping.inference import infer_memberships
from spacegraph.mapping.item_times import time_of_item
from spacegraph.mapping.matching import by_role, pick_roles, senses_of
from spacegraph.mapping.merging import add, joined, without_doubts, without_weaker
from spacegraph.mapping.modifiers import attributive_propositions
from spacegraph.mapping.naming import with_named
from spacegraph.mapping.past import Past
from spacegraph.mapping.phrases import PhraseFinder
from spacegraph.mapping.self_contained import SelfContained
from spacegraph.mapping.speech import speech_propositions
from spacegraph.mapping.spoken_to import read_addresses
from spacegraph.mapping.states import predicate_words, state_words
from spacegraph.mapping.titles import Titles
from spacegraph.mapping.wording import Wording
from spacegraph.model import (
    Argument,
    Entity,
    Fact,
    Factuality,
    Literal,
    MentionKind,
    Proposition,
    PropositionKind,
)
from spacegraph.vocab import ALSO_KNOWN_AS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from spacegraph.lexicon import Lexicon, Sense
    from spacegraph.mapping.by_claims import Claims
    from spacegraph.mapping.by_relations import Calibration
    from spacegraph.model import Article
    from spacegraph.ontology import Ontology, OntologyProperty

__all__ = ["Mapper"]

_STRING = XSD + "string"
#: How much surer we are of a fact whose arguments have classes that the ontology knows to fit.
UNKNOWN_CLASS = 0.75
#: Facts with less confidence than this are not made.
LEAST_CONFIDENCE = 0.3
#: Arguments that may name where somebody works, and nouns that stand there for the organisation.
_WORKPLACES = frozenset(("pp:at", "pp:in", "pp:of", "pp:for", "affiliation"))
_SEATS = frozenset(("headquarters", "headquarter", "hq"))
#: Verbs of being somewhere, which are over where they are told in the past with how long they lasted.
_STAYING = frozenset(("live", "remain", "spend", "stay"))
_NO_MORE = frozenset(("longer", "anymore"))
#: Classes that the type of a name or "vehicle" alone gives, so that it may be of any narrower one.
_OPEN_CLASSES = frozenset(("Artefact", "Organisation", "Vehicle"))


class Mapper:
    """Maps what was read of an article to facts, by one ontology and one lexicon.

    Args:
        ontology: Classes and properties; facts obey their domains and ranges.
        lexicon: How words express the properties.
        calibration: What the trained reader's probabilities are worth; None leaves its relations out.
        rules: Whether the lexicon speaks.
        clued: Adds what a lexicon's clues and its ontology's labels give to what its entries gave
            (:func:`spacegraph.learning.extraction.with_clued_facts`); only lexicons that were learnt or derived have any.
    """

    def __init__(
        self,
        ontology: Ontology,
        lexicon: Lexicon,
        *,
        calibration: Calibration | None = None,
        rules: bool = True,
        clued: Callable[[Sequence[Fact], Lexicon, Referents], tuple[Fact, ...]] | None = None,
    ) -> None:
        self.ontology = ontology
        self.lexicon = lexicon
        self.calibration = calibration
        self.rules = rules
        self.clued = clued

        #: Constructions that propositions of one kind with these roles may be, by kind and roles; filled as they come.
        self._constructions: dict[tuple[PropositionKind, frozenset[str]], tuple[Sense, ...]] = {}
        #: Whether members of a class suit a domain or range and a restriction: each pair is asked for again and again.
        self._suited: dict[tuple[str, tuple[str, ...], tuple[str, ...]], bool] = {}

    def facts(self, doc: Doc, article: Article) -> tuple[Fact, ...]:
        """The facts of one article, in the order of their evidence.

        Args:
            doc: The article as the pipeline read it (:func:`spacegraph.language.pipeline.read`).
            article: The same article; evidence points into its text.

        Returns:
            Each fact once: where several places support one, all of them are its evidence.
        """
        return self.read(doc, article)[0]

    def entities(self, doc: Doc, article: Article) -> tuple[Entity, ...]:
        """The named things of an article, whether or not a fact speaks of them."""
        return Referents(doc, article, self.ontology).named_entities()

    def read(
        self, doc: Doc, article: Article, claims: Claims | None = None
    ) -> tuple[tuple[Fact, ...], tuple[Entity, ...]]:
        """The facts and the named things of an article; cheaper than asking for one after the other.

        Args:
            doc: The article as read.
            article: The article.
            claims: What a language model claims of it, grounded in its words.
        """
        referents = Referents(doc, article, self.ontology)
        facts = _Reading(self, referents).facts() if self.rules else ()
        if self.calibration is not None:
            found = joined(
                facts, relation_facts(referents, self.calibration), self.ontology, self.calibration
            )
            facts = tuple(sorted(found, key=lambda f: (f.evidence, f.rule, f.id)))
        if claims is not None:
            found = joined(
                facts, claim_facts(referents, claims), self.ontology, Trust(), agreeing=claims.rule
            )
            # Where the model doubts one of two readings, both may now say the same.
            once: dict[str, Fact] = {}
            for fact in found:
                add(once, fact)
            facts = tuple(sorted(once.values(), key=lambda f: (f.evidence, f.rule, f.id)))
        return with_named(without_doubts(facts), referents), referents.named_entities()

    def is_both(self, cls: str, wanted: tuple[str, ...], restriction: tuple[str, ...]) -> bool:
        """Whether a class is one of those wanted and one of a restriction; none at all admit every class."""
        key = (cls, wanted, restriction)
        found = self._suited.get(key)
        if found is None:
            found = self._suited[key] = all(
                not classes or any(self.ontology.is_a(cls, other) for other in classes)
                for classes in (wanted, restriction)
            )
        return found

    def may_be_both(
        self, cls: str, wanted: tuple[str, ...], restriction: tuple[str, ...], *, any_of: bool
    ) -> bool:
        """Whether a general class leaves open that a thing is one of those wanted: an artefact may be a rocket.

        With ``any_of`` one narrower class among those wanted is enough; else all of them have to be.
        """
        if cls not in _OPEN_CLASSES:
            return False
        key = (f"?{any_of}{cls}", wanted, restriction)
        found = self._suited.get(key)
        if found is None:
            narrower = [
                [self.ontology.is_a(other, cls) for other in classes] for classes in (wanted, restriction)
            ]
            found = self._suited[key] = all(
                not classes or (any(classes) if any_of else all(classes)) for classes in narrower
            )
        return found

    def constructions(self, kind: PropositionKind, roles: Iterable[str]) -> tuple[Sense, ...]:
        """The lexicon's constructions whose arguments are all among these roles, in its order.

        There are dozens of constructions, which every proposition could be by its word class, while the sets of roles
        that texts have are few: so this is worked out once a set.
        """
        key = (kind, frozenset(roles))
        found = self._constructions.get(key)
        if found is None:
            given = key[1]
            present = given | {"predicate"}
            found = self._constructions[key] = tuple(
                sense
                for sense in self.lexicon.constructions.get(kind, ())
                if given.issuperset(sense.requires)
                and given.isdisjoint(sense.excludes)
                # Entries that ask for a class of their predicate look for arguments further afield.
                and (
                    sense.predicate_class
                    or not (present.isdisjoint(sense.subject_roles) or present.isdisjoint(sense.object_roles))
                )
            )
        return found


class _Reading:
    """One article on its way from propositions to facts."""

    def __init__(self, mapper: Mapper, referents: Referents) -> None:
        self.mapper = mapper
        self.ontology = mapper.ontology
        self.lexicon = mapper.lexicon
        self.doc = referents.doc
        self.article = referents.article
        self.referents = referents
        titled = with_affiliations(
            self.doc, referents.mentions, guarded(self.doc, outside_datelines(self.doc)), self._is_title
        )
        self.propositions = guarded(
            self.doc,
            titled
            + attributive_propositions(self.doc, referents.mentions, titled, self.lexicon.attributive_forms),
        )
        self.nouns: dict[int, list[Proposition]] = {}
        for proposition in self.propositions:
            if proposition.kind is PropositionKind.NOUN:
                self.nouns.setdefault(proposition.head, []).append(proposition)
        self.past = Past(self.doc, self.propositions)
        self.titles = Titles(referents, self.nouns)
        self.self_contained = SelfContained(referents)
        self.wording = Wording(referents, self.titles)
        self.phrases = PhraseFinder(self.doc, referents.mentions, self.propositions, self.nouns)

    def facts(self) -> tuple[Fact, ...]:
        merged: dict[str, Fact] = {}
        # What is said of nameless sets is needed for what follows of their members, and then let go.
        self.dependent: set[tuple[str, str, str]] = set()
        speech = guarded(self.doc, speech_propositions(self.doc, self.propositions))
        tokens = repaired(self.doc)
        for proposition in (*self.propositions, *speech):
            told: set[tuple[Entity, str, Entity | Literal]] = set()
            for part in parted(tokens, proposition):
                for fact in self._facts_of(part):
                    claim = (fact.subject, fact.property_iri, fact.object)
                    # What is denied is not what the first part says, too.
                    if part.factuality is proposition.factuality or claim not in told:
                        add(merged, fact)
                    told.add(claim)
        for fact in read_dependence(self.doc, self.referents, self.propositions, self.lexicon):
            add(merged, fact)
        for fact in read_addresses(self.doc, self.referents):
            add(merged, fact)
        for infer in (infer_memberships, infer_exclusions):
            holding = [fact for fact in merged.values() if not fact.ended]
            for fact in infer(self.doc, self.referents, self.propositions, holding):
                add(merged, fact)
        alone = [
            f
            for f in merged.values()
            if (f.subject.label, f.property_iri, f.object.label) not in self.dependent
        ]
        kept = without_weaker(alone)
        if self.mapper.clued and (self.lexicon.clues or self.lexicon.label_cues):
            return self.mapper.clued(kept, self.lexicon, self.referents)
        return tuple(sorted(kept, key=lambda f: (f.evidence, f.rule, f.id)))

    def _is_title(self, lemma: str) -> bool:
        noun = self.referents.gazetteer.nouns.get(lemma)
        return noun is not None and noun.role

    def _facts_of(self, proposition: Proposition) -> Iterator[Fact]:
        assert proposition.guarded, "factuality has not looked at a proposition"
        roles = by_role(proposition, self.doc, self.referents.mentions)
        best: dict[tuple[str, str, str], Fact] = {}
        own = senses_of(self.doc, proposition, roles, self.lexicon)
        for sense in (*own, *self.mapper.constructions(proposition.kind, roles)):
            if sense.predicate_class and self.titles.role(proposition) is None:
                continue
            for fact in self._facts_by(sense, proposition, roles):
                # Between readings of one pair of things the surer one wins; other pairs are other facts.
                # A literal (a title) stands beside the entity (an office) that it speaks of.
                pair = sorted((fact.subject.iri, fact.object.label))
                key = (pair[0], pair[1], fact.relation if isinstance(fact.object, Literal) else "")
                if key not in best or fact.confidence > best[key].confidence:
                    best[key] = fact
        yield from best.values()

    def _facts_by(
        self, sense: Sense, proposition: Proposition, roles: dict[str, list[Argument]]
    ) -> Iterator[Fact]:
        ended = bool(sense.when_ended) and (proposition.ended or proposition in self.past)
        iri = sense.when_ended if ended else sense.property_iri
        if sense.when_planned and proposition.factuality is Factuality.PLANNED:
            iri = sense.when_planned
        if sense.when_denied_twice and proposition.denied_twice:
            iri = sense.when_denied_twice
        property_ = self.ontology.find_property(iri)
        if property_ is None:
            return
        if sense.by_speaking and proposition.factuality is not Factuality.REPORTED:
            return
        if (sense.denies or sense.implied) and proposition.factuality is Factuality.NEGATED:
            # Whoever is not silent need not have answered; what never carried anybody there may have gone alone.
            return
        if (
            not sense.forms
            and proposition.kind is PropositionKind.VERB
            and proposition.factuality is Factuality.NEGATED
        ):
            # Who did not speak during the summit may have been there all the same.
            return
        if not (roles.keys() >= set(sense.requires) and roles.keys().isdisjoint(sense.excludes)):
            return
        if sense.unless and self._is_modified_by(proposition, sense.unless):
            return
        if sense.predicate_class and not self._predicate_is(proposition, sense.predicate_class):
            return
        roles, sureness = self.phrases.around(sense, proposition, roles)
        for subject, object_, fit in self._pairs(sense, property_, proposition, roles):
            if self.self_contained.lost_rank(object_, proposition):
                continue
            if not self.self_contained.stands_alone(sense, subject, object_, proposition):
                self.dependent.add((subject.value.label, property_.iri, object_.value.label))
            confidence = round(sense.confidence * proposition.certainty * fit * sureness, 3)
            if confidence < LEAST_CONFIDENCE:
                continue
            fact = self._fact(sense, property_, proposition, (subject, object_), confidence)
            yield fact
            # "French pilots" are people, not what France does.
            of_people = self.ontology.is_a(object_.cls, "Agent")
            if sense.deed_to_doer and isinstance(fact.object, Entity) and not of_people:
                yield from self._done_to_doer(fact, object_, property_)

    def _pairs(
        self,
        sense: Sense,
        property_: OntologyProperty,
        proposition: Proposition,
        roles: dict[str, list[Argument]],
    ) -> Iterator[tuple[Filler, Filler, float]]:
        """The fillers of subject and object that fit, with how well the classes fit (0 to 1)."""
        for subject_role in pick_roles(sense.subject_roles, roles):
            subjects = self._fitting(
                self._entities(proposition, roles, subject_role),
                property_.domains,
                sense.subject_class,
                lexical="subject" if sense.forms else "",
            )
            if not subjects or (
                subject_role == "poss" and len(subjects) > 1 and "amount" in sense.object_roles
            ):
                # "Their two countries" are not two of each.
                continue
            for object_role in pick_roles(sense.object_roles, roles):
                objects = self._fitting(
                    self._values(proposition, roles, object_role, property_, sense),
                    property_.ranges,
                    sense.object_class,
                    lexical="object" if sense.forms else "",
                )
                found = False
                for i, (subject, fit1) in enumerate(subjects):
                    for j, (object_, fit2) in enumerate(objects):
                        if subject_role == object_role and j <= i:
                            continue
                        if isinstance(subject.value, Literal) or subject.value == object_.value:
                            continue
                        if 0 <= subject.cluster == object_.cluster:
                            continue
                        if isinstance(object_.value, Literal) and object_.value.label == subject.value.label:
                            # "The rover was named Tarn" tells no other name of what is called Tarn for it.
                            continue
                        found = True
                        yield subject, object_, fit1 * fit2
                if found:
                    return

    def _entities(
        self, proposition: Proposition, roles: dict[str, list[Argument]], role: str
    ) -> list[Filler]:
        if role == "predicate":
            filler = self._predicate(proposition)
            return [filler] if filler else []
        return [f for argument in roles[role] for f in self.referents.fillers(argument)]

    def _values(
        self,
        proposition: Proposition,
        roles: dict[str, list[Argument]],
        role: str,
        property_: OntologyProperty,
        sense: Sense,
    ) -> list[Filler]:
        """What may stand as the object: entities, dates, or the words themselves."""
        if sense.object_value:
            return [Filler(Literal(value=sense.object_value), "", named=True, head=proposition.head)]
        if property_.is_datatype and role in ("predicate", "state"):
            told = (
                predicate_words(self.doc, proposition)
                if role == "predicate"
                else state_words(self.doc, proposition, self.referents.mentions)
            )
            return [Filler(Literal(value=told), "", named=True, head=proposition.head)] if told else []
        if role == "predicate":
            return self._entities(proposition, roles, role)
        fillers: list[Filler] = []
        measured = property_.is_datatype and role == "ref" and _STRING not in property_.ranges
        together: set[int] = set()
        if not property_.is_datatype and not sense.object_class and (set(property_.ranges) <= {"Thing"}):
            for group in joined_arguments(self.doc, self.referents.mentions, roles[role]):
                if (joined := self.referents.joined(group)) is not None:
                    fillers.append(joined)
                    together.update(a.head for a in group)
        for argument in self._ascribed(proposition) if measured else roles[role]:
            if argument.head in together:
                continue
            found = self.referents.fillers(argument)
            if property_.is_datatype and _STRING in property_.ranges:
                found = []
            elif property_.is_datatype:
                found = [f for f in found if isinstance(f.value, Literal)]
                if (number := self._number(argument, property_)) is not None:
                    found = [number]
            else:
                found = [f for f in found if isinstance(f.value, Entity)]
                if sense.subject_class == ("Person",) and role in _WORKPLACES:
                    found = self._organisations_at(argument) or found
            wants_words = (property_.allows_clause and self._may_be_words(argument, property_)) or (
                property_.is_datatype and _STRING in property_.ranges
            )
            if property_.is_datatype and sense.subject_class == ("Person",) and role in ("obj", "pp:as"):
                # "The victims were identified as Ann Lee and Bob Ray" calls neither "victims".
                wants_words = wants_words and self.wording.describes(argument)
            if not found and wants_words:
                # What something is called is a name, whatever it is told by.
                called = replace(argument, role="alias") if property_.iri == ALSO_KNOWN_AS else argument
                text = self.wording.of(called, proposition)
                if text and called.role == "alias":
                    # Parentheses hold addresses and "left" and "right" of pictures too.
                    is_name = any(ch.isupper() for ch in text) and "://" not in text
                    text = self.wording.other_name(proposition, roles, text) if is_name else ""
                if text:
                    found = [Filler(Literal(value=text), "", named=True, head=argument.head)]
            fillers.extend(found)
        return fillers

    def _may_be_words(self, argument: Argument, property_: OntologyProperty) -> bool:
        """Whether words may stand where a thing is wanted: for a place, none but an adverb of where to ("home")."""
        if not any(self.ontology.is_a(name, "Place") for name in property_.ranges):
            return True
        return argument.mention < 0 and self.doc[argument.head].pos_ == "ADV"

    def _organisations_at(self, argument: Argument) -> list[Filler]:
        """Whose headquarters a place of work is: people at "Vela Headquarters" work for Vela."""
        if self.doc[argument.head].lemma_.lower() not in _SEATS:
            return []
        owners = [
            other
            for noun in self.nouns.get(argument.head, ())
            for other in noun.arguments
            if other.role in ("compound", "poss")
        ]
        fillers = [filler for owner in owners for filler in self.referents.fillers(owner)]
        if not fillers:
            name = phrase_text(self.doc, argument.start, argument.head)
            fillers = self.referents.called(name, argument.head)
        return [f for f in fillers if f.named and self.ontology.is_a(f.cls, "Organisation")]

    def _ascribed(self, proposition: Proposition) -> list[Argument]:
        """What a noun is said to be: "its orbital period is *40 days*"."""
        return [
            a
            for p in self.propositions
            if p.kind is PropositionKind.VERB and p.lemma == "be"
            if any(a.role == "subj" and a.head == proposition.head for a in p.arguments)
            for a in p.arguments
            if a.role in ("attr", "time", "duration")
        ]

    def _number(self, argument: Argument, property_: OntologyProperty) -> Filler | None:
        """The figure of a measure, for a property whose values are numbers."""
        mention = self.referents.mentions[argument.mention] if argument.mention >= 0 else None
        if mention is None:
            return None
        figure = mention.norm if mention.kind is MentionKind.VALUE else ""
        if mention.kind is MentionKind.TIME and mention.type == "DURATION":
            words = (self.doc[i].text.replace(",", "") for i in range(mention.start, mention.end))
            figure = next((w for w in words if w.replace(".", "", 1).isdigit()), "")
        if not figure:
            return None
        kind = "decimal" if "." in figure else "integer"
        if not property_.ranges or not self.ontology.admits_datatype(property_.ranges, XSD + kind):
            return None
        return Filler(Literal(value=figure, datatype=XSD + kind), "", named=True, head=argument.head)

    def _fitting(
        self, fillers: list[Filler], wanted: tuple[str, ...], restriction: tuple[str, ...], *, lexical: str
    ) -> list[tuple[Filler, float]]:
        """The fillers that suit, with how well they do; see :meth:`_fits`."""
        fits = ((f, self._fits(f, wanted, restriction, lexical=lexical)) for f in fillers)
        return [(filler, fit) for filler, fit in fits if fit > 0]

    def _fits(
        self, filler: Filler, wanted: tuple[str, ...], restriction: tuple[str, ...], *, lexical: str = ""
    ) -> float:
        """How well a filler suits a domain or range and the sense's own restriction: 0 is not at all.

        Words tell more than constructions: what crashes is a vehicle, if it may be one. ``lexical`` is "subject" or "object"
        where an entry with words asks: "reach" takes places as well as stations, so that its object may be neither.
        """
        if isinstance(filler.value, Literal):
            if restriction:
                return 0.0
            datatype = filler.value.datatype
            if self.ontology.admits_datatype(wanted, datatype):
                return 1.0
            # Words may stand where an entity is wanted that has no name.
            of_things = not any("://" in name for name in wanted)
            return 1.0 if datatype == _STRING and of_things else 0.0
        if filler.cls == "Thing":
            open_ = not wanted or "Thing" in wanted
            if open_ and not restriction:
                return 1.0 if filler.named else 0.9
            return UNKNOWN_CLASS if filler.named else 0.0
        if self.mapper.is_both(filler.cls, wanted, restriction):
            return 1.0
        if not lexical or not filler.named:
            return 0.0
        narrower = self.mapper.may_be_both(filler.cls, wanted, restriction, any_of=lexical == "subject")
        return UNKNOWN_CLASS if narrower else 0.0

    def _predicate_is(self, proposition: Proposition, classes: tuple[str, ...]) -> bool:
        role = self.titles.role(proposition)
        return role is not None and any(self.ontology.is_a(role.type, c) for c in classes)

    def _is_modified_by(self, proposition: Proposition, words: tuple[str, ...]) -> bool:
        """Whether one of the words modifies the predicate: a deputy director directs nothing."""
        token = self.doc[proposition.head]
        before = list(token.lefts)
        for argument in proposition.arguments:
            if argument.role == "title":
                # "Deputy" before "director Ann Lee" hangs on the name.
                before.extend(self.doc[self.titles.start(argument.start) : proposition.head])
        return any(child.lower_ in words or child.lemma_.lower() in words for child in before)

    def _predicate(self, proposition: Proposition) -> Filler | None:
        role = self.titles.entity(proposition)
        return None if role is None else Filler(role, role.type, named=True, head=proposition.head)

    def _fact(
        self,
        sense: Sense,
        property_: OntologyProperty,
        proposition: Proposition,
        pair: tuple[Filler, Filler],
        confidence: float,
    ) -> Fact:
        subject, object_ = pair
        assert isinstance(subject.value, Entity)
        factuality = proposition.factuality
        ended = property_.iri != sense.when_ended and self._is_over(proposition, object_)
        if ended and factuality is Factuality.NEGATED:
            # It was so: the clause denies no more than that it still is.
            factuality = Factuality.REPORTED if proposition.sources else Factuality.ASSERTED
        if property_.iri == sense.when_ended and factuality is Factuality.NEGATED:
            # "No longer leads" denies that somebody leads, not that they did.
            factuality = self.past.end_of(proposition) or factuality
        if property_.iri == sense.when_denied_twice and proposition.denied_twice:
            factuality = Factuality.NEGATED
        if sense.denies and factuality in (Factuality.ASSERTED, Factuality.REPORTED):
            factuality = Factuality.NEGATED
        noun = proposition.kind is PropositionKind.NOUN
        said_by = next((s for m in proposition.sources if m >= 0 and (s := self.referents.source(m))), None)
        if sense.by_speaking:
            factuality, said_by = Factuality.ASSERTED, None
        return Fact(
            doc_id=self.article.id,
            subject=subject.value,
            property_iri=property_.iri,
            object=object_.value,
            factuality=factuality,
            attributed_to=said_by,
            # When a noun's clause holds says nothing of whose or where the thing is that it denotes.
            time=time_of_item(proposition, object_.head, self.referents.mentions)
            if isinstance(object_.value, Entity) and (sense.forms or not noun)
            else "",
            confidence=confidence,
            evidence=(self.referents.evidence(proposition),),
            rule=sense.rule,
            ended=ended and factuality in (Factuality.ASSERTED, Factuality.REPORTED),
        )

    def _is_over(self, proposition: Proposition, object_: Filler) -> bool:
        """Whether the text says that it was so once and is no more: which is no denial that it ever was."""
        in_words = isinstance(object_.value, Literal)
        denied = proposition.factuality is Factuality.NEGATED
        if proposition in self.past and not denied:
            # Titles that somebody had, as the offices that they name are former ones; and stays that are told with their length.
            if in_words and self._is_past_title(object_):
                return True
            lasted = any(argument.role == "duration" for argument in proposition.arguments)
            if lasted and proposition.lemma in _STAYING and not in_words:
                return True
        if not proposition.ended:
            return False
        if proposition.kind is not PropositionKind.VERB and (
            in_words or object_.head == proposition.head or self._is_origin(object_)
        ):
            # A former pilot is a former pilot now, and of the country that she was of.
            return False
        if not denied or self.past.end_of(proposition) is Factuality.ASSERTED:
            return True
        return self._has_stopped(self.doc[proposition.head])

    def _is_past_title(self, filler: Filler) -> bool:
        titled = self._is_title(self.doc[filler.head].lemma_.lower())
        return titled and any(noun in self.past for noun in self.nouns.get(filler.head, ()))

    def _is_origin(self, filler: Filler) -> bool:
        return any(m.kind is MentionKind.DEMONYM and m.head == filler.head for m in self.referents.mentions)

    def _has_stopped(self, token: Token) -> bool:
        """Whether what governs a denied word says that it came to its end, and did so: not "will stop" or "stopped them from"."""
        if any(child.tag_ == "MD" or child.lower_ in _NO_MORE for child in token.children):
            return False
        while token.head != token and token.dep_ != "ROOT":
            token = token.head
            if token.lower_ == "from" or any(child.tag_ in ("MD", "TO") for child in token.lefts):
                return False
            if token.pos_ in ("VERB", "AUX"):
                break
        return token.pos_ in ("VERB", "AUX")

    def _done_to_doer(self, fact: Fact, deed: Filler, property_: OntologyProperty) -> Iterator[Fact]:
        """What is done to somebody's deed is done to its doer: to criticise threats, those who threaten."""
        for noun in self.nouns.get(deed.head, ()):
            roles = by_role(noun)
            for role in ("poss", "pp:by", "adj"):
                doers = [
                    f
                    for argument in roles.get(role, ())
                    for f in self.referents.fillers(argument)
                    if isinstance(f.value, Entity) and self._fits(f, property_.ranges, ("Agent",)) == 1.0
                ]
                for doer in doers:
                    if doer.value in (fact.subject, fact.object):
                        continue
                    yield Fact(
                        doc_id=fact.doc_id,
                        subject=fact.subject,
                        property_iri=fact.property_iri,
                        object=doer.value,
                        factuality=fact.factuality,
                        attributed_to=fact.attributed_to,
                        time=fact.time,
                        confidence=round(fact.confidence * 0.95, 3),
                        evidence=fact.evidence,
                        rule=f"{fact.rule}+deed-to-doer",
                        ended=fact.ended,
                    )
                if doers:
                    break
