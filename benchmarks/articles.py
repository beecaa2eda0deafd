"""Score the facts read from the development articles against their gold facts.

    python benchmarks/articles.py [--core] [--errors] [--per-relation] [--set dev|silver]

Needs the development data beside the repository (``../shared``).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import orjson

from spacegraph.api import read_facts
from spacegraph.graph.formats.facts_json import fact_to_json
from spacegraph.sources import read_articles

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, help="keep the predicted facts here (JSON Lines)")
    parser.add_argument("--only", help="one document's id")
    args, rest = parser.parse_known_args()
    if not SHARED.is_dir():
        sys.exit(f"The development data are not at {SHARED}; this benchmark needs them.")
    data = SHARED / "data" / "articles"
    with tempfile.TemporaryDirectory() as folder:
        out = args.out or Path(folder) / "facts.jsonl"
        articles = [a for a in read_articles([data / "articles.jsonl"]) if args.only in (None, a.id)]
        with out.open("wb") as file:
            for _, facts in read_facts(articles):
                for fact in facts:
                    file.write(orjson.dumps(fact_to_json(fact)) + b"\n")
        ids = {a.id for a in articles}
        joined = {}
        for name in ("gold", "also_true"):
            joined[name] = Path(folder) / f"{name}.jsonl"
            files = [p for p in sorted((data / name).glob("*.jsonl")) if p.stem in ids]
            joined[name].write_text("".join(p.read_text("utf-8") for p in files), "utf-8")
        command = [sys.executable, "-m", "eval.triples", "--gold", str(joined["gold"])]
        command += ["--also-true", str(joined["also_true"]), "--pred", str(out.resolve()), *rest]
        subprocess.run(command, cwd=SHARED, check=True)


if __name__ == "__main__":
    main()
