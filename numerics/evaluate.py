"""Formulas to functions: walk the tree once, return a closure over the backend's arithmetic.

Nothing is evaluated as code; a backend is a handful of operations. On balls (``arb``, ``acb``,
``series``) the value returned always encloses the true one, and is not finite where the formula
has no real (or analytic) value on the whole ball; it is never wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from flint import acb, arb, arb_series, ctx, fmpq

from theory.errors import InputError
from theory.expressions import Expression, rational_value

BackendName = Literal["mpmath", "arb", "acb", "series", "numpy"]
Value = Any
"""A number of some backend."""
Function = Callable[[Value], Value]


@dataclass(frozen=True)
class Backend:
    """An arithmetic.

    Attributes
    ----------
    number : callable
        Fraction to the backend's number, at the precision in force when it is called.
    precision : callable
        What the value of ``number`` depends on; constants are remembered per precision.
    pi : callable
        The constant.
    functions : dict
        One-argument functions by name.
    power : callable
        ``power(base, exponent)`` with an exact rational exponent.
    divide : callable
        Quotient; a value that is not finite where it is undefined.
    """

    number: Callable[[Fraction], Any]
    precision: Callable[[], Hashable]
    pi: Callable[[], Any]
    functions: dict[str, Function]
    power: Callable[[Any, Fraction], Any]
    divide: Callable[[Any, Any], Any]


def compile_expression(
    expression: Expression, backend: BackendName | Backend, argument: str = "loss"
) -> Function:
    """Turn a formula in the one variable ``p`` into a function.

    Parameters
    ----------
    expression : Expression
        Heads: numbers, ``p``, ``pi``, ``neg + - * / **`` and the analytic functions, abs, sign.
    backend : str or Backend
        ``"mpmath"`` (the global context), ``"arb"`` (real balls), ``"acb"`` (complex balls,
        holomorphic or not finite, as ``acb.integral`` wants), ``"series"`` (truncated power
        series with ball coefficients; the caller sets the length), ``"numpy"`` (doubles,
        vectorised), or an arithmetic of one's own, such as :func:`mpmath_backend`.
    argument : str
        The name to put in front of an error message.

    Returns
    -------
    callable
        ``p -> value``, in the backend's numbers.

    Raises
    ------
    InputError
        For a variable other than ``p``, an exponent that is not a rational constant, a function
        the backend does not have (``abs`` and ``sign`` on power series: not analytic).
    """
    arithmetic = _named(backend) if isinstance(backend, str) else backend
    return _compile(expression, arithmetic, argument)


def _compile(e: Expression, backend: Backend, argument: str) -> Function:
    if e.head == "number":
        assert e.value is not None
        return _constant(e.value, backend)
    if e.head == "name":
        if e.name == "pi":
            return lambda _: backend.pi()
        if e.name != "p":
            raise InputError(argument, f"the engines know the variable p, not {e.name!r}")
        return lambda p: p
    if e.head == "**":
        exponent = _exponent(e.args[1], argument)
        base, power = _compile(e.args[0], backend, argument), backend.power
        return lambda p: power(base(p), exponent)
    parts = [_compile(a, backend, argument) for a in e.args]
    match e.head, parts:
        case "neg", [a]:
            return lambda p: -a(p)
        case "+", [a, b]:
            return lambda p: a(p) + b(p)
        case "-", [a, b]:
            return lambda p: a(p) - b(p)
        case "*", [a, b]:
            return lambda p: a(p) * b(p)
        case "/", [a, b]:
            divide = backend.divide
            return lambda p: divide(a(p), b(p))
        case head, [a] if head in backend.functions:
            function = backend.functions[head]
            return lambda p: function(a(p))
        case "abs" | "sign", _:
            raise InputError(argument, f"the loss is not analytic: it contains {e.head}")
    raise InputError(argument, f"no engine evaluates {e.head}")


def _constant(value: Fraction, backend: Backend) -> Function:
    remembered: dict[Hashable, Any] = {}

    def constant(_: Value) -> Value:
        bits = backend.precision()
        if bits not in remembered:
            remembered.clear()
            remembered[bits] = backend.number(value)
        return remembered[bits]

    return constant


def _exponent(e: Expression, argument: str) -> Fraction:
    try:
        value = rational_value(e)
    except ZeroDivisionError:
        raise InputError(argument, "an exponent divides by zero") from None
    if value is None:
        raise InputError(argument, "an exponent is not a rational constant")
    return value


def mpmath_backend(context: Value) -> Backend:
    """Make an arithmetic of an mpmath context at its current precision (not rigorous).

    Where a formula has no real value the result is nan, never a complex number.
    """

    def real(function: Function, defined: Callable[[Value], bool]) -> Function:
        return lambda x: function(x) if defined(x) else context.nan

    def power(base: Value, exponent: Fraction) -> Value:
        if exponent.denominator == 1:
            return context.nan if exponent < 0 and base == 0 else base ** int(exponent)
        if base < 0 or (base == 0 and exponent < 0):
            return context.nan
        if exponent.denominator == 2:
            return context.sqrt(base) ** exponent.numerator
        return base ** (context.mpf(exponent.numerator) / exponent.denominator)

    functions: dict[str, Function] = {
        "exp": context.exp,
        "log": real(context.log, lambda x: bool(x > 0)),
        "sqrt": real(context.sqrt, lambda x: bool(x >= 0)),
        "sin": context.sin,
        "cos": context.cos,
        "tanh": context.tanh,
        "cosh": context.cosh,
        "sinh": context.sinh,
        "abs": abs,
        "sign": context.sign,
    }
    return Backend(
        number=lambda v: context.mpf(v.numerator) / v.denominator,
        precision=lambda: int(context.prec),
        pi=lambda: +context.pi,
        functions=functions,
        power=power,
        divide=lambda a, b: a / b if b != 0 else context.nan,
    )


def _integer_power(base: Value, exponent: int) -> Value:
    """Powers by squaring: Arb's own take logarithms, which balls around zero do not have."""
    if exponent < 0:
        return 1 / _integer_power(base, -exponent)
    result = None
    while exponent:
        if exponent & 1:
            result = base if result is None else result * base
        exponent >>= 1
        base = base * base if exponent else base
    return 1 + 0 * base if result is None else result


def _arb_power(base: arb, exponent: Fraction) -> arb:
    if exponent.denominator == 1:
        return _integer_power(base, int(exponent))
    if exponent.denominator == 2:
        return _integer_power(base.sqrt(), exponent.numerator)
    if base == 0:
        return arb(0) if exponent > 0 else arb("nan")
    return base ** arb(fmpq(exponent.numerator, exponent.denominator))


_ARB = Backend(
    number=lambda v: arb(fmpq(v.numerator, v.denominator)),
    precision=lambda: int(ctx.prec),
    pi=arb.pi,
    functions={
        "exp": arb.exp,
        "log": arb.log,
        "sqrt": arb.sqrt,
        "sin": arb.sin,
        "cos": arb.cos,
        "tanh": arb.tanh,
        "cosh": arb.cosh,
        "sinh": arb.sinh,
        "abs": abs,
        "sign": arb.sgn,
    },
    power=_arb_power,
    divide=lambda a, b: a / b,
)


def _acb_power(base: acb, exponent: Fraction) -> acb:
    if exponent.denominator == 1:
        return _integer_power(base, int(exponent))
    if exponent.denominator == 2:
        return _integer_power(base.sqrt(analytic=True), exponent.numerator)
    return base.pow(acb(fmpq(exponent.numerator, exponent.denominator)), analytic=True)


_ACB = Backend(
    number=lambda v: acb(fmpq(v.numerator, v.denominator)),
    precision=lambda: int(ctx.prec),
    pi=acb.pi,
    functions={
        "exp": acb.exp,
        "log": lambda z: z.log(analytic=True),
        "sqrt": lambda z: z.sqrt(analytic=True),
        "sin": acb.sin,
        "cos": acb.cos,
        "tanh": acb.tanh,
        "cosh": acb.cosh,
        "sinh": acb.sinh,
        "abs": lambda z: z.real_abs(analytic=True),
        "sign": lambda z: z.real_sgn(analytic=True),
    },
    power=_acb_power,
    divide=lambda a, b: a / b,
)


def _as_series(x: Value) -> arb_series:
    return x if isinstance(x, arb_series) else arb_series([x])


def _series_power(base: Value, exponent: Fraction) -> arb_series:
    base = _as_series(base)
    if exponent.denominator != 1:
        logarithm = base.log()
        return (logarithm * arb_series([arb(fmpq(exponent.numerator, exponent.denominator))])).exp()
    result, square, left = arb_series([1]), base, abs(int(exponent))
    while left:
        if left & 1:
            result = result * square
        left >>= 1
        if left:
            square = square * square
    return result if exponent >= 0 else result.inv()


def _series_hyperbolic(x: Value) -> tuple[arb_series, arb_series, arb_series]:
    """Return cosh, sinh and tanh, all from the exponential."""
    x = _as_series(x)
    up, down = x.exp(), (-x).exp()
    double_sum, double_difference = up + down, up - down
    half = arb_series([arb(1) / 2])
    return double_sum * half, double_difference * half, double_difference / double_sum


_SERIES = Backend(
    number=lambda v: arb_series([arb(fmpq(v.numerator, v.denominator))]),
    precision=lambda: (int(ctx.prec), int(ctx.cap)),  # a constant, too, is known to so many terms
    pi=lambda: arb_series([arb.pi()]),
    functions={
        "exp": lambda x: _as_series(x).exp(),
        "log": lambda x: _as_series(x).log(),
        "sqrt": lambda x: _as_series(x).sqrt(),
        "sin": lambda x: _as_series(x).sin(),
        "cos": lambda x: _as_series(x).cos(),
        "cosh": lambda x: _series_hyperbolic(x)[0],
        "sinh": lambda x: _series_hyperbolic(x)[1],
        "tanh": lambda x: _series_hyperbolic(x)[2],
    },
    power=_series_power,
    divide=lambda a, b: _as_series(a) / _as_series(b),
)


def _double(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _numpy() -> Backend:
    import numpy as np

    def quiet(function: Callable[..., Value]) -> Callable[..., Value]:
        def silent(*arguments: Value) -> Value:
            with np.errstate(all="ignore"):
                return function(*arguments)

        return silent

    def power(base: Value, n: Fraction) -> Value:
        whole = n.denominator == 1 and n >= 0
        return np.power(base, int(n)) if whole else np.power(base, float(n))

    return Backend(
        number=_double,
        precision=lambda: 53,
        pi=lambda: float(np.pi),
        functions={
            **{n: quiet(getattr(np, n)) for n in _FUNCTIONS if n not in ("abs", "sign")},
            "abs": np.abs,
            "sign": np.sign,
        },
        power=quiet(power),
        divide=quiet(np.divide),
    )


_FUNCTIONS = ("exp", "log", "sqrt", "sin", "cos", "tanh", "cosh", "sinh", "abs", "sign")


@lru_cache(maxsize=8)
def _named(backend: BackendName) -> Backend:
    """The arithmetic of that name; its library is loaded on use, as start-up matters."""
    match backend:
        case "mpmath":
            import mpmath

            return mpmath_backend(mpmath.mp)
        case "numpy":
            return _numpy()
    return {"arb": _ARB, "acb": _ACB, "series": _SERIES}[backend]
