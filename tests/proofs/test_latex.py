"""LaTeX: every claim and derivation compiles, and no line runs off the page.

The compiler is Debian's ``texlive-latex-base texlive-latex-recommended lmodern``; without it, or
without ``-m tex``, only what needs none is looked at.
"""

import re
import shutil
import subprocess
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs import api
from proofs import theorems as catalogued
from proofs.cli import lemmata
from proofs.commands import errata
from proofs.evidence.standing import standings
from proofs.presentation import latex
from tests.fuzz.formulas import examples
from theory import claim_files, paragraphs, typeset
from theory.catalogue import SECTIONS
from theory.catalogue.headings import lemmas
from theory.errors import InputError
from theory.expressions import parse

TEX = pytest.mark.tex
NAMES = frozenset({"x", "eta", "w_1", "rate", "x1", "w_i_next", "loss_ratio"})


def compiled(folder, text):
    """The complaints of a compiler: errors, and lines that are too wide."""
    if shutil.which("pdflatex") is None:
        pytest.skip("no pdflatex: Debian's texlive-latex-base texlive-latex-recommended lmodern")
    (folder / "it.tex").write_text(text)
    command = ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "-file-line-error"]
    subprocess.run([*command, "it.tex"], cwd=folder, capture_output=True, check=False, timeout=300)
    log = (folder / "it.log").read_text(errors="replace")
    found = re.findall(r"^(?:\./it\.tex:\d+: |! Emergency|!  ==>|Overfull \\hbox).*", log, re.M)
    return found if "Output written" in log else [*found, "nothing was written"]


@TEX
def test_every_claim_compiles_and_stays_on_the_page(tmp_path):
    sections = {n: "\n".join(map(paragraphs.claim, claims)) for n, claims in SECTIONS.items()}
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


SEVERAL = Path(__file__).parents[1] / "fixtures" / "lemmas" / "several.toml"
ESCAPE = ["escape", "--step", "0.05", "--until", "abs(p+1) <= 1/2 and pg < 1"]
ASKED = {
    "refute": (["refute", str(SEVERAL)], r"\ln(1 + x) \le \frac{99}{100} \, x", "This fails at"),
    "audit": (["audit", f"{SEVERAL}::bernoulli"], r"$x \ge -1$: needed", "All hypotheses hold"),
    "sharpen": (["sharpen", f"{SEVERAL}::best", "--width", "0.1"], r"c_{\mathrm{best}}", "Thus"),
    "escape": (
        [*ESCAPE, "--loss", "(p+1)**2/2", "--weights", "0.3,-1.2,0.7"],
        r"\frac{(p + 1)^{2}}{2}",
        "$7$ steps",
    ),
    "settings": (
        [*ESCAPE, "--loss", "(p+1)**2/2", "--weights", "-1/2,1/3", "--residual", "--clip", "1"],
        r"(1 + w_1) \cdots (1 + w_{2})",
        "clip 1",
    ),
    "long": (
        ["escape", "--loss", "(p+1)**2/2", "--init", "gaussian", "--depth", "100", "--seed", "1",
         "--step", "0.05", "--until", "abs(p+1) <= 1/2"],
        "start drawn",
        r"581912202494\allowbreak 458264779218\allowbreak 602501469749",
    ),
}  # fmt: skip


def printed(arguments):
    done = CliRunner().invoke(lemmata, [*arguments, "--latex"], standalone_mode=False)
    assert done.exception is None, done.exception
    return done.output


@pytest.mark.sample(2)
@pytest.mark.parametrize("asked", ASKED)
def test_what_commands_found_is_there_as_latex(asked):
    arguments, *wanted = ASKED[asked]
    text = printed(arguments)
    assert all(w in text for w in wanted), text
    assert text.count("$") % 2 == 0
    assert text.isascii()
    both = CliRunner().invoke(lemmata, [*arguments, "--latex", "--json"], standalone_mode=False)
    assert isinstance(both.exception, InputError)


@TEX
def test_what_commands_found_compiles(tmp_path):
    text = "\n".join(printed(arguments) for arguments, *_ in ASKED.values())
    assert compiled(tmp_path, typeset.document(None, text)) == []


@TEX
def test_every_theorem_compiles(tmp_path):
    text = [theorem.latex() for theorem in api.theorems()]
    assert compiled(tmp_path, typeset.document(None, *text)) == []


@TEX
def test_errata_compile(tmp_path):
    shelf = catalogued.library()
    found = standings(shelf, [])
    failing = [t for t in shelf.theorems.values() if t.printed is not None]
    text = [
        latex.failing(t, shelf.theorems[t.printed.repaired], errata._entry(shelf, t, found))
        for t in failing
    ]
    assert len(text) > 2
    assert compiled(tmp_path, typeset.document(None, *text)) == []


@given(st.fractions())
def test_numbers_are_what_they_are(value):
    text = typeset.number(value).replace(r"\allowbreak ", "")
    text = re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r"\1/\2", text).replace(" ", "")
    assert Fraction(text) == value


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


@TEX
def test_theorems_of_the_kernel_compile_and_stay_on_the_page(tmp_path):
    text = [theorem.latex() for theorem in api.kernel_theorems()]
    assert compiled(tmp_path, typeset.document(None, *text)) == []


@TEX
def test_lemmas_of_the_library_and_steps_of_theorems_compile(tmp_path):
    named = {**{n: h.claim for n, h in lemmas().items()}, **catalogued.library().steps}
    text = map(paragraphs.claim, named.values())
    assert compiled(tmp_path, typeset.document(None, *text)) == []


@TEX
def test_whatever_one_may_type_compiles(tmp_path):
    read = []
    for place, table in enumerate(examples()):
        with suppress(InputError):  # some are there because they cannot be taken
            read.append(claim_files.read(Path("page.toml"), f"e{place}", table))
    text = [*map(paragraphs.claim, read), *(typeset.line(paragraphs.claimed(c)) for c in read)]
    assert compiled(tmp_path, typeset.document(None, *text)) == []
