"""Direct speech: which quoted stretches are speech, whose, and by which reporting word.

The cues are those of O'Keefe, Pareti, Curran, Koprinska and Honnibal, "A sequence labelling approach to
quote attribution" (2012) and of Pareti, "A database of attribution relations" (2012): a reporting verb with
a subject beside the quotation, "according to", a colon; without any of them the flow of paragraphs decides.
The parser is trusted for subjects but not for what a quotation depends on, which small models get wrong more
often than not when speech has several sentences.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacegraph.language.english.speech_words import DESCRIBING_VERBS, REPLY_VERBS, SPEECH_VERBS
from spacegraph.language.english.tags import FINITE
from spacegraph.language.quotations.indirect import is_silent
from spacegraph.language.quotations.marks import MARKS, Quoted
from spacegraph.language.quotations.paragraphs import Cue, ParagraphFlow
from spacegraph.language.quotations.shape import SHORT, content, is_name, is_sentence, is_title
from spacegraph.model import MentionKind, Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.quotations.speakers import SpeakerFinder
    from spacegraph.language.tokens import Tokens

__all__ = ["DirectSpeech"]

_VERB_TAGS = frozenset(("VBD", "VBZ", "VBP", "VBN", "VBG", "VB"))
_STOPS = frozenset((".", "!", "?", "…", "..."))
_COMMAS = frozenset((",", "—", "–", "--", "-"))
_SECOND_PERSON = frozenset(("you", "your", "yours", "yourself"))
#: How far from a quotation its reporting verb may stand, in tokens.
_REACH = 40
#: Steps up the tree from a quoted fragment to the verb that governs it.
_CLIMB = 6


class DirectSpeech:
    """Attributes the quoted stretches of one ``Doc``.

    Args:
        tokens: Its tokens.
        finder: Its mentions as speakers.
        paragraphs: Token ranges of its paragraphs.
    """

    def __init__(self, tokens: Tokens, finder: SpeakerFinder, paragraphs: Sequence[tuple[int, int]]) -> None:
        self.tokens = tokens
        self.finder = finder
        self.paragraphs = paragraphs
        self._quoted = bytearray(tokens.size)
        self._flow = ParagraphFlow(tokens, finder, paragraphs, self._quoted)

    def find(self, quoted: Sequence[Quoted]) -> list[Quotation]:
        """The quotations among quoted stretches; scare quotes, names and slogans are left out."""
        outer = [q for q in quoted if q.depth == 0]
        for q in outer:
            self._quoted[q.start : q.end] = b"\x01" * (q.end - q.start)
        found: list[Quotation] = []
        at = 0
        carried: Quotation | None = None
        for number, (start, end) in enumerate(self.paragraphs):
            here: list[Quoted] = []
            while at < len(outer) and outer[at].start < end:
                if outer[at].start >= start:
                    here.append(outer[at])
                at += 1
            if not here:
                carried = None
                continue
            quotations = self._paragraph(here, (start, end), carried, found, number)
            found += quotations
            last = here[-1]
            carried = (
                quotations[-1] if quotations and last.goes_on and quotations[-1].end == last.end else None
            )
        return self._with_repliers(found) + self._nested([q for q in quoted if q.depth > 0])

    def _with_repliers(self, found: list[Quotation]) -> list[Quotation]:
        """The quotations, those that say "you" to nobody named spoken to whoever answers them next."""
        tokens, name = self.tokens, self._flow.name
        result = list(found)
        for k, quotation in enumerate(found):
            if quotation.addressee >= 0 or quotation.speaker < 0:
                continue
            words = range(quotation.start, quotation.end)
            if not any(tokens.lower[i] in _SECOND_PERSON for i in words):
                continue
            answer = next(
                (q for q in found[k + 1 :] if q.speaker >= 0 and name(q.speaker) != name(quotation.speaker)),
                None,
            )
            if (
                answer is not None
                and answer.cue >= 0
                and tokens.lemma[answer.cue] in REPLY_VERBS
                and answer.addressee >= 0
                and name(answer.addressee) == name(quotation.speaker)
            ):
                result[k] = replace(quotation, addressee=answer.speaker)
        return result

    def _paragraph(
        self,
        quoted: list[Quoted],
        paragraph: tuple[int, int],
        carried: Quotation | None,
        earlier: list[Quotation],
        number: int,
    ) -> list[Quotation]:
        cues: list[Cue | None] = []
        for k, q in enumerate(quoted):
            low = _after_mark(quoted[k - 1]) if k else paragraph[0]
            high = _before_mark(quoted[k + 1]) if k + 1 < len(quoted) else paragraph[1]
            cue = self._cue(q, low, high)
            if cue is None and k and (before := cues[-1]) is not None and self._interrupted(quoted[k - 1], q):
                cue = before
            cues.append(cue)
        if carried is not None and cues[0] is None:
            # Speech that goes on from the paragraph before: its speaker, whose name may come later.
            cues[0] = Cue(-1, carried.speaker)
        speech = [
            cue is not None or (is_sentence(self.tokens, q) and not is_name(self.tokens, q, paragraph[0]))
            for q, cue in zip(quoted, cues, strict=True)
        ]
        for k in range(len(quoted)):
            if speech[k] and cues[k] is None:
                speaker = self._flow.suggest(quoted, cues, number, earlier, k)
                cues[k] = Cue(-1, speaker) if speaker >= 0 else None
        made = []
        tokens = self.tokens
        for q, cue, spoken in zip(quoted, cues, speech, strict=True):
            start, end = content(self.tokens, q)
            if cue is not None and cue.kind == "mixed":
                while end > start and tokens.text[end - 1] in (".", ";"):
                    end -= 1
            if not spoken or end <= start:
                continue
            if cue is None:
                made.append(Quotation(start=start, end=end, kind="direct"))
                continue
            addressee = self._addressee(cue, made[-1] if made else (earlier[-1] if earlier else None))
            made.append(
                Quotation(
                    start=start,
                    end=end,
                    kind=cue.kind,
                    speaker=cue.speaker,
                    addressee=addressee,
                    cue=cue.verb,
                )
            )
        return made

    # -- one quotation -------------------------------------------------------------------------------

    def _cue(self, q: Quoted, low: int, high: int) -> Cue | None:
        before = self._region_before(q, low)
        after = self._region_after(q, high)
        if is_name(self.tokens, q, before[0]):
            return None
        found = self._after(q, *after)
        if found is not None and (before[0] >= before[1] or not self._introduced(before)):
            return found
        return self._before(q, *before) or found or self._governed(q)

    def _interrupted(self, first: Quoted, second: Quoted) -> bool:
        """Whether one sentence of speech goes on after its reporting clause: `“It is,” he said, “good.”`."""
        tokens = self.tokens
        if first.closed < 0 or second.opened < 0 or second.opened - first.closed > _REACH:
            return False
        between = tokens.text[first.closed + 1 : second.opened]
        comma = tokens.text[first.end - 1] == "," or between[:1] == [","]
        return comma and between[-1:] == [","] and not any(word in _STOPS for word in between)

    def _region_before(self, q: Quoted, low: int) -> tuple[int, int]:
        """The words of the sentence before a quotation."""
        tokens = self.tokens
        end = q.opened if q.opened >= 0 else q.start
        start = end
        while start > low and end - start < _REACH:
            word = tokens.text[start - 1]
            if word in _STOPS or (tokens.pos[start - 1] == "SPACE" and "\n\n" in word):
                break
            start -= 1
        while start < end and (tokens.pos[start] == "SPACE" or tokens.text[start] in MARKS):
            start += 1
        return start, end

    def _region_after(self, q: Quoted, high: int) -> tuple[int, int]:
        """The words of the sentence after a quotation."""
        tokens = self.tokens
        start = q.closed + 1 if q.closed >= 0 else q.end
        end = start
        while end < high and end - start < _REACH:
            if tokens.text[end] in _STOPS or tokens.text[end] == ";":
                break
            end += 1
        return start, end

    def _after(self, q: Quoted, start: int, end: int) -> Cue | None:
        """The cue after a quotation: `,” said Kovar`, `,” Kovar said`, `,” according to Kovar`."""
        tokens, finder = self.tokens, self.finder
        if end <= start:
            return None
        last = tokens.text[q.end - 1]
        comma = last in _COMMAS or tokens.text[start] in _COMMAS
        if last == "." and not (tokens.tag[start] in _VERB_TAGS and tokens.lemma[start] in SPEECH_VERBS):
            return None
        i = start
        while i < end and (tokens.text[i] in _COMMAS or tokens.pos[i] in ("ADV", "SPACE")):
            i += 1
        if i >= end:
            return None
        if tokens.lower[i] == "according" and i + 2 < end:
            speaker = finder.resolve(tokens.child(i + 1, "pobj")) if tokens.child(i + 1, "pobj") >= 0 else -1
            if speaker < 0:
                speaker = finder.first_in(i + 2, end)
            return Cue(i, speaker)
        if tokens.tag[i] in _VERB_TAGS and (
            tokens.lemma[i] in SPEECH_VERBS or comma or (last in ("!", "?") and tokens.tag[i] == "VBD")
        ):
            speaker = self._inverted(i, end)
            if speaker >= 0:
                return Cue(i, speaker)
            if comma and tokens.lemma[i] in SPEECH_VERBS:
                return None
        if not comma and last not in ("!", "?", "…", "...", "]"):
            return None
        verb = self._clause_verb(i, end, any_verb=comma)
        if verb < 0:
            return None
        if not comma and tokens.child(verb, "ccomp") > verb:
            return None
        speaker = finder.subject_of(verb)
        if not (speaker >= 0 and i <= finder.mentions[speaker].start < verb):
            named = finder.first_in(i, verb)
            speaker = named if named >= 0 else speaker
        if speaker < 0 or self._quoted[finder.mentions[speaker].head]:
            return None
        return Cue(verb, speaker)

    def _inverted(self, verb: int, end: int) -> int:
        """The subject of a verb that stands before it: `said NASA astronaut Ann Lee, who`."""
        tokens, finder = self.tokens, self.finder
        subject = next((c for c in tokens.right[verb] if tokens.dep[c] == "nsubj" and c < end), -1)
        speaker = finder.resolve(subject, verb) if subject >= 0 else -1
        if speaker >= 0 and finder.mentions[speaker].kind is MentionKind.NAME:
            return speaker
        named = finder.first_in(verb + 1, end)
        if named >= 0 and speaker >= 0 and finder.mentions[named].kind is not MentionKind.NAME:
            return speaker
        if named < 0:
            return speaker
        # A title with a name in apposition: "said the agency's director, Ines Kovar".
        mention = finder.mentions[named]
        if mention.kind is MentionKind.NOMINAL:
            return finder.resolve(mention.head, verb)
        return named

    def _clause_verb(self, start: int, end: int, *, any_verb: bool) -> int:
        """The first reporting verb of a clause whose subject begins it; any finite verb after a comma."""
        tokens = self.tokens
        other = -1
        for i in range(start, end):
            if tokens.tag[i] not in _VERB_TAGS or self._quoted[i]:
                continue
            if tokens.dep[i] in ("relcl", "acl", "aux", "auxpass", "amod", "pcomp"):
                continue
            if tokens.lemma[i] in SPEECH_VERBS and tokens.pos[i] == "VERB":
                return i
            if other < 0 and tokens.tag[i] in ("VBD", "VBZ", "VBP"):
                other = i
        if any_verb and other >= 0:
            subject = tokens.child(other, "nsubj")
            if (
                subject >= 0
                and start <= subject < other
                and self.finder.is_person(self.finder.mention_of(subject))
            ):
                return other
        return -1

    def _introduced(self, region: tuple[int, int]) -> bool:
        """Whether the words before a quotation introduce it: they end in a colon, comma or reporting verb."""
        tokens = self.tokens
        start, end = region
        if end <= start:
            return False
        if tokens.text[end - 1] == ":":
            return True
        return any(
            tokens.lemma[i] in SPEECH_VERBS and tokens.pos[i] == "VERB"
            for i in range(max(start, end - 6), end)
        )

    def _before(self, q: Quoted, start: int, end: int) -> Cue | None:
        """The cue before a quotation: `Kovar said: “`, `she wrote on Monday, “`, `Kovar: “`."""
        tokens = self.tokens
        if end <= start:
            return None
        last = tokens.text[end - 1]
        colon, comma = last == ":", last in _COMMAS
        verb, finite = -1, -1
        for i in range(end - 1, start - 1, -1):
            if self._quoted[i] or tokens.tag[i] not in _VERB_TAGS:
                continue
            reporting = (
                tokens.lemma[i] in SPEECH_VERBS and tokens.pos[i] == "VERB" and tokens.dep[i] != "amod"
            )
            if reporting or (tokens.lemma[i] == "put" and tokens.lower[i + 1] == "it"):
                verb = i
                break
            if finite < 0 and tokens.tag[i] in FINITE:
                finite = i
                if not colon and not comma:
                    break
        if colon:
            return self._before_colon(start, end, verb, finite)
        sentence = is_sentence(self.tokens, q)
        if comma and sentence and (cue := self._by_account(start, end)):
            return cue
        if verb < 0 or is_silent(tokens, verb):
            return None
        if end - verb == 1 and tokens.text[q.end - 1] in ("!", "?"):
            sentence = True
        # "noted that “sometimes there are …": the clause begins with the mark.
        begun = tokens.lower[end - 1] == "that" and end - verb <= 4
        direct = sentence and (
            (comma and (finite < 0 or finite < verb or end - verb <= 8))
            or (end - verb == 2 and tokens.text[q.start][:1].isupper())
            or end - verb == 1
            or (begun and any(tokens.text[i] in _STOPS for i in range(q.start, q.end)))
        )
        if not direct:
            return None
        speaker = self._subject_before(verb, start)
        return Cue(verb, speaker) if speaker >= 0 else None

    def _by_account(self, start: int, end: int) -> Cue | None:
        """The one according to whom: `According to Kovar, “`."""
        tokens, finder = self.tokens, self.finder
        for i in range(start, end - 2):
            if tokens.lower[i] == "according" and tokens.lower[i + 1] == "to":
                named = tokens.child(i + 1, "pobj")
                speaker = finder.resolve(named) if named >= 0 else -1
                if speaker < 0 or finder.mentions[speaker].kind is not MentionKind.NAME:
                    first = finder.first_in(i + 2, end)
                    speaker = first if first >= 0 else speaker
                return Cue(i, speaker) if speaker >= 0 else None
        return None

    def _before_colon(self, start: int, end: int, verb: int, finite: int) -> Cue | None:
        finder = self.finder
        if verb < 0 and (cue := self._by_account(start, end)):
            return cue
        if verb >= 0:
            speaker = self._subject_before(verb, start)
            if speaker >= 0:
                return Cue(verb, speaker)
        if finite >= 0:
            speaker = finder.subject_of(finite)
            is_named = speaker >= 0 and finder.mentions[speaker].kind is MentionKind.NAME
            return Cue(-1, speaker) if is_named or finder.is_person(speaker) else None
        # "Kovar: “No.”", in minutes and interviews.
        named = finder.first_in(start, end)
        if named >= 0 and end - start <= 8:
            return Cue(-1, named)
        return None

    def _subject_before(self, verb: int, start: int) -> int:
        finder = self.finder
        speaker = finder.subject_of(verb)
        if speaker < 0 and verb == start:
            # "Remarked the engineer Ines Kovar, “".
            speaker = finder.first_in(verb + 1, self._quoted.find(1, verb))
        elif speaker < 0 and self.tokens.tag[verb] in FINITE:
            speaker = finder.first_in(start, verb)
        if speaker >= 0 and self._quoted[finder.mentions[speaker].head]:
            return -1
        return speaker

    def _governed(self, q: Quoted) -> Cue | None:
        """The verb that governs a quoted fragment: `called it “a beacon”`, `said it was “nowhere near”`."""
        tokens, finder = self.tokens, self.finder
        if is_title(self.tokens, q):
            return None
        node = tokens.span_head(q.start, q.end)
        if tokens.dep[node] == "appos":
            return None
        for _ in range(_CLIMB):
            if not q.start <= node < q.end and tokens.dep[node] in ("relcl", "appos"):
                return None
            parent = tokens.head[node]
            if parent == node:
                return None
            node = parent
            if q.start <= node < q.end or tokens.pos[node] != "VERB":
                if tokens.lower[node] == "according":
                    return None
                continue
            lemma = tokens.lemma[node]
            if lemma not in SPEECH_VERBS and lemma not in DESCRIBING_VERBS:
                continue
            if is_silent(tokens, node):
                return None
            speaker = finder.subject_of(node)
            if speaker < 0 or self._quoted[finder.mentions[speaker].head]:
                return None
            return Cue(node, speaker, "mixed")
        return None

    def _nested(self, quoted: list[Quoted]) -> list[Quotation]:
        """Speech inside speech, where a reporting verb inside introduces it."""
        made = []
        for q in quoted:
            start, end = content(self.tokens, q)
            if end - start <= SHORT or not is_sentence(self.tokens, q):
                continue
            for i in range(max(0, q.opened - 6), q.opened):
                if self.tokens.lemma[i] in SPEECH_VERBS and self.tokens.pos[i] == "VERB":
                    speaker = self.finder.subject_of(i)
                    if speaker >= 0:
                        addressee = self.finder.addressee_of(i, speaker)
                        made.append(
                            Quotation(
                                start=start,
                                end=end,
                                kind="direct",
                                speaker=speaker,
                                addressee=addressee,
                                cue=i,
                            )
                        )
                        break
        return made

    def _addressee(self, cue: Cue, previous: Quotation | None) -> int:
        if cue.verb < 0 or cue.speaker < 0:
            return -1
        found = self.finder.addressee_of(cue.verb, cue.speaker)
        if found >= 0 or previous is None or previous.speaker < 0:
            return found
        if self.tokens.lemma[cue.verb] in REPLY_VERBS and self._flow.name(
            previous.speaker
        ) != self._flow.name(cue.speaker):
            return previous.speaker
        return -1


def _after_mark(q: Quoted) -> int:
    return q.closed + 1 if q.closed >= 0 else q.end


def _before_mark(q: Quoted) -> int:
    return q.opened if q.opened >= 0 else q.start
