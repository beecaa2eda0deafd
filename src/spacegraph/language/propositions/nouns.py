"""Noun predicates with their arguments: titles, possessives, genitives, compounds, appositions, nominalised deeds.

A noun phrase is a small proposition: "Acme chief Ann Lee" says of Ann Lee (``ref``) that she is chief of Acme
(``compound``); "the agency's threats to leave" says of the agency (``poss``) that it threatens to leave
(``comp``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english.deed_nouns import is_deed
from spacegraph.language.english.tags import NOUN_TAGS
from spacegraph.language.english.word_sets import word_set
from spacegraph.language.english.words import ROLE_NOUNS
from spacegraph.language.propositions.denotation import Denotations
from spacegraph.language.propositions.phrases import Draft
from spacegraph.model import MentionKind, PropositionKind

if TYPE_CHECKING:
    from spacegraph.language.propositions.implicit_arguments import ImplicitArguments
    from spacegraph.language.propositions.phrases import Phrases
    from spacegraph.language.tokens import Tokens

__all__ = ["NounReader"]

_INSIDE = frozenset(("compound", "nmod", "amod", "npadvmod", "quantmod", "nummod", "det", "case"))
#: Verbs that only lend a noun a subject: "made a decision", "held talks".
_LIGHT = word_set("""
    make take have hold give conduct perform reach issue sign deliver pay undertake express launch mount complete spend carry
    begin start continue resume stage wage impose announce
    """)
#: What happens to those who stand after its "of", whoever tells of it: "announced the death of Ann Lee".
_BEFALLING = word_set(
    "absence arrival birth collapse death demise departure disappearance disbandment failure illness passing resignation retirement return"
)
#: Verbs that say of an event that it happens: their adjuncts tell when and where it does.
_OCCUR = word_set("take occur happen begin start commence")
_PLACES = frozenset(("GPE", "LOC"))
_LOCATED = frozenset(("GPE", "LOC", "FAC", "ORG"))
_WHERE = frozenset(("in", "at", "on", "near"))
#: Last words of the names of organisations that are places, too.
_SITES = word_set("""
    academy airport base building campus center centre college complex facility headquarters hospital institute laboratory
    library museum observatory school stadium station university
    """)
_ABOARD = frozenset(("aboard", "atop", "onboard"))
_CONCRETE = frozenset(
    ("PERSON", "PRODUCT", "FAC", "GPE", "LOC", "ORG", "MONEY", "QUANTITY", "CARDINAL", "PERCENT")
)


class NounReader:
    """Reads the noun phrases of one text.

    Args:
        tokens: The text, its parse repaired.
        phrases: Its phrases.
        implicit: What its clauses leave out, for the subjects of copulas and light verbs.
    """

    def __init__(self, tokens: Tokens, phrases: Phrases, implicit: ImplicitArguments) -> None:
        self.t = tokens
        self.phrases = phrases
        self.implicit = implicit
        self.denotations = Denotations(tokens, phrases, implicit)
        self.found: dict[int, Draft] = {}
        #: Where the titles of names begin: what stands before a title is the title's.
        self._after: dict[int, int] = {}

    def drafts(self) -> list[Draft]:
        """The propositions of all nouns that say something, in the order of the text."""
        t = self.t
        phrases = self.phrases
        titles = self._titles()
        for i, tag in enumerate(t.tag):
            # Nouns that refer to nothing ("in order to", "take place") relate nothing.
            if tag in NOUN_TAGS and i not in titles and phrases.mention(i) >= 0 and self._is_phrase_head(i):
                self._phrase(i)
        self._neighbours()
        return [
            self.found[i]
            for i in sorted(self.found)
            if any(role != "ref" for role, _ in self.found[i].arguments) or self._says(self.found[i])
        ]

    def _says(self, draft: Draft) -> bool:
        """Whether a proposition with nothing but a referent says something: that the referent is one."""
        return any(
            role == "ref" and self.phrases.mention(head) != self.phrases.mention(draft.head)
            for role, head in draft.arguments
        )

    def _draft(self, i: int) -> Draft:
        t = self.t
        if i not in self.found:
            lemma = t.lemma[i]
            if t.tag[i] in ("NNP", "NNPS") and self.phrases.cover[i] < 0:
                lemma = t.lower[i]
                if lemma.endswith("s") and (t.tag[i] == "NNPS" or lemma[:-1] in ROLE_NOUNS):
                    lemma = lemma[:-1]
            self.found[i] = Draft(i, lemma, PropositionKind.NOUN)
        return self.found[i]

    def _is_phrase_head(self, i: int) -> bool:
        t = self.t
        if t.dep[i] in _INSIDE:
            return False
        index = self.phrases.cover[i]
        if index >= 0:
            m = self.phrases.mentions[index]
            # Within a name only its head counts.
            return m.kind is MentionKind.NAME and (m.head == i or t.head[i] < m.start or t.head[i] >= m.end)
        return True

    # Titles

    def _titles(self) -> set[int]:
        """Titles right before names: "NASA astronaut Ann Lee"."""
        t, phrases = self.t, self.phrases
        done: set[int] = set()
        for m in phrases.mentions:
            if m.kind is not MentionKind.NAME or m.start == 0:
                continue
            i = m.start - 1
            if t.sent[i] != t.sent[m.start] or t.tag[i] not in NOUN_TAGS or phrases.cover[i] >= 0:
                continue
            head = t.span_head(m.start, m.end)
            if m.type != "PERSON" and t.lemma[i] not in ROLE_NOUNS and t.dep[i] not in ("compound", "nmod"):
                continue
            if not (
                t.head[i] == head
                or t.head[head] == i
                or t.head[i] == t.head[head]
                or t.dep[i] in ("compound", "nmod")
            ):
                continue
            if m.type != "PERSON" and t.lemma[i].endswith("ing"):
                continue
            draft = self._draft(i)
            named = [head]
            if t.tag[i] in ("NNS", "NNPS") or t.lower[i].removesuffix("s") in ROLE_NOUNS - {t.lower[i]}:
                named = [h for h in phrases.coordinated(head) if h == head or self._shares_title(h)]
            draft.add("ref", named)
            if t.lemma[i] in ROLE_NOUNS or m.type == "PERSON":
                draft.add("title", [i])
            self._premodifiers(draft, i, [i, head])
            self._after[head] = i
            self._before_brackets(draft, i)
            self._postmodifiers(draft, i)
            done.add(i)
            # "president and chief executive Ann Lee"
            if (
                i >= 2
                and t.lower[i - 1] == "and"
                and t.tag[i - 2] in NOUN_TAGS
                and phrases.cover[i - 2] < 0
                and t.lemma[i - 2] in ROLE_NOUNS
            ):
                other = self._draft(i - 2)
                other.add("ref", [head])
                other.add("title", [i - 2])
                self._premodifiers(other, i - 2, [i - 2, i, head])
                done.add(i - 2)
        return done

    def _shares_title(self, head: int) -> bool:
        """Whether a name after the first of several has no title of its own: "pilots Ann Lee and Bo Sim"."""
        t = self.t
        index = self.phrases.mention(head)
        if index < 0 or self.phrases.mentions[index].kind is not MentionKind.NAME:
            return False
        before = t.lower[self.phrases.mentions[index].start - 1]
        return before not in ROLE_NOUNS and before.removesuffix("s") not in ROLE_NOUNS

    def _premodifiers(self, draft: Draft, i: int, owners: list[int]) -> None:
        """Arguments before a noun: possessors, names, demonyms, dates. They may hang on any of ``owners``."""
        t, phrases = self.t, self.phrases
        seen: set[int] = set()
        for owner in owners:
            own = phrases.cover[owner]
            for k in t.left[owner]:
                if k >= i or k in seen or k < self._after.get(i, 0):
                    continue
                seen.add(k)
                dep = t.dep[k]
                if own >= 0 and phrases.cover[k] == own:
                    continue
                if dep == "poss":
                    kind = phrases.kind(k)
                    if t.lower[k] == "whose":
                        antecedent = self._whose(k)
                        draft.add("poss", [antecedent] if antecedent >= 0 else [])
                    else:
                        draft.add("time" if kind is MentionKind.TIME else "poss", phrases.conjuncts(k))
                elif dep in ("compound", "nmod", "amod", "npadvmod", "nummod"):
                    self._premodifier(draft, k)

    def _premodifier(self, draft: Draft, k: int) -> None:
        t, phrases = self.t, self.phrases
        if k in self.found and k != draft.head:
            # What stands before a title belongs to the title.
            return
        index = phrases.cover[k]
        if index < 0:
            index = phrases.at_head.get(k, -1)
        if index >= 0:
            m = phrases.mentions[index]
            if m.kind is MentionKind.NAME and not (m.start <= draft.head < m.end):
                draft.add("compound", [k])
                if m.head == draft.head:
                    self._before_name(draft, k, index)
            elif m.kind is MentionKind.DEMONYM:
                draft.add("adj", [k])
                # "the US-Russian partnership", "French and Italian pilots"
                draft.add(
                    "adj",
                    [
                        g
                        for g in t.left[k] + t.right[k]
                        if phrases.kind(g) in (MentionKind.NAME, MentionKind.DEMONYM)
                    ],
                )
            elif m.type == "AGE":
                draft.add("appos", [k])
            elif m.kind is MentionKind.TIME:
                draft.add("duration" if m.type == "DURATION" else "time", [k])
            return
        # "US-Russian partnership", "space agency chief": the name stands one level below.
        for g in t.left[k]:
            if (
                t.dep[g] in ("compound", "nmod", "amod", "poss")
                and phrases.cover[g] != phrases.cover[draft.head]
            ):
                self._premodifier(draft, g)

    def _before_name(self, draft: Draft, k: int, index: int) -> None:
        """For "a Halcyon Kestrel rocket" and "Halcyon's Kestrel rocket": parsers join the maker to the name, not to the rocket."""
        t, phrases = self.t, self.phrases
        for g in t.left[k]:
            if phrases.cover[g] < 0 or phrases.cover[g] == index or phrases.kind(g) is not MentionKind.NAME:
                continue
            if t.dep[g] == "poss":
                draft.add("poss", phrases.conjuncts(g))
            elif t.dep[g] in ("compound", "nmod", "amod", "npadvmod"):
                draft.add("compound", [g])

    def _before_brackets(self, draft: Draft, i: int) -> None:
        """For "The Vela Agency (VA) chief Ann Lee": a name in brackets between parts the title from its agency."""
        t, phrases = self.t, self.phrases
        node = t.left_edge(i) - 1 if not any(t.dep[k] == "compound" for k in t.left[i]) else -1
        if node > 1 and t.text[node] in (")", "-RRB-"):
            while node > 0 and t.text[node] not in ("(", "-LRB-"):
                node -= 1
            if node > 0 and phrases.cover[node - 1] >= 0 and phrases.kind(node - 1) is MentionKind.NAME:
                draft.add("compound", [node - 1])

    def _whose(self, k: int) -> int:
        t = self.t
        node = t.head[k]
        for _ in range(5):
            if t.dep[node] == "relcl":
                return t.head[node]
            if t.head[node] == node:
                return -1
            node = t.head[node]
        return -1

    # Phrases

    def _phrase(self, i: int) -> None:
        t, phrases = self.t, self.phrases
        draft = self._draft(i)
        referents = self.denotations.of(i)
        draft.add("ref", referents)
        self._premodifiers(draft, i, [i])
        self._postmodifiers(draft, i)
        if t.dep[i] == "conj" and not any(t.dep[k] in ("poss", "det") for k in t.left[i]):
            self._share(draft, i)
        self._riders(draft, i)
        if t.lower[i] == "age" and t.dep[i] == "pobj" and t.lower[t.head[i]] == "at":
            # "died at the age of 86"
            draft.add("subj", self.implicit.subjects(t.head[t.head[i]]))
        self._light_subject(draft, i)
        self._occurrence(draft, i)
        if t.lemma[i] in ROLE_NOUNS and any(
            r != i and (phrases.type(r) == "PERSON" or t.lower[r] in ("he", "she", "i", "you", "who"))
            for r in referents
        ):
            draft.add("title", [i])

    def _share(self, draft: Draft, i: int) -> None:
        """Share what stands before a list: in "its rockets and capsules" a possessor or name before the first noun belongs to the others too."""
        t = self.t
        first = t.head[i]
        if t.tag[first] not in NOUN_TAGS or t.tag[i] in ("NNP", "NNPS") or self.phrases.cover[i] >= 0:
            return
        possessor = t.child(first, "poss")
        if possessor >= 0 and possessor < first:
            draft.add("poss", self.phrases.conjuncts(possessor))

    def _postmodifiers(self, draft: Draft, i: int) -> None:
        t, phrases = self.t, self.phrases
        own = phrases.cover[i]
        for k in t.right[i]:
            dep = t.dep[k]
            if own >= 0 and phrases.cover[k] == own:
                continue
            if dep in ("prep", "agent"):
                for role, head in phrases.complements(k):
                    if own >= 0 and phrases.cover[head] == own:
                        continue
                    draft.add(role, [head])
            elif dep in ("acl", "relcl", "ccomp", "xcomp"):
                if self._completes(k, dep) and phrases.type(i) not in ("PERSON", "FAC", "GPE", "PRODUCT"):
                    draft.add("comp", self.implicit.clauses_with(k))
            elif dep == "appos":
                draft.add("appos", [k])
            elif dep == "npadvmod" and phrases.kind(k) is MentionKind.TIME:
                draft.add("time", [k])
            elif dep == "poss":
                draft.add("poss", [k])

    def _completes(self, k: int, dep: str) -> bool:
        """Whether a clause says what the noun is about ("threats to leave"), and is no relative clause."""
        t = self.t
        infinitive = any(t.tag[g] == "TO" for g in t.left[k])
        that = any(t.dep[g] == "mark" and t.lower[g] == "that" for g in t.left[k])
        return infinitive or that or dep in ("ccomp", "xcomp")

    def _riders(self, draft: Draft, i: int) -> None:
        """What is aboard or atop what: such phrases right after a noun belong to it, wherever the parser hung them."""
        t = self.t
        k = i + 1
        if k < t.size and t.lower[k] in _ABOARD and t.dep[k] == "prep" and t.head[k] != i:
            for role, head in self.phrases.complements(k):
                draft.add(role, [head])
        self._site(draft, i)

    def _site(self, draft: Draft, i: int) -> None:
        """Where a named place lies: "in Ames" right after "Pad 9" tells it, wherever the parser hung it."""
        t, phrases = self.t, self.phrases
        index = phrases.cover[i]
        if index < 0:
            return
        m = phrases.mentions[index]
        k = m.end
        if m.head != i or k >= t.size or t.lower[k] not in _WHERE or m.start <= t.head[k] < m.end:
            return
        if m.type not in ("FAC", "LOC", "GPE") and t.lower[m.end - 1] not in _SITES:
            return
        for role, head in phrases.complements(k):
            where = phrases.mention(head)
            if where < 0 or phrases.mentions[where].kind is not MentionKind.NAME:
                continue
            place = phrases.mentions[where]
            # "beat Ruritania in Ames": what is done in a place need not lie there.
            wide = place.type == "LOC" or place.cls == "Country"
            if wide if m.type == "GPE" else place.type in _LOCATED:
                draft.add(role, [head])

    def _light_subject(self, draft: Draft, i: int) -> None:
        """The subject of a light verb does what its object says: "Ann made a promise to leave"."""
        t, phrases = self.t, self.phrases
        verb = t.head[i]
        if (
            t.dep[i] not in ("dobj", "nsubjpass")
            or t.pos[verb] != "VERB"
            or t.lemma[verb] not in _LIGHT
            or draft.has("poss")
            or (t.lemma[i] in _BEFALLING and any(t.lower[k] == "of" for k in t.right[i]))
        ):
            return
        if (
            phrases.type(i) in _CONCRETE
            or phrases.cover[i] >= 0
            or i not in phrases.at_head
            or not self._is_deed(i)
        ):
            return
        if self.implicit.is_passive(verb):
            agent = t.child(verb, "agent")
            pairs = phrases.complements(agent) if agent >= 0 else []
            draft.add("poss", [head for role, head in pairs if role == "pp:by"])
        else:
            draft.add("poss", [s for s in self.implicit.subjects(verb) if s != i])
            for k in t.right[verb]:
                if t.dep[k] == "prep" and k > i:
                    for role, head in phrases.complements(k):
                        draft.add(role, [head])

    def _is_deed(self, i: int) -> bool:
        return self.phrases.type(i) == "EVENT" or is_deed(self.t, i)

    def _occurrence(self, draft: Draft, i: int) -> None:
        """When and where an event takes place: "the talks took place on Monday in Ames"."""
        t, phrases = self.t, self.phrases
        verb = t.head[i]
        if t.dep[i] != "nsubj" or t.lemma[verb] not in _OCCUR or not self._is_deed(i):
            return
        place = t.child(verb, "dobj")
        if t.lemma[verb] == "take" and (place < 0 or t.lower[place] != "place"):
            return
        nodes = [verb] if place < 0 else [verb, place]
        for node in nodes:
            for k in t.left[node] + t.right[node]:
                if t.dep[k] == "prep":
                    for role, head in phrases.complements(k):
                        draft.add(role, [head])
                elif t.dep[k] == "npadvmod" and phrases.kind(k) is MentionKind.TIME:
                    draft.add("time", [k])

    # Neighbours

    def _neighbours(self) -> None:
        """Aliases in brackets and the places that places lie in, which the parser often hangs elsewhere."""
        t, phrases = self.t, self.phrases
        ends: dict[int, int] = {}
        for index, m in enumerate(phrases.mentions):
            if m.kind in (MentionKind.NAME, MentionKind.NOMINAL):
                ends.setdefault(max(m.end, m.head + 1), index)
        for m in phrases.mentions:
            if m.kind is not MentionKind.NAME or m.start < 2:
                continue
            before = ends.get(m.start - 1)
            if before is None or t.sent[m.start] != t.sent[m.start - 1]:
                continue
            other = phrases.mentions[before]
            mark = t.text[m.start - 1]
            if mark in ("(", "-LRB-") and m.end < t.size and t.text[m.end] in (")", "-RRB-"):
                if self._is_alias(other.start, max(other.end, other.head + 1), m.start, m.end):
                    draft = self._draft(other.head)
                    draft.add("ref", [other.head])
                    draft.add("alias", [t.span_head(m.start, m.end)])
            elif (
                mark == ","
                and m.type in _PLACES
                and other.type in _LOCATED
                and other.kind is MentionKind.NAME
                and not self._is_list(other.start, m.start, m.end)
            ):
                draft = self._draft(other.head)
                draft.add("ref", [other.head])
                draft.add("appos-place", [t.span_head(m.start, m.end)])

    def _is_alias(self, start: int, end: int, alias: int, alias_end: int) -> bool:
        """Whether a bracketed name abbreviates what precedes it or renames it."""
        t = self.t
        letters = "".join(c for c in t.span_text(alias, alias_end) if c.isalpha()).lower()
        initials = "".join(word[0] for word in t.lower[start:end] if word[:1].isalpha())
        capitals = "".join(c for word in t.text[start:end] for c in word if c.isupper()).lower()
        if not letters:
            return False
        if letters in (capitals, initials):
            return True
        if t.text[start].isupper() and end - start == 1 and alias_end - alias > 1:
            # "VSA (Vela Space Agency)"
            full = "".join(word[0] for word in t.text[alias:alias_end] if word[:1].isupper()).lower()
            return full == t.lower[start] or (full[:1] == t.lower[start][0] and len(full) > 1)
        # Letters in order, from the first letter of the first word on: "Vela Space Agency (VESA)".
        position, text = 0, "".join(t.lower[start:end])
        for letter in letters:
            position = text.find(letter, position) + 1
            if position == 0:
                return False
        return t.text[alias].isupper() and bool(capitals) and letters[0] in (initials[:1], capitals[:1])

    def _is_list(self, first: int, start: int, end: int) -> bool:
        """Whether names parted by commas are a list: "France, Italy and Spain"."""
        t, cover = self.t, self.phrases.cover
        head = t.span_head(start, end)
        if t.dep[head] == "conj":
            first_of_all = head
            while t.dep[first_of_all] == "conj" and t.pos[t.head[first_of_all]] == "PROPN":
                first_of_all = t.head[first_of_all]
            # "in Ames, Borea, Ruritania": places without "and" lie in each other.
            return first_of_all < first or any(
                t.dep[k] == "cc" for h in self.phrases.conjuncts(first_of_all) for k in t.right[h]
            )
        i = end
        while i < t.size and t.sent[i] == t.sent[start] and i < end + 12:
            if t.lower[i] in ("and", "or", "&"):
                return (
                    cover[i + 1 if i + 1 < t.size else i] >= 0
                    and i - end <= 6
                    and t.dep[i] == "cc"
                    and t.head[i] in (head, t.head[head])
                )
            if t.text[i] != "," and cover[i] < 0:
                return False
            i += 1
        return first > 1 and t.text[first - 1] == "," and cover[first - 2] >= 0 and t.dep[head] == "conj"
