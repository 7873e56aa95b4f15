"""Critical points with zero weights: which are critical, their Hessian, and their order.

Let z weights be zero and A be the product of the others.

* z = 0: critical exactly if f'(p) = 0.
* z = 1: the one nonzero q_m is A, so critical exactly if f'(0) = 0.
* z >= 2: every q_i is 0, so always critical.

If f'(0) = ... = f^(n-1)(0) = 0 and f^(n)(0) != 0 then, for z >= 1,
F(w + x) - F(w) = (f^(n)(0)/n!) A^n (prod of x_i over the zero weights)^n + O(|x|^(nz + 1)):
the order is n z, which is z when f'(0) != 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from theory.claims import Domain, Statement, statement
from theory.dynamics.calculus import COEFFICIENTS, from_ring, polynomial_loss
from theory.dynamics.factors import plus, times, weights
from theory.dynamics.identities import Identity
from theory.dynamics.objective import ProductObjective, p
from theory.errors import InputError
from theory.expressions import Expression, Relation, name, number

MAX_OPERATIONS = 400
"""In f', beyond which it is not differentiated again."""
MAX_ORDER = 12
"""Derivatives of the loss at 0 that are looked at before giving up."""


@dataclass(frozen=True)
class CriticalPoint:
    """What the number of zero weights decides, the others being nonzero.

    Attributes
    ----------
    zeros : int or None
        z; None for any z >= 3.
    critical : bool or None
        Whether the gradient vanishes; None if that depends on f'(0).
    order : int or str
        Degree of the lowest nonvanishing term of F(w + x) - F(w).
    kind : str
        What the point is, in words.
    """

    zeros: int | None
    critical: bool | None
    order: int | str
    kind: str


def first_derivative_at_zero(objective: ProductObjective) -> int | None:
    """Find the smallest n >= 1 with a nonzero n-th derivative of f at 0; None if not decided.

    Only rational values count as decided: a symbolic or transcendental one may vanish.
    """
    if objective.is_symbolic:
        return None
    # Repeated derivatives of a long product would explode; a polynomial's never do.
    limit = MAX_ORDER if objective.loss.is_polynomial(p) else 2
    if sympy.count_ops(objective.slope) > MAX_OPERATIONS:
        limit = 1
    for n in range(1, limit + 1):
        value = objective.derivative(n).subs(p, 0)
        if not value.is_Rational:
            return None
        if value != 0:
            return n
    return None


def critical_points(objective: ProductObjective) -> tuple[CriticalPoint, ...]:
    """Classify the points with z = 1, 2 and z >= 3 zero weights (as far as the depth allows)."""
    n = first_derivative_at_zero(objective)
    rows: tuple[CriticalPoint, ...]
    exception = _exception(objective)
    if exception:
        rows = tuple(CriticalPoint(z, None, "unknown", exception) for z in (1, 2, None))
    elif n is None:
        rows = (
            CriticalPoint(1, None, 1, "critical only if f'(0) = 0"),
            CriticalPoint(2, True, 2, "strict saddle, if f'(0) ≠ 0"),
            CriticalPoint(None, True, "z", "saddle with zero Hessian, if f'(0) ≠ 0"),
        )
    elif n == 1:
        rows = (
            CriticalPoint(1, False, 1, "not critical: f'(0) ≠ 0"),
            CriticalPoint(2, True, 2, "strict saddle: Hessian eigenvalues ±f'(0) r_ij, the rest 0"),
            CriticalPoint(None, True, "z", "saddle with zero Hessian"),
        )
    else:
        sign = objective.derivative(n).subs(p, 0)
        flat = f"f(p) - f(0) starts with p^{n}"
        extreme = (
            f"{'strict ' if objective.depth == 1 else ''}local {'min' if sign > 0 else 'max'}imum"
        )
        strictness = "" if objective.depth == 1 else ", not strict"
        kind = "saddle" if n % 2 else extreme + strictness
        rows = tuple(
            CriticalPoint(z, True, o, f"{kind}: {flat}")
            for z, o in ((1, n), (2, 2 * n), (None, f"{n} z"))
        )
    return rows[: objective.depth] if objective.depth else rows


def _exception(objective: ProductObjective) -> str:
    """Say why the classification says nothing about this loss; empty if it does."""
    if objective.is_symbolic:
        return ""
    if objective.slope == 0:
        return "critical, as every point is: F is constant"
    if objective.loss.has(sympy.Abs):
        return "not covered: f may have a kink there"
    at_zero = objective.slope.subs(p, 0)
    if at_zero.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        return "not covered: f is not differentiable at 0"
    return ""


def leading_term(depth: int, zeros: int) -> Statement:
    """F(w + t x) - F(w) = t^z (f'(0) A X + t (...)) with every term written out, f a cubic.

    Parameters
    ----------
    depth, zeros : int
        k >= z >= 2; the first z weights are zero.
    """
    if not 2 <= zeros <= depth:
        raise InputError("zeros", f"{zeros} is not between 2 and the depth {depth}")
    steps = [name(f"x_{n}") for n in range(1, depth + 1)]
    kept = [name(f"w_{n}") for n in range(zeros + 1, depth + 1)]
    moved = [
        Expression("+", (w, times((name("t"), x))))
        for w, x in zip(kept, steps[zeros:], strict=True)
    ]
    # (prod (w + t x) - prod w)/t, telescoped so that nothing is divided.
    change = plus(times((x, *moved[:n], *kept[n + 1 :])) for n, x in enumerate(steps[zeros:]))
    names = [s.name for s in (*steps, *kept)]
    variables: dict[str, Domain] = dict.fromkeys((*names, "t", *COEFFICIENTS), "real")
    return statement(
        variables,
        "a_1*y + a_2*y**2 + a_3*y**3 == "
        f"t**{zeros}*(a_1*A*X + t*(a_1*X*R + t**{zeros - 1}*X**2*B**2*(a_2 + a_3*y)))",
        {
            "X": str(times(steps[:zeros])),
            "A": str(times(kept)),
            "B": str(times(moved)),
            "R": str(change),
            "y": str(times((*(times((name("t"), x)) for x in steps[:zeros]), *moved))),
        },
        scope=f"depth {depth}, {zeros} zero weights, every cubic loss",
    )


def hessian_entries(depth: int, zeros: int) -> tuple[Statement, ...]:
    """Every kind of Hessian entry at a point with z = 2 or 3 zero weights, f a cubic.

    SymPy differentiates; the deciders set the weights to zero.
    """
    every = weights(depth)
    value, ws = polynomial_loss(depth)
    variables: dict[str, Domain] = dict.fromkeys((*every, *COEFFICIENTS), "real")
    nonzero = times((name("a_1"), *(name(w) for w in every[2:])))
    made = []
    for i in range(min(depth, zeros + 2)):
        slope = value.diff(ws[i])
        for j in range(i, min(depth, zeros + 2)):
            expected = nonzero if zeros == 2 and (i, j) == (0, 1) else number(0)
            entry = from_ring(slope.diff(ws[j]))
            made.append(
                Statement(
                    variables=variables,
                    conclusion=Relation(entry, "==", expected),
                    hypotheses={
                        f"zero_{n}": Relation(name(every[n]), "==", number(0)) for n in range(zeros)
                    },
                    scope=f"depth {depth}, entry ({i + 1}, {j + 1}), every cubic loss",
                )
            )
    return tuple(made)


LEADING_TERM = Identity(
    "saddle-order",
    "z zero weights: the lowest term of F(w + x) - F(w) is f'(0) A X, of degree z",
    # X = product of x_i over the zero weights (degree z), A = product of the nonzero weights,
    # A + R = product of (w_l + x_l) over them (R has no constant term in x),
    # f(y) = f(0) + g y + E y^2.
    statement(
        dict.fromkeys(("X", "A", "R", "E", "g"), "real"),
        "g*y + E*y**2 - g*A*X == X*(g*R + E*X*(A + R)**2)",
        {"y": "X*(A + R)"},
        scope="every depth k >= z >= 2, every twice differentiable loss (X, A, R, E opaque)",
    ),
    lambda k: tuple(leading_term(k, z) for z in range(2, k + 1)),
    remark="X = ∏ x_i over the zero weights, A = ∏ of the nonzero ones. Both signs of X occur: "
    "if f'(0) ≠ 0 the point is a saddle of order z.",
)
_ZERO = {"zero_i": "w_i == 0", "zero_j": "w_j == 0"}
_NAMES: dict[str, Domain] = dict.fromkeys(("w_i", "w_j", "w_l", "r_ijl", "g", "h"), "real")
_PRODUCTS = {
    "q_i": "w_j*w_l*r_ijl",
    "q_j": "w_i*w_l*r_ijl",
    "r_ij": "w_l*r_ijl",
}
STRICT_SADDLE = Identity(
    "hessian-two-zeros",
    "Two zero weights: the only nonzero Hessian entries are f'(0) r_ij, twice",
    statement(
        dict.fromkeys(("w_i", "w_j", "r_ij", "g", "h"), "real"),
        "h*q_i*q_j + g*r_ij == g*r_ij",
        {"q_i": "w_j*r_ij", "q_j": "w_i*r_ij"},
        _ZERO,
        scope="every depth k >= 2, every smooth loss (r_ij, g, h opaque)",
    ),
    lambda k: hessian_entries(k, 2),
    remark="Rank 2, eigenvalues ±f'(0) r_ij: a strict saddle if f'(0) ≠ 0. At concrete depths "
    "the other entries are checked to vanish.",
)
ZERO_HESSIAN = Identity(
    "hessian-three-zeros",
    "Three or more zero weights: the Hessian is zero",
    statement(
        _NAMES,
        "(h*q_i*q_j + g*r_ij)**2 + (h*q_i**2)**2 == 0",
        _PRODUCTS,
        {**_ZERO, "zero_l": "w_l == 0"},
        scope="every depth k >= 3, every smooth loss (r_ijl, g, h opaque)",
    ),
    lambda k: hessian_entries(k, 3),
    depths=(3, 4, 5, 6, 7, 8),
    least_depth=3,
    remark="Every r_ij keeps a zero factor; second-order methods see nothing here.",
)
SADDLE_IDENTITIES = (LEADING_TERM, STRICT_SADDLE, ZERO_HESSIAN)
