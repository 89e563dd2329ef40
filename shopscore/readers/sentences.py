"""What the readers say to people, in both languages: what a file is and what to do about it."""

from __future__ import annotations

from typing import Final

from shopscore.model import Words
from shopscore.readers import limits

# ── paths ────────────────────────────────────────────────────────────────────────────────────────────────────────────

NO_SUCH_PATH: Final = Words("There is no such file or folder; check the path.", "没有这个文件或文件夹，请检查路径。")
TOO_DEEP: Final = Words(
    f"Folders nest deeper than {limits.MAX_DEPTH}; move the exports up.",
    f"文件夹超过 {limits.MAX_DEPTH} 层，请把导出文件移到上层。",
)
LINK_OUT: Final = Words(
    "A link that leads out of the folder is not followed; give its target instead.",
    "指向文件夹之外的链接不会跟随，请直接给出目标路径。",
)
LINK_LOOP: Final = Words(
    "A link that leads back to itself; give the file it was meant for.", "这是指回自身的链接，请直接给出文件。"
)
NO_FILE: Final = Words(
    "This is a device or a pipe, not a file; save the export as a file.",
    "这是设备或管道，不是文件，请把导出内容存成文件。",
)
TOO_LARGE: Final = Words(
    f"The file is larger than {limits.MAX_FILE_BYTES >> 30} GiB; export a shorter period.",
    f"文件超过 {limits.MAX_FILE_BYTES >> 30} GiB，请缩短导出的时间范围。",
)
SHOP_FILE_PACKED: Final = Words(
    "shop.yaml inside an archive is not used; put it beside the archive.",
    "压缩包里的 shop.yaml 不会使用，请放到压缩包旁边。",
)


def folder_closed(error: OSError) -> Words:
    """A folder the system does not open."""
    why = error.strerror or type(error).__name__
    return Words(f"The folder cannot be opened ({why}); check its permissions.", f"文件夹打不开（{why}），请检查权限。")


def file_closed(error: OSError) -> Words:
    """A file the system does not open; it may be gone since the folder was looked through."""
    if isinstance(error, FileNotFoundError):
        return Words("The file is not there, or no longer.", "文件不在，或已经不在了。")
    why = error.strerror or type(error).__name__
    return Words(f"The file cannot be opened ({why}); check its permissions.", f"文件打不开（{why}），请检查权限。")


# ── archives ─────────────────────────────────────────────────────────────────────────────────────────────────────────

ARCHIVE_DAMAGED: Final = Words(
    "The archive is damaged or cut off; download it again.", "压缩包损坏或不完整，请重新下载。"
)
ARCHIVE_NESTED: Final = Words(
    "An archive inside an archive is not opened; unpack the outer one.",
    "压缩包里的压缩包不会打开，请先解压外层。",
)
ARCHIVE_FULL: Final = Words(
    f"The archive holds more than {limits.MAX_ZIP_MEMBERS} files; unpack it and give the folder.",
    f"压缩包内超过 {limits.MAX_ZIP_MEMBERS} 个文件，请解压后给出文件夹。",
)
ARCHIVE_TOO_LARGE: Final = Words(
    f"The archive unpacks to more than {limits.MAX_ZIP_BYTES >> 30} GiB; unpack it and give the folder.",
    f"压缩包解压后超过 {limits.MAX_ZIP_BYTES >> 30} GiB，请解压后给出文件夹。",
)
ARCHIVE_BOMB: Final = Words(
    f"The archive unpacks to more than {limits.MAX_RATIO} times its size; it was not opened.",
    f"压缩包解压后超过自身的 {limits.MAX_RATIO} 倍，没有打开。",
)
MEMBER_OUTSIDE: Final = Words(
    "Its name points outside the archive; it was not opened.", "文件名指向压缩包之外，没有打开。"
)
MEMBER_LINK: Final = Words("A link inside an archive is not followed.", "压缩包里的链接不会跟随。")
MEMBER_LOCKED: Final = Words(
    "It is protected by a password; unpack the archive and give the folder.",
    "文件有密码，请解压压缩包后给出文件夹。",
)
MEMBER_TOO_LARGE: Final = Words(
    f"It unpacks to more than {limits.MAX_MEMBER_BYTES >> 30} GiB; export a shorter period.",
    f"解压后超过 {limits.MAX_MEMBER_BYTES >> 30} GiB，请缩短导出的时间范围。",
)
MEMBER_BOMB: Final = Words(
    f"It unpacks to more than {limits.MAX_RATIO} times its size; it was not opened.",
    f"解压后超过自身的 {limits.MAX_RATIO} 倍，没有打开。",
)
MEMBER_DAMAGED: Final = Words(
    "It is damaged or cut off; download the archive again.", "文件损坏或不完整，请重新下载压缩包。"
)
MEMBER_LIES: Final = Words(
    "Its size is not the one the archive states.", "文件大小与压缩包记录的不一致，请重新下载压缩包。"
)

# ── what a file is ───────────────────────────────────────────────────────────────────────────────────────────────────

EMPTY: Final = Words("The file is empty; download it again.", "文件是空的，请重新下载。")
BOOK_LOCKED: Final = Words(
    "A workbook protected by a password; open it, remove the password, save it, and give it again.",
    "工作簿有打开密码，请打开后取消密码、保存，再重新提供。",
)
ANCIENT_EXCEL: Final = Words(
    "A sheet of an Excel older than version 5; open it in a spreadsheet and save it as .xlsx.",
    "早于 Excel 5 的工作表，请用表格软件打开后另存为 .xlsx。",
)
SHORT_CELLS: Final = Words(
    "An .xlsb workbook whose cells are stored in a short form that cannot be read; open it in a spreadsheet and save "
    "it as .xlsx.",
    "该 .xlsb 工作簿的单元格采用无法读取的简写形式，请用表格软件打开后另存为 .xlsx。",
)
BOOK_FULL: Final = Words(
    f"The workbook has more than {limits.MAX_SHEETS} sheets; split it.",
    f"工作簿超过 {limits.MAX_SHEETS} 个工作表，请拆分。",
)
SHEET_TOO_LARGE: Final = Words(
    f"A sheet reaches over more than {limits.MAX_CELLS >> 20} million cells, or far beyond what it holds; delete what "
    "stands far from the table, or export it as CSV.",
    f"有工作表超过 {limits.MAX_CELLS // 10_000} 万格，或远超其内容所及，请删除远离表格的内容，或导出 CSV。",
)
PDF: Final = Words(
    "A PDF document, not a table; export the table as CSV or XLSX.", "这是 PDF，不是表格，请导出 CSV 或 XLSX。"
)
OTHER_ARCHIVE: Final = Words("An archive that is not a zip; unpack it first.", "不是 zip 的压缩包，请先解压。")
PICTURE: Final = Words(
    "A picture, not a table; export the table as CSV or XLSX.", "这是图片，不是表格，请导出 CSV 或 XLSX。"
)
DATABASE: Final = Words(
    "A database; export the table as CSV, XLSX or Parquet.", "这是数据库，请导出 CSV、XLSX 或 Parquet。"
)
WEB_PAGE: Final = Words(
    "A web page without a table, perhaps one that asks to log in; export the table again.",
    "这是没有表格的网页（可能是登录页），请重新导出。",
)
WEB_ARCHIVE: Final = Words(
    "A web archive (.mht); open it in a spreadsheet and save it as .xlsx or CSV.",
    "这是网页存档（.mht），请用表格软件打开后另存为 .xlsx 或 CSV。",
)
OTHER_XML: Final = Words(
    "An XML document that is no workbook; export the table as CSV or XLSX.",
    "这是 XML，不是工作簿，请导出 CSV 或 XLSX。",
)
MARKUP_TOO_LARGE: Final = Words(
    f"A web page or XML document of more than {limits.MAX_MARKUP_BYTES >> 20} MiB; export the table as CSV.",
    f"网页或 XML 超过 {limits.MAX_MARKUP_BYTES >> 20} MiB，请导出 CSV。",
)
JSON_NO_RECORDS: Final = Words(
    "JSON without a list of records; export it again, or as CSV or XLSX.",
    "JSON 里没有记录列表，请重新导出，或导出 CSV、XLSX。",
)
JSON_TOO_LARGE: Final = Words(
    f"The JSON is larger than {limits.MAX_JSON_BYTES >> 20} MiB or has more than {limits.MAX_JSON_VALUES:,} values; "
    "export a shorter period, or one record a line.",
    f"JSON 超过 {limits.MAX_JSON_BYTES >> 20} MiB 或 {limits.MAX_JSON_VALUES:,} 个值，"
    "请缩短导出的时间范围，或导出为每行一条记录。",
)
TRANSCRIPT_TOO_LARGE: Final = Words(
    f"Copied chat text of more than {limits.MAX_TRANSCRIPT_BYTES >> 20} MiB or {limits.MAX_TRANSCRIPT_LINES:,} lines; "
    "save one file per customer.",
    f"聊天文本超过 {limits.MAX_TRANSCRIPT_BYTES >> 20} MiB 或 {limits.MAX_TRANSCRIPT_LINES:,} 行，"
    "请每位顾客存一个文件。",
)
NO_TIMES: Final = Words(
    "Its messages have no usable times, so that no reply can be timed by them; export or copy them with date and time.",
    "消息没有可用的时间，无法据此计算回复时长；请导出或复制带日期和时间的记录。",
)
JSON_DEEP: Final = Words(
    f"The JSON nests deeper than {limits.MAX_NESTING} levels; export the records themselves.",
    f"JSON 嵌套超过 {limits.MAX_NESTING} 层，请直接导出记录。",
)
JSON_TWICE: Final = Words(
    "The JSON names a key twice in one object, so that its value is in doubt; export it again.",
    "JSON 的同一对象中有重复的键，无法确定取值，请重新导出。",
)
JSON_NO_NUMBER: Final = Words(
    "The JSON holds NaN or Infinity, which are no numbers; export it again.",
    "JSON 中含有 NaN 或 Infinity，不是数字，请重新导出。",
)
BOOK_DAMAGED: Final = Words(
    "The archive or workbook is damaged or cut off; download it again.",
    "压缩包或工作簿损坏、不完整，请重新下载。",
)
OTHER_OFFICE: Final = Words(
    "An office document that is no workbook; save the table as .xlsx or CSV.",
    "这是办公文档，不是工作簿，请把表格另存为 .xlsx 或 CSV。",
)
NO_TEXT: Final = Words(
    "The file is no text in any known encoding; export it as CSV or XLSX, or state --encoding.",
    "文件不是任何已知编码的文本，请导出 CSV 或 XLSX，或用 --encoding 指明编码。",
)
UNKNOWN: Final = Words(
    "No header row of a known export was found; `shopscore init FILE` proposes a mapping for it.",
    "没有找到已知导出文件的表头；`shopscore init 文件` 可为它提出映射。",
)
TOO_WIDE: Final = Words(
    f"No header row of a known export was found, and a row has more than {limits.MAX_COLUMNS:,} columns or"
    f" {limits.ROW_BYTES >> 20} MiB; export the table with one row a line.",
    f"没有找到已知导出文件的表头，且有的行超过 {limits.MAX_COLUMNS:,} 列或 {limits.ROW_BYTES >> 20} MiB，"
    "请重新导出，每行一条记录。",
)
NO_PLATFORM: Final = Words(
    "Nothing says which platform this is: put it into <platform>/<shop>/, give it the columns platform and shop, "
    "or write `platform:` in shop.yaml.",
    "无法判断是哪个平台：请放入 <平台>/<店铺>/ 文件夹，加上 platform 和 shop 两列，或在 shop.yaml 写明 `platform:`。",
)


_OURS = (AttributeError, ImportError, NameError, NotImplementedError, TypeError)
"""What no file does: a mistake of the program, or a library of another version than it knows."""


def damaged(error: BaseException) -> Words:
    """A file whose reading went wrong; the error's own text may hold cells of the file."""
    kind = type(error).__name__
    if isinstance(error, _OURS):
        return Words(
            f"It could not be read by a fault of shopscore, not of the file ({kind}): please report it.",
            f"没能读取，这是 shopscore 自身的错误，不是文件的问题（{kind}），请反馈。",
        )
    return Words(f"The file is damaged ({kind}); download it again.", f"文件已损坏（{kind}），请重新下载。")


def json_broken(line: int, column: int) -> Words:
    """JSON that breaks off or is none."""
    return Words(
        f"The JSON is wrong or cut off at line {line}, character {column}; export it again.",
        f"JSON 在第 {line} 行第 {column} 个字符处有误或中断，请重新导出。",
    )


def columns_missing(table: str, sets: str) -> Words:
    """A file named after a table that lacks its columns."""
    return Words(
        f"Named after the table {table}, but no header row holds {sets}; add them or rename the file.",
        f"文件名是标准表 {table}，但没有哪一行表头含有 {sets}；请补上这些列，或改文件名。",
    )
