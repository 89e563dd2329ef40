"""Write the fixtures of bills, of AliExpress' orders and of pages into ``data/``: invented rows in their layouts.

Run once (``python tests/formats/make_money.py``) and committed; the tests read the bytes, never this file.
"""

from __future__ import annotations

from writing import Row, headers, write_csv, write_xlsx

HEADERS = headers("headers_money.md")
ABOVE = (
    "#支付宝账务明细查询",
    "#账号：[20880000000000000156]",
    "#起始日期：[2026年11月01日 00:00:00] 终止日期：[2026年11月30日 00:00:00]",
    "#----------------账务明细列表----------------",
)
ORDER = "4093000000000000001"


def alipay() -> list[Row]:
    """A sale, a refund, a fee; a top-up with and without a reason; an order that only a note names; a new kind."""

    def entry(number: int, income: str, expense: str, text: str, **more: str) -> Row:
        return {"账务流水号": f"15707572421190607{number}", "业务流水号": "2026111322001", "商品名称": "示例商品",
                "发生时间": f"2026-11-13 09:{number}:28", "收入金额（+元）": income, "支出金额（-元）": expense,
                "账户余额（元）": "1,000.00", "对方账号": "示***@example.com", "业务描述": text} | more  # fmt: skip

    reason = {"业务类型": "其它", "商户订单号": "BZJ1"}
    return [
        entry(10, "146.92", "0", "0010001|交易收款-交易收款", 业务类型="交易付款", 商户订单号=f"T200P{ORDER}",
              业务基础订单号=ORDER, 备注="示例"),
        entry(11, "0", "-46.92", "0020002|交易退款-保证金退款", 业务类型="交易退款", 商户订单号=f"T200P{ORDER}",
              业务基础订单号="FP301_20261113"),
        entry(12, "0.00", "-3.00", "0030003|软件服务费-基础软件服务费", 业务类型="收费", 备注=f"tradeid:{ORDER}"),
        entry(13, "0", "-5.00", "0140028|其它-保证金", **reason, 备注="天猫保证金-充值（代扣）-延迟发货"),
        entry(14, "0", "-10.01", "0140028|其它-保证金", **reason, 备注="天猫保证金-充值（代扣）"),
        entry(15, "20.00", "0", "", 业务类型="交易付款", 备注=f"关联订单号：{ORDER}"),
        entry(16, "0", "-0.50", "0990001|示例新类型-示例", 业务类型="示例新类型"),
    ]  # fmt: skip


def merchant() -> list[Row]:
    """The older layout."""
    return [
        {"序号": "1", "入账时间": "2019-06-18 10:00:00", "支付宝流水号": "880000000001", "账务类型": "交易付款",
         "商户订单号": "T200P393000000000000001", "收入（+元）": "88.00", "支出（-元）": "", "对方名称": "示*"},
        {"序号": "2", "入账时间": "2019-06-19 10:00:00", "支付宝流水号": "880000000002", "账务类型": "交易退款",
         "商户订单号": "T200P393000000000000001", "收入（+元）": "", "支出（-元）": "8.00", "对方名称": "示*"},
    ]  # fmt: skip


def wechat() -> list[Row]:
    """Times whole, and apart from their day."""
    base = {"淘宝订单编号": ORDER, "主订单id": ORDER, "子订单id": ORDER, "商家昵称": "示例店", "入账类型": "货款",
            "入帐类型": "货款", "业务描述": "0010001|交易收款-交易收款"}  # fmt: skip
    return [
        {**base, "入账时间": "2026-11-13 09:10:28", "入帐日期": "2026-11-13", "入帐时间": "09:10:28",
         "支付流水号": "W1",
         "收入金额（元）": "20.00", "收入金额(元)": "20.00", "支出金额": "0.00", "支出金额(元)": "0.00"},
        {**base, "入账时间": "2026-11-14 09:10:28", "入帐日期": "2026-11-14", "入帐时间": "09:10:28",
         "支付流水号": "W2",
         "收入金额（元）": "0.00", "收入金额(元)": "0.00", "支出金额": "5.00", "支出金额(元)": "-5.00",
         "备注": "天猫保证金-充值(代扣)-物流轨迹超时", "业务描述": "0140028|其它-保证金"},
    ]  # fmt: skip


def aliexpress() -> list[Row]:
    """Every state the words tell apart, two parcels in a cell, an order that ended without a receipt."""
    base = {"负责人(业务员)": "示例", "买家名称": "Example Buyer", "产品总金额": "US $10.00", "物流费用": "US $2.34",
            "订单金额": "US $1,012.34", "产品信息（双击单元格展开所有产品信息！）": "【1】示例\n(数量:1)",
            "收货国家": "Brazil", "州/省": "Example State",
            "下单时间": "2026-11-01 10:00:00", "付款时间": "2026-11-01 10:05:00",
            "发货期限": "2026-11-08 10:05:00", "手机": "000"}  # fmt: skip
    sent = {"发货时间": "2026-11-03 09:00:00", "实际发货物流:运单号": "AliExpress Standard Shipping:LP0001"}
    return [
        {**base, "订单号": "8100000000000001", "订单状态": "订单结束", "确认收货时间": "2026-11-20 08:00:00", **sent},
        {**base, "订单号": "8100000000000002", "订单状态": "订单结束"},
        {**base, "订单号": "8100000000000003", "订单状态": "等待买家收货", **sent,
         "实际发货物流:运单号": "China Post:RB0001CN;EMS：EA0002CN"},
        {**base, "订单号": "8100000000000004", "订单状态": "资金未到账", "订单金额": "€5.00"},
        {**base, "订单号": "8100000000000005", "订单状态": "等待您发货", "订单金额": "6.00"},
        {**base, "订单号": "8100000000000006", "订单状态": "等待买家付款", "付款时间": "", "发货期限": ""},
    ]  # fmt: skip


def main() -> None:
    """All fixtures."""
    sums = ("#支出合计：5笔，共-65.43元", "#收入合计：2笔，共166.92元", "#导出时间：[2026年12月01日 10:00:00]")
    write_csv("tmall_alipay_bill.csv", HEADERS["tmall_alipay_bill"], alipay(), "gb18030", above=ABOVE, below=sums)
    # A program between has put an empty column in front.
    shifted = ["", *HEADERS["tmall_alipay_bill"]]
    lines = [f",{line}" for line in ABOVE]
    write_csv("tmall_alipay_bill_shifted.csv", shifted, alipay(), "gb18030", above=lines,
              below=[f",{line}" for line in sums])  # fmt: skip
    write_csv("tmall_alipay_merchant.csv", HEADERS["tmall_alipay_bill_merchant"], merchant(), "gb18030")
    write_xlsx("tmall_wechat_bill.xlsx", {"账单": (HEADERS["tmall_wechat_bill"], wechat())})
    write_xlsx("tmall_wechat_bill_14.xlsx", {"账单": (HEADERS["tmall_wechat_bill_14"], wechat())})
    info = "产品信息（双击单元格展开所有产品信息！）"
    # In the file a line ends inside the header.
    titles = [title if title != info else info.replace("（", "\n（") for title in HEADERS["aliexpress_orders"]]
    rows = [{title.replace("息（", "息\n（"): cell for title, cell in row.items()} for row in aliexpress()]
    write_xlsx("aliexpress_orders.xlsx", {"订单": (titles, rows)})
    dsr = [
        {"指标": name, "得分": "4.85", "趋势": "上升", "行业均值": "4.80", "与行业对比": "高于1.04%", "目标值": "4.90",
         "距目标值差距": "0.05"}
        for name in ("描述相符", "物流服务", "服务态度")
    ]  # fmt: skip
    write_xlsx("DSR_20261122.xlsx", {"DSR": (HEADERS["tmall_dsr"], dsr)}, above=["店铺动态评分"])
    scores = [{"日期": "2026-11-22", "首次品退率": "0.35%", "商品DSR差评率": "1.2%", "揽收及时率": "98%",
               "48小时揽收及时率": "-", "物流到货时长": "52.3", "旺旺人工响应时长": "40"}]  # fmt: skip
    write_csv("tmall_scores.csv", HEADERS["tmall_scores"], scores, "utf-8-sig")
    product = {"商品id": "900000000001", "商品名称": "示例商品", "发布时间": "2026-03-01 10:00:00"}
    products = [{**product, "商品价格": "10.00", "颜色分类": "红"}, {**product, "商品id": "900000000002"}]
    write_xlsx("tmall_products.xlsx", {"商品": (HEADERS["tmall_products"], products)})
    days = [{"统计日期": "2026-11-21", "商品ID": "900000000001", "商品名称": "示例商品", "商品访客数": "1,200",
             "支付买家数": "30", "支付金额": "1,299.50", "成功退款金额": "0"},
            {"统计日期": "2026-11-22", "商品ID": "900000000001", "商品访客数": "-", "支付金额": "0.00"}]  # fmt: skip
    write_xlsx(
        "商品_全部_2026.xlsx", {"商品": (HEADERS["tmall_product_traffic"], days)}, above=["生意参谋", "", "示例", ""]
    )
    helped = [{"商品ID": "900000000001", "SKU_ID": "5000000000001", "评价ID": "1100000000001", "买家昵称": "示***例",
               "评价时间": "2026-11-20 10:00:00", "评价内容": "示例"}]  # fmt: skip
    write_xlsx("tmall_reviews_helper.xlsx", {"评价": (HEADERS["tmall_reviews_helper"], helped)})


if __name__ == "__main__":
    main()
