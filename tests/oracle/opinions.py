"""Reviews: Tmall's bad-review rate and DSR."""

from __future__ import annotations

import datetime as dt

from oracle.blank import there
from oracle.fate import mean, ratio_of
from oracle.trade import deal_ranks, orders
from oracle.windows import days, months

RATED_WITHIN = dt.timedelta(days=15)
DEALS_A_MONTH = 3


def bad_review_rate(shop):
    """Bad product reviews (one star, not taken down) ÷ confirmed orders."""
    return ratio_of(
        days(shop.as_of, 30),
        {
            "rows": shop.rows("reviews"),
            "at": lambda review: review["created_at"],
            "where": lambda review: None if review["stars"] is None else review["stars"] <= 1,
            "exclude": [lambda review: bool(review["removed"])],
        },
        {
            "rows": orders(shop),
            "at": lambda order: order["finished_at"],
            "where": lambda order: there(order["finished_at"]),
        },
    )


def _not_said(review):
    """Given by the platform because the buyer gave none: nobody's score."""
    return bool(review["is_default"])


def _late(review, finished):
    """Rated more than 15 days after the deal succeeded; blank where nobody knows when it did."""
    done = finished.get(review["order_id"])
    return None if done is None else review["created_at"] - done > RATED_WITHIN


def _beyond(review, ranks):
    """Not among the buyer's first three deals of that calendar month."""
    rank = ranks.get(review["order_id"])
    return None if rank is None else rank > DEALS_A_MONTH


def _dsr(shop, column):
    finished = {order["order_id"]: order["finished_at"] for order in orders(shop)}
    ranks = deal_ranks(shop)
    return mean(
        shop.rows("reviews"),
        months(shop.as_of, 6),
        unit=100,
        at=lambda review: review["created_at"],
        where=lambda review: there(review[column]),
        exclude=[_not_said, lambda review: _late(review, finished), lambda review: _beyond(review, ranks)],
        of=lambda review: round(100 * review[column]),
    )


def dsr_description(shop):
    """Mean of the "as described" scores over six months; a dimension nobody scored is not counted as anything."""
    return _dsr(shop, "description_stars")


def dsr_service(shop):
    return _dsr(shop, "service_stars")


def dsr_logistics(shop):
    return _dsr(shop, "logistics_stars")
