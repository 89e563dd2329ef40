"""What a draft says to the person who edits it, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shopscore.model import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_KINDS: Final = {
    "id": ("an identifier", "编号"),
    "text": ("text", "文本"),
    "time": ("a time", "时间"),
    "integer": ("a whole number", "整数"),
    "number": ("a number", "数字"),
    "money": ("an amount", "金额"),
    "flag": ("yes or no", "是/否"),
}

# ── why a line is doubtful ───────────────────────────────────────────────────────────────────────────────────────────

WEAK: Final = Words("the header alone does not say it", "仅凭表头无法确定")
PARTLY: Final = Words("only a part of the header says it", "表头只有一部分对得上")
EMPTY: Final = Words("none of the cells looked at is filled", "所看的单元格都是空的")
UNKNOWN_WORDS: Final = Words("some of its texts are not known", "其中有不认识的文字")
DAY_OR_MONTH: Final = Words(
    "no cell tells which number is the day; state it under times:", "看不出哪个数字是日，请在 times: 中写明"
)
DAYS: Final = Words(
    "its cells are numbers, taken for days as a spreadsheet counts them", "单元格是数字，按表格软件的日期序号理解"
)
POINT_OR_GROUP: Final = Words(
    "its points may separate thousands or fractions; state it under decimal:",
    "其中的点可能是千位分隔或小数点，请在 decimal: 中写明",
)
UNSURE_WORDS: Final = Words(
    "some of its texts mean different things on different platforms", "其中有些文字在不同平台含义不同"
)
UNSURE_WORD: Final = Words("look it up in your back office", "请在后台核对含义")


def rivals(names: Sequence[str]) -> Words:
    """Other headers that may be meant."""
    shown = ", ".join(map(quoted, names))
    return Words(f"it may be {shown} instead", f"也可能是 {shown}")


def cells_differ(odd: int, filled: int, kind: str, shape: str) -> Words:
    """Cells that do not read as the column's kind."""
    en, zh = _KINDS[kind]
    return Words(
        f"{odd} of {filled} cells do not read as {en} (first: {shape})",
        f"{filled} 格中有 {odd} 格不像{zh}（第一处：{shape}）",
    )


def quoted(text: str) -> str:
    """A text between double quotes, on one line, as YAML and people read it."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"  # noqa: PLR2004  what \u can say


# ── why there is no proposal ─────────────────────────────────────────────────────────────────────────────────────────

NO_WORDS: Final = Words(
    "No row among its first ones has headers that are known for orders, refunds, parcels, reviews or chats; "
    "write a mapping by hand as docs/reading.md shows.",
    "开头几行里没有订单、退款、包裹、评价或聊天的常见表头；请按 docs/reading.md 手工编写映射。",
)


def lacking(table: str, columns: Iterable[str]) -> Words:
    """The table a file is nearest to, and what it lacks for it."""
    names = ", ".join(columns)
    return Words(
        f"It looks most like the table {table}, but no header says {names}; a row without it cannot be used. "
        "Export the file again with that column, or write a mapping by hand as docs/reading.md shows.",
        f"它最像 {table} 表，但没有表头对应 {names}，缺少它的行无法使用。"
        "请重新导出并勾选该列，或按 docs/reading.md 手工编写映射。",
    )


# ── what the written mapping says ────────────────────────────────────────────────────────────────────────────────────


def head(name: str, sheet: str, rows: int) -> Words:
    """The first lines of a draft."""
    part = f" ({quoted(sheet)})" if sheet else ""
    return Words(
        f"Proposed for {quoted(name)}{part} from its headers and its first {rows} rows. Look at every line marked "
        "DOUBTFUL, correct it or take the mark away; then see what comes out: shopscore read PATH",
        f"根据 {quoted(name)}{part} 的表头和前 {rows} 行提出的映射。请逐行检查标有 DOUBTFUL 的内容，改正或去掉标记；"
        "然后用 shopscore read PATH 查看结果。",
    )


def other_table(table: str) -> Words:
    """Another table that fits nearly as well."""
    return Words(f"it may be the table {table} instead", f"也可能是 {table} 表")


def hidden_texts(count: int) -> Words:
    """Texts that are not shown."""
    return Words(
        f"{count} further texts are not known, and not shown here because they may be about persons",
        f"另有 {count} 种不认识的文字，可能涉及个人，这里不显示",
    )


PLATFORM: Final = Words(
    "whose export is it? Write the platform here, in shop.yaml, or as a folder <platform>/<shop>/; "
    "until then its rows are not used",
    "这是哪个平台的导出文件？请写在这里、写进 shop.yaml，或放入 <平台>/<店铺>/ 文件夹；在此之前其中的行不会采用",
)
PLATFORM_STATED: Final = Words(
    "The platform is the one of its folder or of shop.yaml.", "平台以所在文件夹或 shop.yaml 为准。"
)
MUST: Final = Words(
    "A file is read with this mapping if its header row holds all of these.", "表头包含以下各列的文件使用本映射。"
)
COLUMNS: Final = Words("Which column of the file fills which column of the table.", "文件的哪一列对应表的哪一列。")
UNFILLED: Final = Words(
    "Nothing fills these; where the file has it after all, write the header in place of the dots.",
    "以下各列没有找到对应；如果文件里其实有，请把点号换成表头并去掉井号。",
)
UNKNOWN_TEXTS: Final = Words(
    "what do these stand for? Take the # away and write one of", "这些文字是什么意思？去掉井号并填写其中之一："
)
TIMES: Final = Words("How its times are written.", "时间的写法。")
STATE_TIMES: Final = Words(
    "which number is the day? Take the # away from one of these", "哪个数字是日？去掉其中一行的井号"
)
DECIMAL: Final = Words("The sign before the fraction of its amounts.", "金额的小数点符号。")
OFFSETS: Final = Words(
    "its times carry an offset. Write the shop's time zone into shop.yaml (timezone:); without it they cannot be read",
    "时间带有时差。请在 shop.yaml 写明店铺时区（timezone:），否则无法读取",
)
ONCE: Final = Words("The same on every row of an order; it is counted once.", "订单的每一行都重复写，只计一次。")
FEW_ORDERS: Final = Words("few orders of several rows were seen", "只看到少数多行订单")
DROP: Final = Words(
    "Rows whose cell begins so are explanations or totals, not data.", "以下文字开头的行是说明或合计，不是数据。"
)
FILL_DOWN: Final = Words("Written on the first row of an order only.", "只写在订单第一行的列。")
LINE_KEY: Final = Words(
    "An order may have several rows; these columns tell them apart.", "一个订单可能有多行，用以下各列区分。"
)
PERSONS: Final = Words("persons and free text: never read", "个人信息和自由文本：不读取")
OTHERS: Final = Words("no column of the table takes these", "表里没有对应的列")
EXPORT: Final = Words(
    "Where you download it; shown by: shopscore formats list", "下载位置，由 shopscore formats list 显示。"
)
SOMEWHERE: Final = Words("write the menu of your back office", "请填写后台菜单")


# ── what is said of each file ────────────────────────────────────────────────────────────────────────────────────────

NOTHING: Final = Words("there is nothing to propose a mapping for", "没有可以提出映射的文件")
SHOP: Final = Words(
    "Blanks for what only your dashboard shows: item scores, cut-offs, service hours.",
    "留空待填：只有后台显示的单项分、分数线、客服时间等。",
)


def known(form: str, table: str) -> Words:
    """A file that needs no mapping."""
    return Words(
        f"Known as {form} (table {table}); it needs no mapping.", f"已知格式 {form}（{table} 表），不需要映射。"
    )


def same(name: str) -> Words:
    """A file that the mapping of another one is for, too."""
    return Words(f"The mapping in {name} is for this file too.", f"{name} 中的映射也适用于这个文件。")


def there(path: str) -> Words:
    """A file that would be overwritten."""
    return Words(
        f"{path} is there already and was left as it is; --force writes it anew.",
        f"{path} 已存在，未改动；--force 会重写。",
    )


def proposed(table: str, lines: int, doubtful: int) -> Words:
    """What a mapping holds."""
    return Words(
        f"Taken for the table {table}: {lines} columns filled, {doubtful} of them doubtful.",
        f"认作 {table} 表：对应了 {lines} 列，其中 {doubtful} 列存疑。",
    )
