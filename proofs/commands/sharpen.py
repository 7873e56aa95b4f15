"""``lemmata sharpen``: bracket the best constant of a claim; better constants for a theorem."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from numerics.sweeps.files import replacing
from proofs import completion
from proofs.arguments import given
from proofs.budgets import patience
from proofs.cli import EXIT_BUDGET, EXIT_HOLDS, EXIT_INTERNAL, passed_over
from proofs.commands import sharpen_theorem
from proofs.options import File, drawing, positive, spelled, target
from proofs.presentation import latex
from proofs.sharpening.sharpen import NO_CONSTANT, Bracket, Progress, sharpen
from proofs.user_claims import readable, sharpenings
from proofs.verification.workers import Failure, apart
from theory.claims import Claim
from theory.errors import InputError
from theory.exact import decimal_string, exact

_OF_CLAIMS = "named", "constant", "width", "path", "figure", "as_latex"
_OF_THEOREMS = ("settings",)


@click.command()
@click.argument("claim", shell_complete=completion.either)
@click.argument("named", required=False, metavar="[CONSTANT]")
@click.option("--constant", default="", help="Likewise CONSTANT.")
@click.option("--width", default="1e-6", show_default=True, help="How narrow the bracket gets.")
@click.option(
    "--budget",
    default=120.0,
    show_default=True,
    callback=positive,
    help="CPU seconds per claim.",
)
@click.option(
    "--certificate",
    "path",
    type=File(),
    callback=target,
    help="Write the certificate of the proved end here.",
)
@click.option(
    "--figure",
    type=File(),
    callback=drawing,
    help="Draw the slack at the proved end over the domain, as PNG and SVG.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Of a theorem: change a constant and say which steps bind and which theorems fall.",
)
@click.option("--latex", "as_latex", is_flag=True, help="Print paragraphs of LaTeX.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    claim: str,
    named: str | None,
    constant: str,
    width: str,
    budget: float,
    path: Path | None,
    figure: Path | None,
    settings: tuple[str, ...],
    as_latex: bool,
    as_json: bool,
) -> int:
    """Bracket the best value of a constant of CLAIM (a catalogue name, FILE or FILE::NAME).

    Which CONSTANT may be left out if the file says it, or there is only one. One end is refuted
    by an exact counterexample, the other proved by a certificate.

    For a theorem (PAPER/NAME, or a file with a chain of steps) all constants of its proof are
    optimised together and every step is proved again; with --set, only those inside of the proof,
    and all theorems that rest on the change are listed.

    Exit codes: 0 the bracket is as narrow as asked, or all steps are proved; 1 a step of a theorem
    fails; 70 an internal error on a claim; 2 bad input (of a file, a claim that cannot be taken);
    4 the budget was spent before. What is wrong with a claim of a file does not concern the others.
    """
    if named and constant and named != constant:
        raise InputError("--constant", f"{constant} or {named}? One is wanted")
    constant = constant or named or ""
    theorem = sharpen_theorem.is_theorem(claim)
    context = click.get_current_context()
    for parameter in context.command.params:
        name = parameter.name or ""
        if name in (_OF_CLAIMS if theorem else _OF_THEOREMS) and given(context, name):
            kind = "claims" if theorem else "theorems (PAPER/NAME)"
            raise InputError(spelled(parameter), f"this is for {kind}")
    if theorem:
        return sharpen_theorem.run(claim, settings, budget, as_json)
    chosen, unread = _chosen(claim, constant)
    if len(chosen) + len(unread) != 1 and (path is not None or figure is not None):
        raise InputError("claim", "one claim is wanted with --certificate or --figure (FILE::NAME)")
    rows = []
    reached = True
    narrow, tell = exact(width, "--width"), _progress(as_json or as_latex)

    if narrow <= 0:
        raise InputError("--width", "it must be positive")

    def bracket(item: tuple[Claim, str]) -> Bracket | InputError:
        try:
            return sharpen(item[0].statement, item[1], narrow, budget, tell)
        except InputError as wrong:
            return wrong

    broken = False
    for (one, name), found in apart(bracket, chosen, patience(budget)):
        if isinstance(found, InputError):
            if len(chosen) == 1 and not unread:
                raise found
            unread.append(f"{one.name}: {found}")
            continue
        if isinstance(found, Failure):
            broken |= found.internal
            reached = False
            rows.append(
                _row(one, Bracket(name, None, None, None, "", False)) | {"failure": found.reason}
            )
            if not as_json:
                click.echo(f"{one.name}: nothing is known of {name} ({found.reason})")
            continue
        reached &= found.reached
        rows.append(_row(one, found))
        if path is not None and found.certificate:
            with replacing(path, "--certificate") as beside:
                beside.write_text(found.certificate, encoding="utf-8")
        if figure is not None and found.width is not None:
            from proofs.refutation.slack import draw  # matplotlib takes a second to import

            assert found.proved is not None
            draw(one.statement.with_constants(**{name: found.proved}), found, figure)
        if as_latex:
            click.echo(latex.bracket(one, found))
        elif not as_json:
            click.echo(_line(one, found))
    if as_json:
        click.echo(json.dumps({"command": "sharpen", "results": rows}, indent=2, sort_keys=True))
    otherwise = passed_over(unread, EXIT_HOLDS if reached else EXIT_BUDGET)
    return EXIT_INTERNAL if broken else otherwise


def _chosen(claim: str, constant: str) -> tuple[list[tuple[Claim, str]], list[str]]:
    """Claims with the constant that is wanted of each, and what of a file cannot be read."""
    claims, unread = readable(claim)
    try:
        return _constants(claim, claims, constant), [*unread]
    except InputError as wrong:
        if not unread:
            raise
        return [], [*unread, str(wrong)]


def _constants(claim: str, claims: Sequence[Claim], constant: str) -> list[tuple[Claim, str]]:
    if constant:
        having = [(c, constant) for c in claims if constant in c.statement.constants]
        return having or [(c, constant) for c in claims]
    path = Path(claim.partition("::")[0])
    wanted = sharpenings(path) if path.is_file() else {}
    chosen = [(c, wanted[c.name]) for c in claims if c.name in wanted]
    every = [(c, n) for c in claims for n in c.statement.constants]
    if not chosen and len(every) == 1:
        return every
    if not chosen:
        several = len(claims) > 1
        names = [f"{c.name} {n}" if several else n for c, n in every]
        known = f": {', '.join(names)}" if names else f": {NO_CONSTANT}"
        if several and names:
            known = f", with its claim, such as {claim}::{names[0]}; there are {', '.join(names)}"
        raise InputError("constant", f"say which is to be sharpened{known}")
    return chosen


def _progress(quiet: bool) -> Progress | None:
    if quiet or not sys.stderr.isatty():
        return None

    terminal = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8")  # workers have none

    def show(refuted: Fraction, proved: Fraction) -> None:
        click.echo(
            f"  refuted {decimal_string(refuted)}  proved {decimal_string(proved)}", terminal
        )

    return show


def _row(claim: Claim, found: Bracket) -> dict[str, object]:
    point = {} if found.counterexample is None else found.counterexample.point
    return {
        "claim": claim.name,
        "constant": found.constant,
        "refuted": _text(found.refuted),
        "proved": _text(found.proved),
        "width": _text(found.width),
        "reached": found.reached,
        "counterexample": {x: str(v) for x, v in sorted(point.items())},
        "left": "" if found.counterexample is None else found.counterexample.left,
        "right": "" if found.counterexample is None else found.counterexample.right,
        "certificate": found.certificate.strip(),
        "closed": found.closed,
        "closed_certificate": found.closed_certificate.strip(),
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _line(claim: Claim, found: Bracket) -> str:
    point = {} if found.counterexample is None else found.counterexample.point
    at = ", ".join(f"{x} = {v}" for x, v in sorted(point.items()))
    lines = [f"{claim.name}: best {found.constant} of {claim.said}"]
    if found.proved is None or found.refuted is None:
        where = other = ""
    else:
        where = " above" if found.proved > found.refuted else " below"
        other = " below" if where == " above" else " above"
    if found.refuted is not None:
        lines.append(f"  refuted{other}: {_decimal(found.refuted)}  (at {at or 'no variables'})")
    if found.proved is not None:
        lines.append(f"  proved{where}:  {_decimal(found.proved)}  (certificate, checked)")
    if found.width is None:
        lines.append("  no value was proved" if found.proved is None else "  no value was refuted")
    else:
        lines.append(f"  width: {float(found.width):.2g}")
    if found.closed:
        said = (
            "proved (certificate, checked)" if found.closed_certificate else "a guess, not proved"
        )
        # In a bracket that is still wide a formula that is proved need not be the best one.
        best = found.reached or not found.closed_certificate
        lines.append(f"  {'closed form' if best else 'it holds with'}: {found.closed}, {said}")
    if not found.reached and found.width is not None:
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
