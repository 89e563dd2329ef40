"""How refunds went."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "refund_flow": ("Refunds of the last 30 days: where the time goes", "近 30 天的退款：时间花在哪里"),
    "flow_stage": ("{share} of the time: {what}; {counts}", "{share} 的时间：{what}；{counts}"),
    "flow_own": ("most of yours: {what}, {share}; {counts}", "轮到你时最多的是{what}，占 {share}；{counts}"),
    "flow_between": ("{share} ({low}..{high})", "{share}（{low}..{high}）"),
    "flow_cases": ("{count} cases", "{count} 笔"),
    "flow_median": ("median {hours} h", "中位 {hours} 小时"),
    "flow_p90": ("p90 {hours} h", "九成在 {hours} 小时内"),
    "flow_applied_seller": ("requests waiting for your decision", "申请等你处理"),
    "flow_agreed_buyer": ("agreed returns the buyer has not sent", "已同意、等买家寄回"),
    "flow_agreed_seller": ("agreed refunds you have not paid out", "已同意、等你退款"),
    "flow_returned_carrier": ("parcels on their way back", "退货在路上"),
    "flow_received_seller": ("parcels waiting in your receiving bay", "退货已签收、等你验货退款"),
    "flow_refused_buyer": ("refused cases waiting for the buyer", "已拒绝、等买家回应"),
    "flow_intervened_platform": ("cases the platform is looking into", "平台介入处理中"),
    "flow_or": (" or ", "或"),
    "flow_untold": ("{what} (no file tells which)", "{what}（文件分不出是哪一步）"),
    "flow_turns": ("whose turn it was", "时间在谁手里"),
    "flow_turn_seller": ("yours", "你"),
    "flow_turn_buyer": ("the buyer's", "买家"),
    "flow_turn_carrier": ("the carrier's", "快递"),
    "flow_turn_platform": ("the platform's", "平台"),
    "flow_turn_unsplit": ("not recorded", "未记录"),
    "flow_part": ("{who} {share}", "{who} {share}"),
}
