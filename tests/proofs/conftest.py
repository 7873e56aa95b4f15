"""Fixtures of several files."""

from tests.proofs.chromium import browser

__all__ = ["browser"]
