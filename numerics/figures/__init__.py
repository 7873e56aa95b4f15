"""Figures, one module each: data first, then the drawing; every one is saved as PNG and SVG."""

from __future__ import annotations

from numerics.figures.depth_sweep import sweep_figure

__all__ = ["sweep_figure"]
