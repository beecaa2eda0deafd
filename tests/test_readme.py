"""The README keeps its word: every command in it runs, and what it shows is what comes out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

#: Commands that set up a machine, and what a test runs in their place.
SETUP = {
    "make demo": f"{sys.executable} {ROOT / 'examples' / 'demo.py'}",
    "make test": "",
    "pip install": "",
    "git clone": "",
}

pytestmark = pytest.mark.skipif(not README.exists(), reason="the README is in the checkout, not in the wheel")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    return [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]


def outputs() -> list[tuple[str, str]]:
    """Commands that the README shows the output of, with that output."""
    found = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if output.strip():
                found.append((command, output))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, in which the commands are run in the README's order."""
    path = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", path / "examples")
    return path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    for prefix, instead in SETUP.items():
        if command.startswith(prefix):
            command = instead
    command = re.sub(r"^(\.venv/bin/)?spacegraph ", f"{sys.executable} -m spacegraph ", command)
    command = re.sub(r"^(\.venv/bin/)?python ", f"{sys.executable} ", command)
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_readme_commands_run_and_show_what_it_says(folder: Path) -> None:
    shown = dict(outputs())
    assert len(commands()) >= 5
    for command in commands():
        done = run(command, folder)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        if command in shown and not command.startswith(tuple(SETUP)):
            expected = [line.rstrip() for line in shown[command].strip().splitlines()]
            actual = [line.rstrip() for line in done.stdout.strip().splitlines()]
            assert [line for line in expected if line != "…"] == [
                line for line in actual if line in expected
            ], command


@pytest.mark.slow
def test_readme_python_runs(folder: Path) -> None:
    code = "\n".join(blocks("python"))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_readme_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README.read_text("utf-8")):
        if "://" not in link:
            assert (ROOT / link).exists(), link


def test_demo_target_runs_the_demo() -> None:
    recipe = re.search(r"^demo:.*\n\t(.*)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe
    assert "examples/demo.py" in recipe[1]
