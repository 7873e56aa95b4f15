"""Hypothesis strategies for tests of one's own (extra ``lemmata[testing]``)."""

from numerics.strategies import *  # noqa: F403
