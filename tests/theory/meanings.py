"""The book of meanings: what many statements of users are read as, kept in files and compared.

    python -m tests.theory.meanings           # say where the language reads something else now
    python -m tests.theory.meanings --write   # write the book anew, and show what has changed

A change of meaning cannot pass unseen: what a statement is for the core (its variables, hypotheses
and conclusions, with what the core wants to be defined), what is known of it besides (a witness,
what values without formula stand for, the instances that are refuted), or the line with which it is
refused, stands in ``tests/fixtures/meanings/book``, a file for each construct of the language
(``meanings/*.toml``, whose tables have rows of statements) and one for each file of claims. Who
changes the language on purpose writes it anew and reads the difference: each line of it is a
statement that means something else now. Lines that are too long for that end in their digest.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from proofs.core.check import goal_of, goals_of, guarded, parts
from proofs.core.terms import Malformed, Rejected
from theory.claim_files import Unread, entry, tables
from theory.claims import Claim, Statement, statement
from theory.errors import InputError, Unsupported
from theory.gram import Gram

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "fixtures" / "meanings"
BOOK = FOLDER / "book"
FILES = (
    "proofs/corpus/*.toml",
    "theory/catalogue/library/*.toml",
    "theory/catalogue/*/claims/*.toml",
    "tests/fixtures/*.toml",
    "tests/fixtures/[bl]*/*.toml",
    "tests/proofs/*.toml",
)
PAGES = ("README.md", "proofs/writing-claims.md", "docs/pages/*.md")
LONGEST = 160
"""The signs of a line that are shown; a longer one ends in its digest."""


# What a statement is read as ----------------------------------------------------------------------


def meaning(made: Statement) -> Iterator[str]:
    """A statement in lines that are the same for the same meaning."""
    for domain in sorted(made.domains):
        yield f"{domain} {', '.join(sorted(x for x, d in made.variables.items() if d == domain))}"
    yield from (f"{c} = {v}" for c, v in sorted(made.constants.items()))
    if made.settled:
        yield f"settled {', '.join(sorted(made.settled))}"
    yield from (f"{n} := {e}" for n, e in made.definitions.items())
    yield from (f"[{label}] {r}" for label, r in sorted(made.hypotheses.items()))
    if made.layers is not None:
        yield f"layers {json.dumps(made.layers.canonical, sort_keys=True)}"
    for piece in made.parts or (made,):
        own = sorted(piece.hypotheses.items()) if made.parts else ()
        lines = [*(f"[{label}] {r}" for label, r in own), f"=> {piece.conclusion}"]
        together = " ".join(lines)
        yield from [together] if len(together) <= LONGEST else [f"if {x}" for x in lines]
    yield from wanted(made)
    if made.scope:
        yield f"scope {made.scope}"
    if made.witness:
        yield f"at {', '.join(f'{x} = {v}' for x, v in sorted(made.witness.items()))}"
    yield from (f"{x} from {e}" for x, e in sorted(made.chosen.items()))
    if made.written is not None:
        yield f"written {made.written}"
    if made.gram is not None:
        yield from known(made.gram)
    if made.relaxed is not None:
        yield from (f"{q} is {said}" for q, said in made.relaxed.said.items())
        for sizes, one in made.instances:
            where = ", ".join(f"{n} = {v}" for n, v in sizes.items()) or "itself"
            yield f"instance {where}: {one.digest[:16]}"


def wanted(made: Statement) -> Iterator[str]:
    """What the core wants to be shown, so that all that is concluded has a value."""
    if made.layers is not None or made.domains & {"matrix", "measured"}:
        return  # the first are for a rule, the others are not for the core
    try:
        with guarded():
            found = [goals_of(goal_of(part))[:-1] for part in parts(json.loads(made.canonical))]
    except (Malformed, Rejected) as problem:
        yield f"not for the core: {problem}"
        return
    needs = [f"{goal.target} {goal.relation} 0" for goals in found for goal in goals]
    if needs:
        yield f"defined {'; '.join(dict.fromkeys(needs))}"


def known(gram: Gram) -> Iterator[str]:
    """What the search knows of a claim about functions."""
    yield f"vectors {' '.join(map(','.join, gram.vectors))} values {','.join(gram.values)}"
    yield from (f"member {r}" for r in gram.members)
    for point, gradient, value, ends in gram.samples:
        both = [", ".join(f"{c}*{x}" for x, c in sorted(v.items())) for v in (point, gradient)]
        yield f"sample at {both[0]} slope {both[1]} value {value} ends {ends[0]} {ends[1]}"


def digest(text: str) -> str:
    """A text in a few signs."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def clipped(line: str) -> str:
    """A line as it is shown."""
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} ... {len(line)} {digest(line)}"


def refusal(problem: InputError) -> Iterator[str]:
    """What is said instead of a meaning."""
    yield f"{'unsupported' if isinstance(problem, Unsupported) else 'refused'} {problem}"


def of_claim(claim: Claim | Unread) -> Iterator[str]:
    """The lines of what stands in a file, with the digest of its false twin."""
    if isinstance(claim, Unread):
        problem = re.sub(r"^\S+?: \S+?: ", "", str(claim.problem))
        yield from refusal(type(claim.problem)(*problem.split(": ", 1)) if ": " in problem
                           else claim.problem)  # fmt: skip
        return
    yield from meaning(claim.statement)
    yield f"twin {claim.mutant.digest[:16]}"


# The statements -----------------------------------------------------------------------------------

Lines = Callable[[], Iterator[str]]
"""The meaning of one statement, read when it is asked for."""


def rows(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The statements of a table: each value of what its key ``vary`` says, by its own text.

    ``vary.conclusion = ["x >= 0 ==> x > 0", ...]`` may give a hypothesis to each row.
    """
    fixed = {key: value for key, value in table.items() if key != "vary"}
    for key, values in table["vary"].items():
        for value in values:
            said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            made = {**fixed, key: {**fixed.get(key, {}), **value} if isinstance(value, dict)
                    else value}  # fmt: skip
            if key == "conclusion" and "==>" in value:
                given, made[key] = map(str.strip, value.split("==>"))
                made["hypotheses"] = {**fixed.get("hypotheses", {}), "h": given}
            if key == "conclusion":
                made["variables"] = spoken(made)
            yield f"{name}: {said}", made


def spoken(table: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that a statement speaks of, and those that they are declared by."""
    text = json.dumps({k: v for k, v in table.items() if k != "variables"}, ensure_ascii=False)
    known = stems(text)
    while more := {
        x: domain for x, domain in table["variables"].items()
        if stems(x) & known and not stems(domain) <= known
    }:  # fmt: skip
        known = known.union(*map(stems, more.values()))
    return {x: domain for x, domain in table["variables"].items() if stems(x) & known}


def stems(text: str) -> set[str]:
    """The names in a text, without what comes after an underscore."""
    return set(re.findall(r"[^\W\d_]+", text))


def of_row(table: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a statement."""
    try:
        made = statement(**table)
    except InputError as problem:
        yield from refusal(problem)
    else:
        yield from meaning(made)


def of_entry(path: Path, name: str, data: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a claim of a file or a page."""
    yield from of_claim(entry(Path("book.toml"), name, data, path.parent.name == "claims"))


def construct(path: Path) -> Iterator[tuple[str, Lines]]:
    """The statements of a construct."""
    for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for said, row in rows(name, table):
            yield said, partial(of_row, row)


def claims(path: Path) -> Iterator[tuple[str, Lines]]:
    """The claims of a file."""
    data = tables(path)
    yield from ((name, partial(of_entry, path, name, data)) for name in data)


def page(path: Path) -> Iterator[tuple[str, Lines]]:
    """The claims of a page."""
    blocks = re.findall(r"```toml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    for k, block in enumerate(blocks, 1):
        data = tomllib.loads(block)
        if all(isinstance(t, dict) and "conclusion" in t for t in data.values()):
            yield from ((f"{k}: {name}", partial(of_entry, path, name, data)) for name in data)


def _sources() -> dict[str, tuple[Callable[[Path], Iterator[tuple[str, Lines]]], Path]]:
    """Every file of the book: how its statements are found, and where."""
    found = {p.stem: (construct, p) for p in sorted(FOLDER.glob("*.toml"))}
    for pattern in (*FILES, *PAGES):
        for path in sorted(ROOT.glob(pattern)):
            short = "-".join(path.relative_to(ROOT).with_suffix("").parts)
            found[short] = (page if path.suffix == ".md" else claims, path)
    return found


SOURCES = _sources()


# The book -----------------------------------------------------------------------------------------


@cache
def said(name: str) -> dict[str, Lines]:
    """The statements of a file of the book by what they are called there."""
    find, path = SOURCES[name]
    listed = [*find(path)]
    assert len(dict(listed)) == len(listed), f"a statement stands twice in {path}"
    return dict(listed)


def now(name: str, titles: Iterable[str]) -> dict[str, str]:
    """Statements of a file as the language reads them now."""
    found = said(name)
    return {t: "\n".join(f"  {clipped(line)}" for line in found[t]()) for t in titles}


def kept(name: str) -> dict[str, str]:
    """A file of the book as it is kept; empty if there is none."""
    path = BOOK / f"{name}.txt"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = (part.partition("\n") for part in text.removeprefix("# ").split("\n# "))
    return {title: lines.removesuffix("\n") for title, _, lines in parts if title}


def written(found: Mapping[str, str]) -> str:
    """Statements and their lines, as they stand in a file of the book."""
    return "".join(f"# {title}\n{lines}\n" for title, lines in found.items())


def difference(old: Mapping[str, str], new: Mapping[str, str], name: str) -> str:
    """What the language reads otherwise than the book says; empty if nothing."""
    both = (written(found).splitlines() for found in (old, new))
    return "\n".join(difflib.unified_diff(*both, f"book/{name}", "now", lineterm="", n=2))


def main() -> int:
    """Show the differences, and perhaps write the book; exit 1 if it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the book anew")
    chosen = parser.parse_args()
    read = {name: now(name, said(name)) for name in SOURCES}
    shown = [d for name, new in read.items() if (d := difference(kept(name), new, name))]
    sys.stdout.write("\n".join([*shown, f"{len(shown)} of {len(SOURCES)} files differ", ""]))
    if not chosen.write:
        return 1 if shown else 0
    BOOK.mkdir(exist_ok=True)
    read = {name: new for name, new in read.items() if new}
    for path in BOOK.glob("*.txt"):
        if path.stem not in read:
            path.unlink()
    for name, new in read.items():
        (BOOK / f"{name}.txt").write_text(written(new), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
