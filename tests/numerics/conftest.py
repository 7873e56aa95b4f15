"""The record of a survey: which regimes it has visited."""

from collections import Counter

import pytest


@pytest.fixture
def survey(record_property, request):
    """Count regimes, and report them at the end."""
    visited = Counter()
    yield visited
    shown = ", ".join(f"{name} {n}" for name, n in sorted(visited.items()))
    record_property("regimes", f"{request.node.name.removeprefix('test_')}: {shown}")
