"""Sentences in LaTeX: formulas become mathematics, words stay words, and it always compiles."""

import re
import string
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import theory.catalogue
from proofs.evidence import kernel
from proofs.theorems import library
from theory.prose import pieces, prose

SET = {
    "eta <= c^2 k/(35 f^2 q^2)": r"$\eta \le c^{2} k/(35 f^{2} q^{2})$",
    "lambda-bar_(1->L)": r"$\bar{\lambda}_{1 \to L}$",
    "|theta_k - theta_*| <= (1 - eta alpha_0)^(k/2) Q_1": (
        r"$\lvert \theta_{k} - \theta_{*}\rvert \le (1 - \eta \alpha_{0})^{k/2} Q_{1}$"
    ),
    "w_j+ = w_j - eta": r"$w_{j}^{+} = w_{j} - \eta$",
    "sqrt(1 + 2 sqrt(x/d))": r"$\sqrt{1 + 2 \sqrt{x/d}}$",
    "Phi in R^(d' x d), W* X": r"$\Phi$ in $\mathbb R^{d' \times d}$, $W^{*} X$",
    "of (0, 1] or [a, b]": "of $(0, 1]$ or $[a, b]$",
    "max |r_j| > ln 2": r"$\max \lvert r_{j}\rvert > \ln 2$",
    "0.4 |Y|_F^2 < l(W(t))": r"$0.4 \lvert Y\rvert_{F}^{2} < l(W(t))$",
    "A(0), f'(p) and c''": "$A(0)$, $f'(p)$ and $c''$",
    "on x**2/2, W**T": r"on $x^{2}/2$, $W^{\mathsf T}$",
    "|prod over i != j, j' of w_i|": r"$\lvert \prod_{i \ne j, j'} w_{i}\rvert$",
    "|grad F|^2, grad_(W_l) f": r"$\lvert \nabla F\rvert^{2}$, $\nabla_{W_{l}} f$",
    "sqrt 3 and eta sqrt k alpha": r"$\sqrt{3}$ and $\eta \sqrt{k} \alpha$",
    "for i <> j, l /= m": r"for $i \ne j$, $l \ne m$",
    "dF/dw_i, w_i^-2, |W x|²": r"$dF/dw_{i}$, $w_{i}^{-2}$, $\lvert W x\rvert^{2}$",
    "|f'| <= top": r"$\lvert f'\rvert$ $\le$ top",
}
KEPT = (
    "(a) For every start",
    "a margin, and/or an event",
    "the k-th of 12 layers, 0-balanced",
    "Theorem 4.1 and Lemma 5",
    "pages 3-4",
    "Young's inequality, e.g. twice",
    "a root sqrt, the gradient",
)


@pytest.mark.parametrize(("text", "latex"), SET.items())
def test_formulas_are_set(text, latex):
    assert prose(text) == latex


@pytest.mark.parametrize("text", KEPT)
def test_words_stay_words(text):
    assert prose(text) == text


def compiles(latex: str) -> bool:
    """Whether braces and dollars have partners, and what TeX wants in mathematics only is there."""
    bare = re.sub(r"\\.", "x", latex)
    outside = bare.split("$")[::2]
    return (
        bare.count("$") % 2 == 0
        and "$$" not in bare
        and all(part.count("{") == part.count("}") for part in bare.split("$"))
        and not any(set("_^&#~") & set(part) for part in outside)
        and not re.search(r"\^\{[^{}]*\}\^|_\{[^{}]*\}_", bare)
    )


WORDS = "eta W d x a I of phi_0 ck T R min lambda-bar oo é <= -> ... 2 1.5 ln sqrt max **"
PIECES = st.sampled_from([*WORDS.split(" "), *"^_()|[]{}'*+-/=,:~$", *(" " * 5)])


@given(
    st.one_of(st.text(string.printable, max_size=30), st.lists(PIECES, max_size=25).map("".join))
)
def test_whatever_is_written_compiles(text):
    assert compiles(prose(text))


WORDY = {"lemmata/modified-loss", "lemmata/skip-place", "lemmata/wide-layers-deterministic"}
"""Words stand in their formulas: ``(1 + radius M/s)^L``."""
FILES = sorted(Path(theory.catalogue.__file__).parent.glob("*/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_sentences_of_theorems_compile(path):
    """Numbers that come from claims stand for themselves here."""
    said = tomllib.loads(path.read_text())
    for text in (
        said[key].get(at, "")
        for key in ("theorem", "assumption")
        if key in said
        for at in ("title", "words")
    ):
        text = re.sub(r"\{[a-z0-9-]+\.[a-z_0-9]+\}", "7/2", text)
        made = prose(text)
        assert compiles(made)
        if f"{path.parent.name}/{path.stem}" not in WORDY:
            assert "textasciicircum" not in made, "a power is left as text"


def test_dots_are_on_the_line_after_digits_and_in_lists():
    assert prose("0.45...") == r"$0.45 \ldots$"
    assert prose("w = (1, ..., 1)") == r"$w = (1, \ldots, 1)$"
    assert prose("p = w_1 ... w_k") == r"$p = w_{1} \cdots w_{k}$"


@given(st.text(alphabet="ab_1^ <=>|()+-*/,.'$\\{}"))
def test_the_pieces_of_a_sentence_are_the_sentence(text):
    """What is no formula is as it was, and nothing else is lost: pieces hold it in its order."""
    left = "".join(piece for piece, is_formula in pieces(text) if not is_formula)
    at = 0
    for sign in left:
        at = text.index(sign, at) + 1


UNSET = re.compile(r"\b(sqrt|grad)\b|<>|/=|\|\w*(prod|sum) |[\w)$]\^|\|_|d[A-Za-z]/d|[²³]")
AMBIGUOUS = re.compile(r"\b(sqrt|ln|log) ?\w+/\d")
IN_WORDS = {
    "arora-lemma-1": "|residual|",
    "cell-count": "hmax in an exponent",
    "centred-step": "gradient^2",
    "du-hu-descent": "(1 + radius/sqrt(m))^l",
    "hu-xiao-pennington-descent": "(1 + radius/...)^l",
    "inverse-speed-in-disc": "the root of a sum in words",
    "lemmata/skip-place": "widest^2",
    "lemmata/wide-layers-deterministic": "(1 + radius/sqrt(m))^l",
    "network-smoothness": "a sum in words, squared",
    "nguyen-mondelli-recalled": "(bar/min bar)^2",
    "skip-place": "widest^2",
}
"""Where a word is part of a formula, which stays as it is written."""


def test_every_formula_of_a_theorem_is_set_and_means_one_thing():
    """Titles, sentences, hypotheses and constants, of the catalogue and of the kernel."""
    texts = {entry.claim: [entry.words] for entry in kernel.theorems().values()}
    for name, made in library().theorems.items():
        texts[name] = [made.title, made.words, *made.hypotheses.values(), *made.constants.values()]
    kept = {
        name: "".join("$" if formula else piece for piece, formula in pieces("\n".join(listed)))
        for name, listed in texts.items()
    }
    assert {name for name, left in kept.items() if UNSET.search(left)} == set(IN_WORDS)
    assert [name for name, listed in texts.items() if AMBIGUOUS.search(" ".join(listed))] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("products of k-1 weights", "products of $k - 1$ weights"),
        ("the n-1 steps, L-1 layers", "the $n - 1$ steps, $L - 1$ layers"),
        ("pages 17-18", "pages 17-18"),
    ],
)
def test_a_difference_without_spaces_is_one_formula_and_a_range_is_none(text, shown):
    assert prose(text) == shown
