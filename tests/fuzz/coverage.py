"""Coverage-guided: ``python -m tests.fuzz.coverage claims CORPUS -max_total_time=600``.

libFuzzer, by atheris (extra ``fuzzing``), bends the bytes that reach a parser, and keeps in the
folder CORPUS those that reach new lines of ours. Whatever they are, a parser answers with what it
is for, or refuses them in one line; anything else is a crash, and its input is kept.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["theory", "numerics.sweeps", "proofs"]):
    from numerics.sweeps import spec
    from proofs import user_claims
    from proofs.core import check
    from proofs.core.terms import Malformed, Rejected
    from proofs.evidence.ledger import Ledger
    from proofs.presentation.encyclopedia.results import read
    from theory.errors import InputError
    from theory.expressions import parse, parse_relation

from tests.fuzz.campaign import CLAIMS, SWEEP, samples

BYTES, SECONDS = 20_000, 20


def _text(given: bytes) -> str:
    return given.decode("utf-8", "surrogateescape")


def _file(reader: Callable[[Path], object], suffix: str = "") -> Callable[[bytes], object]:
    """A reader of files, for bytes."""
    place = Path(tempfile.mkdtemp(prefix="lemmata-fuzz-")) / f"it{suffix}"

    def read_it(given: bytes) -> object:
        place.write_bytes(given)
        return reader(place)

    return read_it


def _formula(given: bytes) -> None:
    for reader in (parse, parse_relation):
        with suppress(InputError):
            reader(_text(given))


PARSERS: Mapping[str, Callable[[bytes], object]] = {
    "formula": _formula,
    "claims": _file(user_claims.load, ".toml"),
    "claims-json": _file(user_claims.load, ".json"),
    "sweep": lambda given: spec.parse(_text(given)),
    "ledger": _file(Ledger),
    "results": _file(read),
    "certificate": lambda given: check.check(_text(given)),
}
FIRST = {
    "formula": b"0 <= x*(1 - x)**2 <= exp(-x/2) + log(1 + abs(y))",
    "claims": CLAIMS,
    "claims-json": b'{"a": {"variables": {"x": "real"}, "conclusion": "x**2 >= 0"}}',
    "sweep": SWEEP,
}


def one(target: str) -> Callable[[bytes], None]:
    """The property of one parser, for bytes of any kind."""
    reader = PARSERS[target]

    def holds(given: bytes) -> None:
        try:
            reader(given)
        except (InputError, Malformed, Rejected) as refused:
            if isinstance(refused, InputError) and not str(refused).isprintable():
                raise RuntimeError(f"more than one line: {refused}") from refused

    return holds


def main() -> None:
    """Fuzz one parser for as long as libFuzzer is told to."""
    if len(sys.argv) < 2 or sys.argv[1] not in PARSERS:
        raise SystemExit(f"which parser? {', '.join(PARSERS)}")
    target, *rest = sys.argv[1:]
    corpus = [Path(a) for a in rest if not a.startswith("-")]
    for folder in corpus[:1]:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "first").write_bytes(_first(target))
    limits: list[Any] = [f"-max_len={BYTES}", f"-timeout={SECONDS}", "-rss_limit_mb=3000"]
    atheris.Setup([sys.argv[0], *limits, *rest], one(target))
    atheris.Fuzz()


def _first(target: str) -> bytes:
    if target in FIRST:
        return FIRST[target]
    with tempfile.TemporaryDirectory() as root:
        return samples(Path(root) / "samples")[target]


if __name__ == "__main__":
    main()
