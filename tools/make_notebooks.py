"""Make the notebooks from their sources: run every cell and keep what it shows.

``notebooks/NAME.py`` (Jupytext's percent format) is what people edit, ``notebooks/NAME.ipynb`` what they open.
``python tools/make_notebooks.py`` makes all of them, ``python tools/make_notebooks.py 02_sparql`` makes one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


def execute(source: Path) -> nbformat.NotebookNode:
    """The notebook of a source with the outputs of its cells, without anything that differs from run to run.

    Raises:
        nbclient.exceptions.CellExecutionError: A cell failed.
    """
    notebook = jupytext.read(source, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
        }
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02}"
        cell.metadata = {}
    # What is shown is of articles of our own, whatever lies beside the checkout.
    os.environ["SPACEGRAPH_NEWS"] = "../examples/news.jsonl"
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(source.parent)}}
    )
    client.execute()
    for cell in notebook.cells:
        cell.metadata = {}
    notebook.metadata["language_info"] = {
        "name": "python",
        "file_extension": ".py",
        "mimetype": "text/x-python",
    }
    return notebook


def main() -> None:
    """Make the notebooks that the arguments name, or all."""
    for source in sorted(NOTEBOOKS.glob("*.py")):
        if sys.argv[1:] and source.stem not in sys.argv[1:]:
            continue
        nbformat.write(execute(source), source.with_suffix(".ipynb"))
        print(source.with_suffix(".ipynb").name)


if __name__ == "__main__":
    main()
