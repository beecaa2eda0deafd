"""The command line: arguments in, calls of the library out; one file a command.

Data go to standard output, everything else to standard error. A :class:`~spacegraph.errors.SpacegraphError` is one
sentence and exit code 1; ``--debug`` (before the command) shows its traceback instead.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from spacegraph.errors import SpacegraphError
from spacegraph.version import __version__

__all__ = ["cli", "main"]

#: Command -> module of this package and the name of its click command there; imported when it is asked for, so that
#: ``spacegraph --help`` does not load spaCy.
COMMANDS = {
    "build": ("build", "command"),
    "facts": ("facts", "command"),
    "query": ("query", "command"),
    "explain": ("explain", "command"),
    "view": ("view", "command"),
    "check": ("check", "command"),
    "export": ("export", "command"),
    "infer": ("infer", "command"),
    "add": ("add", "add_command"),
    "replace": ("add", "replace_command"),
    "remove": ("articles", "remove_command"),
    "list": ("articles", "list_command"),
    "merge": ("merges", "merge_command"),
    "split": ("merges", "split_command"),
    "corpus": ("corpus", "command"),
    "serve": ("serve", "command"),
    "mcp": ("mcp", "command"),
    "learn": ("learn", "command"),
    "lexicon": ("lexicon", "command"),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """The names of the commands, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"spacegraph.cli.{module}"), name)
        command.name = cmd_name
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the closest names where there is no such command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=2) if args else []
            if not close:
                raise
            message = f"{error.message} Did you mean {' or '.join(close)}?"
            raise click.UsageError(message, ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader who has seen enough (`| head`) is no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _forget_output()
            return None


def _forget_output() -> None:
    """Python would complain when it flushes at exit what standard output has not taken."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with:  spacegraph build article.txt -o graph.ttl  &&  spacegraph query graph.ttl relations",
)
@click.version_option(__version__, prog_name="spacegraph")
@click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Read English news into an RDF knowledge graph, and ask the graph.

    What an article denies, supposes or merely quotes is never asserted, and every fact points to its words.
    """
    ctx.obj = {"debug": debug}


def _plain(message: str) -> str:
    # A message may quote a label or a file.
    from spacegraph.cli.options import plain

    return plain(message)


def main(args: list[str] | None = None) -> Any:
    """Run the command line; the exit code is 0, 1 for an error and 2 for wrong usage.

    Args:
        args: The words after the program's name; None takes those of the process.
    """
    debug = "--debug" in (sys.argv[1:] if args is None else args)
    try:
        code = cli.main(args=args, prog_name="spacegraph", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(
            "Stopped. Files are as they were; a store has each article wholly or not at all, and the same command goes on "
            "with a data set.",
            err=True,
        )
        code = 130
    except SpacegraphError as error:
        if debug:
            raise
        click.echo(f"spacegraph: {_plain(str(error))}", err=True)
        code = 1
    except BrokenPipeError:
        _forget_output()
        code = 0
    except OSError as error:
        if debug:
            raise
        # Files that are read and written have sentences of their own; this is standard output.
        click.echo(f"spacegraph: The output cannot be written: {error.strerror or error}.", err=True)
        _forget_output()
        code = 1
    sys.exit(code if isinstance(code, int) else 0)
