"""How every figure looks and how it is saved: palette, axes, deterministic bytes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

from numerics.sweeps.files import replacing
from theory.errors import InputError
from theory.files import replaceable
from theory.notation import unicode

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_P = ParamSpec("_P")

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
"""Okabe and Ito's palette, distinguishable with every common colour vision deficiency."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GREY = "#666666"
LN10 = math.log(10)
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "lemmata",
    "svg.fonttype": "path",  # legible without any font installed
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}

_MADE: ContextVar[list[Figure] | None] = ContextVar("_MADE", default=None)
"""The figures that were made while one is drawn."""
_NOTHING = math.inf, -math.inf
"""The ends of axes on which nothing is drawn."""
_LARGEST, _CLOSEST = 1e100, 1e-12
"""Below the first, and further apart than the second times their size, all numbers can be drawn."""


@contextmanager
def drawable(figure: Figure | None = None, argument: str = "OUT") -> Iterator[None]:
    """Refuse in one line what cannot be drawn: numbers at the ends of the range of doubles.

    Squares of them have no double, so that whatever draws fails in one of many places. What fails
    while all numbers are ordinary is a mistake of the program, and is raised as it is.

    Parameters
    ----------
    figure : Figure or None
        What is drawn; None: those that are made meanwhile.
    argument : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        One line.
    """
    made: list[Figure] = [] if figure is None else [figure]
    token = _MADE.set(made)
    try:
        yield
    except InputError:
        raise
    except (ArithmeticError, ValueError) as wrong:  # of linear algebra too
        if not (isinstance(wrong, OverflowError) or any(map(_extreme, made))):
            raise
        problem = f"its numbers are too large, or too close, to be drawn ({wrong})"
        raise InputError(argument, problem) from None
    finally:
        _MADE.reset(token)


def _extreme(figure: Any) -> bool:
    """Whether a figure holds numbers of which squares, or differences, are no ordinary doubles."""
    ends = [
        (float(one[0]), float(one[1]))
        for axis in figure.axes
        for box in (axis.dataLim, axis.viewLim)
        for one in (box.intervalx, box.intervaly)
    ]
    drawn = (x for axis in figure.axes for line in axis.lines for x in line.get_xydata().flat)
    return any(_at_an_end(*e) for e in ends if e != _NOTHING) or not all(map(math.isfinite, drawn))


def _at_an_end(low: float, high: float) -> bool:
    most = max(abs(low), abs(high))
    return not most < _LARGEST or 0 < abs(high - low) < max(_CLOSEST * most, 1 / _LARGEST)


def styled(drawing: Callable[_P, Figure]) -> Callable[_P, Figure]:
    """Draw with the house's settings, whatever the user's own configuration says."""

    @wraps(drawing)
    def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> Figure:
        import matplotlib as mpl  # a second to load, and an extra of the installation

        with mpl.rc_context({**mpl.rcParamsDefault, **_SETTINGS}), drawable():
            return drawing(*args, **kwargs)

    return wrapped


def formula(text: str) -> str:
    """Write the formulas of a problem for people: ``abs(p + 1) <= 1/2`` as |p + 1| ≤ 1/2."""
    text = re.sub(r"abs\(([^()]*)\)", r"|\1|", text)
    return unicode(text).replace("-", "−")


def new_figure(
    width: float, height: float, rows: int = 1, columns: int = 1, **options: Any
) -> tuple[Figure, Any]:
    """Make a figure, in inches, and its axes as an array of shape (rows, columns)."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    if (made := _MADE.get()) is not None:
        made.append(figure)
    return figure, figure.subplots(rows, columns, squeeze=False, **options)


def paths(out: str | Path, argument: str = "OUT") -> tuple[Path, Path]:
    """Name the PNG and the SVG file that one output name stands for.

    Raises
    ------
    InputError
        For a suffix that is neither ``.png`` nor ``.svg``, a folder that does not exist, or a file
        that cannot be replaced.
    """
    out = Path(out)
    if not out.name or out.is_dir():
        raise InputError(argument, f"{str(out)[:200]!r} names no file")
    if out.suffix in (".png", ".svg"):
        out = out.with_suffix("")
    elif out.suffix.lower() in (".pdf", ".jpg", ".jpeg", ".eps", ".gif", ".html", ".webp"):
        raise InputError(argument, f"figures are written as .png and .svg, not {out.suffix}")
    if not out.parent.is_dir():
        raise InputError(argument, f"there is no folder {str(out.parent)[:200]!r}")
    made = out.with_name(out.name + ".png"), out.with_name(out.name + ".svg")
    for path in made:
        replaceable(path, argument)
    return made


def save(figure: Figure, out: str | Path) -> tuple[Path, Path]:
    """Write a figure as PNG and as SVG; the same figure gives the same bytes.

    Parameters
    ----------
    figure : Figure
        From :func:`new_figure`.
    out : str or Path
        Without suffix, or with ``.png`` or ``.svg``; both files are written.

    Returns
    -------
    png, svg : Path

    Raises
    ------
    InputError
        If a file cannot be written.
    """
    png, svg = paths(out)
    save_as(figure, png)
    save_as(figure, svg)
    return png, svg


def svg(figure: Figure) -> bytes:
    """Write a figure as SVG text; the same figure gives the same bytes."""
    import matplotlib as mpl

    settings = mpl.rc_context({**mpl.rcParamsDefault, **_SETTINGS})
    with BytesIO() as text, settings, drawable(figure):
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
        return text.getvalue()


def save_as(figure: Figure, path: Path) -> None:
    """Write a figure to one file, whose suffix chooses the format; see :func:`save`."""
    metadata = {".png": {"Software": None}, ".svg": {"Date": None, "Creator": None}}
    import matplotlib as mpl

    settings = mpl.rc_context({**mpl.rcParamsDefault, **_SETTINGS})
    with replacing(path, "OUT") as beside, settings, drawable(figure):
        figure.savefig(
            beside,
            format=path.suffix[1:] or "png",
            dpi=160,
            metadata=metadata.get(path.suffix),
        )


def power_axis(axis: Any) -> None:
    """Label an axis that holds decimal logarithms with the powers of ten they stand for."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axis.set_major_formatter(FuncFormatter(lambda x, _: f"$10^{{{x:.0f}}}$"))


def finite(values: Sequence[float]) -> list[float | None]:
    """Write numbers for JSON, which knows no infinities: null where a number is not finite."""
    return [v if math.isfinite(v) else None for v in values]
