"""The examples in docstrings say what comes out."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import spacegraph

SOURCE = Path(spacegraph.__file__).parent
WITH_EXAMPLES = sorted(
    ".".join(("spacegraph", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
    for path in SOURCE.rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


def test_there_are_examples() -> None:
    assert "spacegraph.learning.derive" in WITH_EXAMPLES


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_run_as_they_stand(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
