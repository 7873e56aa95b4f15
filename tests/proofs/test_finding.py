"""Finding things: list, show, init, what was probably meant, help with examples, completion."""

import json
import os
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import jsonschema
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs import cli, completion, library, theorems
from proofs.certificates import said
from proofs.cli import COMMANDS, EXAMPLES, lemmata
from proofs.core import check
from proofs.evidence import kernel
from proofs.presentation import kernel_theorem
from proofs.presentation.gallina import tokens
from proofs.user_claims import load, resolve
from proofs.verification.catalogue import find
from theory.catalogue import CLAIMS, SECTIONS
from theory.claims import statement
from theory.errors import InputError
from theory.names import nearest

SCHEMAS = Path(cli.__file__).parent / "schemas"  # of what is installed
ESCAPE = ("escape", "--loss", "p**2", "--step", "0.1", "--until", "p <= 1/2")
QUICK = ("init", "list", "show", "derive", "escape", "check", "export", "refute", "audit", "search")


def run(*arguments):
    return CliRunner().invoke(lemmata, arguments, standalone_mode=False)


def valid(name, text):
    jsonschema.validate(json.loads(text), json.loads((SCHEMAS / f"{name}.schema.json").read_text()))


def test_the_template_stands_and_names_its_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("init", "mine.toml").return_value == 0
    claims = load(Path("mine.toml"))
    assert len(claims) == 3
    assert "lemmata verify mine.toml" in Path("mine.toml").read_text()
    done = run("verify", "--jobs", "1", "mine.toml")
    assert done.return_value == 0, done.output
    again = run("init", "mine.toml")
    assert isinstance(again.exception, InputError)
    assert tomllib.loads(Path("mine.toml").read_text())
    valid("init", run("init", "--json").output)


def test_list_finds_by_words_and_by_paper():
    found = run("list", "gram", "256", "--json")
    valid("list", found.output)
    names = [row["name"] for row in json.loads(found.output)["results"]]
    assert "arora-gram" in names
    mine = json.loads(run("list", "--source", "shamir2019", "--json").output)["results"]
    assert {row["source"] for row in mine} == {"shamir2019"}
    assert run("list", "no-such-thing-at-all").return_value == 1
    assert "did you mean bernoulli" in run("list", "bernouli").output
    assert "\nbernoulli " in run("list", "bernoulli").output
    assert "\nbernoulli " not in run("list", "bernoulli", "--source", "shamir2019").output
    standard = json.loads(run("list", "--source", "library", "--json").output)["results"]
    assert [row["name"] for row in standard] == [e.claim.name for e in library.entries()]
    typed = {row["name"] for row in json.loads(run("list", "(1+x)^n", "--json").output)["results"]}
    spaced = json.loads(run("list", "(1 + x)**n", "--json").output)["results"]
    assert "bernoulli" in typed
    assert typed == {row["name"] for row in spaced}


@pytest.mark.parametrize("claim", CLAIMS[::25], ids=lambda c: c.name)
def test_show_says_what_the_claim_says(claim):
    text = run("show", claim.name).output
    assert str(claim.statement.conclusion) in text
    assert str(claim.mutant.conclusion) in text
    whole = run("show", claim.name, "--json").output
    valid("show", whole)
    assert json.loads(whole)["results"][0]["digest"] == claim.statement.digest
    assert r"\paragraph" in run("show", claim.name, "--latex").output


def test_the_certificate_that_is_shown_is_there_and_is_of_the_claim():
    shown = 0
    for claim in (*CLAIMS[::20], *(e.claim for e in library.entries()[::20])):
        row = json.loads(run("show", claim.name, "--json").output)["results"][0]
        if row["certificate"] is not None:
            text = (SCHEMAS.parents[1] / row["certificate"]).read_text(encoding="utf-8")
            assert json.loads(text)["digest"] == claim.statement.digest
            shown += 1
    assert shown > 10


def test_accumulators_read_as_they_run():
    made = statement(
        {},
        "P >= 1 + S",
        layers={
            "variables": {"x": "nonnegative"},
            "start": {"P": "1", "S": "0"},
            "next": {"P": "P*(1 + x)", "S": "S + x"},
        },
    )
    text = said(json.loads(made.canonical))
    assert "P_0 = 1" in text
    assert "P -> P*(1 + x)" in text
    assert "at first" not in text


@pytest.mark.parametrize("claim", CLAIMS[::20], ids=lambda c: c.name)
def test_nothing_of_a_statement_is_left_out(claim):
    """Every piece that the core prints is in what is printed for people."""
    data = json.loads(claim.statement.canonical)
    ours = said(data)
    for piece in check.written(data).replace("for all ", "").split("; "):
        if "layers" not in data:
            assert piece.split(": ")[-1] in ours


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["verfy"], "did you mean verify"),
        (["verify", "order-of-weigths"], "did you mean order-of-weights"),
        (["show", "arora-gramm"], "did you mean arora-gram"),
        (["show", "bernouli"], "did you mean bernoulli"),
        (["list", "--source", "shamir2018"], "did you mean shamir2019"),
        (["plot", "slak"], "slack"),
        (["theorem", "shamir2019/theorem3"], "did you mean shamir2019/theorem-3"),
        (["theorems", "shamir2018"], "did you mean shamir2019"),
        (["sharpen", "shamir2019/theorem-33"], "did you mean shamir2019/theorem-3"),
        (["derive", "--format", "late"], "did you mean latex"),
        (["derive", "--setting", "momentm"], "did you mean momentum"),
        (["verify", "--profile", "quik"], "did you mean quick"),
        (["sweep", "dpth"], "did you mean depth"),
        ([*ESCAPE, "--weights", "1", "--method", "certifed"], "did you mean certified"),
        ([*ESCAPE, "--depth", "2", "--seed", "1", "--init", "gausian"], "did you mean gaussian"),
    ],
)
def test_what_was_probably_meant_is_offered(arguments, meant):
    done = run(*arguments)
    assert meant in str(getattr(done.exception, "format_message", lambda: done.exception)())


CLAIM_COMMANDS = (["show"], ["verify"], ["refute"], ["audit"], ["export"], ["plot", "slack"])
OTHER_KINDS = {
    "shamir2019/lemma-13": "it is a theorem: lemmata theorem shamir2019/lemma-13",
    "shamir2019": "it is a paper: lemmata list --source shamir2019",
    "x**2 >= x": "a formula goes into a file",
}


@pytest.mark.parametrize("command", CLAIM_COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", OTHER_KINDS)
def test_a_name_of_another_kind_says_which_command_takes_it(command, name):
    if command == ["verify"] and name == "shamir2019/lemma-13":
        return  # verify takes theorems too
    end = ["out.png"] if command[0] == "plot" else ["--to", "coq"] if command == ["export"] else []
    said = str(run(*command, name, *end).exception)
    assert OTHER_KINDS[name] in said
    assert "did you mean" not in said


def test_no_name_is_offered_instead_of_itself():
    """A theorem of Coq is no claim, and it is of no use to be asked whether it was meant."""
    for name in ("arora_lemma_6", "escape_count_quadrature"):
        for command in ("refute", "audit", "theorem", "sharpen"):
            said = str(run(command, name).exception)
            assert f"it is a theorem of proofs/coq: lemmata show {name}" in said
    assert "it is a claim: lemmata show young-epsilon" in str(
        run("theorem", "young-epsilon").exception
    )
    assert "it is a paper: lemmata theorems shamir2019" in str(
        run("theorem", "shamir2019").exception
    )


def test_a_theorem_of_coq_is_not_called_unwritten():
    said = run("verify", "arora_lemma_6").output
    assert "it needs --level kernel" in said
    assert "not written in Coq" not in said


def test_commands_that_are_advised_take_the_name():
    for command in (
        ["theorem", "shamir2019/lemma-13", "--latex"],
        ["list", "--source", "shamir2019"],
    ):
        assert run(*command).exception is None
    assert run("show", "arora_lemma_6").exception is None


def test_a_lemma_that_is_cited_with_a_slip_is_offered(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[b]\nvariables = {x = "real"}\nconclusion = "x**4 + exp(x) > x - 9"\n'
        'uses = ["yuong-epsilon"]\n'
    )
    assert "did you mean young-epsilon" in run("verify", f"{path}::b", "--budget", "1").output


def test_a_claim_without_constants_says_how_to_give_it_one(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[a]\nvariables = {x = "real"}\nconclusion = "x**2 + 1/2 >= x"\n')
    assert 'constants = {c = "1/2"}' in str(run("sharpen", f"{path}::a").exception)


def test_names_in_files_are_offered_too(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[bernoulli]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n')
    assert "did you mean bernoulli" in str(run("verify", f"{path}::bernouli").exception)
    assert "did you mean" in str(run("verify", str(path).replace("mine", "mime")).exception)
    path.write_text(path.read_text().replace("conclusion", "conclusio"))
    assert "did you mean conclusion" in run("verify", str(path)).output


def test_a_file_whose_ending_has_a_slip_is_offered(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine.toml").write_text("")
    for typed, meant in (
        ("mine.tml", "did you mean mine.toml"),
        ("else.txt", "a file of claims ends in .toml or .json or .py"),
        ("mine.tml::a", "did you mean mine.toml"),
    ):
        with pytest.raises(InputError, match=f"no such file; {meant}"):
            resolve(typed)


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=5))
def test_offers_are_names_that_exist(name, known):
    offered = nearest(name, known)
    assert offered == "" or any(k in offered for k in known)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_and_shows_its_defaults(command):
    shown = run(command, "--help").output
    assert EXAMPLES[command]
    for example in EXAMPLES[command]:
        assert example[:60] in shown
    if "--budget" in shown and command not in ("compare", "sweep"):
        assert "CPU seconds" in shown
        assert "default" in shown


def options_of(command, path):
    for name, one in getattr(command, "commands", {}).items():
        yield from options_of(one, f"{path} {name}")
    for option in command.params:
        if isinstance(option, click.Option):
            yield path, option, command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_described_and_says_its_default(name):
    command = lemmata.get_command(None, name)
    for path, option, owner in options_of(command, name):
        assert option.help, (path, option.name)
        if not option.is_flag and not option.required:
            words = option.get_help_record(click.Context(owner))[1]
            assert "default" in words, (path, option.name)


@pytest.mark.sample(8)
@pytest.mark.parametrize("command", QUICK)
def test_examples_run(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (Path(__file__).parents[1] / "fixtures" / "lemmas" / "several.toml").read_text()
    if command != "init":
        Path("my_lemmas.toml").write_text(text)
    shipped = SCHEMAS.parent / "certificates" / "catalogue"
    Path("certificate.json").write_text((shipped / "order-of-weights.json").read_text())
    for example in EXAMPLES[command]:
        words = shlex.split(example)
        assert words[0] == "lemmata"
        done = run(*words[1:])
        assert done.exception is None, (example, done.exception)
        assert done.return_value in (0, None, 1 if command == "refute" else 0), done.output


def test_shells_complete_commands():
    environment = {**os.environ, "_LEMMATA_COMPLETE": "bash_complete"}
    environment |= {"COMP_WORDS": "lemmata ver", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", "from proofs.cli import main; main()"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "plain,verify" in done.stdout
    assert done.returncode == 0


COMPLETED = [completion.claim, completion.theorem, completion.either, completion.paper]


def completed(complete, incomplete):
    return [item.value for item in complete(None, None, incomplete) if item.type == "plain"]


def test_names_are_completed_without_reading_what_they_state():
    """Headings and files have the names that loading has; identities made by SymPy are left out."""
    loaded = {c.name for c in CLAIMS} | {e.claim.name for e in library.entries()}
    offered = set(completed(completion.claim, ""))
    # The steps of theorems' files are found by name as well.
    assert all(find(name).name == name for name in offered - loaded)
    from_files = {c.name for n, claims in SECTIONS.items() if "/" in n for c in claims}
    assert from_files <= offered
    assert set(completed(completion.theorem, "")) == set(theorems.library().theorems)
    assert "order-of-weights" in completed(completion.either, "order-of")
    assert completed(completion.paper, "sha") == ["shamir2019"]


@given(st.text(max_size=12))
def test_what_is_offered_begins_as_typed(typed):
    for complete in COMPLETED:
        assert all(name.startswith(typed) for name in completed(complete, typed))


def test_claims_of_a_file_are_completed(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[bernoulli]\n[bernoulli.twin]\n[young]\n")
    assert completed(completion.claim, f"{path}::b") == [f"{path}::bernoulli"]
    assert completed(completion.claim, f"{tmp_path}/none.toml::b") == []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("lemmata show order-of-w", "order-of-weights"), ("lemmata theorem shamir2019/theorem-", "3")],
)
def test_shells_complete_names(typed, wanted):
    complete = BashComplete(lemmata, {}, "lemmata", "_LEMMATA_COMPLETE")
    *before, last = typed.split()[1:]
    found = complete.get_completions(list(before), last)
    assert any(item.value.endswith(wanted) for item in found)


def test_every_kind_of_plot_has_an_example():
    for kind in lemmata.get_command(None, "plot").commands:
        assert f"lemmata plot {kind} " in run("plot", kind, "--help").output


def test_tables_in_pipes_are_not_folded(tmp_path):
    path = tmp_path / "mine.toml"
    long = " + ".join(f"{i}*x**{2 * i}" for i in range(1, 18))
    path.write_text(
        f'[a]\nvariables = {{x = "real"}}\nhypotheses = {{h = "{long} <= 1"}}\n'
        'conclusion = "x**2 >= 0"\n'
    )
    environment = {n: v for n, v in os.environ.items() if n != "COLUMNS"}
    command = [sys.executable, "-m", "proofs", "audit", str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert f"h: {long} <= 1" in done.stdout


KERNEL = kernel.theorems()


@pytest.mark.parametrize("name", ["arora-lemma-6", "arora_lemma_6"])
def test_a_theorem_of_the_kernel_is_shown_as_the_kernel_has_it(name):
    theorem = KERNEL["arora-lemma-6"]
    (row,) = json.loads(out := run("show", name, "--json").output)["results"]
    valid("show", out)
    assert row["statement"] == theorem.statement
    text = " ".join(run("show", name).output.split())
    assert theorem.statement in text
    assert all(kernel_theorem.said(d) in text for d in row["definitions"].values())
    with pytest.raises(InputError, match="did you mean arora_lemma_6"):
        resolve("arora_lemma_66")


@pytest.mark.parametrize("name", KERNEL)
def test_every_word_of_a_statement_of_the_kernel_is_explained(name):
    meanings = kernel_theorem.meanings(KERNEL[name].statement)
    explained: set[str] = set()
    for word, meaning in meanings.items():
        used = set(tokens(meaning)) & set(kernel.definitions()) - {word}
        assert used <= explained, (word, used)
        explained.add(word)
    assert set(tokens(KERNEL[name].statement)) & set(kernel.definitions()) <= explained
