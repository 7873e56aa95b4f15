"""Seven theorems side by side on the same problems: what is guaranteed, and what happens.

A :class:`Task` is a target Phi (d x d, whitened data), a depth and an accuracy eps; the question is
always the number of steps until |W_{L:1} - Phi|_F <= eps |Phi|_F. Every system brings its own start
and the largest step size of its theorem, and says which hypothesis fails where its theorem says
nothing. Counts are certified (ball arithmetic, or the scalar engines), measured (floating point),
or estimated from the flow, where the step size is so small that no run can be followed.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from flint import arb, arb_mat

from numerics.balls import ball, ceil_upper, ends, precision
from numerics.box_bound import box_bound
from numerics.certified.count import certified_count
from numerics.loss import Loss
from numerics.matrices import network
from numerics.matrices.descent import Orbit
from numerics.matrices.instances import (
    Exact,
    balanced_layers,
    gaussian_layers,
    orthogonal_layers,
    random_stream,
    rationals,
)
from numerics.matrices.tasks import KINDS, Evidence, Outcome, Row, Task, blank, task
from numerics.papers.arora_cohen_golowich_hu2019 import theorem_1 as arora
from numerics.papers.bartlett_helmbold_long2018 import identity
from numerics.papers.du_hu2019.explicit_width import Setting, explicit_width, orthogonal_width
from numerics.papers.nguyen_mondelli2020 import pyramid
from numerics.papers.nguyen_mondelli2020.activation import SmoothedLeakyRelu
from numerics.papers.wu_wang_ma2019 import zas
from numerics.papers.wu_wang_ma2019.step_range import proved_step, spectral_bound
from numerics.problem import Budget, Problem
from numerics.starts import draw
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError

WIDTH = 24
"""Hidden width of the systems that ask for width."""
BITS = 160
_RUNAWAY = 10**100
"""A loss that may be above this flies apart, or its balls do, soon beyond every number."""
FAILURE = Fraction(1, 10)


# --- the systems ---


def shamir(task: Task, budget: int, seconds: float) -> Row:
    """Scalar nets N(0, 1), one per eigenvalue: Theorem 2 as a box bound, counts certified."""
    step, bound, lower, upper = Fraction(1, 50), 0, 0, 0
    row = blank("shamir", "scalar N(0, 1)", task, 1, float(step))
    if not task.spectrum:
        return replace(row, failing="the target is not symmetric")
    outcome: Outcome = "reached"
    known = True
    for i, phi in enumerate(task.spectrum):
        loss = Loss.of(f"(p-({phi}))**2/2")
        until = parse_stop(f"abs(p-({phi})) <= {task.accuracy * abs(phi)}")
        weights = draw("gaussian", task.depth, seed=2019 + i)
        bound = max(bound, box_bound(loss, weights, step, until).lower)
        limit = Budget(budget, time.process_time() + seconds)
        found = certified_count(Problem.of(loss, weights, step, until), limit)
        lower = max(lower, found.lower)
        if found.upper is None:
            known = False
            outcome = "never" if found.outcome == "never" else outcome
        else:
            upper = max(upper, found.upper)
    if not known and outcome == "reached":
        outcome = "not within the budget"
    failing = "" if min(task.spectrum) <= -Fraction(1, 2) else "no eigenvalue below -1/2"
    return replace(
        row,
        bound=None if failing else bound,
        failing=failing,
        lower=lower if outcome != "never" else None,
        upper=upper if known else None,
        evidence="certified",
        outcome=outcome,
    )


def du_hu(task: Task, budget: int, seconds: float) -> Row:
    """Wide Gaussian layers, step d/(3L)."""
    size = len(task.target)
    setting = Setting.of(task.depth, size, size, 1, _norm(task), FAILURE)
    wanted = explicit_width(setting).width
    start = gaussian_layers(_widths(size, task.depth), random_stream(7))
    return _wide("du-hu", "Gaussian", task, start, wanted, size / (3 * task.depth), budget)


def orthogonal(task: Task, budget: int, seconds: float) -> Row:
    """Wide orthogonal layers (Hu, Xiao, Pennington), step d/(2L)."""
    size = len(task.target)
    setting = Setting.of(task.depth, size, size, 1, _norm(task), FAILURE)
    wanted = orthogonal_width(setting).width
    start = orthogonal_layers(_widths(size, task.depth), random_stream(7), scaled=True)
    return _wide(
        "hu-xiao-pennington", "orthogonal", task, start, wanted, size / (2 * task.depth), budget
    )


def wu_wang_ma(task: Task, budget: int, seconds: float) -> Row:
    """ZAS at the largest step size of our theorem: no hypothesis on the target."""
    square = zas.norm_square(task.target)
    step = proved_step(task.depth, spectral_bound(task.target))
    bound = zas.bound_on_count(step, 2 * task.level / square)
    row = replace(blank("wu-wang-ma", "ZAS", task, 2, float(step)), bound=bound)
    return _counted(row, zas.exact_zas(2, task.depth), task, step, min(budget, bound + 1), seconds)


def balanced(task: Task, budget: int, seconds: float) -> Row:
    """A 0-balanced start with half the largest deficiency margin (Arora et al., our constants)."""
    goal = task.doubles
    smallest = float(np.linalg.svd(goal, compute_uv=False)[-1])
    direction = random_stream(11).standard_normal(goal.shape)
    whole = goal - smallest / 2 * direction / np.linalg.norm(direction)
    layers = [rationals(w) for w in balanced_layers(whole, (2,) * (task.depth + 1))]
    row = blank("arora", "balanced, margin", task, 2, 0.0)
    try:
        made = arora.make(layers, task.target, arora.WIDER)
    except InputError as wrong:
        return replace(row, failing=wrong.problem)
    first = _loss(layers, task)
    with precision(BITS):
        exponent = arb(2) - arb(2) / task.depth
        rate = ball(made.step_size) * ball(made.margin) ** exponent
        bound = max(0, ceil_upper((first / ball(task.level)).log() / rate))
    row = replace(row, step=float(made.step_size), bound=bound)
    return _estimated(row, [np.array(w, dtype=float) for w in layers], task, budget)


def bartlett(task: Task, budget: int, seconds: float) -> Row:
    """The identity: positive definite targets, or targets within 1/2 of it (ours)."""
    depth = task.depth
    distance = identity.distance_square(task.target)
    row = blank("bartlett", "identity", task, 2, 0.0)
    if task.spectrum:
        top = max(Fraction(1), *(abs(x) for x in task.spectrum))
        with precision(BITS):
            step = _down(identity.largest_step(depth, top))
        found = identity.identity_count(task.target, depth, step, task.level, budget, seconds)
        failing = "" if min(task.spectrum) > 0 else "a negative eigenvalue"
        outcome: Outcome = (
            "not within the budget" if found.outcome == "undecided" else found.outcome
        )
        never = outcome == "never"
        return replace(
            row,
            step=float(step),
            bound=found.bound,
            failing=failing,
            lower=None if never else found.lower,
            upper=found.upper,
            evidence="certified",
            outcome=outcome,
        )
    if 4 * distance >= 1:
        step = Fraction(1, 4 * depth)
        row = replace(row, step=float(step), failing="neither symmetric nor within 1/2 of I")
    else:
        step = Fraction(1, identity.RADIUS_STEP * depth)
        with precision(BITS):
            radius = ends(ball(distance).sqrt())[1]
            rate = identity.radius_rate(depth, step, radius)
            share = 2 * task.level / distance
            bound = max(0, ceil_upper(ball(share).log() / (1 - ball(rate)).log()))
        row = replace(row, step=float(step), bound=bound)
    return _counted(row, identity.exact_identity(2, depth), task, step, budget, seconds)


def nguyen_mondelli(task: Task, budget: int, seconds: float) -> Row:
    """One wide layer, W_2 = 0, the others scaled identities; smoothed leaky ReLU, X = I."""
    row = blank("nguyen-mondelli", "pyramid, W_2 = 0", task, WIDTH, 0.0)
    if task.depth < 3:
        return replace(row, failing="at least three layers are wanted")
    size = len(task.target)
    activation = SmoothedLeakyRelu.of("1/2", 1)
    first = np.round(random_stream(13).standard_normal((size, WIDTH)) * 64) / 64
    with precision(BITS):
        for power in range(1, 13):
            scale = 10**power
            rest = [scale * np.eye(size)] * (task.depth - 2)
            weights = [first, np.zeros((WIDTH, size)), *rest]
            net = pyramid.Pyramid(
                _matrix(np.eye(size)),
                _matrix(task.doubles.T),
                tuple(_matrix(w) for w in weights),
                activation,
            )
            found = pyramid.constants(net)
            if found.holds:
                break
        else:
            return replace(row, failing="conditions (7) and (8)")
        step = pyramid.largest_step(found)
        rate = ball(step) * found.alpha
        bound = ceil_upper((found.loss / ball(task.level)).log() / rate)
    row = replace(row, step=float(step), bound=bound, evidence="estimated")
    for power in range(12, -1, -1):  # the largest step that still descends
        losses = pyramid.train(
            np.eye(size), task.doubles.T, weights, activation, float(step) * 10**power, budget // 20
        )
        hits = np.flatnonzero(losses <= float(task.level))
        if len(hits) and hits[0] >= 20 and np.all(np.diff(losses[: hits[0] + 1]) <= 0):
            count = int(hits[0]) * 10**power
            return replace(row, lower=count, upper=count)
    return replace(row, lower=budget // 20, evidence="measured", outcome="not within the budget")


SYSTEMS: dict[str, Callable[[Task, int, float], Row]] = {
    "shamir": shamir,
    "du-hu": du_hu,
    "hu-xiao-pennington": orthogonal,
    "wu-wang-ma": wu_wang_ma,
    "arora": balanced,
    "bartlett": bartlett,
    "nguyen-mondelli": nguyen_mondelli,
}


def compare(
    depths: Sequence[int] = (2, 4, 8),
    kinds: Sequence[str] = KINDS,
    budget: int = 20_000,
    seconds: float = 5.0,
    tick: Callable[[Row], None] | None = None,
) -> list[Row]:
    """Run all seven systems on the problems of the given depths and kinds of target.

    Parameters
    ----------
    depths, kinds
        Problems, see :func:`task`.
    budget : int
        Steps that are followed one by one.
    seconds : float
        For one certified count.
    tick : callable, optional
        Told each row when it is done.
    """
    rows = []
    for depth in depths:
        for kind in kinds:
            problem = task(kind, depth)
            for system in SYSTEMS.values():
                row = system(problem, budget, seconds)
                rows.append(row)
                if tick is not None:
                    tick(row)
    return rows


# --- counting ---


def _counted(
    row: Row, layers: Sequence[Exact], task: Task, step: Fraction, budget: int, seconds: float
) -> Row:
    """Count on the matrices themselves, in ball arithmetic."""
    orbit = Orbit(layers, step, task.target, bits=BITS)
    deadline = time.process_time() + seconds
    lower = None
    for t in range(budget + 1):
        low, high = ends(orbit.loss)
        if lower is None and low <= task.level:
            lower = t
        if high <= task.level:
            return replace(row, lower=lower, upper=t, evidence="certified")
        if time.process_time() > deadline or high > _RUNAWAY:
            break
        orbit.advance()
    end = orbit.time if lower is None else lower
    return replace(row, lower=end, evidence="certified", outcome="not within the budget")


def _wide(
    system: str,
    start: str,
    task: Task,
    layers: list[network.Array],
    wanted: int,
    step: float,
    budget: int,
) -> Row:
    """Count in floating point; the theorem speaks only of the width ``wanted``."""
    size = len(task.target)
    scale = math.exp(-0.5 * ((task.depth - 1) * math.log(WIDTH) + math.log(size)))
    level = float(task.level)
    run = network.trajectory(
        layers, task.doubles, step, min(budget, 3_000), None, scale, level, every=10**9
    )
    row = replace(blank(system, start, task, WIDTH, step), evidence="measured")
    row = replace(row, failing=f"width {WIDTH} < {_short(wanted)}")
    reached = int(run.reached)
    if reached < 0:
        return replace(row, lower=run.steps, outcome="not within the budget")
    return replace(row, lower=reached, upper=reached)


def _estimated(row: Row, layers: list[network.Array], task: Task, budget: int) -> Row:
    """Count with a larger step and scale up: at such steps descent follows its flow."""
    larger = max(row.step, 0.01 / (task.depth * max(1.0, float(_norm(task)) ** 2)))
    run = network.trajectory(
        layers, task.doubles, larger, budget, stop=float(task.level), every=10**9
    )
    evidence: Evidence = "measured" if larger == row.step else "estimated"
    count = round(max(int(run.reached), 0) * larger / row.step)
    if int(run.reached) < 0:
        count = round(run.steps * larger / row.step)
        return replace(row, lower=count, evidence=evidence, outcome="not within the budget")
    return replace(row, lower=count, upper=count, evidence=evidence)


def _loss(layers: Sequence[Exact], task: Task) -> arb:
    return Orbit(layers, Fraction(1), task.target, bits=BITS).loss


def _norm(task: Task) -> Fraction:
    """A rational just above the spectral norm of the target."""
    top = float(np.linalg.norm(task.doubles, 2))
    return Fraction(math.ceil(top * 1000), 1000)


def _widths(size: int, depth: int) -> list[int]:
    return [size, *([WIDTH] * (depth - 1)), size]


def _matrix(m: network.Array) -> arb_mat:
    return arb_mat([[ball(Fraction(float(x))) for x in row] for row in m])


def _down(x: arb) -> Fraction:
    low, _ = ends(x)
    return Fraction(int(low * 2**40), 2**40)


def _short(n: int) -> str:
    return str(n) if n < 10**6 else f"{float(n):.2g}"
