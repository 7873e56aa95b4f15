"""Nothing is captured: unrolled, lowered and labelled statements mean what the user wrote."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from proofs.user_claims import entries, load
from theory.claims import Claim, statement
from theory.errors import InputError, Unsupported
from theory.expressions import Relation, number, rational_value

FIXTURES = Path(__file__).parents[1] / "fixtures" / "border"
SMALL = st.fractions(-3, 3, max_denominator=4)


@pytest.mark.sample(2)
@pytest.mark.parametrize("claim", load(FIXTURES / "captured.toml"), ids=lambda c: c.name)
def test_a_true_lemma_is_not_refuted_for_its_names(claim):
    assert refute(claim.statement, 1) is None


# Names that could meet the ones that layers and lowering make up.
GLOBAL = st.sampled_from(["x_1", "x_2", "x__1", "x__2", "h_1", "y_1", "c"])


@given(
    st.dictionaries(GLOBAL, SMALL, min_size=1, max_size=4),
    st.lists(SMALL, max_size=3),
    st.lists(SMALL, min_size=3, max_size=3),
)
def test_layers_never_meet_variables(globally, xs, ys):
    names = sorted(globally)
    total = " + ".join(names)
    made = statement(
        dict.fromkeys(names, "real"),
        f"S + {total} >= 0",
        hypotheses={n: f"{n} <= 100" for n in names},
        layers={
            "variables": {"x": "real", "y": "real"},
            "hypotheses": {"h": "x <= 50", "x": "y <= 50"},
            "start": {"S": total},
            "next": {"S": f"S + x*y + {total}"},
        },
    )
    depth = len(xs)
    unrolled = made.unrolled(depth)
    own = [v for v in unrolled.variables if v not in globally]
    assert len(own) == 2 * depth
    assert len(unrolled.hypotheses) == len(names) + 2 * depth
    point = dict(globally)
    for layer in range(1, depth + 1):
        (x,) = [v for v in own if v.startswith("x") and v.endswith(f"_{layer}")]
        (y,) = [v for v in own if v.startswith("y") and v.endswith(f"_{layer}")]
        point |= {x: xs[layer - 1], y: ys[layer - 1]}
    base = sum(globally.values(), Fraction(0))
    expected = base * (depth + 2) + sum((x * y for x, y in zip(xs, ys, strict=False)), Fraction(0))
    assert rational_value(unrolled.obligation.left, point) == expected


LABELS = st.sampled_from(["m", "m_1", "m_2", "m_3", "m__1", "vector", "vector_"])


@given(st.dictionaries(LABELS, SMALL, min_size=1))
def test_no_label_is_overwritten(bounds):
    texts = {label: f"a >= {bound}" for label, bound in bounds.items()}
    texts["m"] = "lambda_min(M) >= -2"
    made = statement(
        {"a": "real", "b": "real"},
        "lambda_min(M) > -5",
        hypotheses=texts,
        matrices={"M": [["a", "0"], ["0", "b"]]},
    )
    written = {str(r) for r in made.hypotheses.values()}
    assert written >= {
        str(statement({"a": "real"}, t).conclusion) for n, t in texts.items() if n != "m"
    }
    # three principal minors, and that the vector does not vanish
    assert len(made.hypotheses) == len(texts) - 1 + 3 + 1


@given(st.sets(st.sampled_from([f"{c}_1" for c in "xyzuvst"]) | st.just("x1_1")))
def test_the_vector_of_a_form_is_nobody_s_variable(names):
    made = statement(
        dict.fromkeys([*names, "a"], "real"), "lambda_min(M) >= 0", matrices={"M": [["a"]]}
    )
    (vector,) = set(made.variables) - names - {"a"}
    assert made.obligation.names == {"a", vector}


@pytest.mark.parametrize(
    "parts",
    [
        {"hypotheses": {"h": "P <= 3"}},
        {"hypotheses": {"h": "x + P <= 3 + x"}},
        {"hypotheses": {"h": "tr(M) >= P - 3 + x"}, "matrices": {"M": [["x"]]}},
        {"inside": {"h": "P + y**2 <= 3"}},
    ],
)
def test_a_hypothesis_about_an_accumulator_is_about_its_moment(parts):
    layers = {
        "variables": {"y": "real"},
        "hypotheses": parts.pop("inside", {}),
        "start": {"P": "1"},
        "next": {"P": "P + y**2"},
    }
    made = statement({"x": "real"}, "P <= 3", layers=layers, **parts)
    point = {"x": Fraction(5), "y_1": Fraction(1), "y_2": Fraction(1), "layers": Fraction(2)}
    assert made.holds_at(point) is True
    assert made.holds_at({**point, "y_2": Fraction(2)}) is True  # the hypothesis fails
    broken = replace(made, conclusion=Relation(made.conclusion.left, "<=", number(2)))
    assert broken.holds_at(point) is False


def test_independent_copies_hide_neither_in_abbreviations_nor_in_layers():
    with pytest.raises(InputError, match="copies"):
        statement({"w": "gaussian"}, "d >= 0", definitions={"d": "prod(w, 2)"})
    for place in ("start", "next"):
        layers = {"start": {"P": "1"}, "next": {"P": "P"}} | {place: {"P": "prod(2, 3)"}}
        with pytest.raises(InputError, match="copies"):
            statement({}, "P >= 0", layers=layers)


@pytest.mark.parametrize("count", ["-1", "1/2", "x", "n/2", "n*x", "c"])
def test_the_number_of_copies_is_a_natural_number_for_every_law(count):
    """Closed forms of means are taken for what they are, E(X)**k, for no other k."""
    about = {"x": "real", "n": "natural", "X": "normal(4, 1)"}
    with pytest.raises(InputError, match="number of copies"):
        statement(about, f"E(prod(X, {count})) >= 0", constants={"c": "1/2"})


@pytest.mark.parametrize("law", ["normal(4, 1)", "exponential(1/4)", "bernoulli(1/2)"])
def test_copies_of_which_there_may_be_less_than_none_leave_a_mean_undefined(law):
    made = statement({"n": "integer", "X": law}, "E(prod(X, n)) >= 0")
    assert made.holds_at({"n": Fraction(2)}) is True
    assert made.holds_at({"n": Fraction(-2)}) is not True
    assert statement({"X": law}, "E(prod(X, 3)) >= 0").holds_at({}) is True


def test_layers_that_grow_without_end_are_refused_before_they_grow():
    made = statement(
        {"x": "real"}, "P >= 0", layers={"start": {"P": "x"}, "next": {"P": "*".join(["P"] * 50)}}
    )
    for depth in (8, 10**9, -1):
        with pytest.raises(InputError, match="depth"):
            made.unrolled(depth)


@pytest.mark.parametrize("claim", load(FIXTURES / "labels-of-cases.toml"), ids=lambda c: c.name)
def test_cases_replace_no_hypothesis(claim):
    assert refute(claim.statement, 1) is None


@pytest.mark.sample(40)
@pytest.mark.parametrize("claim", entries(FIXTURES / "not-to-be-proved.toml"), ids=lambda c: c.name)
def test_what_is_false_or_undefined_somewhere_is_not_proved(claim):
    """Read as it stands, or refused: never read as something weaker."""
    if isinstance(claim, Claim):
        assert prove(claim.statement, 1).verdict is not Verdict.PROVED
    else:
        assert isinstance(claim.problem, Unsupported | InputError)
