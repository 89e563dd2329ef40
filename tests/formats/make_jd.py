"""Write the fixtures of JD into ``data/``: invented rows in its layouts and encodings.

Run once (``python tests/formats/make_jd.py``) and committed; the tests read the bytes, never this file.
"""

from __future__ import annotations

from writing import Row, headers, write_csv, write_xlsx

HEADERS = headers("headers_jd.md")
PERSON = {
    "客户姓名": "示例收货人",
    "客户地址": "示例省示例市示例路1号",
    "联系电话": "1**********",
    "订单备注": "示例备注",
    "发票抬头": "个人",
    "邮箱地址": "person@example.com",
}
SALE = {**PERSON, "支付方式": "在线支付", "订单类型": "销售订单", "订单来源": "移动端订单", "订购数量": "1"}


def orders() -> list[Row]:
    """Two lines of one order, cash on delivery, and every status with its marks."""

    def order(number: str, item: str, status: str, **more: str) -> Row:
        times = {"下单时间": "2026-11-03 10:00:00", "付款确认时间": "2026-11-03 10:01:00"}
        money = {"京东价": "60.00", "订单金额": "100.00", "结算金额": "95.00", "应付金额": "95.00"}
        texts = {"订单号": number, "商品ID": f'="{item}"', "订单状态": status, "下单帐号": f"示例买家{number[-1]}"}
        return SALE | times | money | texts | {"货号": f"H-{item[-1]}"} | more

    return [
        order("280000000001", "100000000001", "完成", 订单完成时间="2026-11-10 09:00:00"),
        order("280000000001", "100000000002", "完成", 订单完成时间="2026-11-10 09:00:00", 订购数量="2", 京东价="20.00"),
        order("280000000002", "100000000001", "等待出库", 支付方式="货到付款", 付款确认时间="0001-01-01 00:00:00"),
        order("280000000003", "100000000001", "等待确认收货", 订单完成时间="1970-01-01 00:00:00"),
        order("280000000004", "100000000001", "(删除)等待出库"),
        order("280000000005", "100000000001", "（锁定）等待出库"),
        order("280000000006", "100000000001", "暂停"),
        order("280000000007", "100000000001", "等待付款", 付款确认时间=""),
        order("280000000008", "100000000001", "已完成", 订单完成时间="2026/11/9 9:00"),
    ]


def newest() -> list[Row]:
    """The shop's name, the warehouse and the seller's code in columns of their own; a line without a product."""
    base = {**SALE, "店铺ID": "10001", "店铺名称": "示例京东店", "仓库名称": "示例仓", "商家SKUID": "YD-01",
            "应付金额": "30.00", "京东价": "30.00", "订单金额": "30.00", "结算金额": "30.00", "订单状态": "等待出库",
            "下单时间": "2026-11-04 08:00:00", "付款确认时间": "2026-11-04 08:00:30",
            "下单帐号": "示例买家甲"}  # fmt: skip
    return [
        {**base, "订单号": "280000000011", "商品ID": "100000000001", "货号": "H-1"},
        {**base, "订单号": "280000000011", "商品ID": "", "商家SKUID": "", "货号": "H-9"},
        {**base, "订单号": "280000000012", "商品ID": "100000000003", "仓库名称": "", "仓库id": "77", "商家SKUID": ""},
    ]


def cut() -> list[Row]:
    """Nine columns: what the seller is to receive instead of what the buyer paid, no buyer."""
    base = {"商品名称": "示例商品", "商家应收": "45.50", "下单时间": "2026-11-05 08:00:00", "订购数量": "3"}
    return [
        {**base, "订单号": "280000000021", "商品ID": "100000000001", "商家SKUID": "YD-01", "订单状态": "等待出库",
         "付款确认时间": "2026-11-05 08:00:09"},
        {**base, "订单号": "280000000022", "商品ID": "100000000002", "商家SKUID": "YD-02", "订单状态": "(删除)完成"},
    ]  # fmt: skip


def settlement() -> list[Row]:
    """Every fee seen, money in and out, an entry that has not arrived, and a fee of an unknown name."""
    base = {"订单编号": "280000000001", "父单号": "280000000000", "订单状态": "已完成", "币种": "人民币",
            "账单生成时间": "2026-11-12 02:00:00", "到账时间": "2026-11-13 09:00:00", "结算状态": "已结算",
            "资金动账备注": "示例"}  # fmt: skip
    refund = {**base, "售后服务单号": "3300000001", "售后退款时间": "2026-11-11 15:00:00"}
    return [
        {**base, "费用名称": "货款", "收支方向": "收入", "应结金额": "95.00"},
        {**base, "费用名称": "佣金", "收支方向": "支出", "应结金额": "-4.75"},
        {**refund, "费用名称": "货款", "收支方向": "支出", "应结金额": "-35.00"},
        {**refund, "费用名称": "售后卖家赔付费", "收支方向": "支出", "应结金额": "5.00", "到账时间": "",
         "结算状态": "未结算"},
        {**base, "费用名称": "运费保险服务费", "收支方向": "支出", "应结金额": "-0.60"},
        {**base, "费用名称": "代收配送费", "收支方向": "支出", "应结金额": "-3.00"},
        {**base, "费用名称": "返利框架费", "收支方向": "支出", "应结金额": "-1.00"},
        {**base, "费用名称": "示例新费用", "收支方向": "支出", "应结金额": "-2.00"},
    ]  # fmt: skip


def settlement_2026() -> list[Row]:
    """The direction stands under 费用分类; where it does not, the amount is no one's."""
    base = {"订单编号": "280000000031", "结算时间": "2026-11-14 02:00:00", "结算单号": "JS0001", "结算主体": "示例"}
    return [
        {**base, "费用名称": "货款", "费用分类": "收入", "应结金额": "50.00"},
        {**base, "费用名称": "货款", "费用分类": "支出", "应结金额": "-20.00"},
        {**base, "费用名称": "佣金", "费用分类": "示例分类", "应结金额": "-2.50"},
    ]


def promotion() -> list[Row]:
    """Two days, a span of days, and the sums below them."""
    base = {"跟单SKU ID": "100000000001", "跟单SKU名称": "示例商品", "点击率(%)": "2.00"}
    return [
        {**base, "日期": "20261101", "展现数": "1,000", "点击数": "20", "花费": "15.50"},
        {**base, "日期": "20261102~20261102", "展现数": "500", "点击数": "10", "花费": "7.25"},
        {**base, "日期": "20260601~20260630", "展现数": "9000", "点击数": "90", "花费": "80.00"},
        {"日期": "总计", "跟单SKU ID": "-", "展现数": "10500", "点击数": "120", "花费": "102.75"},
    ]


def main() -> None:
    """All fixtures."""
    write_csv("jd_orders.csv", HEADERS["jd_orders"], orders(), "gb18030", end=",")
    write_csv("jd_orders_newest.csv", HEADERS["jd_orders_newest"], newest(), "gb18030", end=",")
    write_xlsx("jd_orders_2026.xlsx", {"订单": (HEADERS["jd_orders_2026"], cut())})
    explained = ["说明：应结金额为负数时表示支出"]
    write_xlsx("jd_settlement.xlsx", {"结算明细": (HEADERS["jd_settlement"], settlement())}, above=explained)
    write_csv("jd_settlement_2026.csv", HEADERS["jd_settlement_2026"], settlement_2026(), "gb18030")
    write_csv("jd_promotion.csv", HEADERS["jd_promotion"], promotion(), "gb18030")


if __name__ == "__main__":
    main()
