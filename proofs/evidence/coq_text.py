"""Reading Coq sources and what Coq prints, as text: no Coq needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_OPEN_ENDED = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjectures?|Hypothes[ie]s|Variables?|Context"
    r"|Declare|bypass_check|Guard\s+Checking|Positivity\s+Checking|Universe\s+Checking"
    r"|Notation|Infix|Coercion|Canonical|Redirect|Load|native_compute|Extraction|Add\s+Rec)\b"
)
_DECLARED = {
    "theorems": re.compile(r"^Theorem\s+([\w']+)", re.M),
    "lemmas": re.compile(r"^Lemma\s+([\w']+)", re.M),
    "definitions": re.compile(r"^(?:Definition|Fixpoint|Inductive|Record)\s+([\w']+)", re.M),
}
_BINDERS = re.compile(r"forall (?P<grouped>(?:\([^()]*(?:\([^()]*\)[^()]*)*\) ?)+|[^(),]+), ")


class MalformedError(ValueError):
    """A source or printed statement that does not have the expected form."""


def normalise(text: str) -> str:
    """Collapse white space."""
    return " ".join(text.split())


def without(text: str, characters: str) -> str:
    """Drop characters and collapse white space."""
    return normalise(text.translate({ord(c): None for c in characters}))


def printed_type(theorem: str, answer: str) -> str:
    """Return the type in what Coq printed of a theorem, white space collapsed."""
    return normalise(answer).removeprefix(theorem).removeprefix(" : ")


def last_error(output: str) -> str:
    """Shorten what the compiler said to its last error."""
    return " ".join(output[output.rfind("Error:") if "Error:" in output else 0 :].split())[:400]


def code(text: str) -> str:
    """Blank out comments, which nest, keeping line breaks.

    Raises
    ------
    MalformedError
        If a comment is not closed.
    """
    out, depth, position = [], 0, 0
    for mark in re.finditer(r"\(\*|\*\)", text):
        if mark[0] == "(*":
            if depth == 0:
                out.append(text[position : mark.start()])
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                position = mark.end()
    if depth:
        raise MalformedError("a comment is not closed")
    return "".join([*out, text[position:]])


def unsound(text: str) -> str:
    """Name the first command that would leave something unproved, or nothing."""
    found = _OPEN_ENDED.search(code(text))
    return found[0] if found else ""


def declared(text: str, kind: str) -> tuple[str, ...]:
    """List the ``theorems``, ``lemmas`` or ``definitions`` of a source, in order."""
    return tuple(_DECLARED[kind].findall(code(text)))


def stated(text: str, theorem: str) -> str:
    """Return the statement of a theorem as its source has it, from its colon to the proof."""
    match = re.search(rf"^Theorem {theorem}\s*(:.*?)\nProof\.", text, re.M | re.S)
    if match is None:
        raise MalformedError(f"no theorem {theorem}")
    return match[1]


@cache
def imports(text: str) -> tuple[str, ...]:
    """List the files of this development that a source requires."""
    lines = re.findall(r"^From Lemmata Require Import ([\w\s]+)\.", code(text), re.M)
    return tuple(name for line in lines for name in line.split())


def loaded(text: str, files: Mapping[str, str]) -> set[str]:
    """List the files of this development that a source loads, itself or through others."""
    found, new = set[str](), list(imports(text))
    while new:
        if (name := new.pop()) not in found:
            found.add(name)
            new += imports(files.get(name, ""))
    return found


def packages(text: str, files: Mapping[str, str]) -> frozenset[str]:
    """List the packages of which a source loads anything, itself or through others."""
    texts = (text, *(files.get(name, "") for name in loaded(text, files)))
    return frozenset(package for t in texts for package in _packages(t))


@cache
def _packages(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"^From (\w+)", code(text), re.M))


def has_hypotheses(statement: str) -> bool:
    """Say whether a printed statement assumes anything."""
    match = _BINDERS.match(statement)
    return len(_arrows(statement[match.end() if match else 0 :])) > 1


def hypotheses_as_instance(statement: str) -> str:
    r"""Turn ``forall x, H -> ... -> C`` into ``exists x, H /\ ...``, both as Coq prints them.

    Raises
    ------
    MalformedError
        If the statement has no hypothesis, or one that ``/\\`` would tear apart.
    """
    match = _BINDERS.match(statement)
    if match is None:
        raise MalformedError("a statement with hypotheses begins with its variables")
    parts = _arrows(statement[match.end() :])
    if len(parts) < 2:
        raise MalformedError("the statement has no hypothesis")
    if torn := [part for part in parts[:-1] if _binds_looser(part)]:
        # Instances are compared without brackets, so A \/ B /\ C could be read either way.
        raise MalformedError(
            f"a hypothesis is a disjunction, and its instance ambiguous: {torn[0]}"
        )
    hypotheses = " /\\ ".join(parts[:-1])

    types = re.sub(r"([\w' ]*[\w']) :", "", match["grouped"])

    def used(group: re.Match[str]) -> str:
        # Coq writes _ for a variable that occurs in the conclusion only.
        names, told = group[1].split(), f"{hypotheses} {types}"
        kept = [n if re.search(rf"(?<![\w']){n}(?![\w'])", told) else "_" for n in names]
        return " ".join(kept) + " :"

    binders = re.sub(r"([\w' ]*[\w']) :", used, match["grouped"])
    return f"exists {binders}, {hypotheses}"


def _binds_looser(text: str) -> bool:
    """Say whether a hypothesis has a disjunction or an equivalence outside all brackets."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 and text.startswith(("\\/", "<->"), position):
            return True
    return False


def _arrows(text: str) -> list[str]:
    """Split at the implications outside all brackets and binders."""
    parts, depth, start, position = [], 0, 0, 0
    while position < len(text):
        character = text[position]
        depth += (character in "([{") - (character in ")]}")
        if depth == 0:
            # A binder reaches to the end of what we read: its arrows are its own.
            if re.match(r"\b(forall|exists|fun|let)\b", text[position:]) and (
                position == 0 or not text[position - 1].isalnum()
            ):
                break
            if text.startswith(" -> ", position):
                parts.append(text[start:position])
                start = position + 4
        position += 1
    return [*parts, text[start:]]
