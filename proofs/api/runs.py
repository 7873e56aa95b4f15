"""Results of running and deriving: counts, derivations, sweeps."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape as html
from typing import TYPE_CHECKING, Any

from proofs.api.shown import Record, table

if TYPE_CHECKING:
    from numerics.escape import EscapeResult
    from theory.dynamics.derivation import Derivation


@dataclass(frozen=True, repr=False)
class Counted:
    """How many steps of gradient descent until a condition holds.

    Attributes
    ----------
    result : EscapeResult
    until : str
        The condition.
    """

    result: EscapeResult
    until: str

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
        upper = None if r.upper is None else str(r.upper)
        return {
            "depth": r.depth,
            "outcome": r.outcome,
            "lower": str(r.lower),
            "upper": upper,
            "rigour": r.rigour,
        }

    def __repr__(self) -> str:
        r = self.result
        steps = {"never": "never", "undecided": f"at least {r.lower} steps"}.get(r.outcome, "")
        steps = steps or (
            f"{r.count} steps" if r.count is not None else f"{r.lower} to {r.upper} steps"
        )
        return f"Counted({steps} until {self.until}, {r.rigour})"

    def _repr_html_(self) -> str:
        details = {**self.record(), **self.result.details}
        return f"<p><b>{html(repr(self)[8:-1])}</b></p>{table([details])}"


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
        from proofs.commands.derive import latex_lines

        return "\n".join(latex_lines(self.derivation))

    def text(self) -> str:
        """The derivation as lines of Unicode."""
        from proofs.commands.derive import section_lines

        sections = self.derivation.sections
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
        first = self.derivation.sections[0].formulas[0]
        return rf"$\displaystyle {first.latex}$"

    def _repr_html_(self) -> str:
        return f"<p>{html(repr(self))}</p><pre>{html(self.text())}</pre>"


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
