"""Quotations as propositions of saying, so that the lexicon decides what they mean like any other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph.language import annotations as annotation
from spacegraph.language.english.tags import FINITE
from spacegraph.language.quotations.index import SpeechIndex
from spacegraph.model import Argument, Factuality, MentionKind, Proposition, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from spacegraph.model import Mention, Quotation

__all__ = ["is_quoted_first", "said_end", "sentences", "speech_propositions", "spoken"]

#: The lemma of a quotation without a reporting verb of its own ("according to", paragraph flow).
PLAIN = "say"
#: First words that can go without loss.
_JOINING = frozenset(("and", "but", "so", "or", "yet", "well"))
_STOPS = frozenset((".", "!", "?", "…", "..."))
#: What is said keeps at least so many words when a joining word goes.
_FEWEST_WORDS = 6
#: Longest saying that stands in a fact as a whole, in tokens; of longer speeches the first sentences do.
_LONGEST = 120


def speech_propositions(doc: Doc, propositions: list[Proposition]) -> list[Proposition]:
    """One proposition for each act of speech and speaker: cue verb, ``subj``, ``speech``, ``addressee``.

    The ``speech`` reaches from the first sentence to the last one; :func:`spoken` tells which of its words are
    between the marks. The act of speaking has the factuality of
    the reporting verb's own proposition, where there is one, since "if they say" and "denied saying" are
    no acts of speech; other reporting words are left for factuality to look at.

    Left out is what is no statement of its own: a fragment in an indirect clause of the same speaker, a
    clause whose subject stands outside ("a delay that she said was due to rain"), and what speakers say of
    their own saying ("I said"), and what is asked or ruled out.

    Args:
        doc: A ``Doc`` with mentions and quotations.
        propositions: Its propositions.
    """
    mentions = annotation.mentions(doc)
    by_head = {m.head: i for i, m in enumerate(mentions) if m.kind is not MentionKind.DEMONYM}
    verbs = {p.head: p for p in propositions if p.kind is PropositionKind.VERB}
    quotations = annotation.quotations(doc)
    index = SpeechIndex([q for q in quotations if q.kind == "direct"], len(doc))
    made: list[Proposition] = []
    for act in _acts(doc, quotations):
        first = act[0]
        if first.speaker < 0 or not _is_statement(doc, first, quotations, mentions, index):
            continue
        made.extend(
            _speech(doc, act, speaker, mentions, verbs)
            for speaker in _speakers(doc, first.speaker, mentions, by_head)
        )
    return made


def spoken(doc: Doc) -> dict[tuple[int, int], str]:
    """What is said in each act of direct speech, on one line and without what the reporter put in, by its tokens.

    “The pump,” she said, “has failed. It is old.” is "The pump has failed. It is old". Of a speech of more than 120
    tokens it is the first sentences.
    """
    said: dict[tuple[int, int], str] = {}
    for act in _acts(doc, annotation.quotations(doc)):
        if act[0].kind == "direct":
            said[act[0].start, act[-1].end] = _words(doc, [(q.start, q.end) for q in act])
    return said


def _words(doc: Doc, spans: list[tuple[int, int]]) -> str:
    first, last = spans[0]
    while last - first > _FEWEST_WORDS and (
        doc[first].lower_ in _JOINING or doc[first].is_space or doc[first].text == ","
    ):
        first += 1
    text = ""
    for start, end in [(first, last), *spans[1:]]:
        words = " ".join(doc[start:end].text.split()).strip('“”" ')
        if text:
            goes_on = words[:1].islower()
            stem = text.rstrip(",")
            text = stem if goes_on else stem + ("" if stem.endswith(("!", "?", ".", "…")) else ".")
        text = f"{text} {words}".strip()
    return text if text.endswith(("!", "?")) else text.rstrip(".,;: ")


def _acts(doc: Doc, quotations: list[Quotation]) -> list[list[Quotation]]:
    """Quotations by act of speech: “The pump,” she said, “has failed. It is old.” is one act, and what a new paragraph adds."""
    acts: list[list[Quotation]] = []
    open_act: list[Quotation] | None = None
    for quotation in quotations:
        if quotation.kind != "direct":
            acts.append([quotation])
            continue
        if open_act is not None and _goes_on(doc, open_act, quotation):
            open_act.append(quotation)
            continue
        open_act = [quotation]
        acts.append(open_act)
    return [_cut(doc, act) for act in acts]


def sentences(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two tokens, the first and last one as far as they lie between them."""
    while start < end:
        stop = min(end, max(doc[start].sent.end, start + 1))
        yield start, stop
        start = stop


def _goes_on(doc: Doc, act: list[Quotation], quotation: Quotation) -> bool:
    """Whether a quotation goes on with an act of speech: nothing of the reporter's stands between but who says so."""
    last = act[-1]
    if (
        quotation.speaker != last.speaker
        or quotation.cue not in (-1, act[0].cue)
        or last.end > quotation.start
    ):
        return False
    between = doc[last.end : quotation.start]
    breaks = [t.i for t in between if t.is_space and "\n\n" in t.text]
    if len(breaks) > 1 or (breaks and quotation.cue >= 0):
        return False
    if breaks and any(t.is_alpha for t in doc[breaks[0] : quotation.start]):
        return False
    words = [t for t in between if t.is_alpha or t.text in _STOPS]
    stops = [k for k, t in enumerate(words) if t.text in _STOPS]
    # “…,” Kovar said. The pump is old. “…” has a sentence of the reporter's inside.
    return len(stops) < len(words) and all(k == len(words) - 1 for k in stops) if words else True


def _cut(doc: Doc, act: list[Quotation]) -> list[Quotation]:
    """An act of speech without the sentences that make it too long for a fact."""
    kept: list[Quotation] = []
    left = _LONGEST
    for quotation in act:
        length = quotation.end - quotation.start
        if length <= left:
            kept.append(quotation)
            left -= length
            continue
        ends = [e for _, e in sentences(doc, quotation.start, quotation.end) if e <= quotation.start + left]
        if ends:
            kept.append(replace(quotation, end=ends[-1]))
        elif not kept:
            kept.append(replace(quotation, end=quotation.start + left))
        break
    return kept


def _is_statement(
    doc: Doc, quotation: Quotation, quotations: list[Quotation], mentions: list[Mention], index: SpeechIndex
) -> bool:
    start, end = quotation.start, quotation.end
    if end <= start:
        return False
    if quotation.kind == "mixed":
        return not any(
            q.kind == "indirect" and q.cue == quotation.cue and q.start <= start and end <= q.end
            for q in quotations
        )
    if quotation.kind == "indirect":
        speaker = mentions[quotation.speaker]
        if index.is_direct(start) and doc[speaker.start].lower_ in ("i", "we"):
            return False
        if doc[start].lower_ == "whether" or _rules_out(doc, quotation.cue):
            return False
        return doc[start].tag_ not in FINITE
    return True


def _rules_out(doc: Doc, cue: int) -> bool:
    """Whether the verb is "rule out", which says the opposite of "rule"."""
    return cue >= 0 and doc[cue].lemma_ == "rule" and any(t.lower_ == "out" for t in doc[cue].rights)


def _speakers(doc: Doc, speaker: int, mentions: list[Mention], by_head: dict[int, int]) -> list[int]:
    """A speaker with those that "and" joins to it."""
    found = [speaker]
    token: Token | None = doc[mentions[speaker].head]
    while token is not None:
        token = next((child for child in token.rights if child.dep_ == "conj"), None)
        if token is not None and (other := by_head.get(token.i, -1)) >= 0:
            found.append(other)
    return found


def _without_aside(doc: Doc, start: int, end: int) -> int:
    """Where indirect speech ends without a last aside: "the pump had failed, *which was built in Oslo*"."""
    for i in range(start + _FEWEST_WORDS, end - 1):
        if doc[i].text == "," and doc[i + 1].tag_ in ("WDT", "WP", "WP$"):
            relative = next((t for t in doc[i + 1].ancestors if t.dep_ == "relcl"), None)
            if relative is not None and relative.right_edge.i >= end - 2:
                return i
    return end


def _is_accordance(cue: Token) -> bool:
    return cue.lower_ == "according"


def _speech(
    doc: Doc, act: list[Quotation], speaking: int, mentions: list[Mention], verbs: dict[int, Proposition]
) -> Proposition:
    quotation = act[0]
    speaker = mentions[speaking]
    said_start, said_end = quotation.start, quotation.end
    if quotation.kind == "direct":
        said_end = act[-1].end
    elif quotation.kind == "indirect":
        said_end = _without_aside(doc, said_start, said_end)
    arguments = [
        Argument(role="subj", start=speaker.start, end=speaker.end, head=speaker.head, mention=speaking),
        Argument(role="speech", start=said_start, end=said_end, head=said_start),
    ]
    if quotation.addressee >= 0:
        to = mentions[quotation.addressee]
        arguments.append(
            Argument(role="addressee", start=to.start, end=to.end, head=to.head, mention=quotation.addressee)
        )
    verb = verbs.get(quotation.cue)
    lemma = PLAIN
    if (
        quotation.cue >= 0
        and doc[quotation.cue].pos_ in ("VERB", "AUX")
        and not _is_accordance(doc[quotation.cue])
    ):
        # Taggers take the "according" of "according to" for a verb.
        lemma = doc[quotation.cue].lemma_.lower()
    start, end = said_start, said_end
    beside = {doc[i].sent.start for q in act for i in (q.start, q.end - 1)}
    for lo, hi in ((speaker.start, speaker.end), (quotation.cue, quotation.cue + 1)):
        # Words around the speech belong to the evidence where they stand beside it.
        if lo >= 0 and doc[lo].sent.start in beside:
            start, end = min(start, lo), max(end, hi)
    return Proposition(
        head=quotation.cue if quotation.cue >= 0 else quotation.start,
        lemma=lemma,
        kind=PropositionKind.VERB,
        start=start,
        end=end,
        arguments=tuple(arguments),
        factuality=verb.factuality if verb else Factuality.ASSERTED,
        # Where no word tells of the speaking, its marks do, and there is nothing to read.
        guarded=verb.guarded if verb else quotation.cue < 0,
        sources=verb.sources if verb else (),
        certainty=verb.certainty if verb else 1.0,
        time=verb.time if verb else "",
        tense=verb.tense if verb else "",
    )


def said_end(doc: Doc, start: int, end: int) -> int:
    """Where what somebody said ends: at a quotation inside it, if "and" with a further deed of the speaker follows.

    'Lee said it "never worked" *and demanded* a refund': parsers join the second verb to what was said.
    """
    for i in range(start + 1, end - 2):
        quote = doc[i].text == "”" or (doc[i].text == '"' and not doc[i - 1].whitespace_)
        if quote and doc[i + 1].lower_ == "and" and doc[i + 2].tag_ == "VBD":
            return i + 1
    return end


def is_quoted_first(text: str) -> bool:
    """Whether words begin with a whole quotation and go on: '"It is good," she said'."""
    closing = {"“": "”", '"': '"'}.get(text[:1], "")
    return bool(closing) and closing in text[1:-1] and not text.endswith(closing)
