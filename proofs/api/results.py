"""What the API gives back about claims: short to print, rich in a notebook, plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape as html
from typing import TYPE_CHECKING, Any

from proofs.api.door import doors
from proofs.api.shown import Record, decimal_text, point_text, table
from proofs.evidence.verdicts import Counterexample, Rung, Verdict
from theory import paragraphs, typeset
from theory.claims import Claim

if TYPE_CHECKING:
    from proofs.sharpening.sharpen import Bracket
    from proofs.verification.audit import Audit

_COLOURS = {"proved": "#1a7f37", "supported": "#0969da", "refuted": "#cf222e"}


def _kind(evidence: Record) -> str:
    """What a line of evidence is: a point, whatever engine decided there, is a counterexample."""
    return "counterexample" if evidence["counterexample"] is not None else str(evidence["kind"])


@doors
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
    def stands(self) -> bool:
        """Whether it is proved or supported, and its false twin refuted."""
        good = self.verdict in (Verdict.PROVED, Verdict.SUPPORTED)
        return good and self.control == "refuted"

    def __bool__(self) -> bool:
        raise TypeError("a result has no truth value; ask .stands, or compare .verdict")

    @property
    def rung(self) -> Rung | None:
        """What has to be trusted: kernel, certificate, measured; None if nothing is known."""
        from proofs.presentation.report import rung

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
            typed = self.claim.typed
            return translate(
                self.certificate, self.claim.name, typed=None if typed is None else typed.table
            )
        except Untranslatable as wrong:
            raise InputError("claim", f"it cannot be written for Coq yet: {wrong}") from None

    def latex(self) -> str:
        """The claim as a paragraph of LaTeX."""
        return paragraphs.claim(self.claim)

    def record(self) -> Record:
        """One row for a table of many."""
        return {
            "claim": self.claim.name,
            "conclusion": self.claim.said,
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
        lines = [f"{html(_kind(e))}: {html(e['detail'])}" for e in self.row["evidence"]]
        lines.append(f"negative control: {html(self.control)}")
        lines += [f"slack: {html(self.slack)}"] if self.slack else []
        items = "".join(f"<li>{line}</li>" for line in lines)
        formula = html(self.claim._repr_latex_())  # notebooks set what stands between dollar signs
        return f"<p>{head} {formula}</p><ul>{items}</ul>"


@doors
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
        return all(v.stands for v in self.each)

    def records(self) -> list[Record]:
        """Rows for ``pandas.DataFrame(result.records())``."""
        return [v.record() for v in self.each]

    def latex(self) -> str:
        """The claims as paragraphs of LaTeX."""
        return "\n".join(v.latex() for v in self.each)

    def __repr__(self) -> str:
        counted = ", ".join(f"{n} {v}" for v, n in self.counts.items())
        return f"VerifiedMany({len(self)} claims: {counted})"

    def _repr_html_(self) -> str:
        return table(self.records())


@doors
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

    def _repr_html_(self) -> str:
        rests = f"; it rests on {html(', '.join(self.rests_on))}" if self.rests_on else ""
        return f"<p>accepted by the core: <code>{html(self.statement)}</code>{rests}</p>"


@doors
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
        from proofs.refutation.standalone import script
        from theory.errors import InputError

        if self.counterexample is None:
            raise InputError("claim", "no counterexample was found")
        return script(self.claim.statement, self.counterexample, str(self.claim.typed or ""))

    def __bool__(self) -> bool:
        raise TypeError("a result has no truth value; ask .found")

    def latex(self) -> str:
        """The claim, and where it fails, as a paragraph of LaTeX."""
        from proofs.presentation import latex

        return latex.counterexample(self.claim, self.counterexample)

    def _repr_latex_(self) -> str:
        shown = self.claim._repr_latex_()[:-1]
        if self.counterexample is None:
            return rf"{shown} \quad\text{{no counterexample found}}$"
        at = typeset.point(self.counterexample.point).replace("$", "")
        return rf"{shown} \quad\text{{fails at }} {at}$" if at else rf"{shown} \quad\text{{fails}}$"

    def __repr__(self) -> str:
        if self.counterexample is None:
            return f"Refuted({self.claim.name}: no counterexample found, which proves nothing)"
        return f"Refuted({self.claim.name}: fails at {point_text(self.counterexample.point)})"

    def _repr_html_(self) -> str:
        if self.counterexample is None:
            return f"<p>{html(repr(self))}</p>"
        sides = f"left {html(self.counterexample.left)}, right {html(self.counterexample.right)}"
        at = html(point_text(self.counterexample.point))
        formula = html(self.claim._repr_latex_())
        return f"<p><b>{html(self.claim.name)}</b> {formula} fails at {at}: {sides}</p>"


@doors
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
    def proved(self) -> Fraction | None:
        """A value at which the claim is proved; None if none was found."""
        return self.bracket.proved

    @property
    def refuted(self) -> Fraction | None:
        """A value at which it is refuted; None if none was found."""
        return self.bracket.refuted

    @property
    def width(self) -> Fraction | None:
        """The distance of the two; None where there are not two."""
        return self.bracket.width

    def __repr__(self) -> str:
        found = (("refuted", self.refuted), ("proved", self.proved))
        ends = ", ".join(f"{n} at {decimal_text(v)}" for n, v in found if v is not None)
        return f"Sharpened({self.claim.name}: {self.bracket.constant} {ends})"

    def latex(self) -> str:
        """The bracket as an inequality, without dollar signs."""
        from proofs.presentation import latex

        best = typeset.name(self.bracket.constant)
        if self.refuted is None or self.proved is None:
            return best + r"_{\mathrm{best}}"
        low, high = sorted((self.refuted, self.proved))
        ends = [decimal_text(v).replace("E", r"\cdot 10^{") for v in (low, high)]
        ends = [e + "}" if "10^{" in e else e for e in ends]
        return latex.between(self.claim, self.bracket, best, *ends)

    @property
    def closed(self) -> str:
        """A formula in the bracket, such as ``"4*exp(-2)"``; empty if none comes to mind."""
        return self.bracket.closed

    def record(self) -> Record:
        """One row for a table of many."""
        ends = {"refuted": self.refuted, "proved": self.proved, "width": self.width}
        shown = {n: None if v is None else decimal_text(v) for n, v in ends.items()}
        return {"claim": self.claim.name, "constant": self.bracket.constant, **shown,
                "closed form": self.closed or None}  # fmt: skip

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def _repr_html_(self) -> str:
        return table([self.record()])


@doors
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

    def latex(self) -> str:
        """The claim, and what its hypotheses are worth, as a paragraph of LaTeX."""
        from proofs.presentation import latex

        return latex.audited(self.claim, self.audit)

    def __repr__(self) -> str:
        if self.audit.refuted is not None:
            return f"Audited({self.claim.name}: refuted at {point_text(self.audit.refuted.point)})"
        filled = "empty" if self.audit.empty else "open" if self.witness is None else "satisfiable"
        needs = ", ".join(f"{n} {need}" for n, need in self.needs.items())
        return f"Audited({self.claim.name}: {filled}{'; ' if needs else ''}{needs})"

    def _repr_html_(self) -> str:
        return f"<p>{html(repr(self))}</p>{table(self.records())}"
