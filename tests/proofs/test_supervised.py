"""Commands whose work looks at no clock end with their budget all the same, in one line."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from proofs import api as lm
from proofs import cli
from proofs.supervised import BUDGETS, bounded
from tests.fuzz.grammar import ROOT
from theory.errors import InputError

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system ends a process there")
START = """
import signal, sys, click
from proofs.supervised import supervise
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
try:
    supervise(float(sys.argv[1]))
    exec(sys.argv[2])
except click.exceptions.Exit as left:
    sys.exit(left.exit_code)
except KeyboardInterrupt:
    sys.exit("interrupted")
"""


def start(work, seconds="1"):
    return subprocess.Popen(
        [sys.executable, "-c", START, seconds, work],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def commands():
    for name in BUDGETS:
        command = cli.lemmata.get_command(click.Context(cli.lemmata), name)
        children = getattr(command, "commands", {})
        yield from ((f"{name} {n}", c) for n, c in children.items())
        if not children:
            yield name, command


def test_what_searches_draws_or_derives_has_a_budget():
    for name, command in commands():
        options = [p for p in command.params if "--budget" in p.opts]
        (option,) = options
        assert option.default == BUDGETS[name.split()[0]]
        bounded(command, name)  # once more is once
        assert [p for p in command.params if "--budget" in p.opts] == [option]


@LINUX
@pytest.mark.parametrize(
    "work",
    ["while True: pass", "7 ** 10 ** 9"],
    ids=["in Python", "in one number"],
)
def test_whatever_it_is_at_it_ends_with_its_budget(work):
    out, said = (process := start(work)).communicate()
    assert (process.returncode, out) == (4, "")
    assert said == "lemmata: the budget of 1 CPU seconds is spent (--budget)\n"


@LINUX
def test_what_ends_of_its_own_ends_as_it_would_alone():
    out, said = (process := start("print('out'); print('said', file=sys.stderr); sys.exit(3)")
                 ).communicate()  # fmt: skip
    assert (process.returncode, out, said) == (3, "out\n", "said\n")
    _, said = (process := start("import os; os.kill(os.getpid(), 9)", "60")).communicate()
    assert process.returncode == 4
    assert said.startswith("lemmata: its process died (SIGKILL), ")
    assert said.count("\n") == 1


@LINUX
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("whom", [os.kill, os.killpg], ids=["it alone", "all of them"])
def test_it_ends_with_who_started_it_and_an_interrupt_is_said_once(how, whom):
    process = start("print(os.getpid(), flush=True); import time; time.sleep(600)".replace(
        "print", "import os; print", 1), "60")  # fmt: skip
    assert process.stdout is not None
    child = int(process.stdout.readline())
    assert child != process.pid
    whom(process.pid, how)
    _, said = process.communicate()
    if how is signal.SIGINT:
        assert (process.returncode, said) == (1, "interrupted\n")
    else:
        assert (process.returncode, said) == (-how, "")
    there = Path(f"/proc/{child}")
    late = time.monotonic() + 2
    while there.exists() and time.monotonic() < late:
        time.sleep(0.01)
    assert not there.exists()


def test_values_beyond_all_numbers_are_no_error_of_the_program():
    tower = f"{'(1+exp(' * 14}p{'))' * 14}"
    asked = ["derive", "--depth", "3", "--loss", tower]
    for refused in (
        lambda: lm.derive(tower, 3),
        lambda: cli.lemmata.main(asked, standalone_mode=False),
    ):
        with pytest.raises(InputError, match="loss: its values are beyond all numbers"):
            refused()
