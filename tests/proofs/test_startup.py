"""The first second: what is loaded when, what a missing library means, and how long is left."""

import json
import subprocess
import sys

import pytest

from proofs.evidence import shelf
from proofs.presentation.report import exit_code, failed_row, lacking
from proofs.user_claims import load
from proofs.verification.catalogue import find
from proofs.verification.verifying import EACH_SECONDS, Watch, expected
from proofs.verification.workers import attempt
from theory.catalogue import CLAIMS

TRIVIAL = '[a]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n'
MEASURE = """
import json, resource, sys
calls = 0
def seen(frame, event, argument):
    global calls
    calls += event == "call"
if json.loads(sys.argv[2]):
    sys.setprofile(seen)
from proofs.cli import main
sys.argv = ["lemmata", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as stop:
    sys.setprofile(None)
    slow = "sympy", "scipy", "matplotlib", "pyarrow", "hypothesis"
    heavy = [m for m in slow if m in sys.modules]
    used = resource.getrusage(resource.RUSAGE_SELF)
    print("measured", json.dumps([stop.code, heavy, calls or used.ru_utime + used.ru_stime]),
          file=sys.stderr)  # of a child in which a command goes on, too
"""
ANSWERS = [
    (("list", "gram"), 3, 300_000),
    (("show", "bernouli"), 4, 550_000),
    (("show", "arora-gram"), 4, 420_000),
    (("theorem", "shamir2019/theorem3"), 4, 560_000),
    (("search", "pinsker"), 6, 260_000),
    (("search", "log(1+t) <= t"), 8, 450_000),
]
"""What finds something, the CPU time that it may take in units, and its calls of functions."""
BLOCKED = """
import importlib.util as util, sys
known = util.find_spec
util.find_spec = lambda n, *a: None if n.split(".")[0] in {absent} else known(n, *a)
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {absent}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Absent())
"""


def run(*arguments, absent=(), counted=False):
    """Exit code, heavy modules, calls of Python functions (or CPU seconds), and what was said."""
    code = (BLOCKED.format(absent=set(absent)) if absent else "") + MEASURE
    command = [sys.executable, "-c", code, json.dumps(arguments), json.dumps(counted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    measured, said = [], []
    for line in done.stderr.splitlines():
        mark, _, row = line.partition(" ")
        measured += [json.loads(row)] if mark == "measured" else []
        said += [line] if mark != "measured" else []
    heavy = sorted({m for _, loaded, _ in measured for m in loaded})
    code, _, cost = measured[0]  # of the child, which goes on counting calls, but not seconds
    cost = cost if counted else sum(m for *_, m in measured)
    return code, heavy, cost, done.stdout, "\n".join(said)


@pytest.fixture(scope="module")
def unit():
    """CPU seconds that a bare interpreter with NumPy and flint takes here; times are told by it."""
    code = "import resource as r, numpy, flint; u = r.getrusage(0); print(u.ru_utime + u.ru_stime)"
    tries = [subprocess.run([sys.executable, "-c", code], capture_output=True) for _ in range(3)]
    return min(float(done.stdout) for done in tries)


def seconds(*arguments):
    """The least CPU time of five runs: what else the machine does only adds to one."""
    return min(run(*arguments)[2] for _ in range(5))


def test_a_syntax_error_is_answered_before_anything_is_loaded(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(TRIVIAL.replace("x**2", "(x**2"))
    code, heavy, calls, out, _ = run("verify", str(path), counted=True)
    assert code == 2
    assert not heavy
    assert "a: unsupported: conclusion: " in out
    assert calls < 95_000


def test_a_trivial_claim_needs_neither_sympy_nor_scipy(tmp_path):
    path = tmp_path / "good.toml"
    path.write_text(TRIVIAL)
    code, heavy, calls, out, _ = run("verify", str(path), counted=True)
    assert code == 0
    assert "proved" in out
    assert not heavy
    assert calls < 340_000


@pytest.mark.sample(2)
@pytest.mark.parametrize(("arguments", "calls"), [(a, calls) for a, _, calls in ANSWERS], ids=str)
def test_to_find_something_nothing_else_is_read(arguments, calls):
    """Calls are counted, not seconds: the same on a busy machine."""
    code, heavy, made, _, said = run(*arguments, counted=True)
    assert code == (2 if "did you mean" in said or "perhaps" in said else 0)
    assert not heavy
    assert made < calls


@pytest.mark.slow
def test_the_first_second_on_an_idle_machine(tmp_path, unit):
    bad, good = tmp_path / "bad.toml", tmp_path / "good.toml"
    bad.write_text(TRIVIAL.replace("x**2", "(x**2"))
    good.write_text(TRIVIAL)
    assert seconds("verify", str(bad)) < 2 * unit + 0.1
    assert seconds("verify", str(good)) < 6 * unit + 0.2
    slower = [
        arguments for arguments, units, _ in ANSWERS if seconds(*arguments) > units * unit + 0.3
    ]
    assert not slower


def test_a_missing_library_is_one_line_with_its_command(tmp_path):
    path = tmp_path / "good.toml"
    path.write_text(TRIVIAL)
    arguments = ("plot", "slack", f"{path}::a", str(tmp_path / "a.png"))
    code, _, _, _, said = run(*arguments, absent=["matplotlib"])
    assert code == 3
    assert said == "lemmata: matplotlib is not installed: pip install 'lemmata[plots]'"


def test_claims_that_lack_a_library_cost_their_own_rows_and_exit_3():
    claim = find("order-of-weights")
    failure = attempt(lambda _: (_ for _ in ()).throw(ModuleNotFoundError(name="scipy.stats")), 0)
    row = failed_row(claim, failure)
    assert "pip install 'lemmata[search]'" in row["evidence"][0]["detail"]
    assert exit_code([row]) == 3
    wanted = "scipy.stats is not installed: pip install 'lemmata[search]'"
    assert lacking([row, row]) == f"2 claims not verified: {wanted}"
    assert lacking([]) == ""


def test_the_shelf_knows_where_every_formal_twin_falls():
    formal = [c for c in CLAIMS if "measured" not in c.mutant.domains]
    missing = [c.name for c in formal if shelf.falls(c.mutant) is None]
    # A claim that has changed since is searched again: slow, and no less right.
    assert len(missing) < len(CLAIMS) // 4, missing


def test_a_point_on_the_shelf_is_not_believed(monkeypatch):
    claim = find("order-of-weights")
    true = claim.statement
    point = shelf.falls(claim.mutant).point
    notes = {"points": {true.digest: {n: str(v) for n, v in point.items()}}, "seconds": {}}
    monkeypatch.setattr(shelf, "_notes", lambda: notes)
    assert shelf.falls(true) is None
    notes["points"][true.digest] = {"x": "1/0", "y": "so"}
    assert shelf.falls(true) is None


def test_the_time_left_is_told_by_what_claims_cost_before():
    watch = Watch()
    watch.start({"long": 60.0, "short": 1.0, "other": 1.0}, jobs=1)
    watch.step("short", {})
    after_one = watch.left(1.0)
    assert 50 < after_one < 67  # one of three is done, and nearly all is left
    assert watch.left(2.0) < 1.15 * after_one  # a slow start is not believed at once
    watch.step("long", {})
    assert watch.left(61.0) < 2


def test_what_is_running_counts_although_nothing_is_finished():
    """The long ones come first: for a third of the run nothing would seem to have been done."""
    watch = Watch()
    watch.start({"long": 40.0, "longer": 40.0, **{f"short-{k}": 1.0 for k in range(80)}}, jobs=2)
    for elapsed in (10.0, 20.0, 39.0):
        assert abs(watch.left(elapsed) - (80 - elapsed)) < 0.01


def test_costs_are_those_of_the_shelf(tmp_path):
    claim = next(c for c in CLAIMS if shelf.cost(c.name) is not None)
    assert expected(claim) == shelf.cost(claim.name) + EACH_SECONDS
    path = tmp_path / "mine.toml"
    path.write_text(TRIVIAL)
    assert expected(load(path)[0]) == 0.5 + EACH_SECONDS


def test_a_shelf_knows_what_checking_costs_and_what_searching_does(tmp_path):
    """Told by what a search costs, a run that only checks would take twenty minutes, at first."""
    row = {"name": "one", "seconds": 60.0, "verdict": "proved", "certificate": ""}
    shelf.shelve([row], tmp_path, fresh=True)
    shelf.shelve([{**row, "seconds": 0.25}, {**row, "name": "two"}], tmp_path, fresh=False)
    kept = shelf._kept(tmp_path)
    assert kept["seconds"] == {"one": 0.25, "two": 60.0}
    assert kept["searched"] == {"one": 60.0}
    long = {n: took for n, took in shelf._kept(shelf.SHIPPED)["searched"].items()
            if took > 20 and (shelf.SHIPPED / f"{n}.json").exists()}  # fmt: skip
    assert len(long) > 10
    assert sum(shelf.cost(name) for name in long) < sum(long.values()) / 3


def test_measurements_load_without_any_extra():
    """One import of a figure took all measured claims from whoever had not installed the extras."""
    code = BLOCKED.format(absent={"scipy", "clarabel", "matplotlib", "pyarrow", "hypothesis"})
    code += "from proofs.experiments import MEASUREMENTS; print(len(MEASUREMENTS))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 80


OWN = """
[own]
variables = {x = "nonnegative"}
constants = {c = "0.55"}
conclusion = "x**2*exp(-x) <= c"
sharpen = "c"
[coauthor]
variables = {x = "nonnegative"}
conclusion = "log(1 + x) <= 0.99*x"
"""
EXTRA = ("scipy", "clarabel", "matplotlib", "pyarrow", "hypothesis", "pytest", "distributed")


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("verify", "OWN::own"), 0),
        (("sharpen", "OWN::own", "--width", "1e-2"), 0),
        (("show", "OWN::own", "--latex"), 0),
        (("refute", "OWN::coauthor"), 1),
        (("audit", "OWN::own"), 0),
        (("export", "OWN::own", "--to", "coq"), 0),
        (("escape", "--loss", "-p", "--weights", "1,2", "--step", "0.1", "--until", "p >= 3"), 0),
        (("derive", "--loss", "(p+1)**2/2", "--depth", "2"), 0),
        (("search", "descent", "lemma"), 0),
        (("theorem", "shamir2019/theorem-3"), 0),
    ],
    ids=lambda v: v[0] if isinstance(v, tuple) else "",
)
def test_what_a_theorist_asks_of_a_formula_needs_no_extra(arguments, code, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    words = (word.replace("OWN", str(path)) for word in arguments)
    found, _, _, _, said = run(*words, absent=EXTRA)
    assert found == code, said


def test_objects_of_the_api_need_an_extra_only_to_be_drawn():
    code = BLOCKED.format(absent=set(EXTRA)) + (
        "import proofs.lemmata as lm\n"
        "counted = lm.escape('-p', ['1', '2'], '0.1', 'p >= 3')\n"
        "assert counted.orbit().stopped == counted.count\n"
        "counted.figure()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "matplotlib is not installed: pip install 'lemmata[plots]'" in done.stderr
    assert "orbit" not in done.stderr
