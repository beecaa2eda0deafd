"""What words between marks do to the one they are spoken to: a threat in them, and the name that they call somebody by.

“Pay up. If not, we will sue,” Kovar told Brandt: she threatens him, though the reporter's verb is "told". “Tomek, why did you
leave?” she asked him: Brandt is called Tomek.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language import annotations as annotation
from spacegraph.mapping.speech import sentences
from spacegraph.model import Fact, Literal, MentionKind
from spacegraph.vocab import ALSO_KNOWN_AS, SG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from spacegraph.mapping.entities import Referents

__all__ = ["THREAT_RULE", "VOCATIVE_RULE", "read_addresses"]

#: How the rules are named in the facts that they make.
THREAT_RULE = "threat-in-speech"
VOCATIVE_RULE = "called-in-speech"
_THREATENED = SG + "threatened"
_CONFIDENCE = 0.7
_FIRST_PERSON = frozenset(("i", "we"))
_SECOND_PERSON = frozenset(("you", "your", "yours"))
_FUTURE = frozenset(("will", "'ll", "’ll", "shall", "gonna"))
_JOINING = frozenset(("and", "but", "so", "well", "now", "because"))
#: What somebody has to answer for lies there.
_BURDENED = frozenset(("conscience", "hand", "head", "shoulder"))
#: What is done to those who do not comply ...
_HARMING = frozenset(
    (
        "abandon", "arrest", "attack", "ban", "block", "bomb", "burn", "cancel", "close", "crush", "cut", "destroy", "detach",
        "expel", "fine", "fire", "hit", "hurt", "kill", "punish", "ruin", "sack", "sanction", "seize", "shoot", "shut",
        "sink", "stop", "strike", "sue", "suspend", "terminate", "wipe", "withdraw", "withhold",
    )
)  # fmt: skip
#: ... and what befalls them.
_SUFFERING = frozenset(("answer", "die", "face", "fall", "lose", "pay", "regret", "suffer"))


def read_addresses(doc: Doc, referents: Referents) -> Iterator[Fact]:
    """Facts of threatening and of being called, from direct speech whose speaker and addressee have names.

    Args:
        doc: The article as read, with mentions, clusters and quotations.
        referents: Its entities.

    Yields:
        Asserted facts, with the sentence as evidence.
    """
    for quotation in annotation.quotations(doc):
        if quotation.kind != "direct" or quotation.speaker < 0 or quotation.addressee < 0:
            continue
        speaker, addressee = referents.source(quotation.speaker), referents.source(quotation.addressee)
        if speaker is None or addressee is None or speaker == addressee:
            continue
        for start, end in sentences(doc, quotation.start, quotation.end):
            words = doc[start:end]
            evidence = (referents.evidence_of(words),)
            if _is_threat(words):
                yield Fact(
                    doc_id=referents.article.id,
                    subject=speaker,
                    property_iri=_THREATENED,
                    object=addressee,
                    confidence=_CONFIDENCE,
                    evidence=evidence,
                    rule=THREAT_RULE,
                )
            name = _vocative(words, referents)
            if name and name not in (addressee.label, *addressee.aliases, *addressee.label.split()):
                yield Fact(
                    doc_id=referents.article.id,
                    subject=addressee,
                    property_iri=ALSO_KNOWN_AS,
                    object=Literal(value=name),
                    confidence=_CONFIDENCE,
                    evidence=evidence,
                    rule=VOCATIVE_RULE,
                )


def _is_threat(sentence: Span) -> bool:
    """Whether a sentence tells the one it is spoken to what will come of not complying."""
    words = [t for t in sentence if not t.is_space]
    while words and (words[0].is_punct or words[0].lower_ in _JOINING):
        words = words[1:]
    lower = [t.lower_ for t in words]
    if not _is_condition(lower):
        return False
    return any(t.lower_ in _FUTURE and _is_harm(t, words) for t in words) or (
        "going" in lower and any(_is_harm(t, words) for t in words if t.lower_ == "going")
    )


def _is_condition(lower: list[str]) -> bool:
    if lower[:2] in (["if", "not"], ["or", "else"], ["if", "you"]) or lower[:1] in (
        ["unless"],
        ["otherwise"],
    ):
        return True
    # "Stop this, or we will sue."
    return any(
        lower[k] == "or" and lower[k - 1] == "," and lower[k + 1] in (*_FIRST_PERSON, "you", "your", "else")
        for k in range(1, len(lower) - 1)
    )


def _is_harm(modal: Token, words: list[Token]) -> bool:
    verb = modal.head if modal.dep_ == "aux" else modal
    if verb.lower_ == "going":
        verb = next((t for t in verb.rights if t.dep_ == "xcomp"), verb)
    subject = next((t for t in (*verb.lefts, *verb.head.lefts) if t.dep_ in ("nsubj", "nsubjpass")), None)
    lemma = verb.lemma_.lower()
    if any(
        t.lower_ == "your" and t.head.lemma_.lower() in _BURDENED and t.head.dep_ == "pobj" for t in words
    ):
        return True
    if subject is None:
        return False
    if subject.dep_ == "nsubjpass":
        return lemma in _HARMING and any(t.lower_ in _SECOND_PERSON for t in (subject, *subject.lefts))
    if subject.lower_ == "you":
        return lemma in _SUFFERING
    return lemma in _HARMING and subject.lower_ in _FIRST_PERSON


def _vocative(sentence: Span, referents: Referents) -> str:
    """The name at the beginning of a sentence that calls somebody: "Tomek, why did you leave?"."""
    words = [t for t in sentence if not t.is_space]
    if len(words) < 4 or not any(t.lower_ in _SECOND_PERSON for t in words):
        return ""
    for mention in referents.mentions:
        if mention.kind is not MentionKind.NAME or mention.start != words[0].i:
            continue
        comma = mention.end < sentence.end and referents.doc[mention.end].text == ","
        after = [t for t in referents.doc[mention.end + 1 : sentence.end][:3] if not t.is_space]
        # "Selma, you know, is late" is about Selma.
        aside = len(after) > 2 and after[0].lower_ == "you" and after[2].text == ","
        calls = bool(after) and (
            after[0].tag_ in ("WRB", "WP", "WDT", "MD", "VB", "UH")
            or after[0].lower_ in ("you", "your", "please", "if")
        )
        if comma and calls and not aside and mention.end - mention.start == 1:
            return referents.doc[mention.start : mention.end].text
    return ""
