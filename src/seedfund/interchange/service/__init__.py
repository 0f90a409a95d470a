"""Files in, carried out row by row: `import_files`; and extracts for others, made, logged and handed out.

`extracts` who gets what · `staging` files to groups of rows · `imports` groups to commands · `batches` the record ·
`savepoints` all or nothing.
"""

from typing import Final

from seedfund.interchange.service.batches import ImportRecorded, RecordImport, record_import
from seedfund.interchange.service.extracts import (
    ExtractMade,
    IdentifyTokens,
    MakeExtract,
    TokenIdentified,
    TokensIdentified,
    handed_out,
    identify_tokens,
    make_extract,
)
from seedfund.interchange.service.imports import ImportRequest, ImportResult, Progress, import_files

COMMANDS: Final = (record_import, make_extract, identify_tokens)

__all__ = [
    "COMMANDS",
    "ExtractMade",
    "IdentifyTokens",
    "ImportRecorded",
    "ImportRequest",
    "ImportResult",
    "MakeExtract",
    "Progress",
    "RecordImport",
    "TokenIdentified",
    "TokensIdentified",
    "handed_out",
    "identify_tokens",
    "import_files",
    "make_extract",
    "record_import",
]
