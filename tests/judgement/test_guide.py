import pytest
from msgspec.structs import replace
from stand_ins import result

from shopscore import guide
from shopscore.model import Score
from shopscore.render import numbers
from shopscore.ruleset.pack import Bands

TEXT = {"en": "weaker than the peers", "zh": "弱于同行"}
BANDS = Bands.model_validate(
    {
        "unit": "stars",
        "steps": [3.0, 3.5, 4.0, 4.5, 5.0],
        "weak_below": 4.0,
        "standard": 4.5,
        "texts": {"4": TEXT, "3_5": TEXT},
        "source": ["s"],
    }
)


def stars(value):
    return Score(value, "published" if value else "none", None, None, 1.0)


def test_a_platform_without_a_standard_has_no_steps():
    assert guide.steps(None, stars(4.0), [], {}) == ()


def test_below_the_standard_the_shop_must_act():
    who, where, gap, weak = guide.steps(BANDS, stars(4.0), [], {})
    assert who.en == "Must this shop act? Yes: 4 is below 4.5."
    assert where.en == "Where it stands: weaker than the peers"
    assert gap.en.startswith("How far to 4.5/5: 0.5 to 4.5; 1 to 5. no cut-off typed in")
    assert "no item scores typed in" in weak.en


@pytest.mark.parametrize("value", [4.5, 5.0])
def test_at_the_standard_it_holds(value):
    assert "Hold it" in guide.steps(BANDS, stars(value), [], {})[0].en


def test_without_stars_each_step_says_what_to_type_in():
    steps = guide.steps(BANDS, stars(None), [], {})
    assert "displayed" in steps[0].en
    assert "not known" in steps[1].en


def test_the_gap_names_what_each_item_needs():
    short = result("1688.it", 0.93)
    gap = guide.steps(BANDS, stars(4.0), [short], {"it": {"4.5": 0.95, "5": 0.98, "4": 0.9}})[2]
    assert "text 93.0%: needs 95.0% for 4.5, 98.0% for 5" in gap.en
    met = guide.steps(BANDS, stars(4.0), [result("1688.it", 0.99)], {"it": {"4.5": 0.95}})[2]
    assert "every cut-off typed in is met" in met.en


@pytest.mark.parametrize(
    ("value", "need", "unit"), [(0.84554, 0.95, "rate"), (70.41, 60.0, "hours"), (4.26, 4.5, "stars")]
)
def test_a_value_has_the_digits_and_the_unit_it_has_in_every_other_place(value, need, unit):
    short = replace(result("1688.it", value), unit=unit, better="lower" if unit == "hours" else "higher")
    gap = guide.steps(BANDS, stars(4.0), [short], {"it": {"4.5": need}})[2]
    for lang in ("en", "zh-Hans"):
        assert numbers.value(value, unit, lang) in format(gap, lang)
        assert numbers.value(need, unit, lang) in format(gap, lang)


def test_items_below_four_are_named_and_four_is_not():
    items = [result("1688.a", 0.9, score=3.9), result("1688.b", 0.9, score=4.0)]
    weak = guide.steps(BANDS, stars(4.0), items, {})[3]
    assert weak.en == "Weak items, below 4: text 3.9"
    assert "none below 4" in guide.steps(BANDS, stars(4.0), items[1:], {})[3].en
