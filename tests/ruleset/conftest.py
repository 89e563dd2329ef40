"""A small pack, and a way to write a folder of rules from changed texts."""

from __future__ import annotations

import textwrap

import pytest

PACK = textwrap.dedent("""\
    platform: tmall
    title: {en: Tmall, zh: 天猫}
    version: "2026.11"
    timezone: Asia/Shanghai
    guide:
      title: {en: A guide, zh: 指南}
      source: [guide]
      indicators:
        - name: {en: Shipping, zh: 发货}
          metrics: [ship_fulfil_rate]
        - name: {en: A star, zh: 星级}
          missing: {en: It ranks peers., zh: 与同行比较。}
      advice:
        - text: {en: Ship sooner, zh: 早发货}
          advice: [SHIP-01]
        - text: {en: Pay for reviews, zh: 好评返现}
          refused: {en: Forbidden., zh: 违规。}
      consequences:
        - text: {en: Search weight, zh: 搜索权重}
          metrics: [ship_fulfil_rate]
          gates: [campaign]
        - text: {en: A rumour, zh: 传闻}
          refused: {en: No source., zh: 没有来源。}
    structures:
      - id: stars
        title: {en: Stars, zh: 星级}
        factors: [{score: logistics, title: {en: Logistics, zh: 物流}, metrics: [ship_fulfil_rate]}]
        source: [guide]
    gates:
      - id: campaign
        title: {en: Campaigns, zh: 活动}
        scores: [logistics]
        at_least: 4
        opens: {en: Campaigns., zh: 活动。}
        source: [guide]
    parameters:
      b_weight:
        default: 2.0
        meaning: {en: what a business buyer weighs, zh: 企业买家权重}
        source: [guide]
    facts:
      columns:
        clock_at: paid_at
        ship_deadline_at: COALESCE(promise_at, clock_at + INTERVAL '48 hours')
        buyer_weight: CASE WHEN buyer_level = 'L6' THEN b_weight ELSE 1 END
      chat:
        - valid_to: 2025-05-31
          source: [guide]
          service_hours: {opens: "08:00", closes: "24:00"}
          answers: [human]
        - valid_from: 2025-06-01
          source: [guide]
          service_hours: {opens: "08:00", closes: "23:00"}
          answers: [human, assist_bot]
    metrics:
      - id: ship_fulfil_rate
        title: {en: Shipped in time, zh: 发货履约率}
        why: {en: It is scored., zh: 计入评分。}
        definition: published
        definition_text: {en: Picked up in time., zh: 按时揽收。}
        source: [guide]
        dimension: logistics
        kind: ratio
        window: 30 days
        better: higher
        from: orders
        at: clock_at
        where: kind IN ('spot', 'custom')
        exclude:
          buyer_cancelled: cancelled_by = 'buyer'
        unknown: pickup_state = 'unrecorded'
        pending: NOT is_due
        numerator: pickup_seconds <= ship_allowed_seconds
        weight_by: buyer_weight
        segments: [carrier, hour]
        consequences:
          - text: {en: Search weight., zh: 搜索权重。}
            source: [guide]
        versions:
          - valid_to: 2024-12-31
          - valid_from: 2025-01-01
            changes:
              window: T-33..T-4
              where: kind = 'spot'
        switches:
          clicks:
            title: {en: Seller's click, zh: 点击发货}
            default: scans
            options:
              scans: {title: {en: Scans, zh: 揽收}}
              clicks:
                title: {en: Clicks, zh: 点击}
                changes:
                  numerator: click_seconds <= ship_allowed_seconds / b_weight
      - id: refund_rate
        title: {en: Refund rate, zh: 退款率}
        why: {en: It is scored., zh: 计入评分。}
        definition: derived
        definition_text: {en: Refunds per order., zh: 退款除以订单。}
        source: [guide]
        dimension: aftersale
        kind: ratio_of
        window: 30 days
        better: lower
        numerator: {from: refunds, at: applied_at, where: "is_success"}
        denominator: {from: orders, at: paid_at}
        segments: [product_id]
    clocks:
      - id: ship
        title: {en: Ship, zh: 发货}
        from: orders
        where: kind = 'spot'
        start: clock_at
        due: ship_deadline_at
        done: picked_up_at
        over: [cancelled_at, status = 'closed']
        weight_by: buyer_weight
        metrics: [ship_fulfil_rate]
        steps:
          - holder: seller
            do: {en: Pack it., zh: 打包。}
          - since: shipped_at
            holder: carrier
            do: {en: Ask the carrier., zh: 催快递。}
        source: [guide]
    advice:
      - id: SHIP-01
        metric: ship_fulfil_rate
        when: value < target
        do: {en: Ship sooner., zh: 早点发货。}
        effort: hours
        source: [guide]
      - id: SHIP-02
        metric: ship_fulfil_rate
        when: value < target AND top_carrier_excess > 0.4 AND COALESCE(refund_rate, 0) < 0.1
        do: {en: Change the carrier., zh: 换快递。}
        effort: days
        source: [guide]
    sources:
      guide:
        title: A guide
        publisher: Tmall
        retrieved: 2026-11-23
        status: current
        confidence: high
    """)

FORMAT = textwrap.dedent("""\
    id: tmall_orders
    platform: tmall
    table: orders
    title: {en: Orders, zh: 订单}
    must: [[订单编号]]
    columns:
      order_id: 订单编号
      created_at: 订单创建时间
      paid_at: 订单付款时间
      status: {column: [订单状态], word_list: tmall_status}
      kind: {column: [订单类型], words: {预售: presale}, default: spot}
    export:
      menu: {en: Trade > Sold items > Export, zh: 交易 > 已卖出的宝贝 > 导出}
      confidence: high
      source: [guide]
    """)

WORDS = textwrap.dedent("""\
    id: tmall_status
    title: {en: Status, zh: 状态}
    source: [guide]
    words:
      shipped: [卖家已发货]
      finished: [交易成功]
    """)

MACHINE = textwrap.dedent("""\
    states:
      applied: {title: {en: Applied, zh: 已申请}, entered: applied_at, holder: seller}
      refunded: {title: {en: Refunded, zh: 已退款}, entered: finished_at, only: status = 'success'}
    transitions: []
    default_rule: {en: No answer is a yes., zh: 逾期视为同意。}
    sources: {}
    """)

FILES = {
    "tmall.yaml": PACK,
    "formats/tmall_orders.yaml": FORMAT,
    "words/tmall_status.yaml": WORDS,
    "aftersale.yaml": MACHINE,
}


@pytest.fixture
def rules_dir(tmp_path):
    """Write the small rules with some texts replaced, ``{file: [(old, new)]}``; None leaves a file out."""

    def write(changes=None, folder="rules"):
        root = tmp_path / folder
        for name, text in FILES.items():
            replacements = (changes or {}).get(name, [])
            if replacements is None:
                continue
            for old, new in replacements:
                assert old in text, old
                text = text.replace(old, new, 1)  # noqa: PLW2901
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write
