"""Which tests execute a line: asked once with coverage.py, so that a mutant meets those only."""

import ast
import hashlib
import json
import os
import time
import traceback
from collections import Counter
from pathlib import Path

import coverage
import pytest

BUDGET = 20.0  # seconds of CPU time for the tests of one mutant, as the coverage was recorded
QUIET = ["-q", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
QUIET += ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:lemmata"]


class Recorder:
    """A plugin that notes which lines each test executes, and what it costs."""

    def __init__(self, folder):
        self.watch = coverage.Coverage(
            source=[str(folder)], data_file=None, config_file=False, messages=False
        )
        self.spent = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item):
        self.watch.switch_context(item.nodeid)
        start = time.process_time()
        outcome = yield
        if outcome.excinfo is None:
            self.spent[item.nodeid] = time.process_time() - start
        self.watch.switch_context("")


def recorded(root, folder, test, kept):
    """Run a file of tests in a process of its own, and keep what each executes in a file."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        plugin = Recorder(root / folder)
        plugin.watch.start()
        pytest.main([*QUIET, f"tests/{test}"], plugins=[plugin])
        plugin.watch.stop()
        data, lines = plugin.watch.get_data(), {}
        for file in data.measured_files():
            name = Path(file).relative_to(root).with_suffix("").as_posix()
            lines[name] = {n: [*c] for n, c in data.contexts_by_lineno(file).items()}
        kept.write_text(json.dumps({"spent": plugin.spent, "lines": lines}))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def covered(root, folder, tests, kept):
    """What every test of some files executes: seconds by test, and tests by module and line.

    A file of tests that was recorded before, with the same text, is not run again; what is kept is
    for one state of the code only, so that a change of that needs a new folder.
    """
    kept.mkdir(parents=True, exist_ok=True)
    spent, lines = {}, {}
    for test in tests:
        text = (root / "tests" / test).read_bytes()
        file = kept / f"{Path(test).stem}-{hashlib.sha256(text).hexdigest()[:12]}.json"
        if not file.exists():
            recorded(root, folder, test, file)
        found = json.loads(file.read_text())
        spent.update(found["spent"])
        for module, rows in found["lines"].items():
            for n, names in rows.items():
                lines.setdefault(module, {}).setdefault(int(n), set()).update(names)
    return spent, lines


def statement(tree, line):
    """The lines of the innermost statement around one, without those of the statements in it."""
    around = [
        n for n in ast.walk(tree) if isinstance(n, ast.stmt) and n.lineno <= line <= n.end_lineno
    ]
    if not around:
        return range(line, line + 1)
    inner = min(around, key=lambda n: n.end_lineno - n.lineno)
    body = getattr(inner, "body", None)
    end = body[0].lineno - 1 if isinstance(body, list) and body else inner.end_lineno
    return range(inner.lineno, max(end, line) + 1)


def imported(tree, line):
    """Whether a line is executed while its module is imported: it is in no function."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    around = (n for n in ast.walk(tree) if isinstance(n, functions))
    return not any(n.body[0].lineno <= line <= n.end_lineno for n in around)


def chosen(source, line, spent, lines):
    """The tests that execute a line, the quickest first; of what an import executes, any.

    Cases of one test notice much the same: the quickest of every test comes before any second one.
    What an import makes, a table say, is looked at by lines elsewhere: those tests that execute its
    own lines (the functions in it) come first, then all others of the module.
    """
    tree = ast.parse(source)
    found = set().union(*(lines.get(n, ()) for n in statement(tree, line)))
    own, every = found & set(spent), set().union(*lines.values()) & set(spent)
    order, total = [], 0.0
    for test in (*ranked(own, spent), *ranked(every - own if imported(tree, line) else (), spent)):
        total += spent[test]
        if order and total > BUDGET:
            break
        order.append(test)
    return order


def ranked(tests, spent):
    """Tests by what they cost, those of one kind in turns with the others."""
    seen, found = Counter(), []
    for test in sorted(tests, key=lambda t: (spent[t], t)):
        found.append((seen[test.partition("[")[0]], test))
        seen[test.partition("[")[0]] += 1
    return [test for _, test in sorted(found, key=lambda r: r[0])]
