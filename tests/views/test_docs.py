"""The documents about views say what is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from spacegraph.views import page, picture

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("name", ["views.md", "networkx.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (DOCS / target).exists(), target


def test_networkx_how_to_runs(capsys: pytest.CaptureFixture[str]) -> None:
    text = (DOCS / "networkx.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "how_to"}
    exec("\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL)), names)
    printed = capsys.readouterr().out
    assert "Vela Works" in printed
    assert "“" in printed.splitlines()[-1]
    assert 0 < len(names["part"].facts) <= len(names["kg"].facts)
    assert names["page"].startswith("<!DOCTYPE html>")


def test_numbers_in_the_how_to_are_those_of_the_code() -> None:
    text = (DOCS / "views.md").read_text(encoding="utf-8")
    assert (page.MOST_NODES, "hundred most important things first" in text) == (100, True)
    assert f"Beyond {page.MOST_THINGS:,} things" in text
    assert (picture.MOST_NODES, "sixty most important things" in text) == (60, True)
    assert (
        f"Up to {picture.FEW_ARROWS} arrows are all labelled; of more, the {picture.MOST_EDGE_LABELS} between the most important things"
        in text
    )
