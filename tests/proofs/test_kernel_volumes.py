"""Files bound into volumes: what is compiled, seen and printed is what it is of each file alone."""

import re
from dataclasses import replace

import pytest

from proofs.evidence import coq_run, coq_text, coq_volumes, kernel
from proofs.evidence.coq_volumes import apart, bound
from proofs.evidence.kernel import KernelError
from tests.proofs.test_kernel import development

needs_coq = pytest.mark.skipif(not kernel.available(), reason="needs coqc")
FILES = {path.stem: path.read_text() for path in sorted(kernel.SOURCES.glob("*.v"))}
ZETA = """From Coq Require Import Reals Lra.
From Lemmata Require Import Tiny.
Open Scope R_scope.

Lemma twice : 1 < 2.
Proof. lra. Qed.

Definition fourfold (x : R) : R := Tiny.twice (Tiny.twice x).
"""
FOURFOLD = """[definitions]
fourfold = "fourfold = fun x : R => {0} ({0} x) : R -> R Arguments fourfold x%R_scope\""""


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_every_file_is_in_one_volume_and_volumes_need_only_earlier_ones(jobs):
    layout = bound(FILES, jobs)
    volumes = layout.volumes
    assert sorted(name for names in volumes.values() for name in names) == sorted(FILES)
    assert len(volumes) < len(FILES) / 3
    done = []
    for names in volumes.values():
        alike = {coq_text.packages(FILES[name], FILES) - {"Lemmata"} for name in names}
        assert len(alike) == 1
        for name in names:
            assert set(coq_text.imports(FILES[name])) <= {*done, *names[: names.index(name)]}
        done += names


def test_a_volume_has_each_file_as_a_module_and_changes_what_it_requires_only():
    layout = bound(FILES, 2)
    for library, names in layout.volumes.items():
        text = layout.volume(library, FILES)
        for name in names:
            ((inside),) = re.findall(rf"^Module {name}\.\n(.*)\nEnd {name}\.$", text, re.M | re.S)
            ours = coq_text.imports(FILES[name])
            seen = re.findall(r"^Import (Lemmata[\w. ]+)\.$", inside, re.M)
            assert " ".join(seen).split() == [layout.path(other) for other in ours]
            said = re.sub(r"^Import Lemmata[\w. ]+\.$", "", inside, flags=re.M)
            meant = re.sub(r"^From Lemmata Require Import [\w\s]+\.", "", FILES[name], flags=re.M)
            for line in coq_volumes.header(FILES[name]):
                meant = meant.replace(line, "", 1)
            assert said.split() == meant.split()
        assert not coq_text.imports(text.partition("\nModule")[2])


def test_files_that_stand_in_one_module_require_the_same_libraries_which_it_has_in_sight():
    layout = bound(FILES, 2)
    assert len({*map(layout.around, FILES)}) < len(FILES) / 3
    for library in layout.volumes:
        text = layout.volume(library, FILES)
        sights = re.findall(
            r"^Module (Sight_\w+)\.\n(.*?)^End \1\.\nImport \1\.$", text, re.M | re.S
        )
        for sight, inside in sights:
            names = [n for n in FILES if layout.around(n) == f"Lemmata.{library}.{sight}"]
            assert sorted(re.findall(r"^Module (\w+)\.$", inside, re.M)) == names
            needed = {coq_volumes.header(FILES[name]) for name in names}
            assert needed == {tuple(inside.partition("Module ")[0].splitlines())}
        found = {
            name for _, inside in sights for name in re.findall(r"^Module (\w+)\.$", inside, re.M)
        }
        assert found == {*layout.volumes[library]}


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("From Coq Require Import Reals.\nFrom Lemmata Require Import A.\n", 1),
        ("(** Why. *)\nFrom Coq Require Import Reals.\nFrom Coquelicot Require Import C.\n", 2),
        ("From Lemmata Require Import A.\nFrom Coq Require Import Reals.\n", 0),
        ("Definition a := 1.\nFrom Coq Require Import Reals.\n", 0),
        ("From Coq Require Import Reals.\nDefinition a := 1.\nFrom Coq Require Import Lia.\n", 1),
        ("(* From Coq Require Import Reals. *)\nDefinition a := 1.\n", 0),
    ],
)
def test_only_what_is_required_before_all_else_can_be_in_sight_before_it(text, needed):
    """What comes after a definition, or after a file of ours, would hide something else."""
    assert len(coq_volumes.header(text)) == needed


def test_what_is_small_or_in_a_circle_is_left_apart():
    few = {name: FILES[name] for name in ("Products", "Remainder")}
    assert bound(few, 2) == apart(few)
    circle = {**FILES, "Products": f"{FILES['Products']}\nFrom Lemmata Require Import Matrix.\n"}
    assert bound(circle, 2) == apart(circle)
    missing = {**FILES, "Products": f"{FILES['Products']}\nFrom Lemmata Require Import Nothing.\n"}
    assert bound(missing, 2) == apart(missing)


@pytest.fixture
def together(monkeypatch):
    """Volumes that two small files fill, and the runs of the compiler."""
    runs, real = [], coq_run.coqc
    monkeypatch.setattr(coq_volumes, "FULL", 300)
    monkeypatch.setattr(coq_run, "coqc", lambda w, f, *s: (runs.append(f), real(w, f, *s))[1])
    return runs


@needs_coq
@pytest.mark.slow
def test_what_is_bound_is_judged_as_it_would_be_apart(tmp_path, together, monkeypatch):
    """A name that another hides is printed with its file's, whether or not they are bound."""
    found = []
    for full, printed in ((300, "Tiny.twice"), (10**9, "Tiny.twice"), (300, "twice")):
        monkeypatch.setattr(coq_volumes, "FULL", full)
        sources = development(tmp_path / f"{len(found)}")
        (sources / "Zeta.v").write_text(ZETA)
        record = sources / "theorems.toml"
        record.write_text(record.read_text().replace("[definitions]", FOURFOLD.format(printed)))
        together.clear()
        if printed == "twice":
            with pytest.raises(KernelError, match="the definition of fourfold is not as recorded"):
                kernel.check(2, sources=sources)
        else:
            found.append(replace(kernel.check(2, sources=sources)["growth"], seconds=0.0))
            assert ("Zeta.v" in together) == (full > 300)
    assert found[0] == found[1]


@needs_coq
@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "because"),
    [
        ("theorems.toml", "-> x < twice y", "-> x <= twice y", "statement of growth is not as"),
        ("Tiny.v", ":= 2 * x", ":= 3 * x", "definition of twice is not as recorded"),
        ("Tiny.v", "unfold twice; lra", "lra", "Tiny.v does not compile"),
        ("Instances.v", "x < y /\\ 0 < y", "x < y /\\ 0 < x", "instance growth_instance is not"),
        ("Instances.v", "lra. Qed.", "fail. Qed.", "Instances.v does not compile"),
        ("Instances.v", "From Lemmata Require Import Tiny.\n", "Definition twice := Tiny.twice.\n",
         "Instances.v does not compile"),
        ("false/growth_anywhere.v", "0 < y + 9", "1 < y", "is false and was accepted"),
        ("false/growth_anywhere.v", "unfold twice; lra", "fail", "fails for another reason"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_volume_is_found_in_its_file(
    tmp_path, together, file, old, new, because
):
    with pytest.raises(KernelError, match=because):
        kernel.check(2, sources=development(tmp_path / "coq", {file: (old, new)}))
    assert together[0].startswith("Volume_")
