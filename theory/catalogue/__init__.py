"""The catalogue: every claim the project makes, each with its source and its false twin.

Claims are data, in the language that users write: ``PAPER/claims/PAGE.toml``, named like the
written proof that they serve, and ``PAGE-measured.toml`` for what runs support. What no file can
say is in :mod:`theory.catalogue.generated`, and says there why. Reading all of it takes seconds and
happens when :data:`CLAIMS` or :data:`SECTIONS` is asked for; names, titles and single claims are in
:mod:`theory.catalogue.headings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from theory.catalogue import headings
from theory.claims import Claim

SECTIONS: Mapping[str, tuple[Claim, ...]]
"""The claims by file, such as ``"shamir2019/near-identity"``: generated ones, then by paper."""
CLAIMS: tuple[Claim, ...]


def __getattr__(name: str) -> Any:
    """Read the catalogue when it is first asked for, and once."""
    if name not in ("CLAIMS", "SECTIONS"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    sections: dict[str, tuple[Claim, ...]] = {}
    for heading in headings.headings().values():
        sections[heading.section] = (*sections.get(heading.section, ()), heading.claim)
    globals()["SECTIONS"] = MappingProxyType(sections)
    globals()["CLAIMS"] = tuple(claim for made in sections.values() for claim in made)
    return globals()[name]
