"""Opening positions: running grants and funds at a cut-off date, as the books before ours tell them.

Nobody starts on day one. A file is taken whole or not at all, each grant under the number it has in the earlier books;
every figure stays marked as brought forward and not verified here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from seedfund.funds.service.history import OpeningLine, RecordFundOpening, record_fund_opening
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.words import OwnerKind
from seedfund.grants.service.takeover import take_over
from seedfund.grants.service.told import EarlierTranche, TakeOverGrant
from seedfund.interchange.kinds.base import Entry, Group, Intake, Kind, Numbers, RowRefused
from seedfund.interchange.kinds.grants.opening_columns import (
    FUND_OPENINGS_PART,
    LINES_PART,
    POSITIONS_PART,
    TRANCHES_PART,
)
from seedfund.interchange.reader import shown_row
from seedfund.interchange.rules.refusals import (
    CELL_MISSING,
    OPENING_LINES,
    OPENING_PAID,
    OPENING_TOLD,
    OPENING_TWICE,
)
from seedfund.kernel.errors import Conflict, Refusal
from seedfund.kernel.money import Money, total
from seedfund.ledger.service.openings import OpeningKind

_COLUMN_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "award_amount": "approved",
        "fund_other_currency": "approved",
        "line_not_for": "budget_line",
        "line_twice": "budget_line",
        "available_too_low": "approved",
        "owner_kind": "owner_kind",
        "household_needed": "household",
        "population_group_unknown": "household",
        "takeover_twice": "outside_number",
        "takeover_agreement": "agreement_number",
        "takeover_no_agreement": "agreement_number",
        "takeover_tied": "benefit",
        "takeover_paid_before": "paid_on",
        "takeover_own_paper": "evidence_sha256",
        "history_paper": "evidence_sha256",
        "history_unbalanced": "justified",
        "history_no_receipts": "justified",
        "history_above_tranche": "paid",
        "schedule_sum": "approved",
    }
)

_OF_TRANCHE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "history_above_tranche": "paid",
        "takeover_paid_before": "paid_on",
        "date_condition_without_date": "due_on",
        "tranche_before_start": "due_on",
        "tranche_order": "due_on",
    }
)


def _take_over(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    owner, number = _owner(intake, entry)
    command = TakeOverGrant(
        key=intake.key(group),
        occurred_on=intake.occurred_on,
        benefit=values.need_text("benefit"),
        parts=_parts(group),
        tranches=_tranches(group),
        outside_number=values.need_text("outside_number"),
        approved_on=values.need_day("approved_on"),
        cut_off=values.need_day("cut_off"),
        evidence_sha256=values.need_text("evidence_sha256"),
        agreement_number=values.text("agreement_number"),
        agreed_on=values.day("agreed_on"),
        justified=values.money("justified"),
        returned=values.money("returned"),
        owner_kind=owner,
        owner_name=values.text("owner_name"),
        household=number if owner is OwnerKind.HOUSEHOLD else "",
        participant="" if owner is OwnerKind.HOUSEHOLD else number,
    )
    return {(entry.part, entry.key): take_over(intake.work, command).grant}


def _owner(intake: Intake, entry: Entry) -> tuple[OwnerKind, str]:
    """Whose grant it is, and the number behind it: of the household, where one is named and nothing else said."""
    kind = entry.values.word("owner_kind", OwnerKind) or (
        OwnerKind.HOUSEHOLD if entry.values.has("household") else OwnerKind.PERSON
    )
    part, column = ("households", "household") if kind is OwnerKind.HOUSEHOLD else ("members", "participant")
    if not entry.values.has(column):
        raise RowRefused(entry.complaint(CELL_MISSING(), column))
    return kind, intake.number(entry, column, kind="households", part=part)


def _parts(group: Group) -> tuple[AwardPart, ...]:
    """The further lines as told, before them the row's own with the rest of what was approved."""
    values = group.root.values
    approved = values.need_money("approved")
    others = tuple(
        AwardPart(
            fund=row.values.need_text("fund"),
            line=row.values.need_text("budget_line"),
            amount=row.values.need_money("amount"),
        )
        for row in group.of(LINES_PART.name)
    )
    more = _sum(group, LINES_PART.name, "amount", approved)
    if more >= approved:
        raise RowRefused(group.root.complaint(OPENING_LINES(lines=more, approved=approved), "approved"))
    own = AwardPart(
        fund=values.need_text("fund"), line=values.need_text("budget_line"), amount=approved - more
    )
    return (own, *others)


def _sum(group: Group, part: str, column: str, like: Money) -> Money:
    """The sum of a column of the further rows.

    Raises:
        RowRefused: one of them is in another currency than the grant.
    """
    amounts = []
    for row in group.of(part):
        amount = row.values.money(column)
        if amount is None:
            continue
        if amount.currency != like.currency:
            raise RowRefused(row.complaint(OPENING_LINES(lines=amount, approved=like), column))
        amounts.append(amount)
    return total(amounts, like.currency)


def _tranches(group: Group) -> tuple[EarlierTranche, ...]:
    """The tranches as told; without any, what was paid is one and what is left another."""
    values = group.root.values
    approved, paid = values.need_money("approved"), values.need_money("paid")
    if paid.currency != approved.currency:
        raise RowRefused(group.root.complaint(OPENING_PAID(tranches=approved, paid=paid), "paid"))
    rows = sorted(group.of(TRANCHES_PART.name), key=lambda row: row.values.whole("tranche"))
    if not rows:
        return _two(group.root, approved, paid)
    told = _sum(group, TRANCHES_PART.name, "paid", approved)
    if told != paid:
        raise RowRefused(group.root.complaint(OPENING_PAID(tranches=told, paid=paid), "paid"))
    return tuple(_tranche(row) for row in rows)


def _two(entry: Entry, approved: Money, paid: Money) -> tuple[EarlierTranche, ...]:
    values = entry.values
    if paid and not values.has("paid_on"):
        raise RowRefused(entry.complaint(CELL_MISSING(), "paid_on"))
    before = (EarlierTranche(amount=paid, paid=paid, paid_on=values.day("paid_on")),) if paid else ()
    if paid >= approved:
        return before
    return (*before, EarlierTranche(amount=approved - paid, due_on=values.day("rest_due_on")))


def _tranche(row: Entry) -> EarlierTranche:
    paid = row.values.money("paid")
    if paid and not row.values.has("paid_on"):
        raise RowRefused(row.complaint(CELL_MISSING(), "paid_on"))
    return EarlierTranche(
        amount=row.values.need_money("amount"),
        due_on=row.values.day("due_on"),
        paid=paid or None,
        paid_on=row.values.day("paid_on") if paid else None,
    )


def _locate(group: Group, refusal: Refusal) -> tuple[Entry, str | None] | None:
    """The cell a refusal is about; of a tranche that stands on no row of its own, the day beside the amounts."""
    position = refusal.facts.get("position", "")
    tranches = sorted(group.of(TRANCHES_PART.name), key=lambda row: row.values.whole("tranche"))
    if position.isdecimal() and 1 <= int(position) <= len(tranches):
        return tranches[int(position) - 1], _OF_TRANCHE.get(refusal.code, "amount")
    if _OF_TRANCHE.get(refusal.code) == "due_on":
        is_paid = position == "1" and bool(group.root.values.money("paid"))
        return group.root, "paid_on" if is_paid else "rest_due_on"
    column = _COLUMN_OF.get(refusal.code)
    return (group.root, column) if column else None


def _open_fund(intake: Intake, group: Group) -> Numbers:
    entry, values = group.root, group.root.values
    line = OpeningLine(
        kind=values.need_word("kind", OpeningKind),
        name=values.text("name"),
        amount=values.need_money("amount"),
    )
    fund = values.need_text("fund")
    # Money is told once: a line that comes again under another key of the file's, or of another day, is the same line.
    # What donors gave has no name, whatever is written there.
    name = "" if line.kind is OpeningKind.CONTRIBUTIONS else line.name
    key, first = intake.key_of_content(entry, fund, line.kind.value, name)
    if first != entry.number:
        raise RowRefused(entry.complaint(OPENING_TWICE(first=shown_row(first))))
    command = RecordFundOpening(
        key=key,
        occurred_on=intake.occurred_on,
        fund=fund,
        cut_off=values.need_day("cut_off"),
        lines=(line,),
        source=values.need_text("source"),
    )
    try:
        done = record_fund_opening(intake.work, command)
    except Conflict:
        raise RowRefused(entry.complaint(OPENING_TOLD())) from None
    return {(entry.part, entry.key): done.entry}


OPENING_POSITIONS: Final = Kind(
    name="opening_positions",
    title_en="Opening positions: running grants at a cut-off date, brought forward and not verified here",
    title_es="Saldos iniciales: capitales en curso a una fecha de corte, trasladados y no verificados aquí",
    parts=(POSITIONS_PART, TRANCHES_PART, LINES_PART),
    is_whole=True,
    carry_out=_take_over,
    locate=_locate,
)
FUND_OPENINGS: Final = Kind(
    name="fund_openings",
    title_en="Openings of running funds: what was given, earned, in hand and spent before our books",
    title_es="Saldos iniciales de los fondos: recibido, ganado, en caja y gastado antes de nuestros libros",
    parts=(FUND_OPENINGS_PART,),
    is_whole=True,
    carry_out=_open_fund,
)
