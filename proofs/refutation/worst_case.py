"""Worst functions: exact points at which a claim about functions fails.

A claim about functions is one about the Gram matrix of finitely many points and gradients, and
about values (:mod:`theory.language.oracles`). A semidefinite program proposes a Gram matrix at
which it fails; its factor, rounded, gives coordinates. As always a point counts only once it is
decided from the statement, exactly; by the interpolation theorem of its class there is a function
through it.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq

from proofs.core.ranges import working_precision
from proofs.core.terms import Malformed, Rejected
from proofs.search import reading
from proofs.search.forms import Forms
from proofs.search.quadratic import ONE, Quadratic, Row, quadratic
from theory.claims import Statement
from theory.expressions import Relation, rational_value
from theory.gram import Gram
from theory.tools import installed

Point = dict[str, Fraction]
Floats = np.ndarray[Any, np.dtype[np.float64]]
ROUNDINGS = (1, 6, 12, 60, 420, 1000, 10**4, 10**6)
_PARAMETERS = [Fraction(n, d) for n, d in ((1, 1), (1, 2), (2, 1), (1, 4), (3, 4), (3, 2), (1, 10),
                                           (1, 3), (2, 3), (9, 10), (10, 1), (1, 100), (7, 4),
                                           (19, 10))]  # fmt: skip
MAX_PARAMETERS = 60


def worst_cases(statement: Statement, deadline: float) -> Iterator[Point]:
    """Points worth deciding, simple ones first; nothing for claims of other kinds."""
    if statement.gram is None or not installed("clarabel", "scipy") or statement.layers is not None:
        return
    for chosen in _parameters(statement):
        if time.process_time() > deadline:
            return
        fixed = replace(
            statement,
            variables={x: d for x, d in statement.variables.items() if x not in chosen},
            constants={**statement.constants, **chosen},
            witness={},
        )
        for point in itertools.chain(_quadratics(fixed), _points(fixed)):
            yield {**chosen, **point}


def curved(statement: Statement) -> bool:
    """Whether values or coordinates stand in quotients or roots: no Gram matrix is enough then."""
    taken = statement.gram.names if statement.gram is not None else frozenset()
    nodes = (n for r in (*statement.assumptions.values(), statement.obligation)
             for s in (r.left, r.right) for n in s.walk())  # fmt: skip
    for n in nodes:
        inside = n.args[1].names if n.head in ("/", "**") else n.names
        if inside & taken and n.head not in ("name", "+", "-", "*", "neg"):
            return True
    return False


def _parameters(statement: Statement) -> Iterator[Point]:
    """Values for the parameters of a claim: short rationals that its hypotheses allow."""
    assert statement.gram is not None
    taken = statement.gram.names
    inside = [r for r in statement.assumptions.values() if not r.names & taken]
    products = {n for r in (*statement.assumptions.values(), statement.obligation)
                for s in (r.left, r.right) for n in _factors(s)}  # fmt: skip
    names = [x for x in sorted(statement.variables) if x not in taken and x in products]
    if not names:
        yield {}
        return
    inside = [r for r in inside if r.names <= set(names)]
    count = 0
    if statement.witness:
        yield {x: statement.witness[x] for x in names}
    for point in itertools.chain(_ends(inside, names), _grid(names)):
        if all(_holds(r, point) for r in inside):
            yield point
            count += 1
        if count == MAX_PARAMETERS:
            return


def _grid(names: Sequence[str]) -> Iterator[Point]:
    order = itertools.product(_PARAMETERS, repeat=len(names))
    for values in itertools.islice(order, 40_000):
        yield dict(zip(names, values, strict=True))


def _ends(assumed: Sequence[Relation], names: Sequence[str]) -> Iterator[Point]:
    """Points at which a parameter is what it is compared with."""
    for r in assumed:
        for x, e in ((r.left.name, r.right), (r.right.name, r.left)):
            if x not in names or x in e.names:
                continue
            for point in itertools.islice(_grid([n for n in names if n != x]), 200):
                try:
                    value = rational_value(e, point)
                except ZeroDivisionError:
                    continue
                if value is not None:
                    yield {**point, x: value}


def _factors(e: Any) -> set[str]:
    """Names that occur inside of products, quotients or powers."""
    found: set[str] = set()
    for node in e.walk():
        several = sum(bool(a.names) for a in node.args) > 1
        if node.head in ("/", "**") or (node.head == "*" and several):
            found |= node.names
    return found


def _holds(r: Relation, point: Point) -> bool:
    try:
        left, right = rational_value(r.left, point), rational_value(r.right, point)
    except ZeroDivisionError:
        return False
    return left is not None and right is not None and r.decide(left, right)


def _quadratics(statement: Statement) -> Iterator[Point]:
    """What a x^2/2, or the operator a x, says on the line, for an a of the class."""
    for share in (Fraction(0), Fraction(1), Fraction(1, 2)):
        for rest in (0, 1):
            if (point := quadratic_member(statement, share, rest)) is not None:
                yield point


def quadratic_member(
    statement: Statement,
    share: Fraction,
    rest: int,
    chosen: Mapping[str, Fraction] | None = None,
    least: int = 0,
) -> Point | None:
    """The numbers of a claim for a x^2/2, or the operator a x; None where an end is no number.

    Parameters
    ----------
    statement : Statement
        About functions.
    share : Fraction
        Where a stands between the ends of its class.
    rest : int
        Where all points but the first one are, which is at 1.
    chosen : mapping of str to Fraction, optional
        The parameters of the claim.
    least : int
        How far to the left of the origin the function is least. A claim without a minimiser has its
        first point at the origin, where nothing happens if the gradient is zero.
    """
    gram = statement.gram
    assert gram is not None
    known = {**statement.constants, **(chosen or {})}
    asked = {v for s in gram.samples if len(s.gradient) == 1 for v in s.gradient}
    free = [v[0].removesuffix("_1") for v in gram.vectors]
    free = [v for v in free if v not in asked]
    at = {v: Fraction(1 if k == 0 else rest) for k, v in enumerate(free)}
    values: Point = {}
    try:
        for s in gram.samples:
            low, high = (None if e is None else rational_value(e, known) for e in s.ends)
            if low is None:
                return None
            a = low + share * (1 if high is None else high - low)
            weights = {v: rational_value(c, known) for v, c in s.point.items()}
            here = sum(((c or 0) * at[v] for v, c in weights.items() if v in at), Fraction(least))
            for g in (v for v in s.gradient if v not in at):  # a step may use it: p = x - c g
                at[g] = a * here / (1 - a * (weights.get(g) or 0))
                here += (weights.get(g) or 0) * at[g]
            values[s.value] = a * here**2 / 2
    except (ZeroDivisionError, KeyError):
        return None
    names = {x for v in gram.vectors for x in v}
    point = {x: at.get(x.removesuffix("_1"), Fraction(0)) if x.endswith("_1") else Fraction(0)
             for x in names}  # fmt: skip
    numbers = {**(chosen or {}), **values}
    return {x: numbers.get(x, point.get(x, Fraction(0))) for x in statement.variables}


@dataclass(frozen=True)
class _Numbers:
    """A goal in floating point: for each row, a matrix, slopes, and a constant."""

    read: Quadratic
    vectors: tuple[int, ...]
    names: tuple[str, ...]  # of the linear variables
    coordinates: tuple[tuple[str, ...], ...]

    def row(self, row: Row) -> tuple[Floats, Floats, float]:
        matrix = [[_double(q) for q in line] for line in self.read.matrix(row, self.vectors)]
        slopes = [_double(q) for q in self.read.slopes(row)]
        rest = row.poly.get(())
        shift = _double(rest) if rest is not None else 0.0
        return np.array(matrix), np.array(slopes), shift

    @property
    def fit(self) -> bool:
        """Whether all numbers are in the range of doubles."""
        try:
            for row in (*self.read.facts, self.read.target):
                self.row(row)
        except OverflowError:
            return False
        return True


def _double(q: fmpq) -> float:
    return int(q.p) / int(q.q)  # each may be beyond doubles where the quotient is not


def _points(statement: Statement) -> Iterator[Point]:
    for piece in statement.pieces:
        try:
            with working_precision():
                forms = Forms(reading(piece))
                read = quadratic(forms, piece.gram or Gram((), ()))
        except (Rejected, Malformed):
            continue
        if read is None or statement.gram is None:
            continue
        places = {str(forms.atom(v)): v for b in read.blocks for v in b if v != ONE}
        present = [v for v in statement.gram.vectors if v[0] in places]
        first = [v[0] for v in present]  # a vector that cancels out is zero
        if not first:
            continue
        numbers = _Numbers(
            read,
            tuple(places[x] for x in first),
            tuple(str(forms.atom(v)) for v in read.linear),
            tuple(present),
        )
        if not numbers.fit:
            continue
        others = [x for x in statement.variables if x not in numbers.names
                  and not any(x in v for v in present)]  # fmt: skip
        for gram, values in _grams(numbers):
            for point in _rounded(numbers, gram, values):
                yield {**dict.fromkeys(others, Fraction(0)), **point}


def _grams(numbers: _Numbers) -> Iterator[tuple[Floats, Floats]]:
    """Gram matrices at which the claim fails: the worst one, the one of least trace, an inner."""
    least = _solved(numbers, margin=False)
    if least is None:
        return
    yield least
    target, slopes, shift = numbers.row(numbers.read.target)
    worst = float((target * least[0]).sum() + slopes @ least[1]) + shift
    if worst < 0:
        low = _solved(numbers, margin=False, at_most=worst * 0.99)
        if low is not None:
            yield low
        inner = _solved(numbers, margin=True)
        if inner is not None:
            yield inner


def _solved(
    numbers: _Numbers, margin: bool, at_most: float | None = None
) -> tuple[Floats, Floats] | None:
    """Solve for a Gram matrix and values.

    ``margin``: with all inequalities, the failure and the matrix as far inside as can be. Without,
    the target as small as can be, or the trace, for a target that is at most so much.
    """
    import clarabel
    from scipy import sparse

    n, m = len(numbers.vectors), len(numbers.names)
    size = n * (n + 1) // 2
    where = {(i, j): k for k, (i, j) in enumerate((i, j) for i in range(n) for j in range(i + 1))}
    width = size + m + 1

    def flat(matrix: Floats, slopes: Floats) -> Floats:
        line = np.zeros(width)
        for (i, j), k in where.items():
            line[k] = matrix[i, j] * (1 if i == j else 2)
        line[size : size + m] = slopes
        return line

    equal: list[tuple[Floats, float]] = []
    above: list[tuple[Floats, float]] = []  # line . x + shift >= 0
    for fact in numbers.read.facts:
        matrix, slopes, shift = numbers.row(fact)
        line = flat(matrix, slopes)
        scale = max(1e-9, float(np.abs(line).max()))
        if fact.equation:
            equal.append((line / scale, shift / scale))
            continue
        if margin and fact.label[:3] != "lo:":
            line[-1] = -scale
        above.append((line / scale, shift / scale))
    matrix, slopes, shift = numbers.row(numbers.read.target)
    goal = flat(matrix, slopes)
    objective = np.zeros(width)
    if margin:
        fails = -goal
        fails[-1] = -max(1e-9, float(np.abs(goal).max()))
        above.append((fails, -shift))
        objective[-1] = -1.0
    else:
        last = np.zeros(width)
        last[-1] = 1.0
        equal.append((last, 0.0))
        if at_most is None:
            objective = goal.copy()
        else:
            above.append((-goal, at_most - shift))
            objective = flat(np.eye(n), np.zeros(m))
    constant = any(f.poly.get(()) for f in (*numbers.read.facts, numbers.read.target))
    above.append((-flat(np.eye(n), np.zeros(m)), 1e4 if constant else 1.0))
    for k in range(m):
        for sign in (1.0, -1.0):
            line = np.zeros(width)
            line[size + k] = sign
            above.append((line, 1e4 if constant else 10.0))
    rows = [line for line, _ in equal] + [-line for line, _ in above]
    right = [-s for _, s in equal] + [s for _, s in above]
    for i in range(n):
        for j in range(i + 1):
            line = np.zeros(width)
            line[where[i, j]] = -1.0 if i == j else -(2**0.5)
            if margin and i == j:
                line[-1] = 1.0
            rows.append(line)
            right.append(0.0)
    cones = [
        clarabel.ZeroConeT(len(equal)), clarabel.NonnegativeConeT(len(above)),
        clarabel.PSDTriangleConeT(n),
    ]  # fmt: skip
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_iter, settings.max_threads = False, 200, 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-11
    empty = sparse.csc_matrix((width, width))
    matrix = sparse.csc_matrix(np.array(rows))
    solver = clarabel.DefaultSolver(empty, objective, matrix, np.array(right), cones, settings)
    x = np.array(solver.solve().x)
    if not np.isfinite(x).all() or (margin and x[-1] <= 0):
        return None
    gram = np.zeros((n, n))
    for (i, j), k in where.items():
        gram[i, j] = gram[j, i] = x[k]
    return gram, x[size : size + m]


def _rounded(numbers: _Numbers, gram: Floats, values: Floats) -> Iterator[Point]:
    """Coordinates of a Gram matrix: short ones with few dimensions, then long ones."""
    sizes, vectors = np.linalg.eigh(gram)
    top = float(sizes.max())
    if top <= 0:
        return
    for rank in range(1, len(gram) + 1):
        if rank < len(gram) and sizes[-rank - 1] > 1e-3 * top:
            continue
        kept = vectors[:, -rank:] * np.sqrt(np.maximum(sizes[-rank:], 0))
        upper = np.asarray(np.linalg.qr(kept.T, mode="r")).T  # rows: vectors, in a basis along them
        upper = upper * np.where(np.sign(_leads(upper)) < 0, -1.0, 1.0)
        for scale in dict.fromkeys((*map(abs, np.round(upper[:, 0], 12)), 1.0)):
            if scale < 1e-6:
                continue
            shifted = values - (values.min() if len(values) else 0.0)
            for limit in ROUNDINGS:
                yield _point(numbers, upper / scale, shifted / scale**2, limit)
    try:
        exact: Floats = np.asarray(np.linalg.cholesky(gram), dtype=np.float64)
    except np.linalg.LinAlgError:
        return
    yield _point(numbers, exact, values, 2**40)


def _leads(rows: Floats) -> Floats:
    """The first entry of each column that is not small."""
    found = []
    for column in rows.T:
        large = [v for v in column if abs(v) > 1e-7]
        found.append(large[0] if large else 1.0)
    return np.array(found)


def _point(numbers: _Numbers, rows: Floats, values: Floats, limit: int) -> Point:
    def short(v: float) -> Fraction:
        return Fraction(float(v)).limit_denominator(limit)

    point = {}
    for row, vector in zip(rows, numbers.coordinates, strict=True):
        for k, x in enumerate(vector):
            point[x] = short(row[k]) if k < len(row) else Fraction(0)
    return point | {x: short(v) for x, v in zip(numbers.names, values, strict=True)}
