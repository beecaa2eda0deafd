"""How well the factuality of annotated facts is read: a confusion matrix, the errors, and the cost.

For each fact of the silver set (``--gold``: of the five gold articles) the words of its subject and object are looked up
in its evidence. The proposition that has both as arguments, the tightest if there are several, stands for the fact;
where there is none, the predicate that joins both in the dependency tree does. Its factuality is compared with the
annotated one. The silver set is the work of a language model and about nine tenths right: read errors, not figures.

    python benchmarks/factuality.py [--gold] [--errors asserted:planned] [--limit N] [--tree]
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from spacegraph.language import annotations as stored
from spacegraph.language.english.deed_nouns import is_deed
from spacegraph.language.factuality.component import FactualityReader
from spacegraph.language.parse.repair import repair
from spacegraph.language.pipeline import COMPONENTS, PACKAGED_MODEL
from spacegraph.language.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from spacegraph.model import Proposition

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
VALUES = ("asserted", "reported", "planned", "negated", "hypothetical")
#: Relations whose object may be all that somebody says: the verb that joins both is the act.
SPEECH = frozenset(
    [
        "said", "announced", "asked", "claimed", "criticized", "praised", "threatened", "accused", "denied", "proposed",
        "agreedWith", "wrote",
    ]
)  # fmt: skip
#: What counts as a claim; a claim of what the text denies or supposes is a false assertion.
CLAIMED = frozenset(("asserted", "reported", "planned"))


class Wanted(NamedTuple):
    """One annotated fact, with the characters of its evidence, subject and object (or None)."""

    factuality: frozenset[str]
    first: str
    relation: str
    start: int
    end: int
    subject: tuple[int, int] | None
    object: tuple[int, int] | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--gold", action="store_true", help="the five gold articles instead of the silver ones"
    )
    parser.add_argument(
        "--errors", default="", help="print errors: WANTED:GOT, either may be empty, or 'all'"
    )
    parser.add_argument("--limit", type=int, default=60, help="how many errors")
    parser.add_argument("--tree", action="store_true", help="do without propositions")
    options = parser.parse_args()
    folder = SHARED / ("articles" if options.gold else "silver")
    confusion: collections.Counter[tuple[str, str]] = collections.Counter()
    how: collections.Counter[str] = collections.Counter()
    errors: list[tuple[str, str, str]] = []
    seconds = 0.0
    for article, doc in read_articles(folder / "articles.jsonl"):
        t = repair(Tokens(doc))
        found = stored.propositions(doc)
        began = time.perf_counter()
        reader = FactualityReader(t, stored.mentions(doc), stored.quotations(doc), stored.published(doc))
        for p in found:
            reader.reading(p.head)
        seconds += time.perf_counter() - began
        for fact in wanted(folder, article):
            head, kind = (-1, "") if options.tree else by_proposition(doc, found, fact)
            if head < 0:
                head, kind = by_tree(doc, t, fact), "tree"
            if head < 0:
                how["not found"] += 1
                continue
            how[kind] += 1
            got = str(reader.reading(head).factuality)
            right = got in fact.factuality
            confusion[got if right else fact.first, got] += 1
            if not right:
                text = doc.text[fact.start : fact.end].replace("\n", " ")
                errors.append((fact.first, got, f"{kind[:4]} [{t.text[head]}] {fact.relation}: {text[:260]}"))
    report(confusion, how, seconds)
    show_errors(errors, options.errors, options.limit)


def read_articles(path: Path) -> Iterator[tuple[dict[str, Any], Doc]]:
    import spacy

    nlp = spacy.load(PACKAGED_MODEL)
    stored.register()
    parts = [nlp.create_pipe(name) for name in COMPONENTS if name != "spacegraph_factuality"]
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        doc = nlp(article["text"])
        date = article.get("published")
        stored.set_published(doc, dt.date.fromisoformat(date[:10]) if date else None)
        for part in parts:
            doc = part(doc)
        yield article, doc


def wanted(folder: Path, article: dict[str, Any]) -> Iterator[Wanted]:
    path = folder / ("gold" if folder.name == "articles" else "facts") / f"{article['id']}.jsonl"
    if not path.exists():
        return
    text = article["text"]
    for line in path.read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        evidence = fact["evidence"]
        if isinstance(evidence, str):
            start = text.find(evidence)
            evidence = {"start": start, "end": start + len(evidence), "text": evidence}
        if evidence["start"] < 0:
            continue
        sides: list[tuple[int, int] | None] = []
        for side in ("subject", "object"):
            names = fact.get(f"{side}_mention") or fact[side]
            names = [names] if isinstance(names, str) else names
            at = -1
            for name in names:
                at = evidence["text"].find(name)
                if at >= 0:
                    sides.append((evidence["start"] + at, evidence["start"] + at + len(name)))
                    break
            if at < 0:
                sides.append(None)
        relation = fact["relation"] if isinstance(fact["relation"], str) else fact["relation"][0]
        label = fact["factuality"]
        yield Wanted(
            frozenset((label, *fact.get("factuality_also_ok", ()))), label, relation, evidence["start"], evidence["end"],
            sides[0], sides[1],
        )  # fmt: skip


def by_proposition(doc: Doc, found: list[Proposition], fact: Wanted) -> tuple[int, str]:
    """The head of the tightest proposition inside the evidence that has both sides as arguments."""
    if fact.subject is None or fact.object is None:
        return -1, ""
    best: tuple[int, int] | None = None
    for p in found:
        if not fact.start <= doc[p.head].idx < fact.end:
            continue
        first, second = (_places(doc, p, side, fact.relation) for side in (fact.subject, fact.object))
        if first and second and len(first | second) > 1:
            size = p.end - p.start
            if best is None or size < best[0]:
                best = (size, p.head)
    return (best[1], "proposition") if best else (-1, "")


def _places(doc: Doc, p: Proposition, side: tuple[int, int], relation: str) -> set[int]:
    """The numbers of the arguments that hold these characters."""
    start, end = side
    return {
        number
        for number, a in enumerate(p.arguments)
        if (a.role != "comp" or relation in SPEECH)
        and (
            start <= doc[a.head].idx < end
            or (
                a.end > a.start
                and a.mention >= 0
                and doc[a.start].idx <= start
                and end <= doc[a.end - 1].idx + len(doc[a.end - 1])
            )
        )
    }


def by_tree(doc: Doc, t: Tokens, fact: Wanted) -> int:
    """The predicate that joins subject and object, else the one that governs the side that is there."""
    sides = [side for side in (fact.object, fact.subject) if side is not None]
    heads = []
    for start, end in sides:
        inside = doc.char_span(start, end, alignment_mode="expand")
        if inside is not None:
            heads.append(t.span_head(inside.start, inside.end))
    if not heads:
        span = doc.char_span(fact.start, fact.end, alignment_mode="expand")
        return -1 if span is None else int(span.root.i)
    if len(heads) == 1:
        return _predicate(t, heads[0])
    path = [heads[0]]
    while t.head[path[-1]] != path[-1]:
        path.append(t.head[path[-1]])
    node = heads[1]
    while node not in path:
        if t.head[node] == node:
            return _predicate(t, heads[0])
        node = t.head[node]
    if fact.relation not in SPEECH:
        # "attempted to open the hatch": the deed is that of the innermost predicate above the object.
        for step in path[: path.index(node)]:
            if t.pos[step] == "VERB" or (step != path[0] and is_deed(t, step)):
                return step
    if node not in heads and t.pos[node] not in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
        return _predicate(t, node)
    return node


def _predicate(t: Tokens, i: int) -> int:
    node = i
    while t.head[node] != node:
        node = t.head[node]
        if t.pos[node] in ("VERB", "AUX"):
            return node
    return node


def report(
    confusion: collections.Counter[tuple[str, str]], how: collections.Counter[str], seconds: float
) -> None:
    total = sum(confusion.values())
    right = sum(n for (want, got), n in confusion.items() if want == got)
    false = sum(n for (want, got), n in confusion.items() if want not in CLAIMED and got in CLAIMED)
    print(
        f"{total} facts ({dict(how)}); factuality right {right / max(total, 1):.3f}; false assertions {false}"
    )
    print(f"reading took {seconds * 1000:.0f} ms")
    print("wanted \\ got  " + "".join(f"{v:>13}" for v in VALUES) + "       recall")
    for want in VALUES:
        row = [confusion[want, got] for got in VALUES]
        print(
            f"{want:13} "
            + "".join(f"{n:13d}" for n in row)
            + f"{confusion[want, want] / max(sum(row), 1):13.3f}"
        )


def show_errors(errors: list[tuple[str, str, str]], pick: str, limit: int) -> None:
    if not pick:
        return
    want, _, got = pick.partition(":") if pick != "all" else ("", "", "")
    shown = [e for e in errors if (not want or e[0] == want) and (not got or e[1] == got)]
    for wanted_, got_, text in shown[:limit]:
        print(f"{wanted_[:4]} > {got_[:4]}  {text}")


if __name__ == "__main__":
    main()
