"""Counts by C in quadruple precision (``orbit.c``), for every setting of ``escape``."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LOSSES = (
    "(p-({a}))**2/2",
    "p**4/4-p",
    "p**6/6-p/3",
    "log(1+exp(-p))",
    "sqrt(1+(p-2)**2)",
    "exp(-p)",
)
QUANTITIES = ("p", "f", "pg", "grad")


@dataclass(frozen=True)
class Atom:
    """``quantity < threshold`` or the like; with a shift ``abs(quantity + shift) < threshold``."""

    clause: int
    quantity: str
    shift: str | None
    operator: str
    threshold: str

    def __str__(self) -> str:
        left = self.quantity if self.shift is None else f"abs({self.quantity} + ({self.shift}))"
        return f"{left} {self.operator} {self.threshold}"


def said(atoms: Sequence[Atom]) -> str:
    """Write a condition: clauses joined by ``and``, in each of them ``or``."""
    clauses = sorted({atom.clause for atom in atoms})
    return " and ".join(
        "(" + " or ".join(str(a) for a in atoms if a.clause == clause) + ")" for clause in clauses
    )


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    source = Path(__file__).with_name("orbit.c")
    made = Path(tempfile.mkdtemp(prefix="lemmata-settings-")) / "orbit.so"
    subprocess.run(
        ["gcc", "-O2", "-shared", "-fPIC", str(source), "-o", str(made), "-lquadmath"], check=True
    )
    library = ctypes.CDLL(str(made))
    library.count.restype = ctypes.c_long
    return library


def stepped(
    loss: int,
    at: str,
    factors: Sequence[str],
    pieces: Sequence[tuple[str, int]],
    atoms: Sequence[Atom],
    limit: int,
    clip: str = "0",
    decay: str = "0",
    momentum: str = "0",
    anchor: int = 0,
) -> tuple[int, float]:
    """Count step by step; and how close any comparison came to equality before.

    Returns
    -------
    tuple of int and float
        -1: not within ``limit`` steps; -2: the orbit left the range.
    """
    words = [x for a in atoms for x in (a.shift or "0", a.threshold)]
    codes = [
        c
        for a in atoms
        for c in (
            a.clause,
            QUANTITIES.index(a.quantity),
            a.shift is not None,
            a.operator[0] == "<",
            "=" not in a.operator,
        )
    ]
    closest = ctypes.c_double()

    def texts(values: Sequence[str]) -> ctypes.Array[ctypes.c_char_p]:
        return (ctypes.c_char_p * len(values))(*(x.encode() for x in values))

    found = _library().count(
        loss,
        at.encode(),
        len(factors),
        texts(factors),
        len(pieces),
        texts([size for size, _ in pieces]),
        (ctypes.c_long * len(pieces))(*(steps for _, steps in pieces)),
        clip.encode(),
        decay.encode(),
        momentum.encode(),
        anchor,
        len(atoms),
        (ctypes.c_int * len(codes))(*map(int, codes)),
        texts(words),
        ctypes.c_long(limit),
        ctypes.byref(closest),
    )
    return int(found), closest.value
