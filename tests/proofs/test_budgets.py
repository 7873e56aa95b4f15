"""Budgets of every command: refused alike, kept by the system, and no claim takes others down."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from test_sweep_command import FAST, finish, start

from proofs import cli
from proofs.budgets import LEAST_MB, MEMORY_MB, limit_memory, patience, seconds
from proofs.cli import COMMANDS
from proofs.search import reshape
from proofs.verification.decide import decide
from theory.claims import statement
from theory.errors import InputError

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "proofs" / "schemas"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no such limits")

CLAIMS = """
[before]
variables = {x = "real"}
conclusion = "x**2 >= 0"
[bad]
variables = {x = "real"}
constants = {c = "1"}
conclusion = "x**2 + c >= 0"
[after]
variables = {x = "real"}
conclusion = "x**4 >= 0"
"""
# The command, with work on the claim `bad` that ends as badly as it can.
DRIVER = """
import ctypes, os, resource, signal, sys
import flint
def python():
    bytearray(10**11)
def flints():  # it prints, and aborts
    flint.fmpz(3) ** (10**11)
def killed():
    os.kill(os.getpid(), signal.SIGKILL)
def crashed():
    ctypes.string_at(0)
def loops():
    from proofs.verification import budgets
    budgets.limit_cpu(1)
    while True:
        pass
how = globals()[sys.argv.pop(1)]
def wrap(module, name):
    true = getattr(module, name)
    def bad(claim, *rest, **more):
        statement = getattr(claim, "statement", claim)
        return how() if "c" in statement.constants else true(claim, *rest, **more)
    setattr(module, name, bad)
from proofs import cli
from proofs.verification import verifying
from proofs.commands import audit, refute, sharpen
wrap(verifying, "verify")
for module, name in ((refute, "refute"), (audit, "audit"), (sharpen, "sharpen")):
    wrap(module, name)
cli.main()
"""
WAYS = {
    "python": "out of memory",
    "flints": "for want of memory",
    "killed": "SIGKILL",
    "crashed": "SIGSEGV",
    "loops": "CPU time",
}
QUICK = {("python", "1"), ("flints", "2"), ("killed", "1")}


def driven(folder, *arguments):
    (folder / "claims.toml").write_text(CLAIMS)
    (folder / "driver.py").write_text(DRIVER)
    return subprocess.run(
        [sys.executable, "driver.py", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


CASES = [
    pytest.param(way, jobs, marks=[] if (way, jobs) in QUICK else [pytest.mark.slow])
    for way in WAYS
    for jobs in ("1", "2")
]


@LINUX
@pytest.mark.parametrize(("way", "jobs"), CASES)
def test_a_claim_that_takes_its_process_down_costs_its_own_row_only(way, jobs, tmp_path):
    ran = driven(
        tmp_path,
        *(way, "verify", "claims.toml", "--json", "--jobs", jobs, "--resume", "rows"),
        *("--memory", "1000"),
    )
    assert (ran.returncode, ran.stderr) == (4, "")
    found = json.loads(ran.stdout)
    jsonschema.validate(found, json.loads((SCHEMAS / "verify.schema.json").read_text()))
    rows = {c["name"]: c for c in found["claims"]}
    assert [rows[n]["verdict"] for n in rows] == ["proved", "undecided", "proved"]
    (evidence,) = rows["bad"]["evidence"]
    assert evidence["kind"] == "no evidence: a limit was met"
    assert WAYS[way] in evidence["detail"]
    kept = (tmp_path / "rows").read_text()  # what came to no end is done again
    assert kept.count("\n") == 3
    assert '"bad"' not in kept


@LINUX
@pytest.mark.parametrize("name", ["refute", "audit", "sharpen"])
def test_so_it_does_in_other_commands(name, tmp_path):
    more = ["--constant", "c"] if name == "sharpen" else []
    chosen = "claims.toml::bad" if name == "sharpen" else "claims.toml"
    ran = driven(tmp_path, "flints", name, chosen, "--json", "--budget", "0.5", *more)
    assert (ran.returncode, ran.stderr) == (4, "")
    found = json.loads(ran.stdout)
    jsonschema.validate(found, json.loads((SCHEMAS / f"{name}.schema.json").read_text()))
    failed = {r["claim"]: r.get("failure", "") for r in found["results"]}
    assert "for want of memory" in failed.pop("bad")
    assert not any(failed.values())


@LINUX
def test_a_cell_that_wants_too_much_memory_costs_its_own_rows_only(tmp_path, monkeypatch):
    """Twenty thousand starts of ten thousand weights are 1.6 GB; those of two are nothing."""
    monkeypatch.chdir(tmp_path)
    text = FAST.replace("[5, 6]", "[2, 10_000, 3]").replace("seeds = 10", "starts = 20_000")
    (tmp_path / "wide.toml").write_text(f"{text}seeds = 1\nmax-steps = 10\n")
    code, out, err = finish(start("wide.toml", "--memory", "600", "--jobs", "1", "--json"))
    assert code == 1
    document = json.loads(out)
    jsonschema.validate(document, json.loads((SCHEMAS / "sweep.schema.json").read_text()))
    assert document["cells"] == {"finished": 2, "total": 3, "this_run": 2}
    ((name, why),) = document["failed"].items()
    assert "memory" in why
    assert err == f"lemmata: cell {name} cannot be run: {why}\n"
    assert [g["depth"] for g in document["groups"]] == [2, 3]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_limit_of_memory(name):
    command = cli.lemmata.get_command(None, name)
    for one in (command, *getattr(command, "commands", {}).values()):
        (option,) = [p for p in one.params if "--memory" in p.opts]
        for value in (float("nan"), float("inf"), -1.0, 0.0, LEAST_MB - 1):
            with pytest.raises(InputError, match=r"--memory: at least"):
                option.callback(None, option, value)


def test_every_budget_of_seconds_is_looked_at_in_one_place():
    """And no command, plots too, has another option that is a float: all others are exact."""
    timed = set()
    for name in COMMANDS:
        command = cli.lemmata.get_command(None, name)
        for one in (command, *getattr(command, "commands", {}).values()):
            for option in one.params:
                if option.type.name != "float" or "--memory" in option.opts:
                    continue
                timed.add((one.name, *option.opts))
                for value in (float("nan"), float("inf"), float("-inf"), -1.0, 0.0, 1e300):
                    with pytest.raises(InputError, match="a positive number of seconds") as said:
                        option.callback(None, option, value)
                    assert said.value.argument.split(" / ") == option.opts
    assert {
        ("verify", "--budget"),
        ("escape", "--budget", "--max-seconds"),
        ("compare", "--seconds"),
    } <= timed
    assert len(timed) >= 13


@LINUX
def test_the_limit_is_the_system_s_and_can_be_moved():
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    try:
        for megabytes in (2 * MEMORY_MB, MEMORY_MB):
            limit_memory(megabytes)
            assert resource.getrlimit(resource.RLIMIT_DATA) == (megabytes * 10**6, before[1])
        limit_memory(1e300)
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def test_patience_is_longer_than_any_budget():
    assert all(patience(seconds(b)) > min(b, 9e6) for b in (1e-9, 1, 20, 10**7))
    assert signal.SIGXCPU


@pytest.mark.parametrize(
    "claim",
    [
        {  # SymPy compared towers of exponentials for ever
            "variables": {"n": "natural", "h": "nonnegative", "y0": "nonnegative"},
            "recursions": ["y[0] == y0", "y[n+1] == y[n]/(exp(exp(exp(exp(99)))) + h)"],
            "conclusion": "y[n] <= y0/(1 + n*h)",
        },
        {  # and factored a polynomial of degree 151931471
            "variables": {"n": "integer >= 1"},
            "conclusion": "sum(t, 1, n, t^(-30.3862942)) <= 2.9 - 2/sqrt(n)",
        },
    ],
)
def test_no_number_keeps_a_search_beyond_its_budget(claim):
    began = time.process_time()
    decide(statement(**claim), 0.05)
    assert time.process_time() - began < 20


def test_quotients_beyond_floats_are_no_error():
    """1e-228 / 1e272 is 0 in floats, and has no logarithm."""
    for power in (-1050, -3, 3):
        probes = [{"x": x} for x in (0.55, 0.56, 0.57)]
        found = reshape._one_degree(lambda p, k=power: p["x"] ** k, probes, ["x"])
        assert found
