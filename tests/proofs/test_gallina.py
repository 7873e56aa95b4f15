"""Statements of the kernel as trees and as LaTeX: nothing is lost, nothing is grouped anew."""

import re
import shutil

import pytest

from proofs.evidence import kernel
from proofs.evidence.coq_batches import head
from proofs.evidence.coq_run import coqc
from proofs.evidence.coq_text import MalformedError, imports
from proofs.presentation.gallina import bracketed, read, tokens
from proofs.presentation.gallina_latex import definition, statement

THEOREMS = kernel.theorems()
EACH = pytest.mark.parametrize("name", THEOREMS)


def bare(text):
    return [t for t in tokens(text) if t not in "()"]


@EACH
def test_a_tree_has_every_sign_of_its_statement(name):
    said = THEOREMS[name].statement
    tree = read(said)
    assert bare(bracketed(tree)) == bare(said)
    assert read(bracketed(tree)) == tree


@EACH
def test_the_formula_has_every_number_and_every_name(name):
    said = THEOREMS[name].statement
    made = statement(said)
    assert made.count("$") % 2 == 0
    assert made.isascii()
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", made):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert depth == 0
    numbers = {n for n in re.findall(r"(?<![\w'])\d+", said) if n not in "01"}
    assert numbers <= set(re.findall(r"\d+", made))
    words = set(re.findall(r"\b[a-z]{3,}(?:_[a-z]+)*\b", said)) & set(kernel.definitions())
    shown = made.replace("\\_", "_")
    signs = {"product", "total", "frobenius", "mul", "tr", "madd", "msub", "mscal", "unit_matrix",
             "sigma_min"}  # fmt: skip
    assert all(part in shown for word in words - signs for part in word.split("_"))


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("1 - 2 - 3", "1 - 2 - 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("- x ^ 2", "-x^{2}"),
        ("(- x) ^ 2", "(-x)^{2}"),
        ("2 * 3 * x", r"2 \cdot 3 \, x"),
        ("2 * (3 + x)", r"2 \, (3 + x)"),
        ("a / b / c", r"\frac{\frac{a}{b}}{c}"),
        ("a / (b / c)", r"\frac{a}{\frac{b}{c}}"),
        ("/ a * b", r"\frac{1}{a} \, b"),
        ("x ^ y ^ z", "x^{y^{z}}"),
        ("(x ^ y) ^ z", "(x^{y})^{z}"),
        ("a <= b < c", r"a \le b < c"),
        ("A -> B -> C", r"A \Rightarrow B \Rightarrow C"),
        ("(A -> B) -> C", r"(A \Rightarrow B) \Rightarrow C"),
        ("A /\\ B \\/ C", r"(A \land B) \lor C"),
        ("A /\\ (B \\/ C)", r"A \land (B \lor C)"),
        ("~ A /\\ B", r"\lnot A \land B"),
        ("~ (A /\\ B)", r"\lnot (A \land B)"),
        ("mul d A (madd B C)", r"A \, (B + C)"),
        ("msub A (msub B C)", "A - (B - C)"),
        ("mul d A (mul e B C)", r"A \cdot_{d} (B \cdot_{e} C)"),
        ("total n w", r"\sum_{i < n} w(i)"),
        ("total n (fun k : nat => x k + 1) ^ 2", r"(\sum_{k < n} (x(k) + 1))^{2}"),
        ("product n w * w n", r"(\prod_{i < n} w(i)) \, w(n)"),
        ("2 * total n w * x", r"2 \, (\sum_{i < n} w(i)) \, x"),
        ("total n w + x", r"\sum_{i < n} w(i) + x"),
        ("x * - total n w", r"x \, (-(\sum_{i < n} w(i)))"),
        ("sqrt x ^ 2", r"\sqrt{x}^{2}"),
        ("S n * m", r"(n + 1) \, m"),
        ("f (S n)", "f(n + 1)"),
        ("x = - (- y)", "x = -(-y)"),
        ("x - - y", "x - (-y)"),
    ],
)
def test_brackets_are_where_they_are_needed(said, made):
    implied = statement(f"Q -> Q2 = ({said})" if made[0] == "A" else f"z = ({said})")
    assert made in implied


@pytest.mark.parametrize("text", ["", "(", "x +", "forall x, ", "x ? y", "let x := 1", "x )", "%R"])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(MalformedError):
        read(text)


def test_definitions_become_sentences_but_for_records_and_types():
    silent = {n for n, d in kernel.definitions().items() if not definition(d)}
    types = {"weights", "law", "normal_law", "formula", "regular", "polynomial_in"}
    phases = {"stepped", "skipped", "followed", "counted"}
    assert silent == types | phases | {"layer_bounds", "matrix_law", "entries_polynomial"}
    assert definition(kernel.definitions()["layer"]).endswith("if $n = m + 1$.")


@pytest.mark.slow
@pytest.mark.skipif(not kernel.available(), reason="coqc is not installed")
def test_coq_accepts_every_theorem_under_its_bracketed_statement(tmp_path):
    """The grouping is Coq's own: a theorem has the type that the tree says."""
    shutil.copytree(kernel.SOURCES, tmp_path, dirs_exist_ok=True)
    texts = {p.stem: p.read_text("utf-8") for p in kernel.SOURCES.glob("*.v")}
    done: set[str] = set()

    def compile_after(name):
        if name in texts and name not in done:
            for needed in imports(texts[name]):
                compile_after(needed)
            done.add(name)
            assert coqc(tmp_path, f"{name}.v")[0] == 0

    for file in sorted({e.file for e in THEOREMS.values()}):
        compile_after(file)
        lines = [f"From Lemmata Require Import {file}."] + [
            f"Definition it_{e.theorem} : {bracketed(read(e.statement))} := {e.theorem}."
            for e in THEOREMS.values()
            if e.file == file
        ]
        heading = [*head(texts[file]), "Open Scope R_scope."]
        (tmp_path / "Brackets.v").write_text("\n".join([*heading, *lines]), "utf-8")
        code, output = coqc(tmp_path, "Brackets.v")
        assert code == 0, (file, output[-400:])
