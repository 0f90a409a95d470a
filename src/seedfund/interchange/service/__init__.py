"""Files in, carried out row by row: `import_files`. The one command of its own records what became of the rows.

`staging` files to groups of rows · `imports` groups to commands · `batches` the record · `mappings` how files are
written · `savepoints` all or nothing.
"""

from typing import Final

from seedfund.interchange.service.batches import ImportRecorded, RecordImport, record_import
from seedfund.interchange.service.imports import ImportRequest, ImportResult, Progress, import_files
from seedfund.interchange.service.mappings import MappingSaved, SaveMapping, save_mapping

COMMANDS: Final = (record_import, save_mapping)

__all__ = [
    "COMMANDS",
    "ImportRecorded",
    "ImportRequest",
    "ImportResult",
    "MappingSaved",
    "Progress",
    "RecordImport",
    "SaveMapping",
    "import_files",
    "record_import",
    "save_mapping",
]
