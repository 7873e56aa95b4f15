"""Mutants in a process that has collected the tests: a function gets the changed code in its place.

To import the package and to collect the tests costs more than most tests; here it is done once, and
a mutant is a copy of that process (a fork) in which one function has other code. What a module does
while it is imported cannot be changed so.
"""

import functools
import gc
import inspect
import os
import resource
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol


def differing(old, new):
    """The code of the outermost function in which two modules differ, before and after.

    None if what differs is done by the import, or is in more than one function.
    """
    if old.co_flags & inspect.CO_OPTIMIZED:
        return None if old.co_name.endswith(("expr>", "comp>")) else (old, new)
    pairs = [*zip(old.co_consts, new.co_consts, strict=False)]
    inner = [p for p in pairs if all(isinstance(c, CodeType) for c in p) and p[0] != p[1]]
    rest = [p for p in pairs if not isinstance(p[0], CodeType)]
    if len(inner) != 1 or old.co_code != new.co_code or old.co_names != new.co_names:
        return None
    if len(old.co_consts) != len(new.co_consts) or any(repr(a) != repr(b) for a, b in rest):
        return None
    return differing(*inner[0])


def difference(path, text):
    """What a changed text of a module has instead of the code of one function; None if more."""
    return differing(*(compile(t, str(path), "exec") for t in (path.read_text(), text)))


def within(old, new):
    """A function's code and that of all functions in it, before and after."""
    yield old, new
    for a, b in zip(old.co_consts, new.co_consts, strict=False):
        if isinstance(a, CodeType) and isinstance(b, CodeType):
            yield from within(a, b)


def swap(module, old, new):
    """Give all functions with some code the other one; say how many there are."""
    pairs, count = [*within(old, new)], 0
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper):
            found.cache_clear()  # it knows values of the old code
        if isinstance(found, FunctionType) and found.__module__ == module:
            for a, b in pairs:
                if found.__code__ == a and a.co_freevars == b.co_freevars:
                    found.__code__, count = b, count + 1
                    break
    return count


class Collected:
    """A plugin that does something else with the tests than to run them."""

    def __init__(self, use):
        self.use = use

    def pytest_runtestloop(self, session):
        """Use the tests by their names."""
        self.use({item.nodeid: item for item in session.items})
        return True


def collected(arguments, use):
    """Collect tests, and use them."""
    return pytest.main([*arguments, "-s"], plugins=[Collected(use)])


def attempt(module, codes, items, seconds):
    """Start tests with a mutant in its place, in a copy of this process: status 1 if one fails."""
    child = os.fork()
    if child:
        return child
    noticed = 0  # a mutant that is not in its place is not noticed
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        if swap(module.replace("/", "."), *codes):
            noticed = int(any(
                report.failed
                for item in items
                for report in runtestprotocol(item, log=False, nextitem=None)
            ))  # fmt: skip
    except BaseException:  # the mutant has hurt the tests themselves
        noticed = 1
    finally:
        os._exit(noticed)
