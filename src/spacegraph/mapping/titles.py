"""The words of people's titles, and the offices and occupations that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.iris import mint_entity_iri
from spacegraph.mapping.entities import phrase_text
from spacegraph.mapping.matching import by_role
from spacegraph.model import Argument, Entity, MentionKind, Proposition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacegraph.mapping.entities import Referents

__all__ = ["Titles"]

#: Longest title with what it is of, in tokens.
LONGEST = 60
#: Words with which a past title begins.
_PAST = ("former ", "ex-", "then-", "late ", "past ", "previous ")
_FORMER = frozenset(("former", "ex", "then", "late", "past", "previous", "retired", "formerly"))
#: Words before a title that are no part of it.
_PASSING = frozenset(
    ("new", "current", "incumbent", "different", "other", "another", "fellow", "own", "same", "outgoing",
     "incoming", "longtime", "long-time", "then", "former", "ex", "late", "newly", "first-time", "retired")
)  # fmt: skip
#: Prepositions of what a title is of, for or to.
_COMPLEMENTS = ("of", "for", "to", "in")


class Titles:
    """Reads the titles of one article.

    Args:
        referents: What the article's mentions stand for.
        nouns: The propositions of nouns by their head.
    """

    def __init__(self, referents: Referents, nouns: Mapping[int, Sequence[Proposition]]) -> None:
        self.referents = referents
        self.doc = referents.doc
        self.ontology = referents.ontology
        self.nouns = nouns
        self._roles: dict[tuple[int, str], Entity | None] = {}
        self._names_by_end = {m.end: m for m in referents.mentions if m.kind is MentionKind.NAME}
        self._people_by_end = {
            m.end for m in referents.mentions if m.kind is MentionKind.NAME and m.type == "PERSON"
        }

    def words(self, title: Argument, noun: Proposition) -> str:
        """The words of a title as the text has it, with what it is of: "Vela deputy chief for Training".

        An owner before it does not belong to it ("the agency's chief"), a name directly before it does. Past titles
        begin with "former"; one of several people's is in the singular.
        """
        start = self.start(title.start)
        head = self.doc[noun.head]
        if head.tag_ in ("NNS", "NNPS") and title.start <= noun.head < title.end:
            # "officers Ann Lee and Bob Ray": each is an officer.
            before = phrase_text(self.doc, start, noun.head)
            words = f"{before} {noun.lemma.lower()}".strip()
        else:
            words = phrase_text(self.doc, start, self.with_complement(title.start, title.end, noun.head))
        owner = self._before_parenthesis(start) if words else ""
        if owner and (role := self.role(noun)) is not None and self.ontology.is_a(role.type, "Office"):
            words = f"{owner} {words}"
        past = noun.ended and words and not words.lower().startswith(_PAST) and self._called_former(start)
        return f"former {words}" if past else words

    def _before_parenthesis(self, start: int) -> str:
        """The name before a short form in parentheses: "Vela Agency (VA) President"."""
        if start == 0 or self.doc[start - 1].text != ")":
            return ""
        opening = next((i for i in range(start - 2, max(-1, start - 12), -1) if self.doc[i].text == "("), -1)
        name = self._names_by_end.get(opening)
        return (
            phrase_text(self.doc, name.start, name.end) if name is not None and name.type != "PERSON" else ""
        )

    def _called_former(self, start: int) -> bool:
        """Whether the text itself calls a title past, rather than to say until when somebody held it."""
        return any(
            t.lower_ in _FORMER for t in self.doc[max(start - 4, self.doc[start].sent.start) : start + 1]
        )

    def start(self, start: int) -> int:
        """Where a title begins with the names and nouns directly before it."""
        sentence = self.doc[start].sent.start if start < len(self.doc) else 0
        while start > sentence:
            before = self.doc[start - 1]
            if start in self._people_by_end or before.lower_ in _PASSING:
                break
            name = self._names_by_end.get(start)
            if name is not None:
                start = name.start
                continue
            hyphen = before.text == "-" and not before.whitespace_
            capital = before.text[:1].isupper() and before.pos_ in ("PROPN", "ADJ", "NOUN", "VERB")
            if hyphen and start > sentence + 1:
                start -= 2
            elif (capital and before.tag_ not in ("VBD", "VBZ", "VBP")) or (
                before.tag_ in ("NN", "JJ") and before.dep_ == "compound"
            ):
                start -= 1
            else:
                break
        while start < len(self.doc) and self.doc[start].lower_ in _PASSING:
            start += 1
        return start

    def _with_noun(self, argument: Argument) -> int:
        """Where a name ends together with the noun right after it: "commander of the *Kestrel mission*"."""
        noun = argument.head
        plain = argument.end <= noun < argument.end + 2 and self.doc[noun].tag_ in ("NN", "NNS")
        return noun + 1 if plain else argument.end

    def with_complement(
        self, start: int, end: int, head: int, *, words: tuple[str, ...] = _COMPLEMENTS
    ) -> int:
        """The end of a phrase together with the phrases that follow it at once and say what it is of or for."""
        while end < len(self.doc) and end - start < LONGEST and self.doc[end].lower_ in words:
            preposition = self.doc[end].lower_
            arguments = [
                argument
                for noun in self.nouns.get(head, ())
                for argument in noun.arguments
                if argument.role == f"pp:{preposition}" and argument.start > end
            ]
            following = sorted(
                (a for a in arguments if a.start <= end + 2 or self._begins_at(a, end + 1)),
                key=lambda a: a.end,
            )
            if not following or (
                preposition in ("in", "to") and not self._is_unit(following[-1], preposition)
            ):
                return end
            last = following[-1]
            for argument in sorted(arguments, key=lambda a: a.start):
                # "Minister for Economic Affairs, Education & Research"
                between = self.doc[last.end : argument.start]
                if 0 < len(between) <= 2 and all(t.text in (",", "&", "and") for t in between):
                    last = argument
            end, head = self._with_noun(last), last.head
        return end

    def _begins_at(self, argument: Argument, start: int) -> bool:
        """Whether a name's phrase begins there, with a title or an owner that has a name."""
        edge = self.doc[argument.head].left_edge.i
        owned = (t.i - 1 for t in self.doc[start : argument.start] if t.tag_ == "POS")
        return edge <= start + 1 and all(self.doc[i].pos_ == "PROPN" for i in owned)

    def _is_unit(self, argument: Argument, preposition: str) -> bool:
        """Whether what follows "in" or "to" has a name and, after "in", is no place."""
        if not self.doc[argument.head].text[:1].isupper():
            return False
        mention = self.referents.mentions[argument.mention] if argument.mention >= 0 else None
        return (
            preposition == "to"
            or mention is None
            or mention.type not in ("GPE", "LOC", "FAC", "DATE", "TIME")
        )

    def role(self, proposition: Proposition) -> Entity | None:
        """The occupation or office that the longest known noun which ends at the predicate names."""
        key = (proposition.head, proposition.lemma)
        if key not in self._roles:
            self._roles[key] = self._find_role(proposition)
        return self._roles[key]

    def _find_role(self, proposition: Proposition) -> Entity | None:
        lemma = proposition.lemma.lower()
        words = [lemma]
        for i in range(1, 4):
            j = proposition.head - i
            if j < 0 or self.doc[j].is_punct or self.doc[j].is_space:
                break
            words.append(f"{self.doc[j].lower_} {words[-1]}")
        return next((role for word in reversed(words) if (role := self.ontology.role(word))), None)

    def entity(self, proposition: Proposition) -> Entity | None:
        """The occupation or office of a predicate as a thing; one that has ended is called "former".

        An occupation is called with the nouns that say of which kind it is: "materials researcher".
        """
        role = self.role(proposition)
        if role is None:
            return None
        label = self._with_kind(role, proposition) if role.type == "Occupation" else role.label
        if proposition.ended:
            label = f"former {label}"
        if label == role.label:
            return role
        return Entity(iri=mint_entity_iri(label), label=label, type=role.type, type_iri=role.type_iri)

    def _with_kind(self, role: Entity, proposition: Proposition) -> str:
        """The name of an occupation with the common nouns directly before it."""
        start = proposition.head - role.label.count(" ")
        if proposition.lemma.lower() not in role.label.lower().split()[-1:]:
            # Another word for it: "actress".
            return role.label
        first = start
        while first > 0 and self._is_kind(first - 1):
            first -= 1
        if first == start:
            return role.label
        return " ".join((*(self.doc[i].text for i in range(first, start)), role.label))

    def _is_kind(self, i: int) -> bool:
        token = self.doc[i]
        modifies = token.dep_ in ("compound", "nmod") and token.tag_ in ("NN", "NNS")
        return modifies and token.is_lower and token.is_alpha and self.ontology.role(token.lemma_) is None

    def titles_of(self, head: int) -> list[tuple[Argument, Proposition]]:
        """The titles whose noun is this token, each with its proposition."""
        return [
            (title, noun) for noun in self.nouns.get(head, ()) for title in by_role(noun).get("title", ())
        ]
