"""The bytes of a file to rows of named cells, every row accounted for. Must not know what a cell means.

`files` tells what the bytes are · `texts` delimited and fixed-width text · `workbooks` XLSX · `packages` what a
workbook may be before it is unpacked · `surveys` Kobo and ODK exports · `sheet` names of columns, rows, complaints ·
`rows` rows packed.
"""

from seedfund.interchange.reader.files import Headed, headed, read_file, read_parts
from seedfund.interchange.reader.rows import Complaint, RowBlock, Rows, SourceRow, packed, shown_row
from seedfund.interchange.reader.sheet import BYTES_MAX, COLUMNS_MAX, ROWS_MAX, Mark, Sheet

__all__ = [
    "BYTES_MAX",
    "COLUMNS_MAX",
    "ROWS_MAX",
    "Complaint",
    "Headed",
    "Mark",
    "RowBlock",
    "Rows",
    "Sheet",
    "SourceRow",
    "headed",
    "packed",
    "read_file",
    "read_parts",
    "shown_row",
]
