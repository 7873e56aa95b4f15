"""Several matrices of symbolic sizes: every theorem that is assumed holds of NumPy's matrices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.refutation.refute import refute
from proofs.verification.decide import decide
from tests.machine import seconds
from tests.theory.test_unknowns import value
from theory.errors import InputError, Unsupported
from theory.language.reading import statement
from theory.language.unknowns import Unknowns

SQUARE = {"A": "matrix(n, n)", "B": "matrix(n, n)", "C": "matrix(n, n)"}
WIDE = {"A": "matrix(m, n)", "B": "matrix(m, n)", "C": "matrix(n, n)"}
SYMMETRIC = {"A": "symmetric(n)", "B": "symmetric(n)", "C": "psd(n)", "D": "psd(n)"}
VECTORS = {"x": "vector(n)", "y": "vector(n)"}
SIZES = {"m, n": "integer >= 1", "t": "positive", "s": "real"}
CLAIMS = [
    (SQUARE, "norm2(A + B - C) <= norm(A - B) + nuclear(A*B) + norm(A*B*C)"),
    (SQUARE, "tr(A*B*C) + tr(T(A)*B) <= nuclear(A*C) + norm(T(A)*A) + norm2(T(A)*B)"),
    (SQUARE, "norm(s*A + t*B) + norm2(s*A - I) <= nuclear(A - 2*I) + tr(A + 3*I)"),
    (WIDE, "norm(A - B) + norm2(T(A)*A) <= nuclear(A + B) + norm2(A) + nuclear(A)"),
    (WIDE, "norm(A*C + B*C) + norm2(A*C*C) <= norm(A*T(A)) + tr(T(A)*B) + nuclear(B*C)"),
    (WIDE, "norm(A*x) + dot(x, C*y) <= norm(x + y) + norm(T(A)*A*x) + norm2(C)"),
    (SYMMETRIC, "lambda_max(A + B) + lambda_min(A - B) <= norm2(A) + norm2(A - I) + tr(B)"),
    (SYMMETRIC, "tr(C*D) + tr(A*C) + lambda_min(C) <= lambda_max(C + D) + norm(C*D) + tr(C)"),
    (SYMMETRIC, "dot(x, A*x) + norm(C*x) <= lambda_max(2*A - t*C) + norm2(C*D) + nuclear(C)"),
    (SYMMETRIC, "lambda_min(A + B + C) + lambda_max(s*A) <= lambda_max(I - t*C) + norm(A)"),
    (SYMMETRIC, "tr(A*B*A) + tr(A*C*A) + tr(A*A) <= norm2(A*B*A) + nuclear(A*C*A)"),
    (SYMMETRIC, "lambda_max(A - B) + lambda_min(B - C) <= lambda_max(A - C) + norm(B - C)"),
    (SQUARE, "norm(A*B - C*A) <= norm(B - A) + nuclear(A - C)"),
    (WIDE, "norm(A*x - B*y) + norm2(A - B) <= norm(x - y)"),
    (WIDE, "norm2(A*C - B*T(C)) <= norm(A - B) + norm2(C - T(C))"),
    (SQUARE, "norm2(A*B - I) + norm2(s*I - s*A*T(B)) <= norm2(A - I) + norm2(B - I)"),
    (SQUARE, "norm2(A*B*C - I) + nuclear(t*A*B - t*I) <= norm(I - A*B) + norm2(C)"),
    (SQUARE, "norm2(inv(A - 2*I)) + norm(inv(A)*B) <= norm(inv(A) - inv(B)) + nuclear(inv(A))"),
    (SQUARE, "norm2(inv(s*I + A*B) - I) + tr(inv(A)) <= norm(t*inv(A + B) - 2*I) + norm2(T(A))"),
    (SQUARE, "det(A*B) + det(T(inv(A))) <= det(2*A) + det(A - B) + norm2(inv(T(A)*B))"),
    (SYMMETRIC, "lambda_min(inv(A) - inv(B)) <= lambda_max(inv(A - t*C) - inv(A)) + norm2(A - B)"),
    (
        SYMMETRIC,
        "lambda_max(inv(C + D) - inv(C + t*I)) <= lambda_min(inv(D) - inv(C)) + tr(inv(C))",
    ),
    (
        SYMMETRIC,
        "det(C + D) + logdet(C + t*I) <= tr(inv(C)*D) + det(C)*det(D) + logdet(D) + norm(A)",
    ),
    (SYMMETRIC, "norm(inv(C + t*I)*x) + dot(x, inv(A)*x) <= lambda_max(inv(C)) + lambda_min(A)"),
    (SQUARE, "sigma_min(A*B) + sigma_min(s*A - t*B) <= norm(A*B*C) + norm2(A - B) + sigma_min(B)"),
    (SQUARE, "sigma_min(T(A)*C) + sigma_min(A) <= nuclear(C*A) + norm2(A - 2*I) + norm(A*x)"),
    (SYMMETRIC, "sigma_min(A) + sigma_min(C) + sigma_min(A*C) <= sigma_min(A - B) + norm(C*A)"),
    (SQUARE, "sigma_min(inv(A)*B) + sigma_min(A) <= norm2(inv(A) - inv(B)) + norm(A*inv(B))"),
]


def numbers(text, at):
    """What a number stands for, in NumPy."""
    text = text.replace("*", "@").replace("T(", "transpose(").replace("^", "**")
    scope = {
        "norm2": lambda M: np.linalg.norm(M, 2),
        "norm": np.linalg.norm,
        "nuclear": lambda M: np.linalg.norm(M, "nuc"),
        "tr": np.trace,
        "lambda_max": lambda M: np.linalg.eigvalsh(M)[-1],
        "lambda_min": lambda M: np.linalg.eigvalsh(M)[0],
        "transpose": lambda M: np.asarray(M).T,
        "inv": lambda M: Scaled(np.linalg.inv(np.asarray(M))),
        "sigma_min": lambda M: np.linalg.norm(M, -2),
        "det": lambda M: max(np.linalg.det(M), 0) if "**" in text else np.linalg.det(M),
        **{x: Scaled(v) if np.ndim(v) else Number(v) for x, v in at.items()},
    }
    return float(eval(text, {"__builtins__": {}}, scope))


class Scaled(np.ndarray):
    """A matrix that a number may multiply with @."""

    def __new__(cls, v):
        return np.asarray(v).view(cls)

    def __rmatmul__(self, c):
        return float(c) * np.asarray(self) if np.ndim(c) == 0 else np.asarray(c) @ np.asarray(self)


class Number(float):
    """A number that multiplies matrices with @."""

    def __matmul__(self, other):
        found = float(self) * np.asarray(other)
        return found if np.ndim(found) else Number(found)

    __rmatmul__ = __matmul__

    def __neg__(self):
        return Number(-float(self))


def drawn(shape, kind, rng):
    low = rng.integers(0, 2)  # often of low rank
    M = rng.integers(-2, 3, shape).astype(float) if low else rng.normal(size=shape)
    if kind.startswith("symmetric"):
        return M + M.T
    return M @ M.T if kind.startswith("psd") else M


@pytest.mark.sample(20)
@pytest.mark.parametrize("prune", [True, False])
@pytest.mark.parametrize(("names", "claim"), CLAIMS, ids=range(len(CLAIMS)))
def test_what_is_assumed_holds(names, claim, prune, monkeypatch):
    if not prune:  # also what a search is not told
        monkeypatch.setattr(Unknowns, "preferred", lambda *_: None)
        monkeypatch.setattr(Unknowns, "joined", lambda *_: None)
        monkeypatch.setattr(Unknowns, "drop", lambda *_: None)
    made = statement({**names, **VECTORS, **SIZES}, claim)
    hypotheses = [
        *made.hypotheses.values(),
        *(h for p in made.parts for h in p.hypotheses.values()),
    ]
    facts = [h for h in hypotheses if (h.left.names | h.right.names) & set(made.relaxed.said)]
    assert len(facts) > 3
    rng = np.random.default_rng(7)
    seen = 0
    for _ in range(40 if "inv" in claim else 25):
        m, n = rng.integers(1, 5, 2)
        sizes = {"m": m, "n": n, "1": 1}
        at = {"t": rng.uniform(0.01, 2), "s": rng.normal()}
        for x, kind in {**names, **VECTORS}.items():
            shape = [a.strip() for a in kind.partition("(")[2].rstrip(")").split(",")]
            rows, columns = shape[0], "1" if kind.startswith("vector") else shape[-1]
            at[x] = drawn((sizes[rows], sizes[columns]), kind, rng)
        at["I"] = np.eye(n)
        at |= {"n": n, "m": m}
        try:
            point = {q: numbers(what, at) for q, what in made.relaxed.said.items()}
        except np.linalg.LinAlgError:  # there is no inverse
            continue
        if max(map(abs, point.values())) > 1e4:
            continue
        seen += 1
        point |= {"m": float(m), "n": float(n), "t": at["t"], "s": at["s"]}
        for r in facts:
            gap = value(r.left, point) - value(r.right, point)
            size = 1e-7 * (1 + abs(value(r.left, point)) + abs(value(r.right, point)))
            bad = abs(gap) if r.operator == "==" else gap if r.operator == "<=" else -gap
            assert bad <= size, (str(r), {q: made.relaxed.said[q] for q in r.left.names
                                          | r.right.names if q in made.relaxed.said})  # fmt: skip
    assert seen > 12


@pytest.mark.parametrize(("variables", "claim"), [
    ({"A": "matrix(m, n)", "B": "matrix(m, n)"}, "norm2(A*B) <= 1"),
    ({"A": "matrix(m, n)"}, "tr(A) <= norm(A)"),
    ({"A": "matrix(m, n)"}, "lambda_max(A) <= norm(A)"),
    ({"A": "matrix(n, n)", "B": "matrix(n, n)"}, "lambda_max(A + B) <= norm(A)"),
    ({"A": "matrix(n, n)", "B": "symmetric(n)"}, "A <= B"),
    ({"A": "matrix(m, n)", "B": "matrix(n, m)"}, "norm(A + B) <= norm(A)"),
    ({"A": "symmetric(n)", "B": "symmetric(n)"}, "norm(A + 1) <= norm(B)"),
    ({"A": "symmetric(n)", "B": "symmetric(n)"}, "A*B <= norm(B)"),
])  # fmt: skip
def test_what_does_not_fit_is_said(variables, claim):
    with pytest.raises(InputError):
        statement({**variables, "m, n": "integer >= 1"}, claim)


@pytest.mark.parametrize("claim", ["norm(inv(A + inv(B))*B) <= 1", "logdet(A*B) <= 1", "A*B != B*A",
                                   "norm2(A^n*B) <= 1", "spectral_radius(A*B) <= 1"])  # fmt: skip
def test_what_is_not_covered_is_said(claim):
    with pytest.raises(Unsupported):
        statement({"A": "symmetric(n)", "B": "symmetric(n)", "n": "integer >= 1"}, claim)


@pytest.mark.parametrize(
    "claim", ["norm(A*B) <= norm(A)*norm(B)", "norm(A - B) <= norm(A) + norm(B)"]
)
def test_a_size_is_at_least_one(claim):
    names = {"A": "matrix(n, n)", "B": "matrix(n, n)"}
    assert decide(statement({**names, "n": "integer >= 1"}, claim), 20.0).verdict.value == "proved"
    with pytest.raises(InputError, match="integer >= 1"):
        statement({**names, "n": "natural"}, claim)


@given(st.sampled_from([0.5, 0.9, 0.99]))
def test_twins_are_refuted_by_small_matrices(c):
    names = {"A": "matrix(n, n)", "B": "matrix(n, n)", "n": "integer >= 1"}
    claim = statement(names, f"norm(A*B) <= {c}*norm2(A)*norm(B)")
    found = refute(claim, 3.0)
    assert found is not None
    assert found.point["n"] in (1, 2)


INVERSES = {
    "Neumann": (SQUARE, {"h": "norm2(A) < 1"}, "norm2(inv(I - A)) <= 1/(1 - norm2(A))"),
    "first term": (SQUARE, {"h": "norm2(A) < 1"},
                   "norm2(inv(I - A) - I) <= norm2(A)/(1 - norm2(A))"),
    "perturbed": (SQUARE, {"h": "norm2(inv(A))*norm2(B) < 1"},
                  "norm2(inv(A + B)) <= norm2(inv(A))/(1 - norm2(inv(A))*norm2(B))"),
    "resolvent": (SQUARE, {"h": "norm2(inv(A)) <= t", "g": "norm2(inv(B)) <= t"},
                  "norm(inv(A) - inv(B)) <= t^2*norm(A - B)"),
    "shifted": (SYMMETRIC, {"h": "lambda_min(A) >= 1", "g": "norm2(B) <= 1/2"},
                "norm2(inv(A + B)) <= 2"),
    "order": (SYMMETRIC, {"h": "A > 0", "g": "A <= B"}, "inv(B) <= inv(A)"),
    "regularised": (SYMMETRIC, {"h": "C <= D"}, "inv(D + t*I) <= inv(C + t*I)"),
    "Minkowski": (SYMMETRIC, {"h": "det(C) > 0", "g": "det(D) > 0"},
                  "det(C + D)^(1/n) >= det(C)^(1/n) + det(D)^(1/n)"),
    "two products": (SQUARE, {}, "norm(A*B - B*C) <= norm2(A)*norm(B - C) + norm(A - B)*norm2(C)"),
    "two images": (SQUARE | {"x": "vector(n)", "y": "vector(n)"}, {},
                   "norm(A*x - B*y) <= norm2(A)*norm(x - y) + norm2(A - B)*norm(y)"),
    "monotone": (SYMMETRIC, {"h": "det(C) > 0"}, "logdet(C + D) >= logdet(C)"),
    "multiplicative": (SQUARE, {}, "det(A*T(B)) == det(A)*det(B)"),
}  # fmt: skip


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", INVERSES)
def test_inverses_determinants_and_products(name):
    names, given_, claim = INVERSES[name]
    assert (
        decide(statement({**names, **SIZES}, claim, hypotheses=given_), 20).verdict.value
        == "proved"
    )


TWINS = {
    "Neumann": (SQUARE, {"h": "norm2(A) < 1"}, "norm2(inv(I - A)) <= 0.9/(1 - norm2(A))"),
    "order": (SYMMETRIC, {"g": "A <= B"}, "inv(B) <= inv(A)"),
    "multiplicative": (SQUARE, {}, "det(A + B) == det(A) + det(B)"),
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", TWINS)
def test_twins_about_inverses_are_refuted(name):
    names, given_, claim = TWINS[name]
    assert (
        decide(statement({**names, **SIZES}, claim, hypotheses=given_), seconds(20)).verdict.value
        == "refuted"
    )


@pytest.mark.sample(2)
@pytest.mark.parametrize("claim", [
    "norm2(inv(I - A)) >= 0", "tr(A*inv(A)) >= 0", "norm(inv(A)*A*B) <= norm(B)",
    "norm(B) - 0*norm(inv(A + B)) >= 0", "det(A)*det(inv(A)) == 1", "det(C)^(1/n) >= 0",
    "logdet(C + D) <= tr(C + D)", "norm2(A + sqrt(tr(A))*B) >= 0", "norm2(A + asin(tr(A))*B) >= 0",
    "norm(A - norm2(B)*sqrt(det(A))*B) <= norm(A) + norm2(B)*sqrt(det(A))*norm(B)",
])  # fmt: skip
def test_that_an_inverse_exists_is_claimed_besides(claim):
    names = {**SQUARE, "C": "psd(n)", "D": "psd(n)", **SIZES}
    assert decide(statement(names, claim), 3).verdict.value == "undecided"


@pytest.mark.sample(2)
@pytest.mark.parametrize("claim", [
    "norm2(B + 0*inv(s*A)) >= 0", "norm2(B + inv(s*A) - inv(s*A)) >= 0",
    "norm(B + 0*inv(s*I)) >= 0", "norm2(B + 0*inv(s^2*T(A))*C) >= 0",
])  # fmt: skip
def test_a_factor_of_an_inverse_is_not_0_also_where_it_is_lost(claim):
    """inv(s*A) = inv(A)/s has no value at s = 0, whatever it is multiplied by."""
    made = statement({**SQUARE, **SIZES}, claim, hypotheses={"h": "norm2(inv(A)) <= 1"})
    assert decide(made, 3).verdict.value == "undecided"


@pytest.mark.sample(2)
@pytest.mark.parametrize("head", ["norm", "norm2", "nuclear"])
@pytest.mark.parametrize("turned", ["T(inv(A))", "inv(T(A))"])
def test_the_transpose_of_an_inverse_is_that_of_the_transpose(head, turned):
    """T(inv(A)) - inv(B) = T(inv(A))*(B - T(A))*inv(B), and not so with A."""
    small = {"h": "norm2(inv(A)) <= 1", "g": "norm2(inv(B)) <= 1"}

    def verdict(inner, seconds):
        claim = f"{head}({turned} - inv(B)) <= {head}({inner} - B)"
        made = statement({**SQUARE, **SIZES}, claim, hypotheses=small)
        return decide(made, seconds).verdict.value

    assert verdict("T(A)", 20) == "proved"
    assert verdict("A", 2) != "proved"  # a rotation by 90 degrees is a counterexample


def test_a_case_that_does_not_occur_says_no_inverse_exists():
    """At s = -1 the hypothesis holds of A = 0."""
    given_ = {"h": "piecewise(s > 0, norm2(inv(A)), 0) <= 1"}
    made = statement({**SQUARE, **SIZES}, "norm2(inv(A)*B) >= 0", hypotheses=given_)
    assert decide(made, 3).verdict.value == "undecided"


def turned(M):
    """The root of T(M)*M: it has the singular values of M."""
    _, s, V = np.linalg.svd(M)
    return V.T @ np.diag(s) @ V


EQUAL = {  # an equation, its right side, and matrices for which it holds
    "balanced": ("T(A)*A", "B*T(B)", lambda M, x: (M, turned(M), M @ x)),
    "on one side": ("T(A)*A - B*T(B)", "0", lambda M, x: (M, turned(M), M @ x)),
    "no sum": ("T(A)*A + T(B)*B", "0", lambda M, x: (0 * M, 0 * M, x)),
    "orthogonal": ("T(A)*A", "I", lambda M, x: (np.linalg.qr(M)[0], M, x)),
    "twice the same": ("2*A", "B", lambda M, x: (M, 2 * M, x)),
    "a square": ("A*A", "A", lambda M, x: (np.diag(np.diag(M) > 0).astype(float), M, x)),
    "a system": ("A*x", "y", lambda M, x: (M, M, M @ x)),
    "an inverse": ("inv(A)*B", "I", lambda M, x: (M, M, x)),
}


@pytest.mark.parametrize("name", EQUAL)
def test_what_an_equation_says_of_numbers_holds(name):
    left, right, solved = EQUAL[name]
    made = statement({**SQUARE, **VECTORS, **SIZES}, "norm(B) + norm2(A) + norm(x) + norm(y) <= 1",
                     hypotheses={"h": f"{left} == {right}"})  # fmt: skip
    said = [r for label, r in made.hypotheses.items() if label.startswith("h")]
    assert said
    rng = np.random.default_rng(3)
    for n in (1, 2, 3, 4) * 3:
        M, x = rng.normal(size=(n, n)), rng.normal(size=(n, 1))
        A, B, y = solved(M, x)
        at = {"A": A, "B": B, "x": x, "y": y, "I": np.eye(n), "n": n, "m": n}
        point = {q: numbers(what, at) for q, what in made.relaxed.said.items() if "C" not in what}
        point |= {"n": float(n), "m": float(n)}
        for r in said:
            low, high = value(r.left, point), value(r.right, point)
            if r.operator == "==":
                assert abs(low - high) <= 1e-7 * (1 + abs(low)), (name, n, str(r))


@pytest.mark.sample(3)
@pytest.mark.parametrize(("hypotheses", "true", "false"), [
    ({"h": "T(A)*A == B*T(B)"}, "norm2(A) == norm2(B)", "norm2(A) == 1.02*norm2(B)"),
    ({"h": "A*B == I"}, "norm2(A)*norm2(B) >= 1", "norm2(A)*norm2(B) >= 1.02"),
    ({"h": "A*x == y"}, "norm(y) <= norm2(A)*norm(x)", "norm(y) <= 0.96*norm2(A)*norm(x)"),
    ({}, "(A + B)*(A - B) == A*A - A*B + B*A - B*B", "(A + B)*(A - B) == A*A - B*B"),
    ({"h": "norm2(A - I) <= 1/2", "g": "norm2(B - I) <= 1/2"}, "norm2(A*B - I) <= 5/4",
     "norm2(A*B - I) <= 1"),
])  # fmt: skip
def test_equations_and_products_near_the_identity(hypotheses, true, false):
    names = {**SQUARE, **VECTORS, **SIZES}
    used = {"A", "B", *SIZES} | ({"x", "y"} if "x" in true else set())
    names = {x: d for x, d in names.items() if x in used}
    for said, verdict in ((true, "proved"), (false, "refuted")):
        made = statement(names, said, hypotheses=hypotheses)
        assert decide(made, seconds(6)).verdict.value == verdict


@pytest.mark.parametrize("kind", ["symmetric", "psd"])
def test_squares_that_are_equal_do_not_tell_signs(kind):
    """A = -I and B = I have equal squares, and so have no other psd matrices than A = B."""
    names = {"A": f"{kind}(n)", "B": f"{kind}(n)", "n": "integer >= 1"}
    for said in ("lambda_max(A) == lambda_max(B)", "lambda_min(A) <= lambda_min(B)"):
        made = statement(names, said, hypotheses={"h": "A*A == B*B"})
        true = "proved" if kind == "psd" else "refuted"
        assert decide(made, 6).verdict.value == true
    made = statement(names, "norm(A) == norm(B)", hypotheses={"h": "A*A == B*B"})
    assert decide(made, 6).verdict.value == "proved"


@pytest.mark.parametrize("claim", ["inv(A)*A*B == B", "A/s - A/s == 0*B", "0*inv(A) == 0*B"])
def test_an_equation_claims_that_its_sides_have_a_value(claim):
    names = {"A": "matrix(n, n)", "B": "matrix(n, n)", "n": "integer >= 1", "s": "real"}
    assert decide(statement(names, claim), 1).verdict.value == "undecided"
