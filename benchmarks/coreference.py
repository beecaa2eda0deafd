"""Clusters for the scorers of coreference: OntoGUM (CoNLL F1) and GAP (F1 of pronoun and name), and the time taken.

    python benchmarks/coreference.py ontogum --split dev -o OUT.jsonl
    python benchmarks/coreference.py gap -o OUT.tsv

Then, in the folder that holds ``eval`` and ``data``:

    python -m eval.coref --gold data/gum_coref/ontogum.dev.jsonl --pred OUT.jsonl [--genre news,interview]
    python -m eval.coref --gap --gold data/gap/gap-development.tsv --pred OUT.tsv
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from coref_corpus import documents, exported, gap_snippets, is_same_name, turns_in
from spacegraph.gazetteer import Gazetteer
from spacegraph.language.annotations import mentions, register
from spacegraph.language.coreference.component import RANKERS, CoreferenceResolver, make_ranker
from spacegraph.language.coreference.expressions import find_expressions
from spacegraph.language.mentions.component import MentionFinder
from spacegraph.language.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", choices=("ontogum", "gap"))
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--ranker", default="trained", choices=RANKERS)
    parser.add_argument("--cache", type=Path, help="a folder in which to keep the parses")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    gazetteer = Gazetteer()
    finder = MentionFinder(gazetteer)
    # OntoGUM rewards recall: its margins were chosen on its development split. GAP's names are one another's rivals.
    ranker = make_ranker(options.ranker, pronoun_margin=-1.0, nominal_margin=-1.0, leap_margin=0.0)
    # These corpora keep "we" apart from the organisation that somebody speaks for.
    resolver = CoreferenceResolver(gazetteer, ranker, organisations=False)
    register()
    lines = (
        ontogum(options.split, options.cache, finder, resolver)
        if options.data == "ontogum"
        else gap(options.cache, finder, resolver)
    )
    options.output.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def ontogum(
    split: str, cache: Path | None, finder: MentionFinder, resolver: CoreferenceResolver
) -> Iterator[str]:
    """One JSON object for each document."""
    seconds, size = 0.0, 0
    for document in documents(split, cache):
        doc = finder(document.doc)
        tokens = Tokens(doc)
        turns = turns_in(document, find_expressions(tokens, mentions(doc)))
        begin = time.perf_counter()
        resolution = resolver.resolve(doc, turns)
        seconds += time.perf_counter() - begin
        size += len(doc)
        yield json.dumps({"doc_id": document.row["doc_id"], "clusters": exported(document, resolution)})
    print(f"{1000 * seconds / size * 1000:.1f} ms per 1,000 tokens", file=sys.stderr)


def gap(cache: Path | None, finder: MentionFinder, resolver: CoreferenceResolver) -> Iterator[str]:
    """One row for each snippet: whether the first and the second name are the pronoun's."""
    for row, doc in gap_snippets(cache):
        resolution = resolver.resolve(finder(doc))
        t = resolution.tokens
        entities = resolution.entities
        at = int(row["Pronoun-offset"])
        answers = [False, False]
        for e in entities.expressions:
            if e.kind == "pronoun" and t.idx[e.head] == at:
                same = [entities.expressions[place] for place in entities.of(e.at).expressions]
                answers = [any(is_same_name(t, other, row, letter) for other in same) for letter in "AB"]
        yield "\t".join([row["ID"], *(str(answer).upper() for answer in answers)])


if __name__ == "__main__":
    main()
