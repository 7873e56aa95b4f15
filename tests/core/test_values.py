"""The parts of the core, each against something written independently of it.

Values come from mpmath at 60 digits, or exactly from ``reference``.
"""

import itertools
import math
from fractions import Fraction

import mpmath
import pytest
from certificates import ENCLOSE, cone, proved, statement
from flint import arb, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reference import Undefined, Unsure, compares, holds, sign, value, whole, wide
from strategies import POINTS, SMALL, TERMS, VARIABLES, N, X, Y, claims, goals, rational, said

from proofs.core import check, normal, probability, ranges
from proofs.core import terms as t
from proofs.core.goals import Goal, Range, conditions, necessary
from proofs.core.ranges import Interval, working_precision
from proofs.core.terms import Formula, Malformed, Reader, Rejected, Relation, Term, number, text

MORE = settings(max_examples=8 * settings.default.max_examples)
READER = Reader({**VARIABLES, "pi": t.PI})
ZERO_GOAL = Goal(VARIABLES, {x: Range() for x in VARIABLES}, {}, t.ZERO, Relation.GE)


def mp_value(e, at):
    """The value by mpmath; complex or not finite where there is none."""
    if e.head == "number":
        return mpmath.mpf(int(e.value.p)) / int(e.value.q)
    if e.head == "pi":
        return mpmath.pi()
    if e.head in ("variable", "integer"):
        return at[e.value]
    parts = [mp_value(p, at) for p in e.parts]
    a, b = parts[0], parts[-1]
    match e.head:
        case "+" | "-" | "*":
            return {"+": a + b, "-": a - b, "*": a * b}[e.head]
        case "/":
            return a / b
        case "**":
            real = not whole(e.parts[1]) and mpmath.im(a) == 0
            if real and (a < 0 or (a == 0 and b <= 0)):
                raise Undefined
            return a ** int(b) if whole(e.parts[1]) else a**b
        case "neg":
            return -a
        case "abs":
            return abs(a)
        case "sign":
            return mpmath.sign(a)
        case "min" | "max":
            return (min if e.head == "min" else max)(parts)
        case "log" | "sqrt" if a < 0:
            raise Undefined
    return getattr(mpmath, e.head)(a)


def mp_point(at):
    return {x: mpmath.mpf(v.numerator) / v.denominator for x, v in at.items()}


def real_value(e, at):
    """A finite real value where the formula is defined by the reference, too."""
    try:
        with wide():
            value(e, at)
        v = mp_value(e, mp_point(at))
    except (Undefined, Unsure, ZeroDivisionError, OverflowError):
        return None
    return v if mpmath.im(v) == 0 and mpmath.isfinite(v) and abs(v) < 1e30 else None


def to_mp(x):
    return (
        mpmath.mpf(x.str(60, radius=False))
        if x.is_finite()
        else (mpmath.inf if x > 0 else -mpmath.inf)
    )


# The reference itself -----------------------------------------------------------------------------


@MORE
@given(TERMS, POINTS)
def test_the_reference_agrees_with_mpmath(e, at):
    with mpmath.workdps(60), wide():
        v = real_value(e, at)
        if v is not None:
            own = value(e, at)
            own = (
                mpmath.mpf(own.numerator) / own.denominator
                if isinstance(own, Fraction)
                else to_mp(own.mid())
            )
            assert abs(own - v) <= mpmath.mpf(10) ** -40 * (1 + abs(v))


# Terms --------------------------------------------------------------------------------------------


@MORE
@given(TERMS, POINTS)
def test_reading_the_text_gives_the_same_value(e, at):
    again = READER.term(text(e))
    assert text(again) == text(READER.term(text(again)))
    for one, other in ((e, again), (again, e)):
        try:
            with wide():
                v = value(one, at)
        except Unsure:
            continue
        except Undefined:
            with pytest.raises(Undefined), wide():
                value(other, at)
            continue
        with wide():
            w = value(other, at)
            assert w == v if isinstance(v, Fraction) else bool(arb(w).overlaps(v))


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("x - y - 1", t.minus(t.minus(X, Y), t.ONE)),
        ("x/y*2", t.times(t.over(X, Y), t.TWO)),
        ("-x**2", t.neg(t.power(X, t.TWO))),
        ("x**-y", t.power(X, t.neg(Y))),
        ("x**y**2", t.power(X, t.power(Y, t.TWO))),
        ("-x*y", t.times(t.neg(X), Y)),
        ("2*-x", t.times(t.TWO, t.neg(X))),
        ("--x", t.neg(t.neg(X))),
        ("x + y*2", t.plus(X, t.times(Y, t.TWO))),
        ("max(x, y, 1)", Term("max", X, Y, t.ONE)),
        ("P(x < y)", Term("P", X, Y, value="<")),
    ],
)
def test_operators_bind_as_in_mathematics(source, tree):
    assert READER.term(source) == tree
    assert READER.term(text(tree)) == tree


@pytest.mark.parametrize(
    ("source", "term", "relation"),
    [
        ("x <= y", "y - x", ">="),
        ("x < y", "y - x", ">"),
        ("x >= y", "x - y", ">="),
        ("x > y", "x - y", ">"),
        ("x == y", "x - y", "=="),
        ("x != y", "x - y", "!="),
    ],
)
def test_comparisons(source, term, relation):
    assert READER.formula(source) == Formula(READER.term(term), Relation(relation))


def test_implications_between_relations():
    truths = {">=": {0, 1}, ">": {1}, "==": {0}, "!=": {-1, 1}}
    for one, other in itertools.product(Relation, repeat=2):
        assert one.implies(other) == (truths[one] <= truths[other])


def test_terms_are_equal_as_trees_with_their_kinds():
    drawn = [Term("drawn", Term(law), value="x") for law in ("gaussian", "uniform")]
    different = [
        X,
        Term("integer", value="x"),
        *drawn,
        number(1),
        t.PI,
        Term("variable", value="pi"),
        t.plus(X, Y),
        t.plus(Y, X),
        Term("P", X, Y, value="<"),
        Term("P", X, Y, value="<="),
    ]
    for a, b in itertools.product(range(len(different)), repeat=2):
        assert (different[a] == different[b]) == (a == b)
    assert t.replaced(t.plus(X, drawn[0]), {X: Y}) == t.plus(Y, drawn[0])
    assert t.replaced(t.plus(X, Y), {X: Y, Y: X}) == t.plus(Y, X)


@MORE
@given(TERMS, POINTS, st.sampled_from(["x", "y"]))
def test_derivatives_are_limits_of_difference_quotients(e, at, x):
    try:
        slope = t.derivative(e, x)
    except Rejected:
        assume(False)
    at = {**at, x: at[x] + Fraction(1, 7919)}
    with mpmath.workdps(60):
        v = real_value(slope, at)
        ends = [
            real_value(e, {**at, x: at[x] + h}) for h in (Fraction(1, 10**20), -Fraction(1, 10**20))
        ]
        if None in ends or v is None or abs(v) > 1e6:
            return
        assert abs((ends[0] - ends[1]) / (2 * mpmath.mpf(10) ** -20) - v) < mpmath.mpf(10) ** -8 * (
            1 + abs(v)
        )


def test_what_is_not_differentiable_has_no_derivative():
    for source in ("abs(x)", "sign(x)", "min(x, y)", "max(x, y)", "P(x >= 0)"):
        with pytest.raises(Rejected):
            t.derivative(READER.term(source), "x")
    for source in ("abs(y)", "sign(y)", "min(y, 1)", "max(y, 1)", "P(y >= 0)"):
        other = READER.term(source)
        assert t.derivative(t.times(X, other), "x") == other


@MORE
@given(TERMS, POINTS)
def test_plain_linearity_is_true(e, at):
    found = t.linear(e, X)
    if found is not None:
        slope, rest = found
        made = t.plus(t.times(number(slope), X), rest)
        assert slope != 0
        assert "x" not in rest.names
        with wide():
            try:
                v = value(e, at)
            except (Undefined, Unsure):
                return
            w = value(made, at)
            assert w == v if isinstance(v, Fraction) else bool(arb(w).overlaps(v))


@pytest.mark.parametrize(
    ("source", "slope", "rest"),
    [
        ("2*x", 2, 0),
        ("x*3 + 1", 3, 1),
        ("1 - x/2", fmpq(-1, 2), 1),
        ("-x", -1, 0),
        ("-(x - 5)", -1, 5),
        ("(x + 1)/(-4)", fmpq(-1, 4), fmpq(-1, 4)),
        ("3 + 2*(x - 1)", 2, 1),
    ],
)
def test_linear_terms_are_seen(source, slope, rest):
    found = t.linear(READER.term(source), X)
    assert found is not None
    assert (found[0], t.constant(found[1])) == (slope, rest)


@pytest.mark.parametrize(
    "source", ["x*x", "x + x", "0*x", "x/0", "1/x", "x**2", "abs(x)", "2 - 2", "y*x", "x**1"]
)
def test_what_is_not_plainly_linear(source):
    assert t.linear(READER.term(source), X) is None


@pytest.mark.parametrize(
    ("source", "value_"),
    [
        ("1/2 + 1/3", fmpq(5, 6)),
        ("2**10", 1024),
        ("2**-2", fmpq(1, 4)),
        ("0**0", 1),
        ("(1 - 3)*4", -8),
        ("0**2", 0),
        ("-(1/2)", fmpq(-1, 2)),
        ("1/0", None),
        ("0**(-1)", None),
        ("2**(1/2)", None),
        ("0*x", None),
        ("pi", None),
        ("0/0", None),
        ("0*(1/0)", None),
        ("exp(0)", None),
    ],
)
def test_numbers(source, value_):
    assert t.constant(READER.term(source)) == value_


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("n", True),
        ("n + 1", True),
        ("2*n - n*n", True),
        ("-n", True),
        ("4/2", True),
        ("n/1", False),
        ("x", False),
        ("1/2", False),
        ("n*(1/2)", False),
        ("abs(n)", False),
        ("n**2", False),
        ("2**3", True),
        ("n + x", False),
    ],
)
def test_what_is_plainly_an_integer(source, wanted):
    assert t.integral(READER.term(source)) is wanted


# Definedness --------------------------------------------------------------------------------------


@MORE
@given(TERMS, POINTS)
def test_conditions_are_enough_and_necessary_ones_are_necessary(e, at):
    with wide():
        try:
            enough = all(holds(c, at) for c in conditions(e, lambda _: False))
            exact = all(holds(c, at) for c in conditions(e, lambda v: value(v, at) >= 0))
            needed = all(holds(c, at) for c in necessary(e))
            try:
                value(e, at)
                defined = True
            except Undefined:
                defined = False
        except Unsure:
            assume(False)
        assert defined or not enough
        assert needed or not defined
        if not any(m.head == "integer" for m in e.walk()):
            assert defined == exact == needed


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("log(x)", ["x > 0"]),
        ("sqrt(x)", ["x >= 0"]),
        ("1/x", ["x != 0"]),
        ("x**2", []),
        ("x**0", []),
        ("x**-1", ["x != 0"]),
        ("x**(1/2)", ["x >= 0"]),
        ("x**(-1/2)", ["x > 0"]),
        ("x**y", ["x > 0"]),
        ("x**n", ["x != 0"]),
        ("x**(n/2)", ["x > 0"]),
        ("x**(4/2)", []),
        ("x**(0*y)", ["x > 0"]),
        ("x**abs(n)", ["x > 0"]),
        ("x**(1/0)", ["0 != 0", "x > 0"]),
        ("log(log(x))", ["x > 0", "log(x) > 0"]),
        ("0*log(x)", ["x > 0"]),
        ("(1/x)**0", ["x != 0"]),
        ("x**(2 - 2*n)", ["x != 0"]),
    ],
)
def test_conditions(source, wanted):
    found = [str(c) for c in conditions(READER.term(source), lambda _: False)]
    assert [c for c in found if c != "2 != 0"] == wanted


@pytest.mark.parametrize(
    ("laws", "source", "wanted"),
    [
        ({"w": "gaussian"}, "E(w**2)", []),
        ({"w": "gaussian"}, "P(log(w) >= 0)", ["w > 0"]),
        ({"w": "rademacher"}, "E(1/(w + 1))", ["1 + 1 != 0", "-1 + 1 != 0"]),
        ({"w": "gaussian"}, "E(prod(exp(w), n))", ["n >= 0", "E(exp(w)) != 0"]),
        ({"w": "gaussian"}, "P(prod(w, n) >= 1/x)", ["n >= 0", "x != 0"]),
        ({"w": "gaussian"}, "P(w >= sqrt(x))", ["x >= 0"]),
        ({"w": "gaussian"}, "E(log(2))", ["2 > 0"]),
    ],
)
def test_conditions_for_every_draw(laws, source, wanted):
    reader = Reader({**VARIABLES, **{w: check.domain(w, law) for w, law in laws.items()}})
    found = [str(c).replace("(-1)", "-1") for c in conditions(reader.term(source), lambda _: False)]
    assert [c for c in found if c != "2 != 0"] == wanted


# Ranges -------------------------------------------------------------------------------------------


@MORE
@given(TERMS, POINTS, POINTS, st.fractions(0, 1, max_denominator=50))
def test_enclosures_contain_the_values(e, one, other, share):
    box, at = {}, {}
    for x in VARIABLES:
        lo, hi = sorted((one[x], other[x]))
        at[x] = lo + share * (hi - lo)
        if x == "n":
            at[x] = Fraction(int(at[x]))
        box[x] = Interval(arb(rational(lo)).lower(), arb(rational(hi)).upper())
    with mpmath.workdps(60):
        v = real_value(e, at)
        if v is None:
            return
        with working_precision():
            try:
                found = ranges.enclose(e, box)
            except Rejected:
                return
        tiny = mpmath.mpf(10) ** -50 * (1 + abs(v))
        assert to_mp(found.lo) - tiny <= v <= to_mp(found.hi) + tiny


FAR = [Fraction(k, 4) for k in (-800, -40, -9, -4, -1, 0, 1, 4, 5, 6, 9, 40, 800)]


@pytest.mark.parametrize("head", sorted(ranges.RANGES))
def test_ranges_of_half_lines_contain_the_values(head):
    whole_line = [(None, None), *((None, v) for v in FAR), *((v, None) for v in FAR)]
    with wide():
        for (lo, hi), v in itertools.product(whole_line, FAR):
            if (lo is not None and v < lo) or (hi is not None and v > hi):
                continue
            with working_precision():
                low = -ranges.INF if lo is None else arb(rational(lo))
                found = ranges.RANGES[head](
                    Interval(low, ranges.INF if hi is None else arb(rational(hi)))
                )
            try:
                made = value(Term(head, number(rational(v))), {})
            except Undefined:
                continue
            made = arb(rational(made)) if isinstance(made, Fraction) else made
            assert not made < found.lo, (lo, hi, v)
            assert not made > found.hi, (lo, hi, v)


ENDS = st.sampled_from([-2, -1, 0, 1, 2, None])


@given(ENDS, ENDS, ENDS, ENDS)
def test_operations_on_infinite_ranges_contain_every_value(a, b, c, d):
    def interval(lo, hi):
        lo, hi = (lo, hi) if lo is None or hi is None else sorted((lo, hi))
        return Interval(
            -ranges.INF if lo is None else arb(lo), ranges.INF if hi is None else arb(hi)
        )

    first, second = interval(a, b), interval(c, d)
    product, inverse, total = (
        ranges.i_times(first, second),
        ranges.i_inverse(second),
        ranges.i_plus(first, second),
    )
    for x, y in itertools.product((-1000, -2, -1, 0, 1, 2, 1000), repeat=2):
        if first.lo <= x <= first.hi and second.lo <= y <= second.hi:
            assert product.lo <= x * y <= product.hi
            assert total.lo <= x + y <= total.hi
            assert y == 0 or inverse.lo <= arb(1) / y <= inverse.hi
    for x in (-1000, -2, -1, 0, 1, 2, 1000):
        if first.lo <= x <= first.hi:
            assert ranges.i_abs(first).lo <= abs(x) <= ranges.i_abs(first).hi
            for n in (0, 1, 2, 3):
                found = ranges.i_power(first, fmpq(n))
                assert found.lo <= x**n <= found.hi


@pytest.mark.parametrize(
    ("lo", "hi", "allowed"),
    [
        (0, 1, {">="}),
        (1, 2, {">=", ">", "!="}),
        (0, 0, {">=", "=="}),
        (-2, -1, {"!="}),
        (-1, 1, set()),
        (-1, 0, set()),
        (None, None, set()),
    ],
)
def test_what_an_interval_decides(lo, hi, allowed):
    found = Interval(-ranges.INF if lo is None else arb(lo), ranges.INF if hi is None else arb(hi))
    assert {str(r) for r in Relation if found.allows(r)} == allowed


@pytest.mark.parametrize(
    ("source", "lo", "hi", "x"),
    [
        ("x**2", 0, 4, (-1, 2)),
        ("x*x", 0, 4, (-1, 2)),
        ("x**3", -1, 8, (-1, 2)),
        ("abs(x)", 0, 2, (-1, 2)),
        ("sign(x)", -1, 1, (-1, 2)),
        ("sign(x)", 0, 1, (0, 2)),
        ("sign(x)", -1, 0, (-2, 0)),
        ("max(x, 0)", 0, 2, (-1, 2)),
        ("min(x, 0, -3)", -3, -3, (-1, 2)),
        ("sqrt(x)", 0, 2, (0, 4)),
        ("1/x", fmpq(1, 4), 1, (1, 4)),
        ("1/x", -1, fmpq(-1, 4), (-4, -1)),
        ("0*log(x)", 0, 0, (-1, 2)),
        ("x**0", 1, 1, (-1, 2)),
        ("-x", -2, 1, (-1, 2)),
        ("x**-2", fmpq(1, 4), 1, (1, 2)),
    ],
)
def test_ranges_that_are_exact(source, lo, hi, x):
    with working_precision():
        found = ranges.enclose(READER.term(source), {"x": Interval(*map(arb, x))})
    assert (found.lo, found.hi) == (arb(lo), arb(hi))


@pytest.mark.parametrize(
    ("source", "x", "wanted"),
    [
        ("1/x", (0, 4), (fmpq(1, 4), None)),
        ("1/x", (2, None), (0, fmpq(1, 2))),
        ("1/x", (-4, 0), (None, fmpq(-1, 4))),
        ("1/x", (None, -2), (fmpq(-1, 2), 0)),
        ("1/x", (-1, 1), (None, None)),
        ("sign(x)", (-2, -1), (-1, -1)),
        ("sign(x)", (1, 2), (1, 1)),
        ("sign(x)", (0, 0), (0, 0)),
        ("x**2", (None, 1), (0, None)),
        ("x**3", (None, 1), (None, 1)),
        ("abs(x)", (-3, None), (0, None)),
        ("abs(x)", (-3, -2), (2, 3)),
        ("exp(x)", (None, 0), (0, 1)),
        ("tanh(x)", (None, None), (-1, 1)),
        ("erf(x)", (0, None), (0, 1)),
        ("cosh(x)", (-1, None), (1, None)),
        ("sinh(x)", (0, None), (0, None)),
        ("log(x)", (0, 1), (None, 0)),
        ("log(x)", (1, None), (0, None)),
        ("sqrt(x)", (-1, None), (0, None)),
        ("cos(x)", (None, 0), (-1, 1)),
        ("sin(x)", (0, 7), (-1, 1)),
        ("0*x", (None, None), (0, 0)),
        ("x - x", (1, None), (None, None)),
        ("max(x, 3)", (None, 1), (3, 3)),
        ("x**n", (1, None), (0, None)),
    ],
)
def test_ranges_without_ends(source, x, wanted):
    def ends(lo, hi):
        return Interval(
            -ranges.INF if lo is None else arb(lo), ranges.INF if hi is None else arb(hi)
        )

    with working_precision():
        found = ranges.enclose(READER.term(source), {"x": ends(*x)})
    assert found == ends(*wanted)


# Normal forms -------------------------------------------------------------------------------------


@MORE
@given(goals(), TERMS, TERMS)
def test_equations_that_are_found_are_true(drawn, e, other):
    goal, at = drawn
    for gap in (t.minus(e, other), t.minus(e, goal.target), e):
        with check.guarded(seconds=5):
            try:
                found = goal.vanishes(gap)
            except Rejected:
                continue
        if found:
            with mpmath.workdps(60):
                v = real_value(gap, at)
            assert v is None or abs(v) < mpmath.mpf(10) ** -40


RULES_OF_ALGEBRA = [
    lambda a, b: (t.plus(a, b), t.plus(b, a)),
    lambda a, b: (t.times(a, t.plus(a, b)), t.plus(t.power(a, t.TWO), t.times(b, a))),
    lambda a, b: (t.minus(a, b), t.neg(t.minus(b, a))),
    lambda a, b: (t.power(t.absolute(a), t.TWO), t.times(a, a)),
    lambda a, b: (t.exp(t.plus(a, b)), t.times(t.exp(a), t.exp(b))),
    lambda a, b: (t.exp(t.times(t.TWO, a)), t.power(t.exp(a), t.TWO)),
    lambda a, b: (t.plus(t.power(t.sin(a), t.TWO), t.power(t.cos(a), t.TWO)), t.ONE),
    lambda a, b: (Term("max", a, b), t.minus(t.plus(a, b), Term("min", a, b))),
    lambda a, b: (t.cosh(a), t.over(t.plus(t.exp(a), t.exp(t.neg(a))), t.TWO)),
    lambda a, b: (t.log(t.exp(a)), a),
    lambda a, b: (t.over(a, t.exp(b)), t.times(a, t.exp(t.neg(b)))),
]
POLYNOMIALS = st.recursive(
    st.one_of(st.sampled_from([X, Y, N]), st.sampled_from(SMALL).map(rational).map(number)),
    lambda inner: st.builds(lambda h, a, b: Term(h, a, b), st.sampled_from("+-*"), inner, inner),
    max_leaves=4,
)


@given(st.sampled_from(RULES_OF_ALGEBRA), POLYNOMIALS, POLYNOMIALS)
def test_equations_that_are_true_are_found(law, a, b):
    one, other = law(a, b)
    with check.guarded():
        assert ZERO_GOAL.vanishes(t.minus(one, other))
        assert not ZERO_GOAL.vanishes(t.minus(t.plus(one, t.ONE), other))


def read_off(ring, p, at):
    total = mpmath.mpf(0)
    for factors, c in normal.monomials(p):
        made = mpmath.mpf(int(c.p)) / int(c.q)
        for place, k in factors:
            made *= mp_value(ring.terms[place], at) ** k
        total += made
    return total


@MORE
@given(TERMS, POINTS)
def test_quotients_have_the_value_of_the_term(e, at):
    with mpmath.workdps(60), check.guarded(seconds=5):
        v = real_value(e, at)
        assume(v is not None)
        try:
            ring, made = normal.settled(ZERO_GOAL, lambda r: (r, r.value(e)))
            forms = [
                made,
                ring.canonical(made),
                normal.Quotient(ring.reduced(made.top), made.bottom),
            ]
            written = ring.term(made)
        except Rejected:
            assume(False)
        try:
            for one in forms:
                ratio = read_off(ring, one.top, mp_point(at)) / read_off(
                    ring, one.bottom, mp_point(at)
                )
                assert abs(v - ratio) <= mpmath.mpf(10) ** -35 * (1 + abs(v))
            assert abs(v - mp_value(written, mp_point(at))) <= mpmath.mpf(10) ** -35 * (1 + abs(v))
        except Undefined:
            assume(False)


POSITIVE = Goal(
    VARIABLES, {x: Range(fmpq(0), None, True) for x in VARIABLES}, {}, t.ZERO, Relation.GE
)
EXPONENTS = st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.integers(-5, 5), max_size=3)


@given(EXPONENTS, st.integers(1, 40), st.integers(1, 40), st.integers(2, 5), st.data())
def test_roots_of_quotients_have_the_value_of_the_term(exponents, up, down, q, data):
    e = number(fmpq(up, down))
    for x, k in exponents.items():
        e = (t.times if k > 0 else t.over)(e, t.power(VARIABLES[x], number(abs(k))))
    e = t.power(e, number(fmpq(1, q)))
    at = {x: Fraction(data.draw(st.integers(1, 30)), data.draw(st.integers(1, 30)))
          for x in VARIABLES}  # fmt: skip
    with mpmath.workdps(60), check.guarded(seconds=5):
        v = mpmath.root(mp_value(e.parts[0], mp_point(at)), q)
        ring, made = normal.settled(POSITIVE, lambda r: (r, r.value(e)))
        for one in (made, ring.canonical(made)):
            ratio = read_off(ring, one.top, mp_point(at)) / read_off(ring, one.bottom, mp_point(at))
            assert abs(v - ratio) <= mpmath.mpf(10) ** -35 * v
        assert POSITIVE.vanishes(t.minus(t.power(e, number(q)), e.parts[0]))


@pytest.mark.parametrize("source", ["exp(1/x)", "x*exp(y/x)", "exp(n/(1 + x**2))/exp(1/y)"])
def test_exponentials_of_quotients_have_the_value_of_the_term(source):
    e, at = READER.term(source), {"x": Fraction(3, 2), "y": Fraction(2), "n": Fraction(4)}
    with mpmath.workdps(60), check.guarded():
        ring, made = normal.settled(POSITIVE, lambda r: (r, r.value(e)))
        ratio = read_off(ring, made.top, mp_point(at)) / read_off(ring, made.bottom, mp_point(at))
        assert abs(mp_value(e, mp_point(at)) - ratio) <= mpmath.mpf(10) ** -35


# Expectations -------------------------------------------------------------------------------------

SIGNS = {s: check.domain(s, "rademacher") for s in "rs"}
CHANCES = [
    "P(s >= x)", "P(s > x)", "P(r + s >= x)", "P(s*x <= r)", "P(x >= s)", "E(prod(s + 1, n))*x",
    "P(s == x)", "P(s + 1/2 >= x) - P(r < x)", "P(abs(s) >= x)", "P(s + x >= E(s*s))",
]  # fmt: skip
ONES = ["E(s)", "E(s + 1)", "P(s >= 0)", "P(s + r > 0)", "2*P(s > r) + E(s)", "P(r >= 1) - 1"]


@MORE
@given(st.sampled_from(CHANCES), st.sampled_from(ONES), POINTS)
def test_a_chance_inside_of_a_chance_draws_by_itself(outer, inner, at):
    reader = Reader({**VARIABLES, **SIGNS})
    e = t.replaced(reader.term(outer), {X: reader.term(inner)})
    with wide():
        try:
            wanted = value(e, at)
        except Undefined:
            assume(False)
    goal = ZERO_GOAL.where("n", Formula(N, Relation.GE))
    with check.guarded():
        found = ranges.enclose(e, {"n": ranges.exactly(rational(at["n"]))})
        assert found.lo <= rational(wanted)
        assert found.hi >= rational(wanted)
        for other in {wanted - 1, wanted + 1, 1 - wanted, 2 * wanted, wanted / 2} - {wanted}:
            assert not goal.vanishes(t.minus(e, number(rational(other)))) or e.names


@pytest.mark.parametrize(
    "source",
    ["w", "pi*w", "w**3 - 2*w", "abs(w)**(1/3)", "exp(2*w - 1)", "exp(1 - w/2)*w", "sqrt(abs(w))",
     "max(w, 3)*cos(w)", "-w/7", "tanh(w) + erf(w)*sin(w)", "sign(w)*exp(-3*w + 2)",
     "min(w, w**2)"],
)  # fmt: skip
def test_functions_grow_no_faster_than_is_said(source):
    e = mean(f"E({source})", w="gaussian")
    scale, rate = probability.growth(e.parts[0], probability.bound(e))
    with wide():
        for n in (1, 2, 5, 30):
            for w in (Fraction(n), Fraction(-n)):
                size = abs(float(value(e.parts[0], {probability.bound(e)[0]: w})))
                assert size <= float(scale) * math.exp(float(rate) * n) * (1 + 1e-9)


def test_special_angles_are_those_of_mpmath():
    assert len(normal.ANGLES) == 6
    with mpmath.workdps(30):
        for (head, at), share in normal.ANGLES.items():
            exact = getattr(mpmath, head)(mpmath.mpf(int(at.p)) / int(at.q))
            assert abs(exact - mpmath.pi * int(share.p) / int(share.q)) < 1e-28


@given(st.sampled_from(["sin", "cos"]), st.fractions(-9, 9, max_denominator=12), POINTS)
def test_turns_keep_the_value(head, share, at):
    e = Term(head, t.plus(t.times(number(rational(share)), t.PI), X))
    with mpmath.workdps(40), check.guarded():
        written = normal.settled(ZERO_GOAL, lambda ring: ring.term(ring.value(e)))
        gap = mp_value(e, mp_point(at)) - mp_value(written, mp_point(at))
        assert abs(gap) < mpmath.mpf(10) ** -25


def mean(source, **laws):
    return Reader({**{w: check.domain(w, law) for w, law in laws.items()}, "pi": t.PI}).term(source)


@pytest.mark.parametrize(
    ("source", "law", "exact"),
    [
        ("E(abs(w))", "gaussian", lambda: mpmath.sqrt(2 / mpmath.pi)),
        (
            "E(sqrt(abs(w)))",
            "gaussian",
            lambda: mpmath.root(2, 4) * mpmath.gamma(0.75) / mpmath.sqrt(mpmath.pi),
        ),
        ("E(exp(w/2))", "gaussian", lambda: mpmath.exp(mpmath.mpf(1) / 8)),
        ("E(-abs(w)/2)", "gaussian", lambda: -mpmath.sqrt(2 / mpmath.pi) / 2),
        (
            "E(exp(2*w - 1)*sqrt(w**2))",
            "uniform",
            lambda: mpmath.quad(
                lambda x: mpmath.exp(2 * x - 1) * abs(x) / (2 * mpmath.sqrt(3)),
                [-mpmath.sqrt(3), 0, mpmath.sqrt(3)],
            ),
        ),
        (
            "E(tanh(w)**2)",
            "gaussian",
            lambda: mpmath.quad(
                lambda x: mpmath.tanh(x) ** 2 * mpmath.npdf(x), [-15, -5, -1, 0, 1, 5, 15]
            ),
        ),
        ("E(exp(w/2 - 1))", "gaussian", lambda: mpmath.exp(mpmath.mpf(1) / 8 - 1)),
        ("E(w*exp(w))", "gaussian", lambda: mpmath.exp(mpmath.mpf(1) / 2)),
        ("E(cos(w))", "gaussian", lambda: mpmath.exp(-mpmath.mpf(1) / 2)),
        ("E(erf(w)**2 - erf(w)**2 + w**6)", "gaussian", lambda: mpmath.mpf(15)),
        ("E(abs(w)**3)", "gaussian", lambda: 2 * mpmath.sqrt(2 / mpmath.pi)),
        ("E(abs(w))", "uniform", lambda: mpmath.sqrt(3) / 2),
        ("E(exp(w))", "uniform", lambda: mpmath.sinh(mpmath.sqrt(3)) / mpmath.sqrt(3)),
        ("E(w**4)", "uniform", lambda: mpmath.mpf(9) / 5),
        ("E(exp(w))", "rademacher", lambda: mpmath.cosh(1)),
        ("E(prod(exp(w), 3))", "rademacher", lambda: mpmath.cosh(1) ** 3),
    ],
)
def test_expectations_enclose_their_closed_forms(source, law, exact):
    with working_precision(), mpmath.workdps(40):
        found, v = ranges.enclose(mean(source, w=law), {}), exact()
        tiny = mpmath.mpf(10) ** -30
        assert to_mp(found.lo) - tiny <= v <= to_mp(found.hi) + tiny
        assert found.hi - found.lo < arb("1e-15")


@given(
    st.sampled_from(["gaussian", "uniform"]),
    st.sampled_from(["w", "abs(w)", "w**2"]),
    st.sampled_from(["<=", "<", ">=", ">", "==", "!="]),
    st.integers(-3, 3).filter(bool),
    st.sampled_from(SMALL),
)
def test_probabilities_of_one_draw(law, u, operator, slope, end):
    e = mean(f"P({slope}*{u} {operator} {end.numerator}/{end.denominator})", w=law)
    with working_precision():
        found = ranges.enclose(e, {})
    with mpmath.workdps(30):
        at = mpmath.mpf(end.numerator) / end.denominator / slope
        if u == "w**2":
            at = mpmath.sqrt(at) if at >= 0 else -mpmath.sqrt(-at)
        root = mpmath.sqrt(3)
        cdf = (
            mpmath.ncdf if law == "gaussian" else lambda x: min(max((x + root) / (2 * root), 0), 1)
        )
        below = cdf(at) if u == "w" else max(0, 2 * cdf(at) - 1)
        above = (operator[0] == ">") == (slope > 0)
        v = {"==": 0, "!=": 1}.get(operator, 1 - below if above else below)
        assert to_mp(found.lo) - 1e-25 <= v <= to_mp(found.hi) + 1e-25
        assert found.hi - found.lo < arb("1e-25")


@given(
    st.lists(st.integers(-3, 3), min_size=1, max_size=4),
    st.integers(-6, 6),
    st.sampled_from(["<=", "<", ">=", ">", "==", "!="]),
)
def test_probabilities_of_signs_are_counted(weights, end, operator):
    names = {f"s{i}": "rademacher" for i in range(len(weights))}
    total = " + ".join(f"({c})*s{i}" for i, c in enumerate(weights))
    e = mean(f"P({total} {operator} {end})", **names)
    rows = list(itertools.product((1, -1), repeat=len(weights)))
    hits = sum(
        compares(Fraction(sum(c * s for c, s in zip(weights, row, strict=True)) - end), operator)
        for row in rows
    )
    with check.guarded():
        assert ZERO_GOAL.vanishes(t.minus(e, number(fmpq(hits, len(rows)))))
        found = ranges.enclose(e, {})
    assert found.lo == found.hi == arb(fmpq(hits, len(rows)))


@given(
    st.lists(st.integers(-2, 2), min_size=2, max_size=5),
    st.sampled_from(["gaussian", "uniform", "rademacher"]),
)
def test_means_of_polynomials_are_those_of_the_moments(coefficients, law):
    source = " + ".join(f"({c})*w**{k}" for k, c in enumerate(coefficients))
    e = mean(f"E(({source})**2)", w=law)
    with wide():
        exact = value(e, {})
    with check.guarded():
        assert ZERO_GOAL.vanishes(t.minus(e, number(rational(exact))))
        found = ranges.enclose(e, {})
        assert found.lo <= arb(rational(exact)) <= found.hi


@pytest.mark.parametrize(
    ("source", "exact"),
    [
        ("E(w**4)", 3),
        ("E(u**4)", fmpq(9, 5)),
        ("E(w**2*u**2)", 1),
        ("E(w**3)", 0),
        ("E(w*v)", 0),
        ("E((w + v)**4)", 12),
        ("E((w*v)**2)", 1),
        ("E((u + w)**2)", 2),
        ("E(s*w)", 0),
        ("E(s**2)", 1),
        ("E(7)", 7),
    ],
)
def test_moments_are_exact(source, exact):
    e = mean(source, w="gaussian", v="gaussian", u="uniform", s="rademacher")
    with check.guarded():
        assert ZERO_GOAL.vanishes(t.minus(e, number(exact)))


# Whole certificates of one node -------------------------------------------------------------------


SINGLE = [
    ENCLOSE,
    cone(),
    cone(("1", [], "x")),
    cone(("1", ["h"], "1")),
    cone(("1", ["h"], "1"), ("1", [], "1")),
    cone(("1", ["lo:x"], "1")),
]


@MORE
@given(
    claims(),
    st.lists(claims(), max_size=2),
    st.sampled_from(["real", "positive", "nonnegative"]),
    st.lists(POINTS, min_size=3, max_size=6),
    st.booleans(),
)
def test_nothing_that_is_accepted_fails_at_a_point(claim, hypotheses, domain, points, weakened):
    if weakened and hypotheses:  # the hypothesis itself, or nearly
        claim = hypotheses[0]
    about = statement(claim, *hypotheses, x=domain, y="real", n="integer")
    for node in SINGLE:
        for count in (1, 2, 3):
            try:
                proved(about, *[node] * count, seconds=5)
            except (Malformed, Rejected):
                continue
            for at in points:
                assert true_at(about, at), (about, node, at)


def true_at(about, at):
    """Whether a statement holds at a point: its conclusion is defined and true if all else is."""
    at = (
        {**at, "x": abs(at["x"]) + (about["variables"]["x"] == "positive")}
        if about["variables"]["x"] != "real"
        else at
    )
    with wide():
        try:
            if all(holds(READER.formula(h), at) for h in about["hypotheses"].values()):
                return holds(READER.formula(about["conclusion"]), at)
        except Unsure:
            pass
    return True


def test_the_point_test_sees_what_is_false():
    assert not true_at(statement("log(x) <= 5", x="real"), {"x": Fraction(-1)})
    assert not true_at(statement("x <= 5", "x >= 6", x="real"), {"x": Fraction(7)})
    assert true_at(statement("x <= 5", "log(x) >= 0", x="real"), {"x": Fraction(-7)})
    with wide():
        assert sign(value(READER.term("exp(x) - 1"), {"x": Fraction(0)})) == 0
    assert said(X) == "x"


def test_a_moment_of_enormous_order_is_refused():
    for power in ("w**1000", "(w**1000)**1000"):
        text_ = f"E(({power})**1000) >= 0"
        with pytest.raises(Rejected):
            proved(statement(text_, w="gaussian"), cone())


@pytest.mark.parametrize(
    ("law", "ends"), [("uniform", (-3, 3)), ("unit", (0, 1)), ("rademacher", (-1, 1))]
)
def test_the_range_of_a_draw_holds_all_its_values(law, ends):
    """The squares of the ends, with their signs: the uniform law of variance one ends at sqrt 3."""
    low, high = probability.SUPPORT[law]
    assert low * abs(low) <= ends[0]
    assert high * abs(high) >= ends[1]


def test_a_normal_draw_has_no_range():
    assert probability.SUPPORT["gaussian"] == (None, None)
    assert set(probability.SUPPORT) == set(probability.LAWS)
