"""What one process of Coq is told about many files, so that it loads their libraries once.

A batch can only say that all is well: whatever does not pass together is asked again alone, which
is how a verdict on it is found.  What a file itself prints cannot be taken for an answer, since
answers come after a mark that no source can know.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from proofs.evidence.coq_text import MalformedError, code, declared, stated, unsound
from proofs.evidence.coq_volumes import Layout

QUIET = "Set Printing Width 100000.\nSet Printing Depth 100000.\n"
_REQUIRED = re.compile(r"^From\s+\w+\s+Require\s+Import\s[\w\s.]+?\.$", re.M)
_LEAVING = re.compile(
    r"\b(Abort|Back|BackTo|Cd|Drop|Fail|Quit|Reset|Restart|Succeed|Timeout|Undo|Defined|Save)\b"
)


_T = TypeVar("_T")
_Head = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True)
class Question:
    """What is asked about one file.

    Attributes
    ----------
    file : str
        Its name, without ``.v``.
    libraries, ours : tuple of str
        Lines that require libraries, and the files of the development that are in sight.
    proved, defined : tuple of str
        Whose types and whose definitions are printed.
    integers : bool
        Whether what it proves may rest on machine integers too.
    """

    file: str
    libraries: tuple[str, ...]
    ours: tuple[str, ...]
    proved: tuple[str, ...]
    defined: tuple[str, ...]
    integers: bool


def mark() -> str:
    """Return a word that no source can know."""
    return f"##{secrets.token_hex(16)}"


def asked(questions: Sequence[Question], at: str, where: Layout) -> str:
    """Have the kernel print types and definitions, of each file in a module of its own.

    Parameters
    ----------
    questions : sequence of Question
        One or more.
    at : str
        What :func:`mark` returned.
    where : Layout
        Where the files are.
    """
    lines = [text.replace("Require Import", "Require") for q in questions for text in q.libraries]
    lines = [*dict.fromkeys(lines)]
    ours = dict.fromkeys(name for q in questions for name in q.ours)
    lines += [*where.load(ours), QUIET]
    for libraries, alike in _shared((q.libraries, q) for q in questions):
        lines += [f"Module Seen_{alike[0].file}.", *libraries]
        for q in alike:
            lines += [f"Module Asked_{q.file}.", where.import_(q.ours), "Open Scope R_scope."]
            for verb, told in (("Check", q.proved), ("Print", q.defined)):
                for name in told:
                    line = f"{verb} {where.path(q.file)}.{name}."
                    lines += [_said(f"{at} {q.file} {name}"), line]
            lines.append(f"End Asked_{q.file}.")
        lines.append(f"End Seen_{alike[0].file}.")
    return "\n".join([*lines, _said(f"{at} the end"), ""])


def asked_axioms(questions: Sequence[Question], at: str, where: Layout) -> str:
    """Have the kernel print what all that files prove rests on: of many files, in one question.

    All but a hundredth of what the kernel goes through for it is the libraries' proofs, and it
    would be so for each file.
    """
    lines = where.load(q.file for q in questions)
    for q in questions:
        proved = [f"{where.path(q.file)}.{name}" for name in q.proved]
        lines.append(_all(f"everything_{q.file}", proved))
    lines.append(_all("everything", [f"everything_{q.file}" for q in questions]))
    lines += [_said(f"{at} all axioms"), "Print Assumptions everything."]
    return "\n".join([*lines, _said(f"{at} the end"), ""])


def alike(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """Share out what proves something by what it may rest on: ``reals``, ``integers``."""
    found: dict[str, list[Question]] = {}
    for q in questions:
        if q.proved:
            found.setdefault("integers" if q.integers else "reals", []).append(q)
    return found


def _all(name: str, proofs: Sequence[str]) -> str:
    """Define what rests on all of these, and has a short type: a conjunction of many is slow."""
    return f"Definition {name} := {''.join(f'let _ := {one} in ' for one in proofs)}I."


def answers(output: str, at: str) -> dict[tuple[str, str], str]:
    """Read what was printed, by file and name.

    Raises
    ------
    MalformedError
        If the process did not come to the end of its questions.
    """
    parts = re.split(rf"^{at} (\S+) (\S+)$", output, flags=re.M)
    found = dict(zip(zip(parts[1::3], parts[2::3], strict=True), parts[3::3], strict=True))
    if found.pop(("the", "end"), None) is None:
        raise MalformedError("Coq did not answer all questions")
    return found


def head(text: str) -> tuple[str, ...]:
    """Return the lines of a source that require libraries, in order."""
    return tuple(_REQUIRED.findall(code(text)))


def by_head(texts: Mapping[str, str]) -> list[list[str]]:
    """Share variants out to those that require the same, in the order of the first of each."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, text in texts.items():
        groups.setdefault(head(text), []).append(name)
    return list(groups.values())


def processes(
    texts: Mapping[str, str], using: Mapping[str, frozenset[str]], most: int
) -> list[list[str]]:
    """Share variants out to processes, those that require the same next to one another.

    Parameters
    ----------
    texts : mapping of str to str
        The variants, in the order in which what they need is there.
    using : mapping of str to frozenset of str
        The packages of which each loads anything: a process loads them for all that it is given.
    most : int
        How many a process may have; more if they require the same.
    """
    shares: dict[frozenset[str], list[list[str]]] = {}
    for names in by_head(texts):
        mine = shares.setdefault(using[names[0]], [[]])
        if mine[-1] and len(mine[-1]) + len(names) > most:
            mine.append([])
        mine[-1] += names
    return [names for mine in shares.values() for names in mine]


def outside_one_proof(text: str, name: str) -> str:
    """Say what a false variant holds besides one theorem and its script, or nothing."""
    said = code(text)
    if forbidden := unsound(text) or "".join(_LEAVING.findall(said)[:1]):
        return f"says {forbidden}"
    whole = rf"(?:{_REQUIRED.pattern}\s*)*(?:Open Scope R_scope\.\s*)?Theorem {re.escape(name)}\b.*"
    if re.fullmatch(rf"\s*{whole}\nProof\..*\bQed\.\s*", said, re.M | re.S) is None:
        return "is not one theorem and its proof"
    counts = [len(re.findall(rf"\b{word}\.(?=\s)", f"{said} ")) for word in ("Proof", "Qed")]
    later = said[said.index(f"Theorem {name}") :]
    others = [
        *re.findall(r"\bRequire\b", later),
        *declared(text, "lemmas"),
        *declared(text, "definitions"),
    ]
    if counts != [1, 1] or others or declared(text, "theorems") != (name,):
        return "is not one theorem and its proof"
    return ""


def three(text: str, name: str, true: str) -> dict[str, str]:
    """Return the statement of a variant, the variant, and the true statement with its script."""
    start, theorem, proof = text.partition(f"Theorem {name}")
    bare = text[: text.index("\nProof.")] + "\nProof.\nAbort.\n"
    twin = start + theorem + proof.replace(stated(text, name), true)
    return {"Stated": bare, "False": text, "Twin": twin}


def below_head(text: str, name: str) -> str:
    """Return a variant without the lines that require libraries."""
    start, theorem, proof = text.partition(f"Theorem {name}")
    return _REQUIRED.sub("", code(start)) + theorem + proof


def scripts(
    sights: Iterable[tuple[Sequence[str], Sequence[str]]],
    ours: Iterable[str],
    where: Layout,
    at: str,
) -> str:
    """Demand of scripts, each in a state that is restored after it, that they pass or fail.

    Libraries are loaded once; that they are imported is forgotten at the end of a module.  Variants
    that require the same libraries stand in one module, which has them in sight for all of them.

    Parameters
    ----------
    sights : iterable of (lines, names)
        The lines that require libraries, and the variants that require them and nothing else.  Of
        each variant there are three files: the statement alone, which is well formed; the variant,
        whose script fails; the true statement under the same script, which passes.
    ours, where : iterable of str, Layout
        The files of the development that they load, and where these are.
    at : str
        What :func:`mark` returned; printed at the end.
    """
    needed, heads = dict[str, None](), list[tuple[tuple[str, ...], _Head]]()
    for required, names in sights:
        others = [line for line in required if where.read(line) == line]
        needed |= dict.fromkeys(line.replace("Require Import", "Require", 1) for line in others)
        first = tuple(takewhile(others.__contains__, required))
        heads.append((first, (required[len(first) :], names)))
    lines = list[str]()
    for libraries, alike in _shared(heads):
        outer = f"Seen_{alike[0][1][0]}"
        lines += [f"Module {outer}.", *libraries]
        for rest, names in alike:
            lines += [f"Module Alike_{names[0]}.", *map(where.read, rest)]
            for name in names:
                for verb, kind in (("Succeed", "Stated"), ("Fail", "False"), ("Succeed", "Twin")):
                    lines.append(f'{verb} Load "false/below/{kind}_{name}.v".')
            lines.append(f"End Alike_{names[0]}.")
        lines.append(f"End {outer}.")
    return "\n".join([*needed, *where.load(ours), *lines, _said(f"{at} the end"), ""])


def _shared(pairs: Iterable[tuple[tuple[str, ...], _T]]) -> list[tuple[tuple[str, ...], list[_T]]]:
    """Put together what has the same libraries in sight: to have them there takes long."""
    groups: dict[tuple[str, ...], list[_T]] = {}
    for libraries, what in pairs:
        groups.setdefault(libraries, []).append(what)
    return list(groups.items())


def _said(what: str) -> str:
    return f'Goal True. idtac "{what}". Abort.'
