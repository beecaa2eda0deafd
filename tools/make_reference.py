"""Write the pages of docs/reference/ that are made from the program: the command line, and the named questions.

    python tools/make_reference.py [--check]

With ``--check`` nothing is written; the exit status is 1 where a page is out of date.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import click

from spacegraph.cli import cli

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
WIDTH = 100

COMMANDS_HEAD = """\
# The command line

Written by `tools/make_reference.py` from what each command says with `--help`: change it there.

Data go to standard output and everything else to standard error.
The exit code is 0, 1 for an error (one sentence; `spacegraph --debug …` shows where it came from) and 2 for wrong usage.
GRAPH is a file in any RDF format, a store's directory, or the URL of a SPARQL endpoint; STORE is one of the latter two.
"""
QUESTIONS_HEAD = """\
# Named questions

Written by `tools/make_reference.py` from `src/spacegraph/queries/*.rq`: edit those.

Each of these is asked by its name: `spacegraph query graph.ttl NAME VALUE…`, or `kg.ask("NAME", parameter="VALUE")`.
A name is the label or an alias of a thing, in any capitals; [Asking the graph](../sparql.md) says more.
The prefixes are those that every query knows, and `$name` stands for the value that you give.
"""


def command_line() -> str:
    """The page of all commands, in the order in which people meet them."""
    parts = [COMMANDS_HEAD]

    def show(command: click.Command, context: click.Context, depth: int) -> None:
        parts.append(
            f"{'#' * depth} {context.command_path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
        )
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                if child is None:
                    raise click.UsageError(f"{context.command_path} lists {name}, and has no such command.")
                show(child, _context(child, name, context), min(depth + 1, 4))

    show(cli, _context(cli, "spacegraph", None), 2)
    return "\n".join(parts)


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    # A terminal's width would make another page on each machine.
    return click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **{k: v for k, v in command.context_settings.items() if k == "help_option_names"},
    )


def named_questions() -> str:
    """The page of all named questions with their parameters and their SPARQL."""
    parts = [QUESTIONS_HEAD]
    found = sorted(
        (entry.name.removesuffix(".rq"), entry.read_text("utf-8"))
        for entry in files("spacegraph.queries").iterdir()
        if entry.name.endswith(".rq")
    )
    for name, text in found:
        lines = text.splitlines()
        said = [line.removeprefix("# ") for line in lines if line.startswith("# ")]
        question = " ".join(line for line in said if not line.startswith("param "))
        values = [line.removeprefix("param ") for line in said if line.startswith("param ")]
        query = "\n".join(line for line in lines if not line.startswith("# "))
        parts.append(f"## {name}\n\n{question}\n")
        parts.extend(f"- `{value.split(':', 1)[0]}`:{value.split(':', 1)[1]}" for value in values)
        parts.append(f"{chr(10) if values else ''}```sparql\n{query.strip()}\n```\n")
    return "\n".join(parts)


PAGES = {"command-line.md": command_line, "questions.md": named_questions}


def main() -> None:
    """Write or check the pages."""
    stale = []
    for name, page in PAGES.items():
        path, text = FOLDER / name, page().rstrip("\n") + "\n"
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        if "--check" in sys.argv[1:]:
            stale.append(name)
        else:
            FOLDER.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    if stale:
        sys.exit(f"Out of date: {', '.join(stale)}. Run python tools/make_reference.py")


if __name__ == "__main__":
    main()
