"""What may be different from plain gradient descent, exactly.

One step from w with velocity v (zero at the start), step size eta_t of the piece of the schedule:

    v+ = beta v - eta_t (min(1, C/|grad F(w)|) grad F(w) + lambda (w - a)),    w+ = w + v+.

Decay pulls to the anchor a: 0, or 1 in a residual network, whose weights are w - 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from theory.errors import InputError
from theory.exact import Exact, digits_of, exact, integer

MAX_PIECES = 1_000


@dataclass(frozen=True)
class Piece:
    """A stretch of steps of one size; ``steps`` is None for the last one, which has no end."""

    step: Fraction
    steps: int | None


@dataclass(frozen=True)
class Variant:
    """A rule for one step.

    Attributes
    ----------
    pieces : tuple of Piece
        The schedule; only the last has no end.
    clip : Fraction or None
        C, positive: the largest norm of the gradient that is taken as it is.
    decay : Fraction
        lambda >= 0, with eta lambda <= 1.
    momentum : Fraction
        beta, 0 <= beta < 1 (heavy ball, Polyak 1964).
    anchor : int
        Where decay pulls every factor of the product.
    """

    pieces: tuple[Piece, ...]
    clip: Fraction | None = None
    decay: Fraction = Fraction(0)
    momentum: Fraction = Fraction(0)
    anchor: int = 0

    @classmethod
    def of(
        cls,
        step: Exact,
        clip: Exact | None = None,
        decay: Exact = 0,
        momentum: Exact = 0,
        anchor: int = 0,
    ) -> Variant:
        """Read a rule; ``step`` is a number, or a schedule such as ``"0.1:1000, 0.01"``.

        Raises
        ------
        InputError
            For numbers out of the ranges above.
        """
        made = cls(
            tuple(_schedule(step)),
            None if clip is None else exact(clip, "clip"),
            exact(decay, "decay"),
            exact(momentum, "momentum"),
            anchor,
        )
        if any(piece.step <= 0 for piece in made.pieces):
            raise InputError("step", "a positive step size is wanted")
        if made.clip is not None and made.clip <= 0:
            raise InputError("clip", "a positive norm is wanted")
        if not 0 <= made.momentum < 1:
            raise InputError("momentum", "a number from 0 to below 1 is wanted")
        if made.decay < 0 or made.decay * made.largest > 1:
            raise InputError("decay", "it is not negative, and step times decay is at most 1")
        return made

    @property
    def plain(self) -> bool:
        """Whether it is gradient descent with one step size."""
        return not (len(self.pieces) > 1 or self.clip is not None or self.decay or self.momentum)

    @property
    def descends(self) -> bool:
        """Whether every step is one of plain gradient descent, but for size and clipping."""
        return not (self.decay or self.momentum)

    @property
    def largest(self) -> Fraction:
        """The largest step size."""
        return max(piece.step for piece in self.pieces)

    def spans(self) -> Iterator[tuple[Piece, int, int | None]]:
        """Yield every piece with the index of its first state and of the state after it."""
        begin = 0
        for piece in self.pieces:
            end = None if piece.steps is None else begin + piece.steps
            yield piece, begin, end
            begin = end or begin

    def parts(self, count: int) -> list[int]:
        """Split a count of steps among the pieces of the schedule."""
        return [
            max(0, (count if end is None else min(count, end)) - begin)
            for _, begin, end in self.spans()
        ]

    def __str__(self) -> str:
        said = [
            f"step {p.step}" + ("" if p.steps is None else f" for {digits_of(p.steps)} steps")
            for p in self.pieces
        ]
        if self.clip is not None:
            said.append(f"gradient clipped to {self.clip}")
        if self.decay:
            said.append(f"weight decay {self.decay}")
        if self.momentum:
            said.append(f"momentum {self.momentum}")
        return ", ".join(said)


def _schedule(step: Exact) -> Iterator[Piece]:
    if not isinstance(step, str):
        yield Piece(exact(step, "step"), None)
        return
    texts = step.split(",")
    if len(texts) > MAX_PIECES:
        raise InputError("step", f"more than {MAX_PIECES} pieces")
    for index, text in enumerate(texts):
        size, colon, steps = text.partition(":")
        last = index == len(texts) - 1
        if bool(colon) == last:
            raise InputError("step", 'a schedule is "SIZE:STEPS, ..., SIZE", the last without end')
        if colon and not (steps.strip().isascii() and steps.strip().isdigit()):
            raise InputError("step", f"{steps.strip()[:40]!r} is not a number of steps")
        yield Piece(exact(size, "step"), integer(steps.strip()) if colon else None)
