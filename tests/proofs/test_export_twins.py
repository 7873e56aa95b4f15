"""Every kind of exported certificate has a false twin, which Coq refuses with the true proof.

The twin is near: another number, sign or relation in what is concluded, false at a point of what is
assumed. All of a group are told to one Coq that goes on after errors, the true ones beside them, so
that what is refused is refused for the change.
"""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from proofs.evidence import kernel
from proofs.export import translate
from proofs.export.theorem import HEADER, needed
from tests.proofs import test_export_values as values
from tests.proofs.test_export import BY_RULE, OTHERS, certificate
from tests.proofs.test_export_steps import BY_STEP

RULES = {  # the kind: what is said at the end of the statement, and what is false
    "enclose at an end": ("exp x >= 1", "exp x >= 1 + 1 / 1000000"),
    "cone": ("2 * x", "2 * x + 1 / 1000000"),
    "cone of atoms": ("2 * sqrt", "3 * sqrt"),
    "layers, what they assume of accumulators": ("P <= 2", "P < 2"),
    "layers, accumulators at the end": ("0 * c", "c"),
    "several conclusions": ("x > 0", "x > 1"),
    "several conclusions about layers": ("<= S_v", "< S_v"),
    "expectation of a sign and a draw": ("= 10", "= 9"),
    "expectation of signs": ("<= sign_mean", ">= sign_mean"),
    "expectation on the unit interval": ("/ 3", "/ 2"),
    "any sign": ("<= 1", "< 1"),
    **{kind: (right, wrong) for kind, right, wrong in values.CHANGED if kind in BY_RULE},
}
LOGARITHMS = {
    "log(x*y + y) == log(y) + log(x + 1)": ("ln y + ln", "ln y - ln"),
    "log(3*x + 3) == log(3) + log(x + 1)": ("ln 3 +", "ln 2 +"),
    "log((x + 1)/(y + 2)) == log(x + 1) - log(y + 2)": (") - ln", ") + ln"),
    "log(1/(y + 2)) == -log(y + 2)": ("= - ln", "= ln"),
    "log((x + 1)**2*(y + 2)*(x*y + 2*x)/y) == 2*log(x + 1) + 2*log(y + 2) + log(x) - log(y)": (
        "2 * ln (y + 2)", "ln (y + 2)",
    ),
    "exp(2*log(3*x + 3)) == 9*(x + 1)**2": ("9 *", "3 *"),
    "sqrt(x**2*y**2 + y**2) == y*sqrt(x**2 + 1)": ("y * sqrt", "y ^ 2 * sqrt"),
    "(8*x**3*y + 8*x**3)**(1/3) == 2*x*(y + 1)**(1/3)": ("2 * x", "8 * x"),
    "sqrt((y + 1)/x**2)**2 == (y + 1)/x**2": ("/ x ^ 2", "/ x"),
    "sqrt(4*x + 4) == 2*sqrt(x + 1)": ("2 * sqrt", "4 * sqrt"),
    "abs(x*y - 3*y) == y*abs(x - 3)": ("y * Rabs (x - 3)", "y * (x - 3)"),
    "abs(3*x - 3*y)**2 == 9*(x - y)**2": ("9 *", "3 *"),
    "(x*y + y)**x == y**x*(x + 1)**x": ("(x + 1) x", "(x + 1) y"),
    "sqrt(x + sqrt(x + sqrt(y)))**4 == (x + sqrt(x + sqrt(y)))**2": ("^ 2", "^ 3"),
    "positive up to an open end": ("= 1", "= 2"),
    "layers that cite a lemma": ("S_v >= 0", "S_v > 0"),
    "a lemma that is cited": (">= 1", "> 1"),
}  # fmt: skip
STEPS = {
    "cone, negative": ("- x / 2 <>", "- x / 2 + 1 <>"),
    "limit": ("<= 1", "<= 1 - 1 / 1000000"),
    "limit, on the left": (">= 0", ">= 1 / 1000000"),
    "limit, roots": (">= 0", ">= 1 / 1000000"),
    "limit, odd powers": (">= 0", ">= 1 / 1000000"),
    "limit, an inverse of what has quotients": (">= 0", ">= 4 / 3 + 1 / 1000000"),
    "limit, exponents": (">= 0", ">= 1 / 1000000"),
    "limit, error function": (">= 1", ">= 1 + 1 / 1000000"),
    "limit, integers": (">= 0", ">= 1 / 1000000"),
    "error function on a range": ("52 / 100", "53 / 100"),
    "substitute, one variable by another": ("m >= 0", "m > 0"),
    "substitute, a root that has a value by what is known of its inverse": (">= 0", "> 0"),
    "substitute, where what is known names no new variable": ("2 * a", "3 * a"),
    "substitute, facts about the old variable": ("d >= a", "d > a"),
    "substitute, a number for an integer that is not concluded of": ("x >= 1", "x > 1"),
    "layers, a base that may be zero": ("n * 0", "n * 2"),
    "layers, an end of a range that a step needs and what follows too": (">= 0", "> 0"),
}
GAMMA = {
    "gamma(x + 3) == (x + 2)*(x + 1)*gamma(x + 1)": ("(x + 1) * gamma", "x * gamma"),
    "gamma(5) == 24": ("24", "25"),
    "log(gamma(x + 1)) == log(x) + log(gamma(x))": ("ln x +", "ln x -"),
    "gamma(x + 1/2)/gamma(x + 5/2) == 1/((x + 1/2)*(x + 3/2))": ("(x + 3 / 2))", "(x + 5 / 2))"),
    "gamma(n + 2) == (n + 1)*gamma(n + 1)": ("(IZR n + 1) * gamma", "IZR n * gamma"),
}
RANGES = {
    "0 times what has no bounds": (">= 0", "> 0"),
    "gamma": ("> 0", "> 1"),
    "a power of what may be zero": ("57 / 100", "56 / 100"),
    "a slope with pi in it": ("- 1 / 1000", "1 / 1000"),
}

GROUPS: dict[str, tuple[Mapping[str, tuple[str, str]], Mapping[str, str]]] = {
    "rules": (RULES, BY_RULE),
    "logarithms and lemmas": (LOGARITHMS, OTHERS),
    "steps": (STEPS, BY_STEP),
}


def files(group: str) -> dict[str, str]:
    """The true files of a group."""
    if group in GROUPS:
        return {kind: translate(text, "it") for kind, text in GROUPS[group][1].items()}
    if group == "gamma":
        return {kind: translate(values.of_gamma(kind), "it") for kind in values.GAMMA}
    return {
        kind: translate(certificate({**given, "conclusion": said}, proof), "it")
        for kind, (given, said, proof) in values.RANGES.items()
    }


def twin(text: str, right: str, wrong: str) -> str:
    """The file with another end of its last statement."""
    before, theorem, rest = text.rpartition("\nTheorem ")
    said, begun, proof = rest.partition("\nProof.\n")
    first, found, last = said.rpartition(right)
    assert found, said
    return "".join([before, theorem, first, wrong, last, begun, proof])


def defined(texts: list[str], folder: Path) -> list[bool]:
    """Which theorems a Coq has that is told all of them, whatever fails."""
    program = shutil.which("coqtop")
    if program is None or not kernel.available():
        pytest.skip("coqc is not installed")
    bodies = [text.partition(HEADER)[2] for text in texts]
    library = needed("\n".join(bodies))
    told = [HEADER, "Set Silent.", "Set Default Timeout 20.", library]
    for i, body in enumerate(bodies):
        own = body.replace(needed(body), "")
        told.append(f'Goal True. idtac "##theorem {i}". Abort.\nModule M{i}.\n{own}\nAbort All.')
        told.append(f"End M{i}.\nCheck M{i}.claim_it.")
    done = subprocess.run(
        [program, "-q", "-w", "none"], input="\n".join(told), cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True, timeout=3600,
    )  # fmt: skip
    assert "yntax error" not in done.stdout
    parts = re.split(r"##theorem \d+", done.stdout)[1:]
    assert len(parts) == len(texts)
    return [re.search(r"\bM\d+\.claim_it\s+:", part) is not None for part in parts]


def test_every_kind_of_certificate_has_a_false_twin() -> None:
    every = (*GROUPS.values(), (GAMMA, values.GAMMA), (RANGES, values.RANGES))
    for twins, kinds in every:
        assert set(twins) == set(kinds)
    page = Path(__file__).parents[2] / "docs" / "pages" / "trust.md"
    said = f"and {sum(len(twins) for twins, _ in every)} kinds of"
    assert said in page.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("group", "twins"),
    [*((g, t) for g, (t, _) in GROUPS.items()), ("gamma", GAMMA), ("ranges", RANGES)],
)
def test_a_false_twin_is_refused_with_the_proof_of_the_true_one(
    group: str, twins: Mapping[str, tuple[str, str]], tmp_path: Path
) -> None:
    true = files(group)
    false = [twin(text, *twins[kind]) for kind, text in true.items()]
    found = defined([*true.values(), *false], tmp_path)
    missing = [kind for kind, known in zip(true, found, strict=False) if not known]
    accepted = [kind for kind, known in zip(true, found[len(true) :], strict=True) if known]
    assert (missing, accepted) == ([], [])
