"""Certificates as Coq proofs: what they state, that Coq accepts them, and that it is not fooled."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from proofs.cli import lemmata
from proofs.core import check, goals
from proofs.core.rules import RULES
from proofs.core.terms import Rejected
from proofs.evidence import kernel
from proofs.evidence.shelf import SHIPPED
from proofs.export import Untranslatable, bounds, run, steps, translate
from proofs.export.identities import Algebra
from proofs.export.statement import Statement
from proofs.export.theorem import blocks, comment, identifier
from proofs.export.words import Names, taken
from theory.tools import ToolMissing

ENCLOSE = {"rule": "enclose", "mean": False}
EMPTY = {"variables": {}, "definitions": [], "hypotheses": {}, "constants": {}, "scope": ""}


def cone(*terms: Any, times: Any = (), sign: str = "1") -> dict[str, Any]:
    rows = [{"weight": w, "facts": list(f), "square": s} for w, f, s in terms]
    return {"rule": "cone", "times": list(times), "sign": sign, "terms": rows}


def certificate(statement: dict[str, Any], *proof: Any, lemmas: Any = ()) -> str:
    return check.canonical(check.sealed({**EMPTY, **statement}, list(proof), list(lemmas)))


def stated(text: str) -> str:
    """The statement of the last theorem of a file, on one line."""
    found = re.findall(r"^Theorem \w+ :\n(.*?)\.\nProof", text, re.M | re.S)
    return " ".join(found[-1].split())


def states(statement: dict[str, Any], *proof: Any) -> str:
    return stated(translate(certificate(statement, *proof), "it"))


REAL = {"variables": {"x": "real"}}
BY_RULE = {
    "enclose": certificate({"conclusion": "exp(1) + sqrt(2) <= pi + 1"}, ENCLOSE),
    "enclose at an end": certificate(
        {"variables": {"x": "nonnegative"}, "conclusion": "exp(x) >= 1"}, ENCLOSE
    ),
    "mean": certificate(
        {**REAL, "hypotheses": {"lo": "x >= 0", "hi": "x <= 1/100"},
         "conclusion": "exp(x) - x <= 10001/10000"}, {**ENCLOSE, "mean": True, "parts": []}
    ),
    "cone": certificate({**REAL, "conclusion": "x**2 + 1 >= 2*x"}, cone(("1", [], "x - 1"))),
    "cone of atoms": certificate(
        {"variables": {"x": "positive"}, "conclusion": "exp(2*log(x)) + 1 >= 2*sqrt(x**2)"},
        cone(("1", [], "x - 1")),
    ),
    "have": certificate(
        {**REAL, "conclusion": "x**2 >= 0"},
        {"rule": "have", "name": "s", "claim": "x**2 >= 0",
         "parts": [cone(("1", [], "x")), cone(("1", ["s"], "1"))]},
    ),
    "monotone": certificate(
        {"variables": {"t": "real"}, "conclusion": "exp(t) >= 1 + t"},
        {"rule": "cases", "name": "s", "term": "t", "parts": [
            {"rule": "monotone", "variable": "t", "end": "lo", "parts": [cone(), ENCLOSE]},
            {"rule": "monotone", "variable": "t", "end": "hi", "parts": [cone(), ENCLOSE]}]},
    ),
    "substitute": certificate(
        {"variables": {"x": "positive"}, "conclusion": "x + 1 >= 2*sqrt(x)"},
        {"rule": "substitute", "variable": "x", "value": "x**2", "inverse": "sqrt(x)",
         "where": ["x >= 0"], "parts": [cone(), ENCLOSE, cone(("1", [], "x - 1"))]},
    ),
    "invariant": certificate(
        {"variables": {"n": "integer"}, "hypotheses": {"n": "n >= 0"}, "conclusion": "2**n >= 1"},
        {"rule": "invariant", "variable": "n", "invariants": ["2**n >= 1"], "parts": [
            ENCLOSE, cone(("2", ["invariant 0"], "1"), ("1", [], "1")),
            cone(("1", ["invariant 0"], "1"))]},
    ),
    "layers": certificate(
        {"variables": {"c": "positive"}, "hypotheses": {"c": "c <= 1"}, "conclusion": "p >= c**n",
         "layers": {"variables": {"x": "real"}, "hypotheses": {"x": "x >= c"},
                    "accumulators": [["p", "1", "p*x"], ["n", "0", "n + 1"]]}},
        {"rule": "invariant", "variable": "", "invariants": ["n >= 0", "p >= c**n"], "parts": [
            ENCLOSE, cone(), cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
            cone(("1", ["invariant 1", "layer x"], "1"), ("1", ["sign:c**n", "layer x"], "1"),
                 ("1", ["lo:c", "invariant 1"], "1")),
            cone(("1", ["invariant 1"], "1"))]},
    ),
    "layers, what they assume of accumulators": certificate(
        {"variables": {}, "conclusion": "P <= 2",
         "layers": {"variables": {"x": "nonnegative"}, "hypotheses": {"small": "P*x <= 1"},
                    "accumulators": [["P", "1", "P*x + 1"]]}},
        {"rule": "invariant", "variable": "", "invariants": ["P <= 2"], "parts": [
            ENCLOSE, cone(("1", ["layer small"], "1")), cone(("1", ["invariant 0"], "1"))]},
    ),
    "layers, accumulators at the end": certificate(
        {"variables": {"c": "real"}, "conclusion": "log(S)*T >= 0*c",
         "hypotheses": {"end": "log(S) >= 0", "c": "c >= 1"},
         "layers": {"variables": {"x": "nonnegative"}, "hypotheses": {},
                    "accumulators": [["S", "c", "S*x"], ["T", "0", "T + x"]]}},
        {"rule": "invariant", "variable": "", "invariants": ["T >= 0"], "parts": [
            ENCLOSE, cone(("1", ["invariant 0"], "1"), ("1", ["layer domain x"], "1")),
            cone(("1", ["end", "invariant 0"], "1"))]},
    ),
    "several conclusions": certificate(
        {**REAL, "hypotheses": {"h": "x >= 1"},
         "conclusion": [[{}, "log(x)*0 >= 0"], [{"g": "x <= 2"}, "x**2 <= 4"], [{}, "x > 0"]]},
        ENCLOSE, ENCLOSE, ENCLOSE,
    ),
    "several conclusions about layers": certificate(
        {"variables": {}, "conclusion": [[{}, "S >= 0"], [{"e": "S <= 1"}, "S**2 <= S"]],
         "layers": {"variables": {"x": "nonnegative"}, "hypotheses": {},
                    "accumulators": [["S", "0", "S + x"]]}},
        *({"rule": "invariant", "variable": "", "invariants": ["S >= 0"], "parts": [
            ENCLOSE, cone(("1", ["invariant 0"], "1"), ("1", ["layer domain x"], "1")), last]}
          for last in (cone(("1", ["invariant 0"], "1")), cone(("1", ["e", "invariant 0"], "1")))),
    ),
    "error function": certificate({**REAL, "conclusion": "erf(x) <= 1"}, ENCLOSE),
    "mean of a size": certificate(
        {"variables": {"w": "gaussian", "v": "uniform"}, "conclusion": "E(abs(w)) < E(abs(v))"},
        ENCLOSE,
    ),
    "expectation": certificate(
        {"variables": {"w": "gaussian", "v": "gaussian"}, "conclusion": "E((w**2 - v)**2) == 4"},
        cone(),
    ),
    "expectation of a sign and a draw": certificate(
        {"variables": {"s": "rademacher", "w": "gaussian"}, "conclusion": "E((s + w)**4) == 10"},
        cone(),
    ),
    "expectation of signs": certificate(
        {"variables": {"s": "rademacher", "t": "rademacher"},
         "conclusion": "E(abs(s + t)*exp(s)) <= E(2*cosh(t))"}, ENCLOSE
    ),
    "expectation on the unit interval": certificate(
        {"variables": {"v": "unit", "w": "unit"}, "conclusion": "E((v - w)**2) == E(abs(v))/3"},
        cone(),
    ),
    "sign": certificate(
        {**REAL, "hypotheses": {"h": "x > 0"}, "conclusion": "sign(x) + sign(-x - 1) <= 0"},
        ENCLOSE,
    ),
    "any sign": certificate({**REAL, "conclusion": "abs(sign(x)) <= 1"}, ENCLOSE),
}  # fmt: skip


def accepted(text: str) -> bool:
    """Whether Coq accepts a file; a missing compiler must be said, and is no acceptance."""
    if not kernel.available():
        with pytest.raises(ToolMissing, match="coqc is not installed"):
            run.compile_all({"it": text})
        pytest.skip("coqc is not installed")
    outcome = run.compile_all({"it": text}, 1)["it"]
    assert outcome.accepted == (not outcome.reason)
    return outcome.accepted


def refused(files: dict[str, str]) -> dict[str, str]:
    """Which of them Coq does not accept, and why; together they take as long as two alone."""
    if not kernel.available():
        pytest.skip("coqc is not installed")
    return {n: o.reason for n, o in run.compile_all(files).items() if not o.accepted}


@pytest.mark.slow
def test_every_rule_has_a_proof_that_coq_accepts() -> None:
    for text in BY_RULE.values():
        check.check(text)
    assert not refused({rule: translate(text, rule) for rule, text in BY_RULE.items()})


def test_a_changed_statement_is_refused_with_the_same_proof_and_spoils_no_other() -> None:
    good = translate(BY_RULE["cone"], "it")
    bad = {c: good.replace("x ^ 2 + 1 >= 2 * x.", f"x ^ 2 + 1 {c} * x.") for c in (">= 3", "> 2")}
    assert set(refused({"good": good, **bad})) == set(bad)


BOXES = {f"{x}{i}": f"{x} {end}" for x in "xy" for i, end in enumerate((">= 2", "<= 10"))}
POSITIVE = {"variables": {"x": "positive", "y": "positive"}, "hypotheses": BOXES}
PRODUCTS = [
    "log(x*y + y) == log(y) + log(x + 1)",
    "log(3*x + 3) == log(3) + log(x + 1)",
    "log((x + 1)/(y + 2)) == log(x + 1) - log(y + 2)",
    "log(1/(y + 2)) == -log(y + 2)",
    "log((x + 1)**2*(y + 2)*(x*y + 2*x)/y) == 2*log(x + 1) + 2*log(y + 2) + log(x) - log(y)",
    "exp(2*log(3*x + 3)) == 9*(x + 1)**2",
    "sqrt(x**2*y**2 + y**2) == y*sqrt(x**2 + 1)",
    "(8*x**3*y + 8*x**3)**(1/3) == 2*x*(y + 1)**(1/3)",
    "sqrt((y + 1)/x**2)**2 == (y + 1)/x**2",
    "sqrt(4*x + 4) == 2*sqrt(x + 1)",
    "abs(x*y - 3*y) == y*abs(x - 3)",
    "abs(3*x - 3*y)**2 == 9*(x - y)**2",
    "(x*y + y)**x == y**x*(x + 1)**x",
    "sqrt(x + sqrt(x + sqrt(y)))**4 == (x + sqrt(x + sqrt(y)))**2",
]


LEMMA = json.loads(BY_RULE["monotone"])
CITED = {"rule": "cite", "lemma": LEMMA["digest"], "name": "b"}
OTHERS = {
    **{f: certificate({**POSITIVE, "conclusion": f}, cone()) for f in PRODUCTS},
    "positive up to an open end": certificate(
        {"variables": {"x": "nonnegative"}, "hypotheses": {"far": "x < 1/2"},
         "conclusion": "(1 - 2*x)/(1 - 2*x) == 1"}, cone(),
    ),
    "layers that cite a lemma": certificate(
        {"variables": {}, "conclusion": "S >= 0", "layers": {
            "variables": {"x": "real"}, "hypotheses": {},
            "accumulators": [["S", "0", "S + exp(x) - 1 - x"]]}},
        {"rule": "invariant", "variable": "", "invariants": ["S >= 0"],
         "parts": [ENCLOSE, {**CITED, "at": {"t": "x"}, "parts": [
             cone(("1", ["invariant 0"], "1"), ("1", ["b"], "1"))]},
             cone(("1", ["invariant 0"], "1"))]},
        lemmas=[LEMMA],
    ),
    "a lemma that is cited": certificate(
        {**REAL, "conclusion": "exp(x**2) >= 1"},
        {**CITED, "at": {"t": "x**2"}, "parts": [cone(("1", ["b"], "1"), ("1", [], "x"))]},
        lemmas=[LEMMA],
    ),
}  # fmt: skip


@pytest.mark.slow
def test_products_open_ends_and_lemmas_have_proofs_that_coq_accepts() -> None:
    [check.check(text) for text in OTHERS.values()]
    assert not refused({name: translate(text, "it") for name, text in OTHERS.items()})


def test_a_lemma_is_a_theorem_of_its_own_before_what_cites_it() -> None:
    made = translate(OTHERS["a lemma that is cited"], "it")
    assert made.index("Theorem lemma_1 :") < made.index("Theorem claim_it :")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            {"variables": {"x": "positive"}, "constants": {"c": "3/10"},
             "hypotheses": {"a": "x <= c"}, "conclusion": "c*x <= 1"},
            "forall (x : R), 0 < x -> x <= 3 / 10 -> 3 / 10 * x <= 1",
        ),
        (
            {"variables": {"k": "integer"}, "hypotheses": {"k": "k >= 2"},
             "conclusion": "2**(k + 1) >= k"},
            "forall (k : Z), IZR k >= 2 -> powerRZ 2 (k + 1)%Z >= IZR k",
        ),
        (
            {**REAL, "hypotheses": {"l": "log(x) <= 1"}, "conclusion": "x**(1/3) <= 2/x"},
            "forall (x : R), 0 < x -> ln x <= 1 -> root 3 x <= 2 / x",
        ),
        (
            {**REAL, "conclusion": "-x**2 - max(x, 1, -x) != abs(x)**(-2)"},
            "forall (x : R), (Rabs x <> 0) /\\ "
            "- x ^ 2 - Rmax (Rmax x 1) (- x) <> / Rabs x ^ 2",
        ),
    ],
)  # fmt: skip
def test_statements_read_as_they_would_be_written(statement: dict[str, Any], words: str) -> None:
    assert " ".join(Statement({**EMPTY, **statement}, Names()).text().split()) == words


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    "statement",
    [
        {"conclusion": "2 == 1"},
        {**REAL, "conclusion": "0 >= 0*log(x)"},
        {**REAL, "conclusion": "x/x == 1"},
        {**REAL, "conclusion": "sqrt(x)**2 == x"},
        {"variables": {"w": "gaussian"}, "conclusion": "E(w**4) == 1"},
        {"variables": {"s": "rademacher"}, "conclusion": "E(s**3 + s) == 1"},
        {"variables": {"w": "unit"}, "conclusion": "E(w**2) == 1/4"},
    ],
)
def test_coq_refuses_what_a_core_that_believes_anything_accepts(
    statement: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    text, identity = certificate(statement, cone()), Algebra.identity
    with pytest.raises((Rejected, Untranslatable)):
        translate(text, "it")
    anything = "first [lra | field | nra | interval with (i_prec 64)]"
    monkeypatch.setattr(goals.Goal, "knows", lambda self, e, relation: True)
    monkeypatch.setattr(steps, "remaining", lambda goal, node: [])
    monkeypatch.setattr(
        bounds, "plain", lambda place, f: place.script.quick(place.said(f), anything)
    )
    monkeypatch.setattr(
        Algebra, "identity", lambda self, left, right, gap: identity(self, left, right, gap * 0)
    )
    assert not accepted(translate(text, "it"))


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        ("several conclusions", "x ^ 2 <= 4", "x ^ 2 <= 3"),
        ("several conclusions", "x <= 2", "x <= 3"),
        ("layers, accumulators at the end", "ln S_v >= 0", "ln S_v <= 0"),
        ("layers, what they assume of accumulators", "P * x <= 1 ->", "P * x <= 2 ->"),
        ("several conclusions about layers", "S_v <= 1 ->", "S_v <= 2 ->"),
    ],
)
def test_what_is_concluded_and_assumed_is_what_coq_checks(
    rule: str, right: str, wrong: str
) -> None:
    made = translate(BY_RULE[rule], "it")
    assert right in made
    assert not accepted(made.replace(right, wrong))


def test_an_admitted_or_axiomatic_proof_is_refused() -> None:
    for proof in ("Admitted.", "Proof.\nadmit.\nQed."):
        assert not accepted(f"Theorem claim_it : 1 = 2.\n{proof}\n")
    assert not accepted("Axiom no : 1 = 2.\nTheorem claim_it : 1 = 2.\nProof.\nexact no.\nQed.\n")
    assert not accepted("Lemma claim_it : 1 = 1.\nProof.\nreflexivity.\nQed.\n")


def test_hostile_names_and_texts_stay_outside_of_the_proof() -> None:
    names = ["forall", "exp_pos", "h_1", "R", "lra", "Qed", "E", "P", "lemma_1", "cone_ge"]
    statement = {
        "variables": dict.fromkeys(names, "nonnegative"),
        "scope": 'a *) Axiom no : False. (* " "',
        "conclusion": " + ".join(names) + " >= 0",
    }
    text = certificate(statement, ENCLOSE)
    check.check(text)
    made = translate(text, '"); Axiom no : False. (*')
    assert "Axiom" not in re.sub(r"\(\*.*?\*\)", "", made, flags=re.S).replace("_Axiom_", "")
    assert accepted(made)
    assert identifier("(* *)") == "claim_claim"
    assert comment("(* x *) \n é") == "( * x * ) ? ?"


def test_every_rule_is_translated_or_named() -> None:
    text = certificate({"variables": {"w": "gaussian"}, "conclusion": "E(erf(w)**2) <= 1"}, ENCLOSE)
    with pytest.raises(Untranslatable) as missing:
        translate(text, "it")
    assert missing.value.rule == "enclose"
    assert set(RULES) == set(steps.RULES)


def test_the_library_holds_no_name_twice_and_proofs_use_nothing_else() -> None:
    made = translate(BY_RULE["monotone"], "it")
    own = set(re.findall(r"^(?:Lemma|Ltac|Definition|Fixpoint) (\w+)", made, re.M))
    assert own <= set(blocks())
    assert own <= taken()


def test_the_whole_shelf_is_translated() -> None:
    made, missing = 0, []
    for path in sorted(SHIPPED.glob("*.json")):
        try:
            translate(path.read_text(encoding="utf-8"), path.stem)
            made += 1
        except Untranslatable as wrong:
            missing.append((path.stem, wrong.rule))
    assert made
    assert not missing


def test_outcomes_are_remembered_by_what_the_file_says(tmp_path: Path) -> None:
    text = "Theorem claim_it : 1 = 1.\nProof.\nreflexivity.\nQed.\n"
    assert accepted(text)
    first = run.compile_all({"a": text}, 1, tmp_path)["a"]
    (stored,) = tmp_path.iterdir()
    again = run.compile_all({"b": text}, 1, tmp_path)["b"]
    assert first.accepted
    assert (again.accepted, again.seconds) == (True, 0)
    stored.write_text("{}")
    assert run.compile_all({"a": text}, 1, tmp_path)["a"].seconds > 0
    slow = run.compile_all({"a": f"{text}\n"}, 1, tmp_path, seconds=0.01)["a"]
    assert "not done after" in slow.reason


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    target = tmp_path / "claim.v"
    done = CliRunner().invoke(lemmata, ["export", "arora-lemma-1-coefficient", "-o", str(target)])
    assert done.exit_code == 0, done.output
    assert "Theorem claim_arora_lemma_1_coefficient :" in target.read_text()
    own = tmp_path / "cone.json"
    own.write_text(BY_RULE["cone"])
    assert "x ^ 2 + 1 >= 2 * x" in CliRunner().invoke(lemmata, ["export", str(own)]).output
