"""Sums whose terms look at several members, or depend on the end of the sum."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.verification.decide import decide
from theory.errors import InputError, Unsupported
from theory.expressions import rational_value
from theory.language.reading import statement

TRUE = {
    "telescopes": ("sum(t, 1, n, a_t - a_(t+1)) == a_1 - a_(n+1)", "sequence of real"),
    "Abel": (
        "sum(t, 1, n, a_t*(b_t - b_(t-1)))"
        " == a_n*b_n - a_1*b_0 - sum(t, 1, n-1, b_t*(a_(t+1) - a_t))",
        "sequence of real",
    ),
    "path": ("(a_(n+1) - a_1)^2 <= n*sum(t, 1, n, (a_(t+1) - a_t)^2)", "sequence of real"),
    "squares": (
        "sum(i, 1, n, sum(j, 1, n, (a_i - a_j)^2))"
        " == 2*n*sum(i, 1, n, a_i^2) - 2*sum(i, 1, n, a_i)^2",
        "sequence of real",
    ),
    "weights": ("(1 - r)*sum(t, 1, n, r^(n - t)*a_t) <= 1 - r^n", "sequence of [0, 1]"),
    "momentum": (
        "(1 - r)*sum(t, 1, n, sum(s, 1, t, r^(t - s)*a_s)) <= sum(t, 1, n, a_t)",
        "sequence of nonnegative",
    ),
    "last": ("a_n <= sum(t, 1, n, a_t)", "sequence of nonnegative"),
}
FALSE = {
    "telescopes": ("sum(t, 1, n, a_t - a_(t+1)) == a_1 - a_n", "sequence of real"),
    "path": ("(a_(n+1) - a_1)^2 <= 0.99*n*sum(t, 1, n, (a_(t+1) - a_t)^2)", "sequence of real"),
    "weights": ("(1 - r)*sum(t, 1, n, r^(n - t)*a_t) <= 0.99 - r^n", "sequence of [0, 1]"),
    "last": ("1.01*a_n <= sum(t, 1, n, a_t)", "sequence of nonnegative"),
}


def _read(conclusion, members):
    variables = {"n": "integer >= 1", "a": members, "b": members, "r": "[0, 1)"}
    used = {x: d for x, d in variables.items() if x in conclusion or x == "n"}
    return statement(used, conclusion)


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", TRUE)
def test_true_ones_are_proved(name):
    assert decide(_read(*TRUE[name]), 60).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", FALSE)
def test_false_ones_are_refuted(name):
    assert decide(_read(*FALSE[name]), 60).verdict is Verdict.REFUTED


@settings(deadline=None, max_examples=20)
@given(st.lists(st.fractions(-2, 2, max_denominator=3), min_size=8, max_size=8), st.data())
def test_accumulators_are_the_sums(values, data):
    """What the layers compute is what the formula says, term by term, at every n."""
    a = dict(enumerate(values))
    r = data.draw(st.sampled_from([0, 1, 2]))
    formulas = {
        "sum(t, 1, n, a_(t+1)*a_t - a_t*a_(t-1))": lambda n: sum(
            a[t + 1] * a[t] - a[t] * a[t - 1] for t in range(1, n + 1)
        ),
        "sum(t, 2, n, 2^(n - t)*a_t*a_(t-2))": lambda n: sum(
            2 ** (n - t) * a[t] * a[t - 2] for t in range(2, n + 1)
        ),
        "sum(i, 1, n, sum(j, 1, i, (a_i + a_j)^2*(-3)^(i - j)))": lambda n: sum(
            (a[i] + a[j]) ** 2 * (-3) ** (i - j) for i in range(1, n + 1) for j in range(1, i + 1)
        ),
        "sum(t, 1, n, 0^(n - t)*a_t)": lambda n: a[n] if n else 0,
        "sum(t, 1, n, a_2 - a_t^3 + 5)": lambda n: sum(
            a[2] - a[t] ** 3 + 5 for t in range(1, n + 1)
        ),
    }
    formula = data.draw(st.sampled_from(list(formulas)))
    made = statement({"n": "integer >= 1", "a": "sequence of real"}, f"{formula} >= {r}")
    layers = made.layers
    (piece,) = made.pieces
    first = {x: Fraction(a[int(x[2:])]) for x in made.variables}
    now = {**first, **{x: rational_value(e, first) for x, e in layers.start.items()}}
    known = max((int(x[2:]) for x in first), default=int(now["n"]))
    for n in range(1, 7 - known + 1):
        assert now["n"] == n
        gap = rational_value(piece.conclusion.left, now) - formulas[formula](n)
        assert gap == 0
        here = {**now, "a": Fraction(a[known + n])}
        now = {**now, **{x: rational_value(e, here) for x, e in layers.update.items()}}


@pytest.mark.parametrize("rows", [["a[0] >= 0", "a[0] <= 1"], ["a[0] <= 1", "a[0] >= 0"],
                                  ["0 <= a[0] <= 1"], ["a[0] == c", "0 <= a[0] <= 1"]])  # fmt: skip
def test_every_bound_of_a_first_value_counts(rows):
    """The last one used to replace the others, and true claims were refuted."""
    for conclusion, verdict in [("0 <= a[n] <= 1", "proved"), ("a[n] <= 0.99", "refuted")]:
        names = {"n": "natural", "c": "real"}
        made = statement(names, conclusion, recursions=[*rows, "a[n+1] == a[n]/2"])
        assert decide(made, 60).verdict.value == verdict


def test_a_first_value_is_given_once():
    with pytest.raises(InputError, match="two rows"):
        statement({"n": "natural"}, "a[n] <= 1",
                  recursions=["a[0] == 0", "a[0] == 1", "a[n+1] == a[n]"])  # fmt: skip


@pytest.mark.parametrize(("names", "hypotheses"), [
    ({"a": "sequence of [0, n]"}, {}),
    ({"a": "sequence of [0, c]"}, {}),
])  # fmt: skip
def test_members_are_not_bounded_by_the_end(names, hypotheses):
    """Each step took its own number for n: of n numbers up to n the sum would be n(n + 1)/2."""
    with pytest.raises(Unsupported, match="by the end n"):
        statement({"n": "integer >= 1", **names}, "sum(i, 1, n, a_i) <= n*(n + 1)/2",
                  hypotheses=hypotheses, definitions={"c": "n"})  # fmt: skip


@pytest.mark.parametrize("hypothesis", ["lambda_max(A) <= n", "A <= c*I"])
def test_eigenvalues_are_all_bounded_by_the_same_number(hypothesis):
    """So the trace is at most n**2, and more than n(n + 1)/2 for n = 2."""
    made = statement({"n": "integer >= 1", "A": "psd(n)"}, "tr(A) <= n*(n + 1)/2",
                     hypotheses={"h": hypothesis}, definitions={"c": "n"})  # fmt: skip
    assert decide(made, 5).verdict.value == "refuted"


@pytest.mark.parametrize(("step", "verdict"), [("a[n+1]", "proved"), ("a[n]", "refuted")])
def test_a_first_value_may_be_a_member(step, verdict):
    rows = ["x[1] == a[1]", f"x[n+1] == x[n]*{step}"]
    made = statement({"n": "integer >= 1", "a": "sequence of positive"},
                     "x[n] == prod(i, 1, n, a_i)", recursions=rows)  # fmt: skip
    assert decide(made, 60).verdict.value == verdict


def test_a_step_to_n_looks_at_members_before_it():
    rows = ["x[0] == 0", "x[n] == x[n-1] + a[n-1]"]
    for first, verdict in [(0, "proved"), (1, "refuted")]:
        made = statement({"n": "natural", "a": "sequence of real"},
                         f"x[n] == sum(i, {first}, n-1+{first}, a_i)", recursions=rows)  # fmt: skip
        assert decide(made, 60).verdict.value == verdict


@pytest.mark.parametrize("row", ["x[0] == n", "x[0] <= n/2"])
def test_a_first_value_knows_no_end(row):
    with pytest.raises(InputError, match="does not depend on n"):
        statement({"n": "natural"}, "x[n] <= 1", recursions=[row, "x[n+1] == x[n]"])
