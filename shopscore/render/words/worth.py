"""What acting is worth."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "one_event": ("n = {rows} {fact}: one more bad one moves it {step}", "共 {rows}（{fact}）：再差一个就变动 {step}"),
    "one_event_meets": ("n = {rows} {fact}: one bad one fewer meets the target", "共 {rows}（{fact}）：少差一个就达标"),
    "one_event_misses": (
        "n = {rows} {fact}: one more bad one ({step}) misses the target",
        "共 {rows}（{fact}）：再差一个（{step}）就不达标",
    ),
    "points_of_percent": ("{number} points", "{number} 个百分点"),
    "fact_orders": ("orders", "订单"),
    "fact_lines": ("order lines", "订单行"),
    "fact_parcels": ("parcels", "包裹"),
    "fact_refunds": ("refunds", "退款"),
    "fact_decision_days": ("days", "天"),
    "fact_disputes": ("disputes", "纠纷"),
    "fact_reviews": ("reviews", "评价"),
    "fact_sessions": ("conversations", "会话"),
    "fact_rounds": ("chat rounds", "咨询"),
    "fact_buyer_days": ("buyers' days", "买家日"),
    "fact_listings": ("listings", "商品"),
    "fact_traffic": ("rows", "行"),
    "fact_violations": ("violations", "违规"),
    "fact_agent_days": ("agents' days", "客服日"),
    "fact_bills": ("bill entries", "账目"),
    "fact_shown": ("rows", "行"),
}
