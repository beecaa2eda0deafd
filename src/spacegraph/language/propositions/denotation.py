"""What a noun phrase denotes: itself, or the thing that it is said of or that a name beside it names.

"Ann Lee, head of Acme" says of Ann Lee that she is the head; so do "the head of Acme is Ann Lee", "as head of Acme, Ann
Lee signed it" and "she served as head of Acme". "A probe called Vela" is Vela.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.tags import NOUN_TAGS
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.english.words import NOUN_TYPES
from spacegraph.language.factuality.syntax import identifying_names, is_fronted
from spacegraph.model import MentionKind

if TYPE_CHECKING:
    from spacegraph.language.propositions.implicit_arguments import ImplicitArguments
    from spacegraph.language.propositions.phrases import Phrases
    from spacegraph.language.tokens import Tokens

__all__ = ["Denotations"]

_LINKING = frozenset(("be", "become", "remain", "stay"))
#: Participles between a noun and the name of what it denotes: "a probe called Vela".
_CALLED = frozenset(("called", "named", "dubbed", "nicknamed", "christened", "titled", "entitled"))
_AS = word_set("""
    serve work act resign retire appoint name elect select choose continue return hire install describe introduce
    join fly train confirm swear
""")
#: Verbs whose subject comes into a position that was the object's.
_FOLLOWING = word_set("replace succeed follow")
#: Verbs whose object is where the subject takes up a position: "joined Acme as director".
_ENTERING = word_set("join enter")
_POSITIONS = word_set("position role job post career work stint tenure time term capacity")
#: Nouns through which "as" hangs on such a position: "in a number of roles, including as director".
_BETWEEN = word_set("including of in number series variety as")
#: Verbs for taking up or holding a position.
_TAKING = word_set(
    "accept take hold assume get have leave resign begin start spend win secure earn keep fill offer land"
)


class Denotations:
    """What the noun phrases of one text denote.

    Args:
        tokens: The text, its parse repaired.
        phrases: Its phrases.
        implicit: What its clauses leave out, for the subjects of copulas.
    """

    def __init__(self, tokens: Tokens, phrases: Phrases, implicit: ImplicitArguments) -> None:
        self.t = tokens
        self.phrases = phrases
        self.implicit = implicit

    def of(self, i: int) -> list[int]:
        """The heads of what the noun phrase with head ``i`` denotes; ``[i]`` where that is nothing but itself."""
        t, phrases = self.t, self.phrases
        if phrases.cover[i] >= 0 or phrases.kind(i) is MentionKind.NAME:
            return [i]
        for k in t.right[i]:
            if t.dep[k] == "appos" and phrases.kind(k) is MentionKind.NAME and not self.is_bracketed(k):
                return [k]
        named = self._called(i) or self._identified(i)
        if named:
            return named
        dep, parent = t.dep[i], t.head[i]
        if dep == "appos" and t.tag[parent] in NOUN_TAGS | {"PRP"} and not self.is_bracketed(i):
            return [parent]
        if dep == "conj":
            first = self._first_conjunct(i)
            if t.dep[first] in ("appos", "attr", "oprd", "pobj") and first != i:
                shared = self.of(first)
                return shared if first not in shared else [i]
        if dep == "attr" and t.lemma[parent] in _LINKING and not self.implicit.is_existential(parent):
            subjects = [s for s in self.implicit.subjects(parent) if s != i]
            if subjects and i > parent:
                return subjects
        if dep == "oprd":
            objects = self.implicit.objects(parent)
            if objects:
                return objects
            if self.implicit.is_passive(parent):
                return self.implicit.subjects(parent) or [i]
        if dep == "pobj" and t.lower[parent] == "as":
            return self._capacity(parent, i) or [i]
        return [i]

    def is_bracketed(self, i: int) -> bool:
        """Whether a name or noun stands in brackets."""
        t, index = self.t, self.phrases.cover[i]
        start = self.phrases.mentions[index].start if index >= 0 else i
        return start > 0 and t.text[start - 1] in ("(", "-LRB-", "[")

    def _called(self, i: int) -> list[int]:
        """The name in "a probe called Vela"."""
        t = self.t
        for k in t.right[i]:
            if t.dep[k] == "acl" and t.lower[k] in _CALLED:
                return [
                    g
                    for g in t.right[k]
                    if t.dep[g] in ("oprd", "attr", "dobj") and self.phrases.kind(g) is MentionKind.NAME
                ]
        return []

    def _identified(self, i: int) -> list[int]:
        """The names in "the winners are Ann Lee and Bo Sim"."""
        names = [k for k in identifying_names(self.t, i) if self.phrases.kind(k) is MentionKind.NAME]
        if len(names) != 1:
            return []
        plural = self.t.tag[i] in ("NNS", "NNPS")
        listed = [h for h in self.phrases.conjuncts(names[0]) if self.phrases.kind(h) is MentionKind.NAME]
        return listed if plural or len(listed) == 1 else []

    def _capacity(self, preposition: int, i: int) -> list[int]:
        """Who is what comes after "as": "served as director", "accepted a position as director"."""
        t, implicit = self.t, self.implicit
        node = t.head[preposition]
        if is_fronted(t, preposition):
            subjects = implicit.subjects(node)
            fits = subjects and self._suits(i, subjects[0])
            return subjects if fits else []
        for _ in range(6):
            if t.pos[node] in ("VERB", "AUX"):
                if t.lemma[node] in _FOLLOWING:
                    return self._followers(node)
                if t.lemma[node] in _ENTERING:
                    return implicit.subjects(node)
                if t.lemma[node] in _AS or t.lemma[node] in _TAKING:
                    return (implicit.objects(node) if t.lemma[node] in _AS else []) or implicit.subjects(node)
                return []
            if t.lemma[node] in _POSITIONS and (possessor := t.child(node, "poss")) >= 0:
                return self.phrases.conjuncts(possessor)
            if t.lemma[node] not in _POSITIONS and t.lower[node] not in _BETWEEN:
                return []
            if t.head[node] == node:
                return []
            node = t.head[node]
        return []

    def _followers(self, verb: int) -> list[int]:
        """Who replaced or succeeded somebody: nobody known in "she was replaced as director"."""
        if not self.implicit.is_passive(verb):
            return self.implicit.subjects(verb)
        by = self.t.child(verb, "agent")
        agent = self.t.child(by, "pobj") if by >= 0 else -1
        return self.phrases.conjuncts(agent) if agent >= 0 else []

    def _suits(self, noun: int, subject: int) -> bool:
        """Whether a subject may be what a noun says: a person a pilot, an organisation an agency or a customer."""
        wanted = NOUN_TYPES.get(self.t.lemma[noun]) or self.phrases.type(noun)
        type_ = self.phrases.type(subject)
        if wanted == "PERSON":
            return type_ in ("", "PERSON", "ORG", "GPE", "NORP")
        return bool(wanted) and wanted == type_

    def _first_conjunct(self, i: int) -> int:
        t = self.t
        node = i
        for _ in range(8):
            if t.dep[node] != "conj":
                break
            node = t.head[node]
        return node
