"""What it is to have read a term as a quotient of polynomials."""

from __future__ import annotations

from typing import Any, NamedTuple

from proofs.core.normal import UNIT, Quotient

Poly = Any


class Normal(NamedTuple):
    """A term read as a quotient.

    Attributes
    ----------
    shown : str
        The term, as in the proof.
    top, bottom : str
        The polynomials; the bottom is empty if it is 1.
    proof : str
        Of the equation; empty if the term is its own top.
    nonzero : str
        A proof that the bottom is not zero.
    above, below : polynomial
        The same polynomials.
    """

    shown: str
    top: str
    above: Poly
    proof: str = ""
    bottom: str = ""
    below: Poly = UNIT
    nonzero: str = ""

    @property
    def quotient(self) -> Quotient:
        """As the core has it."""
        return Quotient(self.above, self.below)

    @property
    def equation(self) -> str:
        """The proof, whatever it is."""
        return self.proof or f"(eq_refl {self.shown})"
