"""Files in, carried out row by row: `import_files`. The one command of its own records what became of the rows.

`staging` files to groups of rows · `imports` groups to commands · `batches` the record · `savepoints` all or nothing.
"""

from typing import Final

from seedfund.interchange.service.batches import ImportRecorded, RecordImport, record_import
from seedfund.interchange.service.imports import ImportRequest, ImportResult, Progress, import_files

COMMANDS: Final = (record_import,)

__all__ = [
    "COMMANDS",
    "ImportRecorded",
    "ImportRequest",
    "ImportResult",
    "Progress",
    "RecordImport",
    "import_files",
    "record_import",
]
