"""Steps of proofs that Coq has to accept: one small certificate for each kind."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs.cli import EXIT_BUDGET, EXIT_HOLDS, lemmata
from proofs.core import check
from proofs.evidence.shelf import shelved
from proofs.evidence.verdicts import Verdict
from proofs.export import tally, translate
from proofs.export.run import Outcome
from proofs.export.script import Script
from proofs.export.words import Names
from proofs.search import prove
from proofs.verification.catalogue import find
from tests.proofs.test_export import BY_RULE, ENCLOSE, REAL, accepted, certificate, cone
from theory.claims import statement


def far(conclusion: str, end: str, **more: Any) -> str:
    """A statement about x that follows from its limit at an end."""
    node = {"rule": "limit", "variable": "x", "end": end, "parts": [ENCLOSE]}
    return certificate({**REAL, **more, "conclusion": conclusion}, node)


RIGHT, LEFT = {"hypotheses": {"a": "x >= 1"}}, {"hypotheses": {"a": "x <= -1"}}
BY_STEP = {
    "cone, negative": certificate(
        {"variables": {"x": "positive"}, "conclusion": "-x/2 != 0"},
        cone(("1/2", ["lo:x"], "1"), sign="-1"),
    ),
    "limit": far("tanh(x) <= 1", "hi"),
    "limit, on the left": far("exp(x)/2 + exp(2*x)*erf(1) >= 0", "lo"),
    "limit, roots": far(
        "3/(1 + sqrt(x))**3 + 1/(1 + x**(2/3)) + 1/x**(3/2) >= 0", "hi", **RIGHT
    ),
    "limit, odd powers": far("2/(1 - x**3) + 1/(x**4 + 1) >= 0", "lo", **LEFT),
    "limit, an inverse of what has quotients": far("2 - 1/(1 + 1/2/x) >= 0", "hi", **RIGHT),
    "limit, exponents": far("(1/2)**x + log(2)*(1/3)**x >= 0", "hi", **RIGHT),
    "limit, error function": far("2 - erf(x) >= 1", "hi"),
    "limit, integers": certificate(
        {"variables": {"n": "integer"}, "hypotheses": {"n": "n >= 1"},
         "conclusion": "1/n + (1/2)**n >= 0"},
        {"rule": "limit", "variable": "n", "end": "hi", "parts": [ENCLOSE]},
    ),
    "error function on a range": certificate(
        {**REAL, "hypotheses": {"x": "x >= 1/2"}, "conclusion": "erf(x) >= 52/100"}, ENCLOSE
    ),
    "substitute, one variable by another": certificate(
        {"variables": {"m": "real", "n": "real"}, "hypotheses": {"h": "m == n", "a": "n + m >= 0"},
         "conclusion": "m >= 0"},
        {"rule": "substitute", "variable": "n", "value": "m", "inverse": "n", "where": [],
         "parts": [cone(("1", ["h"], "1")), cone(("1/2", ["a"], "1"))]},
    ),
    "substitute, a root that has a value by what is known of its inverse": certificate(
        {"variables": {"d": "real", "x": "nonnegative"}, "conclusion": "d**2 + x**2 >= 0"},
        {"rule": "substitute", "variable": "x", "value": "sqrt(x**2 - d**2)",
         "inverse": "sqrt(x**2 + d**2)", "where": [], "parts": [
            cone(("1", ["lo:x", "lo:x"], "1")), cone(), cone(("1", [], "x"))]},
    ),
    "substitute, where what is known names no new variable": certificate(
        {"variables": {"a": "positive", "d": "real"}, "conclusion": "a**2 + d**2 >= 2*a*d"},
        {"rule": "substitute", "variable": "d", "value": "d/a", "inverse": "d*a",
         "where": ["a > 0"], "parts": [
            cone(), cone(("1", ["lo:a"], "1"), sign="1"), cone(("1", [], "a - d/a"))]},
    ),
    "substitute, facts about the old variable": certificate(
        {"variables": {"a": "positive", "d": "real"}, "hypotheses": {"h": "d*a >= a**2"},
         "conclusion": "d >= a"},
        {"rule": "substitute", "variable": "d", "value": "d/a", "inverse": "d*a", "where": [],
         "parts": [cone(), cone(("1", ["h"], "1"), times=["lo:a"])]},
    ),
    "substitute, a number for an integer that is not concluded of": certificate(
        {"variables": {"n": "integer", "x": "real"},
         "hypotheses": {"n": "n == 1", "x": "x >= n"}, "conclusion": "x >= 1"},
        {"rule": "substitute", "variable": "n", "value": "1", "inverse": "n", "where": [],
         "parts": [cone(("-1", ["n"], "1")), cone(("1", ["x"], "1"))]},
    ),
    "layers, a base that may be zero": certificate(
        {"variables": {"r": "nonnegative"}, "conclusion": "p >= r**n*0", "layers": {
            "variables": {"x": "real"}, "hypotheses": {},
            "accumulators": [["p", "1", "p"], ["n", "0", "n + 1"]]}},
        {"rule": "invariant", "variable": "", "invariants": ["n >= 0", "p >= 0"], "parts": [
            ENCLOSE, ENCLOSE, cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
            cone(("1", ["invariant 1"], "1")), cone(("1", ["invariant 1"], "1"))]},
    ),
    "layers, an end of a range that a step needs and what follows too": certificate(
        {"variables": {"n": "real"}, "hypotheses": {"n": "n >= 1"},
         "conclusion": "p/(1 + n) >= 0", "layers": {
            "variables": {}, "hypotheses": {}, "accumulators": [["p", "0", "p + 1"]]}},
        {"rule": "invariant", "variable": "", "invariants": ["p >= 0", "1/(p + n) >= 0"], "parts": [
            ENCLOSE, ENCLOSE, cone(("1", ["invariant 0"], "1"), ("1", [], "1")), ENCLOSE, ENCLOSE]},
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("step", BY_STEP)
def test_every_kind_of_step_has_a_proof_that_coq_accepts(step: str) -> None:
    check.check(BY_STEP[step])
    assert accepted(translate(BY_STEP[step], step)), translate(BY_STEP[step], step)


def test_what_is_not_accepted_is_listed_with_what_is_missing() -> None:
    drawn = certificate({"variables": {"w": "gaussian"}, "conclusion": "P(w == 0) == 0"}, cone())
    assert tally.rules(json.loads(BY_RULE["monotone"])) == ("cases", "cone", "enclose", "monotone")
    rows = tally.judged({"point": drawn})
    assert [(r.verdict, r.rules) for r in rows] == [("unwritten", ("cone",))]
    assert tally.lines(rows) == [
        "kernel: Coq accepts 0 of 1 certificates, 0.0 %",
        "by rule: cone 0/1",
        "unwritten point: statement: the chance of an equation",
    ]


@pytest.mark.parametrize("name", ["lemma-7-whole", "lemma-9-whole", "claim-4-4-whole"])
def test_a_lemma_that_cites_lemmas_has_a_name_of_its_own(name: str) -> None:
    """The first of them and the first that it cites were both ``lemma_1``, and Coq refused."""
    known = shelved(find(name).statement)
    assert known is not None
    made = translate(known.data["certificate"], name)
    theorems = re.findall(r"^Theorem (\w+)", made, re.MULTILINE)
    assert len(theorems) >= 3
    assert len(set(theorems)) == len(theorems)


@pytest.mark.slow
def test_a_power_of_zero_is_a_power_like_others() -> None:
    """``E(prod(Z, n))`` has ``0*0**n`` in it, which is defined for n >= 0 only."""
    variables = {"x": "[1, inf)", "n": "natural"}
    made = statement(variables, "x**n + 0*0**n == x**n")
    evidence = prove(made, 10)
    assert evidence.verdict is Verdict.PROVED
    assert accepted(translate(evidence.data["certificate"], "zero"))


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_what_coq_does_not_accept_stands_by_its_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verdict: str
) -> None:
    """The row had the kernel for its evidence, and the exit code of a claim that is refuted."""
    monkeypatch.setattr(
        "proofs.export.evidence.compile_all",
        lambda files, *_: {name: Outcome(verdict, "line 7: Error") for name in files},
    )
    claims = tmp_path / "a.toml"
    claims.write_text('[a]\nvariables = {x = "real"}\nconclusion = "x**2 + 1 > 0"\n')
    arguments = ["verify", "--level", "kernel", str(claims)]
    done = CliRunner().invoke(lemmata, arguments, standalone_mode=False)
    (row,) = [line for line in done.output.splitlines() if line.startswith("proved")]
    wanted = "a: undecided: Coq does not accept the proof: line 7: Error"
    accepted = verdict == "accepted"
    assert ("kernel" in row) == accepted, row
    assert ("certificate" in row) or accepted, row
    assert (wanted in done.output) == (not accepted)
    assert done.return_value == (EXIT_HOLDS if accepted else EXIT_BUDGET), done.output


@given(st.integers(0, 10**40), st.integers(0, 10**1100))
def test_long_numbers_of_a_proof_are_the_same_numbers_in_base_16(p: int, q: int) -> None:
    """Names with digits are left, and so is what Python would not read."""
    script = Script(Names())
    script.say(f"exact (b_{p} ({p} / {q}) x{q}' ({p} <= - {p})).")
    (line,) = script.lines
    found = re.findall(r"(?<![\w'])(?:0x[0-9a-f]+|[0-9]+)(?!\w)", line)
    assert [int(n, 0) if n.startswith("0x") else int(n) for n in found] == [p, q, p, p]
    assert ("0x" in line) == (p >= 10**12 or 10**12 <= q < 10**1001)
    assert f"b_{p} " in line
    assert f" x{q}'" in line


def test_a_statement_keeps_its_numbers_as_they_were_typed() -> None:
    large = 12345678901234567890
    text = translate(certificate({**REAL, "conclusion": f"x**2 + {large} >= 0"}, ENCLOSE), "it")
    said, _, proof = text.rpartition("Theorem")[2].partition("Proof.\n")
    assert str(large) in said
    assert str(large) not in proof
    assert hex(large) in proof
