"""How much of the entities of annotated facts the mention finder covers, and how fast it is.

Reads the silver articles and facts of the development data (``../shared/data/silver``), in which the words of subject and
object are marked inside the evidence. Reports the share of those words that some mention covers: with
the same span ("exact"), or with the same last word ("head"), and how often name types agree.

    python benchmarks/mentions.py [--articles N] [--errors N] [--empty]
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import re
import time
from pathlib import Path

from spacegraph.gazetteer import Gazetteer
from spacegraph.language import annotations
from spacegraph.language.mentions.component import MentionFinder
from spacegraph.language.pipeline import DEFAULT_MODEL, PACKAGED_MODEL
from spacegraph.model import MentionKind

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
#: Classes of the annotation with the OntoNotes labels that agree with them.
TYPES = {
    "Person": {"PERSON"}, "Organisation": {"ORG"}, "Place": {"GPE", "LOC", "FAC"}, "Country": {"GPE"},
    "Spacecraft": {"PRODUCT", "FAC"}, "Rocket": {"PRODUCT"}, "Vehicle": {"PRODUCT"}, "Mission": {"EVENT", "PRODUCT"},
    "Event": {"EVENT"}, "Date": {"DATE"}, "Facility": {"FAC", "ORG"}, "CelestialBody": {"LOC"}, "Duration": {"DURATION", "DATE"},
    "Work": {"WORK_OF_ART"}, "Money": {"MONEY"}, "Group": {"NORP", "PERSON", "ORG"},
}  # fmt: skip
ARTICLES = re.compile(r"^(?:the|a|an|its|his|her|their|our)\s+", re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=90)
    parser.add_argument("--errors", type=int, default=0, help="print so many missed mentions and wrong types")
    parser.add_argument("--empty", action="store_true", help="with an empty gazetteer")
    options = parser.parse_args()
    import spacy

    gazetteer = Gazetteer()
    if not options.empty:
        from spacegraph.rdf_ontology import load_ontology

        gazetteer = load_ontology(None).gazetteer()
    nlp = spacy.load(PACKAGED_MODEL if not spacy.util.is_package(DEFAULT_MODEL) else DEFAULT_MODEL)
    finder = MentionFinder(gazetteer)
    annotations.register()
    count: collections.Counter[str] = collections.Counter()
    confusion: collections.Counter[tuple[str, str]] = collections.Counter()
    missed: list[str] = []
    wrong: collections.Counter[str] = collections.Counter()
    tokens, seconds = 0, 0.0
    with (SHARED / "silver" / "articles.jsonl").open(encoding="utf-8") as file:
        articles = [json.loads(line) for line in file][: options.articles]
    for article in articles:
        doc = nlp(article["text"])
        date = article.get("published")
        annotations.set_published(doc, dt.date.fromisoformat(date[:10]) if date else None)
        begin = time.perf_counter()
        finder(doc)
        seconds += time.perf_counter() - begin
        tokens += len(doc)
        by_end: dict[int, list[tuple[int, str, MentionKind]]] = {}
        heads: dict[int, tuple[str, MentionKind]] = {}
        for m in annotations.mentions(doc):
            start, last = doc[m.start].idx, doc[m.end - 1]
            by_end.setdefault(last.idx + len(last), []).append((start, m.type, m.kind))
            head = doc[m.head]
            heads[head.idx + len(head)] = (m.type, m.kind)
        path = SHARED / "silver" / "facts" / f"{article['id']}.jsonl"
        if not path.exists():
            continue
        seen: set[tuple[int, int]] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            fact = json.loads(line)
            evidence = fact["evidence"]
            for side in ("subject", "object"):
                words = fact.get(f"{side}_mention") or ""
                at = evidence["text"].find(words) if words else -1
                if at < 0:
                    continue
                start = evidence["start"] + at
                end = start + len(words)
                if (start, end) in seen:
                    continue
                seen.add((start, end))
                stripped = ARTICLES.sub("", words)
                starts = {start, start + len(words) - len(stripped)}
                kind = "name" if stripped[:1].isupper() and len(words.split()) < 7 else "other"
                count[f"{kind} all"] += 1
                found = by_end.get(end, [])
                exact = [entry for entry in found if entry[0] in starts]
                if exact:
                    count[f"{kind} exact"] += 1
                if found or end in heads:
                    count[f"{kind} head"] += 1
                else:
                    missed.append(
                        f"{kind}: {words!r} in ...{article['text'][max(0, start - 40) : end + 30]!r}"
                    )
                expected = TYPES.get(fact.get(f"{side}_type") or "")
                if exact and expected and exact[0][2] is MentionKind.NAME:
                    count["typed"] += 1
                    if exact[0][1] in expected:
                        count["typed right"] += 1
                    else:
                        confusion[fact[f"{side}_type"], exact[0][1]] += 1
                        wrong[f"{words!r}: {fact[f'{side}_type']} taken for {exact[0][1] or 'nothing'}"] += 1
    for kind in ("name", "other"):
        total = count[f"{kind} all"] or 1
        print(
            f"{kind:6} {total:5} mentions  exact {count[f'{kind} exact'] / total:.3f}  head {count[f'{kind} head'] / total:.3f}"
        )
    print(f"types  {count['typed']:5} names     right {count['typed right'] / (count['typed'] or 1):.3f}")
    print("most confused:", ", ".join(f"{a} as {b or '-'} {n}" for (a, b), n in confusion.most_common(10)))
    print(f"speed  {seconds * 1e6 / tokens:.1f} ms per 1,000 tokens ({tokens} tokens)")
    step = max(1, len(missed) // options.errors) if options.errors else 1
    for line in missed[::step][: options.errors]:
        print("missed", line)
    for line, number in wrong.most_common(options.errors):
        print("type  ", number, line)


if __name__ == "__main__":
    main()
