"""Hypothesis profiles: quick (default), ci, overnight; chosen by LEMMATA_PROFILE."""

import gc
import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

COMMON = {
    "deadline": None,
    "print_blob": True,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("quick", max_examples=25, derandomize=True, **COMMON)
settings.register_profile("ci", max_examples=100, derandomize=True, **COMMON)
settings.register_profile("overnight", max_examples=5000, **COMMON)
settings.load_profile(os.environ.get("LEMMATA_PROFILE", "quick"))


@pytest.hookimpl(tryfirst=True)  # before the marks are asked for
def pytest_collection_modifyitems(items):
    """Of the cases of a test marked ``sample(n)`` only the first n run by default."""
    met = Counter()
    for item in items:
        if (sample := item.get_closest_marker("sample")) is not None:
            test = item.nodeid.partition("[")[0]
            met[test] += 1
            if met[test] > sample.args[0]:
                item.add_marker(pytest.mark.slow)


def pytest_collection_finish():
    """Statements of all tests are alive to the end: the collector need not go through them."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter):
    """Print which regimes the surveys of proved bounds have visited."""
    # A fixture reports at its teardown, and what passes there is filed under "".
    reports = [r for kind in ("", "failed") for r in terminalreporter.stats.get(kind, [])]
    lines = [
        text
        for r in reports
        for name, text in getattr(r, "user_properties", [])
        if name == "regimes"
    ]
    if lines:
        terminalreporter.section("regimes visited")
        for line in sorted(set(lines)):
            terminalreporter.line(line)
