"""Sums of squares times facts: least squares proposes, exact linear algebra disposes."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from proofs.core.goals import Goal
from proofs.core.terms import METER, Relation, text
from proofs.search import trees
from proofs.search.floats import beyond_cones
from proofs.search.forms import Forms, Poly, constant, degree, p_add, p_mul, scaled
from proofs.search.trees import Tree, Weighted

GE, GT, EQ = Relation.GE, Relation.GT, Relation.EQ
MAX_COLUMNS, MAX_ROWS = 900, 160
MAX_HALVES, MAX_CROSSED = 12, 5
Monomial = tuple[tuple[int, int], ...]
Column = tuple[list[str], Poly, Poly, int]  # facts, square, value, sign


def cone(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Propose ways to write the target as a combination of facts and squares."""
    top = forms.polynomial
    if top is None or not top or len(top) > MAX_ROWS or goal.relation is Relation.NE:
        return
    target = scaled(top, 1 / forms.bottom[()])
    if goal.relation is not EQ and beyond_cones(forms, target):
        return
    facts = [(f.label, f.poly, f.relation) for f in forms.facts]
    if goal.relation is EQ:
        facts = [f for f in facts if f[2] is EQ]
    found = linear(forms) if goal.relation is GE else None
    if found is not None:
        yield trees.cone(found)
        return
    highest = degree(target)
    for products in (1, 2, 3) if goal.relation is not EQ else (1,):
        every = _columns(target, facts, products, highest, goal.relation)
        if goal.relation is not EQ:
            every = itertools.chain(_crossed(forms, target), _reduced(forms, every))
        system = _System(list(itertools.islice(every, MAX_COLUMNS)))
        if goal.relation is not GT:
            found = _solve(forms, target, system)
            if found is not None:
                yield trees.cone(found)
                return
            continue
        if system.weights(target) is None:  # what is strict would be one of the columns
            continue
        for labels, p in _strict(facts, products):
            for size in (fmpq(1), fmpq(1, 10), fmpq(1, 1000)):
                rest = p_add(target, scaled(p, -size))
                found = _solve(forms, rest, system)
                if found is not None:
                    yield trees.cone([(size, labels, "1"), *found])
                    return


def linear(forms: Forms) -> list[Weighted] | None:
    """The target as a combination of facts and a number, without products: a linear program."""
    if forms.polynomial is None:
        return None
    target = scaled(forms.polynomial, 1 / forms.bottom[()])
    one: Poly = constant(1)
    columns: list[Column] = [([], one, one, 1)]
    for f in forms.facts:
        columns += [
            ([f.label], one, scaled(f.poly, q), q) for q in ((1, -1) if f.relation is EQ else (1,))
        ]
    return _solve(forms, target, _System(columns))


def combined(forms: Forms, target: Poly, columns: list[Column]) -> list[Weighted] | None:
    """The target as a combination of given columns; None if it is none."""
    return _solve(forms, target, _System(columns))


def contradiction(forms: Forms) -> list[Weighted] | None:
    """Facts, some of them strict, of which a combination without products is zero, if any are."""
    one = constant(1)
    mark: Poly = {((-1, 1),): fmpq(1)}  # of what is strict: once in all
    columns: list[Column] = [([], one, p_add(one, mark), 1)]
    for f in forms.facts:
        ways = (1, -1) if f.relation is EQ else (1,)
        value = p_add(f.poly, mark) if f.relation is GT else f.poly
        columns += [([f.label], one, scaled(value, q), q) for q in ways]
    return _solve(forms, mark, _System(columns))


def _strict(
    facts: list[tuple[str, Poly, Relation]], products: int
) -> Iterator[tuple[list[str], Poly]]:
    yield [], constant(1)
    strict = [(n, p) for n, p, r in facts if r is GT]
    for count in range(1, products + 1):
        for chosen in itertools.combinations_with_replacement(strict, count):
            total: Poly = constant(1)
            for _, p in chosen:
                total = p_mul(total, p)
            yield [n for n, _ in chosen], total


def _columns(
    target: Poly,
    facts: list[tuple[str, Poly, Relation]],
    products: int,
    most: int,
    relation: Relation,
) -> Iterator[Column]:
    atoms = sorted({v for p in (target, *(p for _, p, _ in facts)) for m in p for v, _ in m})
    highest = max([most, *(degree(p) for _, p, _ in facts)])
    inequalities = [(n, p) for n, p, r in facts if r is not EQ]
    equations = (
        (n, p, m)
        for n, p, r in facts
        if r is EQ
        for m in _monomials(atoms, max(0, highest - degree(p)))
    )
    for n, p, m in itertools.islice(equations, MAX_COLUMNS // 4):
        value = p_mul(p, m)
        yield [n], m, value, 1
        yield [n], m, p_mul(constant(-1), value), -1
    if len(atoms) > 4 and relation is not EQ:
        for square in _pairs(_halves(target, facts), (-1, 1)):
            yield [], square, p_mul(square, square), 1
    for count in range(products + 1) if relation is not EQ else ():
        for chosen in itertools.combinations_with_replacement(inequalities, count):
            product: Poly = constant(1)
            for _, p in chosen:
                product = p_mul(product, p)
            room = (highest - degree(product)) // 2
            if room < 0:
                continue
            # Without facts, Newton's polytope confines the squares.
            small = [target] if not facts or (not count and len(atoms) > 4) else []
            for square in _squares(atoms, min(room, 4), count < 2, small):
                value = p_mul(product, p_mul(square, square))
                yield [n for n, _ in chosen], square, value, 1


def _reduced(forms: Forms, columns: Iterator[Column]) -> Iterator[Column]:
    """With squares of roots, which come of products of facts, as what is under the roots."""
    related = forms.related
    for labels, square, value, sign in columns:
        again = any(k > 1 and v in related for m in value for v, k in m)
        yield labels, square, forms.reduce(value) if again else value, sign


def _crossed(forms: Forms, target: Poly) -> Iterator[Column]:
    """Squares (a - b)^2 and (a + b)^2 of which 2 a b stands in the target, with roots in a or b.

    What is known of the roots is used: (d - t r)^2 has the square of t r by what is under them.
    """
    related = forms.related
    for m in sorted(target):
        powers = [v for v, k in m for _ in range(k)]
        if not related.intersection(powers) or len(powers) > MAX_CROSSED:
            continue
        for chosen in itertools.product((0, 1), repeat=len(powers) - 1):
            sides = [tuple(sorted(Counter(v for v, c in zip(powers, (0, *chosen), strict=True)
                                          if c == side).items())) for side in (0, 1)]  # fmt: skip
            a, b = ({side: fmpq(1)} for side in sides)
            for square in (p_add(a, scaled(b, -1)), p_add(a, b)):
                value = forms.reduce(p_mul(square, square))
                if degree(value) <= degree(target) + 2:
                    yield [], square, value, 1


def _monomials(atoms: list[int], most: int) -> Iterator[Poly]:
    for total in range(most + 1):
        for chosen in itertools.combinations_with_replacement(atoms, total):
            powers: dict[int, int] = {}
            for v in chosen:
                powers[v] = powers.get(v, 0) + 1
            yield {tuple(sorted(powers.items())): fmpq(1)}


def _squares(atoms: list[int], most: int, pairs: bool, within: list[Poly]) -> Iterator[Poly]:
    """Monomials and differences of two; with them most textbook inequalities are reached."""
    if len(atoms) > 4:
        most = min(most, 2)
    monomials: list[Poly] = list(_monomials(atoms, most))
    for p in within:
        monomials = [m for m in monomials if _half_fits(m, p)]
    yield from monomials
    if pairs and len(monomials) <= 30:
        yield from _pairs(monomials, (-1, 1, -2, fmpq(-1, 2)))


def _pairs(monomials: list[Poly], factors: tuple[int | fmpq, ...]) -> Iterator[Poly]:
    for factor in factors:
        for a, b in itertools.combinations(monomials, 2):
            yield p_add(a, p_mul(constant(factor), b))


def _halves(target: Poly, facts: list[tuple[str, Poly, Relation]]) -> list[Poly]:
    """Monomials whose squares stand in the target or the facts, or in multiples of equations.

    A multiple counts if it shares a monomial with what stands there already (as term sparsity has
    it: Wang, Magron and Lasserre 2021); so few squares reach what depends on many variables.
    """
    seen = {m for p in (target, *(p for _, p, r in facts if r is not EQ)) for m in p}
    for _, p, r in facts:
        if r is EQ:
            near = {_over(m, n) for m in seen for n in p} - {None}
            seen |= {m for by in near if by is not None for m in p_mul(p, {by: fmpq(1)})}
    found = [tuple((v, k // 2) for v, k in m) for m in seen if all(k % 2 == 0 for _, k in m)]
    return [{m: fmpq(1)} for m in sorted(found)[:MAX_HALVES]]


def _over(m: Monomial, n: Monomial) -> Monomial | None:
    """The quotient of monomials, if it is one."""
    powers = dict(m)
    for v, k in n:
        powers[v] = powers.get(v, 0) - k
        if powers[v] < 0:
            return None
    return tuple(sorted((v, k) for v, k in powers.items() if k))


def _half_fits(monomial: Poly, p: Poly) -> bool:
    """Whether twice a monomial lies in the degree bounds of a polynomial."""
    ((m, _),) = monomial.items()
    degrees = [sum(k for _, k in n) for n in p]
    highest: dict[int, int] = {}
    for n in p:
        for v, k in n:
            highest[v] = max(k, highest.get(v, 0))
    total = 2 * sum(k for _, k in m)
    return min(degrees) <= total <= max(degrees) and all(2 * k <= highest.get(v, 0) for v, k in m)


class _System:
    """Columns as a matrix, once for all targets."""

    def __init__(self, columns: list[Column]) -> None:
        self.columns = columns
        rows = sorted({m for _, _, value, _ in columns for m in value})
        self.place = {m: i for i, m in enumerate(rows)}
        self.small = len(rows) <= MAX_ROWS * 4
        self.matrix = np.zeros((len(rows) if self.small else 0, len(columns)))
        for j, (_, _, value, _) in enumerate(columns if self.small else ()):
            for m, c in value.items():
                self.matrix[self.place[m], j] = float(int(c.p)) / float(int(c.q))
        scale = np.linalg.norm(self.matrix, axis=0)
        scale[scale == 0] = 1
        self.matrix /= scale

    def weights(self, target: Poly) -> list[float] | None:
        """Nonnegative coefficients of the scaled columns in floating point; None if none fit."""
        if not self.small or not target.keys() <= self.place.keys():
            return None
        wanted = np.zeros(len(self.place))
        for m, c in target.items():
            wanted[self.place[m]] = float(int(c.p)) / float(int(c.q))
        return nonnegative_least_squares(self.matrix, wanted)


def _solve(forms: Forms, target: Poly, system: _System) -> list[Weighted] | None:
    """Nonnegative coefficients with sum of columns equal to the target, exactly; or None."""
    if not target:
        return []
    columns, weights = system.columns, system.weights(target)
    if weights is None:
        return None
    chosen = [j for j, w in enumerate(weights) if w > 0]
    used = sorted({m for j in chosen for m in columns[j][2]} | set(target))
    exactly = fmpq_mat(len(used), len(chosen) + 1)
    for i, m in enumerate(used):
        for k, j in enumerate(chosen):
            exactly[i, k] = columns[j][2].get(m, fmpq(0))
        exactly[i, len(chosen)] = target.get(m, fmpq(0))
    reduced, rank = exactly.rref()
    if rank != len(chosen):
        return None
    exact = [reduced[k, len(chosen)] for k in range(rank)]
    if any(reduced[k, k] != 1 for k in range(rank)) or any(c < 0 for c in exact):
        return None
    made: list[Weighted] = []
    for c, j in zip(exact, chosen, strict=True):
        labels, square, _, sign = columns[j]
        made.append((c * sign, labels, text(forms.term(square))))
    return [t for t in made if t[0] != 0]


def nonnegative_least_squares(
    matrix: np.ndarray[Any, np.dtype[np.float64]], wanted: np.ndarray[Any, np.dtype[np.float64]]
) -> list[float] | None:
    """Lawson and Hanson's active-set method; None unless the residual vanishes."""
    rows, count = matrix.shape
    active: list[int] = []
    weights = np.zeros(count)
    residual = wanted.copy()
    size = max(1.0, float(np.linalg.norm(wanted)))
    for _ in range(3 * rows + 30):
        if time.process_time() > METER.deadline:  # the search ends where it is asked next
            return None
        if np.linalg.norm(residual) < 1e-9 * size:
            return [float(w) for w in weights]
        gradient = matrix.T @ residual
        gradient[active] = -np.inf
        best = int(np.argmax(gradient))
        if gradient[best] <= 1e-11 * size:
            return None
        active.append(best)
        while True:
            solution = np.linalg.lstsq(matrix[:, active], wanted, rcond=None)[0]
            if (solution > 1e-12).all():
                break
            current = weights[active]
            falling = solution <= 1e-12
            ratios = current[falling] / np.maximum(current[falling] - solution[falling], 1e-300)
            step = float(ratios.min()) if ratios.size else 0.0
            moved = current + step * (solution - current)
            kept = [k for k in range(len(active)) if moved[k] > 1e-12]
            if len(kept) == len(active):
                kept.remove(int(np.argmin(moved)))
            weights[:] = 0
            active = [active[k] for k in kept]
            weights[active] = moved[kept]
            if not active:
                break
        if active:
            weights[:] = 0
            weights[active] = solution
            residual = wanted - matrix[:, active] @ solution
    return None
