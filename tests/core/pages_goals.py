"""The pages of ``goals``: what is to be defined and what is known, ranges, facts by their names."""

import itertools
from fractions import Fraction

from book import DRAWN, NAMES, READER, Entry, M, N, X
from flint import fmpq
from reference import Undefined, Unsure, assumed, compares, holds, value, wide

from proofs.core import goals
from proofs.core import terms as t
from proofs.core.goals import EQ, GE, GT, NE, Goal, Range, conditions
from proofs.core.terms import Formula, Relation, Term

F = Fraction
BASE = {x: NAMES[x] for x in "xyzmn"}
FREE = Goal(BASE, {x: Range() for x in BASE}, {}, t.ZERO, GE)
SHORT = Goal({"x": X, "n": N}, {"x": Range(), "n": Range()}, {}, X, GT)
DRAWING = Goal({**BASE, **DRAWN}, {x: Range() for x in BASE}, {}, t.ZERO, GE)
VALUES = [F(0), F(1), F(-1), F(1, 2), F(-3, 2), F(3)]
SOURCES = [
    "x", "log(x)", "sqrt(x)", "gamma(x)", "asin(x)", "lambertw(x)", "1/x", "x/2", "x/y", "x/0",
    "x**2", "x**0", "x**-1", "x**-2", "x**(1/2)",
    "x**(-1/2)", "x**(4/2)", "x**y", "x**n", "x**(n + 1)", "x**(-n)", "x**(n*n)", "x**(n/2)",
    "x**(2 - 2*n)", "x**abs(n)", "x**(1/0)", "x**pi", "0*log(x)", "log(log(x))",
    "log(x)/log(x)", "sqrt(1/x)", "(1/x)**0", "exp(1/x)", "abs(sqrt(y))", "min(log(x), 1/y)",
    "max(sqrt(x), 2)", "log(x*y) + sqrt(x)", "sin(x)", "x**(2**30)",
    "atan(1/x)", "sign(log(x))", "tanh(x)**n", "log(2)", "1/(n + 1/2)", "x**(y + 2**30000)",
    "x**(2**30000*n)",
]  # fmt: skip
DREW = [
    "E(w**2)", "E(1/(s + 2))", "E(1/(s + 1))", "E(log(s + 3))", "E(exp(w))", "P(log(w) >= 0)",
    "P(w >= sqrt(x))", "P(1/w >= 1)", "P(w**2 >= x)", "P(s >= 1/x)", "E(prod(w, n))",
    "E(prod(exp(w), n))", "P(prod(w, n) >= 1/x)", "P(prod(s, n) >= x)",
    "E(prod(1/(s + 2), n - 1))", "E(log(2))", "E(2**s)", "E((w**2)**(s/2))", "P(2**s >= x)",
    "P(x**s >= 1)", "E(prod(2**s, n))",
    "P(log(s) >= 0)", "P(log(x) >= 1)", "E(sqrt(t))", "E(w*v)", "E(abs(u)**(1/2))",
    "P(x**w >= 2)", "E(x**s)", "P(1/s + w >= x)", "P(sqrt(w**2) >= 1)*log(x)",
]  # fmt: skip


def needed():
    points = [
        dict(zip("xyn", p, strict=True))
        for p in itertools.product(VALUES, VALUES[:4], (F(0), F(2), F(-1)))
    ]

    def enough(e):
        def right(found):
            if e.drawn or any(m.head in ("E", "P", "prod") for m in e.walk()):
                return
            with wide():
                for at in points:
                    try:
                        all_ = all(holds(c, at) for c in found[0])
                        none = not all(holds(c, at) for c in goals.necessary(e))
                        try:
                            value(e, at)
                            defined = True
                        except Undefined:
                            defined = False
                    except Unsure:
                        continue
                    assert defined or not all_, (e, at)
                    assert not (defined and none), (e, at)

        return right

    for source in (*SOURCES, *DREW):
        e = READER.term(source)
        yield Entry(
            f"{source} needs, at least",
            lambda e=e: ([*conditions(e, lambda _: False)], goals.necessary(e)),
            enough(e) if "2**30" not in source else None,
        )
        yield Entry(f"to define {source}", lambda e=e: FREE.defined(e))
        yield Entry(f"to show {source} > 0 where n >= 0", lambda e=e: AT_LEAST.show(e, GT))
    for source in ("x == 0", "log(x) >= 0", "x/y > 1"):
        claim = READER.formula(source)
        yield Entry(f"to show {source}", lambda claim=claim: FREE.show(*claim))


AT_LEAST = FREE.where("h", READER.formula("n >= 0"))
FACTS = [
    "x >= 0", "x > 0", "x <= 3", "x < 3", "x == 2", "x != 2", "2*x >= 3", "1 - 2*x > 0",
    "3 >= 4*x", "n >= 1/2", "n > 1", "n <= 7/3", "n < 3", "n >= -5/2", "n < -1/3", "2*n == 3",
    "2*n == 4", "n > 1/2", "n < 5/2",
    "n != 1", "x**2 >= 0", "x >= y", "x*x > 1", "exp(x) > 2", "log(x) >= 1", "1/x >= 1", "1 >= 0",
    "x - x >= 0", "x/0 > 1", "x + pi >= 0", "sqrt(x) <= y", "0 >= 1", "x**n >= 1", "-x >= -4",
    "x/(-2) > 1",
    "P(w >= 0) >= 1/3", "n >= 1", "n <= 3", "y + 1 <= 0", "3*n > -3", "5 > 2*n", "-n >= -1",
]  # fmt: skip


def facts():
    values = [
        dict(zip("xyn", p, strict=True))
        for p in itertools.product(
            (F(-3), F(-1, 2), F(0), F(1), F(3, 2), F(2), F(3), F(5)),
            (F(-1),),
            (F(-5), F(-1), F(0), F(1), F(2), F(3)),
        )
    ]

    def kept(made, claim):
        """Where the fact holds, the range has the point."""

        def right(found):
            if any(m.head == "P" for m in claim.term.walk()):
                return
            with wide():
                for at in values:
                    try:
                        if holds(claim, at):
                            bare = Goal(
                                found.variables, found.box, {}, found.target, found.relation
                            )
                            assert assumed(bare, {**at, "z": F(0), "m": F(0)}), (claim, at)
                    except Unsure:
                        continue

        return right

    for source in FACTS:
        claim = READER.formula(source)
        yield Entry(
            f"given {source}", lambda claim=claim: FREE.where("h", claim), kept(None, claim)
        )
        yield Entry(f"noted {source}", lambda claim=claim: FREE.noted(claim))
    for one, other in itertools.product(FACTS[:20], repeat=2):
        if READER.formula(one).term.names != READER.formula(other).term.names:
            continue
        both = READER.formula(one), READER.formula(other)
        yield Entry(
            f"given {one} and {other}",
            lambda both=both: FREE.where("h", both[0]).where("g", both[1]).box,
        )
    claim = READER.formula("x >= 1")
    for name in ("", None, 3, "h", "x - 1 >= 0", "lo:x", "1"):
        yield Entry(f"a fact named {name!r}", lambda name=name: FREE.where(name, claim))
        yield Entry(f"again {name!r}", lambda name=name: FREE.where("h", claim).where(name, claim))
    yield Entry("noted again", lambda: FREE.noted(claim).noted(claim))
    drawn = Formula(DRAWN["w"], GT)
    yield Entry("noted of a draw", lambda: FREE.noted(drawn))
    for low, at, is_open in itertools.product(
        (True, False), (-1, 0, 1, 2, 3, fmpq(1, 2), fmpq(5, 2)), (True, False)
    ):
        for name, r in (
            ("x", Range(fmpq(0), fmpq(2))),
            ("x", Range(fmpq(0), fmpq(2), True, True)),
            ("n", Range(fmpq(0), fmpq(2))),
            ("x", Range()),
            ("n", Range()),
        ):
            goal = FREE.free(name, r)
            yield Entry(
                f"{NAMES[name].head} {name} in {r.lo} {r.hi} {r.lo_open}, "
                f"{'lower' if low else 'upper'} end {at}{' open' * is_open}",
                lambda goal=goal, name=name, low=low, at=at, is_open=is_open: goal.narrowed(
                    name, low, fmpq(at), is_open
                ).box[name],
            )
    for ends in ((None, None), (0, 1), (fmpq(1, 3), fmpq(2, 3)), (None, 2), (-1, None)):
        yield Entry(
            f"ends {ends}",
            lambda ends=ends: goals.ends(Range(*(None if e is None else fmpq(e) for e in ends))),
        )
    yield Entry("a range", lambda: Range())


RICH = (
    FREE.where("h", READER.formula("x > 1"))
    .where("g", READER.formula("log(y) >= 0"))
    .where("k", READER.formula("n >= 2"))
    .where("a", READER.formula("x*y == 3"))
    .where("b", READER.formula("z <= 2"))
    .where("c", READER.formula("m == 1"))
    .where("d", READER.formula("x <= 4"))
    .where("e", READER.formula("y - z != 0"))
)
KNOWN = [
    "x", "x - 1", "1 - x", "x - 2", "2*x - 2", "2*x - 1", "-x", "5 - x", "4 - x", "y", "y - 1",
    "log(y)", "n", "n - 2", "n - 3", "n + 1", "x*y - 3", "x*y", "2 - z", "z", "3 - z", "m - 1",
    "m", "1 - m",
    "exp(x)", "cosh(x)", "pi", "pi - 3", "x**2", "x**2 + 1", "sqrt(y)", "abs(x)", "x + n",
    "y - z", "z - y", "0", "1", "-1", "exp(x) - 1", "x/2 - 1/2", "(x - 1)*3", "3 - 3*x", "x - y",
    "sinh(x)", "cosh(z)*0", "-exp(x)", "x + pi", "x*n - 2", "log(x)", "2 - 2*m",
]  # fmt: skip


def plain():
    inside = [
        {"x": F(3), "y": F(1), "z": F(2), "n": F(2), "m": F(1)},
        {"x": F(3, 2), "y": F(2), "z": F(-1), "n": F(4), "m": F(1)},
    ]

    def sure(e, relation):
        def right(found):
            for at in inside if found[0] or found[1] else ():
                with wide():
                    try:
                        assert compares(value(e, at), str(relation)), (e, at)
                    except (Undefined, Unsure):
                        continue

        return right

    for source, relation in itertools.product(KNOWN, Relation):
        e = READER.term(source)
        yield Entry(
            f"known: {source} {relation} 0",
            lambda e=e, relation=relation: (
                RICH.knows(e, relation),
                relation is GE and RICH.ends_openly(e),
            ),
            sure(e, relation),
        )
    for source in KNOWN:
        e = READER.term(source)
        yield Entry(f"range of {source}", lambda e=e: (RICH.enclose(e), RICH.counts(e)))
    for text, value_ in (
        ("x", "y + 1"),
        ("x", "2"),
        ("y", "x"),
        ("n", "3"),
        ("z", "z**2"),
        ("x", "x + 1"),
        ("y", "exp(y)"),
    ):
        yield Entry(
            f"{value_} for {text}",
            lambda text=text, value_=value_: RICH.aimed(READER.term("x + log(y)"), GT).at(
                text, NAMES[text], READER.term(value_)
            ),
        )
    for name in ("x", "y", "n", "z"):
        yield Entry(f"{name} let go", lambda name=name: RICH.free(name, Range(fmpq(5))))
    for source in ("w", "w + v*x", "u - t", "s*w", "w + x", "E(w)*w"):
        yield Entry(f"aimed at {source}", lambda source=source: FREE.aimed(READER.term(source), NE))
    twin = Term("drawn", Term("gaussian"), value="x")
    yield Entry("aimed at a draw of the name x", lambda: FREE.aimed(twin, GE))
    yield Entry(
        "aimed at a draw of the name q",
        lambda: FREE.aimed(Term("drawn", Term("unit"), value="q"), GE),
    )
    for source, values in (
        ("log(x) >= y", {"x": "y + 1"}), ("x**n >= 1", {"n": "2"}), ("x**n >= 1", {"n": "-2"}),
        ("1/x > 0", {"x": "exp(y)"}), ("sqrt(x) <= 2", {"x": "y**2"}),
        ("x**n > y", {"x": "2", "n": "m"}),
        ("x >= 0", {"x": "1/y"}), ("log(x) > 0", {"x": "x"}), ("x**y >= 1", {"y": "2"}),
        ("1/x + 1/y > 0", {"x": "y"}), ("log(log(x)) > 0", {"x": "1/z"}),
        ("x**(1/2) > 0", {"x": "-exp(z)"}),
    ):  # fmt: skip
        given = {NAMES[x]: READER.term(v) for x, v in values.items()}
        yield Entry(
            f"{source} with {values}",
            lambda source=source, given=given: FREE.instance(READER.formula(source), given),
        )
        yield Entry(
            f"{source} with {values}, much known",
            lambda source=source, given=given: RICH.instance(READER.formula(source), given),
        )


LABELS = [
    "h", "g", "y > 0", "y >= 0", "lo:x", "hi:x", "at:x", "lo:n", "hi:n", "at:n", "lo:m", "hi:m",
    "at:m", "lo:z", "hi:z", "at:z", "lo:y", "hi:y", "at:y", "lo:q", "lo:", "lo", "", "x",
    "sign:exp(x)", "sign:x", "sign:x**2",
    "sign:-x", "sign:log(y)", "sign:z", "sign:w", "sign:", "sign:q", "at", "ge:x", "sign:2",
    "sign:0", "hi:w", None, 3, ["h"], "x" * 70, "Lo:x", "hi:x:x", "sign:x*y - 3",
]  # fmt: skip


def labels():
    drawing = DRAWING.where("h", READER.formula("x > 1"))
    for label in LABELS:
        yield Entry(f"fact {label!r}", lambda label=label: RICH.known(label))
    for label in ("lo:w", "hi:w", "sign:E(w**2)", "sign:E(w)", "h"):
        yield Entry(
            f"fact {label!r} where there are draws", lambda label=label: drawing.known(label)
        )
    ranges = {"x": Range(fmpq(1), fmpq(1)), "y": Range(fmpq(1), fmpq(1), True),
              "z": Range(fmpq(1), fmpq(1), False, True),
              "m": Range(fmpq(0), fmpq(1)), "n": Range(None, fmpq(2), False, True)}  # fmt: skip
    single = Goal(BASE, ranges, {}, t.ZERO, GE)
    for kind, x in itertools.product(("lo", "hi", "at"), BASE):
        yield Entry(
            f"fact {kind}:{x} in one point", lambda kind=kind, x=x: single.known(f"{kind}:{x}")
        )
    for name in ("x", "n", "w", "q", "", None, 3, ["x"], "pi"):
        yield Entry(f"variable {name!r}", lambda name=name: DRAWING.variable(name))
    partly = Goal({"x": X}, {"x": Range(), "y": Range()}, {}, X, GE)
    yield Entry("a range without a variable", lambda: partly.variable("y"))
    other = Goal({"x": X, "w": DRAWN["w"]}, {"x": Range(), "w": Range()}, {}, X, GE)
    yield Entry("a variable that is drawn", lambda: other.variable("w"))
    for source in ("x + y", "w", "E(w)", "pi", "q", "prod(x, 2)", "P(w >= x)", "x >= 0", None):
        yield Entry(f"read {source!r}", lambda source=source: DRAWING.read(source))
    for source in ("x >= y", "w >= 0", "P(w >= 0) >= 1/2", "x", "E(w) == 0", None, "E(x) >= 0"):
        yield Entry(f"claim {source!r}", lambda source=source: DRAWING.formula(source))
    for one, other_ in itertools.product((GE, GT, EQ, NE), repeat=2):
        goal = FREE.where("h", Formula(READER.term("x - y"), one))
        yield Entry(
            f"from x - y {one} 0: x - y {other_} 0",
            lambda goal=goal, other_=other_: goal.knows(READER.term("x - y"), other_),
        )
    for source in (
        "x*(y + 1) - x*y - x",
        "x",
        "exp(x)*exp(-x) - 1",
        "log(x*y) - log(x) - log(y)",
        "abs(x) - x",
    ):
        yield Entry(
            f"{source} vanishes",
            lambda source=source: (
                FREE.vanishes(READER.term(source)),
                RICH.vanishes(READER.term(source)),
            ),
        )
    yield Entry("at first", lambda: (SHORT, SHORT.layers, SHORT.library))
    yield Entry("integers", lambda: FREE.where("h", Formula(M, GT)).box["m"])


PAGES = {"needed": needed, "facts": facts, "plain": plain, "labels": labels}
