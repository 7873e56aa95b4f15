"""A script that shows how a matrix statement fails, with nothing but Python."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from proofs.evidence.verdicts import Counterexample
from theory.claims import Statement
from theory.expressions import Expression
from theory.matrices.points import size_of

_HEADER = '''\
"""A counterexample in exact matrices; needs only Python."""
from fractions import Fraction as Q


class M:
    """A square matrix of rationals, as rows."""

    def __init__(self, *rows):
        self.rows = [list(map(Q, row)) for row in rows]

    def __add__(self, other):
        return M(*([a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)))

    def __neg__(self):
        return M(*([-a for a in r] for r in self.rows))

    def __sub__(self, other):
        return self + -other

    def __mul__(self, other):
        if not isinstance(other, M):
            return M(*([a * other for a in r] for r in self.rows))
        columns = list(zip(*other.rows))
        return M(*([sum(a * b for a, b in zip(r, c)) for c in columns] for r in self.rows))

    __rmul__ = __mul__  # only ever reached by numbers, which commute

    def __truediv__(self, number):
        return self * (1 / number)

    def __pow__(self, n):
        total = M(*([int(i == j) for j in range(len(self.rows))] for i in range(len(self.rows))))
        for _ in range(n):
            total = total * self
        return total

    def __eq__(self, other):
        return self.rows == (other.rows if isinstance(other, M) else (self * other).rows)

    def __repr__(self):
        return "[" + "; ".join(", ".join(map(str, r)) for r in self.rows) + "]"


def T(a):
    return M(*zip(*a.rows)) if isinstance(a, M) else a


def tr(a):
    return sum(a.rows[i][i] for i in range(len(a.rows)))

'''


def matrix_script(statement: Statement, counterexample: Counterexample) -> str:
    """Write the script; see :func:`proofs.refutation.standalone.script`."""
    point = counterexample.point
    size = size_of(point)
    span = range(1, size + 1)
    lines = [_HEADER]
    rows = [[int(i == j) for j in span] for i in span]
    called = {"I": "identity"} | {x: f"v{i}" for i, x in enumerate(sorted(statement.variables))}
    lines.append(f"identity = M({', '.join(map(str, rows))})")
    for name, domain in sorted(statement.variables.items()):
        if domain == "matrix":
            entries = [[_number(point[f"{name}[{i},{j}]"]) for j in span] for i in span]
            shown = ", ".join("[" + ", ".join(row) + "]" for row in entries)
            lines.append(f"{called[name]} = M({shown})")
        else:
            lines.append(f"{called[name]} = {_number(point[name])}")
        lines.append(f"print({f'{name} ='!r}, {called[name]})")
    lines.append("ok = True")
    for name, hypothesis in sorted(statement.assumptions.items()):
        lines.append(f"print({f'hypothesis {name}: {hypothesis}'!r})")
        sides = (_python(side, called) for side in (hypothesis.left, hypothesis.right))
        lines.append(f"ok &= {f' {hypothesis.operator} '.join(sides)}")
    conclusion = statement.obligation
    lines += [
        f"left = {_python(conclusion.left, called)}",
        f"right = {_python(conclusion.right, called)}",
        f"print({f'claim: {conclusion}'!r})",
        "print('left  =', left)",
        "print('right =', right)",
        f"ok &= not left {conclusion.operator} right",
        "print('the hypotheses hold and the claim fails' if ok else 'NOT a counterexample')",
        "raise SystemExit(0 if ok else 1)",
    ]
    return "\n".join(lines) + "\n"


def _number(value: Fraction) -> str:
    return f"Q({value.numerator}, {value.denominator})"


def _python(e: Expression, called: Mapping[str, str]) -> str:
    def write(a: Expression) -> str:
        return _python(a, called)

    match e.head:
        case "number":
            assert e.value is not None
            return _number(e.value)
        case "name":
            return called[e.name]
        case "neg":
            return f"(-{write(e.args[0])})"
        case "**":
            return f"({write(e.args[0])} ** int({write(e.args[1])}))"
        case "T" | "tr":
            return f"{e.head}({write(e.args[0])})"
    return f"({write(e.args[0])} {e.head} {write(e.args[1])})"
