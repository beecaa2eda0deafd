"""Write the pages of docs/reference/ that are made from the program: the command line, and the named questions with answers.

    python tools/make_reference.py [--check]

With ``--check`` nothing is written; the exit status is 1 where a page is out of date.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

import spacegraph
from spacegraph.cli import cli

if TYPE_CHECKING:
    from spacegraph.graph.query.results import QueryResult

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
WIDTH = 100
#: What the questions are asked of.
EXAMPLES = [ROOT / "examples" / "news.jsonl", ROOT / "examples" / "sample_article.txt"]
#: How many rows, or lines of a graph, of an answer are shown.
SHOWN = 5

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
The answers are those of a graph of the examples, with what follows by rules (of longer ones the first five rows):

```console
$ spacegraph build examples/news.jsonl examples/sample_article.txt -o graph.ttl
$ spacegraph infer graph.ttl -o graph.ttl
```

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
    kg = spacegraph.build(EXAMPLES).infer()
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
        given = dict(re.findall(r"^(\w+): .* for example (.+)$", "\n".join(values), re.MULTILINE))
        asked = " ".join([name, *(f'"{value}"' if " " in value else value for value in given.values())])
        parts.append(f"`spacegraph query graph.ttl {asked}`:\n\n{sample(kg.ask(name, **given))}\n")
    return "\n".join(parts)


def sample(answer: QueryResult) -> str:
    """The beginning of an answer as Markdown."""
    if answer.kind != "select":
        lines = [
            line for line in str(answer.to_turtle()).splitlines() if line and not line.startswith("@prefix")
        ]
        return "```turtle\n" + "\n".join(lines[: 2 * SHOWN]) + "\n…\n```"
    if not answer:
        raise click.ClickException("A question finds nothing in the examples: give it another example.")
    table = replace(answer, solutions=list(answer.solutions)[:SHOWN]).to_markdown().rstrip()
    more = len(answer) - SHOWN
    # Of a confidence, two digits are the same on every machine.
    table = re.sub(r"\b0\.\d{3,}\b", lambda number: f"{float(number[0]):.2f}", table)
    return table + (f"\n\n… and {more} more." if more > 0 else "")


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
