"""OntoGUM documents for scoring and training coreference: reading them, and going over to their conventions.

OntoGUM (Zhu, Pradhan and Zeldes 2021, "OntoGUM: Evaluating contextualized SOTA coreference resolution on 12 more
genres") marks whole noun phrases, no singletons, no appositions, predicates or relative pronouns; our names are bare. Here
each expression stands for the whole phrase of its head, and what those conventions leave out is left out.
"""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.tokens import DocBin

from spacegraph.language.annotations import register
from spacegraph.language.coreference.speech import Turn
from spacegraph.language.pipeline import PACKAGED_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from spacegraph.language.coreference.expressions import Expression
    from spacegraph.language.coreference.resolution import Resolution
    from spacegraph.language.tokens import Tokens

__all__ = [
    "SHARED",
    "Document",
    "documents",
    "exported",
    "gap_snippets",
    "is_same_name",
    "parsed",
    "spans_of",
    "turns_in",
]

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
_POSSESSIVES = ("'s", "’s", "'", "’")
_TRIM = frozenset(("PUNCT", "SPACE"))


class Document:
    """One document: its row of the data and the parsed text, with both ways between the tokenisations."""

    def __init__(self, row: dict[str, Any], doc: Doc) -> None:
        self.row = row
        self.doc = doc
        self.starts = {start: i for i, (start, _) in enumerate(row["token_spans"])}
        self.ends = {end: i + 1 for i, (_, end) in enumerate(row["token_spans"])}

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The gold tokens that characters ``[start, end)`` cover, None where they cut one."""
        first, last = self.starts.get(start), self.ends.get(end)
        return None if first is None or last is None else (first, last)

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """Our tokens ``[start, end)`` that gold tokens ``[start, end)`` cover."""
        spans = self.row["token_spans"]
        found = self.doc.char_span(spans[start][0], spans[end - 1][1], alignment_mode="expand")
        return None if found is None else (found.start, found.end)


def parsed(name: str, texts: list[str], cache: Path | None) -> Iterator[Doc]:
    """Parse texts with the default model, or read the parses of an earlier run back."""
    nlp = spacy.load(PACKAGED_MODEL)
    path = cache / f"{name}.spacy" if cache is not None else None
    if path is None or not path.exists():
        stored = DocBin()
        for doc in nlp.pipe(texts, batch_size=32):
            stored.add(doc)
        if path is None:
            yield from stored.get_docs(nlp.vocab)
            return
        path.write_bytes(stored.to_bytes())
    yield from DocBin().from_bytes(path.read_bytes()).get_docs(nlp.vocab)


def documents(split: str, cache: Path | None = None) -> Iterator[Document]:
    """The documents of a split of OntoGUM, parsed."""
    register()
    with (SHARED / "gum_coref" / f"ontogum.{split}.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for row, doc in zip(rows, parsed(f"ontogum_{split}", [row["text"] for row in rows], cache), strict=True):
        yield Document(row, doc)


def turns_in(document: Document, expressions: list[Expression]) -> list[Turn] | None:
    """The turns of a transcript whose speakers the data name; None where they name none."""
    speakers = document.row.get("speakers")
    if not speakers or not any(speakers):
        return None
    turns: list[Turn] = []
    names: dict[str, int] = {}
    for e in expressions:
        if e.kind == "name" and e.meaning in ("person", ""):
            for word in e.words:
                names.setdefault(word.lower(), e.at)
    previous = ""
    for (start, end), speaker in zip(document.row["sentences"], speakers, strict=True):
        covered = document.tokens(start, end)
        if not speaker or covered is None:
            continue
        if turns and turns[-1].key == speaker and turns[-1].end >= covered[0] - 1:
            turns[-1].end = covered[1]
            continue
        if turns and turns[-1].key != speaker:
            previous = turns[-1].key
        words = speaker.lower().replace("_", " ").split()
        at = names.get(words[-1], -1) if words else -1
        turns.append(Turn(covered[0], covered[1], key=speaker, speaker=at, to=previous))
    for turn, after in pairwise(turns):
        if not turn.to and after.key != turn.key:
            turn.to = after.key
    return turns


def phrase(t: Tokens, e: Expression) -> tuple[int, int]:
    """The whole noun phrase of an expression, as tokens ``[start, end)``."""
    if e.kind == "pronoun":
        return e.head, e.head + 1
    if e.kind == "set":
        start, end = e.first, e.last + 1
    elif e.role == "mod" and e.kind == "name":
        start, end = e.start, e.end
    else:
        start, end = e.first, e.last + 1
        for k in t.right[e.head]:
            # What "and" joins is another mention.
            if t.dep[k] in ("cc", "conj", "preconj") and k >= e.end:
                end = min(end, max(e.end, e.head + 1, k))
                break
        if t.dep[e.head] == "ROOT":
            end = min(end, _before_clause_end(t, e, end))
    while end - 1 > max(e.end - 1, start) and (t.pos[end - 1] in _TRIM or t.tag[end - 1] == "_SP"):
        end -= 1
    while start < e.start and (t.pos[start] in _TRIM or t.tag[start] in ("CC", "_SP")):
        start += 1
    return start, end


def _before_clause_end(t: Tokens, e: Expression, end: int) -> int:
    for k in range(e.end, end):
        if t.text[k] in (".", ":", "!", "?"):
            return k
    return end


def spans_of(document: Document, resolution: Resolution) -> dict[int, tuple[int, int]]:
    """The gold-token span of each expression that the conventions of OntoGUM know as a mention."""
    t = resolution.tokens
    left_out = {second for _, second in resolution.predicative}
    found: dict[int, tuple[int, int]] = {}
    for e in resolution.entities.expressions:
        if e.at in left_out or e.pronoun == "rel" or (e.kind == "demonym" and e.role == "mod"):
            continue
        start, end = phrase(t, e)
        span = document.span(t.idx[start], t.idx[end - 1] + len(t.text[end - 1]))
        if span is not None:
            found[e.at] = span
    return found


def exported(document: Document, resolution: Resolution) -> list[list[list[int]]]:
    """The clusters of a document by the conventions of OntoGUM."""
    spans = spans_of(document, resolution)
    seen: set[tuple[int, int]] = set()
    clusters = []
    for entity in resolution.entities.all():
        cluster = []
        for at in entity.expressions:
            span = spans.get(at)
            if span is not None and span not in seen:
                seen.add(span)
                cluster.append(list(span))
        if len(cluster) > 1:
            clusters.append(cluster)
    return clusters


def gap_snippets(cache: Path | None = None) -> Iterator[tuple[dict[str, str], Doc]]:
    """The rows of GAP's development file, each with its parsed text."""
    register()
    with (SHARED / "gap" / "gap-development.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    yield from zip(rows, parsed("gap", [row["Text"] for row in rows], cache), strict=True)


def is_same_name(t: Tokens, e: Expression, row: dict[str, str], letter: str) -> bool:
    """Whether an expression is name A or B of a GAP row: the name, a part at its edge, or a phrase that ends with it."""
    if e.kind not in ("name", "nominal"):
        return False
    name_start = int(row[f"{letter}-offset"])
    name_end = name_start + len(row[letter])
    start, end = t.idx[e.start], t.idx[e.end - 1] + len(t.text[e.end - 1])
    for tail in _POSSESSIVES:
        if row["Text"][start:end].endswith(tail) and end - len(tail) > start:
            end -= len(tail)
            break
    return end == name_end or (start == name_start and end < name_end)
