"""LaTeX: every claim and derivation compiles, and no line runs off the page.

The compiler is Debian's ``texlive-latex-base texlive-latex-recommended lmodern``; without it, or
without ``-m tex``, only what needs none is looked at.
"""

import re
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs.cli import lemmata
from theory import typeset
from theory.catalogue import SECTIONS
from theory.expressions import parse

TEX = pytest.mark.tex
NAMES = frozenset({"x", "eta", "w_1", "rate", "x1", "w_i_next", "loss_ratio"})


def compiled(folder, text):
    """The complaints of a compiler: errors, and lines that are too wide."""
    if shutil.which("pdflatex") is None:
        pytest.skip("no pdflatex: Debian's texlive-latex-base texlive-latex-recommended lmodern")
    (folder / "it.tex").write_text(text)
    command = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "it.tex"]
    subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=300)
    log = (folder / "it.log").read_text(errors="replace")
    found = re.findall(r"^(?:!|Overfull \\hbox).*", log, re.M)
    return found if "Output written" in log else [*found, "nothing was written"]


@TEX
def test_every_claim_compiles_and_stays_on_the_page(tmp_path):
    sections = {n: "\n".join(map(typeset.claim, claims)) for n, claims in SECTIONS.items()}
    assert compiled(tmp_path, typeset.document(sections)) == []


@TEX
@pytest.mark.parametrize("depth", ["k", "2", "3", "5"])
@pytest.mark.parametrize("loss", ["f", "(p+1)**2/2", "log(1+exp(-p))"])
def test_every_derivation_compiles(depth, loss, tmp_path):
    ran = CliRunner().invoke(lemmata, ["derive", "--loss", loss, "--depth", depth, "--latex"])
    assert compiled(tmp_path, ran.output) == []


@TEX
def test_a_broken_document_would_be_noticed(tmp_path):
    assert compiled(tmp_path, typeset.document(None, r"$\frac{1$")) != []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x**2 + 1", "x^{2} + 1"),
        ("-x - (1 - x)", "-x - (1 - x)"),
        ("(x + 1)*x", r"(x + 1) \, x"),
        ("eta*w_1", r"\eta \, w_{1}"),
        ("1/2*x", r"\frac{1}{2} \, x"),
        ("(-x)**2", "(-x)^{2}"),
        ("x*(-x)", r"x \, (-x)"),
        ("exp(-x)/rate", r"\frac{\exp(-x)}{\mathrm{rate}}"),
        ("x1 + w_i_next", "x_{1} + w_{i}{}^{+}"),
    ],
)
def test_formulas_are_written_as_they_stand(text, wanted):
    assert typeset.formula(parse(text, NAMES)) == wanted


@given(st.text(max_size=30))
def test_words_are_ascii_and_obey_nothing(text):
    made = typeset.words(text)
    assert made.isascii()
    commands = set(re.findall(r"\\[A-Za-z]+", made))
    assert not commands & {r"\input", r"\write", r"\def", r"\csname", r"\catcode"}
