"""The layers of ``src/spacegraph``: no import runs upward, and none in a circle."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from house import Edge, House, read_house

if TYPE_CHECKING:
    from pathlib import Path

#: Imports that still run upward. This list shrinks: what is mended leaves it, and nothing comes to it.
UPWARD: set[tuple[str, str]] = set()

#: Modules that still import each other in a circle.
CIRCLES: set[frozenset[str]] = set()


@pytest.fixture(scope="module")
def house() -> House:
    return read_house()


def test_every_module_has_a_room(house: House) -> None:
    assert not house.homeless, "Give these a room in tools/house.py"
    empty = {room for room in house.rooms if room not in map(house.room, house.modules)}
    assert not empty, "These rooms of tools/house.py hold nothing"


def test_no_import_runs_upward(house: House) -> None:
    allowed = {Edge(*edge) for edge in UPWARD}
    new, mended = house.upward - allowed, allowed - house.upward
    assert not new, f"These import a room above their own: {', '.join(sorted(map(str, new)))}"
    assert not mended, f"Take these from the list, they are mended: {', '.join(sorted(map(str, mended)))}"


def test_no_import_runs_in_a_circle(house: House) -> None:
    new, mended = house.circles - CIRCLES, CIRCLES - house.circles
    assert not new, f"These import each other in a circle: {sorted(map(sorted, new))}"
    assert not mended, f"Take these from the list, they are circles no more: {sorted(map(sorted, mended))}"


# The reading of the imports, on a house of its own


def _built(tmp_path: Path, **files: str) -> House:
    for name, code in {"": "", "cellar.": "", "attic.": "", **files}.items():
        path = tmp_path / "hut" / f"{name.replace('.', '/')}.py"
        if name == "" or name.endswith("."):
            path = tmp_path / "hut" / name.strip(".") / "__init__.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(code), "utf-8")
    return read_house(tmp_path, "hut", ("cellar", "attic"))


@pytest.mark.parametrize(
    "code",
    [
        "import hut.attic.beam",
        "from hut.attic import beam",
        "from hut.attic.beam import nail",
        "from ..attic.beam import nail",
        "from ..attic import beam",
        "def late():\n    from hut.attic.beam import nail",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from hut.attic.beam import nail",
        "try:\n    import hut.attic.beam as b\nexcept ImportError:\n    b = None",
    ],
)
def test_each_kind_of_import_is_seen(tmp_path: Path, code: str) -> None:
    house = _built(tmp_path, **{"cellar.jar": code, "attic.beam": "nail = 1"})
    assert house.upward == {Edge("hut.cellar.jar", "hut.attic.beam")}


def test_downward_and_foreign_imports_are_no_offence(tmp_path: Path) -> None:
    house = _built(tmp_path, **{"attic.beam": "import json\nfrom hut.cellar import jar", "cellar.jar": ""})
    assert house.edges == {Edge("hut.attic.beam", "hut.cellar.jar")}
    assert not house.upward
    assert not house.circles


def test_the_roof_is_above_all_rooms(tmp_path: Path) -> None:
    house = _built(tmp_path, **{"": "from hut.attic import beam", "attic.beam": "import hut"})
    assert house.upward == {Edge("hut.attic.beam", "hut")}


def test_circles_are_found_within_a_room(tmp_path: Path) -> None:
    house = _built(
        tmp_path,
        **{
            "cellar.jar": "from hut.cellar import lid",
            "cellar.lid": "def late():\n    from hut.cellar import rim",
            "cellar.rim": "from .jar import glass",
            "cellar.key": "from hut.cellar import jar",
        },
    )
    assert house.circles == {frozenset({"hut.cellar.jar", "hut.cellar.lid", "hut.cellar.rim"})}


def test_a_module_without_a_room_is_named(tmp_path: Path) -> None:
    assert _built(tmp_path, barn="").homeless == {"hut.barn"}
