"""``lemmata escape``: how many gradient-descent steps until a condition holds."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import click

from numerics.escape import METHODS, EscapeResult, escape
from numerics.problem import Budget
from numerics.spectral import Modes, mode_counts
from numerics.starts import INITS, draw, is_fixed, read_weights
from proofs import completion
from proofs.cli import EXIT_BUDGET, EXIT_HOLDS
from proofs.options import positive
from theory.dynamics.stopping import parse_stop, parse_until
from theory.errors import InputError
from theory.exact import digits_of, exact, exact_list

_PATIENCE = 2.0  # seconds before a progress line appears
_ENDLESS = 10**15


@click.command()
@click.option(
    "--loss",
    multiple=True,
    help='f as a formula in p, such as "(p+1)**2/2". Several: bounds for every order of them.',
)
@click.option(
    "--noise", default="0", show_default=True, help="Bounds for every error of f'(p) up to this."
)
@click.option("--target", help="Singular values of a deep linear network's target: its modes.")
@click.option(
    "--network", help="JSON: layers, inputs, outputs; until f <= E, F = |W_k..W_1 X - Y|²/2."
)
@click.option(
    "--within",
    default="1/10",
    show_default=True,
    help="A mode is learned to this share of its value.",
)
@click.option("--weights", help="The start: exact numbers with commas, or @FILE (text or JSON).")
@click.option(
    "--init",
    help=f"Draw the start instead: {', '.join(INITS)}.",
    shell_complete=completion.words(*INITS),
)
@click.option("--depth", type=int, help="How many weights to draw.")
@click.option("--seed", type=int, help="Seed of the draw; the entries are exact doubles.")
@click.option("--residual", is_flag=True, help="The network is ∏(1 + wᵢ), not ∏ wᵢ.")
@click.option("--step", required=True, help="The step size, exact; or a schedule, 0.1:1000,0.01.")
@click.option("--clip", help="Gradients longer than this are shortened to it (default: none are).")
@click.option(
    "--decay", default="0", show_default=True, help="Weight decay: λw is added to the gradient."
)
@click.option(
    "--momentum", default="0", show_default=True, help="β of the heavy ball, from 0 to below 1."
)
@click.option(
    "--until",
    help='Comparisons of p, f, pg = p f\'(p), grad, sharpness: "abs(p+1) <= 1/2 and grad < 0.1".',
)
@click.option(
    "--method",
    default="auto",
    show_default=True,
    help=f"auto (rigorous), or one of: {', '.join(METHODS)}.",
    shell_complete=completion.words("auto", *METHODS),
)
@click.option(
    "--digits", type=int, help="Decimal digits to work with (or to start with); default: enough."
)
@click.option("--width", type=int, default=0, show_default=True, help="Accepted upper - lower.")
@click.option("--max-steps", type=int, help="Give up after this many steps (default: no limit).")
@click.option(
    "--budget",
    "--max-seconds",
    "max_seconds",
    type=float,
    default=60.0,
    callback=positive,
    show_default=True,
    help="Give up after so many CPU seconds; --max-seconds is its old name.",
)
@click.option("--latex", "as_latex", is_flag=True, help="Print paragraphs of LaTeX.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    loss: tuple[str, ...],
    noise: str,
    target: str | None,
    network: str | None,
    within: str,
    weights: str | None,
    init: str | None,
    depth: int | None,
    seed: int | None,
    residual: bool,
    step: str,
    clip: str | None,
    decay: str,
    momentum: str,
    until: str | None,
    method: str,
    digits: int | None,
    width: int,
    max_steps: int | None,
    max_seconds: float,
    as_latex: bool,
    as_json: bool,
) -> int:
    """Count gradient-descent steps until a condition holds.

    The count is the smallest t >= 0 with the condition true at w(t). Exit code 0 when it is
    bounded or proved not to exist, 4 when the budget ended first.
    """
    if network is not None:
        if until is None:
            raise InputError("until", 'it is missing, such as --until "f <= 1/100"')
        result = _network(network, step, until, max_steps, max_seconds, width)
        said = " ".join(until.split())
        click.echo(json.dumps(as_object(result)) if as_json else as_text(result, said))
        return EXIT_BUDGET if result.outcome == "undecided" else EXIT_HOLDS
    if target is not None:
        rows = [None] if weights is None else weights.split(";")
        starts = [_start(row, init, depth, seed) for row in rows]
        values = exact_list(target, "target")
        modes = mode_counts(
            values, starts, step, within, max_seconds, None, decay, momentum, max_steps
        )
        click.echo(json.dumps(modes_object(modes)) if as_json else modes_text(modes))
        return EXIT_BUDGET if modes.outcome == "undecided" else EXIT_HOLDS
    if not loss or until is None:
        missing, example = ("until", "p <= -1/2") if loss else ("loss", "(p+1)**2/2")
        raise InputError(missing, f'it is missing, such as --{missing} "{example}"')
    start = _start(weights, init, depth, seed)
    condition = parse_until(until)
    with _progress(max_steps, max_seconds) as tick:
        result = escape(
            loss[0],
            start,
            step,
            condition,
            others=loss[1:],
            noise=noise,
            method=method,
            digits=digits,
            width=width,
            max_steps=max_steps,
            max_seconds=max_seconds,
            tick=tick,
            residual=residual,
            clip=clip,
            decay=decay,
            momentum=momentum,
        )
    if as_json:
        click.echo(json.dumps(as_object(result)))
    elif as_latex:
        from proofs.presentation import latex  # escape starts fast

        settings = {"noise": noise, "clip": clip, "decay": decay, "momentum": momentum}

        click.echo(latex.count(loss, start, step, until, result, settings, residual), nl=False)
    else:
        click.echo(as_text(result, str(condition)))
    return EXIT_BUDGET if result.outcome == "undecided" else EXIT_HOLDS


def as_object(result: EscapeResult) -> dict[str, Any]:
    """Write the result as a JSON object (schema: ``proofs/schemas/escape.schema.json``)."""
    return {
        "depth": result.depth,
        "steps": {
            "lower": digits_of(result.lower),
            "upper": None if result.upper is None else digits_of(result.upper),
        },
        "outcome": result.outcome,
        "reason": result.reason,
        "method": result.method,
        "rigour": result.rigour,
        "seconds": round(result.seconds, 6),
        "details": dict(result.details),
        "pieces": [
            {
                "step": str(step),
                "lower": digits_of(lower),
                "upper": None if upper is None else digits_of(upper),
            }
            for step, lower, upper in result.pieces
        ],
    }


def modes_object(modes: Modes) -> dict[str, Any]:
    """Write counts of modes as a JSON object: those of the last one, and each."""
    each = [as_object(mode.found) for mode in modes.modes]
    last = EscapeResult(
        modes.modes[0].found.depth,
        modes.lower,
        modes.upper,
        modes.outcome,
        modes.reason,
        "certified",
        "rigorous",
        sum(mode.found.seconds for mode in modes.modes),
    )
    named = zip(modes.modes, each, strict=True)
    return as_object(last) | {"modes": [{"target": str(m.target), **made} for m, made in named]}


def modes_text(modes: Modes) -> str:
    """Write counts of modes, a paragraph for each."""
    return "\n".join(
        f"singular value {m.target}: {as_text(m.found, 'it is learned')}" for m in modes.modes
    )


def _steps(count: int) -> str:
    return f"{digits_of(count)} step{'s' * (count != 1)}"


def as_text(result: EscapeResult, condition: str) -> str:
    """Write the result as a few lines for a person."""
    match result.outcome:
        case "never":
            head = f"never: no number of steps gives {condition}"
        case "undecided":
            head = f"undecided: at least {digits_of(result.lower)} steps until {condition}"
        case _ if result.count is not None:
            head = f"{_steps(result.count)} until {condition}"
        case _:
            assert result.upper is not None
            between = f"{digits_of(result.lower)} and {digits_of(result.upper)}"
            head = f"between {between} steps until {condition}"
    lines = [head]
    if result.reason:
        lines.append(f"reason: {result.reason}")
    for step, lower, upper in result.pieces:
        known = digits_of(lower)
        if upper != lower:
            known += " or more" if upper is None else f" to {digits_of(upper)}"
        lines.append(f"of them with step {step}: {known}")
    details = "".join(f", {key} {value}" for key, value in result.details.items())
    lines.append(
        f"depth {result.depth}, method {result.method} ({result.rigour}), "
        f"{result.seconds:.3g} s{details}"
    )
    return "\n".join(lines)


def _network(
    path: str,
    step: str,
    until: str,
    max_steps: int | None,
    max_seconds: float,
    width: int,
) -> EscapeResult:
    from numerics.matrices.count import Network, network_count

    began = time.monotonic()
    made = Network.read(path)
    budget = Budget(max_steps, time.process_time() + max_seconds, width=width)
    found = network_count(made, exact(step, "step"), parse_stop(until), budget)
    return EscapeResult(
        len(made.layers),
        found.lower,
        found.upper,
        found.outcome,
        found.reason,
        "ball",
        "rigorous",
        time.monotonic() - began,
        found.details,
    )


def _start(
    weights: str | None, init: str | None, depth: int | None, seed: int | None
) -> tuple[Fraction, ...]:
    if (weights is None) == (init is None):
        raise InputError("weights", "give either --weights or --init")
    if weights is not None:
        if weights.startswith("@"):
            return read_weights(weights[1:])
        return exact_list(weights, "weights")
    assert init is not None
    if depth is None:
        raise InputError("init", "--init needs --depth, and --seed where something is drawn")
    start = draw(init, depth, seed)
    if seed is not None and is_fixed(init):
        raise InputError("seed", f"nothing is drawn for --init {init[:40]}")
    return start


def pace(steps: int, elapsed: float, max_steps: int | None, max_seconds: float) -> str:
    """Say how far a count is, how fast it goes and what is left of its budget.

    Counts may be larger than any double, and longer than Python writes.
    """
    left = max_seconds - elapsed
    if max_steps is not None and steps and max_steps // steps < _ENDLESS:
        left = min(left, elapsed * float(Fraction(max_steps - steps, steps)))
    plain = steps < _ENDLESS
    speed = f"{steps / elapsed:,.0f} per second, " if plain else ""
    shown = steps if plain else f"1e{int(math.log10(steps))}"
    return f"{shown} steps, {speed}the budget ends in {max(left, 0):,.0f} s"


@contextmanager
def _progress(max_steps: int | None, max_seconds: float) -> Iterator[Callable[[int], None] | None]:
    """Show steps, speed and what is left of the budget, on a terminal, in longer runs only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    began = time.monotonic()
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("")

    def tick(steps: int) -> None:
        elapsed = time.monotonic() - began
        if elapsed < _PATIENCE:
            return
        bar.start()
        bar.update(task, description=pace(steps, elapsed, max_steps, max_seconds))

    try:
        yield tick
    finally:
        bar.stop()
