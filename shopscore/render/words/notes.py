"""What is wrong with a file beyond single rows, and what to do about it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "note_open_in_excel": (
        "it is open in a spreadsheet program: what is not saved there is not read; save, close and run again",
        "文件正在表格软件中打开：没有保存的内容读不到，请保存并关闭后重新运行",
    ),
    "note_mixed_encoding": (
        "{count:line is|lines are} in another encoding than the rest: export the file again, "  # noqa: ISC004 - one text
        "and do not join files by hand",
        "有 {count} 行的编码与文件其余部分不同：请重新导出，不要手工拼接文件",
    ),
    "note_gap": (
        "the shop has no rows on {count:day|days} between busy ones: export these days again",
        "本店有 {count} 天没有数据，而前后同类日子都有不少：请补充导出这些天",
    ),
    "note_unread_sheet": (
        "a sheet of {count:row|rows} holds no known table and was not read: describe it by a format, should it count",
        "有一个 {count} 行的工作表没有已知的表，没有读取：如需计入，请为它写一个格式",
    ),
    "note_error_cell": (
        "{count:cell shows|cells show} the error of a formula, read as blank: correct the formula, or export again",
        "有 {count} 格是公式错误，按空白处理：请改正公式，或重新导出",
    ),
    "note_formula_cell": (
        "{count:formula has|formulas have} no stored result, read as blank: open the file in a spreadsheet and save it",
        "有 {count} 格公式没有保存结果，按空白处理：请用表格软件打开后保存一次",
    ),
    "note_lost_before": (
        "{count:row was|rows were} lost from the exports this table was saved from: read sound exports and save again",
        "保存该表时所用的导出文件丢失了 {count} 行：请读取完好的导出文件后重新保存",
    ),
    "note_truncated": (
        "the file ends in the middle of a row: download it again",
        "文件在一行中间断开：请重新下载",
    ),
    "note_no_zone": (
        "{count:time carries|times carry} an offset, and nothing says the shop's time zone: "  # noqa: ISC004 - one text
        "write `timezone:` into shop.yaml",
        "有 {count} 个时间带有时差，但不知道店铺时区：请在 shop.yaml 写明 `timezone:`",
    ),
    "note_stated_other": (
        "another platform's export than `shop.yaml` says, judged as `shop.yaml` says: is `platform:` right?",
        "这是另一个平台的导出文件，现按 shop.yaml 写的平台评判：请核对 `platform:` 有没有写错",
    ),
    "note_folder_other": (
        "another platform's export than its folder says, judged as what it is: does it stand in the right folder?",
        "这是另一个平台的导出文件，与文件夹写的平台不同，现按导出文件的平台评判：请核对文件夹",
    ),
    "note_whose_numbers": (
        "names no shop; {count:number of it, of an order or a parcel, is|numbers of it, of orders or parcels, are} "  # noqa: ISC004 - one text
        "this shop's, and none another's",
        "文件没有写明店铺：其中 {count} 个单号（订单号或运单号）属于本店，没有属于别的店铺的",
    ),
    "note_control_total": (
        "{count:total is|totals are} not what the rows add up to (stated ≠ counted): download the file again",
        "有 {count} 个合计与明细之和不符（所列 ≠ 实际）：请重新下载该文件",
    ),
    "totals_agree": ("totals in the file that agree with its rows: {count}", "文件所列合计与明细相符：{count} 项"),
    "note_date_order": (
        "{count:date does|dates do} not say which number is the day: write `times:` into the format, or export as text",
        "有 {count} 个日期看不出哪个数字是日：请在格式中写明 `times:`，或以文本导出",
    ),
    "note_swapped_dates": (
        "day and month of {count:date|dates} may have changed places: export as CSV, do not "  # noqa: ISC004 - one text
        "open it in a spreadsheet first",
        "{count} 个日期的日与月可能颠倒：请导出为 CSV，不要先用表格软件打开",
    ),
    "note_future_times": (
        "{count:row has|rows have} events after the export: check the clock of the computer, "  # noqa: ISC004 - one text
        "and the moment in the file's name",
        "{count} 行有晚于导出时间的事件：请检查导出电脑的时钟，以及文件名里的时间",
    ),
    "note_excel_rounded_ids": (
        "a spreadsheet kept 15 digits of {count:id|ids}: export as CSV and do not save it in "  # noqa: ISC004 - one text
        "one, or format ids as text",
        "表格软件只保留了 {count} 个编号的前 15 位：请导出为 CSV，不要用表格软件另存，或把编号列设为文本格式",
    ),
    "note_wrong_kind": (
        "{count} cells, nearly all of a column, hold something else: see what it was taken for, correct the header",
        "有一列几乎全是别的内容（{count} 格）：请核对采用的列，改正表头",
    ),
}
