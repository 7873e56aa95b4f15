"""``lemmata theorem``: one theorem, whole: its statement, its graph, its computed status."""

from __future__ import annotations

import json
from pathlib import Path

import click

from proofs import completion, theorems
from proofs.cli import EXIT_FAILED
from proofs.commands.verify import verification
from proofs.evidence.standing import Status, standings
from proofs.experiments import Profile
from proofs.options import File
from proofs.presentation import described
from proofs.presentation.report import exit_code, lacking
from proofs.verification.verifying import verified_for
from theory import typeset
from theory.errors import visible
from theory.theorems.typeset import paragraph


@click.command()
@click.argument("name", shell_complete=completion.theorem)
@verification
@click.option(
    "--results",
    type=File(),
    help="Take these rows (lemmata verify --json, or its --resume file); verify nothing.",
)
@click.option("--latex", is_flag=True, help="Print a paragraph of LaTeX; nothing is verified.")
@click.option("--document", is_flag=True, help="With --latex: a whole document, to be compiled.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    name: str,
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None,
    results: Path | None,
    latex: bool,
    document: bool,
    as_json: bool,
) -> int:
    """Show the theorem NAME (such as shamir2019/theorem-3, or a FILE.toml) and what it rests on.

    Its steps are verified, and its status is the weakest link of their graph. Exit codes: 0 its
    steps hold, 1 one of them fails or the statement fails as printed, else those of verify.
    """
    shelf, theorem = theorems.find(name)
    if latex:
        said = paragraph(theorem)
        click.echo(typeset.document(None, said) if document else said, nl=False)
        return 0
    rows = verified_for(shelf, [theorem.name], profile, level, jobs, budget, resume, results)
    found = standings(shelf, rows, [theorem.name])[theorem.name]
    if as_json:
        made = {"command": "theorem", "theorem": described.described(shelf, theorem, found)}
        click.echo(json.dumps(made, indent=2, sort_keys=True, ensure_ascii=False))
    else:
        for line in described.lines(shelf, theorem, found):
            click.echo(visible(line))
    if said := lacking(rows):
        click.echo(said, err=True)
    return exit_code(rows) or (EXIT_FAILED if found.status is Status.REFUTED else 0)
