"""Coq refuses every forgery too, and where: each is exported, with an axiom for what is false.

A forgery (a rule, a relation, a defect) is written by the exporter itself, which takes what the
core refuses for a gap: there Coq's own tactics have a try, and where they fail an axiom that proves
anything is used. So the file compiles to its end, which shows that nothing but the gap is wrong
with it, and the forgery is refused if the axiom was needed. A true twin needs none.
"""

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from certificates import cone, sealed, statement
from forgeries import DEFECTS, RELATIONS, ROWS, cell, check_of, forged

from proofs.core import check
from proofs.core.terms import Rejected
from proofs.evidence import kernel
from proofs.export import Untranslatable, bounds, copies, proof, run, steps, structure, translate
from proofs.export import theorem as files
from proofs.export.script import Script

TACTICS = "first [lra | field; lra | nra | lia | interval with (i_prec 64)]"
GAP = f'first [solve [timeout 5 ({TACTICS})] | idtac "##gap"; exact (anything _)]'
AXIOM = "Axiom anything : forall P : Prop, P."


class Gaps:
    """The exporter's steps, with a gap for what they cannot show."""

    def __init__(self):
        self.right, self.plain, self.lenient = steps.prove, bounds.plain, False
        self.said, self.shown = [], Script.quick

    def prove(self, place, node):
        """As the certificate argues; else with gaps for what it needs; else as a gap."""
        script, before = place.script, self.lenient
        lines, depth, size = len(script.lines), script.depth, script.size
        for self.lenient in (False, True):
            own = {x: dict(getattr(place, x)) for x in ("facts", "ends", "made")}
            count = len(self.said)
            try:
                self.right(replace(place, **own), node)
                break
            except (Rejected, Untranslatable):
                del script.lines[lines:], self.said[count:]
                script.depth, script.size = depth, size
        else:
            script.say(f"{GAP}.")
            self.said.append(place.claim())
        self.lenient = before

    def quick(self, script, claim, tactic, prefix="h"):
        """What Coq computes for itself, or a gap."""
        if "interval" in tactic and "##gap" not in tactic:
            self.said.append(claim)
            tactic = f"first [{tactic} | {GAP}]"
        return self.shown(script, claim, tactic, prefix)

    def holds(self, place, f):
        """A comparison that is plain, or a gap."""
        try:
            return self.plain(place, f)
        except Untranslatable:
            if not self.lenient:
                raise
            self.said.append(place.said(f))
            return place.script.quick(place.said(f), GAP)


@pytest.fixture
def export(monkeypatch):
    """Theorems without the library, and the claims of gaps: as it is, and with gaps."""
    needed = files.needed
    monkeypatch.setattr(files, "needed", lambda body: "")

    def written(certificate, leave=True):
        made, text = Gaps(), check.canonical(certificate)
        with monkeypatch.context() as here:
            if leave:
                here.setattr(bounds, "plain", made.holds)
                here.setattr(Script, "quick", lambda *given: made.quick(*given))
                for module in (steps, proof, structure, copies, files):
                    here.setattr(module, "prove", made.prove)
            return translate(text, "it").partition(files.HEADER)[2], made.said

    written.needed = needed
    return written


def gaps_of(bodies, needed, folder):
    """How many gaps of each theorem its proof uses; all are compiled in one run."""
    if not kernel.available():
        pytest.skip("coqc is not installed")
    library = needed("\n".join(bodies))
    modules = [
        f'Goal True. idtac "##theorem {i}". Abort.\nModule M{i}.\n{body}\nEnd M{i}.'
        for i, body in enumerate(bodies)
    ]
    text = "\n\n".join([files.HEADER, AXIOM, library, *modules, "Check (M0.claim_it)."])
    (folder / "Forged.v").write_text(text)
    code, said = run.coqc(folder, "Forged.v", 900)
    assert code == 0, run.first_error(said)
    parts = re.split(r"^##theorem \d+$", said, flags=re.M)[1:]
    assert len(parts) == len(bodies)
    return [part.count("##gap") for part in parts]


SQUARES = {  # of normal draws; so that Coq, too, may multiply and integrate them
    "rademacher": "gaussian", "s + 2": "s**2", "s + 1": "s**2",
    "1/4 - P(s >= 1)": "1/8 - P(s >= 1)",
    "P(s >= 1) - 1/2": "P(s >= 1) - (1 - erf(1/sqrt(2)))/2",
}  # fmt: skip


def drawn(case):
    """The case with normal draws for signs, and a draw where the proof alone speaks of some."""
    text = json.dumps([case.about, case.node])
    for signs, squares in SQUARES.items():
        text = text.replace(signs, squares)
    about, node = json.loads(text)
    if case.lemmas:
        about["variables"] |= {"draw": "gaussian"}
    return case._replace(about=about, node=node)


def test_the_page_counts_the_forgeries():
    cells = [cell(*place) for place in itertools.product(ROWS, RELATIONS, DEFECTS[:-1])]
    true = sum(case is not None for _, case in cells)
    page = (Path(__file__).parents[2] / "docs" / "pages" / "trust.md").read_text(encoding="utf-8")
    assert f"for each of the {len(cells)}, and for none of their {true} true twins" in page


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS)
def test_a_forgery_needs_an_axiom_and_its_true_twin_none(row, export, tmp_path):
    cells = [cell(row, r, d) for r, d in itertools.product(RELATIONS, DEFECTS[:-1])]
    false = [export(forged(drawn(case))[0]) for case, _ in cells]
    assert all(said for _, said in false)
    true = [export(forged(drawn(case))[0], leave=False) for _, case in cells if case is not None]
    bodies = [body for body, _ in (*false, *true)]
    found = gaps_of(bodies, export.needed, tmp_path)
    assert all(found[: len(false)])
    assert not any(found[len(false) :])


COMPARED = ("<=", "<", ">=", ">", "==", "!=")
IMPLIED = {(r, r) for r in COMPARED[:-1]} | {  # of != a cone learns nothing
    ("<", "<="), ("<", "!="), (">", ">="), (">", "!="), ("==", "<="), ("==", ">=")
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("right", ["y", "0"])
def test_what_follows_from_a_comparison_in_coq_is_what_follows(right, export, tmp_path):
    pairs = [*itertools.product(COMPARED, repeat=2)]
    bodies = []
    for given, concluded in pairs:
        about = statement(f"x {concluded} {right}", f"x {given} {right}", x="real", y="real")
        ends = [cone((w, ["h"], "1"), sign=s) for w in ("1", "-1") for s in ("1", "-1")]
        proofs = [sealed(about, end) for end in ends]
        shown = [p for p in proofs if check_of(p) == "proved"]
        assert bool(shown) == ((given, concluded) in IMPLIED)
        bodies.append(export((shown or proofs)[0], leave=not shown)[0])
    found = gaps_of(bodies, export.needed, tmp_path)
    wanted = IMPLIED | {("!=", "!=")}  # which is a fact, and no certificate needs to say
    assert [not gaps for gaps in found] == [pair in wanted for pair in pairs]
