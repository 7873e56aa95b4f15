"""Mutation testing of the trusted core: change one operator, and see whether a test notices.

    python tests/core/mutation.py [--modules rules goals normal] [--sample 60] [--seed 0]

Cosmic Ray makes the mutants (it also mutates decorated functions, which the rules are, and which
mutmut leaves alone); this script runs each of them on a copy of the project, so that the tree from
which it is started never changes. Below 95 per cent of killed mutants the exit status is 1. All
mutants are run by ``--sample 0``: some hours.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
MODULES = ("terms", "ranges", "probability", "normal", "goals", "rules", "check")
TESTS = ("test_certificates.py", "test_loader.py", "test_values.py", "test_rules_property.py")
SENSIBLE = re.compile(
    r"core/(AddNot|NumberReplacer|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceFalseWithTrue"
    r"|ReplaceTrueWithFalse|ReplaceUnaryOperator_.*|ReplaceBreakWithContinue"
    r"|ReplaceContinueWithBreak|ZeroIterationForLoop|ReplaceBinaryOperator_"
    r"(Add_Sub|Sub_Add|Mul_Add|Mul_Div|Div_Mul|Pow_Mul|FloorDiv_Div|Mod_Mul|BitAnd_BitOr)"
    r"|ReplaceComparisonOperator_(?!.*(Is|IsNot)$).*)"
)
LIMIT = re.compile(r"MAX_|SECONDS|OPERATIONS|PRECISION|METER\.spend|len\(|\[:\d+\]|recursion")
ACCEPTED = 0.95
# Survivors that change nothing which a certificate can prove: the line, and why.
EQUIVALENT: dict[str, str] = {}


def mutants(module):
    """All mutants of a module: operator, line number, and the mutated text."""
    source = (ROOT / "proofs" / "core" / f"{module}.py").read_text()
    lines, seen = source.splitlines(), set()
    for name in sorted(filter(SENSIBLE.fullmatch, operator_names())):
        operator = get_operator(name)()
        for occurrence in range(10_000):
            made = mutate_code(source, operator, occurrence)
            if made is None:
                break
            here = made.splitlines()
            at = next((i for i, (a, b) in enumerate(zip(lines, here, strict=False)) if a != b), 0)
            if made in seen or LIMIT.search(lines[at]) or lines[at].strip() in EQUIVALENT:
                continue  # the value of a limit is a choice
            seen.add(made)
            yield name.removeprefix("core/"), module, at, lines[at].strip(), here[at].strip(), made


def survives(copy, module, text):
    """Whether the tests of the core pass with a mutant in its place."""
    target = copy / "proofs" / "core" / f"{module}.py"
    original = target.read_text()
    target.write_text(text)
    command = [
        sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
        "-k", "not nothing_runs_on", *(f"tests/core/{name}" for name in TESTS),
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=240)
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_text(original)
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--modules", nargs="+", default=list(MODULES))
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    found = [m for module in chosen.modules for m in mutants(module)]
    total = len(found)
    if chosen.sample:
        found = random.Random(chosen.seed).sample(found, min(chosen.sample, total))
    left, start = [], time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("proofs", "theory", "numerics"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "tests" / "core", copy / "tests" / "core")
        for name in ("pyproject.toml", "tests/conftest.py"):
            shutil.copy(ROOT / name, copy / name)
        for i, (operator, module, at, old, new, text) in enumerate(found, 1):
            if survives(copy, module, text):
                left.append(f"{module}.py:{at + 1} {operator}\n  - {old}\n  + {new}")
                print(left[-1], flush=True)  # noqa: T201
            print(f"{i}/{len(found)}: {len(left)} left, {time.monotonic() - start:.0f} s", flush=True)  # noqa: T201
    score = 1 - len(left) / max(1, len(found))
    print(f"{score:.1%} of {len(found)} mutants killed ({total} in all)")  # noqa: T201
    return 0 if score >= ACCEPTED else 1


if __name__ == "__main__":
    sys.exit(main())
