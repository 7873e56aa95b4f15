"""Hypothesis profiles: quick (default), ci, overnight; chosen by LEMMATA_PROFILE."""

import os

from hypothesis import HealthCheck, settings

COMMON = {
    "deadline": None,
    "print_blob": True,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("quick", max_examples=25, derandomize=True, **COMMON)
settings.register_profile("ci", max_examples=100, derandomize=True, **COMMON)
settings.register_profile("overnight", max_examples=5000, **COMMON)
settings.load_profile(os.environ.get("LEMMATA_PROFILE", "quick"))
