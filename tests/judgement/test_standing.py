import datetime as dt

import polars as pl
import pytest
from stand_ins import metric, pack, shop

from shopscore import standing
from shopscore.model import Displayed
from shopscore.shown import compared, rounding, shown

DAY = dt.date(2026, 11, 20)
TEXT = {"en": "text", "zh": "文字"}
OLD = {"id": "old", "title": TEXT, "valid_to": dt.date(2025, 1, 1), "source": ["s"],
       "factors": [{"score": "past", "title": TEXT}]}  # fmt: skip
NEW = {"id": "new", "title": TEXT, "valid_from": dt.date(2025, 1, 2), "source": ["s"],
       "factors": [{"score": "logistics", "title": TEXT, "metrics": ["it"], "weight": 0.5}]}  # fmt: skip


def gate(**changes):
    return {"id": "g", "title": TEXT, "scores": ["a", "b"], "at_least": 0.3, "opens": TEXT, "source": ["s"]} | changes


def entered(**scores):
    return {name: (value, "shop.yaml") for name, value in scores.items()}


def test_the_structure_of_the_day_comes_with_its_entered_scores():
    rules = pack(structures=[OLD, NEW])
    found = standing.structure(rules, DAY, entered(logistics=3.6))
    assert found.id == "new"
    (factor,) = found.factors
    assert (factor.score.value, factor.score.origin, factor.metrics, factor.weight) == (
        3.6, "shop.yaml", ("demo.it",), 0.5,
    )  # fmt: skip
    assert standing.structure(rules, dt.date(2024, 5, 1), {}).factors[0].score.value is None
    assert standing.structure(pack(), DAY, {}) is None


def test_of_two_structures_that_hold_the_one_the_shop_has_entered_is_told():
    beside = {"id": "beside", "title": TEXT, "source": ["s"], "factors": [{"score": "points", "title": TEXT}]}
    rules = pack(structures=[beside, OLD, NEW])
    assert standing.structure(rules, DAY, {}).id == "new"
    assert standing.structure(rules, DAY, entered(points=12)).id == "beside"
    assert standing.structure(rules, DAY, entered(points=12, logistics=3.6)).id == "new"
    # What holds no more is not told, whatever is entered of it.
    assert standing.structure(rules, DAY, entered(past=3)).id == "new"


@pytest.mark.parametrize(
    ("scores", "state", "missed_by"),
    [
        ({}, "not_entered", None),
        ({"a": 0.3}, "not_entered", None),
        ({"a": 0.3, "b": 0.9}, "met", None),
        ({"a": 0.25}, "missed", 0.05),
        ({"a": 0.1, "b": 0.2}, "missed", 0.2),
    ],
)
def test_a_gate_asks_for_all_its_scores_and_the_limit_is_inside(scores, state, missed_by):
    (found,) = standing.gates(pack(gates=[gate()]), DAY, entered(**scores))
    assert found.state == state
    assert [each.name for each in found.missing] == [name for name, value in scores.items() if value < 0.3]
    assert found.missed_by == (None if missed_by is None else pytest.approx(missed_by))


def test_a_score_is_called_by_its_own_title_else_by_that_of_its_metric_or_factor():
    own = {"title": {"en": "own", "zh": "自己"}, "unit": "rate"}
    scores = {"a": own, "logistics": {"unit": "rate"}}
    rules = pack([metric()], gates=[gate(scores=["a", "logistics", "it", "b"])], structures=[NEW], scores=scores)
    (found,) = standing.gates(rules, DAY, {})
    called = [(each.title.en if each.title else None, each.unit) for each in found.scores]
    assert called == [("own", "rate"), ("text", "rate"), ("text", ""), (None, "")]


def test_an_upper_limit_is_missed_from_above():
    rules = pack(gates=[gate(scores=["points"], at_least=None, at_most=12)])
    (found,) = standing.gates(rules, DAY, entered(points=14.0))
    assert (found.state, found.bound, found.missed_by) == ("missed", "at_most", 2.0)
    assert standing.gates(rules, DAY, entered(points=12.0))[0].state == "met"


def test_a_gate_of_other_years_is_not_asked():
    assert standing.gates(pack(gates=[gate(valid_to=dt.date(2026, 11, 19))]), DAY, {}) == ()


class Rows:
    """One shop's rows of ``platform_scores``, as the reader gives them."""

    def __init__(self, *rows):
        names = ("date", "metric", "value", "peer")
        frame = pl.DataFrame([dict(zip(names, row, strict=False)) for row in rows], schema={
            "date": pl.Datetime("us"), "metric": pl.String(), "value": pl.Float64(), "peer": pl.Float64()})  # fmt: skip
        self.tables = {"platform_scores": frame}


def at(day):
    return dt.datetime(2026, 11, day)


RULES = pack([metric(), metric("none", id="opaque")], gates=[gate()], structures=[NEW])


def test_the_newest_figure_by_the_day_counts_and_the_typed_one_where_there_is_none():
    rows = Rows((at(18), "it", 0.86, 0.9), (at(19), " demo.it ", 0.87, None), (at(21), "it", 0.5, None))
    found = shown(rows, shop(shown={"it": 0.8, "opaque": 2.0}), RULES, DAY)
    assert found.figures["it"] == Displayed(0.87, dt.date(2026, 11, 19), None, None, "platform_scores")
    assert found.figures["opaque"] == Displayed(2.0, None, None, None, "shop.yaml")


def test_rows_named_after_scores_are_scores_and_the_typed_score_wins():
    rows = Rows((at(18), "a", 0.4, None), (at(18), "logistics", 3.5, None), (at(18), "nonsense", 1.0, None))
    found = shown(rows, shop(scores={"logistics": 3.6}), RULES, DAY)
    assert found.scores == {"a": (0.4, "platform_scores"), "logistics": (3.6, "shop.yaml")}
    assert found.file.scores == {"a": 0.4, "logistics": 3.6}
    assert (found.unknown, found.overruled) == (("nonsense",), ("logistics",))


def test_the_figure_of_the_composite_is_the_displayed_score_unless_it_was_typed_in():
    overall = metric("composite", id="stars", dimension="overall", unit="points",
                     inputs=[{"score": "a", "weight": 1.0, "title": TEXT}])  # fmt: skip
    rules, rows = pack([overall]), Rows((at(18), "stars", 4.5, None))
    assert shown(rows, shop(), rules, DAY).file.displayed == 4.5
    assert shown(rows, shop(displayed=4.0), rules, DAY).file.displayed == 4.0


@pytest.mark.parametrize(
    ("figure", "unit", "half"),
    [(0.873, "rate", 0.0005), (0.9, "rate", 0.005), (12.0, "hours", 0.5), (4.85, "stars", 0.005)],
)
def test_a_figure_is_as_fine_as_its_last_digit(figure, unit, half):
    assert rounding(figure, unit) == pytest.approx(half)


@pytest.mark.parametrize(("value", "differs"), [(0.8734, False), (0.8736, True), (0.8725, False), (0.869, True)])
def test_a_value_that_rounds_to_the_figure_is_no_other(value, differs):
    figure = Displayed(0.873, None, None, None, "shop.yaml")
    assert compared(figure, value, "rate", None).differs is differs
    assert compared(figure, None, "rate", None).differs is False
