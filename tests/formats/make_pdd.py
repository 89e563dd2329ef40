"""Write the fixtures of Pinduoduo into ``data/``: invented rows in its layouts and encodings.

Run once (``python tests/formats/make_pdd.py``) and committed; the tests read the bytes, never this file.
"""

from __future__ import annotations

import json

from writing import HERE, Row, headers, write_csv, write_xlsx

HEADERS = headers("headers_pdd.md")
GOODS = {"商品": "示例商品", "商品id": "700000000001", "商品规格": "示例白", "样式ID": "7000001", "商品数量(件)": "1"}
PAID = {"商品总价(元)": "30.00", "邮费(元)": "0.00", "用户实付金额(元)": "27.50", "商家实收金额(元)": "29.00"}
PERSON = {
    "收货人": "示*",
    "手机": "1**********",
    "详细地址": "****",
    "买家留言": "示例留言",
    "商家备注": "示例备注",
    "省": "浙江省",
    "市": "示例市",
}


def orders() -> list[Row]:
    """The default columns: tabs in cells, every status, the time of an order nobody has paid."""

    def order(number: str, status: str, formed: str, **more: str) -> Row:
        codes = {"商家编码-规格维度": "YD-01\t", "售后状态": "无售后或售后取消", "商家备注": "示例备注"}
        return GOODS | PAID | codes | {"订单号": f"{number}\t", "订单状态": status, "订单成交时间": formed} | more

    sent = {"发货时间": "2026-07-02 18:00:00", "快递单号": "\tYT0001", "快递公司": "示例快递"}
    return [
        order("260701-000000000000001", "待发货", "2026-07-01 23:59:58", 发货时间="\t"),
        order("260701-000000000000002", "已发货，待签收", "2026-07-02 00:00:03", **sent),
        order("260701-000000000000003", "已发货,待收货", "2026-07-01 10:00:00", **sent),
        order("260701-000000000000004", "已签收", "2026-07-01 10:00:01", **sent),
        order("260701-000000000000005", "已收货", "2026-07-01 10:00:02", 确认收货时间="2026-07-09 09:00:00", **sent),
        order("260701-000000000000006", "未发货，退款成功", "2026-07-01 10:00:03", 发货时间="-"),
        order("260701-000000000000007", "已发货，退款成功", "2026-07-01 10:00:04", **sent),
        order("260702-000000000000008", "待支付", ""),
        order("260702-000000000000009", "已取消", ""),
    ]


def orders_2020() -> list[Row]:
    """Payment and promise beside the forming of the group; an order under examination, one by lot."""
    base = {**GOODS, **PAID, **PERSON, "商家编码-SKU维度": "YD-02", "是否审核中": "否", "是否抽奖或0元试用": "否",
            "订单状态": "待发货", "支付时间": "2020/2/21 10:00", "承诺发货时间": "2020/2/23 10:05",
            "订单成交时间": "2020/2/21 10:05"}  # fmt: skip
    return [
        {**base, "订单号": "200221-000000000000001", "发货时间": "-"},
        {**base, "订单号": "200221-000000000000002", "是否审核中": "是"},
        {**base, "订单号": "200221-000000000000003", "是否抽奖或0元试用": "是"},
    ]


def orders_all() -> list[Row]:
    """Every column a seller can choose."""
    base = {**GOODS, **PAID, **PERSON, "订单状态": "已发货，待收货", "是否审核中": "否", "是否抽奖或0元试用": "否",
            "支付时间": "2026-07-10 08:00:00", "订单成交时间": "2026-07-10 08:03:00", "发货时间": "2026-07-11 09:00:00",
            "承诺发货时间": "2026-07-12 08:03:00", "承诺送达时间": "2026-07-15 23:59:59", "商品一级类目": "示例类目",
            "商品四级类目": "示例小类", "仓库名称": "示例仓", "快递单号": "YT0009", "快递公司": "示例快递",
            "支付方式": "示例支付", "充值号码": "10000000000", "用户购买手机号": "1**********"}  # fmt: skip
    return [
        {**base, "订单号": "260710-000000000000001"},
        {**base, "订单号": "260710-000000000000002", "是否门店自提": "是", "商品一级类目": "", "商品数量(件)": "2"},
    ]


def aftersale() -> list[Row]:
    """Every status seen, a note among the numbers, a reason and a trace nobody has named."""

    def case(number: int, status: str, kind: str, goods: str, reason: str, **more: str) -> Row:
        texts = {"售后编号": f"90000{number}", "订单编号": f"260701-00000000000000{number}", "售后状态": status,
                 "退款类型": kind, "订单状态": goods, "售后原因": reason}  # fmt: skip
        rest = {"退款金额(元)": "27.50", "交易金额": "27.50", "申请时间": f"2026-07-0{number} 10:00:00",
                "收货人": "示*", "售后描述": "示例描述", "同意退款人": ""}  # fmt: skip
        return texts | rest | more

    agreed = {"同意退款时间": "2026-07-03 09:00:00", "同意退款人": "示例客服"}
    returned = {"退货运单号": "ZT0001", "退货物流状态": "已签收", "退货物流状态对应时间": "2026-07-08 15:00:00"}
    return [
        case(1, "买家申请退款，待商家处理", "仅退款", "待发货", "多拍/拍错/不想要"),
        case(2, "退款成功", "仅退款", "已发货，待签收", "未按约定时间发货", 快递拦截状态="拦截成功", **agreed),
        case(3, "极速退款退款成功", "仅退款", "未发货，退款成功", "其他原因"),
        case(
            4,
            "用户已发货，待商家处理",
            "退货退款",
            "已签收",
            "做工瑕疵",
            同意退货时间="2026-07-04 12:00:00",
            **returned,
        ),
        case(
            5,
            "同意退货退款，待买家发货",
            "",
            "已收货",
            "材质不符",
            同意退货时间="2026-07-05 11:00:00",
            同意退货人="系统",
        ),
        case(6, "驳回退款，待买家处理", "仅退款", "已发货，待收货", "快递/物流一直未送到", 快递拦截状态="示例新状态"),
        case(7, "买家撤销，售后关闭", "退货退款", "已发货，退款成功", "示例新原因"),
        case(8, "平台介入处理中", "换货", "已签收", "质量问题"),
        {"售后编号": "以下为3个月前的售后单"},
    ]


def aftersale_page() -> list[Row]:
    """Headers as the page labels them, with the time of the refund."""
    return [
        {"售后编号": "900011", "售后类型": "退货退款", "售后状态": "退款成功", "发货状态": "已发货",
         "退款金额": "12.00", "申请原因": "质量问题", "订单编号": "260701-000000000000011",
         "申请时间": "2026-07-01 10:00:00", "退款成功时间": "2026-07-06 10:00:00", "买家": "示*"},
        {"售后编号": "900012", "售后类型": "仅退款", "售后状态": "售后处理中", "发货状态": "未发货", "退款金额": "8.00",
         "申请原因": "7天无理由退换货", "订单编号": "260701-000000000000012", "申请时间": "2026-07-02 10:00:00"},
    ]  # fmt: skip


BILL_ABOVE = (
    "拼多多店铺账务明细查询",
    "",
    "起始时间：2026-07-01 00:00:00 终止时间：2026-07-19 23:59:59",
    "----------交易记录明细列表---------",
)


def bill() -> tuple[list[Row], list[str]]:
    """Every code seen, references that are no order, and the sums below."""

    def entry(reference: str, came: str, went: str, what: str, text: str) -> Row:
        amounts = {"收入金额（+元）": came, "支出金额（-元）": went}
        return {
            "商户订单号": f"{reference}\t",
            "发生时间": "2026-07-03 10:00:00",
            "账务类型": what,
            "业务描述": text,
        } | amounts

    first = "260701-000000000000001"
    rows = [
        entry(first, "27.50", "0.00", "交易收入", "0010002|交易收入-订单收入"),
        entry(first, "0.00", "-27.50", "交易退款", "0020002|交易退款-订单退款"),
        entry(first, "0.00", "-0.17", "技术服务费", "0030002|技术服务费-基础技术服务费"),
        entry(first, "0.00", "-3.00", "扣款", "0040001|扣款-延迟发货"),
        entry("XP202607031", "0.00", "-20.00", "营销费用", "0060001|营销费用-多多进宝"),
        entry("20260703", "0.00", "-5.00", "其他支出", "0140028|其他支出-合作费追回"),
        entry(first, "1.00", "0.00", "示例新类型", "0990001|示例新类型"),
    ]
    return rows, ["#支出合计：6笔，共-55.67元", "#收入合计：3笔，共28.50元"]


def reviews() -> list[Row]:
    """Two reviews, one without an order's long number."""
    base = {"用户ID": "示例用户1", "商品ID": "700000000001", "评论内容": "示例评论", "物流得分": "4", "服务得分": "5"}
    return [
        {**base, "评论ID": "800001", "订单ID": "1", "订单编号": "260701-000000000000001", "评分": "5", "描述得分": "5",
         "评论时间": "2026-07-10 10:00:00"},
        {**base, "评论ID": "800002", "订单ID": "2", "评分": "1", "描述得分": "2", "评论时间": "2026-07-11 10:00:00"},
    ]  # fmt: skip


def promotion() -> list[Row]:
    """Two days and their sums."""

    def day(date: str, sales: str, spent: str, shown: str, clicked: str, **more: str) -> Row:
        return {"日期": date, "交易额(元)": sales, "总花费(元)": spent, "曝光量": shown, "点击量": clicked} | more

    goods = {"商品ID": "700000000001", "商品名称": "示例商品", "推广场景": "示例场景", "推广名称": "示例推广"}
    return [
        day("2026-06-01", "300.00", "20.50", "1,000", "50", **goods),
        day("2026-06-02", "0.00", "10.00", "400", "10", **goods),
        day("总计", "300.00", "30.50", "1400", "60", 商品ID="-", 商品名称="-"),
    ]


def scores() -> list[Row]:
    """Two days of figures, some of them not shown."""
    return [
        {"日期": "2026-11-20", "近30天3分钟人工回复率": "52.17%", "近30天平台求助率": "2.46%",
         "近30天成团-签收时效": "2.45", "近30天积极评论率": "-", "严重劣质率": "0.08%", "平均退款时长": "1.2"},
        {"日期": "2026-11-21", "近30天3分钟人工回复率": "98.20%", "近30天平台求助率": "--", "纠纷退款率": "0.00%"},
    ]  # fmt: skip


def service() -> list[Row]:
    """The page's table of two days, shares in percent, and the sums below them."""
    return [
        {"日期": "2026-11-20", "咨询人数": "120", "需人工回复的咨询人数": "80", "人工接待人数": "78", "询单人数": "40",
         "3分钟人工回复率": "96.25%", "平均人工响应时长": "35", "最终成团人数": "12", "询单转化率": "30.00%"},
        {"日期": "2026-11-21", "咨询人数": "100", "需人工回复的咨询人数": "-", "人工接待人数": "60", "询单人数": "30",
         "3分钟人工回复率": "0.00%", "平均人工响应时长": "41", "最终成团人数": "9", "询单转化率": "30.00%"},
        {"日期": "合计", "咨询人数": "190", "需人工回复的咨询人数": "80", "人工接待人数": "130", "询单人数": "66",
         "3分钟人工回复率": "53.50%", "平均人工响应时长": "38", "最终成团人数": "21", "询单转化率": "30.00%"},
    ]  # fmt: skip


def main() -> None:
    """All fixtures."""
    write_csv("aorders_export2026-07-20-10-09-23.csv", HEADERS["pdd_orders"], orders(), "utf-8-sig")
    write_csv("pdd_orders_2020.csv", HEADERS["pdd_orders_2020"], orders_2020(), "utf-8")
    write_csv("pdd_orders_all.csv", HEADERS["pdd_orders_all"], orders_all(), "gb18030")
    write_xlsx(
        "售后数据.xlsx",
        {"说明": (["说明"], [{"说明": "示例"}]), "售后信息": (HEADERS["pdd_aftersale"], aftersale())},
    )
    write_xlsx("pdd_aftersale_page.xlsx", {"Sheet1": (HEADERS["pdd_aftersale_page"], aftersale_page())})
    rows, below = bill()
    named = "pdd-mall-bill-detail(100001)_2026-07-20-10-09-55_2175.csv"
    write_csv(named, HEADERS["pdd_bill"], rows, "gb18030", above=BILL_ABOVE, below=below)
    write_csv("pdd_bill.csv", HEADERS["pdd_bill"], rows, "utf-8-sig", above=BILL_ABOVE, below=below)
    write_csv("pdd_reviews.csv", HEADERS["pdd_reviews"], reviews(), "utf-8")
    write_xlsx("商品推广_分天数据_20260601至20260602.xlsx", {"按天": (HEADERS["pdd_promotion"], promotion())})
    write_csv("pdd_scores.csv", HEADERS["pdd_scores"], scores(), "utf-8-sig")
    write_csv("pdd_cs.csv", list(service()[0]), service(), "gb18030")
    page = {"consultUserCnt": 50, "needManuReplyConsultUserCnt": 30, "receiveUserCnt": 29, "manuReplyRate3Min": 0.98,
            "artificialResponseTime": 31, "inquiryOrderUserCnt": 20, "groupUserCnt": 9}  # fmt: skip
    text = json.dumps({"result": [page]}, ensure_ascii=False, indent=1)
    (HERE / "data/pdd_cs_20261122.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
