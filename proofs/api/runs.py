"""Results of running and deriving: counts, derivations, sweeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape as html
from typing import TYPE_CHECKING, Any

from proofs.api.door import doors
from proofs.api.shown import Record, listed, table
from theory.errors import InputError
from theory.exact import digits_of
from theory.names import nearest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from numerics.escape import EscapeResult
    from numerics.followed import Orbit
    from theory.dynamics.derivation import Derivation


@doors
@dataclass(frozen=True, repr=False)
class Counted:
    """How many steps of gradient descent until a condition holds.

    Attributes
    ----------
    result : EscapeResult
    until : str
        The condition.
    loss, step : str
        As they were asked.
    weights : tuple of Fraction
        The start.
    options : mapping
        What else was asked.
    """

    result: EscapeResult
    until: str
    loss: str
    weights: tuple[Fraction, ...]
    step: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> int | None:
        """The exact count, where the bounds agree."""
        return self.result.count

    @property
    def lower(self) -> int:
        """A lower bound of it."""
        return self.result.lower

    @property
    def upper(self) -> int | None:
        """An upper bound of it; None if none is known."""
        return self.result.upper

    def record(self) -> Record:
        """One row for a table of many; counts are text, as they have any number of digits."""
        r = self.result
        upper = None if r.upper is None else digits_of(r.upper)
        return {
            "depth": r.depth,
            "outcome": r.outcome,
            "lower": digits_of(r.lower),
            "upper": upper,
            "rigour": r.rigour,
        }

    def __int__(self) -> int:
        if self.count is None:
            raise InputError("count", "it is not known exactly; .lower and .upper are")
        return self.count

    def latex(self) -> str:
        """The question and the answer as a paragraph of LaTeX."""
        from proofs.presentation import latex

        others = tuple(map(str, self.options.get("others", ())))
        settings = {
            n: str(self.options[n])
            for n in ("noise", "clip", "decay", "momentum")
            if self.options.get(n) is not None
        }
        residual = bool(self.options.get("residual", False))
        asked = ((self.loss, *others), self.weights, self.step, self.until)
        return latex.count(*asked, self.result, settings, residual)

    def orbit(self, max_steps: int = 2_000_000) -> Orbit:
        """The orbit in doubles, for the eye: ``steps``, ``weights``, ``products``, ``losses``.

        Each is an array, as ``axes.plot(orbit.steps, orbit.products)`` wants them.

        Raises
        ------
        InputError
            If the descent was not plain, or leaves the range of doubles.
        """
        from numerics.followed import follow
        from numerics.loss import Loss
        from theory.dynamics.stopping import parse_stop
        from theory.exact import exact

        if self.options.keys() & {"residual", "clip", "decay", "momentum", "others", "noise"}:
            raise InputError("orbit", "only plain gradient descent can be followed")
        condition, size = parse_stop(self.until), exact(self.step, "step")
        return follow(Loss.of(self.loss), self.weights, size, condition, "", max_steps)

    def figure(self, max_steps: int = 2_000_000) -> Figure:
        """Weights, product and loss along the orbit, as ``lemmata plot trajectory`` draws them."""
        from numerics.figures.plateau import draw

        return draw(self.orbit(max_steps), "Gradient descent")

    def _repr_latex_(self) -> str:
        from theory import typeset
        from theory.dynamics.stopping import QUANTITIES
        from theory.expressions import parse_condition

        lower, upper = (digits_of(n or 0) for n in (self.lower, self.upper))
        known = {"never": r"\infty", "undecided": f"\\ge {lower}"}
        exactly = f"= {lower}"
        upper = f"\\in [{lower}, {upper}]"
        said = known.get(self.result.outcome, exactly if self.count is not None else upper)
        said = f"= {said}" if said == r"\infty" else said
        names, functions = frozenset(QUANTITIES), frozenset({"abs"})
        condition = parse_condition(self.until, names, functions, "until")
        return rf"$\min\{{t : {typeset.joined(condition)}\}} {said}$"

    def __repr__(self) -> str:
        r = self.result
        lower, upper = (digits_of(n or 0) for n in (r.lower, r.upper))
        steps = {"never": "never", "undecided": f"at least {lower} steps"}.get(r.outcome, "")
        if r.count is not None:
            steps = f"{lower} step{'s' * (r.count != 1)}"
        steps = steps or f"{lower} to {upper} steps"
        return f"Counted({steps} until {self.until}, {r.rigour})"

    def _repr_html_(self) -> str:
        known = {**self.record(), **self.result.details}
        return f"<p><b>{html(repr(self)[8:-1])}</b></p>{listed(known)}"


@doors
@dataclass(frozen=True, repr=False)
class Derived:
    """A derivation: everything that is known of F(w) = f(w_1 ... w_k)."""

    derivation: Derivation

    @property
    def holds(self) -> bool:
        """Whether every identity was decided to hold, by two implementations."""
        return self.derivation.holds

    def latex(self) -> str:
        """The derivation as a LaTeX document."""
        from proofs.commands.derive import latex_lines, unmistakable

        with unmistakable(self.derivation):
            return "\n".join(latex_lines(self.derivation))

    def text(self) -> str:
        """The derivation as lines of Unicode."""
        from proofs.commands.derive import section_lines, unmistakable

        sections = self.derivation.sections
        with unmistakable(self.derivation):
            return "\n\n".join("\n".join([s.title, *section_lines(s)]) for s in sections)

    def records(self) -> list[Record]:
        """One row for each identity."""
        return [
            {"identity": i.name, "statement": str(i.statement.conclusion), "holds": i.result.holds}
            for i in self.derivation.identities
        ]

    def __repr__(self) -> str:
        o, held = self.derivation.objective, "all hold" if self.holds else "NOT all hold"
        depth = "every depth" if o.depth is None else f"depth {o.depth}"
        return f"Derived({depth}: {len(self.derivation.identities)} identities, {held})"

    def _repr_latex_(self) -> str:
        first = next(f for s in self.derivation.sections for f in s.formulas)
        return rf"$\displaystyle {first.latex}$"

    def _repr_html_(self) -> str:
        return f"<p>{html(repr(self))}</p><pre>{html(self.text())}</pre>"


@doors
@dataclass(frozen=True, repr=False)
class Swept:
    """A sweep: rows of single starts, and a summary of each group.

    Attributes
    ----------
    name : str
    rows : tuple of dict
        One for each start; counts are text, as they have any number of digits.
    groups : tuple of dict
        One for each setting: depth, init, ..., reached, the median and its interval.
    finished, total : int
        Cells.
    """

    name: str
    rows: tuple[Record, ...]
    groups: tuple[Record, ...]
    finished: int
    total: int

    def records(self) -> list[Record]:
        """Rows for ``pandas.DataFrame(result.records())``."""
        return [dict(row) for row in self.rows]

    def series(self, **chosen: Any) -> tuple[list[int], list[float]]:
        """Depths and estimates of ln median, as ``axes.plot(*result.series())`` wants them.

        Parameters
        ----------
        **chosen
            Which groups, such as ``init="gaussian"``.
        """
        for name in chosen.keys() - {n for g in self.groups for n in g}:
            if self.groups:
                raise InputError(name, f"groups have no such axis{nearest(name, self.groups[0])}")
        mine = [g for g in self.groups if all(g[n] == v for n, v in chosen.items())]
        known = [g for g in mine if g["ln_median"]["estimate"] is not None]
        return [g["depth"] for g in known], [g["ln_median"]["estimate"] for g in known]

    def __repr__(self) -> str:
        return f"Swept({self.name}: {self.finished} of {self.total} cells, {len(self.rows)} starts)"

    def _repr_html_(self) -> str:
        shown = [
            {
                **{n: g[n] for n in ("depth", "init", "step", "reached")},
                "median": g["deciles"]["50"],
            }
            for g in self.groups
        ]
        return f"<p>{html(repr(self))}</p>{table(shown)}"
