"""Nguyen, Mondelli, NeurIPS 2020: one wide layer, then a pyramid."""
