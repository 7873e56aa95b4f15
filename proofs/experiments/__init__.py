"""Measurements behind the claims that runs support: each returns points of a measured statement."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

Profile = Literal["quick", "full"]
Point = Mapping[str, Fraction]
