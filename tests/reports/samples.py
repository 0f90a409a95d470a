"""One small instance of each book, with plainly fictional people, for the tests of reports."""

from datetime import UTC, date, datetime
from typing import Any

from seedfund.kernel.money import Money
from seedfund.reports.books.budget_vs_actual import LineFigures, budget_vs_actual
from seedfund.reports.books.cash_book import CashMovement, cash_book
from seedfund.reports.books.exceptions import ExceptionEntry, Irregularity, exceptions
from seedfund.reports.books.face_form import face_form
from seedfund.reports.books.fund_ledger import FundEvent, FundFigures, fund_ledger
from seedfund.reports.books.open_advances_ageing import OpenAdvance, open_advances_ageing
from seedfund.reports.books.participant_grant_ledger import GrantEvent, participant_grant_ledger
from seedfund.reports.books.trial_balance import AccountTurnover, trial_balance
from seedfund.reports.books.week import Due, DueItem, week
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.value import BookHead, Report, Standing, Word

STANDING = Standing(
    as_of=date(2026, 6, 30),
    known_at=datetime(2026, 7, 2, 15, 4, tzinfo=UTC),
    basis="cash basis with commitments shown",
    provisional=True,
    heads=(BookHead("ACNUR-USD", 1042, "3f9ab2c4" * 8), BookHead("MIES-USD", 88, "0d1e2f30" * 8)),
)
IMPRINT = Imprint(
    organisation="Fundación Puerto Claro",
    programme="Frontera Norte 2026",
    produced_by="Inés Prueba",
    produced_at=datetime(2026, 7, 2, 15, 5, tzinfo=UTC),
)


def usd(text: str) -> Money:
    """Dollars from `1250.50`."""
    whole, cents = text.split(".")
    sign = -1 if text.startswith("-") else 1
    return Money(sign * (abs(int(whole)) * 100 + int(cents)), "USD")


def grant_events() -> list[GrantEvent]:
    """A grant of 500.00: awarded, signed, paid in part, accounted for in part, a rest returned."""

    def event(number: int, word: str, disburse: str, justify: str, **amounts: Any) -> GrantEvent:
        return GrantEvent(
            part="SC-2026-0042 · L1",
            entry_number=f"A-{number:04d}",
            booking_date=date(2026, 3, number),
            value_date=date(2026, 3, number + 1),
            voucher=f"CE-{number:04d}",
            event=Word(word),
            description="Gallinas ponedoras y alimento balanceado para el primer mes",
            tranche="SC-2026-0042/1",
            fund="ACNUR",
            line="L1 Capital semilla",
            method=Word("bank transfer"),
            bank_reference=f"TR{number:06d}",
            evidence_number=f"R-{number}",
            evidence_hash="9c4fa11b",
            to_disburse=usd(disburse),
            to_justify=usd(justify),
            posted_by="cajera-02",
            approved_by="direccion-01",
            **amounts,
        )

    return [
        event(1, "award decided", "0.00", "0.00", awarded=usd("500.00")),
        event(2, "agreement signed", "500.00", "0.00", awarded=usd("-500.00"), committed=usd("500.00")),
        event(3, "payment delivered", "200.00", "300.00", disbursed=usd("300.00")),
        event(4, "receipt accepted", "200.00", "79.50", accepted=usd("220.50")),
        event(5, "refund received", "200.00", "50.00", returned=usd("29.50")),
    ]


def samples() -> dict[str, Report]:
    """Every book by name."""
    reports = (
        participant_grant_ledger(grant_events(), scope="Participante P-0042", standing=STANDING),
        _fund_ledger(),
        _cash_book(),
        _trial_balance(),
        _budget(),
        _face(),
        _week(),
        _ageing(),
        _exceptions(),
    )
    return {report.name: report for report in reports}


def _fund_ledger() -> Report:
    events = [
        FundEvent(
            entry_number="A-0001",
            booking_date=date(2026, 1, 5),
            event=Word("instalment received"),
            received=usd("10000.00"),
        ),
        FundEvent(
            entry_number="A-0002",
            booking_date=date(2026, 1, 6),
            event=Word("budget allotted"),
            allotted=usd("9000.00"),
        ),
        FundEvent(
            entry_number="A-0003",
            booking_date=date(2026, 3, 1),
            event=Word("award decided"),
            awarded=usd("500.00"),
        ),
        FundEvent(
            entry_number="A-0004",
            booking_date=date(2026, 3, 3),
            event=Word("payment delivered"),
            party="P-0042",
            disbursed=usd("300.00"),
        ),
        FundEvent(
            entry_number="A-0005",
            booking_date=date(2026, 3, 4),
            event=Word("bank fee"),
            other_spending=usd("1.25"),
        ),
    ]
    figures = FundFigures(
        opening_on=date(2026, 1, 1),
        opening_cash=usd("100.00"),
        opening_uncommitted=usd("0.00"),
        holds=usd("150.00"),
        open_commitments=usd("10000.00"),
    )
    return fund_ledger(events, figures=figures, scope="ACNUR capital semilla", standing=STANDING)


def _cash_book() -> Report:
    def movement(number: int, **amounts: Any) -> CashMovement:
        return CashMovement(
            entry_number=f"A-{number:04d}",
            booking_date=date(2026, 1, number),
            event=Word("payment delivered"),
            fund="ACNUR",
            contra=Word("advances participant"),
            contra_about="SC-2026-0042",
            party="P-0042",
            **amounts,
        )

    movements = [
        movement(1, amount_in=usd("1250.50")),
        movement(2, amount_out=usd("300.00")),
        movement(3, amount_out=usd("0.75")),
    ]
    return cash_book(
        movements,
        opening=usd("100.00"),
        opening_on=date(2026, 1, 1),
        scope="Banco del Litoral · cuenta 0042",
        standing=STANDING,
    )


def _trial_balance() -> Report:
    nothing = usd("0.00")

    def account(code: str, debits: str, credits: str, *, is_budget: bool = False) -> AccountTurnover:
        return AccountTurnover(
            book="ACNUR-USD",
            is_budget=is_budget,
            control=Word(code.split(":", maxsplit=1)[0]),
            account=code,
            name=Word(code.split(":", maxsplit=1)[0]),
            about=code.split(":", maxsplit=1)[1],
            is_of_grant=code.endswith(("41", "42")),
            opening_debits=nothing,
            opening_credits=nothing,
            debits=usd(debits),
            credits=usd(credits),
            debits_on_hold=nothing,
            credits_on_hold=nothing,
        )

    accounts = [
        account("advances:41", "300.00", "220.50"),
        account("advances:42", "200.00", "0.00"),
        account("cash:banco", "1000.00", "500.00"),
        account("contributions:ACNUR", "0.00", "1000.00"),
        account("expense:41", "220.50", "0.00"),
        account("available:L1", "0.00", "900.00", is_budget=True),
        account("allotted:L1", "900.00", "0.00", is_budget=True),
    ]
    return trial_balance(accounts, scope="Enero a junio de 2026", standing=STANDING)


def budget_line(code: str, approved: str, paid: str, **more: Money) -> LineFigures:
    """A budget line of which 300.00 are justified, 5.00 of it in the period."""
    figures: dict[str, Any] = {
        "approved": usd(approved),
        "revisions": usd("0.00"),
        "awarded": usd("200.00"),
        "committed": usd("100.00"),
        "in_payment": usd("50.00"),
        "paid_in_period": usd("10.00"),
        "paid": usd(paid),
        "open_advances": usd("20.00"),
        "justified_in_period": usd("5.00"),
        "justified": usd("300.00"),
    }
    words = {"line": code, "title": "Capital semilla", "explanation": "El comité se reunió tarde"}
    return LineFigures(**words | figures | more)


def _budget() -> Report:
    lines = [budget_line("L1", "3000.00", "1000.00"), budget_line("L2", "0.00", "0.00")]
    return budget_vs_actual(lines, scope="ACNUR", standing=STANDING)


def _face() -> Report:
    lines = [budget_line("L1", "3000.00", "1000.00"), budget_line("L2", "0.00", "0.00")]
    return face_form(lines, scope="ACNUR", standing=STANDING)


def _week() -> Report:
    items = [
        DueItem(
            due=Due.RECEIPTS_OVERDUE,
            due_on=date(2026, 6, 20),
            number="SC-2026-0042",
            participant="María Ficticia",
            place="Tulcán",
            what="Pedir las facturas del 1.er desembolso",
            who="técnica-01",
            amount=usd("79.50"),
        ),
        DueItem(
            due=Due.TRANCHE_PAYABLE,
            due_on=date(2026, 7, 1),
            number="SC-2026-0043",
            participant="Grupo Las Inventadas",
            what="Preparar el pago del 2.º desembolso",
            amount=usd("200.00"),
        ),
    ]
    return week(items, scope="Equipo Carchi", standing=STANDING)


def _ageing() -> Report:
    def advance(number: str, due_on: date | None, open_: str) -> OpenAdvance:
        return OpenAdvance(
            holder=f"P-{number}",
            holder_kind=Word("participant"),
            number=f"SC-2026-{number}",
            fund="ACNUR",
            paid_on=date(2026, 2, 1),
            due_on=due_on,
            open=usd(open_),
        )

    advances = [
        advance("0001", date(2026, 7, 15), "10.00"),
        advance("0002", date(2026, 5, 31), "20.00"),
        advance("0003", date(2026, 3, 31), "30.00"),
        advance("0004", None, "40.00"),
    ]
    return open_advances_ageing(advances, scope="Todos los fondos", standing=STANDING)


def _exceptions() -> Report:
    entry = ExceptionEntry(
        kind=Irregularity.WAIVER,
        on=date(2026, 4, 2),
        number="SC-2026-0042",
        what="Asistencia de 75 % en lugar de 80 %",
        reason="Parto durante el curso",
        decided_by="direccion-01",
        recorded_by="tecnica-01",
        state=Word("closed"),
        evidence_hash="9c4fa11b" * 8,
        amount=usd("200.00"),
    )
    return exceptions([entry], scope="Enero a junio de 2026", standing=STANDING)
