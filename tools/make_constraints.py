"""Write constraints.txt: the versions that CI installs and that the tests were last run with.

    python tools/make_constraints.py [ENVIRONMENT…]

Run it after `make test` and `make docs` from nothing have passed: it reads their environments (`.venv`, `.venv-docs`).
Where both hold a package, the version of the first counts. Other versions of Python than theirs are left to the ranges of
pyproject.toml, since not every version of a package is there for each.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = (".venv", ".venv-docs")
HEAD = """\
# What CI installs, written by tools/make_constraints.py: `pip install --constraint constraints.txt` installs the same.
# Other versions of Python take what pyproject.toml allows.
"""
#: Not for us to choose: what a new environment begins with, and the package itself.
LEFT_OUT = {"pip", "setuptools", "wheel", "spacegraph"}
_LIST = """\
import json, sys
from importlib.metadata import distributions
print(json.dumps(["%d.%d" % sys.version_info[:2], sorted({(d.name.lower().replace("_", "-"), d.version) for d in distributions()})]))
"""


def main() -> None:
    """Read the environments and write the file."""
    pins: dict[str, str] = {}
    for environment in sys.argv[1:] or ENVIRONMENTS:
        python = ROOT / environment / "bin" / "python"
        if not python.exists():
            sys.exit(f"{environment} holds no environment: run make test and make docs first.")
        # -I: what this shell adds to the path is not of the environment.
        listed = subprocess.run([python, "-I", "-c", _LIST], capture_output=True, text=True, check=True)
        version, found = json.loads(listed.stdout)
        for name, number in found:
            if name not in LEFT_OUT:
                pins.setdefault(name, f'{name}=={number} ; python_version == "{version}"')
    (ROOT / "constraints.txt").write_text(HEAD + "".join(f"{pins[name]}\n" for name in sorted(pins)), "utf-8")


if __name__ == "__main__":
    main()
