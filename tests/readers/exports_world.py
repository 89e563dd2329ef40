"""Exports as platforms write them, line by line, with invented orders and people."""

from __future__ import annotations


def lines(*rows, end="\r\n"):
    return end.join(rows) + end


def cells(frame, *names):
    return sorted(frame.select(names).rows(), key=repr)


def refused(account):
    return {refusal.reason: refusal.count for refusal in account.refusals}


TAOBAO = "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间 ,物流单号 ,物流公司,店铺名称"
"""As written since 2014, spaces at the ends of headers included."""
_TAOBAO = {
    "name": "某甲",
    "amount": "12.00",
    "status": "交易成功",
    "paid": "2026-11-03 10:00:00",
    "parcel": "",
    "shop": "",
}


def taobao(number, **given):
    """One row under TAOBAO."""
    name, amount, status, paid, parcel, shop = (_TAOBAO | given).values()
    return f"{number},{name},{amount},{status},2026-11-03 10:00:00,{paid},{parcel},示例快递,{shop}"


DOUYIN = "主订单编号,子订单编号,订单提交时间,承诺发货时间,发货时间,收件人,订单应付金额,商品数量,商品ID"


def douyin(number, line):
    """One row under DOUYIN: tabs before ids, nothing as a dash, an enciphered receiver."""
    return f'"\t{number}","\t{line}",2026-11-03 10:00:00,2026-11-05 10:00:00,-,##x9Kd==,9.90,1,"\t88"'


SHOPIFY = "Name,Email,Financial Status,Paid at,Total,Created at,Lineitem quantity,Lineitem name,Lineitem sku,Notes"
SHOPIFY_ROWS = (
    '#1411,x@example.com,paid,2022-01-11 04:33:00 -0500,30.00,2022-01-11 04:32:31 -0500,1,Mug,M-1,"two\nlines"',
    "#1411,x@example.com,,,,2022-01-11 04:32:31 -0500,2,Cup,C-1,",
)
PDD_BILL = (
    "拼多多店铺账务明细查询",
    "",
    "起始时间：2026-11-01 00:00:00 终止时间：2026-11-30 23:59:59",
    "----------交易记录明细列表---------",
    "商户订单号,发生时间,收入金额（+元）,支出金额（-元）,账务类型,备注,业务描述",
    "261103-000000000000001\t,2026-11-03 10:00:00,12.30,0.00,交易收入,,0010002|交易收入-订单收入",
    "261103-000000000000001\t,2026-11-04 10:00:00,0.00,-2.30,交易退款,,0020002|交易退款-订单退款",
    "#支出合计：2笔，-2.30元",
    "#收入合计：2笔，12.30元",
)
ALIPAY = (
    "#支付宝账务明细查询",
    "#账号：[20880000000000000156]",
    "#起始日期：[2026年11月01日 00:00:00]   终止日期：[2026年11月30日 00:00:00]",
    "#----------------账务明细列表----------------",
    "账务流水号,业务流水号,发生时间,收入金额（+元）,支出金额（-元）,业务类型,业务基础订单号",
    "9001,1,2026-11-03 10:00:00,1200.10,,交易付款,T200P193000000000001",
    "9002,2,2026-11-03 11:00:00,,-540182.61,退款,T200P193000000000001",
    "#支出合计：1笔，共-540182.61元",
    "#收入合计：1笔，共1200.10元",
)
PDD = "订单号,订单成交时间,承诺发货时间,发货时间,商品id,商品数量(件),用户实付金额(元),收货人,快递单号,商家实收金额(元)"
EBAY = "Sales Record Number,Order Number,Sale Date,Total Price"
EBAY_ROW = "1,5,Nov-03-26,$25.00"
