"""Files in, carried out row by row: `import_files`; and extracts for others, made, logged and handed out.

`extracts` who gets what · `staging` files to groups of rows, `belonging` by their
keys · `fates` what became of rows · `carrying` groups to commands · `imports` all of it · `batches` the record ·
`mappings` how files are written · `savepoints` all or nothing · `provider_results` a provider's file of results ·
`payment_files` a payment list as its provider's file.
"""

from typing import Final

from seedfund.interchange.service.batches import (
    ImportRecorded,
    ImportRowsRecorded,
    RecordImport,
    RecordImportRows,
    RowCounts,
    record_import,
    record_import_rows,
)
from seedfund.interchange.service.carrying import Progress
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
from seedfund.interchange.service.imports import ImportRequest, ImportResult, import_files
from seedfund.interchange.service.mappings import MappingSaved, SaveMapping, save_mapping
from seedfund.interchange.service.payment_files import (
    ExportPaymentList,
    PaymentListExported,
    export_payment_list,
    payment_file,
)
from seedfund.interchange.service.provider_results import ProviderResult, ResultsRequest, import_results

COMMANDS: Final = (
    record_import,
    record_import_rows,
    save_mapping,
    make_extract,
    identify_tokens,
    export_payment_list,
)

__all__ = [
    "COMMANDS",
    "ExportPaymentList",
    "ExtractMade",
    "IdentifyTokens",
    "ImportRecorded",
    "ImportRequest",
    "ImportResult",
    "ImportRowsRecorded",
    "MakeExtract",
    "MappingSaved",
    "PaymentListExported",
    "Progress",
    "ProviderResult",
    "RecordImport",
    "RecordImportRows",
    "ResultsRequest",
    "RowCounts",
    "SaveMapping",
    "TokenIdentified",
    "TokensIdentified",
    "export_payment_list",
    "handed_out",
    "identify_tokens",
    "import_files",
    "import_results",
    "make_extract",
    "payment_file",
    "record_import",
    "record_import_rows",
    "save_mapping",
]
