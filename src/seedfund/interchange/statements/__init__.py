"""Bank statements to one frozen value, whatever the bank writes: camt.053 (XML), MT940 (SWIFT), tables by layout.

`value` what a statement is · `xml` marks read as they come, without DTD, entities or network · `camt`, `mt940` the two
formats · `rows` a statement as rows of the import's parts. Must not know accounts, books or commands.
"""

from seedfund.interchange.statements.reading import is_statement, read_statements
from seedfund.interchange.statements.value import BatchDetail, Statement, StatementEntry, StatementUnreadable

__all__ = [
    "BatchDetail",
    "Statement",
    "StatementEntry",
    "StatementUnreadable",
    "is_statement",
    "read_statements",
]
