"""The walk down the dependency tree, governors first, that reads every predicate of a text."""

from __future__ import annotations

from spacegraph.language.factuality.clauses import ClauseReadings
from spacegraph.language.factuality.modality import subject
from spacegraph.language.factuality.negation import is_negative_preposition, is_no_longer, own_negation
from spacegraph.language.factuality.readings import ASSERTED, NEGATED, OPEN, Reading, combine
from spacegraph.language.factuality.syntax import CLAUSES, COMPLEMENTS, NOUNS

__all__ = ["FactualityReader"]


class FactualityReader(ClauseReadings):
    """Reads how each predicate of a parsed text is put.

    Args:
        t: The tokens.
        mentions: The text's mentions; sources are indices into them.
        quotations: Direct, indirect and mixed speech.
        published: When the text was published; dates after it lie ahead. None where unknown.
    """

    def reading(self, i: int) -> Reading:
        """How the predicate at token ``i`` (verb, adjective or noun) is put."""
        self._descend(i)
        return self._own[i]

    def environment(self, i: int) -> Reading:
        """What governs the clause or noun at token ``i`` makes of it, before its own words are looked at."""
        self._descend(i)
        return self._environment[i]

    def presupposed(self, i: int) -> Reading:
        """How what a phrase says in passing at token ``i`` is put: nothing but quotation marks holds it."""
        return self._base(i)

    def time(self, i: int) -> str:
        """The date (ISO 8601) that scopes over the predicate at token ``i``, or ``""``."""
        return self._dates.time(i)

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
        if dep == "ROOT" and pos not in NOUNS:
            self._read_clause(i)
        elif dep in ("nsubj", "nsubjpass", "dobj") and t.tag[i] in ("VBZ", "VBD", "VBP", "VBN"):
            # "astronauts", taken for a verb
            self._read_noun(i)
        elif (pos in CLAUSES and dep not in ("aux", "auxpass", "prep", "compound", "nmod", "amod")) or (
            dep in ("advcl", "ccomp", "xcomp", "relcl", "acl", "pcomp", "csubj", "parataxis")
            and (subject(t, i) >= 0 or any(t.dep[k] in ("aux", "cop", "mark") for k in t.left[i]))
        ):
            self._read_clause(i)
        elif pos in NOUNS or dep in ("pobj", "dobj", "nsubj", "nsubjpass"):
            self._read_noun(i)
        else:
            self._read_other(i)

    def _read_other(self, i: int) -> None:
        """An adjective, adverb or preposition: as what it hangs on, unless it denies."""
        t = self._t
        if t.head[i] == i or t.lower[i] == "according":
            # By whose account a clause is does not itself stand in that account.
            flow = self._base(i)
        elif t.dep[i] in ("amod", "compound", "nmod") and t.pos[t.head[i]] in NOUNS:
            # What is said in passing is taken for granted.
            flow = self._base(i)
        else:
            flow = self._own[t.head[i]] if t.pos[t.head[i]] not in NOUNS else self._flow[t.head[i]]
            flow = self._enter_quotation(i, flow)
        self._environment[i] = flow
        if t.dep[i] in COMPLEMENTS or t.pos[i] == "ADJ":
            if is_no_longer(t, i):
                flow = flow._replace(status=combine(flow.status, NEGATED), ended=True)
            elif flow.status is ASSERTED and own_negation(t, i) >= 0:
                flow = flow._replace(status=NEGATED)
        if is_negative_preposition(t, i) and flow.status is not OPEN:
            flow = flow._replace(status=NEGATED)
        self._flow[i] = self._own[i] = flow
