"""What the form of a formula says of its sign and its value is true of its values."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.expressions import Expression, name, number, parse, parse_relation
from theory.expressions.abbreviations import op
from theory.language.clauses import _squared
from theory.language.unknowns import Unknowns

SIGNS = {"p": "positive", "q": "nonnegative", "s": "positive", "z": "nonnegative"}
POINTS = [
    dict(zip("pqr", values, strict=True))
    for values in product((0.5, 3.0), (0.0, 2.0), (-1.0, 0.0, 2.0))
]
ATOMS = st.one_of(st.sampled_from("pqr").map(name), st.integers(-2, 3).map(number))
FORMULAS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(op, st.sampled_from(["+", "-", "*", "/", "max", "min"]), inner, inner),
        st.builds(lambda a, k: op("**", a, number(k)), inner, st.integers(-2, 3)),
        st.builds(op, st.sampled_from(["neg", "sqrt", "abs", "exp", "log"]), inner),
    ),
    max_leaves=4,
)


def value(e, at):
    """The value of a formula; None where it has none."""
    match e.head:
        case "number":
            return float(e.value)
        case "name":
            return at[e.name]
    parts = [value(a, at) for a in e.args]
    if None in parts:
        return None
    try:
        match e.head:
            case "+" | "-" | "*":
                a, b = parts
                return a + b if e.head == "+" else a - b if e.head == "-" else a * b
            case "/":
                return parts[0] / parts[1]
            case "**":
                return float(parts[0] ** parts[1])
            case "neg":
                return -parts[0]
            case "max" | "min" | "abs":
                return {"max": max, "min": min, "abs": abs}[e.head](*parts)
        return getattr(math, e.head)(parts[0])
    except (ValueError, ZeroDivisionError, TypeError):
        return None
    except OverflowError:
        return math.inf


@given(FORMULAS)
def test_signs_and_values_are_those_at_points(e):
    known = Unknowns(set("pqr"), dict(SIGNS))
    values = [value(e, at) for at in POINTS]
    if known.positive(e):
        assert all(v is None or v > 0 or abs(v) < 1e-300 for v in values)
    if known.nonnegative(e):
        assert all(v is None or v >= 0 for v in values)
    if known.valued(e):
        assert None not in values


PLAIN = {  # what is plain of a formula: that it is positive, not negative, that it has a value
    "pi": (1, 1, 1), "p": (1, 1, 1), "q": (0, 1, 1), "r": (0, 0, 1), "0": (0, 1, 1),
    "1/2": (1, 1, 1),
    "p + q": (1, 1, 1), "q + p": (1, 1, 1), "q + q": (0, 1, 1), "p + r": (0, 0, 1),
    "p*q": (0, 1, 1), "p*p": (1, 1, 1), "p/q": (0, 1, 0), "q/p": (0, 1, 1), "r/2": (0, 0, 1),
    "r/(p + q)": (0, 0, 1), "r/(q - 1)": (0, 0, 0), "1/r": (0, 0, 0), "p - q": (0, 0, 1),
    "r**2": (0, 1, 1), "r**3": (0, 0, 1), "r**(-2)": (0, 1, 0), "p**r": (1, 1, 1),
    "q**r": (0, 1, 0), "q**(1/2)": (0, 1, 1), "q**(-1/2)": (0, 1, 0), "r**(1/2)": (0, 0, 0),
    "r**0": (0, 1, 1), "p**(-1)": (1, 1, 1), "q**0": (0, 1, 1), "(1/p)**0": (1, 1, 1),
    "(1/p)**2": (1, 1, 1), "(1/p + r)**2": (0, 1, 1), "(1/p + r)**(-2)": (0, 1, 0),
    "(1/p + r)**0": (0, 1, 1), "(1/p + r)**(1/2)": (0, 0, 0), "(1/p + r)**3": (0, 0, 1),
    "sqrt(q)": (0, 1, 1), "sqrt(p)": (1, 1, 1), "sqrt(r)": (0, 1, 0), "log(p)": (0, 0, 1),
    "log(q)": (0, 0, 0), "exp(r)": (1, 1, 1), "exp(1/p)": (1, 1, 1), "exp(1/r)": (1, 1, 0),
    "abs(r)": (0, 1, 1), "max(r, p)": (1, 1, 1), "max(r, q)": (0, 1, 1), "max(q, r)": (0, 1, 1),
    "max(r, 1/q)": (0, 1, 0), "sin(1/p)": (0, 0, 1), "asin(1/p)": (0, 0, 0),
}  # fmt: skip


@pytest.mark.parametrize("formula", PLAIN)
def test_what_is_plain(formula):
    functions = frozenset({"abs", "asin", "exp", "log", "max", "sin", "sqrt"})
    e = parse(formula, frozenset("pqr") | {"pi"}, functions, "e")
    known = Unknowns(set("pqr"), dict(SIGNS))
    assert (known.positive(e), known.nonnegative(e), known.valued(e)) == PLAIN[formula]


MEMBERS = {"s": (1, 1), "z": (0, 1), "r": (0, 0)}  # members of a sequence, as it was declared


@pytest.mark.parametrize("sequence", MEMBERS)
def test_members_and_their_sums_have_the_sign_of_the_sequence(sequence):
    known = Unknowns(set("nk"), {**SIGNS, "n": "positive"})
    member = Expression("item", (name(sequence), name("k")))
    positive, nonnegative = MEMBERS[sequence]
    assert (known.positive(member), known.nonnegative(member)) == MEMBERS[sequence]

    def summed(first, last):
        return Expression("sum_", (name("k"), first, last, member))

    assert known.positive(summed(number(1), name("n"))) == positive
    assert known.nonnegative(summed(number(1), name("n"))) == nonnegative
    for empty in (summed(number(2), name("n")), summed(number(1), name("m"))):
        assert not known.positive(empty)
        assert known.nonnegative(empty) == nonnegative


def test_a_piece_has_a_value_where_all_have_one():
    known = Unknowns(set("pqr"), dict(SIGNS))
    condition = op("and", op("or", op(">=", name("r"), number(0))))
    good, bad = op("/", number(1), name("p")), op("/", number(1), name("r"))
    for pieces in product((good, bad), repeat=2):
        e = op("piecewise", condition, *pieces)
        assert known.valued(e) == (bad not in pieces)


# Sums to infinity ---------------------------------------------------------------------------------

NAMES = {"p": "positive", "q": "nonnegative", "r": "real"}
ENDLESS = {  # what is said of all sums to N: the bound that the sum of two terms is compared with
    "sum(k, 1, inf, 1/k^2) <= 2": (5 / 4, 2),
    "2 >= sum(k, 1, inf, 1/k^2)": (5 / 4, 2),
    "2*sum(k, 1, inf, p/k^2) <= 2": (2 * 3 * 5 / 4, 2),
    "sum(k, 1, inf, 1/k^2)*p <= r": (3 * 5 / 4, 7),
    "sum(k, 0, inf, 1/(k + 1))/p <= 3 - r": (3 / 2 / 3, -4),
    "2*(sum(k, 0, inf, k + 1)/p) <= r*q": (2 * 3 / 3, 35),
    "sum(k, 0, inf, k*q) <= 3": (5, 3),
    "3 >= sum(k, 0, inf, q^k)": (6, 3),
}


@pytest.mark.parametrize("claim", ENDLESS)
def test_a_sum_to_infinity_is_bounded_if_all_its_parts_are(claim):
    made = statement(NAMES, claim)
    assert made.conclusion.operator == "<="
    assert parts(made.unrolled(1)) == ENDLESS[claim]  # the first term, and one more


def parts(made):
    """Both sides at one point, as numbers."""
    at = {"p": 3.0, "q": 5.0, "r": 7.0}
    r = made.obligation
    return tuple(pytest.approx(value(side, at)) for side in (r.left, r.right))


@pytest.mark.parametrize("claim", [
    "sum(k, 1/2, inf, 1/k^2) <= 2", "sum(k, p, inf, 1/k^2) <= 2", "sum(k, -1, inf, k^2) <= 2",
    "sum(k, -1, inf, k) <= 2", "sum(k, 0, inf, k - 1) <= 2", "sum(k, 1, inf, r/k) <= 2",
    "r*sum(k, 1, inf, 1/k) <= 2", "sum(k, 1, inf, 1/k)/r <= 2", "q*sum(k, 1, inf, 1/k) <= 2",
    "sum(k, 1, inf, 1/k)/q <= 2", "sum(k, 1, inf, 1/k) + 1 <= 2", "3/sum(k, 1, inf, 1/k) <= 2",
    "3/sum(k, 1, inf, 1/k) >= 2", "sum(k, 1, inf, 1/k) <= sum(k, 1, inf, 1/k)",
    "sum(k, 1, inf, 1/k) <= sum(k, 1, inf, 2/k)", "sum(k, 1, inf, 1/k) <= p*sum(k, 1, inf, 2/k)",
    "sum(k, 1, inf, 1/k)*sum(k, 1, inf, 2/k) <= 2", "2 <= sum(k, 1, inf, 1/k)",
    "sum(k, 1, inf, 1/k) == 2", "sum(k, 1, inf, 1/k) < 2", "sum(k, 1, inf, 1/k) != 2",
    "sum(k, 1, inf, 1/k) <= 2 and sum(k, 0, inf, q^k) <= 3",
])  # fmt: skip
def test_of_other_sums_to_infinity_nothing_is_said(claim):
    with pytest.raises(Unsupported):
        statement(NAMES, claim)


@pytest.mark.parametrize(("value", "factor", "term"), [(2, True, True), (0, False, True),
                                                       (-1, False, False)])  # fmt: skip
def test_a_constant_has_the_sign_of_its_value(value, factor, term):
    """A factor of a sum to infinity is positive, its terms are not negative."""
    for claim, read in (("b*sum(k, 1, inf, 1/k^2) <= 2", factor),
                        ("sum(k, 1, inf, b/k^2) <= 2", term)):  # fmt: skip
        if read:
            statement({}, claim, constants={"b": value})
        else:
            with pytest.raises(Unsupported):
                statement({}, claim, constants={"b": value})


@pytest.mark.parametrize("hypothesis", ["sum(k, 1, inf, p^k) <= 3", "3 >= sum(k, 1, inf, p^k)"])
def test_a_sum_to_infinity_is_not_assumed_to_be_bounded(hypothesis):
    with pytest.raises(Unsupported, match="in an assumption"):
        statement(NAMES, "r <= 2", hypotheses={"h": hypothesis})


def test_a_conclusion_next_to_a_sum_to_infinity_stays():
    made = statement(NAMES, "sum(k, 1, inf, 1/k^2) <= r and r + p <= 3")
    assert [str(p.conclusion.right) for p in made.pieces] == ["r", "3"]
    assert str(made.pieces[1].conclusion) == "r + p <= 3"


# Lengths and their squares ------------------------------------------------------------------------

SQUARED = {  # may both sides be squared: where neither is negative, whatever the names are
    "sqrt(q) <= p": True, "sqrt(q) >= r": False, "r <= sqrt(p)": False, "sqrt(q) > q": True,
    "sqrt(r)*p <= sqrt(q)": True, "-sqrt(p) <= q": False, "p <= q": False, "sqrt(p) != q": False,
    "sqrt(p) == q": True, "sqrt(p) == r": False,
}  # fmt: skip


@pytest.mark.parametrize("relation", SQUARED)
def test_what_may_be_negative_is_not_squared(relation):
    r = parse_relation(relation, frozenset("pqr"))
    found = _squared(r, Unknowns(set("pqr"), dict(SIGNS)))
    assert (found is not None) is SQUARED[relation]
    for at in POINTS if found is not None else ():
        sides = [value(s, at) for s in (r.left, r.right, found.left, found.right)]
        if None not in sides:
            a, b, c, d = sides
            assert (a > b, a < b) == (c > d, c < d) or a == pytest.approx(b)


@pytest.mark.parametrize("relation", ["A <= 2", "2 >= A", "A*B <= c", "c <= A", "A <= B"])
def test_commuting_matrices_are_compared_through_their_eigenvalues_only(relation):
    names = {"A": "commuting", "B": "commuting", "c": "real"}
    for claim, assumed in ((relation, {}), ("norm(A) <= norm(A)", {"h": relation})):
        with pytest.raises(InputError):
            statement(names, claim, hypotheses=assumed)
