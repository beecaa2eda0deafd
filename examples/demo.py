"""What ``make demo`` runs: the sample article becomes a graph, which then answers two questions.

python examples/demo.py [ARTICLE]
"""

from __future__ import annotations

import sys
from pathlib import Path

import spacegraph
from spacegraph.cli.facts import COLUMNS, fact_row
from spacegraph.cli.options import print_table
from spacegraph.model import Factuality

QUESTIONS = {
    "Who criticized whom?": """
        SELECT ?who ?whom WHERE {
          ?a sg:criticized ?b .
          ?a rdfs:label ?who . ?b rdfs:label ?whom
        } ORDER BY ?who ?whom""",
    "What does the article deny, and according to whom? (a named question)": "denied",
}
#: So many facts of each kind are shown.
SHOWN = 6


def main() -> None:
    article = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("sample_article.txt")
    kg = spacegraph.build(article)
    print(f"{article.name}: {len(kg.facts)} facts between {len(kg.entities)} things\n")
    rows = []
    for factuality in Factuality:
        # The surest facts of each kind, in the order of the text.
        kind = [fact for fact in kg.facts if fact.factuality is factuality]
        best = sorted(kind, key=lambda fact: -fact.confidence)[:SHOWN]
        rows += [fact_row(fact) for fact in kind if fact in best]
    print_table(COLUMNS, rows)
    for question, sparql in QUESTIONS.items():
        print(f"\n{question}\n")
        result = kg.query(sparql)
        print_table(result.columns, result.texts())
    kg.export("graph.ttl")
    kg.plot("graph.png", title=article.stem.replace("_", " "))
    print(
        f"\nThe whole graph is in {Path('graph.ttl').resolve()}, a picture of it in {Path('graph.png').resolve()}."
    )
    print("Next:  .venv/bin/spacegraph view graph.ttl -o graph.html   and open the page.")


if __name__ == "__main__":
    main()
