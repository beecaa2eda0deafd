"""The arguments that English leaves out: who does what an infinitive, participle, relative or coordinate clause says.

Works on the labels of spaCy's English models (ClearNLP style). Control and raising follow the usual analysis: the
subject of an infinitive is the object of the verb that governs it, else that verb's subject, with the exceptions that
verbs like "promise" make (Jackendoff and Culicover, "The semantic basis of control in English", Language 79, 2003).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.model import MentionKind

if TYPE_CHECKING:
    from spacegraph.language.propositions.phrases import Phrases
    from spacegraph.language.tokens import Tokens

__all__ = ["RELATIVES", "ImplicitArguments"]

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
RELATIVES = frozenset(("who", "whom", "which", "that", "whose"))
#: Their subject, not their object, is who does what the infinitive says: "promised Ann to leave".
_SUBJECT_CONTROL = frozenset(
    ("promise", "threaten", "vow", "pledge", "offer", "use", "take", "need", "spend", "cost", "make", "send")
)
#: Verbs whose recipient does what an infinitive after their object says: "gave Ann a chance to leave".
_GIVING = frozenset(
    ("give", "award", "grant", "allow", "assign", "offer", "issue", "afford", "deny", "hand", "send")
)
#: Nouns for what somebody is given to do: who gives it does not do it.
_TASKS = frozenset(
    (
        "approval",
        "award",
        "chance",
        "contract",
        "grant",
        "licence",
        "license",
        "opportunity",
        "order",
        "permission",
        "permit",
    )
)
#: Verbs of judging what others plan to do: "opposed a plan to leave".
_JUDGING = frozenset(
    (
        "applaud", "approve", "attack", "back", "block", "condemn", "criticise", "criticize", "debate", "decry", "defend", "denounce",
        "discuss", "endorse", "hail", "mock", "oppose", "praise", "question", "reject", "review", "ridicule", "slam", "support", "welcome",
    )
)  # fmt: skip
_AUXILIARY = frozenset(("aux", "auxpass"))
#: A noun picked out by one of these is itself the subject of the infinitive after it: "the first woman to fly".
_PEOPLE_DO = frozenset(("first", "second", "third", "last", "only", "next", "one"))
_FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))


class ImplicitArguments:
    """Subjects, objects and antecedents of the verbs and adjectives of one text, with their voice and tense.

    Args:
        tokens: The text, its parse repaired.
        phrases: Its phrases.
    """

    def __init__(self, tokens: Tokens, phrases: Phrases) -> None:
        self.t = tokens
        self.phrases = phrases
        self._subjects: dict[int, list[int]] = {}
        self._passive: dict[int, bool] = {}

    def subjects(self, v: int) -> list[int]:
        """The surface subjects of a verb, its own or understood; empty where there is none."""
        known = self._subjects.get(v)
        if known is None:
            # Guards against going round in a circle, which a repaired tree could hold.
            self._subjects[v] = []
            known = self._subjects[v] = self._find_subjects(v)
        return known

    def own_subject(self, v: int) -> int:
        """The subject that hangs on a verb itself, or -1."""
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
        own = self.own_subject(v)
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
        if t.tag[v] in ("VBG", "VBN", "VBD", "VBZ", "VBP") and not self.is_infinitive(v):
            return self._whole_list(v, noun)
        # An infinitive: "the first woman to fly", but "her plan to fly", "a plan by the agency to fly".
        possessor = t.child(noun, "poss")
        selected = possessor < 0 and any(t.lower[k] in _PEOPLE_DO or t.tag[k] == "JJS" for k in t.left[noun])
        person = self.phrases.type(noun) in ("PERSON", "ORG", "NORP") or selected
        if person:
            return self._whole_list(v, noun)
        if possessor >= 0:
            return [possessor]
        for k in t.right[noun]:
            if t.dep[k] in ("prep", "agent") and t.lower[k] in ("by", "for") and k < v:
                pobj = t.child(k, "pobj")
                if pobj >= 0:
                    return self.phrases.conjuncts(pobj)
        task = t.lemma[noun] in _TASKS
        for k in t.left[noun] if not task else ():
            if t.dep[k] in ("compound", "amod", "nmod") and self.phrases.kind(k) in (
                MentionKind.NAME,
                MentionKind.DEMONYM,
            ):
                return [k]
        parent = t.head[noun]
        if t.dep[noun] in ("dobj", "attr") and t.pos[parent] in ("VERB", "AUX"):
            return self._recipients(parent) or ([] if t.lemma[parent] in _JUDGING else self.subjects(parent))
        return []

    def _recipients(self, v: int) -> list[int]:
        """To whom a verb gives something to do: "awarded Acme a contract to build it", "gave a contract to Acme"."""
        t = self.t
        if self.is_passive(v) or t.lemma[v] not in _GIVING:
            return []
        for k in t.right[v]:
            if t.dep[k] == "dative" and t.pos[k] != "ADP":
                return self.phrases.conjuncts(k)
            if t.dep[k] in ("dative", "prep") and t.lower[k] == "to":
                pobj = t.child(k, "pobj")
                return self.phrases.conjuncts(pobj) if pobj >= 0 else []
        return []

    def _whole_list(self, v: int, noun: int) -> list[int]:
        """The members of a list that a participle after all of it modifies: "two pilots and a cook living there"."""
        t = self.t
        first = noun
        while t.dep[first] == "conj" and t.pos[t.head[first]] in ("NOUN", "PROPN"):
            first = t.head[first]
        heads = self.phrases.conjuncts(first)
        existential = t.dep[first] in ("attr", "nsubj") and self.is_existential(t.head[first])
        if len(heads) > 1 and noun in heads and max(heads) < v and (existential or noun != max(heads)):
            return heads
        return [noun]

    def is_infinitive(self, v: int) -> bool:
        """Whether a verb is an infinitive."""
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
        if (
            t.dep[a] in ("ccomp", "xcomp", "advcl")
            and (own := t.child(a, "nsubj", "nsubjpass")) >= 0
            and own < a
        ):
            # "whether the firm is committed": the parser has no verb between them.
            return self.resolve(own, a)
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
        if t.lower[head] in RELATIVES and t.tag[head] in ("WP", "WDT", "IN", "DT", "WP$"):
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
        subject = self.own_subject(be)
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
        if any(t.dep[k] == "agent" for k in children) and self.own_subject(v) < 0:
            return True
        dep, parent = t.dep[v], t.head[v]
        if t.tag[v] == "VBN" or dep == "acl":
            if any(t.dep[k] == "dobj" for k in t.right[v]) and dep != "acl":
                return False
            if dep in ("acl", "advcl", "amod", "xcomp", "oprd", "relcl", "pcomp", "ccomp", "ROOT", "acomp"):
                own = self.own_subject(v)
                if own >= 0:
                    # "with the schedule pushed back"
                    return (
                        t.tag[v] == "VBN"
                        and dep in ("pcomp", "advcl", "acl")
                        and t.lemma[parent] in ("with", "without")
                    )
                return True
            if dep == "conj" and t.tag[v] == "VBN" and self.own_subject(v) < 0:
                if t.pos[parent] in ("VERB", "AUX"):
                    return t.lemma[parent] == "be" or self.is_passive(parent)
                return t.pos[parent] == "ADJ" or (t.pos[parent] == "ADP" and t.lemma[t.head[parent]] == "be")
        return False

    def clauses_with(self, k: int) -> list[int]:
        """A subordinate clause's verb and those that share its subordination: "to leave and never return"."""
        t = self.t
        heads = [k]
        for node in heads:
            heads += [
                g
                for g in t.right[node]
                if t.dep[g] == "conj" and t.pos[g] in ("VERB", "AUX") and self.own_subject(g) < 0
            ]
        return heads

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
