"""What somebody with a lemma of their own stumbled over in a fresh folder, and does no more."""

import pytest
import sympy
from click.testing import CliRunner

from proofs import api
from proofs.cli import lemmata
from proofs.commands import verify
from theory import paragraphs
from theory.errors import InputError
from theory.notation import latex
from theory.stated import declared
from theory.typeset import words

TWO = """
[own]
variables = {a = "real", b = "real"}
conclusion = "(a**2 + b**2)/2 >= a*b"

[best]
variables = {x = "real"}
constants = {c = "1/2"}
conclusion = "x - x^2 <= c"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lemmas.toml").write_text(TWO)
    return tmp_path


def asked(*words):
    return CliRunner().invoke(lemmata, words)


@pytest.mark.parametrize("said", ["in [0, 1]", "in[0, 1]", "∈ [0, 1]", "∈[0, 1]"])
def test_a_domain_that_begins_with_in_is_told_to_stand_alone(said):
    with pytest.raises(InputError, match=r"without 'in', such as '\[0, 1\]'"):
        api.claim("t >= 0", variables={"t": said})
    assert api.claim("t >= 0", variables={"t": "integer in [0, 1]"}).statement.variables


def test_the_only_constant_of_a_file_is_the_one_to_sharpen(folder):
    found = asked("sharpen", "lemmas.toml", "--width", "1/10")
    assert "best: best c of x - x**2 <= c" in found.output
    with (folder / "lemmas.toml").open("a") as file:
        file.write(TWO.replace("[own]", "[o]").replace("[best]", "[other]"))
    assert "there are best c, other c" in str(asked("sharpen", "lemmas.toml").exception)


def test_the_whole_catalogue_is_not_mistaken_for_the_folder(folder, monkeypatch):
    def stopped(names):
        raise InputError("names", "not now")

    monkeypatch.setattr(verify, "selected", stopped)
    assert "what is in this folder: lemmata verify lemmas.toml" in asked("verify").output
    assert "in this folder" not in asked("verify", "lemmas.toml").output
    (folder / "lemmas.toml").unlink()
    assert "in this folder" not in asked("verify").output


def test_a_coq_file_that_was_written_is_named(folder):
    found = asked("export", "lemmas.toml::own", "-o", "own.v")
    assert "wrote own.v" in found.output
    assert "Theorem" in (folder / "own.v").read_text()
    assert "wrote" not in asked("export", "lemmas.toml::own").output


def test_a_lemma_about_layers_says_what_they_do():
    found = asked("search", "weierstrass", "product", "--limit", "1").output
    assert "P = 1 at first" in found
    assert "x nonnegative, P -> P*(1 + x), S -> S + x" in found


CLASSES = {
    "smooth(L) & convex": r"$f$ $L$-smooth and convex",
    "lipschitz(2) & convex": r"$f$ $2$-Lipschitz and convex",
    "strongly convex(m) & smooth(L)": r"$f$ $m$-strongly convex and $L$-smooth",
}


@pytest.mark.parametrize(("said", "reads"), CLASSES.items())
def test_classes_of_functions_read_like_mathematics(said, reads):
    numbers = {n: "positive" for n in ("L", "m") if f"({n})" in said}
    made = api.claim("f(x) <= f(x)", variables={"x": "vector", **numbers}, functions={"f": said})
    assert reads in paragraphs.claim(made)
    assert r"\&" not in paragraphs.claim(made)


@pytest.mark.parametrize(("written", "same"), [("n/2", True), ("n/3", False), ("t", True)])
def test_what_is_defined_by_the_end_of_a_sum_means_what_it_says(written, same):
    """A sum of n terms and h = n/2 move together: h was about an unknown name to the core."""
    parts = {"variables": {"n": "natural", "a": "sequence of real"}}
    whole = "(sum(i, 1, n, a_i))^2 <= 2*{}*sum(i, 1, n, a_i^2)"
    plain = api.claim(whole.format("(n/2)"), **parts).statement
    made = api.claim(whole.format("h"), definitions={"t": "n/2", "h": written}, **parts)
    assert (made.statement.digest == plain.digest) is same
    assert made.typed.definitions["h"] == written
    assert not made.statement.definitions


@pytest.mark.parametrize("said", ["set", "smooth(L/2 + 1)", "normal(0, s)", "smooth(L) & set"])
def test_what_is_no_property_of_one_number_is_said_as_it_was_typed(said):
    assert declared("f", said) == f"$f$ {words(said)}"


def test_a_word_is_no_product_of_its_letters():
    rest, c = sympy.symbols("rest c_j")
    assert latex(rest**2 * c) == r"c_{j} \mathrm{rest}^{2}"
    assert latex(sympy.Symbol("eta")) == r"\eta"
