"""``lemmata audit``: whether hypotheses can be met, and which of them are needed."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

from proofs.audit import Audit, audit
from proofs.cli import EXIT_BUDGET, EXIT_FAILED, EXIT_HOLDS
from proofs.user_claims import resolve


@click.command()
@click.argument("claim")
@click.option("--budget", default=10.0, show_default=True, help="Seconds per claim.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(claim: str, budget: float, as_json: bool) -> int:
    """Audit the hypotheses of CLAIM: a catalogue name, a FILE of claims, or FILE::NAME.

    A hypothesis is needed if the claim without it has a counterexample, and not needed if the
    claim without it has a certificate.

    Exit codes: 0 every set of hypotheses has an exact point, 1 one is proved to be empty, 4 none
    was found within the budget, 2 bad input.
    """
    audited = [(chosen, audit(chosen.statement, budget)) for chosen in resolve(claim)]
    if as_json:
        rows = [_row(chosen.name, found) for chosen, found in audited]
        click.echo(json.dumps({"command": "audit", "results": rows}, indent=2, sort_keys=True))
    else:
        table = Table(title="lemmata audit")
        for heading in ("claim", "hypothesis", "need", "without it"):
            table.add_column(heading)
        for chosen, found in audited:
            table.add_row(chosen.name, "all together", _filled(found), _point(found.witness))
            for h in found.hypotheses:
                found_at = h.counterexample
                fails = "" if found_at is None else f"fails at {_point(found_at.point)}"
                shown = str(chosen.statement.hypotheses[h.name])
                table.add_row("", f"{h.name}: {shown}", h.need, fails)
        Console().print(table)
    if any(found.empty for _, found in audited):
        return EXIT_FAILED
    return EXIT_BUDGET if any(found.witness is None for _, found in audited) else EXIT_HOLDS


def _filled(found: Audit) -> str:
    if found.witness is not None:
        return "satisfiable"
    return "proved empty" if found.empty else "open"


def _point(point: object) -> str:
    if not point:
        return "" if point is None else "no variables"
    assert hasattr(point, "items")
    return ", ".join(f"{x} = {v}" for x, v in sorted(point.items()))


def _row(name: str, found: Audit) -> dict[str, object]:
    exact = None if found.witness is None else {x: str(v) for x, v in found.witness.items()}
    return {
        "claim": name,
        "witness": exact,
        "empty": found.empty,
        "hypotheses": [
            {
                "name": h.name,
                "need": h.need,
                "counterexample": None
                if h.counterexample is None
                else {x: str(v) for x, v in h.counterexample.point.items()},
            }
            for h in found.hypotheses
        ],
    }
