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
from functools import reduce

from proofs.evidence.coq_text import MalformedError, code, declared, unsound

QUIET = "Set Printing Width 100000.\nSet Printing Depth 100000.\n"
_REQUIRED = re.compile(r"^From\s+\w+\s+Require\s+Import\s[\w\s.]+?\.$", re.M)
_LEAVING = re.compile(
    r"\b(Abort|Back|BackTo|Cd|Drop|Fail|Quit|Reset|Restart|Succeed|Timeout|Undo|Defined|Save)\b"
)


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
    """

    file: str
    libraries: tuple[str, ...]
    ours: tuple[str, ...]
    proved: tuple[str, ...]
    defined: tuple[str, ...]


def mark() -> str:
    """Return a word that no source can know."""
    return f"##{secrets.token_hex(16)}"


def asked(questions: Sequence[Question], at: str, *, together: bool) -> str:
    """Have the kernel print types, definitions and axioms, of each file in a module of its own.

    Parameters
    ----------
    questions : sequence of Question
        One or more.
    at : str
        What :func:`mark` returned.
    together : bool
        Whether the axioms are those of all files, under the name of the last; else of each.
    """
    lines = [text.replace("Require Import", "Require") for q in questions for text in q.libraries]
    lines = [*dict.fromkeys(lines)]
    ours = dict.fromkeys(name for q in questions for name in q.ours)
    lines += [f"From Lemmata Require {' '.join(ours)}.", QUIET]
    for q in questions:
        lines += [f"Module Asked_{q.file}.", *q.libraries]
        lines += [f"From Lemmata Require Import {' '.join(q.ours)}.", "Open Scope R_scope."]
        for verb, names in (("Check", q.proved), ("Print", q.defined)):
            for name in names:
                lines += [_said(f"{at} {q.file} {name}"), f"{verb} Lemmata.{q.file}.{name}."]
        if q.proved:
            everything = reduce(
                lambda rest, one: f"conj {one} ({rest})",
                reversed([f"Lemmata.{q.file}.{name}" for name in q.proved]),
            )
            lines.append(f"Definition everything := {everything}.")
            if not together:
                lines += [_said(f"{at} {q.file} axioms"), "Print Assumptions everything."]
        lines.append(f"End Asked_{q.file}.")
    if together:
        modules = [f"Asked_{q.file}.everything" for q in questions if q.proved]
        if modules:
            everything = reduce(lambda rest, one: f"conj {one} ({rest})", modules)
            lines.append(f"Definition everything := {everything}.")
            lines.append(_said(f"{at} {questions[-1].file} axioms"))
            lines.append("Print Assumptions everything.")
    return "\n".join([*lines, _said(f"{at} the end"), ""])


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


def by_head(texts: Mapping[str, str], most: int) -> list[list[str]]:
    """Share variants out to processes that load the libraries of each of them and no other."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, text in texts.items():
        groups.setdefault(head(text), []).append(name)
    return [names[i : i + most] for names in groups.values() for i in range(0, len(names), most)]


def outside_one_proof(text: str, name: str) -> str:
    """Say what a false variant holds besides one theorem and its script, or nothing."""
    said = code(text)
    if forbidden := unsound(text) or "".join(_LEAVING.findall(said)[:1]):
        return f"says {forbidden}"
    whole = rf"(?:{_REQUIRED.pattern}\s*)*(?:Open Scope R_scope\.\s*)?Theorem {re.escape(name)}\b.*"
    if re.fullmatch(rf"\s*{whole}\nProof\..*\bQed\.\s*", said, re.M | re.S) is None:
        return "is not one theorem and its proof"
    counts = [len(re.findall(rf"\b{word}\.(?=\s)", f"{said} ")) for word in ("Proof", "Qed")]
    others = [*declared(text, "lemmas"), *declared(text, "definitions")]
    if counts != [1, 1] or others or declared(text, "theorems") != (name,):
        return "is not one theorem and its proof"
    return ""


def scripts(loads: Iterable[tuple[str, str, str]], required: Sequence[str], at: str) -> str:
    """Demand of scripts, each in a state that is restored after it, that they pass or fail.

    Parameters
    ----------
    loads : iterable of (str, str, str)
        Files: the statement alone, which is well formed; the variant, whose script fails; the true
        statement under the same script, which passes.
    required : sequence of str
        The lines that require libraries, the same in all files.
    at : str
        What :func:`mark` returned; printed at the end.
    """
    lines = [line.replace("Require Import", "Require", 1) for line in required]
    for stated, false, twin in loads:
        lines += [f'Succeed Load "{stated}".', f'Fail Load "{false}".', f'Succeed Load "{twin}".']
    return "\n".join([*lines, _said(f"{at} the end"), ""])


def _said(what: str) -> str:
    return f'Goal True. idtac "{what}". Abort.'
