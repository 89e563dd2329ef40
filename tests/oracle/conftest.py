"""How hard the oracle is tried (``HYPOTHESIS_PROFILE=deep`` for the long run), and who judges an example."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

from oracle import engine
from oracle.metrics import METRICS

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


def _oracle(data, metric):
    result = METRICS[metric](data)
    return result.numerator, result.denominator


def _engine(data, metric):
    measured = engine.measure(data)[metric].measurement
    return measured.numerator or 0, measured.denominator or 0


@pytest.fixture(params=[_oracle, _engine], ids=["oracle", "engine"])
def judge(request):
    return request.param
