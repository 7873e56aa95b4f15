"""What formulas mean, written a second time: exact rationals where possible, wide balls elsewhere.

Nothing here calls the core's own arithmetic. ``value`` raises Undefined where a formula has no
value and Unsure where 300 bits do not tell; a goal *fails* at a point where its box and facts hold
and its target is defined and compares otherwise.
"""

import functools
import itertools
import math
from contextlib import contextmanager
from fractions import Fraction

import mpmath
from flint import arb, ctx, fmpq

DIGITS, BITS = 80, 300


class Undefined(Exception):
    """A formula has no value at a point."""


class Unsure(Exception):
    """Its value, or the sign of it, is not known well enough."""


@contextmanager
def wide():
    saved, ctx.prec = ctx.prec, BITS
    try:
        yield
    finally:
        ctx.prec = saved


def cached(size):
    """Remember what a function said, unless a ball is among its arguments."""

    def remembering(f):
        kept = functools.lru_cache(size)(f)

        def asked(*given):
            exact = all(isinstance(v, Fraction) for _, v in given[-1])
            return (kept if exact else f)(*given)

        return asked

    return remembering


def pairs(e, at):
    """The part of a point that a formula depends on."""
    return tuple((x, v) for x, v in at.items() if x in e.names or not isinstance(x, str))


@functools.lru_cache(10_000)
def fraction(q):
    return Fraction(int(q.p), int(q.q))


def ball(v):
    return arb(fmpq(v.numerator, v.denominator)) if isinstance(v, Fraction | int) else v


def sign(v):
    if isinstance(v, Fraction):
        return (v > 0) - (v < 0)
    if v > 0 or v < 0:
        return 1 if v > 0 else -1
    raise Unsure


def literal(e):
    """The number that a formula of numbers by + - * / and whole powers is; otherwise None."""
    if e.head == "number":
        return fraction(e.value)
    if e.head not in ("+", "-", "*", "/", "**", "neg"):
        return None
    parts = [literal(p) for p in e.parts]
    if None in parts:
        return None
    a, b = parts[0], parts[-1]
    if e.head == "**":
        if b.denominator > 1 or (a == 0 and b < 0) or abs(b) > 10_000:
            return None
        return a ** int(b)
    if e.head == "/" and b == 0:
        return None
    table = {"+": a + b, "-": a - b, "*": a * b, "neg": -a}
    return a / b if e.head == "/" else table[e.head]


def whole(e):
    """Whether a formula is made of integers by + - *."""
    q = literal(e)
    if q is not None:
        return q.denominator == 1
    return e.head == "integer" or (e.head in ("+", "-", "*", "neg") and all(map(whole, e.parts)))


def root(u, q):
    """The q-th root of u >= 0, exact if it is rational."""
    if isinstance(u, Fraction):
        parts = [round(mpmath.root(mpmath.mpf(n), q)) for n in (u.numerator, u.denominator)]
        if [p**q for p in parts] == [u.numerator, u.denominator]:
            return Fraction(*parts)
    return ball(u).root(q)


def raised(u, n):
    if n < 0:
        return divided(Fraction(1), raised(u, -n))
    if isinstance(u, Fraction):
        if max(u.numerator.bit_length(), u.denominator.bit_length()) * n > 20_000:
            raise Unsure
        return u**n
    return u**n


def divided(u, v):
    if sign(v) == 0:
        raise Undefined
    return u / v if isinstance(u, Fraction) and isinstance(v, Fraction) else ball(u) / ball(v)


def power(u, v, exponent):
    q = literal(exponent)
    if q is not None and q.denominator == 1:
        return raised(u, int(q))
    if q is not None:
        if sign(u) < 0:
            raise Undefined
        return raised(root(u, q.denominator), q.numerator)
    if whole(exponent):
        return raised(u, int(v))
    if sign(u) <= 0:
        raise Undefined
    if isinstance(v, Fraction) and v.denominator < 6 and abs(v) < 50:
        return raised(root(u, v.denominator), v.numerator)
    return checked((ball(v) * ball(u).log()).exp())


def checked(v):
    if not v.is_finite():
        raise Unsure
    return v


EXACT = {
    ("exp", 0): 1, ("log", 1): 0, ("sin", 0): 0, ("cos", 0): 1, ("sinh", 0): 0, ("cosh", 0): 1,
    ("tanh", 0): 0, ("erf", 0): 0, ("atan", 0): 0, ("asin", 0): 0, ("lambertw", 0): 0,
    ("gamma", 1): 1, ("gamma", 2): 1, ("gamma", 3): 2,
}  # fmt: skip


def value(e, at):
    """The value of a formula where ``at`` gives numbers for variables, and for drawn terms."""
    if e.head == "number":
        return fraction(e.value)
    if e.head == "pi":
        return arb.pi()
    if e.head == "drawn":
        return at[e]
    if e.head in ("variable", "integer"):
        return at[e.value]
    if e.head in ("E", "P"):
        return average(e, {x: v for x, v in at.items() if isinstance(x, str)})
    parts = [value(p, at) for p in e.parts]
    u, v = parts[0], parts[-1]
    exact = all(isinstance(p, Fraction) for p in parts)
    match e.head:
        case "neg":
            return -u
        case "+":
            return u + v if exact else ball(u) + ball(v)
        case "-":
            return u - v if exact else ball(u) - ball(v)
        case "*":
            zero = any(isinstance(p, Fraction) and p == 0 for p in parts)
            return Fraction(0) if zero else u * v if exact else ball(u) * ball(v)
        case "/":
            return divided(u, v)
        case "**":
            return power(u, v, e.parts[1])
        case "abs":
            return abs(u) if exact else abs(ball(u))
        case "sign":
            return Fraction(sign(u))
        case "min" | "max":
            if exact:
                return (min if e.head == "min" else max)(parts)
            total = ball(u)
            for p in parts[1:]:
                total = total.min(ball(p)) if e.head == "min" else total.max(ball(p))
            return total
        case "sqrt":
            if sign(u) < 0:
                raise Undefined
            return root(u, 2)
        case "log" | "gamma" if sign(u) <= 0:
            raise Undefined
        case "asin" if sign(u * u - 1) > 0:
            raise Undefined
        case "lambertw" if sign(ball(u) * arb(1).exp() + 1) < 0:
            raise Undefined
    if exact and (e.head, u) in EXACT:
        return Fraction(EXACT[e.head, u])
    return checked(getattr(ball(u), e.head)())


# Random variables ---------------------------------------------------------------------------------


def draws(e):
    if e.head == "drawn":
        return {e}
    if e.head in ("E", "P"):  # which draws by itself
        return set()
    return set().union(*(draws(p) for p in e.parts)) if e.parts else set()


def law(w):
    return w.parts[0].head


def moments(w, n):
    if law(w) == "rademacher":
        return Fraction(1 - n % 2)
    if n % 2:
        return Fraction(0)
    return (
        Fraction(3 ** (n // 2), n + 1)
        if law(w) == "uniform"
        else Fraction(math.prod(range(1, n, 2)))
    )


def polynomial(e, at):
    """Coefficients of monomials in what is drawn, or None."""
    if e.head == "drawn":
        return {((e, 1),): Fraction(1)}
    if not draws(e):
        return {(): value(e, at)}
    n = literal(e.parts[1]) if e.head == "**" else None
    if n is not None and n.denominator == 1 and 0 <= n <= 20:
        made = {(): Fraction(1)}
        base = polynomial(e.parts[0], at)
        for _ in range(int(n)):
            made = None if base is None else multiplied(made, base)
        return made
    if e.head not in ("+", "-", "*", "neg", "/"):
        return None
    if e.head == "/" and draws(e.parts[1]):
        return None
    parts = [polynomial(p, at) for p in e.parts]
    if None in parts:
        return None
    a, b = parts[0], parts[-1]
    if e.head == "*":
        return multiplied(a, b)
    if e.head == "/":
        return {m: divided(c, b[()]) for m, c in a.items()}
    if e.head == "neg":
        return {m: -c for m, c in a.items()}
    made = dict(a)
    for m, c in b.items():
        c = c if e.head == "+" else -c
        made[m] = added(made[m], c) if m in made else c
    return made


def added(u, v):
    return u + v if isinstance(u, Fraction) and isinstance(v, Fraction) else ball(u) + ball(v)


def times(u, v):
    return u * v if isinstance(u, Fraction) and isinstance(v, Fraction) else ball(u) * ball(v)


def multiplied(a, b):
    made = {}
    for (m, c), (n, d) in itertools.product(a.items(), b.items()):
        powers = dict(m)
        for w, k in n:
            powers[w] = powers.get(w, 0) + k
        key = tuple(sorted(powers.items(), key=lambda p: str(p[0].value)))
        made[key] = added(made.get(key, Fraction(0)), times(c, d))
    return made


def average(e, at):
    """E or P: by enumeration, by moments, or by quadrature of one variable (to 12 digits)."""
    if e.parts[0].head == "prod":
        one, k = e.parts[0].parts
        n = value(k, at)
        if n < 0:
            raise Undefined
        if e.head == "E":
            return raised(average(type(e)("E", one), at), int(n))
        return copies(e, one, int(n), at)
    signs = sorted((w for p in e.parts for w in draws(p) if law(w) == "rademacher"), key=repr)
    signs = list(dict.fromkeys(signs))
    total = Fraction(0)
    for row in itertools.product((Fraction(1), Fraction(-1)), repeat=len(signs)):
        here = {**at, **dict(zip(signs, row, strict=True))}
        total = added(total, times(Fraction(1, 2 ** len(signs)), smooth(e, here)))
    return total


def smooth(e, at):
    left = {w for p in e.parts for w in draws(p) if w not in at}
    if not left:
        return value(e.parts[0], at) if e.head == "E" else event(e, at)
    if e.head == "E":
        made = polynomial(e.parts[0], at)
        if made is not None:
            total = Fraction(0)
            for m, c in made.items():
                for w, n in m:
                    c = times(c, moments(w, n)) if w not in at else times(c, raised(at[w], n))
                total = added(total, c)
            return total
    if len(left) > 1:
        raise Unsure
    (w,) = left
    for probe in (0, 1, -1, Fraction(1, 3), Fraction(-7, 5), Fraction(17, 10)):  # defined?
        for part in e.parts:
            value(part, {**at, w: Fraction(probe)})
    return quadrature(e, w, at)


def event(e, at):
    left, right = (value(p, at) for p in e.parts)
    return Fraction(compares(added(left, -right), str(e.value)))


def inner(part, w, x, at):
    v = value(part, {**at, w: arb(str(x))})
    return float(v) if isinstance(v, Fraction) else float(v.mid())


@functools.cache
def cells(law):
    """Points across a law, and how likely a draw between two neighbours is."""
    root3 = mpmath.sqrt(3)
    low, high = (-root3, root3) if law == "uniform" else (mpmath.mpf(-12), mpmath.mpf(12))
    cdf = mpmath.ncdf if law == "gaussian" else lambda x: (x + root3) / (2 * root3)
    grid = [low + (high - low) * i / 400 for i in range(401)]
    return grid, [cdf(b) - cdf(a) for a, b in itertools.pairwise(grid)]


def quadrature(e, w, at):
    """The mean over one variable, or the probability of an event by its changes of truth."""
    return integral(e, w, pairs(e, at))


@cached(1_000)
def integral(e, w, at):
    at = dict(at)
    with mpmath.workdps(20):
        if e.head == "P":
            grid, shares = cells(law(w))
            gaps = [inner(e.parts[0], w, x, at) - inner(e.parts[1], w, x, at) for x in grid]
            wanted = [g > 0 if ">" in str(e.value) else g < 0 for g in gaps]
            cut = zip(shares, itertools.pairwise(wanted), strict=True)
            return arb(float(sum(share * mpmath.mpf(s + t) / 2 for share, (s, t) in cut)), 0.02)
        root3 = mpmath.sqrt(3)
        ends = [-root3, 0, root3] if law(w) == "uniform" else [-12, -6, -2, 0, 2, 6, 12]

        def density(x):
            return 1 / (2 * root3) if law(w) == "uniform" else mpmath.npdf(x)

        found = mpmath.quad(lambda x: inner(e.parts[0], w, x, at) * density(x), ends)
        return arb(float(found), 1e-7 * (1 + abs(float(found))))


def copies(e, one, n, at):
    """P of an event about the product of n copies of one term: by enumeration of signs."""
    signs = sorted(draws(one), key=repr)
    if any(law(w) != "rademacher" for w in signs) or len(signs) * n > 8:
        raise Unsure
    values = [
        value(one, {**at, **dict(zip(signs, row, strict=True))})
        for row in itertools.product((Fraction(1), Fraction(-1)), repeat=len(signs))
    ]
    bound, hits = value(e.parts[1], at), 0
    for row in itertools.product(values, repeat=n):
        made = Fraction(1)
        for v in row:
            made = times(made, v)
        hits += compares(added(made, -bound), str(e.value))
    return Fraction(hits, len(values) ** n)


# Goals --------------------------------------------------------------------------------------------


def compares(v, relation):
    if relation in ("==", "!="):
        try:
            return (sign(v) == 0) == (relation == "==")
        except Unsure:
            raise
    s = sign(v)
    return {">=": s >= 0, ">": s > 0, "<=": s <= 0, "<": s < 0}[str(relation)]


def holds(formula, at):
    """Whether a formula is defined and true."""
    return known(formula, pairs(formula.term, at))


@cached(10_000)  # a fact is asked at every point of a path, and often does not change
def known(formula, at):
    at = dict(at)
    try:
        return compares(value(formula.term, at), str(formula.relation))
    except Undefined:
        return False


def inside(r, v):
    lo, hi = (None if end is None else fraction(end) for end in (r.lo, r.hi))
    below = lo is None or (s := sign(added(v, -lo))) > 0 or (s == 0 and not r.lo_open)
    return below and (hi is None or (s := sign(added(hi, -v))) > 0 or (s == 0 and not r.hi_open))


def assumed(goal, at):
    """Whether a point is one of those that a goal is about."""
    return (
        all(inside(r, at[x]) for x, r in goal.box.items())
        and all(at[x].denominator == 1 for x, e in goal.variables.items()
                if e.head == "integer" and isinstance(at[x], Fraction))
        and all(holds(f, at) for f in goal.facts.values())
    )  # fmt: skip


def fails(goal, at):
    """Whether a goal is false at a point: assumed, its target defined and not as it says."""
    if not assumed(goal, at):
        return False
    try:
        return not compares(value(goal.target, at), str(goal.relation))
    except Undefined:
        return False


SAMPLED = {
    "gaussian": [Fraction(n, 3) for n in (0, 3, -3, 1, -1, 7, -7, 50, -50)],
    "uniform": [Fraction(n, 4) for n in (0, 4, -4, 1, -1, 6, -6)],
    "rademacher": [Fraction(1), Fraction(-1)],
}


def refuted(goal, at, laws=None):
    """Whether a goal fails at a point, for one of some values of what was drawn and now is free."""
    free = [x for x in goal.box if x not in at]
    kinds = [SAMPLED[(laws or {}).get(x, "gaussian")] for x in free]
    unsure = False
    for row in itertools.product(*kinds):
        try:
            if fails(goal, {**at, **dict(zip(free, row, strict=True))}):
                return True
        except Unsure:
            unsure = True
    if unsure:
        raise Unsure
    return False
