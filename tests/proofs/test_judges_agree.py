"""Three judges of random small statements: the core, exact evaluation at points, and Coq.

What the search proves and the core accepts must hold at every rational point at which the
hypotheses hold, and Coq must accept the same proof.
"""

import random
from fractions import Fraction

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.export import Untranslatable, translate
from proofs.export.run import compile_all
from proofs.refutation.violation import violation
from proofs.search import prove
from theory.claims import statement
from theory.errors import InputError

LEAVES = ("x", "y", "x", "y", "1", "2", "1/2", "3")
JOINED = ("{} + {}", "{} - {}", "({})*({})", "({})/(1 + ({})**2)", "max({}, {})", "min({}, {})")
APPLIED = ("exp({})", "abs({})", "({})**2", "sqrt(1 + ({})**2)", "log(2 + abs({}))", "tanh({})")
HYPOTHESES = ({}, {"a": "x >= 0"}, {"a": "x >= 0", "b": "y <= 1"}, {"a": "x <= y"})


def term(source: random.Random, depth: int) -> str:
    if depth == 0 or source.random() < 0.25:
        return source.choice(LEAVES)
    if source.random() < 0.4:
        return source.choice(APPLIED).format(term(source, depth - 1))
    parts = (term(source, depth - 1) for _ in range(2))
    return source.choice(JOINED).format(*parts)


def random_statement(source: random.Random):
    left, right = (term(source, 2) for _ in range(2))
    operator = source.choice((">=", ">", ">=", "=="))
    return statement(
        {"x": "real", "y": "real"}, f"{left} {operator} {right}",
        hypotheses=source.choice(HYPOTHESES),
    )  # fmt: skip


def proved(count: int, seed: int):
    """Random statements that are proved, with their certificates."""
    source, found = random.Random(seed), []
    while len(found) < count:
        try:
            claim = random_statement(source)
        except InputError:
            continue
        evidence = prove(claim, 0.4)
        if evidence.verdict is Verdict.PROVED:
            found.append((claim, evidence.data["certificate"]))
    return found


def points(source: random.Random, count: int):
    for _ in range(count):
        size = source.choice((1, 10, 1000))
        pair = (
            Fraction(source.randint(-size * 12, size * 12), source.randint(1, 12)) for _ in "xy"
        )
        yield dict(zip("xy", pair, strict=True))


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_what_is_proved_holds_at_every_point(seed):
    source = random.Random(seed + 100)
    for claim, _ in proved(40 if seed == 0 else 400, seed):
        for point in points(source, 40):
            assert violation(claim, point) is None, (str(claim.conclusion), point)


@pytest.mark.slow
def test_what_is_proved_coq_accepts():
    files, unwritten = {}, 0
    for i, (_, certificate) in enumerate(proved(60, 7)):
        try:
            files[str(i)] = translate(certificate, f"random-{i}")
        except Untranslatable:
            unwritten += 1
    outcomes = compile_all(files, 2, seconds=120)
    assert not {n: o.reason for n, o in outcomes.items() if not o.accepted}
    assert unwritten <= 6
