"""What a command writes is no file that it reads, nor another that it writes."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import proofs
from proofs.cli import lemmata
from proofs.options import drawing, spelled
from tests.proofs.test_arguments import EVERY, wanted
from theory.errors import InputError

CLAIM = """[b]
variables = {x = "nonnegative"}
constants = {c = "0.55"}
conclusion = "x**2*exp(-x) <= c"
sharpen = "c"
"""
TWICE = [
    ("sweep depth --store it --export it", "export"),
    ("sweep depth --store it --salvage it", "salvage"),
    ("report it a.toml::b --resume it", "resume"),
    ("report it a.toml::b --resume ./it", "resume"),
    ("report it a.toml::b --results it", "results"),
    ("report it a.toml::b --store it", "store"),
    ("plot escape it --store it", "store"),
    ("export a.toml::b --output a.toml", "output"),
    ("sharpen a.toml::b --certificate a.toml", "certificate"),
    ("sharpen a.toml::b --certificate it --figure it", "figure"),
    ("refute a.toml::b --script a.toml", "script"),
]


@pytest.mark.parametrize(("words", "named"), TWICE, ids=[w for w, _ in TWICE])
@pytest.mark.parametrize("there", [False, True])
def test_no_file_is_two_arguments(words, named, there, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    if there:
        (tmp_path / "it").write_text("kept")
    found = CliRunner().invoke(lemmata, words.split())
    assert found.exit_code != 0
    assert f"{named}: " in str(found.exception or found.output)
    assert (tmp_path / "a.toml").read_text() == CLAIM
    assert not there or (tmp_path / "it").read_text() == "kept"
    assert {p.name for p in tmp_path.iterdir()} <= {"a.toml", "it"}
    assert there or not (tmp_path / "it").exists()


def test_one_argument_may_name_a_file_twice(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    found = CliRunner().invoke(lemmata, ["list", "a.toml", "a.toml"])
    assert "is also what" not in str(found.exception or found.output)


@pytest.mark.parametrize(
    ("words", "named"),
    [("refute a.toml::b --seed -1", "seed"), ("compare --runs 10000000000", "runs")],
)
def test_a_number_beyond_its_range_is_an_argument(words, named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    found = CliRunner().invoke(lemmata, words.split())
    assert named in str(found.exception or found.output)


@pytest.mark.parametrize("words", ["--markdown --check a.toml", "shamir2019 --markdown"])
def test_no_argument_of_theorems_is_ignored(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    found = CliRunner().invoke(lemmata, ["theorems", *words.split()])
    assert found.exit_code != 0
    assert "markdown" in str(found.exception or found.output)


def test_certificates_of_one_name_are_not_written_over_each_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(CLAIM)
    both = ["verify", "a.toml::b", "b.toml::b", "--certificates", "c", "--jobs", "1"]
    found = CliRunner().invoke(lemmata, both)
    assert "two claims are called 'b'" in str(found.exception or found.output)
    assert not (tmp_path / "c").exists()


BESIDE = [  # a figure is two files, and a certificate is called like its claim
    ("plot escape it --store it.png", "it.png", "--store"),
    ("plot escape it.png --store it.svg", "it.svg", "--store"),
    ("sharpen a.toml::b --certificate it.svg --figure it", "it.svg", "--figure"),
    ("verify it.json --certificates .", "it.json", "--certificates"),
    ("verify it.json --certificates ./", "notes.toml", "--certificates"),
]


@pytest.mark.parametrize(("words", "kept", "named"), BESIDE, ids=[w for w, *_ in BESIDE])
def test_no_file_that_an_argument_stands_for_is_another(words, kept, named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    claims = '{"it": {"variables": {"x": "real"}, "conclusion": "x**2 >= 0"}}'
    for name in ("it.json", kept):
        (tmp_path / name).write_text(claims)
    before = {p.name: p.read_text() for p in tmp_path.iterdir()}
    found = CliRunner().invoke(lemmata, words.split())
    assert found.exit_code != 0
    assert f"{named}: " in str(found.exception or found.output)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == before


def test_certificates_replace_certificates(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM.replace("0.55", "4"))
    asked = ["verify", "a.toml", "--certificates", ".", "--jobs", "1"]
    assert CliRunner().invoke(lemmata, asked).exit_code == 0
    first = (tmp_path / "b.json").read_bytes()
    (tmp_path / "b.json").write_text(json.dumps(json.loads(first), indent=2))
    assert CliRunner().invoke(lemmata, asked).exit_code == 0
    assert (tmp_path / "b.json").read_bytes() == first


def test_a_name_that_is_left_out_is_not_every_name(tmp_path):
    file = tmp_path / "a.toml"
    file.write_text(CLAIM)
    for command in ("verify", "show", "refute", "sharpen", "audit", "export"):
        found = CliRunner().invoke(lemmata, [command, f"{file}::"])
        assert "after ::" in str(found.exception)


# Every two arguments of every command ------------------------------------------------------------


def is_path(one):
    return isinstance(one.type, click.Path)


def may_name(one):
    return is_path(one) or isinstance(one.type, click.types.StringParamType)


PAIRS = [
    (name, one, other)
    for name, command in EVERY.items()
    for one, other in itertools.permutations(filter(may_name, command.params), 2)
    if is_path(one)
]
SPELLED = {
    "the same": "{}",
    "in this folder": "./{}",
    "by a folder that is a link": "link/{}",
    "from above": "{folder}/{}",
}


def words(one, typed):
    return [typed] if isinstance(one, click.Argument) else [spelled(one), typed]


def said_no(name, one, other, first, second):
    """Two arguments together are refused, and nothing on the disk changes."""
    before = {p: p.is_file() and p.read_bytes() for p in Path().rglob("*")}
    typed = [*name.split(), *wanted(name, (one, other)), *words(one, first), *words(other, second)]
    given = dict(zip((one.name, other.name), ((one, first), (other, second)), strict=True))
    places = [p for p in EVERY[name].params if isinstance(p, click.Argument) and p.name in given]
    if len(places) == 2:  # in their order
        typed = [*name.split(), *(given[p.name][1] for p in places)]
    found = CliRunner().invoke(lemmata, typed)
    assert {p: p.is_file() and p.read_bytes() for p in Path().rglob("*")} == before
    said = str(found.exception) if isinstance(found.exception, InputError) else found.output
    assert any(why in said for why in ("is also what", "beside what", " go with", "goes with")), (
        said
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(folder)
    monkeypatch.chdir(folder)
    return folder


def table(ways):
    """Every pair, each in one of the ways, in turn; in all of them where there is time."""
    turns = itertools.cycle(ways)
    chosen = {(i, next(turns)) for i in range(len(PAIRS))}
    return pytest.mark.parametrize(
        ("name", "one", "other", "how"),
        [
            pytest.param(*pair, how, marks=() if (i, how) in chosen else pytest.mark.slow)
            for (i, pair), how in itertools.product(enumerate(PAIRS), ways)
        ],
        ids=lambda x: x if isinstance(x, str) else x.name,
    )


@table(SPELLED)
def test_no_two_arguments_of_any_command_name_one_file(name, one, other, how, here):
    second = SPELLED[how].format("it.html", folder=here)
    if drawing in (one.callback, other.callback):  # a figure stands for two files
        second = SPELLED[how].format("it.svg", folder=here)
    first = "it" if one.callback is drawing else Path(second).name
    if one.type.dir_okay and not is_path(other):
        return  # a folder that is there is no file of claims
    Path(second).write_text("kept")
    if one.type.dir_okay or (is_path(other) and other.type.dir_okay):
        Path(second).unlink()
    said_no(name, one, other, first, second)


BESIDE_ALL = ["{}-wal", "{}-shm", "{}-journal", ".{}.4711"]


@table(BESIDE_ALL)
def test_no_argument_names_what_is_beside_the_file_of_another(name, one, other, how, here):
    if one.type.dir_okay or (is_path(other) and other.type.dir_okay):
        return  # nothing is beside a folder
    kinds = "it.svg" if one.callback is drawing else "it.html"
    beside = how.format(kinds)
    if other.callback is drawing:
        return  # it ends in .svg and .png
    if other.name == "out":
        return  # it ends in .html
    Path(kinds).write_text("kept")
    Path(beside).write_text("kept")
    said_no(name, one, other, kinds, beside)


KEPT = {"absent": None, "empty": "", "a ledger": "lemmata ledger 2\n"}


@pytest.mark.parametrize("state", KEPT)
@pytest.mark.parametrize("folder", [".", "kept"])
@pytest.mark.parametrize("file", ["b.json", "notes.toml", ".b.json.4711"])
@pytest.mark.parametrize("option", ["--resume", "--salvage"])
def test_no_certificate_is_written_over_what_another_argument_names(
    option, file, folder, state, here
):
    """The claim is called b, so that b.json, and the notes, are what the folder stands for."""
    (here / "a.toml").write_text(CLAIM)
    (here / "kept").mkdir()
    path = here / folder / file
    if KEPT[state] is not None:
        path.write_text(KEPT[state])
    given = {"--resume": path}
    if option == "--salvage":
        (here / "rows").write_text("lemmata ledger 2\n")
        given = {"--resume": here / "rows", "--salvage": path}
    before = {p: p.is_file() and p.read_bytes() for p in here.rglob("*")}
    options = [str(w) for pair in given.items() for w in pair]
    found = CliRunner().invoke(
        lemmata, ["verify", "a.toml", "--jobs", "1", *options, "--certificates", folder]
    )
    assert isinstance(found.exception, InputError), found.output
    after = {p: p.is_file() and p.read_bytes() for p in here.rglob("*")}
    assert after == before or (option == "--salvage" and set(after) - set(before) == {path})


@pytest.mark.parametrize("file", ["b.json", "notes.toml"])
def test_no_certificate_is_written_over_the_claims(file, here):
    """Whatever is in the file: a certificate would pass for one that may be replaced."""
    claims = 'b = {variables = {x = "real"}, conclusion = "x**2 >= 0"}\n'
    if file.endswith(".json"):
        claims = '{"b": {"variables": {"x": "real"}, "conclusion": "x**2 >= 0"}}'
    else:
        claims = f"# By `lemmata verify --fresh --certificates FOLDER`\n{claims}"
    (here / file).write_text(claims)
    given = ["verify", f"{file}::b", "--certificates", "link", "--jobs", "1"]
    found = CliRunner().invoke(lemmata, given)
    assert "is also what NAME names" in str(found.exception)
    assert (here / file).read_text() == claims


def test_a_sweep_has_a_store_of_its_own_where_none_is_named(here):
    found = CliRunner().invoke(lemmata, ["sweep", "depth", "--salvage", "depth.sqlite-wal"])
    assert "may be written beside what --store names" in str(found.exception)
    assert [p.name for p in here.iterdir()] == ["link"]


def test_a_link_to_itself_is_one_line(here):
    (here / "loop").symlink_to("loop")
    for option in ("--store", "--export", "--salvage"):
        found = CliRunner().invoke(lemmata, ["sweep", "depth", option, "loop"])
        assert isinstance(found.exception, InputError | SystemExit), found.exception


# Where a command speaks --------------------------------------------------------------------------

WRITTEN = {
    "verify a.toml --jobs 1 --resume {}": "--resume",
    "verify a.toml --jobs 1 --resume new --salvage {}": "--salvage",
    "verify a.toml --jobs 1 --certificates .": "--certificates",
    "report {} a.toml::b": "OUT",
    "sweep depth --store {}": "--store",
    "sweep depth --export {}": "--export",
    "sharpen a.toml::b --certificate {}": "--certificate",
    "sharpen a.toml::b --figure {}": "--figure",
    "plot escape {}": "OUT",
    "export a.toml::b --output {}": "--output",
    "refute a.toml::b --script {}": "--script",
}
NAMES = {
    "the same": "{}",
    "a link": "link",
    "a hard link": "hard",
    "the stream": "/dev/{stream}",
    "its number": "/proc/self/fd/{number}",
}


@pytest.fixture
def speaks(here):
    """Have a stream of this process go to a file, as a shell does, and give its number."""
    held = []

    def go(number, path):
        held.append((number, os.dup(number)))
        door = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.dup2(door, number)
        os.close(door)

    yield go
    for number, before in held:
        os.dup2(before, number)
        os.close(before)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="streams have no such names")
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("words", WRITTEN)
@pytest.mark.parametrize("how", NAMES)
def test_no_command_writes_where_it_speaks(how, words, number, speaks, here):
    """Whatever the file holds, it holds it afterwards."""
    kept, option = "b.json", WRITTEN[words]
    if "--figure" in words or words.startswith("plot"):
        kept = "b.svg"
    if option == "OUT" and kept == "b.json":
        kept = "b.html"
    if option == "--export":
        kept = "b.csv"
    (here / "a.toml").write_text(CLAIM)
    (here / kept).write_text("lemmata ledger 2\n")
    link, hard = (f"{n}{Path(kept).suffix}" for n in ("link", "hard"))
    (here / "link").unlink()
    (here / link).symlink_to(kept)
    os.link(kept, hard)
    named = NAMES[how].format(kept, stream=["stdout", "stderr"][number - 1], number=number)
    named = {"link": link, "hard": hard}.get(named, named)
    before = {p: p.is_file() and p.read_bytes() for p in here.rglob("*")}
    speaks(number, kept)
    found = CliRunner().invoke(lemmata, words.format(named).split())
    assert {p: p.is_file() and p.read_bytes() for p in here.rglob("*")} == before
    assert isinstance(found.exception, InputError | SystemExit)
    assert found.exit_code != 0
    if how in ("the same", "a hard link"):
        assert str(found.exception).startswith(f"{option}: ")
        assert "is also where standard " in str(found.exception)


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("number", [1, 2])
def test_no_store_has_beside_it_where_a_command_speaks(number, end, speaks, here):
    speaks(number, f"it.sqlite{end}")
    found = CliRunner().invoke(lemmata, ["sweep", "depth", "--store", "link/it.sqlite"])
    assert str(found.exception).startswith("--store: ")
    assert "the file where standard " in str(found.exception)
    assert not Path("it.sqlite").exists()
    assert Path(f"it.sqlite{end}").read_bytes() == b""


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_ledger_is_not_lost_to_the_words_about_it(stream, here):
    """As it is typed: one line, and two for an exit."""
    (here / "a.toml").write_text(CLAIM)
    root = Path(proofs.__file__).parents[1]
    with open("rows", "ab") as rows:  # noqa: PTH123 - what a shell does
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: rows}
        done = subprocess.run(
            [sys.executable, "-m", "proofs", "verify", "a.toml", "--resume", "rows"],
            env={**os.environ, "PYTHONPATH": str(root)},
            timeout=100,
            **streams,
        )
    assert done.returncode == 2
    said = (here / "rows").read_text() if stream == "stderr" else done.stderr.decode()
    assert said.count("\n") == 1
    assert "--resume: 'rows' is also where standard " in said
    assert stream == "stderr" or (here / "rows").read_bytes() == b""
