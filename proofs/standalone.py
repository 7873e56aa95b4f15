"""A script that shows a violation without this package: the standard library, flint if needed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from proofs.matrix_script import matrix_script
from proofs.verdicts import Counterexample
from theory.claims import Statement
from theory.expressions import Expression, Relation, rational_value

_RATIONAL = '''\
"""A counterexample, decided over the rationals; needs only Python."""
from fractions import Fraction as Q
'''
_BALLS = '''\
"""A counterexample, decided with balls (rigorous enclosures); needs python-flint."""
from flint import acb, arb, ctx, fmpq

ctx.prec = 300


def Q(n, d):
    return arb(fmpq(n, d))


def power(a, b):
    if a == 0 and b > 0:
        return arb(0)
    return (b * a.log()).exp()


def sqrt(a):
    return arb(0) if a == 0 else a.sqrt()


def sign(a):
    return (a > 0) - (a < 0)


def gaussian(f):  # the mass beyond 16 is below 1e-56
    half = lambda s: acb.integral(lambda w, _: f(s * w, w) * (-w * w / 2).exp(), 0, 16).real
    return (half(1) + half(-1)) / (2 * arb.pi()).sqrt()


def uniform(f):
    end = arb(3).sqrt()
    half = lambda s: acb.integral(lambda w, _: f(s * w, w), 0, acb(end)).real
    return (half(1) + half(-1)) / (2 * end)
'''


def script(statement: Statement, counterexample: Counterexample) -> str:
    """Write the script.

    Parameters
    ----------
    statement : Statement
        What fails.
    counterexample : Counterexample
        Where it fails.

    Returns
    -------
    str
        Python source. It prints every hypothesis and both sides, and exits with 0 if the point is
        a counterexample, with 1 if not.
    """
    if "matrix" in statement.domains:
        return matrix_script(statement, counterexample)
    if statement.layers is not None:
        statement = statement.unrolled(int(counterexample.point["layers"]))
    relations = [*statement.assumptions.values(), statement.obligation]
    point = counterexample.point
    exact = all(
        rational_value(side, point) is not None for r in relations for side in (r.left, r.right)
    )
    laws = {v: d for v, d in statement.variables.items() if d in ("gaussian", "uniform")}
    lines = [_RATIONAL if exact else _BALLS, ""]
    lines += [f"{_variable(x)} = {_number(v)}  # {x} = {v}" for x, v in sorted(point.items())]
    lines.append("ok = True")
    for name, hypothesis in sorted(statement.assumptions.items()):
        lines.append(f"print({f'hypothesis {name}: {hypothesis}'!r})")
        lines.append(f"ok &= bool({_relation(hypothesis, exact, laws, point)})")
    conclusion = statement.obligation
    lines += [
        f"left = {_python(conclusion.left, exact, laws, point)}",
        f"right = {_python(conclusion.right, exact, laws, point)}",
        f"print({f'claim: {conclusion}'!r})",
        "print('left  =', left)",
        "print('right =', right)",
        f"ok &= bool(left {_NEGATION[conclusion.operator]} right)",
        "print('the hypotheses hold and the claim fails' if ok else 'NOT a counterexample')",
        "raise SystemExit(0 if ok else 1)",
    ]
    return "\n".join(lines) + "\n"


_NEGATION = {"<=": ">", "<": ">=", ">=": "<", ">": "<=", "==": "!="}


def _variable(name: str) -> str:
    return f"v_{name}"


def _number(value: Fraction) -> str:
    return f"Q({value.numerator}, {value.denominator})"


Laws = Mapping[str, str]


def _relation(r: Relation, exact: bool, laws: Laws, point: object) -> str:
    return (
        f"{_python(r.left, exact, laws, point)} {r.operator} {_python(r.right, exact, laws, point)}"
    )


def _python(e: Expression, exact: bool, laws: Laws, point: object) -> str:
    def write(a: Expression) -> str:
        return _python(a, exact, laws, point)

    match e.head:
        case "number":
            assert e.value is not None
            return _number(e.value)
        case "name":
            return "arb.pi()" if e.name == "pi" else _variable(e.name)
        case "neg":
            return f"(-{write(e.args[0])})"
        case "+" | "-" | "*" | "/":
            return f"({write(e.args[0])} {e.head} {write(e.args[1])})"
        case "**":
            exponent = rational_value(e.args[1])
            if exponent is not None and exponent.denominator == 1:
                return f"({write(e.args[0])} ** {int(exponent)})"
            if exact:
                return f"({write(e.args[0])} ** int({write(e.args[1])}))"
            return f"power({write(e.args[0])}, {write(e.args[1])})"
        case "abs" if e.args[0].names & set(laws) and not exact:
            return "s_abs"  # |w| on the half line of the quadrature
        case "abs" | "min" | "max":
            return f"{e.head}({', '.join(write(a) for a in e.args)})"
        case "sqrt" if not (e.names & set(laws)):
            return f"sqrt({write(e.args[0])})"
        case "sign":
            return f"(({write(e.args[0])} > 0) - ({write(e.args[0])} < 0))"
        case "E":
            (law,) = e.names & set(laws)
            return f"{laws[law]}(lambda {_variable(law)}, s_abs: {write(e.args[0])})"
    if exact:  # exp(0) and its like
        value = rational_value(e, point)  # type: ignore[arg-type]
        return _number(value if value is not None else Fraction(0))
    return f"({write(e.args[0])}).{e.head}()"
