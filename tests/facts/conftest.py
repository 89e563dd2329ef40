import pytest
from facts_world import LATE, Settings, shop

from shopscore.facts import build


@pytest.fixture
def facts():
    def build_one(fact, *, settings=None, as_of=LATE, seen_until=None, **tables):
        """Rows of one fact, by its subject."""
        built = build(shop(seen_until, **tables), settings or Settings(), as_of)
        return built.frames[fact].collect().to_dicts()

    return build_one
