"""Values and ranges in Coq proofs: gamma, chances of a normal draw, zero times anything, pi."""

import re
from typing import Any

import pytest

from proofs.core import check
from proofs.core.terms import Rejected
from proofs.export import Untranslatable, translate
from tests.proofs.test_export import BY_RULE, ENCLOSE, REAL, accepted, certificate, cone

POSITIVE = {"variables": {"x": "positive", "y": "positive"}}
GAMMA: dict[str, Any] = {
    "gamma(x + 3) == (x + 2)*(x + 1)*gamma(x + 1)": POSITIVE,
    "gamma(5) == 24": {},
    "log(gamma(x + 1)) == log(x) + log(gamma(x))": POSITIVE,
    "gamma(x + 1/2)/gamma(x + 5/2) == 1/((x + 1/2)*(x + 3/2))": POSITIVE,
    "gamma(n + 2) == (n + 1)*gamma(n + 1)": {
        "variables": {"n": "integer"},
        "hypotheses": {"n": "n >= 0"},
    },
}
RANGES = {
    "0 times what has no bounds": (
        {"variables": {"a": "real", "b": "real"}, "hypotheses": {"a": "a == 0"}},
        "b**2 - a*b + b*a/3 >= 0",
        ENCLOSE,
    ),
    "gamma": (POSITIVE, "gamma(x)*gamma(y) > 0", ENCLOSE),
    "a power of what may be zero": (
        {
            "variables": {"b": "nonnegative", "n": "integer"},
            "hypotheses": {"b": "b <= 3/4", "n": "n >= 2"},
        },
        "b**n <= 57/100",
        ENCLOSE,
    ),
    "a slope with pi in it": (
        {**REAL, "hypotheses": {"lo": "x >= 0", "hi": "x <= 1/1000"}},
        "sin(x) - 2*x/pi >= -1/1000",
        {**ENCLOSE, "mean": True, "parts": []},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("conclusion", ["gamma(5) == 24"])
def test_gamma_has_a_proof_that_coq_accepts(conclusion: str) -> None:
    assert accepted(translate(of_gamma(conclusion), "gamma"))


@pytest.mark.slow
@pytest.mark.parametrize("conclusion", list(GAMMA)[:-1])
def test_every_value_of_gamma_has_one(conclusion: str) -> None:
    assert accepted(translate(of_gamma(conclusion), "gamma"))


def of_gamma(conclusion: str) -> str:
    made = certificate({**GAMMA[conclusion], "conclusion": conclusion}, cone())
    check.check(made)
    return made


@pytest.mark.parametrize(
    "conclusion",
    [
        "gamma(x + 3) == (x + 2)*(x + 1)*gamma(x)",
        "gamma(x + 1) == gamma(x) + x",
        "gamma(5) == 25",
    ],
)
def test_a_wrong_value_of_gamma_is_refused_by_both(conclusion: str) -> None:
    text = certificate({**POSITIVE, "conclusion": conclusion}, cone())
    with pytest.raises(Rejected):
        check.check(text)
    with pytest.raises((Rejected, Untranslatable)):
        translate(text, "gamma")


def test_what_is_stated_of_gamma_says_where_it_is_defined() -> None:
    made = translate(of_gamma("log(gamma(x + 1)) == log(x) + log(gamma(x))"), "gamma")
    assert "Definition gamma (x : R) : R := real (Lim_seq (gauss_product x))." in made
    assert "ln (gamma (x + 1)) = ln x + ln (gamma x)" in made


@pytest.mark.slow
@pytest.mark.parametrize("kind", RANGES)
def test_ranges_are_as_the_core_has_them(kind: str) -> None:
    given, conclusion, proof = RANGES[kind]
    text = certificate({**given, "conclusion": conclusion}, proof)
    check.check(text)
    assert accepted(translate(text, "range"))


WIDE = {"variables": {"w": "gaussian", "a": "real"}}
CHANCES = {
    "P(3 - 2*w >= a) + P(2*w > 3 - a) == 1": (cone(), "= 1", "= 9 / 8"),
    "P(w**2 < 1) <= 69/100": (ENCLOSE, "69 / 100", "68 / 100"),
    "P(w**2 >= 4) >= 455/10000": (ENCLOSE, "455 / 10000", "456 / 10000"),
}


def of_chance(conclusion: str) -> str:
    made = certificate({**WIDE, "conclusion": conclusion}, CHANCES[conclusion][0])
    check.check(made)
    return translate(made, "chance")


def test_a_chance_is_the_mean_of_what_is_one_where_it_happens() -> None:
    made = " ".join(of_chance("P(3 - 2*w >= a) + P(2*w > 3 - a) == 1").split())
    wanted = "E (fun w => at_least (3 - 2 * w) a) + E (fun w => beyond (2 * w) (3 - a)) = 1."
    assert f"normal_mean E -> {wanted}" in made


@pytest.mark.slow
@pytest.mark.parametrize("conclusion", CHANCES)
def test_chances_of_a_normal_draw_are_what_coq_says(conclusion: str) -> None:
    assert accepted(of_chance(conclusion))


@pytest.mark.slow
@pytest.mark.parametrize("conclusion", [c for c, (_, _, wrong) in CHANCES.items() if "/" in wrong])
def test_a_false_chance_is_refused_with_the_proof_of_a_true_one(conclusion: str) -> None:
    _, right, wrong = CHANCES[conclusion]
    before, said, proof = apart(of_chance(conclusion))
    assert said.count(right) == 1, said
    assert not accepted(before + said.replace(right, wrong) + proof)


@pytest.mark.parametrize(
    ("variables", "event", "missing"),
    [
        ({"w": "gaussian"}, "w == 0", "the chance of an equation"),
        ({"w": "gaussian", "v": "gaussian"}, "w >= v", "other events than of one draw"),
        ({"s": "rademacher"}, "prod(s, 2) >= 0", "an event of copies of a random sign"),
    ],
)
def test_what_is_missing_of_chances_is_said(
    variables: dict[str, str], event: str, missing: str
) -> None:
    text = certificate({"variables": variables, "conclusion": f"P({event}) <= 1"}, ENCLOSE)
    check.check(text)
    with pytest.raises(Untranslatable, match=missing):
        translate(text, "chance")


def apart(made: str) -> tuple[str, str, str]:
    """What is before the last statement, the statement, and its proof."""
    before, said, proof = re.split(r"(?s)(^Theorem claim_.*?)(?=^Proof\.)", made, flags=re.M)
    return before, said, proof


CHANGED = [  # a false statement, with the proof of the true one
    ("enclose", "PI + 1", "PI + 99 / 100"),
    ("mean", "10001 / 10000", "100001 / 100000"),
    ("have", "x ^ 2 >= 0", "x ^ 2 > 0"),
    ("monotone", "exp t >= 1 + t", "exp t > 1 + t"),
    ("substitute", "x + 1 >= 2", "x + 1 > 2"),
    ("invariant", "powerRZ 2 n >= 1", "powerRZ 2 n > 1"),
    ("layers", "p >= powerRZ c n", "p > powerRZ c n"),
    ("error function", "erf x <= 1", "erf x <= 99 / 100"),
    ("expectation", "= 4", "= 5"),
    ("sign", "<= 0", "< 0"),
    ("mean of a size", "Rabs w) < ", "Rabs w) > "),
]


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "right", "wrong"), CHANGED)
def test_a_false_statement_is_refused_with_the_proof_of_a_true_one(
    rule: str, right: str, wrong: str
) -> None:
    before, said, proof = apart(translate(BY_RULE[rule], "it"))
    assert said.count(right) == 1, said
    assert not accepted(before + said.replace(right, wrong) + proof)
