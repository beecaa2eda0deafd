"""The documentation keeps its word: one version, links that lead somewhere, pages that are current and commands that run."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import spacegraph

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

pytestmark = pytest.mark.skipif(
    not DOCS.is_dir(), reason="the documentation is in the checkout, not in the wheel"
)


# The version


def test_version_is_said_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    source = ROOT / project["tool"]["hatch"]["version"]["path"]
    assert f'__version__ = "{spacegraph.__version__}"' in source.read_text("utf-8")


def test_what_is_installed_and_what_is_cited_have_the_version_of_the_package() -> None:
    assert version("spacegraph") == spacegraph.__version__
    citation = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert citation
    assert citation[1] == spacegraph.__version__
    assert f"Version {spacegraph.__version__}, " in (ROOT / "README.md").read_text("utf-8")
