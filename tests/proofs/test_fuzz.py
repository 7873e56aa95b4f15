"""Whatever the input: an exit code of the contract, at most one line of error, nothing else."""

import itertools
import json
import os
import re
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz import contract, language, planted, surroundings
from tests.fuzz.campaign import campaign, samples
from tests.fuzz.contract import Input, Outcome
from tests.fuzz.crashes import crashes
from tests.fuzz.damage import damages
from tests.fuzz.everyday import EVERYDAY, NEEDS_COQ, commands
from tests.fuzz.everyday import given as everyday_files
from tests.fuzz.grammar import inputs, undrawn

COUNT = {"quick": 40, "ci": 600, "overnight": 100_000}
FINE = Outcome(0, "", "", 0.1, (), (), False)


@pytest.mark.sample(1)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_command_keeps_its_contract(seed, tmp_path):
    count = COUNT[os.environ.get("LEMMATA_PROFILE", "quick")] // 2
    broken = {}
    for case in campaign(seed, count, tmp_path):
        for kind in case.kinds:
            broken.setdefault(kind, case.given)
    assert not broken


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 14))
def test_every_command_keeps_its_contract_at_length(seed, tmp_path):
    broken = {}
    for case in campaign(seed, 1000, tmp_path):
        for kind in case.kinds:
            broken.setdefault(kind, case.given)
    assert not broken


@pytest.mark.parametrize("count", [25, pytest.param(4000, marks=pytest.mark.slow)])
def test_claims_that_exchange_words_are_read_or_refused(count):
    """And decided, typeset, exported: ``python -m tests.fuzz.language`` is the same at length."""
    assert [found for found in language.campaign(count, count) if found[2]] == []


@pytest.mark.parametrize("count", [6, pytest.param(2000, marks=pytest.mark.slow)])
def test_what_is_stored_is_read_as_written_or_refused(count, tmp_path):
    """Stores, ledgers, results and certificates; ``python -m tests.fuzz.damage`` is the same."""
    assert [found for found in damages(count, count, tmp_path) if found[1]] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", EVERYDAY)
def test_a_command_that_is_killed_leaves_nothing_behind_and_can_be_run_again(name, tmp_path):
    """Once by each signal; ``python -m tests.fuzz.crashes --kills 20`` is the same at length."""
    if name in NEEDS_COQ and not shutil.which("coqc"):
        pytest.skip("no Coq here")
    assert list(crashes(1, 3, tmp_path, [name])) == []


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    contract.preload()
    return samples(tmp_path_factory.mktemp("everyday") / "samples")


@pytest.fixture(scope="module")
def files(kinds):
    return everyday_files(kinds)


PRINTING = [name for name in EVERYDAY if name not in NEEDS_COQ | {"export"}]  # which writes a file


@pytest.mark.slow
@pytest.mark.parametrize("name", PRINTING)
def test_a_reader_that_left_is_exit_141_for_every_command(name, files, tmp_path):
    seen = contract.run(Input(EVERYDAY[name], files), tmp_path / "run", stdout=contract.GONE)
    assert (seen.code, seen.err, seen.survivors) == (141, "", False)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("name", PRINTING)
def test_output_to_a_full_disk_is_one_line_for_every_command(name, files, tmp_path):
    full = Path("/dev/full")
    seen = contract.run(Input(EVERYDAY[name], files), tmp_path / "run", stdout=full)
    assert (seen.code, seen.err) == (2, "lemmata: output: No space left on device\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(EVERYDAY) - NEEDS_COQ))
def test_every_command_speaks_ascii(name, files, tmp_path):
    given = Input(EVERYDAY[name], files)
    seen = contract.run(given, tmp_path / "run", encoding="ascii")
    assert (seen.out + seen.err).isascii()
    assert seen.code in (0, 1)
    assert not list(contract.violations(given, seen))


def test_no_command_is_forgotten():
    assert set(commands()) <= set(EVERYDAY)


@pytest.mark.parametrize(
    ("changed", "clause"),
    [
        ({"code": 70}, "exit 70"),
        ({"code": -signal.SIGSEGV}, "exit -11"),
        ({"code": -signal.SIGXCPU}, "CPU time"),
        ({"out": "Traceback (most recent call last):\n"}, "traceback"),
        ({"err": "lemmata: a\nlemmata: b\n"}, "more than one line"),
        ({"err": "\n"}, "an empty line"),
        ({"out": "\x1b[31m"}, "control characters"),
        ({"err": "\u202e"}, "control characters"),
        ({"code": 2}, "without its line"),
        ({"survivors": True}, "outlived"),
        ({"outside": ("tmp/left",)}, "outside"),
        ({"replaced": ("fifo",)}, "replaced"),
        ({"waited": True, "code": -9}, "waited"),
        ({"left": ("rows.tmp",)}, "half-written"),
        ({"left": (".hypothesis/constants",)}, "a hidden file"),
        ({"out": "{"}, "something else"),
        ({"out": '{"a": NaN}'}, "something else"),
        ({"out": "{}"}, "schema"),
    ],
)
def test_each_clause_can_fail(changed, clause):
    given = Input(("verify", "--json", "x"))
    assert not list(contract.violations(given, FINE))
    problems = contract.violations(given, Outcome(**{**vars(FINE), **changed}))
    assert any(clause in problem for problem in problems)


@pytest.mark.sample(12)
@pytest.mark.parametrize("fresh", [False, True], ids=["forked", "fresh"])
@pytest.mark.parametrize("defect", planted.FOUND, ids=lambda d: d.__name__)
def test_a_run_that_misbehaves_is_seen(defect, fresh, tmp_path, monkeypatch):
    """By the child of a warm process just as by a fresh one."""
    for limit in ("CPU_SECONDS", "WAIT_SECONDS", "GRACE"):
        monkeypatch.setattr(contract, limit, 1)
    given = Input(("verify", "--json", "x"), fresh=fresh)
    if defect is planted.wait or defect is planted.orphan:
        monkeypatch.setattr(contract, "WAIT_SECONDS", 0.5)
    if defect is planted.loop:
        monkeypatch.setattr(contract, "WAIT_SECONDS", 60)
    seen = contract.run(given, tmp_path / "run", main=f"{planted.__name__}:{defect.__name__}")
    assert planted.FOUND[defect] in {*contract.violations(given, seen)}


_SECONDS = re.compile(r'"seconds": [0-9.e-]+|[0-9][0-9.e-]* s\b')


@pytest.mark.parametrize("count", [4, pytest.param(400, marks=pytest.mark.slow)])
def test_a_warm_process_answers_as_a_fresh_one(count, kinds, tmp_path):
    """It saves imports and nothing else: neither the answer nor the words depend on it."""
    steady = ("init", "list", "show", "escape", "check", "export", "search", "theorem")
    drawn = (given for given in inputs(3, kinds, steady) if not given.environment and given.argv)
    for number, given in enumerate(itertools.islice(drawn, count)):
        alone = replace(given, fresh=given.typeable)
        first, second = (
            (seen.code, _SECONDS.sub("", seen.out), seen.err, seen.left)
            for name, one in (("warm", replace(given, fresh=False)), ("fresh", alone))
            for seen in [contract.run(one, tmp_path / f"{number}-{name}")]
        )
        assert first == second, given.argv


def test_what_concerns_the_start_is_fresh(kinds):
    given = list(itertools.islice(inputs(1, kinds), 1000))
    assert 15 < sum(g.fresh for g in given) < 60
    for one in given:
        if one.closed or one.stdin != "null" or one.environment in surroundings.STARTING:
            assert one.fresh or not one.typeable


def test_what_is_around_a_run_is_as_it_was_drawn(tmp_path, monkeypatch):
    given = Input(("verify",), {}, {"a": "fifo", "b": "zero"}, {"COLUMNS": "x"}, (1,))
    monkeypatch.setattr(contract, "WAIT_SECONDS", 0.5)

    def main():
        assert os.environ["COLUMNS"] == "x"
        sys.stdout.write("nobody hears it")
        Path("b").unlink()
        Path("a").read_text()

    monkeypatch.setattr(contract.cli, "main", main)
    problems = list(contract.violations(given, contract.run(given, tmp_path / "run")))
    assert problems == ["waited for ever", "replaced what is no file"]


def test_the_same_seed_draws_the_same_inputs_of_every_command(kinds):
    assert set(kinds) == {
        *("claims", "sweep", "weights", "results", "certificate", "ledger", "store"),
        *("network", "theorem", "figures", "wide"),
    }
    first, second = (
        [given for given, _ in zip(inputs(7, kinds), range(800), strict=False)] for _ in range(2)
    )
    assert first == second
    assert {g.argv[0] for g in first if g.argv} >= set(contract.cli.COMMANDS)
    assert json.loads(kinds["results"])["claims"]


def test_every_option_of_every_command_is_drawn(kinds):
    assert undrawn(4000, kinds) == {}
