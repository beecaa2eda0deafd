"""Time and memory of reading thirty saved pages, which are made here: in six manners of markup, five lengths each.

    python benchmarks/pages.py [--facts] [--keep FOLDER]

Each page is read in a process of its own; the figures are of the reading, without the start of Python and the model.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("Ines Kovar", "Bob Dent", "Keith Tarn", "Ana Prado", "Li Wen", "Jo Reed")
FIRMS = ("Orbital Dynamics", "Orla Works", "Halden Aerospace", "Vela Systems")
SENTENCES = (
    "{a}, the head of {x}, criticized the engineer {b} on Friday.",
    "{x} launched a probe from Halverton on Monday.",
    "“The capsule is ready,” {a} said. “It will fly in May.”",
    "{b} works for {x}, which was founded in 2019 by {a}.[3]",
    "There was no sign that {x} was leaving the programme, the agency said.",
    "{x} won a contract worth US$4.2 billion, {b} told reporters.",
)
LENGTHS = (2, 8, 20, 60, 150)
MANNERS = ("article", "divisions", "table", "list", "framework", "old")
ONE = """
import resource, sys, time
from spacegraph.sources import read_articles
facts = sys.argv[2] == "facts"
if facts:
    from spacegraph.api import read_facts
    from spacegraph.reading import load_reader
    load_reader()
list(read_articles([sys.argv[3]]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
articles = list(read_articles([sys.argv[1]]))
count = sum(len(found) for _, found in read_facts(articles)) if facts else 0
took = time.process_time() - began
more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
text = articles[0].text
print(took, more / 1024, len(text), text.count("Hidden"), articles[0].published or "-", count)
"""


def paragraph(rng: random.Random) -> str:
    return " ".join(
        rng.choice(SENTENCES).format(a=rng.choice(NAMES), b=rng.choice(NAMES), x=rng.choice(FIRMS))
        for _ in range(rng.randrange(1, 4))
    )


def page(manner: str, length: int, rng: random.Random) -> str:
    """A page as sites and browsers write them, with what stands around its text."""
    texts = [paragraph(rng) for _ in range(length)]
    head = "<title>Probe sails | Example News</title><style>" + "a{b:c}" * 2000 + "</style>"
    menu = (
        "<nav><ul>" + "".join(f"<li><a href='/s{i}'>Section {i}</a></li>" for i in range(40)) + "</ul></nav>"
    )
    foot = (
        "<footer><p>© 2019 Example News. All rights reserved.</p></footer><script>"
        + "x=1;" * 5000
        + "</script>"
    )
    hidden = "<p style='display:none'>Hidden words that nobody sees: Bob Dent attacked Ana Prado.</p>"
    more = (
        "<aside><h3>Related</h3>"
        + "".join(f"<a href='/2018/03/0{i}/x'>Old news {i}</a>" for i in range(1, 9))
        + "</aside>"
    )
    if manner == "article":
        head += "<meta property='article:published_time' content='2031-05-04T10:00:00Z'>"
        body = f"<article><h1>Probe sails</h1>{''.join(f'<p>{t}</p>' for t in texts)}{hidden}</article>{more}"
    elif manner == "divisions":
        head += f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'datePublished': '2031-05-04'})}</script>"
        body = f"<div class=story>{''.join(f'<div class=par>{t}</div>' for t in texts)}{hidden}</div>{more}"
    elif manner == "table":
        body = (
            f"<table><tr><td>{menu}</td><td>{''.join(f'<p>{t}</p>' for t in texts)}{hidden}</td></tr></table>"
        )
    elif manner == "list":
        body = f"<main><h1>Probe sails</h1><time datetime='2031-05-04'>Sunday</time><ul>{''.join(f'<li>{t}</li>' for t in texts)}</ul>{hidden}</main>"
    elif manner == "framework":
        state = f"<script id=state type=application/json>{json.dumps(texts * 4)}</script>"
        body = (
            "<div>" * 30
            + "".join(f"<section><p><span>{t}</span></p></section>" for t in texts)
            + hidden
            + "</div>" * 30
            + state
        )
    else:
        body = f"<font size=2><b>Probe sails</b><br><br>{'<br><br>'.join(texts)}</font>{hidden}"
    return f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body>{menu}{body}{foot}</body></html>"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--facts", action="store_true", help="read facts too, not just the text")
    parser.add_argument("--keep", type=Path, help="keep the pages in this folder")
    args = parser.parse_args()
    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows = []
        for manner in MANNERS:
            for length in LENGTHS:
                path = folder / f"{manner}-{length}.html"
                path.write_text(page(manner, length, rng), "utf-8")
                warm = folder / "warm.html"
                warm.write_text(page("article", 2, random.Random(1)), "utf-8")
                command = [sys.executable, "-c", ONE, str(path), "facts" if args.facts else "text", str(warm)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                seconds, mib, characters, seen, day, facts = done.stdout.split()
                rows.append((float(seconds), float(mib)))
                print(
                    f"{path.stem:<16} {float(seconds):7.3f} s {float(mib):7.1f} MiB {characters:>8} characters, {seen} hidden, published {day}, {facts} facts"
                )
    print(
        f"{len(rows)} pages: {sum(s for s, _ in rows):.2f} s, {max(m for _, m in rows):.0f} MiB more at most"
    )


if __name__ == "__main__":
    main()
