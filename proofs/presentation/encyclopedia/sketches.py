"""Small figures for the page: a few hundred bytes of SVG that follow the page's colours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from markupsafe import Markup

from theory.notation import unicode

if TYPE_CHECKING:
    from numerics.figures.slack import Curve

_WIDTH, _HEIGHT = 360, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 8, 8, 40
Pair = tuple[Fraction, Fraction]


def slack(curve: Curve) -> Markup:
    """Draw larger side minus smaller side over the one variable of a claim."""
    known = [(x, y) for x, y in zip(curve.points, curve.values, strict=True) if math.isfinite(y)]
    if len(known) < 2:
        return Markup()
    values = sorted(y for _, y in known)
    low, high = min(values[0], 0.0), max(values[-1], 0.0)
    usual = max(values[int(0.9 * (len(values) - 1))], 0.0)
    if high > 8 * usual > 0:  # it explodes at an end of the domain
        high = 1.3 * usual
    high = high if high > low else low + 1.0
    frame = _Frame((known[0][0], known[-1][0]), (low - 0.04 * (high - low), high))
    zero = frame.y(0.0)
    parts = [
        frame.axes(unicode(curve.variable), "slack"),
        Markup('<path class="area" d="{}"/>').format(frame.area(known, zero)),
        Markup('<path class="curve" d="{}"/>').format(frame.path(known)),
        Markup('<line class="zero" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            _LEFT, _WIDTH - _RIGHT, _n(zero), _n(zero)
        ),
    ]
    least = min(values[0], high)
    label = f"slack over {curve.variable} from {known[0][0]:.3g} to {known[-1][0]:.3g}"
    return _svg(f"{label}; smallest value drawn {least:.3g}, the claim fails below 0", parts)


def measured(points: Sequence[Pair], operator: str) -> Markup:
    """Draw the left side of every measurement over its right side, with the line of equality."""
    if not points:
        return Markup()
    logarithmic = all(left >= 0 and right >= 0 for left, right in points) and _spread(points) > 30
    pairs = [(_scaled(right, logarithmic), _scaled(left, logarithmic)) for left, right in points]
    finite = [v for pair in pairs for v in pair if math.isfinite(v)] or [0.0]
    low, high = min(finite), max(finite)
    pad = 0.06 * (high - low) or max(abs(high), 1.0) * 0.1
    horizontal = [max(x, low - pad) for x, _ in pairs]
    narrow = max(horizontal) - min(horizontal) < 0.05 * (high - low + pad)
    span = (low - pad, high + pad)
    frame = _Frame(span, span)
    if narrow:  # one bound for all measurements: number them instead
        frame = _Frame((0.0, len(pairs) + 1.0), span)
    dots = []
    for n, (x, y) in enumerate(pairs, 1):
        # A side of 0 has no logarithm: its dot is at the edge, and hollow.
        nothing = not (math.isfinite(x) and math.isfinite(y))
        dots.append(
            Markup('<circle class="{}" cx="{}" cy="{}" r="3"/>').format(
                "hollow" if nothing else "dot",
                _n(frame.x(n if narrow else max(x, span[0]))),
                _n(frame.y(max(y, span[0]))),
            )
        )
    ends = (horizontal[0], horizontal[0]) if narrow else span
    line = Markup('<line class="bound" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
        _LEFT, _WIDTH - _RIGHT, _n(frame.y(ends[0])), _n(frame.y(ends[1]))
    )
    words = "measurement" if narrow else "right side (the bound)"
    axes = frame.axes(words, "left side", logarithmic, logarithmic and not narrow)
    side = {"<=": "below", "<": "below", ">=": "above", ">": "above"}.get(operator, "on")
    label = f"{len(points)} measurements; the claim wants every dot {side} the line of equality"
    return _svg(label, [axes, line, *dots])


def _svg(label: str, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="sketch" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<title>{}</title>{}</svg>"
    ).format(_WIDTH, _HEIGHT, label, label, Markup("").join(parts))


class _Frame:
    """The drawing area, its scales and its axes."""

    def __init__(self, horizontal: tuple[float, float], vertical: tuple[float, float]) -> None:
        self.horizontal, self.vertical = horizontal, vertical

    def x(self, value: float) -> float:
        low, high = self.horizontal
        return _LEFT + (value - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        low, high = self.vertical
        share = (min(max(value, low), high) - low) / (high - low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    def path(self, points: Sequence[tuple[float, float]]) -> str:
        thinned = points[:: max(1, len(points) // 200)]
        return "M" + "L".join(f"{_n(self.x(x))} {_n(self.y(y))}" for x, y in thinned)

    def area(self, points: Sequence[tuple[float, float]], zero: float) -> str:
        first, last = self.x(points[0][0]), self.x(points[-1][0])
        return f"{self.path(points)}L{_n(last)} {_n(zero)}L{_n(first)} {_n(zero)}Z"

    def axes(
        self, across: str, up: str, up_logarithmic: bool = False, across_logarithmic: bool = False
    ) -> Markup:
        floor, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
        parts = [
            Markup('<path class="axis" d="M{0} {1}V{2}H{3}"/>').format(_LEFT, _TOP, floor, right)
        ]
        label = Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>')
        parts += [
            label.format(_n(self.x(t)), floor + 15, "middle", _tick(t, across_logarithmic))
            for t in _ticks(*self.horizontal, across_logarithmic)
        ]
        parts += [
            label.format(_LEFT - 6, _n(self.y(t) + 4), "end", _tick(t, up_logarithmic))
            for t in _ticks(*self.vertical, up_logarithmic)
        ]
        parts.append(
            Markup('<text class="name" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                (_LEFT + right) // 2, _HEIGHT - 6, across
            )
        )
        parts.append(
            Markup(
                '<text class="name" transform="translate(12 {}) rotate(-90)" '
                'text-anchor="middle">{}</text>'
            ).format((_TOP + floor) // 2, up)
        )
        return Markup("").join(parts)


def _ticks(low: float, high: float, integer: bool) -> list[float]:
    from matplotlib.ticker import MaxNLocator

    found = MaxNLocator(4, integer=integer).tick_values(low, high)
    return [float(t) for t in found if low <= t <= high]


def _tick(value: float, logarithmic: bool) -> Markup | str:
    if not logarithmic:
        return f"{value:.4g}".replace("-", "−")
    power = Markup('10<tspan dy="-4" font-size="8">{}</tspan>')
    return power.format(f"{value:.0f}".replace("-", "−"))


def _spread(points: Sequence[Pair]) -> float:
    sizes = [_scaled(v, True) for pair in points for v in pair if v > 0]
    return 10 ** min(max(sizes) - min(sizes), 300) if sizes else 1.0


def _scaled(value: Fraction, logarithmic: bool) -> float:
    if not logarithmic:
        return float(value) if abs(value) < 10**300 else math.copysign(math.inf, value)
    if value <= 0:
        return -math.inf
    return (math.log(value.numerator) - math.log(value.denominator)) / math.log(10)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
