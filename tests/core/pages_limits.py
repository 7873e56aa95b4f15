"""The page of limits at infinite ends."""

from fractions import Fraction

from book import READER, Entry
from pages_ranges import boxed, span, values
from reference import ball, wide

from proofs.core import ranges
from proofs.core.ranges import INF

F = Fraction
TERMS = [
    "x", "y", "3", "x + y", "y - x", "x - y", "x - x", "x*x", "x*y", "y*x", "x*x*x", "x*(x + 1)",
    "1/x", "y/x", "x/y", "1/(x + y)", "1/(1/x)", "x**2", "x**3", "x**(-2)", "x**(-3)", "x**0",
    "x**(1/2)", "x**(-1/2)", "x**(-1/3)", "(1/x)**2", "(1 + 1/x)**3", "(1/x)**(1/2)", "x**n",
    "(1/x)**n", "(1 + 1/x)**n", "2**x", "2**(-x)", "(1/2)**x", "y**x", "x**x", "(1/x)**x",
    "exp(x)", "exp(-x)", "exp(-x**2)", "exp(1/x)", "log(x)", "log(1 + exp(-x))", "log(1/x)",
    "sqrt(x)", "sqrt(1 + 1/x)", "sin(x)", "sin(1/x)", "cos(1/x)", "cos(x)/x", "tanh(x)", "tanh(-x)",
    "erf(x)", "atan(x)", "atan(-x)", "sinh(x)", "cosh(x)", "abs(x)", "abs(1/x - 2)", "-x",
    "sign(x)", "min(x, 1)", "max(x, 1)", "asin(1/x)", "gamma(x)", "lambertw(x)", "x*exp(-x)",
    "exp(-x)*exp(x)", "log(x) - x", "x*0", "0*x", "y/(1 + exp(x))", "(y + 1/x)/(2 - 1/x)",
    "(2 + 1/x)**y", "exp(x)/2", "-exp(x) - x", "x - (-x)", "n*x", "n + 1/x", "y*(1 + 1/x)",
    "P(w >= x)", "E(w**2)*x", "1/(y - 1/x)", "(-2)**x", "(-2)**n + 1/x", "(1/x - 1)**n",
]  # fmt: skip
BOXES = [
    {"y": (1, 2), "n": (1, 3)},
    {"y": (-3, F(-1, 2)), "n": (-2, -1)},
    {"y": (-1, 1), "n": (0, 2)},
    {"y": (0, None)},
]


def near(e, sign, box):
    """Asks whether the values far out are near to what is found, if that is finite."""
    middle = {
        x: F(sum(map(F, ends)) // 2) if x == "n" else sum(map(F, ends)) / 2
        for x, ends in box.items()
        if None not in ends
    }

    def right(found):
        if not found.finite or e.names - {"x", *middle} or any(m.drawn for m in e.walk()):
            return
        with wide():
            for v in values(e, [{**middle, "x": F(sign * 10**4)}]):
                assert ball(v) > found.lo - ball(F(1, 10))
                assert ball(v) < found.hi + ball(F(1, 10))

    return right


def limits():
    for box in BOXES:
        given = {x: span(ends) for x, ends in box.items()}
        for source in TERMS:
            e = READER.term(source)
            if box is not BOXES[0] and not e.names & {"y", "n"}:
                continue
            for sign, to in ((1, INF), (-1, -INF)):
                yield Entry(
                    f"{source} as x to {'-' * (sign < 0)}inf, {boxed(box)}",
                    lambda e=e, to=to, given=given: ranges.tends(e, "x", to, given),
                    near(e, sign, box),
                )
    n = READER.term("n/(n + 1)")
    yield Entry("n/(n + 1) as n to inf", lambda: ranges.tends(n, "n", INF, {}))
    for name in sorted(ranges.CONTINUOUS):
        yield Entry(f"continuous {name}", lambda name=name: name in ranges.RANGES)


PAGES = {"infinite": limits}
