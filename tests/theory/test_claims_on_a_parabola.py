"""A claim about all functions, read, says of a parabola on the line what it said as it was written.

Every point is somewhere on the line, and none at 0: which of them is put there by the reading may
not matter. A part without a value leaves both undecided.
"""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs.refutation.refute import decide
from theory.claims import statement
from theory.errors import Unsupported
from theory.statements import relation_at

POINTS = ("x0", "y", "xs", "x1")
NAMES = {"x0": "vector", "y": "vector", "d": "vector", "xs": "minimiser of f", "c": "real",
         "L": "positive"}  # fmt: skip
ASKED = {"f": "smooth(L) & convex"}
STEP = {"x1": "x0 - grad(f, x0)/L"}

points = st.sampled_from(POINTS)
directions = st.recursive(
    st.one_of(
        st.builds("({} - {})".format, points, points),
        st.builds("grad(f, {})".format, points),
        st.just("d"),
    ),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-"), inner),
        st.builds("{}*{}".format, st.sampled_from(["c", "(c - 1)", "2", "0", "(1/c)"]), inner),
        st.builds("({})/{}".format, inner, st.sampled_from(["c", "L", "2"])),
        st.builds("(-({}))".format, inner),
    ),
    max_leaves=3,
)
anywhere = st.one_of(directions, directions, points)  # a point alone is not moved along with others
numbers = st.recursive(
    st.one_of(
        st.builds("dot({}, {})".format, anywhere, directions),
        st.builds("norm({})".format, anywhere),
        st.builds("norm({})^2".format, directions),
        st.builds("({})^2".format, st.builds("norm({})".format, anywhere)),
        st.builds("(f({}) - f({}))".format, points, points),
        st.sampled_from(["c", "L"]),
    ),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-"), inner),
        st.builds("{}*({})".format, st.sampled_from(["c", "2", "L", "0"]), inner),
        st.builds("({})/{}".format, inner, st.sampled_from(["c", "L", "(c - 1)"])),
    ),
    max_leaves=3,
)
SMALL = st.sampled_from([Fraction(v) for v in (0, 1, 2, -1, -3)] + [Fraction(1, 2)])


def world(curvature, **at):
    """What names mean on the line."""
    s = at["xs"]
    known = {
        "f": lambda x: curvature * (x - s) ** 2 / 2 + 3,
        "grad": lambda f, x: curvature * (x - s),
        "dot": lambda u, v: u * v,
        "norm": abs,
        **at,
    }
    return known | {"x1": at["x0"] - curvature * (at["x0"] - s) / at["L"]}


def meant(text, known):
    """The truth of a comparison, as it is written; None where a side has no value."""
    try:
        return eval(text.replace("^", "**"), {"__builtins__": {}}, known)
    except ZeroDivisionError:
        return None


def coordinates(made, known):
    """The same world in the coordinates of the claim that is read.

    Where a point at which the function is asked is put at 0, so are all of them moved.
    """
    vectors = [names[0].rsplit("_", 1)[0] for names in made.gram.vectors]
    asked = {v for s in made.gram.samples for v in s.point}
    gone = [] if all(s.point for s in made.gram.samples) else {"xs", "x0", "y"} - {*vectors}
    moved = known["xs"] if "xs" in gone else known[min(gone)] if gone else 0

    def length(v):
        if v.startswith("grad_f_"):
            return known["grad"](known["f"], known[v[7:]])
        return known[v] - (moved if v in asked else 0)

    unit = -1 if next((length(v) for v in vectors if length(v)), 1) < 0 else 1
    at = {x: known[x] for x in ("c", "L")}
    for v, names in zip(vectors, made.gram.vectors, strict=True):
        at |= dict.fromkeys(names, Fraction(0)) | {names[0]: unit * length(v)}
    return at | {q: known["f"](known[q[2:]]) for q in made.gram.values}


@given(numbers, numbers, st.sampled_from([">=", "<=", ">", "<"]), st.tuples(*[SMALL] * 5),
       st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(0)]))  # fmt: skip
def test_a_claim_says_of_a_parabola_what_is_written(left, right, operator, at, curvature):
    text = f"{left} {operator} {right}"
    try:
        made = statement(NAMES, text, functions=ASKED, definitions=STEP)
    except Unsupported:
        return
    known = world(
        curvature, L=Fraction(1), **dict(zip(("x0", "y", "d", "xs", "c"), at, strict=True))
    )
    here = coordinates(made, known)
    assert all(relation_at(r, here) is not False for r in made.hypotheses.values())
    held = {decide(p.obligation, here, {}) for p in made.pieces
            if all(relation_at(r, here) is not False for r in p.hypotheses.values())}  # fmt: skip
    found = None if None in held else False not in held
    assert found is meant(text, known), (text, here)
