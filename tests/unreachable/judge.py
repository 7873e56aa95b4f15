"""Orbits by C in quadruple precision (``orbit.c``), compiled when it is asked for."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LOSSES = (
    "(p+1)**2/2",
    "(p-1)**2/2",
    "p**2/2",
    "p**4/4",
    "(p**2-1)**2/4",
    "p",
    "p**3/3+p",
    "p**6/6-p/3",
    "exp(p)",
    "log(1+exp(p))",
    "log(cosh(p-1))",
    "sqrt(1+p**2)",
    "1-cos(p)",
    "p**2/(1+p**2)",
    "log(1+exp(-2*p))",
    "p**3/3",
    "cosh(p+2)",
    "tanh(p)",
    "(p-2)**2/2+cos(5*p)/50",
    "exp(-p**2/2)",
)


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    source = Path(__file__).with_name("orbit.c")
    folder = Path(tempfile.mkdtemp(prefix="lemmata-orbit-"))
    made = folder / "orbit.so"
    subprocess.run(
        ["gcc", "-O2", "-shared", "-fPIC", str(source), "-o", str(made), "-lquadmath"], check=True
    )
    return ctypes.CDLL(str(made))


def products(loss: str, weights: Sequence[str], step: str, steps: int) -> NDArray[np.float64]:
    """Return p_0, p_1, ... as doubles, up to ``steps`` or until they are no longer finite.

    Parameters
    ----------
    loss : str
        One of :data:`LOSSES`.
    weights : sequence of str, shape (k,)
        Decimals.
    """
    high, low = np.empty(steps + 1), np.empty(steps + 1)
    start = (ctypes.c_char_p * len(weights))(*(w.encode() for w in weights))
    found = _library().orbit(
        LOSSES.index(loss),
        len(weights),
        start,
        step.encode(),
        steps,
        high.ctypes.data_as(ctypes.c_void_p),
        low.ctypes.data_as(ctypes.c_void_p),
    )
    return high[:found]
