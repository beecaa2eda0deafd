"""The documentation keeps its word: one version, links that lead somewhere, pages that are current and commands that run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import spacegraph
from test_readme import run

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


# What CI installs


def test_constraints_are_versions_that_the_project_allows_and_name_nothing_else() -> None:
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    asked = [
        Requirement(line)
        for line in (
            *project["project"]["dependencies"],
            *groups["test"],
            *groups["lint"],
            *groups["typing"],
            *groups["docs"],
        )
    ]
    pins = {}
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            pin = Requirement(line)
            assert pin.url is None
            # Not every version is there for each Python.
            assert "python_version == " in str(pin.marker), line
            (version_of,) = pin.specifier
            assert version_of.operator == "=="
            pins[pin.name] = version_of.version
    assert "spacegraph" not in pins
    for requirement in asked:
        name = requirement.name.lower().replace("_", "-")
        assert pins[name] in requirement.specifier, f"constraints.txt has {name} {pins[name]}"


def test_what_make_installs_for_the_tests_is_constrained() -> None:
    installs = [
        line
        for line in (ROOT / "Makefile").read_text("utf-8").splitlines()
        if "pip install" in line and "--upgrade pip" not in line and "$(TRAIN)" not in line
    ]
    assert len(installs) >= 5
    assert all("$(CONSTRAINTS)" in line for line in installs), installs


# Links


def pages() -> list[Path]:
    found = [
        *DOCS.rglob("*.md"),
        *(ROOT / ".github").rglob("*.md"),
        *ROOT.glob("*.md"),
        ROOT / "ontology" / "README.md",
    ]
    return sorted(found)


def prose(page: Path) -> str:
    """A page without its blocks and pieces of code."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", lambda found: "" if "](" in found[0] else found[0], text)


def anchors(page: Path) -> set[str]:
    """What can be linked to on a page: its headings in small letters, with dashes for spaces."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip()) for heading in headings}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {link}"
        if anchor:
            assert anchor in anchors(target), f"{page.name} links to {link}"


# The site


def places() -> list[str]:
    """The pages that the navigation of the site names."""
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    return re.findall(r"(\S+\.md)$", nav, re.MULTILINE)


def test_each_page_has_one_place_on_the_site() -> None:
    assert sorted(places()) == sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))


def test_each_named_object_of_the_python_page_exists_and_says_what_it_does() -> None:
    from pydoc import locate

    named = re.findall(r"^::: (\S+)$", (DOCS / "reference" / "python.md").read_text("utf-8"), re.MULTILINE)
    assert {f"spacegraph.{name}" for name in ("build", "rdf_ontology.load_ontology")} <= set(named)
    for name in named:
        thing = locate(name)
        assert thing is not None, name
        assert thing.__doc__, name


# Pages that programs write, and what pages say of programs


def run_script(script: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / script, *options], capture_output=True, text=True, check=False
    )


def test_reference_is_current() -> None:
    done = run_script("tools/make_reference.py", "--check")
    assert done.returncode == 0, done.stderr


def test_the_gallery_is_current() -> None:
    done = run_script("tools/make_gallery.py", "--check")
    assert done.returncode == 0, done.stderr


def test_the_picture_of_the_house_is_current() -> None:
    done = run_script("tools/draw_house.py", "--check")
    assert done.returncode == 0, done.stderr


def test_a_stale_picture_of_the_house_is_named(tmp_path: Path) -> None:
    for folder in ("tools", "src"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("model", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "docs" / "images").mkdir(parents=True)
    shutil.copy(DOCS / "images" / "house.svg", tmp_path / "docs" / "images")
    module = tmp_path / "src" / "spacegraph" / "iris.py"
    module.write_text(module.read_text("utf-8") + "\nfrom spacegraph import gazetteer\n", "utf-8")
    done = run_script(str(tmp_path / "tools" / "draw_house.py"), "--check")
    assert done.returncode == 1
    assert "house.svg" in done.stderr


def test_stale_reference_is_named(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "make_reference.py", tmp_path / "tools")
    shutil.copytree(DOCS / "reference", tmp_path / "docs" / "reference")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    page = tmp_path / "docs" / "reference" / "questions.md"
    page.write_text(page.read_text("utf-8").replace("## who\n", "## whoever\n"), "utf-8")
    done = run_script(str(tmp_path / "tools" / "make_reference.py"), "--check")
    assert done.returncode == 1
    assert "questions.md" in done.stderr
    assert "command-line.md" not in done.stderr
    assert "## whoever\n" in page.read_text("utf-8")


def test_every_command_and_question_is_in_the_reference() -> None:
    from spacegraph.cli import COMMANDS

    commands = (DOCS / "reference" / "command-line.md").read_text("utf-8")
    for name in COMMANDS:
        assert f"\n### spacegraph {name}\n" in commands
    questions = (DOCS / "reference" / "questions.md").read_text("utf-8")
    for query in (ROOT / "src" / "spacegraph" / "queries").glob("*.rq"):
        assert f"\n## {query.stem}\n" in questions


def test_each_question_is_shown_with_an_answer() -> None:
    page = (DOCS / "reference" / "questions.md").read_text("utf-8")
    for part in page.split("\n## ")[1:]:
        answer = part.partition("\n`spacegraph query graph.ttl ")[2]
        assert re.search(r"^\| .*\n\| ---.*\n\| .*[^ |].* \|$|^```turtle\n[#\w]", answer, re.MULTILINE), part[
            :30
        ]


def test_keys_of_facts_are_those_that_the_page_names() -> None:
    from spacegraph.graph.formats.facts_json import KEYS

    page = (DOCS / "reference" / "files.md").read_text("utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == KEYS


def test_card_says_what_the_model_says_of_itself() -> None:
    from importlib.resources import files

    card = json.loads(files("spacegraph.language.reader").joinpath("model/card.json").read_text("utf-8"))
    page = (DOCS / "reader.md").read_text("utf-8")
    types = len([name for name in card["types"] if name])
    assert f"{types} types, {len(card['relations'])} trained relations" in page
    assert f"| trained | {card['trained']}," in page
    assert f"| licence | {card['licence']} |" in page


# The tutorial

TUTORIAL = DOCS / "tutorial.md"


def tutorial_blocks(kind: str) -> list[tuple[str, str]]:
    """The title and the content of each block of a kind."""
    pattern = rf'^```{kind}(?: title="([^"]+)")?\n(.*?)^```'
    return re.findall(pattern, TUTORIAL.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_tutorial_runs_and_shows_what_comes_out(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for title, content in tutorial_blocks("text"):
        (tmp_path / title).write_text(content, "utf-8")
    commands = [
        part.partition("\n")
        for _, block in tutorial_blocks("console")
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    ]
    assert len(commands) > 10
    for command, _, shown in commands:
        done = run(command, tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        expected = [line.rstrip() for line in shown.splitlines() if line != "…"]
        actual = [line.rstrip() for line in done.stdout.splitlines()]
        assert [line for line in actual if line in expected] == expected, command
    code = "\n".join(content for _, content in tutorial_blocks("python"))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for name in ("graph.html", "graph.svg", "graph.jsonld", "lexicon.ttl"):
        assert (tmp_path / name).stat().st_size > 1000


# The how-to pages

HOW_TO = sorted((DOCS / "howto").glob("*.md"))


@pytest.mark.slow
@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_commands_of_how_to_pages_run(page: Path, tmp_path: Path) -> None:
    if page.stem == "spark":
        pytest.skip("PySpark has tests of its own (make test-spark)")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    text = page.read_text("utf-8")
    for title, content in re.findall(r'^```\w+ title="([^"]+)"\n(.*?)^```', text, re.MULTILINE | re.DOTALL):
        (tmp_path / title).write_text(content, "utf-8")
    commands = re.findall(r"^\$ (.+)$", text, re.MULTILINE)
    code = "\n".join(re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    assert commands or code
    for command in commands:
        done = run(command, tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    if code:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
