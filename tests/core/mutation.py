"""Mutation testing of the core and of the language: change an operator, and see who notices.

    pip install -c constraints.txt -e '.[dev,mutation]'
    python tests/core/mutation.py [--modules rules goals normal] [--sample 60] [--seed 0]
    python tests/core/mutation.py --layer language [--modules counting laws]

Cosmic Ray makes the mutants (it also mutates decorated functions, which the rules are, and which
mutmut leaves alone); this script runs each of them on a copy of the project, so that the tree from
which it is started never changes. Below 95 per cent of killed mutants the exit status is 1. All
mutants are run by ``--sample 0``: some hours.
"""

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
LAYERS = {  # the folder, and the tests of it, those first that notice the most
    "core": (
        "proofs/core",
        ["core/test_certificates.py", "core/test_limits.py", "core/test_loader.py",
         "core/test_values.py", "core/test_rules_property.py"],
    ),
    "language": (
        "theory/language",
        [f"theory/test_{name}.py" for name in (
            "language", "reading", "words", "definedness", "names", "expressions", "logarithms",
            "moments", "capture",
        )],
    ),
}  # fmt: skip
SENSIBLE = re.compile(
    r"core/(AddNot|NumberReplacer|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceFalseWithTrue"
    r"|ReplaceTrueWithFalse|ReplaceUnaryOperator_.*|ReplaceBreakWithContinue"
    r"|ReplaceContinueWithBreak|ZeroIterationForLoop|ReplaceBinaryOperator_"
    r"(Add_Sub|Sub_Add|Mul_Add|Mul_Div|Div_Mul|Pow_Mul|FloorDiv_Div|Mod_Mul|BitAnd_BitOr)"
    r"|ReplaceComparisonOperator_(?!.*(Is|IsNot)$).*)"
)
LIMIT = re.compile(
    r"MAX_|SECONDS|OPERATIONS|PRECISION|METER\.spend|len\(|\[:\d+\]|recursion|nested|bit_length"
    r"|operations|maxsize|grown|eval_limit|range\(12\)"
)
ACCEPTED = 0.95
# Survivors that change nothing which a certificate can prove: the line as changed, and why.
EQUIVALENT = (
    # exp has one part
    "return self.exp(self.canonical(self.value(base.parts[ -1]) * Quotient(fixed(q))))",
    # no coefficient is zero
    "return bool(c >= 0) and all(self.above(v, Relation.GT) for v, _ in (*up, *down))",
    "guess = round(n ** (1 / q)) if 0 < n < 10**15 else -1",
    # a root of a negative monomial: both are right where it is defined, that is, zero
    "parts += [guess] if guess >= -1 and guess**q == n else []",
    # any negative number
    "guess = round(n ** (1 / q)) if 0 <= n < 10**15 else ~1  # exact enough below",
    # of "drawn", "abs" and "**" only the last is not greater
    'if shape.head <= "**":',
    # a.lo > 0 has been dealt with
    "if a.lo >= 0 and a.hi > 0:",
    # both bounds are far below the rounding, as the end is 16 beyond the rate
    "tail = scale * (arb(rate) ** 1 / 2).exp() * ((end - rate) / arb(2).sqrt()).erfc()",
    # a term that is no event has no operator; and the bound for the exponent 0 is 1
    'if p.head != "P" and s == 0 or str(p.value)[0] != (">" if s > 0 else "<"):',
    # a larger exponent is a larger bound
    "n = int(-(~r.p // r.q))  # |u|**r <= max(1, |u|)**n",
    # what a hypothesis needs of all draws is true of all draws
    "if plain or formula.term.drawn and name in self.facts:",
    # != has been dealt with, and >= and > come after ==
    "if zero or fails or (relation <= Relation.EQ and found.allows(Relation.NE))",
    # of "at", "hi" and "lo" only the first is not greater
    'if kind <= "at" and r.lo is not None and r == (r.lo, r.lo, False, False):',
)


def places(module):
    """All places of a module that an operator changes: module, operator, occurrence."""
    tree = get_ast((ROOT / f"{module}.py").read_text())
    nodes = list(ast_nodes(tree))
    for name in sorted(filter(SENSIBLE.fullmatch, operator_names())):
        operator = get_operator(name)()
        count = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        yield from ((module, name, occurrence) for occurrence in range(count))


def mutant(module, name, occurrence):
    """The line, as it was and as it is, and the mutated text; None where there is none to test."""
    source = (ROOT / f"{module}.py").read_text()
    made = mutate_code(source, get_operator(name)(), occurrence)
    if made is None:
        return None
    pairs = enumerate(zip(source.splitlines(), made.splitlines(), strict=False), 1)
    at, (old, new) = next(((i, p) for i, p in pairs if p[0] != p[1]), (0, ("", "")))
    if LIMIT.search(old) or new.strip() in EQUIVALENT:
        return None  # the value of a limit is a choice
    return f"{module}.py:{at} {name}\n  - {old.strip()}\n  + {new.strip()}", made


def survives(copy, module, text, tests, seconds):
    """Whether the tests pass with a mutant in its place, in some CPU time."""
    target = copy / f"{module}.py"
    original = target.read_text()
    target.write_text(text)
    command = [
        sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
        "-k", "not nothing_runs_on", *(f"tests/{name}" for name in tests),
    ]  # fmt: skip
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(copy), *sys.path[1:]]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def limited():
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, preexec_fn=limited
        )
    finally:
        target.write_text(original)
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layer", choices=LAYERS, default="core")
    parser.add_argument("--modules", nargs="+")
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    folder, tests = LAYERS[chosen.layer]
    names = chosen.modules or sorted(p.stem for p in (ROOT / folder).glob("[a-z]*.py"))
    found = [place for name in names for place in places(f"{folder}/{name}")]
    total = len(found)
    random.Random(chosen.seed).shuffle(found)
    left, done, start = [], 0, time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        copy, ignored = Path(place), shutil.ignore_patterns("__pycache__")
        for part in ("proofs", "theory", "numerics", "tests"):
            shutil.copytree(ROOT / part, copy / part, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", copy / "pyproject.toml")
        first = f"{folder}/{names[0]}"
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        if not survives(copy, first, (ROOT / f"{first}.py").read_text(), tests, 1200):
            raise SystemExit("the tests fail without any mutation")
        limit = int(30 + 3 * (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before))
        for module, name, occurrence in found:
            made = mutant(module, name, occurrence)
            if made is None:
                continue
            done += 1
            if survives(copy, module, made[1], tests, limit):
                left.append(made[0])
                print(made[0], flush=True)  # noqa: T201
            print(f"{done}: {len(left)} left, {time.monotonic() - start:.0f} s", flush=True)  # noqa: T201
            if done == chosen.sample:
                break
    score = 1 - len(left) / max(1, done)
    print(f"{score:.1%} of {done} mutants killed ({total} in all)")  # noqa: T201
    return 0 if score >= ACCEPTED else 1


if __name__ == "__main__":
    sys.exit(main())
