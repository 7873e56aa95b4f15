"""A lemma for SymPy, and for Coq."""

from __future__ import annotations

from fractions import Fraction

import sympy

from tests.peers.scalar import Scalar, Unwritten
from theory.expressions import Expression, Relation, rational_value
from theory.expressions.symbolic import to_sympy

RELATIONS = {"<=": sympy.Le, "<": sympy.Lt, ">=": sympy.Ge, ">": sympy.Gt}
COQ = {"exp": "exp", "log": "ln", "sqrt": "sqrt", "abs": "Rabs", "sin": "sin", "cos": "cos"}
COQ |= {"tan": "tan", "atan": "atan", "cosh": "cosh", "sinh": "sinh", "tanh": "tanh"}


def by_sympy(lemma: Scalar) -> bool:
    """Ask SymPy: its assumptions, on three forms of the difference; for one variable its solver."""
    kinds = {"real": {"real": True}, "integer": {"integer": True}}
    symbols = {
        name: sympy.Symbol(name, **kinds.get(domain, {domain: True}))
        for name, domain in lemma.variables.items()
    }
    r = lemma.conclusion
    left, right = to_sympy(r.left, symbols), to_sympy(r.right, symbols)
    gap = right - left if r.operator in ("<=", "<") else left - right
    wanted = {"<=": "nonnegative", ">=": "nonnegative", "<": "positive", ">": "positive"}
    asked = f"is_{wanted.get(r.operator, 'zero' if r.operator == '==' else 'nonzero')}"
    for form in (gap, sympy.factor(gap), sympy.simplify(gap)):
        if getattr(form, asked):
            return True
    if len(symbols) != 1 or r.operator not in RELATIONS:
        return False
    facts = [
        RELATIONS[h.operator](to_sympy(h.left, symbols), to_sympy(h.right, symbols))
        for h in lemma.hypotheses
        if h.operator in RELATIONS
    ]
    negation = sympy.Not(RELATIONS[r.operator](left, right))
    try:
        solved = sympy.reduce_inequalities([*facts, negation], list(symbols.values()))
    except NotImplementedError:  # its word for what it cannot solve
        return False
    return bool(solved == sympy.false)


def in_coq(lemma: Scalar) -> str:
    """Write a lemma for Coq, with the tactics that are tried."""
    names = {n: f"x{i}" for i, n in enumerate(lemma.variables)}
    facts = []
    for name, domain in lemma.variables.items():
        if domain == "integer":
            raise Unwritten("integer")
        if domain != "real":
            facts.append(f"0 {'<' if domain == 'positive' else '<='} {names[name]}")
    facts += [_coq_relation(h, names) for h in lemma.hypotheses]
    premises = "".join(f"{f} -> " for f in facts)
    halved = ", ".join(f"i_bisect {x}" for x in names.values())
    interval = f"interval with ({halved})" if names else "interval"
    variables = f"forall {' '.join(names.values())} : R, " if names else ""
    conclusion = _coq_relation(lemma.conclusion, names)
    return (
        "From Coq Require Import Reals Psatz.\nFrom Interval Require Import Tactic.\n"
        f"Open Scope R_scope.\nGoal {variables}{premises}{conclusion}.\n"
        f"Proof. intros; first [ lra | timeout 8 nra | {interval} ]. Qed.\n"
    )


def _coq_relation(r: Relation, names: dict[str, str]) -> str:
    sign = {"==": "=", "!=": "<>"}.get(r.operator, r.operator)
    return f"{_coq(r.left, names)} {sign} {_coq(r.right, names)}"


def _coq(e: Expression, names: dict[str, str]) -> str:
    if e.head == "number":
        assert e.value is not None
        return _coq_number(e.value)
    if e.head == "name":
        return "PI" if e.name == "pi" else names[e.name]
    if e.head == "**":
        base, power = _coq(e.args[0], names), rational_value(e.args[1])
        if power is not None and power.denominator == 1:
            whole = f"({base} ^ {abs(power.numerator)})"
            return f"(/ {whole})" if power < 0 else whole
        return f"(Rpower {base} {_coq(e.args[1], names)})"
    parts = [_coq(a, names) for a in e.args]
    match e.head, parts:
        case "neg", [a]:
            return f"(- {a})"
        case "+" | "-" | "*" | "/", [a, b]:
            return f"({a} {e.head} {b})"
        case "max" | "min", [a, b]:
            return f"(R{e.head} {a} {b})"
        case head, [a] if head in COQ:
            return f"({COQ[head]} {a})"
    raise Unwritten(e.head)


def _coq_number(value: Fraction) -> str:
    whole = str(value.numerator) if value >= 0 else f"(- {-value.numerator})"
    return whole if value.denominator == 1 else f"({whole} / {value.denominator})"
