"""Bartlett, Helmbold, Long, ICML 2018: identity initialisation."""
