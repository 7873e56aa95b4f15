"""Statuses of theorems are computed: the weakest link of the strongest way, and never more."""

import json
import re
from itertools import product
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import proofs
from proofs import api, theorems
from proofs.cli import lemmata
from proofs.evidence.coq_record import KernelResult
from proofs.evidence.standing import Status, standings
from proofs.presentation.report import report, report_row, unchecked_row
from proofs.user_claims import selected
from proofs.verification import verifying
from proofs.verification.catalogue import find, verify
from theory.claims import Claim, Source, statement
from theory.errors import InputError
from theory.theorems import Inference, Known, Library, Printed, Theorem, prose
from theory.theorems.model import Cited

SCHEMAS = Path(proofs.__file__).parent / "schemas"
OUR_OWN = Source("lemmata", "a test", "re-derived")
STRENGTHS = {
    "proved": Status.CERTIFIED,
    "supported": Status.MEASURED,
    "undecided": Status.STATED,
    "unsupported": Status.STATED,
}


def claim(name):
    made = statement({"x": "real"}, "x <= x + 1")
    return Claim(name, name, OUR_OWN, made, made.but("x >= x + 1"))


def row(name, verdict, control="refuted", kernel=False):
    kinds = {"proved": "rational certificate", "supported": "statistics"}
    kind = "kernel-checked proof" if kernel else kinds.get(verdict, "statistics")
    return {
        "name": name,
        "title": name,
        "digest": None if kernel else claim(name).statement.digest,
        "verdict": verdict,
        "negative_control": control,
        "evidence": [{"kind": kind, "verdict": verdict}],
    }


def theorem(name="lemmata/one", **parts):
    words = {"title": name, "source": OUR_OWN, "words": "words", "latex": "latex"}
    return Theorem(name=name, **words, **parts)


def library(*made):
    known = Known(
        claims={n: claim(n) for n in ("s-1", "s-2", "s-3")},
        kernel={"k-1": "kernel"},
        cited={"cited-fact": Cited("cited-fact", "fact", "fact", "somewhere")},
        pages={},
        read_step=lambda where, name, table: claim(name),
    )
    return Library({t.name: t for t in made}, known)


def inference(*uses, gap=False):
    return Inference("a join", "text", uses, gap)


def status(*made, rows=()):
    return standings(library(*made), rows)[made[0].name].status


@given(st.lists(st.sampled_from(sorted(STRENGTHS)), min_size=1, max_size=3))
def test_a_written_proof_is_as_strong_as_its_weakest_link_and_its_joins(verdicts):
    names = [f"s-{i}" for i in range(1, len(verdicts) + 1)]
    rows = [row(n, v) for n, v in zip(names, verdicts, strict=True)]
    expected = max([Status.COMPOSED, *(STRENGTHS[v] for v in verdicts)], key=lambda s: s.order)
    assert status(theorem(inferences=(inference(*names),)), rows=rows) == expected


@given(st.permutations(["kernel", "claims", "inferences", "measured"]), st.integers(0, 4))
def test_the_strongest_way_counts_and_each_is_its_own(order, many):
    parts = {
        "kernel": ("k-1",),
        "claims": ("s-1",),
        "inferences": (inference("s-2"),),
        "measured": ("s-3",),
    }
    rows = [row("s-1", "proved"), row("s-2", "proved"), row("s-3", "supported")]
    rows.append(row("k-1", "proved", kernel=True))
    ladder = {
        "kernel": Status.KERNEL,
        "claims": Status.CERTIFIED,
        "inferences": Status.COMPOSED,
        "measured": Status.MEASURED,
    }
    chosen = order[:many]
    expected = min((ladder[way] for way in chosen), key=lambda s: s.order, default=Status.STATED)
    assert status(theorem(why="w", **{way: parts[way] for way in chosen}), rows=rows) == expected


def test_what_was_not_verified_counts_for_nothing():
    whole = theorem(claims=("s-1",))
    assert status(whole) == Status.STATED
    assert status(theorem(kernel=("k-1",))) == Status.RECORDED
    stale = row("s-1", "proved") | {"digest": "0" * 64}
    assert status(whole, rows=[stale]) == Status.STATED


def test_weakness_travels_through_theorems_of_theorems():
    top = theorem("lemmata/top", inferences=(inference("lemmata/middle"),))
    middle = theorem("lemmata/middle", inferences=(inference("lemmata/bottom", "s-1"),))
    for verdict, expected in (("proved", Status.COMPOSED), ("supported", Status.MEASURED)):
        bottom = theorem("lemmata/bottom", claims=("s-2",))
        rows = [row("s-1", "proved"), row("s-2", verdict)]
        assert status(top, middle, bottom, rows=rows) == expected


def test_a_refuted_step_carries_nothing_and_an_open_gap_proves_nothing():
    refuted = theorem(inferences=(inference("s-1"),))
    assert status(refuted, rows=[row("s-1", "refuted")]) == Status.STATED
    open_gap = theorem(inferences=(inference("s-1", gap=True),))
    assert status(open_gap, rows=[row("s-1", "proved")]) == Status.STATED


def test_classical_facts_alone_make_prose():
    assert status(theorem(inferences=(inference("cited-fact"),))) == Status.PROSE
    both = theorem(inferences=(inference("cited-fact", "s-1"),))
    assert status(both, rows=[row("s-1", "proved")]) == Status.COMPOSED


def test_a_printed_statement_is_refuted_only_by_a_confirmed_counterexample():
    printed = Printed("s-1", "it fails", "lemmata/two")
    failing, repaired = theorem(printed=printed), theorem("lemmata/two", why="w")
    at = {"point": {"x": "0"}, "left": "it says", "right": "something"}
    for control, expected in (("refuted", Status.REFUTED), ("undecided", Status.STATED)):
        rows = [{**row("s-1", "proved", control), "control": {"counterexample": at}}]
        assert status(failing, repaired, rows=rows) == expected
    assert status(failing, repaired) == Status.STATED


def test_order_of_statuses_is_the_ladder_of_the_manual():
    assert [s.value for s in Status][:2] == ["kernel", "certified"]
    assert Status.COMPOSED.order < Status.MEASURED.order < Status.STATED.order
    assert Status.REFUTED.order == len(Status) - 1


def test_every_numbered_statement_has_its_file():
    names = set(theorems.library().theorems)
    shamir = {f"lemma-{n}" for n in (1, *range(5, 17))} | {f"theorem-{n}" for n in (2, 3, 4)}
    shamir |= {f"assumption-{n}" for n in range(1, 5)} | {"figure-1", "figure-2"}
    du_hu = {"claim-3-1", "theorem-4-1", "lemma-6-1", "assumption-5-1"}
    du_hu |= {f"proposition-6-{n}" for n in range(2, 6)} | {f"claim-7-{n}" for n in (1, 2, 3)}
    hu = {"theorem-4-1", "theorem-5-1", "lemma-4-2"} | {f"claim-4-{n}" for n in (3, 4, 5)}
    hu |= {f"lemma-5-{n}" for n in range(2, 6)}
    arora = {f"claim-{n}" for n in range(1, 6)} | {f"lemma-{n}" for n in (1, 2, 5, 6, 7, 8, 9)}
    arora |= {"theorem-1", "theorem-2", "definition-1", "definition-2", "procedure-1"}
    nguyen = {"assumption-2-1", "assumption-2-2", "assumption-3-1", "theorem-3-2", "lemma-3-4"}
    nguyen |= {f"lemma-4-{n}" for n in (1, 2, 3)}
    wanted = {
        "shamir2019": shamir,
        "du-hu2019": du_hu,
        "hu-xiao-pennington2020": hu,
        "arora-cohen-golowich-hu2019": arora,
        "nguyen-mondelli2020": nguyen,
        "wu-wang-ma2019": {"continuous-theorem", "discrete-theorem"},
        "bartlett-helmbold-long2018": {"theorem-1", "theorem-3", "theorem-4", "lemma-6"},
    }
    absent = {f"{p}/{n}" for p, found in wanted.items() for n in found} - names
    assert not absent


def test_no_page_of_prose_refers_to_nothing():
    known = theorems.known()
    shelf = theorems.library()
    names = {*known.claims, *known.kernel, *known.cited, *shelf.theorems, *shelf.steps}
    for page, text in known.pages.items():
        prose.inferences(text, names, page)  # a dead reference is an error
        assert not re.search(r"^(<{7}|>{7}) ", text, re.M), page  # of a merge


def test_every_local_step_stands_and_its_twin_is_refuted():
    for name in theorems.library().steps:
        row = verify(find(name))
        assert row.stands, (name, row.verdict, row.negative_control)


def test_names_that_are_close_are_proposed():
    with pytest.raises(InputError, match="perhaps shamir2019/theorem-3"):
        theorems.library().find("theorem-3")


def run(*arguments):
    return CliRunner().invoke(
        lemmata, list(arguments), catch_exceptions=False, standalone_mode=False
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Rows of the theorems about Lemma 1 and Lemma 9, and of nothing else."""
    shelf = theorems.library()
    names = ["shamir2019/lemma-1", "shamir2019/lemma-1-repaired", "shamir2019/lemma-9"]
    claims, kernels = theorems.needed(shelf, names)
    record = theorems.kernel.theorems()
    rows = [report_row(verify(c)) for c in claims.values()]
    rows += [unchecked_row(record[n]) for n in kernels]
    path = tmp_path_factory.mktemp("results") / "rows.json"
    path.write_text(json.dumps(report(rows, 0.0, len(kernels))))
    return str(path)


def checked(name, output):
    data = json.loads(output)
    jsonschema.validate(data, json.loads((SCHEMAS / f"{name}.schema.json").read_text()))
    return data


def test_one_theorem_whole(results):
    shown = run("theorem", "shamir2019/lemma-1-repaired", "--results", results)
    assert shown.return_value in (0, 4)
    assert f"status: {Status.RECORDED.value}" in shown.output
    assert "shamir-lemma-1-two-points  (certified)" in shown.output
    data = checked(
        "theorem",
        run("theorem", "shamir2019/lemma-1-repaired", "--json", "--results", results).output,
    )
    assert data["theorem"]["status"] == Status.RECORDED.value
    latex = run("theorem", "shamir2019/lemma-1-repaired", "--latex")
    assert latex.output == api.theorem("shamir2019/lemma-1-repaired").latex()


def test_a_statement_that_fails_as_printed_says_where(results):
    shown = run("theorem", "shamir2019/lemma-1", "--results", results)
    assert shown.return_value == 1
    assert "status: refuted as printed" in shown.output
    assert re.search(r"exactly: .* left 1, right 1", shown.output)
    data = checked(
        "theorem", run("theorem", "shamir2019/lemma-1", "--json", "--results", results).output
    )
    assert data["theorem"]["printed"]["counterexample"]["left"] == "1"


def test_errata_confirm_only_what_was_checked(results):
    data = checked("errata", run("errata", "--json", "--results", results).output)
    found = {e["name"]: e for e in data["errata"]}
    assert found["shamir2019/lemma-1"]["status"] == Status.REFUTED.value
    assert found["shamir2019/lemma-9"]["counterexample"] is not None
    assert found["shamir2019/lemma-6"]["status"] == Status.STATED.value  # not in these rows
    assert found["shamir2019/lemma-6"]["degenerate"]
    for entry in found.values():
        assert entry["sureness"] == "read"


def test_the_table_of_theorems(results):
    data = checked("theorems", run("theorems", "shamir2019", "--json", "--results", results).output)
    names = [t["name"] for t in data["theorems"]]
    assert names.index("shamir2019/lemma-5") < names.index("shamir2019/lemma-13")
    counted = (data["summary"][part] for part in ("theorems", "assumptions"))
    assert sum(n for part in counted for n in part.values()) == len(names)
    with pytest.raises(InputError, match="nobody1999"):
        run("theorems", "nobody1999")


def test_verify_takes_theorems_and_counts_them_first():
    ran = run("verify", "lemmata/near-identity-step-needed", "--jobs", "1")
    assert ran.return_value == 0
    assert f"lemmata/near-identity-step-needed: {Status.CERTIFIED.value}" in ran.output
    data = json.loads(
        run("verify", "lemmata/near-identity-step-needed", "--jobs", "1", "--json").output
    )
    jsonschema.validate(data, json.loads((SCHEMAS / "verify.schema.json").read_text()))
    assert next(iter(data["summary"])) == "theorems"
    assert data["summary"]["theorems"] == {Status.CERTIFIED.value: 1}
    claims = {"unit-step-lands-on-minimiser", "near-identity-step-needed-any-depth"}
    assert {c["name"] for c in data["claims"]} == claims


def test_a_theorem_of_ones_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[theorem]\ntitle = "Mine"\nwords = "For all x >= 0: x <= x + 1."\nlatex = "x"\n'
        'source = {key = "lemmata", number = "mine", sureness = "re-derived"}\n'
        'proof = "From [my-step], [zas-drift] and [bernoulli-real] of the library."\n'
        '[step.my-step]\nvariables = {x = "nonnegative"}\nconclusion = "x <= x + 1"\n'
    )
    ran = run("theorem", str(path), "--json")
    data = checked("theorem", ran.output)
    assert ran.return_value == 0
    assert data["theorem"]["status"] == Status.COMPOSED.value
    assert data["theorem"]["commands"][0] == f"lemmata theorem {path}"
    path.write_text(path.read_text().replace("[my-step]", "[your-step]"))
    bad = CliRunner().invoke(lemmata, ["theorem", str(path)])
    assert isinstance(bad.exception, InputError)
    assert "dead reference [your-step]" in str(bad.exception)


def test_every_way_of_every_theorem_is_no_stronger_than_its_links():
    """Recomputed from scratch, for the shipped library and two made-up sets of rows."""
    shelf = theorems.library()
    claims = {**shelf.known.claims, **shelf.steps}
    for verdict, control in product(("proved", "supported"), ("refuted",)):
        rows = [
            {
                **row(n, verdict, control),
                "digest": c.statement.digest,
                "control": {"statement": json.loads(c.mutant.canonical), "counterexample": None},
            }
            for n, c in claims.items()
        ]
        for name, found in standings(shelf, rows).items():
            for way in found.ways:
                worst = max((x.status.order for x in way.links if x.status), default=99)
                assert way.status.order >= min(worst, Status.STATED.order), name


README = Path(__file__).resolve().parents[2] / "README.md"


def test_generated_tables_are_found_fresh_or_stale(tmp_path):
    tables = run("theorems", "--markdown").output
    file = tmp_path / "README.md"
    file.write_text(f"before\n\n{tables}\nafter\n")
    assert run("theorems", "--check", str(file)).return_value == 0
    file.write_text(file.read_text().replace("480 N^2", "481 N^2"))
    stale = run("theorems", "--check", str(file))
    assert stale.return_value == 1
    assert "the table of constants is stale" in stale.output
    file.write_text("nothing")
    assert "the table of errata is not there" in run("theorems", "--check", str(file)).output


def test_every_improvement_names_constants_on_both_sides():
    shelf = theorems.library()
    for made in shelf.theorems.values():
        for name in made.improved:
            assert made.constants, made.name
            assert shelf.theorems[name].constants, name


def test_large_numbers_in_the_words_of_a_theorem_are_those_that_the_kernel_has():
    """A constant that a new proof improves is improved everywhere, or was never proved."""
    shelf, kernel, seen = theorems.library(), theorems.kernel.theorems(), 0
    for made in shelf.theorems.values():
        if not made.kernel:
            continue
        proved = " ".join(f"{kernel[n].words} {kernel[n].statement}" for n in made.kernel)
        proved = proved.replace(" * 10 ^ ", " 10^")
        for number in re.findall(r"(?<![\d.^-])(\d+ 10\^\d+|\d{4,})(?![\d.]\d)", made.words):
            assert re.search(rf"(?<!\d){re.escape(number)}(?!\d)", proved), (made.name, number)
            seen += 1
    assert seen > 10


def test_the_tables_of_the_readme_are_fresh():
    assert run("theorems", "--check", str(README)).return_value == 0


def test_a_theorem_that_the_kernel_accepts_whole_stands_on_the_first_rung(monkeypatch):
    def compiled(jobs):
        return {
            e.theorem: KernelResult(e.theorem, e.statement, (), 0.1, e.file)
            for e in theorems.kernel.theorems().values()
        }

    monkeypatch.setattr(verifying, "_kernel", compiled)
    for arguments in (
        ("theorem", "lemmata/ties-never-escape"),
        ("verify", "lemmata/ties-never-escape"),
    ):
        ran = run(*arguments, "--level", "kernel", "--jobs", "1")
        assert ran.return_value == 0
        assert "1 theorems: 1 kernel" in ran.output or "status: kernel\n" in ran.output
    below = run("theorem", "lemmata/ties-never-escape")
    assert f"status: {Status.RECORDED.value}" in below.output


def test_a_run_of_the_whole_catalogue_verifies_all_that_its_theorems_rest_on():
    """A theorem whose steps cite a lemma of the library was certified alone, and else measured."""
    shelf = theorems.library()
    rests, _ = theorems.needed(shelf, shelf.theorems)
    assert "bernoulli" in rests
    assert set(rests) <= set(selected(()))
