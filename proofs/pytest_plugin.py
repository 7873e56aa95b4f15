"""A pytest plugin: ``pytest lemmas.toml`` takes every claim of a file as a test.

A file is collected if it is named on the command line, or if its name matches the ini option
``lemmata_files`` (default: ``lemmas.toml`` and ``*_lemmas.toml``). A claim passes if it is proved
or supported and its false twin is refuted. Nothing of this project is loaded before that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from theory.claim_files import Unread
    from theory.claims import Claim

FILES = ("lemmas.toml", "*_lemmas.toml")
MAX_SECONDS = 10**7  # as theory.exact has it


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--lemmata-budget`` and the ini option ``lemmata_files``."""
    parser.addini("lemmata_files", "names of files of claims to collect", "args", list(FILES))
    parser.getgroup("lemmata").addoption(
        "--lemmata-budget",
        type=float,
        default=20.0,
        help="CPU seconds for the search of one certificate or counterexample.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Announce the marker that every claim bears, and refuse a budget that is none."""
    budget = config.getoption("--lemmata-budget")
    if not 0 < budget <= MAX_SECONDS:
        raise pytest.UsageError("--lemmata-budget: a positive number of seconds is wanted")
    config.addinivalue_line("markers", "lemma: a claim of a file, checked by lemmata")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take a file of claims."""
    if file_path.suffix not in (".toml", ".json"):
        return None
    named = parent.session.isinitpath(file_path)
    known = any(fnmatch(file_path.name, p) for p in parent.config.getini("lemmata_files"))
    return ClaimFile.from_parent(parent, path=file_path) if named or known else None


class ClaimFile(pytest.File):
    """A file of claims."""

    def collect(self) -> Iterator[pytest.Item]:
        """One test for each table; a file that cannot be read is one error of one line."""
        from proofs.user_claims import entries
        from theory.errors import InputError

        try:
            claims = entries(self.path)
        except InputError as wrong:
            raise self.CollectError(str(wrong)) from None
        for claim in claims:
            yield ClaimTest.from_parent(self, name=claim.name, claim=claim)


class ClaimTest(pytest.Item):
    """One claim as a test."""

    def __init__(self, *, claim: Claim | Unread, **rest: Any) -> None:
        super().__init__(**rest)
        self.claim = claim
        self.add_marker("lemma")

    def runtest(self) -> None:
        """Verify the claim; it fails unless it can be read and stands."""
        from proofs.verification.catalogue import verify
        from proofs.verification.workers import Failure, attempt
        from theory.claim_files import Unread

        if isinstance(self.claim, Unread):
            raise DoesNotStand(str(self.claim.problem))
        budget = self.config.getoption("--lemmata-budget")
        row = attempt(lambda claim: verify(claim, budget=budget), self.claim)
        if isinstance(row, Failure):
            raise DoesNotStand(row.reason)
        self.add_report_section("call", "lemmata", "\n".join(e.detail for e in row.evidence))
        if not row.stands:
            said = [f"{e.verdict.value}: {e.detail}" for e in row.evidence]
            if row.negative_control != "refuted":
                said.append(f"negative control: {row.negative_control}")
            raise DoesNotStand("; ".join(said))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """What is wrong, without a traceback of ours."""
        if isinstance(excinfo.value, DoesNotStand):
            said = getattr(self.claim, "said", "cannot be read")
            return f"{self.claim.name}: {said}\n  {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands."""
        return self.path, None, f"{self.path.name}::{self.name}"


class DoesNotStand(Exception):
    """A claim was refuted, left open or not read, or its false twin was not refuted."""


@pytest.fixture(scope="session")
def certified_count() -> Callable[..., int]:
    """Count gradient-descent steps by proof: ``certified_count(loss, weights, step, until)``.

    The exact integer; the test fails if the engine leaves the count open or proves that the
    condition is never met.
    """
    from numerics.escape import escape

    def count(loss: str, weights: Iterable[Any] | str, step: Any, until: str, **how: Any) -> int:
        found = escape(loss, weights, step, until, **how)
        if found.count is None or found.outcome != "reached":
            bounds = f"between {found.lower} and {found.upper}"
            pytest.fail(f"no exact count: {found.outcome}, {found.reason or bounds}", pytrace=False)
        return found.count

    return count


@pytest.fixture(scope="session")
def proved(pytestconfig: pytest.Config) -> Callable[..., Any]:
    """Demand a proof: ``proved("(1+x)**3 >= 1 + 3*x", hypotheses=["x >= -1"])``.

    Takes what :func:`proofs.api.claim` takes, or a claim; returns the result, with its certificate.
    """
    from proofs import api

    def demand(claim: Any, **parts: Any) -> Any:
        made = api.claim(claim, **parts) if parts else claim
        result = api.verify(made, budget=pytestconfig.getoption("--lemmata-budget"))
        if result.verdict is not api.Verdict.PROVED:
            pytest.fail(f"not proved: {result!r}", pytrace=False)
        return result

    return demand
