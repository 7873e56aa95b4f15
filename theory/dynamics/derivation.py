"""Everything that is derived about one objective, in the order in which a paper would tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy

from theory.dynamics.calculus import symbols
from theory.dynamics.closed_forms import ClosedForm, closed_forms
from theory.dynamics.derivatives import DERIVATIVE_IDENTITIES, TOP_EIGENVECTOR
from theory.dynamics.factors import MEANINGS
from theory.dynamics.flow import (
    CONSERVATION,
    MONOTONE,
    PRODUCT_RATE,
    REDUCTION,
    SQUARES,
    reduced_flow,
    v,
    v0,
    v1,
)
from theory.dynamics.identities import Identity
from theory.dynamics.minimisers import minimisers
from theory.dynamics.modified import MODIFIED_IDENTITIES
from theory.dynamics.objective import ProductObjective, p
from theory.dynamics.saddles import SADDLE_IDENTITIES, critical_points
from theory.dynamics.settings import SETTINGS
from theory.dynamics.steps import STEP_IDENTITIES
from theory.notation import latex, unicode

MAX_OPERATIONS = 400
"""Beyond this many operations in f' the formulas say f' instead of writing it out."""
HESSIAN_DEPTH = 3
"""Up to this depth every Hessian entry is written out."""

_F, _t, _w, _q, _q_j, _r, _Q, _S, _eta, _y = symbols(
    "F", "t", "w_i", "q_i", "q_j", "r_ij", "Q", "S_i", "eta", "y"
)


@dataclass(frozen=True)
class Formula:
    """One displayed formula.

    Attributes
    ----------
    left : str
        What is being said, as text; empty if the formula speaks for itself.
    left_latex : str
        The same in LaTeX.
    right : sympy.Basic
        What SymPy derived.
    """

    left: str
    left_latex: str
    right: sympy.Basic

    @property
    def text(self) -> str:
        """One line of Unicode."""
        right = unicode(self.right)
        return f"{self.left} = {right}" if self.left else right

    @property
    def latex(self) -> str:
        """The formula in LaTeX, without dollar signs."""
        right = latex(self.right)
        return f"{self.left_latex} = {right}" if self.left else right


@dataclass(frozen=True)
class Section:
    """One topic: formulas for the objective at hand, identities for all, and remarks."""

    title: str
    formulas: tuple[Formula, ...] = ()
    identities: tuple[Identity, ...] = ()
    closed_forms: tuple[ClosedForm, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derivation:
    """All sections for one objective.

    Attributes
    ----------
    objective : ProductObjective
        What was asked for.
    shown : ProductObjective
        The same, or an unspecified loss f if f' would be too long to print.
    sections : tuple of Section
        In reading order.
    """

    objective: ProductObjective
    shown: ProductObjective
    sections: tuple[Section, ...]

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Every identity of every section, the checks of closed forms included."""
        return tuple(
            identity
            for section in self.sections
            for identity in (
                *section.identities,
                *(check for form in section.closed_forms for check in form.checks),
            )
        )

    @property
    def holds(self) -> bool:
        """Whether every identity was decided true by both deciders."""
        return all(identity.result.holds for identity in self.identities)


def derive(objective: ProductObjective, settings: Sequence[str] = ()) -> Derivation:
    """Derive the dynamics of F(w) = f(prod w) under gradient descent and gradient flow.

    Parameters
    ----------
    objective : ProductObjective
        At depths up to ``EXPLICIT_DEPTH`` formulas are written out weight by weight; beyond it,
        and for a symbolic depth, in the shared factors.
    settings : sequence of str
        Names of :data:`theory.dynamics.settings.SETTINGS`, each a further section.

    Returns
    -------
    Derivation
        Identities are decided when their ``result`` is first asked for.
    """
    shown = objective
    if not objective.is_symbolic and sympy.count_ops(objective.slope) > MAX_OPERATIONS:
        shown = ProductObjective(sympy.Function("f"), objective.depth)
    parts = (
        _objective(objective, shown),
        _gradient(shown),
        _step(shown),
        _flow(shown),
        _reduction(shown),
        _closed_forms(shown),
        _critical(objective),
        _step_size(shown),
        _modified(shown),
        *(Section(title, identities=made) for title, made in map(SETTINGS.__getitem__, settings)),
    )
    return Derivation(objective, shown, tuple(part for part in parts if part is not None))


def _objective(o: ProductObjective, shown: ProductObjective) -> Section:
    def primed(order: int) -> str:
        return "f" + "'" * order + "(p)"

    formulas = [Formula("p", "p", o.product)] if o.is_explicit else []
    formulas += [
        Formula(primed(n), primed(n), d)
        for n, d in enumerate((o.loss, shown.slope, shown.curvature))
        if not shown.is_symbolic or (n == 0 and not o.is_symbolic)
    ]
    remarks = [f"{n} = {MEANINGS[n]}" for n in _SHOWN]
    if shown is not o:
        remarks.append("f' and f'' are too long to print; below, f stands for any smooth loss")
    return Section("Objective F(w) = f(p), p = ∏ w_l", tuple(formulas), remarks=tuple(remarks))


_SHOWN = ("p", "q_i", "r_ij", "Q", "S_i")


def _gradient(o: ProductObjective) -> Section:
    formulas = [Formula("∂F/∂wᵢ", r"\partial F/\partial w_i", o.slope * _q)]
    if o.is_explicit:
        formulas = [
            Formula(f"∂F/∂{unicode(w.name)}", rf"\partial F/\partial {w.name}", g)
            for w, g in zip(o.weights, o.gradient, strict=True)
        ]
    diagonal = Formula("∂²F/∂wᵢ²", r"\partial^2 F/\partial w_i^2", o.curvature * _q**2)
    mixed = Formula(
        "∂²F/∂wᵢ∂wⱼ",
        r"\partial^2 F/\partial w_i\partial w_j",
        o.curvature * _q * _q_j + o.slope * _r,
    )
    formulas += [diagonal] if o.depth == 1 else [diagonal, mixed]
    if o.depth is not None and 1 < o.depth <= HESSIAN_DEPTH:
        hessian = o.hessian
        formulas += [
            Formula(
                f"∂²F/∂{unicode(a.name)}∂{unicode(b.name)}",
                rf"\partial^2 F/\partial {a.name}\partial {b.name}",
                hessian[m, n],
            )
            for m, a in enumerate(o.weights)
            for n, b in enumerate(o.weights)
            if m <= n
        ]
    return Section(
        "Gradient and Hessian", tuple(formulas), _fitting(o, *DERIVATIVE_IDENTITIES[:-1])
    )


def _step(o: ProductObjective) -> Section:
    formulas = [Formula("wᵢ⁺", "w_i^{+}", _w - _eta * o.slope * _q)]
    if o.is_explicit:
        formulas = [
            Formula(f"{unicode(w.name)}⁺", f"{w.name}^{{+}}", w - _eta * g)
            for w, g in zip(o.weights, o.gradient, strict=True)
        ]
    return Section(
        "One step of gradient descent, g = f'(p)", tuple(formulas), _fitting(o, *STEP_IDENTITIES)
    )


def _flow(o: ProductObjective) -> Section:
    formulas = [Formula("dwᵢ/dt", "dw_i/dt", -o.slope * _q)]
    if o.is_explicit:
        formulas = [
            Formula(f"d{unicode(w.name)}/dt", f"d{w.name}/dt", rate)
            for w, rate in zip(o.weights, o.flow, strict=True)
        ]
    conserved = "conserved: cⱼ = wⱼ² − wₘ² for all j; F decreases at the rate |∇F|² = f'(p)²·Q"
    return Section(
        "Gradient flow",
        tuple(formulas),
        _fitting(o, SQUARES, CONSERVATION, PRODUCT_RATE),
        remarks=() if o.depth == 1 else (conserved,),
    )


def _reduction(o: ProductObjective) -> Section | None:
    if o.depth == 1:
        return None
    flow = reduced_flow(o)
    q = sympy.Symbol("q", real=True)  # written out once, in the first formula
    rate = -o.slope.subs(p, v * q) * q if not o.is_symbolic else -o.slope * q
    formulas = (
        Formula("q(v)", "q(v)", flow.factor),
        Formula("p", "p", v * q),
        Formula("dv/dt", "dv/dt", rate),
        Formula(
            "T(v₀→v₁)",
            r"T(v_0 \to v_1)",
            sympy.Integral(1 / rate if rate != 0 else sympy.oo, (v, v0, v1)),
        ),
    )
    return Section(
        "The flow in one coordinate, v = w_m with |w_m| smallest",
        formulas,
        _fitting(o, REDUCTION, MONOTONE),
        remarks=(
            "c_j = w_j² − w_m² ≥ 0 are constant, j ≠ m; σ = product of the signs of the other "
            "weights; f' is taken at p = v·q(v).",
            f"No tie (all c_j > 0): {_crossing(o)}",
            "n ties (n of the c_j are 0): dv/dt has the factor |v|ⁿ, so v = 0 is an equilibrium "
            "that no other start reaches in finite time: the product never changes sign.",
        ),
    )


def _crossing(o: ProductObjective) -> str:
    slope = None if o.is_symbolic else o.slope.subs(p, 0)
    if slope is not None and slope.is_Rational and slope != 0:
        return (
            f"dv/dt at v = 0 is −f'(0)·σ·∏ √c_j with f'(0) = {unicode(slope)}: "
            "v passes through 0 regularly."
        )
    if slope is not None and slope.is_Rational:
        return "f'(0) = 0, so v = 0 is an equilibrium all the same."
    return "dv/dt at v = 0 is −f'(0)·σ·∏ √c_j: v passes through 0 regularly if f'(0) ≠ 0."


def _closed_forms(o: ProductObjective) -> Section | None:
    forms = closed_forms(o)
    return Section("Closed forms of the flow", closed_forms=forms) if forms else None


def _critical(o: ProductObjective) -> Section:
    points = critical_points(o)
    remarks = ["no zero weight: critical exactly if f'(p) = 0"]
    for point in points:
        count = {1: "one zero weight", 2: "two zero weights", None: "z ≥ 3 zero weights"}
        order = f"; order {point.order}" if point.critical else ""
        remarks.append(f"{count[point.zeros]}: {point.kind}{order}")
    return Section(
        "Critical points by number of zero weights",
        identities=_fitting(o, *SADDLE_IDENTITIES),
        remarks=tuple(remarks),
    )


def _step_size(o: ProductObjective) -> Section:
    curvature = o.curvature.subs(p, _y) if not o.is_symbolic else sympy.Symbol("f''(y)")
    found = minimisers(o)
    if found == () or curvature == 0:
        text = "f has no strict local minimiser" if found == () else "f'' = 0 wherever it exists"
        return Section("Step sizes at a minimiser", remarks=(text,))
    formulas = [
        Formula("λ_max", r"\lambda_{\max}", curvature * _Q),
        Formula("", "", sympy.Le(_eta, 2 / (curvature * _Q), evaluate=False)),
    ]
    remarks = [
        "at a minimiser y of f the Hessian is f''(y) q qᵀ; larger steps are unstable there",
        "AM–GM: Q ≥ k·|y|^(2−2/k), equality for balanced weights only, so the largest stable step "
        "at any minimiser is 2/(k·f''(y)·|y|^(2−2/k))",
    ]
    if found is None and not o.is_symbolic:
        remarks.append("where f has a minimiser is not decided here; at one, f'(y) = 0 < f''(y)")
    for m in found or ():
        formulas.append(Formula("y", "y", m.point))
        if m.curvature != 0 and m.point != 0:
            limit = sympy.Integer(2) / m.least_eigenvalue
            formulas.append(Formula("largest stable η (balanced)", r"\eta_{\max}", limit))
    return Section(
        "Step sizes at a minimiser",
        tuple(formulas),
        _fitting(o, TOP_EIGENVECTOR),
        remarks=tuple(remarks),
    )


def _modified(o: ProductObjective) -> Section:
    value = o.loss + _eta / 4 * o.slope**2 * _Q
    half = o.slope * o.curvature * _q * _Q + o.slope**2 * _w * _S
    return Section(
        "Modified loss F + (η/4)|∇F|²: the flow that gradient descent follows",
        (
            Formula("F̃", r"\tilde F", value),
            Formula("dwᵢ/dt", "dw_i/dt", -o.slope * _q - _eta / 2 * half),
        ),
        _fitting(o, *MODIFIED_IDENTITIES),
    )


def _fitting(o: ProductObjective, *identities: Identity) -> tuple[Identity, ...]:
    return tuple(i for i in identities if o.depth is None or i.least_depth <= o.depth)
