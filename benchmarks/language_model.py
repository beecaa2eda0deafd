"""Score recorded readings of a language model behind the gates: alone, the other readers, and all together.

    python benchmarks/language_model.py [--readers llm rules,reader rules,reader,llm] [--per-relation] [--errors]

The readings are put into a cache of answers, from which they are read without a model. Each claim is also changed into invented
ones (words that its sentence lacks, a relation that there is not, a sentence that there is not); none of those may become a fact.
Needs the development data beside the repository (``../shared``, or ``--shared``).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import orjson

from spacegraph.graph.formats.facts_json import fact_to_json
from spacegraph.llm import LanguageModel
from spacegraph.llm.asking import questions
from spacegraph.llm.cache import AnswerCache, key_of
from spacegraph.llm.client import SETTINGS
from spacegraph.llm.windows import sentences
from spacegraph.reading import load_reader
from spacegraph.sources import read_articles

ROOT = Path(__file__).resolve().parent.parent
NAME = "recorded"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--readers", nargs="*", default=["llm", "rules,reader", "rules,reader,llm"])
    parser.add_argument("--out", type=Path, help="keep the facts here, one file for each choice of readers")
    args, rest = parser.parse_known_args()
    data = args.shared / "data" / "articles"
    if not data.is_dir():
        sys.exit(f"The development data are not at {args.shared}; this benchmark needs them.")
    articles = list(read_articles([data / "articles.jsonl"]))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        true, false = folder / "true", folder / "false"
        _record(articles, args.shared / "data" / "llm", true, false)
        invented = _read(articles, "llm", false)[1]
        print(f"invented claims: {invented.claimed}, of which became facts: {invented.kept}")
        print(f"  {dict(invented.dropped)}")
        for name in ("gold", "also_true"):
            text = "".join(p.read_text("utf-8") for p in sorted((data / name).glob("*.jsonl")))
            (folder / f"{name}.jsonl").write_text(text, "utf-8")
        for readers in args.readers:
            facts, report = _read(articles, readers, true)
            out = (args.out or folder) / f"{readers.replace(',', '-')}.jsonl"
            out.write_bytes(b"".join(orjson.dumps(fact_to_json(f)) + b"\n" for f in facts))
            print(f"\n== {readers}: {len(facts)} facts", *(report.lines() if report else ()), sep="\n")
            command = [sys.executable, "-m", "eval.triples", "--gold", str(folder / "gold.jsonl"), "--core"]
            command += ["--also-true", str(folder / "also_true.jsonl"), "--pred", str(out.resolve()), *rest]
            subprocess.run(command, cwd=args.shared, check=True)


def _read(articles: list[Any], readers: str, cache: Path) -> tuple[list[Any], Any]:
    llm = LanguageModel(NAME, cache=str(cache)) if "llm" in readers else None
    reader = load_reader(readers=readers.split(","), llm=llm)
    facts = [fact for _, found, _ in reader.read(articles) for fact in found]
    return facts, reader.llm.report if reader.llm else None


def _record(articles: list[Any], readings: Path, true: Path, false: Path) -> None:
    """Put the readings, and what is invented from them, into caches of answers."""
    # As the reader that reads them: what is asked of a text may depend on who has read it before.
    settings = LanguageModel(NAME)
    for readers in (("rules",), ("rules", "reader")):
        reader = load_reader(readers=readers)
        for article, doc in zip(articles, reader.docs(articles), strict=True):
            reading = json.loads((readings / f"{article.id}.json").read_text("utf-8"))
            placed = [_placed(fact, reading["sentences"], doc) for fact in reading["facts"]]
            if readers == ("rules",):
                lost = Counter(c is None for c in placed)[True]
                print(
                    f"{article.id}: {len(placed)} facts recorded, {lost} with words that are not in the text"
                )
            claims = [c for c in placed if c is not None]
            for text, numbers in questions(doc, article, reader.ontology, settings.window):
                mine = [c for c in claims if c["sentence"] in numbers]
                key = key_of(NAME, text, SETTINGS)
                AnswerCache(true).put(key, json.dumps({"facts": mine}), model=NAME)
                wrong = [w for c in mine for w in _invented(c)]
                AnswerCache(false).put(key, json.dumps({"facts": wrong}), model=NAME)


def _placed(fact: dict[str, Any], recorded: list[str], doc: Any) -> dict[str, Any] | None:
    """A recorded fact with the numbers of our own sentences in the place of the recording's."""
    lines = [_plain(doc[start:end].text) for start, end in sentences(doc)]
    found = {}
    for end in ("subject", "object"):
        number = fact.get("object_sentence" if end == "object" else "sentence") or fact["sentence"]
        words, said = _plain(fact[f"{end}_words"]), _plain(recorded[number - 1])
        # Of our sentences that hold the words, the one that shares most with the recorded sentence.
        holding = [n for n, line in enumerate(lines, 1) if words and words in line]
        shared = {n: len(set(lines[n - 1].split()) & set(said.split())) for n in holding}
        if not holding or not max(shared.values()):
            return None
        found[end] = max(holding, key=lambda n: (shared[n], -n))
    return {
        **{k: fact[k] for k in ("relation", "subject", "subject_words", "object", "object_words", "factuality", "source")},
        "sentence": found["subject"],
        "object_sentence": found["object"],
    }  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("“", '"').replace("”", '"').split()).lower()


def _invented(claim: dict[str, Any]) -> list[dict[str, Any]]:
    """A claim with what nobody wrote in it, in four ways."""
    return [
        {**claim, "subject": "Orla Vask", "subject_words": "Orla Vask"},
        {**claim, "object": "Norwick Orbital", "object_words": "Norwick Orbital"},
        {**claim, "relation": f"never{claim['relation'].title()}"},
        {**claim, "sentence": claim["sentence"] + 5000, "object_sentence": claim["sentence"] + 5000},
    ]


if __name__ == "__main__":
    main()
