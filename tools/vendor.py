"""Fetch the pinned JavaScript libraries of the interactive page from the npm registry.

Run it to update them: edit ``LIBRARIES``, run ``python tools/vendor.py``, look at the page, commit. The files it writes
are committed, so that neither npm nor a network is needed to build, install or use spacegraph.

``python tools/vendor.py --check`` compares what is committed with the digests in ``vendor.json`` and fetches nothing.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "src" / "spacegraph" / "views" / "vendor"
MANIFEST = VENDOR / "vendor.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A package on npm: what is taken from it, and the digest (Subresource Integrity form) of its archive."""

    package: str
    version: str
    licence: str
    integrity: str
    #: Path in the archive -> name here.
    files: tuple[tuple[str, str], ...]


LIBRARIES = (
    Library(
        package="cytoscape",
        version="3.34.4",
        licence="MIT",
        integrity="sha512-msY99tMY8iWTg+sIPGfSqDcPNOt4xcj+v/K/7qUFaCUxxlqnMkUYLBjRUzn9W5CU/R2hrmtJa5+UtovrEM2ctg==",
        files=(
            ("package/dist/cytoscape.min.js", "cytoscape.min.js"),
            ("package/LICENSE", "cytoscape.LICENSE"),
        ),
    ),
    Library(
        package="svgcanvas",
        version="2.6.0",
        licence="MIT",
        integrity="sha512-H/2iVTLyuLxbLNYArnTaR8RmCR7fi8Gx7Hul7+lnPcN/b6AXLS56iVzUudgfMmkKrF9+GvXm+YJlT9Tg4eIj3A==",
        files=(("package/dist/svgcanvas.js", "svgcanvas.js"), ("package/LICENSE", "svgcanvas.LICENSE")),
    ),
)


def digest(data: bytes) -> str:
    """SHA-512 in the form of Subresource Integrity."""
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode("ascii")


def fetch(library: Library, folder: Path) -> dict[str, bytes]:
    """The files of a library by the names that they have here; exits where its archive is not the pinned one."""
    spec = f"{library.package}@{library.version}"
    packed = subprocess.run(
        ["npm", "pack", spec, "--silent"], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / packed.stdout.split()[-1]
    found = digest(archive.read_bytes())
    if found != library.integrity:
        sys.exit(
            f"The archive of {spec} has the digest {found}, but {library.integrity} is pinned. Nothing was written."
        )
    with tarfile.open(archive) as tar:
        members = {name: tar.extractfile(member) for member, name in library.files}
        return {name: member.read() for name, member in members.items() if member is not None}


def update() -> None:
    """Fetch every library, and write files and manifest when all of them are the pinned ones."""
    files: dict[str, bytes] = {}
    manifest = []
    with tempfile.TemporaryDirectory() as folder:
        for library in LIBRARIES:
            fetched = fetch(library, Path(folder))
            files |= fetched
            manifest.append(
                {
                    "package": library.package,
                    "version": library.version,
                    "licence": library.licence,
                    "integrity": library.integrity,
                    "files": {name: digest(data) for name, data in fetched.items()},
                }
            )
    VENDOR.mkdir(exist_ok=True)
    for name, data in files.items():
        (VENDOR / name).write_bytes(data)
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n")


def check() -> list[str]:
    """What is wrong with the committed files: one sentence each."""
    problems = []
    for entry in json.loads(MANIFEST.read_text()):
        for name, expected in entry["files"].items():
            path = VENDOR / name
            if not path.exists():
                problems.append(f"{name} is missing.")
            elif digest(path.read_bytes()) != expected:
                problems.append(f"{name} is not the file of {entry['package']} {entry['version']}.")
    return problems


def main() -> None:
    """Update, or check with ``--check``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare the committed files with vendor.json")
    if not parser.parse_args().check:
        update()
    if problems := check():
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
