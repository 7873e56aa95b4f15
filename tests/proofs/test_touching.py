"""Inequalities that touch: tangents where they do, corners by sign, lemmas as premises."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs import library
from proofs.corpus import FOLDER, SETS, Lemma, judge, lemmas
from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import by_library, decide
from theory.claim_files import tables
from theory.claims import statement

POSITIVE = dict.fromkeys("abcxyz", "positive")


def said(conclusion, hypotheses=(), **variables):
    return statement(
        variables=variables,
        hypotheses={f"h{i}": h for i, h in enumerate(hypotheses)},
        conclusion=conclusion,
    )


TRUE = {
    "exp is convex": said(
        "exp(l*x + (1-l)*y) <= l*exp(x) + (1-l)*exp(y)", l="[0, 1]", x="real", y="real"
    ),
    "boosting": said("exp(a*r) <= (1+r)/2*exp(a) + (1-r)/2*exp(-a)", a="real", r="[-1, 1]"),
    "geometric below arithmetic mean": said(
        "(a*b*c)**(1/3) <= (a+b+c)/3", a="positive", b="positive", c="positive"
    ),
    "Gibbs": said(
        "a*log(a/x) + b*log(b/y) + c*log(c/z) >= 0",
        ["a+b+c == 1", "x+y+z == 1"],
        **POSITIVE,
    ),
    "entropy of three": said(
        "-a*log(a) - b*log(b) - c*log(c) <= log(3)",
        ["a+b+c == 1"],
        a="positive",
        b="positive",
        c="positive",
    ),
    "tanh is Lipschitz": said("abs(tanh(x) - tanh(y)) <= abs(x-y)", x="real", y="real"),
    "entropy of one": said("-p*log(p) <= 1/e", p="positive"),
    "entropy below a root": said("-p*log(p) <= 2/e*sqrt(p)", p="(0, 1]"),
    "a power of e between two": said("p*log(q) <= p*log(p) + q/e", p="positive", q="positive"),
    "erf": said("erf(x) >= 1 - exp(-x**2)", x="nonnegative"),
}
FALSE = {
    "exp is convex, with less": said(
        "exp(l*x + (1-l)*y) <= 0.99*(l*exp(x) + (1-l)*exp(y))", l="[0, 1]", x="real", y="real"
    ),
    "entropy of one, with less": said("-p*log(p) <= 0.98/e", p="positive"),
    "a power of e between two, with less": said(
        "p*log(q) <= p*log(p) + 0.98*q/e", p="positive", q="positive"
    ),
    "entropy of three below log 3": said(
        "-a*log(a) - b*log(b) - c*log(c) <= 1.0986",
        ["a+b+c == 1"],
        a="positive",
        b="positive",
        c="positive",
    ),
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", TRUE)
def test_sides_that_touch_are_compared_by_tangents(name):
    assert prove(TRUE[name], 60).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", FALSE)
def test_a_little_less_has_no_certificate(name):
    assert prove(FALSE[name], 2).verdict is Verdict.UNDECIDED


@given(st.fractions(min_value=Fraction(1, 9), max_value=Fraction(8, 9), max_denominator=9))
@settings(max_examples=5, deadline=None)
def test_means_with_any_weights(w):
    claim = said(f"a**({w})*b**({1 - w}) <= {w}*a + {1 - w}*b", a="positive", b="positive")
    assert prove(claim, 60).verdict is Verdict.PROVED


@pytest.mark.parametrize("k", [2, 3])
def test_where_floats_see_no_product_others_find_the_proof(k):
    """exp(r) - 1 - r - ... is no positive float for small r, and its logarithm none at all."""
    tail = said(f"P(K >= {k}) <= exp({k} - r - {k}*log({k}/r))", [f"r <= {k}"],
                r="positive", K="poisson(r)")  # fmt: skip
    assert prove(tail, 60).verdict is Verdict.PROVED


@pytest.mark.parametrize(("base", "ends"), [("1 - x", "[0, 1]"), ("1 + x", "[-1, 0]"),
                                            ("1 - x/2", "[0, 2]")])  # fmt: skip
def test_a_base_may_vanish_at_either_end(base, ends):
    """0^n = 0 there, and the exponential of n log(base) elsewhere: Hoeffding's bound of none."""
    missed = f"(1 - ({base}))"
    claim = said(f"({base})^n <= exp(-2*n*{missed}^2)", x=ends, n="integer >= 1")
    assert prove(claim, 60).verdict is Verdict.PROVED
    more = said(f"({base})^n <= exp(-3*n*{missed}^2)", x=ends, n="integer >= 1")
    assert decide(more, 4).verdict is Verdict.REFUTED


def test_a_lemma_of_the_library_is_a_premise_whatever_its_variables_are_called():
    claim = said("log(z) <= z - 1", z="positive")
    assert "log-below-line" in [e.claim.name for e in library.alike(claim)]
    evidence = by_library(claim, 60)
    assert evidence.verdict is Verdict.PROVED
    assert "cite" in evidence.detail
    assert by_library(said("log(z) <= 0.99*(z - 1)", z="positive"), 4).verdict is not Verdict.PROVED


def test_every_second_lemma_is_in_the_half_that_is_looked_at():
    seen, unseen = lemmas("seen"), lemmas("unseen")
    assert abs(len(seen) - len(unseen)) <= 2
    assert not {one.name for one in seen} & {one.name for one in unseen}
    assert {one.kind for one in seen} == {one.kind for one in unseen}


def test_fresh_lemmas_and_their_twins_are_in_no_other_set():
    fresh = tables(FOLDER / "fresh.toml")
    others = [*FOLDER.glob("*.toml"), *library.FOLDER.glob("*.toml")]
    named = {name for path in others if path.stem != "fresh" for name in tables(path)}
    assert len(fresh) >= 100
    assert not fresh.keys() & named
    assert all("mutant" in table for table in fresh.values())


@pytest.mark.slow  # reads every claim of every set: pytest -m slow tests/proofs/test_touching.py
def test_no_fresh_statement_is_one_of_another_set():
    others = [one for chosen in SETS if chosen != "fresh" for one in lemmas(chosen)]
    digests = {one.statement.digest for one in others if one.statement}
    fresh = [one for one in lemmas("fresh") if one.statement]
    assert not [one.name for one in fresh if one.statement.digest in digests]


def test_what_cannot_be_written_is_counted_and_not_hidden():
    outcome = judge(Lemma("a", "b", True, None, "no such law"), 1)
    assert (outcome.verdict, outcome.written, outcome.detail) == ("undecided", False, "no such law")
