"""What a rule may say of listings, traffic, violations, agents' days, money and displayed figures: one table each."""

from shopscore.schema.columns import Column, Fact
from shopscore.schema.facts.making import JUDGED, new, own
from shopscore.schema.tables import TABLES

LISTINGS = Fact(
    "listings",
    "product_id",
    "One row per listing, as the newest export shows it.",
    "products",
    (
        *own("products", *TABLES["products"].by_name),
        new("snapshot_at", "time", "the audit's moment: a listing has no day of its own"),
        JUDGED,
    ),
)


def _weekday(of: str) -> Column:
    return new("weekday", "integer", f"weekday of {of}, 1 Monday to 7 Sunday")


TRAFFIC = Fact(
    "traffic",
    "traffic_id",
    "One row per day, channel, campaign and product.",
    "traffic",
    (
        new("traffic_id", "id", "day, channel, campaign and product"),
        *own("traffic", *TABLES["traffic"].by_name),
        _weekday("date"),
        JUDGED,
    ),
)

VIOLATIONS = Fact(
    "violations",
    "violation_id",
    "One row per violation.",
    "violations",
    (
        new("violation_id", "id", "day, order, kind and, of several alike, their number"),
        *own("violations", *TABLES["violations"].by_name),
        JUDGED,
    ),
)

AGENT_DAYS = Fact(
    "agent_days",
    "agent_day_id",
    "One row per agent and day, as the platform counts it.",
    "agent_stats",
    (
        new("agent_day_id", "id", "day and agent"),
        *own("agent_stats", *TABLES["agent_stats"].by_name),
        _weekday("date"),
        JUDGED,
    ),
)

BILLS = Fact(
    "bills",
    "bill_id",
    "One row per entry of the money account.",
    "bills",
    (
        new("bill_id", "id", "the entry's number, else moment, order, kind and, of several alike, their number"),
        *own("bills", "booked_at", "kind", "reason", "order_id", "refund_id", "income", "expense"),
        new("order_amount", "money", "what the buyer paid for the order", "orders.amount"),
        new("hour", "integer", "hour of booked_at, 0 to 23"),
        _weekday("booked_at"),
        JUDGED,
    ),
)

SHOWN = Fact(
    "shown",
    "shown_id",
    "One row per day and figure that the platform displayed.",
    "platform_scores",
    (
        new("shown_id", "id", "day and figure"),
        *own("platform_scores", *TABLES["platform_scores"].by_name),
        _weekday("date"),
        JUDGED,
    ),
)
