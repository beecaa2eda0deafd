"""A tab of a browser that notices what goes wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request


class Tab:
    """Opens HTML as files in a browser and notes whatever goes wrong or is asked of the network."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.problems: list[str] = []
        self.pages: list[Page] = []

    def open(self, html: str, *, fragment: str = "", wait: bool = True, **options: Any) -> Page:
        path = self.folder / f"graph{len(self.pages)}.html"
        path.write_text(html, encoding="utf-8")
        page = self.browser.new_page(**{"viewport": {"width": 1280, "height": 800}} | options)
        self.pages.append(page)
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("console", lambda message: self.problems.append(f"console: {message.text}"))
        page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))
        page.on("request", self._check)
        page.goto(path.as_uri() + fragment)
        if wait:
            page.wait_for_selector("html[data-ready]")
        return page

    def close(self) -> None:
        for page in self.pages:
            page.close()
        assert self.problems == []

    def _check(self, request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.problems.append(f"request: {request.url}")
