"""Exact small matrices: where a matrix statement is false, or its hypotheses are true.

A point is written entry by entry: ``"W[1,2]"`` is the entry in row 1, column 2; scalars keep
their names. All matrices of a point are square and of one size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from theory.claims import Statement
from theory.deciders import NotRationalError
from theory.expressions import Expression, Relation

SIZES = (1, 2, 3, 4)
ROUNDS = 60
MAX_POWER = 64
_MODULUS = 2**31 - 1

Value = Any
"""A flint matrix or a flint rational."""


def counterexample(statement: Statement) -> dict[str, Fraction] | None:
    """Find exact matrices that satisfy every hypothesis and violate the conclusion."""
    for point in _candidates(statement):
        if refutes(statement, point):
            return point
    return None


def satisfying(statement: Statement) -> dict[str, Fraction] | None:
    """Find exact matrices that satisfy every hypothesis, not all of them zero."""
    for point in _candidates(statement):
        if any(point.values()) and _assumed(statement, point):
            return point
    return None


def refutes(statement: Statement, point: Mapping[str, Fraction]) -> bool:
    """Decide afresh whether the hypotheses hold and the conclusion fails at a point."""
    try:
        return _assumed(statement, point) and not _holds(statement, statement.obligation, point)
    except (KeyError, ValueError):  # an entry is missing, or shapes do not fit
        return False
    except ZeroDivisionError:  # the conclusion is not defined there, so it is not seen to fail
        return False


def sides(statement: Statement, point: Mapping[str, Fraction]) -> tuple[str, str]:
    """Both sides of the conclusion at a point, as text."""
    known, size = _read(statement, point)
    relation = statement.obligation
    return _show(_value(relation.left, known, size)), _show(_value(relation.right, known, size))


def size_of(point: Mapping[str, Fraction]) -> int:
    """The common size of the matrices of a point."""
    return max((int(n.partition("[")[2].partition(",")[0] or 0) for n in point), default=0)


def _assumed(statement: Statement, point: Mapping[str, Fraction]) -> bool:
    try:
        return all(_holds(statement, h, point) for h in statement.assumptions.values())
    except ZeroDivisionError:  # not defined, so not satisfied
        return False


def _holds(statement: Statement, relation: Relation, point: Mapping[str, Fraction]) -> bool:
    known, size = _read(statement, point)
    left, right = (_value(side, known, size) for side in (relation.left, relation.right))
    if isinstance(left, fmpq_mat) is not isinstance(right, fmpq_mat):
        left, right = (v if isinstance(v, fmpq_mat) else _zero(v, size) for v in (left, right))
    if not isinstance(left, fmpq_mat):
        return relation.decide(*(Fraction(int(v.p), int(v.q)) for v in (left, right)))
    if relation.operator not in ("==", "!="):
        raise NotRationalError(f"matrices have no order: {relation}")
    return bool(left == right) is (relation.operator == "==")


def _zero(value: Value, size: int) -> Value:
    if value != 0:
        raise NotRationalError("a number is compared with a matrix; write c*I")
    return fmpq_mat(size, size)


def _read(statement: Statement, point: Mapping[str, Fraction]) -> tuple[dict[str, Value], int]:
    size = size_of(point)
    known: dict[str, Value] = {"I": _identity(size)}
    for v, domain in statement.variables.items():
        if domain == "matrix":
            span = range(1, size + 1)
            entries = [_fmpq(point[f"{v}[{i},{j}]"]) for i in span for j in span]
            known[v] = fmpq_mat(size, size, entries)
        else:
            known[v] = _fmpq(point[v])
    return known, size


def _value(e: Expression, known: Mapping[str, Value], size: int) -> Value:
    if e.head == "number":
        assert e.value is not None
        return _fmpq(e.value)
    if e.head == "name":
        return known[e.name]
    parts = [_value(a, known, size) for a in e.args]
    match e.head, parts:
        case "T", [a]:
            return a.transpose() if isinstance(a, fmpq_mat) else a
        case "tr", [fmpq_mat() as a]:
            return sum((a[i, i] for i in range(size)), fmpq(0))
        case "neg", [a]:
            return a * fmpq(-1)
        case "**", [a, fmpq() as b] if b.q == 1 and abs(b.p) <= MAX_POWER:
            if isinstance(a, fmpq_mat) and b.p < 0:
                raise NotRationalError("a matrix to a negative power")
            return a ** int(b.p)
        case "*", [a, b]:
            return a * b
        case "/", [a, fmpq() as b]:
            return a * (1 / b)
        case (("+" | "-"), [a, b]):
            if isinstance(a, fmpq_mat) is not isinstance(b, fmpq_mat):
                a, b = (v if isinstance(v, fmpq_mat) else _zero(v, size) for v in (a, b))
            return a + b if e.head == "+" else a - b
    raise NotRationalError(f"{e.head}(...) has no meaning for matrices")


def _fmpq(value: Fraction) -> Value:
    return fmpq(value.numerator, value.denominator)


def _identity(size: int) -> Value:
    return fmpq_mat(size, size, [fmpq(int(i == j)) for i in range(size) for j in range(size)])


def _show(value: Value) -> str:
    if not isinstance(value, fmpq_mat):
        return str(value)
    rows = [", ".join(str(x) for x in row) for row in value.tolist()]
    return "; ".join(rows).join("[]")


def _candidates(statement: Statement) -> Iterator[dict[str, Fraction]]:
    """Small matrices of every kind: general first, then the kinds that hypotheses tend to ask."""
    source = _integers()
    matrices = [v for v, d in statement.variables.items() if d == "matrix"]
    scalars = [v for v, d in statement.variables.items() if d != "matrix"]
    for turn in range(ROUNDS):
        for size in SIZES:
            same = _matrix(size, _KINDS[turn % len(_KINDS)], source)
            point = {v: Fraction(1 + next(source) % 3) for v in scalars}
            for v in matrices:
                match turn % 4:
                    case 0:
                        made = _matrix(size, "general", source)
                    case 1:
                        made = _matrix(size, _KINDS[next(source) % len(_KINDS)], source)
                    case 2:
                        made = same
                    case _:
                        made = _matrix(size, _KINDS[turn // 4 % len(_KINDS)], source)
                span = range(size)
                point |= {f"{v}[{i + 1},{j + 1}]": Fraction(made[i][j]) for i in span for j in span}
            yield point


_KINDS = ("general", "symmetric", "orthogonal", "diagonal", "scalar", "zero")


def _matrix(size: int, kind: str, source: Iterator[int]) -> list[list[int]]:
    span = range(size)
    if kind == "general":
        return [[next(source) % 5 - 2 for _ in span] for _ in span]
    if kind == "symmetric":
        lower = [[next(source) % 5 - 2 for _ in span] for _ in span]
        return [[lower[max(i, j)][min(i, j)] for j in span] for i in span]
    if kind == "orthogonal":  # a signed permutation
        order = sorted(span, key=lambda _: next(source))
        signs = [next(source) % 2 * 2 - 1 for _ in span]
        return [[signs[i] * (order[i] == j) for j in span] for i in span]
    common = next(source) % 3 + 1
    diagonal = {"diagonal": [next(source) % 5 - 2 for _ in span], "scalar": [common] * size}
    entries = diagonal.get(kind, [0] * size)
    return [[entries[i] * (i == j) for j in span] for i in span]


def _integers() -> Iterator[int]:
    """The minimal standard generator of Park and Miller; the same matrices on every run."""
    state = 20190625
    while True:
        state = state * 48271 % _MODULUS
        yield state >> 7
