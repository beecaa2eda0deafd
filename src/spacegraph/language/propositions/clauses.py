"""Verbal and adjectival predicates with their arguments, from a dependency parse.

Works on the labels of spaCy's English models (ClearNLP style). The logical roles are given: the agent of a
passive is its ``subj`` and the subject its ``obj``. What a clause leaves out comes from
:mod:`~spacegraph.language.propositions.implicit_arguments`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.deed_nouns import is_deed
from spacegraph.language.english.words import ROLE_NOUNS
from spacegraph.language.propositions.implicit_arguments import RELATIVES
from spacegraph.language.propositions.phrases import Draft
from spacegraph.model import MentionKind, PropositionKind

if TYPE_CHECKING:
    from spacegraph.language.propositions.implicit_arguments import ImplicitArguments
    from spacegraph.language.propositions.phrases import Phrases
    from spacegraph.language.tokens import Tokens

__all__ = ["ClauseReader"]

_AUXILIARY = frozenset(("aux", "auxpass"))
#: Adverbs that make one preposition with the next: "prior to", "close to".
_JOINED = frozenset(
    (
        "prior",
        "due",
        "thanks",
        "owing",
        "contrary",
        "next",
        "close",
        "adjacent",
        "according",
        "together",
        "along",
    )
)
#: Participles that serve as prepositions.
_PREPOSITIONAL = frozenset(
    (
        "including",
        "following",
        "regarding",
        "concerning",
        "according",
        "depending",
        "pending",
        "barring",
        "excluding",
        "based",
    )
)
#: Places that are told by pointing at them.
_DEICTIC = frozenset(("here", "there"))
#: Adverbs of where to.
_HOMEWARD = frozenset(("home",))
#: Verbs whose object does what an infinitive after them says, though the parser makes it the subject of that alone.
_HELPING = frozenset(("help",))
#: Verbs that give somebody a name or an office.
_NAMING = frozenset(("name", "appoint", "elect", "designate"))


class ClauseReader:
    """Reads the clauses of one text.

    Args:
        tokens: The text, its parse repaired.
        phrases: Its phrases.
        implicit: What its clauses leave out.
    """

    def __init__(self, tokens: Tokens, phrases: Phrases, implicit: ImplicitArguments) -> None:
        self.t = tokens
        self.phrases = phrases
        self.implicit = implicit

    def drafts(self) -> list[Draft]:
        """The propositions of all verbs and predicative adjectives, in the order of the text."""
        t = self.t
        found: list[Draft] = []
        for i, pos in enumerate(t.pos):
            if pos in ("VERB", "AUX"):
                if self.is_predicate(i):
                    found.append(self._verb(i))
                elif t.dep[i] == "amod":
                    found += self._attributive(i)
            elif pos == "ADJ":
                found += self._adjective(i)
        return [draft for draft in found if draft.arguments]

    def is_predicate(self, i: int) -> bool:
        """Whether a token is the main verb of a clause."""
        t = self.t
        if t.pos[i] not in ("VERB", "AUX") or t.tag[i] == "MD":
            return False
        dep = t.dep[i]
        if dep in (
            "aux",
            "auxpass",
            "amod",
            "compound",
            "det",
            "prt",
            "nummod",
            "intj",
            "punct",
            "case",
            "mark",
        ):
            return False
        if t.lower[i] in _PREPOSITIONAL and dep in ("prep", "pobj", "amod", "mark"):
            return False
        return dep != "prep"

    def _verb(self, v: int) -> Draft:
        t = self.t
        particles = [
            k
            for k in t.right[v]
            if (t.dep[k] == "prt" or (t.tag[k] == "RP" and t.dep[k] == "advmod"))
            # "Leave me up here": the place, and no particle.
            and not (k + 1 < t.size and t.lower[k + 1] in _DEICTIC)
        ]
        lemma = " ".join([t.lemma[v], *(t.lower[k] for k in particles)])
        draft = Draft(
            v,
            lemma,
            PropositionKind.VERB,
            passive=self.implicit.is_passive(v),
            tense=self.implicit.tense(v),
        )
        draft.words += particles
        self._add_subject(draft, v)
        self._add_complements(draft, v)
        if t.dep[v] == "conj":
            self._share(draft, v)
        self._share_object(draft, v)
        if t.dep[v] in ("relcl", "acl", "conj", "ccomp", "xcomp"):
            self._fill_gap(draft, v)
        return draft

    def _add_subject(self, draft: Draft, v: int) -> None:
        t = self.t
        subjects = self.implicit.subjects(v)
        if not draft.passive:
            draft.add("subj", subjects)
            return
        second = any(t.dep[k] == "dobj" for k in t.right[v])
        draft.add("iobj" if second and self.implicit.own_subject(v) >= 0 else "obj", subjects)

    def _add_complements(self, draft: Draft, v: int) -> None:
        t, phrases = self.t, self.phrases
        existential = self.implicit.is_existential(v)
        for k in t.left[v] + t.right[v]:
            dep = t.dep[k]
            if dep in _AUXILIARY or dep == "neg":
                draft.words.append(k)
            elif dep in ("dobj", "obj"):
                if t.lower[k] in RELATIVES and k < v:
                    draft.add("obj", self.implicit.resolve(k, v))
                else:
                    self._add_object(draft, v, k)
            elif dep == "dative":
                if t.pos[k] == "ADP":
                    draft.arguments += [p for p in phrases.complements(k) if p not in draft.arguments]
                else:
                    draft.add("iobj", phrases.conjuncts(k))
            elif dep == "attr":
                if not existential:
                    draft.add("attr", self.implicit.resolve(k, v) if k < v else phrases.conjuncts(k))
                    self._borrow(draft, k)
                else:
                    self._borrow(draft, k)
            elif dep in ("acomp", "oprd"):
                if dep == "acomp" or not self._is_office(v, k):
                    draft.add("attr", [k])
            elif dep == "agent":
                for role, head in phrases.complements(k):
                    acts = role == "pp:by" and self._may_act(head) and t.dep[head] != "pcomp"
                    draft.add("subj" if acts else role, [head])
            elif dep == "prep":
                self._add_preposition(draft, v, k)
            elif dep in ("ccomp", "xcomp"):
                draft.add("comp", self.implicit.clauses_with(k))
                if t.lemma[v] in _HELPING and k > v:
                    self._add_helped(draft, k)
            elif dep in ("npadvmod", "advmod"):
                self._add_adverbial(draft, k)

    def _add_helped(self, draft: Draft, clause: int) -> None:
        """For "helps the pilots (to) land": who is helped is the subject of what they do."""
        t = self.t
        subject = self.implicit.own_subject(clause)
        marked = any(t.dep[k] == "mark" for k in t.left[clause])
        if subject >= 0 and subject < clause and not marked and self.implicit.is_infinitive(clause):
            draft.add("obj", self.phrases.conjuncts(subject))

    def _is_office(self, v: int, k: int) -> bool:
        """Whether somebody is named to an office, as the office's own proposition says, and not called by a name."""
        t = self.t
        return t.lemma[v] in _NAMING and t.lemma[k] in ROLE_NOUNS and self.phrases.cover[k] < 0

    def _may_act(self, head: int) -> bool:
        return self.phrases.kind(head) not in (MentionKind.TIME, MentionKind.VALUE)

    def _add_object(self, draft: Draft, v: int, k: int) -> None:
        kind = self.phrases.kind(k)
        if kind is MentionKind.TIME:
            draft.add("duration" if self.phrases.type(k) == "DURATION" else "time", [k])
            if self.t.lemma[v] not in (
                "spend",
                "take",
                "last",
                "mark",
                "await",
                "celebrate",
                "need",
                "miss",
                "choose",
                "set",
            ):
                return
        draft.add("obj", self.phrases.conjuncts(k))
        self._borrow(draft, k)
        if self.phrases.type(k) in ("PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT"):
            # "enabled pilots to fly": what a person is to do completes the verb, wherever the parser hung it.
            for g in self.t.right[k]:
                if self.t.dep[g] == "acl" and self.t.tag[g] == "VB":
                    draft.add("comp", self.implicit.clauses_with(g))

    def _borrow(self, draft: Draft, noun: int) -> None:
        """Take over the adjuncts that the parser may have hung on the object instead of the verb.

        "launched the probe from Florida on Monday": place and time belong to the launch as well, whichever
        the parser chose; "of" does only after a share.
        """
        t, phrases = self.t, self.phrases
        # "Owns 14% of Acme": of a share, what it is a share of is what the verb is about.
        excluded = ("including",) if phrases.type(noun) == "PERCENT" else ("of", "including")
        for k in t.right[noun]:
            if t.dep[k] == "prep" and t.lower[k] not in excluded:
                for role, head in phrases.complements(k):
                    if t.dep[head] != "pcomp":
                        draft.add(role, [head])
            elif t.dep[k] == "npadvmod" or t.lower[k] in _HOMEWARD:
                self._add_adverbial(draft, k)

    def _add_preposition(self, draft: Draft, v: int, k: int) -> None:
        t, phrases = self.t, self.phrases
        pairs = phrases.complements(k)
        if not pairs or t.lower[k] == "including":
            return
        for role, head in pairs:
            if (
                role == "pp:by"
                and draft.passive
                and not draft.has("subj")
                and self._may_act(head)
                and t.dep[head] == "pobj"
            ):
                role = "subj"
            if t.lower[head] in RELATIVES:
                for antecedent in self.implicit.resolve(head, v):
                    draft.add(role, [antecedent])
                continue
            draft.add(role, [head])
            if t.dep[head] == "pobj":
                for g in t.right[head]:
                    if t.dep[g] == "prep" and t.lower[g] == "by" and draft.passive and not is_deed(t, head):
                        # "was named to the board by the minister": the agent hangs on the noun before it.
                        draft.add(
                            "subj",
                            [
                                h
                                for r, h in phrases.complements(g)
                                if r == "pp:by" and t.dep[h] == "pobj" and self._may_act(h)
                            ],
                        )
                    if t.dep[g] == "prep" and t.lower[g] in ("on", "in", "at", "during"):
                        for inner, node in phrases.complements(g):
                            if inner in ("time", "duration"):
                                draft.add(inner, [node])

    def _add_adverbial(self, draft: Draft, k: int) -> None:
        t, phrases = self.t, self.phrases
        index = phrases.mention(k)
        if index >= 0 and phrases.mentions[index].kind is MentionKind.TIME:
            draft.add("duration" if phrases.mentions[index].type == "DURATION" else "time", [k])
        elif t.dep[k] == "advmod" and t.tag[k] == "RB" and t.lower[k].endswith("ly"):
            draft.add("manner", [k])
        elif t.lower[k] in _HOMEWARD and t.pos[k] == "ADV":
            draft.add("pp:to", [k])
        elif t.dep[k] == "advmod":
            for g in t.right[k]:
                if t.dep[g] == "prep" and t.lower[g] == "than":
                    self._add_bound(draft, k, g)
                elif t.dep[g] == "prep":
                    for role, head in phrases.complements(g):
                        joined = t.lower[k] in _JOINED and role.startswith("pp:")
                        draft.add(f"pp:{t.lower[k]} {t.lower[g]}" if joined else role, [head])

    def _add_bound(self, draft: Draft, adverb: int, than: int) -> None:
        """For "no earlier than May 3": the earliest date is when it is to happen, as far as the text tells."""
        t, phrases = self.t, self.phrases
        if t.lower[adverb] not in ("earlier", "sooner") or not any(
            t.lower[k] == "no" for k in t.left[adverb]
        ):
            return
        for k in t.right[than]:
            if t.dep[k] in ("pobj", "npadvmod") and phrases.kind(k) is MentionKind.TIME:
                draft.add("time", [k])

    def _share(self, draft: Draft, v: int) -> None:
        """Give a coordinate verb the object and the adjuncts that the parser left on its neighbour."""
        t = self.t
        first = t.head[v]
        if t.pos[first] not in ("VERB", "AUX") or self.implicit.own_subject(v) >= 0:
            return
        # Time and place in front of the first verb hold for all of them.
        for k in t.left[first]:
            if t.dep[k] in ("npadvmod", "prep") and k < first:
                if t.dep[k] == "prep":
                    for role, head in self.phrases.complements(k):
                        if role == "time" and not draft.has("time"):
                            draft.add(role, [head])
                elif not draft.has("time"):
                    self._add_adverbial(draft, k)

    def _share_object(self, draft: Draft, v: int) -> None:
        """For "built and launched the rocket": what follows the last of several bare verbs belongs to all."""
        t = self.t
        if draft.passive and draft.has("subj"):
            return
        last, steps = v, 0
        while steps < 6:
            if any(t.dep[k] not in ("cc", "conj", "punct", "advmod") for k in t.right[last]):
                break
            follower = next((k for k in t.right[last] if t.dep[k] == "conj" and t.pos[k] == "VERB"), -1)
            if (
                follower < 0
                or t.tag[follower] != t.tag[v]
                or follower - last > 4
                or self.implicit.own_subject(follower) >= 0
            ):
                return
            last = follower
            steps += 1
        if last == v or any(t.dep[k] == "prt" for k in t.right[last]):
            return
        if steps == 1 and any(t.text[i] in (",", ";") for i in range(v, last)):
            return
        for k in t.right[last]:
            if t.dep[k] == "dobj" and not draft.passive:
                draft.add("obj", self.phrases.conjuncts(k))
            elif t.dep[k] in ("prep", "agent"):
                self._add_preposition(draft, v, k)

    def _fill_gap(self, draft: Draft, v: int) -> None:
        """Fill the gap of a relative clause without a pronoun, or with one that is no argument of a verb's own."""
        t = self.t
        if t.dep[v] == "acl":
            return
        noun = self.implicit.antecedent(v)
        if noun < 0:
            return
        relatives = [
            k
            for k in t.left[v]
            if t.lower[k] in RELATIVES and t.dep[k] in ("dobj", "nsubj", "nsubjpass", "attr", "dative")
        ]
        if relatives or (draft.has("subj") and ("subj", noun) in draft.arguments):
            return
        if ("obj", noun) in draft.arguments:
            return
        for k in t.right[v] + t.left[v]:
            if t.dep[k] == "prep" and not self.phrases.complements(k):
                draft.add(self.phrases.role(t.lower[k], noun), [noun])
                return
        if any(t.tag[k] == "WRB" for k in t.left[v]):
            word = next(t.lower[k] for k in t.left[v] if t.tag[k] == "WRB")
            timely = self.phrases.kind(noun) is MentionKind.TIME
            if word == "where" and not timely:
                draft.add("pp:in", [noun])
            elif word == "when" and timely:
                draft.add("time", [noun])
            return
        pied = [k for k in t.left[v] if t.dep[k] == "prep"]
        if pied or draft.passive or t.dep[v] != "relcl" or self.implicit.is_infinitive(v):
            return
        if self.phrases.kind(noun) is MentionKind.TIME or t.lemma[noun] in (
            "way",
            "reason",
            "time",
            "moment",
        ):
            return
        if (
            self.implicit.own_subject(v) >= 0
            and not draft.has("obj")
            and not draft.has("attr")
            and not draft.has("comp")
        ):
            draft.add("obj", [noun])

    def _attributive(self, i: int) -> list[Draft]:
        """A participle before its noun that has a name of its own before it: "an Acme-built capsule"."""
        t = self.t
        noun = t.head[i]
        if t.tag[i] != "VBN" or noun < i:
            return []
        maker = t.child(i, "npadvmod", "nmod", "compound", "amod", "nsubj")
        if maker < 0 or maker > i or self.phrases.kind(maker) not in (MentionKind.NAME, MentionKind.DEMONYM):
            return []
        draft = Draft(i, t.lemma[i], PropositionKind.VERB, passive=True, tense="past")
        draft.add("obj", [noun])
        draft.add("pp:in" if t.lemma[i] in ("base", "headquarter") else "subj", [maker])
        return [draft]

    def _adjective(self, a: int) -> list[Draft]:
        """An adjective with complements, or said of a subject: "fluent in French", "capable of flight"."""
        t, phrases = self.t, self.phrases
        if t.dep[a] not in (
            "acomp",
            "oprd",
            "attr",
            "conj",
            "amod",
            "acl",
            "relcl",
            "ROOT",
            "ccomp",
            "advcl",
            "appos",
        ):
            return []
        if t.dep[a] == "amod" and (a < t.head[a] or not t.right[a]):
            return []
        subjects = self.implicit.adjective_subjects(a)
        if not subjects:
            return []
        draft = Draft(a, t.lemma[a], PropositionKind.ADJECTIVE)
        draft.add("subj", subjects)
        parent = t.head[a]
        verbs = [a]
        if t.dep[a] in ("acomp", "oprd", "attr") and t.pos[parent] in ("VERB", "AUX"):
            draft.words.append(parent)
            draft.words += [k for k in t.left[parent] + t.right[parent] if t.dep[k] in ("aux", "neg")]
            draft.tense = self.implicit.tense(parent)
            verbs.append(parent)
        for node in verbs:
            for k in t.left[node] + t.right[node]:
                if t.dep[k] == "prep":
                    for role, head in phrases.complements(k):
                        for h in self.implicit.resolve(head, node) if t.lower[head] in RELATIVES else [head]:
                            draft.add(role, [h])
                elif t.dep[k] in ("xcomp", "ccomp", "csubj") and k != a:
                    draft.add("comp", self.implicit.clauses_with(k))
                elif t.dep[k] == "npadvmod" and phrases.kind(k) is not MentionKind.VALUE:
                    self._add_adverbial(draft, k)
                elif t.dep[k] in ("pobj", "npadvmod") and node == a and k > a:
                    # "worth $5 million", "like his father"
                    draft.add("obj", phrases.conjuncts(k))
        return [draft]
