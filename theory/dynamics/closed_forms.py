"""Closed forms of the gradient flow, each verified by exact differentiation.

Exponentials and symbolic powers enter the check as indeterminates: with E = exp(l t) the derivative
of a rational R(E) is l E R'(E), again rational, so the differential equation and the initial value
become identities for :func:`theory.dynamics.identities.decide_identity`. Nothing is simplified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import sympy

from theory.claims import Domain, statement
from theory.dynamics.calculus import symbols
from theory.dynamics.identities import Identity
from theory.dynamics.objective import ProductObjective, p
from theory.expressions import from_sympy, parse

NAMES = frozenset({"u", "v"})
MAX_DEGREE = 32
"""Of f'(w^k) w^(k-1), for partial fractions."""

t, w, w0, a, y, E, K = symbols("t", "w", "w0", "a", "y", "E", "K")
w1, w2, s, s0, s_plus, s_minus, c = symbols("w_1", "w_2", "s", "s0", "s_plus", "s_minus", "c")


@dataclass(frozen=True)
class ClosedForm:
    """A solution of the flow in closed form.

    Attributes
    ----------
    name : str
        Short, lower case, hyphens.
    title : str
        One line for people.
    conditions : tuple of str
        Where it applies.
    formulas : tuple of sympy.Eq
        w(t), p(t) or t(w), and what the symbols in it are.
    checks : tuple of Identity
        The differential equation and the initial value, as decidable identities.
    """

    name: str
    title: str
    conditions: tuple[str, ...]
    formulas: tuple[sympy.Eq, ...]
    checks: tuple[Identity, ...]

    @property
    def verified(self) -> bool:
        """Whether every check was decided, and decided true."""
        return bool(self.checks) and all(check.result.holds for check in self.checks)


def closed_forms(objective: ProductObjective) -> tuple[ClosedForm, ...]:
    """List the closed forms known for an objective; may be empty.

    Parameters
    ----------
    objective : ProductObjective
        Any loss and depth. For a symbolic depth, those that hold at every depth they name.
    """
    slope = objective.slope_polynomial
    if slope is None or slope.is_zero:
        return ()
    return tuple(_polynomial(objective, slope))


def _polynomial(objective: ProductObjective, slope: sympy.Poly) -> Iterator[ClosedForm]:
    k = objective.depth
    lead = slope.LC()
    root = -slope.nth(0) / lead if slope.degree() == 1 else None
    if len(slope.terms()) == 1:  # f' = a p^(n-1)
        yield from _power(objective, lead, slope.degree() + 1)
        if slope.degree() == 0 and k in (None, 2):
            yield _hyperbolic(lead)
    if root is not None and root != 0:
        if k in (None, 1):
            yield _relaxation(lead, root)
        if k in (None, 2):
            yield _logistic(lead, root)
        if k is None or k >= 3:
            yield _hypergeometric(objective.k, lead, root)
    if root is not None and k in (None, 2):
        yield _riccati(lead, root)
    rational = all(x.is_Rational for x in slope.all_coeffs())
    if k is not None and rational and len(slope.terms()) > 1 and (root is None or k >= 3):
        found = _partial_fractions(k, slope)
        if found is not None:
            yield found


def _check(
    name: str, left: sympy.Expr, right: sympy.Expr, definitions: dict[str, str] | None = None
) -> Identity:
    """State ``left == right``; every symbol that is not defined is a real indeterminate."""
    sides = [str(from_sympy(side)) for side in (left, right)]
    meanings = definitions or {}
    free = {s.name for side in (left, right) for s in side.free_symbols} | {
        n for e in meanings.values() for n in parse(e, NAMES).names
    }
    variables: dict[str, Domain] = dict.fromkeys(sorted(free - set(meanings)), "real")
    made = statement(variables, " == ".join(sides), meanings, scope="all values of the symbols")
    return Identity(name, name, made, depths=())


def _rate(formula: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
    """d/dt of a rational function of E = exp(exponent t)."""
    return exponent * E * sympy.diff(formula, E)


def _power(objective: ProductObjective, lead: sympy.Expr, n: int) -> Iterator[ClosedForm]:
    order = n * objective.k
    if order != 2:
        power = 2 - order
        formula = sympy.Eq(w**power, w0**power - power * lead * t)
        where = f"balanced weights w_1 = ... = w_k = w > 0; f' = a p^{n - 1}, a = {lead}"
        extra = (f"k ≠ {2 // n}",) if objective.depth is None and n in (1, 2) else ()
        yield ClosedForm(
            "balanced-power",
            f"Balanced weights, f' proportional to p^{n - 1}",
            (where, *extra),
            (formula,),
            _power_checks(),
        )
    if order == 2 or (objective.depth is None and n in (1, 2)):
        yield ClosedForm(
            "balanced-exponential",
            "Balanced weights, exponential decay",
            (f"k = {2 // n}, w_1 = w_k = w; f' = a p^{n - 1}, a = {lead}",),
            (sympy.Eq(w, w0 * sympy.exp(-lead * t)),),
            (
                _check("differential equation", _rate(w0 * E, -a), -a * w0 * E),
                _check("initial value", (w0 * E).subs(E, 1), w0),
            ),
        )


@cache
def _power_checks() -> tuple[Identity, ...]:
    order, X = symbols("N", "X")
    positive = sympy.Symbol("w", positive=True)
    slope = sympy.diff(positive ** (2 - order), positive).subs(positive ** (2 - order), X)
    slope = slope.subs(positive, w)
    # dw/dt = -a w^(N-1) with N = n k, and w^(N-1) = w/X.
    return (_check("differential equation", slope * (-a * w / X), -(2 - order) * a),)


def _hyperbolic(lead: sympy.Expr) -> ClosedForm:
    u0, v0 = symbols("u0", "v0")
    sol1, sol2 = (u0 * E + v0 / E) / 2, (u0 * E - v0 / E) / 2
    shown = [x.subs(E, sympy.exp(-lead * t)) for x in (sol1, sol2)]
    return ClosedForm(
        "linear-pair",
        "Two weights, linear loss",
        (f"k = 2, any start; f' = a, a = {lead}; u0, v0 = w_1 ± w_2 at t = 0",),
        (sympy.Eq(w1, shown[0]), sympy.Eq(w2, shown[1])),
        (
            _check("differential equation for w_1", _rate(sol1, -a), -a * sol2),
            _check("differential equation for w_2", _rate(sol2, -a), -a * sol1),
            _check("initial value", (sol1 + sol2).subs(E, 1), u0),
            _check("initial value of the difference", (sol1 - sol2).subs(E, 1), v0),
        ),
    )


def _relaxation(lead: sympy.Expr, root: sympy.Expr) -> ClosedForm:
    solution = y + (w0 - y) * E
    return ClosedForm(
        "single-weight",
        "One weight, quadratic loss",
        (f"k = 1; f' = a (p - y), a = {lead}, y = {root}",),
        (sympy.Eq(w, root + (w0 - root) * sympy.exp(-lead * t)),),
        (
            _check("differential equation", _rate(solution, -a), -a * (solution - y)),
            _check("initial value", solution.subs(E, 1), w0),
        ),
    )


def _logistic(lead: sympy.Expr, root: sympy.Expr) -> ClosedForm:
    p0 = symbols("p0")[0]
    solution = y / (1 + (y / p0 - 1) * E)
    shown = solution.subs({E: sympy.exp(-2 * lead * root * t), y: root})
    return ClosedForm(
        "logistic",
        "Two balanced weights, quadratic loss: the logistic curve",
        (
            f"k = 2, w_1 = w_2 ≠ 0, p0 = w_1(0)^2; f' = a (p - y), a = {lead}, y = {root}",
            "w_1 = -w_2: flip one sign, which turns f(p) into f(-p)",
        ),
        (sympy.Eq(p, shown),),
        (
            _check(
                "differential equation",
                _rate(solution, -2 * a * y),
                -2 * a * solution * (solution - y),
            ),
            _check("initial value", solution.subs(E, 1), p0),
        ),
    )


def _riccati(lead: sympy.Expr, root: sympy.Expr) -> ClosedForm:
    solution = (s_plus - s_minus * K * E) / (1 - K * E)
    start = (s0 - s_plus) / (s0 - s_minus)
    root_d = sympy.sqrt(4 * root**2 + c**2)
    rate = -a * (s_plus - s_minus) / 2
    # s+ and s- are free here: any y and c^2 are y = (s+ + s-)/4, c^2 = -s+ s-.
    target = (s_plus + s_minus) / 4
    product = (solution + s_plus * s_minus / solution) / 4
    u, v = symbols("u", "v")
    shown = solution.subs(E, sympy.exp(-lead * root_d * t))
    return ClosedForm(
        "pair-riccati",
        "Two weights, quadratic loss, any start",
        (
            f"k = 2, w_1 + w_2 ≠ 0 at t = 0; f' = a (p - y), a = {lead}, y = {root}",
            "c = w_1^2 - w_2^2, not both y = 0 and c = 0; s = (w_1 + w_2)^2 keeps its sign's root",
            "w_1 + w_2 = 0: flip one sign, which turns f(p) into f(-p)",
        ),
        (
            sympy.Eq(s, shown),
            sympy.Eq(s_plus, 2 * root + root_d),
            sympy.Eq(s_minus, 2 * root - root_d),
            sympy.Eq(K, start),
            sympy.Eq(w1, (u + c / u) / 2),
            sympy.Eq(w2, (u - c / u) / 2),
            sympy.Eq(u, sympy.Symbol("sign(w_1(0) + w_2(0))") * sympy.sqrt(s)),
        ),
        (
            _check(
                "differential equation ds/dt = -2 f'(p) s",
                _rate(solution, rate),
                -2 * a * (product - target) * solution,
            ),
            _check("initial value", solution.subs({E: 1, K: start}), s0),
            _check(
                "sum moves by -f'(p) (w_1 + w_2)",
                -a * (p - y) * w1 - a * (p - y) * w2,
                -a * (p - y) * (w1 + w2),
            ),
            _check("product in the coordinate", w1 * w2, (u**2 - v**2) / 4, _COORDINATES),
            _check("conserved c", u * v, w1**2 - w2**2, _COORDINATES),
        ),
    )


_COORDINATES = {"w_1": "(u + v)/2", "w_2": "(u - v)/2"}


def _hypergeometric(k: sympy.Expr, lead: sympy.Expr, root: sympy.Expr) -> ClosedForm:
    def antiderivative(x: sympy.Expr) -> sympy.Expr:
        b = sympy.Integer(2) / k
        series = sympy.hyper((1, b), (1 + b,), x**k / root)
        return x ** (2 - k) / (k - 2) - x**2 / (2 * root) * series

    moved = antiderivative(w) - antiderivative(w0)
    return ClosedForm(
        "balanced-hypergeometric",
        "Balanced weights, quadratic loss",
        (
            "k ≥ 3, w_1 = ... = w_k = w > 0, the same at t = 0 (w0)",
            f"f' = a (p - y), a = {lead}, y = {root}",
            "w^k/y < 1 all the way (always if y < 0); beyond |w^k/y| < 1 by analytic continuation",
        ),
        (sympy.Eq(t, -moved / (lead * root)),),
        _hypergeometric_checks(),
    )


@cache
def _hypergeometric_checks() -> tuple[Identity, ...]:
    W, b, n, k = symbols("W", "b", "n", "k")  # W = w^k
    return (
        _check("partial fractions", 1 / ((W - y) * (W / w)), (w / (W - y) - w / W) / y),
        # The n-th coefficient of 2F1(1, b; 1 + b; x) is b/(b + n): it starts at 1 and
        # the series' ratio (1 + n)(b + n)/((1 + b + n)(1 + n)) carries it on.
        _check(
            "coefficients of 2F1",
            b / (b + n) * (b + n) * (1 + n) / ((1 + b + n) * (1 + n)),
            b / (b + n + 1),
        ),
        _check(
            "term by term derivative",
            (2 + k * n) * (2 / k) / (2 / k + n),
            sympy.Integer(2),
        ),
        _check("geometric sum", -(w / y) / (1 - W / y), w / (W - y)),
        _check("pole at zero", (2 - k) * (w / W) / (k - 2), -w / W),
    )


def _partial_fractions(k: int, slope: sympy.Poly) -> ClosedForm | None:
    """t(w) = -int dw/(f'(w^k) w^(k-1)) over the rationals; None where it would not be readable."""
    if slope.degree() * k + k - 1 > MAX_DEGREE:
        return None
    integrand = 1 / (slope.as_expr().subs(p, w**k) * w ** (k - 1))
    parts = sympy.Add.make_args(sympy.apart(sympy.factor(integrand), w))
    antiderivative = sympy.S.Zero
    for part in parts:
        top, bottom = part.as_numer_denom()
        factors = sympy.factor_list(bottom, w)[1]
        if len(factors) != 1:
            return None
        base, multiplicity = sympy.Poly(factors[0][0], w), factors[0][1]
        if multiplicity > 1 and base.degree() > 1:
            return None
        antiderivative += _integrated(part, top, bottom, base, multiplicity)
    start = antiderivative.subs(w, w0)
    return ClosedForm(
        "balanced-partial-fractions",
        "Balanced weights, polynomial loss: time as a function of w",
        (
            f"k = {k}, w_1 = ... = w_k = w, w0 at t = 0, no zero of w f'(w^{k}) between w and w0",
            "sums run over all complex roots; principal ln, of |x| for real x",
        ),
        (sympy.Eq(t, -(antiderivative - start)),),
        # The derivative of sum over roots z of N(z)/D'(z) ln(w - z) is N/D (Lagrange), D being
        # irreducible and deg N < deg D; what remains is that the parts add up.
        (_check("partial fractions", integrand, sympy.Add(*parts, evaluate=False)),),
    )


def _integrated(
    part: sympy.Expr, top: sympy.Expr, bottom: sympy.Expr, base: sympy.Poly, multiplicity: int
) -> sympy.Expr:
    if base.degree() == 1:
        a1, a0 = base.all_coeffs()
        zero = -a0 / a1
        scale = part * (w - zero) ** multiplicity
        scale = sympy.cancel(scale)
        if multiplicity == 1:
            return scale * sympy.log(w - zero)
        return -scale / ((multiplicity - 1) * (w - zero) ** (multiplicity - 1))
    z = sympy.Symbol("zeta")
    residue = sympy.cancel(top / sympy.diff(bottom, w)).subs(w, z)
    return sympy.RootSum(
        base.as_expr().subs(w, z), sympy.Lambda(z, residue * sympy.log(w - z)), auto=False
    )
