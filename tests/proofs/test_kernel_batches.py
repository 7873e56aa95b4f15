"""Many files in one process of Coq: none of them hides another, or speaks for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.evidence import coq_batches, coq_run, coq_text, kernel
from proofs.evidence.coq_batches import outside_one_proof
from proofs.evidence.coq_volumes import apart
from proofs.evidence.kernel import KernelError
from proofs.export import run
from tests.proofs.test_kernel import FALSE, INSTANCE, development

needs_coq = pytest.mark.skipif(not kernel.available(), reason="needs coqc")
REFUTED = """From Coq Require Import Reals Lra IndefiniteDescription.
From Lemmata Require Import Tiny.
Open Scope R_scope.

Lemma growth_anywhere_is_false : ~ (forall x y : R, x < y -> 0 < y + 9 -> x < twice y).
Proof. intros H; specialize (H (-3 / 2) (-1)); unfold twice in H; lra. Qed.
"""


def forged(sources, name, *edits, of=FALSE):
    """Add a variant, and name it in the record."""
    text = of.replace("growth_anywhere", name)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    (sources / "false" / f"{name}.v").write_text(text)
    record = sources / "theorems.toml"
    record.write_text(
        record.read_text().replace('["growth_anywhere"', f'["growth_anywhere", "{name}"')
    )
    return sources


def test_every_variant_of_the_development_is_one_theorem_and_its_proof():
    for path in (kernel.SOURCES / "false").glob("*.v"):
        assert outside_one_proof(path.read_text(), path.stem) == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Qed.", "Admitted.", "says Admitted"),
        ("Qed.", "Abort.", "says Abort"),
        ("Qed.", "", "is not one theorem"),
        ("Qed.", "Qed. (* the end *) Quit.", "says Quit"),
        ("intros", "Fail intros", "says Fail"),
        ("Proof.", 'Proof. Load "other".', "says Load"),
        ("Proof.", "Proof.\nFrom Coq Require Import Lia.\n", "is not one theorem"),
        ("Theorem", 'Notation "x <= y" := (x < y).\nTheorem', "says Notation"),
        ("Theorem", "Definition twice (x : R) := x.\nTheorem", "is not one theorem"),
        ("Theorem", "Ltac lra := fail.\nTheorem", "is not one theorem"),
        ("Theorem", 'Set Default Goal Selector "all".\nTheorem', "is not one theorem"),
        ("Qed.", "Qed.\nTheorem more : 1 < 0.\nProof. lra. Qed.", "is not one theorem"),
        ("Qed.", "Qed.\nCheck nothing_of_this_name.\n", "is not one theorem"),
        ("Qed.", "Qed. (* Qed. *) Check 1. (* *)", "is not one theorem"),
        ("Theorem growth_anywhere", "Theorem growth_elsewhere", "is not one theorem"),
    ],
)
def test_a_variant_is_one_theorem_and_nothing_that_outlives_it(old, new, said):
    assert said in outside_one_proof(FALSE.replace(old, new), "growth_anywhere")


def test_an_open_comment_ends_the_reading_not_the_variant():
    with pytest.raises(coq_text.MalformedError, match="not closed"):
        outside_one_proof(FALSE + "(* and so on", "growth_anywhere")


def test_variants_share_what_they_import_only_if_they_require_the_same():
    other = FALSE.replace("Reals Lra.", "Reals Lra Lia.")
    assert coq_batches.by_head({"a": FALSE, "b": other, "c": FALSE, "d": FALSE}) == [
        ["a", "c", "d"], ["b"],
    ]  # fmt: skip


def test_variants_share_a_process_only_if_they_load_the_same_packages():
    """Same heads stay together; a process is full at so many, and another package is another."""
    other = FALSE.replace("Reals Lra.", "Reals Lra Lia.")
    texts = {"a": FALSE, "b": other, "c": FALSE, "d": other.replace("Lia", "Lia Psatz"), "e": other}

    def shared(most, odd=""):
        using = {name: frozenset({"Coq", *odd} if name == odd else {"Coq"}) for name in texts}
        return coq_batches.processes(texts, using, most)

    assert shared(9) == [["a", "c", "b", "e", "d"]]
    assert shared(4) == [["a", "c", "b", "e"], ["d"]]
    assert shared(1) == [["a", "c"], ["b", "e"], ["d"]]
    assert shared(9, odd="d") == [["a", "c", "b", "e"], ["d"]]


def test_libraries_are_in_sight_once_for_all_that_require_the_same():
    """Of questions and of variants; files of ours are in sight of each alone."""
    libraries = {"a": ("L.",), "b": ("M.",), "c": ("L.",)}
    where = apart(libraries)
    asking = coq_batches.asked(
        [coq_batches.Question(n, libs, (n,), (n,), (), False) for n, libs in libraries.items()],
        coq_batches.mark(), where,
    )  # fmt: skip
    asking = asking[asking.index("Module") :]
    marks = r"^(?:(?:Module|End) \w+|[LM]|Import .*)\.$"
    inner = {n: [f"Module Asked_{n}.", f"Import Lemmata.{n}.", f"End Asked_{n}."] for n in "abc"}
    assert re.findall(marks, asking, re.M) == [
        "Module Seen_a.", "L.", *inner["a"], *inner["c"], "End Seen_a.",
        "Module Seen_b.", "M.", *inner["b"], "End Seen_b.",
    ]  # fmt: skip
    lia, lra = (f"From Coq Require Import {name}." for name in ("Lia", "Lra"))
    ours = "From Lemmata Require Import {}."
    sights = [((lia, ours.format("a")), ["x", "y"]), ((lra, lia), ["z"]), ((lia,), ["w"])]
    asking = coq_batches.scripts(sights, "a", where, "##")
    marks = r"^(?:(?:Module|End) .*|From Coq R.* Import .*|Import .*)\.$"
    assert re.findall(marks, asking, re.M) == [
        "Module Seen_x.", lia, "Module Alike_x.", "Import Lemmata.a.", "End Alike_x.",
        "Module Alike_w.", "End Alike_w.", "End Seen_x.",
        "Module Seen_z.", lra, lia, "Module Alike_z.", "End Alike_z.", "End Seen_z.",
    ]  # fmt: skip
    assert re.findall(r"Fail Load \"false/below/False_(\w)", asking) == ["x", "y", "w", "z"]


def test_a_variant_without_its_head_is_the_same_theorem():
    heads = "From Coq Require Import Reals Lra.\nFrom Lemmata Require Import Tiny.\n"
    below = coq_batches.below_head(FALSE, "growth_anywhere")
    assert coq_batches.head(below) == ()
    assert below.split() == FALSE[FALSE.index(heads) :].removeprefix(heads).split()
    odd = FALSE.replace("(** False", f"(* {heads} *)\n(** False")
    assert coq_batches.below_head(odd, "growth_anywhere").split() == below.split()


def test_axioms_are_asked_for_once_of_all_that_may_rest_on_the_same():
    """Each theorem and negation is in one definition, with what may rest on the same axioms."""
    proved = {"A": ("a", "b"), "B": (), "C": ("c",), "D": ("d",), "E": ("e",)}
    asked_of = [
        coq_batches.Question(name, (), (name,), names, (), name in "CE")
        for name, names in proved.items()
    ]
    told = coq_batches.asked(asked_of, coq_batches.mark(), apart(proved))
    assert re.findall(r"Check Lemmata\.(\w\.\w)\.", told) == ["A.a", "A.b", "C.c", "D.d", "E.e"]
    kinds = coq_batches.alike(asked_of)
    found = {kind: "".join(q.file for q in questions) for kind, questions in kinds.items()}
    assert found == {"reals": "AD", "integers": "CE"}
    for questions in kinds.values():
        text = coq_batches.asked_axioms(questions, coq_batches.mark(), apart(proved))
        assert re.findall(r"Print Assumptions (\w+)\.", text) == ["everything"]
        made = dict(re.findall(r"^Definition (\w+) := (.*)\.$", text, re.M))
        everything = re.findall(r"everything_\w", made.pop("everything"))
        assert everything == [*made] == [f"everything_{q.file}" for q in questions]
        for q in questions:
            names = re.findall(r"Lemmata\.(\w\.\w)(?=[ )]|$)", made[f"everything_{q.file}"])
            assert names == [f"{q.file}.{name}" for name in q.proved]


def test_answers_come_after_a_mark_that_no_source_can_know():
    at = coq_batches.mark()
    assert at != coq_batches.mark()
    output = f"##0 Tiny growth\nforged\n{at} Tiny growth\ngrowth : True\n"
    with pytest.raises(coq_text.MalformedError, match="did not answer all"):
        coq_batches.answers(output, at)
    found = coq_batches.answers(f"{output}{at} the end\n", at)
    assert found == {("Tiny", "growth"): "\ngrowth : True\n"}


@pytest.mark.parametrize("says", [True, False])
@pytest.mark.parametrize("bad", [(), (0,), (31,), (7, 8, 20), tuple(range(32))])
def test_exported_files_that_do_not_pass_take_no_others_down(tmp_path, monkeypatch, bad, says):
    """Each file is judged as it would be alone, whether or not Coq says which of them fails."""
    runs = []

    def checked(work, module, text, theorem, seconds):
        runs.append(module)
        assert seconds <= run.AT_ONCE
        assert len(runs) == len(set(runs)), "a file is written over while another is judged"
        if "False." not in text:
            return run.Outcome("accepted")
        line = text[: text.index("False.")].count("\n") + 1 if says else "?"
        return run.Outcome("rejected", f"line {line}: Error")

    monkeypatch.setattr(run, "checked", checked)
    files = {str(i): f"Theorem t{i} : {'False' if i in bad else 'True'}.\n" for i in range(32)}
    (batch,) = run.batches(files, 2)
    found = run.compiled(tmp_path, "B", batch, 1)
    assert list(found) == list(files)
    assert {int(name) for name, outcome in found.items() if not outcome.accepted} == set(bad)
    assert len(runs) <= (2 + 2 * len(bad) if says else 1 + 10 * len(bad))
    runs.clear()
    # What leaves something unproved is never compiled with others, nor alone.
    files["5"] += "Admitted.\n"
    assert not run.compiled(tmp_path, "B", files, 1)["5"].accepted


@given(st.lists(st.integers(0, 200), min_size=1, max_size=60), st.integers(1, 4))
def test_exported_files_are_shared_out_in_order_and_evenly(sizes, jobs):
    """All of what is little; else as much for each compiler, up to the size of one file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "LITTLE", 100)
        patch.setattr(run, "BYTES", 400)
        shares = run.batches({str(i): "x" * size for i, size in enumerate(sizes)}, jobs)
    names = [name for share in shares for name in share]
    assert names == [str(i) for i in range(len(sizes))]
    assert all(shares)
    held = [sum(map(len, share.values())) for share in shares]
    if sum(held) <= 100:
        assert len(shares) == 1
    elif max(sizes) <= 20:
        assert len(shares) % jobs == 0
        assert max(held) - min(held) <= 2 * max(sizes)
        assert max(held) <= 400 + max(sizes)


@needs_coq
@pytest.mark.slow
@pytest.mark.parametrize(
    ("edits", "because"),
    [
        # Its statement is true, and it prints what Coq would print of a failure.
        ((("0 < y + 9", "1 < y"), ("intros", 'idtac "The command has indeed failed with message:"; '
          'idtac "##the end"; intros')), "growth_forged.v is false and was accepted"),
        # Its script fails for the true statement too.
        ((("lra.", "lra. idtac.  exact I."),), "growth_forged.v fails for another reason"),
        ((("twice y.\nProof", "thrice y.\nProof"),), "the statement in false/growth_forged"),
        ((("0 < y + 9", "0 <"),), "the statement in false/growth_forged"),
    ],
)  # fmt: skip
def test_no_variant_hides_behind_a_sound_one(tmp_path, edits, because):
    sources = forged(development(tmp_path / "coq"), "growth_forged", *edits)
    with pytest.raises(KernelError, match=re.escape(because)):
        kernel.check(1, sources=sources)


@needs_coq
@pytest.mark.slow
def test_two_sound_variants_pass_together_and_leave_nothing_to_one_another(tmp_path, monkeypatch):
    """The second has the name of the first in its script: it is not there."""
    runs = []
    real = coq_run.coqc
    monkeypatch.setattr(coq_run, "coqc", lambda w, f, *s: (runs.append(f), real(w, f, *s))[1])
    sources = forged(development(tmp_path / "a"), "growth_forged")
    assert kernel.check(1, sources=sources)["growth"].axioms
    assert [f for f in runs if "growth" in f] == ["Variants_growth_anywhere.v"]
    leaning = ("intros", "assert (E := growth_anywhere); intros")
    sources = forged(development(tmp_path / "b"), "growth_forged", leaning)
    with pytest.raises(KernelError, match=r"growth_forged\.v fails for another reason"):
        kernel.check(1, sources=sources)


@needs_coq
@pytest.mark.slow
def test_of_files_asked_together_the_one_with_an_axiom_is_named(tmp_path):
    sources = development(tmp_path / "coq")
    for name in ("RefutationsA", "RefutationsB", "RefutationsC"):
        lemma = REFUTED.replace("anywhere_is", f"{name}_is")
        (sources / f"{name}.v").write_text(lemma)
    kernel.check(1, sources=sources)
    choice = "destruct (constructive_indefinite_description (fun n => n = 0%nat)"
    choice += " (ex_intro _ 0%nat eq_refl)); intros H"
    path = sources / "RefutationsB.v"
    path.write_text(path.read_text().replace("intros H", choice))
    with pytest.raises(KernelError, match=r"RefutationsB.*constructive_indefinite.*not allowed"):
        kernel.check(1, sources=sources)


@needs_coq
@pytest.mark.slow
def test_a_statement_is_read_in_sight_of_its_own_file_only(tmp_path):
    """Another theorem of a name that the first file uses too, and a second instance."""
    sources = development(tmp_path / "coq")
    (sources / "Zeta.v").write_text(
        "From Coq Require Import Reals Lra.\nFrom Lemmata Require Import Tiny.\n"
        "Open Scope R_scope.\nLemma growth : 1 < 2.\nProof. lra. Qed.\n"
        "Theorem decay : 0 < 1.\nProof. lra. Qed.\n"
    )
    record = sources / "theorems.toml"
    claim = record.read_text().partition("[claims.growth]")[2]
    for old, new in (
        ('"growth"', '"decay"'), ('"Tiny"', '"Zeta"'), ('"growth_instance"', '""'),
        ("forall x y : R, x < y -> 0 < y -> x < twice y", "0 < 1"), ("growth_any", "decay_any"),
    ):  # fmt: skip
        claim = claim.replace(old, new)
    record.write_text(f"{record.read_text()}\n[claims.decay]{claim}")
    text = FALSE.replace("growth_anywhere", "decay_anywhere")
    text = re.sub(r": forall.*", ": 1 < 0.", text).replace("intros x y H P; unfold twice; ", "")
    (sources / "false" / "decay_anywhere.v").write_text(text)
    results = kernel.check(1, sources=sources)
    assert results["growth"].statement.startswith("forall x y")
    assert results["decay"].statement == "0 < 1"
    assert INSTANCE.count("growth_instance") == 1
