"""Annotated articles to tokens: what the trainer reads, made with the very tokens and sentences of the reading pipeline.

    python training/prepare.py [--shared DIR] [--out DIR] [SET ...]

A SET is a folder of the development data: ``annotated``, ``written``, ``silver`` (articles.jsonl and facts), or ``corpus``
(texts alone, for the teacher). Each becomes OUT/SET.jsonl, one article a line::

    {"id", "split", "title", "tokens": [[start, end], ...], "sents": [[first, past], ...], "text",
     "kinds": [what each token is by its letters, ...], "facts": [{"s": [start, end], "o": [start, end], "sn", "on", "st", "ot", "r", "f"}]}

``tokens`` count in characters, the rest in tokens. A fact whose words are not within one sentence is left out.
"""

from __future__ import annotations

import argparse
import bisect
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacegraph.language import annotations as annotation
from spacegraph.language.pipeline import load_pipeline, read
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def facts_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The annotated facts of a set by article; none for a set of texts alone."""
    single = folder / "facts.jsonl"
    paths = [single] if single.exists() else sorted((folder / "facts").glob("*.jsonl"))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in paths:
        for row in rows_of(path):
            found[row["doc_id"]].append(row)
    return found


def span_of(
    words: dict[str, Any] | str | None, evidence: Any, text: str, starts: list[int], ends: list[int]
) -> list[int] | None:
    """The tokens of a mention: its own offsets, or where its words stand in the evidence (silver has only those)."""
    if not words:
        return None
    if isinstance(words, dict):
        start, end = words["start"], words["end"]
    else:
        first = evidence[0] if isinstance(evidence, list) else evidence
        if not first:
            return None
        at = text.find(words, first["start"], first["end"])
        if at < 0:
            return None
        start, end = at, at + len(words)
    first_token = bisect.bisect_right(starts, start) - 1
    last_token = bisect.bisect_left(ends, end)
    if first_token < 0 or last_token >= len(ends) or last_token < first_token:
        return None
    return [first_token, last_token + 1]


def prepared(doc: Doc, row: dict[str, Any], facts: list[dict[str, Any]]) -> dict[str, Any]:
    """One article's line; see the module."""
    text = doc.text
    tokens = [[t.idx, t.idx + len(t)] for t in doc]
    starts, ends = [t[0] for t in tokens], [t[1] for t in tokens]
    sents = [[s.start, s.end] for s in doc.sents]
    firsts = [s[0] for s in sents]
    kept, lost = [], 0
    for fact in facts:
        s = span_of(fact.get("subject_mention"), fact.get("evidence"), text, starts, ends)
        o = span_of(fact.get("object_mention"), fact.get("evidence"), text, starts, ends)
        if s is None or o is None or bisect.bisect_right(firsts, s[0]) != bisect.bisect_right(firsts, o[0]):
            lost += 1
            continue
        kept.append(
            {
                "s": s, "o": o, "sn": fact["subject"], "on": fact["object"], "st": fact["subject_type"],
                "ot": fact["object_type"], "r": fact["relation"], "f": fact["factuality"],
            }
        )  # fmt: skip
    return {
        "id": row["id"], "split": row.get("split", "train"), "title": row.get("title") or "", "text": text, "tokens": tokens,
        "sents": sents, "kinds": list(annotation.name_words(doc)), "facts": kept, "lost": lost,
    }  # fmt: skip


def main() -> None:
    """Prepare the sets named on the command line, all that have facts by default."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", default=["annotated", "written", "silver"])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "training")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    nlp = load_pipeline(trained=False)
    for name in options.sets:
        folder = options.shared / "data" / name
        if not folder.is_dir():
            sys.exit(f"There is no {folder}: name the folder that holds data/ with --shared.")
        paths = (
            [folder / "articles.jsonl"]
            if (folder / "articles.jsonl").exists()
            else sorted(folder.glob("*.jsonl"))
        )
        rows = {row["id"]: row for path in paths for row in rows_of(path)}
        facts = facts_of(folder)
        target = options.out / f"{name}.jsonl"
        partial = target.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as lines:
            articles = [article for path in paths for article in read_articles(path)]
            for article, doc in zip(articles, read(nlp, articles), strict=True):
                line = prepared(doc, rows[article.id], facts.get(article.id, []))
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")
        partial.replace(target)
        print(f"{target}: {len(articles)} articles", flush=True)


if __name__ == "__main__":
    main()
