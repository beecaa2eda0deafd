"""From syntactic heads to arguments: which mention a head stands for, what it is coordinated with, how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacegraph.language.english.word_sets import word_set
from spacegraph.language.propositions.people_lists import lists_of_people
from spacegraph.model import Argument, Mention, MentionKind, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.tokens import Tokens

__all__ = ["TIME_PREPOSITIONS", "Draft", "Phrases"]


#: With these a date tells when; with others ("since", "until", "after") it only bounds it.
TIME_PREPOSITIONS = frozenset(
    ("on", "in", "at", "during", "around", "about", "over", "within", "throughout", "for", "early", "late")
)
#: Nouns that join two prepositions to one: "in front of", "as part of", "in conjunction with".
_JOINING = word_set("""
    accordance addition agreement anticipation association behalf case celebration charge collaboration comparison
    compliance conjunction connection contact contrast cooperation coordination danger defense exchange favor favour
    front honor honour lieu light line memory need odds opposition part partnership place preparation proximity pursuit
    recognition reference regard relation respect response retaliation return search spite support tandem terms top view
""")
#: Nouns for a number of things.
_NUMBERS = word_set("batch bunch couple dozen dozens handful hundreds pair string swarm thousands trio")
_SPELLING = {"favour": "favor", "honour": "honor"}
_NOMINAL_TAGS = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "DT", "WDT", "EX", "PRP$", "VBG", "JJ", "FW", "$")
)
_RANK = {
    MentionKind.NAME: 0, MentionKind.TIME: 1, MentionKind.VALUE: 3, MentionKind.PRONOUN: 2,
    MentionKind.DEMONYM: 4, MentionKind.NOMINAL: 2,
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A proposition while it is being put together; ``arguments`` holds (role, head) pairs."""

    head: int
    lemma: str
    kind: PropositionKind
    arguments: list[tuple[str, int]] = field(default_factory=list)
    tense: str = ""
    passive: bool = False
    #: Tokens besides predicate and arguments that belong to it: auxiliaries, negation, particles.
    words: list[int] = field(default_factory=list)

    def add(self, role: str, heads: Sequence[int]) -> None:
        """Add arguments of one role, each head once."""
        for head in heads:
            if (role, head) not in self.arguments:
                self.arguments.append((role, head))

    def has(self, role: str) -> bool:
        """Whether some argument has the role."""
        return any(r == role for r, _ in self.arguments)


class Phrases:
    """The phrases of one text by their heads.

    Args:
        tokens: The text.
        mentions: Its mentions.
    """

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        self.t = tokens
        self.mentions = mentions
        self.at_head: dict[int, int] = {}
        self._mention: dict[int, int] = {}
        #: The name, date or value that covers a token, or -1.
        self.cover = [-1] * tokens.size
        ranks: dict[int, tuple[int, int]] = {}
        for index, m in enumerate(mentions):
            rank = (_RANK[m.kind], m.start - m.end)
            if m.head not in ranks or rank < ranks[m.head]:
                ranks[m.head] = rank
                self.at_head[m.head] = index
            if m.kind in (MentionKind.NAME, MentionKind.TIME, MentionKind.VALUE):
                for i in range(m.start, m.end):
                    if self.cover[i] < 0:
                        self.cover[i] = index
        self._people = lists_of_people(tokens, mentions)

    def mention(self, head: int) -> int:
        """The index of the mention that a head stands for, or -1."""
        found = self._mention.get(head)
        if found is None:
            found = self._mention[head] = self._find_mention(head)
        return found

    def _find_mention(self, head: int) -> int:
        index = self.at_head.get(head, -1)
        if index < 0:
            index = self.cover[head]
        if index >= 0 and self.mentions[index].kind is not MentionKind.NOMINAL:
            return index
        named = self.titled(head)
        return named if named >= 0 else index

    def titled(self, head: int) -> int:
        """The name that follows a title at once: "chief Ann Lee", where the parser has "chief" on top."""
        t = self.t
        follower = self.cover[head + 1] if head + 1 < t.size else -1
        if follower < 0 or t.tag[head] not in ("NN", "NNS", "NNP"):
            return -1
        m = self.mentions[follower]
        if m.kind is MentionKind.NAME and m.type == "PERSON" and m.start == head + 1:
            node = t.span_head(m.start, m.end)
            if t.head[node] == head and t.dep[node] in ("appos", "nmod", "compound", "dep"):
                return follower
        return -1

    def kind(self, head: int) -> MentionKind | None:
        """What sort of mention a head stands for."""
        index = self.mention(head)
        return self.mentions[index].kind if index >= 0 else None

    def type(self, head: int) -> str:
        """The entity type of what a head stands for, or ""."""
        index = self.mention(head)
        return self.mentions[index].type if index >= 0 else ""

    def conjuncts(self, head: int) -> list[int]:
        """A nominal head and those coordinated with it."""
        listed = self._people.get(self.mention(head)) if self._people else None
        return [*listed] if listed is not None else self.coordinated(head)

    def _counted(self, head: int) -> int:
        """What a noun for a number of things is a number of: "a batch of *satellites*"; any other noun itself."""
        t = self.t
        if t.lower[head] not in _NUMBERS or self.kind(head) is MentionKind.NAME:
            return head
        of = next((k for k in t.right[head] if t.lower[k] == "of" and k == head + 1), -1)
        return (
            next((k for k in t.right[of] if t.dep[k] == "pobj" and t.tag[k] in ("NNS", "NNPS")), head)
            if of >= 0
            else head
        )

    def coordinated(self, head: int) -> list[int]:
        """A nominal head and those that the parser coordinates with it."""
        t = self.t
        head = self._counted(head)
        heads = [head]
        if t.tag[head] == "NNS" and (named := self.titled(head)) >= 0:
            # "pilots Ann Lee and Bo Sim": the title stands for the first of them.
            m = self.mentions[named]
            heads += self.coordinated(t.span_head(m.start, m.end))[1:]
        for node in heads:
            for child in t.right[node]:
                if t.dep[child] == "conj" and t.tag[child] in _NOMINAL_TAGS:
                    index = self.cover[child]
                    # "and" inside "the National Aeronautics and Space Administration" joins no two things.
                    if index >= 0 and index == self.cover[head]:
                        continue
                    heads.append(child)
        for node in tuple(heads):
            for child in self.t.right[node]:
                if self.t.dep[child] == "prep" and self._exemplifies(child):
                    heads += [h for h in self._examples(child) if h not in heads]
        return heads

    def _exemplifies(self, preposition: int) -> bool:
        """Whether members of a set are named: "cities including Rome", "firms such as Acme"."""
        t = self.t
        word = t.lower[preposition]
        return word == "including" or (word == "as" and t.lower[preposition - 1] == "such")

    def _examples(self, preposition: int) -> list[int]:
        t = self.t
        heads: list[int] = []
        for child in t.right[preposition]:
            if t.dep[child] == "pobj":
                heads += self.conjuncts(child)
        if not heads:
            return heads
        # Long lists part their members with semicolons, after which the parser often loses its way.
        last = t.sent[preposition]
        i = max(heads) + 1
        while i < t.size and t.sent[i] == last:
            if t.text[i] == ";":
                found = self._name_after(i + 1)
                if found >= 0 and found not in heads:
                    heads.append(found)
            i += 1
        return heads

    def _name_after(self, i: int) -> int:
        """The head of the first name within five tokens that is no possessor, or -1."""
        t = self.t
        for k in range(i, min(i + 5, t.size)):
            index = self.cover[k]
            if (
                index >= 0
                and self.mentions[index].kind is MentionKind.NAME
                and k == self.mentions[index].start
            ):
                m = self.mentions[index]
                if m.end < t.size and t.tag[m.end] == "POS":
                    continue
                return m.head
        return -1

    def complements(self, preposition: int) -> list[tuple[str, int]]:
        """The arguments of a preposition: (role, head) pairs with roles ``pp:on``, ``time``, ``duration``."""
        t = self.t
        word = t.lower[preposition]
        found: list[tuple[str, int]] = []
        if word == "than":
            # What something is compared with takes no part in it.
            return found
        for child in t.left[preposition] + t.right[preposition]:
            dep = t.dep[child]
            if dep in ("pobj", "pcomp"):
                name = word
                if dep == "pobj" and (joined := self._joined(word, child)):
                    found += joined
                    continue
                if (
                    word == "of"
                    and preposition
                    and t.lower[preposition - 1] in _COMPASS
                    and t.head[preposition] == preposition - 1
                ):
                    name = f"{t.lower[preposition - 1]} of"
                if dep == "pcomp" and t.pos[child] == "ADP":
                    found += [
                        (f"pp:{word} {t.lower[child]}" if r.startswith("pp:") else r, h)
                        for r, h in self.complements(child)
                    ]
                    continue
                heads = self.conjuncts(child) if dep == "pobj" else [child]
                found += [(self.role(name, h), h) for h in heads]
            elif dep == "prep":
                # "out of", "up to", "from inside"
                inner_pairs = self.complements(child)
                found += [
                    (f"pp:{word} {t.lower[child]}" if r.startswith("pp:") else r, h) for r, h in inner_pairs
                ]
            elif dep == "conj" and t.pos[child] == "ADP":
                found += self._coordinate_complements(preposition, child)
        return found

    def _coordinate_complements(self, preposition: int, other: int) -> list[tuple[str, int]]:
        """What a coordinated preposition adds: "to and from *the station*" has one complement, "on Monday and in Ames" two."""
        t = self.t
        own = self.complements(other)
        if any(t.dep[k] in ("pobj", "pcomp", "prep") for k in t.right[preposition]):
            return own
        word = t.lower[preposition]
        shared = [(self.role(word, h) if t.dep[h] != "pcomp" else f"pp:{word}", h) for _, h in own]
        return shared + [pair for pair in own if pair not in shared]

    def _joined(self, word: str, noun: int) -> list[tuple[str, int]]:
        """The arguments of a preposition of several words; nothing where ``noun`` stands for itself."""
        t = self.t
        if t.left[noun] or noun != t.head[noun] + 1:
            return []
        lower = t.lower[noun]
        for k in t.right[noun]:
            if k != noun + 1:
                break
            if t.dep[k] == "prep" and (lower in _JOINING or self.mention(noun) < 0):
                name = f"pp:{word} {_SPELLING.get(lower, lower)} {t.lower[k]}"
                return [(name, h) for _, h in self.complements(k)]
        if word == "on" and lower == "board":
            return [
                ("pp:on board", h) for k in t.right[noun] if t.dep[k] == "pobj" for h in self.conjuncts(k)
            ]
        return []

    def role(self, preposition: str, head: int) -> str:
        """The role of a preposition's object: a date or duration has one of its own."""
        index = self.mention(head)
        if index >= 0 and preposition in TIME_PREPOSITIONS:
            m = self.mentions[index]
            if m.kind is MentionKind.TIME:
                if m.type == "DURATION":
                    return "duration"
                if preposition != "for":
                    return "time"
        return f"pp:{preposition}"

    def argument(self, role: str, head: int) -> Argument:
        """The argument that a head makes in a role."""
        if role not in ("comp", "title"):
            index = self.mention(head)
            if index >= 0:
                m = self.mentions[index]
                return Argument(role=role, start=m.start, end=m.end, head=head, mention=index)
        start, end = self.extent(head)
        return Argument(role=role, start=start, end=end, head=head)

    def extent(self, head: int) -> tuple[int, int]:
        """The tokens of a head's subtree, without punctuation around them."""
        t = self.t
        start, end = t.left_edge(head), t.right_edge(head) + 1
        while start < head and t.pos[start] in ("PUNCT", "SPACE"):
            start += 1
        if t.pos[head] in ("NOUN", "PROPN"):
            for child in t.right[head]:
                if t.dep[child] == "conj":
                    # Each member of a list is an argument of its own.
                    end = child
                    break
            while end - 1 > head and self._between(end - 1, head):
                end -= 1
        while end - 1 > head and t.pos[end - 1] in ("PUNCT", "SPACE"):
            end -= 1
        return start, end

    def _between(self, i: int, head: int) -> bool:
        """Whether a token hangs right on ``head`` as a conjunction or modifies what comes after it."""
        t = self.t
        return (t.head[i] == head and t.dep[i] in ("cc", "punct", "conj")) or t.head[i] > i

    def base(self, head: int) -> tuple[int, int]:
        """The tokens of a phrase up to its head, without what follows: "the old station" [in orbit]."""
        t = self.t
        start = head
        for child in t.left[head]:
            if t.pos[child] not in ("PUNCT", "SPACE"):
                start = min(start, t.left_edge(child))
                break
        return start, head + 1


_COMPASS = frozenset(
    (
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "outside",
        "ahead",
        "short",
    )
)
