"""Hypotheses and conclusions of random shape, against their truth at points."""

import itertools
import operator as compare
from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.statements import relation_at

COMPARED = {"<=": compare.le, "<": compare.lt, ">=": compare.ge, ">": compare.gt,
            "==": compare.eq, "!=": compare.ne}  # fmt: skip
OPERATORS = st.sampled_from(sorted(COMPARED))
small = st.sampled_from([Fraction(v) for v in (0, 1, -1, 2)] + [Fraction(1, 2)])
plain = st.sampled_from(["x", "y", "(x - y)", "1", "0", "(-x)", "x/2"])
formulas = st.recursive(
    plain | st.just("1/x"),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("max({}, {})".format, inner, plain),
        st.builds("|{}|".format, plain),
        st.builds(
            "piecewise({} {} {}, {}, {})".format, plain, st.sampled_from(["<", ">=", "<="]), plain,
            inner, plain,
        ),
    ),
    max_leaves=2,
)  # fmt: skip
chains = st.one_of(
    st.builds("{} {} {}".format, formulas, OPERATORS, formulas),
    st.builds("{} {} {}".format, formulas, OPERATORS, plain),
    st.builds("{} <= {} < {}".format, plain, formulas, plain),
    st.builds("{} in [{}, {})".format, plain, plain, plain),
)
conditions = st.recursive(
    chains,
    lambda inner: st.one_of(
        st.builds("{} and {}".format, inner, inner), st.builds("({} or {})".format, inner, inner)
    ),
    max_leaves=3,
)


class Truth:
    """Clauses of comparisons, as Python reads the text: all hold, each if one of its does."""

    def __init__(self, clauses):
        self.clauses = clauses

    def __and__(self, other):
        return Truth(self.clauses + other.clauses)

    def __or__(self, other):
        return Truth([a + b for a in self.clauses for b in other.clauses])


def chosen(test, then, otherwise):
    """What is not chosen need not have a value."""
    return then() if test() else otherwise()


def python(text):
    """A formula, with what may have no value as a function."""
    while "piecewise(" in text:
        start = text.rindex("piecewise(")
        depth, parts, k = 0, [start + 10], start + 10
        while depth >= 0:
            depth += {"(": 1, ")": -1}.get(text[k], 0)
            if text[k] == "," and depth == 0:
                parts.append(k + 1)
            k += 1
        pieces = [text[a : b - 1] for a, b in zip(parts, [*parts[1:], k], strict=True)]
        inside = ", ".join(f"lambda: {p}" for p in pieces)
        text = f"{text[:start]}chosen({inside}){text[k:]}"
    return text


def clauses(text, at):
    """The truth of every comparison, clause by clause; None where a side has no value."""
    text = text.strip()
    for word, join in ((" or ", Truth.__or__), (" and ", Truth.__and__)):
        depth = 0
        for k, sign in enumerate(text):
            depth += {"(": 1, ")": -1, "[": 1}.get(sign, 0)
            depth -= sign == "]"
            if depth == 0 and text.startswith(word, k):
                return join(clauses(text[:k], at), clauses(text[k + len(word) :], at))
    if text[0] == "(" and text[-1] == ")" and (" or " in text or " and " in text):
        return clauses(text[1:-1], at)
    if " in [" in text:
        e, _, rest = text.partition(" in [")
        low, high = rest[:-1].split(", ")
        return clauses(f"{low} <= {e} < {high}", at)
    sides, operators = [""], []
    depth = 0
    for part in text.split(" "):
        if depth == 0 and part in COMPARED:
            operators.append(part)
            sides.append("")
        else:
            sides[-1] += f" {part}"
        depth += part.count("(") - part.count(")")
    values = [valued(s, at) for s in sides]
    return Truth([
        [None if None in pair else COMPARED[o](*pair)]
        for o, pair in zip(operators, itertools.pairwise(values), strict=True)
    ])  # fmt: skip


def valued(text, at):
    while "|" in text:
        text = text.replace("|", "abs(", 1).replace("|", ")", 1)
    try:
        return Fraction(
            eval(python(text.strip()), {"max": max, "abs": abs, "chosen": chosen, **at})
        )
    except ZeroDivisionError:
        return None


@given(conditions, conditions, st.lists(st.tuples(small, small), min_size=4, max_size=4))
@example("piecewise(x < 0, 1/x, y) >= 1", "x > 0 or y > 0", [(Fraction(1), Fraction(1))])
@example("1 >= 0", "x <= 0 or x >= 0", [(Fraction(0), Fraction(1))])
@example("x == y", "x < y or x < 0 or y < 1", [(Fraction(1), Fraction(1))])
@example("(1/x >= 0 or x <= 0)", "x >= 1", [(Fraction(0), Fraction(1)), (Fraction(2), Fraction(0))])
def test_a_claim_is_violated_where_it_says_so(hypothesis, conclusion, points):
    try:
        made = statement({"x": "real", "y": "real"}, conclusion, hypotheses={"h": hypothesis})
    except (Unsupported, InputError):
        assume(False)
    for x, y in points:
        at = {"x": x, "y": y}
        assumed = all(True in c for c in clauses(hypothesis, at).clauses)
        said = clauses(conclusion, at).clauses
        fails = any(None in c or True not in c for c in said)
        found = any(
            relation_at(p.obligation, at) is not True
            for p in made.pieces
            if all(relation_at(r, at) is True for r in p.hypotheses.values())
        )
        assert found == (assumed and fails), (hypothesis, conclusion, at)
