"""The names under which packs leave rows out → the same in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.model import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Mapping[str, Words] = {
    name: Words(en, zh)
    for name, en, zh in (
        ("after_15_days", "later than 15 days", "超过 15 天"),
        ("answered_in_0_seconds", "answered in 0 seconds", "0 秒回复"),
        ("appeal_won", "appeal won", "申诉成功"),
        ("applied_long_ago", "applied for long ago", "申请时间过早"),
        ("applied_over_90_days_ago", "applied for more than 90 days ago", "申请超过 90 天"),
        ("arrived", "arrived without a scan", "已送达，只缺揽收记录"),
        ("before_shipping", "before shipping", "发货前"),
        ("beyond_latest_20", "beyond the buyer's latest 20", "买家最近 20 条以外"),
        ("buyer_cancelled", "cancelled by the buyer before pick-up", "揽收前买家取消"),
        ("came_to_nothing", "came to nothing", "未成立"),
        ("cancelled", "cancelled", "已取消"),
        ("category_not_assessed", "category not assessed", "不考核的类目"),
        ("closed_first", "closed before the deadline", "到期前已关闭"),
        ("cod_cancelled", "cash on delivery, cancelled", "货到付款已取消"),
        ("custom_over_7_days", "made to order in more than 7 days", "定制期超过 7 天"),
        ("default_review", "default review", "默认评价"),
        ("delivered_by_jd", "delivered by JD's warehouses", "京东仓配送"),
        ("ended_unanswered", "ended without an answer", "未答复已结束"),
        ("exchange", "exchange or repair", "换货、维修"),
        ("exempt", "excused by the platform", "平台已免责"),
        ("finished_by_platform", "finished by the platform", "平台完结"),
        ("fully_refunded", "refunded in full", "已全额退款"),
        ("holiday_window", "holiday not assessed", "不考核的节假日"),
        ("kind_not_assessed", "kind of order not assessed", "不考核的订单类型"),
        ("kind_not_shipped", "nothing to ship (virtual, service, pick-up)", "无需发货（虚拟、服务、到店）"),
        ("no_logistics", "no delivery needed", "无需物流"),
        ("not_liable", "seller not liable", "非商家责任"),
        ("not_professional", "not a professional buyer", "非专业买家"),
        ("not_seller_alone", "seller not liable alone", "非商家单方责任"),
        ("not_seller_liable", "seller not liable, or not alone", "非商家责任或双方责任"),
        ("not_signed_in_time", "not signed for in time", "签收时间不符"),
        ("nothing_to_ship", "nothing to ship (virtual, service, pick-up)", "无需发货（虚拟、服务、到店）"),
        ("offline", "nobody on duty", "客服离线"),
        ("opened_by_platform", "opened by the platform", "平台发起"),
        ("outside_service_hours", "outside the service hours", "服务时间以外"),
        ("over_three_deals_a_month", "beyond three deals a month", "当月第三笔以后"),
        ("paused_or_locked", "paused or locked", "暂停或锁定"),
        ("platform_staff", "taken over by the platform", "平台介入"),
        ("refund_closed", "refund closed", "退款已关闭"),
        ("refunded_before_due", "refund asked for before the deadline", "到期前申请退款"),
        ("refunded_before_pickup", "refund asked for before pick-up", "揽收前申请退款"),
        ("refunded_before_shipping", "refund asked for before shipping", "发货前申请退款"),
        ("refunded_first", "refund asked for before a scan was due", "应揽收前申请退款"),
        ("removed", "removed", "已删除"),
        ("self_pickup", "collected by the buyer", "买家自提"),
        ("served_by_bot", "served by the robot", "机器人接待"),
        ("settled", "settled", "协商一致"),
        ("settled_after", "settled after the platform stepped in", "介入后协商一致"),
        ("settled_before", "withdrawn within 24 hours", "24 小时内撤销"),
        ("taken_back", "taken back before an answer", "答复前撤回"),
        ("unanswered", "never answered", "没有回复"),
        ("unshipped_refund_only", "refund only, not shipped yet", "未发货仅退款"),
        ("withdrawn", "withdrawn by the buyer", "买家撤销"),
        ("withdrawn_before_seller_acted", "withdrawn before the seller acted", "商家处理前撤销"),
        ("withdrawn_or_failed", "withdrawn or failed", "撤销或未成立"),
    )
}


def called(name: str) -> Words:
    """What rows left out under a name are called; a pack of somebody's own may have names without words."""
    return NAMES.get(name) or Words(name, name)
