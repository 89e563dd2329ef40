"""The canonical tables: the documented way in for what a back office does not export."""

from shopscore.schema.columns import Bound, Column, Kind, Table
from shopscore.schema.steps import REACHED, STEPS


def _column(name: str, kind: Kind, meaning: str, *words: str) -> Column:
    return Column(name, kind, meaning, words)


def _needed(name: str, kind: Kind, meaning: str) -> Column:
    return Column(name, kind, meaning, needed=True, event=kind == "time")


def _event(name: str, meaning: str) -> Column:
    return Column(name, "time", meaning, event=True)


def _due(name: str, meaning: str) -> Column:
    return Column(name, "time", meaning)


def _seen(name: str, bound: Bound, meaning: str) -> Column:
    return Column(f"{name}_{bound}", "time", meaning, bound=bound)


ORDER_STAGES = (
    "unpaid",
    "held",
    "to_ship",
    "part_shipped",
    "shipped",
    "received",
    "finished",
    "closed",
)
REASON_CLASSES = (
    "quality",
    "description",
    "damage",
    "missing",
    "wrong_item",
    "late",
    "not_received",
    "no_logistics",
    "no_reason",
    "price",
    "other",
)
PARTIES = ("buyer", "seller", "system", "platform")
LIABILITIES = ("seller", "both", "buyer", "none")
AWAITED = ("decision", "return", "receipt", "answer", "platform", "money")
RETURN_TRACES = ("none", "moving", "signed", "elsewhere")
PARCEL_TRACES = ("none", "moving", "signed", "returning", "returned")
BILL_KINDS = (
    "sale",
    "refund",
    "penalty",
    "compensation",
    "deposit",
    "commission",
    "service_fee",
    "marketing",
    "freight",
    "insurance",
    "transfer",
    "other",
)

_ORDERS = Table(
    "orders",
    "Orders; several rows of one order_id are its lines.",
    ("order_id", "line_id"),
    "created_at",
    (
        _needed("order_id", "id", "the order's number"),
        _column("line_id", "id", "the line's number, where rows are lines"),
        _column("buyer_id", "id", "the buyer; a pseudonym inside"),
        _column("buyer_level", "text", "the platform's grade of the buyer, such as L0 to L6"),
        _column(
            "kind",
            "text",
            "what was sold; blank means spot",
            "spot",
            "presale",
            "custom",
            "reserved",
            "virtual",
            "service",
            "o2o",
            "cod",
            "crowdfunding",
            "lottery",
        ),
        _column("status", "text", "where the order stands", *ORDER_STAGES),
        _column(
            "reached",
            "text",
            "how far the whole order had come when the file was exported; becomes sightings, and is not kept",
            *REACHED,
        ),
        _needed("created_at", "time", "the order was placed"),
        _event("paid_at", "payment succeeded"),
        _event("risk_cleared_at", "the platform's risk check passed"),
        _due("promised_ship_at", "the moment by which the seller promised to ship"),
        _column("promised_ship_hours", "number", "hours from payment in which to ship"),
        _event("shipped_at", "the seller clicked ship or entered a number"),
        _event("picked_up_at", "the carrier's first scan"),
        _event("delivered_at", "signed for"),
        _due("promised_deliver_at", "the moment by which delivery is promised"),
        _event("finished_at", "the deal succeeded"),
        _column("finished_by", "text", "who confirmed receipt", "buyer", "timeout"),
        _event("grouped_at", "the group purchase was formed"),
        _event("cancelled_at", "the order was cancelled"),
        _column("cancelled_by", "text", "who cancelled", *PARTIES),
        _column("cancel_reason", "text", "why it was cancelled"),
        _column("amount", "money", "what the buyer paid"),
        _column("currency", "text", "the amount's currency, ISO 4217"),
        _column("item_count", "integer", "pieces in the order"),
        _column("product_id", "id", "the product (of the first line)"),
        _column("sku", "id", "the seller's code of the product variant"),
        _column("category", "text", "the product's category"),
        _column("warehouse", "text", "the warehouse it ships from"),
        _column("carrier", "text", "the carrier"),
        _column("region", "text", "the province or state it goes to"),
        _column("tracking_no", "id", "the tracking number; several separated by commas"),
        _column("ship_origin", "text", "where parcels start", "mainland", "hk", "overseas"),
    ),
    ("status", ORDER_STAGES),
    steady=True,
)

_SIGHTINGS = Table(
    "sightings",
    "Between which exports the steps of an order were taken that no export gives a time for.",
    ("order_id",),
    None,
    (
        _needed("order_id", "id", "the order"),
        *(
            column
            for name in STEPS
            for column in (
                _seen(name, "after", f"the latest export that says of {name}_at that it had not come yet"),
                _seen(name, "by", f"the earliest export that says of {name}_at that it had come"),
            )
        ),
        _seen("waiting", "after", "the latest export in which the parcel waits for the carrier to take it in"),
        _seen("waiting", "by", "the earliest export in which an order has gone on to where none waits for that"),
    ),
)

_SHIPMENTS = Table(
    "shipments",
    "Parcels and their scans; order_id or tracking_no must be there.",
    ("order_id", "line_id", "shipment_id", "tracking_no"),
    None,
    (
        _column("order_id", "id", "the order; found by tracking number where blank"),
        _column("line_id", "id", "the line, where parcels belong to lines"),
        _column("shipment_id", "id", "the parcel's own number"),
        _column("carrier", "text", "the carrier"),
        _column("tracking_no", "id", "the tracking number"),
        _column("warehouse", "text", "the warehouse it ships from"),
        _event("waybill_at", "the tracking number was entered"),
        _event("picked_up_at", "the carrier's first scan"),
        _event("delivered_at", "signed for"),
        _column("no_logistics", "flag", "shipped without a carrier"),
        _column("exempt_reason", "text", "why the platform excuses this parcel"),
    ),
    either=("order_id", "tracking_no"),
)

_REFUNDS = Table(
    "refunds",
    "Refund and after-sale cases.",
    ("refund_id",),
    "applied_at",
    (
        _needed("refund_id", "id", "the case's number"),
        _needed("order_id", "id", "the order"),
        _column("line_id", "id", "the line, where the case is about one line"),
        _column(
            "kind",
            "text",
            "what the buyer asks for",
            "refund_only",
            "return_refund",
            "exchange",
            "repair",
            "resend",
        ),
        _column(
            "stage",
            "text",
            "where the goods were at application",
            "before_ship",
            "in_transit",
            "received",
        ),
        _column("status", "text", "how the case stands", "open", "success", "closed"),
        _column("first_reason", "text", "the buyer's first reason, as the platform words it"),
        _column("reason", "text", "the buyer's present reason"),
        _column("first_reason_class", "text", "the first reason's class", *REASON_CLASSES),
        _column("reason_class", "text", "the present reason's class", *REASON_CLASSES),
        _needed("applied_at", "time", "the buyer applied"),
        _event("first_response_at", "the seller first answered"),
        _event("first_refused_at", "the seller first refused"),
        _event("agreed_at", "the seller agreed"),
        _column("agreed_by", "text", "who agreed, where a file tells; the system does for a seller too late", *PARTIES),
        _event("returned_at", "the buyer sent the goods back"),
        _event("return_shipped_at", "the return was handed to the carrier"),
        _column("return_tracking_no", "id", "the return's tracking number"),
        _column(
            "return_trace",
            "text",
            "what the carrier says of the return: no trace, on its way, signed for, signed for somewhere else",
            *RETURN_TRACES,
        ),
        _column("parcel_trace", "text", "what the carrier says of the parcel sent out", *PARCEL_TRACES),
        _event("return_picked_up_at", "the return's first scan"),
        _event("return_signed_at", "the return was signed for at the seller's"),
        _event("finished_at", "the case ended"),
        _column(
            "awaits",
            "text",
            "what it waits for: the seller's decision, the buyer's return, the seller's receipt of it, the buyer's "
            "answer to a refusal, the platform, the money",
            *AWAITED,
        ),
        _due("timeout_at", "the moment at which the platform takes the step that is awaited"),
        _column("last_actor", "text", "who took the last step", *PARTIES),
        _column("withdrawn", "flag", "the buyer took the case back"),
        _column("escalated", "flag", "the platform was called in"),
        _event("escalated_at", "the platform was called in at this time"),
        _column("escalated_by", "text", "who called it in", "buyer", "seller", "platform"),
        _column("liability", "text", "whom the platform found at fault", *LIABILITIES),
        _column("amount", "money", "what is refunded"),
        _column("rating", "number", "the buyer's rating of the case"),
    ),
    ("status", ("open", "closed", "success")),
    steady=True,
)

_ORDER_LINES = Table(
    "order_lines",
    "Lines of orders, where a file of its own lists them.",
    ("order_id", "line_id"),
    "created_at",
    (
        _needed("order_id", "id", "the order"),
        _column("line_id", "id", "the line's number"),
        _column("product_id", "id", "the product"),
        _column("sku", "id", "the seller's code of the variant"),
        _column("quantity", "integer", "pieces"),
        _column("amount", "money", "what the buyer paid for the line"),
        _column("refund_status", "text", "the line's refund status, as exported"),
        _column("status", "text", "where the line stands", *ORDER_STAGES),
        _event("created_at", "the order was placed"),
        _event("paid_at", "payment succeeded"),
        _due("promised_ship_at", "the moment by which the line should ship"),
        _event("shipped_at", "the seller clicked ship"),
        _event("finished_at", "the deal succeeded"),
        _column("carrier", "text", "the carrier"),
        _column("tracking_no", "id", "the tracking number"),
    ),
    ("status", ORDER_STAGES),
    steady=True,
)

_SESSIONS = Table(
    "sessions",
    "Conversations as the platform counts them.",
    ("session_id",),
    "started_at",
    (
        _needed("session_id", "id", "the conversation's number"),
        _column("buyer_id", "id", "the buyer; a pseudonym inside"),
        _column("agent_id", "text", "the agent"),
        _event("started_at", "the conversation began"),
        _event("queued_at", "it entered the human queue"),
        _event("closed_at", "it was closed"),
        _column("is_offline", "flag", "no agent was there; it became a left message"),
        _column("rating", "number", "the buyer's rating, 1 to 5"),
        _column("is_transfer", "flag", "it was handed over by another agent"),
    ),
    steady=True,
)

_MESSAGES = Table(
    "messages",
    "Chat lines, without their text.",
    (),
    "sent_at",
    (
        _column("session_id", "id", "the conversation"),
        _needed("buyer_id", "id", "the buyer; a pseudonym inside"),
        _column("agent_id", "text", "the agent"),
        Column(
            "sender",
            "text",
            "who wrote",
            ("buyer", "human", "bot", "auto", "official", "system"),
            needed=True,
        ),
        _needed("sent_at", "time", "when"),
        _column("bot_mode", "text", "a bot that helps a human, or answers alone", "assist", "auto"),
        _column("agent_online", "flag", "an agent was online; blank means yes"),
        _column("no_reply_needed", "flag", "marked as needing no answer"),
        _column("is_blocked", "flag", "from a blocked buyer, advertising or fraud"),
        _column("is_recalled", "flag", "taken back"),
    ),
    steady=True,
)

_REVIEWS = Table(
    "reviews",
    "Reviews and their part ratings.",
    ("review_id", "order_id", "buyer_id", "product_id", "created_at"),
    "created_at",
    (
        _column("review_id", "id", "the review's number"),
        _column("order_id", "id", "the order"),
        _column("buyer_id", "id", "the buyer; a pseudonym inside"),
        _column("product_id", "id", "the product"),
        _column("sku", "id", "the variant"),
        _needed("created_at", "time", "when it was written"),
        _column("stars", "number", "the product rating, 1 to 5; a bad review is 1"),
        _column("description_stars", "number", "as described, 1 to 5"),
        _column("service_stars", "number", "service, 1 to 5"),
        _column("logistics_stars", "number", "delivery, 1 to 5"),
        _column("is_default", "flag", "given by the platform because the buyer gave none"),
        _column("is_first", "flag", "the first review of the deal, not a later addition"),
        _column("removed", "flag", "taken down, or an appeal against it won"),
        _event("replied_at", "the seller answered"),
    ),
    steady=True,
)

_DISPUTES = Table(
    "disputes",
    "Complaints and disputes the platform handles.",
    ("dispute_id",),
    "opened_at",
    (
        _needed("dispute_id", "id", "the case's number"),
        _column("kind", "text", "what it is about"),
        _column("order_id", "id", "the order"),
        _needed("opened_at", "time", "when it was opened"),
        _column("opened_by", "text", "who opened it", "buyer", "seller", "platform"),
        _due("reply_due_at", "the seller must have answered by"),
        _event("replied_at", "the seller answered"),
        _due("evidence_due_at", "evidence must be in by"),
        _event("evidence_at", "evidence was given"),
        _due("execution_due_at", "the verdict must be carried out by"),
        _event("executed_at", "the verdict was carried out"),
        _event("closed_at", "the case was closed"),
        _column("outcome", "text", "how it ended, as exported"),
        _column("liability", "text", "whom the platform found at fault", *LIABILITIES),
        _column("withdrawn", "flag", "the buyer took it back"),
        _column("appeal_won", "flag", "the seller's appeal succeeded"),
        _column("trusted_buyer", "flag", "the platform trusts this buyer"),
        _column("settled_after_human_step", "flag", "settled after a person of the platform stepped in"),
    ),
    rare=True,
)

_OTHERS = (
    Table(
        "products",
        "Listings.",
        ("product_id",),
        "published_at",
        (
            _needed("product_id", "id", "the product"),
            _column("title", "text", "its title"),
            _column("title_length", "integer", "characters in the title"),
            _column("image_count", "integer", "pictures"),
            _column("attributes_filled", "integer", "attributes given"),
            _column("attributes_total", "integer", "attributes asked for"),
            _column("description_length", "integer", "characters in the description"),
            _column("category", "text", "its category"),
            _column("price", "money", "its price"),
            _event("published_at", "it went on sale"),
        ),
        snapshot=True,
    ),
    Table(
        "traffic",
        "Visits and advertising by day.",
        ("date", "channel", "campaign", "product_id"),
        "date",
        (
            _needed("date", "time", "the day"),
            _column("channel", "text", "where visitors come from"),
            _column("campaign", "text", "the campaign"),
            _column("product_id", "id", "the product, where days are split by product"),
            _column("exposures", "integer", "times shown"),
            _column("clicks", "integer", "clicks"),
            _column("visitors", "integer", "visitors"),
            _column("orders", "integer", "orders"),
            _column("amount", "money", "sales"),
            _column("spend", "money", "cost"),
        ),
        daily=True,
    ),
    Table(
        "violations",
        "Violation points.",
        (),
        "date",
        (
            _needed("date", "time", "the day"),
            _column("type", "text", "what was violated"),
            _column("points", "number", "points taken"),
            _column("reason", "text", "why"),
            _column("order_id", "id", "the order it is about"),
            _column("amount", "money", "the fine"),
        ),
        rare=True,
        daily=True,
    ),
    Table(
        "platform_scores",
        "What the platform displayed.",
        ("date", "metric"),
        "date",
        (
            _needed("date", "time", "the day"),
            Column("metric", "text", "the metric's id", needed=True),
            _column("value", "number", "the value displayed"),
            _column("peer", "number", "the peers' mean displayed beside it"),
            _column("goal", "number", "the goal displayed beside it"),
        ),
    ),
    Table(
        "agent_stats",
        "Customer-service performance tables, by agent and day.",
        ("date", "agent_id"),
        "date",
        (
            _needed("date", "time", "the day"),
            _column("agent_id", "text", "the agent"),
            _column("sessions", "integer", "conversations"),
            _column("replied_3min", "integer", "answered within three minutes"),
            _column("first_reply_seconds", "number", "mean first reply"),
            _column("avg_reply_seconds", "number", "mean reply"),
            _column("satisfaction", "number", "share satisfied, 0 to 1"),
            _column("enquirers", "integer", "buyers who asked before buying"),
            _column("payers", "integer", "of those, buyers who paid"),
            _column("consulted", "integer", "buyers who wrote"),
            _column("needed_human", "integer", "of those, buyers who needed a person"),
            _column("received", "integer", "buyers a person answered"),
            _column("reply_rate_3min", "number", "share answered by a person within three minutes, 0 to 1"),
        ),
        daily=True,
    ),
    Table(
        "bills",
        "Entries of the money account; some platforms give them no number, so equal rows may repeat.",
        (),
        "booked_at",
        (
            _needed("booked_at", "time", "the money moved"),
            _column("entry_id", "id", "the entry's number"),
            _column("order_id", "id", "the order"),
            _column("refund_id", "id", "the refund case"),
            _column("kind", "text", "what the money is for", *BILL_KINDS),
            _column("reason", "text", "why, as the platform words it"),
            _column("income", "money", "money in, without sign"),
            _column("expense", "money", "money out, without sign"),
        ),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _ORDERS,
        _SIGHTINGS,
        _SHIPMENTS,
        _REFUNDS,
        _ORDER_LINES,
        _SESSIONS,
        _MESSAGES,
        _REVIEWS,
        _DISPUTES,
        *_OTHERS,
    )
}
