"""Formulas, claims and bent documents, drawn at random."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.documents import RAW, Raw

ROOT = Path(__file__).parents[2]
HOSTILE = (
    *("", " ", "-", "--", "nan", "inf", "-inf", "-1", "0", "1/0", "0x10", "1_000", "1e999999"),
    *("-1e-999999", "9" * 5000, "٣", "½", "\x1b[31mred", "[bold]x[/]", "[/]", "a\nb", "a\r\nb"),
    *("a\tb", "\u202egnp", "\u200b", "𝕏", "é", "<script>alert(1)</script>", "{{7*7}}", "{0}", "%s"),
    *("$(id)", "`id`", "'", '"', "\\", "; true", "| true", "a" * 300, "a/b", "true", "None", "x"),
    *(
        "__import__('os')",
        "lambda: 0",
        "x.real",
        "x[0]",
        "x; y",
        "x = 1",
        "1 if x else 2",
        "p" * 99,
    ),
    *("/dev/null", "/dev/zero", "/dev/full", "/proc/self/mem", "/", ".", "no/such/folder/file"),
    *(
        "(" * 400 + "x" + ")" * 400,
        "-" * 3000 + "x",
        "x**" * 60 + "2",
        "x+" * 4000 + "x",
        "9**9**9",
    ),
    *("2**10**9", "x**(1/10**9)", "(1+x)**100000", "x**1e9", "exp(exp(exp(exp(99))))", "log(-1)"),
)
_NAMES = ("x", "y", "eta", "n", "k", "p", "f", "P", "S", "A", "w", "lambda", "E", "e", "pi", "I")
_WELL_NAMED = ("x", "y", "eta", "n", "k", "w")
_FUNCTIONS = (
    "exp",
    "log",
    "sqrt",
    "abs",
    "sin",
    "cos",
    "tanh",
    "min",
    "max",
    "erf",
    "E",
    "P",
    "det",
)
_RELATIONS = (*("<=", ">=", "<", ">", "==") * 12, "!=", "=", "=<", "<= x <=")
_DOMAINS = (
    "real",
    "real",
    "positive",
    "nonnegative",
    "integer",
    "matrix",
    "commuting",
    "uniform",
    "gaussian",
    "[0, 10^308]",
)


@cache
def examples() -> tuple[dict[str, Any], ...]:
    """Every claim on the page of the language, without what that page says of it."""
    page = (ROOT / "proofs" / "writing-claims.md").read_text("utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    tables = (table for block in blocks for table in tomllib.loads(block).values())
    return tuple({k: v for k, v in table.items() if k != "truth"} for table in tables)


class Formulas:
    """Draws of one source of randomness.

    Attributes
    ----------
    calm : bool
        Nothing is wrong but at most one thing.
    """

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: tuple[str, ...] = ("p",)
        self.calm = random.random() < 0.6

    def _claim_file(self) -> dict[str, Any]:
        return {name: self._one_claim() for name in ("a", "b")[: self.random.randint(1, 2)]}

    def _one_claim(self) -> dict[str, Any]:
        pick, some = self.random.choice, self.random.random
        if some() < 0.3:
            self.names = ("x",)
            return dict(pick(examples()))
        self.names = tuple(self.random.sample(_WELL_NAMED if self.calm else _NAMES, 2))
        claim: dict[str, Any] = {
            "variables": {n: pick(_DOMAINS) for n in self.names},
            "conclusion": self._claim(3),
        }
        if some() < 0.4:
            claim["hypotheses"] = {
                "h": self._claim(2),
                pick(("g", "vector", "m_1")): self._claim(1),
            }
        if some() < 0.3:
            claim["constants"] = {"c": pick(("1/2", 2, "0.55", "-3", "{a.c}"))}
            claim["sharpen"] = "c"
        if some() < 0.2:
            claim["definitions"] = {"d": self._formula(2)}
        if some() < 0.2:
            claim["matrices"] = {"M": [["1", "2"], [self._formula(1), "2"]]}
        if some() < 0.2:
            self.names = (*self.names, "P", "S")
            claim["conclusion"] = self._claim(2)
            claim["layers"] = {
                "variables": {"x": "nonnegative"},
                "start": {"P": "1", "S": "0"},
                "next": {"P": self._formula(2), "S": "S + x"},
            }
        return claim

    def _claim(self, depth: int) -> str:
        return f"{self._formula(depth)} {self.random.choice(_RELATIONS)} {self._formula(depth - 1)}"

    def _formula(self, depth: int) -> str:
        pick = self.random.choice
        if depth <= 0 or self.random.random() < 0.2:
            if self.random.random() < (0.003 if self.calm else 0.02):
                return pick((self._hostile(), *_NAMES))
            return pick((*self.names, *self.names, "0", "1", "2", "1/3", "0.55", "10**30", "1e-40"))
        kind = self.random.randrange(5)
        if kind == 0:
            arguments = ", ".join(
                self._formula(depth - 1) for _ in range(self.random.randint(1, 2))
            )
            return f"{pick(_FUNCTIONS)}({arguments})"
        if kind == 1:
            exponent = pick(("2", "3", "-1", "0", "(1/2)", "n", "x", "1.5"))
            return f"({self._formula(depth - 1)})**{exponent}"
        if kind == 2:
            return f"(-{self._formula(depth - 1)})"
        return f"({self._formula(depth - 1)} {pick('+-*/')} {self._formula(depth - 1)})"

    def _bend(self, value: Any) -> Any:
        """The same document with a few nodes replaced, lost, renamed or repeated."""
        for _ in range(self.random.choice((0, 0, 0, 1) if self.calm else (1, 1, 2, 4))):
            value = self._bend_once(value)
        return value

    def _bend_once(self, value: Any) -> Any:
        if isinstance(value, dict) and value:
            key = self.random.choice(list(value))
            if self.random.random() < 0.75:
                return {**value, key: self._bend_once(value[key])}
            changed = dict(value)
            taken = changed.pop(key)
            if self.random.random() < 0.6:
                changed[self._hostile()] = taken
            return changed
        if isinstance(value, list) and value:
            place = self.random.randrange(len(value))
            if self.random.random() < 0.75:
                return [*value[:place], self._bend_once(value[place]), *value[place + 1 :]]
            return value[:place] + value[place:] * self.random.choice((0, 2))
        return self.random.choice(
            (
                self._hostile(),
                0,
                -1,
                10**30,
                True,
                [],
                {},
                [[]],
                {"x": "real"},
                0.5,
                self._formula(3),
                Raw(self.random.choice(RAW)),
            )
        )

    def _hostile(self) -> str:
        return self.random.choice(HOSTILE)
