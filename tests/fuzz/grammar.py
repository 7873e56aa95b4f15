"""Inputs for every command and every file format: plausible ones, bent at random places.

Arguments come from the commands' own parameters, so that a new option is fuzzed from its first
day. Files come from true ones, changed in their structure (a value of another kind, a key lost, a
name that is hostile) or in their bytes.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import click

from proofs import cli
from proofs.presentation.report import seal
from tests.fuzz.contract import Input
from tests.fuzz.documents import toml

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
SUBCOMMANDS = (*(c for c in cli.COMMANDS if c != "corpus"), *("verify", "check", "refute", "sweep"))
_NAMES = ("x", "y", "eta", "n", "k", "p", "f", "P", "S", "A", "w", "lambda", "E", "e", "pi", "I")
_WELL_NAMED = ("x", "y", "eta", "n", "k", "w")
# Options that a sensible user does not mix: those that are given, and those that are not.
_EITHER: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "escape": [
        (("--weights",), ("--init", "--depth", "--seed")),
        (("--init", "--depth", "--seed"), ("--weights",)),
    ],
    "sweep": [(("--store", "--jobs"), ("--scheduler", "--only")), ((), ("--scheduler", "--store"))],
    "report": [(("--results",), ("names", "--resume")), ((), ("--results",))],
    "sharpen": [((), ("--constant",))],
    "theorems": [
        (("--changed",), ("papers", "--markdown", "--check", "--results", "--resume", "--level")),
        ((), ("--changed",)),
    ],
}
_CHEAP = {"--results", "--markdown", "--check", "--changed"}
_CONSTANTS = (
    *("arora-wider-balance.step", "du-hu-gradient.gradient", "zas-gd-rate.rate"),
    *("assumption-1-square-gap.gap", "du-hu-radius.gradient", "du-hu-radius.x", "nobody.c", "c"),
)
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
)


def inputs(
    seed: int, samples: dict[str, bytes], commands: Sequence[str] = SUBCOMMANDS
) -> Iterator[Input]:
    """Draw inputs without end.

    Parameters
    ----------
    seed : int
        The same seed draws the same inputs.
    samples : dict
        Kind of file ("claims", "certificate", "ledger", "results", "store", "sweep", "weights")
        -> a true one.
    commands : sequence of str
        Draw from these only.
    """
    number = 0
    while True:
        yield Draw(Random(f"{seed}/{number}"), samples, commands).input()
        number += 1


class Draw:
    """One input, drawn with one source of randomness."""

    def __init__(
        self, random: Random, samples: dict[str, bytes], commands: Sequence[str] = SUBCOMMANDS
    ) -> None:
        self.random, self.samples, self.commands = random, samples, commands
        self.files: dict[str, bytes] = {}
        self.names: tuple[str, ...] = ("p",)
        self.calm = random.random() < 0.6  # nothing is wrong but at most one thing

    def input(self) -> Input:
        if self.random.random() < 0.03:
            words = tuple(self._hostile() for _ in range(self.random.randint(0, 3)))
            # A corpus takes minutes unless something is wrong with its options.
            return Input(("corpus", "--budget", *words) if self.random.random() < 0.3 else words)
        name = self.random.choice(self.commands)
        command = import_module(f"proofs.commands.{name}").command
        words = [name]
        if isinstance(command, click.Group):
            child = self.random.choice(sorted(command.commands))
            words.append(child)
            command = command.commands[child]
        arguments: list[str] = []
        kept, lost = self.random.choice(_EITHER.get(name, [((), ())])) if self.calm else ((), ())
        for parameter in command.params:
            if parameter.opts[0] in kept:
                arguments += [parameter.opts[0], self._value(name, parameter.opts[0], parameter)]
            elif parameter.opts[0] not in lost:
                arguments += self._parameter(name, parameter)
        if name == "theorems" and not _CHEAP & set(arguments):
            arguments.append("--markdown")  # without, all that theorems rest on would be verified
        if not self.calm and self.random.random() < 0.05:
            arguments.insert(self.random.randint(0, len(arguments)), self._hostile())
        return Input(tuple(a.replace("\0", "") for a in (*words, *arguments)), self.files)

    def _parameter(self, command: str, parameter: click.Parameter) -> list[str]:
        option = parameter.opts[0]
        if isinstance(parameter, click.Argument):
            count = self.random.randint(0, 2) if parameter.nargs < 0 else 1
            if option in ("names", "files"):
                count = max(count, 1)  # without a name the whole catalogue would be verified
            return [self._value(command, option, parameter) for _ in range(count)]
        short = {"--budget", "--max-seconds", "--max-steps", "--seconds", "--jobs", "--runs"}
        wanted = parameter.required or option in short
        if option == "--results" and command == "report":
            wanted = self.random.random() < 0.9
        if self.random.random() < ((0.01 if self.calm else 0.04) if wanted else 0.7):
            return []
        if getattr(parameter, "is_flag", False):
            slow = option in ("--compile", "--fresh")
            return [] if slow and self.random.random() < 0.9 else [option]
        if option == "--level" and self.random.random() < 0.95:
            return []
        return [option, self._value(command, option, parameter)]

    def _value(self, command: str, option: str, parameter: click.Parameter) -> str:
        if self.random.random() < (0.01 if self.calm else 0.06):
            return self._hostile()
        return str(self._plausible(command, option, parameter))

    def _plausible(self, command: str, option: str, parameter: click.Parameter) -> object:
        pick = self.random.choice
        made: dict[str, Callable[[], object]] = {
            "--budget": lambda: 100 if command == "compare" else pick(("0.2", "0.01", "1e-9")),
            "--max-seconds": lambda: pick(("0.3", "0.01", "1e-300")),
            "--seconds": lambda: pick(("0.1", "0.01")),
            "--max-steps": lambda: pick((0, 1, 100, 10**30)),
            "--jobs": lambda: pick((1, 1, 1, 2)),
            "--runs": lambda: pick((1, 1, 2)),
            "--depths": lambda: pick(("2", "2,3", "1", "2,,3", "2,2")),
            "--depth": lambda: pick((1, 2, 3, 7, "k") if command == "derive" else (1, 7, 40)),
            "--seed": lambda: pick((0, 1, -1, 2**63, 2**200)),
            "--digits": lambda: pick((1, 15, 60, 0)),
            "--width": lambda: pick((0, 5, 10**20) if command == "escape" else ("1e-2", "1e-3")),
            "--loss": lambda: pick(("(p+1)**2/2", "p**4-p", self._formula(3))),
            "--weights": lambda: pick(("0.3,-1.2,0.7", "0.5,0.5,2", "1", self._file("weights"))),
            "--init": lambda: pick(("gaussian", "uniform", "near-identity:0.2", "gaussian:2")),
            "--step": lambda: pick(("0.05", "1/20", "1e-40", "3")),
            "--until": lambda: pick(("abs(p+1) <= 1/2", "p <= -1/2", "f < 0.1", self._claim(2))),
            "--method": lambda: pick(("auto", "certified", "ball", "direct", "float", "flow")),
            "--scheduler": lambda: "tcp://127.0.0.1:1",
            "--only": lambda: "0" * 16,
            "--constant": lambda: pick(("c", "C", "eta")),
            "--changed": lambda: (
                f"{pick(_CONSTANTS)}={pick(('23', '1/7', '-1', '1e-9', '0', 'x'))}"
            ),
            "--cell": lambda: "0" * 16,
            "--store": lambda: self._file("store", at=False),
            "--results": lambda: pick(
                (self._file("results", at=False), self._file("ledger", at=False))
            ),
            "--resume": lambda: pick(("fresh.ledger", self._file("ledger", at=False))),
            "--certificates": lambda: pick(("folder", "claims.toml")),
            "names": lambda: self._claims(),
            "claim": lambda: self._claims(),
            "reference": lambda: pick((self._claims(), self._file("certificate", at=False))),
            "files": lambda: self._file("certificate", at=False),
            "file": lambda: self._file("sweep", at=False),
            "out": lambda: "out.html" if command == "report" else pick(("out", "out.png")),
        }
        if option in made:
            return made[option]()
        if isinstance(parameter.type, click.Choice):
            return pick(list(parameter.type.choices))
        if isinstance(parameter.type, click.Path):
            return pick(("new.out", "claims.toml", "no-folder/out"))
        return pick((1, "x", self._formula(2)))

    def _claims(self) -> str:
        """A reference to claims: a file of ours, with or without a name in it."""
        name = self._file("claims", at=False)
        return (
            name if self.random.random() < 0.8 else f"{name}::{self.random.choice(('a', 'b', ''))}"
        )

    def _file(self, kind: str, at: bool = True) -> str:
        """Write a file of this kind, bent, and return how the command is told of it."""
        suffix = {"claims": ".toml", "sweep": ".toml", "store": ".sqlite", "results": ".json"}
        name = f"{kind}{suffix.get(kind, '.json' if kind == 'certificate' else '')}"
        self.files[name] = self._content(kind)
        return f"@{name}" if at else name

    def _content(self, kind: str) -> bytes:
        content = self.samples[kind]
        bent = self.random.random()
        if bent < (0.6 if self.calm else 0.2) and kind != "claims":
            return content
        if bent < (0.1 if self.calm else 0.4):
            return self._bytes(content)
        if kind == "claims":
            return toml(self._bend(self._claim_file())).encode("utf-8", "surrogateescape")
        if kind == "sweep":
            return toml(self._bend(tomllib.loads(content.decode()))).encode(
                "utf-8", "surrogateescape"
            )
        if kind == "ledger":
            lines = content.decode().splitlines(keepends=True)
            place = self.random.randrange(len(lines))
            lines[place : place + 1] = [lines[place]] * self.random.randint(0, 2)
            return "".join(lines).encode()
        if kind in ("certificate", "results"):
            bent_one = self._bend(json.loads(content))
            if kind == "results" and isinstance(bent_one, dict) and self.random.random() < 0.8:
                bent_one |= {"digest": seal(bent_one)}  # a forgery, past the first door
            return json.dumps(bent_one).encode()
        return self._bytes(content)

    def _claim_file(self) -> dict[str, Any]:
        return {name: self._one_claim() for name in ("a", "b")[: self.random.randint(1, 2)]}

    def _one_claim(self) -> dict[str, Any]:
        pick, some = self.random.choice, self.random.random
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
            )
        )

    def _bytes(self, content: bytes) -> bytes:
        bent = bytearray(content)
        for _ in range(self.random.choice((1, 1, 2, 8))):
            place = self.random.randrange(len(bent) + 1)
            kind = self.random.randrange(6)
            if kind == 0:
                bent[place : place + 1] = bytes([self.random.randrange(256)])
            elif kind == 1:
                del bent[place:]
            elif kind == 2:
                bent[place:place] = self.random.randbytes(self.random.randint(1, 9))
            elif kind == 3:
                del bent[place : place + self.random.randint(1, 40)]
            elif kind == 4:
                bent[place:place] = self._hostile().encode("utf-8", "surrogateescape")
            else:
                bent[place:place] = self.random.choice(
                    (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n")
                )
        return bytes(bent)

    def _hostile(self) -> str:
        return self.random.choice(HOSTILE)
