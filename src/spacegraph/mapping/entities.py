"""From the clusters of one article to entities of the graph, and from arguments to what fills them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from spacegraph.iris import mint_entity_iri
from spacegraph.language import annotations as annotation
from spacegraph.mapping.descriptions import description, possessive
from spacegraph.model import Argument, Entity, Evidence, Literal, Mention, MentionKind
from spacegraph.read_text import ReadText
from spacegraph.vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc, Span

    from spacegraph.model import Article, Cluster, Proposition
    from spacegraph.ontology import Ontology

__all__ = ["Filler", "Referents", "date_literal", "phrase_text"]

_DATE_FORMS = (
    (re.compile(r"-?\d{4}-\d\d-\d\dT.*"), "dateTime"),
    (re.compile(r"-?\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"-?\d{4}-\d\d"), "gYearMonth"),
    (re.compile(r"-?\d{4}"), "gYear"),
    (re.compile(r"-?P.*"), "duration"),
)

#: Nouns whose phrase says nothing without the text around it, so that no fact may hang on them.
EMPTY_HEADS = frozenset(
    [
        "anyone",
        "anything",
        "both",
        "day",
        "everyone",
        "everything",
        "example",
        "fact",
        "issue",
        "kind",
        "lot",
        "many",
        "most",
        "much",
        "nothing",
        "one",
        "other",
        "others",
        "people",
        "point",
        "reason",
        "rest",
        "same",
        "situation",
        "some",
        "someone",
        "something",
        "sort",
        "step",
        "such",
        "thing",
        "time",
        "way",
        "what",
        "while",
        "week",
        "month",
        "year",
        "today",
        "tomorrow",
        "yesterday",
        "moment",
        "addition",
        "case",
        "course",
        "order",
        "part",
        "result",
        "use",
        "number",
        "variety",
        "series",
        "set",
    ]
)

#: Determiners that point back into the text: a phrase with one stands alone only with modifiers.
_POINTING = frozenset(("this", "that", "these", "those", "such", "another", "other", "same"))
#: Words before a title that say which rank it is.
_RANKS = frozenset(("acting", "deputy", "vice", "associate", "assistant", "interim", "former"))
_ARTICLES = frozenset(("the", "a", "an"))
#: How soon after "of" a name must come to tell which thing is meant.
_NEAR = 6
#: What there is only one of, so that "the" before it needs nothing in the text.
ONLY_ONE = frozenset(("public", "media", "press", "world", "internet", "universe", "police"))
#: Names in capitals of more letters are no acronyms.
_LONGEST_ACRONYM = 4
_OPENING = frozenset("“«")
_CLOSING = frozenset("”»")
_NAMES = (MentionKind.NAME, MentionKind.DEMONYM)


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in an argument's place: an entity or a literal, and how good a name it has.

    ``cls`` is the local name of the entity's class ("Thing" where nothing is known) or "" for a literal.
    ``named``: whether it has a proper name.
    """

    value: Entity | Literal
    cls: str
    named: bool
    head: int
    cluster: int = -1


class Referents:
    """What the arguments of one article's propositions stand for.

    Args:
        doc: The article as read, with mentions and clusters.
        article: The article.
        ontology: Gives classes their IRIs and known entities their labels.
    """

    def __init__(self, doc: Doc, article: Article, ontology: Ontology) -> None:
        self.doc = doc
        self.article = article
        self.ontology = ontology
        self.mentions = annotation.mentions(doc)
        self.clusters = annotation.clusters(doc)
        self.gazetteer = ontology.gazetteer()
        self.cluster_of: dict[int, int] = {}
        for cluster in self.clusters:
            for index in cluster.mentions:
                self.cluster_of.setdefault(index, cluster.id)
        self._read_text = ReadText(article.text, article.edits)
        self._entities: dict[int, tuple[Entity, bool] | None] = {}
        self._fillers: dict[tuple[int, int], list[Filler]] = {}
        #: Clusters whose description is being made: an owner may own what it is called by.
        self._describing: set[int] = set()

    def evidence(self, proposition: Proposition) -> Evidence:
        """The words of a proposition, with their characters in the article."""
        return self.evidence_of(self.doc[proposition.start : proposition.end])

    def evidence_of(self, span: Span) -> Evidence:
        """The words of a span, with their characters in the article as it was given."""
        start, end = span.start_char, span.end_char
        if self.article.edits:
            start, end = self._read_text.given(start, end)
        return Evidence(start=start, end=end, text=self.article.text[start:end], doc_id=self.article.id)

    def fillers(self, argument: Argument) -> list[Filler]:
        """What fills an argument: nothing where it has no name that stands alone, several for a set.

        The list is kept for the next one who asks: do not change it.
        """
        if argument.mention < 0:
            return []
        key = argument.mention, argument.head
        found = self._fillers.get(key)
        if found is None:
            found = self._fillers[key] = self._find_fillers(argument)
        return found

    def named_entities(self) -> tuple[Entity, ...]:
        """The things with a proper name, sets apart, each once, by IRI."""
        found: dict[str, Entity] = {}
        for cluster in self.clusters:
            if cluster.members or not (cluster.known or self._has_name(cluster)):
                continue
            entity = self.entity(cluster.id)
            if entity and entity[1]:
                found.setdefault(entity[0].iri, entity[0])
        return tuple(found[iri] for iri in sorted(found))

    def _find_fillers(self, argument: Argument) -> list[Filler]:
        mention = self.mentions[argument.mention]
        if mention.kind is MentionKind.TIME:
            literal = date_literal(mention)
            return [Filler(literal, "", named=True, head=argument.head)] if literal else []
        if mention.kind is MentionKind.VALUE:
            if mention.norm.isdecimal() and (not mention.unit or mention.type == "AGE"):
                number = Literal(value=mention.norm, datatype=XSD + "integer")
                return [Filler(number, "", named=True, head=argument.head)]
            text = phrase_text(self.doc, mention.start, mention.end)
            return [Filler(Literal(value=text), "", named=True, head=argument.head)] if text else []
        cluster = self.cluster_of.get(argument.mention, -1)
        if cluster < 0 or (mention.kind is MentionKind.DEMONYM and self._are_people(mention, cluster)):
            return []
        fillers = self.of_cluster(cluster, argument.head)
        cls = self._class_of_head(mention)
        return [replace(f, cls=self._narrowed(f.cls, cls)) for f in fillers] if cls else fillers

    def _are_people(self, mention: Mention, cluster: int) -> bool:
        """Whether a nationality stands for somebody who has it: "an American", "three Russians" are no countries."""
        if self.clusters[cluster].type == "PERSON":
            return False
        token = self.doc[mention.head]
        return token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "iobj", "dative") and (
            token.pos_ in ("NOUN", "PROPN")
        )

    def _class_of_head(self, mention: Mention) -> str:
        """The class of the noun that a name stands before: "the Kestrel mission" is a mission, whatever Kestrel is."""
        if mention.kind is not MentionKind.NAME or mention.start <= mention.head < mention.end:
            return ""
        noun = self.gazetteer.nouns.get(self.doc[mention.head].lemma_.lower())
        return noun.cls if noun and not noun.role else ""

    def _narrowed(self, cls: str, here: str) -> str:
        """The class of a thing where its own noun calls it ``here``: the narrower of two, else what it is called."""
        return cls if self.ontology.is_a(cls, here) else here

    def of_cluster(self, cluster: int, head: int) -> list[Filler]:
        """The members of a set, else the thing itself, where its name stands alone."""
        members = self.clusters[cluster].members
        if members:
            return [filler for member in members for filler in self.of_cluster(member, head)]
        found = self.entity(cluster)
        if found is None:
            return []
        entity, named = found
        return [Filler(entity, entity.type, named=named, head=head, cluster=cluster)]

    def called(self, name: str, head: int) -> list[Filler]:
        """What bears a name in the article or, for a name that it has only inside another, is known by it."""
        for cluster in self.clusters:
            if name and name in (cluster.name, *cluster.aliases):
                return self.of_cluster(cluster.id, head)
        known = [
            self.ontology.entities[k.iri]
            for k in self.gazetteer.names.get(name, ())
            if k.iri in self.ontology.entities
        ]
        return [Filler(known[0], known[0].type, named=True, head=head)] if len(known) == 1 else []

    def entity(self, cluster: int) -> tuple[Entity, bool] | None:
        """The entity of a cluster and whether it has a proper name; None if it has no name at all."""
        if cluster not in self._entities:
            self._entities[cluster] = self._make_entity(cluster)
        return self._entities[cluster]

    def source(self, mention: int) -> Entity | None:
        """Who a mention of a speaker is, where that has a name."""
        cluster = self.cluster_of.get(mention, -1)
        found = self.entity(cluster) if cluster >= 0 else None
        return found[0] if found else None

    def _make_entity(self, index: int) -> tuple[Entity, bool] | None:
        cluster = self.clusters[index]
        if cluster.known and cluster.known in self.ontology.entities:
            return self.ontology.entities[cluster.known], True
        named = self._has_name(cluster)
        name = cluster.name.strip()
        if not name or not (named or self._stands_alone(index)):
            return None
        if named and name.lower() in self.gazetteer.nouns:
            name = self._with_owner(index, name)
        if named and self._is_part_of_title(index, name):
            return None
        cls = cluster.cls or self.gazetteer.class_of_type.get(cluster.type, "") or "Thing"
        if not named:
            name = self._description(index, cls if cls == "Event" else cluster.cls)
            if not name:
                return None
        if cls != "Thing" and cls not in self.ontology.classes:
            cls = "Thing"
        if named and _is_shouted(name) and self.ontology.is_a(cls, "Place"):
            # Datelines are written in capitals.
            name = name.title()
        entity = Entity(
            iri=mint_entity_iri(name) if named else mint_entity_iri(f"{self.article.id}/{name}"),
            label=name,
            type=cls,
            type_iri=self.ontology.class_iri(cls),
            aliases=tuple(a for a in cluster.aliases if a != name),
        )
        return entity, named

    def clause_text(self, start: int, end: int, subjects: Collection[int]) -> str:
        """The words of a clause on one line, with names for its pronouns where they have one.

        What the fact's subject owns needs no owner: "to do *my* job" is "to do the job", whoever speaks.

        Args:
            start: The clause's first token.
            end: The token after its last one.
            subjects: The clusters of the subject of what the clause completes.
        """
        words: list[str] = []
        pronouns = {
            m.start: k
            for k, m in enumerate(self.mentions)
            if m.kind is MentionKind.PRONOUN and start <= m.start < end and m.end == m.start + 1
        }
        for i in range(start, end):
            token = self.doc[i]
            text = token.text
            cluster = self.cluster_of.get(pronouns.get(i, -1), -1)
            if cluster >= 0 and token.tag_ in ("PRP", "PRP$"):
                found = None if self.clusters[cluster].members else self.entity(cluster)
                if token.tag_ == "PRP$" and cluster in subjects:
                    text = "the"
                elif found is not None and found[1] and cluster not in subjects:
                    label = found[0].label
                    text = possessive(label) if token.tag_ == "PRP$" else label
            words.append(text + token.whitespace_)
        return " ".join("".join(words).split())

    def joined(self, arguments: list[Argument]) -> Filler | None:
        """Several phrases without names as one thing, where none of them stands for somebody."""
        indexes = [self.cluster_of.get(a.mention, -1) for a in arguments]
        if len(arguments) < 2 or any(
            i < 0 or self.clusters[i].members or self.clusters[i].known for i in indexes
        ):
            return None
        for argument, index in zip(arguments, indexes, strict=True):
            found = self.entity(index)
            if found and (found[1] or self.ontology.is_a(found[0].type, "Agent")):
                return None
            if not found and self.doc[argument.head].lemma_.lower() in EMPTY_HEADS:
                return None
        name_of = partial(self._owner_name, drop_subjects_own=True)
        first, last = arguments[0], arguments[-1]
        name = description(
            self.doc,
            self.mentions[first.mention],
            self.mentions,
            name_of,
            last=self.mentions[last.mention].head,
        )
        entity = Entity(
            iri=mint_entity_iri(f"{self.article.id}/{name}"),
            label=name,
            type="Thing",
            type_iri=self.ontology.class_iri("Thing"),
        )
        return Filler(entity, "Thing", named=False, head=last.head)

    def _description(self, index: int, cls: str) -> str:
        """The fullest of the noun phrases by which a thing without a name is called; the first of equals."""
        # What is done, unlike what happens, is told by where it is done: "the operation on the station".
        kind = "" if cls in ("", "Thing", "Activity") else "event"
        for parent, name in (("Agent", "person"), ("Place", "object"), ("Artefact", "object")):
            if cls in self.ontology.classes and self.ontology.is_a(cls, parent):
                kind = name
        # What happens and whom somebody knows is told apart by whose it is; what else the subject has, the fact says.
        one_person = (
            kind == "person" and self.ontology.is_a(cls, "Person") and self.clusters[index].number != "plur"
        )
        found = ""
        for drop in (kind != "event" and not one_person, False):
            name_of = partial(self._owner_name, drop_subjects_own=drop)
            found = max(
                (
                    description(self.doc, self.mentions[m], self.mentions, name_of, kind=kind)
                    for m in self.clusters[index].mentions
                    if self.mentions[m].kind is MentionKind.NOMINAL
                ),
                key=lambda words: len(words.split()),
                default="",
            )
            if " " in found or not drop:
                # "Its schedule": a noun alone says too little, even beside its owner.
                break
        return found

    def _owner_name(self, mention: int, *, drop_subjects_own: bool) -> str:
        cluster = self.cluster_of.get(mention, -1)
        if cluster < 0 or self.clusters[cluster].members or cluster in self._describing:
            return ""
        if drop_subjects_own and self._is_subjects_own(mention, cluster):
            return ""
        self._describing.add(cluster)
        found = self.entity(cluster)
        self._describing.discard(cluster)
        return found[0].label if found and found[1] else ""

    def _has_name(self, cluster: Cluster) -> bool:
        return any(self.mentions[m].kind in _NAMES for m in cluster.mentions)

    def _is_subjects_own(self, mention: int, cluster: int) -> bool:
        """Whether a possessive pronoun stands for the subject of its clause: "Vela ended its tests" says whose they are."""
        token = self.doc[self.mentions[mention].head]
        if token.tag_ != "PRP$":
            return False
        verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
        while verb is not None:
            for child in verb.lefts:
                if child.dep_ in ("nsubj", "nsubjpass"):
                    return any(
                        self.mentions[m].start <= child.i < self.mentions[m].end
                        for m in self.clusters[cluster].mentions
                    )
            verb = verb.head if verb.dep_ in ("xcomp", "conj", "advcl") and verb.head is not verb else None
        return False

    def _is_part_of_title(self, index: int, name: str) -> bool:
        """Whether a name is nothing but capital nouns before a title: "*Center* Director", "*Acting Center* Director"."""
        words = name.lower().split()
        if words[0] in _RANKS:
            words = words[1:]
        if len(words) != 1 or words[0] not in self.gazetteer.nouns:
            return False
        for m in self.clusters[index].mentions:
            end = self.mentions[m].end
            after = self.gazetteer.nouns.get(self.doc[end].lemma_.lower()) if end < len(self.doc) else None
            if after is not None and after.role:
                return True
        return False

    def _with_owner(self, index: int, name: str) -> str:
        """A name that is nothing but a noun with a capital, after the name before it: "NASA Headquarters"."""
        ends = {m.end: m for m in self.mentions if m.kind is MentionKind.NAME}
        for m in self.clusters[index].mentions:
            owner = ends.get(self.mentions[m].start)
            if owner is not None and self.mentions[m].kind is MentionKind.NAME:
                return f"{phrase_text(self.doc, owner.start, owner.end)} {name}"
        return name

    def _stands_alone(self, index: int) -> bool:
        """Whether the words of a nominal tell, without the text around them, what is meant."""
        for m in self.clusters[index].mentions:
            mention = self.mentions[m]
            if mention.kind is not MentionKind.NOMINAL:
                continue
            return self._is_telling(mention)
        return False

    def _is_telling(self, mention: Mention) -> bool:
        lo, hi = mention.start, mention.end
        head = self.doc[mention.head]
        if head.lemma_.lower() in EMPTY_HEADS or not any(ch.isalpha() for ch in head.text):
            return self._is_nation(mention)
        words = [self.doc[i] for i in range(lo, hi) if i != mention.head]
        pointing = any(w.lower_ in _POINTING for w in words)
        modifiers = [
            w
            for w in words
            if w.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB") and w.lower_ not in _POINTING
        ]
        # "the deal" and "this rocket" hang in the air; "two Russian cosmonauts" and "astronauts" do not.
        if pointing or any(w.lower_ == "the" for w in words):
            return bool(modifiers) or (
                not pointing and (head.lower_ in ONLY_ONE or self._is_of_named(mention.head))
            )
        return True

    def _is_nation(self, mention: Mention) -> bool:
        """Whether a phrase means a whole nation: "the Ruritanian people", but not "Ruritanian people" or "the people"."""
        first, before = self.doc[mention.start], mention.head - 1
        return (
            self.doc[mention.head].lower_ == "people"
            and first.lower_ == "the"
            and mention.start == before - 1
            and any(m.kind is MentionKind.DEMONYM and m.start == before for m in self.mentions)
        )

    def _is_of_named(self, head: int) -> bool:
        """Whether a noun is followed by what it is of, and that has a name: "the coast of Norway"."""
        of = next((t for t in self.doc[head].rights if t.lower_ == "of" and t.i == head + 1), None)
        return of is not None and any(
            t.pos_ == "PROPN" for t in self.doc[of.i : of.i + _NEAR] if of.is_ancestor(t)
        )


def _is_shouted(name: str) -> bool:
    """Whether a name is written in capitals and too long for an acronym."""
    return (
        name.isupper()
        and (len(name) > _LONGEST_ACRONYM or " " in name)
        and not any(c.isdigit() or c == "." for c in name)
    )


def date_literal(mention: Mention) -> Literal | None:
    """The XSD literal of a resolved date or duration; None where it is not resolved."""
    for form, datatype in _DATE_FORMS:
        if form.fullmatch(mention.norm):
            return Literal(value=mention.norm, datatype=XSD + datatype)
    return None


def phrase_text(doc: Doc, start: int, end: int) -> str:
    """The words of a phrase on one line, without a leading article or surrounding punctuation."""
    while start < end and (doc[start].lower_ in _ARTICLES or doc[start].is_space or doc[start].is_punct):
        start += 1
    while end > start and (doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text != "%")):
        end -= 1
    start, end = _with_quotes(doc, start, end)
    inside = [t.text for t in doc[start:end]]
    if inside.count("(") > inside.count(")") and end < len(doc) and doc[end].text == ")":
        end += 1
    return " ".join(doc[start:end].text.split())


def _with_quotes(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The span with the quotation mark beside it that one inside lacks: 'wanted it to "keep trying"'."""
    inside = [t.text for t in doc[start:end]]
    opened = sum(text in _OPENING for text in inside) - sum(text in _CLOSING for text in inside)
    odd = inside.count('"') % 2 == 1
    after = doc[end].text if end < len(doc) else ""
    if (opened > 0 and after in _CLOSING) or (odd and after == '"'):
        return start, end + 1
    first = doc[start - 1].text if start else ""
    return (start - 1, end) if (opened < 0 and first in _OPENING) or (odd and first == '"') else (start, end)
