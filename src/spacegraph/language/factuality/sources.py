"""Who says so: the mention behind a report verb, a report noun or an "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.word_sets import word_set
from spacegraph.language.factuality.modality import auxiliaries, subject
from spacegraph.model import MentionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Mention, Quotation

__all__ = ["Sources"]

_RELATIVE = word_set("who which that whom")
#: How far a missing subject is looked for upwards.
_STEPS = 8
#: Prepositions that name the source of a clause: "according to", "per the agency".
_SOURCE_PREPOSITIONS = word_set("per")


class Sources:
    """Finds the sources of reports in one text, as indices of its mentions (-1: not named).

    Args:
        t: The tokens.
        mentions: The mentions, in the order in which others refer to them.
        quotations: The quotations, whose speakers take precedence.
    """

    def __init__(self, t: Tokens, mentions: Sequence[Mention], quotations: Sequence[Quotation]) -> None:
        self._t = t
        self._mentions = mentions
        #: Token to the mention that it heads, else the shortest one that has it.
        self._of_head: dict[int, int] = {}
        for index, mention in enumerate(mentions):
            if mention.kind in (MentionKind.TIME, MentionKind.VALUE):
                continue
            self._of_head.setdefault(mention.head, index)
        self._speaker_of_cue = {q.cue: q.speaker for q in quotations if q.cue >= 0 and q.speaker >= 0}
        self._quoted: dict[int, int] = {}
        self.quotations = quotations
        for number, quotation in enumerate(quotations):
            if quotation.kind != "indirect":
                for i in range(quotation.start, quotation.end):
                    self._quoted[i] = number
        self.cues = frozenset(q.cue for q in quotations if q.cue >= 0)

    def quotation(self, i: int) -> int:
        """The number of the direct or mixed quotation that token ``i`` stands in, or -1."""
        return self._quoted.get(i, -1)

    def speaker(self, number: int) -> int:
        """The speaker of a quotation."""
        return self.quotations[number].speaker

    def mention(self, token: int) -> int:
        """The mention of a token: the one that it heads, else the smallest one around it, else -1."""
        if token < 0:
            return -1
        found = self._of_head.get(token)
        if found is not None:
            return found
        best, size = -1, self._t.size
        for index, mention in enumerate(self._mentions):
            if mention.start > token:
                break
            if mention.end > token and mention.end - mention.start < size:
                best, size = index, mention.end - mention.start
        return best

    def type_of(self, token: int) -> str:
        """The type of the mention that a token heads, or ``""``."""
        index = self._of_head.get(token, -1)
        return self._mentions[index].type if index >= 0 else ""

    def of_verb(self, verb: int) -> int:
        """Who does what the verb says, as a mention: the speaker of a report verb."""
        known = self._speaker_of_cue.get(verb)
        if known is not None:
            return known
        return self._usable(self._agent(verb))

    def of_noun(self, noun: int) -> int:
        """Whose report, claim or threat the noun names, as a mention."""
        t = self._t
        known = self._speaker_of_cue.get(noun)
        if known is not None:
            return known
        for k in t.left[noun]:
            if t.dep[k] == "poss":
                return self._usable(k)
        for k in t.right[noun]:
            if t.dep[k] in ("prep", "agent") and t.lower[k] in ("by", "from", "of"):
                for obj in t.right[k]:
                    if t.dep[obj] == "pobj":
                        return self._usable(obj)
        # "NASA denied claims that ..." leaves the claims without a source; "NASA made the claim that" does not.
        verb = t.head[noun]
        if t.dep[noun] == "dobj" and t.lemma[verb] in (
            "make",
            "issue",
            "repeat",
            "reiterate",
            "have",
            "express",
            "voice",
        ):
            return self.of_verb(verb)
        for k in t.left[noun]:
            if t.dep[k] in ("compound", "nmod", "amod") and self._of_head.get(k) is not None:
                return self._usable(k)
        return -1

    def according_to(self, i: int) -> int | None:
        """The source that an "according to" or "per" beside token ``i`` names; None where there is none."""
        t = self._t
        for k in (*t.left[i], *t.right[i]):
            if t.lower[k] == "according" and t.dep[k] in ("prep", "advmod", "advcl", "pcomp", "dep"):
                for to in t.right[k]:
                    for obj in t.right[to]:
                        if t.dep[obj] == "pobj":
                            # "according to plan" is no source.
                            return (
                                None
                                if t.lemma[obj] in ("plan", "schedule", "law", "rule")
                                else self._usable(obj)
                            )
                return -1
            if t.lower[k] in _SOURCE_PREPOSITIONS and t.dep[k] == "prep":
                for obj in t.right[k]:
                    if t.dep[obj] == "pobj" and self.type_of(obj) in ("PERSON", "ORG", "GPE", "WORK_OF_ART"):
                        return self._usable(obj)
        return None

    def is_first_person(self, mention: int) -> bool:
        """Whether a mention is "I" or "we": in speech that is the speaker."""
        return mention >= 0 and self._t.lower[self._mentions[mention].head] in ("i", "we", "me", "us")

    def _usable(self, token: int) -> int:
        if token < 0 or self._t.lower[token] in ("it", "there", "one"):
            # "It is said that" names nobody; the "it" of an organisation is a mention all the same.
            return self._of_head.get(token, -1) if token >= 0 else -1
        return self.mention(token)

    def _agent(self, verb: int) -> int:
        t = self._t
        node = verb
        for _ in range(_STEPS):
            passive = any(t.dep[k] == "auxpass" for k in auxiliaries(t, node))
            if passive:
                for k in t.right[node]:
                    if t.dep[k] == "agent" or (t.dep[k] == "prep" and t.lower[k] == "by"):
                        for obj in t.right[k]:
                            if t.dep[obj] == "pobj":
                                return obj
                return -1
            found = subject(t, node)
            if found >= 0 and t.dep[found] != "expl":
                if t.lower[found] in _RELATIVE and t.dep[node] == "relcl":
                    return t.head[node]
                return found
            parent = t.head[node]
            if parent == node:
                return -1
            if t.dep[node] in ("acl", "relcl"):
                return parent
            if t.dep[node] in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep"):
                node = parent
                continue
            return -1
        return -1
