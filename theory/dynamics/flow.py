"""Gradient flow dw_i/dt = -f'(p) q_i: what it conserves, and its reduction to one coordinate.

All w_i^2 move at the same rate, so c_j = w_j^2 - w_m^2 stays what it was. With m the index of a
smallest |w_m|, v = w_m and sigma the product of the other signs,

    p = v q(v),   q(v) = sigma prod_{j != m} sqrt(c_j + v^2),   dv/dt = G(v) = -f'(v q(v)) q(v),

and the time from v0 to v1 is the quadrature of 1/G. A tie (c_j = 0) puts a factor |v| into G: then
v = 0 is an equilibrium, reached in no finite time, and the product never changes sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from theory.claims import Domain, Statement, statement
from theory.dynamics.calculus import symbols
from theory.dynamics.factors import square, times, weights
from theory.dynamics.identities import Identity
from theory.dynamics.objective import EXPLICIT_DEPTH, ProductObjective, p
from theory.errors import InputError
from theory.exact import Exact, exact_list
from theory.expressions import Expression, from_sympy, name

v, v0, v1 = symbols("v", "v0", "v1")
sigma = sympy.Symbol("sigma", real=True)
_PAIR: dict[str, Domain] = dict.fromkeys(("w_i", "w_j", "r_ij", "g"), "real")
_RELATIONS = {"q_i": "w_j*r_ij", "q_j": "w_i*r_ij", "p": "w_i*w_j*r_ij"}
_RATES = {"wdot_i": "-g*q_i", "wdot_j": "-g*q_j"}
_EVERY_PAIR = "every depth k >= 2, every pair i != j, every loss (r_ij, g opaque)"

SQUARES = Identity(
    "rate-of-squares",
    "All squares move at one rate: d(w_i^2)/dt = -2 p f'(p)",
    statement(
        _PAIR, "2*w_i*wdot_i == -2*p*g", _RELATIONS | {"wdot_i": "-g*q_i"}, scope=_EVERY_PAIR
    ),
)
CONSERVATION = Identity(
    "conservation",
    "w_i^2 - w_j^2 is conserved by the flow",
    statement(_PAIR, "2*w_i*wdot_i - 2*w_j*wdot_j == 0", _RELATIONS | _RATES, scope=_EVERY_PAIR),
)
# p = w_i q_i changes by q_i dw_i/dt + w_i dq_i/dt; Q = q_i^2 + w_i^2 S_i collects all of it.
PRODUCT_RATE = Identity(
    "rate-of-product",
    "The product moves by dp/dt = -f'(p) Q",
    statement(
        dict.fromkeys(("w_i", "w_j", "r_ij", "U_ij", "g"), "real"),
        # Pair (i, j) written out; each other weight l contributes -g (w_i w_j r_ijl)^2.
        "q_i*wdot_i + q_j*wdot_j - g*(w_i*w_j)**2*U_ij == -g*Q",
        {
            "q_i": "w_j*r_ij",
            "q_j": "w_i*r_ij",
            "Q": "q_i**2 + q_j**2 + (w_i*w_j)**2*U_ij",
            **_RATES,
        },
        scope="every depth k >= 2, every loss (r_ij, U_ij, g opaque)",
    ),
    remark="Q > 0 unless two weights vanish: p moves monotonically until f'(p) = 0.",
)


def _reduced(depth: int) -> Statement:
    """q_m^2 = prod (c_j + v^2) with every weight written out; v = w_i is the coordinate."""
    others = weights(depth)[1:]
    return statement(
        dict.fromkeys(weights(depth), "real"),
        f"({times(square(name(w)) for w in others)}) == "
        + "*".join(f"(({w}**2 - v**2) + v**2)" for w in others),
        {"v": "w_i"},
        scope=f"depth {depth}",
    )


def _monotone(depth: int) -> Statement:
    """SymPy differentiates P(s) = s prod (c_j + s); the logarithmic derivative is written out."""
    s, *constants = symbols("s", *(f"c_{n}" for n in range(1, depth)))
    squared = s * sympy.Mul(*(c + s for c in constants))
    shares = "".join(f" + s/({c} + s)" for c in constants)
    variables: dict[str, Domain] = {"s": "positive"}
    variables |= dict.fromkeys((c.name for c in constants), "nonnegative")
    return statement(
        variables,
        f"s*({from_sympy(sympy.diff(squared, s))}) == ({from_sympy(squared)})*(1{shares})",
        scope=f"depth {depth}",
    )


REDUCTION = Identity(
    "reduced-product",
    "One more factor c_j + v^2 for one more weight",
    statement(
        dict.fromkeys(("w_j", "v", "rest"), "real"),
        "(w_j*rest)**2 == (c_j + v**2)*rest**2",
        {"c_j": "w_j**2 - v**2"},
        scope="every depth k >= 2, weight by weight (rest = product of the weights before)",
    ),
    _reduced,
    remark="By induction q_m² = ∏ (c_j + v²), so the flow is one equation for v.",
)
MONOTONE = Identity(
    "monotone-coordinate",
    "d ln p^2 / d ln v^2 = 1 + sum of v^2/(c_j + v^2)",
    # A(s) is p^2 with some factors, D its derivative: the factor c + s adds s/(c + s) >= 0.
    statement(
        {"s": "positive", "c": "nonnegative", "A": "positive", "D": "real"},
        "s*(D*(c + s) + A)/(A*(c + s)) == s*D/A + s/(c + s)",
        scope="every depth k >= 2, factor by factor (s = v², A = factors before, D = A')",
    ),
    _monotone,
    remark="Every term is nonnegative as c_j ≥ 0: |p| is strictly increasing in |v|.",
)
FLOW_IDENTITIES = (SQUARES, CONSERVATION, PRODUCT_RATE, REDUCTION, MONOTONE)


@dataclass(frozen=True)
class ReducedFlow:
    """The flow in the one coordinate v = w_m, m a smallest weight in absolute value.

    Attributes
    ----------
    constants : tuple of sympy.Expr
        The c_j, j != m; a single indexed symbol where the depth is symbolic or large.
    factor : sympy.Expr
        q(v).
    product : sympy.Expr
        p = v q(v).
    rate : sympy.Expr
        dv/dt = G(v).
    integrand : sympy.Expr
        1/G(v).
    time : sympy.Integral
        The unevaluated time from v0 to v1.
    ties : int or None
        How many c_j are known to be 0.
    """

    constants: tuple[sympy.Expr, ...]
    factor: sympy.Expr
    product: sympy.Expr
    rate: sympy.Expr
    integrand: sympy.Expr
    time: sympy.Integral
    ties: int | None = None

    @property
    def rate_expression(self) -> Expression:
        """G as the engines' formula in v, v0, c_1, ...; refused where it has no such form."""
        return from_sympy(self.rate, "rate")


def reduced_flow(objective: ProductObjective, ties: int = 0) -> ReducedFlow:
    """Reduce the flow to its one coordinate.

    Parameters
    ----------
    objective : ProductObjective
        Any loss, any depth.
    ties : int
        How many other weights share the smallest absolute value (their c_j is 0).

    Raises
    ------
    InputError
        If there are not that many other weights.
    """
    if ties < 0 or (objective.depth is not None and ties > objective.depth - 1):
        raise InputError("ties", f"{ties} is not between 0 and the number of other weights")
    tied = sympy.Abs(v) ** ties
    if objective.depth is not None and objective.depth - ties <= EXPLICIT_DEPTH:
        constants = tuple(
            sympy.Symbol(f"c_{n}", positive=True) for n in range(1, objective.depth - ties)
        )
        rest = sympy.Mul(*(sympy.sqrt(c + v**2) for c in constants))
    else:
        j = sympy.Symbol("j", integer=True, positive=True)
        c = sympy.Indexed(sympy.IndexedBase("c", real=True), j)
        constants = (c,)
        rest = sympy.Product(sympy.sqrt(c + v**2), (j, 1, objective.k - 1 - ties))
    # Without other weights there is no sign to collect.
    sign = sympy.S.One if objective.depth == 1 else sigma
    return _reduce(objective, constants, sign * tied * rest, ties)


@dataclass(frozen=True)
class ReducedStart:
    """Exact data of one start: where the reduced flow begins.

    Attributes
    ----------
    index : int
        m, counted from 0; the first among equals.
    v0 : Fraction
        w_m.
    sign : int
        sigma: product of the signs of the other weights, 0 if one of them is 0.
    constants : tuple of Fraction
        c_j = w_j^2 - w_m^2 >= 0 for j != m, in order.
    ties : int
        How many of them are 0.
    """

    index: int
    v0: Fraction
    sign: int
    constants: tuple[Fraction, ...]
    ties: int

    @property
    def never_crosses(self) -> bool:
        """Whether the product keeps its sign (or its value 0) for ever, by a tie."""
        return self.ties > 0


def reduced_start(start: str | Sequence[Exact]) -> ReducedStart:
    """Find the smallest weight of a start and the conserved differences, exactly.

    Raises
    ------
    InputError
        For floats and malformed numbers.
    """
    w = exact_list(start, "weights")
    m = min(range(len(w)), key=lambda n: abs(w[n]))
    others = [x for n, x in enumerate(w) if n != m]
    sign = 1
    for x in others:
        sign *= (x > 0) - (x < 0)
    constants = tuple(x * x - w[m] * w[m] for x in others)
    return ReducedStart(m, w[m], sign, constants, sum(1 for c in constants if c == 0))


def reduced_flow_at(
    objective: ProductObjective, start: str | Sequence[Exact]
) -> tuple[ReducedStart, ReducedFlow]:
    """Reduce the flow with the exact constants of one start in place of c_j and sigma.

    Raises
    ------
    InputError
        For malformed weights, or when their number is not the depth.
    """
    begin = reduced_start(start)
    if objective.depth not in (None, len(begin.constants) + 1):
        raise InputError("weights", f"{len(begin.constants) + 1} given for depth {objective.depth}")
    constants = tuple(sympy.Rational(c.numerator, c.denominator) for c in begin.constants)
    roots = (sympy.sqrt(c + v**2) for c in constants)
    factor = begin.sign * sympy.Mul(*roots)
    return begin, _reduce(objective, constants, factor, begin.ties)


def _reduce(
    objective: ProductObjective,
    constants: tuple[sympy.Expr, ...],
    factor: sympy.Expr,
    ties: int,
) -> ReducedFlow:
    slope = objective.slope
    if not objective.is_symbolic:
        slope = slope.subs(p, v * factor)
    rate = -slope * factor
    integrand = 1 / rate if rate != 0 else sympy.zoo
    time = sympy.Integral(integrand, (v, v0, v1))
    return ReducedFlow(constants, factor, v * factor, rate, integrand, time, ties)
