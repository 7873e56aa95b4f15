"""Normal forms: a term as a quotient of polynomials in atoms."""

# ruff: noqa: D102 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from proofs.provers.calculus.polynomials import (
    ATOMS,
    Monomial,
    Normal,
    Poly,
    atom_number,
    atom_poly,
    cancel,
    constant,
    p_add,
    p_mul,
    p_pow,
    p_term,
    q_add,
    rational_root,
    small_factors,
)
from proofs.provers.calculus.terms import (
    Rejected,
    Term,
    add,
    build,
    div,
    neg,
    num,
    sub,
)

if TYPE_CHECKING:
    from proofs.provers.calculus.goals import Goal


class Normalizer:
    """Turns terms into quotients of polynomials in atoms, over one box.

    Rewriting is by true equations only: exp(a + b) = exp(a) exp(b); |a|^2 = a^2; a^(p/q) is a
    power of the root atom r with r^q = a; cos^2 = 1 - sin^2; log of a positive rational is a sum
    over its primes. Whether a formula is defined at all is not decided here but by conditions.
    """

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.squares: dict[int, tuple[int, Poly]] = {}  # atom -> (q, value of atom^q)
        self.units: dict[Monomial, int] = {}  # monomial in an exponent -> common denominator

    def __call__(self, e: Term) -> Normal:
        for _ in range(5):  # exp(x/2) and exp(x) must share an atom: repeat until units settle
            before = dict(self.units)
            made = self.normal(e)
            if before == self.units:
                return Normal(self.reduce(made.top), self.reduce(made.bottom))
        raise Rejected("exponents do not settle")

    def poly(self, e: Term) -> Poly:
        top, bottom = self.normal(e)
        if set(bottom) != {()}:
            raise Rejected("a quotient where a polynomial is wanted")
        return p_mul(top, constant(1 / bottom[()]))

    def normal(self, e: Term) -> Normal:
        match e[0]:
            case "num":
                return Normal(constant(e[1]), constant(1))
            case "var":
                return Normal(atom_poly(e), constant(1))
            case "+":
                return q_add(self.normal(e[1]), self.normal(e[2]))
            case "*":
                a, b = self.normal(e[1]), self.normal(e[2])
                return cancel(Normal(p_mul(a.top, b.top), p_mul(a.bottom, b.bottom)))
            case "/":
                a, b = self.normal(e[1]), self.normal(e[2])
                if not b.top:
                    raise Rejected("division by zero")
                return cancel(Normal(p_mul(a.top, b.bottom), p_mul(a.bottom, b.top)))
            case "**":
                return self.power(e[1], e[2])
            case "exp":
                return self.exponential(self.normal(e[1]))
            case "cosh" | "sinh" | "tanh":
                up, down = build("exp", e[1]), build("exp", neg(e[1]))
                top = sub(up, down) if e[0] != "cosh" else add(up, down)
                return self.normal(div(top, num(2) if e[0] != "tanh" else add(up, down)))
            case "abs" | "sign":
                return self.absolute(e)
            case "log":
                return self.logarithm(self.normal(e[1]))
        if e[0] == "P":
            said = [self.term(self.normal(a)) for a in e[2:]]
            return Normal(atom_poly((*e[:2], *said)), constant(1))
        if e[0] == "E":
            return self.moments(e)
        inner = self.term(self.normal(e[1])) if e[0] in ("sin", "cos") else e[1]
        made = build(e[0], inner)
        if made[0] == "cos":
            sine = atom_poly(("sin", inner))
            self.squares[atom_number(made)] = (
                2,
                p_add(constant(1), p_mul(constant(-1), p_pow(sine, 2))),
            )
        return self.normal(made) if made[0] == "num" else Normal(atom_poly(made), constant(1))

    def moments(self, e: Term) -> Normal:
        """E of a polynomial, from E w^n = 1 3 5 ... (n-1), or 3^(n/2)/(n+1) for the uniform law."""
        top, bottom = self.normal(e[1])
        if set(bottom) != {()} or any(
            ATOMS[v][0] != "var" or ATOMS[v][1] not in self.goal.draws for m in top for v, _ in m
        ):
            return Normal(atom_poly(e), constant(1))
        total = fmpq(0)
        for m, c in top.items():
            for v, n in m:  # different draws are independent
                gaussian = self.goal.draws[ATOMS[v][1]] == "gaussian"
                moment = fmpq(1) if gaussian else fmpq(3) ** (n // 2) / (n + 1)
                for odd in range(1, n, 2) if gaussian else ():
                    moment *= odd
                c = c * moment if n % 2 == 0 else fmpq(0)
            total += c
        return Normal(constant(total / bottom[()]), constant(1))

    def term(self, n: Normal) -> Term:
        n = Normal(self.reduce(n.top), self.reduce(n.bottom))
        return div(p_term(n.top), p_term(n.bottom))

    def power(self, base: Term, exponent: Term) -> Normal:
        b = self.normal(base)
        if exponent[0] != "num":
            found = self.goal.enclose(base).lo
            if (found is not None and found > 0) or self.positive_product(b):
                log, n = self.logarithm(b), self.normal(exponent)
                return self.exponential(Normal(p_mul(log.top, n.top), p_mul(log.bottom, n.bottom)))
            return self.symbolic_power(b, self.poly(exponent))
        p, q = int(exponent[1].p), int(exponent[1].q)
        if abs(p) > 1000 or q > 1000:
            raise Rejected("an exponent is too large")
        if q == 1:
            if p < 0 and not b.top:
                raise Rejected("division by zero")
            up, down = (b.top, b.bottom) if p >= 0 else (b.bottom, b.top)
            return Normal(p_pow(up, abs(p)), p_pow(down, abs(p)))
        root = self.root(b, q)
        if p < 0 and not root.top:
            raise Rejected("division by zero")
        up, down = (root.top, root.bottom) if p >= 0 else (root.bottom, root.top)
        return Normal(p_pow(up, abs(p)), p_pow(down, abs(p)))

    def root(self, b: Normal, q: int) -> Normal:
        if len(b.top) == 1 and b.bottom == constant(1):
            ((m, c),) = b.top.items()
            exact = rational_root(c, q)
            if exact is not None and all(k % q == 0 and self.nonnegative(v) for v, k in m):
                return Normal({tuple((v, k // q) for v, k in m): exact}, constant(1))
        if not b.top:
            return b
        atom = ("**", self.term(b), num(fmpq(1, q)))
        if set(b.bottom) == {()}:
            self.squares[atom_number(atom)] = (q, p_mul(b.top, constant(1 / b.bottom[()])))
        return Normal(atom_poly(atom), constant(1))

    def nonnegative(self, atom: int) -> bool:
        lo = self.goal.enclose(ATOMS[atom]).lo
        return lo is not None and bool(lo >= 0)

    def positive(self, atom: int) -> bool:
        r = self.goal.range(ATOMS[atom])
        return r.lo is not None and bool(r.lo > 0 or (r.lo == 0 and r.lo_open))

    def positive_product(self, b: Normal) -> bool:
        if not len(b.top) == len(b.bottom) == 1:
            return False
        ((m, c),), ((d, a),) = b.top.items(), b.bottom.items()
        return bool(c / a > 0) and all(self.positive(v) for v, _ in (*m, *d))

    def symbolic_power(self, b: Normal, exponent: Poly) -> Normal:
        """u^(n + c) = u^n u^c; conditions ensure u > 0 unless all of this is nonnegative."""
        whole = exponent.get((), fmpq(0))
        if any(c.q != 1 for c in exponent.values()) or abs(whole) > 1000:
            raise Rejected("a symbolic exponent must have integer coefficients")
        if not b.top:
            raise Rejected("a symbolic power of zero")
        up = self.power(self.term(b), ("num", whole))
        for m, c in exponent.items():
            if m:
                factor = ("**", self.term(b), p_term({m: fmpq(1)}))
                made = p_pow(atom_poly(factor), abs(int(c)))
                if c > 0:
                    up = Normal(p_mul(up.top, made), up.bottom)
                else:
                    up = Normal(up.top, p_mul(up.bottom, made))
        return up

    def exponential(self, n: Normal) -> Normal:
        if set(n.bottom) != {()}:
            n = Normal(atom_poly(self.term(n)) if n.top else {}, constant(1))
        total = constant(1)
        powers = Normal(constant(1), constant(1))
        for m, c in n.top.items():
            c = c / n.bottom[()]
            if len(m) == 1 and m[0][1] == 1 and ATOMS[m[0][0]][0] == "log":  # exp(c log u) = u^c
                one = self.power(ATOMS[m[0][0]][1], ("num", c))
                powers = Normal(p_mul(powers.top, one.top), p_mul(powers.bottom, one.bottom))
                continue
            unit = self.units.get(m, 1)
            if (c * unit).q != 1:
                unit = self.units[m] = unit * int((c * unit).q)
            if abs(c * unit) > 10_000:
                raise Rejected("an exponent is too large")
            argument = p_term({m: fmpq(1, unit)})
            total = p_mul(total, atom_poly(("exp", argument), int(c * unit)))
        return Normal(p_mul(powers.top, total), powers.bottom)

    def absolute(self, e: Term) -> Normal:
        a = self.normal(e[1])
        inner = self.term(a)
        found = self.goal.enclose(e[1])
        if found.lo is not None and (found.lo > 0 or (found.lo >= 0 and e[0] == "abs")):
            return a if e[0] == "abs" else Normal(constant(1), constant(1))
        if found.hi is not None and (found.hi < 0 or (found.hi <= 0 and e[0] == "abs")):
            minus = constant(-1)
            return Normal(
                p_mul(minus, a.top if e[0] == "abs" else constant(1)),
                a.bottom if e[0] == "abs" else constant(1),
            )
        if inner[0] == "num":
            return self.normal(("num", abs(inner[1]) if e[0] == "abs" else fmpq(0)))
        made = (e[0], inner)
        if e[0] == "abs" and set(a.bottom) == {()}:
            self.squares[atom_number(made)] = (
                2,
                p_mul(p_pow(a.top, 2), constant(1 / a.bottom[()] ** 2)),
            )
        return Normal(atom_poly(made), constant(1))

    def logarithm(self, n: Normal) -> Normal:
        inner = self.term(n)
        if inner[0] == "num" and inner[1] > 0:
            total: Poly = {}
            for sign, value in ((1, int(inner[1].p)), (-1, int(inner[1].q))):
                for prime, k in small_factors(value):
                    total = p_add(total, p_mul(constant(sign * k), atom_poly(("log", num(prime)))))
            return Normal(total, constant(1))
        if len(n.top) == 1 and len(n.bottom) == 1:  # a product of positive powers
            ((m, c),), ((d, b),) = n.top.items(), n.bottom.items()
            if c / b > 0 and (m or d) and all(self.positive(v) for v, _ in (*m, *d)):
                made = self.logarithm(Normal(constant(c / b), constant(1)))
                for sign, product in ((1, m), (-1, d)):
                    for v, k in product:
                        atom = ATOMS[v]
                        one = (
                            self.normal(atom[1])
                            if atom[0] == "exp"
                            else Normal(atom_poly(("log", atom)), constant(1))
                        )
                        scaled = Normal(p_mul(constant(sign * k), one.top), one.bottom)
                        made = q_add(made, scaled)
                return made
        return Normal(atom_poly(("log", inner)), constant(1))

    def reduce(self, a: Poly) -> Poly:
        """Replace atom^q by its value wherever that is known, until nothing changes."""
        for _ in range(200):
            hit = next(
                (
                    (m, v, k)
                    for m in a
                    for v, k in m
                    if v in self.squares and k >= self.squares[v][0]
                ),
                None,
            )
            if hit is None:
                return a
            m, v, _ = hit
            q, value = self.squares[v]
            rest = {tuple((u, (j - q if u == v else j)) for u, j in m if u != v or j > q): a[m]}
            a = p_add({n: c for n, c in a.items() if n != m}, p_mul(rest, value))
        raise Rejected("a polynomial does not reduce")
