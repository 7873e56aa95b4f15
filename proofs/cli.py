"""The ``lemmata`` command: exit codes, one-line errors, and the list of subcommands."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from theory.errors import InputError

# name -> what it does; a module of proofs.commands, loaded on use, so that none waits for others.
COMMANDS = {
    "derive": "print the derivation of the dynamics of F(w) = f(prod w)",
    "escape": "count gradient-descent steps until a stop condition holds",
    "verify": "check the catalogue of claims, one row each",
    "check": "check certificates with the independent checker",
    "refute": "search for an exact counterexample to a claim",
    "compare": "seven theorems side by side on the same problems",
    "sharpen": "bracket the best constant of a claim, both ends certified",
    "sweep": "run a grid of experiments from a file into a store that survives interruptions",
    "audit": "show that hypotheses can be met, and which of them are needed",
    "plot": "draw a figure of a sweep or of a claim, as PNG and SVG",
    "report": "write the encyclopedia of claims, one self-contained HTML file",
    "corpus": "measure the silent-error rate on wrong and on true lemmas",
}

EXIT_HOLDS, EXIT_FAILED, EXIT_INPUT, EXIT_TOOL, EXIT_BUDGET = 0, 1, 2, 3, 4


class ToolMissing(Exception):
    """A program that was asked for is not installed; exit code 3."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"proofs.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lemmata")
def lemmata() -> None:
    """Check the constants of convergence theorems about gradient descent on deep linear networks.

    Exit codes: 0 holds, 1 a claim failed, 2 bad input, 3 a tool is missing, 4 the budget is spent.
    """


def main() -> NoReturn:
    """Run the command line; every failure a user can cause is one line on standard error."""
    try:
        code = lemmata.main(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except (InputError, ToolMissing) as wrong:
        code = _complain(str(wrong), EXIT_TOOL if isinstance(wrong, ToolMissing) else EXIT_INPUT)
    except click.ClickException as wrong:
        code = _complain(wrong.format_message(), EXIT_INPUT)
    except (click.Abort, KeyboardInterrupt):
        code = _complain("interrupted", 130)
    except BrokenPipeError:
        # The reader of our output left; keep the interpreter from complaining on shutdown.
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    sys.exit(code if isinstance(code, int) else EXIT_HOLDS)


def _complain(problem: str, code: int) -> int:
    click.echo(f"lemmata: {' '.join(problem.split())}", err=True)
    return code
