"""Names of files are data too: no terminal, shell, browser or parser of ours obeys one."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from proofs.commands.init import template
from proofs.evidence.rows import problem
from proofs.presentation.described import commands
from proofs.presentation.encyclopedia.entries import entries
from proofs.presentation.report import unread_row
from proofs.theorems import find
from proofs.verification.verifying import verified
from tests.fuzz import contract
from tests.fuzz.campaign import SWEEP, THEOREM
from tests.fuzz.contract import Input
from tests.fuzz.documents import STEMS
from theory.claim_files import Unread, entry
from theory.errors import typed

CLAIMS = b'[a]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n'
CALLS = {
    "verify": ("verify", "{}.toml", "--jobs", "1", "--budget", "1", "--resume", "{}.rows"),
    "init": ("init", "{}-new.toml"),
    "refute": ("refute", "{}.toml", "--budget", "0.1"),
    "export": ("export", "{}.toml::a", "-o", "{}.v"),
    "sweep": ("sweep", "{}-s.toml", "--jobs", "1", "--export", "{}.csv"),
    "theorem": ("theorem", "{}-t.toml", "--latex"),
    "check": ("check", "{}.toml"),
    "report": ("report", "{}.html", "{}.toml", "--jobs", "1"),
    "plot": ("plot", "slack", "{}.toml::a", "{}"),
    "salvage": ("verify", "--resume", "{}.toml", "--salvage", "{}-new"),
}


@pytest.fixture(scope="module", autouse=True)
def loaded():
    contract.preload()


QUICK = ("init", "theorem", "check")
EACH = [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in CALLS]


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", EACH)
def test_no_name_of_a_file_is_obeyed(name, tmp_path):
    for number, stem in enumerate(STEMS):
        stem = f"./{stem}" if stem.startswith("-") else stem
        files = {f"{stem}.toml": CLAIMS, f"{stem}-s.toml": SWEEP, f"{stem}-t.toml": THEOREM}
        more = ("--json",) if number % 3 == 2 else ()
        given = Input((*(w.replace("{}", stem) for w in CALLS[name]), *more), files)
        seen = contract.run(given, tmp_path / str(number))
        assert not list(contract.violations(given, seen)), (stem, seen)


@pytest.mark.parametrize("stem", STEMS)
def test_rows_of_what_cannot_be_read_can_be_read(stem):
    """What `verify --json` writes, `report --results` takes."""
    table = {"variables": {"x": "real"}, "conclusion": "x >= \x1b[31m"}
    unread = entry(Path(f"{stem}.toml"), "it", {"it": table})
    assert isinstance(unread, Unread)
    assert problem(unread_row(f"{stem}.toml", unread)) == ""


def words_of(command):
    """What a shell makes of a command, with a ``lemmata`` that prints what it is given."""
    shown = 'lemmata() { printf "%s\\0" "$@"; }; ' + command
    ran = subprocess.run(["sh", "-c", shown], capture_output=True, check=True)
    return ran.stdout.decode().split("\0")[:-1]


PRINTABLE = [stem for stem in STEMS if stem.isprintable()]


@pytest.mark.parametrize("stem", PRINTABLE)
def test_commands_that_are_shown_to_be_copied_mean_what_they_say(stem, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sure = f"./{stem}" if stem.startswith("-") else stem
    assert words_of(typed("verify --level kernel", f"{stem}.toml::a")) == [
        *("verify", "--level", "kernel", f"{sure}.toml::a"),
    ]
    Path(f"{stem}.toml").write_bytes(THEOREM)
    _, own = find(f"{stem}.toml")
    for command in commands(own):
        assert words_of(command)[-1] == f"{sure}.toml"
    made = template(f"{stem}.toml")
    assert set(tomllib.loads(made)) == {"bernoulli", "best", "one-step"}
    for line in made.splitlines():
        if "lemmata" in line and ":  " in line:
            assert f"{stem}.toml" in words_of(line.partition(":  ")[2].strip())[1]
    assert [p.name for p in Path().iterdir()] == [f"{stem}.toml"]


@pytest.mark.parametrize("stem", [s for s in PRINTABLE if "::" not in s])  # FILE::NAME
def test_so_do_those_on_the_page_of_claims(stem, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = f"{stem}.toml"
    Path(file).write_bytes(b'[a]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n')
    rows, _ = verified(
        (f"./{file}" if file.startswith("-") else file,), "quick", "standard", 1, 1.0
    )
    (entry,) = entries(rows, {})
    for command in entry.commands:
        assert f"{file.strip()}::a" in [word.removeprefix("./") for word in words_of(command)]
    assert [p.name for p in Path().iterdir()] == [file]
