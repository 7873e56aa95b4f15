"""The catalogue: every claim the project makes, each with its source and its false twin.

Claims are data, in the language that users write: ``PAPER/claims/PAGE.toml``, named like the
written proof that they serve, and ``PAGE-measured.toml`` for what runs support. What no file can
say is in :mod:`theory.catalogue.generated`, and says there why.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType

from theory.catalogue.generated import arora_depths, dynamics, matrix_dynamics
from theory.claim_files import load
from theory.claims import SOURCES, Claim
from theory.errors import InputError

FOLDER = Path(__file__).parent
_GENERATED = {"dynamics": dynamics, "matrix dynamics": matrix_dynamics, "depths": arora_depths}


def _sections() -> dict[str, tuple[Claim, ...]]:
    made = {title: module.CLAIMS for title, module in _GENERATED.items()}
    for paper in SOURCES:
        for path in sorted((FOLDER / paper / "claims").glob("*.toml"), key=attrgetter("stem")):
            made[f"{paper}/{path.stem}"] = load(path, catalogue=True)
    return made


def _by_name(claims: Mapping[str, tuple[Claim, ...]]) -> tuple[Claim, ...]:
    """All claims, if each name has one statement."""
    where: dict[str, str] = {}
    for section, made in claims.items():
        for claim in made:
            if claim.name in where:
                raise InputError(claim.name, f"stands in {where[claim.name]} and in {section}")
            where[claim.name] = section
    return tuple(claim for made in claims.values() for claim in made)


SECTIONS: Mapping[str, tuple[Claim, ...]] = MappingProxyType(_sections())
"""The claims by file, such as ``"shamir2019/near-identity"``: generated ones, then by paper."""
CLAIMS: tuple[Claim, ...] = _by_name(SECTIONS)
