"""Closed forms of means of sums of draws against all outcomes, and of sums against their terms."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.by_hand import left, value
from theory.errors import InputError, Unsupported
from theory.expressions import Expression, name, parse
from theory.expressions.abbreviations import op
from theory.language.declarations import Declared
from theory.language.domains import written_out
from theory.language.indices import reversed_index
from theory.language.polyexp import degree_in

NAMES = {
    "n": "natural",
    "c": "real",
    "X": "sequence of bernoulli(1/4)",
    "Y": "sequence of rademacher",
}
MEANS = {  # what is asked of the draws x and y, as a function of them; the mean of it is wanted
    "E(sum(i, 1, n, X_i))": lambda x, y: sum(x),
    "E(sum(i, 1, n, X_i)^2)": lambda x, y: sum(x) ** 2,
    "E(sum(i, 1, n, X_i)^3)": lambda x, y: sum(x) ** 3,
    "E(sum(i, 1, n, X_i)^4)": lambda x, y: sum(x) ** 4,
    "E((sum(i, 1, n, X_i) + 1)^3)": lambda x, y: (sum(x) + 1) ** 3,
    "E((2*sum(i, 1, n, X_i) - 3)^4)": lambda x, y: (2 * sum(x) - 3) ** 4,
    "E(sum(i, 1, n, i*X_i)^4)": lambda x, y: weighed(x) ** 4,
    "E(sum(i, 1, n, X_i - 1/3)^3)": lambda x, y: (sum(x) - len(x) / 3) ** 3,
    "E(sum(i, 1, n, X_i^2 + X_i)^2)": lambda x, y: (2 * sum(x)) ** 2,
    "E(sum(i, 1, n, X_i)*sum(i, 1, n, Y_i))": lambda x, y: sum(x) * sum(y),
    "E(sum(i, 1, n, Y_i)^4)": lambda x, y: sum(y) ** 4,
    "E(sum(i, 1, n, X_i)*sum(i, 1, n, i*X_i))": lambda x, y: sum(x) * weighed(x),
    "E(prod(i, 1, n, 1 + X_i))": lambda x, y: times(1 + v for v in x),
    "E(prod(i, 1, n, 1 + X_i/i))": lambda x, y: times(1 + v / i for i, v in enumerate(x, 1)),
    "E(exp(sum(i, 1, n, X_i)))": lambda x, y: 2.718281828459045 ** sum(x),
    "E(sum(i, 1, n, X_i)/n + c)": lambda x, y: sum(x) / len(x) + 7,
}
SPREADS = {  # two functions of the draws, of which the covariance is wanted
    "Var(sum(i, 1, n, X_i))": (lambda x, y: sum(x), lambda x, y: sum(x)),
    "Var(2 - 3*sum(i, 1, n, X_i))": (lambda x, y: 3 * sum(x), lambda x, y: 3 * sum(x)),
    "Var(sum(i, 1, n, i*X_i))": (lambda x, y: weighed(x), lambda x, y: weighed(x)),
    "Var(sum(i, 1, n, X_i) + sum(i, 1, n, Y_i))": (lambda x, y: sum(x) + sum(y),) * 2,
    "Cov(sum(i, 1, n, X_i), sum(i, 1, n, i*X_i))": (lambda x, y: sum(x), lambda x, y: weighed(x)),
    "Cov(sum(i, 1, n, X_i), sum(i, 1, n, Y_i))": (lambda x, y: sum(x), lambda x, y: sum(y)),
    "Var(sum(i, 1, n, X_i)/n)": (lambda x, y: sum(x) / len(x),) * 2,
}


def weighed(x):
    return sum(i * v for i, v in enumerate(x, 1))


def times(factors):
    total = 1
    for f in factors:
        total *= f
    return total


def mean(f, n):
    outcomes = product(product((0, 1), repeat=n), product((-1, 1), repeat=n))
    return sum(f(x, y) * 0.25 ** sum(x) * 0.75 ** (n - sum(x)) * 0.5**n for x, y in outcomes)


def closed(formula, n):
    made = left(NAMES, formula)
    if made.layers is not None:
        made = made.unrolled(n)
    return value(made.obligation.left, {"n": n, "c": 7})


@pytest.mark.parametrize("formula", MEANS)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_means_of_sums_are_those_of_all_outcomes(formula, n):
    assert closed(formula, n) == pytest.approx(mean(MEANS[formula], n))


@pytest.mark.parametrize("formula", SPREADS)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_spreads_of_sums_are_those_of_all_outcomes(formula, n):
    f, g = SPREADS[formula]
    expected = mean(lambda x, y: f(x, y) * g(x, y), n) - mean(f, n) * mean(g, n)
    assert closed(formula, n) == pytest.approx(expected)


@pytest.mark.parametrize("formula", [
    "E(prod(i, 1, c, 1 + X_i))", "E(prod(i, 2, n, 1 + X_i))", "E(sum(i, 1, n, X_i)^5)",
    "E(1/sum(i, 1, n, X_i))", "E(sum(i, 1, n, X_i*X_1))", "E(sum(i, 1, n, X_i)^c)",
    "E(sum(i, 1, n, X_i)^2*sum(i, 1, n, Y_i)^2)",
    "E(sum(i, 1, n, X_i*Y_i)^2 + X_1)", "E(prod(i, 1, n, X_i)*prod(i, 1, 3, 1 + Y_i))",
])  # fmt: skip
def test_of_other_sums_and_products_of_draws_there_is_no_formula(formula):
    with pytest.raises((Unsupported, InputError)):
        left(NAMES, formula)


def folded(shift, square):
    """The mean of |shift + N(0, square)|."""
    if square == 0:
        return abs(shift)
    r = shift / math.sqrt(square)
    return math.sqrt(square * 2 / math.pi) * math.exp(-r * r / 2) + shift * math.erf(r / 2**0.5)


NORMAL = {"w": "gaussian", "v": "gaussian", "u": "gaussian", "c": "real", "s": "positive"}


@given(st.lists(st.tuples(st.sampled_from("wvu"), st.integers(-2, 2)), min_size=1, max_size=6))
def test_an_absolute_value_of_normal_draws_knows_them_apart(terms):
    """A draw that stands twice is one draw: |w + v - w| is |v|."""
    drawn = {x for x, k in terms}
    text = " + ".join(f"({k})*{x}" for x, k in terms)
    slopes = [sum(k for y, k in terms if x == y) for x in drawn]
    if len(drawn) < 2:
        return
    made = left(NORMAL, f"E(|{text} + c|)")
    for c in (0, 1, -2):
        found = value(made.obligation.left, {"c": c, "s": 3})
        assert found == pytest.approx(folded(c, sum(k * k for k in slopes)))


REPEATED = {  # with s = 3: the shift, and the slopes of w and v
    "w + v - w": (0, 0, 1), "w + v - w - v": (0, 0, 0), "w + w + v": (0, 2, 1),
    "w + v - w - v + c": (7, 0, 0), "2*w + v - w": (0, 1, 1), "s*w + v - w": (0, 2, 1),
    "(w + v)*2 - w/2": (0, 1.5, 2), "s*w + v - s*w + 1": (1, 0, 1),
    "(w + v)/s - w/s": (0, 0, 1 / 3),
    "w + v + c - c": (0, 1, 1),
}  # fmt: skip


@pytest.mark.parametrize("formula", REPEATED)
def test_a_draw_that_stands_twice_is_one_draw(formula):
    shift, *slopes = REPEATED[formula]
    made = left(NORMAL, f"E(|{formula}|)")
    found = value(made.obligation.left, {"c": 7, "s": 3})
    assert found == pytest.approx(folded(shift, sum(k * k for k in slopes)))


@pytest.mark.parametrize("formula", REPEATED)
@pytest.mark.parametrize("relation", [">=", ">", "<=", "<"])
def test_an_event_knows_a_draw_that_stands_twice(formula, relation):
    """P(shift + N(0, square) >= 1/2) and its like; where the draws cancel, nothing is said."""
    shift, *slopes = REPEATED[formula]
    square = sum(k * k for k in slopes)
    above = math.erfc((0.5 - shift) / math.sqrt(2 * square)) / 2 if square else None
    for event in (f"{formula} {relation} 1/2", f"{formula} - 1/2 {relation} 0",
                  f"w + {formula} {relation} w + 1/2"):  # fmt: skip
        try:
            made = left(NORMAL, f"P({event})")
        except Unsupported:
            assert "s*w" in formula or not square  # the combination may be constant
            continue
        if made.obligation.left.head == "P":  # as the core reads it
            continue
        found = value(made.obligation.left, {"c": 7, "s": 3})
        assert square
        assert found == pytest.approx(above if ">" in relation else 1 - above)


# Sums without draws -------------------------------------------------------------------------------

ENDED = {  # terms that depend on the end of the sum, too
    "n*i + c": lambda i, n, p: n * i + 7,
    "n*i/p + i": lambda i, n, p: n * i / p + i,
    "(n - i)^2*p": lambda i, n, p: (n - i) ** 2 * p,
    "1/(n - i + 1)": lambda i, n, p: 1 / (n - i + 1),
    "p^(n - i)*i": lambda i, n, p: p ** (n - i) * i,
    "2*(n - i) + 3": lambda i, n, p: 2 * (n - i) + 3,
    "i*(i + n)": lambda i, n, p: i * (i + n),
    "(2*n - 2*i - 1)^3": lambda i, n, p: (2 * n - 2 * i - 1) ** 3,
    "-(n - i)": lambda i, n, p: i - n,
}


@pytest.mark.parametrize("term", ENDED)
@pytest.mark.parametrize("n", [1, 2, 4])
def test_sums_whose_terms_know_their_end(term, n):
    made = left({"n": "natural", "p": "positive", "c": "real"}, f"sum(i, 1, n, {term})")
    expected = sum(ENDED[term](i, n, 3) for i in range(1, n + 1))
    assert value(made.unrolled(n).obligation.left, {"n": n, "p": 3, "c": 7}) == expected


@pytest.mark.parametrize("term", ["n*i/c + i", "n^i + i", "n*i*log(c) + i", "c^(n*i) + i",
                                  "n/(c - i) + n*i", "n*sqrt(c*i) + i"])  # fmt: skip
def test_what_need_not_have_a_value_is_not_taken_apart(term):
    made = left({"n": "natural", "p": "positive", "c": "real"}, f"sum(i, 1, n, {term})")
    (step,) = (e for x, e in made.layers.update.items() if not x.startswith("count"))
    assert "n" in step.names  # the terms as they stand, up to an end beside the counter


LINES = st.tuples(*[st.integers(-2, 2)] * 3).map(
    lambda k: parse("({})*n + ({})*i + ({})".format(*k), frozenset("in"))
)
BODIES = st.recursive(
    LINES | st.sampled_from("in").map(name) | st.just(parse("n - i", frozenset("in"))),
    lambda inner: st.one_of(
        st.builds(op, st.sampled_from("+-*"), inner, inner), st.builds(op, st.just("neg"), inner)
    ),
    max_leaves=3,
)


@given(BODIES)
def test_a_sum_may_be_added_up_from_its_end(body):
    """The terms at i = 1, ..., n are those of the new index k = n - i at k = n - 1, ..., 0."""
    made = reversed_index(body, "i", "n", 1, 0)
    if made != body:
        for n, k in product(range(1, 4), repeat=2):
            at = {"n": n, "i": n - k}
            assert value(made, {"n": n, "i": k}) == value(body, at)


# Degrees and domains ------------------------------------------------------------------------------

DEGREES = {"c": 0, "w": 1, "w + c": 1, "w*w": 2, "w**3*c": 3, "(w + 1)**0": 0, "w/c": 1, "c/w": 99,
           "w**(-1)": 99, "w**(1/2)": 99, "exp(w)": 99, "-w": 1, "w - w**2": 2, "w**2/3": 2,
           "c**w": 99, "exp(c)": 0}  # fmt: skip


@pytest.mark.parametrize("formula", DEGREES)
def test_the_degree_in_what_is_drawn(formula):
    assert degree_in(parse(formula, frozenset("wc")), frozenset("w")) == DEGREES[formula]


SIGNED = {  # a domain: whether its numbers are integers that are not negative; are positive
    "natural": (1, 0), "integer": (0, 0), "integer >= 0": (1, 0), "integer >= 1": (1, 1),
    "integer > 0": (1, 1), "integer > -1": (0, 0), "integer >= -1": (0, 0), "integer <= 3": (0, 0),
    "integer >= 12": (1, 1), "real": (0, 0), "real >= 0": (0, 0), "real >= 1": (0, 1),
    "real > 0": (0, 1), "real > 2": (0, 1), "positive": (0, 1), "nonnegative": (0, 0),
    "real >= 1/2": (0, 0), "[1, 2]": (0, 1), "(0, 1)": (0, 1), "[0, 1]": (0, 0),
}  # fmt: skip


@pytest.mark.parametrize("domain", SIGNED)
def test_what_domains_say_of_signs(domain):
    declared = Declared(written_out({"x": domain}), {}, {}, [], False)
    assert ("x" in declared.naturals, "x" in declared.positives) == SIGNED[domain]


STAY = {"w^2": True, "|w|": True, "exp(w)*w": True, "w^2 + |w|": True, "max(w, 1)": False,
        "|w|^3": True, "exp(w^2/4)": False, "sign(w)": True}  # fmt: skip


@pytest.mark.parametrize("formula", STAY)
def test_which_means_of_normal_draws_stay(formula):
    made = left({"w": "gaussian"}, f"E({formula})").conclusion.left
    assert (made.head == "E") is STAY[formula]


SIZES = {"matrix(1, 2)": (1, 2), "matrix(8, 1)": (8, 1), "symmetric(1)": (1, 1), "psd(4)": (4, 4)}


@pytest.mark.parametrize("domain", SIZES)
def test_matrices_have_one_to_eight_rows(domain):
    made = left({"A": domain}, "norm(A)**2 + 1")
    entries = [x for x in made.variables if x.startswith("A")]
    m, n = SIZES[domain]
    assert len(entries) == (m * n if domain.startswith("matrix") else n * (n + 1) // 2)
    for wrong in ("matrix(0, 2)", "matrix(2, 9)", "symmetric(0)", "psd(9)", "matrix(2, 2, 2)"):
        with pytest.raises(InputError, match="sizes from 1 to 8"):
            left({"A": wrong}, "norm(A)**2 + 1")


def test_an_item_is_not_a_number():
    e = Expression("item", (name("w"), name("i")))
    assert degree_in(e, frozenset("w")) == 99
