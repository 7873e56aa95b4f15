"""One cell of a sweep: an experiment named by its content, and the random numbers it draws."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np

ID_DIGITS = 20
_VERSION = "lemmata cell 1"


@dataclass(frozen=True, slots=True)
class Cell:
    """One experiment: everything that determines its rows, in canonical spelling.

    Attributes
    ----------
    depth : int
        The number of layers, k.
    width : int
        Neurons per layer; 1 is the scalar net F(w) = f(w_1 ... w_k).
    init : str
        How the start is drawn.
    loss : str
        f as a formula in p.
    step : str
        The step size, exactly.
    until : str
        The stop condition.
    seed : int
        Which draw.
    starts : int
        How many starts are drawn one after the other; more than one for vectorised engines only.
    engine : str
        Who counts.
    bound : str
        ``"box"``: give the proved lower bound on the count too; ``""``: none.
    max_steps : int or None
        Limit on the steps that are followed one by one, per start.
    max_seconds : str or None
        Limit on the CPU time of one start, or of the cell where starts are counted together.
        Rows that it ended say so; they are the only ones that may depend on the machine.
    setting : str
        What is changed about gradient descent (:mod:`numerics.sweeps.setting`); empty: nothing,
        and then it is no part of the content.
    """

    depth: int
    width: int
    init: str
    loss: str
    step: str
    until: str
    seed: int
    starts: int
    engine: str
    bound: str
    max_steps: int | None
    max_seconds: str | None
    setting: str = ""

    @property
    def content(self) -> str:
        """The cell as canonical JSON: sorted keys, no spaces."""
        # A sweep has up to 200,000 cells, so this spells out what _canonical says of all fields.
        setting = f'"setting":{_quoted(self.setting)},' if self.setting else ""
        return (
            f'{{"bound":{_quoted(self.bound)},"depth":{self.depth},'
            f'"engine":{_quoted(self.engine)},"init":{_quoted(self.init)},'
            f'"loss":{_quoted(self.loss)},"max_seconds":{_quoted(self.max_seconds)},'
            f'"max_steps":{_quoted(self.max_steps)},"seed":{self.seed},{setting}"starts":{self.starts},'
            f'"step":{_quoted(self.step)},"until":{_quoted(self.until)},"width":{self.width}}}'
        )

    @property
    def id(self) -> str:
        """The identifier: the first 80 bits of the SHA-256 of the content, in hexadecimal."""
        return id_of(self.content)

    @classmethod
    def of(cls, content: str) -> Cell:
        """Read a cell from its canonical JSON.

        Raises
        ------
        ValueError
            For anything that is not the content of a cell.
        """
        data = json.loads(content)
        if not isinstance(data, dict) or data.keys() | {"setting"} != _NAMES:
            raise ValueError("not the content of a cell")
        if not data.get("setting", "plain"):
            raise ValueError("a setting that changes nothing is not written")
        if wrong := [name for name, value in data.items() if not _fits(name, value)]:
            raise ValueError(f"{wrong[0]} is not what a cell has there")
        return cls(**data)

    def generator(self) -> np.random.Generator:
        """Make the random numbers of this cell: PCG64, SeedSequence of the start's own content.

        Only what the start depends on enters: ``init``, ``depth``, ``width`` and ``seed``. Cells
        that differ in loss, step, stop condition or engine share their start, so comparisons
        between them are paired; fewer ``starts`` are the first ones of more; and no draw changes
        when values are added to the grid.
        """
        drawn = {n: getattr(self, n) for n in ("init", "depth", "width", "seed")}
        digest = hashlib.sha256(f"{_VERSION} start\n{_canonical(drawn)}".encode()).digest()
        entropy = int.from_bytes(digest[:16], "big")
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


_NAMES = frozenset(f.name for f in fields(Cell))
_NUMBERS = frozenset({"depth", "width", "seed", "starts"})


def _fits(name: str, value: Any) -> bool:
    if name in _NUMBERS:
        return type(value) is int and 0 <= value < 2**63
    if name == "max_steps":
        return value is None or type(value) is int
    return isinstance(value, str) or (name == "max_seconds" and value is None)


def _canonical(data: dict[str, Any]) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=1_000, typed=True)
def _quoted(value: str | int | None) -> str:
    return json.dumps(value, ensure_ascii=False)


def id_of(content: str) -> str:
    """Return the identifier of the cell with this content; see :attr:`Cell.id`."""
    return hashlib.sha256(f"{_VERSION}\n{content}".encode()).hexdigest()[:ID_DIGITS]
