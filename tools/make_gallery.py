"""Draw the pictures of the gallery (docs/gallery.md) over the small corpus of the examples.

    python tools/make_gallery.py [--check]

With ``--check`` nothing is written; the exit status is 1 where the page's answers are out of date. Pictures are not compared:
letters come out otherwise with each version of matplotlib.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import spacegraph

ROOT = Path(__file__).resolve().parent.parent
PAGE, IMAGES = ROOT / "docs" / "gallery.md", ROOT / "docs" / "images"
HEAD = """\
# Gallery

Twelve short articles about invented people, firms and flights (`examples/news.jsonl`), as pictures and as answers.
Written by `tools/make_gallery.py`: change it there.

```console
$ spacegraph build examples/news.jsonl -o news.ttl
```
"""
#: Name of the picture, what it shows, how to make it, and the options of ``plot``.
PICTURES = (
    ("all", "The whole graph", "spacegraph view news.ttl -o news.svg", {"max_nodes": 30}),
    ("around", "Around one thing", 'spacegraph view news.ttl --around "Orla Venn" -o venn.svg', {"around": "Orla Venn"}),
    (
        "open", "What nobody asserts: planned, reported, hypothetical and denied",
        'kg.plot("open.svg", factuality=["reported", "planned", "hypothetical", "negated"])',
        {"factuality": ["reported", "planned", "hypothetical", "negated"]},
    ),
)  # fmt: skip
#: Questions with their values, and what to look at.
QUESTIONS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("denied", {}, "What is not so, and who says that."),
    ("corroborated", {}, "Which claims several articles make, and how many."),
    ("timeline", {"name": "Plover 3"}, "A flight from the plan to the landing."),
    ("roles", {"person": "Sana Wick"}, "Who does or heads what."),
    ("connections", {"one": "Orla Venn", "other": "Marlow Orbital"}, "How two things hang together."),
)  # fmt: skip


def main() -> None:
    """Write or check the page, and draw the pictures."""
    kg = spacegraph.build(ROOT / "examples" / "news.jsonl")
    check = "--check" in sys.argv[1:]
    parts = [HEAD]
    for name, title, how, options in PICTURES:
        if not check:
            kg.plot(IMAGES / f"gallery-{name}.png", **options)
        language, prompt = ("console", "$ ") if how.startswith("spacegraph") else ("python", "")
        parts.append(
            f"## {title}\n\n![{title}](images/gallery-{name}.png)\n\n```{language}\n{prompt}{how}\n```\n"
        )
    for name, values, said in QUESTIONS:
        answer = kg.ask(name, **values)
        rows = answer.to_markdown().rstrip().splitlines()
        asked = " ".join([name, *(f'"{value}"' for value in values.values())])
        parts.append(
            f"## {name}\n\n{said}\n\n```console\n$ spacegraph query news.ttl {asked}\n```\n\n"
            + "\n".join(rows[:8])
            + "\n"
        )
    text = "\n".join(parts)
    if check:
        if not PAGE.is_file() or PAGE.read_text("utf-8") != text:
            sys.exit("Out of date: docs/gallery.md. Run python tools/make_gallery.py")
    else:
        PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
