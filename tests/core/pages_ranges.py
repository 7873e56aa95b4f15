"""The pages of ``ranges``: enclosures of operations, functions and terms."""

import itertools
from fractions import Fraction

from book import READER, Entry, X, interval
from flint import arb, fmpq
from reference import Undefined, Unsure, ball, value, wide

from proofs.core import ranges
from proofs.core.ranges import INF, Interval
from proofs.core.terms import Rejected, Relation, Term, number

F = Fraction
TINY = F(1, 10**40)
INTERVALS = [
    (None, None), (None, -2), (None, 0), (None, F(7, 2)), (-5, None), (0, None), (F(1, 3), None),
    (0, 0), (1, 1), (-2, -2), (-3, F(-1, 2)), (-2, 0), (-1, 1), (F(-1, 2), 3), (-4, F(3, 2)),
    (0, 1), (0, F(9, 4)), (F(1, 4), F(2, 3)), (1, 2), (F(5, 2), 7),
]  # fmt: skip
SOME = INTERVALS[::2] + INTERVALS[1:8:3]
MORE = {  # where a function turns, or changes its formula
    "gamma": [
        (F(14616, 10000), F(14617, 10000)), (1, F(14616, 10000)), (1, F(14617, 10000)),
        (F(14617, 10000), 2), (F(14616, 10000), 2), (F(14615, 10000), 2), (F(14618, 10000), 2),
        (F(1, 2), F(14615, 10000)), (F(1, 5), 4), (3, 5), (10**6, 10**6), (10**6, 10**6 + 1),
        (10**6 + 1, None), (5, 2 * 10**6), (F(146165, 10**5), 2), (F(146175, 10**5), 2),
        (1, F(146165, 10**5)), (1, F(146155, 10**5)), (F(-1, 2), 0), (-3, 3),
        (F(14617, 10000), F(14617, 10000)),
    ],
    "lambertw": [
        (F(-3678, 10000), 0), (F(-3679, 10000), 0), (F(-3677, 10000), 0), (F(-1, 5), 1), (1, 3),
        (F(-36788, 100000), F(-3678, 10000)), (-1, -1),
    ],
    "sin": [
        (0, 7), (0, F(699, 100)), (-3, 4), (F(1, 2), 1), (1, 2), (2, 3), (4, 5), (3, 6),
        (F(-7, 5), F(-1, 5)), (1, F(801, 100)), (-1, None), (7, 14), (10, 11), (0, 6),
        (F(8, 5), F(39, 5)), (F(8, 5), F(91, 10)),
    ],
    "asin": [(F(1, 2), 1), (F(-1, 3), F(1, 3)), (F(1, 2), 5), (-5, F(-1, 2)), (2, 3), (-3, -2)],
    "log": [(F(1, 10**9), 1), (0, 10**9), (-1, F(1, 2)), (-2, -1)],
    "exp": [(-100, -99), (-1, 1), (99, 100)],
    "tanh": [(-100, 100), (F(-1, 10), F(1, 10)), (3, 4)],
    "erf": [(-100, 100), (F(-1, 10), F(1, 10)), (3, 4)],
}  # fmt: skip
MORE["cos"] = MORE["sin"]
EXPONENTS = [
    *map(fmpq, (0, 1, 2, 3, -1, -2, -3)), fmpq(1, 2), fmpq(1, 3), fmpq(-1, 2), fmpq(2, 3),
    fmpq(-3, 2), fmpq(5, 2),
]  # fmt: skip
FAR = [  # at a limit, and just beyond it
    fmpq(10**6), fmpq(10**6 + 1), fmpq(-(10**6)), fmpq(-(10**6) - 1), fmpq(1, 1000), fmpq(1, 1001),
    fmpq(10**6 - 1, 2), fmpq(10**6 + 1, 2), fmpq(10**6 + 1, 1000), fmpq(-1, 1001),
]  # fmt: skip


def rational(v):
    return fmpq(F(v).numerator, F(v).denominator)


def span(ends):
    """An interval, enclosing its rational ends."""
    low, high = ends
    return Interval(
        -INF if low is None else arb(rational(low)).lower(),
        INF if high is None else arb(rational(high)).upper(),
    )


def named(ends):
    low, high = ("inf" if e is None else str(e) for e in ends)
    return f"[{'-inf' if ends[0] is None else low}, {high}]"


def inside(ends):
    """Some points of an interval: its ends, and between; far out where there is no end."""
    low, high = (None if e is None else F(e) for e in ends)
    if low is None or high is None:
        near = [v for v in (-30, -3, F(-1, 3), 0, F(1, 7), F(3, 2), 3, 30)
                if (low is None or low < v) and (high is None or v < high)]  # fmt: skip
        return [F(v) for v in (*near, *(e for e in ends if e is not None))]
    return [low + (high - low) * share for share in (F(0), F(2, 9), F(1, 2), F(4, 5), F(1))]


def contains(values):
    """Asks whether an enclosure contains all of some values."""

    def right(found):
        with wide():
            for v in values():
                v = ball(v)
                assert not v < found.lo, (interval(found), v)
                assert not v > found.hi, (interval(found), v)
                assert found.lo <= found.hi

    return right


def values(e, points):
    """The values of a term at those points where it has one."""
    for at in points:
        try:
            yield value(e, at)
        except (Undefined, Unsure):
            continue


def functions():
    for head in sorted(ranges.RANGES):
        for ends in (*INTERVALS, *MORE.get(head, ())):
            points = [{"x": v} for v in inside(ends)]
            yield Entry(
                f"{head} {named(ends)}",
                lambda head=head, ends=ends: ranges.RANGES[head](span(ends)),
                contains(lambda head=head, points=points: values(Term(head, X), points)),
            )


def inverses():
    for ends in INTERVALS:
        points = [{"x": v} for v in inside(ends)]
        right = contains(lambda points=points: values(READER.term("1/x"), points))
        yield Entry(f"1 / {named(ends)}", lambda ends=ends: ranges.i_inverse(span(ends)), right)
        yield Entry(
            f"limit 1 / {named(ends)}", lambda ends=ends: ranges.l_inverse(span(ends)), right
        )
        yield Entry(f"finite {named(ends)}", lambda ends=ends: span(ends).finite)
        for relation in Relation:
            yield Entry(
                f"{named(ends)} {relation} 0",
                lambda ends=ends, relation=relation: span(ends).allows(relation),
            )
    for balls in ((1, 2), (2, 1), (3, -1, 2), ("nan",), (1, "nan"), ("inf", 0), (0, "-inf", 1)):
        yield Entry(f"hull {balls}", lambda balls=balls: ranges.hull(*map(arb, balls)))


def powers():
    for r, ends in (*itertools.product(EXPONENTS, INTERVALS), *itertools.product(
        FAR, [(None, None), (1, 2), (0, F(1, 2)), (F(999999, 10**6), F(1000001, 10**6)), (-1, 4)]
    )):  # fmt: skip
        e, points = Term("**", X, number(r)), [{"x": v} for v in inside(ends)]
        plain = abs(r.p) < 50 and r.q < 50
        yield Entry(
            f"{named(ends)} ** {r}",
            lambda r=r, ends=ends: ranges.i_power(span(ends), r),
            contains(lambda e=e, points=points: values(e, points)) if plain else None,
        )


def pairs():
    for sign, f in (("+", ranges.i_plus), ("*", ranges.i_times), ("limit *", ranges.l_times)):
        for one, other in itertools.product(SOME, SOME):
            e = Term(sign[-1], X, Term("variable", value="y"))
            points = [
                {"x": a, "y": b} for a, b in zip(inside(one), inside(other)[::-1], strict=False)
            ]
            yield Entry(
                f"{named(one)} {sign} {named(other)}",
                lambda f=f, one=one, other=other: f(span(one), span(other)),
                contains(lambda e=e, points=points: values(e, points)),
            )


TERMS = [
    "x", "y", "pi", "3/7", "1/0", "0/0", "x + y", "x - y", "x - x", "x*y", "x*x", "x*(1*x)", "x/y",
    "y/x", "x**2", "x**3", "x**(-1)", "x**(1/2)", "x**(1/0)", "x**y", "(x - 2)**y", "x**n", "x**m",
    "(-x)**n", "x**(n/2)", "2**x", "2**(-y)", "min(x, y)", "max(x, y)", "min(x, y, 1/2)",
    "max(y, -1/3, x)", "min(x)", "max(x, 1, 2)", "exp(x)", "log(x)", "sqrt(x + y)", "sin(x)*cos(y)",
    "abs(x - y)", "sign(x)", "-x", "-(x + 1/3)", "x/(1 + x**2)", "asin(x)", "atan(x/y)", "gamma(x)",
    "lambertw(x)", "tanh(x) - erf(y)", "cosh(x - y)", "sinh(x)/x", "0*log(x)", "x*0", "n*m", "z",
    "z*0", "z*z", "z**4", "exp(z)", "m - n", "prod(x, 2)", "w", "exp(w)", "x*y + y*x", "x*x*x",
    "(x*y)**2", "pi**2", "abs(x)**y", "min(z, 3)", "max(z, -z)", "x**-y", "(x - y)**(n + 1)",
]  # fmt: skip
BOXES = [
    {"x": (1, 2), "y": (F(1, 2), 3), "n": (2, 3), "m": (0, 2)},
    {"x": (-1, 2), "y": (-2, F(-1, 3)), "n": (0, 3), "m": (-2, 1)},
    {"x": (0, F(1, 2)), "y": (0, None), "n": (1, None)},
    {"x": (None, -1), "y": (-1, 1), "n": (-3, -1), "w": (1, 2)},
    {"x": (F(3, 2), F(3, 2)), "y": (-2, -2), "n": (2, 2), "m": (-1, -1)},
]


def boxed(box):
    return ", ".join(f"{x} {named(ends)}" for x, ends in box.items())


def points(box):
    """Points of a box: its middle and some corners, whole numbers for integers."""
    names = ("x", "y", "z", "m", "n")
    for k in (0, 1, 2, 4):
        at = {}
        for i, x in enumerate(names):
            found = inside(box.get(x, (None, None)))
            at[x] = found[(k * (i + 1)) % len(found)]
            if x in "mn":
                whole = [v for v in found if v.denominator == 1]
                at[x] = whole[k % len(whole)]
        yield at


def terms():
    for box in BOXES:
        given = {x: span(ends) for x, ends in box.items()}
        for source in TERMS:
            e = READER.term(source)
            right = contains(lambda e=e, box=box: values(e, points(box)))
            yield Entry(
                f"{source} on {boxed(box)}",
                lambda e=e, given=given: ranges.enclose(e, given),
                right if not e.drawn and e.head != "prod" else None,
            )


def precision():
    def during():
        with ranges.working_precision():
            return ranges.ctx.prec

    def after():
        before = ranges.ctx.prec
        try:
            with ranges.working_precision():
                raise Rejected
        except Rejected:
            return ranges.ctx.prec == before

    yield Entry("bits inside", during)
    yield Entry("as before after an error", after)


PAGES = {
    "terms": terms,
    "functions": functions,
    "powers": powers,
    "pairs": pairs,
    "inverses": inverses,
    "precision": precision,
}
