"""What ``make docs`` does to the pages: links out of docs/ become the name of the file, which the site does not hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\(((?:\.\./)+[^)#\s]+)(?:#[^)\s]*)?\)")


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """The page's text, in which files of the repository beside docs/ are named instead of linked to.

    Raises:
        mkdocs.exceptions.PluginError: There is no such file.
    """
    folder = (ROOT / "docs" / page.file.src_uri).parent

    def named(found: re.Match[str]) -> str:
        target = (folder / found[2]).resolve()
        if target.is_relative_to(ROOT / "docs"):
            return found[0]
        if not target.exists():
            from mkdocs.exceptions import PluginError

            msg = f"{page.file.src_uri} links to {found[2]}, which does not exist."
            raise PluginError(msg)
        path = target.relative_to(ROOT).as_posix()
        return f"`{path}`" if found[1].strip("`") in path else f"{found[1]} (`{path}`)"

    return LINK.sub(named, markdown)
