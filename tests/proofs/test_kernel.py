"""The kernel level: what is compared, what is refused, and what happens without Coq."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs import cli
from proofs.evidence import coq_browse, coq_text, kernel, negations
from proofs.evidence.kernel import KernelError
from theory.catalogue import CLAIMS
from theory.claims import SOURCES
from theory.tools import ToolMissing

TINY = """(** A development of one theorem. *)
From Coq Require Import Reals Lra.
Open Scope R_scope.

Definition twice (x : R) : R := 2 * x.

Theorem growth : forall x y : R, x < y -> 0 < y -> x < twice y.
Proof. intros x y H P; unfold twice; lra. Qed.
"""
INSTANCE = """From Coq Require Import Reals Lra.
From Lemmata Require Import Tiny.
Open Scope R_scope.

Lemma growth_instance : exists x y : R, x < y /\\ 0 < y.
Proof. exists 1, 2; lra. Qed.
"""
FALSE = """(** False: y = -1, x = -3/2. *)
From Coq Require Import Reals Lra.
From Lemmata Require Import Tiny.
Open Scope R_scope.

Theorem growth_anywhere : forall x y : R, x < y -> 0 < y + 9 -> x < twice y.
Proof.
  intros x y H P; unfold twice; lra.
Qed.
"""
RECORD = """
[interval]
files = []

[definitions]
twice = "twice = fun x : R => 2 * x : R -> R Arguments twice x%R_scope"

[claims.growth]
theorem = "growth"
file = "Tiny"
words = "x < 2 y if x < y and y > 0"
source = "lemmata"
number = ""
statement = "forall x y : R, x < y -> 0 < y -> x < twice y"
instance = "growth_instance"
false = ["growth_anywhere"]
"""


def development(folder: Path, edits: dict[str, tuple[str, str]] | None = None) -> Path:
    """Write the one-theorem development, with edits (file -> old, new)."""
    files = {"Tiny.v": TINY, "Instances.v": INSTANCE, "theorems.toml": RECORD}
    files |= {"false/growth_anywhere.v": FALSE}
    (folder / "false").mkdir(parents=True)
    for name, text in files.items():
        old, new = (edits or {}).get(name, ("", ""))
        assert old in text
        (folder / name).write_text(text.replace(old, new) if old else text)
    return folder


def refused(sources: Path, because: str) -> None:
    """Expect a refusal or, where there is no Coq, the names of the packages."""
    if kernel.available():
        with pytest.raises(KernelError, match=because):
            kernel.check(2, sources=sources)
    else:
        with pytest.raises(ToolMissing, match="libcoq-coquelicot"):
            kernel.check(2, sources=sources)


def test_a_sound_development_passes_and_is_remembered(tmp_path: Path) -> None:
    sources, cache = development(tmp_path / "coq"), tmp_path / "cache"
    if not kernel.available():
        with pytest.raises(ToolMissing, match="coqc is not installed"):
            kernel.check(2, cache, sources)
        return
    first = kernel.check(2, cache, sources)
    assert first["growth"].statement == "forall x y : R, x < y -> 0 < y -> x < twice y"
    assert first["growth"].axioms
    assert not list(sources.rglob("*.vo")), "compiled in place"
    (stored,) = cache.iterdir()
    assert kernel.check(2, cache, sources) == first
    # A remembered run of other statements is no run at all.
    rows = json.loads(stored.read_text())
    entries = {"growth": kernel.Entry("growth", "growth", "Tiny", "False", "", "", "", "", ())}
    assert kernel.remembered(stored, entries) == {}
    stored.write_text(json.dumps(rows)[:-9])
    assert kernel.remembered(stored, entries) == {}


def slow(*values: str) -> object:
    return pytest.param(*values, marks=pytest.mark.slow)


@pytest.mark.parametrize(
    ("file", "old", "new", "because"),
    [
        ("theorems.toml", "-> x < twice y", "-> x <= twice y", "statement of growth is not as"),
        slow("theorems.toml", '"growth_instance"', '""', "has hypotheses and no instance"),
        slow("Tiny.v", "0 < y -> x < twice y", "0 < y -> x <= twice y", "statement of growth is"),
        ("Tiny.v", ":= 2 * x", ":= 3 * x", "definition of twice is not as recorded"),
        slow("Tiny.v", "unfold twice; lra", "lra", "Tiny.v does not compile"),
        slow("Instances.v", "growth_instance", "another_instance", "no file Instances"),
        ("Instances.v", "x < y /\\ 0 < y", "x < y /\\ 0 < x", "instance growth_instance is not"),
        ("false/growth_anywhere.v", "0 < y + 9", "1 < y", "is false and was accepted"),
        slow("false/growth_anywhere.v", "x < twice y", "x < thrice y", "is malformed"),
        slow("false/growth_anywhere.v", "unfold twice; lra", "fail", "fails for another reason"),
    ],
)
def test_every_mutation_is_refused(
    tmp_path: Path, file: str, old: str, new: str, because: str
) -> None:
    refused(development(tmp_path / "coq", {file: (old, new)}), because)


@pytest.mark.parametrize(
    ("proof", "because"),
    [
        ("Proof. Admitted.", "Tiny.v says Admitted"),
        ("Proof. admit. Qed.", "Tiny.v says admit"),
        ("Proof. exact oracle. Qed.\nAxiom other : False.", "Tiny.v says Axiom"),
    ],
)
def test_open_proofs_and_axioms_are_refused(tmp_path: Path, proof: str, because: str) -> None:
    whole = "Proof. intros x y H P; unfold twice; lra. Qed."
    refused(development(tmp_path / "coq", {"Tiny.v": (whole, proof)}), because)


def test_an_imported_axiom_is_refused_by_the_allow_list(tmp_path: Path) -> None:
    proof = "unfold twice; destruct (constructive_indefinite_description (fun n => n = 0%nat)"
    proof += " (ex_intro _ 0%nat eq_refl)); lra"
    edits = {"Tiny.v": ("Reals Lra.", "Reals Lra IndefiniteDescription.")}
    sources = development(tmp_path / "coq", edits)
    tiny = sources / "Tiny.v"
    tiny.write_text(tiny.read_text().replace("unfold twice; lra", proof))
    refused(sources, "constructive_indefinite_description.*not allowed")


def test_a_theorem_without_a_record_or_without_its_variant_is_refused(tmp_path: Path) -> None:
    named = development(tmp_path / "a", {"Tiny.v": ("Theorem growth", "Theorem decay")})
    refused(named, "in the sources or in the record")
    lost = development(tmp_path / "b", {"theorems.toml": ('["growth_anywhere"]', "[]")})
    refused(lost, "in the folder or in the record")
    (lost / "false" / "growth_anywhere.v").unlink()
    refused(lost, "growth has no false variant")


def test_without_coq_the_command_ends_with_code_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not kernel.available()
    assert kernel.theorems(), "the record is read without Coq"
    monkeypatch.setattr(cli, "_run", lambda: kernel.check(1))
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == cli.EXIT_TOOL == 3
    said = capsys.readouterr().err
    assert "coqc is not installed" in said
    assert "coq libcoq-coquelicot libcoq-interval" in said


def test_the_record_is_complete_and_agrees_with_the_sources() -> None:
    entries = kernel.theorems()
    texts = {p.stem: p.read_text() for p in kernel.SOURCES.glob("*.v")}
    proved = {t: f for f, text in texts.items() for t in coq_text.declared(text, "theorems")}
    assert proved == {e.theorem: e.file for e in entries.values()}
    assert not any(coq_text.unsound(text) for text in texts.values())
    named = {claim.name for claim in CLAIMS}
    for claim, entry in entries.items():
        # One name, one statement: where a claim of the catalogue has the theorem's name, another.
        assert claim == entry.theorem.replace("_", "-") or entry.theorem.replace("_", "-") in named
        assert claim not in named
        assert entry.words.endswith(".")
        assert entry.source in SOURCES
        assert bool(entry.instance) == coq_text.has_hypotheses(entry.statement)
    variants = [name for e in entries.values() for name in e.false]
    assert len(variants) == len(set(variants)) >= len(entries)
    assert set(variants) == {p.stem for p in (kernel.SOURCES / "false").glob("*.v")}


def test_no_two_files_define_one_name_and_every_definition_is_recorded() -> None:
    """One name with two definitions has one record, which cannot be true of both."""
    record = kernel.definitions()
    texts = {p.stem: p.read_text() for p in sorted(kernel.SOURCES.glob("*.v"))}
    defined = [
        name
        for file, text in texts.items()
        if not file.startswith("Instances")
        for name in coq_text.declared(text, "definitions")
    ]
    assert sorted(defined) == sorted(set(defined))
    assert set(defined) == set(record)


def test_the_readme_has_every_theorem_in_one_row_with_its_file() -> None:
    text = (kernel.SOURCES / "README.md").read_text(encoding="utf-8")
    told = {}
    for theorems, files in re.findall(r"^\| ([^|]*) \| (`\w+\.v`[^|]*) \| .* \|$", text, re.M):
        for theorem in re.findall(r"`(\w+)`", theorems):
            assert theorem not in told
            told[theorem] = re.findall(r"`(\w+)\.v`", files)
    recorded = {entry.theorem: entry.file for entry in kernel.theorems().values()}
    assert told.keys() == recorded.keys()
    assert [t for t, file in recorded.items() if file not in told[t]] == []


def test_every_claim_has_a_negative_control() -> None:
    """A false variant, and a proof that it is false: a script that fails would not be enough."""
    for entry in kernel.theorems().values():
        assert negations.control(entry.false) == "refuted", entry.claim


def test_false_variants_differ_from_the_truth_in_the_statement() -> None:
    for entry in kernel.theorems().values():
        true = coq_text.stated((kernel.SOURCES / f"{entry.file}.v").read_text(), entry.theorem)
        for name in entry.false:
            text = (kernel.SOURCES / "false" / f"{name}.v").read_text()
            assert text.startswith("(** False: ")
            assert coq_text.stated(text, name).split() != true.split()


def test_refutations_negate_the_false_variants_themselves() -> None:
    negation = re.compile(r"^Lemma (\w+)_is_false : ~ \((.*?)\)\.\nProof\.", re.M | re.S)
    refuted: dict[str, str] = {}
    for path in kernel.SOURCES.glob("Refutations*.v"):
        refuted |= dict(negation.findall(path.read_text()))
    assert len(refuted) >= 25
    for name, statement in refuted.items():
        text = (kernel.SOURCES / "false" / f"{name}.v").read_text()
        assert coq_text.stated(text, name).strip(":. \n").split() == statement.split()


@pytest.mark.slow
def test_the_whole_development(tmp_path: Path) -> None:
    if not kernel.available():
        with pytest.raises(ToolMissing):
            kernel.check(2)
        return
    results = kernel.check(2, tmp_path)
    assert {e.theorem: e.statement for e in kernel.theorems().values()} == {
        r.theorem: r.statement for r in results.values()
    }


names = st.sampled_from(["x", "y", "f'", "psi''", "eta"])
atoms = st.builds("{} {} {}".format, names, st.sampled_from(["<", "<=", "="]), names)
quantified = st.builds("(forall n : nat, {} -> {})".format, atoms, atoms)


@given(st.lists(st.one_of(atoms, quantified), min_size=1, max_size=5), atoms)
def test_instances_restate_exactly_the_hypotheses(hypotheses: list[str], conclusion: str) -> None:
    text = " /\\ ".join(hypotheses)
    statement = f"forall (x y : R) (f' : R), {' -> '.join([*hypotheses, conclusion])}"
    instance = coq_text.hypotheses_as_instance(statement)
    assert instance.endswith(", " + text)
    used = {n for n in ("x", "y", "f'") if n in text.replace("(", " ").replace(")", " ").split()}
    binders = instance.removesuffix(text)
    assert {n for n in ("x", "y", "f'") if n in binders.replace("(", " ").split()} == used
    assert coq_text.has_hypotheses(statement)


@pytest.mark.parametrize("loose", ["x = y \\/ y = x", "x < y <-> y < x"])
def test_a_hypothesis_that_an_instance_would_tear_apart_is_refused(loose: str) -> None:
    """A or B, then C: an instance without brackets may read A or (B and C)."""
    with pytest.raises(coq_text.MalformedError, match="ambiguous"):
        coq_text.hypotheses_as_instance(f"forall x y : R, {loose} -> x < 1 -> y < x")
    assert coq_text.hypotheses_as_instance(f"forall x y : R, ({loose}) -> x < 1 -> y < x")


@given(st.text(alphabet="(*) ab\n", max_size=30), st.sampled_from(["Axiom", "admit", "Parameter"]))
def test_comments_hide_words_and_nothing_else_does(noise: str, word: str) -> None:
    noise = noise.replace("(*", "").replace("*)", "")
    assert coq_text.unsound(f"(* {noise} {word} (* {word} *) *) Theorem") == ""
    assert coq_text.unsound(f"(* {noise} *) {word} x : nat.") == word
    with pytest.raises(coq_text.MalformedError):
        coq_text.code(f"(* {noise} (* *)")


def test_a_control_is_refuted_only_by_a_proved_negation(tmp_path):
    """Word for word: one sign more in the lemma, and the variant counts as rejected only."""
    known = negations.negated()
    assert {"wu_descent_step_wider", "arora_descent_rate_fivefold"} <= known
    for entry in kernel.theorems().values():
        control = negations.control(entry.false)
        assert (control == "refuted") == (set(entry.false) <= known)
    (tmp_path / "false").mkdir()
    (tmp_path / "false" / "odd.v").write_text("Theorem t : forall x, x < 1.\nProof. Qed.")
    lemma = "Lemma odd_is_false : ~ (forall x,\n  x < {}).\nProof. Qed."
    for number, found in (("1", {"odd"}), ("2", set())):
        (tmp_path / "Refutations.v").write_text(lemma.format(number))
        negations.negated.cache_clear()
        assert negations.negated(tmp_path) == found
    negations.negated.cache_clear()


def test_an_import_may_take_several_lines():
    text = "From Lemmata Require Import Products\n  Layers.\nFrom Lemmata Require Import Flow.\n"
    assert coq_text.imports(text) == ("Products", "Layers", "Flow")


def test_the_pages_are_in_reading_order() -> None:
    order = coq_browse.reading_order(kernel.SOURCES)
    assert sorted(order) == sorted(p.stem for p in kernel.SOURCES.glob("*.v"))
    for name in order:
        needed = coq_text.imports((kernel.SOURCES / f"{name}.v").read_text())
        assert all(order.index(other) < order.index(name) for other in needed)


@pytest.mark.skipif(not kernel.available(), reason="needs coqc and coqdoc")
def test_statements_can_be_browsed_and_names_link_to_their_definitions(tmp_path: Path) -> None:
    contents = coq_browse.write(tmp_path / "pages", development(tmp_path / "sources"))
    page = (tmp_path / "pages" / "Lemmata.Tiny.html").read_text()
    assert 'href="Lemmata.Tiny.html#twice"' in page
    assert "unfold" not in page
    assert "Tiny" in contents.read_text()
    assert "growth_instance" in (tmp_path / "pages" / "index.html").read_text()


COQ = Path(kernel.__file__).parents[1] / "coq"
# Declared by another file too, none of which is in sight where the definition is printed.
PRINTED_PLAINLY = {
    *("apart", "axis", "clog", "columns_square", "coordinate", "decided_below", "hyperbola"),
    *("layers_mean", "line", "narrow", "output_below", "overshoot", "power_sum", "room"),
    *("swapped", "turned", "turning"),
}
_DECLARED = re.compile(r"^\s*(?:Definition|Fixpoint|Lemma|Theorem|Inductive|Record)\s+(\w+)", re.M)


def test_a_recorded_definition_has_a_name_of_its_own():
    """Where two files in sight have one name, Coq prints it with its file, not as recorded."""
    record = tomllib.loads((COQ / "theorems.toml").read_text())["definitions"]
    declared = Counter(
        name for path in COQ.glob("*.v") for name in {*_DECLARED.findall(path.read_text())}
    )
    assert {name for name in record if declared[name] > 1} == PRINTED_PLAINLY
