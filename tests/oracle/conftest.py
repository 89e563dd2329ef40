"""How hard the oracle is tried: ``HYPOTHESIS_PROFILE=deep`` for the long run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_COMMON = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    "phases": (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    "print_blob": True,
}
settings.register_profile("oracle", max_examples=60, derandomize="HYPOTHESIS_PROFILE" not in os.environ, **_COMMON)
settings.register_profile("deep", max_examples=3000, **_COMMON)

PROFILE = settings.get_profile("deep" if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else "oracle")
"""Used by this folder's tests alone, so that other tests keep their own settings."""
