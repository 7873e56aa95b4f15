"""The pytest plugin, tried on files as a user has them, in processes of their own."""

import json
import subprocess
import sys
from importlib.metadata import distributions

import pytest

GOOD = """
[bernoulli]
variables = {x = "real"}
hypotheses = {h = "x >= -1"}
conclusion = "(1+x)**3 >= 1 + 3*x"
"""
WRONG = """
[wrong]
variables = {x = "nonnegative"}
conclusion = "log(1+x) <= 0.99*x"
"""
USES = """
from fractions import Fraction
import pytest
from hypothesis import given, settings
from numerics.strategies import problems

def test_count(certified_count):
    assert certified_count("(p+1)**2/2", ["0.3", "-1.2", "0.7"], "0.05", "abs(p+1) <= 1/2") == 7

def test_never(certified_count):
    certified_count("(p+1)**2/2", "0.5,0.5,2", "0.05", "p <= -1/2")

def test_lemma(proved):
    assert proved("x**2 + 1 >= 2*x").certificate

def test_false(proved):
    proved("x**2 >= x")

@settings(max_examples=3, deadline=None)
@given(problems(max_depth=3))
def test_strategy(problem):
    assert isinstance(problem.step, Fraction)
"""


def run(folder, *arguments):
    environment = ["-p", "no:cacheprovider", "-p", "no:randomly"]
    known = [e for d in distributions() for e in d.entry_points if e.group == "pytest11"]
    if not any(e.name == "lemmata" for e in known):  # run from the folder itself
        environment += ["-p", "proofs.pytest_plugin"]
    command = [sys.executable, "-m", "pytest", "-q", *environment, *arguments]
    (folder / "pytest.ini").write_text("[pytest]\n")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_claims_are_tests(tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD + WRONG)
    code, said = run(tmp_path, "mine.toml")
    assert code == 1
    assert "1 failed, 1 passed" in said
    assert "fails at x = 1/100" in said
    assert "Traceback" not in said


def test_one_claim_is_chosen_by_its_name(tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD + WRONG)
    code, said = run(tmp_path, "mine.toml::bernoulli")
    assert code == 0, said


def test_files_are_found_by_their_name_and_others_left_alone(tmp_path):
    (tmp_path / "lemmas.toml").write_text(GOOD)
    (tmp_path / "other_lemmas.toml").write_text(GOOD)
    (tmp_path / "settings.toml").write_text("[tool]\nx = 1\n")
    code, said = run(tmp_path)
    assert code == 0, said
    assert "2 passed" in said


def test_a_table_that_cannot_be_read_costs_its_own_test(tmp_path):
    broken = GOOD.replace("(1+x)", "((1+x)").replace("bernoulli", "broken")
    (tmp_path / "lemmas.toml").write_text(GOOD + broken)
    code, said = run(tmp_path)
    assert code == 1
    assert "1 failed, 1 passed" in said
    assert "conclusion" in said
    assert "Traceback" not in said


def test_a_file_that_cannot_be_read_is_one_line(tmp_path):
    (tmp_path / "lemmas.toml").write_text(GOOD + "[[")
    code, said = run(tmp_path)
    assert code == 2
    assert "lemmas.toml" in said
    assert "Traceback" not in said


def test_fixtures_and_strategies(tmp_path):
    (tmp_path / "test_uses.py").write_text(USES)
    _, said = run(tmp_path)
    assert "2 failed, 3 passed" in said, said
    assert "never" in said
    assert "not proved" in said


def test_the_plugin_loads_nothing_heavy():
    code = (
        "import sys; import proofs.pytest_plugin, json;"
        "print(json.dumps([m for m in ('sympy', 'numpy', 'flint', 'theory') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("fixture", ["certified_count", "proved"])
def test_fixtures_are_documented(fixture, tmp_path):
    _, said = run(tmp_path, "--fixtures")
    assert fixture in said
