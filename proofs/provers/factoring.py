"""Factor the target over the rationals; even powers need nothing, odd ones a sign each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from proofs.provers.calculus.goals import Goal
from proofs.provers.calculus.polynomials import ATOMS, Poly, constant, p_mul, p_term
from proofs.provers.calculus.terms import write
from proofs.provers.floats import function, samples, value

MAX_TERMS = 400


def factor(goal: Goal) -> Iterator[dict[str, Any]]:
    """Propose the factorisation of the target, each factor with the sign it shows on samples."""
    top, bottom = goal.normal(goal.target)
    if set(bottom) != {()} or bottom[()] < 0 or not top or len(top) > MAX_TERMS:
        return
    if goal.relation == "==" or any(k < 0 for m in top for _, k in m):
        return
    content, factors = _factors(p_mul(top, constant(1 / bottom[()])))
    points = list(samples(goal, 200))
    made = []
    for p, k in factors:
        f = function(p_term(p), goal.draws)
        seen = [v for v in (value(f, point) for point in points) if v == v and v != 0]
        sign = -1 if sum(1 if v > 0 else -1 for v in seen) < 0 else 1
        content = content * sign**k
        made.append({"term": write(p_term(p_mul(constant(sign), p))), "exponent": k})
    trivial = len(made) == 1 and made[0]["exponent"] == 1 and abs(content) == 1
    if content > 0 and made and not trivial:
        yield {"rule": "factor", "coefficient": str(content), "factors": made}


def _factors(p: Poly) -> tuple[fmpq, list[tuple[Poly, int]]]:
    atoms = sorted({v for m in p for v, _ in m})
    if not atoms:
        return p[()], []
    context = fmpq_mpoly_ctx.get([f"a{v}" for v in atoms], Ordering.lex)
    place = {v: i for i, v in enumerate(atoms)}
    rows = {}
    for m, c in p.items():
        exponents = [0] * len(atoms)
        for v, k in m:
            exponents[place[v]] = k
        rows[tuple(exponents)] = c
    content, factors = context.from_dict(rows).factor()
    made = []
    for f, k in factors:
        back = {
            tuple((atoms[i], int(e)) for i, e in enumerate(exponents) if e): c
            for exponents, c in f.to_dict().items()
        }
        made.append((back, int(k)))
    return content, made


def atoms_of(p: Poly) -> set[str]:
    """The variables among a polynomial's atoms."""
    return {ATOMS[v][1] for m in p for v, _ in m if ATOMS[v][0] == "var"}
