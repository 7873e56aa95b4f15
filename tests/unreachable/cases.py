"""A systematic set of cases without an end: losses x starts x step sizes x targets.

The orbit is followed by the judge, which says how it ends; the targets are then put where it
never is: outside of the range of the loss, behind the start, beyond the limit, outside of what a
bounded orbit visits, below what a diverging orbit leaves, and between two iterates (there the
orbit may also return, and the answer is a count).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.unreachable.judge import LOSSES, products

STEPS = ("0.003", "0.03", "0.1", "0.3", "0.9", "2")
FOLLOWED = 6000


@dataclass(frozen=True)
class Case:
    """One question, with what the judge saw.

    Attributes
    ----------
    kind : str
        How the orbit ends, and where the target is.
    loss, step, until : str
    weights : tuple of str
    seen : int or None
        The first index at which the condition holds among those followed.
    """

    kind: str
    loss: str
    weights: tuple[str, ...]
    step: str
    until: str
    seen: int | None = None


def starts(random: np.random.Generator) -> dict[str, NDArray[np.float64]]:
    """Draw one start of every sort."""
    depth = int(random.integers(2, 9))
    normal = random.normal(size=depth)
    tied = random.normal(size=depth)
    tied[1] = -tied[0]
    pairs = np.repeat(random.normal(size=max(1, depth // 2)), 2)
    zero = random.normal(size=depth)
    zero[0] = 0
    return {
        "one": random.normal(size=1) * 2,
        "gaussian": normal,
        "near identity": 1 + 0.2 * random.normal(size=depth),
        "equal": np.full(depth, random.uniform(0.5, 1.6)),
        "large": 1.5 * random.normal(size=max(2, depth // 2)),
        "tied": tied,
        "pairs": pairs,
        "zero": zero,
    }


def cases(seed: int, rounds: int) -> Iterator[Case]:
    """Yield about eight cases for every loss and round."""
    random = np.random.default_rng(seed)
    for _ in range(rounds):
        for loss in LOSSES:
            for drawn in starts(random).values():
                step = str(random.choice(STEPS))
                weights = tuple(f"{w:.3f}" for w in drawn)
                seen = products(loss, weights, step, FOLLOWED)
                yield from _targets(random, loss, weights, step, seen)


def _targets(
    random: np.random.Generator,
    loss: str,
    weights: tuple[str, ...],
    step: str,
    p: NDArray[np.float64],
) -> Iterator[Case]:
    end = ending(p)
    low, high = p.min(), p.max()
    gap = float(random.choice([0.02, 0.3, 4.0])) * max(1.0, min(abs(low), abs(high), 100))
    asked: dict[str, str] = {}
    bottom = INFIMA.get(loss)
    if bottom is not None and random.random() < 0.15:
        asked["range"] = f"f <= {bottom - random.choice([0.01, 1.0]):.4f}"
    top = SUPREMA.get(loss)
    if top is not None and random.random() < 0.3:
        asked["range"] = f"f >= {top + random.choice([0.01, 1.0]):.4f}"
    if end == "slow":
        # Only what is known for other reasons: p never turns.
        if abs(p[0] - low) < 1e-12 and p[-1] > p[0] and loss in ONE_SIGN:
            asked["behind"] = f"p <= {p[0] - gap:.4f}"
        elif abs(p[0] - high) < 1e-12 and p[-1] < p[0] and loss in ONE_SIGN:
            asked["behind"] = f"p >= {p[0] + gap:.4f}"
    elif end == "blow-up":
        asked |= _diverging(random, p)
    else:
        if random.random() < 0.5:
            asked["above"] = f"p >= {high + gap:.4f}"
        else:
            asked["below"] = f"p <= {low - gap:.4f}"
        jumped = _between(random, p)
        if jumped is not None:
            asked["between"] = jumped
        returned = _returning(random, p)
        if returned is not None:
            asked["returns"] = returned
    for where, until in asked.items():
        met = holds(loss, until, p)
        if not met.any() and where != "returns":
            yield Case(f"{end}: {where}", loss, weights, step, until)
        elif where == "returns" and not met[0]:
            yield Case("returns", loss, weights, step, until, int(np.argmax(met)))


def _diverging(random: np.random.Generator, p: NDArray[np.float64]) -> dict[str, str]:
    """Ask for a place that the orbit jumps over, or has left, on its way to infinity."""
    finite = p[np.abs(p) < 1e6]
    asked = {}
    jumped = _between(random, finite) if len(finite) > 1 else None
    if jumped is not None:
        asked["between"] = jumped
    same = (finite > 0).all() if len(finite) else False
    if same:
        asked["other side"] = f"p <= {-random.choice([0.1, 2.0]):.4f}"
    elif len(finite) and (finite < 0).all():
        asked["other side"] = f"p >= {random.choice([0.1, 2.0]):.4f}"
    return asked


def _between(random: np.random.Generator, p: NDArray[np.float64]) -> str | None:
    """Ask for an interval between two of the values that the orbit takes."""
    values = np.unique(np.round(p, 9))
    gaps = np.diff(values)
    wide = np.flatnonzero(gaps > 0.05)
    if not len(wide):
        return None
    i = int(random.choice(wide))
    centre, radius = (values[i] + values[i + 1]) / 2, gaps[i] * random.choice([0.1, 0.3])
    return (
        f"abs(p - {centre:.4f}) <= {radius:.4f}"
        if centre >= 0
        else (f"abs(p + {-centre:.4f}) <= {radius:.4f}")
    )


def _returning(random: np.random.Generator, p: NDArray[np.float64]) -> str | None:
    """Ask for an interval about an iterate that the orbit has jumped over before."""
    index = int(random.integers(2, 60))
    earlier, centre = p[:index], round(float(p[index]), 6)
    radius = 0.3 * np.abs(earlier - centre).min()
    if not (radius > 1e-3 and earlier.min() < centre < earlier.max()):
        return None
    sign = "-" if centre >= 0 else "+"
    return f"abs(p {sign} {abs(centre):.6f}) <= {radius:.6f}"


def ending(p: NDArray[np.float64]) -> str:
    """Say how an orbit ends, as far as it was followed."""
    if len(p) <= FOLLOWED or abs(p[-1]) > 1e30:
        return "blow-up"
    tail = p[-200:]
    moves = np.abs(np.diff(tail))
    if moves.max() < 1e-13 * max(1, abs(p[-1])):
        steps = np.diff(p)
        turns = (steps[:-1] * steps[1:] < 0) & (np.abs(steps[1:]) > 1e-12)
        return "turns" if turns.any() else "monotone"
    if moves.min() > 1e-3:
        return "cycle" if np.abs(tail[2:] - tail[:-2]).max() < 1e-6 else "bounded"
    return "slow"


def holds(loss: str, until: str, p: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Decide a condition at every iterate, in doubles."""
    with np.errstate(all="ignore"):
        names = {"p": p, "abs": np.abs}
        if until.startswith("f"):
            functions = {
                name: getattr(np, name) for name in ("exp", "log", "cosh", "sqrt", "cos", "tanh")
            }
            names["f"] = eval(loss, functions, {"p": p}) + 0 * p
        found: NDArray[np.bool_] = eval(until, {}, names)
    return found


INFIMA = {
    "(p+1)**2/2": 0.0,
    "(p-1)**2/2": 0.0,
    "p**2/2": 0.0,
    "p**4/4": 0.0,
    "(p**2-1)**2/4": 0.0,
    "p**6/6-p/3": -0.3,
    "exp(p)": 0.0,
    "log(1+exp(p))": 0.0,
    "log(cosh(p-1))": 0.0,
    "sqrt(1+p**2)": 1.0,
    "1-cos(p)": 0.0,
    "p**2/(1+p**2)": 0.0,
    "log(1+exp(-2*p))": 0.0,
    "cosh(p+2)": 1.0,
    "tanh(p)": -1.0,
    "(p-2)**2/2+cos(5*p)/50": -0.02,
    "exp(-p**2/2)": 0.0,
}
SUPREMA = {"1-cos(p)": 2.0, "p**2/(1+p**2)": 1.0, "tanh(p)": 1.0, "exp(-p**2/2)": 1.0}
ONE_SIGN = ("p", "p**3/3+p", "exp(p)", "log(1+exp(p))", "log(1+exp(-2*p))", "tanh(p)", "p**3/3")
