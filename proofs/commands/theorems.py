"""``lemmata theorems``: all theorems, one line each: paper, number, status, weakest link."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from proofs import completion, theorems
from proofs.cli import EXIT_FAILED, EXIT_HOLDS
from proofs.commands import theorems_changed
from proofs.commands.verify import verification
from proofs.evidence import standing
from proofs.experiments import Profile
from proofs.options import File
from proofs.presentation import described
from proofs.presentation.printed import NARROW, cell
from proofs.presentation.report import exit_code, lacking
from proofs.verification.verifying import verified_for
from theory import files
from theory.claims import SOURCES
from theory.errors import InputError, visible
from theory.names import nearest
from theory.theorems import Library

MAX_CHECKED_BYTES = 10_000_000


@click.command()
@click.argument("papers", nargs=-1, metavar="[PAPER ...]", shell_complete=completion.paper)
@verification
@click.option(
    "--results",
    type=File(),
    help="Take these rows (lemmata verify --json, or its --resume file); verify nothing.",
)
@click.option(
    "--markdown",
    is_flag=True,
    help="Print the tables of the README, of constants and of errata; verify nothing.",
)
@click.option(
    "--check",
    type=File(),
    help="Say whether the tables in this file are those of --markdown; verify nothing.",
)
@click.option(
    "--changed",
    multiple=True,
    metavar="CLAIM.CONSTANT=VALUE",
    help="Decide claims at another number, and say which theorems fall; verify nothing else.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    papers: tuple[str, ...],
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None,
    results: Path | None,
    markdown: bool,
    check: Path | None,
    changed: tuple[str, ...],
    as_json: bool,
) -> int:
    """List the theorems, of all papers or of those named, each with its computed status.

    What they rest on is verified first (one to two minutes for all), unless --results has it.

    Exit codes with --changed: 0 the claims hold with the new numbers, 1 one of them fails, 4 one
    was not decided in its budget.
    """
    if changed:
        return theorems_changed.run(changed, profile, budget, as_json)
    if unknown := set(papers) - set(SOURCES):
        wrong = min(unknown)
        meant = nearest(wrong, SOURCES) or f" (known: {', '.join(SOURCES)})"
        raise InputError("PAPER", f"no paper is called {wrong[:40]!r}{meant}")
    shelf = theorems.library()
    if markdown:
        click.echo("\n".join(_tables(shelf).values()), nl=False)
        return EXIT_HOLDS
    if check is not None:
        return _checked(check, _tables(shelf))
    names = [n for n, t in shelf.theorems.items() if not papers or t.paper in papers]
    rows = verified_for(shelf, names, profile, level, jobs, budget, resume, results)
    found = standing.standings(shelf, rows, names)
    many = standing.counts(shelf, found, "theorem")
    examples = standing.counts(shelf, found, "assumption")
    if as_json:
        made = {
            "command": "theorems",
            "theorems": [described.row(shelf.theorems[n], s) for n, s in found.items()],
            "summary": {
                "theorems": many,
                "assumptions": examples,
                "claims_of_no_theorem": len(theorems.loose(shelf)),
            },
        }
        click.echo(json.dumps(made, indent=2, sort_keys=True, ensure_ascii=False))
        return exit_code(rows)
    console = Console()
    if console.width < NARROW:
        for name, s in found.items():
            click.echo(visible(f"{s.status.value}  {name}  (weakest: {described.weakest(s)})"))
    else:
        table = Table(title="lemmata theorems", header_style="bold", pad_edge=False)
        for heading in ("theorem", "number", "status", "weakest link"):
            table.add_column(heading, overflow="fold", no_wrap=heading == "theorem")
        for name, s in found.items():
            number = shelf.theorems[name].source.statement
            table.add_row(*map(cell, (name, number, s.status.value, described.weakest(s))))
        console.print(table)
    for line in standing.summary(many, examples):
        click.echo(line)
    if said := lacking(rows):
        click.echo(said, err=True)
    return exit_code(rows)


def _tables(shelf: Library) -> dict[str, str]:
    """The generated tables, each between marks that bear its name."""
    made = {
        "constants": described.constants_table(shelf),
        "errata": described.errata_table(shelf),
    }
    return {n: f"<!-- {n} -->\n{text}<!-- /{n} -->\n" for n, text in made.items()}


def _checked(file: Path, tables: dict[str, str]) -> int:
    text = files.text(file, MAX_CHECKED_BYTES).replace("\r\n", "\n")
    stale = [name for name, table in tables.items() if table not in text]
    for name in stale:
        there = f"<!-- {name} -->" in text
        problem = "is stale" if there else "is not there"
        click.echo(
            f"{file.name}: the table of {name} {problem}; lemmata theorems --markdown has it"
        )
    return EXIT_FAILED if stale else EXIT_HOLDS
