"""Flow times and weights: what theory derives against the integrated flow of all weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import mpmath
import sympy

from numerics.evaluate import compile_expression, mpmath_backend
from numerics.flow import integrate_flow
from numerics.loss import Loss
from numerics.starts import draw
from proofs.evidence.verdicts import Kind
from proofs.experiments import Measurement, Point, Profile
from theory.dynamics.closed_forms import closed_forms
from theory.dynamics.flow import reduced_flow_at
from theory.dynamics.objective import ProductObjective
from theory.expressions import from_sympy, name

DIGITS = 22  # the claims ask for 15
QUADRATIC, LINEAR, LOGISTIC = "(p+1)**2/2", "-p", "log(1+exp(p))"
LOSSES = (QUADRATIC, LOGISTIC)
HALF, ONE = Fraction(1, 2), Fraction(1)
NEARLY = (
    (HALF, Fraction(501, 1000), Fraction(2)),
    (HALF, -HALF, Fraction(3, 2)),
    (Fraction(0), ONE, Fraction(2)),
    (Fraction(1, 1000), ONE, ONE),
)
"""Starts with a tie, nearly one, a weight that is 0 or nearly so."""
PAIRS = (
    *((ONE, ONE), (ONE, -Fraction(999, 1000)), (Fraction(-3), Fraction(1, 1000))),
    *((Fraction(0), ONE), (Fraction(1, 10**6), Fraction(1, 10**7))),
)
"""Equal weights, nearly opposite ones, very different ones, one 0, both tiny: for long times."""


def quadrature_times(profile: Profile) -> Sequence[Point]:
    """Measure the time between two coordinates: by quadrature, and on the clock of the flow."""
    points = []
    drawn = [draw("gaussian", d, seed=100 + d) for d in range(4, 6 if profile == "quick" else 11)]
    cases = [(weights, loss) for weights in drawn for loss in LOSSES]
    cases += [(weights, QUADRATIC) for weights in NEARLY]
    for weights, loss in cases:
        depth, time = len(weights), Fraction(1, 2)
        start, flow = reduced_flow_at(ProductObjective(loss, depth), weights)
        end = integrate_flow(Loss.of(loss), weights, time, DIGITS)[start.index]
        context = _context()
        integrand = from_sympy(flow.integrand).substitute({"v": name("p")})
        rate = compile_expression(integrand, mpmath_backend(context))
        measured = context.quad(rate, [_number(context, start.v0), end])
        points.append({"quadrature": rational(measured), "integrated": time})
    return points


def two_layers(profile: Profile) -> Sequence[Point]:
    """Measure w_1(t) at depth 2: by the closed form, and integrated."""
    points = []
    objective = ProductObjective(QUADRATIC, 2)
    form = next(f for f in closed_forms(objective) if f.name == "pair-riccati")
    drawn = [draw("gaussian", 2, seed) for seed in range(3 if profile == "quick" else 15)]
    runs = [(weights, Fraction(3, 4)) for weights in drawn]
    for weights, time in (*runs, *((weights, Fraction(5)) for weights in PAIRS)):
        total = weights[0] + weights[1]
        values = {
            "t": time,
            "c": weights[0] ** 2 - weights[1] ** 2,
            "s0": total**2,
            "sign(w_1(0) + w_2(0))": Fraction(1 if total > 0 else -1),
        }
        formula = _solve(form.formulas, "w_1", values)
        integrated = integrate_flow(Loss.of(QUADRATIC), weights, time, DIGITS)[0]
        points.append({"formula": formula, "integrated": rational(integrated)})
    return points


def balanced(profile: Profile) -> Sequence[Point]:
    """Measure a balanced weight under a linear loss: by the closed form, and integrated."""
    points = []
    depths = range(3, 7 if profile == "quick" else 13)
    near = ((Fraction(1, 2), Fraction(1, 4)), (Fraction(3, 2), Fraction(9, 10)))
    for depth, (start, share) in ((d, one) for d in depths for one in near):
        time = share * start ** (2 - depth) / (depth - 2)  # 1 is where the flow ends
        objective = ProductObjective(LINEAR, depth)
        form = next(f for f in closed_forms(objective) if f.name == "balanced-power")
        power = _value(form.formulas[0].rhs, {"t": time, "w0": start})
        formula = mpmath.mp.clone()
        formula.dps = DIGITS + 10
        weight = _number(formula, power) ** (-formula.mpf(1) / (depth - 2))
        integrated = integrate_flow(Loss.of(LINEAR), [start] * depth, time, DIGITS)[0]
        points.append({"formula": rational(weight), "integrated": rational(integrated)})
    return points


def rational(x: Any) -> Fraction:
    """Read an mpf as the rational that it is."""
    sign, mantissa, exponent, _ = x._mpf_
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size


def _context() -> Any:
    context = mpmath.mp.clone()
    context.dps = DIGITS + 10
    return context


def _number(context: Any, value: Fraction) -> Any:
    return context.mpf(value.numerator) / value.denominator


def _value(formula: sympy.Expr, values: Mapping[str, Fraction]) -> Fraction:
    exact = {
        s: sympy.Rational(values[s.name].numerator, values[s.name].denominator)
        for s in formula.free_symbols
    }
    number = sympy.Rational(sympy.N(formula.subs(exact), DIGITS + 10))
    return Fraction(int(number.p), int(number.q))


def _solve(formulas: tuple[sympy.Eq, ...], wanted: str, values: Mapping[str, Fraction]) -> Fraction:
    """Evaluate one left side of a system of abbreviations, in the order in which they resolve."""
    known, pending = dict(values), list(formulas)
    while wanted not in known:
        ready = [e for e in pending if {s.name for s in e.rhs.free_symbols} <= known.keys()]
        pending = [e for e in pending if e not in ready]
        known |= {str(e.lhs): _value(e.rhs, known) for e in ready}
        if not ready:
            raise LookupError(f"{wanted} is not determined by the closed form")
    return known[wanted]


MEASUREMENTS = {
    "reduced-flow-quadrature": Measurement(Kind.TESTS, quadrature_times),
    "closed-form-two-layers": Measurement(Kind.TESTS, two_layers),
    "closed-form-balanced": Measurement(Kind.TESTS, balanced),
}
