"""The border: whatever is wrong with a file, an option or a stream is one line, no more."""

import builtins
import json
import os
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from proofs import cli, entry
from proofs.cli import lemmata
from proofs.evidence.verdicts import Counterexample
from proofs.refutation.refute import refute
from proofs.refutation.standalone import script
from proofs.refutation.violation import MAX_BITS, violation
from proofs.sharpening.sharpen import sharpen
from proofs.user_claims import load
from proofs.verification import verifying
from proofs.verification.audit import audit
from theory.claims import statement
from theory.errors import InputError

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "border"
SCHEMAS = ROOT / "proofs" / "schemas"
TRUE = '[a]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n'
WRONG = '[w]\nvariables = {x = "real"}\nconclusion = "x >= 0"\n'


def run(*arguments, folder, **more):
    return subprocess.run(
        [sys.executable, "-m", "proofs", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        **({"capture_output": True, "text": True} | more),
    )


def main(arguments, monkeypatch, capsys):
    """Run the command line in this process; return its exit code and its standard error."""
    monkeypatch.setattr(sys, "argv", ["lemmata", *arguments])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return stop.value.code, capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_bad_claim_costs_its_own_row_only(jobs):
    result = CliRunner().invoke(
        lemmata,
        ["verify", "--json", "--jobs", jobs, "--budget", "0.4", str(FIXTURES / "undefined.toml")],
    )
    found = json.loads(result.output)
    jsonschema.validate(found, json.loads((SCHEMAS / "verify.schema.json").read_text()))
    verdicts = {c["name"]: c["verdict"] for c in found["claims"]}
    assert len(verdicts) == 5
    assert verdicts["plain"] == "proved"
    assert "refuted" not in verdicts.values()
    assert verdicts["zero-divisor-constant"] != "proved"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (RecursionError("maximum recursion depth exceeded"), 70),
        (OverflowError("integer division result too large for a float"), 70),
        (ZeroDivisionError(), 70),
        (ValueError("Exceeds the limit (4300 digits) for integer string conversion"), 70),
        (AssertionError(), 70),
        (MemoryError(), 4),
        (InputError("claim", "cannot be taken"), 4),
    ],
    ids=lambda w: type(w).__name__,
)
def test_whatever_is_raised_about_a_claim_is_a_row_of_its_own(wrong, code, monkeypatch, tmp_path):
    path = tmp_path / "two.toml"
    path.write_text(TRUE + TRUE.replace("[a]", "[bad]"))
    true = verifying.verify

    def failing(claim, *rest):
        if claim.name == "bad":
            raise wrong
        return true(claim, *rest)

    monkeypatch.setattr(verifying, "verify", failing)
    ledger = tmp_path / "ledger"
    arguments = ["verify", "--json", "--jobs", "1", "--resume", str(ledger), str(path)]
    ran = CliRunner().invoke(lemmata, arguments, standalone_mode=False)
    good, bad = json.loads(ran.output)["claims"]
    assert good["verdict"] == "proved"
    assert bad["verdict"] == "undecided"
    assert ran.return_value == code
    (reason,) = [e["detail"] for e in bad["evidence"]]
    assert reason.isprintable()
    assert "recursion depth" not in reason
    assert "Traceback" not in ran.output
    monkeypatch.setattr(verifying, "verify", true)  # a failure is not kept as a result
    again = CliRunner().invoke(lemmata, arguments, standalone_mode=False)
    assert [c["verdict"] for c in json.loads(again.output)["claims"]] == ["proved", "proved"]


@pytest.mark.parametrize("name", ["refute", "audit"])
def test_other_commands_keep_their_other_rows_too(name, monkeypatch, tmp_path):
    from proofs.commands import audit as audit_command
    from proofs.commands import refute as refute_command

    module = {"refute": refute_command, "audit": audit_command}[name]
    true = getattr(module, name)

    def failing(made, *rest):
        if str(made.conclusion) == "x >= 0":
            raise OverflowError("too large")
        return true(made, *rest)

    monkeypatch.setattr(module, name, failing)
    path = tmp_path / "two.toml"
    path.write_text(WRONG + TRUE)
    ran = CliRunner().invoke(
        lemmata, [name, "--json", "--budget", "0.5", str(path)], standalone_mode=False
    )
    rows = json.loads(ran.output)
    jsonschema.validate(rows, json.loads((SCHEMAS / f"{name}.schema.json").read_text()))
    assert {r["claim"]: "failure" in r for r in rows["results"]} == {"w": True, "a": False}
    assert ran.return_value == 70
    shown = CliRunner().invoke(
        lemmata, [name, "--budget", "0.5", str(path)], env={"COLUMNS": "200"}
    )
    assert "too large" in shown.output


@pytest.mark.parametrize("budget", ["nan", "inf", "-inf", "-1", "0"])
@pytest.mark.parametrize("name", ["verify", "refute", "audit", "sharpen", "corpus"])
def test_budgets_are_positive_and_finite(name, budget, tmp_path):
    (tmp_path / "c.toml").write_text(TRUE)
    claims = [] if name == "corpus" else [str(tmp_path / "c.toml")]
    with pytest.raises(InputError, match="--budget"):
        CliRunner().invoke(
            lemmata,
            [name, *claims, "--budget", budget],
            catch_exceptions=False,
            standalone_mode=False,
        )


@pytest.mark.parametrize("jobs", ["0", "-1", "1025", "1000000"])
@pytest.mark.parametrize("name", ["verify", "corpus"])
def test_processes_are_counted_before_they_are_started(name, jobs):
    with pytest.raises(InputError, match="--jobs"):
        CliRunner().invoke(lemmata, [name, "--jobs", jobs], catch_exceptions=False)


@pytest.mark.parametrize("budget", [float("nan"), float("inf"), -1, 0, True])
def test_so_they_are_in_python(budget):
    made = statement({"x": "real"}, "x >= c", constants={"c": "1"})
    for attempt in (
        lambda: refute(made, budget),
        lambda: audit(made, budget),
        lambda: sharpen(made, "c", budget_seconds=budget),
    ):
        with pytest.raises(InputError, match="budget"):
            attempt()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["refute", "w.toml", "--script", "nosuch/x.py"], "no folder"),
        (["sharpen", "w.toml", "--constant", "c", "--certificate", "nosuch/x"], "no folder"),
        (["verify", "a.toml", "--jobs", "1", "--certificates", "/dev/null/x"], "/dev/null"),
        (["verify", "a" * 300 + ".toml"], "too long"),
        (["verify", "nosuch.toml"], "no such file"),
        (["verify", "."], "no claim"),
        (["verify", "folder.toml"], "not an ordinary file"),
        (["refute", "w.toml", "--budget", "nan"], "positive"),
        (["verify", "\udcff.toml"], "no such file"),
        (["verify", "\x1b[31m"], "no claim"),
        (["nosuch"], "nosuch"),
        (["verify", "--nosuch"], "nosuch"),
    ],
)
def test_what_a_user_can_cause_is_one_line_and_exit_code_2(
    arguments, said, tmp_path, monkeypatch, capsys
):
    (tmp_path / "w.toml").write_text(WRONG)
    (tmp_path / "a.toml").write_text(TRUE)
    (tmp_path / "folder.toml").mkdir()
    monkeypatch.chdir(tmp_path)
    code, said_so = main(arguments, monkeypatch, capsys)
    assert code == 2
    (line,) = [x for x in said_so.splitlines() if x.strip()]
    assert line.startswith("lemmata: ")
    assert said in line
    assert line.isprintable()


def test_a_full_disk_is_one_line_and_a_reader_that_left_none(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "w.toml").write_text(WRONG)
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = run(
            "refute",
            "w.toml",
            folder=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            capture_output=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["lemmata: output: No space left on device"]
    for name in ("refute", "audit"):  # one prints through click, the other through rich
        reading, writing = os.pipe()
        os.close(reading)
        done = run(
            name,
            "w.toml",
            "--budget",
            "0.2",
            folder=tmp_path,
            stdout=writing,
            stderr=subprocess.PIPE,
            capture_output=False,
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (141, "")


def test_a_bug_is_said_to_be_one_and_shown_on_request(monkeypatch, capsys):
    def broken(text):
        raise KeyError("x\x1b\n")

    monkeypatch.setattr("proofs.commands.refute.readable", broken)
    monkeypatch.setenv("LEMMATA_DEBUG", "")
    for debug in ([], ["--debug"]):
        code, said = main([*debug, "refute", "x"], monkeypatch, capsys)
        assert code == 70
        *before, line = said.splitlines()
        assert "internal error, a bug of lemmata (KeyError" in line
        assert line.isprintable()
        assert bool(before) == bool(debug)


MARKUP = ["[/red]", "[bold]x[/bold]", "[link=http://x]y[/link]", "[", "\\[red]", ":smile:"]


@pytest.mark.parametrize("columns", ["80", "200"])
@pytest.mark.parametrize("text", MARKUP)
def test_markup_of_users_is_shown_not_obeyed(text, columns, tmp_path):
    path = tmp_path / "m.json"
    claim = {"variables": {"x": "real"}, "conclusion": "x**2 >= 0", "source": text}
    path.write_text(json.dumps({"a": claim | {"title": text, "scope": text}}))
    environment = {"COLUMNS": columns}
    ran = CliRunner().invoke(
        lemmata, ["verify", "--jobs", "1", "--budget", "1", str(path)], env=environment
    )
    assert not isinstance(ran.exception, Exception) or ran.exit_code == 0, ran.exception
    assert "proved" in ran.output
    if columns == "200":
        assert text in ran.output
    ran = CliRunner().invoke(lemmata, ["audit", "--budget", "0.2", str(path)], env=environment)
    assert "a" in ran.output
    assert not ran.exception or isinstance(ran.exception, SystemExit)


INJECTION = "x=0;open('PWNED','w').close();v_x"


@pytest.mark.parametrize("suffix", [".json", ".toml"])
def test_no_name_reaches_a_script_as_code(suffix, tmp_path):
    layers = {"variables": {INJECTION: "nonnegative"}, "start": {"Q": "1"}, "next": {"Q": "Q + 1"}}
    path = tmp_path / f"inject{suffix}"
    if suffix == ".json":
        path.write_text(
            json.dumps({"inj": {"variables": {}, "conclusion": "Q <= 1", "layers": layers}})
        )
    else:
        path.write_text(
            '[inj]\nvariables = {}\nconclusion = "Q <= 1"\n[inj.layers]\n'
            f'variables = {{"{INJECTION}" = "nonnegative"}}\n'
            'start = {Q = "1"}\nnext = {Q = "Q"}\n'
        )
    with pytest.raises(InputError, match="no name"):
        load(path)


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)


@example("ok", "Q")
@example("print", "left")
@example("v1", "v0")
@given(NAMES, NAMES)
def test_scripts_call_variables_by_names_of_their_own(first, second):
    try:
        made = statement(
            dict.fromkeys((first, second), "real"),
            f"{first}**2 + exp({second} - {second}) <= 0",
            hypotheses={"h": f"{second} <= 1"},
        )
    except InputError:
        return  # a reserved name
    point = dict.fromkeys((first, second), Fraction(1, 2))
    text = script(made, Counterexample(point, "", ""))
    done = subprocess.run([sys.executable, "-I", "-c", text], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"{first} = 1/2" in done.stdout


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("E(exp(r)) <= 1", True),  # a fair sign has a script of its own
        ("E(abs(w)) >= 1", True),
        ("P(w >= 1) >= 1/2", False),
    ],
)
def test_what_no_script_can_show_is_one_line(text, shows):
    made = statement({"w": "gaussian", "r": "rademacher"}, text)
    found = violation(made, {})
    if not shows:
        with pytest.raises(InputError, match="--script"):
            script(made, found)
        return
    done = subprocess.run(
        [sys.executable, "-c", script(made, found)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@given(st.integers(1, 3 * MAX_BITS))
def test_counterexamples_can_be_printed(bits):
    made = statement({"x": "real"}, "x**9 <= 1")
    for x in (Fraction(2**bits), Fraction(2) + Fraction(1, 3**bits)):
        found = violation(made, {"x": x})
        long = max(x.numerator.bit_length(), x.denominator.bit_length()) > MAX_BITS
        assert (found is None) == long
        if found is not None:
            assert max(len(str(found.point["x"])), len(found.left)) < 2 * MAX_BITS


def test_numbers_beyond_all_floats_stop_no_search():
    huge = "9" * 400
    for text in (f"x <= {huge}/7", f"{huge}*x**2 >= -1", f"x <= {huge}"):
        made = statement({"x": "real"}, text, hypotheses={"h": f"x <= {huge}"})
        assert refute(made, 0.5) is None or text != f"x <= {huge}"


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
@pytest.mark.parametrize(
    ("sign", "escaped", "command"),
    [("∏", "\\u220f", ("derive", "--depth", "2")), ("≤", "\\u2264", ("search", "young"))],
    ids=["rich", "click"],  # by which it is printed
)
def test_what_an_encoding_lacks_is_escaped(encoding, sign, escaped, command, tmp_path):
    shown = subprocess.run(
        [sys.executable, "-m", "proofs", *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert (sign if encoding == "utf-8" else escaped) in shown.stdout.decode(encoding)


def test_an_interrupt_during_imports_is_one_line(monkeypatch, capsys):
    def interrupted(name, *rest):
        if name == "proofs.cli":
            raise KeyboardInterrupt
        return true(name, *rest)

    true = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", interrupted)
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit) as stop:
            entry.main()
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN  # it is leaving
    finally:
        signal.signal(signal.SIGINT, before)
    assert (stop.value.code, capsys.readouterr().err) == (130, "lemmata: interrupted\n")


def test_the_command_starts_with_nothing_that_takes_time(tmp_path):
    code = "import sys; old = set(sys.modules); import proofs.entry; print(*set(sys.modules) - old)"
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert set(shown.stdout.split()) <= {"proofs", "proofs.entry", "resource"}
