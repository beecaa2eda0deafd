"""Prepositional phrases and names that belong to a verb or title, though the parser put them elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.model import Argument, MentionKind, Proposition, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from spacegraph.lexicon import Sense
    from spacegraph.model import Mention

__all__ = ["MOVED_PHRASE", "PhraseFinder"]

#: How much surer we are of a prepositional phrase where the parser attached it.
MOVED_PHRASE = 0.9
#: How many words two titles may take before what they are both of.
LONGEST_TITLE = 8


class PhraseFinder:
    """Finds the phrases that an entry of the lexicon asks for around the word that the parser gave them to.

    Args:
        doc: The article as read.
        mentions: Its mentions.
        propositions: Its propositions.
        nouns: The propositions of nouns by their head.
    """

    def __init__(
        self,
        doc: Doc,
        mentions: Sequence[Mention],
        propositions: Sequence[Proposition],
        nouns: Mapping[int, Sequence[Proposition]],
    ) -> None:
        self.doc = doc
        self.mentions = mentions
        self.nouns = nouns
        self.verbs_over: dict[int, list[Proposition]] = {}
        for proposition in propositions:
            if proposition.kind is PropositionKind.NOUN:
                continue
            for argument in proposition.arguments:
                if argument.role in ("obj", "attr", "pp:in", "pp:during", "pp:at"):
                    self.verbs_over.setdefault(argument.head, []).append(proposition)
        #: The propositions of nouns that denote a mention, in the order of the text.
        self.denoting: dict[int, list[Proposition]] = {}
        for proposition in propositions:
            if proposition.kind is PropositionKind.NOUN:
                for index in _denoted(proposition):
                    self.denoting.setdefault(index, []).append(proposition)

    def around(
        self, sense: Sense, proposition: Proposition, roles: dict[str, list[Argument]]
    ) -> tuple[dict[str, list[Argument]], float]:
        """The roles together with prepositional phrases that an entry asks for and that the parser put elsewhere.

        Where such a phrase belongs is what parsers get wrong most. An entry that names the preposition is the better
        judge of "holds a degree in physics *from Lund University*": verbs look among the phrases of their objects,
        nouns among those of the verb over them.
        """
        if not sense.forms and not sense.predicate_class:
            return roles, 1.0
        for wanted in (sense.subject_roles, sense.object_roles):
            if any(role in roles or role in ("predicate", "state") for role in wanted):
                continue
            for role in wanted:
                if found := self._around(proposition, role):
                    return {**roles, role: found}, MOVED_PHRASE
        return roles, 1.0

    def _around(self, proposition: Proposition, role: str) -> list[Argument]:
        if role == "pp:of" and proposition.kind is PropositionKind.NOUN:
            return self._shared_complement(proposition, role)
        if role == "compound":
            return self._name_before_title(proposition)
        if role == "obj:compound":
            return self._name_before_object(proposition)
        if not role.startswith("pp:") and role != "subj":
            return []
        if proposition.kind is PropositionKind.NOUN:
            over = [
                argument
                for verb in self.verbs_over.get(proposition.head, ())
                for argument in verb.arguments
                if argument.role == role
            ]
            if over:
                return over
        if not role.startswith("pp:"):
            return []
        heads = [
            a.head for a in proposition.arguments if a.role in ("obj", "attr") or a.role.startswith("pp:")
        ]
        for _ in range(2):
            below: list[int] = []
            for head in heads:
                for noun in self.nouns.get(head, ()):
                    found = [a for a in noun.arguments if a.role == role]
                    if found:
                        return found
                    below.extend(a.head for a in noun.arguments if a.role.startswith("pp:"))
            heads = below
        return []

    def _name_before_object(self, proposition: Proposition) -> list[Argument]:
        """The name that stands before a verb's object or owns it: "won a *NASA* contract", "won *NASA*'s contract"."""
        objects = {a.head for a in proposition.arguments if a.role == "obj"}
        return [
            argument
            for head in sorted(objects)
            for noun in self.nouns.get(head, ())
            for argument in noun.arguments
            if argument.role in ("compound", "poss", "adj")
        ]

    def _name_before_title(self, proposition: Proposition) -> list[Argument]:
        """The name directly before a title, which parsers hang on the person: "*NASA* astronaut Ann Lee"."""
        starts = {a.start for a in proposition.arguments if a.role == "title"}
        return [
            Argument(role="compound", start=m.start, end=m.end, head=m.head, mention=index)
            for index, m in enumerate(self.mentions)
            if m.end in starts and m.kind is MentionKind.NAME
        ]

    def _shared_complement(self, proposition: Proposition, role: str) -> list[Argument]:
        """What a title is of where that stands after another title or the name.

        "Chief executive and founder *of Vela Space*", "President Ann Lee *of France*".
        """
        if proposition.kind is not PropositionKind.NOUN:
            return []
        denoted = _denoted(proposition)
        for other in self.denoting.get(min(denoted), ()) if denoted else ():
            # "pilots Ann Lee of Acme and Bo Sim": what one of several is of says nothing of the others.
            if other is proposition or not denoted <= _denoted(other):
                continue
            found = [a for a in other.arguments if a.role == role and a.start > proposition.head]
            first = min(proposition.head, other.head)
            between = range(first + 1, found[0].start) if found else range(0)
            after_name = any(
                a.role == "ref" and proposition.head < a.start <= other.head < a.end for a in other.arguments
            )
            joined = after_name or any(self.doc[i].lower_ == "and" for i in between)
            if found and joined and len(between) <= LONGEST_TITLE:
                return found
        return []


def _denoted(proposition: Proposition) -> set[int]:
    """The mentions that a noun denotes."""
    return {a.mention for a in proposition.arguments if a.role == "ref"}
