"""Proofs of equations about roots, as the core reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import fmpq

from proofs.core.normal import UNIT, Quotient, fixed, monomials, rational_root
from proofs.core.terms import Term
from proofs.export.reading import Normal
from proofs.export.script import GE, GT
from proofs.export.words import natural, rational, rooted

if TYPE_CHECKING:
    from proofs.export.identities import Algebra


def relate(self: Algebra, v: int, n: int, proof: str, value: str, p: Any, text: str) -> None:
    """Note what a power of an atom is, in the words of the core's relation."""
    wanted = dict(self.ring.relations).get(v)
    if wanted is None:
        return
    reduced = self.generator(v) ** n - wanted
    shown = self.polynomial(reduced)
    squared = f"{self.atoms[v]} ^ {n}"
    known = self.script.quick(
        f"{squared} = {value}", f"rewrite <- {self.equations[v]}; exact ({proof})", "r"
    )
    if shown != value:
        known = self.note(f"eq_trans {known} {self.identity(value, shown, p - reduced)}", "r")
    self.relations[v] = known, squared, shown


def root(self: Algebra, u: Normal, q: int, base: Term | None, nonneg: str = "") -> Normal:
    """Read a root: of a monomial in nonnegative atoms, of a square, or as an atom."""
    a = self.ring.canonical(u.quotient)
    text = f"({rooted(u.shown, q)})"
    if not a.top:
        known = self.note(f"{'sqrt_zero' if q == 2 else f'root_zero {q}'} _ {self.zero(u)}")
        return self.moved(text, known, self.number(fmpq(0)))
    if a.bottom == UNIT and len(a.top) == 1:
        ((factors, c),) = monomials(a.top)
        exact = rational_root(c, q)
        if exact is not None and all(k % q == 0 and self.ring.above(v, GE) for v, k in factors):
            return exact_root(self, u, q, exact, [(v, k // q) for v, k in factors], text)
        if exact is not None and q == 2 and all(k % 2 == 0 for _, k in factors):
            inner = self.ring.monomial([(v, k // 2) for v, k in factors])
            size = self.value(Term("abs", self.ring.term(inner)))
            half = self.value(self.ring.term(inner))
            shown, p, equal = self.plain(u)
            halved, ph, same = self.plain(half)
            c_ = rational(exact, 0)
            squared = self.identity(shown, f"{c_} * {c_} * ({halved} * {halved})",
                                    p - fixed(exact * exact) * ph * ph)  # fmt: skip
            known = self.note(
                f"sqrt_abs_of _ _ _ _ {equal} {same} {rational(exact, 0)} ltac:(rational) {squared}"
            )
            return self.moved(text, known, self.times(size, self.number(exact)))
    m, rest = self.ring.parted(a, q)
    if m != Quotient(UNIT):
        return taken_out(self, u, q, (m, rest), base, nonneg)
    return root_atom(self, u, q, base, nonneg)


def root_atom(self: Algebra, u: Normal, q: int, base: Term | None, nonneg: str) -> Normal:
    """Read a root as an atom, of which a power is known."""
    a, text = self.ring.canonical(u.quotient), f"({rooted(u.shown, q)})"
    key = ("root", q, self.ring.key(u.quotient))
    name = "sqrt" if q == 2 else f"root {natural(q)}"
    made = self.atom(key, text, u, name)
    v = self.ring.places[key]
    if v not in self.relations and a.bottom == UNIT:
        sign = nonneg or (self.holds(base, GE) if base is not None else "")
        shown, p, equal = self.plain(u)
        lemma = "sqrt_sq" if q == 2 else f"root_sq {q - 1}"
        relate(self, v, q, f"{lemma} _ _ {sign} {equal}", shown, p, text)
    return made


def taken_out(
    self: Algebra, u: Normal, q: int, parts: tuple[Quotient, Quotient], base: Term | None,
    nonneg: str,
) -> Normal:  # fmt: skip
    """Read the root of m ** q r for a positive monomial m: it is m times that of r."""
    from proofs.export.logarithms import positive_base

    m, r = (self.ring.term(part) for part in parts)
    outer, inner = self.value(m), self.value(r)
    sure, raised = positive_base(self, outer, m), self.to(outer, q)
    equal = self.same(u, self.times(raised, inner))
    sign = nonneg or (self.holds(base, GE) if base is not None else "")
    if sign:
        sign = self.note(f"other_ge _ _ _ (pow_gt _ {q} {sure}) {equal} {sign}", "z")
    one = root(self, inner, q, r, sign)
    lemma = "sqrt_out" if q == 2 else f"root_out {q - 1}"
    known = self.note(f"{lemma} _ _ _ {sure} {equal}")
    return self.moved(f"({rooted(u.shown, q)})", known, self.times(outer, one))


def exact_root(self: Algebra, u: Normal, q: int, exact: fmpq, factors: Any, text: str) -> Normal:
    """Read a root that is a monomial in nonnegative atoms."""
    made, p = self.product(factors)
    if exact != 1 or not factors:
        made, p = f"({rational(exact, 39)} * {made})", p * fixed(exact)
    shown, power_, equal = self.plain(u)
    squared = f"{made} * {made}" if q == 2 else f"{made} ^ {q}"
    same = self.identity(shown, squared, power_ - p**q)
    sure = f"(ltac:(rational) : 0 <= {rational(exact, 0)})"
    proofs = [sure] if exact != 1 or not factors else []
    signs = []
    for v, k in factors:
        one = self.above(v, strict=False)
        if k > 1 and self.ring.above(v, GT):
            one = f"(ge_of_gt _ (pow_gt _ {k} {self.above(v)}))"
        elif k > 1:
            one = f"(pow_le _ {k} {one})"
        signs.append(one)
    if proofs and not factors:
        signs = ["(ltac:(rational) : 0 <= 1)"]
    whole_ = signs[0]
    for other in signs[1:]:
        whole_ = f"(nn_times _ _ {whole_} {other})"
    if proofs:
        whole_ = f"(nn_times _ _ {sure} {whole_})"
    sign = self.script.quick(f"0 <= {made}", f"exact {whole_}", "z")
    lemma = "sqrt_of _ _" if q == 2 else f"root_of {q - 1} _ _"
    known = self.note(f"{lemma} (eq_trans {equal} {same}) {sign}")
    return Normal(text, made, p, known)
