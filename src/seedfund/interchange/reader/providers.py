"""Reading a provider's file by its declared layout; fixed width, and files without titles, go by places."""

import hashlib
from itertools import chain, islice
from typing import Final

from seedfund.interchange.reader.files import is_workbook, read_file, unreadable
from seedfund.interchange.reader.sheet import Raw, Sheet, Table, sheet_of
from seedfund.interchange.reader.texts import read_text
from seedfund.interchange.rules.columns import Part
from seedfund.interchange.rules.providers import layout_of, style_of, titles_in
from seedfund.interchange.rules.refusals import FILE_OTHER_FORM
from seedfund.kernel.errors import Refusal
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
    refusal = unreadable(content) or _other_form(content, terms)
    if refusal is not None:
        return sheet_of(part, Table(refusals=((None, refusal),)), layout=layout, identity=identity)
    if terms.form is FileForm.XLSX or (terms.form is FileForm.CSV and terms.has_titles):
        return read_file(part, content, layout=layout, style=style_of(terms, terms.currency))
    table = read_text(content, layout)
    rows = islice(table.rows, 1 if terms.has_titles else 0, None)
    titled = Table(chain([Raw(_BEFORE_ALL, titles_in(terms))], rows), table.refusals, table.flags)
    return sheet_of(part, titled, layout=layout, identity=identity)


def _other_form(content: bytes, terms: LayoutTerms) -> Refusal | None:
    if is_workbook(content) is (terms.form is FileForm.XLSX):
        return None
    return FILE_OTHER_FORM(form=terms.form)
