"""The pages of ``probability``: what is drawn, which means exist, and their values."""

import itertools
from fractions import Fraction

import mpmath
from book import DRAWN, READER, Entry
from flint import acb, arb, fmpq
from pages_ranges import values
from reference import ball, moments, wide
from reference import fraction as exactly

from proofs.core import probability, ranges
from proofs.core.terms import Term, text

F = Fraction
W, U, T, S = (DRAWN[name] for name in "wuts")
ADMITTED = [
    "x", "x + 1", "w", "w + 1", "prod(x, 2)", "prod(w, n)", "E(w)", "E(w)*x", "E(w) + w", "E(x)",
    "E(w*x)", "E(n*w)", "E(pi*w)", "E(3)", "E(exp(1))", "E(prod(w, n))", "E(prod(w, 3))",
    "E(prod(w, n + 1))", "E(prod(w, x))", "E(prod(w, 1/2))", "E(prod(w, n/2))", "E(prod(w, n*x))",
    "E(prod(w*x, n))", "E(prod(w + n, n))", "E(prod(w, w))", "E(prod(w, n) + 1)", "E(2*prod(w, n))",
    "E(prod(prod(w, n), n))", "E(prod(w, prod(w, 2)))", "prod(E(w), 2)", "E(prod(E(w), 2))",
    "P(w >= 0)", "P(w >= x)", "P(w*x >= 1)", "P(x >= y)", "P(prod(w, n) >= 1)",
    "P(prod(w, n) >= x)", "P(prod(w, n) > x)", "P(prod(w, n) <= x)", "P(prod(w, n) == 1)",
    "P(prod(w, n) != 1)", "P(prod(w, n) >= w)", "P(prod(w, n) >= v)", "P(prod(w*x, n) >= 1)",
    "P(1 >= prod(w, n))", "P(prod(w, n) >= prod(w, n))", "P(prod(w, n) >= prod(v, n))",
    "P(prod(w, x) >= 1)", "P(w >= prod(w, n))", "P(prod(w, n) + 1 >= 2)", "E(E(w))", "E(P(w >= 0))",
    "P(E(w) >= 0)", "P(w >= E(w))", "P(P(w >= 0) >= 0)", "E(w + E(w))", "exp(E(w))", "E(exp(w))",
    "E(w**2)", "E(w**n)", "E(1/w)", "E(log(w))", "E(sqrt(abs(w)))", "E(exp(w**2))", "E(w*v)",
    "E((w + v)**2)", "E(exp(w)*v)", "E(exp(w + v))", "E(abs(w + v))", "E(w*v/2)", "E(w/v)",
    "E(2*w - v)", "E((w*v)**3)", "E((w*v)**(-1))", "E((w*v)**(1/2))", "E(-w*v)", "E((w + v)/3)",
    "E(w*v/(1/0))", "E(w*v/0)", "E((w + v)**1000)", "E((w + v)**1001)", "E(w*v*pi)",
    "E(w*v*exp(1))",
    "E(sign(u))", "E(exp(exp(u)))", "E(exp(exp(w)))", "E(sign(u)*exp(u**2))", "E(exp(u**2))",
    "E(1/u)", "E(t**(1/2))", "E(log(t))", "E(sign(t - 1/2))", "E(exp(s))", "E(1/(s + 2))",
    "E(exp(exp(s)))", "E(s*w)", "E(exp(s*w))", "E(s*exp(w**2))", "E(s*exp(w))", "E(abs(w)**(3/2))",
    "E(s*w*v)", "E(exp(s)*w*v)", "E(max(w, 0))", "E(min(w, 1, 2))", "E(gamma(w))", "E(asin(w))",
    "E(atan(w))", "E(cosh(w))", "E(sinh(u))", "E(sin(w)*cos(w))", "E(w**w)", "E(2**w)", "E(w - w)",
    "P(s >= 0)", "P(s*x >= 0)", "2*P(w >= 1) - E(w**2)/x", "P(prod(s, n) >= 1/2)", "E(prod(s, m))",
    "P(exp(w) >= 1)", "P(1/w >= x)", "E(prod(1/w, 2))", "E(prod(exp(w**2), 2))", "E(prod(2, n))",
    "E(prod(x, 2))", "E(exp(w)**2)", "E(exp(1000*w))", "E(exp(1001*w))", "E(exp(w - 1000))",
    "E(exp(w + 1001))", "E(exp(-1001*w))", "E(abs(w)**1000)", "E(abs(w)**1001)", "E(erf(w)**2)",
]  # fmt: skip
SIGNS = {f"r{i}": Term("drawn", Term("rademacher"), value=f"r{i}") for i in range(13)}


def admitted():
    for source in ADMITTED:
        e = READER.term(source)
        yield Entry(f"{source} is admitted", lambda e=e: probability.admit(e) == e)
    for count in (12, 13):
        total = Term("max", *[*SIGNS.values()][:count])
        e = Term("P", total, READER.term("0"), value=">=")
        yield Entry(f"P of {count} signs", lambda e=e: probability.admit(e) == e)
    for name, w in DRAWN.items():
        yield Entry(f"law of {name}", lambda w=w: (probability.law(w), w, sorted(w.drawn, key=str)))
    for source in ("E(w*v)", "P(w >= v)", "E(s*u*r*t)", "E(3)", "P(1 >= 0)", "E(prod(w, 2))"):
        e = READER.term(source)
        yield Entry(f"drawn in {source}", lambda e=e: probability.bound(e))
    for name in probability.LAWS:
        yield Entry(f"range of {name}", lambda name=name: probability.SUPPORT[name])
        yield Entry(f"mean size of {name}", lambda name=name: probability.ABSOLUTE.get(name))


SIMPLER = [
    "E(w)", "E(3)", "E(exp(1))", "E(s)", "E(s*w)", "E(s*r)", "E(prod(w, n))", "E(prod(s + 1, 2))",
    "P(s >= 0)", "P(r > s)", "P(s*w >= 1)", "P(prod(w, 2) >= 1)", "P(prod(s, n) >= 1)",
    "P(u + w >= 0)",
    "P(w*v >= 0)", "P(1 >= 0)", "P(0 >= 1)", "P(0 > 0)", "P(0 >= 0)", "P(0 == 0)", "P(0 != 0)",
    "P(1 == 0)", "P(1 != 0)", "P(-1 > 0)", "P(-1 < 0)", "P(0 < 0)", "P(0 <= 0)", "P(2 < 1)",
    "P(1 < 2)",
    "P(x >= 0)", "P(x > 0)", "P(x == 0)", "P(x != 0)", "P(x**2 >= 0)", "P(x**2 + 1 > 0)",
    "P(x - x >= 0)", "P(-1 - x**2 >= 0)", "P(-1 - x**2 > 0)", "P(-1 - x**2 == 0)",
    "P(-1 - x**2 != 0)",
    "P(0*x > 0)", "P(0*x == 0)", "P(0*x != 0)", "P(exp(x) >= 0)", "P(-exp(x) >= 0)",
    "P(sqrt(x) < 0)",
    "P(pi > 3)", "P(pi == 3)", "P(pi < 3)", "P(exp(w) >= 1)", "P(w**3 >= 1)", "P(sin(w) >= 0)",
    "P(w + w >= 1)", "P(w*w >= 1)", "P(1/w >= 1)", "P(x*w >= 1)", "P(w**2 + w >= 1)",
]  # fmt: skip
SHAPES = ["w", "abs(w)", "w**2"]
EVENTS = [
    f"P({shape.replace('w', w)} {operator} {end})"
    for w in "wut"
    for shape in SHAPES
    for operator, end in (
        ("<=", "1"), ("<", "-1/2"), (">=", "0"), (">", "2"), ("==", "1"), ("!=", "1")
    )
] + [
    f"P({source.replace('w', w)})" for w in "wut" for source in (
        "2*w >= 1", "-w >= 1/2", "1 - 3*w > 0", "w/2 + 1 <= 7/5", "3 - 2*abs(w) >= 1",
        "5*w**2 - 1 > 3", "1 <= w", "w >= x", "-2*w < x", "abs(w) <= x", "w**2 >= x",
        "x - w**2 >= 1",
        "1/4 >= w**2", "w - 7/4 >= 0", "w <= 7/4", "w <= 17/10", "w >= -17/10", "abs(w) <= 17/10",
    )
]  # fmt: skip


def exact_chance(e):
    """The probability of an event about one draw, by its distribution and an ordered function."""

    def right(found):
        (w,) = probability.bound(e)
        law = probability.law(w)
        with mpmath.workdps(40):
            root3 = mpmath.sqrt(3)
            below = {
                "gaussian": mpmath.ncdf,
                "uniform": lambda x: min(max((x + root3) / (2 * root3), 0), 1),
                "unit": lambda x: min(max(x, 0), 1),
            }[law]
            left, right_ = (lambda x, p=p: mpmath_value(p, x) for p in e.parts)
            gap = lambda x: left(x) - right_(x)  # noqa: E731
            constant = gap(mpmath.mpf(0))
            shape = "w**2" if "**" in text(e) else "abs" if "abs" in text(e) else "w"
            slope = gap(mpmath.mpf(1)) - constant
            at = -constant / slope
            size = mpmath.sqrt(max(at, 0)) if shape == "w**2" else max(at, 0)
            less = below(at) if shape == "w" else below(size) - below(-size)
            greater = (str(e.value)[0] == ">") == (slope > 0)
            wanted = {"==": 0, "!=": 1}.get(e.value, 1 - less if greater else less)
            near = mpmath.mpf(10) ** -30
            low, high = (mpmath.mpf(x.str(45, radius=False)) for x in found)
            assert low - near <= wanted <= high + near, (e, wanted)

    return right


def mpmath_value(e, x):
    """The value of a term at one draw, by mpmath."""
    if e.head == "number":
        return mpmath.mpf(int(e.value.p)) / int(e.value.q)
    if e.head == "pi":
        return mpmath.pi()
    if e.head == "drawn":
        return x
    parts = [mpmath_value(p, x) for p in e.parts]
    match e.head:
        case "+":
            return parts[0] + parts[1]
        case "-":
            return parts[0] - parts[1]
        case "*":
            return parts[0] * parts[1]
        case "/":
            return parts[0] / parts[1]
        case "**":
            return parts[0] ** parts[1]
        case "neg":
            return -parts[0]
        case "abs":
            return abs(parts[0])
    return getattr(mpmath, e.head)(*parts)


def simpler():
    for source in dict.fromkeys((*SIMPLER, *EVENTS)):
        e = READER.term(source)
        yield Entry(f"{source} is", lambda e=e: probability.meaning(e))


BOX = {"x": ranges.Interval(arb(fmpq(1, 2)), arb(2))}


def chances():
    for source in dict.fromkeys((*SIMPLER, *EVENTS)):
        e = READER.term(source)
        plain = len(probability.bound(e)) == 1 and e.head == "P" and not e.names
        right = exact_chance(e) if plain and source in EVENTS else None
        yield Entry(f"{source} for x in [1/2, 2]", lambda e=e: ranges.enclose(e, BOX), right)


GROWTH = [
    "1", "-3", "2/7", "pi", "w", "-w", "abs(w)", "sin(w)", "cos(w)", "tanh(w)", "erf(w)", "sign(w)",
    "w + 1", "2*w - 3", "w - w", "w*w", "3*w*pi", "w/2", "w/(-2/3)", "w/0", "w/w", "w**0", "w**1",
    "w**2", "w**3", "(2*w)**2", "(w/2)**3", "abs(w)**(1/2)", "abs(w)**(3/2)", "abs(w)**(7/3)",
    "w**(-1)",
    "w**1000", "w**1001", "(3*w)**1000", "((10**3)*w)**1000", "((2**20)*w)**500",
    "((2**20)*w)**477",
    "sqrt(w)", "sqrt(4*abs(w))", "sqrt(w**2 + 1)", "max(w, 3)", "min(w, -4)", "max(w, w**2, 5)",
    "exp(w)", "exp(-w)", "exp(2*w)", "exp(w/2)", "exp(2*w - 3/2)", "exp(1 - w)", "exp(7/3 - 2*w)",
    "exp(3)",
    "exp(-3)", "exp(0)", "exp(w)*exp(w)", "exp(w)*w", "exp(w**2)", "exp(sin(w))", "exp(1000*w)",
    "exp(1001*w)", "exp(w + 1000)", "exp(w - 1001)", "exp(w + pi)", "exp(abs(w))", "log(w)",
    "gamma(w)",
    "cosh(w)", "exp(w)**3", "neg(w)", "atan(w)", "5*exp(w) + w**4 - sin(w)", "abs(w - 2)",
    "exp(5/2)*w",
    "exp(1/2 + w) - 3", "max(exp(w), exp(2*w))", "w**2*(1/3)", "abs(w/5)**(1/3)", "w*(2*w)",
]  # fmt: skip


def growing():
    def bounded(e):
        def right(found):
            scale, rate = found
            with wide():
                for w in (F(1), F(-1), F(5, 2), F(-7, 3), F(6), F(-6)):
                    most = ball(exactly(scale)) * (ball(exactly(rate)) * ball(abs(w))).exp()
                    for v in values(e, [{W: w}]):
                        assert not abs(ball(v)) > most * ball(1 + F(1, 10**20)), (e, w)

        return right

    for source in GROWTH:
        if "neg" in source:
            continue
        e = READER.term(source)
        yield Entry(f"growth of {source}", lambda e=e: probability.growth(e, [W]), bounded(e))


MEANS = [
    "w", "w**2", "abs(w)", "w**3", "w**4 - w", "exp(w)", "exp(w/2)", "exp(2*w - 1)", "exp(-w)*w",
    "cos(w)", "sin(w)", "tanh(w)**2", "erf(w)**2", "abs(w)**3", "sqrt(abs(w))", "exp(w/3)**2", "pi",
    "-w**2/2", "cos(w)/(1/2)", "abs(-w)", "exp(w)*tanh(w)", "7", "w - 1/3", "sinh(w)*w", "cosh(w)",
    "max(w, 0)", "1/(1 + w**2)", "exp(3*w)", "1/(1 + exp(w))", "abs(w)*exp(w)", "exp(10*w)",
    "abs(w + 1)", "abs(--w)", "erf(w/2) + 1", "atan(w)", "w**0", "exp(1 - w)*w**2/3",
    "exp(900 + 2*w)",
    "exp(1000 - w)", "exp(900 - 3*w/2)", "exp(1000 + w/3)*2 - 7",
]  # fmt: skip
BOUNDED = [
    "w", "w**2", "abs(w)", "w**3 - w", "exp(w)", "exp(2*w - 1)", "cos(w)", "abs(w)**3 + w**2",
    "sinh(w)*w", "1/(2 + w)", "(2 + w)**(-1)", "log(2 + w)", "exp(exp(w))", "-w/2 + 1", "erf(w)*w",
]  # fmt: skip
DENSITIES = {
    "gaussian": (mpmath.npdf, [-24, -14, -6, -2, 0, 2, 6, 14, 24]),
    "uniform": (lambda x: 1 / (2 * mpmath.sqrt(3)), None),
    "unit": (lambda x: 1, [0, 1]),
}


def exact_mean(source, w):
    """The mean by mpmath's own quadrature, to some ten digits."""

    def right(found):
        law = probability.law(w)
        density, ends = DENSITIES[law]
        f = READER.term(source.replace("w", w.value))
        if not found.finite:
            return
        with mpmath.workdps(15):
            ends = ends or [-mpmath.sqrt(3), 0, mpmath.sqrt(3)]
            v = mpmath.quad(lambda x: mpmath_value(f, x) * density(x), ends)
            near = mpmath.mpf(10) ** -8 * (1 + abs(v))
            low, high = (mpmath.mpf(x.str(20, radius=False)) for x in found)
            assert low - near <= v <= high + near, (source, law, v)

    return right


def means():
    for source, w in (*((m, W) for m in MEANS), *itertools.product(BOUNDED, (U, T))):
        e = Term("E", READER.term(source.replace("w", w.value)))
        yield Entry(f"{e}", lambda e=e: probability.expectation(e), exact_mean(source, w))
    for source in ("E(s)",
                   "E(exp(s))", "E(s*w**2 + u)", "E(w*v)", "E(prod(exp(w), 2))", "E(exp(1))",
                   "E(s*exp(w))", "E(abs(w + s))", "E(exp(s*u))", "E(prod(s + 2, n))",
                   "E(s*u*w)"):  # fmt: skip
        e = READER.term(source)
        yield Entry(f"{e} enclosed", lambda e=e: ranges.enclose(e, BOX))
    for e in ("E(w*v)", "E(3)"):
        e = READER.term(e)
        yield Entry(f"{e} by itself", lambda e=e: probability.expectation(e))


def moments_():
    for law, n in itertools.product(
        ("gaussian", "uniform", "unit"), (0, 1, 2, 3, 4, 5, 6, 7, 10, 21)
    ):
        right = None
        if law != "unit":

            def right(found, law=law, n=n):
                assert exactly(found) == moments(Term("drawn", Term(law), value="w"), n)
        else:

            def right(found, n=n):
                assert exactly(found) == F(1, n + 1)

        yield Entry(f"{law}: {n}-th moment", lambda law=law, n=n: probability.moment(law, n), right)
    for law, n in itertools.product(
        ("gaussian", "uniform", "unit"), (9_999, 10_000, 10_001, 10_002)
    ):
        yield Entry(
            f"{law}: bits of the {n}-th moment",
            lambda law=law, n=n: probability.moment(law, n).p.bit_length(),
        )


CONTINUED = [
    "w", "-w", "3", "pi", "abs(w)", "abs(-w)", "abs(--w)", "abs(w + 1)", "abs(2*w)", "w + 2",
    "w - 2", "w*w",
    "w/3", "1/w", "w**2", "w**-2", "w**(1/2)", "sqrt(w)", "w**(1/3)", "w**(-1/2)", "w**(3/2)",
    "w**w",
    "log(w)", "exp(w)", "sin(w)", "cos(w)", "sinh(w)", "cosh(w)", "tanh(w)", "erf(w)", "atan(w)",
    "sign(w)",
    "max(w, 1)", "2**(1/2)", "v", "gamma(w)", "1/2 + w**3", "sqrt(w - 1)", "log(w - 5)",
    "(w - 1)**(1/2)",
    "(w - 5)**(1/3)", "w**(2*2)", "2**w",
]  # fmt: skip


def continued():
    for source, (x, y) in itertools.product(CONTINUED, ((2, 0), (1, 3), (fmpq(1, 3), -1))):
        for analytic in (False, True):
            e, at = READER.term(source), acb(arb(x), arb(y))

            def find(e=e, at=at, analytic=analytic):
                found = probability.continued(e, W, at, analytic)
                return found.real, found.imag

            def right(found, e=e, x=x):
                with wide():
                    for v in values(e, [{W: exactly(fmpq(x))}]):
                        assert not ball(v) < found[0].lower()
                        assert not ball(v) > found[0].upper()

            plain = y == 0 and not analytic and "v" not in source
            yield Entry(
                f"{source} at {x} + {y} i{' as analytic' if analytic else ''}",
                find,
                right if plain else None,
            )


PAGES = {
    "moments": moments_,
    "growth": growing,
    "simpler": simpler,
    "admitted": admitted,
    "continued": continued,
    "chances": chances,
    "values": means,
}
