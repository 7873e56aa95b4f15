"""What people see of a claim: their own words, every conclusion, and no two names as one."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs import api
from proofs.cli import lemmata
from proofs.export import translate
from proofs.export.theorem import comment
from proofs.presentation.encyclopedia import mathml
from proofs.presentation.encyclopedia.spoken import spoken
from proofs.presentation.encyclopedia.statements import point_of, statement_of
from proofs.presentation.encyclopedia.statements import typeset as on_the_page
from tests.fuzz.formulas import examples
from theory import claim_files, paragraphs, typeset
from theory.claims import statement
from theory.errors import InputError
from theory.expressions.tokens import plain as spelled
from theory.language.typed import again
from theory.notation import unicode

STEMS = st.sampled_from(["S", "x", "w_1", "w_i_next", "eta", "rate", "c_minus"])
DESCENT = {
    "variables": {"w": "vector", "eta": "positive", "L": "positive"},
    "functions": {"f": "smooth(L) & convex"},
}


def page():
    for place, table in enumerate(examples()):
        with suppress(InputError):  # some are there because they cannot be taken
            yield claim_files.read(Path("page.toml"), f"e{place}", table)


@given(STEMS, st.integers(0, 3), st.integers(0, 3))
def test_names_that_differ_in_underscores_at_the_end_look_different(stem, few, more):
    """A second sum of a claim is called S_, and S^2 <= n S_ is no S^2 <= n S."""
    for looks in (typeset.name, mathml.symbol, unicode):
        assert (looks(stem + "_" * few) == looks(stem + "_" * more)) == (few == more)


def test_two_sums_are_two_sums():
    shown = api.claim("sum(i, 1, n, g_i)^2 <= n*sum(i, 1, n, g_i^2)",
                      variables={"n": "natural", "g": "sequence of real"})  # fmt: skip
    assert r"(\sum_{i = 1}^{n} (g_{i}))^{2} \le n \, \sum_{i = 1}^{n} (g_{i}^{2})" in (
        shown._repr_latex_()
    )
    assert "S^{2}" not in paragraphs.claim(shown)
    assert "sum(i, 1, n, g_i)^2" in repr(shown)


@pytest.mark.parametrize(("stem", "set_so"), [("a", "a"), ("eta", r"\eta"), ("w", "w")])
@pytest.mark.parametrize(("low", "high"), [("1", "n"), ("0", "k")])
def test_a_sequence_is_its_first_and_its_last_with_dots_between(stem, set_so, low, high):
    label = f"{stem}_{low}..{stem}_{high}"
    shown = api.claim(f"prod(i, 1, {high}, {stem}_i) <= 1",
                      variables={high: "natural", label: "[0, 1]"})  # fmt: skip
    sequence = rf"{set_so}_{{{low}}}, \dots, {set_so}_{{{high}}} \in [0, 1]"
    assert sequence in shown._repr_latex_()
    assert sequence in paragraphs.claim(shown)
    first, dots, last = (mathml.symbol(x) for x in (f"{stem}_{low}", "…", f"{stem}_{high}"))
    seen = ",".join(x.striptags() for x in (first, dots, last))
    assert mathml.symbol(label).striptags() == seen


def test_an_operator_called_t_is_no_transpose():
    shown = api.claim("|x - T(x)|^2 >= 0", variables={"x": "vector"},
                      operators={"T": "nonexpansive"})  # fmt: skip
    assert "T(x)" in shown._repr_latex_()
    assert r"\mathsf T" not in shown._repr_latex_() + paragraphs.claim(shown)


def test_what_is_given_by_an_event_is_in_the_chance():
    given = {"X": "exponential(1)", "s": "nonnegative", "t": "nonnegative"}
    shown = api.claim("P(X >= s + t | X >= s) == P(X >= t)", variables=given)
    assert r"\mathbb P(X \ge s + t,\ X \ge s)" in shown._repr_latex_()


def test_a_name_that_looks_like_a_member_of_a_sequence_is_kept_apart():
    """Typed, a[0] <= a0 would be set as a_0 <= a_0: what is proved is shown instead."""
    shown = api.claim("a[n] <= a0", variables={"n": "natural", "a0": "nonnegative"},
                      recursions=["a[0] <= a0", "a[n+1] <= a[n]"])  # fmt: skip
    assert r"a_{0} \le a_{0}" not in shown._repr_latex_()
    assert shown.said == "a[n] <= a0"


def test_claims_that_are_read_as_they_stand_have_no_other_words():
    plain = api.claim("(x + y)^2 <= 2*x^2 + 2*y^2")
    assert plain.typed is None
    assert plain.said == plain.statement.concluded


def test_every_example_of_the_language_can_be_said_and_set():
    read = list(page())
    typed = [c for c in read if c.typed is not None]
    assert len(typed) > 40
    for claim in read:
        for text in (paragraphs.claimed(claim), paragraphs.claim(claim)):
            assert text.isascii()
            assert text.count("{") == text.count("}")
            assert not re.search(r"\\operatorname\{(sum|prod|min|max|item|inv)\b", text)
    assert all(str(c.typed).startswith(c.said) for c in typed)


@pytest.mark.parametrize("reading", [{}, None])
def test_every_conclusion_is_on_the_page(reading):
    claimed = statement({"x": "[0, 1]"}, "0 <= x*(1 - x) <= 1/4 and x <= 1")
    known = {claimed.digest: claimed} if reading is None else reading
    found = statement_of(json.loads(claimed.canonical), None, known)
    assert found is not None
    assert found.digest == claimed.digest
    shown = on_the_page(found)
    assert shown.conclusion.count("; and ") == 2
    assert shown.source == claimed.concluded


def test_a_conclusion_with_a_hypothesis_of_its_own_is_read_back():
    claimed = statement({"x": "real"}, "x/x == 1", hypotheses={"h": "x > 0 or x < 0"})
    found = statement_of(json.loads(claimed.canonical), None, {})
    assert found is not None
    assert found.canonical == claimed.canonical


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[steep]\nvariables = {w = "vector", eta = "positive", L = "positive"}\n'
        'functions = {f = "smooth(L) & convex"}\n'
        'conclusion = "f(w - eta*grad(f, w)) <= f(w)"\n\n'
        '[sums]\nvariables = {n = "natural", a = "sequence of real"}\nconstants = {c = 1}\n'
        'conclusion = "(sum(i, 1, n, a_i))**2 <= c*sum(i, 1, n, a_i**2)"\n'
    )
    return path


def test_a_coauthor_gets_the_claim_that_was_typed(file):
    script = file.parent / "why.py"
    asked = ["refute", f"{file}::steep", "--script", str(script)]
    said = CliRunner().invoke(lemmata, asked).output
    assert "steep: f(w - eta*grad(f, w)) <= f(w)\n" in said
    assert "read as f_p1 <= f_w" in said
    ran = run([executable, "-I", script], capture_output=True, text=True, check=True).stdout
    assert ran.startswith("the claim: f(w - eta*grad(f, w)) <= f(w)   for f smooth(L) & convex")


def test_show_and_search_speak_as_one_types(file):
    said = CliRunner().invoke(lemmata, ["show", f"{file}::sums"]).output
    assert "as typed    (sum(i, 1, n, a_i))**2 <= c*sum(i, 1, n, a_i**2)   for n natural" in said
    found = CliRunner().invoke(lemmata, ["search", "descent", "lemma", "--limit", "1"]).output
    assert "f(x₁) ≤ f(x₀) − |grad(f, x₀)|²/(c·L)" in found
    assert "f smooth(L)" in found
    assert "f_x1" not in found
    assert "f_x1" not in str(api.search("descent lemma", limit=1).records())


def test_a_file_of_several_claims_says_how_one_is_named(file):
    file.write_text(file.read_text() + '\n[two]\nvariables = {x = "real"}\n'
                    'constants = {a = 1, b = 2}\nconclusion = "a*x <= b*x^2 + 1"\n')  # fmt: skip
    found = CliRunner().invoke(lemmata, ["sharpen", str(file)])
    assert "::sums c; there are sums c, two a, two b" in str(found.exception)


def test_what_was_typed_changes_no_claim(file):
    first, *_ = claim_files.load(file)
    assert replace(first, typed=None) == first


ALIKE = [("x1", "x_1"), ("lam", "lambda"), ("eps", "epsilon"), ("x__1", "x_1"), ("x1_2", "x_1_2")]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_would_look_the_same_are_set_as_typed(one, other):
    """The false claim x1 <= x_1 would be shown as x_1 <= x_1."""
    said = api.claim(f"{one} <= {other}", variables={one: "real", other: "real"})
    for shown in (said._repr_latex_(), paragraphs.claim(said)):
        left, right = shown.rstrip().rpartition("$")[0].rpartition("$")[2].split(r"\le")
        assert left.split()[-1] != right.split()[0]
    found = on_the_page(said.statement)
    assert len({str(name) for name in str(found.variables[0][0]).split(", ")}) == 2
    sides = str(found.conclusion).split("≤")
    assert all(str(found.conclusion).count(f"<mtext>{n}</mtext>") <= 1 for n in (one, other))
    assert re.sub("<[^>]*>", "", sides[0]) != re.sub("<[^>]*>", "", sides[1])
    point = {one: Fraction(1), other: Fraction(0)}
    assert len({x.rpartition("=")[0] for x in typeset.point(point).split(", ")}) == 2
    failing = point_of({"point": {one: "1", other: "0"}, "left": "1", "right": "0"})
    assert len({str(v).rpartition("=")[0] for v in failing.values}) == 2


READ_AS_ANOTHER = [
    # what is typed, its parts, what stands in LaTeX, and a near statement
    ("E(exp(s*g)) <= exp(s^2/2)", {"variables": {"s": "real", "g": "normal"}},
     r"\mathbb E[\exp(s \, g)]", "E(exp(s*g)) <= exp(s^2/3)"),
    ("E(exp(s*e)) <= exp(s^2/2)", {"variables": {"s": "real", "e": "rademacher"}},
     r"\mathbb E[\exp(s \, e)]", "E(exp(2*s*e)) <= exp(s^2/2)"),
    ("E(X | X >= s) == s + 1", {"variables": {"X": "exponential(1)", "s": "nonnegative"}},
     r"\mathbb E[X \mid X \ge s] = s + 1", "E(X | X >= s) == s + 2"),
    ("tr(A)^2 <= 2*norm(A)^2",
     {"variables": {"a": "real", "b": "real"}, "matrices": {"A": [["a", "b"], ["b", 1]]}},
     r"A = \begin{pmatrix} a & b \\ b & 1 \end{pmatrix}", "tr(A)^2 <= norm(A)^2"),
    ("h <= x^2/2",
     {"variables": {"x": "real"}, "definitions": {"h": "piecewise(|x| <= 1, x^2/2, |x| - 1/2)"}},
     r"\frac{x^{2}}{2} & \text{if } |x| \le 1", "h <= x^2/3"),
    ("a[n] >= 0", {"variables": {"n": "natural"}, "recursions": ["a[0] >= 0", "a[n+1] == a[n]/2"]},
     r"a_{0} \ge 0", "a[n] >= 1"),
    ("S >= h", {"variables": {"G": "positive"}, "definitions": {"h": "G/2"},
                "layers": {"variables": {"x": "[0, G]"}, "start": {"S": "h"},
                           "next": {"S": "S + h*|x|"}}},
     r"x \in [0, G]", "S > h"),
    ("max(x, 0) + max(-x, 0) == |x|", {"variables": {"x": "real"}},
     r"\max(x, 0) + \max(-x, 0) = |x|", "max(x, 0) == |x|"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "parts", "look", "near"), READ_AS_ANOTHER)
def test_what_is_read_as_something_else_is_shown_as_it_was_typed(said, parts, look, near):
    """E(exp(sg)) <= exp(s^2/2) is no tautology, whatever it is read as."""
    made = api.claim(said, **parts)
    assert made.said == said
    for shown in (paragraphs.claim(made), made._repr_latex_()):
        assert look in shown
    page = spoken(made.statement, made.typed)
    assert "<math>" in page.conclusion
    read, typed = again(dict(made.typed.table), made.statement.digest)
    assert (read.digest, typed) == (made.statement.digest, made.typed)
    with pytest.raises(InputError, match="says another statement"):
        again({**made.typed.table, "conclusion": near}, made.statement.digest)


LAYERS = {"variables": {"x": "[0, 1]"}, "hypotheses": {"small": "P*x <= 1"},
          "start": {"P": "1", "S": "0"}, "next": {"P": "P + P*x", "S": "S + x^2"}}  # fmt: skip


def changed(part, name, text):
    return {**LAYERS, part: {**LAYERS[part], name: text}}


CHANGES = [("variables", "x", "[0, 2]"), ("hypotheses", "small", "P*x < 1"), ("start", "S", "1"),
           ("next", "S", "S - x^2"), ("next", "P", "P + x")]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_layers_are_kept_as_they_were_typed_and_a_changed_one_is_refused(change):
    made = api.claim("P <= 10", variables={}, hypotheses={"end": "S <= 1"}, layers=LAYERS)
    assert str(made.typed).endswith(
        "P = 1 at first, S = 0 at first, in each of any number of layers: "
        "x [0, 1], P*x <= 1, P -> P + P*x, S -> S + x^2"
    )
    assert again(dict(made.typed.table), made.statement.digest)[1] == made.typed
    for shown in (paragraphs.claim(made), made._repr_latex_()):
        assert r"x \in [0, 1]" in shown
        assert r"S \mapsto S + x^{2}" in shown
    assert len(spoken(made.statement, made.typed).layers) == 4
    with pytest.raises(InputError, match="says another statement"):
        again({**made.typed.table, "layers": changed(*change)}, made.statement.digest)


def test_layers_that_are_read_as_they_stand_are_said_in_a_notebook_too():
    """Without them `S >= 0` would be about nothing."""
    plain = {"variables": {"x": "nonnegative"}, "start": {"S": "0"}, "next": {"S": "S + x**2"}}
    made = api.claim("S >= 0", variables={}, layers=plain)
    assert made.typed is None
    assert r"S \mapsto S + x^{2}" in made._repr_latex_()


DEFINED = [
    # Definitions, a hypothesis, the conclusion; how it reads.
    ({"h": "n/2"}, "n >= 1", "sum(i, 1, n, 1) >= h",
     r"Suppose $n \ge 1$. Then $\sum_{i = 1}^{n} (1) \ge h$, where $h = \frac{n}{2}$."),
    ({"h": "n/2"}, "h >= 1", "sum(i, 1, n, 1) >= h",
     r"Suppose $h \ge 1$, where $h = \frac{n}{2}$. Then $\sum_{i = 1}^{n} (1) \ge h$."),
    ({"h": "n/2", "t": "h + 1"}, "t >= 2", "sum(i, 1, n, 1) >= h",
     r"Suppose $t \ge 2$, where $h = \frac{n}{2}$, $t = h + 1$. Then"),
    ({"h": "n/2", "t": "n + 1"}, "t >= 2", "sum(i, 1, n, 1) >= h",
     r"Suppose $t \ge 2$, where $t = n + 1$. Then $\sum_{i = 1}^{n} (1) \ge h$, where $h = "),
]  # fmt: skip


@pytest.mark.parametrize(("definitions", "given", "said", "reads"), DEFINED)
def test_what_is_defined_is_no_supposition(definitions, given, said, reads):
    """A definition stands with the first sentence that uses it, behind the word *where*."""
    made = api.claim(said, variables={"n": "natural"}, definitions=definitions, hypotheses=given)
    assert made.typed is not None
    assert reads in paragraphs.claim(made)
    assert r"h := \frac{n}{2}" in made._repr_latex_()


def test_an_entry_of_a_matrix_that_was_changed_is_another_statement():
    parts = READ_AS_ANOTHER[3][1]
    made = api.claim("tr(A)^2 <= 2*norm(A)^2", **parts)
    assert made.typed.given[-1] == "A = [[a, b], [b, 1]]"
    for entries in ([["a", "b"], ["b", "2"]], [["a", "b"]], "a", [["a", ["b"]]]):
        with pytest.raises(InputError):
            again({**made.typed.table, "matrices": {"A": entries}}, made.statement.digest)


def test_a_coq_file_says_in_its_comment_what_was_typed_or_is_refused():
    made = api.claim("E(exp(s*e)) <= exp(s^2/2)", variables={"s": "real", "e": "rademacher"})
    found = api.verify(made)
    assert found.coq().startswith("(* as typed: E(exp(s*e)) <= exp(s^2/2)   for s real, e radem")
    pasted = api.claim("E(exp(s·e)) ≤ exp(s²/2)", variables={"s": "real", "e": "rademacher"})
    text = translate(found.certificate, "it", typed=pasted.typed.table)
    assert text.startswith("(* as typed: E(exp(s*e)) <= exp(s**2/2)   for s real, e radem")
    another = api.claim("E(exp(s*e)) <= exp(s^2)", variables={"s": "real", "e": "rademacher"})
    with pytest.raises(InputError, match="says another statement"):
        translate(found.certificate, "it", typed=another.typed.table)


SIGNS = "E(exp(η·e)) ≤ exp(η²/2)", "√(|x − y|²) ≥ 0 ∧ x·x₁ ≠ x·x₁ − 1", "max(λ, −λ) ≥ 0"


@pytest.mark.parametrize("said", SIGNS)
def test_no_sign_of_what_was_typed_is_lost_in_a_comment(said):
    """With a question mark for each of them, x <= y and x >= y would be one."""
    shown = comment(spelled(said))
    assert "?" not in shown
    for one, other in (("≤", "≥"), ("≥", "≤"), ("≠", "≤"), ("²", "³"), ("·", "−")):
        if one in said:
            assert comment(spelled(said.replace(one, other))) != shown


@pytest.mark.parametrize("said", ["*)", "(*", "(*)", "(**)", "*(*)*", '"', '"*)"', "**)", "((**))",
                                  "*\u200b)", "＊）", "(\x00*", "*\n)"])  # fmt: skip
@pytest.mark.parametrize("before", ["", "(", "*", "x"])
def test_nothing_that_was_typed_ends_a_comment(said, before):
    shown = comment(spelled(before + said + before))
    assert "(*" not in shown
    assert "*)" not in shown
    assert '"' not in shown
