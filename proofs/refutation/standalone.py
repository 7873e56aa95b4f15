"""A script that shows a violation without this package: the standard library, flint if needed.

Nothing that a user wrote becomes code: formulas are written from their trees, variables are called
v0, v1, ..., and names occur in string literals only.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from proofs.evidence.verdicts import Counterexample
from proofs.refutation.matrix_script import matrix_script
from proofs.refutation.violation import violation
from theory.claims import DRAWN, Statement
from theory.errors import InputError
from theory.expressions import Expression, Relation, rational_value

_READ_AS = "what it says of the names that it was read as, such as values of a function:"
_RATIONAL = '''\
"""A counterexample, decided over the rationals; needs only Python."""
from fractions import Fraction as Q
'''
_BALLS = '''\
"""A counterexample, decided with balls (rigorous enclosures); needs python-flint."""
try:
    from flint import acb, arb, ctx, fmpq
except ImportError:
    raise SystemExit("this script needs python-flint: pip install python-flint") from None

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


def rademacher(f):
    return (f(arb(1), arb(1)) + f(arb(-1), arb(1))) / 2
'''


def script(statement: Statement, counterexample: Counterexample, typed: str = "") -> str:
    """Write the script.

    Parameters
    ----------
    statement : Statement
        What fails.
    counterexample : Counterexample
        Where it fails.
    typed : str
        The claim as somebody typed it, if it was read as one about other names.

    Returns
    -------
    str
        Python source. It prints every hypothesis and both sides, and exits with 0 if the point is
        a counterexample, with 1 if not.

    Raises
    ------
    InputError
        If the statement says something that only the package can compute.
    """
    if "matrix" in statement.domains:
        return matrix_script(statement, counterexample)
    statement, point = statement.about(counterexample.point)
    if statement.parts:  # of several conclusions, the one that fails
        statement = next(p for p in statement.pieces if violation(p, point) is not None)
    if statement.layers is not None:
        statement = statement.unrolled(int(point["layers"]))
    writer = _Writer(statement, point)
    lines = [_RATIONAL if writer.exact else _BALLS, ""]
    if typed:
        lines += [f"print({f'the claim: {typed}'!r})", f"print({_READ_AS!r})"]
    for x, v in sorted(counterexample.point.items()):
        if x in writer.called:
            lines.append(f"{writer.called[x]} = {_number(v)}")
        lines.append(f"print({f'{x} = {v}'!r})")
    lines.append("ok = True")
    for name, hypothesis in sorted(statement.assumptions.items()):
        lines.append(f"print({f'hypothesis {name}: {hypothesis}'!r})")
        lines.append(f"ok &= bool({writer.relation(hypothesis)})")
    conclusion = statement.obligation
    lines += [
        f"left = {writer.python(conclusion.left)}",
        f"right = {writer.python(conclusion.right)}",
        f"print({f'claim: {conclusion}'!r})",
        "print('left  =', left)",
        "print('right =', right)",
        f"ok &= bool(left {_NEGATION[conclusion.operator]} right)",
        "print('the hypotheses hold and the claim fails' if ok else 'NOT a counterexample')",
        "raise SystemExit(0 if ok else 1)",
    ]
    return "\n".join(lines) + "\n"


_NEGATION = {"<=": ">", "<": ">=", ">=": "<", ">": "<=", "==": "!="}
_METHODS = frozenset({"exp", "log", "sqrt", "sin", "cos", "tanh", "cosh", "sinh", "erf"})


def _number(value: Fraction) -> str:
    return f"Q({value.numerator}, {value.denominator})"


class _Writer:
    """Formulas of one statement as Python, over the rationals or with balls."""

    def __init__(self, statement: Statement, point: Mapping[str, Fraction]) -> None:
        relations = [*statement.assumptions.values(), statement.obligation]
        self.point = point
        self.exact = all(
            rational_value(side, point) is not None for r in relations for side in (r.left, r.right)
        )
        self.laws = {v: d for v, d in statement.variables.items() if d in DRAWN}
        self.called = {v: f"v{i}" for i, v in enumerate(sorted(statement.variables))}

    def relation(self, r: Relation) -> str:
        return f"{self.python(r.left)} {r.operator} {self.python(r.right)}"

    def python(self, e: Expression) -> str:
        match e.head:
            case "number":
                assert e.value is not None
                return _number(e.value)
            case "name":
                return "arb.pi()" if e.name == "pi" else self.called[e.name]
            case "neg":
                return f"(-{self.python(e.args[0])})"
            case "+" | "-" | "*" | "/":
                return f"({self.python(e.args[0])} {e.head} {self.python(e.args[1])})"
            case "**":
                return self._power(*e.args)
            case "abs" if e.args[0].head == "name" and e.args[0].name in self.laws:
                return "modulus"  # |w| on the half line of the quadrature
            case "abs" | "min" | "max" if not e.names & set(self.laws):
                return f"{e.head}({', '.join(map(self.python, e.args))})"
            case "sqrt" if not e.names & set(self.laws):
                return f"sqrt({self.python(e.args[0])})"
            case "sign":
                return f"(({self.python(e.args[0])} > 0) - ({self.python(e.args[0])} < 0))"
            case "E" if len(drawn := e.names & set(self.laws)) == 1:
                (w,) = drawn
                body = self.python(e.args[0])
                return f"{self.laws[w]}(lambda {self.called[w]}, modulus: {body})"
        if self.exact:  # exp(0) and its like
            value = rational_value(e, self.point)
            assert value is not None
            return _number(value)
        if e.head not in _METHODS:
            raise InputError("--script", f"no script can show {str(e)[:60]!r}")
        return f"({self.python(e.args[0])}).{e.head}()"

    def _power(self, base: Expression, exponent: Expression) -> str:
        n = rational_value(exponent)
        if n is not None and n.denominator == 1:
            return f"({self.python(base)} ** {int(n)})"
        if self.exact:
            return f"({self.python(base)} ** int({self.python(exponent)}))"
        return f"power({self.python(base)}, {self.python(exponent)})"
