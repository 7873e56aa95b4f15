"""Inputs for every command and every file format: plausible ones, bent at random places.

Arguments come from the commands' own parameters, so that a new option is fuzzed from its first
day. Files come from true ones, changed in their structure (a value of another kind, a key lost, a
name that is hostile) or in their bytes.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

import click

from numerics.sweeps import spec
from proofs import cli, supervised
from proofs.presentation.report import seal
from tests.fuzz import surroundings
from tests.fuzz.contract import Input
from tests.fuzz.documents import BROKEN, STEMS, json_text, other_kind, toml
from tests.fuzz.formulas import ROOT, Formulas

DEAR = "compare", "derive", "plot", "theorems", "theorem", "errata", "report"  # seconds if fresh
_OFTEN = {"compare": 1, "derive": 1, "theorems": 1, "errata": 2, "report": 3, "plot": 1}
_OFTEN |= dict.fromkeys(("verify", "check", "refute", "sweep"), 12)
SUBCOMMANDS = tuple(
    name for name in cli.COMMANDS if name != "corpus" for _ in range(_OFTEN.get(name, 6))
)
"""What is drawn, as often as it stands there."""
_CATALOGUE = ROOT / "theory" / "catalogue"
# Options that a sensible user does not mix: those that are given, and those that are not.
_RULE = ("--residual", "--noise", "--clip", "--decay", "--momentum", "--method", "--digits")
_DRAWN = ("--init", "--depth", "--seed")
_EITHER: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "escape": [
        (("--loss", "--until", "--weights"), (*_DRAWN, "--target", "--network", "--within")),
        (("--loss", "--until", *_DRAWN), ("--weights", "--target", "--network", "--within")),
        (
            ("--target", "--weights"),
            (
                *_RULE,
                *_DRAWN,
                "--loss",
                "--until",
                "--network",
                "--latex",
                "--width",
                "--max-steps",
            ),
        ),
        (
            ("--network", "--until"),
            (*_RULE, *_DRAWN, "--loss", "--weights", "--target", "--within", "--latex"),
        ),
    ],
    "sweep": [
        (("--store", "--jobs"), ("--scheduler", "--only", "--salvage")),
        (("--store", "--salvage"), ("--scheduler", "--only", "--export")),
        ((), ("--scheduler", "--store", "--salvage")),
    ],
    "verify": [
        ((), ("--fresh", "--salvage")),
        (("--resume", "--salvage"), ("--certificates",)),
        (("--fresh",), ("--resume", "--salvage")),
    ],
    "report": [(("--results",), ("names", "--resume")), ((), ("--results",))],
    "sharpen": [((), ("--constant", "--set")), (("--set",), ("--constant",))],
    "plot": [((), ("--cell", "--weights")), (("--weights",), ("--store", "--cell", *_DRAWN))],
    "theorem": [(("--results",), ("--resume", "--document")), (("--latex",), ("--json",))],
    "show": [(("--latex",), ("--json",)), ((), ("--latex", "--document"))],
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
_SLOW = {"--compile", "--fresh", "--figure"}
_THEOREMS = ("shamir2019/theorem-3", "shamir2019/lemma-13", "du-hu2019/theorem-4-1", "nobody/x")
_UNTIL = (
    *("abs(p+1) <= 1/2", "p <= -1/2", "f < 0.1", "f <= 1/8 and sharpness < 50"),
    *("grad < 0.1 or pg >= 3", "sharpness >= 5", "(p < 0 or f <= 1/9) and grad <= 1e-3"),
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
        Kind of file ("claims", "certificate", "ledger", "network", "results", "store", "sweep",
        "theorem", "weights") -> a true one.
    commands : sequence of str
        Draw from these only.
    """
    number = 0
    while True:
        yield Draw(Random(f"{seed}/{number}"), samples, commands).input()
        number += 1


def undrawn(count: int, samples: dict[str, bytes], seed: int = 0) -> dict[str, set[str]]:
    """Name the options of each command that so many inputs, of all alike, never use."""
    left = {name: set(_options(name)) for name in cli.COMMANDS}
    for given in itertools.islice(inputs(seed, samples, sorted({*SUBCOMMANDS})), count):
        if given.argv and given.argv[0] in left:
            left[given.argv[0]] -= {*given.argv}
    return {name: options for name, options in left.items() if options}


def _options(name: str) -> Iterator[str]:
    command = _command(name)
    children = command.commands.values() if isinstance(command, click.Group) else ()
    for one in (command, *children):
        yield from (p.opts[0] for p in one.params if isinstance(p, click.Option))


def _command(name: str) -> click.Command:
    found = cli.lemmata.get_command(click.Context(cli.lemmata), name)
    assert found is not None
    return found


class Draw(Formulas):
    """One input, drawn with one source of randomness."""

    def __init__(
        self, random: Random, samples: dict[str, bytes], commands: Sequence[str] = SUBCOMMANDS
    ) -> None:
        super().__init__(random)
        self.samples, self.commands = samples, commands
        self.files: dict[str, bytes] = {}

    def input(self) -> Input:
        """Draw what is typed, and at times what is around it."""
        given = self._typed()
        return surroundings.of(given, self.random, given.argv[:1] in {(name,) for name in DEAR})

    def _typed(self) -> Input:
        if self.random.random() < 0.03:
            return self._words()
        name = self.random.choice(self.commands)
        command = _command(name)
        words, parameters = [name], list(command.params)
        if isinstance(command, click.Group):
            words += [w for p in parameters for w in self._parameter(name, p, 0.1)]
            child = self.random.choice(sorted(command.commands))
            words.append(child)
            parameters = list(command.commands[child].params)
        arguments: list[str] = []
        kept, lost = self.random.choice(_EITHER.get(name, [((), ())])) if self.calm else ((), ())
        rate = min(0.3, 3 / len(parameters)) if self.calm else 0.3
        for parameter in parameters:
            option = parameter.opts[0]
            if option in kept:
                flag = getattr(parameter, "is_flag", False)
                arguments += [option] if flag else [option, self._value(name, option, parameter)]
            elif option not in lost:
                arguments += self._parameter(name, parameter, rate)
        if name == "theorems" and not _CHEAP & set(arguments):
            arguments.append("--markdown")  # without, all that theorems rest on would be verified
        if name == "theorem" and not {"--results", "--latex"} & set(arguments):
            arguments.append("--latex")
        if self.random.random() < 0.01:
            arguments.append("--help")
        if not self.calm and self.random.random() < 0.05:
            arguments.insert(self.random.randint(0, len(arguments)), self._hostile())
        return Input(tuple(a.replace("\0", "") for a in (*words, *arguments)), self.files)

    def _words(self) -> Input:
        """Words without sense; a corpus, too, which takes minutes if its options have any."""
        words = tuple(self._hostile() for _ in range(self.random.randint(0, 3)))
        if self.random.random() < 0.5:
            return Input(words)
        others = [p for p in _command("corpus").params if p.opts[0] != "--budget"]
        other = self.random.choice(others)
        flag = getattr(other, "is_flag", False)
        option = other.opts[0]
        given = (option,) if flag else (option, self._value("corpus", option, other))
        return Input(("corpus", *given, "--budget", self.random.choice(("nan", "0", "-1", "x"))))

    def _parameter(self, command: str, parameter: click.Parameter, rate: float) -> list[str]:
        option = parameter.opts[0]
        if isinstance(parameter, click.Argument):
            count = self.random.randint(0, 2) if parameter.nargs < 0 else 1
            if option in ("names", "files", "query"):
                count = max(count, 1)  # without a name the whole catalogue would be verified
            return [self._value(command, option, parameter) for _ in range(count)]
        short = {"--budget", "--max-seconds", "--max-steps", "--seconds", "--jobs", "--runs"}
        short |= {"--depths"}
        wanted = parameter.required or option in short
        if option == "--results" and command == "report":
            wanted = self.random.random() < 0.9
        if self.random.random() < ((0.01 if self.calm else 0.04) if wanted else 1 - rate):
            return []
        if option in _SLOW and self.random.random() < 0.8:
            return []
        if getattr(parameter, "is_flag", False):
            return [option]
        if option == "--level" and (command != "verify" or self.random.random() < 0.9):
            return [option, "certificate"]  # the kernel takes minutes, theorems of ours more
        count = self.random.choice((1, 1, 1, 2)) if getattr(parameter, "multiple", False) else 1
        made = (self._value(command, option, parameter) for _ in range(count))
        return [word for value in made for word in (option, value)]

    def _value(self, command: str, option: str, parameter: click.Parameter) -> str:
        if self.random.random() < (0.01 if self.calm else 0.06):
            return self._hostile()
        return str(self._plausible(command, option, parameter))

    def _plausible(self, command: str, option: str, parameter: click.Parameter) -> object:
        if isinstance(parameter.type, click.Choice):
            return self.random.choice(list(parameter.type.choices))
        for made in (self._of_any, self._of_counts, self._of_files):
            if option in (table := made(command)):
                return table[option]()
        if isinstance(parameter.type, click.Path):
            return self.random.choice(("new.out", "claims.toml", "no-folder/out"))
        return self.random.choice((1, "x", self._formula(2)))

    def _of_any(self, command: str) -> Mapping[str, Callable[[], object]]:
        pick, whole = self.random.choice, command.split()[0] in {"compare", *supervised.BUDGETS}
        return {
            "--budget": lambda: 100 if whole else pick(("0.2", "0.01", "1e-9")),
            "--memory": lambda: pick((4000, 3000, "1e30", 299, "nan")),
            "--seconds": lambda: pick(("0.1", "0.01")),
            "--jobs": lambda: pick((1, 1, 1, 2)),
            "--runs": lambda: pick((1, 1, 2)),
            "--depths": lambda: pick(("2", "2,3", "1", "2,,3", "2,2")),
            "--limit": lambda: pick((1, 3, 500, 501)),
            "--source": lambda: pick(("shamir2019", "nobody")),
            "--set": lambda: f"{pick(('c', 'steps', 'x'))}={pick(('1/2', '0.55', '1e-9', 'y'))}",
            "--constant": lambda: pick(("c", "C", "eta")),
            "--changed": lambda: (
                f"{pick(_CONSTANTS)}={pick(('23', '1/7', '-1', '1e-9', '0', 'x'))}"
            ),
            "papers": lambda: pick(("shamir2019", "du-hu2019", "lemmata", "nobody")),
            "query": lambda: pick(("descent", "young", "no such lemma", self._claim(2))),
            "words": lambda: pick(("descent", "shamir", "x**2", "nothing at all")),
        }

    def _of_counts(self, command: str) -> Mapping[str, Callable[[], object]]:
        pick = self.random.choice
        return {
            "--max-seconds": lambda: pick(("0.3", "0.01", "1e-300")),
            "--max-steps": lambda: pick((0, 1, 100, 10**30)),
            "--depth": lambda: pick((1, 2, 3, 7, "k") if command == "derive" else (1, 7, 40)),
            "--seed": lambda: pick((0, 1, -1, 2**63, 2**200)),
            "--digits": lambda: pick((1, 15, 60, 0)),
            "--width": lambda: pick((0, 5, 10**20) if command == "escape" else ("1e-2", "1e-3")),
            "--loss": lambda: pick(("(p+1)**2/2", "p**4-p", "log(1+exp(p))", self._formula(3))),
            "--noise": lambda: pick(("0", "1/100", "1e-9", "-1")),
            "--target": lambda: pick(("4,2,1", "3", "1,1", "1/2,0")),
            "--network": lambda: self._file("network", at=False),
            "--within": lambda: pick(("1/10", "0.5", "0", "1")),
            "--weights": lambda: pick(("0.3,-1.2,0.7", "0.5,0.5", "1e308", self._file("weights"))),
            "--init": lambda: pick(
                (
                    *("gaussian", "uniform:2", "near-identity:0.2", "he", "xavier-uniform", "zas"),
                    *("balanced:0.1", "identity", "lecun"),
                )
            ),
            "--step": lambda: pick(("0.05", "1/20", "1e-40", "3", "0.1:1000,0.01", "0.1:3,1:2,0")),
            "--clip": lambda: pick(("1", "1e-3", "0", "10**9")),
            "--decay": lambda: pick(("0", "1e-4", "1/2", "-1")),
            "--momentum": lambda: pick(("0", "0.9", "1/3", "1")),
            "--until": lambda: pick((*_UNTIL, *_UNTIL, self._claim(2))),
            "--method": lambda: pick(("auto", "certified", "ball", "direct", "float", "flow")),
            "--cell": lambda: self._cell(),
            "--only": lambda: self._cell(),
            "--scheduler": lambda: "tcp://127.0.0.1:1",
        }

    def _of_files(self, command: str) -> Mapping[str, Callable[[], object]]:
        pick = self.random.choice
        rows = ("results", "ledger")
        return {
            "--store": lambda: self._file("store", at=False),
            "--results": lambda: self._file(pick(rows), at=False),
            "--resume": lambda: pick(("fresh.ledger", self._file("ledger", at=False))),
            "--salvage": lambda: pick((self._stem("rescued"), "rescued", "claims.toml")),
            "--certificates": lambda: pick(("folder", "claims.toml")),
            "--certificate": lambda: pick(("it.json", "no-folder/it.json")),
            "--export": lambda: pick(("rows.csv", "rows.parquet", "rows.txt")),
            "--figure": lambda: pick(("figure.png", "figure", "figure.svg", "no-folder/x.png")),
            "--script": lambda: pick((f"{self._stem('it')}.py", "no-folder/it.py")),
            "--check": lambda: self._file("claims", at=False),
            "name": lambda: pick((self._file("theorem", at=False), pick(_THEOREMS))),
            "names": lambda: self._claims(),
            "claim": lambda: pick((self._claims(), self._claims(), "order-of-weights")),
            "reference": lambda: pick((self._claims(), self._file("certificate", at=False))),
            "files": lambda: self._file("certificate", at=False),
            "file": lambda: (
                f"{self._stem('a')}.toml" if command == "init" else self._file("sweep", at=False)
            ),
            "out": lambda: (
                self._stem("out") + pick((".html",) if command == "report" else ("", ".png"))
            ),
        }

    def _cell(self) -> str:
        ids = spec.parse(self.samples["sweep"].decode()).ids
        return self.random.choice((*ids, "0" * 16))

    def _claims(self) -> str:
        """A reference to claims: a file of ours, with or without a name in it."""
        name = self._file("claims", at=False)
        return (
            name if self.random.random() < 0.8 else f"{name}::{self.random.choice(('a', 'b', ''))}"
        )

    def _file(self, kind: str, at: bool = True) -> str:
        """Write a file of this kind, bent, and return how the command is told of it."""
        suffix = {"claims": ".toml", "sweep": ".toml", "theorem": ".toml", "store": ".sqlite"}
        suffix |= dict.fromkeys(("results", "certificate", "network"), ".json")
        stem = self._stem(kind)
        name = f"{stem}{suffix.get(kind, '')}"
        self.files[name] = self._content(kind)
        if kind == "claims" and self.random.random() < 0.15:
            del self.files[name]
            name = f"{stem}.json"
            bent = self._bend(self._claim_file())
            self.files[name] = json_text(bent).encode("utf-8", "surrogateescape")
        return f"@{name}" if at else name

    def _stem(self, kind: str) -> str:
        """The name of a file of this kind, at times one that means something to somebody."""
        return self.random.choice(STEMS) if self.random.random() < 0.08 else kind

    def _content(self, kind: str) -> bytes:
        content = self.samples[kind]
        if kind == "theorem" and self.random.random() < 0.8:
            content = self.random.choice(sorted(_CATALOGUE.glob("*/*.toml"))).read_bytes()
        bent = self.random.random()
        if bent < (0.6 if self.calm else 0.2) and kind != "claims":
            return content
        if bent < (0.1 if self.calm else 0.4):
            return self._bytes(content)
        if bent > 0.98:
            return other_kind(content, self.random.choice(BROKEN))
        if kind == "claims":
            return toml(self._bend(self._claim_file())).encode("utf-8", "surrogateescape")
        if kind in ("sweep", "theorem"):
            return toml(self._bend(tomllib.loads(content.decode()))).encode(
                "utf-8", "surrogateescape"
            )
        if kind == "ledger":
            lines = content.decode().splitlines(keepends=True)
            place = self.random.randrange(len(lines))
            lines[place : place + 1] = [lines[place]] * self.random.randint(0, 2)
            forged = (self._forged(n) if self.random.random() < 0.2 else n for n in lines)
            return "".join(forged).encode("utf-8", "surrogateescape")
        if kind in ("certificate", "results", "network"):
            bent_one = self._bend(json.loads(content))
            if kind == "results" and isinstance(bent_one, dict) and self.random.random() < 0.8:
                bent_one |= {"digest": seal(bent_one)}  # a forgery, past the first door
            return json_text(bent_one).encode()
        return self._bytes(content)

    def _forged(self, line: str) -> str:
        """A row that no run wrote, past the first door: its digest holds."""
        if "{" not in line:
            return line
        found = json.loads(line)
        entry = json_text({"key": found["key"], "row": self._bend(found["row"])})[1:]
        seal_of_it = hashlib.sha256(entry.encode("utf-8", "surrogateescape")).hexdigest()
        return f'{{"digest": "{seal_of_it}", {entry}\n'

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
