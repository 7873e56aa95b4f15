"""Sums of random shape, added up term by term: they are defined where all terms are."""

import re
from fractions import Fraction
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.expressions import Expression, name, number, rational_value
from theory.expressions.abbreviations import op
from theory.statements import relation_at

JOINED = {"sum_": sum, "prod_": prod, "max_": max, "min_": min}


def exactly(e, at, members):
    """A formula with sums and members, term by term; ZeroDivisionError where it has no value."""
    if e.head in JOINED:
        index, first, last, body = e.args
        ends = (int(exactly(x, at, members)) for x in (first, last))
        terms = [exactly(body, {**at, index.name: Fraction(k)}, members)
                 for k in range(next(ends), next(ends) + 1)]  # fmt: skip
        return JOINED[e.head](terms)
    if e.head == "item":
        return members[e.args[0].name, int(exactly(e.args[1], at, members))]
    if e.head == "name":
        return at[e.name]
    parts = [number(exactly(a, at, members)) for a in e.args]
    return rational_value(Expression(e.head, tuple(parts), e.value, e.name))


def written(e):
    text = re.sub(r"(sum|prod|max|min)_\(", r"\1(", str(e))
    return re.sub(r"item\((\w+), ([^(),]*)\)", r"\1_(\2)", text)


def valued(found):
    """A value; None where there is none."""
    try:
        return found()
    except ZeroDivisionError:
        return None


def asked(made, at):
    """The value of the left side of a claim; None if anything that it concludes has none."""
    found = []
    for part in made.pieces:
        if all(relation_at(r, at) is not False for r in part.hypotheses.values()):
            sides = (part.obligation.left, part.obligation.right)
            found.append([valued(lambda s=s: rational_value(s, at)) for s in sides])
    return None if any(None in sides for sides in found) else found[0][0]


# Sums of members ----------------------------------------------------------------------------------


def item(sequence, index, k):
    return Expression("item", (name(sequence), op("+", name(index), number(k)) if k else
                               name(index)))  # fmt: skip


def bodies(*indices):
    """Terms over indices, members at them, a parameter and numbers."""
    leaves = [*map(name, indices), name("c"), number(2), number(-1)]
    leaves += [item("a", i, k) for i in indices for k in (0, 0, 1, -1)]
    divisors = [name("c"), *map(name, indices), op("-", name(indices[-1]), number(2)), number(-3),
                *(item("a", i, 0) for i in indices)]  # fmt: skip
    return st.recursive(
        st.sampled_from(leaves),
        lambda inner: st.one_of(
            st.builds(op, st.sampled_from("+-*"), inner, inner),
            st.builds(lambda e, d: op("/", e, d), inner, st.sampled_from(divisors)),
            st.builds(lambda e: op("**", e, number(2)), inner),
            st.builds(op, st.just("neg"), inner),
        ),
        max_leaves=4,
    )


@st.composite
def sums(draw, outer="", most=2):
    """Sums from a number to an end near n, or near the outer index."""
    index = "i" if not outer else "j"
    end = outer or "n"
    head = draw(st.sampled_from(["sum_", "sum_", "sum_", "prod_", "max_"]))
    first, shift = draw(st.integers(0, 2)), draw(st.integers(-1, 1))
    last = op("+", name(end), number(shift)) if shift > 0 else (
        op("-", name(end), number(-shift)) if shift else name(end))  # fmt: skip
    known = [index, outer] if outer else [index, *(["n"] if draw(st.integers(0, 3)) == 0 else [])]
    body = draw(bodies(*known))
    if most > 1 and draw(st.integers(0, 3)) == 0:
        body = op(draw(st.sampled_from("+*")), body, draw(sums(index, most - 1)))
    return Expression(head, (name(index), number(first), last, body))


@st.composite
def formulas(draw):
    e = draw(sums())
    for _ in range(draw(st.integers(0, 1))):
        other = draw(st.one_of(sums(), st.sampled_from([item("a", "n", 0), item("a", "n", 1),
                                                        name("c"), name("n")])))  # fmt: skip
        e = op(draw(st.sampled_from("+-*/")), e, other)
    return e


VALUES = st.lists(st.sampled_from([Fraction(v) for v in (0, 1, 2, -1, 3)] + [Fraction(1, 2)]),
                  min_size=9, max_size=9)  # fmt: skip


def layered(made, values, known, further, at):
    """A claim for some number of steps, of which each has the next member, and a point."""
    first = {x: values[int(x[2:])] for x in made.variables if x.startswith("a_")}
    run = "__" if first else "_"
    steps = {f"a{run}{k}": values[known + k] for k in range(1, further + 1)}
    return made.unrolled(further), {**at, **first, **steps}


@given(formulas(), VALUES, st.integers(1, 3), st.sampled_from([0, 1, Fraction(-1, 2)]))
def test_sums_of_members_are_added_up(e, values, least, c):
    names = {"n": f"integer >= {least}", "a": "sequence of real", "c": "real"}
    try:
        made = statement(names, f"{written(e)} >= 0")
    except (Unsupported, InputError):
        assume(False)
    members = {("a", k): v for k, v in enumerate(values)}
    ends = [least, least + 1, least + 2] if made.layers else [least]
    points = [{"c": Fraction(c), "n": Fraction(n)} for n in ends]
    expected = [valued(lambda at=at: exactly(e, at, members)) for at in points]
    if not made.layers:
        assert asked(made, points[0]) == expected[0]
        return
    given_ = [int(x[2:]) for x in made.variables if x.startswith("a_")]
    assert any(  # where no member is called by its number, they are whatever the steps are given
        [asked(*layered(made, values, known, k, at)) for k, at in enumerate(points)] == expected
        for known in ([max(given_)] if given_ else range(-1, 5))
    ), (written(e), least, made.variables)


EMPTY = ["sum(i, 1, n, max(j, 2, i, j))", "max(i, 3, n, a_i)", "max(i, 1, n, min(j, 0, i - 2, j))",
         "sum(i, 0, n, max(j, 2, i, a_j))", "max(i, 3, 2, n + i)"]  # fmt: skip


@pytest.mark.parametrize("e", EMPTY)
def test_there_is_no_greatest_of_no_terms(e):
    with pytest.raises(InputError):
        statement({"n": "integer >= 1", "a": "sequence of real"}, f"{e} >= 0")
