"""Written proofs: their sections, their inferences, and the names they refer to.

A reference is a name in brackets, ``[zas-drift]``; ``*`` in it stands for any ending, and several
names share a bracket, ``[zas-form, zas-cauchy]``. A paragraph or an item of a list is one
inference. ``[gap]`` marks what the text itself leaves unproved.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Collection, Iterator

from theory.errors import InputError
from theory.theorems.model import Inference

GAP, END = "gap", "∎"
STATEMENTS = ("**Theorem", "**Lemma")
_NAME = r"[a-z][a-z0-9_.]*(?:[-/:*][a-z0-9_.*-]*)+|gap"
REFERENCE = re.compile(rf"\[({_NAME})((?:,\s+(?:{_NAME}))*)\](?!\()")
_HEADING = re.compile(r"^(#+)\s+(.+?)\s*$")
_EMPTY = re.compile(r"\s*\([\s,;]*\)")
_BOLD = re.compile(r"(?:[*]\s+)?\*\*(.+?)\*\*|\*([^*]+?)\*")
_ITEM = re.compile(r"^(?:[*-]|[0-9]+\.) ")
_SENTENCE = re.compile(r"(.+?[.:∎])(?:\s|$)", re.S)
_FENCED = re.compile(r"^```.*?^```", re.S | re.M)  # examples of files have headings in brackets
_LABEL = 72
_ESCAPED = re.compile(r"\\([_*])")


def plain(text: str) -> str:
    """Text of a page without the backslashes that keep its formulas apart from Markdown."""
    return _ESCAPED.sub(r"\1", text)


def references(text: str) -> list[str]:
    """The names in brackets, in the order of the text; patterns as they stand."""
    found = []
    for match in REFERENCE.finditer(text):
        found += [name.strip() for name in (match[1] + match[2]).split(",")]
    return found


def section(text: str, heading: str, argument: str) -> str:
    """The part of a page below a heading, up to the next heading of its level or above.

    Parameters
    ----------
    text : str
        The page; an empty heading means all of it.
    heading : str
        The heading's text, or its beginning.
    argument : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        If no heading, or more than one, begins like this.
    """
    if not heading:
        return text
    lines = text.splitlines()
    levels = {i: (len(m[1]), m[2]) for i, line in enumerate(lines) if (m := _HEADING.match(line))}
    starts = [i for i, (_, title) in levels.items() if title.startswith(heading)]
    if len(starts) != 1:
        many = "no section begins" if not starts else f"{len(starts)} sections begin"
        raise InputError(argument, f"{many} with {heading!r}")
    level = levels[starts[0]][0]
    end = next((i for i, (n, _) in levels.items() if i > starts[0] and n <= level), len(lines))
    return "\n".join(lines[starts[0] + 1 : end])


def proof_in(text: str, statement: str, argument: str) -> str:
    """The proof in a section: what follows its statement, up to the end mark.

    Parameters
    ----------
    text : str
        The section; without an end mark all that follows belongs to the proof.
    statement : str
        How the paragraph of the statement begins; empty for the section's first proof, ``*`` for
        the whole section.
    argument : str
        The name to put in front of an error message.
    """
    blocks = list(_blocks(text))
    if statement == "*":
        return text
    if statement:
        found = [i for i, block in enumerate(blocks) if block.startswith(statement)]
        if len(found) != 1:
            raise InputError(argument, f"{len(found)} paragraphs begin with {statement!r}, not one")
        blocks = blocks[found[0] :]
    ends = [i for i, block in enumerate(blocks) if END in block]
    kept = blocks
    if ends:
        last, mark, _ = blocks[ends[0]].partition(END)
        kept = [*blocks[: ends[0]], last + mark]
    begins = [i for i, block in enumerate(kept) if block.startswith("*Proof")]
    stated = [i + 1 for i, block in enumerate(kept) if block.startswith(STATEMENTS)]
    return "\n\n".join(kept[([0, *stated, *begins])[-1] :])


def inferences(text: str, names: Collection[str], argument: str) -> tuple[Inference, ...]:
    """Read a proof as a sequence of inferences.

    Parameters
    ----------
    text : str
        Paragraphs and items of lists; displayed formulas (indented, or tables) belong to the
        paragraph before them, headings to none.
    names : collection of str
        What may be referred to.
    argument : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        For a reference to nothing.
    """
    made = []
    for block in _blocks(_FENCED.sub("", text)):
        found = references(block)
        used = [
            n for pattern in found if pattern != GAP for n in _matching(pattern, names, argument)
        ]
        made.append(Inference(_label(block), block, tuple(dict.fromkeys(used)), gap=GAP in found))
    return tuple(made)


def _matching(pattern: str, names: Collection[str], argument: str) -> list[str]:
    if "*" not in pattern:
        if pattern not in names:
            raise InputError(argument, f"dead reference [{pattern}]")
        return [pattern]
    found = sorted(fnmatch.filter(names, pattern))
    if not found:
        raise InputError(argument, f"dead reference [{pattern}]: no name is of this form")
    return found


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs and items; what is displayed, and what goes on after it, stays with its text."""
    current: list[str] = []
    displayed = False
    for raw in [*text.splitlines(), ""]:
        line = raw.rstrip()
        item = _ITEM.match(line) is not None
        indented = line.startswith("    ") or line.startswith("|")
        if item or _HEADING.match(line):
            if current:
                yield "\n".join(current).strip()
            current = [line] if item else []
        elif not line:
            displayed = True
        elif current and displayed and not indented and not line[0].islower():
            yield "\n".join(current).strip()
            current = [line]
        else:
            current += ["", line] if current and displayed else [line]
        if line:
            displayed = False
    if current:
        yield "\n".join(current).strip()


def _label(block: str) -> str:
    """The bold words a block begins with, or its first sentence, cut short."""
    bare = _EMPTY.sub("", REFERENCE.sub(lambda m: "" if m[1] == GAP else f"{m[1]}", block))
    flat = _ITEM.sub("", " ".join(bare.split()).replace("( ", "("), count=1)
    bold = _BOLD.match(flat)
    words = (bold[1] or bold[2]) if bold else ""
    if len(words) < 12 and (sentence := _SENTENCE.match(flat[bold.end() if bold else 0 :].strip())):
        words = f"{words} {sentence[1]}".strip()
    words = (words or flat).replace("**", "").replace("*", "").rstrip(".: ")
    return words if len(words) <= _LABEL else f"{words[: _LABEL - 1].rstrip()}…"
