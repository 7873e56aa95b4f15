"""What a newcomer meets: notebooks show one line of what is wrong, and every name is guessed at."""

import html
from pathlib import Path
from textwrap import dedent

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import proofs.lemmata as lm
from numerics.escape import METHODS
from numerics.starts import INITS
from proofs.cli import lemmata
from proofs.library import search
from theory.errors import InputError


def cell(text, **names):
    """Run a cell as a notebook does: its file is none of ours."""
    exec(compile(dedent(text), "cell.py", "exec"), {"lm": lm, **names})


@pytest.mark.parametrize(
    "text",
    [
        "lm.verify('x^2 >= (y')",
        "lm.escape('(p+1)**2/2', [0.3, 0.7], '0.05', 'p <= 0')",
        "lm.theorem('shamir2019/lemma-1333')",
        "lm.verify_all([['x >= (']])",
    ],
)
def test_a_notebook_shows_the_cell_and_what_is_wrong_and_none_of_our_insides(text):
    with pytest.raises(InputError) as caught:
        cell(text)
    shown = "".join(caught.value._render_traceback_())
    assert shown.endswith(f"InputError: {caught.value}")
    assert '"cell.py", line 1' in shown
    root = Path(lm.__file__).parents[2]
    assert not any(f"{root / part}/" in shown for part in ("theory", "numerics", "proofs"))


@given(st.sampled_from(sorted(n for n in lm.__all__ if len(n) > 4)), st.data())
def test_a_name_with_a_letter_missing_is_guessed(name, data):
    place = data.draw(st.integers(1, len(name) - 1))
    typed = name[:place] + name[place + 1 :]
    if typed in lm.__all__:
        return
    with pytest.raises(AttributeError, match="did you mean") as caught:
        getattr(lm, typed)
    assert caught.value.name == typed


def test_private_names_are_refused_without_a_guess():
    """Notebooks ask every object for a dozen of them."""
    with pytest.raises(AttributeError, match=r"^lemmata has no '_ipython_display_'$"):
        _ = lm._ipython_display_
    assert not hasattr(lm, "__wrapped__")


def test_help_begins_with_something_to_type():
    assert "lm.verify(" in lm.__doc__
    assert all(verb in lm.__doc__ for verb in ("refute", "sharpen", "derive", "escape", "load"))


def test_what_was_found_out_about_a_claim_leads_to_it():
    found = lm.verify("x**2 <= x")
    again = lm.refute(found)
    assert again.claim is found.claim
    assert again.found


def test_a_notebook_sets_the_formula_that_was_typed():
    found = lm.verify("sum(i, 1, n, i) <= n^2", variables={"n": "natural"})
    assert html.escape(r"\sum_{i = 1}^{n} (i) \le n^{2}") in found._repr_html_()
    assert found.record()["conclusion"] == "sum(i, 1, n, i) <= n^2"
    assert html.escape("x^{2} \\le x") in lm.refute("x**2 <= x")._repr_html_()


def test_a_point_is_called_a_counterexample_whatever_decided_there():
    shown = lm.verify("(1 + x)**3 >= 1 + 3*x")._repr_html_()
    assert "counterexample: fails at" in shown
    assert "exact identity" not in shown


@pytest.mark.parametrize("spelling", ["Hölder", "Holder", "Hoelder", "hölder smoothness"])
def test_names_are_found_however_their_letters_are_typed(spelling):
    assert "bernoulli-concave" in {entry.claim.name for entry, _ in search(spelling)}


def test_words_that_no_lemma_has_are_answered_by_near_ones():
    said = CliRunner().invoke(lemmata, ["search", "pinskre"])
    assert "did you mean pinsker" in said.output
    assert "lemmata list WORDS" in CliRunner().invoke(lemmata, ["search", "qqqqqqq"]).output


@pytest.mark.parametrize(("option", "known"), [("--method", METHODS), ("--init", INITS)])
def test_words_of_options_are_completed(option, known):
    shell = ShellComplete(lemmata, {}, "lemmata", "_LEMMATA_COMPLETE")
    offered = {item.value for item in shell.get_completions(["escape", option], "")}
    assert set(known) <= offered


def test_a_file_that_is_there_says_what_to_do(tmp_path):
    target = tmp_path / "mine.toml"
    assert CliRunner().invoke(lemmata, ["init", str(target)]).exit_code == 0
    again = CliRunner().invoke(lemmata, ["init", str(target)])
    assert "is there already: name another file" in str(again.exception)
