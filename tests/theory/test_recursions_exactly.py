"""Recursions of random shape against their iteration, and defined where each step is."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.expressions import rational_value
from theory.statements import relation_at

small = st.sampled_from([Fraction(v) for v in (0, 1, 2, -1)] + [Fraction(1, 2)])


def terms(*leaves):
    return st.recursive(
        st.sampled_from([*leaves, "c", "n", "2"]),
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
            st.builds("({})/{}".format, inner, st.sampled_from(["c", "(n + 1)", "(n - 1)", "3"])),
            st.builds("(-{})".format, inner),
            st.builds("max({}, {})".format, inner, inner),
        ),
        max_leaves=4,
    )


def valued(found):
    try:
        return found()
    except ZeroDivisionError:
        return None


@st.composite
def systems(draw):
    """The first index, the rows, and what to ask: of two sequences, the second knows the first."""
    least, order, behind = draw(st.tuples(st.integers(0, 2), st.integers(1, 2), st.booleans()))
    at = (lambda k: f"n{k - 1:+d}" if k != 1 else "n") if behind else (
        lambda k: f"n{k:+d}" if k else "n")  # fmt: skip
    known = [f"{s}[{at(k)}]" for s in "xy" for k in range(1 - order, 1)]
    first = [f"{s}[{least + k}] == {draw(st.sampled_from(['c', '1', '2*c - 1', '1/c']))}"
             for s in "xy" for k in range(order)]  # fmt: skip
    x = f"x[{at(1)}] == {draw(terms(*known))}"
    y = f"y[{at(1)}] == {draw(terms(*known, f'x[{at(1)}]'))}"
    asked = draw(terms("x[n]", "y[n]", "x[n]", *(["x[n+1]", "y[n+1]"] if order > 1 else [])))
    return least, order, [*first, x, y], asked


def iterated(rows, asked, least, order, c, most):
    """What is asked at n, ... for every n up to one; None where a step has no value."""
    at = {("x", k): None for k in range(least, least + order)}
    for row in rows[: 2 * order]:
        left, right = row.split(" == ")
        at[left[0], int(left[2:-1])] = valued(lambda right=right: read(right, {"c": c}, at, 0))
    for m in range(least, most + order + 1):
        for row in rows[2 * order :]:
            left, right = row.split(" == ")
            ahead = 1 if left[2:-1] == "n+1" else 0
            n = m + order - ahead
            key = left[0], m + order
            at[key] = valued(lambda right=right, n=n: read(right, {"c": c}, at, n))
    return [valued(lambda n=n: read(asked, {"c": c}, at, n)) for n in range(least, most + 1)]


class Members:
    """A sequence; what depends on a member without a value has none."""

    def __init__(self, name, at):
        self.name, self.at = name, at

    def __getitem__(self, k):
        if self.at[self.name, int(k)] is None:
            raise ZeroDivisionError
        return self.at[self.name, int(k)]


def read(text, known, at, n):
    scope = {"__builtins__": {}, "max": max, "n": Fraction(n), **known}
    return Fraction(eval(text, {**scope, "x": Members("x", at), "y": Members("y", at)}))


@given(systems(), small)
def test_recursions_are_iterated(system, c):
    least, order, rows, asked = system
    names = {"n": f"integer >= {least}", "c": "real"}
    try:
        made = statement(names, f"{asked} >= 0", recursions=rows)
    except (Unsupported, InputError):
        assume(False)
    expected = iterated(rows, asked, least, order, c, least + 2)
    for k in range(3):
        here = made.unrolled(k) if made.layers is not None else made
        at = {"c": c, "n": Fraction(least + k)}
        sides = [
            valued(lambda p=p, at=at: rational_value(p.obligation.left, at))
            for p in here.pieces
            if all(relation_at(r, at) is not False for r in p.hypotheses.values())
        ]
        found = None if None in sides else sides[0]
        assert found == expected[k], (rows, asked, k)


@pytest.mark.parametrize(("row", "signs"), [("<=", (0, 1)), (">=", (-1, 0)), ("==", (0,))])
def test_a_step_may_be_a_bound(row, signs):
    """Of x[n+1] <= x[n]/2 every smaller x[n+1] is one, and no greater one."""
    made = statement({"n": "natural"}, "x[n] <= 1",
                     recursions=["x[0] == 1", f"x[n+1] {row} x[n]/2"])  # fmt: skip
    (slack,) = made.layers.variables or ("",)
    found = set()
    for free in (Fraction(0), Fraction(1, 2), Fraction(3)):
        step = rational_value(made.layers.update["x"], {"x": Fraction(1), slack: free})
        found.add((Fraction(1, 2) > step) - (Fraction(1, 2) < step))
    assert found == set(signs)
    assert made.layers.variables.get(slack, "nonnegative") == "nonnegative"


# What is assumed of every member ------------------------------------------------------------------

SIGNED = {  # a step that knows n, an assumption about x[n]: both as functions of the step and x
    "3 - n": lambda n, x: 3 - n,
    "x[n] - n + 2": lambda n, x: x - n + 2,
    "(1 - 2/n)*x[n] + 1/n^2": lambda n, x: (1 - Fraction(2) / n) * x + Fraction(1) / n**2,
}
BOUNDS = {
    "x[n] >= 0": lambda n, x: x >= 0,
    "x[n] <= 7 - n": lambda n, x: x <= 7 - n,
    "x[n] >= n - 3": lambda n, x: x >= n - 3,
}


@pytest.mark.parametrize("step", SIGNED)
@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("depth", range(6))
def test_every_member_is_assumed_to_satisfy_its_bound_at_its_own_index(step, bound, depth):
    rows = ["x[1] == 3", f"x[n+1] == {step}", bound]
    made = statement(variables={"n": "integer >= 1"}, recursions=rows, conclusion="x[n] >= 0")
    members = [Fraction(3)]
    for n in range(1, depth + 1):
        members.append(SIGNED[step](n, members[-1]))
    wanted = all(BOUNDS[bound](n, x) for n, x in enumerate(members, 1))
    assert made.unrolled(depth).assumptions_hold_at({}) == wanted


@pytest.mark.parametrize("depth", range(5))
def test_a_sequence_of_order_two_reads_one_of_order_one_at_its_own_index(depth):
    rows = ["y[0] == 0", "y[n+1] == y[n] + n^2", "x[0] == 1", "x[1] == 2",
            "x[n+1] == x[n-1] + n*y[n]"]  # fmt: skip
    made = statement(variables={"n": "natural"}, recursions=rows, conclusion="x[n] >= 0")
    y = [sum(k * k for k in range(n)) for n in range(depth + 3)]
    x = [1, 2]
    for n in range(1, depth + 2):
        x.append(x[n - 1] + n * y[n])
    assert rational_value(made.unrolled(depth).obligation.left) == x[depth]


ORDERS = {  # given values, a step, and the step as a function of n and the members before
    "x[n+2] == x[n+1] - x[n]": ([1, 1], lambda n, x: x[n - 1] - x[n - 2]),
    "x[n] == x[n-1] - x[n-2]": ([1, -1], lambda n, x: x[n - 1] - x[n - 2]),
    "x[n+1] == 2*x[n-1] - n": ([2, 1], lambda n, x: 2 * x[n - 2] - n + 1),
    "x[n+3] == x[n+2] + x[n+1] - 3*x[n]": (
        [1, 2, 0],
        lambda n, x: x[n - 1] + x[n - 2] - 3 * x[n - 3],
    ),
}


@pytest.mark.parametrize("step", ORDERS)
@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("depth", range(5))
def test_members_beyond_n_may_be_anything(step, bound, depth):
    given, following = ORDERS[step]
    rows = [*(f"x[{k}] == {value}" for k, value in enumerate(given)), step, bound]
    made = statement(variables={"n": "natural"}, recursions=rows, conclusion="x[n] >= 0")
    members = list(given)
    for n in range(len(given), depth + 1):
        members.append(following(n, members))
    wanted = all(BOUNDS[bound](n, x) for n, x in enumerate(members[: depth + 1]))
    assert made.unrolled(depth).assumptions_hold_at({}) == wanted
