"""What the API gives back: short to print, rich in a notebook, plain data for pandas and plots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape as html
from typing import TYPE_CHECKING, Any

from proofs.verdicts import Counterexample, Rung, Verdict
from theory import typeset
from theory.claims import Claim
from theory.exact import decimal_string

if TYPE_CHECKING:
    from numerics.escape import EscapeResult
    from proofs.audit import Audit
    from proofs.sharpen import Bracket
    from theory.derivation import Derivation

Record = dict[str, Any]
"""A row of plain values, as ``pandas.DataFrame`` takes them."""
_COLOURS = {"proved": "#1a7f37", "supported": "#0969da", "refuted": "#cf222e"}


def point_text(point: Mapping[str, Fraction]) -> str:
    """A point as ``x = 1/2, y = 3``."""
    return ", ".join(f"{x} = {v}" for x, v in sorted(point.items())) or "no variables"


def table(records: Sequence[Mapping[str, Any]]) -> str:
    """Records as an HTML table."""
    if not records:
        return "<table></table>"
    head = "".join(f"<th>{html(str(n))}</th>" for n in records[0])
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{html('' if v is None else str(v))}</td>" for v in r.values())
        + "</tr>"
        for r in records
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


@dataclass(frozen=True, repr=False)
class Verified:
    """What verification found out about one claim.

    Attributes
    ----------
    claim : Claim
    row : dict
        Everything, as JSON values (``proofs/schemas/verify.schema.json``).
    """

    claim: Claim
    row: Record

    @property
    def verdict(self) -> Verdict:
        """Proved, supported, refuted, undecided or unsupported; it has no truth value."""
        return Verdict(self.row["verdict"])

    @property
    def rung(self) -> Rung | None:
        """What has to be trusted: kernel, certificate, measured; None if nothing is known."""
        from proofs.report import rung

        found = rung(self.row)
        return None if found is None else Rung(found)

    @property
    def counterexample(self) -> dict[str, Fraction] | None:
        """An exact point at which the claim fails, if it was refuted."""
        for evidence in self.row["evidence"]:
            if evidence["counterexample"] is not None:
                return {n: Fraction(v) for n, v in evidence["counterexample"]["point"].items()}
        return None

    @property
    def control(self) -> str:
        """``"refuted"``, or what happened to the false twin instead."""
        return str(self.row["negative_control"])

    @property
    def slack(self) -> str:
        """By how much it holds; ``"sharp"`` where equality is attained."""
        return str(self.row["slack"] or "")

    @property
    def certificate(self) -> str | None:
        """The certificate as text; :func:`check` and ``lemmata check`` take it."""
        return self.row.get("certificate")

    def coq(self) -> str:
        """The certificate as a self-contained Coq file, for somebody without this package.

        Raises
        ------
        InputError
            If there is no certificate, or one of its rules cannot be written in Coq.
        """
        from proofs.export import Untranslatable, translate
        from theory.errors import InputError

        if self.certificate is None:
            raise InputError("claim", "it has no certificate")
        try:
            return translate(self.certificate, self.claim.name)
        except Untranslatable as wrong:
            raise InputError("claim", f"it cannot be written for Coq yet: {wrong}") from None

    def latex(self) -> str:
        """The claim as a paragraph of LaTeX."""
        return typeset.claim(self.claim)

    def record(self) -> Record:
        """One row for a table of many."""
        return {
            "claim": self.claim.name,
            "verdict": self.row["verdict"],
            "rung": None if self.rung is None else self.rung.value,
            "slack": self.slack or None,
            "control": self.control,
            "seconds": self.row["seconds"],
        }

    def __repr__(self) -> str:
        by = "" if self.rung is None else f" by {self.rung.value}"
        found = self.counterexample if self.verdict is Verdict.REFUTED else None
        at = "" if found is None else f", fails at {point_text(found)}"
        slack = f", {self.slack}" if self.slack else ""
        return f"Verified({self.claim.name}: {self.verdict.value}{by}{slack}{at})"

    def _repr_latex_(self) -> str:
        return rf"{self.claim._repr_latex_()[:-1]} \quad\text{{{self.verdict.value}}}$"

    def _repr_html_(self) -> str:
        colour = _COLOURS.get(self.verdict.value, "#9a6700")
        head = f'<b>{html(self.claim.name)}</b>: <b style="color:{colour}">{self.verdict.value}</b>'
        lines = [f"{html(e['kind'])}: {html(e['detail'])}" for e in self.row["evidence"]]
        lines.append(f"negative control: {html(self.control)}")
        lines += [f"slack: {html(self.slack)}"] if self.slack else []
        items = "".join(f"<li>{line}</li>" for line in lines)
        said = html(str(self.claim.statement.conclusion))
        return f"<p>{head} <code>{said}</code></p><ul>{items}</ul>"


@dataclass(frozen=True, repr=False)
class VerifiedMany(Sequence[Verified]):
    """What verification found out about several claims, in order."""

    each: tuple[Verified, ...]

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, str):
            return next(v for v in self.each if v.claim.name == index)
        return self.each[index]

    def __len__(self) -> int:
        return len(self.each)

    def __iter__(self) -> Iterator[Verified]:
        return iter(self.each)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return dict(Counter(v.verdict.value for v in self.each))

    @property
    def stand(self) -> bool:
        """Whether every claim is proved or supported and every false twin refuted."""
        good = (Verdict.PROVED, Verdict.SUPPORTED)
        return all(v.verdict in good and v.control == "refuted" for v in self.each)

    def records(self) -> list[Record]:
        """Rows for ``pandas.DataFrame(result.records())``."""
        return [v.record() for v in self.each]

    def __repr__(self) -> str:
        counted = ", ".join(f"{n} {v}" for v, n in self.counts.items())
        return f"VerifiedMany({len(self)} claims: {counted})"

    def _repr_html_(self) -> str:
        return table(self.records())


@dataclass(frozen=True, repr=False)
class Checked:
    """A certificate that the trusted core has accepted.

    Attributes
    ----------
    statement : str
        What it proves, on one line.
    digest : str
        Of the statement.
    rests_on : tuple of str
        Statements that its proof cites.
    """

    statement: str
    digest: str
    rests_on: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Checked({self.statement})"


@dataclass(frozen=True, repr=False)
class Refuted:
    """The outcome of a search for a counterexample; not finding one proves nothing.

    Attributes
    ----------
    claim : Claim
    counterexample : Counterexample or None
    """

    claim: Claim
    counterexample: Counterexample | None

    @property
    def found(self) -> bool:
        """Whether there is a counterexample."""
        return self.counterexample is not None

    @property
    def point(self) -> dict[str, Fraction] | None:
        """Where the claim fails, exactly."""
        return None if self.counterexample is None else dict(self.counterexample.point)

    def script(self) -> str:
        """A Python script that shows the violation without this package.

        Raises
        ------
        InputError
            If there is no counterexample.
        """
        from proofs.standalone import script
        from theory.errors import InputError

        if self.counterexample is None:
            raise InputError("claim", "no counterexample was found")
        return script(self.claim.statement, self.counterexample)

    def __repr__(self) -> str:
        if self.counterexample is None:
            return f"Refuted({self.claim.name}: no counterexample found, which proves nothing)"
        return f"Refuted({self.claim.name}: fails at {point_text(self.counterexample.point)})"

    def _repr_html_(self) -> str:
        if self.counterexample is None:
            return f"<p>{html(repr(self))}</p>"
        sides = f"left {html(self.counterexample.left)}, right {html(self.counterexample.right)}"
        return f"<p><b>{html(self.claim.name)}</b> fails at {html(repr(self)[:-1])}: {sides}</p>"


@dataclass(frozen=True, repr=False)
class Sharpened:
    """A certified two-sided bracket of the best constant.

    Attributes
    ----------
    claim : Claim
    bracket : Bracket
        Both ends with their evidence.
    """

    claim: Claim
    bracket: Bracket

    @property
    def proved(self) -> Fraction:
        """A value at which the claim is proved."""
        return self.bracket.proved

    @property
    def refuted(self) -> Fraction:
        """A value at which it is refuted."""
        return self.bracket.refuted

    @property
    def width(self) -> Fraction:
        """The distance of the two."""
        return self.bracket.width

    def __repr__(self) -> str:
        ends = f"refuted at {decimal_string(self.refuted)}, proved at {decimal_string(self.proved)}"
        return f"Sharpened({self.claim.name}: {self.bracket.constant} {ends})"

    def latex(self) -> str:
        """The bracket as an inequality, without dollar signs."""
        low, high = sorted((self.refuted, self.proved))
        best = typeset.name(self.bracket.constant) + r"_{\mathrm{best}}"
        ends = [decimal_string(v).replace("E", r"\cdot 10^{") for v in (low, high)]
        ends = [e + "}" if "10^{" in e else e for e in ends]
        return rf"{ends[0]} \le {best} \le {ends[1]}"

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"


@dataclass(frozen=True, repr=False)
class Audited:
    """Whether the hypotheses of a claim can be met, and which are needed."""

    claim: Claim
    audit: Audit

    @property
    def witness(self) -> dict[str, Fraction] | None:
        """An exact point that satisfies all hypotheses; None if none was found."""
        return None if self.audit.witness is None else dict(self.audit.witness)

    @property
    def needs(self) -> dict[str, str]:
        """Hypothesis to ``needed``, ``not needed`` or ``open``."""
        return {h.name: h.need for h in self.audit.hypotheses}

    def records(self) -> list[Record]:
        """One row for each hypothesis."""
        return [
            {
                "hypothesis": h.name,
                "need": h.need,
                "without it": None
                if h.counterexample is None
                else point_text(h.counterexample.point),
            }
            for h in self.audit.hypotheses
        ]

    def __repr__(self) -> str:
        filled = "empty" if self.audit.empty else "open" if self.witness is None else "satisfiable"
        needs = ", ".join(f"{n} {need}" for n, need in self.needs.items())
        return f"Audited({self.claim.name}: {filled}{'; ' if needs else ''}{needs})"

    def _repr_html_(self) -> str:
        return f"<p>{html(repr(self))}</p>{table(self.records())}"


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
