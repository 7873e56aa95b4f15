"""How slow this machine is, for budgets of seconds that were measured on another."""

import time

from numerics.problem import Problem
from numerics.starts import draw

PRODUCT = 0.17
"""CPU seconds of the product of ten thousand weights where budgets of tests were measured."""


def slowness() -> float:
    """How many times longer than there that product takes here and now; at least 1."""
    start = draw("near-identity:0.05", 10_000, 2)
    problem = Problem.of("(p+1)**2/2", start, "0.01", "p <= -1/2")
    began = time.process_time()
    problem.holds_at_start()
    return max(1.0, (time.process_time() - began) / PRODUCT)


def seconds(budget: float) -> float:
    """As much work here as a budget is there."""
    return budget * slowness()  # asked each time: what runs beside it comes and goes
