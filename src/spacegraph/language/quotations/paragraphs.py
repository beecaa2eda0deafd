"""Whose speech it is where no reporting word tells: the flow of sentences and paragraphs.

News keeps a speaker until it names another one; dialogue takes turns; a block of speech may be announced by
the paragraph before it or signed below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.language.english.speech_words import SPEECH_VERBS
from spacegraph.language.quotations.indirect import is_silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.quotations.marks import Quoted
    from spacegraph.language.quotations.speakers import SpeakerFinder
    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Quotation

__all__ = ["Cue", "ParagraphFlow"]

#: Nouns for a piece of speech that is quoted below: "released the following statement".
_STATEMENTS = frozenset(
    ("statement", "message", "remark", "comment", "post", "tweet", "letter", "note", "reply", "response")
)


@dataclass(frozen=True, slots=True)
class Cue:
    """What attributes a stretch of speech: its reporting word (-1: none), its speaker, its kind."""

    verb: int
    speaker: int
    kind: str = "direct"


class ParagraphFlow:
    """Suggests speakers from what surrounds a stretch of speech.

    Args:
        tokens: The tokens.
        finder: The mentions as speakers.
        paragraphs: Token ranges of the paragraphs.
        is_quoted: For each token, whether it stands between quotation marks.
    """

    def __init__(
        self,
        tokens: Tokens,
        finder: SpeakerFinder,
        paragraphs: Sequence[tuple[int, int]],
        is_quoted: bytearray,
    ) -> None:
        self.tokens = tokens
        self.finder = finder
        self.paragraphs = paragraphs
        self._quoted = is_quoted

    def suggest(
        self, quoted: list[Quoted], cues: list[Cue | None], number: int, earlier: Sequence[Quotation], k: int
    ) -> int:
        """A speaker for the ``k``-th quoted stretch of a paragraph, which has no cue; -1 for none.

        Args:
            quoted: The quoted stretches of the paragraph.
            cues: What attributes them, as far as that is known.
            number: The paragraph's number.
            earlier: The quotations of the paragraphs before.
            k: The stretch to attribute.
        """
        tokens = self.tokens
        paragraph, q = self.paragraphs[number], quoted[k]
        previous = next((cue for cue in reversed(cues[:k]) if cue is not None), None)
        if previous is not None:
            return previous.speaker
        begins = all(tokens.pos[i] in ("SPACE", "PUNCT") for i in range(paragraph[0], q.start))
        if not begins:
            low = max(quoted[k - 1].end, quoted[k - 1].closed + 1) if k else paragraph[0]
            speaker = self._last_person(low, q.opened if q.opened >= 0 else q.start)
            if speaker >= 0:
                return speaker
        following = next((cue for cue in cues[k + 1 :] if cue is not None and cue.kind == "direct"), None)
        if following is not None:
            return following.speaker
        return self._from_earlier(q, number, earlier) if begins else -1

    def name(self, number: int) -> str:
        """The last word of a mention, in lower case: a surname, for people."""
        return self.tokens.lower[self.finder.mentions[number].end - 1]

    def _last_person(self, start: int, end: int) -> int:
        """The subject of the last sentence in ``[start, end)``, where it is a person."""
        tokens, finder = self.tokens, self.finder
        while end > start and (tokens.pos[end - 1] in ("SPACE", "PUNCT")):
            end -= 1
        if end <= start:
            return -1
        low = max(start, tokens.sentence(end - 1)[0])
        for i in range(low, end):
            if tokens.dep[i] in ("nsubj", "nsubjpass") and not self._quoted[i]:
                speaker = finder.resolve(i, tokens.head[i])
                if finder.is_person(speaker):
                    return speaker
        return -1

    def _from_earlier(self, q: Quoted, number: int, earlier: Sequence[Quotation]) -> int:
        tokens = self.tokens
        paragraph = self.paragraphs[number]
        signed = self._signature(number)
        if signed >= 0:
            return signed
        if number == 0:
            return -1
        before = self.paragraphs[number - 1]
        near = [e for e in earlier if e.start >= before[0]]
        if not near:
            # The paragraph before tells who is speaking, without quoting.
            speaker = self._speaking_in(before)
            return speaker if speaker >= 0 else self._subject_again(before, earlier)
        last = near[-1]
        if last.speaker < 0 or tokens.text[q.end - 1] == "?":
            return -1
        whole = self._is_whole(q, paragraph)
        others = [e for e in earlier if e.speaker >= 0 and self.name(e.speaker) != self.name(last.speaker)]
        if whole and others and number > 1 and others[-1].start >= self.paragraphs[number - 2][0]:
            # Dialogue: two speakers take turns.
            return others[-1].speaker
        if whole and tokens.text[last.end - 1] == "?":
            return -1
        return last.speaker

    def _speaking_in(self, paragraph: tuple[int, int]) -> int:
        tokens = self.tokens
        start, end = paragraph
        low = start
        for i in range(end - 1, start - 1, -1):
            if tokens.pos[i] not in ("SPACE", "PUNCT"):
                low = max(start, tokens.sentence(i)[0])
                end = i + 1
                break
        colon = tokens.text[end - 1] == ":" or (end < paragraph[1] and tokens.text[end] == ":")
        for i in range(low, end):
            if tokens.pos[i] == "VERB" and tokens.lemma[i] in SPEECH_VERBS and not is_silent(tokens, i):
                speaker = self.finder.subject_of(i)
                if self.finder.is_person(speaker) or (colon and speaker >= 0):
                    return speaker
            elif tokens.lemma[i] in _STATEMENTS and tokens.pos[i] == "NOUN":
                speaker = self._of_statement(i)
                if speaker >= 0:
                    return speaker
        return -1

    def _subject_again(self, paragraph: tuple[int, int], earlier: Sequence[Quotation]) -> int:
        """The person whom the paragraph before ends on, where that person has spoken already."""
        speaker = self._last_person(*paragraph)
        if speaker < 0:
            return -1
        names = {self.name(e.speaker) for e in earlier if e.speaker >= 0}
        return (
            speaker if self.name(speaker) in names or (names and self.name(speaker) in ("he", "she")) else -1
        )

    def _of_statement(self, noun: int) -> int:
        """Who made a statement: "X released the following statement", "a statement from X"."""
        tokens, finder = self.tokens, self.finder
        owner = tokens.child(noun, "poss")
        for child in tokens.right[noun]:
            if owner < 0 and tokens.lower[child] in ("from", "by", "of", "attributed"):
                owner = tokens.child(child, "pobj")
        if owner >= 0:
            speaker = finder.resolve(owner)
            return speaker if speaker >= 0 else finder.first_in(owner, min(tokens.size, owner + 8))
        if tokens.dep[noun] == "dobj":
            return finder.subject_of(tokens.head[noun])
        return -1

    def _signature(self, number: int) -> int:
        """The name in a line "— Ines Kovar" below a block of speech."""
        if number + 1 >= len(self.paragraphs):
            return -1
        tokens = self.tokens
        start, end = self.paragraphs[number + 1]
        while start < end and tokens.pos[start] == "SPACE":
            start += 1
        if end - start > 20 or start >= end or tokens.text[start][:1] not in ("—", "–", "-"):
            return -1
        return self.finder.first_in(start, end)

    def _is_whole(self, q: Quoted, paragraph: tuple[int, int]) -> bool:
        tokens = self.tokens
        return all(
            tokens.pos[i] in ("SPACE", "PUNCT")
            for i in (*range(paragraph[0], q.start), *range(q.end, paragraph[1]))
        )
