"""What ``init`` proposes for files and folders, what it leaves alone, and what it says."""

from __future__ import annotations

import pytest

from shopscore.errors import DataError, RuleError, UsageError
from shopscore.ruleset.own_files import load_own_format

HEADER = "Order ID,Created Time,Order Amount,Order Status,Recipient,Remark\n"
ROWS = (
    "1001,2026-09-01 10:00:00,12.50,Completed,Ines Example,ring twice\n"
    "1002,2026-09-02 10:00:00,3,Lost,Ines Example,\n"
    "1003,2026-09-03 10:00:00,4,Completed,Ines Example,\n"
)
ORDERS = (HEADER + ROWS).encode()
KNOWN = "订单编号,订单付款时间,买家实付金额,订单创建时间\n1,2026-09-01 10:00:00,1.00,2026-09-01 10:00:00\n".encode(
    "gb18030"
)
REFUNDS = (
    b"Refund ID,Order ID,Requested at,Refund status,Refund amount,Refund reason\n"
    b"R1,1001,2026-09-03 10:00:00,Approved,12.50,Broken\n"
)


def said(draft):
    return draft.said.en


def test_a_draft_lies_beside_its_file_and_loads_as_it_is(drafted, tmp_path, rules):
    found = drafted({"a/mine.csv": ORDERS})
    assert set(found) == {"a/mine.format.yaml", "shop.yaml"}
    draft = found["a/mine.format.yaml"]
    assert said(draft) == "Taken for the table orders: 4 columns filled, 1 of them doubtful."
    assert draft.doubtful == ("status", "platform")
    (tmp_path / "mine.format.yaml").write_text(draft.text, encoding="utf-8")
    form = load_own_format(tmp_path / "mine.format.yaml", rules.words).format
    assert (form.id, form.table, form.platform) == ("mine", "orders", None)
    assert form.must == [["Order ID", "Created Time", "Order Amount"]]
    assert form.ignored == ["Recipient", "Remark"]


def test_nothing_is_written_by_drafting(drafted, tmp_path):
    drafted({"mine.csv": ORDERS})
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


def test_a_platform_no_header_names_is_asked_for(drafted):
    text = drafted({"mine.csv": ORDERS})["mine.format.yaml"].text
    assert "# DOUBTFUL: whose export is it?" in text
    assert '# platform: ""' in text


@pytest.mark.parametrize(
    "stated", [{"tmall/Example/mine.csv": ORDERS}, {"mine.csv": ORDERS, "shop.yaml": b"platform: x"}]
)
def test_a_platform_its_folder_or_shop_yaml_names_is_not_asked_for(drafted, stated):
    (draft,) = (each for path, each in drafted(stated).items() if path.endswith(".format.yaml"))
    assert "# The platform is the one of its folder or of shop.yaml." in draft.text
    assert draft.doubtful == ("status",)


def test_persons_and_free_text_are_named_apart_and_shown_nowhere(drafted):
    text = drafted({"mine.csv": ORDERS})["mine.format.yaml"].text
    persons = text.index("# persons and free text: never read")
    assert persons < text.index('- "Recipient"') < text.index('- "Remark"')
    assert "Ines" not in text
    assert "ring" not in text


MESSAGES = (
    b"Session ID,Customer ID,Sender,Sent at,Message\n"
    b"S1,C1,Ines,2026-09-01 10:00:00,hello\nS1,C1,agent,2026-09-01 10:00:09,hi\n"
    b"S1,C1,Ines,2026-09-01 10:01:00,bye\nS1,C1,Ines,2026-09-01 10:02:00,bye\n"
)


def test_a_name_where_a_word_belongs_is_not_shown(drafted):
    text = drafted({"chat.csv": MESSAGES})["chat.format.yaml"].text
    assert "table: messages" in text
    assert '"agent": human' in text
    assert "Ines" not in text
    assert "1 further texts are not known, and not shown here because they may be about persons" in text


def test_a_word_in_an_unknown_language_is_shown_where_the_header_is_plain(drafted):
    rows = "".join(f"{n},2026-09-01 10:00:00,1,{'สำเร็จ' if n % 2 else 'ยกเลิก'},Ines Example,\n" for n in range(8))
    text = drafted({"mine.csv": (HEADER + rows).encode()})["mine.format.yaml"].text
    assert '      # "สำเร็จ": ' in text
    assert '      # "ยกเลิก": ' in text


def test_texts_that_are_all_different_are_no_vocabulary(drafted):
    rows = "".join(f"{n},2026-09-01 10:00:00,1,Ines Example {chr(65 + n)},,\n" for n in range(8))
    assert "Ines" not in drafted({"mine.csv": (HEADER + rows).encode()})["mine.format.yaml"].text


def test_comments_are_in_the_language_asked_for(drafted):
    text = drafted({"mine.csv": ORDERS}, lang="zh-Hans")["mine.format.yaml"].text
    assert "# 个人信息和自由文本：不读取" in text
    assert "DOUBTFUL: 其中有不认识的文字" in text


def test_a_known_export_needs_no_draft(drafted):
    found = drafted({"tmall/Example/orders.csv": KNOWN})
    assert said(found["tmall/Example/orders.csv"]) == "Known as tmall_orders (table orders); it needs no mapping."
    assert set(found) == {"tmall/Example/orders.csv", "tmall/Example/shop.yaml"}


def test_a_file_its_own_draft_knows_needs_no_other(drafted, tmp_path):
    draft = drafted({"mine.csv": ORDERS})["mine.format.yaml"]
    (tmp_path / "mine.format.yaml").write_text(draft.text, encoding="utf-8")
    assert said(drafted({})["mine.csv"]) == "Known as mine (table orders); it needs no mapping."
    assert drafted({}, force=True)["mine.format.yaml"].text == draft.text


def test_what_is_there_is_left_as_it_is(drafted, tmp_path):
    edited = drafted({"mine.csv": ORDERS})["mine.format.yaml"].text.replace("Order Amount", "Total")
    (tmp_path / "mine.format.yaml").write_text(edited, encoding="utf-8")
    (tmp_path / "shop.yaml").write_text("name: Example\n", encoding="utf-8")
    found = drafted({})
    assert set(found) == {"mine.csv"}
    assert said(found["mine.csv"]).endswith(
        "mine.format.yaml is there already and was left as it is; --force writes it anew."
    )


def test_a_second_file_of_one_kind_takes_the_first_one_s_draft(drafted):
    found = drafted({"september.csv": ORDERS, "october.csv": ORDERS.replace(b"1001", b"2001")})
    assert set(found) == {"october.format.yaml", "september.csv", "shop.yaml"}
    assert said(found["september.csv"]) == "The mapping in october.format.yaml is for this file too."


def test_several_tables_get_several_drafts(drafted):
    found = drafted({"orders.csv": ORDERS, "returns.csv": REFUNDS})
    assert "table: refunds" in found["returns.format.yaml"].text
    assert 'applied_at: "Requested at"  # sure' in found["returns.format.yaml"].text
    assert '"Approved": open  # DOUBTFUL' in found["returns.format.yaml"].text


BILL = "发生时间,收入金额,支出金额,业务描述,订单编号\r\n2026-11-03 10:00:00,5.00,,甲,400001\r\n"
FIGURES = "日期,推广名称,展现数,点击数,总花费\r\n2026-11-03,甲,100,5,2.50\r\n"


@pytest.mark.parametrize(
    ("content", "table", "columns"),
    [
        (BILL, "bills", {"booked_at": "发生时间", "income": "收入金额", "expense": "支出金额", "reason": "业务描述"}),
        (FIGURES, "traffic", {"date": "日期", "exposures": "展现数", "clicks": "点击数", "spend": "总花费"}),
    ],
)
def test_money_accounts_and_days_of_promotion_are_proposed_as_what_they_are(drafted, content, table, columns):
    text = drafted({"mine.csv": content.encode("gb18030")})["mine.format.yaml"].text
    assert f"table: {table}" in text
    assert {column for column, header in columns.items() if f'  {column}: "{header}"  # sure' in text} == set(columns)


def test_drafts_go_to_the_folder_asked_for(drafted, tmp_path):
    found = drafted({"in/a/mine.csv": ORDERS}, paths=["in"], output=tmp_path / "out")
    assert set(found) == {"out/a/mine.format.yaml", "out/shop.yaml"}


def test_a_single_file_gets_no_shop_yaml(drafted):
    assert set(drafted({"mine.csv": ORDERS}, paths=["mine.csv"])) == {"mine.format.yaml"}


def test_members_of_an_archive_are_drafted_beside_it(drafted):
    import io  # noqa: PLC0415 (only here)
    import zipfile  # noqa: PLC0415

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deep/mine.csv", ORDERS)
    assert set(drafted({"a/all.zip": packed.getvalue()})) == {"a/mine.format.yaml", "shop.yaml"}


def test_a_header_below_a_title_is_found(drafted):
    found = drafted({"mine.csv": b"Report of September\n\n" + ORDERS})
    assert 'order_id: "Order ID"  # sure' in found["mine.format.yaml"].text


def test_an_unclear_order_of_day_and_month_is_left_to_the_person(drafted):
    text = drafted({"mine.csv": ORDERS.replace(b"2026-09-01", b"01/09/2026").replace(b"2026-09-02", b"02/09/2026")})[
        "mine.format.yaml"
    ].text
    assert 'created_at: "Created Time"  # DOUBTFUL: no cell tells which number is the day' in text
    assert '# times: ["%d/%m/%Y"]' in text


def test_points_that_may_group_thousands_are_doubtful(drafted):
    text = drafted({"mine.csv": ORDERS.replace(b"12.50", b"112.500")})["mine.format.yaml"].text
    assert 'decimal: ","  # DOUBTFUL' in text
    assert 'amount: "Order Amount"  # DOUBTFUL: its points may separate thousands or fractions' in text


def test_points_that_are_fractions_elsewhere_in_the_file_are_no_groups(drafted):
    rows = b"Date,Spend,Sales,Visitors\n2026-09-01,112.500,1.25,9\n2026-09-02,113.500,2.5,9\n"
    text = drafted({"mine.csv": rows})["mine.format.yaml"].text
    assert 'spend: "Spend"  # DOUBTFUL: its points may separate thousands or fractions' in text
    assert "\ndecimal:" not in text


def test_numbers_under_a_time_s_header_are_doubtful_days(drafted):
    days = ORDERS.replace(b"2026-09-01 10:00:00", b"46266.5").replace(b"2026-09-02 10:00:00", b"46267")
    text = drafted({"mine.csv": days.replace(b"2026-09-03 10:00:00", b"46268")})["mine.format.yaml"].text
    assert 'times: ["serial"]' in text
    assert 'created_at: "Created Time"  # DOUBTFUL: its cells are numbers, taken for days' in text


def test_a_comma_before_the_fraction_is_stated(drafted):
    rows = b'1001,2026-09-01 10:00:00,"1.234,56",Completed,,\n1002,2026-09-02 10:00:00,"3,5",Completed,,\n'
    text = drafted({"mine.csv": HEADER.encode() + rows})["mine.format.yaml"].text
    assert 'decimal: ","\n' in text
    assert 'amount: "Order Amount"  # sure' in text


def test_a_needed_column_that_is_missing_is_named(drafted):
    with pytest.raises(DataError) as caught:
        drafted({"mine.csv": b"Refund ID,Refund amount,Requested at\nR1,1.00,2026-09-01\n"})
    assert "mine.csv: It looks most like the table refunds, but no header says order_id" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"remember the milk\n", "No row among its first ones has headers that are known"),
        (b"colour,shape\nred,round\n", "No row among its first ones has headers that are known"),
        (b"", "The file is empty"),
        (b"%PDF-1.4", "A PDF document"),
    ],
)
def test_what_nothing_can_be_proposed_for_is_said_with_the_reason(drafted, content, reason):
    with pytest.raises(DataError) as caught:
        drafted({"notes.txt": content})
    assert f"notes.txt: {reason}" in str(caught.value)


def test_junk_beside_a_table_is_named(drafted):
    found = drafted({"mine.csv": ORDERS, "photo.jpg": b"\xff\xd8\xff\xe0"})
    assert said(found["photo.jpg"]).startswith("A picture")


def test_a_path_that_is_not_there_is_a_mistake(drafted):
    with pytest.raises(UsageError, match="no such file or folder"):
        drafted({}, paths=["nowhere"])


def test_a_broken_format_beside_the_files_is_named(drafted):
    with pytest.raises(RuleError, match=r"broken\.format\.yaml:2"):
        drafted({"mine.csv": ORDERS, "broken.format.yaml": b"id: ["})


def test_files_that_are_read_as_one_are_known_as_one_and_name_no_customer(drafted):
    chat = '{"user": "%s", "count": 1, "chats": [{"date": "2026-11-3", "time": "9:05:07", "sender": "x", "text": "y"}]}'
    names = ("春风不如你", "秋水共长天")
    found = drafted({f"chats/{name}.json": (chat % name).encode() for name in names})
    assert said(found["chats/*.json"]) == "Known as qianniu_json (table messages); it needs no mapping."
    assert [name for name in names if any(name in shown for shown in found)] == []
