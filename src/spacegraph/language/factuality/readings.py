"""How something is put, as a value, and what becomes of it under a governing word or in a quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spacegraph.language.english.cues import Cue, Effect
from spacegraph.language.english.deed_nouns import is_definite
from spacegraph.language.factuality.dates import Dates
from spacegraph.language.factuality.negation import has_negative_determiner
from spacegraph.language.factuality.sources import Sources
from spacegraph.language.factuality.syntax import find_questions, mend_lemmas
from spacegraph.model import Factuality

__all__ = [
    "ASSERTED",
    "NEGATED",
    "OPEN",
    "PLAIN",
    "PLAN",
    "PLANNED",
    "REPORT",
    "STATUS",
    "Reading",
    "Readings",
    "combine",
]
from spacegraph.language.english.word_sets import word_set

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Mention, Quotation

ASSERTED, NEGATED = Factuality.ASSERTED, Factuality.NEGATED
OPEN, PLANNED = Factuality.HYPOTHETICAL, Factuality.PLANNED
#: What the signs of the table of cues say of a deed.
STATUS = {"+": ASSERTED, "-": NEGATED, "?": OPEN, ">": PLANNED, "=": ASSERTED}
#: The cues of words that the table does not have: infinitives look ahead, clauses are reported.
PLAN = Cue(Effect(">", ""), Effect("-", ""), 1.0)
REPORT = Cue(Effect("+", '"'), Effect("?", '"'), 1.0)
_STOPS = word_set("stop halt cease quit end discontinue suspend terminate abandon withdraw")


class Reading(NamedTuple):
    """How something is said: never ``reported``, which is ``asserted`` with a source.

    Attributes:
        status: asserted, negated, hypothetical or planned.
        sources: Mentions of those who say so, the innermost first; -1 is one that is not named.
        certainty: 0 to 1.
        ended: Whether it held once and does no more.
        denied_twice: Whether it is open because a denial of it is denied: "no sign that they are not ready".
    """

    status: Factuality = ASSERTED
    sources: tuple[int, ...] = ()
    certainty: float = 1.0
    ended: bool = False
    denied_twice: bool = False

    @property
    def factuality(self) -> Factuality:
        """The status as propositions carry it."""
        return Factuality.REPORTED if self.status is ASSERTED and self.sources else self.status


PLAIN = Reading()


class Readings:
    """What has been read so far of one text, and how readings combine.

    Each token has an *environment* (what governs it makes of it), a *flow* (its lot if it shares that of its
    clause) and its *own* reading (with its own negation, modals and modifiers, or presupposed).

    Args:
        t: The tokens.
        mentions: The text's mentions; sources are indices into them.
        quotations: Direct, indirect and mixed speech.
        published: When the text was published; dates after it lie ahead. None where unknown.
    """

    def __init__(
        self,
        t: Tokens,
        mentions: Sequence[Mention] = (),
        quotations: Sequence[Quotation] = (),
        published: dt.date | None = None,
    ) -> None:
        self._t = t
        mend_lemmas(t)
        self._sources = Sources(t, mentions, quotations)
        self._dates = Dates(t, mentions, published)
        self._environment: dict[int, Reading] = {}
        self._flow: dict[int, Reading] = {}
        self._own: dict[int, Reading] = {}
        self._questions = find_questions(t, self._sources.quotation)

    def _apply(self, found: Cue, held: Reading, word: int, source: int) -> Reading:
        """What a governing word, put as ``held``, makes of what it governs."""
        negated = held.status is NEGATED
        effect = found.no if negated else found.yes
        sources, certainty = held.sources, held.certainty * found.certainty
        if effect.source:
            sources = self._add_source(source if effect.source == '"' else -1, sources, word)
        if effect.status == "=":
            base = self._environment[word]
            return Reading(
                ASSERTED if base.status is NEGATED else base.status,
                sources if effect.source else base.sources,
                base.certainty,
            )
        status = STATUS.get(effect.status, ASSERTED)
        if not negated:
            status = held.status if effect.status == "+" else combine(held.status, status)
        ended = held.ended and effect.status == "+"
        if effect.status == "-" and not negated and self._t.lemma[word] in _STOPS:
            ended = True
        if negated and effect.status == "+":
            certainty *= 0.9
        return Reading(status, sources, certainty, ended)

    def _add_source(self, source: int, sources: tuple[int, ...], word: int) -> tuple[int, ...]:
        # "I think", said in direct speech, adds nobody.
        if source in sources or (
            self._sources.is_first_person(source) and sources and self._sources.quotation(word) >= 0
        ):
            return sources
        if source < 0 and sources:
            return sources
        return (source, *sources)

    def _base(self, i: int) -> Reading:
        """What holds for all that stands here: nothing, or that somebody says it word for word."""
        number = self._sources.quotation(i)
        if number < 0:
            return PLAIN
        return Reading(ASSERTED, (self._sources.speaker(number),))

    def _enter_quotation(self, i: int, outer: Reading) -> Reading:
        """Add the speaker where token ``i`` opens direct speech that its governor stands outside of."""
        number = self._sources.quotation(i)
        g = self._t.head[i]
        if number < 0:
            around = self._sources.quotation(g)
            if around >= 0 and self._sources.quotations[around].kind == "direct":
                # The parser hung the writer's own words on those of a speaker.
                return PLAIN
            return outer
        if g != i and self._sources.quotation(g) == number:
            return outer
        speaker = self._sources.speaker(number)
        quotation = self._sources.quotations[number]
        if quotation.kind == "direct" and self._t.dep[i] in ("ROOT", "ccomp", "parataxis", "dep"):
            told = self._own[g].status if g != i else ASSERTED
            return Reading(ASSERTED if told is ASSERTED else OPEN, (speaker,))
        if speaker in outer.sources or (speaker < 0 and outer.sources):
            return outer
        if outer.sources and g == quotation.cue:
            return outer._replace(sources=(speaker, *outer.sources[1:]))
        return outer._replace(sources=(speaker, *(s for s in outer.sources if s >= 0)))

    def _adjective_reading(self, g: int, adjective: int) -> Reading:
        """How a predicative adjective or noun is put, with a negation of its own ("not likely", "no secret")."""
        t = self._t
        held = self._own[g]
        denied = any(t.dep[k] == "neg" for k in t.left[adjective]) or has_negative_determiner(t, adjective)
        if denied and held.status is ASSERTED:
            return held._replace(status=NEGATED)
        return held

    def _is_denied_noun(self, noun: int) -> bool:
        """Whether what is negated is the noun's own existence: "no plans", "has no plans", "did not make plans"."""
        t = self._t
        if has_negative_determiner(t, noun):
            return True
        g = t.head[noun]
        if t.dep[noun] in ("dobj", "attr", "nsubj", "nsubjpass", "pobj", "conj"):
            return not is_definite(t, noun) or t.lemma[g] in ("have", "be", "make", "exist")
        return not is_definite(t, noun)


def combine(outer: Factuality, own: Factuality) -> Factuality:
    """What a clause put as ``own`` amounts to in an environment of ``outer``."""
    if outer is ASSERTED:
        return own
    if outer is OPEN:
        return OPEN
    if outer is PLANNED:
        return PLANNED if own is ASSERTED else own
    # What is denied of something denied is left open: the text commits to neither.
    return OPEN if own is NEGATED else NEGATED
