"""AliExpress: reviews, penalties, marketing, listings and conversations, the rest of the guide's seven areas."""

from __future__ import annotations

import datetime as dt

from oracle.aftersale import spent
from oracle.blank import all_of, any_of, seconds, there
from oracle.fate import Result, count, mean, number, ratio, ratio_of
from oracle.trade import orders
from oracle.view import HOUR
from oracle.windows import calendar_month, days, months

DAY = dt.timedelta(days=1)
BAD_STARS = 3

# ── reviews, penalties, what was displayed ───────────────────────────────────────────────────────────────────────


def _created_at(review):
    return review["created_at"]


def _stars(column, length):
    def rating(shop):
        return mean(
            shop.rows("reviews"),
            days(shop.as_of, length),
            unit=100,
            at=_created_at,
            where=lambda review: there(review[column]),
            exclude=[lambda review: bool(review["is_default"]), lambda review: bool(review["removed"])],
            of=lambda review: round(100 * review[column]),
        )

    return rating


def _bad(review):
    return None if review["stars"] is None else review["stars"] <= BAD_STARS


def bad_review_answered_rate(shop):
    """Answered ÷ reviews of three stars or fewer."""
    return ratio(
        shop.rows("reviews"),
        days(shop.as_of, 30),
        at=_created_at,
        where=_bad,
        exclude=[lambda review: bool(review["removed"])],
        hit=lambda review: there(review["replied_at"]),
    )


def bad_review_answer_hours(shop):
    """Σ(answer − review) ÷ answered reviews of three stars or fewer."""
    return mean(
        shop.rows("reviews"),
        days(shop.as_of, 30),
        unit=HOUR,
        at=_created_at,
        where=lambda review: all_of(_bad(review), there(review["replied_at"])),
        exclude=[lambda review: bool(review["removed"])],
        of=lambda review: spent(review["created_at"], review["replied_at"]),
    )


def monthly_level_score(shop):
    """Mean of the daily scores displayed in the last finished month."""
    return mean(
        shop.rows("platform_scores"),
        calendar_month(shop.as_of),
        unit=100,
        at=lambda row: row["date"],
        where=lambda row: row["metric"] == "service_score" and there(row["value"]),
        of=lambda row: round(100 * row["value"]),
    )


# ── marketing ────────────────────────────────────────────────────────────────────────────────────────────────────


def _date(row):
    return row["date"]


def _sums(above, below, unit=10_000, where=None):
    """Σ of one figure ÷ Σ of another over the days that tell both."""

    def rate(shop):
        def untold(row):
            return any_of(row[above] is None, row[below] is None)

        common = {"rows": shop.rows("traffic"), "at": _date, "where": where, "unknown": untold}
        top = {**common, "of": lambda row: None if row[above] is None else round(row[above] * unit)}
        return ratio_of(days(shop.as_of, 30), top, {**common, "weight": lambda row: row[below]}, unit=unit)

    return rate


def ad_spend(shop):
    """Σ costs."""
    return number(
        shop.rows("traffic"),
        days(shop.as_of, 30),
        unit=100,
        at=_date,
        where=lambda row: there(row["spend"]),
        of=lambda row: round(100 * row["spend"]),
    )


# ── listings ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _share(wanted, column=None):
    """Listings with a flaw ÷ listings; where a figure is asked of, one that does not tell it is unknown."""

    def rate(shop):
        return ratio(
            shop.rows("products"),
            days(shop.as_of, 0, 0),
            at=lambda _: shop.as_of,
            unknown=(lambda row: row[column] is None) if column else None,
            hit=wanted,
        )

    return rate


def own_title_rate(shop):
    """Different titles ÷ listings with one."""
    titled = [row for row in shop.rows("products") if row["title"] is not None]
    window = days(shop.as_of, 0, 0)
    top = count(titled, window, at=lambda _: shop.as_of, once=("title", "product_id"))
    bottom = count(titled, window, at=lambda _: shop.as_of)
    return Result("ratio_of", *window, (top, bottom), top.w / 100, bottom.w / 100)


# ── distributions and lists ──────────────────────────────────────────────────────────────────────────────────────


def _rank(rows, window, share, unit, of, **rules):
    """The least value with at least that share of the rows up to it."""
    tally = count(rows, window, of=of, **rules)
    first, last = window
    known = sorted(
        of(row)
        for row in rows
        if of(row) is not None
        and first <= rules["at"](row).date() <= last
        and (rules.get("where") is None or rules["where"](row))
    )
    place = next((n for n in range(1, len(known) + 1) if n >= share * len(known)), None)
    value = 0 if place is None else known[place - 1] / unit
    return Result("quantile", *window, (tally,), value * tally.rows, tally.rows)


def _listed(column, share):
    def rank(shop):
        return _rank(
            shop.rows("products"),
            days(shop.as_of, 0, 0),
            share,
            100,
            lambda row: None if row[column] is None else 100 * row[column],
            at=lambda _: shop.as_of,
            where=lambda row: there(row[column]),
        )

    return rank


def attribute_fill_rate(shop):
    """Σ attributes given ÷ Σ attributes asked for, of listings that tell both."""

    def untold(row):
        return row["attributes_filled"] is None or row["attributes_total"] is None

    common = {
        "rows": shop.rows("products"),
        "at": lambda _: shop.as_of,
        "where": lambda row: row["attributes_total"] is None or row["attributes_total"] > 0,
        "unknown": untold,
    }
    top = {**common, "of": lambda row: None if row["attributes_filled"] is None else 10_000 * row["attributes_filled"]}
    bottom = {**common, "weight": lambda row: row["attributes_total"]}
    return ratio_of(days(shop.as_of, 0, 0), top, bottom, unit=10_000)


def violation_points(shop):
    """Σ points of twelve months."""
    return number(
        shop.rows("violations"),
        months(shop.as_of, 12),
        unit=100,
        at=_date,
        where=lambda row: there(row["points"]),
        of=lambda row: round(100 * row["points"]),
    )


def violation_count(shop):
    return number(shop.rows("violations"), months(shop.as_of, 12), at=_date)


def untracked_rate(shop):
    """Shipped without a parcel that anybody knows of ÷ shipped, by the day of shipping."""
    known = {row["order_id"] for row in shop.rows("shipments")}
    named = shop.gives("orders", "tracking_no")

    def parcels(order):
        return 1 if order["order_id"] in known or order["tracking_no"] else 0 if named else None

    return ratio(
        orders(shop),
        days(shop.as_of, 30),
        at=lambda order: order["shipped_at"],
        where=lambda order: there(order["shipped_at"]),
        exclude=[lambda order: order["is_exempt"]],
        unknown=lambda order: parcels(order) is None,
        hit=lambda order: parcels(order) == 0,
    )


# ── conversations ────────────────────────────────────────────────────────────────────────────────────────────────


def _talks(shop):
    """Per conversation the buyer's first line and the first line of a person from then on; midnight ends nothing."""
    found = {}
    for line in sorted(shop.rows("messages"), key=lambda line: (line["sent_at"], line["sender"] != "buyer")):
        talk = found.setdefault(line["session_id"], {"asked_at": None, "answered_at": None})
        if line["sender"] == "buyer" and talk["asked_at"] is None:
            talk["asked_at"] = line["sent_at"]
        elif line["sender"] == "human" and talk["asked_at"] is not None and talk["answered_at"] is None:
            talk["answered_at"] = line["sent_at"]
    return list(found.values())


def _asked_at(talk):
    return talk["asked_at"]


def _waits(shop):
    """A conversation still has a day to be answered in."""
    judged = shop.judged_at("sessions")
    return lambda talk: talk["asked_at"] + DAY >= judged


def _asked(talk):
    return there(talk["asked_at"])


def unanswered_rate(shop):
    """Never answered ÷ asked, once a day is over."""
    return ratio(
        _talks(shop),
        days(shop.as_of, 30),
        at=_asked_at,
        where=_asked,
        pending=_waits(shop),
        hit=lambda talk: talk["answered_at"] is None,
    )


def reply_24h(shop):
    """Answered within a day ÷ asked (read from the name alone)."""
    return ratio(
        _talks(shop),
        days(shop.as_of, 30),
        at=_asked_at,
        where=_asked,
        pending=_waits(shop),
        hit=lambda talk: talk["answered_at"] is not None and talk["answered_at"] - talk["asked_at"] <= DAY,
    )


def reply_median(shop):
    """The middle wait of answered conversations."""
    waits = _waits(shop)
    return _rank(
        _talks(shop),
        days(shop.as_of, 30),
        0.5,
        HOUR,
        lambda talk: None if talk["answered_at"] is None else seconds(talk["asked_at"], talk["answered_at"]),
        at=_asked_at,
        where=_asked,
        exclude=[lambda talk: talk["answered_at"] is None and not waits(talk)],
        pending=lambda talk: talk["answered_at"] is None,
    )


METRICS = {
    "aliexpress.dsr_description": _stars("description_stars", 30),
    "aliexpress.dsr_service": _stars("service_stars", 30),
    "aliexpress.dsr_logistics": _stars("logistics_stars", 30),
    "aliexpress.category_dsr_description": _stars("description_stars", 90),
    "aliexpress.bad_review_answered_rate": bad_review_answered_rate,
    "aliexpress.bad_review_answer_hours": bad_review_answer_hours,
    "aliexpress.monthly_level_score": monthly_level_score,
    "aliexpress.click_rate": _sums("clicks", "exposures"),
    "aliexpress.visitors_per_click": _sums("visitors", "clicks", 100),
    "aliexpress.visit_conversion_rate": _sums("orders", "visitors"),
    "aliexpress.ad_spend": ad_spend,
    "aliexpress.no_picture_rate": _share(lambda row: row["image_count"] == 0, "image_count"),
    "aliexpress.no_description_rate": _share(lambda row: row["description_length"] == 0, "description_length"),
    "aliexpress.no_title_rate": _share(lambda row: not (row["title"] or "").strip()),
    "aliexpress.own_title_rate": own_title_rate,
    "aliexpress.return_on_spend": _sums("amount", "spend", 100, lambda row: bool(row["spend"])),
    "aliexpress.attribute_fill_rate": attribute_fill_rate,
    "aliexpress.picture_count_low": _listed("image_count", 0.1),
    "aliexpress.title_length_median": _listed("title_length", 0.5),
    "aliexpress.description_length_median": _listed("description_length", 0.5),
    "aliexpress.violation_points": violation_points,
    "aliexpress.violation_count": violation_count,
    "aliexpress.untracked_rate": untracked_rate,
    "aliexpress.unanswered_rate": unanswered_rate,
    "aliexpress.reply_24h": reply_24h,
    "aliexpress.reply_median": reply_median,
}
