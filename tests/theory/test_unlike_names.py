"""Two names are never shown as one, on a line of Unicode or in LaTeX, alone or with others."""

from dataclasses import replace
from importlib import import_module

import pytest
import sympy
from click.testing import CliRunner
from hypothesis import assume, example, given
from hypothesis import strategies as st

from proofs import library
from proofs.cli import lemmata
from proofs.commands.derive import section_lines, unmistakable
from theory.dynamics.derivation import Derivation, Formula, Section
from theory.language.reading import statement
from theory.notation import latex, together, unicode

PARTS = st.sampled_from(["1", "2", "12", "i", "ij", "k", "n", "next", "plus", "minus", "a", "x"])
NAMES = st.builds(
    lambda head, digits, parts: "_".join([head + digits, *parts]),
    st.sampled_from(["x", "w", "wdot", "eta", "sigma", "zeta", "X"]),
    st.sampled_from(["", "1", "2", "12"]),
    st.lists(PARTS, max_size=3),
)


@given(NAMES, NAMES, NAMES)
@example("x1", "x_1", "y")
@example("x1_2", "x_12", "x12")
def test_no_two_names_of_a_formula_look_the_same(one, other, third):
    assume(len({one, other, third}) == 3)
    shown = unicode(f"{one} <= {other} + {third}")
    left, rest = shown.split(" ≤ ")
    assert len({left, *rest.split(" + ")}) == 3
    symbols = sympy.symbols([one, other, third], seq=True)
    assert len({latex(sympy.Tuple(s, *symbols)).split(",")[0] for s in symbols}) == 3


@given(NAMES, NAMES)
@example("x1", "x_1")
def test_no_two_names_of_formulas_that_are_shown_together_look_the_same(one, other):
    assume(one != other)
    with together([one, f"{other} >= 0"]):
        assert unicode(one) != unicode(other)
        assert unicode(f"{one} >= 0") != unicode(f"{other} >= 0")
        assert latex(sympy.Symbol(one)) != latex(sympy.Symbol(other))


def test_names_that_nothing_looks_like_are_set_as_ever():
    assert unicode("x1**2 <= eta*w_i") == "x₁² ≤ η·wᵢ"
    with together(["x1", "x_1"]):
        assert unicode("w_i + x1") == "wᵢ + x1"
    assert unicode("x1") == "x₁"


ALIKE = statement({"x1": "real", "x_1": "real"}, "x1**2 >= 0", hypotheses={"h": "x_1 >= x1"})


@pytest.mark.parametrize("said", ["conclusion", "hypothesis"])
def test_a_search_shows_no_two_names_as_one(said, monkeypatch):
    entry = library.entries()[0]
    made = ALIKE if said == "hypothesis" else statement({"x1": "real", "x_1": "real"}, "x1 <= x_1")
    twin = statement({"x1": "real", "x_1": "real"}, "x1 < x_1", hypotheses={"h": "x_1 <= x1"})
    shown = replace(entry, claim=replace(entry.claim, statement=made, mutant=twin))
    monkeypatch.setattr(
        import_module("proofs.commands.search"), "search", lambda *_: [(shown, 1.0)]
    )
    found = CliRunner().invoke(lemmata, ["search", "anything"])
    assert found.exception is None
    assert "₁" not in found.output
    assert "x1" in found.output


def test_a_derivation_shows_no_two_names_as_one():
    """Nor across its formulas."""
    one, other = sympy.symbols("x1 x_1")
    sections = [Section("a", (Formula("F", "F", one),)), Section("b", (Formula("G", "G", other),))]
    derivation = Derivation(None, None, tuple(sections))
    with unmistakable(derivation):
        assert [*section_lines(sections[0]), *section_lines(sections[1])] == [
            "  F = x1",
            "  G = x_1",
        ]
        assert len({f.right and latex(f.right) for s in sections for f in s.formulas}) == 2
    assert [*section_lines(sections[0])] == ["  F = x₁"]
