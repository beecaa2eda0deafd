"""How long a page takes to make and to open, by the number of things; and the screenshots in docs/images.

    python benchmarks/views.py                    # table
    python benchmarks/views.py --screenshots      # docs/images/page-*.png, picture-*.png as well

The graphs are made by rule (``large`` in tests/views/view_graphs.py) with degrees that follow a power law, about two facts a
thing and an article for each twelve. *Make* is ``render_page``; *open* is from asking headless Chromium for the file to
the page having drawn itself and answering; *CPU* is how much of that the page's process was at work. *New window* is the
same in a window that Chromium is still making, which keeps another of its processes busy for most of a second. All are
the best of ``--runs``, because whatever else the machine does only ever adds.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import spacegraph
from spacegraph.views.page import render_page
from spacegraph.views.picture import plot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "views"))
from view_graphs import large  # noqa: E402

IMAGES = ROOT / "docs" / "images"
SIZES = (60, 2_000, 20_000, 100_000)
SETTLED = 1_500  # milliseconds after which a window of Chromium has made itself
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)


def opened(
    browser: Browser, path: Path, screenshot: Path | None = None, *, settle: int = SETTLED
) -> tuple[float, float]:
    """Seconds until the page in a file has drawn itself, and how many of them its process was at work.

    Args:
        browser: Chromium.
        path: The page.
        screenshot: Where a picture of the page goes.
        settle: How many milliseconds an empty window stands before it is asked for the page.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.wait_for_timeout(settle)
    before = at_work(session)
    start = time.perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    page.evaluate("new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    seconds = time.perf_counter() - start
    work = at_work(session) - before
    if screenshot is not None:
        page.wait_for_timeout(300)
        page.screenshot(path=screenshot)
    page.close()
    return seconds, work


def at_work(session: CDPSession) -> float:
    """Seconds of processor time of a page's process so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "ProcessTime"))


def shrink(path: Path) -> None:
    """Write a screenshot with 256 colours, which are chosen so that rare ones stay what they are."""
    from PIL import Image

    with Image.open(path) as image:
        few = image.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def screenshots(browser: Browser, folder: Path) -> None:
    """The sample article: its graph, a fact, its text, the picture; and a focus in 2,000 things on a dark page."""
    kg = spacegraph.build(ROOT / "examples" / "sample_article.txt")
    path = folder / "sample.html"
    path.write_text(render_page(kg), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.screenshot(path=IMAGES / "page.png")
    page.evaluate(
        "spacegraph.goToFact(spacegraph.facts.find(f => f.factuality.name === 'negated' && f.object))"
    )
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "page-fact.png")
    page.click("#show-text")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "page-text.png")
    page.close()
    path.write_text(render_page(large(2_000)), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.evaluate("spacegraph.focusOn(spacegraph.things[8], 1)")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "page-focus-dark.png")
    page.close()
    plot(kg, IMAGES / "picture.png")
    for image in IMAGES.glob("*.png"):
        shrink(image)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3, help="the best of so many is reported")
    parser.add_argument("--screenshots", action="store_true", help="write docs/images")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest number of things")
    options = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed. On Debian: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    print(
        f"{'things':>8} {'facts':>8} {'make s':>8} {'open s':>8} {'CPU s':>8} {'new window s':>13} {'MB':>6}"
    )
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for size in (size for size in SIZES if size <= options.most):
            graph = large(size)
            made, shown, fresh = [], [], []
            path = Path(folder) / f"{size}.html"
            for run in range(options.runs):
                start = time.perf_counter()
                html = render_page(graph)
                made.append(time.perf_counter() - start)
                path.write_text(html, encoding="utf-8")
                first = options.screenshots and run == 0 and size < SIZES[-1]
                shown.append(opened(browser, path, IMAGES / f"page-{size}.png" if first else None))
                fresh.append(opened(browser, path, settle=0))
            megabytes = path.stat().st_size / 1e6
            print(
                f"{size:>8,} {len(graph.facts):>8,} {min(made):>8.2f} {min(shown)[0]:>8.2f} {min(cpu for _, cpu in shown):>8.2f} {min(fresh)[0]:>13.2f} {megabytes:>6.1f}",
                flush=True,
            )
        if options.screenshots:
            screenshots(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
