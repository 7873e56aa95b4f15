"""The defect of a plateau is the sum that the kernel's count theorem takes for it."""

from fractions import Fraction
from math import exp, prod

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import ball, precision
from numerics.certified.cells import cut, pieces
from numerics.certified.plateau import Bounds, _defects, outline, survey
from numerics.certified.reduced import ReducedFlow
from numerics.certified.state import reduce
from numerics.loss import Loss
from numerics.problem import Budget, Problem


def added_defect(eta, eps, parts, flow):
    """``added_defect`` of proofs/coq/CountFormula.v, symbol by symbol, in floats.

    What ``kernels_fit`` says of drift, delta and together is put in with equality.
    """
    least = [min(group) * (1 - eps) for group in flow.groups]
    own = [Bounds.of(part, least) for part in parts]
    size = [float(part.length) for part in parts]
    wide = [float(part.length + part.margin) for part in parts]
    low = [float(part.jet.speed.lower()) for part in parts]
    speed = [float(b.speed) for b in own]
    chi = [float(b.sensitivity) for b in own]
    zeta = [float(part.jet.sensitivity_drift.abs_upper()) for part in parts]
    rho = [[float(r) for r in b.roots] for b in own]
    near = [[float(n) for n in b.nearness] for b in own]
    all_near = [float(b.together) for b in own]
    steepest = max(chi)

    def roots_later(i, g, bound):
        here = wide[i] * rho[i][g] * bound[i] / low[i]
        return here + sum(size[j] * rho[j][g] * bound[j] / low[j] for j in range(i + 1, len(parts)))

    def summed(i, nearness):
        so_far = sum(eta * speed[j] * nearness(j) * size[j] for j in range(i + 1))
        return (so_far + (eta * speed[i]) ** 2 * nearness(i)) / (1 - eps)

    total = 0.0
    for i, b in enumerate(own):
        h, first, second = eta * speed[i], float(b.first), float(b.second)
        grown, weight = exp(first * h), float(b.weight)
        w = second / 12 + grown * first**2 / 6 + chi[i] * weight * (grown + 1) / 2 / (1 - eps)
        together, moved = summed(i, lambda j: all_near[j]), 0.0
        for g in range(len(least)):
            delta = summed(i, lambda j, g=g: near[j][g])
            swell = exp(steepest * together + 4 * delta)
            half = speed[i] * rho[i][g] / 2
            w += half * roots_later(i, g, chi) * (first + float(b.shape[g])) / 2
            moved += half * (swell - 1) * roots_later(i, g, chi)
            moved += half * swell * together / 2 * roots_later(i, g, zeta)
        total += h * size[i] * w + size[i] * moved
    return total


@pytest.mark.parametrize("step", ["1/3000", "1/50000"])
@settings(max_examples=3)
@given(st.integers(0, 10**6))
def test_the_defect_is_the_kernel_s_formula(step, seed):
    weights = ["0.3", "-1.2", "0.7", f"0.01{seed:06}", "1.1", "9"]
    problem = Problem.of("(p+1)**2/2", ",".join(weights), step, "abs(p+1) <= 1/2")
    with precision(128):
        state = reduce(problem, problem.weights, 128)
        end = (state.coordinate + arb("0.2")).mid()
        cells = outline(state.flow, state.coordinate, end, 128, Budget())
        low, eta, eps = state.flow.rounded(), ball(problem.step), arb(2) ** -6
        parts = pieces(low, eta, cut(low, eta, cells, Budget()), eps, Budget())
        defect, approach, _, _ = _defects(low, eta, parts, eps)
        expected = added_defect(float(problem.step), float(eps), parts, low)
    # What is rounded up is rounded to 30 bits.
    assert expected * (1 - 1e-12) <= float(defect) <= expected * (1 + 1e-6)
    assert approach <= defect
    assert len(low.groups) > 1


@settings(max_examples=12)
@given(st.sampled_from((0.5, 8.0)), st.integers(2, 30), st.integers(0, 8))
def test_a_square_that_may_be_less_than_those_of_a_group_before_it_drifts_by_no_more(top, low, at):
    """The ball of one c_j begins far below another one, of the group before, and ends above it."""
    step, exit_ = Fraction(1, 1000), 0.2
    least, most = top / low, top * 1.1
    squares, x = [top * 0.99, least + (most - least) * at / 8], 0.01
    with precision(128):
        flow = ReducedFlow(Loss.of("p"), [arb(squares[0]), arb(least).union(arb(most))], -1)
        assert len(flow.groups) == 2
        plateau = survey(flow, step, arb(x), arb(exit_), 128, Budget())
        behind = plateau.exit + ball(step) * flow.speed(plateau.exit)
        assert plateau.start < behind < plateau.reach
    kept = 1.0
    while (h := float(step) * prod(c + x * x for c in squares) ** 0.5) <= exit_ - x:
        kept *= 1 - h * h / (squares[1] + x * x)
        squares = [c * (1 - h * h / (c + x * x)) for c in squares]
        x += h
    assert 1 - kept <= plateau.loosening
