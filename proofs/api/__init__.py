"""The public Python API, which an installation offers as ``import lemmata``.

>>> import lemmata as lm                                                    # doctest: +SKIP
>>> bernoulli = lm.claim("(1+x)**3 >= 1 + 3*x", hypotheses=["x >= -1"])     # doctest: +SKIP
>>> lm.verify(bernoulli)                                                    # doctest: +SKIP
Verified(claim: proved by certificate, sharp)

Every function takes a claim in any form: a :class:`Claim`, text, a SymPy relation, a name of the
catalogue, ``FILE::NAME``. Numbers are int, Fraction, Decimal, SymPy rationals or decimal text;
floats, NumPy's too, are refused with the way to say them exactly. Bad input raises
:class:`InputError`, a library that is not installed :class:`ToolMissing`, in one line each.
"""

from __future__ import annotations

from proofs.api.actions import (
    audit,
    catalogue,
    check,
    derive,
    escape,
    refute,
    sharpen,
    start,
    sweep,
    verify,
    verify_all,
)
from proofs.api.building import claim, load
from proofs.api.finding import Found, search
from proofs.api.results import Audited, Checked, Refuted, Sharpened, Verified, VerifiedMany
from proofs.api.runs import Counted, Derived, Swept
from proofs.api.theorems import KernelTheorem, Theorem, kernel_theorems, theorem, theorems
from proofs.evidence.verdicts import Counterexample, Rung, Verdict
from theory.claims import Claim, Source, Statement
from theory.errors import InputError
from theory.tools import ToolMissing

__all__ = [
    "Audited",
    "Checked",
    "Claim",
    "Counted",
    "Counterexample",
    "Derived",
    "Found",
    "InputError",
    "KernelTheorem",
    "Refuted",
    "Rung",
    "Sharpened",
    "Source",
    "Statement",
    "Swept",
    "Theorem",
    "ToolMissing",
    "Verdict",
    "Verified",
    "VerifiedMany",
    "audit",
    "catalogue",
    "check",
    "claim",
    "derive",
    "escape",
    "kernel_theorems",
    "load",
    "refute",
    "search",
    "sharpen",
    "start",
    "sweep",
    "theorem",
    "theorems",
    "verify",
    "verify_all",
]
