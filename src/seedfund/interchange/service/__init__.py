"""Files in, carried out row by row: `import_files`; and extracts for others, made, logged and handed out.

`extracts` who gets what · `staging` files to groups of rows · `imports` groups to commands · `batches` the record ·
`mappings` how files are written · `savepoints` all or nothing.
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
from seedfund.interchange.service.mappings import MappingSaved, SaveMapping, save_mapping

COMMANDS: Final = (record_import, save_mapping, make_extract, identify_tokens)

__all__ = [
    "COMMANDS",
    "ExtractMade",
    "IdentifyTokens",
    "ImportRecorded",
    "ImportRequest",
    "ImportResult",
    "MakeExtract",
    "MappingSaved",
    "Progress",
    "RecordImport",
    "SaveMapping",
    "TokenIdentified",
    "TokensIdentified",
    "handed_out",
    "identify_tokens",
    "import_files",
    "make_extract",
    "record_import",
    "save_mapping",
]
