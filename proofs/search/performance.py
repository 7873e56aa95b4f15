"""Multipliers for claims about functions: a program proposes them, exact arithmetic disposes.

The semidefinite program is solved in floating point. What it says vanishes at every solution -
multipliers, and the kernel of the matrix, which is spanned by the worst functions - becomes exact
linear equations (facial reduction); on what is left the matrix is positive definite, so that
rational numbers near the solution will do. LDL^T then decides exactly.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from proofs.core.goals import Goal
from proofs.core.terms import Malformed, Rejected, Relation, text
from proofs.search import trees
from proofs.search.forms import Forms, constant, p_add, p_mul
from proofs.search.gram import _ldl
from proofs.search.quadratic import ONE, Quadratic, quadratic
from proofs.search.trees import Tree, Weighted
from theory.gram import Gram
from theory.tools import installed

DENOMINATORS = (1, 2, 6, 12, 60, 360, 2520, 10**4, 2**20, 2**30, 2**40)
LIMITS = (12, 60, 360, 2520, 20_000)
PROGRAMS = 40
SMALL = (1e-5, 1e-4, 1e-3, 1e-7)
"""What counts as zero, as a share of what is large."""
ERRORS = (1e-6, 1e-5, 1e-4, 1e-8)
"""Of a solver; a rational as near as that stands for what it found."""
Exact = list[list[Any]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


def performance(goal: Goal, gram: Gram) -> Tree | None:
    """Look for multipliers and squares."""
    if not installed("clarabel", "scipy") or goal.relation is not Relation.GE:
        return None
    try:
        forms = Forms(goal)
    except (Rejected, Malformed):
        return None
    read = quadratic(forms, gram)
    if read is None:
        return None
    found = multipliers(read)
    return None if found is None else trees.cone(_terms(forms, read, found))


def _terms(forms: Forms, read: Quadratic, found: Sequence[fmpq]) -> list[Weighted]:
    terms: list[Weighted] = [
        (c, [fact.label], "1") for c, fact in zip(found, read.facts, strict=True) if c
    ]
    for block in read.blocks:
        for d, row in _ldl(slack(read, found, block)) or ():
            form: Any = {}
            for c, v in zip(row, block, strict=True):
                form = p_add(form, constant(c) if v == ONE else p_mul(constant(c), _atom(v)))
            terms.append((d, [], text(forms.term(form))))
    return terms


def _atom(v: int) -> dict[Any, Any]:
    return {((v, 1),): fmpq(1)}


def slack(read: Quadratic, found: Sequence[fmpq], block: Sequence[int]) -> Exact:
    """The matrix of target minus multiples of facts."""
    made = read.matrix(read.target, block)
    for c, fact in zip(found, read.facts, strict=True):
        if c:
            for i, row in enumerate(read.matrix(fact, block)):
                for j, q in enumerate(row):
                    made[i][j] = made[i][j] - c * q
    return made


@dataclass
class _Face:
    """The part of the multipliers, and of each block, on which a solution may lie."""

    equations: list[list[fmpq]]  # coefficients of the multipliers, then the right-hand side
    bases: list[Exact]  # rows that span what a block is restricted to
    zero: set[int] = field(default_factory=set)


def multipliers(read: Quadratic) -> list[fmpq] | None:
    """Exact multipliers of the facts such that what is left is a sum of squares."""
    count = len(read.facts)
    columns = [read.slopes(f) for f in read.facts]
    face = _Face(
        [
            [*(c[i] for c in columns), b]
            for i, b in enumerate(read.slopes(read.target))
        ],
        [[[fmpq(int(i == j)) for j in range(len(b))] for i in range(len(b))] for b in read.leading],
    )  # fmt: skip
    waiting, seen = [face], 0
    while waiting and seen < PROGRAMS:
        face, seen = waiting.pop(), seen + 1
        space = _solutions(face.equations, count)
        solved = None if space is None else _program(read, face, space)
        if space is None or solved is None:
            continue
        values = solved.values
        for d in DENOMINATORS if len(values) else (1,):
            exact = _point(space, [fmpq(round(float(v) * d), d) for v in values])
            if _accepted(read, exact):
                return exact
        smaller: list[_Face] = []
        for small, error in itertools.product(SMALL, ERRORS):
            for found in (_exposed(read, face, solved, small, error),
                          _reduced(read, face, space, values, small, error)):  # fmt: skip
                if found is not None and found not in smaller:
                    smaller.append(found)
        waiting += reversed(smaller)
    return None


def _accepted(read: Quadratic, found: Sequence[fmpq]) -> bool:
    if any(c < 0 and not f.equation for c, f in zip(found, read.facts, strict=True)):
        return False
    return all(_ldl(slack(read, found, b)) is not None for b in read.blocks)


Space = tuple[list[fmpq], list[list[fmpq]]]


def _solutions(equations: Sequence[Sequence[fmpq]], count: int) -> Space | None:
    """A solution of linear equations, and vectors that span the differences of solutions."""
    system = fmpq_mat(max(1, len(equations)), count + 1)
    for i, row in enumerate(equations):
        for j, q in enumerate(row):
            system[i, j] = q
    reduced, rank = system.rref()
    pivots = [next(k for k in range(count + 1) if reduced[i, k] != 0) for i in range(rank)]
    if count in pivots:
        return None
    start = [fmpq(0)] * count
    for i, k in enumerate(pivots):
        start[k] = reduced[i, count]
    span = []
    for free in (k for k in range(count) if k not in pivots):
        vector = [fmpq(0)] * count
        vector[free] = fmpq(1)
        for i, k in enumerate(pivots):
            vector[k] = -reduced[i, free]
        span.append(vector)
    return start, span


def _point(space: Space, values: Sequence[fmpq]) -> list[fmpq]:
    start, span = space
    made = list(start)
    for v, vector in zip(values, span, strict=True):
        if v:
            made = [a + v * b for a, b in zip(made, vector, strict=True)]
    return made


def _float(matrix: Exact) -> Floats:
    return np.array([[float(int(q.p)) / float(int(q.q)) for q in row] for row in matrix])


@dataclass(frozen=True)
class _Solved:
    """What a solver says: the free multipliers, and the worst case that forbids better ones."""

    values: Floats
    gaps: dict[int, float]  # by how much the worst case satisfies a fact
    grams: list[Floats]  # of the worst case, on each block


def _program(read: Quadratic, face: _Face, space: Space) -> _Solved | None:
    """The free multipliers that make the least slack greatest, in floating point."""
    import clarabel
    from scipy import sparse

    start, span = space
    free = len(span)
    shift = [float(int(q.p)) / float(int(q.q)) for q in start]
    moves = _float(span) if span else np.zeros((0, len(start)))
    rows: list[Floats] = []
    right: list[float] = []
    cones: list[Any] = []
    signed = [
        i for i, f in enumerate(read.facts)
        if not f.equation and i not in face.zero and (moves[:, i].any() or shift[i] < 0)
    ]  # fmt: skip
    for i in signed:
        rows.append(np.append(-moves[:, i], 1.0))
        right.append(shift[i])
    rows.append(np.append(np.zeros(free), 1.0))
    right.append(1.0)
    cones.append(clarabel.NonnegativeConeT(len(rows)))
    for block, basis in zip(read.leading, face.bases, strict=True):
        if not basis:
            continue
        b = _float(basis)
        parts = [b @ _float(read.matrix(f, block)) @ b.T for f in read.facts]
        fixed = b @ _float(read.matrix(read.target, block)) @ b.T
        fixed = fixed - sum((c * p for c, p in zip(shift, parts, strict=True)), 0 * fixed)
        moved = [-sum((c * p for c, p in zip(m, parts, strict=True)), 0 * fixed) for m in moves]
        gram = b @ b.T
        for i in range(len(b)):
            for j in range(i + 1):
                s = 1.0 if i == j else 2**0.5
                rows.append(np.array([*(-s * m[i, j] for m in moved), s * gram[i, j]]))
                right.append(s * fixed[i, j])
        cones.append(clarabel.PSDTriangleConeT(len(b)))
    matrix = sparse.csc_matrix(np.array(rows))
    goal = np.append(np.zeros(free), -1.0)
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_iter, settings.max_threads = False, 200, 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-11
    empty = sparse.csc_matrix((free + 1, free + 1))
    solution = clarabel.DefaultSolver(empty, goal, matrix, np.array(right), cones, settings).solve()
    x = np.array(solution.x)
    if not np.isfinite(x).all() or x[free] < -1e-5:
        return None
    z = np.array(solution.z)
    gaps = {i: float(z[k]) for k, i in enumerate(signed)}
    at, grams = len(signed) + 1, []
    for basis in face.bases:
        gram = np.zeros((len(basis), len(basis)))
        for i in range(len(basis)):
            for j in range(i + 1):
                gram[i, j] = gram[j, i] = z[at] / (1.0 if i == j else 2**0.5)
                at += 1
        grams.append(gram)
    return _Solved(x[:free], gaps, grams)


def _exposed(
    read: Quadratic, face: _Face, solved: _Solved, small: float, error: float
) -> _Face | None:
    """The face that a worst case exposes: every solution vanishes on it."""
    count, size = len(read.facts), max(solved.gaps.values(), default=0.0)
    top = max((float(np.linalg.eigvalsh(g).max()) for g in solved.grams if len(g)), default=0.0)
    zero = {i for i, gap in solved.gaps.items() if gap > 1e3 * small * max(size, top)}
    equations = [*face.equations, *(_unit(i, count) for i in zero)]
    bases, changed = [], bool(zero)
    for block, basis, gram in zip(read.leading, face.bases, solved.grams, strict=True):
        sizes, vectors = np.linalg.eigh(gram) if basis else (np.zeros(0), np.zeros((0, 0)))
        kernel = vectors[:, sizes > 1e3 * small * top]
        split = _split(kernel, basis, error) if kernel.shape[1] else ([], basis)
        if split is None:
            return None
        equations += _vanishing(read, block, split[0])
        bases.append(split[1])
        changed |= bool(split[0])
    return _Face(equations, bases, face.zero | zero) if changed else None


def _unit(i: int, count: int) -> list[fmpq]:
    """The equation that a multiplier is zero."""
    return [*(fmpq(int(i == k)) for k in range(count)), fmpq(0)]


def _vanishing(read: Quadratic, block: Sequence[int], kernel: Exact) -> list[list[fmpq]]:
    """The equations that the slack of a block maps some vectors to zero."""
    found: list[list[fmpq]] = []
    for k in kernel:
        sides = [_times(read.matrix(f, block), k) for f in (*read.facts, read.target)]
        found += [list(row) for row in zip(*sides, strict=True)]
    return found


def _reduced(
    read: Quadratic, face: _Face, space: Space, values: Floats, small: float, error: float
) -> _Face | None:
    """The face of a solution, if it is a smaller one: where multipliers and eigenvalues vanish."""
    start, span = space
    found = _float([start])[0] + (values @ _float(span) if span else 0)
    size = max(1.0, float(np.abs(found).max()))
    zero = {
        i for i, f in enumerate(read.facts)
        if not f.equation and i not in face.zero and abs(found[i]) < small * size
    }  # fmt: skip
    equations = [*face.equations, *(_unit(i, len(found)) for i in zero)]
    bases, changed = [], bool(zero)
    for block, basis in zip(read.leading, face.bases, strict=True):
        if not basis or zero:  # multipliers first: without them the kernel is more exact
            bases.append(basis)
            continue
        b = _float(basis)
        parts = (c * _float(read.matrix(f, block)) for c, f in zip(found, read.facts, strict=True))
        whole = _float(read.matrix(read.target, block)) - sum(parts)
        sizes, vectors = np.linalg.eigh(b @ whole @ b.T)
        kernel = vectors[:, sizes < small * max(1.0, float(sizes.max()))]
        if kernel.shape[1] == 0:
            bases.append(basis)
            continue
        split = _split(kernel, basis, error)
        if split is None:
            return None
        inside, kept = split
        changed = True
        equations += _vanishing(read, block, inside)
        bases.append(kept)
    return _Face(equations, bases, face.zero | zero) if changed else None


def _split(kernel: Floats, basis: Exact, error: float) -> tuple[Exact, Exact] | None:
    """Rational vectors that span a kernel, and others that span a complement, in the block."""
    rows = kernel.T.copy()
    pivots: list[int] = []
    for r in range(len(rows)):
        free = [k for k in range(rows.shape[1]) if k not in pivots]
        i, k = max(((i, k) for i in range(r, len(rows)) for k in free), key=lambda p: abs(rows[p]))
        if abs(rows[i, k]) < 1e-6:
            return None
        rows[[r, i]] = rows[[i, r]]
        rows[r] /= rows[r, k]
        for other in range(len(rows)):
            if other != r:
                rows[other] -= rows[other, k] * rows[r]
        pivots.append(k)
    found = [[_short(float(v), error) for v in row] for row in rows]
    complement = _solutions([[*row, fmpq(0)] for row in found], len(basis))
    assert complement is not None
    return [_combined(k, basis) for k in found], [_combined(c, basis) for c in complement[1]]


def _short(value: float, error: float) -> fmpq:
    """The shortest rational that is as near as the solver is exact."""
    for limit in LIMITS:
        near = Fraction(value).limit_denominator(limit)
        if abs(float(near) - value) < error * (1 + abs(value)):
            break
    return fmpq(near.numerator, near.denominator)


def _combined(weights: Sequence[fmpq], basis: Exact) -> list[fmpq]:
    return [
        sum((w * row[j] for w, row in zip(weights, basis, strict=True)), fmpq(0))
        for j in range(len(basis[0]))
    ]


def _times(matrix: Exact, vector: Sequence[fmpq]) -> list[fmpq]:
    return [sum((q * v for q, v in zip(row, vector, strict=True)), fmpq(0)) for row in matrix]
