"""Every metric the oracle knows, by its full id."""

from __future__ import annotations

from oracle import aftersale, chat, helpcases, logistics, opinions

METRICS = {
    "1688.ship_fulfil_rate": logistics.ship_fulfil_rate,
    "1688.pickup_48h_rate": logistics.pickup_48h_rate_1688,
    "1688.72h_sign_rate": logistics.sign_72h_rate,
    "1688.ww_3min_rate": chat.ww_3min_rate_1688,
    "1688.ww_3min_rate_before_202211": chat.ww_3min_rate_before_202211,
    "1688.consult_satisfaction": chat.satisfaction,
    "1688.quality_refund_rate": aftersale.quality_refund_rate,
    "1688.refund_hours": aftersale.refund_hours,
    "1688.dispute_rate": helpcases.dispute_rate,
    "1688.dispute_rate_monthly": helpcases.dispute_rate_monthly,
    "1688.unanswered_rate": chat.unanswered_rate_1688,
    "1688.unshipped_refund_hours": aftersale.unshipped_refund_hours,
    "tmall.dispute_refund_rate": aftersale.dispute_refund_rate,
    "tmall.refund_dispute_rate": aftersale.refund_dispute_rate,
    "tmall.refund_only_hours": aftersale.refund_only_hours,
    "tmall.return_refund_hours": aftersale.return_refund_hours,
    "tmall.self_finish_rate": aftersale.self_finish_rate,
    "tmall.system_finish_rate": aftersale.system_finish_rate,
    "tmall.unanswered_rate": chat.unanswered_rate,
    "tmall.refund_rate": aftersale.refund_rate,
    "tmall.refund_handle_hours": aftersale.refund_handle_hours,
    "tmall.pickup_24h_rate": logistics.pickup_24h_rate,
    "tmall.pickup_48h_rate": logistics.pickup_48h_rate,
    "tmall.arrival_hours": logistics.arrival_hours,
    "tmall.ww_3min_rate": chat.ww_3min_rate,
    "tmall.ww_manual_seconds": chat.ww_manual_seconds,
    "tmall.ww_satisfaction": chat.satisfaction,
    "tmall.platform_help_rate": helpcases.platform_help_rate,
    "tmall.first_quality_refund_rate": aftersale.first_quality_refund_rate,
    "tmall.bad_review_rate": opinions.bad_review_rate,
    "tmall.dsr_description": opinions.dsr_description,
    "tmall.dsr_service": opinions.dsr_service,
    "tmall.dsr_logistics": opinions.dsr_logistics,
}
