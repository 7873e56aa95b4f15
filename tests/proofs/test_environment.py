"""What variables of the environment say is looked at as what is typed is."""

import builtins
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from test_border import WRONG, main

import proofs as package
from proofs import entry
from proofs.budgets import LEAST_ADDRESSES_MB
from theory.files import cache

ROOT = Path(__file__).parents[2]
MAIN = "from proofs.entry import main; main()"
CLAIM = '[a]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n'
SWEEP = """depth = 2
init = "gaussian"
loss = "(p+1)**2/2"
step = 0.05
until = "abs(p+1) <= 1/2"
seeds = 1
engine = "float"
"""
USES = {
    "verify": ("verify", "a.toml", "--jobs", "1"),
    "verify, two": ("verify", "a.toml", "w.toml", "--jobs", "2"),
    "sweep": ("sweep", "s.toml", "--store", "rows", "--jobs", "1"),
    "list": ("list", "descent"),
    "refused": ("verify", "nowhere.toml"),
}


def ran(arguments, folder, before=None, **environment):
    """Run the command as a shell does; what it said, and where it left its streams."""
    for name, text in (("a.toml", CLAIM), ("w.toml", WRONG), ("s.toml", SWEEP)):
        (folder / name).write_text(text)
    paths = os.pathsep.join(path for path in (str(Path.cwd()), *sys.path) if path)
    return subprocess.run(
        [sys.executable, "-c", MAIN, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        preexec_fn=before,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"LEMMATA_DEBUG": "yes"}, "LEMMATA_DEBUG: 0 or 1"),
        *(({"SOURCE_DATE_EPOCH": t}, "SOURCE_DATE_EPOCH: s") for t in ("x", "", "-1", "9" * 12)),
        ({"_LEMMATA_COMPLETE": "garbage"}, "_LEMMATA_COMPLETE: bash_source"),
        ({"_LEMMATA_COMPLETE": "csh_source"}, "_LEMMATA_COMPLETE: bash_source"),
        ({"_LEMMATA_COMPLETE": "zsh_complete"}, "_LEMMATA_COMPLETE: COMP_WORDS"),
        (
            {"_LEMMATA_COMPLETE": "bash_complete", "COMP_WORDS": "lemmata 's", "COMP_CWORD": "x"},
            "_LEMMATA_COMPLETE: COMP_WORDS",
        ),
    ],
)
def test_what_the_environment_says_is_looked_at_too(variables, named, monkeypatch, capsys):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    code, said = main(["list", "descent"], monkeypatch, capsys)
    assert code == 2
    assert said.startswith(f"lemmata: {named}")
    assert said.count("\n") == 1


def test_debugging_may_be_switched_off_by_a_number(monkeypatch, capsys):
    monkeypatch.setattr("proofs.commands.refute.readable", lambda _: 1 / 0)
    for value, lines in (("", 1), ("0", 1)):
        monkeypatch.setenv("LEMMATA_DEBUG", value)
        assert main(["refute", "x"], monkeypatch, capsys)[1].count("\n") == lines


def test_a_cache_is_kept_in_no_folder_that_happens_to_be_the_working_one(monkeypatch):
    for home in ("relative", "", "."):
        monkeypatch.setenv("XDG_CACHE_HOME", home)
        assert cache().is_absolute()


CLOSED = [(1,), *(pytest.param(c, marks=pytest.mark.slow) for c in ((0,), (2,), (0, 1), (0, 1, 2)))]


@pytest.mark.sample(2)
@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("name", USES)
def test_what_is_said_to_a_closed_stream_is_nowhere(name, closed, tmp_path):
    """And what is opened next, such as a store, does not get its number, and the output with it."""
    whole, lacking = tmp_path / "whole", tmp_path / "lacking"
    for folder in (whole, lacking):
        folder.mkdir()
    expected = ran(USES[name], whole)
    seen = ran(USES[name], lacking, lambda: [os.close(number) for number in closed])
    assert seen.returncode == expected.returncode in (0, 1, 2)
    for number, name in ((1, "stdout"), (2, "stderr")):
        lines = 0 if number in closed else getattr(expected, name).count("\n")
        assert getattr(seen, name).count("\n") == lines
    assert "internal" not in seen.stderr
    assert {p.name for p in lacking.iterdir()} == {p.name for p in whole.iterdir()}


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", ["FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"])
@pytest.mark.parametrize("use", ["verify", "refused"])
def test_nothing_is_drawn_where_no_terminal_is(name, use, tmp_path):
    seen = ran(USES[use], tmp_path, **{"TTY_COMPATIBLE": "1", name: "1"})
    assert (seen.stdout + seen.stderr).replace("\n", "").isprintable()
    assert seen.stderr.count("\n") == (use == "refused")


ODD = {
    **dict.fromkeys(("SYMPY_DEBUG", "SYMPY_CACHE_SIZE", "SYMPY_USE_CACHE"), "x"),
    **dict.fromkeys(("NUMPY_MADVISE_HUGEPAGE", "NPY_PROMOTION_STATE", "SYMPY_GROUND_TYPES"), "x"),
    **{"PYTHONWARNINGS": "always", "MPMATH_STRICT": "1", "COLUMNS": "²", "LINES": "9" * 5000},
}
"""With each of these a library fails while it is loaded, or has a line of its own."""


@pytest.mark.parametrize(
    "use",
    [("derive", "--depth", "2"), pytest.param(USES["sweep"], marks=pytest.mark.slow)],
    ids=["derive", "sweep"],
)
def test_libraries_do_not_read_the_environment_behind_our_back(use, tmp_path):
    seen = ran(use, tmp_path, **ODD)
    assert (seen.returncode, seen.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_no_shell_waits_for_what_it_completes(tmp_path):
    os.mkfifo(tmp_path / "fifo.toml")
    (tmp_path / "folder.toml").mkdir()
    for file in ("fifo.toml", "folder.toml", "/dev/zero", "a" * 999, "nowhere.toml", "a.toml"):
        asked = {"COMP_WORDS": f"lemmata verify {file}::", "COMP_CWORD": "2"}
        seen = ran((), tmp_path, _LEMMATA_COMPLETE="bash_complete", **asked)
        assert (seen.returncode, seen.stderr) == (0, "")
        assert seen.stdout.strip() == ("plain,a.toml::a" if file == "a.toml" else "")


def deaf():
    """Be started by somebody who wants to hear of nothing."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no masks of signals here")
def test_no_sweep_waits_for_workers_of_which_nobody_hears(tmp_path):
    seen = ran(("sweep", "s.toml", "--store", "rows", "--jobs", "2"), tmp_path, deaf)
    assert (seen.returncode, seen.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no masks of signals here")
def test_what_becomes_of_children_is_heard_whoever_started_us():
    """Else a proof that Coq rejects would pass: its exit code would not be known."""
    asked = (
        "import subprocess, sys; from proofs import cli; cli._run = lambda: "
        "subprocess.run([sys.executable, '-c', 'raise SystemExit(7)']).returncode; cli.main()"
    )
    command = [sys.executable, "-c", asked]
    done = subprocess.run(command, cwd=ROOT, preexec_fn=deaf, capture_output=True, timeout=60)
    assert done.returncode == 7


def test_too_few_addresses_are_one_line_before_anything_asks_for_ever(tmp_path):
    room = (LEAST_ADDRESSES_MB - 1) * 1_000_000
    seen = ran(USES["sweep"], tmp_path, lambda: resource.setrlimit(resource.RLIMIT_AS, (room,) * 2))
    assert seen.returncode == 2
    assert seen.stderr.startswith("lemmata: memory: at least")
    assert seen.stderr.count("\n") == 1


@pytest.mark.sample(2)
@pytest.mark.parametrize(("files", "jobs"), [((16, 16), 2), ((100, 100), 40), ((16, 4096), 2)])
def test_too_few_open_files_are_one_line_before_any_process_is_started(files, jobs, tmp_path):
    """What Python starts processes with would fail with a traceback of its own."""
    seen = ran(
        ("sweep", "s.toml", "--store", "rows", "--jobs", str(jobs)),
        tmp_path,
        lambda: resource.setrlimit(resource.RLIMIT_NOFILE, files),
    )
    if files[0] < files[1]:  # which ours may raise
        assert (seen.returncode, seen.stderr) == (0, "")
        return
    assert seen.returncode == 2
    assert "open files are wanted" in seen.stderr
    assert seen.stderr.count("\n") == 1


def test_what_libraries_think_of_a_full_disk_is_no_line_of_ours(tmp_path):
    seen = ran(
        ("plot", "slack", "a.toml::a", "x.png"),
        tmp_path,
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        MPLCONFIGDIR=str(tmp_path / "fonts"),
    )
    assert (seen.returncode, seen.stderr) == (2, "lemmata: OUT: x.png: File too large\n")


@pytest.mark.sample(2)
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("use", [("list", "--json"), ("list",)], ids=["at once", "by lines"])
def test_an_answer_is_whole_or_none_however_python_writes_it(use, unbuffered, tmp_path):
    """A disk that takes a part of it is a full one; Python without buffers would not notice."""
    out = tmp_path / "out"
    for room in (2000, 10_000):
        with out.open("w") as taken:
            done = subprocess.run(
                [sys.executable, "-P", "-c", MAIN, *use],
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered},
                preexec_fn=lambda room=room: resource.setrlimit(
                    resource.RLIMIT_FSIZE, (room, room)
                ),
                stdout=taken,
                stderr=subprocess.PIPE,
                text=True,
            )
        assert (done.returncode, done.stderr) == (2, "lemmata: output: File too large\n")


@pytest.mark.parametrize("left", ["file size", "disk"])
def test_no_bytecode_is_kept_where_it_might_be_cut(left, monkeypatch):
    """Python before 3.13.1 keeps what a full disk took of it, and fails when it loads that."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "")
    package._bytecode()
    assert not sys.dont_write_bytecode
    if left == "disk":
        monkeypatch.setattr(package, "_LEAST_BYTES", 2**80)
    else:
        monkeypatch.setattr(resource, "getrlimit", lambda _: (2000, 2000))
    package._bytecode()
    assert sys.dont_write_bytecode
    assert os.environ["PYTHONDONTWRITEBYTECODE"] == "1"


@pytest.mark.parametrize("wrong", [EOFError("marshal data too short"), ValueError("bad\nmarshal")])
def test_a_damaged_installation_is_one_line(wrong, monkeypatch, capsys):
    def damaged(name, *rest):
        if name == "proofs.cli":
            raise wrong
        return true(name, *rest)

    true = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", damaged)
    monkeypatch.delenv("LEMMATA_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stop:
        entry._loaded()
    (line,) = capsys.readouterr().err.splitlines()
    assert stop.value.code == 70
    assert line.isprintable()
    assert line.endswith("; install it again")


@pytest.mark.parametrize("columns", ["0", "00", "1", "x", ""])
def test_a_refused_claim_is_seen_however_wide_the_screen_is_said_to_be(columns, tmp_path):
    (tmp_path / "bad.toml").write_text('[a]\nvariables = {x = "real"}\nconclusion = "x >"\n')
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "verify", "bad.toml", "--jobs", "1"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": columns},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert (done.stdout + done.stderr).strip()
