"""``lemmata audit``: whether hypotheses can be met, and which of them are needed."""

from __future__ import annotations

import json

import click
from rich.table import Table

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
from proofs.evidence.verdicts import Counterexample
from proofs.options import positive
from proofs.presentation import latex
from proofs.presentation.printed import cell, console
from proofs.user_claims import readable
from proofs.verification.audit import Audit, audit
from proofs.verification.met import laws
from proofs.verification.workers import Failure, apart
from theory.claims import Claim


@click.command()
@click.argument("claim", shell_complete=completion.claim)
@click.option(
    "--budget",
    default=10.0,
    show_default=True,
    callback=positive,
    help="CPU seconds per claim.",
)
@click.option("--latex", "as_latex", is_flag=True, help="Print paragraphs of LaTeX.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(claim: str, budget: float, as_latex: bool, as_json: bool) -> int:
    """Audit the hypotheses of CLAIM: a catalogue name, a FILE of claims, or FILE::NAME.

    A hypothesis is needed if the claim without it has a counterexample, and not needed if the
    claim without it has a certificate. Of a claim that is itself refuted none is judged, and one
    by which the claim was read (the sign of a scale in E(|s*X|), the order of the ends of an
    integral) stays open: the sentence without it says something else.

    Exit codes: 0 every set of hypotheses has an exact point, 1 one is proved to be empty or the
    claim is refuted, 4 none
    was found within the budget, 2 bad input, 70 an internal error on a claim.
    """
    audited: list[tuple[Claim, Audit]] = []
    failed: list[tuple[Claim, Failure]] = []
    claims, unread = readable(claim)
    search = apart(lambda one: audit(one.statement, budget), claims, patience(budget))
    for chosen, found in search:
        if isinstance(found, Failure):
            failed.append((chosen, found))
        else:
            audited.append((chosen, found))
    if as_json:
        rows = [_row(chosen, found) for chosen, found in audited]
        nothing = Audit(None, False, ())
        rows += [_row(c, nothing) | {"failure": why.reason} for c, why in failed]
        click.echo(json.dumps({"command": "audit", "results": rows}, indent=2, sort_keys=True))
    elif as_latex:
        for chosen, found in audited:
            click.echo(latex.audited(chosen, found))
    else:
        table = Table(title="lemmata audit")
        for heading in ("claim", "hypothesis", "need", "without it"):
            table.add_column(heading)
        for chosen, found in audited:
            table.add_row(*map(cell, (chosen.name, *_together(chosen, found))))
            if found.refuted is not None:
                where = f"the claim itself fails at {_point(found.refuted.point)}"
                table.add_row(*map(cell, ("", "with all of them", "refuted", where)))
            for h in () if found.refuted is not None else found.hypotheses:
                found_at = h.counterexample
                fails = "" if found_at is None else f"fails at {_point(found_at.point)}"
                shown = str(chosen.statement.hypotheses[h.name])
                table.add_row(*map(cell, ("", f"{h.name}: {shown}", h.need, fails)))
        for chosen, why in failed:
            table.add_row(*map(cell, (chosen.name, "all together", "open", why.reason)))
        console().print(table)
    untold = [f"{c.name}: {why.reason}" for c, why in failed if as_latex]
    passed_over((*unread, *untold), EXIT_HOLDS)
    if any(found.empty or found.refuted is not None for _, found in audited):
        return EXIT_FAILED
    if any(why.internal for _, why in failed):
        return EXIT_INTERNAL
    unmet = any(found.witness is None for _, found in audited)
    if unread:
        return EXIT_INPUT
    return EXIT_BUDGET if unmet or failed else EXIT_HOLDS


def _together(claim: Claim, found: Audit) -> tuple[str, str, str]:
    if found.witness is None:
        return "all together", "proved empty, vacuous" if found.empty else "open", ""
    drawn = [f"{x} {law}" for x, law in sorted(laws(claim, found.witness).items())]
    shown = ", ".join([_point(found.witness), *drawn] if found.witness else drawn)
    return "all together", "satisfiable", shown or _point(found.witness)


def _point(point: object) -> str:
    if not point:
        return "" if point is None else "no variables"
    assert hasattr(point, "items")
    return ", ".join(f"{x} = {v}" for x, v in sorted(point.items()))


def _exact(found: Counterexample) -> dict[str, str]:
    return {x: str(v) for x, v in found.point.items()}


def _row(claim: Claim, found: Audit) -> dict[str, object]:
    exact = None if found.witness is None else {x: str(v) for x, v in found.witness.items()}
    return {
        "claim": claim.name,
        "witness": exact,
        "laws": {} if found.witness is None else laws(claim, found.witness),
        "empty": found.empty,
        "refuted": None if found.refuted is None else _exact(found.refuted),
        "hypotheses": [
            {
                "name": h.name,
                "need": h.need,
                "counterexample": None if h.counterexample is None else _exact(h.counterexample),
            }
            for h in found.hypotheses
        ],
    }
