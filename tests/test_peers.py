"""What other tools are asked says the same as the lemma."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.corpus import lemmas
from tests.peers.__main__ import PEERS, ask, present
from tests.peers.formulas import by_sympy, in_coq
from tests.peers.scalar import Scalar, Unwritten, scalars
from tests.peers.smtlib import number, script
from theory.claim_files import read


def lemma(conclusion: str, variables: dict[str, str], **hypotheses: str) -> Scalar:
    table: dict[str, object] = {
        "variables": variables,
        "hypotheses": hypotheses,
        "conclusion": conclusion,
    }
    table["mutant"] = {"conclusion": "0 >= 1"}
    (found,) = scalars(read(Path("peers.toml"), "one", table).statement)
    return found


def test_a_script_denies_the_conclusion_where_everything_is_defined():
    text, whole = script(lemma("log(x)/y <= sqrt(x)", {"x": "positive", "y": "real"}), True)
    assert "(assert (not (= |y| 0.0)))" in text
    assert "(assert (and (> |x| 0.0) (= (exp fresh_" in text
    assert text.splitlines()[0] == "(set-logic QF_NRAT)"
    assert text.count("(assert (not (<= ") == 1
    assert whole


def test_what_a_solver_does_not_know_has_no_meaning_and_gives_no_counterexample():
    text, whole = script(lemma("exp(x) >= 1 + x", {"x": "real"}), False)
    assert "(declare-fun unknown_exp (Real) Real)" in text
    assert not whole


def test_integers_are_integers():
    text, _ = script(lemma("n*(n+1) >= 0", {"n": "integer"}), False)
    assert "(declare-const |n| Int)" in text
    assert "(to_real |n|)" in text
    with pytest.raises(Unwritten):
        in_coq(lemma("n*(n+1) >= 0", {"n": "integer"}))


@given(st.fractions())
def test_numbers_are_exact(x):
    text = number(x)
    sign = -1 if text.startswith("(- ") else 1
    parts = text.replace("(- ", "").replace("(/ ", "").replace(")", "").split()
    assert Fraction(sign) * Fraction(parts[0]) / Fraction(*map(Fraction, parts[1:] or ["1"])) == x


def test_sums_of_n_terms_and_draws_have_no_counterpart():
    every = [one.statement for one in lemmas("night") if one.truth and one.statement is not None]
    about_all_n = [s for s in every if s.layers is not None]
    assert about_all_n
    for statement in about_all_n:
        with pytest.raises(Unwritten):
            list(scalars(statement))


def test_sympy_and_coq_read_the_same_formula():
    square = lemma("x^2 + 1 >= 1", {"x": "real"})
    assert by_sympy(square)
    assert not by_sympy(lemma("x^2 + y >= 1", {"x": "real", "y": "real"}))
    assert not by_sympy(lemma("exp(x) >= 1 + x", {"x": "real"}))  # it says that it cannot
    given_ = lemma("x*exp(-x) <= 1", {"x": "positive"}, h="x <= 2")
    assert "0 < x0 -> x0 <= 2 -> (x0 * (exp (- x0))) <= 1" in in_coq(given_)


@pytest.mark.parametrize("peer", [p for p in ("z3", "cvc5", "coq") if present(p)])
def test_a_peer_that_is_here_answers(peer):
    known = next(one for one in lemmas("night") if one.name == "night-descent")
    assert ask(peer, known, 5.0)[0] in ("proved", "open", "not written")


def test_every_peer_has_a_question():
    assert set(PEERS) == {"z3", "cvc5", "sympy", "coq"}
