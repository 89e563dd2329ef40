"""How much a file may cost before it is refused: every limit of the readers, in one place."""

from typing import Final

MAX_FILE_BYTES: Final = 8 << 30
"""One file on disk."""
MAX_DEPTH: Final = 16
"""Folders below the folder given."""

MAX_ZIP_MEMBERS: Final = 10_000
"""Files in one archive."""
MAX_MEMBER_BYTES: Final = 2 << 30
"""One unpacked file of an archive."""
MAX_ZIP_BYTES: Final = 8 << 30
"""All unpacked files of an archive together."""
MAX_RATIO: Final = 250
"""Unpacked over packed size; text exports stay below 50."""
RATIO_FLOOR: Final = 16 << 20
"""Below this unpacked size the ratio does not matter: it can do no harm."""

MAX_SHEETS: Final = 256
"""Sheets of a workbook."""
MAX_CELLS: Final = 1 << 26
"""Rows times columns of a sheet: 64 columns in as many rows as a spreadsheet has."""
MAX_CELLS_PER_BYTE: Final = 16
"""The same, over the bytes the sheet takes: a cell takes ten and more, so that nearly all would be blank."""
CELLS_FLOOR: Final = 1 << 22
"""Up to here blank cells do no harm."""
MAX_MARKUP_BYTES: Final = 256 << 20
"""A web page or an XML document that holds tables."""
MAX_MARKUP_CELLS: Final = 1 << 23
"""Cells in all its tables, and rows without any."""
MAX_TABLES: Final = 4096
"""Tables of a web page."""
HEADER_ROWS: Final = 40
"""Physical rows in which the header must stand."""
MAX_COLUMNS: Final = 2_000
"""Columns of a header."""
SAMPLE_BYTES: Final = 256 << 10
"""How much of a text file is looked at to find its encoding, delimiter and header."""

TEXT_BYTES: Final = 32 << 20
"""How much of a text file is read at a time."""
STORED_ROWS: Final = 1 << 18
"""How many rows of a Parquet file are read at a time."""
HELD_BYTES: Final = 128 << 20
"""Typed rows of one file that are held; more are written to temporary files."""
TOGETHER_BYTES: Final = 256 << 20
"""Typed rows of a shop's files that are held together, three to four million; more are written to temporary files."""
RANGE_BYTES: Final = 64 << 20
"""Typed rows of such files that are written, and merged, at a time."""
ROW_BYTES: Final = 1 << 20
"""One row of a text file, as UTF-8; a longer line is skipped."""
ROW_LINES: Final = 1_000
"""Lines of one row, whose cells hold line ends; a quote not closed by then is a character."""

MAX_JSON_BYTES: Final = 64 << 20
"""One JSON document, which is held as a whole; files of a record a line have no limit of their own."""
MAX_JSON_VALUES: Final = 5_000_000
"""Values in it, since small ones take far more memory than they are long."""
MAX_BUNDLED_BYTES: Final = 4 << 20
"""One file that is read together with others of its kind."""
MAX_TRANSCRIPT_BYTES: Final = 32 << 20
"""One file of copied chat text, which is held as a whole."""
MAX_TRANSCRIPT_LINES: Final = 2_000_000
"""Its lines."""
MAX_LINE: Final = 4 << 20
"""Characters of one line of records; a longer one is no record."""
MAX_NESTING: Final = 32
"""Objects and lists inside each other."""

CHUNK_BYTES: Final = 4 << 20
"""Bytes decoded or unpacked at a time."""
MAX_ORDERS_IN_ROW: Final = 1_000
"""Orders that one row of a file may hold side by side."""
MAX_TOTALS: Final = 64
"""Total rows of a file, counted from its end, that are compared with its rows."""
MAX_EXAMPLES: Final = 3
"""Examples given per reason of refusal."""
