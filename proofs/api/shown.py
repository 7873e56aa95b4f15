"""Plain values and tables that every result of the API shows itself with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from html import escape as html
from typing import Any

Record = dict[str, Any]
"""A row of plain values, as ``pandas.DataFrame`` takes them."""


def point_text(point: Mapping[str, Fraction]) -> str:
    """A point as ``x = 1/2, y = 3``."""
    return ", ".join(f"{x} = {v}" for x, v in sorted(point.items())) or "no variables"


def decimal_text(value: Fraction) -> str:
    """A number as a decimal where it is one of at most 15 digits, else as a ratio."""
    with localcontext() as context:
        context.prec = 15
        written = Decimal(value.numerator) / Decimal(value.denominator)
    return str(written) if Fraction(written) == value else str(value)


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


def listed(record: Mapping[str, Any]) -> str:
    """A record as an HTML table of two columns, which fits whatever its words and numbers are."""
    rows = "".join(
        f"<tr><th>{html(str(name))}</th><td>{html('' if value is None else str(value))}</td></tr>"
        for name, value in record.items()
    )
    return f"<table><tbody>{rows}</tbody></table>"
