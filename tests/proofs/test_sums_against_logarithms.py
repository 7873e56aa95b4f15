"""Sums of quotients against logarithms, with the scales as papers on AdaGrad write them."""

import pytest

from proofs.search import prove
from theory.language.reading import statement

NAMES = {"n": "natural", "b": "positive", "g": "sequence of real", "a": "sequence of nonnegative"}
SQUARES = "sum(t, 1, n, g_t^2/(b^2 + sum(s, 1, t, g_s^2)))"
TRUE = {
    "of squares": f"{SQUARES} <= log(1 + sum(t, 1, n, g_t^2)/b^2)",
    "thrice": f"3*{SQUARES} <= 3*log(1 + sum(t, 1, n, g_t^2)/b^2)",
    "a scale that is squared":
        "sum(t, 1, n, a_t/(b^2 + sum(s, 1, t, a_s))) <= log(1 + sum(t, 1, n, a_t)/b^2)",
}  # fmt: skip
FALSE = {
    "a little less": f"{SQUARES} <= 0.95*log(1 + sum(t, 1, n, g_t^2)/b^2)",
    "more often": f"3.1*{SQUARES} <= 3*log(1 + sum(t, 1, n, g_t^2)/b^2)",
    "another scale": f"{SQUARES} <= log(1 + sum(t, 1, n, g_t^2)/(1.1*b^2))",
    "not squared": f"{SQUARES} <= log(1 + sum(t, 1, n, g_t^2)/b)",
    "the other way": f"{SQUARES} >= log(1 + sum(t, 1, n, g_t^2)/b^2)",
    "without the one": f"{SQUARES} <= log(b^2 + sum(t, 1, n, g_t^2))",
}


def claimed(said):
    used = {x: d for x, d in NAMES.items() if f"{x}_" in said or x in "nb"}
    return statement(used, said)


@pytest.mark.parametrize("name", TRUE)
def test_they_are_proved(name):
    assert prove(claimed(TRUE[name]), 20).verdict.value == "proved"


@pytest.mark.parametrize("name", FALSE)
def test_nothing_false_is_proved(name):
    assert prove(claimed(FALSE[name]), 1).verdict.value != "proved"
