"""The book of the core: what its functions make of many small inputs, kept in files and compared.

    python tests/core/book.py           # say where the core makes something else now
    python tests/core/book.py --write   # write the book anew, and show what has changed

A page for each part of a module (``tests/fixtures/core/book``), a line for each input: an
enclosure, a normal form, what is to be shown, or the line with which it is refused. A page records
*what*; that it is *right* is asked besides (``Entry.right``), of values that are computed in
another way (see :mod:`reference`, and mpmath), so that the book cannot record a wrong value.
Who changes the core on purpose writes the book anew and reads the difference.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flint import arb, fmpq

from proofs.core import check
from proofs.core.goals import Goal, Range
from proofs.core.normal import Quotient
from proofs.core.ranges import Interval
from proofs.core.terms import Formula, Malformed, Reader, Rejected, Term

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "core" / "book"
MODULES = ("terms", "ranges", "limits", "means", "normal", "goals", "steps", "certificates")
LONGEST = 400
"""The signs of a line that are shown; a longer one ends in its digest."""
DIGITS, MANY = 20, 3_000
X, Y, Z = (Term("variable", value=name) for name in "xyz")
M, N = (Term("integer", value=name) for name in "mn")
NAMES = {"x": X, "y": Y, "z": Z, "m": M, "n": N, "pi": Term("pi")}
DRAWN = {
    name: check.domain(name, law)
    for law, names in (
        ("gaussian", "vw"), ("uniform", "u"), ("unit", "t"), ("rademacher", "rs")
    )
    for name in names
}  # fmt: skip
READER = Reader({**NAMES, **DRAWN})


class Entry(NamedTuple):
    """An input as it is written, what is made of it, and whether that is right."""

    said: str
    find: Callable[[], Any]
    right: Callable[[Any], None] | None = None


Page = Callable[[], Iterator[Entry]]


# How results are written --------------------------------------------------------------------------


def end(x: arb, up: bool) -> str:
    """An end of an interval: exactly if that is short, else rounded outward."""
    if not x.is_finite():
        return "inf" if x > 0 else "-inf"
    if x == 0:
        return "0"
    man, exp = map(int, x.man_exp())
    if abs(exp) > MANY:
        return f"2**{exp + man.bit_length()}*{'' if man > 0 else '-'}.."
    q = fmpq(man) * fmpq(2) ** exp
    if len(str(q)) <= DIGITS:
        return str(q)
    size = abs(q)
    scale = DIGITS - len(str(int(size.p // size.q)))
    scaled = q * fmpq(10) ** scale
    n = int(-(-scaled.p // scaled.q)) if up else int(scaled.p // scaled.q)
    digits = str(abs(n)).rjust(max(scale, 0) + 1, "0")
    shown = f"{digits[:-scale]}.{digits[-scale:]}" if scale > 0 else f"{n} e{-scale}"
    return f"{'-' if n < 0 and scale > 0 else ''}{shown}"


def interval(found: Interval) -> str:
    """An interval, or about which number it is."""
    low, high = end(found.lo, False), end(found.hi, True)
    if found.lo == found.hi:
        return low if low == high else f"exactly {low}"
    near = found.finite and found.hi - found.lo < abs(found.lo) * arb(fmpq(1, 10**25))
    return f"about {low}" if near else f"[{low}, {high}]"


def ranged(x: str, r: Range) -> str:
    """A variable with the ends of its range."""
    low = "(-inf" if r.lo is None else f"{'(' if r.lo_open else '['}{r.lo}"
    high = "inf)" if r.hi is None else f"{r.hi}{')' if r.hi_open else ']'}"
    return f"{x} in {low}, {high}"


def goal(g: Goal) -> str:
    """Where something is to be shown, and what."""
    given = [f"{x} {e.head}" for x, e in sorted(g.variables.items()) if e != NAMES.get(x)]
    given += [ranged(x, r) for x, r in sorted(g.box.items()) if r != Range() or x not in NAMES]
    given += [str(f) if n == str(f) else f"[{n}] {f}" for n, f in g.facts.items()]
    given += [f"lemma {goal(found)}" for found in g.library.values()]
    if g.layers is not None:
        given += [f"{part}: {show(value)}" for part, value in g.layers._asdict().items()]
    here = f"{'; '.join(given)}: " if given else ""
    return f"{here}{g.target} {g.relation} 0"


def show(made: Any) -> str:
    """A result as a page has it."""
    match made:
        case None | bool():
            return {None: "none", True: "yes", False: "no"}[made]
        case Interval():
            return interval(made)
        case Goal():
            return goal(made)
        case Range():
            return ranged("", made).strip()
        case Formula():
            return str(made)
        case Quotient():
            return f"{made.top} over {made.bottom}" if made.bottom != 1 else str(made.top)
        case tuple() | list():
            return "; ".join(map(show, made)) if made else "nothing"
        case dict():
            return " | ".join(f"{show(k)}: {show(v)}" for k, v in made.items()) or "nothing"
        case arb():
            return interval(Interval(made.lower(), made.upper()))
    return str(made)


def clipped(line: str) -> str:
    """A line as it is shown."""
    if len(line) <= LONGEST:
        return line
    digest = hashlib.sha256(line.encode()).hexdigest()[:16]
    return f"{line[:LONGEST]} ... {len(line)} {digest}"


def refused(problem: Exception) -> str:
    """What is said instead of a result."""
    return f"{type(problem).__name__.lower()}: {problem}"


def outcome(entry: Entry) -> tuple[str, Any]:
    """The line of an entry, and its result; no result where it is refused."""
    made = None
    check.METER.unwatched = 0  # what was spent before says when limits are looked at
    try:
        with check.guarded(seconds=20):
            made = entry.find()
            line = show(made)
    except (Malformed, Rejected) as problem:
        line = refused(problem)
    return clipped(f"{entry.said}  =>  {line}"), made


# The book -----------------------------------------------------------------------------------------


@cache
def pages() -> dict[str, Page]:
    """Every page by its name."""
    found: dict[str, Page] = {}
    for name in MODULES:
        module = importlib.import_module(f"pages_{name}")
        found |= {f"{name}-{part}": page for part, page in module.PAGES.items()}
    return found


def entries(name: str) -> list[Entry]:
    """The entries of a page, each input once."""
    return [*{entry.said: entry for entry in pages()[name]()}.values()]


def now(name: str) -> list[str]:
    """A page as the core makes it now."""
    return [outcome(entry)[0] for entry in entries(name)]


def kept(name: str) -> list[str]:
    """A page as it is kept; empty if there is none."""
    path = FOLDER / f"{name}.txt"
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


def difference(old: Iterable[str], new: Iterable[str], name: str) -> str:
    """What the core makes otherwise than the book says; empty if nothing."""
    both = (list(old), list(new))
    return "\n".join(difflib.unified_diff(*both, f"book/{name}", "now", lineterm="", n=0))


def main() -> int:
    """Show the differences, and perhaps write the book; exit 1 if it is out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the book anew")
    chosen = parser.parse_args()
    read = {name: now(name) for name in pages()}
    shown = [d for name, new in read.items() if (d := difference(kept(name), new, name))]
    sys.stdout.write("\n".join([*shown, f"{len(shown)} of {len(read)} pages differ", ""]))
    if not chosen.write:
        return 1 if shown else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        if path.stem not in read:
            path.unlink()
    for name, new in read.items():
        (FOLDER / f"{name}.txt").write_text("".join(f"{line}\n" for line in new), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.modules["book"] = sys.modules["__main__"]  # which the pages import
    sys.exit(main())
