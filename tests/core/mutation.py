"""Mutation testing of the core and of the language: change an operator, and see who notices.

    pip install -c constraints.txt -e '.[dev,mutation]'
    python tests/core/mutation.py [--modules rules goals normal] [--sample 60] [--seed 0] [--jobs 2]
    python tests/core/mutation.py --layer language [--modules counting laws]
    python tests/core/mutation.py --layer expressions --each 40
    python tests/core/mutation.py --layer language --each 5 --covering FOLDER

Cosmic Ray makes the mutants (it also mutates decorated functions, which the rules are, and which
mutmut leaves alone). Each is tried in a process of its own that imports the changed text instead of
the file, so the tree never changes; the tests are in the order of what they notice in a second,
in the core the book first (``test_book.py``).
A sample is drawn from all modules in proportion to their places, the same one for the same seed;
with ``--each`` it has as many of every module.
Below 95 per cent of killed mutants the exit status is 1. All mutants are run by ``--sample 0``:
some hours. Those of ``survivors.md`` change nothing, as is argued there, and are left out.
With ``--covering`` a mutant meets all tests of ``tests/theory`` that execute its line, the quickest
first, among them the book of meanings (``tests/theory/test_meanings.py``); which these are is asked
once, in some minutes, and kept in the folder.
"""

import argparse
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import itertools
import os
import random
import re
import resource
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import covering
import pytest
import swapping
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
LAYERS = {  # the folder, and the tests of it, those first that notice the most in a second
    "core": (
        "proofs/core",
        ["core/test_book.py", "core/test_certificates.py", "core/test_limits.py",
         "core/test_loader.py", "core/test_values.py", "core/test_rules_property.py",
         "core/test_forgeries.py", "core/test_hostile.py"],
    ),
    "language": (
        "theory/language",
        [f"theory/test_{name}.py" for name in (
            "meanings", "function_classes", "language", "reading", "definedness", "names",
            "expressions", "logarithms", "moments", "capture",
        )],
    ),
    "expressions": (
        "theory/expressions",
        [f"theory/test_{name}.py" for name in (
            "expressions", "reading", "names", "definedness", "language", "logarithms", "capture",
        )],
    ),
}  # fmt: skip
SENSIBLE = re.compile(
    r"core/(AddNot|NumberReplacer|ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceFalseWithTrue"
    r"|ReplaceTrueWithFalse|ReplaceUnaryOperator_.*|ReplaceBreakWithContinue"
    r"|ReplaceContinueWithBreak|ZeroIterationForLoop|ReplaceBinaryOperator_"
    r"(Add_Sub|Sub_Add|Mul_Add|Mul_Div|Div_Mul|Pow_Mul|FloorDiv_Div|Mod_Mul|BitAnd_BitOr)"
    r"|ReplaceComparisonOperator_(?!.*(Is|IsNot)$)(?!Is_Eq|IsNot_NotEq).*)"
)  # what is compared by identity, a relation or None, is equal to nothing else
LIMIT = re.compile(  # the value of a limit is a choice
    r"MAX_|SECONDS|labour\(|OPERATIONS|PRECISION|METER\.spend|\[:\d+\]|recursion|nested|bit_length"
    r"|10_000|operations|ticks|maxsize|grown|eval_limit|range\(12\)|> 4_000|> 50:|> 256"
)
ACCEPTED = 0.95
SECONDS = {
    "core": 120,
    "language": 120,
    "expressions": 120,
}  # of CPU time: several times what all tests need, also beside other work
SURVIVORS = Path(__file__).with_name("survivors.md")
PRELOADED = ("flint", "hypothesis", "hypothesis.strategies", "mpmath", "numpy", "sympy")
SLOW = (  # of no use here: what needs seconds and notices what others do
    "nothing_runs_on", "nothing_that_is_accepted", "scrambled", "budgets_and_precision",
    "chance_inside",
)  # fmt: skip
QUIET = [*covering.QUIET, "-k", f"not ({' or '.join(SLOW)})"]


def equivalent():
    """The changed lines that ``survivors.md`` argues to change nothing."""
    return set(re.findall(r"^    (\S.*)$", SURVIVORS.read_text(), re.M))


def places(module):
    """All places of a module that an operator changes: module, operator, occurrence."""
    tree = get_ast((ROOT / f"{module}.py").read_text())
    nodes = list(ast_nodes(tree))
    for name in sorted(filter(SENSIBLE.fullmatch, operator_names())):
        operator = get_operator(name)()
        count = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        yield from ((module, name, occurrence) for occurrence in range(count))


def drawn(modules, seed):
    """The places of all modules, in an order of which every beginning is a stratified sample."""
    order = []
    for module in modules:
        found = list(places(module))
        random.Random(f"{seed} {module}").shuffle(found)
        order += [((i + 0.5) / len(found), place) for i, place in enumerate(found)]
    return [place for _, place in sorted(order)]


def mutant(place, argued):
    """The line, as it was and as it is, the mutated text and the place; None if none is to test."""
    module, name, occurrence = place
    source = (ROOT / f"{module}.py").read_text()
    made = mutate_code(source, get_operator(name)(), occurrence)
    if made is None:
        return None
    pairs = enumerate(zip(source.splitlines(), made.splitlines(), strict=False), 1)
    at, (old, new) = next(((i, p) for i, p in pairs if p[0] != p[1]), (0, ("", "")))
    if LIMIT.search(old) or new.strip() in argued:
        return None
    with suppress(SyntaxError):
        compile(made, module, "exec")
        return f"{module}.py:{at} {name}\n  - {old.strip()}\n  + {new.strip()}", made, at
    return None


def sampled(found, argued, each=None):
    """The mutants at some places in order, perhaps only so many of each module."""
    seen = Counter()
    for place in found:
        if each is None or seen[place[0]] < each:
            made = mutant(place, argued)
            if made is not None:
                seen[place[0]] += 1
                yield place, made


class Mutated(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Imports the changed text instead of the file of one module."""

    def __init__(self, module, text):
        super().__init__(module.replace("/", "."), str(ROOT / f"{module}.py"))
        self.text = text

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def get_code(self, fullname):
        return compile(self.text, self.path, "exec", dont_inherit=True)


def attempt(module, text, tests, seconds):
    """Start the tests with a mutant in its place, in a process that says which file notices it."""
    child = os.fork()
    if child:
        return child
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    sys.meta_path.insert(0, Mutated(module, text))
    noticed = len(tests) + 1
    try:
        importlib.import_module(module.replace("/", "."))  # before pytest has a hook of its own
        for i, name in enumerate(tests, 1):
            noticed = i
            if pytest.main(["-x", *QUIET, *name.split("\n")]):
                break
        else:
            noticed = 0
    finally:
        os._exit(noticed)


def killed(mutants, begin, jobs):
    """Try mutants side by side; yield each with the number of the file that noticed it, or 0.

    ``begin`` starts a process for the text of a module.
    """
    running = {}

    def ended():
        child, status = os.wait()
        return (*running.pop(child), os.waitstatus_to_exitcode(status))

    for (module, _, _), (shown, text, at) in mutants:
        if len(running) == jobs:
            yield ended()
        running[begin(module, text, at)] = module, shown
    while running:
        yield ended()


class Tally:
    """What became of the mutants that were tried."""

    def __init__(self, tests):
        self.tests, self.start = tests, time.monotonic()
        self.counts, self.killers = Counter(), Counter()

    def note(self, results):
        """Count mutants as they come, and show those that nobody notices."""
        for module, shown, noticed in results:
            self.counts[module] += 1
            self.killers[module, bool(noticed)] += 1
            self.killers[noticed if 0 <= noticed <= len(self.tests) else -1] += 1
            if not noticed or self.counts.total() % 10 == 0:
                spent = f"{self.killers[0]} left, {time.monotonic() - self.start:.0f} s"
                print(f"{self.counts.total()}: {spent}" if noticed else shown, flush=True)  # noqa: T201

    def report(self, places):
        """Print the figures; say whether enough were killed."""
        for module, count in sorted(self.counts.items()):
            print(f"{module}: {self.killers[module, True]} of {count}")  # noqa: T201
        for i, name in enumerate(self.tests, 1):
            print(f"first noticed by {name}: {self.killers[i]}")  # noqa: T201
        print(f"out of time, or not to be imported: {self.killers[-1]}")  # noqa: T201
        done = self.counts.total()
        score = 1 - self.killers[0] / max(1, done)  # an interrupted run has shown nothing
        print(f"{score:.1%}: {done - self.killers[0]} of {done} mutants killed ({places} places)")  # noqa: T201
        return done > 0 and score >= ACCEPTED


def by_files(mutants, tally, first, seconds, jobs):
    """Let mutants meet files of tests, after the tests without any mutation."""
    none = (first, "", 0), ("", (ROOT / f"{first}.py").read_text(), 1)

    def begin(module, text, at):
        return attempt(module, text, tally.tests, seconds)

    for _, _, noticed in killed([none], begin, 1):
        if noticed:
            raise SystemExit(f"the tests fail without any mutation: {noticed}")
    tally.note(killed(mutants, begin, jobs))


def by_lines(mutants, tally, kept, jobs):
    """Let mutants meet the tests of their lines: first those that change what an import does."""
    every = sorted(f"theory/{p.name}" for p in (ROOT / "tests/theory").glob("test_*.py"))
    spent, lines = covering.covered(ROOT, "theory", every, kept)
    imported, inside = [], []
    for made in mutants:
        codes = swapping.difference(ROOT / f"{made[0][0]}.py", made[1][1])
        (imported if codes is None else inside).append(made)

    def meets(module, at):
        text = (ROOT / f"{module}.py").read_text()
        found = covering.chosen(text, at, spent, lines.get(module, {}))
        return found, 10 + 3 * int(sum(spent[test] for test in found))

    def anew(module, text, at):
        found, seconds = meets(module, at)
        return attempt(module, text, ["\n".join(found)] if found else [], seconds)

    tally.note(killed(imported, anew, jobs))

    def use(items):
        def begin(module, text, at):
            found, seconds = meets(module, at)
            codes = swapping.difference(ROOT / f"{module}.py", text)
            known = [items[test] for test in found if test in items]
            return swapping.attempt(module, codes, known, seconds)

        tally.note(killed(inside, begin, jobs))

    if inside:
        swapping.collected([*QUIET, *(f"tests/{test}" for test in every)], use)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layer", choices=LAYERS, default="core")
    parser.add_argument("--modules", nargs="+")
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--each", type=int, help="of every module, instead of a sample of all")
    parser.add_argument("--skip", type=int, default=0, help="as many, which were tried before")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--covering", type=Path, help="folder of what each test executes")
    chosen = parser.parse_args()
    folder, tests = LAYERS[chosen.layer]
    names = chosen.modules or sorted(p.stem for p in (ROOT / folder).glob("[a-z]*.py"))
    found, argued = drawn([f"{folder}/{name}" for name in names], chosen.seed), equivalent()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    for name in PRELOADED:  # which no mutant changes
        importlib.import_module(name)
    tried = sampled(found, argued, chosen.each)
    mutants = itertools.islice(tried, chosen.sample or None if chosen.each is None else None)
    mutants = itertools.islice(mutants, chosen.skip, None)
    each = [f"tests/{test}" for test in tests]
    tally = Tally(each if chosen.covering is None else ["the tests of its line"])
    with suppress(KeyboardInterrupt):  # what has been tried until then is counted
        if chosen.covering is None:
            first = f"{folder}/{names[0]}"
            by_files(mutants, tally, first, SECONDS[chosen.layer], chosen.jobs)
        else:
            by_lines(mutants, tally, chosen.covering.resolve(), chosen.jobs)
    return 0 if tally.report(len(found)) else 1


if __name__ == "__main__":
    sys.exit(main())
