"""Adjectives before a noun as propositions, where the lexicon has something to say of them: "an *uncrewed* flight".

What is said in passing is taken for granted, so that only quotation marks hold it: :mod:`spacegraph.language.factuality.component` reads them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph.model import Argument, Factuality, MentionKind, Proposition, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.tokens import Doc

    from spacegraph.model import Mention

__all__ = ["attributive_propositions"]

#: Verbs with which one does what their object names, and nouns that name no more than that something is done.
_DOING = frozenset(("accomplish", "achieve", "deliver", "do", "make", "perform", "produce"))
_DEEDS = frozenset(("effort", "feat", "job", "performance", "progress", "thing", "work"))
_FIRST_PERSON = frozenset(("i", "we"))
#: Determiners of noun phrases that stand for nothing.
_NONE = frozenset(("no", "neither", "any"))


def attributive_propositions(
    doc: Doc, mentions: Sequence[Mention], propositions: Sequence[Proposition], adjectives: Collection[str]
) -> list[Proposition]:
    """One proposition for each of these adjectives that stands before a noun, in the order of the text.

    Args:
        doc: The article as read.
        mentions: Its mentions.
        propositions: Its propositions.
        adjectives: Words in lower case.

    Returns:
        Propositions with the noun phrase as ``modified``. Where it names what somebody does ("did a *superb* job"), he or
        she is the ``doer``, and the proposition is put as the verb's is; factuality has yet to look at the others.
    """
    if not adjectives:
        return []
    strings = doc.vocab.strings
    wanted = {key for key in set(doc.to_array("LOWER").tolist()) if strings[key] in adjectives}
    if not wanted:
        return []
    found: list[Proposition] = []
    by_head = {m.head: k for k, m in enumerate(mentions) if m.kind in (MentionKind.NAME, MentionKind.NOMINAL)}
    for token in doc:
        if (
            token.lower not in wanted
            or token.dep_ not in ("amod", "compound", "nmod")
            or token.head.i < token.i
        ):
            continue
        index = by_head.get(token.head.i, -1)
        if index < 0 or any(t.lower_ in _NONE for t in token.head.lefts):
            continue
        m = mentions[index]
        if m.kind is MentionKind.NAME and any(t.lower_ in ("a", "an") for t in token.head.lefts):
            # "An uncrewed Kestrel" is one of several that have the name.
            continue
        proposition = Proposition(
            head=token.i,
            lemma=token.lower_,
            kind=PropositionKind.ADJECTIVE,
            start=min(token.i, m.start),
            end=max(m.end, token.head.i + 1),
            arguments=(Argument(role="modified", start=m.start, end=m.end, head=m.head, mention=index),),
        )
        found.append(_with_doer(doc, propositions, proposition, token.head.i))
    return found


def _with_doer(
    doc: Doc,
    propositions: Sequence[Proposition],
    proposition: Proposition,
    noun: int,
) -> Proposition:
    if doc[noun].lemma_.lower() not in _DEEDS:
        return proposition
    for verb in propositions:
        if (
            verb.kind is not PropositionKind.VERB
            or verb.lemma not in _DOING
            or all(a.role != "obj" or a.head != noun for a in verb.arguments)
        ):
            continue
        doers = tuple(
            replace(a, role="doer")
            for a in verb.arguments
            if a.role == "subj" and doc[a.start].lower_ not in _FIRST_PERSON
        )
        # Who "can do superb things" is praised as much as who does them.
        able = any(t.dep_ == "aux" and t.lower_ == "can" for t in doc[verb.head].lefts)
        supposed = verb.factuality is Factuality.HYPOTHETICAL and not able
        return replace(
            proposition,
            arguments=(*proposition.arguments, *doers),
            start=min(proposition.start, verb.start),
            end=max(proposition.end, verb.end),
            factuality=verb.factuality
            if supposed or verb.factuality is Factuality.NEGATED
            else Factuality.REPORTED
            if verb.sources
            else Factuality.ASSERTED,
            guarded=verb.guarded,
            sources=verb.sources,
        )
    return proposition
