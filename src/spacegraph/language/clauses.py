"""Verbal and adjectival predicates with their arguments, from a dependency parse.

Works on the labels of spaCy's English models (ClearNLP style). The logical roles are given: the agent of a
passive is its ``subj`` and the subject its ``obj``; infinitives, participles, relative and coordinate clauses get
the arguments that English leaves out (controllers, antecedents, shared subjects and objects).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.arguments import Draft
from spacegraph.model import MentionKind, PropositionKind

if TYPE_CHECKING:
    from spacegraph.language.arguments import Phrases
    from spacegraph.language.tokens import Tokens

__all__ = ["ClauseReader"]

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
_RELATIVES = frozenset(("who", "whom", "which", "that", "whose"))
#: Their subject, not their object, is who does what the infinitive says: "promised Ann to leave".
_SUBJECT_CONTROL = frozenset(
    ("promise", "threaten", "vow", "pledge", "offer", "use", "take", "need", "spend", "cost", "make", "send")
)
_AUXILIARY = frozenset(("aux", "auxpass"))
#: Nouns like these have the infinitive's subject as their possessor; others are its subject themselves.
_PEOPLE_DO = frozenset(("first", "second", "third", "last", "only", "next", "one"))
_FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))
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
_COPULAS = frozenset(
    (
        "be",
        "become",
        "remain",
        "stay",
        "seem",
        "appear",
        "feel",
        "look",
        "sound",
        "get",
        "grow",
        "turn",
        "prove",
    )
)


class ClauseReader:
    """Reads the clauses of one text.

    Args:
        tokens: The text, its parse repaired.
        phrases: Its phrases.
    """

    def __init__(self, tokens: Tokens, phrases: Phrases) -> None:
        self.t = tokens
        self.phrases = phrases
        self._subjects: dict[int, list[int]] = {}
        self._passive: dict[int, bool] = {}

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

    # Subjects

    def subjects(self, v: int) -> list[int]:
        """The surface subjects of a verb, its own or understood; empty where there is none."""
        known = self._subjects.get(v)
        if known is None:
            # Guards against going round in a circle, which a repaired tree could hold.
            self._subjects[v] = []
            known = self._subjects[v] = self._find_subjects(v)
        return known

    def _own_subject(self, v: int) -> int:
        t = self.t
        for child in t.left[v]:
            if t.dep[child] in _SUBJECTS:
                return child
        for child in t.right[v]:
            if t.dep[child] in _SUBJECTS:
                return child
        return -1

    def _find_subjects(self, v: int) -> list[int]:
        t = self.t
        own = self._own_subject(v)
        if own >= 0:
            return self.resolve(own, v)
        if self.is_existential(v):
            attribute = t.child(v, "attr", "nsubj", "dobj")
            return self.phrases.conjuncts(attribute) if attribute >= 0 else []
        dep, parent = t.dep[v], t.head[v]
        if parent == v:
            return []
        if dep == "conj":
            if t.pos[parent] in ("VERB", "AUX"):
                return self.subjects(parent)
            if t.pos[parent] == "ADJ":
                return self.adjective_subjects(parent)
            if t.pos[parent] == "ADP" and t.lemma[t.head[parent]] == "be":
                return self.subjects(t.head[parent])
            return []
        if dep in ("xcomp", "ccomp", "advcl", "oprd", "acomp", "attr"):
            return self._controlled(v, parent, dep)
        if dep in ("acl", "relcl"):
            return self._adnominal(v, parent)
        if dep == "pcomp":
            return self._of_preposition(parent)
        return []

    def _of_preposition(self, preposition: int) -> list[int]:
        """Who does the deed after a preposition: "after spending a year", "praised her for leaving"."""
        t = self.t
        node = t.head[preposition]
        steps = 0
        while t.pos[node] == "ADP" and t.head[node] != node and steps < 3:
            node = t.head[node]
            steps += 1
        if t.pos[node] in ("VERB", "AUX"):
            if t.lower[preposition] in ("for", "of", "from", "into") and preposition > node:
                objects = self.objects(node)
                if objects and t.lower[preposition] != "for":
                    return objects
                if objects and self.phrases.type(objects[0]) in ("PERSON", "ORG", "GPE", "NORP"):
                    return objects
            return self.subjects(node)
        if t.pos[node] == "ADJ":
            return self.adjective_subjects(node)
        possessor = t.child(node, "poss")
        if possessor >= 0:
            return [possessor]
        if t.lower[preposition] in ("for", "of") and t.dep[node] in ("attr", "dobj"):
            return self.subjects(t.head[node])
        return []

    def _controlled(self, v: int, governor: int, dep: str) -> list[int]:
        """The controller of an infinitive or participle that completes or modifies a verb or adjective."""
        t = self.t
        if t.pos[governor] == "ADJ":
            return self.adjective_subjects(governor)
        if t.pos[governor] not in ("VERB", "AUX"):
            return []
        if any(
            t.dep[k] == "mark" and t.lower[k] in ("that", "if", "whether", "because", "since", "although")
            for k in t.left[v]
        ):
            return []
        if dep == "ccomp" and t.tag[v] in ("VBD", "VBZ", "VBP", "MD") and t.pos[governor] == "VERB":
            return []
        if dep in ("xcomp", "ccomp", "oprd") and v > governor and t.lower[v] != "using":
            objects = self.objects(governor)
            if objects and min(objects) < v and t.lemma[governor] not in _SUBJECT_CONTROL:
                return objects
        return self.subjects(governor)

    def objects(self, v: int) -> list[int]:
        """The surface objects of a verb that may control an infinitive after it."""
        t = self.t
        if self.is_passive(v):
            return []
        for child in t.right[v]:
            if t.dep[child] in ("dobj", "dative") and t.pos[child] != "ADP":
                return self.phrases.conjuncts(child)
        return []

    def _adnominal(self, v: int, noun: int) -> list[int]:
        """The subject of a clause that hangs on a noun and has none of its own."""
        t = self.t
        if t.pos[noun] in ("VERB", "AUX"):
            return self.subjects(noun)
        if t.pos[noun] == "ADJ":
            return self.adjective_subjects(noun)
        if t.lower[v] == "using" and t.dep[noun] == "dobj":
            return self.subjects(t.head[noun])
        if (
            t.dep[noun] == "pobj"
            and noun not in self.phrases.at_head
            and t.pos[t.head[t.head[noun]]] in ("VERB", "AUX")
        ):
            # "in order to", "in an effort to"
            return self.subjects(t.head[t.head[noun]])
        if t.tag[v] in ("VBG", "VBN", "VBD", "VBZ", "VBP") and not self._is_infinitive(v):
            return self._whole_list(v, noun)
        # An infinitive: "the first woman to fly", but "her plan to fly", "a plan by the agency to fly".
        possessor = t.child(noun, "poss")
        selected = possessor < 0 and any(t.lower[k] in _PEOPLE_DO or t.tag[k] == "JJS" for k in t.left[noun])
        person = self.phrases.type(noun) in ("PERSON", "ORG", "NORP") or selected
        if person:
            return [noun]
        if possessor >= 0:
            return [possessor]
        for k in t.right[noun]:
            if t.dep[k] in ("prep", "agent") and t.lower[k] in ("by", "for") and k < v:
                pobj = t.child(k, "pobj")
                if pobj >= 0:
                    return self.phrases.conjuncts(pobj)
        for k in t.left[noun]:
            if t.dep[k] in ("compound", "amod", "nmod") and self.phrases.kind(k) in (
                MentionKind.NAME,
                MentionKind.DEMONYM,
            ):
                return [k]
        parent = t.head[noun]
        if t.dep[noun] in ("dobj", "attr") and t.pos[parent] in ("VERB", "AUX"):
            return self.subjects(parent)
        return []

    def _whole_list(self, v: int, noun: int) -> list[int]:
        """The members of a list that a participle after all of it modifies: "two pilots and a cook living there"."""
        t = self.t
        first = noun
        while t.dep[first] == "conj" and t.pos[t.head[first]] in ("NOUN", "PROPN"):
            first = t.head[first]
        heads = self.phrases.conjuncts(first)
        existential = t.dep[first] in ("attr", "nsubj") and self.is_existential(t.head[first])
        if len(heads) > 1 and noun in heads and max(heads) < v and (existential or noun != heads[-1]):
            return heads
        return [noun]

    def _is_infinitive(self, v: int) -> bool:
        t = self.t
        return t.tag[v] == "VB" or any(t.tag[k] == "TO" for k in t.left[v])

    def is_existential(self, v: int) -> bool:
        """Whether a verb has "there" as its grammatical subject."""
        t = self.t
        return any(t.dep[k] == "expl" and t.lower[k] == "there" for k in t.left[v] + t.right[v])

    def adjective_subjects(self, a: int) -> list[int]:
        """Of whom a predicative or postponed adjective is said."""
        t = self.t
        parent = t.head[a]
        if parent == a:
            return []
        if t.dep[a] in ("acomp", "oprd", "attr", "ccomp", "xcomp", "advcl", "prt") and t.pos[parent] in (
            "VERB",
            "AUX",
        ):
            if t.dep[a] in ("oprd", "ccomp"):
                objects = self.objects(parent)
                if objects:
                    return objects
            return self.subjects(parent)
        if t.dep[a] == "conj" and t.pos[parent] in ("ADJ", "VERB"):
            return self.adjective_subjects(parent) if t.pos[parent] == "ADJ" else self.subjects(parent)
        if t.dep[a] in ("amod", "acl", "relcl", "appos") and parent < a:
            own = t.child(a, "nsubj")
            if own >= 0:
                return self.resolve(own, a)
            return [parent]
        if t.dep[a] == "ROOT":
            own = t.child(a, "nsubj")
            return self.resolve(own, a) if own >= 0 else []
        return []

    def resolve(self, head: int, v: int) -> list[int]:
        """An argument's heads, with a relative pronoun replaced by its antecedent."""
        t = self.t
        if t.lower[head] in _RELATIVES and t.tag[head] in ("WP", "WDT", "IN", "DT", "WP$"):
            antecedent = self.antecedent(v, who=t.lower[head] in ("who", "whom"))
            if antecedent >= 0:
                return [antecedent]
            return self._cleft(v) or [head]
        return self.phrases.conjuncts(head)

    def _cleft(self, v: int) -> list[int]:
        """What stands before the clause of a cleft sentence: "it is Ann who sings"."""
        t = self.t
        be = t.head[v]
        if t.lemma[be] != "be" or t.dep[v] not in ("ccomp", "advcl", "relcl", "acl", "csubj") or v < be:
            return []
        attribute = t.child(be, "attr")
        subject = self._own_subject(be)
        if attribute < 0 or subject < 0 or t.lower[subject] not in ("it", "that", "this"):
            return []
        return self.phrases.conjuncts(attribute)

    def antecedent(self, v: int, *, who: bool = False) -> int:
        """The noun that the relative clause of verb ``v`` modifies, or -1."""
        t = self.t
        node = v
        steps = 0
        while (
            t.dep[node]
            in ("conj", "xcomp", "ccomp", "pcomp", "prep", "acomp", "advcl", "dobj", "attr", "pobj")
            and steps < 6
        ):
            if t.head[node] == node:
                return -1
            node = t.head[node]
            steps += 1
            if t.dep[node] == "relcl":
                break
        if t.dep[node] != "relcl" and not (t.dep[node] == "acl" and v == node):
            return -1
        noun = t.head[node]
        if t.pos[noun] in ("VERB", "AUX", "ADJ", "ADV"):
            return -1
        if who:
            return self._person_above(noun)
        return noun

    def _person_above(self, noun: int) -> int:
        """“who" means a person: "the head of the agency, who …" is about the head."""
        t = self.t
        node = noun
        for _ in range(4):
            type_ = self.phrases.type(node)
            if type_ in ("PERSON", "NORP"):
                return node
            parent = t.head[node]
            if t.dep[node] == "pobj":
                parent = t.head[parent]
            if t.pos[parent] not in ("NOUN", "PROPN", "PRON") or parent == node or parent > node:
                break
            node = parent
        return noun

    def is_passive(self, v: int) -> bool:
        """Whether a verb is passive, reduced forms included."""
        known = self._passive.get(v)
        if known is None:
            known = self._passive[v] = self._find_passive(v)
        return known

    def _find_passive(self, v: int) -> bool:
        t = self.t
        if t.tag[v] not in ("VBN", "VBD", "JJ"):
            return False
        children = t.left[v] + t.right[v]
        auxiliaries = [k for k in t.left[v] if t.dep[k] in _AUXILIARY]
        if any(t.dep[k] in ("auxpass", "nsubjpass") for k in children):
            return True
        if auxiliaries:
            return False
        if t.dep[v] != "acl" and t.tag[v] != "VBN" and not any(t.dep[k] == "agent" for k in children):
            return False
        if any(t.dep[k] == "agent" for k in children) and self._own_subject(v) < 0:
            return True
        dep, parent = t.dep[v], t.head[v]
        if t.tag[v] == "VBN" or dep == "acl":
            if any(t.dep[k] == "dobj" for k in t.right[v]) and dep != "acl":
                return False
            if dep in ("acl", "advcl", "amod", "xcomp", "oprd", "relcl", "pcomp", "ccomp", "ROOT", "acomp"):
                own = self._own_subject(v)
                if own >= 0:
                    # "with the schedule pushed back"
                    return (
                        t.tag[v] == "VBN"
                        and dep in ("pcomp", "advcl", "acl")
                        and t.lemma[parent] in ("with", "without")
                    )
                return True
            if dep == "conj" and t.tag[v] == "VBN" and self._own_subject(v) < 0:
                if t.pos[parent] in ("VERB", "AUX"):
                    return t.lemma[parent] == "be" or self.is_passive(parent)
                return t.pos[parent] == "ADJ" or (t.pos[parent] == "ADP" and t.lemma[t.head[parent]] == "be")
        return False

    # Propositions

    def _verb(self, v: int) -> Draft:
        t = self.t
        particles = [
            k for k in t.right[v] if t.dep[k] == "prt" or (t.tag[k] == "RP" and t.dep[k] == "advmod")
        ]
        lemma = " ".join([t.lemma[v], *(t.lower[k] for k in particles)])
        draft = Draft(v, lemma, PropositionKind.VERB, passive=self.is_passive(v), tense=self.tense(v))
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
        subjects = self.subjects(v)
        if not draft.passive:
            draft.add("subj", subjects)
            return
        second = any(t.dep[k] == "dobj" for k in t.right[v])
        draft.add("iobj" if second and self._own_subject(v) >= 0 else "obj", subjects)

    def _add_complements(self, draft: Draft, v: int) -> None:
        t, phrases = self.t, self.phrases
        existential = self.is_existential(v)
        for k in t.left[v] + t.right[v]:
            dep = t.dep[k]
            if dep in _AUXILIARY or dep == "neg":
                draft.words.append(k)
            elif dep in ("dobj", "obj"):
                if t.lower[k] in _RELATIVES and k < v:
                    draft.add("obj", self.resolve(k, v))
                else:
                    self._add_object(draft, v, k)
            elif dep == "dative":
                if t.pos[k] == "ADP":
                    draft.arguments += [p for p in phrases.complements(k) if p not in draft.arguments]
                else:
                    draft.add("iobj", phrases.conjuncts(k))
            elif dep == "attr":
                if not existential:
                    draft.add("attr", self.resolve(k, v) if k < v else phrases.conjuncts(k))
                    self._borrow(draft, k)
                else:
                    self._borrow(draft, k)
            elif dep in ("acomp", "oprd"):
                draft.add("attr", [k])
            elif dep == "agent":
                for role, head in phrases.complements(k):
                    draft.add("subj" if role == "pp:by" and self._may_act(head) else role, [head])
            elif dep == "prep":
                self._add_preposition(draft, v, k)
            elif dep in ("ccomp", "xcomp"):
                draft.add("comp", self.clauses_with(k))
            elif dep in ("npadvmod", "advmod"):
                self._add_adverbial(draft, k)

    def clauses_with(self, k: int) -> list[int]:
        """A subordinate clause's verb and those that share its subordination: "to leave and never return"."""
        t = self.t
        heads = [k]
        for node in heads:
            heads += [
                g
                for g in t.right[node]
                if t.dep[g] == "conj" and t.pos[g] in ("VERB", "AUX") and self._own_subject(g) < 0
            ]
        return heads

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
                    draft.add("comp", self.clauses_with(g))

    def _borrow(self, draft: Draft, noun: int) -> None:
        """Take over the adjuncts that the parser may have hung on the object instead of the verb.

        "launched the probe from Florida on Monday": place and time belong to the launch as well, whichever
        the parser chose; "of" never does.
        """
        t, phrases = self.t, self.phrases
        for k in t.right[noun]:
            if t.dep[k] == "prep" and t.lower[k] != "of":
                for role, head in phrases.complements(k):
                    if t.dep[head] != "pcomp":
                        draft.add(role, [head])
            elif t.dep[k] == "npadvmod":
                self._add_adverbial(draft, k)

    def _add_preposition(self, draft: Draft, v: int, k: int) -> None:
        t, phrases = self.t, self.phrases
        pairs = phrases.complements(k)
        if not pairs:
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
            if t.lower[head] in _RELATIVES:
                for antecedent in self.resolve(head, v):
                    draft.add(role, [antecedent])
                continue
            draft.add(role, [head])
            if t.dep[head] == "pobj":
                for g in t.right[head]:
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
        elif t.dep[k] == "advmod":
            for g in t.right[k]:
                if t.dep[g] == "prep":
                    for role, head in phrases.complements(g):
                        draft.add(role, [head])

    def _share(self, draft: Draft, v: int) -> None:
        """Give a coordinate verb the object and the adjuncts that the parser left on its neighbour."""
        t = self.t
        first = t.head[v]
        if t.pos[first] not in ("VERB", "AUX") or self._own_subject(v) >= 0:
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
        """Share an object: in "built and launched the rocket": the object of the last verb is that of all."""
        t = self.t
        if draft.passive or any(t.dep[k] not in ("cc", "conj", "punct", "advmod") for k in t.right[v]):
            return
        for k in t.right[v]:
            if (
                t.dep[k] == "conj"
                and t.pos[k] == "VERB"
                and t.tag[k] == t.tag[v]
                and k - v <= 3
                and self._own_subject(k) < 0
            ):
                if any(t.text[i] in (",", ";") for i in range(v, k)) or any(
                    t.dep[g] == "prt" for g in t.right[k]
                ):
                    continue
                for g in t.right[k]:
                    if t.dep[g] == "dobj" and g == next((h for h in t.right[k] if t.pos[h] != "PUNCT"), -1):
                        draft.add("obj", self.phrases.conjuncts(g))

    def _fill_gap(self, draft: Draft, v: int) -> None:
        """Fill the gap of a relative clause without a pronoun, or with one that is no argument of a verb's own."""
        t = self.t
        if t.dep[v] == "acl":
            return
        noun = self.antecedent(v)
        if noun < 0:
            return
        relatives = [
            k
            for k in t.left[v]
            if t.lower[k] in _RELATIVES and t.dep[k] in ("dobj", "nsubj", "nsubjpass", "attr", "dative")
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
        if pied or draft.passive or t.dep[v] != "relcl" or self._is_infinitive(v):
            return
        if self.phrases.kind(noun) is MentionKind.TIME or t.lemma[noun] in (
            "way",
            "reason",
            "time",
            "moment",
        ):
            return
        if (
            self._own_subject(v) >= 0
            and not draft.has("obj")
            and not draft.has("attr")
            and not draft.has("comp")
        ):
            draft.add("obj", [noun])

    def tense(self, v: int) -> str:
        """The tense of a verb from its form and auxiliaries: "past", "present", "future" or ""."""
        t = self.t
        auxiliaries = [k for k in t.left[v] if t.dep[k] in _AUXILIARY]
        if (
            not auxiliaries
            and t.dep[v] == "conj"
            and t.tag[v] in ("VB", "VBN", "VBG")
            and t.pos[t.head[v]] in ("VERB", "AUX")
        ):
            return self.tense(t.head[v]) if t.head[v] != v else ""
        if any(t.lower[k] in _FUTURE for k in auxiliaries):
            return "future"
        if t.tag[v] == "VBG" and t.lemma[v] == "go" and any(t.dep[k] == "xcomp" for k in t.right[v]):
            return "future"
        if any(t.tag[k] == "TO" for k in auxiliaries):
            return ""
        words = {t.lower[k] for k in auxiliaries}
        if words & {"had", "was", "were", "did"}:
            return "past"
        if words & {"has", "have", "'ve", "’ve"} and t.tag[v] in ("VBN", "VBD", "VBG"):
            return "present" if t.tag[v] == "VBG" else "past"
        if words & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m", "do", "does", "can", "may"}:
            return "present"
        if t.tag[v] == "VBD":
            return "past"
        if t.tag[v] in ("VBZ", "VBP"):
            return "present"
        return "past" if t.tag[v] == "VBN" and self.is_passive(v) else ""

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
        subjects = self.adjective_subjects(a)
        if not subjects:
            return []
        draft = Draft(a, t.lemma[a], PropositionKind.ADJECTIVE)
        draft.add("subj", subjects)
        parent = t.head[a]
        verbs = [a]
        if t.dep[a] in ("acomp", "oprd", "attr") and t.pos[parent] in ("VERB", "AUX"):
            draft.words.append(parent)
            draft.words += [k for k in t.left[parent] + t.right[parent] if t.dep[k] in ("aux", "neg")]
            draft.tense = self.tense(parent)
            verbs.append(parent)
        for node in verbs:
            for k in t.left[node] + t.right[node]:
                if t.dep[k] == "prep":
                    for role, head in phrases.complements(k):
                        for h in self.resolve(head, node) if t.lower[head] in _RELATIVES else [head]:
                            draft.add(role, [h])
                elif t.dep[k] in ("xcomp", "ccomp", "csubj") and k != a:
                    draft.add("comp", self.clauses_with(k))
                elif t.dep[k] == "npadvmod":
                    self._add_adverbial(draft, k)
        return [draft]
