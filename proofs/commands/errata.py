"""``lemmata errata``: printed statements that fail, each with its counterexample and its repair."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from proofs import theorems
from proofs.cli import EXIT_FAILED
from proofs.commands.verify import verification
from proofs.evidence.standing import Standing, Status, standings
from proofs.experiments import Profile
from proofs.options import File
from proofs.presentation import described, latex
from proofs.presentation.report import exit_code, lacking
from proofs.verification.verifying import verified_for
from theory.claims import SOURCES
from theory.errors import visible
from theory.theorems import Library, Theorem


@click.command()
@verification
@click.option(
    "--results",
    type=File(),
    help="Take these rows (lemmata verify --json, or its --resume file); verify nothing.",
)
@click.option("--latex", "as_latex", is_flag=True, help="Print paragraphs of LaTeX.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None,
    results: Path | None,
    as_latex: bool,
    as_json: bool,
) -> int:
    """List the statements that fail as printed, among those whose wording was read.

    Each comes with the exact counterexample, the repaired statement and what proves that. Exit
    codes: 0 every counterexample is confirmed, 1 one is not, else those of verify.
    """
    shelf = theorems.library()
    failing = [t for t in shelf.theorems.values() if t.printed is not None]
    names = [n for t in failing if t.printed is not None for n in (t.name, t.printed.repaired)]
    rows = verified_for(shelf, names, profile, level, jobs, budget, resume, results)
    found = standings(shelf, rows, names)
    made = [_entry(shelf, theorem, found) for theorem in failing]
    if as_json:
        whole = {"command": "errata", "errata": made}
        click.echo(json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False))
    elif as_latex:
        for theorem, entry in zip(failing, made, strict=True):
            repaired = shelf.theorems[entry["repaired"]["name"]]
            click.echo(latex.failing(theorem, repaired, entry))
    else:
        for entry in made:
            _show(entry)
        confirmed = sum(e["status"] == Status.REFUTED.value for e in made)
        click.echo(f"{len(made)} statements fail as printed; {confirmed} counterexamples confirmed")
    if said := lacking(rows):
        click.echo(said, err=True)
    doubtful = any(e["status"] != Status.REFUTED.value for e in made)
    return exit_code(rows) or (EXIT_FAILED if doubtful else 0)


def _entry(shelf: Library, theorem: Theorem, found: dict[str, Standing]) -> dict[str, Any]:
    assert theorem.printed is not None
    repaired = shelf.theorems[theorem.printed.repaired]
    carried = found[repaired.name]
    return {
        "name": theorem.name,
        "paper": theorem.source.key,
        "number": theorem.source.statement,
        "sureness": theorem.source.sureness,
        "status": found[theorem.name].status.value,
        "degenerate": theorem.printed.degenerate,
        "printed": " ".join(theorem.words.split()),
        "fails": theorem.printed.words,
        "refuted_by": theorem.printed.refuted_by,
        "counterexample": found[theorem.name].counterexample,
        "repaired": {
            "name": repaired.name,
            "words": " ".join(repaired.words.split()),
            "status": carried.status.value,
            "by": [link.name for way in carried.ways[:1] for link in way.links],
        },
        "commands": described.commands(theorem),
    }


def _show(entry: dict[str, Any]) -> None:
    degenerate = " (degenerate case)" if entry["degenerate"] else ""
    repaired, at = entry["repaired"], entry["counterexample"]
    point = "not confirmed in this run"
    if at is not None:
        values = ", ".join(f"{n} = {v}" for n, v in at["point"].items()) or "no variables"
        point = f"{values}; left {at['left']}, right {at['right']}"
    for line in (
        f"{SOURCES[entry['paper']]}, {entry['number']} ({entry['sureness']}){degenerate}",
        f"  printed:  {entry['printed']}",
        f"  fails:    {entry['fails']}",
        f"  exactly:  {point}  [{entry['refuted_by']}]",
        f"  repaired: {repaired['words']}",
        f"  proof:    {repaired['status']}: {', '.join(repaired['by'])}",
        f"  more:     lemmata theorem {repaired['name']}",
        "",
    ):
        click.echo(visible(line))
