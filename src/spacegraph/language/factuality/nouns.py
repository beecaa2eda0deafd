"""How nouns are put: what governs them, what modifies them, what is presupposed."""

from __future__ import annotations

from spacegraph.language.english.cues import Cue, Effect, cue
from spacegraph.language.english.deed_nouns import (
    is_deed,
    is_definite,
    is_former,
    is_schedulable,
    modifier_status,
)
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.english.words import ENDING_VERBS, NOUN_TYPES, ONLY
from spacegraph.language.factuality.modality import auxiliaries, is_past
from spacegraph.language.factuality.negation import has_negative_determiner, is_negative_preposition
from spacegraph.language.factuality.readings import (
    ASSERTED,
    NEGATED,
    OPEN,
    PLANNED,
    STATUS,
    Reading,
    Readings,
    combine,
)
from spacegraph.language.factuality.syntax import (
    CLAUSES,
    COMPLEMENTS,
    NOUNS,
    denies_rank,
    follows_but,
    has_negation,
    is_predicative_object,
    predicative,
    verb_lemma,
)

__all__ = ["NounReadings"]

_COPULAS = word_set("be remain become seem appear stay look sound prove feel get")
#: Verbs that say what something was found to be.
_TURNING_OUT = frozenset(("turn", "prove"))
#: Verbs whose subject happens just as they do.
_OCCUR = word_set("occur happen begin start commence follow ensue come continue resume proceed arise unfold erupt take")  # fmt: skip
_FORWARD = word_set("before until till pending toward towards ahead prior")
#: Prepositions that tell when or where by something that took place.
_WHILE = word_set("during after following since at amid")
_SUBORDINATING_PREPOSITIONS = word_set(
    "for to from on of about at with against toward towards into in as over"
)
#: Nouns for what holds between two, as long as it does.
_RELATIONS = word_set("alliance dependence dependency feud partnership reliance")
#: Verbs without which their object would not be: "did not hold the meeting".
_BRING_ABOUT = word_set(
    "reach make conduct hold perform give get receive see have complete start begin launch sign provide take win "
    "achieve obtain carry do produce undertake execute stage organize organise host order"
)


class NounReadings(Readings):
    """Reads nouns: deeds and events share the lot of their clause, things and offices are taken for granted."""

    def _read_noun(self, i: int) -> None:
        t = self._t
        outer = self._enter_quotation(i, self._noun_environment(i))
        if denies_rank(t, i):
            outer = self._without_rank(i, t.head[i])
        self._environment[i] = outer
        flow = self._with_modifiers(i, outer)
        self._flow[i] = flow
        deed = is_deed(t, i)
        asked = t.dep[i] == "appos" and outer.status is OPEN and t.head[t.head[i]] in self._questions
        if (
            asked
            or t.dep[i] in COMPLEMENTS
            or is_predicative_object(t, i)
            or (t.dep[i] == "conj" and t.dep[t.head[i]] in COMPLEMENTS)
        ):
            self._own[i] = flow
        elif deed or self._is_new(i, outer):
            self._own[i] = self._presupposed(i, outer, flow)
        else:
            own = self._with_modifiers(i, self._base(i))
            self._own[i] = own
        if is_former(t, i):
            self._own[i] = self._own[i]._replace(ended=True)
        elif t.lemma[i] in _RELATIONS and self._is_ended(i):
            self._own[i] = self._own[i]._replace(status=NEGATED, ended=True)

    def _is_ended(self, i: int) -> bool:
        """Whether the clause says of a relation that it is over: "Their alliance ended", "ended its reliance on them"."""
        t = self._t
        g, dep = t.head[i], t.dep[i]
        if self._own[g].status is not ASSERTED or dep not in ("nsubj", "nsubjpass", "dobj"):
            return False
        if t.lemma[g] == "be":
            return dep == "nsubj" and any(t.lower[k] == "over" and not t.right[k] for k in t.right[g])
        alone = all(t.dep[k] != "dobj" for k in t.right[g])
        return t.lemma[g] in ENDING_VERBS and (dep != "nsubj" or alone)

    def _without_rank(self, noun: int, verb: int) -> Reading:
        """What "is not the only pilot to appear" leaves: she is one, and appears. "Not the first one" leaves that open."""
        around = self._environment[verb]
        if any(self._t.lower[k] in ONLY for k in self._t.left[noun]):
            return around
        return around._replace(status=combine(around.status, OPEN), certainty=around.certainty * 0.5)

    def _is_new(self, i: int, outer: Reading) -> bool:
        """Whether an indefinite phrase without a name brings in a thing that is only planned, supposed or denied."""
        t = self._t
        if outer.status is ASSERTED or is_definite(t, i) or t.pos[i] != "NOUN":
            return False
        if any(t.dep[k] == "appos" for k in t.right[i]):
            # "a lunar vehicle (LV)": what has a name is introduced in its own right.
            return False
        if self._is_governed(i):
            return True
        if t.dep[i] not in ("dobj", "pobj", "conj", "nsubj", "nsubjpass", "attr"):
            return False
        return NOUN_TYPES.get(t.lemma[i]) != "PERSON" and all(t.pos[k] != "PROPN" for k in t.left[i])

    def _presupposed(self, i: int, outer: Reading, flow: Reading) -> Reading:
        """A definite deed is taken for granted where no word governs it that says otherwise."""
        t = self._t
        g = t.head[i]
        if (
            outer.status is NEGATED
            and t.dep[i] == "pobj"
            and t.lower[g] in _WHILE
            and t.pos[t.head[g]] in ("VERB", "AUX")
        ):
            # What did not come about "during a flight" did not in a flight that there was.
            return self._with_modifiers(i, self._base(i))
        if outer.status is ASSERTED or self._is_governed(i) or not is_definite(t, i):
            return flow
        if (
            t.dep[i] == "nsubj"
            and t.lemma[g] in _OCCUR
            and (t.lemma[g] != "take" or t.lower[g + 1 : g + 2] == ["place"])
        ):
            return flow
        if outer.status is NEGATED and t.dep[i] == "dobj" and t.lemma[t.head[i]] in _BRING_ABOUT:
            return flow
        if any(t.lower[k] == "of" for k in t.right[i]) and not any(t.dep[k] == "poss" for k in t.left[i]):
            # "the death of the pilot" is definite for what follows, not for what is known.
            return flow if outer.status is not NEGATED else flow._replace(status=OPEN)
        if outer.status is NEGATED or not is_schedulable(t, i):
            return self._with_modifiers(i, self._base(i))
        return flow

    def _with_modifiers(self, i: int, outer: Reading) -> Reading:
        t = self._t
        status, certainty, hearsay = modifier_status(t, i)
        if has_negative_determiner(t, i):
            status = NEGATED if outer.status is not OPEN else OPEN
            return Reading(status, outer.sources, outer.certainty * certainty)
        if status is ASSERTED and is_deed(t, i) and self._dates.is_ahead(i):
            status = PLANNED
        for k in t.right[i]:
            # "the launch scheduled for May", "the flight, which was cancelled"
            if t.dep[k] in ("acl", "relcl") and t.tag[k] == "VBN" and is_deed(t, i):
                if t.dep[k] == "relcl" and not any(t.dep[m] == "auxpass" for m in auxiliaries(t, k)):
                    continue
                found = cue(verb_lemma(t, k), "V", "np")
                if found is not None and found.yes.status in "->?" and not has_negation(t, k):
                    status = STATUS[found.yes.status]
        sources = outer.sources
        if hearsay and not sources:
            sources = (-1,)
        if outer.status is NEGATED and status is NEGATED:
            combined = OPEN
        else:
            combined = combine(outer.status, status)
        return Reading(combined, sources, outer.certainty * certainty, outer.ended)

    def _is_governed(self, i: int) -> bool:
        """Whether a word that says how the noun is meant governs it ("cancelled the launch", "plans for the launch")."""
        return self._noun_cue(i) is not None

    def _noun_cue(self, i: int) -> tuple[Cue, int] | None:
        """The word that governs a noun and says how it is meant, with its token."""
        t = self._t
        g, dep = t.head[i], t.dep[i]
        if dep == "conj":
            return self._noun_cue(g) if g != i and t.pos[g] in NOUNS else None
        if dep in ("pobj", "pcomp"):
            prep = g
            g = t.head[prep]
            if t.lower[prep] == "of" and t.pos[g] == "ADV":
                return None
            if t.pos[g] in NOUNS:
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
            ) or (t.lower[prep] == "in" and t.lemma[g] != "result"):
                return None
            elif t.pos[g] == "ADJ" or t.dep[g] in COMPLEMENTS:
                found = cue(t.lemma[g], "A", "to") if t.lower[prep] in ("for", "to") else None
            else:
                found = cue(verb_lemma(t, g), "V", "pp")
            return (found, g) if found is not None else None
        if dep in ("compound", "nmod", "amod") and t.pos[g] in NOUNS:
            found = cue(t.lemma[g], "N", "pp") if is_deed(t, i) else None
            return (found, g) if found is not None else None
        if t.pos[g] not in CLAUSES:
            return None
        if dep in ("dobj", "nsubjpass") or (
            dep == "nsubj" and t.tag[g] == "VBN" and t.dep[g] != "relcl" and not is_past(t, g)
        ):
            found = cue(verb_lemma(t, g), "V", "np")
            if found is None and dep == "nsubjpass":
                found = cue(t.lemma[g], "V", "pp", "oto")
            return (found, g) if found is not None else None
        if dep == "nsubj" and t.lemma[g] in _COPULAS | _TURNING_OUT:
            verb = self._found_to_be(g)
            governor = predicative(t, verb)
            if governor >= 0 and t.pos[governor] == "NOUN" and cue(t.lemma[i], "N", "that") is not None:
                # "The story that ... was a hoax"
                found = cue(t.lemma[governor], "N", "that")
                return (found, g) if found is not None and found.yes == Effect("-", "") else None
            if governor >= 0 and t.pos[governor] in ("ADJ", "VERB", "ADV"):
                found = cue(t.lemma[governor], "A", "to", "that") or cue(t.lower[governor], "A", "to", "that")
                denied = has_negation(t, verb) and found is not None and found.no.status == "-"
                if found is not None and (found.yes.status in "?>-" or denied):
                    return found, g
        return None

    def _found_to_be(self, verb: int) -> int:
        """The "be" of "turned out to be wrong", unless it is negated; other verbs are themselves."""
        t = self._t
        be = t.child(verb, "xcomp") if t.lemma[verb] in _TURNING_OUT else -1
        return be if be >= 0 and t.lemma[be] == "be" and not has_negation(t, be) else verb

    def _noun_environment(self, i: int) -> Reading:
        t = self._t
        dep, g = t.dep[i], t.head[i]
        if g == i:
            base = self._base(i)
            return base._replace(status=OPEN) if i in self._questions else base
        if dep == "conj":
            outer = self._environment[g]
            if has_negative_determiner(t, g) and not follows_but(t, i) and outer.status is ASSERTED:
                return outer._replace(status=NEGATED)
            if t.pos[g] in CLAUSES or t.dep[g] == "ROOT":
                return self._environment[g]
            return outer
        governed = self._noun_cue(i)
        if governed is not None:
            found, word = governed
            noun = t.pos[word] in NOUNS
            held = self._flow[word] if noun else self._own[word]
            if noun and held.status is NEGATED and not self._is_denied_noun(word):
                held = held._replace(status=ASSERTED)
            source = -1
            if found.yes.source:
                source = self._sources.of_noun(word) if noun else self._sources.of_verb(word)
            return self._apply(found, held, word, source)
        if dep == "appos":
            if t.head[g] in self._questions and t.lemma[t.head[g]] == "be" and predicative(t, t.head[g]) < 0:
                # "Is the pilot the director?": the parser takes what is asked for an apposition.
                return self._own[t.head[g]]
            return self._flow[g] if t.pos[g] in NOUNS else self._base(i)
        if dep == "pobj":
            return self._after_preposition(i, g)
        if t.pos[g] in NOUNS:
            return self._flow[g]
        if dep in ("nsubj", "nsubjpass") and t.pos[g] in CLAUSES:
            held = self._own[g]
            if held.status is NEGATED and has_negative_determiner(t, i):
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
            return flow._replace(status=OPEN)
        ahead = word in _FORWARD or (word, before) in (("of", "ahead"), ("to", "prior"))
        if ahead and flow.status is ASSERTED and is_deed(t, i):
            return flow._replace(status=PLANNED, certainty=flow.certainty * 0.8)
        return flow
