"""``lemmata sharpen``: bracket the best constant of a claim between a refutation and a proof."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path

import click

from proofs.cli import EXIT_BUDGET, EXIT_HOLDS
from proofs.options import positive, target
from proofs.sharpen import Bracket, Progress, sharpen
from proofs.user_claims import resolve, sharpenings
from theory.claims import Claim
from theory.errors import InputError
from theory.exact import decimal_string, exact


@click.command()
@click.argument("claim")
@click.option("--constant", default="", help="Which constant (if the file does not say).")
@click.option("--width", default="1e-6", show_default=True, help="How narrow the bracket gets.")
@click.option(
    "--budget", default=120.0, show_default=True, callback=positive, help="Seconds per claim."
)
@click.option(
    "--certificate",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=target,
    help="Write the certificate of the proved end here.",
)
@click.option(
    "--figure",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=target,
    help="Draw the slack at the proved end over the domain.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    claim: str,
    constant: str,
    width: str,
    budget: float,
    path: Path | None,
    figure: Path | None,
    as_json: bool,
) -> int:
    """Bracket the best value of a constant of CLAIM (a catalogue name, FILE or FILE::NAME).

    One end is refuted by an exact counterexample, the other proved by a certificate.

    Exit codes: 0 the bracket is as narrow as asked, 4 the budget was spent before, 2 bad input.
    """
    chosen = _chosen(claim, constant)
    if len(chosen) != 1 and (path is not None or figure is not None):
        raise InputError("claim", "one claim is wanted with --certificate or --figure (FILE::NAME)")
    rows = []
    reached = True
    for one, name in chosen:
        found = sharpen(one.statement, name, exact(width, "--width"), budget, _progress(as_json))
        reached &= found.reached
        rows.append(_row(one, found))
        if path is not None:
            path.write_text(found.certificate, encoding="utf-8")
        if figure is not None:
            from proofs.slack import draw  # matplotlib takes a second to import

            draw(one.statement.with_constants(**{name: found.proved}), found, figure)
        if not as_json:
            click.echo(_line(one, found))
    if as_json:
        click.echo(json.dumps({"command": "sharpen", "results": rows}, indent=2, sort_keys=True))
    return EXIT_HOLDS if reached else EXIT_BUDGET


def _chosen(claim: str, constant: str) -> list[tuple[Claim, str]]:
    claims = resolve(claim)
    if constant:
        return [(c, constant) for c in claims]
    path = Path(claim.partition("::")[0])
    wanted = sharpenings(path) if path.is_file() else {}
    chosen = [(c, wanted[c.name]) for c in claims if c.name in wanted]
    if not chosen and len(claims) == 1 and len(claims[0].statement.constants) == 1:
        return [(claims[0], next(iter(claims[0].statement.constants)))]
    if not chosen:
        raise InputError("--constant", "say which constant is to be sharpened")
    return chosen


def _progress(quiet: bool) -> Progress | None:
    if quiet or not sys.stderr.isatty():
        return None

    def show(refuted: Fraction, proved: Fraction) -> None:
        click.echo(
            f"  refuted {decimal_string(refuted)}  proved {decimal_string(proved)}", err=True
        )

    return show


def _row(claim: Claim, found: Bracket) -> dict[str, object]:
    return {
        "claim": claim.name,
        "constant": found.constant,
        "refuted": str(found.refuted),
        "proved": str(found.proved),
        "width": str(found.width),
        "reached": found.reached,
        "counterexample": {x: str(v) for x, v in sorted(found.counterexample.point.items())},
        "left": found.counterexample.left,
        "right": found.counterexample.right,
        "certificate": found.certificate.strip(),
    }


def _line(claim: Claim, found: Bracket) -> str:
    at = ", ".join(f"{x} = {v}" for x, v in sorted(found.counterexample.point.items()))
    where = "above" if found.proved > found.refuted else "below"
    other = "below" if where == "above" else "above"
    lines = [
        f"{claim.name}: best {found.constant} of {claim.statement.concluded}",
        f"  refuted {other}: {_decimal(found.refuted)}  (at {at or 'no variables'})",
        f"  proved {where}:  {_decimal(found.proved)}  (certificate, checked)",
        f"  width: {float(found.width):.2g}",
    ]
    if not found.reached:
        lines.append(f"  not narrower in time; {len(found.undecided)} values stayed undecided")
    return "\n".join(lines)


def _decimal(value: Fraction) -> str:
    """A terminating decimal in full, which is what the search tries; anything else as a ratio."""
    digits = next((d for d in range(40) if 10**d % value.denominator == 0), None)
    if digits is None:
        return str(value)
    scaled = str(abs(value.numerator) * 10**digits // value.denominator).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{scaled[:-digits]}.{scaled[-digits:]}" if digits else f"{sign}{scaled}"
