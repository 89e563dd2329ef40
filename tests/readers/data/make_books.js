// Write the workbooks of this folder that SheetJS makes: `node make_books.js <folder of node_modules/xlsx> <what>`.
// Run once and committed; the tests read the bytes, never this file. See README.md for what was made by which version.

const [, , library, what] = process.argv;
const XLSX = require(library);

// What has no place in BIFF5 is written as marks of the right length, see README.md.
const text = (v) => ({ t: "s", v: what === "biff5" ? v.replace(/[^\x00-\x7f]/g, "__") : v });
const name = (v) => (what === "biff5" ? { 退款: "AAAA", 说明: "BBBB", 旧: "CC" }[v] : v);
const number = (v) => ({ t: "n", v });
const moment = { t: "n", v: 46328.4166666667, z: "yyyy-mm-dd hh:mm:ss" }; // 2026-11-02 10:00:00
const formula = { t: "n", v: 10, f: "6+4" };
const failed = { t: "e", v: 0x2a, f: "NA()" }; // #N/A

const header = ["退款编号", "订单编号", "退款状态", "买家退款原因", "退款的申请时间", "完结时间", "买家退款金额", "退货物流单号"];
const row = (id, applied, more = {}) => [
  id,
  text("193000000000001"),
  text(more.status || "退款成功"),
  text("7天无理由退换货 "),
  applied,
  text("2026-11-03 09:30:00"),
  more.amount || number(12.5),
  more.tracking || text("SF0000001"),
];
const applied = text("2026-11-02 10:00:00");
const refunds = [
  [text("退款管理导出（示例）")],
  [],
  header.map(text),
  row(text("2738461928374650010"), what === "biff5" || what === "biff8" ? applied : moment),
  row(text("2738461928374650011"), applied, { status: "退款关闭" }),
  [],
  row(number(2738461928374650012), applied),
  row(number(123456789012), applied),
  row(text("2738461928374650014"), applied, { amount: formula }),
  row(text("2738461928374650015"), applied, { tracking: failed }),
];
const remarks = [[text("说明")], [text("示例数据，人名皆为虚构")]];
const older = [header.map(text), row(text("2638461928374650001"), text("2026-10-02 10:00:00"))];

function sheet(rows, left) {
  const made = {};
  let width = 1;
  rows.forEach((cells, r) =>
    cells.forEach((cell, c) => {
      made[XLSX.utils.encode_cell({ r, c: c + left })] = cell;
      width = Math.max(width, c + left + 1);
    }),
  );
  made["!ref"] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: width - 1 } });
  return made;
}

const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet(refunds, 1), name("退款"));
XLSX.utils.book_append_sheet(book, sheet(remarks, 0), name("说明"));
XLSX.utils.book_append_sheet(book, sheet(older, 0), name("旧"));
book.Workbook = { Sheets: [{}, {}, { Hidden: 1 }] };
const endings = { biff8: "xls", biff5: "xls", xlml: "xls", xlsb: "xlsb", xlsx: "xlsx" };
XLSX.writeFile(book, `sheetjs_${what}.${endings[what]}`, { bookType: what, compression: true });
