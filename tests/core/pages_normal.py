"""The pages of ``normal``: quotients of polynomials in atoms, and the equations they decide."""

import itertools
from fractions import Fraction

from book import NAMES, READER, Entry, X, refused, show
from flint import arb, fmpq
from pages_terms import SMALL, tree
from reference import Undefined, Unsure, added, assumed, ball, value, wide
from reference import fraction as exactly

from proofs.core import normal
from proofs.core import terms as t
from proofs.core.goals import Goal, Range
from proofs.core.normal import GENERATORS, UNIT, Quotient, Ring, fixed
from proofs.core.terms import METER, Rejected, Relation, Term, number

F = Fraction
BASE = {x: NAMES[x] for x in "xyzmn"}
FREE = Goal(BASE, {x: Range() for x in BASE}, {}, t.ZERO, Relation.GE)
ABOVE = Goal(BASE, {x: Range(fmpq(0), None, x in "xyz") for x in BASE}, {}, t.ZERO, Relation.GE)
GIVEN = FREE
for name, fact in (
    ("h", "x >= 0"), ("g", "y != 0"), ("k", "x + 1 > 0"), ("a", "z - 1 > 0"), ("b", "y - z > 0"),
    ("c", "1 - x > 0"),
):  # fmt: skip
    GIVEN = GIVEN.where(name, READER.formula(fact))
BELOW = FREE.where("h", READER.formula("x < 0")).where("g", READER.formula("y <= 0"))
PLACES = {"anywhere": FREE, "above 0": ABOVE, "given": GIVEN, "below": BELOW}
POINTS = [
    {"x": F(3, 2), "y": F(7, 3), "z": F(5), "m": F(2), "n": F(3)},
    {"x": F(1, 3), "y": F(7, 5), "z": F(5, 4), "m": F(1), "n": F(2)},
    {"x": F(-4, 3), "y": F(-1, 2), "z": F(2), "m": F(0), "n": F(-2)},
    {"x": F(0), "y": F(3), "z": F(2), "m": F(2), "n": F(0)},
    {"x": F(-1, 2), "y": F(5, 2), "z": F(-2), "m": F(-3), "n": F(1)},
]
FORMS = [
    "0", "3/7", "x", "x + y", "x - y", "x - x", "-x", "x*y", "x*x", "(x + y)**2",
    "(x + y)*(x - y)", "x/y", "x/x",
    "1/(1/x)", "x/2 + x/3", "1/x + 1/y", "1/x - 1/x", "x/(x*y)", "(x**2 - y**2)/(x - y)",
    "(x + 1)/(2*x + 2)",
    "(x**2 - 1)/(3 - 3*x)", "1/(x - x)", "x**0", "x**3", "x**-2", "(x/y)**-2",
    "(x + 1)**3/(x + 1)", "0**(-1)",
    "sqrt(x)", "sqrt(x)**2", "sqrt(x)**3", "sqrt(x**2)", "sqrt(4*x**2)", "sqrt(x**4)",
    "sqrt(x**2*y**2)", "sqrt(2)",
    "sqrt(4)", "sqrt(9/4)", "sqrt(2)*sqrt(3)", "sqrt(8)", "sqrt(0)", "sqrt(x - x)", "sqrt(x/y)",
    "sqrt(1/x)", "sqrt(x*y**2)",
    "sqrt(x**3)", "sqrt(x**2*z)", "sqrt(2*x)", "sqrt(4*x + 4)", "sqrt(x + y)**2",
    "sqrt((x + y)**2)", "x**(1/3)", "x**(2/3)",
    "(x**(1/3))**3", "(x**3)**(1/3)", "(8*x**3)**(1/3)", "(x**6)**(1/3)", "(x**6*y**3/27)**(1/3)",
    "(16*x**5)**(1/4)", "(x/8)**(1/3)",
    "(-8)**(1/3)", "x**(-1/2)", "x**(3/2)", "x**(1/2)*x**(1/2)", "x**(1/1000)", "x**(1/1001)",
    "x**(2/1001)", "exp(x)**(1/2)", "exp(x)**2",
    "sqrt(exp(x))", "exp(x)**(-1/3)", "exp(0)", "exp(1)", "exp(1)**2", "exp(x + y)", "exp(x - y)",
    "exp(2*x)", "exp(x/2)", "exp(x/2 + x/3)",
    "exp(-x)", "exp(x)*exp(-x)", "exp(x)*exp(y) - exp(x + y)", "exp(1/x)", "exp(1/x)**2",
    "exp(y/x)", "exp(x*y)", "exp(x**2 - 1)", "exp(log(x))",
    "exp(2*log(x))", "exp(log(x)/2)", "exp(-log(x) + y)", "exp(x*log(y))", "exp(log(x + 1))",
    "exp(exp(x))", "exp(3/2)", "exp(2*x + 1/2)",
    "log(x)", "log(1)", "log(2)", "log(12)", "log(1/2)", "log(4/9)", "log(2018)",
    "log(1009*1013)", "log(994009)", "log(x*y)", "log(x/y)", "log(x**2)", "log(x**3)",
    "log(2*x)", "log(6/x)", "log(exp(x))", "log(exp(2*x)*y)", "log(exp(x/2)/3)", "log(sqrt(x))",
    "log(x + y)", "log(x*(x + y))", "log(-x)", "log(-1)", "log(0)",
    "log((x + 1)*(z - 1))", "log((x + 1)**2)", "log((x + 1)/(z - 1))", "log(1/(x + 1))",
    "log(1/(1 - z))", "log(x**2 - 1)", "log(1 - x**2)", "log(2*x + 2)", "log(x + x*y)",
    "log(x**2 + x)", "log((x + 1)*(y + 7))", "log((x + 1)**3*(1 - x)**2)", "log((1 - x)/(1 + x))",
    "log(z*(x + 1))", "log((y - z)*(z - 1)/(x + 1))", "log(3/(2*x + 2))", "log((x + y)**2)",
    "sin(x)", "cos(x)", "sin(x)**2 + cos(x)**2", "cos(x)**2", "cos(x)**3", "sin(0)", "cos(0)",
    "sin(pi)", "cos(pi)", "sin(pi/2)", "cos(pi/2)", "sin(3*pi/2)", "cos(3*pi/2)", "sin(2*pi)",
    "cos(2*pi)", "sin(x + pi)", "cos(x + pi)", "sin(x + pi/2)", "cos(x + pi/2)", "sin(x - pi/2)",
    "cos(x - pi/2)", "sin(x + 3*pi/2)", "cos(x + 3*pi/2)", "sin(x + 2*pi)", "cos(x - 2*pi)",
    "sin(pi - x)",
    "cos(pi/2 - x)", "sin(x + pi/3)", "sin(x + 5*pi/6)", "cos(x - 7*pi/4)", "sin(-pi/4)",
    "cos(-3*pi/4)", "sin(x*pi)", "cos(x/y)", "sin(x/(y + pi))", "sin(5*pi/2 + x)",
    "cos(7*pi/2 + x)", "sin(x/2 + y*pi)",
    "sinh(x)", "cosh(x)", "tanh(x)", "cosh(x)**2 - sinh(x)**2", "tanh(0)", "sinh(0)", "cosh(0)",
    "cosh(2*x)", "erf(0)", "erf(x)", "erf(x - x)", "atan(0)", "atan(1)", "atan(-1)", "atan(2)",
    "atan(x)", "asin(0)",
    "asin(1)", "asin(-1)", "asin(1/2)", "asin(-1/2)", "asin(1/3)", "asin(x)", "atan(1/2)",
    "lambertw(0)", "lambertw(x)", "lambertw(1)", "abs(x)", "abs(x)**2", "abs(x)**3", "abs(-x)",
    "abs(2*x)", "abs(x*y)", "abs(-3)", "abs(0)",
    "abs(x - y)", "abs(y - x)", "abs(x/y)", "abs(x*z)", "abs(exp(x)*y)", "abs(x + 1)",
    "abs(1 - z)", "abs(exp(x))", "abs(x/2 - 1/3)", "sign(x)", "sign(-x)", "sign(x + 1)",
    "sign(y)", "sign(exp(x))", "sign(3)", "sign(x - x)", "sign(1 - z)",
    "min(x, y)", "max(x, y)", "max(x, y) + min(x, y)", "max(x, 1, y)", "min(x, x)",
    "max(x, x + 1)", "gamma(x)", "gamma(x + 1)", "gamma(x + 2)", "gamma(x + 1/2)",
    "gamma(x + 3/2)", "gamma(1)", "gamma(2)", "gamma(5)", "gamma(1/2)", "gamma(3/2)",
    "gamma(7/2)", "gamma(1/3)", "gamma(4/3)", "gamma(x - 1)", "gamma(z - 1/2)", "gamma(n)",
    "gamma(n + 1)", "gamma(n + 3)", "gamma(1/x)", "gamma(1/x + 1)", "gamma(2*x + 1)",
    "gamma(-1/2)", "gamma(y + x)", "gamma(y - z + 1)", "gamma(x + y + 4/3)", "gamma(201)",
    "gamma(202)",
    "x**n", "x**(n + 1)", "x**(2*n)", "x**(-n)", "x**(n - 2)", "x**(n*m)", "x**(n + m)",
    "(2*x)**n", "(x*y)**n", "2**n", "2**(n + 1)", "(-1)**n", "(-1)**(2*n)", "(x + y)**n",
    "(x + y)**(2*n + 1)", "y**n", "y**(2*n - m)", "y**(3 - n)", "(1/x)**n", "x**y", "x**(y + 1)",
    "x**(2*y)",
    "x**(-y)", "x**(y/2)", "2**x", "4**x - 2**(2*x)", "(x*y)**z", "(1/x)**y", "x**(1 + pi)",
    "x**(n/2)", "exp(n)", "exp(n*x)", "x**(n - n)", "0**n", "1**n", "x**(1/n)",
    "(x + 1)**n*(x + 1)", "x**(2*n + 3*m)", "pi", "pi**2", "2*pi - pi", "pi/pi",
    "E(w)", "E(w**2)", "E(w**4)", "E(u**4)", "E(t)", "E(t**2 - t)", "E(w*v)", "E((w + v)**2)",
    "E(w**2*u**2)", "E(3*w + 2)", "E(abs(w))", "E(abs(u))", "E(abs(t))", "E(abs(2*w))",
    "E(abs(w)**2)", "E(exp(w))", "E(exp(w)) - E(exp(v))", "E(2*exp(w))", "E(exp(w)**2)",
    "E(exp(2*w))",
    "E(s)", "E(s*w**2)", "E(exp(s))", "E(prod(w**2, n))", "E(prod(w, 2))",
    "E(prod(exp(w), n + 1))", "E(w)*x", "E(w**2)/x", "E(x)", "E(7)", "E(cos(w)**2 + sin(w)**2)",
    "E(1/(1 + w**2))", "P(sin(w) >= x)", "P(x >= w*v)", "P(sqrt(w**2) >= x)", "P(w >= 0)",
    "P(w >= 1)", "P(w >= x)", "P(u <= x)", "P(t <= x)",
    "P(w*v >= 0)", "P(w*v >= 0) - P(w*v > 0)",
    "P(w*v >= 0) + P(w*v >= 0)", "P(prod(w, n) >= x)", "P(prod(w, n) >= 2*x - x)",
    "P(prod(w, n + m) >= 1) - P(prod(w, m + n) >= 1)", "P(prod(w, 2) >= 1)", "P(s >= x)",
    "P(s >= 0)", "P(x >= 0)", "P(1 >= 0)", "prod(x, 2)", "w", "w*w - w**2",
    "E(w**2*exp(1))", "E(s*t)", "E(pi*w**2)", "E(w**3 + v**2*w**2)", "E(w**2/2)", "E(abs(w)*pi)",
    "(x + y)/(x + y)*z", "(x*y + y)/(x + 1)", "x/(y/z)", "((x + 1)/(y + 1))**2",
    "(x/y + y/x)*x*y", "1/sqrt(x)", "x/sqrt(x)", "1/abs(x)", "x**2/abs(x)",
    "cos(x)**2/(1 - sin(x))", "1/(cos(x)**2 + sin(x)**2)", "(sqrt(x) + 1)*(sqrt(x) - 1)",
    "sqrt(sqrt(x))", "(sqrt(x)**(1/3))**6", "sqrt(x*y)", "sqrt(x/(4*y))", "(x/(27*y**3))**(1/3)",
    "(x**2*y)**(1/2)/x", "sqrt(x**2 + 2*x + 1)", "sqrt(exp(2*x))", "sqrt(18*x)",
    "(54*x**4)**(1/3)", "sqrt(1/2)", "(3/8)**(1/3)", "sqrt(x**3/y**5)",
]  # fmt: skip


def read(ring, e):
    """A term as a quotient, its canonical form, and the atoms with what is known of them."""
    found = ring.value(e)
    made = ring.canonical(found)
    known = [f"{ring.polynomial(p)} at {k}" for k, p in ring.relations]
    exponents = [f"{ring.terms[k]} of {ring.term(q)}" for k, q in ring.exponents.items()]
    return ring.term(found), ring.term(made), ring.terms, known, exponents


def agrees(e, place):
    """Asks whether a term and its forms have one value at the points of a place."""

    def right(found):
        if any(m.head in ("E", "P", "prod", "drawn") for m in e.walk()):
            return
        for at in POINTS:
            with wide():
                try:
                    if not assumed(place, at):
                        continue
                    own = value(e, at)
                    for form in found[:2]:
                        gap = ball(added(value(form, at), -own))
                        assert gap.contains(0), (e, form, at)
                        assert gap.rad() < arb(SMALL) * (1 + abs(ball(own))), (e, form, at)
                except (Undefined, Unsure):
                    continue

    return right


def everywhere(f):
    """What is found in each place, together where it is the same."""
    found = {}
    for said, place in PLACES.items():
        try:
            made = f(place)
        except Rejected as problem:
            made = refused(problem)
        text = show(made)
        same = next((names for names, (other, _) in found.items() if other == text), None)
        if same is None:
            found[said] = text, made
        else:
            found[f"{same}, {said}"] = found.pop(same)
    return {names: made for names, (_, made) in found.items()}


def forms():
    for source in FORMS:
        e = READER.term(source)

        def right(found, e=e):
            for names, made in found.items():
                for said in names.split(", ") if isinstance(made, tuple) else ():
                    agrees(e, PLACES[said])(made)

        def find(e=e):
            return everywhere(lambda p: normal.settled(p, lambda ring: read(ring, e)))

        yield Entry(source, find, right)


EQUATIONS = [
    ("x*x", "x**2"), ("x*x", "x**3"), ("(x + y)**3", "x**3 + 3*x**2*y + 3*x*y**2 + y**3"),
    ("x/y", "x*y**-1"), ("exp(x + y)", "exp(x)*exp(y)"),
    ("exp(x/2)**2", "exp(x)"), ("exp(x/2)**3", "exp(x)"), ("sqrt(x)**2", "x"),
    ("abs(x)**2", "x**2"), ("abs(x)", "x"), ("abs(x)", "sqrt(x**2)"),
    ("cos(x)**2", "1 - sin(x)**2"),
    ("cos(x)**4", "(1 - sin(x)**2)**2"), ("log(x*y)", "log(x) + log(y)"), ("log(4)", "2*log(2)"),
    ("log(6)", "log(2) + log(3)"), ("log(6)", "log(2)*log(3)"), ("tanh(x)", "sinh(x)/cosh(x)"),
    ("max(x, y)", "(x + y + abs(x - y))/2"), ("min(x, y)", "x + y - max(x, y)"),
    ("max(x, y)", "max(y, x)"), ("gamma(x + 1)", "x*gamma(x)"), ("gamma(x + 1)", "gamma(x)"),
    ("x**(n + 1)", "x*x**n"),
    ("x**(n + 1)", "x**n"), ("x**(m + n)", "x**m*x**n"), ("(x**n)**2", "x**(2*n)"),
    ("x**y", "exp(y*log(x))"), ("sin(x + 2*pi)", "sin(x)"), ("sin(x + pi)", "-sin(x)"),
    ("cos(x)", "sin(x + pi/2)"),
    ("E((w + v)**2)", "2"), ("E((w + v)**2)", "3"), ("E(w**4)", "3"), ("E(exp(s))", "cosh(1)"),
    ("E(exp(w))", "E(exp(v))"), ("P(w >= 1)", "1 - P(w <= 1)"), ("P(w >= 0)", "1/2"),
    ("E(t)", "1/2"), ("E(abs(w))", "sqrt(2/pi)"),
    ("(x**2 - 1)/(x - 1)", "x + 1"), ("1/x - 1/y", "(y - x)/(x*y)"), ("sqrt(8)", "2*sqrt(2)"),
    ("sqrt(2)*sqrt(2)", "2"), ("sqrt(x)*sqrt(y)", "sqrt(x*y)"), ("8**(1/3)", "2"),
    ("x", "x + 1/10**9"), ("asin(1)", "pi/2"), ("atan(1)*4", "pi"),
    ("exp(log(x))", "x"), ("log(exp(x))", "x"), ("2**x", "exp(x*log(2))"), ("4**x", "2**(2*x)"),
    ("sign(x)*abs(x)", "x"), ("x - x", "0"), ("0/x", "0"), ("1", "0"),
    ("lambertw(x)*exp(lambertw(x))", "x"), ("log((x + 1)*(1 - x))", "log(x + 1) + log(1 - x)"),
]  # fmt: skip


def equations():
    def true(e, place):
        def right(found):
            for at in POINTS if found else ():
                with wide():
                    try:
                        if any(m.drawn for m in e.walk()) or not assumed(place, at):
                            continue
                        assert ball(value(e, at)).contains(0), (e, at)
                    except (Undefined, Unsure):
                        continue

        return right

    for one, other in EQUATIONS:
        e = READER.term(f"{one} - ({other})")

        def right(found, e=e):
            for names, made in found.items():
                for said in names.split(", ") if made is True else ():
                    true(e, PLACES[said])(made)

        yield Entry(f"{one} = {other}", lambda e=e: everywhere(lambda p: p.vanishes(e)), right)


A, B, C = (GENERATORS[i] for i in range(3))
POLYNOMIALS = {
    "0": A - A, "1": UNIT, "-7/3": fixed(fmpq(-7, 3)), "a": A, "2a": 2 * A, "a + b": A + B,
    "(a + b)^3": (A + B) ** 3, "a^2 b/5 - 9": A**2 * B / 5 - 9,
    "a^2 - b^2": A**2 - B**2, "c - 1024": C - 1024, "-a/1000": -A / 1000, "a b c": A * B * C,
    "a - 1": A - 1,
}  # fmt: skip


def spending(f):
    """What is spent, and what comes out."""
    before = METER.operations
    made = f()
    return before - METER.operations, made


def parts():
    for said, p in POLYNOMIALS.items():
        yield Entry(f"monomials of {said}", lambda p=p: sorted(normal.monomials(p)))
        yield Entry(f"height of {said}", lambda p=p: normal.height(p))
        yield Entry(f"small {said}", lambda p=p: normal.small(p))
        for limit in (0, 1, 2, 4, 10, 11, 12, 14, 20, 21):
            yield Entry(
                f"heavier than {limit}: {said}", lambda p=p, limit=limit: normal.heavy(limit, p)
            )
        for n, factors, count in (
            (2, 1, 2),
            (3, 2, 3),
            (1, 5, 1),
            (0, 1, 2),
            (2, 3, 1),
            (10_000, 1, 1),
            (10_001, 1, 1),
        ):
            yield Entry(
                f"expand {said}: power {n}, {factors} factors, {count} terms",
                lambda p=p, n=n, factors=factors, count=count: spending(
                    lambda: normal.expanded(p, n, factors, count)
                ),
            )
        for q in (2, 3, -1, 0):
            yield Entry(f"{said} to {q}", lambda p=p, q=q: spending(lambda: Quotient(p, A).to(q)))
    for (i, p), (k, q) in itertools.product(POLYNOMIALS.items(), POLYNOMIALS.items()):
        yield Entry(f"({i}) ({k})", lambda p=p, q=q: spending(lambda: normal.product(p, q)))
        yield Entry(
            f"({i})/a + ({k})/a", lambda p=p, q=q: spending(lambda: Quotient(p, A) + Quotient(q, A))
        )
        yield Entry(
            f"({i})/a + ({k})/b", lambda p=p, q=q: spending(lambda: Quotient(p, A) + Quotient(q, B))
        )
        yield Entry(
            f"labour of {i}, {k}", lambda p=p, q=q: spending(lambda: normal.labour((p, q), 30))
        )
        yield Entry(f"heavier than 20: {i}, {k}", lambda p=p, q=q: normal.heavy(20, p, q))
        if q:
            yield Entry(
                f"({i})/({k}) in lowest terms",
                lambda p=p, q=q: spending(lambda: Ring(FREE, {}).canonical(Quotient(p, q))),
            )
    for q, c in itertools.product((1, 2, 3, 4, 5), (
        0, 1, 2, 4, 8, 9, 16, 27, 32, 81, -1, -8, fmpq(1, 4), fmpq(4, 9), fmpq(8, 27), fmpq(2, 9),
        fmpq(-4, 9), 10**14, 10**15, 10**16,
        10**12, fmpq(1, 10**14), fmpq(1, 10**15), fmpq(16, 81), 999999999999999,
    )):  # fmt: skip

        def root(found, c=c, q=q):
            if found is not None:
                assert exactly(found) ** q == exactly(fmpq(c))

        yield Entry(f"{q}-th root of {c}", lambda c=c, q=q: normal.rational_root(fmpq(c), q), root)
    for n in (
        0,
        1,
        2,
        3,
        4,
        12,
        97,
        360,
        997,
        1009,
        994009,
        1018081,
        2 * 1009,
        3**7 * 5**2,
        999,
        998,
        1001,
        10**12,
    ):

        def product(found, n=n):
            total = 1
            for p, k in found:
                total *= p**k
            assert total == n

        if n:
            yield Entry(f"factors of {n}", lambda n=n: normal.factorised(n), product)
    for key, share in normal.ANGLES.items():
        yield Entry(f"angle {key[0]} {key[1]}", lambda share=share: share)
    yield Entry("generators", lambda: [str(g) for g in (*GENERATORS[:2], *GENERATORS[-2:])])


RINGS = ["x", "x**2*y", "x/y", "2*x*z/9", "x**3/y**2", "-x*y", "x + y", "x*y + x*z", "4*x**2*y",
         "x*(y + z)/z**3",
         "0", "7", "exp(x)*y",
         "x**5/(8*y**4)", "x**2*y**3/(y*z)", "27/x**4", "-8*x**3", "16*x*y + 8*x**2",
         "exp(x)**2/9", "(x + 1)/x", "abs(y)*x"]  # fmt: skip


def multiplied(e, q, place):
    """Asks whether m^q u has the value of the whole, where m > 0."""

    def right(found):
        m, u = found
        for at in POINTS:
            with wide():
                try:
                    if assumed(place, at):
                        assert ball(value(m, at)) > 0, (e, m)
                        whole = t.times(t.power(m, number(q)), u)
                        gap = ball(added(value(whole, at), -value(e, at)))
                        assert gap.contains(0), (e, m, u)
                except (Undefined, Unsure):
                    continue

    return right


def rings():
    for source, (said, place) in itertools.product(RINGS, PLACES.items()):
        e = READER.term(source)

        def within(f, e=e, place=place):
            def compute(ring):
                a = ring.canonical(ring.value(e))
                found = f(ring, a)
                return [ring.term(q) if isinstance(q, Quotient) else q for q in found]

            return normal.settled(place, compute)

        for q in (1, 2, 3):
            yield Entry(
                f"{source} {said} as m^{q} u",
                lambda q=q, within=within: within(lambda ring, a: ring.parted(a, q)),
                multiplied(e, q, place),
            )
        yield Entry(
            f"{source} {said}: positive, turns, key",
            lambda within=within: within(
                lambda ring, a: (ring.positive(a), ring.quarters(a), ring.key(a))
            ),
        )
    for source in (
        "x",
        "pi",
        "pi/2",
        "pi*3/4",
        "-pi",
        "-pi/4",
        "x + 2*pi",
        "x*pi",
        "pi**2",
        "-7*pi/2",
        "1/pi",
        "pi/x",
        "5*pi/2 + 1",
    ):
        yield Entry(
            f"quarter turns in {source}",
            lambda source=source: normal.settled(
                FREE, lambda ring: ring.quarters(ring.canonical(ring.value(READER.term(source))))
            ),
        )
    for source in (
        "sqrt(x)**7",
        "abs(x)**5*y",
        "cos(x)**6",
        "sqrt(x)*abs(y)**2*cos(z)**2",
        "x",
        "sqrt(sqrt(x))**9",
    ):

        def reduce(ring, source=source):
            p = ring.value(READER.term(source)).top
            before = METER.operations
            made = ring.polynomial(ring.reduced(p))
            return before - METER.operations, made

        yield Entry(f"reduced {source}", lambda reduce=reduce: normal.settled(FREE, reduce))
    for c, source in (
        (1, "x"),
        (2, "x"),
        (-1, "x"),
        (fmpq(1, 2), "x*y"),
        (1, "1"),
        (0, "x"),
        (3, "x**2"),
    ):

        def back(ring, c=c, source=source):
            p = ring.value(READER.term(source)).top * fixed(c)
            return tree(ring.polynomial(p))

        yield Entry(f"written {c} {source}", lambda back=back: normal.settled(FREE, back))

    def many(count):
        e = t.ZERO
        for k in range(count):
            e = t.plus(e, Term("sin", t.plus(X, number(k))))
        return normal.settled(FREE, lambda ring: len(ring.value(e).top))

    for count in (38, 39, 40, 41):
        yield Entry(f"{count} atoms and one more", lambda count=count: many(count))

    def halves(count):
        e = t.ZERO
        for k in range(count):
            e = t.plus(e, t.exp(t.over(X, number(k + 2))))
        return normal.settled(FREE, lambda ring: ring.term(ring.value(e)))

    for count in (2, 6):
        yield Entry(f"{count} exponentials of shares", lambda count=count: halves(count))

    def finest():
        def never(ring):
            raise normal.Unsettled

        return normal.settled(FREE, never)

    yield Entry("what never settles", finest)


def large():
    wide_ = (A + B + C + GENERATORS[3]) ** 20
    tall = {
        k: fixed(fmpq(2) ** k) * A for k in (99_998, 99_999, 100_000, 199_998, 199_999, 200_000)
    }
    yield Entry("1771 terms squared", lambda: spending(lambda: len(normal.product(wide_, UNIT))))
    yield Entry("too many pairs", lambda: spending(lambda: normal.product(wide_, wide_)))
    for k, p in tall.items():
        yield Entry(f"small 2^{k} a", lambda p=p: len(normal.small(p)))
        yield Entry(f"2^{k} a times itself", lambda p=p: normal.height(normal.product(p, p)))
    for n in (100, 1000, 10_000, 10_001):
        yield Entry(f"a to {n}", lambda n=n: spending(lambda: Quotient(A).to(n).top.degrees()[39]))
    for n in (10, 50, 54, 55, 60, 200, 316, 317):
        yield Entry(
            f"(a + b + c) to {n}", lambda n=n: spending(lambda: normal.expanded(A + B + C, n, 1, 3))
        )
    for k in (19, 20, 21, 199):
        p = fixed(fmpq(2) ** k) * A + B
        yield Entry(
            f"(2^{k} a + b) to 9999", lambda p=p: spending(lambda: normal.expanded(p, 9_999, 1, 2))
        )
        yield Entry(
            f"(2^{k} a) to 10000", lambda p=p: spending(lambda: normal.expanded(p, 10_000, 1, 1))
        )
    for source in (
        "(x + y + z)**40",
        "(x + y + z)**400",
        "(x + y)**10001",
        "x**10000",
        "x**10001",
        "(x + 1)**300*(y + 1)**300",
        "sin(x)**3*cos(x)**2000",
    ):
        e = READER.term(source)
        yield Entry(
            f"terms of {source}",
            lambda e=e: normal.settled(FREE, lambda ring: len(ring.reduced(ring.value(e).top))),
        )
    sources = [f"(x + {k})" for k in range(60)]
    for count in (58, 59, 60):
        source = "*".join(sources[1 : count + 1])
        yield Entry(
            f"log of a product of {count} factors",
            lambda source=source: normal.settled(
                ABOVE, lambda ring: len(ring.value(t.log(READER.term(source))).top)
            ),
        )
    for k in (199, 200, 201):
        yield Entry(f"gamma(x + {k})", lambda k=k: normal.settled(
            ABOVE, lambda ring: len(ring.value(READER.term(f"gamma(x + {k})")).top)
        ))  # fmt: skip


PAGES = {"parts": parts, "forms": forms, "equations": equations, "rings": rings, "large": large}
