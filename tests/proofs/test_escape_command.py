"""``lemmata escape`` as a person meets it: its two streams and its exit code."""

import contextlib
import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import proofs
from proofs.cli import main
from proofs.commands.escape import pace

SCHEMA = json.loads(
    (Path(proofs.__file__).parent / "schemas" / "escape.schema.json").read_text("utf-8")
)
GOOD = {
    "--loss": "(p+1)**2/2",
    "--weights": "0.3,-1.2,0.7",
    "--step": "0.05",
    "--until": "abs(p+1) <= 1/2",
}


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(*flags, **options):
    """Run the command with GOOD options, some replaced (None: left out)."""
    chosen = GOOD | {"--" + k.replace("_", "-"): v for k, v in options.items()}
    words = [word for k, v in chosen.items() if v is not None for word in (k, str(v))]
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["lemmata", "escape", *words, *flags]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as leaving,
    ):
        main()
    return Done(leaving.value.code, out.getvalue(), err.getvalue())


def answer(*flags, **options):
    """Run with --json; check the schema; return the exit code and the object."""
    done = run("--json", *flags, **options)
    assert done.stderr == ""
    made = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    return done.returncode, made


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("method", ["auto", "ball", "direct", "float"])
def test_the_count_is_a_decimal_string(method):
    code, made = answer(method=method)
    assert code == 0
    assert made["steps"] == {"lower": "7", "upper": "7"}
    assert (made["depth"], made["outcome"], made["reason"]) == (3, "reached", None)


def test_a_person_reads_the_count_first():
    done = run()
    assert done.returncode == 0
    assert done.stdout.startswith("7 steps until abs(p + 1) <= 1/2\n")


def test_the_installed_command_does_the_same():
    words = [word for option in GOOD.items() for word in option]
    program = [sys.executable, "-c", "from proofs.cli import main; main()", "escape", *words]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("7 steps until")


def test_negative_weights_come_first_without_harm():
    code, made = answer(weights="-0.3,1.2,0.7")
    assert (code, made["outcome"]) == (0, "reached")


def test_never_is_an_answer():
    code, made = answer(weights="0.3,0.3,0.7")
    assert (code, made["outcome"], made["steps"]["upper"]) == (0, "never", None)
    assert "tied minimum" in made["reason"]
    assert made["seconds"] < 2


def test_a_spent_budget_is_exit_4_with_the_best_enclosure():
    slow = {"weights": "0.1,0.01,0.02,0.03", "step": "1e-9", "method": "ball"}
    code, made = answer(**slow, max_steps=100)
    assert (code, made["outcome"]) == (4, "undecided")
    assert made["steps"] == {"lower": "101", "upper": None}
    assert made["reason"]
    code, made = answer(**slow, max_seconds=0.5)
    assert (code, made["outcome"]) == (4, "undecided")


@pytest.mark.parametrize(
    "text", ["0.3,-1.2,0.7", "0.3\n-1.2 0.7\n", '["0.3", "-1.2", "0.7"]', "[0.3, -1.2, 0.7]"]
)
def test_weights_from_a_file(tmp_path, text):
    file = tmp_path / "weights"
    file.write_text(text, "utf-8")
    assert answer(weights=f"@{file}")[1]["steps"]["lower"] == "7"


def test_a_seed_names_a_start():
    options = {"weights": None, "init": "gaussian", "depth": 6, "seed": 7, "max_steps": 2000}
    first, again = answer(**options)[1], answer(**options)[1]
    assert first["steps"] == again["steps"]
    assert first["depth"] == 6
    for init in ("uniform", "near-identity:0.1"):
        assert answer(**(options | {"init": init}))[1]["depth"] == 6


HOSTILE = [
    {"loss": "__import__('os').system('touch executed')"},
    {"loss": "(" * 3000 + "p" + ")" * 3000},
    {"loss": "p**999999999"},
    {"loss": "p**p"},
    {"loss": "9**9**9**9*p"},
    {"loss": ""},
    {"loss": "nan"},
    {"weights": ""},
    {"weights": ","},
    {"weights": "nan"},
    {"weights": "inf,1"},
    {"weights": "1e999999999"},
    {"weights": "@no/such/file"},
    {"weights": "@."},
    {"weights": None},
    {"init": "gaussian"},
    {"weights": None, "init": "gaussian", "depth": 0, "seed": 1},
    {"weights": None, "init": "gaussian", "depth": 10**9, "seed": 1},
    {"weights": None, "init": "gaussian", "depth": 3, "seed": -1},
    {"weights": None, "init": "near-identity:x", "depth": 3, "seed": 1},
    {"weights": None, "init": "cauchy", "depth": 3, "seed": 1},
    {"step": "0"},
    {"step": "-0.1"},
    {"step": "nan"},
    {"step": "inf"},
    {"until": "p"},
    {"until": "p == 0"},
    {"until": "(" * 3000 + "p <= 1"},
    {"until": "abs(p+1) <= nan"},
    {"method": "magic"},
    {"digits": "-3"},
    {"digits": "1e3"},
    {"max_steps": "-1"},
    {"max_seconds": "nan"},
    {"max_seconds": "0"},
]


@pytest.mark.parametrize("options", HOSTILE, ids=lambda o: str(o)[:40])
def test_hostile_input_is_exit_2_and_one_line(options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    began = time.monotonic()
    done = run(**options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert time.monotonic() - began < 10
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["[[1]]", "[" * 100_000, '{"a": 1}', "[NaN]", "[1, null]", "[]", "\x00", "1 2 x"]
)
def test_a_hostile_file_is_exit_2(tmp_path, text):
    file = tmp_path / "weights"
    file.write_text(text, "utf-8")
    done = run(weights=f"@{file}")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_variants_modes_and_orders_have_their_options():
    code, made = answer(step="0.1:3,0.05", clip="1", momentum="1/2", until="f < 0.1 and grad < 1")
    assert code == 0
    assert sum(int(piece["lower"]) for piece in made["pieces"]) == int(made["steps"]["lower"])
    code, made = answer(loss=None, until=None, target="2,1", weights="0.1,0.1,0.2", step="0.01")
    assert [mode["steps"]["lower"] for mode in made["modes"]] == ["380", "757"]
    code, made = answer("--loss", "(p+2)**2/2", step="0.01")
    assert code == 0
    assert int(made["steps"]["lower"]) < int(made["steps"]["upper"])
    assert run(loss=None).returncode == 2
    assert run(target="1").returncode == 2
    assert run(clip="-1").stderr.startswith("lemmata: --clip")


def test_modes_follow_decay_and_momentum_each_for_itself():
    rule = {"step": "0.01", "decay": "1/100", "momentum": "1/2"}
    start = "0.1,0.1,0.2"
    _, made = answer(loss=None, until=None, target="2,1", weights=start, **rule)
    for mode in made["modes"]:
        s = int(mode["target"])
        until = f"abs(p-{s}) <= {s}/10"
        _, alone = answer(loss=f"(p-{s})**2/2", until=until, weights=start, **rule)
        assert mode["steps"] == alone["steps"]


@pytest.mark.parametrize("option", ["--clip=1", "--noise=1", "--residual", "--width=3"])
def test_what_couples_modes_or_would_be_ignored_is_refused(option):
    """An option that would be ignored is refused: the count would be one of something else."""
    done = run("--target", "3,2", option, loss=None, until=None, weights="0.1,0.2")
    assert done.returncode == 2
    assert "it does not go with" in done.stderr


@given(st.integers(0, 400), st.floats(1e-3, 1e6), st.none() | st.integers(0, 6_000))
def test_a_count_of_any_size_can_be_told_while_it_runs(digits, elapsed, most):
    """On a terminal, of counts and budgets that no double holds and Python does not write."""
    for steps in (10**digits, 10 ** (digits * 20)):
        said = pace(steps, elapsed, None if most is None else 10**most, 1e7)
        assert re.fullmatch(r"[\d.e]+ steps, ([\d,]+ per second, )?the budget .* [\d,]+ s", said)


def test_what_is_told_of_a_run_is_how_fast_it_is_and_what_ends_it():
    assert pace(0, 4.0, 100, 10.0) == "0 steps, 0 per second, the budget ends in 6 s"
    assert pace(50, 4.0, 100, 10.0) == "50 steps, 12 per second, the budget ends in 4 s"
    assert pace(10**400, 4.0, None, 10.0) == "1e400 steps, the budget ends in 6 s"
