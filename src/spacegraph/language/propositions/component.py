"""Propositions: who did what to whom, when and where, of verbs, nouns and adjectives.

A parsed ``Doc`` with mentions goes in; a list of :class:`~spacegraph.model.Proposition` comes out. Verbs and
adjectives are read by :mod:`~spacegraph.language.propositions.clauses`, nouns by :mod:`~spacegraph.language.propositions.nouns`,
over a parse mended by :mod:`~spacegraph.language.parse.repair`. What the text says of them (asserted, denied,
planned, who says so) is the business of the component after this one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from spacegraph.errors import MissingAnnotationError
from spacegraph.language.annotations import has, mentions, quotations, register, set_propositions
from spacegraph.language.parse.repair import repaired
from spacegraph.language.propositions.clauses import ClauseReader
from spacegraph.language.propositions.contact_lists import listed_contacts, listed_participants
from spacegraph.language.propositions.implicit_arguments import ImplicitArguments
from spacegraph.language.propositions.nouns import NounReader
from spacegraph.language.propositions.phrases import Draft, Phrases
from spacegraph.model import Argument, Proposition, PropositionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.language.tokens import Tokens

__all__ = ["PropositionFinder", "find_propositions", "make_propositions"]

_DEADLINES = frozenset(("pp:by", "pp:until", "pp:before", "pp:after", "pp:from"))
_DATE = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")


class PropositionFinder:
    """Finds the propositions of a ``Doc``; use it alone or as the component ``spacegraph_propositions``."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.propositions``; returns the same ``Doc``.

        Raises:
            MissingAnnotationError: The mention finder has not run.
        """
        if not has(doc, "mentions"):
            msg = (
                "Propositions are read over mentions, and this Doc has none. "
                "Put the component spacegraph_mentions before spacegraph_propositions."
            )
            raise MissingAnnotationError(msg)
        set_propositions(doc, find_propositions(doc))
        return doc


def find_propositions(doc: Doc, tokens: Tokens | None = None) -> list[Proposition]:
    """The propositions of a ``Doc`` with mentions, in the order of their predicates.

    Args:
        doc: Tagged and parsed, with mentions; quotations are used where they are there.
        tokens: A snapshot of the ``Doc`` whose parse has been repaired, where one is at hand.
    """
    t = tokens if tokens is not None else repaired(doc)
    phrases = Phrases(t, mentions(doc))
    implicit = ImplicitArguments(t, phrases)
    drafts = ClauseReader(t, phrases, implicit).drafts() + NounReader(t, phrases, implicit).drafts()
    drafts += listed_participants(t, phrases) + listed_contacts(t, phrases)
    for draft in drafts:
        _join_dates(t, phrases, draft)
    drafts.sort(key=lambda draft: (draft.head, draft.kind))
    quoted = bytearray(t.size + 1)
    for quotation in quotations(doc):
        if quotation.kind != "indirect":
            quoted[quotation.start : quotation.end] = b"\x01" * max(0, quotation.end - quotation.start)
    at: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        # A clause is known by its verb, or by its adjective where that is the head.
        at.setdefault(draft.head, number)
    return [_finish(t, phrases, draft, at, quoted=bool(quoted[draft.head])) for draft in drafts]


def _join_dates(t: Tokens, phrases: Phrases, draft: Draft) -> None:
    """For "at 3 p.m. EDT, Wednesday, May 15": the date right after a time of day is in the same role."""
    for role, head in tuple(draft.arguments):
        index = phrases.mention(head) if role == "time" or role in _DEADLINES else -1
        if index < 0 or phrases.mentions[index].type != "TIME":
            continue
        end = phrases.mentions[index].end
        start = end + 1 if end < t.size and t.text[end] == "," else end
        follower = phrases.cover[start] if start < t.size and t.sent[start] == t.sent[head] else -1
        if follower >= 0 and phrases.mentions[follower].type == "DATE":
            draft.add(role, [phrases.mentions[follower].head])


def _finish(t: Tokens, phrases: Phrases, draft: Draft, at: dict[int, int], *, quoted: bool) -> Proposition:
    arguments: list[Argument] = []
    start, end = draft.head, draft.head + 1
    for word in draft.words:
        start, end = min(start, word), max(end, word + 1)
    if draft.kind is PropositionKind.NOUN:
        start = phrases.base(draft.head)[0]
    time = ""
    for role, head in draft.arguments:
        if role == "title":
            argument = Argument(role=role, start=_title_start(t, phrases, head), end=head + 1, head=head)
        else:
            argument = phrases.argument(role, head)
            if argument.start <= draft.head < head and t.dep[draft.head] == "conj":
                # A verb that was taken for a participle before its object: "and *studied* physics".
                argument = replace(argument, start=draft.head + 1, mention=-1)
            if argument.mention < 0 and head in at and (role == "comp" or t.dep[head] == "pcomp"):
                argument = Argument(
                    role=role, start=argument.start, end=argument.end, head=head, proposition=at[head]
                )
        if argument.mention >= 0 and any(a.role == role and a.mention == argument.mention for a in arguments):
            continue
        arguments.append(argument)
        if role == "comp":
            # A clause in front ("…," she said) stands for itself; of one behind, its verb is enough.
            end = max(end, head + 1)
        else:
            start, end = min(start, argument.start, head), max(end, argument.end, head + 1)
        if role == "time" and not time and argument.mention >= 0:
            norm = phrases.mentions[argument.mention].norm
            if _DATE.fullmatch(norm):
                time = norm
    arguments.sort(key=lambda a: (a.start, a.end, a.role))
    return Proposition(
        head=draft.head, lemma=draft.lemma, kind=draft.kind, start=start, end=end, arguments=tuple(arguments),
        tense=draft.tense, passive=draft.passive, quoted=quoted, time=time,
    )  # fmt: skip


def _title_start(t: Tokens, phrases: Phrases, head: int) -> int:
    """Where a title begins: with its modifiers, without determiner, possessor, demonym or name."""
    start = head
    while start > 0 and t.sent[start - 1] == t.sent[head]:
        i = start - 1
        if (
            t.dep[i] not in ("compound", "amod", "nmod", "punct")
            or phrases.cover[i] >= 0
            or i in phrases.at_head
        ):
            break
        if t.dep[i] == "punct" and t.text[i] != "-":
            break
        if t.lower[i] in ("former", "late", "new", "current", "longtime", "ex"):
            break
        start = i
    return start


@Language.factory(
    "spacegraph_propositions",
    assigns=["doc._.propositions"],
    requires=["token.dep", "token.tag", "token.pos", "token.lemma", "doc._.mentions"],
)
def make_propositions(nlp: Language, name: str) -> PropositionFinder:  # noqa: ARG001  (spaCy passes both)
    """Make the proposition finder."""
    register()
    return PropositionFinder()
