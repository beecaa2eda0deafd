"""Who speaks, and to whom: the mention behind a reporting verb's subject or object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.speech_words import ADDRESSING_VERBS
from spacegraph.language.english.tags import FINITE_VERBS
from spacegraph.model import MentionKind

if TYPE_CHECKING:
    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Mention

__all__ = ["SpeakerFinder"]

_SUBJECTS = ("nsubj",)
_CLAUSE_LINKS = frozenset(("advcl", "xcomp", "pcomp", "prep", "ccomp", "parataxis", "dep", "agent", "acomp"))
#: "X quoted Y as saying": the object is the one who says.
_QUOTING = frozenset(("quote", "cite", "record", "paraphrase"))
_MUTE_TYPES = frozenset(
    (
        "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "DURATION", "AGE", "LANGUAGE", "LOC",
    )
)  # fmt: skip
_RELATIVE = frozenset(("who", "which", "that", "whom"))
#: Pronouns that no speaker hides behind.
_MUTE_PRONOUNS = frozenset(
    (
        "this", "that", "these", "those", "there", "what", "me", "him", "them", "us", "its", "his", "their", "my",
        "our", "your", "whose", "itself", "myself",
    )
)  # fmt: skip
#: Most steps up the tree from a verb without a subject of its own to one that has it.
_CLIMB = 4
#: Prepositions that mark the person spoken to.
_TO = frozenset(("to",))


class SpeakerFinder:
    """Finds speakers and addressees among the mentions of one ``Doc``.

    Args:
        tokens: Its tokens.
        mentions: Its mentions; results are places in this list, -1 where there is none.
    """

    def __init__(self, tokens: Tokens, mentions: list[Mention]) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self._by_head: dict[int, int] = {}
        self._at: dict[int, int] = {}
        rank = {MentionKind.NAME: 3, MentionKind.NOMINAL: 2, MentionKind.PRONOUN: 2, MentionKind.DEMONYM: 1}
        for number, mention in enumerate(mentions):
            old = self._by_head.get(mention.head)
            if old is None or rank.get(mention.kind, 0) > rank.get(mentions[old].kind, 0):
                self._by_head[mention.head] = number
            if mention.kind in rank:
                for i in range(mention.start, mention.end):
                    old = self._at.get(i)
                    if old is None or (mention.end - mention.start) < (
                        mentions[old].end - mentions[old].start
                    ):
                        self._at[i] = number

    def mention_of(self, token: int) -> int:
        """The mention whose head is a token, or else that holds it as its last word."""
        found = self._by_head.get(token, -1)
        if found < 0:
            held = self._at.get(token, -1)
            if held >= 0 and self.mentions[held].end == token + 1:
                return held
        return found

    def can_speak(self, number: int) -> bool:
        """Whether a mention may be somebody, or a body or text, that says something."""
        if number < 0:
            return False
        mention = self.mentions[number]
        if mention.kind in (MentionKind.TIME, MentionKind.VALUE) or mention.type in _MUTE_TYPES:
            return False
        return (
            mention.kind is not MentionKind.PRONOUN or self.tokens.lower[mention.start] not in _MUTE_PRONOUNS
        )

    def is_person(self, number: int) -> bool:
        """Whether a mention is a person, as far as its words tell."""
        if number < 0:
            return False
        mention = self.mentions[number]
        if mention.kind is MentionKind.PRONOUN:
            return self.tokens.lower[mention.start] in ("he", "she", "i", "we", "they")
        return mention.type == "PERSON"

    def subject_of(self, verb: int) -> int:
        """The mention that is the logical subject of a verb, through control, coordination and relative clauses."""
        tokens = self.tokens
        node = verb
        as_saying = False
        for _ in range(_CLIMB):
            as_saying = as_saying or tokens.lower[node] == "as"
            subject = self._quoted_one(node) if as_saying and tokens.lemma[node] in _QUOTING else -1
            if subject < 0:
                subject = self._own_subject(node)
            if subject >= 0:
                return self._with_name(self.resolve(subject, node), node)
            parent, dep = tokens.head[node], tokens.dep[node]
            if parent == node:
                break
            if dep in ("acl", "relcl") and tokens.pos[parent] in ("NOUN", "PROPN", "PRON"):
                return self.resolve(parent, node) if tokens.tag[node] != "VBN" else -1
            if (
                node == verb
                and dep == "advcl"
                and tokens.tag[verb] == "VBN"
                and tokens.child(verb, "aux") < 0
            ):
                # "Asked whether it had failed, she …": somebody else asks.
                return -1
            if (dep == "conj" and tokens.pos[parent] in ("VERB", "AUX")) or (
                dep in _CLAUSE_LINKS and tokens.tag[verb] in ("VBG", "VB", "VBN")
            ):
                node = parent
            else:
                break
        return self._just_before(verb)

    def resolve(self, token: int, verb: int = -1) -> int:
        """The mention for a noun or pronoun: the antecedent of "who", the name in apposition to a title."""
        tokens = self.tokens
        if tokens.lower[token] in _RELATIVE and verb >= 0 and tokens.dep[verb] in ("relcl", "acl"):
            token = tokens.head[verb]
        number = self.mention_of(token)
        if number < 0 or self.mentions[number].kind is MentionKind.NOMINAL:
            for child in tokens.right[token]:
                named = -1
                if tokens.dep[child] == "appos":
                    named = self.mention_of(child)
                elif tokens.dep[child] == "acl" and tokens.lower[child] in ("named", "called"):
                    named = self._at.get(child + 1, -1)
                fits = named >= 0 and self.mentions[named].kind is MentionKind.NAME and self.can_speak(named)
                if fits and (number < 0 or self._same_kind(number, named)):
                    return named
            if number < 0 and tokens.pos[token] in ("PROPN", "NOUN"):
                # A name that the parser took for the modifier of a title: "spokesman Kovar said".
                number = self._at.get(token, -1)
        return number if self.can_speak(number) else -1

    def first_in(self, start: int, end: int) -> int:
        """The speaker named in ``[start, end)``: the last name of the first noun phrase there."""
        tokens = self.tokens
        best = -1
        i = start
        while i < end:
            if tokens.pos[i] in ("VERB", "AUX") or (
                best >= 0 and (tokens.tag[i] in (",", "IN", ":", "WP", "CC"))
            ):
                break
            number = self._at.get(i, -1)
            if number >= 0 and self.can_speak(number):
                name = self.mentions[number].kind is MentionKind.NAME
                if best < 0 or name or self.mentions[best].kind is not MentionKind.NAME:
                    best = number
                i = max(i + 1, self.mentions[number].end)
                continue
            i += 1
        return best

    def addressee_of(self, verb: int, speaker: int) -> int:
        """The mention of the one to whom a reporting verb's subject speaks."""
        tokens = self.tokens
        if tokens.lemma[verb] in ADDRESSING_VERBS:
            passive = tokens.child(verb, "nsubjpass")
            candidates = [passive] if passive >= 0 else []
            candidates += [c for c in tokens.right[verb] if tokens.dep[c] in ("dobj", "dative", "iobj")]
            if verb + 1 < tokens.size:
                candidates.append(verb + 1)
            for token in candidates:
                number = self.mention_of(token)
                if number < 0:
                    number = self._at.get(token, -1)
                if number >= 0 and number != speaker and self._can_listen(number):
                    return number
        for child in tokens.right[verb]:
            if tokens.lower[child] in _TO and tokens.dep[child] in ("prep", "dative"):
                number = self.mention_of(tokens.child(child, "pobj"))
                if number >= 0 and number != speaker and self._can_listen(number):
                    return number
        return self._interviewer(verb, speaker)

    def _interviewer(self, verb: int, speaker: int) -> int:
        """Who is told, where something is said in an interview with somebody."""
        tokens = self.tokens
        for child in (*tokens.left[verb], *tokens.right[verb]):
            if tokens.lower[child] not in ("in", "during"):
                continue
            event = tokens.child(child, "pobj")
            if event >= 0 and tokens.lemma[event] in ("interview", "conversation", "talk"):
                for link in tokens.right[event]:
                    if tokens.lower[link] == "with":
                        number = self.mention_of(tokens.child(link, "pobj"))
                        if number >= 0 and number != speaker and self._can_listen(number):
                            return number
        return -1

    def _can_listen(self, number: int) -> bool:
        mention = self.mentions[number]
        if mention.kind in (MentionKind.TIME, MentionKind.VALUE) or mention.type in _MUTE_TYPES:
            return False
        if mention.kind is MentionKind.PRONOUN:
            return self.tokens.lower[mention.start] in (
                "me",
                "him",
                "her",
                "them",
                "us",
                "you",
                "they",
                "he",
                "she",
                "i",
                "we",
            )
        return (
            mention.type in ("PERSON", "ORG", "NORP", "GPE", "") and mention.kind is not MentionKind.DEMONYM
        )

    def _quoted_one(self, verb: int) -> int:
        passive = self.tokens.child(verb, "nsubjpass")
        return passive if passive >= 0 else self.tokens.child(verb, "dobj")

    def _with_name(self, number: int, verb: int) -> int:
        """For "the agency's director, Ines Kovar, said" the name, whatever the parser made of it."""
        tokens = self.tokens
        if number < 0 or self.mentions[number].kind is not MentionKind.NOMINAL:
            return number
        if verb < 4 or tokens.text[verb - 1] != ",":
            return number
        named = self._at.get(verb - 2, -1)
        if named < 0:
            return number
        mention = self.mentions[named]
        apart = (
            mention.start > 0
            and tokens.text[mention.start - 1] == ","
            and mention.start > self.mentions[number].head
        )
        return named if apart and mention.kind is MentionKind.NAME and mention.type == "PERSON" else number

    def _just_before(self, verb: int) -> int:
        """The mention that ends where a finite verb without a subject in the parse stands."""
        if verb < 1 or self.tokens.tag[verb] not in FINITE_VERBS:
            return -1
        number = self._at.get(verb - 1, -1)
        if number < 0 or self.mentions[number].end != verb or not self.can_speak(number):
            return -1
        return number

    def _own_subject(self, verb: int) -> int:
        tokens = self.tokens
        for child in (*tokens.left[verb], *tokens.right[verb]):
            if tokens.dep[child] in _SUBJECTS and tokens.lower[child] not in ("there", "what"):
                return child
        if tokens.child(verb, "nsubjpass") >= 0:
            agent = tokens.child(verb, "agent")
            return tokens.child(agent, "pobj") if agent >= 0 else -1
        return -1

    def _same_kind(self, nominal: int, name: int) -> bool:
        first, second = self.mentions[nominal], self.mentions[name]
        return not first.type or not second.type or first.type == second.type
