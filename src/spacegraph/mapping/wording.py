"""The words of an argument as a literal: a title, a description, a duration, a clause, what was said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacegraph.mapping.descriptions import clause_end, is_of_few, phrase_end, points
from spacegraph.mapping.entities import EMPTY_HEADS, phrase_text
from spacegraph.mapping.speech import is_quoted_first, said_end, spoken
from spacegraph.model import MentionKind

if TYPE_CHECKING:
    from spacegraph.mapping.entities import Referents
    from spacegraph.mapping.titles import Titles
    from spacegraph.model import Argument, Proposition

__all__ = ["Wording"]

#: Longest clause that stands as a literal, in tokens; longer ones are cut at a sentence's end.
LONGEST_CLAUSE = 60


#: "nearly 22-day", "six-month": a duration that modifies a noun.
_HYPHENED_DURATION = re.compile(
    r"((?:.*\s)?)([\w.,]+)\s?[-\u2010-\u2013]\s?(second|minute|hour|day|week|month|year|decade)"
)
#: Words before a number that make it less exact.
_APPROXIMATING = frozenset(
    [
        "about", "almost", "approximately", "around", "at", "fewer", "just", "least", "less", "more", "most", "nearly",
        "only", "over", "roughly", "some", "than", "to", "under", "up",
    ]
)  # fmt: skip


class Wording:
    """The words of one article's arguments.

    Args:
        referents: What the article's mentions stand for.
        titles: Its titles.
    """

    def __init__(self, referents: Referents, titles: Titles) -> None:
        self.referents = referents
        self.doc = referents.doc
        self.titles = titles
        #: What is said in direct speech, by its tokens.
        self.said = spoken(self.doc)

    def of(self, argument: Argument, proposition: Proposition) -> str:
        """The words of an argument as a literal; nothing for a bare pronoun."""
        if argument.end - argument.start == 1 and self.doc[argument.start].pos_ in ("PRON", "DET", "ADP"):
            return ""
        if argument.role in ("appos", "attr") and not self.describes(argument):
            return ""
        if argument.role == "title":
            return self.titles.words(argument, proposition)
        if not self._is_told_apart(argument):
            for title, noun in self.titles.titles_of(argument.head):
                return self.titles.words(title, noun)
        if argument.role == "speech" and (argument.start, argument.end) in self.said:
            return self.said[argument.start, argument.end]
        end = min(argument.end, argument.start + LONGEST_CLAUSE)
        if argument.role == "speech":
            # What was said stands in the graph as a clause: its first sentence, not all of it.
            end = min(end, max(self.doc[argument.start].sent.end, argument.start + 1))
            end = said_end(self.doc, argument.start, end)
        start = argument.start
        if argument.role == "duration" and argument.mention >= 0:
            return self._duration(argument)
        if argument.role in ("amount", "count"):
            start = self._before_number(argument)
        if argument.mention >= 0:
            end = self.titles.with_complement(start, end, argument.head, words=("of", "for"))
            if argument.role in ("appos", "attr"):
                # "The first company" says nothing without what it was the first of or to do, "laboratory" little.
                few = is_of_few(self.doc, self.referents.mentions, argument.head)
                if few or (end == argument.head + 1 and self._is_bare(argument)):
                    end = max(end, phrase_end(self.doc, argument.head, self.referents.mentions))
                if few:
                    end = clause_end(self.doc, end)
                if few and end <= argument.head + 1:
                    return ""
                if any(t.tag_ == "PRP$" for t in self.doc[argument.head : end]):
                    # "The longest stay in its history"
                    return ""
            start = self._after_owner(start, argument.head)
            if self.doc[start].tag_ == "PRP$" and start < argument.head:
                # Whose it is the fact says, or nobody knows.
                start += 1
            if points(self.doc, argument.head + 1, end):
                return ""
        text = phrase_text(self.doc, start, end)
        if argument.role == "comp" and any(t.tag_ in ("PRP", "PRP$") for t in self.doc[start:end]):
            owners = {
                self.referents.cluster_of.get(a.mention, -1)
                for a in proposition.arguments
                if a.role == "subj"
            }
            text = self.referents.clause_text(start, end, owners)
        # '"It is good," she said, according to Ann Lee': what Ann Lee said is not the quotation.
        return "" if argument.role == "speech" and is_quoted_first(text) else text

    def _is_told_apart(self, argument: Argument) -> bool:
        """Whether a clause says what somebody is the only one or the first to be: "the only pilot who can swim"."""
        if argument.role not in ("appos", "attr") or argument.mention < 0:
            return False
        mentions = self.referents.mentions
        end = phrase_end(self.doc, argument.head, mentions)
        clause = any(t.tag_ in ("WP", "WDT") for t in self.doc[argument.head + 1 : end + 1])
        return clause and is_of_few(self.doc, mentions, argument.head)

    def _duration(self, argument: Argument) -> str:
        """A duration in words that stand alone: "nearly 22 days" of "their nearly 22-day mission"."""
        mention = self.referents.mentions[argument.mention]
        start, end = mention.start, mention.end
        head = self.doc[mention.start]
        if head.lower_ in ("over", "for") and head.dep_ == "prep" and end - start > 1:
            start += 1
        words = " ".join(self.doc[start:end].text.split())
        parts = _HYPHENED_DURATION.fullmatch(words)
        if parts is None:
            return words
        before, number, unit = parts.groups()
        plural = "" if number.lower() in ("1", "one", "a") else "s"
        return f"{before}{number} {unit}{plural}"

    def _before_number(self, argument: Argument) -> int:
        """Where the words of a count begin: at the number or what approximates it, without owner and determiner."""
        numbers = (i for i in range(argument.start, argument.head) if self.doc[i].like_num)
        start = next(numbers, argument.start)
        while start > argument.start and self.doc[start - 1].lower_ in _APPROXIMATING:
            start -= 1
        return start

    def _after_owner(self, start: int, head: int) -> int:
        """Where a phrase begins without an owner that has no name: "the agency's new platform"."""
        for i in range(head - 1, start, -1):
            owned = self.doc[i].tag_ == "POS" and self.doc[i - 1].tag_ in ("NN", "NNS")
            if owned:
                return i + 1
        return start

    def _is_bare(self, argument: Argument) -> bool:
        """Whether a phrase is nothing but a noun and its article."""
        return all(t.pos_ == "DET" for t in self.doc[argument.start : argument.head])

    def describes(self, argument: Argument) -> bool:
        """Whether a phrase is a description of one thing that stands alone, rather than a name, a number or many things."""
        mention = self.referents.mentions[argument.mention] if argument.mention >= 0 else None
        head = self.doc[argument.head]
        if self._is_short_title(argument):
            return True
        if mention is None or mention.kind is not MentionKind.NOMINAL or head.tag_ not in ("NN", "NNP"):
            return False
        if argument.head + 1 < len(self.doc) and self.doc[argument.head + 1].text == "-":
            # A prefix: "co-" of "co-founder".
            return False
        words = self.doc[argument.start : argument.end]
        return (
            head.lemma_.lower() not in EMPTY_HEADS and len(head) > 1 and all(w.tag_ != "PRP$" for w in words)
        )

    def other_name(self, proposition: Proposition, roles: dict[str, list[Argument]], name: str) -> str:
        """The one of two names that the thing is not called by: its label may be the one in parentheses.

        What stands there in capitals after a person's name is a title or an employer, "" here, unless it is short for the name.
        """
        for argument in roles.get("ref", ()):
            for filler in self.referents.fillers(argument):
                label = filler.value.label
                if label.lower() == name.lower():
                    return self.of(argument, proposition)
                initials = "".join(word[0] for word in label.split()).upper()
                if (
                    filler.cls == "Person"
                    and "alias" in roles
                    and name.isupper()
                    and name.replace(".", "") != initials
                ):
                    return ""
        return name

    def _is_short_title(self, argument: Argument) -> bool:
        """Whether a phrase is the short form of a title alone, which looks like a name: "Ann Lee (COO)"."""
        words = self.doc[argument.start : argument.end]
        return (
            len(words) == 1
            and words.text.isupper()
            and self.titles.ontology.role(words.text.lower()) is not None
        )
