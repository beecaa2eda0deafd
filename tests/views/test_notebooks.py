"""The notebooks run, and are what their sources make."""

# IPython and nbformat have functions without types.
# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

ROOT = Path(__file__).parent.parent.parent

SOURCES = sorted((ROOT / "notebooks").glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_notebook_holds_the_cells_of_its_source_and_what_they_show(source: Path) -> None:
    made = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    written = jupytext.read(source, fmt="py:percent")
    assert [cell.source for cell in made.cells] == [cell.source for cell in written.cells]
    outputs = [output for cell in made.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    assert [output for output in outputs if output.output_type == "error"] == []
    for trace in ("/root", "/home", "/tmp", str(ROOT)):
        assert trace not in nbformat.writes(made)


def maker() -> Any:
    """``tools/make_notebooks.py``, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("make_notebooks", ROOT / "tools" / "make_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*zmq:RuntimeWarning")
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_notebook_runs(source: Path) -> None:
    made = maker().execute(source)
    shown = [cell for cell in made.cells if cell.cell_type == "code" and cell.outputs]
    assert len(shown) >= 7
    assert not [output for cell in shown for output in cell.outputs if output.output_type == "error"]


def test_there_are_ten_questions_and_each_is_answered() -> None:
    made = nbformat.read(ROOT / "notebooks" / "02_sparql.ipynb", as_version=4)
    asked = [cell for cell in made.cells if cell.source.startswith("%%sparql")]
    assert len(asked) >= 10
    answers = [cell.outputs[0].data["text/html"] for cell in asked]
    assert not [answer for answer in answers if "No rows" in answer]
