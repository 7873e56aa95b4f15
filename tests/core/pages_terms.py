"""The pages of ``terms``: reading, writing, numbers, linear terms, derivatives."""

import itertools
from fractions import Fraction

from book import DRAWN, NAMES, READER, Entry, N, X, Y
from flint import arb, fmpq
from reference import Undefined, Unsure, added, ball, literal, value, whole, wide
from reference import fraction as exactly

from proofs.core import terms as t
from proofs.core.terms import METER, Reader, Relation, Term, number, text

F = Fraction
SMALL = fmpq(1, 10**20)
POINTS = [
    {"x": F(3, 2), "y": F(-2, 3), "z": F(5), "m": F(2), "n": F(3)},
    {"x": F(1, 3), "y": F(7, 5), "z": F(-1, 4), "m": F(-1), "n": F(2)},
    {"x": F(-4, 3), "y": F(1, 2), "z": F(2), "m": F(0), "n": F(-2)},
]
for at in POINTS:
    at |= {"E": F(2), "atan": F(3), "x_1": F(-5)}


def tree(e):
    """A term with all its brackets."""
    own = e.head if e.value is None else f"{e.head} {e.value}"
    return f"({' '.join([own, *map(tree, e.parts)])})" if e.parts else own


def same(one, other):
    """Whether two terms have one value at the points at which both have one."""
    with wide():
        for at in POINTS:
            try:
                gap = added(value(one, at), -value(other, at))
            except (Undefined, Unsure):
                continue
            if isinstance(gap, Fraction):
                assert gap == 0, (one, other, at)
            else:
                assert gap.contains(0), (one, other, at)
                assert gap.rad() < arb(SMALL)


SOURCES = [
    "1", "0", "007", "x", "pi", "n", "w", "(x)", "x+y", "x - y - z", "x - (y - z)", "x + (y + z)",
    "x*y*z", "x*(y*z)", "x/y/z", "x/(y*z)", "x/y*z", "x/(y/z)", "-x", "--x", "---x", "-x + y",
    "-(x + y)", "-x*y", "-(x*y)", "(-x)*y", "x*-y", "x - -y", "x*(-y)", "-x**2", "(-x)**2",
    "--x**2", "x**-2", "x**--2", "x**(-2)", "x**y**z", "(x**y)**z", "x**-y**2", "2**-1*x", "-1/2",
    "(-1)/2", "(1/2)*x", "1/2*x", "x**(1/2)", "x**1/2", "(x + y)*z", "x + y*z", "(x*y)**2",
    "(x/y)**2", "exp(x)", "exp((x))", "exp(-x)", "-exp(x)**2", "min(x)", "min(x, y)",
    "max(x, y, z)",
    "max(1, -1)", "abs(x - y)", "sign(x)", "P(x < y)", "P(w <= x + 1)", "P(w >= 0)", "P(w > 0)",
    "P(w == 1)", "P(w != 1)", "E(w)", "E(prod(w, n))", "P(prod(w, 2) >= 1)", "2*E(w**2) - 1",
    "P(-x*y < (z))", "prod(w, n + 1)", "atan(x)", "asin(x)", "lambertw(x)", "gamma(x)", "E(E(w))",
    " x", "x ", "  ( x + 1 ) ", "x  **  2", "((((x))))", "x- -1", "1-1", "x*(y)", "sinh(cosh(x))",
    "tanh(erf(x))", "log(sqrt(x))", "sin(cos(x))", "x**n", "x**(n + 1)", "1e", "xy", "x_1",
    "E", "P", "atan", "exp", "min", "x y", "", " ", "(", ")", "()", "x +", "+ x", "* x", "x *",
    "x**",
    "x ** ** y", "x ^ 2", "x % y", "x // y", "x = y", "x == y", "x < y", "x <= y <= z", "1.5",
    "1 2",
    "exp", "exp()", "exp(x, y)", "exp x", "exp(x", "min()", "sign(x, y)", "E(w, w)", "P(w)", "P()",
    "P(w, 1)", "P(w >= 0", "prod(w)", "prod(w, 1, 2)", "q", "exp(q)", "foo(x)", "x(1)", "x,", ",",
    "x\ty", "x\n", "é", "x; y", "[x]", "x!", "'x'", "x.y", "_x", "x - ", "--", "2x", "x2", "\x00",
    "pi()", "pi(x)", "-", "(x + y", "x + y)", "x**-", "1/",
    "unknown_name_that_is_longer_than_forty_signs_in_all",
    "x ????????????????????????????????????", "E(w", "max(x,)", "max(,x)", "!= x)", "max(x y)",
    "max(x y z)", "max(x; y)", "= x)", "max(x < y)", "max(x) y)", "atan + 1", "E*2",
]  # fmt: skip
OPEN = Reader({**NAMES, **DRAWN, **{x: Term("variable", value=x) for x in ("E", "atan", "x_1")}})


def reads(source):
    def right(made):
        e = made[0] if isinstance(made, tuple) else made
        again = OPEN.term(text(e))
        assert text(OPEN.term(text(again))) == text(again)
        if not e.drawn and not any(m.head in ("E", "P") for m in e.walk()):
            same(e, again)

    def find():
        e = OPEN.term(source)
        names = " ".join(sorted(e.names)), " ".join(sorted(w.value for w in e.drawn))
        return e, tree(e), e.size, e.depth, *names

    return Entry(repr(source), find, right)


def reading():
    yield from map(reads, SOURCES)
    for source in (None, 1, ["x"], b"x"):
        yield reads(source)
    comparisons = ("x <= y", "x < y", "x >= y", "x > y", "x == y", "x != y", "x <= 0", "0 <= x",
                   "0 < x", "x >= 0", "x > 0", "x == 0", "x != 0", "0 == x", "0 >= 0",
                   "x + 1 < 2*y",
                   "x", "x <", "< x", "x = y", "x <= y <= z", "x => y", "x =< y", "x <> y",
                   "(x <= y)", "x < = y", "0 >= x", "x >= 0/1", "x <= -0", "q < 1", 3)  # fmt: skip
    for source in comparisons:
        yield Entry(repr(source), lambda source=source: READER.formula(source))


LIMITS = {  # at each limit, and beyond it
    "a number of 4000 digits": lambda: OPEN.term("7" * 4000).value.p.bit_length(),
    "a number of 4001 digits": lambda: OPEN.term("7" * 4001).head,
    "99 brackets": lambda: OPEN.term("(" * 99 + "x" + ")" * 99),
    "100 brackets": lambda: OPEN.term("(" * 100 + "x" + ")" * 100),
    "99 functions": lambda: OPEN.term("sin(" * 99 + "x" + ")" * 99).depth,
    "100 functions": lambda: OPEN.term("sin(" * 100 + "x" + ")" * 100).depth,
    "a tower of 99 powers": lambda: OPEN.term("x" + "**x" * 99).depth,
    "a tower of 100 powers": lambda: OPEN.term("x" + "**x" * 100).depth,
    "99 brackets side by side": lambda: OPEN.term("+".join(["((x))"] * 99)).depth,
    "200 powers side by side": lambda: OPEN.term("+".join(["x**x**2"] * 150)).size,
    "min of 150": lambda: OPEN.term(f"min({', '.join(['(x)'] * 150)})").size,
    "399 signs": lambda: OPEN.term("-" * 399 + "x").depth,
    "400 signs": lambda: OPEN.term("-" * 400 + "x").depth,
    "size 19999": lambda: Term("max", *[X] * 19998).size,
    "size 20000": lambda: Term("max", *[X] * 19999).size,
    "size 20001": lambda: Term("max", *[X] * 20000).size,
    "200000 signs": lambda: OPEN.term("x" + " " * 199999),
    "200001 signs": lambda: OPEN.term("x" + " " * 200000),
    "2**49998": lambda: t.constant(OPEN.term("2**24999")).p.bit_length(),
    "2**25000": lambda: t.constant(OPEN.term("2**25000")).p.bit_length(),
    "2**25001": lambda: t.constant(OPEN.term("2**25001")),
    "2**-25000": lambda: t.constant(OPEN.term("2**-25000")).q.bit_length(),
    "2**-25001": lambda: t.constant(OPEN.term("2**-25001")),
    "1**25000": lambda: t.constant(OPEN.term("1**25000")),
    "1**25001": lambda: t.constant(OPEN.term("1**25001")),
    "exactly 2**25001": lambda: t.exact(OPEN.term("2**25001")),
    "a product of 50000 bits": lambda: t.exact(
        OPEN.term("2**24999*2**25000")
    ).p.bit_length(),
    "a product of 50001 bits": lambda: t.exact(OPEN.term("2**25000*2**25000")),
    "an unreadable text": lambda: OPEN.term("x " + "?" * 60),
    "an unknown name": lambda: OPEN.term("q" * 60),
    "too much": lambda: OPEN.term("x " + "y" * 60),
}  # fmt: skip


def limits():
    for said, find in LIMITS.items():
        yield Entry(said, find)

    def spent(operations, count, times):
        saved = METER.operations, METER.unwatched, METER.ticks
        try:
            METER.operations, METER.unwatched, METER.ticks = operations, 0, 0
            for _ in range(times):
                METER.spend(count)
            return METER.operations, METER.unwatched, METER.ticks
        finally:
            METER.operations, METER.unwatched, METER.ticks = saved

    def late():
        saved, METER.deadline = METER.deadline, -1.0
        try:
            METER.spend(10_000)
        finally:
            METER.deadline = saved

    def once():
        before = METER.operations
        METER.spend()
        return before - METER.operations

    for given in ((1000, 1, 3), (1000, 500, 2), (1000, 500, 3), (1000, 1001, 1), (1000, 1000, 1),
                  (300, 100, 5), (5, 100, 2)):  # fmt: skip
        yield Entry("spend {1} of {0} {2} times".format(*given), lambda given=given: spent(*given))
    yield Entry("past the deadline", late)
    yield Entry("spend once", once)
    yield Entry("budget at first", lambda: (t.Meter().operations, t.Meter().deadline))
    yield Entry("work at first", lambda: (t.Meter().ticks, t.Meter().unwatched))


NUMBERS = [
    "0", "7", "-7", "1/2", "-1/2", "2/4", "0/3", "1/2 + 1/3", "1/2 - 2/3", "3/4*2/9", "(1/2)/(3/4)",
    "2**10", "2**0", "0**0", "0**3", "2**-3", "(2/3)**-2", "(-2)**3", "(-2)**4", "(-2)**-3",
    "0**(-1)", "2**(1/2)", "4**(1/2)", "1/0", "0/0", "0*(1/0)", "1/(1 - 1)", "-(-3)", "--3",
    "-0", "-(1 - 1)",
    "x", "0*x", "x - x", "pi", "exp(0)", "abs(1)", "sqrt(4)", "min(1, 2)", "E(1)", "w", "0*w", "n",
    "1 + x", "n**2", "n*n", "n + 1", "2*n - m", "-n", "n/1", "n/2", "n*(1/2)", "n*(4/2)", "n**m",
    "2**n", "abs(n)", "n + x", "n - 1/2", "min(n, m)", "sqrt(2) + 1", "1 + exp(1)", "3 - 2*n*m",
    "2**(n - n)", "(1 + 1)**(6/2)", "(-1)**n", "2 - 5", "P(2 >= 1)", "sign(3)", "(1/3)*3 - 1",
]  # fmt: skip


def numbers():
    for q in (0, 1, -1, 2, 12, fmpq(1, 2), fmpq(-1, 2), fmpq(22, 7), fmpq(-5), -(10**30)):
        yield Entry(f"number {q}", lambda q=q: tree(number(q)))
    for q in (0, 1, -1, 2, 255, 256, fmpq(1, 2), fmpq(-1, 1024), fmpq(7, 100), fmpq(1000, 3)):
        yield Entry(f"bits of {q}", lambda q=q: t.bits(fmpq(q)))

    def valued(e):
        def right(found):
            wanted = literal(e)
            assert wanted == (None if found[0] is None else exactly(found[0]))
            assert found[1] == whole(e)

        return right

    for source in NUMBERS:
        e = READER.term(source)
        yield Entry(
            f"{source}: value, whole",
            lambda e=e: (t.constant(e), t.integral(e)),
            valued(e) if not e.drawn else None,
        )
    for name in ("ZERO", "ONE", "TWO", "HALF", "PI"):
        yield Entry(name, lambda name=name: tree(getattr(t, name)))
    for name in ("plus", "minus", "times", "over", "power"):
        yield Entry(name, lambda name=name: tree(getattr(t, name)(X, Y)))
    for name in ("neg", "exp", "log", "sin", "cos", "sinh", "cosh", "tanh", "absolute"):
        yield Entry(name, lambda name=name: tree(getattr(t, name)(X)))
    for v in ("5", "0", "x", "x - 1", "1/2", "n", "pi"):
        yield Entry(f"{v} less one", lambda v=v: tree(t.lowered(READER.term(v))))
    for one, other in itertools.product(Relation, Relation):
        yield Entry(f"{one} implies {other}", lambda one=one, other=other: one.implies(other))


LINEAR = [
    "x", "y", "3", "x + 1", "1 + x", "x - 1", "1 - x", "x + y", "y - x", "2*x", "x*2", "-x", "x/2",
    "x/(-3)", "2/x", "x/y", "y*x", "x*y", "0*x", "x*0", "x/0", "x*x", "x + x", "x - x", "x**1",
    "x**2", "2**x", "(x + 1)*3", "3*(1 - 2*x)", "-(2*x - y)", "(x + y)/5", "(y - x/2)*4", "exp(x)",
    "abs(x)", "1/2*x + 2/3", "(x + exp(y))*2", "exp(y) - 3*x", "min(x, 1)", "x*(1/0)", "x/(1 - 1)",
    "(2*x)*3", "((x - 1)/2 + y)*6", "--x", "-(-x)", "x + n", "n", "n*x", "2*(x*3)", "x*2**3",
    "x/2**(-1)", "x*pi", "pi - x", "0 - x", "0 + x", "(x + 1)/(x + 1)", "2*n + 1", "x + E(w)",
    "x + 2*w", "w", "3 - w/2", "w*x",
]  # fmt: skip


def linear():
    def right(e, u):
        def asked(found):
            if found is not None:
                slope, rest = found
                assert slope != 0
                same(e, t.plus(t.times(number(slope), u), rest))

        return asked

    for source, u in itertools.product(LINEAR, (X, N)):
        e = READER.term(source)
        if u is N and "n" not in e.names:
            continue
        yield Entry(
            f"{source} in {u}",
            lambda e=e, u=u: t.linear(e, u),
            right(e, u) if not e.drawn and "E" not in source else None,
        )


SLOPES = [
    "x", "y", "3", "n", "x + y", "y + x", "x + x", "x - y", "y - x", "x - x", "2*x", "x*2", "x*y",
    "x*x", "x/y", "y/x", "x/x", "x/2", "2/x", "-x", "-y", "x**2", "x**3", "x**0", "x**1", "x**-1",
    "x**(1/2)", "x**(-3/2)", "x**y", "y**x", "x**x", "x**n", "x**(n + 1)", "2**x", "y**2", "exp(x)",
    "exp(2*x)", "exp(x**2)", "log(x)", "log(1 + x)", "sqrt(x)", "sqrt(1 + x**2)", "sin(x)",
    "cos(x)",
    "sin(2*x)", "cos(x)**2", "sinh(x)", "cosh(x)", "tanh(x)", "tanh(x/2)", "erf(x)", "erf(x*y)",
    "atan(x)", "atan(x**2)", "asin(x/3)", "lambertw(x)", "lambertw(x**2)", "exp(y)", "abs(y)",
    "abs(y)*x", "abs(x)", "sign(x)", "min(x, y)", "max(x, 1)", "gamma(x)", "gamma(y)*x", "E(w)",
    "E(w)*x", "P(w >= x)", "w", "w*x", "prod(x, 2)", "x*exp(-x)*y", "(x + 1)/(x - 7)",
    "x*sin(x) + cos(x)*y", "exp(log(x)*x)", "1/(1 + exp(-x))",
]  # fmt: skip


def slopes():
    step = F(1, 10**25)

    def right(e):
        def asked(found):
            with wide():
                for at in POINTS:
                    if any(m.drawn or m.head == "prod" for m in e.walk()):
                        continue
                    try:
                        ends = [value(e, {**at, "x": at["x"] + h}) for h in (step, -step)]
                        slope = ball(value(found, at))
                    except (Undefined, Unsure):
                        continue
                    ratio = (ball(ends[0]) - ball(ends[1])) / ball(2 * step)
                    assert abs(ratio - slope) < (1 + abs(slope)) * arb(SMALL), (e, at)

        return asked

    for source in SLOPES:
        e = READER.term(source)
        yield Entry(f"{source} by x", lambda e=e: t.derivative(e, "x"), right(e))
    for source in ("x*n", "n", "y*n", "x"):
        e = READER.term(source)
        yield Entry(f"{source} by n", lambda e=e: t.derivative(e, "n"))
    for source in ("min(x, y)", "max(x, y)", "min(x, y, z)", "max(x, 1, y)", "max(x)", "min(x)"):
        e = READER.term(source)
        yield Entry(
            f"{source} by absolute values",
            lambda e=e: t.extremum(e),
            lambda found, e=e: same(e, found),
        )


PUT = [
    ("x + y", {"x": "y", "y": "x"}), ("x*x", {"x": "y + 1"}), ("exp(x)", {"exp(x)": "z"}),
    ("exp(x) + x", {"exp(x)": "z", "x": "y"}), ("x", {}), ("E(w)*w", {"w": "x"}),
    ("E(w*x)", {"x": "y"}),
    ("P(w >= x)", {"w": "y"}), ("P(w >= x)", {"x": "w"}), ("P(x < y)", {"x": "z", "y": "1"}),
    ("E(w)", {"E(w)": "x"}), ("E(w + v)", {"w": "v", "x": "y"}), ("w**2", {"w**2": "x"}),
    ("E(w**2)", {"w**2": "x"}), ("sin(n)", {"n": "x"}), ("max(x, y, x)", {"x": "3"}),
    ("E(abs(w)*x)", {"abs(w)": "1", "x": "2"}),
]  # fmt: skip


def replacing():
    for source, values in PUT:
        given = {READER.term(old): READER.term(new) for old, new in values.items()}
        said = ", ".join(f"{new} for {old}" for old, new in values.items())
        yield Entry(
            f"{source} with {said or 'nothing'}",
            lambda source=source, given=given: t.replaced(READER.term(source), given),
        )
    different = [
        X, Term("integer", value="x"), DRAWN["w"], Term("drawn", Term("uniform"), value="w"),
        number(1),
        t.PI, t.plus(X, Y), t.plus(Y, X), Term("P", X, Y, value="<"), Term("P", X, Y, value="<="),
        Term("variable", value="1"), Term("variable", value="x"), t.plus(X, Y),
    ]  # fmt: skip
    for (i, a), (k, b) in itertools.product(enumerate(different), enumerate(different)):
        if i <= k:
            yield Entry(
                f"{i} {tree(a)} is {k} {tree(b)}", lambda a=a, b=b: (a == b, a != b, b == a)
            )
    yield Entry("a term is a text", lambda: X == "x")
    yield Entry("written", lambda: repr(t.Formula(t.minus(X, Y), Relation.GT)))
    yield Entry("hashes", lambda: hash(t.plus(X, Y)) == hash(t.plus(X, Y)))
    for source in ("x", "x + y*z", "exp(sin(x))", "P(w >= 1)"):
        yield Entry(f"parts of {source}", lambda source=source: [*READER.term(source).walk()])
    alike = Term("variable", value="x"), Term("variable", value="x")
    alike[1]._hash = alike[0]._hash + 1
    yield Entry("other hashes", lambda: alike[0] == alike[1])
    clash = Term("variable", value="y"), Term("integer", value="y"), Term("variable", value="z")
    for other in clash[1:]:
        other._hash = clash[0]._hash
        yield Entry(f"one hash, {other.head} {other}", lambda other=other: clash[0] == other)
    one, two = t.plus(X, Y), t.plus(Y, X)
    two._hash = one._hash
    yield Entry("one hash, other parts", lambda: one == two)


PAGES = {
    "numbers": numbers,
    "reading": reading,
    "linear": linear,
    "derivatives": slopes,
    "replacing": replacing,
    "limits": limits,
}
