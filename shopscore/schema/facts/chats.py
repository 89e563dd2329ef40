"""What a rule may say of conversations, rounds and buyers' days."""

from shopscore.schema.columns import Fact
from shopscore.schema.facts.making import JUDGED, new

_CHAT_HOURS = (
    new("hour", "integer", "hour of the question, 0 to 23"),
    new("weekday", "integer", "weekday of the question, 1 Monday to 7 Sunday"),
    new(
        "in_service_hours",
        "flag",
        "asked inside the service hours: the opening second in, the closing one out",
    ),
)

SESSIONS = Fact(
    "sessions",
    "session_id",
    "One row per conversation, as exported or as the pack splits them.",
    "messages",
    (
        new("session_id", "id", "the conversation's number"),
        new("buyer_id", "id", "the buyer's pseudonym"),
        new("agent_id", "text", "the agent", "sessions.agent_id", "messages.agent_id"),
        new("started_at", "time", "the conversation began"),
        new("closed_at", "time", "it was closed, else its last line"),
        new("asked_at", "time", "the buyer's first line", "messages.sent_at"),
        new("answered_at", "time", "the first valid answer after it", "messages.sent_at"),
        new("reply_seconds", "integer", "asked_at to answered_at", "messages.sent_at"),
        new("queued_at", "time", "it entered the human queue", "sessions.queued_at"),
        new(
            "queue_seconds",
            "integer",
            "queued_at to answered_at; from asked_at where no queue is recorded",
            "messages.sent_at",
        ),
        new("is_offline", "flag", "no agent was there", "sessions.is_offline", "messages.agent_online"),
        new("is_transfer", "flag", "handed over by another agent", "sessions.is_transfer"),
        new("rating", "number", "the buyer's rating, 1 to 5", "sessions.rating"),
        new("message_count", "integer", "lines", "messages.sent_at"),
        *_CHAT_HOURS,
        JUDGED,
    ),
)

ROUNDS = Fact(
    "rounds",
    "round_id",
    "One row per round: from the buyer's first unanswered line to the first valid answer, closed at midnight.",
    "messages",
    (
        new("round_id", "id", "pseudonym and moment of the question"),
        new("buyer_id", "id", "the buyer's pseudonym"),
        new("buyer_day_id", "id", "pseudonym and day of the question, as in buyer_days"),
        new("session_id", "id", "the conversation the question stands in", "messages.session_id"),
        new("agent_id", "text", "who answered, else who was assigned", "messages.agent_id"),
        new("asked_at", "time", "the first unanswered line"),
        new("answered_at", "time", "the first valid answer before the round closes"),
        new("closes_at", "time", "the round's end where no answer comes: the next midnight"),
        new("reply_seconds", "integer", "asked_at to answered_at; blank while unanswered"),
        new(
            "wait_seconds",
            "integer",
            "reply_seconds; while unanswered asked_at to the session's recorded end after it, else to midnight",
        ),
        new("session_started_at", "time", "the conversation of the question began"),
        new("session_closed_at", "time", "it was closed, where a file says when", "sessions.closed_at"),
        new("session_in_service_hours", "flag", "it began inside the service hours"),
        new("session_is_offline", "flag", "no agent was there", "sessions.is_offline", "messages.agent_online"),
        new("is_answered", "flag", "a valid answer came before the round closed"),
        new("answered_in_service_hours", "flag", "the answer came inside the service hours"),
        new("first_of_day", "flag", "opens with the buyer's first line of that day"),
        new("answered_by_bot", "flag", "the answer came from a bot that the pack counts; blank while unanswered"),
        new(
            "agent_answer_count",
            "integer",
            "answers by this agent that no bot gave, to first rounds of a day or to later ones as this round is",
        ),
        new("agent_instant_share", "number", "of these, the share given within 2 seconds, 0 to 1"),
        new(
            "agent_same_delay_share",
            "number",
            "of these, the share given after the commonest wait of up to a minute, to the second",
        ),
        new(
            "agent_online",
            "flag",
            "an agent was online at the question; blank means yes",
            "messages.agent_online",
        ),
        *_CHAT_HOURS,
        JUDGED,
    ),
)

BUYER_DAYS = Fact(
    "buyer_days",
    "buyer_day_id",
    "One row per buyer and day with a question.",
    "messages",
    (
        new("buyer_day_id", "id", "pseudonym and day"),
        new("buyer_id", "id", "the buyer's pseudonym"),
        new("asked_at", "time", "the buyer's first line of the day"),
        new("answered_at", "time", "the first valid answer after it on that day"),
        new("reply_seconds", "integer", "asked_at to answered_at; blank while unanswered"),
        new("agent_id", "text", "who answered, else who was assigned", "messages.agent_id"),
        new("buyer_level", "text", "the buyer's grade, as on the newest order", "orders.buyer_level"),
        new("round_count", "integer", "rounds of that day"),
        new("slowest_reply_seconds", "integer", "the slowest answered round of the day"),
        new("unanswered_count", "integer", "rounds that stayed without a valid answer"),
        new("asked_in_service_at", "time", "the buyer's first line inside the service hours"),
        new("service_round_count", "integer", "rounds inside them, each from its first line there"),
        new("service_slowest_reply_seconds", "integer", "the slowest answered one of these"),
        new("service_unanswered_count", "integer", "those of these that stayed without a valid answer"),
        new("human_count", "integer", "lines a person wrote that day, and assisting bots that count as persons"),
        new("machine_count", "integer", "lines machines wrote after the buyer's first one"),
        new("is_machine_only", "flag", "machines answered and no person wrote"),
        new("is_bot_served", "flag", "no person wrote, and a bot, not an automatic phrase, had the last word"),
        new("closes_at", "time", "the day's end: the next midnight"),
        new("service_closes_at", "time", "the end of that day's service hours"),
        new(
            "agent_online",
            "flag",
            "an agent was online at the first line; blank means yes",
            "messages.agent_online",
        ),
        *_CHAT_HOURS,
        JUDGED,
    ),
)
