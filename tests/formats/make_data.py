"""Write the fixtures of this folder, ``data/``: invented rows in the platforms' layouts and encodings.

Run once (``python tests/formats/make_data.py``) and committed; the tests read the bytes, never this file.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
HEADERS = {
    name.strip("[]"): columns
    for name, *columns in (
        block.split("\n")
        for block in (HERE.parents[1] / "sample_data/making/headers.md")
        .read_text(encoding="utf-8")
        .rstrip("\n")
        .split("\n\n")
    )
}
PERSON = {
    "收货人姓名": "示例收货人",
    "收货地址": "浙江省   示例市  示例路1号",
    "联系手机": "'10000000000",
    "买家支付宝账号": "person@example.com",
    "买家留言": "示例留言",
}


def orders_2014() -> list[dict[str, str]]:
    """Guards, spaces in headers, a closed and an unpaid order."""
    base = {**PERSON, "买家会员名": "示例买家甲", "店铺名称": "示例店", "订单关闭原因": "订单未关闭", "宝贝总数量": "2"}
    return [
        {**base, "订单编号": '="193000000000001"', "买家实际支付金额": "1,299.50", "订单状态": "交易成功",
         "订单创建时间": "2016-05-23 22:02:11", "订单付款时间": "2016-05-23 22:03:00", "物流单号": "No:789000000001",
         "物流公司": "示例快递"},
        {**base, "订单编号": '="193000000000002"', "买家实际支付金额": "0.00", "订单状态": "交易关闭",
         "订单创建时间": "2016/5/24 9:05", "订单付款时间": "", "订单关闭原因": "买家未付款"},
        {**base, "订单编号": '="193000000000003"', "买家实际支付金额": "59.00", "订单状态": "买家已付款，等待卖家发货",
         "订单创建时间": "2016-05-25 08:00:00", "订单付款时间": "2016-05-25 08:00:30"},
    ]  # fmt: skip


def orders_2019() -> list[dict[str, str]]:
    """Literal nulls, amounts with their unit, both commas inside a status."""
    base = {
        **PERSON,
        "买家会员名": "示例买家乙",
        "店铺名称": "示例店",
        "订单关闭原因": "订单未关闭",
        "退款金额": "无退款申请",
    }
    return [
        {**base, "订单编号": '="393000000000000001"', "买家实际支付金额": "88.00",
         "订单状态": "卖家已发货，等待买家确认",
         "订单创建时间": "2019-06-18 00:00:01", "订单付款时间": "2019-06-18 00:00:09", "确认收货时间": "null",
         "打款商家金额": "null"},
        {**base, "订单编号": '="393000000000000002"', "买家实际支付金额": "12.34", "订单状态": "交易成功",
         "订单创建时间": "2019-06-18 10:00:00", "订单付款时间": "2019-06-18 10:00:20",
         "确认收货时间": "2019-06-25 09:00:00", "打款商家金额": "12.34元"},
        {**base, "订单编号": '="393000000000000003"', "买家实际支付金额": "5.00",
         "订单状态": "买家已付款,等待卖家发货", "订单创建时间": "2019-06-19 10:00:00",
         "订单付款时间": "2019-06-19 10:00:20", "确认收货时间": "null"},
    ]  # fmt: skip


def orders_2022() -> list[dict[str, str]]:
    """A presale, and a shipping time."""
    base = {**PERSON, "买家会员昵称": "示例买家丙", "店铺名称": "示例店", "订单状态": "卖家已发货，等待买家确认"}
    return [
        {**base, "订单编号": '="993000000000000001"', "买家实际支付金额": "10.00",
         "订单创建时间": "2022-03-01 10:00:00",
         "订单付款时间": "2022-03-01 10:01:00", "发货时间": "2022-03-02 18:00:00", "预售订单": "是"},
        {**base, "订单编号": '="993000000000000002"', "买家实际支付金额": "20.00",
         "订单创建时间": "2022-03-01 11:00:00",
         "订单付款时间": "2022-03-01 11:01:00", "发货时间": "", "预售订单": "否", "订单状态": "等待买家付款"},
    ]  # fmt: skip


def orders_2023() -> list[dict[str, str]]:
    """The workbook: bare ids, the renamed amount, two parcels in one cell."""
    return [
        {"订单编号": "4093000000000000001", "买家实付金额": "129", "订单状态": "交易成功", "店铺名称": "示例店",
         "订单创建时间": "2026-11-01 10:00:00", "订单付款时间": "2026-11-01 10:00:40",
         "发货时间": "2026-11-02 17:00:00", "确认收货时间": "2026-11-08 20:00:00", "商家编码": "YD-01",
         "物流单号": "789000000011,789000000012", "物流公司": "示例快递", "宝贝总数量": "3", "收货地址": "示例",
         "订单关闭原因": "订单未关闭"},
        {"订单编号": "4093000000000000002", "买家实付金额": "39.9", "订单状态": "交易关闭", "店铺名称": "示例店",
         "订单创建时间": "2026-11-01 11:00:00", "订单关闭原因": "买家未付款", "商家编码": "YD-02"},
    ]  # fmt: skip


def orders_smallest() -> list[dict[str, str]]:
    """Nine columns, none of them the creation time."""
    return [
        {"订单编号": "4093000000000000003", "买家实付金额": "10", "订单状态": "买家已付款，等待卖家发货",
         "订单付款时间": "2026-11-03 09:00:00", "店铺名称": "示例店"},
    ]  # fmt: skip


def lines_2014() -> list[dict[str, str]]:
    """Two lines of one order without line numbers."""
    base = {"标题": "示例商品", "价格": "10.00", "购买数量": "1", "备注": "示例备注", "订单状态": "交易成功"}
    return [
        {**base, "订单编号": '="193000000000001"', "商品属性": "颜色分类:红", "商家编码": "S-1"},
        {**base, "订单编号": '="193000000000001"', "商品属性": "颜色分类:蓝", "外部系统编号": "S-2", "购买数量": "4"},
    ]


def lines_2021() -> list[dict[str, str]]:
    """Sub-order numbers, no promise yet."""
    return [
        {"子订单编号": "993000000000000011", "主订单编号": "993000000000000001", "标题": "示例商品", "购买数量": "2",
         "商家编码": "S-1", "买家实际支付金额": "10.00", "退款状态": "没有申请退款", "订单状态": "交易成功",
         "订单创建时间": "2022-03-01 10:00:00", "订单付款时间": "2022-03-01 10:01:00"},
    ]  # fmt: skip


def lines_new() -> list[dict[str, str]]:
    """The promised shipping time."""
    return [
        {"子订单编号": "4093000000000000101", "主订单编号": "4093000000000000001", "商品标题": "示例商品",
         "购买数量": "1", "商家编码": "YD-01", "买家实付金额": "64.5", "退款状态": "退款成功", "订单状态": "交易成功",
         "订单创建时间": "2026-11-01 10:00:00", "订单付款时间": "2026-11-01 10:00:40",
         "发货时间": "2026-11-02 17:00:00", "应发货时间": "2026-11-03 10:00:40", "商品ID": "900000000001",
         "物流单号": "789000000011", "物流公司": "示例快递", "联系方式备注": "10000000000"},
    ]  # fmt: skip


def refunds(applied: str, kinds: bool, total: bool) -> list[dict[str, str]]:
    """Every way a case can end that the layouts tell apart.

    Args:
        applied: the header of the application time in this layout.
        kinds: whether 售后类型 and 是否帮他退款 are there (since about 2020 and 2024).
        total: whether 退款总额 is there.
    """
    base = {"订单编号": "4093000000000000001", "客服介入状态": "无客服介入", "是否零秒响应": "否",
            "买家退款说明": "示例",
            "卖家真实姓名": "示例", "卖家手机": "10000000000", "买家退款金额": "10.00"}  # fmt: skip
    rows = [
        {**base, "退款编号": "60000000000000001", applied: "2026-11-05 10:00:00", "退款完结时间": "2026-11-06 12:00:00",
         "手工退款/系统退款": "手工退款", "是否需要退货": "否", "退款状态": "退款成功", "货物状态": "买家未收到货",
         "买家退款原因": "7天无理由退换货", "售中或售后": "售中"},
        {**base, "退款编号": "60000000000000002", applied: "2026-11-05 11:00:00", "手工退款/系统退款": "系统退款",
         "是否需要退货": "是", "退款状态": "退款成功", "货物状态": "买家已退货", "买家退款原因": "质量问题",
         "买家退货时间": "2026-11-07 09:00:00", "完结时间": "2026-11-09 09:00:00", "退货物流单号": "No:789000000099"},
        {**base, "退款编号": "60000000000000003", applied: "2026-11-05 12:00:00", "退款状态": "退款关闭",
         "手工退款/系统退款": "手工退款", "客服介入状态": "客服处理完成", "责任方": "卖家责任",
         "货物状态": "买家已收到货",
         "买家退款原因": "材质面料不符", "退款完结时间": "2026-11-10 12:00:00"},
        {**base, "退款编号": "60000000000000004", applied: "2026-11-05 13:00:00", "手工退款/系统退款": "手工退款",
         "是否零秒响应": "是", "退款状态": "退款成功", "货物状态": "未发货", "买家退款原因": "多拍/拍错/不想要",
         "退款完结时间": "2026-11-05 13:00:00"},
        {**base, "退款编号": "60000000000000005", applied: "2026-11-05 14:00:00",
         "退款状态": "买家已经申请退款，等待卖家同意", "货物状态": "买家已收到货", "买家退款原因": "示例新原因"},
    ]  # fmt: skip
    if kinds:
        rows[0]["售后类型"], rows[1]["售后类型"], rows[2]["售后类型"] = "仅退款", "退货退款", "换货"
        rows[3]["售后类型"] = "售中退款"
        rows[2]["是否帮他退款"] = "是"
    if total:
        rows[0]["退款总额"] = "12.50"
    return rows


def reviews() -> list[dict[str, str]]:
    """The three classes."""
    base = {
        "评论": "示例评论",
        "昵称": "示***例",
        "商品id": "900000000001",
        "颜色分类": "示例白",
        "skuid": "5000000000001",
    }
    return [
        {**base, "评价时间": "2026-11-01 10:00:00", "评价分类": "好评"},
        {**base, "评价时间": "2026-11-01 11:00:00", "评价分类": "中评"},
        {**base, "评价时间": "2026-11-01 12:00:00", "评价分类": "差评", "追评时间": "2026-11-02 12:00:00"},
    ]


def orders_1688(*, older: bool) -> list[dict[str, str]]:
    """A paid order of two lines, an unpaid one of two (nothing may leak into it), one on its way."""
    number = "物流公司运单号" if older else "运单号"
    line = {"货品标题": "示例货品", "单位": "件", "Offer ID": "800000000001"}
    rows = [
        {**line, **PERSON, "订单编号": "4000000000000001", "卖家公司名": "示例厂", "买家会员名": "示例买家丁",
         "货品总价(元)": "100", "实付款(元)": "98.5", "订单状态": "交易成功", "订单创建时间": "2026-11-01 09:00:00",
         "订单付款时间": "2026-11-01 09:05:00", number: "SL0001", "数量": "10", "SKU ID": "1", "单品货号": "HS-1"},
        {**line, "数量": "20", "SKU ID": "2", "单品货号": "", "货号": "HS-2"},
        {**line, **PERSON, "订单编号": "4000000000000002", "卖家公司名": "示例厂", "买家会员名": "示例买家戊",
         "货品总价(元)": "30", "实付款(元)": "30", "订单状态": "等待买家付款", "订单创建时间": "2026-11-02 09:00:00",
         "数量": "5", "SKU ID": "1", "单品货号": "HS-1"},
        {**line, "数量": "6", "SKU ID": "3", "单品货号": "HS-3"},
        {**line, **PERSON, "订单编号": "4000000000000003", "卖家公司名": "示例厂", "买家公司名": "示例商行",
         "货品总价(元)": "40", "实付款(元)": "40", "订单状态": "等待物流公司揽件",
         "订单创建时间": "2026-11-03 09:00:00", "订单付款时间": "2026-11-03 09:01:00", number: "SL0003", "数量": "7",
         "SKU ID": "1", "单品货号": "HS-1"},
    ]  # fmt: skip
    if not older:
        rows[0]["物流公司"] = rows[4]["物流公司"] = "示例物流"
    return rows


def write_csv(name: str, header: list[str], rows: list[dict[str, str]], encoding: str) -> None:
    """A CSV file as the back office writes it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([row.get(column.strip(), "") for column in header] for row in rows)
    (HERE / "data" / name).write_bytes(text.getvalue().encode(encoding))


def write_xlsx(name: str, sheet: str, header: list[str], rows: list[dict[str, str]]) -> None:
    """A workbook of text cells."""
    book = xlsxwriter.Workbook(str(HERE / "data" / name))
    page = book.add_worksheet(sheet)
    page.write_row(0, 0, header)
    for at, row in enumerate(rows, start=1):
        for column, title in enumerate(header):
            if row.get(title.strip()):
                page.write_string(at, column, row[title.strip()])
    book.close()


CHAT = """当前用户来自 商品详情页
示例买家甲 2026-5-3 9:05:07
在吗
已读
示例店:小示2026-5-3 9:05:08
[自动回复] 您好
示例店:小示
2026-5-3 9:05:40
有的
示例店:小示 --> 示例买家甲 2026-05-03 09:06:02
[示例店:小示] 2026-05-03 09:06:30
示例店:小示 撤回了一条消息
服务助手 2026-5-3 9:07:00
由 服务助手 转交给 示例店:小例
"""


def qianniu_json() -> dict[str, object]:
    """One customer's chat as the batch export writes it."""
    lines = [
        ("2026-5-3", "9:05:07", "示例买家甲", "在吗"),
        ("2026-5-3", "9:05:08", "示例店:小示", "[自动回复] 您好"),
        ("2026-5-3", "9:05:40", "示例店:小示", "有的"),
        ("2026-5-3", "9:06:30", "示例店:小示", "示例店:小示 撤回了一条消息"),
        ("2026-5-3", "9:07:00", "服务助手", "由 服务助手 转交给 示例店:小例"),
    ]
    keys = ("date", "time", "sender", "text")
    chats = [dict(zip(keys, line, strict=True)) | {"imgUrl": ""} for line in lines]
    return {"user": "示例买家甲", "exportTime": "2026/5/4 上午10:00:00", "count": len(chats), "chats": chats}


def dongdong_json() -> dict[str, object]:
    """A conversation with a bot, an automatic line and a person; times in milliseconds."""

    def message(pin: str, app: str, at: int, **body: object) -> dict[str, object]:
        content = {"type": "text", "content": "示例", "chatinfo": {"sid": "示例会话1"}, **body}
        return {"from": {"pin": pin, "app": app}, "body": content, "timestamp": at}

    return {
        "data": [
            message("示例用户", "im.customer", 1777770307123),
            message("robot@im.jd.com", "im.waiter", 1777770308000),
            message("示例客服", "im.waiter", 1777770309000, action={"code": "welcome"}),
            message("示例客服", "im.waiter", 1777770369000),
        ]
    }


def performance(name: str, *extra: str) -> list[dict[str, str]]:
    """Two agents of a day and the rows of sums and means below them."""
    rows = [
        {name: "示例店:小示", "询单人数": "20", "询单最终付款人数": "8", "支付人数": "8", "首次响应时长（秒)": "21.5",
         "首次响应时长（秒）": "21.5", "平均响应时长（秒)": "38", "平均响应时长（秒）": "38", "客户满意率": "98.50%",
         "满意率": "98.50%", "人工已接待会话量": "30", "日期": "2026-11-22", "店铺名称": "示例店"},
        {name: "示例店:小例", "询单人数": "10", "询单最终付款人数": "5", "支付人数": "5", "首次响应时长（秒)": "-",
         "首次响应时长（秒）": "-", "平均响应时长（秒)": "-", "平均响应时长（秒）": "-", "客户满意率": "-",
         "满意率": "-", "人工已接待会话量": "12", "日期": "2026-11-22", "店铺名称": "示例店"},
    ]  # fmt: skip
    return [*rows, *({**rows[0], name: text} for text in extra)]


def write_chats() -> None:
    """Chats and what is counted of them."""
    (HERE / "data/qianniu_chat.txt").write_bytes(CHAT.replace("\n", "\r\n").encode("gb18030"))
    for name, content in (
        ("qianniu_chat.json", qianniu_json()),
        ("dongdong_chat.json", dongdong_json()),
    ):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (HERE / "data" / name).write_text(text, encoding="utf-8")
    columns = "旺旺昵称,询单最终付款人数,询单人数,询单最终付款转化率,首次响应时长（秒),平均响应时长（秒),客户满意率"
    columns += ",旺旺回复率,询单最终付款金额,成功退款金额"
    sums = ("汇总值", "平均值", "全店汇总值", "全店平均值", "同行同层优秀", "同行同层均值")
    write_xlsx("客服绩效_20261122.xlsx", "客服绩效", columns.split(","), performance("旺旺昵称", *sums))
    columns = "日期,店铺名称,客服昵称,账号名称,人工已接待人数,人工已接待会话量,不满意率,3分钟人工回复率 (会话)"
    columns += ",首次响应时长（秒）,平均响应时长（秒）,满意率,询单人数,支付人数"
    write_xlsx("douyin_cs.xlsx", "接待数据", columns.split(","), performance("客服昵称"))


def main() -> None:
    """All fixtures."""
    (HERE / "data").mkdir(exist_ok=True)
    write_csv("tmall_orders_2014.csv", HEADERS["tmall_orders_2014"], orders_2014(), "gb18030")
    write_csv("tmall_orders_2019.csv", HEADERS["tmall_orders_2019"], orders_2019(), "gb18030")
    write_csv("tmall_orders_2022.csv", HEADERS["tmall_orders_2022"], orders_2022(), "gb18030")
    write_xlsx("tmall_orders_2023.xlsx", "订单列表", HEADERS["tmall_orders_2023"], orders_2023())
    write_xlsx("tmall_orders_smallest.xlsx", "订单列表", HEADERS["tmall_orders_smallest"], orders_smallest())
    write_csv("tmall_lines_2014.csv", HEADERS["tmall_lines_2014"], lines_2014(), "gb18030")
    write_xlsx("tmall_lines_2021.xlsx", "宝贝", HEADERS["tmall_lines_2021"], lines_2021())
    write_xlsx("tmall_lines_new.xlsx", "宝贝", HEADERS["tmall_lines_new"], lines_new())
    for layout, applied, kinds, total in (
        ("2017", "退款的申请时间", False, False),
        ("2020", "退款的申请时间", False, False),
        ("2024", "退款的申请时间", True, False),
        ("newest", "退款申请时间", True, True),
    ):
        name = f"tmall_refunds_{layout}"
        write_xlsx(f"{name}.xlsx", "天猫退款单", HEADERS[name], refunds(applied, kinds, total))
    write_csv("tmall_reviews.csv", HEADERS["tmall_reviews"], reviews(), "utf-8-sig")
    write_xlsx("1688_orders.xlsx", "订单", HEADERS["1688_orders"], orders_1688(older=False))
    write_xlsx("1688_orders_older.xlsx", "订单", HEADERS["1688_orders_older"], orders_1688(older=True))
    scan = {"运单号": "SL0001", "快递单号": "SL0001", "tracking_no": "SL0001", "快递公司": "示例快递", "收件人": "示*",
            "订单编号": "4000000000000001", "揽收时间": "2026-11-02 18:00:00", "揽件时间": "2026-11-02 18:00:00",
            "首次扫描时间": "2026-11-02 18:00:00", "签收时间": "2026-11-05 10:00:00"}  # fmt: skip
    open_scan = {**scan, "运单号": "SL0002", "快递单号": "SL0002", "tracking_no": "SL0002",
                 "订单编号": "4000000000000002",
                 "签收时间": "-"}  # fmt: skip
    scans = [scan, open_scan]
    write_csv("scans_portal.csv", ["快递公司", "运单号", "收件人", "揽收时间", "签收时间"], scans, "gb18030")
    write_csv("scans_erp.csv", ["订单编号", "快递单号", "快递公司", "揽件时间", "签收时间"], scans, "utf-8-sig")
    write_csv("scans_service.csv", ["tracking_no", "首次扫描时间", "签收时间"], scans, "utf-8")
    write_chats()


if __name__ == "__main__":
    main()
