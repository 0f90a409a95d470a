"""Payouts as the desk shows them: layouts, files out and in, and the queue of rows that wait for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from seedfund.kernel.errors import NotFound, Refusal
from seedfund.kernel.secret import Secret
from seedfund.payouts.queries import (
    ExceptionShown,
    LayoutRow,
    commands_about,
    layout_versions,
    list_exceptions,
    list_files,
    list_intakes,
    list_layouts,
    list_numbers,
    open_cells,
    payments_of,
)
from seedfund.payouts.rules import LayoutField
from seedfund.payouts.rules.refusals import OF_MISFITS
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.typed import typed
from seedfund.reports.queries.words import word
from seedfund.store.work import Work

TELLINGS_MOST: Final = 3
"""How many commands are named that told of a payment already, the last of them."""


def layout_rows(work: Work) -> list[Row]:
    """Every version of every layout, with both hands."""
    return [
        {
            "code": one.code,
            "version": one.version,
            "title": one.terms.title,
            "direction": one.terms.direction,
            "form": one.terms.form,
            "proposed_by": one.proposed_by,
            "approved_by": one.approved_by,
            "approved_on": one.approved_on,
        }
        for one in list_layouts(work.reader(), work.programme.id)
    ]


def file_rows(work: Work) -> list[Row]:
    """Every list that was written for a provider: who made the file, how many payments, how much."""
    lists = list_numbers(work.reader(), work.programme.id)
    return [
        {
            "number": one.number,
            "list": lists[one.list_id],
            "layout": f"{one.layout} v{one.version}",
            "count": one.count,
            "total": one.total,
            "protected": one.is_protected,
            "exported_on": one.exported_on,
            "exported_by": one.recorded_by,
            "sha256": one.sha256,
        }
        for one in list_files(work.reader(), work.programme.id)
    ]


def intake_rows(work: Work) -> list[Row]:
    """Every provider's file that came in, with its counts."""
    lists = list_numbers(work.reader(), work.programme.id)
    return [
        {
            "number": one.number,
            "list": None if one.list_id is None else lists[one.list_id],
            "layout": f"{one.layout} v{one.version}",
            "read": one.read,
            "accepted": one.accepted,
            "refused": one.refused,
            "unchanged": one.unchanged,
            "taken_on": one.taken_on,
            "recorded_by": one.recorded_by,
        }
        for one in list_intakes(work.reader(), work.programme.id)
    ]


def show_file(work: Work, number: str) -> Thing | None:
    """A list that was written for a provider, with its control totals."""
    return _one("payout file", file_rows(work), number)


def show_intake(work: Work, number: str) -> Thing | None:
    """A provider's file that came in, with its counts."""
    return _one("payout results", intake_rows(work), number)


def _one(kind: str, rows: list[Row], number: str) -> Thing | None:
    wanted = number.strip().upper()
    for row in rows:
        if row["number"] == wanted:
            return Thing(kind, wanted, {name: value for name, value in row.items() if name != "number"})
    return None


def payout_exception_rows(work: Work) -> list[Row]:
    """Every exception of a provider's file; those about restricted people only for named roles."""
    return [_exception(one) for one in list_exceptions(work)]


def _exception(one: ExceptionShown) -> Row:
    row = one.row
    return {
        "number": row.number,
        "state": word(row.state),
        "misfit": row.misfit,
        "payment": one.payment or None,
        "file": row.intake,
        "row": row.row,
        "raised_on": row.raised_on,
        "decided_by": row.decided_by,
        "reason": row.reason,
    }


@dataclass(frozen=True, slots=True)
class WhyItWaits:
    """An exception, its state, and the reason of its row in words.

    `commands` are those that can end it, as they are typed, what a person fills in as `name=...`; of one that has ended
    there are none, and `ended` says how.
    """

    number: str
    state: str
    refusal: Refusal
    commands: tuple[str, ...]
    ended: Mapping[str, str]


def why_it_waits(work: Work, number: str) -> WhyItWaits:
    """Why a row of a provider's file was not posted, and how it is ended.

    Raises:
        NotFound: there is no such exception, or its payee may not be seen.
    """
    one = _found(work, number)
    row = one.row
    refusal = OF_MISFITS[row.misfit](payment=one.payment, exception=row.number)
    ended = {"by": row.decided_by, "on": str(row.decided_on), "why": row.reason, "command": row.command_key}
    if row.state != "open":
        told = {name: value for name, value in ended.items() if value}
        return WhyItWaits(row.number, row.state, refusal, (), told)
    return WhyItWaits(row.number, row.state, refusal, _commands(work, one), {})


def _commands(work: Work, one: ExceptionShown) -> tuple[str, ...]:
    """The answer first, then each command that told of its payment already, then that nothing happened."""
    reader = work.reader()
    payment = next(iter(payments_of(reader, [one.row]).values()), None)
    asked = () if payment is not None else ("payment=...",)
    # Of a payment that is not on its way the amount says what moved once more.
    amount = () if payment is not None and payment.facts.is_in_flight else ("amount=...",)
    tellings = [] if payment is None else commands_about(reader, work.programme.id, payment.number)
    resolved = [(f"command_key={telling.key}",) for telling in tellings[:TELLINGS_MOST]]
    if payment is None:
        resolved = [("command_key=...", *asked)]
    return tuple(
        typed(verb, f"number={one.row.number}", *fields, "reason=...")
        for verb, fields in (
            ("payouts.answer_exception", (*asked, "told=...", *amount)),
            *(("payouts.resolve_exception", fields) for fields in resolved),
            ("payouts.dismiss_exception", ()),
        )
    )


def _found(work: Work, number: str) -> ExceptionShown:
    wanted = number.strip().upper()
    for one in list_exceptions(work):
        if one.row.number == wanted:
            return one
    raise NotFound(what="payout exception", which=number, look="seedfund list payout-exceptions")


def show_payout_exception(work: Work, number: str) -> Thing:
    """An exception with its figures; what its row said for those who record results and look after them.

    Raises:
        NotFound: there is none of that number, or its payee may not be seen.
    """
    found = _found(work, number)
    row = found.row
    fields: Row = {name: value for name, value in _exception(found).items() if name != "number"}
    fields |= {"raised_by": row.raised_by, "decided_on": row.decided_on, "answered_by": row.command_key}
    fields |= {name: row.facts.get(name) for name in ("due", "told_amount", "told_fee")}
    # What is wrong with a cell of the row, by its code; the cell itself is among what the row said.
    if codes := row.facts.get("codes", ()):
        fields["cells_not_read"] = ", ".join(codes)
    cells = open_cells(work, row)
    said: list[Row] = (
        []
        if cells is None
        else [{"field": LayoutField(name), "cell": Secret(cell)} for name, cell in cells.items()]
    )
    return Thing("payout exception", row.number, fields, {"cells": said})


def show_layout(work: Work, number: str) -> Thing:
    """A layout by its code, or by code and version as lists print them: its columns, its words, what amounts mean.

    Raises:
        NotFound: there is no such layout.
    """
    code, _, version = number.strip().partition(" v")
    versions = layout_versions(work.reader(), work.programme.id, code)
    wanted = [one for one in versions if not version or str(one.version) == version]
    if not wanted:
        raise NotFound(what="payout layout", which=number, look="seedfund list payout-layouts")
    return _layout(wanted[-1])


def _layout(one: LayoutRow) -> Thing:
    terms = one.terms
    fields: Row = {
        "title": terms.title,
        "direction": terms.direction,
        "form": terms.form,
        "encoding": terms.encoding,
        "amounts": terms.amounts,
        "fees": terms.fees,
        "line": f"{terms.fee_fund}/{terms.fee_line}" if terms.fee_line else None,
        "proposed_by": one.proposed_by,
        "approved_by": one.approved_by,
        "approved_on": one.approved_on,
        "ours": None if terms.ours is None else f"{terms.ours.bank_account} {terms.ours.number}",
    }
    columns: list[dict[str, Any]] = [
        {
            "title": column.title,
            "field": column.field,
            "width": column.width or None,
            "constant": column.constant or None,
        }
        for column in terms.columns
    ]
    words: list[Row] = [{"title": item.text, "told": item.told} for item in terms.statuses]
    records: list[Row] = [
        {
            "place": place,
            "record": number,
            "holds": cell.holds,
            "constant": cell.text or None,
            "width": cell.width or None,
        }
        for place, number, record in terms.records
        for cell in record.cells
    ]
    parts = {"columns": columns, "records": records, "words": words}
    return Thing("payout layout", f"{one.code} v{one.version}", fields, parts)
