"""A provider's file of results, read by its declared layout: every row to one command, and back to what became of it.

Results of a list are facts: sound rows are taken though others are not, and a row that is not taken waits in the queue
of exceptions. read = accepted + refused + unchanged; refused are the rows that this file put into the queue.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from seedfund.interchange.kinds.base import Values
from seedfund.interchange.reader import Complaint, Sheet, SourceRow
from seedfund.interchange.reader.protected import opened
from seedfund.interchange.reader.providers import read_with_records
from seedfund.interchange.rules import Part
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.providers import (
    KIND,
    part_of,
    style_of,
    unfilled,
    words_of_statuses,
)
from seedfund.interchange.rules.records import Figures, check_figures
from seedfund.interchange.rules.rows import RowReader
from seedfund.interchange.service.imports import ImportResult
from seedfund.interchange.service.savepoints import savepoint
from seedfund.interchange.service.staging import values_of
from seedfund.kernel.canonical import canonical_bytes, canonical_text
from seedfund.kernel.errors import Refusal, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.payouts.queries import layout_in_force, list_intakes
from seedfund.payouts.rules import LayoutField, LayoutTerms, Misfit, NumberForm, Told
from seedfund.payouts.rules.refusals import IRREGULAR, OF_MISFITS
from seedfund.payouts.service import ResultRow, ResultsTaken, RowFate, TakeResults, take_results
from seedfund.store.work import Work

_NUMBER: Final = re.compile(r"[A-Z]{2,6}-[0-9]{4}-[0-9]{4,}", flags=re.ASCII)


@dataclass(frozen=True, kw_only=True)
class ResultsRequest:
    """A provider's file, the layout it is read by, the list it answers if that is known, and its password, if any.

    With `is_dry_run` everything is tried and nothing kept.
    """

    content: bytes
    layout: str
    list_number: str = ""
    password: Secret | None = None
    occurred_on: date | None = None
    is_dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class ProviderResult(ImportResult):
    """What an import tells, and of the unchanged rows those that are still pending, and the fees that were charged."""

    pending: int = 0
    fees: tuple[Money, ...] = field(default_factory=tuple)


def import_results(work: Work, request: ResultsRequest) -> ProviderResult:
    """Read a provider's file and take every row of it in; the host commits.

    A file that tells nothing new leaves no trace: imported again, it changes nothing. One whose records before or after
    its rows do not say what was read is refused whole, as is one that cannot be read.

    Raises:
        NotFound: there is no such layout or list.
        Busy, StorageError, Corrupt: nothing of the import was kept.
    """
    layout = layout_in_force(work.reader(), work.programme.id, request.layout)
    content, refusal = opened(request.content, request.password)
    if refusal is not None:
        return _unread([Complaint(KIND, None, None, refusal)], 0, request)
    sheet, records = read_with_records(content, part_of(layout.terms), layout.terms)
    if sheet.complaints:
        return _unread(sheet.complaints, len(sheet.rows), request)
    reader = _Rows(work, sheet.part, layout.terms)
    rows = tuple(reader.row(row) for row in sheet.rows)
    disagreed = check_figures(layout.terms, records, reader.figures)
    if disagreed:
        return _unread([Complaint(KIND, None, None, one) for one in disagreed], len(rows), request)
    tried_before = len(work.refused)
    try:
        with savepoint(work, "sf_provider_results") as whole:
            taken = take_results(work, _command(work, request, sheet, rows))
            is_new = bool(taken.accepted + taken.refused or taken.fees)
            if request.is_dry_run or not is_new:
                whole.undo()
    except Refused as refused:
        if request.is_dry_run:
            del work.refused[tried_before:]
        return _unread([Complaint(KIND, None, None, one) for one in refused.refusals], len(rows), request)
    result = _told(taken, sheet, request, is_kept=is_new and not request.is_dry_run)
    return _with_cells(result, reader.complaints)


def _command(work: Work, request: ResultsRequest, sheet: Sheet, rows: tuple[ResultRow, ...]) -> TakeResults:
    """The command of a file; a further import of it, when rows of it can be taken by then, has a key of its own."""
    attempts = sum(one.sha256 == sheet.sha256 for one in list_intakes(work.reader(), work.programme.id))
    return TakeResults(
        key=f"import:{KIND}:{sheet.sha256}:{attempts + 1}",
        occurred_on=request.occurred_on,
        layout=request.layout,
        sha256=sheet.sha256,
        rows=rows,
        list_number=request.list_number,
    )


def _unread(complaints: Sequence[Complaint], read: int, request: ResultsRequest) -> ProviderResult:
    return ProviderResult(
        kind=KIND,
        read=read,
        accepted=0,
        refused=read,
        unchanged=0,
        held_back=0,
        refusals=tuple(complaints),
        batch=None,
        is_dry_run=request.is_dry_run,
    )


# Rows of the file to rows of the command ------------------------------------------------------------------------------


class _Rows:
    """Reads the rows of a file by its layout; amounts of each currency have a reader of their own."""

    def __init__(self, work: Work, part: Part, terms: LayoutTerms):
        self._work, self._part, self._terms = work, part, terms
        self._readers: dict[str, RowReader] = {}
        self._words = words_of_statuses(terms)
        self._alike: Counter[str] = Counter()
        self.complaints: dict[int, tuple[Complaint, ...]] = {}
        self.figures = Figures()

    def row(self, row: SourceRow) -> ResultRow:
        """A row of the file as the command carries it; one that cannot be read says why."""
        terms = self._terms
        currency = row.cells.get(LayoutField.CURRENCY.value, terms.currency).upper()
        bare = SourceRow(row.number, unfilled(terms, row.cells), row.complaints)
        read, complaints = values_of(self._part, bare, self._reader(currency))
        values = Values(read)
        common = self._common(row, values.text("payment").upper())
        is_known = all(one.column != LayoutField.CURRENCY.value for one in complaints)
        amount = _money(values, LayoutField.AMOUNT, terms, currency) if is_known else None
        self.figures.add(amount)
        if complaints:
            self.complaints[row.number] = complaints
            codes = tuple(f"{one.column or 'row'}: {one.refusal.code}" for one in complaints)
            unread = ResultRow(**common, misfit=Misfit.CELL_UNREADABLE, codes=codes)
            return replace(unread, reference=values.text("reference"))
        told = _told_word(values, terms, self._words)
        if isinstance(told, Misfit):
            return ResultRow(**common, misfit=told, reference=values.text("reference"))
        return ResultRow(
            **common,
            told=told,
            amount=amount,
            fee=_money(values, LayoutField.FEE, terms, currency),
            value_date=values.day("date"),
            reference=values.text("reference"),
            account=values.secret("account"),
        )

    def _reader(self, currency: str) -> RowReader:
        if currency not in self._readers:
            self._readers[currency] = RowReader(self._part, style_of(self._terms, currency))
        return self._readers[currency]

    def _common(self, row: SourceRow, payment: str) -> dict[str, Any]:
        fingerprint = self._work.blinder.fingerprint(canonical_bytes([KIND, row.cells]))
        self._alike[fingerprint] += 1
        return {
            "row": row.number,
            "fingerprint": fingerprint,
            "occurrence": self._alike[fingerprint],
            "cells": Secret(canonical_text(row.cells)),
            "payment": payment if _NUMBER.fullmatch(payment) else "",
        }


def _told_word(values: Values, terms: LayoutTerms, words: dict[str, Told]) -> Told | Misfit | None:
    """What the row's word means; an empty one says that the payment is pending, and a layout may have none."""
    if not terms.has(LayoutField.STATUS):
        return None
    word = fold(values.text("status"))
    return words.get(word) or (Misfit.STATUS_UNKNOWN if word else Told.PENDING)


def _money(values: Values, column: LayoutField, terms: LayoutTerms, currency: str) -> Money | None:
    if terms.numbers is not NumberForm.MINOR:
        return values.money(column.value)
    found = values.maybe_whole(column.value)
    return None if found is None else Money(found, currency)


# What became of them --------------------------------------------------------------------------------------------------


def _told(taken: ResultsTaken, sheet: Sheet, request: ResultsRequest, *, is_kept: bool) -> ProviderResult:
    waits = [one for one in taken.rows if one.misfit is not None]
    return ProviderResult(
        kind=KIND,
        read=taken.read,
        accepted=taken.accepted,
        refused=taken.refused,
        unchanged=taken.unchanged,
        held_back=0,
        refusals=tuple(_complaint(one, _why(one)) for one in waits if one.fate == "queued"),
        batch=taken.number if is_kept else None,
        is_dry_run=request.is_dry_run,
        flags=(
            *sheet.flags,
            *(_complaint(one, _why(one)) for one in waits if one.fate != "queued"),
            *(_complaint(one, _irregular(one)) for one in taken.rows if one.irregular),
        ),
        pending=taken.pending,
        fees=taken.fees,
    )


def _with_cells(result: ProviderResult, complaints: Mapping[int, tuple[Complaint, ...]]) -> ProviderResult:
    """What is wrong with the cells of a row that could not be read, told behind its place in the queue."""
    told = [complaint for one in result.refusals for complaint in (one, *complaints.get(one.row or 0, ()))]
    return replace(result, refusals=tuple(told))


def _complaint(one: RowFate, refusal: Refusal) -> Complaint:
    return Complaint(KIND, one.row, None, refusal)


def _why(one: RowFate) -> Refusal:
    if one.misfit is None:
        raise AssertionError("a row that waits has its reason")
    code = OF_MISFITS[one.misfit]
    facts = {"payment": one.payment, "exception": one.exception}
    return code(**facts)


def _irregular(one: RowFate) -> Refusal:
    return IRREGULAR(payment=one.payment, reasons=", ".join(one.irregular))
