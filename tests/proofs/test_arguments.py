"""No argument is taken and then not heard, and a refusal calls it what it was typed as."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from proofs import completion
from proofs.arguments import APART, NEEDS
from proofs.cli import COMMANDS, COMPLETE, lemmata, main
from proofs.core import check as core
from proofs.options import File, spelled

CLAIM = """[b]
variables = {x = "nonnegative"}
constants = {c = "0.55"}
conclusion = "x**2*exp(-x) <= c"
sharpen = "c"
"""
OUT = {"report": "out.html"}


def every():
    """Every command, by the words that are typed."""
    for name in COMMANDS:
        command = lemmata.get_command(click.Context(lemmata), name)
        children = getattr(command, "commands", None) or {}
        yield from (
            ((f"{name} {n}", c) for n, c in children.items()) if children else [(name, command)]
        )


EVERY = dict(every())
RULES = [
    *((n, one, wanted[0], True) for n, rules in NEEDS.items() for one, wanted in rules.items()),
    *(
        (n, one, other, False)
        for n, rules in APART.items()
        for one, others in rules.items()
        for other in others
    ),
    *(
        (n, "latex", "json", False)
        for n, c in EVERY.items()
        if "as_latex" in [p.name for p in c.params]
    ),
]


def parameter(command, name):
    (found,) = {p for p in command.params if name in (p.name, *(o.lstrip("-") for o in p.opts))}
    return found


def value(one):
    """Something that an option may be."""
    if isinstance(one.type, click.Choice):
        return one.type.choices[0]
    return (
        "1" if isinstance(one.type, click.types.IntParamType | click.types.FloatParamType) else "x"
    )


def words(one):
    if isinstance(one, click.Argument):
        return ["x"]
    return [spelled(one)] if one.is_flag else [spelled(one), value(one)]


def wanted(name, besides):
    """The least that a command wants, besides what is given."""
    for one in EVERY[name].params:
        if one.required and one not in besides:
            yield from [OUT.get(name, "out")] if one.name == "out" else words(one)


def refused(*typed):
    """What is said; nothing is written."""
    before = {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()}
    found = CliRunner().invoke(lemmata, typed)
    assert isinstance(found.exception, Exception), found.output
    assert not isinstance(found.exception, AssertionError | TypeError | AttributeError)
    assert {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()} == before
    return str(found.exception) if found.exc_info[0] is not SystemExit else found.output


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    return tmp_path


@pytest.mark.parametrize(("name", "one", "other", "needed"), RULES, ids=str)
def test_what_would_not_be_heard_is_refused(name, one, other, needed, folder):
    first, second = (parameter(EVERY[name], n) for n in (one, other))
    given = words(first) if needed else [*words(first), *words(second)]
    said = refused(*name.split(), *wanted(name, (first,) if needed else (first, second)), *given)
    assert said == (
        f"{spelled(first)}: it {'goes' if needed else 'does not go'} with {spelled(second)}"
    )


@pytest.mark.parametrize("level", ["theorem", "claim"])
def test_what_is_for_theorems_is_not_for_claims(level, folder):
    name = "shamir2019/lemma-13" if level == "theorem" else "a.toml::b"
    options = ["--width=1e-6", "--latex", "--constant=c", "--figure=x", "--certificate=x"]
    for option in options if level == "theorem" else ["--set=c=1"]:
        said = refused("sharpen", name, option)
        assert said.startswith(f"{option.partition('=')[0]}: this is for ")


PATHS = [(n, p) for n, c in EVERY.items() for p in c.params if isinstance(p.type, click.Path)]


@pytest.mark.parametrize(("name", "one"), PATHS, ids=lambda x: x if isinstance(x, str) else x.name)
def test_an_empty_path_is_no_folder(name, one, folder):
    assert isinstance(one.type, File)
    given = [""] if isinstance(one, click.Argument) else [spelled(one), ""]
    said = refused(*name.split(), *wanted(name, (one,)), *given)
    assert said == f"{spelled(one)}: a name is wanted"


@pytest.mark.parametrize(
    "typed",
    [
        *("sweep", "verify", "show", "refute", "audit", "export", "theorem", "sharpen"),
        "plot slack x.png", "escape --step 1 --until f<=1 --network",
        "escape --step 1 --until p<=1 --loss p --weights", "report x.html",
    ],
)  # fmt: skip
def test_an_empty_name_is_one_of_nothing(typed, folder):
    assert refused(*typed.split(), "")


REFUSED = {
    "init no/x.toml": "FILE",
    "init a.txt": "FILE",
    "init a.toml": "FILE",
    "report no/x.html": "OUT",
    "report x.txt": "OUT",
    "plot escape x.pdf": "OUT",
    "compare --figure x.pdf": "--figure",
    "compare --figure no/x": "--figure",
    "compare --runs 0": "--runs",
    "compare --budget 1": "--budget",
    "sharpen a.toml::b --figure a.pdf": "--figure",
    "sharpen a.toml::b --certificate no/x": "--certificate",
    "sharpen a.toml::b d": "--constant",
    "refute a.toml --script no/x": "--script",
    "refute a.toml --seed -1": "--seed",
    "export a.toml::b -o no/x": "--output",
    "verify a.toml --resume no/x": "--resume",
    "verify a.toml --resume a.toml": "--resume",
    "verify a.toml --jobs 0": "--jobs",
    "verify a.toml --budget nan": "--budget",
    "verify a.toml --memory nan": "--memory",
    "sweep depth --store no/x": "--store",
    "sweep depth --export x.txt": "--export",
    "sweep depth --export no/x.csv": "--export",
    "sweep depth --store a.toml --salvage a.toml": "--salvage",
    "sweep depth --store no --salvage x": "--store",
    "escape --step 1 --until p<=1 --weights 1": "--loss",
    "escape --step 1 --until p<=1 --loss p --weights 1 --max-steps -1": "--max-steps",
    "escape --step 1 --until p<=1 --loss p --weights 1 --clip 0": "--clip",
    "escape --step 1 --until p<=1 --loss p --weights 1 --method x": "--method",
    "escape --step 1 --until p<=1 --loss p --weights 1 --method float --digits 9": "--digits",
    "escape --step 1 --until p<=1 --loss p --weights 1 --method direct --width 3": "--width",
    "escape --step 1 --until p<=1 --loss p --weights 1 --method float --width 3": "--width",
    "escape --step 1 --until p<=1 --loss p --init zas --depth 3 --seed 1": "--seed",
    "corpus --set constants --level kernel": "--level",
    "theorems x": "PAPER",
    **{f"{command} nosuch": "CLAIM" for command in ("show", "refute", "sharpen", "audit")},
    "export nosuch --to coq": "CLAIM",
    "verify nosuch": "NAME",
    "report out.html nosuch": "NAME",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_a_refusal_names_the_argument_as_it_is_typed(typed, folder):
    assert refused(*typed.split()).startswith(f"{REFUSED[typed]}: ")


WRITTEN = {
    "init it.toml": "it.toml",
    "report it.html a.toml": "it.html",
    "plot escape it": "it.svg",
    "plot slack a.toml::b it.png": "it.png",
    "compare --figure it": "it.png",
    "sharpen a.toml::b --figure it": "it.svg",
    "sharpen a.toml::b --certificate it": "it",
    "refute a.toml::b --script it": "it",
    "export a.toml::b --output it": "it",
    "sweep depth --export it.csv": "it.csv",
    "sweep depth --store store --salvage it": "it",
    "verify a.toml --resume ledger --salvage it": "it",
}


@pytest.mark.parametrize("leads", ["there", "nowhere", "out"])
@pytest.mark.parametrize("typed", WRITTEN)
def test_a_link_is_neither_replaced_nor_followed(typed, leads, folder):
    (folder / "ledger").write_text("lemmata ledger 2\n")
    (folder / "store").write_bytes(b"")
    other = folder / ("deep/er" if leads == "out" else leads)
    if leads != "nowhere":
        other.parent.mkdir(exist_ok=True)
        other.write_text("kept")
    link = folder / WRITTEN[typed]
    link.symlink_to(other)
    said = refused(*typed.split())
    assert ("is a symbolic link" in said) or ("is there already" in said)
    assert link.is_symlink()
    assert other.exists() == (leads != "nowhere")


def test_certificates_do_not_follow_links_either(folder):
    (folder / "kept").mkdir()
    (folder / "kept" / "b.json").symlink_to(folder / "a.toml")
    found = CliRunner().invoke(
        lemmata, ["verify", "a.toml", "--jobs", "1", "--certificates", "kept"]
    )
    assert "is a symbolic link" in str(found.exception)
    assert (folder / "a.toml").read_text() == CLAIM


def run(*typed, environment=None, **streams):
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    program = "from proofs.entry import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *typed],
        env={**os.environ, **(environment or {})},
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
        **streams,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_where_nobody_can_be_told_nothing_is_begun(folder):
    with Path("/dev/full").open("w") as full:
        done = run("init", "it.toml", stdout=full)
    assert (done.returncode, done.stderr) == (2, "lemmata: output: No space left on device\n")
    assert not (folder / "it.toml").exists()
    assert run("init", "it.toml").returncode == 0


@pytest.mark.sample(1)
@pytest.mark.parametrize("words", [("--version",), ("list", "young"), ("show", "nothing")])
def test_python_is_not_asked_to_stay(words, folder):
    plain, asked = run(*words), run(*words, environment={"PYTHONINSPECT": "1"})
    assert (asked.returncode, asked.stdout, asked.stderr) == (
        plain.returncode,
        plain.stdout,
        plain.stderr,
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("evil", ["\x1b[31mx", "x\x07", "x\u202ey", "x\x9b2J", "x\ny"])
def test_what_a_shell_is_offered_has_nothing_to_obey(shell, evil, folder, monkeypatch, capsys):
    for typed in ("init", "verify", "sweep", "sharpen a.toml::b --figure"):
        monkeypatch.setenv("COMP_WORDS", f"lemmata {typed} '{evil}'")
        at = f"'{evil}'" if shell == "fish" else str(len(typed.split()) + 1)
        monkeypatch.setenv("COMP_CWORD", at)
        monkeypatch.setenv(COMPLETE, f"{shell}_complete")
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert (left.value.code, said.err) == (0, "")
        assert all(c.isprintable() or c in "\t\n" for c in said.out)
        assert "\ny" not in said.out


KEYS = ", ".join(f'"{k}": ""' for k in sorted({*core.KEYS} - {"proof", "lemmas"}))
WHOLE = f'{{{KEYS}, "lemmas": [], "proof": {"[" * 4_000 + "]" * 4_000}}}'
DEEP = [WHOLE, "[" * 100_000, '{"a":' * 50_000, "[" * 3_000 + "]" * 3_000]


@pytest.mark.parametrize("deep", DEEP, ids=len)
def test_what_is_nested_too_deeply_is_malformed(deep, folder):
    (folder / "deep.json").write_text(deep)
    found = CliRunner().invoke(lemmata, ["check", "deep.json"], standalone_mode=False)
    assert found.return_value == 2
    assert found.output.startswith("malformed deep  deep.json\n")


def test_a_file_that_cannot_be_read_costs_no_other_its_row(folder):
    text = min(completion.CERTIFICATES.glob("*.json")).read_text()
    (folder / "good.json").write_text(text)
    (folder / "bad.json").write_text(text.replace('"seal":"', '"seal":"0'))
    (folder / "text.json").write_bytes(b"\xff")
    (folder / "deep.json").write_text(DEEP[0])
    os.mkfifo(folder / "fifo")
    said = {
        **{"none.json": "malformed", "text.json": "malformed", "deep.json": "malformed"},
        **{"fifo": "malformed", ".": "malformed", "bad.json": "rejected", "good.json": "accepted"},
    }
    found = CliRunner().invoke(lemmata, ["check", *said], standalone_mode=False)
    rows = [line.split() for line in found.output.splitlines() if not line.startswith(" ")]
    assert {row[-1]: row[0] for row in rows} == said
    assert found.return_value == 2
    for names, code in ((["good.json"], 0), (["bad.json", "good.json"], 1)):
        found = CliRunner().invoke(lemmata, ["check", *names], standalone_mode=False)
        assert found.return_value == code
