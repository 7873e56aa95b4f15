"""Workers: a task that fails in whatever way costs itself only, and nobody outlives the parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.cli import lemmata
from proofs.verification.workers import Failure, attempt, spread
from theory.errors import InputError

ROOT = Path(__file__).parents[2]
KINDS = ("fine", "killed", "exit", "recursion", "memory", "input", "bug", "unpicklable")


def do(kind):
    """Stands for the check of a claim."""
    match kind:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(3)
        case "recursion":
            return do(kind)
        case "memory":
            raise MemoryError
        case "input":
            raise InputError("claim", "cannot be taken")
        case "bug":
            raise ZeroDivisionError("two\nlines \x1b[31m")
        case "disk":
            raise OSError(28, "No space left on device", "file")
        case "unpicklable":
            return lambda: None
    return kind


@settings(max_examples=4)
@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4), st.integers(1, 2))
def test_every_item_has_an_outcome_and_bad_ones_cost_themselves_only(kinds, jobs):
    items = [*kinds, "fine"]
    outcomes = list(spread(do, items, jobs))
    assert sorted(item for item, _ in outcomes) == sorted(items)
    for item, outcome in outcomes:
        if item == "fine":
            assert outcome == "fine"
        else:
            assert isinstance(outcome, Failure)
            assert outcome.reason.isprintable()
            assert "recursion depth" not in outcome.reason
            assert outcome.internal == (item in ("recursion", "bug", "unpicklable"))


def test_what_concerns_the_whole_run_ends_it():
    with pytest.raises(OSError, match="No space left"):
        list(spread(do, ["disk", "fine"], 2))
    with pytest.raises(OSError, match="No space left"):
        attempt(do, "disk")


def test_tracebacks_are_for_those_who_ask(monkeypatch, capfd):
    attempt(do, "bug")
    assert not capfd.readouterr().err
    monkeypatch.setenv("LEMMATA_DEBUG", "1")
    attempt(do, "bug")
    assert "Traceback" in capfd.readouterr().err


PARENT = """
import os, sys, time
from proofs.cli import lemmata
from proofs.verification.workers import spread
sys.path.insert(0, {folder!r})
from burning import burn
if __name__ == "__main__":
    try:
        for _ in spread(burn, ["a", "b"], 2):
            pass
    except KeyboardInterrupt:
        sys.exit(130)
"""
BURNING = """
import os, pathlib
def burn(name):
    (pathlib.Path({folder!r}) / name).write_text(str(os.getpid()))
    while True:
        pass
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that nobody has waited for yet is dead all the same.
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return not state.stdout.strip().startswith("Z") and bool(state.stdout.strip())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent_even_while_they_compute(how, tmp_path):
    (tmp_path / "burning.py").write_text(BURNING.format(folder=str(tmp_path)))
    (tmp_path / "parent.py").write_text(PARENT.format(folder=str(tmp_path)))
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "parent.py")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        # A shell that starts this in the background has its children ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    files = [tmp_path / name for name in "ab"]
    deadline = time.monotonic() + 60
    while not all(f.exists() and f.read_text() for f in files):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    pids = [int(f.read_text()) for f in files]
    parent.send_signal(how)
    assert parent.wait(10) == (130 if how == signal.SIGINT else -how)
    deadline = time.monotonic() + 2
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    left = [pid for pid in pids if alive(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


KEPT = ("what is finished is kept, and the same command goes on",)
INTERRUPTED = {
    "verify first.toml --jobs 1": (),
    "verify first.toml --jobs 1 --resume rows": KEPT,
    "verify first.toml --jobs 1 --resume rows --salvage new": (
        "go on with --resume new, without --salvage",
    ),
    "report page.html first.toml::first --resume rows": KEPT,
    "sweep depth": KEPT,
    "sweep depth --only 0": (),
    "refute first.toml": (),
}


@pytest.mark.parametrize("words", INTERRUPTED)
def test_an_interrupt_says_how_to_go_on_where_something_is_kept(words, tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    Path("first.toml").write_text('[first]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n')
    Path("rows").write_text("lemmata ledger 2\n")
    for name in ("proofs.verification.verifying.verified", "proofs.verification.verifying._run"):
        monkeypatch.setattr(name, interrupted)
    for name in ("sweep._sweep", "sweep._only", "refute.apart"):
        monkeypatch.setattr(f"proofs.commands.{name}", interrupted)
    context = lemmata.make_context("lemmata", words.split())
    with context, pytest.raises(KeyboardInterrupt) as stopped:
        lemmata.invoke(context)
    assert stopped.value.args == INTERRUPTED[words]
