"""``lemmata refute``: search for a counterexample and show it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import click

from numerics.sweeps.files import replacing
from proofs import completion
from proofs.budgets import patience
from proofs.cli import (
    EXIT_BUDGET,
    EXIT_FAILED,
    EXIT_HOLDS,
    EXIT_INPUT,
    EXIT_INTERNAL,
    passed_over,
)
from proofs.options import File, positive, target
from proofs.presentation import latex
from proofs.refutation.refute import refute
from proofs.refutation.standalone import script
from proofs.refutation.violation import violation
from proofs.user_claims import readable
from proofs.verification.workers import Failure, apart
from theory.claims import Claim, Statement
from theory.errors import InputError


def _violated(statement: Statement, point: Mapping[str, Fraction]) -> str:
    """The conclusion that fails at a point, unfolded; of several, the first."""
    statement, point = statement.about(point)
    pieces = statement.pieces
    failing = (p for p in pieces if violation(p, point) is not None) if len(pieces) > 1 else pieces
    return str(next(iter(failing)).obligation)


@click.command()
@click.argument("claim", shell_complete=completion.claim)
@click.option(
    "--budget",
    default=10.0,
    show_default=True,
    callback=positive,
    help="CPU seconds per claim.",
)
@click.option("--seed", default=0, show_default=True, help="Of the random part of the search.")
@click.option(
    "--script",
    "path",
    type=File(),
    callback=target,
    help="Write a script here that shows the violation without this package.",
)
@click.option("--latex", "as_latex", is_flag=True, help="Print paragraphs of LaTeX.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    claim: str, budget: float, seed: int, path: Path | None, as_latex: bool, as_json: bool
) -> int:
    """Search for a counterexample to CLAIM: a catalogue name, a FILE of claims, or FILE::NAME.

    A counterexample is a point of exact rationals, decided over the rationals or with balls.

    Exit codes: 1 a counterexample was found, 70 an internal error on a claim, 2 bad input (of a
    file, a claim that cannot be read), 4 the budget is spent without one, which proves nothing.
    What is wrong with a claim does not concern the others.
    """
    claims, unread = readable(claim)
    if path is not None and len(claims) + len(unread) != 1:
        raise InputError("--script", "one claim is wanted (FILE::NAME)")
    rows: list[dict[str, object]] = []
    broken = False
    if seed < 0:
        raise InputError("seed", "an integer of at least 0 is wanted")
    search = apart(lambda one: refute(one.statement, budget, seed), claims, patience(budget))
    for chosen, found in search:
        row: dict[str, object] = {"claim": chosen.name, "verdict": "not refuted"}
        if isinstance(found, Failure):
            row["failure"] = found.reason
            broken |= found.internal
        elif found is not None:
            row = {
                "claim": chosen.name,
                "verdict": "refuted",
                "conclusion": _violated(chosen.statement, found.point),
                "point": {x: str(v) for x, v in sorted(found.point.items())},
                "left": found.left,
                "right": found.right,
            }
            if path is not None:
                with replacing(path, "--script") as beside:
                    made = script(chosen.statement, found, str(chosen.typed or ""))
                    beside.write_text(made, encoding="utf-8")
        rows.append(row)
        if as_latex and not isinstance(found, Failure):
            click.echo(latex.counterexample(chosen, found))
        elif not as_json:
            click.echo(_line(row, chosen))
    if as_json:
        click.echo(json.dumps({"command": "refute", "results": rows}, indent=2, sort_keys=True))
    untold = [f"{r['claim']}: {r['failure']}" for r in rows if as_latex and "failure" in r]
    passed_over((*unread, *untold), EXIT_HOLDS)
    if any(r["verdict"] == "refuted" for r in rows):
        return EXIT_FAILED
    if broken:
        return EXIT_INTERNAL
    return EXIT_INPUT if unread else EXIT_BUDGET


def _line(row: dict[str, object], claim: Claim) -> str:
    if row["verdict"] != "refuted":
        why = row.get("failure", "no counterexample found; that proves nothing")
        return f"not refuted  {row['claim']} ({why})"
    point = row["point"]
    assert isinstance(point, dict)
    at = ", ".join(f"{x} = {v}" for x, v in point.items()) or "no variables"
    conclusion = str(row["conclusion"])
    said = conclusion if claim.typed is None else f"{claim.said}\n             read as {conclusion}"
    return (
        f"refuted      {row['claim']}: {said}\n"
        f"             at {at}\n"
        f"             left  = {row['left']}\n"
        f"             right = {row['right']}"
    )
