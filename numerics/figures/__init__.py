"""Figures, one module each: data first, then the drawing; every one is saved as PNG and SVG."""

from __future__ import annotations

from numerics.figures.style import COLOURS, new_figure, save, styled

__all__ = ["COLOURS", "new_figure", "save", "styled"]
