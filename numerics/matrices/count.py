"""How many gradient-descent steps a deep linear network with data takes to a loss, rigorously."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from flint import arb, arb_mat, fmpq

from numerics.balls import ball, precision
from numerics.clock import Spent
from numerics.matrices.balls import frobenius
from numerics.matrices.orbit import (
    MatrixOrbit,
    Rational,
    exact_matrix,
    growth_bound,
)
from numerics.matrices.saddle import Blurred, Passage, passage
from numerics.problem import Attempt, Budget
from theory import files
from theory.dynamics.stopping import StopCondition
from theory.errors import InputError
from theory.exact import digits_of, exact

MAX_SIZE, MAX_LAYERS, MAX_SAMPLES = 32, 64, 1_000
_MAX_BYTES = 1_000_000
_BITS, _MAX_BITS = 128, 8_192
_STRIDE, _PATIENCE = 16, 256
# Direct steps before a saddle is looked for; bits that a skip works with beyond those of the orbit.
_FIRST, _SKIP_BITS = 256, 192
# Equalities among so many first iterates are worth rational arithmetic, once balls have failed.
_EXACT_STEPS, _EXACT_FROM, _EXACT_BITS = 12, 4 * _BITS, 1 << 17


@dataclass(frozen=True)
class Network:
    """A deep linear network, its data and its start, exactly.

    Attributes
    ----------
    layers : tuple of matrices of Fraction
        W_1 first.
    inputs, outputs : matrices of Fraction
        X and Y, one column for each sample.
    """

    layers: tuple[Rational, ...]
    inputs: Rational
    outputs: Rational

    @classmethod
    def of(cls, data: Any) -> Network:
        """Read ``{"layers": [W_1, ...], "inputs": X, "outputs": Y}`` of exact numbers.

        Raises
        ------
        InputError
            For anything else, or shapes that do not fit.
        """
        if not isinstance(data, dict) or set(data) != {"layers", "inputs", "outputs"}:
            raise InputError("network", "an object with layers, inputs and outputs is wanted")
        layers = data["layers"]
        if not isinstance(layers, list) or not 1 <= len(layers) <= MAX_LAYERS:
            raise InputError("network", f"from 1 to {MAX_LAYERS} layers are wanted")
        made = tuple(_matrix(m, f"layer {i + 1}", MAX_SIZE) for i, m in enumerate(layers))
        inputs = _matrix(data["inputs"], "inputs", MAX_SAMPLES)
        outputs = _matrix(data["outputs"], "outputs", MAX_SAMPLES)
        rows = len(inputs)
        for i, layer in enumerate(made):
            if len(layer[0]) != rows:
                raise InputError("network", f"layer {i + 1} does not fit what is below it")
            rows = len(layer)
        if len(outputs) != rows or len(outputs[0]) != len(inputs[0]):
            raise InputError("network", "the outputs do not fit the last layer and the inputs")
        return cls(made, inputs, outputs)

    @classmethod
    def read(cls, path: str) -> Network:
        """Read a JSON file; decimals are exact.

        Raises
        ------
        InputError
            For a file that cannot be read or holds anything else.
        """
        try:
            text = files.text(Path(path), _MAX_BYTES)
        except InputError as wrong:
            raise InputError("network", f"cannot read {wrong}") from None
        with files.readable("network"):
            return cls.of(
                json.loads(
                    text,
                    parse_float=str,
                    parse_int=str,
                    parse_constant=str,
                    object_pairs_hook=files.once,
                )
            )


def network_count(
    network: Network, step: Fraction, until: StopCondition, budget: Budget
) -> Attempt:
    """Bound the count of steps until a condition on the loss F holds, from both sides.

    Raises
    ------
    InputError
        For a step that is not positive, or a condition that is not on f.
    """
    if step <= 0:
        raise InputError("step", "a positive step size is wanted")
    if until.quantity != "f":
        raise InputError("until", "for a network the condition is one comparison of f")
    bits, best = max(_BITS, budget.bits), None
    while True:
        with precision(bits):
            found, blurred = _follow(network, step, until, budget, bits)
        best = found if best is None else best.meet(found)
        narrow = best.upper is not None and best.upper - best.lower <= budget.width
        if narrow or not blurred or budget.spent or 2 * bits > _MAX_BITS:
            break
        bits *= 2
    if best.upper is None and until.operator in ("<=", "<") and until.shift is None:
        grown = growth_bound(
            network.layers, network.inputs, network.outputs, step, max(until.threshold, Fraction(0))
        )
        if grown > best.lower:
            best = Attempt(grown, None, "undecided", best.reason, {"lower bound": "growth"})
    return best


def _follow(
    network: Network, step: Fraction, until: StopCondition, budget: Budget, bits: int
) -> tuple[Attempt, bool]:
    orbit = MatrixOrbit(network.layers, network.inputs, network.outputs, step, bits, budget.check)
    decide, details = until.target.decider(ball), {"bits": str(bits)}
    doubt: int | None = None
    lower, skipped, known, look, stretch = 0, 0, 0, _FIRST, _FIRST
    try:
        while True:
            if orbit.steps == look and doubt is None:
                stretch *= 4
                try:
                    found = _past_a_saddle(network, step, until, budget, orbit, look - skipped)
                except Blurred:
                    reason = f"{bits} bits do not tell how the orbit leaves a saddle"
                    return Attempt(max(look, known), None, "undecided", reason, details), True
                if found is not None:
                    known = lower = max(known, look + found.leaves[0])
                    details |= _described(found, look)
                if found is not None and found.steps:
                    stretch = _FIRST
                    skipped += found.steps
                    details["skipped steps"] = digits_of(skipped)
                    orbit.land(found.layers, found.blur, look + found.steps)
                look = orbit.steps + stretch
            budget.check()
            t = orbit.steps
            decision = decide(orbit.loss())
            if decision is None and t <= _EXACT_STEPS and (t == 0 or bits >= _EXACT_FROM):
                exactly = exact_loss(network, step, t, budget.check)
                decision = None if exactly is None else until.target.contains(exactly)
            if decision:
                lower = t if doubt is None else doubt
                return Attempt(lower, t, "reached", None, details), doubt is not None
            if decision is None and doubt is None:
                doubt = t
            lower = max(t + (decision is False), known) if doubt is None else doubt

            def undecided(reason: str) -> Attempt:
                return Attempt(lower, None, "undecided", reason, details)  # noqa: B023

            if doubt is not None and t - doubt > _PATIENCE:
                return undecided(f"{bits} bits do not decide {until}"), True
            if not orbit.healthy:
                return undecided(f"the orbit diverges, or all bits go, by step {t}"), True
            if budget.max_steps is not None and t - skipped >= budget.max_steps:
                return undecided("the step budget is spent"), doubt is not None
            if t % _STRIDE == 0:
                if (
                    t
                    and all(frobenius(m).is_zero() for m in orbit.centre)
                    and orbit.radius.is_zero()
                ):
                    return Attempt(t, None, "never", "all layers are zero", details), False
                budget.report(t)
            orbit.advance()
    except Spent:
        return Attempt(lower, None, "undecided", "the time budget is spent", details), False


def _past_a_saddle(
    network: Network,
    step: Fraction,
    until: StopCondition,
    budget: Budget,
    orbit: MatrixOrbit,
    patience: int,
) -> Passage | None:
    """Skip what the cone at a saddle allows (:mod:`numerics.matrices.saddle`)."""
    bits = orbit.bits + _SKIP_BITS
    probe = MatrixOrbit(network.layers, network.inputs, network.outputs, step, bits)

    def outside(centre: list[arb_mat], reach: arb) -> bool:
        budget.check()
        probe.land(centre, reach, 0)
        return until.target.decider(ball)(probe.loss()) is False

    with precision(bits):
        x, y = (arb_mat(exact_matrix(m)) for m in (network.inputs, network.outputs))
        sharp = 2.0 ** -min(orbit.bits // 2, 1_000)
        return passage(
            orbit.centre, orbit.radius, x, y, step, sharp, patience, outside, budget.check
        )


def _described(found: Passage, begin: int) -> dict[str, str]:
    first, last = (digits_of(begin + n) for n in found.leaves)
    directions = f"{found.directions} unstable direction{'s' * (found.directions > 1)}"
    return {
        f"saddle of F = {found.loss.str(6, radius=False)}": f"{directions}, factor "
        f"{found.rate.str(8, radius=False)}, its ball of radius "
        f"{found.radius.str(3, radius=False)} is left at step {first} to {last}"
    }


def exact_loss(
    network: Network, step: Fraction, index: int, check: Callable[[], None] = lambda: None
) -> Fraction | None:
    """Evaluate F at one iterate over the rationals; None where the numbers would be too long."""
    layers = [exact_matrix(layer) for layer in network.layers]
    inputs, outputs = exact_matrix(network.inputs), exact_matrix(network.outputs)
    eta = fmpq(step.numerator, step.denominator)
    for t in range(index + 1):
        below = [inputs]
        for layer in layers:
            check()
            below.append(layer * below[-1])
        residual = below[-1] - outputs
        if t == index:
            break
        moved = []
        for layer, under in zip(reversed(layers), reversed(below[:-1]), strict=True):
            check()
            moved.append(layer - eta * (residual * under.transpose()))
            residual = layer.transpose() * residual
        layers = moved[::-1]
        longest = max(int(x.q).bit_length() for m in layers for x in m.entries())
        if longest * 2 * len(layers) > _EXACT_BITS:
            return None
    total = sum((x * x for x in residual.entries()), fmpq(0)) / 2
    return Fraction(int(total.p), int(total.q))


def _matrix(rows: Any, name: str, most: int) -> Rational:
    if not isinstance(rows, list) or not rows or not all(isinstance(r, list) and r for r in rows):
        raise InputError("network", f"{name}: a matrix is a list of rows")
    if len({len(r) for r in rows}) != 1:
        raise InputError("network", f"{name}: the rows are not of the same length")
    if len(rows) > MAX_SIZE or len(rows[0]) > most:
        raise InputError("network", f"{name}: more than {MAX_SIZE} rows or {most} columns")
    return [[exact(x, "network") for x in row] for row in rows]
