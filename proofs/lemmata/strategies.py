"""Hypothesis strategies for tests of one's own (extra ``lemmata[testing]``)."""

from theory.tools import hint

try:
    from numerics.strategies import *  # noqa: F403
except ModuleNotFoundError as missing:
    if missing.name != "hypothesis":
        raise
    raise ModuleNotFoundError(hint("hypothesis"), name="hypothesis") from None
