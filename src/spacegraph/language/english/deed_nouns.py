"""Nouns that name a deed or an event, and what the words beside them make of it: "a planned launch".

A noun for a thing or an office ("capsule", "director") is taken for granted wherever it stands, and so is a definite
deed ("Ruritania's invasion"); a deed that is scheduled ("the launch") or new ("a strike") shares the lot of
the clause around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.word_sets import word_set
from spacegraph.language.english.words import EVENT_NOUNS, NOUN_TYPES
from spacegraph.model import Factuality

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens

__all__ = ["is_deed", "is_definite", "is_former", "is_schedulable", "modifier_status"]

_DEEDS = EVENT_NOUNS | word_set("""
    abandonment abuse ceasefire truce acceptance access activity adoption advance aid alliance annexation appearance appointment approach approval
    arrest arrival assault assembly assistance assignment attempt award backing ban bid bombing boycott breach build burn call
    campaign capture change charge closure collaboration commitment completion compliance conquest construction
    contact contribution control cooperation coordination coverage cut damage deal death decision defeat
    delay delivery demand demise demonstration departure deployment descent design destruction detachment development dialogue
    disclosure dismissal disposal dispute disruption drill ejection end entry escape eviction exchange exit
    expansion experiment export failure finding firing first-flight funding gathering growth handover help hire
    hosting import injury inspection installation integration intervention introduction involvement jump
    launching lawsuit layoff leak lift loss maintenance manufacture manufacturing moonwalk move murder
    observation offer opening operation opposition order parachuting participation patrol payment performance
    pledge policy-change presence production promotion proposal publication purchase quarantine reduction re-entry reentry
    refusal release relocation removal renewal repair replacement research response retirement retreat return
    reuse review ride rollout sale search secession selection shift shipment signing stay step strike
    supply support surrender surveillance survival suspension takeover termination threat transfer transit transport
    transportation travel treatment undocking upgrade use vaccination victory violation violence visit walk warning
    withdrawal work wound evacuation extradition impeachment investigation lockdown readiness
""")  # fmt: skip

#: Events that people set a date for: in a clause about the future, "the launch" lies in the future too.
_SCHEDULABLE = word_set("""
    announcement arrival award briefing broadcast burn ceremony commissioning completion concert conference construction
    coverage crew-handover debate debut delivery demonstration departure deployment descent docking election event
    exhibition experiment expo festival flight flyby game handover hearing inauguration installation journey landing launch
    liftoff lift-off maneuver manoeuvre march match meeting mission opening operation orbit press-conference premiere
    production rally race referendum rehearsal release rendezvous retirement return rollout season selection separation
    signing spacewalk splashdown stay summit symposium takeoff test touchdown tour tournament trial trip
    undocking use visit vote voyage walk webcast workshop
""")  # fmt: skip

_ABSTRACT_ENDINGS = ("tion", "sion", "ment", "ance", "ence")

_GERUND = "ing"

_NO_DEEDS = word_set("""
    science audience evidence intelligence experience reference sentence difference distance substance instance element
    moment segment document environment department section nation region question position condition fraction
    portion dimension population foundation generation location station television residence component
""")  # fmt: skip

_PLANNED = word_set("planned scheduled upcoming future intended expected forthcoming impending imminent anticipated slated next approaching eventual coming postponed delayed rescheduled tentative")  # fmt: skip
_OPEN = word_set("possible potential hypothetical prospective proposed would-be aspiring hoped-for threatened attempted imagined imaginary fictional fictitious conceivable suggested feared contemplated theoretical speculative conditional presumed desired option optional")  # fmt: skip
#: These make a deed or an office unreal, and leave a thing ("a simulated video") real.
_FEIGNED = word_set("simulated fake mock pretend sham bogus phony feigned staged virtual simulation")
_UNREAL = word_set("failed cancelled canceled aborted abandoned scrapped scrubbed thwarted averted unsuccessful foiled nonexistent non-existent unbuilt unfulfilled rejected nixed shelved called-off so-called false absent lacking")  # fmt: skip
_CLAIMED = word_set("alleged purported supposed suspected claimed reported rumored rumoured accused self-proclaimed self-styled ostensible")  # fmt: skip
_FORMER = word_set("former formerly previously ex erstwhile onetime one-time then- late-former previous retired ousted deposed ex- defunct")  # fmt: skip

_DEFINITE = word_set("the this that these those its his her their our my your both")


def is_deed(t: Tokens, i: int) -> bool:
    """Whether the noun at token ``i`` names something that happens or is done."""
    lemma = t.lemma[i]
    if t.pos[i] not in ("NOUN", "VERB"):
        # A name is no deed, unless a heading capitalises the noun.
        return t.pos[i] == "PROPN" and (t.lower[i] in _SCHEDULABLE or (t.lower[i] in _DEEDS and not t.ent[i]))
    if lemma in _DEEDS:
        return True
    if lemma.endswith(_GERUND) and t.tag[i] == "NN":
        # "testing of the engine", but not "a tall building"
        return lemma not in NOUN_TYPES and any(t.lower[k] == "of" for k in t.right[i])
    if lemma.endswith(_ABSTRACT_ENDINGS):
        return NOUN_TYPES.get(lemma) in (None, "EVENT") and lemma not in _NO_DEEDS
    return False


def is_schedulable(t: Tokens, i: int) -> bool:
    """Whether people set dates for what the noun at token ``i`` names."""
    return t.lemma[i] in _SCHEDULABLE


def is_definite(t: Tokens, i: int) -> bool:
    """Whether the noun phrase of token ``i`` takes its referent as known: "the", "its", "Ruritania's"."""
    if t.pos[i] in ("PROPN", "PRON"):
        return t.lower[i] not in (
            "some",
            "any",
            "one",
            "something",
            "anything",
            "anyone",
            "someone",
            "nothing",
            "nobody",
            "none",
        )
    return any(t.dep[k] == "poss" or t.lower[k] in _DEFINITE for k in t.left[i])


def is_former(t: Tokens, i: int) -> bool:
    """Whether the noun at token ``i`` no longer applies: "the former director", "ex-minister"."""
    if t.lower[i].startswith("ex-"):
        return True
    edge = t.left_edge(i)
    if edge > 0 and t.lower[edge - 1] in ("formerly", "previously"):
        return True
    for k in t.left[i]:
        word = t.lower[k]
        if word in _FORMER and t.dep[k] in ("amod", "compound", "nmod", "advmod", "punct", "dep"):
            return True
        # "former NASA chief": the parser may hang "former" on the name between.
        if t.dep[k] in ("compound", "nmod", "amod") and any(t.lower[m] in _FORMER for m in t.left[k]):
            return True
    return False


def modifier_status(t: Tokens, i: int) -> tuple[Factuality, float, bool]:
    """What the modifiers of the noun at token ``i`` make of it: status, certainty, hearsay."""
    deed = is_deed(t, i)
    if t.lower[max(0, i - 3) : i] == ["would", "-", "be"]:
        return Factuality.HYPOTHETICAL, 0.5, False
    for k in t.left[i]:
        if t.dep[k] not in ("amod", "compound", "nmod", "advmod", "dep"):
            continue
        word = t.lower[k]
        # "a now-cancelled flight", "the once-planned flight"
        tail = word.rpartition("-")[2] if word.count("-") == 1 else word
        if word in _CLAIMED:
            return Factuality.ASSERTED, 0.5, True
        if not deed and word in ("next", "expected", "anticipated", "suggested", "delayed", "tentative", "failed",
                                 "rejected", "abandoned", "scrapped", "coming", "reported", "simulated", "virtual",
                                 "absent", "false", "future", "option", "optional", "aborted", "lacking", "staged", "suspected"):  # fmt: skip
            continue
        if word in _OPEN:
            return Factuality.HYPOTHETICAL, 0.5, False
        if word in _UNREAL or tail in ("cancelled", "canceled", "scrapped", "abandoned", "aborted", "failed"):
            return Factuality.NEGATED, 1.0, False
        if word in _FEIGNED and (deed or NOUN_TYPES.get(t.lemma[i]) == "PERSON"):
            return Factuality.HYPOTHETICAL, 0.5, False
        if word in _PLANNED or tail in ("planned", "scheduled"):
            if any(t.lower[m] in ("previously", "originally", "initially") for m in t.left[k]):
                return Factuality.PLANNED, 0.5, False
            return Factuality.PLANNED, 1.0, False
    return Factuality.ASSERTED, 1.0, False
