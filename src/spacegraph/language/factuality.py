"""Whether the article says that a thing is so, reports it, denies it, supposes it or tells of a plan.

``spacegraph_factuality`` sets factuality, sources, certainty, ``ended`` and a missing time of each proposition.

The method follows FactBank's idea of factuality (Saurí and Pustejovsky 2009) and the algorithm of De Facto (Saurí and
Pustejovsky, "Are you sure that this happened?", Computational Linguistics 38, 2012): it walks down the
dependency tree from the root of each sentence. What governs a clause or a noun decides on the *environment*
that it is said in (:meth:`FactualityReader.environment`); its own negation, modals and hedges then make its
*reading* (:meth:`FactualityReader.reading`). Relative clauses, appositions, possessives and definite deeds are
presupposed (Kiparsky and Kiparsky 1970): they escape the negation, condition or report around them, and only the
quotation marks of direct speech hold them.

In doubt the less assertive reading is taken.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from spacegraph.language import annotations
from spacegraph.language.deed_nouns import is_deed, is_definite, is_former, is_schedulable, modifier_status
from spacegraph.language.factuality_cues import Cue, Effect, cue, cue_words
from spacegraph.language.factuality_sources import Sources
from spacegraph.language.modality import (
    CONDITIONAL_MARKS,
    auxiliaries,
    clause_modality,
    is_conditional,
    is_past,
    subject,
)
from spacegraph.language.negation import (
    has_negative_determiner,
    is_negative_preposition,
    is_no_longer,
    own_negation,
)
from spacegraph.language.tokens import Tokens
from spacegraph.language.words import MONTHS, NOUN_TYPES, WEEKDAYS
from spacegraph.model import Factuality, MentionKind, PropositionKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from spacegraph.model import Mention, Proposition, Quotation

__all__ = ["FactualityComponent", "FactualityReader", "Reading", "make_factuality"]

_ASSERTED, _NEGATED = Factuality.ASSERTED, Factuality.NEGATED
_OPEN, _PLANNED = Factuality.HYPOTHETICAL, Factuality.PLANNED

_COPULAS = frozenset("be remain become seem appear stay look sound prove feel get".split())
_COMPLEMENTS = frozenset("acomp attr oprd".split())
_CLAUSES = frozenset("VERB AUX".split())
_NOUNS = frozenset("NOUN PROPN PRON NUM DET SYM X".split())
_WH = frozenset("WDT WP WP$ WRB".split())
#: Adverbial clauses that are taken for granted, past or present ...
_GIVEN_MARKS = frozenset("because since although though whereas while as that now given despite".split())
#: ... and those that share the time of the clause that they modify.
_TIME_MARKS = frozenset("after when once until till before while as whenever where by".split())
#: Verbs whose subject happens just as they do.
_OCCUR = frozenset("occur happen begin start commence follow ensue come continue resume proceed arise unfold erupt take".split())  # fmt: skip
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_POINT_IN_TIME = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.Z+-]+)?)?)?")
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth last only latest youngest oldest".split()
)
_DATE_PREPOSITIONS = frozenset(
    "on in at by for during around until till from of about than before after late early since through to".split()
)
_DATE_DEPENDENCIES = frozenset(
    "npadvmod compound nmod amod poss advmod nummod dobj attr dep appos conj".split()
)
_FORWARD = frozenset("before until till pending toward towards ahead prior".split())
_SUBORDINATING_PREPOSITIONS = frozenset(
    "for to from on of about at with against toward towards into in as over".split()
)


class Reading(NamedTuple):
    """How something is said: never ``reported``, which is ``asserted`` with a source.

    Attributes:
        status: asserted, negated, hypothetical or planned.
        sources: Mentions of those who say so, the innermost first; -1 is one that is not named.
        certainty: 0 to 1.
        ended: Whether it held once and does no more.
    """

    status: Factuality = _ASSERTED
    sources: tuple[int, ...] = ()
    certainty: float = 1.0
    ended: bool = False

    @property
    def factuality(self) -> Factuality:
        """The status as propositions carry it."""
        return Factuality.REPORTED if self.status is _ASSERTED and self.sources else self.status


_PLAIN = Reading()


class FactualityReader:
    """Reads how each predicate of a parsed text is put.

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
        self._mend_lemmas()
        self._sources = Sources(t, mentions, quotations)
        self._dates = self._attach_dates(mentions)
        self._published = published.isoformat() if published else ""
        self._environment: dict[int, Reading] = {}
        self._flow: dict[int, Reading] = {}
        self._own: dict[int, Reading] = {}
        self._questions = self._find_questions()

    # -- what callers ask ------------------------------------------------------------------------

    def reading(self, i: int) -> Reading:
        """How the predicate at token ``i`` (verb, adjective or noun) is put."""
        self._descend(i)
        return self._own[i]

    def environment(self, i: int) -> Reading:
        """What governs the clause or noun at token ``i`` makes of it, before its own words are looked at."""
        self._descend(i)
        return self._environment[i]

    def phrase(self, i: int) -> Reading:
        """How a noun is put if it shares the lot of its clause: what an indefinite phrase brings in."""
        self._descend(i)
        return self._flow[i]

    def time(self, i: int) -> str:
        """The date (ISO 8601) that scopes over the predicate at token ``i``, or ``""``."""
        t = self._t
        for _ in range(6):
            dates = self._dates.get(i)
            if dates and dates[0][1]:
                return dates[0][1]
            parent = t.head[i]
            if parent == i or t.dep[i] not in ("xcomp", "conj", "dobj", "attr", "acomp"):
                return ""
            if t.dep[i] == "conj" and subject(t, i) >= 0:
                return ""
            i = parent
        return ""

    # -- the walk ----------------------------------------------------------------------------------

    def _descend(self, i: int) -> None:
        """Read token ``i``, its governors first. A loop, since lists of names make deep trees."""
        head = self._t.head
        own = self._own
        if i in own:
            return
        path = [i]
        while head[i] != i and head[i] not in own:
            i = head[i]
            path.append(i)
        for node in reversed(path):
            self._read(node)

    def _read(self, i: int) -> None:
        t = self._t
        pos, dep = t.pos[i], t.dep[i]
        if dep == "ROOT" and pos not in _NOUNS:
            self._read_clause(i)
        elif dep in ("nsubj", "nsubjpass", "dobj") and t.tag[i] in ("VBZ", "VBD", "VBP", "VBN"):
            # "astronauts", taken for a verb
            self._read_noun(i)
        elif pos in _CLAUSES and dep not in ("aux", "auxpass", "prep", "compound", "nmod", "amod"):
            self._read_clause(i)
        elif dep in ("advcl", "ccomp", "xcomp", "relcl", "acl", "pcomp", "csubj", "parataxis") and (
            subject(t, i) >= 0 or any(t.dep[k] in ("aux", "cop", "mark") for k in t.left[i])
        ):
            self._read_clause(i)
        elif pos in _NOUNS or dep in ("pobj", "dobj", "nsubj", "nsubjpass"):
            self._read_noun(i)
        else:
            self._read_other(i)

    def _read_other(self, i: int) -> None:
        """An adjective, adverb or preposition: as what it hangs on, unless it denies."""
        t = self._t
        if t.head[i] == i:
            flow = self._base(i)
        elif t.dep[i] in ("amod", "compound", "nmod") and t.pos[t.head[i]] in _NOUNS:
            # What is said in passing is taken for granted.
            flow = self._base(i)
        else:
            flow = self._own[t.head[i]] if t.pos[t.head[i]] not in _NOUNS else self._flow[t.head[i]]
            flow = self._enter_quotation(i, flow)
        self._environment[i] = flow
        if t.dep[i] in _COMPLEMENTS or t.pos[i] == "ADJ":
            if is_no_longer(t, i):
                flow = flow._replace(status=_combine(flow.status, _NEGATED), ended=True)
            elif flow.status is _ASSERTED and own_negation(t, i) >= 0:
                flow = flow._replace(status=_NEGATED)
        if is_negative_preposition(t, i) and flow.status is not _OPEN:
            flow = flow._replace(status=_NEGATED)
        self._flow[i] = self._own[i] = flow

    # -- clauses -------------------------------------------------------------------------------------

    def _read_clause(self, i: int) -> None:
        t = self._t
        outer = self._enter_quotation(i, self._clause_environment(i))
        self._environment[i] = outer
        reading = self._with_own_words(i, outer)
        source = self._sources.according_to(i)
        if source is not None and source not in reading.sources:
            reading = reading._replace(sources=(source, *reading.sources))
        if reading.status is _ASSERTED and self._is_scheduling(i):
            reading = reading._replace(status=_PLANNED)
        source = self._parenthetical_source(i)
        if source is not None and source not in reading.sources:
            reading = reading._replace(sources=(source, *reading.sources))
        self._flow[i] = self._own[i] = reading
        if t.dep[i] == "conj" and self._shares_words(i):
            self._own[i] = self._flow[i] = self._share(i, reading)

    def _with_own_words(self, i: int, outer: Reading) -> Reading:
        t = self._t
        local = clause_modality(
            t, i, future_in_past=self._looks_ahead_from_report(i), ahead=self._is_ahead(i)
        )
        status = local.status
        if i in self._questions or self._is_command(i):
            status = _OPEN
        status = _combine(outer.status, status)
        certainty = outer.certainty * local.certainty
        sources = outer.sources
        if local.hearsay and not sources:
            sources = (-1,)
        return Reading(status, sources, certainty, outer.ended or local.ended)

    def _is_scheduling(self, i: int) -> bool:
        """Whether a passive gives a date for something: "is scheduled for May"."""
        t = self._t
        if t.tag[i] != "VBN" or t.lemma[i] not in _SCHEDULING:
            return False
        if t.dep[i] != "acl" and not any(t.dep[k] == "auxpass" for k in auxiliaries(t, i)):
            return False
        return any(t.dep[k] == "prep" for k in t.right[i]) or bool(self._dates.get(i))

    def _parenthetical_source(self, i: int) -> int | None:
        """Whose words a clause is by an insertion: "the fuel, officials said, caught fire"."""
        t = self._t
        for k in (*t.left[i], *t.right[i]):
            if t.dep[k] != "parataxis" or t.pos[k] != "VERB" or subject(t, k) < 0:
                continue
            if cue(t.lemma[k], "V", "that") is None or any(t.dep[m] in ("ccomp", "dobj") for m in t.right[k]):
                continue
            if t.text[k + 1 : k + 2] in ([","], ["."], ["—"], ["–"]):
                return self._sources.of_verb(k)
        return None

    def _looks_ahead_from_report(self, i: int) -> bool:
        """Whether "would" is the "will" of a report told in the past: what its source means to do, or has a date for.

        What the source merely thinks would follow ("said that it would harm trade") stays open.
        """
        t = self._t
        node = i
        for _ in range(3):
            if t.dep[node] == "conj" and subject(t, node) < 0:
                node = t.head[node]
        g = t.head[node]
        if t.dep[node] not in ("ccomp", "acl") or not (is_past(t, g) or t.pos[g] == "NOUN"):
            return False
        word_class = "V" if t.pos[g] in _CLAUSES else "N"
        if cue(t.lemma[g], word_class, "that") is None and g not in self._sources.cues:
            return False
        who = subject(t, node)
        if self._is_ahead(i) or t.lemma[g] in _ANNOUNCE:
            return True
        if who < 0:
            return False
        if t.lower[who] == "it":
            return self._sources.type_of(subject(t, g)) in ("ORG", "GPE")
        if t.lower[who] in ("he", "she", "they", "we", "i"):
            return True
        return is_schedulable(t, who) or self._sources.type_of(who) in _AGENTS

    def _clause_environment(self, i: int) -> Reading:
        t = self._t
        dep, g = t.dep[i], t.head[i]
        if g == i:
            return self._base(i)
        if dep == "conj":
            return self._coordinate(i, g)
        if dep == "ccomp" and self._is_run_on(i, g):
            return self._environment[g]
        if dep in ("ccomp", "xcomp", "csubj", "csubjpass"):
            return self._complement(i, g)
        if dep == "pcomp":
            return self._gerund(i, g)
        if dep == "advcl":
            return self._adverbial(i, g)
        if dep in ("relcl", "acl"):
            return self._adnominal(i, g)
        if dep in ("parataxis", "dep", "intj", "ROOT", "meta"):
            return self._environment[g]
        if dep == "appos":
            return self._base(i)
        if dep == "pobj":
            return self._gerund(i, g)
        if dep in ("nsubj", "nsubjpass", "dobj", "attr", "acomp", "oprd"):
            return self._own[g]
        return self._own[g] if t.pos[g] not in _NOUNS else self._flow[g]

    def _is_run_on(self, i: int, g: int) -> bool:
        """Whether a "complement" before its verb is a main clause of its own, run on with a comma or semicolon."""
        t = self._t
        if t.pos[g] not in _CLAUSES or any(t.dep[k] == "mark" for k in t.left[i]):
            return False
        reports = g in self._sources.cues or cue(self._lemma(g), "V", "that") is not None
        if i > g:
            # "... as Zorvex. It has already": the parser missed the end of a sentence.
            before = self._first(i) - 1
            return before > g and (
                t.text[before].endswith((".", ";")) or (t.text[before] == ":" and not reports)
            )
        return not reports or any(t.dep[k] == "dobj" for k in t.right[g])

    def _coordinate(self, i: int, g: int) -> Reading:
        t = self._t
        if t.pos[g] in _CLAUSES or t.dep[g] in ("advcl", "ccomp"):
            return self._environment[g]
        return self._base(i) if subject(t, i) >= 0 else self._flow[g]

    def _shares_words(self, i: int) -> bool:
        """Whether a coordinated verb leans on the auxiliaries and negation of the first one."""
        t = self._t
        g = t.head[i]
        if t.pos[g] not in _CLAUSES or subject(t, i) >= 0 or auxiliaries(t, i):
            return False
        if t.tag[i] == "VB" or (t.tag[i] in ("VBN", "VBG", "VBP")):
            return t.tag[i] == t.tag[g] or t.tag[i] in ("VB", "VBP") and bool(auxiliaries(t, g))
        # The tagger takes the participle of "was neither launched nor tested" for a past tense at times.
        return t.tag[i] == "VBD" and t.tag[g] == "VBN" and bool(auxiliaries(t, g))

    def _share(self, i: int, reading: Reading) -> Reading:
        t = self._t
        g = t.head[i]
        first = self._own[g]
        status = first.status
        if status is _NEGATED and self._environment[g].status is not _NEGATED and _follows_but(t, i):
            # "was not launched but scrapped"
            return reading
        status = (
            _combine(status, reading.status) if reading.status is not self._environment[i].status else status
        )
        sources = first.sources or reading.sources
        return reading._replace(
            status=status, sources=sources, certainty=min(first.certainty, reading.certainty)
        )

    def _complement(self, i: int, g: int) -> Reading:
        """The environment of a clause that completes verb, adjective or copula ``g``."""
        t = self._t
        frames = self._frames(i, g)
        if t.pos[g] in _NOUNS and t.dep[g] not in ("ROOT", "ccomp", "conj"):
            return self._under_noun(i, g, frames)
        governor = self._predicative(g)
        if governor >= 0:
            found = cue(
                t.lemma[governor], "A" if t.pos[governor] in ("ADJ", "VERB", "ADV") else "N", *frames
            ) or cue(t.lower[governor], "A", *frames)
            if found is None and t.pos[governor] in _NOUNS:
                found = cue(t.lemma[governor], "N", *frames)
            if found is not None:
                held = self._adjective_reading(g, governor)
                verb = g if t.pos[g] in _CLAUSES else t.head[g]
                if t.lower[governor] == "able" and held.status is _ASSERTED and not is_past(t, verb):
                    # What one is able to do is not yet done; what one was able to do, one did.
                    return held._replace(status=_OPEN, certainty=held.certainty * 0.8)
                source = self._sources.of_verb(g) if found.yes.source else -1
                return self._apply(found, held, g, source)
            if t.pos[governor] in _NOUNS and frames[0] in ("to", "oto") and self._is_ranked(governor):
                return self._own[g]
            if t.dep[i] in ("xcomp", "ccomp", "csubj") and any(t.lower[k] == "too" for k in t.left[governor]):
                return self._own[g]._replace(status=_NEGATED)
        if t.lemma[g] == "be" and frames[0] in ("to", "oto"):
            # "is to land", "the aim is to land"
            subject_noun = subject(t, g)
            found = cue(t.lemma[subject_noun], "N", "to") if subject_noun >= 0 else None
            held = self._own[g]
            return self._apply(found or _PLAN, held, g, -1)
        if t.lemma[g] == "be" and frames[0] == "that":
            # "the hope is that ...", and clefts: "it is Anna that leads"
            subject_noun = subject(t, g)
            found = cue(t.lemma[subject_noun], "N", "that") if subject_noun >= 0 else None
            if found is None:
                return self._own[g]
            return self._apply(
                found, self._own[g], g, self._sources.of_noun(subject_noun) if found.yes.source else -1
            )
        if t.dep[i] in ("csubj", "csubjpass"):
            return self._own[g]
        return self._under_verb(i, g, frames)

    def _under_verb(self, i: int, g: int, frames: tuple[str, ...]) -> Reading:
        t = self._t
        lemma = self._lemma(g)
        held = self._own[g]
        passive = any(t.dep[k] == "auxpass" for k in auxiliaries(t, g)) or (
            t.tag[g] == "VBN" and t.dep[g] in ("acl", "advcl")
        )
        if frames[0] in ("to", "oto"):
            special = self._special_infinitive(i, g, held)
            if special is not None:
                return special
        order = frames
        if passive and frames[0] == "to":
            order = ("oto", "to")
        found = cue(lemma, "V", *order) or cue(t.lemma[g], "V", *order)
        if found is None and t.tag[g] in ("VBN", "VBD"):
            found = cue(t.lower[g], "A", "to" if order[0] == "oto" else order[0])
        if found is not None:
            if found.yes.source == "~" and not passive:
                found = Cue(found.yes._replace(source='"'), found.no._replace(source='"'), found.certainty)
            source = self._sources.of_verb(g) if found.yes.source == '"' else -1
            if t.lemma[g] in _ENABLE and held.status is _ASSERTED and not is_past(t, g):
                # What something allows is not thereby done.
                return held._replace(status=_OPEN, certainty=held.certainty * 0.7)
            if any(
                t.lower[k] in ("falsely", "wrongly", "incorrectly", "mistakenly")
                for k in (*t.left[g], *t.right[g])
            ):
                found = Cue(Effect("-", found.yes.source), found.no, found.certainty)
            return self._apply(found, held, g, source)
        if frames[0] in ("that", "wh"):
            if g in self._sources.cues:
                return self._apply(_REPORT, held, g, self._sources.of_verb(g))
            if frames[0] == "wh":
                return self._wh(i, g, held)
            if t.tag[i] == "VB" or (subject(t, i) < 0 and t.tag[i] != "VBD"):
                return held
            if any(t.dep[k] == "mark" for k in t.left[i]) or is_past(t, i):
                return self._apply(_REPORT, held, g, self._sources.of_verb(g))
            return held._replace(status=_combine(held.status, _OPEN), certainty=held.certainty * 0.5)
        if frames[0] == "ing" or t.pos[i] not in _CLAUSES:
            return held
        if frames[0] in ("to", "oto") and any(t.lower[k] == "to" for k in auxiliaries(t, i)):
            return held._replace(status=_combine(held.status, _OPEN), certainty=held.certainty * 0.5)
        return held

    def _special_infinitive(self, i: int, g: int, held: Reading) -> Reading | None:
        """Infinitives whose meaning hangs on the form of the verb: "have to", "used to", "be going to"."""
        t = self._t
        lemma = t.lemma[g]
        if lemma in ("have", "remain") and any(t.lower[k] == "yet" for k in (*t.left[g], *t.right[g])):
            return held if held.status is _OPEN else held._replace(status=_NEGATED)
        if lemma == "have" and subject(t, i) < 0 and not self._object(g, i):
            if held.status is _ASSERTED and is_past(t, g):
                return held._replace(certainty=held.certainty * 0.9)
            return held if held.status is _NEGATED else held._replace(status=_combine(held.status, _OPEN))
        if (
            lemma == "use"
            and not any(t.dep[k] == "auxpass" for k in auxiliaries(t, g))
            and t.tag[g] in ("VBD", "VB", "VBN")
        ):
            if not self._object(g, i):
                return held._replace(ended=True)
            return None
        if t.lower[g] == "going" and auxiliaries(t, g):
            return self._apply(_PLAN, held, g, -1)
        return None

    def _wh(self, i: int, g: int, held: Reading) -> Reading:
        t = self._t
        if any(t.lower[k] in ("whether", "if") for k in t.left[i]) or not is_past(t, i):
            return held._replace(status=_OPEN, certainty=held.certainty * 0.5)
        if held.status is _ASSERTED and cue(t.lemma[g], "V", "that") is not None:
            return self._apply(_REPORT, held, g, self._sources.of_verb(g))
        return held

    def _under_noun(self, i: int, noun: int, frames: tuple[str, ...]) -> Reading:
        """The environment of a clause that completes a noun: "plans to", "no indication that"."""
        t = self._t
        held = self._flow[noun]
        found = cue(t.lemma[noun], "N", *frames)
        if found is None and frames[0] == "oto":
            found = cue(t.lemma[noun], "N", "to")
        if found is not None:
            if frames[0] in ("to", "oto") and held.status is _NEGATED and not self._is_denied_noun(noun):
                held = held._replace(status=_ASSERTED)
            source = self._sources.of_noun(noun) if found.yes.source else -1
            return self._apply(found, held, noun, source)
        if frames[0] in ("that", "wh"):
            return self._apply(_REPORT, held, noun, self._sources.of_noun(noun))
        if frames[0] in ("to", "oto"):
            if self._is_ranked(noun):
                # "the fifth country to sign", "the only pilot to appear": they did, as far as the rest is so.
                return held
            return self._apply(_PLAN, held, noun, -1)
        return held

    def _gerund(self, i: int, prep: int) -> Reading:
        """The environment of a clause after a preposition: "without landing", "prevented from landing"."""
        t = self._t
        g = t.head[prep]
        word = t.lower[prep]
        flow = self._flow[prep]
        if is_negative_preposition(t, prep):
            return flow if flow.status is _OPEN else flow._replace(status=_NEGATED)
        held = self._own[g] if t.pos[g] not in _NOUNS else self._flow[g]
        if word in CONDITIONAL_MARKS:
            # "provided the weather is good"
            return held._replace(status=_OPEN)
        frames = self._frames(i, prep)
        if frames[0] not in ("that", "wh"):
            frames = ("ing",)
        if t.pos[g] in _NOUNS:
            found = cue(t.lemma[g], "N", *frames)
            if found is not None:
                return self._apply(found, held, g, self._sources.of_noun(g) if found.yes.source else -1)
        elif word not in ("after", "before", "since", "while", "by", "without", "upon", "in"):
            word_class = "A" if t.dep[g] in _COMPLEMENTS or t.pos[g] == "ADJ" else "V"
            if word == "from":
                frames = ("from", *frames)
            found = cue(self._lemma(g), word_class, *frames) or cue(t.lemma[g], word_class, *frames)
            if found is not None and (
                found.yes.status != "-" or word in ("from", "of", "in", "on", "away", "against")
            ):
                return self._apply(found, held, g, self._sources.of_verb(g) if found.yes.source else -1)
        if frames[0] == "wh" and any(t.lower[k] == "whether" for k in t.left[i]):
            return held._replace(status=_OPEN)
        if word == "before" and held.status in (_NEGATED, _OPEN):
            return held._replace(status=_OPEN)
        if word == "like" or word == "than":
            return held._replace(status=_OPEN)
        if (
            word in ("after", "since", "by", "while", "upon", "despite", "because")
            and held.status is _NEGATED
        ):
            return self._environment[g]
        return held

    # -- adverbial clauses -----------------------------------------------------------------------------

    def _adverbial(self, i: int, g: int) -> Reading:
        t = self._t
        held = self._own[g] if t.pos[g] not in _NOUNS else self._flow[g]
        finite = g
        if is_past(t, i):
            # A past clause is no part of the plan or wish whose infinitive it hangs on.
            while t.dep[finite] == "xcomp" and t.head[finite] != finite:
                finite = t.head[finite]
        outer = self._environment[finite]
        marks = [
            t.lower[k]
            for k in t.left[i]
            if t.dep[k] == "mark" or (t.dep[k] in ("advmod", "prep") and t.tag[k] in ("WRB", "IN"))
        ]
        # "as if", "even though"
        mark = marks[-1] if marks else ""
        infinitive = any(t.lower[k] == "to" and t.dep[k] == "aux" for k in t.left[i])
        if is_conditional(t, i) or (mark == "though" and "as" in marks):
            return outer._replace(status=_OPEN, certainty=outer.certainty * 0.5)
        if mark in ("without",) or t.lower[i - 1] == "without":
            return held if held.status is _OPEN else held._replace(status=_NEGATED)
        if (
            is_negative_preposition(t, t.left[i][0])
            if t.left[i] and t.dep[t.left[i][0]] in ("prep", "mark", "cc")
            else False
        ):
            return held if held.status is _OPEN else held._replace(status=_NEGATED)
        if mark == "than":
            # "rather than land"
            rather = any(t.lower[k] == "rather" for k in range(max(0, i - 4), i))
            return held._replace(status=_NEGATED) if rather else outer
        if infinitive and mark in ("", "order", "so", "as", "to", "for", "in"):
            return self._purpose(i, g, held)
        if mark in ("so", "that") and any(
            t.lower[k] in ("can", "could", "may", "might", "will", "would") for k in auxiliaries(t, i)
        ):
            return self._apply(_PLAN, held, g, -1)
        past = is_past(t, i)
        if mark == "before":
            return self._before(i, g, held, outer, past=past)
        if mark in _TIME_MARKS:
            if past or subject(t, i) < 0:
                # What came before a thing that did not happen or is to happen did happen.
                if mark in ("until", "till"):
                    vowed = cue(t.lemma[g], "V", "that", "np")
                    if held.status in (_PLANNED, _OPEN) or (vowed is not None and vowed.yes.status in "?>"):
                        return outer._replace(status=_OPEN)
                return outer if past else self._participle(held, outer)
            if held.status in (_PLANNED, _OPEN):
                return held._replace(ended=False)
            if mark in ("as", "while", "where", "by"):
                return outer
            if held.status is _NEGATED:
                return outer._replace(status=_OPEN)
            return outer._replace(
                status=_OPEN if mark in ("when", "whenever") and not is_past(t, g) else _PLANNED
            )
        if mark in _GIVEN_MARKS:
            return outer
        if t.tag[i] == "VBG" and not mark:
            return self._participle(held, outer)
        if t.tag[i] == "VBN" and not mark:
            return outer
        if self._report_clause(i, g):
            return outer
        return self._participle(held, outer)

    def _before(self, i: int, g: int, held: Reading, outer: Reading, *, past: bool) -> Reading:
        t = self._t
        if any(t.lower[k] in ("could", "can") for k in auxiliaries(t, i)):
            return outer._replace(status=_NEGATED)
        if held.status is _PLANNED:
            return held
        if held.status is not _ASSERTED:
            return outer._replace(status=_OPEN)
        stops = cue(t.lemma[g], "V", "np", "ing")
        if stops is not None and stops.yes.status == "-":
            return outer._replace(status=_OPEN)
        if past or subject(t, i) < 0:
            return held._replace(certainty=held.certainty * 0.8)
        return outer._replace(status=_PLANNED)

    def _purpose(self, i: int, g: int, held: Reading) -> Reading:
        """An infinitive of purpose is intended; one after "enough" or "only" came about."""
        t = self._t
        governor = self._predicative(g)
        frames = self._frames(i, g)
        if governor >= 0 and any(t.lower[k] == "too" for k in t.left[governor]):
            return held._replace(status=_NEGATED)
        if any(t.lower[k] == "only" and t.dep[k] == "advmod" for k in t.left[i]):
            return held
        if t.lower[g] == "too":
            return held._replace(status=_NEGATED)
        if governor >= 0:
            found = cue(t.lemma[governor], "A", *frames) or cue(t.lower[governor], "A", *frames)
            if found is not None:
                return self._apply(found, self._adjective_reading(g, governor), g, -1)
        found = cue(self._lemma(g), "V", *frames) if t.pos[g] in _CLAUSES else cue(t.lower[g], "A", *frames)
        if found is not None and not self._object(g, i):
            if found.yes.source == "~":
                return self._apply(found, held, g, -1)
            return self._apply(found, held, g, self._sources.of_verb(g) if found.yes.source else -1)
        if t.lemma[g] == "be" and subject(t, g) >= 0:
            noun = cue(t.lemma[subject(t, g)], "N", "to")
            return self._apply(noun or _PLAN, held, g, -1)
        if held.status is _NEGATED:
            return held._replace(status=_OPEN)
        return held._replace(status=_combine(held.status, _PLANNED))

    def _participle(self, held: Reading, outer: Reading) -> Reading:
        """A participle goes along with what it modifies, but not with its negation."""
        return outer if held.status is _NEGATED else held

    def _report_clause(self, i: int, g: int) -> bool:
        """Whether ``i`` is a comment like "as the agency said" rather than a clause of its own."""
        t = self._t
        return i > g and cue(t.lemma[i], "V", "that") is not None

    # -- clauses on nouns -------------------------------------------------------------------------------

    def _adnominal(self, i: int, noun: int) -> Reading:
        t = self._t
        if t.pos[noun] in _CLAUSES or t.pos[noun] in ("ADJ", "ADV"):
            return self._complement(i, noun)
        frames = self._frames(i, noun)
        if frames[0] in ("that", "wh") and t.dep[i] == "acl":
            if not any(t.dep[k] == "mark" for k in t.left[i]) and cue(t.lemma[noun], "N", "that") is None:
                # "The crews undocked", taken for a phrase.
                return self._environment[noun] if t.head[noun] == noun else self._relative(i, noun)
        if t.dep[i] == "acl" and frames[0] in ("that", "to", "oto", "wh") and t.tag[i] not in ("VBG", "VBN"):
            return self._under_noun(i, noun, frames)
        if (
            t.dep[i] == "acl"
            and frames[0] in ("that", "to", "oto")
            and (auxiliaries(t, i) or subject(t, i) >= 0)
        ):
            return self._under_noun(i, noun, frames)
        if t.dep[i] == "relcl" and frames[0] in ("to", "oto"):
            return self._under_noun(i, noun, frames)
        if t.dep[i] == "relcl" and self._is_content_clause(i, noun):
            return self._under_noun(i, noun, ("that",))
        return self._relative(i, noun)

    def _is_content_clause(self, i: int, noun: int) -> bool:
        """Whether a "that" clause says what the noun is about, though the parser takes it for a relative clause."""
        t = self._t
        if cue(t.lemma[noun], "N", "that") is None:
            return False
        first = self._first(i)
        return t.lower[first] == "that" and subject(t, i) != first and t.dep[first] in ("mark", "dobj", "advmod", "pobj") and subject(t, i) >= 0 and t.dep[first] == "mark"  # fmt: skip

    def _relative(self, i: int, noun: int) -> Reading:
        t = self._t
        base = self._base(i)
        flow = self._flow[noun]
        if flow.status is _ASSERTED or flow.status is _NEGATED and is_definite(t, noun):
            return base
        first = self._first(i)
        if t.lower[first - 1 : first] == [","] or t.lower[t.left_edge(i) - 1 : t.left_edge(i)] == [","]:
            return base
        past = is_past(t, i) or (t.tag[i] == "VBN" and t.dep[i] == "acl")
        if is_definite(t, noun) and (past or not is_deed(t, noun)):
            return base
        if past and flow.status is _PLANNED:
            return base
        status = _OPEN if flow.status is _NEGATED else flow.status
        return base._replace(status=status, certainty=base.certainty * flow.certainty)

    # -- nouns ----------------------------------------------------------------------------------------

    def _read_noun(self, i: int) -> None:
        t = self._t
        outer = self._enter_quotation(i, self._noun_environment(i))
        self._environment[i] = outer
        flow = self._with_modifiers(i, outer)
        self._flow[i] = flow
        deed = is_deed(t, i)
        asked = t.dep[i] == "appos" and outer.status is _OPEN and t.head[t.head[i]] in self._questions
        if (
            asked
            or t.dep[i] in _COMPLEMENTS
            or self._is_predicative_object(i)
            or (t.dep[i] == "conj" and t.dep[t.head[i]] in _COMPLEMENTS)
        ):
            self._own[i] = flow
        elif deed or self._is_new(i, outer):
            self._own[i] = self._presupposed(i, outer, flow)
        else:
            own = self._with_modifiers(i, self._base(i))
            self._own[i] = own
        if is_former(t, i):
            self._own[i] = self._own[i]._replace(ended=True)

    def _is_new(self, i: int, outer: Reading) -> bool:
        """Whether an indefinite phrase without a name brings in a thing that is only planned, supposed or denied."""
        t = self._t
        if outer.status is _ASSERTED or is_definite(t, i) or t.pos[i] != "NOUN":
            return False
        if self._is_governed(i):
            return True
        if t.dep[i] not in ("dobj", "pobj", "conj", "nsubj", "nsubjpass", "attr"):
            return False
        return NOUN_TYPES.get(t.lemma[i]) != "PERSON" and all(t.pos[k] != "PROPN" for k in t.left[i])

    def _presupposed(self, i: int, outer: Reading, flow: Reading) -> Reading:
        """A definite deed is taken for granted where no word governs it that says otherwise."""
        t = self._t
        if outer.status is _ASSERTED or self._is_governed(i) or not is_definite(t, i):
            return flow
        g = t.head[i]
        if (
            t.dep[i] == "nsubj"
            and t.lemma[g] in _OCCUR
            and (t.lemma[g] != "take" or t.lower[g + 1] == "place")
        ):
            return flow
        if outer.status is _NEGATED and t.dep[i] == "dobj" and t.lemma[t.head[i]] in _BRING_ABOUT:
            return flow
        if any(t.lower[k] == "of" for k in t.right[i]) and not any(t.dep[k] == "poss" for k in t.left[i]):
            # "the death of the pilot" is definite for what follows, not for what is known.
            return flow if outer.status is not _NEGATED else flow._replace(status=_OPEN)
        if outer.status is _NEGATED or not is_schedulable(t, i):
            return self._with_modifiers(i, self._base(i))
        return flow

    def _with_modifiers(self, i: int, outer: Reading) -> Reading:
        t = self._t
        status, certainty, hearsay = modifier_status(t, i)
        if has_negative_determiner(t, i):
            status = _NEGATED if outer.status is not _OPEN else _OPEN
            return Reading(status, outer.sources, outer.certainty * certainty)
        if status is _ASSERTED and is_deed(t, i) and self._is_ahead(i):
            status = _PLANNED
        for k in t.right[i]:
            # "the launch scheduled for May", "the flight, which was cancelled"
            if t.dep[k] in ("acl", "relcl") and t.tag[k] == "VBN" and is_deed(t, i):
                if t.dep[k] == "relcl" and not any(t.dep[m] == "auxpass" for m in auxiliaries(t, k)):
                    continue
                found = cue(self._lemma(k), "V", "np")
                if found is not None and found.yes.status in "->?" and not has_negation(t, k):
                    status = _STATUS[found.yes.status]
        sources = outer.sources
        if hearsay and not sources:
            sources = (-1,)
        if outer.status is _NEGATED and status is _NEGATED:
            combined = _OPEN
        else:
            combined = _combine(outer.status, status)
        return Reading(combined, sources, outer.certainty * certainty, outer.ended)

    def _is_governed(self, i: int) -> bool:
        """Whether a word that says how the noun is meant governs it ("cancelled the launch", "plans for the launch")."""
        return self._noun_cue(i) is not None

    def _noun_cue(self, i: int) -> tuple[Cue, int] | None:
        """The word that governs a noun and says how it is meant, with its token."""
        t = self._t
        g, dep = t.head[i], t.dep[i]
        if dep == "conj":
            return self._noun_cue(g) if g != i and t.pos[g] in _NOUNS else None
        if dep in ("pobj", "pcomp"):
            prep = g
            g = t.head[prep]
            if t.lower[prep] == "of" and t.pos[g] == "ADV":
                return None
            if t.pos[g] in _NOUNS:
                if t.lower[prep] not in _SUBORDINATING_PREPOSITIONS:
                    return None
                if t.lemma[g] == "end" and t.dep[g] == "pobj":
                    # "at the end of the flight"
                    return None
                found = cue(t.lemma[g], "N", "pp")
            elif (
                t.dep[prep] == "agent"
                or t.lower[prep] == "with"
                or t.lower[prep] not in _SUBORDINATING_PREPOSITIONS
            ):
                return None
            elif t.lower[prep] == "in" and t.lemma[g] not in ("result",):
                return None
            elif t.pos[g] == "ADJ" or t.dep[g] in _COMPLEMENTS:
                found = cue(t.lemma[g], "A", "to") if t.lower[prep] in ("for", "to") else None
            else:
                found = cue(self._lemma(g), "V", "pp")
            return (found, g) if found is not None else None
        if dep in ("compound", "nmod", "amod") and t.pos[g] in _NOUNS:
            found = cue(t.lemma[g], "N", "pp") if is_deed(t, i) else None
            return (found, g) if found is not None else None
        if t.pos[g] not in _CLAUSES:
            return None
        if dep in ("dobj", "nsubjpass") or (
            dep == "nsubj" and t.tag[g] == "VBN" and t.dep[g] != "relcl" and not is_past(t, g)
        ):
            found = cue(self._lemma(g), "V", "np")
            if found is None and dep == "nsubjpass":
                found = cue(t.lemma[g], "V", "pp", "oto")
            return (found, g) if found is not None else None
        if dep == "nsubj" and t.lemma[g] in _COPULAS:
            governor = self._predicative(g)
            if governor >= 0 and t.pos[governor] in ("ADJ", "VERB", "ADV"):
                found = cue(t.lemma[governor], "A", "to", "that") or cue(t.lower[governor], "A", "to", "that")
                if found is not None and found.yes.status in "?>-":
                    return found, g
        return None

    def _noun_environment(self, i: int) -> Reading:
        t = self._t
        dep, g = t.dep[i], t.head[i]
        if g == i:
            base = self._base(i)
            return base._replace(status=_OPEN) if i in self._questions else base
        if dep == "conj":
            outer = self._environment[g]
            if has_negative_determiner(t, g) and not _follows_but(t, i) and outer.status is _ASSERTED:
                return outer._replace(status=_NEGATED)
            if t.pos[g] in _CLAUSES or t.dep[g] == "ROOT":
                return self._environment[g]
            return outer
        governed = self._noun_cue(i)
        if governed is not None:
            found, word = governed
            noun = t.pos[word] in _NOUNS
            held = self._flow[word] if noun else self._own[word]
            if noun and held.status is _NEGATED and not self._is_denied_noun(word):
                held = held._replace(status=_ASSERTED)
            source = -1
            if found.yes.source:
                source = self._sources.of_noun(word) if noun else self._sources.of_verb(word)
            return self._apply(found, held, word, source)
        if dep == "appos":
            if (
                t.head[g] in self._questions
                and t.lemma[t.head[g]] == "be"
                and self._predicative(t.head[g]) < 0
            ):
                # "Is the pilot the director?": the parser takes what is asked for an apposition.
                return self._own[t.head[g]]
            return self._flow[g] if t.pos[g] in _NOUNS else self._base(i)
        if dep == "pobj":
            return self._after_preposition(i, g)
        if t.pos[g] in _NOUNS:
            return self._flow[g]
        if dep in ("nsubj", "nsubjpass") and t.pos[g] in _CLAUSES:
            held = self._own[g]
            if held.status is _NEGATED and has_negative_determiner(t, i):
                return self._environment[g]
            return held
        return self._own[g]

    def _after_preposition(self, i: int, prep: int) -> Reading:
        t = self._t
        flow = self._flow[prep]
        word = t.lower[prep]
        if is_negative_preposition(t, prep):
            return flow
        before = t.lower[prep - 1] if prep else ""
        if word == "of" and before in ("event", "case") and t.lower[prep - 2] in ("the", "in"):
            return flow._replace(status=_OPEN)
        ahead = word in _FORWARD or (word, before) in (("of", "ahead"), ("to", "prior"))
        if ahead and flow.status is _ASSERTED and is_deed(t, i):
            return flow._replace(status=_PLANNED, certainty=flow.certainty * 0.8)
        return flow

    # -- helpers ---------------------------------------------------------------------------------------

    def _apply(self, found: Cue, held: Reading, word: int, source: int) -> Reading:
        """What a governing word, put as ``held``, makes of what it governs."""
        negated = held.status is _NEGATED
        effect = found.no if negated else found.yes
        sources, certainty = held.sources, held.certainty * found.certainty
        if effect.source:
            sources = self._add_source(source if effect.source == '"' else -1, sources, word)
        if effect.status == "=":
            base = self._environment[word]
            return Reading(
                _ASSERTED if base.status is _NEGATED else base.status,
                sources if effect.source else base.sources,
                base.certainty,
            )
        status = _STATUS.get(effect.status, _ASSERTED)
        if not negated:
            status = held.status if effect.status == "+" else _combine(held.status, status)
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
            return _PLAIN
        return Reading(_ASSERTED, (self._sources.speaker(number),))

    def _enter_quotation(self, i: int, outer: Reading) -> Reading:
        """Add the speaker where token ``i`` opens direct speech that its governor stands outside of."""
        number = self._sources.quotation(i)
        g = self._t.head[i]
        if number < 0:
            around = self._sources.quotation(g)
            if around >= 0 and self._sources.quotations[around].kind == "direct":
                # The parser hung the writer's own words on those of a speaker.
                return _PLAIN
            return outer
        if g != i and self._sources.quotation(g) == number:
            return outer
        speaker = self._sources.speaker(number)
        quotation = self._sources.quotations[number]
        if quotation.kind == "direct" and self._t.dep[i] in ("ROOT", "ccomp", "parataxis", "dep"):
            told = self._own[g].status if g != i else _ASSERTED
            return Reading(_ASSERTED if told is _ASSERTED else _OPEN, (speaker,))
        if speaker in outer.sources or (speaker < 0 and outer.sources):
            return outer
        if outer.sources and g == quotation.cue:
            return outer._replace(sources=(speaker, *outer.sources[1:]))
        return outer._replace(sources=(speaker, *(s for s in outer.sources if s >= 0)))

    def _frames(self, i: int, g: int) -> tuple[str, ...]:
        """The frame of a clause that completes ``g``: "that", "wh", "to", "oto", "ing"."""
        t = self._t
        aux = auxiliaries(t, i)
        if any(t.lower[k] == "to" for k in aux):
            return ("oto", "to") if self._object(g, i) or subject(t, i) >= 0 else ("to",)
        finite = any(t.tag[k] in ("VBZ", "VBP", "VBD", "MD") for k in aux)
        if not finite and (t.tag[i] == "VBG" or any(t.tag[k] == "VBG" for k in aux)):
            return ("ing",)
        first = self._first(i)
        if first < g < i:
            # "which his wife said was true"
            return ("that",)
        if t.lower[first] in ("whether", "if") or (t.tag[first] in _WH and t.lower[first] != "that"):
            return ("wh", "that") if t.lower[first] not in ("whether", "if") else ("wh",)
        if (
            t.tag[i] == "VB"
            and not aux
            and subject(t, i) >= 0
            and not any(t.dep[k] == "mark" for k in t.left[i])
        ):
            return (
                ("oto",)
                if t.lemma[g] in ("help", "let", "make", "have", "see", "watch", "hear")
                else ("that",)
            )
        if t.tag[i] == "VB" and not aux and subject(t, i) < 0:
            return ("to",)
        return ("that",)

    def _object(self, g: int, i: int) -> bool:
        """Whether verb ``g`` has an object of its own, whose deed an infinitive is then."""
        t = self._t
        passive = any(t.dep[k] in ("nsubjpass", "auxpass") for k in t.left[g])
        if passive:
            return True
        return any(t.dep[k] in ("dobj", "dative") and k < i for k in t.right[g]) and t.dep[i] != "conj"

    def _first(self, i: int) -> int:
        """The first word of the clause headed by token ``i``."""
        t = self._t
        node = i
        while t.left[node]:
            node = t.left[node][0]
        return node

    def _lemma(self, g: int) -> str:
        """A verb's lemma with its particle."""
        t = self._t
        for k in t.right[g]:
            if t.dep[k] == "prt":
                return f"{t.lemma[g]} {t.lower[k]}"
        return t.lemma[g]

    def _predicative(self, g: int) -> int:
        """The adjective or noun that a copula ascribes, or the adjective itself, or -1."""
        t = self._t
        if t.pos[g] == "ADJ":
            return g
        if t.pos[g] in _CLAUSES:
            for k in (*t.right[g], *t.left[g]):
                if t.dep[k] in _COMPLEMENTS and t.pos[k] in ("ADJ", "VERB", "NOUN", "ADV"):
                    return k
        return -1

    def _adjective_reading(self, g: int, adjective: int) -> Reading:
        """How a predicative adjective or noun is put, with a negation of its own ("not likely", "no secret")."""
        t = self._t
        held = self._own[g]
        own_negation = any(t.dep[k] == "neg" for k in t.left[adjective]) or has_negative_determiner(
            t, adjective
        )
        if own_negation and held.status is _ASSERTED:
            return held._replace(status=_NEGATED)
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

    def _is_predicative_object(self, i: int) -> bool:
        """Whether a noun is what somebody is or becomes: "serve as director", "was named director"."""
        t = self._t
        g = t.head[i]
        if t.dep[i] == "pobj" and t.lower[g] == "as" and t.pos[t.head[g]] in _CLAUSES:
            return True
        return t.dep[i] == "xcomp"

    def _is_ranked(self, noun: int) -> bool:
        t = self._t
        return any(
            t.lower[k] in _ORDINALS
            or t.tag[k] == "JJS"
            or (t.lower[k][0].isdigit() and t.lower[k].endswith(("st", "nd", "rd", "th")))
            for k in t.left[noun]
        )

    def _is_command(self, i: int) -> bool:
        """Whether a clause is an order to the reader or hearer."""
        t = self._t
        if t.tag[i] != "VB" or subject(t, i) >= 0:
            return False
        if t.dep[i] == "conj":
            return False
        if t.dep[i] not in ("ROOT", "ccomp"):
            return False
        aux = auxiliaries(t, i)
        return all(t.lower[k] in ("do", "please", "let") for k in aux)

    def _mend_lemmas(self) -> None:
        """Put right the lemmas of verbs in -e, which rule-based lemmatizers clip ("slated" to "slat", "hopes" to "hop")."""
        t = self._t
        known = cue_words("V")
        for i, word in enumerate(t.lower):
            if t.pos[i] != "VERB" or t.lemma[i] in known:
                continue
            for stem in (word[:-1], word[:-3] + "e"):
                if stem in known and word.endswith(("es", "ed", "ing")) and stem.endswith("e"):
                    t.lemma[i] = stem
                    break

    def _find_questions(self) -> frozenset[int]:
        """The heads of clauses that ask, with what is coordinated with them."""
        t = self._t
        found: set[int] = set()
        for mark, word in enumerate(t.lower):
            if word != "?" or mark == 0:
                continue
            start, _ = t.sentence(mark)
            number = self._sources.quotation(mark - 1)
            node = mark - 1
            while node > start and t.pos[node] in ("PUNCT", "SPACE"):
                node -= 1
            while t.head[node] != node and t.head[node] >= start:
                parent = t.head[node]
                if self._sources.quotation(parent) != number:
                    break
                # "Who won?, she asked": the asking stands behind the question mark.
                if parent > mark:
                    break
                node = parent
            found.add(node)
            found.update(k for k in t.right[node] if t.dep[k] == "conj" and k < mark)
        return frozenset(found)

    def _attach_dates(self, mentions: Sequence[Mention]) -> dict[int, list[tuple[int, str]]]:
        """The dates that modify each verb and noun: the date's head and its value ("" where the year is unknown)."""
        t = self._t
        dates: dict[int, list[tuple[int, str]]] = {}
        times = [m for m in mentions if m.kind is MentionKind.TIME and m.type in ("DATE", "TIME")]
        in_time = {i for m in times for i in range(m.start, m.end)}
        for mention in times:
            norm = mention.norm if _POINT_IN_TIME.fullmatch(mention.norm) else ""
            if not norm and ((mention.norm and mention.norm[:2] != "--") or not self._names_day(mention)):
                continue
            node = mention.head
            for _ in range(6):
                parent = t.head[node]
                if parent == node or not (
                    mention.start <= parent < mention.end
                    or (parent in in_time and t.dep[node] not in ("prep", "pobj"))
                ):
                    break
                node = parent
            parent = t.head[node]
            if parent == node:
                continue
            if t.dep[node] == "pobj" and t.dep[parent] in ("prep", "pcomp", "advmod"):
                if t.lower[parent] not in _DATE_PREPOSITIONS:
                    continue
                parent = t.head[parent]
                if parent in in_time:
                    parent = t.head[parent]
                if t.pos[parent] == "ADP":
                    parent = t.head[parent]
            elif t.dep[node] not in _DATE_DEPENDENCIES:
                continue
            dates.setdefault(parent, []).append((mention.head, norm))
        return dates

    def _names_day(self, mention: Mention) -> bool:
        """Whether a date without a known year names a day or month of the calendar."""
        return any(w in MONTHS or w in WEEKDAYS for w in self._t.lower[mention.start : mention.end])

    def _is_ahead(self, i: int) -> bool:
        """Whether a date on token ``i`` lies after the publication date."""
        for _, norm in self._dates.get(i, ()):
            if not norm:
                # "The contract begins June 1": what is past is put otherwise. A noun's date tells nothing.
                if self._t.pos[i] in _CLAUSES:
                    return True
                continue
            if not self._published:
                if self._t.pos[i] in _CLAUSES:
                    return True
                continue
            day = norm[:10]
            if day > self._published[: len(day)]:
                return True
        return False


#: Reports that settle what is to come.
_ANNOUNCE = frozenset("announce confirm decide agree promise vow pledge reveal announcement decision".split())
_ENABLE = frozenset("allow enable permit let".split())
_SCHEDULING = frozenset("schedule slate target plan expect anticipate set reschedule".split())
#: Types of what can mean to do something.
_AGENTS = frozenset("PERSON ORG GPE NORP PRODUCT".split())
#: Verbs without which their object would not be: "did not hold the meeting".
_BRING_ABOUT = frozenset(
    "reach make conduct hold perform give get receive see have complete start begin launch sign provide take win "
    "achieve obtain carry do produce undertake execute stage organize organise host order".split()
)
_STOPS = frozenset("stop halt cease quit end discontinue suspend terminate abandon withdraw".split())
_STATUS = {"+": _ASSERTED, "-": _NEGATED, "?": _OPEN, ">": _PLANNED, "=": _ASSERTED}
_PLAN = Cue(Effect(">", ""), Effect("-", ""), 1.0)
_REPORT = Cue(Effect("+", '"'), Effect("?", '"'), 1.0)


def _combine(outer: Factuality, own: Factuality) -> Factuality:
    """What a clause put as ``own`` amounts to in an environment of ``outer``."""
    if outer is _ASSERTED:
        return own
    if outer is _OPEN:
        return _OPEN
    if outer is _PLANNED:
        return _PLANNED if own is _ASSERTED else own
    # What is denied of something denied is left open: the text commits to neither.
    return _OPEN if own is _NEGATED else _NEGATED


def _follows_but(t: Tokens, i: int) -> bool:
    """Whether a conjunct is set against the one before it by "but"."""
    return any(t.dep[k] == "cc" and t.lower[k] == "but" for k in (*t.right[t.head[i]], *t.left[i]) if k < i)


def has_negation(t: Tokens, i: int) -> bool:
    """Whether a "not" or "never" hangs on token ``i``."""
    return any(t.dep[k] == "neg" for k in (*t.left[i], *t.right[i]))


class FactualityComponent:
    """Sets factuality, sources, certainty, ``ended`` and missing times of a ``Doc``'s propositions."""

    def __call__(self, doc: Doc) -> Doc:
        """Rewrite ``doc._.propositions``; their order and number stay."""
        found = annotations.propositions(doc)
        if not found:
            return doc
        reader = FactualityReader(
            Tokens(doc), annotations.mentions(doc), annotations.quotations(doc), annotations.published(doc)
        )
        annotations.set_propositions(doc, [self._put(reader, p) for p in found])
        return doc

    def _put(self, reader: FactualityReader, proposition: Proposition) -> Proposition:
        reading = reader.reading(proposition.head)
        time = proposition.time
        if not time and proposition.kind is not PropositionKind.ADJECTIVE:
            time = reader.time(proposition.head)
        return replace(
            proposition,
            factuality=reading.factuality,
            sources=reading.sources,
            certainty=round(reading.certainty, 3),
            ended=reading.ended,
            time=time,
        )


@Language.factory(
    "spacegraph_factuality",
    assigns=["doc._.propositions"],
    requires=["doc._.propositions", "token.dep", "token.tag", "token.lemma"],
)
def make_factuality(nlp: Language, name: str) -> FactualityComponent:  # noqa: ARG001
    """Make the component. It takes no settings."""
    annotations.register()
    return FactualityComponent()
