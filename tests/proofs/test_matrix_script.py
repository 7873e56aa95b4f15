"""Counterexamples in matrices: found by refute, shown by a script, hypotheses audited."""

import subprocess
import sys

import pytest

from proofs.refutation.refute import refute
from proofs.refutation.standalone import script
from proofs.verification.audit import audit
from theory.claims import statement

WRONG = [
    ({"A": "matrix", "B": "matrix"}, "A*B == B*A", {}),
    ({"A": "matrix", "c": "real"}, "tr(c*A**2)/2 == tr(A)", {}),
    ({"S": "matrix"}, "S**2 - I == 0", {"symmetric": "T(S) == S"}),
]


@pytest.mark.parametrize(("variables", "conclusion", "hypotheses"), WRONG)
def test_the_script_confirms_and_notices_forgery(variables, conclusion, hypotheses, tmp_path):
    made = statement(variables, conclusion, hypotheses=hypotheses)
    found = refute(made)
    path = tmp_path / "script.py"
    path.write_text(script(made, found))
    assert subprocess.run([sys.executable, path], capture_output=True).returncode == 0
    left, _ = conclusion.split("==")
    path.write_text(script(statement(variables, f"{left} == {left}"), found))
    assert subprocess.run([sys.executable, path], capture_output=True).returncode == 1


def test_true_identities_are_not_refuted():
    assert refute(statement({"A": "matrix", "B": "matrix"}, "tr(A*B) == tr(B*A)")) is None


def test_balance_is_needed():
    variables = {"V": "matrix", "W": "matrix"}
    made = statement(
        variables, "V*W*T(V*W) == (V*T(V))**2", hypotheses={"balanced": "T(V)*V == W*T(W)"}
    )
    found = audit(made, 2)
    assert found.witness
    assert [row.need for row in found.hypotheses] == ["needed"]
