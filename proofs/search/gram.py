"""Sums of squares: a semidefinite program proposes Gram matrices, exact arithmetic disposes.

The target is to be sum_j p_j z_j^T Q_j z_j with products p_j of facts and vectors z_j of monomials.
A solution in floating point is rounded to rationals, moved back onto the equations exactly, and
kept if every Q_j = L D L^T has D >= 0; the rows of L are then the squares of a certificate.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from proofs.core.goals import Goal
from proofs.core.terms import Relation, text
from proofs.search import trees
from proofs.search.floats import beyond_cones
from proofs.search.forms import Forms, Poly, constant, p_add, p_mul, scaled
from proofs.search.forms import degree as degree_of
from proofs.search.trees import Tree, Weighted
from theory.tools import installed

MAX_BASIS, MAX_UNKNOWNS, MAX_ROWS = 28, 700, 160
MAX_ATOMS = 8
DENOMINATORS = (1, 2, 12, 60, 2520, 2**20, 2**30)


@dataclass(frozen=True)
class Block:
    """One product of facts with the monomials whose squares it multiplies; or an equation's."""

    labels: tuple[str, ...]
    product: Poly
    basis: tuple[Poly, ...]
    equation: bool = False

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The unknowns: entries of a symmetric matrix, or one coefficient for each monomial."""
        for i in range(len(self.basis)):
            yield from ((i, j) for j in ((i,) if self.equation else range(i + 1)))


def gram(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Propose sums of squares times products of facts."""
    top = forms.polynomial
    if not installed("clarabel", "scipy"):
        return
    if goal.relation not in (Relation.GE, Relation.GT) or top is None or not top:
        return
    if any(k < 0 for m in top for _, k in m):
        return
    target = scaled(top, 1 / forms.bottom[()])
    atoms = sorted({v for m in target for v, _ in m})
    degree = degree_of(target)
    if len(atoms) > MAX_ATOMS or degree > 10 or len(target) > 120:
        return
    plain = not forms.related & set(atoms)
    if plain and beyond_cones(forms, target):
        return
    margins = (fmpq(0),) if goal.relation is Relation.GE else (fmpq(1, 10), fmpq(1, 1000))
    for margin in margins:
        rest = p_add(target, constant(-margin))
        for products in (0, 1, 2):
            blocks = _blocks(forms, rest, degree, products, plain)
            if not blocks or (products and len(blocks) == 1):
                continue
            found = _solved(forms, rest, blocks)
            if found is not None:
                first: list[Weighted] = [(margin, [], "1")] if margin else []
                yield trees.cone(first + found)
                return


def _blocks(forms: Forms, target: Poly, degree: int, products: int, plain: bool) -> list[Block]:
    atoms = sorted({v for m in target for v, _ in m})
    facts = forms.facts if products else []
    own = set(atoms)
    usable = [
        (n, p) for n, p, r in facts if r is not Relation.EQ and {v for m in p for v, _ in m} <= own
    ]
    blocks = []
    even = degree + degree % 2
    homogeneous = len({sum(k for _, k in m) for m in target}) == 1
    for count in range(products + 1):
        for chosen in itertools.combinations(usable, count):
            product: Poly = constant(1)
            for _, p in chosen:
                product = p_mul(product, p)
            room = (even - degree_of(product)) // 2
            if room < 0:
                continue
            kept = _monomials(atoms, room, plain and homogeneous and not facts)
            if plain and not chosen and not facts:
                kept = _supported([m for m in kept if _inside(m, target)], target)
            if 0 < len(kept) <= MAX_BASIS:
                basis = tuple({m: fmpq(1)} for m in kept)
                blocks.append(Block(tuple(n for n, _ in chosen), product, basis))
    for n, p, r in facts:
        if r is Relation.EQ:
            kept = _monomials(atoms, max(0, even - degree_of(p)), False)
            blocks.append(Block((n,), p, tuple({m: fmpq(1)} for m in kept), True))
    return blocks


def _monomials(atoms: Sequence[int], degree: int, exact: bool) -> list[Any]:
    return [
        tuple((v, len(list(g))) for v, g in itertools.groupby(chosen))
        for total in ((degree,) if exact else range(degree + 1))
        for chosen in itertools.combinations_with_replacement(atoms, total)
    ]


def _supported(basis: list[Any], target: Poly) -> list[Any]:
    """Without monomials whose square nothing can cancel: not in the target, of no other two."""
    while True:
        powers = [dict(m) for m in basis]
        crossed = {_joined(a, b) for a, b in itertools.combinations(powers, 2)}
        kept = [
            m for m, row in zip(basis, powers, strict=True)
            if (square := _joined(row, row)) in crossed or square in target
        ]  # fmt: skip
        if len(kept) == len(basis):
            return kept
        basis = kept


def _joined(a: dict[int, int], b: dict[int, int]) -> Any:
    return tuple(sorted((v, a.get(v, 0) + b.get(v, 0)) for v in a.keys() | b.keys()))


def _inside(monomial: Any, target: Poly) -> bool:
    """Whether twice a monomial respects the degrees of the target (a box around its polytope)."""
    own = dict(monomial)
    degrees = [sum(k for _, k in m) for m in target]
    if not min(degrees) <= 2 * sum(own.values()) <= max(degrees):
        return False
    atoms = {v for m in target for v, _ in m}
    ranges = ((v, [dict(m).get(v, 0) for m in target]) for v in atoms)
    return all(min(ks) <= 2 * own.get(v, 0) <= max(ks) for v, ks in ranges)


def _solved(forms: Forms, target: Poly, blocks: Sequence[Block]) -> list[Weighted] | None:
    """Find Gram matrices that add up to the target, exactly."""
    for _ in range(4):
        columns = [
            (b, pair, forms.reduce(_product(block, pair)))
            for b, block in enumerate(blocks)
            for pair in block.pairs()
        ]
        rows = sorted({m for _, _, p in columns for m in p} | set(target))
        if len(columns) > MAX_UNKNOWNS or len(rows) > MAX_ROWS:
            return None
        place = {m: i for i, m in enumerate(rows)}
        values = _program(target, blocks, columns, place)
        if values is None:
            return None
        for exact in _projected(target, columns, place, values):
            terms = _terms(forms, blocks, exact)
            if terms is not None:
                return terms
        smaller = _faces(blocks, columns, values)
        if smaller is None:
            return None
        blocks = smaller
    return None


Column = tuple[int, tuple[int, int], Poly]


def _product(block: Block, pair: tuple[int, int]) -> Poly:
    i, j = pair
    if block.equation:
        return p_mul(block.product, block.basis[i])
    square = p_mul(block.basis[i], block.basis[j])
    return p_mul(block.product, p_mul(constant(1 if i == j else 2), square))


def _program(
    target: Poly, blocks: Sequence[Block], columns: Sequence[Column], place: dict[Any, int]
) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """Maximise the least eigenvalue of all matrices, in floating point."""
    import clarabel  # together half a second; most statements are decided before
    from scipy import sparse

    count, rows = len(columns), len(place)
    data = [
        (place[m], c, float(int(q.p)) / float(int(q.q)))
        for c, (_, _, p) in enumerate(columns)
        for m, q in p.items()
    ]
    wanted = np.zeros(rows)
    for m, q in target.items():
        wanted[place[m]] = float(int(q.p)) / float(int(q.q))
    cones: list[Any] = [clarabel.ZeroConeT(rows)]
    right: list[float] = [float(v) for v in wanted]
    line, column = rows, 0
    for block in blocks:
        n = len(block.basis)
        if block.equation:
            column += n
            continue
        for i in range(n):  # clarabel's order: the upper triangle by columns, off-diagonals scaled
            for j in range(i + 1):
                data.append((line, column, -1.0 if i == j else -(2**0.5)))
                if i == j:
                    data.append((line, count, 1.0))
                right.append(0.0)
                line, column = line + 1, column + 1
        cones.append(clarabel.PSDTriangleConeT(n))
    data.append((line, count, 1.0))
    right.append(1.0)
    cones.append(clarabel.NonnegativeConeT(1))
    lines, places, entries = zip(*data, strict=True)
    matrix = sparse.csc_matrix((entries, (lines, places)), shape=(line + 1, count + 1))
    goal = np.zeros(count + 1)
    goal[count] = -1.0
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_iter = 100
    settings.max_threads = 1
    empty = sparse.csc_matrix((count + 1, count + 1))
    solver = clarabel.DefaultSolver(empty, goal, matrix, np.array(right), cones, settings)
    solution = solver.solve()
    x = np.array(solution.x)
    bad = str(solution.status) not in ("Solved", "AlmostSolved")
    return None if bad or not np.isfinite(x).all() or x[count] < -1e-5 else x[:count]


def _projected(
    target: Poly,
    columns: Sequence[Column],
    place: dict[Any, int],
    values: np.ndarray[Any, np.dtype[np.float64]],
) -> Iterator[list[fmpq]]:
    """Round, coarsely first, and move onto the equations by the least exact change."""
    rows, tries = len(place), len(DENOMINATORS)
    system = fmpq_mat(rows, rows + tries)  # A A^T, and the gaps that remain after rounding
    for m, q in target.items():
        for d in range(tries):
            system[place[m], rows + d] = q
    rounded = [[fmpq(round(float(v) * d), d) for v in values] for d in DENOMINATORS]
    for c, (_, _, p) in enumerate(columns):
        for m, q in p.items():
            i = place[m]
            for d in range(tries):
                system[i, rows + d] = system[i, rows + d] - q * rounded[d][c]
            for n, r in p.items():
                system[i, place[n]] = system[i, place[n]] + q * r
    reduced, rank = system.rref()
    pivots = [next(k for k in range(rows + tries) if reduced[i, k] != 0) for i in range(rank)]
    if pivots and pivots[-1] >= rows:
        return
    for d in range(tries):
        shift = {k: reduced[i, rows + d] for i, k in enumerate(pivots)}
        yield [
            rounded[d][c] + sum((q * shift.get(place[m], 0) for m, q in p.items()), fmpq(0))
            for c, (_, _, p) in enumerate(columns)
        ]


def _terms(forms: Forms, blocks: Sequence[Block], exact: Sequence[fmpq]) -> list[Weighted] | None:
    terms: list[Weighted] = []
    at = 0
    for block in blocks:
        n = len(block.basis)
        if block.equation:
            total: Poly = {}
            for i in range(n):
                total = p_add(total, p_mul(constant(exact[at + i]), block.basis[i]))
            at += n
            if total:
                terms.append((fmpq(1), block.labels, text(forms.term(total))))
            continue
        matrix = [[fmpq(0)] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1):
                matrix[i][j] = matrix[j][i] = exact[at]
                at += 1
        factors = _ldl(matrix)
        if factors is None:
            return None
        for d, row in factors:
            square: Poly = {}
            for c, m in zip(row, block.basis, strict=True):
                square = p_add(square, p_mul(constant(c), m))
            terms.append((d, block.labels, text(forms.term(square))))
    return terms


def _ldl(matrix: list[list[fmpq]]) -> list[tuple[fmpq, list[fmpq]]] | None:
    """Write a matrix as a sum of d v v^T with d > 0, exactly; None if it is not semidefinite."""
    rest = [list(row) for row in matrix]
    n, factors = len(rest), []
    for k in range(n):
        d = rest[k][k]
        if d < 0 or (d == 0 and any(rest[k])):
            return None
        if d > 0:
            row = [c / d for c in rest[k]]
            factors.append((d, row))
            for i in range(n):
                for j in range(n):
                    rest[i][j] = rest[i][j] - d * row[i] * row[j]
    return factors


def _faces(
    blocks: Sequence[Block],
    columns: Sequence[Column],
    values: np.ndarray[Any, np.dtype[np.float64]],
) -> list[Block] | None:
    """Facial reduction: keep the short rational space on which the matrices are positive."""
    smaller, changed, at = [], False, 0
    for block in blocks:
        n = len(block.basis)
        if block.equation:
            smaller.append(block)
            at += n
            continue
        matrix = np.zeros((n, n))
        for i in range(n):
            for j in range(i + 1):
                matrix[i, j] = matrix[j, i] = values[at]
                at += 1
        sizes, vectors = np.linalg.eigh(matrix)
        kernel = vectors[:, sizes < 1e-4 * max(1.0, sizes.max())]
        if kernel.shape[1] == 0:
            smaller.append(block)
            continue
        changed = True
        space = _rational_complement(kernel)
        if space is None:
            return None
        basis = []
        for row in space:
            total: Poly = {}
            for c, m in zip(row, block.basis, strict=True):
                total = p_add(total, p_mul(constant(c), m))
            basis.append(total)
        if basis:
            smaller.append(Block(block.labels, block.product, tuple(basis)))
    return smaller if changed and smaller else None


def _rational_complement(
    kernel: np.ndarray[Any, np.dtype[np.float64]],
) -> list[list[fmpq]] | None:
    """The vectors orthogonal to a kernel, whose reduced echelon form is rounded to rationals."""
    rows = kernel.T.copy()
    pivots: list[int] = []
    for r in range(rows.shape[0]):
        free = [k for k in range(rows.shape[1]) if k not in pivots]
        i, k = max(
            ((i, k) for i in range(r, rows.shape[0]) for k in free), key=lambda p: abs(rows[p])
        )
        if abs(rows[i, k]) < 1e-6:
            return None
        rows[[r, i]] = rows[[i, r]]
        rows[r] /= rows[r, k]
        for other in range(rows.shape[0]):
            if other != r:
                rows[other] -= rows[other, k] * rows[r]
        pivots.append(k)
    exact = [[Fraction(float(v)).limit_denominator(60) for v in row] for row in rows]
    n = rows.shape[1]
    system = fmpq_mat(len(exact), n)
    for i, row in enumerate(exact):
        for k, v in enumerate(row):
            if abs(float(v) - rows[i, k]) > 1e-3:
                return None
            system[i, k] = fmpq(v.numerator, v.denominator)
    reduced, rank = system.rref()
    leads = [next(k for k in range(n) if reduced[i, k] != 0) for i in range(rank)]
    space = []
    for k in (k for k in range(n) if k not in leads):
        vector = [fmpq(0)] * n
        vector[k] = fmpq(1)
        for i, lead in enumerate(leads):
            vector[lead] = -reduced[i, k]
        space.append(vector)
    return space
