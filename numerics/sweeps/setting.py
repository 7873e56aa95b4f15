"""What a cell changes about gradient descent, as one text: ``"residual, clip 0.1, decay 0.0001"``.

The empty text is plain gradient descent. Schedules are texts of the step size, several losses a
text of the loss, singular values one too; each is a file's value in canonical spelling, so that
the key of a cell says all that its rows depend on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from numerics.spectral import learned, mode_loss
from numerics.sweeps.cells import Cell
from numerics.variants.variant import Variant
from theory.dynamics.stopping import StopCondition, parse_until
from theory.errors import InputError
from theory.exact import exact, exact_list

KEYS = ("residual", "clip", "decay", "momentum", "noise")
"""The keys of a sweep file that make the text, in its order."""
YES = "yes"
"""The value of a key that is on or off."""
NONE = "none"
"""The value of a key for a limit that is not set."""
MODES = "singular values "
"""What a loss begins with that stands for all modes of a target at once."""
_JOINT, _EACH = "; ", "each within "


def text_of(values: dict[str, str]) -> str:
    """Join the values of :data:`KEYS`, empty where nothing is changed."""
    said = (key if values[key] == YES else f"{key} {values[key]}" for key in KEYS if values[key])
    return ", ".join(said)


def rule_of(cell: Cell) -> dict[str, Any]:
    """Return what :func:`numerics.escape.escape` takes for the setting of a cell."""
    rule: dict[str, Any] = {}
    for part in filter(None, cell.setting.split(", ")):
        key, _, value = part.partition(" ")
        rule[key] = value or True
    return rule


def variant_of(cell: Cell) -> Variant:
    """Return the rule for one step that the cell says.

    Raises
    ------
    InputError
        For numbers that do not go together.
    """
    rule = rule_of(cell)
    changed = {key: rule[key] for key in ("clip", "decay", "momentum") if key in rule}
    return Variant.of(cell.step, **changed, anchor=int("residual" in rule))


def losses_of(cell: Cell) -> list[str]:
    """Return the losses that every step may be on; one, but for mini-batches."""
    return cell.loss.split(_JOINT)


def joint(losses: Iterable[str]) -> str:
    """Write several losses as one text; their order does not matter."""
    return _JOINT.join(sorted(set(losses)))


def problems(target: str, within: str) -> list[tuple[str, str]]:
    """Return loss and condition of every mode of a target, and of all of them at once.

    A mode is a scalar net (:mod:`numerics.spectral`), so its cell is an ordinary one.
    """
    share, values = Fraction(within), exact_list(target, "target")
    each = [(str(mode_loss(s)), str(learned(s, share))) for s in values]
    return each + ([(MODES + target, _EACH + within)] if len(values) > 1 else [])


def modes_of(cell: Cell) -> tuple[list[Fraction], Fraction]:
    """Return the singular values of a cell for all modes at once, and the share."""
    values = exact_list(cell.loss.removeprefix(MODES), "target")
    return list(values), exact(cell.until.removeprefix(_EACH), "within")


def is_plain(setting: str, step: str, loss: str) -> bool:
    """Whether these texts say gradient descent with one step size on one loss."""
    return not (setting or "," in step or _JOINT in loss or loss.startswith(MODES))


def refuses(cell: Cell) -> tuple[str, str] | None:
    """Name the key that does not go with the others in the certified engine, and why."""
    return _refusal(replace(cell, seed=0))  # of up to 200,000 cells, all but few differ in seeds


@lru_cache(maxsize=1_000)
def _refusal(cell: Cell) -> tuple[str, str] | None:
    modes = cell.loss.startswith(MODES)
    rule = rule_of(cell)
    if modes:
        # The norm of the gradient and a shift of the layers are not of one mode.
        for key in rule:
            if key not in ("decay", "momentum"):
                return key, "not next to target: it does not decouple the modes"
    try:
        variant = variant_of(cell)
    except InputError as wrong:
        return wrong.argument, wrong.problem
    until = None if modes else parse_until(cell.until)
    if "noise" in rule or len(losses_of(cell)) > 1:
        if not variant.plain:
            return "step", "several losses, or noise, take one step size and no more"
        if not (isinstance(until, StopCondition) and until.quantity == "p"):
            return "until", "for several losses, or noise, it is one comparison of p"
        if cell.bound:
            return "bound", "there is none for several losses, or noise"
    if cell.bound and variant.decay:
        return "bound", "weight decay has none"
    one = isinstance(until, StopCondition) and until.quantity in ("p", "f")
    if cell.bound and not one:
        return "bound", "it is for one comparison of p or f"
    return None
