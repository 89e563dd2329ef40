"""One talk as people copy it and as tools save it, who spoke in it, and the messages it is."""

from __future__ import annotations

import json

from readers_world import archive

BUYER, AGENT = "春风不如你", "示例店:小美"

TALK = f"""当前用户来自 商品详情页
{BUYER} 2026-11-3 9:05:07
在吗

这一件有货吗，
明天能到吗？
已读
{AGENT} 2026-11-3 9:05:08
[自动回复] 您好，欢迎光临
未读
{AGENT} 2026-11-3 9:05:40
亲，有的
¥129.00
{AGENT} 2026-11-3 9:06:30
{AGENT} 撤回了一条消息
服务助手 2026-11-3 9:07:00
由 服务助手 转交给 示例店:小云
示例店:小云 2026-11-3 23:59:59
原因：【离线留言自动分配】
店小蜜 2026-11-4 0:00:10
您好
{BUYER} 2026-11-4 0:00:10
好的
"""
ROWS = [
    ("buyer", None, "11-03 09:05:07"),
    ("auto", AGENT, "11-03 09:05:08"),
    ("human", AGENT, "11-03 09:05:40"),
    ("human", AGENT, "11-03 09:06:30"),
    ("system", None, "11-03 09:07:00"),
    ("system", None, "11-03 23:59:59"),
    ("bot", "店小蜜", "11-04 00:00:10"),
    ("buyer", None, "11-04 00:00:10"),
]


def customer(*chats, user=BUYER):
    keys = ("date", "time", "sender", "text")
    lines = [dict(zip(keys, chat, strict=True)) | {"imgUrl": ""} for chat in chats]
    return {"user": user, "exportTime": "2026/11/5 上午10:00:00", "count": len(lines), "chats": lines}


CHATS = customer(
    ("2026-11-3", "9:05:07", BUYER, "在吗"),
    ("2026-11-3", "9:05:08", AGENT, "[自动回复] 您好，欢迎光临"),
    ("2026-11-3", "9:05:40", AGENT, "亲，有的"),
    ("2026-11-3", "9:06:30", AGENT, f"{AGENT} 撤回了一条消息"),
    ("2026-11-3", "9:07:00", "服务助手", "由 服务助手 转交给 示例店:小云"),
    ("2026-11-3", "23:59:59", "示例店:小云", "原因：【离线留言自动分配】"),
    ("2026-11-4", "0:00:10", "店小蜜", "您好"),
    ("2026-11-4", "0:00:10", BUYER, "好的"),
)


def zipped(*customers):
    members = {f"{each['user']}.json": json.dumps(each, ensure_ascii=False) for each in customers}
    return archive(members)


def reasons(account):
    """Why rows were refused, and how many."""
    return [(each.reason, each.count) for each in account.refusals]
