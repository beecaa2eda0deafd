"""Other people's inventories of relations, so that the reader understands labels that it has not seen.

    python training/inventories.py [--shared DIR] [--out DIR]

The training sets of six ontologies (Text2KGBench) and the passages of KnowledgeNet become OUT/inventories.jsonl, one text a line::

    {"inventory", "text", "tokens", "sents", "kinds", "facts": [{"s": [start, end], "o": [start, end], "r": number}], "told": [number, ...]}

and OUT/inventories.json: for each inventory, for each of its relations in order, the texts by which it may be called. ``told`` are the
relations of which all facts of the text are annotated, as far as the annotators saw them. Values are found in the text by their
letters and digits, dates in the forms that people write; a fact whose words are not in the text is left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prepare import ROOT, SHARED, rows_of
from spacegraph.language import annotations as annotation
from spacegraph.language.pipeline import load_pipeline, read
from spacegraph.language.reader.labels import label_text, words_of
from spacegraph.learning.candidates import bare
from spacegraph.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

#: More wordings of other people's relations, by their words: see the file.
WORDINGS = Path(__file__).resolve().parent / "inventory_wordings.tsv"
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r'^"(?P<value>.*)"(?:\((?P<unit>[^)]*)\))?$')
_LONGEST = 10


def spoken(value: str) -> list[str]:
    """The ways in which a value may stand in a text, surest first."""
    found = _VALUE.match(value)
    text = (found["value"] if found else value).replace("_", " ").strip()
    ways = [text]
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day:
        month = day.strftime("%B")
        ways += [f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", f"{month} {day.day} {day.year}",
                 f"{day.day:02d} {month} {day.year}", day.strftime("%d-%m-%Y"), day.strftime("%m-%d-%Y"),
                 f"{day.strftime('%b')} {day.day}, {day.year}", f"{month} {day.day}", str(day.year)]  # fmt: skip
    elif re.fullmatch(r"\d{2} \w+ \d{4}", text):
        ways += [text.lstrip("0"), text[-4:]]
    elif re.fullmatch(r"\d+\.0", text):
        ways.append(text[:-2])
    without = re.sub(r"\s*\([^)]*\)$", "", text)
    if without and without != text:
        ways.append(without)
    return ways


def places(doc: Doc, value: str) -> list[list[int]]:
    """Where a value stands in a text, in tokens ``[start, end)``; of its ways to be written the first that is there."""
    for way in spoken(value):
        wanted = bare(way)
        if not wanted:
            continue
        found: list[list[int]] = []
        for start in range(len(doc)):
            if not wanted.startswith(bare(doc[start].text)) or not bare(doc[start].text):
                continue
            spelt = ""
            for end in range(start + 1, min(start + _LONGEST, len(doc)) + 1):
                spelt += bare(doc[end - 1].text)
                if spelt == wanted:
                    found.append([start, end])
                    break
                if len(spelt) >= len(wanted):
                    break
        if found:
            return found
    # A person by the last word of the name.
    words = value.replace("_", " ").split()
    if len(words) > 1 and words[-1][:1].isupper() and words[-1].isalpha():
        return [[t.i, t.i + 1] for t in doc if t.text == words[-1]]
    return []


def nearest(subjects: list[list[int]], objects: list[list[int]]) -> tuple[list[int], list[int]] | None:
    """The two places that are nearest to each other and share nothing."""
    pairs = [(s, o) for s in subjects for o in objects if s[1] <= o[0] or o[1] <= s[0]]
    return min(pairs, key=lambda p: (max(p[0][0], p[1][0]) - min(p[0][1], p[1][1]), p), default=None)


def mended(text: str) -> str:
    """A text without its double encoding."""
    try:
        return text.encode("latin-1").decode("utf-8") if re.search("[ÃÂ][\x80-\xbf]", text) else text
    except UnicodeError:
        return text


def ontologies(
    folder: Path,
) -> Iterator[tuple[str, list[dict[str, Any]], list[tuple[str, list[Any], list[str]]]]]:
    """Name, relations and rows (text, triples, relations told) of each training set."""
    for path in sorted(folder.glob("*_train.gold.jsonl")):
        ontology = json.loads(
            path.with_name(path.name.replace("_train.gold.jsonl", "_ontology.json")).read_text("utf-8")
        )
        concepts = {c["qid"]: c["label"] for c in ontology["concepts"]}
        relations = [
            {
                "label": r["label"],
                "domain": concepts.get(r["domain"], ""),
                "range": concepts.get(r["range"], r["range"]),
            }
            for r in ontology["relations"]
        ]
        name = path.name.split("_")[1]
        rows = []
        # Sentences found by distant supervision tell of one relation only.
        distant = name in {"space", "politics"}
        for row in rows_of(path):
            triples = [(t["sub"], t["rel"], t["obj"]) for t in row["triples"]]
            told = sorted({t[1] for t in triples}) if distant else [r["label"] for r in relations]
            rows.append((mended(row["sent"]), triples, told))
        yield name, relations, rows


def passages(folder: Path) -> tuple[str, list[dict[str, Any]], list[tuple[str, list[Any], list[str]]]]:
    """KnowledgeNet in the same form."""
    rows, labels = [], set()
    for row in rows_of(folder / "folds123.passages.jsonl"):
        plain = lambda text: " ".join(_TAG.sub("", text).split())  # noqa: E731
        triples = [(plain(f["subject"]), f["relation"], plain(f["object"])) for f in row["facts"]]
        rows.append((plain(row["text"]), triples, row["exhaustive"]))
        labels |= {t[1] for t in triples}
    return "knowledgenet", [{"label": label, "domain": "", "range": ""} for label in sorted(labels)], rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "training")
    options = parser.parse_args()
    data = options.shared / "data"
    if not (data / "text2kg").is_dir():
        sys.exit(f"There is no {data / 'text2kg'}: name the folder that holds data/ with --shared.")
    options.out.mkdir(parents=True, exist_ok=True)
    wordings: dict[str, list[str]] = {}
    for line in WORDINGS.read_text("utf-8").splitlines()[1:]:
        label, _, more = line.partition("\t")
        wordings[label] = [w.strip() for w in more.split("|") if w.strip()]
    nlp = load_pipeline(trained=False)
    names: dict[str, list[list[str]]] = {}
    partial = options.out / "inventories.partial"
    found = lost = 0
    with partial.open("w", encoding="utf-8") as lines:
        for name, relations, rows in [*ontologies(data / "text2kg"), passages(data / "knowledgenet")]:
            number = {words_of(r["label"]): n for n, r in enumerate(relations)}
            names[name] = []
            for r in relations:
                between = label_text(r["label"], "", [r["domain"]], [r["range"]])
                more = wordings.get(words_of(r["label"]), [])
                names[name].append([words_of(r["label"]), words_of(r["label"]), between, *more])
            articles = [Article(id=f"{name}-{n}", text=row[0]) for n, row in enumerate(rows)]
            for doc, (_, triples, told) in zip(read(nlp, articles), rows, strict=True):
                facts = []
                for subject, relation, object_ in triples:
                    pair = nearest(places(doc, subject), places(doc, object_))
                    if pair is None or words_of(relation) not in number:
                        lost += 1
                        continue
                    found += 1
                    facts.append({"s": pair[0], "o": pair[1], "r": number[words_of(relation)]})
                sents = [[s.start, s.end] for s in doc.sents]
                row = {
                    "inventory": name, "text": doc.text, "tokens": [[t.idx, t.idx + len(t)] for t in doc], "sents": sents,
                    "kinds": list(annotation.name_words(doc)), "facts": facts,
                    "told": sorted(number[words_of(t)] for t in told if words_of(t) in number),
                }  # fmt: skip
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    partial.replace(options.out / "inventories.jsonl")
    (options.out / "inventories.json").write_text(json.dumps(names, indent=1, ensure_ascii=False), "utf-8")
    print(f"{found} facts found in their texts, {lost} not")


if __name__ == "__main__":
    main()
