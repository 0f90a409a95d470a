"""What a line may be that the books lack: by what it says, never by chance, and with the fields its verb has."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pytest

from seedfund.banking.rules import LineFact, LineIs, marks_in
from seedfund.banking.rules.to_enter import VERBS, Books, PaidOut, Payer, Spoken, ToEnter, folded, to_enter
from seedfund.banking.rules.words import EnterAs, EnterReason
from seedfund.banking.service import EnterLine
from seedfund.funds.service.instalments import RecordInstalment
from seedfund.grants.service.refunds import RecordRefund
from seedfund.grants.service.retries import RecordBounce

DAY: Final = date(2026, 1, 8)
PAYMENTS: Final = (
    PaidOut(number="PG-2026-0001", grant="SC-2026-0001", out=50_000, account="aa", reference="R1"),
    PaidOut(number="PG-2026-0002", grant="SC-2026-0002", out=30_000, account="bb"),
)
FUND: Final = Payer(fund="UNHCR", words=("UNHCR", "ACNUR", "Agencia de Ejemplo"), charges=("CH",))
OTHER: Final = Payer(fund="OTRO", words=("OTRO", "ONE", "ab"), charges=("X", "Y"))
COMMANDS: Final[Mapping[EnterAs, Any]] = {
    EnterAs.RETURNED: RecordBounce,
    EnterAs.REFUND: RecordRefund,
    EnterAs.INSTALMENT: RecordInstalment,
    EnterAs.CHARGE: EnterLine,
    EnterAs.INTEREST: EnterLine,
}


def told(amount: int, text: str = "", *, funds: tuple[Payer, ...] = (FUND,), **more: Any) -> list[ToEnter]:
    code = more.pop("code", "")
    fact = LineFact(id="BS-1/1", day=DAY, amount=amount, marks=marks_in(text), **more)
    books = Books(account="BANK", currency="USD", payments=PAYMENTS, funds=funds, earlier=("SC-2026-0099",))
    return to_enter([Spoken(line=fact, value=DAY, text=folded(text), code=code)], books)


@pytest.mark.parametrize(
    ("amount", "text", "more", "found"),
    [
        (50_000, "DEVOLUCIÓN pg 2026 0001", {}, [("returned_payment", "PG-2026-0001")]),
        (20_000, "rechazado PG-2026-0001", {}, [("returned_payment", "PG-2026-0001")]),
        (50_000, "transferencia rechazada", {}, [("returned_payment", "PG-2026-0001")]),
        (50_000, "", {"reference": "R1", "is_reversal": True}, [("returned_payment", "PG-2026-0001")]),
        (50_000, "", {"code": "PMNT-RCDT-RRTN"}, [("returned_payment", "PG-2026-0001")]),
        (50_001, "rechazado PG-2026-0001", {}, []),
        (
            50_000,
            "",
            {"account": "aa"},
            [("returned_payment", "PG-2026-0001"), ("refund_on_grant", "SC-2026-0001")],
        ),
        (1_500, "", {"account": "bb"}, [("refund_on_grant", "SC-2026-0002")]),
        (1_500, "sobrante convenio SC-2026-0002", {}, [("refund_on_grant", "SC-2026-0002")]),
        (50_000, "devolución SC-2026-0002", {}, [("refund_on_grant", "SC-2026-0002")]),
        (1_500, "devolución de sobrante SC-2026-0002", {}, [("refund_on_grant", "SC-2026-0002")]),
        (50_000, "devolución SC-2026-0099", {}, [("refund_on_grant", "SC-2026-0099")]),
        (700, "sobrante SC-2026-0099", {}, [("refund_on_grant", "SC-2026-0099")]),
        (90_000, "Agencia  de EJEMPLO segundo desembolso", {}, [("donor_instalment", "UNHCR")]),
        (90_000, "acnuria", {}, []),
        (90_000, "OTRO ONE ab", {"funds": (OTHER,)}, [("donor_instalment", "OTRO")]),
        (12, "Intereses ganados", {}, [("interest_of_bank", "UNHCR")]),
        (-12, "Intereses", {}, []),
        (-350, "COMISIÓN TRANSFERENCIA", {}, [("charge_of_bank", "UNHCR")]),
        (-350, "", {"code": "NCHG"}, [("charge_of_bank", "UNHCR")]),
        (350, "comision", {}, []),
        (-50_000, "devolucion PG-2026-0001", {}, []),
        (777, "nada que diga algo", {}, []),
        (0, "comision", {}, []),
        (-350, "comision", {"was_told": True}, []),
    ],
)
def test_a_line_is_proposed_as_what_it_says(
    amount: int, text: str, more: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert [(one.what.value, one.about) for one in told(amount, text, **more)] == found


def test_the_fields_are_the_lines_and_the_rest_is_left_to_a_person() -> None:
    (back,) = told(20_000, "rechazado PG-2026-0001", reference="B77")
    assert dict(back.fields) == {
        "payment": "PG-2026-0001",
        "amount": "USD 200.00",
        "value_date": "2026-01-08",
        "reference": "B77",
    }
    assert (back.to_fill, back.reasons) == ((), (EnterReason.NAMES_PAYMENT, EnterReason.SAYS_RETURNED))
    (fee,) = told(-350, "comision")
    assert dict(fee.fields)["what"] == LineIs.CHARGE.value
    assert (dict(fee.fields)["budget_line"], fee.to_fill) == ("CH", ("reason",))
    (unsure,) = told(-350, "comision", funds=(FUND, OTHER))
    assert unsure.to_fill == ("fund", "budget_line", "reason"), "of two funds nobody chose one"


@pytest.mark.parametrize("what", list(EnterAs))
def test_every_verb_has_the_fields_that_are_proposed_for_it(what: EnterAs) -> None:
    texts = {
        EnterAs.RETURNED: (50_000, "devuelto PG-2026-0001"),
        EnterAs.REFUND: (10, "SC-2026-0001"),
        EnterAs.INSTALMENT: (10, "acnur"),
        EnterAs.CHARGE: (-10, "comision"),
        EnterAs.INTEREST: (10, "interes"),
    }
    (one,) = told(*texts[what])
    fields = {field.name: field for field in dataclasses.fields(COMMANDS[what])}
    needed = {
        name
        for name, field in fields.items()
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    named = {name for name, _ in one.fields} | set(one.to_fill)
    assert named <= set(fields)
    assert needed - {"key"} <= named, "nothing that the verb needs is left unsaid"
    assert one.verb == VERBS[what]
