"""Which false variants of kernel theorems are proved false, and not only without a proof.

A false variant, ``coq/false/NAME.v``, must not compile: its script proves the true statement and
is rejected for the variant. That another script might prove the variant is excluded where the
kernel has its negation: a lemma ``NAME_is_false : ~ (S)`` in ``coq/Refutations*.v``, S being, word
for word, what the variant states.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import proofs

SOURCES = Path(proofs.__file__).parent / "coq"
REJECTED = "script rejected"
"""The control of a kernel theorem with a variant whose negation is not proved."""
_NEGATION = re.compile(r"(?:Lemma|Theorem) (\w+)_is_false\s*:\s*~\s*\((.*?)\)\.\s*Proof", re.DOTALL)
_VARIANT = re.compile(r"(?:Lemma|Theorem) \w+\s*:\s*(.*?)\.\s*Proof", re.DOTALL)


@lru_cache(maxsize=1)
def negated(sources: Path = SOURCES) -> frozenset[str]:
    """The names of the false variants whose negations are proved, word for word."""
    found = set()
    for path in sorted(sources.glob("Refutations*.v")):
        for name, statement in _NEGATION.findall(path.read_text(encoding="utf-8")):
            variant = sources / "false" / f"{name}.v"
            if variant.is_file():
                stated = _VARIANT.search(variant.read_text(encoding="utf-8"))
                if stated is not None and stated[1].split() == statement.split():
                    found.add(name)
    return frozenset(found)


def control(variants: tuple[str, ...]) -> str:
    """``"refuted"`` if every variant is proved false, else that its script was rejected."""
    return "refuted" if variants and set(variants) <= negated() else REJECTED
