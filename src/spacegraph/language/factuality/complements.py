"""What verbs, adjectives and nouns make of the clauses that complete them: "failed to", "plans to", "said that"."""

from __future__ import annotations

from spacegraph.language.english.cues import Cue, Effect, cue
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.factuality.modality import CONDITIONAL_MARKS, auxiliaries, is_past, subject
from spacegraph.language.factuality.negation import is_negative_preposition
from spacegraph.language.factuality.nouns import NounReadings
from spacegraph.language.factuality.readings import ASSERTED, NEGATED, OPEN, PLAN, REPORT, Reading, combine
from spacegraph.language.factuality.syntax import (
    CLAUSES,
    COMPLEMENTS,
    NOUNS,
    clause_frames,
    denies_rank,
    has_object,
    is_ranked,
    predicative,
    verb_lemma,
)

__all__ = ["ComplementReadings"]

_ENABLE = word_set("allow enable permit let")
#: What becomes of the contents of an opinion that its holder does not have.
_DENIED_OPINION = Effect("-", '"')
#: What was beyond belief once may have come so all the same.
_BEYOND_BELIEF = word_set("unimaginable inconceivable unthinkable")
_SURPRISE = Cue(Effect("?", ""), Effect("?", ""), 0.5)
#: A plan of the past that the text does not call fulfilled.
_GIVEN_UP = Cue(Effect("?", ""), Effect("-", ""), 0.2)
_WANT = word_set("hope plan intend want mean expect aim wish")
_EXPECT = word_set("expect anticipate foresee imagine predict")
_FUTURE = word_set("would 'd ’d will 'll ’ll could might may")


class ComplementReadings(NounReadings):
    """Finds the environment of clauses that complete a verb, an adjective, a noun or a preposition."""

    def _complement(self, i: int, g: int) -> Reading:
        """The environment of a clause that completes verb, adjective or copula ``g``."""
        t = self._t
        frames = clause_frames(t, i, g)
        if t.pos[g] in NOUNS and t.dep[g] not in ("ROOT", "ccomp", "conj"):
            return self._under_noun(g, frames)
        governor = predicative(t, g)
        if governor >= 0:
            found = cue(
                t.lemma[governor], "A" if t.pos[governor] in ("ADJ", "VERB", "ADV") else "N", *frames
            ) or cue(t.lower[governor], "A", *frames)
            if found is None and t.pos[governor] in NOUNS:
                found = cue(t.lemma[governor], "N", *frames)
            if found is not None:
                held = self._adjective_reading(g, governor)
                verb = g if t.pos[g] in CLAUSES else t.head[g]
                if t.lower[governor] == "able" and held.status is ASSERTED and not is_past(t, verb):
                    # What one is able to do is not yet done; what one was able to do, one did.
                    return held._replace(status=OPEN, certainty=held.certainty * 0.8)
                who = subject(t, verb)
                if found.yes.source and who >= 0 and t.lower[who] == "it":
                    # "It is certain that they landed": nobody in particular is.
                    found = Cue(found.yes._replace(source=""), found.no._replace(source=""), found.certainty)
                if t.lemma[governor] in _BEYOND_BELIEF and is_past(t, verb):
                    found = _SURPRISE
                source = self._sources.of_verb(verb) if found.yes.source else -1
                return self._apply(found, held, g, source)
            if t.pos[governor] in NOUNS and frames[0] in ("to", "oto") and is_ranked(t, governor):
                return self._without_rank(governor, g) if denies_rank(t, governor) else self._own[g]
            if t.dep[i] in ("xcomp", "ccomp", "csubj") and any(t.lower[k] == "too" for k in t.left[governor]):
                return self._own[g]._replace(status=NEGATED)
        if t.lemma[g] == "be" and frames[0] in ("to", "oto"):
            # "is to land", "the aim is to land"
            subject_noun = subject(t, g)
            found = cue(t.lemma[subject_noun], "N", "to") if subject_noun >= 0 else None
            held = self._own[g]
            if found is None and t.tag[g] == "VBD" and any(t.lower[k] == "have" for k in auxiliaries(t, i)):
                # "was to have landed": it was planned once, and did not come so.
                found = _GIVEN_UP
            return self._apply(found or PLAN, held, g, -1)
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
            return self._subject_clause(i, g)
        return self._under_verb(i, g, frames)

    def _is_over(self, g: int) -> bool:
        """Whether a verb is put before another past ("had hoped")."""
        return any(self._t.lower[k] in ("had", "'d", "’d") for k in auxiliaries(self._t, g))

    def _subject_clause(self, i: int, g: int) -> Reading:
        """For "Whether it leaked is not clear": what is denied is that the answer is known, not what is asked."""
        t = self._t
        held = self._own[g]
        if any(t.lower[k] in ("whether", "if") for k in t.left[i]):
            return held._replace(status=OPEN, certainty=held.certainty * 0.5)
        if held.status is NEGATED and clause_frames(t, i, g)[0] == "wh":
            # "How the tank burst is not known": it did.
            return self._environment[g] if is_past(t, i) else held._replace(status=OPEN)
        return held

    def _under_verb(self, i: int, g: int, frames: tuple[str, ...]) -> Reading:
        t = self._t
        lemma = verb_lemma(t, g)
        held = self._own[g]
        passive = any(t.dep[k] == "auxpass" for k in auxiliaries(t, g)) or (
            t.tag[g] == "VBN" and t.dep[g] in ("acl", "advcl")
        )
        if frames[0] in ("to", "oto"):
            special = self._special_infinitive(i, g, held)
            if special is not None:
                return special
        ascribed = self._ascribed(i, g, frames)
        if ascribed is not None:
            return self._apply(ascribed, held, g, self._sources.of_verb(g))
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
            if t.lemma[g] in _ENABLE and held.status is ASSERTED and not is_past(t, g):
                # What something allows is not thereby done.
                return held._replace(status=OPEN, certainty=held.certainty * 0.7)
            if any(
                t.lower[k] in ("falsely", "wrongly", "incorrectly", "mistakenly")
                for k in (*t.left[g], *t.right[g])
            ):
                found = Cue(Effect("-", found.yes.source), found.no, found.certainty)
            if found.no == _DENIED_OPINION and (
                any(t.lower[k] in _FUTURE for k in auxiliaries(t, i)) or self._is_disbelief(g)
            ):
                # "did not believe that it would fall": nobody knew yet, so nothing is denied.
                found = found._replace(no=found.no._replace(status="?"))
            elif found.no.status == "-" and lemma in _EXPECT and self._is_disbelief(g):
                found = found._replace(no=found.no._replace(status="?"))
            elif frames[0] in ("to", "oto") and lemma in _WANT and t.tag[g] == "VBN" and self._is_over(g):
                # "had hoped to land": nobody hopes so any more.
                found = _GIVEN_UP
            return self._apply(found, held, g, source)
        if frames[0] in ("that", "wh"):
            if g in self._sources.cues:
                return self._apply(REPORT, held, g, self._sources.of_verb(g))
            if frames[0] == "wh":
                return self._wh(i, g, held)
            if t.tag[i] == "VB" or (subject(t, i) < 0 and t.tag[i] != "VBD"):
                return held
            if any(t.dep[k] == "mark" for k in t.left[i]) or is_past(t, i):
                return self._apply(REPORT, held, g, self._sources.of_verb(g))
            return held._replace(status=combine(held.status, OPEN), certainty=held.certainty * 0.5)
        if frames[0] == "ing" or t.pos[i] not in CLAUSES:
            return held
        if frames[0] in ("to", "oto") and any(t.lower[k] == "to" for k in auxiliaries(t, i)):
            return held._replace(status=combine(held.status, OPEN), certainty=held.certainty * 0.5)
        return held

    def _is_disbelief(self, verb: int) -> bool:
        """Whether a verb of opinion tells of surprise: "could not believe", "had not expected"."""
        t = self._t
        words = {t.lower[k] for k in auxiliaries(t, verb)}
        return bool(words & {"could", "can", "ca"}) or (t.lemma[verb] in _EXPECT and is_past(t, verb))

    def _ascribed(self, i: int, g: int, frames: tuple[str, ...]) -> Cue | None:
        """The cue of the adjective that an opinion gives a clause: "thought it *impossible* that the crew would land"."""
        t = self._t
        for k in t.right[g]:
            if k < i and t.pos[k] == "ADJ" and any(t.lower[n] == "it" for n in (*t.left[k], k - 1)):
                found = cue(t.lemma[k], "A", *frames)
                if t.lemma[k] in _BEYOND_BELIEF and is_past(t, g):
                    found = _SURPRISE
                if found is not None:
                    return Cue(found.yes._replace(source='"'), found.no._replace(source='"'), found.certainty)
        return None

    def _special_infinitive(self, i: int, g: int, held: Reading) -> Reading | None:
        """Infinitives whose meaning hangs on the form of the verb: "have to", "used to", "be going to"."""
        t = self._t
        lemma = t.lemma[g]
        if lemma in ("have", "remain") and any(t.lower[k] == "yet" for k in (*t.left[g], *t.right[g])):
            return held if held.status is OPEN else held._replace(status=NEGATED)
        if lemma == "have" and subject(t, i) < 0 and not has_object(t, g, i):
            if held.status is ASSERTED and is_past(t, g):
                return held._replace(certainty=held.certainty * 0.9)
            return held if held.status is NEGATED else held._replace(status=combine(held.status, OPEN))
        if (
            lemma == "use"
            and not any(t.dep[k] == "auxpass" for k in auxiliaries(t, g))
            and t.tag[g] in ("VBD", "VB", "VBN")
        ):
            if not has_object(t, g, i):
                return held._replace(ended=True)
            return None
        if t.lower[g] == "going" and auxiliaries(t, g):
            return self._apply(PLAN, held, g, -1)
        return None

    def _wh(self, i: int, g: int, held: Reading) -> Reading:
        t = self._t
        if any(t.lower[k] in ("whether", "if") for k in t.left[i]) or not is_past(t, i):
            return held._replace(status=OPEN, certainty=held.certainty * 0.5)
        if held.status is ASSERTED and cue(t.lemma[g], "V", "that") is not None:
            return self._apply(REPORT, held, g, self._sources.of_verb(g))
        return held

    def _under_noun(self, noun: int, frames: tuple[str, ...]) -> Reading:
        """The environment of a clause that completes a noun: "plans to", "no indication that"."""
        t = self._t
        held = self._flow[noun]
        found = cue(t.lemma[noun], "N", *frames)
        if found is None and frames[0] == "oto":
            found = cue(t.lemma[noun], "N", "to")
        if found is not None:
            if frames[0] in ("to", "oto") and held.status is NEGATED and not self._is_denied_noun(noun):
                held = held._replace(status=ASSERTED)
            source = self._sources.of_noun(noun) if found.yes.source else -1
            return self._apply(found, held, noun, source)
        if frames[0] in ("that", "wh"):
            return self._apply(REPORT, held, noun, self._sources.of_noun(noun))
        if frames[0] in ("to", "oto"):
            if is_ranked(t, noun):
                # "the fifth country to sign", "the only pilot to appear": they did, as far as the rest is so.
                return held
            return self._apply(PLAN, held, noun, -1)
        return held

    def _gerund(self, i: int, prep: int) -> Reading:
        """The environment of a clause after a preposition: "without landing", "prevented from landing"."""
        t = self._t
        g = t.head[prep]
        word = t.lower[prep]
        flow = self._flow[prep]
        if is_negative_preposition(t, prep):
            return flow if flow.status is OPEN else flow._replace(status=NEGATED)
        held = self._own[g] if t.pos[g] not in NOUNS else self._flow[g]
        if word in CONDITIONAL_MARKS:
            # "provided the weather is good"
            return held._replace(status=OPEN)
        frames = clause_frames(t, i, prep)
        if frames[0] not in ("that", "wh"):
            frames = ("ing",)
        if t.pos[g] in NOUNS:
            found = cue(t.lemma[g], "N", *frames)
            if found is not None:
                return self._apply(found, held, g, self._sources.of_noun(g) if found.yes.source else -1)
        elif word not in ("after", "before", "since", "while", "by", "without", "upon", "in"):
            word_class = "A" if t.dep[g] in COMPLEMENTS or t.pos[g] == "ADJ" else "V"
            if word == "from":
                frames = ("from", *frames)
            found = cue(verb_lemma(t, g), word_class, *frames) or cue(t.lemma[g], word_class, *frames)
            if found is not None and (
                found.yes.status != "-" or word in ("from", "of", "in", "on", "away", "against")
            ):
                return self._apply(found, held, g, self._sources.of_verb(g) if found.yes.source else -1)
        if frames[0] == "wh" and any(t.lower[k] == "whether" for k in t.left[i]):
            return held._replace(status=OPEN)
        if word == "before" and held.status in (NEGATED, OPEN):
            return held._replace(status=OPEN)
        if word in ("like", "than"):
            return held._replace(status=OPEN)
        if word in ("after", "since", "by", "while", "upon", "despite", "because") and held.status is NEGATED:
            return self._environment[g]
        return held
