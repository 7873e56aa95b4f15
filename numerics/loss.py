"""The loss f of F(w) = f(w_1 ... w_k): its value, slope and curvature in every arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from flint import arb

from numerics.evaluate import Backend, BackendName, Function, compile_expression
from theory.errors import InputError
from theory.expressions import Expression, parse, rational_value
from theory.expressions.derivatives import derivative

SHAMIR = "(p+1)**2/2"
"""The objective of Shamir (2019): exponential escape times on Gaussian starts."""


@dataclass(frozen=True)
class Loss:
    """A loss as a function of the product p, with its first two derivatives.

    Attributes
    ----------
    expression : Expression
        The formula for f(p).

    Notes
    -----
    Derivatives are those of :mod:`theory.expressions.derivatives`; the kernel proves its rules for
    sums, products, quotients, whole powers, exp, log, sin and sqrt (``formula-derivative``).
    Where f has a kink (``abs``), the slope is a sign, and the curvature
    is that of the smooth pieces and undefined (not finite) at the kink itself.
    """

    expression: Expression

    @classmethod
    def of(cls, loss: str | Expression | Loss) -> Loss:
        """Read a loss from text (see :func:`theory.expressions.parse`) or take one as it is.

        Raises
        ------
        InputError
            For text outside the whitelist.
        """
        if isinstance(loss, Loss):
            return loss
        if not isinstance(loss, str | Expression):
            raise InputError("loss", f"a formula is wanted, not {type(loss).__name__}")
        return _remembered(parse(loss, argument="loss") if isinstance(loss, str) else loss)

    def __str__(self) -> str:
        return str(self.expression)

    @cached_property
    def derivative(self) -> Expression:
        """The formula for f'(p)."""
        return _differentiate(self.expression)

    @cached_property
    def second_derivative(self) -> Expression:
        """The formula for f''(p)."""
        return _differentiate(self.derivative)

    @cached_property
    def third_derivative(self) -> Expression:
        """The formula for f'''(p)."""
        return _differentiate(self.second_derivative)

    @cached_property
    def smooth(self) -> bool:
        """Whether the formula is free of ``abs`` (it may still have poles and branch points)."""
        return all(node.head not in ("abs", "sign") for node in self.expression.walk())

    @cached_property
    def _compiled(self) -> dict[tuple[str, str], Function]:
        return {}

    def _function(self, which: str, backend: BackendName | Backend) -> Function:
        formula = getattr(self, which)
        if not isinstance(backend, str):
            return compile_expression(formula, backend)
        key = (which, backend)
        if key not in self._compiled:
            self._compiled[key] = compile_expression(formula, backend)
        return self._compiled[key]

    def value(self, backend: BackendName | Backend) -> Callable[[Any], Any]:
        """Return f as a function of p in the given arithmetic."""
        return self._function("expression", backend)

    def slope(self, backend: BackendName | Backend) -> Callable[[Any], Any]:
        """Return f' as a function of p in the given arithmetic."""
        return self._function("derivative", backend)

    def descent(self, backend: BackendName | Backend) -> Callable[[Any], Any]:
        """Return f' for taking steps: not a number wherever f itself has no real value.

        The formula of f' can have values where f has none: f = log(p) at p < 0.
        """
        return self._where_real(self.slope(backend), backend)

    def bend(self, backend: BackendName | Backend) -> Callable[[Any], Any]:
        """Return f'' likewise: not a number wherever f itself has no real value."""
        return self._where_real(self.curvature(backend), backend)

    def _where_real(self, of: Function, backend: BackendName | Backend) -> Function:
        if all(_real_everywhere(node) for node in self.expression.walk()):
            return of
        value = self.value(backend)
        return lambda p: of(p) + 0 * value(p)

    def curvature(self, backend: BackendName | Backend) -> Callable[[Any], Any]:
        """Return f'' as a function of p in the given arithmetic."""
        return self._function("second_derivative", backend)

    def third(self, backend: BackendName | Backend) -> Callable[[Any], Any]:
        """Return f''' as a function of p in the given arithmetic."""
        return self._function("third_derivative", backend)


@lru_cache(maxsize=256)
def _remembered(expression: Expression) -> Loss:
    return Loss(expression)


def _real_everywhere(node: Expression) -> bool:
    if node.head == "**":
        exponent = rational_value(node.args[1])
        return exponent is not None and exponent.denominator == 1 and exponent >= 0
    if node.head == "/":  # as 0/p, whose derivative is 0
        return bool(rational_value(node.args[1]))
    return node.head not in ("log", "sqrt")


def _differentiate(expression: Expression) -> Expression:
    for node in expression.walk():
        # The derivative of a constant is 0, whatever it is: log(-1) would go unnoticed.
        if "p" not in node.names and not compile_expression(node, "arb")(arb(0)).is_finite():
            raise InputError("loss", "it has no real value")
    return derivative(expression)
