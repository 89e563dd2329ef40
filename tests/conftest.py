"""Property tests draw the same examples on every run, so that a red run is red for everybody.

``HYPOTHESIS_PROFILE=explore`` draws new ones; ``deep`` draws new ones and tries the oracle far harder.
"""

import os

from hypothesis import settings

EXPLORING = os.environ.get("HYPOTHESIS_PROFILE") in ("explore", "deep")

settings.register_profile("shopscore", derandomize=not EXPLORING, deadline=None, print_blob=True)
settings.load_profile("shopscore")


def pytest_addoption(parser):
    parser.addoption("--rebuild-docs", action="store_true", help="write the generated pages of docs/ again")
