"""Reading a provider's file by its declared layout; fixed width, and files without titles, go by places."""

import hashlib
from collections.abc import Sequence
from itertools import chain, islice
from typing import Final

from seedfund.interchange.reader.files import is_workbook, read_file, unreadable
from seedfund.interchange.reader.records import RecordRead, cut_records, moved
from seedfund.interchange.reader.sheet import BYTES_MAX, Raw, Sheet, Table, sheet_of
from seedfund.interchange.reader.status_report import read_report
from seedfund.interchange.reader.texts import read_text
from seedfund.interchange.rules.columns import Part
from seedfund.interchange.rules.providers import layout_of, style_of, titles_in
from seedfund.interchange.rules.refusals import FILE_OTHER_FORM, FILE_TOO_LARGE
from seedfund.kernel.errors import Refusal, Refused
from seedfund.payouts.rules import FileForm, LayoutTerms

_BEFORE_ALL: Final = 0
"""The row of titles that a file without them is given stands before its first."""


def read_provider_file(content: bytes, part: Part, terms: LayoutTerms) -> Sheet:
    """The rows of a provider's file; what is wrong with it as a whole comes back as complaints, never as an error.

    Raises:
        MissingExtra: it is a workbook, and the package that reads workbooks is not installed.
    """
    layout = layout_of(terms)
    identity = (hashlib.sha256(content).hexdigest(), len(content))
    if terms.form is FileForm.ISO20022:
        whole = FILE_TOO_LARGE(size=len(content), most=BYTES_MAX)
        table = read_report(content) if len(content) <= BYTES_MAX else Table(refusals=((None, whole),))
        return sheet_of(part, table, layout=layout, identity=identity)
    refusal = unreadable(content) or _other_form(content, terms)
    if refusal is not None:
        return sheet_of(part, Table(refusals=((None, refusal),)), layout=layout, identity=identity)
    if terms.form is FileForm.XLSX or (terms.form is FileForm.CSV and terms.has_titles):
        return read_file(part, content, layout=layout, style=style_of(terms, terms.currency))
    return sheet_of(part, _titled(read_text(content, layout), terms), layout=layout, identity=identity)


def read_with_records(content: bytes, part: Part, terms: LayoutTerms) -> tuple[Sheet, Sequence[RecordRead]]:
    """The rows of a provider's file, and the records around them, which a file in another form has none of.

    Raises:
        MissingExtra: as `read_provider_file`.
    """
    has_records = bool(terms.lead_in or terms.trailer)
    if not has_records or unreadable(content) is not None or _other_form(content, terms) is not None:
        return read_provider_file(content, part, terms), ()
    layout = layout_of(terms)
    identity = (hashlib.sha256(content).hexdigest(), len(content))
    try:
        cut = cut_records(content, terms)
    except UnicodeDecodeError:
        return read_provider_file(content, part, terms), ()
    except Refused as refused:
        whole = tuple((None, one) for one in refused.refusals)
        return sheet_of(part, Table(refusals=whole), layout=layout, identity=identity), ()
    table = read_text(cut.body, layout)
    rows = Table(moved(table.rows, cut.before), table.refusals, table.flags)
    titled = rows if terms.form is FileForm.CSV and terms.has_titles else _titled(rows, terms)
    return sheet_of(part, titled, layout=layout, identity=identity), cut.records


def _titled(table: Table, terms: LayoutTerms) -> Table:
    """A table whose columns are known by place, with names for them before its rows."""
    rows = islice(table.rows, 1 if terms.has_titles else 0, None)
    return Table(chain([Raw(_BEFORE_ALL, titles_in(terms))], rows), table.refusals, table.flags)


def _other_form(content: bytes, terms: LayoutTerms) -> Refusal | None:
    if is_workbook(content) is (terms.form is FileForm.XLSX):
        return None
    return FILE_OTHER_FORM(form=terms.form)
