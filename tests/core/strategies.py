"""Random terms, points, goals and nodes of certificates."""

from fractions import Fraction

from drawing import st
from flint import fmpq
from reference import Undefined, Unsure, compares, sign, value

from proofs.core import terms as t
from proofs.core.goals import Goal, Range
from proofs.core.terms import Formula, Relation, Term, number, text

X, Y = (Term("variable", value=name) for name in "xy")
N = Term("integer", value="n")
VARIABLES = {"x": X, "y": Y, "n": N}
SMALL = [
    Fraction(p, q) for p, q in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-1, 2), (3, 1), (-3, 2))
]


def rational(v):
    return fmpq(v.numerator, v.denominator)


def numbers():
    return st.sampled_from(SMALL).map(rational).map(number)


EXPONENTS = st.sampled_from(
    [*map(number, (0, 1, 2, 3, -1, -2, fmpq(1, 2), fmpq(1, 3), fmpq(-1, 2), fmpq(3, 2))),
     N, t.plus(N, t.ONE), t.minus(N, N), t.neg(N), Y, t.minus(Y, t.ONE), t.times(t.TWO, N)]
)  # fmt: skip


def larger(inner):
    """Operators and functions, those with conditions more often."""
    one = st.sampled_from(
        [
            "neg",
            "abs",
            "sign",
            "exp",
            "log",
            "sqrt",
            "cos",
            "sin",
            "log",
            "sqrt",
            "tanh",
            "erf",
            "atan",
            "asin",
            "gamma",
            "lambertw",
        ]
    )
    two = st.sampled_from(["+", "-", "*", "/", "+", "-", "*", "/", "min", "max"])
    return st.one_of(
        st.builds(lambda h, a, b: Term(h, a, b), two, inner, inner),
        st.builds(lambda h, a: Term(h, a), one, inner),
        st.builds(t.power, inner, EXPONENTS),
    )


LEAVES = st.one_of(st.sampled_from([X, X, Y, N]), numbers())
TERMS = st.recursive(LEAVES, larger, max_leaves=5)
PLAIN = st.recursive(
    LEAVES,
    lambda inner: st.builds(lambda h, a, b: Term(h, a, b), st.sampled_from("+-*"), inner, inner),
    max_leaves=4,
)
POINTS = st.fixed_dictionaries(
    {
        "x": st.sampled_from(SMALL),
        "y": st.sampled_from(SMALL),
        "n": st.sampled_from([Fraction(k) for k in (0, 1, -1, 2, 3, -2)]),
    }
)
RELATIONS = st.sampled_from(list(Relation))


@st.composite
def true_facts(draw, at, most=3):
    """Formulas that are defined and true at a point, some of them ends of ranges."""
    found = {}
    for i in range(draw(st.integers(0, most))):
        name = f"h{i}"
        if draw(st.booleans()):
            x = draw(st.sampled_from([X, Y, N]))
            end = at[x.value] + draw(st.sampled_from(SMALL))
            gap = t.minus(x, number(rational(end))) if end <= at[x.value] else t.minus(
                number(rational(end)), x
            )  # fmt: skip
            strict = end != at[x.value] and draw(st.booleans())
            found[name] = Formula(gap, Relation.GT if strict else Relation.GE)
            continue
        e = draw(TERMS)
        try:
            s = sign(value(e, at))
        except (Undefined, Unsure):
            continue
        fits = [r for r in Relation if compares(Fraction(s), str(r))]
        fits = [r for r in fits if r is not Relation.EQ] if s else fits
        found[name] = Formula(e if s >= 0 else t.neg(e), draw(st.sampled_from(
            [r for r in Relation if compares(Fraction(abs(s)), str(r))]
        )))  # fmt: skip
    return found


@st.composite
def goals(draw):
    """A goal with the facts that hold at a point, and that point."""
    at = draw(POINTS)
    goal = Goal(VARIABLES, {x: Range() for x in VARIABLES}, {}, t.ZERO, Relation.GE)
    for name, fact in draw(true_facts(at)).items():
        goal = goal.where(name, fact)
    return goal.aimed(draw(TERMS), draw(RELATIONS)), at


# Nodes: parameters that are plausible for a goal -------------------------------------------------


def said(e):
    return text(e)


def labels(goal):
    found = [*goal.facts]
    for x, r in goal.box.items():
        found += [f"lo:{x}"] * (r.lo is not None) + [f"hi:{x}"] * (r.hi is not None)
    return found


@st.composite
def claims(draw, within=TERMS):
    e = draw(within)
    operator = draw(st.sampled_from([">=", ">", "==", "!=", "<=", "<"]))
    return f"{said(e)} {operator} {said(draw(within))}"
