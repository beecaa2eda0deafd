"""How many acts of speech in annotated articles are found as quotations, and with the right speaker.

Reads the silver articles and facts of the development data (``../shared/data/silver``): each fact of saying
(said, announced, ...) has the words of the speaker and of what is said inside its evidence. A quotation counts
as found where it shares half of the content words of what was said; its speaker is right where it shares
a word with the annotated one, or is a pronoun while the evidence does not name the speaker.

    python benchmarks/quotations.py [--articles N] [--errors N]
"""

from __future__ import annotations

import argparse
import collections
import re
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import spacy

from spacegraph.gazetteer import Gazetteer
from spacegraph.language.annotations import mention_text, register
from spacegraph.language.annotations import mentions as mentions_of
from spacegraph.language.annotations import quotations as quotations_of
from spacegraph.language.mentions.component import MentionFinder
from spacegraph.language.pipeline import PACKAGED_MODEL, prepare
from spacegraph.language.quotations.component import QuotationFinder
from spacegraph.language.tuning.segments import Segmenter
from spacegraph.model import MentionKind
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from spacy.tokens import Doc

SILVER = Path(__file__).resolve().parents[2] / "shared" / "data" / "silver"
RELATIONS = {"said", "announced", "told", "claimed", "stated", "reported", "warned", "confirmed", "denied"}
WORD = re.compile(r"[^\W_]+")
_EMPTY_WORDS = (
    "the a an of to in on at for and or is are was were be been it its that this with as by he she they his her their i we "
    "will would has have had not from do did s t re ve m ll"
)
EMPTY = set(_EMPTY_WORDS.split())


def content(text: str) -> set[str]:
    return {w.lower() for w in WORD.findall(text)} - EMPTY


def judge(doc: Doc, fact: dict[str, object]) -> tuple[str, str]:
    """The verdict on one fact, with a line that explains it."""
    evidence = fact["evidence"]
    assert isinstance(evidence, dict)
    wanted = content(str(fact["object_mention"] or fact["object"])) or content(str(fact["object"]))
    names = content(f"{fact['subject_mention'] or ''} {fact['subject']}")
    mentions = mentions_of(doc)
    best, share = None, 0.0
    for q in quotations_of(doc):
        span = doc[q.start : q.end]
        near = doc[min(q.start, q.cue) if q.cue >= 0 else q.start].idx, span.end_char
        if near[1] <= evidence["start"] or near[0] >= evidence["end"]:
            continue
        overlap = len(wanted & content(span.text)) / max(1, len(wanted))
        if overlap > share or (overlap == share and best is not None and best.speaker < 0):
            best, share = q, overlap
    where = f"{fact['subject']} | {str(fact['object'])[:70]} | {str(evidence['text'])[:160]!r}"
    if best is None or share < 0.5:
        return "no quotation", where
    if best.speaker < 0:
        return "no speaker", where
    mention = mentions[best.speaker]
    words = mention_text(doc, mention)
    if content(words) & names:
        return "right", where
    if mention.kind is MentionKind.PRONOUN:
        return "pronoun", f"{words} for {where}"
    return "wrong speaker", f"{words} for {where}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=90)
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each kind")
    options = parser.parse_args()
    register()
    nlp = spacy.load(PACKAGED_MODEL)
    segmenter, mention_finder, finder = Segmenter(), MentionFinder(Gazetteer()), QuotationFinder()
    counts: collections.Counter[str] = collections.Counter()
    kinds: collections.Counter[str] = collections.Counter()
    errors: dict[str, list[str]] = collections.defaultdict(list)
    bare, own, tokens = [], [], 0
    for article in list(read_articles(SILVER / "articles.jsonl"))[: options.articles]:
        doc = segmenter(prepare(nlp, article))
        begin = time.perf_counter()
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        bare.append(time.perf_counter() - begin)
        mention_finder(doc)
        begin = time.perf_counter()
        finder(doc)
        own.append(time.perf_counter() - begin)
        tokens += len(doc)
        for q in quotations_of(doc):
            kinds[q.kind + ("" if q.speaker >= 0 else " without speaker")] += 1
        path = SILVER / "facts" / f"{article.id}.jsonl"
        for row in path.read_bytes().splitlines():
            fact = orjson.loads(row)
            if fact["relation"] in RELATIONS and fact["factuality"] == "asserted":
                verdict, where = judge(doc, fact)
                counts[verdict] += 1
                errors[verdict].append(f"{article.id[:30]}: {where}")
    total = counts.total() or 1
    print(f"facts of saying {total}")
    for verdict, number in counts.most_common():
        print(f"  {verdict:14} {number:4}  {number / total:.3f}")
    print("quotations", ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))
    print(
        f"time {statistics.median(own) * 1000:.2f} ms an article against {statistics.median(bare) * 1000:.1f} ms of bare "
        f"spaCy ({sum(own) / sum(bare):.1%}; {tokens} tokens)"
    )
    for verdict in ("wrong speaker", "no speaker", "no quotation", "pronoun"):
        for line in errors[verdict][: options.errors]:
            print(verdict, "|", line)


if __name__ == "__main__":
    main()
