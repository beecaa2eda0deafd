"""How clauses are put: their environment, and their own negation, mood and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.cues import cue
from spacegraph.language.english.deed_nouns import is_deed, is_definite, is_schedulable
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.factuality.complements import ComplementReadings
from spacegraph.language.factuality.modality import (
    auxiliaries,
    clause_modality,
    is_conditional,
    is_past,
    subject,
)
from spacegraph.language.factuality.negation import is_negative_preposition
from spacegraph.language.factuality.readings import ASSERTED, NEGATED, OPEN, PLAN, PLANNED, Reading, combine
from spacegraph.language.factuality.syntax import (
    CLAUSES,
    NOUNS,
    clause_frames,
    first_word,
    follows_but,
    has_object,
    is_command,
    is_comment,
    is_content_clause,
    is_told_in_story,
    predicative,
    verb_lemma,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ClauseReadings"]

#: Adverbial clauses that are taken for granted, past or present ...
_GIVEN_MARKS = word_set("because since although though whereas while as that now given despite")
#: ... and those that share the time of the clause that they modify.
_TIME_MARKS = word_set("after when once until till before while as whenever where by")
#: Time clauses that whoever reports of a sentence takes for granted with it, unless it is told in doubt.
_TAKEN_FOR_GRANTED = word_set("after when once")
_DOUBTFUL = word_set("claim allege purport suspect think believe feel imagine dream pretend")
#: Reports that settle what is to come.
_ANNOUNCE = word_set("announce confirm decide agree promise vow pledge reveal announcement decision")
#: What says what is to come.
_PLANS = word_set(
    "accord agreement arrangement contract deal plan roadmap schedule scheme timeline timetable treaty"
)
_SCHEDULING = word_set("schedule slate target plan expect anticipate set reschedule")
#: What tells that a stay has yet to begin, beside "will remain".
_NOT_YET = word_set("for after then once later from during not never")
#: Types of what can mean to do something.
_AGENTS = word_set("PERSON ORG GPE NORP PRODUCT")


class ClauseReadings(ComplementReadings):
    """Reads clauses: main, coordinate, complement, adverbial and relative ones."""

    def _read_clause(self, i: int) -> None:
        t = self._t
        outer = self._enter_quotation(i, self._clause_environment(i))
        self._environment[i] = outer
        reading = self._with_own_words(i, outer)
        source = self._sources.according_to(i)
        if source is not None and source not in reading.sources:
            reading = reading._replace(sources=(source, *reading.sources))
        if reading.status is ASSERTED and self._is_scheduling(i):
            reading = reading._replace(status=PLANNED)
        source = self._parenthetical_source(i)
        if source is not None and source not in reading.sources:
            reading = reading._replace(sources=(source, *reading.sources))
        self._flow[i] = self._own[i] = reading
        if t.dep[i] == "conj" and self._shares_words(i):
            self._own[i] = self._flow[i] = self._share(i, reading)

    def _with_own_words(self, i: int, outer: Reading) -> Reading:
        t = self._t
        local = clause_modality(
            t, i, future_in_past=self._looks_ahead_from_report(i), ahead=self._dates.is_ahead(i)
        )
        status = local.status
        if status is PLANNED and self.goes_on(i):
            status = ASSERTED
        if i in self._questions or is_command(t, i) or is_told_in_story(t, i):
            status = OPEN
        heading = t.dep[i] == "ROOT" and t.tag[i] == "VB" and subject(t, i) >= 0
        if heading and status is ASSERTED and any(t.lower[k] == "to" for k in auxiliaries(t, i)):
            # Headings put what is to come so: "Kovar to lead the crew".
            status = PLANNED
        status = combine(outer.status, status)
        certainty = outer.certainty * local.certainty
        sources = outer.sources
        if local.hearsay and not sources:
            sources = (-1,)
        twice = outer.denied_twice if local.status is ASSERTED else outer.status is local.status is NEGATED
        return Reading(status, sources, certainty, outer.ended or local.ended, denied_twice=twice)

    def goes_on(self, i: int) -> bool:
        """Whether what is to come is so already: "will remain aboard until May", but not "will remain there for a year"."""
        t = self._t
        return (
            t.lemma[i] == "remain"
            and t.dep[i] != "conj"
            and any(t.lower[k] in ("will", "'ll", "’ll") for k in t.left[i])
            and not any(t.lower[k] in _NOT_YET or t.dep[k] == "advcl" for k in (*t.left[i], *t.right[i]))
        )

    def _is_scheduling(self, i: int) -> bool:
        """Whether a passive gives a date for something: "is scheduled for May"."""
        t = self._t
        if t.tag[i] != "VBN" or t.lemma[i] not in _SCHEDULING:
            return False
        if t.dep[i] != "acl" and not any(t.dep[k] == "auxpass" for k in auxiliaries(t, i)):
            return False
        return any(t.dep[k] == "prep" for k in t.right[i]) or self._dates.has(i)

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
        if self._is_of_plan(node):
            return True
        if t.dep[node] not in ("ccomp", "acl") or not (is_past(t, g) or t.pos[g] == "NOUN"):
            return False
        word_class = "V" if t.pos[g] in CLAUSES else "N"
        if cue(t.lemma[g], word_class, "that") is None and g not in self._sources.cues:
            return False
        who = subject(t, node)
        if self._dates.is_ahead(i) or t.lemma[g] in _ANNOUNCE:
            return True
        if any(t.dep[k] == "auxpass" for k in t.left[i]) and not any(t.dep[k] == "agent" for k in t.right[i]):
            # "The rail would be examined, officials said": by those who say so, it seems.
            return True
        if who < 0:
            return False
        if t.lower[who] == "it":
            return self._sources.type_of(subject(t, g)) in ("ORG", "GPE")
        if t.lower[who] in ("he", "she", "they", "we", "i"):
            return True
        return is_schedulable(t, who) or self._sources.type_of(who) in _AGENTS

    def _is_of_plan(self, i: int) -> bool:
        """Whether a clause tells what stands in a plan: "under the deal, she would leave", "the plan says that she would"."""
        t = self._t
        if t.dep[i] == "ccomp" and t.lemma[subject(t, t.head[i])] in _PLANS:
            return True
        if t.lemma[subject(t, i)] in _PLANS:
            return True
        return any(
            t.lower[k] in ("under", "to")
            and any(t.dep[m] == "pobj" and t.lemma[m] in _PLANS for m in t.right[k])
            for k in self._prepositions(i)
        )

    def _prepositions(self, i: int) -> Iterator[int]:
        """The prepositions at a clause, with the second one of "according to"."""
        t = self._t
        for k in (*t.left[i], *t.right[i]):
            if t.dep[k] == "prep":
                yield k
                if t.lower[k] == "according":
                    yield from t.right[k]

    def _clause_environment(self, i: int) -> Reading:
        t = self._t
        dep, g = t.dep[i], t.head[i]
        if g == i:
            return self._base(i)
        if dep == "conj":
            return self._coordinate(i, g)
        first = first_word(t, i)
        if t.lower[first] == "that" and t.lower[first - 1 : first] == ["given"]:
            # "withdrew given that they refused"
            return self._environment[t.head[g] if g == first - 1 else g]
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
        return self._own[g] if t.pos[g] not in NOUNS else self._flow[g]

    def _is_run_on(self, i: int, g: int) -> bool:
        """Whether a "complement" before its verb is a main clause of its own, run on with a comma or semicolon."""
        t = self._t
        if t.pos[g] not in CLAUSES or any(t.dep[k] == "mark" for k in t.left[i]):
            return False
        reports = g in self._sources.cues or cue(verb_lemma(t, g), "V", "that") is not None
        if i > g:
            # "... as Zorvex. It has already": the parser missed the end of a sentence.
            before = first_word(t, i) - 1
            return before > g and (
                t.text[before].endswith((".", ";")) or (t.text[before] == ":" and not reports)
            )
        return not reports or any(t.dep[k] == "dobj" for k in t.right[g])

    def _coordinate(self, i: int, g: int) -> Reading:
        t = self._t
        if t.pos[g] in CLAUSES or t.dep[g] in ("advcl", "ccomp"):
            return self._environment[g]
        return self._base(i) if subject(t, i) >= 0 else self._flow[g]

    def _shares_words(self, i: int) -> bool:
        """Whether a coordinated verb leans on the auxiliaries and negation of the first one."""
        t = self._t
        g = t.head[i]
        if t.pos[g] not in CLAUSES or subject(t, i) >= 0 or auxiliaries(t, i):
            return False
        if t.tag[i] == "VB" or (t.tag[i] in ("VBN", "VBG", "VBP")):
            return t.tag[i] == t.tag[g] or (t.tag[i] in ("VB", "VBP") and bool(auxiliaries(t, g)))
        # The tagger takes the participle of "was neither launched nor tested" for a past tense at times.
        return t.tag[i] == "VBD" and t.tag[g] == "VBN" and bool(auxiliaries(t, g))

    def _share(self, i: int, reading: Reading) -> Reading:
        t = self._t
        g = t.head[i]
        first = self._own[g]
        status = first.status
        if status is NEGATED and self._environment[g].status is not NEGATED and follows_but(t, i):
            # "was not launched but scrapped"
            return reading
        status = (
            combine(status, reading.status) if reading.status is not self._environment[i].status else status
        )
        sources = first.sources or reading.sources
        return reading._replace(
            status=status, sources=sources, certainty=min(first.certainty, reading.certainty)
        )

    def _adverbial(self, i: int, g: int) -> Reading:
        t = self._t
        held = self._own[g] if t.pos[g] not in NOUNS else self._flow[g]
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
            return outer._replace(status=OPEN, certainty=outer.certainty * 0.5)
        if mark == "without" or t.lower[i - 1] == "without":
            return held if held.status is OPEN else held._replace(status=NEGATED)
        if (
            is_negative_preposition(t, t.left[i][0])
            if t.left[i] and t.dep[t.left[i][0]] in ("prep", "mark", "cc")
            else False
        ):
            return held if held.status is OPEN else held._replace(status=NEGATED)
        if mark == "than":
            # "rather than land"
            rather = any(t.lower[k] == "rather" for k in range(max(0, i - 4), i))
            return held._replace(status=NEGATED) if rather else outer
        if infinitive and mark in ("", "order", "so", "as", "to", "for", "in"):
            return self._purpose(i, g, held)
        if mark in ("so", "that") and any(
            t.lower[k] in ("can", "could", "may", "might", "will", "would") for k in auxiliaries(t, i)
        ):
            return self._apply(PLAN, held, g, -1)
        past = is_past(t, i)
        if mark == "before":
            return self._before(i, g, held, outer, past=past)
        if mark in _TIME_MARKS:
            if past or subject(t, i) < 0:
                # What came before a thing that did not happen or is to happen did happen.
                if mark in ("until", "till"):
                    vowed = cue(t.lemma[g], "V", "that", "np")
                    if held.status in (PLANNED, OPEN) or (vowed is not None and vowed.yes.status in "?>"):
                        return outer._replace(status=OPEN)
                if past and mark in _TAKEN_FOR_GRANTED and self._is_trusted(finite):
                    # "Kovar said that she quit after Brandt sold the barge": he sold it, whoever tells of it.
                    return self._base(i)
                return outer if past else self._participle(held, outer)
            if held.status in (PLANNED, OPEN):
                return held._replace(ended=False)
            if mark in ("as", "while", "where", "by"):
                return outer
            if held.status is NEGATED:
                return outer._replace(status=OPEN)
            return outer._replace(
                status=OPEN if mark in ("when", "whenever") and not is_past(t, g) else PLANNED
            )
        if mark in _GIVEN_MARKS:
            return outer
        if t.tag[i] == "VBG" and not mark:
            return self._participle(held, outer)
        if t.tag[i] == "VBN" and not mark:
            return outer
        if is_comment(t, i, g):
            return outer
        return self._participle(held, outer)

    def _is_trusted(self, i: int) -> bool:
        """Whether a clause is told as so, and nowhere above it in words of doubt ("claimed that")."""
        t = self._t
        if self._own[i].status is not ASSERTED:
            return False
        while t.dep[i] in ("ccomp", "xcomp", "conj", "advcl") and t.head[i] != i:
            i = t.head[i]
            if t.lemma[i] in _DOUBTFUL:
                return False
        return True

    def _before(self, i: int, g: int, held: Reading, outer: Reading, *, past: bool) -> Reading:
        t = self._t
        if any(t.lower[k] in ("could", "can") for k in auxiliaries(t, i)):
            return outer._replace(status=NEGATED)
        if held.status is PLANNED:
            return held
        if held.status is not ASSERTED:
            return outer._replace(status=OPEN)
        stops = cue(t.lemma[g], "V", "np", "ing")
        if stops is not None and stops.yes.status == "-":
            return outer._replace(status=OPEN)
        if past or subject(t, i) < 0:
            return held._replace(certainty=held.certainty * 0.8)
        return outer._replace(status=PLANNED)

    def _purpose(self, i: int, g: int, held: Reading) -> Reading:
        """An infinitive of purpose is intended; one after "enough" or "only" came about."""
        t = self._t
        governor = predicative(t, g)
        frames = clause_frames(t, i, g)
        if governor >= 0 and any(t.lower[k] == "too" for k in t.left[governor]):
            return held._replace(status=NEGATED)
        if any(t.lower[k] == "only" and t.dep[k] == "advmod" for k in t.left[i]):
            return held
        if t.lower[g] == "too":
            return held._replace(status=NEGATED)
        if governor >= 0:
            found = cue(t.lemma[governor], "A", *frames) or cue(t.lower[governor], "A", *frames)
            if found is not None:
                return self._apply(found, self._adjective_reading(g, governor), g, -1)
        found = cue(verb_lemma(t, g), "V", *frames) if t.pos[g] in CLAUSES else cue(t.lower[g], "A", *frames)
        if found is not None and not has_object(t, g, i):
            if found.yes.source == "~":
                return self._apply(found, held, g, -1)
            return self._apply(found, held, g, self._sources.of_verb(g) if found.yes.source else -1)
        if t.lemma[g] == "be" and subject(t, g) >= 0:
            noun = cue(t.lemma[subject(t, g)], "N", "to")
            return self._apply(noun or PLAN, held, g, -1)
        if held.status is NEGATED:
            return held._replace(status=OPEN)
        return held._replace(status=combine(held.status, PLANNED))

    def _participle(self, held: Reading, outer: Reading) -> Reading:
        """A participle goes along with what it modifies, but not with its negation."""
        return outer if held.status is NEGATED else held

    def _adnominal(self, i: int, noun: int) -> Reading:
        t = self._t
        if t.pos[noun] in CLAUSES or t.pos[noun] in ("ADJ", "ADV"):
            return self._complement(i, noun)
        frames = clause_frames(t, i, noun)
        if (
            frames[0] in ("that", "wh")
            and t.dep[i] == "acl"
            and not any(t.dep[k] == "mark" for k in t.left[i])
            and cue(t.lemma[noun], "N", "that") is None
        ):
            # "The crews undocked", taken for a phrase.
            return self._environment[noun] if t.head[noun] == noun else self._relative(i, noun)
        if t.dep[i] == "acl" and frames[0] in ("that", "to", "oto", "wh") and t.tag[i] not in ("VBG", "VBN"):
            return self._under_noun(noun, frames)
        if (
            t.dep[i] == "acl"
            and frames[0] in ("that", "to", "oto")
            and (auxiliaries(t, i) or subject(t, i) >= 0)
        ):
            return self._under_noun(noun, frames)
        if t.dep[i] == "relcl" and frames[0] in ("to", "oto"):
            return self._under_noun(noun, frames)
        if t.dep[i] == "relcl" and is_content_clause(t, i, noun):
            return self._under_noun(noun, ("that",))
        return self._relative(i, noun)

    def _relative(self, i: int, noun: int) -> Reading:
        t = self._t
        base = self._base(i)
        flow = self._flow[noun]
        if flow.status is ASSERTED or (flow.status is NEGATED and is_definite(t, noun)):
            return base
        first = first_word(t, i)
        if t.lower[first - 1 : first] == [","] or t.lower[t.left_edge(i) - 1 : t.left_edge(i)] == [","]:
            return base
        past = is_past(t, i) or (t.tag[i] == "VBN" and t.dep[i] == "acl")
        if is_definite(t, noun) and (past or not is_deed(t, noun)):
            return base
        if past and flow.status is PLANNED:
            return base
        status = OPEN if flow.status is NEGATED else flow.status
        return base._replace(status=status, certainty=base.certainty * flow.certainty)
