"""The plain values that travel through spacegraph: from the article to the fact.

Every class is frozen, slotted and holds only plain values (strings, numbers, dates, tuples
and each other), so that all of it can be compared, hashed, pickled and sent to a worker.
Language-side annotations (mentions, clusters, quotations, propositions) count in *tokens* of
one spaCy ``Doc``; article-side values (blocks, evidence) count in *characters* of
:attr:`Article.text`, exactly as the article was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from spacegraph.display import html_of

if TYPE_CHECKING:
    import datetime as dt

__all__ = [
    "Argument",
    "Article",
    "Block",
    "BlockKind",
    "Cluster",
    "Entity",
    "Evidence",
    "Fact",
    "Factuality",
    "Literal",
    "Mention",
    "MentionKind",
    "Proposition",
    "PropositionKind",
    "Quotation",
    "Relation",
]


class Factuality(StrEnum):
    """How an article puts a proposition (after FactBank, Saurí and Pustejovsky 2009).

    ``asserted``: the article itself says that it is so. ``reported``: a source that the article
    names says so. ``negated``: it is denied, or was cancelled or declined; what has ended is no denial
    (:attr:`Fact.ended`).
    ``hypothetical``: conditional, imagined, threatened, attempted or merely possible.
    ``planned``: scheduled or intended.
    """

    ASSERTED = "asserted"
    REPORTED = "reported"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    PLANNED = "planned"


class BlockKind(StrEnum):
    """What a stretch of a news text is."""

    BODY = "body"
    HEADING = "heading"
    DATELINE = "dateline"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of an article: characters ``[start, end)`` without surrounding white space."""

    start: int
    end: int
    kind: BlockKind = BlockKind.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news text as it was given; every offset in spacegraph points into :attr:`text`."""

    id: str
    text: str
    title: str = ""
    published: dt.date | None = None
    url: str = ""
    source: str = ""
    #: Where the text divides into headings, datelines, body paragraphs and furniture.
    #: Empty means "not looked at yet".
    blocks: tuple[Block, ...] = ()
    #: ``(start, end, words)``: characters of the text that are read as other words, such as markup and invisible
    #: characters, which are read as nothing (:class:`~spacegraph.read_text.ReadText`). In order, apart from each other.
    edits: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """The words behind a fact: ``article.text[start:end] == text``, always."""

    start: int
    end: int
    text: str
    doc_id: str = ""


class MentionKind(StrEnum):
    """What sort of expression a mention is."""

    NAME = "name"  # "Ines Kovar", "the International Space Station"
    NOMINAL = "nominal"  # "the station", "two Russian cosmonauts"
    PRONOUN = "pronoun"  # "he", "its", "who"
    DEMONYM = "demonym"  # the adjective "Russian", standing for a country
    TIME = "time"  # dates, times of day, durations
    VALUE = "value"  # quantities, money, ages, percentages, bare numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of tokens ``[start, end)`` that refers to something.

    ``type`` is an OntoNotes entity label (PERSON, NORP, ORG, GPE, LOC, FAC, PRODUCT, EVENT,
    WORK_OF_ART, LAW, LANGUAGE, DATE, TIME, PERCENT, MONEY, QUANTITY, ORDINAL, CARDINAL) or ``""``
    where nothing is known; two more are ours: ``DURATION`` and ``AGE``. ``cls`` is the local name
    of an ontology class where the mention's own words or a known entity tell it
    (``SpaceStation``), else ``""``. ``norm`` is a canonical form: the ISO 8601 value of a date
    (``2022-03-30``, ``2022-01``, ``2020``) or duration (``P3M``), the number of a value, the
    country's name for a demonym, ``""`` otherwise.
    """

    start: int
    end: int
    head: int
    kind: MentionKind
    type: str = ""
    cls: str = ""
    norm: str = ""
    #: Unit of a value ("kilometre", "USD"), singular, else "".
    unit: str = ""
    #: IRI of the known entity that these words name for certain, else "".
    known: str = ""
    #: "sing", "plur" or "".
    number: str = ""
    #: "masc", "fem", "neut" or "".
    gender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The mentions of one thing in one article.

    ``mentions`` indexes the list of mentions; ``name`` is the canonical name, free of articles,
    titles and pronouns, so that it stands alone. ``members`` are the clusters that a set
    consists of ("the two men"), where they are known.
    """

    id: int
    mentions: tuple[int, ...]
    name: str
    type: str = ""
    cls: str = ""
    known: str = ""
    aliases: tuple[str, ...] = ()
    number: str = ""
    gender: str = ""
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Speech: tokens ``[start, end)`` of the content, without quotation marks.

    ``kind`` is "direct", "indirect" or "mixed". ``speaker`` and ``addressee`` index the list of
    mentions (-1: unknown). ``cue`` is the token of the reporting verb or noun (-1: none).
    """

    start: int
    end: int
    kind: str
    speaker: int = -1
    addressee: int = -1
    cue: int = -1


class PropositionKind(StrEnum):
    """The word class of a proposition's predicate."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a proposition, by role.

    Roles of verbs and adjectives: ``subj`` (the logical one: the agent of a passive), ``obj`` (the
    logical one: the subject of a passive), ``iobj``, ``attr`` (what a copula ascribes), ``comp``
    (a clause), ``time``, ``duration``, ``manner``, and ``pp:on`` and so on for a prepositional
    argument, by its preposition. Roles of nouns: ``ref`` (what the noun phrase itself denotes: the
    person who holds the office, the event), ``poss`` (possessor, "its", "NASA's"), ``compound``
    (a noun or name before it, "NASA astronaut"), ``adj`` (a demonym, "Russian"), ``obj`` (what a
    nominalised deed is done to), ``comp`` (an infinitive or clause: "threats to withdraw"),
    ``pp:of`` and so on, ``time``.

    ``mention`` indexes the list of mentions (-1 where no mention fits: then the tokens
    ``[start, end)`` are a clause or a phrase). ``head`` is the syntactic head. Arguments joined by
    "and" stand side by side with the same role.
    """

    role: str
    start: int
    end: int
    head: int
    mention: int = -1
    #: Index of the proposition that this argument is (for ``comp``), else -1.
    proposition: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """Who did what to whom: a predicate with its arguments, as one clause or phrase puts it.

    ``lemma`` is the predicate's lemma with a particle joined by a space ("shut down");
    ``head`` its token; ``[start, end)`` the tokens of the words that support it.
    """

    head: int
    lemma: str
    kind: PropositionKind
    start: int
    end: int
    arguments: tuple[Argument, ...] = ()
    factuality: Factuality = Factuality.ASSERTED
    #: Whether factuality has been read from the words: what has not been guarded must not become a fact.
    guarded: bool = False
    #: Mentions of those who say so, the innermost first; -1 is a source that is not named.
    sources: tuple[int, ...] = ()
    #: How sure the wording is, 0 to 1: hedges ("reportedly", "may") lower it.
    certainty: float = 1.0
    #: Whether the text says that it no longer holds ("former", "until 2020").
    ended: bool = False
    #: Whether a denial of it is denied ("no sign that they are not ready"): it is then hypothetical.
    denied_twice: bool = False
    #: "past", "present", "future" or "".
    tense: str = ""
    passive: bool = False
    #: Whether it stands in direct speech: then "I" and "we" are the speaker.
    quoted: bool = False
    #: ISO 8601 value of when, where the text says, else "".
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What the trained reader reads between two mentions: tokens ``[start, end)`` of subject and object, and a property.

    ``probability`` (0 to 1) is the network's own, not yet calibrated. ``subject_type`` and ``object_type`` are the reader's types of
    mentions ("Person", "Clause", …). ``factuality`` is the network's until the component that reads factuality has looked at the
    words between the two; that component also sets what follows it, with the meaning that it has in :class:`Proposition`.
    """

    subject: tuple[int, int]
    object: tuple[int, int]
    subject_type: str
    object_type: str
    property_iri: str
    probability: float
    factuality: Factuality = Factuality.ASSERTED
    #: Whether factuality has been read from the words: what has not been guarded must not become a fact.
    guarded: bool = False
    #: The predicate's token, -1 where a phrase puts the two side by side.
    head: int = -1
    sources: tuple[int, ...] = ()
    certainty: float = 1.0
    ended: bool = False
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entity:
    """A thing in the graph. ``type`` is the local name of its class, ``type_iri`` the class."""

    iri: str
    label: str
    type: str = "Thing"
    type_iri: str = "http://www.w3.org/2002/07/owl#Thing"
    aliases: tuple[str, ...] = field(default=(), compare=False)
    #: IRIs of the same thing elsewhere (Wikidata), only where certain.
    same_as: tuple[str, ...] = field(default=(), compare=False)

    def _repr_html_(self) -> str:
        return html_of(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(f"{self.label} ({self.type}) <{self.iri}>")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Literal:
    """A value in canonical lexical form, with the IRI of its datatype."""

    value: str
    datatype: str = "http://www.w3.org/2001/XMLSchema#string"

    @property
    def label(self) -> str:
        """The lexical form (so that entities and literals read alike)."""
        return self.value

    @property
    def type(self) -> str:
        """The local name of the datatype: "date", "string"."""
        return self.datatype.rpartition("#")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A triple with where it comes from and how the article puts it.

    ``property_iri`` names the relation; ``confidence`` lies in 0 to 1. ``attributed_to`` is who
    says so, where the article does not say it itself. ``time`` is ISO 8601 or ``""``. ``rule`` names the
    lexicon entry or rule that made it. For an inferred fact ``premises`` are the identifiers
    (:attr:`id`) of the facts that it follows from, where those are facts. ``ended`` is whether it was so and is no more
    ("the former head", "had been the only way until 2020"): an asserted fact that has ended is not claimed of the present.
    ``links`` are things that stand beside the triple, each with the IRI of how: what the words of the object name
    (``sg:about``), and to whom something is said (``sg:addressee``). ``content`` are the identifiers of the facts that stand
    in those words: of a threat to leave, the leaving.
    """

    doc_id: str
    subject: Entity
    property_iri: str
    object: Entity | Literal
    factuality: Factuality = Factuality.ASSERTED
    attributed_to: Entity | None = None
    time: str = ""
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    inferred: bool = False
    premises: tuple[str, ...] = ()
    ended: bool = False
    links: tuple[tuple[str, Entity], ...] = ()
    content: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether a graph has it as a plain triple: it is asserted, and has not ended."""
        return self.factuality is Factuality.ASSERTED and not self.ended

    @property
    def relation(self) -> str:
        """The local name of the property: ``criticized``."""
        return self.property_iri.rpartition("#")[2].rpartition("/")[2]

    @property
    def id(self) -> str:
        """A short identifier that is the same for the same claim in the same article.

        It depends on the article, the triple, its factuality, who says so, its time and whether it has ended, and
        not on the evidence: two places that support one claim support one statement.
        """
        import hashlib

        said_by = self.attributed_to.iri if self.attributed_to else ""
        object_ = (
            self.object.iri
            if isinstance(self.object, Entity)
            else f"{self.object.value}^^{self.object.datatype}"
        )
        key = f"{self.doc_id}\x1f{self.subject.iri}\x1f{self.property_iri}\x1f{object_}\x1f{self.factuality}\x1f{said_by}\x1f{self.time}"
        if self.ended:
            key += "\x1fended"
        return hashlib.sha256(key.encode()).hexdigest()[:16]

    def _repr_html_(self) -> str:
        return html_of(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        said = f", says {self.attributed_to.label}" if self.attributed_to else ""
        words = " … ".join(f"“{evidence.text}”" for evidence in self.evidence)
        triple = f"{self.subject.label} – {self.relation} – {self.object.label}"
        ended = ", ended" if self.ended else ""
        printer.text(f"{triple} ({self.factuality}{ended}{said}) {words}".rstrip())
