"""``import lemmata`` is a door too: whatever comes in, an answer or one line of ``InputError``."""

import inspect
import resource
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy

from proofs import api, budgets
from theory.errors import InputError


def named(value):
    """A name without the address of an object, the same in every process of a run."""
    return type(value).__name__ if "0x" in repr(value) else ascii(value)[:20]


SWEEP = (
    'depth = 2\ninit = "gaussian"\nloss = "(p+1)**2/2"\nstep = 0.05\n'
    'until = "abs(p+1) <= 1/2"\nseeds = 1\nengine = "float"\nmax-steps = 10\n'
)
NO_SECONDS = (
    *(float("nan"), float("inf"), float("-inf"), -1, 0, 1e400, 10**400, True, None, "1", [], 1j),
    *(Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), np.float64("nan"), sympy.oo, b"1"),
)
NO_INTEGERS = (
    *(float("nan"), 1.5, -1, -(10**400), True, "1", "\ud800", [], {}, 1j, b"1"),
    *(Decimal(1), Decimal("sNaN"), Fraction(1, 2), sympy.pi, object()),
)
NO_WORDS = (float("nan"), 1, None, "", "x", "\ud800", "a\nb", [], {}, b"quick", object(), "Q" * 999)
THING = ("(p+1)**2/2", ["0.3", "-1.2"], "0.05", "abs(p+1) <= 1/2")
BEST = {"claim": "x*(1-x) <= c", "constants": {"c": 1}}


def refused(call, *arguments, **options):
    """The line that refuses it: short, and nothing in it that a terminal would obey."""
    with pytest.raises(InputError) as wrong:
        call(*arguments, **options)
    line = str(wrong.value)
    assert line.isprintable()
    assert len(line) < 700
    return line


@pytest.mark.parametrize("seconds", NO_SECONDS, ids=named)
def test_a_budget_is_seconds_or_refused_by_every_verb(seconds, tmp_path):
    (tmp_path / "s.toml").write_text(SWEEP)
    for verb in (api.verify, api.refute, api.audit, api.verify_all):
        assert "a positive number of seconds" in refused(verb, "x**2 >= 0", budget=seconds)
    refused(api.sharpen, **BEST, budget=seconds)
    refused(api.theorem("shamir2019/lemma-13").verify, budget=seconds)
    if seconds is not None:  # which means that there is none
        refused(api.sweep, tmp_path / "s.toml", tmp_path / "store", budget=seconds)
        refused(api.escape, *THING, max_seconds=seconds)


@pytest.mark.parametrize("number", NO_INTEGERS, ids=named)
def test_what_counts_is_an_integer_of_its_range_or_refused(number, tmp_path):
    (tmp_path / "s.toml").write_text(SWEEP)
    refused(api.sweep, tmp_path / "s.toml", tmp_path / "store", jobs=number)
    refused(api.verify_all, ["x**2 >= 0"], jobs=number)
    refused(api.theorem("shamir2019/lemma-13").verify, jobs=number)
    refused(api.refute, "x**2 >= x", seed=number)
    refused(api.search, "descent", limit=number)
    refused(api.start, "gaussian", number, 1)
    refused(api.start, "gaussian", 2, number)
    for option in ("digits", "max_steps", "width"):
        refused(api.escape, *THING, **{option: number})


@pytest.mark.parametrize("jobs", [0, -1, 1025, 10**9])
def test_no_sweep_waits_for_processes_that_there_are_not(jobs, tmp_path):
    (tmp_path / "s.toml").write_text(SWEEP)
    line = refused(api.sweep, tmp_path / "s.toml", tmp_path / "store", jobs=jobs)
    assert line == "jobs: an integer from 1 to 1024 is wanted"


@pytest.mark.parametrize("word", NO_WORDS, ids=named)
def test_a_word_is_one_of_a_few_or_refused(word):
    refused(api.verify, "x**2 >= 0", profile=word)
    refused(api.escape, *THING, method=word)
    refused(api.start, word, 3, 1)
    if word:  # without one the only constant is meant
        refused(api.sharpen, **BEST, constant=word)
    if word != "":  # which means all papers
        refused(api.theorems, word)
    refused(api.theorem, word)
    if not isinstance(word, bool):
        refused(api.escape, *THING, residual=word)


@pytest.mark.parametrize("thing", [1, 1.5, b"x", object(), "x", [1], range(2)], ids=named)
def test_a_part_of_a_claim_is_a_mapping_or_refused(thing):
    for part in ("variables", "constants", "definitions", "matrices", "layers", "functions"):
        refused(api.claim, "x**2 >= 0", **{part: thing})
        if part != "constants" or thing != 1:
            refused(api.claim, "x**2 >= 0", **{part: {"y z": thing}})
    refused(api.escape, "p", thing if isinstance(thing, float) else [1.5], "0.05", "p <= 0")


@pytest.mark.parametrize("nothing", [None, 1, b"x", object()], ids=named)
def test_a_path_is_one_or_refused(nothing, tmp_path):
    (tmp_path / "s.toml").write_text(SWEEP)
    refused(api.load, nothing)
    refused(api.sweep, tmp_path / "s.toml", nothing)
    refused(api.escape, *THING, others=nothing)
    refused(api.claim, "x**2 >= 0", title=nothing)


def test_what_is_a_number_of_seconds_is_taken_in_any_type():
    for budget in (1, 1.0, Fraction(1, 2), Decimal("0.5"), np.float64(1), np.int64(1)):
        assert api.refute("x**2 >= x", budget=budget).point == {"x": Fraction(1, 2)}


def test_every_derivation_shows_itself():
    assert api.derive()._repr_latex_().count("$") == 2


def test_parts_that_are_none_are_left_out():
    given = inspect.signature(api.claim).parameters
    absent = {n: None for n in ("matrices", "layers", "functions", "recursions") if n not in given}
    assert api.claim("x**2 >= 0", **absent) == api.claim("x**2 >= 0")


class Hostile:
    """Which raises when it is printed, as something half made does."""

    def __repr__(self):
        raise RuntimeError

    def __iter__(self):
        return iter([self])


def without_end():
    made: list[object] = []
    made.append(made)
    return made


STRANGE = (
    Hostile(),
    10**5000,
    without_end(),
    np.array([1.0, 2.0]),
    np.array("x"),  # iterable by its type alone
    b"x",
    {Hostile(): 1},
    "9" * 6000,
)


@pytest.mark.parametrize("thing", STRANGE, ids=lambda thing: type(thing).__name__)
def test_what_cannot_even_be_printed_is_one_line(thing):
    for verb in (api.verify, api.refute, api.audit):
        refused(verb, thing)
    for part in ("variables", "constants", "definitions", "hypotheses", "layers", "functions"):
        refused(api.claim, "x**2 >= 0", **{part: {thing: "real"} if thing.__hash__ else thing})
    refused(api.claim, "x**2 >= 0", name=thing)
    refused(api.theorem, thing)
    if not isinstance(thing, int):  # a weight of any length is one
        refused(api.escape, THING[0], thing, *THING[2:])
    refused(api.sharpen, **BEST, constant=thing)
    refused(api.verify, "x**2 >= 0", fresh=thing)
    refused(api.derive, depth=thing)


@pytest.mark.parametrize(
    "weights", [b"0.3", bytearray(b"1"), memoryview(b"12"), {"1": 2}, {"1", "2"}, frozenset(["1"])],
    ids=lambda w: type(w).__name__,
)  # fmt: skip
def test_weights_are_a_list(weights):
    """Of bytes, the numbers of the letters were counted from; of a set, whatever came first."""
    assert refused(api.escape, THING[0], weights, *THING[2:]).startswith("weights: a list")


def test_a_step_may_have_any_number_of_digits():
    assert api.escape(*THING[:2], 10**5000, THING[3]).step == "1" + "0" * 5000
    assert api.escape(*THING[:2], Fraction(1, 20), THING[3]).step == "1/20"
    assert api.escape(*THING[:2], Decimal("0.05"), THING[3]).step == "0.05"


def callables():
    """Every public verb, and every public method of what they return."""
    for name in api.__all__:
        thing = getattr(api, name)
        if inspect.isfunction(thing):
            yield name, thing
        elif thing.__module__.startswith("proofs.api"):
            for method, called in vars(thing).items():
                if inspect.isfunction(called) and not method.startswith("_"):
                    yield f"{name}.{method}", called


@pytest.mark.parametrize(("name", "called"), [*callables()], ids=lambda x: x if str(x) == x else "")
def test_how_it_is_called_is_looked_at_too(name, called):
    parameters = inspect.signature(called).parameters.values()
    first = [p.name for p in parameters if p.default is p.empty and p.kind < p.VAR_KEYWORD]
    if all(p.kind < p.VAR_KEYWORD for p in parameters) or name == "escape":
        line = refused(called, *map(str, first), nosuch=1)
        assert line.startswith("nosuch: ")
    refused(called, *map(str, range(20)))
    for missing in first[:1]:
        assert refused(called).startswith(f"{missing}: ")


def test_a_misspelt_option_is_named_with_the_one_that_was_meant():
    assert "did you mean limit?" in refused(api.search, "descent", limt=3)
    assert "did you mean jobs?" in refused(api.sweep, "depth", "store", job=1)
    for verb in (api.verify, api.refute, api.sharpen, api.audit):  # it would be part of a claim
        assert refused(verb, "x**2 >= 0", bugdet=1).startswith("bugdet: ")
    assert "twice" in refused(api.search, "descent", query="descent")
    group = {"depth": 2, "init": "zas", "ln_median": {"estimate": 1.5}}
    swept = api.Swept("s", (), (group,), 1, 1)
    assert swept.series(init="zas") == ([2], [1.5])
    assert "did you mean init?" in refused(swept.series, ini="zas")


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_a_float_is_refused_with_the_decimal_that_was_typed(kind):
    """A float32 formats as the double next to it, which nobody meant."""
    assert "write it as a string, '0.05'," in refused(api.escape, "p", ["1"], kind(0.05), "p <= 0")


@pytest.mark.parametrize("verb", [api.verify, api.refute, api.sharpen])
def test_parts_that_are_given_by_place_are_asked_for_by_name(verb):
    with pytest.raises(InputError, match=r"^variables: by its name"):
        verb("x**2 >= 0", {"x": "real"})


@pytest.mark.parametrize("kind", ["AS", "NOFILE"])
def test_a_system_that_leaves_too_little_is_one_line_and_nobody_waits(kind, monkeypatch):
    few = {getattr(resource, f"RLIMIT_{kind}"): 32}
    real = resource.getrlimit
    monkeypatch.setattr(
        budgets.resource, "getrlimit", lambda k: (few[k],) * 2 if k in few else real(k)
    )
    for verb, given in ((api.verify, ["x**2 >= 0"]), (api.sweep, ["depth", "store"])):
        assert refused(verb, *given).rpartition("(")[2] in ("ulimit -v)", "ulimit -n)")


def test_a_script_that_sweeps_is_not_run_again_by_its_workers(tmp_path):
    """Nor does it wait for them for ever, whether it asks for its own name or not."""
    (tmp_path / "s.toml").write_text(SWEEP)
    script = tmp_path / "script.py"
    script.write_text(
        "import lemmata as lm\nprint('once')\nprint(lm.sweep('s.toml', 's.sqlite'))\n"
    )
    command = [sys.executable, script.name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["once", "Swept(s: 1 of 1 cells, 1 starts)"]


@pytest.mark.parametrize("lower", [5000, 0])
@pytest.mark.parametrize("upper", [5000, 5001, None])
@pytest.mark.parametrize("outcome", ["reached", "undecided", "never"])
def test_a_count_of_any_number_of_digits_shows_itself(lower, upper, outcome):
    """Python prints no integer beyond 4,300 digits."""
    asked = api.escape(*THING)
    most = None if upper is None else 10**upper
    found = replace(asked.result, lower=10**lower, upper=most, outcome=outcome)
    shown = replace(asked, result=found)
    assert (lower > 0) == ("0" * 5000 in shown.record()["lower"])
    assert all((repr(shown), shown._repr_html_(), shown._repr_latex_()))


@pytest.mark.parametrize("name", ["inf", "oo"])
def test_what_ends_an_interval_is_no_name(name):
    """Of x in [0, inf], with a variable that is called inf, the end was read as infinite."""
    for part in ({"variables": {"x": f"[0, {name}]", name: "[0, 1]"}}, {"constants": {name: 1}}):
        assert "meaning already" in refused(api.claim, "x <= 2", **part)


def nested(levels):
    made = sympy.Symbol("p", real=True)
    for _ in range(levels):
        made = sympy.sin(made, evaluate=False)
    return made


def test_a_formula_of_sympy_that_is_too_deep_is_one_line():
    """Also one so deep that SymPy itself finds no end of it."""
    assert "nested" in refused(api.claim, sympy.Ge(nested(70), -1, evaluate=False))
    assert "nested" in refused(api.derive, nested(1500), depth=2)
    assert "nested" in refused(api.escape, nested(1500), "1,1", "0.1", "f <= 0.1")


def test_what_is_only_like_a_formula_of_sympy_is_none():
    like = type("Like", (), {"free_symbols": {sympy.Symbol("x")}})()
    assert "SymPy expression is wanted, not Like" in refused(api.derive, like, depth=2)
