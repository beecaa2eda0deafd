"""Feed made-up, broken and hostile inputs to spacegraph: each is taken or refused in a sentence, and nothing crashes.

    python benchmarks/fuzz.py [--inputs 100000] [--seconds 600] [--targets sources,...] [--seed 0]

A target is a function that makes one input of a random generator, feeds it and checks what comes out; register it with
``@target``. It may raise any SpacegraphError; whatever else it raises is a fault, and so is the death of its process. Inputs
are numbered, and ``--only TARGET:NUMBER`` repeats one.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import json
import logging
import multiprocessing
import random
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from spacegraph.errors import SpacegraphError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

#: Name -> what feeds one input, made by the generator, in a folder of its own.
TARGETS: dict[str, Callable[[random.Random, Path], None]] = {}
#: So many faults of one target are shown whole.
SHOWN = 5


def target(function: Callable[[random.Random, Path], None]) -> Callable[[random.Random, Path], None]:
    """Register a target under its name."""
    TARGETS[function.__name__] = function
    return function


# -- targets -------------------------------------------------------------------------------------------

WORDS = (
    "Orla Works launched the probe from Halverton on Monday, said Ines Kovar . “It flew,” she “ ” ‘ ’ \" ' ( ) [ ] [13] [^1] "
    "US$4.2 2031-05-04 May 4, 2031 © 2019 References Retrieved 5 May 2031 (PDF) Published: By REUTERS — - * # | > ` ``` ** _ "
    "[x](https://a.example) ![x](y.png) &amp; &nbsp; &#0; &#x110000; &bogus; \u00a0 \u200b \u00ad \ufeff \u202e e\u0301 ﬁ 😀 ʼ \u2028 "
    "Зонд улетел к Марсу 探査機 die der und que não <b> </b> <p> </p> <br> <!-- --> <script> </script> <div hidden> </div> <a href="
)
TOKENS = WORDS.split(" ")
TAGS = (
    "html head body article main section header footer nav aside p div span h1 h2 ul li table tr td time pre code script style "
    "template noscript iframe svg math form button sup a b br img meta link title blockquote dl dt dd details figure"
)
ATTRIBUTES = (
    "hidden", "style='display:none'", "class=sr-only", "datetime='2031-05-04'", "property='article:published_time' content='2031-13-45'",
    "name=date content=2019", "type='application/ld+json'", "charset=utf-16", "href='/2019/03/04/x'", "itemprop=datePublished", "role=banner",
    "style='", "x" * 300, "=", "\x00",
)  # fmt: skip
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "cp1251",
    "latin-1",
    "shift_jis",
)


def text_of(rng: random.Random, most: int = 120) -> str:
    """Words, marks and markup in disorder."""
    breaks = (" ", " ", " ", " ", "\n", "\n\n", "", "\r\n", "\t")
    return "".join(rng.choice(TOKENS) + rng.choice(breaks) for _ in range(rng.randrange(most)))


def markup_of(rng: random.Random, depth: int = 0) -> str:
    """Elements in each other, some of them without an end."""
    parts = []
    for _ in range(rng.randrange(1, 6)):
        name = rng.choice(TAGS.split())
        attributes = "".join(f" {rng.choice(ATTRIBUTES)}" for _ in range(rng.choice((0, 0, 1, 2))))
        inner = markup_of(rng, depth + 1) if depth < 4 and rng.random() < 0.5 else text_of(rng, 25)
        parts.append(f"<{name}{attributes}>{inner}" + (f"</{name}>" if rng.random() < 0.85 else ""))
    return "".join(parts)


def value_of(rng: random.Random, depth: int = 0) -> object:
    """A JSON value."""
    kind = rng.randrange(7 if depth < 4 else 5)
    if kind < 2:
        return text_of(rng, 20)
    if kind < 5:
        return rng.choice((None, True, -1, 1e308, 10**30, "", "\ud800", "2031-05-04", "soon"))
    if kind == 5:
        return [value_of(rng, depth + 1) for _ in range(rng.randrange(4))]
    keys = ("id", "text", "title", "published", "url", "source", "@type", "datePublished")
    return {rng.choice(keys): value_of(rng, depth + 1) for _ in range(rng.randrange(6))}


def records_of(rng: random.Random) -> str:
    """JSON Lines, or something near it."""
    lines = []
    for _ in range(rng.randrange(1, 5)):
        value = value_of(rng)
        if rng.random() < 0.7:
            value = {
                "id": f"a{rng.randrange(4)}",
                "text": rng.choice((text_of, markup_of))(rng),
                "published": rng.choice(("2031-05-04", "", None)),
            }
        lines.append(json.dumps(value, ensure_ascii=rng.random() < 0.5))
    return "\n".join(lines)


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Some bytes changed, cut off or doubled."""
    broken = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(broken) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            broken[at : at + 1] = bytes([rng.randrange(256)])
        elif kind == 1:
            del broken[at : at + rng.randrange(20)]
        elif kind == 2:
            broken[at:at] = broken[at : at + rng.randrange(40)] * rng.randrange(1, 5)
        else:
            broken[at:at] = rng.choice(
                (b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"{" * 3000, b"[" * 3000, b"<b>" * 400, b'"')
            )
    return bytes(broken)


@target
def sources(rng: random.Random, folder: Path) -> None:
    """Text, Markdown, pages and JSON Lines: articles whose offsets hold, or a refusal."""
    from spacegraph.read_text import ReadText
    from spacegraph.sources import read_articles

    suffix = rng.choice((".txt", ".md", ".html", ".jsonl", ".json", ""))
    made = {".html": markup_of, ".jsonl": records_of, ".json": records_of}.get(suffix, text_of)(rng)
    data = made.encode(rng.choice(ENCODINGS if suffix in (".txt", ".html", "") else ("utf-8",)), "replace")
    if rng.random() < 0.3:
        data = damaged(rng, data)
    if rng.random() < 0.05:
        data = gzip.compress(data)
        suffix += rng.choice(("", ".gz"))
    path = folder / f"input{suffix}"
    path.write_bytes(data)
    refused: list[SpacegraphError] = []
    any_language = rng.random() < 0.9
    for article in read_articles(
        [path], on_error=refused.append, any_language=any_language, max_chars=rng.choice((50, *(10_000,) * 9))
    ):
        read = ReadText(article.text, article.edits)
        last = 0
        for block in article.blocks:
            assert last <= block.start < block.end <= len(article.text), (
                "blocks overlap or run out of the text"
            )
            last = block.end
        for start in range(0, len(read.text), 7):
            first, end = read.given(start, min(len(read.text), start + 9))
            assert 0 <= first <= end <= len(article.text), "offsets run out of the text"
    for error in refused:
        assert str(error)[-1:] in ".!?", f"no sentence: {error}"
    if refused:
        raise refused[0]


# -- running -------------------------------------------------------------------------------------------


class Tally(NamedTuple):
    """What became of the inputs of one target."""

    inputs: int
    refused: int
    faults: list[str]
    crashes: list[str]
    slowest: float
    slowest_at: int


def feed(name: str, number: int, seed: int) -> tuple[str, float]:
    """Feed one input: what happened ("", "refused" or a traceback) and the seconds of processor time that it took."""
    rng = random.Random(f"{seed}:{name}:{number}")
    began = time.process_time()
    outcome = ""
    with tempfile.TemporaryDirectory() as folder:
        try:
            TARGETS[name](rng, Path(folder))
        except SpacegraphError:
            outcome = "refused"
        except Exception:  # noqa: BLE001  (every one of them is what is looked for)
            outcome = traceback.format_exc()
    return outcome, time.process_time() - began


def work(name: str, first: int, last: int, seed: int, pipe: Connection) -> None:
    """Feed inputs ``[first, last)``, and tell of each one."""
    faulthandler.enable()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    for number in range(first, last):
        pipe.send((number, None, 0.0))
        pipe.send((number, *feed(name, number, seed)))
    pipe.close()


def run(name: str, inputs: int, seconds: float, seed: int, limit: float) -> Tally:
    """Feed a target, in a process that is started anew where it dies or hangs."""
    refused, number, slowest, slowest_at = 0, 0, 0.0, -1
    faults: list[str] = []
    crashes: list[str] = []
    ends = time.monotonic() + seconds
    context = multiprocessing.get_context("fork")
    while number < inputs and time.monotonic() < ends:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(name, number, inputs, seed, there))
        process.start()
        there.close()
        try:
            while time.monotonic() < ends:
                if not here.poll(limit):
                    crashes.append(f"{name}:{number} runs for more than {limit:g} s")
                    number += 1
                    break
                number, outcome, took = here.recv()
                if outcome is None:
                    continue
                number += 1
                refused += outcome == "refused"
                if outcome not in ("", "refused"):
                    faults.append(f"{name}:{number - 1}\n{outcome}")
                if took > slowest:
                    slowest, slowest_at = took, number - 1
        except EOFError:
            process.join()
            if process.exitcode:
                crashes.append(f"{name}:{number} ends its process ({process.exitcode})")
                number += 1
        process.kill()
        process.join()
    return Tally(number, refused, faults, crashes, slowest, slowest_at)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--targets", default=",".join(TARGETS), help=f"some of {', '.join(TARGETS)}")
    parser.add_argument("--inputs", type=int, default=100_000, help="for all targets together")
    parser.add_argument("--seconds", type=float, default=600, help="for all targets together")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which an input hangs")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", help="one input, as TARGET:NUMBER")
    args = parser.parse_args()
    if args.only:
        name, _, number = args.only.partition(":")
        print(*feed(name, int(number), args.seed))
        return
    names = args.targets.split(",")
    if unknown := set(names) - set(TARGETS):
        sys.exit(f"There is no target {', '.join(sorted(unknown))}. There are: {', '.join(TARGETS)}.")
    print(f"{'target':<12} {'inputs':>8} {'refused':>8} {'tracebacks':>10} {'crashes':>8}  slowest, s")
    bad = 0
    for name in names:
        tally = run(name, args.inputs // len(names), args.seconds / len(names), args.seed, args.limit)
        print(
            f"{name:<12} {tally.inputs:>8,} {tally.refused:>8,} {len(tally.faults):>10,} {len(tally.crashes):>8,}"
            f"  {tally.slowest:.2f} ({name}:{tally.slowest_at})"
        )
        for found in (*tally.faults, *tally.crashes)[:SHOWN]:
            print(found, file=sys.stderr)
        bad += len(tally.faults) + len(tally.crashes)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
